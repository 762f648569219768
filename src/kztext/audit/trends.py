"""A rise, fall or standstill told in words, against the numbers of the same text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kztext.audit.claims import claim_draft, of_own_currency, rows_of
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import (
    PREVIOUS,
    Fact,
    wide_of,
)
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import (
    Interval,
)
from kztext.records import (
    ClaimKind,
    ClaimRecord,
    Direction,
    Measure,
    Modality,
)
from kztext.timespan import Timespan, between

_EARLIER = {f"relative_period:{name}" for name in ("year_earlier", "last_year", "same_period_last_year")}
_SWING = Decimal("1.25")  # a row whose highest value is this many times its lowest is not stable
_NEAR = 160  # characters between a claim without a date and the years it follows


def trends(doc: Dossier) -> Iterator[Draft]:
    """An indicator said to rise, fall or hold still, against its numbers in the text."""
    rows = rows_of(doc) if doc.claims else {}
    for claim in doc.claims:
        if claim.kind != ClaimKind.TREND or claim.modality != Modality.ACTUAL or not claim.indicator:
            continue
        if claim.direction == Direction.UP and says("crisis", claim.quote, claim.lang):
            continue  # "the crisis of growth": which way it went is not plain
        if of_own_currency(claim) or says("after", claim.quote, claim.lang):
            continue  # a weaker tenge is a dearer dollar; "after the record of 2022" is not of 2022
        for (indicator, geo, _), row in rows.items():
            if indicator == claim.indicator and (geo == claim.geo or not claim.geo or not geo):
                yield from _trend(claim, row)


def _trend(claim: ClaimRecord, row: Sequence[Fact]) -> Iterator[Draft]:
    span = between(claim.period_start, claim.period_end or claim.period_start) if claim.period_start else None
    if claim.direction == Direction.STABLE:
        near = [f for f in row if abs(claim.start - f.record.end) < _NEAR * 3]
        yield from _stable(claim, [f for f in row if _inside(f, span)] if span else near)
        return
    in_row = says("in_a_row", claim.quote, claim.lang)
    after = all(0 <= claim.start - f.record.end < _NEAR for f in row[-2:])
    if in_row or (span is None and after):
        yield from _whole_row(claim, row)
        return
    if span is None or claim.direction not in (Direction.UP, Direction.DOWN) or not span.whole_years:
        return
    growth = row[0].is_growth and not row[0].is_rate
    down = claim.direction == Direction.DOWN
    first, last = span.years
    if growth:
        against = [
            f for f in row if f.year and first <= f.year <= last and _sign(wide_of(f)) == (1 if down else -1)
        ]
        if first == last:
            against = [f for f in against if _quickened(f, row, down)]
        if against:
            yield claim_draft(
                "trend", claim, against, "; ".join(f"{f.year}: {value_text(f)}" for f in against)
            )
        return
    ends = [f for f in row if f.year == last]
    starts = [f for f in row if f.year == (first - 1 if first == last else first)]
    if len(ends) == 1 and len(starts) == 1:
        a, b = wide_of(starts[0]), wide_of(ends[0])
        if (down and b.low > a.high) or (not down and b.high < a.low):
            yield claim_draft(
                "trend", claim, [starts[0], ends[0]], f"{value_text(starts[0])} → {value_text(ends[0])}"
            )


def _whole_row(claim: ClaimRecord, row: Sequence[Fact]) -> Iterator[Draft]:
    """A row that went the other way all along: "40 в 2022, 52 в 2023, 65 в 2024. Поток падает"."""
    years = [f.year or 0 for f in row]
    follow = len(row) > 1 and all(b - a == 1 for a, b in pairwise(years))
    if not follow or claim.direction not in (Direction.UP, Direction.DOWN) or row[0].is_growth:
        return
    down = claim.direction == Direction.DOWN
    steps = [(wide_of(a), wide_of(b)) for a, b in pairwise(row)]
    if all(b.low > a.high if down else b.high < a.low for a, b in steps):
        yield claim_draft("trend", claim, row, " → ".join(value_text(f) for f in row))


def _inside(fact: Fact, span: Timespan) -> bool:
    return fact.span is not None and span.holds(fact.span)


def _sign(interval: Interval) -> int:
    return 1 if interval.low > 0 else -1 if interval.high < 0 else 0


def _quickened(fact: Fact, row: Sequence[Fact], down: bool) -> bool:
    """Whether growth of a year contradicts the word in its other reading too: it neither fell nor slowed."""
    before = [f for f in row if f.year == (fact.year or 0) - 1]
    if not before:
        return False
    a, b = wide_of(before[0]), wide_of(fact)
    return b.low > a.high if down else b.high < a.low


def _stable(claim: ClaimRecord, row: Sequence[Fact]) -> Iterator[Draft]:
    """A row that is called stable and is not."""
    if len({f.year for f in row}) < 2:
        return
    low, high = min(row, key=lambda f: wide_of(f).high), max(row, key=lambda f: wide_of(f).low)
    if low.year != high.year and wide_of(low).low > 0 and wide_of(high).low > wide_of(low).high * _SWING:
        yield claim_draft(
            "trend",
            claim,
            sorted((low, high), key=lambda f: f.order),
            f"{value_text(low)} … {value_text(high)}",
        )


def beside_figures(doc: Dossier) -> Iterator[Draft]:
    """A rise or fall told in words against the figures beside it: "бедность выросла: 5 % против 5,2 %"."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.TREND or claim.direction not in (Direction.UP, Direction.DOWN):
            continue
        if not claim.indicator or claim.modality != Modality.ACTUAL or of_own_currency(claim):
            continue
        if any(says(kind, claim.quote, claim.lang) for kind in ("slows", "quickens", "after", "crisis")):
            continue
        own = [f for f in doc.sentences.get(claim.sentence, ()) if f.indicator == claim.indicator]
        if found := _against_figures(claim, own):
            yield found


def _is_earlier(fact: Fact) -> bool:
    """Whether words place a figure before the one it stands beside."""
    flags = fact.record.flags
    return "from_value" in flags or ("to_value" not in flags and bool(_EARLIER.intersection(flags)))


def _against_figures(claim: ClaimRecord, own: Sequence[Fact]) -> Draft | None:
    down = claim.direction == Direction.DOWN
    if len(own) == 1 and own[0].is_growth and own[0].base == PREVIOUS and not own[0].is_rate:
        index = own[0].record.measure == Measure.INDEX
        wrong = _sign(wide_of(own[0])) == (1 if down else -1)
        return claim_draft("claim_vs_numbers", claim, own, value_text(own[0])) if index and wrong else None
    levels = [f for f in own if f.record.measure in (Measure.LEVEL, Measure.SHARE)]
    if len(levels) != 2 or len(own) != 2 or levels[0].record.unit != levels[1].record.unit:
        return None
    a, b = sorted(levels, key=lambda f: (not _is_earlier(f), f.span or Timespan(0, 0)))
    told = _is_earlier(a) and not _is_earlier(b)
    dated = told or (a.span and b.span and a.span != b.span)
    if not dated or a.record.geo != b.record.geo or a.marks != b.marks or a.is_told != b.is_told:
        return None
    x, y = a.said.wide, b.said.wide
    wrong = y.low > x.high if down else y.high < x.low
    return (
        claim_draft("claim_vs_numbers", claim, [a, b], f"{value_text(a)} → {value_text(b)}")
        if wrong
        else None
    )
