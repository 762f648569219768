"""The people of a country as what is measured: "узбекистанцев – 37,5 млн"."""

from __future__ import annotations

from functools import cache

from kztext.draft import Draft
from kztext.evidence import Evidence
from kztext.lang.lexicon import Lexicon, fill
from kztext.lang.pack import Pack
from kztext.records import Measure
from kztext.spans import COUNTRY, IndicatorMention

POPULATION = "population"
NATION = 100_000  # people that a whole nation has at least


def name_nations(seen: Evidence, drafts: list[Draft]) -> None:
    """Where nothing is named: how many the people of a country are is its population."""
    for draft in drafts:
        if draft.mention is None and (geo := nation(seen, draft)):
            start, end = draft.subject
            draft.mention = IndicatorMention(start=start, end=end, indicator=POPULATION, rule="nation")
            draft.unit, draft.told = "count", True
            draft.geo, draft.counted = geo, draft.subject


@cache
def peoples(pack: Pack) -> Lexicon[str]:
    """The names of peoples of a language, with the code of their country."""
    lexicon: Lexicon[str] = Lexicon.of(pack)
    for geo, phrases in pack.table("places")["people"].items():
        fill(lexicon, phrases, geo, where=f"{pack.source('places')}: people {geo!r}")
    return lexicon


def nation(seen: Evidence, draft: Draft) -> str:
    """The country whose people stand before a bare number that counts them all; empty if none do."""
    quantity = draft.quantity
    if quantity.unit or quantity.value < NATION or draft.measure is Measure.CHANGE:
        return ""
    begin, end = draft.subject
    if not begin < end <= quantity.start:
        return ""
    words = peoples(seen.pack).words(seen.text(begin, end))
    hits = [h for h in peoples(seen.pack).scan(words, seen.text(begin, end)) if len(h.value) == COUNTRY]
    return hits[0].value if len(hits) == 1 and len(words) == 1 else ""
