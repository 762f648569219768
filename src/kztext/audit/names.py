"""What the words of a subject say beyond the name of its indicator: exports of uranium, spending on roads."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

from kztext.audit.facts import Fact, plain
from kztext.audit.words import says
from kztext.lang.pack import load_pack

_WORD, _STEM = 4, 5  # letters of a word that names something, and of the beginning that two share
_LETTERS = regex.compile(r"\p{L}+")
_LISTS = ("phrases", "weak")


def stems(text: str, lang: str) -> frozenset[str]:
    """The beginnings of the words of a name that narrow it."""
    words = (w for w in _LETTERS.findall(plain(text)) if len(w) >= _WORD and not says("general", w, lang))
    return frozenset(w[:_STEM] for w in words)


@lru_cache(maxsize=1 << 10)
def own_stems(indicator: str, lang: str) -> frozenset[str]:
    """The beginnings of the words that name an indicator in a language; proper names are not among them."""
    table: dict[str, Any] = load_pack(lang).table("indicators").get("indicator", {}).get(indicator, {})
    words = (w for key in _LISTS for phrase in table.get(key, ()) for w in _LETTERS.findall(phrase))
    return frozenset(plain(w)[:_STEM] for w in words if w.islower() and len(w) >= _WORD)


def narrowing(fact: Fact) -> frozenset[str]:
    """The words of a fact's subject that its indicator does not account for."""
    r = fact.record
    return stems(r.subject, r.lang) - (own_stems(r.indicator, r.lang) if r.indicator else frozenset())


def named_apart(a: Fact, b: Fact) -> bool:
    """Whether two facts share a word of their names and differ in another: on roads, on schools."""
    one, other = (stems(f.record.subject, f.record.lang) for f in (a, b))
    return a.record.lang == b.record.lang and bool(one & other) and one != other


def narrowed_apart(a: Fact, b: Fact) -> bool:
    """Whether they differ in what no name of their indicators holds: exports, exports of uranium."""
    return named_apart(a, b) and narrowing(a) != narrowing(b)
