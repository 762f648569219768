"""What a Russian word may be by the dictionary of pymorphy3, in the terms of the treebanks.

A tagger that has seen few trees calls "вырос" a noun and gives "ставки" an instrumental. Where the
dictionary has a word and none of its readings is what the tags say, the reading that agrees most with them
is taken; what the dictionary leaves open is the tagger's to say. Of the parts of speech in the trees one in
640 is none of the dictionary's, of the features of other words one in 170.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

# The parts of speech that the trees give words of a class of the dictionary, the most frequent one first.
PARTS = {
    "NOUN": ("NOUN", "PROPN"),
    "ADJF": ("ADJ", "DET", "PRON", "NUM", "NOUN", "PROPN"),
    "ADJS": ("ADJ", "ADV", "DET"),
    "COMP": ("ADV", "ADJ", "NUM"),
    "VERB": ("VERB", "AUX"),
    "INFN": ("VERB", "AUX"),
    "GRND": ("VERB", "AUX", "ADP"),
    "PRTF": ("VERB", "ADJ", "NOUN", "AUX"),
    "PRTS": ("VERB", "ADJ", "AUX"),
    "NUMR": ("NUM",),
    "NPRO": ("PRON", "DET"),
    "ADVB": ("ADV", "SCONJ"),
    "PRED": ("ADV", "VERB", "ADJ"),
    "PREP": ("ADP", "ADV"),
    "CONJ": ("CCONJ", "SCONJ", "ADV", "ADP", "PRON"),
    "PRCL": ("PART", "ADV", "AUX", "CCONJ"),
    "INTJ": ("INTJ", "PART"),
}
# … and those whose words are most of all of these classes.
CLASSES = {
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
VERBAL = frozenset({"VERB", "INFN", "GRND", "PRTF", "PRTS"})
VALUES: dict[str, tuple[str, dict[str, str]]] = {
    "Case": ("case", {
        "nomn": "Nom", "gent": "Gen", "gen1": "Gen", "gen2": "Gen", "datv": "Dat", "accs": "Acc",
        "acc2": "Acc", "ablt": "Ins", "loct": "Loc", "loc1": "Loc", "loc2": "Loc", "voct": "Voc",
    }),
    "Number": ("number", {"sing": "Sing", "plur": "Plur"}),
    "Gender": ("gender", {"masc": "Masc", "femn": "Fem", "neut": "Neut"}),
    "Animacy": ("animacy", {"anim": "Anim", "inan": "Inan"}),
    "Aspect": ("aspect", {"perf": "Perf", "impf": "Imp"}),
    "Tense": ("tense", {"past": "Past", "pres": "Pres", "futr": "Fut"}),
    "Mood": ("mood", {"indc": "Ind", "impr": "Imp"}),
    "Person": ("person", {"1per": "1", "2per": "2", "3per": "3"}),
    "VerbForm": ("POS", {"VERB": "Fin", "INFN": "Inf", "GRND": "Conv", "PRTF": "Part", "PRTS": "Part"}),
    "Voice": ("voice", {"actv": "Act", "pssv": "Pass"}),
    "Variant": ("POS", {"ADJS": "Short", "PRTS": "Short"}),
    "Degree": ("POS", {"ADJF": "Pos", "ADJS": "Pos", "ADVB": "Pos", "COMP": "Cmp"}),
}  # fmt: skip
# The dictionary knows no superlatives, and the voice of participles alone.
SETTLED = VALUES.keys() - {"Voice", "Variant", "Degree"}
WEIGHTS = {
    "Case": 2.0,
    "Number": 1.0,
    "Gender": 1.0,
    "Aspect": 0.5,
    "VerbForm": 1.0,
    "Mood": 0.5,
    "Tense": 0.5,
}
NAME_MARKS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})


@cache
def dictionary() -> Any:
    """The dictionary, opened when it is first asked for."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@cache
def features_of(tag: Any) -> dict[str, str]:
    """The features of a reading."""
    said = {name: values.get(str(getattr(tag, kind)), "") for name, (kind, values) in VALUES.items()}
    if str(tag.POS) in ("ADJF", "PRTF") and said["Case"] != "Acc":
        said["Animacy"] = ""
    if str(tag.POS) in VERBAL and not said["Voice"]:
        said["Voice"] = "Act"
    if said["Mood"] == "Imp":
        said["Person"] = "2"
    return {name: value for name, value in said.items() if value}


def agreement(reading: Any, pos: str, features: dict[str, str]) -> float:
    """How far a reading of the dictionary agrees with the tags, its own probability included."""
    tag, said = reading.tag, features_of(reading.tag)
    total = float(reading.score) + 4.0 * (str(tag.POS) in CLASSES.get(pos, ()))
    for name, weight in WEIGHTS.items():
        if name in features:
            total += weight * (said.get(name) == features[name].replace("Par", "Gen"))
    if pos == "PROPN":
        total += 1.0 * any(mark in tag for mark in NAME_MARKS)
    return total


def settled(
    readings: Sequence[Any], text: str, pos: str, features: dict[str, str]
) -> tuple[str, dict[str, str]]:
    """Part of speech and features of a word that the dictionary has: the tags, where a reading agrees."""
    fit = [reading for reading in readings if pos in PARTS.get(str(reading.tag.POS), ())]
    if pos == "PROPN" and (text[:1].isupper() or fit):  # whose names may well be no words of the dictionary
        return pos, features
    best = max(fit or readings, key=lambda reading: agreement(reading, pos, features))
    if not fit:
        parts = PARTS.get(str(best.tag.POS), (pos,))
        return parts[0], features_of(best.tag)
    wrong = [conflicts(reading, features) for reading in fit]
    return pos, features if not all(wrong) else {**features, **conflicts(best, features)}


def conflicts(reading: Any, features: dict[str, str]) -> dict[str, str]:
    """The features of a reading that the tags have otherwise."""
    said = features_of(reading.tag)
    return {
        name: said[name]
        for name in SETTLED & said.keys() & features.keys()
        if said[name] != features[name].replace("Par", "Gen")
    }


def settled_sign(text: str, pos: str) -> str:
    """The part of speech of what has neither letters nor digits: a sign or a mark.

    >>> settled_sign("₽", "NOUN"), settled_sign("»", "NOUN"), settled_sign("%", "SYM")
    ('SYM', 'PUNCT', 'SYM')
    """
    kinds = {unicodedata.category(letter)[0] for letter in text}
    if pos in ("PUNCT", "SYM"):
        return pos
    return "SYM" if "S" in kinds else "PUNCT"
