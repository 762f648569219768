"""What stands before a figure, from which it may take what its own words leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kztext.carry.context import Context
from kztext.carry.names import Beside
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The sentence of a figure and its number, its readings that are done, and what the document said."""

    item: Found
    number: int
    done: Sequence[Reading]
    context: Context
    pack: Pack
    catalogue: Catalogue
    beside: Beside | None = None  # the words beside the figure; None of a part of what was told

    @property
    def last(self) -> Reading | None:
        """The figure told last: in the sentence, else of the last thing that the document named."""
        return self.done[-1] if self.done else self.context.last

    def since(self, sentence: int) -> int:
        """How many sentences back one is."""
        return self.number - sentence
