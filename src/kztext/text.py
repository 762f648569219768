"""Repaired text that knows where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace `text[start:end]` by `new`; `rule` names the repair."""

    start: int
    end: int
    new: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text after repair, with the slice of the original that each of its characters came from.

    `starts[i]` and `ends[i]` are the half-open slice of `original` behind `repaired[i]`.

    >>> edits = [Edit(start=8, end=8, new=" "), Edit(start=8, end=9, new="і")]
    >>> text = Text.of("инфляцияiлгерi").edited(edits)
    >>> text.repaired
    'инфляция ілгерi'
    >>> text.to_original(9, 15)
    (8, 14)
    """

    original: str
    repaired: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> Text:
        """The text as it came, before any repair."""
        size = len(original)
        return cls(original, original, tuple(range(size)), tuple(range(1, size + 1)))

    def edited(self, edits: Iterable[Edit]) -> Text:
        """Apply edits (offsets in `repaired`, not overlapping) and give the new text.

        An edit of equal length keeps the origins one to one; one of another length gives each new
        character the whole replaced slice; an insertion gets the gap between its neighbours.

        Raises ValueError where two edits overlap.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if edit.start < done:
                raise ValueError(f"edits overlap at {edit.start} ({edit.rule or edit.new!r})")
            pieces.append(self.repaired[done : edit.start])
            starts += self.starts[done : edit.start]
            ends += self.ends[done : edit.start]
            pieces.append(edit.new)
            if len(edit.new) == edit.end - edit.start:
                starts += self.starts[edit.start : edit.end]
                ends += self.ends[edit.start : edit.end]
            else:
                first, last = self.to_original(edit.start, edit.end)
                starts += [first] * len(edit.new)
                ends += [last] * len(edit.new)
            done = edit.end
        pieces.append(self.repaired[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return Text(self.original, "".join(pieces), tuple(starts), tuple(ends))

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original behind `repaired[start:end]`; an empty span maps to the gap before it."""
        if start >= end:
            before = self.ends[start - 1] if start else 0
            after = self.starts[start] if start < len(self.starts) else len(self.original)
            return (before, after) if before <= after else (after, after)
        return self.starts[start], self.ends[end - 1]
