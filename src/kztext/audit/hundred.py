"""Shares that the text makes all of one whole: one answer each, the rest, no others, its structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact, is_total, kinds, plain
from kztext.audit.rooms import Figure, told
from kztext.audit.shown import value_text
from kztext.audit.words import are_opposite, says
from kztext.intervals import HUNDRED, ZERO, Interval, show
from kztext.records import Measure, Severity

_OFF = 25  # points that shares which are all of a whole may be off by mistake
_SLIGHT = 15  # … and that shares of one whole, nothing more being said, may be over it
_MOST = 9
_REACH = 300  # characters between the sentences of one row of shares
_MOVED = frozenset({"from_value", "to_value", "comparison"})


def rows_of_shares(doc: Dossier) -> Iterator[Draft]:
    """Shares in one sentence or some that follow one another, which words make all of one whole."""
    rooms = told(doc)
    taken: set[int] = set()
    for n in range(len(rooms) - 1, -1, -1):
        for row in _rows(rooms, n):
            orders = {f.fact.order for f in row}
            if not orders & taken and (found := _judge(row)):
                taken |= orders
                yield found
                break


def _rows(rooms: Sequence[Sequence[Figure]], n: int) -> Iterator[list[Figure]]:
    """The percentages that end with those of a sentence: of it alone, then with those before it."""
    row: list[Figure] = []
    for k in range(n, -1, -1):
        room = rooms[k]
        percents = [f for f in room if f.fact.record.unit == "percent"]
        far = row and percents and row[0].fact.record.start - percents[-1].fact.record.end > _REACH
        if not percents or far or len(percents) != len(room) or any(not _may_stand(f) for f in percents):
            if k == n and len(percents) > 1 and all(_may_stand(f) for f in percents):
                yield percents
            return
        row = [*percents, *row]
        if len(row) > _MOST:
            return
        if len(row) > 1:
            yield list(row)


def _may_stand(figure: Figure) -> bool:
    r = figure.fact.record
    return not _MOVED.intersection(r.flags) and r.value <= HUNDRED and not figure.fact.has("several_answers")


def stands(figure: Figure) -> bool:
    """Whether a percentage stands for those it is of, not for by how much something moved."""
    r = figure.fact.record
    if r.measure == Measure.SHARE and not r.direction:
        return True
    word = regex.findall(r"\p{L}+", figure.before)
    moved = says("moved_by", word[-1], figure.lang) if word else False
    ending = figure.after[:12] if figure.lang == "kk" else ""
    return not moved and not says("by_ending", ending.lstrip("-–ы "), figure.lang)


def _judge(row: Sequence[Figure]) -> Draft | None:
    """The finding that shares make more than their whole, or less where they are all of it."""
    parts = [f for f in row if f.fact.record.value != HUNDRED or not is_total(f.fact)]
    if len(parts) < 2 or not all(f.fact.record.value < HUNDRED for f in parts):
        return None
    whole = _all_of_it(parts, len(parts) < len(row))
    most = _OFF if whole else _SLIGHT
    if not whole and not _of_one(parts):
        return None
    facts = [f.fact for f in parts]
    total = sum((f.record.value for f in facts), ZERO)
    low = sum((f.said.wide.low for f in facts), ZERO)
    high = sum((f.said.wide.high for f in facts), ZERO)
    over, under = low > HUNDRED and total < HUNDRED + most, high < HUNDRED and total > HUNDRED - most
    if not (over or (under and whole)) or _other_reading(facts):
        return None
    return Draft(
        rule="share_sum",
        severity=Severity.ERROR if whole else Severity.WARNING,
        facts=tuple(f.fact for f in row),
        expected="100%" if whole else "≤ 100%",
        found=f"{show(total)}%",
        computation=" + ".join(value_text(f).lstrip("+−") for f in facts) + f" = {show(total)}",
    )


def _all_of_it(parts: Sequence[Figure], summed: bool) -> bool:
    """Whether words say that shares are all of one whole."""
    last, facts = parts[-1], [f.fact for f in parts]
    if not all(stands(f) for f in parts):
        return all(f.has("single_answer") for f in facts) and len(parts) > 2
    if any(f.says("rest") for f in parts[:-1]):
        return False
    rest = says("rest", regex.split(r"[,;:]", last.before)[-1], last.lang) or any(
        says("rest", w, last.lang) for w in last.lead[:1]
    )
    if rest or (summed and len(parts) > 2):
        return True
    if len(parts) == 2 and _are_halves(parts):
        return True
    named = {f.record.share_of for f in facts}
    shares = all(f.record.measure == Measure.SHARE and not f.has("fraction") for f in facts)
    return shares and len(named) == 1 and named != {""} and all(f.has("no_others") for f in facts)


def _are_halves(parts: Sequence[Figure]) -> bool:
    """Whether two shares are of the two halves of one whole."""
    a, b = parts
    named = frozenset((a.fact.indicator, b.fact.indicator)) in [frozenset(p) for p in kinds()["halves"]]
    one = a.fact.record.share_of == b.fact.record.share_of != "" and a.room == b.room
    own = [" ".join((*f.lead[:1], f.trail)) for f in parts]
    exact = all(f.fact.is_exact and not f.fact.has("fraction") for f in parts)
    return exact and (named or (one and are_opposite(own[0], own[1], a.lang)))


def _of_one(parts: Sequence[Figure]) -> bool:
    """Whether shares are surely of one whole, though the text does not say that they are all of it."""
    facts = [f.fact for f in parts]
    told = all(f.record.measure != Measure.CHANGE and not f.is_rate for f in facts)
    spans = {f.span for f in facts if f.span is not None and not f.has("context_period")}
    if not told or any(f.has("fraction") for f in facts) or len(spans) > 1:
        return False
    if sum(f.indicator in kinds()["overlapping"] for f in facts) > 1 or not all(stands(f) for f in parts):
        return False
    answers = all(f.has("single_answer") for f in facts)
    if not answers and any(says("several", f.record.sentence, f.record.lang) for f in facts):
        return False
    lead, lang = parts[0].before, parts[0].lang
    opened = parts[0].room == parts[-1].room and (says("structure", lead, lang) or ":" in lead)
    again = parts[-1].says("more") and bool(facts[0].record.share_of)
    one = len({f.record.share_of for f in facts} - {""}) < 2
    apart = len({plain(f.record.subject) for f in facts}) == len(facts)
    return len(parts) > 2 and one and (answers or opened or (again and apart))


def _other_reading(facts: Sequence[Fact]) -> bool:
    """Whether some of the shares make the whole, or one of the others: one is a part of a part."""
    full = Interval(HUNDRED, HUNDRED)
    for count in range(2, len(facts)):
        for some in combinations(facts, count):
            total = sum((f.record.value for f in some), ZERO)
            if full.holds(total) or any(f.record.value == total for f in facts if f not in some):
                return True
    return False
