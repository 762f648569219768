"""What a bare number counts, and whether it is told as a figure at all."""

from __future__ import annotations

import regex

from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.sentence import Evidence
from kztext.nouns import is_verb, lexicon, words_between
from kztext.spans import Approximation, NumberKind, Quantity
from kztext.subjects import right_group

COUNTING = frozenset({NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.INDEFINITE})
NEXT_WORD = regex.compile(r"\s*(?P<word>\p{L}+)")
GAP = 14  # characters between a number and its noun: "431 такое преступление"
LABEL = 3  # characters between "№" or its like and a number
TELLING = 10  # a bare number from here on can be a figure without a noun or a verb beside it
DASHES = ("–", "—", "-", ":", "|")
CLOSES = ("", ",", ";", ".", ")", "–", "—", "(")  # what stands behind a figure told by itself


def read_count(seen: Evidence, draft: Draft) -> None:
    """Fill in whether a bare number counts the noun behind it, or is told as a figure."""
    quantity = draft.quantity
    if quantity.unit or quantity.kind not in COUNTING or all_told(seen, quantity):
        return
    if seen.kk and quantity.high == 1 and seen.possessed(quantity):
        return  # "тәсілдерінің 1-і": one of them
    labels = draft.zone.left_cues("label")
    if any(quantity.outer_start - c.end <= LABEL for c in labels):
        draft.told = has_counter(seen, quantity)
        return
    draft.counted = counted_noun(seen, draft)
    draft.told = has_counter(seen, quantity) or (draft.counted == (0, 0) and counts_alone(seen, draft))
    if draft.told or draft.counted != (0, 0):
        draft.unit = "count"
    draft.told = draft.told or tells(seen, draft)


def counted_noun(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The noun group behind a bare number that it counts, (0, 0) where there is none."""
    quantity, zone = draft.quantity, draft.zone
    behind = right_group(seen.sentence, zone, seen.pack)
    if behind[1] <= behind[0] or behind[0] - quantity.outer_end > GAP:
        return (0, 0)
    if seen.holds_other(behind, zone):
        return (0, 0)  # "9 миллионның алты миллион мыңы": another number in words
    case = noun_case(seen.text(*behind), seen.pack)
    if seen.kk and seen.possessed(quantity) and case in ("dat", "loc", "abl"):
        return (0, 0)  # "19 миллиарды [ішкі нарыққа] жұмсалды" counts no markets
    return behind


def has_counter(seen: Evidence, quantity: Quantity) -> bool:
    """Whether a Kazakh word for pieces or people stands behind a number."""
    after = NEXT_WORD.match(seen.text(quantity.outer_end, seen.sentence.end))
    return seen.kk and after is not None and after["word"].lower() in lexicon(seen.pack).counters


def counts_alone(seen: Evidence, draft: Draft) -> bool:
    """Whether a bare number counts what no noun behind it names."""
    if draft.has_head("number") or does(seen, draft):
        return True
    of_them = draft.zone.right_cues("part")[:1]  # "пятнадцать [из них] получены в этом году"
    theirs = any(c.start - draft.quantity.outer_end <= 1 for c in of_them)
    return theirs or (seen.kk and seen.possessed(draft.quantity))


def does(seen: Evidence, draft: Draft) -> bool:
    """Whether a bare number stands right before a verb that tells what so many did ("578 умерли")."""
    zone = draft.zone
    begin = max(zone.quantity.end, zone.quantity.outer_end)
    words = words_between(seen.sentence, begin, zone.end, (), zone.periods, seen.pack)[:1]
    if seen.kk or draft.marker == "of" or not words or words[0].apart:
        return False
    governed = any(c.start == words[0].start for c in seen.cues)
    several = seen.pack.compile(rf"(?:{seen.pack.table('endings')['several_do']})$")
    if governed or several.search(words[0].text.lower()) is None:
        return False
    return is_verb(words[0].text, False, seen.pack, first=False)


def all_told(seen: Evidence, quantity: Quantity) -> bool:
    """Whether a collective only says that all of them are meant: "осы үшеуінен үлкен", "үшеуі бірге"."""
    if quantity.kind is not NumberKind.COLLECTIVE:
        return False
    before = seen.text(seen.sentence.start, quantity.start).lower().split()[-1:]
    after = NEXT_WORD.match(seen.text(quantity.outer_end, seen.sentence.end))
    known = lexicon(seen.pack)
    together = after is not None and after["word"].lower() in known.together
    return together or (bool(before) and known.pointing.fullmatch(before[0]) is not None)


def tells(seen: Evidence, draft: Draft) -> bool:
    """Whether a verb, a dash, a preposition or its place makes a bare number a figure."""
    quantity, zone = draft.quantity, draft.zone
    lead = seen.text(zone.start, min(quantity.outer_start, quantity.start)).rstrip()
    preposed = draft.marker in ("by", "to", "from") and not seen.kk
    if lead.endswith(DASHES) or preposed or draft.predicated or draft.compared:
        return True
    end = zone.end if zone.end > quantity.outer_end else seen.sentence.end
    worded = any(word.isalpha() for word in lead.replace("(", " ").split())
    alone = seen.text(quantity.outer_end, end).lstrip()[:1] in CLOSES
    return worded and alone and quantity.value >= TELLING


def counted_marker(seen: Evidence, draft: Draft) -> str:
    """The marker of a Kazakh number with the case of the noun that it counts: "40 мыңға жуық түрлері"."""
    quantity = draft.quantity
    hedged = quantity.approximation is not Approximation.EXACT
    if not seen.kk or draft.counted == (0, 0) or (draft.marker and not (hedged and draft.marker == "dat")):
        return draft.marker
    if any(c.kind == "prep" and 0 <= c.start - draft.counted[1] <= 2 for c in draft.zone.cues):
        return "to"
    case = noun_case(seen.text(*draft.counted), seen.pack)
    return {"dat": "dat", "abl": "from"}.get(case, "")
