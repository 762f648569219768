"""Sets of gold: their files and texts, all figures of one set, and the floor below which none may fall."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kztext.errors import InputError
from kztext.evaluate import (
    LEVELS,
    STRICT,
    Figure,
    Gold,
    RecordScore,
    count_ignored,
    score_claims,
    score_records,
)
from kztext.evaluate_audit import AuditScore, score_findings, score_verdicts
from kztext.read import read_jsonl
from kztext.records import ClaimRecord, Finding, IndicatorRecord

HELD_OUT = "heldout"  # names of sets that are looked at as figures only begin so
KEYS = ("records", "audit")  # files that make a folder a set of gold
LESS_IS_BETTER = ("ignored", "on_controls")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """A folder with records.jsonl and, where there are, claims, ignored, verdicts, audit; or audit alone."""

    name: str
    folder: Path
    texts: tuple[Path, ...]

    def rows(self, name: str) -> list[Gold]:
        """The rows of one of its files; none where it has no such file."""
        path = self.folder / f"{name}.jsonl"
        return [row for _, row in read_jsonl(path)] if path.exists() else []


def gold_sets(folder: Path) -> list[GoldSet]:
    """The sets of gold in a folder, or the folder itself; their texts lie in `texts/` or in the corpus's.

    Raises InputError where there is no gold or a text is missing.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder")
    folders = sorted({path.parent for name in KEYS for path in folder.glob(f"*/{name}.jsonl")})
    if any((folder / f"{name}.jsonl").exists() for name in KEYS):
        folders = [folder]
    if not folders:
        raise InputError(f"{folder}: no gold here (looked for records.jsonl and audit.jsonl)")
    return [GoldSet(name=one.resolve().name, folder=one, texts=tuple(_texts(one))) for one in folders]


def _texts(folder: Path) -> Iterator[Path]:
    own = folder / "texts"
    texts = own if own.is_dir() else folder.parent.parent / "texts"
    records = folder / "records.jsonl"
    names = {row["doc"] for _, row in read_jsonl(records)} if records.exists() else set()
    if own.is_dir():
        names |= {path.name for path in own.glob("*.txt")}
    for name in sorted(names):
        path = texts / name
        if not path.exists():
            raise InputError(f"{path}: no such file, but {folder}/records.jsonl has gold for it")
        yield path


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScore:
    """All figures of one set."""

    records: dict[str, RecordScore]
    claims: Figure
    ignored: Figure
    verdicts: Figure
    audit: AuditScore
    wrong_verdicts: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        """The figures by name, as tests/scores.toml names them ("kk.core", "verdicts", …)."""
        found: dict[str, float] = {}
        for lang, score in self.records.items() if self.records["all"].gold else ():
            prefix = "" if lang == "all" else f"{lang}."
            found |= {f"{prefix}{level}": score.figure(level).f1 for level in LEVELS}
            found |= {f"{prefix}{name}": score.accuracy(name) for name in (*STRICT, "subject")}
        if self.claims.gold:
            found["claims"] = self.claims.recall
        if self.ignored.gold:
            found["ignored"] = self.ignored.recall
        if self.verdicts.gold:
            found["verdicts"] = self.verdicts.recall
        if self.audit.conflicts.gold:
            found["audit_precision"] = self.audit.conflicts.precision
            found["audit_recall"] = self.audit.conflicts.recall
            found["on_controls"] = float(self.audit.on_controls)
        return found


def score_set(
    gold: GoldSet,
    records: Sequence[IndicatorRecord],
    claims: Sequence[ClaimRecord],
    findings: Sequence[Finding],
) -> SetScore:
    """Every figure of what was extracted from a set's texts."""
    verdicts, wrong = score_verdicts(gold.rows("verdicts"), records)
    return SetScore(
        records=score_records(gold.rows("records"), records),
        claims=score_claims(gold.rows("claims"), claims),
        ignored=count_ignored(gold.rows("ignored"), records),
        verdicts=verdicts,
        audit=score_findings(gold.rows("audit"), findings, records, claims),
        wrong_verdicts=tuple(wrong),
    )


def below_floor(path: Path, scores: Mapping[str, SetScore]) -> list[str]:
    """What is worse than the file of figures reached says, one line each.

    The file has a table for each set: `[dev]`, `value = 0.97`, `"kk.core" = 0.9`.
    """
    try:
        floors = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: {error}") from error
    worse: list[str] = []
    for name, table in floors.items():
        if name not in scores:
            continue
        figures = scores[name].figures()
        for key, floor in table.items():
            if key not in figures:
                worse.append(f"{path}: [{name}] {key}: no such figure (have: {', '.join(sorted(figures))})")
            elif figures[key] > floor + 1e-9 if key in LESS_IS_BETTER else figures[key] < floor - 1e-9:
                least = "at most" if key in LESS_IS_BETTER else "at least"
                worse.append(f"{name} {key} is {figures[key]:.4f}, should be {least} {floor:.4f} ({path})")
    return worse


def table(name: str, score: SetScore, *, errors: int = 0) -> str:
    """The figures of a set as lines for a terminal, with its first mistakes unless it is held out."""
    lines = [f"{name:10} {'':6} {'gold':>5} {'found':>5}   P      R      F1"]
    for lang, one in score.records.items() if score.records["all"].gold else ():
        for level in LEVELS:
            figure = one.figure(level)
            lines.append(
                f"  {lang:8} {level:6} {figure.gold:5} {figure.predicted:5}   "
                f"{figure.precision:.3f}  {figure.recall:.3f}  {figure.f1:.3f}"
            )
        right = "  ".join(
            f"{field_name} {one.accuracy(field_name):.2f}" for field_name in (*STRICT, "subject")
        )
        lines.append(f"  {lang:8} fields {right}")
    if score.claims.gold:
        lines.append(f"  claims   recall {score.claims.recall:.3f} of {score.claims.gold}")
    if score.ignored.gold:
        lines.append(f"  ignored  {score.ignored.hits} of {score.ignored.gold} numbers became records")
    if score.verdicts.gold:
        lines.append(f"  verdicts accuracy {score.verdicts.recall:.3f} of {score.verdicts.gold}")
    if score.audit.conflicts.gold:
        figure = score.audit.conflicts
        lines.append(
            f"  audit    precision {figure.precision:.3f}  recall {figure.recall:.3f} of {figure.gold}, "
            f"{score.audit.on_controls} on controls"
        )
    if name.startswith(HELD_OUT):
        return "\n".join(lines)
    mistakes = [str(m) for m in score.records["all"].mistakes[:errors]] if score.records["all"].gold else []
    mistakes += [*score.wrong_verdicts[:errors], *score.audit.mistakes[:errors]]
    return "\n".join([*lines, *(f"  {mistake}" for mistake in mistakes)])
