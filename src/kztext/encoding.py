"""Text from bytes whose encoding nobody has said, and text that was once read in the wrong one."""

from __future__ import annotations

import codecs
from functools import cache

import regex

from kztext.lang.pack import load_pack
from kztext.text import Edit, Text

LANGS = ("kk", "ru")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# KZ-1048 is windows-1251 but for Kazakh letters, PT154 another Kazakh one; the rest is what Russian came in.
SINGLE_BYTE = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866")
LOOKED_AT = 65536
WORDLIKE = regex.compile(r"[а-яёәғқңөұүһі]{2,}", regex.IGNORECASE)
ODD = regex.compile(r"[^\s\p{L}\d.,;:!?%()\"'«»“”„…№$€/+=*&@#_\[\]–—-]")
RARE = regex.compile(r"[ъЪёЁ]")  # a small charge, to part encodings that differ in the order of letters
CASE_CLASH = regex.compile(r"\p{Ll}\p{Lu}")


def decode(data: bytes) -> str:
    """The text of a file's bytes: by their mark, as UTF-8, or in the Cyrillic encoding that reads best.

    >>> decode("Қазақстан экономикасы".encode("kz1048")), decode("Рост цен".encode("cp1251"))
    ('Қазақстан экономикасы', 'Рост цен')

    Raises UnicodeDecodeError, as UTF-8 sees it, where no encoding makes Kazakh or Russian words of the bytes.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding)
    if wide := utf16_without_mark(data):
        return data.decode(wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = best_single_byte(data)
        if not found:
            raise
        return data.decode(found)


def utf16_without_mark(data: bytes) -> str:
    """The UTF-16 that bytes are in without saying so, empty if they are not."""
    head = data[:LOOKED_AT]
    zeros = head.count(0)
    if len(data) % 2 or not zeros or zeros * 20 < len(head):
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and readable(text[:LOOKED_AT]) > 0.5:
            return encoding
    return ""


def best_single_byte(data: bytes) -> str:
    """The single-byte Cyrillic encoding in which the bytes read best, empty if in none."""
    if 0 in data:
        return ""
    scores: list[tuple[float, str]] = []
    for encoding in SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores.append((readable(text[:LOOKED_AT]), encoding))
    best = max(scores, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] > 0.5 else ""


def readable(text: str) -> float:
    """How far a text reads as Kazakh or Russian: the share of letters in words, less what no word holds."""
    letters = sum(char.isalpha() and char > "\x7f" for char in text)
    if not letters:
        return 0.0
    in_words = sum(len(word) for word in WORDLIKE.findall(text))
    flaws = len(ODD.findall(text)) + 2 * len(CASE_CLASH.findall(text)) + len(RARE.findall(text)) / 5
    return (in_words - flaws) / letters


# --- text read in the wrong encoding

CYRILLIC = regex.compile(r"\p{Cyrillic}")
MOJIBAKE_LEAD = regex.compile(r"[РСТУÐÑÒÓ][^\p{L}\s\d.,]")
# What UTF-8 is misread as; a byte that windows-1251 lacks stays the control character it is in latin-1.
MISREAD_AS = ("cp1251", "cp1252", "latin-1")
ENOUGH = 8
MOJIBAKE_SHARE = 16  # one character in so many begins a letter that was misread


@cache
def byte_letters(encoding: str) -> dict[str, int]:
    """The characters that an encoding makes of the bytes above ASCII."""
    return {bytes([b]).decode(encoding, "replace").replace("\ufffd", chr(b)): b for b in range(0x80, 0x100)}


@cache
def double_encoded(encoding: str) -> regex.Pattern[str]:
    """One character in UTF-8 that was read in another encoding."""
    letters = byte_letters(encoding)

    def among(first: int, last: int) -> str:
        return "[" + "".join(regex.escape(char) for char, b in letters.items() if first <= b <= last) + "]"

    return regex.compile(
        rf"{among(0xC2, 0xDF)}{among(0x80, 0xBF)}|{among(0xE0, 0xEF)}{among(0x80, 0xBF)}{{2}}"
    )


def reread_utf8(text: Text) -> Text:
    """Undo UTF-8 that was read as windows-1251 or latin-1, where most of the text shows it.

    >>> reread_utf8(Text.of("Рост доходов 5 %".encode().decode("cp1251"))).repaired
    'Рост доходов 5 %'
    """
    repaired = text.repaired
    if len(MOJIBAKE_LEAD.findall(repaired)) * MOJIBAKE_SHARE < len(repaired):
        return text
    above = sum(char > "\x7f" for char in repaired)
    for encoding in MISREAD_AS:
        found = list(double_encoded(encoding).finditer(repaired))
        if len(found) < ENOUGH or 10 * sum(len(m[0]) for m in found) < 8 * above:
            continue
        letters = byte_letters(encoding)
        edits = []
        for match in found:
            read = bytes(letters[char] for char in match[0]).decode("utf-8", "ignore")
            if read:
                edits.append(Edit(start=match.start(), end=match.end(), new=read, rule="mojibake"))
        return text.edited(edits)
    return text


@cache
def misread_letters() -> dict[str, str]:
    """What the packs say each letter stood for before KZ-1048 was read as windows-1251."""
    return {k: v for lang in LANGS for k, v in load_pack(lang).table("alphabet")["misread"].items()}


def reread_kz1048(text: str) -> str:
    """Kazakh text that was read as windows-1251, letter for letter; any other text as it is.

    >>> reread_kz1048("Ќазаќстан экономикасыныѕ ґсуі")
    'Қазақстан экономикасының өсуі'
    """
    misread = misread_letters()
    hits = sum(text.count(letter) for letter in misread)
    if hits < 3 or any(letter in text for letter in misread.values()):
        return text
    if hits * 40 < len(CYRILLIC.findall(text)):
        return text
    for typed, letter in misread.items():
        text = text.replace(typed, letter)
    return text
