"""A balance against the two amounts it is of: exports less imports, what came in less what went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    NO_AMOUNT,
    Fact,
    kinds,
)
from kztext.audit.line import Line, every_line
from kztext.audit.shown import in_terms, value_text
from kztext.audit.steps import absolute, change_draft
from kztext.audit.words import says
from kztext.intervals import ZERO
from kztext.records import (
    Measure,
)

_BACK = 3  # sentences back to what came in and what went out
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


def flows(doc: Dossier) -> Iterator[Draft]:
    """What is left by the words alone, whatever they are of: "заработала 45, потратила 38, прибыль – 9"."""
    rooms = every_line(doc)
    for n, line in enumerate(rooms):
        for i, left in enumerate(line.facts):
            if left.record.unit in NO_AMOUNT or not _is_left(line, i):
                continue
            here = [(line, k) for k in range(len(line.facts)) if k != i]
            near = [(room, k) for room in rooms[max(0, n - _BACK) : n] for k in range(len(room.facts))]
            alike = [k for _, k in here if line.facts[k].record.unit == left.record.unit]
            told = here if len(alike) > 1 else [*near, *here]
            if found := _left(left, told):
                yield found


def _left(left: Fact, before: Sequence[tuple[Line, int]]) -> Draft | None:
    """The finding that what is left is no amount that came in less one that went out."""
    sides: dict[str, list[Fact]] = {"inflow": [], "outflow": []}
    for line, k in before:
        fact, side = line.facts[k], side_said(line.before(k), line.after(k), line.lang)
        alike = fact.record.unit == left.record.unit and fact.record.measure == Measure.LEVEL
        if side and alike and not line.links("including", k):
            sides[side].append(fact)
    told = [line.facts[k] for line, k in before]
    found: Draft | None = None
    for plus, minus in product(sides["inflow"], sides["outflow"]):
        if not _of_one_time(plus, minus, left):
            continue
        pair = absolute(minus.pair, plus.pair)
        severity = clash(left.pair, pair)
        if severity is None or _bridged(plus, minus, left, told):
            return None
        expected = in_terms(left, pair[0])
        text = f"{value_text(plus)} − {value_text(minus)} = {expected}"
        found = change_draft("difference", severity, left, plus, minus, expected, text)
    return found


def _of_one_time(*facts: Fact) -> bool:
    one = facts[0].record
    dated = {f.span for f in facts if f.span is not None and not f.has("context_period")}
    told = {f.is_told for f in facts}
    marked = any({"from_value", "part_of", "comparison"}.intersection(f.record.flags) for f in facts)
    return len(dated) < 2 and len(told) == 1 and not marked and all(f.record.geo == one.geo for f in facts)


def side_said(lead: str, tail: str, lang: str) -> str:
    """Whether the words around an amount say that it came in or went out; empty where they say neither."""
    before, after = _clauses(lead, tail)
    for words in (*after, *before[:1]) if lang == "kk" else (*before, *after):
        sides = [kind for kind in ("inflow", "outflow") if says(kind, words, lang)]
        if sides:
            return sides[0] if len(sides) == 1 else ""
    return ""


def _is_left(line: Line, i: int) -> bool:
    """Whether the words of an amount say that it is what is left."""
    before, after = _clauses(line.before(i), line.after(i))
    own = (*before[:1], *after)
    flows = any(says(kind, words, line.lang) for words in own for kind in ("inflow", "outflow"))
    return not flows and any(says("balance", words, line.lang) for words in own)


def _clauses(lead: str, tail: str) -> tuple[list[str], list[str]]:
    """The pieces of text before an amount, the nearest first, and the one behind it."""
    return regex.split(r"[,;:.(]\s", lead)[::-1], regex.split(r"[,;:.)]", tail)[:1]
