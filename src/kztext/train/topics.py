"""Train the topic classifier: `python -m kztext.train.topics` (from the root of the checkout).

Reads `corpus/gold/topics.csv`, `lang/*/topic_words.toml` and `models/topics/associations.*.csv`; writes
weights, `meta.json` and `errors.csv` to `models/topics`. `--harvest FOLDER` first counts the associations
anew: how word beginnings go with the topics that the topic words give to the texts in FOLDER's *.jsonl files.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import regex
from scipy.special import logsumexp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union

from kztext.errors import ModelError
from kztext.lang.pack import load_pack
from kztext.topics import SCALES, features, load_associations, split_words, stems, topic_words

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
STRENGTHS = (0.3, 1.0)  # LogisticRegression's C, chosen by the inner folds
PARTS = (0.1, 0.2)  # weight of the associations, chosen likewise
BONUS = 1.0
VOTES = (2.0, 1.0, 0.3)  # of a decisive, plain and weak word where the words decide alone
MARGIN = 0.7  # by which the words must agree before a text is counted for the associations
SEEN = 3  # texts that a word beginning must be in
SMOOTHING = 4.0
BARE = 600  # texts without any topic word that count as `other`
SENTENCE_END = regex.compile(r"(?<=[.!?])\s+(?=[А-ЯЁӘҒҚҢӨҰҮІ«\"0-9])|\n+")
Table = dict[str, tuple[float, ...]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    lang: str
    label: str
    text: str
    first: str
    second: str


def read_gold(path: Path) -> list[Row]:
    """The annotated sentences. Raises ModelError for an unknown label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [Row(**{name: row[name] for name in Row.__slots__}) for row in csv.DictReader(file)]
    if wrong := {row.label for row in rows} - set(LABELS):
        raise ModelError(f"{path}: unknown labels {', '.join(sorted(wrong))}")
    return rows


def votes(text: str, lang: str) -> list[float]:
    """What the topic words alone say for each label."""
    vector, _ = features(text, topic_words(lang, LABELS), {}, 0)
    weights = [vote / scale for vote, scale in zip(VOTES, SCALES, strict=True)]
    return [
        sum(weight * vector[level * len(LABELS) + label] for level, weight in enumerate(weights))
        for label in range(len(LABELS))
    ]


def by_words(text: str, lang: str) -> str:
    """The label that the topic words alone give."""
    said = votes(text, lang)
    return LABELS[int(np.argmax(said))] if max(said) > 0 else "other"


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


def sentences(folder: Path, lang: str) -> Iterator[str]:
    """The sentences of a language in a folder of *.jsonl texts, none twice; sets with labels are left out."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.jsonl")):
        if path.name.startswith(("topics.", "values.")):
            continue
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row.get("lang") != lang:
                continue
            for part in SENTENCE_END.split(regex.sub(r"\s*\n\s*(?=\p{Ll})", " ", row["text"])):
                text = " ".join(part.split())
                key = "".join(filter(str.isalpha, text.lower()))[:60]
                if 40 < len(text) < 330 and key not in seen:
                    seen.add(key)
                    yield text


def harvest(texts: Iterable[str], lang: str) -> list[tuple[str, int, list[int]]]:
    """How word beginnings go with the labels of the topic words: ten times the logarithm of the odds."""
    named: list[tuple[str, int]] = []
    bare: list[tuple[str, int]] = []
    for text in texts:
        said = votes(text, lang)
        best, second = sorted(said)[-1], sorted(said)[-2]
        if best - second >= MARGIN:
            named.append((text, int(np.argmax(said))))
        elif best <= VOTES[-1]:
            bare.append((text, LABELS.index("other")))
    random.Random(SEED).shuffle(bare)
    counts: dict[str, Floats] = defaultdict(lambda: np.zeros(len(LABELS)))
    total = np.ones(len(LABELS))
    for text, label in named + bare[:BARE]:
        total[label] += 1
        for stem in stems(split_words(text)):
            counts[stem][label] += 1
    prior = total / total.sum()
    rows = []
    for stem, found in sorted(counts.items()):
        if found.sum() >= SEEN:
            odds = np.log((found + SMOOTHING * prior) / (found.sum() + SMOOTHING) / prior)
            rows.append((stem, int(found.sum()), [round(10 * value) for value in odds]))
    return rows


def write_associations(path: Path, rows: Iterable[tuple[str, int, list[int]]]) -> None:
    """The table of associations, one word beginning a row."""
    with path.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["stem", "texts", *LABELS])
        writer.writerows([stem, texts, *odds] for stem, texts, odds in rows)


def matrix(texts: Sequence[str], lang: str, table: Table, part: float) -> tuple[Floats, Floats]:
    """The features of texts, and a column that is 1 where no topic word was found."""
    found = [features(text, topic_words(lang, LABELS), table, part) for text in texts]
    return np.array([vector for vector, _ in found]), np.array([float(bare) for _, bare in found])


def fit(x: Floats, y: Any, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(x, y)


def scores(model: LogisticRegression, x: Floats, bare: Floats) -> Floats:
    """Label scores in the order of LABELS."""
    order = [list(model.classes_).index(label) for label in LABELS]
    found = model.decision_function(x)[:, order]
    found[:, LABELS.index("other")] += BONUS * bare
    return np.asarray(found)


def figures(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    return {
        "accuracy": round(float(accuracy_score(gold, said)), 4),
        "macro_f1": round(float(f1_score(gold, said, average="macro")), 4),
    }


def choose(x: dict[float, Floats], bare: Floats, y: Sequence[str]) -> tuple[float, float]:
    """Strength and part of the associations that do best on three folds of a training part."""
    folds = list(StratifiedKFold(3, shuffle=True, random_state=SEED).split(np.zeros(len(y)), y))
    best: tuple[float, float, float] = (-1, 0, 0)
    gold = np.array(y)
    for part in PARTS:
        for strength in STRENGTHS:
            right = 0
            for train, test in folds:
                found = scores(fit(x[part][train], gold[train], strength), x[part][test], bare[test])
                right += int((np.array(LABELS)[found.argmax(1)] == gold[test]).sum())
            best = max(best, (right, -strength, part))
    return -best[1], best[2]


def temperature(found: Floats, gold: Sequence[str]) -> tuple[float, float]:
    """The divisor of the scores that makes probabilities honest, and their expected calibration error."""
    right = np.array([LABELS.index(label) for label in gold])

    def loss(value: float) -> float:
        logs = found / value - logsumexp(found / value, axis=1, keepdims=True)
        return -float(logs[np.arange(len(right)), right].mean())

    value = min((step / 50 for step in range(15, 151)), key=loss)
    chances = np.exp(found / value - logsumexp(found / value, axis=1, keepdims=True))
    sure, hit = chances.max(1), chances.argmax(1) == right
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    return value, round(float(error), 4)


def compare(texts: Sequence[str], y: Sequence[str], lang: str) -> dict[str, dict[str, float]]:
    """What simpler ways reach: keywords alone, and text vectors with a linear model on five folds."""
    char = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    word = TfidfVectorizer(sublinear_tf=True)
    stem = TfidfVectorizer(analyzer=lambda text: stems(split_words(text)), sublinear_tf=True)
    linear = LogisticRegression(C=5, max_iter=200, tol=1e-3)
    said = {
        "catalogue keywords alone": [by_catalogue(text, lang) for text in texts],
        "topic words alone": [by_words(text, lang) for text in texts],
    }
    for name, vectors in (
        ("words, TF-IDF", word),
        ("word beginnings (crude lemmas), TF-IDF", stem),
        ("character 3-5-grams, TF-IDF", char),
        ("characters and words, TF-IDF", make_union(char, word)),
    ):
        found = np.empty(len(y), dtype=object)
        for train, test in StratifiedKFold(5, shuffle=True, random_state=SEED).split(texts, y):
            pipeline = make_pipeline(vectors, linear)
            pipeline.fit([texts[i] for i in train], [y[i] for i in train])
            found[test] = pipeline.predict([texts[i] for i in test])
        said[name] = list(found)
    return {name: figures(y, labels) for name, labels in said.items()}


def train(rows: Sequence[Row], lang: str, folder: Path) -> tuple[dict[str, Any], list[list[str]]]:
    """Write the weights of one language; give its part of meta.json and the errors of the outer folds."""
    chosen = [row for row in rows if row.lang == lang]
    texts, y = [row.text for row in chosen], [row.label for row in chosen]
    table = load_associations(folder / f"associations.{lang}.csv")
    x = {part: matrix(texts, lang, table, part)[0] for part in PARTS}
    bare = matrix(texts, lang, {}, 0)[1]
    found = np.zeros((len(y), len(LABELS)))
    gold = np.array(y)
    picked = []
    for inner, outer in StratifiedKFold(5, shuffle=True, random_state=SEED).split(texts, y):
        strength, part = choose({p: x[p][inner] for p in PARTS}, bare[inner], gold[inner].tolist())
        picked.append([strength, part])
        found[outer] = scores(fit(x[part][inner], gold[inner], strength), x[part][outer], bare[outer])
    said = [LABELS[i] for i in found.argmax(1)]
    divisor, error = temperature(found, y)
    strength, part = choose(x, bare, y)
    model = fit(x[part], gold, strength)
    order = [list(model.classes_).index(label) for label in LABELS]
    weights = {
        "labels": LABELS,
        "association_scale": part,
        "temperature": divisor,
        "default_bonus": BONUS,
        "intercept": [round(float(value), 4) for value in model.intercept_[order]],
        "weights": [[round(float(value), 4) for value in row] for row in model.coef_[order]],
    }
    text = json.dumps(weights, separators=(",", ":")).replace("],[", "],\n[")
    (folder / f"{lang}.json").write_text(text + "\n", encoding="utf8")
    meta = {
        "sentences": len(y),
        "strength": strength,
        "association_scale": part,
        "picked_by_outer_fold": picked,
        "nested_cross_validation": figures(y, said),
        "calibration_error": error,
        "f1": {
            label: round(float(f1_score(y, said, labels=[label], average="macro")), 3) for label in LABELS
        },
        "compared": compare(texts, y, lang),
        "kappa_of_the_two_passes": round(
            float(cohen_kappa_score([row.first for row in chosen], [row.second for row in chosen])), 4
        ),
    }
    errors = [
        [
            row.id,
            lang,
            row.label,
            label,
            f"{math.exp(s.max() / divisor - logsumexp(s / divisor)):.2f}",
            row.text,
        ]
        for row, label, s in zip(chosen, said, found, strict=True)
        if row.label != label
    ]
    return meta, errors


def inputs(root: Path) -> dict[str, Path]:
    """The files that the weights depend on, by the name they have in meta.json."""
    found = {"corpus/gold/topics.csv": root / "corpus/gold/topics.csv"}
    for lang in LANGS:
        for name in (
            f"src/kztext/lang/{lang}/topic_words.toml",
            f"models/topics/associations.{lang}.csv",
        ):
            found[name] = root / name
    return found


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: Sequence[str] = ()) -> None:
    """Train both languages from the checkout that holds this file."""
    root = Path(__file__).parents[3]
    folder = root / "models" / "topics"
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) == 2 and arguments[0] == "--harvest":
        for lang in LANGS:
            write_associations(
                folder / f"associations.{lang}.csv", harvest(sentences(Path(arguments[1]), lang), lang)
            )
    rows = read_gold(root / "corpus/gold/topics.csv")
    meta: dict[str, Any] = {
        "labels": LABELS,
        "seed": SEED,
        "sha256": {name: digest(path) for name, path in inputs(root).items()},
        "versions": {name: metadata.version(name) for name in ("scikit-learn", "numpy")},
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
    main(sys.argv[1:])
