"""Train the topic classifier: `python -m kztext.train.topics` (from the root of the checkout).

Reads `corpus/gold/topics*.csv`, `lang/*/topic_words.toml`, the glosses of `models/topics`, the texts of the
benchmarks beside the checkout and word vectors (`word_vectors.py`); writes weights, tables of words,
`meta.json` and `errors.csv` to `models/topics`. The topic words vote (`VOTES`); training moves the weights of
their votes, drawn back to them, and learns from the vectors what words of each topic are like.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from scipy.special import logsumexp, softmax
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score
from sklearn.model_selection import StratifiedGroupKFold

from kztext.lang.pack import load_pack
from kztext.model_store import digest
from kztext.topics import LEVELS, SCALES, features, find_topic_words, load_model, topic_words
from kztext.train.topic_compare import by_catalogue, compare
from kztext.train.topic_parts import OWN_SIZE, SHARE, fit_parts, read_parted, write_parts
from kztext.train.topic_rows import (
    BALANCED,
    KEPT,
    LABELS,
    LANGS,
    MORE,
    OWN,
    Row,
    places,
    read_picked,
    read_rows,
)
from kztext.train.word_vectors import (
    SHA256,
    WHEEL,
    Space,
    kazakh_space,
    read_navec,
    russian_space,
    with_words_of,
)
from kztext.wordtable import write_table

SEED = 1991
VOTES = (1.7, 0.85, 0.25)  # of a decisive, plain and weak word for its label
ASPECTS = ("prices", "trade", "investment", "labour")  # said of any branch: wages in farming are labour
ASPECT = 2.2  # the vote of their decisive words
BARE = 0.5  # the vote for `other` where no word says much
PULLS = ((20.0, 0.3), (20.0, 1.0))  # of votes back to these and of vectors to nothing; the inner folds choose
SHIFT_PULL = 0.1  # of what each label gets in any text
WEIGHTS = {
    "own": 0.5,
    "real": 1.0,
    "more": 1.0,
    "foreign": 0.5,
}  # of sentences of our own, real ones spread over the topics, real ones as they come, the other language's
BALANCE = 1.0  # each label weighs the same in training; 0: as much as it is frequent
OFTEN = 3  # sentences with a word from which its own weights are learned, beside those of its vector
OWN_PULL = 3.0  # of these to nothing
SECOND = {"own": 0.15, "real": 0.3}  # what a runner-up has of the label of a sentence
VOTERS = len(LABELS) * len(LEVELS) + 1  # features of the topic words; those of the vectors come behind
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by label and feature, those by label and frequent word, and one more number for each label."""

    weights: Floats
    words: Floats
    intercept: Floats

    def scores(self, data: Data) -> Floats:
        return np.asarray(data.x @ self.weights.T + data.words @ self.words.T + self.intercept)


@dataclass(frozen=True, slots=True)
class Data:
    """Rows as numbers: features (the topic words', then the vectors'), the frequent words that stand there
    (sparse), labels shared out, and weights.
    """

    x: Floats
    words: Any
    y: Floats
    size: Floats

    def part(self, chosen: Sequence[int]) -> Data:
        return Data(self.x[chosen], self.words[chosen], self.y[chosen], self.size[chosen])


def matrix(texts: Sequence[str], lang: str) -> Floats:
    """The features of the topic words of texts."""
    words = topic_words(lang, LABELS)
    return np.array([features(find_topic_words(text, words), len(LABELS)) for text in texts])


def prior() -> Floats:
    """The weights by which the topic words vote before anything is learned."""
    count = len(LABELS)
    weights = np.zeros((count, VOTERS))
    for level, (vote, scale) in enumerate(zip(VOTES, SCALES, strict=True)):
        for label in range(count):
            weights[label, level * count + label] = vote / scale
    for label in map(LABELS.index, ASPECTS):
        weights[label, label] = ASPECT / SCALES[0]
    weights[LABELS.index("other"), -1] = BARE
    return weights


def read_data(rows: Sequence[Row], lang: str, x: Floats, words: Any) -> Data:
    """Rows for the classifier of `lang`."""
    y = np.zeros((len(rows), len(LABELS)))
    size = np.zeros(len(rows))
    for place, row in enumerate(rows):
        kind = "own" if row.source == OWN else "real"
        also = SECOND[kind] if row.second in LABELS and row.second != row.label else 0.0
        y[place, LABELS.index(row.label)] = 1 - also
        if also:
            y[place, LABELS.index(row.second)] = also
        more = WEIGHTS["more"] if row.split == MORE else 1.0
        size[place] = WEIGHTS[kind] if row.lang == lang else WEIGHTS["foreign"]
        size[place] *= more
    return Data(x, words, y, size)


def fit(data: Data, pull: tuple[float, float], voters: int = VOTERS) -> Linear:
    """Logistic regression whose weights for topic words are drawn to their votes instead of to zero."""
    x, words, y, count, width = data.x, data.words, data.y, len(LABELS), data.x.shape[1]
    middle, end, turned = count * width, count * (width + words.shape[1]), words.T.tocsr()
    start = np.hstack([prior()[:, :voters], np.zeros((count, width - voters))])
    pulls = np.r_[np.full(voters, pull[0]), np.full(width - voters, pull[1])]
    mass = data.size @ y + 1e-9
    size = data.size * (y @ (mass / mass.mean()) ** -BALANCE)
    base = x @ start.T

    def loss(flat: Floats) -> tuple[float, Floats]:
        moved, shift = flat[:middle].reshape(count, width), flat[end:]
        own = flat[middle:end].reshape(count, -1)
        found = base + x @ moved.T + words @ own.T + shift
        norm = logsumexp(found, axis=1, keepdims=True)
        wrong = (np.exp(found - norm) - y) * size[:, None]
        value = float(size @ (norm[:, 0] - (y * found).sum(1)))
        pulled = (pulls * moved**2).sum() + OWN_PULL * (own**2).sum() + SHIFT_PULL * (shift**2).sum()
        parts = [wrong.T @ x + pulls * moved, (turned @ wrong).T + OWN_PULL * own]
        parts.append(wrong.sum(0) + SHIFT_PULL * shift)
        return value + float(pulled) / 2, np.concatenate([part.ravel() for part in parts])

    flat = np.zeros(end + count)
    best = minimize(loss, flat, jac=True, method="L-BFGS-B", options={"maxiter": 150, "ftol": 1e-7}).x
    moved, own = best[:middle].reshape(count, width), best[middle:end].reshape(count, -1)
    return Linear(start + moved, own, best[end:])


def figures(gold: Sequence[str], said: Sequence[str], second: Sequence[str] = ()) -> dict[str, float]:
    """Accuracy and macro-F1; `either` counts the runner-up as right too, `clear` rows that have none."""
    found = {
        "sentences": len(gold),
        "accuracy": round(float(accuracy_score(gold, said)), 4),
        "macro_f1": round(float(f1_score(gold, said, average="macro", labels=sorted(set(gold)))), 4),
    }
    if any(second):
        rows = list(zip(gold, said, second, strict=True))
        clear = [label == given for label, given, also in rows if not also]
        found["either"] = round(sum(given in (label, also) for label, given, also in rows) / len(rows), 4)
        found["clear"] = round(sum(clear) / len(clear), 4)
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """How far two readings agree beyond chance."""
    return round(float(cohen_kappa_score(*zip(*pairs, strict=True))), 4)


def folds(rows: Sequence[Row], parts: int) -> list[tuple[Any, Any]]:
    """Parts to train on and to try on; sentences of one document stay together."""
    shared = StratifiedGroupKFold(parts, shuffle=True, random_state=SEED)
    kinds = [f"{row.label} {row.source == OWN}" for row in rows]
    return list(shared.split(kinds, kinds, [row.group for row in rows]))


def choose(rows: Sequence[Row], data: Data, foreign: Data) -> tuple[float, float]:
    """The pulls that do best on the real sentences of three folds of a training part."""
    best = (-1, PULLS[0])
    for pull in PULLS:
        right = 0
        for train, test in folds(rows, 3):
            real = [place for place in test if rows[place].source != OWN]
            found = fit(joined(data.part(train), foreign), pull).scores(data.part(real))
            right += int((found.argmax(1) == data.y[real].argmax(1)).sum())
        best = max(best, (right, pull))
    return best[1]


def joined(*parts: Data) -> Data:
    return Data(
        np.vstack([part.x for part in parts]),
        vstack([part.words for part in parts]).tocsr(),
        np.vstack([part.y for part in parts]),
        np.concatenate([part.size for part in parts]),
    )


def temperature(found: Floats, gold: Sequence[str]) -> float:
    """The divisor of the scores that makes probabilities honest."""
    right = places(gold)

    def loss(value: float) -> float:
        logs = found / value - logsumexp(found / value, axis=1, keepdims=True)
        return -float(logs[np.arange(len(right)), right].mean())

    return min((step / 50 for step in range(15, 151)), key=loss)


def calibration_error(sure: Floats, hit: Floats) -> float:
    """How far probabilities are from how often they are right, on average over ten bins."""
    bins = np.minimum((sure * 10).astype(int), 9)
    off = (
        abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    )
    return round(float(sum(off)), 4)


def train(
    rows: Sequence[Row],
    lang: str,
    spaces: dict[str, Space],
    folder: Path,
    selected: dict[tuple[str, str], tuple[str, str]],
) -> tuple[dict[str, Any], list[list[str]]]:
    """Write the weights of one language; give its part of meta.json and the errors of the outer folds."""
    mine = [row for row in rows if row.lang == lang and row.split not in KEPT]
    others = [row for row in rows if row.lang != lang and row.split not in KEPT and row.source != OWN]
    words = {code: spaces[code].said([row.text for row in rows if row.lang == code]) for code in LANGS}
    sizes = {code: 1 / np.sqrt(((words[code] @ spaces[code].vectors) ** 2).sum(1).mean()) for code in LANGS}
    met = (spaces[lang].said([row.text for row in mine]) > 0).sum(0)
    frequent = np.flatnonzero(np.asarray(met).ravel() >= OFTEN)

    def read(chosen: Sequence[Row], code: str) -> Data:
        texts = [row.text for row in chosen]
        found = spaces[code].said(texts)
        known = found[:, frequent] if code == lang else csr_matrix((len(texts), len(frequent)))
        vectors = found @ spaces[code].vectors * sizes[code]
        return read_data(chosen, lang, np.hstack([matrix(texts, code), vectors]), known)

    data, foreign = read(mine, lang), read(others, next(code for code in LANGS if code != lang))
    found, picked, parts = np.zeros((len(mine), len(LABELS))), [], folds(mine, 5)
    bare, letters = np.zeros_like(found), np.zeros_like(found)
    kept = [row for row in rows if row.lang == lang and row.split == "test"]
    parted = read_parted([row.text for row in [*mine, *kept]])
    gold = np.array(places([row.label for row in mine]))
    weighed = np.array([OWN_SIZE if row.source == OWN else 1.0 for row in mine])
    for inner, outer in parts:
        tried = {mine[place].group for place in outer}
        apart = foreign.part([place for place, row in enumerate(others) if row.group not in tried])
        picked.append(choose([mine[place] for place in inner], data.part(inner), apart))
        known = joined(data.part(inner), apart)
        found[outer] = fit(known, picked[-1]).scores(data.part(outer))
        bare[outer] = fit(without_voters(known), picked[-1], voters=0).scores(
            without_voters(data.part(outer))
        )
        learned, seen = fit_parts(parted, inner, gold, weighed)
        letters[outer] = learned.scores(seen[outer])
    first, found = found, found + SHARE[lang] * letters
    own = np.array([row.source == OWN for row in mine])
    real = np.array([row.source != OWN and row.split == "train" for row in mine])
    divisor = temperature(found[real], [row.label for row, kept in zip(mine, real, strict=True) if kept])
    pull = choose(mine, data, foreign)
    model = fit(joined(data, foreign), pull)
    learned, _ = fit_parts(parted, range(len(mine)), gold, weighed)
    shift = write_parts(folder / f"{lang}.parts", parted, learned, SHARE[lang])
    write(folder, lang, model, divisor, spaces[lang], float(sizes[lang]), frequent, shift)
    balanced = {part: [row for row in rows if (row.lang, row.split) == (lang, part)] for part in BALANCED}
    tried = {row.group for row in kept}
    apart_from = [place for place, row in enumerate(mine) if row.group not in tried]
    elsewhere = [data.part(apart_from)]
    elsewhere.append(foreign.part([place for place, row in enumerate(others) if row.group not in tried]))
    guessed = fit(joined(*elsewhere), pull).scores(read(kept, lang))
    learned, seen = fit_parts(parted, apart_from, gold, weighed)
    guessed += SHARE[lang] * learned.scores(seen[len(mine) :])
    labels = [row.label for row in kept]
    told_apart = figures(labels, [LABELS[place] for place in guessed.argmax(1)], [row.second for row in kept])
    said = {
        "the classifier": [LABELS[place] for place in found.argmax(1)],
        "topic words alone": [LABELS[place] for place in (data.x[:, :VOTERS] @ prior().T).argmax(1)],
        "word vectors alone": [LABELS[place] for place in bare.argmax(1)],
        "parts of words alone": [LABELS[place] for place in letters.argmax(1)],
        "without the parts of words": [LABELS[place] for place in first.argmax(1)],
        **compare(mine, lang, parts, data.size),
    }
    chances = softmax(found / divisor, axis=1).max(1)
    hit = np.array([row.label == label for row, label in zip(mine, said["the classifier"], strict=True)])
    meta = {
        "pull": pull,
        "picked_by_outer_fold": picked,
        "own": tell(mine, said, own) | {"calibration_error": calibration_error(chances[own], hit[own])},
        "real": tell(mine, said, real) | {"calibration_error": calibration_error(chances[real], hit[real])},
        "test": measure(kept, lang, folder) | {"learned from other documents": told_apart},
        **{part: measure(chosen, lang, folder) for part, chosen in balanced.items()},
        "picked": measure_selected(mine, said, selected),
        "kappa": {
            kind: kappa([(row.label, row.reader) for row in chosen if row.reader])
            for kind, chosen in by_source([row for row in rows if row.lang == lang]).items()
        },
    }
    errors = [
        [row.id, lang, row.label, label, f"{chance:.2f}", row.text]
        for row, label, chance in zip(mine, said["the classifier"], chances, strict=True)
        if row.label != label and row.source == OWN
    ]
    return meta, errors


def by_source(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Sentences of our own, and real ones."""
    return {kind: [row for row in rows if (row.source == OWN) == (kind == "own")] for kind in ("own", "real")}


def tell(rows: Sequence[Row], said: dict[str, list[str]], chosen: Floats) -> dict[str, Any]:
    """Figures of each way to label, on the chosen rows; none where no row is chosen."""
    kept = np.flatnonzero(chosen).tolist()
    gold, second = [rows[place].label for place in kept], [rows[place].second for place in kept]
    ways = said.items() if kept else ()
    return {name: figures(gold, [labels[place] for place in kept], second) for name, labels in ways}


def measure_selected(
    rows: Sequence[Row],
    said: dict[str, list[str]],
    selected: dict[tuple[str, str], tuple[str, str]],
) -> dict[str, Any]:
    """Figures of each way on the selected rows, against the labels of who chose them."""
    given = [selected.get((row.source, row.id)) for row in rows]
    again = [
        replace(row, label=by[0], second=by[1]) if by else row for row, by in zip(rows, given, strict=True)
    ]
    return tell(again, said, np.array([by is not None for by in given]))


def measure(rows: Sequence[Row], lang: str, folder: Path) -> dict[str, Any]:
    """Figures of the written classifier on sentences that it did not learn from."""
    model = load_model(lang, folder)
    chances = np.array([model.probabilities(row.text) for row in rows])
    said = [LABELS[place] for place in chances.argmax(1)]
    gold, second = [row.label for row in rows], [row.second for row in rows]
    hit = np.array([label == given for label, given in zip(gold, said, strict=True)])
    keywords = [by_catalogue(row.text, lang) for row in rows]
    return {
        "the classifier": figures(gold, said, second),
        "catalogue keywords alone": figures(gold, keywords, second),
        "calibration_error": calibration_error(chances.max(1), hit),
    }


def without_voters(data: Data) -> Data:
    """Rows without the topic words and without the weights of single words: vectors alone."""
    return Data(data.x[:, VOTERS:], data.words[:, :0], data.y, data.size)


def write(
    folder: Path,
    lang: str,
    model: Linear,
    divisor: float,
    space: Space,
    size: float,
    frequent: Any,
    shift: Floats,
) -> None:
    """Write the weights of the topic words and the table of all words; `shift` is added for each label."""
    weights = {
        "labels": LABELS,
        "temperature": divisor,
        "intercept": [round(float(value), 4) for value in model.intercept + shift],
        "weights": [[round(float(value), 4) for value in row] for row in model.weights[:, :VOTERS]],
    }
    text = json.dumps(weights, separators=(",", ":")).replace("],[", "],\n[")
    (folder / f"{lang}.json").write_text(text + "\n", encoding="utf8")
    rows = space.vectors @ model.weights[:, VOTERS:].T * size
    rows[frequent] += model.words.T
    rows *= space.weights[:, None]
    write_table(folder / f"{lang}.words", list(space.stems.places), space.weights.tolist(), rows.tolist())
    load_model.cache_clear()


def inputs(root: Path) -> dict[str, Path]:
    """The files that the weights depend on, by the name they have in meta.json."""
    names = [
        "corpus/gold/topics.csv",
        "corpus/gold/topics_real.csv",
        "corpus/gold/topics_more.csv",
        "corpus/gold/topics_balanced.csv",
        "corpus/gold/topics_picked.csv",
        "models/topics/glosses.csv",
        *(f"src/kztext/lang/{lang}/topic_words.toml" for lang in LANGS),
    ]
    return {name: root / name for name in names}


def main() -> None:
    """Train both languages from the checkout that holds this file."""
    root = Path(__file__).parents[3]
    folder = root / "models" / "topics"
    rows = read_rows(root, root.parent / "shared" / "benchmarks")
    navec = read_navec(root / "vectors" / WHEEL)
    texts = {code: [r.text for r in rows if r.lang == code and r.split not in KEPT] for code in LANGS}
    spaces = {
        "kk": kazakh_space(navec, folder / "glosses.csv", load_pack("kk"), texts["kk"]),
        "ru": russian_space(navec, load_pack("ru")),
    }
    for code, space in spaces.items():
        spaces[code] = with_words_of(space, texts[code], code, load_pack(code), OFTEN)
    meta: dict[str, Any] = {
        "labels": LABELS,
        "seed": SEED,
        "vectors": {"file": WHEEL, "sha256": SHA256, "licence": "MIT"},
        "sha256": {name: digest(path) for name, path in inputs(root).items()},
        "versions": {name: metadata.version(name) for name in ("scikit-learn", "numpy", "spacy")},
    }
    selected = read_picked(root / "corpus/gold/topics_picked.csv")
    errors = []
    for lang in LANGS:
        meta[lang], wrong = train(rows, lang, spaces, folder, selected)
        errors += wrong
        print(lang, meta[lang]["real"]["the classifier"], file=sys.stderr)
    with (folder / "errors.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "lang", "label", "predicted", "confidence", "text"])
        writer.writerows(errors)
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf8"
    )


if __name__ == "__main__":
    main()
