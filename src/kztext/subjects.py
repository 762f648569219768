"""The noun group that a number is about, where no catalogued indicator names it."""

from __future__ import annotations

from functools import cache

import regex

from kztext.endings import noun_case
from kztext.lang.pack import Pack
from kztext.spans import Lang, Sentence
from kztext.zones import Zone

WORD = regex.compile(r"[\p{L}\p{M}](?:[\p{L}\p{M}\d]|[-‐‑–](?=\p{L}))*+")
STOPS = regex.compile(r"[,;:()|\t«»\"“”.!?…]|\s[–—-]\s")
MOST_WORDS = 5
RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})


@cache
def stop_words(pack: Pack) -> frozenset[str]:
    """Words that name nothing, of the pack's function words."""
    return frozenset(pack.table("function_words")["words"])


@cache
def verb_ending(pack: Pack) -> regex.Pattern[str]:
    """How finite verbs and converbs of the language end (`verb` in endings.toml)."""
    return pack.compile(rf"(?:{pack.table('endings')['verb']})$", where=pack.source("endings"))


@cache
def participle(pack: Pack) -> regex.Pattern[str]:
    """How participles end that stand before a noun ("бірлескен кәсіпорын"); `participle` in endings.toml."""
    return pack.compile(rf"(?:{pack.table('endings')['participle']})$", where=pack.source("endings"))


def noun_group(sentence: Sentence, zone: Zone, pack: Pack) -> tuple[int, int]:
    """The subject's span in the repaired text; (0, 0) where the zone names nothing.

    Counted and measured things stand after the number ("2000 бірлескен кәсіпорын", "18 государств"), what a
    percentage is said of before it.
    """
    quantity = zone.quantity
    if quantity.unit not in RATIO_UNITS:
        if not (
            sentence.lang is Lang.KK
            and quantity.case.value in ("dat", "abl")
            and quantity.approximation == "exact"
        ):
            after = right_group(sentence, zone, pack)
            if after[1] > after[0]:
                return after
    return left_group(sentence, zone, pack)


def right_group(sentence: Sentence, zone: Zone, pack: Pack) -> tuple[int, int]:
    """The nouns directly after the quantity: "бірлескен кәсіпорын", "новых рабочих мест"."""
    begin = max(zone.quantity.outer_end, zone.quantity.end)
    text = sentence.text
    stop = STOPS.search(text, begin - sentence.start, zone.end - sentence.start)
    limit = min(stop.start() + sentence.start if stop else zone.end, zone.end)
    covered = [c.start for c in zone.cues if c.start >= begin and c.kind not in ("basis",)]
    covered += [p.start for p in zone.periods if p.start >= begin]
    limit = min([limit, *covered])
    words = list(WORD.finditer(text, begin - sentence.start, limit - sentence.start))
    kept: list[regex.Match[str]] = []
    for i, word in enumerate(words[:MOST_WORDS]):
        lowered = word[0].lower()
        attribute = participle(pack).search(lowered) is not None and i + 1 < len(words)
        if lowered in stop_words(pack) or (verb_ending(pack).search(lowered) and not attribute):
            break
        kept.append(word)
        if sentence.lang is Lang.KK and noun_case(word[0], pack) in ("acc", "dat", "abl", "ins", "loc"):
            break
    if not kept:
        return (0, 0)
    return kept[0].start() + sentence.start, kept[-1].end() + sentence.start


def left_group(sentence: Sentence, zone: Zone, pack: Pack) -> tuple[int, int]:
    """The last run of content words before the quantity and its predicate."""
    quantity = zone.quantity
    text = sentence.text
    end = min(quantity.outer_start, quantity.start)
    groups: list[list[regex.Match[str]]] = [[]]
    blockers = [
        (c.start, c.end)
        for c in zone.cues
        if c.kind not in ("head", "basis", "average") and not (c.kind == "direction" and "noun" in c.flags)
    ]
    blockers += [(p.start, p.end) for p in zone.periods]
    last = zone.start
    for word in WORD.finditer(text, zone.start - sentence.start, max(end, zone.start) - sentence.start):
        at = word.start() + sentence.start
        if STOPS.search(text, last - sentence.start, word.start()):
            groups.append([])
        last = word.end() + sentence.start
        blocked = any(a <= at < b for a, b in blockers)
        if blocked or (word[0].lower() in stop_words(pack)):
            if groups[-1] and blocked:
                groups.append([])
            continue
        if len(word[0]) < 2 or verb_ending(pack).search(word[0].lower()):
            groups.append([])
            continue
        groups[-1].append(word)
    filled = [g for g in groups if g]
    if not filled:
        return (0, 0)
    group = filled[-1][-MOST_WORDS:] if sentence.lang is Lang.KK else filled[-1][:MOST_WORDS]
    return group[0].start() + sentence.start, group[-1].end() + sentence.start
