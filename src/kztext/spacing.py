"""Repair of the spaces and line breaks of a text: glued words, cut lines, tabs and columns."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import regex

from kztext.lang.pack import load_pack
from kztext.lang.phrases import alternatives
from kztext.text import Edit, Text

LANGS = ("kk", "ru")
WORD = regex.compile(r"\p{L}++")


def changed(text: Text, edits: list[Edit]) -> Text:
    """Apply edits where there are any."""
    return text.edited(edits) if edits else text


def same_length(text: Text, repaired: str) -> Text:
    """A text whose characters were replaced one by one."""
    return text if repaired == text.repaired else Text(text.original, repaired, text.starts, text.ends)


def words_of(key: str) -> list[str]:
    """What both packs list under a key of their repair table."""
    return [word for lang in LANGS for word in load_pack(lang).table("repair")[key]]


# --- columns

CELL = 80
GAP = regex.compile(r"(?<=\S) {3,}+(?=\S)")
# A cell that holds a number and nothing else; text set in full lines has wide gaps too.
FIGURE = regex.compile(r" {3}[-+–]?\d[\d ]*+(?:[.,]\d++)?\s*%?(?= {3}|\s*$)")
SHORTENED = regex.compile(r"(?<!\p{L})\p{Ll}{1,4}\.$")  # "2023 г.", "млн чел."
LIST_MARK = regex.compile(r"\(?(?:\d{1,3}|\p{L})[.)](?=\s|$)\s*|[•▪‣◦●■□*·]\s*|[-–—](?=\s|$)\s*")


def is_row(line: str) -> bool:
    """Whether tabs part a line into short cells, rather than stand for a space.

    >>> is_row("2017\\t7,1"), is_row("1)\\tӨнеркәсіп"), is_row("жұмыс аяқталды.\\tСоңғы жылдары")
    (True, False, False)
    >>> is_row("Показатель\\tI полугодие 2023 г.\\tI полугодие 2024 г.")
    True
    """
    cells = [cell for cell in (part.strip() for part in line.split("\t")) if cell]
    if len(cells) < 2 or any(len(cell) > CELL for cell in cells):
        return False
    if len(cells) == 2 and LIST_MARK.fullmatch(cells[0]):
        return False
    stops = [cell for cell in cells[:-1] if cell[-1] in ".!?;:…" and len(cell) > 12]
    return not stops or (len(cells) > 2 and all(SHORTENED.search(cell) for cell in stops))


def in_company(rows: list[bool], i: int) -> bool:
    """Whether a row has another one above or below it."""
    return rows[i] and any(rows[max(0, i - 1) : i] + rows[i + 1 : i + 2])


def settle_columns(text: Text) -> Text:
    """Part the cells of a table by tabs, also where wide gaps of spaces did; make other tabs spaces."""
    repaired = text.repaired
    if "\t" not in repaired and "   " not in repaired:
        return text
    lines = repaired.split("\n")
    rows = ["\t" in line and is_row(line) for line in lines]
    wide = ["\t" not in line and "   " in line and is_row(GAP.sub("\t", line)) for line in lines]
    figures = [gaps and FIGURE.search(line) is not None for line, gaps in zip(lines, wide, strict=True)]
    edits: list[Edit] = []
    at = 0
    for i, line in enumerate(lines):
        if wide[i] and in_company(wide, i) and any(figures[max(0, i - 1) : i + 2]):
            found = GAP.finditer(line)
            edits += [Edit(start=at + m.start(), end=at + m.end(), new="\t", rule="columns") for m in found]
        elif "\t" in line and not in_company(rows, i) and not (rows[i] and line.strip().count("\t") > 1):
            lines[i] = line.replace("\t", " ")
        at += len(line) + 1
    return changed(same_length(text, "\n".join(lines)), edits)


# --- glued words

STOPS = regex.compile(r"[.!?…,;:]++(?=[\p{L}«“•▪‣●■\d])")
UPPER = regex.compile(r"\p{Lu}(?<=\p{Ll}\p{Lu})(?=\p{L})")
BEFORE_LETTER = regex.compile(r"[\d%$€₸](?=\p{Cyrillic})")
AFTER_LETTER = regex.compile(r"\d(?<=\p{Ll}\d)(?=\d|[.,]\d)")
BULLET = regex.compile(r"[•▪‣●■]")
TITLE = regex.compile(r"^[^\p{Ll}\n]{8,}+(?<=\p{Lu}\p{Lu})(?=\p{Ll}{2})", regex.MULTILINE)
MARK = regex.compile(r"\d{1,2}(?:\)|\.\s)|[•▪‣●■]")
CYRILLIC = regex.compile(r"\p{Cyrillic}")
CLOSERS = "%»)”$"
LONGEST = 40  # no word is longer; what is, is not looked at


@cache
def glued_ending() -> regex.Pattern[str]:
    """A whole ending that may follow a digit, % or an acronym without a dash."""
    return regex.compile(rf"(?:{alternatives(words_of('endings'))})(?!\p{{L}})")


def part_glued(text: Text) -> Text:
    """Put a space between words, sentences, number and word typed without one, a line break after a title."""
    repaired = text.repaired
    gaps: dict[int, str] = {}
    for match in STOPS.finditer(repaired):
        if gap := after_stop(repaired, match.start(), match.end()):
            gaps[match.end()] = gap
    for match in UPPER.finditer(repaired):
        if gap := before_capital(repaired, match.start()):
            gaps[match.start()] = gap
    for match in AFTER_LETTER.finditer(repaired):
        if len(lower_before(repaired, match.start())) > 3:
            gaps[match.start()] = " "
    for match in BEFORE_LETTER.finditer(repaired):
        if is_unit_glued(repaired, match.end(), gaps):
            gaps[match.end()] = " "
    ending = glued_ending()
    for match in TITLE.finditer(repaired):
        if " " in match[0].strip() and not ending.match(repaired, match.end()):
            gaps[match.end() - 1] = "\n"
    edits = [Edit(start=at, end=at, new=gap, rule="glued") for at, gap in sorted(gaps.items())]
    return part_bullets(changed(text, edits))


def lower_before(text: str, at: int) -> str:
    """The Cyrillic letters in lower case that end at a place, empty if another letter stands before them."""
    start = at
    while start and at - start < LONGEST and text[start - 1].islower():
        start -= 1
    word = text[start:at]
    if (start and text[start - 1].isalpha()) or not all(CYRILLIC.match(letter) for letter in word[:1]):
        return ""
    return word


def after_stop(text: str, start: int, end: int) -> str:
    """What is missing after a stop that is followed at once: nothing, a space or a line break."""
    if not start:
        return ""
    mark, before, after = text[start:end][-1], text[start - 1], text[end]
    letters = lower_before(text, start)
    worded = len(letters) > 1 or before in CLOSERS
    if MARK.match(text, end) and (before == "." or before in CLOSERS or CYRILLIC.match(before)):
        return "\n" if mark in ".;:" and (worded or mark != ".") else ""
    numbered = start > 1 and before.isdigit() and (text[start - 2].isdigit() or text[start - 2].islower())
    if after.isdigit():
        return " " if (mark == "," and len(letters) > 1) or (mark == ";" and (worded or numbered)) else ""
    quote = after in "«“"
    if not quote and not CYRILLIC.match(after):
        return ""
    if mark == ",":
        word = quote or text[end + 1 : end + 2].isalpha()
        spoken = worded or numbered or (before.isalpha() and text[start - 2].isalpha())
        return " " if word and spoken else ""
    if mark == ";":
        return "\n" if after.isupper() else " "
    if mark == ":":
        return " " if worded or CYRILLIC.match(before) else ""
    first = end + quote
    following = text[first + 1 : first + 2]
    if text[first : first + 1].isupper():
        return " " if (worded or numbered) and (following.islower() or following == " ") else ""
    next_word = WORD.match(text, first)
    return " " if len(letters) > 2 and next_word and len(next_word[0]) > 2 else ""


def before_capital(text: str, at: int) -> str:
    """What is missing between a word in lower case and a capital that follows it at once."""
    letters = lower_before(text, at)
    if text[at + 1].isupper():
        return " " if len(letters) > 2 else ""
    return "\n" if len(letters) > 3 else ""


def is_unit_glued(text: str, at: int, gaps: dict[int, str]) -> bool:
    """Whether a word, not an ending, follows a number or its sign at once ("1998жылы", "12,5млрд")."""
    word = WORD.match(text, at)
    if not word or (len(word[0]) == 1 and not text.startswith(".", word.end())):
        return False
    if glued_ending().match(text, at):
        return False
    start = at
    while start and at - start < LONGEST and (text[start - 1].isdigit() or text[start - 1] in ".,%$€₸"):
        start -= 1
    if start and text[start - 1].isalpha() and not any(place in gaps for place in range(start, at)):
        return False
    return not (word[0].isupper() and at - start == 1 and len(word[0]) < 5)


def part_bullets(text: Text) -> Text:
    """A line of its own for every entry of a list with bullets, and a space after the bullet."""
    repaired = text.repaired
    edits: list[Edit] = []
    for match in BULLET.finditer(repaired):
        start, end = match.span()
        before, after = repaired[start - 1 : start], repaired[end : end + 1]
        last = repaired[max(0, start - LONGEST) : start].rstrip(" \t")[-1:]
        if not after or not (after.isspace() or after.isalnum()):
            continue
        if before in (" ", "\t") and last in (";", ":", "."):
            edits.append(Edit(start=start - 1, end=start, new="\n", rule="bullet"))
        elif before and not before.isspace() and before not in "•▪‣●■":
            edits.append(Edit(start=start, end=start, new="\n", rule="bullet"))
        if after.isalnum():
            edits.append(Edit(start=end, end=end, new=" ", rule="bullet"))
    return changed(text, edits)


# --- lines

CUT_WORD = regex.compile(r"\p{L}\.\p{L}{1,2}$|(?<!\p{L})[бвгғджзйкқлмнңпрстфхһцчшщ]{2,4}$")
HYPHEN = regex.compile(r"(?<=\p{Ll}{2})-\n[ \t]*(?=\p{Ll}{2})")


@cache
def open_end() -> regex.Pattern[str]:
    """The end of a line that cannot end a sentence: a scale word, a conjunction, a preposition."""
    scale = alternatives(words_of("scale")).replace("~", r"\p{L}*+")
    words = alternatives(words_of("continues"))
    return regex.compile(rf"\d\s?(?:{scale})\.?$|(?<!\p{{L}})(?:{words})$", regex.IGNORECASE)


def join_lines(text: Text) -> Text:
    """Make a space of the line breaks that stand inside a sentence."""
    repaired = text.repaired
    if "\n" not in repaired:
        return text
    lines = repaired.split("\n")
    width, ragged = wrap_width(lines), is_ragged(lines)
    if width:
        ending = glued_ending()
        found = [m for m in HYPHEN.finditer(repaired) if not ending.match(repaired, m.end())]
        if found:
            text = text.edited([Edit(start=m.start(), end=m.end(), new="", rule="hyphen") for m in found])
            lines = text.repaired.split("\n")
    out = [lines[0]]
    for before, line in pairwise(lines):
        out.append(" " if goes_on(before, line, width, ragged) else "\n")
        out.append(line)
    return same_length(text, "".join(out))


def wrap_width(lines: list[str]) -> int:
    """The width at which a text was wrapped by hand, 0 if it was not."""
    sizes = [len(line.rstrip()) for line in lines if line.strip()]
    if len(sizes) < 4:
        return 0
    width = max(sizes)
    full = sum(size > 0.8 * width for size in sizes)
    return width if 40 <= width <= 120 and full * 5 > len(sizes) * 3 else 0


def is_ragged(lines: list[str]) -> bool:
    """Whether a text was broken into lines at no fixed width: many of its lines begin in lower case."""
    inner = [line.strip() for before, line in pairwise(lines) if before.strip() and line.strip()]
    lower = sum(line[0].islower() for line in inner)
    return lower >= 3 and lower * 5 > len(inner) * 2


def goes_on(before: str, line: str, width: int, ragged: bool = False) -> bool:
    """Whether a sentence of one line plainly continues in the next."""
    after = line.strip()
    if not after or not before or LIST_MARK.match(after):
        return False
    lower = after[0].islower()
    full = width and len(before.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width
    open_list = ragged and after[0].isdigit() and before.rstrip()[-1:] in (",", "–", "—", "-")
    if not lower and not full and not open_list:
        return False
    before = before.rstrip()
    if not before or before[-1] in "!?…;:" or any(mark in before + after for mark in "\t|"):
        return False
    if lower and (open_end().search(before[-24:]) or before[-1] in ",(«“–—"):
        return True
    if before[-1] == ".":
        return False
    return bool(full) or ragged or bool(CUT_WORD.search(before[-8:]))


SPACES = regex.compile(r"(?<! )  ++(?=\S)")


def single_spaces(text: Text) -> Text:
    """One space where several stand between words; indentation stays."""
    if "  " not in text.repaired:
        return text
    found = SPACES.finditer(text.repaired)
    inside = [m for m in found if m.start() and text.repaired[m.start() - 1] != "\n"]
    return changed(text, [Edit(start=m.start() + 1, end=m.end(), new="", rule="spaces") for m in inside])
