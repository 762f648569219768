"""The example notation: `text with [a span] marked  =>  field=value other=value ; field=value`."""

from __future__ import annotations

from dataclasses import dataclass

import regex

MARK = regex.compile(r"\[(.*?)\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its marked spans as (start, end), and for each span the fields the example is about."""

    text: str
    spans: tuple[tuple[int, int], ...]
    fields: tuple[dict[str, str], ...]


def parse_example(line: str) -> Example:
    """Read one example.

    >>> parse_example("[8 пайыз]ға жетті  =>  value=8 unit=percent")
    Example(text='8 пайызға жетті', spans=((0, 7),), fields=({'value': '8', 'unit': 'percent'},))

    Several brackets take several readings, parted by `;`. Raises ValueError where their counts differ.
    """
    left, _, right = line.partition("=>")
    left = left.rstrip()
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for match in MARK.finditer(left):
        text += [left[done : match.start()], match[1]]
        length += match.start() - done
        spans.append((length, length + len(match[1])))
        length += len(match[1])
        done = match.end()
    text.append(left[done:])
    groups = (
        [dict(pair.split("=", 1) for pair in part.split()) for part in right.split(";")]
        if right.strip()
        else []
    )
    if groups and len(groups) != len(spans):
        raise ValueError(f"{len(spans)} marked spans but {len(groups)} readings: {line!r}")
    return Example("".join(text), tuple(spans), tuple(groups))
