"""Which quantities of a sentence are figures, and which only say what a figure is counted on or named by."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from kztext.found import Found
from kztext.places import QUOTED
from kztext.spans import Case, Lang, Quantity, is_money

COMPOUND = regex.compile(r"[-–]\p{L}{3}")  # "2-тарау", "5-этажный": no ending, so the number counts nothing
EQUALS = regex.compile(r"\s*[–—=:-]\s*")
WORDS = regex.compile(r"[ \p{L}-]{1,50}")  # "1000 [тірі туған нәрестеге] шаққанда"
ISSUE_END = regex.compile(r"\s*(?:[.,;:)»]|$)")  # "выпуск 58. Расшифровка", not "выпуск 58 тонн"
ISSUE = regex.compile(r"№\s?\d+\s?\($")  # "Обзор № 4 (137)": the second number of an issue
TITLE_WORDS = 3  # that a name in quotation marks has at most, where it holds a number
PRICED = frozenset(
    {"kilogram", "litre", "cubic_metre", "square_metre", "tonne", "barrel", "kwh", "hectare", "metre", "km"}
)
PRICE_REACH = 60  # characters between what is priced and its price
FAR_REACH = 90  # between "one" and the number that is told of it
STOP = regex.compile(r"[;.!?]\s")
ROUND = (1, 10, 100, 1000)


def figures(item: Found) -> Found:
    """The sentence without the quantities that only say what a figure is counted on.

    "868 на 100 тыс. населения" says one number, "1 доллар – 498 теңге" too, "«100 шагов»" and "5-бап" none.
    """
    priced = {one for one, two in pairwise(item.quantities) if is_price_of(one, two, item)}
    kept = [
        quantity
        for quantity in item.quantities
        if quantity not in priced
        and not is_base(quantity, item)
        and (quantity.unit or not is_name(quantity, item))
        and not is_header(quantity, item)
    ]
    lasting = [p for p in item.periods if not any(p.start <= q.start < p.end for q in kept)]
    return replace(item, quantities=tuple(kept), periods=tuple(lasting))


def is_price_of(one: Quantity, two: Quantity, item: Found) -> bool:
    """Whether a number says what a price is of: "1 доллар – 498 теңге", "бір текше метрі 368 теңге"."""
    start = item.sentence.start
    between = item.sentence.text[max(0, one.end - start) : max(0, two.start - start)]
    if is_each(one, two) and len(between) < FAR_REACH and not STOP.search(between):
        return True
    if one.unit in PRICED and one.value == 1 and is_money(two.unit):
        return len(between) < PRICE_REACH and not STOP.search(between)
    money = is_money(one.unit) and is_money(two.unit)
    if not money or one.unit == two.unit or one.value not in ROUND:
        return False
    return EQUALS.fullmatch(item.sentence.text, one.outer_end - start, two.outer_start - start) is not None


def is_each(one: Quantity, two: Quantity) -> bool:
    """Whether "one" only says of what each another number is told: "бір гектардан 29 центнер алынады"."""
    worded = "number_words" in one.flags and one.value == one.high == one.multiplier == 1
    if not worded or one.unit in ("", "percent", "percentage_point", "times", two.unit):
        return False
    return one.unit != "count" or (one.case is not Case.NOM or two.unit != "")


def is_base(quantity: Quantity, item: Found) -> bool:
    """Whether a number says what another is counted on: "на 100 тыс. населения"."""
    end, text, shift = quantity.end, item.sentence.text, item.sentence.start
    after = [c for c in item.cues if c.kind == "per" and quantity.start < c.end]
    behind = item.sentence.lang is Lang.KK  # "1000 адамға шаққанда"; "на 100 тыс. жителей" has it inside
    near = any(c.start <= (end + 1 if behind else quantity.start) for c in after)
    worded = item.sentence.lang is Lang.KK and not quantity.unit
    return near or (worded and any(WORDS.fullmatch(text, end - shift, c.start - shift) for c in after))


def is_header(quantity: Quantity, item: Found) -> bool:
    """Whether a scale word stands alone, as in the head of a table: "млрд", "тыс.:"."""
    text = item.sentence.text[quantity.start - item.sentence.start : quantity.end - item.sentence.start]
    rest = item.sentence.text[quantity.outer_end - item.sentence.start :].lstrip(" \xa0")
    scale = quantity.value == quantity.multiplier > 1 and not any(c.isdigit() for c in text)
    return scale and rest[:1] in ("", ":", ",", ")", "|", "\t", "\n")


def is_name(quantity: Quantity, item: Found) -> bool:
    """Whether a bare number is part of a name: "5-бап", "5-этажный", "«100 шагов»", of an issue, labelled."""
    start, text = item.sentence.start, item.sentence.text
    if COMPOUND.match(text, quantity.outer_end - start):
        return True
    if any(c.kind == "label" and 0 <= c.start - quantity.outer_end <= 1 for c in item.cues):
        return True
    at, end = quantity.start - start, quantity.end - start
    issued = any(c.kind == "issue" and 0 <= quantity.start - c.end <= 1 for c in item.cues)
    issued = issued and quantity.multiplier == 1 and ISSUE_END.match(text, end) is not None
    if issued or ISSUE.search(text[:at]):
        return True
    titles = (m for m in QUOTED.finditer(text) if m[0].count(" ") < TITLE_WORDS)
    return any(m.start() < at and end < m.end() for m in titles)
