"""The cross-check: indicator records against curated series, with verdict, source, vintage and arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.records import LEARNED, IndicatorRecord, Verdict
from kztext.reference.compare import verdict_of
from kztext.reference.definitions import definitions
from kztext.reference.series import SeriesStore, default_store, load_store

__all__ = ["SeriesStore", "check", "default_store", "load_store"]


def check(records: Sequence[IndicatorRecord], *, series: SeriesStore | None = None) -> list[IndicatorRecord]:
    """The records with their verdicts; `series` takes the place of the series that come with kztext."""
    if not records:
        return []
    store = series or default_store()
    return [_sourced(_fair(verdict_of(record, store), record), store) for record in records]


def _fair(judged: IndicatorRecord, record: IndicatorRecord) -> IndicatorRecord:
    """What a series says of a record, unless it refutes a guess of the linker, which accuses nobody."""
    if judged.verdict is not Verdict.REFUTED or LEARNED not in record.flags:
        return judged
    why = "not checkable: no indicator is named, the one given is learned"
    return replace(record, verdict=Verdict.NOT_CHECKABLE, reference_computation=why)


def _sourced(record: IndicatorRecord, store: SeriesStore) -> IndicatorRecord:
    """The record with its source spelled out: code, definition, publisher and vintage."""
    if not record.reference_source:
        return record
    source = store.source(record.reference_source)
    names = [d.name for d in definitions().get(record.indicator, ()) if record.code in d.codes]
    text = f"{record.code} ({names[0]})" if names else record.code
    return replace(record, reference_source=f"{text}: {source.short}")
