"""The lemma of Russian words, as a spaCy component: the dictionary of pymorphy3, read by the pipeline's tags.

The dictionary gives several readings of most words; the one that shares part of speech, case, number and
gender with the tags is taken. A table of forms from the trees settles what the two call differently. Tags
that no reading bears out are set right ("вырос" is no noun, "откроют" is a future).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kztext.nlp.russian_readings import agreement, dictionary, settled, settled_sign

LEXICON = "lexicon.tsv"
PARTICIPLES = frozenset({"PRTF", "PRTS"})
ADJECTIVES = frozenset({"ADJ", "DET"})
UNCHANGED = frozenset({"PUNCT", "SYM", "X"})


def plain(text: str) -> str:
    """A word in lower case, without stress marks."""
    return text.lower().replace("\u0301", "")


def key(text: str) -> str:
    """A word as the table of forms has it: also with "ё" as "е"."""
    return plain(text).replace("ё", "е")


class RussianLemmas:
    """Gives each token its lemma, and sets its tags right where the dictionary bears none of them out."""

    def __init__(self, name: str = "kztext_ru_lemmas") -> None:
        self.name = name
        self.forms: dict[tuple[str, ...], str] = {}
        self.parse = lru_cache(maxsize=20_000)(dictionary().parse)

    def __call__(self, doc: Doc) -> Doc:
        """The document, with lemmas, and with the tags that the dictionary sets right."""
        for token in doc:
            if token.is_space:
                token.lemma_, token.pos_ = token.text, "SPACE"
                continue
            features = token.morph.to_dict()
            token.lemma_, token.pos_, found = self.settle(token.text, token.pos_, features)
            if found != features:
                tagged: Any = token
                tagged.set_morph(found)
        return doc

    def settle(self, text: str, pos: str, features: dict[str, str]) -> tuple[str, str, dict[str, str]]:
        """Lemma, part of speech and features of a word with tags."""
        word = plain(text)
        if not any(letter.isalnum() for letter in word):
            pos = settled_sign(word, pos)
        elif len(word) > 1 and pos != "X" and dictionary().word_is_known(word):
            pos, features = settled(self.parse(word), text, pos, features)
        return self.lemma(text, pos, features), pos, features

    def lemma(self, text: str, pos: str, features: dict[str, str]) -> str:
        """The lemma of a word by its tags, in lower case but for names."""
        word = key(text)
        tags = (word, pos, features.get("Case", ""), features.get("Number", ""))
        lemma = self.forms.get(tags) or self.forms.get((word, pos)) or self.look_up(text, pos, features)
        if pos == "PROPN" and text[:1].isupper():
            lemma = lemma.upper() if text.isupper() and len(text) > 1 else lemma.title()
        return lemma

    def look_up(self, text: str, pos: str, features: dict[str, str]) -> str:
        """The lemma that the dictionary gives."""
        word = plain(text)
        if pos in UNCHANGED or not word.replace("-", "").isalpha():
            return word
        reading = max(self.parse(word), key=lambda reading: agreement(reading, pos, features))
        if pos in ADJECTIVES and str(reading.tag.POS) in PARTICIPLES:
            reading = reading.inflect({"PRTF", "sing", "masc", "nomn"}) or reading
            return str(reading.word)
        return str(reading.normal_form)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The table of forms as bytes."""
        rows = sorted(("\t".join(tags), lemma) for tags, lemma in self.forms.items())
        return "".join(f"{lemma}\t{tags}\n" for tags, lemma in rows).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> RussianLemmas:
        """The component with a table of forms from bytes."""
        rows = [line.split("\t") for line in data.decode().splitlines()]
        self.forms = {tuple(tags): lemma for lemma, *tags in rows}
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the table of forms into a folder, as text."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / LEXICON).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> RussianLemmas:
        """The component with the table of forms of a folder."""
        return self.from_bytes((Path(path) / LEXICON).read_bytes())


@Language.factory("kztext_ru_lemmas", assigns=["token.lemma", "token.pos", "token.morph"])
def make_lemmas(nlp: Language, name: str) -> RussianLemmas:
    """The component, for spaCy."""
    return RussianLemmas(name)
