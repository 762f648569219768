"""A change in one sentence and the two levels that the sentence beside it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.compounding import made_of_years
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import in_real_terms, is_level, of_whole
from kztext.audit.facts import RATIOS, Fact, kinds
from kztext.audit.following import suits
from kztext.audit.names import named_apart, stems
from kztext.audit.rooms import Room, in_time, neighbours, only_pair, rooms
from kztext.audit.shown import value_text
from kztext.audit.steps import judge
from kztext.audit.stretch import number
from kztext.audit.words import matches, says
from kztext.records import Measure, Modality, Severity

_BARE = 3  # words before a change that a sentence begins with
_FIRST = 4  # words in which a sentence points back
_STEM = 4  # letters that two forms of a word share
_WINDOWS = ("monthly", "since_start")


def changes_beside(doc: Dossier) -> Iterator[Draft]:
    """A change and the only two levels of the sentence beside it, or one there and one here."""
    for a, b in neighbours(doc):
        for own, other in ((b, a), (a, b)):
            change = _only_change(own, other)
            if change is None:
                continue
            if found := _against(change, own, other):
                yield found
                break


def changes_within(doc: Dossier) -> Iterator[Draft]:
    """A change and the only two levels of its sentence, told without a name: "үш есе артты: 40, 80"."""
    for room in rooms(doc):
        if len(room.facts) != 3:
            continue
        change = _only_change(room, room)
        pair = only_pair([f for f in room.facts if change and is_level(f) and suits(change, f)])
        if change is None or pair is None or change.compares or not _may_be(change, pair):
            continue
        step = in_time(*pair, room.line, room.line)
        named = {f.indicator for f in pair if f.indicator}
        unsaid = all(f.has("measure_unsaid") for f in pair) and room.facts[0] is change
        if step is None or named or not unsaid or not _one_thing(*pair):
            continue
        if found := judge(change, *step, ordered=True):
            yield found


def _only_change(own: Room, other: Room) -> Fact | None:
    """The one change of two sentences, where it stands in the first of them."""
    facts = own.facts if own is other else (*own.facts, *other.facts)
    moved = [f for f in facts if f.record.measure in (Measure.CHANGE, Measure.INDEX)]
    if len(moved) != 1 or moved[0] not in own.facts:
        return None
    change = moved[0]
    r = change.record
    lead = own.line.before(own.facts.index(change))
    tied = any(says(kind, lead, own.lang) for kind in ("thus", "that_is")) and own.start > other.start
    rate = change.is_rate and r.unit != "percentage_point" and not tied
    plain = r.measure == Measure.CHANGE and r.unit and r.aggregation != "annual_average" and not rate
    return change if plain and "further" not in r.flags and r.value > 0 else None


def _against(change: Fact, own: Room, other: Room) -> Draft | None:
    here = [f for f in own.facts if is_level(f) and suits(change, f)]
    there = [f for f in other.facts if is_level(f) and suits(change, f)]
    if here and (len(there) != 1 or own.start < other.start):
        return None
    pair = only_pair([*there, *here])
    if pair is None or len(own.facts) + len(other.facts) > 5:
        return None
    if change.compares:
        return _compared(change, pair, own, other)
    if not _may_be(change, pair) or any(of_whole(f, change) for f in pair):
        return None
    if change.record.unit not in RATIOS and not change.record.direction:
        return None
    lines = [own.line if f in own.facts else other.line for f in pair]
    step = in_time(*pair, *lines)
    if here and not _one_name(*pair):
        return None
    if step is None or not _one_thing(*pair) or not _tied(change, pair, own, other):
        return None
    return judge(change, *step, ordered=True)


def _may_be(change: Fact, pair: Sequence[Fact]) -> bool:
    """Whether nothing that is said of a change makes it one of other levels."""
    r, end = change.record, pair[0].record
    states = change.indicator in kinds()["states"]
    modal = {f.record.modality for f in (change, *pair)}
    if len(modal) > 1 and not (states and Modality.FORECAST not in modal):
        return False
    if r.geo and end.geo and r.geo != end.geo and not (change.has("local") or pair[0].has("local")):
        return False
    if any(change.marks != f.marks and change.marks for f in pair) or in_real_terms(change, pair[0]):
        return False
    if r.price_basis and end.price_basis != r.price_basis:
        return False
    if any(says(kind, r.sentence, r.lang) for kind in _WINDOWS):
        return False
    spans = [f.span for f in pair if f.span]
    dated = change.span is not None and not change.has("context_period")
    if dated and spans and not any(s == change.span or (change.span and change.span.holds(s)) for s in spans):
        return False
    return isinstance(change.base, str) or any(change.base == s for s in spans)


def _tied(change: Fact, pair: Sequence[Fact], own: Room, other: Room) -> bool:
    """Whether words tie a change to two levels: their name, a pronoun, a conclusion."""
    named = {f.indicator for f in pair if f.indicator}
    if change.indicator and named == {change.indicator}:
        return not any(named_apart(change, f) for f in pair)
    line = own.line
    at = line.facts.index(change)
    lead = line.before(at)
    behind = own.start > other.start
    if behind and at == 0:
        words = lead.split()
        bare = len(words) <= _BARE and says("moved", lead, line.lang)
        points = says("pointing", " ".join(words[:_FIRST]), line.lang)
        if bare or points or says("thus", lead, line.lang):
            return True
    if behind and line.links("thus", at):
        return True
    if change.indicator and named:
        return behind and _shorter(change, pair)
    if behind and not change.indicator and change.completed:
        return True
    if named:
        return False
    unnamed = all(f.has("measure_unsaid") or not stems(f.record.subject, line.lang) for f in pair)
    return share_words(change.record.subject, other.text, line.lang) or (not behind and unnamed)


def share_words(a: str, b: str, lang: str) -> bool:
    """Whether two texts share a word that names something, whatever its ending."""
    one, other = ({stem[:_STEM] for stem in stems(text, lang)} for text in (a, b))
    return bool(one & other)


def _shorter(change: Fact, pair: Sequence[Fact]) -> bool:
    """Whether a change names what moved from one level to another by a shorter name: deaths, road deaths."""
    ends = all(f.indicator.endswith(f"_{change.indicator}") for f in pair)
    moved = {flag for f in pair for flag in f.record.flags} >= {"from_value", "to_value"}
    return ends and moved and change.record.direction in {f.record.direction for f in pair}


def _one_name(a: Fact, b: Fact) -> bool:
    """Whether two levels of two sentences are called by one name."""
    one, other = (stems(f.record.subject, f.record.lang) for f in (a, b))
    return bool(one & other) or (a.indicator == b.indicator != "")


def _one_thing(a: Fact, b: Fact) -> bool:
    """Whether two levels are of one thing: one name, or one that has none of its own."""
    if a.indicator and b.indicator:
        return a.indicator == b.indicator and not named_apart(a, b)
    lang = a.record.lang
    one, other = (stems(f.record.subject, lang) for f in (a, b))
    return a.is_loose or b.is_loose or not one or not other or one == other


def growth_beside(doc: Dossier) -> Iterator[Draft]:
    """Growth of years that follow one another, and what the next sentence says they make together."""
    for a, b in neighbours(doc):
        yearly = [f for f in a.facts if f.record.measure == Measure.CHANGE and f.is_growth]
        if not 2 <= len(yearly) <= 6 or len(yearly) != len(a.facts) or len(b.facts) != 1:
            continue
        last = b.facts[0]
        years = [f.year for f in yearly]
        follow = all(y is not None for y in years) and all(y == (x or 0) + 1 for x, y in pairwise(years))
        if last.span and not last.has("context_period") and last.span.years != (years[0], years[-1]):
            continue
        told = [int(n) for m in matches("for_years", b.text, b.lang) if (n := number(m["n"], b.lang))]
        whole = len(yearly) in told or says("accumulated", b.text, b.lang)
        if not (follow and whole and last.is_growth and last.record.measure == Measure.CHANGE):
            continue
        if len({f.indicator for f in yearly}) > 1 or last.record.aggregation == "annual_average":
            continue
        if says("mean", b.text, b.lang):
            continue
        if found := made_of_years(yearly, last):
            yield found


def growth_within(doc: Dossier) -> Iterator[Draft]:
    """Growth of years that only their order names, and what the sentence says they make together."""
    for room in rooms(doc):
        growth = [f for f in room.facts if f.record.measure == Measure.CHANGE and f.is_growth]
        if not 3 <= len(growth) <= 6 or len(growth) != len(room.facts) or any(f.year for f in growth):
            continue
        *yearly, last = growth
        lead = room.line.before(len(growth) - 1)
        told = [number(m["n"], room.lang) for m in matches("for_years", lead, room.lang)]
        ways = {f.record.direction for f in growth}
        if len(yearly) not in told or len(ways) > 1 or says("mean", room.text, room.lang):
            continue
        if found := made_of_years(yearly, last):
            yield found


def _compared(change: Fact, pair: Sequence[Fact], own: Room, other: Room) -> Draft | None:
    """Who has less, or more, by so much, against what the two have, where it is told of whom it is said."""
    r = change.record
    if own.start < other.start or not r.direction or any(f in own.facts for f in pair):
        return None
    first = [f for f in pair if f.indicator and f.indicator == r.indicator]
    if len(first) != 1 or any(f.indicator for f in pair if f not in first):
        first = [f for f in pair if share_words(r.subject, f.record.subject, own.lang)]
    if len(first) != 1 or own.facts != (change,):
        return None
    rest = next(f for f in pair if f is not first[0])
    way = first[0].record.value > rest.record.value
    if way == (r.direction == "up"):
        return judge(change, rest, first[0], ordered=True)
    bare = judge(change, rest, first[0], ordered=False)
    return None if bare else _turned(change, rest, first[0])


def _turned(change: Fact, rest: Fact, first: Fact) -> Draft:
    sign = ">" if first.record.value > rest.record.value else "<"
    text = f"{value_text(first)} {sign} {value_text(rest)}"
    return Draft(
        rule="direction",
        severity=Severity.ERROR,
        facts=tuple(sorted((rest, first, change), key=lambda f: f.order)),
        about=change,
        expected=text,
        found=value_text(change),
        computation=text,
    )
