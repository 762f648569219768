"""The indicator of a figure that no phrase of the catalogue names, learned from figures whose one is known.

A linear model over the words about a figure, its unit and its measure. `python -m kztext.train.linker` makes
its numbers (`models/indicators/<lang>.links`): loading them runs no code, reading needs plain Python. A guess
is kept where it is sure, the unit fits and the document names enough of its figures; its flag is `learned`.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import regex

from kztext.catalogue import Catalogue, Indicator
from kztext.errors import ModelError
from kztext.lang.lexicon import folded
from kztext.model_store import shipped
from kztext.records import LEARNED, IndicatorRecord, Measure
from kztext.spans import is_money

WORD = regex.compile(r"\p{L}{3,}+")
SENTENCE = regex.compile(r"[.!?\n]\s")
STEM = 6  # letters of a word that say what it is of
LEFT, RIGHT, AFTER = 200, 80, 6  # characters before and behind a figure, words behind it
SURE = 0.5  # probability from which a guess is kept
MOST = 0.6  # the most that a record with a guess is sure of
NAMED = 0.25  # of the records of a document, at least, have an indicator by name
FEW = 5  # records of a document that is too short to tell


@dataclass(frozen=True, slots=True)
class Linker:
    """What each feature adds to the score of some labels; the label "" is no indicator."""

    labels: tuple[str, ...]
    intercept: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]

    def guess(self, features: Mapping[str, float]) -> tuple[str, float]:
        """The likeliest label and its probability."""
        scores = list(self.intercept)
        for name, value in features.items():
            for label, weight in self.weights.get(name, ()):
                scores[label] += value * weight
        top = max(scores)
        total = sum(math.exp(score - top) for score in scores)
        return self.labels[scores.index(top)], 1 / total


def linked(records: Sequence[IndicatorRecord], text: str, catalogue: Catalogue) -> list[IndicatorRecord]:
    """The records of a document, in text order, with guesses where no indicator was named."""
    named = sum(bool(record.indicator) for record in records)
    if len(records) >= FEW and named < NAMED * len(records):
        return list(records)
    return [
        with_guess(record, features_of(record, text, before), catalogue) if is_open(record) else record
        for record, before in preceded(records)
    ]


def is_open(record: IndicatorRecord) -> bool:
    """Whether a record may take a guess: it has no indicator and is no part of one."""
    return not record.indicator and not any(flag.startswith("part_of:") for flag in record.flags)


def is_kept(record: IndicatorRecord, label: str, sure: float, catalogue: Catalogue) -> bool:
    """Whether a guess for an open record is sure enough, and its unit and size can be that indicator's."""
    entry = catalogue.indicators.get(label)
    if entry is None or sure < SURE or not measures(record, entry, catalogue):
        return False
    few = record.unit == "count" and record.measure is Measure.LEVEL and not record.period_start
    return not (few and entry.may_be_a_case(abs(record.value)))


def with_guess(
    record: IndicatorRecord, features: Mapping[str, float], catalogue: Catalogue
) -> IndicatorRecord:
    """An open record with the indicator that its words make likely, if that is one to keep."""
    label, sure = load_linker(record.lang).guess(features)
    if not is_kept(record, label, sure, catalogue):
        return record
    return replace(
        record,
        indicator=label,
        topic=catalogue.indicators[label].topic,
        confidence=min(record.confidence, MOST, round(sure, 2)),
        flags=(*record.flags, LEARNED),
    )


def measures(record: IndicatorRecord, entry: Indicator, catalogue: Catalogue) -> bool:
    """Whether a record's unit is one that an indicator is told in."""
    if is_money(record.unit):
        return entry.unit_class in ("money", "price")
    dimension = str(catalogue.units.get(record.unit, {}).get("dimension", ""))
    if dimension == "ratio":
        rate = entry.is_rate or entry.unit_class in ("percent", "ratio")
        return rate or record.measure is not Measure.LEVEL
    return dimension in (entry.unit_class, "") or {dimension, entry.unit_class} == {"time", "years"}


def preceded(records: Sequence[IndicatorRecord]) -> Iterator[tuple[IndicatorRecord, str]]:
    """Each record of a document with the indicator that was named last before it."""
    before = ""
    for record in records:
        yield record, before
        before = record.indicator or before


def features_of(record: IndicatorRecord, text: str, before: str) -> dict[str, float]:
    """What a record's unit, measure and words say, each with how much it counts: the nearer the more."""
    unit, measure = record.unit or "none", str(record.measure)
    found = {f"u:{unit}": 2.0, f"m:{measure}": 1.0, f"b:{unit}{measure}": 1.0}
    for stem in stems(record.sentence):
        found[f"w:{stem}"] = 0.3
    for stem in stems(record.subject):
        found[f"s:{stem}"] = 1.0
    left = SENTENCE.split(text[max(0, record.start - LEFT) : record.start])[-1]
    for place, stem in enumerate(reversed(stems(left))):
        found.setdefault(f"l:{stem}", 1 / (1 + place * 0.25))
    for place, stem in enumerate(stems(text[record.end : record.end + RIGHT])[:AFTER]):
        found[f"r:{stem}"] = 1 / (1 + place * 0.3)
    if before:
        found[f"p:{before}"] = 0.7
    return found


def stems(text: str) -> list[str]:
    """The beginnings of the words of a text."""
    return [folded(word)[:STEM] for word in WORD.findall(text)]


@cache
def load_linker(lang: str, folder: Path | None = None) -> Linker:
    """The linker of a language. Raises ModelError where its file is absent or damaged."""
    path = (folder or shipped("indicators")) / f"{lang}.links"
    try:
        about = json.loads(zlib.decompress(path.read_bytes()))
        step = float(about["step"])
        weights = {
            name: tuple((label, weight * step) for label, weight in zip(row[::2], row[1::2], strict=True))
            for name, row in about["weights"].items()
        }
        return Linker(tuple(about["labels"]), tuple(about["intercept"]), weights)
    except (OSError, KeyError, ValueError, TypeError, zlib.error) as error:
        raise ModelError(f"{path}: no table of links ({error}); run `make models`") from error


def write_links(
    path: Path, labels: Sequence[str], intercept: Sequence[float], weights: Mapping[str, Sequence[float]]
) -> None:
    """Write a linker; weights are rounded to 127 steps each way, and those of none left out."""
    step = max(abs(value) for row in weights.values() for value in row) / 127
    kept = {}
    for name, row in sorted(weights.items()):
        pairs = [(place, round(value / step)) for place, value in enumerate(row)]
        if flat := [number for pair in pairs if pair[1] for number in pair]:
            kept[name] = flat
    about = {
        "labels": list(labels),
        "intercept": [float(f"{value:.4g}") for value in intercept],
        "step": float(f"{step:.6g}"),
        "weights": kept,
    }
    path.write_bytes(zlib.compress(json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode(), 9))
