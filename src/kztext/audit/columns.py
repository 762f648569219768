"""What holds between the columns of a table in all rows but one: a sum, one in percent of another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import NO_AMOUNT, Fact
from kztext.audit.shown import in_terms, value_text
from kztext.intervals import HUNDRED, Interval
from kztext.records import Severity

_LEAST = 2  # rows that a relation must hold in before one without it is wrong
_NARROW = Decimal("1.05")  # how far apart the ends of what figures make may be, to be no chance
_WIDTHS = (3, 4)  # figures of a row

Row = tuple[Fact, ...]


def columns(doc: Dossier) -> Iterator[Draft]:
    """A row of a table that does not add up, or give the percent, as all other rows of the table do."""
    for rows in _tables(doc):
        for i, j, k in permutations(range(len(rows[0])), 3):
            made = [_made(row[i], row[j], row[k], i < j) for row in rows]
            if any(x is None or x.high > x.low * _NARROW for x in made):
                continue
            wrong = [n for n, x in enumerate(made) if x is None or not x.meets(rows[n][k].said.wide)]
            if len(wrong) == 1 and (right := made[wrong[0]]):
                row = rows[wrong[0]]
                expected = in_terms(row[k], right)
                sign = "/" if row[k].record.unit == "percent" else "+"
                yield Draft(
                    rule="share" if sign == "/" else "part_sum",
                    severity=Severity.WARNING,
                    facts=(row[i], row[j], row[k]),
                    about=row[k],
                    expected=expected,
                    found=value_text(row[k]),
                    computation=f"{value_text(row[i])} {sign} {value_text(row[j])} = {expected}",
                )
                break


def _tables(doc: Dossier) -> Iterator[list[Row]]:
    """The rows of each table that have one shape: as many figures, of the same units."""
    rows: list[Row] = []
    for facts in [*doc.sentences.values(), []]:
        row = tuple(facts)
        shaped = len(row) in _WIDTHS and all(f.has("table") and f.record.value > 0 for f in row)
        if rows and (not shaped or _shape(row) != _shape(rows[0])):
            if len(rows) > _LEAST:
                yield rows
            rows = []
        if shaped:
            rows.append(row)


def _shape(row: Row) -> tuple[str, ...]:
    return tuple(f.record.unit for f in row)


def _made(a: Fact, b: Fact, made: Fact, first: bool) -> Interval | None:
    """What two figures of a row would make in its third column; None where they are no such figures."""
    units = (a.record.unit, b.record.unit, made.record.unit)
    if units[0] != units[1] or units[0] in NO_AMOUNT:
        return None
    if units[2] == "percent":
        return a.said.wide.over(b.said.wide).scaled(HUNDRED)
    return a.said.wide + b.said.wide if units[2] == units[0] and first else None
