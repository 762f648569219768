"""The units that a quantity can have, by their id."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class CatalogueUnit:
    """A unit of the catalogue: what it measures, in how many base units, its English name."""

    id: str
    dimension: str
    factor: Decimal | None = None
    name: str = ""


@cache
def catalogue_units() -> dict[str, CatalogueUnit]:
    """The units of the catalogue by id."""
    text = resources.files("kztext.catalogue").joinpath("units.toml").read_text(encoding="utf8")
    return {
        key: CatalogueUnit(
            id=key,
            dimension=entry["dimension"],
            factor=Decimal(entry["factor"]) if "factor" in entry else None,
            name=entry.get("name", key.replace("_", " ")),
        )
        for key, entry in tomllib.loads(text).items()
    }


@cache
def money_units() -> frozenset[str]:
    """The ids of the catalogue that are money."""
    return frozenset(u.id for u in catalogue_units().values() if u.dimension in ("money", "minor_money"))


@cache
def money_codes() -> tuple[str, ...]:
    """The ISO 4217 codes of the catalogue."""
    return tuple(u.id for u in catalogue_units().values() if u.dimension == "money")
