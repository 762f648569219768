"""Repair: what is mended, what is left alone, and the laws of offsets."""

from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kztext.masthead import document_date
from kztext.repair import decode, repair_text
from kztext.segment import segment, tokenize
from strategies import TEXTS
from timing import seconds

MENDED = {
    "latin_i": ("ЖIӨ-нiң өсiмi", "ЖІӨ-нің өсімі"),
    "other_lookalikes": ("экoнoмика дaмыды", "экономика дамыды"),
    "latin_word_with_cyrillic_letters": ("СOVID-19", "COVID-19"),
    "roman_numeral": ("ХІХ ғасыр, ІІІ тоқсан, І квартал", "XIX ғасыр, III тоқсан, I квартал"),
    "nbsp": ("5\u00a0млрд\u202fтеңге", "5 млрд теңге"),
    "dash": ("2020−2021", "2020-2021"),
    "soft_hyphen": ("эконо\u00adмика", "экономика"),
    "composed": ("мои\u0306", "мой"),
    "sentences": ("өсе бастады.Қазақстанда 5%", "өсе бастады. Қазақстанда 5%"),
    "clauses": ("1998 жылы – 1,9%,ал өткен жылы", "1998 жылы – 1,9%, ал өткен жылы"),
    "list": ("орын алуда:1)\tөсім;2)\tбаға;Осы", "орын алуда:\n1) өсім;\n2) баға;\nОсы"),
    "bullets": ("болады: •\tөсiм;•\tбаға", "болады:\n• өсім;\n• баға"),
    "title": ("ІСКЕ АСУ БАРЫСЫТарихтан бері", "ІСКЕ АСУ БАРЫСЫ\nТарихтан бері"),
    "heading": ("жалпы жағдайыЖалпы елімізде", "жалпы жағдайы\nЖалпы елімізде"),
    "number_and_word": ("1998жылы 12,5млрд теңге", "1998 жылы 12,5 млрд теңге"),
    "word_and_number": ("көлемі12,5 млрд", "көлемі 12,5 млрд"),
    "cut_after_scale": ("капитал 6 млрд\nдоллардан астам", "капитал 6 млрд доллардан астам"),
    "cut_after_preposition": ("рост цен на\nпродукты", "рост цен на продукты"),
    "entities": ("5&nbsp;% &laquo;рост&raquo;", "5 % «рост»"),
    "kz1048": ("Ќазаќстан экономикасыныѕ ґсуі", "Қазақстан экономикасының өсуі"),
    "utf8": ("Рост доходов".encode().decode("cp1251"), "Рост доходов"),
}

LEFT_ALONE = (
    "XX ғасыр",
    "I тоқсанда IT-компания",
    "BAQ.KZ",
    "https://stat.gov.kz/a.B",
    "А.Байтұрсынов пен Қ.К.Тоқаев",
    "КазМунайГаз, ҚазТрансОйл",
    "АСЕАНның елдері",
    "31,2%-ға, 20-дан, 1990шы, 5%ға, 3-ші, 90-х",
    "12,5 және 12.5",
    "счёт 3:1 (25:14);",
    "15-20 млн\nРесейдің Транссибімен",
    "көлемі 12,5 млрд\nКөріп отырғанымыздай",
    "төмендеді\nэкономикалық өсуде",
    "2017\t7,1\n2018\t5,3",
    "  шегініс",
    "м2, CO2, А380",
    "– дефис — тире",
    "Сложность: ●●○○○",
)


@pytest.mark.parametrize(("damaged", "mended"), MENDED.values(), ids=MENDED)
def test_repair_mends(damaged: str, mended: str) -> None:
    assert repair_text(damaged).repaired == mended


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_repair_leaves_alone(text: str) -> None:
    assert repair_text(text).repaired == text


def test_cut_quantity_maps_to_both_lines() -> None:
    text = repair_text("Қазақстанға 6 млрд\nдоллардан астам капитал")
    start = text.repaired.index("6 млрд доллар")
    left, right = text.to_original(start, start + len("6 млрд доллар"))
    assert text.original[left:right] == "6 млрд\nдоллар"


def test_text_wrapped_by_hand_is_joined() -> None:
    wrapped = (
        "Рост валового внутреннего продукта страны за первые девять\n"
        "месяцев года составил пять целых и одну десятую процента, что\n"
        "соответствует прогнозам министерства национальной экономики и\n"
        "ожиданиям междуна-\nродных организаций, которые были опубликованы весной."
    )
    assert repair_text(wrapped).repaired == (
        "Рост валового внутреннего продукта страны за первые девять "
        "месяцев года составил пять целых и одну десятую процента, что "
        "соответствует прогнозам министерства национальной экономики и "
        "ожиданиям международных организаций, которые были опубликованы весной."
    )


def test_columns_of_spaces_become_cells() -> None:
    assert repair_text("Жыл      Өсім\n2017     4,1\n2018     4,1").repaired == (
        "Жыл\tӨсім\n2017\t4,1\n2018\t4,1"
    )


def test_justified_text_is_no_table() -> None:
    text = "согласно   ст.  26    Устава\nрайона   и    кодекса   области"
    assert "\t" not in repair_text(text).repaired


@given(TEXTS)
@settings(max_examples=300)
@example("1жаж\n")
def test_repairing_twice_changes_nothing_more(original: str) -> None:
    once = repair_text(original).repaired
    assert repair_text(once).repaired == once


@given(TEXTS)
def test_every_character_knows_its_place(original: str) -> None:
    text = repair_text(original)
    assert text.original == original
    assert len(text.starts) == len(text.ends) == len(text.repaired)
    for at, char in enumerate(text.repaired):
        start, end = text.to_original(at, at + 1)
        assert 0 <= start <= end <= len(original)
        if original[start:end] == char and at:
            assert text.starts[at - 1] <= start


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыьэюяәғқңөұүһі ", max_size=80))
def test_plain_words_come_back_as_they_were(words: str) -> None:
    plain = " ".join(words.split())
    assert repair_text(plain).repaired == plain


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048", "ptcp154"])
def test_kazakh_is_decoded_from(encoding: str) -> None:
    text = "Қазақстан экономикасының өсімі 2025 жылы 6,5%-ға жетті. Ұлттық банк мөлшерлемені көтерді."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "cp866", "utf-16"])
def test_russian_is_decoded_from(encoding: str) -> None:
    text = "Рост экономики Казахстана в 2025 году составил 6,5%. Банк поднял ставку."
    assert decode(text.encode(encoding)) == text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(bytes(range(0x80, 0x100)) * 4)


DATES = {
    "seed": (" date 2026-02-10 На заседании", "2026-02-10"),
    "iso_line": ("Заголовок\n2025-03-01\nТекст", "2025-03-01"),
    "dotted": ("10.02.2026\nТекст", "2026-02-10"),
    "russian": ("10 февраля 2026 года\nТекст", "2026-02-10"),
    "kazakh": ("2026 жылғы 10 ақпан\nМәтін", "2026-02-10"),
    "kazakh_day_first": ("10 ақпан 2026 жыл\nМәтін", "2026-02-10"),
    "none": ("На 10 февраля 2026 года приходится", ""),
    "date_alone": ("Егін\n\n2025 жылғы 20 қазан. Өңірде 2 млн тонна астық жиналды.", "2025-10-20"),
    "chronicle": ("Хроника\n\n5 мая 2021 года. Открыт мост.\n7 июня 2022 года. Открыт тоннель.", ""),
    "told": ("12 ноября 2025 г. Нацбанк повысил ставку до 18%.", ""),
    "dateline": ("Итоги года\nГород Қонаев, 7 февраля 2025 года\nТекст", "2025-02-07"),
    "bracket": ("Облыс\n(2023 жылғы 25 қазандағы жедел дерек)\nМәтін", "2023-10-25"),
    "agency": ("АСТАНА, 3 июля 2025 года, «Степь-Пресс». Цены", "2025-07-03"),
    "numbered": ("Министерство\nПресс-релиз № 4-7/31 от 21 октября 2024 года\nТекст", "2024-10-21"),
    "issue": ("Обзор рынка, выпуск № 46, 18.11.2024\nТекст", "2024-11-18"),
    "law": ("В законе № 5 от 3 мая 2020 года сказано", ""),
    "office": ("Қала әкімдігі\nАнықтама\n11.03.2025 ж. № 04-12/318\n1. Тұрғын үй", "2025-03-11"),
    "number_first": ("БАСҚАРМА\n№ 17-2/45, 2024 жылғы 9 қыркүйек\nМәтін", "2024-09-09"),
    "speech": (
        "ОТЧЁТ\nТезисы выступления акима района Серика Омарова, Аксу, 6 марта 2025 года\nТекст",
        "2025-03-06",
    ),
    "council": (
        "СПРАВКА\nо ходе посевной кампании в районах области, к заседанию коллегии, 12.05.2024 г.\nТекст",
        "2024-05-12",
    ),
    "weekly": ("Базар\n«Апта» газеті, № 12 (340), 2025 жылғы 21 наурыз\nМәтін", "2025-03-21"),
    "place_behind": ("Шолу\n14 қараша 2024 ж., Алматы қаласы\nМәтін", "2024-11-14"),
    "clock": ("Агенттік\n3 марта 2025 года, 09:15\nТекст", "2025-03-03"),
    "author": ("Баға\nАйбек Омар, шолушы | 5 мамыр 2024 жыл\nМәтін", "2024-05-05"),
    "as_of": ("Облыс\n2025 жылғы 1 қаңтардағы жағдай бойынша дерек", ""),
    "report": (
        "Маңғыстау облысы әкімінің 2025 жылғы 4 шілдедегі есебінен\n\nҚұрметті әріптестер!",
        "2025-07-04",
    ),
    "stenogram": ("Из стенограммы совещания 28 января 2026 года\n\nВедущий: Начнём.", "2026-01-28"),
    "published": ("Опубликовано 2 декабря 2022\nТекст", "2022-12-02"),
    "event": ("На заседании 25 октября 1990 года принята Декларация.\nТекст", ""),
    "in_text": (
        "Порт\nВ среду, 5 мая 2021 года, в городе открыли порт, который строили девять лет подряд.",
        "",
    ),
    "no_such_day": ("10.13.2026\nТекст", ""),
}


@pytest.mark.parametrize(("text", "date"), DATES.values(), ids=DATES)
def test_document_date(text: str, date: str) -> None:
    assert document_date(text) == date


@given(TEXTS)
def test_document_date_never_fails(text: str) -> None:
    assert len(document_date(text)) in (0, 10)


@pytest.mark.parametrize("piece", ["а.", " ", "\t", "1,", "1 млн\nа", "iа", "•", "т.б", "ааааА", "&amp;"])
def test_odd_text_takes_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        for sentence in segment(repair_text(text)):
            tokenize(sentence)

    short, long = (seconds(partial(read, piece * (size // len(piece)))) for size in (20_000, 80_000))
    assert long < 10 * short + 0.5
