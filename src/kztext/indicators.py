"""The words of a sentence that name an indicator of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from kztext.errors import PackError
from kztext.lang.lexicon import Hit, Lexicon, Word, fill
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, is_verb
from kztext.spans import IndicatorMention, Lang, Sentence

WORDS = regex.compile(r"[\p{L}-]+")

LISTS = {
    "phrases": "",
    "told": "",
    "weak": "",
    "growth": "growth",
    "share": "share",
    "price": "price",
    "level": "level",
}

DASHES = ("-", "‐", "‑", "–")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for; an empty indicator is a phrase that names none though it looks like one."""

    indicator: str
    weak: bool = False
    told: bool = False  # nobody names it: "хлеборобы намолотили"
    head: str = ""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How a language narrows an indicator to a part of it ("экспорт яиц", "жұмыртқа экспорты")."""

    before: regex.Pattern[str] | None  # the word before, where the indicator has one of `owned` endings
    owned: regex.Pattern[str] | None
    after: regex.Pattern[str] | None  # the word after
    prepositions: frozenset[str]
    neutral: Lexicon[bool]  # words that leave the indicator whole
    passed: Lexicon[bool]  # adjectives that do, whatever their noun does ("экспорт отечественного зерна")
    part: Lexicon[bool]  # words before it that make a part of it
    oblique: regex.Pattern[str]  # the end of a mention, or the preposition before it, in an oblique case
    before_oblique: frozenset[str]
    whole: frozenset[str]  # indicators that always belong to something: whose they are makes no part of them


@dataclass(frozen=True, slots=True)
class Index:
    lexicon: Lexicon[Meaning]
    narrowing: Narrowing
    heads_before: Lexicon[bool]  # "число", "саны": beside them a weak phrase is no longer weak
    heads_after: Lexicon[bool]


def find_indicators(sentence: Sentence, pack: Pack) -> list[IndicatorMention]:
    """Find the indicators that a sentence names, in text order and without overlaps, the longest first.

    Flags: `weak` (the words name the indicator only where the context says so: "экономика", "халық"),
    `told` (they say what is done, by whom, to what, and name nothing: "хлеборобы намолотили"),
    `narrowed` (words beside it make a part of it: "экспорт яиц", "жұмыртқа экспорты"), `oblique` (its case or
    the preposition before it makes it a circumstance rather than what is spoken of).
    """
    index = _index(pack)
    words = index.lexicon.words(sentence.text)
    mentions: list[IndicatorMention] = []
    hits = best_hits(index.lexicon.scan(words, sentence.text))
    for hit in [hit for hit in hits if not is_verb_of(hit, hits, words, pack)]:
        if hit.value.indicator and not (hit.value.weak and _owned(words, hit, sentence.text, pack, index)):
            mentions.append(
                IndicatorMention(
                    start=sentence.start + hit.start,
                    end=sentence.start + hit.end,
                    rule=hit.value.indicator,
                    indicator=hit.value.indicator,
                    head=hit.value.head,
                    flags=_flags(words, hit, sentence.text, index),
                )
            )
    return mentions


def is_verb_of(hit: Hit[Meaning], hits: list[Hit[Meaning]], words: list[Word], pack: Pack) -> bool:
    """Whether a weak verb only tells what the name right before it did: "доллар [подорожал]"."""
    if not hit.value.weak or hit.first != hit.last or not words[hit.first].joined:
        return False
    named = [h for h in hits if h.last == hit.first - 1 and h.value.indicator]
    strong = any(not (h.value.weak or h.value.told) for h in named)
    return strong and is_verb(words[hit.first].text, False, pack, first=False)


def renamed(adjectives: str, name: str, pack: Pack) -> str:
    """The indicator that adjectives make with the noun of a name said before; empty where they make none.

    "городское население – 12,7 млн, [сельское] – 7,6": the rural population.
    """
    nouns = [word for word in WORDS.findall(name) if not is_adjective(word, pack)]
    if not nouns or not adjectives.strip():
        return ""
    lead = adjectives.strip().lower()
    for first in (0, len(nouns) - 1):  # "численность [населения], в том числе городского"
        said = f"{lead} {' '.join(nouns[first:])}"
        probe = Sentence(start=0, end=len(said), text=said, lang=Lang(pack.lang))
        found = [m for m in find_indicators(probe, pack) if m.start == 0 and m.end > len(lead) + 1]
        if found and "weak" not in found[0].flags:
            return found[0].indicator
    return ""


def best_hits(hits: list[Hit[Meaning]]) -> list[Hit[Meaning]]:
    """Overlaps settled: the longer, then the one that asked for context, then the one that is not weak.

    Between equals the one that asks for more wins (`closeness`), so that no order of phrases decides. A weak
    one gives way to a strong one that begins in it: "объём [производства мяса]"; what is only told gives way
    to any name that is not weak, but may ask for words that another took.
    """
    taken: set[int] = set()
    beside: set[int] = set()  # words that only told what others mean
    kept: list[Hit[Meaning]] = []
    told: list[Hit[Meaning]] = []
    cutting = [h for h in hits if h.value.indicator and not (h.value.weak or h.value.told)]
    hits = [
        h for h in hits if not (h.value.weak and any(h.first < g.first <= h.last < g.last for g in cutting))
    ]
    for hit in sorted(hits, key=closeness):
        words = range(hit.first, hit.last + 1)
        if hit.value.told:
            told.append(hit)
        elif taken.isdisjoint(words) and (beside.isdisjoint(words) or not hit.value.weak):
            taken.update(words)
            beside.update(hit.words)
            kept.append(hit)
    for hit in told:
        over = [h for h in kept if h.first <= hit.last and hit.first <= h.last]
        bars = [h for h in kept if not h.value.indicator and not set(h.words).isdisjoint(hit.words)]
        if not bars and all(h.value.weak for h in over):
            kept = [h for h in kept if h not in over] + [hit]
    return sorted(kept, key=lambda h: h.start)


def closeness(hit: Hit[Meaning]) -> tuple[int, bool, bool, int, int, int, int, bool, str]:
    """How well a phrase fits where it is found, the smaller the better.

    The longer, in context, by a name that is not weak; where two differ in their place alone, the earlier.
    Of the same words the one with more words of context, then with more letters spelled out, then with its
    context nearer, then the one that says the measure; the id decides between equal phrases.
    """
    told = (hit.start - hit.end, not hit.has_context, hit.value.weak, hit.start)
    reach = max(hit.words) - min(hit.words)
    return (*told, -len(hit.words), -hit.letters, reach, not hit.value.head, hit.value.indicator)


def _flags(words: list[Word], hit: Hit[Meaning], text: str, index: Index) -> tuple[str, ...]:
    narrowing = index.narrowing
    flags = ["weak"] if hit.value.weak and not _measured(words, hit, index) else []
    if hit.value.told:
        return ("told",)
    if hit.value.indicator not in narrowing.whole and _narrowed(words, hit, text, narrowing):
        flags.append("narrowed")
    last = words[hit.last].text
    before = words[hit.first - 1] if hit.first and words[hit.first].joined else None
    if narrowing.oblique.search(last) or (before and before.text.lower() in narrowing.before_oblique):
        flags.append("oblique")
    return tuple(flags)


def _measured(words: list[Word], hit: Hit[Meaning], index: Index) -> bool:
    """Whether a word that says the measure stands beside the mention ("число школ", "мектептер саны")."""
    before = words[hit.first - 1] if hit.first and words[hit.first].joined else None
    after = words[hit.last + 1] if hit.last + 1 < len(words) and words[hit.last + 1].joined else None
    return (before is not None and index.heads_before.is_word(before.text)) or (
        after is not None and index.heads_after.is_word(after.text)
    )


def _owned(words: list[Word], hit: Hit[Meaning], text: str, pack: Pack, index: Index) -> bool:
    """Whether a weak mention belongs to the noun behind it, another thing ("балабақша кезегі")."""
    owned = index.narrowing.owned
    after = words[hit.last + 1] if hit.last + 1 < len(words) and words[hit.last + 1].joined else None
    if owned is None or after is None or not text[words[hit.last].end : after.start].isspace():
        return False
    if index.narrowing.neutral.is_word(after.text) or index.heads_after.is_word(after.text):
        return False
    own = after.text.islower() and owned.search(after.text) is not None
    return own and not is_adjective(after.text, pack)


def _narrowed(words: list[Word], hit: Hit[Meaning], text: str, narrowing: Narrowing) -> bool:
    first, last = words[hit.first], words[hit.last]
    before = words[hit.first - 1] if hit.first and first.joined else None
    after = words[hit.last + 1] if hit.last + 1 < len(words) and words[hit.last + 1].joined else None
    ending = before is not None and text[max(before.start - 1, 0) : before.start] in DASHES  # of "40%-ын"
    if before is not None and not ending and text[before.end : first.start].isspace():
        if narrowing.part.is_word(before.text):
            return True
        if (
            narrowing.before
            and narrowing.owned
            and narrowing.owned.search(last.text)
            and narrowing.before.fullmatch(before.text)
            and not narrowing.neutral.is_word(before.text)
        ):
            return True
    at = hit.last + 1
    while after is not None and narrowing.passed.is_word(after.text):
        at += 1
        last, after = after, words[at] if at < len(words) and words[at].joined else None
    if after is None or narrowing.after is None or not text[last.end : after.start].isspace():
        return False
    if after.text.lower() in narrowing.prepositions:
        then = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
        if then is None or not text[after.end : then.start].isspace():
            return False
        after = then
        return after.text.islower() and not narrowing.neutral.is_word(after.text)
    return narrowing.after.fullmatch(after.text) is not None and not narrowing.neutral.is_word(after.text)


def _index(pack: Pack) -> Index:
    built: Index | None = pack.built.get("indicators")
    if built is None:
        built = pack.built["indicators"] = _build(pack)
    return built


def _build(pack: Pack) -> Index:
    table = pack.table("indicators")
    source = pack.source("indicators")
    lexicon: Lexicon[Meaning] = Lexicon.of(pack)
    for name, lists in table.get("indicator", {}).items():
        for key, phrases in lists.items():
            if key not in LISTS:
                have = ", ".join(LISTS)
                raise PackError(f"{source}: indicator {name!r}: unknown list {key!r} (have: {have})")
            meaning = Meaning(name, weak=key == "weak", told=key == "told", head=LISTS[key])
            fill(lexicon, phrases, meaning, where=f"{source}: indicator {name!r}")
    fill(lexicon, table.get("none", {}).get("phrases", ()), Meaning(""), where=f"{source}: none")
    heads = table.get("heads", {})
    return Index(
        lexicon,
        _narrowing(pack),
        _words(pack, heads.get("before", ()), f"{source}: heads"),
        _words(pack, heads.get("after", ()), f"{source}: heads"),
    )


def _words(pack: Pack, phrases: Iterable[str], where: str) -> Lexicon[bool]:
    filled: Lexicon[bool] = Lexicon.of(pack)
    fill(filled, phrases, True, where=where)
    return filled


def _narrowing(pack: Pack) -> Narrowing:
    table = pack.table("indicators").get("narrowing", {})
    where = f"{pack.source('indicators')}: narrowing"

    def pattern(key: str) -> regex.Pattern[str] | None:
        return regex.compile(table[key]) if table.get(key) else None

    return Narrowing(
        before=pattern("before"),
        owned=pattern("owned"),
        after=pattern("after"),
        prepositions=frozenset(table.get("prepositions", ())),
        neutral=_words(pack, table.get("neutral", ()), where),
        passed=_words(pack, table.get("passed", ()), where),
        part=_words(pack, table.get("part", ()), where),
        oblique=pattern("oblique") or regex.compile(r"(?!)"),
        before_oblique=frozenset(table.get("before_oblique", ())),
        whole=frozenset(table.get("whole", ())),
    )
