"""One language's pack: TOML tables, loaded when they are first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import regex

from kztext.errors import PackError
from kztext.lang.phrases import FLAGS, alternatives, expand


@dataclass(frozen=True, slots=True)
class Rule:
    """A named phrase with its meaning: `reads` names the reader, `fields` holds the rule's other keys."""

    name: str
    pattern: regex.Pattern[str]
    reads: str
    fields: Mapping[str, Any]
    examples: tuple[str, ...]
    negatives: tuple[str, ...]
    source: str


@dataclass(slots=True, eq=False)
class Pack:
    """The tables of one language. Tables and rules are read once and kept."""

    lang: str
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    compiled: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    patterns: dict[str, regex.Pattern[str]] = field(default_factory=dict)  # phrases without slots, compiled
    built: dict[str, Any] = field(default_factory=dict)  # what a stage made of a table, kept with its pack

    def source(self, name: str) -> str:
        """The file of a table, as error messages name it."""
        return f"lang/{self.lang}/{name}.toml"

    def table(self, name: str) -> dict[str, Any]:
        """A table of the pack as TOML gives it. Raises PackError if it is absent or not TOML."""
        if name not in self.tables:
            path = resources.files("kztext.lang").joinpath(self.lang, f"{name}.toml")
            try:
                self.tables[name] = tomllib.loads(path.read_text(encoding="utf8"))
            except FileNotFoundError as error:
                raise PackError(f"{self.source(name)}: no such table") from error
            except tomllib.TOMLDecodeError as error:
                raise PackError(f"{self.source(name)}: {error}") from error
        return self.tables[name]

    @property
    def ending(self) -> str:
        """What `~` stands for in this language's phrases."""
        return str(self.table("endings")["any"])

    def slots(self, name: str) -> dict[str, str]:
        """The slots of a table: a pattern as it stands, or a list of phrases as one alternation."""
        found: dict[str, str] = {}
        for slot, value in self.table(name).get("slots", {}).items():
            found[slot] = alternatives(value) if isinstance(value, list) else str(value)
        return found

    def compile(
        self, phrase: str, *, slots: Mapping[str, str] | None = None, where: str = ""
    ) -> regex.Pattern[str]:
        """A phrase as a compiled pattern (case ignored). Raises PackError that names `where`."""
        if slots is None:
            known = self.patterns.get(phrase)
            if known is None:
                known = self.patterns[phrase] = self._compile(phrase, {}, where)
            return known
        return self._compile(phrase, slots, where)

    def _compile(self, phrase: str, slots: Mapping[str, str], where: str) -> regex.Pattern[str]:
        try:
            return regex.compile(expand(phrase, ending=self.ending, slots=slots), FLAGS)
        except KeyError as error:
            have = ", ".join(sorted(slots)) or "none"
            raise PackError(
                f"{where or self.lang}: unknown slot {{{error.args[0]}}} (have: {have})"
            ) from error
        except regex.error as error:
            raise PackError(f"{where or self.lang}: {error} in {phrase!r}") from error

    def rules(self, name: str, *, slots: Mapping[str, str] | None = None) -> tuple[Rule, ...]:
        """The `[[rule]]` entries of a table, compiled; `slots` adds to those of the table."""
        if name not in self.compiled:
            filled = {**self.slots(name), **(slots or {})}
            self.compiled[name] = tuple(
                self._rule(name, entry, filled) for entry in self.table(name).get("rule", ())
            )
        return self.compiled[name]

    def _rule(self, table: str, entry: Mapping[str, Any], slots: Mapping[str, str]) -> Rule:
        rule_name = entry.get("name", "")
        where = f"{self.source(table)}: rule {rule_name!r}"
        if not rule_name or "match" not in entry:
            raise PackError(f"{self.source(table)}: a rule needs `name` and `match` ({dict(entry)!r:.80})")
        known = {"name", "match", "reads", "examples", "not"}
        return Rule(
            name=rule_name,
            pattern=self.compile(entry["match"], slots=slots, where=where),
            reads=entry.get("reads", ""),
            fields={key: value for key, value in entry.items() if key not in known},
            examples=tuple(entry.get("examples", ())),
            negatives=tuple(entry.get("not", ())),
            source=where,
        )


@cache
def load_pack(lang: str) -> Pack:
    """The pack of a language ("kk", "ru"). Raises PackError for a language that has none."""
    if not resources.files("kztext.lang").joinpath(lang, "endings.toml").is_file():
        raise PackError(f"no language pack {lang!r} (have: kk, ru)")
    return Pack(lang)
