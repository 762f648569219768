"""A yearly average against the years, the total change or the levels that it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash, worst
from kztext.audit.edges import (
    ONCE,
    in_times,
    middle,
    ratio_of,
    rooted,
    spans_of,
)
from kztext.audit.facts import (
    MONEY,
    PREVIOUS,
    Fact,
    Pair,
    kinds,
)
from kztext.audit.line import lines
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import (
    HUNDRED,
    ONE,
    ZERO,
    Interval,
    hull,
    show,
    show_interval,
)
from kztext.records import (
    Aggregation,
    Measure,
    Severity,
)


def averages(doc: Dossier) -> Iterator[Draft]:
    """A yearly average against the years it is of, counted plainly or compounded, whichever fits."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.told:
        if fact.span and fact.span.whole_years:
            groups[(*fact.topic, fact.is_told)].append(fact)
    for facts in groups.values():
        for fact in facts:
            if fact.record.aggregation == Aggregation.ANNUAL_AVERAGE and fact.span and fact.span.months > 12:
                yield from _average(fact, [f for f in facts if f is not fact and _one_basis(f, fact)])


def _one_basis(a: Fact, b: Fact) -> bool:
    return a.sense == b.sense or "" in (a.sense, b.sense)


def _average(fact: Fact, others: Sequence[Fact]) -> Iterator[Draft]:
    said = _signed_pair(fact)
    if said is None or not fact.span:
        return
    readings = list(_readings(fact, others))
    severity = worst(clash(said, pair) for pair, _, _ in readings)
    if severity is None:
        return
    _, used, _ = readings[0]
    near = min(readings, key=lambda r: max(r[0][0].low - said[0].high, said[0].low - r[0][0].high, ZERO))
    yield Draft(
        rule="average",
        severity=severity,
        facts=tuple(sorted({f.order: f for f in (*used, fact)}.values(), key=lambda f: f.order)),
        about=fact,
        expected="; ".join(dict.fromkeys(_shown(pair[0]) for pair, _, _ in readings)),
        found=value_text(fact),
        computation="; ".join(dict.fromkeys(text for _, _, text in (near, *readings))),
    )


def _shown(interval: Interval) -> str:
    return f"{show_interval(interval, 1)}%"


def _signed_pair(fact: Fact) -> Pair | None:
    if fact.is_growth:
        return fact.growth(fact.said.wide), fact.growth(fact.said.likely)
    if fact.record.measure in (Measure.LEVEL, Measure.SHARE):
        return fact.said.wide, fact.said.likely
    return None


def _readings(fact: Fact, others: Sequence[Fact]) -> Iterator[tuple[Pair, list[Fact], str]]:
    """The averages that the other statements give: plain mean, compound rate, rate between two levels."""
    if fact.span is None:
        return
    first, last = fact.span.years
    count = last - first + 1
    like = [f for f in others if _comparable(f, fact)]
    years = {
        y: [
            f
            for f in like
            if f.year == y and f.base == PREVIOUS and f.record.aggregation == Aggregation.PERIOD
        ]
        for y in range(first, last + 1)
    }
    if all(years.values()):
        used = [f for group in years.values() for f in group]
        hulls = [
            tuple(hull(p[i] for f in g if (p := _signed_pair(f))) for i in (0, 1)) for g in years.values()
        ]
        mean = tuple(
            Interval(
                sum((h[i].low for h in hulls), ZERO) / count, sum((h[i].high for h in hulls), ZERO) / count
            )
            for i in (0, 1)
        )
        text = (
            "("
            + " + ".join(_values_text(g) for g in years.values())
            + f") / {count} = {show(middle(mean[0]), 2)}"
        )
        yield (mean[0], mean[1]), used, text
        if fact.is_growth:
            ratios = [tuple(i.scaled(ONE / HUNDRED).shifted(ONE) for i in h) for h in hulls]
            product = (ONCE, ONCE)
            for wide, likely in ratios:
                product = (product[0].times(wide), product[1].times(likely))
            rate = rooted(product, count)
            yield rate, used, f"{show(middle(product[0]), 4)}^(1/{count}) = {_shown(rate[0])}"
    if not fact.is_growth:
        return
    for other in others:
        spans = spans_of(other) if other.record.aggregation != Aggregation.ANNUAL_AVERAGE else []
        times = other.record.unit == "times" and not in_times(other)
        pair = ratio_of(other) if (first - 1, last) in spans and last > first and not times else None
        if pair and other.record.measure != Measure.LEVEL:
            rate = rooted(pair, count)
            text = (
                f"{value_text(other)}: {show(middle(pair[0]), 4)}^(1/{count}) = {show_interval(rate[0], 1)}%"
            )
            yield rate, [other], text
    nominal = fact.sense == "nominal" or not (fact.sense == "real" or fact.indicator in kinds()["often_real"])
    yield from _between_levels([f for f in others if nominal or f.record.unit not in MONEY], first, last)


def _between_levels(others: Sequence[Fact], first: int, last: int) -> Iterator[tuple[Pair, list[Fact], str]]:
    levels = [
        f
        for f in others
        if f.record.measure == Measure.LEVEL and f.year is not None and f.record.unit != "percent"
    ]
    ends = [f for f in levels if f.year == last]
    for start in levels:
        if start.year not in (first - 1, first):
            continue
        for end in ends:
            if end.record.unit == start.record.unit and start is not end:
                years = last - start.year
                pair = (end.said.wide.over(start.said.wide), end.said.likely.over(start.said.likely))
                rate = rooted(pair, years)
                text = f"({value_text(end)} / {value_text(start)})^(1/{years}) = {_shown(rate[0])}"
                yield rate, [start, end], text


def _values_text(facts: Sequence[Fact]) -> str:
    values = (show(middle(p[0]), 2) for f in facts if (p := _signed_pair(f)))
    return "|".join(dict.fromkeys(values))


def _comparable(a: Fact, b: Fact) -> bool:
    if b.is_growth:
        return a.is_growth and (a.record.measure != Measure.LEVEL)
    return a.record.measure == b.record.measure and a.record.unit == b.record.unit


def yearly_of_totals(doc: Dossier) -> Iterator[Draft]:
    """A change over years and what it makes a year: "за пять лет 38,6 %, то есть 6,8 % в год"."""
    for line in lines(doc):
        for i, (total, yearly) in enumerate(pairwise(line.facts)):
            spread = total.span is not None and total.span.whole_years and total.span.months > 12
            each = yearly.has("per_year") or yearly.record.aggregation == "annual_average"
            alike = total.is_growth and yearly.is_growth and total.record.measure == yearly.record.measure
            again = spread and each and alike and says("that_is", line.gap(i, i + 1), line.lang)
            if again and (found := _yearly(doc, total, yearly)):
                yield found


def _yearly(doc: Dossier, total: Fact, yearly: Fact) -> Draft | None:
    """The finding that a yearly change does not make a total one, its first year being the base or not."""
    if total.span is None:
        return None
    first, last = total.span.years
    factor, growth = total.factor(total.said.wide), total.growth(total.said.wide)
    said = yearly.growth(yearly.said.wide)
    if factor is None or factor.low <= 0:
        return None
    readings = []
    for years in (last - first + 1, last - first):
        power = ONE / years
        compound = Interval(factor.low**power, factor.high**power).scaled(HUNDRED).shifted(-HUNDRED)
        if said.meets(compound) or said.meets(Interval(growth.low / years, growth.high / years)):
            return None
        readings.append(compound)
    inside = [
        f for f in doc.by_topic.get(total.topic, ()) if f.is_growth and f.year and first <= f.year <= last
    ]
    known = {
        f.order: f
        for f in (total, yearly, *(f for f in inside if f.record.sentence != total.record.sentence))
    }
    return Draft(
        rule="average",
        severity=Severity.WARNING,
        facts=tuple(known[order] for order in sorted(known)),
        about=yearly,
        expected=f"{show_interval(readings[0], 1)}%",
        found=value_text(yearly),
        computation=f"{show_interval(factor, 3)}^(1/{last - first + 1}) = {show_interval(readings[0], 1)}%",
    )
