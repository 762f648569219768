"""Predictions in the benchmarks' format, and a table of figures with the speed on their text."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kztext.benchmarks import predict_changes, predict_spans
from kztext.errors import InputError
from kztext.numbers import find_numbers
from kztext.periods import find_periods
from kztext.quantities import find_quantities
from kztext.read import read_jsonl
from kztext.repair import repair_text
from kztext.resources import Resources
from kztext.segment import segment, tokenize

Row = Mapping[str, Any]
Predict = Callable[[Iterable[Row]], Iterator[dict[str, Any]]]


def predict_sentences(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The sentences and tokens of each row's text."""
    for row in rows:
        text = repair_text(str(row["text"]))
        sentences = segment(text)
        yield {
            "id": row["id"],
            "sents": [text.to_original(s.start, s.end) for s in sentences],
            "tokens": [text.to_original(t.start, t.end) for s in sentences for t in tokenize(s)],
        }


def predict_topics(rows: Iterable[Row], *, labels: str = "benchmark") -> Iterator[dict[str, Any]]:
    """The topic of each row, by the benchmark's labels or by kztext's own."""
    from kztext.train.topic_sets import predict_topics

    yield from predict_topics(rows, labels=labels)


LABELS = ("benchmark", "kztext")
TASKS: dict[str, Predict] = {
    **{task: partial(predict_spans, task) for task in ("kk-num", "kk-val", "ru-num", "values")},
    "kk-seg": predict_sentences,
    "ru-seg": predict_sentences,
    "ru-ind": predict_changes,
    "topics": predict_topics,
}


def predict(task: str, gold: Path, *, labels: str = "benchmark") -> Iterator[dict[str, Any]]:
    """Predictions for a benchmark file; of its rows only id, language, text and reference time are read.

    `labels` says whose topics: the benchmark's or kztext's own. Raises InputError for an unknown task.
    """
    if task not in TASKS:
        raise InputError(f"unknown task {task!r} (have: {', '.join(TASKS)})")
    if labels not in LABELS:
        raise InputError(f"unknown labels {labels!r} (have: {', '.join(LABELS)})")
    rows = [row for _, row in read_jsonl(gold)]
    yield from predict_topics(rows, labels=labels) if task == "topics" else TASKS[task](rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure in percent, with the best baseline known and the goal."""

    task: str
    name: str
    figure: float | None
    best: float | None
    goal: float


def bench(data: Path, goals: Path) -> Iterator[Measured]:
    """Predict and score every benchmark file that is there, in the order of the goals.

    Raises InputError where the folder has no score.py.
    """
    script = data / "score.py"
    if not script.exists():
        raise InputError(f"{data}: no benchmarks here (looked for score.py)")
    scores: dict[str, Any] = {}
    for goal in tomllib.loads(goals.read_text(encoding="utf-8"))["figure"]:
        gold = data / goal["file"]
        if not gold.exists():
            continue
        if goal["file"] not in scores:
            scores[goal["file"]] = score(script, gold, goal["task"])
        found = scores[goal["file"]]
        for key in goal["path"]:
            found = found.get(key) if found else None
        figure = None if found is None else 100 * found
        yield Measured(
            task=goal["task"], name=goal["name"], figure=figure, best=goal.get("best"), goal=goal["goal"]
        )


def score(script: Path, gold: Path, task: str) -> Any:
    """The scoring script's figures for our predictions."""
    with tempfile.TemporaryDirectory() as folder:
        predictions, figures = Path(folder, "predictions.jsonl"), Path(folder, "figures.json")
        with predictions.open("w", encoding="utf-8") as out:
            for row in predict(task, gold):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        done = subprocess.run(
            [sys.executable, script, gold, predictions, "--json", figures],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise InputError(f"{script} {gold.name}: {done.stderr.strip().splitlines()[-1]}")
        return json.loads(figures.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Characters a second on one core: from raw text to quantities, and spaCy's blank tokenizer beside it."""

    ours: float
    spacy: float


def speed(gold: Path, *, rows: int = 3000) -> Speed:
    """The speed on the texts of a benchmark file, after the packs are loaded."""
    import spacy

    if not gold.exists():
        raise InputError(f"{gold.parent}: no benchmarks here (looked for {gold.name})")
    chosen = [row for _, row in read_jsonl(gold)[:rows]]
    texts = [str(row["text"]) for row in chosen]
    size = sum(map(len, texts))
    resources = Resources()
    tokenizer = spacy.blank(str(chosen[0]["lang"])).tokenizer

    def read(text: str) -> None:
        for sentence in segment(repair_text(text)):
            pack = resources.pack(sentence.lang)
            numbers = find_numbers(sentence, pack)
            find_quantities(sentence, numbers, find_periods(sentence, numbers, pack), pack)

    def seconds(work: Callable[[str], object]) -> float:
        for text in texts[:20]:
            work(text)
        started = time.perf_counter()
        for text in texts:
            work(text)
        return time.perf_counter() - started

    return Speed(ours=size / seconds(read), spacy=size / seconds(tokenizer))


def table(figures: Iterable[Measured], speed: Speed) -> Iterator[str]:
    """The figures and the speed as lines of Markdown."""
    yield "| task | measure | kztext | best baseline known | goal |"
    yield "| --- | --- | --- | --- | --- |"
    for one in figures:
        figure = "–" if one.figure is None else f"{one.figure:.1f}"
        best = "–" if one.best is None else one.best
        yield f"| {one.task} | {one.name} | {figure} | {best} | {one.goal} |"
    yield (
        f"| kk-num | text to quantities, thousand characters/s on one core | {speed.ours / 1000:.0f} "
        f"| {speed.spacy / 1000:.0f} (spaCy's blank tokenizer alone, same run) | 200 |"
    )


def audit_line(records: int) -> str:
    """The audit over generated records with planted conflicts, as a line of the table."""
    from kztext.audit.load import bench as load

    got = load(records, planted=min(1000, records // 1000))
    said = f"{got.found} of {got.planted} in {got.seconds:.0f} s, {got.peak_mib / 1024:.1f} GiB"
    return (
        f"| audit | planted conflicts found among {got.records:,} generated records | {said}, "
        f"{got.others} others | – | all in 60 s, 4 GiB |"
    )


def write_table(page: Path, lines: Iterable[str]) -> None:
    """Put the table between the marks of a page. Raises InputError where it has none."""
    text = page.read_text(encoding="utf-8")
    head, begin, rest = text.partition("<!-- begin bench -->\n")
    _, end, tail = rest.partition("<!-- end bench -->")
    if not begin or not end:
        raise InputError(f"{page}: no place for the table (<!-- begin bench --> … <!-- end bench -->)")
    page.write_text(head + begin + "\n".join(lines) + "\n" + end + tail, encoding="utf-8")
