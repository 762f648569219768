"""From X to Y, and what is said of the way: points, percent, times, and the word for up or down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kztext.audit.draft import Draft, clash
from kztext.audit.facts import MONEY, PREVIOUS, Dossier, Fact, plain, value_text
from kztext.intervals import HUNDRED, ONE, Interval, show_interval
from kztext.records import Aggregation, Direction, Measure, Severity

Pair = tuple[Interval, Interval]
Step = tuple[Fact, Fact]


def changes_between_levels(doc: Dossier) -> Iterator[Draft]:
    """The change that is said against the two levels that are said.

    "с 20,3 % до 9,8 %, на 11,5 п.п." (difference), "2,1 есе" (ratio), "на 31,7 %" (level against growth).
    """
    levels: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        if (
            fact.record.measure in (Measure.LEVEL, Measure.SHARE)
            and fact.record.aggregation == Aggregation.PERIOD
        ):
            levels[(_name(fact), fact.record.geo)].append(fact)
    for change in doc.facts:
        if change.record.measure != Measure.CHANGE or change.record.aggregation == Aggregation.ANNUAL_AVERAGE:
            continue
        step = _step(doc, change, levels.get((_name(change), change.record.geo), []))
        if step and (draft := _judge(change, *step)):
            yield draft


def _name(fact: Fact) -> str:
    return fact.record.indicator or plain(fact.record.subject)


def _step(doc: Dossier, change: Fact, levels: Sequence[Fact]) -> Step | None:
    """The two levels that a change leads between; None where that is not plain."""
    here = doc.sentences.get(change.record.sentence or change.record.record_id, [])
    step = _from_to(change, here)
    if step:
        return step
    if change.has("comparison") or change.span is None:
        return None
    near = [f for f in levels if f in here]
    return _by_period(change, near) or (_by_period(change, levels) if _same_prices(change, levels) else None)


def _from_to(change: Fact, here: Sequence[Fact]) -> Step | None:
    """From-value and to-value of the same sentence, unit and thing, the pair nearest to the change."""
    starts = [f for f in here if "from_value" in f.record.flags]
    ends = [f for f in here if "to_value" in f.record.flags]
    found: list[tuple[int, Step]] = []
    for start in starts:
        for end in ends:
            if (
                start is not end
                and start.record.unit == end.record.unit
                and _fits(change, start)
                and _fits(change, end)
            ):
                if start.record.measure == end.record.measure and start.order < end.order:
                    gap = abs(change.order - end.order) + abs(end.order - start.order)
                    found.append((gap, (start, end)))
    return min(found, key=lambda x: x[0])[1] if found else None


def _fits(change: Fact, level: Fact) -> bool:
    """Whether a level can be one end of a change."""
    r, s = change.record, level.record
    if level is change or r.price_basis and s.price_basis and r.price_basis != s.price_basis:
        return False
    named = (
        _name(change) == _name(level)
        or not _name(change)
        or not _name(level)
        or not (r.indicator and s.indicator)
    )
    if not named or (r.geo and s.geo and r.geo != s.geo):
        return False
    if r.unit == "percentage_point":
        return s.unit == "percent"
    return s.measure in (Measure.LEVEL, Measure.SHARE) and (
        r.unit in ("percent", "times") or r.unit == s.unit
    )


def _same_prices(change: Fact, levels: Sequence[Fact]) -> bool:
    """Whether a change told elsewhere is surely of these levels: money may have been told in real terms."""
    if not levels or levels[0].record.unit not in MONEY:
        return change.sense != "real" or bool(levels and levels[0].record.unit not in MONEY)
    return change.record.price_basis == "nominal" or (
        change.record.unit in ("times", levels[0].record.unit)
        and not isinstance(change.base, str)
        and change.sense != "real"
    )


def _by_period(change: Fact, levels: Sequence[Fact]) -> Step | None:
    """The levels of the change's base and of its period, where each is said once."""
    if change.span is None:
        return None
    span = change.span
    if change.record.aggregation == Aggregation.CUMULATIVE or span.months > 12:
        if not span.whole_years or span.months <= 12 and isinstance(change.base, str):
            return None
        first, last = span.years
        starts = [first] if isinstance(change.base, str) else [change.base.last // 12]
        ends = [f for f in levels if f.year == last]
        begin = [f for f in levels if f.year in starts]
    else:
        base = span.shifted(-1) if change.base == PREVIOUS else change.base
        ends = [f for f in levels if f.span == span]
        begin = [f for f in levels if f.span == base]
    pairs = [
        (a, b)
        for a in begin
        for b in ends
        if a is not b
        and a.record.unit == b.record.unit
        and a.record.measure == b.record.measure
        and a.marks == b.marks
        and a.sense == b.sense
        and _fits(change, a)
        and _fits(change, b)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _judge(change: Fact, start: Fact, end: Fact) -> Draft | None:
    r = change.record
    said = (change.said.wide, change.said.likely)
    a, b = _values(start), _values(end)
    down = b[0].high < a[0].low
    up = b[0].low > a[0].high
    if (up and r.direction == Direction.DOWN) or (down and r.direction == Direction.UP):
        sign = ">" if up else "<"
        computation = f"{value_text(end)} {sign} {value_text(start)}"
        return _draft("direction", Severity.ERROR, change, start, end, value_text(end), computation)
    falling = r.direction == Direction.DOWN or (not r.direction and down)
    points = _absolute(a, b)
    percent = _percents(a, b, falling)
    if r.unit in ("percentage_point", start.record.unit) and r.unit != "percent":
        severity = clash(said, points)
        text = f"{value_text(end)} − {value_text(start)} = {show_interval(points[0])}"
        if severity and r.unit == "percentage_point" and not clash(said, percent):
            return _draft(
                "percentage_points", Severity.WARNING, change, start, end, show_interval(points[0]), text
            )
        return (
            _draft("difference", severity, change, start, end, show_interval(points[0]), text)
            if severity
            else None
        )
    if r.unit == "times":
        ratio = tuple((x.over(y) if falling else y.over(x)) for x, y in zip(a, b, strict=True))
        severity = clash(said, (ratio[0], ratio[1]))
        upper, lower = (start, end) if falling else (end, start)
        text = f"{value_text(upper)} / {value_text(lower)} = {show_interval(ratio[0])}"
        return (
            _draft("ratio", severity, change, start, end, show_interval(ratio[0]), text) if severity else None
        )
    if r.unit != "percent":
        return None
    severity = clash(said, percent)
    shown = f"{show_interval(percent[0], 1)}%"
    text = f"{value_text(end)} / {value_text(start)} − 1 = {'−' if falling else '+'}{shown}"
    if severity and start.record.unit == "percent" and not clash(said, points):
        text = f"{value_text(end)} − {value_text(start)} = {show_interval(points[0])}; {text}"
        return _draft("percentage_points", Severity.WARNING, change, start, end, shown, text)
    return _draft("level_vs_growth", severity, change, start, end, shown, text) if severity else None


def _values(fact: Fact) -> Pair:
    return fact.signed(fact.said.wide), fact.signed(fact.said.likely)


def _absolute(a: Pair, b: Pair) -> Pair:
    wide, likely = (_magnitude(y - x) for x, y in zip(a, b, strict=True))
    return wide, likely


def _magnitude(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(interval.low * 0, max(-interval.low, interval.high))


def _percents(a: Pair, b: Pair, falling: bool) -> Pair:
    found = []
    for x, y in zip(a, b, strict=True):
        if x.low <= 0 or y.low < 0:
            found.append(Interval(ONE * 0, HUNDRED**9))
            continue
        change = y.over(x).scaled(HUNDRED).shifted(-HUNDRED)
        found.append(-change if falling else change)
    return found[0], found[1]


def _draft(
    rule: str,
    severity: Severity | None,
    change: Fact,
    start: Fact,
    end: Fact,
    expected: str,
    computation: str,
) -> Draft | None:
    if severity is None:
        return None
    return Draft(
        rule=rule,
        severity=severity,
        facts=tuple(sorted((start, end, change), key=lambda f: f.order)),
        about=change,
        expected=expected,
        found=value_text(change),
        computation=computation,
    )


def directions(doc: Dossier) -> Iterator[Draft]:
    """A word of rise or fall against the numbers: a level below the one it "rose" from, an index under 100 that "grew"."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        r = fact.record
        if r.measure == Measure.INDEX and r.direction and (draft := _index(fact)):
            yield draft
        if (
            r.measure in (Measure.LEVEL, Measure.SHARE)
            and r.aggregation == Aggregation.PERIOD
            and fact.span
            and _name(fact)
        ):
            groups[(*fact.topic, _name(fact), r.measure, r.unit, fact.sense, r.share_of)].append(fact)
    for facts in groups.values():
        for end in facts:
            if end.record.direction and (draft := _reached(end, facts)):
                yield draft


def _index(fact: Fact) -> Draft | None:
    wide = fact.said.wide
    down, up = wide.high < HUNDRED, wide.low > HUNDRED
    wrong = (down and fact.record.direction == Direction.UP) or (
        up and fact.record.direction == Direction.DOWN
    )
    if not wrong or fact.record.unit != "percent" or not isinstance(fact.base, str):
        return None
    sign = "<" if down else ">"
    return Draft(
        rule="direction",
        severity=Severity.ERROR,
        facts=(fact,),
        expected=f"{show_interval(fact.growth(wide), 1)}%",
        found=value_text(fact),
        computation=f"{value_text(fact)} {sign} 100%",
    )


def _reached(end: Fact, facts: Sequence[Fact]) -> Draft | None:
    """A level with a direction against the level of the year before, or the one it is said to come from."""
    starts = [
        f
        for f in facts
        if f is not end
        and f.span
        and end.span
        and (
            f.span == end.span.shifted(-1)
            or (
                "from_value" in f.record.flags
                and "to_value" in end.record.flags
                and f.record.sentence == end.record.sentence
            )
        )
    ]
    if len(starts) != 1:
        return None
    start = starts[0]
    up, down = end.said.wide.low > start.said.wide.high, end.said.wide.high < start.said.wide.low
    if (up and end.record.direction == Direction.DOWN) or (down and end.record.direction == Direction.UP):
        sign = ">" if up else "<"
        return Draft(
            rule="direction",
            severity=Severity.ERROR,
            facts=tuple(sorted((start, end), key=lambda f: f.order)),
            about=end,
            expected=f"{value_text(end)} {sign} {value_text(start)}",
            found=f"{value_text(start)} → {value_text(end)}",
            computation=f"{value_text(end)} {sign} {value_text(start)}",
        )
    return None
