"""What a sentence says of its own figures: that is, of which, the rest, the difference between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from kztext.audit.draft import Draft, clash
from kztext.audit.facts import Dossier, Fact, kinds, plain, value_text
from kztext.audit.line import Line, lines
from kztext.audit.parts import share_draft
from kztext.audit.words import says
from kztext.intervals import HUNDRED, ONE, ZERO, Interval, show, show_interval
from kztext.records import Measure, Severity

Pair = tuple[Interval, Interval]
_LEAD = 4  # words before a difference that a sentence begins with
_OVER = 20  # points over 100 % that shares of one whole may make by mistake
_GAP = 60  # characters between a figure and the one that restates it
RATIOS = ("percent", "percentage_point", "times", "")
_POINT = "percentage_point"
_MOVED = frozenset({"from_value", "to_value"})


def restatements(doc: Dossier) -> Iterator[Draft]:
    """A figure and the one that says it again: "43,4 %, то есть треть", "ИФО 98,3 %, яғни 2,7 %-ға аз"."""
    for line in lines(doc):
        for i, (a, b) in enumerate(pairwise(line.facts)):
            gap = line.gap(i, i + 1)
            if len(gap) > _GAP or any(c.isdigit() for c in gap) or not says("that_is", gap, line.lang):
                continue
            if found := _again(a, b):
                yield found


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
        return _draft(
            "contradiction", clash((a.said.wide, a.said.likely), (b.said.wide, b.said.likely)), a, b
        )
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


def rests(doc: Dossier) -> Iterator[Draft]:
    """Shares and the rest of the whole, which make 100 %: "три четверти – свои, остальные 30 % – импорт"."""
    for line in lines(doc):
        for i, rest in enumerate(line.facts):
            own = regex.split(r"[,;:]", line.before(i))[-1]
            if not _is_part(rest) or not says("rest", own, line.lang) or i == 0:
                continue
            others = [f for f in line.facts[:i] if _is_part(f)]
            if not others or len(others) != i or i > 6:
                continue
            if found := _rest(rest, others):
                yield found


def _is_part(fact: Fact) -> bool:
    r = fact.record
    return r.measure in (Measure.SHARE, Measure.LEVEL) and r.unit == "percent" and not fact.is_rate


def _rest(rest: Fact, others: Sequence[Fact]) -> Draft | None:
    readings = [others, *([o for o in others if o is not f] for f in others if len(others) > 2)]
    said: Pair = (rest.said.wide, rest.said.likely)
    found: list[tuple[Severity, Interval]] = []
    for group in readings:
        wide, likely = _left([f.said.wide for f in group]), _left([f.said.likely for f in group])
        severity = clash(said, (wide, likely))
        if severity is None or wide.high <= 0:
            return None
        found.append((severity, wide))
    severity, left = found[0]
    return Draft(
        rule="share_sum",
        severity=severity,
        facts=(*others, rest),
        about=rest,
        expected=f"{show_interval(left, 1)}%",
        found=value_text(rest),
        computation="100 − "
        + " − ".join(show(f.record.value) for f in others)
        + f" = {show_interval(left, 1)}",
    )


def _left(shares: Sequence[Interval]) -> Interval:
    """What shares leave of 100 %."""
    low, high = sum((s.high for s in shares), ZERO), sum((s.low for s in shares), ZERO)
    return Interval(HUNDRED - low, HUNDRED - high)


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
    severity = clash((gap.said.wide, gap.said.likely), pair)
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


def lists_of_shares(doc: Dossier) -> Iterator[Draft]:
    """Three shares or more that a sentence lists as the structure of one whole and that make more than it."""
    for line in lines(doc, 3):
        shares = [f for f in line.facts if _is_part(f)]
        opened = says("structure", line.before(0), line.lang) or ":" in line.before(0)
        if len(shares) < 3 or not opened or _MOVED.intersection(*(f.record.flags for f in shares)):
            continue
        if any(f.record.unit == "percent" and f not in shares for f in line.facts):
            continue
        low = sum((f.said.wide.low for f in shares), ZERO)
        middle = sum((f.record.value for f in shares), ZERO)
        if low > HUNDRED and middle < HUNDRED + _OVER and max(f.record.value for f in shares) < HUNDRED:
            yield Draft(
                rule="share_sum",
                severity=Severity.WARNING,
                facts=tuple(shares),
                expected="≤ 100%",
                found=f"{show(middle)}%",
                computation=" + ".join(show(f.record.value) for f in shares) + f" = {show(middle)}",
            )


def halves(doc: Dossier) -> Iterator[Draft]:
    """The only two shares of a sentence, of one whole or of what makes one, that are more than all of it."""
    pairs = [frozenset(pair) for pair in kinds()["halves"]]
    for line in lines(doc):
        shares = [f for f in line.facts if f.record.measure == Measure.SHARE and f.record.unit == "percent"]
        if len(shares) != 2 or any({*_MOVED, "fraction"}.intersection(f.record.flags) for f in shares):
            continue
        a, b = shares
        one_whole = a.record.share_of == b.record.share_of != "" and plain(a.record.subject) != plain(
            b.record.subject
        )
        halved = frozenset((a.indicator, b.indicator)) in pairs
        one_time = a.span == b.span or a.span is None or b.span is None
        low, middle = a.said.wide.low + b.said.wide.low, a.record.value + b.record.value
        if (one_whole or halved) and one_time and low > HUNDRED and middle < HUNDRED + _OVER:
            yield Draft(
                rule="share_sum",
                severity=Severity.ERROR if halved else Severity.WARNING,
                facts=(a, b),
                expected="≤ 100%",
                found=f"{show(middle)}%",
                computation=f"{show(a.record.value)} + {show(b.record.value)} = {show(middle)}",
            )


def yearly_of_totals(doc: Dossier) -> Iterator[Draft]:
    """A change over years and what it makes a year: "за пять лет 38,6 %, то есть 6,8 % в год"."""
    for line in lines(doc):
        for i, (total, yearly) in enumerate(pairwise(line.facts)):
            spread = total.span is not None and total.span.whole_years and total.span.months > 12
            each = yearly.has("per_year") or yearly.record.aggregation == "annual_average"
            alike = total.is_growth and yearly.is_growth and total.record.measure == yearly.record.measure
            again = spread and each and alike and says("that_is", line.gap(i, i + 1), line.lang)
            if again and (found := _yearly(doc, total, yearly)):
                yield found


def _yearly(doc: Dossier, total: Fact, yearly: Fact) -> Draft | None:
    """The finding that a yearly change does not make a total one, its first year being the base or not."""
    if total.span is None:
        return None
    first, last = total.span.years
    factor, growth = total.factor(total.said.wide), total.growth(total.said.wide)
    said = yearly.growth(yearly.said.wide)
    if factor is None or factor.low <= 0:
        return None
    readings = []
    for years in (last - first + 1, last - first):
        power = ONE / years
        compound = Interval(factor.low**power, factor.high**power).scaled(HUNDRED).shifted(-HUNDRED)
        if said.meets(compound) or said.meets(Interval(growth.low / years, growth.high / years)):
            return None
        readings.append(compound)
    inside = [
        f for f in doc.by_topic.get(total.topic, ()) if f.is_growth and f.year and first <= f.year <= last
    ]
    known = {
        f.order: f
        for f in (total, yearly, *(f for f in inside if f.record.sentence != total.record.sentence))
    }
    return Draft(
        rule="average",
        severity=Severity.WARNING,
        facts=tuple(known[order] for order in sorted(known)),
        about=yearly,
        expected=f"{show_interval(readings[0], 1)}%",
        found=value_text(yearly),
        computation=f"{show_interval(factor, 3)}^(1/{last - first + 1}) = {show_interval(readings[0], 1)}%",
    )


def comparisons(doc: Dossier) -> Iterator[Draft]:
    """How many times one level is another, where the sentence has several: none of them fits."""
    for line in lines(doc, 3):
        levels = [i for i, f in enumerate(line.facts) if _is_amount(f) or _is_part(f)]
        ratios = [i for i, f in enumerate(line.facts) if f.compares and f.record.unit in ("times", _POINT)]
        if not ratios or len(levels) <= max(2, len(ratios)):
            continue  # as many comparisons as levels are to one told elsewhere
        for i in ratios:
            if found := _compared(line, i, levels):
                yield found


def _is_amount(fact: Fact) -> bool:
    r = fact.record
    return r.measure == Measure.LEVEL and r.unit not in RATIOS and not _MOVED.intersection(r.flags)


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
            if not wholes or not line.links("including", i - 1) or not _apposed(gap, line.lang):
                continue
            if found := share_draft(share, part, line.facts[wholes[-1]]):
                yield found


def _apposed(gap: str, lang: str) -> bool:
    """Whether a share stands beside an amount as the same thing: behind a dash, a bracket or "that is"."""
    return says("restates", gap, lang) or says("that_is", gap, lang) or any(c in gap for c in "(–—")


def totals_of_growth(doc: Dossier) -> Iterator[Draft]:
    """Growth of years that follow one another and what the sentence says they make together."""
    for line in lines(doc, 3):
        growth = [f for f in line.facts if f.record.measure == Measure.CHANGE and f.is_growth]
        if len(growth) != len(line.facts) or len(growth) > 8:
            continue
        *yearly, last = growth
        years = [f.year for f in yearly]
        whole = line.links("total", len(growth) - 1) or (
            last.span is not None and last.span.whole_years and last.span.months == 12 * len(yearly)
        )
        follow = all(y is not None for y in years) and all(b == (a or 0) + 1 for a, b in pairwise(years))
        named = {f.indicator for f in growth if f.indicator}
        if not whole or not follow or len(named) > 1 or last.record.aggregation == "annual_average":
            continue
        if last.year is not None and len(yearly) > 1:
            continue
        if found := _made(yearly, last):
            yield found


def _made(yearly: Sequence[Fact], last: Fact) -> Draft | None:
    wide, likely = Interval(ONE, ONE), Interval(ONE, ONE)
    for fact in yearly:
        a, b = fact.factor(fact.said.wide), fact.factor(fact.said.likely)
        if a is None or b is None:
            return None
        wide, likely = wide.times(a), likely.times(b)
    said = last.factor(last.said.wide), last.factor(last.said.likely)
    if said[0] is None or said[1] is None:
        return None
    severity = clash((said[0], said[1]), (wide, likely))
    added = sum((f.growth(f.point).low for f in yearly), ZERO) == last.growth(last.point).low
    if severity is None and not added:
        return None
    product = ONE
    for fact in yearly:
        product *= ONE + fact.growth(fact.point).low / HUNDRED
    exact = (product - ONE) * HUNDRED
    if severity is None and abs(exact - last.growth(last.point).low) < last.said.unit / 2:
        return None
    factors = " · ".join(show(ONE + f.growth(f.point).low / HUNDRED, 4) for f in yearly)
    return Draft(
        rule="compounding",
        severity=severity or Severity.WARNING,
        facts=(*yearly, last),
        about=last,
        expected=f"{show(exact, 1)}%",
        found=value_text(last),
        computation=f"{factors} = {show(product, 4)}",
    )
