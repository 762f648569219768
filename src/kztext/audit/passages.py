"""A sentence with those before it: figures that a text ties together by words such as "of them", "so"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.facts import NO_AMOUNT, Fact
from kztext.audit.line import Line, every_line
from kztext.audit.words import says
from kztext.intervals import Interval
from kztext.records import Measure

_REACH = 300  # characters between the figures of two sentences that speak of one thing
_MOVED = frozenset({"from_value", "to_value", "comparison", "superseded"})
_CLAUSE = regex.compile(r"[,;:.(]\s|\s[–—]\s(?=\p{L})")
_FAR = Decimal("2.5")  # a figure that is off by more than this is of something else …
_SLIPS = tuple(Decimal(10) ** n for n in (-6, -3, -1, 1, 3, 6))  # … unless it is off by its order alone
_HAIR = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact and the words around it: from the figure before, or the sentence's start, to the next one."""

    fact: Fact
    before: str
    after: str
    lang: str
    room: int

    def says(self, *kinds: str) -> bool:
        """Whether the words before it, behind the last figure, hold a word of a kind."""
        return any(says(kind, self.before, self.lang) for kind in kinds)

    def clause(self) -> str:
        """The last clause before it."""
        return _CLAUSE.split(self.before)[-1]

    def tail(self) -> str:
        """The words behind it up to the next mark."""
        return regex.split(r"[,;:.()]", self.after)[0]


def told(doc: Dossier) -> Sequence[Sequence[Figure]]:
    """The figures of a document, sentence by sentence."""
    return doc.once(_told)


def _told(doc: Dossier) -> list[list[Figure]]:
    return [_figures(line, n) for n, line in enumerate(every_line(doc))]


def _figures(line: Line, room: int) -> list[Figure]:
    return [Figure(f, line.before(i), line.after(i), line.lang, room) for i, f in enumerate(line.facts)]


def window(rooms: Sequence[Sequence[Figure]], n: int, back: int) -> list[Figure]:
    """The figures of a sentence and of those before it that lie near."""
    found = list(rooms[n])
    for room in reversed(rooms[max(0, n - back) : n]):
        if not room or not found or found[0].fact.record.start - room[-1].fact.record.end > _REACH:
            break
        found[:0] = room
    return found


def is_amount(fact: Fact) -> bool:
    """Whether a fact is an amount that stands for itself, not for a move or a comparison."""
    r = fact.record
    return (
        r.measure == Measure.LEVEL
        and r.unit not in NO_AMOUNT
        and r.value > 0
        and not _MOVED.intersection(r.flags)
    )


def is_percentage(fact: Fact) -> bool:
    """Whether a percentage is no change: a share, or one of which the text does not say what it is."""
    r = fact.record
    unsaid = r.measure == Measure.CHANGE and not r.direction
    moved = _MOVED.intersection(r.flags)
    return r.unit == "percent" and not moved and (unsaid or r.measure in (Measure.SHARE, Measure.LEVEL))


def amounts_of(figures: Iterable[Figure], unit: str) -> list[Figure]:
    """The amounts of a unit."""
    return [f for f in figures if f.fact.record.unit == unit and is_amount(f.fact)]


def of_one_time(*facts: Fact) -> bool:
    """Whether nothing says that facts are of different times or places."""
    spans = {f.span for f in facts if f.span is not None and not f.has("context_period")}
    places = {f.record.geo for f in facts if f.record.geo}
    return len(spans) < 2 and len(places) < 2


def is_near(said: Fact, expected: Interval) -> bool:
    """Whether a figure may have been meant to be what follows: not far off, or off by its order alone."""
    value, middle = said.record.value, (expected.low + expected.high) / 2
    if value <= 0 or middle <= 0 or not middle.is_finite():
        return False
    ratio = value / middle
    return 1 / _FAR <= ratio <= _FAR or any(abs(ratio / slip - 1) < _HAIR for slip in _SLIPS)
