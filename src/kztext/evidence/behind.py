"""What stands behind a number and says what the part is that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from kztext.evidence.sentence import RATIO_UNITS, STATES, Evidence
from kztext.lang.pack import Pack
from kztext.spans import IndicatorMention, Quantity
from kztext.zones import Zone

ANY = "any"  # of whatever is named
PEOPLE = r"(?:\p{L}+\s)?\p{L}+\s"  # those right behind a Russian share


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
    """Those of some people of whom the words beside a share say how they live: "халықтың 63%-ы – қалада"."""
    quantity = zone.quantity
    part = any(c.start < quantity.start for c in seen.cues_of("part"))  # "из них 6,9 млн – по найму"
    part = seen.possessed(quantity) if seen.kk else part
    before = {m.indicator for m in seen.mentions if m.end <= quantity.start} | ({ANY} if part else set())
    if quantity.unit != "percent" and (quantity.unit or not (part or (not seen.kk and len(before) > 0))):
        return None
    behind = {m.indicator for m in seen.mentions if 0 <= m.start - quantity.outer_end <= 1} | {ANY}
    for whole in seen.pack.table("indicators")[STATES]:
        if whole in before:
            found = state_behind(seen, quantity, whole, "")
        elif (
            whole in behind and not seen.kk and quantity.unit
        ):  # "63% населения – в городах", "в городах – 63% населения"
            found = state_behind(seen, quantity, whole, PEOPLE) or state_before(seen, zone, whole)
        else:
            continue
        if found is not None:
            return found
    return None


def state_behind(seen: Evidence, quantity: Quantity, whole: str, people: str) -> IndicatorMention | None:
    """How words right behind a share, and behind `people`, say that some of a whole live."""
    form = rf"\s?{people}(?:[–—-]\s)?(?:{states(seen.pack, whole)})(?!\p{{L}})"
    source = seen.pack.source("indicators")
    match = seen.pack.compile(form, where=source).match(seen.text(quantity.outer_end, seen.sentence.end))
    return stated(match, quantity.outer_end)


def state_before(seen: Evidence, zone: Zone, whole: str) -> IndicatorMention | None:
    """How words right before a share say that some of a whole live."""
    form = rf"(?<!\p{{L}})(?:{states(seen.pack, whole)})(?:\s\p{{L}}+)?\s$"
    lead = seen.text(zone.start, min(zone.quantity.outer_start, zone.quantity.start))
    return stated(seen.pack.compile(form).search(lead), zone.start)


@cache
def states(pack: Pack, whole: str) -> str:
    """The words for how some of a whole live, each in a group named by the indicator of those who do."""
    forms = pack.table("indicators")[STATES][whole]
    return "|".join(f"(?P<{indicator}>{form})" for indicator, form in forms.items())


def stated(match: regex.Match[str] | None, offset: int) -> IndicatorMention | None:
    """The mention of those of whom a match of `states` tells."""
    if match is None or match.lastgroup is None:
        return None
    start, end = match.span(match.lastgroup)
    return IndicatorMention(start=offset + start, end=offset + end, indicator=match.lastgroup, rule=STATES)
