"""The verdict of one record: does what it says hold in the reference series?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kztext.intervals import ONE, ZERO, Interval, Said, said, show
from kztext.records import Direction, IndicatorRecord, Measure, Modality, Verdict
from kztext.reference.definitions import Definition, definitions, own
from kztext.reference.series import SeriesStore
from kztext.reference.values import BEST, Candidate, candidates
from kztext.timespan import parse

_REASONS = {
    Modality.PLAN: "a plan, not a fact",
    Modality.FORECAST: "a forecast, not a fact",
    Modality.DEFINITION: "a definition, about no country",
}
_UNLIKE = ("local", "monthly", "superseded", "of_growth_rate_part", "yearly", "per_day", "per_month")
_HINT_YEARS = 3
_SENSE = Decimal("0.25")
_SCOPE = Decimal(40)  # times that an amount may be away from the series of the same name


@dataclass(frozen=True, slots=True)
class Judged:
    """How one candidate value agrees with what was said."""

    candidate: Candidate
    verdict: Verdict
    why: str = ""


def verdict_of(record: IndicatorRecord, store: SeriesStore) -> IndicatorRecord:
    """The record with its verdict and everything a reader needs to redo it."""
    reason = _not_checkable(record)
    found = [d for d in (*own(record, store), *definitions().get(record.indicator, ())) if d.answers(record)]
    if not reason and not found:
        reason = "no series for it"
    if reason:
        code = found[0].codes[0] if found else ""
        return _empty(record, reason, code)
    values = said(record)
    named = [d for d in found if _named(d, record)]
    asked = named or _default(found)
    others = [] if named else [d for d in found if d not in asked]
    first, reason = _judge(record, values, asked, store)
    second, _ = _judge(record, values, others, store)
    if first and first.verdict == Verdict.SUPPORTED and not first.candidate.definition.proxy:
        return _filled(record, values, first)
    fits = next((j for j in (first, second) if j and j.verdict == Verdict.SUPPORTED), None)
    if fits:
        note = "another concept" if fits.candidate.definition.proxy else "another definition"
        return _filled(
            record, values, Judged(fits.candidate, Verdict.DEFINITION_DIFFERS, f"agrees with {note}")
        )
    if first and first.verdict == Verdict.REFUTED and _of_other_scope(record, first):
        reason = f"too far from the series to be of it: {first.candidate.computation}"
        return _empty(record, reason, found[0].codes[0])
    if first and _decides(record, first):
        if first.verdict == Verdict.REFUTED and second and second.verdict == Verdict.CLOSE:
            return _filled(record, values, second)
        judged = _filled(record, values, first)
        hint = _hint(record, values, found, store) if first.verdict == Verdict.REFUTED else ""
        return replace(judged, reference_hint=hint)
    if second and second.verdict == Verdict.CLOSE:
        return _filled(record, values, Judged(second.candidate, Verdict.DEFINITION_DIFFERS, second.why))
    nearest = first or second
    if nearest and (nearest.candidate.definition.proxy or nearest.candidate.definition.loose):
        name = nearest.candidate.definition.name
        arithmetic = nearest.candidate.computation
        reason = f"the series of this concept is not in the set; the nearest, {name}, disagrees: {arithmetic}"
    return _empty(record, reason or "no series for it", found[0].codes[0])


def _decides(record: IndicatorRecord, judged: Judged) -> bool:
    """Whether a disagreement with the text's own definition proves something.

    A wider or narrower sense of the word explains a difference, but not one of a quarter of the value.
    """
    definition, value = judged.candidate.definition, judged.candidate.value
    if definition.proxy:
        return False
    if judged.verdict == Verdict.REFUTED and definition.loose:
        return record.measure != Measure.CHANGE and abs(record.value - abs(value)) > abs(value) * _SENSE
    return judged.verdict in (Verdict.CLOSE, Verdict.REFUTED)


def _of_other_scope(record: IndicatorRecord, judged: Judged) -> bool:
    """Whether an amount is so far from the country's that it is of a part: imports of furniture alone."""
    value = abs(judged.candidate.value)
    amount = record.measure == Measure.LEVEL and record.unit not in (
        "percent",
        "percentage_point",
        "times",
        "",
    )
    return amount and value > 0 and not 1 / _SCOPE < record.value / value < _SCOPE


def _not_checkable(record: IndicatorRecord) -> str:
    """Why a record can have no verdict at all; empty where it can."""
    if record.modality != Modality.ACTUAL:
        return _REASONS.get(record.modality, "not told as a fact")
    if not record.indicator:
        return "no catalogued indicator"
    if not record.geo:
        return "a place smaller than a region" if "local" in record.flags else "no country is said"
    for flag in record.flags:
        if flag.partition(":")[0] == "part_of":
            return "a part of the whole that the series holds"
        if flag in _UNLIKE:
            return f"no such series ({flag})"
    if record.measure == Measure.CHANGE and "comparison" in record.flags and not record.base_period:
        return "compared with something that is no time before"
    if not record.unit and record.measure == Measure.LEVEL and "unit_missing" in record.flags:
        return "the unit is missing"
    if not record.period_start and not record.period_end:
        return "no period is said"
    return ""


def _named(definition: Definition, record: IndicatorRecord) -> bool:
    """Whether the text itself names the definition: by a flag, or by a December as period or base."""
    if any(flag.partition(":")[0] in definition.named_by for flag in record.flags):
        return True
    if "end_of_period" in definition.named_by:
        december = {p for p in (record.period_end, record.base_period) if p[4:] == "-12"}
        return bool(december)
    return (
        record.aggregation == "annual_average"
        and "average" in definition.named_by
        and (record.period_start == record.period_end)
    )


def _default(found: Sequence[Definition]) -> list[Definition]:
    return [found[0]]


def _judge(
    record: IndicatorRecord, values: Said, asked: Iterable[Definition], store: SeriesStore
) -> tuple[Judged | None, str]:
    """The best verdict that the definitions give, or the reason why there is none."""
    best: Judged | None = None
    reason = ""
    for definition in asked:
        got = candidates(record, definition, store)
        if isinstance(got, str):
            reason = reason or got
            continue
        judged = _of_candidates(record, values, got)
        if best is None or _ORDER[judged.verdict] < _ORDER[best.verdict]:
            best = judged
    return best, reason


_ORDER = {Verdict.SUPPORTED: 0, Verdict.CLOSE: 1, Verdict.REFUTED: 2}


def _of_candidates(record: IndicatorRecord, values: Said, got: Sequence[Candidate]) -> Judged:
    fitting = [c for c in got if _agrees(record, values.wide, c.value)]
    best = [c for c in fitting if c.tier == BEST]
    if best and not any(c.partial for c in got):
        return Judged(best[0], Verdict.SUPPORTED)
    if any(c.partial for c in got):
        return _of_years(got, fitting)
    if fitting:
        first = fitting[0]
        return Judged(
            first, Verdict.CLOSE, first.doubt or "another vintage or publisher of the series agrees"
        )
    nearest = got[0]
    for c in got:
        if c.tier == BEST and (_truncated(record, values, c.value)):
            return Judged(c, Verdict.CLOSE, "cut off instead of rounded")
        if c.margin and _distance(record, values.wide, c.value) <= c.margin:
            return Judged(c, Verdict.CLOSE, f"within {show(c.margin)} points of revisions")
    signed = [c.value for c in got]
    plain = record.aggregation == "period" and not record.base_period
    if max(signed) != min(signed) and plain and got[0].definition.basis != "nominal":
        band = Interval(min(signed), max(signed))
        if any(i.meets(band) for i in _signed(record, values.wide)):
            text = f"the vintages reach from {show(band.low)} to {show(band.high)}"
            return Judged(nearest, Verdict.CLOSE, text)
    return Judged(nearest, Verdict.REFUTED)


def _of_years(got: Sequence[Candidate], fitting: Sequence[Candidate]) -> Judged:
    """A value told of several years: true of all of them, of some, or of none."""
    years = {c.period for c in got}
    true = {c.period for c in fitting if c.tier == BEST} or {c.period for c in fitting}
    if not fitting:
        return Judged(got[0], Verdict.REFUTED)
    if true == years:
        return Judged(fitting[0], Verdict.SUPPORTED)
    return Judged(fitting[0], Verdict.SUPPORTED, f"true of {', '.join(sorted(true))} only")


def _signed(record: IndicatorRecord, interval: Interval) -> list[Interval]:
    if record.measure != Measure.CHANGE:
        return [interval]
    if record.direction == Direction.DOWN:
        return [-interval]
    return [interval] if record.direction == Direction.UP else [interval, -interval]


def _agrees(record: IndicatorRecord, interval: Interval, value: Decimal) -> bool:
    return any(i.holds(value) for i in _signed(record, interval))


def _distance(record: IndicatorRecord, interval: Interval, value: Decimal) -> Decimal:
    return min(i.distance(value) for i in _signed(record, interval))


def _truncated(record: IndicatorRecord, values: Said, value: Decimal) -> bool:
    """Whether the value cut off after the decimals that are said gives the number said."""
    size = abs(value)
    return (
        values.decimals > 0
        and ZERO <= size - record.value < values.unit
        and (
            _agrees(
                record,
                values.wide,
                value if size == record.value else value - (size - record.value) * (1 if value > 0 else -1),
            )
        )
    )


def _filled(record: IndicatorRecord, values: Said, judged: Judged) -> IndicatorRecord:
    c = judged.candidate
    sign = (
        -ONE
        if record.measure == Measure.CHANGE
        and (record.direction == Direction.DOWN or (record.direction == Direction.NONE and c.value < 0))
        else ONE
    )
    decimals = max(values.decimals + 1, 2) if abs(c.value) < 10**6 else 0
    computation = f"{c.computation}; said {_said_text(record, values, sign)}"
    return replace(
        record,
        code=c.code,
        reference_value=show(c.value, decimals),
        reference_period=c.period,
        reference_source=c.source_id,
        deviation=show(sign * record.value - c.value, decimals),
        verdict=judged.verdict,
        reference_computation=f"{computation}: {judged.why}" if judged.why else computation,
    )


def _said_text(record: IndicatorRecord, values: Said, sign: Decimal) -> str:
    low, high = values.wide.low, values.wide.high
    if sign < 0:
        low, high = -high, -low
    places = values.decimals + 2
    return f"{show(sign * record.value, places)} = {show(low, places)} to {show(high, places)}"


def _empty(record: IndicatorRecord, reason: str, code: str) -> IndicatorRecord:
    return replace(
        record,
        code=record.code or code,
        reference_value="",
        reference_period="",
        reference_source="",
        deviation="",
        verdict=Verdict.NOT_CHECKABLE,
        reference_computation=f"not checkable: {reason}",
        reference_hint="",
    )


def _hint(record: IndicatorRecord, values: Said, found: Sequence[Definition], store: SeriesStore) -> str:
    """The nearest true reading of a refuted record, where there is exactly one."""
    if record.approximation != "exact":
        return ""
    readings = dict.fromkeys(
        (
            *_other_years(record, values, found, store),
            *_other_sign(record, values, found, store),
            *_per_head(record, values, store),
        )
    )
    return next(iter(readings)) if len(readings) == 1 else ""


def _fits_exactly(
    record: IndicatorRecord, values: Said, definition: Definition, store: SeriesStore
) -> Candidate | None:
    got = candidates(record, definition, store)
    if isinstance(got, str):
        return None
    return next(
        (c for c in got if c.tier == BEST and not c.partial and _agrees(record, values.wide, c.value)), None
    )


def _other_years(
    record: IndicatorRecord, values: Said, found: Sequence[Definition], store: SeriesStore
) -> Iterable[str]:
    if record.base_period or record.period_start != record.period_end:
        return
    span = parse(record.period_start)
    if span is None or span.year is None:
        return
    for by in sorted((y for y in range(-_HINT_YEARS, _HINT_YEARS + 1) if y), key=abs):
        year = str(span.year + by)
        moved = replace(record, period_start=year, period_end=year)
        for definition in found:
            if (
                not definition.proxy
                and definition.kind != "amount"
                and (c := _fits_exactly(moved, values, definition, store))
            ):
                yield f"the year is wrong: {_plain(record)} is {year}, not {span.year} ({_told(c, values)})"


def _other_sign(
    record: IndicatorRecord, values: Said, found: Sequence[Definition], store: SeriesStore
) -> Iterable[str]:
    if record.measure != Measure.CHANGE or record.direction == Direction.NONE:
        return
    turned = Direction.UP if record.direction == Direction.DOWN else Direction.DOWN
    for definition in found:
        if not definition.proxy and (
            c := _fits_exactly(replace(record, direction=turned), values, definition, store)
        ):
            yield f"the figure is right, the direction is not ({_told(c, values)})"


def _per_head(record: IndicatorRecord, values: Said, store: SeriesStore) -> Iterable[str]:
    twin = {"gdp": "gdp_per_capita", "gdp_per_capita": "gdp"}.get(record.indicator)
    if not twin or record.measure == Measure.LEVEL:
        return
    for definition in definitions().get(twin, ()):
        moved = replace(record, indicator=twin)
        if (
            definition.answers(moved)
            and definition.basis != "nominal"
            and (c := _fits_exactly(moved, values, definition, store))
        ):
            of = "per head" if twin == "gdp_per_capita" else "of the whole economy"
            yield f"true {of} ({c.code}: {show(c.value, values.decimals + 1)})"


def _told(candidate: Candidate, values: Said) -> str:
    return f"{candidate.definition.name}: {show(candidate.value, values.decimals + 1)}"


def _plain(record: IndicatorRecord) -> str:
    unit = {"percent": " %", "percentage_point": " points"}.get(
        record.unit, f" {record.unit}" if record.unit else ""
    )
    sign = {"up": "+", "down": "-"}.get(str(record.direction), "") if record.measure == Measure.CHANGE else ""
    return f"{sign}{show(record.value, 3)}{unit}"
