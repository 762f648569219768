"""Tables of words: written and read back, words found with their endings, damage told."""

from pathlib import Path

import pytest

from kztext.errors import ModelError
from kztext.lang.pack import load_pack
from kztext.wordtable import LEAST, Stems, read_table, write_table


@pytest.mark.parametrize(
    ("lang", "stem", "word", "known"),
    [
        ("kk", "мектеп", "мектептердегі", True),
        ("kk", "мектеп", "Мектебінде", True),
        ("kk", "көл", "көлік", False),
        ("ru", "школ", "школами", True),
        ("ru", "строительств", "строительство", True),
        ("ru", "рост", "ростовщик", False),
    ],
)
def test_word_is_found_by_its_beginning_and_an_ending(lang: str, stem: str, word: str, known: bool) -> None:
    assert (Stems.of([stem], load_pack(lang)).find(word) == 0) is known


def test_longest_beginning_counts() -> None:
    assert Stems.of(["бюджет", "бюджетник"], load_pack("ru")).find("бюджетников") == 1


def test_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_table(tmp_path / "ru.words", ["школ", "цен"], [1.0, 0.2], [[1.27, -0.5], [0.0, 1.0]])
    table = read_table(tmp_path / "ru.words", load_pack("ru"))
    sums = [0.0, 1.0]
    table.add(["школа", "школы", "незнакомое"], sums)
    assert sums == pytest.approx([1.27, 0.5], abs=0.01)
    sums = [0.0, 0.0]
    table.add(["цены"], sums)
    assert sums == pytest.approx([0.0, 1 / LEAST**0.5], abs=0.01)


@pytest.mark.parametrize("damage", [b"", b"{}\nword\n12", b'{"width": 2, "step": 1}\nword\n12'])
def test_damaged_table_is_an_error_that_says_what_to_do(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "kk.words").write_bytes(damage)
    with pytest.raises(ModelError, match="make models"):
        read_table(tmp_path / "kk.words", load_pack("kk"))
