"""Evidence: what each quantity's own zone says of it.

Kazakh has the subject to the left of the number and the predicate to its right, Russian mostly the reverse.
What a zone does not say is left to its neighbours (chains.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from kztext.catalogue import Catalogue
from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.lang.pack import Pack
from kztext.spans import (
    Approximation,
    Case,
    Cue,
    IndicatorMention,
    Lang,
    NumberKind,
    Period,
    PeriodKind,
    Place,
    Quantity,
    Sentence,
)
from kztext.subjects import (
    aim_group,
    counted_noun,
    left_group,
    nearer_group,
    noun_group,
    right_group,
    stop_words,
    telling_mark,
    verb_ending,
    whole_group,
)
from kztext.zones import Zone

TELLING = 10  # a bare number from here on can be a figure without a noun or a verb beside it
NEXT_WORD = regex.compile(r"\s*(?P<word>[\p{L}-]+)")
LAST_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}-]*(?=\s*$)")
COUNTRY = 3  # letters of an ISO 3166-1 alpha-3 code
HOME = frozenset({"KAZ"})
RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})
INDEX_BASE = 80  # a percentage of a former level below this is more likely a share
COUNTING = frozenset({NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.INDEFINITE})


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
        if case is not quantity.case and moved_by(zone, sentence):
            return "dat"
        return {Case.DAT: "dat", Case.ABL: "from"}.get(case, "")
    near = [
        c
        for c in zone.cues
        if c.kind == "prep"
        and c.end <= quantity.start
        and c.start >= min(quantity.outer_start, quantity.start) - 4
    ]
    return near[-1].value if near else ""


@cache
def attribute_ending(pack: Pack) -> regex.Pattern[str]:
    """How a word ends that may stand between a share and its whole: a preposition or an adjective."""
    return pack.compile(rf"^(?:{pack.table('endings')['attribute']})$", where=pack.source("endings"))


def free_or_dative(quantity: Quantity) -> bool:
    """Whether a Kazakh number can be a difference: "7,9%-ға артық"; "7,9%-дан артық" is a hedge."""
    return quantity.case in (Case.NOM, Case.DAT)


def own_case(quantity: Quantity, sentence: Sentence) -> Case:
    """The case of a number in its sentence; one that a hedge behind it asks for ("2000-ға жуық") is none."""
    tail = sentence.text[
        quantity.end - sentence.start : max(quantity.end, quantity.outer_end) - sentence.start
    ]
    hedged = quantity.approximation is not Approximation.EXACT and " " in tail.strip()
    return Case.NOM if hedged else quantity.case


def moved_by(zone: Zone, sentence: Sentence) -> bool:
    """Whether a verb of rise or fall stands directly behind a hedged Kazakh number ("5%-дан астам өсті")."""
    after = zone.right_cues("direction")
    return bool(after) and after[0].start - zone.quantity.outer_end <= 1 and "verb" in after[0].flags


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
        self.cues = list(cues)
        self.pack = pack
        self.catalogue = catalogue
        self.kk = sentence.lang is Lang.KK
        self.markers = [marker(zone, sentence) for zone in zones]

    def text(self, start: int, end: int) -> str:
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def is_rate(self, indicator: str) -> bool:
        """Whether the indicator is itself a percentage (inflation, unemployment, a tax rate)."""
        found = self.catalogue.indicators.get(indicator)
        return found is not None and found.is_rate

    def mention_case(self, mention: IndicatorMention) -> str:
        return noun_case(self.text(mention.start, mention.end), self.pack) if self.kk else ""

    def is_oblique(self, mention: IndicatorMention) -> bool:
        """Whether a mention stands in an oblique case or behind a preposition, so that it is no subject."""
        if self.kk:
            return self.mention_case(mention) in ("loc", "loc_adj", "abl", "ins", "dat")
        for cue in self.cues:
            if (
                cue.kind == "prep"
                and cue.end <= mention.start
                and cue.value in ("in", "of", "toward", "from", "by")
            ):
                between = self.text(cue.end, mention.start)
                if not any(mark in between for mark in ",;:()—–") and len(between.split()) <= 2:
                    inner = [
                        c
                        for c in self.cues
                        if cue.end <= c.start < mention.start and c.kind in ("head", "direction")
                    ]
                    if not inner:
                        return True
        return False

    def subject_mention(self, zone: Zone) -> IndicatorMention | None:
        """The mention that names the thing this quantity measures, if its zone has one."""
        quantity = zone.quantity
        left = [m for m in zone.mentions if m.end <= quantity.start]
        right = [m for m in zone.mentions if m.start >= quantity.end]
        adjacent = [
            m
            for m in right
            if len(self.text(quantity.outer_end, m.start).split()) <= 2
            and not self.crosses(quantity.outer_end, m.start)
        ]
        percent = quantity.unit in RATIO_UNITS
        if self.kk:
            if (
                adjacent
                and not percent
                and own_case(quantity, self.sentence) in (Case.NOM, Case.GEN)  # "3 млрд теңгенің өнімі"
                and not self.is_oblique(adjacent[0])
            ):
                return adjacent[0]
            direct = [m for m in left if not self.is_oblique(m)]
            strong = [m for m in direct if "weak" not in m.flags]
            if adjacent and percent and not strong and own_case(quantity, self.sentence) is Case.NOM:
                return adjacent[0]
            if direct:
                return (strong or direct)[-1]
            participle = [m for m in right if not self.crosses(quantity.outer_end, m.start)]
            if participle and percent and quantity.case is Case.NOM and not self.is_oblique(participle[0]):
                return participle[0]
            return left[-1] if left else None
        direct = [m for m in left if not self.is_oblique(m)]
        strong = [m for m in direct if "weak" not in m.flags]
        moved_on = [c for c in zone.cues if c.kind == "fall_on" and c.start >= quantity.end]
        if strong and not moved_on:
            return strong[-1]
        fall_on = [c for c in zone.cues if c.kind == "fall_on"]
        if fall_on and fall_on[0].start >= quantity.end:
            behind = [m for m in right if m.start >= fall_on[0].end and not self.is_oblique(m)]
            if behind:
                return behind[0]
        if fall_on and left:
            return left[-1]
        if adjacent and not percent:
            return adjacent[0]
        if direct:
            return direct[-1]
        verb = zone.right_cues("direction", "level", "pace", "fall_on")
        behind = [m for m in right if verb and m.start >= verb[0].end] if verb else []
        if behind and not self.crosses(quantity.outer_end, behind[0].start):
            return behind[0]
        return left[-1] if left else None

    def crosses(self, start: int, end: int) -> bool:
        """Whether a clause boundary lies between two places."""
        between = self.text(start, end).removeprefix(".")  # the dot of "1,2 тыс. рабочих мест"
        return any(mark in between for mark in ",;:.()")

    def predicates(self, zone: Zone) -> list[Cue]:
        """Direction, pace and level cues that may govern the quantity, the likeliest first."""
        kinds = ("direction", "pace", "level", "fall_on", "stable", "fall")
        right, left = zone.right_cues(*kinds), zone.left_cues(*kinds)[::-1]
        if self.kk:
            near = [c for c in right if not self.breaks(zone.quantity.outer_end, c.start)]
            far = [c for c in right if c not in near]
            return near + left + far
        clause = [c for c in left if not self.breaks(c.end, zone.quantity.start)]
        near = [c for c in right if not self.breaks(zone.quantity.outer_end, c.start)]
        return clause + near + [c for c in left if c not in clause]

    def breaks(self, start: int, end: int) -> bool:
        """Whether the clause ends between two places: a semicolon, bracket, or conjunction cue."""
        between = self.text(start, end)
        if "(" in between and ")" in between and between.index("(") < between.index(")"):
            between = between.replace("(", "", 1).replace(")", "", 1)
        return any(mark in between for mark in ";:()") or any(
            c.kind == "boundary" and start <= c.start < end for c in self.cues
        )

    def draft(self, index: int) -> Draft:
        """Read one zone by itself."""
        zone = self.zones[index]
        quantity = zone.quantity
        draft = Draft(zone=zone, marker=self.markers[index])
        self.read_periods(draft)
        near_left = [
            c for c in zone.cues if c.end <= quantity.start and not self.breaks(c.end, quantity.start)
        ]
        near_right = [
            c for c in zone.cues if c.start >= quantity.end and not self.breaks(quantity.end, c.start)
        ]
        draft.heads = [
            c
            for c in near_left
            if c.kind in ("head", "structure", "aggregation", "average", "basis", "yearly", "part", "total")
        ]
        draft.heads += [c for c in near_right if c.kind in ("fall_on", "average", "yearly", "basis")]
        draft.heads += [c for c in near_left if c.kind == "fall_on"]
        compared = self.compared(zone)
        draft.compared = compared[0].value if compared else ""
        draft.mention = self.subject_mention(zone)
        draft.growth = self.growth_head(draft, near_left)
        predicates = [c for c in self.predicates(zone) if c is not draft.growth]
        near = [c for c in predicates if c in near_left or c in near_right]
        governing = near[0] if near else None
        if governing is None and self.text(self.sentence.start, quantity.start).rstrip(" –—-").count(
            "("
        ) > self.text(self.sentence.start, quantity.start).count(")"):
            governing = predicates[0] if predicates else None  # "цены выросли на яйца (на 14%)"
        if governing is not None:
            if governing.kind == "direction":
                draft.directions = [governing]
                by_verb = "verb" in governing.flags and draft.marker == "by" and quantity.unit == "percent"
                if by_verb and not self.kk and governing.end <= quantity.start:
                    draft.growth = None  # "после двух лет спада выпуск вырос на 3%"
                elif by_verb and not self.kk and draft.growth is not None:
                    draft.directions = []  # "при росте тиражей на 6% выручка упала"
            elif governing.kind == "pace":
                draft.pace = governing
            elif governing.kind == "fall" and draft.marker in ("dat", "to"):
                draft.directions = [governing]
            elif governing.kind in ("level", "stable"):
                draft.level = governing
        if quantity.unit == "centner" and zone.left_cues("hectare"):  # "әр гектардан 58 центнер"
            draft.unit = "centner_per_hectare"
        draft.possessed = self.kk and quantity.unit == "percent" and self.possessed(quantity)
        self.read_wholes(draft)
        self.read_count(draft)
        # "40 мыңға жуық түрлері": the hedge's dative
        hedged = quantity.approximation is not Approximation.EXACT
        if self.kk and draft.counted != (0, 0) and (not draft.marker or (hedged and draft.marker == "dat")):
            case = noun_case(self.text(*draft.counted), self.pack)
            until = any(c.kind == "prep" and 0 <= c.start - draft.counted[1] <= 2 for c in zone.cues)
            draft.marker = "to" if until else {"dat": "dat", "abl": "from"}.get(case, "")
        return draft

    def growth_head(self, draft: Draft, near_left: Sequence[Cue]) -> Cue | None:
        """The noun of rise or fall that the number measures ("рост ВВП", "ЖІӨ-нің өсімі"), if any."""
        if (
            draft.mention is not None
            and draft.mention.head == "growth"
            and draft.mention.end <= draft.quantity.start
        ):
            said = [
                c
                for c in self.cues
                if draft.mention.start <= c.start < draft.mention.end and c.kind == "direction"
            ]
            value = said[-1].value if said else "up"
            return Cue(
                start=draft.mention.start,
                end=draft.mention.end,
                kind="direction",
                value=value,
                flags=("noun",),
            )
        nouns = [
            c
            for c in near_left
            if (c.kind == "direction" and "noun" in c.flags) or (c.kind == "head" and c.value == "rate")
        ]
        mention = draft.mention
        for cue in reversed(nouns):
            if mention is None:
                return cue
            if self.kk:
                if cue.start >= mention.start and self.reaches(cue.end, draft):
                    return cue
            elif cue.start <= mention.start:
                between = self.text(cue.end, mention.start)
                if len(between.split()) <= 3 and not any(mark in between for mark in ",;:."):
                    return cue
        return None

    def reaches(self, start: int, draft: Draft) -> bool:
        """Whether only periods, cues and small words stand between a place and the quantity."""
        end = min(draft.quantity.outer_start, draft.quantity.start)
        rest = list(self.text(start, end))
        for span in (*draft.zone.periods, *self.cues):
            for at in range(max(span.start, start), min(span.end, end)):
                rest[at - start] = " "
        between = "".join(rest)
        if any(mark in between for mark in ",;:."):
            return False
        return not [w for w in between.split() if len(w) > 2 and w.lower() not in stop_words(self.pack)]

    def compared(self, zone: Zone) -> list[Cue]:
        """The comparative that makes the quantity a difference ("на 5 % больше", "7,9% артық")."""
        quantity = zone.quantity
        found = [c for c in zone.right_cues("comparison") if c.start - quantity.outer_end <= 3]
        if self.kk and not found and not quantity.unit:  # "өткен қаңтардағыдан 3 пойызға көп"
            return [c for c in zone.right_cues("comparison") if self.counts_by(quantity, c)]
        return found if not self.kk or free_or_dative(quantity) else []

    def counts_by(self, quantity: Quantity, cue: Cue) -> bool:
        """Whether one counted noun in the dative stands between a bare number and a comparative."""
        noun = self.text(quantity.outer_end, cue.start).strip()
        return noun.isalpha() and noun_case(noun, self.pack) == "dat"

    def read_periods(self, draft: Draft) -> None:
        """The period the quantity is about, what it is compared with, and the stretch it is spread over."""
        quantity = draft.quantity
        left = [p for p in draft.zone.periods if p.end <= quantity.start]
        right = [p for p in draft.zone.periods if p.start >= quantity.end]
        ordered = left[::-1] + right
        bases = [p for p in ordered if "base" in p.flags]
        compared = self.compared(draft.zone)
        if compared and not bases:
            bases = [p for p in right if p.start >= compared[0].end][:1]
        ratio = quantity.unit in RATIO_UNITS or bool(compared)
        if self.kk and ratio and not bases:  # "2023 жылғыдан 7,9% артық", "былтырғыдан 2 тармаққа төмендеп"
            bases = [p for p in left if p.case is Case.ABL and "since" not in p.flags][-1:]
            if (
                not bases
                and quantity.unit == "percent"
                and quantity.value > INDEX_BASE
                and not draft.directions
            ):
                bases = [p for p in left if p.case is Case.DAT and not {"until", "since"} & set(p.flags)][-1:]
        elif not self.kk and not bases:
            bases = [p for p in left if self.is_index_base(p, draft)][-1:]
        if not ratio:  # "за тот же период прошлого года собрали 21,7 млн": a period like any other
            bases = [p for p in bases if p.rule != "same_period"]
        stretches = [p for p in ordered if p.kind is PeriodKind.DURATION or "yearly" in p.flags]
        usable = [
            p for p in ordered if p not in bases and p not in stretches and p.kind is not PeriodKind.TIME
        ]
        draft.base = bases[0] if bases else None
        draft.spread = stretches[0] if stretches else None
        if usable:
            draft.period = usable[0]
        else:
            resolved = [p for p in stretches if p.first or p.last]
            draft.period = resolved[0] if resolved else None

    def is_index_base(self, period: Period, draft: Draft) -> bool:
        """Whether "к" before a period names the base of an index ("к январю–августу составило 103,9%")."""
        quantity = draft.quantity
        if period.rule != "toward" or quantity.unit != "percent" or draft.directions:
            return False
        return quantity.value > INDEX_BASE and (draft.level is None or draft.level.value == "is")

    def read_wholes(self, draft: Draft) -> None:
        """What a share is a share of, where the zone says it."""
        quantity, zone = draft.quantity, draft.zone
        if quantity.unit != "percent":
            return
        left = [m for m in zone.mentions if m.end <= quantity.start]
        if self.kk:
            structure = [c for c in draft.heads if c.kind == "structure"]
            toward = draft.has_head("share")
            for mention in left:
                case = self.mention_case(mention)
                if (
                    case == "loc_adj"
                    or (toward and case == "dat")
                    or (structure and 0 <= structure[-1].start - mention.end <= 2)
                ):
                    self.set_whole(draft, mention)
                    if draft.mention is mention:
                        others = [m for m in left if m is not mention and not self.is_oblique(m)]
                        draft.mention = others[-1] if others else None
            words = self.words_before(draft) if draft.possessed else (0, 0)
            adjacent = words[1] > words[0]
            if adjacent and noun_case(self.text(*words), self.pack) == "gen":
                beside = [m for m in left if m.end == words[1]]
                if beside and beside[-1].indicator in self.catalogue.wholes:
                    self.set_whole(draft, beside[-1])
                else:
                    self.set_words(draft, words)
                others = [m for m in left if m not in beside and not self.is_oblique(m)]
                draft.mention = others[-1] if others else None
            self.qualified_whole(draft)
            if draft.possessed and not draft.share_of:
                pointing = [c for c in zone.left_cues("anaphor") if quantity.outer_start - c.end <= 2]
                if pointing:
                    draft.flags.append("part_of_before")
            return
        structure = [c for c in draft.heads if c.kind == "structure"]
        share = draft.has_head("share")
        for mention in left:
            inside = bool(structure) and 0 <= mention.start - structure[-1].end <= 2
            if inside or (share and self.is_oblique(mention) and mention is not draft.mention):
                self.set_whole(draft, mention)
                if inside and draft.mention is mention:
                    others = [m for m in left if m is not mention]
                    draft.mention = others[-1] if others else None
        if share and draft.mention is not None and self.is_oblique(draft.mention):
            self.set_whole(draft, draft.mention)
            draft.mention = None
        if not draft.share_of:
            self.whole_after(draft)
        self.qualified_whole(draft)
        if not draft.share_of and (
            any(c.start - quantity.end <= 3 for c in zone.right_cues("part")) or zone.left_cues("part")
        ):
            draft.flags.append("part_of_before")

    def whole_after(self, draft: Draft) -> None:
        """Russian: the whole that stands after the number ("5% ВВП", "четверть импорта", "25% к ВВП")."""
        quantity, zone = draft.quantity, draft.zone
        right = [m for m in zone.mentions if m.start >= quantity.end]
        attributes = attribute_ending(self.pack)
        lead = self.text(quantity.outer_end, right[0].start).split() if right else []
        if not right or not all(attributes.search(word.lower()) for word in lead):
            self.words_after(draft)
            return
        between = self.text(quantity.outer_end, right[0].start)
        cues = [c for c in zone.cues if quantity.end <= c.start < right[0].start and c.kind != "prep"]
        nominative = self.pack.compile(rf"^\p{{L}}*(?:{self.pack.table('endings')['nominative']})(?!\p{{L}})")
        if nominative.search(self.text(right[0].start, right[0].end)):
            return  # "при инфляции 8,6% реальные доходы выросли": what stands behind is another subject
        if not cues and len(between.split()) <= 2 and not self.crosses(quantity.outer_end, right[0].start):
            self.set_whole(draft, right[0])
            if draft.mention is right[0]:
                draft.mention = None

    def words_before(self, draft: Draft) -> tuple[int, int]:
        """The noun group directly before a quantity, at least its last word; (0, 0) where there is none."""
        begin = min(draft.quantity.outer_start, draft.quantity.start)
        lead = self.text(draft.zone.start, begin)
        word = LAST_WORD.search(lead)
        if word is None or word[0].lower() in stop_words(self.pack):
            return (0, 0)
        end = draft.zone.start + word.end()
        if any(c.kind == "anaphor" and c.start < end <= c.end for c in self.cues):
            return (0, 0)
        group = left_group(self.sentence, draft.zone, self.pack)
        return group if group[1] == end else (draft.zone.start + word.start(), end)

    def group_whole(self, draft: Draft) -> None:
        """ "среди выпускников 71% …", "4% от всех продаж": the whole named as a group."""
        if draft.share_of or draft.quantity.unit != "percent":
            return
        begin = min(draft.quantity.outer_start, draft.quantity.start)
        table = self.pack.table("endings")
        left = self.pack.compile(table["among"]).search(self.text(draft.zone.start, begin))
        right = self.pack.compile(table["of_whole"]).search(
            self.text(draft.quantity.outer_end, draft.zone.end)
        )
        found, offset = (left, draft.zone.start) if left else (right, draft.quantity.outer_end)
        if found is None:
            return
        start = offset + found.start("whole")
        end = start + len(found["whole"])
        inside = [m for m in draft.zone.mentions if m.start <= start and end <= m.end]
        if inside and inside[0].indicator in self.catalogue.wholes:
            self.set_whole(draft, inside[0])
        else:
            self.set_words(draft, (start, end))
        if draft.mention is not None and inside and draft.mention is inside[0]:
            draft.mention = None

    def qualified_whole(self, draft: Draft) -> None:
        """ "доля пассажиров, довольных сервисом", "кешіккен рейстер үлесі": the qualified noun is it."""
        self.group_whole(draft)
        heads = [h for h in draft.heads if h.kind == "head" and h.value == "share"]
        if not heads or draft.share_of or draft.quantity.unit != "percent":
            return
        pattern = self.pack.compile(self.pack.table("endings")["qualified"])
        start, end = draft.zone.start, min(draft.quantity.outer_start, draft.quantity.start)
        for match in pattern.finditer(
            self.sentence.text, start - self.sentence.start, end - self.sentence.start
        ):
            at = match.start("whole") + self.sentence.start
            words = (at, at + len(match["whole"]))
            timed = any(p.start <= match.start() + self.sentence.start < p.end for p in self.periods)
            if timed or match["whole"].lower() in stop_words(self.pack):
                continue
            inside = [m for m in draft.zone.mentions if m.start <= words[0] and words[1] <= m.end]
            if inside and inside[0].indicator in self.catalogue.wholes and inside[0].end == words[1]:
                self.set_whole(draft, inside[0])
            else:
                draft.share_of = self.text(*words)
                draft.whole_span = words
            return

    def words_after(self, draft: Draft) -> None:
        """Russian: "72% респондентов": the noun directly behind a percentage is its whole."""
        quantity = draft.quantity
        if draft.marker in ("by", "to") or draft.growth is not None or draft.directions:
            return
        words = right_group(self.sentence, draft.zone, self.pack)
        if words[1] > words[0] and words[0] - quantity.outer_end <= 2:
            verbal = self.pack.compile(rf"(?:{self.pack.table('endings')['plural_verb']})$")
            if not verbal.search(self.text(*words).split()[0].lower()):
                self.set_words(draft, words)

    def set_whole(self, draft: Draft, mention: IndicatorMention) -> None:
        """Make a mention the whole of a share: by an id of the contract, else in the text's own words."""
        draft.share_mention = mention
        if mention.indicator in self.catalogue.wholes:
            draft.share_of = mention.indicator
        else:
            draft.share_of = " ".join(self.text(mention.start, mention.end).split())
            draft.whole_span = (mention.start, mention.end)

    def set_words(self, draft: Draft, words: tuple[int, int]) -> None:
        """Make words that name no indicator the whole of a share."""
        draft.share_of = " ".join(self.text(*words).split())
        draft.whole_words = draft.whole_span = words

    def read_count(self, draft: Draft) -> None:
        """Whether a bare number counts the noun behind it, or is told as a figure."""
        quantity, zone = draft.quantity, draft.zone
        if quantity.unit or quantity.kind not in COUNTING:
            return
        behind = right_group(self.sentence, zone, self.pack)
        if behind[1] > behind[0] and behind[0] - quantity.outer_end <= 2:
            draft.counted = behind
            draft.unit = "count"
        elif draft.has_head("number") or (self.kk and self.possessed(quantity)):
            draft.unit, draft.told = "count", True
        lead = self.text(zone.start, min(quantity.outer_start, quantity.start)).rstrip()
        if any(c.kind == "label" and quantity.outer_start - c.end <= 3 for c in zone.left_cues("label")):
            draft.counted, draft.unit = (0, 0), ""
            return
        dashed = lead.endswith(("–", "—", "-", ":", "|"))
        preposed = draft.marker in ("by", "to", "from") and not self.kk
        behind_it = self.text(
            quantity.outer_end, zone.end if zone.end > quantity.outer_end else self.sentence.end
        )
        worded = any(word.isalpha() for word in lead.replace("(", " ").split())
        stands_alone = worded and behind_it.lstrip()[:1] in ("", ",", ";", ".", ")", "–", "—", "(")
        draft.told = (
            dashed
            or preposed
            or draft.predicated
            or bool(draft.compared)
            or (stands_alone and quantity.value >= TELLING)
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
        start = mention.end + after.start("word")
        governed = any(c.start == start and c.kind not in ("basis", "generic") for c in self.cues)
        return not governed and verb_ending(self.pack).search(after["word"].lower()) is None

    def is_partner(self, place: Place) -> bool:
        """Whether a place is where something goes or comes from, or qualifies a noun ("на Китай", "Қытайға").

        A country abroad is the place of a figure in the locative or genitive alone ("в Китае", "Қытайда").
        """
        text = self.text(place.start, place.end)
        if self.kk:
            bare = self.pack.compile(rf"(?:{self.pack.table('endings')['land']})$").search(text)
            return bare is None and noun_case(text, self.pack) in ("dat", "abl", "ins")
        if text[:1].islower():
            return place.geo not in HOME and len(place.geo) == COUNTRY
        preps = [c for c in self.cues if c.kind == "prep" and 0 <= place.start - c.end <= 1]
        if not preps or len(place.geo) != COUNTRY:
            return False
        locative = self.pack.compile(rf"{self.pack.table('endings')['locative']}$")
        return not (preps[-1].value == "in" and locative.search(text))

    def possessed(self, quantity: Quantity) -> bool:
        """Whether a Kazakh percent or fraction carries a possessive ending ("33%-ы", "жартысы")."""
        if "fraction" in quantity.flags:
            return True
        tail = self.text(quantity.end, max(quantity.end, quantity.outer_end))
        pattern = self.pack.table("endings").get("possessive", "")
        hedged = self.pack.table("endings").get("possessed_hedge", "")
        whole = bool(hedged) and self.pack.compile(rf"(?:{hedged})$").search(tail.rstrip()) is not None
        return whole or (bool(pattern) and self.pack.compile(pattern).match(tail) is not None)

    def name_subjects(self, drafts: list[Draft]) -> None:
        """Where no catalogued indicator stands in a zone, take the noun group as the subject."""
        for draft in drafts:
            if draft.mention is not None:
                draft.subject = self.beside(draft) or self.extended(draft)
            if draft.mention is None or draft.subject == (0, 0):
                group = self.named(self.noun_group(draft))
                whole = draft.share_mention
                taken = group == draft.whole_words or (
                    whole is not None and group[0] < whole.end and whole.start < group[1]
                )
                if taken and group == draft.whole_words and self.names_whole(draft):
                    taken = False
                draft.subject = (0, 0) if taken else group
                if draft.mention is not None and draft.subject == (0, 0):
                    draft.subject = (draft.mention.start, draft.mention.end)

    def names_whole(self, draft: Draft) -> bool:
        """Whether nothing but the whole of a share is named ("қалдықтың үштен бірі өңделеді")."""
        lead = self.text(draft.zone.start, draft.whole_words[0]).rstrip()
        return draft.possessed and draft.quantity.case is Case.NOM and not lead.endswith(("–", "—", "-"))

    def beside(self, draft: Draft) -> tuple[int, int] | None:
        """The noun group that is the subject although an indicator is named.

        Where the indicator is a complement ("тасымалы жолмен 5 млн тонна жүк", "из бюджета на ремонт") or
        stands behind a figure that a dash tells of something else ("вместимость – 9460 мест").
        """
        mention, zone, quantity = draft.mention, draft.zone, draft.quantity
        if mention is None:
            return None
        if mention.end <= quantity.start:
            group = self.named(nearer_group(self.sentence, zone, self.pack, (mention.start, mention.end)))
            if group[1] > group[0]:
                return group
        if quantity.unit in RATIO_UNITS:
            return None
        group = (0, 0)
        said = draft.predicated or draft.told or draft.marker or draft.growth is not None or draft.heads
        if mention.end <= quantity.start and draft.counted != (0, 0) and not said:
            group = draft.counted  # "больницы приняли 45 пациентов"
        elif mention.end <= quantity.start and self.is_oblique(mention) and not draft.marker:
            group = right_group(self.sentence, zone, self.pack)
            if group == (0, 0):
                group = counted_noun(self.sentence, zone, self.pack)
            if group == (0, 0) and quantity.unit.isupper():
                group = aim_group(self.sentence, zone, self.pack)
        elif mention.start >= quantity.end and telling_mark(self.sentence, zone):
            group = left_group(self.sentence, zone, self.pack, direct=True)
        group = self.named(group)
        return group if group[1] > group[0] else None

    def noun_group(self, draft: Draft) -> tuple[int, int]:
        """The noun group that the quantity of a draft is about."""
        preposed = not self.kk and draft.marker in ("by", "to", "from")
        return noun_group(self.sentence, draft.zone, self.pack, possessed=draft.possessed, preposed=preposed)

    def named(self, group: tuple[int, int]) -> tuple[int, int]:
        """A noun group that names something; one of head nouns alone ("оның өсімі", "ИФО") does not."""
        rest = list(self.text(*group))
        empty = (
            "head",
            "direction",
            "total",
            "average",
            "aggregation",
            "basis",
            "anaphor",
            "generic",
            "and",
            "part",
            "extreme",
        )
        for cue in self.cues:
            if cue.kind in empty:
                for at in range(max(cue.start, group[0]), min(cue.end, group[1])):
                    rest[at - group[0]] = " "
        for place in self.places:
            if self.is_setting(place):
                for at in range(max(place.start, group[0]), min(place.end, group[1])):
                    rest[at - group[0]] = " "
        words = [w for w in "".join(rest).split() if len(w) > 2 and w.lower() not in stop_words(self.pack)]
        return group if words else (0, 0)

    def is_setting(self, place: Place) -> bool:
        """Whether a place is where something is so ("в России", "Ресейде"), not what is spoken of."""
        if self.kk:
            return noun_case(self.text(place.start, place.end), self.pack) == "loc"
        return any(c.kind == "prep" and c.value == "in" and 0 <= place.start - c.end <= 1 for c in self.cues)

    def extended(self, draft: Draft) -> tuple[int, int]:
        """The mention with the head nouns that belong to it ("ЖIӨ-нiң жиынтық өсiмi", "Рост ВВП")."""
        mention = draft.mention
        if mention is None:
            return (0, 0)
        start, end = mention.start, mention.end
        for cue in [draft.growth, *draft.heads]:
            if cue is None or cue.kind not in ("head", "direction"):
                continue
            if (
                self.kk
                and 0 <= cue.start - end <= 25
                and not self.crosses(end, cue.start)
                and cue.end <= draft.quantity.start
            ):
                end = max(end, cue.end)
            elif not self.kk and 0 <= start - cue.end <= 25 and not self.crosses(cue.end, start):
                start = min(start, cue.start)
        return whole_group(self.sentence, draft.zone, self.pack, (start, end))
