"""What the series say of the thing a record speaks of: candidate values with their arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kztext.intervals import HUNDRED, ONE, TEN, ZERO, show
from kztext.records import Aggregation, Direction, IndicatorRecord, Measure
from kztext.reference.definitions import Definition
from kztext.reference.series import Observation, SeriesStore
from kztext.timespan import Timespan, between, name, parse

BEST, OTHER = 0, 1  # the best vintage of the best code; any other vintage or publisher
_SCALES = ((" bn", Decimal(10) ** 9), (" mn", Decimal(10) ** 6), (" thousand", Decimal(1000)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that the series give for what a record says, signed, in the record's unit."""

    value: Decimal
    definition: Definition
    code: str
    period: str
    source_id: str
    computation: str
    tier: int = BEST
    margin: Decimal = ZERO
    partial: bool = False  # true of some of the record's years only
    doubt: str = ""  # why the value may not decide alone


@dataclass(frozen=True, slots=True)
class Target:
    """The years a record speaks of: `first` to `last`, against `base` (0 for the year before `first`)."""

    first: int
    last: int
    base: int = 0
    part: str = ""  # an ISO period inside a year, for series of that frequency


def target_of(record: IndicatorRecord, definition: Definition) -> Target | str:
    """The years to look up, or the reason why there are none."""
    span = between(record.period_start or record.period_end, record.period_end or record.period_start)
    if span is None or not (record.period_start or record.period_end):
        return (
            "no period is said" if not (record.period_start or record.period_end) else "the period is damaged"
        )
    if not record.period_start or not record.period_end:
        return "the period has only one end"
    base = base_of(record, span)
    if isinstance(base, str):
        return base
    if span.whole_years:
        return Target(*span.years, base)
    december = span.months == 1 and span.last % 12 == 11
    if december and not span.day and "end_of_period" in definition.named_by and "monthly" not in record.flags:
        return Target(span.last // 12, span.last // 12, base)
    if span.day:
        return "a value of one day; the series are annual"
    return Target(*span.years, base, name(span))


def base_of(record: IndicatorRecord, span: Timespan) -> int | str:
    """The year a change is against, 0 for the year before; or the reason why it cannot be told."""
    if not record.base_period:
        return 0
    base = parse(record.base_period)
    if base is None:
        return "the base period is damaged"
    year = base.last // 12
    if base == span.shifted(-1) or (year == span.first // 12 - 1 and (base.whole_years or base.months == 1)):
        return 0
    if not base.whole_years and not (base.months == 1 and base.last % 12 == 11 and not base.day):
        return "the base is a part of a year; the series are annual"
    return year if year < span.last // 12 else "the base does not lie before the period"


def candidates(record: IndicatorRecord, definition: Definition, store: SeriesStore) -> list[Candidate] | str:
    """The values of a definition for a record, the deciding one first; or the reason why there are none."""
    target = target_of(record, definition)
    if isinstance(target, str):
        return target
    found: list[Candidate] = []
    for code in definition.codes:
        for vintage in vintages(store, code, record.geo):
            got = list(_values(record, definition, target, store, code, vintage))
            found.extend(got)
    if not found:
        return _absence(record, definition, target, store)
    return _ranked(found)


def _ranked(found: list[Candidate]) -> list[Candidate]:
    """One tier BEST for each way to compute (code first that has it), no value twice."""
    seen: dict[tuple[Decimal, bool, str], Candidate] = {}
    best_code = next((c.code for c in found if not c.doubt), found[0].code)
    best_source = next(
        (c.source_id for c in found if c.code == best_code and not c.doubt), found[0].source_id
    )
    for c in found:
        tier = BEST if c.code == best_code and c.source_id == best_source and not c.doubt else OTHER
        key = (c.value, c.partial, c.period)
        if key not in seen or tier < seen[key].tier:
            seen[key] = Candidate(
                value=c.value,
                definition=c.definition,
                code=c.code,
                period=c.period,
                source_id=c.source_id,
                computation=c.computation,
                tier=tier,
                margin=c.margin,
                partial=c.partial,
                doubt=c.doubt,
            )
    return sorted(seen.values(), key=lambda c: c.tier)


def vintages(store: SeriesStore, code: str, geo: str) -> list[str]:
    """ "" for the best of each year, then each source by itself, newest first."""
    sources = {o.source_id for found in store.series(code, geo).values() for o in found}
    if not sources:
        return []
    return ["", *sorted(sources, key=lambda s: (-store.source(s).order, s))]


class _Column:
    """One code and vintage as a function from a period to its observation."""

    def __init__(self, store: SeriesStore, code: str, geo: str, vintage: str) -> None:
        self.store, self.code, self.geo, self.vintage = store, code, geo, vintage

    def at(self, period: int | str) -> Observation | None:
        found = self.store.at(self.code, self.geo, str(period))
        if not self.vintage:
            return found[0] if found else None
        return next((o for o in found if o.source_id == self.vintage), None)

    def run(self, first: int, last: int) -> list[Observation] | None:
        """Every year from first to last, or None where one is missing."""
        found = [self.at(year) for year in range(first, last + 1)]
        return None if not found or None in found else [o for o in found if o]


def _values(
    record: IndicatorRecord,
    definition: Definition,
    target: Target,
    store: SeriesStore,
    code: str,
    vintage: str,
) -> Iterator[Candidate]:
    column = _Column(store, code, record.geo, vintage)
    give = _Giver(definition, column)
    if target.part:
        own = column.at(target.part)
        if own and not target.base:
            yield give.one(own, _one_value(record, definition, own), target.part)
        return
    if definition.kind == "growth":
        yield from _of_growth(record, target, column, give)
    elif record.measure == Measure.CHANGE or record.measure == Measure.INDEX:
        yield from _of_ratio(record, target, column, give)
    else:
        yield from _of_levels(record, definition, target, column, give)


@dataclass(slots=True)
class _Giver:
    definition: Definition
    column: _Column

    def one(self, o: Observation, value: Decimal, period: str, *, partial: bool = False) -> Candidate:
        text = f"{o.code} {period} = {show(o.value, 3)}{' ' + o.unit if o.unit else ''}"
        return self.many([o], value, period, text, partial=partial)

    def many(
        self,
        used: list[Observation],
        value: Decimal,
        period: str,
        text: str,
        *,
        steps: int = 0,
        margin: Decimal = ZERO,
        partial: bool = False,
    ) -> Candidate:
        doubts = [d for o in used if (d := self.column.store.doubtful(o))]
        return Candidate(
            value=value,
            definition=self.definition,
            code=self.column.code,
            period=period,
            source_id=used[-1].source_id,
            computation=text,
            margin=margin or self.definition.margin * steps,
            partial=partial,
            doubt=doubts[0] if doubts else "",
        )


def scale(unit: str) -> Decimal:
    """What a series' value is multiplied by to be in plain units.

    >>> scale("LCU bn, current"), scale("persons mn"), scale("%")
    (Decimal('1000000000'), Decimal('1000000'), Decimal('1'))
    """
    return next((factor for word, factor in _SCALES if word in f" {unit}"), ONE)


def _one_value(record: IndicatorRecord, definition: Definition, o: Observation) -> Decimal:
    value = abs(o.value) if definition.unsigned else o.value
    if definition.kind == "amount":
        return value * scale(o.unit)
    return HUNDRED + value if record.measure == Measure.INDEX and definition.kind == "growth" else value


def _of_levels(
    record: IndicatorRecord, definition: Definition, target: Target, column: _Column, give: _Giver
) -> Iterator[Candidate]:
    if column.store.ratio_only(column.code):
        return
    run = column.run(target.first, target.last)
    if record.aggregation == Aggregation.CUMULATIVE and target.first != target.last:
        if run and definition.summable:
            total = sum((_one_value(record, definition, o) for o in run), ZERO)
            text = f"{column.code} {target.first}-{target.last}: " + " + ".join(show(o.value, 3) for o in run)
            yield give.many(run, total, f"{target.first}/{target.last}", f"{text} = {show(total)}")
        return
    if record.aggregation == Aggregation.ANNUAL_AVERAGE and target.first != target.last:
        if run:
            mean = sum((_one_value(record, definition, o) for o in run), ZERO) / len(run)
            yield give.many(run, mean, f"{target.first}/{target.last}", _mean_text(column.code, run, mean))
        return
    for year in range(target.first, target.last + 1):
        if o := column.at(year):
            partial = target.first != target.last
            yield give.one(o, _one_value(record, definition, o), str(year), partial=partial)


def _mean_text(code: str, run: list[Observation], mean: Decimal) -> str:
    values = " + ".join(show(o.value, 2) for o in run)
    return f"{code}: ({values}) / {len(run)} = {show(mean)}"


def _of_ratio(record: IndicatorRecord, target: Target, column: _Column, give: _Giver) -> Iterator[Candidate]:
    """Changes of a level: points for a rate, percent or times for an amount."""
    for base, last in _bases(target):
        start, end = column.at(base), column.at(last)
        if not start or not end or column.store.broken(column.code, column.geo, base, last):
            continue
        ends = f"{column.code} {base} = {show(start.value, 3)}, {last} = {show(end.value, 3)}"
        period = f"{base}/{last}"
        if record.unit == "percentage_point":
            yield give.many(
                [start, end],
                end.value - start.value,
                period,
                f"{ends}: difference {show(end.value - start.value)}",
            )
        elif record.unit in ("percent", "times") and start.value > 0:
            ratio = end.value / start.value
            if record.aggregation == Aggregation.ANNUAL_AVERAGE and record.unit == "percent":
                years = last - base
                rate = ratio ** (ONE / years) * HUNDRED - HUNDRED
                yield give.many(
                    [start, end],
                    rate,
                    period,
                    f"{ends}: ({show(ratio, 4)})^(1/{years}) = {show(rate)} % a year",
                )
            else:
                yield from _as_said(record, ratio, give, [start, end], period, ends, steps=0)


def _rounding(used: list[Observation], size: Decimal) -> Decimal:
    """How far a change of this size moves when its levels are rounded to three digits, as published."""
    half = Decimal("0.005")
    return sum((half / (abs(o.value) / TEN ** o.value.adjusted()) for o in used if o.value), ZERO) * abs(size)


def _as_said(
    record: IndicatorRecord,
    ratio: Decimal,
    give: _Giver,
    used: list[Observation],
    period: str,
    text: str,
    *,
    steps: int,
) -> Iterator[Candidate]:
    levels = give.definition.kind == "amount"
    if record.unit == "times":
        down = record.direction == Direction.DOWN
        value = ONE / ratio if down and ratio else ratio
        margin = _rounding(used, value) if levels else ZERO
        yield give.many(
            used,
            -value if down else value,
            period,
            f"{text}: {show(value, 3)} times",
            steps=steps,
            margin=margin,
        )
    elif record.measure == Measure.INDEX:
        yield give.many(
            used, ratio * HUNDRED, period, f"{text}: {show(ratio * HUNDRED)} % of the base", steps=steps
        )
    else:
        change = ratio * HUNDRED - HUNDRED
        margin = _rounding(used, ratio * HUNDRED) if levels else ZERO
        yield give.many(used, change, period, f"{text}: {change:+.2f} %", steps=steps, margin=margin)


def _bases(target: Target) -> list[tuple[int, int]]:
    """The pairs of years a change may be between: without a base, a span may or may not hold its first."""
    if target.base:
        return [(target.base, target.last)]
    if target.first == target.last:
        return [(target.first - 1, target.last)]
    return [(target.first - 1, target.last), (target.first, target.last)]


def _of_growth(record: IndicatorRecord, target: Target, column: _Column, give: _Giver) -> Iterator[Candidate]:
    single = target.first == target.last and not target.base
    if record.unit == "percentage_point":
        start, end = column.at(target.base or target.first - 1), column.at(target.last)
        if start and end:
            value = end.value - start.value
            text = f"{column.code}: {show(end.value, 2)} - {show(start.value, 2)} = {show(value)} points"
            yield give.many([start, end], value, str(target.last), text)
        return
    if single and record.unit == "percent":
        if o := column.at(target.last):
            yield give.one(o, _one_value(record, give.definition, o), str(target.last))
        return
    level = record.measure == Measure.LEVEL
    if record.aggregation == Aggregation.ANNUAL_AVERAGE:
        for base, last in _bases(target)[:1]:
            if run := column.run(base + 1, last):
                yield from _averages(run, column.code, f"{base + 1}/{last}", give)
        return
    if level:
        for year in range(target.first, target.last + 1):
            if o := column.at(year):
                yield give.one(o, o.value, str(year), partial=target.first != target.last)
        return
    for base, last in _bases(target):
        if run := column.run(base + 1, last):
            ratio = ONE
            for o in run:
                ratio *= ONE + o.value / HUNDRED
            text = f"{column.code} {base + 1}-{last}: " + " · ".join(
                f"{ONE + o.value / HUNDRED:.4f}" for o in run
            )
            for c in _as_said(
                record, ratio, give, run, f"{base}/{last}", f"{text} = {ratio:.4f}", steps=len(run)
            ):
                yield (
                    c
                    if base != target.first
                    else replace(c, doubt=f"counted from {base}, not over {base}-{last}")
                )


def _averages(run: list[Observation], code: str, period: str, give: _Giver) -> Iterator[Candidate]:
    mean = sum((o.value for o in run), ZERO) / len(run)
    yield give.many(run, mean, period, _mean_text(code, run, mean), steps=1)
    ratio = ONE
    for o in run:
        ratio *= ONE + o.value / HUNDRED
    rate = ratio ** (ONE / len(run)) * HUNDRED - HUNDRED
    yield give.many(
        run, rate, period, f"{code}: {show(ratio, 4)}^(1/{len(run)}) = {show(rate)} % a year", steps=1
    )


def _absence(record: IndicatorRecord, definition: Definition, target: Target, store: SeriesStore) -> str:
    code = definition.codes[0]
    if target.part:
        return f"{code} has no value for {target.part} (annual series only)"
    years = sorted({int(p[:4]) for c in definition.codes for p in store.series(c, record.geo) if len(p) == 4})
    if not years:
        return f"{code} has no values for {record.geo or 'no country'}"
    if any(store.only_estimated(c, record.geo, str(target.last)) for c in definition.codes):
        return f"{code} has only an estimate for {target.last}"
    return f"{code} holds {years[0]}-{years[-1]}, not {target.base or target.first}-{target.last}"
