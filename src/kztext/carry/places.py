"""The country that a paragraph speaks of, carried to its sentences that name none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.context import Context
from kztext.carry.unsaid import REACH
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.geography import MONEY
from kztext.lang.pack import Pack
from kztext.nouns import lexicon
from kztext.reading import Reading
from kztext.records import Measure
from kztext.spans import COUNTRY, KAZAKHSTAN, THE_COUNTRY

POPULATION = "population"
MILLION = 1_000_000
FIRST = 30  # letters of a sentence in which it says what country it is about


def carry_place(reading: Reading, item: Found, context: Context, pack: Pack, catalogue: Catalogue) -> Reading:
    """A figure in a sentence without a place is of the country that its paragraph speaks of.

    "Экономика Узбекистана выросла на 6%. Инфляция – 9,8%." Money of another country says that it is not. A
    partner's share in trade is told of the trade ("на Китай пришлось 21% экспорта").
    """
    if reading.measure is Measure.SHARE and (
        is_traded(reading, catalogue) or (context.last is not None and is_traded(context.last, catalogue))
    ):
        return replace(reading, geo="") if len(reading.geo) == COUNTRY else reading
    unsaid = all(place.rule == THE_COUNTRY for place in item.places) and not says(item, "us", pack)
    if not unsaid or context.place_block != item.sentence.block or not context.place:
        return reading
    if MONEY.get(reading.quantity.unit, context.place) != context.place or "local" in reading.flags:
        return reading
    return replace(reading, geo=context.place, flags=(*reading.flags, "context_place"))


def says(item: Found, what: str, pack: Pack) -> bool:
    """Whether a sentence speaks of us, or of a partner in trade, in the words of the pack."""
    form = pack.compile(pack.table("places")["partners"][what], where=pack.source("places"))
    return form.search(item.sentence.text.lower()) is not None


def is_traded(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether a share is one of what is exchanged with other countries."""
    ids = [
        catalogue.indicators[i] for i in (reading.share_of, reading.indicator) if i in catalogue.indicators
    ]
    return any(i.topic == "trade" or i.id.endswith(("exports", "imports")) for i in ids)


def settled(reading: Reading, done: Sequence[Reading], pack: Pack) -> Reading:
    """The population of towns or villages, by where it is told to live: "Ауылда 7,6 млн адам тұрады"."""
    start, quantity = reading.sentence.start, reading.quantity
    begin = done[-1].quantity.end if done else start
    lead = reading.sentence.text[begin - start : quantity.start - start].lower()
    words = pack.table("places")["settlements"]
    last = done[-1] if done else None
    parted = last is not None and last.indicator in (POPULATION, *words) and last.measure is Measure.LEVEL
    part = parted and reading.unit in ("", "count") and reading.quantity.multiplier > 1
    people = reading.indicator == POPULATION or counts_people(reading, pack) or part
    tail = reading.sentence.text[quantity.end - start :].lower()
    behind, before = r"^(?:-?\p{L}{1,4})?\s[–—-]\s(?:%s)(?!\p{L})", r"(?<!\p{L})(?:%s)(?!\p{L})"
    counted = "|".join((*lexicon(pack).people, *lexicon(pack).persons))
    at_once = rf"^(?:-?\p{{L}}{{1,4}})?\.?(?:\s(?:{counted})\p{{L}}*\.?)?\s(?:%s)(?!\p{{L}})"
    told_here = ((tail, behind), (tail, at_once), (lead, before))
    for text, form in told_here if people and reading.measure is not Measure.CHANGE else ():
        for indicator, place in words.items():
            told = pack.compile(form % place, where=pack.source("places")).search(text)
            if told is not None:
                own = reading.indicator in words and reading.subject[0] >= quantity.end
                # "12 млн-ы қалада, [7 млн]-ы ауылда": what stands behind says it
                return reading if own else replace(reading, indicator=indicator)
    share = reading.measure is Measure.SHARE and reading.indicator in ("", POPULATION, *words)
    if share and last is not None and last.indicator in words and reading.unit == "percent":
        whole = reading.share_of if reading.share_of not in ("", *words) else POPULATION
        named = reading.indicator if reading.indicator in words else last.indicator
        return replace(reading, indicator=named, share_of=whole, whole=(0, 0))
    return reading


def counts_people(reading: Reading, pack: Pack) -> bool:
    """Whether millions of people are counted and no name says which."""
    start = reading.sentence.start
    behind = reading.sentence.text[reading.quantity.end - start :].lower().split(maxsplit=1)[:1]
    many = reading.quantity.multiplier >= MILLION and reading.counted and not reading.indicator
    return many and bool(behind) and behind[0].strip(".,;") in (*lexicon(pack).people, *lexicon(pack).persons)


def note_place(context: Context, item: Found, readings: Sequence[Reading], pack: Pack) -> None:
    """Remember the one country abroad that a sentence tells its figures of, or names first of all.

    A country that a text names for comparison alone ("для сравнения") holds for that sentence.
    """
    if context.place_block != item.sentence.block:
        context.place, context.place_block = "", item.sentence.block
    if says(item, "us", pack) or says(item, "trade", pack):
        context.place = ""  # "у нас", "главным покупателем остался Китай"
        return
    if all(place.rule == THE_COUNTRY for place in item.places):
        return
    named = {place.geo for place in item.places if place.rule == "country"}
    if readings:
        told = {reading.geo for reading in readings}
    else:
        told = (
            {p.geo for p in item.places if p.start - item.sentence.start < FIRST}
            if len(named) == 1
            else set()
        )
    geo = next(iter(told)) if len(told) == 1 else ""
    abroad = geo in named and geo != context.country and KAZAKHSTAN not in named
    aside = any(cue.kind == "aside" for cue in item.cues)
    context.place = geo if abroad and not aside else ""


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


def carry_group(reading: Reading, item: Found, context: Context, number: int) -> Reading:
    """What is told of "this organisation" is told of the group of states that was named before it."""
    near = context.group and number - context.group_sentence <= REACH
    told = any(c.kind == "body" and c.start < reading.quantity.start for c in item.cues)
    return replace(reading, geo=context.group) if near and told and len(reading.geo) != COUNTRY else reading
