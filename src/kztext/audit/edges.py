"""How the level of one year follows from that of another: growth, indexes, times, and paths of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kztext.audit.facts import (
    PREVIOUS,
    Fact,
    Pair,
    kinds,
)
from kztext.intervals import (
    HUNDRED,
    INFINITY,
    ONE,
    ZERO,
    Interval,
    hull,
    show,
)
from kztext.records import (
    ClaimRecord,
    Measure,
)

ONCE = Interval(ONE, ONE)


@dataclass(frozen=True, slots=True)
class Edge:
    """What is known of the ratio between the levels of two years: `last` over `first`."""

    first: int
    last: int
    ratio: Pair
    facts: tuple[Fact, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()

    def reversed(self) -> Edge:
        wide, likely = (ONCE.over(i) for i in self.ratio)
        return Edge(self.last, self.first, (wide, likely), self.facts, self.claims)


def yearly_edges(facts: Iterable[Fact]) -> dict[int, Edge]:
    """Year to the factor of that year; where the text gives several, everything between them."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.year is not None:
            found[fact.year].append(fact)
    edges: dict[int, Edge] = {}
    for year, group in found.items():
        pairs = [p for f in group if (p := ratio_of(f))]
        if pairs:
            pair = (hull(p[0] for p in pairs), hull(p[1] for p in pairs))
            edges[year] = Edge(year - 1, year, pair, tuple(group))
    return edges


def ratio_of(fact: Fact) -> Pair | None:
    """What a change, an index or a rate multiplies the level before by; None where it does not say."""
    if is_rate_level(fact):
        return tuple_of(i.scaled(ONE / HUNDRED).shifted(ONE) for i in fact.pair)
    wide, likely = fact.factor(fact.said.wide), fact.factor(fact.said.likely)
    return (wide, likely) if wide and likely else None


def tuple_of(pair: Iterable[Interval]) -> Pair:
    """Two intervals as a pair: the wide one and the likely one."""
    wide, likely = pair
    return wide, likely


def spans_of(fact: Fact) -> list[tuple[int, int]]:
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


def in_times(fact: Fact) -> bool:
    """Whether it says how many times something grew; not for money of what is told in real terms."""
    r = fact.record
    real = r.indicator in kinds()["real_growth"] and r.price_basis != "real"
    return r.measure == Measure.CHANGE and r.unit == "times" and bool(r.direction) and not real


def is_rate_level(fact: Fact) -> bool:
    return fact.is_rate and fact.record.measure == Measure.LEVEL


def product(path: Sequence[Edge]) -> Pair:
    """What the steps of a path multiply up to."""
    wide, likely = path[0].ratio
    for edge in path[1:]:
        wide, likely = wide.times(edge.ratio[0]), likely.times(edge.ratio[1])
    return wide, likely


def path_of(base: int, last: int, years: dict[int, Edge], others: Sequence[Edge]) -> list[Edge]:
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


def rooted(ratio: Pair, years: int) -> Pair:
    """The yearly rate in percent that makes a ratio over so many years."""
    power = ONE / years
    wide, likely = (
        Interval(i.low**power if i.low else ZERO, INFINITY if i.high == INFINITY else i.high**power)
        .scaled(HUNDRED)
        .shifted(-HUNDRED)
        for i in ratio
    )
    return wide, likely


def middle(interval: Interval) -> Decimal:
    """The middle of an interval; the low end of an open one."""
    return interval.low if interval.high == INFINITY else (interval.low + interval.high) / 2


def factor_text(edge: Edge) -> str:
    """The factor of one step; every one of them where the text has several."""
    texts = []
    for fact in edge.facts:
        ratio = ratio_of(fact)
        if ratio:
            turned = edge.last < edge.first or (edge.last, edge.first) in spans_of(fact)
            value = middle(ratio[0]) if ratio[0].high < INFINITY else ratio[0].low
            texts.append(show(ONE / value if turned and value else value, 4))
    return "|".join(dict.fromkeys(texts)) or f"≥{show(edge.ratio[0].low, 3)}"


def percent_text(ratio: Interval, change: bool) -> str:
    """A ratio as a reader expects it: a change in percent, or percent of the base."""
    shifted = ratio.scaled(HUNDRED).shifted(-HUNDRED if change else ZERO)
    if shifted.high == INFINITY:
        return f"≥ {show(shifted.low, 1)}%"
    return f"{show(shifted.low, 1)}…{show(shifted.high, 1)}%"
