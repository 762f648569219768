"""What a user's catalogue file brings into a run, and what is said of one that is not in order."""

from pathlib import Path

import pytest

from kztext import extract
from kztext.errors import PackError
from kztext.lang.pack import load_pack
from kztext.resources import Resources, load_resources

OWN = """
[[indicator]]
id = "saxaul_planted"
kk = "Отырғызылған сексеуіл"
ru = "Посадки саксаула"
topic = "environment"
phrases_kk = ["сексеуіл~ отырғыз*"]
phrases_ru = ["посадк~ саксаул~"]

[[place]]
geo = "KZ-ARAL"
ru = "Приаралье"
phrases_ru = ["Приараль~"]

[[unit]]
id = "sack"
dimension = "mass"
factor = "50"
phrases_kk = ["қап~"]
phrases_ru = ["мешок", "мешк~"]

[[unit]]
id = "XTS"
dimension = "money"
phrases_kk = ["¤"]
phrases_ru = ["¤", "тестик~"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_without_a_file_the_packs_are_those_of_the_package() -> None:
    assert Resources().pack("kk") is load_pack("kk")


def test_a_pack_is_extended_once_and_the_own_one_stays_as_it_is(own: Path) -> None:
    resources = load_resources(own)
    assert resources.pack("ru") is resources.pack("ru")
    assert all(entry["id"] != "sack" for entry in load_pack("ru").table("units")["unit"])


def test_indicator_and_place_of_the_user_are_in_the_records(own: Path) -> None:
    [record] = extract("В 2023 году посадки саксаула в Приаралье выросли на 5%.", catalogue=own)
    assert (record.indicator, record.topic, record.geo) == ("saxaul_planted", "environment", "KZ-ARAL")


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("В 2023 году собрано 30 мешков моркови.", "30 мешков", 30, "sack"),
        ("2023 жылы 40 қаптан астам картоп сатылды.", "40 қап", 40, "sack"),
        ("В 2023 году экспорт составил ¤500 млн.", "¤500 млн", 500_000_000, "XTS"),
        ("В 2023 году экспорт составил 20 тестиков.", "20 тестиков", 20, "XTS"),
    ],
    ids=["ru", "kk", "sign", "money"],
)
def test_units_of_the_user_are_read_with_their_endings(
    own: Path, text: str, quote: str, value: int, unit: str
) -> None:
    records = extract(text, catalogue=own)
    assert [(r.quote, r.value, r.unit) for r in records] == [(quote, value, unit)]


def test_the_example_of_the_docs_is_in_order(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs/catalogue.md").read_text(encoding="utf-8")
    path = tmp_path / "docs.toml"
    path.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert load_resources(path).catalogue.phrases.keys() == {"kk", "ru"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[unit]]\nid = "x"', r"unit 'x': needs `dimension`"),
        ('[[unit]]\nid = "x"\ndimension = "mass"\nfactor = "ten"', r"unit 'x': `factor` is a number over 0"),
        ('[[unit]]\nid = "x"\ndimension = "mass"\nfactor = 0', r"unit 'x': `factor` is a number over 0"),
        (
            '[[unit]]\nid = "x"\ndimension = "mass"\nphrases_ru = ["a|b"]',
            r"unit 'x': 'a\|b' is not how a unit",
        ),
        ('[[unit]]\nid = "x"\ndimension = "mass"\nweak_ru = ["a"]', r"unit 'x': unknown key 'weak_ru'"),
        ('[[indicator]]\nid = "x"\nru = "х"\nphrases_ru = ["[рост"]', r"indicator 'x': .*\[рост"),
        ('[[indicator]]\nid = "x"\nru = "х"\nphrases_ru = ["рост …  a b"]', r"indicator 'x': after `…`"),
        ('[[place]]\ngeo = "x"\nru = "х"\nphrases_kk = ["_ х"]', r"place 'x': '_ х' is not a phrase"),
    ],
    ids=["dimension", "factor", "zero", "phrase", "weak", "bracket", "beyond", "place"],
)
def test_what_is_not_in_order_is_said_before_the_run(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=rf"own\.toml: {message}"):
        load_resources(path)
