"""Geography: which country or region a whole text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from kztext.found import Found
from kztext.spans import Lang, Layout

REGION = regex.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
COUNTRY = 3  # letters of an ISO 3166-1 alpha-3 code
CITIES = frozenset({"KZ-71", "KZ-75", "KZ-79"})
TITLE_WEIGHT = 2  # how many mentions one in the title is worth
OPENING = 4  # sentences in which a text says which region it is about


def home(found: Sequence[Found]) -> str:
    """The country that the whole text is about: the one named most; Kazakhstan for texts that name none."""
    region = home_region(found) or region_of_seat(found)
    if region:
        return region
    langs = Counter(item.sentence.lang for item in found)
    countries = Counter(
        place.geo
        for item in found
        for place in item.places
        if len(place.geo) == COUNTRY and place.geo.isupper()
    )
    kazakh = any(place.geo.startswith(("KAZ", "KZ-")) for item in found for place in item.places)
    money = {quantity.unit for item in found for quantity in item.quantities}
    if kazakh or "KZT" in money or not countries or langs.most_common(1)[0][0] is Lang.KK:
        return "KAZ"
    if "RUB" in money and countries["RUS"]:
        return "RUS"
    country, count = countries.most_common(1)[0]
    return country if count >= 3 and count * 2 > countries.total() else "KAZ"


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


def home_region(found: Sequence[Found]) -> str:
    """The region that a text is about: named in its first lines, and most of the regions it names."""
    first = [p.geo for item in found[:OPENING] for p in item.places if REGION.fullmatch(p.geo)]
    every = Counter(p.geo for item in found for p in item.places if REGION.fullmatch(p.geo))
    countries = Counter(p.geo for item in found[:OPENING] for p in item.places if len(p.geo) == 3)
    if not first or countries.total() > len(first):
        return ""
    region, count = Counter(first).most_common(1)[0]
    if region in CITIES and every[region] < 3:  # "АСТАНА." heads a news item from anywhere
        return ""
    every[region] += TITLE_WEIGHT if any(item.places for item in found[:2]) else 0
    titled = any(
        item.places
        and (item.sentence.layout is Layout.HEADING or not item.sentence.text.rstrip().endswith("."))
        for item in found[:OPENING]
    )
    enough = titled or every[region] > 1
    return region if enough and every[region] * 2 > every.total() and count == len(first) else ""
