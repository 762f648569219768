"""spaCy as an engine: its tokenizer, and lemmas and parts of speech where a pipeline is trained for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """Pipelines by language; a language that none is given for has spaCy's tokenizer alone."""

    pipelines: Mapping[Lang, Language] = field(default_factory=dict)
    name: str = "spacy"

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence, in order. White space is no word."""
        for lang, run in groupby(sentences, key=lambda sentence: sentence.lang):
            texts = ((sentence.text, sentence.start) for sentence in run)
            for doc, start in self.pipeline(lang).pipe(texts, as_tuples=True):
                yield read_words(doc, start)

    def pipeline(self, lang: Lang) -> Language:
        """The pipeline of a language, made when it is first asked for."""
        if lang not in self.pipelines:
            self.pipelines = {**self.pipelines, lang: blank(lang)}
        return self.pipelines[lang]


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
        )
        for token in kept
    )


def trained_engine(langs: Iterable[Lang] = Lang) -> SpacyEngine:
    """The engine with the pipelines of `models/`. Raises ModelError where one is absent."""
    return open_engine({lang: model_folder(f"{lang}_core") for lang in langs})


def open_engine(folders: Mapping[Lang, Path] | None = None) -> SpacyEngine:
    """The engine with the trained pipelines of folders. Raises ModelError for one that does not open."""
    pipelines: dict[Lang, Language] = {}
    for lang, folder in (folders or {}).items():
        try:
            nlp = spacy.load(folder)
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder}: not a spaCy pipeline ({error}); run `make models`") from error
        if nlp.lang != lang:
            raise ModelError(f"{folder}: a pipeline for {nlp.lang!r}, not {lang.value!r}")
        pipelines[lang] = nlp
    return SpacyEngine(pipelines)
