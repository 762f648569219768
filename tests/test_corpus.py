import csv
import hashlib
from pathlib import Path

import pytest

from kztext.goldsets import GoldSet, gold_sets
from kztext.read import read_jsonl

CORPUS = Path(__file__).parents[1] / "corpus"
SETS = gold_sets(CORPUS / "gold")


def rows() -> list[dict[str, str]]:
    with (CORPUS / "documents.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_text_has_its_row() -> None:
    assert sorted(row["file"] for row in rows()) == sorted(
        path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("texts/*")
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_texts_are_as_they_came(row: dict[str, str]) -> None:
    data = (CORPUS / row["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row["sha256"]


@pytest.mark.parametrize("gold", SETS, ids=lambda gold: gold.name)
def test_quotes_of_gold_stand_where_it_says(gold: GoldSet) -> None:
    texts = {path.name: path.read_bytes().decode() for path in gold.texts}
    for name in ("records", "claims", "ignored", "verdicts"):
        for row in gold.rows(name):
            assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]
    for row in gold.rows("audit"):
        for quote in row["quotes"]:
            assert texts[quote["doc"]][quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize("gold", SETS, ids=lambda gold: gold.name)
def test_ids_of_gold_are_unique(gold: GoldSet) -> None:
    for name in ("records", "claims", "audit"):
        ids = [row["id"] for row in gold.rows(name)]
        assert len(ids) == len(set(ids))


def test_gold_is_jsonl() -> None:
    for path in (CORPUS / "gold").glob("*/*.jsonl"):
        assert read_jsonl(path)
