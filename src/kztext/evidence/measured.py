"""Which of the names around a number is the thing that the number measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.evidence.behind import those_who, told_behind
from kztext.evidence.measured_kk import measured_kk
from kztext.evidence.measured_ru import measured_ru
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.indicators import find_indicators
from kztext.nouns import lexicon
from kztext.spans import Cue, IndicatorMention, Quantity
from kztext.zones import Zone

HARVEST = ("_harvest", "_output")


def measured(seen: Evidence, zone: Zone, more: Cue | None) -> IndicatorMention | None:
    """The mention that names the thing this quantity measures, if its zone has one.

    `more` is the comparative that makes the quantity a difference, None where it is none.
    """
    quantity = zone.quantity
    named = candidates(seen, zone)
    left = [m for m in named if m.end <= quantity.start and not names_speaker(seen, m)]
    right = [m for m in named if m.start >= quantity.end]
    if seen.kk:
        part = told_behind(seen, quantity, right) or those_who(seen, zone)
        return part or measured_kk(seen, zone, left, right, more)
    return yearly_rate(seen, zone, left) or those_who(seen, zone) or measured_ru(seen, zone, left, right)


def candidates(seen: Evidence, zone: Zone) -> list[IndicatorMention]:
    """The mentions of a zone that its quantity can measure, in text order."""
    quantity, known = zone.quantity, lexicon(seen.pack)
    named = [m for m in (fitting(seen, m, quantity) for m in zone.mentions) if m is not None]
    named = [m for m in named if not seen.in_aside(m, quantity)]
    named = [m for m in named if seen.text(m.start, m.end).lower() not in known.extents]
    if not seen.kk and quantity.unit == "percent":
        named = [m for m in named if not is_whose(seen, m)]
    if not seen.kk:  # a bare "человек" beside another name is what is counted, no name of its own
        return [m for m in named if seen.text(m.start, m.end).lower() not in known.people] or named
    if any(c.start >= quantity.end for c in seen.cues_of("goods")):  # sold or carried, not harvested
        named = [m for m in named if "weak" not in m.flags or not m.indicator.endswith(HARVEST)]
    return named


def is_whose(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a bare word for people only says whose a rate is: "у [молодёжи] – 3,1%"."""
    people = "weak" in mention.flags and seen.measures(mention.indicator) == "count"
    return people and any(c.value == "at" and 0 <= mention.start - c.end <= 1 for c in seen.cues_of("prep"))


def fitting(seen: Evidence, mention: IndicatorMention, quantity: Quantity) -> IndicatorMention | None:
    """A mention, or the name at its end where that alone can be so much: "ниже [прожиточного минимума]"."""
    if seen.fits(mention, quantity):
        return mention
    said = seen.text(mention.start, mention.end)
    for lead in (at for at, letter in enumerate(said, 1) if letter == " "):
        alone = replace(seen.sentence, start=mention.start + lead, end=mention.end, text=said[lead:])
        for inner in find_indicators(alone, seen.pack):
            whole = inner.end == mention.end and "weak" not in inner.flags
            if whole and inner.indicator != mention.indicator and seen.fits(inner, quantity):
                return inner
    return None


def names_speaker(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a name is part of whose words they are: "[өнеркәсіп] басқармасының дерегінше, …"."""
    told = [c for c in seen.cues if c.kind == "speech" and c.value == "according" and c.start >= mention.end]
    return seen.kk and bool(told) and not seen.crosses(mention.end, told[0].start)


def yearly_rate(seen: Evidence, zone: Zone, left: Sequence[IndicatorMention]) -> IndicatorMention | None:
    """The rate of what "годовых" is told of: "по [вкладам в тенге] платят 14% годовых"."""
    quantity = zone.quantity
    yearly = any(0 <= c.start - quantity.outer_end <= 1 for c in zone.right_cues("ratio"))
    rates = [m for m in left if seen.rate_of(m.indicator)]
    if not yearly or not rates or quantity.unit not in RATIO_UNITS:
        return None
    flags = tuple(flag for flag in rates[-1].flags if flag != "narrowed")
    return replace(rates[-1], indicator=seen.rate_of(rates[-1].indicator), flags=flags)
