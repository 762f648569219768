"""What kind of figure a quantity is, and which way it goes: level, change, index or share; up or down.

One decision table, read from the drafts of relate.py. Conventions: docs/records.md ("by or to", "from X to
Y", "the rate of a growing thing slows").
"""

from __future__ import annotations

from dataclasses import dataclass

from kztext.draft import Draft
from kztext.records import Direction, Measure
from kztext.spans import Approximation, Case

INDEX_AROUND = (80, 200)  # where a percentage of the year before lies; a growth told as one is above 100
GROWN_TO = (100, 150)
INDEX_FROM = 30  # a percentage of a base year below this is more likely a change
UP_OR_DOWN = {"up": Direction.UP, "down": Direction.DOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What the catalogue knows of the thing measured that decides how a bare percentage of it reads."""

    rate: bool = False  # it is itself a percentage: "40%-ға өсті" says the level reached
    usual: Measure = Measure.LEVEL  # what a bare percentage said of it is
    people: bool = False  # it counts people or things: a bare percentage is a share of them
    volume: bool = False  # it is an output or amount of the contract: a bare percentage is its growth
    amount: bool = False  # it is told in money or a measure: near 100 percent is of the year before


def cue_direction(draft: Draft) -> Direction:
    """The direction that the governing verb or noun gives."""
    if draft.directions:
        return UP_OR_DOWN[draft.directions[0].value]
    return Direction.NONE


def growth_direction(draft: Draft) -> Direction:
    """The direction of a growth noun; a rate of growth ("өсу қарқыны", "темпы роста") grows."""
    if draft.growth is None:
        return Direction.NONE
    falls = "down" in draft.growth.flags and draft.growth.value == "rate"
    return Direction.DOWN if falls else UP_OR_DOWN.get(draft.growth.value, Direction.UP)


def pace_direction(draft: Draft) -> Direction:
    if draft.pace is None:
        return Direction.NONE
    return Direction.UP if draft.pace.value == "faster" else Direction.DOWN


def moved(draft: Draft) -> Direction:
    """Which way the level went, by verb or pace."""
    return cue_direction(draft) or pace_direction(draft)


def settle_measure(draft: Draft, thing: Thing) -> None:
    """Decide measure and direction of one draft from its own evidence, in place; `measure` may stay None."""
    quantity, marker = draft.quantity, draft.marker
    direction = moved(draft)
    growing = draft.growth is not None and not thing.rate
    if quantity.unit == "percentage_point":
        draft.measure, draft.direction = Measure.CHANGE, direction
        if draft.compared:
            draft.direction = Direction.UP if draft.compared == "more" else Direction.DOWN
        elif not direction and draft.growth is not None:
            draft.direction = growth_direction(draft)
        elif not direction and "signed" in quantity.flags:
            draft.direction = Direction.UP
    elif quantity.unit == "times":
        draft.measure = Measure.CHANGE
        draft.direction = cue_direction(draft) or growth_direction(draft)
        if not draft.direction and draft.level is not None and draft.level.value == "exceed":
            draft.direction = Direction.UP  # "в 1,2 раза превышает"
    elif draft.compared and (
        marker in ("by", "dat") or quantity.unit == "percent" or quantity.case is Case.DAT or quantity.against
    ):
        draft.measure = Measure.CHANGE
        draft.direction = Direction.UP if draft.compared == "more" else Direction.DOWN
    elif draft.level is not None and draft.level.value == "exceed" and marker in ("by", "dat"):
        draft.measure, draft.direction = Measure.CHANGE, Direction.UP
    elif draft.role:
        settle_pair(draft, growing=growing)
    elif marker == "from" and starts_alone(draft) and not growing:
        draft.measure = Measure.SHARE if draft.has_head("share", "structure") else Measure.LEVEL
        draft.flags.append("from_value")  # "её подняли в марте с 15,25"
    elif quantity.unit == "percent":
        settle_percent(draft, thing)
    elif draft.directions and (marker in ("by", "dat") or "bare" in draft.directions[0].flags):
        draft.measure, draft.direction = Measure.CHANGE, direction
    elif marker == "to" and direction:
        draft.measure, draft.direction = Measure.LEVEL, direction
    elif marker == "to" and draft.growth is not None and growth_direction(draft):
        draft.measure, draft.direction = Measure.LEVEL, growth_direction(draft)  # "снижение числа до 5"
    elif (
        draft.growth is not None
        and draft.growth.kind == "direction"
        and "noun" in draft.growth.flags
        and not draft.has_head("volume")
    ):
        draft.measure, draft.direction = Measure.CHANGE, growth_direction(draft)
    elif draft.level is not None or draft.mention is not None or direction:
        draft.measure = Measure.LEVEL
        draft.direction = direction if beyond(draft) else Direction.NONE
    if quantity.negative and draft.measure is Measure.CHANGE:
        draft.direction = Direction.DOWN


def starts_alone(draft: Draft) -> bool:
    """Whether a Russian preposition says what a verb moved from, and nothing to what: "подняли с 15,25"."""
    moves = bool(draft.directions) and "verb" in draft.directions[0].flags
    return moves and any(c.value == "from" for c in draft.zone.left_cues("prep"))


def beyond(draft: Draft) -> bool:
    """Whether the number is a mark that something moved past: "опустилась ниже 9%", "поднялся выше 500"."""
    past = draft.quantity.approximation in (Approximation.MORE_THAN, Approximation.LESS_THAN)
    moves = draft.directions and "verb" in draft.directions[0].flags
    return past and bool(moves) and draft.marker == "" and not draft.compared


def settle_pair(draft: Draft, *, growing: bool) -> None:
    """ "From X to Y": two levels; the second carries the direction. A growth rate stays a change upwards."""
    if growing:
        draft.measure, draft.direction = Measure.CHANGE, growth_direction(draft)
        return
    share, index = draft.has_head("share", "structure") or bool(draft.share_of), draft.has_head("index")
    draft.measure = Measure.SHARE if share else Measure.INDEX if index else Measure.LEVEL
    draft.direction = moved(draft) if draft.role == "to" else Direction.NONE


def against_base(draft: Draft) -> bool:
    """ "1990 жылмен салыстырғанда 69,3% құрады": a percentage of the base, with a verb of level alone."""
    return (
        draft.base is not None
        and draft.quantity.value > INDEX_FROM
        and not draft.directions
        and draft.growth is None
        and (draft.marker in ("", "from") or (draft.marker == "dat" and draft.possessed))
    )


def told_as_rate(draft: Draft, thing: Thing) -> bool:
    """Whether a rate is told against another time, no index: "инфляция, декабрь к декабрю, – 60,3%"."""
    return thing.rate and not draft.has_head("index") and not 100 <= draft.quantity.value < GROWN_TO[1]


def moves_by(draft: Draft) -> bool:
    """Whether a verb, or a noun behind the number, tells by how much an index moved ("6,5% өсім бар")."""
    own = bool(draft.directions) and not draft.borrowed
    behind = own and draft.directions[0].start >= draft.quantity.end
    noun = behind and "noun" in draft.directions[0].flags
    return bool(draft.directions) and (draft.marker in ("by", "dat") or noun)


def names_growth(draft: Draft) -> bool:
    """Whether the name itself says what grows: "рост цен – 5%", not "рост инфляции"."""
    growth, name = draft.growth, draft.mention
    return growth is not None and name is not None and name.start <= growth.start < name.end


def reads_as_index(draft: Draft, thing: Thing) -> bool:
    """A volume told as a percentage of the year before: "сауда айналымы – 102,1%", "өсім 103,6%-ға жетті".

    Official news say so of growth too: "өндіріс 106,8%-ға өсті" is an index, for nothing doubles in a year.
    """
    value = draft.quantity.value
    if (
        "fraction" in draft.quantity.flags
        or thing.rate
        or draft.share_of
        or draft.possessed
        or draft.base is not None
        or draft.marker == "by"
    ):
        return False
    if draft.has_head("share", "structure", "fall_on", "index") or draft.compared:
        return False
    if draft.growth is not None or draft.directions:
        cue = draft.growth or draft.directions[0]
        return GROWN_TO[0] < value < GROWN_TO[1] and cue.value in ("up", "rate")
    if not thing.amount or draft.marker in ("from", "to") or draft.pace is not None:
        return False
    return INDEX_AROUND[0] < value < INDEX_AROUND[1]


def settle_percent(draft: Draft, thing: Thing) -> None:
    """Percent: index, share, change or rate."""
    rate, usual, people, volume = thing.rate, thing.usual, thing.people, thing.volume
    percent_thing = rate or draft.has_head("share", "structure")
    marker = draft.marker
    hedged = draft.quantity.approximation not in (Approximation.EXACT, Approximation.ABOUT)
    share = draft.has_head("share", "structure", "fall_on") or bool(draft.share_of) or draft.possessed
    direction = moved(draft)
    by_noun = marker == "by" and not draft.directions  # "рост пошлин на 10%"
    signed = "signed" in draft.quantity.flags and not rate
    if signed and not draft.has_head("share", "structure", "fall_on"):  # "плюс 27,4%", "12,6 трлн (+5,3%)"
        draft.share_of = ""
        draft.measure, draft.direction = Measure.CHANGE, Direction.UP
    elif reads_as_index(draft, thing):
        draft.measure = Measure.INDEX
        draft.direction = growth_direction(draft) if draft.growth is not None else cue_direction(draft)
    elif draft.growth is not None and (not rate or by_noun or names_growth(draft)) and not share:
        draft.measure, draft.direction = Measure.CHANGE, growth_direction(draft)
        if draft.growth.value == "rate" and draft.directions and marker in ("by", "dat") and not draft.level:
            draft.direction = direction
    elif against_base(draft) and not told_as_rate(draft, thing):
        draft.measure = Measure.INDEX
    elif draft.has_head("degree") and marker == "by" and not draft.directions:
        draft.measure = Measure.SHARE  # "бюджет исполнен на 97%"
    elif draft.has_head("index") and not moves_by(draft):
        draft.measure = Measure.INDEX
        draft.direction = cue_direction(draft) if marker == "to" else Direction.NONE
    elif draft.directions and (marker == "by" or (marker == "dat" and "fraction" in draft.quantity.flags)):
        draft.measure, draft.direction = Measure.CHANGE, direction
    elif (draft.directions or draft.pace) and marker == "to":
        if share:
            draft.measure = Measure.SHARE
        else:
            draft.measure = Measure.LEVEL if percent_thing or draft.mention is None else Measure.CHANGE
        draft.direction = direction
        if draft.measure is Measure.CHANGE and draft.pace is not None and not draft.directions:
            draft.direction = Direction.UP
    elif draft.directions and marker == "dat":
        # "баға 5%-ға өсті": a weak word names the thing whose rate the indicator is, which changed by that
        prices = draft.mention is not None and not {"weak", "coreference"}.isdisjoint(draft.mention.flags)
        told = draft.has_head("share", "structure", "fall_on") or draft.possessed or usual is Measure.SHARE
        if told or (percent_thing and not prices):
            draft.measure = Measure.SHARE if told else Measure.LEVEL
            draft.flags.append("ambiguous_dative")
        else:
            draft.measure = Measure.CHANGE
        draft.direction = direction
    elif "fraction" in draft.quantity.flags and draft.directions and "bare" in draft.directions[0].flags:
        draft.measure, draft.direction = Measure.CHANGE, direction  # "аренда прибавила четверть"
    elif "fraction" in draft.quantity.flags:
        draft.measure = Measure.SHARE
        if draft.directions and marker == "by":
            draft.measure, draft.direction = Measure.CHANGE, direction
    elif share:
        draft.measure = Measure.SHARE
        draft.direction = (
            cue_direction(draft) or growth_direction(draft) if marker == "to" else Direction.NONE
        )
    elif (
        draft.base is not None
        and not draft.directions
        and (draft.level is not None or marker == "")
        and not told_as_rate(draft, thing)
    ):
        draft.measure = Measure.INDEX if draft.quantity.value > INDEX_FROM else None
    elif draft.directions and (not rate or (marker == "" and not draft.level and not hedged)):
        draft.measure, draft.direction = Measure.CHANGE, direction
    elif rate:
        draft.measure = Measure.LEVEL
        draft.direction = (
            direction
            if (marker == "to" or beyond(draft) or (draft.pace and marker in ("dat", "by")))
            else Direction.NONE
        )
    elif marker == "by" and draft.level is None and draft.mention is None and draft.subject == (0, 0):
        # "цены растут: в Астане – на 6%"
        draft.measure = Measure.CHANGE
    elif marker == "by" and draft.level is None and not draft.has_head("degree"):
        draft.measure = Measure.CHANGE  # "количество выставок – на 8,5%"
    elif usual is Measure.INDEX and draft.quantity.value > INDEX_FROM:
        draft.measure = Measure.INDEX
    elif (
        people and draft.level is not None and draft.has_head("degree")
    ):  # "аурушаңдық деңгейі 46,2%-ды құрады"
        draft.measure = Measure.LEVEL
    elif usual is Measure.SHARE:
        draft.measure = Measure.SHARE
    elif draft.mention is not None and not people:
        draft.measure = Measure.CHANGE if volume else Measure.LEVEL
        draft.flags.append("measure_unsaid")
    elif draft.subject != (0, 0):
        draft.measure = Measure.SHARE
        draft.flags.append("measure_unsaid")
