"""Kazakh for spaCy, which has none, and what Russian needs besides spaCy's own rules.

`spacy.blank("kk")` finds `Kazakh` by its entry point. All words come from the language packs.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import spacy
from spacy.attrs import LIKE_NUM, NORM, ORTH  # type: ignore[import-not-found]  # compiled, has no stubs
from spacy.lang.char_classes import LIST_CURRENCY, LIST_ELLIPSES, LIST_ICONS, LIST_PUNCT, LIST_QUOTES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import BaseDefaults, Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, update_exc

from kztext.lang.pack import load_pack
from kztext.lang.phrases import alternatives

LANGS = ("kk", "ru")
LETTER = r"[^\W\d_]"
LETTERS = {letter for lang in LANGS for letter in load_pack(lang).table("alphabet")["letters"]}
LOWER = "[" + "".join(sorted(LETTERS)) + "]"
UPPER = LOWER.upper()
SIGN = "%‰$€₸₽£¥°"
DASH = "-‐‑"
HYPHENATED = "а-б"  # no word, two letters that an infix rule parts or not
MARKUP = r"(?:&(?:#\d{1,5}|[a-z]{2,6});)+"  # a sign as a web page writes it: "&quot;"
DIGITS = re.compile(r"[+-]?\d+(?:[.,/ \u00a0]\d+)*")
CYRILLIC = re.compile(r"[\u0400-\u052f]")


# --- tokenizer


@cache
def ending_pattern() -> str:
    """Any ending that is written right after a digit or a sign, with nothing behind it."""
    endings = {ending for lang in LANGS for ending in load_pack(lang).table("repair")["endings"]}
    return rf"(?:{alternatives(sorted(endings))})(?!{LETTER})"


def glued_number() -> str:
    """Between a number and the word glued to it ("1998|жылы", "12,5|млрд"), not between it and its ending."""
    return rf"(?<=\d)(?={LETTER}{{2}})(?!{ending_pattern()})"


def suffixes() -> list[str]:
    """What is cut off at the end: signs after numbers, endings after signs, the stop after a word."""
    return [
        *LIST_PUNCT,
        *LIST_ELLIPSES,
        *LIST_QUOTES,
        *LIST_ICONS,
        "—",
        "–",
        rf"(?<=[{SIGN}])[{DASH}]{LETTER}+",
        rf"(?<=[{SIGN}]){LETTER}+",
        rf"(?<=\d)[{SIGN}]",
        r"(?<=\d)(?:{})".format("|".join(LIST_CURRENCY)),
        rf"(?<=(?:{LETTER}|\d){LETTER})\.",
        r"(?<=[\d%)»”\"²])\.",
    ]


def infixes() -> list[str]:
    """What parts a token inside: ranges, words and sentences glued together, a number and its word."""
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=\d)[+*^×–—-](?=\d)",
        rf"(?<={LOWER}{{2}})\.(?={UPPER})",
        r"(?<=\d)[%‰](?=[,;])",
        rf"(?<={LETTER}|[%)»”]),(?={LETTER}|«)",
        rf"(?<={LETTER}|[%\d)»”])[:;](?={LETTER}|[«\d])",
        rf"(?<={LETTER})(?:--|—|–)(?={LETTER})",
        rf"(?<={LETTER})[<>=/](?={LETTER})",
        rf"(?<=[{SIGN}])(?=[{DASH}]{LETTER})",
        rf"(?<=\d)[{DASH}](?={LETTER}{{3}})(?!{ending_pattern()})",
        glued_number(),
    ]


def exceptions(lang: str) -> dict[str, list[dict[int, str]]]:
    """The abbreviations of a language that keep their dot, in lower case and with a capital."""
    table = load_pack(lang).table("abbreviations")
    short = {*table["never_final"], *table["scale"], *table["after_number"]}
    short |= {word for word in table["may_end"] if "." in word or word in table["scale"]}
    forms = {form for word in short for form in (word, word[:1].upper() + word[1:])}
    return {f"{form}.": [{ORTH: f"{form}."}] for form in sorted(forms)}


# --- lexical attributes


@cache
def lookalikes() -> dict[int, str]:
    """What letters of another script inside a Kazakh word stand for."""
    return str.maketrans(dict(load_pack("kk").table("alphabet")["lookalikes"]))


def norm(text: str) -> str:
    """A word in lower case, with look-alike letters of other scripts folded where it is Cyrillic.

    >>> norm("ЖIӨ-нiң"), norm("IT")
    ('жіө-нің', 'it')
    """
    return (text.translate(lookalikes()) if CYRILLIC.search(text) else text).lower()


@cache
def number_words() -> tuple[frozenset[str], re.Pattern[str]]:
    """Words that only look like numbers, and the form of those that are: a stem and an ending."""
    table = load_pack("kk").table("numbers")
    sections = ("cardinals", "scales", "collectives", "halves")
    lists = [words for name in sections for words in table[name].values()]
    written = [word for words in lists if isinstance(words, list) for word in words]
    stems = sorted({word.partition("|")[0] for word in written if " " not in word})
    others = {*table["not_numbers"]["always"], *table["not_numbers"]["alone"]}
    return frozenset(others), re.compile(rf"(?:{alternatives(stems)})(?:[{DASH}]?{ending_pattern()})?")


def like_num(text: str) -> bool:
    """Whether a token is a number: digits, or a Kazakh number word in any case form or as an ordinal.

    >>> [like_num(word) for word in ("31,2", "1/2", "жиырма", "бесінші", "үштен", "онда", "жыл")]
    [True, True, True, True, True, False, False]
    """
    if DIGITS.fullmatch(text):
        return True
    word = norm(text)
    others, words = number_words()
    return word not in others and words.fullmatch(word) is not None


# --- languages


STOP_WORDS = set(load_pack("kk").table("function_words")["words"])
LEX_ATTRS = {**BaseDefaults.lex_attr_getters, LIKE_NUM: like_num, NORM: norm}


class KazakhDefaults(BaseDefaults):
    """Kazakh's rules: "31,2%-ға" is three tokens, "1998жылы" two, "ЖІӨ-нің" and "млрд." one."""

    tokenizer_exceptions = update_exc(BASE_EXCEPTIONS, exceptions("kk"))
    suffixes = suffixes()
    infixes = infixes()
    stop_words = STOP_WORDS
    lex_attr_getters = LEX_ATTRS


class Kazakh(Language):  # type: ignore[no-untyped-call]  # spaCy registers the class without types
    """The spaCy language `kk`."""

    lang = "kk"
    Defaults = KazakhDefaults


def blank(lang: str) -> Language:
    """An empty pipeline of a language with this project's tokenizer rules.

    >>> [token.text for token in blank("ru")("экспорт 12,5млрд тенге")]
    ['экспорт', '12,5', 'млрд', 'тенге']
    """
    nlp = Kazakh() if lang == "kk" else spacy.blank(lang)
    if lang != "kk":
        part_numbers(nlp)
    return nlp


def part_numbers(nlp: Language) -> None:
    """Let a pipeline's tokenizer part a number from its word, and keep what belongs together.

    That is words with hyphens, abbreviations with their dots, "?!" and signs as a web page writes them.
    """
    tokenizer: Any = nlp.tokenizer
    parting = [infix for infix in nlp.Defaults.infixes or () if not re.search(infix, HYPHENATED)]
    dashes = rf"(?<={LETTER})(?:--|—|–)(?={LETTER})"
    tokenizer.infix_finditer = compile_infix_regex([MARKUP, *parting, dashes, glued_number()]).finditer
    tokenizer.prefix_search = compile_prefix_regex([MARKUP, "``", *(nlp.Defaults.prefixes or ())]).search
    last = [MARKUP, r"[!?]{2,}", "''", *(nlp.Defaults.suffixes or ())]
    tokenizer.suffix_search = compile_suffix_regex(last).search
    for text, tokens in exceptions(str(nlp.lang)).items():
        tokenizer.add_special_case(text, tokens)
