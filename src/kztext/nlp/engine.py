"""What an engine promises: the words of sentences, with offsets into the text it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kztext.spans import Sentence, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Token):
    """A token with what a trained pipeline knows of it; empty where the pipeline says nothing.

    `head` counts tokens of the same sentence; the root is its own head, -1 stands for no parse.
    """

    lemma: str = ""
    pos: str = ""  # Universal Dependencies
    features: str = ""
    head: int = -1
    relation: str = ""


class Engine(Protocol):
    """Splits sentences into words. It never changes the text: `text[word.start : word.end] == word.text`."""

    name: str

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence, in order, with offsets in the text that the sentences stand in."""
