"""Train the spaCy pipelines: `python -m kztext.train.nlp` (from the root of the checkout).

Reads the treebanks and the sentences with entities in the folder `shared` beside the checkout, writes
`models/kk_core` and `models/ru_core` with their figures on the test parts. Seeds are fixed; a pipeline
takes some ten minutes on one core. `--only kk_core` trains one; `--work FOLDER` keeps what is made on the
way, and takes up what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.train import train
from spacy.language import Language

import kztext.nlp.features  # noqa: F401  (registers the architecture where kztext is not installed)
from kztext.model_store import digest, model_folder, weigh
from kztext.nlp.languages import part_numbers
from kztext.train.cards import rewrite_figures, write_card
from kztext.train.figures import entity_figures, tree_figures
from kztext.train.places import (
    ENTITIES,
    GSD,
    KAZAKH,
    PUD,
    TAIGA,
    Places,
    once,
    parser,
    places,
    replaced,
    say,
)
from kztext.train.trees import (
    documents,
    entity_documents,
    kazakh_lexicon,
    rows,
    russian_forms,
    save,
    trees,
)

HERE = Path(__file__).parent
PACKAGES = ("spacy", "thinc", "numpy", "pymorphy3", "pymorphy3-dicts-ru")


def trained(places: Places, name: str, train_docs: Iterable[Any], dev_docs: Iterable[Any]) -> Language:
    """The best pipeline of a training run by `NAME.cfg`."""
    config, folder = HERE / f"{name}.cfg", places.work / name
    paths = {
        "paths.train": str(save(train_docs, places.work / f"{name}.train.spacy")),
        "paths.dev": str(save(dev_docs, places.work / f"{name}.dev.spacy")),
    }
    steps = {"training.max_steps": places.steps, "training.eval_frequency": places.steps}
    overrides = {**paths, **(steps if places.steps else {})}
    of = " ".join([*(digest(path) for path in (config, *map(Path, paths.values()))), str(places.steps)])
    say(f"{name}: training")
    once(folder, of, lambda: train(config, folder, overrides=overrides))
    return spacy.load(folder / "model-best")


def kazakh(places: Places) -> None:
    """Train and write `kk_core`."""
    files = {part: places.source(KAZAKH, part) for part in ("train", "dev", "test")}
    entities = places.source(ENTITIES)
    parts = {part: trees(path) for part, path in files.items()}
    nlp = trained(
        places,
        "kk_core",
        documents(parts["train"], given_tokens=False),
        documents(parts["dev"], given_tokens=False),
    )
    ner = trained(places, "kk_ner", *entity_documents(entities))
    ner.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("kztext_forms", after="morphologizer")
    forms: Any = nlp.get_pipe("kztext_forms")
    forms.lexicon = kazakh_lexicon(parts["train"] + parts["dev"], (row["text"] for row in rows(entities)))
    nlp.add_pipe("ner", source=ner)
    write(places, nlp, "kk_core", [*files.values(), entities])


def kazakh_figures(places: Places, nlp: Language) -> dict[str, Any]:
    """The figures of `kk_core` on the test part and the sentences with entities held out."""
    _, held_out = entity_documents(places.source(ENTITIES))
    return {
        "UD Kazakh-KTB, test part": tree_figures(nlp, trees(places.source(KAZAKH, "test"))),
        "KazNERD, held-out sentences": entity_figures(nlp, held_out),
    }


def russian(places: Places) -> None:
    """Train and write `ru_core`."""
    seen = [places.source(TAIGA, "train"), places.source(PUD), places.source(GSD, "dev")]
    dev, tests = places.source(TAIGA, "dev"), [places.source(GSD, "test"), places.source(TAIGA, "test")]
    parts = [trees(path) for path in seen]
    nlp = trained(
        places,
        "ru_core",
        documents(*parts, given_tokens=True),
        documents(trees(dev)[:300], given_tokens=True),
    )
    part_numbers(nlp)
    nlp.add_pipe("kztext_ru_lemmas", after="morphologizer")
    lemmas: Any = nlp.get_pipe("kztext_ru_lemmas")
    lemmas.forms = russian_forms(doc for part in parts for doc in part)
    write(places, nlp, "ru_core", [*seen, dev, *tests])


def russian_figures(places: Places, nlp: Language) -> dict[str, Any]:
    """The figures of `ru_core` on the test parts."""
    return {
        "UD Russian-GSD, test part": tree_figures(nlp, trees(places.source(GSD, "test"))),
        "UD Russian-Taiga, test part": tree_figures(nlp, trees(places.source(TAIGA, "test"))),
    }


def write(places: Places, nlp: Language, name: str, files: list[Path]) -> None:
    """Write a pipeline with its meta.json, card and licence note, complete or not at all."""
    say(f"{name}: reading the test parts")
    nlp.meta.update(
        name=name.partition("_")[2],
        version=metadata.version("kztext"),
        license="CC BY-SA 4.0",
        author="The kztext authors",
        description="Parts of speech, morphology, lemmas, parse" + ", entities" * nlp.has_pipe("ner"),
        data={str(path.relative_to(places.data)): digest(path) for path in files},
        versions={package: metadata.version(package) for package in PACKAGES},
        figures=PIPELINES[name].figures(places, nlp),
    )
    nlp.config["paths"].update(train=None, dev=None)
    with replaced(places.models / name) as new:
        nlp.to_disk(new, exclude=["vocab"])  # which holds every word of the data
        write_card(new, name)
        weigh(new)


def measure(places: Places, name: str) -> None:
    """Write the figures of a pipeline anew."""
    folder = model_folder(name, places.models)
    rewrite_figures(folder, name, PIPELINES[name].figures(places, spacy.load(folder)))


@dataclass(frozen=True, slots=True)
class Script:
    """How a pipeline is trained, and measured."""

    train: Callable[[Places], None]
    figures: Callable[[Places, Language], dict[str, Any]]


PIPELINES = {"kk_core": Script(kazakh, kazakh_figures), "ru_core": Script(russian, russian_figures)}


def main() -> None:
    """Train the pipelines that the command line asks for."""
    told = parser(__doc__)
    told.add_argument("--only", choices=PIPELINES, action="append", help="train this one")
    options = told.parse_args()
    with places(options) as folders:
        for name in options.only or PIPELINES:
            if options.figures:
                measure(folders, name)
            else:
                PIPELINES[name].train(folders)


if __name__ == "__main__":
    main()
