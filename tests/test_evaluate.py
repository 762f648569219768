import importlib.util
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kztext.evaluate import score_claims, score_records
from kztext.evaluate_audit import score_findings, score_verdicts
from kztext.gold import claims_from_gold, records_from_gold
from kztext.goldsets import below_floor, gold_sets, score_set, table
from kztext.records import ClaimKind, ClaimRecord, Direction, Finding, IndicatorRecord, Severity, Verdict
from kztext.write import write_claims, write_facts, write_findings

GOLD = Path(__file__).parents[1] / "corpus/gold"
SHARED = Path(__file__).parents[2] / "shared/gold"

ROW: dict[str, Any] = {
    "doc": "a.txt", "start": 10, "end": 14, "quote": "5,8%", "lang": "kk", "indicator": "inflation",
    "measure": "level", "value": 5.8, "value_high": 5.8, "unit": "percent", "direction": None,
    "aggregation": "period", "approximation": "exact", "period_start": "2003", "period_end": "2003",
    "base_period": None, "share_of": None, "modality": "actual", "geo": "KAZ", "speaker": None, "flags": [],
}  # fmt: skip


def record(**values: Any) -> IndicatorRecord:
    right: dict[str, Any] = {
        "record_id": "r1", "doc_id": "a.txt", "lang": "kk", "start": 10, "end": 14, "quote": "5,8%",
        "indicator": "inflation", "value": Decimal("5.8"), "value_high": Decimal("5.8"), "unit": "percent",
        "period_start": "2003", "period_end": "2003", "geo": "KAZ",
    }  # fmt: skip
    return IndicatorRecord(**{**right, **values})


def hits(gold: dict[str, Any], *records: IndicatorRecord) -> tuple[int, int, int]:
    score = score_records([gold], records)["all"]
    return score.hits["value"], score.hits["core"], score.hits["strict"]


@pytest.mark.parametrize(
    ("gold", "values", "expected"),
    [
        ({}, {}, (1, 1, 1)),
        ({}, {"start": 13, "end": 20}, (1, 1, 1)),
        ({}, {"start": 14, "end": 20}, (0, 0, 0)),
        ({}, {"value": Decimal("5.9")}, (0, 0, 0)),
        ({}, {"value_high": Decimal(6)}, (0, 0, 0)),
        ({}, {"doc_id": "b.txt"}, (0, 0, 0)),
        ({}, {"doc_id": "folder/a.md"}, (1, 1, 1)),
        ({}, {"unit": "times"}, (1, 0, 0)),
        ({}, {"direction": Direction.UP}, (1, 0, 0)),
        ({}, {"geo": "RUS"}, (1, 1, 0)),
        ({"geo": None}, {"geo": "RUS"}, (1, 1, 1)),
        ({"indicator": None}, {"indicator": "prices"}, (1, 1, 1)),
        ({}, {"period_start": "2003-01", "period_end": "2003-12"}, (1, 1, 1)),
        ({"period_start": "2003-01"}, {}, (1, 0, 0)),
        ({"period_start": None, "period_end": None}, {}, (1, 0, 0)),
        ({"period_start": None, "period_end": None, "flags": ["relative_period:x"]}, {}, (1, 1, 1)),
        ({"alt": {"unit": ["times"]}}, {"unit": "times"}, (1, 1, 1)),
        ({"alt": {"period_start": ["2004"], "period_end": ["2004"]}},
         {"period_start": "2004", "period_end": "2004"}, (1, 1, 1)),
        ({"speaker": "Токаев"}, {"speaker": "Глава государства Токаев"}, (1, 1, 1)),
        ({"speaker": "Токаев"}, {}, (1, 1, 0)),
        ({"optional": True}, {}, (0, 0, 0)),
    ],
)  # fmt: skip
def test_what_counts_as_right(
    gold: dict[str, Any], values: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    assert hits({**ROW, **gold}, record(**values)) == expected


def test_each_record_is_matched_once_and_the_rest_is_spurious() -> None:
    score = score_records([ROW], [record(), record(record_id="r2", lang="ru")])
    assert score["all"].figure("value").precision == 0.5
    assert score["kk"].figure("value").f1 == 1.0
    assert [mistake.kind for mistake in score["ru"].mistakes] == ["spurious"]


def test_optional_gold_is_neither_missed_nor_spurious() -> None:
    score = score_records([{**ROW, "optional": True}], [record()])["all"]
    assert (score.gold, score.predicted) == (0, 0)


def test_mistakes_say_what_gold_has_and_what_was_got() -> None:
    [mistake] = score_records([ROW], [record(period_end="2004")])["all"].mistakes
    assert str(mistake) == "wrong    a '5,8%'  period: gold '2003/2003', got '2003/2004'"


def test_verdict_may_be_one_that_gold_also_accepts() -> None:
    row = {**ROW, "expected_verdict": "refuted", "also_accept": ["close"]}
    assert score_verdicts([row], [record(verdict=Verdict.CLOSE)])[0].recall == 1.0
    figure, wrong = score_verdicts([row], [record(verdict=Verdict.SUPPORTED)])
    assert figure.recall == 0.0
    assert "expected refuted, got supported" in wrong[0]


def test_claim_needs_kind_indicator_and_direction() -> None:
    row = {"doc": "a.txt", "start": 0, "end": 9, "kind": "trend", "indicator": "gdp", "direction": "up"}
    claim = ClaimRecord(
        claim_id="c1", doc_id="a.txt", start=5, end=30, kind=ClaimKind.TREND, indicator="gdp",
        direction=Direction.UP,
    )  # fmt: skip
    assert score_claims([row], [claim]).recall == 1.0
    assert score_claims([row], [replace(claim, direction=Direction.DOWN)]).recall == 0.0


def finding(*ids: str, severity: Severity = Severity.ERROR, rule: str = "average") -> Finding:
    return Finding(finding_id="f", rule=rule, severity=severity, record_ids=ids)


def test_finding_must_name_two_of_the_quotes() -> None:
    quotes = [{"doc": "a.txt", "start": 10, "end": 14}, {"doc": "a.txt", "start": 50, "end": 54}]
    gold = [{"id": "1", "rule": "average", "is_error": True, "quotes": quotes, "explanation": ""}]
    records = [record(), record(record_id="r2", start=50, end=54)]
    assert score_findings(gold, [finding("r1", "r2")], records, []).conflicts.f1 == 1.0
    one_only = score_findings(gold, [finding("r1")], records, [])
    assert (one_only.conflicts.hits, one_only.conflicts.predicted) == (0, 1)
    for left_out in (finding("r1", severity=Severity.INFO), finding("r1", rule="reference_refuted")):
        assert score_findings(gold, [left_out], records, []).conflicts.predicted == 0


def test_floor_names_what_is_worse(tmp_path: Path) -> None:
    [seeds] = gold_sets(GOLD / "seeds")
    score = score_set(seeds, records_from_gold(GOLD / "seeds/records.jsonl"), [], [])
    floor = tmp_path / "scores.toml"
    floor.write_text("[seeds]\nstrict = 1.0\naudit_recall = 0.5\n[other]\nvalue = 1\n", encoding="utf-8")
    [line] = below_floor(floor, {"seeds": score})
    assert line.startswith("seeds audit_recall is 0.0000, should be at least 0.5000")


def test_gold_of_the_audit_alone_has_figures_of_the_audit_alone() -> None:
    [short] = gold_sets(GOLD / "short")
    score = score_set(short, [record()], [], [])
    assert set(score.figures()) == {"audit_precision", "audit_recall", "on_controls"}
    shown = table("short", score, errors=1)
    assert "audit    precision" in shown
    assert "value" not in shown
    assert len(shown.splitlines()) == 3


def test_mistakes_of_held_out_gold_are_not_shown() -> None:
    [seeds] = gold_sets(GOLD / "seeds")
    score = score_set(seeds, [], [], [])
    assert "missed" in table("seeds", score, errors=5)
    assert "missed" not in table("heldout", score, errors=5)


# The figures are those of the scripts that came with the gold, where these are at hand.

CHANGES: tuple[Callable[[IndicatorRecord], IndicatorRecord], ...] = (
    lambda r: r,
    lambda r: replace(r, value=r.value + 1),
    lambda r: replace(r, unit="tonne", geo="RUS"),
    lambda r: replace(r, period_start=f"{r.period_start or 1999}-01", speaker="Кто-то"),
    lambda r: replace(r, end=r.end + 9, start=r.start - 3, subject="цены"),
    lambda r: replace(r, direction=Direction.UP, base_period="1990", share_of="gdp"),
    lambda r: replace(r, verdict=Verdict.CLOSE),
    lambda r: replace(r, verdict=Verdict.SUPPORTED),
)


def script(name: str) -> ModuleType:
    path = SHARED / f"{name}.py"
    if not path.exists():
        pytest.skip("the scripts of the gold are not beside the checkout")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["seeds", "dev"])
@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_the_scripts(tmp_path: Path, name: str, seed: int) -> None:
    records_script, audit_script = script("score_records"), script("score_audit")
    [gold] = gold_sets(GOLD / name)
    chance = random.Random(seed)
    made = records_from_gold(GOLD / name / "records.jsonl")
    records = [chance.choice(CHANGES)(r) for r in made if chance.random() < 0.9]
    records += [replace(r, record_id=f"{r.record_id}+") for r in records if chance.random() < 0.1]
    claims = claims_from_gold(GOLD / name / "claims.jsonl") if gold.rows("claims") else []
    findings = [finding(*(r.record_id for r in chance.sample(records, 2))) for _ in range(5)] + [
        finding(*row["records"]) for row in gold.rows("audit") if chance.random() < 0.6
    ]
    score = score_set(gold, records, claims, findings)

    write_facts(tmp_path / "facts.csv", records)
    write_claims(tmp_path / "claims.csv", claims)
    write_findings(tmp_path / "audit.csv", findings)
    facts = audit_script.rows(tmp_path / "facts.csv")
    theirs, _ = records_script.score(gold.rows("records"), facts)
    for level in ("value", "core", "strict"):
        figure = score.records["all"].figure(level)
        ours = {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1}
        assert ours == pytest.approx(theirs[level], abs=1e-4)
    ours = {field: score.records["all"].accuracy(field) for field in theirs["fields"]}
    assert ours == pytest.approx(theirs["fields"], abs=1e-4)

    verdicts, _ = audit_script.score_verdicts(gold.rows("verdicts"), facts)
    assert score.verdicts.recall == pytest.approx(verdicts["accuracy"], abs=1e-4)
    spans = {r.record_id: (r.doc_id, r.start, r.end) for r in records}
    spans |= {c.claim_id: (c.doc_id, c.start, c.end) for c in claims}
    audit, _, _ = audit_script.score_audit(
        gold.rows("audit"), audit_script.rows(tmp_path / "audit.csv"), spans
    )
    assert score.audit.conflicts.precision == pytest.approx(audit["precision"], abs=1e-4)
    assert score.audit.conflicts.recall == pytest.approx(audit["recall"], abs=1e-4)
    assert score.audit.on_controls == audit["on_controls"]
