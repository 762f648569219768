"""Whole outputs of a few documents: what a change of the rules changes in the CSV files.

Read the difference first; where it is meant, `make snapshots` writes the files anew.
"""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

import pytest

from kztext import pipeline, write
from kztext.read import read_documents
from kztext.records import Document
from kztext.resources import Resources

FOLDER = Path(__file__).parent / "snapshots"


def renew(folder: Path) -> None:
    """Read the texts and write their records, claims and findings into a folder."""
    documents = [d for d in read_documents([FOLDER / "texts"]) if isinstance(d, Document)]
    found = list(pipeline.extract_documents(documents, Resources()))
    records = pipeline.cross_check(r for one in found for r in one.records)
    claims = [c for one in found for c in one.claims]
    write.write_facts(folder / write.FACTS, records)
    write.write_claims(folder / write.CLAIMS, claims)
    write.write_findings(folder / write.AUDIT, pipeline.audit(records, claims))


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshots")
    renew(folder)
    return folder


@pytest.mark.parametrize("name", [write.FACTS, write.CLAIMS, write.AUDIT])
def test_output_is_as_it_was(now: Path, name: str) -> None:
    before = (FOLDER / name).read_text(encoding="utf-8-sig").splitlines()
    after = (now / name).read_text(encoding="utf-8-sig").splitlines()
    assert before == after, "\n".join(["meant? then `make snapshots`", *unified_diff(before, after, n=0)])


if __name__ == "__main__":
    renew(FOLDER)
    sys.exit(0)
