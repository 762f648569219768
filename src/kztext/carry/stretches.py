"""From then till now: what a text looks back on, and the stretch between two years that it has named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from kztext.calendar import shifted
from kztext.carry.context import LONG_REACH, PARTS, Context
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import clause_words
from kztext.reading import Reading
from kztext.records import Aggregation, Measure
from kztext.spans import Period, PeriodKind

TWELVE = "relative_period:twelve_months_of_this_year"
FOLLOWS = 2  # sentences on that "from X to Y" without a year may go on from the stretch before
NEAR = 3  # readings back to what a look back is set against


def over_stretch(
    reading: Reading, context: Context, item: Found, before: Sequence[Reading]
) -> Reading | None:
    """A figure told of a stretch that its sentence does not name: "осы аралықта", "за эти годы", "он жылда".

    None where nothing points to a stretch, or the text has named none.
    """
    said = reading.period
    if reading.base is not None or (said is not None and (said.first or said.last)):
        return None
    if said is not None and not any(c.kind == "stretch" and c.overlaps(said) for c in item.cues):
        return None
    if any(r.period is not None and "stretch" not in r.flags for r in before):
        return None
    here = context.period if context.period_block == reading.sentence.block else None
    pointing = any(c.kind == "stretch" and c.start < reading.quantity.start for c in item.cues)
    if pointing and context.part is not None and (here is None or here.kind is PeriodKind.YEAR):
        part, at = context.part  # "… Прошлогодний результат, минус 7%, перекрыт. За тот же срок"
        here = part if context.period_sentence - at <= FOLLOWS else here
    if pointing and here is not None and here.kind in PARTS:  # "за девять месяцев … За тот же срок"
        return replace(reading, period=here, flags=(*reading.flags, "context_period"))
    ends = counted_back(reading, context)
    if ends is None:
        ends = context.stretch if points_back(reading, context, item, before) else None
        paired = {"from_value", "to_value"} & set(reading.flags)
        if ends is not None and context.stretch_span is not None and not paired:
            return spanned(reading, context.stretch_span)
    return None if ends is None else laid_over(reading, *ends)


def told_since(reading: Reading, context: Context, before: Sequence[Reading], pack: Pack) -> Reading | None:
    """A change against what its sentence only looked back on is of the time that the text reports on.

    "Былтыр 2 800 талапкер келген еді, сөйтіп олардың саны 11 пайызға артты."
    """
    if reading.measure is not Measure.CHANGE or not before or reading.period is None:
        return None
    last = before[-1]
    if last.period != reading.period or not looks_back(last, context, pack):
        return None
    if reading.quantity.start < last.period.start or "to_value" in reading.flags:
        return None
    here = clause_words(reading.sentence, reading.quantity.start)
    if here == clause_words(last.sentence, last.quantity.start):
        return None
    now = context.period
    if now is None or now.last[:4] <= reading.period.last[:4]:
        year = int(reading.period.last[:4]) + 1
        now = year_of(reading.period, year) if context.doc_date[:4] == str(year) else None
    return replace(reading, period=now, flags=(*reading.flags, "context_period"))


def between_years(readings: Sequence[Reading]) -> tuple[Period, Period] | None:
    """The first and the last year of those that a sentence tells one indicator of."""
    dated: dict[str, list[Period]] = {}
    for reading in readings:
        if reading.indicator and reading.period is not None and reading.period.kind is PeriodKind.YEAR:
            dated.setdefault(reading.indicator, []).append(reading.period)
    for periods in reversed(dated.values()):
        first, last = min(periods, key=lambda p: p.first), max(periods, key=lambda p: p.first)
        if first.first < last.first:
            return first, last
    return None


def points_back(reading: Reading, context: Context, item: Found, before: Sequence[Reading]) -> bool:
    """Whether a figure is told of the stretch spoken of: in so many words, or as a pair right after it."""
    if context.stretch is None or context.stretch_age > LONG_REACH:
        return False
    if any(c.kind == "stretch" and c.start < reading.quantity.start for c in item.cues):
        return True
    near = context.stretch_block == reading.sentence.block and context.stretch_age <= FOLLOWS
    near = near and context.stretch_told
    paired = {"from_value", "to_value"} & set(reading.flags) or any("stretch" in r.flags for r in before)
    return near and bool(paired) and reading.spread is None


def counted_back(reading: Reading, context: Context) -> tuple[Period, Period] | None:
    """The two years N apart that an indicator was told of, for a change "over N years"."""
    spread = reading.spread
    if spread is None or spread.length_unit != "year" or spread.length is None or spread.first or spread.last:
        return None
    windowed = any(flag.startswith("window") or flag == "yearly" for flag in spread.flags)
    years = context.told.get(reading.indicator, set()) if reading.measure is Measure.CHANGE else set()
    count = int(spread.length)
    ends = [year for year in years if year - count in years]
    if windowed or count < 2 or not ends:
        return None
    return year_of(spread, max(ends) - count), year_of(spread, max(ends))


def year_of(period: Period, year: int) -> Period:
    """One year in the place of a period."""
    return replace(period, first=str(year), last=str(year), kind=PeriodKind.YEAR, flags=())


def laid_over(reading: Reading, first: Period, last: Period) -> Reading:
    """A reading with the part of a stretch that it is told of: its ends, its change, or all of it."""
    flags = (*reading.flags, "context_period", "stretch")
    sure = round(reading.confidence - 0.1, 2)
    if "from_value" in reading.flags:
        return replace(reading, period=first, flags=flags, confidence=sure)
    if reading.measure is Measure.CHANGE:
        base = replace(first, flags=("base",))
        return replace(reading, period=last, base=base, flags=flags, confidence=sure)
    if "to_value" in reading.flags or reading.measure is not Measure.LEVEL:
        return replace(reading, period=last, flags=flags, confidence=sure)
    whole = replace(last, first=first.first, kind=PeriodKind.YEARS)
    return replace(reading, period=whole, aggregation=Aggregation.CUMULATIVE, flags=flags, confidence=sure)


def spanned(reading: Reading, span: Period) -> Reading:
    """A reading of all the years that the text has named: "1991–1996 жылдары … Осы аралықта 10 есе"."""
    sums = reading.measure in (Measure.CHANGE, Measure.LEVEL) and reading.unit not in ("percent", "")
    cumulative = reading.measure is Measure.CHANGE or sums
    aggregation = Aggregation.CUMULATIVE if cumulative else reading.aggregation
    flags = (*reading.flags, "context_period", "stretch")
    sure = round(reading.confidence - 0.1, 2)
    return replace(reading, period=span, aggregation=aggregation, flags=flags, confidence=sure)


@cache
def remote(pack: Pack) -> regex.Pattern[str] | None:
    """How a clause ends that looks back on what was ("болған еді", "оқитын"); None where no form says so."""
    form = pack.table("endings")["remote"]
    return pack.compile(rf"(?:{form})$", where=pack.source("endings")) if form else None


def looks_back(reading: Reading, context: Context, pack: Pack) -> bool:
    """Whether a figure of an earlier time is only set beside what the text reports on.

    "Ал 2010 жылы ол 66 жас болатын." In a text that reports on no later time the form is a narrator's.
    """
    form, period = remote(pack), reading.period
    if period is None or not period.first[:4].isdigit():
        return False
    if was_before(reading, period, context):
        return True
    if form is None:
        return False
    reported = context.period.last if context.period is not None else context.doc_date
    words = clause_words(reading.sentence, reading.quantity.start)
    return bool(words) and period.first[:4] < reported[:4] and form.search(words[-1]) is not None


def was_before(reading: Reading, period: Period, context: Context) -> bool:
    """Whether what the text reports on is only compared with an earlier year of the same thing.

    "Рынок труда в 2023 году. Безработица – 4,7%. В 2022 году она была 4,9%."
    """
    reported, last = context.section or context.opening, context.last
    if reported is None or last is None or last.period is None or not reading.indicator:
        return False
    same = last.indicator == reading.indicator and last.sentence.block == reading.sentence.block
    now = last.period.last[:4] == reported.last[:4] and last.sentence.start < reading.sentence.start
    return same and now and period.last[:4] < reported.last[:4]


def over_year(spread: Period | None) -> bool:
    """Whether a stretch is one year that no other words place: "бір жылда", "за год"."""
    if spread is None or spread.first or spread.last:
        return False
    if spread.length != {"year": 1, "month": 12}.get(spread.length_unit):
        return False
    return not any(flag.startswith("window") or flag == "yearly" for flag in spread.flags)


def throughout(period: Period, reading: Reading, pack: Pack) -> bool:
    """Whether a calendar year is named as the time that something took: "за 2024 год", "2024 жыл ішінде"."""
    start, end = period.start - reading.sentence.start, period.end - reading.sentence.start
    if period.kind is not PeriodKind.YEAR or not 0 <= start < end <= len(reading.sentence.text):
        return False
    said, where = pack.table("changes"), pack.source("changes")
    before = pack.compile(said["throughout_before"], where=where).search(reading.sentence.text[:start])
    after = pack.compile(said["throughout_after"], where=where).match(reading.sentence.text[end:])
    return before is not None or after is not None


def twelve_months(reading: Reading, context: Context, number: int) -> Reading:
    """A change over twelve months ("он екі айда") is one up to what is reported on, of no calendar year."""
    period, told = reading.period, context.period
    if period is None or TWELVE not in period.flags or reading.measure is not Measure.CHANGE:
        return reading
    if told is None or number - context.period_sentence > LONG_REACH:
        return reading
    return replace(reading, period=told, spread=None, flags=(*reading.flags, "context_period"))


def year_before(readings: Sequence[Reading], pack: Pack) -> list[Reading]:
    """From X to Y over one year: X is of the year before Y ("бір жылда 142-ден 96-ға дейін азайды")."""
    done = list(readings)
    for i, (one, other) in enumerate(pairwise(readings)):
        if "from_value" not in one.flags or "to_value" not in other.flags or one.period is not None:
            continue
        period = other.period
        if period is None or not period.last:
            continue
        if not (over_year(one.spread) or over_year(other.spread) or throughout(period, one, pack)):
            continue
        if period.kind is PeriodKind.YEARS or (period.is_day and "point_in_time" not in period.flags):
            continue
        first, last = (shifted(iso, -1) if iso else "" for iso in (period.first, period.last))
        flags = (*one.flags, "context_period")
        done[i] = replace(one, period=replace(period, first=first, last=last, flags=()), flags=flags)
    return done


def now_again(readings: Sequence[Reading], context: Context, item: Found, pack: Pack) -> list[Reading]:
    """The change since an earlier time that was looked back on is of now, against that time.

    "Былтыр 250 мың теңге еді, сонда үстеме – 24%", "пенсия – 133 тыс., год назад – 118, рост 12%".
    """
    done, form = list(readings), remote(pack)
    for i, (one, other) in enumerate(pairwise(readings)):
        then = one.period
        if then is None or other.measure is not Measure.CHANGE or one.measure is Measure.CHANGE:
            continue
        shared = other.period is None or (other.period.start, other.period.end) == (then.start, then.end)
        words = clause_words(one.sentence, one.quantity.start)
        if not shared or other.base is not None:
            continue
        back = form is not None and bool(words) and form.search(words[-1]) is not None
        if not back and not (i and is_set_beside(done[i - 1], one, other)):
            continue
        between = [c for c in item.cues if one.quantity.end <= c.start < other.quantity.start]
        if not any(c.kind == "restate" or (c.kind == "direction" and "noun" in c.flags) for c in between):
            continue
        told = [r for r in (*context.named[-NEAR:], *done[:i]) if r.indicator == one.indicator]
        now = next((r.period for r in reversed(told) if later(r.period, then)), None)
        if now is None:
            continue
        for at in range(i + 1, len(done)):
            if done[at].measure is not Measure.CHANGE or done[at].period not in (None, other.period):
                break
            done[at] = replace(done[at], period=now, base=then)
    return done


def is_set_beside(now: Reading, then: Reading, change: Reading) -> bool:
    """Whether a level of an earlier time stands between a level and the change that led to it."""
    begin = change.sentence.start
    between = change.sentence.text[then.quantity.outer_end - begin : change.quantity.outer_start - begin]
    levels = now.measure is Measure.LEVEL and then.measure is Measure.LEVEL
    alike = now.indicator == then.indicator == change.indicator and now.unit == then.unit
    told = then.period is not None and later(now.period, then.period)
    told = told and between.lstrip(" .").startswith((",", ";"))
    return levels and alike and told and change.unit in RATIO_UNITS


def later(period: Period | None, then: Period) -> bool:
    """Whether a period ends after another, both being placed."""
    return (
        period is not None
        and period.last[:4].isdigit()
        and then.last[:4].isdigit()
        and (
            period.last[:4] > then.last[:4]
            or (len(period.last) == len(then.last) and period.last > then.last)
        )
    )


def note_stretch(
    context: Context, item: Found, readings: Sequence[Reading], back: Sequence[Reading] = ()
) -> None:
    """Remember the stretch that a sentence spoke of; `back` are the readings that only look back."""
    said = [r.period for r in readings] if readings else [p for p in item.periods if "base" not in p.flags]
    whole = (p for p in said if p is not None and p.first[:4].isdigit() and p.last[:4].isdigit())
    spans = [p for p in whole if p.kind is PeriodKind.YEARS]
    found = named_stretch(readings)
    if found is None and spans:
        span = spans[-1]
        found = year_of(span, int(span.first[:4])), year_of(span, int(span.last[:4]))
    context.stretch_told = context.stretch_told if found is None else True
    if found is None:
        found = between_years(readings)
        context.stretch_told = context.stretch_told and found is None
    if found is None and back and back[-1].period is not None and context.period is not None:
        found = (back[-1].period, context.period)
    if found is None:
        context.stretch_age += 1
        return
    context.stretch, context.stretch_age, context.stretch_block = found, 0, item.sentence.block
    context.stretch_span = spans[-1] if spans else None


def named_stretch(readings: Sequence[Reading]) -> tuple[Period, Period] | None:
    """The two ends of the stretch that the readings of a sentence are told of."""
    for reading in reversed(readings):
        period, base = reading.period, reading.base
        if period is None or not (period.first and period.last):
            continue
        if base is not None and base.first[:4] < period.last[:4] and base.first:
            return base, period
        for other in readings:
            start = other.period
            if "from_value" in other.flags and start is not None and "" < start.first < period.first:
                return start, period
    return None
