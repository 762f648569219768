"""Records to CSV and back, and run.json.

CSV is UTF-8 with a byte order mark, comma, line feed, columns in the order of the record's fields. A text
cell that a spreadsheet would run as a formula gets an apostrophe in front; reading takes it off again.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO, TypeVar, get_type_hints

import regex

from kztext.errors import InputError
from kztext.records import ClaimRecord, Finding, IndicatorRecord

FACTS, CLAIMS, AUDIT, RUN = "facts.csv", "claims.csv", "audit.csv", "run.json"

# Beginnings that spreadsheets take for a formula, among them the full-width ones; a plain number is none.
FORMULA = regex.compile(r"'*+[=+\-@\t\r\n＝＋－＠]")
ESCAPED = regex.compile(r"'++[=+\-@\t\r\n＝＋－＠]")
PLAIN_NUMBER = regex.compile(r"[+-]?\d++(?:[.,]\d++)?+(?: ?%)?+")
QUOTED = regex.compile(r'[",\r\n]')

Record = TypeVar("Record", IndicatorRecord, ClaimRecord, Finding)


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing.

    >>> plain_decimal(Decimal("1.20E+9")), plain_decimal(Decimal("5.80")), plain_decimal(Decimal("-0.0"))
    ('1200000000', '5.8', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def write_cell(value: object) -> str:
    """One value as the text of a cell, before CSV's own quoting.

    >>> write_cell("=SUM(A1)"), write_cell("-2,6"), write_cell(("ellipsis", "local"))
    ("'=SUM(A1)", '-2,6', 'ellipsis;local')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain_decimal(value)
        case StrEnum():
            return value.value
        case float() | int():
            return repr(value)
        case tuple():
            return safe_text(";".join(str(part).replace(";", ",") for part in value))
        case _:
            return safe_text(str(value))


def safe_text(text: str) -> str:
    """A text that no spreadsheet runs; `plain_text` gives it back."""
    if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def plain_text(cell: str) -> str:
    """The text behind a cell that `safe_text` wrote.

    >>> plain_text(safe_text("'-x")) == "'-x"
    True
    """
    return cell[1:] if ESCAPED.match(cell) else cell


def csv_line(cells: Iterable[str]) -> str:
    """One line of CSV; a cell with a comma, quotation mark or line end is quoted."""
    # Not csv.writer, which leaves a lone carriage return bare.
    return ",".join('"' + c.replace('"', '""') + '"' if QUOTED.search(c) else c for c in cells) + "\n"


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a file for writing that takes its place only when all is written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="") as out:
            yield out
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_records(path: Path, kind: type[Record], records: Iterable[Record]) -> int:
    """Write records of one kind to a CSV file and give their number."""
    columns = [field.name for field in fields(kind)]
    count = 0
    with replacing(path) as out:
        out.write("\ufeff" + csv_line(columns))
        for record in records:
            out.write(csv_line(write_cell(getattr(record, column)) for column in columns))
            count += 1
    return count


def write_facts(path: Path, records: Iterable[IndicatorRecord]) -> int:
    """Write facts.csv and give the number of records."""
    return write_records(path, IndicatorRecord, records)


def write_claims(path: Path, claims: Iterable[ClaimRecord]) -> int:
    """Write claims.csv and give the number of claims."""
    return write_records(path, ClaimRecord, claims)


def write_findings(path: Path, findings: Iterable[Finding]) -> int:
    """Write audit.csv and give the number of findings."""
    return write_records(path, Finding, findings)


def write_run(path: Path, run: Mapping[str, Any]) -> None:
    """Write run.json: everything but the key `timings` is the same for the same input."""
    with replacing(path) as out:
        out.write(json.dumps(run, ensure_ascii=False, indent=2) + "\n")


def check_folder(folder: Path) -> None:
    """Raise InputError where a folder for the output cannot be made or written to."""
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    if not there.is_dir():
        raise InputError(f"{folder}: cannot hold the output, {there} is not a folder")
    if not os.access(there, os.W_OK):
        raise InputError(f"{folder}: cannot hold the output, {there} cannot be written to")


def make_folder(folder: Path) -> None:
    """Make the folder for the output. Raises InputError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made or is no folder ({error.strerror})") from error
    if not os.access(folder, os.W_OK):
        raise InputError(f"{folder}: cannot be written to")


# Reading back


def read_facts(path: Path) -> list[IndicatorRecord]:
    """Indicator records from facts.csv. Raises InputError with line and column."""
    return read_records(path, IndicatorRecord)


def read_claims(path: Path) -> list[ClaimRecord]:
    """Claims from claims.csv. Raises InputError with line and column."""
    return read_records(path, ClaimRecord)


def read_findings(path: Path) -> list[Finding]:
    """Findings from audit.csv."""
    return read_records(path, Finding)


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Records of one kind from a file; columns that the record does not have are passed over."""
    parsers = _parsers(kind)
    needed = [f.name for f in fields(kind) if f.default is MISSING]
    records: list[Record] = []
    for place, row in read_csv(path, needed):
        for name in needed:
            if not row.get(name):
                raise InputError(f"{place}: no {name}")
        values: dict[str, Any] = {}
        for name, parse in parsers.items():
            cell = row.get(name)
            if cell is None or (not cell and parse is not str):
                continue
            try:
                values[name] = parse(cell)
            except (ValueError, InvalidOperation) as error:
                raise InputError(f"{place}: {name}: {cell!r} does not fit ({_wanted(parse)})") from error
        records.append(kind(**values))
    return records


def read_csv(path: Path, needed: Iterable[str] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV file with their place (`facts.csv: line 7`); `needed` columns must be there."""
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path}: no column {', '.join(missing)} in its first line; another table?")
            for row in reader:
                cells = {key: plain_text(cell or "") for key, cell in row.items() if key}
                yield f"{path}: line {reader.line_num}", cells
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: not CSV in UTF-8 ({error})") from error


Parse = Callable[[str], Any]


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


def _decimal(cell: str) -> Decimal:
    value = Decimal(cell)
    if not value.is_finite():
        raise ValueError(cell)
    return value


def _tuple(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";"))


def _parsers(kind: type) -> dict[str, Parse]:
    """For each field the function that reads its cell."""
    own: dict[Any, Parse] = {bool: _boolean, Decimal: _decimal, tuple[str, ...]: _tuple}
    return {name: own.get(hint, hint) for name, hint in get_type_hints(kind).items()}


def _wanted(parse: Parse) -> str:
    if isinstance(parse, type) and issubclass(parse, StrEnum):
        return "one of " + ", ".join(member.value or "empty" for member in parse)
    names: Mapping[Any, str] = {_boolean: "true or false", _decimal: "a number", int: "a whole number"}
    return names.get(parse, "a number")
