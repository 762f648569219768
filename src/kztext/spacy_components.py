"""The stages as spaCy components: `nlp.add_pipe("kztext_quantities")` fills `doc.spans["quantities"]`.

Each component runs its stage, and those it needs, on the repaired text, and writes spans of the document
as it came; `span._.kztext` is the typed value with offsets in `doc.text`. The values live in `doc.user_data`
as plain data, so that documents can be saved and sent between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kztext.indicators import find_indicators
from kztext.lang.pack import Pack, load_pack
from kztext.masthead import document_date
from kztext.numbers import find_numbers
from kztext.periods import find_periods
from kztext.quantities import find_quantities
from kztext.repair import repair_text
from kztext.segment import segment
from kztext.spans import IndicatorMention, Number, Period, Quantity, Sentence, Span
from kztext.text import Text

KEY = "kztext"
Stage = Callable[[Sentence, Pack, str], Sequence[Span]]
# Offsets of a value besides start and end.
PLACES = frozenset({"tail", "outer_start", "outer_end"})


def numbers(sentence: Sentence, pack: Pack, doc_date: str) -> Sequence[Span]:
    """The numbers of a sentence."""
    return find_numbers(sentence, pack)


def periods(sentence: Sentence, pack: Pack, doc_date: str) -> Sequence[Span]:
    """The periods of a sentence."""
    return find_periods(sentence, find_numbers(sentence, pack), pack, doc_date=doc_date)


def quantities(sentence: Sentence, pack: Pack, doc_date: str) -> Sequence[Span]:
    """The quantities of a sentence."""
    found = find_numbers(sentence, pack)
    return find_quantities(sentence, found, find_periods(sentence, found, pack, doc_date=doc_date), pack)


def indicators(sentence: Sentence, pack: Pack, doc_date: str) -> Sequence[Span]:
    """The indicators that a sentence names."""
    return find_indicators(sentence, pack)


@dataclass(frozen=True, slots=True)
class Component:
    """A stage that writes what it finds to `doc.spans[group]`."""

    group: str
    stage: Stage
    doc_date: str

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans to the document; relative periods are resolved against its date."""
        text = repair_text(doc.text)
        doc_date = self.doc_date or document_date(doc.text)
        spans: list[DocSpan] = []
        for sentence in segment(text):
            for value in self.stage(sentence, load_pack(sentence.lang), doc_date):
                spans += self.placed(doc, original(value, text), len(spans))
        doc.spans[self.group] = spans
        return doc

    def placed(self, doc: Doc, value: Span, count: int) -> Iterator[DocSpan]:
        """The tokens that a value touches, none if it stands in white space alone."""
        name = type(value).__name__
        span_id = f"{self.group}:{count}"
        found = doc.char_span(value.start, value.end, label=name, span_id=span_id, alignment_mode="expand")
        if found is not None:
            plain = adapter(name).dump_python(value, mode="json")
            doc.user_data[f"{KEY}:{span_id}"] = {"type": name, "value": plain}
            yield found


def original(value: Span, text: Text) -> Span:
    """A value with its offsets in the original text."""
    start, end = text.to_original(value.start, value.end)
    names = [field.name for field in fields(value) if field.name in PLACES]
    moved: dict[str, Any] = {name: moved_place(getattr(value, name), text) for name in names}
    return replace(value, start=start, end=end, **moved)


def moved_place(place: int, text: Text) -> int:
    """Where a place of the repaired text stands in the original: behind the character before it."""
    return text.ends[place - 1] if place else 0


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    """What turns a typed value into plain data and back."""
    types: tuple[type[Span], ...] = (Number, Period, Quantity, IndicatorMention)
    return TypeAdapter({kind.__name__: kind for kind in types}[name])


def typed_value(span: DocSpan) -> Span | None:
    """The value behind a span that one of the components wrote; None for any other span."""
    stored = span.doc.user_data.get(f"{KEY}:{span.id_}")
    if stored is None:
        return None
    value: Span = adapter(stored["type"]).validate_python(stored["value"])
    return value


DocSpan.set_extension(KEY, getter=typed_value, force=True)


@Language.factory("kztext_numbers", default_config={"doc_date": ""})
def make_numbers(nlp: Language, name: str, doc_date: str) -> Component:
    """Numbers into `doc.spans["numbers"]`."""
    return Component("numbers", numbers, doc_date)


@Language.factory("kztext_periods", default_config={"doc_date": ""})
def make_periods(nlp: Language, name: str, doc_date: str) -> Component:
    """Periods into `doc.spans["periods"]`; `doc_date` (ISO) is what "last year" counts from."""
    return Component("periods", periods, doc_date)


@Language.factory("kztext_quantities", default_config={"doc_date": ""})
def make_quantities(nlp: Language, name: str, doc_date: str) -> Component:
    """Quantities into `doc.spans["quantities"]`."""
    return Component("quantities", quantities, doc_date)


@Language.factory("kztext_indicators", default_config={"doc_date": ""})
def make_indicators(nlp: Language, name: str, doc_date: str) -> Component:
    """Indicators into `doc.spans["indicators"]`."""
    return Component("indicators", indicators, doc_date)
