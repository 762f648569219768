"""Which reading of a Kazakh word is right: what speaks for each that the rules propose, weighed.

The witnesses are the tags of a pipeline and its lexicon.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain

from kztext.nlp.forms import Form, case_forms, letter_class, noun_forms, number_forms, table, verb_forms
from kztext.nlp.languages import ending_pattern, like_num
from kztext.nlp.lexicon import Lexicon

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "PRON", "DET", "NUM", "X", ""})
CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ"})
ENDING = re.compile(ending_pattern())

# In units of log odds.
WEIGHTS = {
    # a word that is no verb
    "lemma": 3.1,  # the lexicon has the stem as a lemma of this part of speech
    "kin": 2.6,  # … of another one, but no verb
    "noun for verb": 2.3,  # … and the tagger says a verb
    "other": -1.3,  # … as a verb or a particle only
    "closed": 0.9,  # … in closed classes only, and there is an ending
    "derived": 1.1,  # the lexicon has the stem without an ending that makes words
    "named": 1.2,  # the stem ends as names do
    "bare": 0.4,  # the stem is the whole word
    "bare known": 3.0,  # … and the lexicon has it
    "bare noun for verb": -0.8,  # … and the tagger says a verb
    "seen": 0.1,  # the stem stands alone in texts, for each e-fold
    "whole": 0.5,  # … and is the whole word
    "endings": 0.6,  # the stem is seen with many endings, for each e-fold
    "endings other": -0.8,  # … and is a verb or a particle
    "person": 1.1,  # the tagger says the same possessor
    "plural": 0.4,  # … the same number
    "uncased": -0.2,  # … no case, and the ending has one
    # a verb
    "verb lemma": 2.2,  # the lexicon has the stem as a verb
    "verb other": 1.8,  # … as another word only
    "verb derived": 2.2,  # … without an ending that makes verbs
    "verb endings": 1.1,  # the stem is seen with many endings of verbs, for each e-fold
    "verb tagged": 0.6,  # the tagger says a verb
    "verb tagged noun": -1.1,  # … a noun
    "verb tagged other": -1.6,  # … something else
    "verb unsure": -0.7,  # neither the tagger nor the lexicon knows a verb
    "verb bare": -1.4,  # the stem is the whole word
    "verb gerund": -0.9,  # a gerund, and the tagger says a verb
    "verb gerund noun": 0.6,  # … something else
    "verb agent noun": -1.9,  # one who does it, and the tagger says no verb
    "verb voice": 0.2,  # reading and tagger agree on whether there is a voice
    "verb uncased": -1.1,  # the tagger says no case, and the ending has one
    # any word
    "case": 0.6,  # the tagger says the same case
    "clash": -0.2,  # vowels of two kinds
    "voiced": -0.6,  # an ending of voice, and the lexicon does not have the stem
    "voiced known": -1.0,  # … and the lexicon has it
    "softened": 0.6,  # the last letter was put back, and the lexicon does not have the stem
    "filled": -1.8,  # another letter was put back, and the lexicon does not have the stem
    "filled known": -0.7,  # … and the lexicon has it
    "contracted": -1.3,  # the last letter has gone into the ending, and the lexicon does not have the stem
    "contracted known": -1.3,  # … and the lexicon has it
    "hard": -1.7,  # an unknown stem ends in a letter that words hardly end in
    "cluster": -2.1,  # … in two consonants
    "short": -2.6,  # … has one letter or two
    "short known": -0.5,  # a known stem has one letter or two
    "owner": -0.5,  # "my" and "your" are rare
    "length": 0.5,  # a letter of the ending
}


Evidence = Iterator[tuple[str, float]]


@lru_cache(maxsize=20_000)
def proposed(word: str, pos: str) -> tuple[Form, ...]:
    """The readings that the rules propose for a word with a tag: of a number, or of any other word."""
    if pos == "NUM" or (pos not in VERBS and like_num(word)):
        return tuple(number_forms(word))
    return tuple(chain(verb_forms(word), noun_forms(word)))


def derived(stem: str, lexicon: Lexicon, kind: str) -> bool:
    """Whether a stem is a word of the lexicon with an ending that makes a `noun` or a `verb` of it."""
    return any(
        stem.endswith(form) and stem[: -len(form)] in lexicon.lemmas
        for form in table()["derived"][kind]
        if len(stem) > len(form) + 1
    )


def crowded(stem: str) -> bool:
    """Whether a stem ends in two consonants, as few words do."""
    return len(stem) > 1 and not {letter_class(stem[-1]), letter_class(stem[-2])} & {"vowel", "glide"}


def evidence(form: Form, pos: str, features: Mapping[str, str], lexicon: Lexicon) -> Evidence:
    """What speaks for a reading and against it: the name of a weight, and how often it counts."""
    known = lexicon.lemmas.get(form.stem) or lexicon.lemmas.get(form.stem.rpartition("-")[2], {})
    witnesses = verb_evidence if form.verb else noun_evidence
    yield from witnesses(form, pos, features, lexicon, frozenset(known))
    if features.get("Case"):
        yield "case", features["Case"] == form.case
    else:
        yield "verb uncased" if form.verb else "uncased", form.case not in ("", "Nom")
    for name, holds in (("voiced", form.voiced), ("contracted", form.contracted), ("filled", form.filled)):
        yield f"{name} known" if known else name, holds
    yield "short known" if known else "short", len(form.stem) < 3
    if not known:
        yield "softened", form.softened
        yield "hard", form.stem[-1] in table()["softened"]
        yield "cluster", crowded(form.stem)
    yield "clash", form.clash
    yield "owner", form.person in ("1", "2")
    yield "length", len(form.ending)


def verb_evidence(
    form: Form, pos: str, features: Mapping[str, str], lexicon: Lexicon, known: frozenset[str]
) -> Evidence:
    """What speaks for a reading as a verb and against it."""
    verbal, tagged = not VERBS.isdisjoint(known), pos in VERBS
    yield "verb tagged" if tagged else "verb tagged noun" if pos == "NOUN" else "verb tagged other", True
    yield "verb unsure", not tagged and not verbal
    yield "verb lemma", verbal
    yield "verb other", bool(known) and not verbal
    yield "verb derived", not verbal and derived(form.stem, lexicon, "verb")
    if verbal or not known:
        yield "verb endings", math.log1p(lexicon.verbs.get(form.stem, 0))
    yield "verb bare", not form.ending
    words = table()["derived"]
    yield "verb gerund" if tagged else "verb gerund noun", form.ending.startswith(words["gerund"])
    yield "verb agent noun", not tagged and any(agent in form.ending for agent in words["agent"])
    yield "verb voice", ("Voice" in features) == form.voiced


def noun_evidence(
    form: Form, pos: str, features: Mapping[str, str], lexicon: Lexicon, known: frozenset[str]
) -> Evidence:
    """What speaks for a reading as another word than a verb and against it."""
    nominal, tagged = not NOUNS.isdisjoint(known), pos in VERBS
    yield "lemma", pos in known
    yield "noun for verb" if tagged else "kin", nominal and pos not in known
    yield "other", bool(known) and not nominal
    yield "closed", bool(known) and CLOSED.issuperset(known) and bool(form.ending)
    yield "derived", not known and derived(form.stem, lexicon, "noun")
    yield "named", not known and not tagged and form.stem.endswith(tuple(table()["derived"]["name"]))
    yield "bare", not form.ending
    yield "bare known", not form.ending and bool(known)
    yield "bare noun for verb", tagged and not form.ending
    yield "seen" if form.ending else "whole", math.log1p(lexicon.seen.get(form.stem, 0))
    many = math.log1p(lexicon.nouns.get(form.stem, 0))
    yield "endings" if nominal or not known else "endings other", many
    if not tagged:
        yield "person", features.get("Person[psor]", "") == form.person
        yield "plural", (features.get("Number") == "Plur") == form.plural


def score(form: Form, pos: str, features: Mapping[str, str], lexicon: Lexicon) -> float:
    """How much speaks for a reading, the more the better."""
    return sum(WEIGHTS[name] * value for name, value in evidence(form, pos, features, lexicon) if value)


def best(word: str, pos: str, features: dict[str, str], lexicon: Lexicon) -> Form:
    """The reading of a word in lower case that most speaks for.

    An ending behind a dash ("ЖІӨ-нің") is cut off with the dash.
    """
    head, dash, tail = word.rpartition("-")
    if dash and head and ENDING.fullmatch(tail):
        case = next((case for rest, case, _ in case_forms(f"{head}{tail}") if len(rest) == len(head)), "Nom")
        return Form(stem=head, case=case, ending=dash + tail)
    return max(proposed(word, pos), key=lambda form: score(form, pos, features, lexicon))
