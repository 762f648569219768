import csv
import hashlib
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"


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
