"""Periods in ISO 8601 as spans of months: "1998", "2024-Q1", "2025-03", "1993-11-15", "2024-01/2024-10"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

_PERIOD = regex.compile(r"(\d{4})(?:-(?:Q([1-4])|[HS]([12])|(\d{2})(?:-(\d{2}))?))?")


@dataclass(frozen=True, slots=True, order=True)
class Timespan:
    """Months since year 0, first and last included; `day` is set for a single date."""

    first: int
    last: int
    day: int = 0

    @property
    def years(self) -> tuple[int, int]:
        return self.first // 12, self.last // 12

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    @property
    def whole_years(self) -> bool:
        """Whether the span starts in a January and ends in a December and is no single date."""
        return not self.day and self.first % 12 == 0 and self.last % 12 == 11

    @property
    def year(self) -> int | None:
        """The year, where the span is one whole year."""
        return self.first // 12 if self.whole_years and self.months == 12 else None

    def shifted(self, years: int) -> Timespan:
        return Timespan(self.first + 12 * years, self.last + 12 * years, self.day)

    def holds(self, other: Timespan) -> bool:
        return self.first <= other.first and other.last <= self.last


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Timespan | None:
    """The span of one ISO period or interval; None if it is empty, damaged or impossible.

    >>> parse("2024-Q2")
    Timespan(first=24291, last=24293, day=0)
    >>> parse("2024-13") is None and parse("200") is None
    True
    """
    first, slash, last = text.partition("/")
    if slash:
        return between(first, last)
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    year, quarter, half, month, day = (int(g) if g else 0 for g in match.groups())
    start = year * 12
    if quarter:
        return Timespan(start + 3 * quarter - 3, start + 3 * quarter - 1)
    if half:
        return Timespan(start + 6 * half - 6, start + 6 * half - 1)
    if match[4]:
        if not 1 <= month <= 12 or (match[5] and not 1 <= day <= 31):
            return None
        return Timespan(start + month - 1, start + month - 1, day)
    return Timespan(start, start + 11)


@lru_cache(maxsize=1 << 14)
def between(first: str, last: str) -> Timespan | None:
    """The span from one period to another, both included; None where an end is missing or it runs backwards.

    >>> between("1991", "1995").years
    (1991, 1995)
    """
    a, b = parse(first) if "/" not in first else None, parse(last) if "/" not in last else None
    if a is None or b is None or b.last < a.first:
        return None
    return Timespan(a.first, b.last, a.day if first == last else 0)


def name(span: Timespan) -> str:
    """The span as ISO again, as short as can be.

    >>> name(Timespan(24291, 24293)), name(between("2025-01", "2025-10")), name(between("1991", "1995"))
    ('2024-Q2', '2025-01/2025-10', '1991/1995')
    """
    year, month = divmod(span.first, 12)
    if span.day:
        return f"{year:04}-{month + 1:02}-{span.day:02}"
    if span.whole_years:
        first, last = span.years
        return f"{first:04}" if first == last else f"{first:04}/{last:04}"
    if span.months == 3 and month % 3 == 0:
        return f"{year:04}-Q{month // 3 + 1}"
    last_year, last_month = divmod(span.last, 12)
    start = f"{year:04}-{month + 1:02}"
    return start if span.months == 1 else f"{start}/{last_year:04}-{last_month + 1:02}"
