"""Cues: the words that change how a number reads (direction, level, share, modality, speech, boundary …)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kztext.lang.index import PhraseIndex
from kztext.lang.pack import Pack
from kztext.spans import Cue, Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[cue]]` of the pack."""

    kind: str
    value: str
    flags: tuple[str, ...]


@cache
def _index(pack: Pack) -> PhraseIndex[Entry]:
    entries = [
        (form, Entry(cue["kind"], cue["value"], tuple(cue.get("flags", ()))))
        for cue in pack.table("cues")["cue"]
        for form in cue["forms"]
    ]
    return PhraseIndex(pack, entries, where=pack.source("cues"))


def find_cues(sentence: Sentence, pack: Pack) -> list[Cue]:
    """Find the cues of a sentence, in text order and without overlaps."""
    return [
        Cue(
            start=sentence.start + start,
            end=sentence.start + end,
            kind=entry.kind,
            value=entry.value,
            flags=entry.flags,
            rule=f"cue_{entry.kind}_{entry.value}",
        )
        for start, end, entry in _index(pack).find(sentence.text)
    ]
