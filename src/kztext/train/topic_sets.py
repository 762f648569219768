"""Predictions of topics: kztext's own labels, or those of SIB-200 and of the tgnews set.

The sets' own labels are learned when they are asked for, from the tuning part of the benchmarks (`training`,
a folder with `topics.sib200.jsonl` and `topics.tgnews.jsonl`) and from words and examples of our own in
`models/topics_sib`: they are no part of the product.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import regex
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB

from kztext.errors import ModelError
from kztext.lang.lexicon import Lexicon, fill
from kztext.lang.pack import load_pack
from kztext.topics import Found, classify, load_model
from kztext.train.topic_compare import split_words, stems

Floats = np.ndarray[Any, np.dtype[np.float64]]
ROOT = Path(__file__).parents[3]
TRAINING = ROOT.parent / "shared" / "benchmarks"
HINTS = ROOT / "models" / "topics_sib"
SEED = 1991
ALPHA = 0.3  # smoothing of naive Bayes
TRUST = (0.6, 3.0)  # how far a hint word is believed before it is seen, and what that is worth in examples
NEAREST = 5
SHARP = 0.7  # the temperature of topics among the views
SENTENCE_END = regex.compile(r"(?<=[.!?])\s+|\n+")


def predict_topics(
    rows: Iterable[Mapping[str, Any]], *, labels: str = "benchmark", training: Path = TRAINING
) -> Iterator[dict[str, str]]:
    """One `{"id", "label"}` for each row `{"id", "lang", "text"}`, in the order of the rows.

    `labels="kztext"` gives the topics of the catalogue. `labels="benchmark"` gives the labels of the set
    that a row is of (`group`, or how its id begins: sib, tg) and the catalogue's for rows of no known set.
    """
    kept = list(rows)
    sets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(kept):
        name = str(row.get("group") or row["id"]) if labels == "benchmark" else ""
        known = "sib200" if name.startswith("sib") else "tgnews" if name.startswith("tg") else ""
        sets[known, str(row["lang"])].append(place)
    said: dict[int, str] = {}
    for (name, lang), places in sets.items():
        texts = [str(kept[place]["text"]) for place in places]
        if name:
            learner = NewsLearner(lang) if name == "tgnews" else Learner(name, lang)
            found = learner.fit(*examples(training, name, lang)).predict(texts)
        else:
            found = [topic.label for topic in classify(texts, lang)]
        said.update(zip(places, found, strict=True))
    for place, row in enumerate(kept):
        yield {"id": str(row["id"]), "label": said[place]}


def examples(folder: Path, name: str, lang: str) -> tuple[list[str], list[str]]:
    """Texts and labels of a set's tuning part. Raises ModelError where it is not at hand."""
    path = folder / f"topics.{name}.jsonl"
    if not path.is_file():
        raise ModelError(f"{path}: the labels of {name} are learned from this file; it is not there")
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    rows = [row for row in rows if row["lang"] == lang]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def own_examples(name: str, lang: str) -> tuple[list[str], list[str]]:
    """Texts written for this project with the labels of a set."""
    with (HINTS / "examples.csv").open(encoding="utf8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["set"], row["lang"]) == (name, lang)]
    return [row["text"] for row in rows], [row["label"] for row in rows]


class Learner:
    """A classifier for the labels of SIB-200, from several views of a sentence.

    The views: words that go with a label, each as far as the training examples bear it out; kztext's topics;
    naive Bayes over characters and word beginnings; the labels of the most similar examples.
    """

    def __init__(self, name: str, lang: str) -> None:
        self.lang = lang
        self.own = own_examples(name, lang)
        path = HINTS / f"{lang}.toml"
        hints = tomllib.loads(path.read_text(encoding="utf8"))
        self.hinted = np.array([i for i, phrases in enumerate(hints.values()) for _ in phrases])
        self.names = list(hints)
        self.words: Lexicon[int] = Lexicon.of(load_pack(lang))
        for number, phrase in enumerate(phrase for phrases in hints.values() for phrase in phrases):
            fill(self.words, [phrase], number, where=str(path))
        self.vectors = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True),
            TfidfVectorizer(analyzer=lambda text: stems(split_words(text)), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 6), sublinear_tf=True, min_df=2),
        )
        self.top = LogisticRegression(C=0.05, max_iter=800)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Learner:
        own_texts, own_labels = self.own
        y, known = np.array(labels), np.array([*labels, *own_labels])
        rows, own = len(y), np.arange(len(y), len(known))
        self.classes = sorted(set(known.tolist()))
        gold = np.array([self.classes.index(label) for label in known])
        self.seen, self.borne_out = np.zeros(len(self.hinted)), np.zeros(len(self.hinted))
        of_label = np.array([self.classes.index(name) for name in self.names])[self.hinted]
        self.of_label = of_label
        found = [self.find(text) for text in texts]
        for hits, label in zip(found, gold, strict=False):
            self.seen[hits] += 1
            self.borne_out[hits] += of_label[hits] == label
        self.base = np.bincount(gold[:rows], minlength=len(self.classes)) / rows
        views = [self.word_view(hits, label) for hits, label in zip(found, gold, strict=False)]
        parts = [np.array(views), self.topics(texts)]
        self.examples = [vector.fit_transform([*texts, *own_texts]).tocsr() for vector in self.vectors]
        for x in self.examples:
            held = np.zeros((rows, len(self.classes)))
            for train, test in StratifiedKFold(5, shuffle=True, random_state=SEED).split(texts, y):
                learned = np.concatenate([train, own])
                held[test] = chances(ComplementNB(alpha=ALPHA).fit(x[learned], gold[learned]), x[test])
            parts.append(held)
        self.bayes = [ComplementNB(alpha=ALPHA).fit(x, gold) for x in self.examples]
        self.gold = gold
        for x in self.examples[:2]:
            near = (x[:rows] @ x.T).toarray()
            np.fill_diagonal(near, 0)
            parts.append(self.neighbours(near))
        counts = np.bincount(gold[:rows], minlength=len(self.classes))
        self.top.class_weight = dict(enumerate(np.sqrt(rows / np.maximum(counts, 1))))
        self.top.fit(np.hstack(parts), gold[:rows])
        return self

    def predict(self, texts: Sequence[str]) -> list[str]:
        given = [vector.transform(texts).tocsr() for vector in self.vectors]
        parts = [np.array([self.word_view(self.find(text)) for text in texts]), self.topics(texts)]
        parts += [chances(bayes, x) for bayes, x in zip(self.bayes, given, strict=True)]
        parts += [
            self.neighbours((x @ known.T).toarray())
            for x, known in zip(given[:2], self.examples[:2], strict=True)
        ]
        return [self.classes[label] for label in self.top.predict(np.hstack(parts))]

    def find(self, text: str) -> list[int]:
        """The numbers of the hint words in a text."""
        return sorted({hit.value for hit in self.words.scan(self.words.words(text), text)})

    def word_view(self, hits: list[int], label: int = -1) -> Floats:
        """For each label what its words weigh and how many they are; `label` leaves the text itself out."""
        of = self.of_label[hits]
        seen = self.seen[hits] - (label >= 0)
        right = self.borne_out[hits] - (of == label)
        trust = (right + TRUST[0] * TRUST[1]) / (seen + TRUST[1])
        weight = np.log(trust / (1 - trust)) - np.log(self.base[of] / (1 - self.base[of]))
        summed = np.bincount(of, np.maximum(weight, -1) / 2, len(self.classes))
        counted = np.bincount(of, minlength=len(self.classes))
        return np.concatenate([np.sign(summed) * np.log1p(np.abs(summed)), np.log1p(counted)])

    def topics(self, texts: Sequence[str]) -> Floats:
        """kztext's topics by their topic words, and what all words say for each."""
        model = load_model(self.lang)
        rows = []
        for found in map(model.read, texts):
            votes = np.array(model.scores(Found((), found.hits)))
            words = np.array(model.scores(found)) - votes
            rows.append(np.concatenate([2 * softmax(votes / SHARP) ** 0.5, words - words.mean()]))
        return np.array(rows)

    def neighbours(self, near: Floats) -> Floats:
        """How similar the nearest examples of each label are."""
        found = np.zeros((len(near), len(self.classes)))
        nearest = np.argsort(-near, axis=1, kind="stable")[:, :NEAREST]
        for row, places in enumerate(nearest):
            np.add.at(found[row], self.gold[places], 3 * near[row, places] ** 1.5)
        return found


class NewsLearner:
    """A classifier for whole news items: text vectors, and kztext's topics of item and beginning."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.own = own_examples("tgnews", lang)
        self.vectors = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=60_000),
            TfidfVectorizer(sublinear_tf=True),
        )
        self.top = LogisticRegression(C=3.0, max_iter=300, tol=1e-3, class_weight="balanced")

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> NewsLearner:
        texts, labels = [*texts, *self.own[0]], [*labels, *self.own[1]]
        known = [vector.fit_transform(texts) for vector in self.vectors]
        self.top.fit(hstack([*known, self.topics(texts)]).tocsr(), labels)
        return self

    def predict(self, texts: Sequence[str]) -> list[str]:
        known = [vector.transform(texts) for vector in self.vectors]
        return [str(label) for label in self.top.predict(hstack([*known, self.topics(texts)]).tocsr())]

    def topics(self, texts: Sequence[str]) -> csr_matrix:
        """Mean topic probabilities of the sentences, of the first, and of the first four."""
        model = load_model(self.lang)
        rows = []
        for text in texts:
            parts = [part for part in SENTENCE_END.split(text) if len(part) > 15][:25] or [text]
            found = np.array([model.probabilities(part) for part in parts])
            rows.append(np.concatenate([found.mean(0), found[0], found[:4].mean(0)]))
        return csr_matrix(np.array(rows))


def chances(model: ComplementNB, x: csr_matrix) -> Floats:
    """Scores of naive Bayes, comparable between models: the best label has 0."""
    found = model.predict_log_proba(x)
    found = found - found.max(1, keepdims=True)
    return np.asarray(found / (found.std() + 1e-9))


def cross_validate(folder: Path, name: str, lang: str) -> dict[str, float]:
    """Macro-F1 of a set's own labels over five folds of its tuning part, and F1 of `economy` if it has it."""
    texts, labels = examples(folder, name, lang)
    said = np.empty(len(texts), dtype=object)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=SEED).split(texts, labels):
        learner = NewsLearner(lang) if name == "tgnews" else Learner(name, lang)
        learner.fit([texts[place] for place in train], [labels[place] for place in train])
        said[test] = learner.predict([texts[place] for place in test])
    found = {"items": len(texts), "macro_f1": round(float(f1_score(labels, list(said), average="macro")), 3)}
    if "economy" in labels:
        of_economy = f1_score(labels, list(said), average=None, labels=["economy"])
        found["economy_f1"] = round(float(of_economy[0]), 3)
    return found


def main() -> None:
    """Measure the labels of SIB-200 and tgnews: `python -m kztext.train.topic_sets`."""
    for name, lang in (("sib200", "kk"), ("sib200", "ru"), ("tgnews", "ru")):
        print(name, lang, *(f"{key} {value}" for key, value in cross_validate(TRAINING, name, lang).items()))


if __name__ == "__main__":
    main()
