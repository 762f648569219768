"""The names of the catalogue in parts: which of its phrases the words of a text can make together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import product

import regex

from kztext.lang.lexicon import MEMO_LIMIT, folded
from kztext.lang.pack import Pack
from kztext.nouns import lexicon, stop_words

LISTS = ("phrases", "price", "level", "share")
WORDS = regex.compile(r"\p{L}{3,}")
PLAIN = regex.compile(r"[^…()\[\]]*+")
OPTIONAL = regex.compile(r"\([^()]*\)|[\[\]]")
SHORT = 1  # letters of words that carry no meaning
STEM = 4  # letters that the stem of a word keeps at least
ENDING = 3  # letters of a form that are taken for its ending
TAIL = 6  # letters that a form may have beyond a stem
NAMED = 1.5  # what a name gains that stands in the document in full
TELLING = 3.0  # the least weight of a word that tells by itself
MARGIN = 1.1  # by which a name must beat the next
NEAR, AROUND = 0.7, 0.5  # what a word counts that does not tell, or stands elsewhere


@dataclass(frozen=True, slots=True)
class Beside:
    """The words beside a number as stems of names.

    `subject`: those of each word of its subject that says what it is of, the head first; `verbs`: of what is
    done with it, where no subject stands in the same clause; `others`: of the rest.
    """

    subject: tuple[frozenset[int], ...] = ()
    verbs: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    contrast: bool = False  # the subject is an adjective whose noun stands in the same sentence

    def __or__(self, other: Beside) -> Beside:
        subject = other.subject or self.subject
        verbs, others = self.verbs | other.verbs, self.others | other.others
        return Beside(subject, verbs, others, other.contrast)

    @property
    def telling(self) -> set[int]:
        """The stems that a name may begin with."""
        return set(self.verbs).union(*self.subject)


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase of the catalogue as its content words, each of them one of several stems."""

    indicator: str
    slots: tuple[frozenset[int], ...]


@dataclass(slots=True)
class Names:
    """The names of a pack that have several content words, by the stems that they hold."""

    stems: dict[str, int] = field(default_factory=dict)
    shortest: int = 99
    names: list[Name] = field(default_factory=list)
    holding: dict[int, list[Name]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # all stems of an indicator
    weight: dict[int, float] = field(default_factory=dict)  # the fewer indicators a stem names, the more
    memo: dict[str, frozenset[int]] = field(default_factory=dict)

    def stems_in(self, text: str) -> set[int]:
        """The stems of names that the words of a text can be forms of."""
        return {stem for word in WORDS.findall(text) for stem in self.stems_of(word)}

    def stems_of(self, word: str) -> frozenset[int]:
        """The stems of names that one word can be a form of."""
        known = self.memo.get(word)
        if known is None:
            if len(self.memo) > MEMO_LIMIT:
                self.memo.clear()
            key = folded(word)
            least = max(self.shortest, len(key) - TAIL)
            sizes = (key[:size] for size in range(least, len(key) + 1))
            known = self.memo[word] = frozenset(self.stems[part] for part in sizes if part in self.stems)
        return known

    def score(self, name: Name, beside: Beside, said: Set[int], around: Set[int]) -> float:
        """How well the words beside a number and around it make a name; 0 where they do not."""
        if beside.subject and not any(slot & beside.subject[0] for slot in name.slots):
            return 0.0  # it is of another thing
        total = 0.0
        for slot in name.slots:
            told = self.weigh(slot, said)
            weight = max(told, NEAR * self.weigh(slot, beside.others), AROUND * self.weigh(slot, around))
            if not weight:
                return 0.0
            total += weight
        held = self.held[name.indicator]
        strange = any(not word & held for word in beside.subject)
        return 0.0 if strange else total

    def best(
        self, beside: Beside, around: Set[int], named: Set[str], allowed: Callable[[str], bool]
    ) -> list[str]:
        """The indicator that the words beside a number and around it name; two where they tie."""
        said = beside.telling
        scores: dict[str, float] = {}
        for name in {id(n): n for stem in said for n in self.holding.get(stem, ())}.values():
            known = name.indicator in named
            told = max(self.weigh(slot, said) for slot in name.slots)
            if (told < TELLING and not known) or not allowed(name.indicator):
                continue
            score = self.score(name, beside, said, around) * (NAMED if known else 1.0)
            if score > 0:
                scores[name.indicator] = max(score, scores.get(name.indicator, 0.0))
        best = sorted(scores, key=lambda indicator: -scores[indicator])[:2]
        return best[:1] if len(best) > 1 and scores[best[0]] >= MARGIN * scores[best[1]] else best

    def weigh(self, slot: frozenset[int], said: Set[int]) -> float:
        """What the word of a name that stands in `said` tells of it; 0 where none does."""
        return max((self.weight[stem] for stem in slot & said), default=0.0)


def names_of(pack: Pack) -> Names:
    """The names of a pack, built once."""
    built: Names | None = pack.built.get("focus")
    if built is None:
        built = pack.built["focus"] = _build(pack)
    return built


def _build(pack: Pack) -> Names:
    names = Names()
    known = lexicon(pack)
    idle = stop_words(pack) | known.prepositions | known.joints
    spread: dict[int, set[str]] = defaultdict(set)
    numbered: dict[tuple[str, ...], frozenset[int]] = {}
    readings = cache(partial(_readings, idle=idle))

    def stems(ways: tuple[str, ...]) -> frozenset[int]:
        known = numbered.get(ways)
        if known is None:
            known = numbered[ways] = frozenset(_number(names, word) for word in ways)
        return known

    for indicator, lists in pack.table("indicators").get("indicator", {}).items():
        held = names.held[indicator]
        for phrase in (phrase for key in LISTS for phrase in lists.get(key, ())):
            for choice in product(*filter(None, map(readings, _content(phrase)))):
                slots = tuple(stems(ways) for reading in choice for ways in reading)
                held.update(*slots)
                if len(slots) > 1:
                    names.names.append(Name(indicator, slots))
        for stem in held:
            spread[stem].add(indicator)
    for name in names.names:
        for stem in frozenset().union(*name.slots):
            names.holding[stem].append(name)
    total = len(pack.table("indicators").get("indicator", {}))
    names.weight = {stem: math.log(total / len(used)) for stem, used in spread.items()}
    return names


def _content(phrase: str) -> list[str]:
    """The words of a phrase, what may be missing left out, those further off last.

    >>> _content("длин~ (всех) железных-дорог|путей … рост* | спад*")
    ['длин~', 'железных-дорог|путей', 'рост*|спад*']
    """
    if PLAIN.fullmatch(phrase):
        return phrase.split()
    near, *beyond = phrase.split("…")
    return [*OPTIONAL.sub(" ", near).split(), *(words.replace(" ", "") for words in beyond)]


def _readings(part: str, idle: frozenset[str]) -> list[list[tuple[str, ...]]]:
    """Each way to read a word of a phrase as content words with their alternatives; none where it is idle.

    >>> _readings("железных-дорог|путей|рельсов", frozenset())
    [[('путей', 'рельсов')], [('железных',), ('дорог',)]]
    """
    ways = [way for way in part.split("|") if len(way.strip("_~*")) > SHORT]
    plain = tuple(way for way in ways if "-" not in way)
    if any(way.strip("~*").lower() in idle for way in plain) or len(ways) < part.count("|") + 1:
        return []
    parted: list[list[tuple[str, ...]]] = [
        [(word,) for word in way.split("-") if word not in idle] for way in ways if "-" in way
    ]
    return [[plain], *parted] if plain else parted


def _number(names: Names, word: str) -> int:
    """The number of the stem of a phrase's word: what stands before its mark, or the form less its ending."""
    key = folded(word.rstrip("~*"))
    stem = key if word[-1] in "~*" or word.isupper() else key[: max(STEM, len(key) - ENDING)]
    names.shortest = min(names.shortest, len(stem))
    return names.stems.setdefault(stem, len(names.stems))
