"""A second classifier of topics, over parts of words, whose scores are added to those of the first.

It sees names and word forms that have no vector. The two are fitted apart and added; fitted together they
share out among them what a training sentence says, and tell less of a sentence not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from kztext.lang.lexicon import folded
from kztext.train.topic_compare import split_words
from kztext.wordparts import parts
from kztext.wordtable import write_table

SHARE = {"kk": 0.5, "ru": 0.5}  # of its scores in the sum
OWN_SIZE = 1.5  # of a sentence of our own, a real one is 1
STRENGTH = 5.0  # C of the logistic regression
OFTEN = 6  # sentences that a part of words must stand in
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Parted:
    """Texts as the words in them (texts × words), and words as their parts (words × parts)."""

    words: Any
    parts: Any
    names: tuple[str, ...]  # of the parts


@dataclass(frozen=True, slots=True)
class PartModel:
    """The chosen parts, their weights in a text, and what each says for each label (labels × parts)."""

    chosen: Any
    weights: Floats
    model: Any

    def scores(self, texts: Any) -> Floats:
        """The scores of texts (texts × labels)."""
        return np.asarray(self.model.decision_function(texts))


def read_parted(texts: Sequence[str]) -> Parted:
    """The words and parts of texts."""
    said = [sorted({folded(word) for word in split_words(text)}) for text in texts]
    places = {word: place for place, word in enumerate(sorted({word for words in said for word in words}))}
    held = [sorted(parts(word)) for word in places]
    names = {name: place for place, name in enumerate(sorted({name for row in held for name in row}))}
    return Parted(ones(said, places), ones(held, names), tuple(names))


def ones(rows: Sequence[Sequence[str]], places: dict[str, int]) -> Any:
    """A sparse matrix with 1 where a row names a place."""
    ends = np.cumsum([0, *map(len, rows)])
    found = [places[name] for row in rows for name in row]
    return csr_matrix((np.ones(len(found)), found, ends), shape=(len(rows), len(places)))


def fit_parts(texts: Parted, chosen: Sequence[int], labels: Floats, size: Floats) -> tuple[PartModel, Any]:
    """A classifier learned from the chosen texts, and all texts as it sees them (texts × parts)."""
    met = np.asarray(((texts.words[chosen] @ texts.parts) > 0).sum(0)).ravel()
    kept = np.flatnonzero(met >= OFTEN)
    weights = np.log((len(chosen) + 1) / (met[kept] + 1)) + 1
    weights /= weights.max()
    seen = texts.parts[:, kept] @ diags(weights)
    square = texts.words @ np.asarray(seen.multiply(seen).sum(1)).ravel()
    rows = (diags(1 / np.sqrt(np.maximum(square, 1e-9))) @ (texts.words @ seen)).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=100, tol=1e-3, class_weight="balanced")
    model.fit(rows[chosen], labels[chosen], size[chosen])
    return PartModel(kept, weights, model), rows


def write_parts(path: Path, texts: Parted, found: PartModel, share: float) -> Floats:
    """Write the table of parts, its scores times `share`; give what each label gets in any text."""
    names = [texts.names[place] for place in found.chosen]
    rows = found.model.coef_.T * found.weights[:, None] * share
    write_table(path, names, found.weights.tolist(), rows.tolist())
    return np.asarray(found.model.intercept_) * share
