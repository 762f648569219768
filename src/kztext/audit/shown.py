"""Facts as a reader wants to see them: as the text has them, in its own multiplier."""

from __future__ import annotations

from decimal import Decimal

import regex

from kztext.audit.facts import (
    RATIOS,
    Fact,
)
from kztext.intervals import (
    Interval,
    show,
    show_interval,
)
from kztext.records import (
    Direction,
    Measure,
)
from kztext.timespan import name

_TAIL = regex.compile(r"^(?P<head>\P{Nd}*)(?P<number>[\p{Nd}\p{Z}.,]*\p{Nd})(?P<tail>\P{Nd}*)$")


def value_text(fact: Fact) -> str:
    """What a fact says, as the text has it."""
    sign = ""
    if fact.record.measure == Measure.CHANGE:
        sign = {Direction.UP: "+", Direction.DOWN: "−"}.get(fact.record.direction, "")
    return sign + " ".join(fact.record.quote.split())


def in_terms_of(fact: Fact, value: Decimal) -> str:
    """A value in the multiplier and unit that the text uses: "9.4 млн" beside "9,1 млн"."""
    match = _TAIL.match(fact.record.quote)
    if match and fact.said.unit:
        written = fact.said.unit * Decimal(10) ** fact.said.decimals
        if written == Decimal(10) ** written.adjusted():
            return f"{show(value / written)}{match['tail'].rstrip()}"
    return f"{value.normalize():,f}".replace(",", " ")


def interval_in_terms_of(fact: Fact, interval: Interval) -> str:
    """An interval in the multiplier and unit that the text uses."""
    low, high = (in_terms_of(fact, v) for v in (interval.low, interval.high))
    return low if low == high else f"{low}…{high}"


def period(fact: Fact) -> str:
    """The fact's period for a reader, ends joined by a dash; what the record holds where it is no span."""
    return (
        name(fact.span).replace("/", "–") if fact.span else fact.record.period_end or fact.record.period_start
    )


def in_terms(fact: Fact, interval: Interval) -> str:
    """An interval as a reader wants it beside a fact: amounts in its own multiplier."""
    return show_interval(interval) if fact.record.unit in RATIOS else interval_in_terms_of(fact, interval)
