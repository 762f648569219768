"""The audit: every rule's examples and controls, messages in three languages, gold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kztext import reference
from kztext.audit import RULES, audit, document, messages, steps
from kztext.audit.examples import Example, examples, read_record
from kztext.errors import InputError
from kztext.gold import claims_from_gold, records_from_gold
from kztext.intervals import INFINITY, Interval
from kztext.records import Severity

GOLD = Path(__file__).parents[1] / "corpus" / "gold"
ALL = list(examples())
PERIODS = {m for m in messages.templates() if m.startswith("period_")}


def found_by(example: Example, lang: str) -> list[str]:
    records, claims = example.records(lang)
    rule = example.rule
    return [
        f.rule
        for f in audit(records, claims, language=lang)
        if rule.startswith("reference") or not f.rule.startswith("reference")
    ]


def name_of(rule: str) -> str:
    return "period" if rule in PERIODS else "contradiction" if rule == "moved_value" else rule


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize("example", ALL, ids=lambda e: f"{e.rule}-{'finds' if e.finds else 'silent'}")
def test_rule_finds_its_examples_and_is_silent_on_its_controls(example: Example, lang: str) -> None:
    found = found_by(example, lang)
    assert (name_of(example.rule) in found) if example.finds else (found == [])


def test_every_rule_has_an_example_and_a_message() -> None:
    told = {name_of(e.rule) for e in ALL if e.finds}
    assert {rule.name for rule in RULES} <= told
    for rule, texts in messages.templates().items():
        assert set(texts) == {"kk", "ru", "en"}, rule


def test_messages_hold_no_unfilled_slot_and_no_decimal_point_in_kazakh_and_russian() -> None:
    for example in ALL:
        for lang in ("kk", "ru"):
            for finding in audit(*example.records(lang), language=lang):
                assert "{" not in finding.message
                assert finding.computation or "verdict" in " ".join(example.lines)


def test_unknown_language_is_an_error_that_says_what_there_is() -> None:
    records = [read_record("industrial_output change 120% down 2023", "r1", "ru", "x")]
    with pytest.raises(InputError, match="have: kk, ru, en"):
        audit(records, [], language="de")


def test_finding_ids_are_stable_and_do_not_depend_on_the_language() -> None:
    example = next(e for e in ALL if e.rule == "compounding")
    records, claims = example.records("ru")
    ids = [[f.finding_id for f in audit(records, claims, language=lang)] for lang in ("kk", "ru", "en")]
    assert ids[0] == ids[1] == ids[2]


def test_doubtful_records_are_left_alone() -> None:
    from dataclasses import replace

    records, _ = next(e for e in ALL if e.rule == "contradiction").records("ru")
    assert audit(records, [])
    assert audit([replace(r, confidence=0.3) for r in records], []) == []


def test_page_of_rules_names_every_rule() -> None:
    page = document.rules_markdown()
    assert all(f"`{name}`" in page for name in ("contradiction", "ratio", "period_future", "plan_outcome"))


@pytest.mark.parametrize("part", ["seeds", "dev"])
def test_gold_records_give_the_gold_conflicts_and_none_of_the_controls(part: str) -> None:
    folder = GOLD / part
    if not (folder / "audit.jsonl").exists():
        pytest.skip("no gold here")
    texts = [folder / "texts", GOLD.parent / "texts"]
    records = reference.check(records_from_gold(folder / "records.jsonl", texts=texts))
    source = (
        folder / "claims.jsonl"
        if part == "dev"
        else Path(__file__).parent / "examples/audit/seed_claims.jsonl"
    )
    findings = audit(records, claims_from_gold(source, texts=texts))
    ids = [
        {*f.record_ids}
        for f in findings
        if f.severity != Severity.INFO and not f.rule.startswith("reference")
    ]
    import json

    rows = [json.loads(line) for line in (folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    conflicts = [set(r["records"]) for r in rows if r["is_error"]]
    hit = [c for c in conflicts if any(len(c & i) >= min(2, len(c)) for i in ids)]
    assert len(hit) == len(conflicts)
    assert sum(not any(len(c & i) >= min(2, len(c)) for c in conflicts) for i in ids) <= 1


def test_a_hedge_without_end_has_a_magnitude() -> None:
    assert steps._magnitude(Interval(-INFINITY, INFINITY)) == Interval(Decimal(0), INFINITY)
