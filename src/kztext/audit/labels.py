"""Figures of one kind told one by one, each with the words that it alone is of: towns, years, goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kztext.audit.ends import is_level
from kztext.audit.facts import Fact, label
from kztext.audit.moves import in_one_unit
from kztext.audit.names import stems
from kztext.audit.rooms import Figure, Room, follows
from kztext.audit.words import says
from kztext.records import Measure

_CLAUSE = regex.compile(r"[,;:.(]\s")
_NUMBER = regex.compile(r"№\s?(\d+)")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = regex.compile(r"[-–]?\p{L}{0,4}\s+(\p{L}{3,})")
_SHORT = regex.compile(r"(?<!\p{L})\p{L}{3}(?!\p{L})")
_MARKED = frozenset({"from_value", "to_value", "comparison", "superseded", "fraction"})
_STEM = 4  # letters that two forms of a name share


@dataclass(frozen=True, slots=True)
class Item:
    """A figure of a row, the words that it is of, and those of them that no other one of the row has."""

    fact: Fact
    room: Room
    words: str
    name: frozenset[str]


def tokens(text: str, lang: str) -> frozenset[str]:
    """The words of a text that can tell one thing from another, numbers of schools and shops too."""
    numbers = (*(f"№{n}" for n in _NUMBER.findall(text)), *_YEAR.findall(text))
    short = (w.lower() for w in _SHORT.findall(text) if not says("general", w, lang))
    return frozenset((*(s[:_STEM] for s in stems(text, lang)), *numbers, *short))


def own_words(figure: Figure, alone: bool) -> str:
    """The words that a figure is of: its clause before it, else the one behind it."""
    fact = figure.fact
    if alone and fact.has("table") and figure.before and not _CLAUSE.search(figure.before):
        return label(fact) or figure.before
    for words in reversed(_CLAUSE.split(figure.before)):
        if tokens(words, figure.lang):
            return words
    return figure.tail()


def items(places: Sequence[Room]) -> list[Item]:
    """The figures of sentences as a row, if they are all of one unit and kind."""
    told = [(f, place) for place in places for f in place.figures]
    found = in_one_unit(told)
    if len(found) < 2 or not alike([f for f, _ in found]) or _of_many([f for f, _ in told]):
        return []
    words = [own_words(f, len(place.facts) == 1) for f, place in told]
    names = [tokens(w, places[0].lang) for w in words]
    return [
        Item(fact, room, words[i], names[i] - frozenset().union(*(n for k, n in enumerate(names) if k != i)))
        for i, (fact, room) in enumerate(found)
    ]


def _of_many(figures: Sequence[Figure]) -> bool:
    """Whether each figure counts things of another name: goals, passes, matches."""
    nouns = [m[1][:_STEM].lower() if (m := _COUNTED.match(f.after)) else "" for f in figures]
    return figures[0].fact.record.unit == "count" and all(nouns) and len(set(nouns)) > 1


def alike(facts: Sequence[Fact]) -> bool:
    """Whether figures are of one kind: levels, or changes of one way, none marked as something else."""
    first = facts[0].record
    levels = all(is_level(f) for f in facts)
    moves = all(f.record.measure == Measure.CHANGE and f.record.direction == first.direction for f in facts)
    plain = all(f.record.value > 0 and not _MARKED.intersection(f.record.flags) for f in facts)
    top = max(facts, key=lambda f: f.record.value)
    return plain and (levels or moves) and not top.has("total")


def rows_before(row: Sequence[Room], n: int) -> list[Item]:
    """The row of figures told just before a sentence: in the one before, in a list, or in two sentences."""
    if n == 0 or not follows(row[n - 1], row[n]):
        return []
    if len(row[n - 1].facts) > 1:
        return items([row[n - 1]])
    first = n
    while first and len(row[first - 1].facts) == 1 and follows(row[first - 1], row[first]):
        if not row[first - 1].facts[0].has("table") and n - first >= 2:
            break
        first -= 1
    return items(row[first:n]) if n - first > 1 else []
