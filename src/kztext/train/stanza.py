"""Train Stanza's taggers and parsers: `python -m kztext.train.stanza` (in the root of the checkout).

Needs the extra `kztext[stanza]`. Reads the treebanks in the folder `shared` beside the checkout, writes
`models/stanza/kk` and `models/stanza/ru` with their figures on the test parts. Nothing is downloaded: no
pretrained vectors, small dimensions, weights kept in half precision. Taggers and parsers are trained apart,
`--jobs` at once, each by one thread and from one seed: the same weights to the bit on the same processor.
`--only ru` trains one language; `--work FOLDER` keeps what is made on the way, and takes up what is there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kztext.errors import ModelError
from kztext.model_store import META, digest, model_folder
from kztext.nlp.engine import Word
from kztext.nlp.languages import blank
from kztext.nlp.stanza_engine import StanzaEngine
from kztext.spans import Lang, Sentence
from kztext.train.cards import rewrite_figures
from kztext.train.figures import raw_figures
from kztext.train.places import GSD, KAZAKH, PUD, TAIGA, Places, once, parser, places, replaced, say
from kztext.train.trees import trees

PACKAGES = ("stanza", "torch", "spacy")
SEED = "1234"
# Sums of other numbers of threads differ in their last bits, and so does what sets give in another order.
FIXED = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
SMALL = "--hidden_dim 128 --char_hidden_dim 128 --deep_biaff_hidden_dim 128 --transformed_dim 64"
# Stanza's defaults take hours, and their dropout underfits so small a treebank.
TAGGER = (
    "--max_steps_before_stop 10000 --word_dropout 0.2 --dropout 0.33"
    f" {SMALL} --composite_deep_biaff_hidden_dim 32"
)
# Stanza begins with adadelta, which took four times as long to the same attachment on the Russian trees;
# a quarter of the rate at the end gives the last two points.
PARSER = (
    "--eval_interval 150 --max_steps_before_stop 600 --batch_size 500 --second_batch_size 500"
    " --optim adam --lr 0.002 --beta2 0.95 --dropout 0.33 --word_dropout 0.2"
    " --second_optim_start_step 900 --second_lr 0.0005 --second_warmup_steps 0"
    f" --no_checkpoint {SMALL}"
)
SETTINGS = {"pos": ("kztext.train.stanza_tagger", TAGGER), "depparse": ("stanza.models.parser", PARSER)}
LOOK = re.compile(r"step (\d+): .*dev_score = ([\d.]+)")  # what Stanza logs of a look at the development part


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
            "pos": "--max_steps 2000 --eval_interval 200 --batch_size 30",
            "depparse": "--max_steps 1350",
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
            "pos": "--max_steps 5000 --eval_interval 250 --batch_size 20 --word_cutoff 2",
            "depparse": "--max_steps 1350 --word_cutoff 2",
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


def write_parts(places: Places, recipe: Recipe) -> None:
    """Write what a language is trained on, for all its processors."""
    for part in recipe.tests.values():
        places.source(*part)  # which must be there, too, before hours of training
    seen = trees(*(places.source(*part) for part in recipe.seen))
    dev = trees(places.source(*recipe.dev))[: recipe.most_dev]
    write_conllu(seen, places.work / f"{recipe.lang}.train.conllu")
    write_conllu(dev, places.work / f"{recipe.lang}.dev.conllu")


def trained(places: Places, recipe: Recipe, processor: str) -> Path:
    """The weights of a processor, trained on what `write_parts` has written."""
    module, settings = SETTINGS[processor]
    lang, name = recipe.lang.value, recipe.name
    folder = f"{lang}/{processor}"
    # Relative names: Stanza keeps its settings in the weights.
    command = (
        f"-m {module} --cpu --mode train --lang {lang}"
        f" --shorthand {lang}_{name} --no_pretrain --train_file {lang}.train.conllu"
        f" --eval_file {lang}.dev.conllu --output_file {lang}.out.conllu --save_dir {folder}"
        f" --save_name {name}.pt --seed {SEED} {settings} {recipe.own[processor]}"
    )
    if places.steps:
        command += f" --max_steps {places.steps} --eval_interval {places.steps}"
    parts = [digest(places.work / f"{lang}.{part}.conllu") for part in ("train", "dev")]
    once(places.work / folder, " ".join([command, *parts]), lambda: run(command, places.work, folder))
    return places.work / folder / f"{name}.pt"


def run(command: str, work: Path, folder: str) -> None:
    """Train with Stanza, its log in the folder of what is trained. Raises ModelError where that fails."""
    with (
        (work / folder / "log").open("w", encoding="utf-8", buffering=1) as log,
        subprocess.Popen(
            [sys.executable, *command.split()],
            cwd=work,
            env={**os.environ, **FIXED},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            if look := LOOK.search(line):
                say(f"stanza/{folder}: step {look[1]}, {100 * float(look[2]):.1f} on the development part")
    if process.returncode:
        raise ModelError(f"{work / folder}: Stanza's training failed, see the log there\n{line.strip()}")


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


def write_resources(root: Path, recipes: Iterable[Recipe]) -> None:
    """Write Stanza's resources.json, which names our packages."""
    resources = {
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
    (root / "resources.json").write_text(json.dumps(resources, indent=1) + "\n", encoding="utf-8")


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


def write(places: Places, recipe: Recipe, weights: dict[str, Path]) -> None:
    """Write `models/stanza/kk` or `/ru` with its meta.json and card, complete or not at all."""
    lang = recipe.lang
    root = places.work / "stanza"
    folder = root / lang
    shutil.rmtree(root, ignore_errors=True)
    for processor, path in weights.items():
        halve(path, folder / processor / path.name)
    write_resources(root, [recipe])
    tests = {name: places.source(*part) for name, part in recipe.tests.items()}
    data = [*(places.source(*part) for part in (*recipe.seen, recipe.dev)), *tests.values()]
    meta = {
        "name": f"stanza/{lang}",
        "lang": lang,
        "version": metadata.version("kztext"),
        "license": "CC BY-SA 4.0",
        "description": "Parts of speech, morphology and parse by Stanza, without pretrained vectors",
        "pipeline": list(SETTINGS),
        "data": {str(path.relative_to(places.data)): digest(path) for path in data},
        "versions": {package: metadata.version(package) for package in PACKAGES},
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    measure(places, recipe, root)
    target = places.models / "stanza" / lang
    with replaced(target) as new:
        shutil.copytree(folder, new, dirs_exist_ok=True)
    write_resources(target.parent, [one for one in RECIPES.values() if (target.parent / one.lang).is_dir()])


def measure(places: Places, recipe: Recipe, root: Path) -> None:
    """Write the figures of the weights in a folder of Stanza's."""
    say(f"stanza/{recipe.lang}: reading the test parts")
    engine = StanzaEngine(folder=root)
    figures = {
        name: {"raw_text_f1": read_figures(engine, places.source(*part), recipe.lang)}
        for name, part in recipe.tests.items()
    }
    rewrite_figures(model_folder(recipe.lang, root), f"stanza/{recipe.lang}", figures)


def main() -> None:
    """Train what the command line asks for."""
    told = parser(__doc__)
    told.add_argument("--only", choices=RECIPES, action="append", help="train this language")
    told.add_argument("--jobs", type=int, default=2, help="how many processors to train at once")
    options = told.parse_args()
    recipes = [recipe for lang, recipe in RECIPES.items() if lang in (options.only or RECIPES)]
    with places(options) as folders:
        if options.figures:
            for recipe in recipes:
                measure(folders, recipe, folders.models / "stanza")
        else:
            train(folders, recipes, options.jobs)


def train(places: Places, recipes: list[Recipe], jobs: int) -> None:
    """Train and write languages."""
    with ThreadPoolExecutor(jobs) as pool:
        for recipe in recipes:
            write_parts(places, recipe)
        weights = {
            (recipe.name, processor): pool.submit(trained, places, recipe, processor)
            for recipe in recipes
            for processor in SETTINGS
        }
        try:
            for recipe in recipes:
                found = {processor: weights[recipe.name, processor].result() for processor in SETTINGS}
                write(places, recipe, found)
        finally:
            pool.shutdown(cancel_futures=True)


if __name__ == "__main__":
    main()
