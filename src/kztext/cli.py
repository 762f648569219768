"""The command line. Each command imports what it needs when it runs, so that a start is quick."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kztext import __version__
from kztext.cli_lists import COMMANDS
from kztext.cli_reference import REFERENCE_COMMANDS
from kztext.errors import InputError, KztextError
from kztext.nlp.engine import EngineName
from kztext.terminal import (
    FAILED,
    FINDINGS,
    Clock,
    EngineOption,
    Own,
    OwnSeries,
    Paths,
    StanzaDir,
    counts_line,
    engine_of,
    progress,
    readable,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kztext.goldsets import GoldSet
    from kztext.records import ClaimRecord, Finding, IndicatorRecord
    from kztext.reference import SeriesStore
    from kztext.resources import Resources

YOUNG = 100_000  # new objects before garbage is looked for: what packs are built into is kept

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


class Language(StrEnum):
    EN = "en"
    KK = "kk"
    RU = "ru"


Messages = Annotated[Language, typer.Option("--messages", help="Language of the findings' messages.")]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the output; made where it is missing.")]


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
    paths: Paths,
    out: OutFolder = Path("out"),
    messages: Messages = Language.EN,
    own: Own = None,
    series: OwnSeries = None,
    engine: EngineOption = EngineName.RULES,
    stanza_dir: StanzaDir = None,
) -> None:
    """Read documents and write facts.csv, claims.csv, audit.csv and run.json.

    Folders are searched for .txt and .md files. What cannot be read is named on stderr and left out; the exit
    code is then 2.

    Example: kztext extract corpus/texts report.txt --out out
    """
    from kztext import pipeline, write
    from kztext.read import read_documents
    from kztext.resources import load_resources

    clock = Clock()
    write.check_folder(out)
    resources = load_resources(own, engine=engine_of(engine, stanza_dir))
    store = own_series(series)
    errors: list[InputError] = []
    found = read_documents(paths)
    extractions = list(pipeline.extract_documents(progress(readable(found, errors)), resources))
    clock.lap("extract")
    if not extractions:
        raise typer.Exit(FAILED)
    records = pipeline.cross_check((r for e in extractions for r in e.records), series=store)
    clock.lap("check")
    claims = [c for e in extractions for c in e.claims]
    findings = pipeline.audit(records, claims, language=messages.value)
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
        "engine": engine.value,
        "inputs": inputs,
        "errors": [str(error) for error in errors],
        "counts": counts,
        "timings": clock.laps,
    }
    write.write_run(out / write.RUN, run)
    say(f"{counts_line(counts)} in {out}")
    if errors:
        raise typer.Exit(FAILED)


def own_series(paths: list[Path] | None) -> SeriesStore | None:
    """Our series with a user's files; None where there are none."""
    if not paths:
        return None
    from kztext.reference.store import store_with

    return store_with(paths)


@app.command()
def score(
    gold: Annotated[
        Path, typer.Argument(help="Folder with records.jsonl or audit.jsonl, or with folders that have one.")
    ],
    facts: Annotated[
        Path | None, typer.Option("--out", help="Score the files in this folder instead of extracting anew.")
    ] = None,
    ceiling: Annotated[
        bool, typer.Option(help="Check and audit gold's own records: the best that extraction could give.")
    ] = False,
    floor: Annotated[
        Path | None, typer.Option(help="TOML file with the figures reached; exit code 1 if one is worse.")
    ] = None,
    errors: Annotated[
        int, typer.Option(help="Show the first N mistakes of each set but the held-out one.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Print how often records of each confidence are right.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option(help="Page whose table of confidences is written anew.")
    ] = None,
    engine: EngineOption = EngineName.RULES,
    stanza_dir: StanzaDir = None,
) -> None:
    """Compare records, claims, verdicts and findings with gold, per language and field.

    Example: kztext score corpus/gold --errors 10
    """
    from kztext import goldsets
    from kztext.calibration import Calibration, calibration_table, replaced
    from kztext.resources import Resources

    resources = Resources(engine=engine_of(engine, stanza_dir))
    scores: dict[str, goldsets.SetScore] = {}
    parts: dict[str, Calibration] = {}
    for gold_set in goldsets.gold_sets(gold):
        rows = gold_set.rows("records")
        if ceiling and not rows:
            continue
        found = results(gold_set, facts, resources, ceiling=ceiling)
        scores[gold_set.name] = goldsets.score_set(gold_set, *found)
        part = "held out" if gold_set.name.startswith(goldsets.HELD_OUT) else "tuned on"
        if rows:
            parts.setdefault(part, Calibration()).add(rows, found[0])
    if calibration or page:
        lines = list(calibration_table(dict(sorted(parts.items(), reverse=True))))
        print("\n".join(lines))
        if page:
            replaced(page, "calibration", lines)
    elif as_json:
        import json

        print(json.dumps({name: one.figures() for name, one in scores.items()}, indent=1))
    else:
        for name, one in scores.items():
            print(goldsets.table(name, one, errors=errors))
    worse = goldsets.below_floor(floor, scores) if floor else []
    for line in worse:
        say(line)
    if worse:
        raise typer.Exit(FINDINGS)


def results(
    gold: GoldSet, out: Path | None, resources: Resources, *, ceiling: bool
) -> tuple[list[IndicatorRecord], list[ClaimRecord], list[Finding]]:
    """Records, claims and findings to score: of an output folder, of gold itself, or extracted now."""
    from kztext import pipeline, write
    from kztext.read import read_documents

    if out:
        records = write.read_facts(out / write.FACTS)
        docs = {path.stem for path in gold.texts}
        return (
            [r for r in records if Path(r.doc_id).stem in docs],
            write.read_claims(out / write.CLAIMS),
            write.read_findings(out / write.AUDIT),
        )
    if ceiling:
        texts = {path.parent for path in gold.texts}
        records = records_of(gold.folder / "records.jsonl", texts)
        claims_path = gold.folder / "claims.jsonl"
        claims = claims_of(claims_path, texts) if claims_path.exists() else []
    else:
        found = read_documents(list(gold.texts))
        extractions = list(pipeline.extract_documents(readable(found, []), resources))
        records = [r for e in extractions for r in e.records]
        claims = [c for e in extractions for c in e.claims]
    records = pipeline.cross_check(records)
    return records, claims, pipeline.audit(records, claims)


def records_of(path: Path, texts: Iterable[Path] = ()) -> list[IndicatorRecord]:
    """Records from a CSV file or, in the format of gold, from JSONL (its texts in a folder near it)."""
    if path.suffix != ".jsonl":
        from kztext.write import read_facts

        return read_facts(path)
    from kztext.gold import records_from_gold

    return records_from_gold(path, texts=[*texts, *beside(path)])


def beside(path: Path) -> list[Path]:
    """The folders near a file of records in which its texts may lie."""
    near, above = path.resolve().parent, path.resolve().parent.parent
    return [
        near / "texts",
        near,
        near / path.stem,
        above / path.stem,
        above / "texts",
        above.parent / "texts",
    ]


def told_in(texts: Iterable[Path], records: Iterable[IndicatorRecord]) -> list[ClaimRecord]:
    """The claims of the texts that hand-made records were taken from, as far as the texts are found."""
    from kztext import pipeline
    from kztext.read import read_documents
    from kztext.resources import Resources

    docs = dict.fromkeys(record.doc_id for record in records)
    folders = list(texts)
    paths = [next((f / doc for f in folders if (f / doc).is_file()), None) for doc in docs]
    found = readable(read_documents([path for path in paths if path is not None]), [])
    return [claim for one in pipeline.extract_documents(found, Resources()) for claim in one.claims]


def claims_of(path: Path, texts: Iterable[Path] = ()) -> list[ClaimRecord]:
    """Claims from a CSV file or from JSONL."""
    if path.suffix != ".jsonl":
        from kztext.write import read_claims

        return read_claims(path)
    from kztext.gold import claims_from_gold

    return claims_from_gold(path, texts=[*texts, *beside(path)])


@app.command()
def audit(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Output of extract: facts.csv and claims.csv.")
    ] = None,
    records_file: Annotated[
        Path | None, typer.Option("--records", help="Records in CSV or JSONL, instead of DIR.")
    ] = None,
    claims_file: Annotated[Path | None, typer.Option("--claims", help="Claims in CSV or JSONL.")] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder with the texts of JSONL records; else a folder near the file is looked for."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the output; else DIR.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 where there is a finding like this.")] = (
        FailOn.NEVER
    ),
    messages: Messages = Language.EN,
    series: OwnSeries = None,
) -> None:
    """Check records against the reference series and against one another.

    Writes facts.csv (with verdicts), claims.csv and audit.csv and prints the findings, the gravest first.

    Example: kztext audit out --fail-on error
    """
    from kztext import pipeline, write

    if (folder is None) == (records_file is None):
        raise typer.BadParameter("give DIR or --records FILE, one of them")
    if folder is not None:
        records_file, claims_file = folder / write.FACTS, claims_file or folder / write.CLAIMS
        out = out or folder
    assert records_file is not None
    folders = [*(texts or ()), *beside(records_file)]
    records = pipeline.cross_check(records_of(records_file, folders), series=own_series(series))
    claims = claims_of(claims_file, folders) if claims_file and claims_file.exists() else []
    if claims_file is None and records_file.suffix == ".jsonl":
        claims = told_in(folders, records)
    findings = pipeline.audit(records, claims, language=messages.value)
    if out:
        write.make_folder(out)
        write.write_facts(out / write.FACTS, records)
        write.write_claims(out / write.CLAIMS, claims)
        write.write_findings(out / write.AUDIT, findings)
    gravest = ("error", "warning", "info")
    for finding in sorted(findings, key=lambda f: gravest.index(f.severity)):
        print(f"{finding.severity.value:8}{finding.rule}: {finding.message}")
        if finding.computation:
            print(f"        {finding.computation}")
    severities = Counter(finding.severity.value for finding in findings)
    said = ", ".join(f"{severities[name]} {name}" for name in gravest)
    say(f"{len(records)} records, {len(claims)} claims, {len(findings)} findings ({said})")
    counted = {FailOn.ERROR: ("error",), FailOn.WARNING: ("error", "warning"), FailOn.NEVER: ()}[fail_on]
    if any(severities[name] for name in counted):
        raise typer.Exit(FINDINGS)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A text, or - for standard input.")],
    doc_date: Annotated[str, typer.Option("--date", help="The document's date (2025-03-01).")] = "",
    own: Own = None,
    engine: EngineOption = EngineName.RULES,
    stanza_dir: StanzaDir = None,
) -> None:
    """Show what every stage finds in a text and by which rule.

    Example: kztext explain "1998 жылы ЖІӨ 1,9%-ға төмендеді"
    """
    from kztext.explain import explanation
    from kztext.read import read_documents
    from kztext.resources import load_resources

    resources = load_resources(own, engine=engine_of(engine, stanza_dir))
    if text == "-":
        for found in read_documents([text]):
            if isinstance(found, InputError):
                raise found
            text = found.text
    print(explanation(text, resources, doc_date=doc_date))


reference = typer.Typer(
    help="The series that records are checked against.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(reference, name="reference")
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, command in REFERENCE_COMMANDS.items():
    reference.command(name)(command)


def main() -> None:
    """Run the command line; an error of the user's is one line on stderr and exit code 2."""
    gc.set_threshold(YOUNG)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except KztextError as error:
        say(f"error: {error}")
        sys.exit(FAILED)
