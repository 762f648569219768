"""Subjects and wholes that a sentence leaves unsaid: those of the sentences before it."""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.context import LONG_REACH, Context
from kztext.carry.periods import REACH
from kztext.catalogue import Catalogue
from kztext.evidence import RATIO_UNITS
from kztext.reading import Reading
from kztext.records import Measure

CURRENCY = 3  # letters of an ISO 4217 code


def carry_subject(reading: Reading, context: Context, number: int, catalogue: Catalogue) -> Reading:
    """Ellipsis and pronouns: the subject of the sentences before."""
    if reading.indicator or (reading.has_subject and not reading.anaphoric):
        return reading
    reach = LONG_REACH if reading.anaphoric or not reading.has_subject else REACH
    last = context.last if number - context.last_sentence <= reach else None
    if last is not None and reading.anaphoric:
        last = next((r for r in reversed(context.named) if same_kind(r.unit, reading.unit)), last)
    mentioned = context.mentioned if number - context.mentioned_sentence <= 1 else None
    flags = (*reading.flags, "coreference" if reading.anaphoric else "ellipsis")
    if mentioned is not None and (last is None or not is_whole(mentioned[0], last.indicator, catalogue)):
        return replace(
            reading,
            indicator=mentioned[0],
            subject=mentioned[1],
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    if last is not None and (last.indicator or last.has_subject):
        return replace(
            reading,
            indicator=last.indicator,
            subject=last.subject,
            growth=reading.growth or last.growth,
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    return reading


def carry_whole(reading: Reading, context: Context, catalogue: Catalogue) -> Reading:
    """The whole of a share that its sentence leaves out: the catalogue's, or what was spoken of before."""
    if reading.measure is not Measure.SHARE or reading.share_of:
        return reading
    if reading.of_before and context.last is not None:
        last = context.last
        known = last.indicator if last.indicator in catalogue.wholes else ""
        return replace(reading, share_of=known, whole=(0, 0) if known else last.subject)
    entry = catalogue.indicators.get(reading.indicator)
    if "falls" in reading.flags and context.last is not None and context.last.indicator in catalogue.wholes:
        return replace(reading, share_of=context.last.indicator, flags=(*reading.flags, "coreference"))
    if entry is None:
        return reading
    rate = entry.measure == "share" or entry.is_rate
    return replace(reading, share_of=entry.share_of if rate else entry.part_of)


def same_kind(one: str, other: str) -> bool:
    """Whether two units measure the same kind of thing: the same unit, or both money."""
    money = all(len(unit) == CURRENCY and unit.isupper() for unit in (one, other))
    return one not in ("", *RATIO_UNITS) and (one == other or money)


def is_whole(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether one indicator is another or its whole: "инвестиция" after "негізгі капиталға инвестиция"."""
    entry = catalogue.indicators.get(other)
    return one == other or (entry is not None and entry.part_of == one)
