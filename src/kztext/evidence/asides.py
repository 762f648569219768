"""Russian asides: a figure that a name in an oblique case has by the way, and that no neighbour shares.

"Продукты подорожали на 11,3% [при общей инфляции в 8,9%]", "год закончили [с инфляцией 9,5%]": the verb of
the clause says nothing of it, and what stands around goes on without it.
"""

from __future__ import annotations

from kztext.draft import Draft
from kztext.evidence.sentence import Evidence
from kztext.nouns import lexicon
from kztext.spans import IndicatorMention, Quantity, is_money

WITH = "from"  # how the cues tell the preposition that goes with the instrumental too


def apposed(seen: Evidence, mention: IndicatorMention, quantity: Quantity) -> bool:
    """Whether a number stands right behind a name in an oblique case: "год закончили с инфляцией 9,5%"."""
    return stands_right_before(seen, mention, quantity) and seen.is_oblique(mention)


def stands_right_before(seen: Evidence, mention: IndicatorMention, quantity: Quantity) -> bool:
    """Whether nothing but "в" parts a name from the number that can be said of it."""
    between = (mention.end, min(quantity.outer_start, quantity.start))
    inside = [c for c in seen.cues if c.kind == "prep" and between[0] <= c.start and c.end <= between[1]]
    gap = seen.text(between[0], inside[0].start if inside and inside[0].value == "in" else between[1])
    if between[0] > between[1] or gap.strip():
        return False
    kind = seen.measures(mention.indicator)
    if quantity.unit == "percent":
        return seen.is_rate(mention.indicator)
    return is_money(quantity.unit) and kind in ("money", "price")


def is_aside(seen: Evidence, draft: Draft, before: Draft | None) -> bool:
    """Whether a draft only says what another thing was meanwhile, as the one `before` in a list does."""
    mention = draft.mention
    if seen.kk or mention is None or "told" in mention.flags:
        return False
    if not stands_right_before(seen, mention, draft.quantity):
        return False
    if before is not None and before.aside:
        joint = seen.text(before.quantity.outer_end, mention.start)
        if any(joint.strip(" ,").lower() == word for word in lexicon(seen.pack).joints):
            return True
    lead = seen.text(seen.sentence.start, mention.start)
    form = seen.pack.compile(rf"(?<!\p{{L}})(?:{seen.pack.table('subjects')['meanwhile']})\s(?:\p{{L}}+\s)?$")
    if form.search(lead.lower()) is None:
        return False
    within = [c for c in seen.cues_of("prep") if c.end <= mention.start]
    alone = within and within[-1].value == WITH
    head = seen.text(mention.start, mention.end).lower().split()[-1]
    return not alone or lexicon(seen.pack).instrumental.search(head) is not None
