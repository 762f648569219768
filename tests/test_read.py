import codecs
import io
import os
from pathlib import Path

import pytest

from kztext.errors import InputError
from kztext.read import read_documents, read_jsonl
from kztext.records import Document


def read(*paths: str | Path, stdin: bytes = b"") -> list[Document | InputError]:
    return list(read_documents(paths, stdin=io.BytesIO(stdin)))


def put(folder: Path, name: str, content: str | bytes = "Инфляция 8 %.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def documents(*paths: str | Path) -> list[Document]:
    found = read(*paths)
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def error(*paths: str | Path) -> str:
    [one] = read(*paths)
    assert isinstance(one, InputError)
    return str(one)


def test_folder_gives_its_texts_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.TXT", "notes.pdf", ".hidden.txt", ".git/x.txt"):
        put(tmp_path, name)
    assert [d.doc_id for d in documents(tmp_path)] == ["a/y.TXT", "a/z.md", "b.txt"]


def test_file_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    assert documents(put(tmp_path, "report.utf8"))[0].doc_id == "report.utf8"


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    assert len(documents(path, tmp_path, path)) == 1


def test_files_of_one_name_get_different_ids(tmp_path: Path) -> None:
    first, second = put(tmp_path, "x/a.txt"), put(tmp_path, "y/a.txt")
    assert [d.doc_id for d in documents(first, second)] == ["a.txt", second.as_posix()]


def test_standard_input_is_a_document() -> None:
    [one] = read("-", stdin="ЖІӨ 2 %".encode())
    assert isinstance(one, Document)
    assert (one.doc_id, one.text) == ("stdin", "ЖІӨ 2 %")


@pytest.mark.parametrize(
    "data",
    [
        "Өсім 5 %".encode(),
        codecs.BOM_UTF8 + "Өсім 5 %".encode(),
        "Өсім 5 %".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Өсім 5 %".encode("utf-16-be"),
        "Өсім 5 %".encode("kz1048"),
    ],
    ids=["utf8", "utf8_bom", "utf16", "utf16_be", "kz1048"],
)
def test_encodings_give_the_same_text(tmp_path: Path, data: bytes) -> None:
    assert documents(put(tmp_path, "a.txt", data))[0].text == "Өсім 5 %"


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    assert documents(put(tmp_path, "a.txt", "бір\r\nекі\rүш"))[0].text == "бір\r\nекі\rүш"


@pytest.mark.parametrize("folder", ["", "texts"], ids=["beside", "above"])
def test_documents_csv_gives_id_date_and_encoding(tmp_path: Path, folder: str) -> None:
    name = f"{folder}/a.txt".lstrip("/")
    put(tmp_path, name, "Қазақстан".encode("kz1048"))
    put(tmp_path, "documents.csv", f"id,file,date,encoding\nkz1,{name},2024-05-01,kz1048\n")
    [one] = documents(tmp_path / folder)
    assert (one.doc_id, one.doc_date, one.text) == ("kz1", "2024-05-01", "Қазақстан")


def test_foreign_documents_csv_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "documents.csv", "name,owner\na.txt,me\n")
    assert documents(put(tmp_path, "a.txt"))[0].doc_id == "a.txt"


def test_broken_documents_csv_is_said_once(tmp_path: Path) -> None:
    put(tmp_path, "documents.csv", b"file\n\xff\xfe")
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    kinds = [type(one) for one in read(tmp_path)]
    assert kinds == [InputError, Document, Document]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\xc2\xa0", "empty"),
        (b"%PDF-1.7 \x00", "not a text but a PDF"),
        (b"PK\x03\x04....", "not a text but a ZIP archive"),
        (bytes(range(256)), "not a text"),
        (b"GIF89a\x01\x00\x02\x00\xff", "not a text"),
        (bytes([0xC0, 0xFF, 0xC1, 0xFE] * 9), "not UTF-8 at byte 0"),
    ],
    ids=["empty", "blank", "pdf", "docx", "bytes", "gif", "no_words"],
)
def test_file_that_is_no_text_is_an_error(tmp_path: Path, content: bytes, said: str) -> None:
    message = error(put(tmp_path, "a.txt", content))
    assert said in message
    assert "a.txt" in message


def test_text_with_a_stray_control_character_is_read(tmp_path: Path) -> None:
    assert documents(put(tmp_path, "a.txt", "Инфляция 8 %.\0 " + "Рост цен замедлился. " * 9))


def test_unknown_encoding_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "documents.csv", "file,encoding\na.txt,kz9999\n")
    assert "unknown encoding 'kz9999'" in error(put(tmp_path, "a.txt"))


def test_wrong_path_is_an_error() -> None:
    assert error("no/such.txt") == "no/such.txt: no such file or folder"


def test_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf")
    assert "no documents here" in error(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt").chmod(0)
    put(tmp_path, "b.txt")
    first, second = read(tmp_path)
    assert isinstance(first, InputError)
    assert "cannot be read" in str(first)
    assert isinstance(second, Document)


def test_jsonl_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl: line 3: not JSON"):
        read_jsonl(put(tmp_path, "a.jsonl", '{"a": 1}\n\n{"a": \n'))
