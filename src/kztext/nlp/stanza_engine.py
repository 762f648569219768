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
from pickle import UnpicklingError
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
# What comes of files that are missing, damaged, or need a package that is not installed.
UNFIT = (OSError, ValueError, LookupError, RuntimeError, TypeError, ImportError, EOFError, UnpicklingError)

Pipeline = Callable[[Any], Any]  # from sentences as lists of words, or a document of Stanza's, to a document


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
    """What reads sentences of one language: our tokenizer, and what tags and parses the words it gives."""

    tokenizer: Language
    pipeline: Pipeline

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
                as_word(word, sentence.start + token.idx, token.text, place)
                for place, (word, token) in enumerate(zip(words, tokens, strict=True))
            )


def as_word(word: Any, start: int, text: str, place: int) -> Word:
    """One of Stanza's words as ours."""
    return Word(
        start=start,
        end=start + len(text),
        text=text,
        rule="stanza",
        lemma=word.lemma or "",
        pos=word.upos or "",
        features=word.feats or "",
        head=word.head - 1 if word.head else place,
        relation="ROOT" if word.head == 0 else word.deprel,
    )


def stanza_engine(folder: Path | None = None) -> StanzaEngine:
    """The engine with our weights, or with the official packages of a folder.

    Raises ModelError where Stanza is not installed or there is no such folder.
    """
    if find_spec("stanza") is None:
        raise ModelError("stanza is not installed; run `make stanza` or `pip install kztext[stanza]`")
    if folder is not None and not folder.is_dir():
        raise ModelError(f"{folder}: no such folder")
    return StanzaEngine() if folder is None else StanzaEngine(folder=folder, official=True)


def open_reader(lang: Lang, folder: Path, *, official: bool) -> Reader:
    """What reads sentences of a language. Raises ModelError where its files are missing."""
    if not (folder / lang).is_dir() or not (folder / "resources.json").is_file():
        raise ModelError(f"{folder}: no files of Stanza for {lang.value!r} (resources.json, {lang.value}/)")
    if official:
        pipeline = open_pipeline(
            lang, folder, processors="tokenize,pos,lemma,depparse", tokenize_pretokenized=True
        )
    else:
        model_folder(lang.value, folder)
        pipeline = own_pipeline(lang, folder)
    return Reader(tokenizer=blank(lang), pipeline=pipeline)


def open_pipeline(lang: Lang, folder: Path, **settings: object) -> Pipeline:
    """A pipeline of Stanza from files in place. Raises ModelError where one of them does not open."""
    import stanza
    from stanza.pipeline.core import PipelineRequirementsException

    try:
        pipeline: Pipeline = stanza.Pipeline(
            lang=lang.value,
            dir=str(folder),
            download_method=None,
            use_gpu=False,
            verbose=False,
            **settings,
        )
    except (*UNFIT, PipelineRequirementsException) as error:
        said = str(error).strip() or type(error).__name__
        raise ModelError(f"{folder}: Stanza cannot open its files for {lang.value!r} ({said})") from error
    return pipeline


def own_pipeline(lang: Lang, folder: Path) -> Pipeline:
    """Stanza's tags and parse with our lemmas between them: the parser was trained on lemmas, too."""
    tag = open_pipeline(lang, folder, processors="tokenize,pos", tokenize_pretokenized=True)
    parse = open_pipeline(lang, folder, processors="depparse", depparse_pretagged=True)
    settle = own_forms(lang).settle

    def read(sentences: Any) -> Any:
        doc = tag(sentences)
        for word in (word for sentence in doc.sentences for word in sentence.words):
            features = dict(feature.split("=", 1) for feature in (word.feats or "").split("|") if feature)
            word.lemma, word.upos, features = settle(word.text, word.upos, features)
            named = sorted(features.items(), key=lambda one: one[0].lower())
            word.feats = "|".join(f"{name}={value}" for name, value in named) or None
        return parse(doc)

    return read


def own_forms(lang: Lang) -> KazakhForms | RussianLemmas:
    """The rules and dictionaries of a language, as our spaCy pipelines have them."""
    path = MODELS / FORMS[lang] / LEXICON
    if not path.is_file():
        raise ModelError(f"{path}: no such file; Stanza's words have their lemmas from it; run `make models`")
    data = path.read_bytes()
    return KazakhForms().from_bytes(data) if lang is Lang.KK else RussianLemmas().from_bytes(data)
