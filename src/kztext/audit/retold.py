"""One thing told twice side by side: an index and a change, a headline and its text, "the same" once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.contradiction import draft, is_supposed
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import Fact, kinds, label, plain
from kztext.audit.names import named_apart, stems
from kztext.audit.rooms import Room, follows, neighbours, rooms
from kztext.audit.slips import is_slip
from kztext.audit.words import says
from kztext.records import Measure, Modality, Severity

_MOVED = frozenset({"from_value", "to_value", "comparison"})
_SHARED = 2  # words that a headline shares with the sentence that it is of
_LEAST, _MOST = 50, 200  # percent of the year before that an index can be
_TOP = 20  # characters before a headline
_ENDS = ".!?…:;"


def indexes_beside(doc: Dossier) -> Iterator[Draft]:
    """An index and the change that the sentence beside it makes of it: "93,6 %. Отрасль просела на 9,4 %"."""
    for a, b in neighbours(doc):
        growth = [f for f in (*a.facts, *b.facts) if f.record.measure in (Measure.INDEX, Measure.CHANGE)]
        if len(growth) != 2 or growth[0] not in a.facts or growth[1] not in b.facts:
            continue
        one, other = growth
        if {one.record.measure, other.record.measure} != {Measure.INDEX, Measure.CHANGE}:
            continue
        if not (one.is_growth and other.is_growth) or not _one_growth(one, other, b):
            continue
        pairs = [(f.growth(f.said.wide), f.growth(f.said.likely)) for f in growth]
        if severity := clash(*pairs):
            apart = pairs[0][0].high < 0 < pairs[1][0].low or pairs[1][0].high < 0 < pairs[0][0].low
            found = draft("direction" if apart else "contradiction", growth, severity)
            yield found


def _one_growth(one: Fact, other: Fact, room: Room) -> bool:
    """Whether an index and a change are of one thing, time and base, as far as the text says."""
    r, s = one.record, other.record
    index = one if r.measure == Measure.INDEX else other
    if not _LEAST < index.record.value < _MOST or not isinstance(one.base, str) or one.base != other.base:
        return False
    if r.geo != s.geo or not one.is_exact or not _same_prices(index, one if index is other else other):
        return False
    if one.marks != other.marks and not (set(one.marks) ^ set(other.marks)) <= {"deficit", "comparison"}:
        return False
    dated = all(f.span and not f.has("context_period") for f in (one, other))
    if (dated and one.span != other.span) or not other.is_exact or is_supposed(other):
        return False
    placed = [next((x for x in f.record.flags if x.startswith("relative_period:")), "") for f in (one, other)]
    if placed[1] and placed[0] != placed[1]:
        return False
    if Modality.FORECAST in (r.modality, s.modality):
        return False
    lead = room.line.before(room.facts.index(other))
    if r.indicator and s.indicator:
        moved = abs(index.growth(index.point).low)
        told = one if index is other else other
        turned = moved == told.record.value and says("thus", lead, room.lang)
        return turned or (r.indicator == s.indicator and not named_apart(one, other))
    if not s.indicator and any(says(kind, lead, room.lang) for kind in ("that_is", "thus")):
        return True
    return other is index and not s.indicator and says("that_index", room.line.before(0), room.lang)


def _same_prices(index: Fact, change: Fact) -> bool:
    """Whether an index and a change are both in real terms, or neither: not real pay beside nominal."""
    r = change.record
    if says("nominal", r.sentence, r.lang) or index.indicator in kinds()["real_growth"]:
        return not says("nominal", r.sentence, r.lang)
    return says("real", index.record.sentence, r.lang) == says("real", r.sentence, r.lang)


def headlines(doc: Dossier) -> Iterator[Draft]:
    """What a headline says against the sentence below it: "Турпоток вырос на 16 %", "на 7 % больше"."""
    row = rooms(doc)
    if len(row) < 2 or not row[0].facts or not _is_headline(row[0], row[1]):
        return
    head = row[0]
    values = {f.record.value for room in row[1:] for f in room.facts}
    for fact in head.facts:
        r = fact.record
        if r.value in values or not fact.is_single or _HEADED.intersection(r.flags) or not r.unit:
            continue
        if found := _headed_level(fact, row):
            yield found
            continue
        if not fact.is_exact or not fact.is_told or _MOVED.intersection(r.flags):
            continue
        alike = [f for f in row[1].facts if _alike(f, fact)]
        same = [f for room in row[1:] for f in room.facts if _alike(f, fact)]
        shared = stems(head.text, head.lang) & stems(row[1].text, head.lang)
        named = r.indicator and all(f.indicator == r.indicator for f in alike)
        if len(alike) != 1 or (len(same) > 1 and named_apart(fact, alike[0])):
            continue
        if not (named or len(shared) >= _SHARED or _one_word(fact, alike[0])):
            continue
        if any(_meets(f, fact) for f in same):
            continue
        yield draft("contradiction", [fact, alike[0]], Severity.WARNING)


def _headed_level(head: Fact, row: Sequence[Room]) -> Draft | None:
    """A level of a headline against the only one of its unit and kind in the sentence below."""
    r, body = head.record, row[1]
    if r.measure != Measure.LEVEL or any(says(kind, body.text, body.lang) for kind in _WIDER):
        return None
    told = [f for f in body.facts if f.record.unit == r.unit and f.record.measure == Measure.LEVEL]
    all_told = [f for room in row[1:] for f in room.facts if f.record.unit == r.unit]
    if len(told) != 1 or any(f.said.wide.meets(head.said.wide) for f in all_told):
        return None
    fact = told[0]
    low, high = sorted((fact.record.value, r.value))
    modal = {fact.record.modality == Modality.PLAN, r.modality == Modality.PLAN}
    if high > low * _FAR or len(modal) > 1 or not fact.is_exact or _HEADED.intersection(fact.record.flags):
        return None
    shared = stems(row[0].text, body.lang) & stems(body.text, body.lang)
    named = r.indicator != "" and fact.indicator == r.indicator
    if not (len(shared) >= _SHARED or (named and (shared or r.unit != "count"))):
        return None
    return draft("contradiction", [head, fact], Severity.WARNING)


_HEADED = frozenset({"from_value", "comparison"})
_WIDER = ("then", "summed", "altogether", "difference", "mean")
_FAR = Decimal("2.5")  # figures further apart are of two things


def _alike(fact: Fact, head: Fact) -> bool:
    """Whether a figure is told in the way of that of the headline: a change up in percent."""
    r, s = fact.record, head.record
    change = r.measure == Measure.CHANGE or (
        r.measure == Measure.SHARE and bool(r.indicator) and r.indicator == s.indicator
    )
    return (
        change
        and fact.is_told
        and (r.measure, r.direction) == (s.measure, s.direction)
        and (r.unit == s.unit or {r.unit, s.unit} == {"percent", "times"})
        and fact.is_exact
        and not (r.geo and s.geo and r.geo != s.geo and not (fact.has("local") or head.has("local")))
    )


def _meets(a: Fact, b: Fact) -> bool:
    """Whether two changes of one way may be one: "вдвое", "на 98 %"."""
    one, other = (f.factor(f.said.wide) or f.said.wide for f in (a, b))
    return one.meets(other) or (a.record.unit == b.record.unit and a.said.wide.meets(b.said.wide))


def _one_word(a: Fact, b: Fact) -> bool:
    """Whether the names of two figures begin with one word: "ЕТ ЭКСПОРТЫ", "ет көлемі"."""
    one, other = (plain(f.record.subject).split()[:1] for f in (a, b))
    return bool(one) and one == other and not says("general", one[0], a.record.lang)


def _is_headline(head: Room, body: Room) -> bool:
    text = head.text.rstrip("»\")' ")
    first = head.start < _TOP and bool(text) and text[-1] not in _ENDS
    return first and follows(head, body) and len(head.facts) == 1


def told_again(doc: Dossier) -> Iterator[Draft]:
    """A figure of what was just told, "the same", "all of it", that is another: "57 млрд … Все 75 млрд"."""
    row = rooms(doc)
    for n, room in enumerate(row):
        for i, fact in enumerate(room.facts):
            if not _is_figure(fact):
                continue
            before = [f for f in (row[n - 1].facts if n else ()) if _is_figure(f) and _same_kind(f, fact)]
            near = n > 0 and follows(row[n - 1], room)
            here = [f for f in room.facts if _same_kind(f, fact)]
            again = says("again", room.text, room.lang)
            if near and len(before) == 1 and here == [fact]:
                slip = is_slip(before[0].record.value, fact.record.value)
                if slip and (again or says("all_of_it", room.line.before(i), room.lang)):
                    yield draft("contradiction", [before[0], fact], Severity.WARNING)
                    continue
            if here == [fact] and (found := _of_row(row[max(0, n - 6) : n], room, fact)):
                yield draft("contradiction", [found, fact], Severity.WARNING)


def _is_figure(fact: Fact) -> bool:
    r = fact.record
    return bool(
        r.measure == Measure.LEVEL
        and r.unit
        and r.value >= 10
        and fact.is_exact
        and not _MOVED.intersection(r.flags)
        and not is_supposed(fact)
    )


def _same_kind(a: Fact, b: Fact) -> bool:
    return a.record.measure == b.record.measure and a.record.unit == b.record.unit


def _of_row(row: Sequence[Room], room: Room, fact: Fact) -> Fact | None:
    """The row of the table above whose name a sentence says, where its figure is a slip of the row's."""
    if fact.has("table") or not row or not any(f.has("table") for f in row[-1].facts):
        return None
    cells = [r.facts[0] for r in row if len(r.facts) == 1 and r.facts[0].has("table")]
    cells = [f for f in cells if _same_kind(f, fact)]
    names = [stems(label(f), room.lang) for f in cells]
    said = stems(room.text, room.lang) | stems(fact.record.subject, room.lang)
    hit = [f for f, name in zip(cells, names, strict=True) if name & said]
    one = len(hit) == 1 and is_slip(hit[0].record.value, fact.record.value)
    return hit[0] if one and fact.record.value not in {f.record.value for f in cells} else None
