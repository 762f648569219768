"""Where training scripts read and write, what they may be told, and how they go on after being broken off."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kztext.errors import KztextError, ModelError

ROOT = Path(__file__).parents[3]
MARK = "made-of"
KAZAKH = "ud/kk_ktb/kk_ktb80-{}.conllu"
ENTITIES = "benchmarks/kk-num.kaznerd.jsonl"
TAIGA = "ud/ru_taiga27/ru_taiga-{}.conllu"
GSD = "ud/ru_gsd/ru_gsd-ud-{}.conllu"
PUD = "ud/ru_pud/ru_pud-ud-test.conllu"


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
                f"{path}: no such file; put the data there (docs/models.md says which) "
                "or name their folder with --data"
            )
        return path


def once(folder: Path, of: str, make: Callable[[], None]) -> None:
    """Make what a folder holds, unless it was made before of the same; what was broken off is made anew."""
    mark = folder / MARK
    if mark.is_file() and mark.read_text(encoding="utf-8") == of:
        say(f"{folder.name}: taken from {folder}")
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make()
    mark.write_text(of, encoding="utf-8")


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of `folder` once all is written."""
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    yield new
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)


def say(line: str) -> None:
    """Tell the terminal how far the training is."""
    print(line, file=sys.stderr, flush=True)


def parser(about: str | None) -> argparse.ArgumentParser:
    """What a training script may be told: where its data lie and where models and work files go."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="the folder with the data")
    made.add_argument(
        "--out", type=Path, default=ROOT / "models", help="the folder that models are written to"
    )
    made.add_argument(
        "--work", type=Path, help="keep what is made on the way here, and take up what is there"
    )
    made.add_argument("--figures", action="store_true", help="only measure what is there anew")
    made.add_argument("--steps", type=int, default=0, help="train so many steps only, to see that all runs")
    return made


@contextmanager
def places(options: argparse.Namespace) -> Iterator[Places]:
    """The folders that the options name; what nobody wants to keep is gone afterwards.

    What the user can put right ends with a line about it and exit code 2.
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        try:
            yield Places(data=options.data, models=options.out, work=work, steps=options.steps)
        except KztextError as error:
            say(str(error))
            sys.exit(2)
