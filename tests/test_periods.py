"""Periods: every rule's examples, tables of both languages, and how a period is placed against another."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from kztext.calendar import resolve
from kztext.lang.examples import Example, parse_example
from kztext.lang.pack import load_pack
from kztext.numbers import find_numbers
from kztext.periods import find_periods
from kztext.spans import Lang, Layout, Period, PeriodKind, Sentence

LANGS = ("kk", "ru")
HERE = Path(__file__).parent
PACKS = HERE.parent / "src/kztext/lang"
ISO_PERIOD = regex.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4])?")
WORDS_OF_TIME = (
    *(
        "2024",
        "15",
        "31",
        "II",
        "жыл",
        "жылы",
        "жылға",
        "дейін",
        "ақпан",
        "тоқсанда",
        "соңғы",
        "өткен",
        "айда",
    ),
    *(
        "бұрын",
        "ғасыр",
        "жартыжылдық",
        "бес",
        "екінші",
        "сәйкес",
        "кезеңі",
        "бүгін",
        "ж.",
        "–",
        "-",
        ",",
        "%",
    ),
    *(
        "года",
        "годы",
        "лет",
        "за",
        "с",
        "до",
        "к",
        "на",
        "начало",
        "конец",
        "февраля",
        "квартале",
        "последние",
    ),
    *(
        "третьем",
        "назад",
        "месяцев",
        "31.02.2024",
        "2023/24",
        "12:30",
        "век",
        "0",
        "9999",
        "999999999999999999",
    ),
)


def periods_of(text: str, lang: str, doc_date: str = "") -> list[Period]:
    sentence = Sentence(start=0, end=len(text), text=text, lang=Lang(lang), layout=Layout.TEXT)
    pack = load_pack(lang)
    return find_periods(sentence, find_numbers(sentence, pack), pack, doc_date=doc_date)


def rules_of(lang: str) -> list[dict[str, object]]:
    return tomllib.loads((PACKS / lang / "periods.toml").read_text(encoding="utf8"))["rule"]


def rule_examples(key: str) -> list[object]:
    return [
        pytest.param(lang, line, id=f"{lang}-{rule['name']}-{count}")
        for lang in LANGS
        for rule in rules_of(lang)
        for count, line in enumerate(rule.get(key, ()))
    ]


def table_examples() -> list[object]:
    found: list[object] = []
    for lang in LANGS:
        for line in (HERE / "examples" / lang / "periods.txt").read_text(encoding="utf8").splitlines():
            if line.strip() and not line.startswith("#"):
                found.append(pytest.param(lang, line, id=f"{lang}-{line[:40]}"))
    return found


def check(lang: str, example: Example) -> None:
    doc_date = next((fields["doc"] for fields in example.fields if "doc" in fields), "")
    found = {(period.start, period.end): period for period in periods_of(example.text, lang, doc_date)}
    for number, span in enumerate(example.spans):
        assert span in found, [(example.text[a:b], found[a, b]) for a, b in found]
        period = found[span]
        for name, wanted in (example.fields[number] if example.fields else {}).items():
            if name == "flags":
                assert set(wanted.split(",")) <= set(period.flags), period
            elif name != "doc":
                value = getattr(period, name)
                assert str("" if value is None else value) == wanted, (name, period)


@pytest.mark.parametrize(("lang", "line"), rule_examples("examples"))
def test_rule_reads_its_example(lang: str, line: str) -> None:
    check(lang, parse_example(line))


@pytest.mark.parametrize(("lang", "line"), table_examples())
def test_sentence_gives_its_periods(lang: str, line: str) -> None:
    check(lang, parse_example(line))


@pytest.mark.parametrize(
    ("lang", "rule", "line"),
    [
        pytest.param(lang, rule["name"], line, id=f"{lang}-{rule['name']}-{count}")
        for lang in LANGS
        for rule in rules_of(lang)
        for count, line in enumerate(rule.get("not", ()))
    ],
)
def test_rule_stays_silent(lang: str, rule: str, line: str) -> None:
    assert rule not in [period.rule for period in periods_of(line, lang, "2025-11-10")]


def test_packs_have_the_same_keys() -> None:
    tables = [tomllib.loads((PACKS / lang / "periods.toml").read_text(encoding="utf8")) for lang in LANGS]
    assert set(tables[0]) == set(tables[1])


@pytest.mark.parametrize(
    ("flags", "anchor", "first", "last"),
    [
        (("month:10",), "2024", "2024-10", "2024-10"),
        (("months:1-9",), "2012", "2012-01", "2012-09"),
        (("half:1", "year_offset:-1"), "2025", "2024-01", "2024-06"),
        (("same_period", "year_offset:-1", "context"), "2025-01/2025-10", "2024-01", "2024-10"),
        (("year_offset:-1", "context"), "2025-Q3", "2024-Q3", "2024-Q3"),
        (("year_offset:1",), "2003", "2004", "2004"),
        (("window:-3:year",), "2025", "2022", "2025"),
        (("shift:-1:month",), "2025-01", "2024-12", "2024-12"),
    ],
)
def test_resolve_places_a_period_against_another(
    flags: tuple[str, ...], anchor: str, first: str, last: str
) -> None:
    said = Period(start=0, end=1, kind=PeriodKind.OTHER, flags=flags)
    placed = resolve(said, anchor=anchor)
    assert (placed.first, placed.last) == (first, last)


def test_resolve_leaves_a_named_year_alone() -> None:
    said = Period(start=0, end=1, first="1998", last="1998")
    assert resolve(said, anchor="2025") == said


@pytest.mark.parametrize("anchor", ["", "soon", "2025-13", "2025-02-31", "2025/"])
def test_resolve_survives_a_bad_anchor(anchor: str) -> None:
    said = Period(start=0, end=1, flags=("month:2",))
    assert isinstance(resolve(said, anchor=anchor), Period)


@pytest.mark.parametrize("lang", LANGS)
@given(
    words=st.lists(st.sampled_from(WORDS_OF_TIME), max_size=12), doc_date=st.sampled_from(("", "2024-02-29"))
)
def test_periods_lie_in_their_sentence_and_do_not_overlap(lang: str, words: list[str], doc_date: str) -> None:
    text = " ".join(words)
    found = periods_of(text, lang, doc_date)
    for period, following in itertools.pairwise(found):
        assert period.end <= following.start
    for period in found:
        assert 0 <= period.start < period.end <= len(text)
        assert not period.first or ISO_PERIOD.fullmatch(period.first), period
        assert not period.last or ISO_PERIOD.fullmatch(period.last), period
        assert isinstance(resolve(period, anchor="2024-Q1"), Period)
