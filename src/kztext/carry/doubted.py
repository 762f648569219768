"""Names that a figure does not bear out: a word in passing, or one case where an indicator counts them all.

"У него осталось 7 детей" tells of no country's children; a report of a trial that names no indicator outright
tells of none with the word "кредит" either. The figure stays a record; its indicator is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.catalogue import Catalogue
from kztext.reading import Reading
from kztext.records import Measure
from kztext.spans import is_money

SHORT = 5  # sentences of a text that is too short to say what it is about
NAMED = 0.1  # of the figures of an economic text, at least, stand with the full name of an indicator
SAVED = 1_000_000  # of any money that one person may borrow, save or be paid
UNNAMED = 0.8  # the most that a figure without an indicator is sure of


def believed(readings: Sequence[Reading], sentences: int, catalogue: Catalogue) -> list[Reading]:
    """The readings of a text of so many sentences, without the indicators that they do not bear out."""
    named = sum(bool(reading.indicator) and reading.strong for reading in readings)
    elsewhere = sentences >= SHORT and named < NAMED * len(readings)
    return [
        unnamed(reading)
        if reading.indicator and (elsewhere or is_a_case(reading, catalogue)) and not is_named(reading)
        else reading
        for reading in readings
    ]


def is_named(reading: Reading) -> bool:
    """Whether a reading's own sentence names its indicator in full."""
    return reading.strong and not reading.carried


def is_a_case(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether a level may be that of one story: few people without a date, or one person's money."""
    entry = catalogue.indicators.get(reading.indicator)
    if entry is None or not entry.is_personal or reading.measure is not Measure.LEVEL:
        return False
    value, whole = abs(reading.quantity.value), reading.quantity.multiplier == 1
    if is_money(reading.unit):
        return value < SAVED and whole and "average" not in reading.flags
    timeless = reading.period is None and reading.spread is None
    return reading.unit == "count" and entry.may_be_a_case(value) and timeless


def unnamed(reading: Reading) -> Reading:
    """A reading without its indicator."""
    return replace(reading, indicator="", confidence=min(reading.confidence, UNNAMED))
