"""Write the generated parts of README.md and docs/ anew; with --check, say which are stale and exit with 1.

A generated part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; NAME is a key of PARTS.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import typer

from kztext import extract
from kztext.audit.document import rules_markdown
from kztext.cli import app
from kztext.listing import pack_rules
from kztext.records import ClaimRecord, Finding, IndicatorRecord
from kztext.write import write_cell

ROOT = Path(__file__).resolve().parents[1]
FILES = ("README.md", "docs/records.md", "docs/commands.md", "docs/rules.md")
SAMPLE = "1998 жылы Қазақстанның ЖІӨ 1,9%-ға төмендеді."
PART = re.compile(r"(<!-- begin (\w+) -->\n)(.*?)(<!-- end \2 -->)", re.DOTALL)
TYPES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Decimal: "number",
    tuple[str, ...]: "list, joined by `;`",
}


def row(*cells: str) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def columns(kind: type) -> str:
    """The columns of a record: name, what it may hold, meaning."""
    meanings = tomllib.loads((ROOT / "docs/fields.toml").read_text(encoding="utf-8"))[kind.__name__]
    hints = get_type_hints(kind)
    lines = [row("column", "holds", "meaning"), row("---", "---", "---")]
    lines += [row(f"`{f.name}`", holds(f, hints[f.name]), meanings.pop(f.name)) for f in fields(kind)]
    if meanings:
        raise SystemExit(f"docs/fields.toml: {kind.__name__} has no {', '.join(meanings)}")
    return "\n".join(lines)


def holds(field: Field[Any], hint: Any) -> str:
    """What a column may hold."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " · ".join(f"`{member.value}`" if member.value else "empty" for member in hint)
    return TYPES[hint] + (", never empty" if field.default is MISSING else "")


def commands() -> str:
    """Every command's help, as `kztext COMMAND --help` prints it."""
    parts = list(helps("kztext", typer.main.get_command(app)))
    return "\n\n".join(f"## {name}\n\n```\n{text}\n```" for name, text in parts)


def helps(name: str, command: Any) -> Iterator[tuple[str, str]]:
    """The help of a command and of those below it."""
    yield name, help_of(name, command)
    for below, one in sorted(getattr(command, "commands", {}).items()):
        yield from helps(f"{name} {below}", one)


def help_of(name: str, command: Any) -> str:
    """The help of one command, for 100 columns."""
    context = command.make_context(
        name, [], resilient_parsing=True, terminal_width=100, max_content_width=100
    )
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def sample() -> str:
    """A sentence and the cells of its row in facts.csv that are not empty."""
    lines = [f"`{SAMPLE}`", "", "```"]
    for record in extract(SAMPLE):
        cells = ((f.name, write_cell(getattr(record, f.name))) for f in fields(record))
        lines += [f"{name:21} {cell}" for name, cell in cells if cell and name != "doc_id"]
    return "\n".join([*lines, "```"])


def rules() -> str:
    """The rules of the audit with their examples, and the rules of the language packs that have one."""
    lines: list[str] = [rules_markdown().strip()]
    source = ""
    for rule in pack_rules(("kk", "ru")):
        if "[" not in rule.example:
            continue
        if rule.source != source:
            source = rule.source
            lines += ["", f"## {source}", "", row("rule", "example"), row("---", "---")]
        lines.append(row(f"`{rule.name}`", rule.example))
    return "\n".join(lines).strip("\n")


PARTS: dict[str, Callable[[], str]] = {
    "facts": lambda: columns(IndicatorRecord),
    "claims": lambda: columns(ClaimRecord),
    "audit": lambda: columns(Finding),
    "commands": commands,
    "sample": sample,
    "rules": rules,
}


def renewed(text: str) -> str:
    """A file's text with its generated parts made anew."""
    return PART.sub(lambda m: f"{m[1]}{PARTS[m[2]]()}\n{m[4]}", text)


def stale(files: Iterable[str] = FILES) -> Iterator[tuple[Path, str]]:
    """The files whose generated parts have changed, with their new text."""
    for name in files:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        new = renewed(text)
        if new != text:
            yield path, new


def main() -> None:
    """Write what is stale, or only name it."""
    found = list(stale())
    for path, new in found:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(new, encoding="utf-8")
    if found and "--check" in sys.argv:
        sys.exit(1)


if __name__ == "__main__":
    main()
