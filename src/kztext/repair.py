"""Repair of a text for reading: look-alike letters, lost and stray spaces, cut lines. Offsets stay true.

Every step takes a Text and gives a Text; a step that finds nothing gives back what it got. The order matters:
what a step makes, the later ones see, so that a second repair finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

import regex

from kztext.lang.pack import load_pack
from kztext.lang.phrases import alternatives
from kztext.text import Edit, Text

LANGS = ("kk", "ru")
WORD = regex.compile(r"\p{L}++")
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
CHARACTERS: dict[int, str] = {
    **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2212\ufe63\uff0d\u00ac"), "-"),
    **dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n"),
}


def repair_text(original: str) -> Text:
    """The text as it should be read, with the place in the original of every character.

    >>> repair_text("ЖIӨ 1998жылы 1,9%,ал").repaired
    'ЖІӨ 1998 жылы 1,9%, ал'
    """
    text = Text.of(original)
    for step in STEPS:
        text = step(text)
    return text


def changed(text: Text, edits: list[Edit]) -> Text:
    """Apply edits where there are any."""
    return text.edited(edits) if edits else text


def replaced(text: Text, pattern: regex.Pattern[str], new: Callable[[str], str], *, rule: str) -> Text:
    """Put `new(found)` for everything a pattern finds."""
    found = pattern.finditer(text.repaired)
    return changed(text, [Edit(start=m.start(), end=m.end(), new=new(m[0]), rule=rule) for m in found])


def same_length(text: Text, repaired: str) -> Text:
    """A text whose characters were replaced one by one."""
    return text if repaired == text.repaired else Text(text.original, repaired, text.starts, text.ends)


# --- characters


def read_mojibake(text: Text) -> Text:
    """Undo KZ-1048 read as windows-1251 and UTF-8 read as windows-1251, where the whole text shows it."""
    repaired = text.repaired
    misread = misread_letters()
    hits = sum(repaired.count(letter) for letter in misread)
    if hits >= 3 and hits * 40 > len(CYRILLIC.findall(repaired)) and not has_special(repaired):
        text = same_length(text, repaired.translate({ord(k): v for k, v in misread.items()}))
    return text


@cache
def misread_letters() -> dict[str, str]:
    """What the packs say each misread letter stood for."""
    return {k: v for lang in LANGS for k, v in load_pack(lang).table("alphabet")["misread"].items()}


def has_special(text: str) -> bool:
    """Whether a letter stands in the text that a misread one would have replaced."""
    return any(letter in text for letter in misread_letters().values())


def drop_invisible(text: Text) -> Text:
    """Remove soft hyphens, zero-width characters and the CR of CR LF; compose letters typed as two."""
    text = replaced(text, INVISIBLE, lambda _: "", rule="invisible")
    if "\u0306" in text.repaired or "\u0308" in text.repaired:
        text = replaced(text, COMPOSED, lambda letter: COMPOSE.get(letter, letter), rule="composed")
    return text


def plain_characters(text: Text) -> Text:
    """One space, one hyphen, one line break for their many kinds; other dashes stay."""
    return same_length(text, text.repaired.translate(CHARACTERS))


@cache
def lookalikes() -> dict[str, str]:
    """Letters that stand for a Cyrillic one inside a word."""
    tables = [load_pack(lang).table("alphabet")["lookalikes"] for lang in reversed(LANGS)]
    return {typed: letter for table in tables for typed, letter in table.items()}


@cache
def latin_lookalikes() -> dict[int, str]:
    """Cyrillic letters that stand for a Latin one inside a Latin word."""
    return {ord(v): k for k, v in lookalikes().items() if k.isascii()}


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
    """Letters of one script inside a word of the other; Roman numerals typed with Cyrillic letters."""
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
    if "І" in repaired or "Х" in repaired:
        repaired = ROMAN_WORD.sub(roman_numeral, repaired)
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
    words = [word for lang in LANGS for word in load_pack(lang).table("repair")["after_roman"]]
    return regex.compile(rf"(?:[ ]?[-–—][ ]?|[ ])(?:{alternatives(words)})", regex.IGNORECASE)


# --- spaces

CELL = 80
LIST_MARK = regex.compile(r"(?:\(?(?:\d{1,3}|\p{L})[.)]|[•▪‣◦●○■□–—*·-])\s*")


def is_row(line: str) -> bool:
    """Whether tabs part the line into short cells, rather than stand for a space.

    >>> is_row("2017\\t7,1"), is_row("1)\\tӨнеркәсіп"), is_row("аяқталды енді.\\tСоңғы жылдары")
    (True, False, False)
    """
    cells = [cell.strip() for cell in line.strip().split("\t")]
    cells = [cell for cell in cells if cell]
    if len(cells) < 2 or any(len(cell) > CELL for cell in cells):
        return False
    if LIST_MARK.fullmatch(cells[0]) and len(cells) == 2:
        return False
    return not any(cell[-1] in ".!?;:…" and len(cell) > 12 for cell in cells[:-1])


def settle_tabs(text: Text) -> Text:
    """Keep the tabs that part the cells of a table; make the others spaces."""
    repaired = text.repaired
    if "\t" not in repaired:
        return text
    lines = repaired.split("\n")
    rows = ["\t" in line and is_row(line) for line in lines]
    kept = [
        line
        if row and (any(rows[max(0, i - 1) : i]) or any(rows[i + 1 : i + 2]) or line.strip().count("\t") > 1)
        else line.replace("\t", " ")
        for i, (line, row) in enumerate(zip(lines, rows, strict=True))
    ]
    return same_length(text, "\n".join(kept))


@cache
def glued_ending() -> regex.Pattern[str]:
    """A whole ending that may follow a digit, %, or an acronym without a dash."""
    endings = [ending for lang in LANGS for ending in load_pack(lang).table("repair")["endings"]]
    return regex.compile(rf"(?:{alternatives(endings)})(?!\p{{L}})")


AFTER_STOP = regex.compile(
    r"(?<=[\p{Ll}\d%»)”\"]\p{Ll}|[%»)”\"]|\d\d|\p{Ll}\d)[.!?…]++(?=[«“\"]?\p{Lu}(?:\p{Ll}|\s))"
    r"|(?<=\p{Cyrillic}\p{L}|[%»)”$]|\d\d),(?=\p{Cyrillic}\p{L}|[«“])"
    r"|(?<=[\p{Cyrillic}\d%»)”.])[;:](?=[\p{Ll}«“])|(?<=[\p{Cyrillic}%»)”.]):(?=\p{Lu})"
    r"|(?<=[•▪‣●■])(?=[\p{L}\d])"
)
# What stood on a line of its own, before the line break was lost.
AFTER_LINE = regex.compile(
    r"(?<=[\p{Cyrillic}\d%»)”.]);(?=\p{Lu})"
    r"|(?<=[\p{Cyrillic}%»)”.;])[:;.](?=\d{1,2}\)|\d{1,2}\.\s|[•▪‣●■])"
    r"|(?<=[\p{L}\d%»)])(?=[•▪‣●■])"
)
DIGIT_LETTER = regex.compile(r"(?<=\d|%)(?=\p{Cyrillic})")
LETTER_DIGIT = regex.compile(r"(?<=\p{Cyrillic}\p{Ll}{3})(?=\d\d|\d[,.]\d)")
CAMEL = regex.compile(r"(?<![\p{L}])\p{Ll}{4,}+(?=\p{Lu}\p{Ll})")
TITLE = regex.compile(r"^[^\p{Ll}\n]{8,}+(?<=\p{Lu})(?=\p{Ll}{2})", regex.MULTILINE)


def part_glued(text: Text) -> Text:
    """Put a space between words, sentences, number and word typed without one, a line break after a title."""
    repaired = text.repaired
    at: set[int] = set()
    at.update(match.end() for match in AFTER_STOP.finditer(repaired))
    ending = glued_ending()
    for match in DIGIT_LETTER.finditer(repaired):
        word = WORD.match(repaired, match.end())
        whole = word and (len(word[0]) > 1 or repaired.startswith(".", word.end()))
        if whole and not ending.match(repaired, match.end()):
            at.add(match.end())
    at.update(match.end() for match in LETTER_DIGIT.finditer(repaired))
    lines = {match.end() for match in AFTER_LINE.finditer(repaired)}
    lines.update(match.end() for match in CAMEL.finditer(repaired))
    for match in TITLE.finditer(repaired):
        cut = match.end() - 1
        several = " " in match[0].strip() and repaired[cut - 1 : cut].isupper()
        if several and not ending.match(repaired, match.end()):
            lines.add(cut)
    edits = [Edit(start=i, end=i, new="\n" if i in lines else " ", rule="glued") for i in sorted(at | lines)]
    return changed(text, edits)


# --- lines


def join_lines(text: Text) -> Text:
    """Make a space of the line breaks that stand inside a sentence."""
    repaired = text.repaired
    if "\n" not in repaired:
        return text
    scale = scale_at_end()
    lines = repaired.split("\n")
    width = wrap_width(lines)
    out = [lines[0]]
    for before, line in pairwise(lines):
        out.append(" " if goes_on(before, line, width, scale) else "\n")
        out.append(line)
    return same_length(text, "".join(out))


@cache
def scale_at_end() -> regex.Pattern[str]:
    """A line that ends in a number and its scale word."""
    words = [word for lang in LANGS for word in load_pack(lang).table("repair")["scale"]]
    scale = alternatives(words).replace("~", r"\p{L}*+")
    return regex.compile(rf"\d\s?(?:{scale})\.?\s*$", regex.IGNORECASE)


def wrap_width(lines: list[str]) -> int:
    """The width at which a text was wrapped by hand, 0 if it was not."""
    sizes = [len(line.rstrip()) for line in lines if line.strip()]
    if len(sizes) < 4:
        return 0
    width = max(sizes)
    full = sum(size > 0.75 * width for size in sizes)
    return width if 40 <= width <= 140 and full * 2 > len(sizes) else 0


def goes_on(before: str, line: str, width: int, scale: regex.Pattern[str]) -> bool:
    """Whether a sentence of one line plainly continues in the next."""
    before, after = before.rstrip(), line.strip()
    if not before or not after or "\t" in before or "\t" in after or "|" in before or "|" in after:
        return False
    if before[-1] in "!?…;:" or LIST_MARK.match(after):
        return False
    lower = after[0].islower()
    if lower and scale.search(before[-24:]):
        return True
    if before[-1] == ".":
        return False
    full = width and len(before) + 1 + len(after.split(maxsplit=1)[0]) > width - 2
    if full and (lower or after[0].isdigit() or before[-1] in ",(—–"):
        return True
    return lower and len(before) >= 50


SPACES = regex.compile(r"(?<=\S ) ++(?=\S)")


def single_spaces(text: Text) -> Text:
    """One space where several stand between words; indentation stays."""
    if "  " not in text.repaired:
        return text
    return replaced(text, SPACES, lambda _: "", rule="spaces")


STEPS: tuple[Callable[[Text], Text], ...] = (
    read_mojibake,
    drop_invisible,
    plain_characters,
    fold_lookalikes,
    settle_tabs,
    part_glued,
    join_lines,
    single_spaces,
)

# --- the document's date

HEAD = 400
ISO_DATE = regex.compile(
    r"\A\s*(?:date:?\s+)?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", regex.IGNORECASE
)
DOTTED = regex.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?:\s*\p{L}{1,4}\.?)?")


@cache
def date_lines() -> tuple[tuple[regex.Pattern[str], tuple[str, ...]], ...]:
    """Patterns of a date line in words, with the months they name."""
    found = []
    for lang in LANGS:
        table = load_pack(lang).table("repair")
        month = rf"(?P<month>{alternatives(table['months'])})\p{{L}}*+"
        forms = [form.replace("{month}", month) for form in table["dates"]]
        found += [(regex.compile(form, regex.IGNORECASE), tuple(table["months"])) for form in forms]
    return tuple(found)


def document_date(original: str) -> str:
    """The ISO date that heads a document, empty if none stands there.

    >>> document_date(" date 2026-02-10 На заседании"), document_date("10 февраля 2026 года\\nНа заседании")
    ('2026-02-10', '2026-02-10')
    """
    if match := ISO_DATE.match(original):
        return iso(int(match["year"]), int(match["month"]), int(match["day"]))
    head = original[:HEAD].splitlines()
    for line in [line.strip() for line in head if line.strip()][:4]:
        if match := ISO_DATE.match(line):
            return iso(int(match["year"]), int(match["month"]), int(match["day"]))
        if match := DOTTED.fullmatch(line):
            return iso(int(match["year"]), int(match["month"]), int(match["day"]))
        for pattern, months in date_lines():
            if match := pattern.fullmatch(line):
                named = match["month"].casefold()
                return iso(int(match["year"]), months.index(named) + 1, int(match["day"]))
    return ""


def iso(year: int, month: int, day: int) -> str:
    """An ISO date, empty where there is no such day."""
    if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
