"""Carry: what a sentence leaves unsaid comes from the heading above it or the sentences before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from kztext.catalogue import Catalogue
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.geography import home
from kztext.headings import Heading, read_heading
from kztext.lang.pack import Pack
from kztext.modality import modality
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Aggregation, Direction, Measure, Modality
from kztext.relate import relate, span_of_years
from kztext.spans import Lang, Layout, Period, PeriodKind
from kztext.speakers import find_speaker, speakers_of
from kztext.tables import Column, cell_heading, cells, read_columns
from kztext.zones import make_zones

COUNTRY = 3  # letters of an ISO 3166-1 alpha-3 code
CURRENCY = 3  # letters of an ISO 4217 code
HYPHENED = regex.compile(r"[-–]\p{L}{3}")  # "2-тарау": no ending, so the number is an ordinal
COMING = regex.compile(r"(?:year_offset|window|shift):[1-9]")
EQUALS = regex.compile(r"\s*[–—=:-]\s*")
COLON = regex.compile(r":(?=\s)")
REACH = 3  # sentences back that an unsaid subject or period may come from
TITLE = 90  # characters that a title line has at most
OPENING = 5  # sentences in which a document says what it reports on
LONG_REACH = 12  # sentences back that a pronoun may point


@dataclass(slots=True)
class Context:
    """What the document has said so far."""

    heading: Heading | None = None
    heading_block: int = -1
    columns: list[Column] = field(default_factory=list)
    last: Reading | None = None
    named: list[Reading] = field(default_factory=list)  # the latest readings that name their subject
    last_sentence: int = -9
    mentioned: tuple[str, tuple[int, int]] | None = None
    mentioned_sentence: int = -9
    anchor: Period | None = None  # what "that year" and months without a year are placed by
    period: Period | None = None
    period_block: int = -1
    period_sentence: int = -9
    period_geo: str = ""
    moved: str = ""  # which way the last verb of rise or fall went
    moved_sentence: int = -9
    day: Period | None = None  # that the sentence before told its levels as of
    day_sentence: int = -9
    opening: Period | None = None  # the period of the title or first sentence: what the document reports on
    unit: str = ""
    doc_date: str = ""
    written: str = ""  # the year a text without a date was written in: the one after the year it reports on
    planned: int = 0  # the first year of the plan that the document is
    country: str = ""  # that the text is about
    counted: bool = False  # a sentence with figures has gone by
    years: dict[str, list[int]] = field(default_factory=dict)  # of the block, by indicator
    years_block: int = -1


def read_document(
    found: Sequence[Found], packs: dict[Lang, Pack], catalogue: Catalogue, *, doc_date: str = ""
) -> list[Reading]:
    """The readings of a whole document, in text order."""
    context = Context(doc_date=doc_date, planned=plan_from(found))
    country = home(found)
    context.country = "KAZ" if country.startswith("KZ-") else country
    speakers = speakers_of(found, packs)
    readings: list[Reading] = []
    previous: Found | None = None
    for number, item in enumerate(figures(item) for item in found):
        pack = packs[item.sentence.lang]
        if item.sentence.layout is Layout.HEADING:
            context.heading = whole_heading(item, pack)
            context.heading_block = item.sentence.block
            context.columns, context.unit = [], ""
        if item.sentence.layout is Layout.ROW and not (
            previous is not None and previous.sentence.layout is Layout.ROW
        ):
            context.columns = read_columns(item, pack)
        previous = item
        made = [
            replace(reading, speaker=reading.speaker or speakers[number])
            for reading in read_sentence(item, context, number, pack, catalogue)
        ]
        readings += made
        note(context, item, made, number)
    return readings


def of_plan(reading: Reading, context: Context) -> bool:
    """Whether a number of a planning document is a target: told of a year of the plan."""
    first = reading.period.first if reading.period is not None else ""
    return bool(context.planned) and first[:4].isdigit() and int(first[:4]) >= context.planned


def plan_from(found: Sequence[Found]) -> int:
    """The first year of the plan or programme that a document is, by its title; 0 where it is none."""
    for item in found[:3]:
        plan = any(c.kind == "plan_title" for c in item.cues)
        years = [p for p in item.periods if p.first[:4].isdigit()]
        if years and (plan or any(c.kind == "plan_title" for before in found[:3] for c in before.cues)):
            return int(years[0].first[:4])
    return 0


def figures(item: Found) -> Found:
    """The sentence without the quantities that only say what a figure is counted on.

    "868 на 100 тыс. населения" says one number, "1 доллар – 498 теңге" too.
    """
    kept = []
    for i, quantity in enumerate(item.quantities):
        per = any(
            c.kind == "per" and c.start <= quantity.end + 1 and quantity.start < c.end for c in item.cues
        )
        after = item.quantities[i + 1] if i + 1 < len(item.quantities) else None
        priced = (
            after is not None
            and len(quantity.unit) == len(after.unit) == CURRENCY
            and quantity.unit.isupper()
            and after.unit.isupper()
            and quantity.unit != after.unit
            and quantity.value in (1, 10, 100, 1000)
            and EQUALS.fullmatch(
                item.sentence.text,
                quantity.outer_end - item.sentence.start,
                after.outer_start - item.sentence.start,
            )
        )
        text = item.sentence.text[quantity.start - item.sentence.start : quantity.end - item.sentence.start]
        rest = item.sentence.text[quantity.outer_end - item.sentence.start :].lstrip()
        scale = quantity.value == quantity.multiplier > 1 and not any(c.isdigit() for c in text)
        headed = scale and rest[:1] in ("", ":", ",", ")", "|")
        labelled = any(c.kind == "label" and 0 <= c.start - quantity.outer_end <= 1 for c in item.cues)
        ordinal = item.sentence.lang is Lang.KK and not quantity.unit and HYPHENED.match(rest) is not None
        if not per and not priced and not headed and not ordinal and not (labelled and not quantity.unit):
            kept.append(quantity)
    return replace(item, quantities=tuple(kept))


def whole_heading(item: Found, pack: Pack, end: int | None = None) -> Heading:
    """A heading line, or the words before a colon, as context."""
    sentence = item.sentence
    return read_heading(
        sentence, end or sentence.end, item.cues, item.indicators, item.periods, item.places, pack
    )


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
        if not told and not counted and named:
            heading = own
    if heading is not None:
        readings = [under_heading(r, heading, context, catalogue) for r in readings]
    zones = make_zones(sentence, item.quantities, item.cues, item.indicators, item.periods, item.places)
    several = len([c for c in item.cues if c.kind == "speech" or "speech" in c.flags]) > 1
    done: list[Reading] = []
    for reading, zone in zip(readings, zones, strict=True):
        speaker = find_speaker(sentence, zone.cues, pack) if several else ""
        way = modality(zone, sentence, item.cues, pack, item.periods)
        reading = replace(reading, modality=way, speaker=speaker)
        if reading.modality is Modality.DEFINITION:  # a threshold moves nowhere
            reading = replace(reading, direction=Direction.NONE)
        reading = carry_subject(reading, context, number, catalogue)
        headed = heading is not None and heading.planned
        if reading.modality is Modality.ACTUAL and (headed or of_plan(reading, context)):
            reading = replace(reading, modality=Modality.PLAN)
        moved = context.moved_sentence == number - 1
        if reading.measure is Measure.CHANGE and not reading.direction and moved:
            reading = replace(reading, direction=Direction(context.moved))
        reading = carry_period(reading, context, number, done)
        reading = carry_whole(reading, context, catalogue)
        if reading.modality is Modality.ACTUAL and lies_ahead(reading, context):
            aimed = bool(done) and done[-1].modality is Modality.PLAN
            reading = replace(reading, modality=Modality.PLAN if aimed else Modality.FORECAST)
        done.append(reading)
    return done


def lies_ahead(reading: Reading, context: Context) -> bool:
    """Whether a figure is told of a time after the text was written ("алдағы жылда", "через два года")."""
    if "context_period" in reading.flags:
        return False
    for period in (reading.period, reading.spread):
        if period is None:
            continue
        if any(COMING.match(flag) for flag in period.flags):
            return True
        edge = period.first or period.last
        if context.doc_date and edge[:4].isdigit() and edge[:4] > context.doc_date[:4]:
            return True
    return False


def read_row(
    item: Found,
    readings: Sequence[Reading],
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
) -> list[Reading]:
    """The readings of a table row: each cell under its column, its row's label and the heading above."""
    done = []
    label = cells(item)[:1]
    for reading in readings:
        quantity = reading.quantity
        if label and label[0][0] <= quantity.start < label[0][1]:
            continue
        heading = cell_heading(item, quantity, context.columns, pack, context.heading)
        if heading is None:
            done.append(reading)
            continue
        bare = replace(reading, subject=(0, 0), indicator="", period=heading.period, base=None)
        bare = under_heading(bare, heading, context, catalogue)
        bare = carry_period(bare, context, number, [])
        done.append(carry_whole(bare, context, catalogue))
    return done


def under_heading(reading: Reading, heading: Heading, context: Context, catalogue: Catalogue) -> Reading:
    """A reading in a list, table or colon list, with what the heading says of all of them."""
    quantity = reading.quantity
    flags = list(reading.flags)
    changes: dict[str, object] = {}
    bare = not quantity.unit
    above = heading.mention.indicator if heading.mention else ""
    own_subject = (
        reading.subject != heading.subject and not inside(reading.subject, heading)
        if reading.has_subject
        else bool(reading.indicator) and reading.indicator != above
    )
    if bare and heading.unit and quantity.multiplier in (Decimal(1), heading.multiplier):
        factor = Decimal(1) if quantity.multiplier != 1 else heading.multiplier
        quantity = replace(
            quantity,
            value=quantity.value * factor,
            high=quantity.high * factor,
            unit=heading.unit,
            multiplier=heading.multiplier,
        )
        changes |= {"quantity": quantity, "unit": heading.unit}
        flags.append("unit_from_header")
    elif bare and context.unit and quantity.multiplier != 1 and reading.unit != "count":
        changes["unit"] = context.unit
        flags.append("ellipsis")
    flags.append("table")
    if not own_subject:
        changes |= {
            "subject": heading.subject,
            "indicator": heading.mention.indicator if heading.mention else "",
        }
        changes["strong"] = heading.mention is not None
    percent = quantity.unit == "percent"
    rate_thing = catalogue.indicators.get(str(changes.get("indicator", reading.indicator)))
    is_rate = rate_thing is not None and rate_thing.is_rate
    if heading.structure and percent:
        changes |= {"measure": Measure.SHARE, "direction": Direction.NONE}
        changes["share_of"] = heading.mention.indicator if heading.mention else ""
    elif percent and heading.index and not own_subject:
        changes |= {"measure": Measure.INDEX, "direction": Direction.NONE}
    elif percent and heading.growth and not is_rate and grows(reading, own_subject):
        direction = Direction(heading.growth)
        changes |= {
            "measure": Measure.CHANGE,
            "direction": Direction.DOWN if quantity.negative else direction,
        }
    elif percent and heading.share and "measure_unsaid" in reading.flags:
        changes["measure"] = Measure.SHARE
    if reading.period is None and heading.period is not None and "from_value" not in reading.flags:
        changes["period"] = heading.period
    if not reading.geo and heading.geo:
        changes["geo"] = heading.geo
    if not reading.price_basis and heading.basis:
        changes["price_basis"] = heading.basis
    period = changes.get("period") or reading.period
    if isinstance(period, Period) and period.first[:4].isdigit() and reading.base is None:
        year = int(period.first[:4]) - 1
        if heading.december:
            flags.append("end_of_period")
            changes["base"] = replace(period, first=f"{year}-12", last=f"{year}-12", flags=("base",))
        elif heading.previous_year:
            changes["base"] = replace(period, first=str(year), last=str(year), flags=("base",))
    if "measure_unsaid" in flags and (heading.unit or not bare):
        flags.remove("measure_unsaid")
        changes["confidence"] = max(reading.confidence, 0.85)
    changes["flags"] = tuple(dict.fromkeys(flags))
    return replace(reading, **changes)  # type: ignore[arg-type]


def grows(reading: Reading, own_subject: bool) -> bool:
    """Whether a percentage under a heading of growth is one: nothing in its line says another thing."""
    unsaid = "measure_unsaid" in reading.flags or (
        reading.measure is Measure.CHANGE and not reading.direction
    )
    return unsaid or (not own_subject and reading.measure is Measure.LEVEL)


def inside(subject: tuple[int, int], heading: Heading) -> bool:
    """Whether a subject lies inside the words of the heading."""
    return heading.subject[0] <= subject[0] and subject[1] <= heading.subject[1]


def carry_subject(reading: Reading, context: Context, number: int, catalogue: Catalogue) -> Reading:
    """Ellipsis and pronouns: the subject of the sentences before."""
    if reading.indicator or (reading.has_subject and not reading.anaphoric):
        return reading
    reach = LONG_REACH if reading.anaphoric or not reading.has_subject else REACH
    last = context.last if number - context.last_sentence <= reach else None
    if last is not None and reading.anaphoric:
        last = next((r for r in reversed(context.named) if same_kind(r.unit, reading.unit)), last)
    mentioned = context.mentioned if number - context.mentioned_sentence <= 1 else None
    flags = (*reading.flags, "coreference" if reading.anaphoric else "ellipsis")
    if mentioned is not None and (last is None or not is_whole(mentioned[0], last.indicator, catalogue)):
        return replace(
            reading,
            indicator=mentioned[0],
            subject=mentioned[1],
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    if last is not None and (last.indicator or last.has_subject):
        return replace(
            reading,
            indicator=last.indicator,
            subject=last.subject,
            growth=reading.growth or last.growth,
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    return reading


def carry_whole(reading: Reading, context: Context, catalogue: Catalogue) -> Reading:
    """The whole of a share that its sentence leaves out: the catalogue's, or what was spoken of before."""
    if reading.measure is not Measure.SHARE or reading.share_of:
        return reading
    if reading.of_before and context.last is not None:
        last = context.last
        known = last.indicator if last.indicator in catalogue.wholes else ""
        return replace(reading, share_of=known, whole=(0, 0) if known else last.subject)
    entry = catalogue.indicators.get(reading.indicator)
    if "falls" in reading.flags and context.last is not None and context.last.indicator in catalogue.wholes:
        return replace(reading, share_of=context.last.indicator, flags=(*reading.flags, "coreference"))
    if entry is None:
        return reading
    rate = entry.measure == "share" or entry.is_rate
    return replace(reading, share_of=entry.share_of if rate else entry.part_of)


def same_kind(one: str, other: str) -> bool:
    """Whether two units measure the same kind of thing: the same unit, or both money."""
    money = all(len(unit) == CURRENCY and unit.isupper() for unit in (one, other))
    return one not in ("", *RATIO_UNITS) and (one == other or money)


def is_whole(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether one indicator is another or its whole: "инвестиция" after "негізгі капиталға инвестиция"."""
    entry = catalogue.indicators.get(other)
    return one == other or (entry is not None and entry.part_of == one)


def carry_period(reading: Reading, context: Context, number: int, before: Sequence[Reading]) -> Reading:
    """A period without a year takes the context's; an unsaid one that of the sentence before it."""
    here = [r.period for r in before if r.period is not None and (r.period.first or r.period.last)]
    around = here[-1] if here else context.anchor
    period = reading.period
    flags = reading.flags
    if (
        period is not None
        and not (period.first or period.last)
        and around is not None
        and (follows_text(period) or (bool(here) and not context.doc_date))
    ):
        period = resolve(period, anchor=span_name(around))
    elif period is not None and not (period.first or period.last) and context.written:
        period = resolve(period, anchor=context.written)
    elif (
        reading.modality is Modality.PLAN
        and context.doc_date
        and reading.spread is not None
        and reading.spread.length_unit == "year"
        and reading.spread.length
        and (period is None or not period.first)
    ):
        year = int(context.doc_date[:4])
        period = replace(reading.spread, first=str(year), last=str(year + int(reading.spread.length)))
    elif (listed := of_list(reading, context)) is not None:
        reading = listed
        period = reading.period
    elif period is None and reading.modality is Modality.ACTUAL and "from_value" not in flags:
        close = context.period_block == reading.sentence.block and number - context.period_sentence <= REACH
        lasting = reading.spread is not None and "yearly" not in reading.spread.flags
        abroad = len(reading.geo) == COUNTRY and reading.geo != context.country
        if reading.spread is not None and any(f.startswith("window") for f in reading.spread.flags):
            close, lasting = False, True  # "соңғы үш жылда" says when
        if close and abroad and reading.geo != context.period_geo:  # the next item of a chronicle
            close = False
        period = context.period if close else None if lasting or abroad else context.opening
        if context.day is not None and context.day_sentence == number - 1 and stands(reading):
            period = context.day
        if period is not None:
            flags = (*flags, "context_period")
            if (
                reading.measure is Measure.CHANGE
                and span_of_years(period) > 1
                and reading.aggregation == "period"
            ):
                reading = replace(reading, aggregation=Aggregation.CUMULATIVE)
    base = reading.base
    if base is not None and not (base.first or base.last) and period is not None:
        base = resolve(base, anchor=span_name(period))
    if (
        period is not None
        and base is not None
        and period.last
        and not period.first
        and reading.measure is not Measure.LEVEL
    ):
        period = replace(
            period, first=period.last
        )  # "until 2000" against 1990 is the change that 2000 has reached
    return replace(reading, period=period, base=base, flags=flags)


def follows_text(period: Period) -> bool:
    """Whether a period is placed by what the text speaks of; "былтыр" is placed by the day of writing."""
    parts = ("month", "quarter", "half", "day", "context", "anaphoric", "same_period")
    deictic = any(flag.startswith(("year_offset", "shift", "window", "weekday")) for flag in period.flags)
    return not {"context", "anaphoric"}.isdisjoint(period.flags) or (
        not deictic and any(flag.startswith(parts) for flag in period.flags)
    )


def of_list(reading: Reading, context: Context) -> Reading | None:
    """ "Over these N years" below a list of years: the list's own, or its last against the one N before."""
    spread = reading.spread
    if spread is None or spread.length_unit != "year" or spread.length is None or spread.first or spread.last:
        return None
    years = context.years.get(reading.indicator, []) if context.years_block == reading.sentence.block else []
    count = int(spread.length)
    if count < 2 or len(years) < 2:
        return None
    if len(years) == count:
        whole = replace(spread, first=str(min(years)), last=str(max(years)), kind=PeriodKind.YEARS)
        return replace(reading, period=whole, flags=(*reading.flags, "context_period"))
    if max(years) - count in years and reading.measure is Measure.CHANGE:
        first, last = str(max(years) - count), str(max(years))
        base = replace(spread, first=first, last=first, kind=PeriodKind.YEAR, flags=("base",))
        period = replace(spread, first=last, last=last, kind=PeriodKind.YEAR)
        return replace(reading, period=period, base=base, flags=(*reading.flags, "context_period"))
    return None


def span_name(period: Period) -> str:
    """A period as one ISO name, "first/last" where it is longer than one unit."""
    if period.first == period.last or not (period.first and period.last):
        return period.first or period.last
    return f"{period.first}/{period.last}"


def note(context: Context, item: Found, readings: Sequence[Reading], number: int) -> None:
    """Remember what the sentence said, for those after it."""
    named = [r for r in readings if r.has_subject]
    if named:
        context.last, context.last_sentence = named[-1], number
        context.named = [*context.named, *named][-LONG_REACH:]
    strong = [m for m in item.indicators if "weak" not in m.flags]
    if strong:
        first = strong[0]
        context.mentioned, context.mentioned_sentence = (first.indicator, (first.start, first.end)), number
    verbs = [c for c in item.cues if c.kind == "direction" and "noun" not in c.flags]
    if verbs:
        context.moved, context.moved_sentence = verbs[-1].value, number
    aims = [r for r in readings if r.modality in (Modality.PLAN, Modality.FORECAST)]
    told, placing = item, list(readings)
    if aims and not context.planned:  # what is planned for another time places nothing that follows
        placing = [r for r in readings if r not in aims]
        told = replace(item, periods=())
    period = spoken_of(told, placing) or day_of_data(item, number)
    dated = [p for p in told.periods if (p.first or p.last) and "base" not in p.flags]
    if period is not None or dated:
        context.anchor = period or dated[-1]
    days = [r.period for r in readings if r.period is not None and r.period.is_day]
    if days and readings[0].measure is Measure.LEVEL and readings[0].period == days[0]:
        context.day, context.day_sentence = days[0], number
    elif context.day_sentence == number - 1 and readings and all(stands(r) for r in readings):
        context.day_sentence = number
    if any(c.kind == "aside" for c in item.cues):  # "Для сравнения: в 2019 году …"
        period = None
    if period is not None:
        context.period, context.period_block, context.period_sentence = period, item.sentence.block, number
        context.period_geo = next((r.geo for r in readings if r.geo), "")
        short = len(item.sentence.text) <= TITLE and not item.sentence.text.rstrip().endswith(".")
        headline = number == 0 or item.sentence.layout is Layout.HEADING or short
        titled = not context.doc_date and headline and number < 3
        early = number < OPENING and not context.counted
        reported = titled or period.is_day or reports_on(period, context.doc_date)
        if context.opening is None and early and reported:
            context.opening = period
            if not context.doc_date and period.kind is PeriodKind.YEAR and period.last.isdigit():
                context.written = str(int(period.last) + 1)
    context.counted = context.counted or bool(readings)
    if context.years_block != item.sentence.block:
        context.years, context.years_block = {}, item.sentence.block
    for reading in readings:
        if reading.indicator and reading.period is not None and reading.period.kind is PeriodKind.YEAR:
            known = context.years.setdefault(reading.indicator, [])
            if reading.period.last.isdigit() and int(reading.period.last) not in known:
                known.append(int(reading.period.last))
    units = [r.unit for r in readings if r.unit and r.unit not in ("percent", "times", "percentage_point")]
    if units:
        context.unit = units[-1]


def stands(reading: Reading) -> bool:
    """Whether a figure is told by a dash alone, as in a list of levels: "Ссудный портфель – 33,9 трлн"."""
    quantity, sentence = reading.quantity, reading.sentence
    lead = sentence.text[: min(quantity.outer_start, quantity.start) - sentence.start].rstrip()
    level = reading.measure in (Measure.LEVEL, Measure.SHARE)
    return lead.endswith(("–", "—")) and level and not reading.base


def day_of_data(item: Found, number: int) -> Period | None:
    """The day that a title gives its data as of: "(2023 жылғы 25 қазандағы жедел дерек)"."""
    if number >= OPENING or item.quantities or not any(c.kind == "data_title" for c in item.cues):
        return None
    return next((p for p in item.periods if p.is_day), None)


def reports_on(period: Period, doc_date: str) -> bool:
    """Whether a period of the first sentences is what a dated document reports on: ended within two years."""
    last = period.last or period.first
    known = bool(doc_date) and last[:4].isdigit()
    known = known and period.kind is not PeriodKind.TIME and not period.is_day
    return known and 0 <= int(doc_date[:4]) - int(last[:4]) <= 1


def compared_with(reading: Reading) -> bool:
    """Whether a figure is of a time told from another figure's: "против 2,3 млн тонн годом ранее"."""
    flags = reading.period.flags if reading.period is not None else ()
    return "relative_period:year_earlier" in flags or (
        "context" in flags and any(f.startswith(("year_offset:-", "shift:-")) for f in flags)
    )


def spoken_of(item: Found, readings: Sequence[Reading]) -> Period | None:
    """The period that a sentence is about: of its first number that has one, or the one it names."""
    main = [r for r in readings if "from_value" not in r.flags and not compared_with(r)]
    said = [r.period for r in main if r.period is not None and r.period.first and r.period.last]
    said = [p for p in said if not p.is_day]
    if said:
        return said[0]
    kinds = (PeriodKind.TIME, PeriodKind.DURATION)
    usable = [
        p for p in item.periods if (p.first or p.last) and "base" not in p.flags and p.kind not in kinds
    ]
    whole = [p for p in usable if p.first and p.last and not p.is_day]
    return whole[-1] if whole else None
