"""A change against the two levels told near it, in whatever order of sentences: by roles, not by names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import in_real_terms, is_level, of_whole
from kztext.audit.facts import RATIOS, Fact
from kztext.audit.names import own_stems, stems
from kztext.audit.rooms import Figure, Room, follows, in_time, rooms
from kztext.audit.steps import judge
from kztext.audit.stretch import number
from kztext.audit.words import cues, matches, says, way
from kztext.records import Direction, Measure, Modality

_WINDOWS = ("monthly", "since_start")
_APART = Decimal(5)  # two levels further apart are of two things
_NEAR = Decimal("3.5")  # a change that is off by more is one of something else
_BEHIND = 2  # words behind a figure that it is of
_STEM = 4  # letters that two forms of a word share
_MOST = 6  # figures that a stretch of sentences may hold


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that follow one another, and their figures in order."""

    rooms: tuple[Room, ...]

    def figures(self) -> list[tuple[Figure, Room]]:
        return [(figure, room) for room in self.rooms for figure in room.figures]


def stretches(row: Sequence[Room], n: int) -> Iterator[Stretch]:
    """A sentence alone; with the one before, or the list; with those behind; with the two before."""
    yield Stretch((row[n],))
    first = n
    while first and follows(row[first - 1], row[first]) and _is_row(row[first - 1]):
        first -= 1
    before = n > 0 and follows(row[n - 1], row[n])
    if before:
        yield Stretch(tuple(row[min(first, n - 1) : n + 1]))
    if n + 1 < len(row) and follows(row[n], row[n + 1]):
        yield Stretch((row[n], row[n + 1]))
        if n + 2 < len(row) and follows(row[n + 1], row[n + 2]):
            yield Stretch((row[n], row[n + 1], row[n + 2]))
    if before and first >= n - 1 and n > 1 and follows(row[n - 2], row[n - 1]):
        yield Stretch((row[n - 2], row[n - 1], row[n]))


def _is_row(room: Room) -> bool:
    """Whether a sentence is one row of a list of figures."""
    return len(room.facts) == 1 and room.facts[0].has("table")


def changes_near(doc: Dossier) -> Iterator[Draft]:
    """A change and the only two levels near it that it can lead between."""
    row = rooms(doc)
    for n, room in enumerate(row):
        for figure in room.figures:
            change = as_move(figure)
            if change is None:
                continue
            for stretch in stretches(row, n):
                levels = _levels(change, stretch)
                ahead = n > 0 and stretch.rooms[0] is room and len(stretch.rooms) > 1
                if len(levels) < 2 or (ahead and change.compares):
                    continue
                if found := _judged(change, room, levels):
                    yield found
                break


def as_move(figure: Figure) -> Fact | None:
    """A fact that says by how much something moved, or how far it is from another thing; None for others."""
    fact = figure.fact
    r = fact.record
    if r.measure == Measure.LEVEL and not r.direction and r.unit not in ("", "percent", *RATIOS):
        words = figure.after.split()[:2] if figure.lang == "kk" else figure.before.split()[-1:]
        moved = _nouns_way(" ".join(words), figure.lang)
        if moved and not fact.has("from_value") and not fact.has("to_value"):
            r = replace(r, measure=Measure.CHANGE, direction=Direction(moved))
            fact = Fact(r, fact.order)
    change = r.measure == Measure.CHANGE and bool(r.unit) and r.aggregation != "annual_average"
    told = bool(r.direction) or r.unit in ("times", "percentage_point")
    return fact if change and told and "further" not in r.flags and r.value > 0 else None


def _nouns_way(text: str, lang: str) -> str:
    """Which way the noun of change right beside an amount says that it moved."""
    return way(text, lang) if says("moved", text, lang) else ""


Told = tuple[Fact, Room]


def _levels(change: Fact, stretch: Stretch) -> list[Told]:
    """The levels of a stretch that a change can be of, in one unit; none where they are not plain."""
    told = [(f, room) for f, room in stretch.figures() if f.fact.order != change.order]
    moved = [f for f, _ in told if f.fact.record.measure in (Measure.CHANGE, Measure.INDEX)]
    if moved or len(told) > _MOST:
        return []
    units = _units(change, [f for f, _ in told])
    levels = [(_in_unit(f, unit), room) for (f, room), unit in zip(told, units, strict=True) if unit]
    moves = [x for flag in ("from_value", "to_value") for x in levels if flag in x[0].record.flags]
    return moves if len(moves) == 2 else levels


def _units(change: Fact, told: Sequence[Figure]) -> list[str]:
    """The unit in which each figure can be a level of a change; empty where it cannot."""
    wanted = change.record.unit
    own = {f.fact.record.unit for f in told if _may(f.fact) and not is_bare(f)}
    if wanted == "percentage_point":
        own &= {"percent"}
    elif wanted not in RATIOS:
        own &= {wanted}
    else:
        own -= {"", *RATIOS}
    one = next(iter(own)) if len(own) == 1 else ""
    found = []
    for f in told:
        unit = f.fact.record.unit
        bare = is_bare(f)
        if not _may(f.fact):
            found.append("")
        elif bare and (one or wanted in ("count", *RATIOS)) and wanted != "percentage_point":
            found.append(one or "count")
        else:
            found.append(unit if unit == one else "")
    return found


def _may(fact: Fact) -> bool:
    return is_level(fact) and fact.record.value > 0 and "superseded" not in fact.record.flags


def _in_unit(figure: Figure, unit: str) -> Fact:
    fact = figure.fact
    if fact.record.unit == unit:
        return fact
    return Fact(replace(fact.record, unit=unit), fact.order)


_NOUN = regex.compile(r"\s*\.?\s*\p{L}")


def is_bare(figure: Figure) -> bool:
    """Whether a figure is a number alone, so that its unit is that of the figures beside it."""
    r = figure.fact.record
    shared = {"shared_unit", "unit_missing"}.intersection(r.flags)
    return r.unit in ("", "count") and (bool(shared) or not _NOUN.match(figure.after))


def _judged(change: Fact, room: Room, levels: Sequence[Told]) -> Draft | None:
    based = _from_base(room, levels) if len(levels) > 2 else None
    one, other = based or (levels[0], levels[1])
    if len(levels) > 2 and based is None:
        return None
    (a, here), (b, there) = one, other
    low, high = sorted((a.record.value, b.record.value))
    if high > low * _APART or not _may_be(change, (a, b)) or not _compare_or_one(a, b, change):
        return None
    if any(of_whole(f, change) for f in (a, b)) or of_own_money(change):
        return None
    if not _tied(change, room, (one, other), based is not None):
        return None
    step = (a, b) if based else in_time(a, b, here.line, there.line)
    if step is None and not (change.compares and (here is there or room not in (here, there))):
        return None
    ordered = based is not None or (step is not None and not change.compares)
    found = judge(change, *(step or (a, b)), ordered=ordered)
    near = found and _is_near(change, low, high)
    return replace(found, stated=based is not None) if found and near else None


_YEAR = regex.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")


def _from_base(room: Room, levels: Sequence[Told]) -> tuple[Told, Told] | None:
    """The level of the year that a change is said to be from, and the last one, of years that follow."""
    years = [f.year for f, _ in levels]
    if None in years or years != sorted(set(years), key=lambda y: y or 0):
        years = [None if f.has("relative_period") else f.year for f, _ in levels]
    known = [y for y in years if y is not None]
    if len(known) < len(levels) - 1 or known != sorted(set(known)) or years[0] is None:
        return None
    named = {int(y) for y in _YEAR.findall(room.text)} & set(known[:-1])
    if len(named) == 1 and room not in [place for _, place in levels]:
        return levels[years.index(named.pop())], levels[-1]
    told = [
        int(n)
        for kind in ("for_years", "years_ago")
        for m in matches(kind, room.text, room.lang)
        if (n := number(m["n"], room.lang))
    ]
    last = years[-1] or known[-1] + 1
    first = last - told[0] if len(set(told)) == 1 else None
    return (levels[years.index(first)], levels[-1]) if first in years[:-1] else None


def of_own_money(*facts: Fact, text: str = "") -> bool:
    """Whether a change is one of the country's own money, which falls as the rate rises."""
    r = facts[0].record
    return "exchange_rate" in {f.indicator for f in facts} and says(
        "own_currency", text or r.sentence, r.lang
    )


def _compare_or_one(a: Fact, b: Fact, change: Fact) -> bool:
    return change.compares or is_one_thing(a, b)


def is_one_thing(a: Fact, b: Fact) -> bool:
    """Whether two levels may be of one thing, by the names that are their own."""
    return a.is_loose or b.is_loose or a.indicator == b.indicator or not (a.indicator and b.indicator)


def in_one_unit(told: Sequence[tuple[Figure, Room]]) -> list[Told]:
    """Figures in the one unit that they have; none where they have several."""
    own = {f.fact.record.unit for f, _ in told if not is_bare(f)}
    if len(own) > 1:
        return []
    unit = next(iter(own), "count")
    return [(_in_unit(f, unit), room) for f, room in told]


def _is_near(change: Fact, low: Decimal, high: Decimal) -> bool:
    """Whether a change is of about the size that two levels give: else it is one of other levels."""
    r = change.record
    if r.unit == "times":
        made = [high / low]
    elif r.unit == "percent":
        made = [(high / low - 1) * 100, (1 - low / high) * 100]
    else:
        made = [high - low]
    return any(m and 1 / _NEAR <= r.value / m <= _NEAR for m in made)


def _may_be(change: Fact, pair: Sequence[Fact]) -> bool:
    """Whether nothing that is said of a change makes it one of other levels."""
    r, end = change.record, pair[0].record
    told = {f.record.modality == Modality.PLAN for f in pair}
    if len(told) > 1 or in_real_terms(change, pair[0]) or not change.is_single:
        return False
    places = {f.record.geo for f in pair if f.record.geo}
    if len(places) > 1 and not change.compares:
        return False
    if r.price_basis and end.price_basis != r.price_basis:
        return False
    if change.year is not None and not change.has("context_period") and not change.has("relative_period"):
        years = {f.year for f in pair}
        if change.year not in years and not (change.span and change.span.months > 12):
            return False
    return not any(says(kind, r.sentence, r.lang) for kind in _WINDOWS)


def _tied(change: Fact, room: Room, pair: Sequence[Told], based: bool) -> bool:
    """Whether a change can be of two levels by its name and by the words before it."""
    orders = {f.order for f, _ in pair}
    if any(f.order < change.order and f.order not in orders for f in room.facts):
        return False  # of the figure just told
    here = [f for f, place in pair if place is room]
    if len(here) == 1 and "from_value" in here[0].record.flags:
        return False  # from there to what is not told
    own = next(f for f in room.figures if f.fact.order == change.order)
    text = " ".join(
        f"{f.before} {f.tail()}" if place is room else place.text
        for _, place in pair
        for f in place.figures
        if f.fact.order in orders
    )
    if not based and _named_otherwise(change, own, [f for f, _ in pair], text):
        return False
    if any(place.start < room.start for _, place in pair):
        return not _names_apart(own, " ".join(place.text for _, place in pair))
    return True


def _named_otherwise(change: Fact, own: Figure, pair: Sequence[Fact], text: str) -> bool:
    """Whether the words of a change name a thing that the words of two levels do not."""
    lang = own.lang
    known = {f.indicator for f in pair if f.indicator}
    if any(says(kind, own.before, lang) for kind in ("thus", "that_is", "pointing", "so")):
        return False
    first = all(change.order < f.order for f in pair)
    things = short(text, lang) - short(" ".join(m[0] for m in matches("time_words", text, lang)), lang)
    told = text if first and things else " ".join([text, *(f.record.subject for f in pair)])
    names = short(told, lang).union(*(own_stems(i, lang) for i in known))
    behind = own.tail().split()[:_BEHIND] if lang == "ru" else []
    words = f"{own.clause()} {' '.join(behind)}"
    moved = short(" ".join(words[s:e] for s, e, *_ in cues(words, lang)), lang)
    said = short(words, lang) - moved
    if first and not said:
        said = short(own.before, lang) - moved
    if not said:
        return False
    known_names = {s[:_STEM] for s in names}
    if change.compares and not first:
        return bool(said - known_names)
    if said & known_names:
        return any(_of_another(change, f) for f in pair)
    if change.indicator in known and not (first and things):
        return False
    return not _is_bare_noun(own)


_WORD = regex.compile(r"\p{L}{3,}")


def _of_another(a: Fact, b: Fact) -> bool:
    """Whether two names begin alike and go on apart: the price of water, the price of gas."""
    one, other = (
        [w[:_STEM].lower() for w in _WORD.findall(f.record.subject) if not says("general", w, f.record.lang)]
        for f in (a, b)
    )
    shared = set(one) & set(other)
    return bool(shared) and not set(one) <= set(other) and not set(other) <= set(one)


def short(text: str, lang: str) -> frozenset[str]:
    """The beginnings of the words of a text that name something."""
    return frozenset(s[:_STEM] for s in stems(text, lang))


def _is_bare_noun(own: Figure) -> bool:
    """Whether a change is told by a noun that names no other thing: "прибавка – 20 %", "қымбаттау 15 %"."""
    words = own.clause().split()
    last = " ".join(words[-_BEHIND - 1 :])
    told = cues(last, own.lang)
    found = [c[:2] for c in told if c[2] == "movement"] or [
        m.span() for m in matches("moved", last, own.lang)
    ]
    if not found:
        return False
    start, end = found[-1]
    if own.lang == "ru":
        verbs = short(" ".join(last[c[0] : c[1]] for c in told if c[2] == "level"), own.lang)
        moved = any(c[2] == "direction" for c in cues(own.clause(), own.lang))
        return not short(last[end:], own.lang) - verbs and not moved
    return not says("genitive", last[:start].rpartition(" ")[0].strip() or last[:start].strip(), own.lang)


_PROPER = regex.compile(r"(?<=[\p{L},;:–—-] )\p{Lu}\p{L}{2,}")


def _names_apart(own: Figure, text: str) -> bool:
    """Whether the words of a change name a place or a body that another text does not."""
    return any(name[:4] not in text for name in _PROPER.findall(f"{own.before} {own.tail()}"))
