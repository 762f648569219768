"""Shares that a text says to be all of one whole: one answer each, no other direction, the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.rooms import Figure, told, window
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, ZERO, show
from kztext.records import Measure, Severity

_OFF = Decimal(25)  # points that shares which are all of a whole may be off by mistake
_MOST = 8
_MOVED = frozenset({"from_value", "to_value", "comparison"})


def single_answers(doc: Dossier) -> Iterator[Draft]:
    """Shares of those who could give one answer only, which make more than all."""
    rooms = told(doc)
    taken = -1
    for n, room in enumerate(rooms):
        if n <= taken or not room or not _percents(room):
            continue
        if not says("one_answer", room[0].fact.record.sentence, room[0].lang) and not (
            _said_before(doc, room[0])
        ):
            continue
        near = list(room)
        last = n
        while last + 1 < len(rooms) and last < n + 2 and (more := _percents(rooms[last + 1])):
            if len(more) != len(rooms[last + 1]):
                break
            last += 1
            near.extend(more)
        shares = _percents(near)
        taken = last
        if 2 < len(shares) <= _MOST and (found := _over([f.fact for f in shares])):
            yield found


def _said_before(doc: Dossier, figure: Figure) -> bool:
    """Whether the sentence just before says that one answer could be given; its claim has the words."""
    start = figure.fact.record.start
    near = [c for c in doc.claims if c.end <= start and start - c.end < 160]
    return any(says("one_answer", c.quote, c.lang) for c in near)


def _percents(figures: Sequence[Figure]) -> list[Figure]:
    return [
        f
        for f in figures
        if f.fact.record.unit == "percent"
        and not _MOVED.intersection(f.fact.record.flags)
        and f.fact.record.value < HUNDRED
    ]


def _over(shares: Sequence[Fact]) -> Draft | None:
    low = sum((f.said.wide.low for f in shares), ZERO)
    total = sum((f.record.value for f in shares), ZERO)
    return _draft(shares, total) if low > HUNDRED and total < HUNDRED + _OFF else None


def others_left(doc: Dossier) -> Iterator[Draft]:
    """Shares that stand for people, the last ones all others: "46 % ждут, 31 % – нет, остальные 13 %"."""
    for room in told(doc):
        for i, rest in enumerate(room):
            if i < 1 or not _stands(rest) or not says("rest", rest.clause(), rest.lang):
                continue
            parts = list(room[: i + 1])
            if len(parts) > _MOST or not all(_stands(f) for f in parts):
                continue
            if not any(f.fact.record.measure == Measure.CHANGE for f in parts):
                continue  # all are shares: another rule's
            low = sum((f.fact.said.wide.low for f in parts), ZERO)
            high = sum((f.fact.said.wide.high for f in parts), ZERO)
            total = sum((f.fact.record.value for f in parts), ZERO)
            if (low > HUNDRED or high < HUNDRED) and abs(total - HUNDRED) < _OFF:
                yield _draft([f.fact for f in parts], total, exact=True)


def _stands(figure: Figure) -> bool:
    """Whether a percentage stands for those it is of, not for by how much something moved."""
    r = figure.fact.record
    if r.unit != "percent" or _MOVED.intersection(r.flags) or r.value >= HUNDRED:
        return False
    word = regex.findall(r"\p{L}+", figure.before)
    moved = says("moved_by", word[-1], figure.lang) if word else False
    ending = figure.after[:12] if figure.lang == "kk" else ""
    return not moved and not says("by_ending", ending.lstrip("-–ы "), figure.lang)


def all_told(doc: Dossier) -> Iterator[Draft]:
    """Shares of one whole of which the text says that there are no others, and that make less than it."""
    rooms = told(doc)
    texts = _texts(doc)
    for n, room in enumerate(rooms):
        shares = [f.fact for f in room]
        if not 2 <= len(shares) <= _MOST or any(
            f.record.measure != Measure.SHARE or f.record.unit != "percent" for f in shares
        ):
            continue
        if len({f.record.share_of for f in shares}) > 1 or window(rooms, n, 0)[0].says("rest"):
            continue
        end = shares[-1].record.end
        behind = [
            quote for start, quote, lang in texts if 0 <= start - end < 160 and says("no_others", quote, lang)
        ]
        own = says("no_others", shares[0].record.sentence, shares[0].record.lang)
        high = sum((f.said.wide.high for f in shares), ZERO)
        total = sum((f.record.value for f in shares), ZERO)
        if (behind or own) and high < HUNDRED and total > HUNDRED - _OFF:
            yield _draft(shares, total, exact=True)


def _texts(doc: Dossier) -> list[tuple[int, str, str]]:
    """Where claims start, and their words."""
    return [(c.start, c.quote, c.lang) for c in doc.claims]


def _draft(shares: Sequence[Fact], total: Decimal, *, exact: bool = False) -> Draft:
    return Draft(
        rule="share_sum",
        severity=Severity.ERROR,
        facts=tuple(shares),
        expected="100%" if exact else "≤ 100%",
        found=f"{show(total)}%",
        computation=" + ".join(value_text(f).lstrip("+−") for f in shares) + f" = {show(total)}",
    )
