"""Plans, forecasts and facts: which of them a figure is by its verb, its neighbours, its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kztext.carry.context import Context
from kztext.carry.periods import lies_ahead
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import is_now, is_promised, is_to_be_done, modality
from kztext.nouns import is_verb, words_between
from kztext.reading import Reading
from kztext.records import Direction, Measure, Modality
from kztext.spans import Lang
from kztext.zones import Zone


def told_as(reading: Reading, zone: Zone, item: Found, pack: Pack, done: Sequence[Reading]) -> Reading:
    """A reading as plan, forecast, rule or fact: by the words of its zone, else as the figure before it."""
    sentence = item.sentence
    way = modality(zone, sentence, item.cues, pack, item.periods)
    if done:
        goes = way is Modality.ACTUAL and gapped_after(reading, done[-1], verbless(zone, item, pack))
        if goes and not is_now(zone, sentence):
            way = done[-1].modality
        if way is Modality.FORECAST and done[-1].modality is Modality.PLAN:
            hedged = any(c.kind == "modality" for c in zone.cues)
            way = way if hedged else Modality.PLAN  # "рассчитываем надоить 6 млн т, а доля поднимется до 5%"
        if way is Modality.ACTUAL and restates(reading, done[-1], zone):
            way = done[-1].modality
    reading = replace(reading, modality=way)
    if way is Modality.DEFINITION:  # a threshold moves nowhere
        reading = replace(reading, direction=Direction.NONE)
    return reading


def by_its_time(
    reading: Reading, zone: Zone, item: Found, context: Context, pack: Pack, done: Sequence[Reading]
) -> Reading:
    """A figure that its verb tells as a fact, but whose time has not come: aimed at, expected, promised."""
    if reading.modality is not Modality.ACTUAL:
        return reading
    if lies_ahead(reading, context, pack):
        aimed = (bool(done) and done[-1].modality is Modality.PLAN) or is_to_be_done(
            zone, item.sentence, pack
        )
        aimed = aimed or (reading.period is not None and "since" in reading.period.flags)
        return replace(reading, modality=Modality.PLAN if aimed else Modality.FORECAST)
    promised = is_promised(zone, item.sentence, pack) and is_ahead(reading, context)
    return replace(reading, modality=Modality.PLAN) if promised else reading


def verbless(zone: Zone, item: Found, pack: Pack) -> bool:
    """Whether a Russian number has no verb of its own: "тарифы поднимут на 12%, [грузовые – на 20%]"."""
    if pack.lang != Lang.RU or any(c.kind in ("direction", "level", "pace", "degree") for c in zone.cues):
        return False
    words = words_between(item.sentence, zone.start, zone.end, (), zone.periods, pack)
    return not any(is_verb(word.text, False, pack, first=False) for word in words)


def gapped_after(reading: Reading, before: Reading, verbless: bool) -> bool:
    """Whether a number shares the verb of the one before it, and so what that says of the future.

    "С июля он вырастет до 3,1 тыс., а с октября – до 3,5": not of a year before.
    """
    ahead = before.modality in (Modality.PLAN, Modality.FORECAST)
    if ahead and "to_value" in reading.flags and "from_value" in before.flags:
        return True
    restated = reading.measure is Measure.CHANGE and reading.subject == before.subject
    if ahead and "to_value" in before.flags and restated:
        return True  # "урежут с 4,6 трлн до 2,2 трлн, более чем вдвое"
    gapped = "ellipsis" in reading.flags or verbless
    if not ahead or not gapped or reading.sentence.lang is not Lang.RU:
        return False  # Kazakh tells it at the end, for all the numbers before
    if reading.period is None or before.period is None:
        return reading.period is None
    shared = (reading.period.start, reading.period.end) == (before.period.start, before.period.end)
    return shared or reading.period.first >= before.period.first


def restates(reading: Reading, before: Reading, zone: Zone) -> bool:
    """Whether a change says in other words what the two levels before it said: "до 60 тыс., или на 41%"."""
    told = is_next_to(reading, before) or bool(zone.left_cues("restate"))  # "до 60 тыс., на 41%"
    return told and "to_value" in before.flags and reading.measure is Measure.CHANGE


def is_next_to(reading: Reading, before: Reading) -> bool:
    """Whether one word at most stands between two figures."""
    begin = reading.sentence.start
    between = reading.sentence.text[before.quantity.outer_end - begin : reading.quantity.outer_start - begin]
    return len(between.strip(" ,(").split()) < 2


def is_ahead(reading: Reading, context: Context) -> bool:
    """Whether a figure is of this year or a later one, or of no time at all."""
    period = reading.period
    edge = (period.last or period.first)[:4] if period is not None else ""
    return not edge or not context.doc_date or edge >= context.doc_date[:4]


def started(readings: Sequence[Reading]) -> list[Reading]:
    """What a forecast starts from is a fact: "повысится с 6% в 2023 году до 15% в 2030 году"."""
    done = list(readings)
    for i, (one, two) in enumerate(pairwise(readings)):
        if "from_value" not in one.flags or "to_value" not in two.flags:
            continue
        first, last = (r.period.last if r.period is not None else "" for r in (one, two))
        earlier = first and last and first[:4] < last[:4] and one.modality is Modality.FORECAST
        decided = not first and one.modality is two.modality is Modality.PLAN
        if earlier or decided:
            done[i] = replace(one, modality=Modality.ACTUAL)
    return done


def planned_with(readings: Sequence[Reading]) -> list[Reading]:
    """A Kazakh plan told at the end is for all its years: "2030 жылы 15%-ға, 2050 жылы 50%-ға жеткізу"."""
    done = list(readings)
    for i in range(len(done) - 2, -1, -1):
        one, two = done[i], done[i + 1]
        shared = one.indicator == two.indicator and one.unit == two.unit and one.measure is two.measure
        foretold = one.modality is Modality.FORECAST and two.modality is Modality.PLAN
        if foretold and shared and one.sentence.lang is Lang.KK and one.quantity.case is two.quantity.case:
            done[i] = replace(one, modality=Modality.PLAN)
    return done


def goes_on(reading: Reading, done: Sequence[Reading]) -> Reading:
    """A later year in a gapped list of targets: "к 2030 году должна составить 15%, а к 2050-му – 50%"."""
    before = done[-1] if done else None
    if before is None or before.modality not in (Modality.PLAN, Modality.FORECAST):
        return reading
    if reading.modality is not Modality.ACTUAL or "ellipsis" not in reading.flags:
        return reading
    if reading.period is None or before.period is None or reading.period.last <= before.period.last:
        return reading
    return replace(reading, modality=before.modality)
