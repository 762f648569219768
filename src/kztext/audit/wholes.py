"""A whole and its parts over two sentences: its quarters, its rest, a part that is more than all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.rooms import Figure, is_amount, told, window
from kztext.audit.shown import in_terms_of, value_text
from kztext.audit.words import says
from kztext.intervals import ONE, TEN, ZERO, Interval
from kztext.records import Measure, Modality, Severity

_BARE = regex.compile(r"[\d\s.,]+\p{L}{0,4}\.?")  # a number with its multiplier, without a unit
_LOW, _HIGH = Decimal("0.7"), Decimal("1.45")  # how much of their whole parts make that were meant to make it
_MOST = Decimal(2)  # a part that is more than so many times its whole is one of something else
_LOOSE = frozenset({"", "count"})  # units of a bare number
_NUMBER = regex.compile(r"(?<![\p{L}\d.,–/-])\d{1,3}(?:[  ]\d{3})*(?![\d%–/-]|[.,]\d|[  ]?%)")
_YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the unit and multiplier of its whole: "120 мың тонна, екіншісінде 135"."""

    wide: Interval
    value: Decimal
    text: str


def pieces_of_a_year(doc: Dossier) -> Iterator[Draft]:
    """The four quarters or two halves of a year, told one by one, against the year told behind them."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for i, whole in enumerate(room):
            if not _can_be(whole.fact) or not whole.says("whole_year"):
                continue
            parts = list(room[:i]) if i else window(rooms, n, 1)[: -len(room)]
            named = parts and parts[0].says("quarter", "half_year")
            count = 4 if named and parts[0].says("quarter") else 2
            ordered = named and len(parts) == count and all(_can_be(f.fact) for f in parts)
            if ordered and (found := _made(whole.fact, [f.fact for f in parts])):
                yield found


def rests_of_amounts(doc: Dossier) -> Iterator[Draft]:
    """Parts of which the last is all the rest: "48 тыс. тонн. На масло – 17, на сыр – 12, остальное – 21"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for i, rest in enumerate(room):
            if (
                i == 0
                or not rest.says("rest")
                or not _can_be(rest.fact)
                or rest.fact.record.unit == "percent"
            ):
                continue
            here = list(room[:i])
            before = [f for f in window(rooms, n, 1) if f.room < n]
            readings = [[*here, rest], *([[before[-1], *here, rest]] if before else [])]
            found = [_made(r[0].fact, [f.fact for f in r[1:]]) for r in readings if _may_rest(r)]
            if len(found) == 1 and found[0]:
                yield found[0]


def _may_rest(figures: Sequence[Figure]) -> bool:
    """Whether the first of several figures may be the whole of all others."""
    whole = figures[0].fact
    alike = all(_can_be(f.fact) for f in figures) and len(figures) > 2
    return alike and all(f.fact.record.value < whole.record.value for f in figures[1:])


def orders_lost(doc: Dossier) -> Iterator[Draft]:
    """Parts that make their whole but for a million written for a billion: "4,2 млрд: 2,6 млрд и 1,6 млн"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        parts = [f for f in room if _can_be(f.fact)]
        before = [f for f in window(rooms, n, 1) if f.room < n]
        if len(parts) != len(room) or len(parts) < 2 or not before or not room[0].says("of_them"):
            continue
        whole = before[-1].fact
        if not _can_be(whole) or not _all_alike(whole, [f.fact for f in parts]):
            continue
        values = [f.fact.record.value for f in parts]
        for k, value in enumerate(values):
            for order in (TEN**3, ONE / TEN**3):
                total = sum((v for j, v in enumerate(values) if j != k), ZERO)
                if total + value * order == whole.record.value != total + value:
                    yield _draft(whole, [f.fact for f in parts], total + value)


def parts_too_large(doc: Dossier) -> Iterator[Draft]:
    """A part that is more than the whole it is said to be of: "74 скважины. Из этого числа 81 подключена"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for i, part in enumerate(room):
            words = part.clause().strip()
            if not _is_lone(part.fact) or not _opens(words, part.lang) or says("how_many", words, part.lang):
                continue
            before = room[:i] if i else [f for f in window(rooms, n, 1) if f.room < n]
            if not before or not _is_lone(before[-1].fact):
                continue
            whole, own = before[-1].fact, part.fact
            alike = whole.record.unit == own.record.unit and (whole.span == own.span or own.span is None)
            over = own.said.wide.low > whole.said.wide.high
            if alike and over and own.record.value < whole.record.value * _MOST:
                found = _draft(whole, [own], own.record.value)
                yield replace(found, computation=f"{value_text(own)} > {value_text(whole)}")


def counts_unread(doc: Dossier) -> Iterator[Draft]:
    """Parts listed behind "of which" that make more than all, some without a noun: "из них 96, 88 и 47"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        if not room:
            continue
        sentence = " ".join(room[0].fact.record.sentence.split())
        opening = _listed(sentence, room[0].lang)
        if opening is None:
            continue
        head, items = opening
        inside = [f for f in room if f.fact.record.quote and " ".join(f.fact.record.quote.split()) in head]
        before = inside or [f for f in window(rooms, n, 1) if f.room < n]
        parts = [f for f in room if f not in inside]
        if not before or not parts or not _is_count(before[-1].fact):
            continue
        if not all(_is_count(f.fact) and f.fact.record.value in items for f in parts):
            continue
        whole = before[-1].fact
        total = sum(items, ZERO)
        over = whole.said.wide.high < total < whole.record.value * _HIGH
        if len(items) > len(parts) and over and max(items) < whole.record.value:
            yield _draft(whole, [f.fact for f in parts], total, [str(i) for i in items])


def _listed(sentence: str, lang: str) -> tuple[str, list[Decimal]] | None:
    """The words before "of which" and the whole numbers behind it; None where some may be no counts."""
    for place in regex.finditer(r"(?:^|[,;:(–—] ?)", sentence):
        tail = sentence[place.end() :]
        if _opens(regex.split(r"\d", tail)[0], lang):
            numbers = [Decimal(regex.sub(r"\D", "", m[0])) for m in _NUMBER.finditer(tail)]
            years = any(_YEARS[0] <= v <= _YEARS[1] for v in numbers)
            digits = len(regex.findall(r"\d[\d  ]*(?:[.,]\d+)?", tail))
            if years or digits != len(numbers) or len(numbers) < 3:
                return None
            return sentence[: place.end()], numbers
    return None


def _opens(words: str, lang: str) -> bool:
    """Whether words that lead to an amount make it a part of the one before."""
    return says("of_them", words, lang)


def _is_count(fact: Fact) -> bool:
    return is_amount(fact) and fact.record.unit == "count" and fact.is_exact


def _is_lone(fact: Fact) -> bool:
    return is_amount(fact) and fact.is_exact


def _can_be(fact: Fact) -> bool:
    """Whether a figure may be a whole or a part: an amount, or a bare number."""
    r = fact.record
    level = r.measure == Measure.LEVEL and r.modality != Modality.DEFINITION
    return level and r.value > 0 and (is_amount(fact) or not r.unit)


def _is_bare(fact: Fact) -> bool:
    """Whether an amount is written without a unit."""
    return fact.record.unit in _LOOSE and bool(_BARE.fullmatch(" ".join(fact.record.quote.split())))


def _all_alike(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether parts have the unit of their whole, or none of their own; and all are told or all are not."""
    units = {f.record.unit for f in (whole, *parts) if not _is_bare(f)}
    return len(units) < 2


def _made(whole: Fact, parts: Sequence[Fact]) -> Draft | None:
    """The finding that parts, all of them, do not make their whole; None where they do or are of another."""
    if not _all_alike(whole, parts):
        return None
    scaled = _scaled(parts, whole)
    wide = Interval(sum((p.wide.low for p in scaled), ZERO), sum((p.wide.high for p in scaled), ZERO))
    total = sum((p.value for p in scaled), ZERO)
    near = whole.record.value * _LOW < total < whole.record.value * _HIGH
    if not near or wide.meets(whole.said.wide):
        return None
    return _draft(whole, parts, total)


def _scaled(parts: Sequence[Fact], whole: Fact) -> list[Part]:
    """The parts; a bare number behind one with a multiplier has that multiplier: "4,1 млрд, потом 4,6"."""
    first = next((f for f in (*parts, whole) if not _is_bare(f)), whole)
    unit = first.said.unit * TEN**first.said.decimals
    found: list[Part] = []
    for fact in parts:
        times = unit if not fact.record.unit and fact.record.value * 100 < first.record.value else ONE
        found.append(Part(fact.said.wide.scaled(times), fact.record.value * times, value_text(fact)))
    return found


def _draft(whole: Fact, parts: Sequence[Fact], total: Decimal, texts: Sequence[str] = ()) -> Draft:
    terms = " + ".join(texts or [value_text(f) for f in parts])
    middle = in_terms_of(whole, total)
    return Draft(
        rule="part_sum",
        severity=Severity.ERROR,
        facts=tuple(sorted((whole, *parts), key=lambda f: f.order)),
        about=whole,
        expected=middle,
        found=value_text(whole),
        computation=f"{terms} = {middle}; {value_text(whole)}",
    )
