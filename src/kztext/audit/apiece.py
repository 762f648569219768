"""What falls to one: how many they are and what all have; a mean against what it is the mean of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import Fact
from kztext.audit.rooms import (
    Figure,
    can_be_amount,
    is_amount,
    is_bare,
    is_near,
    of_one_time,
    of_one_unit,
    told,
    window,
)
from kztext.audit.shown import interval_in_terms_of, value_text
from kztext.audit.stretch import number
from kztext.audit.words import matches, says
from kztext.intervals import ZERO, Interval
from kztext.records import Severity

_ORDER = 5  # off by so much, the order of the total is what is wrong
_MOST = 8  # figures that a mean is of


def each_of_all(doc: Dossier) -> Iterator[Draft]:
    """What falls to one, against the only total and the only number told beside it."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for each in room:
            if not is_amount(each.fact) or not _is_each(each):
                continue
            for back, ahead in ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1)):
                near = window(rooms, n, back, ahead)
                if pair := _total_and_number(each, near):
                    if found := _judge(each, *pair):
                        yield found
                    break


def _is_each(figure: Figure) -> bool:
    """Whether the words of an amount say that it falls to one."""
    words = (figure.clause(), figure.tail(), *figure.lead[:2], figure.trail)
    if "per_person" in figure.fact.record.flags or any(says("each", w, figure.lang) for w in words):
        return True
    average = figure.fact.has("average") or any(says("mean", w, figure.lang) for w in words)
    return average and any(says("one", w, figure.lang) for w in words)


def _total_and_number(each: Figure, near: Sequence[Figure]) -> tuple[Fact, Fact] | None:
    """The only total in the unit of what each has, and the only number of those who have it."""
    r = each.fact.record
    others = [f for f in near if f is not each and is_amount(f.fact) and not _is_each(f)]
    alike = [f for f in others if f.fact.record.unit == r.unit]
    heads = [f for f in others if f.fact.record.unit == "count"]
    if r.unit == "count":
        alike = sorted(heads, key=lambda f: f.fact.record.value)[1:] if len(heads) == 2 else []
        heads = [f for f in heads if f not in alike]
    if len(alike) != 1 or len(heads) != 1 or len(others) > 2:
        return None
    total, number_ = alike[0].fact, heads[0].fact
    return (total, number_) if of_one_time(total, each.fact) and number_.record.value > 1 else None


def _judge(each: Figure, total: Fact, heads: Fact) -> Draft | None:
    """The finding that so many times what each has is not what all have; None where it is, or is unclear."""
    wide, likely = (a.over(b) for a, b in zip(total.pair, heads.pair, strict=True))
    severity = clash(each.fact.pair, (wide, likely))
    if severity is None or not is_near(each.fact, wide):
        return None
    used = tuple(sorted((total, heads, each.fact), key=lambda f: f.order))
    if each.fact.record.value > wide.high * _ORDER or each.fact.record.value * _ORDER < wide.low:
        product = each.fact.said.wide.times(heads.said.wide)
        expected, about = interval_in_terms_of(total, product), total
        text = f"{value_text(each.fact)} × {value_text(heads)} = {expected}"
    else:
        expected, about = interval_in_terms_of(each.fact, wide), each.fact
        text = f"{value_text(total)} / {value_text(heads)} = {expected}"
    return Draft(
        rule="average",
        severity=severity,
        facts=used,
        about=about,
        expected=expected,
        found=value_text(about),
        computation=text,
    )


def means(doc: Dossier) -> Iterator[Draft]:
    """A mean of the figures told before it: outside all of them, or not theirs where all are told."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for mean in room:
            if not can_be_amount(mean.fact) or not mean.fact.is_exact or not _is_mean(mean):
                continue
            near = [f for f in window(rooms, n, 1) if f.fact.order < mean.fact.order]
            row = [f.fact for f in near if can_be_amount(f.fact) and f.fact.is_exact]
            alike = 2 <= len(row) <= _MOST and len(row) == len(near) and of_one_unit([*row, mean.fact])
            if not alike or is_bare(mean.fact) != all(is_bare(f) for f in row) or not of_one_time(*row):
                continue
            if found := _off(mean, row, near):
                yield found


def _is_mean(figure: Figure) -> bool:
    """Whether an amount is the mean of what was told, by its words."""
    words = (*figure.lead, figure.trail)
    return any(says("mean", w, figure.lang) for w in words) and not says(
        "yearly", figure.fact.record.sentence, figure.lang
    )


def _off(mean: Figure, row: Sequence[Fact], near: Sequence[Figure]) -> Draft | None:
    """The finding that a mean is none of its row."""
    low, high = min(f.said.wide.low for f in row), max(f.said.wide.high for f in row)
    count = Decimal(len(row))
    wide = Interval(
        sum((f.said.wide.low for f in row), ZERO) / count, sum((f.said.wide.high for f in row), ZERO) / count
    )
    said = mean.fact.said.wide
    counted = {number(m["n"], mean.lang) for f in near[:1] for m in matches("so_many", f.before, f.lang)}
    outside = said.low > high or said.high < low
    if said.meets(wide) or not is_near(mean.fact, wide) or not (outside or counted == {len(row)}):
        return None
    if outside and not (counted == {len(row)} or says("of_all", mean.before, mean.lang)):
        return None
    expected = interval_in_terms_of(mean.fact, wide)
    terms = " + ".join(value_text(f) for f in row)
    return Draft(
        rule="average",
        severity=Severity.ERROR,
        facts=(*row, mean.fact),
        about=mean.fact,
        expected=expected,
        found=value_text(mean.fact),
        computation=f"({terms}) / {len(row)} = {expected}",
    )
