"""A word of movement and the only two figures that it is said of, in its sentence or the one beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import is_level
from kztext.audit.facts import Fact
from kztext.audit.moves import Told, in_one_unit, is_one_thing, of_own_money
from kztext.audit.names import own_stems, stems
from kztext.audit.rooms import Room, follows, in_time, is_reference, rooms
from kztext.audit.shown import value_text
from kztext.audit.words import cues, matches, says
from kztext.records import Modality, Severity

_STEM = 4  # letters that two forms of a word share
_NEXT = 2  # words behind a word of movement that name what moved
_FAR = 3  # a figure so many times another is of something else
_CLAUSE = regex.compile(r"[,;:.()]\s|\s[–—]\s")
_SIDES = {"slower": "down", "faster": "up", "up": "up", "down": "down"}
_LISTS = (("rises", "up"), ("falls", "down"))
_UNTOLD = ("intends", "hypothetical", "after", "crisis", "negated")
Movement = tuple[int, int, str]  # where a word starts and ends, and which way it goes


def words_against_levels(doc: Dossier) -> Iterator[Draft]:
    """A word of rise or fall, of slowing or quickening, and two figures that went the other way."""
    row = rooms(doc)
    for n, room in enumerate(row):
        if not any(movements(room.text, room.lang, pace) for pace in (True, False)):
            continue
        for places in [(room,)] if room.facts else _beside(row, n):
            if found := _against(room, places):
                yield found
                break


def _beside(row: Sequence[Room], n: int) -> Iterator[tuple[Room, ...]]:
    """The sentence before, the two before, the one behind, the two behind one that holds no figures."""
    if n and follows(row[n - 1], row[n]):
        yield (row[n - 1],)
        if n > 1 and follows(row[n - 2], row[n - 1]):
            yield (row[n - 2], row[n - 1])
    if n + 1 < len(row) and follows(row[n], row[n + 1]):
        yield (row[n + 1],)
        if n + 2 < len(row) and follows(row[n + 1], row[n + 2]):
            yield (row[n + 1], row[n + 2])


def movements(text: str, lang: str, pace: bool, nouns: bool = True) -> list[Movement]:
    """The words of rise and fall in a text; of a rate, those of slowing and quickening, where it has some."""
    found = [(s, e, kind, _SIDES[value]) for s, e, kind, value in cues(text, lang) if value in _SIDES]
    paced = [(start, end, side) for start, end, kind, side in found if kind == "pace"]
    if pace and paced:
        return paced
    more = [(*m.span(), side) for kind, side in _LISTS for m in matches(kind, text, lang)]
    moved = ("direction", "movement") if nouns else ("direction",)
    return [(start, end, side) for start, end, kind, side in found if kind in moved] + more


def _against(room: Room, places: Sequence[Room]) -> Draft | None:
    told = [f for place in places for f in place.facts]
    if len(told) != 2 or not all(is_level(f) and f.record.value > 0 for f in told):
        return None
    levels = in_one_unit([(f, place) for place in places for f in place.figures])
    if len(levels) != 2 or not _alike(*levels):
        return None
    (a, here), (b, there) = levels
    step = in_time(a, b, here.line, there.line)
    if step is None:
        return None
    if of_own_money(*step, text=room.text):
        return None
    way = _way(room, places, step)
    x, y = (f.said.wide for f in step)
    wrong = (way == "down" and y.low > x.high) or (way == "up" and y.high < x.low)
    return _draft(room, places, step) if wrong else None


def _alike(one: Told, other: Told) -> bool:
    a, b = one[0], other[0]
    r, s = a.record, b.record
    low, high = sorted((r.value, s.value))
    marks = {m for m in {*a.marks} ^ {*b.marks} if not m.startswith("part_of")}
    places = {x.geo for x in (r, s) if x.geo}
    told = not {Modality.PLAN, Modality.FORECAST}.intersection(_modal(a) + _modal(b)) and r.unit not in (
        "",
        "times",
    )
    return told and len(places) < 2 and not marks and high <= low * _FAR and is_one_thing(a, b)


def _modal(fact: Fact) -> tuple[Modality, ...]:
    """How a figure is told; "a year later" makes no forecast of it."""
    return () if fact.has("relative_period") else (fact.record.modality,)


def _way(room: Room, places: Sequence[Room], step: Sequence[Fact]) -> str:
    """Which way a sentence says that two figures went: up, down; empty where it does not say plainly."""
    lang = room.lang
    percent = step[0].record.unit == "percent"
    if room in places:
        text = _of_later(room, step)
        found = movements(text, lang, percent, nouns=not percent)
    else:
        text = room.text
        found = movements(text, lang, percent)
    if not all(_is_told(m, text, lang) for m in found):
        return ""
    if room not in places:
        names = _names(places, step)
        found = [m for m in found if _is_tied(m, text, lang, names)]
    sides = {side for *_, side in found}
    return sides.pop() if len(sides) == 1 else ""


def _of_later(room: Room, step: Sequence[Fact]) -> str:
    """The words of a sentence that are of the later of its two figures, or of both."""
    text, spots = room.text, room.line.spots
    lead, tail = text[: spots[0][0]], text[spots[-1][1] :]
    between = text[spots[0][1] : spots[-1][0]]
    first = room.facts[0].order == step[1].order
    ends = "from_value" in step[0].record.flags
    reached = ("to_value" in step[1].record.flags or step[1].record.direction) and not ends
    if reached and not is_reference(step[0], room.line):
        return ""  # reached from elsewhere
    if room.lang == "kk":
        own = between if first else tail
        return f"{tail if ends else own} {lead.rpartition(':')[0]}"
    if first or ends:
        return f"{lead} {between if ends else ''}"
    opened = lead.rpartition(":")[0] or lead.rpartition(" – ")[0]
    return f"{opened} {tail}"


def _names(places: Sequence[Room], step: Sequence[Fact]) -> frozenset[str]:
    lang = places[0].lang
    own: frozenset[str] = frozenset().union(*(own_stems(f.indicator, lang) for f in step if f.indicator))
    text = " ".join(place.text for place in places)
    return frozenset(s[:_STEM] for s in stems(text, lang) | own)


def _is_told(found: Movement, text: str, lang: str) -> bool:
    """Whether a word of movement tells what was, not what is meant or feared."""
    start, end, _ = found
    before, after = _CLAUSE.split(text[:start])[-1], _CLAUSE.split(text[end:])[0]
    meant = says("intends", text if lang == "kk" else text[:end], lang)
    return not meant and not any(says(kind, f"{before} {text[start:end]} {after}", lang) for kind in _UNTOLD)


def _is_tied(found: Movement, text: str, lang: str, names: frozenset[str]) -> bool:
    """Whether a word of movement is of the two figures of the sentence beside it."""
    start, end, _ = found
    before, after = _CLAUSE.split(text[:start])[-1], _CLAUSE.split(text[end:])[0]
    if any(says(kind, before, lang) for kind in ("pointing", "thus", "so")) or says("moved_bare", text, lang):
        return True
    moved = {text[s:e].lower()[:_STEM] for s, e, *_ in cues(text, lang)}
    words = before if lang == "kk" else f"{before} {' '.join(after.split()[:_NEXT])}"
    own = {s[:_STEM] for s in stems(words, lang)} - moved
    if any(m[0].lower()[:_STEM] not in names for m in matches("short_names", words, lang)):
        return False
    noun = any(c[:3] == (start, end, "movement") for c in cues(text, lang))
    shared = {s[:_STEM] for s in stems(text[:start], lang)} & names
    return len(own - names) <= 1 and (bool(shared) or len(own) <= (1 if noun else 0))


def _draft(room: Room, places: Sequence[Room], step: Sequence[Fact]) -> Draft:
    return Draft(
        rule="claim_vs_numbers",
        severity=Severity.WARNING,
        facts=tuple(sorted(step, key=lambda f: f.order)),
        claims=() if room in places else room.claims[:1],
        expected=" ".join(room.text.split()),
        found="; ".join(value_text(f) for f in step),
        computation=f"{value_text(step[0])} → {value_text(step[1])}",
    )
