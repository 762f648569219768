"""Geography: which country or region a whole text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.spans import COUNTRY, KAZAKHSTAN, OUR_COUNTRY, THE_COUNTRY, Lang, Layout

REGION = regex.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
CITIES = frozenset({"KZ-71", "KZ-75", "KZ-79"})
TITLE_WEIGHT = 2  # how many mentions one in the title is worth
TITLE = 2  # sentences that are a title or stand for one
OPENING = 4  # sentences in which a text says which region or country it is about
NAMED = 3  # mentions that make a foreign country the one that a text is about
LINE = 80  # letters of a line that is no sentence
DATELINE = regex.compile(r"\s*+(?:[.,–—/(\d]|$)")
MONEY = {
    "AMD": "ARM",
    "AZN": "AZE",
    "BYN": "BLR",
    "CNY": "CHN",
    "GEL": "GEO",
    "KGS": "KGZ",
    "KZT": KAZAKHSTAN,
    "MDL": "MDA",
    "RUB": "RUS",
    "TJS": "TJK",
    "TMT": "TKM",
    "TRY": "TUR",
    "UAH": "UKR",
    "UZS": "UZB",
}


def home(found: Sequence[Found]) -> str:
    """The country or region that a whole text is about; Kazakhstan for texts that do not say."""
    if len(sent_from(found)) > 1:  # items of news, each from another place
        return titled_region(found) or home_country(found)
    return (
        titled_region(found)
        or home_region(found)
        or home_city(found)
        or region_of_seat(found)
        or home_country(found)
    )


def homes(found: Sequence[Found], country: str, packs: Mapping[Lang, Pack]) -> list[str]:
    """The country or region that each sentence is about where it does not say: the `country` of the text.

    An item of news that speaks of "the region" or "the city" is about the one that it was sent from; the
    place alone says nothing ("АСТАНА, 30 октября. Экспорт вырос").
    """
    marks = sent_from(found)
    said = [country] * len(found)
    for start, end in pairwise([*marks, len(found)] if len(marks) > 1 else ()):
        place = sender(found[start])
        form = "city" if place in CITIES else "region"
        item = found[start + 1 : end]
        if place and any(speaks_of(place, form, one, packs) for one in item):
            said[start:end] = [place] * (end - start)
    return said


def sent_from(found: Sequence[Found]) -> list[int]:
    """The sentences that are datelines."""
    return [i for i, item in enumerate(found) if item.sentence.layout is Layout.DATELINE]


def sender(line: Found) -> str:
    """The region or city of republican rank of a dateline, empty for other places."""
    city = [p.geo for p in line.places if p.geo in CITIES]
    return next(iter([*city, *(c.value for c in line.cues if c.kind == "seat")]), "")


def speaks_of(place: str, form: str, item: Found, packs: Mapping[Lang, Pack]) -> bool:
    """Whether a sentence speaks of a region or city, by its name or as of the one that everybody knows."""
    pack = packs[item.sentence.lang]
    words = pack.compile(pack.table("places")["wire"][form], where=pack.source("places"))
    return any(p.geo == place for p in item.places) or words.search(item.sentence.text) is not None


def settled(found: list[Found], country: str) -> list[Found]:
    """The sentences of a text, "in the country" read as the `country` that the text is about."""
    if country == KAZAKHSTAN or REGION.fullmatch(country):
        return found
    return [
        replace(
            item, places=tuple(replace(p, geo=country) if p.rule == THE_COUNTRY else p for p in item.places)
        )
        for item in found
    ]


def home_country(found: Sequence[Found]) -> str:
    """The country of a text: Kazakhstan, or one named first, most, and at least twice as often.

    A mention in the title counts twice, and up to three sums of its money count as mentions.
    """
    opening = Counter(country for item in found[:OPENING] for country in countries(item))
    every = Counter(country for item in found for country in countries(item))
    money = Counter(
        MONEY[quantity.unit] for item in found for quantity in item.quantities if quantity.unit in MONEY
    )
    title = Counter(country for item in found[:TITLE] for country in countries(item))
    for country in every:
        every[country] += title[country] + min(money[country], NAMED)
    ours = max(every.pop(KAZAKHSTAN, 0), money[KAZAKHSTAN])
    if not every or title[KAZAKHSTAN]:
        return KAZAKHSTAN
    for item in found[:OPENING]:
        for cue in item.cues:
            if cue.kind == "capital" and cue.start == item.sentence.start and opening[cue.value]:
                return cue.value  # "Ташкент. 5 марта. Узбекистан …"
    country, count = every.most_common(1)[0]
    enough = count >= (NAMED if opening[country] else 2 * NAMED)
    alone = count * 2 > every.total() and count >= 2 * ours and money[KAZAKHSTAN] <= money[country]
    return country if enough and alone else KAZAKHSTAN


def countries(item: Found) -> list[str]:
    """The countries that a sentence names, a region as its country."""
    return [
        KAZAKHSTAN if REGION.fullmatch(place.geo) else place.geo
        for place in item.places
        if REGION.fullmatch(place.geo) or place.rule in ("country", OUR_COUNTRY)
    ]


def home_city(found: Sequence[Found]) -> str:
    """The city of republican rank that a text is about: alone in the first lines, later "the city".

    Where a text was sent from says nothing ("2024 жылғы 24 қазан, Астана қаласы").
    """
    told = [item for number, item in enumerate(found) if number >= OPENING or not is_dateline(item)]
    first = {p.geo for item in told[:OPENING] for p in item.places if REGION.fullmatch(p.geo)}
    if len(first) != 1 or not first <= CITIES:
        return ""
    city = first.pop()
    same = sum(place.geo == city for item in told for place in item.places)
    titled = any(place.geo == city for item in told[:TITLE] for place in item.places)
    called = sum(cue.kind == "our_city" and cue.value in ("", city) for item in told for cue in item.cues)
    others = sum(len(countries(item)) for item in told) - same
    return city if called and called + same + titled > max(2, others) else ""


def is_dateline(item: Found) -> bool:
    """Whether a line only says where and when a text was sent: "АСТАНА. 5 марта", "Алматы, 12 наурыз"."""
    if item.sentence.layout is Layout.DATELINE:
        return True
    if not item.places or item.quantities or len(item.sentence.text) > LINE:
        return False
    opens = item.places[0].start == item.sentence.start
    after = item.sentence.text[item.places[0].end - item.sentence.start :]
    return any(p.is_day for p in item.periods) or (opens and DATELINE.match(after) is not None)


def region_of_seat(found: Sequence[Found]) -> str:
    """The region of a text that says "in the region" and names the region's chief town in its first lines.

    "г. Караганда, 12 февраля 2025 года … в области" is about the Karaganda region.
    """
    first = [c.value for item in found[:OPENING] for c in item.cues if c.kind == "seat"]
    named = {p.geo for item in found for p in item.places if REGION.fullmatch(p.geo)}
    meant = any(c.kind == "our_region" for item in found[: 2 * OPENING] for c in item.cues)
    if not meant or len(set(first)) != 1 or named - {first[0]}:
        return ""
    return first[0]


def titled_region(found: Sequence[Found]) -> str:
    """The one region that the title names, before any figure: "Итоги года: Актюбинская область"."""
    lines = [
        item
        for item in found[:TITLE]
        if not item.quantities
        and not is_dateline(item)
        and (item.sentence.layout is Layout.HEADING or not item.sentence.text.rstrip().endswith("."))
    ]
    named = {p.geo for item in lines for p in item.places if p.geo}
    return named.pop() if len(named) == 1 and REGION.fullmatch(next(iter(named))) and named - CITIES else ""


def home_region(found: Sequence[Found]) -> str:
    """The region that a text is about: named in its first lines, and most of the regions it names."""
    first = [p.geo for item in found[:OPENING] for p in item.places if REGION.fullmatch(p.geo)]
    every = Counter(p.geo for item in found for p in item.places if REGION.fullmatch(p.geo))
    abroad = Counter(p.geo for item in found[:OPENING] for p in item.places if len(p.geo) == COUNTRY)
    if not first or abroad.total() > len(first):
        return ""
    region, count = Counter(first).most_common(1)[0]
    if region in CITIES and every[region] < 3:  # "АСТАНА." heads a news item from anywhere
        return ""
    every[region] += TITLE_WEIGHT if any(item.places for item in found[:TITLE]) else 0
    titled = any(
        item.places
        and (item.sentence.layout is Layout.HEADING or not item.sentence.text.rstrip().endswith("."))
        for item in found[:OPENING]
    )
    enough = titled or every[region] > 1
    return region if enough and every[region] * 2 > every.total() and count == len(first) else ""
