"""Records right by field with rules alone, with spaCy and with Stanza; --page writes docs/engines.md.

Each engine is measured in a process of its own, on the project's gold: a first pass opens what is needed, a
second one is timed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kztext.calibration import replaced
from kztext.evaluate import STRICT
from kztext.goldsets import GoldSet, gold_sets, score_set
from kztext.nlp.engine import EngineName, choose_engine
from kztext.pipeline import extract_documents
from kztext.read import read_documents
from kztext.records import Document
from kztext.resources import Resources

ROOT = Path(__file__).resolve().parents[1]
SETS = {"dev": "dev", "heldout": "held out", "train": "tuned on"}
LANGS = ("kk", "ru")
FIELDS = (*STRICT, "subject")
LEVELS = ("core", "strict")
ENGINES = {EngineName.RULES: "rules", EngineName.SPACY: "spaCy", EngineName.STANZA: "Stanza"}

Measured = Mapping[str, Any]


def chosen_sets() -> list[GoldSet]:
    """The sets of gold that count."""
    return [one for one in gold_sets(ROOT / "corpus/gold") if one.name in SETS]


def measure(name: EngineName) -> dict[str, Any]:
    """What one engine gets right, and what it costs, in this process."""
    documents: dict[str, list[Document]] = {}
    for gold in chosen_sets():
        documents[gold.name] = [d for d in read_documents(list(gold.texts)) if isinstance(d, Document)]
    resources = Resources(engine=choose_engine(name))
    started = time.process_time()
    for found in documents.values():
        list(extract_documents(found, resources))
    first = time.process_time() - started
    started = time.process_time()
    right: dict[str, int] = {}
    for gold in chosen_sets():
        extractions = list(extract_documents(documents[gold.name], resources))
        records = [record for one in extractions for record in one.records]
        claims = [claim for one in extractions for claim in one.claims]
        scores = score_set(gold, records, claims, ()).records
        for lang in LANGS:
            score = scores[lang]
            counts = {**{f: score.right[f] for f in FIELDS}, **{level: score.hits[level] for level in LEVELS}}
            counts |= {"found": score.hits["value"], "gold": score.gold}
            right |= {f"{gold.name} {lang} {field}": count for field, count in counts.items()}
    second = time.process_time() - started
    size = sum(len(document.text) for found in documents.values() for document in found)
    return {
        "right": right,
        "open": max(first - second, 0.0),
        "speed": size / second,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measured(name: EngineName) -> Measured | None:
    """What one engine gets right, from a process of its own; None where it cannot run."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, name.value], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{name.value}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    said: Measured = json.loads(done.stdout.splitlines()[-1])
    return said


def table(found: Mapping[EngineName, Measured]) -> Iterator[str]:
    """The two tables: fields, then costs."""
    columns = [(one, lang) for one in SETS for lang in LANGS]
    base = found[EngineName.RULES]["right"]
    heads = [f"{lang}, {SETS[one]} ({base[f'{one} {lang} found']})" for one, lang in columns]
    yield "| records right in | " + " | ".join(heads) + " |"
    yield "| --- " * (len(columns) + 1) + "|"
    for field in (*FIELDS, *LEVELS):
        cells = []
        for one, lang in columns:
            counts = [engine["right"][f"{one} {lang} {field}"] for engine in found.values()]
            cells.append(" / ".join(map(str, counts)) if len(set(counts)) > 1 else str(counts[0]))
        yield f"| {field} | " + " | ".join(cells) + " |"
    yield ""
    yield "| engine | opens in, s | characters a second | peak memory, MB |"
    yield "| --- | --- | --- | --- |"
    for name, engine in found.items():
        speed, memory = round(engine["speed"], -2), round(engine["memory"], -1)
        yield f"| {ENGINES[name]} | {engine['open']:.1f} | {speed:,.0f} | {memory:,.0f} |"


def main() -> None:
    """Measure one engine, or print the table of all, or write it into a page."""
    if len(sys.argv) > 1 and sys.argv[1] in list(EngineName):
        print(json.dumps(measure(EngineName(sys.argv[1]))))
        return
    tried = {name: measured(name) for name in EngineName}
    lines = list(table({name: one for name, one in tried.items() if one is not None}))
    print("\n".join(lines))
    if "--page" in sys.argv:
        replaced(ROOT / "docs/engines.md", "ablation", lines)


if __name__ == "__main__":
    main()
