"""kztext reads Kazakh and Russian texts on the economy and writes down what they say in numbers.

>>> extract("") == []
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kztext.records import IndicatorRecord

__version__ = "0.1.0"


def extract(
    text: str, *, doc_date: str = "", doc_id: str = "text", catalogue: str | Path | None = None
) -> list[IndicatorRecord]:
    """The indicator records of a text, with their verdicts, in text order.

    Relative expressions ("былтыр", "в прошлом году") are resolved against `doc_date` (ISO), else against the
    date that the text's first lines give. `catalogue`: a file with indicators, places and units of your own.
    """
    from kztext.pipeline import cross_check, extract_document
    from kztext.records import Document
    from kztext.resources import load_resources

    document = Document(doc_id=doc_id, text=text, doc_date=doc_date)
    return cross_check(extract_document(document, load_resources(catalogue)).records)
