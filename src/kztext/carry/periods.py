"""Periods that a sentence leaves unsaid or half said: those of the text before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kztext.carry.anchors import (
    EXPECTATIONS,
    MONTH,
    counts_forward,
    edge_told,
    follows_text,
    from_then_on,
    goes_back,
    is_late,
    never_since,
    of_month_before,
    part_told,
    span_name,
)
from kztext.carry.comparisons import compares
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

DAILY = ("shift", "weekday")  # "сегодня", "в минувшую пятницу": no year places them
ANSWER = 2  # sentences of an answer that are of the time that was asked about
REACH = 3  # sentences back that an unsaid subject or period may come from


def lies_ahead(reading: Reading, context: Context, pack: Pack) -> bool:
    """Whether a figure is told of a time after the text was written ("алдағы жылда", "через два года")."""
    if "context_period" in reading.flags or tells_of_past(reading.sentence, reading.quantity.start, pack):
        return False
    for period in (reading.period, reading.spread):
        if period is None:
            continue
        if counts_forward(period):
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
    if reading.indicator in EXPECTATIONS and reading.period is not None and counts_forward(reading.period):
        reading = replace(reading, period=None)  # "на год вперёд": what is expected, not when
    reading = twelve_months(edge_told(reading, context, item, pack), context, number)
    reading = in_that_quarter(reading, context)
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
        and counts_forward(period)
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
        abroad = abroad and not compares(reading, [*context.named, *before])
        if reading.spread is not None and any(f.startswith("window") for f in reading.spread.flags):
            close, lasting = False, True  # "соңғы үш жылда" says when
        if close and abroad and reading.geo != context.period_geo:  # the next item of a chronicle
            close = False
        ahead = context.planned and context.opening is not None and of_plan(context.opening, context)
        opening = None if ahead else context.section or context.opening  # a plan's years are of its targets
        entitled = context.section is not None or context.entitled
        if close and entitled and opening is not None and is_aside(reading, context, opening):
            close = False
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
        general = not placed and any(
            tells_of_present(reading.sentence, at, pack) for at in verb_places(reading, item, pack)
        )
        timeless = bool(before) and stands(reading) and all(r.period is None for r in before)
        if reading.of_before and context.period_sentence == number - 1:
            general = False  # "из них 44% приходится на …": of what was told a sentence before
        if dateline_of(context, reading) is not None and period is context.period:
            general = timeless = False
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
        coming = this_year(context, number, reading) or aimed(context, number, reading)
        if coming is not None:
            period, flags = coming, (*flags, "context_period")
    period = from_then_on(period, reading, before, context, pack)
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


def dateline_of(context: Context, reading: Reading) -> Period | None:
    """The day that heads the item of a chronicle: "23 сентября. За доллар дают 478 тенге."."""
    return context.dateline if context.dateline_block == reading.sentence.block else None


def verb_places(reading: Reading, item: Found, pack: Pack) -> list[int]:
    """Where the verb of a figure may be looked for: what is said in other words has one verb.

    "Ауылда 7,6 млн адам, яғни халықтың 38%-ы тұрады", "живёт 7,5 млн человек, или 38% населения".
    """
    start, end = reading.quantity.start, reading.quantity.end
    at = [start]
    for cue in item.cues:
        if cue.kind != "restate":
            continue
        if pack.lang == Lang.KK and cue.start >= end:
            between = [q for q in item.quantities if end <= q.start < cue.start]
            at += [] if between else [q.start for q in item.quantities if q.start >= cue.end][:1]
        elif pack.lang == Lang.RU and cue.end <= start:
            between = [q for q in item.quantities if cue.end <= q.start < start]
            at += [] if between else [q.start for q in item.quantities if q.end <= cue.start][-1:]
    return at


def in_that_quarter(reading: Reading, context: Context) -> Reading:
    """A figure "in the quarter": the one named last, else the last one over when the text was written."""
    period = reading.period
    if period is None or "that_quarter" not in period.flags:
        return reading
    told = context.quarter
    if told is None and context.doc_date:
        year, month = int(context.doc_date[:4]), int(context.doc_date[5:7])
        year, quarter = (year, (month - 1) // 3) if month > 3 else (year - 1, 4)
        told = replace(period, first=f"{year}-Q{quarter}", last=f"{year}-Q{quarter}", flags=())
    return replace(reading, period=told)


def is_aside(reading: Reading, context: Context, opening: Period) -> bool:
    """Whether the last period was a part of what the text reports on, and of another thing.

    "Итоги 2024 года. Зарплата в IV квартале – 371 тыс. тенге. Открыто 14 тыс. рабочих мест": those of 2024.
    """
    said = context.period
    other = bool(reading.indicator) and reading.has_subject and reading.indicator not in context.period_of
    if said is None or not other or reading.anaphoric or said in (opening, context.dateline):
        return False
    inner, outer = parse(span_name(said)), parse(span_name(opening))
    return inner is not None and outer is not None and not outer.day and outer.holds(inner)


def answers(context: Context, number: int, pack: Pack, reading: Reading) -> bool:
    """Whether a figure opens an answer whose question says what time it is of."""
    if context.asked is None or number - context.asked_sentence > ANSWER or reading.spread is not None:
        return False
    told = context.period_sentence <= context.asked_sentence and "from_value" not in reading.flags
    timeless = reading.modality is Modality.DEFINITION
    return told and not timeless and not tells_of_present(reading.sentence, reading.quantity.start, pack)


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


def aimed(context: Context, number: int, reading: Reading) -> Period | None:
    """What is expected goes on from the plan before: "В 2025-м засеют 15 млн га. Урожай составит 18 млн"."""
    said = context.aimed if context.aimed_sentence == number - 1 and not context.planned else None
    if said is None or reading.spread is not None or reading.period is not None:
        return None
    return said if said.first and said.first == said.last and said.kind is PeriodKind.YEAR else None


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
