"""Build: readings become indicator records, in offsets of the original text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from kztext.catalogue import Catalogue
from kztext.catalogue.units import told_in
from kztext.reading import Reading
from kztext.records import Direction, Document, IndicatorRecord, Measure, Modality
from kztext.spans import Lang, Layout, NumberKind, Period, PeriodKind, Quantity
from kztext.text import Text

NOT_RECORDS = frozenset(
    {
        NumberKind.LABEL,
        NumberKind.PHONE,
        NumberKind.CLOCK,
        NumberKind.SCORE,
        NumberKind.AGE,
        NumberKind.CODE,
        NumberKind.ORDINAL,
    }
)
TIME_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
GAME_UNITS = frozenset({"game_point"})
FEW = 5  # in words: "три шага" says less than "восемь школ"
TEN = 10  # number words below it alone are no figures
CENT = Decimal("0.01")
LONG_LIFE = 40  # years


def is_record(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether a reading says how much or how many of something; bare small numbers and durations do not."""
    quantity = reading.quantity
    entry = catalogue.indicators.get(reading.indicator)
    lasts = entry is not None and entry.unit_class == "years"  # life expectancy is told in years
    if (
        quantity.kind in NOT_RECORDS
        or quantity.unit in GAME_UNITS
        or (quantity.unit in TIME_UNITS and not lasts and not is_life(quantity))
    ):
        return False
    both = quantity.kind is NumberKind.COLLECTIVE and reading.sentence.lang is Lang.KK
    if both and quantity.high < TEN and not reading.counted:
        return False  # "екеуі қосылғанда 105,7 млрд"
    if quantity.unit or (reading.unit and not reading.counted) or (lasts and reading.strong):
        return True
    if quantity.multiplier != 1 or "unit_from_header" in reading.flags:
        return True
    titled = reading.sentence.layout is Layout.HEADING  # "БЕС КӨРШІ, БЕС ҚАРҚЫН"
    if "number_words" in quantity.flags and quantity.high < (FEW if reading.counted and not titled else TEN):
        return False
    if quantity.kind is NumberKind.INDEFINITE:
        return False
    return counts(reading)


def is_life(quantity: Quantity) -> bool:
    """Whether years are told so finely that they are a length of life ("ерлерде 68,8 жас")."""
    return quantity.unit == "year" and quantity.decimals > 0 and quantity.value >= LONG_LIFE


def counts(reading: Reading) -> bool:
    """Whether a bare number counts the noun behind it, stands in a list, or is told of something by verb."""
    if reading.counted:
        return True
    return (reading.has_subject or bool(reading.indicator)) and (reading.told or "table" in reading.flags)


def unit_of(reading: Reading, catalogue: Catalogue) -> tuple[str, tuple[str, ...]]:
    """The unit of a record, and the flag that says where it is missing.

    A whole number of something is a count; millions and billions of what is not said may be money.
    """
    if reading.unit:
        return reading.unit, ()
    quantity = reading.quantity
    if quantity.kind is NumberKind.MULTIPLE:
        return "times", ()
    entry = catalogue.indicators.get(reading.indicator)
    if entry is not None and entry.unit_class == "count":
        return "count", ()
    if entry is not None and entry.unit_class == "years" and reading.measure is Measure.LEVEL:
        return "year", ("ellipsis",)  # "Қытайда – 78,0": as the other ages of the list
    if (
        quantity.multiplier <= 1000
        and (quantity.decimals == 0 or quantity.multiplier == 1000)
        and (entry is None or entry.unit_class in ("", "count"))
    ):
        return "count", ()
    return "", ("unit_missing",)


def id_part(doc_id: str) -> str:
    """A document's part of its records' ids: `doc_id` without the signs that part a list of ids."""
    return doc_id.replace(",", "_").replace(";", "_")


def plain(value: Decimal) -> Decimal:
    """A value without trailing zeros or exponent."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def build_records(
    document: Document,
    text: Text,
    readings: Sequence[Reading],
    country: str,
    catalogue: Catalogue,
) -> list[IndicatorRecord]:
    """The indicator records of a document, in text order; `country` holds where no place is named."""
    records: list[IndicatorRecord] = []
    seen: Counter[str] = Counter()
    for reading in readings:
        if not is_record(reading, catalogue):
            continue
        quantity = reading.quantity
        start, end = text.to_original(quantity.start, quantity.end)
        key = f"{id_part(document.doc_id)}:{start}"
        seen[key] += 1
        record_id = key if seen[key] == 1 else f"{key}.{seen[key]}"
        unit, unit_flags = unit_of(reading, catalogue)
        subject = text.to_original(*reading.subject) if reading.has_subject else (0, 0)
        indicator = catalogue.indicators.get(reading.indicator)
        modality = expected(reading, document.doc_date)
        unit, factor = told_in(unit)
        value, high = quantity.value * factor, quantity.high * factor
        if "fraction" in quantity.flags:
            value, high = value.quantize(CENT, ROUND_HALF_UP), high.quantize(CENT, ROUND_HALF_UP)
        first, last = bounds(reading.period)
        flags = [flag for flag in (*reading.flags, *unit_flags, *period_flags(reading)) if flag != "falls"]
        if "\n" in document.text[start:end]:
            flags.append("line_break")
        records.append(
            IndicatorRecord(
                record_id=record_id,
                doc_id=document.doc_id,
                doc_date=document.doc_date,
                lang=str(reading.sentence.lang),
                start=start,
                end=end,
                quote=document.text[start:end],
                sentence=" ".join(reading.sentence.text.split()),
                subject=" ".join(document.text[subject[0] : subject[1]].split()),
                indicator=reading.indicator,
                topic=indicator.topic if indicator else "",
                measure=reading.measure,
                value=plain(value),
                value_high=plain(high),
                unit=unit,
                direction=reading.direction if reading.direction is not Direction.STABLE else Direction.NONE,
                aggregation=reading.aggregation,
                approximation=reading.approximation or quantity.approximation,
                period_start=first,
                period_end=last,
                base_period=base_period(reading.base),
                share_of=share_of(reading, document, text),
                modality=modality,
                geo=""
                if modality is Modality.DEFINITION
                else (reading.geo or ("" if "local" in reading.flags else country)),
                price_basis=reading.price_basis,
                speaker=reading.speaker,
                confidence=reading.confidence,
                rule=";".join(dict.fromkeys(r for r in (quantity.rule, *reading.rules) if r)),
                flags=tuple(dict.fromkeys(flags)),
            )
        )
    return records


def share_of(reading: Reading, document: Document, text: Text) -> str:
    """The whole of a share: an id of the contract, or the original letters of the words that name it."""
    if reading.measure is not Measure.SHARE:
        return ""
    if reading.whole[1] > reading.whole[0]:
        start, end = text.to_original(*reading.whole)
        return " ".join(document.text[start:end].split())
    return reading.share_of


def bounds(period: Period | None) -> tuple[str, str]:
    """First and last of a period, empty where open or unsaid."""
    return (period.first, period.last) if period is not None else ("", "")


def base_period(base: Period | None) -> str:
    """What a change is compared with: one period, or "first/last" of an interval."""
    if base is None:
        return ""
    if base.first == base.last or not base.last:
        return base.first
    return f"{base.first}/{base.last}" if base.first else base.last


def period_flags(reading: Reading) -> list[str]:
    """The flags of the period that the record keeps."""
    keep = ("relative_period", "end_of_period", "point_in_time", "damaged_year")
    flags = reading.period.flags if reading.period is not None else ()
    return [flag for flag in flags if flag.startswith(keep)]


def expected(reading: Reading, doc_date: str) -> Modality:
    """The modality; what is said of a year after the document's own is expected, not observed."""
    if reading.modality is not Modality.ACTUAL or reading.period is None:
        return reading.modality
    last = reading.period.last or reading.period.first
    if (
        doc_date
        and last[:4].isdigit()
        and last[:4] > doc_date[:4]
        and reading.period.kind is not PeriodKind.DURATION
    ):
        return Modality.FORECAST
    return reading.modality
