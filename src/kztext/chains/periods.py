"""Periods that numbers share or take in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.chains.between import bracketed, ends_clause, heard
from kztext.draft import Draft
from kztext.evidence import RATIO_UNITS, Evidence, is_beside
from kztext.periods import resolve
from kztext.records import Measure
from kztext.spans import Approximation, Case, Period, PeriodKind

CASE = 5  # letters of a Kazakh case and the space or hyphen beside it
BRACKET = regex.compile(r"\([^()]*\)")


def share_periods(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """Within a sentence a period serves the numbers after it; a pair keeps its two periods apart."""
    draft = drafts[i]
    if draft.role == "from" and bracket_pair(seen, draft, drafts[draft.pair]):
        return
    if draft.role == "from":
        part_periods(seen, draft, drafts[draft.pair])
        return
    if draft.role == "to":
        if draft.period is None and drafts[draft.pair].period is None and draft.pair > 0:
            draft.period = drafts[draft.pair - 1].period
        return
    if i > 0 and draft.base is None and exceeds(seen, draft, drafts[i - 1]):
        draft.base = drafts[i - 1].period
        draft.period = drafts[i - 2].period if draft.period is None and i > 1 else draft.period
        return
    if draft.period is None:
        draft.period = period_before(seen, draft)
    if draft.period is None and sums_up(draft, drafts[:i]):
        return
    against = draft.base is None and bool(draft.zone.left_cues("versus"))
    if draft.period is None and i > 0 and against:
        draft.period = drafts[i - 1].base or next((d.base for d in drafts[:i] if d.base), None)
    if draft.period is None and i > 0 and not draft.zone.left_cues("now"):
        outside = heard(seen, drafts, i)
        if draft.quantity.unit in RATIO_UNITS:  # "11,3 млн против 9,2 млн годом ранее (рост на 22%)"
            if not seen.kk:
                outside = [d for d in outside if not d.zone.left_cues("versus")]
            if draft.measure is Measure.CHANGE and not seen.kk and not bracketed(seen, draft):
                outside = [d for d in outside if not is_earlier(d)] or outside
            if draft.measure is Measure.CHANGE and (standard := standard_of(seen, drafts[:i])) is not None:
                outside = [d for d in outside if d is not standard and d.period != standard.period]
                draft.base = draft.base or standard.period
                if not outside:  # "былтырғы 252 миллионмен салыстырғанда 2,4%-ға өсті": the time of the text
                    return
        draft.period = (outside or drafts[:i])[-1].period
        if draft.spread is not None and draft.period is not None and draft.period.is_day:
            draft.period = None  # "57,8 трлн на 1 октября, прибавив за квартал 4,1%"
        if over_a_year(draft.spread) and draft.period is not None and "to_date" in draft.period.flags:
            draft.period = None  # "с начала года подорожали на 2%, за год – на 7%"
        if draft.spread is None and draft.chained:
            draft.spread = drafts[i - 1].spread
    differs = draft.quantity.unit in RATIO_UNITS or bool(draft.zone.left_cues("restate"))
    if draft.base is None and i > 0 and differs and draft.measure is Measure.CHANGE:
        draft.base = start_of_change(seen, drafts, i)


def bracket_pair(seen: Evidence, one: Draft, two: Draft) -> bool:
    """Date "from X to Y" by two years in a bracket behind: "134 мыңнан 166 мыңға өсті (1991 және 1996)"."""
    said = BRACKET.search(seen.text(two.quantity.outer_end, two.zone.end))
    if said is None or any(p.end <= two.quantity.start for d in (one, two) for p in d.zone.periods):
        return False
    start, end = (two.quantity.outer_end + at for at in said.span())
    inside = [p for p in seen.periods if start <= p.start and p.end <= end]
    if (
        len(inside) != 2
        or any(p.kind is not PeriodKind.YEAR for p in inside)
        or inside[0].first > inside[1].first
    ):
        return False
    one.period, two.period = inside
    return True


def standard_of(seen: Evidence, before: Sequence[Draft]) -> Draft | None:
    """The dated amount that a Kazakh change is told against: "2007 жылғы 6,7 млн-ның орнына"."""
    for draft in reversed(before[-2:]) if seen.kk else ():
        end = max(draft.quantity.outer_end, draft.quantity.end)
        against = any(0 <= c.start - end <= CASE for c in seen.cues_of("versus"))
        if against and draft.period is not None and draft.quantity.unit not in ("percentage_point", "times"):
            return draft
    return None


def is_earlier(draft: Draft) -> bool:
    """Whether a number is only what the one before it is compared with: "16,9 трлн, годом ранее – 15,4"."""
    told = draft.period is not None and "context" in draft.period.flags
    return (
        told
        and draft.period is not None
        and any(flag.startswith(("year_offset:-", "shift:-")) for flag in draft.period.flags)
    )


def sums_up(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a figure is told over as many years as the list before it has: "екі жылда жалпы өсім 20,5%"."""
    spread = draft.spread
    if spread is None or spread.length_unit != "year" or spread.length is None or spread.length < 2:
        return False
    years = {d.period.first for d in before if d.period is not None and d.period.kind is PeriodKind.YEAR}
    return len(years) == int(spread.length) and not (spread.first or spread.last)


def over_a_year(spread: Period | None) -> bool:
    """Whether a stretch is a year or twelve months that nothing places."""
    months = {"year": 12, "month": 1}.get(spread.length_unit, 0) if spread is not None else 0
    return (
        spread is not None and not spread.first and spread.length is not None and months * spread.length == 12
    )


def exceeds(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Whether a change is told against the amount before it: "2022 жылғы 7,9 мың тоннадан 6,3%-ға артық"."""
    ablative = seen.kk and before.quantity.case is Case.ABL and not ends_clause(seen, before, draft)
    bound = (
        before.quantity.approximation is not Approximation.EXACT
    )  # "4 пайыздан асырмауды, … 1,5 есе өсіруді"
    against = ablative and not before.role and not bound and before.period is not None
    told = draft.quantity.unit in RATIO_UNITS or bool(draft.compared)
    return against and told and draft.measure is Measure.CHANGE


def period_before(seen: Evidence, draft: Draft) -> Period | None:
    """The period that a number in brackets stands behind: "ниже итога 2011 года (7,4%)"."""
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    lead = seen.text(seen.sentence.start, begin).rstrip()
    if not lead.endswith("("):
        return None
    place = seen.sentence.start + len(lead[:-1].rstrip())
    return next((p for p in seen.periods if p.end == place), None)


def part_periods(seen: Evidence, one: Draft, two: Draft) -> None:
    """The periods before "from X to Y": the nearest, attributive one is X's, the sentence's own is Y's."""
    left = [p for p in one.zone.periods if p.end <= one.quantity.start and "base" not in p.flags]
    usable = [p for p in left if p.kind is not PeriodKind.DURATION and "yearly" not in p.flags]
    if two.period is None and len(usable) > 1:
        one.period, two.period = usable[-1], usable[-2]
        if any(flag.startswith("year_offset") for flag in usable[-1].flags):
            anchor = (
                two.period.first
                if two.period.first == two.period.last
                else f"{two.period.first}/{two.period.last}"
            )
            one.period = resolve(replace(usable[-1], flags=(*usable[-1].flags, "context")), anchor=anchor)
    elif two.period is None and one.period is not None and "attribute" not in one.period.flags:
        if is_beside(seen, one.period, one.quantity):
            return  # "4,7%-дан (2023 жыл) 4,5%-ға": the bracket dates the first alone
        if not seen.kk and one.period.start >= one.quantity.end:
            if "start_of_period" in one.period.flags:
                one.period = None  # "с 19,6% в начале года до 18,1%"
            return
        if (
            "since" in one.period.flags and one.period.kind is PeriodKind.YEAR
        ):  # "с 2018 года упала с 60 до 45"
            one.period = replace(one.period, last=one.period.first, flags=())
            return
        foretold = one.growth is not None and one.period.end < one.quantity.start and not seen.kk
        kept = one.period if foretold and any(c.value == "forecast" for c in one.zone.cues) else None
        two.period, one.period = one.period, kept  # "прогноз роста на текущий год с 4 до 5%": both are of it


def start_of_change(seen: Evidence, drafts: list[Draft], i: int) -> Period | None:
    """A change told beside its two levels is against the period of the first."""
    before = drafts[i - 1]
    if before.role == "to":
        return drafts[before.pair].period
    draft = drafts[i]
    if i > 1 and draft.chained and before.chained and draft.quantity.unit not in (before.quantity.unit, ""):
        start, end = drafts[i - 2].period, before.period
        if (
            start is not None
            and end is not None
            and drafts[i - 2].quantity.unit == before.quantity.unit
            and start.first < end.first
        ):
            return start
    return None
