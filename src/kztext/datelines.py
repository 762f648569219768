"""The dateline of a wire: where and when an item of news was sent ("АСТАНА, 30 октября.")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from kztext.lang.pack import load_pack
from kztext.spacing import LANGS, words_of

NAME = r"\p{Lu}[\p{L}-]{2,}+(?:\s\p{Lu}[\p{L}-]++)?"
AGENCY = r"(?:[.,]?\s*(?:/[^/\n]{2,30}/|[«\"“][^»\"”\n]{2,40}[»\"”]|\([^()\n]{2,30}\)|\d{1,2}[:.]\d\d))?"
PLACE_AGENCY = r"(?:\s*\([^()\n]{2,30}\)|\s*/[^/\n]{2,30}/)?"
SHORT_DATE = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.(?P<year>\d{4}))?"
ENDS = r"(?:\s*+(?:[.:](?:\s?[–—-])?(?=\s|$)|[–—-](?=\s)|$)|(?<=[/»”\"])(?=\s))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where a dateline ends in its line, with its marks, and the day it names; year 0 where it names none."""

    end: int
    year: int
    month: int
    day: int

    def iso(self, doc_date: str) -> str:
        """The day, in the last year in which it is not after the document's; empty where that is unknown."""
        if self.year:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if not doc_date[:4].isdigit():
            return ""
        rest = f"{self.month:02d}-{self.day:02d}"
        ahead = len(doc_date) == len("2024-10-31") and rest > doc_date[5:]
        return f"{int(doc_date[:4]) - ahead:04d}-{rest}"


def dateline(line: str) -> Dateline | None:
    """The dateline that opens a line of text, if one does.

    >>> dateline("АСТАНА, 2 сәуір. Инфляция 9,1%-ға баяулады").iso("2024-04-30")
    '2024-04-02'
    >>> dateline("Актау, 29 июля – Через порт прошло").end
    16
    >>> dateline("Алматы, 5 мая начались торги"), dateline("Казахстан, 5 млн тонн")
    (None, None)
    """
    for form in forms():
        match = form.match(line)
        if match is None:
            continue
        month = month_number(match["month"])
        day = int(match["day"])
        if month and 1 <= month <= 12 and 1 <= day <= 31:
            return Dateline(end=match.end(), year=int(match["year"] or 0), month=month, day=day)
    return None


@cache
def forms() -> tuple[regex.Pattern[str], ...]:
    """The two orders of a dateline, place first and day first, for each way to write the day."""
    days = [form.replace("{month}", r"(?P<month>\p{L}++)") for form in words_of("dateline_days")]
    after = "|".join(words_of("dateline_after"))
    place = rf"(?:\p{{Ll}}{{1,2}}\.\s*)?{NAME}(?:\s(?:{after}))?{PLACE_AGENCY}"
    orders = (rf"{place}\s*[,.–—]\s*{{day}}{AGENCY}{ENDS}", rf"{{day}},\s*{place}{AGENCY}{ENDS}")
    return tuple(
        regex.compile(order.replace("{day}", day)) for order in orders for day in (*days, SHORT_DATE)
    )


@cache
def month_stems() -> tuple[tuple[regex.Pattern[str], int], ...]:
    """The stems of the months' names with the number of the month."""
    tables = [load_pack(lang).table("periods")["stems"]["month_name"] for lang in LANGS]
    return tuple(
        (regex.compile(rf"(?:{stem})\p{{L}}*+", regex.IGNORECASE), number)
        for table in tables
        for stem, number in table.items()
    )


@cache
def short_months() -> dict[str, int]:
    """The months' names cut short ("окт", "қаз"), with the number of the month."""
    tables = [load_pack(lang).table("periods")["forms"]["month_short"] for lang in LANGS]
    return {name: number for table in tables for name, number in table.items()}


def month_number(name: str) -> int:
    """The number of a month by its figure or its name in any form, 0 if it is none."""
    if name.isdigit():
        return int(name)
    named = next((number for stem, number in month_stems() if stem.fullmatch(name)), 0)
    return named or short_months().get(name.lower(), 0)
