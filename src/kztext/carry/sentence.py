"""The readings of one sentence: what it says itself, then what the text around it adds, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.ahead import by_its_time, goes_on, is_next_to, planned_with, restates, started, told_as
from kztext.carry.before import Before
from kztext.carry.branches import of_branch
from kztext.carry.comparisons import dated_by_contrast
from kztext.carry.context import Context, headed
from kztext.carry.facets import faceted, faceted_whole, in_people, of_harvest, per_head
from kztext.carry.focus import as_before, said_beside
from kztext.carry.instead import instead
from kztext.carry.levels import price_rows, reached_anew
from kztext.carry.lists import read_row
from kztext.carry.names import Beside
from kztext.carry.periods import carry_period, ends_of_stretch, of_expectation, one_a_year, what_comes
from kztext.carry.places import carry_group, carry_place, settled
from kztext.carry.respective import respectively
from kztext.carry.sections import head_of_list, headed_by
from kztext.carry.stretches import now_again, year_before
from kztext.carry.subjects import carry_subject
from kztext.carry.together import of_them_all
from kztext.carry.units import carry_decimal, carry_unit
from kztext.carry.wholes import carry_whole
from kztext.catalogue import Catalogue
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.headings import Heading
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.records import Direction, Measure, Modality
from kztext.relate import relate
from kztext.spans import Layout
from kztext.speakers import find_speaker
from kztext.zones import Zone, make_zones


def read_sentence(
    item: Found, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> list[Reading]:
    """The readings of one sentence, with what the context adds."""
    if not item.quantities:
        return []
    read = (item.quantities, item.periods, item.cues, item.indicators, item.places)
    readings = relate(item.sentence, *read, pack, catalogue)
    if item.sentence.layout is Layout.ROW:
        return read_row(item, readings, context, number, pack, catalogue)
    heading = head_of_list(readings, item, context, pack)
    readings = headed_by(readings, heading, context, number, pack, catalogue)
    zones = make_zones(item.sentence, item.quantities, item.cues, item.indicators, item.periods, item.places)
    done: list[Reading] = []
    spoken: list[Reading] = []  # those that something may go on from
    beside: Beside | None = Beside()
    before = Before(item=item, number=number, done=(), context=context, pack=pack, catalogue=catalogue)
    for reading, zone in zip(readings, zones, strict=True):
        reading = said_by(reading, zone, item, pack, done)
        reading = told_as(reading, zone, item, pack, done)
        if not reading.indicator and reading.unit == "count" and not reading.quantity.unit:
            reading = carry_unit(reading, replace(before, done=done))  # "70 млн-ы сыртқа кетті"
        reading = faceted(reading, context, item, number, pack, catalogue)
        beside = said_beside(reading, zone, item, pack, beside)
        reading = named(reading, zone, replace(before, done=spoken, beside=beside))
        reading = dated(reading, item, context, number, pack, catalogue, heading, done)
        reading = carry_whole(
            faceted_whole(reading, context, done, pack, catalogue), context, pack, catalogue
        )
        reading = carry_place(carry_group(reading, item, context, number), item, context, pack, catalogue)
        reading = by_its_time(reading, zone, item, context, pack, done)
        reading = told_again(settled(reading, done, pack), zone, done)
        reading = reached_anew(goes_on(reading, done), context, done)
        done.append(reading)
        spoken += [] if reading.aside else [reading]
    return side_by_side(done, item, context, number, pack, catalogue)


def said_by(reading: Reading, zone: Zone, item: Found, pack: Pack, done: Sequence[Reading]) -> Reading:
    """A reading with who tells it, where its sentence has several who do."""
    several = len([c for c in item.cues if c.kind == "speech" or "speech" in c.flags]) > 1
    nameless = reading.has_subject and not reading.indicator
    teller = find_speaker(item.sentence, zone.cues, pack) if several or nameless else ""
    return replace(untold_by(reading, teller, done), speaker=teller if several else "")


def named(reading: Reading, zone: Zone, before: Before) -> Reading:
    """A reading with the thing and the unit that its own words leave out."""
    context, number, done = before.context, before.number, before.done
    pack, catalogue = before.pack, before.catalogue
    branch = of_branch(reading, zone, number, context.branches, pack, done)
    if branch is not None:
        return carry_unit(branch, before)
    reading = in_people(reading, done, pack, catalogue)
    reading = carry_subject(reading, before)
    if done and goes_on_with(reading, done[-1]):  # "Ресейде ол 7,7%, Өзбекстанда 8%"
        said = done[-1]
        flags = (*(f for f in reading.flags if f != "measure_unsaid"), "coreference")
        reading = replace(
            reading,
            indicator=said.indicator,
            subject=said.subject,
            measure=said.measure,
            share_of=said.share_of,
            flags=flags,
        )
    reading = of_them_all(reading, context, number, pack, catalogue, done)
    if not reading.indicator and not reading.has_subject and done and restates(reading, done[-1], zone):
        said = done[-1]  # "он подскочил с 88 до 138 тенге, то есть на 36%"
        flags = (*reading.flags, "coreference")
        reading = replace(reading, indicator=said.indicator, subject=said.subject, flags=flags)
    reading = per_head(reading, pack, catalogue)
    if before.beside is not None:
        reading = as_before(reading, done, catalogue)
    return carry_decimal(carry_unit(reading, before), before)


def dated(
    reading: Reading,
    item: Found,
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
    heading: Heading | None,
    done: Sequence[Reading],
) -> Reading:
    """A reading with the way it moved and the time that its sentence leaves out."""
    reading = headed(reading, heading, context)
    moved = context.moved_sentence == number - 1 and reading.modality is not Modality.DEFINITION
    if reading.measure is Measure.CHANGE and not reading.direction and moved:
        reading = replace(reading, direction=Direction(context.moved))
    reading = of_expectation(what_comes(reading, item, catalogue), catalogue)
    return carry_period(reading, context, number, done, item, pack, catalogue)


def goes_on_with(reading: Reading, before: Reading) -> bool:
    """Whether a nameless Kazakh figure of a list shares the pronoun of the one before it."""
    open_level = "measure_unsaid" in reading.flags or reading.measure is before.measure
    open_level |= reading.measure is Measure.SHARE and not reading.share_of and reading.whole == (0, 0)
    listed = "ellipsis" in reading.flags and before.anaphoric and "coreference" in before.flags
    return not reading.indicator and listed and open_level and reading.unit == before.unit


def told_again(reading: Reading, zone: Zone, done: Sequence[Reading]) -> Reading:
    """A figure that says another way what the one before it said, or the second of "from X to Y"."""
    if not done:
        return reading
    said = done[-1]
    if change_again(reading, said, zone):
        return replace(
            reading,
            indicator=said.indicator,
            subject=said.subject,
            measure=said.measure,
            direction=said.direction,
            period=said.period,
            flags=tuple(f for f in reading.flags if f != "measure_unsaid"),
        )
    if "to_value" in reading.flags and "from_value" in said.flags and not reading.indicator:
        return replace(reading, indicator=said.indicator, subject=said.subject, strong=said.strong)
    return reading


def side_by_side(
    readings: Sequence[Reading], item: Found, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> list[Reading]:
    """The readings of a sentence with what one says of another: ends of a stretch, lists, contrasts."""
    readings = planned_with(readings)
    done = started(year_before(one_a_year(ends_of_stretch(readings)), pack))
    done = now_again(done, context, item, pack)
    above = context.above if context.above_sentence == number - 1 else []
    done = respectively(done, above, item, pack)
    done = instead(done, pack)
    return of_harvest(price_rows(dated_by_contrast(done, item, context), catalogue), catalogue)


def untold_by(reading: Reading, teller: str, done: Sequence[Reading]) -> Reading:
    """A figure is of no body that only tells or awaits it: "правительство рассчитывает на 4%"."""
    start, end = (at - reading.sentence.start for at in reading.subject)
    told = reading.sentence.text[max(start, 0) : max(end, 0)].lower()
    if reading.indicator or not teller or told != teller.lower():
        return reading
    reading = replace(reading, subject=(0, 0))
    if not done or done[-1].unit != reading.unit or not done[-1].indicator:
        return reading
    last = done[-1]
    unsaid = "measure_unsaid" in reading.flags
    reading = replace(
        reading, indicator=last.indicator, subject=last.subject, flags=(*reading.flags, "ellipsis")
    )
    return replace(reading, measure=last.measure, direction=last.direction) if unsaid else reading


def change_again(reading: Reading, before: Reading, zone: Zone) -> bool:
    """Whether a percentage says a change told in an amount again: "прибавка – 1,9 млн тонн, или 7,5%"."""
    told = is_next_to(reading, before) and bool(zone.left_cues("restate"))
    unsaid = reading.unit == "percent" and "measure_unsaid" in reading.flags
    return told and unsaid and before.measure is Measure.CHANGE and before.unit not in RATIO_UNITS
