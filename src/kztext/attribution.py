"""Attribution: how sure a sentence is of its number (actual, plan, forecast, definition), and who says it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from kztext.lang.index import PhraseIndex
from kztext.lang.pack import Pack
from kztext.records import Modality
from kztext.spans import Cue, Lang, Sentence
from kztext.zones import Zone

NAME = regex.compile(r"\p{Lu}[\p{L}'’-]*+(?:\s+(?:\p{Lu}\.\s*)*\p{Lu}[\p{L}'’-]*+)*+")
SENTENCE_PARTS = regex.compile(r"[;]|\.\s")


def modality(zone: Zone, sentence: Sentence, cues: Sequence[Cue]) -> Modality:
    """The modality of one quantity.

    A definition cue serves its whole sentence. "жоспарланған 4-6%" (an attribute before the number) serves that
    number alone; other cues serve the numbers of their clause.
    """
    quantity = zone.quantity
    found = [c for c in cues if c.kind == "modality"]
    if any(c.value == "definition" for c in found):
        return Modality.DEFINITION
    text = sentence.text
    best: Modality | None = None
    for cue in found:
        if cue.end <= quantity.start:
            between = text[cue.end - sentence.start : quantity.start - sentence.start]
            if attribute_of_other(cue, quantity.start, text, sentence):
                continue
            if sentence.lang is Lang.KK and len(between.split()) > 0 and "attribute" in cue.flags:
                continue
        else:
            between = text[quantity.end - sentence.start : cue.start - sentence.start]
        if SENTENCE_PARTS.search(between) or any(
            c.kind == "boundary"
            and min(cue.start, quantity.start) <= c.start < max(cue.start, quantity.start)
            for c in cues
        ):
            continue
        if best is None or cue.value == "plan":
            best = Modality(cue.value)
    return best or Modality.ACTUAL


def attribute_of_other(cue: Cue, start: int, text: str, sentence: Sentence) -> bool:
    """Whether an attributive cue ("жоспарланған", "запланированные") belongs to another number or noun."""
    if "attribute" not in cue.flags:
        return False
    return len(text[cue.end - sentence.start : start - sentence.start].split()) > 0


@cache
def _bodies(pack: Pack) -> PhraseIndex[str]:
    return PhraseIndex(
        pack, [(form, "body") for form in pack.table("speakers")["bodies"]], where=pack.source("speakers")
    )


def find_speaker(sentence: Sentence, cues: Sequence[Cue], pack: Pack) -> str:
    """The person, office or body that the sentence attributes its words to, as the text names it; "" if none."""
    speech = [c for c in cues if c.kind == "speech"]
    if not speech:
        return ""
    text = sentence.text
    bodies = [(a, b) for a, b, _ in _bodies(pack).find(text)]
    names = [(m.start(), m.end()) for m in NAME.finditer(text) if m.start() > 0 or " " in m[0]]
    after_first = bodies + names
    for cue in speech:
        begin, end = cue.start - sentence.start, cue.end - sentence.start
        ahead = [
            (a, b) for a, b in after_first if 0 <= a - end <= 40 and not regex.search(r"[,;.:]", text[end:a])
        ]
        behind = [
            (a, b)
            for a, b in after_first
            if 0 <= begin - b <= 60 and not regex.search(r"[;.!?]\s", text[b:begin])
        ]
        if sentence.lang is Lang.KK and cue.value == "according":
            order = [s for s in behind if begin - s[1] <= 25]
            pick = max(order, key=lambda s: s[1], default=None)
        elif cue.value == "according":
            pick = min(ahead, key=lambda s: s[0], default=None)
        else:
            pick = min(ahead, key=lambda s: s[0], default=None) or max(
                behind, key=lambda s: s[1], default=None
            )
        if pick is not None:
            return text[pick[0] : pick[1]]
    return ""


def refers_back(sentence: Sentence, cues: Sequence[Cue], pack: Pack) -> bool:
    """Whether the sentence speaks for somebody named before ("по его словам", "оның айтуынша")."""
    pattern = pack.compile(pack.table("speakers")["back"], where=pack.source("speakers"))
    return pattern.search(sentence.text) is not None
