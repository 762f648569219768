"""Which of a row of figures is the most or the least, by the words, and by the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from kztext.audit.claims import claim_draft
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import is_level
from kztext.audit.facts import Fact
from kztext.audit.labels import Item, items, rows_before, tokens
from kztext.audit.rooms import Room, follows, rooms
from kztext.audit.shown import value_text
from kztext.audit.words import cues, matches, says
from kztext.records import Severity

_FAR = Decimal(4)  # a figure so many times another is of something else
_WIDE = Decimal(20)  # … and of one list that is named as a whole
_LEAST = 3  # figures that make a row
_CLAUSE = regex.compile(r"[,;.(]\s")
_OTHER = ("then", "mean", "total", "summed", "altogether", "difference")
_SIDES = {"most": ("most", "highest"), "least": ("least", "lowest")}


def ranks(doc: Dossier) -> Iterator[Draft]:
    """What is said to be the most or the least of a row, against the row: "чаще всех – 12; следом – 14"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        side, at = _side(room)
        if not side or any(says(kind, room.text, room.lang) for kind in ("one_of", "ever")):
            continue
        if says("within", room.text, room.lang):
            continue
        text = " ".join(place.text for place in row[max(0, n - 2) : n + 2])
        if says("quality", room.text, room.lang) and says("better_less", text, room.lang):
            continue
        if found := (_first_of(row, n, side, at) if room.facts else None) or _named(row, n, side, at):
            yield found


def _side(room: Room) -> tuple[str, int]:
    """Whether a sentence says that something is the most or the least, and where; empty where it does not."""
    found = [
        (m.start(), side)
        for side, kinds in _SIDES.items()
        for kind in kinds
        for m in matches(kind, room.text, room.lang)
    ]
    sides = {side for _, side in found}
    if len(sides) != 1:
        return "", 0
    side = sides.pop()
    if says("fast", room.text[min(found)[0] :], room.lang) and says("duration", room.text, room.lang):
        side = "least"
    return side, min(found)[0]


def _first_of(row: Sequence[Room], n: int, side: str, at: int) -> Draft | None:
    """The figure that is said to be the most, and one told behind it that is more."""
    room = row[n]
    places = [room]
    for behind in row[n + 1 : n + 3]:
        if not follows(places[-1], behind) or not behind.facts or _side(behind)[0] == side:
            break
        places.append(behind)
    for count in range(len(places), 0, -1):
        told = items(places[:count])
        if len(told) >= _LEAST and (found := _over(told, room, side, at)):
            return found
    return None


def _over(told: Sequence[Item], room: Room, side: str, at: int) -> Draft | None:
    spots = dict(zip((f.order for f in room.facts), room.line.spots, strict=True))
    behind = [i for i in told if i.room is room and spots[i.fact.order][0] > at]
    best = behind[0] if behind else None
    if best is None or _CLAUSE.search(room.text[at : spots[best.fact.order][0]].rstrip()) is not None:
        return None
    others = [i for i in told if i.fact.order > best.fact.order]
    if len(others) < _LEAST - 1 or not all(i.name for i in others) or not _one_time(told):
        return None
    if any(says(kind, i.words, room.lang) for i in others for kind in _OTHER):
        return None
    return _judged(best, others, side, room)


def _one_time(told: Sequence[Item]) -> bool:
    spans = {i.fact.span for i in told if i.fact.span and not i.fact.has("context_period")}
    return len(spans) < 2


def _named(row: Sequence[Room], n: int, side: str, at: int) -> Draft | None:
    """Which of the row told before a sentence names as the most, though another one is more."""
    room = row[n]
    told = rows_before(row, n)
    if len(told) < _LEAST or not room.claims or (room.facts and room.line.spots[0][0] < at):
        return None
    known = {i.fact.indicator for i in told if i.fact.indicator}
    if any(c.indicator and known and c.indicator not in known for c in room.claims):
        return None
    text = room.text if not room.facts else room.text[: room.line.spots[0][0]]
    start = max((m.end() for m in _CLAUSE.finditer(text[:at])), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(text, at)), len(text))
    if regex.search(r"\d{3}", text[start:end]) and not any(
        i.name & tokens(text[start:end], room.lang) for i in told
    ):
        return None
    for words in (text[start:end], text[start:], text):
        said = tokens(words, room.lang)
        hits = [i for i in told if i.name & said]
        if len(hits) == 1:
            return _judged(hits[0], [i for i in told if i is not hits[0]], side, room, _WIDE)
    return None


def _judged(best: Item, others: Sequence[Item], side: str, room: Room, wide: Decimal = _FAR) -> Draft | None:
    if is_level(best.fact) and not best.fact.is_rate and way_near(room):
        return None  # which rose the most, not which is the highest
    value = best.fact.record.value
    near = [i for i in others if value / wide < i.fact.record.value < value * wide]
    more = [i.fact for i in near if _beats(i.fact, best.fact, side)]
    if not more or len(near) < len(others):
        return None
    far = max(more, key=lambda f: f.record.value * (1 if side == "most" else -1))
    sign = ">" if side == "most" else "<"
    text = f"{value_text(far)} {sign} {value_text(best.fact)}"
    facts = [best.fact, far]
    if room.claims:
        return claim_draft("claim_vs_numbers", room.claims[0], facts, text)
    return against_words(room, facts, text)


def against_words(room: Room, facts: Sequence[Fact], text: str) -> Draft:
    """Figures that do not bear out what the words of their sentence say."""
    return Draft(
        rule="claim_vs_numbers",
        severity=Severity.WARNING,
        facts=tuple(facts),
        expected=room.text,
        found="; ".join(value_text(f) for f in facts),
        computation=text,
    )


def way_near(room: Room) -> bool:
    """Whether the words of the most or the least are of a rise or fall: "больше всего вырос"."""
    _, at = _side(room)
    return any(c[2] in ("direction", "movement") for c in cues(_clause(room, at), room.lang))


def _clause(room: Room, at: int) -> str:
    """The clause of a sentence that holds a place of it."""
    start = max((m.end() for m in _CLAUSE.finditer(room.text[:at])), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(room.text, at)), len(room.text))
    return room.text[start:end]


def _beats(a: Fact, b: Fact, side: str) -> bool:
    x, y = a.said.wide, b.said.wide
    return x.low >= y.high if side == "most" else x.high <= y.low
