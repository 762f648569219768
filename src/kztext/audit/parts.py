"""Parts and wholes: sums of amounts, sums of shares, and a share against the part and the whole it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kztext.audit.draft import Draft, clash
from kztext.audit.facts import MONEY, Dossier, Fact, kinds, plain, value_text
from kztext.intervals import HUNDRED, ZERO, Interval, hull, show, show_interval
from kztext.records import Aggregation, Measure, Severity
from kztext.timespan import name

Pair = tuple[Interval, Interval]
_RATES = ("percent", "percentage_point", "times", "")


def part_sums(doc: Dossier) -> Iterator[Draft]:
    """Amounts of parts against the amount of the whole: quarters of a half-year, items of a list, kinds of a total."""
    amounts = [
        f for f in doc.facts if f.record.measure == Measure.LEVEL and f.record.unit not in _RATES and f.span
    ]
    yield from _of_periods(amounts)
    yield from _of_kinds(amounts)
    for facts in doc.sentences.values():
        yield from _of_list(facts)


def _of_periods(amounts: Sequence[Fact]) -> Iterator[Draft]:
    """The periods that tile a longer one, for amounts that add up over time."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    stocks = kinds()["stocks"]
    for fact in amounts:
        if fact.indicator not in stocks and fact.topic[0] and not (fact.span and fact.span.day):
            groups[(*fact.topic, fact.record.unit, fact.sense)].append(fact)
    for facts in groups.values():
        if len(facts) < 3:
            continue
        for whole in facts:
            parts = _tiling(whole, facts)
            if parts and (found := _sum_draft(whole, parts, exact=True)):
                yield found


def _tiling(whole: Fact, facts: Sequence[Fact]) -> list[list[Fact]]:
    """The longest shorter periods that fill the whole's, each with all that is said of it; empty where they do not."""
    assert whole.span  # noqa: S101 -- only amounts with a span come here
    inside = [
        f
        for f in facts
        if f is not whole
        and f.span
        and f.span != whole.span
        and whole.span.holds(f.span)
        and f.record.aggregation in (Aggregation.PERIOD, Aggregation.CUMULATIVE)
    ]
    starts: dict[int, list[Fact]] = defaultdict(list)
    for fact in inside:
        starts[fact.span.first if fact.span else 0].append(fact)
    tiles: list[list[Fact]] = []
    at = whole.span.first
    while at <= whole.span.last:
        here = starts.get(at, [])
        if not here:
            return []
        longest = max(f.span.last for f in here if f.span)
        tiles.append([f for f in here if f.span and f.span.last == longest])
        at = longest + 1
    return tiles if len(tiles) > 1 and at == whole.span.last + 1 else []


def _of_kinds(amounts: Sequence[Fact]) -> Iterator[Draft]:
    """Wholes that are by definition the sum of their kinds, like employment of employees and self-employed."""
    places: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in amounts:
        places[(fact.record.geo, fact.span, fact.record.unit, fact.marks, fact.sense)].append(fact)
    for facts in places.values():
        if len(facts) < 3:
            continue
        for rule in kinds()["sum"]:
            wholes = [f for f in facts if f.indicator == rule["whole"]]
            parts = [[f for f in facts if f.indicator == p] for p in rule["parts"]]
            if wholes and all(parts):
                for whole in wholes[:1]:
                    if found := _sum_draft(whole, parts, exact=True):
                        yield found


def _of_list(facts: Sequence[Fact]) -> Iterator[Draft]:
    """A total and its items in one sentence or list: the items may not exceed it."""
    wholes = [f for f in facts if "total" in f.record.flags and f.record.measure == Measure.LEVEL]
    for whole in wholes:
        parts = [
            f
            for f in facts
            if f is not whole
            and f.record.measure == Measure.LEVEL
            and f.record.unit == whole.record.unit
            and "total" not in f.record.flags
            and f.span == whole.span
            and f.record.unit not in _RATES
            and not {"from_value", "to_value"}.intersection(f.record.flags)
        ]
        names = [plain(f.record.subject) or f.indicator for f in parts]
        if (
            len(parts) > 1
            and len(set(names)) == len(parts)
            and (found := _sum_draft(whole, [[p] for p in parts], exact=False))
        ):
            yield found


def _sum_draft(whole: Fact, parts: Sequence[Sequence[Fact]], *, exact: bool) -> Draft | None:
    total = _total(parts, 0), _total(parts, 1)
    said = whole.said.wide, whole.said.likely
    if not exact:
        said = Interval(ZERO, said[0].high), Interval(ZERO, said[1].high)
    severity = clash(said, total)
    if severity is None:
        return None
    used = [f for group in parts for f in group]
    terms = " + ".join(show(group[0].record.value) for group in parts)
    middle = sum((group[0].record.value for group in parts), ZERO)
    return Draft(
        rule="part_sum",
        severity=severity,
        facts=tuple(sorted((whole, *used), key=lambda f: f.order)),
        about=whole,
        expected=f"{show(middle)} ({show_interval(total[0])})",
        found=value_text(whole),
        computation=f"{terms} = {show(middle)}",
    )


def _total(parts: Sequence[Sequence[Fact]], which: int) -> Interval:
    total = Interval(ZERO, ZERO)
    for group in parts:
        total = total + hull((f.said.wide, f.said.likely)[which] for f in group)
    return total


def share_sums(doc: Dossier) -> Iterator[Draft]:
    """Shares of one whole, told in one sentence or list: not over 100 %, and as much as the list itself says."""
    for facts in doc.sentences.values():
        yield from _shares(facts)
    yield from _shares_of_lists(doc)


def _shares_of_lists(doc: Dossier) -> Iterator[Draft]:
    """Lists with one item a line: shares of one whole in lines that follow one another."""
    rows = [f for f in doc.facts if f.record.measure == Measure.SHARE and f.has("table")]
    lists: list[list[Fact]] = []
    for fact in rows:
        last = lists[-1][-1] if lists else None
        if last and _whole(last) == _whole(fact) and 0 <= fact.record.start - last.record.end < 120:
            lists[-1].append(fact)
        else:
            lists.append([fact])
    for items in lists:
        if len({f.record.sentence for f in items}) > 1:
            yield from _shares(items)


def _whole(fact: Fact) -> tuple[object, ...]:
    return fact.record.share_of, fact.span, fact.record.geo, fact.record.unit


def _shares(facts: Sequence[Fact]) -> Iterator[Draft]:
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        r = fact.record
        rough = {"fraction", "number_words", "from_value", "to_value"}.intersection(r.flags)
        if r.measure == Measure.SHARE and r.unit == "percent" and not rough and not r.direction:
            groups[_whole(fact)].append(fact)
    for (whole, *_), group in groups.items():
        totals = [f for f in group if "total" in f.record.flags]
        parts = _distinct([f for f in group if f not in totals])
        if len(parts) < 2 or len(parts) != len([f for f in group if f not in totals]):
            continue
        total = tuple(_total([[p] for p in parts], i) for i in (0, 1))
        if totals:
            said: Pair = (totals[0].said.wide, totals[0].said.likely)
        else:
            said = (Interval(ZERO, HUNDRED), Interval(ZERO, HUNDRED))
        severity = clash(said, (total[0], total[1]))
        middle = sum((p.record.value for p in parts), ZERO)
        if severity is None or (not totals and not _one_split(parts, whole)):
            continue
        yield Draft(
            rule="share_sum",
            severity=severity,
            facts=tuple(sorted((*parts, *totals[:1]), key=lambda f: f.order)),
            expected=value_text(totals[0]) if totals else "≤ 100%",
            found=f"{show(middle)}%",
            computation=" + ".join(show(p.record.value) for p in parts) + f" = {show(middle)}",
        )


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    seen: dict[str, Fact] = {}
    for fact in facts:
        seen.setdefault(plain(fact.record.subject) or fact.indicator or str(fact.order), fact)
    return list(seen.values())


def _one_split(parts: Sequence[Fact], whole: object) -> bool:
    """Whether shares over 100 % are surely a split of one whole, and not shares of different things."""
    middle = sum((p.record.value for p in parts), ZERO)
    return (
        bool(whole)
        and (len(parts) > 2 or middle < HUNDRED + HUNDRED / 4)
        or (len(parts) > 2 and middle < HUNDRED + 10)
    )


def shares_of_wholes(doc: Dossier) -> Iterator[Draft]:
    """A share against the part and the whole of the same sentence: "четверть – 12,4 млрд из 31,9 млрд"."""
    for facts in doc.sentences.values():
        shares = [
            f
            for f in facts
            if f.record.measure == Measure.SHARE and f.record.unit == "percent" and f.record.share_of
        ]
        amounts = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in _RATES]
        for share in shares if len(amounts) > 1 else ():
            if found := _share(share, amounts):
                yield found


def _share(share: Fact, amounts: Sequence[Fact]) -> Draft | None:
    of = plain(share.record.share_of)
    wholes = [f for f in amounts if of in (f.indicator, plain(f.record.subject)) and not f.has("part_of")]
    parts = [
        f
        for f in amounts
        if f.has("part_of")
        and f"part_of:{share.record.share_of}" in f.record.flags
        or (f.indicator and f.indicator == share.indicator and f.indicator != of)
        or (not f.indicator and f.record.subject and plain(f.record.subject) == plain(share.record.subject))
    ]
    if len(parts) != 1 or len(wholes) != 1 or parts[0] is wholes[0]:
        return None
    part, whole = parts[0], wholes[0]
    if part.record.unit != whole.record.unit or (part.span and whole.span and part.span != whole.span):
        return None
    ratio = tuple(
        a.over(b).scaled(HUNDRED)
        for a, b in ((part.said.wide, whole.said.wide), (part.said.likely, whole.said.likely))
    )
    severity = clash((share.said.wide, share.said.likely), (ratio[0], ratio[1]))
    if severity is None:
        return None
    return Draft(
        rule="share",
        severity=severity,
        facts=tuple(sorted((share, part, whole), key=lambda f: f.order)),
        about=share,
        expected=f"{show_interval(ratio[0], 1)}%",
        found=value_text(share),
        computation=f"{value_text(part)} / {value_text(whole)} = {show_interval(ratio[0], 1)}%",
    )


def period_name(fact: Fact) -> str:
    """The fact's period for a reader; empty where it has none."""
    return (
        name(fact.span).replace("/", "–") if fact.span else fact.record.period_end or fact.record.period_start
    )


def is_money(fact: Fact) -> bool:
    return fact.record.unit in MONEY
