"""The thing that a Russian number measures: the subject of its clause, or the noun right behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.catalogue import wholes_of
from kztext.evidence.asides import apposed
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.nouns import is_adjective, is_verb, lexicon
from kztext.spans import IndicatorMention, Quantity
from kztext.subjects import stop_words
from kztext.zones import Zone

OF_WHOLE = regex.compile(r"\s(?P<first>\p{L}+)(?:\s\p{L}+){0,3}\s[–—-]\s")  # "каждый третий [житель – ]"
PARTED = regex.compile(r"[;:()]|\.\s")
NEAR = 2  # words between a number and the name that it stands with


def measured_ru(
    seen: Evidence, zone: Zone, left: Sequence[IndicatorMention], right: Sequence[IndicatorMention]
) -> IndicatorMention | None:
    """The mention on the left or the right of a Russian quantity that names the thing measured."""
    quantity = zone.quantity
    ratio = quantity.unit in RATIO_UNITS
    adjacent = next((m for m in right if stands_with(seen, quantity, m)), None)
    direct = [m for m in left if "told" in m.flags or not seen.is_oblique(m)]
    if left and is_name(left[-1]) and apposed(seen, left[-1], quantity):
        return left[-1]  # "продукты подорожали на 11% при инфляции в 9%"
    if ratio and not direct and (part := told_of_people(seen, quantity, right)) is not None:
        return part
    strong = [m for m in direct if is_name(m)]
    told = [m for m in direct if "told" in m.flags]
    falls = zone.right_cues("fall_on")
    if strong and all(seen.crosses(quantity.outer_end, c.start) for c in falls):
        return strong[-1]
    fall_on = [c for c in zone.cues if c.kind == "fall_on"]
    if fall_on and fall_on[0].start >= quantity.end:
        behind = [m for m in right if m.start >= fall_on[0].end]
        subject = next((m for m in behind if not seen.is_oblique(m)), None)
        if subject is not None:
            return subject
        if behind and stands_near(seen, fall_on[0].end, behind[0]):  # "67,4% приходится на [оптовое звено]"
            return behind[0]
    if fall_on and left:
        return left[-1]
    if adjacent is not None and not ratio and not (told and not is_name(adjacent)):
        return adjacent
    if direct:
        found = told[0] if told else direct[-1]
        return part_of_it(seen, found, left) or found
    if adjacent is None:
        told = [m for m in right if "told" in m.flags and not seen.crosses(quantity.outer_end, m.start)]
        if told:
            return told[0]
    verb = zone.right_cues("direction", "level", "pace", "fall_on")
    behind = [m for m in right if verb and m.start >= verb[0].end]
    if behind and not seen.crosses(quantity.outer_end, behind[0].start):
        return behind[0]
    if left:
        return left[-1]
    return (giver(seen, quantity, right) or predicated_of(seen, quantity)) if ratio else None


def is_name(mention: IndicatorMention) -> bool:
    """Whether a mention names its indicator by itself."""
    return {"weak", "told"}.isdisjoint(mention.flags)


def stands_near(seen: Evidence, start: int, mention: IndicatorMention) -> bool:
    """Whether few words and no clause boundary stand between a place and a name behind it."""
    return len(seen.text(start, mention.start).split()) <= NEAR and not seen.crosses(start, mention.start)


def stands_with(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether a name right behind a number is what is counted, no genitive ("12 членов партии")."""
    words = seen.text(quantity.outer_end, mention.start).strip(" .–—-").split()
    known = stop_words(seen.pack) - lexicon(seen.pack).prepositions
    counted = all(is_adjective(word, seen.pack) or word.lower() in known for word in words)
    return counted and stands_near(seen, quantity.outer_end, mention)


def part_of_it(
    seen: Evidence, mention: IndicatorMention, others: Sequence[IndicatorMention]
) -> IndicatorMention | None:
    """The name beside a weak one that says which part of it is meant: "[производство] в [металлургии]"."""
    if is_name(mention):
        return None
    told = "told" in mention.flags
    for other in others:
        entry = seen.catalogue.indicators.get(other.indicator)
        if entry is None or not is_name(other) or not (told or other.start >= mention.end):
            continue
        if mention.indicator in wholes_of(entry, seen.catalogue):
            return replace(other, flags=(*other.flags, "told")) if told else other
    return None


def told_of_people(
    seen: Evidence, quantity: Quantity, right: Sequence[IndicatorMention]
) -> IndicatorMention | None:
    """What a share of people are told to be: "треть населения имела [доходы ниже прожиточного минимума]".

    It may stand before them: "[доходы ниже минимума], а это 40 тысяч, имеют 5% населения".
    """
    before = [m for m in seen.mentions if m.end <= quantity.start]
    before = [m for m in before if not PARTED.search(seen.text(m.end, quantity.start))]
    for mention in (*right[1:], *before[-1:]):
        entry = seen.catalogue.indicators.get(mention.indicator)
        whole = entry.share_of if entry is not None and entry.is_rate else ""
        told = whole and right and whole == right[0].indicator
        if told and (mention in before or not seen.crosses(right[0].end, mention.start)):
            return mention
    return None


def giver(seen: Evidence, quantity: Quantity, right: Sequence[IndicatorMention]) -> IndicatorMention | None:
    """What a verb behind a share says makes it: "70% доходов бюджета приносят [налоги]"."""
    for mention in right:
        words = seen.text(quantity.outer_end, mention.start).split()
        if seen.crosses(quantity.outer_end, mention.start):
            return None
        if any(is_verb(word, False, seen.pack, first=False) for word in words[1:]):
            return None if seen.is_oblique(mention) else mention
    return None


def predicated_of(seen: Evidence, quantity: Quantity) -> IndicatorMention | None:
    """What people a dash says a share of people is: "каждый третий житель – [пенсионер]"."""
    whole = OF_WHOLE.match(seen.text(quantity.outer_end, seen.sentence.end))
    if whole is None or whole["first"].lower() in lexicon(seen.pack).prepositions:
        return None
    at = quantity.outer_end + whole.end()
    named = [m for m in seen.mentions if m.start == at and "narrowed" not in m.flags]
    return next((m for m in named if seen.measures(m.indicator) == "count"), None)
