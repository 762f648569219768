"""The word for up or down, faster or slower, against the numbers that it stands with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import (
    alike,
    name_of,
)
from kztext.audit.facts import (
    Fact,
)
from kztext.audit.line import line_of
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import (
    HUNDRED,
    show_interval,
)
from kztext.records import (
    Aggregation,
    Direction,
    Measure,
    Severity,
)

_ORDER = 1000  # … but for a million that is written for a billion
_FAR = 50  # no thing grows or falls so many times


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
            and name_of(fact)
        ):
            groups[(*fact.topic, name_of(fact), r.measure, r.unit, fact.sense)].append(fact)
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
            if ends and start.topic != end.topic and alike(start, end) and (draft := _moved(start, end)):
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
    if len(line.facts) != 2 or not alike(start, end) or end.record.unit != "percent":
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
    low, high = sorted((start.record.value, end.record.value))
    slip = low * _ORDER / 3 < high < low * _ORDER * 3 and min(start.said.unit, end.said.unit) > 1
    if high > low * _FAR and not slip:
        return None  # no two values of one thing, unless one of them lost its order
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
        before = [f for f in starts if f.order < end.order]
        if starts:
            return (before or starts)[-1]
    if end.span is None:
        return None
    year_before = [f for f in facts if f is not end and f.span == end.span.shifted(-1)]
    if year_before:
        return year_before[0] if len(year_before) == 1 else None
    earlier = [f for f in here if f.span and f.span.last < end.span.first and f.order < end.order]
    in_order = all(a.span < b.span for a, b in pairwise(earlier) if a.span and b.span)
    return earlier[-1] if earlier and in_order else None
