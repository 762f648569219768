"""Lists for readers and other programs: the spans of a text with their values, the rules of the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from kztext.audit import RULES
from kztext.errors import InputError
from kztext.lang.pack import load_pack
from kztext.pipeline import dated, find_all
from kztext.records import Document
from kztext.repair import repair_text
from kztext.resources import Resources
from kztext.segment import segment


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSpan:
    """A number, period or quantity of a text, with offsets into the original."""

    doc_id: str
    start: int
    end: int
    quote: str
    lang: str
    what: str  # number, period, quantity
    kind: str = ""
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    approximation: str = ""
    first: str = ""
    last: str = ""
    flags: tuple[str, ...] = ()
    rule: str = ""


def list_spans(document: Document, loaded: Resources) -> Iterator[ListedSpan]:
    """Quantities, periods and the numbers that are in neither, in text order."""
    document = dated(document)
    text = repair_text(document.text)
    for found in find_all(segment(text), loaded, doc_date=document.doc_date):
        sentence = found.sentence
        spans = [*found.quantities, *found.periods]
        spans += [n for n in found.numbers if not any(span.overlaps(n) for span in spans)]
        for span in sorted(spans, key=lambda s: (s.start, s.end)):
            start, end = text.to_original(span.start, span.end)
            value: Decimal | None = getattr(span, "value", None)
            yield ListedSpan(
                doc_id=document.doc_id,
                start=start,
                end=end,
                quote=document.text[start:end],
                lang=sentence.lang.value,
                what=type(span).__name__.lower(),
                kind=str(getattr(span, "kind", "")),
                value=value if value is not None else getattr(span, "length", None),
                value_high=getattr(span, "high", None),
                unit=getattr(span, "unit", "") or getattr(span, "length_unit", ""),
                approximation=str(getattr(span, "approximation", "")),
                first=getattr(span, "first", ""),
                last=getattr(span, "last", ""),
                flags=getattr(span, "flags", ()),
                rule=span.rule,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRule:
    """A rule of a language pack or of the audit, with its first example (or what it says of itself)."""

    source: str
    name: str
    example: str


def pack_rules(langs: Iterable[str], table: str = "") -> Iterator[ListedRule]:
    """The entries of the packs' tables (or of one table), in the order of the files.

    Raises InputError for a table that a language does not have.
    """
    for lang in langs:
        pack = load_pack(lang)
        folder = resources.files("kztext.lang").joinpath(lang)
        names = sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml"))
        if table and table not in names:
            raise InputError(f"lang/{lang}: no table {table!r} (have: {', '.join(names)})")
        for name in [table] if table else names:
            for key, entries in pack.table(name).items():
                for entry in entries if isinstance(entries, list) else ():
                    if isinstance(entry, dict):
                        yield ListedRule(
                            source=pack.source(name), name=_name(entry) or key, example=_example(entry)
                        )


def _name(entry: Mapping[str, Any]) -> str:
    """What an entry is called: its name or id, else its kind with what it means."""
    own = entry.get("name") or entry.get("id")
    return str(own or " ".join(str(entry[key]) for key in ("kind", "value", "means") if entry.get(key)))


def _example(entry: Mapping[str, Any]) -> str:
    """The first example, or the first few forms where an entry is a list of words."""
    if examples := entry.get("examples"):
        return str(examples[0])
    words = (entry[key] for key in ("forms", "words", "before", "after") if entry.get(key))
    return ", ".join(str(word) for word in next(words, ())[:3])


def audit_rules() -> Iterator[ListedRule]:
    """The rules of the audit: severity and the first line of what each says of itself."""
    for rule in RULES:
        said = (rule.find.__doc__ or "").strip().partition("\n")[0]
        yield ListedRule(source="audit", name=rule.name, example=f"{rule.severity.value}: {said}")
