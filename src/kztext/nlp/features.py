"""What a trained pipeline sees of a word: hashed features, each with its own table of vectors.

Kazakh says most of its grammar in endings, and a small treebank shows few words twice; therefore the
endings of one to six letters stand beside the word. The architecture is found by spaCy under its entry
point `kztext.WordEmbed.v1`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import spacy.util
from spacy.strings import hash_string  # type: ignore[attr-defined]  # its stub lacks it
from spacy.tokens import Doc, Token
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

END = "$"
MOST_WORDS = 100_000  # kept ready


def feature(token: Token, name: str) -> str:
    """One feature of a token: `word`, `shape`, or the first or last letters as in `first1`, `last3`."""
    if name == "shape":
        return token.shape_
    word = token.norm_ or token.lower_
    if name == "word":
        return word
    count = int(name[-1])
    if name.startswith("first"):
        return word[:count]
    return word[-count:] if len(word) > count else word + END


def rows_of(doc: Doc, names: tuple[str, ...], seen: dict[int, Any]) -> Any:
    """One row of hashed features a token."""
    rows = []
    if len(seen) > MOST_WORDS:
        seen.clear()
    for token in doc:
        if token.orth not in seen:
            values = [hash_string(feature(token, name)) for name in names]
            seen[token.orth] = np.array(values, dtype="uint64")
        rows.append(seen[token.orth])
    return np.array(rows, dtype="uint64").reshape(len(doc), len(names))


def word_features(names: list[str]) -> Model[list[Doc], list[Any]]:
    """A layer without weights: documents to their tables of hashed features."""
    seen: dict[int, Any] = {}

    def forward(
        model: Model[Any, Any], docs: list[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[..., Any]]:
        table = [model.ops.asarray(rows_of(doc, tuple(names), seen)) for doc in docs]
        return table, lambda gradient: []

    return Model("kztext_word_features", forward)


@spacy.util.registry.architectures("kztext.WordEmbed.v1")  # type: ignore[untyped-decorator]
def word_embed(width: int, features: list[str], rows: list[int]) -> Model[list[Doc], list[Any]]:
    """Vectors of words: one hashed table a feature, mixed by a maxout layer."""
    tables: list[Any] = [
        HashEmbed(width, count, column=column, seed=column + 8, dropout=0.0)
        for column, count in enumerate(rows)
    ]
    mixer: Any = Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True)
    mixed: Any = chain(concatenate(*tables), mixer)
    return chain(word_features(features), list2ragged(), with_array(mixed), ragged2list())
