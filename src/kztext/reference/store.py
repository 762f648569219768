"""Series that users bring: read four formats, check them, keep them beside ours.

Tidy CSV (a row a value), the World Bank's wide CSV, the IMF's WEO table and SDMX-CSV all become observations;
`add` writes them as tidy CSV into the folder `added` of the reference series, where they come before ours.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path

import regex

from kztext.errors import SeriesError
from kztext.reference.definitions import definitions
from kztext.reference.series import (
    ADDED,
    COLUMNS,
    OWN_ORDER,
    Observation,
    SeriesStore,
    add_own,
    load_store,
    read_tidy,
    reference_folder,
)
from kztext.timespan import parse

MEASURES = ("level", "change", "index", "share")
_YEAR = regex.compile(r"(\d{4})(?: \[YR\d{4}\])?")
_EMPTY = ("", "..", "n/a", "N/A", "NA", "NaN", "--", "-", "…")
_SDMX_PERIOD = regex.compile(r"(\d{4})-?(?:(Q[1-4])|(?:S|H)([12])|M?(\d{2}))")
_SDMX_STATUS = {
    "": "A",
    "A": "A",
    "E": "E",
    "F": "E",
    "P": "A",
    "B": "A",
    "U": "Q",
    "S": "A",
    "N": "A",
    "R": "A",
}
_MULTIPLIERS = {3: "thousand", 6: "mn", 9: "bn", 12: "trn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesInfo:
    """One series for a list: what it is, where it is from, what it holds."""

    code: str
    geo: str
    name: str
    unit: str
    frequency: str
    first: str
    last: str
    count: int
    sources: tuple[str, ...]
    indicators: tuple[str, ...]


def read_series(
    path: Path, *, code: str = "", geo: str = "", unit: str = "", source: str = "", kind: str = ""
) -> list[Observation]:
    """The observations of a file in any of the four formats, which is told by its header.

    `code`, `geo` and `unit` fill what the file does not say. Raises SeriesError with file and line.
    """
    text = _decoded(path)
    kind = kind or format_of(text)
    readers = {"world_bank": _world_bank, "weo": _weo, "sdmx": _sdmx}
    if kind == "tidy":
        rows = list(read_tidy(path)) if not (code or geo) else list(_filled_tidy(path, text, code, geo))
    elif kind in readers:
        rows = list(readers[kind](path, text))
    else:
        raise SeriesError(
            f"{path}: the header is none of a tidy CSV ({', '.join(COLUMNS[:4])}), a World Bank CSV "
            "(Country Name, Country Code, Indicator Code, years), a WEO table (ISO, WEO Subject Code, years) "
            "or SDMX-CSV (REF_AREA, TIME_PERIOD, OBS_VALUE)"
        )
    if not rows:
        raise SeriesError(f"{path}: no values")
    filled = [
        r._replace(
            code=r.code or code,
            geo=r.geo or geo,
            unit=r.unit or unit,
            source_id=source or r.source_id or path.stem,
        )
        for r in rows
    ]
    if any(not r.code or not r.geo for r in filled):
        raise SeriesError(
            f"{path}: the file does not say code and place of every value; name them (--code, --geo)"
        )
    return filled


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SeriesError(f"{path}: cannot be read ({error.strerror})") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise SeriesError(f"{path}: a workbook or archive; save the sheet as CSV (UTF-8) first")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeriesError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def format_of(text: str) -> str:
    """Which of the formats a text is in; empty for none.

    >>> format_of("indicator_code,geo,period,value\\n"), format_of("REF_AREA,TIME_PERIOD,OBS_VALUE\\n")
    ('tidy', 'sdmx')
    """
    head = text[:4000]
    first = head.partition("\n")[0]
    if "OBS_VALUE" in first and "TIME_PERIOD" in first:
        return "sdmx"
    if "WEO Subject Code" in head:
        return "weo"
    if "Indicator Code" in head and "Country Code" in head:
        return "world_bank"
    columns = {c.strip().strip('"') for c in first.split(",")}
    return "tidy" if {"period", "value"} <= columns else ""


def _filled_tidy(path: Path, text: str, code: str, geo: str) -> Iterator[Observation]:
    """A tidy file without the columns of code or place, which the caller names."""
    for line, row in _rows(text):
        yield Observation(
            code=row.get("indicator_code") or code,
            geo=row.get("geo") or geo,
            period=_period(path, line, row.get("period", "")),
            value=_number(path, line, row.get("value", "")),
            unit=row.get("unit", ""),
            source_id=row.get("source_id", ""),
            status=row.get("obs_status") or "A",
            name=row.get("indicator_name_en", ""),
        )


def _rows(text: str, *, header: str = "", delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their line, from the line that starts with or holds `header` on."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if header in line), 0)
    reader = csv.DictReader(io.StringIO("\n".join(lines[start:])), delimiter=delimiter)
    for row in reader:
        yield (
            start + reader.line_num,
            {(k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str)},
        )


def _number(path: Path, line: int, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation as error:
        raise SeriesError(f"{path}: line {line}: value {text!r} is no number (write 12.5)") from error
    if not number.is_finite():
        raise SeriesError(f"{path}: line {line}: value {text!r} is no number (write 12.5)")
    return number


def _period(path: Path, line: int, text: str) -> str:
    if parse(text) is None:
        raise SeriesError(f"{path}: line {line}: period {text!r} is none of 2024, 2024-Q1, 2024-H1, 2024-03")
    return text


def _world_bank(path: Path, text: str) -> Iterator[Observation]:
    """The World Bank's wide CSV: a row a country and indicator, a column a year."""
    name = "Country Code" if "Country Code" in text else ""
    for line, row in _rows(text, header=name):
        for column, cell in row.items():
            year = _YEAR.fullmatch(column)
            if year and cell not in _EMPTY:
                yield Observation(
                    code=row.get("Indicator Code") or row.get("Series Code", ""),
                    geo=row.get("Country Code", ""),
                    period=year[1],
                    value=_number(path, line, cell),
                    name=row.get("Indicator Name") or row.get("Series Name", ""),
                )


def _weo(path: Path, text: str) -> Iterator[Observation]:
    """The IMF's WEO table: a row a country and subject; years after the last actual one are estimates."""
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    scales = {"Billions": " bn", "Millions": " mn", "Thousands": " thousand"}
    for line, row in _rows(text, header="WEO Subject Code", delimiter=delimiter):
        if not row.get("ISO"):
            continue
        actual = row.get("Estimates Start After", "")
        unit = (row.get("Units", "") + scales.get(row.get("Scale", ""), "")).strip()
        for column, cell in row.items():
            if _YEAR.fullmatch(column) and cell not in _EMPTY:
                yield Observation(
                    code=row.get("WEO Subject Code", ""),
                    geo=row["ISO"],
                    period=column,
                    value=_number(path, line, cell),
                    unit=unit,
                    status="E" if actual[:4].isdigit() and int(column) > int(actual[:4]) else "A",
                    name=row.get("Subject Descriptor", ""),
                )


def _sdmx(path: Path, text: str) -> Iterator[Observation]:
    """SDMX-CSV: one row a value, a column a dimension; an id in front of a colon is taken."""
    for line, row in _rows(text, delimiter=";" if ";" in text.partition("\n")[0] else ","):
        cells = {k.partition(":")[0]: v.partition(": ")[0] for k, v in row.items()}
        if cells.get("OBS_VALUE", "") in _EMPTY:
            continue
        exponent = cells.get("UNIT_MULT", "")
        power = int(exponent) if exponent.isdigit() else 0
        unit = " ".join(x for x in (cells.get("UNIT_MEASURE", ""), _MULTIPLIERS.get(power, "")) if x)
        yield Observation(
            code=next(
                (cells[c] for c in ("INDICATOR", "SERIES", "SUBJECT", "MEASURE", "VARIABLE") if cells.get(c)),
                "",
            ),
            geo=cells.get("REF_AREA") or cells.get("LOCATION", ""),
            period=_period(path, line, _sdmx_period(cells.get("TIME_PERIOD", ""))),
            value=_number(path, line, cells["OBS_VALUE"]),
            unit=unit,
            status=_SDMX_STATUS.get(cells.get("OBS_STATUS", ""), "A"),
        )


def _sdmx_period(text: str) -> str:
    """An SDMX period as we write it.

    >>> _sdmx_period("2024-S1"), _sdmx_period("2024M3"), _sdmx_period("2024Q2"), _sdmx_period("2024")
    ('2024-H1', '2024-M3', '2024-Q2', '2024')
    """
    match = _SDMX_PERIOD.fullmatch(text)
    if not match:
        return regex.sub(r"^(\d{4})-?M(\d)$", r"\1-M\2", text)
    year, quarter, half, month = match.groups()
    return f"{year}-{quarter or (half and f'H{half}') or month}"


def problems(rows: Sequence[Observation]) -> list[str]:
    """What is doubtful in observations: values twice, gaps, jumps by a thousand; empty if nothing."""
    found: list[str] = []
    twice = Counter((r.code, r.geo, r.period, r.source_id) for r in rows)
    found += [
        f"{code} {geo} {period}: {n} values from {source}"
        for (code, geo, period, source), n in twice.items()
        if n > 1
    ]
    series: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for row in rows:
        series[(row.code, row.geo, row.source_id)].append(row)
    for (code, geo, _), values in sorted(series.items()):
        frequencies = {frequency_of(r.period) for r in values}
        if len(frequencies) > 1:
            found.append(f"{code} {geo}: periods of several frequencies ({', '.join(sorted(frequencies))})")
        units = {r.unit for r in values}
        if len(units) > 1:
            found.append(f"{code} {geo}: several units ({', '.join(sorted(units))})")
        if units == {""}:
            found.append(f"{code} {geo}: no unit; name it (--unit) so that levels can be compared")
        years = sorted({int(r.period) for r in values if len(r.period) == 4})
        gaps = sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else []
        if gaps:
            found.append(
                f"{code} {geo}: no value for {', '.join(map(str, gaps[:5]))}{' …' if len(gaps) > 5 else ''}"
            )
        found += _jumps(code, geo, sorted(values, key=lambda r: r.period))
    return found


def _jumps(code: str, geo: str, values: Sequence[Observation]) -> Iterator[str]:
    for before, after in pairwise(values):
        small, large = sorted((abs(before.value), abs(after.value)))
        if small > 1 and large / small >= 900:
            yield f"{code} {geo} {after.period}: {after.value} after {before.value}; has the scale changed?"


def frequency_of(period: str) -> str:
    """The frequency of a series with such a period.

    >>> frequency_of("2024"), frequency_of("2024-Q1"), frequency_of("2024-03")
    ('annual', 'quarterly', 'monthly')
    """
    span = parse(period)
    if span is None:
        return "unknown"
    if span.day:
        return "daily"
    return {12: "annual", 6: "half-yearly", 3: "quarterly", 1: "monthly"}.get(span.months, "other")


def add(
    path: Path,
    *,
    folder: Path | None = None,
    code: str = "",
    geo: str = "",
    unit: str = "",
    source: str = "",
    indicator: str = "",
    measure: str = "level",
    replace_existing: bool = False,
) -> tuple[Path, list[str]]:
    """Take a user's file into the reference series: the file written, and what is doubtful in it.

    `indicator` and `measure` say which records a code of the user's own checks; codes of our table need none.
    Raises SeriesError where the file cannot be read, names an unknown measure or is there already.
    """
    rows = read_series(path, code=code, geo=geo, unit=unit, source=source)
    if measure not in MEASURES:
        raise SeriesError(f"unknown measure {measure!r} (have: {', '.join(MEASURES)})")
    known = {c for ds in definitions().values() for d in ds for c in d.codes}
    doubts = problems(rows)
    strange = sorted({r.code for r in rows} - known)
    if strange and not indicator:
        doubts.append(f"{', '.join(strange[:5])}: checks nothing; name the indicator (--indicator)")
    target = (folder or reference_folder()) / ADDED / f"{path.stem}.csv"
    if target.exists() and not replace_existing:
        raise SeriesError(f"{target}: is there already; replace it (--replace) or give the file another name")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_tidy(target, rows, indicator=indicator, measure=measure)
    except OSError as error:
        raise SeriesError(
            f"{target}: cannot be written ({error.strerror}); give the file to a run instead (--series)"
        ) from error
    return target, doubts


def store_with(paths: Sequence[Path]) -> SeriesStore:
    """Our series with those of a user's files, and of the CSV files in a user's folders, which come first.

    Raises SeriesError where a path is absent, a folder has no CSV file, or a file cannot be read.
    """
    store = load_store()
    for order, path in enumerate(_csv_files(paths), start=OWN_ORDER + 500):
        rows = [] if format_of(_decoded(path)) == "tidy" else read_series(path)
        add_own(store, path, order=order, rows=rows)
    return store


def _csv_files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise SeriesError(f"{path}: no such file or folder")
        found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not found:
            raise SeriesError(f"{path}: no series here (looked for *.csv)")
        yield from found


def write_tidy(path: Path, rows: Iterable[Observation], *, indicator: str = "", measure: str = "") -> None:
    """Write observations as tidy CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*COLUMNS, "indicator", "measure"])
        for r in sorted(rows, key=lambda r: (r.code, r.geo, r.period, r.source_id)):
            cells = (r.code, r.geo, r.period, f"{r.value:f}", r.unit, r.source_id, r.status, r.name)
            writer.writerow([*cells, indicator, measure if indicator else ""])


def remove(name: str, *, folder: Path | None = None) -> Path:
    """Take a user's file out again. Raises SeriesError with what is there."""
    place = (folder or reference_folder()) / ADDED
    target = place / f"{Path(name).stem}.csv"
    if not target.is_file():
        have = ", ".join(sorted(p.stem for p in place.glob("*.csv"))) or "none"
        raise SeriesError(f"{name}: no series added under that name (have: {have})")
    target.unlink()
    return target


def series_list(store: SeriesStore, *, pattern: str = "", geo: str = "") -> list[SeriesInfo]:
    """The series of a store whose code or name holds the pattern, by code and place."""
    checks: dict[str, list[str]] = defaultdict(list)
    for indicator, found in definitions().items():
        for definition in found:
            for code in definition.codes:
                checks[code].append(indicator)
    for (indicator, _), codes in store.bindings.items():
        for code in codes:
            checks[code].append(indicator)
    wanted = pattern.casefold()
    infos = []
    for (code, place), rows in sorted(store.rows.items()):
        if (geo and place != geo) or (
            wanted not in code.casefold() and wanted not in rows[0].name.casefold()
        ):
            continue
        periods = sorted({r.period for r in rows})
        infos.append(
            SeriesInfo(
                code=code,
                geo=place,
                name=rows[0].name,
                unit=rows[0].unit,
                frequency=frequency_of(periods[0]),
                first=periods[0],
                last=periods[-1],
                count=len(rows),
                sources=tuple(sorted({r.source_id for r in rows})),
                indicators=tuple(dict.fromkeys(checks.get(code, ()))),
            )
        )
    return infos


def check_all(folder: Path | None = None) -> list[str]:
    """What is not in order in the reference folder: unknown sources, codes without values, odd files."""
    store = load_store(folder)
    found = []
    for definition in (d for ds in definitions().values() for d in ds):
        found += [
            f"{definition.indicator}: no series {c}" for c in definition.codes if c not in set(store.codes())
        ]
    unknown = sorted({r.source_id for rows in store.rows.values() for r in rows} - set(store.sources))
    found += [f"sources.csv: no source {name!r}" for name in unknown]
    for kind, caveats in store.caveats.items():
        for caveat in caveats:
            for code in caveat.get("codes", [caveat.get("code", "")]):
                if code not in store.codes():
                    found.append(f"caveats.toml: {kind}: no series {code!r}")
    for path in sorted(((folder or reference_folder()) / ADDED).glob("*.csv")):
        found += [f"{path.name}: {p}" for p in problems(list(read_tidy(path)))]
    return found


__all__ = [
    "SeriesInfo",
    "add",
    "add_own",
    "check_all",
    "problems",
    "read_series",
    "remove",
    "series_list",
    "store_with",
    "write_tidy",
]
