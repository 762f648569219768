"""Figures against gold: are the records and claims found, are their fields right.

A record is found when its span overlaps a gold record's and the values agree; each is matched once, the
longest overlap first. `value` counts the found; `core` those with the right indicator, unit, measure,
direction and period; `strict` those that are right in every field. `alt` in gold names other values that
count as right; `optional` gold counts neither as missed nor as spurious.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kztext.records import ClaimRecord, IndicatorRecord
from kztext.write import write_cell

Gold = Mapping[str, Any]

CORE = ("indicator", "unit", "measure", "direction", "period")
STRICT = (
    *CORE,
    "approximation",
    "aggregation",
    "modality",
    "base_period",
    "share_of",
    "geo",
    "speaker",
)
ONLY_WHERE_SAID = ("indicator", "share_of", "speaker", "geo")
LEVELS = ("value", "core", "strict")


@dataclass(frozen=True, slots=True)
class Figure:
    """Hits among what was predicted and what gold holds."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of the predicted that is right."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that is found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.hits / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One gold record that is missed or wrong in some fields, or one record that gold does not have."""

    kind: str  # missed, wrong, spurious
    doc: str
    lang: str
    quote: str
    fields: tuple[tuple[str, str, str], ...] = ()  # name, gold, got

    def __str__(self) -> str:
        said = "; ".join(f"{name}: gold {gold!r}, got {got!r}" for name, gold, got in self.fields)
        return f"{self.kind:8} {self.doc} {self.quote!r}  {said}".rstrip()


@dataclass(slots=True)
class RecordScore:
    """The figures of one set or one language of it."""

    hits: Counter[str] = field(default_factory=Counter)
    predicted: int = 0
    gold: int = 0
    right: Counter[str] = field(default_factory=Counter)  # per field, among the found
    mistakes: list[Mistake] = field(default_factory=list)

    def figure(self, level: str) -> Figure:
        """The figure of a level: value, core or strict."""
        return Figure(self.hits[level], self.predicted, self.gold)

    def accuracy(self, name: str) -> float:
        """The share of found records whose field is right."""
        return self.right[name] / self.hits["value"] if self.hits["value"] else 0.0


def score_records(gold: Iterable[Gold], records: Iterable[IndicatorRecord]) -> dict[str, RecordScore]:
    """The figures for all (key "all") and for each language of gold.

    A found record counts in the language of its gold record, a spurious one in its own.
    """
    wanted: defaultdict[str, list[Gold]] = defaultdict(list)
    free: defaultdict[str, list[Gold]] = defaultdict(list)
    for row in gold:
        (free if row.get("optional") else wanted)[stem(row["doc"])].append(row)
    given: defaultdict[str, list[IndicatorRecord]] = defaultdict(list)
    for record in records:
        doc = stem(record.doc_id)
        if not any(overlap(row, record) for row in free[doc]):
            given[doc].append(record)
    scores = {"all": RecordScore()}
    for doc in sorted({*wanted, *given}):
        _score_document(doc, wanted[doc], given[doc], scores)
    return scores


def _score_document(
    doc: str, gold: Sequence[Gold], records: Sequence[IndicatorRecord], scores: dict[str, RecordScore]
) -> None:
    pairs = match(gold, records)
    for i, row in enumerate(gold):
        lang = text(row.get("lang"))
        for score in (scores["all"], scores.setdefault(lang, RecordScore())):
            score.gold += 1
            if i not in pairs:
                score.mistakes.append(
                    Mistake(kind="missed", doc=doc, lang=lang, quote=text(row.get("quote")))
                )
                continue
            record = records[pairs[i]]
            wrong = [name for name in STRICT if not is_right(name, row, record)]
            score.predicted += 1
            score.hits["value"] += 1
            score.hits["core"] += not set(wrong) & set(CORE)
            score.hits["strict"] += not wrong
            score.right.update(name for name in STRICT if name not in wrong)
            score.right["subject"] += same_subject(row, record)
            if wrong:
                said = tuple((name, said_by(name, row), said_by(name, record)) for name in wrong)
                score.mistakes.append(
                    Mistake(kind="wrong", doc=doc, lang=lang, quote=text(row.get("quote")), fields=said)
                )
    for j in sorted(set(range(len(records))) - set(pairs.values())):
        record = records[j]
        mistake = Mistake(kind="spurious", doc=doc, lang=record.lang, quote=record.quote)
        for score in (scores["all"], scores.setdefault(record.lang, RecordScore())):
            score.predicted += 1
            score.mistakes.append(mistake)


def stem(doc: str) -> str:
    """A document's name without folder and suffix."""
    return Path(doc).stem


def text(value: object) -> str:
    """A field of gold or of a record as text; `null` is empty."""
    return "" if value is None else write_cell(value).strip()


def value_of(row: Gold | IndicatorRecord, name: str) -> str:
    """A field of a gold row or a record as text."""
    return text(row.get(name) if isinstance(row, Mapping) else getattr(row, name))


def said_by(name: str, row: Gold | IndicatorRecord) -> str:
    """A field as mistakes show it; the period is start/end."""
    if name == "period":
        return f"{value_of(row, 'period_start')}/{value_of(row, 'period_end')}"
    return value_of(row, name)


def overlap(gold: Gold, record: IndicatorRecord | ClaimRecord) -> int:
    """How many characters two spans of one document share; 0 where none."""
    return max(0, min(int(gold["end"]), record.end) - max(int(gold["start"]), record.start))


def same_number(gold: object, value: Decimal) -> bool:
    """Whether the values agree to six digits."""
    if gold is None:
        return False
    wanted = Decimal(str(gold))
    return abs(wanted - value) <= Decimal("1e-6") * max(Decimal(1), abs(wanted), abs(value))


def match(gold: Sequence[Gold], records: Sequence[IndicatorRecord]) -> dict[int, int]:
    """For each gold row that is found the record it is found by."""
    candidates = sorted(
        (-overlap(row, record), i, j)
        for i, row in enumerate(gold)
        for j, record in enumerate(records)
        if overlap(row, record)
        and same_number(row["value"], record.value)
        and same_number(row["value_high"], record.value_high)
    )
    pairs: dict[int, int] = {}
    for _, i, j in candidates:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def is_right(name: str, gold: Gold, record: IndicatorRecord) -> bool:
    """Whether a field is as gold says, or as one of the other readings that gold allows."""
    alternatives = gold.get("alt") or {}
    keys = ("period_start", "period_end") if name == "period" else (name,)
    readings: list[Gold] = [gold]
    for key in keys:
        readings += [{**row, key: other} for row in readings for other in alternatives.get(key, ())]
    return any(_same(name, row, record) for row in readings)


def _same(name: str, gold: Gold, record: IndicatorRecord) -> bool:
    if name == "period":
        return _same_period(gold, record)
    wanted, got = value_of(gold, name), value_of(record, name)
    if not wanted and name in ONLY_WHERE_SAID:
        return True
    if name == "base_period":
        return got.startswith(wanted) if wanted else not got
    if name in ("speaker", "share_of"):
        wanted, got = wanted.lower(), got.lower()
        return wanted in got or (bool(got) and got in wanted)
    return wanted == got


def _same_period(gold: Gold, record: IndicatorRecord) -> bool:
    """A record may be finer than gold ("1998-01-01" for "1998"), never coarser or other."""
    bounds = [(value_of(gold, name), value_of(record, name)) for name in ("period_start", "period_end")]
    relative = any(flag.startswith("relative_period") for flag in gold.get("flags") or ())
    if relative and not any(wanted for wanted, _ in bounds):
        return True
    return all(got.startswith(wanted) if wanted else not got for wanted, got in bounds)


def same_subject(gold: Gold, record: IndicatorRecord) -> bool:
    """Whether the subjects share a word stem, or gold names none."""
    wanted, got = (
        {word[:5].lower() for word in value_of(row, "subject").replace("-", " ").split() if len(word) > 2}
        for row in (gold, record)
    )
    return not wanted or bool(wanted & got)


# Claims, and numbers that are no records


def score_claims(gold: Iterable[Gold], claims: Iterable[ClaimRecord]) -> Figure:
    """Claims of gold that an overlapping claim tells with the right kind, indicator and direction.

    Gold that names no indicator or direction takes any; `stable` may be said as a direction or as a flag.
    """
    given: defaultdict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        given[stem(claim.doc_id)].append(claim)
    rows = [row for row in gold if not row.get("optional")]
    hits = sum(
        any(overlap(row, claim) and _same_claim(row, claim) for claim in given[stem(row["doc"])])
        for row in rows
    )
    return Figure(hits, 0, len(rows))


def _same_claim(gold: Gold, claim: ClaimRecord) -> bool:
    alternatives = gold.get("alt") or {}
    for name in ("kind", "indicator", "direction"):
        wanted = {text(value) for value in (gold.get(name), *alternatives.get(name, ()))}
        if name == "direction" and ("stable" in wanted or "stable" in (gold.get("flags") or ())):
            wanted |= {"stable", "none"}
        got = text(getattr(claim, name)) or ("none" if "stable" in wanted else "")
        if got not in wanted and ("" not in wanted or "stable" in wanted):
            return False
    return True


def count_ignored(ignored: Iterable[Gold], records: Iterable[IndicatorRecord]) -> Figure:
    """How many numbers that are no records became one (`hits` of `gold`; fewer is better)."""
    given: defaultdict[str, list[IndicatorRecord]] = defaultdict(list)
    for record in records:
        given[stem(record.doc_id)].append(record)
    rows = list(ignored)
    hits = sum(any(overlap(row, record) for record in given[stem(row["doc"])]) for row in rows)
    return Figure(hits, 0, len(rows))
