"""What the stages find, in the prediction format of the benchmark files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import regex

from kztext.catalogue.units import catalogue_units, money_units
from kztext.changes import find_changes, headed, measured_groups
from kztext.lang.pack import load_pack
from kztext.lexing import lex
from kztext.numbers import find_numbers
from kztext.numerals import lexicon
from kztext.periods import find_periods
from kztext.quantities import find_quantities
from kztext.segment import segment
from kztext.spans import Case, Lang, Number, NumberKind, Period, PeriodKind, Quantity, Sentence, Span
from kztext.text import Text
from kztext.unitwords import match_unit, unit_words

Row = Mapping[str, Any]
DIGITS = regex.compile(r"\d+")
ENDING = regex.compile(r"(?:[-‐‑–—]?\p{L}++)?+")
RATIOS = frozenset({"percent", "percentage_point", "basis_point", "per_mille"})
NEAR = 4  # a blank, a comma, a preposition
OUTER = frozenset(
    {"since", "toward", "than", "compared", "month_named", "months_named", "first_months_result"}
)  # period rules whose last Kazakh word the data sets leave out
SHORT_RATES = frozenset({"second", "minute", "hour"})
BARE = frozenset({"", "count", "times"})  # what the data sets count as plain numbers


def predict_spans(task: str, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Predictions for the rows of a benchmark file: typed spans with values, one dictionary a row.

    `task` is kk-num, kk-val, ru-num or values. Of a row only `id`, `lang`, `text` and `ref` are read.
    """
    for row in rows:
        lang, text = Lang(row["lang"]), str(row["text"])
        if task == "ru-num":
            sentences = [replace(s, lang=lang) for s in segment(Text.of(text))]
        else:
            sentences = [Sentence(start=0, end=len(text), text=text, lang=lang)]
        doc_date = str(row.get("ref", ""))[:10]
        spans = [span for sentence in sentences for span in sentence_spans(sentence, doc_date)]
        if task == "kk-num":
            spans = [span for span in spans if not span.pop("article", False)]
        yield {"id": row["id"], "spans": spans}


def predict_changes(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """What each row's text says is to change, and when; and the other things it measures."""
    for row in rows:
        lang = Lang(row["lang"])
        pack = load_pack(lang)
        sentences = [replace(s, lang=lang) for s in segment(Text.of(str(row["text"])))]
        claims: list[dict[str, Any]] = []
        groups: list[Span] = []
        for sentence, heading in headed(sentences, pack):
            changes = find_changes(sentence, pack, heading=heading)
            claims += [
                {"indicator": place(one.of), "change": place(one), "tense": str(one.tense)} for one in changes
            ]
            measured = measured_groups(sentence, pack)
            groups += [g for g in measured if not any(g.overlaps(one.of) for one in changes)]
        yield {"id": row["id"], "claims": claims, "indicators": [place(group) for group in groups]}


def place(span: Span) -> dict[str, int]:
    """Where a span stands."""
    return {"start": span.start, "end": span.end}


def sentence_spans(sentence: Sentence, doc_date: str = "") -> Iterator[dict[str, Any]]:
    """The typed spans of one sentence: its periods, its quantities, and the numbers that are neither."""
    pack = load_pack(sentence.lang)
    numbers = find_numbers(sentence, pack)
    periods = find_periods(sentence, numbers, pack, doc_date=doc_date)
    quantities = find_quantities(sentence, numbers, periods, pack)
    for period in periods:
        age = any(number.kind is NumberKind.AGE and number.overlaps(period) for number in numbers)
        span = period_span(period, sentence, age=age)
        if sentence.lang is Lang.RU and period.kind is PeriodKind.TIME:
            span["start"], span["end"] = with_day(period, periods)
        yield span
    for quantity in quantities:
        yield quantity_span(quantity, sentence, numbers)
    taken = [*periods, *quantities]
    for number in numbers:
        if not any(number.overlaps(span) for span in taken):
            yield from number_spans(number, sentence)


def period_span(period: Period, sentence: Sentence, *, age: bool = False) -> dict[str, Any]:
    """A period as DATE, TIME, DURATION or AGE; `age` says that a number in it is one."""
    span: dict[str, Any] = {"start": period.start, "end": period_end(period, sentence), "type": "DATE"}
    if period.length is not None or period.kind is PeriodKind.DURATION:
        span["unit"] = period.length_unit
        if period.length is not None:
            span["value"] = as_json(period.length)
            if period.length < 1 and period.length_unit == "hour":
                span |= {"value": as_json(period.length * 60), "unit": "minute"}
        span["type"] = "AGE" if age or "age" in period.flags else "DURATION"
    if period.kind is PeriodKind.TIME:
        span["type"] = "TIME"
    if period.kind is not PeriodKind.DURATION and (period.first or period.last):
        first, last = period.first or period.last, period.last or period.first
        span["type"] = "TIME" if period.kind is PeriodKind.TIME else "DATE"
        span |= {"value": first if first == last else [first, last]}
        span.pop("unit", None)
    return span


def with_day(time: Period, periods: Sequence[Period]) -> tuple[int, int]:
    """The extent of a time of day with the day beside it ("вечером 21 июня"): the data set nests the two."""
    for day in periods:
        if day.kind is PeriodKind.DATE and 0 <= max(day.start - time.end, time.start - day.end) <= NEAR:
            return min(day.start, time.start), max(day.end, time.end)
    return time.start, time.end


def period_end(period: Period, sentence: Sentence) -> int:
    """Where the data sets end a period: before a word after it that says what it is compared with."""
    if sentence.lang is not Lang.KK or period.rule not in OUTER:
        return period.end
    said = sentence.text[period.start - sentence.start : period.end - sentence.start]
    return period.start + len(said.rpartition(" ")[0].rstrip()) if " " in said else period.end


def numeral_end(quantity: Quantity, numbers: Iterable[Number]) -> int:
    """Where the numeral of a quantity ends."""
    return next((n.tail for n in numbers if n.start <= quantity.start < n.end), quantity.end)


def quantity_span(quantity: Quantity, sentence: Sentence, numbers: Iterable[Number]) -> dict[str, Any]:
    """A quantity as PERCENT, MONEY, QUANTITY, CARDINAL or AGE, with the ending of its last word."""
    offset = sentence.start
    grown = ENDING.match(sentence.text, quantity.end - offset)
    start, end = quantity.start, grown.end() + offset if grown is not None else quantity.end
    if sentence.lang is Lang.RU and quantity.unit == "point":
        end = numeral_end(quantity, numbers)
    elif sentence.lang is Lang.KK and quantity.unit != "count":
        behind = sentence.text[end - offset : quantity.outer_end - offset].split()
        if quantity.case is not Case.NOM or len(behind) == 1:  # no counted noun between
            end = max(end, quantity.outer_end)
    if quantity.negative or "signed" in quantity.flags or quantity.per in SHORT_RATES:
        start = min(start, quantity.outer_start)
    value, high = quantity.value, quantity.high
    if "fraction" in quantity.flags:
        value, high = value / 100, high / 100
    if quantity.negative:
        value, high = -value, -high
    span: dict[str, Any] = {"start": start, "end": end, "type": quantity_type(quantity)}
    span["value"] = as_json(value) if value == high else [as_json(value), as_json(high)]
    if quantity.unit and quantity.unit not in BARE:
        span["unit"] = unit_name(quantity.unit)
    return span


def quantity_type(quantity: Quantity) -> str:
    """The type of a quantity: a list member that shares its unit is a plain number in the data sets."""
    unit = quantity.unit
    if quantity.kind is NumberKind.AGE:
        return "AGE"
    if unit in BARE or "fraction" in quantity.flags or "shared_unit" in quantity.flags:
        return "CARDINAL"
    if unit in RATIOS:
        return "PERCENT"
    return "MONEY" if unit in money_units() else "QUANTITY"


def unit_name(unit: str) -> str:
    """The benchmarks' name of a unit: the ISO code of money, the English singular of the rest."""
    known = catalogue_units().get(unit)
    return unit if known is None or known.dimension == "money" else known.name


def number_spans(number: Number, sentence: Sentence) -> Iterator[dict[str, Any]]:
    """A number that is no quantity: ordinals, labels, ages, scores; phones, codes and links are left out.

    The data sets do not count "several", nor the Russian word for one; a label with an ordinal or of a law
    is an ordinal, and a score is two numbers.
    """
    kind = number.kind
    if kind in (NumberKind.PHONE, NumberKind.CODE) or number.rule == "vague":
        return
    russian, offset = sentence.lang is Lang.RU, sentence.start
    alone = number.tail - number.start >= len(sentence.text.strip())
    is_one = number.value == 1 and kind is NumberKind.CARDINAL and "number_words" in number.flags
    if russian and is_one and not alone:
        return
    if kind is NumberKind.SCORE:
        for part in DIGITS.finditer(sentence.text, number.start - offset, number.end - offset):
            start, end, value = part.start() + offset, part.end() + offset, int(part.group())
            yield {"start": start, "end": end, "type": "CARDINAL", "value": value}
        return
    span: dict[str, Any] = {"start": number.start, "end": number.tail, "type": "CARDINAL"}
    if number.value or kind is not NumberKind.INDEFINITE:
        span["value"] = as_json(number.value)
    if kind is NumberKind.INDEFINITE:
        span |= counted_unit(number, sentence)
    if "article" in number.flags:
        span["article"] = True
    of_law = kind is NumberKind.LABEL and number.rule == "label" and russian
    if kind is NumberKind.ORDINAL or of_law or "ordinal" in number.flags:
        span["type"] = "ORDINAL"
    elif kind is NumberKind.AGE:
        span["type"] = "AGE"
    elif kind is NumberKind.CLOCK:
        span["type"] = "TIME"
    yield span


def counted_unit(number: Number, sentence: Sentence) -> dict[str, Any]:
    """The type and end of an approximate number with a unit ("несколько тысяч долларов")."""
    pack = load_pack(sentence.lang)
    words = lexicon(pack)
    items = lex(sentence.text, words.words)
    tail = number.tail - sentence.start
    after = next((i for i, item in enumerate(items) if item.start >= tail), len(items))
    match = match_unit(items, after, unit_words(pack), words.endings)
    if match is None or match.unit.long or match.unit.counted or match.unit.id in BARE:
        return {}
    kind = "PERCENT" if match.unit.id in RATIOS else "MONEY" if match.unit.id in money_units() else "QUANTITY"
    return {"end": match.tail + sentence.start, "type": kind, "unit": unit_name(match.unit.id)}


def as_json(value: Decimal) -> int | float:
    """A value as JSON has it: an integer where it is one."""
    whole = value.to_integral_value()
    return int(whole) if whole == value else float(value)
