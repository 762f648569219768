"""Kazakh word forms: stems, cases and possessors by suffix rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.nlp.forms import harmony, noun_forms, number_forms, verb_forms
from kztext.nlp.lemmas import Lexicon, best, certain, read_lexicon

LEXICON = Lexicon(lemmas={"тап": {"VERB": 3}, "мектеп": {"NOUN": 2}, "ерін": {"NOUN": 1}, "оқы": {"VERB": 2}})

NOUNS = {
    "plain": ("баға", "баға", "Nom", ""),
    "genitive": ("бағаның", "баға", "Gen", ""),
    "after_voiceless": ("экспортқа", "экспорт", "Dat", ""),
    "after_nasal": ("тұрғыннан", "тұрғын", "Abl", ""),
    "possessed": ("бағасы", "баға", "Nom", "3"),
    "possessed_dative": ("деңгейіне", "деңгей", "Dat", "3"),
    "possessed_accusative": ("көлемін", "көлем", "Acc", "3"),
    "softened": ("жұмыссыздығы", "жұмыссыздық", "Nom", "3"),
    "softened_in_a_known_word": ("мектебінде", "мектеп", "Loc", "3"),
    "vowel_put_back": ("ернінен", "ерін", "Abl", "3"),
    "plural": ("көрсеткіштерден", "көрсеткіш", "Abl", ""),
    "place_as_an_attribute": ("нарықтағы", "нарық", "Loc", ""),
    "acronym": ("жіө-нің", "жіө", "Gen", ""),
    "instrumental": ("пайызбен", "пайыз", "Ins", ""),
}
VERBS = {
    "past": ("төмендеді", "төменде"),
    "participle": ("өскен", "өс"),
    "negated": ("болмайды", "бол"),
    "converb": ("тауып", "тап"),
    "hidden_vowel": ("оқиды", "оқы"),
    "with_case": ("көбеюіне", "көбей"),
}


@pytest.mark.parametrize(("word", "stem", "case", "person"), NOUNS.values(), ids=NOUNS)
def test_nouns(word: str, stem: str, case: str, person: str) -> None:
    features = {"Case": case, **({"Person[psor]": person} if person else {})}
    form = best(word, "NOUN", features, LEXICON)
    assert (form.stem, form.case) == (stem, case)


@pytest.mark.parametrize(("word", "stem"), VERBS.values(), ids=VERBS)
def test_verbs(word: str, stem: str) -> None:
    assert stem in {form.stem for form in verb_forms(word)}


def test_ordinals_lead_to_their_number() -> None:
    assert "бес" in {form.stem for form in number_forms("бесінші")}


def test_endings_of_the_other_vowels_are_marked() -> None:
    clashing = {form.stem: form.clash for form in noun_forms("банкке")}
    assert clashing["банк"]
    assert not clashing["банкке"]


@given(st.text(alphabet="абгғеәиіклмнңоөпрстуұүықз-", min_size=1, max_size=30))
def test_stems_are_never_empty(word: str) -> None:
    for form in (*noun_forms(word), *verb_forms(word), *number_forms(word)):
        assert form.stem
        assert harmony(form.stem) in ("", "back", "front")


def test_lexicon_survives_writing() -> None:
    lexicon = Lexicon(
        forms={("бағасы", "NOUN"): "баға"}, lemmas={"баға": {"NOUN": 2}}, seen={"баға": 4}, nouns={"баға": 3}
    )
    again = read_lexicon(lexicon.lines())
    assert list(again.lines()) == list(lexicon.lines())
    assert again.words == {"бағасы": "баға"}


def test_words_with_two_lemmas_are_not_certain() -> None:
    assert certain({("ала", "NOUN"): "ала", ("ала", "VERB"): "ал", ("еді", "AUX"): "е"}) == {"еді": "е"}
