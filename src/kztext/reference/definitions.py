"""The definitions table: which series can check a record, in which sense."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kztext.errors import SeriesError
from kztext.records import IndicatorRecord
from kztext.reference.series import SeriesStore

KINDS = ("growth", "rate", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One standard definition of an indicator and the codes that hold it, best first."""

    indicator: str
    name: str
    kind: str
    codes: tuple[str, ...]
    measures: tuple[str, ...]
    units: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    geos: tuple[str, ...] = ()
    basis: str = ""
    proxy: bool = False
    loose: bool = False
    unsigned: bool = False
    summable: bool = False
    margin: Decimal = Decimal(0)

    def answers(self, record: IndicatorRecord) -> bool:
        """Whether this definition speaks of what the record says."""
        return (
            record.measure in self.measures
            and (not self.units or record.unit in self.units)
            and (not self.share_of or record.measure != "share" or record.share_of in self.share_of)
            and (not self.geos or record.geo in self.geos)
            and not (self.basis and record.price_basis and self.basis != record.price_basis)
            and not (self.basis == "nominal" and _bare_growth(record))
        )


def _bare_growth(record: IndicatorRecord) -> bool:
    """Growth in percent of which the text does not say that it is nominal: it is meant in real terms."""
    return (
        record.measure != "level"
        and record.unit == "percent"
        and record.price_basis != "nominal"
        and record.indicator in ("gdp", "gdp_per_capita")
    )


@lru_cache(maxsize=1)
def definitions() -> dict[str, tuple[Definition, ...]]:
    """Indicator to its definitions, in order of preference. Raises SeriesError for a table not in order."""
    path = files("kztext.catalogue") / "series.toml"
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("definition", [])
    found: dict[str, list[Definition]] = {}
    for number, row in enumerate(rows, 1):
        where = f"catalogue/series.toml: definition {number} ({row.get('indicator')}: {row.get('name')})"
        try:
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
            values["margin"] = Decimal(str(values.get("margin", "0")))
            definition = Definition(**values)
        except TypeError as error:
            raise SeriesError(f"{where}: {error}") from error
        if definition.kind not in KINDS:
            raise SeriesError(f"{where}: unknown kind {definition.kind!r} (have: {', '.join(KINDS)})")
        found.setdefault(definition.indicator, []).append(definition)
    return {indicator: tuple(rows) for indicator, rows in found.items()}


def own(record: IndicatorRecord, store: SeriesStore) -> tuple[Definition, ...]:
    """The definitions that users' series make for an indicator; they come before ours."""
    measure = str(record.measure)
    codes = tuple(
        c for c in store.bindings.get((record.indicator, measure), ()) if _in_unit(c, record, store)
    )
    if not codes:
        return ()
    growth = measure in ("change", "index")
    kind = "growth" if growth else "rate" if record.unit == "percent" else "amount"
    return (
        Definition(
            indicator=record.indicator, name="series of the user", kind=kind, codes=codes, measures=(measure,)
        ),
    )


def _in_unit(code: str, record: IndicatorRecord, store: SeriesStore) -> bool:
    """Whether a user's series is in the unit of a record, as far as it says its unit."""
    unit = next((r.unit for (c, _), rows in store.rows.items() if c == code for r in rows[:1]), "")
    percent = "%" in unit or "percent" in unit.casefold()
    return not unit or (
        percent == (record.unit == "percent") and (percent or not record.unit or record.unit in unit)
    )
