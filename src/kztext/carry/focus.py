"""What a document is about: a name said in part is the one that the text around it completes.

In a text on railways "сеть выросла до 6,6 тыс. км" tells of the length of railways: "сеть железных дорог" is
a name of the catalogue, its first word stands beside the number, the others in the title or in the sentences
before.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import product

import regex

from kztext.catalogue import Catalogue, Indicator
from kztext.catalogue.units import catalogue_units
from kztext.endings import noun_case
from kztext.found import Found
from kztext.lang.lexicon import folded
from kztext.lang.pack import Pack
from kztext.nouns import OBLIQUE_CASES, is_adjective, is_verb, lexicon, stop_words
from kztext.reading import Reading
from kztext.records import Measure
from kztext.spans import Lang, Layout, is_money
from kztext.zones import Zone

LISTS = ("phrases", "price", "level", "share")
WORDS = regex.compile(r"\p{L}{3,}")
OPTIONAL = regex.compile(r"\([^()]*\)|[\[\]]")
SHORT = 1  # letters of words that carry no meaning
STEM = 4  # letters that the stem of a word keeps at least
ENDING = 3  # letters of a form that are taken for its ending
TAIL = 6  # letters that a form may have beyond a stem
BEFORE = 3  # sentences before whose words complete a name
OFTEN, RARE = 3, 20  # sentences that a word stands in that the document is about; one in so many
MARGIN = 1.1  # by which a name must beat the next
RATIO = frozenset({"percent", "percentage_point", "times"})
NAMED = 1.5  # what a name gains that stands in the document in full
NEAR, AROUND = 0.7, 0.5  # what a word counts that does not tell, or stands elsewhere
CLAUSE = regex.compile(r"[,;:(]\s")
PRICE = 10_000_000  # of money that a price is less than
TELLING = 3.0  # the least weight of a word that tells by itself
IDLE = frozenset({"average", "total", "generic", "anaphor", "and", "part", "extreme", "speech"})
SURE = 0.6  # the most that a completed name is sure of


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
        key = folded(word)
        known = self.memo.get(key)
        if known is None:
            least = max(self.shortest, len(key) - TAIL)
            sizes = (key[:size] for size in range(least, len(key) + 1))
            known = self.memo[key] = frozenset(self.stems[part] for part in sizes if part in self.stems)
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

    def weigh(self, slot: frozenset[int], said: Set[int]) -> float:
        """What the word of a name that stands in `said` tells of it; 0 where none does."""
        return max((self.weight[stem] for stem in slot & said), default=0.0)


@dataclass(slots=True)
class Focus:
    """The words of a document, sentence by sentence, as stems of names."""

    words: dict[int, set[int]]  # of each sentence
    often: dict[Lang, set[int]]
    title: dict[Lang, set[int]]
    section: list[int]  # the sentence that heads each sentence, -1 if none
    named: set[str]  # the indicators that the document names

    def around(self, number: int, lang: Lang) -> set[int]:
        """The stems that the title, the heading and the sentences before give to a sentence, its own too."""
        near = set(self.often.get(lang, ())) | self.title.get(lang, set())
        for other in range(max(0, number - BEFORE), number + 1):
            near |= self.words[other]
        return near | (self.words[self.section[number]] if self.section[number] >= 0 else set())


def read_focus(found: Sequence[Found], packs: dict[Lang, Pack]) -> Focus:
    """The words of a document that complete the names of its numbers."""
    words: dict[int, set[int]] = {}
    counts: dict[Lang, Counter[int]] = defaultdict(Counter)
    title: dict[Lang, set[int]] = defaultdict(set)
    section, heading = [], -1
    for number, item in enumerate(found):
        lang = item.sentence.lang
        words[number] = names_of(packs[lang]).stems_in(item.sentence.text)
        counts[lang].update(words[number])
        if item.sentence.layout is Layout.HEADING:
            heading = number
        section.append(heading)
        if number == 0:
            title[lang] |= words[number]
    least = max(OFTEN, len(found) // RARE)
    often = {lang: {stem for stem, count in seen.items() if count >= least} for lang, seen in counts.items()}
    named = {m.indicator for item in found for m in item.indicators if "weak" not in m.flags}
    return Focus(words, often, title, section, named)


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


def completed(
    reading: Reading, beside: Beside, focus: Focus, number: int, pack: Pack, catalogue: Catalogue
) -> Reading | None:
    """A reading with the indicator whose name begins in its own words and ends in those around; else None."""
    names = names_of(pack)
    said, around = beside.telling, focus.around(number, reading.sentence.lang)
    whole = next((f.partition(":")[2] for f in reading.flags if f.startswith("part_of:")), "")
    scores: dict[str, float] = {}
    for name in {id(n): n for stem in said for n in names.holding.get(stem, ())}.values():
        entry = catalogue.indicators.get(name.indicator)
        if entry is None or not told_in(reading, entry) or (whole and entry.part_of != whole):
            continue
        told = max(names.weigh(slot, said) for slot in name.slots)
        if told < TELLING and name.indicator not in focus.named:
            continue
        score = names.score(name, beside, said, beside.others if beside.contrast else around)
        if score > 0:
            score *= NAMED if name.indicator in focus.named else 1.0
            scores[name.indicator] = max(score, scores.get(name.indicator, 0.0))
    best = sorted(scores, key=lambda indicator: -scores[indicator])[:2]
    if len(best) > 1 and scores[best[0]] < MARGIN * scores[best[1]]:
        best = [one for one in best if any(catalogue.indicators[other].part_of == one for other in best)]
    if not best:
        return None
    flags = (*reading.flags, "focus")
    return replace(reading, indicator=best[0], flags=flags, confidence=min(reading.confidence, SURE))


def said_beside(
    reading: Reading, zone: Zone, item: Found, pack: Pack, before: Beside | None
) -> Beside | None:
    """What the words beside a number tell of it, with those `before` where it leaves out its own.

    None of a part of what was told before, or of one thing's size.
    """
    quantity, sentence = reading.quantity, reading.sentence
    names = names_of(pack)
    idle = [c for c in item.cues if c.kind in IDLE]
    start, end = reading.subject
    lead = sentence.text[max(zone.start - sentence.start, 0) : quantity.outer_start - sentence.start]
    sized = [word.lower() for word in WORDS.findall(lead)[-1:]]
    if zone.left_cues("part") or (sized and sized[0] in lexicon(pack).extents):
        return None
    if any(start <= p.start < end for p in item.places):
        return None
    acts = reading.unit not in RATIO and not is_money(reading.unit)
    gap = sentence.text[max(end - sentence.start, 0) : quantity.start - sentence.start]
    case = noun_case(sentence.text[max(start - sentence.start, 0) : max(end - sentence.start, 0)], pack)
    aside = (
        acts and sentence.lang is Lang.KK and case in OBLIQUE_CASES
    )  # "пайдалануға 5 мың шаршы метр берілді"
    apart = end <= start or CLAUSE.search(gap) is not None or aside
    subject: list[frozenset[int]] = []
    verbs: set[int] = set()
    others: set[int] = set()
    whole: set[int] = set()
    nouns = False
    words = list(WORDS.finditer(sentence.text))
    for i, match in enumerate(words):
        at = match.start() + sentence.start
        within = quantity.start <= at < quantity.end
        if within or any(c.start <= at < c.end for c in (*item.places, *idle)):
            continue
        stems = names.stems_of(match[0])
        whole |= stems
        if start <= at < end and not aside:
            adjective = is_adjective(match[0], pack)
            nouns |= not adjective
            if stems or not adjective:
                subject.append(stems)
        elif zone.start <= at < zone.end or start <= at < end:
            verb = acts and apart and is_verb(match[0], i + 1 < len(words), pack, first=not i)
            verb |= aside and start <= at < end
            (verbs if verb else others).update(stems)
    if sentence.lang is Lang.KK:
        subject.reverse()
    contrast = bool(subject) and not nouns and not apart
    others = whole if contrast else others
    own = Beside(() if apart else tuple(subject), frozenset(verbs), frozenset(others), contrast)
    gapped = not {"ellipsis", "shared_unit"}.isdisjoint(reading.flags)
    return own if not gapped else before and before | own


def as_before(reading: Reading, done: Sequence[Reading], catalogue: Catalogue) -> Reading:
    """A number of the same subject as one before it whose name was completed."""
    like = next((r for r in reversed(done) if "focus" in r.flags and r.subject == reading.subject), None)
    entry = catalogue.indicators.get(like.indicator) if like is not None else None
    if reading.indicator or entry is None or not told_in(reading, entry):
        return reading
    flags = (*reading.flags, "focus")
    return replace(reading, indicator=entry.id, flags=flags, confidence=min(reading.confidence, SURE))


def told_in(reading: Reading, entry: Indicator) -> bool:
    """Whether the unit of a reading is of the kind that an indicator is told in."""
    if is_money(reading.unit):
        return entry.unit_class == "money" or (entry.unit_class == "price" and reading.quantity.value < PRICE)
    unit = catalogue_units().get(reading.unit)
    if unit is None or unit.dimension == "count" or reading.measure in (Measure.INDEX, Measure.SHARE):
        return False
    if unit.dimension == "ratio":
        return reading.measure is Measure.CHANGE or entry.unit_class in ("percent", "ratio")
    return {"time": "years"}.get(unit.dimension, unit.dimension) == entry.unit_class


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
    for indicator, lists in pack.table("indicators").get("indicator", {}).items():
        for phrase in (phrase for key in LISTS for phrase in lists.get(key, ())):
            for words in _spelled(phrase, idle):
                slots = tuple(frozenset(_number(names, word) for word in ways) for ways in words)
                for stem in {stem for slot in slots for stem in slot}:
                    spread[stem].add(indicator)
                    names.held[indicator].add(stem)
                if len(slots) > 1:
                    names.names.append(Name(indicator, slots))
    for name in names.names:
        for stem in {stem for slot in name.slots for stem in slot}:
            names.holding[stem].append(name)
    total = len(pack.table("indicators").get("indicator", {}))
    names.weight = {stem: math.log(total / len(used)) for stem, used in spread.items()}
    return names


def _spelled(phrase: str, idle: frozenset[str]) -> Iterator[list[list[str]]]:
    """Each way to read a phrase's content words, what may be missing left out; a word with its alternatives.

    >>> list(_spelled("длин~ (всех) железных-дорог|путей", frozenset()))
    [[['длин~'], ['путей']], [['длин~'], ['железных'], ['дорог']]]
    """
    near, _, beyond = phrase.partition("…")
    parts = [*OPTIONAL.sub(" ", near).split(), beyond.replace(" ", "")]
    choices: list[list[list[list[str]]]] = []
    for part in parts:
        ways = [way for way in part.split("|") if len(way.strip("_~*")) > SHORT]
        plain = [way for way in ways if "-" not in way]
        if any(way.strip("~*").lower() in idle for way in plain) or len(ways) < part.count("|") + 1:
            continue
        readings = [[plain]] if plain else []
        readings += [[[word] for word in way.split("-") if word not in idle] for way in ways if "-" in way]
        if readings:
            choices.append(readings)
    for choice in product(*choices):
        yield [slot for reading in choice for slot in reading]


def _number(names: Names, word: str) -> int:
    """The number of the stem of a phrase's word: what stands before its mark, or the form less its ending."""
    key = folded(word.rstrip("~*"))
    stem = key if word[-1] in "~*" or word.isupper() else key[: max(STEM, len(key) - ENDING)]
    names.shortest = min(names.shortest, len(stem))
    return names.stems.setdefault(stem, len(names.stems))
