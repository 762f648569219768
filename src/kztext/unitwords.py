"""How units are written: a tree of the words and signs of units.toml, walked along a sentence's items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import regex

from kztext.catalogue.units import money_codes, money_units
from kztext.lang.pack import Pack
from kztext.lexing import Item
from kztext.numerals import HARMONIES, NO_ENDING, Ending, agglutinated

LONGEST_ENDING = 14
ANY = "any"  # the paradigm of words that take every ending of the language; units of users have it
ABBREVIATION = regex.compile(r"\p{Ll}\p{Lu}")  # "кВт"
PIECE = regex.compile(r"\p{L}++[²³23]?|\S")


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of a units.toml."""

    id: str
    counted: bool = False
    long: bool = False


@dataclass(slots=True)
class Node:
    """A place in the tree of unit phrases; `unit` is set where a phrase may end."""

    children: dict[str, Node] = field(default_factory=dict)
    unit: Unit | None = None
    endings: Mapping[str, Ending] = field(default_factory=dict)
    short: bool = False


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found behind or before a number: `end` leaves the case ending out, `tail` takes it in."""

    unit: Unit
    start: int
    end: int
    tail: int
    after: int  # the index of the item behind it
    ending: Ending = NO_ENDING
    per: str = ""  # the unit behind a stroke


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The units of a language: phrases behind a number, and the signs and codes that may stand before one."""

    tree: Node
    before: Mapping[str, Unit]
    per_before: tuple[tuple[tuple[str, ...], str], ...]
    per_after: tuple[tuple[tuple[str, ...], str], ...]
    life: regex.Pattern[str]  # words of a sentence that tells how long people live
    life_grown: regex.Pattern[str]  # begins behind the years that it grew or shrank by


def unit_words(pack: Pack) -> UnitWords:
    """The unit words of a pack, made once."""
    made: UnitWords | None = pack.built.get("unit_words")
    if made is None:
        made = pack.built["unit_words"] = build_unit_words(pack)
    return made


def build_unit_words(pack: Pack) -> UnitWords:
    """Write the phrases of units.toml into one tree."""
    table = pack.table("units")
    number_endings = pack.table("numbers")["endings"]
    by_harmony: dict[str, dict[str, Ending]] = {}
    if "gen" in number_endings:
        by_harmony = {h: agglutinated(number_endings, h) for h in HARMONIES}
        by_harmony["p"] = pronominal(table["endings"]["p"], by_harmony)
        for name, forms in table["endings"].items():
            if name != "p":
                by_harmony[name] = {**by_harmony["f"], **dict.fromkeys(forms, NO_ENDING)}
        by_harmony[ANY] = {**by_harmony["b"], **by_harmony["f"]}
    every = {form for forms in table["endings"].values() for form in forms}
    endings = {**table["endings"], ANY: sorted(every)}
    tree = Node()
    before: dict[str, Unit] = {}
    for entry in table["unit"]:
        unit = Unit(entry["id"], entry.get("counted", False), entry.get("long", False))
        for sign in entry["signs"]:
            insert(
                tree, [[piece.lower()] for piece in PIECE.findall(sign)], unit, by_harmony, "", short=False
            )
            if entry["id"] in money_units():
                before[sign.lower()] = unit
        for phrase in entry["words"]:
            add_phrase(tree, phrase, unit, endings, by_harmony)
        for sign in entry.get("before", ()):
            before[sign.lower()] = unit
    for code in money_codes():
        before.setdefault(code.lower(), Unit(code))
        if code.lower() not in tree.children:
            insert(tree, [[code.lower()]], Unit(code), by_harmony, "", short=True)
    life = pack.compile(rf"(?<!\p{{L}})(?:{table['life']})", where=pack.source("units"))
    grown = pack.compile(table["life_grown"], where=pack.source("units"))
    return UnitWords(tree, before, per_phrases(table, "before"), per_phrases(table, "after"), life, grown)


def per_phrases(table: Mapping[str, Any], side: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The phrases that make a rate, as words, with the unit they count by; the longest first."""
    found = [(tuple(phrase.split()), entry["id"]) for entry in table["per"] for phrase in entry[side]]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def pronominal(forms: list[str], by_harmony: Mapping[str, dict[str, Ending]]) -> dict[str, Ending]:
    """The endings behind a possessive that belongs to the unit ("АҚШ доллары" + "н")."""
    found: dict[str, Ending] = {}
    for form in forms:
        if form:
            for vowel, harmony in (("ы", "b"), ("і", "f")):
                ending = by_harmony[harmony].get(vowel + form)
                if ending is not None:
                    found[form] = Ending(case=ending.case, flags=ending.flags)
    return found


def add_phrase(
    tree: Node,
    phrase: str,
    unit: Unit,
    endings: Mapping[str, Any],
    by_harmony: Mapping[str, dict[str, Ending]],
) -> None:
    """Add one written form: each word "stem|paradigm" in all its forms, the last one with its endings."""
    pieces: list[list[str]] = []
    harmony = ""
    for word in phrase.split():
        stem, _, paradigm = word.partition("|")
        pieces += [[piece.lower()] for piece in PIECE.findall(stem)]
        harmony = paradigm if paradigm in by_harmony else ""
        if paradigm and not harmony:
            pieces[-1] = [pieces[-1][0] + form for form in endings[paradigm]]
    short = "|" not in phrase or ABBREVIATION.search(phrase) is not None
    insert(tree, pieces, unit, by_harmony, harmony, short=short)


def insert(
    tree: Node,
    pieces: Sequence[Sequence[str]],
    unit: Unit,
    by_harmony: Mapping[str, dict[str, Ending]],
    harmony: str,
    *,
    short: bool,
) -> None:
    """Add a phrase with all forms of its pieces to the tree; the first unit that claims a phrase keeps it."""
    nodes = [tree]
    for forms in pieces:
        nodes = [node.children.setdefault(form, Node()) for node in nodes for form in forms]
    for node in nodes:
        if node.unit is None:
            node.unit, node.short = unit, short
            node.endings = by_harmony.get(harmony, {})


def match_unit(
    items: Sequence[Item], index: int, words: UnitWords, endings: Mapping[str, Ending]
) -> UnitMatch | None:
    """The longest unit phrase that begins at an item, with its ending, None where none does.

    A dot may follow an abbreviation inside the phrase ("кв. м", "п.п"), and a second unit behind a stroke
    makes a rate of the first ("км/сағ").
    """
    best = one_unit(items, index, words, endings)
    if best is None or best.after + 1 >= len(items) or items[best.after].text != "/":
        return best
    stroke = items[best.after]
    if stroke.start != best.tail or items[best.after + 1].start != stroke.end:
        return best
    other = one_unit(items, best.after + 1, words, endings)
    if other is None:
        return best
    per = other.unit.id
    return replace(best, end=other.end, tail=other.tail, after=other.after, ending=other.ending, per=per)


def one_unit(
    items: Sequence[Item], index: int, words: UnitWords, endings: Mapping[str, Ending]
) -> UnitMatch | None:
    """The longest unit phrase that begins at an item, with its ending."""
    node = words.tree
    best: UnitMatch | None = None
    at = index
    while at < len(items):
        item = items[at]
        if at > index and item.start - items[at - 1].end > 2:
            break
        piece = item.text if item.kind == "word" else item.text.lower()
        child = node.children.get(piece)
        if item.kind == "word" and (child is None or child.unit is None):
            best = declined(node, items, index, at) or best
        if child is not None:
            node, at = child, at + 1
            if node.unit is not None:
                best = UnitMatch(node.unit, items[index].start, item.end, item.end, at)
                if node.short or item.kind != "word":
                    best = dotted_ending(best, items, endings)
            continue
        if piece == "." and at > index and item.start == items[at - 1].end and len(items[at - 1].text) <= 6:
            at += 1
            continue
        break
    return best


def declined(node: Node, items: Sequence[Item], index: int, at: int) -> UnitMatch | None:
    """The phrase from item `index` on that ends with item `at` in one of its cases."""
    item = items[at]
    for cut in range(1, min(len(item.text), LONGEST_ENDING)):
        child = node.children.get(item.text[:-cut])
        if child is not None and child.unit is not None:
            ending = child.endings.get(item.text[-cut:])
            if ending is not None:
                return UnitMatch(child.unit, items[index].start, item.end - cut, item.end, at + 1, ending)
    return None


def dotted_ending(found: UnitMatch, items: Sequence[Item], endings: Mapping[str, Ending]) -> UnitMatch:
    """The match with the ending behind a sign or an abbreviation ("%-ға", "тг-ге", "$ға")."""
    at = found.after
    if at >= len(items) or items[at].start != found.end:
        return found
    if items[at].kind == "dash":
        at += 1
        if at >= len(items) or items[at].start != items[at - 1].end:
            return found
    if items[at].kind != "word":
        return found
    ending = endings.get(items[at].text)
    if ending is None:
        return found
    return UnitMatch(found.unit, found.start, found.end, items[at].end, at + 1, ending)
