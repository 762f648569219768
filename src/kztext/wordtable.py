"""A table of words with a few small numbers each, found in a text whatever ending they carry.

A file of it is three parts parted by line ends: a line of JSON, a line of words, and for each word a byte for
its weight and a signed byte for each number. Reading it runs no code and needs plain Python only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

from kztext.errors import ModelError
from kztext.lang.lexicon import folded
from kztext.lang.pack import Pack

LONG_STEM = 5  # letters from which a word may go on with letters that are no ending known
LONGEST_REST = 4  # how many of them
MEMO_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Stems:
    """Beginnings of words by their place, and how the one of a word is found."""

    places: Mapping[str, int]
    inflection: regex.Pattern[str]
    softening: Mapping[str, str]  # a consonant before an ending, and what it is without one
    memo: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[str], pack: Pack) -> Stems:
        """Words in the given order, with the endings of a language."""
        endings = pack.table("endings")
        return cls(
            places={word: place for place, word in enumerate(words)},
            inflection=regex.compile(f"(?:{endings['inflection']})", regex.IGNORECASE),
            softening={soft: hard for hard, soft in endings.get("softening", {}).items()},
        )

    def find(self, word: str) -> int:
        """The place of the longest beginning behind which an ending stands, or -1."""
        known = self.memo.get(word)
        if known is None:
            if len(self.memo) > MEMO_LIMIT:
                self.memo.clear()
            known = self.memo[word] = self._find(folded(word))
        return known

    def _find(self, word: str) -> int:
        for size in range(len(word), 1, -1):
            stem, rest = word[:size], len(word) - size
            place = self.places.get(stem, -1)
            if place < 0 and rest and stem[-1] in self.softening:
                place = self.places.get(stem[:-1] + self.softening[stem[-1]], -1)
            if place >= 0 and (
                (size >= LONG_STEM and rest <= LONGEST_REST) or self.inflection.fullmatch(word, size)
            ):
                return place
        return -1


@dataclass(frozen=True, slots=True)
class WordTable:
    """What each known word adds to `width` sums, and how much it counts in a text."""

    stems: Stems
    weights: Sequence[float]
    rows: memoryview
    width: int
    step: float  # what 1 in a row stands for

    def add(self, words: Sequence[str], sums: list[float]) -> None:
        """Add to `sums` what the words say together: each counts once, and many words say less each."""
        places = {self.stems.find(word) for word in words} - {-1}
        if not places:
            return
        total = sum(self.weights[place] for place in places)
        size = self.step / max(total, LEAST) ** 0.5
        width = self.width
        parts = [self.rows[place * width : (place + 1) * width] for place in sorted(places)]
        for number, column in enumerate(zip(*parts, strict=True)):
            sums[number] += size * sum(column)


LEAST = 0.3  # the weight of words that a text has at least


def read_rows(path: Path) -> tuple[list[str], list[float], memoryview, int, float]:
    """The words of a file, their weights, the numbers row by row, how many a row has, what 1 stands for.

    Raises ModelError for a file that is absent or damaged.
    """
    try:
        head, line, body = path.read_bytes().split(b"\n", 2)
        about = json.loads(head)
        words = line.decode("utf8").split()
        width, step = int(about["width"]), float(about["step"])
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: not a table of words ({error}); run `make models`") from error
    count = len(words)
    if len(body) != count * (width + 1):
        raise ModelError(f"{path}: {len(body)} bytes for {count} words; run `make models`")
    return words, [byte / 255 for byte in body[:count]], memoryview(body)[count:].cast("b"), width, step


def read_table(path: Path, pack: Pack) -> WordTable:
    """The table of a file. Raises ModelError for one that is absent or damaged."""
    words, weights, rows, width, step = read_rows(path)
    return WordTable(stems=Stems.of(words, pack), weights=weights, rows=rows, width=width, step=step)


def write_table(
    path: Path, words: Sequence[str], weights: Sequence[float], rows: Sequence[Sequence[float]]
) -> None:
    """Write a table; its numbers are rounded to 255 steps."""
    step = max(abs(value) for row in rows for value in row) / 127
    head = json.dumps({"width": len(rows[0]), "step": float(f"{step:.6g}")})
    body = bytes(round(weight * 255) for weight in weights)
    body += bytes(round(value / step) & 255 for row in rows for value in row)
    path.write_bytes(head.encode() + b"\n" + " ".join(words).encode("utf8") + b"\n" + body)
