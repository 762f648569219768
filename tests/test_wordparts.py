"""Parts of words: what they add to the sums of a text, also for a word that was never seen whole."""

from pathlib import Path

import pytest

from kztext.errors import ModelError
from kztext.wordparts import parts, read_parts
from kztext.wordtable import write_table


def test_part_of_an_unseen_word_counts(tmp_path: Path) -> None:
    write_table(tmp_path / "kk.parts", ["<энер", "баға"], [1.0, 0.6], [[1.27, 0.0], [0.0, 1.0]])
    table = read_parts(tmp_path / "kk.parts")
    sums = [0.0, 0.5]
    table.add(["Энергетиктер", "ЭНЕРГЕТИКТЕР", "келді"], sums)  # one word, however it is written
    assert sums == pytest.approx([1.27, 0.5], abs=0.01)
    sums = [0.0, 0.0]
    table.add(["энергия", "бағасы"], sums)  # two parts: divided by the root of 1² + 0.6²
    assert sums == pytest.approx([1.27 / 1.36**0.5, 1 / 1.36**0.5], abs=0.01)


def test_text_without_a_known_part_adds_nothing(tmp_path: Path) -> None:
    write_table(tmp_path / "ru.parts", ["<цен"], [1.0], [[1.0]])
    sums = [0.25]
    read_parts(tmp_path / "ru.parts").add(["рост", "1998"], sums)
    assert sums == [0.25]


def test_parts_mark_the_ends_of_the_word() -> None:
    assert {"<мұн", "най>", "<мұнай>"} <= parts("мұнай")
    assert "мұн" in parts("мұнай")


def test_missing_table_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        read_parts(tmp_path / "kk.parts")
