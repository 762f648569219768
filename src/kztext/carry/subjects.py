"""The thing that a figure is of, where its own words do not say: one of those told before it.

There are several ways to know it. They are asked in turn, those that need most of the text's own words first;
what no way knows goes on from what was told or named last.
"""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.before import Before
from kztext.carry.context import LONG_REACH, Spoken
from kztext.carry.focus import by_unit, completed
from kztext.carry.goals import goal_of, plan_met
from kztext.carry.hollow import carry_hollow, of_index
from kztext.carry.short_names import bare_word, pointed_at, short_name, spoken_part
from kztext.carry.units import last_in_unit, same_kind
from kztext.carry.unsaid import REACH
from kztext.carry.wholes import goes_on_share, share_again
from kztext.catalogue import Catalogue, by_its_unit
from kztext.evidence import RATIO_UNITS, UNNAMED
from kztext.nouns import lexicon
from kztext.reading import Reading, words_at
from kztext.records import Measure
from kztext.spans import Case, Lang


def carry_subject(reading: Reading, before: Before) -> Reading:
    """A reading with the thing it is of: what the first of the ways finds, else what was told last."""
    for way in WAYS:
        if (found := way(reading, before)) is not None:
            return found
    return gone_on(reading, before)


def whose_growth(reading: Reading, before: Before) -> Reading | None:
    """A rate of growth without a name: of what was told right before, else of the economy."""
    if UNNAMED not in reading.flags:
        return None
    context, done = before.context, before.done
    flags = tuple(f for f in reading.flags if f != UNNAMED)
    last = before.last if done or before.since(context.last_sentence) <= 1 else None
    moved = context.moved_sentence == context.mentioned_sentence == before.number - 1
    told = context.mentioned.indicator if context.mentioned and moved else ""
    if last is not None and (done or not told):
        told = last.indicator
        if not told and last.unit in RATIO_UNITS and not reading.strong:
            return replace(reading, indicator="", flags=flags)  # of a thing that the catalogue has not
    entry = before.catalogue.indicators.get(told)
    if entry is None or entry.is_rate or entry.id == reading.indicator or entry.measure in ("share", "index"):
        return replace(reading, flags=flags)
    return replace(reading, indicator=entry.id, flags=(*flags, "coreference"))


def more_of_them(reading: Reading, before: Before) -> Reading | None:
    """By how many people a number of them told right before changed: "Содан бері 1,3 млн адамға көбейді"."""
    context = before.context
    last = context.last if before.since(context.last_sentence) == 1 else None
    counts = reading.measure is Measure.CHANGE and reading.unit == "count" and not reading.indicator
    entry = before.catalogue.indicators.get(last.indicator) if last is not None else None
    if not counts or last is None or entry is None or entry.unit_class != "count" or last.unit != "count":
        return None
    people = tuple(lexicon(before.pack).people)
    if any(not word.startswith(people) for word in words_at(reading, reading.subject)):
        return None
    return replace(reading, indicator=entry.id, flags=(*reading.flags, "coreference"))


def in_full(reading: Reading, before: Before) -> Reading | None:
    """What the words beside a figure name together with those around, or the figure in its unit before it."""
    beside, focus = before.beside, before.context.focus
    if beside is None or focus is None or reading.indicator or reading.anaphoric:
        return None
    whole = completed(reading, beside, focus, before.number, before.pack, before.catalogue)
    return whole or by_unit(reading, beside, before.item, last_in_unit(reading, before), before.pack)


def by_itself(reading: Reading, before: Before) -> Reading | None:
    """A reading that needs nothing from before: a name or a noun of its own says what it is of."""
    return reading if reading.indicator or (reading.has_subject and not reading.anaphoric) else None


def meant_here(reading: Reading, before: Before) -> Reading | None:
    """What a Russian pronoun means that stands behind a figure of its sentence: "9%; за год показатель …"."""
    last = before.done[-1] if before.done else None
    if not reading.anaphoric or last is None or not last.indicator or reading.sentence.lang is not Lang.RU:
        return None
    said = [c for c in before.item.cues if c.kind == "anaphor" and c.end <= reading.quantity.start]
    same = reading.unit in RATIO_UNITS or same_kind(reading.unit, last.unit)
    if not said or said[-1].start < last.quantity.end or not same:
        return None
    flags = (*reading.flags, "coreference")
    sure = round(reading.confidence - 0.1, 2)
    return replace(reading, indicator=last.indicator, subject=last.subject, flags=flags, confidence=sure)


WAYS = (
    whose_growth,
    of_index,
    spoken_part,
    bare_word,
    short_name,
    more_of_them,
    carry_hollow,
    plan_met,
    goal_of,
    in_full,
    by_itself,
    meant_here,
    pointed_at,
)


def gone_on(reading: Reading, before: Before) -> Reading:
    """A figure without a name, or of a pronoun: of what was named without figures, or told last."""
    last = told_last(reading, before)
    if (spoken := named_since(reading, last, before)) is not None:
        return of_spoken(reading, spoken, before.catalogue)
    if last is not None and (last.indicator or last.has_subject):
        return of_last(reading, last, before.catalogue)
    return (
        replace(reading, subject=reading.local) if reading.local[1] and not reading.has_subject else reading
    )


def told_last(reading: Reading, before: Before) -> Reading | None:
    """The figure told last of a named thing, near enough; a pronoun means one told in units of its kind."""
    context = before.context
    reach = LONG_REACH if reading.anaphoric or not reading.has_subject else REACH
    last = context.last if before.since(context.last_sentence) <= reach else None
    if last is None or not reading.anaphoric:
        return last
    last = next((r for r in reversed(context.named) if same_kind(r.unit, reading.unit)), last)
    stands = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
    if stands and last.unit not in RATIO_UNITS:  # "4,7%, бұл – 452 мың адам. 2020 жылы ол 4,9%-ға жеткен"
        last = next((r for r in reversed(context.named[-REACH:]) if r.unit == "percent"), last)
    return last


def named_since(reading: Reading, last: Reading | None, before: Before) -> Spoken | None:
    """What was named without a figure and is meant rather than what was told last; None where that is."""
    context = before.context
    spoken = context.mentioned if before.since(context.mentioned_sentence) <= 1 else None
    if spoken is None and before.since(context.asked_sentence) == 1 and not reading.anaphoric:
        spoken = context.asked_of  # "– Зейнеткерлер? – 2,5 млн-ға тарта"
    if spoken is None or last is None:
        return spoken
    if goes_on_share(reading, last, before.since(context.last_sentence)):
        return None
    if last.indicator == f"{spoken.indicator}_per_capita":
        return None  # "жан басына шаққанда … ЖІӨ келеді. Өзбекстанда – 2,8 мың"
    if last.indicator and reading.anaphoric and context.last_sentence >= context.mentioned_sentence:
        return None
    return None if is_whole(spoken.indicator, last.indicator, before.catalogue) else spoken


def of_spoken(reading: Reading, spoken: Spoken, catalogue: Catalogue) -> Reading:
    """A figure of a thing that was named without one: "Жұмыссыздық … Ресми деңгей 4,7%"."""
    entry = catalogue.indicators.get(spoken.indicator)
    rate = entry is not None and entry.is_rate and not reading.share_of
    level = rate and reading.measure is Measure.SHARE and "measure_unsaid" in reading.flags
    return replace(
        reading,
        indicator=by_its_unit(spoken.indicator, reading.unit, catalogue) or spoken.indicator,
        subject=reading.local if reading.local[1] else spoken.span,
        measure=Measure.LEVEL if level else reading.measure,
        flags=with_way(reading),
        confidence=round(reading.confidence - 0.15, 2),
    )


def of_last(reading: Reading, last: Reading, catalogue: Catalogue) -> Reading:
    """A figure of the thing told last, measured as that was where nothing is said."""
    flags, unsaid = with_way(reading), "measure_unsaid" in reading.flags
    if unsaid and reading.unit == last.unit == "percent" and last.measure is Measure.CHANGE:
        reading = replace(reading, measure=last.measure, direction=last.direction)
    reading = share_again(reading, last)
    entry = catalogue.indicators.get(last.indicator)
    rate = entry is not None and entry.is_rate and last.measure is Measure.LEVEL
    if unsaid and rate and reading.measure is Measure.SHARE and not reading.share_of:
        reading = replace(reading, measure=Measure.LEVEL)  # "Инфляция – 18%. Прогнозировал лишь 13"
    return replace(
        reading,
        indicator=rate_of(last.indicator, reading, catalogue)
        or by_its_unit(last.indicator, reading.unit, catalogue)
        or last.indicator,
        subject=reading.local if reading.local[1] else last.subject,
        growth=reading.growth or last.growth,
        measure=last.measure if reached(reading, last, catalogue) else reading.measure,
        flags=flags,
        confidence=round(reading.confidence - 0.15, 2),
    )


def with_way(reading: Reading) -> tuple[str, ...]:
    """The flags of a reading with how it is known what it is of: by a pronoun, or by nothing at all."""
    return (*reading.flags, "coreference" if reading.anaphoric else "ellipsis")


def rate_of(indicator: str, reading: Reading, catalogue: Catalogue) -> str:
    """The rate whose people a percentage goes on from: "Жұмыссыздар – 449 мың адам. Деңгейі – 4,6%"."""
    stands = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
    rates = (entry.id for entry in catalogue.indicators.values() if entry.people == indicator)
    return next(rates, "") if stands and indicator and not reading.share_of else ""


def reached(reading: Reading, last: Reading, catalogue: Catalogue) -> bool:
    """Whether a Kazakh dative says the level that a rate reached: "ол 4,7%-ға төмендеді" of unemployment."""
    entry = catalogue.indicators.get(last.indicator)
    rate = last.measure is Measure.SHARE or (
        last.measure is Measure.LEVEL and entry is not None and entry.is_rate
    )
    percent = reading.unit == last.unit == "percent"
    return rate and percent and reading.measure is Measure.CHANGE and reading.quantity.case is Case.DAT


def is_whole(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether one indicator is another or its whole: "инвестиция" after "негізгі капиталға инвестиция"."""
    entry = catalogue.indicators.get(other)
    return one == other or (entry is not None and entry.part_of == one)
