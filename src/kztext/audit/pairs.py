"""From X to Y, and what is said of the way: points, percent, times, and the word for up or down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.audit.draft import Draft, clash, worst
from kztext.audit.facts import (
    MONEY,
    PREVIOUS,
    Dossier,
    Fact,
    interval_in_terms_of,
    is_total,
    kinds,
    label,
    plain,
    value_text,
)
from kztext.audit.line import line_of
from kztext.audit.words import says
from kztext.intervals import HUNDRED, TWO, ZERO, Interval, show_interval
from kztext.records import Aggregation, Direction, Measure, Severity
from kztext.timespan import Timespan

Pair = tuple[Interval, Interval]
Step = tuple[Fact, Fact]
_ENDS = {"from_value", "to_value"}
_UNDATED = 160  # characters between undated amounts that may be of one time
_NEAR = 40  # characters between a figure and the change that restates how it was reached
_WORD, _STEM = 4, 4  # letters of a word that names something, and of the beginning that two share
_RATIOS = ("percent", "percentage_point", "times")


def changes_between_levels(doc: Dossier) -> Iterator[Draft]:
    """The change that is said against the two levels that are said.

    "с 20,3 % до 9,8 %, на 11,5 п.п." (difference), "2,1 есе" (ratio), "на 31,7 %" (level against growth).
    """
    levels: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.told:
        if _is_level(fact) and _name(fact):
            levels[(_name(fact), fact.record.geo)].append(fact)
    for change in doc.told:
        r = change.record
        if not _is_change(change) or (change.is_rate and r.unit != "percentage_point"):
            continue  # "prices rose by 6 %" is a rate, not a change of the rate
        steps = _steps(doc, change, levels.get((_name(change), r.geo), []))
        drafts = [_judge(change, *step) for step in steps]
        if drafts and all(drafts) and not (change.compares and _told_elsewhere(doc, change, steps)):
            yield from (d for d in drafts[:1] if d)


def _told_elsewhere(doc: Dossier, change: Fact, steps: Sequence[tuple[Fact, Fact, bool]]) -> bool:
    """Whether a comparison is to a level that the text gives in another place, as of our own country."""
    own = [f for a, b, _ in steps for f in (a, b)]
    for fact in doc.told:
        alike = fact.indicator == own[0].indicator != "" and fact.record.unit == own[0].record.unit
        if alike and _is_level(fact) and fact not in own:
            for a in own:
                if not _judge(change, a, fact, ordered=False) and fact.record.value != a.record.value:
                    return True
    return False


def _is_change(fact: Fact) -> bool:
    """Whether a fact says how far a level moved: a change, or an index against the period before."""
    r = fact.record
    if r.aggregation == Aggregation.ANNUAL_AVERAGE or not r.unit:
        return False
    return r.measure == Measure.CHANGE or (
        r.measure == Measure.INDEX and r.unit == "percent" and isinstance(fact.base, str)
    )


def _is_level(fact: Fact) -> bool:
    return (
        fact.record.measure in (Measure.LEVEL, Measure.SHARE) and fact.record.aggregation != "annual_average"
    )


def _name(fact: Fact) -> str:
    return fact.record.indicator or plain(fact.record.subject)


def _steps(doc: Dossier, change: Fact, levels: Sequence[Fact]) -> list[tuple[Fact, Fact, bool]]:
    """The two levels that a change leads between, and whether their order is sure; all pairs it may mean."""
    here = doc.together(change)
    if change.compares:
        others = [f for f in here if f.compares and f is not change]
        pair = _compared(change, [f for f in here if _fits(change, f)]) if not others else None
        if pair is None:
            return []
        return [(pair[1], pair[0], True)] if _told_of_first(change, *pair) else [(*pair, False)]
    fitting = [
        f
        for f in here
        if _fits(change, f) and (f.record.unit not in MONEY or change.record.measure != "index")
    ]
    if change.has("comparison") and (pair := _compared(change, fitting)) and _told_of_first(change, *pair):
        return [(pair[1], pair[0], True)]
    if step := _from_to(change, fitting) or _side_by_side(change, here):
        return [(*step, True)]
    if steps := _by_period(change, fitting) or _only_two(change, here):
        return [(*step, True) for step in steps]
    if pair := _undated(change, fitting):
        return [(*pair, False)]
    levels = [f for f in levels if f.is_told or not change.is_told]
    levels = [f for f in levels if not _of_whole(f, change)]
    if not _same_prices(change, levels) or _either_price(change):
        return []
    return [(*step, True) for step in _by_period(change, levels)] or [
        (*step, True) for step in _just_before(doc, change)
    ]


def _of_whole(level: Fact, change: Fact) -> bool:
    """Whether a level is the total of a table and the change, by its name, may be of one of the rows."""
    total = says("total", label(level), level.record.lang) or is_total(level)
    return total and len(plain(change.record.subject).split()) > 1


def _side_by_side(change: Fact, here: Sequence[Fact]) -> Step | None:
    """From-value, to-value and change with nothing between them, whatever they are taken for."""
    at = here.index(change) if change in here else 0
    if at < 2:
        return None
    start, end = here[at - 2], here[at - 1]
    near = change.record.start - end.record.end < _NEAR
    ends = "from_value" in start.record.flags and "to_value" in end.record.flags and _alike(start, end)
    unit = change.record.unit
    fits = unit in ("percent", "times", end.record.unit) or (
        unit == "percentage_point" and end.record.unit == "percent"
    )
    line = line_of([end, change])
    again = len(line.facts) > 1 and line.links("that_is", 1)
    return (start, end) if near and ends and fits and (again or not _other_thing(change, end)) else None


def _only_two(change: Fact, here: Sequence[Fact]) -> list[Step]:
    """The only two levels of a sentence, of a change's time and of its base, whatever their names."""
    levels = [f for f in here if _is_level(f) and f.record.unit]
    if len(levels) != 2 or len(here) != 3 or change.span is None or not _alike(*levels):
        return []
    named = {f.indicator for f in levels if f.indicator and not f.has("measure_unsaid")}
    if len(named) > 1:
        return []
    base = change.span.shifted(-1) if change.base == PREVIOUS else change.base
    a, b = sorted(levels, key=lambda f: f.span.first if f.span else 0)
    unit = change.record.unit
    fits = unit in ("percent", "times", a.record.unit) or (
        unit == "percentage_point" and a.record.unit == "percent"
    )
    real = _in_real_terms(change, a)
    return [(a, b)] if fits and not real and a.span == base and b.span == change.span else []


def _just_before(doc: Dossier, change: Fact) -> list[Step]:
    """From-value and to-value of the sentence before, for a change that refers to it."""
    before = [
        f
        for f in doc.before(change)
        if _fits(change, f) and _name(f) == _name(change) != "" and f.is_told == change.is_told
    ]
    step = _from_to(change, before)
    return [step] if step else []


def _from_to(change: Fact, fitting: Sequence[Fact]) -> Step | None:
    """From-value and to-value of the same sentence, unit and thing, the pair nearest to the change."""
    starts = [f for f in fitting if "from_value" in f.record.flags]
    ends = [f for f in fitting if "to_value" in f.record.flags]
    found = [
        (abs(change.order - end.order) + abs(end.order - start.order), start.order, (start, end))
        for start in starts
        for end in ends
        if _alike(start, end)
    ]
    forward = [x for x in found if x[2][0].order < x[2][1].order] or found
    return min(forward, key=lambda x: x[:2])[2] if forward else None


def _alike(a: Fact, b: Fact) -> bool:
    levels = _is_level(a) and _is_level(b)
    return a is not b and a.record.unit == b.record.unit and (levels or a.record.measure == b.record.measure)


def _undated(change: Fact, fitting: Sequence[Fact]) -> Step | None:
    """The only two levels of the sentence, where the periods do not tell which comes first."""
    levels = [f for f in fitting if f.record.measure != Measure.CHANGE]
    if len(levels) != 2 or not _alike(*levels) or len({f.indicator for f in levels if f.indicator}) > 1:
        return None
    if all(f.record.direction for f in levels) or _in_real_terms(change, levels[0]):
        return None  # two levels that were reached; money beside growth in real terms
    dated = [f for f in (*levels, change) if f.span]
    if len(dated) == 3 and (change.record.base_period or change.record.measure == Measure.INDEX):
        return None
    if all(f.span for f in levels) and len({f.span for f in levels}) == 1 and _two_things(*levels):
        return None
    a, b = sorted(levels, key=lambda f: (f.span.first if f.span and len(dated) > 1 else 0, f.order))
    return a, b


def _in_real_terms(change: Fact, level: Fact) -> bool:
    """Whether growth is told in real terms, which no amounts of money give."""
    r = change.record
    real = change.sense == "real" or (r.indicator in kinds()["real_growth"] and r.price_basis != "nominal")
    return real and r.unit == "percent" and level.record.unit in MONEY


def _two_things(a: Fact, b: Fact) -> bool:
    """Whether two levels of one time are named differently, or share one name for the two of them."""
    return (
        a.indicator != b.indicator
        or plain(a.record.subject) != plain(b.record.subject)
        or a.has("coreference")
    )


def _compared(change: Fact, fitting: Sequence[Fact]) -> Step | None:
    """The two things that a comparison is between: "в городе 4,5 %, в селе 5,1 %, на 0,6 п.п. выше"."""
    levels = [
        f for f in fitting if f.record.measure != Measure.CHANGE and not _ENDS.intersection(f.record.flags)
    ]
    if len(levels) != 2 or not _alike(*levels):
        return None
    if len({f.indicator for f in levels if f.indicator}) > 1 and not (
        levels[0].order < change.order < levels[1].order
        and not says("than", change.record.sentence, change.record.lang)
    ):
        return None
    places = {f.record.geo for f in levels}
    if len(places) > 1 and change.record.geo not in places:
        return None  # a third place is compared
    return levels[0], levels[1]


def _told_of_first(change: Fact, first: Fact, other: Fact) -> bool:
    """Whether the words say which level is more: "49,5 млн, на 1,4 % меньше, чем год назад (48,8 млн)"."""
    line = line_of([first, change, other])
    if not first.order < change.order < other.order or len(line.facts) != 3:
        return False
    return says("than", line.gap(1, 2), line.lang)


def _fits(change: Fact, level: Fact) -> bool:
    """Whether a level can be one end of a change."""
    r, s = change.record, level.record
    if change.compares:
        alike = (
            s.unit == "percent" if r.unit == "percentage_point" else r.unit in ("percent", "times", s.unit)
        )
        named = r.indicator == s.indicator or not (r.indicator and s.indicator) or r.unit not in _RATIOS
        return level is not change and _is_level(level) and s.unit != "" and alike and named
    if level is change or (r.price_basis and s.price_basis and r.price_basis != s.price_basis):
        return False
    if r.indicator and s.indicator and r.indicator != s.indicator:
        return False
    if r.geo and s.geo and r.geo != s.geo:
        return False
    if not (r.indicator and s.indicator) and _other_thing(change, level):
        return False
    if s.aggregation == Aggregation.ANNUAL_AVERAGE:
        return False
    if r.unit == "percentage_point":
        return s.unit == "percent" and not (s.measure == Measure.INDEX and r.measure == Measure.INDEX)
    return _is_level(level) and s.unit != "" and (r.unit in ("percent", "times") or r.unit == s.unit)


def _other_thing(change: Fact, level: Fact) -> bool:
    """Whether two facts outside the catalogue name things that share no word: carrots rose, onions did."""
    own = not {"ellipsis", "coreference"}.intersection(change.record.flags)
    one, other = (
        {word[:_STEM] for word in plain(f.record.subject).split() if len(word) >= _WORD}
        for f in (change, level)
    )
    return own and bool(one) and bool(other) and not one & other


def _same_prices(change: Fact, levels: Sequence[Fact]) -> bool:
    """Whether a change told elsewhere is surely of these levels: output and pay may be in real terms."""
    if not levels or levels[0].record.unit not in MONEY or change.record.price_basis == "nominal":
        return True
    if change.sense == "real":
        return False
    if change.record.unit in ("times", levels[0].record.unit):
        return True
    return change.indicator not in kinds()["real_growth"] and change.indicator not in kinds()["often_real"]


def _either_price(change: Fact) -> bool:
    """Whether a sentence speaks of both real and nominal growth, so that a carried-over word may be wrong."""
    r = change.record
    return change.has("ellipsis") and says("real", r.sentence, r.lang) and says("nominal", r.sentence, r.lang)


def _by_period(change: Fact, levels: Sequence[Fact]) -> list[Step]:
    """The levels of the change's base and of its period, where each is said once.

    A span of years without a base may or may not take in its first year: then both steps are given.
    """
    if change.span is None:
        return []
    span = change.span
    if change.record.aggregation == Aggregation.CUMULATIVE or span.months > 12:
        if not span.whole_years or (span.months <= 12 and isinstance(change.base, str)):
            return []
        first, last = span.years
        years = [first, first - 1] if isinstance(change.base, str) else [change.base.last // 12]
        ends = [f for f in levels if f.year == last]
        begins = [[f for f in levels if f.year == year] for year in years]
    else:
        base = span.shifted(-1) if change.base == PREVIOUS else change.base
        ends = [f for f in levels if f.span == span]
        begins = [[f for f in levels if f.span == base]]
        if change.year is not None and change.base == PREVIOUS and not ends:
            begins = [[f for f in levels if f.span == _first_day(change.year)]]
            ends = [f for f in levels if f.span == _first_day(change.year + 1)]
    steps: list[Step] = []
    for begin in begins:
        pairs = [
            (a, b)
            for a in begin
            for b in ends
            if _alike(a, b)
            and a.marks == b.marks
            and (a.sense == b.sense or "" in (a.sense, b.sense))
            and _fits(change, a)
            and _fits(change, b)
        ]
        steps.extend(pairs if len(pairs) == 1 else [])
    return steps


def _first_day(year: int) -> Timespan:
    return Timespan(year * 12, year * 12, 1)


def change_between(change: Fact, start: Fact, end: Fact) -> Draft | None:
    """The finding that a change does not lead from one level to another; None where it may."""
    if _in_real_terms(change, start):
        return None
    return _judge(change, start, end, ordered=True)


def _judge(change: Fact, start: Fact, end: Fact, ordered: bool) -> Draft | None:
    r = change.record
    if "further" in r.flags:  # "с 90 до 88, затем ещё на 2": beyond these levels
        return None
    said = (change.said.wide, change.said.likely)
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
        sign = ">" if up else "<"
        computation = f"{value_text(end)} {sign} {value_text(start)}"
        return _draft("direction", Severity.ERROR, change, start, end, value_text(end), computation)
    falling = r.direction == Direction.DOWN or (not r.direction and down)
    points = _absolute(a, b)
    percent = _percents(a, b, falling)
    if r.unit in ("percentage_point", start.record.unit) and r.unit != "percent":
        severity = clash(said, points) or _rounded_wrongly(change, start, end)
        expected = _in_terms(change, points[0])
        text = f"{value_text(end)} − {value_text(start)} = {expected}"
        if severity and r.unit == "percentage_point" and not clash(said, percent):
            return _draft("percentage_points", Severity.WARNING, change, start, end, expected, text)
        return _draft("difference", severity, change, start, end, expected, text) if severity else None
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


def _in_terms(fact: Fact, interval: Interval) -> str:
    """An interval as a reader wants it beside a fact: amounts in its own multiplier."""
    return show_interval(interval) if fact.record.unit in _RATIOS else interval_in_terms_of(fact, interval)


def _unordered(
    change: Fact, start: Fact, end: Fact, said: Pair, a: Pair, b: Pair, down: bool
) -> Draft | None:
    """A change between two levels of which only one or the other may be the later one."""
    if change.record.unit in ("percentage_point", start.record.unit) and change.record.unit != "percent":
        return _judge_size("difference", change, start, end, said, [_absolute(a, b)])
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
        readings.append(_absolute(a, b))
    return _judge_size("level_vs_growth", change, start, end, said, readings)


def _judge_size(
    rule: str, change: Fact, start: Fact, end: Fact, said: Pair, readings: Sequence[Pair]
) -> Draft | None:
    severity = worst(clash(said, r) for r in readings)
    if rule == "difference":
        severity = severity or _rounded_wrongly(change, start, end)
    expected = " / ".join(show_interval(r[0]) for r in readings[:2])
    sign = {"difference": "−", "ratio": "/"}.get(rule, "→")
    return _draft(
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


def _absolute(a: Pair, b: Pair) -> Pair:
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


def balances(doc: Dossier) -> Iterator[Draft]:
    """A balance against the amounts it is the difference of: exports less imports, revenue less spending."""
    amounts = [
        f
        for f in doc.told
        if f.record.measure in (Measure.LEVEL, Measure.CHANGE) and f.record.unit not in ("", *_RATIOS)
    ]
    for balance in amounts:
        for rule in kinds()["balance"]:
            if not _is_balance(balance, rule):
                continue
            sides = [_side(balance, rule[k], amounts) for k in ("plus", "minus")]
            if not sides[0] or not sides[1]:
                continue
            plus, minus = sides[0], sides[1]
            pair = _absolute((minus.said.wide, minus.said.likely), (plus.said.wide, plus.said.likely))
            severity = clash((balance.said.wide, balance.said.likely), pair)
            if severity is None or _bridged(plus, minus, balance, amounts):
                continue
            expected = _in_terms(balance, pair[0])
            text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
            if draft := _draft("difference", severity, balance, plus, minus, expected, text):
                yield draft


def _is_balance(fact: Fact, rule: Mapping[str, str]) -> bool:
    """Whether a fact is a balance: by its indicator, or by a name that says it where it has none."""
    if fact.indicator == rule["balance"]:
        return not fact.has("part_of")
    told = rule.get("told", "")
    return bool(told) and not fact.indicator and says(told, fact.record.subject, fact.record.lang)


def _side(balance: Fact, indicator: str, amounts: Sequence[Fact]) -> Fact | None:
    """The one amount of an indicator that a balance is of: of its place, unit and time, told near it."""
    r = balance.record
    found = [
        f
        for f in amounts
        if f.indicator == indicator
        and f.record.measure == Measure.LEVEL
        and f.record.unit == r.unit
        and f.record.geo == r.geo
        and f.is_told == balance.is_told
        and not f.has("part_of")
        and not says("partial", f.record.sentence, f.record.lang)
        and (f.span == balance.span or (f.record.sentence == r.sentence and not f.has("comparison")))
    ]
    if balance.span is None:
        found = [f for f in found if abs(f.record.start - r.start) < _UNDATED]
    own = [f for f in found if f.span == balance.span] or found
    if len({f.record.value for f in own}) > 1:
        own = [f for f in own if f.record.sentence == r.sentence] or own
    return own[0] if len({f.record.value for f in own}) == 1 else None


def _bridged(plus: Fact, minus: Fact, balance: Fact, facts: Sequence[Fact]) -> bool:
    """Whether one more amount makes the balance right: transfers beside the revenue that is told."""
    for other in facts:
        rooms = {f.record.sentence for f in (plus, minus, balance)}
        near = other.span == balance.span and other.record.sentence in rooms
        if other not in (plus, minus, balance) and near and other.record.unit == balance.record.unit:
            for a, b in ((plus, minus), (minus, plus)):
                if (a.said.wide + other.said.wide - b.said.wide).meets(balance.said.wide):
                    return True
                if (b.said.wide - a.said.wide - other.said.wide).meets(balance.said.wide):
                    return True
    return False


def directions(doc: Dossier) -> Iterator[Draft]:
    """A word of rise or fall against the numbers: a level under the one it "rose" from."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.told:
        r = fact.record
        if r.measure == Measure.INDEX and r.direction and (draft := _index(fact)):
            yield draft
        if (
            r.measure in (Measure.LEVEL, Measure.SHARE)
            and r.aggregation == Aggregation.PERIOD
            and _name(fact)
        ):
            groups[(*fact.topic, _name(fact), r.measure, r.unit, fact.sense)].append(fact)
    for facts in groups.values():
        for end in facts:
            if end.record.direction and (draft := _reached(end, facts)):
                yield draft
    for facts in doc.sentences.values():
        for start, end in pairwise(facts):
            ends = "from_value" in start.record.flags and "to_value" in end.record.flags
            if ends and (draft := _pace(start, end)):
                yield draft
            ends = ends or (len(facts) == 2 and _years_apart(start, end))
            if ends and start.topic != end.topic and _alike(start, end) and (draft := _moved(start, end)):
                yield draft


def _years_apart(start: Fact, end: Fact) -> bool:
    """Whether the two levels of a sentence are of two years, the earlier one first."""
    levels = (
        start.record.measure == end.record.measure == Measure.LEVEL and start.record.geo == end.record.geo
    )
    return levels and end.year is not None and start.year is not None and start.year < end.year


def _pace(start: Fact, end: Fact) -> Draft | None:
    """A rate said to slow down or to quicken, against where it came from: "slowed from 2,7 to 9,8 %"."""
    line = line_of([start, end])
    if len(line.facts) != 2 or not _alike(start, end) or end.record.unit != "percent":
        return None
    before, after = regex.split(r"[,;:.]\s", line.before(0))[-1], regex.split(r"[,;:.]", line.after(1))[0]
    slows, quickens = (says(kind, f"{before} {after}", line.lang) for kind in ("slows", "quickens"))
    a, b = start.signed(start.said.wide), end.signed(end.said.wide)
    wrong = (slows and b.low > a.high) or (quickens and b.high < a.low)
    if slows == quickens or not wrong or (a.high < 0 and b.high < 0):
        return None
    sign = ">" if slows else "<"
    return Draft(
        rule="direction",
        severity=Severity.ERROR,
        facts=(start, end),
        about=end,
        expected=f"{value_text(end)} {sign} {value_text(start)}",
        found=f"{value_text(start)} → {value_text(end)}",
        computation=f"{value_text(end)} {sign} {value_text(start)}",
    )


def indexes(doc: Dossier) -> Iterator[Draft]:
    """An index and the change that restates it with the wrong word: "96,4%, то есть выросла на 3,6%"."""
    for facts in doc.sentences.values():
        for index, change in pairwise(facts):
            r, s = index.record, change.record
            same = r.indicator == s.indicator or not s.indicator
            bare = (
                r.measure == Measure.INDEX and r.unit == s.unit == "percent" and s.measure == Measure.CHANGE
            )
            if not (bare and isinstance(index.base, str) and index.is_exact and change.is_exact):
                continue
            moved = r.value - HUNDRED
            way = Direction.UP if moved > 0 else Direction.DOWN
            same = same or change.has("coreference")
            if same and abs(moved) == s.value and s.direction and s.direction != way:
                sign = ">" if moved > 0 else "<"
                yield Draft(
                    rule="direction",
                    severity=Severity.ERROR,
                    facts=(index, change),
                    about=index,
                    expected=f"{show_interval(index.growth(index.point))}%",
                    found=value_text(change),
                    computation=f"{value_text(index)} {sign} 100%",
                )


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
    start = _start_of(end, facts)
    return _moved(start, end) if start else None


def _moved(start: Fact, end: Fact) -> Draft | None:
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


def _start_of(end: Fact, facts: Sequence[Fact]) -> Fact | None:
    """The level that a rise or fall to another one started from; None where that is not plain."""
    here = [f for f in facts if f is not end and f.record.sentence == end.record.sentence]
    if "to_value" in end.record.flags:
        starts = [f for f in here if "from_value" in f.record.flags]
        if starts:
            return starts[-1]
    if end.span is None:
        return None
    year_before = [f for f in facts if f is not end and f.span == end.span.shifted(-1)]
    if year_before:
        return year_before[0] if len(year_before) == 1 else None
    earlier = [f for f in here if f.span and f.span.last < end.span.first and f.order < end.order]
    in_order = all(a.span < b.span for a, b in pairwise(earlier) if a.span and b.span)
    return earlier[-1] if earlier and in_order else None
