"""The order in which neighbours fill what a zone does not say."""

from __future__ import annotations

from itertools import pairwise

from kztext.chains.measures import settle, settle_late
from kztext.chains.nations import name_nations, nation
from kztext.chains.periods import share_periods
from kztext.chains.places import is_place_label, place_of
from kztext.chains.predicates import pair_up, share_predicates
from kztext.chains.subjects import chain_subject, listed, respectively, share_of_total
from kztext.chains.units import (
    reached,
    share_percent,
    share_percent_on,
    share_unit,
    share_unit_back,
    share_with_last,
)
from kztext.draft import Draft
from kztext.evidence import Evidence, name_subjects, read_draft
from kztext.nouns import lexicon
from kztext.records import Measure
from kztext.spans import Case


def settled_drafts(seen: Evidence) -> list[Draft]:
    """Read every zone of a sentence, then let the neighbours fill what a zone does not say."""
    everything: list[Draft] = []
    for i in range(len(seen.zones)):
        everything.append(read_draft(seen, i, everything[-1] if everything else None))
    asides = [draft for draft in everything if draft.aside]
    name_subjects(seen, asides)
    for i, draft in enumerate(asides):
        settle(seen, asides[i : i + 1], 0)
        draft.measure = draft.measure or Measure.LEVEL
    settle_drafts(seen, [draft for draft in everything if not draft.aside])
    for i, draft in enumerate(everything):
        if draft.aside:
            share_periods(seen, everything, i)
            draft.geo = place_of(seen, everything, i)
    return everything


def settle_drafts(seen: Evidence, drafts: list[Draft]) -> None:
    """Let the neighbours of a list fill what a zone does not say."""
    for draft in drafts:
        draft.own_heads = draft.heads_of_own()
    for i in range(len(drafts) - 2, -1, -1):
        listed(seen, drafts, i)
    name_subjects(seen, drafts)
    respectively(seen, drafts)
    for one, two in pairwise(drafts):
        worth(seen, one, two)
    bare = all(draft.mention is None for draft in drafts)
    for draft in drafts:
        people = bare and nation(seen, draft)
        if draft.mention is None and is_place_label(seen, draft) and not people:
            draft.subject = (0, 0)
    pair_up(seen, drafts)
    share_predicates(seen, drafts)
    for one, two in reversed(list(pairwise(drafts))):
        share_percent(one, two)
        share_with_last(seen, one, two)
    for one, two in pairwise(drafts):
        share_percent_on(seen, one, two)
    for i in range(len(drafts)):
        chain_subject(seen, drafts, i)
        settle(seen, drafts, i)
    for one, two in reversed(list(pairwise(drafts))):
        share_unit_back(seen, one, two)
    for i, draft in enumerate(drafts):
        if draft.measure is None:
            settle_late(seen, drafts, i)
        reached(seen, drafts, i)
        share_of_total(seen, drafts, i)
        share_unit(seen, drafts, i)
        share_periods(seen, drafts, i)
        draft.geo = place_of(seen, drafts, i)
        if draft.chained and draft.mention is not None and draft.local != (0, 0):
            draft.subject = draft.local
    for draft in drafts:
        if draft.role == "from":
            share_whole(draft, drafts[draft.pair])
    name_nations(seen, drafts)


def share_whole(draft: Draft, reached: Draft) -> None:
    """A share that rises "с 15% до 23% ВВП" was one of the same whole before."""
    shares = reached.measure is Measure.SHARE and draft.measure in (Measure.LEVEL, Measure.SHARE)
    if shares and draft.quantity.unit == reached.quantity.unit == "percent" and not draft.share_of:
        draft.measure, draft.share_of, draft.whole_span = Measure.SHARE, reached.share_of, reached.whole_span


def worth(seen: Evidence, one: Draft, two: Draft) -> None:
    """ "110 млрд теңге көлеміндегі 8 жоба": the amount is told of what the number behind it counts."""
    between = seen.text(one.quantity.outer_end, min(two.quantity.outer_start, two.quantity.start)).strip()
    money = seen.kk and one.quantity.unit.isupper() and one.quantity.case in (Case.GEN, Case.DAT)
    opened = between.lower() in lexicon(seen.pack).openers or (money and not between)
    if opened and two.counted != (0, 0):
        one.mention, one.subject = two.mention, two.counted
