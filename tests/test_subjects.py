"""Subjects: the whole noun group that a number is about, and nothing but it."""

from __future__ import annotations

from functools import partial

import pytest

from kztext import pipeline
from kztext.lang.pack import load_pack
from kztext.nouns import Role, case_of, is_verb, lexicon, words_between
from kztext.records import Document, IndicatorRecord
from kztext.resources import Resources
from kztext.spans import Lang, Sentence
from timing import seconds

RESOURCES = Resources()


def records(text: str) -> list[IndicatorRecord]:
    return list(pipeline.extract_document(Document(doc_id="x", text=text), RESOURCES).records)


def subjects(text: str) -> list[str]:
    return [record.subject for record in records(text)]


COUNTED = [
    ("Былтыр облыста 27 ауылдық кітапхана ашылды.", "ауылдық кітапхана"),
    ("Жобаға 340 маман тартылды.", "маман"),
    ("Қалада екі жылда 58 жаңа спорт алаңы салынды.", "жаңа спорт алаңы"),
    ("Аудандағы 19 мектепке жаңа жиһаз әкелінді.", "мектепке"),
    ("Цехта 260 адам жұмысқа алынды.", "адам"),
    ("В прошлом году закуплено 37 школьных автобусов.", "школьных автобусов"),
    ("За год отремонтировано 112 км сельских дорог.", "сельских дорог"),
    ("Обучение прошли 1,4 тыс. сварщиков и слесарей.", "сварщиков и слесарей"),
    ("При пожаре 43 человека пострадали.", "человека пострадали"),
    ("Выдано 216 грантов для молодых учёных.", "грантов для молодых учёных"),
]

TOLD = [
    ("Кешіккен рейстердің үлесі 12%-ды құрады.", "Кешіккен рейстердің үлесі"),
    ("Кітапхана қоры 1,7 млн данаға жетті.", "Кітапхана қоры"),
    ("Қауіпсіз және таза вагондардың үлесі 64%-ға өсті.", "Қауіпсіз және таза вагондардың үлесі"),
    (
        "Суармалы жерге салынған бақтардың көлемі 3 мың гектар болды.",
        "Суармалы жерге салынған бақтардың көлемі",
    ),
    ("Изношенность водопроводных сетей составила 61%.", "Изношенность водопроводных сетей"),
    ("Тариф на вывоз мусора вырос на 9%.", "Тариф на вывоз мусора"),
    ("Число пассажиров, довольных сервисом, увеличилось на 7%.", "Число пассажиров, довольных сервисом"),
    ("Площадь, занятая под сады, составила 1820 гектаров.", "Площадь"),
    ("Единовременная загрузка складов – 9 460 мест.", "Единовременная загрузка складов"),
]

NOT_THESE = [
    "В рамках программы открыто 14 музеев.",
    "На закуп оборудования из областного бюджета направлено 620 млн тенге.",
    "«Зелёная» генерация заняла 5,8%.",
    "Бағдарлама аясында 14 мұражай ашылды.",
]


@pytest.mark.parametrize(("text", "subject"), COUNTED)
def test_counted_things_stand_behind_the_number(text: str, subject: str) -> None:
    assert subjects(text)[0] == subject


@pytest.mark.parametrize(("text", "subject"), TOLD)
def test_what_a_figure_is_said_of_stands_before_it(text: str, subject: str) -> None:
    assert subjects(text)[0] == subject


def test_a_share_is_told_by_what_stands_behind_its_dash() -> None:
    assert subjects("Построено 40 домов, треть из них – общежития.")[1] == "общежития"
    assert subjects("Кезекте 720 азамат тұр: 38 пайызы – жетім балалар.")[1] == "жетім балалар"
    assert subjects("Аялдамалардың 48%-ы – жаңа аялдама.")[0] == "жаңа аялдама"


def test_money_is_for_its_aim() -> None:
    assert subjects("На закуп оборудования из областного бюджета направлено 620 млн тенге.") == [
        "закуп оборудования"
    ]
    assert subjects("Мектептерге бюджеттен 4 млрд теңге бөлінді.") == ["Мектептерге"]


def test_circumstances_are_no_subject() -> None:
    assert subjects("В рамках программы открыто 14 музеев.") == ["музеев"]
    assert subjects("При неблагоприятном сценарии поток гостей сократится на 8%.") == ["поток гостей"]
    assert subjects("Доля безналичных покупок в общем обороте достигла 87%.") == ["Доля безналичных покупок"]


def test_quotation_marks_stay_whole() -> None:
    assert subjects("«Зелёная» генерация заняла 5,8% рынка.")[0] == "«Зелёная» генерация"


def test_the_subject_is_the_nearer_clause_s() -> None:
    assert (
        subjects("Врачей не хватает: укомплектованность амбулаторий – 86%.")[0]
        == "укомплектованность амбулаторий"
    )


def test_a_catalogued_name_is_taken_whole() -> None:
    assert subjects("Жұмыссыздық деңгейі 4,7% болды.") == ["Жұмыссыздық деңгейі"]
    assert subjects("Средняя ставка по ипотеке выросла до 12%.") == ["Средняя ставка по ипотеке"]


@pytest.mark.parametrize("text", [text for text, _ in COUNTED + TOLD] + NOT_THESE)
def test_no_subject_ends_or_begins_with_small_words_or_digits(text: str) -> None:
    for record in records(text):
        known = lexicon(load_pack(record.lang))
        words = record.subject.lower().strip("«»").split()
        assert words
        assert words[0] not in known.prepositions | known.joints
        assert words[-1] not in known.prepositions | known.joints
        assert not any(c.isdigit() for c in record.subject)


def test_nouns_that_end_as_verbs_do() -> None:
    kk, ru = load_pack("kk"), load_pack("ru")
    for word in ("школа", "цены", "капитал", "область", "неделя", "зерно"):
        assert not is_verb(word, False, ru), word
    for word in ("построено", "выросли", "принесла", "снизился", "держат", "подтверждён"):
        assert is_verb(word, False, ru), word
    assert is_verb("салынды", False, kk)
    assert not is_verb("шитті", True, kk)
    assert case_of("сауда", kk) == case_of("Қазақстан", kk) == "nom"
    assert case_of("қалада", kk) == "loc"


def test_roles() -> None:
    text = "вчера на станции измерили длину путей и тоннелей"
    sentence = Sentence(start=0, end=len(text), text=text, lang=Lang.RU)
    roles = {w.text: w.role for w in words_between(sentence, 0, len(text), (), (), load_pack("ru"))}
    assert roles["на"] is Role.PREPOSITION
    assert roles["измерили"] is Role.BREAK
    assert roles["и"] is Role.JOINT
    assert roles["путей"] is Role.NOUN


@pytest.mark.parametrize("item", ["доля складов, довольных сервисом, – 5%, ", "қойма үлесі – 5%, "])
def test_time_grows_with_the_length(item: str) -> None:
    short, long = (seconds(partial(records, item * count + ".")) for count in (20, 80))
    assert long < max(12 * short, 1.0)
