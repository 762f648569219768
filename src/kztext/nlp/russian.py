"""The lemma of Russian words, as a spaCy component: the dictionary of pymorphy3, read by the pipeline's tags.

The dictionary gives several readings of most words; the one that shares part of speech, case, number and
gender with the tags is taken. A table of forms from the trees settles what the two call differently. Tense
and aspect of a verb are those of the dictionary where its readings agree ("откроют" is a future).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

LEXICON = "lexicon.tsv"
PARTICIPLES = frozenset({"PRTF", "PRTS"})
ADJECTIVES = frozenset({"ADJ", "DET"})
VERBS = frozenset({"VERB", "AUX"})
UNCHANGED = frozenset({"PUNCT", "SYM", "X"})
NAME_MARKS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})

# What the dictionary calls the parts of speech and features of Universal Dependencies.
POS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "COMP", "PRTF", "PRTS"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN", "PRTF", "GRND"},
    "ADV": {"ADVB", "COMP", "PRED", "CONJ"},
    "NUM": {"NUMR", "ADJF"},
    "ADP": {"PREP"},
    "CCONJ": {"CONJ", "PRCL"},
    "SCONJ": {"CONJ"},
    "PART": {"PRCL", "CONJ"},
    "INTJ": {"INTJ"},
}
FEATURES = (
    ("Case", "case", 2.0, {
        "Nom": {"nomn"}, "Gen": {"gent", "gen1", "gen2"}, "Dat": {"datv"}, "Acc": {"accs", "acc2"},
        "Ins": {"ablt"}, "Loc": {"loct", "loc1", "loc2"}, "Par": {"gen2", "gent"}, "Voc": {"voct"},
    }),
    ("Number", "number", 1.0, {"Sing": {"sing"}, "Plur": {"plur"}}),
    ("Gender", "gender", 1.0, {"Masc": {"masc"}, "Fem": {"femn"}, "Neut": {"neut"}}),
    ("Aspect", "aspect", 0.5, {"Imp": {"impf"}, "Perf": {"perf"}}),
    ("VerbForm", "POS", 1.0, {"Part": {"PRTF", "PRTS"}, "Conv": {"GRND"}, "Inf": {"INFN"}, "Fin": {"VERB"}}),
)  # fmt: skip

SETTLED = (
    ("Tense", "tense", {"past": "Past", "pres": "Pres", "futr": "Fut"}),
    ("Aspect", "aspect", {"perf": "Perf", "impf": "Imp"}),
)


def key(text: str) -> str:
    """A word as the table of forms has it: in lower case, "ё" as "е", without stress marks."""
    return text.lower().replace("ё", "е").replace("\u0301", "")


class RussianLemmas:
    """Gives each token its lemma, and each verb the tense and aspect of the dictionary."""

    def __init__(self, name: str = "kztext_ru_lemmas") -> None:
        import pymorphy3

        self.name = name
        self.forms: dict[tuple[str, ...], str] = {}
        self.parse = lru_cache(maxsize=20_000)(pymorphy3.MorphAnalyzer(lang="ru").parse)

    def __call__(self, doc: Doc) -> Doc:
        """The document, with lemmas and tenses."""
        for token in doc:
            if token.is_space:
                token.lemma_, token.pos_ = token.text, "SPACE"
                continue
            features = token.morph.to_dict()
            token.lemma_, _, settled = self.settle(token.text, token.pos_, features)
            if settled != features:
                tagged: Any = token
                tagged.set_morph(settled)
        return doc

    def settle(self, text: str, pos: str, features: dict[str, str]) -> tuple[str, str, dict[str, str]]:
        """Lemma, part of speech and features of a word with tags."""
        settled = dict(features)
        if pos in VERBS:
            readings = [r.tag for r in self.parse(text.lower()) if str(r.tag.POS) in POS[pos]]
            for feature, name, values in SETTLED:
                said = {values.get(str(getattr(tag, name)), "") for tag in readings}
                if feature in features and len(said) == 1:
                    settled[feature] = said.pop() or features[feature]
        return self.lemma(text, pos, settled), pos, settled

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
        word = text.lower().replace("\u0301", "")
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


def agreement(reading: Any, pos: str, features: dict[str, str]) -> float:
    """How far a reading of the dictionary agrees with the tags, its own probability included."""
    tag = reading.tag
    total = float(reading.score) + 4.0 * (str(tag.POS) in POS.get(pos, ()))
    for feature, name, weight, values in FEATURES:
        if feature in features:
            total += weight * (str(getattr(tag, name)) in values.get(features[feature], ()))
    if pos == "PROPN":
        total += 1.0 * any(mark in tag for mark in NAME_MARKS)
    return total


@Language.factory("kztext_ru_lemmas", assigns=["token.lemma", "token.morph"])
def make_lemmas(nlp: Language, name: str) -> RussianLemmas:
    """The component, for spaCy."""
    return RussianLemmas(name)
