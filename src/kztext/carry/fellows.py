"""Bare numbers that go on with a fellow: they leave out its unit, and the scale word too.

"Вклады – 18,3 трлн тенге, годом раньше – 16,9", "в I квартале – 210 тыс., во II – 240", "прибыли 31 тыс.,
выбыли 18". Nothing stands behind such a number that it could count, and it is of its fellow's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import regex

from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.nouns import Role, is_adjective, is_verb, lexicon, stop_words, words_between
from kztext.quantities import plain
from kztext.spans import Lang, Layout, NumberKind, Quantity

CLOSED = regex.compile(r"\s?(?:[,;:)(\]|!?…]|\.(?=\s|$|\[)|[–—-]\s|$)")
MARK = regex.compile(r"[,;:()–—]")
ROMAN = regex.compile(r"[IVXІХ]+")
DASHED = regex.compile(r"[–—:]\s*$")
NEXT = regex.compile(r"\s?(?P<word>\p{L}+)")
PEOPLE = regex.compile(r"\p{L}{2,}(?:ов|ев|ёв|ей)")
ADVERBS = 2  # that may stand between a dash and its number
BACK = 4  # fellows before a number that are looked at
WHOLE = 100  # percent
SAME, LIKE, FAR, PART = (
    2,
    6,
    20,
    40,
)  # times that sizes of one thing, of like things, of years, of a part differ


class Label(IntEnum):
    """What the words before a bare number say it is of."""

    TIME = 0  # nothing but when, where or by which verb: "годом раньше –", "во II –", "в Китае"
    KIND = 1  # an adjective of the thing told before: "солидарная – на"
    THING = 2  # another thing: "импорт –"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A number without unit and scale, and what stands before it."""

    quantity: Quantity
    label: Label
    last: str  # the last word of the label
    marker: str  # the preposition of the number
    told: bool  # behind a dash, a preposition, "against"
    part: bool  # "из них"
    dated: bool  # behind a period


def with_fellows(item: Found, before: Found | None, pack: Pack, *, spoken: bool) -> Found:
    """The sentence with the units and scales that its bare numbers leave out; `spoken`: in a dialogue."""
    if item.sentence.lang is not Lang.RU or item.sentence.layout is Layout.ROW:
        return item
    quantities = list(item.quantities)
    for i in range(len(quantities)):
        if not is_bare(quantities[i], item, pack):
            continue
        bare = read_bare(quantities, i, item, pack)
        fellow = best_fellow(bare, quantities, i, item)
        if fellow is None and i + 1 < len(quantities):
            fellow = fellow_behind(bare, quantities[i + 1], item)
        alone = not quantities[:i]
        if (
            fellow is None
            and alone
            and before is not None
            and (spoken or before.sentence.block == item.sentence.block)
        ):
            fellow = fellow_above(bare, before, first=not i)
        if fellow is not None:
            quantities[i] = scaled(quantities[i], fellow)
    for i in range(len(quantities) - 2, -1, -1):
        if lists_on(quantities, i, item):
            flags = (*quantities[i].flags, "shared_unit")
            quantities[i] = replace(quantities[i], unit=quantities[i + 1].unit, flags=flags)
    return replace(item, quantities=tuple(quantities)) if quantities != list(item.quantities) else item


def scaled(quantity: Quantity, fellow: Quantity) -> Quantity:
    """A number in the unit and scale of its fellow."""
    factor = fellow.multiplier
    return replace(
        quantity,
        value=plain(quantity.value * factor),
        high=plain(quantity.high * factor),
        multiplier=factor,
        unit=fellow.unit,
        flags=(*quantity.flags, "shared_unit"),
    )


def lists_on(quantities: Sequence[Quantity], i: int, item: Found) -> bool:
    """Whether a number has a scale, and the next one in a list its unit: "A – 2 тыс., B – 3 тыс. тенге"."""
    quantity, behind = quantities[i], quantities[i + 1]
    if quantity.unit or quantity.multiplier == 1 or quantity.multiplier != behind.multiplier:
        return False
    if behind.unit in ("", "count", "percent", "times") or any(
        is_fellow(q) and q.unit for q in quantities[:i]
    ):
        return False
    between = item.sentence.text[
        quantity.outer_end - item.sentence.start : behind.outer_start - item.sentence.start
    ]
    dashed = DASHED.search(between) is not None or marker_of(quantity, item) == marker_of(behind, item) != ""
    whole = CLOSED.match(between) is not None or behind.outer_start <= quantity.outer_end + 4
    return whole and dashed and ";" not in between and apart(quantity, behind) < PART


def is_bare(quantity: Quantity, item: Found, pack: Pack) -> bool:
    """Whether a number has neither unit nor scale, and counts nothing that stands behind it."""
    if quantity.unit or quantity.multiplier != 1 or quantity.kind is not NumberKind.CARDINAL:
        return False
    if not 0 < quantity.value < 10000:
        return False
    offset, end = item.sentence.start, max(quantity.end, quantity.outer_end)
    if any(c.kind == "label" and c.end <= quantity.start and quantity.start - c.end <= 3 for c in item.cues):
        return False
    if CLOSED.match(item.sentence.text, end - offset):
        return True
    word = NEXT.match(item.sentence.text, end - offset)
    if word is None:
        return False
    at = word.start("word") + offset
    if any(p.start == at for p in item.periods):
        return True
    if any(c.start == at and c.kind in ("and", "boundary", "versus", "restate") for c in item.cues):
        return True
    known, said = lexicon(pack), word["word"].lower()
    if said in known.prepositions:  # "при шести в Турции", "против 2,9 в прошлом году"
        return any(
            p.start - word.end("word") - offset == 1 for p in (*item.places, *item.periods, *item.quantities)
        )
    return said in known.adverbs or (said in stop_words(pack) and said not in known.inside)


def read_bare(quantities: Sequence[Quantity], i: int, item: Found, pack: Pack) -> Bare:
    """What stands before a bare number."""
    quantity, offset = quantities[i], item.sentence.start
    start = max([q.outer_end for q in quantities[:i]], default=offset)
    prepositions = [
        c
        for c in item.cues
        if c.kind == "prep"
        and start <= c.start
        and c.end <= quantity.start
        and c.end >= quantity.outer_start - 1
    ]
    end = min([quantity.outer_start, quantity.start, *(c.start for c in prepositions)])
    lead = item.sentence.text[start - offset : end - offset]
    mark = MARK.search(lead) if i else None  # what stands before it is of the number before
    versus = [c for c in item.cues if c.kind == "versus" and start <= c.start < c.end <= end]
    cuts = [start + mark.start()] if mark else [c.start for c in versus[-1:]]
    cuts += [start + at for at in (lead.rfind(". "), lead.rfind(") "), lead.rfind(": ")) if at >= 0]
    start = max([start, *cuts])
    places = [(p.start, p.end) for p in item.places]
    words = words_between(item.sentence, start, end, (), item.periods, pack)
    words = [w for w in words if not any(a <= w.start < b for a, b in places)]
    words = [w for w in words if w.role is Role.NOUN and len(w.text) > 1 and not ROMAN.fullmatch(w.text)]
    words = [w for w in words if not is_verb(w.text, False, pack) or is_adjective(w.text, pack)]
    if not words:
        label = Label.TIME
    else:
        label = Label.KIND if all(is_adjective(w.text, pack) for w in words) else Label.THING
    told = bool(prepositions) or bool(versus) or dashed(lead, pack)
    dated = any(start <= p.start < end for p in item.periods)
    verbs = [c for c in item.cues if c.kind in ("level", "direction") and 0 <= end - c.end <= 1]
    told = told or (label is Label.TIME and (dated or bool(verbs)))  # "до того она была 15"
    told = told or any(c.kind == "direction" and "bare" in c.flags for c in verbs)  # "химики потеряли 2,3"
    return Bare(
        quantity=quantity,
        label=label,
        last=words[-1].text.lower() if words else "",
        marker=prepositions[-1].value if prepositions else "",
        told=told,
        dated=dated,
        part=any(c.kind == "part" and start <= c.start < end for c in item.cues),
    )


def dashed(lead: str, pack: Pack) -> bool:
    """Whether a dash or colon stands before a number, behind it adverbs at most: "няни – всего 250"."""
    for _ in range(ADVERBS):
        rest, _, word = lead.rstrip().rpartition(" ")
        if word.lower() not in lexicon(pack).adverbs:
            break
        lead = f"{rest} "
    return DASHED.search(lead) is not None


def marker_of(quantity: Quantity, item: Found) -> str:
    """The preposition of a number."""
    near = [c for c in item.cues if c.kind == "prep" and c.end <= quantity.start <= c.end + 1]
    near += [c for c in item.cues if c.kind == "prep" and quantity.outer_start <= c.start < quantity.start]
    return near[-1].value if near else ""


def mantissa(quantity: Quantity) -> float:
    """The number as it is written before its scale word."""
    return float(quantity.value / quantity.multiplier)


def apart(one: Quantity, other: Quantity) -> float:
    """How many times two numbers differ as they are written."""
    low, high = sorted((mantissa(one), mantissa(other)))
    return high / low if low > 0 else float("inf")


def is_fellow(quantity: Quantity) -> bool:
    """Whether a number has a unit or a scale to lend."""
    if quantity.kind is not NumberKind.CARDINAL or quantity.unit in ("times", "percentage_point"):
        return False
    return quantity.multiplier > 1 or quantity.unit not in ("", "count")


def shares(bare: Bare, fellow: Quantity, item: Found) -> bool:
    """Whether a number can be told in the unit and scale of another."""
    if not is_fellow(fellow):
        return False
    marker = marker_of(fellow, item)
    quantity, gap = bare.quantity, apart(bare.quantity, fellow)
    fine = quantity.decimals > 0
    if fellow.unit == "percent":
        whole = quantity.value > WHOLE and fellow.value <= WHOLE
        if not fine and (bare.part or whole or says_again(fellow, item, bare)):
            return False
        if bare.label is Label.THING:
            return bare.told and (
                (fine and fellow.decimals > 0 and gap < PART) or (bare.marker != "" and bare.marker == marker)
            )
        return gap < PART and (fine or bare.told)
    if bare.label is not Label.THING:
        if bare.dated and fellow.multiplier == 1:
            return gap < FAR  # "доллар стоил 4 тенге, через год – уже 50"
        return gap < (PART if fine and bare.told else LIKE)
    if fine:
        return gap < PART
    if fellow.unit in ("count", ""):
        return False  # "3,8 млн детей, а учителей – 420"
    return bare.told and gap < LIKE and not PEOPLE.fullmatch(bare.last)


def best_fellow(bare: Bare, quantities: Sequence[Quantity], i: int, item: Found) -> Quantity | None:
    """The number before, in the same sentence, that a bare one goes on with."""
    near = list(reversed(quantities[max(i - BACK, 0) : i]))
    fitting = [q for q in near if shares(bare, q, item)]
    if not fitting:
        return None
    return min(
        fitting,
        key=lambda q: (
            marker_of(q, item) != bare.marker,
            says_again(q, item, bare),
            apart(bare.quantity, q) >= SAME
            and apart(bare.quantity, q) > 2 * min(apart(bare.quantity, f) for f in fitting),
            near.index(q),
        ),
    )


def says_again(quantity: Quantity, item: Found, bare: Bare) -> bool:
    """Whether a number is only said beside another: in brackets, or after "or"."""
    lead = item.sentence.text[: quantity.start - item.sentence.start]
    here = item.sentence.text[: bare.quantity.start - item.sentence.start]
    inside = lead.count("(") > lead.count(")")
    closed = inside and here.count("(") <= here.count(")")
    begin = min(quantity.outer_start, quantity.start)
    return closed or any(c.kind == "restate" and 0 <= begin - c.end <= 4 for c in item.cues)


def fellow_behind(bare: Bare, behind: Quantity, item: Found) -> Quantity | None:
    """The number behind whose unit a bare one has: "с 110,5 до 113 млн", "13,5, в 2002-м – 9,8 %"."""
    if not is_fellow(behind):
        return None
    marker, gap = marker_of(behind, item), apart(bare.quantity, behind)
    between = item.sentence.text[
        bare.quantity.outer_end - item.sentence.start : behind.outer_start - item.sentence.start
    ]
    if ";" in between or ". " in between or "(" in between:
        return None
    if bare.marker == "from" and marker == "to":
        return behind if gap < LIKE else None
    same = bare.marker == marker
    fine = bare.quantity.decimals > 0 and behind.decimals > 0
    return behind if fine and same and gap < LIKE else None


def fellow_above(bare: Bare, before: Found, *, first: bool) -> Quantity | None:
    """The number of the sentence before that a bare one goes on with: "До того она была 15,25"."""
    near = [q for q in reversed(before.quantities[-BACK:]) if is_fellow(q)]
    reach = LIKE if bare.dated and bare.label is Label.TIME else SAME
    near = [q for q in near if apart(bare.quantity, q) < reach]
    if not near:
        return None
    fine = bare.quantity.decimals > 0
    if bare.label is Label.TIME and (fine or bare.told):
        return near[0]
    same = [q for q in near if marker_of(q, before) == bare.marker != "" and q.decimals]
    return same[0] if same and fine and first else None
