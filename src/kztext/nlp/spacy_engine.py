"""spaCy as an engine: its tokenizer, and lemmas, tags, parse and entities where a pipeline is trained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kztext.errors import ModelError
from kztext.model_store import model_folder
from kztext.nlp.engine import Word
from kztext.nlp.languages import blank
from kztext.spans import Lang, Sentence


@dataclass(slots=True)
class SpacyEngine:
    """Pipelines by language, opened when a language is first asked for."""

    open: Callable[[Lang], Language] = blank  # without trained ones, spaCy's tokenizer alone
    name: str = "spacy"
    opened: dict[Lang, Language] = field(default_factory=dict)

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence, in order. White space is no word."""
        for lang, run in groupby(sentences, key=lambda sentence: sentence.lang):
            texts = ((sentence.text, sentence.start) for sentence in run)
            for doc, start in self.pipeline(lang).pipe(texts, as_tuples=True):
                yield read_words(doc, start)

    def pipeline(self, lang: Lang) -> Language:
        """The pipeline of a language, opened when it is first asked for."""
        if lang not in self.opened:
            self.opened[lang] = self.open(lang)
        return self.opened[lang]


def read_words(doc: Doc, start: int) -> tuple[Word, ...]:
    """The words of a spaCy document whose text begins at `start`."""
    kept = [token for token in doc if not token.is_space]
    places = {token.i: place for place, token in enumerate(kept)}
    parsed = doc.has_annotation("DEP")
    return tuple(
        Word(
            start=start + token.idx,
            end=start + token.idx + len(token.text),
            text=token.text,
            rule="spacy",
            lemma=token.lemma_,
            pos=token.pos_,
            features=str(token.morph),
            head=places.get(token.head.i, -1) if parsed else -1,
            relation=token.dep_,
            entity=f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "",
        )
        for token in kept
    )


def trained_engine(folders: Mapping[Lang, Path] | None = None) -> SpacyEngine:
    """The engine with the pipelines of `models/`, or of folders by language.

    Its reading raises ModelError where the pipeline of a language is absent or does not open.
    """

    def opened(lang: Lang) -> Language:
        folder = (folders or {}).get(lang) or model_folder(f"{lang}_core")
        try:
            nlp = spacy.load(folder)
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder}: not a spaCy pipeline ({error}); run `make models`") from error
        if nlp.lang != lang:
            raise ModelError(f"{folder}: a pipeline for {nlp.lang!r}, not {lang.value!r}")
        return nlp

    return SpacyEngine(opened)
