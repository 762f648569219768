"""The words that the audit looks for in whole sentences, from both language packs."""

from __future__ import annotations

from functools import lru_cache

import regex

from kztext.lang.pack import load_pack

LANGUAGES = ("kk", "ru")
_LATIN = str.maketrans("iI", "іІ")


@lru_cache(maxsize=32)
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


def places(kind: str, text: str, lang: str) -> list[int]:
    """Where a text holds the words of a kind, in its language."""
    language = lang if lang in LANGUAGES else "ru"
    found = _pattern(kind, language).finditer(text.translate(_LATIN) if language == "kk" else text)
    return [match.start() for match in found]
