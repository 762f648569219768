"""What a sentence says of the figures of those beside it: one answer each, several answers, no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kztext.audit.words import says
from kztext.records import IndicatorRecord
from kztext.spans import Sentence
from kztext.text import Text

CLOSURES: Mapping[str, str] = {
    "one_answer": "single_answer",
    "several_answers": "several_answers",
    "no_others": "no_others",
}
REACH = 2  # sentences with figures on either side that one speaks of


def with_closures(
    records: Sequence[IndicatorRecord], sentences: Iterable[Sentence], text: Text
) -> list[IndicatorRecord]:
    """The records with a flag for what their sentence, or one beside it, says of all their figures."""
    rows = list(sentences)
    held: list[list[int]] = [[] for _ in rows]
    spans = [text.to_original(s.start, s.end) for s in rows]
    at = 0
    for i, record in enumerate(records):
        while at < len(rows) - 1 and record.start >= spans[at][1]:
            at += 1
        held[at].append(i)
    told: dict[int, list[str]] = {}
    for n, sentence in enumerate(rows):
        for kind, flag in CLOSURES.items():
            if says(kind, sentence.text, str(sentence.lang)):
                for i in _near(held, n):
                    told.setdefault(i, []).append(flag)
    return [
        replace(r, flags=tuple(dict.fromkeys((*r.flags, *told[i])))) if i in told else r
        for i, r in enumerate(records)
    ]


def _near(held: Sequence[Sequence[int]], n: int) -> list[int]:
    """The records of a sentence, or where it has none those of its neighbours without a break."""
    found = list(held[n])
    for way in (-1, 1):
        at, seen = n + way, 0
        while 0 <= at < len(held) and seen < REACH and held[at]:
            found.extend(held[at])
            at, seen = at + way, seen + 1
    return found
