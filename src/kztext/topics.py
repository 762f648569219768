"""What a sentence is about: a linear classifier over topic words, in plain Python.

The weights lie in `models/topics/<lang>.json` and `associations.<lang>.csv`, made by
`python -m kztext.train.topics`. They are numbers and words, so that loading them runs no code and needs
neither scikit-learn nor numpy.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

from kztext.errors import ModelError
from kztext.lang.pack import load_pack
from kztext.spans import Topic

LEVELS = ("decisive", "plain", "weak")
SCALES = (1.0, 0.5, 0.2)  # of one word of a level among the features
MOST = 3.0  # words of one topic and level that count
STEM = 5  # letters by which the associations know a word
SECOND = 0.2  # probability that makes a runner-up the secondary topic
WORD = regex.compile(r"\p{L}+")
KEY = 3  # letters by which phrases are filed

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A topic word of a text: where it stands among the words, its topic and its level."""

    first: int
    phrase: Phrase
    label: int
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """The topic words of a language, filed by their first letters."""

    filed: dict[str, list[tuple[Phrase, int, int]]]

    def find(self, words: Sequence[str]) -> list[Found]:
        """The topic words among the words of a text; a longer phrase hides a shorter one inside it."""
        found: list[Found] = []
        for first, word in enumerate(words):
            for key in {word[:2], word[:KEY]} if len(word) >= KEY else {word}:
                for phrase, label, level in self.filed.get(key, ()):
                    if len(phrase) <= len(words) - first and all(
                        word_fits(part, words[first + i]) for i, part in enumerate(phrase)
                    ):
                        found.append(Found(first, phrase, label, level))
        found.sort(key=lambda f: (-len(f.phrase), f.level != 0, -sum(map(len, f.phrase)), f.first))
        kept: list[Found] = []
        taken: set[int] = set()
        for one in found:
            place = set(range(one.first, one.first + len(one.phrase)))
            if place & taken and (len(place) == 1 or place <= taken):
                continue
            taken |= place
            kept.append(one)
        return sorted(kept, key=lambda f: f.first)


@dataclass(frozen=True, slots=True)
class TopicModel:
    """A language's classifier: `weights[label][feature]`, features as `features` gives them."""

    labels: tuple[str, ...]
    words: Words
    associations: dict[str, tuple[float, ...]]
    weights: tuple[tuple[float, ...], ...]
    intercept: tuple[float, ...]
    association_scale: float
    temperature: float
    default_bonus: float  # for `other` where no topic word stands

    def probabilities(self, text: str) -> tuple[float, ...]:
        """The calibrated probability of each label."""
        vector, bare = features(text, self.words, self.associations, self.association_scale)
        scores = [
            sum(map(float.__mul__, row, vector)) + shift
            for row, shift in zip(self.weights, self.intercept, strict=True)
        ]
        if bare:
            scores[self.labels.index("other")] += self.default_bonus
        top = max(scores)
        raised = [math.exp((score - top) / self.temperature) for score in scores]
        total = sum(raised)
        return tuple(value / total for value in raised)


def word_fits(part: str, word: str) -> bool:
    """Whether a word of a text is what a phrase asks for: `begins*` or the very word."""
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part


def split_words(text: str) -> list[str]:
    """The words of a text in small letters.

    >>> split_words("ЖІӨ 5,8%-ға өсті")
    ['жіө', 'ға', 'өсті']
    """
    return WORD.findall(text.lower())


def stems(words: Sequence[str]) -> list[str]:
    """The distinct beginnings of words, in text order; one- and two-letter words are left out."""
    return list(dict.fromkeys(word[:STEM] for word in words if len(word) > 2))


@cache
def topic_words(lang: str, labels: tuple[str, ...]) -> Words:
    """The table `topic_words.toml` of a language."""
    table = load_pack(lang).table("topic_words")
    filed: dict[str, list[tuple[Phrase, int, int]]] = {}
    for level, name in enumerate(LEVELS):
        for label, phrases in table[name].items():
            for text in phrases:
                phrase = tuple(text.split())
                filed.setdefault(phrase[0].rstrip("*")[:KEY], []).append((phrase, labels.index(label), level))
    return Words(filed)


def features(
    text: str, words: Words, associations: dict[str, tuple[float, ...]], scale: float
) -> tuple[list[float], bool]:
    """The numbers the weights apply to, and whether no decisive or plain topic word was found.

    First the topic words, by level and label; then how strongly the text's other words go with each label.
    """
    tokens = split_words(text)
    count = len(next(iter(associations.values()), (0.0,) * 20))
    vector = [0.0] * (count * (len(LEVELS) + 1))
    bare = True
    for one in words.find(tokens):
        vector[one.level * count + one.label] += 1.25 if len(one.phrase) > 1 else 1.0
        bare = bare and one.level == len(LEVELS) - 1
    for level, size in enumerate(SCALES):
        for label in range(count):
            place = level * count + label
            vector[place] = min(vector[place], MOST) * size
    rows = [associations[stem] for stem in stems(tokens) if stem in associations]
    if rows:
        part = scale / math.sqrt(len(rows))
        vector[len(LEVELS) * count :] = [sum(column) * part for column in zip(*rows, strict=True)]
    return vector, bare


def model_folder() -> Path:
    """`models/topics` of the checkout, or the copy that an installed kztext carries."""
    inside = Path(__file__).parent / "models" / "topics"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "models" / "topics"


def load_associations(path: Path) -> dict[str, tuple[float, ...]]:
    """The table of word beginnings and labels; its figures are tenths of a natural logarithm."""
    with path.open(encoding="utf8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: tuple(int(cell) / 10 for cell in row[2:]) for row in rows}


@cache
def load_model(lang: str, folder: Path | None = None) -> TopicModel:
    """The classifier of a language. Raises ModelError where `models/topics` has none."""
    folder = folder or model_folder()
    weights, table = folder / f"{lang}.json", folder / f"associations.{lang}.csv"
    if not weights.is_file() or not table.is_file():
        raise ModelError(f"{folder}: no topic model for {lang!r}; run `make models`")
    try:
        data: dict[str, Any] = json.loads(weights.read_text(encoding="utf8"))
        labels = tuple(data["labels"])
        model = TopicModel(
            labels=labels,
            words=topic_words(lang, labels),
            associations=load_associations(table),
            weights=tuple(tuple(map(float, row)) for row in data["weights"]),
            intercept=tuple(map(float, data["intercept"])),
            association_scale=float(data["association_scale"]),
            temperature=float(data["temperature"]),
            default_bonus=float(data["default_bonus"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{weights}: not a topic model ({error}); run `make models`") from error
    width = len(labels) * (len(LEVELS) + 1)
    if len(model.weights) != len(labels) or any(len(row) != width for row in model.weights):
        raise ModelError(
            f"{weights}: weights of another shape than {len(labels)} × {width}; run `make models`"
        )
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
    chances = model.probabilities(text)
    best = max(range(len(chances)), key=chances.__getitem__)
    mean = [sum(column) / len(column) for column in zip(*model.weights, strict=True)]
    row = [weight - middle for weight, middle in zip(model.weights[best], mean, strict=True)]
    words, count, whole = split_words(text), len(model.labels), features_of(text, model)
    weighed: dict[str, float] = {}
    for first, word in enumerate(words):
        rest = " ".join((*words[:first], "", *words[first + 1 :]))
        loss = sum(w * (a - b) for w, a, b in zip(row, whole, features_of(rest, model), strict=True))
        if abs(loss) >= 0.05 and count:
            weighed[word] = max(weighed.get(word, 0.0), round(loss, 2), key=abs)
    return sorted(weighed.items(), key=lambda item: -abs(item[1]))


def features_of(text: str, model: TopicModel) -> list[float]:
    """The features of a text for a model."""
    return features(text, model.words, model.associations, model.association_scale)[0]
