"""Where a period lies: what the words said of year, month, quarter or distance becomes ISO bounds.

A `Draft` is what a reader understood. `settle` turns it into a `Period` against the document's date; what a
later stage needs to settle it against another year ("the same period of last year") stays in the period's
flags, and `resolve` does that.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import regex

from kztext.spans import Case, Period, PeriodKind

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
COUNTS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
ORDINALS = ("", "first", "second", "third", "fourth")
NAMES_OF_OFFSET = {-2: "year_before_last", -1: "last_year", 0: "current_year", 1: "next_year"}
DAYS_OF = {"day": 1, "week": 7, "weekend": 7}
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "season": 12, "decade": 120, "century": 1200}
JUST_OVER = (7, 8, 9)  # months in which "half a year" is the first one
ISO = regex.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))?")

# How many months ahead of the document's date a month without a year may lie before it is last year's.
EARLY = 2  # the month up to which "in twelve months" is of the year before
AHEAD = 8


@dataclass(slots=True)
class Draft:
    """What the words say of a period, before it is placed in a calendar.

    `part` is a piece of a year: ("month", 10), ("months", 1, 9), ("quarter", 3), ("quarters", 1, 2),
    ("half", 1), ("day", month, first, last). `offset` counts years from the anchor, `shift` other units
    ("three weeks ago": (-3, "week")), `window` a stretch that ends or starts at the anchor.
    `context` marks what is relative to the period the text speaks of rather than to the document's date.
    """

    kind: PeriodKind
    year: int | None = None
    last_year: int | None = None
    offset: int | None = None
    context: bool = False
    part: tuple[str | int, ...] = ()
    shift: tuple[int, str] | None = None
    window: tuple[int, str] | None = None
    weekday: int | None = None
    same: bool = False
    to_date: bool = False
    first: str = ""
    last: str = ""
    length: Decimal | None = None
    length_unit: str = ""
    flags: tuple[str, ...] = ()
    other: Draft | None = field(default=None)  # the second end of a range

    def relative(self) -> bool:
        """Whether the draft needs an anchor."""
        return not self.first and self.year is None and bool(self.spec())

    def spec(self) -> tuple[str, ...]:
        """What is needed to place the draft against an anchor, as flags."""
        if self.year is not None or self.first:
            return ()
        found: list[str] = []
        if self.part:
            name, *numbers = self.part
            found.append(f"{name}:{'-'.join(str(number) for number in numbers)}")
        if self.offset is not None:
            found.append(f"year_offset:{self.offset}")
        if self.shift is not None:
            found.append(f"shift:{self.shift[0]}:{self.shift[1]}")
        if self.window is not None:
            found.append(f"window:{self.window[0]}:{self.window[1]}")
        if self.weekday is not None:
            found.append(f"weekday:{self.weekday}")
        if self.same:
            found.append("same_period")
        if self.to_date:
            found.append("to_date")
        return tuple(found)

    def what(self) -> str:
        """An English name of what is relative, as `relative_period:<what>` gives it."""
        if self.same:
            return "same_period_last_year" if self.offset == -1 else "same_period"
        if self.to_date:
            return "since_year_start"
        if self.part:
            name, *numbers = self.part
            first, last = int(numbers[0]), int(numbers[-1])
            if name == "months" and first == 1 and "count" in self.flags:
                return f"{COUNTS[last]}_months_of_this_year"
            if name == "months":
                return f"{MONTHS[first - 1]}_{MONTHS[last - 1]}"
            if name in ("month", "day"):
                return MONTHS[first - 1]
            return f"{ORDINALS[first]}_{str(name).rstrip('s')}"
        if self.window is not None:
            size, unit = self.window
            return f"{'last' if size < 0 else 'next'}_{counted(abs(size), unit)}"
        if self.shift is not None:
            size, unit = self.shift
            if unit == "day" and abs(size) <= 1:
                return ("today", "tomorrow", "yesterday")[size]
            if not size:
                return f"current_{unit}"
            return f"{counted(abs(size), unit)}_{'ago' if size < 0 else 'later'}"
        if self.offset is not None:
            if self.context and self.offset == 0:
                return "same_year"
            if self.context and self.offset == -1:
                return "year_earlier"
            distance = counted(abs(self.offset), "year")
            return NAMES_OF_OFFSET.get(self.offset, f"{distance}_{'ago' if self.offset < 0 else 'later'}")
        return ""


def counted(count: int, unit: str) -> str:
    """A number of units in English, as flags name it.

    >>> counted(3, "year"), counted(25, "year"), counted(2, "century")
    ('three_years', '25_years', 'two_centuries')
    """
    units = unit if count == 1 else unit[:-1] + "ies" if unit.endswith("y") and unit != "day" else unit + "s"
    return f"{COUNTS[count] if count < len(COUNTS) else count}_{units}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are counted from: ISO bounds, and whether they are the document's date."""

    first: str
    last: str
    document: bool = False

    @property
    def year(self) -> int:
        return int(self.last[:4])

    @property
    def month(self) -> int:
        """The last month of the anchor, December where it is a whole year."""
        return int(edge(self.last, last=True)[5:7])

    @property
    def day(self) -> date:
        return date.fromisoformat(edge(self.last, last=True))


def anchor_of(text: str, *, document: bool = False) -> Anchor | None:
    """Read an anchor: "2025", "2025-Q3", "2025-10", "2025-11-10" or two of them parted by a slash."""
    first, _, last = text.strip().partition("/")
    last = last or first
    if not (ISO.fullmatch(first) and ISO.fullmatch(last)):
        return None
    try:
        date.fromisoformat(edge(last, last=True))
    except ValueError:
        return None
    return Anchor(first, last, document)


def edge(iso: str, *, last: bool) -> str:
    """The first or the last day of an ISO period.

    >>> edge("2024-Q1", last=True), edge("2024-02", last=True), edge("2024", last=False)
    ('2024-03-31', '2024-02-29', '2024-01-01')
    """
    if len(iso) == 10:
        return iso
    year = int(iso[:4])
    month = 12 if last else 1
    if "Q" in iso:
        month = int(iso[6]) * 3 - (0 if last else 2)
    elif len(iso) == 7:
        month = int(iso[5:])
    day = calendar.monthrange(max(year, 1), month)[1] if last else 1
    return f"{year:04}-{month:02}-{day:02}"


def shifted(iso: str, years: int) -> str:
    """An ISO period some years later, as fine as it was.

    >>> shifted("2025-Q3", -1)
    '2024-Q3'
    """
    moved = f"{int(iso[:4]) + years:04}{iso[4:]}"
    return moved if moved[4:] != "-02-29" else moved[:-2] + "28"


def month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """The month some months later (earlier where negative)."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def placed(part: tuple[str | int, ...], year: int) -> tuple[str, str]:
    """The bounds of a part of a year."""
    name = part[0]
    first, last = int(part[1]), int(part[-1])
    if name == "day":
        month, first = first, int(part[2])
        end = calendar.monthrange(max(year, 1), month)[1]
        return f"{year:04}-{month:02}-{min(first, end):02}", f"{year:04}-{month:02}-{min(last, end):02}"
    if name in ("month", "months"):
        return f"{year + (first > last) * -1:04}-{first:02}", f"{year:04}-{last:02}"
    if name in ("quarter", "quarters"):
        return f"{year:04}-Q{first}", f"{year:04}-Q{last}"
    return f"{year:04}-{first * 6 - 5:02}", f"{year:04}-{last * 6:02}"


def nearest_year(part: tuple[str | int, ...], anchor: Anchor) -> int:
    """The year of a part without one: the document's, or the year before for what lies far ahead."""
    if not anchor.document or not part:
        return anchor.year
    name, first = part[0], int(part[1])
    month = {"quarter": first * 3 - 2, "quarters": first * 3 - 2, "half": first * 6 - 5}.get(str(name), first)
    if name == "months":
        return anchor.year - (int(part[2]) > anchor.month)
    return anchor.year - (month - anchor.month >= (5 if name == "half" else AHEAD))


def bounds(draft: Draft, anchor: Anchor | None) -> tuple[str, str]:
    """The ISO bounds of a draft; empty where it needs an anchor and has none, or is outside the calendar."""
    first, last = unchecked_bounds(draft, anchor)
    return (first, last) if all(ISO.fullmatch(iso) for iso in (first, last) if iso) else ("", "")


def unchecked_bounds(draft: Draft, anchor: Anchor | None) -> tuple[str, str]:
    """The bounds of a draft, which may lie before the year 1 or after 9999."""
    if draft.first or draft.last:
        return draft.first, draft.last
    year = draft.year
    if year is None:
        if anchor is None or not draft.spec() or (draft.context and anchor.document):
            return "", ""
        if draft.same or (draft.context and draft.offset is not None and not draft.part):
            return shifted(anchor.first, draft.offset or 0), shifted(anchor.last, draft.offset or 0)
        if draft.shift is not None or draft.window is not None or draft.weekday is not None:
            return moved(draft, anchor)
        year = nearest_year(draft.part, anchor) if draft.offset is None else anchor.year + draft.offset
        if draft.to_date:
            month = anchor.month if not draft.offset and len(anchor.last) > 4 else 12
            return f"{year:04}-01", f"{year:04}-{month:02}"
    if draft.part:
        return placed(draft.part, year)
    return f"{year:04}", f"{draft.last_year or year:04}"


def moved(draft: Draft, anchor: Anchor) -> tuple[str, str]:
    """The bounds of what is counted from the anchor: "three weeks ago", "the last five years", "Tuesday"."""
    try:
        if draft.weekday is not None:
            day = anchor.day
            if draft.shift is not None:
                size, unit = draft.shift
                monday = day - timedelta(days=day.weekday()) + timedelta(weeks=size if unit == "week" else 0)
                day = monday + timedelta(days=draft.weekday)
            else:
                day += timedelta(days=(draft.weekday - day.weekday()) % 7 or 7)
            return day.isoformat(), day.isoformat()
        size, unit = draft.shift or draft.window or (0, "day")
        if unit in DAYS_OF:
            first = anchor.day + timedelta(days=size * DAYS_OF[unit])
            if draft.window is None:
                return first.isoformat(), first.isoformat()
            ends = sorted((first, anchor.day))
            return ends[0].isoformat(), ends[1].isoformat()
        if unit not in MONTHS_OF:
            return "", ""
        if MONTHS_OF[unit] % 12 == 0:
            year = anchor.year + size * MONTHS_OF[unit] // 12
            edges = sorted((year, anchor.year)) if draft.window is not None else (year, year)
            return f"{edges[0]:04}", f"{edges[1]:04}"
        year, month = month_after(anchor.year, anchor.month, size * MONTHS_OF[unit])
        there, here = f"{year:04}-{month:02}", f"{anchor.year:04}-{anchor.month:02}"
        if draft.window is not None:
            return min(there, here), max(there, here)
        if unit == "quarter":
            there = f"{year:04}-Q{(month + 2) // 3}"
        elif unit == "month" and "exact" in draft.flags and len(anchor.last) == 10:
            there += f"-{min(anchor.day.day, calendar.monthrange(year, month)[1]):02}"
        return there, there
    except (ValueError, OverflowError):
        return "", ""


def settle(draft: Draft, *, start: int, end: int, rule: str, case: Case, doc_date: str = "") -> Period:
    """The period of a draft. Relative ones are placed against `doc_date` and keep what `resolve` needs."""
    anchor = anchor_of(doc_date, document=True) if doc_date else None
    if draft.part == ("months", 1, 12) and draft.relative() and anchor is not None and anchor.month > EARLY:
        draft = Draft(kind=PeriodKind.DURATION, length=draft.length, length_unit="month")  # to any month
    over = anchor is not None and anchor.month in JUST_OVER
    if draft.part == ("half", 1) and draft.length is not None and not over:
        draft = Draft(kind=PeriodKind.DURATION, length=draft.length, length_unit="month")
    first, last = bounds(draft, anchor)
    flags = list(draft.flags)
    if draft.relative():
        flags += draft.spec()
        if draft.context:
            flags.append("context")
        if not any(flag.startswith("relative_period:") for flag in flags):
            what = draft.what()
            if what:
                flags.append(f"relative_period:{what}")
    elif draft.kind is PeriodKind.DURATION and draft.length_unit in MONTHS_OF and draft.length is not None:
        named = any(flag.startswith("relative_period:") for flag in flags)
        if not named and draft.length == int(draft.length):
            flags.append(f"relative_period:{counted(int(draft.length), draft.length_unit)}")
    if draft.other is not None:
        last = bounds(draft.other, anchor)[1]
        if not first and last and draft.part and draft.other.year is not None:
            first = placed(draft.part, draft.other.year)[0]
        if first and not last and draft.other.part and draft.year is not None:
            last = placed(draft.other.part, draft.year)[1]
    return Period(
        start=start,
        end=end,
        rule=rule,
        first=trimmed(first, flags, "until"),
        last=trimmed(last, flags, "since"),
        kind=draft.kind,
        length=draft.length,
        length_unit=draft.length_unit,
        case=case,
        flags=tuple(dict.fromkeys(flag for flag in flags if flag not in ("count", "exact"))),
    )


def trimmed(iso: str, flags: list[str], open_end: str) -> str:
    """The bound, unless the period is open at this end."""
    return "" if open_end in flags else iso


def stretched(period: Period, *, anchor: str, forward: bool = False) -> Period:
    """A stretch of time with bounds: ending at `anchor`, or starting there where `forward` (a plan).

    >>> said = Period(start=0, end=9, kind=PeriodKind.DURATION, length=Decimal(3), length_unit="year")
    >>> stretched(said, anchor="2026-02-10", forward=True).last
    '2029'
    """
    place, length = anchor_of(anchor), period.length
    if place is None or length is None or length != int(length) or not period.length_unit:
        return period
    size = int(length) if forward else -int(length)
    first, last = bounds(Draft(kind=period.kind, window=(size, period.length_unit)), place)
    return replace(period, first=first, last=last)


def drafted(period: Period) -> Draft:
    """The draft that a period's flags describe."""
    draft = Draft(kind=period.kind, flags=period.flags)
    for flag in period.flags:
        name, _, rest = flag.partition(":")
        if name in ("day", "month", "months", "quarter", "quarters", "half") and rest:
            draft.part = (name, *(int(number) for number in rest.split("-")))
        elif name == "year_offset":
            draft.offset = int(rest)
        elif name in ("shift", "window"):
            size, _, unit = rest.partition(":")
            if name == "shift":
                draft.shift = (int(size), unit)
            else:
                draft.window = (int(size), unit)
        elif name == "weekday":
            draft.weekday = int(rest)
        elif name == "same_period":
            draft.same = True
        elif name == "to_date":
            draft.to_date = True
        elif name == "context":
            draft.context = True
    return draft


def resolve(period: Period, *, anchor: str) -> Period:
    """A period with the bounds that its words have against `anchor`, the period that the text speaks of.

    The anchor is an ISO period or two parted by a slash ("2025", "2025-Q3", "2025-01/2025-10"). A period
    whose words name their year themselves comes back as it is.

    >>> said = Period(start=0, end=9, kind=PeriodKind.QUARTER, flags=("quarter:3",))
    >>> resolve(said, anchor="2025").first
    '2025-Q3'
    """
    draft = drafted(period)
    place = anchor_of(anchor)
    if place is None or not draft.spec():
        return period
    first, last = bounds(draft, place)
    if not first and not last:
        return period
    flags = list(period.flags)
    return replace(
        period, first=trimmed(first, flags, "until"), last=trimmed(last, flags, "since"), flags=tuple(flags)
    )
