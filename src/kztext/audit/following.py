"""A change told after its levels: a rate set again, two years of the sentence before, a year of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import Step, is_level, of_whole
from kztext.audit.facts import Fact, kinds
from kztext.audit.line import line_of
from kztext.audit.names import stems
from kztext.audit.steps import change_between
from kztext.audit.words import says
from kztext.records import Measure
from kztext.timespan import Timespan

_NOW = Timespan(10**6, 10**6)  # after all times that a text names
_EARLIER = (
    "relative_period:year_earlier",
    "relative_period:last_year",
    "relative_period:same_period_last_year",
)


def is_told_change(fact: Fact) -> bool:
    """Whether a fact says how far something moved, in a unit that levels give."""
    r = fact.record
    moved = r.measure == Measure.CHANGE and bool(r.unit) and r.aggregation != "annual_average"
    return moved and not fact.compares and not fact.is_rate and "further" not in r.flags


def suits(change: Fact, level: Fact) -> bool:
    """Whether a change is told in what two such levels give: points of percent, percent, times, the unit."""
    unit, of = change.record.unit, level.record.unit
    return unit == "percentage_point" if of == "percent" else unit in ("percent", "times", of)


def set_again(doc: Dossier) -> Iterator[Draft]:
    """What holds until it is changed, set anew: "снижали до 14,25 %. … подняли до 15,25 %, на 1,5 п.п."."""
    rates = [f for f in doc.told if is_level(f) and f.record.unit == "percent"]
    for change in doc.told:
        if change.indicator not in kinds()["states"] or not is_told_change(change):
            continue
        here = doc.together(change)
        ends = [f for f in here if f.indicator == change.indicator and abs(f.order - change.order) == 1]
        ends = [f for f in ends if f in rates and "from_value" not in f.record.flags]
        room = [*doc.before(change), *here]
        earlier = [f for f in room if f in rates and ends and f.order < min(ends[0].order, change.order)]
        if len(ends) != 1 or not earlier or not suits(change, ends[0]):
            continue
        start = earlier[-1]
        told = start.indicator in ("", change.indicator) and "to_value" in start.record.flags
        if told and (found := change_between(change, start, ends[0])):
            yield found


def told_next(doc: Dossier) -> Iterator[Draft]:
    """A change by itself, after the two years it is of: "выплата – 119, в 2018-м 68. Прибавка – 57 %"."""
    for before, facts in pairwise(doc.sentences.values()):
        change = facts[0]
        carried = not change.indicator or change.completed or change.has("context_period")
        if any(is_level(f) for f in facts) or not _is_moved(change) or not carried:
            continue
        steps = _steps_of(change, before)
        drafts = [change_between(change, *step) for step in steps]
        if drafts and all(drafts):
            yield from (d for d in drafts[-1:] if d)


def _is_moved(fact: Fact) -> bool:
    """Whether a fact says how far something moved, or how it stands to the time before it."""
    r = fact.record
    ends = {"from_value", "to_value"}.intersection(r.flags)
    return r.measure == Measure.CHANGE and bool(r.unit and r.direction) and not ends and not fact.is_rate


def _steps_of(change: Fact, facts: Sequence[Fact]) -> list[Step]:
    """The steps between the levels of one thing that a sentence tells of two times or more."""
    levels = [f for f in facts if is_level(f) and suits(change, f) and not of_whole(f, change)]
    for unit in dict.fromkeys(f.record.unit for f in levels):
        row = [f for f in levels if f.record.unit == unit]
        named = {f.indicator for f in row if f.indicator}
        placed = {(f.record.geo, f.is_told, f.compares) for f in row}
        if len(row) < 2 or len(named) > 1 or len(placed) > 1 or not all(_may_be_of(change, f) for f in row):
            continue
        ordered = sorted(row, key=lambda f: (not _is_earlier(f), f.span or _NOW))
        steps = [(a, b) for a, b in combinations(ordered, 2) if _is_before(a, b)]
        if len(steps) == len(row) * (len(row) - 1) // 2:
            return steps
    return []


def _may_be_of(change: Fact, level: Fact) -> bool:
    """Whether a change may be of the thing that a level is of, by its id and by its own words."""
    if change.indicator and level.indicator:
        return change.indicator == level.indicator
    own, other = (stems(f.record.subject, f.record.lang) for f in (change, level))
    return not own or bool(own & other) or change.carried


def _is_before(a: Fact, b: Fact) -> bool:
    """Whether one level is surely of an earlier time than another."""
    if a.span is not None and b.span is not None:
        return a.span < b.span
    return _is_earlier(a) != _is_earlier(b) or (a.span is not None and a.year is not None and b.span is None)


def _is_earlier(fact: Fact) -> bool:
    return "from_value" in fact.record.flags or any(flag in fact.record.flags for flag in _EARLIER)


def over_the_year(doc: Dossier) -> Iterator[Draft]:
    """A change "in a year" whose year the text does not say, against the only two levels a year apart."""
    for change in doc.told:
        r = change.record
        if not change.indicator or not is_told_change(change) or not r.direction:
            continue
        dated = change.span is not None and not change.has("context_period")
        if dated or not says("yearly", r.sentence, r.lang) or len(line_of([change]).facts) != 1:
            continue
        told = [f for f in doc.by_topic.get(change.topic, ()) if is_level(f) and suits(change, f) and f.span]
        levels = [f for f in told if not of_whole(f, change)]
        steps = [(a, b) for a in levels for b in levels if a.span and b.span == a.span.shifted(1)]
        alike = len({f.record.unit for f in levels}) == 1 and len({f.span for f in levels}) == 2
        drafts = [change_between(change, a, b) for a, b in steps]
        if alike and drafts and all(drafts):
            yield from (d for d in drafts[:1] if d)
