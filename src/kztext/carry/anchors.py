"""What "a year ago" and "the end of the year" are counted from: the text, or the day of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.calendar import MONTHS, shifted
from kztext.carry.context import Context
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import tells_of_past, tells_of_present
from kztext.reading import Reading
from kztext.records import Aggregation, Measure, Modality
from kztext.spans import Lang, Period, PeriodKind
from kztext.timespan import parse

MONTH = regex.compile(r"\d{4}-\d{2}(?:-\d{2})?")
COMING = regex.compile(r"(?:year_offset|window|shift):[1-9]")
BACK = frozenset({"ago", "unit_ago", "edge_of_this_year", "start_of_this_year", "year_bare_possessor"})
EDGE = "edge_of_this_year"
HALF_GONE = "06"  # the month up to which the middle of the year has not come


def counts_forward(period: Period) -> bool:
    """Whether a period is counted forward from the day of writing: "алдағы 12 айда", "на год вперёд"."""
    return any(COMING.match(flag) for flag in period.flags)


def edge_told(reading: Reading, context: Context, item: Found, pack: Pack) -> Reading:
    """What is told of the end of "the year" as past is of a year that is over.

    "Резервы составили в конце года 35,1 млрд" of February 2023: of 2022, and so "в начале года" before it.
    """
    year = context.doc_date[:4]
    ends = [p for p in item.periods if p.rule == EDGE and p.last == year and "base" not in p.flags]
    if not ends or not year or not tells_of_past(reading.sentence, ends[0].end, pack):
        return reading
    told = context.period or context.section or context.opening
    over = told.last[:4] if told is not None else ""
    if not over < year or not over:
        over = str(int(year) - 1) if context.doc_date[5:7] <= HALF_GONE else ""
    if not over:
        return reading

    def moved(period: Period | None) -> Period | None:
        if period is None or period.rule not in (EDGE, "start_of_this_year") or period.last != year:
            return period
        flags = tuple(
            flag for flag in period.flags if not flag.startswith(("relative_period", "year_offset"))
        )
        return replace(period, first=over if period.first else "", last=over, flags=flags)

    return replace(reading, period=moved(reading.period), base=moved(reading.base))


def is_late(base: Period, period: Period) -> bool:
    """Whether a base that is told from now lies no earlier than what it is the base of.

    "2024 жылы 15 млн турист келді, бұл бір жыл бұрынғыдан 12%-ға артық", written in 2025: against 2023.
    """
    back = any(flag.startswith(("year_offset:-", "shift:-")) for flag in base.flags)
    size = min(len(base.first), len(period.first))
    return back and bool(base.first) and base.first[:size] >= period.first[:size] > ""


def part_told(period: Period, context: Context) -> Period | None:
    """The quarter, half or months of the year told of, that "a year ago" is counted from."""
    told = context.period or context.section or context.opening
    parts = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.MONTH, PeriodKind.MONTHS)
    if told is None or told.kind not in parts or period.rule not in BACK or "context" in period.flags:
        return None
    return told if "year_offset:-1" in period.flags and told.last[:4] == context.doc_date[:4] else None


def of_month_before(base: Period, period: Period) -> bool:
    """Whether "the month before" is counted from the month told of, not from the day of writing."""
    monthly = any(flag.startswith("shift:-1:month") for flag in base.flags)
    return monthly and period.first == period.last and MONTH.fullmatch(period.first) is not None


def never_since(reading: Reading, pack: Pack) -> bool:
    """Whether the year is one since which nothing alike has been: "впервые с 2012 года прибыло больше"."""
    period = reading.period
    if period is None or period.last or not period.first:
        return False
    first_time = "|".join(pack.table("claims")["first_time"])
    lead = reading.sentence.text[: period.start - reading.sentence.start]
    after = reading.sentence.text[period.end - reading.sentence.start :]
    behind = pack.lang == Lang.KK and pack.compile(rf"^\P{{L}}*(?:{first_time})(?!\p{{L}})").search(after)
    return bool(behind) or pack.compile(rf"(?i)(?<!\p{{L}})(?:{first_time})\s*$").search(lead) is not None


def goes_back(period: Period, here: Sequence[Period], context: Context) -> bool:
    """Whether "a year ago" counts from the year told of: in an undated text, or behind a named past year."""
    if not context.doc_date or period.rule not in BACK:
        return not context.doc_date and back_from_text(period)
    told = context.period
    if told is not None and told.kind is PeriodKind.YEAR and not here and told.last == period.last:
        return context.period_sentence == context.above_sentence  # "2023 жылы экспорт … Бір жыл бұрын ол"
    told_here = bool(here) and ("anaphoric" in here[-1].flags or not any(":" in f for f in here[-1].flags))
    named = here[-1].last[:4] if told_here else ""
    return named.isdigit() and named < context.doc_date[:4]


def follows_text(period: Period) -> bool:
    """Whether a period is placed by what the text speaks of; "былтыр" is placed by the day of writing."""
    parts = ("month", "quarter", "half", "day", "context", "anaphoric", "same_period")
    deictic = any(flag.startswith(("year_offset", "shift", "window", "weekday")) for flag in period.flags)
    return not {"context", "anaphoric"}.isdisjoint(period.flags) or (
        not deictic and any(flag.startswith(parts) for flag in period.flags)
    )


def back_from_text(period: Period) -> bool:
    """Whether words of a text that nothing dates are placed by what it speaks of: "бір жыл бұрын", "к концу
    года"; "былтыр" is placed by the day of writing.
    """
    return not (period.first or period.last) and period.rule in BACK


def span_name(period: Period) -> str:
    """A period as one ISO name, "first/last" where it is longer than one unit."""
    if period.first == period.last or not (period.first and period.last):
        return period.first or period.last
    return f"{period.first}/{period.last}"


def from_then_on(
    period: Period | None, reading: Reading, before: Sequence[Reading], context: Context, pack: Pack
) -> Period | None:
    """The day or month from which something changes: "с 1 января повысят с 60 до 70" is next January's."""
    if period is not None and reading.modality is Modality.ACTUAL:
        ahead = tells_of_present(reading.sentence, reading.quantity.start, pack)
        period = gone_by(period, context.doc_date, months=not ahead)
    if period is not None and is_set_then(reading, period, pack):
        period = replace(period, last=period.first)
    if period is None or not MONTH.fullmatch(period.first) or period.last not in ("", period.first):
        return period
    reached = "to_value" in reading.flags
    reached = reached or (
        reading.measure is Measure.CHANGE and bool(before) and "to_value" in before[-1].flags
    )
    last = period.last or (period.first if reached else "")
    first, doc = period.first, context.doc_date
    aimed = reading.modality in (Modality.PLAN, Modality.FORECAST)
    long_ago = doc[5:7] > "06" and first[5:7] < HALF_GONE  # "с 1 января тариф поднимается", in October
    aimed = aimed or (long_ago and tells_of_present(reading.sentence, reading.quantity.start, pack))
    if aimed and yearless(period) and doc[:4] == first[:4] and first[:7] < doc[:7]:
        first, last = shifted(first, 1), shifted(last, 1) if last else ""
    return replace(period, first=first, last=last)


def is_set_then(reading: Reading, period: Period, pack: Pack) -> bool:
    """Whether "from then on" tells when something was set: "с 1 мая тариф повышен", "1 мамырдан бастап"."""
    if "since" not in period.flags or period.last or reading.aggregation is not Aggregation.PERIOD:
        return False
    said, where = pack.table("changes"), pack.source("changes")
    text = reading.sentence.text
    if pack.compile(said["lasts"], where=where).search(text):
        return False
    if pack.compile(said["is_set"], where=where).search(text):
        return True
    rate = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
    return rate and len(period.first) > len("2024") and not reading.direction


def gone_by(period: Period, doc_date: str, *, months: bool = False) -> Period:
    """A part of a year that nothing names the year of, told as a fact: the last that is over.

    "Зарплата в IV квартале достигла 431 тыс. тенге", written in March 2025: in 2024. `months`: single ones
    too.
    """
    parts = {PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.MONTHS}
    parts |= {PeriodKind.MONTH} if months else set()
    first, last = parse(period.first), parse(period.last)
    day = parse(doc_date[:7])
    if period.kind not in parts or first is None or last is None or day is None:
        return period
    told = any(flag.startswith("relative_period") for flag in period.flags)
    if not told or any(flag.startswith("year_offset") for flag in period.flags) or first.first <= day.last:
        return period
    return replace(period, first=shifted(period.first, -1), last=shifted(period.last, -1))


def yearless(period: Period) -> bool:
    """Whether a month or day is told without its year."""
    told = any(flag.startswith("year_offset") for flag in period.flags)
    return not told and any(f"relative_period:{month}" in period.flags for month in MONTHS)
