"""Clauses: where the statements of a sentence part, and what each speaks of.

A statement has a predicate (a cue of rise, fall, pace, stability or comparison) and a subject: words of the
catalogue, a noun group outside it, or a pronoun that points back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from kztext.endings import noun_case
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.lang.phrases import alternatives
from kztext.nouns import is_verb, stop_words, verb_ending
from kztext.spans import Cue, IndicatorMention, Lang, Period, Place

CUT = regex.compile(r"[,;:()]|\s[–—]\s(?=\p{L})|[.!?…]+(?=\s|$|\p{Lu}\p{Ll})")
WORD = regex.compile(r"\p{L}++(?:[-‐‑–]\p{L}++)*+")
MOVES = frozenset({"direction", "pace", "stable"})
COMPARES = frozenset({"comparison", "extreme"})
NAMELESS = frozenset({"aggregation", "average", "head", "yearly", "basis", "speech", *COMPARES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence between two boundaries, in offsets of the repaired text."""

    start: int
    end: int
    text: str
    cues: tuple[Cue, ...]
    mentions: tuple[IndicatorMention, ...]
    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    counted: bool  # holds a quantity

    def of(self, *kinds: str) -> list[Cue]:
        """Its cues of these kinds, in text order."""
        return [c for c in self.cues if c.kind in kinds]

    def has(self, *kinds: str) -> Cue | None:
        """The first cue of one of these kinds."""
        return next((c for c in self.cues if c.kind in kinds), None)

    def cut(self, start: int, end: int) -> str:
        """The text between two offsets of the document."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


@dataclass(frozen=True, slots=True)
class Wording:
    """The pack's `claims` table, compiled."""

    carriers: regex.Pattern[str]
    thing: regex.Pattern[str]
    adverbs: frozenset[str]
    back: regex.Pattern[str]
    bare: regex.Pattern[str]
    nominal: regex.Pattern[str]
    nominal_dated: regex.Pattern[str]
    prepositions: frozenset[str]
    inside: frozenset[str]
    negated: regex.Pattern[str]
    negated_after: regex.Pattern[str]
    general: regex.Pattern[str]
    measurable: regex.Pattern[str]
    defines: regex.Pattern[str]
    tendency: regex.Pattern[str]
    than_after: regex.Pattern[str]
    than_before: regex.Pattern[str]
    than_anywhere: regex.Pattern[str]
    no_cut: regex.Pattern[str]
    first_time: regex.Pattern[str]
    past: regex.Pattern[str]
    now: regex.Pattern[str]
    attribute: regex.Pattern[str]
    infinitive: regex.Pattern[str]
    object: regex.Pattern[str]
    place: regex.Pattern[str]
    genitive: regex.Pattern[str]
    auxiliary: regex.Pattern[str]
    auxiliary_after: regex.Pattern[str]
    aim: regex.Pattern[str]
    acts: regex.Pattern[str]
    unreal: regex.Pattern[str]
    tag: regex.Pattern[str]
    unsaid: regex.Pattern[str]
    condition: regex.Pattern[str]
    factual: regex.Pattern[str]
    converb: regex.Pattern[str]
    last: regex.Pattern[str]
    currency: regex.Pattern[str]
    happens: regex.Pattern[str]


def wording(pack: Pack) -> Wording:
    """The words of a language that claims are read by."""
    built: Wording | None = pack.built.get("claims")
    if built is not None:
        return built
    table, where = pack.table("claims"), pack.source("claims")

    def one(key: str) -> regex.Pattern[str]:
        value = table[key]
        if isinstance(value, list):
            return pack.compile(rf"(?<!\p{{L}})(?:{alternatives(value)})(?!\p{{L}})", where=where)
        return pack.compile(value or "(?!)", where=where)

    sets = {key: frozenset(table[key]) for key in ("adverbs", "prepositions", "inside")}
    patterns = {key: one(key) for key in Wording.__dataclass_fields__ if key not in sets}
    built = pack.built["claims"] = Wording(**sets, **patterns)  # type: ignore[arg-type]
    return built


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word said of one indicator where the text has spoken of another (`after`: how its id begins)."""

    indicator: str
    after: tuple[str, ...]
    pattern: regex.Pattern[str]


def spoken_words(pack: Pack) -> tuple[Spoken, ...]:
    """The general words of a language, and what they mean after what."""
    built: tuple[Spoken, ...] | None = pack.built.get("claims_spoken")
    if built is None:
        where = pack.source("claims")
        built = pack.built["claims_spoken"] = tuple(
            Spoken(
                indicator=entry["indicator"],
                after=tuple(entry["after"]),
                pattern=pack.compile(
                    rf"(?<!\p{{L}})(?:{alternatives(entry['forms'])})(?!\p{{L}})", where=where
                ),
            )
            for entry in pack.table("claims")["spoken"]
        )
    return built


def clauses(item: Found, pack: Pack) -> list[Clause]:
    """Part a sentence at its punctuation and conjunctions, and between two verbs of change."""
    sentence = item.sentence
    words = wording(pack)
    cuts = [(m.start() + sentence.start, m.end() + sentence.start) for m in CUT.finditer(sentence.text)]
    cuts = [
        c
        for c in cuts
        if not any(q.start <= c[0] < q.outer_end for q in item.quantities)
        and not any(p.start < c[0] < p.end for p in item.periods)
        and not words.no_cut.match(sentence.text[c[1] - sentence.start :].lstrip())
    ]
    cuts += [(c.start, c.end) for c in item.cues if c.kind == "boundary"]
    cuts += between_verbs(item, cuts)
    parts: list[Clause] = []
    start = sentence.start
    for cut_start, cut_end in [*sorted(cuts), (sentence.end, sentence.end)]:
        if cut_start < start:
            continue
        inner = sentence.text[start - sentence.start : cut_start - sentence.start]
        if WORD.search(inner):
            a = start + len(inner) - len(inner.lstrip())
            parts.append(stretch(item, a, start + len(inner.rstrip())))
        start = max(cut_end, start)
    return parts


def between_verbs(item: Found, cuts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The conjunctions with a verb of change on either side, up to the next cut."""
    edges = sorted(c[0] for c in cuts)
    verbs = [c for c in item.cues if c.kind in MOVES and "noun" not in c.flags]
    for cue in item.cues:
        if cue.kind != "and" or not verbs:
            continue
        low = max((e for e in edges if e < cue.start), default=item.sentence.start)
        high = min((e for e in edges if e >= cue.end), default=item.sentence.end)
        if any(low <= v.start < cue.start for v in verbs) and any(cue.end <= v.start < high for v in verbs):
            yield cue.start, cue.end


def stretch(item: Found, start: int, end: int) -> Clause:
    """The clause over a stretch of a sentence."""
    return Clause(
        start=start,
        end=end,
        text=item.sentence.text[start - item.sentence.start : end - item.sentence.start],
        cues=tuple(c for c in item.cues if start <= c.start < end),
        mentions=tuple(m for m in item.indicators if start <= m.start < end),
        periods=tuple(p for p in item.periods if start <= p.start < end),
        places=tuple(p for p in item.places if start <= p.start < end),
        counted=any(start <= q.start < end for q in item.quantities),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a clause speaks of: a catalogue id, or "" for a thing outside it; `back` points back."""

    indicator: str = ""
    named: bool = False
    back: bool = False
    start: int = 0
    part_of: str = ""  # where words beside the mention make a part of it: "жалақы" of "мұнайшылар жалақысы"


def subject_of(clause: Clause, predicate: Cue, lang: Lang, pack: Pack) -> Subject:
    """What the predicate of a clause is said of."""
    if "noun" in predicate.flags and predicate.kind == "direction":
        return beside_noun(clause, predicate, lang, pack)
    over = [m for m in clause.mentions if m.start < predicate.start < m.end]
    if over and predicate.kind in MOVES:  # "регулятор повысил базовую ставку" names it with its verb
        return named_by(over[0], over[0].start)
    owner = described(clause, predicate, pack)
    if owner is not None:
        return named_by(owner, predicate.start)
    before = [m for m in clause.mentions if m.end <= predicate.start]
    after = [m for m in clause.mentions if m.start >= predicate.end]
    if lang is Lang.KK:
        return left_subject(clause, predicate, before, pack)
    found = first_subject(clause, clause.start, predicate.start, before, pack)
    if predicate.kind in COMPARES:
        return found
    if not found.named or "transitive" in predicate.flags:
        behind = first_subject(clause, predicate.end, clause.end, after, pack)
        if behind.named and (not found.named or behind.indicator):
            return behind
    return found


def described(clause: Clause, predicate: Cue, pack: Pack) -> IndicatorMention | None:
    """The thing directly behind a superlative: "самые высокие зарплаты – в горной отрасли".

    Behind a verb stands what its subject is compared with: "зарплаты опередили цены".
    """
    if predicate.kind != "extreme" or is_verb(clause.cut(predicate.start, predicate.end), False, pack):
        return None
    behind = (m for m in clause.mentions if m.start >= predicate.end)
    return next((m for m in behind if not clause.cut(predicate.end, m.start).strip()), None)


def named_by(mention: IndicatorMention, start: int, *, part: bool = False) -> Subject:
    """The subject that a mention gives; where words beside it make a part of it, only that it is one."""
    if part or "narrowed" in mention.flags:
        return Subject(part_of=mention.indicator, named=True, start=start)
    return Subject(indicator=mention.indicator, named=True, start=start)


def left_subject(clause: Clause, predicate: Cue, before: list[IndicatorMention], pack: Pack) -> Subject:
    """Kazakh: the noun group nearest before the predicate."""
    words = wording(pack)
    mentions = [m for m in before if "oblique" not in m.flags and not is_place(clause, m, pack)] or before
    if predicate.kind in COMPARES and mentions:  # what it is compared with stands between
        head = mentions[0]
        for owned in mentions[1:]:  # "дәрігерлердің жалақысы": pay, not doctors
            gap = clause.cut(head.end, owned.start)
            if noun_case(clause.cut(head.start, head.end), pack) == "gen" and not gap.strip():
                head = owned
        between = list(things(clause, clause.start, head.start, pack))
        return named_by(head, head.start, part=bool(between))
    mention = mentions[-1] if mentions else None
    if mention is not None:
        others = content(clause, mention.end, predicate.start, pack)
        if "oblique" in mention.flags and any(True for _ in others):  # "мектепке сұраныс артты"
            return Subject(named=True, start=mention.start)
        between = list(things(clause, mention.end, predicate.start, pack))
        object_of = "transitive" not in predicate.flags and noun_case(
            clause.cut(mention.start, mention.end), pack
        )
        if object_of == "acc" and not clause.cut(mention.end, predicate.start).strip():
            object_of = ""
        if not between and object_of != "acc":
            return named_by(mention, mention.start)
        return Subject(named=True, start=mention.start)
    said = clause.cut(clause.start, predicate.start)
    if words.back.search(said):
        return Subject(named=True, back=True, start=clause.start)
    names = [
        w
        for w in content(clause, clause.start, predicate.start, pack)
        if not verb_ending(pack).search(w[0].lower())
    ]
    return Subject(named=bool(names), start=clause.start)


def is_place(clause: Clause, mention: IndicatorMention, pack: Pack) -> bool:
    """Whether the word behind a mention makes a circumstance of it ("ЖІӨ құрылымында")."""
    after = WORD.match(clause.cut(mention.end, clause.end).lstrip())
    return after is not None and wording(pack).place.search(after[0].lower()) is not None


def first_subject(
    clause: Clause, start: int, end: int, mentions: list[IndicatorMention], pack: Pack
) -> Subject:
    """Russian: the first noun group that is no circumstance."""
    words = wording(pack)
    heads = list(things(clause, start, end, pack))
    free = [m for m in mentions if "oblique" not in m.flags]
    first = free[0] if free else None
    if first is None and not heads and mentions and clause.places:  # "Алматы по доходам опережает Астану"
        first = mentions[0]
    if heads and (first is None or heads[0] < first.start):
        return Subject(named=True, start=heads[0])
    if first is not None:
        return named_by(first, first.start)
    if words.back.search(clause.cut(start, end)):
        return Subject(named=True, back=True, start=start)
    return Subject(start=start)


def content(clause: Clause, start: int, end: int, pack: Pack) -> Iterator[regex.Match[str]]:
    """The words of meaning between two offsets, outside periods."""
    words = wording(pack)
    for word in WORD.finditer(clause.text, max(0, start - clause.start), max(0, end - clause.start)):
        at = word.start() + clause.start
        if any(p.start <= at < p.end for p in clause.periods):
            continue
        lowered = word[0].lower()
        if len(lowered) > 2 and lowered not in stop_words(pack) and lowered not in words.adverbs:
            yield word


def things(clause: Clause, start: int, end: int, pack: Pack) -> Iterator[int]:
    """Where the words stand that name a thing outside the catalogue and outside circumstances."""
    words = wording(pack)
    covered = [(s.start, s.end) for s in (*clause.mentions, *clause.places)]
    covered += [
        (m.start() + clause.start, m.end() + clause.start) for m in words.carriers.finditer(clause.text)
    ]
    covered += [(m.start() + clause.start, m.end() + clause.start) for m in words.back.finditer(clause.text)]
    covered += [(c.start, c.end) for c in clause.cues if c.kind in NAMELESS or "noun" in c.flags]
    circumstance = seen = False
    for word in WORD.finditer(clause.text, max(0, start - clause.start), max(0, end - clause.start)):
        at, lowered = word.start() + clause.start, word[0].lower()
        if lowered in words.prepositions:
            circumstance, seen = True, False
            continue
        if any(a <= at < b for a, b in covered):
            continue
        if circumstance and seen and not words.genitive.search(lowered) and words.thing.search(lowered):
            circumstance = False
        if circumstance:
            seen = seen or words.thing.search(lowered) is not None
        if circumstance or any(p.start <= at < p.end for p in clause.periods):
            continue
        if lowered in stop_words(pack) or lowered in words.adverbs or not words.thing.search(lowered):
            continue
        if pack.lang == "ru" and verb_ending(pack).search(lowered):
            continue
        yield at


def beside_noun(clause: Clause, noun: Cue, lang: Lang, pack: Pack) -> Subject:
    """What a noun of rise or fall is said of: the words before it in Kazakh, after it in Russian."""
    if lang is Lang.KK:
        near = [m for m in clause.mentions if m.end <= noun.start or m.start <= noun.start < m.end]
        mention = near[-1] if near else None
        if mention is not None and not list(things(clause, mention.end, noun.start, pack)):
            return named_by(mention, mention.start)
        return Subject()
    over = [m for m in clause.mentions if m.start <= noun.start < m.end]
    near = [m for m in clause.mentions if m.start >= noun.end]
    mention = over[0] if over else near[0] if near else None
    if mention is None:
        return Subject()
    gap = clause.cut(noun.end, mention.start)
    if wording(pack).carriers.sub("", gap).strip() and list(things(clause, noun.end, mention.start, pack)):
        return Subject()
    joined = gap.lower().split()
    if len(joined) == 1 and joined[0] in wording(pack).inside and mention.indicator.endswith("output"):
        return named_by(mention, mention.start)
    if any(w in wording(pack).prepositions for w in joined):
        return Subject()
    return named_by(mention, mention.start)
