"""Find the weights of `nlp/readings.py`: `python -m kztext.train.readings` (from the root of the checkout).

A fifth of the sentences of the train and development parts at a time is tagged by a tagger that has not seen
it, and read with a lexicon made without it. Printed are the weights that make the lemmas of the trees most
likely, and how many of the lemmas they get right in a fifth that they were not made for. `--work FOLDER`
keeps the taggers, and takes up what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import spacy
from scipy.optimize import minimize
from spacy.cli.train import train
from spacy.tokens import Doc

from kztext.nlp.languages import norm
from kztext.nlp.lexicon import WORD, Lexicon
from kztext.nlp.readings import evidence, proposed
from kztext.train.nlp import HERE
from kztext.train.places import ENTITIES, KAZAKH, Places, parser, places
from kztext.train.trees import documents, kazakh_lexicon, rows, save, trees

FOLDS = 5
STEPS = 1400
DECAY = 1.0  # of the weights
Rows = list[dict[str, float]]


@dataclass(slots=True)
class Words:
    """The readings of words that the lexicon's forms do not settle, each with what speaks for it."""

    rows: Rows = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of each word's readings
    folds: list[int] = field(default_factory=list)  # of each word

    def add(self, readings: Rows, right: list[bool], fold: int) -> None:
        """A word, if one of its readings is right."""
        if any(right):
            self.starts.append(len(self.rows))
            self.folds.append(fold)
            self.rows += readings
            self.right += right


def fold_of(doc: Doc) -> int:
    """Which fifth of the sentences one belongs to."""
    return int(hashlib.sha1(doc.text.encode()).hexdigest(), 16) % FOLDS


def tagged(folders: Places, parts: list[list[Doc]], fold: int) -> Iterator[tuple[Doc, Doc]]:
    """The sentences of a fold, with the tags of a tagger that was trained on the others."""
    held_out = [doc for part in parts for doc in part if fold_of(doc) == fold]
    folder = folders.work / str(fold)
    if not (folder / "model-last").exists():
        others = ([doc for doc in part if fold_of(doc) != fold] for part in parts)
        steps = folders.steps or STEPS
        overrides = {
            "paths.train": str(save(documents(*others, given_tokens=False), folders.work / f"{fold}.train")),
            "paths.dev": str(save(held_out[:20], folders.work / f"{fold}.dev")),
            "training.max_steps": steps,
            "training.eval_frequency": steps,
        }
        train(HERE / "kk_core.cfg", folder, overrides=overrides)
    nlp = spacy.load(folder / "model-last", exclude=["parser"])
    for gold in held_out:
        doc = Doc(nlp.vocab, words=[token.text for token in gold])
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield gold, doc


def collect(words: Words, pairs: Iterator[tuple[Doc, Doc]], lexicon: Lexicon, fold: int) -> None:
    """Add the words of sentences that have readings to choose from."""
    for gold, token in (
        (gold, token) for golds, doc in pairs for gold, token in zip(golds, doc, strict=True)
    ):
        word, pos = norm(token.text), token.pos_
        settled = (word, pos) in lexicon.forms or word in lexicon.words or pos in ("PUNCT", "SYM")
        if settled or not WORD.fullmatch(word) or "-" in word:
            continue
        forms = proposed(word, pos)
        features = token.morph.to_dict()
        readings = [
            {name: float(value) for name, value in evidence(form, pos, features, lexicon) if value}
            for form in forms
        ]
        words.add(readings, [form.stem == gold.lemma_.lower() for form in forms], fold)


class Fit:
    """The weights that make the right readings most likely, and how many they get right."""

    def __init__(self, words: Words) -> None:
        self.names = sorted({name for row in words.rows for name in row})
        place = {name: column for column, name in enumerate(self.names)}
        self.table: Any = np.zeros((len(words.rows), len(place)))
        for number, row in enumerate(words.rows):
            for name, value in row.items():
                self.table[number, place[name]] = value
        self.right: Any = np.array(words.right)
        self.starts: Any = np.array(words.starts)
        self.folds: Any = np.array(words.folds)
        self.word: Any = np.repeat(np.arange(len(words.starts)), np.diff([*words.starts, len(words.rows)]))

    def loss(self, weights: Any, counted: Any) -> tuple[float, Any]:
        """Minus the log likelihood of the right readings of the counted words, and its gradient."""
        scores = self.table @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.word])
        shares = odds / np.add.reduceat(odds, self.starts)[self.word]
        likely = np.maximum(np.add.reduceat(shares * self.right, self.starts), 1e-12)
        pull = shares - shares * self.right / likely[self.word]
        value = -(np.log(likely) * counted).sum() + DECAY * (weights**2).sum() / 2
        return float(value), self.table.T @ (pull * counted[self.word]) + DECAY * weights

    def weights(self, counted: Any) -> Any:
        """The best weights for the counted words."""
        start = np.zeros(len(self.names))
        return minimize(self.loss, start, args=(counted,), jac=True, method="L-BFGS-B").x

    def hits(self, weights: Any, counted: Any) -> int:
        """How many of the counted words get the right reading."""
        scores = self.table @ weights
        ends = [*self.starts[1:], len(scores)]
        best = [
            start + int(np.argmax(scores[start:end])) for start, end in zip(self.starts, ends, strict=True)
        ]
        return int((self.right[best] & counted).sum())


def main() -> None:
    """Print the weights, and how well they do."""
    with places(parser(__doc__).parse_args()) as folders:
        parts = [trees(folders.source(KAZAKH, part)) for part in ("train", "dev")]
        texts = [row["text"] for row in rows(folders.source(ENTITIES))]
        words = Words()
        for fold in range(FOLDS):
            others = [doc for part in parts for doc in part if fold_of(doc) != fold]
            collect(words, tagged(folders, parts, fold), kazakh_lexicon(others, texts), fold)
    fit = Fit(words)
    everything = np.ones(len(words.starts), dtype=bool)
    hits = sum(fit.hits(fit.weights(fit.folds != fold), fit.folds == fold) for fold in range(FOLDS))
    print(f"right where the weights were not made: {hits} of {len(words.starts)} words")
    for name, weight in zip(fit.names, fit.weights(everything), strict=True):
        print(f'"{name}": {weight:.1f},')


if __name__ == "__main__":
    main()
