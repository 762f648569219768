"""What other ways to tell a topic reach: the catalogue's keywords, and texts as TF-IDF vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import regex
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from kztext.lang.pack import load_pack
from kztext.model_store import model_folder
from kztext.train.topic_rows import Row

STEM = 5  # letters of a word beginning
WORD = regex.compile(r"\p{L}+")


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


def lemmas(texts: Sequence[str], lang: str) -> list[str]:
    """The texts as the lemmas that the shipped pipeline gives."""
    import spacy  # slow to import, and predictions need no lemmas

    pipeline = spacy.load(model_folder(f"{lang}_core"), exclude=["parser", "ner"])
    return [" ".join(token.lemma_.lower() for token in doc) for doc in pipeline.pipe(texts)]


def compare(
    rows: Sequence[Row], lang: str, parts: Sequence[tuple[Any, Any]], size: Any
) -> dict[str, list[str]]:
    """The labels that other ways give, by their names; those that learn do it on the given parts."""

    def char() -> Any:
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)

    def word(analyzer: str | Callable[[str], list[str]] = "word") -> Any:
        return TfidfVectorizer(analyzer=analyzer, sublinear_tf=True)

    texts, gold = [row.text for row in rows], np.array([row.label for row in rows])
    said = {"catalogue keywords alone": [by_catalogue(text, lang) for text in texts]}
    ways = {
        "words, TF-IDF": (word(), texts),
        "word beginnings, TF-IDF": (word(lambda text: stems(split_words(text))), texts),
        "lemmas, TF-IDF": (word(), lemmas(texts, lang)),
        "characters 3-5, TF-IDF": (char(), texts),
    }
    for name, (vectors, given) in ways.items():
        found = np.empty(len(rows), dtype=object)
        for train, test in parts:
            x = vectors.fit_transform([given[place] for place in train])
            model = LogisticRegression(C=5, max_iter=200, tol=1e-3).fit(x, gold[train], size[train])
            found[test] = model.predict(vectors.transform([given[place] for place in test]))
        said[name] = list(found)
    return said
