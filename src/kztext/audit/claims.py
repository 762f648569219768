"""What is claimed without a number (the most, the least, more than), against the numbers of the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import (
    PREVIOUS,
    SURE,
    Fact,
    plain,
    wide_of,
)
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.records import Aggregation, ClaimKind, ClaimRecord, Measure, Modality, Severity
from kztext.timespan import between

_MEASURED = (Measure.LEVEL, Measure.SHARE, Measure.CHANGE, Measure.INDEX)
_STEM = 5


def places(doc: Dossier) -> Iterator[Draft]:
    """A place said to have the most or the least of something, against the other places of the same text."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.COMPARISON or not claim.indicator or not claim.geo:
            continue
        highest, lowest = (says(kind, claim.quote, claim.lang) for kind in ("highest", "lowest"))
        if highest == lowest:
            continue
        rows: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in doc.facts:
            r = fact.record
            if fact.indicator == claim.indicator and r.geo and r.measure in _MEASURED and not fact.marks:
                rows[(fact.span, r.measure, r.unit, r.share_of)].append(fact)
        for (span, *_), row in rows.items():
            own = [f for f in row if f.record.geo == claim.geo]
            when = between(claim.period_start, claim.period_end) if claim.period_start else span
            if len(own) != 1 or when != span or len({f.record.geo for f in row}) < 3:
                continue
            found = [f for f in row if _kind(f.record.geo) == _kind(claim.geo) and _beats(f, own[0], highest)]
            if found:
                yield claim_draft(
                    "claim_vs_numbers", claim, [own[0], *found], _more(own[0], found[0], highest)
                )
                break


def _kind(geo: str) -> bool:
    """Whether a place is a region."""
    return "-" in geo


def _more(told: Fact, found: Fact, highest: bool) -> str:
    sign = ">" if highest else "<"
    return f"{found.record.geo}: {value_text(found)} {sign} {told.record.geo}: {value_text(told)}"


def of_own_currency(claim: ClaimRecord) -> bool:
    """Whether a claim tells of the country's own money, whose fall is a rise of the rate."""
    own, other = (says(kind, claim.quote, claim.lang) for kind in ("own_currency", "other_currency"))
    return claim.indicator == "exchange_rate" and own and not other


def rows_of(doc: Dossier) -> dict[tuple[str, str, str], list[Fact]]:
    """Yearly values of each indicator by kind (growth, or what else), in order of years."""
    rows: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        r = fact.record
        if (
            fact.year is None
            or not r.indicator
            or 0 < r.confidence < SURE
            or r.aggregation != Aggregation.PERIOD
            or fact.marks
        ):
            continue
        if fact.is_rate and r.unit == "percent":
            kind = f"rate:{fact.sense}"
        elif fact.is_growth and fact.base == PREVIOUS:
            kind = f"growth:{fact.sense}"
        elif r.measure in (Measure.LEVEL, Measure.SHARE) and r.unit:
            kind = f"{r.measure}:{r.unit}:{r.share_of}:{fact.sense}"
        else:
            continue
        rows[(r.indicator, r.geo, kind)].append(fact)
    return {key: sorted(row, key=lambda f: (f.year or 0, f.order)) for key, row in rows.items()}


def claim_draft(rule: str, claim: ClaimRecord, facts: Sequence[Fact], computation: str) -> Draft:
    """The finding that a claim does not hold against these facts."""
    return Draft(
        rule=rule,
        severity=Severity.WARNING,
        facts=tuple(facts),
        claims=(claim,),
        expected=" ".join(claim.quote.split()),
        found="; ".join(value_text(f) for f in facts),
        computation=computation,
    )


def extremes(doc: Dossier) -> Iterator[Draft]:
    """The highest, lowest, best since: said of a year, against the other years that the text gives."""
    rows = rows_of(doc) if doc.claims else {}
    for claim in doc.claims:
        span = (
            between(claim.period_start, claim.period_end or claim.period_start)
            if claim.period_start
            else None
        )
        if claim.kind != ClaimKind.COMPARISON or not claim.indicator or span is None or span.year is None:
            continue
        highest, lowest = (says(k, claim.quote, claim.lang) for k in ("highest", "lowest"))
        if highest == lowest:
            continue
        for (indicator, geo, kind), row in rows.items():
            told = [f for f in row if f.year == span.year]
            if indicator != claim.indicator or not told or len(row) < 3 or kind.startswith("level:count"):
                continue
            if geo and claim.geo and geo != claim.geo:
                continue
            found = [f for f in row if f.year != span.year and all(_beats(f, t, highest) for t in told)]
            if found:
                yield claim_draft(
                    "claim_vs_numbers", claim, [*told, *found], _compare(told[0], found[0], highest)
                )


def _beats(a: Fact, b: Fact, highest: bool) -> bool:
    x, y = wide_of(a), wide_of(b)
    return x.low > y.high if highest else x.high < y.low


def _compare(told: Fact, found: Fact, highest: bool) -> str:
    sign = ">" if highest else "<"
    return f"{found.year}: {value_text(found)} {sign} {told.year}: {value_text(told)}"


def comparisons(doc: Dossier) -> Iterator[Draft]:
    """One thing said to be above or below another, where both have a number of the same kind and time."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.COMPARISON or claim.modality != Modality.ACTUAL:
            continue
        above, below = says("above", claim.quote, claim.lang), says("below", claim.quote, claim.lang)
        if (
            above == below
            or says("highest", claim.quote, claim.lang)
            or says("lowest", claim.quote, claim.lang)
        ):
            continue
        named = _named(claim, doc)
        if len(named) != 2:
            continue
        (_, a), (_, b) = named
        if a.record.measure == Measure.LEVEL and a.indicator != b.indicator:
            continue
        wrong = wide_of(a).high < wide_of(b).low if above else wide_of(a).low > wide_of(b).high
        if wrong:
            sign = "<" if above else ">"
            yield claim_draft("claim_vs_numbers", claim, [a, b], f"{value_text(a)} {sign} {value_text(b)}")


def _named(claim: ClaimRecord, doc: Dossier) -> list[tuple[int, Fact]]:
    """The shares or levels of one kind whose subjects the claim names, in the order it names them."""
    text = plain(claim.quote)
    groups: dict[tuple[object, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in doc.facts:
        r = fact.record
        if r.measure in (Measure.LEVEL, Measure.SHARE) and r.subject and r.start <= claim.start:
            groups[(r.measure, r.unit, r.share_of, fact.span, r.geo)][plain(r.subject)] = fact
    pairs = []
    for group in groups.values():
        stems = {subject: _stems(subject) for subject in group}
        shared = Counter(stem for words in stems.values() for stem in words)
        found = [
            (min(places), group[subject])
            for subject, words in stems.items()
            if (places := [text.find(w) for w in words if shared[w] == 1 and text.find(w) >= 0])
        ]
        if len(found) == 2 and found[0][0] != found[1][0]:
            pairs.append(sorted(found, key=lambda x: x[0]))
    return pairs[0] if len(pairs) == 1 else []


def _stems(subject: str) -> set[str]:
    """The beginnings of the longer words of a subject."""
    return {word[: max(_STEM, len(word) - 4)] for word in subject.split() if len(word) >= _STEM}


def misquotes(doc: Dossier) -> Iterator[Draft]:
    """One quotation given twice with different words."""
    heads: dict[tuple[str, ...], list[tuple[ClaimRecord, list[str]]]] = defaultdict(list)
    for claim in doc.claims:
        words = plain(claim.quote).split()
        if claim.quoted and len(words) >= 8:
            heads[tuple(words[:4])].append((claim, words))
    for group in heads.values():
        first, words = group[0]
        for other, others in group[1:]:
            if words != others and len(set(words) & set(others)) >= 0.8 * max(
                len(set(words)), len(set(others))
            ):
                missing = [w for w in others if w not in words] + [w for w in words if w not in others]
                yield Draft(
                    rule="misquote",
                    severity=Severity.INFO,
                    claims=(first, other),
                    expected=" ".join(first.quote.split()),
                    found=" ".join(other.quote.split()),
                    computation=", ".join(missing),
                )


def plans(doc: Dossier) -> Iterator[Draft]:
    """A plan or forecast whose outcome the text gives, and which was missed; only told."""
    for plan in doc.everything:
        r = plan.record
        if r.modality not in (Modality.PLAN, Modality.FORECAST) or not r.indicator or plan.span is None:
            continue
        for fact in doc.by_topic.get(plan.topic, ()):
            s = fact.record
            alike = (
                s.measure == r.measure
                and s.unit == r.unit
                and s.aggregation == r.aggregation
                and s.direction == r.direction
            )
            if alike and fact.span == plan.span and not plan.said.wide.meets(fact.said.wide):
                yield Draft(
                    rule="plan_outcome",
                    severity=Severity.INFO,
                    facts=tuple(sorted((plan, fact), key=lambda f: f.order)),
                    about=fact,
                    expected=value_text(plan),
                    found=value_text(fact),
                    computation=f"{value_text(fact)} ∉ {plan.said.wide.low}…{plan.said.wide.high}",
                )
