"""The phrase notation of the language packs, compiled to `regex`.

A phrase is a `regex` pattern with two additions: `~` is any ending of the language (a literal tilde is
`\\~`), and `{name}` is a slot filled by another table (`{name_2}` where it is needed twice; a slot becomes
a named group).
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

SLOT = regex.compile(r"(?<!\\)\{([a-z][a-z_]*?)(?:_(\d))?\}")
TILDE = regex.compile(r"(?<!\\)~")
FLAGS = regex.IGNORECASE | regex.V0


def expand(phrase: str, *, ending: str, slots: Mapping[str, str] | None = None) -> str:
    r"""Write a phrase out as a `regex` pattern.

    >>> expand("{year} жыл~", ending=r"\p{L}*+", slots={"year": r"\d{4}"})
    '(?P<year>\\d{4}) жыл\\p{L}*+'

    Raises KeyError with the slot's name where `slots` does not hold it.
    """

    def fill(match: regex.Match[str]) -> str:
        name, count = match[1], match[2]
        inner = (slots or {})[name]
        group = f"{name}_{count}" if count else name
        return f"(?P<{group}>{TILDE.sub(lambda _: ending, inner)})"

    pattern = SLOT.sub(fill, phrase)
    return TILDE.sub(lambda _: ending, pattern).replace(r"\~", "~")


def alternatives(forms: list[str]) -> str:
    """One alternation of several phrases, the longest first so that none hides a longer one."""
    return "|".join(sorted(forms, key=lambda f: (-len(f), f)))
