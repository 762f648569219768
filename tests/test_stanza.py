"""Stanza behind the engine protocol: offsets hold, missing files are named, nothing is downloaded."""

from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.errors import ModelError
from kztext.model_store import MODELS, differences
from kztext.nlp import stanza_engine
from kztext.nlp.languages import blank
from kztext.nlp.stanza_engine import Reader, StanzaEngine, keep_tags
from kztext.spans import Lang, Sentence

TEXT = "Бірінші сөйлем. ЖІӨ 31,2%-ға төмендеді."
needs_stanza = [
    pytest.mark.stanza,
    pytest.mark.skipif(find_spec("stanza") is None, reason="stanza is not installed; run `make stanza`"),
    pytest.mark.skipif(not (MODELS / "stanza" / "kk").exists(), reason="models/stanza/kk is not trained"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
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
    reader = Reader(tokenizer=TOKENIZER, pipeline=pipeline, tags=keep_tags)
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
        list(StanzaEngine().words([sentence("Баға өсті")]))


def test_folder_without_files_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stanza_engine, "find_spec", lambda name: True)
    with pytest.raises(ModelError, match=r"no files of Stanza for 'ru'"):
        list(StanzaEngine(folder=tmp_path).words([sentence("цена", lang=Lang.RU)]))


class TestKazakh:
    pytestmark = needs_stanza

    def test_reads_with_own_weights(self) -> None:
        (words,) = StanzaEngine().words([sentence(TEXT[16:], 16)])
        assert all(TEXT[word.start : word.end] == word.text for word in words)
        assert (words[-2].pos, words[-2].lemma) == ("VERB", "төменде")
        assert [word.relation for word in words].count("ROOT") == 1

    def test_weights_and_data_belong_together(self) -> None:
        assert differences(MODELS / "stanza" / "kk", MODELS.parents[1] / "shared") == []
