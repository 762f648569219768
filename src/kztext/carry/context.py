"""What a document has said so far, for the sentences that leave it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kztext.carry.branches import Branches
from kztext.carry.focus import Focus, dimension
from kztext.carry.spoken import OPENING, dateline, day_of_data, is_label, reports_on, spoken_of, sums_up
from kztext.found import Found
from kztext.headings import Heading
from kztext.lang.pack import Pack
from kztext.modality import tells_of_past
from kztext.nouns import is_adjective
from kztext.reading import Reading
from kztext.records import Measure, Modality
from kztext.spans import IndicatorMention, Lang, Layout, Period, PeriodKind, Quantity
from kztext.tables import Column
from kztext.timespan import between, parse

TITLE = 90  # characters that a title line has at most
STEM = 4  # letters by which a noun is known again
ENDING = 3  # letters that its forms may differ in
ASIDE = 4  # words of a sentence that leaves what is spoken of as it is: "Рас па?"
PARTS = frozenset({PeriodKind.MONTHS, PeriodKind.QUARTER, PeriodKind.HALF})  # months that a text tells of
LONG_REACH = 12  # sentences back that a pronoun may point


class Spoken(NamedTuple):
    """An indicator that a sentence names: the words that do, and where they stand."""

    indicator: str
    span: tuple[int, int]
    words: str


@dataclass(slots=True)
class Context:
    """What the document has said so far."""

    heading: Heading | None = None
    section: Period | None = None  # the period of the last heading that has one
    columns: list[Column] = field(default_factory=list)
    columns_sentence: int = -1  # that names them
    last: Reading | None = None
    named: list[Reading] = field(default_factory=list)  # the latest readings that name their subject
    last_sentence: int = -9
    above: list[Reading] = field(default_factory=list)  # those of the last sentence that has any
    above_sentence: int = -9
    told_together: str = ""  # the whole whose parts "they" were
    levels: list[Reading] = field(default_factory=list)  # the latest readings of amounts
    mentioned: Spoken | None = None
    mentioned_sentence: int = -9
    hinted: Spoken | None = None  # what a short sentence spoke of in a bare word
    hinted_sentence: int = -9
    asked_of: Spoken | None = None  # what the last question without a figure asked of
    heads: dict[str, tuple[str, int]] = field(default_factory=dict)  # indicator and sentence, by head noun
    spoken: dict[str, tuple[int, int]] = field(default_factory=dict)  # block and sentence, by indicator
    touched: dict[str, int] = field(default_factory=dict)  # sentence by indicator, weak names too
    anchor_sentence: int = -1
    anchor: Period | None = None  # what "that year" and months without a year are placed by
    period: Period | None = None
    period_block: int = -1
    period_sentence: int = -9
    period_geo: str = ""
    period_of: frozenset[str] = frozenset()  # the indicators that it was said of
    aimed: Period | None = None  # the time that the last plan or forecast named
    aimed_sentence: int = -9
    moved: str = ""  # which way the last verb of rise or fall went
    moved_sentence: int = -9
    dateline: Period | None = None  # the day that heads the item of a chronicle
    dateline_block: int = -1
    day: Period | None = None  # that the sentence before told its levels as of
    day_sentence: int = -9
    opening: Period | None = None  # the period of the title or first sentence: what the document reports on
    entitled: bool = False  # a title names it
    begun: int = 0  # the first sentence of the document or of its item of news
    titled: tuple[Period | None, bool] | None = None  # opening and entitled before the first item of news
    unit: str = ""
    unit_sentence: int = -9
    scale: Quantity | None = None  # that the item above in the list is told in
    scale_sentence: int = -9
    group: str = ""  # of states, that "this organisation" means
    group_sentence: int = -9
    doc_date: str = ""
    sent: frozenset[str] = frozenset()  # the days on which the items of news were sent
    sent_on: Period | None = None  # that of the item
    latest: str = ""  # the last year that the text dates anything by
    written: str = ""  # the year a text without a date was written in: the one after the year it reports on
    planned: int = 0  # the first year of the plan that the document is
    country: str = ""  # that the text is about
    place: str = ""  # the country abroad that the paragraph speaks of
    place_block: int = -1
    counted: bool = False  # a sentence with figures has gone by
    years: dict[str, list[int]] = field(default_factory=dict)  # of the block, by indicator
    years_block: int = -1
    told: dict[str, set[int]] = field(default_factory=dict)  # years of the document, by indicator
    asked: Period | None = None  # the time that the last question was about
    asked_sentence: int = -9
    product: str = ""  # last spoken of, as ids of the catalogue name it ("oil")
    product_sentence: int = -9
    stretch: tuple[Period, Period] | None = None  # the two ends of the years last spoken of
    stretch_span: Period | None = None  # where it was named as one ("1991–1996 жылдары")
    stretch_age: int = 0  # sentences since
    stretch_block: int = -1
    stretch_told: bool = False  # in one go ("from X to Y", "1990–2000"), not by two years far apart
    in_unit: dict[str, tuple[Reading, int]] = field(default_factory=dict)  # by kind of unit
    part: tuple[Period, int] | None = None  # the months, quarter or half last told of, and its sentence
    quarter: Period | None = None  # last named, that "in the quarter" means
    branches: Branches | None = None  # that "the branch" may mean
    focus: Focus | None = None  # the words that complete the names of numbers


def of_plan(period: Period | None, context: Context) -> bool:
    """Whether a period is one of the years of the plan that the document is."""
    first = period.first if period is not None else ""
    return bool(context.planned) and first[:4].isdigit() and int(first[:4]) >= context.planned


def headed(reading: Reading, heading: Heading | None, context: Context) -> Reading:
    """A figure that its sentence tells as observed: a target in a plan, or under a heading that says so."""
    if reading.modality is not Modality.ACTUAL or "from_value" in reading.flags:
        return reading
    said = heading.modality if heading is not None else None
    first = reading.period.first if reading.period is not None else ""
    if said and first and context.planned and first[:4] < str(context.planned):
        said = None  # a row of targets begins with the year before the plan
    if said is None and of_plan(reading.period, context):
        said = Modality.PLAN
    return replace(reading, modality=said) if said else reading


def plan_from(found: Sequence[Found], doc_date: str) -> int:
    """The first year of the plan or programme that a document is, by its title; 0 where it is none."""
    head = [item for item in found[:3] if not item.quantities]  # "исполнение плана – 52 %" is no title
    if not any(c.kind == "plan_title" for item in head for c in item.cues):
        return 0
    said = [p for item in head for p in item.periods if not p.is_day and p.last[:4] >= doc_date[:4]]
    years = (int(p.first[:4]) for p in said if p.first[:4].isdigit())
    return next(years, 0)


def head_of(name: str, pack: Pack) -> str:
    """The beginning of a name's head noun, where the name has more words than that; else nothing.

    Kazakh ends a name with it ("мемлекеттік борыш"), Russian begins with it, adjectives left out.
    """
    words = name.lower().split()
    if len(words) < 2:
        return ""
    if pack.lang == Lang.KK:
        return stem(words[-1])
    return stem(next((word for word in words if not is_adjective(word, pack)), words[-1]))


def stem(word: str) -> str:
    """The beginning of a noun that its forms share, empty for a short one."""
    return word[: max(STEM, len(word) - ENDING)] if len(word) >= STEM else ""


def passing(period: Period | None, readings: Sequence[Reading]) -> bool:
    """Whether a season only says when something was so by the way ("ещё осенью", "весной называли 3%")."""
    if period is None or "season" not in period.flags or not period.first:
        return False
    gathered = any(r.period == period and r.unit not in ("", "count", "percent") for r in readings)
    return period.rule == "season" or not gathered


def note(
    context: Context,
    item: Found,
    readings: Sequence[Reading],
    number: int,
    pack: Pack,
    *,
    back: Sequence[Reading] = (),
) -> None:
    """Remember what the sentence said, for those after it; `back` are the readings that only look back."""
    aside = [r.subject for r in readings if r.aside]
    named = [r for r in readings if r.has_subject and (not r.aside or len(aside) == len(readings))]
    if named:
        context.last, context.last_sentence = named[-1], number
        context.named = [*context.named, *named][-LONG_REACH:]
    context.levels = [*context.levels, *(r for r in readings if r.unit)][-LONG_REACH:]
    for reading in readings:
        if reading.measure is Measure.LEVEL and reading.unit:
            context.in_unit |= dict.fromkeys((reading.unit, dimension(reading.unit)), (reading, number))
    strong = [m for m in item.indicators if "weak" not in m.flags]
    topics = [m for m in strong if not any(start <= m.start < end for start, end in aside)]
    strong = topics or strong  # "при инфляции 18% пенсии подняли": pensions are spoken of
    if not strong and not item.quantities and len(item.indicators) == 1 and len(item.sentence.text) <= TITLE:
        context.hinted, context.hinted_sentence = spoken(item, item.indicators[0]), number
    if strong:
        context.mentioned, context.mentioned_sentence = spoken(item, strong[0]), number
    elif context.mentioned_sentence == number - 1 and not readings and is_aside(item):
        context.mentioned_sentence = number
    told_of = [m.indicator for m in strong] + [r.indicator for r in readings if r.strong and r.indicator]
    context.touched |= {m.indicator: number for m in item.indicators}
    context.spoken |= dict.fromkeys(told_of, (item.sentence.block, number))
    for mention in strong:
        if head := head_of(spoken(item, mention).words, pack):
            context.heads.pop(head, None)  # the latest last
            context.heads[head] = (mention.indicator, number)
    verbs = [c for c in item.cues if c.kind == "direction" and ("noun" not in c.flags or not item.quantities)]
    if verbs:
        context.moved, context.moved_sentence = verbs[-1].value, number
    aims = [r for r in readings if r.modality in (Modality.PLAN, Modality.FORECAST) or is_later(r, context)]
    aims = [r for r in aims if not passing(r.period, readings)]
    lasting = tuple(p for p in item.periods if not passing(p, readings))
    told, placing = replace(item, periods=lasting), [r for r in readings if not passing(r.period, readings)]
    if aims and aims[-1].period is not None and "context_period" not in aims[-1].flags:
        context.aimed, context.aimed_sentence = aims[-1].period, number
    if aims and not context.planned:  # what is planned for another time places nothing that follows
        placing = [r for r in readings if r not in aims]
        told = replace(item, periods=())
    period = spoken_of(told, placing) or day_of_data(item, number)
    dated = [p for p in told.periods if (p.first or p.last) and "base" not in p.flags]
    if context.opening is not None:  # "на 1 января 2025 г." in a text on 2024
        dated = [p for p in dated if "point_in_time" not in p.flags]
    if period is not None or dated:
        context.anchor, context.anchor_sentence = period or dated[-1], number
    if back or any("stretch" in r.flags for r in placing):
        placing = [r for r in placing if r not in back and "stretch" not in r.flags]
        kept = [p for p in told.periods if all(p != r.period for r in back)]
        period = spoken_of(replace(told, periods=tuple(kept)), placing)
    opening = context.opening.last[:4] if context.opening is not None else ""
    if period is not None and "to_date" in period.flags and opening == period.last[:4]:
        period = None  # "с начала года" in a review of a month
    days = [r.period for r in readings if r.period is not None and r.period.is_day]
    point = bool(days) and "point_in_time" in days[-1].flags
    if days and any(
        r.measure is Measure.LEVEL and r.period == days[-1] for r in (readings[0], readings[-1])[: 1 + point]
    ):
        context.day, context.day_sentence = days[-1], number
    elif (
        context.day_sentence == number - 1
        and readings
        and all(stands(r) or r.period == context.day for r in readings)
    ):
        context.day_sentence = number
    if not readings and is_question(item):
        context.asked = next((p for p in item.periods if p.first and p.last and "base" not in p.flags), None)
        context.asked_sentence = number
        one = len(item.indicators) == 1 and len(item.sentence.text) <= TITLE
        context.asked_of = spoken(item, item.indicators[0]) if one else None
    if any(c.kind == "aside" for c in item.cues):  # "Для сравнения: в 2019 году …"
        period = None
    sentence = item.sentence
    short = len(sentence.text) <= TITLE and not sentence.text.rstrip().endswith(".")
    place = number - context.begun
    titles = sentence.layout is not Layout.TEXT or place < 2 or (short and place < OPENING)
    asks = is_question(item)
    label = is_label(item)
    past = any(
        tells_of_past(sentence, at, pack) for at in (sentence.end - 1, *(p.start for p in item.periods))
    )
    summed = period is not None and reports_on(period, context.doc_date) and sums_up(item, period, pack)
    if not readings and not titles and not asks and not label and not past and not summed:
        period = None  # "келісімдер биыл да жалғасады" places no figure
    dated_alone = dateline(item)
    if dated_alone is not None:
        context.dateline, context.dateline_block = dated_alone, item.sentence.block
        period = dated_alone
    if period is not None:
        context.period, context.period_block, context.period_sentence = period, item.sentence.block, number
        if period.kind in PARTS:
            context.part = period, number
        context.period_geo = next((r.geo for r in readings if r.geo), "")
        context.period_of = frozenset(r.indicator for r in readings if r.indicator)
        headline = number == 0 or item.sentence.layout is Layout.HEADING or short
        titled = not context.doc_date and headline and number < 3
        if readings and item.sentence.layout is Layout.TEXT and context.latest > period.last[:4]:
            titled = False  # the first year of a history, not the year of a report
        early = place < OPENING and not context.counted and dated_alone is None
        reported = titled or period.is_day or reports_on(period, context.doc_date)
        if context.opening is None and ((early and reported) or summed) and not of_sending(period, context):
            context.opening, context.entitled = period, not readings
            if not context.doc_date and period.kind is PeriodKind.YEAR and period.last.isdigit():
                context.written = str(int(period.last) + 1)
    groups = [p.geo for p in item.places if p.rule == "group" and p.geo]
    if groups:
        context.group, context.group_sentence = groups[-1], number
    figures = any(r.indicator or r.unit for r in readings)  # "Обзор № 4 (137)" tells none
    context.counted = context.counted or (figures and not (titles and sentence.layout is not Layout.TEXT))
    if context.years_block != item.sentence.block:
        context.years, context.years_block = {}, item.sentence.block
    for reading in readings:
        if reading.indicator and reading.period is not None and reading.period.kind is PeriodKind.YEAR:
            known = context.years.setdefault(reading.indicator, [])
            if reading.period.last.isdigit() and int(reading.period.last) not in known:
                known.append(int(reading.period.last))
            if reading.period.last.isdigit() and reading.modality is Modality.ACTUAL:
                context.told.setdefault(reading.indicator, set()).add(int(reading.period.last))
    quarters = [p for p in item.periods if p.kind is PeriodKind.QUARTER and p.first and "base" not in p.flags]
    context.quarter = quarters[-1] if quarters else context.quarter
    if readings:
        if not any(r.indicator == context.told_together for r in readings):
            context.told_together = ""
        context.above, context.above_sentence = list(readings), number
    units = [r.unit for r in readings if r.unit and r.unit not in ("percent", "times", "percentage_point")]
    if units:
        context.unit, context.unit_sentence = units[-1], number


def is_question(item: Found) -> bool:
    """Whether a sentence asks."""
    return item.sentence.text.rstrip(" »”").endswith("?")


def is_aside(item: Found) -> bool:
    """Whether a sentence without figures is short enough for the talk to go on behind it."""
    turns = is_question(item) and bool(item.indicators)
    return len(item.sentence.text.split()) <= ASIDE and not turns


def new_item(context: Context, item: Found, number: int) -> None:
    """An item of news is a document of its own: it reports on what it says, else on what the title said."""
    context.titled = context.titled or (context.opening, context.entitled)
    context.opening, context.entitled = context.titled
    context.begun, context.counted, context.section = number, False, None
    context.sent_on = next((p for p in item.periods if p.is_day), None)


def of_sending(period: Period, context: Context) -> bool:
    """Whether a period is the month in which the items of news were sent: none of them is about it."""
    span = between(period.first, period.last) if context.sent else None
    days = (parse(day) for day in context.sent)
    return span is not None and any(day is not None and span.holds(day) for day in days)


def is_later(reading: Reading, context: Context) -> bool:
    """Whether a figure is of a year after the one the document was written in."""
    first = reading.period.first[:4] if reading.period is not None else ""
    return bool(context.doc_date) and first.isdigit() and first > context.doc_date[:4]


def spoken(item: Found, mention: IndicatorMention) -> Spoken:
    """A mention with its words."""
    start, end = mention.start - item.sentence.start, mention.end - item.sentence.start
    return Spoken(mention.indicator, (mention.start, mention.end), item.sentence.text[start:end])


def stands(reading: Reading) -> bool:
    """Whether a figure is told by a dash alone, as in a list of levels: "Ссудный портфель – 33,9 трлн"."""
    quantity, sentence = reading.quantity, reading.sentence
    lead = sentence.text[: min(quantity.outer_start, quantity.start) - sentence.start].rstrip()
    level = reading.measure in (Measure.LEVEL, Measure.SHARE)
    return lead.endswith(("–", "—")) and level and not reading.base
