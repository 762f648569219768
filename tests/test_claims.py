"""Claims: what a sentence without a number says of which thing, and what is no statement."""

import pytest

from kztext.pipeline import extract_document
from kztext.records import Document
from kztext.resources import Resources

RESOURCES = Resources()

SAID = [
    # trends: of the catalogue, of a thing outside it, gapped, pointing back
    ("Экспорт зерна вырос.", "trend", "grain_exports", "up"),
    ("Реальные доходы населения при этом не изменились.", "trend", "household_income", "stable"),
    ("Кредит будет дорожать, а безработица – снижаться.", "trend", "unemployment", "down"),
    ("Спрос на дачи заметно увеличился.", "trend", "", "up"),
    ("Пенсии обогнали цены.", "comparison", "pension", ""),
    ("Цены обгоняют пенсии.", "comparison", "inflation", ""),
    ("Очередь в сады длинная, и она, увы, растёт.", "trend", "", "up"),
    ("В области наблюдается рост преступности.", "trend", "crime", "up"),
    ("Спад был преодолён уже в 2021 году.", "trend", "gdp", "up"),
    ("Инфляция бәсеңдей бастады.", "trend", "inflation", "down"),
    ("Мектепке сұраныс артты.", "trend", "", "up"),
    ("Балықшылардың орташа жасы төмендеді.", "trend", "", "down"),
    ("Жұмыссыздық өзгерген жоқ.", "trend", "unemployment", "stable"),
    ("Теңге бір айдан бері әлсіреп келеді.", "trend", "exchange_rate", "down"),
    ("Ауылда жұмыссыздықтың төмендеуі байқалды.", "trend", "unemployment", "down"),
    ("Биыл жұмыссыздық сәл төмендеген.", "trend", "unemployment", "down"),
    ("Поставки за рубеж упали.", "trend", "exports", "down"),
    ("Регулятор повысил базовую ставку.", "trend", "base_rate", "up"),
    ("Тарифы на воду не изменятся.", "trend", "utility_tariffs", "stable"),
    ("Экономика вошла в рецессию.", "trend", "gdp", "down"),
    ("Бюджет саласы қызметкерлерінің жалақысы көтерілді.", "trend", "wages", "up"),
    ("Мектеп түлектерінің білім сапасы жақсарды.", "trend", "", "up"),
    ("Экспорт ұлғаяды.", "trend", "exports", "up"),
    ("Жанармай нарығындағы ахуал тұрақты.", "trend", "", "stable"),
    ("Наблюдается тенденция к снижению инфляции.", "trend", "inflation", "down"),
    ("Экономика вернулась к росту.", "trend", "gdp", "up"),
    ("Экономика өсімге қайта оралды.", "trend", "gdp", "up"),
    ("Ет өндіру былтырғы деңгейде қалды.", "trend", "meat_output", "stable"),
    ("Закон подписан 5 июля.", "event", "", ""),
    # told by phrases that say nothing beside a figure
    ("Ипотека понемногу ожила.", "trend", "mortgage", "up"),
    ("Безработица остаётся прежней.", "trend", "unemployment", "stable"),
    ("Спрос на жильё сохраняется.", "trend", "", "stable"),
    ("Тенге слабеет вторую неделю.", "trend", "exchange_rate", "down"),
    ("Туризм облыста қайта жандана бастады.", "trend", "tourism", "up"),
    ("Жұмыссыздық орнынан қозғалған жоқ.", "trend", "unemployment", "stable"),
    ("Астық экспорты рекорд жаңартты.", "trend", "grain_exports", "up"),
    ("На прилавках преобладают местные марки.", "comparison", "", ""),
    ("Ауылдағы жол қаладағыдан нашар.", "comparison", "", ""),
    ("Сенокос в области завершён.", "event", "", ""),
    # infinitives with their auxiliaries, negated or not, the other aspect, pictures
    ("Безработица должна сократиться к осени.", "trend", "unemployment", "down"),
    ("Добычу нефти удалось нарастить.", "trend", "oil_output", "up"),
    ("Поголовье скота перестало сокращаться.", "trend", "livestock_number", ""),
    ("Ставку снижать пока не собираемся.", "trend", "interest_rate", ""),
    ("Неравенство углубляется.", "trend", "inequality", "up"),
    ("Туристов становится больше.", "trend", "tourists", "up"),
    ("Спад в промышленности продолжается.", "trend", "industrial_output", "down"),
    ("Тұрғын үй құрылысы тоқырап тұр.", "trend", "housing_construction", "down"),
    ("Жұмыссыздық күзге қарай азаюы тиіс.", "trend", "unemployment", "down"),
    ("Баспана бағасының өсуі тоқтады.", "trend", "housing_price", "stable"),
    ("Теңсіздік тереңдеді.", "trend", "inequality", "up"),
    # words that the subject of the text makes plain
    ("В бюджете дыра, долг растёт.", "trend", "government_debt", "up"),
    ("Ауылдағы табыс азайып барады.", "trend", "household_income", "down"),
    # acts in the future, days behind a dash
    ("Завод откроют в декабре.", "event", "", ""),
    ("Проект внесём в марте.", "event", "", ""),
    ("Реформаны қаңтарда бастаймыз.", "event", "", ""),
    ("Следующее заседание – 14 октября.", "event", "", ""),
    ("Келесі отырыс – 14 қазанда.", "event", "", ""),
    ("Жаңа кодекс қабылданды.", "event", "", ""),
    # events beside figures, seasons, definitions
    ("Строительство дороги началось в 1927 году; спустя три года построено 1 442 км путей.", "event", "", ""),
    ("Выборы состоятся осенью 2025 года.", "event", "", ""),
    ("Сайлау 2025 жылдың күзінде өтеді.", "event", "", ""),
    ("ВВП – это стоимость всех товаров и услуг, произведённых за год.", "definition", "gdp", ""),
    ("ЖІӨ – бір жылда өндірілген барлық тауарлар мен қызметтердің құны.", "definition", "gdp", ""),
    # comparisons
    ("Самые высокие зарплаты – в горной отрасли.", "comparison", "wages", ""),
    ("Дәрігерлердің жалақысы мұғалімдердікінен жоғары.", "comparison", "wages", ""),
    ("Инфляция в мае замедлилась, но сохраняется выше прогноза.", "comparison", "inflation", ""),
    ("По темпам роста 2019 год – лучший за десятилетие.", "comparison", "gdp", ""),
    ("Алматы по безработице опережает Астану.", "comparison", "unemployment", ""),
    ("Қызмет көрсету саласының үлесі өнеркәсіптікінен жоғары.", "comparison", "services", ""),
    ("ЖІӨ көлемі 1990 жылғы деңгейге 2003 жылы ғана жетті.", "comparison", "gdp", ""),
]

SILENT = [
    "Почему растут цены?",
    "Если инфляция замедлится, посмотрим.",
    "Хотелось бы, чтобы зарплаты выросли.",
    "Снизится ли безработица, неизвестно.",
    "Снижение ставки поможет бизнесу.",
    "Ипотека қашан арзандайды?",
    "Экспорт өсе берсін.",
    "Сарапшылар инфляцияның төмендеуін талқылады.",
    "Цель программы – снизить безработицу.",
    "Для роста экспорта нужны новые рынки.",
    "Жалоб на рост цен не поступало.",
    "Әкім қала халқының санын арттыру мәселесін айтты.",
    "Сарапшылар жоғары деңгейде кездесті.",
]


def claims_of(text: str):
    return [
        c for c in extract_document(Document(doc_id="a", text=text), RESOURCES).claims if c.kind != "quantity"
    ]


@pytest.mark.parametrize(("text", "kind", "indicator", "direction"), SAID)
def test_statement_is_told(text: str, kind: str, indicator: str, direction: str) -> None:
    assert (kind, indicator, direction) in {(c.kind, c.indicator, c.direction) for c in claims_of(text)}


@pytest.mark.parametrize("text", SILENT)
def test_no_trend_is_told(text: str) -> None:
    assert not [c for c in claims_of(text) if c.kind in ("trend", "comparison")]


def test_a_year_that_was_reached_late_is_the_period_of_the_comparison() -> None:
    (claim,) = claims_of("ЖІӨ көлемі 1990 жылғы деңгейге 2003 жылы ғана жетті.")
    assert (claim.period_start, claim.period_end) == ("2003", "2003")


def test_next_year_is_counted_from_the_year_named_before() -> None:
    claims = claims_of("2015 жылы баға өсімі жеделдеді, келесі жылы инфляция бәсеңдеді.")
    assert [(c.period_start, c.direction) for c in claims] == [("2015", "up"), ("2016", "down")]


def test_an_event_ahead_is_a_plan() -> None:
    text = "date 2025-03-01\nХабарлама.\nКөпір 2025 жылғы 1 қыркүйекте ашылады."
    events = list(extract_document(Document(doc_id="a", text=text, doc_date="2025-03-01"), RESOURCES).claims)
    assert [(c.kind, c.modality, c.period_start) for c in events] == [("event", "plan", "2025-09-01")]


def test_quotes_are_letter_for_letter() -> None:
    text = "Бюджет\nтапшылығы  азайды, ал экспорт өсті."
    for claim in extract_document(Document(doc_id="a", text=text), RESOURCES).claims:
        assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("За неделю: сахар подорожал на 3%, импорт сократился", ["quantity", "trend"]),
        ("Апта қорытындысы: ұн 2%-ға қымбаттады, импорт азайды", ["quantity", "trend"]),
    ],
)
def test_a_headline_with_figures_makes_claims(text: str, kinds: list[str]) -> None:
    extraction = extract_document(Document(doc_id="a", text=text), RESOURCES)
    assert [str(claim.kind) for claim in extraction.claims] == kinds
    assert extraction.claims[0].record_ids == tuple(record.record_id for record in extraction.records)
