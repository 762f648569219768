"""What a sentence says of its own figures: that is, of which, the rest, the difference between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    NO_AMOUNT,
    Fact,
    Pair,
)
from kztext.audit.line import Line, lines
from kztext.audit.shares import is_part, share_draft
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, show
from kztext.records import Measure, Severity

_LEAD = 4  # words before a difference that a sentence begins with
_GAP = 60  # characters between a figure and the one that restates it
_POINT = "percentage_point"
_MOVED = frozenset({"from_value", "to_value"})


def restatements(doc: Dossier) -> Iterator[Draft]:
    """A figure and the one that says it again: "43,4 %, то есть треть", "ИФО 98,3 %, яғни 2,7 %-ға аз"."""
    for line in lines(doc):
        for i, (a, b) in enumerate(pairwise(line.facts)):
            gap = line.gap(i, i + 1)
            if len(gap) > _GAP or any(c.isdigit() for c in gap):
                continue
            if not says("that_is", gap, line.lang) and not _in_bracket(line, i, gap):
                continue
            if found := _again(a, b):
                yield found


def _in_bracket(line: Line, i: int, gap: str) -> bool:
    """Whether a percentage alone in brackets says the fraction before it again: "больше половины (52 %)"."""
    a, b = line.facts[i], line.facts[i + 1]
    fraction = a.has("fraction") and not b.has("fraction") and a.record.unit == b.record.unit == "percent"
    return fraction and gap.rstrip().endswith("(") and line.after(i + 1).lstrip().startswith(")")


def _again(a: Fact, b: Fact) -> Draft | None:
    r, s = a.record, b.record
    moved = _MOVED.intersection(r.flags) or _MOVED.intersection(s.flags)
    if moved or (r.price_basis and s.price_basis and r.price_basis != s.price_basis):
        return None
    if {r.measure, s.measure} == {Measure.INDEX, Measure.CHANGE} and a.is_growth and b.is_growth:
        pairs = [(f.growth(f.said.wide), f.growth(f.said.likely)) for f in (a, b)]
        apart = pairs[0][0].high < 0 < pairs[1][0].low or pairs[1][0].high < 0 < pairs[0][0].low
        return _draft("direction" if apart else "contradiction", clash(*pairs), a, b)
    if r.measure == s.measure == Measure.CHANGE and {r.unit, s.unit} == {"percent", "times"}:
        factors = [(f.factor(f.said.wide), f.factor(f.said.likely)) for f in (a, b)]
        if r.direction != s.direction or any(x is None for pair in factors for x in pair):
            return None
        return _draft("contradiction", clash(factors[0], factors[1]), a, b)  # type: ignore[arg-type] # none is None
    parts = {Measure.SHARE, Measure.LEVEL}
    if r.unit == "percent" and max(r.value, s.value) > HUNDRED:
        return None
    if {r.measure, s.measure} <= parts and r.unit == s.unit != "" and "comparison" not in s.flags:
        return _draft("contradiction", clash(a.pair, b.pair), a, b)
    return None


def _draft(rule: str, severity: Severity | None, a: Fact, b: Fact) -> Draft | None:
    if severity is None:
        return None
    return Draft(
        rule=rule,
        severity=severity,
        facts=(a, b),
        expected=value_text(a),
        found=value_text(b),
        computation=f"{value_text(a)} ≠ {value_text(b)}",
    )


def differences(doc: Dossier) -> Iterator[Draft]:
    """The difference or gap of the two amounts before it: "12,8 тыс. и 41,9 тыс., разница – 29,1 тыс."."""
    for line in lines(doc, 1):
        for i, gap in enumerate(line.facts):
            if not line.links("difference", i):
                continue
            before = line.facts[:i] if i else _told_before(doc, line)
            if i != 1 and len(before) > 1 and (found := _difference(gap, before)):
                yield found


def _told_before(doc: Dossier, line: Line) -> Sequence[Fact]:
    """The two figures of the sentence before one that gives only their difference: "Сальдо – 19 тыс."."""
    lead = line.before(0)
    alone = len(line.facts) == 1 and len(lead.split()) <= _LEAD and ":" not in lead
    return doc.before(line.facts[0]) if alone else ()


def _difference(gap: Fact, before: Sequence[Fact]) -> Draft | None:
    unit = gap.record.unit
    wanted = "percent" if unit == "percentage_point" else unit
    alike = [
        f
        for f in before
        if f.record.measure in (Measure.LEVEL, Measure.SHARE)
        and (f.record.unit == wanted or (unit == "times" and f.record.unit not in ("", "times")))
    ]
    if len(alike) != 2 or alike[0].record.unit != alike[1].record.unit or unit == "percent":
        return None
    low, high = sorted(alike, key=lambda f: f.record.value)
    if unit == "times":
        pair: Pair = (high.said.wide.over(low.said.wide), high.said.likely.over(low.said.likely))
    else:
        pair = (high.said.wide - low.said.wide, high.said.likely - low.said.likely)
    severity = clash(gap.pair, pair)
    if severity is None:
        return None
    sign = "/" if unit == "times" else "−"
    middle = high.record.value / low.record.value if unit == "times" else high.record.value - low.record.value
    return Draft(
        rule="ratio" if unit == "times" else "difference",
        severity=severity,
        facts=(*alike, gap),
        about=gap,
        expected=show(middle),
        found=value_text(gap),
        computation=f"{value_text(high)} {sign} {value_text(low)} = {show(middle)}",
    )


def comparisons(doc: Dossier) -> Iterator[Draft]:
    """How many times one level is another, where the sentence has several: none of them fits."""
    for line in lines(doc, 3):
        levels = [i for i, f in enumerate(line.facts) if _is_amount(f) or is_part(f)]
        ratios = [i for i, f in enumerate(line.facts) if f.compares and f.record.unit in ("times", _POINT)]
        if not ratios or len(levels) <= max(2, len(ratios)):
            continue  # as many comparisons as levels are to one told elsewhere
        for i in ratios:
            if found := _compared(line, i, levels):
                yield found


def _is_amount(fact: Fact) -> bool:
    r = fact.record
    return r.measure == Measure.LEVEL and r.unit not in NO_AMOUNT and not _MOVED.intersection(r.flags)


def _compared(line: Line, i: int, levels: Sequence[int]) -> Draft | None:
    """The level next before a comparison against every other one; a warning where none makes it."""
    before = [k for k in levels if k < i]
    if not before:
        return None
    ratio, own = line.facts[i], line.facts[before[-1]]
    others = [line.facts[k] for k in levels if line.facts[k] is not own]
    named = {f.indicator for f in (own, *others) if f.indicator}
    if len({f.record.unit for f in (own, *others)}) > 1 or len(named) > 1:
        return None
    points = ratio.record.unit == _POINT
    if points != (own.record.unit == "percent"):
        return None
    if own.record.value <= 0 or any(f.record.value <= 0 for f in others):
        return None
    for other in others:
        for a, b in ((own, other), (other, own)):
            pair = a.said.wide - b.said.wide if points else a.said.wide.over(b.said.wide)
            if pair.meets(ratio.said.wide):
                return None
    shown = [
        abs(own.record.value - f.record.value)
        if points
        else max(own.record.value / f.record.value, f.record.value / own.record.value)
        for f in others
    ]
    near = min(zip(shown, others, strict=True), key=lambda x: abs(x[0] - ratio.record.value))
    return Draft(
        rule="difference" if points else "ratio",
        severity=Severity.WARNING,
        facts=tuple(sorted((own, *others, ratio), key=lambda f: f.order)),
        about=ratio,
        expected=show(near[0]),
        found=value_text(ratio),
        computation=f"{value_text(own)} {'−' if points else ':'} {value_text(near[1])} = {show(near[0])}",
    )


def shares(doc: Dossier) -> Iterator[Draft]:
    """A share that restates a part of a whole: "10 847 садов, из них 5 912 частных – две трети"."""
    for line in lines(doc, 3):
        for i, share in enumerate(line.facts):
            if i < 2 or share.record.measure != Measure.SHARE or share.record.unit != "percent":
                continue
            part = line.facts[i - 1]
            gap = line.gap(i - 1, i)
            if len(gap) > _GAP or any(c.isdigit() for c in gap) or not _is_amount(part):
                continue
            wholes = [
                k
                for k, f in enumerate(line.facts[: i - 1])
                if _is_amount(f) and f.record.unit == part.record.unit and f.record.value > part.record.value
            ]
            apposed = _apposed(gap, line.lang) and not says("rest", gap, line.lang)
            if not wholes or not line.links("including", i - 1) or not apposed:
                continue
            if found := share_draft(share, part, line.facts[wholes[-1]]):
                yield found


def _apposed(gap: str, lang: str) -> bool:
    """Whether a share stands beside an amount as the same thing: behind a dash, a bracket or "that is"."""
    return says("restates", gap, lang) or says("that_is", gap, lang) or any(c in gap for c in "(–—")
