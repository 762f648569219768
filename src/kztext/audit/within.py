"""What is wrong with one statement by itself, with the calendar, or with the definition that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import (
    MONEY,
    Fact,
    kinds,
    plain,
)
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, INFINITY, Interval
from kztext.records import Direction, Measure, Modality, Severity
from kztext.timespan import parse

_WORDS = 5
_WEEK = 7
_LARGE = 10**6  # an amount in millions without a unit has lost one


def periods(doc: Dossier) -> Iterator[Draft]:
    """A damaged, impossible or inverted period; a fact told of a time after the document was written."""
    damaged: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in doc.everything:
        r = fact.record
        first, last = r.period_start, r.period_end
        if fact.has("damaged_year"):
            damaged.setdefault((r.sentence, first, last), []).append(fact)
            continue
        bad = [p for p in (first, last) if p and parse(p) is None]
        if bad:
            yield _period(fact, "period_impossible", Severity.ERROR, bad[0])
            continue
        a, b = parse(first), parse(last)
        if a and b and a.first > b.last:
            yield _period(fact, "period_inverted", Severity.ERROR, f"{first} > {last}")
    for (_, first, last), facts in damaged.items():
        found = _period(facts[0], "period_damaged", Severity.WARNING, first or last)
        yield replace(found, facts=tuple(facts))
    for fact in doc.facts:
        r = fact.record
        if r.period_start and _after(r.period_start, r.doc_date) and not fact.has("relative_period"):
            yield _period(fact, "period_future", Severity.WARNING, r.period_start, r.doc_date)
    for claim in doc.claims:
        if (
            claim.modality == Modality.ACTUAL
            and claim.confidence != 0
            and claim.period_start[:4] > claim.doc_date[:4] > ""
            and _after(claim.period_start, claim.doc_date)
        ):
            yield Draft(
                rule="period",
                message="period_future",
                severity=Severity.WARNING,
                claims=(claim,),
                expected=f"≤ {claim.doc_date}",
                found=claim.period_start,
                computation=f"{claim.period_start} > {claim.doc_date}",
            )


def _period(fact: Fact, message: str, severity: Severity, found: str, expected: str = "") -> Draft:
    computation = f"{found} > {expected}" if expected else found
    return Draft(
        rule="period",
        message=message,
        severity=severity,
        facts=(fact,),
        expected=f"≤ {expected}" if expected else "",
        found=found,
        computation=computation,
    )


def _after(period: str, doc_date: str) -> bool:
    """Whether a period starts after the whole of the document's date (a year stands for its last day)."""
    start, written = parse(period), parse(doc_date)
    if start is None or written is None:
        return False
    if start.day and written.day and start.first - written.last <= 1:
        days = (start.first - written.last) * 30 + start.day - written.day
        return days > _WEEK  # a weekday may be the one before
    return start.first > written.last


def units_missing(doc: Dossier) -> Iterator[Draft]:
    """Amounts in millions or billions of nothing that the text names; one finding a document."""
    lost = [
        f
        for f in doc.facts
        if "unit_missing" in f.record.flags
        and not f.record.unit
        and f.record.measure == Measure.LEVEL
        and f.record.value >= _LARGE
        and not {"from_value", "to_value"}.intersection(f.record.flags)
        and _breaks_off(f)
    ]
    if any(f.indicator for f in lost):  # a thing counted by its noun is no amount of money
        units = [
            f.record.unit
            for f in doc.facts
            if f.record.unit in MONEY and f.indicator and f.indicator in {x.indicator for x in lost}
        ]
        yield Draft(
            rule="unit_missing",
            severity=Severity.WARNING,
            facts=tuple(lost),
            expected=", ".join(dict.fromkeys(units)),
            found="; ".join(value_text(f) for f in lost),
            computation="; ".join(f"{value_text(f)} ?" for f in lost),
        )


def _breaks_off(fact: Fact) -> bool:
    """Whether the sentence ends with the number, so that no word after it can be the unit."""
    sentence, quote = plain(fact.record.sentence), plain(fact.record.quote)
    if len(sentence.split()) < _WORDS:
        return False  # an answer, whose question gives the unit
    at = sentence.rfind(quote)
    return at < 0 or not any(c.isalnum() for c in sentence[at + len(quote) :])


def impossible_values(doc: Dossier) -> Iterator[Draft]:
    """A fall by more than all there was, more than all people of a group, a coverage over 100 %."""
    for fact in doc.facts:
        r = fact.record
        fall = r.measure == Measure.CHANGE and r.direction == Direction.DOWN and r.unit == "percent"
        if fall and fact.said.wide.low > HUNDRED:
            yield Draft(
                rule="impossible_value",
                severity=Severity.ERROR,
                facts=(fact,),
                expected="≤ 100%",
                found=value_text(fact),
                computation=f"100 − {r.value} < 0",
            )
        elif r.unit == "percent" and fact.said.wide.low > HUNDRED and _is_of_all(fact):
            yield Draft(
                rule="impossible_value",
                severity=Severity.WARNING,
                facts=(fact,),
                expected="≤ 100%",
                found=value_text(fact),
                computation=f"{value_text(fact)} > 100%",
            )


def _is_of_all(fact: Fact) -> bool:
    """Whether a percentage is the part of a group that something holds of."""
    r = fact.record
    if r.measure not in (Measure.SHARE, Measure.LEVEL) or says("against", r.sentence, r.lang):
        return False
    people = r.measure == Measure.SHARE and r.share_of in kinds()["people"]
    return people or (says("coverage", r.subject or r.sentence, r.lang) and fact.is_exact)


def definitions(doc: Dossier) -> Iterator[Draft]:
    """A definition that its text contradicts: a crisis of inflation "below 40 %", beside one of 2000 %."""
    defined = [f for f in doc.everything if f.record.modality == Modality.DEFINITION and f.indicator]
    for rule in defined:
        r = rule.record
        if not says("crisis", r.sentence, r.lang):
            continue
        high = r.indicator in kinds()["worse_when_high"]
        upper = r.approximation in ("more_than", "at_least")
        lower = r.approximation in ("less_than", "at_most")
        rising = upper and r.measure == Measure.CHANGE and r.direction != Direction.DOWN
        if (high and lower) or (not high and rising):
            against = [f for f in doc.facts if f.indicator == r.indicator and _against(f, rule, high)]
            if against:
                far = max(
                    against, key=lambda f: (says("crisis", f.record.sentence, f.record.lang), f.record.value)
                )
                yield _definition(
                    rule, [f for f in against if f.record.value == far.record.value] if high else [far]
                )


def _against(fact: Fact, rule: Fact, high: bool) -> bool:
    """Whether a fact shows that the threshold was meant the other way."""
    r = fact.record
    if r.unit != rule.record.unit:
        return False
    if high:
        return r.measure in (Measure.LEVEL, Measure.CHANGE) and fact.said.wide.low > rule.said.wide.high * 2
    growing = r.measure == Measure.CHANGE and r.direction == Direction.UP
    return growing and fact.said.wide.low >= rule.record.value and r.aggregation == rule.record.aggregation


def _definition(rule: Fact, facts: list[Fact]) -> Draft:
    low = "≤" if rule.record.approximation in ("less_than", "at_most") else "≥"
    return Draft(
        rule="definition",
        severity=Severity.WARNING,
        facts=(rule, *facts),
        about=rule,
        expected=f"{low} {value_text(rule)}",
        found="; ".join(value_text(f) for f in facts),
        computation=f"{_limits(rule.said.wide)} {'∌' if low == '≤' else '∋'} "
        + ", ".join(dict.fromkeys(value_text(f) for f in facts)),
    )


def _limits(interval: Interval) -> str:
    high = "∞" if interval.high == INFINITY else str(interval.high)
    return f"{interval.low}…{high}"
