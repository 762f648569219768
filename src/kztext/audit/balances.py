"""A balance against the two amounts it is of: exports less imports, what came in less what went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    NO_AMOUNT,
    Fact,
    kinds,
)
from kztext.audit.shown import in_terms, value_text
from kztext.audit.steps import absolute, change_draft
from kztext.audit.words import says
from kztext.intervals import ZERO
from kztext.records import (
    Measure,
)

_RATE = 1000  # an amount so many times smaller than another one of its name is a rate
_UNDATED = 160  # characters between undated amounts that may be of one time


def balances(doc: Dossier) -> Iterator[Draft]:
    """A balance against the amounts it is the difference of: exports less imports, revenue less spending."""
    amounts = [
        f
        for f in doc.told
        if f.record.measure in (Measure.LEVEL, Measure.CHANGE) and f.record.unit not in NO_AMOUNT
    ]
    for balance in amounts:
        for rule in kinds()["balance"]:
            if not _is_balance(balance, rule) or not balance.record.value:
                continue
            sides = [_side(balance, rule[k], amounts) for k in ("plus", "minus")]
            if not sides[0] or not sides[1]:
                continue
            plus, minus = sides[0], sides[1]
            pair = absolute(minus.pair, plus.pair)
            severity = clash(balance.pair, pair)
            if severity is None or _bridged(plus, minus, balance, amounts):
                continue
            expected = in_terms(balance, pair[0])
            text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
            if draft := change_draft("difference", severity, balance, plus, minus, expected, text):
                yield draft


def _is_balance(fact: Fact, rule: Mapping[str, str]) -> bool:
    """Whether a fact is a balance: by its indicator, or by a name that says it where it has none."""
    if fact.indicator == rule["balance"]:
        return not fact.has("part_of")
    told = rule.get("told", "")
    return bool(told) and not fact.indicator and says(told, fact.record.subject, fact.record.lang)


def _side(balance: Fact, indicator: str, amounts: Sequence[Fact]) -> Fact | None:
    """The one amount of an indicator that a balance is of: of its place, unit and time, told near it."""
    r = balance.record
    found = [
        f
        for f in amounts
        if f.indicator == indicator
        and f.record.measure == Measure.LEVEL
        and f.record.unit == r.unit
        and f.record.geo == r.geo
        and f.is_told == balance.is_told
        and not f.has("part_of")
        and not says("partial", f.record.sentence, f.record.lang)
        and (f.span == balance.span or (f.record.sentence == r.sentence and not f.has("comparison")))
    ]
    if balance.span is None:
        found = [f for f in found if abs(f.record.start - r.start) < _UNDATED]
    own = [f for f in found if f.span == balance.span] or found
    if len({f.record.value for f in own}) > 1:
        own = [f for f in own if f.record.sentence == r.sentence] or own
    most = max((f.record.value for f in own), default=ZERO)
    own = [f for f in own if f.record.value * _RATE > most]
    return own[0] if len({f.record.value for f in own}) == 1 else None


def _bridged(plus: Fact, minus: Fact, balance: Fact, facts: Sequence[Fact]) -> bool:
    """Whether one more amount makes the balance right: transfers beside the revenue that is told."""
    for other in facts:
        rooms = {f.record.sentence for f in (plus, minus, balance)}
        near = other.span == balance.span and other.record.sentence in rooms
        if other not in (plus, minus, balance) and near and other.record.unit == balance.record.unit:
            for a, b in ((plus, minus), (minus, plus)):
                if (a.said.wide + other.said.wide - b.said.wide).meets(balance.said.wide):
                    return True
                if (b.said.wide - a.said.wide - other.said.wide).meets(balance.said.wide):
                    return True
    return False
