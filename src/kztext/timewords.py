"""A sentence as a row of atoms, one character each: period rules are small patterns over words of time.

The table `periods.toml` lists the words by class (`month`, `year`, `until` …). A rule is a regular expression
over class names: `year_number@y year? day@d month@m`. A class may be narrowed by tags, `year.pl`, `year.dat`;
`@name` captures. Unknown words and marks have classes too (`x`, `comma`, `dash` …): rules see the row alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import regex

from kztext.calendar import Draft
from kztext.errors import PackError
from kztext.lang.pack import Pack
from kztext.spans import Case, Number, NumberKind

NAME = regex.compile(r"(?<![\\@A-Za-z_.])(?P<name>[A-Za-z_]+)(?P<tags>(?:\.[a-z]+)*)(?:@(?P<group>\w+))?")
ROLES = ("nom", "poss", *(case.value for case in Case if case is not Case.NOM), "attr", "adj", "like")
NUMBER_CLASSES = ("year_number", "day_number", "count")
MARKS = {
    ",": "comma", "–": "dash", "—": "dash", "-": "dash", "‐": "dash", "‑": "dash", "−": "dash", ".": "dot",
    ":": "colon", ";": "semicolon", "(": "open", ")": "close", "/": "slash", "|": "bar", "\t": "bar",
    "%": "percent", "№": "numero", "«": "quote", "»": "quote", "…": "dash",
}  # fmt: skip
TOKEN = regex.compile(
    r"(?P<iso>(?<![\p{L}\d-])\d{4}-\d{2}-\d{2}(?![\d-]))"
    r"|(?P<dmy>(?<!\d|\d\.)\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d|\.\d))"
    r"|(?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<school>(?<!\d)\d{4}/\d{2}(?:\d{2})?(?!\d))"
    r"|(?P<digits>\d+(?:[.,]\d+)*)"
    r"|(?P<word>\p{L}+)"
    r"|(?P<mark>[^\s\p{L}\d]|\t)"
)
OF_YEAR = regex.compile(r"\p{Ll}{3,}+[-‐‑]\d{4}(?![\d\p{L}-])")  # "бюджет-2024"; a name begins in upper case
TITLE_OF_YEAR = regex.compile(r"\p{Lu}\p{Ll}{2,}+[-‐‑]\d{4}(?=:)")  # "Казна-2022: доходы выше плана"
MEMO_LIMIT = 100_000
SAME_AS_NUMBERS = frozenset(
    {"quarter_word", "month", "half_of", "half_word", "half_word_noun"}
)  # classes of words that also read as numbers
FIRST_YEAR, LAST_YEAR = 1100, 2199
WORDY = frozenset(
    (NumberKind.CARDINAL, NumberKind.ORDINAL, NumberKind.FRACTION, NumberKind.AGE, NumberKind.COLLECTIVE)
)


def captured(pattern: str) -> str:
    """The pattern with `( … )@name` written as a named group.

    >>> captured("a(b|(c))@d")
    'a(?P<d>b|(c))'
    """
    while found := regex.search(r"\)@(\w+)", pattern):
        depth = 0
        for at in range(found.start(), -1, -1):
            depth += (pattern[at] == ")") - (pattern[at] == "(")
            if not depth:
                break
        inner = pattern[at + 1 : found.start()]
        pattern = f"{pattern[:at]}(?P<{found[1]}>{inner}){pattern[found.end() :]}"
    return pattern


def in_ranges(chars: str) -> str:
    """Characters as a set of a pattern has them: those that follow one another as a range.

    >>> in_ranges("abcdxz")
    'a-dxz'
    """
    runs: list[list[str]] = []
    for char in chars:
        if runs and ord(char) == ord(runs[-1][-1]) + 1:
            runs[-1][1:] = [char]
        else:
            runs.append([char])
    return "".join("-".join(run) for run in runs)


@dataclass(slots=True)
class Atom:
    """One word, number, mark or period of the row."""

    start: int
    end: int
    cls: str
    role: str = "nom"
    plural: bool = False
    value: Decimal | int | str = 0
    high: Decimal | int | None = None
    draft: Draft | None = None
    text: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A rule over atoms: the pattern, the reader's name and what else its table entry says."""

    name: str
    pattern: regex.Pattern[str]
    reads: str
    level: int
    on: tuple[str, ...]
    fields: Mapping[str, Any]


@dataclass(slots=True)
class TimeWords:
    """The words and rules of one language's `periods.toml`."""

    codes: dict[tuple[str, bool, str], str] = field(default_factory=dict)
    members: dict[str, list[tuple[str, bool, str]]] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, tuple[str, str, bool, Any]] = field(default_factory=dict)
    memo: dict[str, tuple[str, str, bool, Any] | None] = field(default_factory=dict)
    inflected: regex.Pattern[str] | None = None
    prefixes: dict[str, int] = field(default_factory=dict)
    values: dict[str, list[tuple[regex.Pattern[str], Any]]] = field(default_factory=dict)
    tails: regex.Pattern[str] | None = None
    plural_tail: regex.Pattern[str] | None = None
    quiet: frozenset[str] = frozenset()
    levels: tuple[tuple[TimeRule, ...], ...] = ()

    def code(self, cls: str, plural: bool = False, role: str = "nom") -> str:
        """The character of a class with its tags; a new one where none was given out yet."""
        key = (cls, plural, role)
        if key not in self.codes:
            self.codes[key] = chr(0xE000 + len(self.codes))
            self.members.setdefault(cls, []).append(key)
        return self.codes[key]

    def declare(self, cls: str, *, tagged: bool = False) -> None:
        """Give out the characters of a class, so that rules can name it."""
        for plural in (False, True) if tagged else (False,):
            for role in ROLES if tagged else ("nom",):
                self.code(cls, plural, role)

    def charset(self, name: str, tags: Sequence[str], where: str) -> str:
        """The characters that a class name of a rule stands for."""
        wanted = {tag for tag in tags if tag in ROLES}
        found: list[str] = []
        for cls in self.sets.get(name, [name]):
            if cls in self.sets:
                found.append(self.charset(cls, tags, where))
                continue
            if cls not in self.members:
                raise PackError(f"{where}: unknown class {cls!r} (have: {', '.join(sorted(self.members))})")
            for key in self.members[cls]:
                _, plural, role = key
                if ("pl" in tags and not plural) or ("sg" in tags and plural):
                    continue
                if not wanted or role in wanted:
                    found.append(self.codes[key])
        return "".join(found)

    def classes_of(self, name: str) -> list[str]:
        """The plain classes of a set, or the class itself."""
        if name not in self.sets:
            return [name]
        return [cls for part in self.sets[name] for cls in self.classes_of(part)]

    def compile(self, match: str, where: str) -> regex.Pattern[str]:
        """A rule's pattern over the characters of the row."""

        def put(found: regex.Match[str]) -> str:
            chars = self.charset(found["name"], found["tags"].split("."), where)
            group = found["group"]
            one = f"[{in_ranges(chars)}]"
            return f"(?P<{group}>{one})" if group else one

        if regex.search(r"\)\.[a-z]", match):
            raise PackError(f"{where}: tags after a bracket in {match!r}; put the classes into a set")
        try:
            return regex.compile(captured(NAME.sub(put, match).replace(" ", "")))
        except regex.error as error:
            raise PackError(f"{where}: {error} in {match!r}") from error

    def read(self, word: str) -> tuple[str, str, bool, Any] | None:
        """Class, role, number and value of a word; None for a word that says nothing of time."""
        if word in self.memo:
            return self.memo[word]
        if len(self.memo) > MEMO_LIMIT:
            self.memo.clear()
        found = self.words.get(word)
        if found is None and self.inflected is not None and (match := self.inflected.fullmatch(word)):
            groups = {name: text for name, text in match.groupdict().items() if text is not None}
            cls = next(name[2:] for name in groups if name.startswith("c_"))
            stem = groups["c_" + cls]
            value = next((value for pattern, value in self.values.get(cls, ()) if pattern.fullmatch(stem)), 0)
            if "prefix" in groups:
                value = self.prefixes[groups["prefix"]]
            role = next((role for role in ROLES[::-1] if role in groups), "nom")
            found = (cls, role, "pl" in groups, value)
        self.memo[word] = found
        return found


def time_words(pack: Pack) -> TimeWords:
    """The compiled `periods.toml` of a pack, built once."""
    built = pack.built.get("periods")
    if not isinstance(built, TimeWords):
        built = pack.built["periods"] = compiled(pack)
    return built


def compiled(pack: Pack) -> TimeWords:
    """Compile `periods.toml`. Raises PackError that names the rule where the table is not in order."""
    table, where = pack.table("periods"), pack.source("periods")
    words = TimeWords(sets={name: list(parts) for name, parts in table.get("sets", {}).items()})
    plain = (
        "x",
        "mark",
        "digits",
        "iso",
        "dmy",
        "clock",
        "school",
        "roman",
        "label",
        "hyphen",
        *set(MARKS.values()),
    )
    for cls in plain:
        words.declare(cls)
    for kind in table["kinds"]:
        words.declare(kind, tagged=True)
    words.declare("clock", tagged=True)
    for cls in NUMBER_CLASSES:
        words.declare(cls, tagged=True)
        words.declare("ord_" + cls, tagged=True)
    for cls, forms in table["forms"].items():
        words.declare(cls)
        pairs = forms.items() if isinstance(forms, dict) else ((form, 0) for form in forms)
        for form, value in pairs:
            words.words[form] = (cls, "nom", False, value)
    words.prefixes = dict(table["prefixes"])
    prefix = f"(?P<prefix>{'|'.join(words.prefixes)})"
    branches = []
    for cls, stems in table["stems"].items():
        words.declare(cls, tagged=True)
        inner = "|".join(sorted(stems, key=len, reverse=True)).replace("{prefix}", prefix)
        branches.append(f"(?P<c_{cls}>{inner})")
        if isinstance(stems, dict):
            words.values[cls] = [
                (regex.compile(stem.replace("{prefix}", prefix)), value) for stem, value in stems.items()
            ]
    endings = "".join(
        f"(?:{'|'.join(f'(?P<{tag}>{forms})' for tag, forms in part.items())})?" for part in table["endings"]
    )
    words.inflected = regex.compile(f"(?:{'|'.join(branches)}){endings}")
    tails = table["number_endings"]
    tail_cases = "|".join(f"(?P<{tag}>{forms})" for tag, forms in tails["cases"].items())
    plain_cases = tail_cases.replace("?P<", "?P<c_")
    words.tails = regex.compile(
        rf"[-‐‑–’']?(?:(?P<ord>{tails['ordinal']})(?:{tail_cases})?|(?:{plain_cases}))(?!\p{{L}})",
        regex.IGNORECASE,
    )
    if "plural" in tails:
        words.plural_tail = regex.compile(tails["plural"], regex.IGNORECASE)
    words.quiet = frozenset(table["quiet"])
    rules: list[TimeRule] = []
    for entry in table["rule"]:
        source = f"{where}: rule {entry.get('name', '')!r}"
        if not {"name", "match", "reads"} <= entry.keys():
            raise PackError(f"{source}: a rule needs `name`, `match` and `reads`")
        on = tuple(cls for name in entry.get("on", []) for cls in words.classes_of(name))
        rules.append(
            TimeRule(
                name=entry["name"],
                pattern=words.compile(entry["match"], source),
                reads=entry["reads"],
                level=entry.get("level", 1),
                on=on,
                fields=entry,
            )
        )
    words.levels = tuple(
        tuple(rule for rule in rules if rule.level == level)
        for level in range(max((rule.level for rule in rules), default=0) + 1)
    )
    return words


ROMAN = {"I": 1, "V": 5, "X": 10, "І": 1, "Х": 10, "L": 50}
ROMAN_WORD = regex.compile(r"[IVXІХ]{1,6}")


def roman_value(word: str) -> int:
    """The value of a Roman numeral, also one typed with Cyrillic І and Х; 0 if it is none.

    >>> roman_value("XIX"), roman_value("ІІІ")
    (19, 3)
    """
    digits = [ROMAN.get(letter, 0) for letter in word]
    if not all(digits):
        return 0
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < following else digit for digit, following in pairs)


def number_class(value: Decimal | int) -> str:
    """The class of a number: what could be a year, what could be a day of a month, the rest."""
    if value == int(value):
        if FIRST_YEAR <= value <= LAST_YEAR:
            return "year_number"
        if 1 <= value <= 31:
            return "day_number"
    return "count"


def atoms_of(
    text: str, numbers: Sequence[Number], offset: int, words: TimeWords
) -> tuple[str, list[Atom], set[str]]:
    """The row of a sentence's text: its characters, its atoms, the classes present.

    `numbers` are the sentence's numbers, in document offsets; `offset` is where the text starts.
    """
    wordy = {number.start - offset: number for number in numbers if number_is_wordy(number, text, offset)}
    row: list[str] = []
    atoms: list[Atom] = []
    present: set[str] = set()
    done = 0
    code = words.codes
    for token in TOKEN.finditer(text):
        start = token.start()
        if start < done:
            continue
        end = token.end()
        kind = token.lastgroup or "mark"
        if start in wordy:
            atom = number_atom(wordy[start], offset, text, words)
            done = atom.end
        elif kind == "word":
            raw = token[0]
            known = words.read(raw.lower())
            if known is not None:
                cls, role, plural, value = known
                atom = Atom(start, end, cls, role, plural, value, text=raw)
            elif raw[0] in ROMAN and ROMAN_WORD.fullmatch(raw) and roman_value(raw):
                atom = Atom(start, end, "roman", value=roman_value(raw), text=raw)
                if words.tails is not None and (tail := words.tails.match(text, end)) and tail["ord"]:
                    atom.end = done = tail.end()
            else:
                atom = Atom(start, end, "x")
        elif kind == "digits":
            atom = digits_atom(text, start, end, words)
            done = atom.end
        elif kind == "mark":
            dated = bool(atoms) and atoms[-1].end == start and names_year(text, atoms[-1].start)
            atom = Atom(start, end, "hyphen" if dated else MARKS.get(token[0], "mark"))
        else:
            atom = Atom(start, end, kind, text=token[0])
            if kind == "clock" and words.tails is not None and (tail := words.tails.match(text, end)):
                atom.end = done = tail.end()
                atom.role = role_of(tail)
        row.append(code[atom.cls, atom.plural, atom.role])
        present.add(atom.cls)
        atoms.append(atom)
    return "".join(row), atoms, present


def names_year(text: str, at: int) -> bool:
    """Whether a word is hyphened to its year: "бюджет-2018", and at the head of a title "Казна-2022: …"."""
    titled = not text[:at].strip() and TITLE_OF_YEAR.match(text, at) is not None
    return titled or OF_YEAR.match(text, at) is not None


def number_is_wordy(number: Number, text: str, offset: int) -> bool:
    """Whether a number should stand as one atom: it is said in words, or its digits are grouped."""
    said = text[number.start - offset : number.end - offset]
    if number.kind is NumberKind.CLOCK:
        return said[0].isalpha()
    if number.kind not in WORDY:
        return number.kind is not NumberKind.LABEL and " " in said and said[0].isdigit()
    if said.isdigit():
        return False
    return any(letter.isalpha() for letter in said) or (" " in said and number.value == number.high)


def number_atom(number: Number, offset: int, text: str, words: TimeWords) -> Atom:
    """The atom of a number that the number stage read."""
    start, end = number.start - offset, max(number.tail, number.end) - offset
    said = text[start : number.end - offset]
    known = words.read(text[start:end].lower())
    if known is not None and known[0] in SAME_AS_NUMBERS:
        return Atom(start, end, known[0], known[1], known[2], number.value or known[3], text=said)
    if number.kind not in WORDY:
        return Atom(start, end, "clock" if number.kind is NumberKind.CLOCK else "label", text=said)
    grouped = said[0].isdigit() and " " in said  # "1 985" is no year
    cls = "count" if grouped else number_class(number.value)
    if number.kind is NumberKind.ORDINAL:
        cls = "ord_" + cls
    role = number.case.value
    return Atom(start, end, cls, role, value=number.value, high=number.high, text=said)


def digits_atom(text: str, start: int, end: int, words: TimeWords) -> Atom:
    """The atom of a number in digits, with the ending that is typed to it."""
    said = text[start:end]
    if not said.isdecimal():
        value = Decimal(said.replace(",", ".")) if said.replace(",", ".").count(".") == 1 else Decimal(0)
        cls = "count"
    else:
        value = Decimal(said) if len(said) < 20 else Decimal(0)
        cls = "year_number" if len(said) == 4 and FIRST_YEAR <= value <= LAST_YEAR else number_class(value)
        if cls == "year_number" and len(said) != 4:
            cls = "count"
    atom = Atom(start, end, cls, value=value, high=value, text=said)
    if end < len(text) and (text[end].isalpha() or text[end] in "-‐‑–’'") and words.tails is not None:
        tail = words.tails.match(text, end)
        if tail:
            atom.end = tail.end()
            if tail["ord"]:
                atom.cls = "ord_" + cls
                atom.plural = words.plural_tail is not None and bool(words.plural_tail.fullmatch(tail["ord"]))
            atom.role = role_of(tail)
    return atom


def role_of(tail: regex.Match[str]) -> str:
    """The case of an ending typed to a number."""
    groups = {name.removeprefix("c_") for name, found in tail.groupdict().items() if found}
    return next((role for role in ROLES if role in groups), "nom")
