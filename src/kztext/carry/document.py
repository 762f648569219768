"""A whole document, sentence by sentence, each with what was said before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.carry.anchors import follows_text, span_name
from kztext.carry.comparisons import dated_by_contrast, set_beside
from kztext.carry.context import Context, headed, new_item, note, of_plan, of_sending, plan_from
from kztext.carry.facets import (
    faceted,
    faceted_whole,
    in_people,
    note_product,
    of_harvest,
    of_product,
    per_head,
)
from kztext.carry.fellows import with_fellows
from kztext.carry.figures import figures
from kztext.carry.focus import as_before, as_listed, read_focus, said_beside
from kztext.carry.levels import price_rows, reached_anew
from kztext.carry.lists import as_above, as_last, note_scale, read_row, under_heading
from kztext.carry.names import Beside
from kztext.carry.periods import (
    carry_period,
    ends_of_stretch,
    lies_ahead,
    of_expectation,
    one_a_year,
    what_comes,
)
from kztext.carry.places import carry_place, note_place, settled
from kztext.carry.respective import respectively
from kztext.carry.stretches import looks_back, note_stretch, now_again, year_before
from kztext.carry.subjects import carry_decimal, carry_subject, carry_unit, carry_whole
from kztext.carry.unsaid import REACH
from kztext.catalogue import Catalogue
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.headings import Heading, parted, read_heading, within
from kztext.lang.pack import Pack
from kztext.modality import is_now, is_promised, is_to_be_done, modality
from kztext.nouns import Role, is_verb, words_between
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Direction, Measure, Modality
from kztext.relate import relate
from kztext.segment import DATE_HEAD
from kztext.spans import COUNTRY, KAZAKHSTAN, THE_COUNTRY, Lang, Layout, Period
from kztext.speakers import find_speaker
from kztext.tables import read_columns
from kztext.voices import dialogue, voices_of
from kztext.zones import Zone, make_zones

COLON = regex.compile(r":(?=\s)")
DATED = 4  # words of a line that holds the date of a document alone


def read_document(
    found: Sequence[Found],
    packs: dict[Lang, Pack],
    catalogue: Catalogue,
    *,
    country: str,
    homes: Sequence[str],
    doc_date: str = "",
) -> list[Reading]:
    """The readings of a whole document, in text order.

    `country` (or region) is what it is about, `homes` says the same of each sentence.
    """
    context = Context(
        doc_date=doc_date, planned=plan_from(found), latest=latest_year(found), begun=lines_of_date(found)
    )
    context.sent = days_sent(found)
    context.focus = read_focus(found, packs)
    context.country = KAZAKHSTAN if country.startswith("KZ-") else country
    speakers = voices_of(found, packs)
    talk = set[int]().union(*dialogue(found, packs))
    readings: list[Reading] = []
    previous: Found | None = None
    counted: Found | None = None  # the last sentence with figures, where it is near
    at = 0
    for number, item in enumerate(figures(item) for item in found):
        pack = packs[item.sentence.lang]
        near = counted if counted is not None and number - at <= 1 + (number in talk) else None
        item = with_fellows(item, near, pack, spoken=number in talk)
        if item.quantities:
            counted, at = item, number
        if number in talk and item.sentence.layout is Layout.ITEM:  # no item of a list under a heading
            item = replace(item, sentence=replace(item.sentence, layout=Layout.TEXT))
        if item.sentence.layout is Layout.DATELINE and context.sent:
            new_item(context, number)
        if item.sentence.layout is Layout.HEADING and not DATE_HEAD.fullmatch(item.sentence.text):
            context.heading = whole_heading(item, pack)
            period = section_period(context.heading, context) if number else None
            if period is not None and not of_sending(period, context):
                context.section = period
            context.columns, context.unit = [], ""
        if item.sentence.layout is Layout.ROW and not (
            previous is not None and previous.sentence.layout is Layout.ROW
        ):
            context.columns = read_columns(item, pack)
            context.columns_sentence = number if context.columns else -1
        previous = item
        made = [
            replace(
                at_home(reading, item, homes[number], country), speaker=reading.speaker or speakers[number]
            )
            for reading in read_sentence(item, context, number, pack, catalogue)
        ]
        readings += made
        back = [reading for reading in made if looks_back(reading, context, pack)]
        beside = [reading for reading in set_beside(made, item) if reading not in back]
        note(context, item, made, number, pack, back=[*back, *beside])
        note_stretch(context, item, made, back)
        note_scale(context, made, item, number)
        note_place(context, item, made, pack)
        note_product(context, made, item, number, pack)
    return readings


def days_sent(found: Sequence[Found]) -> frozenset[str]:
    """The days on which the items of a text of several were sent, by their datelines."""
    lines = [item for item in found if item.sentence.layout is Layout.DATELINE]
    days = (p.first for item in lines for p in item.periods if p.is_day)
    return frozenset(days) if len(lines) > 1 else frozenset()


def at_home(reading: Reading, item: Found, home: str, country: str) -> Reading:
    """A figure without a place in an item of news about another region than the rest of the text.

    What a region makes of "the country's output" is the region's share.
    """
    start, end = reading.whole
    of_country = any(p.rule == THE_COUNTRY and start <= p.start < end for p in item.places)
    if reading.measure is Measure.SHARE and of_country and home.startswith("KZ-"):
        return replace(reading, geo=home)
    elsewhere = home != country and not reading.geo and "local" not in reading.flags
    return replace(reading, geo=home) if elsewhere else reading


def whole_heading(item: Found, pack: Pack, end: int | None = None) -> Heading:
    """A heading line, or the words before a colon, as context."""
    sentence = item.sentence
    first_since = pack.compile(pack.table("changes")["first_since"])
    periods = [
        p for p in item.periods if not first_since.search(sentence.text[: p.start - sentence.start].lower())
    ]
    read = (item.cues, item.indicators, periods, item.places, pack)
    return parted(read_heading(sentence, end or sentence.end, *read), end or sentence.end, *read)


def carry_group(reading: Reading, item: Found, context: Context, number: int) -> Reading:
    """What is told of "this organisation" is told of the group of states that was named before it."""
    near = context.group and number - context.group_sentence <= REACH
    told = any(c.kind == "body" and c.start < reading.quantity.start for c in item.cues)
    return replace(reading, geo=context.group) if near and told and len(reading.geo) != COUNTRY else reading


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


def read_sentence(
    item: Found, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> list[Reading]:
    """The readings of one sentence, with what the context adds."""
    sentence = item.sentence
    if not item.quantities:
        return []
    readings = relate(
        sentence, item.quantities, item.periods, item.cues, item.indicators, item.places, pack, catalogue
    )
    heading = None
    if sentence.layout in (Layout.ITEM, Layout.ROW) and context.heading is not None:
        heading = context.heading
    if sentence.layout is Layout.ROW:
        return read_row(item, readings, context, number, pack, catalogue)
    colon = COLON.search(sentence.text)
    if colon is not None and colon.start() + sentence.start < item.quantities[-1].start:
        own = whole_heading(item, pack, sentence.start + colon.start())
        before = [c for c in item.cues if c.end <= sentence.start + colon.start()]
        told = any(c.kind in ("level", "pace", "stable") or "verb" in c.flags for c in before)
        counted = any(q.end <= sentence.start + colon.start() for q in item.quantities)
        named = own.mention is not None or own.unit or not any(r.has_subject for r in readings)
        lead = words_between(sentence, sentence.start, sentence.start + colon.start(), (), item.periods, pack)
        named = named and (own.period is not None or any(w.role is Role.NOUN for w in lead))  # "Напомню: …"
        if not told and not counted and heading is not None and only_dates(own):
            heading = replace(heading, period=own.period or heading.period)  # "• 2019: 19,9"
        elif not told and not counted and named:
            heading = within(own, heading)
    if heading is not None:
        readings = as_last(readings)
        readings = [
            under_heading(as_above(r, context, number), heading, context, catalogue) for r in readings
        ]
        readings = [
            as_listed(r, said_of(r), heading.sentence.text, context.focus, pack, catalogue) for r in readings
        ]
    if heading is not None or colon is not None:
        above = (heading.sentence if heading is not None else sentence).text.partition(":")[0]
        readings = [of_product(r, said_of(r), above, pack, catalogue) for r in readings]
    zones = make_zones(sentence, item.quantities, item.cues, item.indicators, item.periods, item.places)
    several = len([c for c in item.cues if c.kind == "speech" or "speech" in c.flags]) > 1
    done: list[Reading] = []
    beside: Beside | None = Beside()
    for reading, zone in zip(readings, zones, strict=True):
        nameless = reading.has_subject and not reading.indicator
        teller = find_speaker(sentence, zone.cues, pack) if several or nameless else ""
        speaker = teller if several else ""
        reading = untold_by(reading, teller, done)
        way = modality(zone, sentence, item.cues, pack, item.periods)
        goes = way is Modality.ACTUAL and done and gapped_after(reading, done[-1], verbless(zone, item, pack))
        if goes and not is_now(zone, sentence):
            way = done[-1].modality
        if way is Modality.FORECAST and done and done[-1].modality is Modality.PLAN:
            hedged = any(c.kind == "modality" for c in zone.cues)
            way = way if hedged else Modality.PLAN  # "рассчитываем надоить 6 млн т, а доля поднимется до 5%"
        if way is Modality.ACTUAL and done and restates(reading, done[-1], zone):
            way = done[-1].modality
        reading = replace(reading, modality=way, speaker=speaker)
        if reading.modality is Modality.DEFINITION:  # a threshold moves nowhere
            reading = replace(reading, direction=Direction.NONE)
        reading = faceted(reading, context, item, number, pack, catalogue)
        beside = said_beside(reading, zone, item, pack, beside)
        reading = in_people(reading, done, pack, catalogue)
        reading = carry_subject(reading, context, number, pack, catalogue, beside, item, done)
        if not reading.indicator and not reading.has_subject and done and restates(reading, done[-1], zone):
            said = done[-1]  # "он подскочил с 88 до 138 тенге, то есть на 36%"
            flags = (*reading.flags, "coreference")
            reading = replace(reading, indicator=said.indicator, subject=said.subject, flags=flags)
        reading = per_head(reading, pack, catalogue)
        if beside is not None:
            reading = as_before(reading, done, catalogue)
        reading = carry_decimal(carry_unit(reading, context, number, pack, catalogue, done), done)
        reading = headed(reading, heading, context)
        moved = context.moved_sentence == number - 1 and reading.modality is not Modality.DEFINITION
        if reading.measure is Measure.CHANGE and not reading.direction and moved:
            reading = replace(reading, direction=Direction(context.moved))
        reading = of_expectation(what_comes(reading, item, catalogue), catalogue)
        reading = carry_period(reading, context, number, done, item, pack)
        told_whole = faceted_whole(reading, context, done, pack, catalogue)
        reading = carry_whole(told_whole, context, pack, catalogue)
        reading = carry_place(carry_group(reading, item, context, number), item, context, pack, catalogue)
        if reading.modality is Modality.ACTUAL and lies_ahead(reading, context, pack):
            aimed = (bool(done) and done[-1].modality is Modality.PLAN) or is_to_be_done(zone, sentence, pack)
            aimed = aimed or (reading.period is not None and "since" in reading.period.flags)
            reading = replace(reading, modality=Modality.PLAN if aimed else Modality.FORECAST)
        promised = reading.modality is Modality.ACTUAL and is_promised(zone, sentence, pack)
        if promised and is_ahead(reading, context):
            reading = replace(reading, modality=Modality.PLAN)
        reading = settled(reading, done, pack)
        if done and change_again(reading, done[-1], zone):
            said = done[-1]
            flags = tuple(f for f in reading.flags if f != "measure_unsaid")
            reading = replace(
                reading,
                indicator=said.indicator,
                subject=said.subject,
                measure=said.measure,
                direction=said.direction,
                period=said.period,
                flags=flags,
            )
        if "to_value" in reading.flags and done and "from_value" in done[-1].flags:
            reading = reading if reading.indicator else paired(reading, done[-1])
        done.append(reached_anew(goes_on(reading, done), context, done))
    done = started(year_before(one_a_year(ends_of_stretch(done)), pack))
    done = now_again(done, context, item, pack)
    told_before = context.above if context.above_sentence == number - 1 else []
    done = respectively(done, told_before, item, pack)
    return of_harvest(price_rows(dated_by_contrast(done, item, context), catalogue), catalogue)


def restates(reading: Reading, before: Reading, zone: Zone) -> bool:
    """Whether a change says in other words what the two levels before it said: "до 60 тыс., или на 41%"."""
    told = is_next_to(reading, before) or bool(zone.left_cues("restate"))  # "до 60 тыс., на 41%"
    return told and "to_value" in before.flags and reading.measure is Measure.CHANGE


def is_next_to(reading: Reading, before: Reading) -> bool:
    """Whether one word at most stands between two figures."""
    begin = reading.sentence.start
    between = reading.sentence.text[before.quantity.outer_end - begin : reading.quantity.outer_start - begin]
    return len(between.strip(" ,(").split()) < 2


def lines_of_date(found: Sequence[Found]) -> int:
    """How many lines of a document stand above its title and hold its date alone."""
    if not found or found[0].quantities or len(found[0].sentence.text.split()) > DATED:
        return 0
    return int(any(p.is_day for p in found[0].periods))


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


def paired(reading: Reading, before: Reading) -> Reading:
    """The second of "from X to Y" without a name, of what the first is."""
    return replace(reading, indicator=before.indicator, subject=before.subject, strong=before.strong)


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


def only_dates(heading: Heading) -> bool:
    """Whether the words before a colon are a period and no more: "2019", "2021 жыл"."""
    if heading.mention is not None or heading.unit or heading.period is None:
        return False
    start, end = heading.subject
    return (heading.period.start <= start and end <= heading.period.end) or start == end


def said_of(reading: Reading) -> str:
    """The words of the sentence that name what a reading is of."""
    start, end = (at - reading.sentence.start for at in reading.subject)
    return reading.sentence.text[start:end] if 0 <= start < end else ""


def latest_year(found: Sequence[Found]) -> str:
    """The last year that a document names, plans and forecasts aside; "" if it names none."""
    told = [item for item in found if not any(c.kind == "modality" for c in item.cues)]
    years = [p.last[:4] for item in told for p in item.periods if p.last[:4].isdigit()]
    return max(years, default="")


def section_period(heading: Heading, context: Context) -> Period | None:
    """The one period that a heading puts over the text below it ("Второе полугодие", "2024 жыл")."""
    if len(heading.periods) != 1 and not (heading.placed and not heading.periods):
        return None
    period = heading.periods[0] if heading.periods else heading.placed
    if period is not None and not (period.first or period.last):
        spoken = span_name(context.anchor) if context.anchor is not None else ""
        written = context.written if not follows_text(period) else ""  # "Биылғы жоспар"
        period = resolve(period, anchor=written or spoken)
    if period is None or not period.first or period.is_day or of_plan(period, context):
        return None
    if heading.modality is Modality.PLAN and period.first[:4] != period.last[:4]:
        return None  # "О ходе выполнения Плана развития на 2025–2027 годы": the figures are no aims
    if "" < context.doc_date[:4] < period.last[:4]:
        return None  # "О ходе выполнения плана на 2025–2027 годы", written in 2025
    return None if heading.sentence.text.rstrip().endswith(":") else period


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
