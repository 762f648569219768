"""A million written for a billion: parts that make their whole once one is a thousand times as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import RATIOS, Fact
from kztext.audit.rooms import follows, is_amount, rooms
from kztext.audit.shown import value_text
from kztext.intervals import ONE, ZERO, Interval, show
from kztext.records import Severity

_ORDERS = (Decimal(1000), ONE / Decimal(1000))
_LARGE = Decimal(100)  # the last digit of a number told in thousands or more
_MOST = 6  # parts of a whole


def orders_of_parts(doc: Dossier) -> Iterator[Draft]:
    """Parts that make their whole but for one of them, which is a thousand times too much or too little."""
    row = rooms(doc)
    done: set[int] = set()
    for n, room in enumerate(row):
        near = [row[n - 1]] if n and follows(row[n - 1], room) else []
        for places in ([room], [*near, room]):
            figures = [f.fact for place in places for f in place.figures]
            for unit in dict.fromkeys(f.record.unit for f in figures):
                told = [
                    f
                    for f in figures
                    if _unit(f, figures) == unit and is_amount(f) and f.is_exact and f.said.unit >= _LARGE
                ]
                found = _slip(told)
                if found and found.facts[0].order not in done:
                    done.add(found.facts[0].order)
                    yield found


def _unit(fact: Fact, figures: Sequence[Fact]) -> str:
    """The unit of an amount; that of the others for a large number without one."""
    own = {f.record.unit for f in figures if f.record.unit not in ("", "count", *RATIOS)}
    bare = fact.record.unit in ("", "count") and len(own) == 1
    return own.pop() if bare else fact.record.unit


def _slip(told: Sequence[Fact]) -> Draft | None:
    """The first or the last of several amounts as the whole of the others, one of which lost its order."""
    if not 3 <= len(told) <= _MOST + 1:
        return None
    for whole, parts in ((told[0], told[1:]), (told[-1], told[:-1])):
        total = _sum([f.said.wide for f in parts])
        if total.meets(whole.said.wide):
            return None
        for k, part in enumerate(parts):
            for order in _ORDERS:
                rest = [f.said.wide for i, f in enumerate(parts) if i != k]
                made = _sum([*rest, part.said.wide.scaled(order)])
                small = max(f.record.value for i, f in enumerate(parts) if i != k)
                near = 1 / Decimal(50) < part.record.value * order / small < 50
                if near and made.meets(whole.said.wide):
                    return _draft(whole, parts)
    return None


def _sum(intervals: Sequence[Interval]) -> Interval:
    total = Interval(ZERO, ZERO)
    for interval in intervals:
        total = total + interval
    return total


def _draft(whole: Fact, parts: Sequence[Fact]) -> Draft:
    total = sum((f.record.value for f in parts), ZERO)
    facts = tuple(sorted((whole, *parts), key=lambda f: f.order))
    return Draft(
        rule="part_sum",
        severity=Severity.ERROR,
        facts=facts,
        about=whole,
        expected=show(total),
        found=value_text(whole),
        computation=" + ".join(value_text(f) for f in parts) + f" = {show(total)}",
    )
