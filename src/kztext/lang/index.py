"""Many phrases looked up at once: an index by the first letters of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import regex

from kztext.lang.pack import Pack

T = TypeVar("T")
WORD_START = regex.compile(r"(?<![\p{L}\p{M}])\p{L}")
INSIDE = regex.compile(r"\(.*?\)|\[.*?\]")
LITERAL = regex.compile(r"\p{L}[\p{L} ]*+")
OPTIONAL_NEXT = "?*{+"
WIDTH = 4


@dataclass(slots=True)
class Entry(Generic[T]):
    """A phrase, the letters and blanks that every match starts with, and its pattern once it was needed."""

    phrase: str
    lead: str
    payload: T
    pattern: regex.Pattern[str] | None = None


class PhraseIndex(Generic[T]):
    """Phrases with payloads, matched at word starts; at each place the longest wins, then the first given.

    Phrases are in the pack notation and must start at a word; a phrase that does not start with letters is
    tried at every word. Patterns are compiled when a text first asks for them.
    """

    def __init__(self, pack: Pack, entries: Iterable[tuple[str, T]], *, where: str = "") -> None:
        self._pack = pack
        self._where = where
        self._entries: dict[str, list[Entry[T]]] = {}
        for phrase, payload in entries:
            lead = lead_of(phrase)
            key = lead.partition(" ")[0][:WIDTH]
            self._entries.setdefault(key, []).append(Entry(phrase, lead, payload))
        self._widths = sorted({len(key) for key in self._entries}, reverse=True)

    def _pattern(self, entry: Entry[T]) -> regex.Pattern[str]:
        if entry.pattern is None:
            entry.pattern = self._pack.compile(rf"(?:{entry.phrase})(?!\p{{L}})", where=self._where)
        return entry.pattern

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Matches in text order, not overlapping, as (start, end, payload)."""
        lowered = text.lower()
        exact = len(lowered) == len(text)
        if not exact:  # a letter whose lower case is longer, as "İ"
            lowered = text
        done = 0
        for word in WORD_START.finditer(text):
            at = word.start()
            if at < done:
                continue
            best: tuple[int, T] | None = None
            for width in self._widths:
                for entry in self._entries.get(lowered[at : at + width], ()):
                    if exact and not lowered.startswith(entry.lead, at):
                        continue
                    match = self._pattern(entry).match(text, at)
                    if match and match.end() > at and (best is None or match.end() > best[0]):
                        best = (match.end(), entry.payload)
            if best is not None:
                done = best[0]
                yield at, best[0], best[1]


def lead_of(phrase: str) -> str:
    """The letters and blanks that every match of a phrase starts with, in lower case.

    >>> lead_of("бір жарым есе~"), lead_of("есел?~"), lead_of("рост|спад")
    ('бір жарым есе', 'есе', '')
    """
    match = LITERAL.match(phrase)
    if match is None or "|" in INSIDE.sub("", phrase):
        return ""
    letters = match[0]
    if match.end() < len(phrase) and phrase[match.end()] in OPTIONAL_NEXT:
        letters = letters[:-1]
    return letters.lower()
