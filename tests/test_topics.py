"""Topics: clear sentences, hard neighbours, what a model folder must hold, documents and explanations."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kztext.errors import ModelError
from kztext.lang.pack import load_pack
from kztext.spans import Topic
from kztext.topics import LEVELS, classify, document_topic, explain, find_topic_words, load_model, topic_words
from kztext.train.topic_rows import read_real

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT.parent / "shared" / "benchmarks"
META = json.loads((ROOT / "models/topics/meta.json").read_text(encoding="utf8"))


@pytest.mark.parametrize(
    ("lang", "text", "label"),
    [
        ("ru", "По итогам года ВВП страны увеличился на 4,1 процента.", "growth"),
        ("kk", "Қарашада жылдық инфляция 9,9 пайызға жетті.", "prices"),
        ("ru", "Нацбанк снова повысил базовую ставку.", "money"),
        ("kk", "Республикалық бюджеттің тапшылығы ұлғайды.", "government"),
        ("ru", "Поставки зерна на экспорт выросли на треть.", "trade"),
        ("kk", "Негізгі капиталға инвестиция 12 пайызға артты.", "investment"),
        ("ru", "Индекс промышленного производства составил 101 процент.", "industry"),
        ("kk", "Тәулігіне 240 мың тонна мұнай өндіріледі.", "energy"),
        ("ru", "Урожайность пшеницы достигла 13 центнеров с гектара.", "agriculture"),
        ("kk", "Жаңа әуежай 3 миллион жолаушыға арналған.", "transport"),
        ("kk", "Жұмыссыздық деңгейі 4,7 пайызды құрады.", "labour"),
        ("ru", "Минимальная пенсия повысится до 69 тысяч тенге.", "income"),
        ("kk", "Бала туу көрсеткіші соңғы жылдары төмендеді.", "population"),
        ("ru", "В школах района учится 12 тысяч детей.", "education"),
        ("kk", "Емханаларда вакцина жеткілікті, дейді дәрігерлер.", "health"),
        ("ru", "Выбросы вредных веществ в атмосферу снизились.", "environment"),
        ("kk", "Саммитте екіжақты келісімдерге қол қойылды.", "integration"),
        ("ru", "Мажилис одобрил законопроект во втором чтении.", "policy"),
        ("kk", "Әнші жаңа альбомын концертте таныстырды.", "other"),
    ],
)
def test_clear_sentence_has_its_topic(lang: str, text: str, label: str) -> None:
    assert classify([text], lang)[0].label == label


@pytest.mark.parametrize(
    ("lang", "text", "label"),
    [
        ("ru", "Тарифы на электроэнергию для населения повышаются с июля.", "prices"),
        ("kk", "Жанармайдың шекті бағасы белгіленді.", "prices"),
        ("kk", "Биыл экспортқа 9 млн тонна астық жөнелтілді.", "trade"),
        ("ru", "Средняя зарплата в сельском хозяйстве выросла.", "labour"),
        ("ru", "За жилищной помощью обратились 300 человек.", "income"),
        ("kk", "Тұрғын үй көмегіне 300 адам жүгінді.", "income"),
        ("ru", "Новых домов в области сдано на треть больше.", "industry"),
    ],
)
def test_what_is_said_outweighs_what_it_is_said_of(lang: str, text: str, label: str) -> None:
    assert classify([text], lang)[0].label == label


def test_sentence_without_topic_words_is_other() -> None:
    assert [topic.label for topic in classify(["Ну и что?", "17", ""], "ru")] == ["other"] * 3


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("kk", "Қарашада жылдық инфляция 9,9 пайызға жетті.", "инфляция"),
        ("kk", "Мектеп салуға республикалық бюджеттен қаражат бөлінді.", "республикалық бюджеттен"),
        ("ru", "Экспорт пшеницы вырос на треть.", "экспорт"),
    ],
)
def test_explanation_names_the_word_that_decided(lang: str, text: str, word: str) -> None:
    (heaviest, weight), *_ = explain(text, lang)
    assert heaviest == word
    assert weight > 0


def test_word_of_another_topic_weighs_against() -> None:
    weights = dict(explain("Средняя зарплата в сельском хозяйстве выросла.", "ru"))
    assert weights["сельском хозяйстве"] < 0 < weights["зарплата"]


def test_word_that_is_no_topic_word_weighs_too() -> None:
    assert dict(explain("Цены снова выросли.", "ru"))["снова"] < 0


def found_words(text: str, lang: str) -> list[tuple[str, str]]:
    labels = tuple(META["labels"])
    hits = find_topic_words(text, topic_words(lang, labels))
    return [(text[hit.start : hit.end], labels[hit.value.label]) for hit in hits]


def test_longer_phrase_hides_the_words_in_it() -> None:
    assert found_words("қоршаған орта", "kk") == [("қоршаған орта", "environment")]


def test_word_is_found_with_its_endings_only() -> None:
    assert found_words("көл", "kk") == [("көл", "environment")]
    assert all(label != "environment" for _, label in found_words("көлік", "kk"))


def test_document_takes_the_topic_of_its_sentences() -> None:
    said = [
        Topic("prices", "", 0.9),
        Topic("other", "", 0.9),
        Topic("prices", "", 0.5),
        Topic("money", "", 0.6),
    ]
    assert document_topic(said) == Topic("prices", "money", 0.7)
    assert document_topic([]) == Topic()


def test_folder_without_a_model_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        load_model("kk", tmp_path)


def test_damaged_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "ru.json").write_text('{"labels": []}', encoding="utf8")
    with pytest.raises(ModelError, match="not a topic model"):
        load_model("ru", tmp_path)


def test_model_was_trained_on_the_data_that_lie_here() -> None:
    now = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in META["sha256"]}
    assert now == META["sha256"], "run `make models`"


@pytest.mark.parametrize(("lang", "floor"), [("kk", 0.62), ("ru", 0.67)])
def test_figures_do_not_fall(lang: str, floor: float) -> None:
    assert META[lang]["own"]["the classifier"]["accuracy"] >= 0.80
    for part in ("real", "test"):
        assert META[lang][part]["the classifier"]["accuracy"] >= floor


@pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="the texts of the real sentences are not here")
@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_figures_on_sentences_not_learned_from_are_those_of_this_model(lang: str) -> None:
    rows = read_real(ROOT / "corpus/gold/topics_real.csv", BENCHMARKS)
    rows = [row for row in rows if (row.lang, row.split) == (lang, "test")]
    said = [topic.label for topic in classify([row.text for row in rows], lang)]
    right = sum(row.label == label for row, label in zip(rows, said, strict=True))
    assert right / len(rows) == pytest.approx(META[lang]["test"]["the classifier"]["accuracy"], abs=1e-3)


def test_both_packs_have_words_for_every_topic() -> None:
    for lang in ("kk", "ru"):
        table = load_pack(lang).table("topic_words")
        assert tuple(table) == LEVELS
        assert all(set(table[level]) == set(META["labels"]) for level in LEVELS)


@settings(deadline=None)
@given(st.text("аәбғжіқөұүэшы 0123456789.,%-«»iABz\n", max_size=200))
def test_probabilities_sum_to_one_for_any_text(text: str) -> None:
    for lang in ("kk", "ru"):
        assert sum(load_model(lang).probabilities(text)) == pytest.approx(1)


def test_predictions_come_in_the_order_of_the_rows() -> None:
    from kztext.train.topic_sets import predict_topics

    rows = [
        {"id": "b", "lang": "ru", "text": "Инфляция замедлилась."},
        {"id": "a", "lang": "kk", "text": "Бюджет тапшылығы өсті."},
    ]
    said = list(predict_topics(rows, labels="kztext"))
    assert said == [{"id": "b", "label": "prices"}, {"id": "a", "label": "government"}]


def test_labels_of_a_set_without_its_examples_are_an_error(tmp_path: Path) -> None:
    from kztext.train.topic_sets import predict_topics

    with pytest.raises(ModelError, match="not there"):
        list(predict_topics([{"id": "sib-kk-1", "lang": "kk", "text": "Бір"}], training=tmp_path))


def test_examples_of_our_own_have_the_labels_of_their_sets() -> None:
    from kztext.train.topic_sets import own_examples

    for lang in ("kk", "ru"):
        texts, labels = own_examples("sib200", lang)
        assert len(texts) == len(set(texts))
        assert len(set(labels)) == 7
    assert len(set(own_examples("tgnews", "ru")[1])) == 8


def test_text_nearest_to_its_examples_gets_their_label() -> None:
    from kztext.train.topic_sets import Learner, own_examples

    texts, labels = own_examples("sib200", "ru")
    learner = Learner("sib200", "ru").fit(texts, labels)
    said = learner.predict(["Вратарь пропустил гол, и сборная проиграла матч.", "Остров лежит в океане."])
    assert said == ["sports", "geography"]
