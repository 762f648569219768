"""What is said of all figures of a row: none below so much, all above it, growing all along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.claims import claim_draft
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import is_level
from kztext.audit.facts import Fact, kinds
from kztext.audit.labels import Item, items, rows_before
from kztext.audit.ranks import against_words
from kztext.audit.rooms import Figure, Room, follows, rooms
from kztext.audit.shown import value_text
from kztext.audit.ways import movements
from kztext.audit.words import cues, matches, says

_LEAST = 3  # figures that make a row
_OVER = ("more_than", "at_least")
_UNDER = ("less_than", "at_most")


def bounds(doc: Dossier) -> Iterator[Draft]:
    """A bound that none or all of a row keep, against the row: "ни в одном районе не ниже 50 %: 56, 47"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        if not room.facts:
            continue
        bound = room.figures[0]
        floor = _is_floor(bound)
        if floor is None:
            continue
        places = [room]
        if len(room.facts) == 1 and n + 1 < len(row) and follows(room, row[n + 1]):
            places.append(row[n + 1])
        told = items(places)
        if len(told) < _LEAST or told[0].fact.order != bound.fact.order:
            continue
        limit, others = told[0].fact, [i for i in told[1:] if i.name]
        value = limit.record.value
        wrong = [
            i.fact
            for i in others
            if (i.fact.said.wide.high < value if floor else i.fact.said.wide.low > value)
        ]
        if len(others) == len(told) - 1 and 0 < len(wrong) < len(others):
            yield _draft(
                room, [limit, *wrong], f"{value_text(wrong[0])} {'<' if floor else '>'} {value_text(limit)}"
            )


def _is_floor(bound: Figure) -> bool | None:
    """Whether all of a row are said to be at least a figure (True), at most (False), or neither."""
    words = f"{bound.before} {bound.tail()}"
    hedge = bound.fact.record.approximation
    none, every = says("none_of", words, bound.lang), says("every_one", words, bound.lang)
    if none == every:
        return None
    if none and hedge in ("at_least", "at_most"):
        return bool(hedge == "at_least")  # "не ниже 50 %" is read as that
    near = bound.tail() if bound.lang == "kk" else bound.clause()
    values = {v for _, _, k, v in cues(near, bound.lang) if k == "comparison" or v == "exceed"}
    over = hedge in _OVER or "more" in values or "exceed" in values or says("over", near, bound.lang)
    under = hedge in _UNDER or "less" in values or says("under", near, bound.lang)
    if over == under:
        return None
    return over if every else under


def unbroken(doc: Dossier) -> Iterator[Draft]:
    """A row said to rise or fall all along, against a step that goes the other way."""
    row = rooms(doc)
    for n, room in enumerate(row):
        marks = matches("in_a_row", room.text, room.lang)
        found = movements(room.text, room.lang, pace=False)
        if not marks or not found or not room.claims:
            continue
        at = marks[0].start()
        way = min(found, key=lambda m: min(abs(m[0] - at), abs(m[1] - at)))[2]
        told = rows_before(row, n)
        if len(told) < _LEAST and len(room.facts) >= _LEAST:
            told = items([room])
        if len(told) < _LEAST or not _in_order(told) or not all(is_level(i.fact) for i in told):
            continue
        for a, b in pairwise(told):
            x, y = a.fact.said.wide, b.fact.said.wide
            if y.low >= x.high if way == "down" else y.high <= x.low:
                yield _draft(room, [a.fact, b.fact], f"{value_text(a.fact)} → {value_text(b.fact)}")
                break


def _in_order(told: Sequence[Item]) -> bool:
    """Whether the figures of a row are told in the order of their times."""
    years = [i.fact.year for i in told]
    if all(y is not None for y in years):
        return years == sorted(set(years), key=lambda y: y or 0)
    names = [_time(i.fact) for i in told]
    return any(
        all(n in order for n in names)
        and [order.index(n) for n in names] == sorted({order.index(n) for n in names})
        for order in kinds()["in_order"]
    )


def _time(fact: Fact) -> str:
    return next((f.partition(":")[2] for f in fact.record.flags if f.startswith("relative_period:")), "")


def _draft(room: Room, facts: Sequence[Fact], text: str) -> Draft:
    if room.claims and not room.facts:
        return claim_draft("claim_vs_numbers", room.claims[0], facts, text)
    return against_words(room, facts, text)
