"""Whether what came in less what went out is a gain or a loss: "приехали 18, уехали 24, прирост – 6"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kztext.audit.balances import side_said
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.rooms import Figure, told, window
from kztext.audit.shown import in_terms, value_text
from kztext.audit.steps import absolute, change_draft
from kztext.audit.words import says
from kztext.intervals import Interval
from kztext.records import Measure, Severity

_PARTS = frozenset({"from_value", "to_value", "comparison"})


def signs(doc: Dossier) -> Iterator[Draft]:
    """A gain or loss of the right size and the wrong sign, and what is missing between two amounts."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for left in room:
            if left.fact.record.unit in NO_AMOUNT:
                continue
            gain, hole = _sign(left), says("between", left.before, left.lang)
            hole = hole or (gain is not None and left.says("thus"))
            if gain is None and not hole:
                continue
            near = window(rooms, n, 2)
            before = [f for f in near if f.fact.order < left.fact.order]
            if pair := _sides(before, left.fact):
                plus, minus = pair
                found = _turned(left.fact, plus, minus, gain) if gain is not None else None
                if found or (hole and (found := _missed(left.fact, plus, minus))):
                    yield found


def _sign(figure: Figure) -> bool | None:
    """Whether an amount is told as a gain (true) or as a loss; None where its words say neither or both."""
    words = (figure.before, figure.tail())
    gain, loss = (any(says(kind, w, figure.lang) for w in words) for kind in ("gain", "loss"))
    return None if gain == loss else gain


def _sides(before: Sequence[Figure], left: Fact) -> tuple[Fact, Fact] | None:
    """The one amount that came in and the one that went out."""
    sides: dict[str, list[Fact]] = {"inflow": [], "outflow": []}
    for figure in before:
        r = figure.fact.record
        if r.unit != left.record.unit or r.measure != Measure.LEVEL or _PARTS.intersection(r.flags):
            return None
        if side := _side(figure):
            sides[side].append(figure.fact)
        else:
            return None
    plus, minus = sides["inflow"], sides["outflow"]
    return (plus[0], minus[0]) if len(plus) == len(minus) == 1 else None


def _side(figure: Figure) -> str:
    """Whether an amount came in or went out, by its indicator or its words."""
    indicator = figure.fact.indicator
    for rule in kinds()["balance"]:
        if indicator in (rule["plus"], rule["minus"]):
            return "inflow" if indicator == rule["plus"] else "outflow"
    return side_said(figure.before, figure.after, figure.lang)


def _turned(left: Fact, plus: Fact, minus: Fact, gain: bool) -> Draft | None:
    pair = absolute(minus.pair, plus.pair)
    if clash(left.pair, pair) is not None or plus.said.wide.meets(minus.said.wide):
        return None
    if gain == (plus.record.value > minus.record.value):
        return None
    expected = ("−" if gain else "+") + in_terms(left, _middle(pair[0]))
    text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
    return change_draft("difference", Severity.ERROR, left, plus, minus, expected, text)


def _middle(interval: Interval) -> Interval:
    middle = (interval.low + interval.high) / 2
    return Interval(middle, middle)


def _missed(left: Fact, plus: Fact, minus: Fact) -> Draft | None:
    pair = absolute(minus.pair, plus.pair)
    severity = clash(left.pair, pair)
    if severity is None:
        return None
    expected = in_terms(left, pair[0])
    text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
    return change_draft("difference", severity, left, plus, minus, expected, text)
