"""Which period a number is of, which one it is compared with, and the stretch it is spread over."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.draft import Draft
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.modality import tells_of_goal
from kztext.spans import Case, Cue, Period, PeriodKind, Quantity

INDEX_FROM = 50  # a percentage of a former time from here on is an index
INDEX_BASE = 80  # a percentage of a former level below this is more likely a share
THAN = 9  # characters between a comparative and what it compares with: "больше, чем в 2023 году"


def read_periods(seen: Evidence, draft: Draft, more: Cue | None) -> None:
    """Fill in the period the quantity is about, what it is compared with, and the stretch it is spread over.

    `more` is the comparative that makes the quantity a difference.
    """
    left, right = around(seen, draft)
    ordered = left[::-1] + right
    bases = bases_of(seen, draft, more, left, right)
    stretches = [p for p in ordered if p.kind is PeriodKind.DURATION or "yearly" in p.flags]
    usable = [p for p in ordered if p not in bases and p not in stretches]
    usable = [p for p in usable if p.kind is not PeriodKind.TIME and "age" not in p.flags]
    first_since = seen.pack.compile(seen.pack.table("changes")["first_since"])
    usable = [p for p in usable if not first_since.search(seen.text(seen.sentence.start, p.start).lower())]
    if usable:
        others = [z.quantity for z in seen.zones if z.quantity is not draft.quantity]
        usable = [p for p in usable if not any(is_beside(seen, p, other) for other in others)]
    beside = [p for p in seen.periods if is_beside(seen, p, draft.quantity)]
    toward = seen.kk and draft.quantity.unit == "percent" and not bases
    if toward and beside and beside[0].case is Case.DAT:  # "104,4% (2023 жылғы қаңтар–тамызға)"
        bases, beside = beside[:1], []
        usable = [p for p in usable if p not in bases]
    resolved = [p for p in stretches if p.first or p.last]
    draft.base = next(iter(bases), None)
    draft.spread = next(iter(stretches), None)
    draft.period = next(iter(beside or usable or resolved), None)


def around(seen: Evidence, draft: Draft) -> tuple[list[Period], list[Period]]:
    """The periods of the clause before and behind a quantity, each in text order."""
    quantity = draft.quantity
    now = draft.zone.left_cues("now")
    since = now[-1].start if now else draft.zone.start  # what a clause before "now" dates is of that clause
    periods = [p for p in draft.zone.periods if not seen.in_aside(p, quantity) and not of_document(seen, p)]
    left = [p for p in periods if since <= p.start and p.end <= quantity.start]
    right = [p for p in periods if p.start >= quantity.end]
    if not seen.kk:
        return left, [p for p in right if not seen.joins_clause(quantity.outer_end, p.start)]
    # "25 млн тонна жиналды, бұл соңғы он жылдағы рекорд"
    points = [c.start for c in seen.cues_of("anaphor", "restate") if c.start >= quantity.outer_end]
    return left, [p for p in right if not points or p.start < points[0]]


def bases_of(
    seen: Evidence, draft: Draft, more: Cue | None, left: Sequence[Period], right: Sequence[Period]
) -> list[Period]:
    """The periods that a quantity is compared with, the likeliest first."""
    quantity = draft.quantity
    ratio = quantity.unit in RATIO_UNITS or more is not None
    bases = [p for p in (*reversed(left), *right) if "base" in p.flags]
    if not seen.kk and (draft.marker == "to" or tells_of_goal(draft.zone, seen.sentence, seen.pack)):
        bases = [p for p in bases if p.rule != "percent_of"]  # "увеличить до 45% к 2022 году"
    if more is not None and not bases:
        bases = [p for p in (*right, *seen.periods) if 0 <= p.start - more.end <= THAN][:1]
        bases = bases or [p for p in right if p.start >= more.end][:1]
    if not bases:
        bases = bases_kk(seen, draft, left) if seen.kk and ratio else bases
        bases = bases_ru(draft, left, right) if not seen.kk else bases
    if seen.kk and draft.level is not None and not (draft.directions or draft.growth or more):
        # "былтыр осы кезде 11,8% еді"
        bases = [p for p in bases if p.rule != "same_period" or p.case is not Case.LOC]
    if not ratio:  # "за тот же период прошлого года собрали 21,7 млн": a period like any other
        bases = [p for p in bases if p.rule != "same_period"]
        if not draft.directions and draft.zone.left_cues("versus"):  # "18 млн тонн против прошлогодних 17,6"
            bases = [p for p in bases if p.rule != "compared"]
    if seen.kk and quantity.unit == "percent" and not bases:
        bases = [p for p in left if is_former(seen, p, quantity)][-1:]
    return bases


def bases_kk(seen: Evidence, draft: Draft, left: Sequence[Period]) -> list[Period]:
    """What the case of a Kazakh period before a ratio says that it is compared with."""
    quantity = draft.quantity
    bases = [p for p in left if p.case is Case.ABL and "since" not in p.flags][-1:]
    if bases or quantity.unit != "percent" or draft.directions:
        return bases  # "2023 жылғыдан 7,9% артық", "былтырғыдан 2 тармаққа төмендеп"
    if quantity.value > INDEX_BASE:
        bases = [p for p in left if p.case is Case.DAT and {"until", "since"}.isdisjoint(p.flags)][-1:]
    begin = min(quantity.outer_start, quantity.start)
    of_it = bool(left) and left[-1].case is Case.GEN and not seen.text(left[-1].end, begin).strip()
    return bases or [p for p in left[-1:] if of_it and quantity.value > INDEX_FROM]  # "былтырғының 97%-ы"


def bases_ru(draft: Draft, left: Sequence[Period], right: Sequence[Period]) -> list[Period]:
    """What a Russian verb or preposition says that a quantity is compared with."""
    level = draft.zone.right_cues("level")
    passed = [c for c in level if c.value == "exceed"][:1]
    if passed and passed[0].start - draft.quantity.outer_end <= 1 and draft.marker == "by":
        return [p for p in right if p.start >= passed[0].end][:1]  # "на 12% превышает прошлогодний результат"
    index = draft.quantity.unit == "percent" and draft.quantity.value > INDEX_BASE and not draft.directions
    if not index or not (draft.level is None or draft.level.value == "is"):
        return []
    return [p for p in left if p.rule == "toward"][-1:]  # "к январю–августу составило 103,9%"


def is_former(seen: Evidence, period: Period, quantity: Quantity) -> bool:
    """Whether a Kazakh percentage is of what a thing was in a period: "1990 жылғы деңгейдің 48 пайызы"."""
    begin = min(quantity.outer_start, quantity.start)
    former = seen.pack.table("endings")["former"]
    between = seen.text(period.end, begin)
    return seen.pack.compile(rf"\s(?:\p{{L}}+\s)?{former}\s*$").match(between) is not None


def is_beside(seen: Evidence, period: Period, quantity: Quantity) -> bool:
    """Whether brackets right behind a number hold its date alone: "с 71% (2020 год) до 54%"."""
    between = seen.text(quantity.outer_end, period.start) if period.start >= quantity.end else ""
    return between.strip() == "(" and seen.text(period.end, seen.sentence.end).lstrip()[:1] == ")"


def of_document(seen: Evidence, period: Period) -> bool:
    """Whether a day is the date of a law or decree that is cited ("законом от 13.03.2006 № 38-ФЗ")."""
    behind = seen.text(period.end, seen.sentence.end).lstrip(" г.")
    return period.is_day and behind.startswith(("№", "N "))
