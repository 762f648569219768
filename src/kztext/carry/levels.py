"""Levels that a Kazakh dative says without "дейін" ("up to"), known by the level told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kztext.carry.context import Context
from kztext.catalogue import Catalogue
from kztext.evidence import RATIO_UNITS
from kztext.reading import Reading
from kztext.records import Direction, Measure
from kztext.spans import Case, Lang, is_money

NEAR = Decimal(2)  # times that a level differs from the one before it at most, told without "up to"


def reached_anew(reading: Reading, context: Context, done: Sequence[Reading]) -> Reading:
    """A rise or fall told in the dative that is the new level: "13,9 мыңға жетіп, 10,5 мыңға төмендеді".

    Nothing falls by more than half of what it was, nor rises by more than it was, so lightly told.
    """
    quantity = reading.quantity
    dative = reading.sentence.lang is Lang.KK and quantity.case is Case.DAT
    if not dative or reading.measure is not Measure.CHANGE or reading.unit in ("", *RATIO_UNITS):
        return reading
    if "comparison" in reading.flags or "further" in reading.flags or not reading.direction:
        return reading
    before = level_before(reading, context, done)
    if before is None:
        return reading
    was, now = before.quantity.value, quantity.value
    rose = reading.direction is Direction.UP and was < now <= NEAR * was
    fell = reading.direction is Direction.DOWN and now < was <= NEAR * now
    return replace(reading, measure=Measure.LEVEL, base=None) if rose or fell else reading


def level_before(reading: Reading, context: Context, done: Sequence[Reading]) -> Reading | None:
    """The level last told of the same thing in the same unit, in the sentence or the few before it."""
    for before in reversed([*context.levels, *done]):
        same = before.indicator == reading.indicator if reading.indicator else False
        same = same or before.subject == reading.subject != (0, 0)
        if same and before.unit == reading.unit and before.geo == reading.geo:
            return before if before.measure is Measure.LEVEL else None
    return None


def price_rows(readings: Sequence[Reading], catalogue: Catalogue) -> list[Reading]:
    """Prices of several years in the dative are levels: "бағам 2014 жылы 179, 2015 жылы 222 теңгеге өсті"."""
    done = list(readings)
    for i, (one, two) in enumerate(pairwise(readings)):
        entry = catalogue.indicators.get(two.indicator)
        priced = entry is not None and entry.unit_class == "price" and one.indicator == two.indicator
        changes = one.measure is two.measure is Measure.CHANGE and one.unit == two.unit and is_money(two.unit)
        dative = one.quantity.case is two.quantity.case is Case.DAT and two.sentence.lang is Lang.KK
        if not (priced and changes and dative) or one.period is None or one.period == two.period:
            continue
        was, now = sorted((one.quantity.value, two.quantity.value))
        if now <= NEAR * was:
            done[i] = replace(one, measure=Measure.LEVEL, base=None)
            done[i + 1] = replace(two, measure=Measure.LEVEL, base=None)
    return done
