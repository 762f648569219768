"""Whether a number's unit can measure what a name stands for."""

from __future__ import annotations

from kztext.catalogue import Catalogue
from kztext.spans import IndicatorMention, Quantity

AMOUNTS = frozenset({"mass", "volume", "area", "energy"})
EXTENTS = frozenset({"length", "area", "power"})  # what no sum of money is told in
LAND = frozenset({"mass", "area", "yield"})
UNMEASURED = frozenset({"count", "percent", "years"})  # what no money, mass or length says the size of
PHYSICAL = frozenset({"mass", "volume", "area", "length", "energy", "power"})
SUMS = frozenset({"money", "price"})
# Topics whose sums are of no goods that could be weighed instead.
NO_GOODS = frozenset(
    {"prices", "money", "government", "investment", "labour", "income", "education", "policy"}
)
SIZES = frozenset({"gdp", "grp", "gnp"})
ECONOMY = 1_000_000_000  # of any money, that an economy makes at least
PRICE = 10_000_000  # of money that a thing named in passing costs less than


def fits(mention: IndicatorMention, quantity: Quantity, catalogue: Catalogue) -> bool:
    """Whether a quantity can measure what a mention names: money counts no enterprises."""
    entry = catalogue.indicators.get(mention.indicator)
    if entry is None:
        return True
    unit = quantity.unit
    measure = str(catalogue.units.get(unit, {}).get("dimension", "money" if unit.isupper() else ""))
    if measure == "time" and "weak" in mention.flags:
        return entry.unit_class in ("years", "time")  # "әйелдерде 79,5 жас": not of the women
    summed = measure == "money" or (not measure and quantity.multiplier > 1)
    if entry.id in SIZES and "weak" in mention.flags and summed:
        return abs(quantity.value) >= ECONOMY  # "в экономике среднее – 364 тысячи" is none of its size
    if measure in entry.by_unit:
        return True
    if "told" in mention.flags:
        return told_in(entry.unit_class, measure)
    if measure in PHYSICAL and entry.unit_class in SUMS and entry.topic in NO_GOODS:
        return False  # "за рубеж отправили 68 млн тонн": no transfers of money
    if "length" in (measure, entry.unit_class) and measure in PHYSICAL:
        return measure == entry.unit_class
    if entry.unit_class == "price" and "weak" in mention.flags:
        priced = measure == "money" and abs(quantity.value) < PRICE  # "мұнай … 40 млрд доллар" is none
        return priced or (entry.is_rate and measure == "ratio")
    if measure in ("", "ratio", "count", "time"):
        return True
    if unit == "centner" and entry.unit_class == "yield":  # "әр гектардан 20 центнер"
        return True
    if entry.unit_class in LAND and measure in LAND:  # hectares are no harvest
        return measure == entry.unit_class
    if measure == "yield" or (measure in LAND and "weak" in mention.flags and entry.unit_class == "money"):
        return measure == entry.unit_class
    if entry.unit_class == "money" and measure in EXTENTS:
        return False
    if entry.unit_class == "price" and measure in AMOUNTS:
        return False
    return entry.unit_class not in UNMEASURED


def told_in(unit_class: str, measure: str) -> bool:
    """Whether what people do can be told in units of a kind: "под 7%" is a rate, "под 7 миллионов" none."""
    if unit_class == "percent":
        return measure == "ratio"
    if unit_class == "years":
        return measure == "time"
    if unit_class == "yield":
        return measure in ("", "ratio", "yield", "mass")
    if unit_class in AMOUNTS:
        return measure in ("", "ratio", "money", unit_class)
    if unit_class in ("money", "count"):
        return measure in ("", "ratio", unit_class)
    return True
