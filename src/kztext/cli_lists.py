"""The commands that list and measure: numbers, rules, catalogue, predict, bench."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kztext.errors import InputError
from kztext.terminal import FAILED, Own, Paths, progress, readable, say

if TYPE_CHECKING:
    from decimal import Decimal


class Form(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"


def json_number(value: Decimal) -> int | float:
    """A decimal as JSON has it."""
    return int(value) if value == value.to_integral_value() else float(value)


def numbers(
    paths: Paths,
    form: Annotated[Form, typer.Option("--format", help="How to print.")] = Form.CSV,
    own: Own = None,
) -> None:
    """Print the numbers, quantities and periods of documents with their values, as CSV or JSONL.

    Offsets count in the text as it came.

    Example: kztext numbers report.txt --format jsonl
    """
    import json
    from dataclasses import fields

    from kztext.listing import ListedSpan, list_spans
    from kztext.read import read_documents
    from kztext.resources import load_resources
    from kztext.write import csv_line, write_cell

    resources = load_resources(own)
    errors: list[InputError] = []
    names = [field.name for field in fields(ListedSpan)]
    if form is Form.CSV:
        print(csv_line(names), end="")
    for document in progress(readable(read_documents(paths), errors)):
        for span in list_spans(document, resources):
            values = {name: getattr(span, name) for name in names}
            if form is Form.CSV:
                print(csv_line("" if v is None else write_cell(v) for v in values.values()), end="")
            else:
                print(json.dumps(values, ensure_ascii=False, default=json_number))
    if errors:
        raise typer.Exit(FAILED)


def predict(
    gold: Annotated[Path, typer.Argument(help="A benchmark file (JSONL).")],
    predictions: Annotated[Path, typer.Argument(metavar="PRED", help="File for the predictions (JSONL).")],
    task: Annotated[
        str, typer.Option(help="kk-num, kk-val, ru-num, values, kk-seg, ru-seg, ru-ind or topics.")
    ],
    labels: Annotated[
        str, typer.Option(help="Topics: those of the benchmark, or kztext's own (benchmark, kztext).")
    ] = "benchmark",
) -> None:
    """Write predictions for a benchmark file; of its rows only id, language and text are read.

    Example: kztext predict --task kk-num GOLD.jsonl PRED.jsonl
    """
    import json

    from kztext import bench
    from kztext.write import replacing

    count = 0
    with replacing(predictions) as out:
        for row in bench.predict(task, gold, labels=labels):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    say(f"{count} rows in {predictions}")


def run_bench(
    data: Annotated[Path, typer.Argument(help="Folder with the benchmark files and score.py.")] = Path(
        "../shared/benchmarks"
    ),
    goals: Annotated[Path, typer.Option(help="TOML file with the figures to print.")] = Path(
        "docs/benchmarks.toml"
    ),
    page: Annotated[Path | None, typer.Option(help="Page whose table is written anew.")] = None,
    records: Annotated[
        int, typer.Option(help="Audit this many generated records with planted conflicts; 0 for none.")
    ] = 1_000_000,
) -> None:
    """Print a table of figures on the benchmarks: task, measure, figure, the best known elsewhere, the goal.

    Example: kztext bench ../shared/benchmarks
    """
    from kztext import bench

    lines: list[str] = []
    for line in bench.table(bench.bench(data, goals), bench.speed(data / "kk-num.kaznerd.jsonl")):
        print(line, flush=True)
        lines.append(line)
    if records:
        lines.append(bench.audit_line(records))
        print(lines[-1])
    if page:
        bench.write_table(page, lines)


def rules(
    lang: Annotated[str, typer.Option(help="kk, ru or both.")] = "both",
    table: Annotated[str, typer.Option(help="One table of the packs, e.g. periods.")] = "",
) -> None:
    """List the rules of the language packs and of the audit: where they stand, their names, an example.

    Example: kztext rules --lang kk --table periods
    """
    from kztext.listing import audit_rules, pack_rules

    found = [*pack_rules(("kk", "ru") if lang == "both" else (lang,), table)]
    found += [] if table else audit_rules()
    for rule in found:
        print(f"{rule.source}\t{rule.name}\t{rule.example}")
    say(f"{len(found)} rules")


def catalogue(
    query: Annotated[
        str, typer.Argument(help="Words of an id, a name, a topic or a code; all if empty.")
    ] = "",
    own: Own = None,
) -> None:
    """List the indicators: id, topic, names in Kazakh, Russian and English, codes of their series.

    Example: kztext catalogue безработица
    """
    from kztext.catalogue import search_catalogue
    from kztext.resources import load_resources

    loaded = load_resources(own).catalogue
    found = search_catalogue(query, loaded) if query else list(loaded.indicators.values())
    for one in found:
        codes = " ".join(code for group in one.codes.values() for code in group)
        print(one.id, one.topic, one.name_kk, one.name_ru, one.name_en, codes, sep="\t")
    say(f"{len(found)} indicators")


COMMANDS: dict[str, Callable[..., None]] = {
    "numbers": numbers,
    "rules": rules,
    "catalogue": catalogue,
    "predict": predict,
    "bench": run_bench,
}
