"""What came in less what went out, by the words alone: its size, and whether it is a gain or a loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.rooms import Figure, Room, follows, is_near, rooms, told, window
from kztext.audit.shown import in_terms, value_text
from kztext.audit.steps import absolute, change_draft
from kztext.audit.words import says
from kztext.intervals import Interval
from kztext.records import Direction, Measure, Severity

_SIDES = ("inflow", "outflow")
_ASIDE = frozenset({"from_value", "to_value", "comparison", "relative_period:year_earlier"})
_MOST = 4  # amounts that go into one balance


def flows(doc: Dossier) -> Iterator[Draft]:
    """What is left of two amounts, whatever they are of: "заработала 45, потратила 38, прибыль – 9"."""
    every = told(doc)
    for n, room in enumerate(every):
        for left in room:
            if left.fact.record.unit in NO_AMOUNT or not _is_left(left):
                continue
            for back in (0, 1, 2):
                near = [f for f in window(every, n, back) if f is not left]
                if sides := _sides(near, left.fact):
                    if found := _judge(left, *sides, near):
                        yield found
                    break


def _is_left(figure: Figure) -> bool:
    """Whether the words of an amount say that it is what is left, or what was gained or lost by it."""
    if figure.role(*_SIDES, "balance") in _SIDES:
        return False
    if any(says("balance", words, figure.lang) for words in _own(figure)):
        return True
    moved = figure.fact.record.measure == Measure.CHANGE and bool(figure.fact.record.direction)
    owing = says("owing", figure.fact.record.sentence, figure.lang)
    between = says("between", figure.before, figure.lang)
    return (moved and owing) or between or (_sign(figure) is not None and figure.says("thus"))


def _own(figure: Figure) -> tuple[str, ...]:
    return (*figure.lead, figure.trail)


def _sign(figure: Figure) -> bool | None:
    """Whether an amount is told as a gain (true) or as a loss; None where its words say neither or both."""
    way = figure.fact.record.direction
    moved = figure.fact.record.measure == Measure.CHANGE and bool(way)
    words = (figure.before, figure.tail())
    gain, loss = (any(says(kind, w, figure.lang) for w in words) for kind in ("gain", "loss"))
    if gain == loss:
        return way == Direction.UP if moved and not gain else None
    return gain


def side_of(figure: Figure) -> str:
    """Whether an amount came in or went out, by its words or its indicator; empty where neither is said."""
    if side := figure.role(*_SIDES):
        return side
    for rule in kinds()["balance"]:
        if figure.fact.indicator in (rule["plus"], rule["minus"]):
            return "inflow" if figure.fact.indicator == rule["plus"] else "outflow"
    return ""


def _sides(near: Sequence[Figure], left: Fact) -> tuple[Fact, Fact] | None:
    """The one amount that came in and the one that went out; None where there are more of either."""
    sides: dict[str, list[Fact]] = {"inflow": [], "outflow": [], "": []}
    for figure in near:
        r = figure.fact.record
        if r.unit != left.record.unit or r.measure not in (Measure.LEVEL, Measure.CHANGE):
            continue
        if _ASIDE.intersection(r.flags) or figure.fact.has("part_of") or figure.says("including", "of_them"):
            continue
        sides[side_of(figure)].append(figure.fact)
    plus, minus = sides["inflow"], sides["outflow"]
    if len(plus) != 1 or len(minus) != 1 or not of_one_time(plus[0], minus[0], left):
        return None
    return plus[0], minus[0]


def of_one_time(plus: Fact, minus: Fact, left: Fact) -> bool:
    """Whether nothing says that amounts are of different times or places."""
    facts = (plus, minus, left)
    dated = {f.span for f in facts if f.span is not None and not f.has("context_period")}
    placed = {f.record.geo for f in facts if "-" in f.record.geo and not f.has("local")}
    return len(dated) < 2 and len(placed) < 2 and plus.is_told == minus.is_told


def _judge(left: Figure, plus: Fact, minus: Fact, near: Sequence[Figure]) -> Draft | None:
    pair = absolute(minus.pair, plus.pair)
    severity = clash(left.fact.pair, pair)
    gain = _sign(left)
    if severity is None:
        same = plus.said.wide.meets(minus.said.wide)
        turned = gain is not None and gain != (plus.record.value > minus.record.value) and not same
        return _turned(left.fact, plus, minus, gain=bool(gain)) if turned else None
    if _bridged(plus, minus, left.fact, near) or not is_near(left.fact, pair[0]):
        return None
    expected = in_terms(left.fact, pair[0])
    text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
    return change_draft("difference", severity, left.fact, plus, minus, expected, text)


def _bridged(plus: Fact, minus: Fact, left: Fact, near: Sequence[Figure]) -> bool:
    """Whether one more amount makes the balance right, or is the balance: transfers beside the revenue."""
    apart = absolute(minus.pair, plus.pair)[0]
    for figure in near[-_MOST:]:
        other = figure.fact
        if other in (plus, minus) or other.record.unit != left.record.unit:
            continue
        if other.said.wide.meets(apart):
            return True  # the balance is told already
        for a, b in ((plus, minus), (minus, plus)):
            more = a.said.wide + other.said.wide - b.said.wide
            less = a.said.wide - other.said.wide - b.said.wide
            if more.meets(left.said.wide) or less.meets(left.said.wide):
                return True
    return False


def _turned(left: Fact, plus: Fact, minus: Fact, *, gain: bool) -> Draft | None:
    pair = absolute(minus.pair, plus.pair)
    middle = (pair[0].low + pair[0].high) / 2
    expected = ("−" if gain else "+") + in_terms(left, Interval(middle, middle))
    text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
    return change_draft("difference", Severity.ERROR, left, plus, minus, expected, text)


def signs(doc: Dossier) -> Iterator[Draft]:
    """A balance without a number, told as a gain or a loss: "прибыли 18, выбыли 24. Сальдо положительное"."""
    figures = {f.fact.order: f for room in told(doc) for f in room}
    row = rooms(doc)
    for a, b in pairwise([Room("", "", -1, row[0].line), *row] if row else []):
        own = b.line.text if not b.facts else b.line.after(len(b.facts) - 1)
        if not says("balance", own, b.lang) and not says("gain_of_all", own, b.lang):
            continue
        gain, loss = (says(kind, own, b.lang) for kind in ("gain", "loss"))
        if gain == loss:
            continue
        before = (row[row.index(a) - 1],) if a in row and row.index(a) and len(a.facts) == 1 else ()
        told_in = (b,) if b.facts else (*before, a)
        if not b.facts and (a.start < 0 or not follows(a, b)):
            continue
        facts = [f for r in told_in for f in r.facts if f.record.unit not in NO_AMOUNT]
        sides = {side_of(figures[f.order]): f for f in facts if f.order in figures}
        if len(facts) != 2 or set(sides) != {*_SIDES} or len({f.record.unit for f in facts}) > 1:
            continue
        plus, minus = sides["inflow"], sides["outflow"]
        if not of_one_time(plus, minus, plus) or plus.said.wide.meets(minus.said.wide):
            continue
        if gain != (plus.record.value > minus.record.value):
            sign = ">" if plus.record.value > minus.record.value else "<"
            text = f"{value_text(plus)} {sign} {value_text(minus)}"
            yield Draft(
                rule="direction",
                severity=Severity.ERROR,
                facts=tuple(sorted((plus, minus), key=lambda f: f.order)),
                claims=b.claims[:1],
                about=plus,
                expected=text,
                found=" ".join(own.split()),
                computation=text,
            )
