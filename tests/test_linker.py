"""Indicators that are learned where no phrase names them."""

import hashlib
import json
from pathlib import Path

import pytest

from kztext import extract
from kztext.catalogue import load_catalogue
from kztext.errors import ModelError
from kztext.linker import MOST, Linker, features_of, load_linker, measures, write_links
from kztext.model_store import differences
from kztext.records import LEARNED, IndicatorRecord, Measure

ROOT = Path(__file__).parents[1]
META = json.loads((ROOT / "models/indicators/meta.json").read_text(encoding="utf8"))


def test_the_model_and_its_data_belong_together() -> None:
    now = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in META["sha256"]}
    assert now == META["sha256"], "run `python -m kztext.train.linker`"
    assert differences(ROOT / "models/indicators") == []


def test_labels_are_of_the_catalogue() -> None:
    known = load_catalogue().indicators
    assert {label for lang in ("kk", "ru") for label in load_linker(lang).labels} <= {"", *known}


def test_most_guesses_on_documents_not_learned_are_right() -> None:
    for lang in ("kk", "ru"):
        found = META[lang]
        assert found["guessed right"] > 3 * found["guessed another"]
        assert found["guessed where gold has none"] < 0.1 * found["without a name, with none in gold"]
        assert found["guessed there"] < 0.05 * found["figures of other real texts without a name"]


def test_a_linker_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_links(tmp_path / "ru.links", ["", "gdp"], [0.5, -0.5], {"s:валово": [-1.0, 1.0], "w:и": [0.0, 0.0]})
    read = load_linker("ru", tmp_path)
    assert read.weights == {"s:валово": ((0, pytest.approx(-1.0)), (1, pytest.approx(1.0)))}
    label, sure = read.guess({"s:валово": 1.0, "s:иное": 1.0})
    assert (label, round(sure, 2)) == ("gdp", 0.73)


@pytest.mark.parametrize("damaged", [b"", b"links", b"\x78\x9c\x03\x00"])
def test_a_damaged_file_is_named(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "kk.links").write_bytes(damaged)
    with pytest.raises(ModelError, match=r"kk\.links.*make models"):
        load_linker("kk", tmp_path)


def test_a_guess_is_flagged_and_never_sure() -> None:
    text = "Инфляция составила 8,6%. ВВП вырос на 4,8%. Зарплата – 405 тыс. тенге.\n" * 3
    records = extract(text + "На прилавках за месяц всё прибавило в цене в среднем на 0,9%.")
    learned = [record for record in records if LEARNED in record.flags]
    assert all(record.indicator and record.confidence <= MOST for record in learned)


def test_a_text_about_other_things_has_no_guesses() -> None:
    text = (
        "Команда забила 3 гола. На стадион пришли 12 тыс. зрителей. Билет стоил 4 500 тенге.\n"
        "Вратарь отбил 86% ударов. Тренер готов заплатить 2 млн тенге. Автобусов было 25.\n"
    )
    assert not [record for record in extract(text) if LEARNED in record.flags]


def record(**fields: object) -> IndicatorRecord:
    base = {"record_id": "a:0", "doc_id": "a", "doc_date": "", "lang": "ru", "start": 0, "end": 4}
    given = next(iter(extract("Рост составил 4%.")))
    return given.__class__(**({name: getattr(given, name) for name in given.__slots__} | base | fields))


@pytest.mark.parametrize(
    ("unit", "measure", "indicator", "fits"),
    [
        ("KZT", "level", "wages", True),
        ("KZT", "level", "population", False),
        ("tonne", "level", "grain_harvest", True),
        ("hectare", "level", "grain_harvest", False),
        ("percent", "level", "inflation", True),
        ("percent", "change", "grain_harvest", True),
        ("percent", "level", "grain_harvest", False),
        ("count", "level", "population", True),
    ],
)
def test_a_unit_must_fit(unit: str, measure: str, indicator: str, fits: bool) -> None:
    known = load_catalogue()
    given = record(unit=unit, measure=Measure(measure))
    assert measures(given, known.indicators[indicator], known) is fits


def test_near_words_count_more() -> None:
    text = "Хлеба в закромах 20 млн тонн"
    start = text.index("20")
    given = record(start=start, end=len(text), unit="tonne", sentence=text, subject="Хлеба")
    found = features_of(given, text, "")
    assert found["l:закром"] > found["l:хлеба"] > 0
    assert isinstance(load_linker("ru"), Linker)
