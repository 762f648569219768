"""Which of a row of figures is the most or the least, by the words, and by the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from kztext.audit.claims import claim_draft
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import is_level
from kztext.audit.facts import Fact, label
from kztext.audit.names import stems
from kztext.audit.rooms import Room, follows, rooms
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.records import ClaimKind, ClaimRecord

_FAR = Decimal(3)  # a figure so many times another is of something else
_WIDE = Decimal(20)  # … and of one list told in order
_LEAST = 3  # figures that make a row
_MARKED = frozenset({"from_value", "to_value", "comparison", "total"})
_LABEL = 5  # words that name what the next figure of a list is of
_CLAUSE = regex.compile(r"[,;.(]\s")


def ranks(doc: Dossier) -> Iterator[Draft]:
    """What is said to be the most or the least of a row, against the row: "чаще всех – 12; следом – 14"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        if (found := _first_of(room)) or (found := _named(row, n)):
            yield found


def _side(text: str, lang: str) -> str:
    """Whether words say that something is the most or the least; empty where they say neither, or both."""
    said = [side for side, kinds in _SIDES.items() if any(says(kind, text, lang) for kind in kinds)]
    return said[0] if len(said) == 1 else ""


_SIDES = {"most": ("most", "highest"), "least": ("least", "lowest")}


def _row_of(facts: Sequence[Fact], far: Decimal = _FAR) -> bool:
    """Whether figures are of one kind, told one by one: amounts of a size, no totals."""
    first = facts[0].record
    values = [f.record.value for f in facts]
    alike = all(is_level(f) and f.record.measure == first.measure and f.is_exact for f in facts)
    units = {f.record.unit for f in facts} - {"count"}
    unit = len({f.record.unit for f in facts}) == 1 or (len(units) == 1 and len(facts) > 2)
    apart = not any(_MARKED.intersection(f.record.flags) for f in facts)
    dated = len({f.span for f in facts if f.span}) < 2
    return alike and unit and apart and dated and min(values) > 0 and max(values) < min(values) * far


def _first_of(room: Room) -> Draft | None:
    """The first figure of a sentence that is said to be the most, and one behind it that is more."""
    line = room.line
    if len(line.facts) < _LEAST or not _row_of(line.facts, _WIDE):
        return None
    own = [part for part in _CLAUSE.split(line.before(0)) if len(part.split()) > 1][-1:]
    side = _side(own[0], room.lang) if own else ""
    others = [line.before(i) for i in range(1, len(line.facts))]
    if not side or any(_side(text, room.lang) for text in others) or says("then", line.text, room.lang):
        return None
    listed = len({f.indicator for f in line.facts}) == 1 and all(len(t.split()) <= _LABEL for t in others)
    if not listed and not any(says("next", text, room.lang) for text in others):
        return None
    best = line.facts[0]
    more = [f for f in line.facts[1:] if _beats(f, best, side)]
    more = [f for f in more if best.record.value / _FAR < f.record.value < best.record.value * _FAR]
    if len(more) != 1 or not room.claims:
        return None
    return _found(room.claims[0], best, more[0], side)


def _beats(a: Fact, b: Fact, side: str) -> bool:
    x, y = a.said.wide, b.said.wide
    return x.low > y.high if side == "most" else x.high < y.low


def _named(row: Sequence[Room], n: int) -> Draft | None:
    """Which of the row told before a sentence names as the most, though another one is more."""
    room = row[n]
    claims = [c for c in room.claims if c.kind in (ClaimKind.COMPARISON, ClaimKind.EVENT, ClaimKind.QUANTITY)]
    side = _side(room.text, room.lang)
    if not side or not claims or n == 0 or room.facts or not follows(row[n - 1], room):
        return None
    told = _told_before(row, n)
    if len(told) < _LEAST or not _row_of([f for f, _ in told]):
        return None
    known = {f.indicator for f, _ in told if f.indicator}
    if any(c.indicator and known and c.indicator not in known for c in claims):
        return None
    said = stems(room.text, room.lang)
    hits = [f for f, name in _distinct(told, room.lang) if name & said]
    if len(hits) != 1:
        return None
    best = hits[0]
    more = [f for f, _ in told if f is not best and _beats(f, best, side)]
    if not more:
        return None
    far = (
        max(more, key=lambda f: f.record.value) if side == "most" else min(more, key=lambda f: f.record.value)
    )
    return _found(claims[0], best, far, side)


def _found(claim: ClaimRecord, best: Fact, far: Fact, side: str) -> Draft:
    sign = ">" if side == "most" else "<"
    text = f"{value_text(far)} {sign} {value_text(best)}"
    return claim_draft("claim_vs_numbers", claim, [best, far], text)


def _told_before(row: Sequence[Room], n: int) -> list[tuple[Fact, str]]:
    """The figures just before a sentence, with the words that each is of: of one sentence, or of a table."""
    before = row[n - 1]
    if len(before.facts) >= _LEAST:
        line = before.line
        return [(f, line.before(i)) for i, f in enumerate(line.facts)]
    found: list[tuple[Fact, str]] = []
    for k in range(n - 1, -1, -1):
        facts = row[k].facts
        if len(facts) != 1 or not facts[0].has("table") or not follows(row[k], row[k + 1]):
            break
        found.insert(0, (facts[0], label(facts[0])))
    return found


def _distinct(told: Sequence[tuple[Fact, str]], lang: str) -> list[tuple[Fact, frozenset[str]]]:
    """The words of each figure that no other one shares."""
    names = [stems(words, lang) for _, words in told]
    return [
        (fact, names[i] - frozenset().union(*(n for k, n in enumerate(names) if k != i)))
        for i, (fact, _) in enumerate(told)
    ]
