"""Chains: what a zone does not say comes from its neighbours in the same list.

Gapped enumerations, "from X to Y, that is by N", wholes and parts, shared predicates, periods and units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.draft import Draft
from kztext.evidence import (
    HOME,
    RATIO_UNITS,
    Evidence,
    extended,
    name_subjects,
    read_draft,
    set_whole,
    set_words,
)
from kztext.measures import Thing, moved, settle_measure
from kztext.modality import past
from kztext.nouns import is_adjective, is_verb, lexicon, verb_ending
from kztext.periods import resolve
from kztext.records import Direction, Measure
from kztext.spans import Case, Period, PeriodKind, Place, is_money

AND = 5  # letters between two places that belong together ("и", "мен")
MILLION = 1_000_000
WORLD = "WLD"
INDEX_UP_TO = 200  # a bare number above is hardly a percentage of the year before
LABEL = regex.compile(r"\s*,[^,;.–—]{1,40}[–—]\s*")
AMOUNTS = frozenset({"money", "mass", "volume", "energy", "area", "mass_distance", "person_distance"})


def settled_drafts(seen: Evidence) -> list[Draft]:
    """Read every zone of a sentence, then let the neighbours fill what a zone does not say."""
    drafts = [read_draft(seen, i) for i in range(len(seen.zones))]
    for draft in drafts:
        draft.own_heads = draft.heads_of_own()
    for i in range(len(drafts) - 2, -1, -1):
        listed(seen, drafts, i)
    name_subjects(seen, drafts)
    for one, two in pairwise(drafts):
        worth(seen, one, two)
    for draft in drafts:
        if draft.mention is None and is_place_label(seen, draft):
            draft.subject = (0, 0)
    pair_up(seen, drafts)
    share_predicates(seen, drafts)
    for one, two in reversed(list(pairwise(drafts))):
        share_percent(one, two)
    for one, two in pairwise(drafts):
        share_percent_on(seen, one, two)
    for i in range(len(drafts)):
        chain_subject(seen, drafts, i)
        settle(seen, drafts, i)
    for i, draft in enumerate(drafts):
        if draft.measure is None:
            settle_late(seen, drafts, i)
        reached(seen, drafts, i)
        share_of_total(seen, drafts, i)
        share_unit(seen, drafts, i)
        share_periods(seen, drafts, i)
        draft.geo = place_of(seen, drafts, i)
        if draft.chained and draft.mention is not None and draft.local != (0, 0):
            draft.subject = draft.local
    return drafts


def worth(seen: Evidence, one: Draft, two: Draft) -> None:
    """ "110 млрд теңге көлеміндегі 8 жоба": the amount is told of what the number behind it counts."""
    between = seen.text(one.quantity.outer_end, min(two.quantity.outer_start, two.quantity.start)).strip()
    money = seen.kk and one.quantity.unit.isupper() and one.quantity.case in (Case.GEN, Case.DAT)
    opened = between.lower() in lexicon(seen.pack).openers or (money and not between)
    if opened and two.counted != (0, 0):
        one.mention, one.subject = two.mention, two.counted


def is_place_label(seen: Evidence, draft: Draft) -> bool:
    """Whether a number's name is only the place it is told of: "Павлодар (48,2%), Қостанай (31%)"."""
    start, end = draft.subject
    if seen.kk and is_unknown_place(seen, draft):
        return True
    if not any(p.geo and start <= p.start and p.end == end for p in draft.zone.places):
        return False
    between = seen.text(end, min(draft.quantity.outer_start, draft.quantity.start)).strip()
    return between in ("(", "–", "—", "-")


def is_unknown_place(seen: Evidence, draft: Draft) -> bool:
    """Whether a name no list of places has stands before a bracket ("ең көп өсім Марқакөл (23,8%)")."""
    start, end = draft.subject
    lead = seen.text(end, min(draft.quantity.outer_start, draft.quantity.start)).strip()
    words = seen.text(start, end).split()
    if lead != "(" or not words or start == seen.sentence.start:
        return False
    rest = [c for c in seen.cues_of("head", "direction", "extreme") if start <= c.start < end]
    return words[-1].istitle() and len(words) <= len(rest) + 1


def pair_up(seen: Evidence, drafts: list[Draft]) -> None:
    """Find "from X to Y"."""
    for i in range(len(drafts) - 1):
        one, two = drafts[i], drafts[i + 1]
        units = {one.quantity.unit, two.quantity.unit} - {""}
        if (
            one.marker == "from"
            and two.marker in ("to", "dat")
            and len(units) <= 1
            and not ends_clause(seen, one, two)
        ):
            one.role, two.role = "from", "to"
            one.pair, two.pair = i + 1, i
            if two.mention is None or two.subject == (0, 0):
                two.mention, two.subject, two.chained = one.mention, one.subject, True
                two.part = two.part or one.part
            elif one.mention is None:
                one.mention, one.subject = two.mention, two.subject
            one.heads, two.heads = one.heads + two.heads, one.heads + two.heads
            one.growth = two.growth = one.growth or two.growth
            if not (one.directions or one.pace) and i > 0 and drafts[i - 1].quantity.unit in RATIO_UNITS:
                one.directions, one.pace = drafts[i - 1].directions, drafts[i - 1].pace
            if not (two.directions or two.pace):
                two.directions, two.pace = one.directions, one.pace
        elif not seen.kk and one.marker == "to" and two.marker == "from" and len(units) <= 1:
            between = seen.text(one.quantity.outer_end, two.quantity.start)
            if "," not in between and len(between.split()) <= 2:  # "довести до 50% с нынешних 16%"
                one.role, two.role = "to", "from"
                one.pair, two.pair = i + 1, i
                two.mention, two.subject, two.heads = one.mention, one.subject, one.heads
                two.growth, two.chained = one.growth, True


def ends_clause(seen: Evidence, one: Draft, two: Draft) -> bool:
    """Whether a Kazakh verb of level parts two numbers: "20 млн-нан асты, 145 мыңға көбейді"."""
    between = seen.text(one.quantity.outer_end, two.quantity.start)
    levels = [c for c in one.zone.right_cues("level") if c.end <= two.quantity.start]
    return seen.kk and "," in between and bool(levels)


def share_predicates(seen: Evidence, drafts: list[Draft]) -> None:
    """Kazakh: a list's last predicate serves the items before it. Russian: the first serves those after."""
    order = range(len(drafts) - 2, -1, -1) if seen.kk else range(1, len(drafts))
    step = 1 if seen.kk else -1
    apart: set[int] = set()  # what only says what another number was before; it hands on no predicate
    for i in order:
        j = i + step
        while j in apart and 0 <= j + step < len(drafts):
            j += step
        draft, donor = drafts[i], drafts[j]
        if draft.role == "to" and not (draft.directions or draft.pace) and i + 1 < len(drafts):
            after = drafts[i + 1]
            if after.quantity.unit in RATIO_UNITS:
                draft.directions, draft.pace = after.directions, after.pace
            continue
        if draft.predicated or draft.role or draft.growth is not None:
            continue
        if of_earlier(seen, draft, donor) or told_apart(seen, draft, donor):
            apart |= {i} if of_earlier(seen, draft, donor) else set()
            continue
        if seen.kk and donor.compared and not draft.compared and joined_only(seen, draft, donor):
            draft.compared = donor.compared  # "16,7%-ға немесе 300 млн долларға аз"
        if draft.quantity.unit != donor.quantity.unit and donor.quantity.unit and draft.quantity.unit:
            ratio = draft.quantity.unit in RATIO_UNITS
            if seen.kk:
                restated = draft.marker in ("to", "dat") and donor.quantity.unit in RATIO_UNITS
                restated = restated or (ratio and draft.marker == donor.marker == "dat")
            else:
                restated = (
                    draft.marker == "to" or draft.quantity.unit == "times" or (ratio and draft.marker == "by")
                )
            told = donor.pace is not None or any("verb" in c.flags for c in donor.directions)
            if restated and (told or not seen.kk):
                draft.directions, draft.pace, draft.borrowed = list(donor.directions), donor.pace, True
            continue
        if (
            seen.kk
            and draft.mention is not None
            and donor.mention is None
            and not seen.crosses(draft.quantity.end, donor.quantity.start)
        ):
            continue
        draft.directions, draft.pace, draft.level = list(donor.directions), donor.pace, donor.level
        draft.heads = draft.heads + [h for h in donor.heads if h.kind == "fall_on" and seen.kk]
        draft.borrowed = True
        if not draft.marker:
            draft.marker = donor.marker


def of_earlier(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether an amount is what another was before: "до 12 тыс. против 15 тыс.", "(годом ранее – 44)"."""
    if draft.marker or draft.quantity.unit == donor.quantity.unit == "percent":
        return False
    opened = bracketed(seen, draft) and any("context" in p.flags for p in draft.zone.periods)
    return not seen.kk and (opened or bool(draft.zone.left_cues("versus")))


def told_apart(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether a verb that is no cue tells a number, in its own clause: "…; в 2016 году хранилось 70%"."""
    if seen.kk:
        if draft.quantity.outer_end > donor.zone.start:
            return False
        clause = regex.split(r"[,;:]", seen.text(draft.quantity.outer_end, donor.zone.end), maxsplit=1)
        words = clause[0].split()
        ended = draft.quantity.outer_end + len(clause[0]) <= donor.quantity.outer_start
        return len(clause) > 1 and ended and bool(words) and past(seen.pack).search(words[-1]) is not None
    begin = donor.quantity.outer_end
    lead = seen.text(begin, draft.quantity.start)
    mark = max(lead.rfind(";"), lead.rfind(", "))
    if mark < 0:
        return False
    cues = [c for c in seen.cues if c.start >= begin and c.kind in ("direction", "level", "pace", "fall_on")]
    verbs = [
        m.start()
        for m in regex.finditer(r"\p{L}+", lead, pos=mark)
        if is_verb(m[0], False, seen.pack, first=False)
        and not any(c.start <= begin + m.start() < c.end for c in cues)
    ]
    subject = bool(verbs) and regex.search(r"\p{L}{3}", lead[mark : verbs[0]]) is not None
    return bool(verbs) and (lead[mark] == ";" or subject)


def joined_only(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether two quantities say one thing, or the same of two things ("2,5 есе, ал матаны 2 есе")."""
    between = seen.text(draft.quantity.outer_end, min(donor.quantity.outer_start, donor.quantity.start))
    joint = any(
        draft.quantity.outer_end <= c.start < donor.quantity.start for c in seen.cues_of("and", "restate")
    )
    if draft.quantity.case is Case.DAT and joint and len(between.split()) <= 2:
        return not draft.possessed  # "2 млн тоннаға, яғни 3 пайызға аз"
    if draft.possessed or draft.quantity.unit not in RATIO_UNITS:
        return False
    alike = draft.quantity.unit == donor.quantity.unit and len(between.split()) <= 4
    return (joint and len(between.split()) <= 2) or alike


def chain_subject(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """A zone without a subject speaks of the one before; the first may speak of the one after."""
    draft = drafts[i]
    if "part_of_before" in draft.flags:
        draft.flags.remove("part_of_before")
        before = drafts[i - 1] if i > 0 else None
        if before is None or not whole_of_before(seen, draft, before):
            draft.flags.append("of_before")
        return
    wholes = [d.share_mention for d in drafts[:i] if d.share_mention is not None]
    if draft.marker == "of" and wholes:
        draft.mention, draft.subject = wholes[-1], (0, 0)
        draft.subject = extended(seen, draft)
        return
    if draft.mention is not None or draft.subject != (0, 0):
        chain_whole(seen, drafts, i)
        return
    if i > 0:
        before = drafts[i - 1]
        draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
        draft.local = draft.local if draft.local[1] else before.local
        dated = (
            not seen.kk and draft.period is not None
        )  # "в том числе: в 2015 г. – …" is of the thing itself
        if draft.zone.left_cues("part") and draft.quantity.unit not in RATIO_UNITS and not dated:
            draft.part = True
        if draft.growth is None and before.quantity.unit == draft.quantity.unit:
            draft.growth = before.growth if not draft.directions or draft.borrowed else None
            draft.heads = draft.heads + [
                h
                for h in before.heads
                if h.kind in ("head", "structure", "fall_on")
                or (h.kind == "basis" and not draft.has_head("basis"))
            ]
        if not draft.share_of:
            draft.share_of, draft.whole_span = before.share_of, before.whole_span
    elif (
        len(drafts) > 1
        and seen.kk
        and drafts[1].quantity.unit == draft.quantity.unit
        and drafts[1].mention is not None
    ):
        after = drafts[1]
        draft.mention, draft.subject, draft.chained = after.mention, after.subject, True


def whole_of_before(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Make what the quantity before counts or measures the whole of a share; False where it names nothing."""
    if before.counted != (0, 0):
        set_words(seen, draft, before.counted)
    elif before.mention is not None:
        set_whole(seen, draft, before.mention)
    elif before.subject != (0, 0):
        set_words(seen, draft, before.subject)
    else:
        return False
    return True


def share_of_total(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """A share without a whole, told beside an amount, is a share of that ("63 млн т, четверть идёт на …")."""
    draft = drafts[i]
    if draft.measure is not Measure.SHARE or draft.share_of or draft.quantity.unit != "percent":
        return
    for before in reversed(drafts[:i]):
        if before.quantity.unit == "percent":
            if before.share_of:
                draft.share_of, draft.whole_span = before.share_of, before.whole_span
                return
            continue
        if before.quantity.unit not in RATIO_UNITS:
            whole_of_before(seen, draft, before)
        return


def chain_whole(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """Items of a list with subjects of their own keep the first one's head ("доля A составила 36%, B – 57%").

    In "вклад X в A составил 1%, в B – 0,3%" the second mention is another whole of the same subject.
    """
    draft = drafts[i]
    own = (draft.directions or draft.pace) and not draft.borrowed
    if i == 0 or own or draft.role or draft.heads_of_own():
        return
    before = drafts[i - 1]
    if before.quantity.unit != draft.quantity.unit or draft.quantity.unit != "percent":
        return
    if ";" in seen.text(before.quantity.outer_end, draft.quantity.start) and named_rate(seen, draft):
        return  # "үлесі 74%; жаңару қарқыны – 4,3%"
    kept = [h for h in before.heads if h.kind in ("head", "structure", "fall_on")]
    another = draft.mention is not None and seen.is_oblique(draft.mention)
    falls = before.has_head("fall_on") or draft.has_head("fall_on")
    if before.share_of and another and not falls and draft.mention is not None:
        set_whole(seen, draft, draft.mention)
        draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
    elif not draft.share_of:
        draft.share_of, draft.whole_span = before.share_of, before.whole_span
    draft.heads = draft.heads + kept
    draft.growth = draft.growth or before.growth


def says_again(draft: Draft) -> bool:
    """Whether the zone says the same thing another way ("яғни", "то есть")."""
    return bool(draft.zone.left_cues("restate"))


def of_prices(seen: Evidence, draft: Draft) -> bool:
    """Whether prices, not their rate, rise by a Kazakh dative: "тұтыну бағасы 0,8 пайызға көтерілді"."""
    if draft.mention is None or draft.marker != "dat":
        return False
    said = seen.text(draft.mention.start, draft.mention.end).lower()
    return seen.pack.compile(seen.pack.table("endings")["priced"]).search(said) is not None


def settle(seen: Evidence, drafts: list[Draft], i: int) -> None:
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
        and not draft.compared
        and not (
            own and draft.level and before.directions and before.growth is None and not says_again(draft)
        )
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
    if indexed(seen, drafts, i):
        return
    other_measure(seen, draft)
    if (
        seen.kk
        and before is not None
        and before.measure is Measure.CHANGE
        and bracket_amount(seen, before, draft)
    ):
        draft.measure, draft.direction = Measure.LEVEL, Direction.NONE  # "4 пайызға (7,4 млн басқа) көбейген"
        return
    if seen.kk and before is not None and not own and in_bracket_of(seen, before, draft):
        if before.measure is Measure.LEVEL and i > 1 and drafts[i - 2].measure is Measure.CHANGE:
            before.measure, before.direction = drafts[i - 2].measure, drafts[i - 2].direction
        told = before.measure is Measure.CHANGE  # "(335 адамға немесе 19,1%)", "16,9 млн га (98,7%)"
        draft.measure = Measure.CHANGE if told else Measure.SHARE
        draft.direction = before.direction if told else Direction.NONE
        return
    indicator = draft.mention.indicator if draft.mention else ""
    rate = (seen.is_rate(indicator) and not of_prices(seen, draft)) or named_rate(seen, draft)
    entry = seen.catalogue.indicators.get(indicator)
    thing = Thing(
        rate=rate,
        usual=Measure(entry.measure) if entry else Measure.LEVEL,
        people=entry is not None and entry.unit_class == "count",
        volume=indicator in seen.catalogue.wholes,
        amount=entry is not None and entry.unit_class in AMOUNTS and entry.measure in ("level", "change"),
    )
    settle_measure(draft, thing)
    if draft.role and draft.measure is Measure.LEVEL and names_share(seen, draft):
        draft.measure = Measure.SHARE
    if draft.role == "to" and not draft.share_of:
        other = drafts[draft.pair]
        draft.share_of, draft.whole_span = other.share_of, other.whole_span
    listed_on = (
        before is not None and before.measure is draft.measure is Measure.CHANGE and not draft.direction
    )
    if seen.kk and listed_on and before is not None and before.quantity.unit == draft.quantity.unit:
        draft.direction = draft.direction if draft.predicated else before.direction


def names_share(seen: Evidence, draft: Draft) -> bool:
    """Whether the words that name what a percentage is of say it is a share ("доля вечерних сеансов")."""
    start, end = draft.subject
    heads = [c for c in seen.cues_of("head") if c.value == "share" and start <= c.start and c.end <= end]
    return draft.quantity.unit == "percent" and bool(heads)


def named_rate(seen: Evidence, draft: Draft) -> bool:
    """Whether the words that name the thing say that it is a rate ("уровень износа", "5% годовых")."""
    start, end = draft.subject
    words = seen.text(start, end).lower().split()
    verbal = len(words) == 1 and verb_ending(seen.pack).search(words[0]) is not None
    bare = not words or verbal or (len(words) == 1 and is_adjective(words[0], seen.pack))
    said = [c for c in draft.heads if c.kind == "ratio" and (seen.kk or bare or start <= c.start < end)]
    beside = draft.zone.right_cues("ratio")
    return bool(said) or (bool(beside) and beside[0].start - draft.quantity.outer_end <= 1)


def other_measure(seen: Evidence, draft: Draft) -> None:
    """Take the indicator off a percentage that is a share of goods or a rate of people, no price or number.

    "Удельный вес продовольственных товаров", "обеспеченность сельского населения водой".
    """
    if seen.kk or draft.mention is None or draft.quantity.unit != "percent":
        return
    kind = seen.measures(draft.mention.indicator)
    shares = [
        h
        for h in draft.heads
        if h.value == "share" and not draft.mention.start <= h.start < draft.mention.end
    ]
    entry = seen.catalogue.indicators.get(draft.mention.indicator)
    grows = entry is not None and entry.measure in ("change", "index")
    priced = bool(shares) and (grows or kind == "price" or seen.is_rate(draft.mention.indicator))
    if priced or (kind == "count" and named_rate(seen, draft)):
        draft.mention = None


def indexed(seen: Evidence, drafts: list[Draft], i: int) -> bool:
    """Make a bare percentage in brackets an index where the one in the brackets before it is.

    "Молока 191 т (98,5% к 2016 году), мяса 52 т (91,2%)".
    """
    draft = drafts[i]
    if draft.quantity.unit != "percent" or draft.predicated or not bracketed(seen, draft):
        return False
    before = [d for d in drafts[:i] if d.quantity.unit == "percent"]
    if not before or before[-1].measure is not Measure.INDEX or not bracketed(seen, before[-1]):
        return False
    draft.measure, draft.base = Measure.INDEX, draft.base or before[-1].base
    draft.share_of, draft.whole_span = "", (0, 0)
    return True


def settle_late(seen: Evidence, drafts: list[Draft], i: int) -> None:
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


def bracket_amount(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether an amount stands in a bracket right behind a percentage that it makes."""
    between = seen.text(before.quantity.outer_end, draft.quantity.outer_start).strip(" ,")
    return between == "(" and before.quantity.unit == "percent" and draft.quantity.unit not in RATIO_UNITS


def in_bracket_of(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether a percentage says an amount over again: in a bracket behind it, or beside it in one."""
    between = seen.text(before.quantity.outer_end, draft.quantity.outer_start)
    for cue in seen.cues_of("and", "restate"):
        if before.quantity.outer_end <= cue.start < cue.end <= draft.quantity.outer_start:
            start = cue.start - before.quantity.outer_end
            between = between[:start] + between[start + cue.end - cue.start :]
    other = draft.quantity.unit == "percent" and before.quantity.unit not in RATIO_UNITS
    return other and (between.strip() == "(" or (bracketed(seen, draft) and len(between.split()) <= 1))


def share_unit(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """ "9,1 млн адам, оның ішінде … – 6,9 млн": an item without a unit has that of the item before."""
    draft = drafts[i]
    quantity = draft.quantity
    if draft.role and not quantity.unit:
        other = drafts[draft.pair]
        draft.unit = draft.unit or other.quantity.unit or other.unit
    if draft.unit == "count" and quantity.multiplier >= MILLION and not quantity.unit:
        amounts = [d.quantity.unit or d.unit for d in drafts[:i]]
        amounts = [u for u in amounts if is_money(u) or (of_it(seen, draft) and seen.is_amount(u))]
        if amounts:
            draft.unit = amounts[-1]
    if i and not quantity.unit and draft.marker == "of" and drafts[i - 1].unit == "count":
        draft.told, draft.unit = True, "count"  # "газифицированы 5 сёл из 9"
    if i and not quantity.unit and draft.unit != "count" and draft.zone.left_cues("versus"):
        draft.told, draft.unit = True, drafts[i - 1].quantity.unit or drafts[i - 1].unit
    scaled(drafts, i)
    if quantity.unit or draft.unit or (quantity.multiplier == 1 and not draft.told):
        return
    for before in reversed(drafts[:i]):
        unit = before.unit or before.quantity.unit
        if unit and unit not in RATIO_UNITS and (quantity.multiplier != 1 or unit == "count"):
            draft.unit = unit
            draft.flags.append("shared_unit")
            return


def of_it(seen: Evidence, draft: Draft) -> bool:
    """Whether a Kazakh number is a part of an amount told before ("27 млрд метр, соның 19 миллиарды")."""
    return seen.kk and seen.possessed(draft.quantity) and draft.counted == (0, 0)


def share_percent(draft: Draft, after: Draft) -> None:
    """ "көлемі – 13, ал құрылыстыкі 6 пайызға өскен": a bare figure before one in percent."""
    quantity = draft.quantity
    bare = not (quantity.unit or draft.unit) and quantity.multiplier == 1 and quantity.value < 100
    listed = draft.told and draft.borrowed and (draft.mention is not None or draft.period is not None)
    if bare and listed and after.quantity.unit == "percent" and draft.counted == (0, 0):
        draft.zone = replace(draft.zone, quantity=replace(quantity, unit="percent"))
        draft.unit = "percent"
        draft.flags.append("shared_unit")


def share_percent_on(seen: Evidence, before: Draft, draft: Draft) -> None:
    """ "баға индексі: экспорт – 97%, импорт – 101,2": a bare figure behind a dash after one in percent."""
    quantity = draft.quantity
    bare = not (quantity.unit or draft.unit) and quantity.multiplier == 1 and draft.counted == (0, 0)
    lead = seen.text(before.quantity.outer_end, min(quantity.outer_start, quantity.start)).rstrip()
    gapped = lead.endswith(("–", "—")) and not regex.search(r"[;:.(]", lead)
    index = before.has_head("index") and quantity.value < INDEX_UP_TO
    if bare and gapped and before.quantity.unit == "percent" and (quantity.decimals or index):
        draft.zone = replace(draft.zone, quantity=replace(quantity, unit="percent"))
        draft.unit = "percent"
        draft.flags.append("shared_unit")


def nothing_between(seen: Evidence, draft: Draft, after: Draft) -> bool:
    """Whether only a comma or "and", and a period, stand between two numbers."""
    start, end = draft.quantity.outer_end, min(after.quantity.outer_start, after.quantity.start)
    rest = list(seen.text(start, end))
    for span in (*seen.periods, *[c for c in seen.cues if c.kind == "and"]):
        for at in range(max(span.start, start), min(span.end, end)):
            rest[at - start] = " "
    return "".join(rest).strip() in ("", ",")


def labelled(seen: Evidence, draft: Draft, after: Draft) -> bool:
    """Whether numbers of one scale stand behind labels and dashes: "Алматы – 2,3 млн, Астана – 1,6 млн"."""
    lead = seen.text(seen.sentence.start, min(draft.quantity.outer_start, draft.quantity.start)).rstrip()
    between = seen.text(draft.quantity.outer_end, min(after.quantity.outer_start, after.quantity.start))
    scales = draft.quantity.multiplier == after.quantity.multiplier > 1
    return scales and lead.endswith(("–", "—")) and LABEL.fullmatch(between) is not None


def listed(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """ "60 и 45 коек": a bare number joined to a counted one counts the same."""
    if i + 1 >= len(drafts) or drafts[i].unit or drafts[i].quantity.unit:
        return
    draft, after = drafts[i], drafts[i + 1]
    if after.counted != (0, 0) and (nothing_between(seen, draft, after) or labelled(seen, draft, after)):
        draft.unit, draft.told, draft.counted = "count", True, after.counted
        draft.mention, draft.subject = after.mention, after.subject
        draft.flags.append("shared_unit")


def scaled(drafts: list[Draft], i: int) -> None:
    """ "31,5 млн тонн, … – 5,2, … – 1,9, … – 0,7 млн": bare decimals in a list share its scale word."""
    quantity = drafts[i].quantity
    if quantity.unit or quantity.multiplier != 1 or not quantity.decimals or not drafts[i].told:
        return
    before = [d.quantity for d in drafts[:i] if d.quantity.multiplier > 1]
    after = [d.quantity for d in drafts[i + 1 :] if d.quantity.multiplier > 1]
    if before and after and before[-1].multiplier == after[0].multiplier:
        factor = before[-1].multiplier
        scale = replace(
            quantity, value=quantity.value * factor, high=quantity.high * factor, multiplier=factor
        )
        drafts[i].zone = replace(drafts[i].zone, quantity=scale)
        drafts[i].flags.append("shared_unit")


def reached(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """A level reached goes the way of the change told beside it ("8514$-ға жетті, яғни 6,9 есе өсті")."""
    draft = drafts[i]
    reach = draft.level is not None and draft.level.value == "reach" and not draft.borrowed
    if draft.direction or draft.measure is not Measure.LEVEL or not (reach or draft.role == "to"):
        return
    for other in drafts[max(i - 2, 0) : i + 2]:
        told = other.measure is Measure.CHANGE and other.quantity.unit in RATIO_UNITS
        if (
            other is not draft
            and told
            and other.direction
            and (other.mention is draft.mention or other.chained)
        ):
            if i > 0 and drafts[i - 1].measure is Measure.LEVEL:
                draft.direction = other.direction
            return


def share_periods(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """Within a sentence a period serves the numbers after it; a pair keeps its two periods apart."""
    draft = drafts[i]
    if draft.role == "from":
        part_periods(seen, draft, drafts[draft.pair])
        return
    if draft.role == "to":
        if draft.period is None and drafts[draft.pair].period is None and draft.pair > 0:
            draft.period = drafts[draft.pair - 1].period
        return
    if i > 0 and draft.base is None and exceeds(seen, draft, drafts[i - 1]):
        draft.base = drafts[i - 1].period
        draft.period = drafts[i - 2].period if draft.period is None and i > 1 else draft.period
        return
    if draft.period is None:
        draft.period = period_before(seen, draft)
    if draft.period is None and sums_up(draft, drafts[:i]):
        return
    against = draft.base is None and bool(draft.zone.left_cues("versus"))
    if draft.period is None and i > 0 and against:
        draft.period = drafts[i - 1].base or next((d.base for d in drafts[:i] if d.base), None)
    if draft.period is None and i > 0 and not draft.zone.left_cues("now"):
        outside = drafts[:i]
        if not bracketed(seen, draft):
            outside = [d for d in outside if not bracketed(seen, d)]
        if draft.quantity.unit in RATIO_UNITS:  # "11,3 млн против 9,2 млн годом ранее (рост на 22%)"
            outside = [d for d in outside if not d.zone.left_cues("versus")]
        draft.period = (outside or drafts[:i])[-1].period
        if draft.spread is not None and draft.period is not None and draft.period.is_day:
            draft.period = None  # "57,8 трлн на 1 октября, прибавив за квартал 4,1%"
        if over_a_year(draft.spread) and draft.period is not None and "to_date" in draft.period.flags:
            draft.period = None  # "с начала года подорожали на 2%, за год – на 7%"
        if draft.spread is None and draft.chained:
            draft.spread = drafts[i - 1].spread
    if (
        draft.base is None
        and i > 0
        and draft.quantity.unit in RATIO_UNITS
        and draft.measure is Measure.CHANGE
    ):
        draft.base = start_of_change(seen, drafts, i)


def sums_up(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a figure is told over as many years as the list before it has: "екі жылда жалпы өсім 20,5%"."""
    spread = draft.spread
    if spread is None or spread.length_unit != "year" or spread.length is None or spread.length < 2:
        return False
    years = {d.period.first for d in before if d.period is not None and d.period.kind is PeriodKind.YEAR}
    return len(years) == int(spread.length) and not (spread.first or spread.last)


def over_a_year(spread: Period | None) -> bool:
    """Whether a stretch is a year or twelve months that nothing places."""
    months = {"year": 12, "month": 1}.get(spread.length_unit, 0) if spread is not None else 0
    return (
        spread is not None and not spread.first and spread.length is not None and months * spread.length == 12
    )


def exceeds(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Whether a change is told against the amount before it: "2022 жылғы 7,9 мың тоннадан 6,3%-ға артық"."""
    ablative = seen.kk and before.quantity.case is Case.ABL and not ends_clause(seen, before, draft)
    against = ablative and not before.role and before.period is not None
    return against and draft.quantity.unit in RATIO_UNITS and draft.measure is Measure.CHANGE


def bracketed(seen: Evidence, draft: Draft) -> bool:
    """Whether a quantity stands in brackets: what is said there is not said of what follows them."""
    before = seen.text(seen.sentence.start, draft.quantity.start)
    return before.rfind("(") > before.rfind(")")


def period_before(seen: Evidence, draft: Draft) -> Period | None:
    """The period that a number in brackets stands behind: "ниже итога 2011 года (7,4%)"."""
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    lead = seen.text(seen.sentence.start, begin).rstrip()
    if not lead.endswith("("):
        return None
    place = seen.sentence.start + len(lead[:-1].rstrip())
    return next((p for p in seen.periods if p.end == place), None)


def part_periods(seen: Evidence, one: Draft, two: Draft) -> None:
    """The periods before "from X to Y": the nearest, attributive one is X's, the sentence's own is Y's."""
    left = [p for p in one.zone.periods if p.end <= one.quantity.start and "base" not in p.flags]
    usable = [p for p in left if p.kind is not PeriodKind.DURATION and "yearly" not in p.flags]
    if two.period is None and len(usable) > 1:
        one.period, two.period = usable[-1], usable[-2]
        if any(flag.startswith("year_offset") for flag in usable[-1].flags):
            anchor = (
                two.period.first
                if two.period.first == two.period.last
                else f"{two.period.first}/{two.period.last}"
            )
            one.period = resolve(replace(usable[-1], flags=(*usable[-1].flags, "context")), anchor=anchor)
    elif two.period is None and one.period is not None and "attribute" not in one.period.flags:
        two.period, one.period = one.period, None


def start_of_change(seen: Evidence, drafts: list[Draft], i: int) -> Period | None:
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


def of_several(seen: Evidence, draft: Draft, place: Place) -> bool:
    """Whether a number is of several places together: "Китай, Россия и Иран дали 43%"."""
    start = min(draft.quantity.outer_start, draft.quantity.start)
    if place.end > start or place.geo in HOME:
        return False
    before = [p for p in seen.places if p.end <= place.start]
    joint = any(c.kind == "and" and place.start - c.end <= 1 for c in seen.cues)
    lists = bool(before) and len(seen.text(before[-1].end, place.start).split()) <= 1
    return joint and lists and before[-1].geo not in HOME


def place_of(seen: Evidence, drafts: list[Draft], i: int) -> str:
    """The geography the sentence gives the quantity; empty where it names none.

    The nearest place before the number in its clause, else one after it in the same clause, else that of the
    number before. A country that something goes to or comes from is no place of the figure.
    """
    draft = drafts[i]
    quantity = draft.quantity
    places = [p for p in draft.zone.places if not seen.is_partner(p)]
    left = [p for p in places if p.end <= quantity.start and not seen.breaks(p.end, quantity.start)]
    right = [p for p in places if p.start >= quantity.end and not seen.crosses(quantity.outer_end, p.start)]
    lead = seen.text(seen.sentence.start, min(quantity.outer_start, quantity.start)).rstrip()
    bracket = seen.sentence.start + len(lead[:-1].rstrip()) if lead.endswith("(") else -1
    near = [p for p in draft.zone.places if p.end == bracket] or left[-1:] or right[:1]
    if (
        len(left) > 1
        and near == left[-1:]
        and left[-2].geo in HOME
        and 0 < left[-1].start - left[-2].end <= AND
    ):
        near = left[-2:-1]  # "товарооборот Казахстана и России" is ours
    several = seen.pack.compile(seen.pack.table("places")["partners"]["several"])
    begin = near[0].end if near and near[0].end <= quantity.start else draft.zone.start
    together = several.search(seen.text(begin, quantity.start).lower()) is not None
    if together or (near and of_several(seen, draft, near[0])):
        return ""  # "…, Шымкент – 0,4 млн: три мегаполиса дали 44%"
    if near and near[0].geo == WORLD and draft.measure is Measure.SHARE:  # "запасы страны – 3% мировых"
        others = [p for p in seen.places if p.geo and p.geo != WORLD and p.end <= near[0].start]
        near = [p for p in others if not seen.is_partner(p)][-1:] or near
    if near:
        return "local" if near[0].local and not near[0].geo else near[0].geo
    return drafts[i - 1].geo if i else ""
