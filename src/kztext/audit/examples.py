"""The examples of the audit's rules: records in a compact notation, as tests and as documentation.

>>> record = read_record("s1 gdp change 13,5% up 2001 base=1990 +ellipsis", "r1", "kk", "…")
>>> record.indicator, record.measure.value, str(record.value), record.unit, record.flags
('gdp', 'change', '13.5', 'percent', ('ellipsis',))
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

import regex

from kztext.errors import PackError
from kztext.records import (
    Aggregation,
    ClaimKind,
    ClaimRecord,
    Direction,
    IndicatorRecord,
    Measure,
    Modality,
    Verdict,
)
from kztext.spans import Approximation

LANGUAGES = ("kk", "ru")
_NUMBER = regex.compile(
    r"(?P<low>\d+(?:,\d+)?)(?:-(?P<high>\d+(?:,\d+)?))?(?:e(?P<power>\d+))?(?P<unit>%|pp|x)?"
)
_PERIOD = regex.compile(r"(?P<first>\d{4}(?:-\w+)*)(?:\.\.(?P<last>\d{4}(?:-\w+)*))?")
_SENTENCE = regex.compile(r"(?<=[.!?]) ")
_UNITS = {"%": "percent", "pp": "percentage_point", "x": "times"}
_KEYS = {
    "base": "base_period",
    "of": "share_of",
    "unit": "unit",
    "basis": "price_basis",
    "geo": "geo",
    "subject": "subject",
    "doc": "doc_id",
    "date": "doc_date",
    "speaker": "speaker",
    "quote": "quote",
}
_ENUMS = {"modality": Modality, "agg": Aggregation, "verdict": Verdict}
_NAMES = {"agg": "aggregation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Words that a rule finds something in (or must be silent on), and the records that they give."""

    rule: str
    finds: bool
    text: dict[str, str]
    lines: tuple[str, ...]

    def records(self, lang: str) -> tuple[list[IndicatorRecord], list[ClaimRecord]]:
        """The example's records and claims, as if its text stood in this language."""
        records: list[IndicatorRecord] = []
        claims: list[ClaimRecord] = []
        for i, line in enumerate(self.lines, 1):
            if line.startswith("claim "):
                claims.append(read_claim(line, f"c{i}", lang, self.text[lang]))
            else:
                records.append(read_record(line, f"r{i}", lang, self.text[lang]))
        return records, claims


def examples() -> Iterator[Example]:
    """The examples and controls of all rules. Raises PackError where the file is not in order."""
    data = tomllib.loads((files("kztext.audit") / "examples.toml").read_text(encoding="utf-8"))
    for kind in ("example", "control"):
        for row in data.get(kind, []):
            if missing := {"rule", "records", *LANGUAGES} - set(row):
                raise PackError(
                    f"audit/examples.toml: {kind} of {row.get('rule')} has no {', '.join(missing)}"
                )
            yield Example(
                rule=row["rule"],
                finds=kind == "example",
                text={lang: row[lang] for lang in LANGUAGES},
                lines=tuple(row["records"]),
            )


def read_record(line: str, record_id: str, lang: str, text: str) -> IndicatorRecord:
    """One record from its line. Raises PackError that names the word it cannot read."""
    words = line.split()
    sentence = words.pop(0) if words[0][0] == "s" and words[0][1:].isdigit() else f"s{record_id}"
    start = 100 * int(record_id[1:])
    fields: dict[str, Any] = {
        "record_id": record_id,
        "doc_id": "example",
        "lang": lang,
        "start": start,
        "end": start + 5,
        "sentence": f"[{sentence}] {text}",
        "geo": "KAZ",
        "confidence": 1.0,
        "indicator": words.pop(0).strip("."),
        "measure": Measure(words.pop(0)),
    }
    flags: list[str] = []
    for word in words:
        if word.startswith("in="):
            sentence, at = _sentence(text, int(word[3:]))
            fields |= {"sentence": sentence, "start": at}
        elif word.startswith("+"):
            flags.append(word[1:])
        elif "=" in word:
            fields |= _key(word, line)
        elif word in (Direction.UP, Direction.DOWN):
            fields["direction"] = Direction(word)
        elif word in list(Approximation):
            fields["approximation"] = word
        elif (match := _PERIOD.fullmatch(word)) and "value" in fields:
            fields |= {"period_start": match["first"], "period_end": match["last"] or match["first"]}
        elif match := _NUMBER.fullmatch(word):
            fields |= _value(match)
        else:
            raise PackError(f"audit/examples.toml: cannot read {word!r} in {line!r}")
    if not fields["sentence"].startswith("["):
        at = fields["start"] + max(0, fields["sentence"].find(fields["quote"]))
        fields |= {"start": at, "end": at + len(fields["quote"])}
    return IndicatorRecord(**fields, flags=tuple(flags))


def _sentence(text: str, number: int) -> tuple[str, int]:
    """A sentence of a text by its number, and where it stands."""
    sentence = _SENTENCE.split(text)[number - 1]
    return sentence, text.find(sentence)


def _value(match: regex.Match[str]) -> dict[str, Any]:
    scale = Decimal(10) ** int(match["power"] or 0)
    low, high = (Decimal(match[k].replace(",", ".")) * scale if match[k] else None for k in ("low", "high"))
    quote = match["low"] + (f"-{match['high']}" if match["high"] else "") + (match["unit"] or "")
    return {
        "value": low,
        "value_high": high or low,
        "unit": _UNITS.get(match["unit"] or "", ""),
        "quote": quote,
    }


def _key(word: str, line: str) -> dict[str, Any]:
    key, _, value = word.partition("=")
    if key in _ENUMS:
        return {_NAMES.get(key, key): _ENUMS[key](value)}
    if key not in _KEYS:
        raise PackError(f"audit/examples.toml: unknown key {key!r} in {line!r} (have: {', '.join(_KEYS)})")
    return {_KEYS[key]: value.replace("_", " ") if key == "quote" else value}


def read_claim(line: str, claim_id: str, lang: str, text: str) -> ClaimRecord:
    """One claim from its line: "claim trend gdp down 1991..1998"; `part=N` is a part of a text cut at "…"."""
    _, kind, indicator, *words = line.split()
    fields: dict[str, Any] = {"quote": text, "start": 9000, "end": 9005}
    for word in words:
        if word == "+quoted":
            fields["quoted"] = True
        elif word.startswith("in="):
            sentence, at = _sentence(text, int(word[3:]))
            fields |= {"quote": sentence, "sentence": sentence, "start": at, "end": at + len(sentence)}
        elif word.startswith("part="):
            fields["quote"] = text.split("…")[int(word[5:]) - 1].strip()
        elif word.startswith("quote="):
            fields["quote"] = word[6:].replace("_", " ")
        elif word in list(Direction):
            fields["direction"] = Direction(word)
        elif match := _PERIOD.fullmatch(word):
            fields |= {"period_start": match["first"], "period_end": match["last"] or match["first"]}
        else:
            raise PackError(f"audit/examples.toml: cannot read {word!r} in {line!r}")
    return ClaimRecord(
        claim_id=claim_id,
        doc_id="example",
        lang=lang,
        kind=ClaimKind(kind),
        indicator=indicator.strip("."),
        geo="KAZ",
        confidence=1.0,
        **fields,
    )
