"""The lemma and the case of Kazakh words, as a spaCy component: suffix rules with harmony, and a lexicon.

The rules of forms.py propose stems; readings.py weighs them by the lexicon and by the tags of the pipeline
before.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kztext.nlp.forms import Form
from kztext.nlp.languages import DIGITS, norm
from kztext.nlp.lexicon import WORD, Lexicon, read_lexicon
from kztext.nlp.readings import VERBS, best

NAMES = frozenset({"PROPN"})
OPEN = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "NUM", "PRON"})
CASED = frozenset({"NOUN", "PROPN"})
UNREAD = frozenset({"PUNCT", "SYM", "INTJ"})  # words without endings
LEXICON = "lexicon.tsv"


def settled(features: dict[str, str], pos: str, tag: str, form: Form) -> dict[str, str]:
    """The features of a word whose part of speech was `pos` and is `tag`, with what the endings say."""
    if pos in VERBS and tag not in VERBS:
        features = {"Number": "Plur"} if form.plural else {}
        if form.person:
            features |= {
                "Person[psor]": form.person,
                "Number[psor]": "Plur,Sing" if form.person == "3" else "Sing",
            }
    elif pos != tag and tag not in CASED | VERBS and not form.ending:
        features = {name: value for name, value in features.items() if name != "Case"}
    if form.case and (tag in CASED or (pos != tag and form.ending and tag not in VERBS)):
        features = {**features, "Case": form.case}
    return features


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
        word = norm(text)
        number = DIGITS.match(word)
        if number:
            return number.group(), "NUM" if DIGITS.fullmatch(word) else pos, features
        lemma = self.lexicon.forms.get((word, pos)) or self.lexicon.words.get(word, "")
        if pos in UNREAD or not WORD.fullmatch(word):
            return lemma or word, pos, features
        form = best(word, pos, features, self.lexicon)
        lemma = lemma or form.stem
        tag = self.tag(text, pos, form)
        if tag in NAMES and text[:1].isupper():
            lemma = text[: len(lemma)] if word.startswith(lemma) else lemma.capitalize()
        return lemma, tag, settled(features, pos, tag, form)

    def tag(self, text: str, pos: str, form: Form) -> str:
        """The part of speech of a word: the tagger's, unless its form or its stem is known as another."""
        word = norm(text)
        only = self.lexicon.tags.get(word, "")
        if (word, pos) in self.lexicon.forms or {pos, only} == VERBS:
            return pos
        if only:
            return only
        if form.verb:
            return pos if pos in VERBS else "VERB"
        known = self.lexicon.lemmas.get(form.stem, {})
        most = max(known, key=lambda one: known[one], default=pos)
        named = most not in NAMES or text[:1].isupper()
        return most if pos not in known and most in OPEN and named else pos

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
