"""What a heading says for the lines below it: subject, unit, base, period ("Рост ВВП, в % к 2020 году:")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from kztext.lang.pack import Pack
from kztext.nouns import words_between
from kztext.numbers import find_numbers
from kztext.quantities import find_quantities
from kztext.records import Modality
from kztext.spans import Cue, IndicatorMention, Lang, Layout, Period, PeriodKind, Place, Sentence
from kztext.subjects import group_around

GDP = "gdp"  # "Государственный долг, в % к ВВП"
PART = regex.compile(r"[^,()\[\]:;|\t]+")
MARK = regex.compile(r"[,;](?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The context that a heading, or the words before a colon, gives to the numbers that follow."""

    sentence: Sentence
    subject: tuple[int, int] = (0, 0)
    mention: IndicatorMention | None = None
    unit: str = ""
    multiplier: Decimal = Decimal(1)
    growth: str = ""  # "up" where the heading names a rate of growth, "down" of a fall
    index: bool = False
    structure: bool = False  # the parts of a whole follow
    share: bool = False
    whole: str = ""  # the indicator that the share is of: "Доля туризма в ВВП"
    compared: bool = False  # "2017 в % к 2016"
    previous_year: bool = False  # "к предыдущему году"
    december: bool = False  # December on December
    period: Period | None = None
    periods: tuple[Period, ...] = ()  # all that it names, for the columns below
    placed: Period | None = None  # one that the text before must place ("Второе полугодие")
    geo: str = ""
    aggregation: str = ""
    basis: str = ""
    modality: Modality | None = None  # of what follows: "Целевые индикаторы", "2026 (прогноз)"; unsaid: None
    parts: tuple[Heading, ...] = ()  # of one that names several things: "Рост ВВП, %, и население, млн чел."


def within(own: Heading, above: Heading | None) -> Heading:
    """The words before a colon in an item of a list, with what the head of the list says of all its items.

    "Внешняя торговля, млрд долларов: – экспорт: 2021 г. – 60,3; 2022 г. – 84,4".
    """
    if above is None or own.unit:
        return own
    dated = above.period is not None and above.period.is_day  # a line that dates the document
    return replace(
        above,
        sentence=own.sentence,
        subject=own.subject,
        mention=own.mention or above.mention,
        period=own.period or (None if dated else above.period),
        periods=own.periods or above.periods,
        geo=own.geo or above.geo,
        modality=own.modality or above.modality,
    )


def heading_unit(text: str, lang: Lang, pack: Pack) -> tuple[str, Decimal, tuple[int, int]]:
    """The unit that a heading names ("тыс. тенге", "в %"), its multiplier, and the part that says so.

    Read by the quantity stage itself: the part is put behind the number 1. ("", 1, (0, 0)) if it names none.
    """
    lead = pack.compile(rf"^\s*(?:{pack.table('headings')['unit_lead']})?\s*", where=pack.source("headings"))
    for part in reversed(list(PART.finditer(text))):
        words = lead.sub("", part[0]).strip()
        if not words or len(words) > 60 or words[0].isdigit():  # "2022 г." names no grams
            continue
        said = f"1 {words}"
        probe = Sentence(start=0, end=len(said), text=said, lang=lang)
        numbers = find_numbers(probe, pack)
        for quantity in find_quantities(probe, numbers, [], pack):
            rest = said[quantity.end :].strip(" .")
            scale = not quantity.unit and quantity.value == quantity.multiplier > 1
            counted = part.start() > 0 and rest.isalpha()  # "Туғандар, мың бала", "Выпускники, тыс. детей"
            if quantity.start == 0 and scale and (not rest or counted):
                return "count", quantity.value, part.span()
            if quantity.start == 0 and quantity.unit and len(rest.split()) <= 6:
                return quantity.unit, quantity.value, part.span() if not rest else (0, 0)
    return "", Decimal(1), (0, 0)


def read_heading(
    sentence: Sentence,
    end: int,
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    periods: Sequence[Period],
    places: Sequence[Place],
    pack: Pack,
    *,
    start: int = 0,
) -> Heading:
    """Read the words from `start` (or the sentence's own) up to `end`, in the repaired text, as a heading."""
    start = max(start, sentence.start)
    text = sentence.text[start - sentence.start : end - sentence.start]
    cues = [c for c in cues if start <= c.start and c.end <= end]
    mentions = [m for m in mentions if start <= m.start and m.end <= end]
    unit, multiplier, said = heading_unit(text, sentence.lang, pack)
    within = (start + said[0], start + said[1])
    table = pack.table("headings")
    form = pack.compile(table["index_column"], where=pack.source("headings"))
    indexed = sentence.layout is Layout.ROW and form.search(text) is not None
    if indexed:
        unit, multiplier, said = "percent", Decimal(1), (0, 0)
    places = [p for p in places if not within[0] <= p.start < within[1]]  # "долл. США" is no place
    growth = [
        c
        for c in cues
        if (c.kind == "direction" and "noun" in c.flags) or (c.kind == "head" and c.value == "rate")
    ]
    mention = mentions[0] if mentions else None
    strong = [m for m in mentions if "weak" not in m.flags]
    mention = strong[0] if strong else mention
    if mention:
        words = words_between(sentence, start, end, cues, periods, pack)
        named = (mention.start, mention.end)
        subject = max(named, group_around(sentence, words, pack, named), key=lambda s: s[1] - s[0])
    else:
        subject = title_words(sentence, start, end)
    in_gdp = [
        m for m in mentions if m.indicator == GDP and (m is not mention or m.start >= within[0] > start)
    ]
    of_gdp = unit == "percent" and bool(in_gdp)
    if of_gdp and mention in in_gdp:
        mention = None  # "Долг, в % к ВВП"
    usable = [
        p
        for p in periods
        if start <= p.start and p.end <= end and (p.first or p.last) and "base" not in p.flags
    ]
    return Heading(
        sentence=sentence,
        subject=subject,
        mention=mention,
        unit=unit,
        multiplier=multiplier,
        growth=(growth[0].value if growth[0].value in ("up", "down") else "up") if growth else "",
        index=indexed or any(c.kind == "head" and c.value == "index" for c in cues),
        structure=any(c.kind == "structure" for c in cues),
        share=of_gdp or any(c.kind == "head" and c.value == "share" for c in cues),
        whole=GDP
        if of_gdp
        else next((m.indicator for m in mentions if m is not mention and "oblique" in m.flags), ""),
        compared=pack.compile(table["compared"]).search(text) is not None,
        previous_year=pack.compile(table["previous_year"]).search(text) is not None,
        december=pack.compile(table["december"]).search(text) is not None,
        period=usable[0] if usable else None,
        periods=tuple(usable),
        placed=next((p for p in periods if start <= p.start and p.end <= end and p.kind in PARTS), None),
        geo=next((p.geo for p in places if start <= p.start and p.end <= end and p.geo), ""),
        aggregation=next((c.value for c in cues if c.kind == "aggregation"), ""),
        basis=next((c.value for c in cues if c.kind == "basis"), ""),
        modality=heading_modality(sentence, text, cues, pack),
    )


def parted(
    heading: Heading,
    end: int,
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    periods: Sequence[Period],
    places: Sequence[Place],
    pack: Pack,
) -> Heading:
    """The heading with what each of the things that it names says by itself: "Рост ВВП, %, и население, млн".

    A part is cut off before "and", a comma or a semicolon, and names an indicator; what it leaves out, period
    and place, holds for all parts.
    """
    sentence = heading.sentence
    begin, text = sentence.start, sentence.text[: end - sentence.start]
    joins = [c.start for c in cues if c.kind == "and" and c.start < end]
    cuts = sorted({*joins, *(begin + m.start() for m in MARK.finditer(text))})
    starts = [begin]
    for one, two in pairwise([*cuts, end]):
        named = any(one <= m.start and m.end <= two for m in mentions)
        if named and any(starts[-1] <= m.start and m.end <= one for m in mentions):
            starts.append(one)
    if len(starts) < 2:
        return heading
    parts = [
        read_heading(sentence, stop, cues, mentions, periods, places, pack, start=start)
        for start, stop in pairwise([*starts, end])
    ]
    alone = [part.unit for part in parts if part.unit]
    shared = parts[-1] if len(alone) == 1 and parts[-1].unit else None  # "Экспорт и импорт, млрд долл."
    return replace(
        heading,
        parts=tuple(
            replace(
                part,
                period=part.period or heading.period,
                periods=part.periods or heading.periods,
                geo=part.geo or heading.geo,
                modality=part.modality or heading.modality,
                unit=part.unit or (shared.unit if shared is not None else ""),
                multiplier=part.multiplier if part.unit or shared is None else shared.multiplier,
            )
            for part in parts
        ),
    )


def heading_modality(sentence: Sentence, text: str, cues: Sequence[Cue], pack: Pack) -> Modality | None:
    """Whether targets or forecasts follow: a title or the head of a column says so by its nouns alone."""
    if any(c.kind == "modality" and c.value == "plan" for c in cues):
        return Modality.PLAN
    table = pack.table("headings")
    if sentence.layout in (Layout.HEADING, Layout.ROW):
        for way in (Modality.ACTUAL, Modality.PLAN, Modality.FORECAST):
            if pack.compile(rf"(?<!\p{{L}})(?:{table[way]})(?!\p{{L}})").search(text):
                return way
    return None


PARTS = frozenset({PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.MONTHS})
LIST_NUMBER = regex.compile(r"\s*(?:\(?\d{1,2}[.)]|\p{L}\)|[•▪‣◦●■*–—-])\s*")


def title_words(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The first part of a heading, without its list number: the words that name its subject."""
    text = sentence.text[start - sentence.start : end - sentence.start]
    match = LIST_NUMBER.match(text)
    begin = match.end() if match else 0
    part = PART.search(text, begin)
    if part is None or not regex.search(r"\p{L}{2}", part[0]):
        return (0, 0)
    lead = len(part[0]) - len(part[0].lstrip())
    return start + part.start() + lead, start + part.start() + len(part[0].rstrip())
