"""Language of a sentence: Kazakh or Russian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.identify import identify, weigh
from kztext.spans import Lang

KAZAKH = (
    "Инфляция қарқыны төмендеді",
    "Мұнай бағасы өсті",
    "ЖIӨ өсiмi 5% болды",
    "Экспорт артты",
    "Инфляция деңгейi 40%-дан төмендесе",
    "Доллар бағамы 500 теңгеден асты",
    "жан басына шаққанда",
    "бала сұрады",
    "Шетелден 22 млрд доллар инвестиция тартылды",
    "Бюджеттен мектептерге 40 млрд берілмек",
    "Сосын жоба басталады",
)
RUSSIAN = (
    "Рост экономики составил 5%",
    "В городе открыт музей «Қазақстан»",
    "Акционерное общество «Қазақстан темір жолы» увеличило перевозки на 5%",
    "Инфляция снизилась",
    "«Қазақстан темір жолы» перевёз 250 млн тонн груза",
    "Правительство утвердило «Жасыл Қазақстан»",
    "Да, но не он",
    "в том числе",
    "Глава государства прибыл в Ұлытау",
)


@pytest.mark.parametrize("text", KAZAKH)
def test_kazakh_is_known(text: str) -> None:
    assert identify(text) is Lang.KK


@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_is_known(text: str) -> None:
    assert identify(text, default=Lang.KK) is Lang.RU


def test_text_without_letters_takes_the_default() -> None:
    assert weigh("2024: 5,1 %") == 0
    assert identify("2024: 5,1 %", default=Lang.KK) is Lang.KK


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert identify(text) in Lang
