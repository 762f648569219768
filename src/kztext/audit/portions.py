"""Shares of what neighbouring sentences tell: "840 человек, женщин среди них 126: их доля – 12 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT, Fact
from kztext.audit.rooms import (
    Figure,
    can_be_amount,
    is_amount,
    is_near,
    is_percentage,
    of_one_unit,
    told,
    window,
)
from kztext.audit.shares import share_draft
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, Interval
from kztext.records import Measure, Severity

_GAP = 60  # characters between an amount and the share that restates it
_ENDS = frozenset({"from_value", "to_value", "comparison"})
_TIED = ("that_is", "thus", "restates", "share_word", "exactly")
_MOST = 3  # amounts beside a share: a part, its whole, and the rest of it
_ONCE = Interval(HUNDRED, HUNDRED)


def shares_by_words(doc: Dossier) -> Iterator[Draft]:
    """A share of the only two amounts told beside it, one a part of the other by the text's own words."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for share in room:
            if not is_percentage(share.fact) or share.fact.record.value > HUNDRED:
                continue
            for back in (0, 1, 2):
                near = window(rooms, n, back)
                if pair := _part_and_whole(near, share):
                    if found := _judge(share, *pair, near):
                        yield found
                    break


def _part_and_whole(near: Sequence[Figure], share: Figure) -> tuple[Figure, Figure] | None:
    """The two amounts of one unit beside a share, the smaller first; None where there are more or fewer.

    What is left of the whole may be told with them: "84 ауылдың 56-сы газға қосылды, қалған 28-і – жоқ".
    """
    if [f for f in near if f.fact.record.unit == "percent"] != [share]:
        return None
    row = [f for f in near if f is not share]
    if not 2 <= len(row) <= _MOST or not all(can_be_amount(f.fact) for f in row):
        return None
    units = {f.fact.record.unit for f in row}
    pairs = [[f for f in row if f.fact.record.unit == unit] for unit in sorted(units)]
    pairs = [p for p in pairs if len(p) > 1]
    if of_one_unit([f.fact for f in row]):
        pairs = [row]
    if len(pairs) != 1:
        return None
    *others, whole = sorted(pairs[0], key=lambda f: f.fact.record.value)
    if len(others) == _MOST - 1:
        total = sum(f.fact.record.value for f in others)
        rest = [f for f in others if f.says("rest")]
        if total != whole.fact.record.value or len(rest) != 1:
            return None
        others = [f for f in others if f not in rest]
    apart = any(f.room == share.room for f in row if f not in pairs[0])
    if apart or any(f.says("rest") for f in others):
        return None
    part = others[0]
    return (part, whole) if part.fact.record.value < whole.fact.record.value else None


def _judge(share: Figure, part: Figure, whole: Figure, near: Sequence[Figure]) -> Draft | None:
    if not _linked(share, part, whole, near):
        return None
    if not _restates(share, part, near) and _otherwise(share.fact, part.fact, whole.fact):
        return None
    found = share_draft(share.fact, part.fact, whole.fact)
    expected = part.fact.said.wide.over(whole.fact.said.wide).scaled(HUNDRED)
    return found if found and is_near(share.fact, expected) else None


def _linked(share: Figure, part: Figure, whole: Figure, near: Sequence[Figure]) -> bool:
    """Whether words make one amount a part of the other, and the share that of this part."""
    places = [near.index(f) for f in (whole, part, share)]
    after = max(places[0], places[1]) < places[2]
    concluded = after and share.says("thus")
    tied = concluded or _restates(share, part, near) or share.says("that_is", "share_word", "they")
    tied = tied or (after and part.room == share.room - 1 and share.says("share_noun"))
    if not tied:
        return False
    words = (part.before, part.after, share.before, share.after)
    held = any(says("of_them", _clause_of(w), share.lang) for w in words)
    out_of = part.room == whole.room and abs(places[0] - places[1]) == 1 and _is_out_of(whole)
    genitive = part.room == whole.room and places[1] == places[0] + 1 and whole_of(part)
    alone = concluded and near[places[2] - 1] in (part, whole)
    named = after and says("total", share.before, share.lang) and whole.says("total")
    return held or out_of or genitive or alone or named


def _clause_of(words: str) -> str:
    return regex.split(r"[;:]\s", words)[0]


def _is_out_of(whole: Figure) -> bool:
    """Whether the words before an amount make it what another is out of."""
    return whole.says("out_of") or any(says("out_of", words, whole.lang) for words in whole.lead[:1])


def whole_of(part: Figure) -> bool:
    """Whether the word just before an amount is that of its whole: "7 400 мектептің 1 110-ы"."""
    return says("genitive", part.before.strip().rpartition(" ")[2], part.lang)


def _restates(share: Figure, part: Figure, near: Sequence[Figure]) -> bool:
    """Whether a share and the part stand side by side as one thing."""
    a, b = sorted((near.index(share), near.index(part)))
    if b - a != 1 or share.room != part.room:
        return False
    gap = near[b].before
    marked = any(says(kind, gap, share.lang) for kind in _TIED) or any(c in gap for c in "(–—")
    apart = regex.search(r"[.;]\s", gap) or says("rest", gap, share.lang)
    return len(gap) < _GAP and marked and not apart


def _otherwise(share: Fact, part: Fact, whole: Fact) -> bool:
    """Whether another reading comes out right: what is left, by how much one is more, a share of both."""
    a, b = part.said.wide, whole.said.wide
    ratio, times = a.over(b).scaled(HUNDRED), b.over(a).scaled(HUNDRED)
    both = a.over(a + b).scaled(HUNDRED)
    readings = (_ONCE - ratio, times - _ONCE, both, _ONCE - both)
    return any(clash(share.pair, (i, i)) is None for i in readings)


def plans_met(doc: Dossier) -> Iterator[Draft]:
    """How far a plan was met, against what was planned and what came: "план 320, вышло 304 – 105,3 %"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for share in room:
            if share.fact.record.unit != "percent" or not _is_fulfilment(share):
                continue
            for back in (0, 1, 2):
                near = window(rooms, n, back)
                if pair := _plan_and_outcome(near, share):
                    if found := _met(share.fact, *pair):
                        yield found
                    break


def _is_fulfilment(share: Figure) -> bool:
    """Whether a percentage says how far a plan was met."""
    words = f"{share.clause()} {share.tail()}"
    return says("plan_met", words, share.lang) or share.role("plan_done") != ""


def _plan_and_outcome(near: Sequence[Figure], share: Figure | None) -> tuple[Fact, Fact] | None:
    """The only planned amount of a passage and the only one that came; None where there are more.

    What is missing, or more than planned, may be told with them.
    """
    amounts = [f for f in near if _is_plain(f.fact)]
    percents = [f for f in near if f.fact.record.unit == "percent"]
    if share and percents != [share]:
        return None
    if not 2 <= len(amounts) <= _MOST or not of_one_unit([f.fact for f in amounts]):
        return None
    if len(amounts) == _MOST:
        exact = [p for p in combinations(amounts, 2) if _leave(p, amounts)]
        amounts = [f for f in amounts if exact and f in exact[0]]
    planned = [f for f in amounts if is_plan(f)]
    came = [f for f in amounts if f not in planned]
    if len(planned) != 1 or len(came) != 1:
        return None
    return planned[0].fact, came[0].fact


def _is_plain(fact: Fact) -> bool:
    """Whether a figure says how much, though a preposition may make it look like a move: "на-гора 285"."""
    r = fact.record
    moved = r.measure == Measure.CHANGE and r.unit not in NO_AMOUNT and not _ENDS.intersection(r.flags)
    return is_amount(fact) or moved


def _leave(pair: tuple[Figure, Figure], amounts: Sequence[Figure]) -> bool:
    """Whether two amounts leave a third one that is the smallest of the three."""
    a, b = (f.fact.record.value for f in pair)
    other = next(f.fact.record.value for f in amounts if f not in pair)
    return abs(a - b) == other and other < min(a, b)


def is_plan(figure: Figure) -> bool:
    """Whether an amount was planned, by its own words or by its record."""
    return figure.role("planned", "plan_done", "came") == "planned" or not figure.fact.is_told


def _met(share: Fact, plan: Fact, came: Fact) -> Draft | None:
    expected = came.said.wide.over(plan.said.wide).scaled(HUNDRED)
    short = _ONCE - expected
    if short.meets(share.said.wide) or (-short).meets(share.said.wide):
        return None
    return share_draft(share, came, plan) if is_near(share, expected) else None


def plans_missed(doc: Dossier) -> Iterator[Draft]:
    """A plan said to be more than met, or not met, against what was planned and what came."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for back in (0, 1):
            near = window(rooms, n, back)
            if not room or any(f.fact.record.unit == "percent" for f in near):
                continue
            pair = _plan_and_outcome(near, None)
            sentence, lang = room[0].fact.record.sentence, room[0].lang
            over, under = (says(kind, sentence, lang) for kind in ("plan_over", "plan_under"))
            if pair is None or over == under:
                continue
            plan, came = pair
            low, high = (came, plan) if over else (plan, came)
            if low.said.wide.high < high.said.wide.low:
                text = f"{value_text(low)} < {value_text(high)}"
                yield Draft(
                    rule="direction",
                    severity=Severity.ERROR,
                    facts=tuple(sorted(pair, key=lambda f: f.order)),
                    about=came,
                    expected=text,
                    found=value_text(came),
                    computation=text,
                )
            break
