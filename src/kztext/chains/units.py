"""Units that one number of a list has for all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from kztext.chains.between import gapped
from kztext.draft import Draft
from kztext.evidence import RATIO_UNITS, Evidence
from kztext.nouns import lexicon
from kztext.records import Measure
from kztext.spans import Quantity, is_money

MILLION = 1_000_000
HUNDRED = 100
BILLION = 1_000_000_000
SIZE = 30  # times that two things of a list differ
OLD = 2  # times that two spans of life do not differ
LIKE = 5  # times that two yields of one thing do not differ
INDEX_UP_TO = 200  # a bare number above is hardly a percentage of the year before


def bracket_amount(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether an amount stands in a bracket right behind a percentage that it makes."""
    between = seen.text(before.quantity.outer_end, draft.quantity.outer_start).strip(" ,")
    return between == "(" and before.quantity.unit == "percent" and draft.quantity.unit not in RATIO_UNITS


def share_unit(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """ "9,1 млн адам, оның ішінде … – 6,9 млн": an item without a unit has that of the item before."""
    draft = drafts[i]
    quantity = draft.quantity
    if draft.role and not quantity.unit:
        other = drafts[draft.pair]
        draft.unit = draft.unit or other.quantity.unit or other.unit
    if (
        draft.unit == "count"
        and (quantity.multiplier >= MILLION or (quantity.multiplier > 1 and of_it(seen, draft)))
        and not quantity.unit
        and not people(seen, draft)
    ):
        amounts = [d.quantity.unit or d.unit for d in drafts[:i]]
        amounts = [u for u in amounts if is_money(u) or (of_it(seen, draft) and seen.is_amount(u))]
        if amounts:
            draft.unit = amounts[-1]
    if i and not quantity.unit and draft.marker == "of" and drafts[i - 1].unit == "count":
        draft.told, draft.unit = True, "count"  # "газифицированы 5 сёл из 9"
    if i and not quantity.unit and draft.unit != "count" and draft.zone.left_cues("versus"):
        draft.told, draft.unit = True, drafts[i - 1].unit or drafts[i - 1].quantity.unit
    after = drafts[i + 1] if i + 1 < len(drafts) else None
    if (
        seen.kk
        and i
        and not quantity.unit
        and draft.marker == "from"
        and after is not None
        and after.compared
    ):
        draft.told = True  # "71 доллар тұрды, мамырдағы 64-тен 12% қымбат"
        draft.unit = draft.unit or drafts[i - 1].quantity.unit or drafts[i - 1].unit
    scaled(drafts, i)
    if quantity.unit == "centner" and not draft.unit and of_hectare(drafts, i):
        draft.unit = "centner_per_hectare"  # "14,2 ц/га (год назад – 10,3 ц)"
    if quantity.unit or draft.unit or (quantity.multiplier == 1 and not draft.told):
        return
    for before in reversed(drafts[:i]):
        unit = before.unit or before.quantity.unit
        if unit == "count" and before.quantity.multiplier == 1 and quantity.multiplier >= BILLION:
            continue  # "екі бөліктен құралады: халыққа – 21,4 трлн"
        few = before.quantity.value < HUNDRED and before.counted != (0, 0)
        if unit == "count" and few and quantity.decimals and quantity.multiplier >= MILLION and not seen.kk:
            continue  # "половину дали два города: Астана (4,2 млн) и Алматы (3,0 млн)"
        kinds = {d.mention.indicator for d in (draft, before) if d.mention is not None}
        priced = is_money(unit) and len(kinds) == 1 and seen.measures(*kinds) == "price" and quantity.decimals
        if unit and unit not in RATIO_UNITS and (quantity.multiplier != 1 or unit == "count" or priced):
            draft.unit = unit
            draft.flags.append("shared_unit")
            return


def share_unit_back(seen: Evidence, draft: Draft, after: Draft) -> None:
    """A bare amount before one that goes on with it: "в 2010-м 148 млрд, в 2015-м – 184 млрд долларов"."""
    quantity, unit = draft.quantity, after.quantity.unit or after.unit
    bare = not (quantity.unit or draft.unit) and quantity.multiplier > 1 and draft.counted == (0, 0)
    same = after.chained and after.mention is draft.mention and draft.mention is not None
    scales = quantity.multiplier == after.quantity.multiplier
    listed = draft.role == "to" and after.marker in ("dat", "to")  # "71 млрд-тан 43-ке, 40 млрд $-ға"
    if seen.kk and not listed:
        return
    if not bare or not same or not scales or not (is_money(unit) or seen.is_amount(unit)):
        return
    between = seen.text(quantity.outer_end, min(after.quantity.outer_start, after.quantity.start))
    if not any(mark in between for mark in ";."):
        draft.unit = unit
        draft.flags.append("shared_unit")


def of_hectare(drafts: list[Draft], i: int) -> bool:
    """Whether the number before is a yield of like size, so that centners are told by the hectare again."""
    before = drafts[i - 1] if i else None
    if before is None or "centner_per_hectare" not in (before.unit, before.quantity.unit):
        return False
    low, high = sorted((drafts[i].quantity.value, before.quantity.value))
    return low > 0 and high / low < LIKE


def people(seen: Evidence, draft: Draft) -> bool:
    """Whether a number counts people: "зейнетақы 145 мың теңге, оны 2,4 млн зейнеткер алады"."""
    words = seen.text(*draft.counted).lower().split()
    known = (*lexicon(seen.pack).persons, *lexicon(seen.pack).people)
    at = -1 if seen.kk else 0  # Kazakh ends the group with its noun
    return bool(words) and words[at].startswith(tuple(known))


def of_it(seen: Evidence, draft: Draft) -> bool:
    """Whether a Kazakh number is a part of an amount told before ("27 млрд метр, соның 19 миллиарды")."""
    return seen.kk and seen.possessed(draft.quantity) and draft.counted == (0, 0)


def share_percent(draft: Draft, after: Draft) -> None:
    """ "көлемі – 13, ал құрылыстыкі 6 пайызға өскен": a bare figure before one in percent."""
    quantity = draft.quantity
    bare = not (quantity.unit or draft.unit) and quantity.multiplier == 1 and quantity.value < 100
    if draft.marker == "from" and after.compared:
        return  # "мамырдағы 64-тен 12 пайыз қымбат": what is compared with
    listed = draft.told and draft.borrowed and (draft.mention is not None or draft.period is not None)
    if bare and listed and after.quantity.unit == "percent" and draft.counted == (0, 0):
        draft.zone = replace(draft.zone, quantity=replace(quantity, unit="percent"))
        draft.unit = "percent"
        draft.flags.append("shared_unit")


def share_with_last(seen: Evidence, draft: Draft, after: Draft) -> None:
    """Kazakh says the unit and the scale of a list at its end: "Қытайда 5,2, Ресейде 3,6 пайыз"."""
    quantity, last = draft.quantity, after.quantity
    unit = last.unit
    if quantity.unit or draft.unit or draft.counted != (0, 0) or not unit or not gapped(seen, draft, after):
        return
    if unit in RATIO_UNITS and quantity.multiplier > 1:  # "экспорт – 4,6 млрд, бұл 18%-ға көп"
        return
    scale = last.multiplier if quantity.multiplier == 1 and like(quantity, last) else Decimal(1)
    fine = quantity.decimals > 0 if last.multiplier == 1 else scale != 1
    placed = unit == "percent" and quantity.multiplier == 1 and quantity.value <= INDEX_UP_TO
    if placed and labelled_by_place(seen, draft) and labelled_by_place(seen, after):
        fine = True  # "Ресейде 20, Қытайда 83 пайыз"
    low, high = sorted((quantity.value, last.value))
    if unit == "year" and quantity.multiplier == 1 and 0 < high < OLD * low:
        fine = True  # "ерлер – 71, әйелдер – 79 жас"
    if not (quantity.multiplier == last.multiplier != 1 or fine):
        return
    value, high = quantity.value * scale, quantity.high * scale
    new = replace(quantity, value=value, high=high, multiplier=quantity.multiplier * scale, unit=unit)
    draft.zone, draft.unit, draft.told = replace(draft.zone, quantity=new), unit, True
    draft.flags.append("shared_unit")
    if draft.mention is None and draft.subject == (0, 0):
        draft.mention, draft.subject, draft.chained = after.mention, after.subject, True


def labelled_by_place(seen: Evidence, draft: Draft) -> bool:
    """Whether a place alone stands right before a number."""
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    return any(not seen.text(p.end, begin).strip(" –—-") for p in seen.places if p.end <= begin)


def like(one: Quantity, two: Quantity) -> bool:
    """Whether a bare decimal is of the size of one told with a scale word: "21,4, 2028-де 23,5 трлн"."""
    low, high = sorted((one.value, two.value / two.multiplier))
    return one.decimals > 0 and two.multiplier > 1 and 0 < high <= SIZE * low


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
