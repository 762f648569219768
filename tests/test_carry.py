"""What a sentence leaves unsaid, in passages of two to four sentences."""

import pytest

from kztext import extract
from kztext.records import IndicatorRecord

PASSAGES = [
    # periods
    (
        "2019 жылы экспорт 57,7 млрд долларға жетті. Импорт 38,4 млрд доллар болды.",
        {"38,4 млрд доллар": {"indicator": "imports", "period_start": "2019"}},
    ),
    (
        "В 2021 году ВВП вырос на 4,3%. Годом ранее он снизился на 2,5%.",
        {"2,5%": {"indicator": "gdp", "period_start": "2020", "direction": "down"}},
    ),
    (
        "В марте 2024 года инфляция составила 9,1%. В апреле – 8,7%.",
        {"8,7%": {"indicator": "inflation", "period_start": "2024-04"}},
    ),
    (
        "В 2005 году добыли 10 млн тонн нефти. Спустя три года добыча достигла 12 млн тонн.",
        {"12 млн тонн": {"period_start": "2008", "modality": "actual"}},
    ),
    (
        "2005 жылы 10 млн тонна мұнай өндірілді. Араға алты жыл салып, 15 млн тонна мұнай өндірілді.",
        {"15 млн тонна": {"period_start": "2011", "modality": "actual"}},
    ),
    (
        "За 1954–1960 годы посевные площади увеличились с 9,7 до 28,5 млн гектаров.",
        {
            "9,7": {"period_end": "1954"},
            "28,5 млн гектаров": {"period_start": "1960", "aggregation": "period"},
        },
    ),
    (
        "Итоги первого полугодия 2024 года\n\nЗавод выпустил 3 машины. За полгода родилось 4 тыс. детей.",
        {"4 тыс": {"period_start": "2024-01", "period_end": "2024-06"}},
    ),
    (
        "1930 жылы Түрксіб пайдалануға берілді; сол жылы желі 1 400 км-ге ұзарды.",
        {"1 400 км": {"period_start": "1930"}},
    ),
    (
        "1999 жылы 140 млн тонна жүк тасылды. Қазір желінің ұзындығы – 16 мың км.",
        {"16 мың км": {"period_start": ""}},
    ),
    (
        "2024 жылғы тамызда инфляция 8,4% болды. Бір жыл бұрын ол 11,8% деңгейінде еді.",
        {"11,8%": {"period_start": "2023"}},
    ),
    (
        "За 2021–2023 годы экономика выросла на 4,3%, 3,2% и 5,1%.",
        {"4,3%": {"period_end": "2021"}, "5,1%": {"period_start": "2023", "aggregation": "period"}},
    ),
    # what is only set beside a figure dates nothing that follows
    (
        "ИТОГИ 2018 ГОДА\n\nУгля добыто 113 млн т (2017 г. – 107 млн). Тока выработано 107 млрд кВт·ч.",
        {"113 млн т": {"period_start": "2018"}, "107 млрд кВт·ч": {"period_start": "2018"}},
    ),
    (
        "30 ноября 2022 года\n\nРыбаки выловили 38 тыс. тонн рыбы, на 5% больше прошлогодних 36 тыс. тонн. "
        "Мяса получено 600 тыс. тонн.",
        {
            "38 тыс. тонн": {"period_start": "2022"},
            "36 тыс. тонн": {"period_start": "2021"},
            "600 тыс. тонн": {"period_start": "2022"},
        },
    ),
    (
        "2023 жылы Қазақстанда инфляция 9,8% болды. Қырғызстанда инфляция 7,3%, Ресейде инфляция 7,4% болды.",
        {"7,3%": {"period_start": "2023"}, "7,4%": {"period_start": "2023"}},
    ),
    (
        "12 февраля 2024 года\n\nРезервы Нацбанка составили в конце года 35,9 млрд долларов.",
        {"35,9 млрд долларов": {"period_start": "2023", "flags": ("end_of_period",)}},
    ),
    (
        "2024 жылғы 12 ақпан\n\nЖыл соңында инфляция 9,8% болды.",
        {"9,8%": {"period_start": "2023"}},
    ),
    (
        "В 2025 году планируется засеять 16 млн гектаров зерновых. Урожай составит 20 млн тонн.",
        {"20 млн тонн": {"period_start": "2025"}},
    ),
    (
        "Былтыр облыста 12 мектеп салынды. Ауылда 1,4 млн адам, яғни халықтың 38%-ы тұрады.",
        {"1,4 млн": {"period_start": ""}, "38%": {"period_start": ""}},
    ),
    (
        "ОБЗОР ЗА ОКТЯБРЬ 2024 ГОДА\n\nКредиты с начала года выросли на 14,2%. Ставка снизилась на 0,3 п.п.",
        {"0,3 п.п": {"period_start": "2024-10"}},
    ),
    # headings and datelines
    (
        "Январь–март 2023 года\nВыпуск вырос на 2,8%.\n\nАпрель–июнь 2023 года\nВыпуск вырос на 4,6%.\n",
        {"2,8%": {"period_end": "2023-03"}, "4,6%": {"period_start": "2023-04", "period_end": "2023-06"}},
    ),
    (
        "2023 жыл\nОблыста 612 кәсіпорын ашылды.\n\n2024 жыл\nОблыста 655 кәсіпорын ашылды.\n",
        {"612": {"period_start": "2023"}, "655": {"period_start": "2024"}},
    ),
    (
        "АСТАНА, 14 мая 2024 года. С начала года введено 4,1 млн кв. метров жилья.",
        {"4,1 млн кв. метров": {"doc_date": "2024-05-14", "period_start": "2024-01"}},
    ),
    # plans: their years are those of the targets
    (
        "План развития рыболовства на 2024–2028 годы\n\nВ области работают 24 хозяйства.",
        {"24": {"period_start": "", "modality": "actual"}},
    ),
    (
        "К 2030 году доля зелёной энергии должна составить 15%, а к 2050-му – 50%.",
        {"50%": {"period_start": "2050", "modality": "plan"}},
    ),
    # subjects
    (
        "Жұмыссыздық деңгейі 2020 жылы 4,9% болды. 2023 жылы ол 4,7%-ға төмендеді.",
        {"4,7%": {"indicator": "unemployment", "period_start": "2023", "measure": "level"}},
    ),
    (
        "Объем экспорта пшеницы достиг 8 млн тонн. Доля Узбекистана в нем – 38%.",
        {"38%": {"measure": "share"}},
    ),
    # a part that the passage speaks of, and the whole where it says "total"
    (
        "2022 жылы елге 28 млрд доллар шетелдік инвестиция тартылды. "
        "Инвестиция көлемі 2023 жылы 24 млрд доллар.",
        {"24 млрд доллар": {"indicator": "foreign_investment", "flags": ("coreference",)}},
    ),
    (
        "Приток иностранных инвестиций – 28 млрд долларов. Общий объем инвестиций – 45 млрд долларов.",
        {"45 млрд долларов": {"indicator": "investment"}},
    ),
    (
        "Добыча нефти составила 87,7 млн тонн. Производство сократилось на 2%.",
        {"2%": {"indicator": "oil_output", "direction": "down"}},
    ),
    # the head noun alone after the full name
    (
        "2013 жылы мемлекеттік борыш 4,5 трлн теңге болды. 2023 жылы борыш 27,4 трлн теңгеге жетті.",
        {"27,4 трлн теңге": {"indicator": "government_debt", "flags": ("coreference",)}},
    ),
    (
        "Ссудный портфель составил 36,1 трлн тенге. За месяц портфель вырос на 5%.",
        {"5%": {"indicator": "credit", "direction": "up"}},
    ),
    # groups of states
    (
        "ЕАЭО 2015 жылы құрылды. Бұл одақтың халқы 184 млн адам.",
        {"184 млн": {"indicator": "population", "geo": "EAEU"}},
    ),
    (
        "Страны АСЕАН растут быстро. Объем торговли внутри этого объединения превысил 700 млрд долларов.",
        {"700 млрд долларов": {"geo": "ASEAN", "approximation": "more_than"}},
    ),
    (
        "Жобаға 38,6 млрд теңге жұмсалды. Соның 27 миллиарды – банк несиесі.",
        {"27 миллиард": {"unit": "KZT"}},
    ),
    (
        "Доходы бюджета составили 5 трлн тенге. Расходы достигли 6,2 трлн. Население – 20 млн.",
        {"6,2 трлн": {"unit": "KZT"}, "20 млн": {"unit": "count"}},
    ),
    # tables
    (
        "Показатель\tI полугодие 2023 г.\tI полугодие 2024 г.\nТоварооборот, млн долл. США\t1 064\t987\n",
        {"1 064": {"period_end": "2023-06", "geo": "KAZ"}, "987": {"period_end": "2024-06", "unit": "USD"}},
    ),
    (
        "Мақсатты көрсеткіштер\nКөрсеткіш | 2024 | 2026 | 2028\nБалық аулау, тонна | 700 | 1 200 | 2 000\n",
        {
            "1 200": {"period_start": "2026", "modality": "plan"},
            "2 000": {"period_start": "2028", "modality": "plan"},
        },
    ),
    (
        "2021 жылы 440 мың бала туды. Бұл – рекорд. Сол жылы 180 мың адам қайтыс болды.",
        {"180 мың": {"indicator": "deaths", "period_start": "2021"}},
    ),
    # what is so in general has no period of the text before
    (
        "2023 жылы экспорт 78,7 млрд доллар болды. Шағын кәсіпорындардың жартысы саудада жұмыс істейді.",
        {"жарты": {"measure": "share", "period_start": ""}},
    ),
    (
        "В 2023 году выдано 12 тыс. субсидий. Средний тариф равен 5,5%.",
        {"5,5%": {"period_start": ""}},
    ),
    # lists
    (
        "Рост ВВП, в %:\n- 2021 год – 4,3\n- 2022 год – 3,2\n",
        {"4,3": {"indicator": "gdp", "measure": "change", "unit": "percent"}},
    ),
    (
        "Облыстар бойынша жұмыссыздық деңгейі:\n• Ақтөбе облысы – 4,7%\n• Атырау облысы – 4,9%\n",
        {"4,9%": {"indicator": "unemployment", "geo": "KZ-23"}},
    ),
]


def values(record: IndicatorRecord, expected: dict[str, object]) -> dict[str, object]:
    """The fields of a record that something is expected of; of its flags those that are."""
    said = {name: getattr(record, name) for name in expected}
    if "flags" in said:
        said["flags"] = tuple(flag for flag in record.flags if flag in tuple(expected["flags"]))  # type: ignore[arg-type]
    return said


@pytest.mark.parametrize(("text", "expected"), PASSAGES)
def test_what_is_left_unsaid_comes_from_before(text: str, expected: dict[str, dict[str, object]]) -> None:
    found = {record.quote: record for record in extract(text)}
    assert {quote: values(found[quote], fields) for quote, fields in expected.items()} == expected


INTERVIEW = """Қойма салынды

Сұрақтарға басқарма басшысы Ерлан Омаров жауап берді.

– Биыл қанша астық жиналды?
– Облыста 2,4 млн тонна астық жиналды. Оған 9 млрд теңге жұмсалды.
– Қойма жете ме?
– Қоймалар 3 млн тонна астық сыйғызады.
"""
QUOTED = (
    "«Запас хороший: норматив равен 12%, – говорит директор центра «Каспий» Алия Асанова. – "
    "В 2024 году мы ждём роста портфеля на 15%». Инфляция составила 9%."
)


def test_who_is_asked_gives_the_answers_of_an_interview() -> None:
    assert {record.speaker for record in extract(INTERVIEW)} == {"Ерлан Омаров"}


def test_a_name_inside_a_quotation_does_not_end_it() -> None:
    said = [(record.quote, "Алия Асанова" in record.speaker) for record in extract(QUOTED)]
    assert said == [("12%", True), ("15%", True), ("9%", False)]
