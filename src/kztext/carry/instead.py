"""What was planned and what came of it: "вместо обещанных 3,6 млрд получено 3,3", "18 млн-ның орнына 16"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kztext.evidence import RATIO_UNITS
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.records import Measure

AHEAD, BEHIND = 40, 24  # letters beside a number in which "instead of" stands
LIKE = 4  # times that a plan and what came of it do not differ


def instead(readings: Sequence[Reading], pack: Pack) -> list[Reading]:
    """The readings of a sentence, those of a plan and of what came instead told of one thing in one unit."""
    done = list(readings)
    for i, (one, two) in enumerate(pairwise(readings)):
        first, second = done[i], done[i + 1]
        if not is_replaced(one, pack) and not is_replaced(two, pack):
            continue
        if first.unit in RATIO_UNITS or not alike(first, second):
            continue
        if not second.unit or (second.unit == "count" and not second.counted):
            second = replace(second, unit=first.unit, flags=(*second.flags, "shared_unit"))
        elif not first.unit:
            first = replace(first, unit=second.unit, flags=(*first.flags, "shared_unit"))
        if first.unit == second.unit:
            first, second = named_by(first, second), named_by(second, first)
        done[i], done[i + 1] = first, second
    return done


def is_replaced(reading: Reading, pack: Pack) -> bool:
    """Whether a number is what another came instead of."""
    words, where = pack.table("changes"), pack.source("changes")
    text, begin = reading.sentence.text, reading.sentence.start
    start = min(reading.quantity.outer_start, reading.quantity.start) - begin
    end = reading.quantity.end - begin
    before = pack.compile(words["instead_before"], where=where)
    after = pack.compile(words["instead_after"], where=where)
    return (
        before.search(text[max(start - AHEAD, 0) : start]) is not None
        or after.match(text[end : end + BEHIND]) is not None
    )


def alike(one: Reading, two: Reading) -> bool:
    """Whether two amounts may be of one thing."""
    units = one.unit == two.unit or not (one.unit and two.unit) or "count" in (one.unit, two.unit)
    low, high = sorted((abs(one.quantity.value), abs(two.quantity.value)))
    return units and one.measure is two.measure is Measure.LEVEL and low > 0 and high / low < LIKE


def named_by(reading: Reading, other: Reading) -> Reading:
    """A nameless figure, or one named by what came before the sentence, of what the other is told of."""
    own = bool(reading.indicator) and not reading.carried and "focus" not in reading.flags
    if not other.indicator or other.indicator == reading.indicator or own:
        return reading
    flags = tuple(dict.fromkeys((*reading.flags, "ellipsis")))
    return replace(reading, indicator=other.indicator, subject=other.subject, flags=flags)
