"""Word classes without a tagger: which words of a sentence can stand in a noun group.

Closed classes and endings come from `subjects.toml`, `function_words.toml` and `endings.toml` of the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import regex

from kztext.endings import noun_case
from kztext.lang.pack import Pack
from kztext.spans import Cue, Lang, Period, Sentence

MEMO = 1 << 14  # words of which it is kept what they look like
WORD = regex.compile(
    r"[\p{L}\p{M}](?:[\p{L}\p{M}\d]|[-‐‑–’'](?=[\p{L}\d])"
    r"|(?<=\p{L}{4}о) - (?=\p{Ll}{4,}[ыоиау][а-я]{1,2}\b))*+"  # "жилищно - коммунального"
)
BREAK = regex.compile(r"[,;:()\[\]|\t.!?…•\d%$€№*=+/]|\s[–—-]+\s|[–—]")
BRACKETS = regex.compile(r"\([^()]*+\)")
SOURCE = 90  # characters that the name of a source may take
ABBREVIATION = regex.compile(r"\p{Lu}{2,}|[A-Z]\p{L}*")
OBLIQUE_CASES = frozenset({"dat", "abl", "loc", "ins"})
# Cues that can be part of a name ("рост", "доля", "средняя", "жиынтық"); other cues part groups.
NAMING = frozenset(
    {"head", "basis", "average", "extreme", "generic", "aggregation", "per", "and", "balance"}
    | {"ratio", "plan_title", "data_title", "seat", "our_region", "hectare", "follows"}
)


class Role(StrEnum):
    NOUN = "noun"  # any nominal: noun, adjective, participle before a noun
    PREPOSITION = "preposition"
    JOINT = "joint"  # a conjunction that may join two nouns
    BREAK = "break"  # verbs, adverbs, pronouns, cues, periods


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the sentence, in offsets of the repaired text; `apart` where a mark stands before it."""

    start: int
    end: int
    text: str
    role: Role
    apart: bool
    case: str = "nom"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The pack's word classes, compiled."""

    inside: frozenset[str]
    hinges: frozenset[str]
    joints: frozenset[str]
    prepositions: frozenset[str]
    attached: frozenset[str]
    behind: frozenset[str]
    aims: frozenset[str]
    adverbs: frozenset[str]
    focus: frozenset[str]
    adjectives: frozenset[str]
    stops: frozenset[str]
    persons: frozenset[str]
    counters: frozenset[str]
    people: frozenset[str]
    denials: frozenset[str]
    extents: frozenset[str]
    marks: regex.Pattern[str]
    standins: regex.Pattern[str]
    hollow: regex.Pattern[str]
    goals: regex.Pattern[str]
    plans: regex.Pattern[str]
    plain: regex.Pattern[str]
    ambiguous: regex.Pattern[str]
    ordering: regex.Pattern[str]
    paced: regex.Pattern[str]
    pointing: regex.Pattern[str]
    sayers: regex.Pattern[str]
    openers: frozenset[str]
    dating: frozenset[str]
    together: frozenset[str]
    settings: regex.Pattern[str]
    nouns: regex.Pattern[str]
    participle: regex.Pattern[str]
    adjective: regex.Pattern[str]
    governed: regex.Pattern[str]
    owned: regex.Pattern[str]
    object: regex.Pattern[str]
    doubtful: regex.Pattern[str]
    oblique: regex.Pattern[str]
    receiver: regex.Pattern[str]
    plural: regex.Pattern[str]
    instrument: regex.Pattern[str]
    relative: regex.Pattern[str]
    verbal: regex.Pattern[str]
    compound: regex.Pattern[str]
    adverbial: regex.Pattern[str]
    clause: regex.Pattern[str]
    subordinate: regex.Pattern[str]
    alien: regex.Pattern[str]
    active: regex.Pattern[str]
    nominative: regex.Pattern[str]
    instrumental: regex.Pattern[str]
    governing: regex.Pattern[str]


@cache
def stop_words(pack: Pack) -> frozenset[str]:
    """Words that name nothing, of the pack's function words."""
    return frozenset(pack.table("function_words")["words"])


@cache
def verb_ending(pack: Pack) -> regex.Pattern[str]:
    """How finite verbs and converbs of the language end (`verb` in endings.toml)."""
    return pack.compile(rf"(?:{pack.table('endings')['verb']})$", where=pack.source("endings"))


@cache
def participle(pack: Pack) -> regex.Pattern[str]:
    """How participles end that stand before a noun ("бірлескен кәсіпорын"); `participle` in endings.toml."""
    return pack.compile(rf"(?:{pack.table('endings')['participle']})$", where=pack.source("endings"))


@cache
def lexicon(pack: Pack) -> Lexicon:
    """The word classes of a pack's `subjects.toml`."""
    table = pack.table("subjects")
    where = pack.source("subjects")

    def ending(key: str) -> regex.Pattern[str]:
        return pack.compile(rf"(?:{table[key]})$" if table[key] else r"(?!)", where=where)

    def whole(key: str, any_end: str = r"\p{L}*+") -> regex.Pattern[str]:
        forms = [str(form) for form in table[key]]
        stems = "|".join(form[:-1] for form in forms if form.endswith("~") and "~" not in form[:-1])
        others = [form.replace("~", any_end) for form in forms if not form.endswith("~") or "~" in form[:-1]]
        either = "|".join([*([rf"(?:{stems}){any_end}"] if stems else []), *others])
        return pack.compile(rf"^(?:{either})$" if either else r"(?!)", where=where)

    def words(key: str) -> frozenset[str]:
        return frozenset(table[key])

    noun_end = rf"(?:{pack.table('endings')['inflection']}|о)"  # "смен~" is "смены", not "сменили"
    return Lexicon(
        inside=words("inside"),
        hinges=words("hinges"),
        joints=words("joints"),
        prepositions=words("prepositions"),
        attached=words("attached"),
        behind=words("behind"),
        aims=words("aims"),
        adverbs=words("adverbs"),
        focus=words("focus"),
        adjectives=words("adjectives"),
        stops=stop_words(pack),
        persons=words("persons"),
        counters=words("counters"),
        people=words("people"),
        denials=words("denials"),
        extents=words("extents"),
        marks=whole("marks"),
        standins=whole("standins"),
        sayers=whole("sayers"),
        hollow=whole("hollow"),
        goals=whole("goals"),
        plans=whole("plans"),
        plain=whole("plain"),
        ambiguous=whole("ambiguous"),
        ordering=whole("ordering"),
        paced=whole("paced"),
        pointing=whole("pointing"),
        openers=words("openers"),
        dating=words("dating"),
        together=words("together"),
        settings=whole("settings"),
        nouns=whole("nouns", noun_end if pack.lang == Lang.RU else r"\p{L}*+"),
        participle=participle(pack),
        adjective=ending("adjective"),
        governed=ending("governed"),
        owned=ending("owned"),
        object=ending("object"),
        doubtful=ending("doubtful"),
        oblique=ending("oblique"),
        receiver=ending("receiver"),
        plural=ending("plural"),
        instrument=ending("instrument"),
        relative=ending("relative"),
        verbal=ending("verbal"),
        compound=whole("compound"),
        adverbial=ending("adverbial"),
        alien=ending("alien"),
        active=ending("active"),
        nominative=ending("nominative"),
        instrumental=ending("instrumental"),
        governing=ending("governing"),
        subordinate=pack.compile(rf",\s(?:{table['subordinate'] or '(?!)'})\s"),
        clause=pack.compile(
            rf",\s(?:\p{{Ll}}++\s){{0,3}}?(?:{pack.table('endings')['relative_clause']})\b"
            r"(?:[^,.;:()–—]|[,.](?=\d)|\.(?=\s\p{Ll}))*+(?=,|\s?[–—;]|\.?$)"
        ),
    )


@lru_cache(maxsize=MEMO)
def is_adjective(word: str, pack: Pack) -> bool:
    """Whether a word looks like an adjective or an attributive participle."""
    known = lexicon(pack)
    lowered = word.lower()
    return lowered in known.adjectives or (len(lowered) > 3 and known.adjective.search(lowered) is not None)


@lru_cache(maxsize=MEMO)
def ends_as_verb(word: str, pack: Pack) -> bool:
    """Whether a word in small letters ends as finite verbs and converbs do."""
    return verb_ending(pack).search(word) is not None


def is_verb(word: str, following: bool, pack: Pack, *, first: bool = True) -> bool:
    """Whether a word is a finite verb or converb.

    `following`: another word stands right behind it. `first`: it opens a stretch, its capital says nothing.
    """
    known = lexicon(pack)
    lowered = word.lower()
    if not ends_as_verb(lowered, pack) or known.nouns.search(lowered) or ABBREVIATION.fullmatch(word):
        return False
    if word[:1].isupper() and not first:
        return False
    attributive = known.participle.search(lowered) or known.doubtful.search(lowered)
    return not (following and attributive)


def words_between(
    sentence: Sentence, start: int, end: int, cues: Sequence[Cue], periods: Iterable[Period], pack: Pack
) -> list[Word]:
    """The words of a stretch of the repaired text with their roles."""
    known = lexicon(pack)
    text, offset = sentence.text, sentence.start
    if sentence.lang is Lang.KK:  # whose words they are is told before them: "министрліктің дерегінше, …"
        told = [
            c.end for c in cues if c.kind == "speech" and c.value == "according" and start <= c.end <= end
        ]
        deducted = pack.compile(pack.table("endings")["deducted"])  # "инфляцияны шегерсек, …"
        told += [m.end() + offset for m in deducted.finditer(text, start - offset, end - offset)]
        start = max([start, *told])
    blockers = [
        (c.start, c.end)
        for c in cues
        if c.kind not in NAMING and not (c.kind == "direction" and "noun" in c.flags) and c.kind != "prep"
    ]
    blockers += [(p.start, p.end) for p in periods]
    shares = [c.start for c in cues if c.kind == "head" and c.value == "share"]
    cut = {c.start for c in cues if shares and c.kind == "prep" and c.value == "in" and c.start > shares[0]}
    named = [c.end for c in cues if c.kind == "structure" and sentence.lang is Lang.RU]
    if sentence.lang is Lang.RU:
        blockers += asides(text, offset, (start, end), cues, known)
    blockers.sort()
    found = list(WORD.finditer(text, start - offset, max(end, start) - offset))
    done: list[Word] = []
    last, at_blocker = start - offset, 0
    for i, match in enumerate(found):
        at = match.start() + offset
        while at_blocker < len(blockers) and blockers[at_blocker][1] <= at:
            at_blocker += 1
        blocked = at_blocker < len(blockers) and blockers[at_blocker][0] <= at
        if named and 0 <= at - named[0] <= 1:  # "в структуре ВВП": the whole, no part of what follows
            blocked = True
        apart = at in cut or BREAK.search(text, last, match.start()) is not None  # "доля услуг | в ВВП"
        following = (
            i + 1 < len(found)
            and not BREAK.search(text, match.end(), found[i + 1].start())
            and found[i + 1][0].lower() not in known.stops - known.inside
        )
        last = match.end()
        if blocked:
            joined = sentence.lang is Lang.RU and match[0].lower() in known.prepositions
            role = Role.PREPOSITION if joined else Role.BREAK  # "против казни", whatever cue it is
        else:
            role = role_of(match[0], following, pack, first=not i or apart)
            after = found[i + 1] if role is Role.NOUN and i + 1 < len(found) else None
            if after and after[0].lower() in known.dating and not BREAK.search(text, last, after.start()):
                role = Role.BREAK  # "пандемия жылы 5%-ға жетті": when, not what
            if role is Role.BREAK and following and sentence.lang is Lang.RU:
                role = leading(match[0], found[i + 1][0], pack)
        case = case_of(match[0], pack) if sentence.lang is Lang.KK else "nom"
        done.append(Word(at, match.end() + offset, match[0], role, apart, case))
    return done


def leading(word: str, following: str, pack: Pack) -> Role:
    """The role of a Russian adverb or "не" before an adjective: part of its group ("не жилых домов")."""
    known = lexicon(pack)
    lowered = word.lower()
    leads = lowered in known.denials or (
        known.adverbial.search(lowered) is not None and lowered not in known.stops | known.adverbs
    )
    oblique = is_adjective(following, pack) and not is_verb(following, False, pack, first=False)
    return Role.NOUN if leads and oblique else Role.BREAK


def asides(
    text: str, offset: int, stretch: tuple[int, int], cues: Sequence[Cue], known: Lexicon
) -> list[tuple[int, int]]:
    """What stands beside the clause that a stretch lies in.

    "По данным журнала …,", ", который внесли организаторы,"; within a relative clause, what it hangs on.
    """
    found: list[tuple[int, int]] = []
    for cue in cues:
        if cue.kind == "speech" and cue.value == "according":
            comma = text.find(",", cue.end - offset, cue.end - offset + SOURCE)
            if comma >= 0:
                found.append((cue.start, comma + offset))
    told = [m.end() + offset for m in known.subordinate.finditer(text) if m.end() + offset <= stretch[1]]
    if told and told[-1] > stretch[0]:  # "проверка показала, что он снял 20 млн"
        found.append((offset, told[-1]))
    for match in BRACKETS.finditer(text):
        start, close = match.start() + offset, match.end() + offset
        if not (start < stretch[1] < close or start < stretch[0] < close):
            found.append((start, close))
    for match in known.clause.finditer(text):
        start, close = match.start() + offset, match.end() + offset
        if not (start < stretch[1] <= close or start <= stretch[0] < close):
            found.append((start, close))
        elif match["oblique"]:
            found.append((offset, start))
    return found


def case_of(word: str, pack: Pack) -> str:
    """The case of a Kazakh word; known nouns and participles ("сауда", "болатын") only look inflected."""
    known = lexicon(pack)
    plain = known.nouns.search(word.lower()) or known.participle.search(word.lower())
    return "nom" if plain else noun_case(word, pack)


def role_of(word: str, following: bool, pack: Pack, *, first: bool = True) -> Role:
    """The role of a word by its class and ending."""
    known = lexicon(pack)
    lowered = word.lower()
    if lowered in known.joints:
        return Role.JOINT
    if lowered in known.prepositions:
        return Role.PREPOSITION
    if lowered in known.inside:
        return Role.NOUN
    if lowered in known.adverbs or lowered in known.stops:
        return Role.BREAK
    if len(word) < 2 or is_verb(word, following, pack, first=first):
        return Role.BREAK
    if known.adverbial.search(lowered) and not known.nouns.search(lowered):
        return Role.BREAK
    return Role.NOUN


def span_of(words: Sequence[Word]) -> tuple[int, int]:
    """The span from the first to the last word; (0, 0) of none."""
    return (words[0].start, words[-1].end) if words else (0, 0)
