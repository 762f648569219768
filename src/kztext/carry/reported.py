"""What a dated text reports on unsaid: the year that is over, the last harvest, the news of a day.

"Минфин отчитался за год" of February 2023 tells of 2022; "намолочено 26 млн тонн" of October is this year's
harvest; "Базовая ставка сохранена на уровне 16%" under "АСТАНА, 7 июля." is of that day.
"""

from __future__ import annotations

from collections.abc import Sequence

from kztext.carry.context import Context
from kztext.carry.spoken import OPENING
from kztext.catalogue import Catalogue, Indicator
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.records import Modality
from kztext.spans import COUNTRY, Lang, Period

FIRST_MONTHS = "04"  # up to which a report "for the year" is of the one before
REAPED = "07"  # the month in which the harvest of a year begins
SOWN = "04"  # that in which its sowing does
FIELDS = ("harvest", "yield", "area")
STOCKS = frozenset({"exchange_rate", "international_reserves", "national_fund_assets"})


def year_over(found: Sequence[Found], doc_date: str, packs: dict[Lang, Pack]) -> Period | None:
    """The year before the one a document is written in, where its head tells the results of "the year"."""
    if not doc_date or not "" < doc_date[5:7] <= FIRST_MONTHS:
        return None
    for item in found[:OPENING]:
        pack, text = packs[item.sentence.lang], item.sentence.text
        form = pack.compile(pack.table("headings")["year_over"], where=pack.source("headings"))
        said = form.search(text)
        if said is None:
            continue
        at = item.sentence.start + said.start()
        if any(p.first and p.start <= at + len(said[0]) and at <= p.end for p in item.periods):
            return None  # it says which year
        year = str(int(doc_date[:4]) - 1)
        return Period(start=at, end=at + len(said[0]), rule="year_over", first=year, last=year)
    return None


def undated(reading: Reading, context: Context, number: int, catalogue: Catalogue) -> Period | None:
    """The time of a figure that neither its sentence nor the text before it tells."""
    entry = catalogue.indicators.get(reading.indicator)
    if entry is None or reading.spread is not None or "from_value" in reading.flags:
        return None
    return harvest(reading, entry, context) or as_sent(reading, entry, context, number)


def harvest(reading: Reading, entry: Indicator, context: Context) -> Period | None:
    """The year of the crop that a figure of fields is told of: the last one, or the one to come."""
    facet = entry.id.rpartition("_")[2]
    abroad = len(reading.geo) == COUNTRY and reading.geo != context.country
    if facet not in FIELDS or abroad or not context.doc_date[5:7]:
        return None
    year, month = int(context.doc_date[:4]), context.doc_date[5:7]
    begins = SOWN if facet == "area" else REAPED
    if reading.modality is Modality.ACTUAL:
        year -= month < begins
    elif reading.modality in (Modality.PLAN, Modality.FORECAST):
        year += month > "10"
    else:
        return None
    start = reading.quantity.start
    return Period(start=start, end=start, rule="harvest", first=str(year), last=str(year))


def as_sent(reading: Reading, entry: Indicator, context: Context, number: int) -> Period | None:
    """The day on which an item of news was sent, of a rate, price or stock that its first sentences tell."""
    day = context.sent_on
    if day is None or context.period_sentence > context.begun or number - context.begun > OPENING:
        return None
    stock = entry.is_rate or entry.unit_class == "price" or entry.id in STOCKS
    return day if stock and reading.modality is Modality.ACTUAL else None
