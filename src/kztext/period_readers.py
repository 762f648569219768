"""What the rules of `periods.toml` mean: one reader a meaning, from a rule's match to a draft of a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import regex

from kztext.calendar import Draft
from kztext.spans import PeriodKind
from kztext.timewords import Atom

KINDS = {kind.name: kind for kind in PeriodKind}
PARTS = {
    **{"year": ("month", Decimal(12)), "quarter": ("month", Decimal(3)), "month": ("month", Decimal(1))},
    **{"week": ("minute", Decimal(10080)), "day": ("minute", Decimal(1440)), "hour": ("minute", Decimal(60))},
    **{"minute": ("minute", Decimal(1))},
}  # units of time in months or in minutes
SMALLER = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "minute": (60, "second")}
NOT_A_PERIOD = "not_a_period"
CHILDHOOD = 10  # a length of years in one word, "пятилетний", is a plan's up to here and a person's above
LAST_CENTURY = 50  # "тоқсан үшінші жылы": from here on a short year is of the twentieth century
UNITS = (
    *("year", "season", "half", "quarter", "month", "week", "day", "hour", "minute", "second"),
    *("decade", "century"),
)


@dataclass(slots=True)
class Said:
    """A rule's match: the atoms it captured, by name."""

    match: regex.Match[str]
    atoms: list[Atom]

    def get(self, name: str) -> Atom | None:
        """The atom captured under a name; None where the rule has no such name or it did not match."""
        if name not in self.match.re.groupindex:
            return None
        at = self.match.start(name)
        return self.atoms[at] if at >= 0 else None

    def __getitem__(self, name: str) -> Atom:
        atom = self.get(name)
        if atom is None:
            raise KeyError(name)
        return atom

    def draft(self, name: str) -> Draft:
        """The period captured under a name."""
        draft = self[name].draft
        if draft is None:
            raise KeyError(name)
        return draft

    def number(self, name: str, default: int = 0) -> int:
        """The whole number captured under a name."""
        atom = self.get(name)
        return int(atom.value) if atom is not None else default


Fields = Mapping[str, Any]


def flags_of(fields: Fields) -> tuple[str, ...]:
    return tuple(fields.get("flags", ()))


def year_of(said: Said, draft: Draft) -> Draft:
    """Give a part of a year the year that stands with it, as a number or as a period."""
    whole = said.get("Y")
    if whole is not None and whole.draft is not None:
        named = whole.draft
        draft.year, draft.offset, draft.context = named.year, named.offset, named.context
        kept = (flag for flag in named.flags if flag not in ("attribute", "anaphoric"))
        draft.flags = (*draft.flags, *kept)
    elif said.get("y") is not None:
        draft.year = said.number("y")
    return draft


def read_year(said: Said, fields: Fields) -> Draft | None:
    """A year: y; or several, y to z."""
    first = said.number("y") or said.number("z")
    last = said.number("z", first)
    if last < 100:
        last += first // 100 * 100
    if last < first or last - first > 300 or first < int(fields.get("from", 0)):
        return None
    kind = PeriodKind.YEAR if first == last else PeriodKind.YEARS
    return Draft(kind=kind, year=first, last_year=last, flags=flags_of(fields))


def read_short_year(said: Said, fields: Fields) -> Draft | None:
    """A year of two digits, "90-шы жылы": of the last century from 50 on."""
    value = said.number("n")
    if not 10 <= value <= 99:
        return None
    year = value + (1900 if value >= LAST_CENTURY else 2000)
    return Draft(kind=PeriodKind.YEAR, year=year, last_year=year, flags=flags_of(fields))


def read_damaged_year(said: Said, fields: Fields) -> Draft | None:
    """A year that lost its last nought: "200-жылға" is 2000."""
    value = said.number("n")
    if value not in (190, 200):
        return None
    return Draft(kind=PeriodKind.YEAR, year=value * 10, last_year=value * 10, flags=("damaged_year",))


def read_offset_year(said: Said, fields: Fields) -> Draft | None:
    """A year by its distance: "былтыр", "келесі жылы"; where it is named, "өткен 2003 жыл", that one."""
    if said.get("y") is not None:
        return read_year(said, fields)
    word = said.get("w")
    offset = fields["offset"] if "offset" in fields else int(word.value) if word is not None else 0
    kind = PeriodKind.QUARTER if fields.get("kind") == "quarter" else PeriodKind.YEAR
    return Draft(kind=kind, offset=offset, context=bool(fields.get("context")), flags=flags_of(fields))


def read_decade(said: Said, fields: Fields) -> Draft | None:
    """Ten years: "1990 жылдары", "90-шы жылдар", "сороковые годы XIV века"."""
    value = said.number("d")
    if value % 10:
        return None
    if value < 100:
        century = said.number("c")
        if not 10 <= value <= 90:
            return None
        value += (century - 1) * 100 if century else 1900 if value >= 30 else 2000
    last = said.number("e", value)
    last = last + value // 100 * 100 if last < 100 else last
    return Draft(kind=PeriodKind.DECADE, year=value, last_year=last + 9, flags=flags_of(fields))


def read_century(said: Said, fields: Fields) -> Draft | None:
    """A hundred years: "XX ғасыр" is 1901–2000."""
    value = said.number("n")
    last = said.number("m", value)
    if not 1 <= value <= last <= 30:
        return None
    return Draft(kind=PeriodKind.CENTURY, year=value * 100 - 99, last_year=last * 100, flags=flags_of(fields))


def read_school_year(said: Said, fields: Fields) -> Draft | None:
    """A year that starts in one and ends in the next: "2023/24", "2023-2024 оқу жылы"."""
    if said.get("s") is not None:
        one, _, two = said["s"].text.partition("/")
        first, last = int(one), int(two if len(two) == 4 else one[:2] + two)
    else:
        first, last = said.number("y"), said.number("z")
        last += first // 100 * 100 if last < 100 else 0
    if last != first + 1:
        return None
    return Draft(kind=PeriodKind.YEARS, year=first, last_year=last, flags=("school_year", *flags_of(fields)))


def read_date(said: Said, fields: Fields) -> Draft | None:
    """A day: d (to e) of the month m, with the year where it is said."""
    month = said.number("m")
    first = said.number("d")
    last = said.number("e", first)
    if not (1 <= first <= last <= 31 and 1 <= month <= 12):
        return None
    draft = Draft(kind=PeriodKind.DATE, part=("day", month, first, last), flags=flags_of(fields))
    return year_of(said, draft)


def read_typed_date(said: Said, fields: Fields) -> Draft | None:
    """A day in digits: "15.11.1993", "2026-02-10"."""
    text = said["t"].text
    if "-" in text:
        year, month, day = (int(part) for part in text.split("-"))
    else:
        day, month, year = (int(part) for part in text.replace("/", ".").split("."))
        if year < 100:
            year += 1900 if year >= LAST_CENTURY else 2000
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Draft(kind=PeriodKind.DATE, year=year, part=("day", month, day, day), flags=flags_of(fields))


def read_month(said: Said, fields: Fields) -> Draft | None:
    """A month m, or months m to n; `value` where the rule itself says which."""
    first = said.number("m", int(fields.get("value", 0)))
    last = said.number("n", first)
    if first == last:
        draft = Draft(kind=PeriodKind.MONTH, part=("month", first), flags=flags_of(fields))
    else:
        draft = Draft(kind=PeriodKind.MONTHS, part=("months", first, last), flags=flags_of(fields))
    return year_of(said, draft)


def read_first_months(said: Said, fields: Fields) -> Draft | None:
    """The first N months or quarters of a year: "он айда", "за девять месяцев", "за три квартала"."""
    count = said["n"].value
    if count not in range(2, 13) or said["n"].high not in (None, count):
        return None
    count *= int(fields.get("months", 1))
    if count not in range(2, 13):
        return None
    if count == 12 and said.get("Y") is None and said.get("y") is None:
        return None  # "за двенадцать месяцев" is the year up to now, not the calendar's
    draft = Draft(
        kind=PeriodKind.MONTHS,
        part=("months", 1, int(count)),
        length=Decimal(int(count)),
        length_unit="month",
        flags=("count", *flags_of(fields)),
    )
    return year_of(said, draft)


def read_quarter(said: Said, fields: Fields) -> Draft | None:
    """A quarter q (to r), or a half year; Q is the one before it whose noun it shares: "во втором –"."""
    first = said.number("q", int(fields.get("value", 0)))
    last = said.number("r", first)
    before = said.get("Q")
    half = fields.get("kind") == "half" or (before is not None and before.cls == PeriodKind.HALF.name)
    if not 1 <= first <= last <= (2 if half else 4):
        return None
    if half:
        draft = Draft(kind=PeriodKind.HALF, part=("half", first), flags=flags_of(fields))
        if "months" in fields:  # "за полгода", told of a half that is just over
            draft.length, draft.length_unit = Decimal(int(fields["months"])), "month"
    elif first == last:
        draft = Draft(kind=PeriodKind.QUARTER, part=("quarter", first), flags=flags_of(fields))
    else:
        draft = Draft(kind=PeriodKind.QUARTER, part=("quarters", first, last), flags=flags_of(fields))
    if before is not None and before.draft is not None:
        draft.year, draft.offset = before.draft.year, before.draft.offset
    return year_of(said, draft)


def length_of(said: Said) -> Decimal | None:
    """The length that a rule captured as n, with a half captured as h; None for "several"."""
    atom, half = said.get("n"), said.get("h")
    if atom is None or not atom.value:
        return None
    return Decimal(atom.value) + (Decimal(half.value) if half is not None else 0)


def unit_of(said: Said, fields: Fields) -> str:
    """The unit of time that a rule captured as u, or that its entry names."""
    if "unit" in fields:
        return str(fields["unit"])
    atom = said.get("u") or said["v"]
    name = atom.value if isinstance(atom.value, str) and atom.value in UNITS else atom.cls
    return str(name).removesuffix("_word")


def read_duration(said: Said, fields: Fields) -> Draft | None:
    """A stretch of time: "70 жыл бойы", "три с половиной месяца"."""
    length = length_of(said)
    if "length" in fields:
        length = Decimal(str(fields["length"]))
    unit = unit_of(said, fields)
    kind = KINDS[str(fields.get("kind", "DURATION"))]
    if length is not None and 0 < length < 1 and unit in SMALLER:
        times, unit = SMALLER[unit]
        length *= times
    return Draft(kind=kind, length=length, length_unit=unit, flags=flags_of(fields))


def read_glued(said: Said, fields: Fields) -> Draft | None:
    """A length inside an adjective: "пятилетний", "30-дневный"; of years in digits or over ten, an age."""
    atom = said["u"]
    length = length_of(said) or (Decimal(atom.value) if atom.value else None)
    if length is None:
        return None
    unit = atom.cls.partition("_")[0]
    if unit == "year" and (said.get("n") is not None or length > CHILDHOOD):
        return Draft(kind=PeriodKind.OTHER, length=length, length_unit=unit, flags=("age",))
    return Draft(kind=PeriodKind.DURATION, length=length, length_unit=unit, flags=flags_of(fields))


def read_sum(said: Said, fields: Fields) -> Draft | None:
    """Two stretches that make one, in the smaller unit: "1 год 5 месяцев"."""
    one, two = said.draft("P"), said.draft("Q")
    small, large = (PARTS.get(draft.length_unit) for draft in (two, one))
    if small is None or large is None or small[0] != large[0] or not one.length or not two.length:
        return None
    if large[1] <= small[1]:
        return None
    length = one.length * large[1] / small[1] + two.length
    return Draft(kind=PeriodKind.DURATION, length=length, length_unit=two.length_unit)


def read_window(said: Said, fields: Fields) -> Draft | None:
    """A stretch that ends (or starts) now: "соңғы үш жылда", "за почти 25 лет", "алдағы 5 жылда"."""
    captured = said.get("P")
    if captured is not None and captured.draft is not None:
        length, unit = captured.draft.length, captured.draft.length_unit
    else:
        length, unit = length_of(said), unit_of(said, fields)
        if said.get("n") is None:
            length = Decimal(1)
    flags = flags_of(fields)
    if length is None or length <= 0 or length != int(length) or length > 5000:
        return Draft(kind=PeriodKind.DURATION, length=length, length_unit=unit, flags=flags)
    sign = int(fields.get("sign", -1))
    if fields.get("named"):
        flags = (*flags, f"relative_period:{fields['named']}_{int(length)}_{unit}s")
    return Draft(
        kind=PeriodKind.DURATION,
        window=(sign * int(length), unit),
        length=length,
        length_unit=unit,
        flags=flags,
    )


def read_shift(said: Said, fields: Fields) -> Draft | None:
    """A point some time from now: "осыдан он жыл бұрын", "через неделю", "в прошлом месяце"."""
    captured = said.get("P")
    length: Decimal | None = Decimal(1)
    if captured is not None and captured.draft is not None:
        length, unit = captured.draft.length, captured.draft.length_unit
    else:
        unit = unit_of(said, fields)
        if said.get("n") is not None:
            length = length_of(said)
        if "by" in fields:
            length = Decimal(int(fields["by"]))
        elif said.get("w") is not None:
            length = Decimal(int(said["w"].value))
    flags = flags_of(fields)
    if length is None or length != int(length) or abs(length) > 5000:
        return Draft(kind=PeriodKind.OTHER, flags=(*flags, "relative_period:some_time_ago"))
    size = int(length) * int(fields.get("sign", 1))
    context = bool(fields.get("context"))
    if unit == "year":
        return Draft(kind=PeriodKind.YEAR, offset=size, context=context, flags=flags)
    kind = {"month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER, "half": PeriodKind.HALF}.get(
        unit, PeriodKind.DATE if unit == "day" else PeriodKind.OTHER
    )
    if unit in ("hour", "minute", "second"):
        return Draft(kind=PeriodKind.TIME, length=abs(length), length_unit=unit, flags=flags)
    return Draft(kind=kind, shift=(size, unit), context=context, flags=flags)


def read_weekday(said: Said, fields: Fields) -> Draft | None:
    """A day of the week, the next one unless the words say which week."""
    shift = (int(fields["by"]), "week") if "by" in fields else None
    return Draft(kind=PeriodKind.DATE, weekday=said.number("w"), shift=shift, flags=flags_of(fields))


def read_same_period(said: Said, fields: Fields) -> Draft | None:
    """The same part of another year: "өткен жылдың сәйкес кезеңі", "аналогичный период прошлого года"."""
    draft = year_of(said, Draft(kind=PeriodKind.OTHER, same=True, flags=flags_of(fields)))
    if draft.year is None and draft.offset is None:
        draft.offset = int(fields.get("offset", -1))
    if draft.year is not None:
        draft.last_year = draft.year
        draft.kind = PeriodKind.YEAR
        draft.flags = (*draft.flags, f"same_period_of:{draft.year}")
    draft.context = True
    return draft


def read_to_date(said: Said, fields: Fields) -> Draft | None:
    """From the start of a year until now: "жыл басынан бері", "с начала года"."""
    draft = year_of(said, Draft(kind=PeriodKind.MONTHS, to_date=True, flags=flags_of(fields)))
    if draft.year is not None:
        draft.first, draft.flags = f"{draft.year}-01", (*draft.flags, "since")
    return draft


def read_other(said: Said, fields: Fields) -> Draft | None:
    """A word of time that has no place in the calendar but its year: "күнделікті", "весной 2016 года"."""
    draft = Draft(
        kind=KINDS[str(fields.get("kind", "OTHER"))],
        length_unit=str(fields.get("unit", "")),
        flags=flags_of(fields),
    )
    return year_of(said, draft)


def read_nothing(said: Said, fields: Fields) -> Draft | None:
    """Words that look like a period and are none, taken away from the rules that follow."""
    return Draft(kind=PeriodKind.OTHER, flags=(NOT_A_PERIOD,))


def read_frame(said: Said, fields: Fields) -> Draft | None:
    """A period with the words around it, that say which end of it is meant or what it is for."""
    inner = said.draft("P")
    if "age" in inner.flags:
        return None
    kept = (flag for flag in inner.flags if flag != "attribute")
    kind = KINDS[str(fields["kind"])] if "kind" in fields else inner.kind
    draft = replace(inner, kind=kind, flags=(*kept, *flags_of(fields)))
    if fields.get("edge") == "start":
        month = int(draft.part[1]) if draft.part and draft.part[0] in ("month", "months") else 1
        if draft.part and draft.part[0] not in ("month", "months"):
            return draft
        draft.part, draft.kind, draft.last_year = ("day", month, 1, 1), PeriodKind.DATE, None
    return draft


def read_range(said: Said, fields: Fields) -> Draft | None:
    """From one period to another; what one of them does not say the other lends."""
    one, two = said.draft("P"), said.draft("Q" if said.get("Q") is not None else "R")
    if not (one.year or one.part or one.offset is not None) or not (two.year or two.part):
        return None
    if one.year is None and one.offset is None:
        one = replace(one, year=two.year, offset=two.offset)
    if two.year is None and two.offset is None:
        two = replace(two, year=one.year, offset=one.offset)
    flags = (*one.flags, *(flag for flag in two.flags if flag not in one.flags), *flags_of(fields))
    whole = not one.part and not two.part and one.year is not None and two.year is not None
    if whole and one.year is not None and two.year is not None:
        last = two.last_year or two.year
        if last < one.year:
            return None
        return Draft(kind=PeriodKind.YEARS, year=one.year, last_year=last, flags=flags)
    if one.part[:1] == ("month",) and two.part[:1] == ("month",) and one.year == two.year:
        part = ("months", one.part[1], two.part[1])
        return replace(one, kind=PeriodKind.MONTHS, part=part, flags=flags)
    kind = one.kind if one.kind is two.kind else PeriodKind.OTHER
    return replace(one, kind=kind, other=two, flags=flags)


Reader = Callable[[Said, Fields], Draft | None]
READERS: Mapping[str, Reader] = {
    "year": read_year,
    "short_year": read_short_year,
    "damaged_year": read_damaged_year,
    "offset_year": read_offset_year,
    "decade": read_decade,
    "century": read_century,
    "school_year": read_school_year,
    "date": read_date,
    "typed_date": read_typed_date,
    "month": read_month,
    "first_months": read_first_months,
    "quarter": read_quarter,
    "duration": read_duration,
    "glued": read_glued,
    "sum": read_sum,
    "window": read_window,
    "shift": read_shift,
    "weekday": read_weekday,
    "same_period": read_same_period,
    "to_date": read_to_date,
    "other": read_other,
    "nothing": read_nothing,
    "frame": read_frame,
    "range": read_range,
}
