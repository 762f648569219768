"""The audit on very many records: generated documents with planted conflicts, all of which must be found."""

from __future__ import annotations

import gc
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kztext.audit import audit
from kztext.records import Direction, IndicatorRecord, Measure

_INDICATORS = (
    "gdp",
    "exports",
    "imports",
    "unemployment",
    "oil_output",
    "milk_output",
    "meat_output",
    "freight",
)
_PLACES = tuple(f"X{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_UNITS = {
    "exports": "USD",
    "imports": "USD",
    "oil_output": "tonne",
    "milk_output": "tonne",
    "meat_output": "tonne",
    "freight": "tonne",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigures:
    """What a run over generated records took and found."""

    records: int
    documents: int
    planted: int
    found: int
    others: int  # findings that nobody planted
    seconds: float
    peak_mib: int


def generated(
    records: int, *, planted: int = 1000, per_document: int = 50, seed: int = 1
) -> tuple[list[IndicatorRecord], list[frozenset[str]]]:
    """Records of many documents that agree, but for `planted` pairs, whose ids are given too."""
    draw = random.Random(seed)
    out = list(_agreeing(records, per_document, draw))
    pairs: list[frozenset[str]] = []
    # Every planted pair gets a period of its own, so that it clashes with nothing but its twin.
    for i, place in enumerate(
        draw.sample(range(0, records - per_document * 2, per_document * 2 + 2), planted)
    ):
        period = f"{1000 + i % 500:04}-{1 + i // 500 % 12:02}"
        geo = _PLACES[i // 6000 % len(_PLACES)]
        first = replace(out[place], period_start=period, period_end=period, geo=geo)
        other = place + 1 if i % 2 else place + per_document + 1
        value = first.value * 2 if first.measure == Measure.CHANGE else first.value * Decimal("1.2")
        quote = f"{value}%" if first.unit == "percent" else f"{value / 10**6:f}"
        old = out[other]
        second = replace(
            first,
            record_id=old.record_id,
            doc_id=old.doc_id,
            start=old.start,
            end=old.end,
            sentence=old.sentence,
            value=value,
            value_high=value,
            quote=quote,
        )
        out[place], out[other] = first, second
        pairs.append(frozenset((first.record_id, second.record_id)))
    return out, pairs


def _agreeing(records: int, per_document: int, draw: random.Random) -> Iterator[IndicatorRecord]:
    values: dict[tuple[str, str, int], Decimal] = {}
    for i in range(records):
        doc = i // per_document
        indicator = _INDICATORS[draw.randrange(len(_INDICATORS))]
        geo = _PLACES[draw.randrange(len(_PLACES))]
        year = draw.randrange(1600, 2020)
        key = (indicator, geo, year)
        if key not in values:
            values[key] = Decimal(draw.randrange(20, 99)).scaleb(-1)
        said = values[key]
        growth = indicator in ("gdp", "unemployment")
        value = said if growth else said * 10**6
        yield IndicatorRecord(
            record_id=f"d{doc}-{i}",
            doc_id=f"d{doc}",
            lang="kk" if doc % 2 else "ru",
            start=i % per_document * 100,
            end=i % per_document * 100 + 4,
            quote=f"{said}%" if growth else f"{said}",
            sentence=f"d{doc}.{i}",
            indicator=indicator,
            measure=Measure.CHANGE if indicator == "gdp" else Measure.LEVEL,
            value=value,
            value_high=value,
            unit="percent" if growth else _UNITS[indicator],
            direction=Direction.UP if indicator == "gdp" else Direction.NONE,
            period_start=str(year),
            period_end=str(year),
            geo=geo,
            confidence=0.9,
        )


def bench(records: int = 1_000_000, *, planted: int = 1000, seed: int = 1) -> LoadFigures:
    """Time and memory of the audit over generated records, and how many of the planted conflicts it found."""
    made, pairs = generated(records, planted=planted, seed=seed)
    gc.collect()
    start = time.perf_counter()
    findings = audit(made, [])
    seconds = time.perf_counter() - start
    ids = [frozenset(f.record_ids) for f in findings]
    known = {record: i for i, pair in enumerate(pairs) for record in pair}
    hit = {known[r] for found in ids for r in found if r in known and pairs[known[r]] <= found}
    others = sum(not any(r in known and pairs[known[r]] <= found for r in found) for found in ids)
    return LoadFigures(
        records=len(made),
        documents=len({r.doc_id for r in made}),
        planted=len(pairs),
        found=len(hit),
        others=others,
        seconds=round(seconds, 1),
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
