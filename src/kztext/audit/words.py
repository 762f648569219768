"""The words that the audit looks for in whole sentences, from both language packs."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from kztext.lang.index import PhraseIndex
from kztext.lang.pack import load_pack

LANGUAGES = ("kk", "ru")
_LATIN = str.maketrans("iI", "іІ")


@lru_cache(maxsize=256)
def _pattern(kind: str, lang: str) -> regex.Pattern[str]:
    pack = load_pack(lang)
    forms = pack.table("audit")[kind]
    whole = "|".join(form for form in forms)
    return pack.compile(rf"(?<!\p{{L}})(?:{whole})(?!\p{{L}})", where=f"lang/{lang}/audit.toml: {kind}")


@lru_cache(maxsize=1 << 12)
def says(kind: str, text: str, lang: str) -> bool:
    """Whether a text holds one of the words of a kind, in its language.

    >>> says("highest", "Тәуелсiздiк жылдарындағы ең жоғары өсiм", "kk")
    True
    """
    language = lang if lang in LANGUAGES else "ru"
    return bool(_pattern(kind, language).search(text.translate(_LATIN) if language == "kk" else text))


@lru_cache(maxsize=4)
def _opposites(lang: str) -> tuple[tuple[regex.Pattern[str], ...], ...]:
    pack = load_pack(lang)
    spot = f"lang/{lang}/audit.toml: opposites"
    return tuple(
        tuple(pack.compile(rf"(?<!\p{{L}})(?:{side})(?!\p{{L}})", where=spot) for side in pair)
        for pair in pack.table("audit")["opposites"]
    )


def are_opposite(a: str, b: str, lang: str) -> bool:
    """Whether one text names one half of a whole and the other text the other half.

    >>> are_opposite("в городах", "в сёлах", "ru"), are_opposite("в городах", "на реках", "ru")
    (True, False)
    """
    language = lang if lang in LANGUAGES else "ru"
    one, two = (x.lower().translate(_LATIN) if language == "kk" else x.lower() for x in (a, b))
    return any(
        (x.search(one) and y.search(two) and not y.search(one) and not x.search(two))
        or (y.search(one) and x.search(two) and not x.search(one) and not y.search(two))
        for x, y in _opposites(language)
    )


Cue = tuple[int, int, str, str]  # where it starts and ends, its kind and its value
_CUES = frozenset({"direction", "pace", "stable", "comparison", "versus", "level"})


@cache
def _cues(lang: str) -> PhraseIndex[tuple[str, str]]:
    pack = load_pack(lang)
    told = [cue for cue in pack.table("cues")["cue"] if cue["kind"] in _CUES]
    entries = [
        (form, ("movement" if "noun" in cue.get("flags", ()) else cue["kind"], cue["value"]))
        for cue in told
        for form in cue["forms"]
    ]
    return PhraseIndex(pack, entries, where=pack.source("cues"))


@lru_cache(maxsize=1 << 12)
def cues(text: str, lang: str) -> tuple[Cue, ...]:
    """The words of change and comparison in a text, as the reading of figures knows them.

    A noun of rise or fall is a "movement", a verb a "direction".
    """
    language = lang if lang in LANGUAGES else "ru"
    own = text.translate(_LATIN) if language == "kk" else text
    return tuple((start, end, *found) for start, end, found in _cues(language).find(own))


def way(text: str, lang: str) -> str:
    """Which way a text says that something moved, "up" or "down"; empty where it says neither, or both.

    >>> way("сокращение объясняют ремонтом", "ru"), way("рост сменился спадом", "ru")
    ('down', '')
    """
    found = {value for _, _, kind, value in cues(text, lang) if kind in ("direction", "movement")}
    return found.pop() if len(found) == 1 else ""


def places(kind: str, text: str, lang: str) -> list[int]:
    """Where a text holds the words of a kind, in its language."""
    language = lang if lang in LANGUAGES else "ru"
    found = _pattern(kind, language).finditer(text.translate(_LATIN) if language == "kk" else text)
    return [match.start() for match in found]


def matches(kind: str, text: str, lang: str) -> list[regex.Match[str]]:
    """The words of a kind in a text, with the named groups that the pack gives them."""
    language = lang if lang in LANGUAGES else "ru"
    found = _pattern(kind, language).finditer(text.translate(_LATIN) if language == "kk" else text)
    return list(found)


def without(kind: str, text: str, lang: str) -> str:
    """A text without the words of a kind."""
    language = lang if lang in LANGUAGES else "ru"
    return _pattern(kind, language).sub(" ", text.translate(_LATIN) if language == "kk" else text)
