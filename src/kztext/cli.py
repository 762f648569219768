"""The command line. Each command imports what it needs when it runs, so that a start is quick."""

from __future__ import annotations

import sys
import time
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kztext import __version__
from kztext.errors import InputError, KztextError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kztext.records import Document

DONE, FINDINGS, FAILED = 0, 1, 2

app = typer.Typer(
    help="Read Kazakh and Russian texts on the economy and write down what they say in numbers.",
    epilog="Example: kztext extract corpus/texts --out out",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders or - for standard input.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the output; made where it is missing.")]


def say(message: str) -> None:
    """A line for the person at the terminal."""
    print(message, file=sys.stderr)


def version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        print(f"kztext {__version__}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read Kazakh and Russian texts on the economy and write down what they say in numbers."""


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders or - for standard input.")
    ],
    out: OutFolder = Path("out"),
) -> None:
    """Read documents and write facts.csv, claims.csv, audit.csv and run.json.

    Folders are searched for .txt and .md files. What cannot be read is named on stderr and left out; the exit
    code is then 2.

    Example: kztext extract corpus/texts report.txt --out out
    """
    from kztext import pipeline, write
    from kztext.read import read_documents
    from kztext.resources import Resources

    clock = Clock()
    resources = Resources()
    errors: list[InputError] = []
    found = read_documents(paths, decode=pipeline.decode)
    extractions = list(pipeline.extract_documents(progress(readable(found, errors)), resources))
    clock.lap("extract")
    if not extractions:
        raise typer.Exit(FAILED)
    records = pipeline.cross_check(r for e in extractions for r in e.records)
    clock.lap("check")
    claims = [c for e in extractions for c in e.claims]
    findings = pipeline.audit(records, claims)
    clock.lap("audit")
    write.make_folder(out)
    write.write_facts(out / write.FACTS, records)
    write.write_claims(out / write.CLAIMS, claims)
    write.write_findings(out / write.AUDIT, findings)
    clock.lap("write")
    counts = {
        "documents": len(extractions),
        "records": len(records),
        "claims": len(claims),
        "findings": len(findings),
        "verdicts": dict(sorted(Counter(r.verdict.value or "none" for r in records).items())),
    }
    inputs = [
        {
            "doc_id": e.document.doc_id,
            "path": e.document.path,
            "sha256": e.document.sha256,
            "doc_date": e.document.doc_date,
            "characters": len(e.document.text),
            "records": len(e.records),
            "claims": len(e.claims),
        }
        for e in extractions
    ]
    run = {
        "version": __version__,
        "inputs": inputs,
        "errors": [str(error) for error in errors],
        "counts": counts,
        "timings": clock.laps,
    }
    write.write_run(out / write.RUN, run)
    say(f"{counts_line(counts)} in {out}")
    if errors:
        raise typer.Exit(FAILED)


def readable(found: Iterable[Document | InputError], errors: list[InputError]) -> Iterator[Document]:
    """The documents; what could not be read is said and kept in `errors`."""
    for one in found:
        if isinstance(one, InputError):
            say(f"error: {one}")
            errors.append(one)
        else:
            yield one


def counts_line(counts: dict[str, Any]) -> str:
    """The counts of a run in one line."""
    names = ("documents", "records", "claims", "findings")
    return ", ".join(f"{counts[name]} {name}" for name in names if name in counts)


class Clock:
    """Seconds from lap to lap, for run.json."""

    def __init__(self) -> None:
        self.started = self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note the seconds since the last lap."""
        now = time.perf_counter()
        self.laps[name] = round(now - self.last, 3)
        self.laps["total"] = round(now - self.started, 3)
        self.last = now


SILENT_DOCUMENTS = 50


def progress(documents: Iterable[Document]) -> Iterator[Document]:
    """Pass documents on; long runs are counted on stderr (a terminal: in place; else a line every 10 s)."""
    terminal = sys.stderr.isatty()
    pause = 0.2 if terminal else 10.0
    last = time.monotonic()
    shown = False
    for count, document in enumerate(documents, start=1):
        yield document
        if (terminal or count > SILENT_DOCUMENTS) and time.monotonic() - last >= pause:
            last, shown = time.monotonic(), True
            line, end = (f"\r{count} documents", "") if terminal else (f"{count} documents …", "\n")
            print(line, end=end, file=sys.stderr, flush=True)
    if shown and terminal:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Run the command line; an error of the user's is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except KztextError as error:
        say(f"error: {error}")
        sys.exit(FAILED)
