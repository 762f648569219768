"""Which thing a number is said of: kztext's rules against other ways, on gold; --page writes docs/design.md.

Counted are gold records whose indicator is named in their own sentence beside another one, so that there is a
choice. The parses are those of models/; the trained linker is judged on documents that it has not seen.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kztext.calibration import replaced
from kztext.evaluate import overlap, stem
from kztext.goldsets import HELD_OUT, gold_sets
from kztext.nlp.engine import Word
from kztext.nlp.spacy_engine import trained_engine
from kztext.pipeline import dated, extract_document, find
from kztext.read import read_documents
from kztext.records import Document
from kztext.repair import repair_text
from kztext.resources import Resources
from kztext.segment import segment
from kztext.spans import IndicatorMention, Quantity, Span

ROOT = Path(__file__).resolve().parents[1]
FOLDS = 5
SUBJECTS = ("nsubj", "nsubj:pass", "obj", "csubj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A number of gold, the indicators that its sentence names, and the one it is of."""

    part: str
    doc: str
    lang: str
    right: frozenset[str]
    ours: str
    quantity: Quantity
    mentions: Sequence[IndicatorMention]
    quantities: Sequence[Quantity]
    words: Sequence[Word]
    text: str
    start: int


def cases(resources: Resources) -> Iterator[Case]:
    """All of gold that has a choice."""
    engine = trained_engine()
    for gold_set in gold_sets(ROOT / "corpus/gold"):
        rows = [row for row in gold_set.rows("records") if row.get("indicator")]
        part = "held out" if gold_set.name == HELD_OUT else "tuned on"
        for document in read_documents(list(gold_set.texts)):
            assert isinstance(document, Document)
            wanted = [row for row in rows if stem(row["doc"]) == stem(document.doc_id)]
            yield from _cases_of(document, wanted, part, resources, engine)


def _cases_of(
    document: Document, rows: Sequence[Mapping[str, Any]], part: str, resources: Resources, engine: Any
) -> Iterator[Case]:
    document = dated(document)
    text = repair_text(document.text)
    records = extract_document(document, resources).records
    for sentence in segment(text):
        found = find(sentence, resources, doc_date=document.doc_date)
        if len({m.indicator for m in found.indicators}) < 2:
            continue
        [words] = engine.words([sentence])
        for quantity in found.quantities:
            start, end = text.to_original(quantity.start, quantity.end)
            place = {"start": start, "end": end}
            row = next((r for r in rows if r["start"] < end and start < r["end"]), None)
            right = {row["indicator"], *row.get("alt", {}).get("indicator", ())} if row else set()
            if right & {m.indicator for m in found.indicators}:
                ours = next((r.indicator for r in records if overlap(place, r)), "")
                yield Case(
                    part=part,
                    doc=document.doc_id,
                    lang=sentence.lang.value,
                    right=frozenset(right),
                    ours=ours,
                    quantity=quantity,
                    mentions=found.indicators,
                    quantities=found.quantities,
                    words=words,
                    text=sentence.text,
                    start=sentence.start,
                )


def gap(case: Case, mention: Span) -> int:
    """Characters between the number and a mention."""
    return max(mention.start - case.quantity.end, case.quantity.start - mention.end)


def nearest(case: Case) -> str:
    """The nearest mention."""
    return min(case.mentions, key=lambda m: gap(case, m)).indicator


def nearest_left(case: Case) -> str:
    """The nearest mention before the number, else the nearest."""
    left = [m for m in case.mentions if m.end <= case.quantity.start]
    return left[-1].indicator if left else nearest(case)


def ancestors(words: Sequence[Word], place: int) -> list[int]:
    """A word and what it hangs on, up to the root."""
    path = [place]
    while 0 <= words[path[-1]].head != path[-1] and words[path[-1]].head not in path:
        path.append(words[path[-1]].head)
    return path


def places(case: Case, span: Span) -> list[int]:
    """The words of a span."""
    return [i for i, w in enumerate(case.words) if w.start < span.end and span.start < w.end]


def steps(case: Case, mention: Span) -> int:
    """The least number of dependencies between the number and a mention."""
    best = 99
    for i in places(case, case.quantity):
        up = ancestors(case.words, i)
        for j in places(case, mention):
            other = ancestors(case.words, j)
            meet = next((k for k in up if k in other), None)
            if meet is not None:
                best = min(best, up.index(meet) + other.index(meet))
    return best


def by_path(case: Case) -> str:
    """The mention that fewest dependencies part from the number."""
    return min(case.mentions, key=lambda m: (steps(case, m), gap(case, m))).indicator


def by_subject(case: Case) -> str:
    """The mention in the subject or object of the nearest verb that the number hangs on."""
    first = next(iter(places(case, case.quantity)), None)
    for above in ancestors(case.words, first)[1:] if first is not None else ():
        heads = [i for i, w in enumerate(case.words) if w.head == above and w.relation in SUBJECTS]
        for head in heads:
            for mention in case.mentions:
                if any(head in ancestors(case.words, j) for j in places(case, mention)):
                    return mention.indicator
    return nearest(case)


def features(case: Case, mention: IndicatorMention) -> list[float]:
    """What a trained linker sees of a number and a mention."""
    left = mention.end <= case.quantity.start
    low, high = sorted((mention.start, case.quantity.start))
    between = case.text[low - case.start : high - case.start]
    other = sum(low < m.start < high for m in case.mentions)
    numbers = sum(low < q.start < high for q in case.quantities)
    marks = [between.count(mark) for mark in ",;–("]
    kk = case.lang == "kk"
    plain = [float(left), gap(case, mention) / 20, other, numbers, steps(case, mention) / 4, *marks]
    plain += [float("weak" in mention.flags), float("oblique" in mention.flags), float(bool(mention.head))]
    plain += [float(mention is case.mentions[0]), float(left and other == 0), float(not left and other == 0)]
    return [*plain, *(value * kk for value in plain)]


def trained(found: Sequence[Case]) -> list[str]:
    """What a logistic regression over pairs says, learned from tuned texts without the case's own fold."""
    docs = sorted({case.doc for case in found if case.part == "tuned on"})
    fold = {doc: i % FOLDS for i, doc in enumerate(docs)}
    models = []
    for number in range(FOLDS + 1):
        kept = [c for c in found if c.doc in fold and fold[c.doc] != number]
        pairs = [(features(c, m), m.indicator in c.right) for c in kept for m in c.mentions]
        model = LogisticRegression(max_iter=2000, class_weight="balanced")
        models.append(model.fit(np.array([x for x, _ in pairs]), [y for _, y in pairs]))
    said = []
    for case in found:
        model = models[fold.get(case.doc, FOLDS)]
        scores = model.decision_function(np.array([features(case, m) for m in case.mentions]))
        said.append(case.mentions[int(np.argmax(scores))].indicator)
    return said


def main() -> None:
    """Print the table, or write it into a page."""
    found = list(cases(Resources()))
    ways = {
        "the nearest mention": [nearest(c) for c in found],
        "the nearest mention before the number": [nearest_left(c) for c in found],
        "fewest dependencies in the parse": [by_path(c) for c in found],
        "subject or object of the number's verb in the parse": [by_subject(c) for c in found],
        "trained linker (logistic regression, other documents)": trained(found),
        "kztext's rules": [c.ours for c in found],
    }
    columns = [(part, lang) for part in ("tuned on", "held out") for lang in ("kk", "ru")]
    counts = Counter((c.part, c.lang) for c in found)
    lines = ["| way | " + " | ".join(f"{lang}, {p} ({counts[p, lang]})" for p, lang in columns) + " |"]
    lines.append("| --- " * (len(columns) + 1) + "|")
    for name, said in ways.items():
        right = Counter((c.part, c.lang) for c, one in zip(found, said, strict=True) if one in c.right)
        shares = (f"{100 * right[key] / counts[key]:.0f} %" if counts[key] else "–" for key in columns)
        lines.append(f"| {name} | " + " | ".join(shares) + " |")
    print("\n".join(lines))
    if "--page" in sys.argv:
        replaced(ROOT / "docs/design.md", "linking", lines)


if __name__ == "__main__":
    main()
