"""What all the numbers of one sentence share, and the questions that its words answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from kztext.catalogue import Catalogue
from kztext.endings import noun_case
from kztext.evidence.fitting import AMOUNTS, fits
from kztext.evidence.marking import marker
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, is_verb, lexicon, participle
from kztext.spans import (
    COUNTRY,
    KAZAKHSTAN,
    Cue,
    IndicatorMention,
    Lang,
    Period,
    Place,
    Quantity,
    Sentence,
    Span,
)
from kztext.subjects import verb_ending
from kztext.zones import Zone

WORDS = regex.compile(r"[\p{L}-]+")
NEXT_WORD = regex.compile(r"\s*(?P<word>[\p{L}-]+)")
ROUTE_ON = regex.compile(r"\s?[–—-]\s?(?:\p{Lu}\p{L}+)(?!\p{L})(?!\s?[–—-]\s\d)")
ROUTE = regex.compile(r"\p{Lu}\p{L}+\s?[–—-]\s?$")  # "Баку – Тбилиси – Джейхан" names a way, no place
BRACKET = regex.compile(r"[()]")
CLAUSE_START = regex.compile(r"[,;:]\s")
CLOSING = regex.compile(r",|[–—]|\s-\s")  # what ends a clause inside another
HOME = frozenset({KAZAKHSTAN})
WORLD = "WLD"
STATES = "states"  # the rule of a mention that says how a part of the people lives
RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})


def opens_clause(word: str, following: str, pack: Pack) -> bool:
    """Whether a word behind a comma opens a clause about the noun before it ("построенный для", "которые").

    A passive participle before its own noun is an adjective ("естественный прирост").
    """
    lowered = word.lower()
    known = lexicon(pack)
    pattern = pack.compile(rf"^(?:{pack.table('endings')['relative_clause']})$", where=pack.source("endings"))
    if pattern.search(lowered) is not None:
        return True
    if participle(pack).search(lowered) is None:
        return False
    ruled = (
        following.lower() in known.prepositions or known.instrumental.search(following.lower()) is not None
    )
    return ruled or known.active.search(lowered) is not None


class Evidence:
    """The evidence of one sentence; holds what all its zones share."""

    def __init__(
        self,
        sentence: Sentence,
        zones: Sequence[Zone],
        cues: Sequence[Cue],
        periods: Sequence[Period],
        pack: Pack,
        catalogue: Catalogue,
    ) -> None:
        self.sentence = sentence
        self.periods = list(periods)
        self.places = [place for zone in zones for place in zone.places]
        self.zones = list(zones)
        self.starts = [zone.quantity.start for zone in zones]
        self.mentions = [mention for zone in zones for mention in zone.mentions]
        self.cues = list(cues)
        self.pack = pack
        self.catalogue = catalogue
        self.kk = sentence.lang is Lang.KK
        self.clauses = [
            (m.start() + sentence.start, m.end() + sentence.start, bool(m["oblique"]))
            for m in lexicon(pack).clause.finditer(sentence.text)
        ]
        self.brackets = [(m.start() + sentence.start, m[0] == "(") for m in BRACKET.finditer(sentence.text)]
        self.markers = [marker(zone, sentence) for zone in zones]

    def text(self, start: int, end: int) -> str:
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def holds_other(self, span: tuple[int, int], zone: Zone) -> bool:
        """Whether the number of another zone stands in a span or reaches into it."""
        start, end = span
        before = self.zones[: bisect_left(self.starts, end)][-2:]  # numbers stand in text order, and apart
        return any(start < other.quantity.end for other in before if other is not zone)

    def cues_of(self, *kinds: str) -> list[Cue]:
        """The cues of these kinds, in text order."""
        return [c for c in self.cues if c.kind in kinds]

    def is_rate(self, indicator: str) -> bool:
        """Whether the indicator is itself a percentage (inflation, unemployment, a tax rate)."""
        found = self.catalogue.indicators.get(indicator)
        return found is not None and found.is_rate

    def rate_of(self, indicator: str) -> str:
        """The rate that a percentage of an indicator is: of inflation itself, of loans the interest rate."""
        found = self.catalogue.indicators.get(indicator)
        return "" if found is None else indicator if found.is_rate else found.as_rate

    def is_amount(self, unit: str) -> bool:
        """Whether a unit measures a mass, a volume, an area or energy."""
        return str(self.catalogue.units.get(unit, {}).get("dimension", "")) in AMOUNTS

    def measures(self, indicator: str) -> str:
        """The class of units that an indicator of the catalogue has ("money", "count"), or ""."""
        entry = self.catalogue.indicators.get(indicator)
        return entry.unit_class if entry is not None else ""

    def fits(self, mention: IndicatorMention, quantity: Quantity) -> bool:
        """Whether a quantity can measure what a mention names: money counts no enterprises."""
        return fits(mention, quantity, self.catalogue)

    def in_aside(self, mention: Span, quantity: Quantity) -> bool:
        """Whether words stand in a relative clause that ends before the quantity.

        "Завод, построенный для добычи нефти, принёс 5 млн": Kazakh has no such clauses.
        """
        if self.kk or self.beside(mention, quantity):
            return not self.kk
        if mention.end > quantity.start:
            return False
        comma = self.text(self.sentence.start, mention.start).rfind(",")
        if comma < 0 or CLOSING.search(self.text(mention.end, quantity.start)) is None:
            return False
        found = WORDS.findall(self.text(self.sentence.start + comma + 1, self.sentence.end))[:2]
        return bool(found) and opens_clause(found[0], found[-1], self.pack)

    def beside(self, span: Span, quantity: Quantity) -> bool:
        """Whether a relative clause parts words from a quantity ("…, где открыты 8 школ, введён …")."""
        for start, end, oblique in self.clauses:
            told, inside = start <= quantity.start < end, start <= span.start < end
            if told != inside and (inside or oblique):
                return True
        return False

    def mention_case(self, mention: IndicatorMention) -> str:
        return noun_case(self.text(mention.start, mention.end), self.pack) if self.kk else ""

    def is_oblique(self, mention: IndicatorMention) -> bool:
        """Whether a mention stands in an oblique case or behind a preposition, so that it is no subject."""
        if mention.rule == STATES:
            return False
        if self.kk:
            return self.mention_case(mention) in ("loc", "loc_adj", "abl", "ins", "dat")
        words = self.text(mention.start, mention.end).lower().split()
        if any(is_verb(word, False, self.pack) for word in words):
            return False
        head = next((w for w in words if not is_adjective(w, self.pack)), "")
        known = lexicon(self.pack)
        if known.instrumental.search(head) and known.alien.search(head):
            return True
        for cue in self.cues:
            if (
                cue.kind == "prep"
                and cue.end <= mention.start
                and cue.value in ("in", "of", "toward", "at", "from", "by")
                and not any(p.start <= cue.start and cue.end < p.end for p in self.periods)
            ):
                between = self.text(cue.end, mention.start)
                words = between.split()
                known = lexicon(self.pack)
                plain = all(is_adjective(w, self.pack) or known.settings.search(w.lower()) for w in words)
                if not any(mark in between for mark in ",;:()—–") and (len(words) <= 2 or plain):
                    inner = [
                        c
                        for c in self.cues
                        if cue.end <= c.start < mention.start and c.kind in ("head", "direction")
                    ]
                    others = [m for m in self.mentions if cue.end <= m.start and m.end < mention.start]
                    if not inner and not others:  # "к [ВВП] дефицит – 2%"
                        return True
        return False

    def crosses(self, start: int, end: int) -> bool:
        """Whether a clause boundary lies between two places."""
        between = self.text(start, end).removeprefix(".")  # the dot of "1,2 тыс. рабочих мест"
        return any(mark in between for mark in ",;:.()")

    def joins_clause(self, start: int, end: int) -> bool:
        """Whether a comma and "and" part two places: "до 9,25%, и в октябре [оставил] её без изменений"."""
        return any(
            c.kind == "and"
            and start <= c.start < end
            and self.text(start, c.start).rstrip(" .").endswith(",")
            for c in self.cues
        )

    def breaks(self, start: int, end: int) -> bool:
        """Whether the clause ends between two places: a semicolon, bracket, or conjunction cue."""
        between = self.text(start, end)
        if "(" in between and ")" in between and between.index("(") < between.index(")"):
            between = between.replace("(", "", 1).replace(")", "", 1)
        return any(mark in between for mark in ";:()") or any(
            c.kind == "boundary" and start <= c.start < end for c in self.cues
        )

    def denied(self, cue: Cue) -> bool:
        """Whether a Russian verb is denied ("не должно превышать", "не превысил")."""
        before = self.text(self.sentence.start, cue.start)
        return self.pack.compile(self.pack.table("endings")["denial"]).search(before) is not None

    def hedged_after(self, quantity: Quantity) -> bool:
        """Whether the hedge stands between the preposition and the number ("на более чем 5%")."""
        lead = self.text(min(quantity.outer_start, quantity.start), quantity.start)
        first = [
            c for c in self.cues if c.kind == "prep" and quantity.outer_start - 4 <= c.start < quantity.start
        ]
        return bool(first) and bool(lead.strip()) and first[0].start < quantity.outer_start

    def is_part(self, mention: IndicatorMention) -> bool:
        """Whether words beside a mention make it a part of the indicator ("экспорт яиц"); a verb does not."""
        if "narrowed" not in mention.flags:
            return False
        after = NEXT_WORD.match(self.text(mention.end, self.sentence.end))
        if self.kk or after is None:
            return True
        known = lexicon(self.pack)
        if known.ordering.search(after["word"].lower()) or known.standins.search(after["word"].lower()):
            return False  # "оставил базовую ставку прежней", "электроэнергии республика выработала"
        start = mention.end + after.start("word")
        governed = any(c.start == start and c.kind not in ("basis", "generic") for c in self.cues)
        return not governed and verb_ending(self.pack).search(after["word"].lower()) is None

    def is_partner(self, place: Place) -> bool:
        """Whether a place is where something goes or comes from, or qualifies a noun ("на Китай", "Қытайға").

        A country abroad is the place of a figure in the locative or genitive alone ("в Китае", "у Китая",
        "Қытайда").
        """
        text = self.text(place.start, place.end)
        words = self.pack.table("places")["partners"]
        before = self.text(self.sentence.start, place.start)
        after = self.text(place.end, self.sentence.end)
        if place.rule == "group" and (
            self.pack.compile(rf"(?:{words['source_before']})$").search(before.lower())
            or self.pack.compile(rf"^(?:{words['source_after']})").match(after.lower())
        ):
            return True
        if place.rule in ("city", "local", "country") and (ROUTE_ON.match(after) or ROUTE.search(before)):
            return True
        if self.kk:
            bare = self.pack.compile(rf"(?:{self.pack.table('endings')['land']})$").search(text)
            own = place.geo in HOME or place.rule in ("region", "city")
            return bare is None and not own and noun_case(text, self.pack) in ("dat", "abl", "ins")
        preps = [c for c in self.cues if c.kind == "prep" and 0 <= place.start - c.end <= 1]
        said = self.text(preps[-1].start, preps[-1].end).lower() if preps else ""
        if text[:1].islower() and not is_adjective(text.split()[-1], self.pack):
            return False  # "у россиян", "казахстанцев"
        if text[:1].islower() and place.geo != WORLD:  # "мировая экономика" is that of the world
            inside = said in words["beside"] or (bool(preps) and preps[-1].value == "in")
            return place.geo not in HOME and len(place.geo) == COUNTRY and not inside
        if len(place.geo) != COUNTRY:  # "строительство дороги до Алматы"
            return place.rule in ("city", "local") and said in words["bound"]
        if not preps or said in words["beside"]:  # "по Казахстану", "у России"
            return False
        if preps[-1].value == "in" and text.isupper():  # "инфляция в РФ", "экспорт в США"
            clause = CLAUSE_START.split(before)[-1].lower()
            return self.pack.compile(words["flows"]).search(clause) is not None
        locative = self.pack.compile(rf"{self.pack.table('endings')['locative']}$")
        return preps[-1].value != "at" and not (preps[-1].value == "in" and locative.search(text))

    def possessed(self, quantity: Quantity) -> bool:
        """Whether a Kazakh percent or fraction carries a possessive ending ("33%-ы", "жартысы")."""
        if "fraction" in quantity.flags:
            return True
        tail = self.text(quantity.end, max(quantity.end, quantity.outer_end))
        pattern = self.pack.table("endings").get("possessive", "")
        hedged = self.pack.table("endings").get("possessed_hedge", "")
        whole = bool(hedged) and self.pack.compile(rf"(?:{hedged})$").search(tail.rstrip()) is not None
        return whole or (bool(pattern) and self.pack.compile(pattern).match(tail) is not None)

    def is_setting(self, place: Place) -> bool:
        """Whether a place is where something is so ("в России", "Ресейде"), not what is spoken of."""
        if self.kk:
            return noun_case(self.text(place.start, place.end), self.pack) == "loc"
        return any(c.kind == "prep" and c.value == "in" and 0 <= place.start - c.end <= 1 for c in self.cues)
