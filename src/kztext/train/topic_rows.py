"""The sentences that the topic classifier is trained on and measured with."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kztext.errors import ModelError

LABELS = (
    "growth",
    "prices",
    "money",
    "government",
    "trade",
    "investment",
    "industry",
    "energy",
    "agriculture",
    "transport",
    "business",
    "labour",
    "income",
    "population",
    "education",
    "health",
    "environment",
    "integration",
    "policy",
    "other",
)
LANGS = ("kk", "ru")
OWN = "own"  # where a sentence of corpus/gold/topics.csv comes from
MORE = "more"  # the part of sentences that are learned from and count in no figure
BALANCED = ("balanced", "balanced_read")  # as many of each topic; the errors of the second part were read
KEPT = ("test", *BALANCED)  # the parts that nothing is learned from


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence with its label, the runner-up (`second`) and, where two people read it, the other's label.

    `group` names sentences that must not be parted when a model is tried on what it has not seen.
    """

    id: str
    lang: str
    label: str
    second: str
    text: str
    source: str
    group: str
    split: str
    reader: str


def read_rows(root: Path, benchmarks: Path) -> list[Row]:
    """The sentences of our own and the real ones. Raises ModelError for an unknown label."""
    rows = [
        *read_own(root / "corpus/gold/topics.csv"),
        *read_real(root / "corpus/gold/topics_real.csv", benchmarks),
        *read_real(root / "corpus/gold/topics_more.csv", benchmarks),
        *read_real(root / "corpus/gold/topics_balanced.csv", benchmarks),
    ]
    if wrong := {row.label for row in rows} - set(LABELS):
        raise ModelError(f"corpus/gold/topics*.csv: unknown labels {', '.join(sorted(wrong))}")
    return rows


def read_own(path: Path) -> list[Row]:
    """The sentences written for this project."""
    return [
        Row(
            id=row["id"],
            lang=row["lang"],
            label=row["label"],
            second=row["secondary"],
            text=row["text"],
            source=OWN,
            group=row["id"],
            split="train",
            reader=row["blind"],
        )
        for row in read_csv(path)
    ]


def read_real(path: Path, benchmarks: Path) -> list[Row]:
    """The labelled sentences of news and plans, whose texts lie in `benchmarks`.

    Raises ModelError where they do not.
    """
    kept = read_csv(path)
    texts: dict[tuple[str, str], str] = {}
    for name in sorted({row["file"] for row in kept}):
        if not (benchmarks / name).is_file():
            raise ModelError(f"{benchmarks / name}: not there; the texts of {path.name} are read from it")
        with (benchmarks / name).open(encoding="utf8") as file:
            texts |= {(name, found["id"]): found["text"] for found in map(json.loads, file)}
    return [
        Row(
            id=f"{row['id']}:{row['start']}",
            lang=row["lang"],
            label=row["label"],
            second=row["second"],
            text=" ".join(texts[row["file"], row["id"]][int(row["start"]) : int(row["end"])].split()),
            source=row["file"],
            group=row["id"].removeprefix(f"sib-{row['lang']}-"),  # its sentences are translations
            split=row.get("split", MORE),
            reader=row.get("reader", ""),
        )
        for row in kept
    ]


def read_picked(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Label and runner-up, by source and id, of rows that folds are measured on which did not learn them.

    The labels are those of who chose it; `Row.label` is that of whoever read it for training.
    """
    return {
        (row["file"], f"{row['id']}:{row['start']}"): (row["label"], row["second"]) for row in read_csv(path)
    }


def read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def places(labels: Sequence[str]) -> list[int]:
    """The places of labels among LABELS."""
    return [LABELS.index(label) for label in labels]
