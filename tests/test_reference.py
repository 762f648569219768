"""The cross-check: verdicts with their arithmetic, and series that users bring."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kztext import reference
from kztext.audit.examples import read_record
from kztext.errors import SeriesError
from kztext.gold import records_from_gold
from kztext.intervals import said
from kztext.records import IndicatorRecord, Measure, Verdict
from kztext.reference import store
from kztext.reference.series import default_store, load_store

GOLD = Path(__file__).parents[1] / "corpus" / "gold"


def checked(line: str) -> IndicatorRecord:
    return reference.check([read_record(line, "r1", "ru", "")])[0]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("gdp change 0,5% up 1996", "supported"),
        ("gdp change 0,5% up 1995", "refuted"),
        ("gdp change 1,9% down 1998", "supported"),
        ("gdp change 1,9% up 1998", "refuted"),
        ("gdp change 2,6% down 2020", "close"),
        ("gdp change 38,6% down 1991..1995 base=1990 agg=cumulative", "supported"),
        ("gdp change 31,2% down 1998 base=1991", "close"),
        ("gdp index 69,4% 2000 base=1990", "supported"),
        ("gdp index 105,1% 2023", "supported"),
        ("gdp change 30% up more_than 2001..2003 agg=cumulative", "supported"),
        ("gdp change 30% up at_most 2001..2003 agg=cumulative", "close"),
        ("gdp change 10,4% up 2000..2004 agg=annual_average", "supported"),
        ("gdp change 5,1% up 2023-01..2023-09", "not_checkable"),
        ("gdp change 6% up 2013 modality=forecast", "not_checkable"),
        ("gdp change 5,1% up 2023 geo=XXX", "not_checkable"),
        ("gdp change 8,1x up 2010 base=2000", "definition_differs"),
        ("gdp level 148e9 2010 unit=USD", "supported"),
        ("gdp_per_capita level 2700 2004 unit=USD", "supported"),
        ("gdp_per_capita level 8514 2008 unit=USD", "close"),
        ("inflation level 28,7% 1996", "definition_differs"),
        ("inflation level 28,7% 1996 +end_of_period", "supported"),
        ("inflation level 20,3% 2022-12", "supported"),
        ("inflation level 15,0% 2022 +average", "supported"),
        ("inflation level 20,3% 2022 +average", "refuted"),
        ("inflation level 5,8% 2003", "refuted"),
        ("inflation change 9,8% up 2000 base=1999-12", "supported"),
        ("unemployment level 5,8% 2010", "supported"),
        ("unemployment change 7pp down 2010 base=2000", "supported"),
        ("unemployment change 12pp up 1994 base=1993", "not_checkable"),
        ("population level 17,5e6 2015 unit=count", "supported"),
        ("population level 20,03e6 2024-01-01 unit=count", "not_checkable"),
        ("fixed_investment change 11,6% up 1997", "not_checkable"),
        ("exports level 90e9 2012 unit=USD +part_of:exports", "not_checkable"),
        ("population change 80% up 2023 +comparison", "not_checkable"),
        ("gdp change 20% up 2023 +comparison", "not_checkable"),
        ("poverty share 6,5% 2010 of=population", "supported"),
    ],
)
def test_verdict_of_a_record(line: str, verdict: str) -> None:
    record = checked(line)
    assert record.verdict == verdict, record.reference_computation
    assert record.reference_computation


def test_refuted_record_tells_the_one_year_in_which_it_is_true() -> None:
    assert "is 1996, not 1995" in checked("gdp change 0,5% up 1995").reference_hint
    assert "is 2002, not 2003" in checked("inflation level 5,8% 2003").reference_hint
    assert "direction" in checked("gdp change 1,9% up 1998").reference_hint


def test_refuted_record_without_a_single_true_reading_has_no_hint() -> None:
    assert checked("gdp change 77,7% up 2001").reference_hint == ""


def test_verdict_names_series_vintage_and_deviation() -> None:
    record = checked("gdp change 12,3% up 2001")
    assert record.code == "NY.GDP.MKTP.KD.ZG"
    assert record.reference_value == "13.5"
    assert record.reference_period == "2001"
    assert record.deviation == "-1.2"
    assert "World Development Indicators" in record.reference_source


def test_estimates_are_no_facts() -> None:
    record = checked("inflation level 12,3% 2025 +end_of_period")
    assert record.verdict == Verdict.NOT_CHECKABLE
    assert "estimate" in record.reference_computation


@given(year=st.integers(1993, 2020), decimals=st.integers(0, 3))
def test_series_value_rounded_to_n_decimals_is_supported(year: int, decimals: int) -> None:
    value = default_store().at("NY.GDP.MKTP.KD.ZG", "KAZ", str(year))[0].value
    rounded = abs(value).quantize(Decimal(10) ** -decimals)
    record = read_record(f"gdp change 1% {'down' if value < 0 else 'up'} {year}", "r1", "kk", "")
    from dataclasses import replace

    told = replace(record, value=rounded, value_high=rounded, quote=f"{rounded}".replace(".", ",") + "%")
    assert reference.check([told])[0].verdict == Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("quote", "value", "hedge", "low", "high"),
    [
        ("5,8%", "5.8", "exact", "5.75", "5.85"),
        ("5,80%", "5.80", "exact", "5.795", "5.805"),
        ("46,4 трлн", "46400000000000", "exact", "46350000000000", "46450000000000"),
        ("46 401,7 млрд", "46401700000000", "exact", "46401650000000", "46401750000000"),
        ("2700$", "2700", "exact", "2650", "2750"),
        ("30%", "30", "more_than", "30", "Infinity"),
        ("5%", "5", "at_most", "0", "5"),
    ],
)
def test_a_number_said_stands_for_an_interval(
    quote: str, value: str, hedge: str, low: str, high: str
) -> None:
    number = Decimal(value)
    record = IndicatorRecord(
        record_id="",
        doc_id="",
        quote=quote,
        value=number,
        value_high=number,
        approximation=hedge,
        measure=Measure.LEVEL,
        unit="percent" if "%" in quote else "USD",
    )
    wide = said(record).wide
    assert (wide.low, wide.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("part", ["seeds", "dev"])
def test_gold_verdicts(part: str) -> None:
    folder = GOLD / part
    if not (folder / "verdicts.jsonl").exists():
        pytest.skip("no gold here")
    records = {r.record_id: r for r in reference.check(records_from_gold(folder / "records.jsonl"))}
    rows = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [
        r["record"]
        for r in rows
        if records[r["record"]].verdict not in {r["expected_verdict"], *r["also_accept"]}
    ]
    assert len(wrong) <= 0.02 * len(rows), wrong


# Series that users bring

WORLD_BANK = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2025-04-15",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2022","2023"\n'
    '"Kazakhstan","KAZ","GDP growth (annual %)","NY.GDP.MKTP.KD.ZG","3.2",""\n'
)
WEO = (
    "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\tScale\t2023\t2024"
    "\tEstimates Start After\n"
    "916\tKAZ\tNGDP\tKazakhstan\tGDP\tNational currency\tBillions\t119,442.3\t135,000.0\t2023\n"
)
SDMX = (
    "DATAFLOW,FREQ: Frequency,REF_AREA: Area,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,"
    "UNIT_MULT\n"
    "X,Q,KAZ: Kazakhstan,IPI,2024-Q1,104.5,A,PC,0\nX,Q,KAZ,IPI,2024-Q2,,M,PC,0\n"
)
TIDY = "indicator_code,geo,period,value,unit\nIPI.M,KAZ,2025-03,4.5,%\n"


@pytest.mark.parametrize(
    ("text", "code", "period", "value", "status"),
    [
        (WORLD_BANK, "NY.GDP.MKTP.KD.ZG", "2022", "3.2", "A"),
        (WEO, "NGDP", "2023", "119442.3", "A"),
        (SDMX, "IPI", "2024-Q1", "104.5", "A"),
        (TIDY, "IPI.M", "2025-03", "4.5", "A"),
    ],
    ids=["world_bank", "weo", "sdmx", "tidy"],
)
def test_four_formats_are_read(
    tmp_path: Path, text: str, code: str, period: str, value: str, status: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    first = store.read_series(path)[0]
    assert (first.code, first.geo, first.period, str(first.value), first.status) == (
        code,
        "KAZ",
        period,
        value,
        status,
    )


def test_years_after_the_last_actual_one_of_a_weo_table_are_estimates(tmp_path: Path) -> None:
    path = tmp_path / "weo.xls"
    path.write_bytes(WEO.encode("utf-16"))
    assert [(o.period, o.status, o.unit) for o in store.read_series(path)] == [
        ("2023", "A", "National currency bn"),
        ("2024", "E", "National currency bn"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("indicator_code,geo,period,value\nX,KAZ,2024,12.5.1\n", "line 2: value '12.5.1' is no number"),
        ("indicator_code,geo,period,value\nX,KAZ,24,12.5\n", "line 2: period '24' is none of"),
        ("indicator_code,geo,period,value\nX,KAZ,2024\n", "line 2 has 3 cells, the header 4"),
        ("a,b\n1,2\n", "the header is none of"),
        ("indicator_code,geo,period,value\n", "no values"),
        ("period,value\n2024,1\n", "no column indicator_code, geo"),
    ],
)
def test_errors_name_file_line_and_what_would_be_right(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeriesError, match=message.replace(".", r"\.")) as error:
        store.read_series(path)
    assert str(path) in str(error.value)


def test_a_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(SeriesError, match="save the sheet as CSV"):
        store.read_series(path)


def test_series_of_the_user_come_before_ours(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "indicator_code,geo,period,value,unit\nNY.GDP.MKTP.KD.ZG,KAZ,2001,12.3,%\n", encoding="utf-8"
    )
    own = load_store(extra=[path])
    record = reference.check([read_record("gdp change 12,3% up 2001", "r1", "kk", "")], series=own)[0]
    assert record.verdict == Verdict.SUPPORTED


def test_monthly_series_of_the_user_checks_an_indicator_that_had_none(tmp_path: Path) -> None:
    path = tmp_path / "ipi.csv"
    path.write_text(TIDY, encoding="utf-8")
    target, doubts = store.add(path, folder=tmp_path, indicator="industrial_output", measure="change")
    assert target.is_file()
    assert doubts == []
    own = load_store(extra=[target])
    line = "industrial_output change 4,5% up 2025-03"
    assert checked(line).verdict == Verdict.NOT_CHECKABLE
    assert reference.check([read_record(line, "r1", "kk", "")], series=own)[0].verdict == Verdict.SUPPORTED


def test_adding_twice_needs_to_be_said_and_removing_names_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "ipi.csv"
    path.write_text(TIDY, encoding="utf-8")
    store.add(path, folder=tmp_path, indicator="industrial_output", measure="change")
    with pytest.raises(SeriesError, match="is there already"):
        store.add(path, folder=tmp_path, indicator="industrial_output", measure="change")
    store.add(path, folder=tmp_path, indicator="industrial_output", measure="change", replace_existing=True)
    with pytest.raises(SeriesError, match="have: ipi"):
        store.remove("other", folder=tmp_path)
    store.remove("ipi", folder=tmp_path)


def test_code_that_checks_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ipi.csv"
    path.write_text(TIDY, encoding="utf-8")
    assert any("checks nothing" in d for d in store.add(path, folder=tmp_path)[1])


def test_our_own_series_are_in_order() -> None:
    assert store.check_all() == []


def test_list_tells_what_a_series_checks() -> None:
    found = store.series_list(default_store(), pattern="PCPIEPCH", geo="KAZ")
    assert [(i.code, i.frequency, i.first, i.indicators) for i in found] == [
        ("PCPIEPCH", "annual", "1993", ("inflation",))
    ]
