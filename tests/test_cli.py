import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner, Result

from kztext import __version__
from kztext.catalogue import load_catalogue
from kztext.cli import app
from kztext.errors import KztextError
from kztext.write import read_claims, read_facts, read_findings

ROOT = Path(__file__).parents[1]
TEXT = "1998 жылы ЖІӨ 1,9%-ға төмендеді. Инфляция 7,1 % болды.\n"
OUTPUT = ["audit.csv", "claims.csv", "facts.csv", "run.json"]


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)


def kztext(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    code = "import sys; from kztext.cli import main; sys.argv[0] = 'kztext'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_version_is_printed() -> None:
    assert run("--version").stdout == f"kztext {__version__}\n"


def commands() -> list[str]:
    own = [str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback]
    return own + [
        f"{group.name} {command.name}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    ]


@pytest.mark.parametrize("command", commands())
def test_help_of_every_command_has_an_example(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert f"Example: kztext {command}" in " ".join(result.stdout.split())


def test_extract_writes_its_files_and_counts(text: Path, tmp_path: Path) -> None:
    result = run("extract", text.parent, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("1 document, 2 records, ")
    assert names(tmp_path / "out") == OUTPUT
    described = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert described["version"] == __version__
    assert described["inputs"][0]["doc_id"] == "a.txt"
    assert len(described["inputs"][0]["sha256"]) == 64


def test_two_runs_give_the_same_bytes(text: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        kztext("extract", ROOT / "corpus/texts", text, "--out", tmp_path / name)
    for name in ("facts.csv", "claims.csv", "audit.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    runs = [json.loads((tmp_path / n / "run.json").read_text(encoding="utf-8")) for n in ("one", "two")]
    assert [run.pop("timings").keys() for run in runs]
    assert runs[0] == runs[1]


def test_standard_input_is_read(tmp_path: Path) -> None:
    result = kztext("extract", "-", "--out", tmp_path / "out", stdin=TEXT.encode())
    assert result.returncode == 0
    described = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert [one["doc_id"] for one in described["inputs"]] == ["stdin"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("scan.txt", b"%PDF-1.4"), ("noise.txt", bytes(range(256)))],
    ids=["empty", "pdf", "binary"],
)
def test_bad_file_is_named_and_the_rest_is_written(
    text: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (text.parent / name).write_bytes(content)
    result = run("extract", text.parent, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"error: {text.parent / name}: " in result.stderr
    assert names(tmp_path / "out") == OUTPUT
    described = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert (described["counts"]["documents"], len(described["errors"])) == (1, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_named_and_the_rest_is_written(text: Path, tmp_path: Path) -> None:
    locked = text.parent / "locked.txt"
    locked.write_text(TEXT, encoding="utf-8")
    locked.chmod(0)
    result = run("extract", text.parent, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
    assert names(tmp_path / "out") == OUTPUT


def test_ids_are_unique_and_can_be_listed_whatever_the_file_is_called(tmp_path: Path) -> None:
    for name in ("a/өсім, 2024.txt", "b/өсім, 2024.txt", "b/x;y.md", "b/x.txt"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    run("extract", tmp_path / "docs", "--out", tmp_path)
    records, claims = read_facts(tmp_path / "facts.csv"), read_claims(tmp_path / "claims.csv")
    ids = [r.record_id for r in records] + [c.claim_id for c in claims]
    assert len(records) == 8
    assert len(ids) == len(set(ids))
    assert {i for c in claims for i in c.record_ids} <= set(ids)
    assert not any(sign in one for one in ids for sign in ",;")


@pytest.mark.parametrize("what", ["missing.txt", "empty"])
def test_nothing_to_read_writes_nothing(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    result = run("extract", tmp_path / what, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert not (tmp_path / "out").exists()


def test_out_that_is_a_file_is_an_error_without_traceback(text: Path) -> None:
    result = kztext("extract", text, "--out", text)
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert b"not a folder" in result.stderr


def test_unknown_option_is_a_usage_error() -> None:
    assert run("extract", ".", "--colour").exit_code == 2


def test_a_start_loads_no_large_library_and_is_quick(text: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from kztext.cli import app\n"
        f"app(['extract', {str(ROOT / 'corpus/texts')!r}, '--out', {str(tmp_path / 'out')!r}],"
        " standalone_mode=False)\n"
        "print([m for m in ('spacy', 'pandas', 'sklearn', 'numpy', 'torch', 'rich') if m in sys.modules])"
    )
    started = os.times().children_user
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
    assert os.times().children_user - started < 12  # the goal is 5 s on a quiet machine


def test_audit_checks_the_output_of_extract(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("extract", text, "--out", out)
    before = (out / "facts.csv").read_bytes()
    result = run("audit", out)
    assert result.exit_code == 0
    assert "findings (" in result.stderr
    assert (out / "facts.csv").read_bytes() == before


def test_audit_reads_gold_records(tmp_path: Path) -> None:
    gold = ROOT / "corpus/gold/dev/records.jsonl"
    result = run("audit", "--records", gold, "--out", tmp_path)
    assert result.exit_code == 0
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == 205


@pytest.mark.parametrize("args", [(), ("out", "--records", "facts.csv")], ids=["neither", "both"])
def test_audit_takes_a_folder_or_records(args: tuple[str, ...]) -> None:
    assert run("audit", *args).exit_code == 2


def test_score_prints_figures_per_language() -> None:
    result = run("score", ROOT / "corpus/gold/dev", "--ceiling", "--json")
    figures = json.loads(result.stdout)["dev"]
    assert figures["kk.strict"] == figures["ru.value"] == figures["subject"] == 1.0


def test_score_below_the_floor_fails(tmp_path: Path) -> None:
    floor = tmp_path / "scores.toml"
    floor.write_text('[seeds]\nvalue = 1.01\non_controls = 0\n"ru.nothing" = 1\n', encoding="utf-8")
    result = run("score", ROOT / "corpus/gold/seeds", "--ceiling", "--floor", floor)
    assert result.exit_code == 1
    assert "seeds value is 1.0000, should be at least 1.0100" in result.stderr
    assert "ru.nothing: no such figure" in result.stderr


def test_score_of_written_files(text: Path, tmp_path: Path) -> None:
    run("audit", "--records", ROOT / "corpus/gold/seeds/records.jsonl", "--out", tmp_path)
    result = run("score", ROOT / "corpus/gold/seeds", "--out", tmp_path, "--json")
    assert json.loads(result.stdout)["seeds"]["strict"] == 1.0


def test_score_of_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    result = kztext("score", tmp_path)
    assert (result.returncode, b"no gold here" in result.stderr) == (2, True)


def test_explain_shows_spans_with_their_rules() -> None:
    result = run("explain", TEXT, "--date", "2004-01-01")
    assert result.exit_code == 0
    assert "date      2004-01-01" in result.stdout
    assert "numbers     '1,9'  value=1.9" in result.stdout


def test_explain_shows_the_words_of_a_topic() -> None:
    result = run("explain", "Қарашада жылдық инфляция тездеді. Уһ, аһ.")
    assert regex.search(r"topic       prices  confidence=0\.\d+  \(инфляция \+\d", result.stdout)
    assert "topic       other" in result.stdout
    assert "(no topic words)" in result.stdout


def test_explain_of_a_text_without_numbers() -> None:
    assert "no records" in run("explain", "Қазақстан").stdout


def test_bench_needs_benchmarks(tmp_path: Path) -> None:
    result = kztext("bench", tmp_path)
    assert (result.returncode, b"no benchmarks here" in result.stderr) == (2, True)


def test_rules_of_one_table() -> None:
    assert run("rules", "--lang", "kk").exit_code == 0
    result = kztext("rules", "--lang", "kk", "--table", "nothing")
    assert (result.returncode, b"no table 'nothing'" in result.stderr) == (2, True)


def test_catalogue_is_searched() -> None:
    result = run("catalogue", "инфляция")
    assert result.exit_code == 0
    assert any(line.startswith("inflation\t") for line in result.stdout.splitlines())


def test_reference_shows_a_series() -> None:
    result = run("reference", "show", "FP.CPI.TOTL.ZG")
    assert result.stdout.startswith("1994\t")
    assert kztext("reference", "show", "NO.SUCH").returncode == 2
    assert "FP.CPI.TOTL.ZG\t" in run("reference", "list", "--geo", "KAZ").stdout


SERIES = "indicator_code,geo,period,value,unit\nNY.GDP.MKTP.KD.ZG,KAZ,1998,-2.5,%\n"


def test_series_of_the_user_come_before_ours(text: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/gdp.csv").write_text(SERIES, encoding="utf-8")
    for where in ("own", "own/gdp.csv"):
        assert run("extract", text, "--out", tmp_path / "out", "--series", tmp_path / where).exit_code == 0
        [gdp] = [r for r in read_facts(tmp_path / "out/facts.csv") if r.quote == "1,9%"]
        assert gdp.verdict == "close"  # ours are older vintages now
    assert run("audit", tmp_path / "out").exit_code == 0
    [gdp] = [r for r in read_facts(tmp_path / "out/facts.csv") if r.quote == "1,9%"]
    assert gdp.verdict == "supported"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("none.csv", None, "no such file"), ("bad.csv", "a,b\n1,2\n", "header is none of"), ("", None, "*.csv")],
    ids=["absent", "odd", "empty folder"],
)
def test_series_that_cannot_be_read_stop_the_run(
    text: Path, tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / "own" / name
    (tmp_path / "own").mkdir()
    if content:
        path.write_text(content, encoding="utf-8")
    result = kztext("extract", text, "--out", tmp_path / "out", "--series", path)
    assert (result.returncode, said in result.stderr.decode()) == (2, True)
    assert not (tmp_path / "out").exists()


def test_series_are_added_checked_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kztext.reference.store.reference_folder", lambda: tmp_path)
    path = tmp_path / "cpi.csv"
    path.write_text("period,value\n2025-01,8.9\n2025-02,9.4\n", encoding="utf-8")
    options = ("--code", "MY", "--geo", "KAZ", "--unit", "%", "--indicator", "inflation")
    assert "added as" in run("reference", "add", path, *options).stderr
    assert (tmp_path / "added/cpi.csv").is_file()
    assert isinstance(run("reference", "add", path, *options).exception, KztextError)
    assert run("reference", "add", path, *options, "--replace").exit_code == 0
    assert "removed" in run("reference", "remove", "cpi").stderr
    unknown = run("reference", "add", path, "--indicator", "nothing").exception
    assert "no indicator 'nothing'" in str(unknown)


def test_reference_check_says_what_is_not_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("reference", "check").exit_code == 0
    monkeypatch.setattr("kztext.reference.store.check_all", lambda: ["sources.csv: no source 'X'"])
    assert run("reference", "check").exit_code == 1


def test_catalogue_of_the_user_is_read(text: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nid = "camels"\nru = "Верблюды"\nphrases_ru = ["верблюд~"]\n', encoding="utf-8"
    )
    text.write_text("В 2023 году верблюдов стало на 5% больше.", encoding="utf-8")
    run("extract", text, "--out", tmp_path / "out", "--catalogue", own)
    assert [r.indicator for r in read_facts(tmp_path / "out/facts.csv")] == ["camels"]
    assert "indicator=camels" in run("explain", "верблюдов 5%", "--catalogue", own).stdout
    own.write_text("[[indicator]]", encoding="utf-8")
    result = kztext("numbers", text, "--catalogue", own)
    assert (result.returncode, b"indicator 1: needs `id`" in result.stderr) == (2, True)


def test_numbers_prints_spans_with_values(text: Path) -> None:
    lines = run("numbers", text, "--format", "jsonl").stdout.splitlines()
    quantities = [row for row in map(json.loads, lines) if row["what"] == "quantity"]
    assert [(row["quote"], row["value"], row["unit"]) for row in quantities] == [
        ("1,9%", 1.9, "percent"),
        ("7,1 %", 7.1, "percent"),
    ]
    [first, *_] = csv.DictReader(run("numbers", text).stdout.splitlines())
    assert TEXT[int(first["start"]) : int(first["end"])] == first["quote"]


def test_predictions_are_written_for_each_row(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "1", "lang": "kk", "text": "Өсім 5 пайыз. Иә."}\n', encoding="utf-8")
    said = {}
    for task in ("kk-num", "kk-seg", "topics"):
        done = run("predict", "--task", task, gold, tmp_path / "pred.jsonl", "--labels", "kztext")
        assert done.exit_code == 0
        [row] = (tmp_path / "pred.jsonl").read_text(encoding="utf-8").splitlines()
        said[task] = json.loads(row)
        assert said[task]["id"] == "1"
    assert said["kk-seg"]["sents"] == [[0, 13], [14, 17]]
    assert said["topics"]["label"] in load_catalogue().topics
    assert kztext("predict", "--task", "x", gold, tmp_path / "pred.jsonl").returncode == 2


@pytest.mark.parametrize(
    ("level", "said", "code"),
    [
        ("error", "2021 жылы экспорт 60,3 млрд доллар болды. 2021 жылы экспорт 65,8 млрд доллар болды.", 1),
        ("warning", "В 1996 году ВВП вырос на 5,5%.", 1),
        ("error", "В 1996 году ВВП вырос на 5,5%.", 0),
        ("never", "2021 жылы экспорт 60,3 млрд доллар болды. 2021 жылы экспорт 65,8 млрд доллар болды.", 0),
        ("warning", "В 1996 году ВВП вырос на 0,5%.", 0),
    ],
    ids=["error", "warning", "no error", "never", "nothing"],
)
def test_findings_fail_a_run_when_asked_to(
    text: Path, tmp_path: Path, level: str, said: str, code: int
) -> None:
    text.write_text(said, encoding="utf-8")
    run("extract", text, "--out", tmp_path / "out")
    assert run("audit", tmp_path / "out", "--fail-on", level).exit_code == code


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_messages_come_in_the_language_that_is_asked_for(text: Path, tmp_path: Path, language: str) -> None:
    text.write_text(
        "2021 жылы экспорт 60,3 млрд доллар болды. 2021 жылы экспорт 65,8 млрд доллар болды.", "utf-8"
    )
    run("extract", text, "--out", tmp_path / "out", "--messages", language)
    said = {finding.message for finding in read_findings(tmp_path / "out/audit.csv")}
    word = {"kk": "бір көрсеткіш", "ru": "одного показателя", "en": "one indicator"}[language]
    assert any(word in message for message in said), said
