"""What "the branch" is: "отрасль", "сала" mean the branch of the economy that a section or text is about.

A branch is named itself ("растениеводство") or by what it makes, which is told of more than once (grain,
meat). One that the paragraph names goes before that of the heading, that before the one of the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from kztext.catalogue import load_catalogue
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective
from kztext.reading import Reading, said_of
from kztext.records import Measure
from kztext.spans import Layout, is_money
from kztext.zones import Zone

TOPICS = frozenset({"industry", "agriculture", "transport"})
TRADES = frozenset({"retail_trade", "wholesale_trade"})
LAST = regex.compile(r"(?P<word>\p{L}++)\s*$")
FIELDS = frozenset({"harvest", "yield", "area"})
MADE_BY = {  # of what no whole of the catalogue says
    "housing_commissioned": "construction",
    "farmland": "agricultural_output",
    "irrigated_land": "agricultural_output",
    "freight": "transport",
    "freight_turnover": "transport",
    "rail_freight": "transport",
    "road_freight": "transport",
    "passengers": "transport",
    "passenger_turnover": "transport",
}
OFTEN = 2  # times that what a branch makes is told of, so that the text is about it


@dataclass(frozen=True, slots=True)
class Branches:
    """The branches that the sentences of a document speak of: of each block, each section, and of all."""

    named: dict[int, list[tuple[int, str]]]  # block: where a branch is named itself
    sections: list[str]  # that of the heading above each sentence
    text: str


def read_branches(found: Sequence[Found]) -> Branches:
    """The branches of a document."""
    named: dict[int, list[tuple[int, str]]] = {}
    made: Counter[str] = Counter()
    sections, title, headed = [], "", ""
    for number, item in enumerate(found):
        said = [(m.start, m.indicator) for m in item.indicators]
        own = [(at, one) for at, one in said if is_branch(one)]
        named.setdefault(item.sentence.block, []).extend(own)
        made.update(topmost(branch) for _, one in said if (branch := branch_of(one)))
        if item.sentence.layout is Layout.HEADING:
            headed = next((branch for _, one in said if (branch := branch_of(one))), "")
        sections.append(headed)
        title = title or (headed or next((one for _, one in own), "") if number < 2 else "")
    most = next((branch for branch, times in made.most_common(1) if times >= OFTEN), "")
    return Branches(named, sections, title or most)


@cache
def is_branch(indicator: str) -> bool:
    """Whether an indicator is the output of a branch of the economy."""
    entry = load_catalogue().indicators.get(indicator)
    return entry is not None and (
        (entry.unit_class == "money" and entry.topic in TOPICS and not entry.id.endswith("_exports"))
        or entry.id in TRADES
    )


def branch_of(indicator: str) -> str:
    """The nearest branch that an indicator is of, or that makes what it tells of."""
    known = load_catalogue().indicators
    seen: set[str] = set()
    while indicator in known and indicator not in seen:
        if is_branch(indicator):
            return indicator
        seen.add(indicator)
        product, _, facet = indicator.rpartition("_")
        made = f"{product}_output"
        if facet in FIELDS:
            return "agricultural_output"
        if indicator in MADE_BY:
            return MADE_BY[indicator]
        indicator = known[indicator].part_of or (made if made in known else "")
    return ""


def topmost(branch: str) -> str:
    """The largest branch that a branch is a part of."""
    known = load_catalogue().indicators
    while (whole := known[branch].part_of) and is_branch(whole):
        branch = whole
    return branch


def told_before(names: Sequence[str]) -> str:
    """The branch that a paragraph named last; behind two parts of one, the whole."""
    known = load_catalogue().indicators
    last = list(dict.fromkeys(reversed(names)))[:2]
    wholes = {known[name].part_of for name in last}
    shared = next(iter(wholes)) if len(last) > 1 and len(wholes) == 1 else ""
    return shared if shared and is_branch(shared) else last[0] if last else ""


def goes_on(reading: Reading, last: Reading | None, pack: Pack) -> bool:
    """Whether a nameless percentage goes on from "the branch": "отрасль дала 5 трлн, ИФО 112,5%"."""
    words = pack.compile(pack.table("indicators")["branches"]["words"], where=pack.source("indicators"))
    if last is None or not is_branch(last.indicator) or words.fullmatch(said_of(last)) is None:
        return False
    told = reading.measure in (Measure.INDEX, Measure.CHANGE) or "measure_unsaid" in reading.flags
    return not reading.indicator and reading.unit == "percent" and told


def says_which(lead: str, pack: Pack) -> bool:
    """Whether the word before "branch" says which one: "нефтяная отрасль", "әлеуметтік сала"."""
    word = LAST.search(lead)
    which = pack.compile(pack.table("indicators")["branches"]["which"], where=pack.source("indicators"))
    return word is not None and which.fullmatch(word["word"]) is None and is_adjective(word["word"], pack)


def of_branch(
    reading: Reading,
    zone: Zone,
    number: int,
    branches: Branches | None,
    pack: Pack,
    done: Sequence[Reading],
) -> Reading | None:
    """A figure that its words tell of "the branch", of the one that the text speaks of."""
    if branches is None or (reading.indicator and reading.strong) or reading.counted:
        return None
    ratio = reading.unit in RATIO_UNITS
    if not ratio and not is_money(reading.unit):
        return None
    sentence, words = reading.sentence, pack.table("indicators")["branches"]
    start, end = zone.start - sentence.start, zone.end - sentence.start
    where = pack.source("indicators")
    said = pack.compile(words["words"], where=where).search(sentence.text, max(start, 0), end)
    if said is None:
        last = done[-1] if done else None
        goes = last is not None and goes_on(reading, last, pack)
        return named_as(reading, last.indicator, last.subject) if last is not None and goes else None
    if says_which(sentence.text[: said.start()], pack):
        return None
    makes = pack.compile(words["makes"], where=where).search(sentence.text, max(start, 0), end)
    if not ratio and makes is None:
        return None
    if any(
        m.start >= zone.start and "weak" not in m.flags and not is_branch(m.indicator) for m in zone.mentions
    ):
        return None
    at = sentence.start + said.start()
    near = [one for place, one in branches.named.get(sentence.block, ()) if place < at]
    branch = told_before(near) or branches.sections[number] or branches.text
    if not branch:
        return None
    if reading.measure is Measure.SHARE and reading.share_of == branch:
        return None
    return named_as(reading, branch, (at, sentence.start + said.end()))


def named_as(reading: Reading, branch: str, subject: tuple[int, int]) -> Reading:
    """A reading of a branch that was named before."""
    flags = (*reading.flags, "coreference")
    sure = round(min(reading.confidence, 0.75), 2)
    return replace(reading, indicator=branch, subject=subject, flags=flags, confidence=sure, anaphoric=False)
