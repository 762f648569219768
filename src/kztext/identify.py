"""The language of a block or sentence: Kazakh or Russian, by counts of letters, words and endings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from kztext.lang.pack import load_pack
from kztext.spans import Lang

# A word, but no Roman numeral.
WORD = regex.compile(r"(?<!\p{Cyrillic})(?!і++(?!\p{Cyrillic}))\p{Cyrillic}++")
# About what each piece of evidence adds to the logarithm of the odds.
KNOWN_WORD, SPECIAL_LETTER, ENDING = 5, 4, 2
# A name in quotation marks says little of the sentence around it: "«Қазақстан темір жолы» перевёз …".
NAME = regex.compile(r"«[^«»\n]{1,40}»|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"")
AROUND = 2  # words around names from which these alone tell the language
# A Latin i inside a Cyrillic word stands for the Kazakh letter of the same look.
LATIN_I = str.maketrans("iI", "іІ")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells one language from the other, from its pack."""

    special: frozenset[str]
    words: frozenset[str]
    endings: tuple[str, ...]


@cache
def evidence(lang: str) -> Evidence:
    """The evidence that a language's pack holds."""
    pack = load_pack(lang)
    table = pack.table("function_words")
    return Evidence(
        special=frozenset(pack.table("alphabet")["special"]),
        words=frozenset([*table["words"], *table["frequent"]]) - frozenset(table["ambiguous"]),
        endings=tuple(table["endings"]),
    )


def weigh(text: str) -> int:
    """How far a text speaks for Kazakh (above 0) or Russian (below 0); 0 where it says nothing.

    >>> weigh("2024: 5,1 %")
    0
    """
    if "i" in text or "I" in text:
        text = text.translate(LATIN_I)
    kk, ru = evidence("kk"), evidence("ru")
    words = WORD.findall(text.lower())
    if "«" in text or "“" in text or '"' in text:
        around = WORD.findall(NAME.sub(" ", text).lower())
        words = around if len(around) >= AROUND else words
    score = 0
    for word in words:
        if word in kk.words:
            score += KNOWN_WORD
        elif word in ru.words:
            score -= KNOWN_WORD
        elif not kk.special.isdisjoint(word):
            score += SPECIAL_LETTER
        elif len(word) > 1:
            score -= 1
            if word.endswith(kk.endings):
                score += ENDING
            elif word.endswith(ru.endings):
                score -= ENDING
    return score


def identify(text: str, *, default: Lang = Lang.RU) -> Lang:
    """The language of a sentence or block; `default` where it has no letter that tells.

    Russian with Kazakh names stays Russian: single words do not outweigh the sentence.

    >>> identify("Инфляция қарқыны төмендеді"), identify("В Алматы открыт музей Қазақстан")
    (<Lang.KK: 'kk'>, <Lang.RU: 'ru'>)
    """
    score = weigh(text)
    if score == 0:
        return default
    return Lang.KK if score > 0 else Lang.RU
