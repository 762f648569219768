"""Many phrases looked up at once: an index by the first letters of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import regex

from kztext.lang.pack import Pack

T = TypeVar("T")
WORD_START = regex.compile(r"(?<![\p{L}\p{M}])\p{L}")
INSIDE = regex.compile(r"\(.*?\)|\[.*?\]")
LITERAL = regex.compile(r"\p{L}{1,5}")
OPTIONAL_NEXT = "?*{+"
WIDTH = 4


class PhraseIndex(Generic[T]):
    """Phrases with payloads, matched at word starts; at each place the longest wins, then the first given.

    Phrases are in the pack notation and must start at a word; a phrase that does not start with letters is
    tried at every word. Patterns are compiled when a word first asks for them.
    """

    def __init__(self, pack: Pack, entries: Iterable[tuple[str, T]], *, where: str = "") -> None:
        self._pack = pack
        self._where = where
        self._raw: dict[str, list[tuple[str, T]]] = {}
        self._ready: dict[str, tuple[tuple[regex.Pattern[str], T], ...]] = {}
        for phrase, payload in entries:
            self._raw.setdefault(self._key(phrase), []).append((phrase, payload))
        self._widths = sorted({len(key) for key in self._raw}, reverse=True)

    @staticmethod
    def _key(phrase: str) -> str:
        """The letters that every match starts with, at most WIDTH of them."""
        match = LITERAL.match(phrase)
        if match is None or "|" in INSIDE.sub("", phrase):
            return ""
        letters = match[0]
        if match.end() < len(phrase) and phrase[match.end()] in OPTIONAL_NEXT:
            letters = letters[:-1]
        return letters[:WIDTH].lower()

    def _patterns(self, key: str) -> tuple[tuple[regex.Pattern[str], T], ...]:
        if key not in self._ready:
            self._ready[key] = tuple(
                (self._pack.compile(rf"(?:{phrase})(?!\p{{L}})", where=self._where), payload)
                for phrase, payload in self._raw.get(key, ())
            )
        return self._ready[key]

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Matches in text order, not overlapping, as (start, end, payload)."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose lower case is longer, as "İ"
            lowered = text
        done = 0
        for word in WORD_START.finditer(text):
            at = word.start()
            if at < done:
                continue
            best: tuple[int, T] | None = None
            for width in self._widths:
                key = lowered[at : at + width]
                if key in self._raw:
                    for pattern, payload in self._patterns(key):
                        match = pattern.match(text, at)
                        if match and match.end() > at and (best is None or match.end() > best[0]):
                            best = (match.end(), payload)
            if best is not None:
                done = best[0]
                yield at, best[0], best[1]
