"""The thing that a Kazakh number measures: to its left as a rule, where its case makes it a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from kztext.catalogue import wholes_of
from kztext.endings import noun_case
from kztext.evidence.marking import own_case
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, is_verb, lexicon, participle
from kztext.spans import Case, Cue, IndicatorMention, Quantity
from kztext.subjects import left_group, telling_mark
from kztext.zones import Zone

NEXT_WORD = regex.compile(r"\s*(?P<word>\p{L}+)")
FLOWS = frozenset({"national_fund_transfers", "budget_transfers", "money_transfers"})  # out of something
NEAR = 2  # words between a number and the name that it stands with


def measured_kk(
    seen: Evidence,
    zone: Zone,
    left: Sequence[IndicatorMention],
    right: Sequence[IndicatorMention],
    more: Cue | None,
) -> IndicatorMention | None:
    """The mention on the left or the right of a Kazakh quantity that names the thing measured."""
    quantity = zone.quantity
    ratio = quantity.unit in RATIO_UNITS
    if (head := attributed(seen, zone, left)) is not None:
        return head
    if (head := attributed(seen, zone, left)) is not None:
        return head
    if not left and (same := set_against(seen, quantity)) is not None:
        return same
    adjacent = next((m for m in right if stands_with(seen, quantity, m)), None)
    left = without_whose(seen, left)
    if ratio and more is not None:  # "1,5 есе көп [қаржы] бөлінді"
        named = [m for m in right if 0 <= m.start - more.end <= 1]
        if named:
            return named[0]
    if adjacent and not ratio and taken_up(seen, quantity, adjacent) and not seen.is_oblique(adjacent):
        sources = [m for m in left if seen.mention_case(m) == "abl" and "weak" not in m.flags]
        if sources and "weak" in adjacent.flags:  # "Ұлттық қордан 4 трлн теңге [трансферт]"
            return sources[-1]
        return next((m for m in left if is_part_of(seen, m, adjacent)), adjacent)
    deducted = seen.pack.compile(seen.pack.table("endings")["deducted"])
    left = [m for m in left if not deducted.match(seen.text(m.end, quantity.start))]
    left = [m for m in left if not is_object(seen, zone, m)]
    direct = [m for m in left if not seen.is_oblique(m)]
    strong = [m for m in direct if "weak" not in m.flags]
    if adjacent and ratio:
        whose = seen.possessed(quantity)
        aside = whose and seen.is_oblique(adjacent)  # not "63%-ы [жұмыс орнына] барды"
        alone = own_case(quantity, seen.sentence) is Case.NOM and not strong and not aside
        if alone and not names_verb(seen, zone, adjacent):
            return adjacent
        if "bridged" in adjacent.flags and not whose:  # "[өнеркәсіп өнімі] 7%-ға [қымбаттады]"
            return adjacent
    if direct:
        return (strong or direct)[-1]
    behind = [m for m in right if not seen.crosses(quantity.outer_end, m.start)]
    telling = behind and ratio and quantity.case is Case.NOM and not seen.is_oblique(behind[0])
    if telling and not names_verb(seen, zone, behind[0]):
        return behind[0]
    if quantity.unit.isupper():  # money out of something: "бюджеттен 2 млрд теңге бөлінді"
        left = [
            m
            for m in left
            if seen.mention_case(m) != "abl" or m.indicator in FLOWS or flows_out(seen, zone, m)
        ]
        if not left:  # "4,4 трлн теңгесі [әлеуметтік салаға] бағытталды"
            aimed = [m for m in behind if seen.mention_case(m) == "dat"]
            return next((m for m in aimed if seen.measures(m.indicator) == "money"), None)
    return left[-1] if left else None


def attributed(seen: Evidence, zone: Zone, left: Sequence[IndicatorMention]) -> IndicatorMention | None:
    """The name that a participle behind a number describes: "бюджеттің 15 трлн теңгеге жеткен [кірісі]".

    A clause that ends in a converb may come first: "33 трлн-ға жетіп, ЖІӨ-нің 24%-ына теңелген [борыш]". A
    plain case before the number is the subject of the participle: "[импорты] 5 млрд-қа жеткен ел".
    """
    quantity = zone.quantity
    found = participle_behind(seen.pack).match(seen.text(quantity.outer_end, seen.sentence.end))
    if found is None or any(seen.mention_case(m) in ("nom", "acc") for m in left):
        return None
    subject = left_group(seen.sentence, zone, seen.pack, direct=True)
    if subject[1] > subject[0] and noun_case(seen.text(*subject), seen.pack) in ("nom", "acc"):
        return None
    begin = quantity.outer_end + found.end()
    described = [m for m in seen.mentions if m.start >= quantity.outer_end]
    for mention in described:
        near = begin <= mention.start and len(seen.text(begin, mention.start).split()) <= 1
        parted = "bridged" in mention.flags and mention.start < begin <= mention.end
        if near or parted:
            words = seen.text(mention.start, mention.end).split()
            moved = any(
                noun_case(word, seen.pack) == "abl" for word in words[:-1]
            )  # "Ұлттық қордан бюджетке"
            flags = tuple(f for f in mention.flags if f != "narrowed" or near)
            return replace(mention, flags=flags) if seen.fits(mention, quantity) and not moved else None
        if found["far"] is None or seen.mention_case(mention) == "nom":
            return None
    return None


def set_against(seen: Evidence, quantity: Quantity) -> IndicatorMention | None:
    """The name behind another number that this one is set against: "14 трлн-ның орнына 12 трлн [салық]"."""
    versus = [c for c in seen.cues_of("versus") if 0 <= c.start - quantity.outer_end <= 1]
    if not versus:
        return None
    behind = [m for m in seen.mentions if m.start >= versus[0].end]
    named = next((m for m in behind if not seen.is_oblique(m)), None)
    parted = named is None or seen.breaks(versus[0].end, named.start)
    return None if named is None or parted or not seen.fits(named, quantity) else named


@cache
def participle_behind(pack: Pack) -> regex.Pattern[str]:
    """The end of a participle that describes the noun behind it, in the clause of a number or the next."""
    forms, converb = pack.table("endings")["participle"], pack.table("endings")["converb"]
    word = r"(?:\p{L}+\s){0,2}"
    far = rf"(?P<far>{word}\p{{L}}+{converb},\s[^.;:]*?)?"
    return pack.compile(rf"\s?{far}{word}\p{{L}}+(?:{forms})\s", where=pack.source("endings"))


def stands_with(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether a name stands right behind a number, a bare one with attributes alone before it."""
    words = seen.text(quantity.outer_end, mention.start).split()
    if len(words) > NEAR or seen.crosses(quantity.outer_end, mention.start):
        return False
    attributes = (is_adjective(w, seen.pack) or participle(seen.pack).search(w.lower()) for w in words)
    return bool(quantity.unit) or all(attributes)  # "14 [ірі] [зауыт]"


def without_whose(seen: Evidence, mentions: Sequence[IndicatorMention]) -> list[IndicatorMention]:
    """The mentions less those for which the rate behind them is told ("[несиелердің] сыйақысы")."""
    kept = list(mentions)
    regarding = seen.pack.table("endings")["regarding"]
    form = seen.pack.compile(rf"(?:\s(?:{regarding}))?(?:\s\p{{L}}+)?\s")
    for one, two in pairwise(mentions):
        between = seen.text(one.end, two.start)
        told = seen.mention_case(one) == "gen" or between.split()[:1] == [regarding]
        if told and seen.is_rate(two.indicator) and form.fullmatch(between):
            kept.remove(one)
    return kept


def taken_up(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether the case of a number lets the name behind it be what it measures."""
    case = own_case(quantity, seen.sentence)
    land = seen.measures(mention.indicator) == "area"  # "748 мың гектарға [дақыл] егілді"
    whose = case is Case.GEN and bool(quantity.unit)  # "3 млрд теңгенің өнімі"; not "112-сінің құрылысы"
    counted = quantity.unit == "count" and mention.start - quantity.outer_end <= 1 and told_of(seen, mention)
    return case is Case.NOM or whose or counted or (case is Case.DAT and land)


def is_part_of(seen: Evidence, mention: IndicatorMention, whole: IndicatorMention) -> bool:
    """Whether a name says of which part the noun behind the number is: "[теміржол] 5 млн тонна жүк"."""
    entry = seen.catalogue.indicators.get(mention.indicator)
    named = not {"weak", "told", "narrowed"} & set(mention.flags) and seen.mention_case(mention) != "loc"
    return named and entry is not None and whole.indicator in wholes_of(entry, seen.catalogue)


def told_of(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a name goes on behind the noun that is counted: "1200 [адамға жұмыс тауып берілді]"."""
    return "weak" not in mention.flags and " " in seen.text(mention.start, mention.end)


def is_object(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether a name is no subject though its case could be one.

    "[балаларды] оқытумен қамту деңгейі": the object of what is measured; "[тауарлардың] арасында қант".
    """
    case, table = seen.mention_case(mention), seen.pack.table("endings")
    lead = seen.text(mention.end, zone.quantity.start)
    if case == "gen":
        return seen.pack.compile(rf" (?:{table['within']})(?!\p{{L}})").match(lead) is not None
    if case == "dat":
        group = left_group(seen.sentence, zone, seen.pack, direct=True)
        inside = group[0] <= mention.end + 1 and mention.end < group[1]
        after = NEXT_WORD.match(seen.text(mention.end, group[1])) if inside else None
        # "[импортқа] тәуелділік"; but "[туберкулезге] шалдығу көрсеткіші" is a measure of it
        return after is not None and lexicon(seen.pack).verbal.search(after["word"].lower()) is None
    if case != "acc":
        return False
    object_of = seen.pack.compile(table["object_of"], where=seen.pack.source("endings"))
    if seen.pack.compile(rf"(?:{table['purpose_of']})").match(lead) or object_of.match(lead):
        return True
    group = left_group(seen.sentence, zone, seen.pack, direct=True)  # "ұйымдарды қаржыландырып, [кезек] …"
    if group[0] < mention.end or "(" in seen.text(mention.end, group[0]):
        return False
    said = seen.text(*group)
    return noun_case(said, seen.pack) == "nom" and not is_adjective(said, seen.pack)  # "орта есеппен 5%-ке"


def names_verb(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether a verb of change names the indicator, though a dash tells the number of another thing."""
    verb = any(c.kind == "direction" and c.start < mention.end and mention.start < c.end for c in seen.cues)
    return verb and bool(telling_mark(seen.sentence, zone))


def flows_out(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether money is told to leave something for no purpose that is named ("бюджеттен 1 трлн кетті")."""
    if mention.end + 1 < min(zone.quantity.outer_start, zone.quantity.start):
        return False
    told = NEXT_WORD.match(seen.text(zone.quantity.outer_end, seen.sentence.end))
    if told is None or not is_verb(told["word"], False, seen.pack):
        return False
    lead = seen.text(zone.start, mention.start).replace(",", " ").split()
    return not any(noun_case(word, seen.pack) == "dat" for word in lead)
