"""Documents from files, folders and standard input, with what documents.csv says of them.

What cannot be read comes back as an InputError in its place, so that the rest of a run goes on.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from kztext.encoding import decode
from kztext.errors import InputError
from kztext.records import Document

SUFFIXES = (".txt", ".md")
TABLE = "documents.csv"
STDIN = "-"

# What people hand over by mistake, by its first bytes.
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (docx, xlsx, odt …)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)
LOOKED_AT = 65536
CONTROLS_ALLOWED = 0.02


def read_documents(
    paths: Sequence[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Document | InputError]:
    """Yield the documents of files, folders (all .txt and .md below them, in order) and "-" (standard input).

    A file that is named twice is read once. `doc_id` is the id that documents.csv gives, else the file's name
    (inside a folder: its path from there). Offsets count from the first character after a byte order mark.
    """
    tables: dict[Path, dict[str, dict[str, str]] | InputError] = {}
    seen: set[Path] = set()
    ids: set[str] = set()
    for path in paths:
        if str(path) == STDIN:
            yield _document("stdin", "", (stdin or sys.stdin.buffer).read(), {})
            continue
        for found in _files(Path(path)):
            if isinstance(found, InputError):
                yield found
                continue
            file, name = found
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            row = _row(file, Path(path), tables)
            if isinstance(row, InputError):
                yield row
                row = {}
            doc_id = row.get("id") or name
            if doc_id in ids:
                doc_id = file.as_posix()
            ids.add(doc_id)
            yield _read_file(file, doc_id, row)


def _files(path: Path) -> Iterator[tuple[Path, str] | InputError]:
    """The files that a path stands for, with their ids."""
    if not path.exists():
        yield InputError(f"{path}: no such file or folder")
    elif path.is_dir():
        errors: list[OSError] = []
        names: list[str] = []
        for folder, below, files in os.walk(path, onerror=errors.append):
            below[:] = [name for name in below if not name.startswith(".")]
            inside = Path(folder).relative_to(path)
            names += [
                (inside / name).as_posix()
                for name in files
                if name.lower().endswith(SUFFIXES) and not name.startswith(".")
            ]
        for error in errors:
            yield InputError(f"{error.filename}: cannot be read ({error.strerror})")
        if not names and not errors:
            yield InputError(f"{path}: no documents here (looked for {', '.join('*' + s for s in SUFFIXES)})")
        for name in sorted(names):
            yield path / name, name
    else:
        yield path, path.name


def _read_file(file: Path, doc_id: str, row: dict[str, str]) -> Document | InputError:
    try:
        data = file.read_bytes()
    except OSError as error:
        return InputError(f"{file}: cannot be read ({error.strerror})")
    return _document(doc_id, file.as_posix(), data, row)


def _document(doc_id: str, path: str, data: bytes, row: dict[str, str]) -> Document | InputError:
    name = path or doc_id
    for magic, what in MAGIC:
        if data.startswith(magic):
            return InputError(f"{name}: not a text but {what}; save it as plain text")
    encoding = row.get("encoding", "")
    try:
        text = data.decode(encoding) if encoding else decode(data)
    except LookupError:
        return InputError(f"{name}: unknown encoding {encoding!r} in {TABLE}")
    except UnicodeDecodeError as error:
        if b"\0" in data[:LOOKED_AT]:
            return InputError(f"{name}: not a text (zero byte at {data.index(0)})")
        wanted = encoding or "UTF-8"
        return InputError(
            f"{name}: not {wanted} at byte {error.start}; save it as UTF-8 or name its encoding in {TABLE}"
        )
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return InputError(f"{name}: empty, nothing to read")
    beginning = text[:LOOKED_AT]
    controls = [i for i, char in enumerate(beginning) if _is_control(char)]
    if len(controls) > CONTROLS_ALLOWED * len(beginning):
        return InputError(
            f"{name}: not a text (control character U+{ord(text[controls[0]]):04X} at {controls[0]})"
        )
    return Document(
        doc_id=doc_id,
        text=text,
        doc_date=row.get("date", ""),
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and not char.isspace()


def _row(
    file: Path, root: Path, tables: dict[Path, dict[str, dict[str, str]] | InputError]
) -> dict[str, str] | InputError:
    """What the nearest documents.csv says of a file: in its folder, or above it up to the folder over `root`.

    Links are not followed: a linked file belongs to the folder it is found in.
    """
    file, root = file.absolute(), root.absolute()
    top = root.parent if root.is_dir() else root.parent.parent
    folder = file.parent
    while True:
        if folder not in tables:
            tables[folder] = _table(folder / TABLE)
        table = tables[folder]
        if isinstance(table, InputError):
            tables[folder] = {}  # said once
            return table
        name = file.relative_to(folder).as_posix()
        if name in table:
            return table[name]
        if folder == top or folder == folder.parent:
            return {}
        folder = folder.parent


def _table(path: Path) -> dict[str, dict[str, str]] | InputError:
    """Rows of a documents.csv by file; one without the column `file` is somebody else's, so none."""
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if "file" not in (rows.fieldnames or ()):
                return {}
            return {row["file"] or "": {k: v or "" for k, v in row.items() if k} for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return InputError(f"{path}: cannot be read ({error})")


def read_jsonl(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The objects of a JSONL file with their places. Raises InputError with the line that is not in order."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from error
    rows: list[tuple[str, dict[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}: line {number}"
        try:
            row = json.loads(line, parse_float=Decimal)
        except json.JSONDecodeError as error:
            raise InputError(f"{place}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise InputError(f"{place}: not an object")
        rows.append((place, row))
    return rows
