"""Yearly changes, cumulative changes, indexes and averages of one indicator must multiply up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kztext.audit.draft import Draft, clash, worst
from kztext.audit.facts import MONEY, PREVIOUS, Dossier, Fact, kinds, value_text
from kztext.intervals import HUNDRED, INFINITY, ONE, ZERO, Interval, hull, show, show_interval
from kztext.records import Aggregation, ClaimKind, ClaimRecord, Direction, Measure, Severity
from kztext.timespan import between

Pair = tuple[Interval, Interval]  # wide, likely
_ONE = Interval(ONE, ONE)


@dataclass(frozen=True, slots=True)
class Edge:
    """What is known of the ratio between the levels of two years: `last` over `first`."""

    first: int
    last: int
    ratio: Pair
    facts: tuple[Fact, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()

    def reversed(self) -> Edge:
        wide, likely = (_ONE.over(i) for i in self.ratio)
        return Edge(self.last, self.first, (wide, likely), self.facts, self.claims)


def _groups(doc: Dossier) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """For each indicator, place and price basis: its growth of single years, and of longer spans."""
    yearly: dict[tuple[object, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    longer: dict[tuple[object, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in doc.told:
        if (
            not fact.span
            or not (fact.is_growth or _in_times(fact) or _is_rate_level(fact))
            or not fact.topic[0]
        ):
            continue
        single = fact.year is not None and fact.base == PREVIOUS and not _in_times(fact)
        if single and fact.record.aggregation == Aggregation.PERIOD:
            yearly[(*fact.topic, fact.is_told)][fact.sense].append(fact)
        elif fact.span.whole_years:
            longer[(*fact.topic, fact.is_told)][fact.sense].append(fact)
    for topic, senses in longer.items():
        for sense, facts in senses.items():
            of_years = yearly[topic]
            only = next(iter(of_years.values())) if len(of_years) == 1 and _open(sense, *of_years) else []
            yield of_years.get(sense) or only, facts


def _open(a: str, b: str) -> bool:
    """Whether two price bases or definitions may be one: one of them is not said."""
    return "" in (a, b)


def _in_times(fact: Fact) -> bool:
    """Whether it says how many times something grew; not for money of what is told in real terms."""
    r = fact.record
    real = r.indicator in kinds()["real_growth"] and r.price_basis != "real"
    return r.measure == Measure.CHANGE and r.unit == "times" and bool(r.direction) and not real


def _is_rate_level(fact: Fact) -> bool:
    return fact.is_rate and fact.record.measure == Measure.LEVEL


def _yearly_edges(facts: Iterable[Fact]) -> dict[int, Edge]:
    """Year to the factor of that year; where the text gives several, everything between them."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.year is not None:
            found[fact.year].append(fact)
    edges: dict[int, Edge] = {}
    for year, group in found.items():
        pairs = [p for f in group if (p := _ratio(f))]
        if pairs:
            pair = (hull(p[0] for p in pairs), hull(p[1] for p in pairs))
            edges[year] = Edge(year - 1, year, pair, tuple(group))
    return edges


def _ratio(fact: Fact) -> Pair | None:
    if _is_rate_level(fact):
        return tuple_of(i.scaled(ONE / HUNDRED).shifted(ONE) for i in (fact.said.wide, fact.said.likely))
    wide, likely = fact.factor(fact.said.wide), fact.factor(fact.said.likely)
    return (wide, likely) if wide and likely else None


def tuple_of(pair: Iterable[Interval]) -> Pair:
    """Two intervals as a pair: the wide one and the likely one."""
    wide, likely = pair
    return wide, likely


def _spans(fact: Fact) -> list[tuple[int, int]]:
    """The pairs of years a change over several years may be between."""
    if not fact.span:
        return []
    first, last = fact.span.years
    if isinstance(fact.base, str):
        if fact.base != PREVIOUS:
            return []
        return [(first - 1, last), (first, last)] if last > first else [(first - 1, last)]
    base = fact.base.last // 12
    return [(base, last)] if fact.base.year is not None and base < last else []


def compounding(doc: Dossier) -> Iterator[Draft]:
    """Changes over several years against the yearly changes, indexes and levels reached that lie inside.

    Yearly rates multiply, they do not add up: 9,8 %, 13,5 %, 9,8 % and 9,3 % make 49,6 %, not 42,4 %.
    """
    for yearly, longer in _groups(doc):
        chains = [f for f in longer if f.record.aggregation != Aggregation.ANNUAL_AVERAGE and _ratio(f)]
        if not chains or (chains[0].is_rate and not yearly):
            continue
        years = _yearly_edges(yearly)
        reached = list(_claimed_levels(doc, chains[0]))
        for fact in chains:
            sure = [
                Edge(*spans[0], ratio, (f,))
                for f in chains
                if f is not fact and len(spans := _spans(f)) == 1 and (ratio := _ratio(f))
            ]
            yield from _against(fact, years, [*sure, *reached])


def _claimed_levels(doc: Dossier, like: Fact) -> Iterator[Edge]:
    """What claims say of the levels of two years: "the level of 1990 was reached only in 2003"."""
    for claim in doc.claims:
        if (
            claim.kind != ClaimKind.COMPARISON
            or claim.indicator != like.indicator
            or claim.geo != like.record.geo
        ):
            continue
        span = between(claim.period_start, claim.period_end or claim.period_start)
        years = {int(y) for y in _years(claim.quote)}
        if span is None or span.year is None or len(years) != 2 or span.year not in years:
            continue
        other = next(y for y in years if y != span.year)
        if other < span.year and claim.direction != Direction.DOWN:
            at_least = Interval(ONE - ONE / HUNDRED / 2, INFINITY)
            yield Edge(other, span.year, (at_least, at_least), (), (claim,))


def _years(text: str) -> list[str]:
    return [
        w for w in "".join(c if c.isdigit() else " " for c in text).split() if len(w) == 4 and w[0] in "12"
    ]


def _against(fact: Fact, years: dict[int, Edge], others: Sequence[Edge]) -> Iterator[Draft]:
    said = _ratio(fact)
    if said is None:
        return
    judged: list[tuple[Severity | None, Pair, list[Edge], tuple[int, int]]] = []
    for base, last in _spans(fact):
        path = _path(base, last, years, others)
        if path:
            reached = _product(path)
            judged.append((clash(said, reached), reached, path, (base, last)))
    severity = worst(j[0] for j in judged) or _added_up(fact, years)
    if severity is None or len(judged[0][2]) < 1:
        return
    _, reached, path, (base, last) = judged[0]
    facts = [f for e in path for f in e.facts]
    if not facts:
        return
    if (
        len(path) == 1
        and len(path[0].facts) == 1
        and path[0].first == base
        and not path[0].claims
        and path[0].facts[0].span == fact.span
    ):
        return  # the same span twice is a contradiction, found as such
    change = fact.record.measure == Measure.CHANGE
    shown = reached[0] if severity == Severity.ERROR else reached[1]
    yield Draft(
        rule="compounding",
        severity=severity,
        facts=tuple(sorted({f.order: f for f in (*facts, fact)}.values(), key=lambda f: f.order)),
        claims=tuple(c for e in path for c in e.claims),
        about=fact,
        expected=_percent(shown, change),
        found=value_text(fact),
        computation=f"{base}-{last}: "
        + " · ".join(_factor_text(e) for e in path)
        + f" = {show_interval(shown, 3)}",
    )


def _added_up(fact: Fact, years: dict[int, Edge]) -> Severity | None:
    """A warning where yearly rates were added instead of multiplied, and the result shows it.

    10 % and 10 % make 21 %; "20 %" is their sum, though rounding could excuse it.
    """
    spans = _spans(fact)
    if not spans or not fact.is_growth or fact.record.measure != Measure.CHANGE or not fact.is_exact:
        return None
    base, last = spans[0]
    steps = [years.get(y) for y in range(base + 1, last + 1)]
    if len(steps) < 2 or not all(e and len(e.facts) == 1 and e.facts[0].is_exact for e in steps):
        return None
    rates = [e.facts[0].growth(e.facts[0].point).low for e in steps if e]
    product = ONE
    for rate in rates:
        product *= ONE + rate / HUNDRED
    said = fact.growth(fact.point).low
    wrong = abs(product * HUNDRED - HUNDRED - said) >= fact.said.unit / 2
    return Severity.WARNING if sum(rates, ZERO) == said and wrong else None


def _factor_text(edge: Edge) -> str:
    """The factor of one step; every one of them where the text has several."""
    texts = []
    for fact in edge.facts:
        ratio = _ratio(fact)
        if ratio:
            turned = edge.last < edge.first or (edge.last, edge.first) in _spans(fact)
            value = _middle(ratio[0]) if ratio[0].high < INFINITY else ratio[0].low
            texts.append(show(ONE / value if turned and value else value, 4))
    return "|".join(dict.fromkeys(texts)) or f"≥{show(edge.ratio[0].low, 3)}"


def _percent(ratio: Interval, change: bool) -> str:
    """A ratio as a reader expects it: a change in percent, or percent of the base."""
    shifted = ratio.scaled(HUNDRED).shifted(-HUNDRED if change else ZERO)
    if shifted.high == INFINITY:
        return f"≥ {show(shifted.low, 1)}%"
    return f"{show(shifted.low, 1)}…{show(shifted.high, 1)}%"


def _product(path: Sequence[Edge]) -> Pair:
    wide, likely = path[0].ratio
    for edge in path[1:]:
        wide, likely = wide.times(edge.ratio[0]), likely.times(edge.ratio[1])
    return wide, likely


def _path(base: int, last: int, years: dict[int, Edge], others: Sequence[Edge]) -> list[Edge]:
    """The fewest statements that lead from one year to another; empty where there are none."""
    steps: dict[int, list[Edge]] = defaultdict(list)
    for edge in (*others, *years.values()):
        steps[edge.first].append(edge)
        steps[edge.last].append(edge.reversed())
    chain = [years[y] for y in range(base + 1, last + 1) if y in years]
    if len(chain) == last - base:
        return chain
    before: dict[int, Edge | None] = {base: None}
    front = [base]
    while front and last not in before:
        following: list[int] = []
        for year in front:
            for edge in steps[year]:
                if edge.last not in before:
                    before[edge.last] = edge
                    following.append(edge.last)
        front = following
    path: list[Edge] = []
    at = last
    while at in before and (step := before[at]) is not None:
        path.append(step)
        at = step.first
    return path[::-1] if at == base and path else []


def levels_apart(doc: Dossier) -> Iterator[Draft]:
    """Two levels some years apart against the yearly changes between them."""
    levels: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    changes: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.told:
        if (
            fact.year is None
            or fact.record.aggregation != Aggregation.PERIOD
            or not fact.topic[0]
            or fact.is_rate
        ):
            continue
        if fact.record.measure == Measure.LEVEL and fact.record.unit not in ("", "percent"):
            levels[(*fact.topic, fact.is_told)].append(fact)
        elif fact.is_growth and fact.base == PREVIOUS:
            changes[(*fact.topic, fact.is_told)].append(fact)
    for topic, rows in levels.items():
        if len(rows) < 2 or len(changes[topic]) < 2 or len(rows) > 20:
            continue
        for unit in dict.fromkeys(f.record.unit for f in rows):
            real = [f for f in changes[topic] if unit not in MONEY or f.sense == "nominal"]
            years = _yearly_edges(real)
            ordered = sorted((f for f in rows if f.record.unit == unit), key=lambda f: (f.year or 0, f.order))
            for start, end in pairwise(ordered):
                first, last = start.year or 0, end.year or 0
                if last - first > 1 and all(y in years for y in range(first + 1, last + 1)):
                    yield from _level_chain(start, end, [years[y] for y in range(first + 1, last + 1)])


def _level_chain(start: Fact, end: Fact, path: Sequence[Edge]) -> Iterator[Draft]:
    ratio = (end.said.wide.over(start.said.wide), end.said.likely.over(start.said.likely))
    reached = _product(path)
    severity = clash(ratio, reached)
    if severity:
        facts = [start, end, *(f for e in path for f in e.facts)]
        yield Draft(
            rule="compounding",
            severity=severity,
            facts=tuple(sorted(facts, key=lambda f: f.order)),
            about=end,
            expected=_percent(reached[0], change=True),
            found=f"{value_text(start)} → {value_text(end)}",
            computation=" · ".join(_factor_text(e) for e in path)
            + f" = {show_interval(reached[0], 3)}; {value_text(end)} / {value_text(start)} = "
            + show_interval(ratio[0], 3),
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
            + f") / {count} = {show(_middle(mean[0]), 2)}"
        )
        yield (mean[0], mean[1]), used, text
        if fact.is_growth:
            ratios = [tuple(i.scaled(ONE / HUNDRED).shifted(ONE) for i in h) for h in hulls]
            product = (_ONE, _ONE)
            for wide, likely in ratios:
                product = (product[0].times(wide), product[1].times(likely))
            rate = _rooted(product, count)
            yield rate, used, f"{show(_middle(product[0]), 4)}^(1/{count}) = {_shown(rate[0])}"
    if not fact.is_growth:
        return
    for other in others:
        spans = _spans(other) if other.record.aggregation != Aggregation.ANNUAL_AVERAGE else []
        times = other.record.unit == "times" and not _in_times(other)
        pair = _ratio(other) if (first - 1, last) in spans and last > first and not times else None
        if pair and other.record.measure != Measure.LEVEL:
            rate = _rooted(pair, count)
            text = (
                f"{value_text(other)}: {show(_middle(pair[0]), 4)}^(1/{count}) = {show_interval(rate[0], 1)}%"
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
                rate = _rooted(pair, years)
                text = f"({value_text(end)} / {value_text(start)})^(1/{years}) = {_shown(rate[0])}"
                yield rate, [start, end], text


def _values_text(facts: Sequence[Fact]) -> str:
    values = (show(_middle(p[0]), 2) for f in facts if (p := _signed_pair(f)))
    return "|".join(dict.fromkeys(values))


def _rooted(ratio: Pair, years: int) -> Pair:
    power = ONE / years
    wide, likely = (
        Interval(i.low**power if i.low else ZERO, INFINITY if i.high == INFINITY else i.high**power)
        .scaled(HUNDRED)
        .shifted(-HUNDRED)
        for i in ratio
    )
    return wide, likely


def _comparable(a: Fact, b: Fact) -> bool:
    if b.is_growth:
        return a.is_growth and (a.record.measure != Measure.LEVEL)
    return a.record.measure == b.record.measure and a.record.unit == b.record.unit


def _middle(interval: Interval) -> Decimal:
    return interval.low if interval.high == INFINITY else (interval.low + interval.high) / 2
