"""Two documents that give one thing different values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kztext.audit.contradiction import both, conflict, draft, middle_of
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    Fact,
    Key,
    key_of,
    kinds,
    plain,
    rate_interval,
)
from kztext.records import (
    Severity,
    Verdict,
)


def key_across(fact: Fact) -> Key | None:
    """The key under which two documents meet: a bare yearly rate is taken for the one of December."""
    if fact.indicator in kinds()["umbrellas"] or (fact.has("total") and not fact.has("table")):
        return None
    key = key_of(fact)
    return (*key[:-1], "") if key and "rate" in key and key[-1] == "end" else key


class Across:
    """Two documents that give one thing different values: extremes by key first, then the keys that clash.

    No two records are ever compared but those under one key whose extremes exclude one another.
    """

    def __init__(self) -> None:
        self._bounds: dict[int, list[Decimal]] = {}

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in the facts of one document."""
        bounds = self._bounds
        for fact in facts:
            key = key_across(fact)
            if key is None:
                continue
            interval = rate_interval(fact, fact.said.likely)
            held = bounds.get(hash(key))
            if held is None:
                bounds[hash(key)] = [interval.low, interval.high]
            else:
                if interval.low > held[0]:
                    held[0] = interval.low
                if interval.high < held[1]:
                    held[1] = interval.high

    def suspects(self) -> frozenset[int]:
        """The hashes of the keys whose lowest high lies under their highest low."""
        return frozenset(key for key, (low, high) in self._bounds.items() if low > high)

    @staticmethod
    def findings(groups: Iterable[Sequence[Fact]]) -> Iterator[Draft]:
        """What the documents of each group of one key contradict one another in."""
        for group in groups:
            if len({f.record.doc_id for f in group}) < 2:
                continue
            found = conflict([_renumbered(f, i) for i, f in enumerate(group)])
            if not found:
                continue
            facts, severity = found
            if len({f.record.doc_id for f in facts}) < 2 or not _between_documents(facts):
                continue
            yield draft("cross_document", facts, _after_revision(facts, severity))


def _renumbered(fact: Fact, order: int) -> Fact:
    return fact if fact.order == order else Fact(fact.record, order)


def _between_documents(facts: Sequence[Fact]) -> bool:
    return any(a.record.doc_id != b.record.doc_id and clash(both(a), both(b)) for a in facts for b in facts)


def _after_revision(facts: Sequence[Fact], severity: Severity) -> Severity:
    """Statistics are revised between two documents: a difference of that size is no sure error.

    Nor is one that no series decides: two documents may mean the republic's budget and the state's, goods and
    goods with services, or two releases, and do not say so; it is only told of.
    """
    right = (Verdict.SUPPORTED, Verdict.CLOSE, Verdict.DEFINITION_DIFFERS)
    if all(f.record.verdict in right for f in facts):
        return Severity.INFO
    if not any(f.record.verdict == Verdict.REFUTED for f in facts):
        return Severity.INFO
    if facts[0].record.measure == "share" and len({plain(f.record.subject) for f in facts}) > 1:
        return Severity.INFO  # a whole is cut in more ways than one
    usual = kinds()["revision"]
    gap = max((b - a for a, b in pairwise(sorted(middle_of(f) for f in facts))), default=Decimal(0))
    spread = max(middle_of(f) for f in facts) - min(middle_of(f) for f in facts)
    if facts[0].record.unit in ("percent", "percentage_point"):
        if max(gap, spread) <= Decimal(usual["slight_points"]):
            return Severity.INFO
        small = max(gap, spread) < Decimal(usual["points"])
    else:
        most = max(abs(middle_of(f)) for f in facts)
        if spread <= Decimal(usual["slight"]) * most:
            return Severity.INFO
        small = spread <= Decimal(usual["share"]) * most
    return Severity.WARNING if small else severity
