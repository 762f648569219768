"""Which number says what of what: a table of sentences in both languages, read by the whole pipeline.

tests/examples/{kk,ru}/relate.txt holds one text a line, under `## ` headings that name the convention of
docs/records.md the lines are about. [ ] marks the quote of a record; its fields follow after `=>`:

- only the fields that are given are compared; `direction=` says that there is none;
- `a|b` accepts either, `!a` anything else, `_` stands for a space (`speaker=Дана_Сейітова`);
- `flags=a,b` asks for both, whatever else is flagged; periods may be finer than asked for; `speaker`,
  `share_of` and `subject` are right where one holds the other, as in the scorer;
- `¶` ends a line of the text;
- `doc=2025-11-10`, first of the first reading, is the date of the document;
- `record=no` says that the marked number is no record, `no_records` after `=>` that the line has none at all.

relate.failing.txt lists the lines that are not read right yet; `make snapshots` takes off those that are.
`python tests/test_relate_examples.py [kk|ru]` prints the figures and what is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kztext.lang.examples import parse_example
from kztext.pipeline import extract_document
from kztext.records import Document, IndicatorRecord
from kztext.resources import Resources
from kztext.spans import Lang

EXAMPLES = Path(__file__).parent / "examples"
RESOURCES = Resources()
NONE_AT_ALL = "no_records"
INSIDE = ("speaker", "share_of", "subject")
PERIODS = ("period_start", "period_end", "base_period")


def lines(lang: str, name: str) -> list[tuple[str, str]]:
    """The lines of a table, each with the heading that it stands under."""
    heading, found = "", []
    for line in (EXAMPLES / lang / name).read_text(encoding="utf8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line and not line.startswith("#"):
            found.append((heading, line))
    return found


CASES = [(str(lang), heading, line) for lang in Lang for heading, line in lines(lang, "relate.txt")]
FAILING = {(str(lang), line) for lang in Lang for _, line in lines(lang, "relate.failing.txt")}


def is_right(name: str, wanted: str, record: IndicatorRecord) -> bool:
    """Whether a record's field is one of those that the line accepts."""
    return any(_same(name, reading.replace("_", " "), record) for reading in wanted.split("|"))


def _same(name: str, wanted: str, record: IndicatorRecord) -> bool:
    if wanted.startswith("!"):
        return not _same(name, wanted[1:], record)
    if name == "flags":
        said = {flag.partition(":")[0] for flag in record.flags} | set(record.flags)
        return all(flag.replace(" ", "_") in said for flag in wanted.split(","))
    if name in ("value", "value_high"):
        return Decimal(wanted) == getattr(record, name)
    got = str(getattr(record, name))
    if not wanted:
        return not got
    if name in INSIDE:
        wanted, got = wanted.lower(), got.replace("_", " ").lower()
        return wanted in got or (bool(got) and got in wanted)
    return got.startswith(wanted) if name in PERIODS else got.replace("_", " ") == wanted


@cache
def mistakes(line: str) -> tuple[str, ...]:
    """What is wrong in the records of a line; nothing where it is read right."""
    left, _, right = (line := line.replace("¶", "\n")).partition("=>")
    none_at_all = right.strip() == NONE_AT_ALL
    example = parse_example(left if none_at_all else line)
    doc_date = example.fields[0].pop("doc", "") if example.fields else ""
    document = Document(doc_id="line", text=example.text, doc_date=doc_date)
    records = extract_document(document, RESOURCES).records
    if none_at_all:
        return tuple(f"[{record.quote}] is a record" for record in records)
    wrong = []
    for (start, end), fields in zip(example.spans, example.fields, strict=True):
        quote = example.text[start:end]
        if fields.get("record") == "no":
            wrong += [f"[{quote}] is a record" for r in records if r.start < end and start < r.end]
            continue
        record = next((r for r in records if (r.start, r.end) == (start, end)), None)
        if record is None:
            near = [r.quote for r in records if r.start < end and start < r.end]
            wrong.append(f"[{quote}] is no record" + (f", but {near}" if near else ""))
            continue
        wrong += [
            f"[{quote}] {name}: {wanted!r}, got {str(getattr(record, name))!r}"
            for name, wanted in fields.items()
            if not is_right(name, wanted, record)
        ]
    return tuple(wrong)


@pytest.mark.parametrize(("lang", "heading", "line"), CASES)
def test_line(lang: str, heading: str, line: str) -> None:
    wrong = mistakes(line)
    if wrong and (lang, line) in FAILING:
        pytest.xfail("not read right yet")
    assert not wrong, (heading, wrong)


def test_every_failing_line_is_a_line_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert {(lang, line) for lang, _, line in CASES} >= FAILING
    with capsys.disabled():
        for lang in map(str, Lang):
            total = sum(case[0] == lang for case in CASES)
            left = sum(item[0] == lang for item in FAILING)
            print(f"\nrelate.txt {lang}: {total - left} of {total} lines right", end="")


def report(langs: list[str]) -> None:
    """Print what is wrong, line by line, and the figures of every heading."""
    for lang in langs:
        right, total = Counter[str](), Counter[str]()
        for case, heading, line in CASES:
            if case == lang:
                wrong = mistakes(line)
                total[heading] += 1
                right[heading] += not wrong
                if wrong:
                    print(f"{lang} {heading} | {line}", *wrong, sep="\n    ")
        for heading in total:
            print(f"{lang} {right[heading]:4} of {total[heading]:4}  {heading}")
        print(f"{lang} {sum(right.values()):4} of {sum(total.values()):4}")


def renew() -> None:
    """Take the lines that are read right off relate.failing.txt."""
    for lang in map(str, Lang):
        path = EXAMPLES / lang / "relate.failing.txt"
        before = path.read_text(encoding="utf8").splitlines()
        kept = [line for line in before if (lang, line) not in FAILING or mistakes(line)]
        path.write_text("\n".join(kept) + "\n", encoding="utf8")
        print(f"{path.relative_to(EXAMPLES.parent)}: {len(before) - len(kept)} lines taken off")


if __name__ == "__main__":
    if sys.argv[1:] == ["--renew"]:
        renew()
    else:
        report(sys.argv[1:] or [str(lang) for lang in Lang])
