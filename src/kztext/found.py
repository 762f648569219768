"""What the sentence stages found in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kztext.nlp.engine import Word
from kztext.spans import Cue, IndicatorMention, Number, Period, Place, Quantity, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One sentence and the spans of each stage, in text order."""

    sentence: Sentence
    numbers: tuple[Number, ...] = ()
    periods: tuple[Period, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    cues: tuple[Cue, ...] = ()
    indicators: tuple[IndicatorMention, ...] = ()
    places: tuple[Place, ...] = ()
    words: tuple[Word, ...] = ()  # of an engine, where the run has one
