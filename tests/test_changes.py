"""Changes: what planning texts raise, lower or improve, and the groups that are measured."""

import pytest

from kztext.changes import find_changes, headed, measured_groups
from kztext.lang.pack import load_pack
from kztext.spans import Lang, Layout, Sentence

CASES = [
    (Lang.RU, "Цель – повышение качества услуг.", [("повышение", "качества услуг", "plan")]),
    (
        Lang.RU,
        "Меры позволят увеличить долю сирот с жильём.",
        [("увеличить", "долю сирот с жильём", "future")],
    ),
    (Lang.RU, "В 2016 году число школ сократилось.", [("сократилось", "число школ", "past")]),
    (Lang.RU, "Растёт износ сетей.", [("Растёт", "износ сетей", "now")]),
    (Lang.RU, "Уровень доходов возрастёт.", [("возрастёт", "Уровень доходов", "future")]),
    (
        Lang.RU,
        "Нужно снижение уровня шума и количества аварий.",
        [("снижение", "уровня шума", "plan"), ("снижение", "количества аварий", "plan")],
    ),
    (Lang.RU, "Проведено повышение квалификации врачей.", []),
    (Lang.KK, "Мақсат – қызмет сапасын арттыру.", [("арттыру", "қызмет сапасын", "plan")]),
]


def said(lang: Lang, text: str, heading: str = "") -> list[tuple[str, str, str]]:
    sentence = Sentence(start=0, end=len(text), text=text, lang=lang)
    found = find_changes(sentence, load_pack(lang), heading=heading)
    return [(text[c.start : c.end], text[c.of.start : c.of.end], str(c.tense)) for c in found]


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_change_is_told_of_its_group(lang: Lang, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(lang, text) == expected


def test_a_list_of_results_is_in_the_future() -> None:
    lines = ["Ожидаемые результаты программы:", "рост посещаемости музеев;"]
    sentences = [
        Sentence(start=40 * i, end=40 * i + len(line), text=line, lang=Lang.RU, layout=Layout.ITEM)
        for i, line in enumerate(lines)
    ]
    pack = load_pack(Lang.RU)
    tenses = [c.tense for s, above in headed(sentences, pack) for c in find_changes(s, pack, heading=above)]
    assert tenses == ["future"]


def test_measured_groups_go_on_with_what_they_belong_to() -> None:
    text = "Показатели: доля сельских школ, протяжённость дорог района."
    groups = measured_groups(Sentence(start=0, end=len(text), text=text, lang=Lang.RU), load_pack(Lang.RU))
    assert [text[g.start : g.end] for g in groups] == [
        "Показатели",
        "доля сельских школ",
        "протяжённость дорог района",
    ]


def test_long_text_without_signs_is_read_in_linear_time() -> None:
    text = "повышение качества " * 2000
    assert said(Lang.RU, text)
