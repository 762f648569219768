"""Records as the audit sees them: intervals, spans, bases, and the key under which two say the same thing."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import regex

from kztext.audit.words import places, says
from kztext.intervals import HUNDRED, Interval, Said, factor, said
from kztext.records import CARRIED, Aggregation, Direction, IndicatorRecord, Measure, Modality
from kztext.timespan import Timespan, between, parse

SURE = 0.5  # below this confidence a record contradicts nobody
PREVIOUS = "previous"
MONEY = frozenset({"USD", "KZT", "RUB", "EUR", "CNY", "GBP", "KGS", "UZS", "JPY", "CHF", "TRY"})
# Flags that make it another thing that is measured; all others tell how it was said.
_MARKS = frozenset(
    {
        "breakdown",
        "comparison",
        "deficit",
        "gross",
        "local",
        "monthly",
        "net",
        "of_growth_rate",
        "part_of",
        "per_day",
        "per_month",
        "per_person",
        "ppp",
        "stock",
        "surplus",
        "target",
    }
)
_SHARED = frozenset({"shared_unit", "measure_unsaid"})
Key = tuple[Any, ...]
Pair = tuple[Interval, Interval]  # wide, likely
RATIOS = ("percent", "percentage_point", "times")
NO_AMOUNT = ("", *RATIOS)


@lru_cache(maxsize=1)
def kinds() -> dict[str, Any]:
    """What the audit must know of indicators."""
    data = tomllib.loads((files("kztext.audit") / "kinds.toml").read_text(encoding="utf-8"))
    sets = (
        "growth_rates",
        "real_growth",
        "often_real",
        "stocks",
        "states",
        "rates",
        "umbrellas",
        "prices",
        "placeless",
        "people",
        "worse_when_high",
        "overlapping",
    )
    return {**data, **{name: frozenset(data[name]) for name in sets}}


class Fact:
    """One record with what the audit asks of it, worked out once."""

    __slots__ = (
        "base",
        "compares",
        "indicator",
        "is_growth",
        "is_rate",
        "marks",
        "order",
        "record",
        "said",
        "sense",
        "span",
        "topic",
        "year",
    )

    def __init__(self, record: IndicatorRecord, order: int) -> None:
        self.record = record
        self.order = order
        self.said: Said = said(record)
        self.span: Timespan | None = (
            between(record.period_start, record.period_end)
            if record.period_start and record.period_end
            else None
        )
        self.base: Timespan | str = _base(record, self.span)
        self.sense = _sense(record)
        # Set against another thing, not against itself at another time.
        self.compares = (
            "comparison" in record.flags
            and not record.base_period
            and not says("with_before", record.sentence, record.lang)
        )
        marks = {m for f in record.flags if (m := _mark(f))} if record.flags else set()
        self.marks = tuple(sorted(marks if self.compares else marks - {"comparison"}))
        # What is measured: the indicator, or the words where the catalogue has none.
        self.indicator = record.indicator
        self.topic: Key = (record.indicator or plain(record.subject), record.geo, self.marks)
        self.year: int | None = self.span.year if self.span else None
        # A change or index in percent whose sign is known; and a rate of growth by itself, like inflation.
        percent = record.unit == "percent"
        self.is_growth: bool = percent and (
            record.measure == Measure.INDEX or (record.measure == Measure.CHANGE and bool(record.direction))
        )
        self.is_rate: bool = percent and record.indicator in kinds()["growth_rates"]

    def has(self, flag: str) -> bool:
        """Whether the record has a flag, alone or with what it says ("part_of", "part_of:gdp")."""
        flags = self.record.flags
        return bool(flags) and any(f == flag or f.startswith(flag + ":") for f in flags)

    @property
    def carried(self) -> bool:
        """Whether what it is of, or its unit, was said elsewhere in the text."""
        return not CARRIED.isdisjoint(self.record.flags)

    @property
    def completed(self) -> bool:
        """Whether its name was carried, or completed by the words of the text around it."""
        return self.carried or "focus" in self.record.flags

    @property
    def is_loose(self) -> bool:
        """Whether its own words need not say what it is of: name, unit or measure are shared."""
        return self.completed or not _SHARED.isdisjoint(self.record.flags)

    @property
    def is_exact(self) -> bool:
        """Whether it is one number, without a hedge."""
        return self.record.approximation == "exact" and self.record.value == self.record.value_high

    @property
    def is_single(self) -> bool:
        """Whether it is one number, hedged or not."""
        return self.record.value == self.record.value_high

    @property
    def pair(self) -> Pair:
        """All that its number could mean, and what a careful writer would mean by it."""
        return self.said.wide, self.said.likely

    @property
    def point(self) -> Interval:
        """The number as it is printed."""
        return Interval(self.record.value, self.record.value_high)

    @property
    def is_told(self) -> bool:
        """Whether it is told as having been."""
        return self.record.modality == Modality.ACTUAL

    def growth(self, interval: Interval) -> Interval:
        """The signed change in percent of a growth fact (an index less 100)."""
        r = self.record
        if r.measure == Measure.INDEX:
            return interval.shifted(-HUNDRED)
        return -interval if r.direction == Direction.DOWN else interval

    def signed(self, interval: Interval) -> Interval:
        """The interval with its sign, for what has one."""
        return self.growth(interval) if self.record.measure in ("change", "index") else interval

    def factor(self, interval: Interval) -> Interval | None:
        return factor(self.record, interval)


def plain(text: str) -> str:
    """Words for comparison: lower case, one space, Cyrillic і for Latin i.

    >>> plain("ЖIӨ  Көлемi")
    'жіө көлемі'
    """
    return " ".join(text.lower().replace("i", "і").split())


def _mark(flag: str) -> str:
    return flag if flag.partition(":")[0] in _MARKS else ""


def _base(record: IndicatorRecord, span: Timespan | None) -> Timespan | str:
    if not record.base_period:
        return PREVIOUS
    base = parse(record.base_period)
    if base is None:
        return record.base_period
    if span and not span.day and base == span.shifted(-1):
        return PREVIOUS
    if (
        span
        and base.year is not None
        and base.year == span.first // 12 - 1
        and span.first // 12 == span.last // 12
    ):
        return PREVIOUS
    december = base.months == 1 and base.last % 12 == 11 and span and span.year == base.last // 12 + 1
    return PREVIOUS if december else base


def _sense(record: IndicatorRecord) -> str:
    """The definition or price basis that the text itself names: average, end, real, nominal; or empty."""
    if record.measure == Measure.LEVEL and record.unit != "percent":
        return _sense_of_level(record)
    if window := window_of(record):
        return window
    if record.indicator in kinds()["growth_rates"]:
        if "average" in record.flags:
            return "average"
        if record.aggregation == Aggregation.ANNUAL_AVERAGE and record.period_start == record.period_end:
            return "average"
        if (
            "end_of_period" in record.flags
            or record.base_period[4:] == "-12"
            or record.period_end[4:] == "-12"
        ):
            return "end"
        return _sense_of_sentence(record) if record.unit == "percent" else ""
    if record.price_basis:
        return record.price_basis
    if record.measure == Measure.CHANGE and _real_said(record):
        return "real"
    if record.measure == Measure.INDEX or record.indicator in kinds()["real_growth"]:
        return "real" if record.measure in ("change", "index") and record.unit == "percent" else ""
    return ""


def _sense_of_level(record: IndicatorRecord) -> str:
    """The price basis of an amount; whether it is a median; of a price, an average or of one day."""
    if record.price_basis:
        return record.price_basis
    if says("median", record.subject or record.sentence, record.lang):
        return "median"
    if record.indicator in kinds()["prices"]:
        if "average" in record.flags:
            return "average"
        if {"end_of_period", "from_value", "to_value"}.intersection(record.flags):
            return "end"
    return ""


def window_of(record: IndicatorRecord) -> str:
    """Whether a change is one of a month or since the year began, by the nearest words that say so; or empty.

    "За месяц цены выросли на 0,8 %, а с начала года – на 6,9 %" holds two different rates.
    """
    if record.indicator not in kinds()["growth_rates"] or record.unit != "percent":
        return ""
    if "monthly" in record.flags:
        return "monthly"
    sentence, quote = plain(record.sentence), plain(record.quote)
    at = max(0, sentence.find(quote))
    found = [
        (at - place if place < at else place - at + len(sentence), kind)
        for kind in ("monthly", "since_start", "yearly")
        for place in places(kind, sentence, record.lang)
    ]
    kind = min(found)[1] if found else ""
    return "" if kind == "yearly" else kind


def _sense_of_sentence(record: IndicatorRecord) -> str:
    """The definition that a sentence names for all its rates, where the record itself does not say."""
    average, end = (says(kind, record.sentence, record.lang) for kind in ("average", "end"))
    return "" if average == end else "average" if average else "end"


def lead(record: IndicatorRecord) -> str:
    """The words of a sentence before a record's number."""
    sentence, quote = " ".join(record.sentence.split()), " ".join(record.quote.split())
    return sentence.partition(quote)[0]


def _real_said(record: IndicatorRecord) -> bool:
    """Whether the words between the last number and a change speak of real growth, not of nominal."""
    if record.unit != "percent":
        return False
    own = regex.split(r"\d", lead(record))[-1]
    real, nominal = (says(kind, own, record.lang) for kind in ("real", "nominal"))
    return real and not nominal


def key_of(fact: Fact) -> Key | None:
    """The key under which two records that say the same thing meet; None for what cannot be compared."""
    r, span = fact.record, fact.span
    if (
        0 < r.confidence < SURE
        or span is None
        or not r.indicator
        or (r.aggregation == Aggregation.CUMULATIVE and not fact.is_growth and r.measure != "level")
    ):
        return None
    if "from_value" in r.flags and {"context_period", "relative_period:current_year"}.intersection(r.flags):
        return None  # what it was when the year began, not that year's figure
    if fact.compares and r.measure == "change":
        return None  # how it stands to another thing, which the record does not name
    if "measure_unsaid" in r.flags and not fact.carried:
        return None
    shared = (r.indicator, r.geo, span.first, span.last, span.day, r.aggregation, fact.marks)
    if fact.is_rate and r.measure in ("level", "change", "index"):
        if r.measure != "level" and not fact.is_growth:
            return None
        yearly = span.year is not None or (span.months == 1 and span.last % 12 == 11 and r.measure == "level")
        if not yearly:
            return (*shared, "rate", r.measure, _base_key(fact), fact.sense)
        year = span.last // 12
        base = _base_key(fact) if not isinstance(fact.base, str) else PREVIOUS
        return (r.indicator, r.geo, year, r.aggregation, fact.marks, "rate", base, fact.sense)
    if fact.is_growth:
        return (*shared, "growth", _base_key(fact), fact.sense)
    if r.indicator in kinds()["rates"] and r.measure in ("level", "share") and r.unit == "percent":
        return (*shared, "share of its own", fact.sense)
    if r.measure == Measure.LEVEL:
        return (*shared, "level", r.unit, fact.sense) if r.unit else None
    if r.measure == Measure.SHARE:
        return (*shared, "share", r.share_of, r.unit) if r.share_of != r.indicator else None
    if r.measure == Measure.CHANGE and r.direction and r.unit:
        return (*shared, "change", r.unit, _base_key(fact), fact.sense)
    return None


def _base_key(fact: Fact) -> Any:
    return fact.base if isinstance(fact.base, str) else (fact.base.first, fact.base.last, fact.base.day)


def wide_of(fact: Fact) -> Interval:
    """The signed interval of all that a fact could mean, as facts of one key are compared."""
    return rate_interval(fact, fact.said.wide)


def rate_interval(fact: Fact, interval: Interval) -> Interval:
    """The value under which facts of one key are compared."""
    r = fact.record
    if r.measure in ("change", "index") and (r.unit == "percent" or r.direction == Direction.DOWN):
        return fact.growth(interval)
    return interval


def is_total(fact: Fact) -> bool:
    """Whether a fact is the whole of a list: it is said to be, or it is a share of exactly 100 %."""
    r = fact.record
    if "table" in r.flags and says("total", label(fact), r.lang):
        return True
    return "total" in r.flags or (r.measure == Measure.SHARE and r.value == HUNDRED == r.value_high)


def label(fact: Fact) -> str:
    """What a row of a table begins with: its words before the first number or bar."""
    match = _LABEL.match(fact.record.sentence)
    return plain(match[0]).strip(" –—-•*:|") if match else ""


_LABEL = regex.compile(r"[^\p{Nd}|]*")
