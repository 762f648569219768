"""Which of two things is told to have more, without a number, against the figures told of the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kztext.audit.claims import claim_draft
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.labels import Item, items, tokens
from kztext.audit.rooms import Room, follows, rooms
from kztext.audit.shown import value_text
from kztext.audit.words import cues, matches, says

_FAR = 50  # figures further apart are not of one kind
_STRANGE = 1  # words of a comparison that the sentence with the figures need not have
_STEM = 4  # letters that two forms of a name share
_PLAIN = ("negated", "intends", "highest", "lowest", "then", "most", "least")
_TRADE = (("sold_abroad", "эксп"), ("bought_abroad", "импо"))


def rivals(doc: Dossier) -> Iterator[Draft]:
    """One of two things said to have more, or less, than the other, against their figures just told."""
    row = rooms(doc)
    for n, room in enumerate(row):
        if room.facts or not room.claims or n == 0 or not follows(row[n - 1], room):
            continue
        side = _side(room)
        told = _two(row, n) if side else []
        if len(told) == 2 and (found := _judged(told, room, side)):
            yield found


def _two(row: Sequence[Room], n: int) -> list[Item]:
    """The two figures told just before a sentence: in the one before, or one in each of the two before."""
    found: list[Item] = []
    if len(row[n - 1].facts) == 2:
        found = items([row[n - 1]])
    elif n > 1 and len(row[n - 1].facts) == len(row[n - 2].facts) == 1 and follows(row[n - 2], row[n - 1]):
        found = items([row[n - 2], row[n - 1]])
    return [_with_trade(item) for item in found]


def _with_trade(item: Item) -> Item:
    """An item that is known by what trade it is too: "вывезли" is exports."""
    told = [stem for kind, stem in _TRADE if says(kind, item.words, item.room.lang)]
    return replace(item, name=item.name | frozenset(told)) if len(told) == 1 else item


def _side(room: Room) -> str:
    """Whether a sentence sets one thing "above" another or "below" it; empty where it does not."""
    sides = {"more": "above", "less": "below", "exceed": "above"}
    told = {sides[value] for _, _, _, value in cues(room.text, room.lang) if value in sides}
    told |= {kind for kind in ("above", "below") if says(kind, room.text, room.lang)}
    plain = not any(says(kind, room.text, room.lang) for kind in _PLAIN)
    return told.pop() if len(told) == 1 and plain else ""


def _judged(told: Sequence[Item], room: Room, side: str) -> Draft | None:
    a, b = told
    low, high = sorted((a.fact.record.value, b.fact.record.value))
    spans = {i.fact.span for i in told if i.fact.span and not i.fact.has("context_period")}
    if high > low * _FAR or len(spans) > 1 or not _of_them(told, room):
        return None
    first = _subject(told, room)
    if first is None:
        return None
    other = b if first is a else a
    x, y = first.fact.said.wide, other.fact.said.wide
    if not (x.high <= y.low if side == "above" else x.low >= y.high):
        return None
    sign = "<" if side == "above" else ">"
    text = f"{value_text(first.fact)} {sign} {value_text(other.fact)}"
    return claim_draft("claim_vs_numbers", room.claims[0], [a.fact, b.fact], text)


def _of_them(told: Sequence[Item], room: Room) -> bool:
    """Whether a comparison speaks of what the two figures are of, as far as its words go."""
    said = tokens(room.text, room.lang)
    known = tokens(" ".join(i.room.text for i in told), room.lang).union(*(i.name for i in told))
    if any(tokens(m["w"], room.lang) - known for m in matches("in_respect", room.text, room.lang)):
        return False
    told_words = tokens(" ".join(room.text[s:e] for s, e, *_ in cues(room.text, room.lang)), room.lang)
    listed = (m[0] for kind in ("above", "below", "thus") for m in matches(kind, room.text, room.lang))
    strange = said - known - told_words - tokens(" ".join(listed), room.lang)
    return len([w for w in strange if len(w) >= _STEM]) <= _STRANGE


def _subject(told: Sequence[Item], room: Room) -> Item | None:
    """Which of two things a comparison begins from: "экспорт превысил импорт", "Қытайдан озды"."""
    text = room.text.lower()
    found: list[tuple[int, Item, bool]] = []
    for item in told:
        places = [p for stem in item.name if (p := text.find(stem)) >= 0]
        if places:
            start = min(places)
            word = text[start:].split()[0].strip(",.;:!?")
            marked = says("than_ending", word, room.lang) or says(
                "than_before", text[:start][-_BEFORE:], room.lang
            )
            found.append((start, item, marked))
    if not found:
        return None
    held = [item for _, item, marked in found if marked]
    if len(held) == 1:
        return next(item for item in told if item is not held[0])
    if held:
        return None
    return min(found, key=lambda x: x[0])[1]


_BEFORE = 12  # characters before a name that make it what is compared with
