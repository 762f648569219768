"""Shares of what neighbouring sentences tell: "840 человек, женщин среди них 126: их доля – 12 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import Fact, plain
from kztext.audit.rooms import Figure, amounts_of, is_amount, is_near, is_percentage, told, window
from kztext.audit.shares import share_draft
from kztext.audit.words import says
from kztext.intervals import HUNDRED, Interval

_GAP = 60  # characters between an amount and the share that restates it
_TIED = ("that_is", "thus", "restates", "share_word", "exactly")


def shares_by_words(doc: Dossier) -> Iterator[Draft]:
    """A share of the only two amounts told before it, one a part of the other by the text's own words."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for share in room:
            r = share.fact.record
            if not is_percentage(share.fact) or r.value > HUNDRED:
                continue
            for back in (0, 1, 2):
                near = window(rooms, n, back)
                if pair := _part_and_whole(near, share):
                    if found := _judge(share, *pair, near):
                        yield found
                    break


def _part_and_whole(near: Sequence[Figure], share: Figure) -> tuple[Figure, Figure] | None:
    """The two amounts of one unit beside a share, the smaller first; None where there are more or fewer."""
    if [f for f in near if f.fact.record.unit == "percent"] != [share]:
        return None
    units = {f.fact.record.unit for f in near if is_amount(f.fact)}
    pairs = [found for unit in sorted(units) if len(found := amounts_of(near, unit)) == 2]
    rest = [f for f in near if f is not share and not any(f in pair for pair in pairs)]
    if len(pairs) != 1 or rest:
        return None
    part, whole = sorted(pairs[0], key=lambda f: f.fact.record.value)
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
    concluded = after and says("thus", share.before, share.lang)
    tied = concluded or _restates(share, part, near) or share.says("that_is", "share_word", "they")
    if not tied:
        return False
    held = part.says("of_them") or share.says("of_them") or says("of_them", share.tail(), share.lang)
    out_of = part.room == whole.room and places[0] == places[1] + 1 and whole.says("out_of")
    genitive = part.room == whole.room and places[1] == places[0] + 1 and whole_of(part)
    alone = concluded and near[places[2] - 1] in (part, whole)
    named = after and says("total", share.before, share.lang) and whole.says("total")
    return held or out_of or genitive or alone or named


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
    once = Interval(HUNDRED, HUNDRED)
    ratio, times = a.over(b).scaled(HUNDRED), b.over(a).scaled(HUNDRED)
    both = a.over(a + b).scaled(HUNDRED)
    readings = (once - ratio, times - once, both, once - both)
    return any(clash(share.pair, (i, i)) is None for i in readings)


def plans_met(doc: Dossier) -> Iterator[Draft]:
    """How far a plan was met, against what was planned and what came: "план 320, вышло 304 – 105,3 %"."""
    rooms = told(doc)
    for n, room in enumerate(rooms):
        for share in room:
            words = f"{share.clause()} {share.tail()}"
            if share.fact.record.unit != "percent" or not says("plan_met", words, share.lang):
                continue
            near = [f for f in window(rooms, n, 1) if is_amount(f.fact)]
            if len(near) != 2 or len({f.fact.record.unit for f in near}) > 1:
                continue
            planned = [f for f in near if _is_plan(f)]
            came = [f for f in near if not _is_plan(f)]
            percents = [f for f in window(rooms, n, 1) if f.fact.record.unit == "percent"]
            if len(planned) != 1 or len(came) != 1 or len(percents) != 1:
                continue
            expected = came[0].fact.said.wide.over(planned[0].fact.said.wide).scaled(HUNDRED)
            short = Interval(HUNDRED, HUNDRED) - expected
            if short.meets(share.fact.said.wide) or (-short).meets(share.fact.said.wide):
                continue
            if is_near(share.fact, expected) and (
                found := share_draft(share.fact, came[0].fact, planned[0].fact)
            ):
                yield found


def _is_plan(figure: Figure) -> bool:
    """Whether an amount was planned, by its record or by its own words."""
    words = f"{figure.clause()} {figure.tail()}"
    return not figure.fact.is_told or says("planned", plain(words), figure.lang)
