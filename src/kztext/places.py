"""The places a sentence names: countries, regions, groups, and towns and districts that are only local."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kztext.catalogue import load_catalogue
from kztext.lang.lexicon import Hit, Lexicon, Word, fill
from kztext.lang.pack import Pack
from kztext.spans import KAZAKHSTAN, OUR_COUNTRY, THE_COUNTRY, Place, Sentence

LOCAL = "local"
TWIN = "twin"  # a town and its region share the name
QUOTED = regex.compile(r"[«“„\"][^«»“”„\"]{1,40}+[»”\"]")
QUOTED_WORDS = 4


@dataclass(frozen=True, slots=True)
class Index:
    lexicon: Lexicon[tuple[str, str]]  # (geo, rule)
    before: Lexicon[bool]  # "город", "район": a name follows
    after: Lexicon[bool]  # "ауданы", "қаласы": a name stands before
    not_after: Lexicon[bool]
    regions: Lexicon[bool]  # "өңірлер", "области": the sentence speaks of regions


def find_places(sentence: Sentence, pack: Pack) -> list[Place]:
    """Find the places that a sentence names, in text order and without overlaps.

    `rule` is the kind: country, region, city, group, world, `our_country` ("еліміз", "наша страна"),
    `the_country` ("елде", "в стране") or `local` for towns and districts, which have no `geo`. A name in a
    short title ("«Эйр Астана»") is none.
    """
    index = _index(pack)
    text = sentence.text
    words = index.lexicon.words(text)
    hits = _settled(index.lexicon.scan(words, text))
    taken = {number for hit in hits for number in range(hit.first, hit.last + 1)}
    titles = [m.span() for m in QUOTED.finditer(text) if m[0].count(" ") < QUOTED_WORDS]
    of_regions = _speaks_of_regions(hits, words, index)
    places: list[Place] = []
    for hit in hits:
        geo, rule = hit.value
        if rule == TWIN:
            geo, rule = (geo, "region") if of_regions else ("", LOCAL)
        if rule and not _in_title(hit.start, titles) and not _named_after(words, hit, rule, index):
            places.append(_place(sentence, hit.start, hit.end, geo, rule))
    places += _locals(sentence, words, taken, index)
    return sorted(places, key=lambda place: place.start)


def _place(sentence: Sentence, start: int, end: int, geo: str, rule: str) -> Place:
    return Place(
        start=sentence.start + start, end=sentence.start + end, rule=rule, geo=geo, local=rule == LOCAL
    )


def _settled(hits: list[Hit[tuple[str, str]]]) -> list[Hit[tuple[str, str]]]:
    taken: set[int] = set()
    kept: list[Hit[tuple[str, str]]] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.value[1] == LOCAL)):
        span = range(hit.first, hit.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return kept


def _speaks_of_regions(hits: list[Hit[tuple[str, str]]], words: list[Word], index: Index) -> bool:
    """Whether a name that a town shares with its region means the region."""
    return any(hit.value[1] == "region" for hit in hits) or any(
        index.regions.is_word(word.text) for word in words
    )


def _in_title(at: int, titles: list[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in titles)


def _named_after(words: list[Word], hit: Hit[tuple[str, str]], rule: str, index: Index) -> bool:
    """Whether a town's name belongs to a company, a team or a street ("Банк Астаны")."""
    if rule not in ("city", "region", LOCAL) or not hit.first:
        return False
    return index.not_after.is_word(words[hit.first - 1].text)


def _locals(sentence: Sentence, words: list[Word], taken: set[int], index: Index) -> list[Place]:
    """Towns and districts known by the word beside their name: "Талғар ауданы", "село Ивановка"."""
    found: list[Place] = []
    used = set(taken)

    def add(first: int, last: int) -> None:
        span = range(first, last + 1)
        if used.isdisjoint(span):
            used.update(span)
            found.append(_place(sentence, words[first].start, words[last].end, "", LOCAL))

    def name(number: int) -> bool:
        return 0 <= number < len(words) and number not in used and words[number].text[0].isupper()

    for number, word in enumerate(words):
        if index.after.is_word(word.text) and word.joined and word.text[0].islower() and name(number - 1):
            add(number - 1, number)
        elif index.before.is_word(word.text) and name(number + 1) and not word.text.isupper():
            gap = sentence.text[word.end : words[number + 1].start]
            if gap.strip() in ("", ".") and (len(word.text) > 2 or gap.startswith(".")):
                add(number, number + 1)
    return found


def _index(pack: Pack) -> Index:
    built: Index | None = pack.built.get("places")
    if built is None:
        built = pack.built["places"] = _build(pack)
    return built


def _build(pack: Pack) -> Index:
    table = pack.table("places")
    source = pack.source("places")
    kinds = table.get("kinds") or {geo: entry.kind for geo, entry in load_catalogue().places.items()}
    lexicon: Lexicon[tuple[str, str]] = Lexicon.of(pack)
    for geo, entry in table.get("place", {}).items():
        phrases = entry if isinstance(entry, list) else [p for kind in entry.values() for p in kind]
        long, short = table["regions"]["short"]
        phrases = [*phrases, *(p.replace(long, short) for p in phrases if p.endswith(f" {long}"))]
        fill(lexicon, phrases, (geo, kinds.get(geo, "region")), where=f"{source}: place {geo!r}")
    for geo, phrases in table.get("people", {}).items():
        fill(lexicon, phrases, (geo, "country"), where=f"{source}: people {geo!r}")
    for rule in (OUR_COUNTRY, THE_COUNTRY):
        own = table.get(rule, {}).get("phrases", ())
        fill(lexicon, own, (KAZAKHSTAN, rule), where=f"{source}: {rule}")
    for geo, phrases in table.get("twin", {}).items():
        fill(lexicon, phrases, (geo, TWIN), where=f"{source}: twin {geo!r}")
    near = table.get("local", {})
    fill(lexicon, near.get("names", ()), ("", LOCAL), where=f"{source}: local")
    none = table.get("none", {})
    fill(lexicon, none.get("phrases", ()), ("", ""), where=f"{source}: none")

    def words(phrases: list[str]) -> Lexicon[bool]:
        filled: Lexicon[bool] = Lexicon.of(pack)
        fill(filled, phrases, True, where=source)
        return filled

    return Index(
        lexicon,
        words(near.get("before", [])),
        words(near.get("after", [])),
        words(none.get("not_after", [])),
        words(table.get("regions", {}).get("phrases", [])),
    )
