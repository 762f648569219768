"""`--stanza-dir`: a folder as Stanza's own downloads leave it, with packages of other names than ours.

Official packages cannot be part of the tests; the folder here has their layout and kinds of file: a
`resources.json` with several packages a processor, weights that need vectors and character models, and
entries whose files nobody has downloaded. They are trained for a step or two, so what they say means nothing.
"""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kztext.cli import app
from kztext.errors import ModelError
from kztext.nlp.stanza_engine import StanzaEngine, stanza_engine
from kztext.spans import Lang, Sentence

pytestmark = [
    pytest.mark.stanza,
    pytest.mark.skipif(find_spec("stanza") is None, reason="stanza is not installed; run `make stanza`"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
TREES = {
    "ru": """\
1 Экспорт экспорт NOUN _ Case=Nom 2 nsubj _ _
2 вырос вырасти VERB _ Tense=Past 0 root _ _
3 на на ADP _ _ 4 case _ _
4 рынках рынок NOUN _ Case=Loc 2 obl _ SpaceAfter=No
5 . . PUNCT _ _ 2 punct _ _

1 Цены цена NOUN _ Case=Nom 2 nsubj _ _
2 упали упасть VERB _ Tense=Past 0 root _ SpaceAfter=No
3 . . PUNCT _ _ 2 punct _ _
""",
    "kk": """\
1 Баға баға NOUN _ Case=Nom 2 nsubj _ _
2 өсті өс VERB _ Tense=Past 0 root _ SpaceAfter=No
3 . . PUNCT _ _ 2 punct _ _

1 Нарықта нарық NOUN _ Case=Loc 3 obl _ _
2 экспорт экспорт NOUN _ Case=Nom 3 nsubj _ _
3 азайды азай VERB _ Tense=Past 0 root _ SpaceAfter=No
4 . . PUNCT _ _ 3 punct _ _
""",
}
TEXTS = {
    Lang.RU: "Экспорт зерна вырос в 2024 году на 12%.",
    Lang.KK: "ЖІӨ 31,2%-ға төмендеді. Баға өсті.",
}
VECTORS = "2 4\nцена 0.1 0.2 0.3 0.4\nбаға 0.4 0.3 0.2 0.1\n"
TINY = "--hidden_dim 8 --char_hidden_dim 8 --deep_biaff_hidden_dim 8 --transformed_dim 8 --char_emb_dim 8"
QUICK = "--max_steps 2 --eval_interval 2 --batch_size 50 --log_step 1000"
# By language: the default packages, and others that a folder has beside them.
PACKAGES = {
    "ru": (
        {
            "tokenize": "syntagrus",
            "pos": "syntagrus_charlm",
            "lemma": "syntagrus_nocharlm",
            "depparse": "syntagrus_charlm",
            "ner": "wikiner",
        },
        {"tokenize": "taiga", "pos": "taiga_nocharlm", "lemma": "taiga_nocharlm", "depparse": "gsd_charlm"},
    ),
    "kk": ({"tokenize": "ktb", "mwt": "ktb", "pos": "ktb_nocharlm", "lemma": "ktb", "depparse": "ktb"}, {}),
}
CHARACTERS = "newswiki"
PRETRAIN = "conll17"


def dependencies(package: str) -> list[dict[str, str]]:
    """What the entry of a package in resources.json says that it needs."""
    needed = [("pretrain", PRETRAIN)]
    if package.endswith("_charlm"):
        needed += [("forward_charlm", CHARACTERS), ("backward_charlm", CHARACTERS)]
    return [{"model": kind, "package": name} for kind, name in needed]


def entries(lang: str) -> dict[str, Any]:
    """What resources.json says of a language."""
    default, more = PACKAGES[lang]
    made: dict[str, Any] = {
        "lang_name": {"ru": "Russian", "kk": "Kazakh"}[lang],
        "packages": {
            "default": {**default, "optional": {"sentiment": "absent"}},
            "default_fast": more or default,
            "default_accurate": {**default, "pos": "syntagrus_bert"},
        },
        "default_processors": default,
        "default_md5": "0" * 32,
        "url": "https://example.org/never/asked",
        "pretrain": {PRETRAIN: {"md5": "0" * 32}},
        "forward_charlm": {CHARACTERS: {"md5": "0" * 32}},
        "backward_charlm": {CHARACTERS: {"md5": "0" * 32}},
    }
    for packages in (more, default):
        for processor, package in packages.items():
            plain = processor in ("tokenize", "mwt") or (
                package.endswith("_nocharlm") and processor == "lemma"
            )
            entry = {"md5": "0" * 32} if plain else {"md5": "0" * 32, "dependencies": dependencies(package)}
            made.setdefault(processor, {})[package] = entry
    return made


def train(folder: Path, lang: str) -> None:
    """Write the files of the default packages, those of the tokenizer and of entities apart."""
    from stanza.models import lemmatizer, parser, tagger
    from stanza.models.common.char_model import CharacterLanguageModel, build_charlm_vocab
    from stanza.models.common.pretrain import Pretrain

    place = folder / lang
    conllu = folder / f"{lang}.conllu"
    conllu.write_text(TREES[lang].replace(" ", "\t") + "\n", encoding="utf-8")
    (folder / "vectors.txt").write_text(VECTORS, encoding="utf-8")
    for kind in ("pretrain", "forward_charlm", "backward_charlm"):
        (place / kind).mkdir(parents=True)
    pretrain = place / "pretrain" / f"{PRETRAIN}.pt"
    Pretrain(str(pretrain), str(folder / "vectors.txt")).load()
    shape = {"char_emb_dim": 4, "char_hidden_dim": 4, "char_num_layers": 1, "char_dropout": 0.0}
    for direction in ("forward", "backward"):
        model = CharacterLanguageModel(
            {**shape, "char_rec_dropout": 0.0},
            {"char": build_charlm_vocab(str(conllu))},
            is_forward_lm=direction == "forward",
        )
        model.save(str(place / f"{direction}_charlm" / f"{CHARACTERS}.pt"))
    given = f"--cpu --mode train --shorthand {lang}_x --train_file {conllu} --eval_file {conllu}"
    default, _ = PACKAGES[lang]
    for processor, module in (("pos", tagger), ("lemma", lemmatizer), ("depparse", parser)):
        package = default[processor]
        command = (
            f"{given} --output_file {folder}/out --save_dir {place / processor} --save_name {package}.pt"
        )
        if module is lemmatizer:
            command += " --num_epoch 1 --hidden_dim 8 --emb_dim 8 --pos_dim 8"
        else:
            command += f" --lang {lang} --wordvec_pretrain_file {pretrain} {TINY} {QUICK}"
            command += " --no_checkpoint" * (module is parser)
        if package.endswith("_charlm"):
            command += "".join(
                f" --charlm_{way}_file {place / f'{way}_charlm' / CHARACTERS}.pt"
                for way in ("forward", "backward")
            )
            command += f" --charlm --charlm_shorthand {lang}_{CHARACTERS}"
        module.main(command.split())


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of both languages."""
    folder = tmp_path_factory.mktemp("stanza_resources")
    for lang in PACKAGES:
        train(folder, lang)
    resources = {lang: entries(lang) for lang in PACKAGES}
    (folder / "resources.json").write_text(json.dumps({**resources, "russian": {"alias": "ru"}}))
    return folder


def sentence(lang: Lang) -> Sentence:
    return Sentence(start=7, end=7 + len(TEXTS[lang]), text=TEXTS[lang], lang=lang)


@pytest.mark.parametrize("lang", Lang)
def test_default_packages_are_read(official: Path, lang: Lang) -> None:
    (words,) = stanza_engine(official).words([sentence(lang)])
    assert all(TEXTS[lang][word.start - 7 : word.end - 7] == word.text for word in words)
    assert {word.pos for word in words} <= {"NOUN", "VERB", "ADP", "PUNCT"}
    assert [word.relation for word in words].count("ROOT") == 1
    assert all(word.lemma and 0 <= word.head < len(words) for word in words)
    known = {"Экспорт": "экспорт", "вырос": "вырасти", "Баға": "баға", "өсті": "өс"}  # by its own lemmatizer
    assert all(word.lemma == known.get(word.text, word.lemma) for word in words)


def test_run_reads_with_official_packages(official: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXTS[Lang.RU] + "\n" + TEXTS[Lang.KK], encoding="utf-8")
    told = ["extract", str(tmp_path / "text.txt"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, [*told, "--engine", "stanza", "--stanza-dir", str(official)])
    assert result.exit_code == 0, result.output
    assert "12" in (tmp_path / "out" / "facts.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "absent",
    ["ru/pos/syntagrus_charlm.pt", "ru/pretrain/conll17.pt", "ru/forward_charlm/newswiki.pt", "ru/lemma"],
)
def test_missing_file_is_named(official: Path, tmp_path: Path, absent: str) -> None:
    folder = tmp_path / "stanza_resources"
    shutil.copytree(official, folder)
    shutil.rmtree(folder / absent) if (folder / absent).is_dir() else (folder / absent).unlink()
    with pytest.raises(ModelError, match="cannot open its files for 'ru'.*" + Path(absent).stem):
        list(StanzaEngine(folder=folder, official=True).words([sentence(Lang.RU)]))
    assert list(StanzaEngine(folder=folder, official=True).words([sentence(Lang.KK)]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no weights"])
def test_damaged_file_is_an_error_of_the_model(official: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "stanza_resources"
    shutil.copytree(official, folder)
    (folder / "ru/depparse/syntagrus_charlm.pt").write_bytes(content)
    with pytest.raises(ModelError, match="cannot open"):
        list(StanzaEngine(folder=folder, official=True).words([sentence(Lang.RU)]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"ru": {}}',
        '{"ru": {"packages": {"default": {}}}}',
        '{"ru": {"packages": {"default": {"depparse": "x"}}, "depparse": {"x": {}}}}',
    ],
)
def test_resources_that_say_nothing_of_the_language(official: Path, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "stanza_resources"
    shutil.copytree(official, folder)
    (folder / "resources.json").write_text(text)
    with pytest.raises(ModelError, match="stanza_resources"):
        list(StanzaEngine(folder=folder, official=True).words([sentence(Lang.RU)]))
