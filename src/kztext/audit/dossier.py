"""All that one document says, sorted as the rules want to find it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar, cast

from kztext.audit.facts import (
    NO_AMOUNT,
    SURE,
    Fact,
    Key,
    kinds,
)
from kztext.records import (
    LEARNED,
    ClaimRecord,
    IndicatorRecord,
    Measure,
    Modality,
)

DOUBTFUL = 0.3  # … and below this one it is left alone
_NEAR = 160  # characters between two undated facts that may be of one time
T = TypeVar("T")
_UNSURE = frozenset({"superseded"})
_GUESSED = frozenset({"focus", LEARNED})  # an indicator that the text around completes, or that is learned


@dataclass(slots=True)
class Dossier:
    """All that one document says, as the rules want to find it."""

    doc_id: str
    facts: list[Fact]
    claims: Sequence[ClaimRecord] = ()
    everything: list[Fact] = field(default_factory=list)  # plans, forecasts and definitions too
    told: list[Fact] = field(default_factory=list)  # facts, plans and forecasts: what arithmetic holds for
    sentences: dict[str, list[Fact]] = field(default_factory=dict)
    by_topic: dict[Key, list[Fact]] = field(default_factory=dict)
    views: dict[Callable[[Dossier], Any], Any] = field(default_factory=dict)

    def once(self, build: Callable[[Dossier], T]) -> T:
        """What `build` makes of the document: made once, and shared by the rules, which leave it as it is."""
        if build not in self.views:
            self.views[build] = build(self)
        return cast(T, self.views[build])

    def together(self, fact: Fact) -> list[Fact]:
        """What the fact's sentence says, plans and forecasts too."""
        return self.sentences.get(fact.record.sentence or fact.record.record_id, [])

    def before(self, fact: Fact) -> list[Fact]:
        """The facts of the sentence before the fact's own."""
        own = fact.record.sentence
        earlier = [f for f in self.told if f.order < fact.order and f.record.sentence != own]
        return self.sentences.get(earlier[-1].record.sentence, []) if earlier else []


def dossier(doc_id: str, records: Iterable[IndicatorRecord], claims: Sequence[ClaimRecord]) -> Dossier:
    """Records and claims of one document, sorted for the rules; doubtful ones are left out."""
    kept = sorted(
        (
            as_said(r)
            for r in records
            if r.confidence >= DOUBTFUL or not r.confidence or "unit_missing" in r.flags
        ),
        key=lambda r: (r.start, r.end),
    )
    kept = with_units(kept)
    every = [Fact(r, i) for i, r in enumerate(kept) if not _UNSURE.intersection(r.flags)]
    facts = [f for f in every if f.record.modality == Modality.ACTUAL]
    sentences: dict[str, list[Fact]] = defaultdict(list)
    topics: dict[Key, list[Fact]] = defaultdict(list)
    told = [f for f in every if f.record.modality != Modality.DEFINITION]
    for fact in told:
        sentences[fact.record.sentence or fact.record.record_id].append(fact)
    for fact in facts:
        topics[fact.topic].append(fact)
    sure = [c for c in claims if c.confidence >= SURE or not c.confidence]
    return Dossier(doc_id, facts, sure, every, told, dict(sentences), dict(topics))


def as_said(record: IndicatorRecord) -> IndicatorRecord:
    """A record without an indicator that its text does not name, as a guess accuses nobody.

    And without the place that the name of a currency or a world price seems to give.
    """
    if not _GUESSED.isdisjoint(record.flags):
        record = replace(record, indicator="")
    return replace(record, geo="") if record.indicator in kinds()["placeless"] else record


def with_units(records: Sequence[IndicatorRecord]) -> list[IndicatorRecord]:
    """Records in text order; an amount that lost its unit has that of the one of its thing told just before.

    "Сейчас 46 228 тенге, в 2026-м будет 50 851": both are in tenge.
    """
    done: list[IndicatorRecord] = []
    for record in records:
        last = done[-1] if done else None
        if last and "unit_missing" in record.flags and not record.unit and _one_row(last, record):
            record = replace(record, unit=last.unit)
        done.append(record)
    return done


def _one_row(a: IndicatorRecord, b: IndicatorRecord) -> bool:
    """Whether two records are of one thing and of one size, the second one just behind the first."""
    named = a.indicator == b.indicator != "" and a.measure == b.measure == Measure.LEVEL
    near = 0 <= b.start - a.end < _NEAR and a.unit not in NO_AMOUNT
    return named and near and a.value > 0 and Decimal("0.1") < b.value / a.value < 10


def facts_of(records: Iterable[IndicatorRecord]) -> Iterator[Fact]:
    """The facts of one document without an order: what contradictions between documents are made of."""
    for record in records:
        sure = record.confidence >= SURE or not record.confidence
        if sure and record.modality == Modality.ACTUAL and not _UNSURE.intersection(record.flags):
            yield Fact(as_said(record), 0)


def of_one_time(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """Facts that are of one place, time and unit; undated ones where they stand in neighbouring sentences."""
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[(fact.record.geo, fact.span, fact.record.unit, fact.is_told)].append(fact)
    for (_, span, *_rest), group in groups.items():
        if span is not None:
            yield group
            continue
        near: list[Fact] = []
        for fact in group:
            if near and fact.record.start - near[-1].record.end > _NEAR:
                yield near
                near = []
            near.append(fact)
        yield near
