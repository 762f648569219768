"""Quantities: tables of both languages, the examples of the units, and laws."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.catalogue.units import catalogue_units
from kztext.lang.examples import Example, parse_example
from kztext.lang.pack import load_pack
from kztext.numbers import find_numbers
from kztext.periods import find_periods
from kztext.quantities import find_quantities
from kztext.spans import Lang, Quantity, Sentence
from strategies import TEXTS
from test_numbers import LANGS, check_fields, table

FIELDS = {"value": Decimal, "high": Decimal, "multiplier": Decimal, "decimals": int, "negative": bool}
PARTS = ("units", "hedges")


def quantities_of(text: str, lang: str) -> list[Quantity]:
    sentence = Sentence(start=0, end=len(text), text=text, lang=Lang(lang))
    pack = load_pack(lang)
    numbers = find_numbers(sentence, pack)
    return find_quantities(sentence, numbers, find_periods(sentence, numbers, pack), pack)


@pytest.mark.parametrize(("lang", "line"), table("quantities.txt"))
def test_a_quantity_of_the_table_is_read(lang: str, line: str) -> None:
    example = parse_example(line)
    found = {(q.start, q.end): q for q in quantities_of(example.text, lang)}
    if not example.spans:
        assert not found, [example.text[a:b] for a, b in found]
    for span, fields in zip(example.spans, example.fields, strict=True):
        assert span in found, sorted(example.text[a:b] for a, b in found)
        check_fields(found[span], fields, FIELDS)


def entries() -> list[tuple[str, dict[str, list[str]]]]:
    tables = ((lang, load_pack(lang).table(part)) for lang in LANGS for part in PARTS)
    return [(lang, e) for lang, t in tables for key in ("unit", "hedge") for e in t.get(key, ())]


def pack_examples() -> list[tuple[str, Example]]:
    return [(lang, parse_example(line)) for lang, entry in entries() for line in entry.get("examples", ())]


@pytest.mark.parametrize(("lang", "example"), pack_examples())
def test_a_pack_s_example_is_read(lang: str, example: Example) -> None:
    found = {(q.start, q.end): q for q in quantities_of(example.text, lang)}
    outer = {(q.outer_start, q.outer_end): q for q in found.values()}
    for span, fields in zip(example.spans, example.fields, strict=True):
        check_fields({**outer, **found}[span], fields, FIELDS)


def counterexamples() -> list[tuple[str, str, str]]:
    return [
        (lang, e.get("id", e.get("means", "")), line) for lang, e in entries() for line in e.get("not", ())
    ]


@pytest.mark.parametrize(("lang", "meaning", "text"), counterexamples())
def test_a_pack_s_counterexample_is_not_read(lang: str, meaning: str, text: str) -> None:
    assert all(meaning not in (q.unit, q.approximation) for q in quantities_of(text, lang))


def test_every_unit_of_the_packs_is_in_the_catalogue() -> None:
    known = catalogue_units().keys()
    for lang in LANGS:
        assert {e["id"] for e in load_pack(lang).table("units")["unit"]} <= known


def test_a_measure_of_the_catalogue_names_its_dimension() -> None:
    assert all(unit.dimension for unit in catalogue_units().values())


@given(TEXTS, st.sampled_from(LANGS))
def test_quantities_lie_in_the_text_in_order_and_apart(text: str, lang: str) -> None:
    found = quantities_of(text, lang)
    assert all(0 <= q.outer_start <= q.start < q.end <= q.outer_end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= q.value <= q.high for q in found)


@given(
    st.decimals(min_value=1, max_value=10**6, places=1),
    st.sampled_from(["пайыз", "%", " млн теңге", " тонна"]),
)
def test_a_written_quantity_is_read_back(value: Decimal, unit: str) -> None:
    text = f"{value}".replace(".", ",") + unit
    [found] = quantities_of(text, "kk")
    assert (found.start, found.end) == (0, len(text))
    assert found.value == value * found.multiplier
