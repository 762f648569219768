"""The audit's rules as a part of docs/rules.md: what each finds, its severity, examples in both languages."""

from __future__ import annotations

from kztext.audit import RULES, audit
from kztext.audit.examples import LANGUAGES, Example, examples
from kztext.audit.messages import templates

_GROUPS = {
    "difference": ("ratio", "level_vs_growth", "percentage_points"),
    "contradiction": ("cross_document", "moved_value"),
    "period": ("period_damaged", "period_impossible", "period_inverted", "period_future"),
}


def rules_markdown() -> str:
    """The audit's rules in Markdown, in the order in which they are applied."""
    told: dict[str, list[Example]] = {}
    for example in examples():
        told.setdefault(example.rule, []).append(example)
    lines = ["## Rules of the audit", ""]
    done: set[str] = set()
    for rule in RULES:
        names = [
            n
            for n in (rule.name, *_GROUPS.get(rule.name, ()))
            if (n not in done and n in templates()) or (n in told and n not in done)
        ]
        for name in names:
            done.add(name)
            said = (rule.find.__doc__ or "").strip().partition("\n")[0]
            lines += [f"### `{name}`", "", f"{said} Severity: up to **{rule.severity.value}**.", ""]
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
            lines.append(f"    → {findings[0].message} `{findings[0].computation}`")
    return [*lines, ""]
