"""The commands of `kztext reference`: the series that records are checked against, and those of users."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kztext.errors import InputError
from kztext.terminal import FINDINGS, Own, say


def list_series(
    words: Annotated[str, typer.Argument(help="Part of a code or a name; all if empty.")] = "",
    geo: Annotated[str, typer.Option(help="Only series of this place (KAZ).")] = "",
) -> None:
    """List the reference series: code, place, name, unit, periods, sources, the indicators that it checks.

    Example: kztext reference list inflation --geo KAZ
    """
    from kztext.reference import default_store
    from kztext.reference.store import series_list

    found = series_list(default_store(), pattern=words, geo=geo)
    for one in found:
        periods = f"{one.first}–{one.last} ({one.frequency}, {one.count} values)"
        sources, checks = " ".join(one.sources), " ".join(one.indicators)
        print(one.code, one.geo, one.name, one.unit, periods, sources, checks, sep="\t")
    say(f"{len(found)} series")


def show_series(
    code: Annotated[str, typer.Argument(help="Code of a series, e.g. FP.CPI.TOTL.ZG.")],
    geo: Annotated[str, typer.Option(help="The place.")] = "KAZ",
) -> None:
    """Print a series: period, value, unit, source; the preferred source of each period first.

    Example: kztext reference show FP.CPI.TOTL.ZG --geo KAZ
    """
    from kztext.reference import default_store

    store = default_store()
    series = store.series(code, geo)
    if not series:
        raise InputError(f"no series {code} for {geo}; `kztext reference list` shows what there is")
    for period, rows in sorted(series.items()):
        for row in rows:
            print(period, row.value, row.unit, row.source_id, store.doubtful(row), sep="\t")


def add_series(
    file: Annotated[Path, typer.Argument(help="Tidy CSV, World Bank CSV, WEO table or SDMX-CSV.")],
    code: Annotated[str, typer.Option(help="Code of the series, where the file has none.")] = "",
    geo: Annotated[str, typer.Option(help="Its place, where the file has none (KAZ).")] = "",
    unit: Annotated[str, typer.Option(help="Its unit, where the file has none (%, USD, tonne …).")] = "",
    source: Annotated[str, typer.Option(help="Who published it; else the file's name.")] = "",
    indicator: Annotated[str, typer.Option(help="The indicator whose records it checks.")] = "",
    measure: Annotated[str, typer.Option(help="And their measure: level, change, index or share.")] = "level",
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file of that name.")] = False,
    own: Own = None,
) -> None:
    """Add a file of series to those that records are checked against; yours come before ours.

    What looks odd in it (gaps, several units, a code that checks nothing) is named on stderr.

    Example: kztext reference add prices.csv --indicator inflation --measure change
    """
    from kztext.reference.store import add
    from kztext.resources import load_resources

    if indicator and indicator not in load_resources(own).catalogue.indicators:
        raise InputError(
            f"no indicator {indicator!r} in the catalogue; `kztext catalogue` lists them (yours: --catalogue)"
        )
    target, doubts = add(
        file,
        code=code,
        geo=geo,
        unit=unit,
        source=source,
        indicator=indicator,
        measure=measure,
        replace_existing=replace,
    )
    for doubt in doubts:
        say(f"look: {doubt}")
    say(f"added as {target}")


def remove_series(
    name: Annotated[str, typer.Argument(help="Name of the file that was added.")],
) -> None:
    """Take a file that was added out again.

    Example: kztext reference remove prices
    """
    from kztext.reference.store import remove

    say(f"removed {remove(name)}")


def check_series() -> None:
    """Look for what is not in order in the reference series, added ones too; exit code 1 if there is any.

    Example: kztext reference check
    """
    from kztext.reference import default_store
    from kztext.reference.store import check_all

    found = check_all()
    for line in found:
        print(line)
    say(f"{len(default_store().rows)} series, {len(found)} remarks")
    if found:
        raise typer.Exit(FINDINGS)


REFERENCE_COMMANDS: dict[str, Callable[..., None]] = {
    "list": list_series,
    "show": show_series,
    "add": add_series,
    "remove": remove_series,
    "check": check_series,
}
