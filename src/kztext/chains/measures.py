"""Whether a number is a level, a change, a share or an index, by itself and by its neighbours."""

from __future__ import annotations

from dataclasses import replace

from kztext.chains.between import bracketed, ends_clause, in_bracket_of
from kztext.chains.predicates import led_to
from kztext.chains.units import bracket_amount
from kztext.draft import Draft
from kztext.evidence import RATIO_UNITS, Evidence, set_whole
from kztext.measures import Thing, moved, settle_measure
from kztext.nouns import is_adjective, verb_ending
from kztext.records import Direction, Measure
from kztext.spans import Approximation

INDEX_BASE = 80  # a percentage above this is no rate
AMOUNTS = frozenset({"money", "mass", "volume", "energy", "area", "mass_distance", "person_distance"})


def says_again(draft: Draft) -> bool:
    """Whether the zone says the same thing another way ("яғни", "то есть")."""
    return bool(draft.zone.left_cues("restate"))


def said_again(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether nothing but "or" or "that is" parts a number from the one before ("6 млн тонна немесе 27%")."""
    start, end = before.quantity.outer_end, min(draft.quantity.outer_start, draft.quantity.start)
    joint = any(start <= c.start < end for c in seen.cues_of("restate", "and"))
    return joint and len(seen.text(start, end).split()) <= 1


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
        and (draft.chained or gapped(draft))
        and not draft.role
        and before.measure is not None
        and before.quantity.unit == draft.quantity.unit
        and not (own and draft.directions)
        and not (own and draft.pace)
        and not before.role
        and not draft.own_heads
        and not draft.compared
        and not (draft.whole_words != (0, 0) and before.measure is Measure.CHANGE)
        and not told_as_level(draft, before)
        and not (
            own and draft.level and before.directions and before.growth is None and not says_again(draft)
        )
    ):
        draft.measure = before.measure
        if before.measure is Measure.CHANGE:
            draft.direction = before.direction
        elif draft.borrowed and (draft.directions or (draft.pace and seen.kk)):
            draft.direction = moved(draft)
        draft.flags.append("ellipsis")
        if "signed" in draft.quantity.flags and before.measure is Measure.CHANGE:
            draft.direction = Direction.DOWN if draft.quantity.negative else Direction.UP
        return
    if before is not None and reaches_on(seen, before, draft):
        draft.measure, draft.role = before.measure, "to"
        draft.pair = before.pair
        draft.direction = moved(draft) or before.direction
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
    if not seen.kk and before is not None and i > 1 and part_in_brackets(seen, before, draft):
        draft.measure, draft.direction = Measure.SHARE, Direction.NONE
        draft.mention, draft.subject = before.mention, before.subject
        if (whole := drafts[i - 2].mention) is not None:
            set_whole(seen, draft, whole)
        return
    passed = draft.borrowed and draft.level is not None and draft.level.value == "exceed"
    if not seen.kk and passed and bracketed(seen, draft) and draft.quantity.unit not in RATIO_UNITS:
        draft.measure = Measure.LEVEL  # "на 12% превышает прошлогодний итог (51 млн)"
        return
    if seen.kk and before is not None and not own and in_bracket_of(seen, before, draft):
        signed = "signed" in draft.quantity.flags
        if (
            before.measure is Measure.LEVEL
            and i > 1
            and drafts[i - 2].measure is Measure.CHANGE
            and not signed
        ):
            before.measure, before.direction = drafts[i - 2].measure, drafts[i - 2].direction
        told = before.measure is Measure.CHANGE  # "(335 адамға немесе 19,1%)", "16,9 млн га (98,7%)"
        draft.measure = Measure.CHANGE if told else Measure.SHARE
        draft.direction = before.direction if told else Direction.NONE
        if "signed" in draft.quantity.flags:  # "12,6 трлн теңге (+5,3%)"
            draft.measure = Measure.CHANGE
            draft.direction = Direction.DOWN if draft.quantity.negative else Direction.UP
        return
    if before is not None and fell_to(seen, before, draft):
        draft.measure, draft.direction = Measure.LEVEL, before.direction or Direction.DOWN
        return
    if before is not None and more_than_it(seen, before, draft):
        draft.marker = "by"
    indicator = draft.mention.indicator if draft.mention else ""
    rate = (seen.is_rate(indicator) and not of_prices(seen, draft)) or named_rate(seen, draft)
    as_rate = told_as_rate(seen, before, draft)
    if draft.mention is not None and as_rate:
        draft.mention = replace(draft.mention, indicator=as_rate)
        indicator, rate = as_rate, True
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
    if draft.role == "to" and not draft.direction and draft.measure in (Measure.LEVEL, Measure.SHARE):
        was, now = drafts[draft.pair].quantity.value, draft.quantity.value
        scales = {drafts[draft.pair].quantity.multiplier, draft.quantity.multiplier} - {1}
        if was != now and len(scales) <= 1:
            draft.direction = Direction.UP if was < now else Direction.DOWN
    if draft.role == "to" and not draft.share_of:
        other = drafts[draft.pair]
        draft.share_of, draft.whole_span = other.share_of, other.whole_span
    if says_again(draft) and before is not None and before.role == "to" and not draft.direction:
        draft.direction = before.direction if draft.measure is Measure.CHANGE else draft.direction
    if not seen.kk and before is not None and before.measure is draft.measure is Measure.CHANGE:
        again = draft.quantity.unit != before.quantity.unit and not draft.predicated
        if again and not draft.direction and draft.mention in (None, before.mention):
            draft.direction = before.direction  # "прибавка 47%, почти в полтора раза"
    listed_on = (
        before is not None and before.measure is draft.measure is Measure.CHANGE and not draft.direction
    )
    again = before is not None and said_again(seen, before, draft)
    if (
        seen.kk
        and listed_on
        and before is not None
        and (again or before.quantity.unit == draft.quantity.unit)
    ):
        draft.direction = draft.direction if draft.predicated else before.direction


def reaches_on(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether a dated Kazakh dative goes on from a pair: "8%-дан 2016 жылы 7-ге, 2017 жылы 6%-ға түсті"."""
    alike = before.quantity.unit in ("", draft.quantity.unit) and draft.quantity.unit not in ("times",)
    listed = seen.kk and before.role == "to" and draft.marker in ("dat", "to") and not draft.compared
    apart = draft.quantity.multiplier == before.quantity.multiplier and not draft.zone.left_cues("restate")
    dated = bool(draft.zone.periods) and (draft.chained or draft.mention is before.mention)
    return listed and alike and apart and dated and not draft.role and not ends_clause(seen, before, draft)


def part_in_brackets(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether a bracket says what share a part is: "доходы – 640 млрд, из них налоги – 250 млрд (39%)"."""
    part = bool(before.zone.left_cues("part")) and before.quantity.unit not in RATIO_UNITS
    bare = "signed" not in draft.quantity.flags and not draft.marker and draft.base is None
    return part and bare and in_bracket_of(seen, before, draft)


def gapped(draft: Draft) -> bool:
    """Whether a percentage leaves out its sign after another: "ИФО обработки – 105,1%, добычи – 97,9"."""
    return draft.quantity.unit == "percent" and "shared_unit" in draft.quantity.flags


def fell_to(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether an amount is what a change by percent led to: "7,4%-ға азайып, 27 млн тоннаға түсті"."""
    fall = bool(draft.directions) and draft.directions[0].kind == "fall" and not draft.borrowed
    told = before.measure is Measure.CHANGE and before.quantity.unit in RATIO_UNITS
    return seen.kk and fall and told and draft.quantity.unit not in RATIO_UNITS


def more_than_it(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether a Kazakh amount is by how much one differs from another: "15 трлн-нан 3 трлн артық"."""
    alike = draft.quantity.unit in (before.quantity.unit, before.unit, "")
    against = before.marker == "from" and before.quantity.approximation is Approximation.EXACT
    between = seen.text(before.quantity.outer_end, min(draft.quantity.outer_start, draft.quantity.start))
    return seen.kk and bool(draft.compared) and against and alike and not between.strip()


def told_as_level(draft: Draft, before: Draft) -> bool:
    """Whether a number behind a change is the level it led to: "упал на 2, до 61", "на 3 больше – 14"."""
    if draft.marker == "to" and before.marker == "by":
        return True
    return led_to(draft, before)


def told_as_rate(seen: Evidence, before: Draft | None, draft: Draft) -> str:
    """The rate that a percentage tells of what is told in money: "НДС – 12%", "несие 5 пайызбен беріледі"."""
    entry = seen.catalogue.indicators.get(draft.mention.indicator) if draft.mention else None
    if draft.mention is None or entry is None or not entry.as_rate or draft.share_of:
        return ""
    flow = seen.pack.compile(seen.pack.table("endings")["flow"])
    said = seen.text(draft.mention.start, draft.mention.end).lower()
    if draft.quantity.unit != "percent" or flow.search(said) or draft.quantity.value > INDEX_BASE:
        return ""
    if draft.has_head("volume", "share", "index", "number") or draft.compared or draft.growth or draft.pace:
        return ""
    if "signed" in draft.quantity.flags or draft.quantity.negative:
        return ""  # "ипотека – 5 трлн, +3% за квартал"
    if before is not None and before.measure is Measure.CHANGE:
        return ""  # "несие 20%-ға өсті, ипотека – 6%"
    moves = bool(draft.directions) or draft.marker in ("by", "dat")
    return entry.as_rate if draft.marker == "to" or draft.role or not moves else ""


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
    inside = [h for h in draft.heads if draft.mention.start <= h.start < draft.mention.end]
    if priced or (kind == "count" and not inside and named_rate(seen, draft)):
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
        and not (draft.level and not draft.borrowed and after.measure is Measure.CHANGE)
    ):
        draft.measure = after.measure
        draft.direction = after.direction if after.measure is Measure.CHANGE else Direction.NONE
        return
    draft.measure = Measure.LEVEL
    draft.flags.append("measure_unsaid")
