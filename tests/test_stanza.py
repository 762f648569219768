"""Stanza behind the engine protocol: offsets hold, missing files are named, nothing is downloaded."""

import os
import pickle
import shutil
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.errors import ModelError
from kztext.model_store import MODELS, differences, read_meta
from kztext.nlp import stanza_engine
from kztext.nlp.languages import blank
from kztext.nlp.stanza_engine import Reader, StanzaEngine
from kztext.spans import Lang, Sentence

TEXT = "Бірінші сөйлем. ЖІӨ 31,2%-ға төмендеді."
RUSSIAN = "В 2024 году инфляция в стране снизилась до 8,6%. Экспорт зерна вырос на 12%."
STANZA = MODELS / "stanza"
needs_stanza = [
    pytest.mark.stanza,
    pytest.mark.skipif(find_spec("stanza") is None, reason="stanza is not installed; run `make stanza`"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
LANGUAGES = [
    pytest.param(lang, marks=pytest.mark.skipif(not (STANZA / lang).exists(), reason="not trained"))
    for lang in Lang
]
# What the pipelines have reached on their test parts, raw text, in percent.
FLOORS = {
    (Lang.KK, "UD Kazakh-KTB, test part"): {"upos": 90, "lemma": 95, "las": 65},
    (Lang.RU, "UD Russian-GSD, test part"): {"upos": 94, "lemma": 96, "las": 74},
    (Lang.RU, "UD Russian-Taiga, test part"): {"upos": 90, "lemma": 93, "las": 64},
}
TOKENIZER = blank("kk")


def sentence(text: str, start: int = 0, lang: Lang = Lang.KK) -> Sentence:
    return Sentence(start=start, end=start + len(text), text=text, lang=lang)


def tag(sentences: list[list[str]]) -> Any:
    """What a pipeline that calls every word a noun below the first one gives."""
    return SimpleNamespace(
        sentences=[
            SimpleNamespace(
                words=[
                    SimpleNamespace(
                        upos="NOUN", feats="Case=Nom", lemma=word, head=min(place, 1), deprel="dep"
                    )
                    for place, word in enumerate(words)
                ]
            )
            for words in sentences
        ]
    )


def fake_engine(pipeline: Any = tag) -> StanzaEngine:
    reader = Reader(tokenizer=TOKENIZER, pipeline=pipeline)
    return StanzaEngine(opened={Lang.KK: reader, Lang.RU: reader})


def test_words_stand_in_the_text() -> None:
    (words,) = fake_engine().words([sentence(TEXT[16:], 16)])
    assert [TEXT[word.start : word.end] for word in words] == ["ЖІӨ", "31,2", "%", "-ға", "төмендеді", "."]
    assert [word.head for word in words] == [0, 0, 0, 0, 0, 0]
    assert [word.relation for word in words[:2]] == ["ROOT", "dep"]


def test_sentences_without_words_keep_their_place() -> None:
    found = list(fake_engine().words([sentence("Баға"), sentence("  "), sentence("өсті", lang=Lang.RU)]))
    assert [len(words) for words in found] == [1, 0, 1]


def test_words_that_do_not_fit_are_an_error() -> None:
    engine = fake_engine(lambda sentences: tag([words[1:] for words in sentences]))
    with pytest.raises(ModelError, match="1 words for 2 tokens"):
        list(engine.words([sentence("Баға өсті")]))


@given(st.lists(st.text(alphabet="абө 1%-.,\u00a0\t", max_size=20), max_size=80))
def test_every_sentence_has_its_words(texts: list[str]) -> None:
    found = list(fake_engine().words([sentence(text) for text in texts]))
    assert len(found) == len(texts)
    for text, words in zip(texts, found, strict=True):
        assert all(text[word.start : word.end] == word.text for word in words)


def test_without_stanza_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stanza_engine, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="make stanza"):
        stanza_engine.stanza_engine()


def test_folder_without_files_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stanza_engine, "find_spec", lambda name: True)
    with pytest.raises(ModelError, match=r"no files of Stanza for 'ru'"):
        list(StanzaEngine(folder=tmp_path).words([sentence("цена", lang=Lang.RU)]))


@pytest.mark.models
@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_and_data_belong_together(lang: Lang) -> None:
    assert differences(STANZA / lang, MODELS.parents[1] / "shared") == []
    meta = read_meta(STANZA / lang)
    assert meta["license"] == "CC BY-SA 4.0"
    for (of, part), floors in FLOORS.items():
        figures = meta["figures"][part]["raw_text_f1"] if of is lang else {}
        assert all(figures[name] >= floor for name, floor in floors.items() if of is lang)


class TestTrained:
    """Stanza itself, on the weights that ship."""

    pytestmark = needs_stanza

    @pytest.mark.skipif(not (STANZA / "kk").exists(), reason="not trained")
    def test_reads_kazakh(self) -> None:
        (words,) = StanzaEngine().words([sentence(TEXT[16:], 16)])
        assert all(TEXT[word.start : word.end] == word.text for word in words)
        assert (words[-2].pos, words[-2].lemma) == ("VERB", "төменде")
        assert [word.relation for word in words].count("ROOT") == 1

    @pytest.mark.skipif(not (STANZA / "ru").exists(), reason="not trained")
    def test_reads_russian(self) -> None:
        engine = StanzaEngine()
        cut = RUSSIAN.index("Экспорт")
        sentences = [sentence(RUSSIAN[: cut - 1], 0, Lang.RU), sentence(RUSSIAN[cut:], cut, Lang.RU)]
        first, second = engine.words(sentences)
        assert all(RUSSIAN[word.start : word.end] == word.text for word in (*first, *second))
        verb = next(word for word in first if word.text == "снизилась")
        assert (verb.pos, verb.lemma, verb.relation) == ("VERB", "снизиться", "ROOT")
        assert first[next(word.head for word in first if word.text == "инфляция")] == verb
        assert list(engine.opened) == [Lang.RU]  # Kazakh is not read, so not opened

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_odd_text_is_no_error(self, lang: Lang) -> None:
        texts = ["", " ", "%%%", "5-ға", "-", "\u0301", "қ" * 3000, "лар " * 300, "&quot;", "a_b|c", "🙂"]
        found = list(StanzaEngine().words([sentence(text, 0, lang) for text in texts]))
        assert len(found) == len(texts)
        for text, words in zip(texts, found, strict=True):
            assert all(text[word.start : word.end] == word.text for word in words)
            assert all(0 <= word.head < len(words) for word in words)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_folder_of_packages_is_read_as_it_is(self, lang: Lang) -> None:
        (words,) = StanzaEngine(folder=STANZA, official=True).words([sentence("Баға 5% болды.", 0, lang)])
        assert [word.lemma for word in words] == [word.text for word in words]  # whose lemmas are the words

    @pytest.mark.skipif(not (STANZA / "kk").exists(), reason="not trained")
    def test_opening_weights_runs_no_code(self, tmp_path: Path) -> None:
        class Trap:
            def __reduce__(self) -> Any:
                return os.mkdir, (str(tmp_path / "sprung"),)

        folder = tmp_path / "stanza"
        shutil.copytree(STANZA, folder)
        (weights,) = (folder / "kk" / "pos").glob("*.pt")
        weights.write_bytes(pickle.dumps({"model": Trap()}))
        with pytest.raises(ModelError, match="cannot open"):
            list(StanzaEngine(folder=folder).words([sentence("Баға өсті")]))
        assert not (tmp_path / "sprung").exists()
