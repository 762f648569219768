"""Periods that a sentence leaves unsaid or half said: those of the text before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kztext.carry.anchors import (
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
    yearless,
)
from kztext.carry.context import Context, stands
from kztext.carry.reported import undated
from kztext.carry.stretches import over_stretch, told_since, twelve_months
from kztext.carry.unsaid import aimed, answers, this_year, unplaced, unsaid
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import tells_of_past
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Aggregation, Measure, Modality
from kztext.relate import span_of_years
from kztext.spans import Period, PeriodKind, is_money

DAILY = ("shift", "weekday")  # "сегодня", "в минувшую пятницу": no year places them


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


def of_expectation(reading: Reading, catalogue: Catalogue) -> Reading:
    """What people expect "a year ahead" is of when they were asked: the words say how far they look."""
    known = catalogue.indicators.get(reading.indicator)
    ahead = reading.period is not None and counts_forward(reading.period)
    return replace(reading, period=None) if ahead and known is not None and known.expects else reading


def what_comes(reading: Reading, item: Found, catalogue: Catalogue) -> Reading:
    """A forecast behind what people expect is of the thing itself: "сами мы прогнозируем 10–12%"."""
    known = catalogue.indicators.get(reading.indicator)
    ahead = reading.modality in (Modality.FORECAST, Modality.PLAN)
    named = any(m.indicator == reading.indicator for m in item.indicators)
    if known is None or not known.expects or not ahead or not reading.carried or named:
        return reading
    return replace(reading, indicator=known.expects)


def carry_period(
    reading: Reading,
    context: Context,
    number: int,
    before: Sequence[Reading],
    item: Found,
    pack: Pack,
    catalogue: Catalogue,
) -> Reading:
    """A period without a year takes the context's; an unsaid one that of the sentence before it."""
    reading = twelve_months(edge_told(reading, context, item, pack), context, number)
    reading = in_that_quarter(reading, context)
    if is_of_no_year(reading, pack):
        return replace(reading, period=None)
    if never_since(reading, pack):
        reading = replace(reading, period=None)
    if (stretched := over_stretch(reading, context, item, before)) is not None:
        return stretched
    if (since := told_since(reading, context, before, pack)) is not None:
        return since
    told = reading.modality is Modality.ACTUAL and "from_value" not in reading.flags
    if (placed := placed_by_text(reading, context, before, item, pack)) is not None:
        reading = replace(reading, period=placed)
    elif (ahead := years_of_plan(reading, context)) is not None:
        reading = replace(reading, period=ahead)
    elif (listed := of_list(reading, context, before)) is not None:
        reading = listed
    elif reading.period is None and answers(context, number, pack, reading):
        reading = by_context(reading, context.asked)
    elif reading.period is None and told:
        reading = by_context(reading, unsaid(reading, context, number, before, item, pack))
    reading = of_that_plan(reading, context, number)
    expected = reading.modality in (Modality.PLAN, Modality.FORECAST) and "from_value" not in reading.flags
    if expected and unplaced(reading.period):
        coming = this_year(context, number, reading) or aimed(context, number, reading)
        reading = by_context(reading, coming)
    if reading.period is None:
        reading = by_context(reading, undated(reading, context, number, catalogue))
    reading = replace(reading, period=from_then_on(reading.period, reading, before, context, pack))
    return until_then(placed_base(reading))


def is_of_no_year(reading: Reading, pack: Pack) -> bool:
    """Whether a goal is set for years that nobody counts: "орта мерзімдік нысана – 5%"."""
    form = pack.compile(pack.table("changes")["no_year"], where=pack.source("changes"))
    lead = reading.sentence.text[: reading.quantity.start - reading.sentence.start]
    clause = max(lead.rfind("; "), lead.rfind(", "), lead.rfind(". ")) + 1
    own = reading.period is not None and reading.period.start - reading.sentence.start >= clause
    return not own and form.search(lead, clause) is not None


def of_that_plan(reading: Reading, context: Context, number: int) -> Reading:
    """A level behind those of a plan, told by a dash alone: "План на 2026 год: доходы – 23. Дефицит – 4"."""
    plan = context.above if context.above_sentence == number - 1 else []
    if len(plan) < 2 or not is_money(reading.unit) or reading.unit != plan[-1].unit:
        return reading
    if reading.period is not None or reading.modality is not Modality.ACTUAL or not stands(reading):
        return reading
    aims, times = {r.modality for r in plan}, {r.period for r in plan}
    if len(times) > 1 or len(aims) > 1 or not aims <= {Modality.PLAN, Modality.FORECAST}:
        return reading
    return by_context(replace(reading, modality=plan[-1].modality), plan[-1].period)


def placed_base(reading: Reading) -> Reading:
    """What is compared with, told in relation to the period: "на 12% больше, чем годом ранее"."""
    base, period = reading.base, reading.period
    if base is None or period is None:
        return reading
    if not (base.first or base.last) or of_month_before(base, period):
        base = resolve(base, anchor=span_name(period))
    if is_late(base, period):
        base = resolve(replace(base, flags=(*base.flags, "context")), anchor=span_name(period))
    return replace(reading, base=base)


def until_then(reading: Reading) -> Reading:
    """ "Until 2000" against 1990 is the change that 2000 has reached."""
    period = reading.period
    if period is None or reading.base is None or reading.measure is Measure.LEVEL:
        return reading
    if period.first or not period.last:
        return reading
    return replace(reading, period=replace(period, first=period.last))


def by_context(reading: Reading, period: Period | None) -> Reading:
    """A reading with a period that its own sentence does not say; as it is where there is none."""
    if period is None:
        return reading
    over = reading.measure is Measure.CHANGE and span_of_years(period) > 1
    if over and reading.modality is Modality.ACTUAL and reading.aggregation == "period":
        reading = replace(reading, aggregation=Aggregation.CUMULATIVE)
    return replace(reading, period=period, flags=(*reading.flags, "context_period"))


def placed_by_text(
    reading: Reading, context: Context, before: Sequence[Reading], item: Found, pack: Pack
) -> Period | None:
    """A period told in relation to another ("годом ранее", "через пять лет"), placed by what the text
    speaks of or by when it was written; None where nothing places it so.
    """
    period = reading.period
    if period is None:
        return None
    here = [r.period for r in before if r.period is not None and (r.period.first or r.period.last)]
    here = [p for p in here if not in_brackets(p, item)]
    shared = next((p for p in here if (p.start, p.end) == (period.start, period.end)), None)
    if shared is not None and "context" in period.flags:
        return shared  # "оның алдындағы жылы 250 мың еді, үстеме – 24%": placed once
    around = named_before(period, here, item) or context.anchor
    open_ended = not (period.first or period.last)
    if around is not None:
        gone = reading.modality is Modality.ACTUAL and counts_forward(period)
        gone = gone and tells_of_past(reading.sentence, reading.quantity.start, pack)
        on = open_ended and (follows_text(period) or (bool(here) and not context.doc_date))
        if gone or on:  # "через пять лет достигла" goes on from the text
            return resolve(period, anchor=span_name(around))
    if open_ended and context.written and not any(flag.startswith(DAILY) for flag in period.flags):
        return resolve(period, anchor=context.written)
    if around is not None and yearless(period) and around.kind is PeriodKind.YEAR:
        here_said = item.sentence.start <= around.start < around.end <= period.start
        if here_said and not any(":" in flag for flag in around.flags):
            return resolve(period, anchor=span_name(around))  # "2024 жылы …: қаңтарда 455, желтоқсанда 525"
    if (part := part_told(period, context)) is not None:
        return resolve(replace(period, flags=(*period.flags, "context")), anchor=span_name(part))
    if around is not None and goes_back(period, here, context):
        return resolve(period, anchor=span_name(around))
    return None


def years_of_plan(reading: Reading, context: Context) -> Period | None:
    """The years that a plan gives itself, counted from when it was written: "за пять лет построить"."""
    spread, period = reading.spread, reading.period
    if reading.modality is not Modality.PLAN or not context.doc_date or (period and period.first):
        return None
    if spread is None or spread.length_unit != "year" or not spread.length:
        return None
    year = int(context.doc_date[:4])
    if context.planned:  # "2025–2029 жылдарға арналған жоспар … бес жылда": its own years
        return replace(spread, first=str(context.planned), last=str(context.planned + int(spread.length) - 1))
    return replace(spread, first=str(year), last=str(year + int(spread.length)))


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
