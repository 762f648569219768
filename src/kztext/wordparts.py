"""What the parts of words (three to five letters, and the word itself) say, also for words that no table has.

The file is that of `wordtable.py`, with parts in the place of words; "<" and ">" are the ends of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kztext.lang.lexicon import folded
from kztext.wordtable import MEMO_LIMIT, read_rows

SIZES = (3, 4, 5)  # letters of a part, the ends of the word counted


@dataclass(frozen=True, slots=True)
class PartTable:
    """What each known part of a word adds to `width` sums; `weights` are lower for parts met often."""

    places: Mapping[str, int]
    weights: Sequence[float]
    rows: memoryview
    width: int
    step: float  # what 1 in a row stands for
    memo: dict[str, tuple[str, tuple[int, ...], float]] = field(default_factory=dict)

    def add(self, words: Iterable[str], sums: list[float]) -> None:
        """Add to `sums` what the words say together: each counts once, and many words say less each."""
        found = {low: (row, square) for low, row, square in map(self._read, words) if square}
        if found:
            size = self.step / sum(square for _, square in found.values()) ** 0.5
            for number, column in enumerate(zip(*(row for row, _ in found.values()), strict=True)):
                sums[number] += size * sum(column)

    def _read(self, word: str) -> tuple[str, tuple[int, ...], float]:
        """A word in small letters, the sum of the rows of its parts, and that of their squared weights."""
        known = self.memo.get(word)
        if known is None:
            if len(self.memo) > MEMO_LIMIT:
                self.memo.clear()
            low, width = folded(word), self.width
            places = [place for place in map(self.places.get, parts(low)) if place is not None]
            rows = [self.rows[place * width : (place + 1) * width] for place in places]
            summed = tuple(map(sum, zip(*rows, strict=True)))
            known = self.memo[word] = low, summed, sum(self.weights[place] ** 2 for place in sorted(places))
        return known


def parts(word: str) -> set[str]:
    """The parts of a word in small letters.

    >>> sorted(parts("ӨСІМ".lower()), key=lambda part: (len(part), part))
    ['<өс', 'сім', 'ім>', 'өсі', '<өсі', 'сім>', 'өсім', '<өсім', 'өсім>', '<өсім>']
    """
    whole = f"<{word}>"
    found = {whole[at : at + size] for size in SIZES for at in range(len(whole) - size + 1)}
    return found | {whole}


def read_parts(path: Path) -> PartTable:
    """The table of a file. Raises ModelError for one that is absent or damaged."""
    names, weights, rows, width, step = read_rows(path)
    return PartTable({name: place for place, name in enumerate(names)}, weights, rows, width, step)
