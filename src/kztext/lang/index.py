"""Many phrases looked up at once: an index by the first letters of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

import regex

from kztext.lang.pack import Pack

T = TypeVar("T")
WORD_START = regex.compile(r"(?<![\p{L}\p{M}])\p{L}")
INSIDE = regex.compile(r"\(.*?\)|\[.*?\]")
LITERAL = regex.compile(r"\p{L}[\p{L} ]*+")
PIECE = regex.compile(r"\\.|\[[^\]]*\]|.", regex.DOTALL)  # of a pattern: a bracket inside a set opens nothing
OPTIONAL_NEXT = "?*{+"
WIDTH = 4


@dataclass(slots=True)
class Entry(Generic[T]):
    """A phrase, the ways in which a match of it may begin, and its pattern once it was needed."""

    phrase: str
    leads: tuple[str, ...]
    payload: T
    pattern: regex.Pattern[str] | None = None


class PhraseIndex(Generic[T]):
    """Phrases with payloads, matched at word starts; at each place the longest wins, then the first given.

    Phrases are in the pack notation and must start at a word; of two as long one that begins with plain
    letters comes first. Patterns are compiled when a text first asks for them.
    """

    def __init__(self, pack: Pack, entries: Iterable[tuple[str, T]], *, where: str = "") -> None:
        self._pack = pack
        self._where = where
        self._entries: dict[str, list[Entry[T]]] = {}
        self._loose: dict[str, list[Entry[T]]] = {}  # those without a key, by the letter they may begin with
        for phrase, payload in entries:
            entry = Entry(phrase, tuple(lead.lower() for lead in leads_of(phrase)), payload)
            self._entries.setdefault(self._key(phrase), []).append(entry)
        self._widths = sorted({len(key) for key in self._entries if key}, reverse=True)

    @staticmethod
    def _key(phrase: str) -> str:
        """The letters that every match starts with, at most WIDTH of them."""
        return "" if "|" in INSIDE.sub("", phrase) else lead_of(phrase).partition(" ")[0][:WIDTH].lower()

    def _pattern(self, entry: Entry[T]) -> regex.Pattern[str]:
        entry.pattern = self._pack.compile(rf"(?:{entry.phrase})(?!\p{{L}})", where=self._where)
        return entry.pattern

    def _without_key(self, letter: str) -> list[Entry[T]]:
        """The phrases without a key that may begin with a letter."""
        found = self._loose.get(letter)
        if found is None:
            found = self._loose[letter] = [
                entry
                for entry in self._entries.get("", ())
                if any(lead[:1] in ("", letter) for lead in entry.leads)
            ]
        return found

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
            groups = [self._entries.get(lowered[at : at + width], ()) for width in self._widths]
            groups.append(self._without_key(lowered[at]) if exact else self._entries.get("", ()))
            for entry in chain.from_iterable(groups):
                if exact and not lowered.startswith(entry.leads, at):
                    continue
                match = (entry.pattern or self._pattern(entry)).match(text, at)
                if match and match.end() > at and (best is None or match.end() > best[0]):
                    best = (match.end(), entry.payload)
            if best is not None:
                done = best[0]
                yield at, best[0], best[1]


def lead_of(phrase: str) -> str:
    """The letters and blanks that a phrase begins with, without one that may be missing.

    >>> lead_of("бір жарым есе~"), lead_of("есел?~"), lead_of("(?:рост|спад)")
    ('бір жарым есе', 'есе', '')
    """
    match = LITERAL.match(phrase)
    if match is None:
        return ""
    return match[0][:-1] if phrase[match.end() : match.end() + 1] in tuple(OPTIONAL_NEXT) else match[0]


def leads_of(phrase: str) -> tuple[str, ...]:
    """The ways in which a match of a phrase may begin; an empty one where that may be anything.

    >>> leads_of("ұлға(?:й(?!т)|я(?=ды|р))~"), leads_of("(?:при)?умнож~"), leads_of("рос(?:т|л[аио])|спад")
    (('ұлға',), ('при', 'умнож'), ('рос', 'спад'))
    """
    pieces = PIECE.findall(phrase)
    depth, ways, closes = 0, [""], 0
    for number, piece in enumerate(pieces):
        depth += (piece == "(") - (piece == ")")
        closes = closes or (number if piece == ")" and not depth else 0)
        if piece == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += piece
    if len(ways) > 1:
        return tuple(lead for way in ways for lead in leads_of(way))
    if not phrase.startswith("(?:") or not closes:
        return (lead_of(phrase),)
    inside, behind = "".join(pieces[3:closes]), "".join(pieces[closes + 1 :])
    if behind[:1] == "?" and behind[1:2] != "+":
        return (*leads_of(inside), *leads_of(behind[1:]))
    return ("",) if behind[:1] in ("?", "*", "{") else leads_of(inside)
