"""The data that pipelines are trained on: trees, sentences with entities, lexicons of lemmas."""

from __future__ import annotations

import hashlib
import json
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from spacy.util import filter_spans

from kztext.nlp.forms import SOURCE, noun_forms, verb_forms
from kztext.nlp.languages import blank, norm
from kztext.nlp.lexicon import WORD, Lexicon
from kztext.nlp.russian import key

SEED = 7
WORDS = SOURCE.with_name("words.toml")
MOST_SENTENCES = 5  # in one training document; half of the documents have one
HELD_OUT = 10  # one group of sentences with entities in so many is held out
KEY_WORDS = 4  # sentences that begin or end with the same words are one sentence written twice


def trees(*paths: Path) -> list[Doc]:
    """The sentences of CoNLL-U files, one document each; words written together are one token."""
    texts = (path.read_text(encoding="utf-8") for path in paths)
    convert: Any = conllu_to_docs
    converted = (convert(text, n_sents=1, merge_subtokens=True, no_print=True) for text in texts)
    return [doc for docs in converted for doc in docs]


def documents(*parts: Sequence[Doc], given_tokens: bool) -> list[Doc]:
    """Documents of one to five sentences, so that a parser learns where sentences end.

    With `given_tokens` a pipeline in training gets the tokens of the trees, not its own.
    """
    chance = random.Random(SEED)
    made: list[Doc] = []
    for sentences in parts:
        place = 0
        while place < len(sentences):
            count = 1 if chance.random() < 0.5 else chance.randint(2, MOST_SENTENCES)
            part = list(sentences[place : place + count])
            made.append(part[0] if len(part) == 1 else Doc.from_docs(part, ensure_whitespace=True))
            place += count
    for doc in made:
        doc.has_unknown_spaces = given_tokens
    return made


def save(docs: Iterable[Doc], path: Path) -> Path:
    """Write documents in spaCy's own format."""
    DocBin(docs=docs).to_disk(path)
    return path


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def groups(texts: Sequence[str]) -> list[list[int]]:
    """The numbers of the texts that are the same sentence with its numbers written otherwise, together."""
    parents = list(range(len(texts)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    first: dict[tuple[str, ...], int] = {}
    for i, text in enumerate(texts):
        words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
        short = len(words) < KEY_WORDS
        for side, part in (("first", words[:KEY_WORDS]), ("last", words[-KEY_WORDS:])):
            found = first.setdefault((side, text) if short else (side, *part), i)
            parents[root(i)] = root(found)
    members: dict[int, list[int]] = {}
    for i in range(len(texts)):
        members.setdefault(root(i), []).append(i)
    return list(members.values())


def entity_document(nlp: Language, row: dict[str, Any]) -> Doc:
    """A sentence with its entities."""
    doc = nlp.make_doc(row["text"])
    spans = [
        doc.char_span(span["start"], span["end"], label=span["type"], alignment_mode="expand")
        for span in row["spans"]
    ]
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc


def entity_documents(path: Path) -> tuple[list[Doc], list[Doc]]:
    """Sentences with their entities: those to train on, and those held out."""
    nlp = blank("kk")
    data = list(rows(path))
    parts: tuple[list[Doc], list[Doc]] = ([], [])
    for group in groups([row["text"] for row in data]):
        digest = hashlib.sha256(data[group[0]]["id"].encode()).hexdigest()
        part = parts[int(digest, 16) % HELD_OUT == 0]
        part += [entity_document(nlp, data[i]) for i in group]
    return parts


def listed_words() -> dict[str, dict[str, Any]]:
    """The words of Kazakh that words.toml lists: lemmas and forms by part of speech."""
    listed: dict[str, dict[str, Any]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return listed


def kazakh_lexicon(sentences: Iterable[Doc], texts: Iterable[str]) -> Lexicon:
    """The lexicon of lemmas from the trees, and of words that stand alone or with many endings in texts."""
    lexicon = Lexicon()
    forms: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for token in (token for doc in sentences for token in doc):
        word, lemma, pos = norm(token.text), token.lemma_.lower(), token.pos_
        if WORD.fullmatch(word) and WORD.fullmatch(lemma):  # no word that the treebank writes as two
            forms[word, pos][lemma] += 1
            known = lexicon.lemmas.setdefault(lemma, {})
            known[pos] = known.get(pos, 0) + 1
    listed = listed_words()
    for pos, words in listed["lemmas"].items():
        for word in words.split():
            lexicon.lemmas.setdefault(word, {}).setdefault(pos, 1)
    closed = listed["forms"].items()
    lexicon.forms = {
        (word, pos): lemma for pos, rows in closed for lemma, words in rows.items() for word in words.split()
    }
    lexicon.forms |= {form: counts.most_common(1)[0][0] for form, counts in forms.items()}
    lexicon.index()
    seen = Counter(norm(word) for text in texts for word in WORD.findall(text))
    nouns: defaultdict[str, set[str]] = defaultdict(set)
    verbs: defaultdict[str, set[str]] = defaultdict(set)
    for word in seen:
        for form in noun_forms(word):
            if not (form.clash or form.filled):
                nouns[form.stem].add(form.ending)
        for form in verb_forms(word):
            if form.ending and not (form.clash or form.filled or form.voiced):
                verbs[form.stem].add(form.ending)
    lexicon.seen = {word: count for word, count in seen.items() if count > 1}
    lexicon.nouns = {stem: len(endings) for stem, endings in nouns.items() if len(endings) > 2}
    lexicon.verbs = {stem: len(endings) for stem, endings in verbs.items() if len(endings) > 2}
    return lexicon


def russian_forms(sentences: Iterable[Doc]) -> dict[tuple[str, ...], str]:
    """Lemmas of forms by part of speech, and by case and number as well, where the trees have them twice."""
    counts: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for token in (token for doc in sentences for token in doc):
        features = token.morph.to_dict()
        tags = (key(token.text), token.pos_)
        counts[tags][token.lemma_.lower()] += 1
        counts[*tags, features.get("Case", ""), features.get("Number", "")][token.lemma_.lower()] += 1
    best = {tags: found.most_common(1)[0] for tags, found in counts.items()}
    forms = {tags: lemma for tags, (lemma, count) in best.items() if count > 1}
    return {tags: lemma for tags, lemma in forms.items() if len(tags) == 2 or forms.get(tags[:2]) != lemma}
