"""One figure told twice in a few sentences: in a list and below it, by two speakers, with nouns swapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from kztext.audit.contradiction import draft, is_supposed
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.labels import Item, items, tokens
from kztext.audit.moves import in_one_unit
from kztext.audit.names import stems
from kztext.audit.rooms import Figure, Room, follows, rooms
from kztext.audit.words import cues, says
from kztext.records import Measure, Severity

_MOVED = frozenset({"from_value", "to_value", "comparison", "superseded", "fraction"})
_FAR = Decimal("2.5")  # figures further apart are of two things
_OTHER = ("now", "intends", "mean", "summed", "altogether", "difference")
_LEAST = 3  # figures that make a list
_SHARED = 2  # words that two sentences share which tell of one thing
_AWAY = 2  # sentences between a list and the one that speaks of a row of it
_STEM = 4  # letters that two forms of a word share
_NOUN = regex.compile(
    r"[-–]?\p{L}{0,4}\s+(?:\p{L}+(?:ых|их|ый|ой|ая|ий|лық|лік|дық|дік|тық|тік)\s+)?(\p{L}{3,})"
)
_DASH = regex.compile(r"\p{L}[»\")]?\s*[–—-]\s*$")
_LEARNERS = frozenset({"pupils", "students", "children"})


def rows_echoed(doc: Dossier) -> Iterator[Draft]:
    """A row of a list whose figure a sentence beside the list tells otherwise."""
    row = rooms(doc)
    for first, last in _lists(row):
        told = items(row[first:last])
        if len(told) < _LEAST:
            continue
        for n in (*range(max(0, first - 1), first), *range(last, min(len(row), last + _AWAY))):
            if not follows(*((row[n], row[first]) if n < first else (row[n - 1], row[n]))):
                break
            if found := _echo(told, row[n]):
                yield found


def _lists(row: Sequence[Room]) -> Iterator[tuple[int, int]]:
    """Where lists begin and end: sentences of one figure each, or one sentence of several."""
    n = 0
    while n < len(row):
        end = n
        while end < len(row) and _is_row(row[end]) and (end == n or follows(row[end - 1], row[end])):
            end += 1
        if end - n >= _LEAST:
            yield n, end
        elif len(row[n].facts) >= _LEAST and all(_DASH.search(f.before) for f in row[n].figures):
            yield n, n + 1
        n = max(end, n + 1)


def _is_row(room: Room) -> bool:
    return len(room.facts) == 1 and room.facts[0].has("table")


def _echo(told: Sequence[Item], room: Room) -> Draft | None:
    alone = [f for f in room.figures if _is_plain(f.fact)]
    if len(alone) != 1 or any(says(kind, room.text, room.lang) for kind in _OTHER):
        return None
    figure = alone[0]
    if figure.fact.has("table"):
        return None
    said = tokens(f"{figure.before} {figure.after}", room.lang)
    hits = [i for i in told if i.name & said]
    if len(hits) != 1:
        return None
    hit = hits[0]
    pair = in_one_unit([(f, place) for f, place in [*_figures_of(hit), (figure, room)]])
    if len(pair) != 2 or not _may_be_one(pair[0][0], pair[1][0]):
        return None
    values = {i.fact.record.value for i in told}
    if figure.fact.record.value in values or not _of_list(figure, told):
        return None
    moved = any(
        c[2] in ("direction", "movement", "pace", "comparison") for c in cues(figure.before, room.lang)
    )
    return None if moved else draft("contradiction", [hit.fact, figure.fact], Severity.WARNING)


def _figures_of(item: Item) -> list[tuple[Figure, Room]]:
    return [(f, item.room) for f in item.room.figures if f.fact.order == item.fact.order]


def _is_plain(fact: Fact) -> bool:
    r = fact.record
    levels = r.measure in (Measure.LEVEL, Measure.SHARE) and r.value > 0 and fact.is_exact
    return levels and not _MOVED.intersection(r.flags) and not is_supposed(fact)


def _may_be_one(a: Fact, b: Fact) -> bool:
    low, high = sorted((a.record.value, b.record.value))
    apart = not a.said.wide.meets(b.said.wide)
    return apart and high <= low * _FAR and a.is_told == b.is_told


def _of_list(figure: Figure, told: Sequence[Item]) -> bool:
    """Whether what a figure counts is what the list counts, as far as the words say."""
    if figure.fact.record.unit != "count":
        return True
    noun = _NOUN.match(figure.after)
    if noun is None or says("people_of", noun[1], figure.lang):
        return True
    if says("children_of", noun[1], figure.lang):
        return any(i.fact.indicator in _LEARNERS for i in told)
    known = tokens(
        " ".join([*(i.room.text for i in told), *(i.fact.record.subject for i in told)]), figure.lang
    )
    return noun[1].lower()[:_STEM] in known


def told_by_two(doc: Dossier) -> Iterator[Draft]:
    """One thing of which two speakers, or two papers, give two figures, one behind the other."""
    row = rooms(doc)
    for a, b in pairwise(row):
        if len(a.facts) != 1 or not 0 < len(b.facts) <= _SHARED or not follows(a, b):
            continue
        if not _is_said(a) or not _is_said(b) or any(says(kind, b.text, b.lang) for kind in _ANOTHER):
            continue
        x, y = a.figures[0], b.figures[0]
        if not (_is_plain(x.fact) and _is_plain(y.fact) and _may_be_one(x.fact, y.fact)):
            continue
        same = [f for f in b.facts if f.record.unit == x.fact.record.unit]
        if y.fact not in same or (len(same) > 1 and x.fact.record.unit != "count"):
            continue
        if _times(x.fact) != _times(y.fact) or not _one_noun(x, y):
            continue
        shared = stems(a.text, a.lang) & stems(b.text, b.lang)
        if len(shared) >= _SHARED and not (set(_PROPER.findall(b.text)) - set(_PROPER.findall(a.text))):
            yield draft("contradiction", [x.fact, y.fact], Severity.WARNING)


_ANOTHER = ("then", "now", "intends", "again_more")
_PROPER = regex.compile(r"(?<=[\p{L},;:–—-] )\p{Lu}\p{L}{2}")


def _is_said(room: Room) -> bool:
    """Whether a sentence is told as somebody's words, or as what a paper says."""
    return says("source", room.text, room.lang)


def _times(fact: Fact) -> tuple[str, ...]:
    named = tuple(f for f in fact.record.flags if f.startswith("relative_period:"))
    return named or (() if fact.has("context_period") else (fact.record.period_start, fact.record.period_end))


def _one_noun(a: Figure, b: Figure) -> bool:
    """Whether two figures count one thing; amounts of another unit need no noun."""
    if a.fact.record.unit != "count":
        return True
    one, other = (_NOUN.match(f.after) for f in (a, b))
    return bool(one and other and one[1][:_STEM].lower() == other[1][:_STEM].lower())


def changed_over(doc: Dossier) -> Iterator[Draft]:
    """Two numbers whose nouns change places: "120 коров и 45 лошадей … 120 лошадей и 45 коров"."""
    row = rooms(doc)
    for n in range(len(row)):
        told: dict[Decimal, list[tuple[str, Fact]]] = {}
        for figure in (f for place in row[max(0, n - 1) : n + 1] for f in place.figures):
            if _is_plain(figure.fact) and (noun := _NOUN.match(figure.after)):
                told.setdefault(figure.fact.record.value, []).append((noun[1][:_STEM].lower(), figure.fact))
        twice = [pair for pair in told.values() if len(pair) == 2 and pair[0][0] != pair[1][0]]
        for one, other in pairwise(twice):
            if (one[0][0], one[1][0]) == (other[1][0], other[0][0]):
                facts = sorted((f for _, f in (*one, *other)), key=lambda f: f.order)
                yield draft("contradiction", facts, Severity.WARNING)
