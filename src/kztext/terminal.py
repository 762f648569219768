"""What the commands share: exit codes, lines on stderr, progress and the clock of a run."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kztext.errors import InputError
from kztext.nlp.engine import Engine, EngineName, choose_engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kztext.records import Document

DONE, FINDINGS, FAILED = 0, 1, 2

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders or - for standard input.")
]
Own = Annotated[
    Path | None,
    typer.Option("--catalogue", help="Your own indicators, places and units (TOML); see docs/catalogue.md."),
]
OwnSeries = Annotated[
    list[Path] | None,
    typer.Option("--series", help="Your own series: a CSV file or a folder of them; see docs/reference.md."),
]

EngineOption = Annotated[
    EngineName,
    typer.Option(
        "--engine", help="Words, tags and parse that refine what the rules read; see docs/engines.md."
    ),
]
StanzaDir = Annotated[
    Path | None,
    typer.Option("--stanza-dir", help="Folder with official packages of Stanza, for --engine stanza."),
]


def engine_of(name: EngineName, stanza_dir: Path | None) -> Engine | None:
    """The engine that the options choose; None for the rules alone."""
    if stanza_dir is not None and name is not EngineName.STANZA:
        raise typer.BadParameter("--stanza-dir needs --engine stanza")
    return choose_engine(name, stanza_dir)


def say(message: str) -> None:
    """A line for the person at the terminal."""
    print(message, file=sys.stderr)


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
    return ", ".join(
        f"{counts[name]} {name[:-1] if counts[name] == 1 else name}" for name in names if name in counts
    )


class Clock:
    """Seconds from lap to lap, for run.json."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Note the seconds since the last lap."""
        now = time.perf_counter()
        self.laps[name] = round(now - self.last, 3)
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
