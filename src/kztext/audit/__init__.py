"""The audit: do the statements agree with one another, with arithmetic and with the calendar?

Each rule is a function from what one document says to findings in the making; `RULES` lists them with the
severity they can reach. Contradictions between documents are found by key, never by comparing all pairs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kztext.audit import (
    across,
    added,
    apiece,
    averages,
    balances,
    beyond,
    bounds,
    changes,
    claims,
    columns,
    compounding,
    concluded,
    contradiction,
    deflated,
    directions,
    echoes,
    flows,
    following,
    hundred,
    moves,
    orders,
    parts,
    portions,
    quotients,
    ranks,
    restated,
    retold,
    rivals,
    shares,
    slips,
    stretch,
    sums,
    tied,
    trends,
    ways,
    wholes,
    within,
)
from kztext.audit.dossier import Dossier, dossier, facts_of
from kztext.audit.draft import Draft
from kztext.audit.explained import is_explained
from kztext.audit.facts import Fact
from kztext.audit.messages import message
from kztext.audit.shown import in_terms_of, value_text
from kztext.records import ClaimRecord, Finding, IndicatorRecord, Severity, Verdict

__all__ = ["RULES", "AuditRule", "audit"]


@dataclass(frozen=True, slots=True)
class AuditRule:
    """A rule of the audit: the name of its findings, the worst they can be, the function that makes them."""

    name: str
    severity: Severity
    find: Callable[[Dossier], Iterator[Draft]]


def refuted(doc: Dossier) -> Iterator[Draft]:
    """What the reference series do not confirm; the cross-check's own findings."""
    for fact in doc.facts:
        r = fact.record
        if r.verdict == Verdict.REFUTED:
            yield Draft(
                rule="reference_refuted",
                severity=Severity.WARNING,
                facts=(fact,),
                expected=_in_terms(fact),
                found=value_text(fact),
                computation=f"{r.reference_computation}; {r.reference_hint}"
                if r.reference_hint
                else r.reference_computation,
            )


def _in_terms(fact: Fact) -> str:
    """The value of the series as the text would write it: "71 882,2 млн долларов", not 71882239321."""
    value, unit = fact.record.reference_value, fact.said.unit
    if fact.record.unit in ("percent", "percentage_point", "times") or not value or unit <= 1:
        return value
    return in_terms_of(fact, (Decimal(value) / unit).quantize(Decimal("0.1")) * unit)


RULES: tuple[AuditRule, ...] = (
    AuditRule("contradiction", Severity.ERROR, contradiction.contradictions),
    AuditRule("contradiction", Severity.WARNING, contradiction.moved_values),
    AuditRule("compounding", Severity.ERROR, compounding.compounding),
    AuditRule("compounding", Severity.ERROR, compounding.levels_apart),
    AuditRule("average", Severity.ERROR, averages.averages),
    AuditRule("difference", Severity.ERROR, changes.changes_between_levels),
    AuditRule("difference", Severity.ERROR, following.set_again),
    AuditRule("difference", Severity.ERROR, following.told_next),
    AuditRule("difference", Severity.ERROR, following.over_the_year),
    AuditRule("difference", Severity.ERROR, balances.balances),
    AuditRule("difference", Severity.ERROR, flows.flows),
    AuditRule("direction", Severity.ERROR, directions.directions),
    AuditRule("direction", Severity.ERROR, directions.indexes),
    AuditRule("part_sum", Severity.ERROR, parts.part_sums),
    AuditRule("share_sum", Severity.ERROR, shares.share_sums),
    AuditRule("share", Severity.ERROR, shares.shares_of_wholes),
    AuditRule("share", Severity.ERROR, shares.shares_restated),
    AuditRule("share", Severity.WARNING, shares.shares_of_told),
    AuditRule("share", Severity.ERROR, shares.shares_of_indicators),
    AuditRule("contradiction", Severity.ERROR, restated.restatements),
    AuditRule("share_sum", Severity.ERROR, hundred.rows_of_shares),
    AuditRule("difference", Severity.ERROR, restated.differences),
    AuditRule("ratio", Severity.WARNING, restated.comparisons),
    AuditRule("share", Severity.ERROR, restated.shares),
    AuditRule("compounding", Severity.ERROR, compounding.totals_of_growth),
    AuditRule("difference", Severity.ERROR, concluded.conclusions),
    AuditRule("difference", Severity.ERROR, concluded.changes_before),
    AuditRule("part_sum", Severity.WARNING, columns.columns),
    AuditRule("share", Severity.ERROR, concluded.shares_pointing_back),
    AuditRule("part_sum", Severity.WARNING, sums.totals_told_after),
    AuditRule("average", Severity.WARNING, averages.yearly_of_totals),
    AuditRule("average", Severity.ERROR, quotients.yields),
    AuditRule("average", Severity.ERROR, apiece.each_of_all),
    AuditRule("average", Severity.ERROR, apiece.means),
    AuditRule("share", Severity.ERROR, portions.shares_by_words),
    AuditRule("share", Severity.ERROR, portions.plans_met),
    AuditRule("direction", Severity.ERROR, portions.plans_missed),
    AuditRule("direction", Severity.ERROR, flows.signs),
    AuditRule("part_sum", Severity.ERROR, wholes.pieces_of_a_year),
    AuditRule("part_sum", Severity.ERROR, wholes.splits),
    AuditRule("part_sum", Severity.ERROR, wholes.parts_too_large),
    AuditRule("part_sum", Severity.ERROR, wholes.counts_unread),
    AuditRule("contradiction", Severity.WARNING, contradiction.states),
    AuditRule("contradiction", Severity.WARNING, contradiction.summaries),
    AuditRule("contradiction", Severity.WARNING, slips.slips),
    AuditRule("difference", Severity.ERROR, tied.changes_beside),
    AuditRule("difference", Severity.ERROR, tied.changes_within),
    AuditRule("compounding", Severity.ERROR, tied.growth_beside),
    AuditRule("compounding", Severity.ERROR, tied.growth_within),
    AuditRule("direction", Severity.ERROR, retold.indexes_beside),
    AuditRule("difference", Severity.ERROR, moves.changes_near),
    AuditRule("contradiction", Severity.WARNING, retold.headlines),
    AuditRule("contradiction", Severity.WARNING, retold.told_again),
    AuditRule("contradiction", Severity.WARNING, echoes.rows_echoed),
    AuditRule("contradiction", Severity.WARNING, echoes.told_by_two),
    AuditRule("contradiction", Severity.WARNING, echoes.changed_over),
    AuditRule("compounding", Severity.ERROR, added.added_up),
    AuditRule("part_sum", Severity.ERROR, orders.orders_of_parts),
    AuditRule("period", Severity.WARNING, stretch.years_between),
    AuditRule("real_nominal", Severity.ERROR, deflated.real_against_nominal),
    AuditRule("trend", Severity.WARNING, trends.trends),
    AuditRule("claim_vs_numbers", Severity.WARNING, claims.extremes),
    AuditRule("claim_vs_numbers", Severity.WARNING, claims.comparisons),
    AuditRule("claim_vs_numbers", Severity.WARNING, trends.beside_figures),
    AuditRule("claim_vs_numbers", Severity.WARNING, claims.places),
    AuditRule("claim_vs_numbers", Severity.WARNING, ways.words_against_levels),
    AuditRule("claim_vs_numbers", Severity.WARNING, ranks.ranks),
    AuditRule("claim_vs_numbers", Severity.WARNING, rivals.rivals),
    AuditRule("claim_vs_numbers", Severity.WARNING, bounds.bounds),
    AuditRule("claim_vs_numbers", Severity.WARNING, bounds.unbroken),
    AuditRule("definition", Severity.WARNING, within.definitions),
    AuditRule("period", Severity.ERROR, within.periods),
    AuditRule("impossible_value", Severity.ERROR, within.impossible_values),
    AuditRule("period", Severity.ERROR, beyond.impossible_days),
    AuditRule("impossible_value", Severity.ERROR, beyond.more_than_all),
    AuditRule("unit_missing", Severity.WARNING, within.units_missing),
    AuditRule("plan_outcome", Severity.INFO, claims.plans),
    AuditRule("misquote", Severity.INFO, claims.misquotes),
    AuditRule("reference_refuted", Severity.WARNING, refuted),
)

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def audit(
    records: Sequence[IndicatorRecord], claims: Sequence[ClaimRecord], *, language: str = "en"
) -> list[Finding]:
    """Where the statements of all documents contradict one another, the arithmetic or the calendar.

    Findings come in the order of the documents; those between documents come last. Two findings about the
    same records are one. Raises InputError for a language that has no messages.
    """
    by_doc: dict[str, tuple[list[IndicatorRecord], list[ClaimRecord]]] = defaultdict(lambda: ([], []))
    for record in records:
        by_doc[record.doc_id][0].append(record)
    for claim in claims:
        by_doc[claim.doc_id][1].append(claim)
    between = across.Across()
    findings: list[Finding] = []
    for doc_id, (own_records, own_claims) in by_doc.items():
        doc = dossier(doc_id, own_records, own_claims)
        drafts = merged(d for rule in RULES for d in rule.find(doc) if not is_explained(doc, d))
        findings.extend(_finding(d, language) for d in drafts)
        if len(by_doc) > 1:
            between.add(doc.facts)
    if len(by_doc) > 1 and (suspects := between.suspects()):
        groups = _groups(by_doc, suspects)
        findings.extend(_finding(d, language) for d in merged(between.findings(groups)))
    return findings


def _groups(
    by_doc: dict[str, tuple[list[IndicatorRecord], list[ClaimRecord]]], suspects: frozenset[int]
) -> list[list[Fact]]:
    """The facts under each suspect key."""
    groups: dict[object, list[Fact]] = defaultdict(list)
    for own, _ in by_doc.values():
        for fact in facts_of(own):
            key = across.key_across(fact)
            if key is not None and hash(key) in suspects:
                groups[key].append(fact)
    return list(groups.values())


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """One finding where several are about the same records: the surest, then the one of the earlier rule."""
    kept: dict[tuple[frozenset[str], frozenset[str]], Draft] = {}
    for draft in drafts:
        own = "reference" if draft.rule.startswith("reference") else ""
        key = (
            frozenset((own, *(f.record.record_id for f in draft.facts))),
            frozenset(c.claim_id for c in draft.claims),
        )
        if key not in kept or _ORDER[draft.severity] < _ORDER[kept[key].severity]:
            kept[key] = draft
    return list(kept.values())


def _finding(draft: Draft, language: str) -> Finding:
    record_ids = tuple(dict.fromkeys(f.record.record_id for f in draft.facts))
    claim_ids = tuple(dict.fromkeys(c.claim_id for c in draft.claims))
    doc_ids = tuple(
        dict.fromkeys((*(f.record.doc_id for f in draft.facts), *(c.doc_id for c in draft.claims)))
    )
    digest = hashlib.sha256(
        "\n".join((draft.rule, draft.message, *record_ids, *claim_ids)).encode()
    ).hexdigest()
    return Finding(
        finding_id=f"a{digest[:12]}",
        rule=draft.rule,
        severity=draft.severity,
        record_ids=record_ids,
        claim_ids=claim_ids,
        doc_ids=doc_ids,
        message=message(draft, language),
        expected=draft.expected,
        found=draft.found,
        computation=draft.computation,
    )
