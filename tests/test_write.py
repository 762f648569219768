import csv
import io
import sys
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext.errors import InputError
from kztext.records import ClaimRecord, Finding, IndicatorRecord, Measure, Severity
from kztext.write import (
    plain_text,
    read_claims,
    read_facts,
    read_findings,
    safe_text,
    write_claims,
    write_facts,
    write_findings,
)

TEXT = st.text(st.sampled_from("=+-@\t\r\n'\",; 8аәЖІ%–$＝\0"), max_size=8)
PART = st.text(st.sampled_from("=-@' 8аә%:_"), min_size=1, max_size=6)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 10**7),
    bool: st.booleans(),
    float: st.floats(0, 1),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=3),
    tuple[str, ...]: st.lists(PART, max_size=3).map(tuple),
}


def records_of(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    built: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields(kind):
        hint = hints[field.name]
        is_enum = isinstance(hint, type) and issubclass(hint, StrEnum)
        built[field.name] = st.sampled_from(list(hint)) if is_enum else VALUES[hint]
    for name in built:
        if name in ("record_id", "claim_id", "finding_id", "doc_id", "rule"):
            built[name] = PART
    return st.builds(kind, **built)


@given(st.lists(records_of(IndicatorRecord), max_size=3))
def test_facts_are_read_as_they_were_written(tmp_path_factory: Any, records: list[IndicatorRecord]) -> None:
    path = tmp_path_factory.mktemp("out") / "facts.csv"
    assert write_facts(path, records) == len(records)
    assert read_facts(path) == records


@given(st.lists(records_of(ClaimRecord), max_size=3))
def test_claims_are_read_as_they_were_written(tmp_path_factory: Any, claims: list[ClaimRecord]) -> None:
    path = tmp_path_factory.mktemp("out") / "claims.csv"
    write_claims(path, claims)
    assert read_claims(path) == claims


@given(st.lists(records_of(Finding), max_size=3))
def test_findings_are_read_as_they_were_written(tmp_path_factory: Any, findings: list[Finding]) -> None:
    path = tmp_path_factory.mktemp("out") / "audit.csv"
    write_findings(path, findings)
    assert read_findings(path) == findings


@given(TEXT)
def test_no_text_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    cell = safe_text(text)
    assert plain_text(cell) == text
    if cell[:1] in ("=", "@", "\t", "\r"):
        pytest.fail(cell)


@pytest.mark.parametrize("text", ["-0.3", "+5", "-2,6 %", "-15%"])
def test_a_plain_number_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@pytest.mark.parametrize("text", ["-2+3+cmd|' /C calc'!A0", "=1+1", "@SUM(A1)", "-млн", "+7 701 B2"])
def test_what_a_spreadsheet_would_run_is_prefixed(text: str) -> None:
    assert safe_text(text) == "'" + text


def one(**values: Any) -> IndicatorRecord:
    return IndicatorRecord(**{"record_id": "r1", "doc_id": "a.txt", **values})


def test_csv_is_utf8_with_bom_and_columns_in_field_order(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts.csv", [one(quote='8 "пайыз",\nкөп', value=Decimal("1E+9"))])
    data = (tmp_path / "facts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfrecord_id,doc_id,doc_date,lang,start,end,quote,")
    assert b"\r" not in data
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert list(row) == [field.name for field in fields(IndicatorRecord)]
    assert (row["quote"], row["value"]) == ('8 "пайыз",\nкөп', "1000000000")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("1.2E+9", "1200000000"),
        ("5.80", "5.8"),
        ("0.10", "0.1"),
        ("1E-7", "0.0000001"),
        ("-0", "0"),
        ("100", "100"),
    ],
)
def test_decimals_are_plain(tmp_path: Path, value: str, cell: str) -> None:
    write_facts(tmp_path / "facts.csv", [one(value=Decimal(value))])
    assert f",{cell},0," in (tmp_path / "facts.csv").read_text(encoding="utf-8-sig")


def test_a_failed_write_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    write_facts(path, [one()])
    before = path.read_bytes()

    def broken() -> Any:
        yield one()
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        write_facts(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("record_id,doc_id,value", "r1,a.txt,много", "line 2: value: 'много' does not fit (a number)"),
        ("record_id,doc_id,value", "r1,a.txt,NaN", "value: 'NaN'"),
        ("record_id,doc_id,start", "r1,a.txt,1.5", "start: '1.5' does not fit (a whole number)"),
        ("record_id,doc_id,measure", "r1,a.txt,size", "one of level, change, index, share"),
        ("record_id,doc_id,value", "r1,,1", "line 2: no doc_id"),
        ("record_id,value", "r1,1", "no column doc_id in its first line"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(tmp_path: Path, header: str, row: str, said: str) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_facts(path)
    assert said in str(caught.value)


def test_foreign_columns_are_passed_over_and_missing_ones_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("record_id,doc_id,measure,colour\nr1,a.txt,share,red\n", encoding="utf-8")
    assert read_facts(path) == [one(measure=Measure.SHARE)]


def test_a_very_long_sentence_is_read_back(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    write_facts(tmp_path / "facts.csv", [one(sentence="ә" * 300_000)])
    assert len(read_facts(tmp_path / "facts.csv")[0].sentence) == 300_000
    assert csv.field_size_limit(limit) == sys.maxsize


def test_a_finding_keeps_its_ids(tmp_path: Path) -> None:
    finding = Finding(finding_id="f1", rule="average", severity=Severity.ERROR, record_ids=("r1", "r2"))
    write_findings(tmp_path / "audit.csv", [finding])
    assert read_findings(tmp_path / "audit.csv") == [finding]
