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


__all__ = ["decode", "fold_word", "repair_text"]


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


@cache
def split_ending() -> regex.Pattern[str]:
    """The space before an ending that is no word, behind a figure with its scale ("4,7 млрд қа")."""
    endings, scales = alternatives(words_of("split_endings")), alternatives(words_of("split_after"))
    return regex.compile(rf"(?<=\d ?(?:{scales})|\d) (?=(?:{endings})(?!\p{{L}}))")


def join_endings(text: Text) -> Text:
    """Endings at the digits that they belong to."""
    text = replaced(text, parted_ending(), lambda _: "-", rule="ending")
    return replaced(text, split_ending(), lambda _: "-", rule="ending")


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
