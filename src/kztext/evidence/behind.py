"""What stands behind a number and says what the part is that it makes."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.evidence.sentence import RATIO_UNITS, STATES, Evidence
from kztext.spans import IndicatorMention, Quantity
from kztext.zones import Zone

ANY = "any"  # of whatever is named


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


def those_who(seen: Evidence, zone: Zone) -> IndicatorMention | None:
    """Those of some people of whom the words behind a share say how they live: "халықтың 63%-ы – қалада"."""
    quantity = zone.quantity
    if quantity.unit != "percent" and not (seen.kk and not quantity.unit and seen.possessed(quantity)):
        return None
    named = {m.indicator for z in seen.zones for m in z.mentions if m.end <= quantity.start}
    behind = seen.text(quantity.outer_end, seen.sentence.end)
    before = seen.text(zone.start, min(quantity.outer_start, quantity.start))
    for whole, states in seen.pack.table("indicators")[STATES].items():
        of_people = whole in named or (whole == ANY and seen.kk and seen.possessed(quantity))
        if not (of_people or people_behind(seen, quantity, whole)):
            continue
        people = "" if of_people else r"(?:\p{L}+\s)?\p{L}+\s"
        for indicator, form in states.items():
            lead = rf"\s?{people}(?:[–—-]\s)?(?P<state>{form})(?!\p{{L}})"
            match = seen.pack.compile(lead, where=seen.pack.source("indicators")).match(behind)
            if match is not None:
                start, end = (quantity.outer_end + at for at in match.span("state"))
                return IndicatorMention(start=start, end=end, indicator=indicator, rule=STATES)
            if not seen.kk and not of_people:
                match = seen.pack.compile(rf"(?<!\p{{L}})(?P<state>{form})(?:\s\p{{L}}+)?\s$").search(before)
                if match is not None:
                    start, end = (zone.start + at for at in match.span("state"))
                    return IndicatorMention(start=start, end=end, indicator=indicator, rule=STATES)
    return None


def people_behind(seen: Evidence, quantity: Quantity, whole: str) -> bool:
    """Whether a Russian share names the people right behind it ("63% населения – в городах")."""
    if whole == ANY:
        return not seen.kk
    named = [m for z in seen.zones for m in z.mentions if m.indicator == whole]
    return not seen.kk and any(0 <= m.start - quantity.outer_end <= 1 for m in named)
