"""Records and claims that a person annotated, as the records that kztext itself writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from kztext.errors import InputError
from kztext.records import (
    Aggregation,
    ClaimKind,
    ClaimRecord,
    Direction,
    IndicatorRecord,
    Measure,
    Modality,
)
from kztext.repair import repair_text
from kztext.segment import segment

_BASIS = ("real", "nominal")


def records_from_gold(path: str | Path, *, texts: Sequence[str | Path] = ()) -> list[IndicatorRecord]:
    """The indicator records of a gold file, with the sentences of the texts where their folders are given."""
    return [_record(row, path, texts) for row in _rows(path) if "measure" in row]


def claims_from_gold(path: str | Path, *, texts: Sequence[str | Path] = ()) -> list[ClaimRecord]:
    """The claim records of a gold file, with the sentences of the texts where their folders are given."""
    return [_claim(row, path, texts) for row in _rows(path) if "kind" in row]


def _rows(path: str | Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}: line {number} is not JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise InputError(f"{path}: line {number} is not an object with fields")
        yield row


def _shared(row: dict[str, Any], path: str | Path, texts: Sequence[str | Path]) -> dict[str, Any]:
    try:
        doc, start, end = str(row["doc"]), int(row["start"]), int(row["end"])
        quote = str(row["quote"])
        row["id"]
    except KeyError as error:
        raise InputError(f"{path}: a row has no field {error.args[0]!r}: {row}") from error
    sentence = sentence_at(doc, texts, start, end) or str(row.get("sentence_hint") or "")
    return {
        "doc_id": doc,
        "doc_date": row.get("doc_date") or "",
        "lang": row.get("lang") or "",
        "start": start,
        "end": end,
        "quote": quote,
        "sentence": sentence,
        "indicator": row.get("indicator") or "",
        "direction": Direction(row.get("direction") or ""),
        "period_start": row.get("period_start") or "",
        "period_end": row.get("period_end") or "",
        "modality": Modality(row.get("modality") or "actual"),
        "geo": row.get("geo") or "",
        "speaker": row.get("speaker") or "",
        "confidence": 1.0,
    }


def _record(row: dict[str, Any], path: str | Path, texts: Sequence[str | Path]) -> IndicatorRecord:
    flags = tuple(str(flag) for flag in row.get("flags") or ())
    value = Decimal(str(row["value"]))
    return IndicatorRecord(
        record_id=str(row["id"]),
        **_shared(row, path, texts),
        subject=row.get("subject") or "",
        measure=Measure(row["measure"]),
        value=value,
        value_high=Decimal(str(row.get("value_high", value))),
        unit=row.get("unit") or "",
        aggregation=Aggregation(row.get("aggregation") or "period"),
        approximation=row.get("approximation") or "exact",
        base_period=row.get("base_period") or "",
        share_of=row.get("share_of") or "",
        price_basis=row.get("price_basis") or next((b for b in _BASIS if b in flags), ""),
        rule="gold",
        flags=flags,
    )


def _claim(row: dict[str, Any], path: str | Path, texts: Sequence[str | Path]) -> ClaimRecord:
    shared = _shared(row, path, texts)
    if "stable" in (row.get("flags") or ()):
        shared["direction"] = Direction.STABLE
    return ClaimRecord(
        claim_id=str(row["id"]), **shared, kind=ClaimKind(row["kind"]), quoted=bool(row.get("quoted"))
    )


@lru_cache(maxsize=64)
def _sentences(doc: str, folders: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """The sentences of a text in original offsets, as the pipeline cuts them."""
    path = next((p for f in folders if (p := Path(f, doc)).is_file()), None)
    if path is None:
        return ()
    text = repair_text(path.read_bytes().decode("utf-8-sig", "replace"))
    return tuple((*text.to_original(s.start, s.end), s.text) for s in segment(text))


def sentence_at(doc: str, folders: Sequence[str | Path], start: int, end: int) -> str:
    """The sentence that holds a span of a document; empty where the text is not there."""
    sentences = _sentences(doc, tuple(map(str, folders)))
    return next((text for first, last, text in sentences if first < end and start < last), "")
