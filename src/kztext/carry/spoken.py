"""Which time a sentence is about: of its figures, of its words, of the line that heads it."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.spans import Lang, Period, PeriodKind

OPENING = 5  # sentences in which a document says what it reports on
CASE = 4  # letters of a Kazakh case and a space behind it
LEAD = 16  # characters between "against" and its figure: "против прошлогодних 17,6 млн"
LABEL = 5  # words beside the period that a label has at most


def is_label(item: Found) -> bool:
    """Whether a sentence without figures only names what follows: "Внешняя торговля, январь–июль."."""
    text, begin = item.sentence.text, item.sentence.start
    for period in item.periods:
        rest = text[: period.start - begin] + text[period.end - begin :]
        edge = not text[period.end - begin :].strip(" .:)") or not text[: period.start - begin].strip(" (")
        if edge and len(rest.split()) <= LABEL and not item.quantities and "," in rest:
            return True
    return False


def dateline(item: Found) -> Period | None:
    """The day of a sentence that is a day and no more: "23 сентября."."""
    text, begin = item.sentence.text, item.sentence.start
    if item.quantities or len(item.periods) != 1 or not item.periods[0].is_day:
        return None
    period = item.periods[0]
    rest = text[: period.start - begin] + text[period.end - begin :]
    return None if rest.strip(" .,:–—-") else period


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


def is_standard(reading: Reading, item: Found) -> bool:
    """Whether a figure is what another is set against: "[2023 жылғы 24 млрд-тың] орнына былтыр 17 млрд"."""
    against = [c for c in item.cues if c.kind == "versus"]
    if item.sentence.lang is Lang.KK:
        return any(0 <= c.start - reading.quantity.outer_end <= CASE for c in against)
    return any(0 <= reading.quantity.outer_start - c.end <= LEAD for c in against)


def latest(said: Sequence[Period]) -> Period:
    """The last of a row of years that goes on ("2021 жылы …, 2022 жылы …"); else the first that is said."""
    years = [p.last for p in said if p.kind is PeriodKind.YEAR]
    steps = list(dict.fromkeys(years))  # "…, 2023 жылы 21,1, яғни 0,5%-ға азайды"
    rising = len(years) == len(said) and years == sorted(years) and len(steps) > 1
    return said[-1] if rising else said[0]


def spoken_of(item: Found, readings: Sequence[Reading]) -> Period | None:
    """The period that a sentence is about: of its first number that has one, or the one it names."""
    main = [r for r in readings if "from_value" not in r.flags and not compared_with(r)]
    main = [r for r in main if not is_standard(r, item)]
    said = [r.period for r in main if r.period is not None and r.period.first and r.period.last]
    said = [p for p in said if not p.is_day and not any(f.startswith("window") for f in p.flags)]
    if said:
        stretches = [p for p in item.periods if p.kind is PeriodKind.YEARS and "base" not in p.flags]
        within = (p for p in stretches if said[0].start == p.start and "to_value" in main[0].flags)
        return next(within, latest(said))
    kinds = (PeriodKind.TIME, PeriodKind.DURATION)
    started = [r.period for r in readings if "from_value" in r.flags]  # of the first of "from X to Y" alone
    started += [r.base for r in readings]  # what is compared with ("былтырғыдан 14%-ға көп")
    usable = [
        p
        for p in item.periods
        if (p.first or p.last) and "base" not in p.flags and p.kind not in kinds and p not in started
    ]
    whole = [p for p in usable if p.first and p.last and not p.is_day]
    return whole[-1] if whole else None


def sums_up(item: Found, period: Period, pack: Pack) -> bool:
    """Whether a sentence tells the results of a period: "по итогам 2024 года", "2024 ж. қорытындысында"."""
    start, end = period.start - item.sentence.start, period.end - item.sentence.start
    if not 0 <= start < end <= len(item.sentence.text):
        return False
    text = item.sentence.text
    said, where = pack.table("headings"), pack.source("headings")
    first, last = text[start:end].split()[0], text[start:end].split()[-1]
    before, after = (
        pack.compile(said["results_before"], where=where),
        pack.compile(said["results_after"], where=where),
    )
    leads = (
        text[:start],
        f"{text[:start]}{first} ",
    )  # the words may be a part of the period: "итоги квартала"
    tails = (text[end:], f" {last}{text[end:]}")
    return any(before.search(lead) for lead in leads) or any(after.match(tail) for tail in tails)
