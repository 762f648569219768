"""Periods that a sentence leaves unsaid or half said: those of the text before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.carry.context import Context, of_plan, stands
from kztext.carry.stretches import over_stretch, over_year, told_since, twelve_months
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import tells_of_past, tells_of_present
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Aggregation, Measure, Modality
from kztext.relate import span_of_years
from kztext.spans import COUNTRY, Lang, Period, PeriodKind
from kztext.timespan import parse

MONTH = regex.compile(r"\d{4}-\d{2}(?:-\d{2})?")
DAILY = ("shift", "weekday")  # "сегодня", "в минувшую пятницу": no year places them
COMING = regex.compile(r"(?:year_offset|window|shift):[1-9]")
BACK = frozenset({"ago", "unit_ago", "edge_of_this_year", "start_of_this_year", "year_bare_possessor"})
ANSWER = 2  # sentences of an answer that are of the time that was asked about
REACH = 3  # sentences back that an unsaid subject or period may come from


def lies_ahead(reading: Reading, context: Context, pack: Pack) -> bool:
    """Whether a figure is told of a time after the text was written ("алдағы жылда", "через два года")."""
    if "context_period" in reading.flags or tells_of_past(reading.sentence, reading.quantity.start, pack):
        return False
    for period in (reading.period, reading.spread):
        if period is None:
            continue
        if any(COMING.match(flag) for flag in period.flags):
            return True
        edge = period.first or period.last
        if context.doc_date and edge[:4].isdigit() and edge[:4] > context.doc_date[:4]:
            return True
        if period.last and MONTH.fullmatch(edge) and edge > context.doc_date[: len(edge)] > "":
            return True
    return False


def carry_period(
    reading: Reading, context: Context, number: int, before: Sequence[Reading], item: Found, pack: Pack
) -> Reading:
    """A period without a year takes the context's; an unsaid one that of the sentence before it."""
    reading = twelve_months(reading, context, number)
    here = [r.period for r in before if r.period is not None and (r.period.first or r.period.last)]
    here = [p for p in here if not in_brackets(p, item)]
    if never_since(reading, pack):
        reading = replace(reading, period=None)
    if (stretched := over_stretch(reading, context, item, before)) is not None:
        return stretched
    if (since := told_since(reading, context, before, pack)) is not None:
        return since
    period = reading.period
    around = named_before(period, here, item) or context.anchor
    flags = reading.flags
    told = (
        period is not None
        and around is not None
        and reading.modality is Modality.ACTUAL
        and any(COMING.match(flag) for flag in period.flags)
        and tells_of_past(reading.sentence, reading.quantity.start, pack)
    )
    if (told and period is not None and around is not None) or (
        period is not None
        and not (period.first or period.last)
        and around is not None
        and (follows_text(period) or (bool(here) and not context.doc_date))
    ):  # "через пять лет достигла" goes on from the text
        period = resolve(period, anchor=span_name(around))
    elif (
        period is not None
        and not (period.first or period.last)
        and context.written
        and not any(flag.startswith(DAILY) for flag in period.flags)
    ):
        period = resolve(period, anchor=context.written)
    elif period is not None and (part := part_told(period, context)) is not None:
        period = resolve(replace(period, flags=(*period.flags, "context")), anchor=span_name(part))
    elif period is not None and around is not None and goes_back(period, here, context):
        period = resolve(period, anchor=span_name(around))
    elif (
        reading.modality is Modality.PLAN
        and context.doc_date
        and reading.spread is not None
        and reading.spread.length_unit == "year"
        and reading.spread.length
        and (period is None or not period.first)
    ):
        year = int(context.doc_date[:4])
        period = replace(reading.spread, first=str(year), last=str(year + int(reading.spread.length)))
    elif (listed := of_list(reading, context, before)) is not None:
        reading = listed
        period = reading.period
    elif period is None and answers(context, number, pack, reading):
        period, flags = context.asked, (*flags, "context_period")
    elif period is None and reading.modality is Modality.ACTUAL and "from_value" not in flags:
        close = context.period_block == reading.sentence.block and number - context.period_sentence <= REACH
        lasting = reading.spread is not None and "yearly" not in reading.spread.flags
        if over_year(reading.spread) and (reading.measure is Measure.CHANGE or "to_value" in flags):
            lasting = False  # "бір жылда 5 мың адамға азайды": up to the time that is reported on
        listed_here = bool(before) and "context_period" in before[-1].flags
        abroad = len(reading.geo) == COUNTRY and reading.geo != context.country
        abroad = abroad and not listed_here and reading.measure is not Measure.SHARE
        if reading.spread is not None and any(f.startswith("window") for f in reading.spread.flags):
            close, lasting = False, True  # "соңғы үш жылда" says when
        if close and abroad and reading.geo != context.period_geo:  # the next item of a chronicle
            close = False
        ahead = context.planned and context.opening is not None and of_plan(context.opening, context)
        opening = None if ahead else context.section or context.opening  # a plan's years are of its targets
        period = context.period if close else None if lasting or abroad else opening
        if period is not None and ahead and of_plan(period, context):
            period = None
        flow = reading.spread is not None and reading.measure is not Measure.CHANGE
        if flow and reading.spread is not None and same_length(reading.spread, context.opening):
            period = context.opening  # "за полгода" in a review of the half-year
        day = context.day is not None and context.day_sentence == number - 1
        if day and stands(reading) and all(r.period == context.day for r in before):
            period = context.day
        now = [c for c in item.cues if c.kind == "now" and c.end <= reading.quantity.start]
        if now and not tells_of_past(reading.sentence, reading.quantity.start, pack):
            period = None
        placed = pack.lang == Lang.RU and bool(before) and "context_period" in before[-1].flags
        placed = placed or over_year(reading.spread)
        general = not placed and tells_of_present(reading.sentence, reading.quantity.start, pack)
        timeless = bool(before) and stands(reading) and all(r.period is None for r in before)
        if reading.of_before and context.period_sentence == number - 1:
            general = False  # "из них 44% приходится на …": of what was told a sentence before
        if general or timeless:  # "тариф равен 5,5%; ставка на автомобили – 15%"
            period = None
        if period is not None:
            flags = (*flags, "context_period")
            if (
                reading.measure is Measure.CHANGE
                and span_of_years(period) > 1
                and reading.aggregation == "period"
            ):
                reading = replace(reading, aggregation=Aggregation.CUMULATIVE)
    expected = reading.modality in (Modality.PLAN, Modality.FORECAST) and "from_value" not in flags
    if expected and unplaced(period):
        coming = this_year(context, number, reading)
        if coming is not None:
            period, flags = coming, (*flags, "context_period")
    base = reading.base
    if (
        base is not None
        and period is not None
        and (not (base.first or base.last) or of_month_before(base, period))
    ):
        base = resolve(base, anchor=span_name(period))
    if base is not None and period is not None and is_late(base, period):
        base = resolve(replace(base, flags=(*base.flags, "context")), anchor=span_name(period))
    if (
        period is not None
        and base is not None
        and period.last
        and not period.first
        and reading.measure is not Measure.LEVEL
    ):
        period = replace(
            period, first=period.last
        )  # "until 2000" against 1990 is the change that 2000 has reached
    return replace(reading, period=period, base=base, flags=flags)


def answers(context: Context, number: int, pack: Pack, reading: Reading) -> bool:
    """Whether a figure opens an answer whose question says what time it is of."""
    if context.asked is None or number - context.asked_sentence > ANSWER or reading.spread is not None:
        return False
    told = context.period_sentence <= context.asked_sentence and "from_value" not in reading.flags
    timeless = reading.modality is Modality.DEFINITION
    return told and not timeless and not tells_of_present(reading.sentence, reading.quantity.start, pack)


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


def unplaced(period: Period | None) -> bool:
    """Whether a figure has no time, or only "at the end of the year"."""
    return period is None or (not (period.first or period.last) and "end_of_period" in period.flags)


def this_year(context: Context, number: int, reading: Reading) -> Period | None:
    """What is expected where the text speaks of this year is of it: "Биылғы меже ше? – … жоспарлап отыр"."""
    said, year = context.period, context.doc_date[:4]
    near = context.period_block == reading.sentence.block and number - context.period_sentence <= REACH
    if said is None or not near or not year or said.last != year or reading.spread is not None:
        return None
    return replace(said, first=year, last=year, kind=PeriodKind.YEAR)


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
    named = here[-1].last[:4] if here and not any(":" in flag for flag in here[-1].flags) else ""
    return named.isdigit() and named < context.doc_date[:4]


def ends_of_stretch(readings: Sequence[Reading]) -> list[Reading]:
    """From X to Y over some years: X is of the first, Y of the last ("за 1954–1960 годы с 9,7 до 28,5")."""
    done = list(readings)
    for i, (one, other) in enumerate(pairwise(readings)):
        period = other.period
        if "from_value" not in one.flags or "to_value" not in other.flags or period is None:
            continue
        if "context_period" in other.flags:
            continue
        own = one.period is None or one.period == period
        if own and period.kind is PeriodKind.YEARS and other.measure in (Measure.LEVEL, Measure.SHARE):
            first, last = period.first[:4], period.last[:4]
            done[i] = replace(one, period=replace(period, first=first, last=first, kind=PeriodKind.YEAR))
            year = replace(period, first=last, last=last, kind=PeriodKind.YEAR)
            done[i + 1] = replace(other, period=year, aggregation=Aggregation.PERIOD)
    return done


def one_a_year(readings: Sequence[Reading]) -> list[Reading]:
    """As many figures as years are one of each: "за 2021–2023 годы выросла на 4,3%, 3,2% и 5,1%"."""
    done = list(readings)
    for i, first in enumerate(readings):
        period = first.period
        if period is None or period.kind is not PeriodKind.YEARS or "context_period" in first.flags:
            continue
        count = span_of_years(period)
        run = readings[i : i + count]
        alike = all(
            r.period == period
            and r.unit == first.unit
            and r.measure is first.measure
            and "ellipsis" in r.flags
            for r in run[1:]
        )
        after = readings[i + count] if i + count < len(readings) else None
        over = after is not None and after.period == period and "ellipsis" in after.flags
        if (
            count < 2
            or len(run) < count
            or not alike
            or over
            or {"from_value", "to_value"} & set(run[-1].flags)
        ):
            continue
        for n, reading in enumerate(run):
            year = str(int(period.first[:4]) + n)
            own = replace(period, first=year, last=year, kind=PeriodKind.YEAR)
            done[i + n] = replace(reading, period=own, aggregation=Aggregation.PERIOD)
    return done


def named_before(period: Period | None, here: Sequence[Period], item: Found) -> Period | None:
    """What the sentence has dated before a period: "1930 жылы жол ашылды; сол жылы желі ұзарды"."""
    last = here[-1] if here else None
    if period is None:
        return last
    kinds = (PeriodKind.TIME, PeriodKind.DURATION)
    said = [
        p
        for p in item.periods
        if p.end <= period.start and (p.first or p.last) and "base" not in p.flags and p.kind not in kinds
        if not in_brackets(p, item)
    ]
    inside = last is not None and item.sentence.start <= last.start < period.start
    if said and not (inside and last is not None and last.start >= said[-1].start):
        return said[-1]
    return last


def in_brackets(period: Period, item: Found) -> bool:
    """Whether a period is only the date of the number before it: "71%-дан (2020 жыл) былтыр 54%-ға"."""
    return item.sentence.text[: max(period.start - item.sentence.start, 0)].rstrip().endswith("(")


MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


def same_length(spread: Period, opening: Period | None) -> bool:
    """Whether a stretch is as long as the months or the year that the document reports on."""
    unit = MONTHS.get(spread.length_unit)
    if unit is None or spread.length is None or opening is None or spread.first or spread.last:
        return False
    span = parse(span_name(opening))
    return span is not None and not span.day and span.months == spread.length * unit


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


def of_list(reading: Reading, context: Context, before: Sequence[Reading] = ()) -> Reading | None:
    """ "Over these N years" below a list of years: the list's own, or its last against the one N before."""
    spread = reading.spread
    if spread is None or spread.length_unit != "year" or spread.length is None or spread.first or spread.last:
        return None
    years = context.years.get(reading.indicator, []) if context.years_block == reading.sentence.block else []
    own = [r.period for r in before if r.indicator == reading.indicator and r.period is not None]
    here = sorted({int(p.last) for p in own if p.kind is PeriodKind.YEAR and p.last.isdigit()})
    if len(here) > 1 and here[-1] - here[0] == len(here) - 1:  # "2021 жылы …, 2022 жылы …; екі жылда"
        years = here
    count = int(spread.length)
    if count < 2 or len(years) < 2:
        return None
    if len(years) == count:
        whole = replace(spread, first=str(min(years)), last=str(max(years)), kind=PeriodKind.YEARS)
        return replace(reading, period=whole, flags=(*reading.flags, "context_period"))
    if max(years) - count in years and reading.measure is Measure.CHANGE:
        first, last = str(max(years) - count), str(max(years))
        base = replace(spread, first=first, last=first, kind=PeriodKind.YEAR, flags=("base",))
        period = replace(spread, first=last, last=last, kind=PeriodKind.YEAR)
        return replace(reading, period=period, base=base, flags=(*reading.flags, "context_period"))
    return None


def span_name(period: Period) -> str:
    """A period as one ISO name, "first/last" where it is longer than one unit."""
    if period.first == period.last or not (period.first and period.last):
        return period.first or period.last
    return f"{period.first}/{period.last}"
