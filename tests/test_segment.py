"""Sentences: where they end, what kind of line they stand in, and that nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from kztext.repair import repair_text
from kztext.segment import LONGEST, segment, tokenize
from kztext.spans import Lang, Layout, Sentence
from strategies import TEXTS


def sentences(text: str) -> list[Sentence]:
    return segment(repair_text(text))


# "|" stands where a sentence ends.
SPLIT = {
    "plain": "Өсім басталды.| Баға көтерілді!| Ал жалақы ше?| Ол өспеді…| Сөйтіп тоқтады.",
    "year": "2023 ж. Қазақстан экспорты өсті.| Импорт 2024 ж. қысқарды.",
    "year_last": "Завод открыли в Караганде осенью 2023 г.| Выпуск начался через год.",
    "year_opening": "В 2023 г. Казахстан нарастил экспорт.",
    "scale": "Экспорт 5 млрд. АҚШ доллары болды.| Импорт 3 млн. теңге болды.",
    "initials": "А. Байтұрсынов пен М. О. Әуезов келді.| Ғ. Бөкейхан кетті.",
    "and_so_on": "Мұнай, газ, т.б. өнімдер сатылды.| Көмір, мыс және т.б.| Басқасы қалды.",
    "spaced_abbreviation": "Сахар, мука и т. д.| Цены выросли, т. е. подорожали.",
    "that_is": "Рост замедлился, т.е. составил 2%.| Это мало.",
    "city": "Завод в г. Атырау и ул. Абая.| Новый цех.",
    "decimal": "Өсім 5.2 пайыз.| Төмендеу 3.1 болды.",
    "list_number": "1. Мақсаты мен міндеттері.| 2. Нәтижелер.",
    "quoted": "«Баға өсті.| Жалақы да өсті», – деді ол.| Бәрі келісті.",
    "direct_speech": "— Баға өсті ме? — деп сұрады ол.| — Иә, өсті.",
    "footnote": "Итоги 2023 года подвели в январе.¹| Рост составил 5%.[3]| Спад был в 2020 году.",
    "lower_case": "Бұл сөйлем аяқталды.| келесі сөйлем кіші әріптен басталды.",
    "brackets": "Экспорт (мұнай, газ т.б. Ресейге) өсті.| Импорт азайды.",
    "unit": "Жауын мөлшері 500 мм.| Эльбрус биік.",
}


@pytest.mark.parametrize("marked", SPLIT.values(), ids=SPLIT)
def test_sentence_ends(marked: str) -> None:
    found = [sentence.text for sentence in sentences(marked.replace("|", ""))]
    assert found == [part.strip() for part in marked.split("|")]


def layouts(text: str) -> list[tuple[str, str]]:
    return [(sentence.layout.value, sentence.text) for sentence in sentences(text)]


def test_list_has_an_introduction_and_items() -> None:
    assert layouts("Бюджет кірістері:\n• 2021 ж. – 14,4 трлн теңге;\n• 2022 ж. – 22,6 трлн.\nОл өсті.") == [
        ("heading", "Бюджет кірістері:"),
        ("item", "• 2021 ж. – 14,4 трлн теңге;"),
        ("item", "• 2022 ж. – 22,6 трлн."),
        ("text", "Ол өсті."),
    ]


def test_list_and_its_introduction_share_a_block() -> None:
    found = sentences("Мақала.\n\nӨсім, пайызбен:\n2015 жыл – 1,2\n2016 жыл – 1,1\n\nСоңы.")
    assert [sentence.block for sentence in found] == [0, 1, 1, 1, 2]


def test_table_rows_are_sentences() -> None:
    assert layouts("Инфляция, %\n| Жыл | Мән |\n| 2019 | 5,4 |") == [
        ("heading", "Инфляция, %"),
        ("row", "| Жыл | Мән |"),
        ("row", "| 2019 | 5,4 |"),
    ]
    assert [kind for kind, _ in layouts("Год\tИнфляция\n2017\t7,1")] == ["row", "row"]


def test_list_on_one_line_is_parted() -> None:
    assert layouts("Мақсаттар: 1) өсім; 2) баға; 3) жалақы. Бәрі орындалды.") == [
        ("heading", "Мақсаттар:"),
        ("item", "1) өсім;"),
        ("item", "2) баға;"),
        ("item", "3) жалақы."),
        ("text", "Бәрі орындалды."),
    ]


def test_title_in_capitals_is_a_heading() -> None:
    assert layouts("ҚАЗАҚСТАН ЭКОНОМИКАСЫНЫҢ ДАМУЫЕлдегі өсім басталды") == [
        ("heading", "ҚАЗАҚСТАН ЭКОНОМИКАСЫНЫҢ ДАМУЫ"),
        ("text", "Елдегі өсім басталды"),
    ]


def test_date_line_is_apart_from_the_first_sentence() -> None:
    assert layouts(" date 2026-02-10 На заседании обсудили рост. Он мал.") == [
        ("heading", "date 2026-02-10"),
        ("text", "На заседании обсудили рост."),
        ("text", "Он мал."),
    ]


def test_each_sentence_has_its_own_language() -> None:
    found = sentences("Инфляция қарқыны төмендеді. Рост экономики составил 5%.")
    assert [sentence.lang for sentence in found] == [Lang.KK, Lang.RU]


def test_sentence_without_words_has_the_language_around_it() -> None:
    found = sentences("Өсім, пайызбен:\n2015 – 1,2\n2016 – 1,1")
    assert {sentence.lang for sentence in found} == {Lang.KK}


def tokens(text: str) -> list[str]:
    return [token.text for sentence in sentences(text) for token in tokenize(sentence)]


def test_tokens() -> None:
    assert tokens("ЖІӨ-нің өсімі 31,2%-ға жетті (1998 ж.).") == [
        "ЖІӨ-нің", "өсімі", "31,2%-ға", "жетті", "(", "1998", "ж.", ")", ".",
    ]  # fmt: skip
    assert tokens("Рост на 5%, т.е. А. Иванов прав.") == [
        "Рост", "на", "5", "%", ",", "т.е.", "А.", "Иванов", "прав", ".",
    ]  # fmt: skip


@given(TEXTS)
@settings(max_examples=300)
def test_sentences_hold_every_character_once(original: str) -> None:
    text = repair_text(original)
    found = segment(text)
    assert all(sentence.text == text.repaired[sentence.start : sentence.end] for sentence in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(a.block <= b.block for a, b in pairwise(found))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.repaired.split())
    assert all(sentence.text == sentence.text.strip() != "" for sentence in found)
    assert all(isinstance(sentence.layout, Layout) for sentence in found)


@given(TEXTS)
def test_tokens_hold_every_character_of_their_sentence(original: str) -> None:
    text = repair_text(original)
    for sentence in segment(text):
        found = tokenize(sentence)
        assert all(t.text == text.repaired[t.start : t.end] for t in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert "".join("".join(t.text.split()) for t in found) == "".join(sentence.text.split())


@pytest.mark.parametrize("unit", ["1 2 3 4,5 6% ", "а", '"«(', "жүз мың миллион екі "], ids=str.strip)
def test_a_stretch_without_end_is_cut_where_it_may_be(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    found = sentences(text)
    assert max(len(s.text) for s in found) <= LONGEST
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
