"""Train the linker: which indicator a figure is of, from gold, from statements of our own, and from news.

`python -m kztext.train.linker` writes `models/indicators`. It learns from the records of `corpus/gold/train`
and `corpus/gold/opened`, from `corpus/gold/statements.csv`, and that figures of real news and plans to which
the rules give no indicator have none (`../shared/benchmarks`); some have one, so that it errs on the side of
silence. The words of phrases of the catalogue were tried as examples too; most of what was then guessed in
real texts was wrong.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kztext.errors import ModelError
from kztext.linker import features_of, is_kept, is_open, preceded, write_links
from kztext.model_store import digest, weigh
from kztext.pipeline import read_records
from kztext.records import Document, IndicatorRecord
from kztext.resources import Resources, load_resources

LANGS = ("kk", "ru")
SETS = ("train", "opened")
NEWS = (("kk", "kk-num.kaznerd.jsonl"), ("ru", "ru-num.nerel.jsonl"), ("ru", "ru-ind.rurebus.jsonl"))
OFTEN = 3  # records that a feature must stand in
STRENGTH = 6.0  # C of the logistic regression
SLIGHT = 0.12  # a weight below it is none
FOLDS = 4
LEARNED_PART = 0.75  # of the real texts; the rest shows what is guessed in texts that are not learned


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a record, its indicator, others that would do, and the document of gold it is of."""

    features: dict[str, float]
    label: str
    record: IndicatorRecord
    also: frozenset[str] = frozenset()
    group: str = ""

    def is_right(self, indicator: str) -> bool:
        """Whether an indicator is gold's, or one of those that would do."""
        return indicator == self.label or indicator in self.also


def read_figures(
    name: str, text: str, resources: Resources
) -> Iterator[tuple[IndicatorRecord, dict[str, float]]]:
    """The records of a text as the rules read them, with their features."""
    for record, before in preceded(read_records(Document(doc_id=name, text=text), resources)):
        yield record, features_of(record, text, before)


def from_gold(folder: Path, resources: Resources) -> Iterator[tuple[str, Example]]:
    """The records of a set of gold as the rules read them, with gold's indicator."""
    gold: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "records.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold[Path(row["doc"]).stem].append(row)
    for path in sorted((folder / "texts").glob("*.txt")):
        text = path.read_bytes().decode("utf8")
        for record, features in read_figures(path.name, text, resources):
            for row in gold[path.stem]:
                met = row["start"] < record.end and record.start < row["end"]
                if met and float(row["value"]) == float(record.value):
                    also = frozenset((row.get("alt") or {}).get("indicator") or ())
                    label = str(row.get("indicator") or "")
                    yield record.lang, Example(features, label, record, also, path.stem)
                    break


def from_statements(path: Path, resources: Resources) -> Iterator[tuple[str, Example]]:
    """Statements of our own, each with the figure that is of a known indicator."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows):
        for record, features in read_figures(f"s{number}", row["text"], resources):
            if record.start < int(row["end"]) and int(row["start"]) < record.end:
                yield row["lang"], Example(features, row["indicator"], record)
                break


def news(root: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """For each file of real texts its language, the texts to learn from, and the rest."""
    for lang, name in NEWS:
        path = root / name
        if not path.is_file():
            raise ModelError(f"{path}: not there; figures without an indicator are learned from it")
        with path.open(encoding="utf8") as file:
            texts = [json.loads(line)["text"] for line in file]
        part = round(LEARNED_PART * len(texts))
        yield lang, texts[:part], texts[part:]


def from_news(texts: Iterable[str], lang: str, resources: Resources) -> Iterator[tuple[str, Example]]:
    """Figures of real texts to which the rules give no indicator, taken to have none."""
    for number, text in enumerate(texts):
        for record, features in read_figures(f"n{number}", text, resources):
            if not record.indicator:
                yield lang, Example(features, "", record)


def fit(examples: list[Example]) -> tuple[DictVectorizer, Any]:
    """A multinomial regression over the features that stand in several examples."""
    counts = Counter(name for example in examples for name in example.features)
    kept = [
        {name: value for name, value in example.features.items() if counts[name] >= OFTEN}
        for example in examples
    ]
    table = DictVectorizer()
    x = table.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3)
    return table, model.fit(x, [example.label for example in examples])


def measure(examples: list[Example], resources: Resources) -> dict[str, Any]:
    """What guesses are worth on gold's documents that the folds did not learn."""
    tried = [example for example in examples if example.group]
    rest = [example for example in examples if not example.group]
    found: Counter[str] = Counter()
    for inner, outer in GroupKFold(FOLDS).split(tried, groups=[example.group for example in tried]):
        asked = [tried[i] for i in outer if is_open(tried[i].record)]
        for example, label in guesses(asked, *fit([tried[i] for i in inner] + rest), resources):
            found["without a name, with an indicator in gold"] += bool(example.label)
            found["without a name, with none in gold"] += not example.label
            right = bool(label) and example.is_right(label)
            found["guessed right"] += right
            found["guessed another"] += bool(label and example.label) and not right
            found["guessed where gold has none"] += bool(label) and not right and not example.label
    return dict(sorted(found.items()))


def guesses(
    examples: list[Example], table: DictVectorizer, model: Any, resources: Resources
) -> Iterator[tuple[Example, str]]:
    """Open examples, each with the label that a model gives it, or "" for one that is not to be kept."""
    chances = model.predict_proba(table.transform([example.features for example in examples]))
    for example, row in zip(examples, chances, strict=True):
        label = str(model.classes_[row.argmax()])
        kept = is_kept(example.record, label, float(row.max()), resources.catalogue)
        yield example, label if kept else ""


def inputs(root: Path) -> list[Path]:
    """The files of the checkout that the linker learns from."""
    gold = root / "corpus" / "gold"
    return [gold / "statements.csv", *(gold / name / "records.jsonl" for name in SETS)]


def main() -> None:
    """Train both languages from the checkout that holds this file."""
    root = Path(__file__).parents[3]
    folder, gold = root / "models" / "indicators", root / "corpus" / "gold"
    resources = load_resources()
    examples: dict[str, list[Example]] = {lang: [] for lang in LANGS}
    sources = [*(from_gold(gold / name, resources) for name in SETS)]
    sources.append(from_statements(gold / "statements.csv", resources))
    unread: dict[str, list[Example]] = {lang: [] for lang in LANGS}
    for lang, texts, rest in news(root.parent / "shared" / "benchmarks"):
        sources.append(from_news(texts, lang, resources))
        unread[lang] += [
            example for _, example in from_news(rest, lang, resources) if is_open(example.record)
        ]
    known = {"", *resources.catalogue.indicators}
    for source in sources:
        for lang, example in source:
            if example.label in known:
                examples[lang].append(example)
    meta: dict[str, Any] = {
        "sha256": {path.relative_to(root).as_posix(): digest(path) for path in inputs(root)}
    }
    for lang in LANGS:
        figures = measure(examples[lang], resources)
        table, model = fit(examples[lang])
        figures["figures of other real texts without a name"] = len(unread[lang])
        figures["guessed there"] = sum(
            bool(label) for _, label in guesses(unread[lang], table, model, resources)
        )
        weights = np.where(abs(model.coef_) < SLIGHT, 0, model.coef_).T
        names = table.get_feature_names_out()
        write_links(
            folder / f"{lang}.links",
            [str(label) for label in model.classes_],
            model.intercept_.tolist(),
            {str(name): row.tolist() for name, row in zip(names, weights, strict=True)},
        )
        meta[lang] = {"examples": len(examples[lang]), "labels": len(model.classes_), **figures}
        print(lang, meta[lang], file=sys.stderr)
    (folder / "meta.json").write_text(
        json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf8"
    )
    weigh(folder)


if __name__ == "__main__":
    main()
