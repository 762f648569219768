"""The lemma and the case of Kazakh words, as a spaCy component: suffix rules with harmony, and a lexicon.

The rules of forms.py propose stems; the lexicon knows which of them are words. What neither tells is left
to the tags of the pipeline before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kztext.nlp.forms import Form, case_forms, noun_forms, number_forms, table, verb_forms
from kztext.nlp.languages import DIGITS, ending_pattern, norm

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "PRON", "DET", "NUM", "X", ""})
NAMES = frozenset({"PROPN"})
MISTAKEN = frozenset({"NOUN", "ADJ"})  # what a tagger takes verbs for
CASED = frozenset({"NOUN", "PROPN"})
LEXICON = "lexicon.tsv"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDING = re.compile(ending_pattern())

# What speaks for a reading of a word, in units of log odds; set by random search on words of the train and
# development parts that a lexicon from the rest does not hold.
WEIGHTS = {
    "lemma": 8.0,  # the lexicon has the stem as a lemma of this part of speech
    "other": 0.2,  # … of another one
    "seen": 0.1,  # the stem stands alone in texts, for each e-fold
    "whole": 1.3,  # … and is the whole word
    "endings": 0.7,  # the stem is seen with many endings, for each e-fold
    "case": 5.0,  # the tagger says the same case
    "uncased": -4.0,  # … none, and the ending of a verb has one
    "person": 0.9,  # … the same possessor
    "plural": 0.1,  # … the same number
    "clash": -3.3,
    "softened": 0.3,
    "hard": -1.3,  # the stem ends in a letter that words hardly end in
    "filled": -8.0,
    "owner": -1.4,  # "my" and "your" are rare
    "voiced": -0.7,
    "short": -2.1,
    "length": 0.55,  # a letter of the ending
    "verb": 4.0,  # a verb, and the tagger says so
    "tagged": -6.0,  # a verb, and the tagger says otherwise
    "unsure": -4.0,  # … and the lexicon has no such verb
}


@dataclass(slots=True)
class Lexicon:
    """Lemmas by part of speech, how often words stand alone, with how many endings stems are seen.

    `words` has the forms with one lemma, whatever their part of speech.
    """

    forms: dict[tuple[str, str], str] = field(default_factory=dict)
    lemmas: dict[str, dict[str, int]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    verbs: dict[str, int] = field(default_factory=dict)
    nouns: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """The lexicon as lines of tab-separated columns, sorted."""
        yield from (f"form\t{form}\t{pos}\t{lemma}" for (form, pos), lemma in sorted(self.forms.items()))
        for lemma, counts in sorted(self.lemmas.items()):
            yield from (f"lemma\t{lemma}\t{pos}\t{count}" for pos, count in sorted(counts.items()))
        for name in ("seen", "verbs", "nouns"):
            yield from (f"{name}\t{word}\t\t{count}" for word, count in sorted(getattr(self, name).items()))


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from its lines."""
    lexicon = Lexicon()
    for line in lines:
        kind, word, pos, value = line.rstrip("\n").split("\t")
        if kind == "form":
            lexicon.forms[word, pos] = value
        elif kind == "lemma":
            lexicon.lemmas.setdefault(word, {})[pos] = int(value)
        else:
            getattr(lexicon, kind)[word] = int(value)
    lexicon.words = certain(lexicon.forms)
    return lexicon


def certain(forms: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """The words that have one lemma whatever their part of speech."""
    lemmas: dict[str, set[str]] = {}
    for (word, _), lemma in forms.items():
        lemmas.setdefault(word, set()).add(lemma)
    return {word: min(found) for word, found in lemmas.items() if len(found) == 1}


@lru_cache(maxsize=20_000)
def proposed(word: str, kind: str) -> tuple[Form, ...]:
    """The readings that the rules propose for a word of a kind: `verb`, `number` or `noun`."""
    if kind == "verb":
        return tuple(chain(verb_forms(word), noun_forms(word)))
    return tuple(number_forms(word) if kind == "number" else noun_forms(word))


def score(form: Form, pos: str, features: dict[str, str], lexicon: Lexicon) -> float:
    """How much speaks for a reading, the more the better."""
    weights = WEIGHTS
    known = lexicon.lemmas.get(form.stem, {})
    attested = not VERBS.isdisjoint(known) if form.verb else pos in known
    total = weights["lemma"] * attested + weights["other"] * (bool(known) and not attested)
    endings = lexicon.verbs if form.verb else lexicon.nouns
    if not form.verb:
        total += weights["seen" if form.ending else "whole"] * math.log1p(lexicon.seen.get(form.stem, 0))
    total += weights["endings"] * math.log1p(endings.get(form.stem, 0))
    if features.get("Case"):
        total += weights["case"] * (features["Case"] == form.case)
    elif form.verb:
        total += weights["uncased"] * (form.case not in ("", "Nom"))
    if not form.verb and pos not in VERBS:
        total += weights["person"] * (features.get("Person[psor]", "") == form.person)
        total += weights["plural"] * ((features.get("Number") == "Plur") == form.plural)
    total += weights["clash"] * form.clash + weights["voiced"] * (form.voiced and not known)
    total += weights["softened"] * form.softened + weights["filled"] * (form.filled and not known)
    total += weights["hard"] * (form.stem[-1] in table()["softened"] and not known)
    total += weights["owner"] * (form.person in ("1", "2"))
    total += weights["short"] * (len(form.stem) < 3 and not known)
    total += weights["length"] * len(form.ending)
    if form.verb:
        total += weights["verb"] if pos in VERBS else weights["tagged"]
        total += weights["unsure"] * (pos not in VERBS and not attested)
    return total


def best(word: str, pos: str, features: dict[str, str], lexicon: Lexicon) -> Form:
    """The reading of a word in lower case that most speaks for.

    An ending behind a dash ("ЖІӨ-нің") is cut off with the dash.
    """
    head, dash, tail = word.rpartition("-")
    if dash and head and ENDING.fullmatch(tail):
        case = next((case for rest, case, _ in case_forms(f"{head}{tail}") if len(rest) == len(head)), "Nom")
        return Form(stem=head, case=case, ending=dash + tail)
    kind = "number" if pos == "NUM" else "verb" if pos in VERBS | MISTAKEN else "noun"
    return max(proposed(word, kind), key=lambda form: score(form, pos, features, lexicon))


# --- the component


@Language.factory("kztext_forms", assigns=["token.lemma", "token.morph"])
def make_forms(nlp: Language, name: str) -> KazakhForms:
    """The component, for spaCy."""
    return KazakhForms(name)


class KazakhForms:
    """Gives each token its lemma, and each noun the case that its ending says."""

    def __init__(self, name: str = "kztext_forms") -> None:
        self.name = name
        self.lexicon = Lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """The document, with lemmas and cases."""
        for token in doc:
            if token.is_space:
                token.lemma_, token.pos_ = token.text, "SPACE"
                continue
            features = token.morph.to_dict()
            token.lemma_, token.pos_, settled = self.settle(token.text, token.pos_, features)
            if settled != features:
                tagged: Any = token
                tagged.set_morph(settled)
        return doc

    def settle(self, text: str, pos: str, features: dict[str, str]) -> tuple[str, str, dict[str, str]]:
        """Lemma, part of speech and features of a word with tags."""
        lemma, pos, case = self.read(text, pos, features)
        return lemma, pos, {**features, "Case": case} if case and pos in CASED else features

    def read(self, text: str, pos: str, features: dict[str, str]) -> tuple[str, str, str]:
        """The lemma of a word with tags, its part of speech, and its case where an ending says one.

        A word with the endings and the stem of a verb is a verb where the tagger says a noun or an adjective.
        """
        word = norm(text)
        number = DIGITS.match(word)
        if number:
            return number.group(), "NUM" if DIGITS.fullmatch(word) else pos, ""
        lemma, case = self.lexicon.forms.get((word, pos), ""), ""
        if pos in VERBS | NOUNS and WORD.fullmatch(word):
            form = best(word, pos, features, self.lexicon)
            case = form.case
            if not lemma and form.verb and pos in MISTAKEN:
                pos = "VERB"
            lemma = lemma or self.lexicon.words.get(word, "") or form.stem
        lemma = lemma or self.lexicon.words.get(word, "") or word
        if pos in NAMES and text[:1].isupper():
            lemma = text[: len(lemma)] if word.startswith(lemma) else lemma.capitalize()
        return lemma, pos, case

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The lexicon as bytes."""
        return "\n".join(self.lexicon.lines()).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> KazakhForms:
        """The component with a lexicon from bytes."""
        self.lexicon = read_lexicon(data.decode().splitlines())
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicon into a folder, as text."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / LEXICON).write_bytes(self.to_bytes() + b"\n")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> KazakhForms:
        """The component with the lexicon of a folder."""
        return self.from_bytes((Path(path) / LEXICON).read_bytes())
