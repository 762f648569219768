"""Train the topic classifier: `python -m kztext.train.topics` (from the root of the checkout).

Reads `corpus/gold/topics.csv` and `lang/*/topic_words.toml`; writes weights, `meta.json` and `errors.csv` to
`models/topics`. The words vote (`VOTES`); training only moves the weights of their votes, and a pull back to
them keeps it from learning by heart sentences that the words were chosen for.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import regex
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union

from kztext.errors import ModelError
from kztext.lang.pack import load_pack
from kztext.model_store import digest, model_folder
from kztext.topics import LEVELS, SCALES, features, find_topic_words, topic_words

LABELS = (
    "growth",
    "prices",
    "money",
    "government",
    "trade",
    "investment",
    "industry",
    "energy",
    "agriculture",
    "transport",
    "business",
    "labour",
    "income",
    "population",
    "education",
    "health",
    "environment",
    "integration",
    "policy",
    "other",
)
LANGS = ("kk", "ru")
SEED = 1991
VOTES = (2.4, 1.2, 0.36)  # of a decisive, plain and weak word for its label
ASPECTS = ("prices", "trade", "investment", "labour")  # said of any branch: wages in farming are labour
ASPECT = 3.2  # the vote of their decisive words
BARE = 0.7  # the vote for `other` where no word says much
PULLS = (100.0, 300.0)  # strength of the pull back to the votes, chosen by the inner folds
STEM = 5  # letters of a word beginning
WORD = regex.compile(r"\p{L}+")
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    lang: str
    label: str
    text: str
    split: str
    first: str
    second: str
    reader: str


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by label and feature, and one more number for each label."""

    weights: Floats
    intercept: Floats

    def scores(self, x: Floats) -> Floats:
        return np.asarray(x @ self.weights.T + self.intercept)


def read_gold(path: Path) -> list[Row]:
    """The annotated sentences. Raises ModelError for an unknown label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [Row(**{name: row[name] for name in Row.__slots__}) for row in csv.DictReader(file)]
    if wrong := {row.label for row in rows} - set(LABELS):
        raise ModelError(f"{path}: unknown labels {', '.join(sorted(wrong))}")
    return rows


def split_words(text: str) -> list[str]:
    """The words of a text in small letters.

    >>> split_words("ЖІӨ 5,8%-ға өсті")
    ['жіө', 'ға', 'өсті']
    """
    return WORD.findall(text.lower())


def stems(words: Sequence[str]) -> list[str]:
    """The distinct beginnings of words, in text order; one- and two-letter words are left out."""
    return list(dict.fromkeys(word[:STEM] for word in words if len(word) > 2))


def matrix(texts: Sequence[str], lang: str) -> Floats:
    """The features of texts."""
    words = topic_words(lang, LABELS)
    return np.array([features(find_topic_words(text, words), len(LABELS)) for text in texts])


def prior() -> Floats:
    """The weights by which the topic words vote before anything is learned."""
    count = len(LABELS)
    weights = np.zeros((count, count * len(LEVELS) + 1))
    for level, (vote, scale) in enumerate(zip(VOTES, SCALES, strict=True)):
        for label in range(count):
            weights[label, level * count + label] = vote / scale
    for label in map(LABELS.index, ASPECTS):
        weights[label, label] = ASPECT / SCALES[0]
    weights[LABELS.index("other"), -1] = BARE
    return weights


def fit(x: Floats, y: Sequence[str], pull: float) -> Linear:
    """Logistic regression whose weights are drawn to the votes of the words instead of to zero."""
    start, (rows, width), count = prior(), x.shape, len(LABELS)
    gold = np.array([LABELS.index(label) for label in y])
    base = x @ start.T

    def loss(flat: Floats) -> tuple[float, Floats]:
        moved, shift = flat[:-count].reshape(count, width), flat[-count:]
        found = base + x @ moved.T + shift
        norm = logsumexp(found, axis=1)
        wrong = np.exp(found - norm[:, None])
        wrong[np.arange(rows), gold] -= 1
        value = (norm - found[np.arange(rows), gold]).sum() + pull / 2 * ((moved**2).sum() + (shift**2).sum())
        slope = np.concatenate([(wrong.T @ x + pull * moved).ravel(), wrong.sum(0) + pull * shift])
        return float(value), slope

    best = minimize(loss, np.zeros(count * (width + 1)), jac=True, method="L-BFGS-B").x
    return Linear(start + best[:-count].reshape(count, width), best[-count:])


def by_words(texts: Sequence[str], lang: str) -> list[str]:
    """The labels that the votes of the topic words alone give."""
    return [LABELS[i] for i in (matrix(texts, lang) @ prior().T).argmax(1)]


@cache
def catalogue_keywords(lang: str) -> tuple[tuple[str, float, regex.Pattern[str]], ...]:
    """The catalogue's own short list of keywords: a label, a weight, one pattern for its phrases."""
    found = []
    for label, lists in load_pack(lang).table("topics")["topic"].items():
        for name, weight in (("phrases", 1.0), ("weak", 0.3)):
            ends = str.maketrans({"~": r"\p{L}*", "*": r"\p{L}*"})
            if phrases := lists.get(name, ()):
                options = "|".join(phrase.lower().translate(ends) for phrase in phrases)
                found.append((label, weight, regex.compile(rf"\b(?:{options})\b")))
    return tuple(found)


def by_catalogue(text: str, lang: str) -> str:
    """The label that the catalogue's keywords alone give."""
    words = " ".join(split_words(text))
    said: dict[str, float] = defaultdict(float)
    for label, weight, pattern in catalogue_keywords(lang):
        said[label] += weight * len(pattern.findall(words))
    return max(said, key=lambda label: said[label]) if said and max(said.values()) > 0 else "other"


def figures(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    return {
        "accuracy": round(float(accuracy_score(gold, said)), 4),
        "macro_f1": round(float(f1_score(gold, said, average="macro")), 4),
    }


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """How far two readings agree beyond chance."""
    return round(float(cohen_kappa_score(*zip(*pairs, strict=True))), 4)


def folds(y: Sequence[str], parts: int) -> list[tuple[Any, Any]]:
    return list(StratifiedKFold(parts, shuffle=True, random_state=SEED).split(np.zeros(len(y)), y))


def choose(x: Floats, y: Sequence[str]) -> float:
    """The pull that does best on three folds of a training part; the stronger one where they draw."""
    gold, best = np.array(y), (-1, 0.0)
    for pull in PULLS:
        right = 0
        for train, test in folds(y, 3):
            found = fit(x[train], gold[train].tolist(), pull).scores(x[test])
            right += int((np.array(LABELS)[found.argmax(1)] == gold[test]).sum())
        best = max(best, (right, pull))
    return best[1]


def temperature(found: Floats, gold: Sequence[str]) -> tuple[float, float]:
    """The divisor of the scores that makes probabilities honest, and their expected calibration error."""
    right = np.array([LABELS.index(label) for label in gold])

    def loss(value: float) -> float:
        logs = found / value - logsumexp(found / value, axis=1, keepdims=True)
        return -float(logs[np.arange(len(right)), right].mean())

    value = min((step / 50 for step in range(15, 151)), key=loss)
    chances = softmax(found / value, axis=1)
    sure, hit = chances.max(1), chances.argmax(1) == right
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    return value, round(float(error), 4)


class TopicVotes(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """The features of the classifier as a scikit-learn step, for the ensembles of the comparison."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def fit(self, texts: Sequence[str], y: object = None) -> TopicVotes:
        return self

    def transform(self, texts: Sequence[str]) -> Floats:
        return matrix(texts, self.lang)


def lemmas(texts: Sequence[str], lang: str) -> list[str]:
    """The texts as the lemmas that the shipped pipeline gives."""
    import spacy  # slow to import, and predictions need no lemmas

    pipeline = spacy.load(model_folder(f"{lang}_core"), exclude=["parser", "ner"])
    return [" ".join(token.lemma_.lower() for token in doc) for doc in pipeline.pipe(texts)]


def compare(texts: Sequence[str], y: Sequence[str], lang: str) -> dict[str, dict[str, float]]:
    """What other ways reach: keywords alone, and text vectors with a linear model on five folds."""

    def char() -> Any:
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)

    def word(analyzer: str | Callable[[str], list[str]] = "word") -> Any:
        return TfidfVectorizer(analyzer=analyzer, sublinear_tf=True)

    said = {
        "catalogue keywords alone": [by_catalogue(text, lang) for text in texts],
        "topic words alone": by_words(texts, lang),
    }
    plain = {
        "words, TF-IDF": word(),
        "word beginnings, TF-IDF": word(lambda text: stems(split_words(text))),
        "lemmas, TF-IDF": word(),
        "character 3-5-grams, TF-IDF": char(),
        "characters and words, TF-IDF": make_union(char(), word()),
        "characters and lemmas, TF-IDF": make_union(char(), word()),
        "topic words with characters and words": make_union(TopicVotes(lang), char(), word()),
    }
    lemmatised = lemmas(texts, lang)
    for name, vectors in plain.items():
        given = lemmatised if "lemmas" in name else list(texts)
        found = np.empty(len(y), dtype=object)
        for train, test in folds(y, 5):
            pipeline = make_pipeline(vectors, LogisticRegression(C=5, max_iter=200, tol=1e-3))
            pipeline.fit([given[i] for i in train], [y[i] for i in train])
            found[test] = pipeline.predict([given[i] for i in test])
        said[name] = list(found)
    return {name: figures(y, labels) for name, labels in said.items()}


def train(rows: Sequence[Row], lang: str, folder: Path) -> tuple[dict[str, Any], list[list[str]]]:
    """Write the weights of one language; give its part of meta.json and the errors of the outer folds."""
    chosen = [row for row in rows if row.lang == lang]
    texts, y = [row.text for row in chosen], [row.label for row in chosen]
    x = matrix(texts, lang)
    found = np.zeros((len(y), len(LABELS)))
    picked = []
    for inner, outer in folds(y, 5):
        known = [y[i] for i in inner]
        picked.append(choose(x[inner], known))
        found[outer] = fit(x[inner], known, picked[-1]).scores(x[outer])
    said = [LABELS[i] for i in found.argmax(1)]
    divisor, error = temperature(found, y)
    pull = choose(x, y)
    model = fit(x, y, pull)
    weights = {
        "labels": LABELS,
        "temperature": divisor,
        "intercept": [round(float(value), 4) for value in model.intercept],
        "weights": [[round(float(value), 4) for value in row] for row in model.weights],
    }
    text = json.dumps(weights, separators=(",", ":")).replace("],[", "],\n[")
    (folder / f"{lang}.json").write_text(text + "\n", encoding="utf8")
    late = [i for i, row in enumerate(chosen) if row.split == "late"]
    meta = {
        "sentences": len(y),
        "pull": pull,
        "picked_by_outer_fold": picked,
        "nested_cross_validation": figures(y, said),
        "late_sentences": figures([y[i] for i in late], [said[i] for i in late]),
        "calibration_error": error,
        "f1": {
            label: round(float(f1_score(y, said, labels=[label], average="macro")), 3) for label in LABELS
        },
        "compared": compare(texts, y, lang),
        "kappa_of_the_two_passes": kappa([(row.first, row.second) for row in chosen if row.second]),
        "kappa_of_the_second_reader": kappa([(row.first, row.reader) for row in chosen if row.reader]),
    }
    chances = softmax(found / divisor, axis=1).max(1)
    errors = [
        [row.id, lang, row.label, label, f"{chance:.2f}", row.text]
        for row, label, chance in zip(chosen, said, chances, strict=True)
        if row.label != label
    ]
    return meta, errors


def inputs(root: Path) -> dict[str, Path]:
    """The files that the weights depend on, by the name they have in meta.json."""
    names = ["corpus/gold/topics.csv", *(f"src/kztext/lang/{lang}/topic_words.toml" for lang in LANGS)]
    return {name: root / name for name in names}


def main() -> None:
    """Train both languages from the checkout that holds this file."""
    root = Path(__file__).parents[3]
    folder = root / "models" / "topics"
    folder.mkdir(parents=True, exist_ok=True)
    rows = read_gold(root / "corpus/gold/topics.csv")
    meta: dict[str, Any] = {
        "labels": LABELS,
        "seed": SEED,
        "sha256": {name: digest(path) for name, path in inputs(root).items()},
        "versions": {name: metadata.version(name) for name in ("scikit-learn", "numpy", "spacy")},
    }
    errors = []
    for lang in LANGS:
        meta[lang], wrong = train(rows, lang, folder)
        errors += wrong
        print(lang, meta[lang]["nested_cross_validation"], file=sys.stderr)
    with (folder / "errors.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "lang", "label", "predicted", "confidence", "text"])
        writer.writerows(errors)
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf8"
    )


if __name__ == "__main__":
    main()
