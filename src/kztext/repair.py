"""Repair of a text for reading: look-alike letters, lost and stray spaces, cut lines. Offsets stay true.

Every step takes a Text and gives a Text; a step that finds nothing gives back what it got. Where words were
parted or lines joined, the steps run again, so that a second repair of the whole finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from html import unescape

import regex

from kztext.encoding import decode, reread_kz1048, reread_utf8
from kztext.lang.pack import load_pack
from kztext.lang.phrases import alternatives
from kztext.spacing import (
    LANGS,
    changed,
    join_lines,
    part_glued,
    same_length,
    settle_columns,
    single_spaces,
    words_of,
)
from kztext.text import Edit, Text

LATIN = regex.compile(r"[A-Za-z\u00cb\u00eb\u0131\u0259\u018f\u0275\u019f]++")
RARE = regex.compile(r"[\u04a4\u04a5\u04c7\u04c8\u04c9\u04ca\u0472\u0473\u04ee\u04ef]")
CYRILLIC = regex.compile(r"\p{Cyrillic}")
ROMAN = regex.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
ROMAN_WORD = regex.compile(r"(?<!\p{L})[IVXІХ]*[ІХ][IVXІХ]*(?!\p{L})")
TO_ROMAN = str.maketrans("ІХ", "IX")

INVISIBLE = regex.compile(
    r"[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00]++"
    r"|(?<=\p{L})\u200d++|\u200d++(?=\p{L})|\r(?=\n)"
)
COMPOSED = regex.compile(r"[иИеЕ][\u0306\u0308]")
COMPOSE = {"и\u0306": "й", "И\u0306": "Й", "е\u0308": "ё", "Е\u0308": "Ё"}
NO_MINUS = regex.compile(r"(?<=\d)\u2212|\u2212(?!\d)")
CHARACTERS = {
    **dict.fromkeys(map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]), " "),
    **dict.fromkeys("\u2010\u2011\ufe63\uff0d\u00ac", "-"),
    "\u2012": "–",
    **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
}


__all__ = ["decode", "document_date", "fold_word", "repair_text"]


def repair_text(original: str) -> Text:
    """The text as it should be read, with the place in the original of every character.

    >>> repair_text("ЖIӨ 1998жылы 1,9%,ал").repaired
    'ЖІӨ 1998 жылы 1,9%, ал'
    """
    text = Text.of(original)
    for _ in range(ROUNDS):
        reshaped = False
        for step in STEPS:
            before, text = text, step(text)
            reshaped |= text is not before and step in RESHAPING
        if not reshaped:
            break
    return text


def replaced(text: Text, pattern: regex.Pattern[str], new: Callable[[str], str], *, rule: str) -> Text:
    """Put `new(found)` for everything a pattern finds."""
    found = pattern.finditer(text.repaired)
    return changed(text, [Edit(start=m.start(), end=m.end(), new=new(m[0]), rule=rule) for m in found])


# --- characters


def reread(text: Text) -> Text:
    """Undo a wrong encoding, where the whole text shows it."""
    text = reread_utf8(text)
    return same_length(text, reread_kz1048(text.repaired))


ENTITY = regex.compile(
    r"&(?:amp;)++(?![A-Za-z#])|&(?:amp;)*+(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});"
)


def read_entities(text: Text) -> Text:
    """The characters that HTML entities stand for ("&nbsp;", "&laquo;")."""
    if "&" not in text.repaired:
        return text
    return replaced(text, ENTITY, entity, rule="entity")


def entity(written: str) -> str:
    """The character an entity stands for, however often it was escaped; the entity if it stands for none."""
    name = written.replace("amp;", "")
    read = unescape(name)
    return read if name == "&" or (len(read) == 1 and read != "&") else written


def drop_invisible(text: Text) -> Text:
    """Remove soft hyphens, zero-width characters and the CR of CR LF; compose letters typed as two."""
    text = replaced(text, INVISIBLE, lambda _: "", rule="invisible")
    if "\u0306" in text.repaired or "\u0308" in text.repaired:
        text = replaced(text, COMPOSED, lambda letter: COMPOSE.get(letter, letter), rule="composed")
    return text


def plain_characters(text: Text) -> Text:
    """One space, one hyphen, one line break for their many kinds; other dashes and the minus of "−5" stay."""
    repaired = text.repaired
    for odd, plain in CHARACTERS.items():
        repaired = repaired.replace(odd, plain)
    repaired = NO_MINUS.sub("-", repaired)
    return same_length(text, repaired)


@cache
def lookalikes() -> dict[str, str]:
    """Letters that stand for a Cyrillic one inside a word."""
    tables = [load_pack(lang).table("alphabet")["lookalikes"] for lang in reversed(LANGS)]
    return {typed: letter for table in tables for typed, letter in table.items()}


@cache
def latin_lookalikes() -> dict[int, str]:
    """Cyrillic letters that stand for a Latin one inside a Latin word."""
    return {ord(v): k for k, v in lookalikes().items() if k.isascii()}


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """A word of mixed scripts in the script that most of it is written in; others stay as they are.

    >>> fold_word("кiрiс"), fold_word("СOVID"), fold_word("IІІ")
    ('кіріс', 'COVID', 'III')
    """
    roman = word.translate(TO_ROMAN)
    if roman.isascii() and ROMAN.fullmatch(roman):
        return roman
    table = lookalikes()
    cyrillic = [c for c in word if c not in table and not c.isascii()]
    latin = [c for c in word if c.isascii() and c not in "iI"]
    if len(cyrillic) >= len(latin):
        folded = "".join(table.get(c, c) for c in word)
        return word if LATIN.search(folded) else folded
    folded = word.translate(latin_lookalikes())
    return folded if folded.isascii() else word


def fold_lookalikes(text: Text) -> Text:
    """Make letters of one script inside a word of the other what they look like."""
    repaired = text.repaired
    pieces: list[str] = []
    done = 0
    for start, end in mixed_words(repaired):
        pieces += [repaired[done:start], fold_word(repaired[start:end])]
        done = end
    if pieces:
        repaired = "".join([*pieces, repaired[done:]])
    if RARE.search(repaired):
        repaired = RARE.sub(lambda m: lookalikes().get(m[0], m[0]), repaired)
    return same_length(text, repaired)


def mixed_words(text: str) -> Iterator[tuple[int, int]]:
    """The words with both Latin and Cyrillic letters, and Latin endings of a number ("5-i")."""
    done = 0
    for match in LATIN.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        while start > done and text[start - 1].isalpha():
            start -= 1
        size = len(text)
        while end < size and text[end].isalpha():
            end += 1
        done = end
        if end - start > match.end() - match.start() and CYRILLIC.search(text, start, end):
            yield start, end


def read_roman(text: Text) -> Text:
    """Roman numerals in Latin letters where they were typed with Cyrillic ones."""
    if "І" not in text.repaired and "Х" not in text.repaired:
        return text
    return same_length(text, ROMAN_WORD.sub(roman_numeral, text.repaired))


def roman_numeral(match: regex.Match[str]) -> str:
    """A Roman numeral in Latin letters; a lone letter only before a word that takes such numerals."""
    typed = match[0]
    numeral = typed.translate(TO_ROMAN)
    if not ROMAN.fullmatch(numeral):
        return typed
    if len(typed) > 1 or after_roman().match(match.string, match.end()):
        return numeral
    return typed


@cache
def after_roman() -> regex.Pattern[str]:
    """Words that follow a Roman numeral ("І тоқсан", "Х век")."""
    words = alternatives(words_of("after_roman"))
    return regex.compile(rf"(?: ?[-–—] ?| )(?:{words})", regex.IGNORECASE)


@cache
def parted_ending() -> regex.Pattern[str]:
    """A dash with stray spaces between digits or % and an ending ("30% - дан", "14,4 — ға")."""
    endings = alternatives(words_of("parted_endings"))
    return regex.compile(rf"(?<=[\d%]) ?[-–—] (?=(?:{endings})(?!\p{{L}}))")


def join_endings(text: Text) -> Text:
    """Endings at the digits that they belong to."""
    return replaced(text, parted_ending(), lambda _: "-", rule="ending")


ROUNDS = 5
STEPS: tuple[Callable[[Text], Text], ...] = (
    reread,
    read_entities,
    drop_invisible,
    plain_characters,
    fold_lookalikes,
    part_glued,
    read_roman,
    join_endings,
    settle_columns,
    join_lines,
    single_spaces,
)
# Steps after which the words and lines are others than before.
RESHAPING = (part_glued, settle_columns, join_lines)

# --- the document's date

HEAD = 400
DATELINE = 80  # a line at the head that gives place and date
DATELINE_REST = 16  # what may stand behind the date in it
DATELINE_MARKS = (",", ".", "(", ":", ";", "–", "—", "|")  # what stands before it
ACT_NUMBER = regex.compile(r"№\s?\d|№\s?$")
SOURCE = regex.compile(r"[^\d.!?]{1,60}")
LABEL = regex.compile(r"\A\p{L}[\p{L} ]{2,40}:\s*")
ISO_DATE = regex.compile(
    r"\A\s*(?:date:?\s+)?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", regex.IGNORECASE
)
PLACE_LINE = regex.compile(r"(?:\p{Ll}{1,2}\.\s*)?\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?\s*[,.–—/]\s*")
SENTENCE_END = regex.compile(r"\.\s+\p{Lu}")
PLACE_END = regex.compile(  # "АСТАНА, 3 июля 2025 года, «Агентство». Цены"
    r"\s*(?:[.–—/-]\s|/|:|,\s*[«\"“][^»\"”]{2,40}[»\"”]\s*(?:[.:–—-]\s|\Z))"
)
DOTTED_TAIL = regex.compile(
    r"(?:[,.;|–—]|№\s?[\p{L}\d/-]+)\s*(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\s*\Z"
)
NUMBERED = regex.compile(r"№\s?[\p{L}\d/.-]+\s\p{Ll}{2}\Z")  # "Пресс-релиз № 14 от …"
DOTTED_HEAD = regex.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?=\s*(?:[|–—/,]|-\s))")
DOTTED = regex.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?:\s*\p{L}{1,4}\.?)?")


@cache
def date_lines() -> tuple[regex.Pattern[str], ...]:
    """Patterns of a line that holds a date in words and nothing else."""
    forms = [form.replace("{month}", r"(?P<month>\p{L}++)") for form in words_of("dates")]
    return tuple(regex.compile(form, regex.IGNORECASE) for form in forms)


@cache
def month_stems() -> tuple[tuple[regex.Pattern[str], int], ...]:
    """The stems of the months' names with the number of the month."""
    tables = [load_pack(lang).table("periods")["stems"]["month_name"] for lang in LANGS]
    return tuple(
        (regex.compile(rf"(?:{stem})\p{{L}}*+", regex.IGNORECASE), number)
        for table in tables
        for stem, number in table.items()
    )


def month_number(name: str) -> int:
    """The number of a month by its name in any form, 0 if it is none."""
    return next((number for stem, number in month_stems() if stem.fullmatch(name)), 0)


def document_date(original: str) -> str:
    """The ISO date that heads a document, empty if none stands there.

    >>> document_date(" date 2026-02-10 На заседании"), document_date("10 февраля 2026 года\\nНа заседании")
    ('2026-02-10', '2026-02-10')
    >>> document_date("АСТАНА, 14 мая 2024 года. За четыре месяца введено 4,1 млн кв. метров жилья.")
    '2024-05-14'
    """
    if match := ISO_DATE.match(original):
        return iso(int(match["year"]), int(match["month"]), int(match["day"]))
    head = [line.strip() for line in original[:HEAD].splitlines() if line.strip()]
    lone = sum(map(opens, head)) == 1  # a chronicle has more
    for line in head[:4]:
        told = LABEL.sub("", line)  # "Дата публикации: 14.08.2024"
        tail = DOTTED_TAIL.search(line) if len(line) <= DATELINE else None
        if match := ISO_DATE.match(told) or DOTTED.fullmatch(told) or DOTTED_HEAD.match(line) or tail:
            return iso(int(match["year"]), int(match["month"]), int(match["day"]))
        for pattern in date_lines():
            match = pattern.fullmatch(line)
            if match is None and (len(line) <= DATELINE or "№" in line):
                # "Город Қонаев, 7 февраля 2025 года", "(2023 жылғы 25 қазандағы жедел дерек)"
                match = next((m for m in pattern.finditer(line) if is_parted(line, m)), None)
            if match is None:
                match = next((m for m in pattern.finditer(line[:DATELINE]) if heads(line, m)), None)
            if match is None and lone:
                match = next(
                    (m for m in [pattern.match(line)] if m and SENTENCE_END.match(line, m.end())), None
                )
            if match is not None:
                return iso(int(match["year"]), month_number(match["month"]), int(match["day"]))
    return ""


def opens(line: str) -> bool:
    """Whether a date alone is the first sentence of a line: "2025 жылғы 20 қазан. Өңірде егін жиналды."."""
    found = [pattern.match(line) for pattern in date_lines()]
    return any(match is not None and SENTENCE_END.match(line, match.end()) for match in found)


def is_parted(line: str, date: regex.Match[str]) -> bool:
    """Whether a date stands apart at the end of a line; "На 10 февраля 2026 года приходится" speaks of it."""
    before, after = line[: date.start()].rstrip(), line[date.end() :].lstrip()
    if not after.rstrip(" .") and NUMBERED.search(before):
        return True
    if ACT_NUMBER.match(after):  # "Утверждена постановлением Правительства от 28 декабря 2023 года № 1231"
        return True
    if not before:  # "10 мая 2024 года, Астана – агентство «Степь»"
        return after[:1] in DATELINE_MARKS and SOURCE.fullmatch(after) is not None
    return len(after) <= DATELINE_REST and before[-1:] in DATELINE_MARKS


def heads(line: str, date: regex.Match[str]) -> bool:
    """Whether a place and a date open a line of text: "АСТАНА, 14 мая 2024 года. За четыре месяца …"."""
    place, rest = line[: date.start()], line[date.end() :]
    return PLACE_LINE.fullmatch(place) is not None and PLACE_END.match(rest) is not None


def iso(year: int, month: int, day: int) -> str:
    """An ISO date, empty where there is no such day."""
    if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
