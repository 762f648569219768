"""Predictions of topics: kztext's own labels, or those of SIB-200 and of the tgnews set.

The sets' own labels are learned when they are asked for, from the tuning part of the benchmarks (`training`,
a folder with `topics.sib200.jsonl` and `topics.tgnews.jsonl`): they are no part of the product.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import regex
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB

from kztext.errors import ModelError
from kztext.lang.lexicon import Lexicon, fill
from kztext.lang.pack import load_pack
from kztext.topics import classify, load_model
from kztext.train.topics import split_words, stems

Floats = np.ndarray[Any, np.dtype[np.float64]]
ROOT = Path(__file__).parents[3]
TRAINING = ROOT.parent / "shared" / "benchmarks"
HINTS = ROOT / "models" / "topics_sib"
SEED = 1991
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


class Learner:
    """A classifier for the labels of one set: hint words, kztext's topics and naive Bayes, stacked."""

    def __init__(self, name: str, lang: str) -> None:
        self.lang = lang
        path = HINTS / f"{lang}.toml"
        hints = tomllib.loads(path.read_text(encoding="utf8")) if name == "sib200" else {}
        self.labels = list(hints)
        self.hints: Lexicon[int] = Lexicon.of(load_pack(lang))
        for place, phrases in enumerate(hints.values()):
            fill(self.hints, phrases, place, where=f"{path}: {self.labels[place]}")
        self.vectors = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 6), sublinear_tf=True, min_df=2),
            TfidfVectorizer(analyzer=lambda text: stems(split_words(text)), sublinear_tf=True),
        )
        self.bayes: list[ComplementNB] = []
        self.top = LogisticRegression(C=1.0, max_iter=300)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Learner:
        y = np.array(labels)
        matrices = [vector.fit_transform(texts) for vector in self.vectors]
        held = [np.zeros((len(y), len(set(labels)))) for _ in matrices]
        for train, test in StratifiedKFold(5, shuffle=True, random_state=SEED).split(texts, y):
            for out, x in zip(held, matrices, strict=True):
                out[test] = chances(ComplementNB(alpha=0.3).fit(x[train], y[train]), x[test])
        self.bayes = [ComplementNB(alpha=0.3).fit(x, y) for x in matrices]
        self.top.fit(np.hstack([self.words(texts), *held]), y)
        return self

    def predict(self, texts: Sequence[str]) -> list[str]:
        said = [
            chances(bayes, vector.transform(texts))
            for bayes, vector in zip(self.bayes, self.vectors, strict=True)
        ]
        return [str(label) for label in self.top.predict(np.hstack([self.words(texts), *said]))]

    def words(self, texts: Sequence[str]) -> Floats:
        """Counts of hint words for each label, and the probabilities of kztext's own topics."""
        model = load_model(self.lang)
        return np.array(
            [
                [*self.hinted(text), *(2 * chance**0.5 for chance in model.probabilities(text))]
                for text in texts
            ]
        )

    def hinted(self, text: str) -> list[float]:
        counts = [0] * len(self.labels)
        for _, label in {(hit.start, hit.value) for hit in self.hints.scan(self.hints.words(text), text)}:
            counts[label] += 1
        return [float(np.log1p(count)) for count in counts]


class NewsLearner:
    """A classifier for whole news items: text vectors, and kztext's topics of item and beginning."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.vectors = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
            TfidfVectorizer(sublinear_tf=True),
        )
        self.top = LogisticRegression(C=30.0, max_iter=300, tol=1e-3, class_weight="balanced")

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> NewsLearner:
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
