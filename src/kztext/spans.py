"""The values that flow between the stages: spans of the repaired text and what they mean.

Every span has `start` and `end` in the repaired text of the whole document (half-open, code points) and the
name of the `rule` that found it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

CURRENCY = 3  # letters of an ISO 4217 code


class Lang(StrEnum):
    KK = "kk"
    RU = "ru"


class Layout(StrEnum):
    """What kind of line a sentence stands in."""

    TEXT = "text"
    HEADING = "heading"  # a title, or a line that introduces the lines below it
    ITEM = "item"  # one entry of a list, one a line ("• 2021 ж. – 14,4 трлн теңге;", "2015 жыл – 1,2")
    DATELINE = "dateline"  # where and when the item of news behind it was sent ("АСТАНА, 30 октября.")
    ROW = "row"  # one row of a small table, cells parted by tabs or pipes


class Approximation(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Case(StrEnum):
    """Kazakh case of the ending on a number, unit or noun; NOM where there is none."""

    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    LOC = "loc"
    ABL = "abl"
    INS = "ins"


class NumberKind(StrEnum):
    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"  # value is the fraction itself: 1/3 is Decimal(1)/Decimal(3)
    MULTIPLE = "multiple"  # "вдвое", "екі еселенді": value 2
    COLLECTIVE = "collective"  # "екеуі", "двое"
    INDEFINITE = "indefinite"  # "жүздеген", "десятки тысяч": no exact value
    LABEL = "label"  # list, section, law, document, room and other identifying numbers
    PHONE = "phone"
    CLOCK = "clock"
    SCORE = "score"
    AGE = "age"
    CODE = "code"  # URLs, file names, model names with digits


class PeriodKind(StrEnum):
    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    MONTHS = "months"  # "январь–сентябрь", "он айда", "девять месяцев"
    YEAR = "year"
    YEARS = "years"  # "1991-1995 жылдары"
    DECADE = "decade"
    CENTURY = "century"
    DURATION = "duration"  # "70 жыл бойы", "за 25 лет": `length` and `length_unit`
    TIME = "time"  # a time of day
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: int
    end: int
    rule: str = ""

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Span):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Span):
    """One sentence, list item or table row of the repaired text.

    `text` is `repaired[start:end]`; `block` counts paragraphs and lists: one block belongs together.
    """

    text: str
    lang: Lang
    layout: Layout = Layout.TEXT
    block: int = 0
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Span):
    """The numeral alone, without unit, multiplier sign or ending: `31,2`, "екі жарым", "одного триллиона".

    `value` has multipliers applied ("1,2 млрд" = 1200000000); `high` differs where a range is said.
    `tail` is where the numeral's ending stops ("20-дан": `end` before "-дан", `tail` after it).
    """

    value: Decimal
    high: Decimal
    kind: NumberKind = NumberKind.CARDINAL
    case: Case = Case.NOM
    tail: int = 0
    decimals: int = 0  # how many decimals are written, in units of the multiplier
    multiplier: Decimal = Decimal(1)  # of the last scale word written ("млрд" = 10**9)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Span):
    """What a value is about: an inclusive range, as fine as the text ("1998", "2024-Q1", "1993-11-15").

    `first` is empty for "until 2029", `last` for "since 2003"; both are empty where a relative expression
    cannot be resolved. `case` is the Kazakh case of the last word ("жылғы" is NOM with flag `attribute`).
    Flags: `relative_period:<what>`, `end_of_period`, `point_in_time`, `damaged_year`, `until`, `since`,
    `attribute` ("2007 жылғы", the period of the noun after it), `base` ("1990 жылмен салыстырғанда",
    "к 2020 году", "өткен жылдың сәйкес кезеңі": what is compared with), `yearly` ("жылына", "в год").
    """

    first: str = ""
    last: str = ""
    kind: PeriodKind = PeriodKind.YEAR
    length: Decimal | None = None  # of a duration, in `length_unit`
    length_unit: str = ""  # year, month, day, hour …
    case: Case = Case.NOM
    flags: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether it is one day: what stood at it or happened on it is no ground for the next sentence."""
        return self.first == self.last and len(self.first) == len("2024-01-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Span):
    """Number + multiplier + unit, with its hedge: what becomes the value of a record.

    `start:end` is the quote: without hedge, counted noun and case ending ("8 пайыз", "2700$", "6 млрд тг").
    `outer_start:outer_end` takes in hedges, prepositions that belong to the number, and endings
    ("31,2%-ға", "более 5 млн", "2000-ға жуық").
    """

    value: Decimal
    high: Decimal  # equal to value unless a range is said
    unit: str = ""  # catalogue id (percent, USD, tonne …); empty where the text does not say
    approximation: Approximation = Approximation.EXACT
    kind: NumberKind = NumberKind.CARDINAL
    case: Case = Case.NOM
    outer_start: int = 0
    outer_end: int = 0
    decimals: int = 0  # decimals written, in units of the multiplier that is written
    multiplier: Decimal = Decimal(1)  # of the scale word written ("млрд" = 10**9)
    negative: bool = False  # "минус 2,6"
    per: str = ""  # "per" unit of a rate: "year", "person", "hectare"
    against: bool = False  # a Kazakh noun in the ablative stands right before it: "импорттан 20 млрд артық"
    flags: tuple[str, ...] = ()  # number_words, shared_unit, line_break, unit_missing, fraction, per_… …


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorMention(Span):
    """The words that name the thing measured, and the catalogue id they stand for."""

    indicator: str
    head: str = ""  # what the phrase says of the measure: growth, level, share, index … ; empty if nothing
    flags: tuple[str, ...] = ()


KAZAKHSTAN = "KAZ"  # ISO 3166-1 alpha-3, like every country's `geo`
COUNTRY = 3  # letters of such a code
OUR_COUNTRY = "our_country"  # the `rule` of a Place: "еліміз", "наша страна"
THE_COUNTRY = "the_country"  # "елде", "в стране"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Span):
    """A country, region or group named in the text; `geo` is empty, `local` true for towns and districts."""

    geo: str
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Span):
    """Words that change how a number reads: direction, modality, measure, base, speaker, aggregation …"""

    kind: str
    value: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    label: str = "other"
    secondary: str = ""
    confidence: float = 0.0


def is_money(unit: str) -> bool:
    """Whether a unit is written as an ISO 4217 code: three capital letters."""
    return len(unit) == CURRENCY and unit.isupper()
