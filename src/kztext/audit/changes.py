"""The change that is said against the two levels that are said: points, percent, times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import (
    Step,
    alike,
    either_price,
    fits,
    in_real_terms,
    is_change,
    is_level,
    name_of,
    of_whole,
    other_thing,
    same_prices,
    two_things,
)
from kztext.audit.facts import (
    MONEY,
    PREVIOUS,
    Fact,
)
from kztext.audit.line import line_of
from kztext.audit.names import narrowed_apart
from kztext.audit.steps import judge
from kztext.audit.words import says
from kztext.records import (
    Aggregation,
    Measure,
)
from kztext.timespan import Timespan

_ENDS = {"from_value", "to_value"}
_MOVES = (Measure.CHANGE, Measure.INDEX)
_NEAR = 40  # characters between a figure and the change that restates how it was reached


def changes_between_levels(doc: Dossier) -> Iterator[Draft]:
    """The change that is said against the two levels that are said.

    "с 20,3 % до 9,8 %, на 11,5 п.п." (difference), "2,1 есе" (ratio), "на 31,7 %" (level against growth).
    """
    levels: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.told:
        if is_level(fact) and name_of(fact):
            levels[(name_of(fact), fact.record.geo)].append(fact)
    for change in doc.told:
        r = change.record
        if not is_change(change) or (change.is_rate and r.unit != "percentage_point"):
            continue  # "prices rose by 6 %" is a rate, not a change of the rate
        steps = _steps(doc, change, levels.get((name_of(change), r.geo), []))
        drafts = [judge(change, *step) for step in steps]
        if drafts and all(drafts) and not (change.compares and _told_elsewhere(doc, change, steps)):
            yield from (d for d in drafts[:1] if d)


def _told_elsewhere(doc: Dossier, change: Fact, steps: Sequence[tuple[Fact, Fact, bool]]) -> bool:
    """Whether a comparison is to a level that the text gives in another place, as of our own country."""
    own = [f for a, b, _ in steps for f in (a, b)]
    for fact in doc.told:
        alike = fact.indicator == own[0].indicator != "" and fact.record.unit == own[0].record.unit
        if alike and is_level(fact) and fact not in own:
            for a in own:
                if not judge(change, a, fact, ordered=False) and fact.record.value != a.record.value:
                    return True
    return False


def _steps(doc: Dossier, change: Fact, levels: Sequence[Fact]) -> list[tuple[Fact, Fact, bool]]:
    """The two levels that a change leads between, and whether their order is sure; all pairs it may mean."""
    here = doc.together(change)
    if change.compares:
        others = [f for f in here if f.compares and f is not change]
        pair = _compared(change, [f for f in here if fits(change, f)]) if not others else None
        if pair is None:
            return []
        return [(pair[1], pair[0], True)] if _told_of_first(change, *pair) else [(*pair, False)]
    fitting = [
        f
        for f in here
        if fits(change, f) and (f.record.unit not in MONEY or change.record.measure != "index")
    ]
    if change.has("comparison") and (pair := _compared(change, fitting)) and _told_of_first(change, *pair):
        return [(pair[1], pair[0], True)]
    if step := _from_to(change, fitting) or _side_by_side(change, here):
        return [(*step, True)]
    if steps := _by_period(change, fitting) or _only_two(change, here):
        return [(*step, True) for step in steps]
    if pair := _undated(change, here, fitting):
        return [(*pair, False)]
    levels = [f for f in levels if f.is_told or not change.is_told]
    levels = [f for f in levels if not of_whole(f, change) and not narrowed_apart(f, change)]
    if not same_prices(change, levels) or either_price(change):
        return []
    return [(*step, True) for step in _by_period(change, levels)] or [
        (*step, True) for step in _just_before(doc, change)
    ]


def _side_by_side(change: Fact, here: Sequence[Fact]) -> Step | None:
    """From-value, to-value and change with nothing between them, whatever they are taken for."""
    at = here.index(change) if change in here else 0
    if at < 2:
        return None
    start, end = here[at - 2], here[at - 1]
    near = change.record.start - end.record.end < _NEAR
    ends = "from_value" in start.record.flags and "to_value" in end.record.flags and alike(start, end)
    unit = change.record.unit
    fits = unit in ("percent", "times", end.record.unit) or (
        unit == "percentage_point" and end.record.unit == "percent"
    )
    line = line_of([end, change])
    again = len(line.facts) > 1 and line.links("that_is", 1)
    return (start, end) if near and ends and fits and (again or not other_thing(change, end)) else None


def _only_two(change: Fact, here: Sequence[Fact]) -> list[Step]:
    """The only two levels of a sentence, of a change's time and of its base, whatever their names."""
    levels = [f for f in here if is_level(f) and f.record.unit]
    if len(levels) != 2 or len(here) != 3 or change.span is None or not alike(*levels):
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
    real = in_real_terms(change, a)
    return [(a, b)] if fits and not real and a.span == base and b.span == change.span else []


def _just_before(doc: Dossier, change: Fact) -> list[Step]:
    """From-value and to-value of the sentence before, for a change that refers to it."""
    before = [
        f
        for f in doc.before(change)
        if fits(change, f) and name_of(f) == name_of(change) != "" and f.is_told == change.is_told
    ]
    ends = any(is_level(f) and fits(change, f) for f in doc.together(change))  # of a step of its own
    step = None if ends else _from_to(change, before)
    return [step] if step else []


def _from_to(change: Fact, fitting: Sequence[Fact]) -> Step | None:
    """From-value and to-value of the same sentence, unit and thing, the pair nearest to the change."""
    starts = [f for f in fitting if "from_value" in f.record.flags]
    ends = [f for f in fitting if "to_value" in f.record.flags]
    found = [
        (abs(change.order - end.order) + abs(end.order - start.order), start.order, (start, end))
        for start in starts
        for end in ends
        if alike(start, end)
    ]
    forward = [x for x in found if x[2][0].order < x[2][1].order] or found
    return min(forward, key=lambda x: x[:2])[2] if forward else None


def _undated(change: Fact, here: Sequence[Fact], fitting: Sequence[Fact]) -> Step | None:
    """The only two levels of the sentence, where the periods do not tell which comes first."""
    levels = [f for f in fitting if f.record.measure != Measure.CHANGE]
    if len(levels) != 2 or not alike(*levels) or len({f.indicator for f in levels if f.indicator}) > 1:
        return None
    moved = [f for f in here if f.record.unit == change.record.unit and f.record.measure in _MOVES]
    between = [f for f in moved if levels[0].order < f.order < levels[1].order]
    if len(moved) > 1 and between:
        return None  # each level has a change of its own
    if change.record.unit == "times" and not change.record.direction:
        return None
    if all(f.record.direction for f in levels) or in_real_terms(change, levels[0]):
        return None  # two levels that were reached; money beside growth in real terms
    dated = [f for f in (*levels, change) if f.span]
    if len(dated) == 3 and (change.record.base_period or change.record.measure == Measure.INDEX):
        return None
    one_time = all(f.span for f in levels) and len({f.span for f in levels}) == 1
    if one_time and (two_things(*levels) or change.order < levels[0].order):
        return None
    a, b = sorted(levels, key=lambda f: (f.span.first if f.span and len(dated) > 1 else 0, f.order))
    return a, b


def _compared(change: Fact, fitting: Sequence[Fact]) -> Step | None:
    """The two things that a comparison is between: "в городе 4,5 %, в селе 5,1 %, на 0,6 п.п. выше"."""
    levels = [
        f for f in fitting if f.record.measure != Measure.CHANGE and not _ENDS.intersection(f.record.flags)
    ]
    if len(levels) != 2 or not alike(*levels):
        return None
    if len({f.indicator for f in levels if f.indicator}) > 1 and not (
        levels[0].order < change.order < levels[1].order
        and not says("than", change.record.sentence, change.record.lang)
    ):
        return None
    if not (levels[0].indicator and levels[1].indicator) and _side_by(change, levels):
        return None  # "519 школьников и 81 дошкольник, на 84 меньше": less than before
    places = {f.record.geo for f in levels}
    if len(places) > 1 and change.record.geo not in places:
        return None  # a third place is compared
    return levels[0], levels[1]


def _side_by(change: Fact, levels: Sequence[Fact]) -> bool:
    """Whether two levels told before a change are of two things, which it may be of together."""
    apart = levels[0].indicator != levels[1].indicator or other_thing(levels[0], levels[1])
    line = line_of([levels[1], change])
    again = len(line.facts) == 2 and line.links("that_is", 1)
    alike = levels[0].record.geo == levels[1].record.geo and not again
    return levels[1].order < change.order and apart and alike


def _told_of_first(change: Fact, first: Fact, other: Fact) -> bool:
    """Whether the words say which level is more: "49,5 млн, на 1,4 % меньше, чем год назад (48,8 млн)"."""
    line = line_of([first, change, other])
    if not first.order < change.order < other.order or len(line.facts) != 3:
        return False
    return says("than", line.gap(1, 2), line.lang)


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
            if alike(a, b)
            and a.marks == b.marks
            and (a.sense == b.sense or "" in (a.sense, b.sense))
            and fits(change, a)
            and fits(change, b)
        ]
        steps.extend(pairs if len(pairs) == 1 else [])
    return steps


def _first_day(year: int) -> Timespan:
    return Timespan(year * 12, year * 12, 1)
