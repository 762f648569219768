"""What each has, how many they are, and what all have: "1 500 грантов по 1,4 млн – всего 2,1 млн"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT
from kztext.audit.rooms import Figure, amounts_of, is_amount, is_near, of_one_time, told, window
from kztext.audit.shown import interval_in_terms_of, value_text
from kztext.audit.words import says

_ORDER = 5  # off by so much, the order of the total is what is wrong


def each_of_all(doc: Dossier) -> Iterator[Draft]:
    """What falls to one, against the only total and the only number told beside it."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for each in room:
            r = each.fact.record
            if not is_amount(each.fact) or r.unit in (*NO_AMOUNT, "count") or not _is_each(each):
                continue
            for back in (0, 1):
                near = window(rooms, n, back)
                if found := _judge(each, near):
                    yield found
                    break


def _is_each(figure: Figure) -> bool:
    """Whether the words of an amount say that it falls to one."""
    words = (figure.clause(), figure.tail())
    if "per_person" in figure.fact.record.flags or any(says("each", w, figure.lang) for w in words):
        return True
    return figure.fact.has("average") and any(says("one", w, figure.lang) for w in words)


def _judge(each: Figure, near: Sequence[Figure]) -> Draft | None:
    """The finding that so many times what each has is not what all have; None where it is, or is unclear."""
    r = each.fact.record
    totals = [f for f in amounts_of(near, r.unit) if f is not each]
    heads = amounts_of(near, "count")
    if len(totals) != 1 or len(heads) != 1:
        return None
    total, number = totals[0].fact, heads[0].fact
    if _is_each(totals[0]) or not of_one_time(total, each.fact):
        return None
    wide, likely = (a.over(b) for a, b in zip(total.pair, number.pair, strict=True))
    severity = clash(each.fact.pair, (wide, likely))
    if severity is None or not is_near(each.fact, wide):
        return None
    used = tuple(sorted((total, number, each.fact), key=lambda f: f.order))
    if each.fact.record.value > wide.high * _ORDER or each.fact.record.value * _ORDER < wide.low:
        product = each.fact.said.wide.times(number.said.wide)
        expected, about = interval_in_terms_of(total, product), total
        text = f"{value_text(each.fact)} × {value_text(number)} = {expected}"
    else:
        expected, about = interval_in_terms_of(each.fact, wide), each.fact
        text = f"{value_text(total)} / {value_text(number)} = {expected}"
    return Draft(
        rule="average",
        severity=severity,
        facts=used,
        about=about,
        expected=expected,
        found=value_text(about),
        computation=text,
    )
