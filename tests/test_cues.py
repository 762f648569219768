"""Cues: every example of the packs holds, and nothing is found where the rule says so."""

import pytest

from kztext.cues import find_cues
from kztext.lang.examples import parse_example
from kztext.lang.pack import load_pack
from kztext.spans import Lang, Sentence

CASES = [
    (lang, cue["kind"], cue["value"], line)
    for lang in Lang
    for cue in load_pack(lang).table("cues")["cue"]
    for line in cue.get("examples", ())
]
NEGATIVES = [
    (lang, cue["kind"], cue["value"], line)
    for lang in Lang
    for cue in load_pack(lang).table("cues")["cue"]
    for line in cue.get("not", ())
]


def cues_of(lang: Lang, text: str):
    return find_cues(Sentence(start=0, end=len(text), text=text, lang=lang), load_pack(lang))


@pytest.mark.parametrize(("lang", "kind", "value", "line"), CASES)
def test_example_of_a_cue_is_found(lang, kind, value, line):
    example = parse_example(line)
    found = {(c.start, c.end): (c.kind, c.value) for c in cues_of(lang, example.text)}
    assert found[example.spans[0]] == (kind, value)


@pytest.mark.parametrize(("lang", "kind", "value", "line"), NEGATIVES)
def test_cue_is_silent_where_its_rule_says_so(lang, kind, value, line):
    assert (kind, value) not in {(c.kind, c.value) for c in cues_of(lang, line)}


def test_packs_have_the_same_kinds_of_cue():
    kinds = {lang: {c["kind"] for c in load_pack(lang).table("cues")["cue"]} for lang in Lang}
    assert kinds[Lang.KK] == kinds[Lang.RU]
