"""Engines behind the pipeline: what parse, tags and entities add, and that nothing else changes."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kztext import cli
from kztext.errors import ModelError
from kztext.model_store import MODELS
from kztext.nlp import stanza_engine
from kztext.nlp.engine import Engine, EngineName, Word, choose_engine
from kztext.nlp.spacy_engine import SpacyEngine
from kztext.pipeline import extract_document
from kztext.records import Document, IndicatorRecord
from kztext.resources import Resources
from kztext.spans import Lang, Sentence

needs_pipelines = [
    pytest.mark.models,
    pytest.mark.skipif(
        not (MODELS / "kk_core").exists() or not (MODELS / "ru_core").exists(), reason="not trained"
    ),
]
ENGINES = [
    pytest.param(EngineName.SPACY, marks=needs_pipelines),
    pytest.param(
        EngineName.STANZA,
        marks=[
            pytest.mark.stanza,
            pytest.mark.skipif(
                find_spec("stanza") is None, reason="stanza is not installed; run `make stanza`"
            ),
            pytest.mark.skipif(not (MODELS / "stanza" / "ru").exists(), reason="not trained"),
            pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
            pytest.mark.filterwarnings("ignore::UserWarning"),
        ],
    ),
]
TEXTS = {
    Lang.KK: "2024 жылы облыста баға 8,4%-ға өсті.\nЭкспорт 31,2 млн долларға жетті.",
    Lang.RU: "В 2024 году выпуск вырос на 8,4%.\nНовый завод откроет 120 рабочих мест.",
}


@dataclass(frozen=True)
class Written:
    """An engine whose parses are written in the test, a line a word: text, part of speech, head, relation.

    Heads count from 1, 0 is the root. Features or an entity may follow.
    """

    lines: str
    name: str = "written"

    def words(self, sentences: Iterable[Sentence]) -> Iterator[tuple[Word, ...]]:
        """The words of the one sentence."""
        for sentence in sentences:
            found, place = [], 0
            for line in self.lines.strip().splitlines():
                text, pos, head, relation, *rest = line.split()
                place = sentence.text.index(text, place)
                word = Word(
                    start=sentence.start + place,
                    end=sentence.start + place + len(text),
                    text=text,
                    pos=pos,
                    head=int(head) - 1 if int(head) else len(found),
                    relation=relation,
                    features=next((one for one in rest if "=" in one), ""),
                    entity=next((one for one in rest if "=" not in one), ""),
                )
                found.append(word)
                place += len(text)
            yield tuple(found)


def only(text: str, engine: Engine | None) -> IndicatorRecord:
    """The one record of a text."""
    (record,) = extract_document(Document(doc_id="t", text=text), Resources(engine=engine)).records
    return record


# --- what is added


def test_what_somebody_will_do_is_planned() -> None:
    text = "Завод создаст 120 рабочих мест."
    engine = Written("""
        Завод NOUN 2 nsubj
        создаст VERB 0 root Tense=Fut
        120 NUM 5 nummod
        рабочих ADJ 5 amod
        мест NOUN 2 obj
    """)
    assert only(text, engine).modality == "plan"
    assert "parse_future" in only(text, engine).rule


def test_what_will_be_is_expected() -> None:
    text = "Безработных станет 120 тысяч."
    engine = Written("""
        Безработных NOUN 2 nsubj
        станет VERB 0 root Tense=Fut
        120 NUM 4 nummod
        тысяч NOUN 2 nsubj
    """)
    assert only(text, engine).modality == "forecast"


def test_future_of_another_clause_says_nothing() -> None:
    text = "Завод откроет цех, там работают 120 человек."
    engine = Written("""
        Завод NOUN 2 nsubj
        откроет VERB 0 root Tense=Fut
        цех NOUN 2 obj
        там ADV 6 advmod
        работают VERB 2 conj
        120 NUM 7 nummod
        человек NOUN 2 obj
    """)
    assert only(text, engine).modality == "actual"


def test_subject_of_a_verb_of_change() -> None:
    text = "Освещённость улиц, наоборот, увеличилась на 12%."
    engine = Written("""
        Освещённость NOUN 4 nsubj
        улиц NOUN 1 nmod
        наоборот ADV 4 advmod
        увеличилась VERB 0 root
        на ADP 6 case
        12 NUM 7 nummod
        % SYM 4 obl
    """)
    assert only(text, engine).subject == "Освещённость улиц"


def test_who_did_it_is_no_subject() -> None:
    text = "Театр сократил число афиш в два раза."
    engine = Written("""
        Театр NOUN 2 nsubj
        сократил VERB 0 root
        число NOUN 2 obj
        афиш NOUN 3 nmod
        в ADP 7 case
        два NUM 7 nummod
        раза NOUN 2 obl
    """)
    assert only(text, engine).subject == only(text, None).subject


def test_who_says_it() -> None:
    text = "Разработчики прикинули, что спрос вырос на 12%."
    engine = Written("""
        Разработчики NOUN 2 nsubj
        прикинули VERB 0 root
        что SCONJ 5 mark
        спрос NOUN 5 nsubj
        вырос VERB 2 ccomp
        на ADP 7 case
        12 NUM 8 nummod
        % SYM 5 obl
    """)
    assert only(text, None).speaker == ""
    assert only(text, engine).speaker == "Разработчики"


def test_town_that_no_list_has() -> None:
    text = "Тасбұлақта биыл 120 адам жұмысқа тұрды."
    engine = Written("""
        Тасбұлақта PROPN 6 obl Case=Loc B-GPE
        биыл ADV 6 advmod
        120 NUM 4 nummod
        адам NOUN 6 nsubj
        жұмысқа NOUN 6 obl
        тұрды VERB 0 root
    """)
    assert "local" in only(text, engine).flags
    assert only(text, engine).geo == ""


def test_words_without_a_parse_change_nothing() -> None:
    for text in TEXTS.values():
        document = Document(doc_id="t", text=text)
        assert extract_document(document, Resources(engine=SpacyEngine())) == extract_document(
            document, Resources()
        )


# --- engines as they are


@pytest.mark.parametrize("name", ENGINES)
def test_engines_keep_numbers_and_offsets(name: EngineName) -> None:
    engine = choose_engine(name)
    for text in TEXTS.values():
        document = Document(doc_id="t", text=text)
        plain = extract_document(document, Resources()).records
        found = extract_document(document, Resources(engine=engine)).records
        assert [(r.start, r.quote, r.value, r.unit) for r in found] == [
            (r.start, r.quote, r.value, r.unit) for r in plain
        ]
        assert all(text[r.start : r.end] == r.quote for r in found)


@pytest.mark.parametrize("name", ENGINES)
def test_languages_that_no_document_has_stay_closed(name: EngineName) -> None:
    engine = choose_engine(name)
    extract_document(Document(doc_id="t", text=TEXTS[Lang.RU]), Resources(engine=engine))
    assert list(engine.opened) == [Lang.RU]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ENGINES)
def test_future_is_read(name: EngineName) -> None:
    document = Document(doc_id="t", text="Новый завод откроет 120 рабочих мест.")
    (record,) = extract_document(document, Resources(engine=choose_engine(name))).records
    assert record.modality == "plan"


def test_rules_import_no_engine() -> None:
    program = """
import sys
from kztext.pipeline import extract_document
from kztext.nlp.engine import EngineName, choose_engine
from kztext.records import Document
from kztext.resources import Resources
assert choose_engine(EngineName.RULES) is None
assert extract_document(Document(doc_id="t", text="Баға 5%-ға өсті."), Resources()).records
print([name for name in ("spacy", "torch", "stanza") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- the command line


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "text.txt"
    path.write_text(TEXTS[Lang.RU], encoding="utf-8")
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and error of the command line."""
    done = CliRunner().invoke(cli.app, arguments)
    return done.exit_code, str(done.exception or done.output)


@pytest.mark.models
@pytest.mark.skipif(not (MODELS / "ru_core").exists(), reason="not trained")
def test_run_says_its_engine(text: str, tmp_path: Path) -> None:
    assert run("extract", text, "--out", str(tmp_path / "out"), "--engine", "spacy")[0] == 0
    assert '"engine": "spacy"' in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")


def test_missing_stanza_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stanza_engine, "find_spec", lambda name: None)
    out = str(tmp_path / "out")
    monkeypatch.setattr(sys, "argv", ["kztext", "extract", text, "--out", out, "--engine", "stanza"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert "make stanza" in capsys.readouterr().err
    assert not (tmp_path / "out" / "facts.csv").exists()


def test_folder_for_stanza_needs_stanza(text: str, tmp_path: Path) -> None:
    code, _ = run("extract", text, "--stanza-dir", str(tmp_path))
    assert code == 2


def test_folder_for_stanza_has_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stanza_engine, "find_spec", lambda name: True)
    with pytest.raises(ModelError, match="no such folder"):
        choose_engine(EngineName.STANZA, tmp_path / "absent")
    with pytest.raises(ModelError, match="no files of Stanza for 'ru'"):
        extract_document(
            Document(doc_id="t", text=TEXTS[Lang.RU]),
            Resources(engine=choose_engine(EngineName.STANZA, tmp_path)),
        )
