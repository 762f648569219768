"""Carry: what a sentence leaves unsaid comes from the heading above it or the sentences before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from kztext.attribution import find_speaker, modality, refers_back
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.headings import Heading, read_heading
from kztext.lang.pack import Pack
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Direction, Measure, Modality
from kztext.relate import relate
from kztext.spans import Lang, Layout, Period, PeriodKind
from kztext.zones import make_zones

COLON = regex.compile(r":(?=\s)")
REACH = 3  # sentences back that an unsaid subject may come from


@dataclass(slots=True)
class Context:
    """What the document has said so far."""

    heading: Heading | None = None
    heading_block: int = -1
    columns: list[Heading] = field(default_factory=list)
    last: Reading | None = None
    last_sentence: int = -9
    mentioned: tuple[str, tuple[int, int]] | None = None
    mentioned_sentence: int = -9
    period: Period | None = None
    period_block: int = -1
    period_sentence: int = -9
    opening: Period | None = None  # the period of the title or first sentence: what the document reports on
    unit: str = ""
    speaker: str = ""
    speaker_sentence: int = -9


def read_document(found: Sequence[Found], packs: dict[Lang, Pack], catalogue: Catalogue) -> list[Reading]:
    """The readings of a whole document, in text order."""
    context = Context()
    readings: list[Reading] = []
    for number, item in enumerate(found):
        pack = packs[item.sentence.lang]
        if item.sentence.layout is Layout.HEADING:
            context.heading = whole_heading(item, pack)
            context.heading_block = item.sentence.block
            context.columns, context.unit = [], ""
        made = read_sentence(item, context, number, pack, catalogue)
        readings += made
        note(context, item, made, number)
    return readings


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
    colon = COLON.search(sentence.text)
    if colon is not None and colon.start() + sentence.start < item.quantities[-1].start:
        own = whole_heading(item, pack, sentence.start + colon.start())
        if own.mention is not None or own.unit or own.subject != (0, 0):
            heading = own
    if heading is not None:
        readings = [under_heading(r, heading, context, catalogue) for r in readings]
    zones = make_zones(sentence, item.quantities, item.cues, item.indicators, item.periods, item.places)
    speaker = speaker_of(item, context, number, pack)
    done = []
    for reading, zone in zip(readings, zones, strict=True):
        reading = replace(reading, modality=modality(zone, sentence, item.cues), speaker=speaker)
        reading = carry_subject(reading, context, number, catalogue)
        reading = carry_period(reading, context, number, done)
        done.append(reading)
    return done


def speaker_of(item: Found, context: Context, number: int, pack: Pack) -> str:
    """Who says the sentence: named in it, or named just before where the sentence refers back."""
    speaker = find_speaker(item.sentence, item.cues, pack)
    if not speaker and context.speaker and refers_back(item.sentence, item.cues, pack):
        return context.speaker
    return speaker


def under_heading(reading: Reading, heading: Heading, context: Context, catalogue: Catalogue) -> Reading:
    """A reading in a list, table or colon list, with what the heading says of all of them."""
    quantity = reading.quantity
    flags = list(reading.flags)
    changes: dict[str, object] = {}
    bare = not quantity.unit
    own_subject = (
        reading.has_subject and reading.subject != heading.subject and not inside(reading.subject, heading)
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
    elif bare and context.unit and quantity.multiplier != 1:
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
    elif (
        percent
        and heading.growth
        and not is_rate
        and "measure_unsaid" in reading.flags
        or (
            percent
            and heading.growth
            and not is_rate
            and not own_subject
            and reading.measure is Measure.LEVEL
        )
    ):
        direction = Direction(heading.growth)
        changes |= {
            "measure": Measure.CHANGE,
            "direction": Direction.DOWN if quantity.negative else direction,
        }
    elif percent and heading.share and "measure_unsaid" in reading.flags:
        changes["measure"] = Measure.SHARE
    if reading.period is None and heading.period is not None:
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


def inside(subject: tuple[int, int], heading: Heading) -> bool:
    """Whether a subject lies inside the words of the heading."""
    return heading.subject[0] <= subject[0] and subject[1] <= heading.subject[1]


def carry_subject(reading: Reading, context: Context, number: int, catalogue: Catalogue) -> Reading:
    """Ellipsis and pronouns: the subject of the sentences before."""
    if reading.indicator or (reading.has_subject and not reading.anaphoric):
        return reading
    last = context.last if number - context.last_sentence <= REACH else None
    mentioned = context.mentioned if number - context.mentioned_sentence <= 1 else None
    flags = (*reading.flags, "coreference" if reading.anaphoric else "ellipsis")
    if mentioned is not None and (last is None or not same_topic(mentioned[0], last.indicator, catalogue)):
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


def same_topic(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether two indicators belong to one topic."""
    first, second = catalogue.indicators.get(one), catalogue.indicators.get(other)
    return first is not None and second is not None and first.topic == second.topic


def carry_period(reading: Reading, context: Context, number: int, before: Sequence[Reading]) -> Reading:
    """A period without a year takes the context's; an unsaid one that of the sentence before in the paragraph."""
    period = reading.period
    anchor = context.period
    if period is not None and not (period.first or period.last) and anchor is not None:
        period = resolve(period, anchor=anchor.last or anchor.first)
        return replace(reading, period=period)
    if period is not None or reading.modality is not Modality.ACTUAL:
        return reading
    if "from_value" in reading.flags:
        return reading
    close = context.period is not None and context.period_block == reading.sentence.block
    if close and number - context.period_sentence <= REACH:
        return replace(reading, period=context.period, flags=(*reading.flags, "context_period"))
    return reading


def note(context: Context, item: Found, readings: Sequence[Reading], number: int) -> None:
    """Remember what the sentence said, for those after it."""
    named = [r for r in readings if r.has_subject]
    if named:
        context.last, context.last_sentence = named[-1], number
    strong = [m for m in item.indicators if "weak" not in m.flags]
    if strong:
        first = strong[0]
        context.mentioned, context.mentioned_sentence = (first.indicator, (first.start, first.end)), number
    said = [r.period for r in readings if r.period is not None and (r.period.first or r.period.last)]
    usable = [
        p
        for p in item.periods
        if (p.first or p.last)
        and "base" not in p.flags
        and p.kind is not PeriodKind.TIME
        and p.kind is not PeriodKind.DURATION
    ]
    period = said[-1] if said else (usable[-1] if usable else None)
    if period is not None:
        context.period, context.period_block, context.period_sentence = period, item.sentence.block, number
        if context.opening is None and number < 2:
            context.opening = period
    units = [r.unit for r in readings if r.unit and r.unit not in ("percent", "times", "percentage_point")]
    if units:
        context.unit = units[-1]
    speakers = [r.speaker for r in readings if r.speaker]
    if speakers:
        context.speaker, context.speaker_sentence = speakers[-1], number
