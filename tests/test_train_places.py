"""Training scripts: what was broken off is made anew, what fails leaves the old model."""

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kztext.errors import ModelError
from kztext.train.places import KAZAKH, Places, once, parser, places, replaced


def writes(path: Path, text: str) -> Callable[[], None]:
    def write() -> None:
        path.write_text(text)

    return write


def test_what_was_made_is_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "tagger"
    once(folder, "trees 1", writes(folder / "weights", "one"))
    once(folder, "trees 1", writes(folder / "weights", "two"))
    assert (folder / "weights").read_text() == "one"
    once(folder, "trees 2", writes(folder / "weights", "two"))
    assert (folder / "weights").read_text() == "two"


def test_what_was_broken_off_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "tagger"

    def broken() -> None:
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(folder, "trees", broken)
    once(folder, "trees", writes(folder / "weights", "whole"))
    assert not (folder / "half").exists()
    assert (folder / "weights").read_text() == "whole"


def test_model_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "kk"
    for text in ("one", "two"):
        with replaced(folder) as new:
            (new / "weights").write_text(text)
    with contextlib.suppress(KeyboardInterrupt), replaced(folder) as new:
        (new / "weights").write_text("half")
        raise KeyboardInterrupt
    assert (folder / "weights").read_text() == "two"
    with replaced(folder) as new:
        (new / "more").touch()
    assert [path.name for path in folder.iterdir()] == ["more"]
    assert [path.name for path in folder.parent.iterdir()] == ["kk"]


def test_missing_data_are_named() -> None:
    with pytest.raises(ModelError, match=r"nowhere/ud/kk_ktb/.*train.*docs/models\.md.*--data"):
        Places(data=Path("nowhere"), models=Path(), work=Path()).source(KAZAKH, "train")


def test_script_ends_with_a_line_and_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options: argparse.Namespace = parser("").parse_args(["--data", str(tmp_path), "--work", str(tmp_path)])
    with pytest.raises(SystemExit) as end, places(options) as folders:
        folders.source(KAZAKH, "train")
    assert end.value.code == 2
    assert "no such file" in capsys.readouterr().err
