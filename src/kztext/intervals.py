"""What a number said in a text stands for: the interval of values that it could be rounded from.

A number said with n decimals is the interval of everything that rounds to it ("5,8" is 5.75 to 5.85), in
units of its multiplier ("46,4 трлн" is 46.35 to 46.45 trillion). A hedge opens the interval on its side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import regex

from kztext.records import Direction, IndicatorRecord

ZERO, ONE, TWO, TEN, HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(10), Decimal(100)
INFINITY = Decimal("Infinity")
_NUMERAL = regex.compile(r"\d+(?:[   ]\d{3}(?!\d))*(?:[.,]\d+)*")
_SIMPLE = sorted({Decimal(n) / Decimal(d) for d in range(1, 6) for n in range(d + 1)})


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval; either end may be infinite."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two share a value.

        >>> Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies inside, ends included."""
        return self.low <= value <= self.high

    def distance(self, value: Decimal) -> Decimal:
        """How far outside the value lies; 0 inside."""
        return max(self.low - value, value - self.high, ZERO)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def times(self, other: Interval) -> Interval:
        """The product of two intervals of numbers that are not negative."""
        return Interval(_product(self.low, other.low), _product(self.high, other.high))

    def over(self, other: Interval) -> Interval:
        """The quotient of two intervals of numbers that are not negative."""
        low = ZERO if other.high.is_infinite() else (self.low / other.high if other.high else INFINITY)
        return Interval(low, self.high / other.low if other.low > 0 else INFINITY)

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times a factor above 0."""
        return Interval(_product(self.low, factor), _product(self.high, factor))

    def shifted(self, by: Decimal) -> Interval:
        return Interval(self.low + by, self.high + by)


def _product(a: Decimal, b: Decimal) -> Decimal:
    return ZERO if not a or not b else a * b


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them."""
    found = list(intervals)
    return Interval(min(i.low for i in found), max(i.high for i in found))


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it was said: `wide` holds all it could mean, `likely` what a careful writer would mean.

    They differ where a number is round or hedged: "2700" may be 2650 to 2750, "more than 30" may be 80, but a
    careful writer would have said so. `unit` is one unit of the last digit said.
    """

    wide: Interval
    likely: Interval
    unit: Decimal
    decimals: int = 0  # decimals written, in units of the multiplier written


def said(record: IndicatorRecord) -> Said:
    """The unsigned intervals of a record's number, in the record's unit.

    >>> value = Decimal("5.8")
    >>> said(IndicatorRecord(record_id="", doc_id="", quote="5,8%", value=value, value_high=value)).wide
    Interval(low=Decimal('5.75'), high=Decimal('5.85'))
    """
    fraction = record.unit == "percent" and ("fraction" in record.flags or "number_words" in record.flags)
    return _said(record.quote, record.value, record.value_high, str(record.approximation), fraction)


@lru_cache(maxsize=1 << 16)
def _said(quote: str, value: Decimal, high: Decimal, approximation: str, fraction: bool) -> Said:
    value, high = abs(value), abs(high)
    if high < value:
        high = value
    unit, decimals, round_unit = _precision(quote, value, high)
    if fraction and not any(c.isdigit() for c in quote) and value == high and value <= HUNDRED:
        simple = _simple_fraction(value)
        if simple:
            return _hedged(simple, simple, value, high, ONE, approximation, 0, TEN)
    plain = Interval(value - unit / 2, high + unit / 2)
    wide = Interval(value - round_unit / 2, high + round_unit / 2)
    step = max(_last_digit(high), high / TEN)
    return _hedged(wide, plain, value, high, unit, approximation, decimals, step)


def _hedged(
    wide: Interval,
    plain: Interval,
    value: Decimal,
    high: Decimal,
    unit: Decimal,
    hedge: str,
    decimals: int,
    step: Decimal,
) -> Said:
    match hedge:
        case "about":
            far = max(value / TEN, min(unit, value / 4))
            near = max(value / 20, unit / 2)
            wide = Interval(min(wide.low, value - far), max(wide.high, high + far))
            plain = Interval(min(plain.low, value - near), max(plain.high, high + near))
        case "more_than" | "at_least":
            wide, plain = Interval(value, INFINITY), Interval(value, high + step)
        case "less_than":
            wide, plain = Interval(ZERO, high), Interval(max(ZERO, value - step), high)
        case "at_most":
            wide = plain = Interval(ZERO, high)
    return Said(
        Interval(max(wide.low, ZERO), wide.high), Interval(max(plain.low, ZERO), plain.high), unit, decimals
    )


def _precision(quote: str, value: Decimal, high: Decimal) -> tuple[Decimal, int, Decimal]:
    """One unit of the last digit said, the decimals written, and the unit if closing zeros are roundness."""
    numerals = _NUMERAL.findall(quote)
    target = high if len(numerals) > 1 else value
    for numeral in reversed(numerals):
        for text, decimals in _readings(numeral):
            number = Decimal(text)
            if not number:
                if not target:
                    return TEN**-decimals, decimals, TEN**-decimals
                continue
            multiplier = target / number
            exponent = multiplier.adjusted()
            if multiplier == TEN**exponent and exponent >= -2:
                unit = TEN**-decimals * multiplier
                zeros = len(text) - len(text.rstrip("0")) if not decimals else 0
                return unit, decimals, unit * TEN**zeros if zeros >= 2 else unit
    if not value and not high:
        return ONE, 0, ONE
    digit = _last_digit(target if target else value)
    unit = digit if target < TEN else min(digit, target / TEN)
    return unit / 2, 0, unit  # words: a writer who rounds them says so more often than not


def _readings(numeral: str) -> Iterable[tuple[str, int]]:
    """The ways to read a written numeral: its digits and how many of them are decimals."""
    bare = regex.sub(r"[   ]", "", numeral)
    head, separator, tail = bare.replace(",", ".").rpartition(".")
    if not separator:
        yield bare, 0
    else:
        yield f"{head.replace('.', '')}.{tail}", len(tail)
        if len(tail) == 3:
            yield head.replace(".", "") + tail, 0


def _last_digit(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 10 for 30, 0.1 for 5.80."""
    if not value:
        return ONE
    exponent = value.normalize().as_tuple().exponent
    return TEN ** int(exponent)


def _simple_fraction(percent: Decimal) -> Interval | None:
    """What a third or two thirds stand for: everything nearer to them than to the next simple fraction."""
    share = percent / HUNDRED
    for before, here, after in zip(_SIMPLE, _SIMPLE[1:], _SIMPLE[2:], strict=False):
        if abs(here - share) < Decimal("0.004"):
            return Interval((before + here) / 2 * HUNDRED, (here + after) / 2 * HUNDRED)
    return None


def signed(record: IndicatorRecord, interval: Interval) -> Interval:
    """The interval with the sign of a change: minus where the record says down."""
    return -interval if record.direction == Direction.DOWN else interval


def factor(record: IndicatorRecord, interval: Interval) -> Interval | None:
    """What a change or index multiplies its base by; None where the record does not say.

    An index of 69.3 % is 0.693, a fall by 38.6 % is 0.614, "N times" up is N and down 1 / N.
    """
    one = Interval(ONE, ONE)
    if record.measure == "index":
        return interval.scaled(ONE / HUNDRED) if record.unit == "percent" else interval
    if record.measure != "change" or record.direction == Direction.NONE:
        return None
    down = record.direction == Direction.DOWN
    if record.unit == "times":
        return one.over(interval) if down else interval
    if record.unit != "percent":
        return None
    change = interval.scaled(ONE / HUNDRED)
    result = one - change if down else one + change
    return Interval(max(result.low, ZERO), max(result.high, ZERO))


def show(value: Decimal, decimals: int = 2) -> str:
    """A number for a reader: at most so many decimals, no closing zeros, no exponent.

    >>> show(Decimal("13.4990")), show(Decimal("148047348240.6")), show(Decimal("-0.004"))
    ('13.5', '148047348240.6', '0')
    """
    if value.is_infinite():
        return "∞" if value > 0 else "-∞"
    rounded = value.quantize(TEN**-decimals) if abs(value) < Decimal(10) ** 20 else value
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def show_interval(interval: Interval, decimals: int = 2) -> str:
    """An interval for a reader, ends joined by "…"; one number where both ends read the same."""
    low, high = show(interval.low, decimals), show(interval.high, decimals)
    return low if low == high else f"{low}…{high}"
