from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kztext import extract
from kztext.pipeline import Extraction, extract_document, extract_documents
from kztext.read import read_documents
from kztext.records import Document
from kztext.resources import Resources
from timing import seconds

ROOT = Path(__file__).parents[1]
RESOURCES = Resources()

VOCABULARY = """
ЖІӨ ЖIӨ-нің инфляция деңгейі 1998 1995-1997 жылы жылдары 31,2%-ға 2700$-ға жетті төмендеді өсті 60,3% 28,7%,
млрд млн трлн теңге доллар доллардан 15-20 6 1 012,5 пайыз пайызға астам жуық дейін үштен бір екі есе Оның
еліміз Қазақстанда халық саны мың адам тоқсан биыл былтыр қыркүйек айында болжам жоспарланған деді Тоқаев
ВВП вырос снизился на до с по сравнению 5,1% 2023 г. году году, составил составила около более почти нас
инфляция безработица экспорт импорт доля в раза процентных пункта п.п. тенге рублей млн. трлн. тонн кв. м
прогноз ожидается планируется «слово» сказал министр второй квартал I полугодие годом ранее тысяч
одного триллиона полтора процента половина треть 1) • 2.3. №5 +7 (727) 12:30 15.03.2024 © - – — : ; .
! ? | ( )
"""
WORDS = [*VOCABULARY.split(), "\u00a0", "\t", "\n", "\n\n"]
LETTERS = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіiaeopcxyK0123456789"
    ".,%$₸€-–—'\"«»()[]|/\\ \n\t\r\u00a0\u2009\ufeff\u0301"
)
LINES = [
    line
    for path in sorted((ROOT / "corpus/texts").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if any(char.isdigit() for char in line)
]
NUMBERS = st.one_of(
    st.integers(0, 10**40).map(str),
    st.decimals(0, 10**9, places=3).map(lambda d: str(d).replace(".", ",")),
    st.tuples(st.integers(0, 99), st.sampled_from("/-:.,–^·× "), st.integers(0, 2100)).map(
        lambda t: f"{t[0]}{t[1]}{t[2]}"
    ),
    st.sampled_from(
        ["½", "⅓", "²", "Ⅳ", "IV", "XX", "٣", "①", "1e9", "0x1F", "1'000", "1_000", "−5", "±3", "%%"]
    ),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A line of a real text with a piece taken out and a word put in."""
    line = draw(st.sampled_from(LINES))
    start = draw(st.integers(0, len(line)))
    end = draw(st.integers(start, min(len(line), start + 9)))
    return line[:start] + draw(st.one_of(st.just(""), st.sampled_from(WORDS), NUMBERS)) + line[end:]


TEXTS = st.one_of(
    damaged(),
    st.lists(damaged(), min_size=2, max_size=3).map("\n".join),
    st.lists(st.one_of(st.sampled_from(WORDS), NUMBERS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(LETTERS, max_size=4)), max_size=25).map("".join),
    st.text(LETTERS, max_size=120),
)


def laws(extraction: Extraction) -> None:
    original = extraction.document.text
    for record in extraction.records:
        assert original[record.start : record.end] == record.quote
        assert record.quote.strip() == record.quote != ""
        assert record.value <= record.value_high
        assert 0 <= record.confidence <= 1
    for claim in extraction.claims:
        assert original[claim.start : claim.end] == claim.quote
    ids = [r.record_id for r in extraction.records] + [c.claim_id for c in extraction.claims]
    assert len(ids) == len(set(ids))
    starts = [record.start for record in extraction.records]
    assert starts == sorted(starts)
    known = {record.record_id for record in extraction.records}
    assert {carried for claim in extraction.claims for carried in claim.record_ids} == known


def extracted(text: str) -> Extraction:
    return extract_document(Document(doc_id="a.txt", text=text), RESOURCES)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_quote_is_what_the_original_says_there(text: str) -> None:
    laws(extracted(text))


@pytest.mark.parametrize("folder", ["corpus/texts", "corpus/gold/dev/texts"])
def test_laws_hold_for_the_corpus(folder: str) -> None:
    documents = [one for one in read_documents([ROOT / folder]) if isinstance(one, Document)]
    assert documents
    for extraction in extract_documents(documents, RESOURCES):
        laws(extraction)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "\0", "1", "%", "a" * 5000])
def test_odd_text_is_never_an_error(text: str) -> None:
    laws(extracted(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1998 жылы ЖІӨ 1,9%-ға төмендеді. ",
        "1 ",
        "1,9%, ",
        "млрд ",
        "жыл ",
        "0",
        "«",
        "- ",
        "ал ",
        "1998 жылы ",
    ],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    short, long = (seconds(partial(extracted, piece * (size // len(piece)))) for size in (4_000, 16_000))
    assert long < 10 * short + 0.5


def test_extract_gives_the_records_of_a_text() -> None:
    records = extract("1998 жылы Қазақстанның ЖІӨ 1,9%-ға төмендеді.", doc_id="a")
    assert all(record.doc_id == "a" for record in records)


def test_extracting_twice_gives_the_same() -> None:
    text = (ROOT / "corpus/texts/002_aef062bd20654b75.txt").read_text(encoding="utf-8")
    assert extract(text) == extract(text)
