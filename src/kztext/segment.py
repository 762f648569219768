"""Sentences of a repaired text: prose, list items, table rows and headings, each with its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from kztext.datelines import dateline
from kztext.identify import weigh
from kztext.lang.pack import load_pack
from kztext.lang.phrases import alternatives
from kztext.spans import Lang, Layout, Sentence, Token
from kztext.text import Text

LANGS = ("kk", "ru")
HEADING_SIZE = 160
TOP_SIZE = 70  # characters of a title that a paragraph follows without a blank line
LONGEST = 3000  # characters of a sentence; the longest in 29,000 real ones has 1,668
CUTS = (". ", "; ", ", ", " ")
NEUTRAL_WORD = 1  # what one word that tells nothing weighs ("2-тарау.")
LONG_WORD = regex.compile(r"\p{Cyrillic}{2,}")
WEAK_EVIDENCE = 3  # "• 2022 ж. – 22,6 трлн" has no word that tells; the list it stands in does

SEPARATOR = regex.compile(r"(?:[*#~_=–—-]\s?){2,}")  # a line that parts items of news: "***"
BULLET = regex.compile(r"[•▪‣◦●○■□·*]\s*|[-–—]\s+")
NUMBERED = regex.compile(r"\(?(?:\d{1,2}|\p{L})[.)]\s+|\d{1,2}\)")
DATE_HEAD = regex.compile(r"\s*(?:date:?\s+)?\d{4}-\d\d-\d\d(?=\s|\Z)", regex.IGNORECASE)
# "2015 жыл – 1,2", "2015: 17,5": a label and its value.
LABELLED = regex.compile(
    r"(?:[^\n.!?;]|(?<=\d\s?(?:ж|г|жж|гг))\.){1,70}?(?:\s[-–—]|:)\s*(?:\p{L}{1,6}\s)?[+-]?\d[^\n]{0,40}"
)

STOP = regex.compile(
    r"[.!?…]++(?:[»”\"’')\]]|[¹²³⁴-⁹⁰]|\[\d{1,2}\])*+(?=\s)"
    r"|[;:](?=\s(?:\d{1,2}[.)]|\p{L}\)|[•▪‣◦●■])\s)"
)
NEXT = regex.compile(
    r"\s*+(?P<open>[«“„\"'`(\[]*+(?:…|\.{2,3})?+)(?P<dash>[-–—]{1,3}+\s*+[«“„\"]?+)?(?P<first>\S)"
)
SCALED = regex.compile(r"\d{1,3}(?:,\d+)?\s(?P<scale>\p{L}+)")
WORD_BEFORE = regex.compile(r"(?:(?<!\p{L})\p{L}{1,3}+\. ?)*+[\p{L}\d-]++$")
WINDOW = 24  # how far back a decision looks
YEARS = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)(?:\s?[–—-]\s?(?:19|20)\d\d(?!\d))?")
DIGIT = regex.compile(r"\d|^[IVX]+$")
# A word that no abbreviation looks like: cut words end in a consonant.
WHOLE = regex.compile(r"\p{L}{4,}[аәеёиоөуұүыіэюяьй]$", regex.IGNORECASE)
VOWELLESS = regex.compile(r"[бвгғджзйкқлмнңпрстфхһцчшщ]{2,5}")
MARK_AFTER = regex.compile(r"\s(?:\d{1,2}[.)]|[•▪‣◦●■])\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without the white space around it."""

    start: int
    end: int
    text: str
    indent: bool
    layout: Layout
    block: int


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The abbreviations of both languages, by what a dot after them can mean."""

    never: frozenset[str]
    may: frozenset[str]
    after_number: frozenset[str]
    before_year: frozenset[str]  # parts of a year: "IV кв. 2015"
    scale: frozenset[str]
    after_scale: tuple[str, ...]


@cache
def abbreviations() -> Abbreviations:
    """Both packs' abbreviations: a Russian one stands in Kazakh texts too."""
    tables = [load_pack(lang).table("abbreviations") for lang in LANGS]

    def both(key: str) -> frozenset[str]:
        return frozenset(word for table in tables for word in table[key])

    return Abbreviations(
        never=both("never_final"),
        may=both("may_end"),
        after_number=both("after_number"),
        before_year=both("before_year"),
        scale=both("scale"),
        after_scale=tuple(sorted(both("after_scale"))),
    )


def segment(text: Text) -> list[Sentence]:
    """The sentences of a text, in order; together they hold every character that is not white space.

    A list item, a table row and a heading is a sentence of its own, with its layout. Sentences of one
    paragraph, or of one list with the line that introduces it, share a block.
    """
    repaired = text.repaired
    lines = read_lines(repaired)
    whole = weigh(repaired[:20000])
    default = Lang.KK if whole > 0 else Lang.RU
    found: list[Sentence] = []
    block, block_default = -1, default
    for line in lines:
        if line.block != block:
            block, block_default = line.block, default
        for start, end, layout in readable(repaired, pieces(line)):
            piece = repaired[start:end]
            score = weigh(piece)
            unsure = abs(score) <= (NEUTRAL_WORD if layout is Layout.TEXT else WEAK_EVIDENCE)
            unsure |= -NEUTRAL_WORD * len(LONG_WORD.findall(piece)) <= score < 0  # no word tells
            lang = block_default if unsure else Lang.KK if score > 0 else Lang.RU
            if abs(score) > 3:
                block_default = lang
            found.append(Sentence(start=start, end=end, text=piece, lang=lang, layout=layout, block=block))
    return found


def readable(text: str, found: Iterable[tuple[int, int, Layout]]) -> Iterator[tuple[int, int, Layout]]:
    """The pieces; one longer than any sentence (a dump of figures) is cut at its commas or blanks."""
    for start, end, layout in found:
        while end - start > LONGEST:
            middle, last = start + LONGEST // 2, start + LONGEST
            marks = (text.rfind(mark, middle, last) for mark in CUTS)
            cut = next((place + 1 for place in marks if place >= 0), last)
            yield start, cut, layout
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            yield start, end, layout


# --- lines and blocks


def read_lines(repaired: str) -> list[Line]:
    """The lines that hold something, with their layout and block."""
    spans: list[tuple[int, int, bool, bool]] = []
    start = 0
    blank = False
    for raw in repaired.split("\n"):
        stripped = raw.strip()
        if stripped:
            left = start + len(raw) - len(raw.lstrip())
            spans.append((left, left + len(stripped), left > start, blank))
            blank = False
        else:
            blank = True
        start += len(raw) + 1
    texts = [repaired[a:b] for a, b, _, _ in spans]
    layouts = read_layouts(texts, [blank for _, _, _, blank in spans])
    lines: list[Line] = []
    block = 0
    for i, (left, right, indent, after_blank) in enumerate(spans):
        parted = SEPARATOR.fullmatch(texts[i]) is not None or dateline(texts[i]) is not None
        if i and (after_blank or parted or new_block(texts[i - 1], layouts[i - 1], layouts[i], indent)):
            block += 1
        lines.append(Line(left, right, texts[i], indent, layouts[i], block))
    return lines


def new_block(before: str, layout_before: Layout, layout: Layout, indent: bool) -> bool:
    """Whether a line starts a paragraph or list of its own."""
    if layout in (Layout.ITEM, Layout.ROW):
        return False
    if layout is Layout.HEADING:
        return True
    if layout_before is Layout.TEXT:
        return indent or before[-1] in '.!?…»"'
    return layout_before is Layout.ITEM and indent


def read_layouts(texts: list[str], blanks: list[bool]) -> list[Layout]:
    """What kind of line each is, from its shape and its neighbours."""
    rows = [is_row(line) for line in texts]
    shapes = [shape(line) for line in texts]
    layouts: list[Layout] = []
    size = len(texts)
    for i, line in enumerate(texts):
        opens, closes = i == 0 or blanks[i], i + 1 == size or blanks[i + 1]
        after = shapes[i + 1] if i + 1 < size and not blanks[i + 1] else ""
        before = shapes[i - 1] if i and not blanks[i] else ""
        follows_intro = (
            bool(i)
            and not blanks[i]
            and (
                layouts[i - 1] is Layout.ITEM
                or (layouts[i - 1] is Layout.HEADING and texts[i - 1][-1] == ":")
            )
        )
        headed = (
            0 < i < size - 1
            and not blanks[i]
            and layouts[i - 1] is Layout.HEADING
            and texts[i - 1][-1] != ":"
        )
        sent = dateline(line)
        if rows[i]:
            layouts.append(Layout.ROW)
        elif sent is not None:
            layouts.append(Layout.DATELINE if sent.end == len(line) else Layout.TEXT)
        elif introduces(line, after, bool(i + 1 < size and rows[i + 1])):
            layouts.append(Layout.HEADING)
        elif is_item(line, shapes[i], before, after, follows_intro):
            layouts.append(Layout.ITEM)
        elif is_heading(line, alone=(opens or headed) and closes) or (
            opens and not closes and tops(line, texts[i + 1])
        ):
            layouts.append(Layout.HEADING)
        else:
            layouts.append(Layout.TEXT)
    return layouts


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells parted by tabs or pipes."""
    return "\t" in line or line.count("|") > 1


def shape(line: str) -> str:
    """How a line begins, if it begins as a list item does."""
    if BULLET.match(line):
        return "dash" if line[0] in "-–—" else "bullet"
    if NUMBERED.match(line):
        return "letter" if line.lstrip("(")[0].isalpha() else "number"
    if len(line) < HEADING_SIZE and LABELLED.fullmatch(line):
        return "labelled"
    return ""


def is_item(line: str, kind: str, before: str, after: str, follows_intro: bool) -> bool:
    """Whether a line of some shape is an entry of a list: it has company, or something introduces it."""
    if kind:
        return follows_intro or kind in (before, after, "bullet")
    return follows_intro and len(line) < HEADING_SIZE and line[-1] in ";,"


def introduces(line: str, after: str, row_after: bool) -> bool:
    """Whether a line is what the list or table below it is about."""
    if len(line) > HEADING_SIZE:
        return False
    if line[-1] == ":":
        return row_after or (bool(after) and after != shape(line))
    if line[-1] in ".!?…;" and not (row_after and heads_rows(line)):
        return False
    plain = len(line) <= TOP_SIZE and not DIGIT.search(NUMBERED.sub("", line, count=1)) and line[-1] != ","
    return row_after or (plain and bool(after) and after != shape(line))


def heads_rows(line: str) -> bool:
    """Whether a line over a table names it though a dot ends it: one sentence, no figures but years."""
    bare = YEARS.sub("", NUMBERED.sub("", line, count=1))
    return line[-1] == "." and not DIGIT.search(bare) and not any(boundaries(line))


def tops(line: str, below: str) -> bool:
    """Whether a short line without a stop stands right over a paragraph: "Апрель–июнь 2023 года"."""
    if len(line) > TOP_SIZE or line[-1] in ".!?…;,:" or shape(below):
        return False
    opens = all(text[0].isupper() or text[0].isdigit() for text in (line, below))
    return opens and below[-1] in ".!?…" and not line[-1].isdigit()


def is_heading(line: str, *, alone: bool) -> bool:
    """Whether a line is a title: in capitals, or short and without a final stop between blank lines."""
    if len(line) > HEADING_SIZE or line[-1] in ".!?…;,:":
        return False
    return alone or (line.isupper() and len(line) > 3)


# --- sentences of a line


def pieces(line: Line) -> Iterator[tuple[int, int, Layout]]:
    """The sentences of a line, with the layout of each."""
    text, layout = line.text, line.layout
    if layout is Layout.ROW:
        yield line.start, line.end, layout
        return
    start = 0
    if (head := DATE_HEAD.match(text)) and line.start - head.end() < 200:
        yield line.start, line.start + head.end(), Layout.HEADING
        start = head.end() + 1
    elif layout is Layout.TEXT and (sent := dateline(text)) is not None:
        yield line.start, line.start + sent.end, Layout.DATELINE
        start = sent.end
    if title := title_end(text, start):
        yield line.start + start, line.start + title, Layout.HEADING
        start = title + 1
    cuts = list(boundaries(text, start))
    for cut in [*cuts, len(text)]:
        first = start
        while first < cut and text[first].isspace():
            first += 1
        if first < cut:
            inner = layout
            if layout is Layout.ITEM and first and text[start - 1] not in ";:":
                inner = Layout.TEXT
            elif layout is Layout.HEADING and cut < len(text) and DIGIT.search(text, first, cut):
                inner = Layout.TEXT  # what is told before the last sentence announces a list
            elif layout is Layout.TEXT and cuts:
                if MARK_AFTER.match(" " + text[first : first + 5]) and (first or len(cuts) > 1):
                    inner = Layout.ITEM
                elif text[cut - 1] == ":":
                    inner = Layout.HEADING
            yield line.start + first, line.start + cut, inner
        start = cut


TITLE = regex.compile(r"[^\p{Ll}\n]{8,}+(?<=\p{Lu})(?=\s\p{Lu}\p{Ll})")


def title_end(text: str, start: int) -> int:
    """Where a title in capitals stops that the first sentence follows on the same line; 0 if none does."""
    match = TITLE.match(text, start)
    if not match:
        found = regex.match(r"(?:[^\p{Ll}\s]++\s)++(?=\p{Lu}\p{Ll})", text[start:])
        if found and len(found[0]) > 12 and found[0].count(" ") > 1:
            return start + found.end() - 1
        return 0
    return match.end() if " " in match[0].strip() else 0


def boundaries(text: str, start: int = 0) -> Iterator[int]:
    """Where the sentences of a line end, the last one left out."""
    begun = start
    for match in STOP.finditer(text, start):
        end = match.end()
        if match[0] in ";:" or ends_sentence(text, begun, match.start(), end):
            yield end
            begun = end


def ends_sentence(text: str, begun: int, dot: int, end: int) -> bool:
    """Whether the stop at `dot:end` ends the sentence begun at `begun`."""
    after = NEXT.match(text, end)
    if not after:
        return False
    first = after["first"]
    if text.startswith("()", after.start("open")):
        return True
    if first.islower():
        plain = text[dot:end] == "." and not after["open"] and not after["dash"]
        return plain and bool(WHOLE.search(text, max(begun, dot - WINDOW), dot))
    if "(" in after["open"] and first == "*":
        return False
    if first in ",;:.!?…)»-–—/":
        return False
    if text[dot:end] == ".":
        return dot_ends(text, begun, dot, after)
    return True


def dot_ends(text: str, begun: int, dot: int, after: regex.Match[str]) -> bool:
    """Whether a single dot ends a sentence, by the word before it and what follows."""
    found = WORD_BEFORE.search(text, max(begun, dot - WINDOW), dot)
    if not found:
        return True
    known = abbreviations()
    word = found[0].replace(" ", "")
    lowered = word[:1].lower() + word[1:]
    if lowered not in known.never and lowered not in known.may:
        word = word.rsplit(".", 1)[-1]
        lowered = word[:1].lower() + word[1:]
    if len(word) == 1 and word.isupper():
        return False
    opening = text[max(begun, found.start() - 3 * WINDOW) : found.start()].strip()
    in_brackets = opening.rfind("(") > opening.rfind(")")
    if word.isdigit() and len(word) < 3:
        return bool(opening)
    bracket = "(" in after["open"] and (after["first"].isdigit() or after["first"] in "+−~")
    if bracket and lowered in known.scale | known.may | known.after_number:
        return False  # "горожан – 531,9 тыс. (70,6%), сельчан – 222 тыс."
    if lowered in known.before_year and YEARS.match(text, after.start("first")):
        return False  # "IV кв. 2015"
    if lowered in known.scale:
        part = SCALED.match(text, after.start("first"))  # "36 млн. 400 мың теңге"
        if part is not None and part["scale"].lower() in known.scale - {lowered}:
            return False
        return not text.startswith(known.after_scale, after.start("first"))
    money = lowered in known.after_number or lowered in known.may
    if money and text.startswith(known.after_scale, after.start("first")):
        return False  # "млрд долл. США"
    if lowered in known.after_number:
        if not DIGIT.search(opening[-8:].rpartition(" ")[2]) or after["first"].isdigit() or after["dash"]:
            return False
        return opening.count(" ") > 3 and not in_brackets
    if lowered in known.may:
        return not in_brackets
    return lowered not in known.never and (opening[-1:].isdigit() or not VOWELLESS.fullmatch(word))


# --- tokens


@cache
def token_pattern(lang: Lang) -> regex.Pattern[str]:
    """What a token is: links, numbers with their ending, abbreviations and initials with their dot, words.

    As in the treebanks: a sign belongs to its number in Kazakh ("31,2%-ға"), in Russian it does not.
    """
    known = abbreviations()
    short = known.never | known.may | known.after_number | known.scale
    plain = alternatives([regex.escape(word) for word in short if "." not in word])
    dotted = alternatives([regex.escape(word) for word in short if "." in word])
    sign = r"(?:\s?°\p{L}?|[%$€₽₸])?" if lang is Lang.KK else ""
    return regex.compile(
        r"(?:https?://|www\.)\S+|[\w.+-]{1,64}+@[\w-]++(?:\.[\w-]++)++"
        rf"|\p{{N}}++(?:[.,/]\p{{N}}++)*+{sign}(?:-\p{{L}}{{1,5}}+(?!\p{{L}}))?"
        rf"|(?<![\p{{L}}\d])(?i:{dotted})\.|(?<![\p{{L}}\d])(?:(?i:{plain})|\p{{Lu}})\.(?!\.|$)"
        r"|(?<![\p{L}\d])(?:\p{Ll}(?=\. \p{Ll}\.)|(?<=\p{Ll}\. )\p{Ll})\."
        r"|\p{L}[\p{L}\p{M}\p{N}]*+(?:[-'’]\p{L}[\p{L}\p{N}]*+)*+"
        r"|(\.{2,}|-{2,}|…|\S)"
    )


def tokenize(sentence: Sentence) -> tuple[Token, ...]:
    """The tokens of a sentence, with offsets in the whole text."""
    start = sentence.start
    found = token_pattern(sentence.lang).finditer(sentence.text)
    return tuple(Token(start=start + m.start(), end=start + m.end(), text=m[0]) for m in found)
