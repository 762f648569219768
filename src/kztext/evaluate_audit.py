"""Figures of the cross-check and the audit against gold verdicts and gold conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kztext.evaluate import Figure, Gold, overlap, stem
from kztext.records import ClaimRecord, Finding, IndicatorRecord, Severity


def score_verdicts(gold: Iterable[Gold], records: Iterable[IndicatorRecord]) -> tuple[Figure, list[str]]:
    """Verdicts that are as expected, and the others in words; a missing record counts as wrong."""
    given: defaultdict[str, list[IndicatorRecord]] = defaultdict(list)
    for record in records:
        given[stem(record.doc_id)].append(record)
    rows, hits, wrong = list(gold), 0, []
    for row in rows:
        accepted = {row["expected_verdict"], *row.get("also_accept", ())}
        got = [r.verdict.value or "none" for r in given[stem(row["doc"])] if overlap(row, r)]
        if accepted & set(got):
            hits += 1
        else:
            wrong.append(
                f"verdict  {stem(row['doc'])} {row['quote']!r}: expected {row['expected_verdict']}, "
                f"got {', '.join(got) or 'no record'}  ({row.get('reference', '')})"
            )
    return Figure(hits, len(rows), len(rows)), wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditScore:
    """Conflicts found, false alarms, and those of them on a control (which only looks like a conflict)."""

    conflicts: Figure
    on_controls: int
    mistakes: tuple[str, ...]


def score_findings(
    gold: Iterable[Gold],
    findings: Iterable[Finding],
    records: Iterable[IndicatorRecord],
    claims: Iterable[ClaimRecord],
) -> AuditScore:
    """Conflicts of gold that a finding names (two of its quotes, one where it has only one).

    Left out are findings of severity info, those of the cross-check and those on documents without gold.
    """
    rows = list(gold)
    places: dict[str, IndicatorRecord | ClaimRecord] = {r.record_id: r for r in records}
    places |= {c.claim_id: c for c in claims}
    docs = {stem(quote["doc"]) for row in rows for quote in row["quotes"]}
    conflicts = [row for row in rows if row["is_error"]]
    controls = [row for row in rows if not row["is_error"]]
    found: set[int] = set()
    false: list[Finding] = []
    on_controls = 0
    for finding in findings:
        if finding.severity is Severity.INFO or finding.rule.startswith("reference"):
            continue
        spans = [places[i] for i in (*finding.record_ids, *finding.claim_ids) if i in places]
        if not spans or not {stem(span.doc_id) for span in spans} <= docs:
            continue
        hit = [i for i, row in enumerate(conflicts) if _names(spans, row)]
        found.update(hit)
        if not hit:
            false.append(finding)
            on_controls += any(_names(spans, row) for row in controls)
    missed = [row for i, row in enumerate(conflicts) if i not in found]
    return AuditScore(
        conflicts=Figure(len(found), len(found) + len(false), len(conflicts)),
        on_controls=on_controls,
        mistakes=(
            *(f"missed   {row['id']} {row['rule']}: {row['explanation']}" for row in missed),
            *(f"false    {finding.rule}: {finding.message}" for finding in false),
        ),
    )


def _names(spans: Collection[IndicatorRecord | ClaimRecord], row: Gold) -> bool:
    quotes = row["quotes"]
    hit = sum(
        any(stem(span.doc_id) == stem(quote["doc"]) and overlap(quote, span) for span in spans)
        for quote in quotes
    )
    return hit >= min(2, len(quotes))
