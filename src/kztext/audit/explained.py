"""A figure that two others near it do make accuses nobody, whatever else it was tried against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT, RATIOS, Fact, Pair
from kztext.audit.steps import judge
from kztext.intervals import HUNDRED
from kztext.records import Measure

_RULES = frozenset({"difference", "ratio", "level_vs_growth", "percentage_points", "share", "average"})
_MOST = 8  # figures near one that are tried in pairs


def is_explained(doc: Dossier, draft: Draft) -> bool:
    """Whether the figure that a finding is about is made by two others of its sentence or the one before."""
    about = draft.about
    if draft.rule not in _RULES or about is None or draft.claims or draft.stated:
        return False
    if all(f.record.sentence == about.record.sentence for f in draft.facts):
        return False  # one sentence ties them together
    used = {f.order for f in draft.facts}
    return any({a.order, b.order, about.order} != used and _makes(a, b, about) for a, b in _pairs(doc, about))


def _pairs(doc: Dossier, about: Fact) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of amounts in one unit that stand near a figure."""
    near = [f for f in (*doc.before(about), *doc.together(about)) if f is not about]
    near = sorted(near, key=lambda f: abs(f.order - about.order))[:_MOST]
    for a, b in combinations(sorted(near, key=lambda f: f.order), 2):
        levels = a.record.measure in (Measure.LEVEL, Measure.SHARE) and b.record.measure == a.record.measure
        if levels and a.record.unit == b.record.unit != "" and a.record.value != b.record.value:
            yield a, b


def _makes(a: Fact, b: Fact, about: Fact) -> bool:
    """Whether one amount is so much more than another, or so much of it."""
    r = about.record
    if r.unit in RATIOS:
        if r.unit == "percentage_point" or r.measure in (Measure.CHANGE, Measure.INDEX):
            fits = a.record.unit == "percent" if r.unit == "percentage_point" else True
            if fits and judge(about, a, b, ordered=False) is None:
                return True
        low, high = sorted((a, b), key=lambda f: f.record.value)
        wide, likely = (x.over(y).scaled(HUNDRED) for x, y in zip(low.pair, high.pair, strict=True))
        part: Pair = (wide, likely)
        return r.unit == "percent" and a.record.unit not in NO_AMOUNT and clash(about.pair, part) is None
    if r.unit != a.record.unit:
        return False
    low, high = sorted((a, b), key=lambda f: f.record.value)
    apart: Pair = (high.said.wide - low.said.wide, high.said.likely - low.said.likely)
    whole: Pair = (high.said.wide + low.said.wide, high.said.likely + low.said.likely)
    return any(clash(about.pair, pair) is None for pair in (apart, whole))
