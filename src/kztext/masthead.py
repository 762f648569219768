"""The date of a document: the one that stands apart in its first lines, not one that its text speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from kztext.datelines import month_number
from kztext.spacing import words_of

LINES = 7  # how far down a masthead reaches
SHORT = 80  # characters of a line that is no prose, whatever it ends in
LONG = 200  # of the longest line of a masthead
PROSE_END = regex.compile(r"[.!?…:]\s*\Z")
MARKS = tuple(",.(:;–—|·•/«»-")  # what may stand before a date that stands apart
REST = 16  # characters that may stand behind it without a mark ("жедел дерек")
BESIDE = 3  # words before a date by which it is of an occasion, whatever else the line tells
REST_APART = 60  # behind a mark
NUMBER_SIGN = regex.compile(r"№\s?[\p{L}\d]|№\s?\Z")
NUMBERED = regex.compile(r"№\s?[\p{L}\d/.-]+\s\p{Ll}{2}\Z")  # "Пресс-релиз № 14 от …"
NUMBERED_ALL = regex.compile(r"№\s?[\p{L}\d/.-]+")
BEHIND = regex.compile(r"[^\d!?]*+(?:№\s?[\p{L}\d/.-]+|\d{1,2}:\d\d|\d{1,3})?[^\d!?]*+")
LABEL = regex.compile(r"\A\p{L}[\p{L} ]{2,40}:\s*")
ISO_DATE = regex.compile(
    r"\A\s*(?:date:?\s+)?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", regex.IGNORECASE
)
DOTTED = regex.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)(?:\s?\p{L}{1,4}(?!\p{L})\.?)?"
)
PLACE = regex.compile(r"(?:\p{Ll}{1,2}\.\s*)?\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?\s*[,.–—/]\s*")
SENTENCE_END = regex.compile(r"\.\s+\p{Lu}")
PLACE_END = regex.compile(  # "АСТАНА, 3 июля 2025 года, «Агентство». Цены"
    r"\s*(?:[.–—/-]\s|/|:|,\s*[«\"“][^»\"”]{2,40}[»\"”]\s*(?:[.:–—-]\s|\Z))"
)


def document_date(original: str) -> str:
    """The ISO date that heads a document, empty if none stands there.

    >>> document_date(" date 2026-02-10 На заседании"), document_date("10 февраля 2026 года\\nНа заседании")
    ('2026-02-10', '2026-02-10')
    >>> document_date("АСТАНА, 14 мая 2024 года. За четыре месяца введено 4,1 млн кв. метров жилья.")
    '2024-05-14'
    >>> document_date("Облыс статистикасы\\n14.08.2023. Экспресс-ақпарат № 9-02/311")
    '2023-08-14'
    >>> document_date("Анықтама\\n11.03.2025 ж. № 04-12/318\\n1. Тұрғын үй")
    '2025-03-11'
    """
    if match := ISO_DATE.match(original):
        return iso(match)
    head = [line.strip() for line in original[: LINES * LONG].splitlines() if line.strip()]
    lone = sum(map(opens, head)) == 1  # a chronicle has more
    for line in head[:LINES]:
        if match := ISO_DATE.match(LABEL.sub("", line)):  # "Дата публикации: 2024-08-14"
            return iso(match)
        prose = is_prose(line)
        for match in dates_in(line[:LONG]):
            apart = not prose and (stands_apart(line, match) or names_occasion(line, match))
            if apart or heads(line, match) or (lone and opens(line) and not match.start()):
                return iso(match)
        if prose:
            break  # what follows is text
    return ""


def is_prose(line: str) -> bool:
    """Whether a line is running text: long, or a sentence of some length."""
    return len(line) > LONG or (len(line) > SHORT and PROSE_END.search(line) is not None)


def dates_in(line: str) -> Iterator[regex.Match[str]]:
    """The full dates of a line, in figures or with the name of the month."""
    found = [match for pattern in (DOTTED, *worded()) for match in pattern.finditer(line)]
    yield from (match for match in sorted(found, key=lambda m: m.start()) if iso(match))


@cache
def worded() -> tuple[regex.Pattern[str], ...]:
    """Patterns of a date in words, of both languages."""
    forms = [form.replace("{month}", r"(?P<month>\p{L}++)") for form in words_of("dates")]
    return tuple(regex.compile(rf"(?<!\d){form}(?!\d)", regex.IGNORECASE) for form in forms)


def opens(line: str) -> bool:
    """Whether a date alone is the first sentence of a line: "2025 жылғы 20 қазан. Өңірде егін жиналды."."""
    found = [pattern.match(line) for pattern in (DOTTED, *worded())]
    return any(match is not None and SENTENCE_END.match(line, match.end()) for match in found)


def stands_apart(line: str, date: regex.Match[str]) -> bool:
    """Whether a date is a part of its own in a line: "…, Костанай, 26 февраля 2025 года".

    "На 10 февраля 2026 года приходится" speaks of it.
    """
    before, after = line[: date.start()].rstrip(), line[date.end() :].lstrip()
    rest = after.strip(" .")
    if NUMBERED.search(before) and not rest:
        return True
    if (
        NUMBER_SIGN.match(after) and len(after) <= REST_APART
    ):  # "постановлением от 28 декабря 2023 года № 1231"
        return True
    if before and not before.endswith(MARKS) and not regex.search(r"№\s?[\p{L}\d/-]+\Z", before):
        return False
    if not rest or (before and len(rest) <= REST and not after.startswith(MARKS)):
        return not (before and line.count(".") and SENTENCE_END.match(line, date.end()))
    marked = after.startswith(MARKS) and len(after) <= REST_APART and BEHIND.fullmatch(after) is not None
    return marked and not SENTENCE_END.match(line, date.end())


def names_occasion(line: str, date: regex.Match[str]) -> bool:
    """Whether a title is of what was held or made on a day: "Из отчёта акима от 18 июля 2025 года"."""
    if PROSE_END.search(line) and line[date.end() :].strip(" ."):
        return False
    words = f"{line[: date.start()]} {line[date.end() :]}"
    alone = not any(char.isdigit() for char in NUMBERED_ALL.sub("", words))
    beside = " ".join(line[: date.start()].split()[-BESIDE:])  # "выпуск 58. Расшифровка записи от 12 февраля"
    return occasions().search(words if alone else beside) is not None


@cache
def occasions() -> regex.Pattern[str]:
    """Words of what is held, said or written on a day, of both languages."""
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(words_of('occasions'))})(?!\p{{L}})", regex.IGNORECASE)


def heads(line: str, date: regex.Match[str]) -> bool:
    """Whether a place and a date open a line of text: "АСТАНА, 14 мая 2024 года. За четыре месяца …"."""
    place, rest = line[: date.start()], line[date.end() :]
    return PLACE.fullmatch(place) is not None and PLACE_END.match(rest) is not None


def iso(date: regex.Match[str]) -> str:
    """An ISO date, empty where there is no such day."""
    year, month, day = int(date["year"]), month_number(date["month"]), int(date["day"])
    if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
