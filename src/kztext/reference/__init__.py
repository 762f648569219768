"""The cross-check: indicator records against curated series, with verdict, source, vintage and arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.records import IndicatorRecord
from kztext.reference.compare import verdict_of
from kztext.reference.definitions import definitions
from kztext.reference.series import SeriesStore, default_store, load_store

__all__ = ["SeriesStore", "check", "default_store", "load_store"]


def check(records: Sequence[IndicatorRecord], *, series: SeriesStore | None = None) -> list[IndicatorRecord]:
    """The records with their verdicts; `series` takes the place of the series that come with kztext."""
    if not records:
        return []
    store = series or default_store()
    return [_sourced(verdict_of(record, store), store) for record in records]


def _sourced(record: IndicatorRecord, store: SeriesStore) -> IndicatorRecord:
    """The record with its source spelled out: code, definition, publisher and vintage."""
    if not record.reference_source:
        return record
    source = store.source(record.reference_source)
    names = [d.name for d in definitions().get(record.indicator, ()) if record.code in d.codes]
    text = f"{record.code} ({names[0]})" if names else record.code
    return replace(record, reference_source=f"{text}: {source.short}")
