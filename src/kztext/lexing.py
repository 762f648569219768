"""Cut a sentence into what numbers and units are made of: digits, words, dashes, signs, and codes with digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    r"|(?<![\d.,])\.\d++"
)
CODES = (
    r"(?P<link>(?:https?://|www\.)\S++|[\w.+-]++@[\w-]++\.\w++)"
    rf"|(?P<phone>\+\d[\d\-(){SPACES}]{{8,}}\d|(?<!\d)8[{SPACES}-]\(?\d{{3,5}}\)?[{SPACES}-]?\d[\d\-{SPACES}]{{4,}}\d"
    r"|(?<![\d-])\d{2,3}-\d{2}-\d{2}(?![\d-]))"
    r"|(?P<date>(?<![\d.])\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d.]\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<section>\d++(?:\.\d++){2,}+)"
    r"|(?P<clock>\d++:\d++(?::\d++)*+)"
    r"|(?P<note>\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]++)"
    r"|(?P<slash>\d++/\d++(?:/\d++)*+)"
    r"|(?P<code>(?!MONEY_CODE\d)\p{Lu}\p{L}*+-?\d[\p{L}\d]*+)"
)
PATTERN = (
    CODES + rf"|(?P<digits>{DIGITS})|(?P<roman>[IVXІХ]++(?!\p{{L}}))"
    r"|(?P<word>\p{L}++(?:[²³]|(?<=(?<!\p{L})\p{Ll}{1,2})[23](?![\d\p{L}]))?+)|(?P<dash>[-‐‑–—−])|(?P<sign>\S)"
)


@dataclass(slots=True)
class Item:
    """One lexed piece of a sentence, offsets in the sentence's own text; words are in lower case."""

    start: int
    end: int
    kind: str
    text: str
    atom: Atom | None = None


@cache
def lexer() -> regex.Pattern[str]:
    """The pattern that cuts a sentence; a currency's code against digits ("USD100") is no code of a thing."""
    money = rf"(?:{'|'.join(money_codes())}|RM)"
    return regex.compile(PATTERN.replace("MONEY_CODE", money), regex.V0)


def lex(text: str, known: Mapping[str, Atom]) -> list[Item]:
    """Cut a sentence into words, digits, dashes and signs; number words carry what they are."""
    items: list[Item] = []
    for match in lexer().finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        piece = match.group()
        if kind == "word":
            piece = piece.lower()
            items.append(Item(start, end, kind, piece, known.get(piece)))
        else:
            items.append(Item(start, end, kind, piece))
    return items
