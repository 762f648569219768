"""A total and its parts by the words between them: of which, altogether, the rest, a colon and a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.line import Line, every_line, lines
from kztext.audit.names import stems
from kztext.audit.parts import parts_draft, sum_of, told_together
from kztext.audit.slips import is_slip
from kztext.audit.words import are_opposite, says
from kztext.intervals import ZERO
from kztext.records import Measure, Severity

_REACH = 600  # characters back to the amount that the next sentence parts
_OVER = Decimal("1.5")  # parts that make more than so much of a whole are of something else
_CLOSED = Decimal("0.7")  # what parts make at least of a whole if they were meant to make all of it
_MOST = 8  # parts that a text adds up


def is_amount(fact: Fact) -> bool:
    """Whether a fact is an amount that can be a part or a whole."""
    r = fact.record
    between = {"from_value", "to_value", "comparison", "surplus", "deficit", "net"}.intersection(r.flags)
    return r.measure == Measure.LEVEL and r.unit not in NO_AMOUNT and not between


def lists(doc: Dossier) -> Iterator[Draft]:
    """A whole and what a colon or "of which" opens: "640 тыс. мест: 290 постоянных и 170 временных"."""
    for line in lines(doc, 3):
        amounts = [i for i, f in enumerate(line.facts) if is_amount(f)]
        for place, i in enumerate(amounts[:-2]):
            parts = _parts_of(line, i, amounts[place + 1 :])
            if parts and (
                found := _made(line.facts[i], [line.facts[k] for k in parts], _is_closed(line, parts))
            ):
                yield found
                break


def _parts_of(line: Line, i: int, after: Sequence[int]) -> list[int]:
    """The amounts that words or a colon make the parts of one; none where they do not."""
    whole, gap = line.facts[i], line.gap(i, after[0])
    opened = ":" in gap or _opens(gap, line.lang)
    if not opened or after[0] != i + 1:
        return []
    parts: list[int] = []
    for k in after:
        fact = line.facts[k]
        told = fact.record.unit == whole.record.unit and told_together(fact, whole)
        if not told or fact.record.value >= whole.record.value:
            break
        parts.append(k)
    return parts if 2 <= len(parts) <= _MOST else []


def _opens(words: str, lang: str) -> bool:
    """Whether words open the parts of what was told."""
    return any(says(kind, words, lang) for kind in ("including", "structure"))


def _is_closed(line: Line, parts: Sequence[int]) -> bool:
    """Whether words say that a list ends: "A, B и C", "остальные – C", the two halves of a whole."""
    last = line.gap(parts[-2], parts[-1])
    ends = says("rest", last, line.lang) or ("," not in last and says("and", last, line.lang))
    halves = len(parts) == 2 and are_opposite(line.own(parts[0]), line.own(parts[1]), line.lang)
    return ends or halves


def _made(whole: Fact, parts: Sequence[Fact], closed: bool) -> Draft | None:
    """The finding that parts make more than their whole, or less where they were meant to make all of it."""
    if sum(f.indicator in kinds()["overlapping"] for f in parts) > 1:
        return None
    if any(parts_draft(whole, parts[:k]) is None for k in range(2, len(parts))):
        return None  # what follows the parts is a part of a part
    total, value = sum((f.record.value for f in parts), ZERO), whole.record.value
    found = parts_draft(whole, parts)
    if found is None or total > value * _OVER:
        return None
    if total > value:
        return found
    meant = (closed and total >= value * _CLOSED) or is_slip(total, value)
    return replace(found, severity=Severity.WARNING) if meant else None


def parts_told_after(doc: Dossier) -> Iterator[Draft]:
    """An amount and its parts in the next sentence: "Вклады – 37,1. Из них в тенге – 28,7"."""
    rooms = list(doc.sentences.values())
    for n, line in enumerate(every_line(doc)[1:], 1):
        parts = [f for f in line.facts if is_amount(f)]
        if not 2 <= len(parts) <= 6 or len({f.record.unit for f in parts}) > 1 or not line.facts:
            continue
        lead = line.before(0)
        opened = line.facts[0] is parts[0] and any(
            says(k, lead, line.lang) for k in ("including", "structure")
        )
        room = rooms[n - 1] if opened else [f for facts in rooms[max(0, n - 3) : n] for f in facts]
        wholes = [f for f in room if _may_hold(f, parts)]
        named = [f for f in wholes if _one_name(f, parts, line)]
        halved = len(parts) == 2 and _are_halves(line, parts)
        if halved and not opened and any(parts_draft(f, parts) is None for f in wholes):
            continue
        chosen = named or (wholes if halved else [])
        whole = (wholes if opened else chosen)[-1:]
        found = sum_of(whole[0], parts, sure=opened) if whole else None
        some = opened and says("including", lead, line.lang) and not _is_closed(line, range(len(line.facts)))
        if found and not (some and sum((f.record.value for f in parts), ZERO) < whole[0].record.value):
            yield found


def _are_halves(line: Line, parts: Sequence[Fact]) -> bool:
    """Whether two amounts, the only ones of a sentence, are of the two halves of a whole."""
    i, k = (line.facts.index(f) for f in parts)
    return are_opposite(line.own(i), line.own(k), line.lang)


def _may_hold(whole: Fact, parts: Sequence[Fact]) -> bool:
    first = parts[0]
    return (
        is_amount(whole)
        and whole.record.unit == first.record.unit
        and whole.is_told == first.is_told
        and all(whole.record.value > f.record.value for f in parts)
        and abs(first.record.start - whole.record.start) < _REACH
    )


def _one_name(whole: Fact, parts: Sequence[Fact], line: Line) -> bool:
    """Whether all parts are named after the whole: "7 946 мектеп", "мемлекеттік мектеп"."""
    of = stems(whole.record.subject, line.lang)
    names = [stems(f.record.subject, line.lang) for f in parts]
    apart = len({frozenset(n) for n in names}) == len(names)
    return bool(of) and apart and len(parts) == len(line.facts) and all(of & n and n - of for n in names)


def totals_told_after(doc: Dossier) -> Iterator[Draft]:
    """A sum of what was told one by one, here or before: "… 261 млрд. … 102 млрд. Вместе – 357 млрд"."""
    rooms = every_line(doc)
    for n, line in enumerate(rooms):
        for i, whole in enumerate(line.facts):
            own = regex.split(r"[,;:.(]\s(?=.*\p{L})", line.before(i))[-1]
            if not is_amount(whole) or whole.has("table"):
                continue
            sure = says("altogether", own, line.lang)
            alone = [f for f in line.facts if is_amount(f)] == [whole] and i == 0
            if not sure and not (alone and says("summed", own, line.lang)):
                continue
            here = [f for f in line.facts[:i] if is_amount(f)]
            before = [f for room in rooms[max(0, n - 6) : n] for f in room.facts if is_amount(f)]
            if found := _summed(whole, here, before, sure=sure):
                yield found


def _summed(whole: Fact, here: Sequence[Fact], before: Sequence[Fact], *, sure: bool) -> Draft | None:
    """The finding that no row of amounts that ends with the last one before a sum makes it."""
    parts = [f for f in (*before, *here) if f.record.unit == whole.record.unit and _may_hold(whole, [f])]
    parts = parts[-_MOST:]
    rows = [parts[-k:] for k in range(max(2, len(here)), len(parts) + 1)]
    if any(whole.said.wide.holds(sum((f.record.value for f in row), ZERO)) for row in rows):
        return None
    if sure and len(here) > 1 and rows and len(rows[0]) == len(here):
        return _made(whole, rows[0], closed=True)
    found = [d for row in rows if (d := sum_of(whole, row, sure=False))]
    return found[0] if len(found) == 1 else None
