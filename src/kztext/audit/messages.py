"""Findings in words: Kazakh, Russian or English, with the names of the indicators from the catalogue."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import regex

from kztext.audit.draft import Draft
from kztext.audit.facts import (
    Fact,
)
from kztext.audit.shown import period, value_text
from kztext.errors import InputError

LANGUAGES = ("kk", "ru", "en")
_QUOTE = 80
_POINT = regex.compile(r"(?<=\d)\.(?=\d)")  # Kazakh and Russian write a decimal comma


@lru_cache(maxsize=1)
def templates() -> dict[str, dict[str, str]]:
    """Rule to its message in each language."""
    return tomllib.loads((files("kztext.audit") / "messages.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    path = files("kztext.catalogue") / "indicators.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("indicator", [])
    return {row["id"]: row for row in rows}


def message(draft: Draft, language: str) -> str:
    """The finding as a sentence in a language. Raises InputError for one that has no messages."""
    if language not in LANGUAGES:
        raise InputError(f"no messages in {language!r} (have: {', '.join(LANGUAGES)})")
    about = draft.about or (draft.facts[0] if draft.facts else None)
    quote = " ".join((draft.claims[0].quote if draft.claims else draft.expected).split())
    text = templates()[draft.message or draft.rule][language].format(
        what=what(about, draft, language),
        values="; ".join(dict.fromkeys(value_text(f) for f in draft.facts)),
        expected=draft.expected,
        found=draft.found,
        computation=draft.computation,
        quote=quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rstrip() + "…",
    )
    return text if language == "en" else _POINT.sub(",", text)


def what(fact: Fact | None, draft: Draft, language: str) -> str:
    """What a finding is about: the indicator's name, or the text's own words, and the period."""
    if fact is None:
        claim = draft.claims[0]
        known = _names().get(claim.indicator, {}).get(language, "") or " ".join(claim.quote.split())[:_QUOTE]
        when = claim.period_start
    else:
        known = _names().get(fact.indicator, {}).get(language, "") or fact.record.subject or fact.indicator
        known = " ".join(known.split()) or value_text(fact)
        when = period(fact)
    return f"{known} ({when})" if when else known
