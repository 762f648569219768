"""The words beside a number that say how exact it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kztext.lang.pack import Pack
from kztext.lexing import Item
from kztext.spans import Approximation, Case

DENIED = {
    Approximation.MORE_THAN: Approximation.AT_MOST,
    Approximation.LESS_THAN: Approximation.AT_LEAST,
}
LONGEST = 4
VERB_WORDS = 2  # how far behind its object a verb is looked for
NOUN_WORDS = 2  # how many words a counted noun may have before its hedge


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hedges of a language by their words, and the words of ranges and lists."""

    front: Mapping[tuple[str, ...], Approximation]
    back: Mapping[tuple[str, ...], Approximation]
    verbs: frozenset[tuple[str, ...]]  # hedges that are verbs: they say how exact, and stay outside
    back_of_case: Mapping[Case, Mapping[tuple[str, ...], Approximation]]
    unless_after: frozenset[str]
    denial: frozenset[str]
    between: frozenset[str]
    within: frozenset[str]  # words that may stand between a number in a case and its hedge
    idioms: frozenset[tuple[str, ...]]
    targets: tuple[str, ...]
    change_from: frozenset[str]
    range_from: frozenset[str]
    range_to: frozenset[str]
    range_between: frozenset[str]
    range_and: frozenset[str]
    range_within: frozenset[str]
    dative: tuple[str, ...]
    separators: frozenset[str]
    compares: frozenset[str]
    alone_after: frozenset[str]
    threefold: frozenset[str]

    def before(self, items: Sequence[Item], first: int) -> tuple[Approximation, int] | None:
        """The hedge that ends right before item `first`, and the index where it begins."""
        end = first
        for _ in range(2):
            words = [item.text for item in items[max(0, end - LONGEST) : end]]
            for size in range(len(words), 0, -1):
                meaning = self.front.get(tuple(words[-size:]))
                if meaning is not None:
                    begin = end - size
                    if meaning is Approximation.AT_MOST and self.is_target(items, begin):
                        return None
                    if begin and items[begin - 1].text in self.unless_after:
                        return None
                    near = items[max(begin - 3, 0) : begin]
                    if meaning in DENIED and any(i.text in self.denial for i in near):
                        meaning = DENIED[meaning]  # "не должно быть более 24"
                    return meaning, begin
            if not words or words[-1] not in self.between:
                return None
            end -= 1
        return None

    def is_target(self, items: Sequence[Item], begin: int) -> bool:
        """Whether "до" before a number names the level reached: a verb of change stands before it."""
        if items[begin].text not in self.range_to:
            return False
        return any(item.text.startswith(self.targets) for item in items[max(0, begin - 3) : begin])

    def behind(
        self, items: Sequence[Item], after: int, case: Case
    ) -> tuple[Approximation, int | None] | None:
        """The hedge behind item `after - 1`, and the index of its last item (None for a verb)."""
        table = self.back_of_case.get(case)
        if table and after + 1 < len(items) and items[after].text in self.within:
            after += 1  # "10 долларға [да] жетпейді"
        found = lookup(self.back, items, after) or (lookup(table, items, after) if table else None)
        if found is not None:
            found = self.reached(items, found)
        if found is None:
            return None
        meaning, last = found
        if tuple(item.text for item in items[after : last + 1]) in self.verbs:
            return meaning, None
        more = self.back_of_case.get(Case.DAT, {})
        again = items[last].text.endswith(self.dative) and last + 1 < len(items)
        if again and (items[last + 1].text,) in more:
            last += 1
        return meaning, last

    def behind_noun(
        self, items: Sequence[Item], after: int, suffixes: Mapping[Case, tuple[str, ...]]
    ) -> tuple[Approximation, int] | None:
        """The hedge behind the noun that a number counts ("300 кәсіпорыннан астам"), and its last index."""
        for at in range(after, min(after + NOUN_WORDS, len(items) - 1)):
            if items[at].kind != "word":
                return None
            if (items[at].text, items[at + 1].text) in self.idioms:
                return None
            for case, forms in suffixes.items():
                if items[at].text.endswith(forms) and (table := self.back_of_case.get(case)):
                    found = lookup(table, items, at + 1)
                    if found is not None:
                        return self.reached(items, found)
        return None

    def reached(
        self, items: Sequence[Item], found: tuple[Approximation, int]
    ) -> tuple[Approximation, int] | None:
        """None for "дейін" before a verb of change, which names the level reached."""
        meaning, last = found
        is_target = meaning is Approximation.AT_MOST and items[last].text in self.range_to
        if is_target and self.changes(items, last + 1):
            return None
        return found

    def changes(self, items: Sequence[Item], index: int) -> bool:
        """Whether a verb of change stands among the next words, before any mark."""
        for item in items[index : index + VERB_WORDS]:
            if item.kind != "word":
                return False
            if item.text.startswith(self.targets):
                return True
        return False


def lookup(
    table: Mapping[tuple[str, ...], Approximation], items: Sequence[Item], after: int
) -> tuple[Approximation, int] | None:
    """The longest phrase of a table that begins at an item, with the index of its last item."""
    words = [item.text for item in items[after : after + LONGEST]]
    for size in range(len(words), 0, -1):
        meaning = table.get(tuple(words[:size]))
        if meaning is not None:
            return meaning, after + size - 1
    return None


def hedges(pack: Pack) -> Hedges:
    """The hedges of a pack, made once."""
    made: Hedges | None = pack.built.get("hedges")
    if made is None:
        made = pack.built["hedges"] = build_hedges(pack)
    return made


def build_hedges(pack: Pack) -> Hedges:
    """Read hedges.toml."""
    table = pack.table("hedges")
    front: dict[tuple[str, ...], Approximation] = {}
    back: dict[tuple[str, ...], Approximation] = {}
    of_case: dict[Case, dict[tuple[str, ...], Approximation]] = {}
    unless: set[str] = set()
    verbs: set[tuple[str, ...]] = set()
    for entry in table["hedge"]:
        meaning = Approximation(entry["means"])
        front.update((tuple(words.split()), meaning) for words in entry["before"])
        back.update((tuple(words.split()), meaning) for words in entry["after"])
        unless.update(words.split()[-1] for words in entry.get("unless_after", ()))
        for case in (Case.DAT, Case.ABL):
            said = [tuple(words.split()) for words in entry.get(f"{case.value}_verbs", ())]
            verbs.update(said)
            said += [tuple(words.split()) for words in entry.get(case.value, ())]
            of_case.setdefault(case, {}).update((words, meaning) for words in said)
    ranges = table["ranges"]
    return Hedges(
        front=front,
        back=back,
        verbs=frozenset(verbs),
        dative=tuple(table["lists"]["dative"]),
        back_of_case={case: words for case, words in of_case.items() if words},
        unless_after=frozenset(unless),
        denial=frozenset(table["denial"]["words"]),
        between=frozenset(table["between"]["words"]),
        within=frozenset(table["between"]["behind"]),
        idioms=frozenset(tuple(words.split()) for words in table["idioms"]["words"]),
        targets=tuple(table["targets"]["stems"]),
        change_from=frozenset(ranges["change_from"]),
        range_from=frozenset(ranges["from"]),
        range_to=frozenset(ranges["to"]),
        range_between=frozenset(ranges["between"]),
        range_and=frozenset(ranges["and"]),
        range_within=frozenset(ranges["within"]),
        separators=frozenset(table["lists"]["separators"]),
        compares=frozenset(table["lists"]["compares"]),
        alone_after=frozenset(table["lists"]["alone_after"]),
        threefold=frozenset(table["lists"]["threefold"]),
    )
