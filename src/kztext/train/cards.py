"""The card of a trained pipeline: README.md and LICENSE in its folder, written from its meta.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kztext.model_store import CARD, META, read_meta, weigh

KTB = "UD Kazakh-KTB (Tyers and Washington 2015; Makazhanov et al. 2015), 864 sentences, CC BY-SA 4.0"
KAZNERD = "KazNERD (Yeshpanov, Khassanov and Varol 2022), validation and test parts, half of them, CC BY 4.0"
TAIGA = "UD Russian-Taiga r2.7 (Lyashevskaya et al.), train part, CC BY-SA 4.0"
GSD = "UD Russian-GSD (McDonald et al. 2013), development part, CC BY-SA 4.0"
PUD = "UD Russian-PUD (Zeman et al. 2017), CC BY-SA 3.0"

SOURCES = {
    "kk_core": (KTB, KAZNERD),
    "ru_core": (TAIGA, PUD, GSD),
    "stanza/kk": (KTB,),
    "stanza/ru": (TAIGA, PUD, GSD),
}
TITLES = {
    "kk_core": "Kazakh for spaCy",
    "ru_core": "Russian for spaCy",
    "stanza/kk": "Kazakh for Stanza",
    "stanza/ru": "Russian for Stanza",
}
NOTES = {
    "kk_core": """\
Lemmas and the case of nouns come from suffix rules with vowel harmony and a lexicon (`kztext_forms`):
lemmas of the trees of the train and the development part, 4,500 words of a list of the project's own,
and which words stand alone or with many endings in the sentences of KazNERD. What it knows of a word,
its stem and its ending also corrects the tagger's part of speech. Entities have the 25 classes of
KazNERD; the held-out sentences, a tenth, also chose the training step. "31,2%-ға" is three tokens here
and one in the treebank, which the figures on raw text count as errors. The treebank is small (8,455
words), its texts are news, prose and an encyclopedia: a difference of three points between two models
on its test part means nothing.""",
    "stanza/kk": """\
Words are cut by the tokenizer of kztext, lemmas and the case of nouns come from its suffix rules on
Stanza's tags, before Stanza parses; there is no model for them here. Trained without pretrained vectors
and with small dimensions; the weights are kept in half precision, which changes none of the figures.""",
    "stanza/ru": """\
Words are cut by the tokenizer of kztext, lemmas come from the dictionary of pymorphy3 on Stanza's tags,
before Stanza parses; there is no model for either here. Trained without pretrained vectors and with small
dimensions; the weights are kept in half precision. The first 300 sentences of the development part of
Taiga chose the training step.""",
    "ru_core": """\
Lemmas come from the dictionary of pymorphy3: of its readings of a word the one that agrees with part of
speech and features is taken; a table of forms that the train trees have twice settles what treebank and
dictionary call differently. Tags that no reading of the dictionary bears out are set right by it. There
are no entities: no Russian data with them could be found whose licence allows to ship weights. Quotation
marks that the GSD treebank writes as "&#39;&#39;" are parted here, which the figures on raw text count.""",
}
EXAMPLES = {
    "spacy": """import spacy
nlp = spacy.load("models/{name}")   # kztext has to be installed""",
    "stanza": """from kztext.nlp.stanza_engine import StanzaEngine
words = StanzaEngine().words(sentences)   # needs kztext[stanza]""",
}
SAFETY = {
    "spacy": "weights are arrays, the rest is JSON and text",
    "stanza": "torch opens weights with `weights_only`, the rest is JSON",
}
COLUMNS = (
    "tokens",
    "sentences",
    "upos",
    "feats",
    "lemma",
    "lemma_of_nouns",
    "case_of_nouns",
    "uas",
    "las",
    "las_main",
)

CARD_TEXT = """# {name}: {title}

{description}. {components}. Written by `make models`; do not edit.

```python
{example}
```

Loading needs no network and runs no code from these files: {safety}.

## Figures

{figures}

## Data

{sources}

{notes}

sha256 of the files are in meta.json, under `data`; `make models` trains again from them.

## Licence

{licence}
"""

LICENCE_TEXT = """\
The files in this folder are derived from treebanks under Creative Commons Attribution-ShareAlike and
are licensed under CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/legalcode), whatever the
licence of the program. Attribution:

{sources}
"""


def tree_table(figures: dict[str, Any]) -> str:
    """The figures on trees, one row a test part and way of measuring."""
    lines = ["| test part | measured | " + " | ".join(COLUMNS) + " |", "| --- " * (len(COLUMNS) + 2) + "|"]
    for part, kinds in figures.items():
        for kind, label in (("raw_text_f1", "F1 on raw text"), ("given_tokens", "accuracy, tokens given")):
            if kind in kinds:
                cells = [f"{kinds[kind][name]:.1f}" if name in kinds[kind] else "" for name in COLUMNS]
                lines.append(f"| {part} | {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def entity_table(figures: dict[str, Any]) -> str:
    """The figures on entities, one row a class."""
    lines = ["| entities | precision | recall | F1 | in the test |", "| --- | --- | --- | --- | --- |"]
    for label, row in figures.items():
        lines.append(
            f"| {label} | {row['precision']:.1f} | {row['recall']:.1f} | {row['f1']:.1f} | {row['count']} |"
        )
    return "\n".join(lines)


def rewrite_figures(folder: Path, name: str, figures: dict[str, Any]) -> None:
    """Write figures into the meta.json and the card of a pipeline that is there."""
    meta = {**read_meta(folder), "figures": figures}
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    write_card(folder, name)
    weigh(folder)


def write_card(folder: Path, name: str) -> None:
    """Write README.md and LICENSE of a pipeline."""
    meta = read_meta(folder)
    tool = "stanza" if name.startswith("stanza/") else "spacy"
    figures = dict(meta["figures"])
    trees = {part: kinds for part, kinds in figures.items() if "raw_text_f1" in kinds}
    tables = [tree_table(trees)]
    tables += [f"{part}:\n\n{entity_table(rows)}" for part, rows in figures.items() if part not in trees]
    sources = "\n".join(f"- {source}" for source in SOURCES[name])
    licence = LICENCE_TEXT.format(sources=sources)
    card = CARD_TEXT.format(
        name=name,
        title=TITLES[name],
        description=meta["description"],
        components="Components: " + ", ".join(f"`{component}`" for component in meta["pipeline"]),
        figures="\n\n".join(tables),
        sources=sources,
        notes=NOTES[name],
        example=EXAMPLES[tool].format(name=name),
        safety=SAFETY[tool],
        licence="CC BY-SA 4.0, see LICENSE.",
    )
    (folder / CARD).write_text(card, encoding="utf-8")
    (folder / "LICENSE").write_text(licence, encoding="utf-8")
