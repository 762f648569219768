"""A sentence as a row of figures and the words between them, which is what ties them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.facts import (
    Fact,
)
from kztext.audit.words import says

_CLAUSE = regex.compile(r"[,;:.(]")
_LATIN = str.maketrans("iI", "іІ")  # as in the words of the packs


@dataclass(frozen=True, slots=True)
class Line:
    """The facts of a sentence that can be found in it again, in order, and where each stands."""

    text: str
    lang: str
    facts: tuple[Fact, ...]
    spots: tuple[tuple[int, int], ...]

    def gap(self, i: int, j: int) -> str:
        """The words between two facts."""
        return self.text[self.spots[i][1] : self.spots[j][0]]

    def before(self, i: int) -> str:
        """The words between the fact before and this one; from the sentence's start for the first."""
        return self.text[self.spots[i - 1][1] if i else 0 : self.spots[i][0]]

    def after(self, i: int) -> str:
        """The words between this fact and the next one, or the sentence's end."""
        end = self.spots[i + 1][0] if i + 1 < len(self.spots) else len(self.text)
        return self.text[self.spots[i][1] : end]

    def own(self, i: int) -> str:
        """The words of a fact's clause, before it and behind it."""
        before = _CLAUSE.split(self.before(i))[-1]
        return f"{before} {_CLAUSE.split(self.after(i))[0]}"

    def links(self, kind: str, i: int) -> bool:
        """Whether the words before a fact, behind the last one, say a word of a kind."""
        return says(kind, self.before(i), self.lang)


def line_of(facts: Sequence[Fact]) -> Line:
    """The line that facts of one sentence, in text order, make."""
    text = " ".join(facts[0].record.sentence.split()).translate(_LATIN)
    found: list[Fact] = []
    spots: list[tuple[int, int]] = []
    at = 0
    for fact in facts:
        quote = " ".join(fact.record.quote.split()).translate(_LATIN)
        start = text.find(quote, at)
        if start >= 0:
            at = start + len(quote)
            found.append(fact)
            spots.append((start, at))
    return Line(text, facts[0].record.lang, tuple(found), tuple(spots))


def every_line(doc: Dossier) -> tuple[Line, ...]:
    """The sentences of a document, one for one with `doc.sentences`."""
    return doc.once(_every_line)


def _every_line(doc: Dossier) -> tuple[Line, ...]:
    return tuple(line_of(facts) for facts in doc.sentences.values())


def lines(doc: Dossier, least: int = 2) -> Iterator[Line]:
    """The sentences of a document that hold so many figures."""
    return (line for line in every_line(doc) if len(line.facts) >= least)
