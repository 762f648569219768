"""What every stage finds in a text and by which rule, for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from kztext.found import Found
from kztext.parsed import with_words
from kztext.pipeline import Extraction, cross_check, dated, extract_document, find_all
from kztext.records import ClaimRecord, Document, IndicatorRecord
from kztext.repair import repair_text
from kztext.resources import Resources
from kztext.segment import segment
from kztext.spans import Span
from kztext.topics import classify
from kztext.topics import explain as topic_words
from kztext.write import write_cell

# Fields that every span has, or that only say where it stands.
PLACES = ("start", "end", "rule", "outer_start", "outer_end", "tail", "text", "tokens")
WORDS = 6  # of a sentence that explain its topic
HIDDEN = ("record_id", "claim_id", "doc_id", "doc_date", "start", "end", "quote", "sentence", "rule")


def explanation(text: str, resources: Resources, *, doc_date: str = "") -> str:
    """Sentence by sentence the spans of each stage, then the records and claims."""
    document = dated(Document(doc_id="text", text=text, doc_date=doc_date))
    repaired = repair_text(text)
    lines: list[str] = []
    if document.doc_date:
        lines.append(f"date      {document.doc_date}")
    if repaired.repaired != text:
        lines.append(f"repaired  {repaired.repaired}")
    for found in find_all(segment(repaired), resources, doc_date=document.doc_date):
        sentence = found.sentence
        if resources.engine is not None:
            (found,) = with_words([found], resources.engine)
        lines += ["", f"{sentence.lang} {sentence.layout.value}  {sentence.text.strip()}"]
        lines += [line for stage, spans in stages(found) for line in _spans(stage, spans, repaired.repaired)]
        lines.append(_topic(sentence.text, sentence.lang))
    extraction = extract_document(document, resources)
    return "\n".join([*lines, *_results(extraction)]).strip("\n")


def stages(found: Found) -> Iterator[tuple[str, Sequence[Span]]]:
    """The stages' names with what they found, in their order."""
    for field in fields(found):
        value = getattr(found, field.name)
        if isinstance(value, tuple):
            yield field.name, value


def _spans(stage: str, spans: Iterable[Span], text: str) -> Iterator[str]:
    for span in spans:
        quote = text[span.start : span.end]
        yield f"  {stage:11} {quote!r}  {said(span, PLACES)}  ({span.rule or 'no rule'})"


def _topic(text: str, lang: str) -> str:
    """The topic of a sentence, and the words that weighed most for it or against it."""
    topic = classify([text], lang)[0]
    also = f" or {topic.secondary}" if topic.secondary else ""
    words = ", ".join(f"{word} {weight:+.2f}" for word, weight in topic_words(text, lang)[:WORDS])
    return f"  {'topic':11} {topic.label}{also}  confidence={topic.confidence}  ({words or 'no topic words'})"


def said(thing: Any, without: Sequence[str]) -> str:
    """The fields of a value that say something, `name=value`."""
    shown = {
        f.name: write_cell(getattr(thing, f.name))
        for f in fields(thing)
        if f.name not in without and getattr(thing, f.name) not in (f.default, None)
    }
    if shown.get("high") == shown.get("value"):
        shown.pop("high", None)
    return " ".join(f"{name}={value}" for name, value in shown.items() if value)


def _results(extraction: Extraction) -> Iterator[str]:
    for record in cross_check(extraction.records):
        yield from _result("record", record)
    for claim in extraction.claims:
        yield from _result("claim", claim)
    if not extraction.records:
        yield ""
        yield "no records"


def _result(kind: str, one: IndicatorRecord | ClaimRecord) -> Iterator[str]:
    yield ""
    yield f"{kind} {one.quote!r} ({one.start}–{one.end})"
    for field in fields(one):
        value = write_cell(getattr(one, field.name))
        if value and field.name not in HIDDEN:
            yield f"  {field.name:21} {value}"
    rule = getattr(one, "rule", "")
    if rule:
        yield f"  {'rule':21} {rule}"
