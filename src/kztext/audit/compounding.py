"""Yearly changes, changes over years and indexes of one thing must multiply up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash, worst
from kztext.audit.edges import (
    Edge,
    factor_text,
    in_times,
    is_rate_level,
    path_of,
    percent_text,
    product,
    ratio_of,
    spans_of,
    yearly_edges,
)
from kztext.audit.facts import (
    MONEY,
    PREVIOUS,
    Fact,
    Pair,
)
from kztext.audit.line import lines
from kztext.audit.shown import value_text
from kztext.intervals import (
    HUNDRED,
    INFINITY,
    ONE,
    ZERO,
    Interval,
    show,
    show_interval,
)
from kztext.records import (
    Aggregation,
    ClaimKind,
    Direction,
    Measure,
    Severity,
)
from kztext.timespan import between


def compounding(doc: Dossier) -> Iterator[Draft]:
    """Changes over several years against the yearly changes, indexes and levels reached that lie inside.

    Yearly rates multiply, they do not add up: 9,8 %, 13,5 %, 9,8 % and 9,3 % make 49,6 %, not 42,4 %.
    """
    for yearly, longer in _groups(doc):
        chains = [f for f in longer if f.record.aggregation != Aggregation.ANNUAL_AVERAGE and ratio_of(f)]
        if not chains or (chains[0].is_rate and not yearly):
            continue
        years = yearly_edges(yearly)
        reached = list(_claimed_levels(doc, chains[0]))
        for fact in chains:
            sure = [
                Edge(*spans[0], ratio, (f,))
                for f in chains
                if f is not fact and len(spans := spans_of(f)) == 1 and (ratio := ratio_of(f))
            ]
            yield from _against(fact, years, [*sure, *reached])


def _groups(doc: Dossier) -> Iterator[tuple[list[Fact], list[Fact]]]:
    """For each indicator, place and price basis: its growth of single years, and of longer spans."""
    yearly: dict[tuple[object, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    longer: dict[tuple[object, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in doc.told:
        if (
            not fact.span
            or not (fact.is_growth or in_times(fact) or is_rate_level(fact))
            or not fact.topic[0]
        ):
            continue
        single = fact.year is not None and fact.base == PREVIOUS and not in_times(fact)
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
    said = ratio_of(fact)
    if said is None:
        return
    judged: list[tuple[Severity | None, Pair, list[Edge], tuple[int, int]]] = []
    for base, last in spans_of(fact):
        path = path_of(base, last, years, others)
        if path:
            reached = product(path)
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
        expected=percent_text(shown, change),
        found=value_text(fact),
        computation=f"{base}-{last}: "
        + " · ".join(factor_text(e) for e in path)
        + f" = {show_interval(shown, 3)}",
    )


def _added_up(fact: Fact, years: dict[int, Edge]) -> Severity | None:
    """A warning where yearly rates were added instead of multiplied, and the result shows it.

    10 % and 10 % make 21 %; "20 %" is their sum, though rounding could excuse it.
    """
    spans = spans_of(fact)
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
            years = yearly_edges(real)
            ordered = sorted((f for f in rows if f.record.unit == unit), key=lambda f: (f.year or 0, f.order))
            for start, end in pairwise(ordered):
                first, last = start.year or 0, end.year or 0
                if last - first > 1 and all(y in years for y in range(first + 1, last + 1)):
                    yield from _level_chain(start, end, [years[y] for y in range(first + 1, last + 1)])


def _level_chain(start: Fact, end: Fact, path: Sequence[Edge]) -> Iterator[Draft]:
    ratio = (end.said.wide.over(start.said.wide), end.said.likely.over(start.said.likely))
    reached = product(path)
    severity = clash(ratio, reached)
    if severity:
        facts = [start, end, *(f for e in path for f in e.facts)]
        yield Draft(
            rule="compounding",
            severity=severity,
            facts=tuple(sorted(facts, key=lambda f: f.order)),
            about=end,
            expected=percent_text(reached[0], change=True),
            found=f"{value_text(start)} → {value_text(end)}",
            computation=" · ".join(factor_text(e) for e in path)
            + f" = {show_interval(reached[0], 3)}; {value_text(end)} / {value_text(start)} = "
            + show_interval(ratio[0], 3),
        )


def totals_of_growth(doc: Dossier) -> Iterator[Draft]:
    """Growth of years that follow one another and what the sentence says they make together."""
    for line in lines(doc, 3):
        growth = [f for f in line.facts if f.record.measure == Measure.CHANGE and f.is_growth]
        if len(growth) != len(line.facts) or len(growth) > 8:
            continue
        *yearly, last = growth
        years = [f.year for f in yearly]
        whole = line.links("total", len(growth) - 1) or (
            last.span is not None and last.span.whole_years and last.span.months == 12 * len(yearly)
        )
        follow = all(y is not None for y in years) and all(b == (a or 0) + 1 for a, b in pairwise(years))
        named = {f.indicator for f in growth if f.indicator}
        if not whole or not follow or len(named) > 1 or last.record.aggregation == "annual_average":
            continue
        if last.year is not None and len(yearly) > 1:
            continue
        if found := made_of_years(yearly, last):
            yield found


def made_of_years(yearly: Sequence[Fact], last: Fact) -> Draft | None:
    """The finding that a total of growth is not what the years multiply up to."""
    wide, likely = Interval(ONE, ONE), Interval(ONE, ONE)
    for fact in yearly:
        a, b = fact.factor(fact.said.wide), fact.factor(fact.said.likely)
        if a is None or b is None:
            return None
        wide, likely = wide.times(a), likely.times(b)
    said = last.factor(last.said.wide), last.factor(last.said.likely)
    if said[0] is None or said[1] is None:
        return None
    severity = clash((said[0], said[1]), (wide, likely))
    added = sum((f.growth(f.point).low for f in yearly), ZERO) == last.growth(last.point).low
    if severity is None and not added:
        return None
    product = ONE
    for fact in yearly:
        product *= ONE + fact.growth(fact.point).low / HUNDRED
    exact = (product - ONE) * HUNDRED
    if severity is None and abs(exact - last.growth(last.point).low) < last.said.unit / 2:
        return None
    factors = " · ".join(show(ONE + f.growth(f.point).low / HUNDRED, 4) for f in yearly)
    return Draft(
        rule="compounding",
        severity=severity or Severity.WARNING,
        facts=(*yearly, last),
        about=last,
        expected=f"{show(exact, 1)}%",
        found=value_text(last),
        computation=f"{factors} = {show(product, 4)}",
    )
