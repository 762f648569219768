"""The sentences of a document in their order, what each holds, and which of two figures is the earlier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.facts import Fact, kinds
from kztext.audit.line import Line, every_line
from kztext.audit.words import says
from kztext.records import ClaimRecord

_NEXT = 60  # characters between two sentences that follow one another
_EARLIER = regex.compile(
    r"relative_period:(?:last_(?:year|month|week)$|year_earlier|.*_ago$|same_period_last)"
)
_NOW = regex.compile(r"relative_period:(?:current_|now|today|same_year)")
_CLAUSE = regex.compile(r"[,;:.(]\s")


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
