"""Relate: which quantity of a sentence says what of what.

Each quantity is read from its own zone first (zones.py): Kazakh has the subject to its left and the predicate to
its right, Russian mostly the other way round. What a zone does not say comes from its neighbours in the same list
(gapped enumerations, "from X to Y, that is by N"), and what the sentence does not say is left to the carry stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.catalogue import Catalogue
from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.subjects import left_group, noun_group, stop_words
from kztext.lang.pack import Pack
from kztext.measures import moved, settle_measure
from kztext.periods import resolve
from kztext.reading import Reading
from kztext.records import Aggregation, Direction, Measure
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
from kztext.zones import Zone, make_zones

RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})


def marker(zone: Zone, sentence: Sentence) -> str:
    """How the number is attached: "by", "to", "from", "of", "dat" (Kazakh dative alone), or nothing."""
    quantity = zone.quantity
    if sentence.lang is Lang.KK:
        until = [
            c for c in zone.cues if c.kind == "prep" and c.value == "to" and 0 <= c.start - quantity.end <= 8
        ]
        if until:
            return "to"
        if quantity.case is Case.DAT:
            return "dat"
        return "from" if quantity.case is Case.ABL and quantity.approximation is Approximation.EXACT else ""
    near = [
        c
        for c in zone.cues
        if c.kind == "prep"
        and c.end <= quantity.start
        and c.start >= min(quantity.outer_start, quantity.start) - 4
    ]
    return near[-1].value if near else ""


class Relater:
    """The reading of one sentence; holds what all its zones share."""

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
        self.zones = list(zones)
        self.cues = list(cues)
        self.pack = pack
        self.catalogue = catalogue
        self.kk = sentence.lang is Lang.KK
        self.markers = [marker(zone, sentence) for zone in zones]

    # --- small questions ---------------------------------------------------------------------------------------

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

    # --- subject ---------------------------------------------------------------------------------------------------

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
            if adjacent and not percent and free_case(quantity) is Case.NOM and not self.is_oblique(adjacent[0]):
                return adjacent[0]
            direct = [m for m in left if not self.is_oblique(m)]
            strong = [m for m in direct if "weak" not in m.flags]
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
        verb = [c for c in zone.right_cues("direction", "level", "pace", "fall_on")]
        behind = [m for m in right if verb and m.start >= verb[0].end] if verb else []
        if behind and not self.crosses(quantity.outer_end, behind[0].start):
            return behind[0]
        return left[-1] if left else None

    def crosses(self, start: int, end: int) -> bool:
        """Whether a clause boundary lies between two places."""
        return any(mark in self.text(start, end) for mark in ",;:.()")

    # --- predicate -------------------------------------------------------------------------------------------------

    def predicates(self, zone: Zone) -> list[Cue]:
        """Direction, pace and level cues that may govern the quantity, the likeliest first."""
        kinds = ("direction", "pace", "level", "fall_on", "stable")
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

    # --- one zone ----------------------------------------------------------------------------------------------------

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
        compared = [c for c in zone.right_cues("comparison") if c.start - quantity.outer_end <= 3]
        draft.compared = compared[0].value if compared else ""
        draft.mention = self.subject_mention(zone)
        draft.growth = self.growth_head(draft, near_left)
        predicates = [c for c in self.predicates(zone) if c is not draft.growth]
        near = [c for c in predicates if c in near_left or c in near_right]
        governing = near[0] if near else None
        if governing is not None:
            if governing.kind == "direction":
                draft.directions = [governing]
            elif governing.kind == "pace":
                draft.pace = governing
            elif governing.kind in ("level", "stable"):
                draft.level = governing
        self.read_wholes(draft)
        return draft

    def growth_head(self, draft: Draft, near_left: Sequence[Cue]) -> Cue | None:
        """The noun of rise or fall that the number measures ("рост ВВП", "ЖІӨ-нің өсімі"), if there is one."""
        if draft.mention is not None and draft.mention.head == "growth" and draft.mention.end <= draft.quantity.start:
            said = [c for c in self.cues if draft.mention.start <= c.start < draft.mention.end and c.kind == "direction"]
            value = said[-1].value if said else "up"
            return Cue(start=draft.mention.start, end=draft.mention.end, kind="direction", value=value, flags=("noun",))
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

    def read_periods(self, draft: Draft) -> None:
        """The period the quantity is about, what it is compared with, and the stretch it is spread over."""
        quantity = draft.quantity
        left = [p for p in draft.zone.periods if p.end <= quantity.start]
        right = [p for p in draft.zone.periods if p.start >= quantity.end]
        ordered = left[::-1] + right
        bases = [p for p in ordered if "base" in p.flags]
        compared = [c for c in draft.zone.right_cues("comparison") if c.start - quantity.outer_end <= 3]
        if compared and not bases:
            bases = [p for p in right if p.start >= compared[0].end][:1]
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

    def read_wholes(self, draft: Draft) -> None:
        """What a share is a share of, where the zone says it."""
        quantity, zone = draft.quantity, draft.zone
        if quantity.unit != "percent":
            return
        left = [m for m in zone.mentions if m.end <= quantity.start]
        if self.kk:
            structure = [c for c in draft.heads if c.kind == "structure"]
            for mention in left:
                if self.mention_case(mention) == "loc_adj" or (
                    structure and 0 <= structure[-1].start - mention.end <= 2
                ):
                    draft.share_of = self.whole(mention)
                    if draft.mention is mention:
                        others = [m for m in left if m is not mention and not self.is_oblique(m)]
                        draft.mention = others[-1] if others else None
            if (
                draft.mention is not None
                and self.possessed(quantity)
                and self.mention_case(draft.mention) == "gen"
            ):
                if len(self.text(draft.mention.end, quantity.outer_start).split()) == 0:
                    draft.share_of = self.whole(draft.mention)
                    others = [m for m in left if m is not draft.mention and not self.is_oblique(m)]
                    draft.mention = others[-1] if others else None
            elif draft.mention is None and self.possessed(quantity):
                words = left_group(self.sentence, zone, self.pack)
                if words[1] == quantity.outer_start - 1 and noun_case(self.text(*words), self.pack) == "gen":
                    draft.share_of = " ".join(self.text(*words).split())
                    draft.whole_words = words
            return
        structure = [c for c in draft.heads if c.kind == "structure"]
        share = draft.has_head("share")
        for mention in left:
            inside = bool(structure) and 0 <= mention.start - structure[-1].end <= 2
            if inside or (share and self.is_oblique(mention) and mention is not draft.mention):
                draft.share_of = self.whole(mention)
                if inside and draft.mention is mention:
                    others = [m for m in left if m is not mention]
                    draft.mention = others[-1] if others else None
        if share and draft.mention is not None and self.is_oblique(draft.mention):
            draft.share_of, draft.mention = self.whole(draft.mention), None
        if not draft.share_of:
            self.whole_after(draft)
        if not draft.share_of and any(c.kind == "part" and c.start - quantity.end <= 3 for c in zone.right_cues("part")):
            draft.flags.append("part_of_before")

    def whole_after(self, draft: Draft) -> None:
        """Russian: the whole that stands after the number ("5% ВВП", "четверть импорта", "25% к ВВП")."""
        quantity, zone = draft.quantity, draft.zone
        right = [m for m in zone.mentions if m.start >= quantity.end]
        if not right:
            return
        between = self.text(quantity.outer_end, right[0].start)
        cues = [c for c in zone.cues if quantity.end <= c.start < right[0].start and c.kind != "prep"]
        if not cues and len(between.split()) <= 2 and not self.crosses(quantity.outer_end, right[0].start):
            draft.share_of, draft.share_mention = self.whole(right[0]), right[0]
            if draft.mention is right[0]:
                draft.mention = None

    def whole(self, mention: IndicatorMention) -> str:
        """How a record names the whole of a share: an id of the contract, else the text's own words."""
        if mention.indicator in self.catalogue.wholes:
            return mention.indicator
        return " ".join(self.text(mention.start, mention.end).split())

    def possessed(self, quantity: Quantity) -> bool:
        """Whether a Kazakh percent or fraction carries a possessive ending ("33%-ы", "жартысы")."""
        if "fraction" in quantity.flags:
            return True
        tail = self.text(quantity.end, max(quantity.end, quantity.outer_end))
        pattern = self.pack.table("endings").get("possessive", "")
        return bool(pattern) and self.pack.compile(pattern).match(tail) is not None

    # --- the whole sentence ------------------------------------------------------------------------------------------

    def drafts(self) -> list[Draft]:
        """Read every zone, then let the neighbours fill what a zone does not say."""
        drafts = [self.draft(i) for i in range(len(self.zones))]
        for draft in drafts:
            draft.own_heads = draft.heads_of_own()
        self.name_subjects(drafts)
        self.pair_up(drafts)
        self.share_predicates(drafts)
        for i, draft in enumerate(drafts):
            self.chain_subject(drafts, i)
            self.settle(drafts, i)
        for i, draft in enumerate(drafts):
            if draft.measure is None:
                self.settle_late(drafts, i)
            self.reached(drafts, i)
            self.share_unit(drafts, i)
            self.share_periods(drafts, i)
            draft.geo = self.place_of(drafts, i)
        return drafts

    def name_subjects(self, drafts: list[Draft]) -> None:
        """Where no catalogued indicator stands in a zone, take the noun group as the subject."""
        for draft in drafts:
            if draft.mention is not None:
                draft.subject = self.extended(draft)
            else:
                group = self.named(noun_group(self.sentence, draft.zone, self.pack))
                draft.subject = group if group != draft.whole_words else (0, 0)

    def named(self, group: tuple[int, int]) -> tuple[int, int]:
        """A noun group that names something; one of head nouns alone ("оның өсімі", "ИФО") does not."""
        rest = list(self.text(*group))
        empty = ("head", "direction", "total", "average", "basis", "anaphor", "generic", "and", "part")
        for cue in self.cues:
            if cue.kind in empty:
                for at in range(max(cue.start, group[0]), min(cue.end, group[1])):
                    rest[at - group[0]] = " "
        words = [w for w in "".join(rest).split() if len(w) > 2 and w.lower() not in stop_words(self.pack)]
        return group if words else (0, 0)

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
        return start, end

    def pair_up(self, drafts: list[Draft]) -> None:
        """Find "from X to Y"."""
        for i in range(len(drafts) - 1):
            one, two = drafts[i], drafts[i + 1]
            units = {one.quantity.unit, two.quantity.unit} - {""}
            if one.marker == "from" and two.marker in ("to", "dat") and len(units) <= 1:
                one.role, two.role = "from", "to"
                one.pair, two.pair = i + 1, i
                if two.mention is None or two.subject == (0, 0):
                    two.mention, two.subject, two.chained = one.mention, one.subject, True
                elif one.mention is None:
                    one.mention, one.subject = two.mention, two.subject
                one.heads, two.heads = one.heads + two.heads, one.heads + two.heads
                one.growth = two.growth = one.growth or two.growth
                if not (one.directions or one.pace) and i > 0 and drafts[i - 1].quantity.unit in RATIO_UNITS:
                    one.directions, one.pace = drafts[i - 1].directions, drafts[i - 1].pace
                if not (two.directions or two.pace):
                    two.directions, two.pace = one.directions, one.pace

    def share_predicates(self, drafts: list[Draft]) -> None:
        """Kazakh: the last predicate of a list serves the items before it. Russian: the first serves those after."""
        order = range(len(drafts) - 2, -1, -1) if self.kk else range(1, len(drafts))
        step = 1 if self.kk else -1
        for i in order:
            draft, donor = drafts[i], drafts[i + step]
            if draft.role == "to" and not (draft.directions or draft.pace) and i + 1 < len(drafts):
                after = drafts[i + 1]
                if after.quantity.unit in RATIO_UNITS:
                    draft.directions, draft.pace = after.directions, after.pace
                continue
            if draft.predicated or draft.role or draft.growth is not None:
                continue
            if draft.quantity.unit != donor.quantity.unit and donor.quantity.unit and draft.quantity.unit:
                restated = draft.quantity.unit in RATIO_UNITS and draft.marker in ("by", "dat")
                if restated and not self.kk:
                    draft.directions, draft.pace, draft.borrowed = list(donor.directions), donor.pace, True
                continue
            if (
                self.kk
                and draft.mention is not None
                and donor.mention is None
                and not self.crosses(draft.quantity.end, donor.quantity.start)
            ):
                continue
            draft.directions, draft.pace, draft.level = list(donor.directions), donor.pace, donor.level
            draft.borrowed = True
            if not draft.marker:
                draft.marker = donor.marker

    def chain_subject(self, drafts: list[Draft], i: int) -> None:
        """A zone without a subject speaks of the one before; the first may speak of the one after."""
        draft = drafts[i]
        if "part_of_before" in draft.flags:
            draft.flags.remove("part_of_before")
            if i > 0 and drafts[i - 1].mention is not None:
                draft.share_of = self.whole(drafts[i - 1].mention)
            return
        if draft.marker == "of" and i > 0 and drafts[i - 1].share_mention is not None:
            draft.mention, draft.subject = drafts[i - 1].share_mention, (0, 0)
            draft.subject = self.extended(draft)
            return
        if draft.mention is not None or draft.subject != (0, 0):
            self.chain_whole(drafts, i)
            return
        if i > 0:
            before = drafts[i - 1]
            draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
            if draft.growth is None and before.quantity.unit == draft.quantity.unit:
                draft.growth = before.growth if not draft.directions or draft.borrowed else None
                draft.heads = draft.heads + [
                    h for h in before.heads if h.kind in ("head", "structure", "fall_on", "basis")
                ]
            if not draft.share_of:
                draft.share_of = before.share_of
        elif (
            len(drafts) > 1
            and self.kk
            and drafts[1].quantity.unit == draft.quantity.unit
            and drafts[1].mention is not None
        ):
            after = drafts[1]
            draft.mention, draft.subject, draft.chained = after.mention, after.subject, True

    def chain_whole(self, drafts: list[Draft], i: int) -> None:
        """Items of a list with subjects of their own keep the head of the first ("доля A составила 36%, B – 57%").

        In "вклад X в A составил 1%, в B – 0,3%" the second mention is another whole of the same subject.
        """
        draft = drafts[i]
        if i == 0 or (draft.predicated and not draft.borrowed) or draft.role or draft.heads_of_own():
            return
        before = drafts[i - 1]
        if before.quantity.unit != draft.quantity.unit or draft.quantity.unit != "percent":
            return
        kept = [h for h in before.heads if h.kind in ("head", "structure", "fall_on")]
        another = draft.mention is not None and self.is_oblique(draft.mention)
        if before.share_of and another and not before.has_head("fall_on") and draft.mention is not None:
            draft.share_of = self.whole(draft.mention)
            draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
        elif not draft.share_of:
            draft.share_of = before.share_of
        draft.heads = draft.heads + kept
        draft.growth = draft.growth or before.growth

    def settle(self, drafts: list[Draft], i: int) -> None:
        """Decide the measure of one draft; items of a list follow the item before."""
        draft = drafts[i]
        before = drafts[i - 1] if i else None
        own = not draft.borrowed and draft.predicated
        if (
            before is not None
            and draft.chained
            and not draft.role
            and before.measure is not None
            and before.quantity.unit == draft.quantity.unit
            and not (own and draft.directions)
            and not (own and draft.pace)
            and not before.role
            and not draft.own_heads
        ):
            draft.measure = before.measure
            if before.measure is Measure.CHANGE:
                draft.direction = before.direction
            elif draft.borrowed and draft.directions:
                draft.direction = moved(draft)
            draft.flags.append("ellipsis")
            if draft.quantity.negative:
                draft.direction = Direction.DOWN
            return
        indicator = draft.mention.indicator if draft.mention else ""
        rate = self.is_rate(indicator)
        entry = self.catalogue.indicators.get(indicator)
        settle_measure(
            draft,
            rate=rate,
            percent_thing=rate or draft.has_head("share", "structure"),
            usual=Measure(entry.measure) if entry else Measure.LEVEL,
        )

    def settle_late(self, drafts: list[Draft], i: int) -> None:
        """Nothing in the zone tells the measure: the item after may, else the plainest reading stands."""
        draft = drafts[i]
        after = drafts[i + 1] if i + 1 < len(drafts) else None
        if (
            after is not None
            and after.measure is not None
            and after.chained
            and after.quantity.unit == draft.quantity.unit
        ):
            draft.measure = after.measure
            draft.direction = after.direction if after.measure is Measure.CHANGE else Direction.NONE
            return
        draft.measure = Measure.LEVEL
        draft.flags.append("measure_unsaid")

    def share_unit(self, drafts: list[Draft], i: int) -> None:
        """ "9,1 млн адам, оның ішінде … – 6,9 млн": an item without a unit has that of the item before."""
        quantity = drafts[i].quantity
        if quantity.unit or quantity.multiplier == 1:
            return
        for before in reversed(drafts[:i]):
            unit = before.unit or before.quantity.unit
            if unit and unit not in RATIO_UNITS:
                drafts[i].unit = unit
                drafts[i].flags.append("shared_unit")
                return

    def reached(self, drafts: list[Draft], i: int) -> None:
        """A level reached goes the way of the change told beside it ("8514$-ға жетті, яғни 6,9 есе өсті")."""
        draft = drafts[i]
        reach = draft.level is not None and draft.level.value == "reach" and not draft.borrowed
        if draft.direction or draft.measure is not Measure.LEVEL or not (reach or draft.role == "to"):
            return
        for other in drafts[max(i - 2, 0) : i + 2]:
            told = other.measure is Measure.CHANGE and other.quantity.unit in RATIO_UNITS
            if other is not draft and told and other.direction and (other.mention is draft.mention or other.chained):
                if i > 0 and drafts[i - 1].measure is Measure.LEVEL:
                    draft.direction = other.direction
                return

    # --- periods, places ---------------------------------------------------------------------------------------------

    def share_periods(self, drafts: list[Draft], i: int) -> None:
        """Within a sentence a period serves the numbers after it; a pair keeps its two periods apart."""
        draft = drafts[i]
        if draft.role == "from":
            self.part_periods(draft, drafts[draft.pair])
            return
        if draft.role == "to":
            return
        if draft.period is None:
            draft.period = self.period_before(draft)
        if draft.period is None and i > 0 and any(c.kind == "versus" for c in draft.zone.left_cues("versus")):
            draft.period = drafts[i - 1].base or next((d.base for d in drafts[:i] if d.base), None)
        if draft.period is None and i > 0:
            draft.period = drafts[i - 1].period
            if draft.spread is None and draft.chained:
                draft.spread = drafts[i - 1].spread
        if draft.base is None and i > 0 and draft.quantity.unit in RATIO_UNITS and draft.measure is Measure.CHANGE:
            draft.base = self.start_of_change(drafts, i)

    def period_before(self, draft: Draft) -> Period | None:
        """The period that a number in brackets stands behind: "ниже итога 2011 года (7,4%)"."""
        begin = min(draft.quantity.outer_start, draft.quantity.start)
        lead = self.text(self.sentence.start, begin).rstrip()
        if not lead.endswith("("):
            return None
        place = self.sentence.start + len(lead[:-1].rstrip())
        return next((p for p in self.periods if p.end == place), None)

    def part_periods(self, one: Draft, two: Draft) -> None:
        """The periods before "from X to Y": the nearest, attributive one is X's, the sentence's own is Y's."""
        left = [p for p in one.zone.periods if p.end <= one.quantity.start and "base" not in p.flags]
        usable = [p for p in left if p.kind is not PeriodKind.DURATION and "yearly" not in p.flags]
        if two.period is None and len(usable) > 1:
            one.period, two.period = usable[-1], usable[-2]
            if any(flag.startswith("year_offset") for flag in usable[-1].flags):
                anchor = two.period.first if two.period.first == two.period.last else f"{two.period.first}/{two.period.last}"
                one.period = resolve(replace(usable[-1], flags=(*usable[-1].flags, "context")), anchor=anchor)
        elif two.period is None and one.period is not None and "attribute" not in one.period.flags:
            two.period, one.period = one.period, None

    def start_of_change(self, drafts: list[Draft], i: int) -> Period | None:
        """A change told beside its two levels is against the period of the first."""
        before = drafts[i - 1]
        if before.role == "to":
            return drafts[before.pair].period
        draft = drafts[i]
        if i > 1 and draft.chained and before.chained and draft.quantity.unit not in (before.quantity.unit, ""):
            start, end = drafts[i - 2].period, before.period
            if (
                start is not None
                and end is not None
                and drafts[i - 2].quantity.unit == before.quantity.unit
                and start.first < end.first
            ):
                return start
        return None

    def place_of(self, drafts: list[Draft], i: int) -> str:
        """The geography the sentence gives the quantity; empty where it names none."""
        draft = drafts[i]
        near = [p for p in draft.zone.places if p.end <= draft.quantity.start] or list(draft.zone.places)
        if near:
            return "local" if near[-1].local and not near[-1].geo else near[-1].geo
        return drafts[i - 1].geo if i else ""


def relate(
    sentence: Sentence,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    places: Sequence[Place],
    pack: Pack,
    catalogue: Catalogue,
) -> list[Reading]:
    """Read what each quantity of a sentence says; in text order."""
    if not quantities:
        return []
    mentions = pointed_back(sentence, mentions, catalogue)
    zones = make_zones(sentence, quantities, cues, mentions, periods, places)
    relater = Relater(sentence, zones, cues, periods, pack, catalogue)
    return [to_reading(draft, relater) for draft in relater.drafts()]


def pointed_back(
    sentence: Sentence, mentions: Sequence[IndicatorMention], catalogue: Catalogue
) -> list[IndicatorMention]:
    """Weak mentions that repeat a word of a strong one before them, or its topic, mean that one ("оборота")."""
    done: list[IndicatorMention] = []
    for mention in mentions:
        if "weak" in mention.flags:
            words = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
            entry = catalogue.indicators.get(mention.indicator)
            for other in reversed([m for m in done if "weak" not in m.flags]):
                said = sentence.text[other.start - sentence.start : other.end - sentence.start]
                known = catalogue.indicators.get(other.indicator)
                same = any(w[:5].lower() == words[:5].lower() for w in said.split())
                if same or (entry and known and entry.topic == known.topic):
                    flags = tuple(f for f in mention.flags if f != "weak")
                    mention = replace(mention, indicator=other.indicator, flags=(*flags, "coreference"))
                    break
        done.append(mention)
    return done


def free_case(quantity: Quantity) -> Case:
    """The case of a number in its sentence; one that a hedge asks for ("2000-ға жуық") is none."""
    return quantity.case if quantity.approximation is Approximation.EXACT else Case.NOM


def to_reading(draft: Draft, relater: Relater) -> Reading:
    """A settled draft as a reading."""
    quantity = draft.quantity
    flags = list(dict.fromkeys([*draft.flags, *quantity.flags]))
    if draft.role:
        flags.append(f"{draft.role}_value")
    if draft.has_head("fall_on"):
        flags.append("falls")
    geo = draft.geo
    if geo == "local":
        geo = ""
        flags.append("local")
    direction = draft.direction
    if draft.compared and draft.measure is Measure.CHANGE:
        direction = direction or (Direction.UP if draft.compared == "more" else Direction.DOWN)
        flags.append("comparison")
    basis = [h.value for h in draft.heads if h.kind == "basis"]
    anaphors = [c for c in draft.zone.left_cues("anaphor")]
    return Reading(
        quantity=quantity,
        sentence=relater.sentence,
        subject=draft.subject,
        indicator=draft.mention.indicator if draft.mention else "",
        strong=draft.mention is not None and "weak" not in draft.mention.flags,
        measure=draft.measure or Measure.LEVEL,
        direction=direction,
        aggregation=aggregation(draft),
        period=draft.period,
        base=draft.base,
        spread=draft.spread,
        share_of=draft.share_of if draft.measure is Measure.SHARE else "",
        geo=geo,
        price_basis=basis[-1] if basis else "",
        unit=draft.unit or quantity.unit,
        approximation=approximation(draft, relater),
        growth=draft.growth is not None,
        anaphoric=bool(anaphors) and draft.mention is None,
        rules=tuple(draft.rules),
        flags=tuple(dict.fromkeys(flags)),
        confidence=confidence(draft),
    )


def aggregation(draft: Draft) -> Aggregation:
    """How the value is spread over its period."""
    kinds = {h.value for h in draft.heads if h.kind == "aggregation"}
    period = draft.period
    years = span_of_years(period)
    yearly = any(h.kind in ("yearly", "average") for h in draft.heads) or (
        draft.spread is not None and "yearly" in draft.spread.flags
    )
    if "annual_average" in kinds or (yearly and draft.measure is Measure.CHANGE):
        return Aggregation.ANNUAL_AVERAGE
    if years > 1 and any(h.kind == "average" for h in draft.heads):
        return Aggregation.ANNUAL_AVERAGE
    if "cumulative" in kinds:
        return Aggregation.CUMULATIVE
    lasting = (
        draft.spread is not None and draft.spread.length_unit == "year" and (draft.spread.length or 0) > 1
    )
    if lasting and draft.role == "":
        return Aggregation.CUMULATIVE
    if years > 1 and (
        draft.measure is Measure.CHANGE
        or (draft.measure is Measure.LEVEL and draft.quantity.unit not in RATIO_UNITS)
    ):
        return Aggregation.CUMULATIVE
    return Aggregation.PERIOD


def span_of_years(period: Period | None) -> int:
    """How many years a period covers; 0 where it is open or unknown."""
    if period is None or not (period.first[:4].isdigit() and period.last[:4].isdigit()):
        return 0
    return int(period.last[:4]) - int(period.first[:4]) + 1


def approximation(draft: Draft, relater: Relater) -> str:
    """The hedge of the number, with the verbs that are hedges ("превысил", "-дан асты", "-дан төмендесе")."""
    quantity = draft.quantity
    if quantity.approximation is Approximation.AT_MOST and (draft.role == "to" or draft.directions or draft.pace):
        return Approximation.EXACT
    if quantity.approximation is not Approximation.EXACT:
        return quantity.approximation
    if relater.kk and quantity.case is Case.ABL and not draft.role:
        after = draft.zone.right_cues("level", "direction")
        if after and after[0].start - quantity.outer_end <= 12:
            if after[0].value == "exceed":
                return Approximation.MORE_THAN
            if after[0].value == "down":
                return Approximation.LESS_THAN
    if not relater.kk and draft.level is not None and draft.level.value == "exceed":
        return Approximation.MORE_THAN
    return Approximation.EXACT


def confidence(draft: Draft) -> float:
    """How sure the reading is, from what had to be assumed."""
    sure = 0.95
    if draft.mention is None:
        sure -= 0.15
    elif "weak" in draft.mention.flags:
        sure -= 0.1
    for flag in ("measure_unsaid", "ambiguous_dative"):
        if flag in draft.flags:
            sure -= 0.25
    if draft.chained:
        sure -= 0.05
    if draft.quantity.kind is not NumberKind.CARDINAL:
        sure -= 0.1
    return round(max(sure, 0.1), 2)
