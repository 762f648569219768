"""What a trained engine adds to what the rules read.

The rules read first; the parse, the tags and the entities of an engine fill what they leave open, field by
field. docs/engines.md has what each engine gains and costs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import regex

from kztext.found import Found
from kztext.nlp.engine import Engine, Word
from kztext.reading import Reading
from kztext.records import CARRIED, Modality
from kztext.spans import Lang, Layout, Place, Quantity, Sentence

SUBJECTS = ("nsubj", "csubj")
THINGS = frozenset({"NOUN", "PROPN"})
NAMING = frozenset({*THINGS, "ADJ", "X"})
PREDICATES = frozenset({"VERB", "AUX"})
APART = ("acl", "appos", "parataxis", "punct", "cc", "conj", "case", "advcl", "det", "orphan", "list")
MOVES = ("direction", "level", "pace", "stable", "fall_on")
TOWN = "GPE"
CLAUSE_END = regex.compile(r"[;:()]|,\s|\s[–—]\s")
SENTENCE_END = regex.compile(r"[;:]|[.!?]\s")
LONGEST = 2000  # characters; longer sentences are lists or tables that no parser reads
SURE = 0.1  # what a reading loses in confidence where the parse has settled its subject


class Tree:
    """The words of a sentence as a tree."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.starts = [word.start for word in words]
        self.ends = [word.end for word in words]

    @cached_property
    def children(self) -> list[list[int]]:
        """The words below each word."""
        found: list[list[int]] = [[] for _ in self.words]
        for i, word in enumerate(self.words):
            if word.head not in (i, -1):
                found[word.head].append(i)
        return found

    def inside(self, start: int, end: int) -> range:
        """The words that lie in a stretch of the text, wholly or in part."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def path(self, index: int) -> list[int]:
        """A word and the words above it, up to the root."""
        found = {index: None}
        while (head := self.words[index].head) not in found and head >= 0:
            found[head], index = None, head
        return list(found)

    def above(self, quantity: Quantity) -> list[int]:
        """The path from the digits of a quantity upwards."""
        held = self.inside(quantity.start, quantity.end)
        digits = [i for i in held if any(char.isdigit() for char in self.words[i].text)]
        return self.path((digits or held)[0]) if held else []

    def relation(self, index: int) -> str:
        """The relation of a word to its head, without the subtype."""
        return self.words[index].relation.partition(":")[0].lower()

    def has(self, index: int, feature: str) -> bool:
        """Whether a word has a feature ("Tense=Fut")."""
        return feature in self.words[index].features.split("|")

    def subject(self, predicate: int) -> int:
        """The nominal subject of a predicate; -1 where it has none."""
        return next((i for i in self.children[predicate] if self.relation(i) in SUBJECTS), -1)

    def group(self, index: int) -> tuple[int, int]:
        """The noun group around a word, without the clauses in it, as a span of the text."""
        held, rest = {index}, [index]
        while rest:
            below = [i for i in self.children[rest.pop()] if self.relation(i) not in APART]
            below = [i for i in below if self.words[i].pos != "PRON"]
            held.update(below)
            rest += below
        first = last = index
        while first - 1 in held:
            first -= 1
        while last + 1 in held:
            last += 1
        return self.words[first].start, self.words[last].end

    def parted(self, index: int, place: int, sentence: Sentence, *, by: regex.Pattern[str]) -> bool:
        """Whether a mark that may end a clause stands between a word and a place in the text."""
        start, end = sorted((self.words[index].start, place))
        return by.search(sentence.text, start - sentence.start, end - sentence.start) is not None


def with_words(found: Sequence[Found], engine: Engine) -> list[Found]:
    """The sentences with numbers with the engine's words, and the towns that it knows."""
    done = list(found)
    told = [i for i, item in enumerate(found) if item.quantities and len(item.sentence.text) <= LONGEST]
    for i, words in zip(told, engine.words(found[i].sentence for i in told), strict=True):
        item = replace(found[i], words=words)
        done[i] = replace(item, places=tuple(sorted((*item.places, *towns(item)), key=lambda p: p.start)))
    return done


def towns(item: Found) -> Iterator[Place]:
    """The places that the lists do not know: towns and villages, which have no code."""
    for i, word in enumerate(item.words):
        if word.entity != f"B-{TOWN}" or not word.text[:1].isupper() or word.text.isupper():
            continue
        last = i
        while last + 1 < len(item.words) and item.words[last + 1].entity == f"I-{TOWN}":
            last += 1
        if "Case=Loc" not in item.words[last].features:  # where something is so, not what is spoken of
            continue
        place = Place(start=word.start, end=item.words[last].end, rule="entity", geo="", local=True)
        taken = (*item.places, *item.indicators, *item.quantities)
        if not any(place.overlaps(other) for other in taken):
            yield place


def refined(readings: Sequence[Reading], found: Sequence[Found]) -> list[Reading]:
    """The readings with what the words of their sentences add."""
    items = {item.sentence.start: item for item in found if item.words}
    trees = {start: Tree(item.words) for start, item in items.items()}
    done = []
    for reading in readings:
        start = reading.sentence.start
        if start in items:
            tree, item = trees[start], items[start]
            path = tree.above(reading.quantity)
            reading = with_subject(reading, tree, path, item)
            reading = with_modality(reading, tree, path)
            reading = with_speaker(reading, tree, path, item)
        done.append(reading)
    return done


# --- subject


def with_subject(reading: Reading, tree: Tree, path: Sequence[int], item: Found) -> Reading:
    """The subject of the verb of change or level that the number belongs to, for what no catalogue has.

    "Доля увеличилась в 17 раз" after a sentence on something else. What the rules have is kept where the
    verb's subject is no name of a thing or is the same; in Kazakh always, where the parse is wrong too often.
    """
    if reading.indicator or item.sentence.lang is Lang.KK or item.sentence.layout is not Layout.TEXT:
        return reading
    predicate = next((i for i in path if tree.subject(i) >= 0), -1)
    if predicate < 0 or tree.subject(predicate) in path or not moves(tree.words[predicate], item):
        return reading
    subject, sentence = tree.subject(predicate), item.sentence
    if any(tree.relation(i) == "obj" and i not in path for i in tree.children[predicate]):
        return reading  # "«Аэрофлот» сократил расходы в два раза": who did it, not what was measured
    if tree.parted(predicate, reading.quantity.start, sentence, by=CLAUSE_END):
        return reading
    group = tree.group(subject)
    if tree.parted(predicate, group[0], sentence, by=SENTENCE_END) or not names(tree, subject, group, item):
        return reading
    if reading.subject[0] < group[1] and group[0] < reading.subject[1]:
        return reading
    return replace(
        reading,
        subject=group,
        flags=tuple(flag for flag in reading.flags if flag not in CARRIED),
        rules=(*reading.rules, "parse_subject"),
        confidence=round(reading.confidence - SURE, 2),
    )


def moves(word: Word, item: Found) -> bool:
    """Whether a word is a verb of change or level."""
    return any(cue.kind in MOVES and cue.start < word.end and word.start < cue.end for cue in item.cues)


def names(tree: Tree, head: int, group: tuple[int, int], item: Found) -> bool:
    """Whether a group can be what a number is about: a noun, no number, period or place."""
    word, begin = tree.words[head], item.sentence.start
    said = item.sentence.text[group[0] - begin : group[1] - begin]
    if word.pos not in THINGS or any(char.isdigit() for char in said):
        return False
    others = (*item.periods, *item.places, *item.quantities)
    return not any(other.start < word.end and word.start < other.end for other in others)


# --- modality


def with_modality(reading: Reading, tree: Tree, path: Sequence[int]) -> Reading:
    """A number of a verb in the future is planned where somebody does it, else expected.

    "откроют ещё 60 коек", "пожилых станет вдвое больше". Kazakh has no such form that is not the present's.
    """
    if reading.modality is not Modality.ACTUAL or reading.sentence.lang is Lang.KK:
        return reading
    predicate = next((i for i in path if tree.words[i].pos in PREDICATES), -1)
    if predicate < 0:
        return reading
    if tree.parted(predicate, reading.quantity.start, reading.sentence, by=CLAUSE_END):
        return reading
    verbs = [predicate, *(i for i in tree.children[predicate] if tree.words[i].pos == "AUX")]
    if not any(tree.has(i, "Tense=Fut") for i in verbs):
        return reading
    below = path[path.index(predicate) - 1] if path[0] != predicate else predicate
    bare = not any(tree.relation(i) == "case" for i in tree.children[below])
    done = (tree.relation(below) in ("obj", "obl") and bare) or tree.has(predicate, "Person=1")
    way = Modality.PLAN if done else Modality.FORECAST
    return replace(reading, modality=way, rules=(*reading.rules, "parse_future"))


# --- speaker


def with_speaker(reading: Reading, tree: Tree, path: Sequence[int], item: Found) -> Reading:
    """Who says it: the subject of the verb whose content the number's clause is, or of a verb of speech.

    "Разработчики полагают, что …"; "глава района сообщила" where the rules have "глава".
    """
    known = reading.speaker
    telling = [above for below, above in pairwise(path) if tree.relation(below) == "ccomp"]
    speech = [i for cue in item.cues if cue.kind == "speech" for i in tree.inside(cue.start, cue.end)]
    for verb in (*telling, *speech):
        said = speaker(verb, tree, item)
        if said and said not in known and (known in said or verb in telling):
            return replace(reading, speaker=said, rules=(*reading.rules, "parse_speaker"))
    return reading


def speaker(verb: int, tree: Tree, item: Found) -> str:
    """The subject of a verb; empty where it has none that can speak."""
    subject = tree.subject(verb)
    if tree.words[verb].pos not in PREDICATES or subject < 0 or tree.words[subject].pos not in NAMING:
        return ""
    start, end = tree.group(subject)
    if ":" in tree.words[subject].relation or any(
        quantity.start < end and start < max(quantity.outer_end, quantity.end) for quantity in item.quantities
    ):
        return ""
    return item.sentence.text[start - item.sentence.start : end - item.sentence.start]
