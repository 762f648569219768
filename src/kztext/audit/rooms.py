"""The sentences of a document as rooms of figures: what each holds, which stand near, which came first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.line import Line, every_line
from kztext.audit.words import says
from kztext.intervals import Interval
from kztext.records import ClaimRecord, Measure

_NEXT = 60  # characters between two sentences that follow one another
_REACH = 300  # characters between the figures of two sentences that speak of one thing
_MOVED = frozenset({"from_value", "to_value", "comparison", "superseded"})
_EARLIER = regex.compile(
    r"relative_period:(?:last_(?:year|month|week)$|year_earlier|.*_ago$|same_period_last)"
)
_NOW = regex.compile(r"relative_period:(?:current_|now|today|same_year)")
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


@dataclass(frozen=True, slots=True)
class Room:
    """A sentence: its words, the figures that can be found in it again, and its claims."""

    text: str
    lang: str
    start: int
    line: Line
    claims: tuple[ClaimRecord, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.line.facts


def rooms(doc: Dossier) -> Sequence[Room]:
    """The sentences that hold a figure or a claim, in the order of the text."""
    return doc.once(_rooms)


def _rooms(doc: Dossier) -> list[Room]:
    claims: dict[str, list[ClaimRecord]] = {}
    for claim in doc.claims:
        claims.setdefault(claim.sentence, []).append(claim)
    found: list[Room] = []
    for sentence, line in zip(doc.sentences, every_line(doc), strict=True):
        if line.facts:
            start = line.facts[0].record.start - line.spots[0][0]
            found.append(Room(line.text, line.lang, start, line, tuple(claims.get(sentence, ()))))
    for sentence, own in claims.items():
        if sentence and sentence not in doc.sentences:
            first = own[0]
            text = " ".join(sentence.split())
            at = text.find(" ".join(first.quote.split()))
            start = first.start - max(0, at)
            found.append(Room(text, first.lang, start, Line(text, first.lang, (), ()), tuple(own)))
    return sorted(found, key=lambda room: room.start)


def follows(a: Room, b: Room) -> bool:
    """Whether nothing stands between two sentences."""
    return b.start - (a.start + len(a.text)) < _NEXT and a.lang == b.lang


def neighbours(doc: Dossier) -> list[tuple[Room, Room]]:
    """Each sentence with the one behind it, where nothing stands between them."""
    return [(a, b) for a, b in pairwise(rooms(doc)) if follows(a, b)]


def told(doc: Dossier) -> Sequence[Sequence[Figure]]:
    """The figures of a document, sentence by sentence."""
    return doc.once(_told)


def _told(doc: Dossier) -> list[list[Figure]]:
    return [_figures(line, n) for n, line in enumerate(every_line(doc))]


def _figures(line: Line, room: int) -> list[Figure]:
    return [Figure(f, line.before(i), line.after(i), line.lang, room) for i, f in enumerate(line.facts)]


def window(row: Sequence[Sequence[Figure]], n: int, back: int) -> list[Figure]:
    """The figures of a sentence and of those before it that lie near."""
    found = list(row[n])
    for room in reversed(row[max(0, n - back) : n]):
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


def _around(fact: Fact, line: Line) -> tuple[str, str]:
    """The words of a figure's clause before it and behind it."""
    i = line.facts.index(fact)
    return _CLAUSE.split(line.before(i))[-1], _CLAUSE.split(line.after(i))[0]


def _told_at(fact: Fact, line: Line) -> int:
    """Whether words or flags put a figure before now (-1) or at it (1); 0 where they say neither."""
    flags = fact.record.flags
    if "from_value" in flags:
        return -1
    if "to_value" in flags:
        return 1
    before, after = _around(fact, line)
    own = f"{before} {after if line.lang == 'kk' or fact is line.facts[-1] else ''}"
    then, now = says("then", own, line.lang), says("now", own, line.lang)
    if then != now:
        return -1 if then else 1
    if any(_EARLIER.match(f) for f in flags):
        return -1
    return 1 if any(_NOW.match(f) for f in flags) else 0


def _own_words(kind: str, fact: Fact, line: Line) -> bool:
    """Whether the clause of a figure says a word of a kind."""
    before, after = _around(fact, line)
    return says(kind, f"{before} {after}" if line.lang == "kk" else before, line.lang)


def _named(fact: Fact) -> str:
    return next((f.partition(":")[2] for f in fact.record.flags if f.startswith("relative_period:")), "")


def in_time(a: Fact, b: Fact, one: Line, other: Line) -> tuple[Fact, Fact] | None:
    """Two figures, the earlier one first; None where the text does not say which one that is."""
    if a.span and b.span and a.span != b.span and not (a.has("context_period") or b.has("context_period")):
        return (a, b) if a.span < b.span else (b, a)
    x, y = _told_at(a, one), _told_at(b, other)
    if -1 in (x, y) and x != y:
        return (a, b) if x < y else (b, a)
    for old, new, now in ((a, b, y), (b, a, x)):
        if old.span and not new.span and now == 1 and not old.has("context_period"):
            return old, new
    if _own_words("was", a, one) and _own_words("became", b, other):
        return a, b
    for row in kinds()["in_order"]:
        if _named(a) in row and _named(b) in row and _named(a) != _named(b):
            return (a, b) if row.index(_named(a)) < row.index(_named(b)) else (b, a)
    return None


def only_pair(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Two figures, if they are all there are, in one unit and of one place and kind."""
    if len(facts) != 2:
        return None
    a, b = facts
    r, s = a.record, b.record
    alike = r.unit == s.unit and r.geo == s.geo and a.is_told == b.is_told
    alike = alike and not any(not m.startswith("part_of") for m in {*a.marks} ^ {*b.marks})
    return (a, b) if alike and r.value > 0 and s.value > 0 else None
