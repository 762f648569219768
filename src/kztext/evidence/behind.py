"""What stands behind a number and says what the part is that it makes."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.evidence.sentence import RATIO_UNITS, RESIDENCE, Evidence
from kztext.spans import IndicatorMention, Quantity
from kztext.zones import Zone

POPULATION = "population"


def told_behind(
    seen: Evidence, quantity: Quantity, right: Sequence[IndicatorMention]
) -> IndicatorMention | None:
    """The name that a dash gives the part of a whole: "олардың 6,9 млн-ы – жалдамалы қызметкерлер"."""
    if not right or quantity.unit in RATIO_UNITS or not seen.possessed(quantity):
        return None
    rest = list(seen.text(quantity.outer_end, right[0].start))
    for period in seen.periods:
        for at in range(max(period.start, quantity.outer_end), min(period.end, right[0].start)):
            rest[at - quantity.outer_end] = " "
    dash, dated = "".join(rest).strip(), " " * 3 in "".join(rest)  # "458 мыңы былтыр жұмыссыз жүрді"
    told = dash in ("–", "—", "-") or (not dash and dated and not quantity.unit)
    return right[0] if told and not seen.is_oblique(right[0]) else None


def residents(seen: Evidence, zone: Zone) -> IndicatorMention | None:
    """Those of the population who live where the words behind a share say: "халықтың 63%-ы – қалада"."""
    quantity = zone.quantity
    of_people = any(
        m.indicator == POPULATION and m.end <= quantity.start for z in seen.zones for m in z.mentions
    )
    if quantity.unit != "percent" or not (of_people or people_behind(seen, quantity)):
        return None
    behind = seen.text(quantity.outer_end, seen.sentence.end)
    people = "" if of_people else r"(?:\p{L}+\s)?\p{L}+\s"
    for indicator, form in seen.pack.table("indicators")[RESIDENCE].items():
        lead = rf"\s?{people}(?:[–—-]\s)?(?P<where>{form})(?!\p{{L}})"
        match = seen.pack.compile(lead, where=seen.pack.source("indicators")).match(behind)
        if match is not None:
            start, end = (quantity.outer_end + at for at in match.span("where"))
            return IndicatorMention(start=start, end=end, indicator=indicator, rule=RESIDENCE)
    return None


def people_behind(seen: Evidence, quantity: Quantity) -> bool:
    """Whether a Russian share names the population right behind it ("63% населения – в городах")."""
    named = [m for z in seen.zones for m in z.mentions if m.indicator == POPULATION]
    return not seen.kk and any(0 <= m.start - quantity.outer_end <= 1 for m in named)
