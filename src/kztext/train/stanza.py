"""Train Stanza's taggers and parsers: `python -m kztext.train.stanza` (in the root of the checkout).

Needs the extra `kztext[stanza]`. Reads the treebanks in the folder `shared` beside the checkout, writes
`models/stanza/kk` and `models/stanza/ru` with their figures on the test parts. Nothing is downloaded: no
pretrained vectors, small dimensions, weights kept in half precision. Half an hour to an hour a language on
one core; `--only ru` trains one; `--work FOLDER` keeps what is made on the way, and takes up what is there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kztext.model_store import META, digest, weigh
from kztext.nlp.engine import Word
from kztext.nlp.languages import blank
from kztext.nlp.stanza_engine import StanzaEngine
from kztext.spans import Lang, Sentence
from kztext.train.cards import write_card
from kztext.train.figures import raw_figures
from kztext.train.nlp import GSD, KAZAKH, PUD, TAIGA, Places, parser, places
from kztext.train.trees import trees

PACKAGES = ("stanza", "torch", "spacy")
SEED = "1234"
SMALL = "--hidden_dim 128 --char_hidden_dim 128 --deep_biaff_hidden_dim 128 --transformed_dim 64"
# Stanza's defaults take hours, and their dropout underfits so small a treebank.
TAGGER = (
    "--eval_interval 250 --max_steps_before_stop 1500 --batch_size 30 --word_dropout 0.2 --dropout 0.33"
    f" {SMALL} --composite_deep_biaff_hidden_dim 32"
)
PARSER = (
    "--eval_interval 150 --max_steps_before_stop 600 --batch_size 500 --second_batch_size 500"
    f" --no_checkpoint {SMALL}"
)
# Stanza begins with adadelta, which took four times as long to the same attachment on the Russian trees;
# a quarter of the rate at the end gives the last two points.
ADAM = (
    "--optim adam --lr 0.002 --beta2 0.95 --dropout 0.33 --word_dropout 0.2"
    " --second_optim_start_step 900 --second_lr 0.0005 --second_warmup_steps 0"
)
SETTINGS = {"pos": ("tagger", TAGGER), "depparse": ("parser", PARSER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a language is trained on: parts of treebanks by their file, and what differs in the settings."""

    lang: Lang
    title: str
    name: str  # of the package, as Stanza calls it
    seen: tuple[tuple[str, str], ...]
    dev: tuple[str, str]
    most_dev: int | None = None  # sentences that choose the step
    tests: dict[str, tuple[str, str]]
    own: dict[str, str]  # settings by processor


RECIPES = {
    "kk": Recipe(
        lang=Lang.KK,
        title="Kazakh",
        name="ktb",
        seen=((KAZAKH, "train"),),
        dev=(KAZAKH, "dev"),
        tests={"UD Kazakh-KTB, test part": (KAZAKH, "test")},
        own={
            "pos": "--max_steps 3500",
            "depparse": "--max_steps 2100",
        },
    ),
    "ru": Recipe(
        lang=Lang.RU,
        title="Russian",
        name="ud",
        seen=((TAIGA, "train"), (PUD, ""), (GSD, "dev")),
        dev=(TAIGA, "dev"),
        most_dev=300,
        tests={
            "UD Russian-GSD, test part": (GSD, "test"),
            "UD Russian-Taiga, test part": (TAIGA, "test"),
        },
        own={  # words and lemmas that come once have no vector of their own
            "pos": "--max_steps 3500 --word_cutoff 2",
            "depparse": f"--max_steps 1350 --word_cutoff 2 {ADAM}",
        },
    ),
}


def write_conllu(sentences: Iterable[Doc], path: Path) -> Path:
    """Write sentences with their trees, words written together as one token."""
    blocks = []
    for doc in sentences:
        lines = [f"# text = {doc.text.strip()}"]
        for token in doc:
            root = token.head.i == token.i
            columns = (
                str(token.i + 1),
                token.text,
                token.lemma_ or token.text,
                token.pos_ or "X",
                "_",
                str(token.morph) or "_",
                "0" if root else str(token.head.i + 1),
                "root" if root else token.dep_,
                "_",
                "_" if token.whitespace_ else "SpaceAfter=No",
            )
            lines.append("\t".join(columns))
        blocks.append("\n".join(lines) + "\n\n")
    path.write_text("".join(blocks), encoding="utf-8")
    return path


def trained(places: Places, recipe: Recipe, processor: str) -> Path:
    """The weights of a processor."""
    module, settings = SETTINGS[processor]
    lang, name = recipe.lang.value, recipe.name
    folder = f"{lang}/{processor}"
    if not (places.work / folder / f"{name}.pt").exists():
        # Relative names: Stanza keeps its settings in the weights.
        command = (
            f"{sys.executable} -m stanza.models.{module} --cpu --mode train --lang {lang}"
            f" --shorthand {lang}_{name} --no_pretrain --train_file {lang}.train.conllu"
            f" --eval_file {lang}.dev.conllu --output_file {lang}.out.conllu --save_dir {folder}"
            f" --save_name {name}.pt --seed {SEED} {settings} {recipe.own[processor]}"
        )
        if places.steps:
            command += f" --max_steps {places.steps} --eval_interval {places.steps}"
        subprocess.run(command.split(), check=True, cwd=places.work)
    return places.work / folder / f"{name}.pt"


def halve(source: Path, target: Path) -> None:
    """Write weights in half precision; Stanza opens them in full, and reads the same from them."""
    import torch

    kept: dict[str, Any] = torch.load(source, map_location="cpu", weights_only=True)
    kept["model"] = {
        name: tensor.half() if tensor.is_floating_point() else tensor
        for name, tensor in kept["model"].items()
    }
    target.parent.mkdir(parents=True)
    torch.save(kept, target)


def resources(recipes: Iterable[Recipe]) -> dict[str, object]:
    """What Stanza's resources.json says of our packages."""
    return {
        recipe.lang.value: {
            "lang_name": recipe.title,
            "packages": {"default": {"pos": recipe.name, "lemma": "identity", "depparse": recipe.name}},
            "pos": {recipe.name: {"md5": ""}},
            "lemma": {"identity": {"md5": ""}},
            "depparse": {recipe.name: {"md5": ""}},
            "default_processors": {"pos": recipe.name, "lemma": "identity", "depparse": recipe.name},
        }
        for recipe in recipes
    }


def read_figures(engine: StanzaEngine, path: Path, lang: Lang) -> dict[str, float]:
    """The figures of an engine on the sentences of a treebank."""
    gold = trees(path)
    texts = list(dict.fromkeys(doc.text for doc in gold))
    sentences = [Sentence(start=0, end=len(text), text=text, lang=lang) for text in texts]
    vocab = blank(lang).vocab
    found = zip(texts, engine.words(sentences), strict=True)
    docs = {text: as_doc(text, words, vocab) for text, words in found}
    return raw_figures(docs.__getitem__, gold)


def as_doc(text: str, words: Sequence[Word], vocab: Vocab) -> Doc:
    """The words of a sentence as a document of spaCy."""
    ends = [word.end for word in words]
    starts = [word.start for word in words[1:]] + [len(text)]
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[start > end for start, end in zip(starts, ends, strict=True)],
        pos=[word.pos for word in words],
        morphs=[word.features for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=[word.relation for word in words],
    )


def train(places: Places, recipe: Recipe) -> None:
    """Train and write `models/stanza/kk` or `/ru`."""
    seen = [places.source(*part) for part in recipe.seen]
    dev = places.source(*recipe.dev)
    tests = {name: places.source(*part) for name, part in recipe.tests.items()}
    lang = recipe.lang
    write_conllu(trees(*seen), places.work / f"{lang}.train.conllu")
    write_conllu(trees(dev)[: recipe.most_dev], places.work / f"{lang}.dev.conllu")
    root = places.models / "stanza"
    folder = root / lang
    weights = {processor: trained(places, recipe, processor) for processor in SETTINGS}
    shutil.rmtree(folder, ignore_errors=True)
    for processor, path in weights.items():
        halve(path, folder / processor / path.name)
    there = [one for one in RECIPES.values() if (root / one.lang).is_dir()]
    (root / "resources.json").write_text(json.dumps(resources(there), indent=1) + "\n", encoding="utf-8")
    meta = {
        "name": f"stanza/{lang}",
        "lang": lang,
        "version": metadata.version("kztext"),
        "license": "CC BY-SA 4.0",
        "description": "Parts of speech, morphology and parse by Stanza, without pretrained vectors",
        "pipeline": list(SETTINGS),
        "data": {str(path.relative_to(places.data)): digest(path) for path in (*seen, dev, *tests.values())},
        "versions": {package: metadata.version(package) for package in PACKAGES},
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    engine = StanzaEngine(folder=root)
    meta["figures"] = {
        name: {"raw_text_f1": read_figures(engine, path, lang)} for name, path in tests.items()
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    write_card(folder)
    weigh(folder)


def main() -> None:
    """Train what the command line asks for."""
    told = parser(__doc__)
    told.add_argument("--only", choices=RECIPES, action="append", help="train this language")
    options = told.parse_args()
    with places(options) as folders:
        for lang in options.only or RECIPES:
            train(folders, RECIPES[lang])


if __name__ == "__main__":
    main()
