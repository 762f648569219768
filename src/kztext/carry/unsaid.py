"""Periods that a figure does not say at all: of the sentence before, the title, the question, the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.anchors import span_name
from kztext.carry.comparisons import compares
from kztext.carry.context import Context, of_plan, stands
from kztext.carry.stretches import over_year
from kztext.catalogue import load_catalogue
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import tells_of_past, tells_of_present
from kztext.reading import Reading
from kztext.records import Measure, Modality
from kztext.spans import COUNTRY, Approximation, Lang, Period, PeriodKind
from kztext.timespan import parse

ANSWER = 2  # sentences of an answer that are of the time that was asked about
REACH = 3  # sentences back that an unsaid subject or period may come from
FLOWS = frozenset({"output", "harvest", "exports", "imports", "revenue", "expenditure", "births", "deaths"})
MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


def unsaid(
    reading: Reading, context: Context, number: int, before: Sequence[Reading], item: Found, pack: Pack
) -> Period | None:
    """The period of a fact whose sentence names none: what was told last, or what the text is about."""
    period = told_last(reading, context, number, before, item)
    if of_such_length(reading, context):
        period = context.opening  # "за полгода" in a review of the half-year
    day = context.day is not None and context.day_sentence == number - 1
    if day and is_stock(reading, context, pack) and all(r.period == context.day for r in before):
        return context.day
    if context.anchor is not None and context.anchor_sentence == number - 1 and tells_of_then(reading, pack):
        return context.anchor  # "15 ноября ввели тенге. Доллар тогда стоил 4,7 тенге"
    now = [c for c in item.cues if c.kind == "now" and c.end <= reading.quantity.start]
    if now and not tells_of_past(reading.sentence, reading.quantity.start, pack):
        return None
    if dateline_of(context, reading) is not None and period is context.period:
        return period
    timeless = bool(before) and stands(reading) and all(r.period is None for r in before)
    return None if timeless or is_general(reading, context, number, before, item, pack) else period


def is_stock(reading: Reading, context: Context, pack: Pack) -> bool:
    """Whether a level may stand on the day that the sentence before names: "Бизнес должен банкам 15 трлн".

    What comes in, goes out or is made does so over a time.
    """
    if reading.indicator.rpartition("_")[2] in FLOWS:
        return False
    if stands(reading):
        return True
    flows = pack.compile(pack.table("changes")["flows"], where=pack.source("changes"))
    near = any(r.sentence.block == reading.sentence.block for r in context.above)
    level = reading.measure in (Measure.LEVEL, Measure.SHARE) and reading.spread is None
    return near and level and flows.search(reading.sentence.text) is None


def told_last(
    reading: Reading, context: Context, number: int, before: Sequence[Reading], item: Found
) -> Period | None:
    """The period that was told last, where it is near and of the same; else that of the section or title."""
    spread = reading.spread
    window = spread is not None and any(f.startswith("window") for f in spread.flags)
    lasting = spread is not None and "yearly" not in spread.flags
    if over_year(spread) and (reading.measure is Measure.CHANGE or "to_value" in reading.flags):
        lasting = False  # "бір жылда 5 мың адамға азайды": up to the time that is reported on
    listed = bool(before) and "context_period" in before[-1].flags
    abroad = len(reading.geo) == COUNTRY and reading.geo != context.country
    abroad = abroad and not listed and reading.measure is not Measure.SHARE
    at_home = any(place.geo == context.country for place in item.places) and len(item.quantities) > 1
    abroad = abroad and not at_home and not compares(reading, [*context.named, *before])
    ahead = context.planned and context.opening is not None and of_plan(context.opening, context)
    opening = None if ahead else context.section or context.opening  # a plan's years are of its targets
    close = context.period_block == reading.sentence.block and number - context.period_sentence <= REACH
    if window or (abroad and reading.geo != context.period_geo):  # the next item of a chronicle
        close = False
    entitled = context.section is not None or context.entitled
    if close and entitled and opening is not None and is_aside(reading, context, opening):
        close = False
    if listed and not window and not abroad and "stretch" not in before[-1].flags:
        return before[-1].period  # "за тот же срок мяса – 1,2 млн тонн, молока – 3,1 млн"
    if not close and (lasting or abroad or window):  # "соңғы үш жылда" says when
        return None
    period = context.period if close else opening
    return None if ahead and of_plan(period, context) else period


def tells_of_then(reading: Reading, pack: Pack) -> bool:
    """Whether a figure is told of the time that the sentence before names: "тогда", "поначалу"."""
    then = pack.compile(pack.table("changes")["then"], where=pack.source("changes"))
    return then.search(reading.sentence.text[: reading.quantity.start - reading.sentence.start]) is not None


def of_such_length(reading: Reading, context: Context) -> bool:
    """Whether an amount over some months is over just those that the document reports on."""
    flow = reading.spread is not None and reading.measure is not Measure.CHANGE
    return flow and reading.spread is not None and same_length(reading.spread, context.opening)


def is_general(
    reading: Reading, context: Context, number: int, before: Sequence[Reading], item: Found, pack: Pack
) -> bool:
    """Whether a figure is told as what holds at any time: "тариф равен 5,5%; ставка – 15%"."""
    placed = pack.lang == Lang.RU and bool(before) and "context_period" in before[-1].flags
    if placed or over_year(reading.spread):
        return False
    bounded = reading.quantity.approximation not in (Approximation.EXACT, Approximation.ABOUT)
    if bounded and len(reading.geo) == COUNTRY and compares(reading, [*context.named, *before]):
        return False  # "Тәжікстанда 11 млрд долларға жетпейді": the verb is a hedge
    part = any(c.kind == "part" and c.end <= reading.quantity.start for c in item.cues)
    follows = reading.of_before or part or (reading.anaphoric and reading.indicator in context.period_of)
    if follows and context.period_sentence == number - 1:
        return False  # "из них 44% приходится на …": of what was told a sentence before
    return any(tells_of_present(reading.sentence, at, pack) for at in verb_places(reading, item, pack))


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


def is_aside(reading: Reading, context: Context, opening: Period) -> bool:
    """Whether the last period was a part of what the text reports on, and of another thing.

    "Итоги 2024 года. Зарплата в IV квартале – 371 тыс. тенге. Открыто 14 тыс. рабочих мест": those of 2024.
    """
    said = context.period
    other = bool(reading.indicator) and reading.has_subject and reading.indicator not in context.period_of
    entry = load_catalogue().indicators.get(reading.indicator)
    if entry is not None and entry.part_of in context.period_of:
        return False  # "Аграрии за 11 месяцев произвели … Растениеводство – …"
    if said is None or not other or reading.anaphoric or said in (opening, context.dateline):
        return False
    inner, outer = parse(span_name(said)), parse(span_name(opening))
    return inner is not None and outer is not None and not outer.day and outer.holds(inner)


def same_length(spread: Period, opening: Period | None) -> bool:
    """Whether a stretch is as long as the months or the year that the document reports on."""
    unit = MONTHS.get(spread.length_unit)
    if unit is None or spread.length is None or opening is None or spread.first or spread.last:
        return False
    span = parse(span_name(opening))
    return span is not None and not span.day and span.months == spread.length * unit


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
