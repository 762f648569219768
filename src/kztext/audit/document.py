"""The audit's rules as a part of docs/rules.md: what each finds, its severity, examples in both languages."""

from __future__ import annotations

from kztext.audit import RULES, across, audit, contradiction, stretch
from kztext.audit.examples import LANGUAGES, Example, examples

# Findings that have a name of their own beside that of their rule, and what they say.
_NAMED: dict[str, dict[str, str | None]] = {
    "contradiction": {
        "cross_document": across.Across.__doc__,
        "moved_value": contradiction.moved_values.__doc__,
    },
    "difference": {
        "ratio": "How many times a level grew or fell, against the two levels that are said.",
        "level_vs_growth": "A change in percent against the two levels that are said.",
        "percentage_points": "Percent where the levels give percentage points, or the other way round.",
    },
    "period": {
        "period_damaged": "A year that the text has lost digits of.",
        "period_impossible": "A month, quarter or day that no calendar has.",
        "period_inverted": "A period that ends before it starts.",
        "period_stretch": stretch.years_between.__doc__,
        "period_future": "A time after the document was written, told as past.",
    },
}


def rules_markdown() -> str:
    """The audit's rules in Markdown, in the order in which they are applied."""
    told: dict[str, list[Example]] = {}
    for example in examples():
        told.setdefault(example.rule, []).append(example)
    lines = ["## Rules of the audit", ""]
    done: set[str] = set()
    for rule in RULES:
        named = {rule.name: rule.find.__doc__} if rule.name in told or rule.name not in _NAMED else {}
        for name, said in {**named, **_NAMED.get(rule.name, {})}.items():
            if name in done:
                continue
            done.add(name)
            first = (said or "").strip().partition("\n")[0]
            lines += [f"### `{name}`", "", f"{first} Severity: up to **{rule.severity.value}**.", ""]
            for example in told.get(name, []):
                lines += _example(example)
    return "\n".join(lines).rstrip() + "\n"


def _example(example: Example) -> list[str]:
    head = "Found" if example.finds else "Silent"
    lines = [f"- {head}"]
    for lang in LANGUAGES:
        lines.append(f"  - {lang}: {example.text[lang]}")
        records, claims = example.records(lang)
        findings = [f for f in audit(records, claims, language=lang) if not f.rule.startswith("reference")]
        if example.finds and findings:
            arithmetic = f" `{findings[0].computation}`" if findings[0].computation else ""
            lines.append(f"    → {findings[0].message}{arithmetic}")
    return [*lines, ""]
