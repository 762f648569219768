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
    told_in: str = ""  # the unit that records have in its place


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
            told_in=entry.get("told_in", ""),
        )
        for key, entry in tomllib.loads(text).items()
    }


def told_in(unit: str) -> tuple[str, Decimal]:
    """The unit that records have in the place of one, and how many of it that is.

    >>> told_in("cubic_km"), told_in("tonne")
    (('cubic_metre', Decimal('1E+9')), ('tonne', Decimal('1')))
    """
    known = catalogue_units()
    entry = known.get(unit)
    if entry is None or not entry.told_in or entry.factor is None:
        return unit, Decimal(1)
    return entry.told_in, (entry.factor / (known[entry.told_in].factor or 1)).normalize()


@cache
def money_units() -> frozenset[str]:
    """The ids of the catalogue that are money."""
    return frozenset(u.id for u in catalogue_units().values() if u.dimension in ("money", "minor_money"))


@cache
def money_codes() -> tuple[str, ...]:
    """The ISO 4217 codes of the catalogue."""
    return tuple(u.id for u in catalogue_units().values() if u.dimension == "money")
