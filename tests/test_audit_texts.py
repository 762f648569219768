"""The audit on whole passages: what it finds in their words, and what it leaves alone."""

import pytest

from kztext.pipeline import audit, extract_document
from kztext.records import Document, Severity
from kztext.resources import Resources

RESOURCES = Resources()

CONFLICTS = [
    (
        "Доходы бюджета составили 15,2 трлн тенге, расходы – 18,4 трлн тенге, дефицит – 2,2 трлн.",
        "difference",
    ),
    ("Бюджет кірісі 15,2 трлн теңге, шығысы 18,4 трлн теңге, тапшылығы 2,2 трлн теңге болды.", "difference"),
    ("Родилось 365 тыс. детей, умерло 133 тыс. человек, естественный прирост – 252 тыс.", "difference"),
    ("Былтыр 365 мың бала туып, 133 мың адам қайтыс болды, табиғи өсім 252 мың адам.", "difference"),
    ("Индекс физического объёма строительства – 96,4%, то есть отрасль выросла на 3,6%.", "direction"),
    ("Құрылыстың НКИ 96,4% болып, сала 3,6%-ға өсті.", "direction"),
    ("Сдано 19,1 млн кв. метров жилья: в городах – 14,2 млн, в сёлах – 5,9 млн.", "part_sum"),
    ("19,1 млн шаршы метр үй берілді: қалаларда – 14,2 млн, ауылдарда – 5,9 млн шаршы метр.", "part_sum"),
    ("За 2021–2023 годы экономика выросла на 4,3%, 3,2% и 5,1%; накопленный рост – 15,8%.", "compounding"),
    ("ЖІӨ 2021 жылы 4%-ға, 2022 жылы 3%-ға өсті; екі жылдағы жиынтық өсім 9,8% болды.", "compounding"),
    ("В 2022 году инфляция была 20,3%, в 2023 году – 9,8%. За год инфляция ускорилась.", "trend"),
    ("2022 жылы инфляция 20,3%, 2023 жылы 9,8% болды. Бір жылда инфляция жеделдеді.", "trend"),
    ("Номинальная зарплата выросла на 12%, инфляция – 9%, реальная зарплата – на 8%.", "real_nominal"),
    ("Қызметтің үлесі 57%, өнеркәсіптің үлесі 26%. Өнеркәсіптің үлесі қызметтен жоғары.", "claim_vs_numbers"),
    (
        "В 2023 году действовало 120 сельских врачебных амбулаторий. Дороги ремонтируются. "
        "По отчёту, в 2023 году насчитывалось 135 сельских врачебных амбулаторий.",
        "contradiction",
    ),
]

CLEAN = [
    "В 2023 году экспорт составил 78,7 млрд долларов, импорт – 61,2 млрд, сальдо – 17,5 млрд.",
    "В сёлах построено 12 школ, в городах – 20 школ.",
    "На дороги выделено 120 млрд тенге, на школы – 80 млрд тенге, бюджет развития – 400 млрд тенге.",
    "Сәбіз 180 теңгеден 240 теңгеге дейін көтерілді, пияз 14 пайызға қымбаттады.",
    "Әйелдердің үлесі 52%, жастардың үлесі 28%, еңбекке қабілеттілердің үлесі 57%.",
    "План – 100 школ, построено 85 школ, или 85%.",
]


def rules(text: str) -> set[str]:
    found = extract_document(Document(doc_id="a", text=text, doc_date="2024-03-01"), RESOURCES)
    findings = audit(found.records, found.claims)
    return {
        f.rule for f in findings if f.severity is not Severity.INFO and not f.rule.startswith("reference")
    }


@pytest.mark.parametrize(("text", "rule"), CONFLICTS)
def test_a_conflict_is_found(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_is_found_in_what_agrees(text: str) -> None:
    assert not rules(text)
