"""The catalogue holds together: ids, wholes, topics; a user's file adds to it and says what is wrong."""

from itertools import product

import pytest
import regex

from kztext.catalogue import load_catalogue, search_catalogue
from kztext.errors import PackError
from kztext.indicators import find_indicators
from kztext.lang.lexicon import extended, spelled_out
from kztext.lang.pack import load_pack
from kztext.places import find_places
from kztext.spans import Lang, Sentence

CYRILLIC_LATIN = regex.compile(r"\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}")
TABLES = ("indicators", "places", "topics")


def strings(table):
    if isinstance(table, dict):
        for value in table.values():
            yield from strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from strings(value)
    elif isinstance(table, str):
        yield table


def said(lang, text):
    sentence = Sentence(start=0, end=len(text), text=text, lang=Lang(lang))
    return sentence


def test_catalogue_holds_two_hundred_indicators_with_names_topic_and_unit():
    indicators = load_catalogue().indicators.values()
    assert len(indicators) >= 200
    for entry in indicators:
        assert entry.name_kk
        assert entry.name_ru
        assert entry.name_en
        assert entry.topic in load_catalogue().topics
        assert entry.unit_class
        assert regex.fullmatch(r"[a-z][a-z0-9_]*", entry.id)


def test_names_stand_in_their_own_script():
    for entry in load_catalogue().indicators.values():
        assert not CYRILLIC_LATIN.search(entry.name_kk + " " + entry.name_ru)
        assert not regex.search(r"\p{Cyrillic}", entry.name_en)


def test_kazakhstan_has_the_regions_and_cities_of_2022():
    own = {geo for geo, place in load_catalogue().places.items() if place.part_of == "KAZ"}
    numbers = (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)
    assert own == {f"KZ-{n}" for n in numbers}


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_indicator_has_phrases_in_both_languages(lang):
    assert set(load_pack(lang).table("indicators")["indicator"]) == set(load_catalogue().indicators)


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_places_and_topics_of_the_packs_are_in_the_catalogue(lang):
    assert set(load_pack(lang).table("places")["place"]) <= set(load_catalogue().places)
    assert set(load_pack(lang).table("topics")["topic"]) <= set(load_catalogue().topics)


@pytest.mark.parametrize("table", TABLES)
def test_packs_have_the_same_keys(table):
    kk, ru = load_pack("kk").table(table), load_pack("ru").table(table)
    assert kk.keys() == ru.keys()
    for key in kk:
        if key not in ("indicator", "place", "twin"):
            assert set(kk[key]) == set(ru[key])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_word_mixes_scripts(lang, table):
    assert [text for text in strings(load_pack(lang).table(table)) if CYRILLIC_LATIN.search(text)] == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_phrase_names_two_indicators(lang):
    owner = {}
    for name, lists in load_pack(lang).table("indicators")["indicator"].items():
        for phrase in strings(lists):
            if "…" not in phrase:
                for words, before, after in spelled_out(phrase):
                    for forms in product(*(word.split("|") for word in words)):
                        assert owner.setdefault((*forms, before, after), name) == name, phrase


def test_search_finds_by_name_id_and_code():
    assert search_catalogue("inflation")[0].id == "inflation"
    assert search_catalogue("жалақы")[0].topic == "labour"
    assert [entry.id for entry in search_catalogue("SL.UEM.TOTL.NE.ZS")] == ["unemployment"]
    assert search_catalogue("no such thing") == []


USER_FILE = """
[[indicator]]
id = "camel_number"
kk = "Түйе саны"
ru = "Поголовье верблюдов"
en = "Camel number"
topic = "agriculture"
unit_class = "count"
part_of = "livestock_number"
phrases_kk = ["түйе саны~"]
phrases_ru = ["поголовь~ верблюдов"]

[[indicator]]
id = "gdp"
phrases_ru = ["пирог~ экономики"]

[[place]]
geo = "XX-UT"
en = "Utopia"
kind = "country"
phrases_kk = ["Утопия~"]
phrases_ru = ["Утопи~"]

[[unit]]
id = "sack"
dimension = "mass"
factor = "50"
phrases_ru = ["мешк~"]
"""


@pytest.fixture
def user_catalogue(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(USER_FILE, encoding="utf8")
    return load_catalogue(path)


def test_user_file_adds_indicators_places_and_units(user_catalogue):
    assert user_catalogue.indicators["camel_number"].part_of == "livestock_number"
    assert user_catalogue.indicators["gdp"].name_en == "Gross domestic product"
    assert user_catalogue.places["XX-UT"].name_ru == "Utopia"
    assert user_catalogue.units["sack"]["factor"] == "50"
    assert "camel_number" not in load_catalogue().indicators


def test_phrases_of_a_user_file_are_found(user_catalogue):
    pack = extended(load_pack("ru"), user_catalogue)
    text = "В Утопии поголовье верблюдов выросло на 5%, пирог экономики тоже"
    assert [m.indicator for m in find_indicators(said("ru", text), pack)] == ["camel_number", "gdp"]
    assert [(p.geo, p.rule) for p in find_places(said("ru", text), pack)] == [("XX-UT", "country")]
    assert find_places(said("ru", text), load_pack("ru")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[indicator]]\nid = "x"\ntopik = "trade"', r"own\.toml: indicator 'x': unknown key 'topik'"),
        ('[[indicator]]\nkk = "x"', r"own\.toml: indicator 1: needs `id`"),
        ('[[indicator]]\nid = "x"', r"own\.toml: indicator 'x': needs a name"),
        ('[[indicator]]\nid = "x"\nru = "х"\ntopic = "trad"', r"'x': unknown topic 'trad' \(have: growth"),
        ('[[indicator]]\nid = "x"\nru = "х"\nmeasure = "sum"', r"'x': unknown measure 'sum'"),
        ('[[indicator]]\nid = "x"\nru = "х"\npart_of = "gpd"', r"'x': `part_of` names no indicator: 'gpd'"),
        ('[[indicator]]\nid = "x"\nru = "х"\nwb = "NY"', r"'x': `wb` is a list of texts"),
        ('[[indicator]]\nid = "x"\nru = "х"\n[[indicator]]\nid = "x"\nru = "х"', r"'x' stands there twice"),
        ('[indicator]\nid = "x"', r"own\.toml: write `\[\[indicator\]\]`"),
        ('[[indikator]]\nid = "x"', r"own\.toml: unknown table 'indikator'"),
        ("[[indicator", r"own\.toml: "),
    ],
    ids=["key", "id", "name", "topic", "measure", "whole", "codes", "twice", "table", "kind", "toml"],
)
def test_error_in_a_user_file_names_file_and_entry(tmp_path, text, message):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf8")
    with pytest.raises(PackError, match=message):
        load_catalogue(path)


def test_absent_user_file_is_named(tmp_path):
    with pytest.raises(PackError, match=r"none\.toml: cannot be read"):
        load_catalogue(tmp_path / "none.toml")


def test_bad_phrase_of_a_user_file_is_named(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[[indicator]]\nid = "x"\nru = "х"\nphrases_ru = ["[рост"]', encoding="utf8")
    with pytest.raises(PackError, match=r"'x'.*\[рост"):
        find_indicators(said("ru", "рост"), extended(load_pack("ru"), load_catalogue(path)))
