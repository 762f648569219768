"""What a document is about: a name said in part is the one that the text around it completes.

In a text on railways "сеть выросла до 6,6 тыс. км" tells of the length of railways: "сеть железных дорог" is
a name of the catalogue, its first word stands beside the number, the others in the title or in the sentences
before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from kztext.carry.names import WORDS, Beside, names_of
from kztext.catalogue import Catalogue, Indicator
from kztext.catalogue.units import catalogue_units
from kztext.endings import noun_case
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.nouns import OBLIQUE_CASES, is_adjective, is_verb, lexicon
from kztext.reading import Reading
from kztext.records import Measure
from kztext.spans import Lang, Layout, is_money
from kztext.zones import Zone

BULK = frozenset({"mass", "volume", "area", "length", "energy"})  # what few indicators of a text are told in
APART = 1000  # times that two amounts of one thing do not differ
BEFORE = 3  # sentences before whose words complete a name
OFTEN, RARE = 3, 20  # sentences that a word stands in that the document is about; one in so many
RATIO = frozenset({"percent", "percentage_point", "times"})
CLAUSE = regex.compile(r"[,;:(]\s")
LABEL_ENDS = regex.compile(r"[,;(]|\s(?:с|со|и|мен|бен|пен|және)\s")
PRICE = 10_000_000  # of money that a price is less than
IDLE = frozenset(
    {"average", "total", "generic", "anaphor", "and", "part", "extreme", "speech", "fall_on", "level"}
)
SURE = 0.6  # the most that a completed name is sure of


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


def completed(
    reading: Reading, beside: Beside, focus: Focus, number: int, pack: Pack, catalogue: Catalogue
) -> Reading | None:
    """A reading with the indicator whose name begins in its own words and ends in those around; else None."""
    whole = next((f.partition(":")[2] for f in reading.flags if f.startswith("part_of:")), "")

    def allowed(indicator: str) -> bool:
        entry = catalogue.indicators.get(indicator)
        return entry is not None and told_in(reading, entry) and whole in ("", entry.part_of)

    around = beside.others if beside.contrast else focus.around(number, reading.sentence.lang)
    best = names_of(pack).best(beside, around, focus.named, allowed)
    if len(best) > 1:  # of a part and its whole, the whole
        best = [one for one in best if any(catalogue.indicators[other].part_of == one for other in best)]
    return guessed(reading, best[0]) if best else None


def as_listed(
    reading: Reading, label: str, above: str, focus: Focus | None, pack: Pack, catalogue: Catalogue
) -> Reading:
    """An item of a list or a row whose label says the part of what stands above: "овцы" under "Поголовье"."""
    names = names_of(pack)
    label = LABEL_ENDS.split(label)[0]
    words = [word for word in WORDS.findall(label) if not is_adjective(word, pack)]
    if reading.sentence.lang is Lang.KK:
        words.reverse()
    beside = Beside(subject=tuple(names.stems_of(word) for word in words))
    own, over = names.stems_in(label), names.stems_in(above)
    if not words or focus is None or own <= over or (reading.indicator and "total" in reading.flags):
        return reading

    def allowed(indicator: str) -> bool:
        entry = catalogue.indicators.get(indicator)
        part = entry is not None and entry.part_of == reading.indicator
        return entry is not None and (part or not reading.indicator) and told_in(reading, entry, counted=True)

    best = names.best(beside, over, focus.named, allowed)
    return guessed(reading, best[0]) if len(best) == 1 else reading


def by_unit(
    reading: Reading,
    beside: Beside | None,
    item: Found,
    before: Reading | None,
    pack: Pack,
) -> Reading | None:
    """A figure that only says whose it is, of what one `before` in its unit was ("План – 96 млн тонн")."""
    kind = dimension(reading.unit)
    if beside is None or before is None or not before.indicator or kind not in BULK:
        return None
    if reading.measure not in (Measure.LEVEL, Measure.CHANGE) or not same_size(reading, before):
        return None
    names, known = names_of(pack), lexicon(pack)
    if beside.verbs and not beside.verbs & names.held[before.indicator]:
        return None  # something else is done with it
    offset = reading.sentence.start
    start, end = (max(at - offset, 0) for at in reading.subject)
    words = list(WORDS.finditer(reading.sentence.text, start, end))
    places = [(p.start - offset, p.end - offset) for p in item.places]
    named = [m for m in words if any(first <= m.start() < last for first, last in places)]
    empty = [m for m in words if m in named or known.standins.search(m[0].lower())]
    rest = [m for m in words if m not in empty and not is_adjective(m[0], pack)]
    return None if rest or (words and not empty) else guessed(reading, before.indicator)


def same_size(one: Reading, other: Reading) -> bool:
    """Whether two amounts are of one order, so that one thing can be told of both."""
    if one.unit != other.unit and "barrel" in (one.unit, other.unit):
        return True
    sizes = []
    for reading in (one, other):
        unit = catalogue_units().get(reading.unit)
        sizes.append(abs(reading.quantity.value) * (unit.factor or 1 if unit else 1))
    low, high = sorted(sizes)
    return low > 0 and high / low < APART


def guessed(reading: Reading, indicator: str) -> Reading:
    """A reading with an indicator that its own words do not name in full."""
    flags = tuple(dict.fromkeys((*reading.flags, "focus")))
    return replace(reading, indicator=indicator, flags=flags, confidence=min(reading.confidence, SURE))


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
    inside = [p for p in item.places if start <= p.start < end]
    if inside and (inside[0].start > start or inside[-1].end < end):
        return None  # "поставки в Китай" are a part
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
    if reading.indicator:
        return reading
    like = next((r for r in reversed(done) if "focus" in r.flags and r.subject == reading.subject), None)
    entry = catalogue.indicators.get(like.indicator) if like is not None else None
    if entry is None:
        return reading
    part = reading.measure is Measure.SHARE and not reading.share_of and not reading.whole[1]
    return guessed(reading, entry.id) if part or told_in(reading, entry) else reading


def told_in(reading: Reading, entry: Indicator, *, counted: bool = False) -> bool:
    """Whether an indicator is told in units of the kind that a reading has; counts only where asked for."""
    if is_money(reading.unit):
        priced = entry.unit_class == "price" and not entry.is_rate and reading.quantity.value < PRICE
        return entry.unit_class == "money" or priced
    bare = counted and not reading.unit and reading.quantity.multiplier > 1
    unit = catalogue_units().get("count" if bare else reading.unit)
    if unit is None or reading.measure in (Measure.INDEX, Measure.SHARE):
        return False
    if unit.dimension == "count" and not counted:
        return False
    if unit.dimension == "ratio":
        return reading.measure is Measure.CHANGE or entry.unit_class in ("percent", "ratio")
    return dimension(unit.id) == entry.unit_class


def dimension(unit: str) -> str:
    """What a unit measures, as the catalogue of indicators says it; oil in barrels is a mass."""
    known = catalogue_units().get(unit)
    if known is None:
        return ""
    return "mass" if unit == "barrel" else {"time": "years"}.get(known.dimension, known.dimension)
