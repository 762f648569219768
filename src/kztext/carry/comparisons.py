"""Figures that a sentence only sets beside what it tells: those of a year before, "(2017 г. – 86,2 млн)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.calendar import shifted
from kztext.carry.context import Context
from kztext.found import Found
from kztext.reading import Reading
from kztext.records import Measure, Modality
from kztext.spans import Period, is_money

YEAR_BACK = regex.compile(r"(?:year_offset|shift):-1(?::year)?$")
OPEN = regex.compile(r"\([^()]*$")


def set_beside(readings: Sequence[Reading], item: Found) -> list[Reading]:
    """The readings of a sentence whose time is not the one that it reports on.

    In brackets, behind "against", or what it is more or less than: "на 39% больше прошлогодних 16,4 млн".
    """
    return [reading for i, reading in enumerate(readings) if i and is_beside(reading, readings[i - 1], item)]


def is_beside(reading: Reading, before: Reading, item: Found) -> bool:
    """Whether a figure is of another time than the one before it, which it is only compared with."""
    said = reading.period
    if said is None or "context_period" in reading.flags or said == before.period:
        return False
    if "from_value" in before.flags or "from_value" in reading.flags:
        return False
    start = min(reading.quantity.outer_start, reading.quantity.start)
    lead = item.sentence.text[: start - item.sentence.start]
    if OPEN.search(lead):
        return True
    between = [c for c in item.cues if before.quantity.end <= c.start and c.end <= start]
    if any(c.kind == "versus" for c in between):
        return True
    compared = before.measure is Measure.CHANGE and ("comparison" in before.flags or before.period is None)
    return compared and told_as_last_year(said) and before.quantity.end <= said.start < start


def told_as_last_year(period: Period) -> bool:
    """Whether a period is the last year, told from now: "былтыр", "год назад", "прошлогодних"."""
    return any(YEAR_BACK.match(flag) for flag in period.flags)


def dated_by_contrast(readings: Sequence[Reading], item: Found, context: Context) -> list[Reading]:
    """What is set beside last year's is of this year: "собрали 22,8 млн т, больше прошлогодних 16,4 млн"."""
    done = list(readings)
    beside = set_beside(readings, item)
    for other in beside:
        said = other.period
        if said is None or not told_as_last_year(said) or not (said.first and said.last):
            continue
        first, last = shifted(said.first, 1), shifted(said.last, 1)
        if not context.doc_date or first[:4] != context.doc_date[:4]:
            continue
        now = replace(said, first=first, last=last, flags=())
        for i in range(done.index(other) - 1, -1, -1):
            reading = done[i]
            if (
                reading.period is not None
                or reading.modality is not Modality.ACTUAL
                or "from_value" in reading.flags
            ):
                break
            done[i] = replace(reading, period=now, flags=(*reading.flags, "context_period"))
    return done


def compares(reading: Reading, told: Sequence[Reading]) -> bool:
    """Whether a country's figure stands beside that of another: "у Казахстана 23%, у Узбекистана 36%"."""
    return bool(reading.indicator) and any(
        (other.indicator == reading.indicator or (not other.indicator and same_sort(other, reading)))
        and other.geo != reading.geo
        for other in told
    )


def same_sort(one: Reading, two: Reading) -> bool:
    """Whether two amounts may be of one thing: "225 млрд $ делают её лидером. ВВП Грузии – 24 млрд $"."""
    return one.measure is two.measure is Measure.LEVEL and one.unit == two.unit and is_money(one.unit)
