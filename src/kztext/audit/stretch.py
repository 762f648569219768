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
_BESIDE = 15  # characters between a year and the stretch that it ends


def years_between(doc: Dossier) -> Iterator[Draft]:
    """The number of years told for a stretch whose two years are told: "с 2014 по 2023 год, за 12 лет"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        before = row[n - 1] if n and follows(row[n - 1], room) else None
        for years, match, allowed, own in _told(room, before):
            first, last = years
            told = number(match["n"], room.lang)
            if (
                told
                and told not in {last - first + k for k in allowed}
                and not says("roughly", match[0], room.lang)
            ):
                yield _draft(own, years, match[0])
                break


Stretch = tuple[tuple[int, int], "regex.Match[str]", tuple[int, ...], tuple[Room, ...]]


def _told(room: Room, before: Room | None) -> Iterator[Stretch]:
    """The two years, the words that tell how far they are apart, how far off these may be, and where."""
    for match in matches("for_years", room.text, room.lang):
        points = says("pointing_years", match[0], room.lang)
        if found := _ends(room, room.text, match.span(), near=not points):
            yield found, match, (0, 1), (room,)
        elif (
            points
            and before
            and not _YEAR.search(room.text)
            and (found := _ends(before, before.text, None, near=False))
        ):
            yield found, match, (0, 1), (before, room)
    for kind, allowed in (("took_years", (-1, 0, 1)), ("after_years", (-1, 0)), ("jubilee", (0,))):
        for match in matches(kind, room.text, room.lang):
            places = (room,) if before is None or len(set(_YEAR.findall(room.text))) > 1 else (before, room)
            text = " ".join(place.text for place in places)
            at = len(text) - len(room.text) + match.start()
            years = list(_YEAR.finditer(text))
            if len({m[0] for m in years}) != 2 or len(years) != 2 or int(years[0][0]) >= int(years[1][0]):
                continue
            behind = at - years[1].end()
            if kind == "jubilee" and not says("founded", _around(text, years[0]), room.lang):
                continue
            if kind == "after_years" and not (years[0].end() <= at and behind < _BESIDE):
                continue
            if kind == "after_years" and behind > 0 and says("through", match[0], room.lang):
                continue  # "в 1997-м, а через пять лет": after the two
            yield (int(years[0][0]), int(years[1][0])), match, allowed, places
    for match in matches("bare_years", room.text, room.lang):
        if found := _ends(room, room.text, match.span(), near=True, apart=_BESIDE):
            yield found, match, (0, 1), (room,)


def _around(text: str, year: regex.Match[str]) -> str:
    return text[max(0, year.start() - _APART) : year.end() + _APART]


def _ends(
    room: Room, text: str, at: tuple[int, int] | None, *, near: bool, apart: int = _APART
) -> tuple[int, int] | None:
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
        if not joined or at is None or min(abs(at[0] - last.end()), abs(first.start() - at[1])) > apart:
            return None
    return int(first[0]), int(last[0])


@lru_cache(maxsize=1 << 8)
def number(words: str, lang: str) -> int:
    """A number in digits or in one or two words; 0 for other words.

    >>> number("двенадцать", "ru"), number("он екі", "kk"), number("семь", "ru")
    (12, 12, 7)
    """
    total = 0
    for word in words.lower().split():
        if word.isdigit():
            return int(word) if len(word) < 3 else 0
        atom = lexicon(load_pack(lang)).words.get(word)
        if atom is None or atom.role not in (Role.UNIT, Role.TEN):
            total = 0
        elif total and atom.value >= 10:
            return 0
        else:
            total += int(atom.value)
    return total


def _draft(own: tuple[Room, ...], ends: tuple[int, int], said: str) -> Draft:
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
