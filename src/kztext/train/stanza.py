"""Train Stanza's tagger and parser of Kazakh: `python -m kztext.train.stanza` (in the root of the checkout).

Needs the extra `kztext[stanza]`. Reads the treebank in the folder `shared` beside the checkout, writes
`models/stanza/kk` with its figures on the test part. Nothing is downloaded: no pretrained vectors, small
dimensions. About half an hour on one core; `--work FOLDER` keeps what is made on the way, and takes up what
is there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kztext.model_store import META, digest, weigh
from kztext.nlp.stanza_engine import StanzaEngine
from kztext.spans import Lang, Sentence
from kztext.train.cards import write_card
from kztext.train.figures import raw_figures
from kztext.train.nlp import KAZAKH, Places, parser, places
from kztext.train.trees import trees

PACKAGES = ("stanza", "torch", "spacy")
NAME = "ktb"
SEED = "1234"
SMALL = "--hidden_dim 128 --char_hidden_dim 128 --deep_biaff_hidden_dim 128 --transformed_dim 64"
# Stanza's defaults take hours, and their dropout underfits so small a treebank.
TAGGER = (
    "--max_steps 3500 --eval_interval 250 --max_steps_before_stop 1500 --batch_size 30 --word_dropout 0.2"
    f" --dropout 0.33 {SMALL} --composite_deep_biaff_hidden_dim 32"
)
PARSER = (
    "--max_steps 2100 --eval_interval 150 --max_steps_before_stop 600 --batch_size 500"
    f" --second_batch_size 500 --no_checkpoint {SMALL}"
)
STEPS = {"pos": ("tagger", TAGGER), "depparse": ("parser", PARSER)}
RESOURCES = {
    "kk": {
        "lang_name": "Kazakh",
        "packages": {"default": {"pos": NAME, "lemma": "identity", "depparse": NAME}},
        "pos": {NAME: {"md5": ""}},
        "lemma": {"identity": {"md5": ""}},
        "depparse": {NAME: {"md5": ""}},
        "default_processors": {"pos": NAME, "lemma": "identity", "depparse": NAME},
    }
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


def trained(places: Places, processor: str, files: dict[str, Path]) -> Path:
    """The weights of a processor."""
    module, settings = STEPS[processor]
    folder = places.work / processor
    if not (folder / f"{NAME}.pt").exists():
        # Relative names: Stanza keeps its settings in the weights.
        command = (
            f"{sys.executable} -m stanza.models.{module} --cpu --mode train --lang kk --shorthand kk_ktb"
            f" --no_pretrain --train_file {files['train'].name} --eval_file {files['dev'].name}"
            f" --output_file out.conllu --save_dir {processor} --save_name {NAME}.pt --seed {SEED} {settings}"
        )
        subprocess.run(command.split(), check=True, cwd=places.work)
    return folder / f"{NAME}.pt"


def as_doc(engine: StanzaEngine, text: str) -> Doc:
    """What the engine says of a sentence, as a document of spaCy."""
    words = next(engine.words([Sentence(start=0, end=len(text), text=text, lang=Lang.KK)]))
    ends = [word.end for word in words]
    starts = [word.start for word in words[1:]] + [len(text)]
    return Doc(
        spacy.blank("kk").vocab,
        words=[word.text for word in words],
        spaces=[start > end for start, end in zip(starts, ends, strict=True)],
        pos=[word.pos for word in words],
        morphs=[word.features for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=[word.relation for word in words],
    )


def kazakh(places: Places) -> None:
    """Train and write `models/stanza/kk`."""
    sources = {part: places.source(KAZAKH, part) for part in ("train", "dev", "test")}
    parts = {part: trees(path) for part, path in sources.items()}
    files = {part: write_conllu(parts[part], places.work / f"kk.{part}.conllu") for part in ("train", "dev")}
    root = places.models / "stanza"
    folder = root / "kk"
    shutil.rmtree(folder, ignore_errors=True)
    for processor in STEPS:
        (folder / processor).mkdir(parents=True)
        shutil.copyfile(trained(places, processor, files), folder / processor / f"{NAME}.pt")
    (root / "resources.json").write_text(json.dumps(RESOURCES, indent=1) + "\n", encoding="utf-8")
    meta = {
        "name": "stanza/kk",
        "lang": "kk",
        "version": metadata.version("kztext"),
        "license": "CC BY-SA 4.0",
        "description": "Parts of speech, morphology and parse by Stanza, without pretrained vectors",
        "pipeline": ["pos", "depparse"],
        "data": {str(path.relative_to(places.data)): digest(path) for path in sources.values()},
        "versions": {package: metadata.version(package) for package in PACKAGES},
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    engine = StanzaEngine(folder=root)
    figures = {"raw_text_f1": raw_figures(lambda text: as_doc(engine, text), parts["test"])}
    meta["figures"] = {"UD Kazakh-KTB, test part": figures}
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    write_card(folder)
    weigh(folder)


def main() -> None:
    """Train what the command line asks for."""
    with places(parser(__doc__).parse_args()) as folders:
        kazakh(folders)


if __name__ == "__main__":
    main()
