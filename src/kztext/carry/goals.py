"""What a goal or a plan without a name is of: what was told before it.

"Инфляция – 8%. Орта мерзімді мақсат – 5%", "241 млрд теңге түсіп, жоспар 104,2%-ға орындалды".
"""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.before import Before
from kztext.carry.short_names import is_pointing
from kztext.found import Found
from kztext.nouns import lexicon
from kztext.reading import Reading, words_at
from kztext.records import Measure, Modality
from kztext.spans import is_money


def plan_met(reading: Reading, before: Before) -> Reading | None:
    """A percentage of a plan, of what was told before: "241 млрд теңге түсіп, жоспар 104,2%-ға орындалды"."""
    done = before.done
    if reading.indicator or reading.unit != "percent" or not done or not done[-1].indicator:
        return None
    words = words_at(reading, reading.whole if reading.whole[1] > reading.whole[0] else reading.subject)
    planned = words and all(lexicon(before.pack).plans.fullmatch(word) for word in words)
    if not planned or (reading.measure is Measure.CHANGE and reading.direction):
        return None
    flags = tuple(dict.fromkeys((*(f for f in reading.flags if f != "measure_unsaid"), "coreference")))
    return replace(reading, indicator=done[-1].indicator, measure=Measure.SHARE, flags=flags)


def goal_of(reading: Reading, before: Before) -> Reading | None:
    """A figure that somebody aims at: of what was spoken of before ("Орта мерзімді мақсат – 5%")."""
    if reading.indicator or not reading.has_subject:
        return None
    words = words_at(reading, reading.subject)
    known = lexicon(before.pack)
    if not (any(known.goals.fullmatch(word) for word in words) or aims_at(reading, before.item)):
        return None
    if reading.unit != "percent":
        behind = reading.sentence.text[reading.subject[1] - reading.sentence.start :].lstrip()
        said = behind.startswith(("–", "—")) or any(is_pointing(word, before.pack) for word in words)
        return amount_aimed_at(reading, before) if said else None
    for told in reversed([*before.context.named, *before.done]):
        entry = before.catalogue.indicators.get(told.indicator)
        if told.unit == "percent" and entry is not None and (entry.is_rate or told.measure is Measure.SHARE):
            return replace(
                reading,
                indicator=entry.id,
                measure=told.measure if not entry.is_rate else Measure.LEVEL,
                modality=as_plan(reading),
                flags=(*(f for f in reading.flags if f != "measure_unsaid"), "coreference"),
                share_of=told.share_of,
                whole=told.whole,
            )
    return None


def aims_at(reading: Reading, item: Found) -> bool:
    """Whether words for a goal stand right before a number in brackets: "Целевой коридор (4–6%)"."""
    begin = reading.quantity.outer_start
    lead = item.sentence.text[: begin - item.sentence.start]
    plans = [c for c in item.cues if c.kind == "modality" and c.value == "plan" and "attribute" in c.flags]
    return lead.endswith("(") and any(begin - c.end == len(" (") for c in plans)


def amount_aimed_at(reading: Reading, before: Before) -> Reading | None:
    """An amount aimed at, of what was told last: "Актив 60 млрд доллар. Мақсат – 100 миллиардқа жеткізу"."""
    last = before.last
    if last is None or not last.indicator or not is_money(last.unit) or reading.unit not in ("", last.unit):
        return None
    if reading.quantity.multiplier != last.quantity.multiplier:
        return None
    flags = (*reading.flags, "coreference")
    modality = as_plan(reading)
    return replace(reading, indicator=last.indicator, unit=last.unit, modality=modality, flags=flags)


def as_plan(reading: Reading) -> Modality:
    """How a goal is told: as a plan, where its sentence says nothing else."""
    return Modality.PLAN if reading.modality is Modality.ACTUAL else reading.modality
