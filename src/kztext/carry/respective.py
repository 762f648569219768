"""Figures of a list told "respectively": each is of the time or the place that stands in its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.spans import Lang, Period, PeriodKind

LIKE = 6  # times that two figures of one thing do not differ
NEAR = 3  # words between "respectively" and the first figure
NO_WORD = regex.compile(r"[^\p{L}\d]*")


def respectively(
    readings: Sequence[Reading], above: Sequence[Reading], item: Found, pack: Pack
) -> list[Reading]:
    """The readings of a sentence, those of such a list with their own time and place.

    "В 2022 и 2023 годах вырос соответственно на 3,2 и 5,1%", "в России 8,4%, в Казахстане 8,1%; годом раньше
    было соответственно 4,9 и 7,5%". `above`: the readings of the sentence before.
    """
    done = list(readings)
    words = pack.table("changes")["respective"]
    text, begin = item.sentence.text, item.sentence.start
    for said in pack.compile(words, where=pack.source("changes")).finditer(text):
        run = run_of(done, said.start() + begin, said.end() + begin, text, begin, pack)
        if len(run) < 2:
            continue
        start = min(done[run[0]].quantity.outer_start, done[run[0]].quantity.start)
        floor = done[run[0] - 1].quantity.outer_end if run[0] else begin
        periods = [p for p in item.periods if floor <= p.start and p.end <= start and told(p)]
        places = [p for p in item.places if floor <= p.start and p.end <= start and p.geo]
        named = len({p.geo for p in places}) == len(places) == len(run)
        dated = len({p.first for p in periods}) == len(periods) == len(run)
        before = [*above, *done[: run[0]]][-len(run) :]
        apart = len({r.geo for r in before}) == len(before) == len(run)
        times = {r.period.first for r in before if r.period is not None and r.period.first}
        in_time = len(times) == len(before) == len(run)
        own = pack.lang == Lang.RU and len({done[place].indicator for place in run}) == len(run)
        things = not own and len({r.indicator for r in before}) == len(before) == len(run) and all(before)
        for turn, place in enumerate(run):
            if things and not (named or dated):
                done[place] = in_turn_of(done[place], before[turn])
            if dated:
                done[place] = replace(done[place], period=periods[turn])
            if named:
                done[place] = replace(done[place], geo=places[turn].geo)
            elif not dated and apart and same_thing(done[place], before[turn]):
                done[place] = replace(done[place], geo=before[turn].geo)
            elif not dated and in_time and same_thing(done[place], before[turn]):
                done[place] = replace(done[place], period=before[turn].period)
    return done


def in_turn_of(reading: Reading, before: Reading) -> Reading:
    """A figure of the thing that stands in its turn: "27 млн тонн, по 15,9 ц/га; годом ранее 17 млн и 10".

    It has that one's unit and scale where it tells none of its own.
    """
    quantity, scale = reading.quantity, before.quantity.multiplier
    own = not {"shared_unit", "ellipsis"} & {*quantity.flags, *reading.flags} and quantity.unit
    bare = quantity.value / quantity.multiplier
    low, high = sorted((abs(bare), abs(before.quantity.value / scale)))
    if own or not low or high / low > LIKE or not before.indicator:
        return reading
    told = replace(
        quantity,
        value=bare * scale,
        high=quantity.high / quantity.multiplier * scale,
        multiplier=scale,
        unit=before.quantity.unit,
    )
    flags = tuple(dict.fromkeys((*(f for f in reading.flags if f != "measure_unsaid"), "shared_unit")))
    return replace(
        reading,
        quantity=told,
        unit=before.unit,
        indicator=before.indicator,
        subject=before.subject,
        measure=before.measure,
        share_of=before.share_of,
        whole=before.whole,
        flags=flags,
    )


def run_of(readings: Sequence[Reading], start: int, end: int, text: str, begin: int, pack: Pack) -> list[int]:
    """The places of the figures that stand in a row behind the word, or right before it."""
    behind = [i for i, r in enumerate(readings) if r.quantity.start >= end]
    if behind:
        lead = text[end - begin : readings[behind[0]].quantity.outer_start - begin]
        if len(lead.split()) > NEAR:
            behind = []
    if not behind:
        row = [i for i, r in enumerate(readings) if r.quantity.end <= start]
        last = readings[row[-1]].quantity.outer_end if row else begin
        if not row or not NO_WORD.fullmatch(text[last - begin : start - begin]):
            return []
        return joined(readings, row[::-1], text, begin, pack)[::-1]
    return joined(readings, behind, text, begin, pack)


def joined(readings: Sequence[Reading], row: Sequence[int], text: str, begin: int, pack: Pack) -> list[int]:
    """The first figures of a row that nothing but commas and conjunctions parts."""
    joint = pack.compile(pack.table("changes")["in_turn"], where=pack.source("changes"))
    kept = list(row[:1])
    for one, two in pairwise(row):
        first, second = sorted((readings[one].quantity, readings[two].quantity), key=lambda q: q.start)
        between = text[first.outer_end - begin : min(second.outer_start, second.start) - begin]
        if not joint.fullmatch(between):
            break
        kept.append(two)
    return kept


def told(period: Period) -> bool:
    """Whether a period may be one of the times that figures are told of."""
    kinds = (PeriodKind.TIME, PeriodKind.DURATION)
    return bool(period.first and period.last) and "base" not in period.flags and period.kind not in kinds


def same_thing(one: Reading, two: Reading) -> bool:
    """Whether two figures are of one indicator, the later perhaps without a name."""
    return not one.indicator or one.indicator == two.indicator
