"""Tables: rows of cells, parted by tabs or pipes, under a row that names their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from kztext.found import Found
from kztext.headings import Heading, read_heading
from kztext.lang.pack import Pack
from kztext.spans import Period, PeriodKind, Quantity

CELL = regex.compile(r"[^|\t]+")
YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
WORD = regex.compile(r"\p{L}{4,}")
STEM = 4  # letters by which a word of a heading is known in the head of a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What the head of a column says of the cells below it, and its words."""

    heading: Heading
    said: str = ""


def cells(item: Found) -> list[tuple[int, int]]:
    """The cells of a row, as spans of the repaired text without the space around them, none of them empty."""
    found = []
    for match in CELL.finditer(item.sentence.text):
        inner = match[0].strip()
        if inner:
            start = item.sentence.start + match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((start, start + len(inner)))
    return found


def read_columns(item: Found, pack: Pack) -> list[Column]:
    """The heads of the columns, if the row holds words or periods and no figures."""
    spans = cells(item)
    if len(spans) < 2 or any(q.unit or q.decimals for q in item.quantities):
        return []
    columns = []
    periods = [*item.periods, *bare_years(item, spans)]
    for start, end in spans:
        heading = read_heading(
            item.sentence, end, item.cues, item.indicators, periods, item.places, pack, start=start
        )
        begin = item.sentence.start
        columns.append(Column(heading=heading, said=item.sentence.text[start - begin : end - begin]))
    return [settled(columns, i, columns[i].said) for i in range(len(columns))]


def bare_years(item: Found, spans: Sequence[tuple[int, int]]) -> list[Period]:
    """The years that stand in the heads of columns without a word: "Рост, 2022 | Рост, 2023"."""
    begin = item.sentence.start
    found = []
    for start, end in spans:
        if any(start <= p.start < end for p in item.periods):
            continue
        years = list(YEAR.finditer(item.sentence.text, start - begin, end - begin))
        if len(years) == 1:
            year, (first, last) = years[0][0], years[0].span()
            found.append(
                Period(
                    start=begin + first,
                    end=begin + last,
                    first=year,
                    last=year,
                    kind=PeriodKind.YEAR,
                    rule="column_year",
                )
            )
    return found


def part_of(
    above: Heading, column: Column | None, label: Heading, row: str, place: int, count: int
) -> Heading:
    """The part of a heading of several things that a column, or the row, is of.

    By the same indicator, by a word of its name, by its unit, else in turn where there are as many columns.
    """
    head = column.heading if column is not None else label
    names = [layer.mention.indicator for layer in (label, head) if layer.mention is not None]
    same = [part for part in above.parts if part.mention is not None and part.mention.indicator in names]
    if names:
        return same[0] if same else above
    for said in (column.said if column is not None else "", row):
        told = {word[:STEM] for word in WORD.findall(said.lower())}
        alike = [
            part for part in above.parts if told & {word[:STEM] for word in WORD.findall(words_of(part))}
        ]
        if len(alike) == 1:
            return alike[0]
    in_unit = [part for part in above.parts if head.unit and part.unit == head.unit]
    if len(in_unit) == 1:
        return in_unit[0]
    in_turn = len(above.parts) == count - 1 and head.period is None
    return above.parts[place - 1] if in_turn else above


def words_of(part: Heading) -> str:
    """The words that name what a part of a heading is of."""
    begin = part.sentence.start
    spans = [part.subject, (part.mention.start, part.mention.end)] if part.mention else [part.subject]
    return " ".join(part.sentence.text[start - begin : end - begin] for start, end in spans).lower()


def settled(columns: Sequence[Column], i: int, said: str) -> Column:
    """A column of percentages of another time is one of indices, of the period that the other columns tell.

    "январь–июль 2016 | январь–июль 2017 | 2017 в % к 2016": its own period is what it is compared with.
    """
    heading = columns[i].heading
    if heading.compared and (heading.unit == "percent" or (not heading.unit and "%" in said)):
        told = [c.heading.period for c in columns if c.heading.period is not None and not c.heading.compared]
        period = told[-1] if told else None
        index = replace(heading, unit="percent", multiplier=Decimal(1), index=True, period=period)
        return replace(columns[i], heading=index)
    before = columns[i - 1].heading.period if i else None
    if not heading.index or before is None or heading.unit != "percent":
        return columns[i]
    return replace(columns[i], heading=replace(heading, period=before))


def column_of(quantity: Quantity, spans: Sequence[tuple[int, int]]) -> int:
    """The number of the cell that holds a quantity, -1 if none does."""
    return next((i for i, (start, end) in enumerate(spans) if start <= quantity.start < end), -1)


def cell_heading(
    item: Found, quantity: Quantity, columns: Sequence[Column], pack: Pack, above: Heading | None
) -> Heading | None:
    """What the first cell of a row, the column's head and the heading above say together of one cell."""
    spans = cells(item)
    place = column_of(quantity, spans)
    if place < 1:
        return above
    label = read_heading(
        item.sentence,
        spans[0][1],
        item.cues,
        item.indicators,
        item.periods,
        item.places,
        pack,
        start=spans[0][0],
    )
    shift = 1 if len(columns) == len(spans) - 1 else 0  # the head of a table may leave out its first cell
    head = columns[place - shift] if place - shift < len(columns) else None
    column = head.heading if head is not None else None
    if above is not None and above.parts:
        begin = item.sentence.start
        row = item.sentence.text[spans[0][0] - begin : spans[0][1] - begin]
        above = part_of(above, head, label, row, place, len(spans))
    layers = [layer for layer in (label, column, above) if layer is not None]
    named = [layer for layer in layers if layer.mention is not None]
    worded = [layer for layer in layers if layer.subject != (0, 0) and not spans_period(item, layer)]
    first = (named or worded or layers)[0]
    ratio = column if column is not None and column.unit == "percent" else None
    unit = ratio or next((layer for layer in layers if layer.unit), first)
    return replace(
        first,
        subject=first.subject,
        unit=unit.unit,
        multiplier=unit.multiplier,
        growth=next((layer.growth for layer in layers if layer.growth), ""),
        index=any(layer.index for layer in layers),
        structure=any(layer.structure for layer in layers),
        share=any(layer.share for layer in layers),
        whole=next((layer.whole for layer in layers if layer.whole), ""),
        previous_year=any(layer.previous_year for layer in layers),
        december=any(layer.december for layer in layers),
        modality=next((layer.modality for layer in (column, *layers) if layer and layer.modality), None),
        period=row_period(layers, above, place, len(spans)),
        geo=next((layer.geo for layer in layers if layer.geo), ""),
        basis=next((layer.basis for layer in layers if layer.basis), ""),
    )


def row_period(layers: Sequence[Heading], above: Heading | None, place: int, count: int) -> Period | None:
    """The period of a cell: of its row, else its column, else the heading, which may list the columns'."""
    if above is not None and len(above.periods) == count - 1 > 1:
        return above.periods[place - 1]
    return next((layer.period for layer in layers if layer.period is not None), None)


def spans_period(item: Found, layer: Heading) -> bool:
    """Whether the words of a layer are only a period ("2019", "2021 жыл")."""
    start, end = layer.subject
    return any(p.start <= start and end <= p.end for p in item.periods)
