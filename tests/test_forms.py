"""Kazakh word forms: stems, cases and possessors by suffix rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.nlp.forms import harmony, noun_forms, number_forms, verb_forms
from kztext.nlp.lemmas import KazakhForms
from kztext.nlp.lexicon import WORD, Lexicon, certain, read_lexicon
from kztext.nlp.readings import WEIGHTS, best, evidence, proposed
from kztext.train.trees import listed_words

LEXICON = Lexicon(
    lemmas={
        "тап": {"VERB": 3},
        "мектеп": {"NOUN": 2},
        "ерін": {"NOUN": 1},
        "оқы": {"VERB": 2},
        "модель": {"NOUN": 1},
    }
)

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
    "soft_sign_put_back": ("моделі", "модель", "Nom", "3"),
}
VERBS = {
    "past": ("төмендеді", "төменде"),
    "participle": ("өскен", "өс"),
    "negated": ("болмайды", "бол"),
    "converb": ("тауып", "тап"),
    "hidden_vowel": ("оқиды", "оқы"),
    "with_case": ("көбеюіне", "көбей"),
    "told_not_to": ("берме", "бер"),
    "asked_politely": ("жасаңыздар", "жаса"),
    "hidden_glide_of_the_stem": ("киген", "ки"),
    "hidden_glide_before_a_vowel": ("жияды", "жи"),
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
    assert certain([("ала", "ала"), ("ала", "ал"), ("еді", "е"), ("еді", "е")]) == {"еді": "е"}


@given(
    st.text(alphabet="абгғеіклмнңоөпрстуұүықз", min_size=1, max_size=15),
    st.sampled_from(["NOUN", "VERB", "NUM"]),
)
def test_all_evidence_has_its_weight(word: str, pos: str) -> None:
    for form in proposed(word, pos):
        assert {name for name, _ in evidence(form, pos, {"Case": "Dat"}, LEXICON)} <= WEIGHTS.keys()


# --- the component


@pytest.fixture(scope="module")
def component() -> KazakhForms:
    lines = [
        "form\tолардың\tPRON\tолар",
        "form\tтұр\tAUX\tтұр",
        "form\tала\tADJ\tала",
        "form\tала\tVERB\tал",
        "lemma\tсапалы\tADJ\t1",
        "lemma\tөс\tVERB\t1",
        "lemma\tкөше\tNOUN\t1",
        "lemma\tарман\tNOUN\t1",
        "lemma\tарман\tPROPN\t1",
        "lemma\tсерік\tPROPN\t1",
        "seen\tкөше\t\t3",
        "verbs\tөс\t\t9",
    ]
    made = KazakhForms()
    made.lexicon = read_lexicon(lines)
    return made


@pytest.mark.parametrize(
    ("text", "tag", "settled", "lemma"),
    [
        pytest.param("олардың", "NOUN", "PRON", "олар", id="form_known_as_a_pronoun_alone"),
        pytest.param("ала", "NOUN", "NOUN", "ала", id="form_known_as_two"),
        pytest.param("тұр", "VERB", "VERB", "тұр", id="verb_and_auxiliary_are_for_the_tagger"),
        pytest.param("сапалы", "NOUN", "ADJ", "сапалы", id="stem_known_as_an_adjective"),
        pytest.param("өсіп", "CCONJ", "VERB", "өс", id="ending_of_a_verb"),
        pytest.param("көшеде", "VERB", "NOUN", "көше", id="known_noun"),
        pytest.param("Арман", "PROPN", "PROPN", "Арман", id="name_and_noun"),
        pytest.param("серік", "NOUN", "NOUN", "серік", id="no_name_in_small_letters"),
    ],
)
def test_lexicon_settles_tags(component: KazakhForms, text: str, tag: str, settled: str, lemma: str) -> None:
    found, pos, _ = component.settle(text, tag, {})
    assert (found, pos) == (lemma, settled)


def test_features_follow_the_part_of_speech(component: KazakhForms) -> None:
    assert component.settle("көшелерде", "VERB", {"Tense": "Past"})[2] == {"Number": "Plur", "Case": "Loc"}
    assert component.settle("сапалы", "NOUN", {"Case": "Nom"})[2] == {}


# --- the list of words


def test_listed_words_are_words() -> None:
    listed = listed_words()
    for words in listed["lemmas"].values():
        assert words.split() == sorted(set(words.split()))
        assert all(WORD.fullmatch(word) and word == word.lower() for word in words.split())
    for rows in listed["forms"].values():
        for lemma, words in rows.items():
            assert len(set(words.split())) == len(words.split())
            assert all(WORD.fullmatch(word) for word in (lemma, *words.split()))
