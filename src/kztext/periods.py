"""The stage `periods`: years, quarters, dates, stretches of time and what they are relative to.

The words and rules are in `lang/*/periods.toml`. `timewords.py` turns a sentence into a row of atoms; the
rules run over the row level by level (years, parts of years, ranges, the words around them), each level on
the row that the level before left; `period_readers.py` says what a match means, `calendar.py` when that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.calendar import Draft, resolve, settle, stretched
from kztext.lang.pack import Pack
from kztext.period_readers import NOT_A_PERIOD, READERS, Said
from kztext.spans import Case, Number, Period, Sentence
from kztext.timewords import Atom, TimeRule, TimeWords, atoms_of, time_words

__all__ = ["find_periods", "resolve", "stretched"]

CASES = {case.value: case for case in Case}


def find_periods(
    sentence: Sentence, numbers: Sequence[Number], pack: Pack, *, doc_date: str = ""
) -> list[Period]:
    """Find the periods a sentence names, in text order.

    `numbers` are those that `find_numbers` found in the sentence. Relative expressions ("былтыр", "в прошлом
    году") are resolved against `doc_date`; without it they keep empty bounds. Either way their flags say what
    `resolve` needs to place them elsewhere.
    """
    words = time_words(pack)
    row, atoms, present = atoms_of(sentence.text, numbers, sentence.start, words)
    if words.quiet.issuperset(present):
        return []
    for rules in words.levels:
        row, atoms = reduced(row, atoms, present, rules, words)
    return [
        settle(
            atom.draft,
            start=sentence.start + atom.start,
            end=sentence.start + atom.end,
            rule=atom.rule,
            case=CASES.get(atom.role, Case.NOM),
            doc_date=doc_date,
        )
        for atom in atoms
        if atom.draft is not None and NOT_A_PERIOD not in atom.draft.flags
    ]


def reduced(
    row: str, atoms: list[Atom], present: set[str], rules: Sequence[TimeRule], words: TimeWords
) -> tuple[str, list[Atom]]:
    """The row with each match of a level's rules as one atom: the longer match, then the earlier rule."""
    found: list[tuple[int, int, int, TimeRule, Draft]] = []
    for rule in rules:
        if rule.on and present.isdisjoint(rule.on):
            continue
        for match in rule.pattern.finditer(row):
            first, last = match.span()
            if first == last:
                continue
            draft = READERS[rule.reads](Said(match, atoms), rule.fields)
            if draft is not None:
                found.append((atoms[first].start - atoms[last - 1].end, first, last, rule, draft))
    if not found:
        return row, atoms
    found.sort(key=lambda item: item[0])  # stable: of two as long the earlier rule stays first
    taken: list[tuple[int, int, TimeRule, Draft]] = []
    used = bytearray(len(atoms))
    for _, first, last, rule, draft in found:
        if not any(used[first:last]):
            used[first:last] = b"\1" * (last - first)
            taken.append((first, last, rule, draft))
    taken.sort(key=lambda item: item[0])
    chars: list[str] = []
    left: list[Atom] = []
    done = 0
    for first, last, rule, draft in taken:
        chars.append(row[done:first])
        left += atoms[done:first]
        atom = merged(atoms[first:last], draft, rule)
        chars.append(words.codes[atom.cls, atom.plural, atom.role])
        present.add(atom.cls)
        left.append(atom)
        done = last
    chars.append(row[done:])
    left += atoms[done:]
    return "".join(chars), left


def merged(atoms: Sequence[Atom], draft: Draft, rule: TimeRule) -> Atom:
    """The atom of a period: its case and number are those of the last word that has any."""
    inner = [atom for atom in atoms if atom.cls not in ("dot", "comma", "close")]
    last = next((atom for atom in reversed(inner) if atom.role != "nom"), inner[-1]) if inner else atoms[-1]
    role = rule.fields.get("role", inner[-1].role if inner else "nom")
    if role == "attr" and "attribute" not in draft.flags:
        draft = replace(draft, flags=(*draft.flags, "attribute"))
    return Atom(
        atoms[0].start,
        atoms[-1].end,
        draft.kind.name,
        role,
        last.plural,
        draft=draft,
        rule=rule.name,
    )
