"""Numbers: tables of both languages, the examples of the packs, and laws."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.lang.examples import Example, parse_example
from kztext.lang.pack import load_pack
from kztext.lexing import read_digits
from kztext.numbers import find_numbers
from kztext.spans import Lang, Number, Sentence
from strategies import TEXTS

LANGS = ("kk", "ru")
EXAMPLES = Path(__file__).parent / "examples"
FIELDS = {"value": Decimal, "high": Decimal, "multiplier": Decimal, "decimals": int}


def numbers_of(text: str, lang: str) -> list[Number]:
    sentence = Sentence(start=0, end=len(text), text=text, lang=Lang(lang))
    return find_numbers(sentence, load_pack(lang))


def table(name: str) -> list[tuple[str, str]]:
    lines = (
        (lang, line) for lang in LANGS for line in (EXAMPLES / lang / name).read_text("utf8").splitlines()
    )
    return [(lang, line) for lang, line in lines if line.strip() and not line.startswith("#")]


def check_fields(found: object, fields: dict[str, str], kinds: dict[str, type]) -> None:
    for name, wanted in fields.items():
        if name == "flags":
            assert set(wanted.split(",")) <= set(found.flags)
        else:
            assert getattr(found, name) == kinds.get(name, str)(wanted), name


@pytest.mark.parametrize(("lang", "line"), table("numbers.txt"))
def test_a_number_of_the_table_is_read(lang: str, line: str) -> None:
    example = parse_example(line)
    found = {(n.start, n.end): n for n in numbers_of(example.text, lang)}
    if not example.spans:
        assert not [n for n in found.values() if n.kind != "code"]
    for span, fields in zip(example.spans, example.fields, strict=True):
        assert span in found, sorted(example.text[a:b] for a, b in found)
        check_fields(found[span], fields, FIELDS)


def pack_examples() -> list[tuple[str, Example]]:
    tables = ((lang, load_pack(lang).table("numbers")) for lang in LANGS)
    sections = ((lang, s) for lang, t in tables for s in t.values() if isinstance(s, dict))
    return [(lang, parse_example(line)) for lang, s in sections for line in s.get("examples", ())]


@pytest.mark.parametrize(("lang", "example"), pack_examples())
def test_a_pack_s_example_is_read(lang: str, example: Example) -> None:
    found = {(n.start, n.end): n for n in numbers_of(example.text, lang)}
    for span, fields in zip(example.spans, example.fields, strict=True):
        check_fields(found[span], fields, FIELDS)


@given(TEXTS, st.sampled_from(LANGS))
def test_numbers_lie_in_the_text_in_order_and_apart(text: str, lang: str) -> None:
    found = numbers_of(text, lang)
    assert all(0 <= n.start < n.end <= n.tail <= len(text) for n in found)
    assert all(a.tail <= b.start for a, b in itertools.pairwise(found))


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_grouped_digits_are_read_back(value: int, space: str) -> None:
    assert read_digits(f"{value:,}".replace(",", space)) == (Decimal(value), 0)


@given(st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False))
def test_a_decimal_keeps_its_places(value: Decimal) -> None:
    assert read_digits(str(value).replace(".", ",")) == (value, 2)


KAZAKH = {
    **{1: "бір", 2: "екі", 3: "үш", 4: "төрт", 5: "бес", 6: "алты", 7: "жеті", 8: "сегіз", 9: "тоғыз"},
    **{10: "он", 20: "жиырма", 30: "отыз", 40: "қырық", 50: "елу", 60: "алпыс", 70: "жетпіс", 80: "сексен"},
    **{90: "тоқсан", 100: "жүз", 1000: "мың", 10**6: "миллион", 10**9: "миллиард", 10**12: "триллион"},
}


def kazakh(value: int) -> str:
    """A number in Kazakh words."""
    for order in (10**12, 10**9, 10**6, 1000, 100):
        if value >= order:
            head = kazakh(value // order)
            return f"{head} {KAZAKH[order]} {kazakh(value % order)}".strip()
    tens, units = value - value % 10, value % 10
    return " ".join(KAZAKH[part] for part in (tens, units) if part)


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_a_number_in_kazakh_words_is_read_back(value: int) -> None:
    [found] = numbers_of(f"{kazakh(value)} теңге", "kk")
    assert found.value == value


@pytest.mark.parametrize("sign", "1,.:-/%$ мың")
def test_a_long_run_of_anything_takes_linear_time(sign: str) -> None:
    assert numbers_of(sign * 20_000, "kk") is not None
