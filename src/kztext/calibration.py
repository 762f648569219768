"""How much a record's confidence means: of the records in each band, how many gold finds right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kztext.errors import InputError
from kztext.evaluate import CORE, STRICT, Gold, is_right, match, overlap, stem
from kztext.records import IndicatorRecord

BANDS = (0.9, 0.8, 0.6, 0.0)  # the lower ends


@dataclass(slots=True)
class Calibration:
    """For each band the number of records, and of those that are right in value, core and every field."""

    records: Counter[float] = field(default_factory=Counter)
    right: dict[str, Counter[float]] = field(
        default_factory=lambda: {level: Counter() for level in ("value", "core", "strict")}
    )

    def add(self, gold: Iterable[Gold], records: Iterable[IndicatorRecord]) -> None:
        """Take in a set; a record that gold leaves to taste is not counted."""
        rows: defaultdict[str, list[Gold]] = defaultdict(list)
        given: defaultdict[str, list[IndicatorRecord]] = defaultdict(list)
        for row in gold:
            rows[stem(row["doc"])].append(row)
        for record in records:
            given[stem(record.doc_id)].append(record)
        for doc, found in given.items():
            wanted = [row for row in rows[doc] if not row.get("optional")]
            free = [row for row in rows[doc] if row.get("optional")]
            counted = [r for r in found if not any(overlap(row, r) for row in free)]
            gold_of = {j: wanted[i] for i, j in match(wanted, counted).items()}
            for number, record in enumerate(counted):
                self._count(record, gold_of.get(number))

    def _count(self, record: IndicatorRecord, gold: Gold | None) -> None:
        band = next(low for low in BANDS if record.confidence >= low)
        self.records[band] += 1
        if gold is not None:
            wrong = {name for name in STRICT if not is_right(name, gold, record)}
            self.right["value"][band] += 1
            self.right["core"][band] += not wrong & set(CORE)
            self.right["strict"][band] += not wrong

    def share(self, level: str, band: float) -> str:
        """The share that is right, in percent; a dash where the band is empty."""
        count = self.records[band]
        return f"{100 * self.right[level][band] / count:.0f} %" if count else "–"


def calibration_table(parts: Mapping[str, Calibration]) -> Iterator[str]:
    """The bands of each part as lines of Markdown."""
    yield "| texts | confidence | records | value right | core right | every field right |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, one in parts.items():
        for low, high in zip(BANDS, (1.0, *BANDS), strict=False):
            band = f"{low:.1f} and more" if high == 1.0 else f"{low:.1f} to {high:.1f}"
            shares = " | ".join(one.share(level, low) for level in ("value", "core", "strict"))
            yield f"| {name} | {band} | {one.records[low]} | {shares} |"


def replaced(page: Path, name: str, lines: Iterable[str]) -> None:
    """Put lines between the marks `<!-- begin NAME -->` of a page. Raises InputError where it has none."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        raise InputError(f"{page}: no place for the table ({begin.strip()} … {end})")
    page.write_text(head + begin + "\n".join(lines) + "\n" + end + tail, encoding="utf-8")
