"""A change against two levels: does it lead from the one to the other, within their rounding?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.audit.draft import Draft, clash, worst
from kztext.audit.edges import tuple_of
from kztext.audit.ends import (
    in_real_terms,
)
from kztext.audit.facts import (
    Fact,
    Pair,
)
from kztext.audit.shown import in_terms, value_text
from kztext.intervals import (
    HUNDRED,
    TWO,
    ZERO,
    Interval,
    show_interval,
)
from kztext.records import (
    Direction,
    Measure,
    Severity,
)


def change_between(change: Fact, start: Fact, end: Fact) -> Draft | None:
    """The finding that a change does not lead from one level to another; None where it may."""
    if in_real_terms(change, start):
        return None
    return judge(change, start, end, ordered=True)


def judge(change: Fact, start: Fact, end: Fact, ordered: bool) -> Draft | None:
    """The finding that a change does not lead between two levels; `ordered` if the first is the earlier."""
    r = change.record
    if "further" in r.flags:  # "с 90 до 88, затем ещё на 2": beyond these levels
        return None
    said = change.pair
    if r.measure == Measure.INDEX:
        signed = tuple(change.growth(i) for i in said)
        falls = signed[0].high < 0
        said = tuple(-i if falls else i for i in signed)  # type: ignore[assignment] # two of two
        r = replace(r, direction=Direction.DOWN if falls else Direction.UP)
    a, b = _values(start), _values(end)
    down = b[0].high < a[0].low
    up = b[0].low > a[0].high
    if not ordered:
        return _unordered(change, start, end, said, a, b, down)
    if (up and r.direction == Direction.DOWN) or (down and r.direction == Direction.UP):
        if change.has("comparison") and end.order > start.order:
            return None  # the first one named is the one that is more or less
        if not _made_by(change, said, a, b, up):
            return None  # neither its way nor its size: of another thing
        sign = ">" if up else "<"
        computation = f"{value_text(end)} {sign} {value_text(start)}"
        return change_draft("direction", Severity.ERROR, change, start, end, value_text(end), computation)
    falling = r.direction == Direction.DOWN or (not r.direction and down)
    points = absolute(a, b)
    percent = _percents(a, b, falling)
    if r.unit in ("percentage_point", start.record.unit) and r.unit != "percent":
        severity = clash(said, points) or _rounded_wrongly(change, start, end)
        expected = in_terms(change, points[0])
        text = f"{value_text(end)} − {value_text(start)} = {expected}"
        if severity and r.unit == "percentage_point" and not clash(said, percent):
            return change_draft("percentage_points", Severity.WARNING, change, start, end, expected, text)
        return change_draft("difference", severity, change, start, end, expected, text)
    if r.unit == "times":
        ratio = tuple((x.over(y) if falling else y.over(x)) for x, y in zip(a, b, strict=True))
        severity = clash(said, (ratio[0], ratio[1]))
        upper, lower = (start, end) if falling else (end, start)
        text = f"{value_text(upper)} / {value_text(lower)} = {show_interval(ratio[0])}"
        return change_draft("ratio", severity, change, start, end, show_interval(ratio[0]), text)
    if r.unit != "percent":
        return None
    severity = clash(said, percent)
    shown = f"{show_interval(percent[0], 1)}%"
    text = f"{value_text(end)} / {value_text(start)} − 1 = {'−' if falling else '+'}{shown}"
    if severity and start.record.unit == "percent" and not clash(said, points):
        text = f"{value_text(end)} − {value_text(start)} = {show_interval(points[0])}; {text}"
        return change_draft("percentage_points", Severity.WARNING, change, start, end, shown, text)
    return change_draft("level_vs_growth", severity, change, start, end, shown, text)


def _made_by(change: Fact, said: Pair, a: Pair, b: Pair, up: bool) -> bool:
    """Whether the size of a change is that of a step, whichever way it is said to lead."""
    readings = [absolute(a, b), _percents(a, b, not up)]
    if change.record.unit == "times":
        readings = [tuple_of((y.over(x) if up else x.over(y)) for x, y in zip(a, b, strict=True))]
    return any(clash(said, pair) is None for pair in readings)


def _unordered(
    change: Fact, start: Fact, end: Fact, said: Pair, a: Pair, b: Pair, down: bool
) -> Draft | None:
    """A change between two levels of which only one or the other may be the later one."""
    if change.record.unit in ("percentage_point", start.record.unit) and change.record.unit != "percent":
        return _judge_size("difference", change, start, end, said, [absolute(a, b)])
    low, high = (b, a) if down else (a, b)
    if any(i.low <= 0 for i in (*low, *high)):
        return None
    ratio = (high[0].over(low[0]), high[1].over(low[1]))
    if change.record.unit == "times":
        return _judge_size("ratio", change, start, end, said, [ratio])
    up = tuple(i.scaled(HUNDRED).shifted(-HUNDRED) for i in ratio)
    fall = tuple((-x.over(y).scaled(HUNDRED)).shifted(HUNDRED) for x, y in zip(low, high, strict=True))
    readings: list[Pair] = [(up[0], up[1]), (fall[0], fall[1])]
    if start.record.unit == "percent":
        readings.append(absolute(a, b))
    if not change.record.direction:  # "из 90 млн – 17 млн, или 19 %": a share after all
        readings.append(tuple_of(x.over(y).scaled(HUNDRED) for x, y in zip(low, high, strict=True)))
    return _judge_size("level_vs_growth", change, start, end, said, readings)


def _judge_size(
    rule: str, change: Fact, start: Fact, end: Fact, said: Pair, readings: Sequence[Pair]
) -> Draft | None:
    severity = worst(clash(said, r) for r in readings)
    if rule == "difference":
        severity = severity or _rounded_wrongly(change, start, end)
    expected = " / ".join(show_interval(r[0]) for r in readings[:2])
    sign = {"difference": "−", "ratio": "/"}.get(rule, "→")
    return change_draft(
        rule,
        severity,
        change,
        start,
        end,
        expected,
        f"{value_text(start)} {sign} {value_text(end)}: {expected}",
    )


def _rounded_wrongly(change: Fact, start: Fact, end: Fact) -> Severity | None:
    """A warning where a difference is told more coarsely than its ends and is not their difference rounded.

    From 16,5 % to 18 % are 1,5 points: "2 points" holds only if 1,5 is rounded up.
    """
    if not (change.is_exact and start.is_exact and end.is_exact):
        return None
    unit = change.said.unit
    if _as_precise(start, end):
        unit = max(unit, TWO * min(start.said.unit, end.said.unit))
    elif unit <= min(start.said.unit, end.said.unit):
        return None
    exact = abs(end.signed(end.point).low - start.signed(start.point).low)
    return Severity.WARNING if abs(exact - change.record.value) >= unit / 2 else None


def _as_precise(start: Fact, end: Fact) -> bool:
    """Whether two levels are told together, so that "from 17 to 14,9" is from 17,0."""
    return "from_value" in start.record.flags and "to_value" in end.record.flags


def _values(fact: Fact) -> Pair:
    return fact.signed(fact.said.wide), fact.signed(fact.said.likely)


def absolute(a: Pair, b: Pair) -> Pair:
    """How far apart two values are, unsigned."""
    wide, likely = (_magnitude(y - x) for x, y in zip(a, b, strict=True))
    return wide, likely


def _magnitude(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(ZERO, max(-interval.low, interval.high))


def _percents(a: Pair, b: Pair, falling: bool) -> Pair:
    found = []
    for x, y in zip(a, b, strict=True):
        if x.low <= 0 or y.low < 0:
            found.append(Interval(ZERO, HUNDRED**9))
            continue
        change = y.over(x).scaled(HUNDRED).shifted(-HUNDRED)
        found.append(-change if falling else change)
    return found[0], found[1]


def change_draft(
    rule: str,
    severity: Severity | None,
    change: Fact,
    start: Fact,
    end: Fact,
    expected: str,
    computation: str,
) -> Draft | None:
    """The finding that a figure is not what two others make; None without a severity."""
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
