"""How a number is attached to its clause: by a preposition, by a case, by a postposition."""

from __future__ import annotations

from kztext.spans import Approximation, Case, Lang, Quantity, Sentence
from kztext.zones import Zone


def marker(zone: Zone, sentence: Sentence) -> str:
    """How the number is attached: "by", "to", "from", "of", "dat" (Kazakh dative alone), or nothing."""
    quantity = zone.quantity
    if sentence.lang is Lang.KK:
        until = [
            c for c in zone.cues if c.kind == "prep" and c.value == "to" and 0 <= c.start - quantity.end <= 8
        ]
        if until:
            return "to"
        case = own_case(quantity, sentence)
        if case is not quantity.case and moved_by(zone):
            return "dat"
        return {Case.DAT: "dat", Case.ABL: "from"}.get(case, "")
    begin = min(quantity.outer_start, quantity.start)
    near = [
        c
        for c in zone.cues
        if c.kind == "prep" and c.end <= quantity.start and (c.start >= begin - 4 or c.end >= begin - 1)
    ]
    return near[-1].value if near else ""


def own_case(quantity: Quantity, sentence: Sentence) -> Case:
    """The case of a number in its sentence; one that a hedge behind it asks for ("2000-ға жуық") is none."""
    tail = sentence.text[
        quantity.end - sentence.start : max(quantity.end, quantity.outer_end) - sentence.start
    ]
    hedged = quantity.approximation is not Approximation.EXACT and " " in tail.strip()
    return Case.NOM if hedged else quantity.case


def moved_by(zone: Zone) -> bool:
    """Whether a verb of rise or fall stands directly behind a hedged Kazakh number ("5%-дан астам өсті")."""
    after = zone.right_cues("direction")
    return bool(after) and after[0].start - zone.quantity.outer_end <= 1 and "verb" in after[0].flags
