"""How often records of each confidence are right."""

from decimal import Decimal
from pathlib import Path

import pytest

from kztext.calibration import Calibration, calibration_table, replaced
from kztext.errors import InputError
from kztext.records import IndicatorRecord


def record(start: int, confidence: float, value: str = "5") -> IndicatorRecord:
    number = Decimal(value)
    return IndicatorRecord(
        record_id=str(start),
        doc_id="a.txt",
        start=start,
        end=start + 2,
        quote="5%",
        indicator="gdp",
        value=number,
        value_high=number,
        unit="percent",
        confidence=confidence,
    )


def gold(start: int, **fields: object) -> dict[str, object]:
    row: dict[str, object] = {"doc": "a.txt", "start": start, "end": start + 2, "indicator": "gdp"}
    row |= {"value": 5, "value_high": 5, "unit": "percent", "measure": "level", "aggregation": "period"}
    return row | {"approximation": "exact", "modality": "actual"} | fields


def test_records_are_counted_by_band_and_by_what_is_right() -> None:
    one = Calibration()
    rows = [gold(0), gold(10, indicator="inflation"), gold(20, speaker="министр"), gold(30, optional=True)]
    found = [record(0, 0.95), record(10, 0.95), record(20, 0.9), record(30, 0.95), record(40, 0.5)]
    one.add(rows, found)
    assert dict(one.records) == {0.9: 3, 0.0: 1}
    assert [one.share(level, 0.9) for level in ("value", "core", "strict")] == ["100 %", "67 %", "33 %"]
    assert [one.share("value", low) for low in (0.8, 0.0)] == ["–", "0 %"]


def test_table_takes_its_place_on_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- begin x -->\nold\n<!-- end x -->\nafter\n", encoding="utf-8")
    replaced(page, "x", calibration_table({"dev": Calibration()}))
    text = page.read_text(encoding="utf-8")
    assert "| dev | 0.9 and more | 0 | – | – | – |" in text
    assert (text.startswith("before\n"), text.endswith("after\n"), "old" in text) == (True, True, False)
    with pytest.raises(InputError, match="no place for the table"):
        replaced(tmp_path / "none.md", "x", [])
