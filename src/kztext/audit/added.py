"""Yearly growth that a text adds up where it multiplies: 10 % and 10 % are 21 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kztext.audit.compounding import made_of_years
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.rooms import Figure, follows, rooms
from kztext.audit.stretch import number
from kztext.audit.words import matches, says
from kztext.intervals import ZERO
from kztext.records import Direction, Measure

_MOST = 5  # years that are added up


def added_up(doc: Dossier) -> Iterator[Draft]:
    """Growth over some years told as the plain sum of that of each."""
    row = rooms(doc)
    for n, room in enumerate(row):
        near = list(room.figures)
        places = [near]
        if n and follows(row[n - 1], room):
            places.append([*row[n - 1].figures, *near])
        for figures in places:
            grown = [f for f in figures if _is_growth(f.fact)]
            if not 2 <= len(grown) <= _MOST or len(grown) != len(figures) or grown[-1].room != room.start:
                continue
            *yearly, last = grown
            count = _in_a_row(yearly) if len(yearly) == 1 else len(yearly)
            years = [f.fact for f in yearly] * (count if len(yearly) == 1 else 1)
            if count < 2 or not _is_total(last, count) or not _sums(years, last.fact):
                continue
            if found := made_of_years(years, last.fact):
                yield found
                break


def _is_growth(fact: Fact) -> bool:
    r = fact.record
    return (
        r.measure == Measure.CHANGE and r.unit == "percent" and r.direction == Direction.UP and fact.is_exact
    )


def _in_a_row(yearly: Sequence[Figure]) -> int:
    """How many years in a row one growth is told of."""
    figure = yearly[0]
    told = [
        number(m["n"], figure.lang)
        for m in matches("years_in_a_row", f"{figure.before} {figure.after}", figure.lang)
    ]
    return told[0] if len(told) == 1 and told[0] <= _MOST else 0


def _is_total(last: Figure, count: int) -> bool:
    """Whether words make a figure that of all the years together."""
    told = [number(m["n"], last.lang) for m in matches("for_years", last.before, last.lang)]
    summed = any(
        says(kind, last.before, last.lang) for kind in ("accumulated", "summed", "altogether", "total")
    )
    return count in told or summed


def _sums(yearly: Sequence[Fact], last: Fact) -> bool:
    return sum((f.record.value for f in yearly), ZERO) == last.record.value
