"""Kazakh word forms: what may be cut off the end of a word, and the stem that is left.

All endings come from forms.toml beside this file. `readings` proposes; the lexicon of a trained pipeline
chooses (lemmas.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("forms.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A word taken apart: its stem, and what the endings say."""

    stem: str
    case: str = ""  # Universal Dependencies; "Nom" for a noun without a case ending
    person: str = ""  # of the possessor
    plural: bool = False
    verb: bool = False
    voiced: bool = False  # a voice ending was cut off, too
    softened: bool = False  # the last letter of the stem was put back
    filled: bool = False  # a vowel of the stem was put back
    contracted: bool = False  # the last letter of the stem has gone into the ending
    clash: bool = False  # stem and endings have vowels of different kinds
    ending: str = ""


@cache
def table() -> dict[str, Any]:
    """The endings, as forms.toml lists them."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def letter_class(letter: str) -> str:
    """The class of a letter that decides on the shape of the next ending."""
    names = ("vowel", "glide", "liquid", "nasal", "buzzing", "voiceless")
    return next((name for name in names if letter in table()["letters"][name]), "")


def harmony(text: str) -> str:
    """`back` or `front` by the last vowel that is either, empty where there is none.

    >>> harmony("қала"), harmony("мектеп"), harmony("ми")
    ('back', 'front', '')
    """
    letters = table()["letters"]
    for letter in reversed(text):
        if letter in letters["back"]:
            return "back"
        if letter in letters["front"]:
            return "front"
    return ""


def clashes(stem: str, ending: str) -> bool:
    """Whether the first vowel of an ending is of another kind than the stem."""
    for neutral in table()["letters"]["neutral"]:
        ending = ending.removesuffix(neutral)
    first = next((harmony(letter) for letter in ending if harmony(letter)), "")
    return bool(first) and harmony(stem) not in ("", first)


@cache
def entries(*path: str) -> tuple[tuple[str, frozenset[str], dict[str, Any]], ...]:
    """A list of endings: each form with what it may follow, and what it means."""
    rows: Any = table()
    for key in path:
        rows = rows[key]
    return tuple((form, frozenset(row["after"]), row) for row in rows for form in dict.fromkeys(row["forms"]))


def cut(word: str, *path: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What is left of a word without each of a list's endings that fits, the ending, and its row."""
    for form, allowed, row in entries(*path):
        if len(word) > len(form) + 1 and word.endswith(form):
            rest = word[: -len(form)]
            if letter_class(rest[-1]) in allowed:
                yield rest, form, row


def restored(stem: str, ending: str) -> Iterator[tuple[str, bool, bool]]:
    """The stem as it is without the ending: "қызығ" + "ы" is "қызық", "ерн" + "і" may be "ерін"."""
    yield stem, False, False
    letters = table()["letters"]
    vowel = harmony(stem) and ("ы" if harmony(stem) == "back" else "і")
    if not ending or ending[0] not in letters["vowel"] + "у":
        return
    soft = table()["softened"].get(stem[-1])
    if soft:
        yield stem[:-1] + soft, True, False
    if stem[-1] == letters["soft_sign"][0]:
        yield stem + letters["soft_sign"][1], False, True
    if len(stem) > 2 and letter_class(stem[-1]) != "vowel" and letter_class(stem[-2]) != "vowel" and vowel:
        yield f"{stem[:-1]}{vowel}{stem[-1]}", False, True


def noun_forms(word: str) -> Iterator[Form]:
    """Every way to read a word as a noun: stem, plural, possessor, case.

    >>> sorted({form.stem for form in noun_forms("мектептерінде")})
    ['мектеп', 'мектептер', 'мектептерін', 'мектептерінде']
    """
    for rest, case, ending in chain(case_forms(word), last_forms(word)):
        for owned, person, before in owned_forms(rest, ending, case):
            for stem, plural, first in plural_forms(owned):
                tail = word[len(stem) :]
                for whole, soft, filled in restored(stem, first or before or ending):
                    yield Form(
                        stem=whole,
                        case=case,
                        person=person,
                        plural=plural,
                        softened=soft,
                        filled=filled,
                        clash=clashes(stem, tail),
                        ending=tail,
                    )


def case_forms(word: str) -> Iterator[tuple[str, str, str]]:
    """What is left without a case ending, the case, and the ending."""
    yield word, "Nom", ""
    for form, _, row in entries("noun", "case"):
        if len(word) > len(form) + 1 and word.endswith(form):
            yield word[: -len(form)], row["case"], form


def last_forms(word: str) -> Iterator[tuple[str, str, str]]:
    """What is left without an ending of likeness or degree; such words have no case."""
    for rest, form, _ in cut(word, "noun", "last"):
        yield rest, "", form


def owned_forms(rest: str, ending: str, case: str) -> Iterator[tuple[str, str, str]]:
    """What is left without a possessive ending, its person and the ending; the case ending must fit."""
    allowed = {
        after
        for form, after, row in entries("noun", "case")
        if case and form == ending and row["case"] == case
    }
    fits = frozenset().union(*allowed) if allowed else None
    if fits is None or letter_class(rest[-1]) in fits:
        yield rest, "", ""
    for owned, form, row in cut(rest, "noun", "possessive"):
        if fits is None or ("third" if row["person"] == "3" else "person") in fits:
            yield owned, row["person"], form


def plural_forms(word: str) -> Iterator[tuple[str, bool, str]]:
    """The word, and what is left of it without a plural ending."""
    yield word, False, ""
    for rest, form, _ in cut(word, "noun", "plural"):
        yield rest, True, form


def verb_forms(word: str) -> Iterator[Form]:
    """Every way to read a word as a verb: stem, voice, negation, tense, person, and endings of nouns.

    >>> sorted({form.stem for form in verb_forms("өсті")})
    ['өс', 'өсті']
    """
    yield Form(stem=word, verb=True)
    for stem, form in without_negation(word, "", negative=True):
        yield Form(stem=stem, verb=True, ending=form, clash=clashes(stem, form))
    yield from tense_forms(word)
    for spelled in spelled_out(word):
        yield from (replace(form, stem=written(form.stem)) for form in tense_forms(spelled))


def spelled_out(word: str) -> Iterator[str]:
    """A word with a letter that hides "й" written in full: "оқиды" as "оқыйды"."""
    for letter, sounds in table()["verb"]["hidden"].items():
        place = word.rfind(letter)
        if place > 0:
            yield from (word[:place] + sound + word[place + 1 :] for sound in sounds)


def written(stem: str) -> str:
    """A stem as it is spelled: the inverse of `spelled_out`, where a hidden "й" is the stem's own."""
    for letter, sounds in table()["verb"]["written"].items():
        for sound in sounds:
            stem = stem.replace(sound, letter)
    return stem


def tense_forms(word: str) -> Iterator[Form]:
    """The ways to read a word as a verb with endings."""
    for row in table()["verb"]["finite"]:
        for person in table()["verb"]["persons"][row["persons"]]:
            if word.endswith(person):
                yield from tensed(word[: len(word) - len(person)], row, word, "")
    for noun in noun_forms(word):
        if not (noun.softened or noun.filled):
            for row in table()["verb"]["nominal"]:
                yield from tensed(noun.stem, row, word, noun.case)


def tensed(rest: str, row: dict[str, Any], word: str, case: str) -> Iterator[Form]:
    """The stems before one ending of tense, with negation and voice cut off as well."""
    for form in dict.fromkeys(row["forms"]):
        if len(rest) <= len(form) + 1 or not rest.endswith(form):
            continue
        stem = rest[: -len(form)]
        for negated, first in without_negation(stem, form, negative=row.get("negative", False)):
            if letter_class(stem[-1]) not in row["after"]:
                continue
            for plain, voice in without_voice(negated):
                for whole, soft, filled in restored(plain, voice or first):
                    yield Form(
                        stem=whole,
                        case=case,
                        verb=True,
                        voiced=bool(voice),
                        softened=soft,
                        filled=filled,
                        clash=clashes(plain, word[len(plain) :]),
                        ending=word[len(plain) :],
                    )
        yield from contracted(stem, form, word, case)


def contracted(stem: str, form: str, word: str, case: str) -> Iterator[Form]:
    """Stems whose last vowel has gone into the ending: "оқу" is "оқы" + "у", "тауып" is "тап" + "ып"."""
    if form[0] == "у":
        for vowel in ("ы", "і"):
            if harmony(stem) in ("", "back" if vowel == "ы" else "front"):
                yield Form(stem=stem + vowel, case=case, verb=True, contracted=True, ending=word[len(stem) :])
    if stem[-1] == "у" and letter_class(form[0]) == "vowel":
        yield Form(stem=stem[:-1] + "п", case=case, verb=True, contracted=True, ending=word[len(stem) :])


def without_negation(stem: str, ending: str, *, negative: bool) -> Iterator[tuple[str, str]]:
    """A stem, and what is left without a negation, with the first ending after it."""
    if not negative:
        yield stem, ending
    for form in table()["verb"]["negation"]:
        if len(stem) > len(form) + 1 and stem.endswith(form):
            yield stem[: -len(form)], form


def without_voice(stem: str) -> Iterator[tuple[str, str]]:
    """A stem, and what is left without one or two endings of voice."""
    yield stem, ""
    for form in table()["verb"]["voice"]:
        if len(stem) > len(form) + 1 and stem.endswith(form):
            rest = stem[: -len(form)]
            yield rest, form
            for inner in table()["verb"]["voice"]:
                if len(rest) > len(inner) + 1 and rest.endswith(inner):
                    yield rest[: -len(inner)], inner


def number_forms(word: str) -> Iterator[Form]:
    """Ways to read a number word: ordinals and collectives, and as a noun."""
    for noun in noun_forms(word):
        yield noun
        for form in table()["noun"]["number"]:
            if len(noun.stem) > len(form) + 1 and noun.stem.endswith(form):
                yield Form(
                    stem=noun.stem[: -len(form)], case=noun.case, person=noun.person, ending=noun.ending
                )
