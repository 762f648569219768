"""The language of a block or sentence: Kazakh or Russian, by counts of letters, words and endings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from kztext.lang.pack import load_pack
from kztext.spans import Lang

WORD = regex.compile(r"\p{Cyrillic}+")
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
        words=frozenset(table["words"]) - frozenset(table["ambiguous"]),
        endings=tuple(table["endings"]),
    )


def weigh(text: str) -> int:
    """How far a text speaks for Kazakh (above 0) or Russian (below 0); 0 where it says nothing.

    >>> weigh("2024: 5,1 %")
    0
    """
    words = WORD.findall(text.translate(LATIN_I).lower())
    if not words:
        return 0
    kk, ru = evidence("kk"), evidence("ru")
    with_letters = kk_words = ru_words = 0
    for word in words:
        if not kk.special.isdisjoint(word):
            with_letters += 1
        if word in kk.words:
            kk_words += 1
        elif word in ru.words:
            ru_words += 1
    score = 4 * with_letters - len(words) + 2 * (kk_words - ru_words)
    if with_letters and not ru_words:
        score = max(score, 1)
    if score == -len(words):
        long = [word for word in words if len(word) > 4]
        kk_endings: int = sum(word.endswith(kk.endings) for word in long)
        ru_endings: int = sum(word.endswith(ru.endings) for word in long)
        return 2 * (kk_endings - ru_endings) - int(len(words) > 2)
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
