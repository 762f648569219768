"""What a sentence is about: a linear classifier over topic words, words and parts of words, in plain Python.

The topic words lie in `lang/*/topic_words.toml`; their weights (`models/topics/<lang>.json`), what every
word says for each topic (`<lang>.words`) and what parts of words say (`<lang>.parts`) are made by
`python -m kztext.train.topics`. They are numbers, so that loading them runs no code and needs neither
scikit-learn nor numpy.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kztext.errors import ModelError
from kztext.lang.lexicon import Hit, Lexicon
from kztext.lang.pack import load_pack
from kztext.model_store import shipped
from kztext.spans import Topic
from kztext.wordparts import PartTable, read_parts
from kztext.wordtable import WordTable, read_table

LEVELS = ("decisive", "plain", "weak")
SCALES = (1.0, 0.5, 0.2)  # of one word of a level among the features
LONGER = 1.25  # a phrase of several words among single words
MOST = 3.0  # words of one topic and level that count
SECOND = 0.2  # probability that makes a runner-up the secondary topic
HEAVY = 0.05  # a word that weighs less is left out of an explanation


@dataclass(frozen=True, slots=True)
class Sense:
    """The topic of a phrase, by its place among the labels, and its level; `size` counts its letters."""

    label: int
    level: int
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a text and the topic words among them."""

    words: tuple[str, ...]
    hits: tuple[Hit[Sense], ...]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """A language's classifier: `weights[label][feature]`, features as `features` gives them."""

    labels: tuple[str, ...]
    words: Lexicon[Sense]
    table: WordTable
    parts: PartTable
    weights: tuple[tuple[float, ...], ...]
    intercept: tuple[float, ...]
    temperature: float

    def read(self, text: str) -> Found:
        """The words of a text."""
        words = tuple(word.text for word in self.words.words(text))
        return Found(words, tuple(find_topic_words(text, self.words)))

    def scores(self, found: Found) -> list[float]:
        """The score of each label for the words of a text."""
        vector = [
            (place, value) for place, value in enumerate(features(found.hits, len(self.labels))) if value
        ]
        scores = [
            shift + sum(row[place] * value for place, value in vector)
            for row, shift in zip(self.weights, self.intercept, strict=True)
        ]
        self.table.add(found.words, scores)
        self.parts.add(found.words, scores)
        return scores

    def probabilities(self, text: str) -> tuple[float, ...]:
        """The calibrated probability of each label."""
        scores = self.scores(self.read(text))
        top = max(scores)
        raised = [math.exp((score - top) / self.temperature) for score in scores]
        total = sum(raised)
        return tuple(value / total for value in raised)


@cache
def topic_words(lang: str, labels: tuple[str, ...]) -> Lexicon[Sense]:
    """The table `topic_words.toml` of a language."""
    pack = load_pack(lang)
    lexicon: Lexicon[Sense] = Lexicon.of(pack)
    for level, name in enumerate(LEVELS):
        for label, phrases in pack.table("topic_words")[name].items():
            for phrase in phrases:
                sense = Sense(labels.index(label), level, sum(map(str.isalpha, phrase)))
                lexicon.add(phrase, sense, where=f"lang/{lang}/topic_words.toml: {name}.{label}")
    return lexicon


def find_topic_words(text: str, lexicon: Lexicon[Sense]) -> list[Hit[Sense]]:
    """The topic words of a text, in text order.

    A phrase of more words hides those inside it; in one place the decisive word counts, then the longest.
    """
    hits = lexicon.scan(lexicon.words(text), text)
    hits.sort(key=lambda h: (h.first - h.last, h.value.level, -h.value.size, h.first, h.value.label))
    kept: list[Hit[Sense]] = []
    taken: set[int] = set()
    for hit in hits:
        place = range(hit.first, hit.last + 1)
        if not all(number in taken for number in place):
            taken.update(place)
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.first, h.last))


def features(hits: Sequence[Hit[Sense]], labels: int) -> list[float]:
    """The numbers the weights apply to: topic words by level and label, then 1 where none says much."""
    vector = [0.0] * (labels * len(LEVELS) + 1)
    for hit in hits:
        vector[hit.value.level * labels + hit.value.label] += LONGER if hit.last > hit.first else 1.0
    for level, size in enumerate(SCALES):
        for place in range(level * labels, (level + 1) * labels):
            vector[place] = min(vector[place], MOST) * size
    vector[-1] = float(all(hit.value.level == len(LEVELS) - 1 for hit in hits))
    return vector


@cache
def load_model(lang: str, folder: Path | None = None) -> TopicModel:
    """The classifier of a language. Raises ModelError where `models/topics` has none."""
    folder = folder or shipped("topics")
    path = folder / f"{lang}.json"
    if not path.is_file():
        raise ModelError(f"{folder}: no topic model for {lang!r}; run `make models`")
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        labels = tuple(data["labels"])
        model = TopicModel(
            labels=labels,
            words=topic_words(lang, labels),
            table=read_table(folder / f"{lang}.words", load_pack(lang)),
            parts=read_parts(folder / f"{lang}.parts"),
            weights=tuple(tuple(map(float, row)) for row in data["weights"]),
            intercept=tuple(map(float, data["intercept"])),
            temperature=float(data["temperature"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: not a topic model ({error}); run `make models`") from error
    width = len(labels) * len(LEVELS) + 1
    shapes = {len(row) for row in model.weights}
    if shapes != {width} or {len(model.weights), model.table.width, model.parts.width} != {len(labels)}:
        raise ModelError(f"{path}: weights of another shape than {len(labels)} × {width}; run `make models`")
    return model


def classify(texts: Sequence[str], lang: str) -> list[Topic]:
    """The topic of each sentence, with a runner-up where it is likely too."""
    model = load_model(str(lang))
    return [choose(model.probabilities(text), model.labels) for text in texts]


def choose(chances: Sequence[float], labels: Sequence[str]) -> Topic:
    """The likeliest label as a Topic; the next one is its secondary label if its chance is SECOND or more."""
    first, second = sorted(range(len(labels)), key=lambda i: -chances[i])[:2]
    also = (
        labels[second] if chances[second] >= SECOND and "other" not in (labels[first], labels[second]) else ""
    )
    return Topic(labels[first], also, round(chances[first], 3))


def document_topic(topics: Sequence[Topic]) -> Topic:
    """What a document is about: the topic its sentences speak for most, each as loudly as it is sure.

    `other` is named only where no sentence has another topic. Confidence is the topic's part of it all.
    """
    votes: dict[str, float] = {}
    for topic in topics:
        votes[topic.label] = votes.get(topic.label, 0.0) + topic.confidence
        if topic.secondary:
            votes[topic.secondary] = votes.get(topic.secondary, 0.0) + topic.confidence / 3
    ranked = sorted((label for label in votes if label != "other"), key=lambda label: -votes[label])
    if not ranked:
        return Topic(confidence=1.0 if topics else 0.0)
    total = sum(votes[label] for label in ranked) or 1.0
    also = ranked[1] if len(ranked) > 1 and votes[ranked[1]] / total >= SECOND else ""
    return Topic(ranked[0], also, round(votes[ranked[0]] / total, 3))


def explain(text: str, lang: str) -> list[tuple[str, float]]:
    """The words of a sentence that weighed for or against its topic, the heaviest first.

    A weight is what the chosen label's score, against the mean of all, loses when the word is left out.
    """
    model = load_model(str(lang))
    found = model.read(text)
    whole = model.scores(found)
    best = whole.index(max(whole))
    weighed: dict[str, float] = {}

    def weigh(word: str, words: tuple[str, ...], hits: tuple[Hit[Sense], ...]) -> None:
        rest = model.scores(Found(words, hits))
        lost = [a - b for a, b in zip(whole, rest, strict=True)]
        weight = round(lost[best] - sum(lost) / len(lost), 2)
        if abs(weight) >= HEAVY:
            weighed[word] = max(weighed.get(word, 0.0), weight, key=abs)

    inside: set[int] = set()
    for place, hit in enumerate(found.hits):
        inside.update(range(hit.first, hit.last + 1))
        words = found.words[: hit.first] + found.words[hit.last + 1 :]
        weigh(text[hit.start : hit.end].lower(), words, found.hits[:place] + found.hits[place + 1 :])
    for place, word in enumerate(found.words):
        if place not in inside:
            weigh(word.lower(), found.words[:place] + found.words[place + 1 :], found.hits)
    return sorted(weighed.items(), key=lambda item: -abs(item[1]))
