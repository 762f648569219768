"""A total and its parts by the words between them: of which, altogether, the rest, a colon and a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.line import every_line
from kztext.audit.parts import parts_draft, sum_of
from kztext.audit.slips import is_slip
from kztext.audit.words import says
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


def _may_hold(whole: Fact, parts: Sequence[Fact]) -> bool:
    first = parts[0]
    return (
        is_amount(whole)
        and whole.record.unit == first.record.unit
        and whole.is_told == first.is_told
        and all(whole.record.value > f.record.value for f in parts)
        and abs(first.record.start - whole.record.start) < _REACH
    )


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
