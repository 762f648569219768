"""Stanza as an engine: slower than spaCy's pipelines, another opinion on tags and parse.

Words are cut by the same tokenizer as everywhere, so that offsets hold. Tags and parse are Stanza's; lemmas
come from the rules and dictionaries of this project, or from the official package where one is used. Needs
the extra `kztext[stanza]`; nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from spacy.language import Language

from kztext.errors import ModelError
from kztext.model_store import MODELS, model_folder
from kztext.nlp.engine import Word
from kztext.nlp.languages import blank
from kztext.nlp.lemmas import LEXICON, KazakhForms
from kztext.nlp.russian import RussianLemmas
from kztext.spans import Lang, Sentence

FOLDER = MODELS / "stanza"
BATCH = 64  # sentences that Stanza reads at a time
FORMS = {Lang.KK: "kk_core/kztext_forms", Lang.RU: "ru_core/kztext_ru_lemmas"}

Tags = tuple[str, str]  # lemma and part of speech


@dataclass(slots=True)
class StanzaEngine:
    """Pipelines by language, opened when a language is first asked for."""

    folder: Path = FOLDER  # with resources.json, as Stanza keeps it
    official: bool = False  # the folder holds the official packages
    name: str = "stanza"
    opened: dict[Lang, Reader] = field(default_factory=dict)

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of each sentence, in order. White space is no word."""
        for lang, run in groupby(sentences, key=lambda sentence: sentence.lang):
            rest = iter(run)
            while batch := list(islice(rest, BATCH)):
                yield from self.reader(lang).read(batch)

    def reader(self, lang: Lang) -> Reader:
        """The pipeline of a language, opened when it is first asked for."""
        if lang not in self.opened:
            self.opened[lang] = open_reader(lang, self.folder, official=self.official)
        return self.opened[lang]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reads sentences of one language."""

    tokenizer: Language
    pipeline: Callable[[list[list[str]]], Any]
    tags: Callable[
        [str, str, dict[str, str], str], Tags
    ]  # from text, part of speech, features, Stanza's lemma

    def read(self, sentences: list[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of sentences of this language."""
        docs = [self.tokenizer.make_doc(sentence.text) for sentence in sentences]
        kept = [[token for token in doc if not token.is_space] for doc in docs]
        filled = [tokens for tokens in kept if tokens]
        texts = [[token.text for token in tokens] for tokens in filled]
        parsed = iter(self.pipeline(texts).sentences if texts else ())
        for sentence, tokens in zip(sentences, kept, strict=True):
            if not tokens:
                yield ()
                continue
            words = next(parsed).words
            if len(words) != len(tokens):
                raise ModelError(f"stanza: {len(words)} words for {len(tokens)} tokens of {sentence.text!r}")
            yield tuple(
                self.word(word, sentence.start + token.idx, token.text, place)
                for place, (word, token) in enumerate(zip(words, tokens, strict=True))
            )

    def word(self, word: Any, start: int, text: str, place: int) -> Word:
        """One of Stanza's words as ours."""
        features = dict(feature.split("=", 1) for feature in (word.feats or "").split("|") if feature)
        lemma, pos = self.tags(text, word.upos, features, word.lemma or "")
        return Word(
            start=start,
            end=start + len(text),
            text=text,
            rule="stanza",
            lemma=lemma,
            pos=pos,
            features=word.feats or "",
            head=word.head - 1 if word.head else place,
            relation="ROOT" if word.head == 0 else word.deprel,
        )


def open_reader(lang: Lang, folder: Path, *, official: bool) -> Reader:
    """What reads sentences of a language. Raises ModelError where Stanza or its files are missing."""
    if find_spec("stanza") is None:
        raise ModelError("stanza is not installed; run `make stanza` or `pip install kztext[stanza]`")
    if not (folder / lang).is_dir() or not (folder / "resources.json").is_file():
        raise ModelError(f"{folder}: no files of Stanza for {lang.value!r} (resources.json, {lang.value}/)")
    if not official:
        model_folder(lang.value, folder)
    return Reader(
        tokenizer=blank(lang),
        pipeline=open_pipeline(lang, folder, official=official),
        tags=keep_tags if official else own_tags(lang),
    )


def open_pipeline(lang: Lang, folder: Path, *, official: bool) -> Callable[[list[list[str]]], Any]:
    """Stanza's pipeline for words that are given, from files in place."""
    import stanza

    pipeline: Callable[[list[list[str]]], Any] = stanza.Pipeline(
        lang=lang.value,
        dir=str(folder),
        download_method=None,
        processors="tokenize,pos,lemma,depparse",
        tokenize_pretokenized=True,
        lemma_use_identity=not official,
        use_gpu=False,
        verbose=False,
    )
    return pipeline


def keep_tags(text: str, pos: str, features: dict[str, str], lemma: str) -> Tags:
    """The lemma and part of speech that Stanza gives."""
    return lemma, pos


def own_tags(lang: Lang) -> Callable[[str, str, dict[str, str], str], Tags]:
    """Lemmas by the rules of a language, on Stanza's tags."""
    data = (MODELS / FORMS[lang] / LEXICON).read_bytes()
    if lang is Lang.KK:
        forms = KazakhForms().from_bytes(data)

        def kazakh(text: str, pos: str, features: dict[str, str], lemma: str) -> Tags:
            lemma, pos, _ = forms.read(text, pos, features)
            return lemma, pos

        return kazakh
    lemmas = RussianLemmas().from_bytes(data)
    return lambda text, pos, features, lemma: (lemmas.lemma(text, pos, features), pos)
