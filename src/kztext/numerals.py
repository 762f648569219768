"""Number words and their grammar: what the forms of numbers.toml stand for, and how a row of them adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import regex

from kztext.lang.pack import Pack
from kztext.spans import Case, NumberKind


class Role(StrEnum):
    """What a word does in a row of number words."""

    UNIT = "unit"
    TEN = "ten"
    HUNDRED = "hundred"
    SCALE = "scale"
    ORDINAL = "ordinal"
    WHOLE_NUMBER = "whole_number"  # "полмиллиона", "екеуі": nothing is added to it
    HALF = "half"  # "жарым": half of what stands before it
    PORTION = "portion"
    MULTIPLE = "multiple"
    INDEFINITE = "indefinite"
    VAGUE = "vague"
    WHOLE = "whole"
    TENTHS = "tenths"
    POINT = "point"
    AND = "and"
    MINUS = "minus"
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class Ending:
    """What an ending of a numeral says; `possessive` is "бірі", "50-і" (one of them)."""

    case: Case = Case.NOM
    kind: NumberKind | None = None
    possessive: bool = False
    flags: tuple[str, ...] = ()


class Atom(NamedTuple):
    """One form of a number word: its role and value, the length of its ending, what the ending says."""

    role: Role
    value: Decimal = Decimal(0)
    cut: int = 0
    ending: Ending = Ending()
    kind: NumberKind = NumberKind.CARDINAL
    short: bool = False  # an abbreviation ("млн"), which a dot may follow
    dependent: bool = False  # another word unless number words stand before it


NO_ENDING = Ending()
PIECES = regex.compile(r"\p{L}++|\S")
ABBREVIATED = regex.compile(r"[^аеёиоуыэюяәіөұү|]+\|")  # no vowel: "млн"
HARMONIES = ("b", "f")
CASES = (Case.GEN, Case.DAT, Case.ACC, Case.LOC, Case.ABL, Case.INS)


def agglutinated(table: Mapping[str, Any], harmony: str) -> dict[str, Ending]:
    """Every ending that a noun or numeral of this harmony can take, with what it says.

    `table` is [endings] of a pack whose language adds endings one after another.
    """
    found: dict[str, Ending] = {}

    def cases(stem: str, base: Ending) -> None:
        for case in CASES:
            for form in table[case.value][harmony]:
                found.setdefault(stem + form, replace(base, case=case))
        for form in table["attributes"][harmony]:
            found.setdefault(stem + form, replace(base, flags=(*base.flags, "attribute")))

    def possessives(stem: str, base: Ending) -> None:
        owned = replace(base, possessive=True)
        for form in table["possessive"][harmony]:
            found.setdefault(stem + form, owned)
            for case, tails in table["after_possessive"].items():
                for tail in tails:
                    if case == "attributes":
                        found.setdefault(stem + form + tail, replace(owned, flags=(*base.flags, "attribute")))
                    else:
                        found.setdefault(stem + form + tail, replace(owned, case=Case(case)))

    cases("", NO_ENDING)
    possessives("", NO_ENDING)
    for form in table["ordinal"][harmony]:
        base = Ending(kind=NumberKind.ORDINAL)
        found[form] = base
        cases(form, base)
        possessives(form, base)
        for plural in table["plural"][harmony]:
            found.setdefault(form + plural, base)
            cases(form + plural, base)
            possessives(form + plural, base)
    for form in table["about"][harmony]:
        base = Ending(flags=("about",))
        found[form] = base
        cases(form, base)
        possessives(form, base)
    for form in table["indefinite"][harmony]:
        base = Ending(kind=NumberKind.INDEFINITE)
        found[form] = base
        cases(form, base)
        possessives(form, base)
    for form in table["adjective"][harmony]:
        found.setdefault(form, Ending(flags=("adjective",)))
    for form in table["plural"][harmony]:
        base = Ending(flags=("plural",))
        found.setdefault(form, base)
        cases(form, base)
        possessives(form, base)
    return found


def paradigm_forms(
    entry: str, table: Mapping[str, Any], by_harmony: Mapping[str, dict[str, Ending]]
) -> Iterator[tuple[str, int, Ending]]:
    """The forms of an entry of a word list ("жүз|f", "млн"): form, length of its ending, what that says."""
    stem, _, name = entry.partition("|")
    if not name:
        yield stem, 0, NO_ENDING
    elif name in by_harmony:
        yield stem, 0, NO_ENDING
        for form, ending in by_harmony[name].items():
            yield stem + form, len(form), ending
    else:
        for form in table[name]:
            yield stem + form, 0, NO_ENDING


@dataclass(frozen=True, slots=True)
class Article:
    """Where a word for one counts nothing: "белгілі бір" (a certain), "в первую очередь"."""

    words: frozenset[str]
    behind: frozenset[tuple[str, ...]]
    ahead: frozenset[str]
    ahead_endings: tuple[str, ...]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The number words of a language by their written form, and the endings that digits take."""

    words: Mapping[str, Atom]
    endings: Mapping[str, Ending]
    glued: Mapping[str, int]
    dotted: Mapping[str, int]
    article: Article
    label_signs: frozenset[str]
    labels: frozenset[str]
    labels_joined: frozenset[str]
    labels_dotted: frozenset[str]  # label words that are other words without a dot: "с. 118"
    labels_unless: frozenset[str]
    streets: frozenset[str]
    labels_behind: frozenset[str]
    ages: frozenset[str]
    young: frozenset[str]  # words that are an age only before `upright` ones
    upright: frozenset[str]
    confirming: frozenset[str]
    reciprocal: bool
    with_half: frozenset[str]
    over: frozenset[str]  # "80 с [лишним] миллионов"
    among: frozenset[str]  # "семь [из] десяти"
    every: frozenset[str]  # "[каждый] третий"
    every_unless: tuple[str, ...]  # how a word begins that is no part of a whole: "каждый третий раз"
    parts: frozenset[str]
    thirds: Mapping[str, str]  # forms that are numbers in a fraction alone, by their stems
    closing: frozenset[str]  # words before which a decimal needs no unit
    particles: frozenset[str]
    part_of_text: tuple[str, ...]  # how words begin whose numbered parts are no fractions ("часть закона")
    part_endings: tuple[tuple[str, ...], tuple[str, ...]]  # of named parts: several ("пятых"), one ("пятая")
    glued_endings: frozenset[str]  # single letters that digits take without a dash ("15й")
    small_cardinals: frozenset[str]  # endings that make no ordinal of a number below ten ("2-х")
    case_suffixes: Mapping[Case, tuple[str, ...]]  # how a counted noun shows that a hedge governs it
    mobile_cases: bool  # whether the language adds its endings one after another


def lexicon(pack: Pack) -> Lexicon:
    """The lexicon of a pack's numbers.toml, made once."""
    made: Lexicon | None = pack.built.get("numerals")
    if made is None:
        made = pack.built["numerals"] = build_lexicon(pack.table("numbers"))
    return made


def build_lexicon(table: Mapping[str, Any]) -> Lexicon:
    """Write out every form of every number word of a numbers.toml."""
    endings = table["endings"]
    mobile = "gen" in endings
    by_harmony = {h: agglutinated(endings, h) for h in HARMONIES} if mobile else {}
    words: dict[str, Atom] = {}

    def add(role: Role, value: Decimal, kind: NumberKind, entries: list[str]) -> None:
        for entry in entries:
            short = role is Role.SCALE and ("|" not in entry or ABBREVIATED.match(entry) is not None)
            for form, cut, ending in paradigm_forms(entry, endings, by_harmony):
                if form not in words:
                    words[form] = Atom(role, value, cut, ending, ending.kind or kind, short)

    for text, entries in table["cardinals"].items():
        value = Decimal(text)
        if value == 0 or value < 10:
            role = Role.UNIT
        elif value < 20 and not mobile:
            role = Role.UNIT if value > 10 else Role.TEN
        else:
            role = Role.TEN if value < 100 else Role.HUNDRED
        add(role, value, NumberKind.CARDINAL, entries)
    for text, entries in table["scales"].items():
        add(Role.SCALE, Decimal(10) ** int(text), NumberKind.CARDINAL, entries)
    for text, entries in table["collectives"].items():
        add(Role.WHOLE_NUMBER, Decimal(text), NumberKind.COLLECTIVE, entries)
    for text, entries in table["ordinals"].items():
        add(Role.ORDINAL, Decimal(text), NumberKind.ORDINAL, entries)
    for text, entries in table["halves"].items():
        if text != "examples":
            value = Decimal(text)
            role = Role.HALF if value < 1 else Role.UNIT if value < 100 else Role.WHOLE_NUMBER
            add(role, value, NumberKind.CARDINAL, entries)
    for text, entries in table["portions"].items():
        over, under = text.split("/")
        add(Role.PORTION, Decimal(over) / Decimal(under), NumberKind.FRACTION, entries)
    for text, entries in table["multiples"].items():
        add(Role.MULTIPLE, Decimal(text), NumberKind.MULTIPLE, entries)
    for text, entries in table["indefinite"].items():
        if text == "vague":
            add(Role.VAGUE, Decimal(0), NumberKind.INDEFINITE, entries)
        else:
            add(Role.INDEFINITE, Decimal(text), NumberKind.INDEFINITE, entries)
    decimals = table["decimals"]
    for key, role in (("whole", Role.WHOLE), ("points", Role.POINT), ("and", Role.AND)):
        add(role, Decimal(0), NumberKind.CARDINAL, decimals[key])
    for entry in decimals["tenths"]:
        form, _, power = entry.partition("|")
        known = words.get(form, Atom(Role.TENTHS))
        words[form] = known._replace(role=Role.TENTHS, value=Decimal(10) ** int(power))
    for key, role in (("minus", Role.MINUS), ("plus", Role.PLUS)):
        add(role, Decimal(0), NumberKind.CARDINAL, table["signs"][key])
    others, article = table["not_numbers"], table["article"]
    for form in others["always"]:
        words.pop(form, None)
    for form in others["alone"]:
        if form in words:
            words[form] = words[form]._replace(dependent=True)
    return Lexicon(
        words=words,
        endings=digit_endings(endings, by_harmony),
        glued=table["short_scales"]["glued"],
        dotted=table["short_scales"]["dotted"],
        article=Article(
            words=frozenset(article["words"]),
            behind=frozenset(tuple(words.split()) for words in article["behind"]),
            ahead=frozenset(article["ahead"]),
            ahead_endings=tuple(article["ahead_endings"]),
            idioms=by_first([tuple(PIECES.findall(idiom)) for idiom in article["idioms"]]),
        ),
        label_signs=frozenset(table["labels"]["signs"]),
        labels=frozenset(table["labels"]["before"]),
        labels_joined=frozenset(table["labels"]["joined"]),
        labels_dotted=frozenset(table["labels"]["dotted"]),
        labels_unless=frozenset(table["labels"]["unless_after"]),
        streets=frozenset(table["labels"]["streets"]),
        labels_behind=frozenset(table["labels"]["after"]),
        ages=frozenset(table["ages"]["after"]),
        young=frozenset(table["ages"]["young"]),
        upright=frozenset(table["ages"]["upright"]),
        confirming=frozenset(others["unless"]),
        reciprocal=others["reciprocal"],
        with_half=frozenset(decimals["with"]),
        over=frozenset(decimals["over"]),
        among=frozenset(table["fractions"]["among"]),
        every=frozenset(table["fractions"]["every"]),
        every_unless=tuple(table["fractions"]["every_unless"]),
        parts=frozenset(table["fractions"]["parts"]),
        thirds=table["thirds"],
        closing=frozenset(decimals["closing"]),
        particles=frozenset(endings["particles"]),
        part_of_text=tuple(table["fractions"]["of_text"]),
        part_endings=(tuple(table["fractions"]["several"]), tuple(table["fractions"]["one"])),
        glued_endings=frozenset(endings["glued"]),
        small_cardinals=frozenset(endings["small"]),
        case_suffixes={
            case: tuple(form for h in HARMONIES for form in endings[case.value][h])
            for case in (Case.ABL, Case.DAT)
            if mobile
        },
        mobile_cases=mobile,
    )


def by_first(phrases: list[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their first word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def digit_endings(table: Mapping[str, Any], by_harmony: Mapping[str, dict[str, Ending]]) -> dict[str, Ending]:
    """The endings that stand on digits ("20-дан", "5-го", "2-х")."""
    if not by_harmony:
        found = {form: Ending(kind=NumberKind.ORDINAL) for form in table["ordinal"]}
        return {**found, **{form: Ending() for form in table["cardinal"] if form not in found}}
    merged: dict[str, Ending] = {}
    owned: dict[str, Ending] = {}
    for case, tails in table["after_possessive"].items():
        if case != "attributes":
            owned.update((tail, Ending(case=Case(case), possessive=True)) for tail in tails)
    for harmony, endings in by_harmony.items():
        for form, ending in endings.items():
            merged.setdefault(form, ending)
        for form in table["collective"][harmony]:
            collective = Ending(kind=NumberKind.COLLECTIVE)
            merged[form] = collective
            merged.update((form + tail, collective) for tail in table["one_of_us"])
            for tail, ending in by_harmony[harmony].items():
                if ending.kind is None and not ending.flags:
                    merged.setdefault(form + tail, replace(ending, kind=NumberKind.COLLECTIVE))
            for case, tails in table["after_possessive"].items():
                if case != "attributes":
                    for tail in tails:
                        merged.setdefault(form + tail, Ending(case=Case(case), kind=NumberKind.COLLECTIVE))
    return {**owned, **dict.fromkeys(table["particles"], NO_ENDING), **merged}
