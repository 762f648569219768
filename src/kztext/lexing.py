"""Cut a sentence into what numbers and units are made of: digits, words, dashes, signs, codes with digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from kztext.catalogue.units import money_codes
from kztext.numerals import Atom

SPACES = "\u0020\u00a0\u2009\u202f"
DIGITS = (
    rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})++(?!\d)(?:[.,]\d++)?+"
    r"|\d{1,3}(?:\.\d{3}){2,}+(?:,\d++)?+(?![.\d])"
    r"|\d{1,3}(?:,\d{3}){2,}+(?:\.\d++)?+(?![,\d])"
    r"|\d++(?:[.,]\d++)?+"
    r"|(?<![\d.,\p{L}])\.\d++"
)
LINKS = r"(?P<link>(?:https?://|www\.)\S++|[\w.+-]{1,64}+@[\w-]++\.\w++)|"
CODES = (
    rf"(?P<phone>\+\d[\d\-(){SPACES}]{{8,}}\d|(?<!\d)8[{SPACES}-]\(?\d{{3,5}}\)?[{SPACES}-]?\d[\d\-{SPACES}]{{4,}}\d"
    rf"|\(\d{{3,5}}\)[{SPACES}]?\d{{2,3}}-\d{{2}}-\d{{2}}(?![\d-])"
    r"|(?<![\d-])\d{2,3}-\d{2}-\d{2}(?![\d-]))"
    r"|(?P<date>(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d.]\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<section>(?!\d{1,3}(?:\.\d{3})++(?![\d.]))\d++(?:\.\d++){2,}+(?:-\d++)?+)"
    r"|(?P<clock>\d++:\d++(?::\d++)*+)"
    r"|(?P<note>\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]++)"
    r"|(?P<slash>\d++/\d++(?:/\d++)*+)"
    r"|(?P<code>(?!MONEY_CODE\d)\p{Lu}\p{L}*+-?\d[\p{L}\d]*+)"
)
PATTERN = (
    CODES + rf"|(?P<digits>{DIGITS})|(?P<roman>[IVXІХ]++(?!\p{{L}}))"
    r"|(?P<word>\p{L}++(?:(?<=(?<!\p{L})(?:[кдсмkdcm]?[мm]|ft))[²³]|(?<=(?<!\p{L})\p{Ll}{1,2})[23](?![\d\p{L}]))?+)|(?P<dash>[-‐‑–—−])|(?P<sign>\S)"
)

ROMAN = regex.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
ROMAN_LETTERS = str.maketrans("ІХ", "IX")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(slots=True)
class Item:
    """One lexed piece of a sentence, offsets in the sentence's own text; words are in lower case."""

    start: int
    end: int
    kind: str
    text: str
    atom: Atom | None = None


@cache
def lexer(*, links: bool) -> regex.Pattern[str]:
    """The pattern that cuts a sentence; a currency's code against digits ("USD100") is no code of a thing."""
    money = rf"(?:{'|'.join(money_codes())}|RM)"
    return regex.compile((LINKS if links else "") + PATTERN.replace("MONEY_CODE", money), regex.V0)


def lex(text: str, known: Mapping[str, Atom]) -> list[Item]:
    """Cut a sentence into words, digits, dashes and signs; number words carry what they are."""
    items: list[Item] = []
    links = "@" in text or "://" in text or "www." in text
    for match in lexer(links=links).finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        piece = match.group()
        if kind == "word":
            piece = piece.lower()
            items.append(Item(start, end, kind, piece, known.get(piece)))
        else:
            items.append(Item(start, end, kind, piece))
    return items


def read_digits(text: str) -> tuple[Decimal, int]:
    """The value of a number in digits and how many decimals it has.

    >>> read_digits("46 401,7")
    (Decimal('46401.7'), 1)
    >>> read_digits("1.234.567")
    (Decimal('1234567'), 0)
    """
    plain = text
    for space in SPACES:
        if space in plain:
            plain = plain.replace(space, "")
    commas, dots = plain.count(","), plain.count(".")
    if not commas and not dots:
        return Decimal(plain), 0
    whole_groups = plain.endswith("000") or (dots > 0 and plain.endswith("00"))
    if commas > 1 or dots > 1 or (commas and dots):
        point = "," if plain.rfind(",") > plain.rfind(".") else "."
        grouping = "." if point == "," else ","
        if plain.count(point) > 1:
            plain = plain.replace(point, "")
        plain = plain.replace(grouping, "").replace(point, ".")
    elif whole_groups and plain[-4] in ",." and plain[0] != "0":
        plain = plain.replace(",", "").replace(".", "")
    else:
        plain = plain.replace(",", ".")
    _, _, decimals = plain.partition(".")
    return Decimal(plain), len(decimals)


def read_roman(text: str) -> int:
    """The value of a Roman numeral up to 39, 0 where the letters are none.

    >>> read_roman("XXIV"), read_roman("IIX")
    (24, 0)
    """
    latin = text.translate(ROMAN_LETTERS)
    if not latin or not ROMAN.fullmatch(latin):
        return 0
    values = [ROMAN_VALUES[letter] for letter in latin]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))
