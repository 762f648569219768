"""The stages as spaCy components."""

from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from spacy.language import Language
from spacy.tokens import Doc

import kztext.spacy_components  # noqa: F401  (registers the factories where kztext is not installed)
from kztext.spans import IndicatorMention, Number, Period, Quantity
from strategies import TEXTS

GROUPS = ("numbers", "periods", "quantities", "indicators")
TEXT = "1998 жылы ЖIӨ 31,2%-ға төмендедi, экспорт 6 млрд\nдоллардан асты."


def pipeline(lang: str, *groups: str) -> Language:
    nlp = spacy.blank(lang)
    for group in groups:
        nlp.add_pipe(f"kztext_{group}")
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline("kk", *GROUPS)


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_quantities_hold_their_value_and_place(doc: Doc) -> None:
    values = [span._.kztext for span in doc.spans["quantities"]]
    assert all(isinstance(value, Quantity) for value in values)
    assert [(value.value, value.unit) for value in values] == [
        (Decimal("31.2"), "percent"),
        (Decimal(6_000_000_000), "USD"),
    ]
    assert [TEXT[value.start : value.end] for value in values] == ["31,2%", "6 млрд\nдоллар"]


def test_each_group_holds_its_own_type(doc: Doc) -> None:
    types = {group: {type(span._.kztext) for span in doc.spans[group]} for group in GROUPS}
    assert types == {
        "numbers": {Number},
        "periods": {Period},
        "quantities": {Quantity},
        "indicators": {IndicatorMention},
    }


def test_other_spans_hold_nothing(doc: Doc) -> None:
    assert doc[0:1]._.kztext is None


def test_document_survives_saving(nlp: Language, doc: Doc) -> None:
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [s._.kztext for s in again.spans["quantities"]] == [s._.kztext for s in doc.spans["quantities"]]


def test_relative_period_counts_from_the_given_date() -> None:
    nlp = spacy.blank("ru")
    nlp.add_pipe("kztext_periods", config={"doc_date": "2026-02-10"})
    doc = nlp("В прошлом году инфляция составила 8%.")
    assert [span._.kztext.first for span in doc.spans["periods"]] == ["2025"]


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_values_lie_inside_their_tokens(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for group in GROUPS:
        for span in doc.spans[group]:
            value = span._.kztext
            assert span.start_char <= value.start <= value.end <= span.end_char
