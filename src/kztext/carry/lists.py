"""What a heading gives to the numbers of the list or table below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kztext.carry.context import Context, headed
from kztext.carry.facets import of_product
from kztext.carry.focus import as_listed
from kztext.carry.periods import carry_period
from kztext.carry.wholes import carry_whole
from kztext.catalogue import Catalogue
from kztext.evidence import GDP, RATIO_UNITS
from kztext.found import Found
from kztext.headings import Heading
from kztext.lang.pack import Pack
from kztext.reading import Reading, said_of
from kztext.records import Direction, Measure
from kztext.spans import COUNTRY, Layout, Period, Quantity, is_money
from kztext.tables import cell_heading, cells

PREPOSITION = 2  # letters
ALIKE = 1000  # times that two items of a list do not differ
TIME = frozenset({"year", "month", "week", "day", "hour"})  # told in ones, not in thousands
LOWEST_INDEX = 50  # of the year before


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
        if context.columns_sentence == number and is_year(quantity):
            continue  # the head of a column: "2017 в % к 2016"
        if label and label[0][0] <= quantity.start < label[0][1]:
            continue
        heading = cell_heading(item, quantity, context.columns, pack, context.heading)
        if heading is None:
            done.append(reading)
            continue
        bare = replace(reading, subject=(0, 0), indicator="", period=heading.period, base=None, geo="")
        bare = under_heading(bare, heading, context, catalogue)
        if label and context.heading is not None:
            start, end = (at - item.sentence.start for at in label[0])
            name, above = item.sentence.text[start:end], context.heading.sentence.text
            bare = as_listed(bare, name, above, context.focus, pack, catalogue)
            bare = of_product(bare, name, above, pack, catalogue)
        bare = carry_period(headed(bare, heading, context), context, number, [], item, pack, catalogue)
        done.append(carry_whole(bare, context, pack, catalogue))
    return done


def moves_by(reading: Reading) -> bool:
    """Whether a percentage under an index is how far it moved: "НКИ: 2023 ж. – 92%, яғни 8% төмендеу"."""
    return bool(reading.direction) and reading.quantity.value < LOWEST_INDEX


def is_land(reading: Reading) -> bool:
    """Whether a country alone is what a reading is told of."""
    return not reading.indicator and len(reading.geo) == COUNTRY and len(said_of(reading).split()) <= 1


def is_growth_alone(heading: Heading) -> bool:
    """Whether a heading says growth and of nothing: "Рост", "Рост в прошлом году"."""
    start, end = (at - heading.sentence.start for at in heading.subject)
    words = heading.sentence.text[start:end].split() if 0 <= start < end else []
    return len(words) < 2 or len(words[1]) <= PREPOSITION


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
    elif bare and context.unit not in ("", *TIME) and quantity.multiplier != 1 and not reading.unit:
        told = catalogue.indicators.get(reading.indicator or above)
        people = told is not None and told.unit_class == "count" and context.unit != "count"
        changes["unit"] = "count" if people else context.unit  # "населения больше: 20,3 млн", behind dollars
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
    elif percent and heading.index and not own_subject and not moves_by(reading):
        changes |= {"measure": Measure.INDEX, "direction": Direction.NONE}
    elif percent and heading.growth and not is_rate and grows(reading, own_subject):
        direction = Direction(heading.growth)
        changes |= {
            "measure": Measure.CHANGE,
            "direction": Direction.DOWN if quantity.negative else direction,
        }
        if heading.mention is None and is_land(reading) and is_growth_alone(heading):
            changes["indicator"] = GDP  # "Рост в прошлом году: Казахстан – 4,8%, Азербайджан – 4,1"
    elif percent and heading.share and ("measure_unsaid" in reading.flags or not own_subject):
        changes |= {"measure": Measure.SHARE, "share_of": reading.share_of or heading.whole}
    if reading.period is None and heading.period is not None and "from_value" not in reading.flags:
        changes["period"] = heading.period
    if not reading.geo and heading.geo:
        changes["geo"] = heading.geo
    if not reading.price_basis and heading.basis:
        changes["price_basis"] = heading.basis
    period = changes.get("period") or reading.period
    if percent and isinstance(period, Period) and period.first[:4].isdigit() and reading.base is None:
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


def as_above(reading: Reading, context: Context, number: int) -> Reading:
    """A bare number in a list, in the unit and scale of the item above it: "Север – 28,6 млн т"."""
    quantity, scale = reading.quantity, context.scale
    bare = not (reading.unit or quantity.unit) and quantity.multiplier == 1 and not reading.counted
    if scale is None or not bare or context.scale_sentence != number - 1:
        return reading
    low, high = sorted((abs(quantity.value), abs(scale.value / scale.multiplier)))
    if not low or high / low > ALIKE:
        return reading
    factor = scale.multiplier
    told = replace(
        quantity,
        value=quantity.value * factor,
        high=quantity.high * factor,
        unit=scale.unit,
        multiplier=factor,
    )
    flags = dict.fromkeys((*(f for f in reading.flags if f != "measure_unsaid"), "shared_unit"))
    return replace(reading, quantity=told, unit=scale.unit, flags=tuple(flags))


def as_last(readings: Sequence[Reading]) -> list[Reading]:
    """Bare amounts of a list whose last one tells the money: "город – 12,4 тыс., село – 9,8 тыс. тенге"."""
    done = list(readings)
    for i in range(len(done) - 2, -1, -1):
        quantity, unit = done[i].quantity, done[i + 1].unit
        bare = not (quantity.unit or done[i].unit or done[i].counted) and quantity.multiplier > 1
        if bare and is_money(unit):
            flags = dict.fromkeys((*done[i].flags, "shared_unit"))
            done[i] = replace(done[i], unit=unit, flags=tuple(flags))
    return done


def note_scale(context: Context, readings: Sequence[Reading], item: Found, number: int) -> None:
    """Remember what an item of a list was told in, for the item below it."""
    if item.sentence.layout is not Layout.ITEM or len(readings) != 1:
        return
    quantity = readings[0].quantity
    if quantity.unit and quantity.unit not in RATIO_UNITS:
        context.scale, context.scale_sentence = quantity, number


def is_year(quantity: Quantity) -> bool:
    """Whether a bare number may be a year."""
    bare = not quantity.unit and not quantity.decimals and quantity.multiplier == 1
    return bare and 1900 <= quantity.value <= 2100


def grows(reading: Reading, own_subject: bool) -> bool:
    """Whether a percentage under a heading of growth is one: nothing in its line says another thing."""
    unsaid = "measure_unsaid" in reading.flags or (
        reading.measure is Measure.CHANGE and not reading.direction
    )
    return unsaid or (not own_subject and reading.measure is Measure.LEVEL)


def inside(subject: tuple[int, int], heading: Heading) -> bool:
    """Whether a subject lies inside the words of the heading."""
    return heading.subject[0] <= subject[0] and subject[1] <= heading.subject[1]
