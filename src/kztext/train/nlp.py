"""Train the spaCy pipelines: `python -m kztext.train.nlp` (from the root of the checkout).

Reads the treebanks and the sentences with entities in the folder `shared` beside the checkout, writes
`models/kk_core` and `models/ru_core` with their figures on the test parts. Seeds are fixed; a pipeline
takes some ten minutes on one core. `--only kk_core` trains one; `--work FOLDER` keeps what is made on the
way, and takes up what is there.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.train import train
from spacy.language import Language

import kztext.nlp.features  # noqa: F401  (registers the architecture where kztext is not installed)
from kztext.errors import ModelError
from kztext.model_store import digest, weigh
from kztext.nlp.languages import part_numbers
from kztext.train.cards import write_card
from kztext.train.figures import entity_figures, tree_figures
from kztext.train.trees import (
    documents,
    entity_documents,
    kazakh_lexicon,
    rows,
    russian_forms,
    save,
    trees,
)

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
KAZAKH = "ud/kk_ktb/kk_ktb80-{}.conllu"
ENTITIES = "benchmarks/kk-num.kaznerd.jsonl"
TAIGA = "ud/ru_taiga27/ru_taiga-{}.conllu"
GSD = "ud/ru_gsd/ru_gsd-ud-{}.conllu"
PUD = "ud/ru_pud/ru_pud-ud-test.conllu"
PACKAGES = ("spacy", "thinc", "numpy", "pymorphy3", "pymorphy3-dicts-ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where data is read, where models go, and where what is made on the way is kept."""

    data: Path
    models: Path
    work: Path
    steps: int = 0  # of training at most; 0: as many as the settings say

    def source(self, name: str, part: str = "") -> Path:
        """A file of data. Raises ModelError where it is absent."""
        path = self.data / name.format(part)
        if not path.exists():
            raise ModelError(
                f"{path}: no such file; put the treebanks there or name their folder with --data"
            )
        return path


def trained(places: Places, name: str, train_docs: Iterable[Any], dev_docs: Iterable[Any]) -> Language:
    """The best pipeline of a training run by `NAME.cfg`."""
    folder = places.work / name
    if not (folder / "model-best").exists():
        paths = {
            "paths.train": str(save(train_docs, places.work / f"{name}.train.spacy")),
            "paths.dev": str(save(dev_docs, places.work / f"{name}.dev.spacy")),
        }
        steps = {"training.max_steps": places.steps, "training.eval_frequency": places.steps}
        train(HERE / f"{name}.cfg", folder, overrides={**paths, **(steps if places.steps else {})})
    return spacy.load(folder / "model-best")


def kazakh(places: Places) -> None:
    """Train and write `kk_core`."""
    files = {part: places.source(KAZAKH, part) for part in ("train", "dev", "test")}
    parts = {part: trees(path) for part, path in files.items()}
    nlp = trained(
        places,
        "kk_core",
        documents(parts["train"], given_tokens=False),
        documents(parts["dev"], given_tokens=False),
    )
    entities = places.source(ENTITIES)
    seen, held_out = entity_documents(entities)
    ner = trained(places, "kk_ner", seen, held_out)
    ner.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("kztext_forms", after="morphologizer")
    forms: Any = nlp.get_pipe("kztext_forms")
    forms.lexicon = kazakh_lexicon(parts["train"] + parts["dev"], (row["text"] for row in rows(entities)))
    nlp.add_pipe("ner", source=ner)
    figures = {
        "UD Kazakh-KTB, test part": tree_figures(nlp, parts["test"]),
        "KazNERD, held-out sentences": entity_figures(nlp, held_out),
    }
    write(places, nlp, "kk_core", [*files.values(), entities], figures)


def russian(places: Places) -> None:
    """Train and write `ru_core`."""
    seen = [places.source(TAIGA, "train"), places.source(PUD), places.source(GSD, "dev")]
    dev, tests = places.source(TAIGA, "dev"), [places.source(GSD, "test"), places.source(TAIGA, "test")]
    parts = [trees(path) for path in seen]
    sentences = [doc for part in parts for doc in part]
    nlp = trained(
        places,
        "ru_core",
        documents(*parts, given_tokens=True),
        documents(trees(dev)[:300], given_tokens=True),
    )
    part_numbers(nlp)
    nlp.add_pipe("kztext_ru_lemmas", after="morphologizer")
    lemmas: Any = nlp.get_pipe("kztext_ru_lemmas")
    lemmas.forms = russian_forms(sentences)
    names = ("UD Russian-GSD, test part", "UD Russian-Taiga, test part")
    figures = {name: tree_figures(nlp, trees(path)) for name, path in zip(names, tests, strict=True)}
    write(places, nlp, "ru_core", [*seen, dev, *tests], figures)


def write(places: Places, nlp: Language, name: str, files: list[Path], figures: dict[str, Any]) -> None:
    """Write a pipeline with its meta.json, card and licence note."""
    nlp.meta.update(
        name=name.partition("_")[2],
        version=metadata.version("kztext"),
        license="CC BY-SA 4.0",
        author="The kztext authors",
        description="Parts of speech, morphology, lemmas, parse" + ", entities" * nlp.has_pipe("ner"),
        data={str(path.relative_to(places.data)): digest(path) for path in files},
        versions={package: metadata.version(package) for package in PACKAGES},
        figures=figures,
    )
    nlp.config["paths"].update(train=None, dev=None)
    folder = places.models / name
    if folder.exists():
        shutil.rmtree(folder)
    nlp.to_disk(folder, exclude=["vocab"])  # which holds every word of the data
    write_card(folder)
    weigh(folder)


PIPELINES: dict[str, Callable[[Places], None]] = {"kk_core": kazakh, "ru_core": russian}


def parser(about: str | None) -> argparse.ArgumentParser:
    """What a training script may be told: where its data lie and where models and work files go."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="the folder with the data")
    made.add_argument(
        "--out", type=Path, default=ROOT / "models", help="the folder that models are written to"
    )
    made.add_argument("--work", type=Path, help="keep what is made on the way here")
    made.add_argument("--steps", type=int, default=0, help="train so many steps only, to see that all runs")
    return made


@contextmanager
def places(options: argparse.Namespace) -> Iterator[Places]:
    """The folders that the options name; what nobody wants to keep is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        yield Places(data=options.data, models=options.out, work=work, steps=options.steps)


def main() -> None:
    """Train the pipelines that the command line asks for."""
    told = parser(__doc__)
    told.add_argument("--only", choices=PIPELINES, action="append", help="train this one")
    options = told.parse_args()
    with places(options) as folders:
        for name in options.only or PIPELINES:
            PIPELINES[name](folders)


if __name__ == "__main__":
    main()
