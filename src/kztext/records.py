"""Documents and the three kinds of record that leave kztext: indicator records, claims and findings.

Field names are a contract (docs/records.md); fields may be added, never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LEARNED = "learned"  # flag of an indicator that no words name
CARRIED = frozenset({"ellipsis", "coreference"})  # flags of what its own words leave out


class Measure(StrEnum):
    LEVEL = "level"
    CHANGE = "change"
    INDEX = "index"
    SHARE = "share"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    STABLE = "stable"  # claims only
    NONE = ""


class Aggregation(StrEnum):
    PERIOD = "period"
    CUMULATIVE = "cumulative"
    ANNUAL_AVERAGE = "annual_average"


class Modality(StrEnum):
    ACTUAL = "actual"
    PLAN = "plan"
    FORECAST = "forecast"
    DEFINITION = "definition"


class ClaimKind(StrEnum):
    QUANTITY = "quantity"
    TREND = "trend"
    EVENT = "event"
    COMPARISON = "comparison"
    DEFINITION = "definition"


class Verdict(StrEnum):
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CLOSE = "close"
    DEFINITION_DIFFERS = "definition_differs"
    NOT_CHECKABLE = "not_checkable"
    NONE = ""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as it came, with its id (the file's name) and its date, from metadata or its first lines."""

    doc_id: str
    text: str
    doc_date: str = ""
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    """One number said about one thing; see docs/records.md for each field."""

    record_id: str
    doc_id: str
    doc_date: str = ""
    lang: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    sentence: str = ""
    subject: str = ""
    indicator: str = ""
    code: str = ""
    topic: str = ""
    measure: Measure = Measure.LEVEL
    value: Decimal = Decimal(0)
    value_high: Decimal = Decimal(0)
    unit: str = ""
    direction: Direction = Direction.NONE
    aggregation: Aggregation = Aggregation.PERIOD
    approximation: str = "exact"
    period_start: str = ""
    period_end: str = ""
    base_period: str = ""
    share_of: str = ""
    modality: Modality = Modality.ACTUAL
    geo: str = ""
    price_basis: str = ""
    speaker: str = ""
    confidence: float = 0.0
    rule: str = ""
    flags: tuple[str, ...] = ()
    reference_value: str = ""
    reference_period: str = ""
    reference_source: str = ""
    deviation: str = ""
    verdict: Verdict = Verdict.NONE
    reference_computation: str = ""  # the arithmetic, or the reason why it is not checkable
    reference_hint: str = ""  # the nearest true reading of a refuted record, if there is exactly one


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One statement, with or without numbers."""

    claim_id: str
    doc_id: str
    doc_date: str = ""
    lang: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    sentence: str = ""
    kind: ClaimKind = ClaimKind.QUANTITY
    topic: str = ""
    indicator: str = ""
    direction: Direction = Direction.NONE
    period_start: str = ""
    period_end: str = ""
    modality: Modality = Modality.ACTUAL
    geo: str = ""
    speaker: str = ""
    quoted: bool = False
    record_ids: tuple[str, ...] = ()
    verdict: Verdict = Verdict.NONE
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where statements contradict one another, the arithmetic or the calendar."""

    finding_id: str
    rule: str
    severity: Severity
    record_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()
    message: str = ""
    expected: str = ""
    found: str = ""
    computation: str = ""
