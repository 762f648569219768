"""Kazakh for spaCy, the tokenizer rules of both languages, and spaCy as an engine."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from spacy.language import Language

from kztext.errors import ModelError
from kztext.nlp.languages import Kazakh, blank
from kztext.nlp.spacy_engine import SpacyEngine, trained_engine
from kztext.repair import repair_text
from kztext.segment import segment
from kztext.spans import Lang
from strategies import TEXTS

TOKENS = {
    "percent": ("31,2%-ға төмендеді", "31,2|%|-ға|төмендеді"),
    "dollar": ("9000$-ға жетеді", "9000|$|-ға|жетеді"),
    "acronym": ("ЖІӨ-нің өсімі", "ЖІӨ-нің|өсімі"),
    "abbreviation": ("5 млрд. теңге, т.б. өнім", "5|млрд.|теңге|,|т.б.|өнім"),
    "glued_year": ("1998жылы", "1998|жылы"),
    "glued_scale": ("12,5млрд теңге", "12,5|млрд|теңге"),
    "ending_of_digits": ("20-дан 1990шы", "20-дан|1990шы"),
    "number_and_word": ("30-жылдары 2-жартысы 2025-тен", "30|-|жылдары|2|-|жартысы|2025-тен"),
    "range": ("4-6% мен 1992-1994 жж.", "4|-|6|%|мен|1992|-|1994|жж."),
    "glued_sentences": ("бастады.Қазақстанда 9%,ал", "бастады|.|Қазақстанда|9|%|,|ал"),
    "final_stop": ("өсті болмақ. Қазақ.", "өсті|болмақ|.|Қазақ|."),
    "initial": ("А. Байтұрсынов «Қазақ»", "А.|Байтұрсынов|«|Қазақ|»"),
    "link": ("https://stat.gov.kz/a BAQ.KZ", "https://stat.gov.kz/a|BAQ.KZ"),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("kk")


def test_blank_kk_is_found_by_its_entry_point(nlp: Language) -> None:
    assert isinstance(nlp, Kazakh)
    assert nlp.lang == "kk"


@pytest.mark.parametrize(("text", "tokens"), TOKENS.values(), ids=TOKENS)
def test_kazakh_tokens(nlp: Language, text: str, tokens: str) -> None:
    assert "|".join(token.text for token in nlp(text)) == tokens


def test_russian_numbers_are_parted_from_words() -> None:
    doc = blank("ru")("экспорт 12,5млрд тенге в 90-х, 10 тыс. т.")
    assert [token.text for token in doc][:4] == ["экспорт", "12,5", "млрд", "тенге"]
    assert "тыс." in [token.text for token in doc]


@pytest.mark.parametrize("word", ["5", "31,2", "жиырма", "бесінші", "үштен", "миллион", "екеу"])
def test_number_words_are_like_numbers(nlp: Language, word: str) -> None:
    assert nlp(word)[0].like_num


@pytest.mark.parametrize("word", ["онда", "жыл", "алтын", "мұнай"])
def test_other_words_are_not_like_numbers(nlp: Language, word: str) -> None:
    assert not nlp(word)[0].like_num


def test_norm_folds_lookalikes(nlp: Language) -> None:
    assert [token.norm_ for token in nlp("ЖIӨ кiрiс IT")] == ["жіө", "кіріс", "it"]


def test_stop_words_come_from_the_pack(nlp: Language) -> None:
    assert [token.is_stop for token in nlp("және мұнай")] == [True, False]


def test_tokenizer_survives_saving(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)("31,2%-ға 1998жылы")
    assert [token.text for token in doc] == ["31,2", "%", "-ға", "1998", "жылы"]


@given(TEXTS)
@settings(max_examples=50)
def test_tokenizer_keeps_the_text(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@given(TEXTS)
@settings(max_examples=50)
def test_words_have_offsets_in_the_text(text: str) -> None:
    repaired = repair_text(text)
    found = segment(repaired)
    for sentence, words in zip(found, ENGINE.words(found), strict=True):
        assert all(repaired.repaired[word.start : word.end] == word.text for word in words)
        assert all(sentence.holds(word) for word in words)


ENGINE = SpacyEngine()


def test_folder_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("ru").to_disk(tmp_path)
    with pytest.raises(ModelError, match="not 'kk'"):
        trained_engine({Lang.KK: tmp_path}).pipeline(Lang.KK)


def test_folder_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a spaCy pipeline"):
        trained_engine({Lang.KK: tmp_path / "absent"}).pipeline(Lang.KK)
