"""The gold files hold together: offsets, ids, legal values, and no number left unexplained."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parents[1] / "corpus" / "gold"
TEXTS = Path(__file__).parents[1] / "corpus" / "texts"
SETS = sorted({path.parent for name in ("records", "audit") for path in GOLD.glob(f"*/{name}.jsonl")})

UNITS = """
    percent percentage_point times per_10000 per_1000 point count year mci USD KZT RUB EUR CNY tonne km metre
    hectare square_metre cubic_metre barrel kwh centner_per_hectare tonne_per_hectare TEU
    UAH KGS litre kilogram megawatt per_100000
"""
LEGAL: dict[str, set[str | None]] = {
    "lang": {"kk", "ru"},
    "measure": {"level", "change", "index", "share"},
    "direction": {None, "up", "down"},
    "aggregation": {"period", "cumulative", "annual_average"},
    "approximation": {"exact", "about", "more_than", "less_than", "at_least", "at_most"},
    "modality": {"actual", "plan", "forecast", "definition"},
    "price_basis": {None, "real", "nominal"},
    "unit": {None, *UNITS.split()},
}
CLAIM_KINDS = {"quantity", "trend", "event", "comparison", "definition"}
VERDICTS = {"supported", "refuted", "close", "definition_differs", "not_checkable"}
ISO_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?")
YEAR = re.compile(r"(19|20)\d\d")

Row = dict[str, Any]


def rows(folder: Path, name: str) -> list[Row]:
    path = folder / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def text_of(folder: Path, doc: str) -> str:
    path = folder / "texts" / doc
    return (path if path.exists() else TEXTS / doc).read_bytes().decode("utf-8")


def placed(folder: Path) -> list[Row]:
    """Every row and every quote of an audit row that says where it stands."""
    found = [row for name in ("records", "claims", "ignored", "verdicts") for row in rows(folder, name)]
    return found + [quote for row in rows(folder, "audit") for quote in row["quotes"]]


@pytest.fixture(params=SETS, ids=lambda folder: folder.name)
def gold(request: pytest.FixtureRequest) -> Path:
    folder = request.param
    assert isinstance(folder, Path)
    return folder


def test_quotes_stand_where_the_offsets_say(gold: Path) -> None:
    texts = {row["doc"]: text_of(gold, row["doc"]) for row in placed(gold)}
    wrong = [row for row in placed(gold) if texts[row["doc"]][row["start"] : row["end"]] != row["quote"]]
    assert not wrong


def test_ids_are_unique(gold: Path) -> None:
    for name in ("records", "claims", "audit"):
        ids = [row["id"] for row in rows(gold, name)]
        assert len(ids) == len(set(ids)), name


def test_fields_hold_legal_values(gold: Path) -> None:
    records = rows(gold, "records")
    assert records or rows(gold, "audit")
    for row in records:
        for field, legal in LEGAL.items():
            assert row.get(field) in legal, (row["id"], field, row.get(field))
        assert 0 <= row["value"] <= row["value_high"], row["id"]
        for field in ("period_start", "period_end"):
            assert row[field] is None or ISO_PERIOD.fullmatch(row[field]), (row["id"], row[field])
        if row["period_start"] and row["period_end"]:
            assert row["period_start"][:4] <= row["period_end"][:4], row["id"]
        for field, readings in (row.get("alt") or {}).items():
            assert field in row, (row["id"], field)
            assert isinstance(readings, list), (row["id"], field)
    for row in rows(gold, "claims"):
        assert row["kind"] in CLAIM_KINDS, row["id"]
    for row in rows(gold, "verdicts"):
        assert {row["expected_verdict"], *row["also_accept"]} <= VERDICTS, row["record"]


def test_references_to_records_resolve(gold: Path) -> None:
    named = rows(gold, "records") + rows(gold, "claims")
    at = {row["id"]: (row["doc"], row["start"], row["end"]) for row in named}
    for row in rows(gold, "verdicts"):
        assert at[row["record"]] == (row["doc"], row["start"], row["end"])
    for row in rows(gold, "audit"):
        assert set(row["records"]) <= at.keys(), row["id"]


def test_records_do_not_overlap(gold: Path) -> None:
    spans = sorted((row["doc"], row["start"], row["end"]) for row in rows(gold, "records"))
    overlapping = [(a, b) for a, b in pairwise(spans) if a[0] == b[0] and b[1] < a[2]]
    assert not overlapping


def test_every_digit_is_explained(gold: Path) -> None:
    """A number is a record or listed in ignored.jsonl; only plain years may go unlisted."""
    if not rows(gold, "ignored"):
        pytest.skip("no list of ignored numbers")
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in rows(gold, "records") + rows(gold, "ignored"):
        spans.setdefault(row["doc"], []).append((row["start"], row["end"]))
    for doc, taken in spans.items():
        for number in re.finditer(r"\d+", text_of(gold, doc)):
            inside = any(start <= number.start() and number.end() <= end for start, end in taken)
            assert inside or YEAR.fullmatch(number[0]), (doc, number)
