"""The order of the stages, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kztext.audit import audit as run_audit
from kztext.build import build_records
from kztext.carry import read_document
from kztext.claims import find_claims
from kztext.closures import with_closures
from kztext.cues import find_cues
from kztext.datelines import dateline
from kztext.found import Found
from kztext.geography import home, homes, settled
from kztext.indicators import find_indicators
from kztext.lang.pack import Pack
from kztext.linker import linked
from kztext.masthead import document_date
from kztext.numbers import find_numbers
from kztext.parsed import refined, with_words
from kztext.periods import find_periods
from kztext.places import find_places
from kztext.quantities import find_quantities
from kztext.records import ClaimRecord, Document, Finding, IndicatorRecord
from kztext.reference import SeriesStore, check
from kztext.repair import repair_text
from kztext.resources import Resources
from kztext.segment import segment
from kztext.spans import Lang, Layout, Sentence
from kztext.text import Text
from kztext.topics import classify

Row = TypeVar("Row", IndicatorRecord, ClaimRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one document says."""

    document: Document
    records: tuple[IndicatorRecord, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what its sentences hold and the records built of it."""

    document: Document
    text: Text
    found: Sequence[Found]
    packs: dict[Lang, Pack]
    homes: Sequence[str]
    records: list[IndicatorRecord]


def find(sentence: Sentence, resources: Resources, *, doc_date: str = "") -> Found:
    """Everything that one sentence holds, before its parts are related."""
    pack = resources.pack(sentence.lang)
    numbers = find_numbers(sentence, pack)
    periods = find_periods(sentence, numbers, pack, doc_date=doc_date)
    return Found(
        sentence=sentence,
        numbers=tuple(numbers),
        periods=tuple(p for p in periods if "like" not in p.flags),  # "как и в 2020 году" dates nothing
        quantities=tuple(find_quantities(sentence, numbers, periods, pack)),
        cues=tuple(find_cues(sentence, pack)),
        indicators=tuple(find_indicators(sentence, pack)),
        places=tuple(find_places(sentence, pack)),
    )


def find_all(sentences: Iterable[Sentence], resources: Resources, *, doc_date: str = "") -> Iterator[Found]:
    """Everything that each sentence of a document holds; an item of news counts from the day it was sent."""
    day = doc_date
    for sentence in sentences:
        if sentence.layout is Layout.DATELINE and (sent := dateline(sentence.text)) is not None:
            day = sent.iso(doc_date) or doc_date
        yield find(sentence, resources, doc_date=day)


def dated(document: Document) -> Document:
    """The document with the date that its first lines give, where nobody has said one."""
    return document if document.doc_date else replace(document, doc_date=document_date(document.text))


def extract_document(document: Document, resources: Resources) -> Extraction:
    """Records and claims of one document, in text order, without verdicts."""
    seen = read(document, resources)
    records = linked(seen.records, seen.document.text, resources.catalogue)
    claims = find_claims(
        seen.document, seen.text, seen.found, records, seen.packs, resources.catalogue, seen.homes
    )
    return Extraction(
        document=seen.document, records=tuple(with_topics(records)), claims=tuple(with_topics(claims))
    )


def read_records(document: Document, resources: Resources) -> list[IndicatorRecord]:
    """The records of one document with the indicators that its own words name, none guessed."""
    return read(document, resources).records


def read(document: Document, resources: Resources) -> Read:
    """One document as the stages up to its records read it."""
    document = dated(document)
    text = repair_text(document.text)
    found = list(find_all(segment(text), resources, doc_date=document.doc_date))
    country = home(found)
    found = settled(found, country)
    if resources.engine is not None:
        found = with_words(found, resources.engine)
    packs = {lang: resources.pack(lang) for lang in {item.sentence.lang for item in found}}
    places = homes(found, country, packs)
    readings = read_document(
        found, packs, resources.catalogue, country=country, homes=places, doc_date=document.doc_date
    )
    if resources.engine is not None:
        readings = refined(readings, found)
    records = build_records(document, text, readings, country, resources.catalogue)
    records = with_closures(records, [item.sentence for item in found], text)
    return Read(document, text, found, packs, places, records)


def with_topics(rows: Sequence[Row]) -> list[Row]:
    """The rows with the topics of their sentences where no indicator of the catalogue gives them one."""
    open_ones: dict[str, dict[str, None]] = {}  # in the order of the text, each once
    for row in rows:
        if not row.topic:
            open_ones.setdefault(row.lang, {})[row.sentence] = None
    topics = {
        (lang, sentence): topic.label
        for lang, sentences in open_ones.items()
        for sentence, topic in zip(sentences, classify(list(sentences), lang), strict=True)
    }
    return [row if row.topic else replace(row, topic=topics[row.lang, row.sentence]) for row in rows]


def extract_documents(documents: Iterable[Document], resources: Resources) -> Iterator[Extraction]:
    """Records and claims of each document, in the order the documents come."""
    for document in documents:
        yield extract_document(document, resources)


def cross_check(
    records: Iterable[IndicatorRecord], *, series: SeriesStore | None = None
) -> list[IndicatorRecord]:
    """The records with the verdicts of the reference series; `series` takes the place of ours."""
    return check(list(records), series=series)


def audit(
    records: Iterable[IndicatorRecord], claims: Iterable[ClaimRecord], *, language: str = "en"
) -> list[Finding]:
    """Where the statements of all documents contradict one another, the arithmetic or the calendar."""
    return run_audit(list(records), list(claims), language=language)
