"""What neighbouring sentences tie together: a conclusion from two figures, a share of what was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import (
    NO_AMOUNT,
    Fact,
    plain,
)
from kztext.audit.line import line_of, lines
from kztext.audit.shares import share_draft
from kztext.audit.steps import change_between
from kztext.audit.sums import is_amount
from kztext.audit.words import says
from kztext.records import Measure, Modality
from kztext.timespan import Timespan

_LEVELS = (Measure.LEVEL, Measure.SHARE)


def conclusions(doc: Dossier) -> Iterator[Draft]:
    """A change that follows from a level and one told elsewhere: "год назад 8,4 %; значит, на 3,6 п."."""
    for line in lines(doc):
        for i, change in enumerate(line.facts):
            if i and _is_change(change) and line.links("thus", i):
                given = line.facts[i - 1]
                levels = [
                    f
                    for f in line.facts
                    if f.record.measure in _LEVELS and f.record.unit == given.record.unit
                ]
                if len(levels) == 2 and i > 1 and line.facts[i - 2] in levels:
                    if found := _of_two(change, line.facts[i - 2], given):
                        yield found
                elif given.record.measure in _LEVELS and len(levels) == 1 and _suits(change, given):
                    for start, end in _steps(doc, given):
                        if found := change_between(change, start, end):
                            yield found


def _of_two(change: Fact, a: Fact, b: Fact) -> Draft | None:
    """The change that is concluded from the two levels just told, where their times say which came first."""
    if (
        a.span is None
        or b.span is None
        or a.span == b.span
        or a.indicator != b.indicator
        or not _suits(change, b)
    ):
        return None
    start, end = (a, b) if a.span < b.span else (b, a)
    return change_between(change, start, end)


def _is_change(fact: Fact) -> bool:
    r = fact.record
    return (
        r.measure == Measure.CHANGE
        and bool(r.unit)
        and r.aggregation != "annual_average"
        and not fact.compares
    )


def _suits(change: Fact, level: Fact) -> bool:
    unit, of = change.record.unit, level.record.unit
    return unit == "percentage_point" if of == "percent" else unit in ("percent", "times", of)


def _steps(doc: Dossier, given: Fact) -> list[tuple[Fact, Fact]]:
    """The one level of the same thing a year later or earlier, or the undated one of the sentence before."""
    r = given.record
    alike = [
        f
        for f in doc.told
        if f is not given
        and f.indicator == given.indicator
        and (f.indicator or plain(f.record.subject) == plain(r.subject))
        and f.record.measure == r.measure
        and f.record.unit == r.unit
        and f.record.geo == r.geo
        and f.marks == given.marks
        and f.is_told == given.is_told
        and f.record.sentence != r.sentence
    ]
    if given.span is None:
        return []
    for years, later in ((1, True), (-1, False)):
        found = [f for f in alike if f.span == given.span.shifted(years)]
        if found and len({f.record.value for f in found}) == 1:
            return [(given, found[0]) if later else (found[0], given)]
    before = [f for f in doc.before(given) if f in alike and f.span is None]
    return [(given, before[-1])] if before else []


def changes_before(doc: Dossier) -> Iterator[Draft]:
    """A change without a time, told just before or after the two levels it is of: "за пять лет вдвое"."""
    rooms = list(doc.sentences.values())
    for one, other in pairwise(rooms):
        for changes, levels in ((one, other), (other, one)):
            told = [
                f
                for f in changes
                if _is_change(f) and f.span is None and f.record.unit in ("percent", "times")
            ]
            pair = _two_years(levels)
            if len(told) == 1 and pair and not any(f.record.measure in _LEVELS for f in changes):
                change = told[0]
                same = change.indicator != "" and change.indicator == pair[0].indicator
                if same and _suits(change, pair[0]) and (found := change_between(change, *pair)):
                    yield found


def _two_years(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """The only two levels of a sentence, if they are of one thing and of years apart."""
    levels = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in NO_AMOUNT]
    if len(levels) != 2 or len(levels) != len(facts):
        return None
    a, b = sorted(levels, key=lambda f: f.span or Timespan(0, 0))
    alike = a.indicator == b.indicator and a.record.unit == b.record.unit and a.record.geo == b.record.geo
    return (a, b) if alike and a.year and b.year and b.year - a.year > 1 else None


def shares_pointing_back(doc: Dossier) -> Iterator[Draft]:
    """A share of another amount that the one before is said to be: "Пенсия – 131. Это половина зарплаты"."""
    for facts in doc.sentences.values():
        share = facts[0]
        r = share.record
        if len(facts) == 2 and is_amount(facts[0]) and facts[1].record.measure == Measure.SHARE:
            yield from _share_beside(doc, facts)
        if len(facts) != 1 or r.measure != Measure.SHARE or r.unit != "percent" or not r.share_of:
            continue
        line = line_of(facts)
        if not line.facts or not says("pointing", line.before(0), line.lang):
            continue
        parts = [f for f in doc.before(share) if is_amount(f)]
        wholes = [
            f
            for f in doc.told
            if f.indicator == r.share_of and is_amount(f) and f.order < share.order and not f.has("part_of")
        ]
        if parts and wholes and parts[-1] is not wholes[-1]:
            part, whole = parts[-1], wholes[-1]
            same = part.record.unit == whole.record.unit and part.record.value < whole.record.value
            told = part.record.modality == whole.record.modality == Modality.ACTUAL
            if same and told and (found := share_draft(share, part, whole)):
                yield found


def _share_beside(doc: Dossier, facts: Sequence[Fact]) -> Iterator[Draft]:
    """Told with its whole: "Сдано 1,52 млн кв. метров. Это четверть всего жилья (8,1 млн)"."""
    whole, share = facts
    line = line_of(facts)
    parts = [f for f in doc.before(whole) if is_amount(f) and f.record.unit == whole.record.unit]
    points = len(line.facts) == 2 and says("pointing", line.before(0), line.lang)
    smaller = points and len(parts) == 1 and parts[0].record.value < whole.record.value
    if smaller and (found := share_draft(share, parts[0], whole)):
        yield found
