"""The trained pipelines that ship: they fit their meta.json and their data, open offline, and read text."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kztext.errors import ModelError
from kztext.model_store import MODELS, differences, model_folder, read_meta, weigh
from kztext.nlp.russian import RussianLemmas
from kztext.nlp.spacy_engine import trained_engine
from kztext.spans import Lang, Sentence

SHARED = MODELS.parents[1] / "shared"
MOST_BYTES = 60_000_000
PIPELINES = [
    pytest.param(
        name,
        marks=[pytest.mark.models, pytest.mark.skipif(not (MODELS / name).exists(), reason="not trained")],
    )
    for name in ("kk_core", "ru_core")
]
needs_kazakh = [
    pytest.mark.models,
    pytest.mark.skipif(not (MODELS / "kk_core").exists(), reason="kk_core is not trained; run `make models`"),
]
needs_russian = [
    pytest.mark.models,
    pytest.mark.skipif(not (MODELS / "ru_core").exists(), reason="ru_core is not trained; run `make models`"),
]

# What the pipelines have reached on their test parts, in percent.
FLOORS = {
    ("kk_core", "UD Kazakh-KTB, test part", "raw_text_f1", "upos"): 90,
    ("kk_core", "UD Kazakh-KTB, test part", "raw_text_f1", "lemma"): 95,
    ("kk_core", "UD Kazakh-KTB, test part", "raw_text_f1", "las"): 60,
    ("kk_core", "UD Kazakh-KTB, test part", "given_tokens", "lemma"): 95,
    ("kk_core", "KazNERD, held-out sentences", "GPE+ORGANISATION+PERSON", "f1"): 82,
    ("ru_core", "UD Russian-GSD, test part", "raw_text_f1", "upos"): 94,
    ("ru_core", "UD Russian-GSD, test part", "raw_text_f1", "lemma"): 96,
    ("ru_core", "UD Russian-GSD, test part", "raw_text_f1", "las"): 73,
    ("ru_core", "UD Russian-Taiga, test part", "raw_text_f1", "upos"): 91,
}


# --- the store


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights").write_bytes(b"12")
    (folder / "meta.json").write_text(json.dumps({"versions": {"spacy": spacy.__version__}, "data": {}}))
    weigh(folder)
    return folder


def test_model_as_written_has_no_differences(made: Path) -> None:
    assert differences(made) == []
    assert model_folder("model", made.parent) == made


def test_changed_weights_show(made: Path) -> None:
    (made / "weights").write_bytes(b"13")
    (made / "more").write_bytes(b"")
    assert differences(made) == ["more: not in meta.json", "weights: changed"]


def test_other_data_shows(made: Path, tmp_path: Path) -> None:
    meta = read_meta(made)
    (made / "meta.json").write_text(json.dumps({**meta, "data": {"trees": "0"}}))
    assert differences(made, tmp_path) == []
    (tmp_path / "trees").write_text("new")
    assert differences(made, tmp_path) == ["trees: the model was trained on other data; run `make models`"]


def test_absent_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        model_folder("absent", tmp_path)


def test_model_of_another_version_is_refused(made: Path) -> None:
    (made / "meta.json").write_text(json.dumps({"versions": {"spacy": "2.0.0"}}))
    with pytest.raises(ModelError, match=r"made with spacy 2\.0\.0"):
        model_folder("model", made.parent)


def test_tags_choose_the_reading_of_a_russian_word() -> None:
    lemmas = RussianLemmas()
    assert lemmas.look_up("стали", "VERB", {"Number": "Plur"}) == "стать"
    assert lemmas.look_up("стали", "NOUN", {"Case": "Gen", "Number": "Sing"}) == "сталь"
    assert lemmas.look_up("снижен", "VERB", {"VerbForm": "Part"}) == "снизить"


def test_dictionary_knows_the_tense_of_a_verb() -> None:
    lemmas = RussianLemmas()
    tags = {"Tense": "Pres", "Aspect": "Imp"}
    assert lemmas.settle("откроют", "VERB", tags)[2] == {"Tense": "Fut", "Aspect": "Perf"}
    assert lemmas.settle("использует", "VERB", tags)[2] == tags  # of both aspects: the tagger's word stands
    assert lemmas.settle("открытие", "NOUN", {"Case": "Nom"})[2] == {"Case": "Nom"}


@pytest.mark.parametrize(
    ("text", "tags", "features", "settled"),
    [
        ("вырос", "NOUN", "Case=Nom|Gender=Masc", "VERB Aspect=Perf Gender=Masc Mood=Ind Tense=Past"),
        ("подорожав", "NOUN", "", "VERB Aspect=Perf VerbForm=Conv"),
        ("безработицей", "VERB", "Tense=Past", "NOUN Case=Ins Gender=Fem Number=Sing"),
        ("ставки", "NOUN", "Case=Ins|Number=Plur", "NOUN Case=Nom Number=Plur"),
        ("быстрее", "NOUN", "", "ADV Degree=Cmp"),
        ("₽", "NOUN", "", "SYM"),
        ("»", "PROPN", "", "PUNCT"),
    ],
)
def test_dictionary_sets_tags_right(text: str, tags: str, features: str, settled: str) -> None:
    given = dict(one.split("=") for one in features.split("|") if one)
    _, pos, found = RussianLemmas().settle(text, tags, given)
    assert set(settled.split()) <= {pos, *(f"{name}={value}" for name, value in found.items())}


@pytest.mark.parametrize(
    ("text", "pos", "features"),
    [
        ("бедных", "NOUN", "Case=Gen|Number=Plur"),  # an adjective in the dictionary, a noun in the trees
        ("подозреваемый", "NOUN", "Case=Nom"),
        ("второй", "ADJ", "Case=Nom"),
        ("который", "PRON", "Case=Nom|Gender=Masc"),
        ("весь", "DET", "Case=Nom|Gender=Masc"),
        ("был", "AUX", "Tense=Past"),
        ("рост", "NOUN", "Case=Acc|Number=Sing"),  # as good as the nominative
        ("Вырос", "PROPN", "Case=Nom"),  # names need not be words
        ("тенгеобразный", "NOUN", "Case=Nom"),  # what the dictionary does not have
        ("2024", "ADJ", ""),
        ("что", "SCONJ", ""),
    ],
)
def test_dictionary_leaves_to_the_tagger_what_it_leaves_open(text: str, pos: str, features: str) -> None:
    given = dict(one.split("=") for one in features.split("|") if one)
    assert RussianLemmas().settle(text, pos, given)[1:] == (pos, given)


# --- the models


@pytest.mark.models
def test_models_are_small() -> None:
    assert sum(path.stat().st_size for path in MODELS.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.parametrize("name", PIPELINES)
def test_weights_and_data_belong_together(name: str) -> None:
    assert differences(MODELS / name, SHARED) == []


@pytest.mark.parametrize("name", PIPELINES)
def test_pipelines_name_licence_data_and_figures(name: str) -> None:
    meta = read_meta(MODELS / name)
    assert meta["license"] == "CC BY-SA 4.0"
    assert meta["data"]
    assert meta["figures"]
    assert "CC BY-SA 4.0" in (MODELS / name / "LICENSE").read_text(encoding="utf-8")
    assert "## Figures" in (MODELS / name / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PIPELINES)
def test_figures_reach_what_was_reached(name: str) -> None:
    figures = read_meta(MODELS / name)["figures"]
    for (model, part, kind, figure), floor in FLOORS.items():
        if model == name:
            assert figures[part][kind][figure] >= floor


@pytest.mark.parametrize("name", PIPELINES)
def test_odd_text_is_no_error(name: str) -> None:
    nlp = spacy.load(MODELS / name)
    for text in (
        "",
        " ",
        "\n\n",
        "%%%",
        "5-ға",
        "-ға",
        "IT-ға",
        "қ" * 3000,
        "лар" * 1000,
        "&quot;",
        "\u0301",
    ):
        doc = nlp(text)
        assert doc.text == text
        assert [token.pos_ == "SPACE" for token in doc] == [token.is_space for token in doc]


@pytest.fixture(scope="module")
def kazakh() -> Language:
    return spacy.load(model_folder("kk_core"))


@pytest.fixture(scope="module")
def russian() -> Language:
    return spacy.load(model_folder("ru_core"))


class TestKazakh:
    pytestmark = needs_kazakh

    @pytest.mark.parametrize(
        ("text", "lemma"),
        [
            ("Инфляцияның деңгейі төмендеді.", "инфляция деңгей төменде ."),
            ("Еңбек нарығындағы ахуал жақсарды.", "еңбек нарық ахуал жақсар ."),
            ("Мұнай бағасы көтерілді.", "мұнай баға көтер ."),
            ("Кәсіпкерлер одан салық жеңілдіктерін сұрап отыр.", "кәсіпкер ол салық жеңілдік сұра отыр ."),
            ("Шығын ұлғайғандықтан, кіріс те артпайды.", "шығын ұлғай , кіріс да арт ."),
        ],
    )
    def test_lemmas(self, kazakh: Language, text: str, lemma: str) -> None:
        assert " ".join(token.lemma_ for token in kazakh(text)) == lemma

    def test_case_follows_the_ending(self, kazakh: Language) -> None:
        doc = kazakh("Үкімет тұрғындарға нарықтағы бағаны түсіндірді.")
        assert [token.morph.to_dict().get("Case") for token in doc[1:4]] == ["Dat", "Loc", "Acc"]

    def test_numbers_are_numbers(self, kazakh: Language) -> None:
        doc = kazakh("Экспорт 9,1 млрд долларға жетті.")
        assert (doc[1].pos_, doc[1].lemma_) == ("NUM", "9,1")

    def test_entities(self, kazakh: Language) -> None:
        doc = kazakh("Алматыда Ұлттық банк төрағасы сөйледі.")
        assert ("Алматыда", "GPE") in [(ent.text, ent.label_) for ent in doc.ents]

    def test_sentences(self, kazakh: Language) -> None:
        doc = kazakh("Баға өсті. Экспорт азайды. Импорт өзгерген жоқ.")
        assert len(list(doc.sents)) == 3

    def test_engine_keeps_offsets(self) -> None:
        text = "Бірінші сөйлем. ЖІӨ 31,2%-ға төмендеді."
        engine = trained_engine()
        sentence = Sentence(start=16, end=len(text), text=text[16:], lang=Lang.KK, rule="")
        (words,) = engine.words([sentence])
        assert all(text[word.start : word.end] == word.text for word in words)
        assert words[-2].lemma == "төменде"
        assert words[-2].pos == "VERB"
        assert all(0 <= word.head < len(words) for word in words)


class TestRussian:
    pytestmark = needs_russian

    @pytest.mark.parametrize(
        ("text", "lemma"),
        [
            ("Инфляция составила 9,1%.", "инфляция составить 9,1 % ."),
            ("Доходы населения снизились из-за роста цен.", "доход население снизиться из-за рост цена ."),
            ("В Казахстане выросли инвестиции.", "в Казахстан вырасти инвестиция ."),
        ],
    )
    def test_lemmas(self, russian: Language, text: str, lemma: str) -> None:
        assert " ".join(token.lemma_ for token in russian(text)) == lemma

    def test_tokenizer_is_the_one_of_the_project(self, russian: Language) -> None:
        assert [token.text for token in russian("из-за 12,5млрд?!")] == ["из-за", "12,5", "млрд", "?!"]
