"""What an engine promises: the words of sentences, with offsets into the text it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from kztext.spans import Sentence, Token


class EngineName(StrEnum):
    RULES = "rules"  # no engine: what the surface rules read
    SPACY = "spacy"
    STANZA = "stanza"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Token):
    """A token with what a trained pipeline knows of it; empty where the pipeline says nothing.

    `head` counts tokens of the same sentence; the root is its own head, -1 stands for no parse. `entity` is
    the class of the named entity that the word is part of; its first word has "B-" before it, the rest "I-".
    """

    lemma: str = ""
    pos: str = ""  # Universal Dependencies
    features: str = ""
    head: int = -1
    relation: str = ""
    entity: str = ""


class Engine(Protocol):
    """Splits sentences into words. It never changes the text: `text[word.start : word.end] == word.text`."""

    name: str

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence, in order, with offsets in the text that the sentences stand in."""


def choose_engine(name: EngineName, stanza_dir: Path | None = None) -> Engine | None:
    """The engine of a name, None for the rules alone; its pipelines open when a language first comes.

    `stanza_dir` is a folder with the official packages of Stanza. Raises ModelError where Stanza is missing.
    """
    if name is EngineName.SPACY:
        from kztext.nlp.spacy_engine import trained_engine

        return trained_engine()
    if name is EngineName.STANZA:
        from kztext.nlp.stanza_engine import stanza_engine

        return stanza_engine(stanza_dir)
    return None
