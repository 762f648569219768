"""The reference series: observations of a code and a place, by period and vintage, with their caveats."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kztext.errors import SeriesError
from kztext.timespan import parse

COLUMNS = ("indicator_code", "geo", "period", "value", "unit", "source_id", "obs_status", "indicator_name_en")
ADDED = "added"  # the folder beside series.csv that holds what users add
OWN_ORDER = 1000  # a user's own source comes before all of ours
_FACT = ("A", "")


class Observation(NamedTuple):
    """One value of one series in one release."""

    code: str
    geo: str
    period: str
    value: Decimal
    unit: str = ""
    source_id: str = ""
    status: str = "A"  # A actual, E estimate or projection, Q questionable
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A release that observations were read from."""

    source_id: str
    title: str = ""
    publisher: str = ""
    vintage: str = ""
    order: int = 0
    licence: str = ""
    notes: str = ""

    @property
    def short(self) -> str:
        """Title and vintage without what stands in brackets.

        >>> Source(source_id="x", title="World Development Indicators (API)", vintage='2025 ("Last")').short
        'World Development Indicators, 2025'
        """
        parts = (text.partition(" (")[0].partition(";")[0].strip() for text in (self.title, self.vintage))
        return ", ".join(p for p in parts if p) or self.source_id


@dataclass(slots=True)
class SeriesStore:
    """Observations by code and place; the best source of each period comes first."""

    sources: dict[str, Source] = field(default_factory=dict)
    caveats: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[Observation]] = field(default_factory=dict)
    bindings: dict[tuple[str, str], list[str]] = field(
        default_factory=dict
    )  # a user's codes: (indicator, measure)
    _series: dict[tuple[str, str], dict[str, tuple[Observation, ...]]] = field(default_factory=dict)

    def series(self, code: str, geo: str) -> dict[str, tuple[Observation, ...]]:
        """Period to its observations, without estimates and questionable ones, the preferred source first."""
        key = (code, geo)
        if key not in self._series:
            periods: dict[str, list[Observation]] = {}
            for row in self.rows.get(key, ()):
                if self.is_fact(row):
                    periods.setdefault(row.period, []).append(row)
            self._series[key] = {
                period: tuple(sorted(found, key=lambda o: self._rank(o), reverse=True))
                for period, found in periods.items()
            }
        return self._series[key]

    def at(self, code: str, geo: str, period: str) -> tuple[Observation, ...]:
        """The observations of one period, the preferred source first."""
        return self.series(code, geo).get(period, ())

    def doubtful(self, observation: Observation) -> str:
        """Why a value may not decide alone; empty where it may."""
        return next(
            (str(c["because"]) for c in self.caveats.get("avoid", ()) if _applies(c, observation)), ""
        )

    def broken(self, code: str, geo: str, first: int, last: int) -> str:
        """Why two years of a series may not be compared; empty where they may."""
        for caveat in self.caveats.get("break", ()):
            if (
                code in caveat["codes"]
                and geo == caveat.get("geo", geo)
                and first < int(caveat["at"]) <= last
            ):
                return str(caveat["because"])
        return ""

    def ratio_only(self, code: str) -> bool:
        """Whether the levels of a code mean something only against one another."""
        return any(code in caveat["codes"] for caveat in self.caveats.get("ratio_only", ()))

    def only_estimated(self, code: str, geo: str, period: str) -> bool:
        """Whether a period has values, but none that is a fact."""
        found = [row for row in self.rows.get((code, geo), ()) if row.period == period]
        return bool(found) and not any(self.is_fact(row) for row in found)

    def is_fact(self, row: Observation) -> bool:
        """Whether a value is no estimate and not questionable, or was confirmed since."""
        return row.status in _FACT or any(_applies(c, row) for c in self.caveats.get("confirmed", ()))

    def source(self, source_id: str) -> Source:
        return self.sources.get(source_id) or Source(source_id=source_id)

    def codes(self) -> list[str]:
        return sorted({code for code, _ in self.rows})

    def add(self, observations: Iterable[Observation], source: Source | None = None) -> None:
        """Take in observations; those of a source with a higher order come before the ones already there."""
        if source:
            self.sources[source.source_id] = source
        for row in observations:
            self.rows.setdefault((row.code, row.geo), []).append(row)
        self._series.clear()

    def _rank(self, row: Observation) -> tuple[bool, int, int, str]:
        preferred = any(
            c["code"] == row.code and c["source"] == row.source_id and _until(c, row.period)
            for c in self.caveats.get("prefer", ())
        )
        order = self.source(row.source_id).order
        own = order >= OWN_ORDER
        return (
            own or not self.doubtful(row),
            OWN_ORDER + order if own else int(preferred),
            order,
            row.source_id,
        )


def _until(caveat: dict[str, Any], period: str) -> bool:
    return str(caveat.get("since", "")) <= period and (
        "until" not in caveat or period[: len(str(caveat["until"]))] <= str(caveat["until"])
    )


def _applies(caveat: dict[str, Any], row: Observation) -> bool:
    return (
        row.code in caveat["codes"]
        and row.geo == caveat.get("geo", row.geo)
        and ("sources" not in caveat or row.source_id in caveat["sources"])
        and _until(caveat, row.period)
    )


def reference_folder() -> Path:
    """The folder of the series that come with kztext."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "data", *(p / "corpus" / "reference" for p in here.parents[2:5])):
        if (folder / "series.csv").is_file():
            return folder
    raise SeriesError(
        f"no series.csv in corpus/reference above {here.parents[1]}; is this a full copy of kztext?"
    )


def load_store(folder: Path | None = None, *, extra: Sequence[Path] = ()) -> SeriesStore:
    """The series of a folder, with what users added there and further tidy files, which come first.

    Raises SeriesError with file and line where a row cannot be read.
    """
    folder = folder or reference_folder()
    store = SeriesStore(caveats=_caveats(folder / "caveats.toml"), sources=_sources(folder / "sources.csv"))
    store.add(read_tidy(folder / "series.csv"))
    added = sorted((folder / ADDED).glob("*.csv")) if (folder / ADDED).is_dir() else []
    for order, path in enumerate((*added, *extra)):
        add_own(store, path, order=OWN_ORDER + order)
    return store


@lru_cache(maxsize=1)
def default_store() -> SeriesStore:
    """The series that come with kztext, loaded once."""
    return load_store()


def add_own(
    store: SeriesStore, path: Path, *, order: int = OWN_ORDER, rows: Sequence[Observation] = ()
) -> None:
    """Take a user's tidy file into the store, before ours; `indicator` and `measure` say what it checks.

    `rows` are the observations of a file in another format.
    """
    is_tidy = not rows
    rows = rows or list(read_tidy(path))
    for name in sorted({row.source_id for row in rows}):
        known = store.sources.get(name)
        if known is None:
            store.sources[name] = Source(source_id=name, title=name, order=order)
    store.add(rows)
    for binding in _bindings(path) if is_tidy else ():
        codes = store.bindings.setdefault(binding[:2], [])
        if binding[2] not in codes:
            codes.append(binding[2])


def _bindings(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        seen = {
            (row["indicator"], row.get("measure") or "level", row["indicator_code"])
            for row in csv.DictReader(lines)
            if row.get("indicator")
        }
    yield from sorted(seen)


def read_tidy(path: Path) -> Iterator[Observation]:
    """Observations of a tidy CSV file. Raises SeriesError with file and line."""
    try:
        lines = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SeriesError(f"{path}: cannot be read ({error.strerror})") from error
    with lines:
        reader = csv.reader(lines)
        try:
            header = next(reader, [])
            yield from _tidy_rows(path, reader, header)
        except UnicodeDecodeError as error:
            raise SeriesError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
        except csv.Error as error:
            raise SeriesError(f"{path}: line {reader.line_num}: {error}") from error


def _tidy_rows(path: Path, reader: Any, header: list[str]) -> Iterator[Observation]:
    missing = [c for c in COLUMNS[:4] if c not in header]
    if missing:
        raise SeriesError(
            f"{path}: no column {', '.join(missing)}; a tidy file has {', '.join(COLUMNS[:4])} "
            f"and may have {', '.join(COLUMNS[4:])}, indicator, measure (`kztext reference add` takes code "
            "and place as --code, --geo)"
        )
    place = {c: header.index(c) if c in header else -1 for c in COLUMNS}
    code, geo, period, value, unit, source, status, name = (place[c] for c in COLUMNS)
    own = path.stem
    for row in reader:
        if not row:
            continue
        if len(row) < len(header):
            raise SeriesError(
                f"{path}: line {reader.line_num} has {len(row)} cells, the header {len(header)}"
            )
        try:
            number = Decimal(row[value])
        except InvalidOperation as error:
            raise SeriesError(
                f"{path}: line {reader.line_num}: value {row[value]!r} is no number (write 12.5)"
            ) from error
        if not number.is_finite():
            raise SeriesError(
                f"{path}: line {reader.line_num}: value {row[value]!r} is no number (write 12.5)"
            )
        if parse(row[period]) is None:
            raise SeriesError(
                f"{path}: line {reader.line_num}: period {row[period]!r} is none of "
                "2024, 2024-Q1, 2024-H1, 2024-03"
            )
        if not row[code] or not row[geo]:
            raise SeriesError(f"{path}: line {reader.line_num}: indicator_code or geo is empty")
        yield Observation(
            code=row[code],
            geo=row[geo],
            period=row[period],
            value=number,
            unit=row[unit] if unit >= 0 else "",
            source_id=(row[source] if source >= 0 else "") or own,
            status=(row[status] if status >= 0 else "") or "A",
            name=row[name] if name >= 0 else "",
        )


def _sources(path: Path) -> dict[str, Source]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {
            row["source_id"]: Source(
                source_id=row["source_id"],
                title=row.get("title", ""),
                publisher=row.get("publisher", ""),
                vintage=row.get("release_vintage", ""),
                order=int(row.get("vintage_order") or 0),
                licence=row.get("licence", ""),
                notes=row.get("notes", ""),
            )
            for row in csv.DictReader(lines)
        }


def _caveats(path: Path) -> dict[str, list[dict[str, Any]]]:
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise SeriesError(f"{path}: {error}") from error
