"""How well a pipeline does on test parts: tags, lemmas and parse on trees, entities on sentences held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

TOGETHER = 8  # sentences in a text on which sentence ends are measured
PLAIN = ("GPE", "ORGANISATION", "PERSON")
NOUNS = ("NOUN", "PROPN", "NUM")

Place = tuple[int, int]


def percent(part: float, whole: float) -> float:
    """A share in percent, with one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0


def place(token: Token) -> Place:
    """Where a token stands in its text."""
    return token.idx, token.idx + len(token)


def same(left: str, right: str) -> bool:
    """Whether two lemmas are the same but for capitals and "ё"."""
    return left.lower().replace("ё", "е") == right.lower().replace("ё", "е")


def agreements(gold: Token, token: Token) -> Iterator[str]:
    """What a token has right."""
    head = place(gold.head) == place(token.head)
    checks = {
        "upos": gold.pos_ == token.pos_,
        "feats": str(gold.morph) == str(token.morph),
        "lemma": same(gold.lemma_, token.lemma_),
        "uas": head,
        "las": head and gold.dep_.lower() == token.dep_.lower(),
        "las_main": head and gold.dep_.partition(":")[0].lower() == token.dep_.partition(":")[0].lower(),
    }
    yield from (name for name, right in checks.items() if right)
    if gold.pos_ in NOUNS and checks["lemma"]:
        yield "noun_lemma"
    if gold.pos_ in ("NOUN", "PROPN") and gold.morph.to_dict().get("Case") == token.morph.to_dict().get(
        "Case"
    ):
        yield "case"


def raw_figures(nlp: Callable[[str], Doc], sentences: Iterable[Doc]) -> dict[str, float]:
    """F1 on raw text, in percent: a token counts where its place is right, too."""
    right: Counter[str] = Counter()
    expected = given = 0
    for gold in sentences:
        tokens = {place(token): token for token in nlp(gold.text) if not token.is_space}
        places = {place(token): token for token in gold if not token.is_space}
        expected, given = expected + len(places), given + len(tokens)
        for where in places.keys() & tokens.keys():
            right.update(["tokens", *agreements(places[where], tokens[where])])
    names = ("tokens", "upos", "feats", "lemma", "uas", "las", "las_main")
    return {name: percent(2 * right[name], expected + given) for name in names}


def token_figures(nlp: Language, sentences: Iterable[Doc]) -> dict[str, float]:
    """Accuracy in percent where the tokens are given."""
    right: Counter[str] = Counter()
    for gold in sentences:
        spaces = [bool(token.whitespace_) for token in gold]
        doc = Doc(nlp.vocab, words=[token.text for token in gold], spaces=spaces)
        for _, component in nlp.pipeline:
            doc = component(doc)
        for expected, token in zip(gold, doc, strict=True):
            nouns = [name for name in ("of_nouns",) if expected.pos_ in NOUNS]
            cased = [name for name in ("of_cased",) if expected.pos_ in ("NOUN", "PROPN")]
            right.update(["all", *nouns, *cased, *agreements(expected, token)])
    shares = {name: percent(right[name], right["all"]) for name in ("upos", "feats", "lemma", "uas", "las")}
    shares["lemma_of_nouns"] = percent(right["noun_lemma"], right["of_nouns"])
    shares["case_of_nouns"] = percent(right["case"], right["of_cased"])
    return {**shares, "words": right["all"]}


def sentence_figure(nlp: Language, sentences: Sequence[Doc]) -> float:
    """F1 of sentence spans in percent, on texts of eight sentences in a line."""
    right = expected = given = 0
    for start in range(0, len(sentences), TOGETHER):
        text, spans = "", set()
        for sentence in sentences[start : start + TOGETHER]:
            text += " " * bool(text)
            spans.add((len(text), len(text) + len(sentence.text.strip())))
            text += sentence.text.strip()
        found = {(sent.start_char, sent.start_char + len(sent.text.strip())) for sent in nlp(text).sents}
        right, expected, given = right + len(spans & found), expected + len(spans), given + len(found)
    return percent(2 * right, expected + given)


def tree_figures(nlp: Language, sentences: Sequence[Doc]) -> dict[str, object]:
    """All figures on the sentences of a treebank."""
    return {
        "raw_text_f1": {**raw_figures(nlp, sentences), "sentences": sentence_figure(nlp, sentences)},
        "given_tokens": token_figures(nlp, sentences),
    }


def entity_figures(nlp: Language, docs: Iterable[Doc]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of entities in percent: by class, and of several classes together."""
    right: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for gold in docs:
        spans = {(ent.start_char, ent.end_char, ent.label_) for ent in gold.ents}
        found = {(ent.start_char, ent.end_char, ent.label_) for ent in nlp(gold.text).ents}
        for counts, ents in ((right, spans & found), (expected, spans), (given, found)):
            for label in (ent[2] for ent in ents):
                counts.update([label, "ALL", *(["GPE+ORGANISATION+PERSON"] if label in PLAIN else [])])
    return {
        label: {
            "precision": percent(right[label], given[label]),
            "recall": percent(right[label], expected[label]),
            "f1": percent(2 * right[label], expected[label] + given[label]),
            "count": expected[label],
        }
        for label in sorted(expected)
    }
