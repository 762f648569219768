"""Many phrases looked up in one pass over a text: word by word through a trie, not pattern by pattern.

A phrase is words parted by spaces (or dashes: "азық-түлік" takes in "азық түлік"). A word is written as

- `экспорт` – this word and no other form;
- `экспорт~` – with any inflectional ending of the language (`inflection` in `endings.toml`), in Kazakh with a
  softened last consonant too ("жұмыссыздық~" takes in "жұмыссыздығы");
- `подорожа*` – with anything after it;
- `объём~|уровень` – one of several; `(общий|общая)` – one of several or none; `_` – up to three other words.

`… a*|b*` at the end asks for one of those words within a dozen words on either side, in the same clause;
`… a*|b* … c` for one of each.
`[ ]` round words at either edge of a phrase: they must stand there but are no part of what is found.
Small letters match any case; a capital first letter asks for a capital in the text, capitals for capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Generic, TypeVar

import regex

from kztext.catalogue import Catalogue
from kztext.errors import PackError
from kztext.lang.pack import Pack

T = TypeVar("T")
SKIP_LIMIT = 3
FAR = 12
CLAUSE_END = regex.compile(r"[;:!?]")
NEVER = regex.compile(r"(?!)")
FIGURE_NEXT = regex.compile(r",\s(?=\d)")
MEMO_LIMIT = 100_000
PLAIN = regex.compile(r"[\p{L}~*|]+")
BARE = regex.compile(r"[\p{L}~*]++(?:[ |][\p{L}~*]++)*+ *+")  # words, and single ones in each other's place
PART = regex.compile(r"\[|\]|\([^()\s]+\)|[^\s\[\]()]+")
GAP = regex.compile(r"[\s\u00a0]+|[-‐‑/]|[\s\u00a0]*[«»\"“”„][\s\u00a0]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text as the trie sees it: offsets, and the phrase words it can stand for.

    `atoms` holds their numbers, each with the letters that the phrase spells out of the word.
    """

    start: int
    end: int
    text: str
    atoms: Mapping[int, int]
    joined: bool  # only a blank, a dash or a quotation mark parts it from the word before


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: the words `first` to `last` (both included) of the scanned text, and its meaning.

    `words` are those and the words of context that the phrase asked for beside them; `letters` says how many
    letters the phrase spells out of what stands there ("импорто" more than `импорт~`).
    """

    start: int
    end: int
    first: int
    last: int
    value: T
    words: tuple[int, ...]
    letters: int

    @property
    def has_context(self) -> bool:
        return len(self.words) > self.last - self.first + 1


@dataclass(slots=True)
class Node(Generic[T]):
    next: dict[int, Node[T]] = field(default_factory=dict)
    skip: Node[T] | None = None
    # meaning, context words before and after, words (each one of several) that are asked for further off
    values: tuple[tuple[T, int, int, tuple[int, ...]], ...] = ()


@dataclass(slots=True)
class Lexicon(Generic[T]):
    """Phrases with their meanings, built once for a pack.

    A word of a phrase, or the several words that may stand in its place, is one "atom" with a number: a trie
    that spelled out each combination of them would be many times as large, and as slow to build.
    """

    word: regex.Pattern[str]
    inflection: regex.Pattern[str]
    softening: Mapping[str, str]
    fleeting: Mapping[str, list[str]]
    root: Node[T] = field(default_factory=Node)
    atoms: dict[str, int] = field(default_factory=dict)
    stems: dict[str, list[tuple[int, str, str, int]]] = field(default_factory=dict)
    memo: dict[str, Mapping[int, int]] = field(default_factory=dict)
    shortest: int = 99
    finite: regex.Pattern[str] = NEVER  # how verbs end that close a clause

    @classmethod
    def of(cls, pack: Pack) -> Lexicon[T]:
        """An empty lexicon with the endings of a language."""
        endings = pack.table("endings")
        inflection = str(endings["inflection"])
        after_dash = str(endings["after_dash"])
        return cls(
            word=regex.compile(rf"\p{{L}}++(?:[-‐‑–](?=\p{{L}}){after_dash}(?!\p{{L}}))?", regex.IGNORECASE),
            inflection=regex.compile(rf"(?:{inflection})", regex.IGNORECASE),
            softening=endings.get("softening", {}),
            finite=regex.compile(rf"(?:{endings['past']})$", regex.IGNORECASE),
            fleeting=endings.get("fleeting", {}),
        )

    def add(self, phrase: str, value: T, *, where: str = "") -> None:
        """Add a phrase. Raises PackError that names `where` if its notation is not in order."""
        near, *beyond = phrase.split("…")
        check_far(beyond, phrase, where)
        far = tuple(self._atom(words.strip()) for words in beyond)
        for words, before, after in spelled_out(near, where):
            node = self.root
            for word in words:
                if word == "_":
                    node.skip = node.skip or Node()
                    node = node.skip
                else:
                    atom = self._atom(word)
                    after_it = node.next.get(atom)
                    if after_it is None:
                        after_it = node.next[atom] = Node()
                    node = after_it
            node.values = (*node.values, (value, before, after, far))

    def _atom(self, words: str) -> int:
        """The number of a phrase's word, or of several in its place ("объём~|уровень")."""
        if words in self.atoms:
            return self.atoms[words]
        number = self.atoms[words] = len(self.atoms)
        for word in words.split("|"):
            self._take(word, number)
        self.memo.clear()
        return number

    def _take(self, word: str, number: int) -> None:
        kind = word[-1] if word[-1] in "~*" else ""
        stem = word.rstrip("~*")
        case = "upper" if len(stem) > 1 and stem.isupper() else "title" if stem[:1].isupper() else ""
        size = len(stem)
        key = folded(stem)
        self.stems.setdefault(key, []).append((number, kind, case, size))
        if kind == "~" and key[-1:] in self.softening and len(key) > 2:
            soft = key[:-1] + self.softening[key[-1]]
            self.stems.setdefault(soft, []).append((number, "soft", case, size))
        if kind == "~" and len(key) > 3:
            for end in self.fleeting.get(key[-1], ()):  # "перевозк~" takes in "перевозок"
                self.stems.setdefault(key[:-1] + end, []).append((number, "", case, size))
        self.shortest = min(self.shortest, len(key))

    def _atoms_of(self, word: str) -> Mapping[int, int]:
        known = self.memo.get(word)
        if known is None:
            if len(self.memo) > MEMO_LIMIT:
                self.memo.clear()
            known = self.memo[word] = self._read(word)
        return known

    def _read(self, word: str) -> dict[int, int]:
        key = folded(word)
        found: dict[int, int] = {}
        for size in range(self.shortest, len(key) + 1):
            for number, kind, case, letters in self.stems.get(key[:size], ()):
                if case == "title" and not word[0].isupper():
                    continue
                if case == "upper" and not word[:size].isupper():
                    continue
                rest = key[size:]
                if (
                    kind == "*"
                    or (not rest and kind != "soft")
                    or (kind == "~" and self.inflection.fullmatch(rest))
                    or (kind == "soft" and rest and self.inflection.fullmatch(rest))
                ):
                    found[number] = max(letters, found.get(number, 0))
        return found

    def is_word(self, word: str) -> bool:
        """Whether one word alone is a phrase."""
        return any(self.root.next[atom].values for atom in self._atoms_of(word) if atom in self.root.next)

    def words(self, text: str) -> list[Word]:
        """The words of a text; a Kazakh ending after a dash belongs to its word ("ЖІӨ-нің")."""
        found: list[Word] = []
        done = -1
        for match in self.word.finditer(text):
            start, end = match.span()
            joined = done >= 0 and (text[done:start] == " " or GAP.fullmatch(text, done, start) is not None)
            found.append(Word(start, end, match[0], self._atoms_of(match[0]), joined))
            done = end
        return found

    def scan(self, words: list[Word], text: str) -> list[Hit[T]]:
        """Every phrase found in the words of `text`, overlapping ones too, in text order."""
        hits: list[Hit[T]] = []
        root = self.root.next
        for first, word in enumerate(words):
            for atom, letters in word.atoms.items():
                if atom in root:
                    self._walk(words, text, first, first + 1, root[atom], letters, hits)
        return hits

    def _walk(
        self,
        words: list[Word],
        text: str,
        first: int,
        at: int,
        node: Node[T],
        letters: int,
        hits: list[Hit[T]],
    ) -> None:
        for value, before, after, far in node.values:
            start, last = first + before, at - 1 - after
            used = tuple(range(first, at))
            others = [_beyond(words, text, first, at, one, self.finite) for one in far]
            if None in others:
                continue
            used = (*used, *(other for other in others if other is not None))
            hits.append(Hit(words[start].start, words[last].end, start, last, value, used, letters))
        if at < len(words) and words[at].joined:
            for atom, more in words[at].atoms.items():
                if atom in node.next:
                    self._walk(words, text, first, at + 1, node.next[atom], letters + more, hits)
        if node.skip is not None:
            for jump in range(SKIP_LIMIT + 1):
                if at + jump >= len(words) or not words[at + jump].joined:
                    break
                for atom, more in words[at + jump].atoms.items():
                    if atom in node.skip.next:
                        reached = node.skip.next[atom]
                        self._walk(words, text, first, at + jump + 1, reached, letters + more, hits)


def _beyond(
    words: list[Word], text: str, first: int, at: int, far: int, finite: regex.Pattern[str]
) -> int | None:
    """The nearest word after, else before, that can stand for `far` and stands in the same clause."""
    for number in range(at, min(len(words), at + FAR)):
        before = words[number - 1]
        if CLAUSE_END.search(text, before.end, words[number].start):
            break
        if FIGURE_NEXT.search(text, before.end, words[number].start) and finite.search(before.text):
            break  # "мұнай берді, 68 млн тоннасы экспортқа шықты"
        if far in words[number].atoms:
            return number
    for number in range(first - 1, max(-1, first - FAR), -1):
        if CLAUSE_END.search(text, words[number].end, words[number + 1].start):
            break
        if far in words[number].atoms:
            return number
    return None


def check_far(beyond: Sequence[str], phrase: str, where: str) -> None:
    """Raise PackError where what a phrase asks for further off is not written in order."""
    for words in beyond:
        if not PLAIN.fullmatch(words.strip()) or "" in words.strip().split("|"):
            raise PackError(f"{where}: after `…` in {phrase!r} stand words parted by `|` and nothing else")


def folded(word: str) -> str:
    """Small letters, no dash before an ending, "е" for "ё"."""
    low = word.lower().replace("ё", "е")
    return low if low.isalpha() else "".join(letter for letter in low if letter.isalpha())


def spelled_out(phrase: str, where: str = "") -> Iterator[tuple[list[str], int, int]]:
    """Each way to read a phrase's optional words and names of several words: words, context before and after.

    Single words that stand for one another stay together.

    >>> list(spelled_out("(общий) экспорт~|ввоз-товаров|импорт~ [вырос*|упал*]"))[-2:]
    [(['экспорт~|импорт~', 'вырос*|упал*'], 0, 1), (['ввоз', 'товаров', 'вырос*|упал*'], 0, 1)]
    """
    if BARE.fullmatch(phrase):
        yield phrase.split(), 0, 0
        return
    slots: list[list[list[tuple[str, bool]]]] = []  # each way to fill a place: its words, and whether context
    context = False
    whole = True  # no word is empty
    for part in PART.findall(phrase):
        if part in "[]":
            if (part == "[") == context:
                raise PackError(f"{where}: brackets do not match in {phrase!r}")
            context = part == "["
            continue
        ways = part.strip("()").split("|")
        whole = whole and "" not in "-".join(ways).split("-")
        single = [way for way in ways if way != "_" and "-" not in way]
        slots.append([[("|".join(single), context)]] if single else [])
        slots[-1] += [[(word, context) for word in way.split("-")] for way in ways if way not in single]
        if part.startswith("("):
            slots[-1].append([])
    for choice in product(*slots):
        pairs = [pair for way in choice for pair in way]
        plain = [not inside for _, inside in pairs]
        if context or not whole or True not in plain or "_" in (pairs[0][0], pairs[-1][0]):
            raise PackError(f"{where}: {phrase!r} is not a phrase: words, with `[context]` at the edges")
        before = plain.index(True)
        after = plain[::-1].index(True)
        if not all(plain[before : len(plain) - after]):
            raise PackError(f"{where}: `[context]` inside {phrase!r}; it may stand at the edges only")
        yield [word for word, _ in pairs], before, after


def fill(lexicon: Lexicon[T], phrases: Iterable[Any], value: T, *, where: str) -> None:
    """Add a list of phrases with one meaning. Raises PackError where an entry is not text."""
    for phrase in phrases:
        if not isinstance(phrase, str) or not phrase.strip():
            raise PackError(f"{where}: a phrase is text, not {phrase!r}")
        lexicon.add(phrase, value, where=where)


SECTIONS = {"indicators": "indicator", "places": "place"}
UNIT_PHRASE = regex.compile(r"(?:\p{L}++(?:-\p{L}++)*+[~.]?|[^\p{L}\p{N}\s~|()\[\]_]++)(?: \p{L}++[~.]?)*+")
ANY = "|any"  # the paradigm of a unit's word that takes every ending


def extended(pack: Pack, catalogue: Catalogue) -> Pack:
    """The pack with the phrases that a user's catalogue adds to it; the pack itself where it adds none."""
    added = catalogue.phrases.get(pack.lang, {})
    if not added:
        return pack
    tables = dict(pack.tables)
    for name, section in SECTIONS.items():
        if name not in added:
            continue
        table = dict(pack.table(name))
        entries = dict(table.get(section, {}))
        for key, lists in added[name].items():
            entries[key] = _joined(entries.get(key), lists)
        tables[name] = {**table, section: entries}
        if name == "places":
            tables[name]["kinds"] = {geo: place.kind for geo, place in catalogue.places.items()}
    if "units" in added:
        table = pack.table("units")
        own = [_unit(key, lists, catalogue) for key, lists in added["units"].items()]
        tables["units"] = {**table, "unit": [*own, *table["unit"]]}
    return Pack(pack.lang, tables=tables, compiled=dict(pack.compiled))


def check_phrases(catalogue: Catalogue, where: str) -> None:
    """Raise PackError for a phrase of a user's catalogue that is not in order, with its file and entry."""
    for added in catalogue.phrases.values():
        for section, entries in added.items():
            for key, lists in entries.items():
                spot = f"{where}: {section.removesuffix('s')} {key!r}"
                for phrase in (phrase for phrases in lists.values() for phrase in phrases):
                    _check_phrase(section, phrase, spot)


def _check_phrase(section: str, phrase: str, spot: str) -> None:
    if section == "units":
        if not UNIT_PHRASE.fullmatch(phrase):
            raise PackError(
                f"{spot}: {phrase!r} is not how a unit is written: a sign, or words with `~` or `.`"
            )
        return
    near, *beyond = phrase.split("…")
    check_far(beyond, phrase, spot)
    for _ in spelled_out(near, spot):
        pass


def _unit(key: str, lists: Mapping[str, list[str]], catalogue: Catalogue) -> dict[str, Any]:
    """A user's unit as units.toml has it; `~` is any ending, signs of money may stand before the number."""
    phrases = [phrase for found in lists.values() for phrase in found]
    signs = [phrase for phrase in phrases if not phrase[0].isalpha()]
    words = [phrase.replace("~", ANY) for phrase in phrases if phrase[0].isalpha()]
    is_money = catalogue.units[key].get("dimension") == "money"
    return {"id": key, "signs": signs, "words": words, "before": signs if is_money else []}


def _joined(own: Any, added: Mapping[str, list[str]]) -> Any:
    """An entry's lists with those added to it; a place's one list takes every phrase."""
    if isinstance(own, list):
        return [*own, *(phrase for phrases in added.values() for phrase in phrases)]
    lists = {kind: list(phrases) for kind, phrases in (own or {}).items()}
    for kind, phrases in added.items():
        lists[kind] = [*lists.get(kind, []), *phrases]
    return lists
