"""How many years a text says that lie between two years that it names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.rooms import Room, follows, rooms
from kztext.audit.words import matches, says
from kztext.lang.pack import load_pack
from kztext.numerals import Role, lexicon
from kztext.records import Severity

_YEAR = regex.compile(r"(?<![\d.,])(?:18|19|20)\d\d(?![\d.,]\d|\d)")
_APART = 40  # characters between the two years of one stretch


def years_between(doc: Dossier) -> Iterator[Draft]:
    """The number of years told for a stretch whose two years are told: "с 2014 по 2023 год, за 12 лет"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        for match in matches("for_years", room.text, room.lang):
            years = number(match["n"], room.lang)
            if not years or says("roughly", match[0], room.lang):
                continue
            points = says("pointing_years", match[0], room.lang)
            found = _ends(room, room.text, match.span(), near=not points)
            before = row[n - 1] if n and follows(row[n - 1], room) else None
            own: tuple[Room, ...] = (room,)
            if found is None and points and before and not _YEAR.search(room.text):
                found, own = _ends(before, before.text, None, near=False), (before, room)
            if found and years not in (found[1] - found[0], found[1] - found[0] + 1):
                yield _draft(own, found, years, match[0])


def _ends(room: Room, text: str, at: tuple[int, int] | None, *, near: bool) -> tuple[int, int] | None:
    """The only two years of a sentence, the earlier first; beside their stretch's length if `near`."""
    found = list(_YEAR.finditer(text))
    if len(found) != 2:
        return None
    first, last = found
    if int(first[0]) >= int(last[0]):
        return None
    if near:
        gap = text[first.end() : last.start()]
        joined = len(gap) < _APART and says(
            "from_to", text[max(0, first.start() - 3) : last.end()], room.lang
        )
        if not joined or at is None or min(abs(at[0] - last.end()), abs(first.start() - at[1])) > _APART:
            return None
    return int(first[0]), int(last[0])


@lru_cache(maxsize=1 << 8)
def number(word: str, lang: str) -> int:
    """A number in digits or in one word; 0 for another word."""
    if word.isdigit():
        return int(word) if len(word) < 3 else 0
    atom = lexicon(load_pack(lang)).words.get(word.lower())
    return int(atom.value) if atom and atom.role in (Role.UNIT, Role.TEN) else 0


def _draft(own: tuple[Room, ...], ends: tuple[int, int], years: int, said: str) -> Draft:
    first, last = ends
    return Draft(
        rule="period",
        message="period_stretch",
        severity=Severity.WARNING,
        facts=tuple(f for room in own for f in room.facts),
        claims=tuple(c for room in own for c in room.claims[:1]),
        expected=f"{last - first}",
        found=said,
        computation=f"{last} − {first} = {last - first}",
    )
