"""A whole and its parts, by the words that tie them: of which, the rest, no others, all in a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.rooms import (
    Figure,
    can_be_amount,
    is_amount,
    of_one_unit,
    scaled,
    told,
    window,
)
from kztext.audit.shown import in_terms_of, value_text
from kztext.audit.slips import is_slip
from kztext.audit.words import are_opposite, says, without
from kztext.intervals import ONE, TEN, ZERO, Interval
from kztext.records import Measure, Severity

_LOW, _HIGH = Decimal("0.7"), Decimal("1.45")  # how much of their whole parts make that were meant to make it
_OVER = Decimal("1.3")  # … if the text does not say that they are all of it
_MOST = Decimal(2)  # a part that is more than so many times its whole is one of something else
_PARTS = 8  # parts that a text tells of one whole
_ORDERS = (TEN**3, ONE / TEN**3)  # a million written for a billion
_ENDS = frozenset({"from_value", "to_value", "comparison"})
_DISTANCES = frozenset({"surplus", "deficit", "net", "table"})  # no parts
_NUMBER = regex.compile(r"(?<![\p{L}\d.,–/-])\d{1,3}(?:[  ]\d{3})*(?![\d%–/-]|[.,]\d|[  ]?%)")
_YEARS = (1900, 2100)
_PIECES = {"quarter": 4, "half_year": 2}


@dataclass(frozen=True, slots=True)
class Split:
    """A whole, what may be its parts, and how surely the text says that they are, and are all of it."""

    whole: Figure
    parts: tuple[Figure, ...]
    opened: bool  # words make them its parts
    closed: bool  # words make them all of it
    listed: bool  # the list ends as lists do: "A, B and C"

    @property
    def is_told(self) -> bool:
        """Whether the text itself makes them a whole and its parts, of one time and of things apart."""
        spans = {f.span for f in self.facts if f.span is not None and not f.has("context_period")}
        several = sum(f.fact.indicator in kinds()["overlapping"] for f in self.parts) > 1
        together = self.opened and len({f.room for f in self.parts}) == 1
        return (self.closed or together) and len(spans) < 2 and not several

    @property
    def facts(self) -> list[Fact]:
        return [self.whole.fact, *(f.fact for f in self.parts)]

    @property
    def total(self) -> Decimal:
        return sum((a.value for a in scaled(self.facts)[1:]), ZERO)

    @property
    def ratio(self) -> Decimal:
        """How many times the parts make the whole."""
        return self.total / self.whole.fact.record.value


def splits(doc: Dossier) -> Iterator[Draft]:
    """Amounts that words make parts of one before them, or all of it, and that do not make it."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        ends = [f for f in room if _is_piece(f) and not _is_aside(f)]
        if not ends:
            continue
        near = window(rooms, n, 2)
        row = [f for f in near if (_is_piece(f) or _is_sum(f)) and not _is_aside(f)]
        rest = next((i for i, f in enumerate(ends) if f.says("rest")), len(ends) - 1)
        last = list(dict.fromkeys((ends[rest], ends[-1])))
        every = list(_splits(row, last, near))
        found = [s for s in every if s.is_told]
        if not found or any(_fits(s) for s in every if s.opened or s.closed):
            continue
        drafts = [d for s in sorted(found, key=_off) if (d := _judge(s))]
        yield from drafts[:1]


def _splits(row: Sequence[Figure], last: Sequence[Figure], near: Sequence[Figure]) -> Iterator[Split]:
    """Each amount of a row with those that follow it up to one that ends a list."""
    for end in last:
        until = row.index(end)
        for whole, parts in _readings(row[max(0, until - _PARTS) : until + 1]):
            if len(parts) < 2 or not of_one_unit([f.fact for f in (whole, *parts)]):
                continue
            rest = any(f.says("rest") for f in parts if f.room == end.room)
            halves = len(parts) == 2 and are_opposite(_own(parts[0]), _own(parts[1]), end.lang)
            if whole.room < parts[0].room - (2 if rest or halves else 1):
                continue
            gap = _between(whole, parts[0], near)
            opened = any(says(k, gap, end.lang) for k in ("of_them", "including", "structure")) or (
                whole.room == parts[0].room and ":" in gap
            )
            others = any(f.fact.has("no_others") for f in parts)
            listed = "," not in end.before and says("and", end.before, end.lang)
            alone = parts[0].room > whole.room and sum(f.room == end.room for f in near) == len(parts)
            closed = rest or others or (halves and (opened or alone)) or _is_of_pieces(whole, parts)
            yield Split(whole, tuple(parts), opened, closed, listed)


def _readings(row: Sequence[Figure]) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each amount of a row with all that follow it, and with those of the last sentence alone."""
    for start, whole in enumerate(row[:-2]):
        parts = [f for f in row[start + 1 :] if _is_piece(f)]
        last = [f for f in parts if f.room == parts[-1].room]
        yield whole, parts
        if len(last) < len(parts) and whole.room < last[0].room:
            yield whole, last


def _between(whole: Figure, part: Figure, near: Sequence[Figure]) -> str:
    """The words behind the whole up to its first part."""
    if whole.room != part.room:
        return part.before
    inside = near[near.index(whole) + 1 : near.index(part) + 1]
    return " ".join(f.before for f in inside)


def _own(figure: Figure) -> str:
    return " ".join((*figure.lead[:1], figure.trail))


def _is_piece(figure: Figure) -> bool:
    """Whether a figure may be a whole or one of its parts."""
    fact = figure.fact
    return can_be_amount(fact) and fact.is_exact and not _DISTANCES.intersection(fact.record.flags)


def _is_aside(figure: Figure) -> bool:
    """Whether an amount in brackets is of another time: "16,2 трлн (в 2021-м – 12,0)"."""
    inside = figure.before.rfind("(") > figure.before.rfind(")")
    return inside and (figure.fact.span is not None or says("then", figure.before, figure.lang))


def _is_sum(figure: Figure) -> bool:
    """Whether a figure that is told as a move may be how much all parts cost: "обошлось в 3,2 млрд"."""
    r = figure.fact.record
    return r.measure == Measure.CHANGE and r.unit not in NO_AMOUNT and not _ENDS.intersection(r.flags)


def _fits(split: Split) -> bool:
    """Whether parts, or some of them, make their whole or one of them: one may be a part of another."""
    whole, *parts = scaled(split.facts)
    wide = Interval(sum((p.wide.low for p in parts), ZERO), sum((p.wide.high for p in parts), ZERO))
    if wide.meets(whole.wide):
        return True
    for count in range(2, len(parts) + 1):
        for some in combinations(parts, count):
            total = sum((p.value for p in some), ZERO)
            if any(x.wide.holds(total) for x in (whole, *parts) if x not in some):
                return True
    return False


def _off(split: Split) -> Decimal:
    """How far parts are from their whole."""
    return max(split.ratio, 1 / split.ratio)


def _judge(split: Split) -> Draft | None:
    """The finding that parts do not make their whole; None where they may be of another or but some of it."""
    whole, parts = split.whole.fact, [f.fact for f in split.parts]
    if found := _order_lost(split):
        return found
    larger = any(a.value >= whole.record.value for a in scaled(split.facts)[1:])
    if larger or not _LOW < split.ratio < _HIGH:
        return None
    found = _draft(whole, parts, split.total)
    if split.closed or 1 < split.ratio < _OVER:
        return found
    meant = (split.opened and split.listed) or is_slip(split.total, whole.record.value)
    return replace(found, severity=Severity.WARNING) if meant else None


def _order_lost(split: Split) -> Draft | None:
    """The finding that parts make their whole but for a million written for a billion."""
    whole, *parts = scaled(split.facts)
    total = sum((p.value for p in parts), ZERO)
    for part in parts:
        for order in _ORDERS:
            if total + part.value * (order - 1) == whole.value:
                return _draft(whole.fact, [p.fact for p in parts], total)
    return None


def pieces_of_a_year(doc: Dossier) -> Iterator[Draft]:
    """The four quarters or two halves of a year, told one by one, against the year told behind them."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for i, whole in enumerate(room):
            if not can_be_amount(whole.fact):
                continue
            row = list(room[:i]) if i else window(rooms, n, 1)[: -len(room)]
            parts = tuple(f for f in row if f.fact.record.unit != "percent")
            if not all(can_be_amount(f.fact) for f in parts) or not _is_of_pieces(whole, parts):
                continue
            split = Split(whole, parts, opened=True, closed=True, listed=True)
            if of_one_unit(split.facts) and not _fits(split) and (found := _judge(split)):
                yield found


def _is_of_pieces(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether amounts are of all the quarters or halves of a year, and one of the year."""
    year = whole.says("whole_year") or says("year_alone", whole.fact.record.sentence, whole.lang)
    if not parts or not year:
        return False
    first = parts[0].before
    return any(len(parts) == count and says(kind, first, whole.lang) for kind, count in _PIECES.items())


def parts_too_large(doc: Dossier) -> Iterator[Draft]:
    """A part that is more than the whole it is said to be of: "74 скважины. Из этого числа 81 подключена"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for i, part in enumerate(room):
            words = [m for m in (*part.lead[:2], part.trail) if says("of_them", m, part.lang)]
            if not _is_lone(part.fact) or not words:
                continue
            if says("how_many", without("of_them", words[0], part.lang), part.lang):
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
        if says("of_them", regex.split(r"\d", tail)[0], lang):
            numbers = [Decimal(regex.sub(r"\D", "", m[0])) for m in _NUMBER.finditer(tail)]
            years = any(_YEARS[0] <= v <= _YEARS[1] for v in numbers)
            digits = len(regex.findall(r"\d[\d  ]*(?:[.,]\d+)?", tail))
            if years or digits != len(numbers) or len(numbers) < 3:
                return None
            return sentence[: place.end()], numbers
    return None


def _is_count(fact: Fact) -> bool:
    return is_amount(fact) and fact.record.unit == "count" and fact.is_exact


def _is_lone(fact: Fact) -> bool:
    return is_amount(fact) and fact.is_exact


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
