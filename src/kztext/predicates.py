"""Predicates: the words by which a clause says that something rose, fell, held still or compares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import regex

from kztext.clauses import COMPARES, MOVES, Clause, Subject, things, wording
from kztext.found import Found
from kztext.lang.index import PhraseIndex
from kztext.lang.pack import Pack
from kztext.nouns import ends_as_verb
from kztext.records import ClaimKind, Direction
from kztext.spans import Cue, Lang, Period, PeriodKind

WORD = regex.compile(r"\p{L}++")
DASHED = regex.compile(r"\p{L}\s[–—]\s(?:\p{L}{1,2}\s)?$")
PACE = {"slower": Direction.DOWN, "faster": Direction.UP}
AFTER = 3  # words that may stand behind a Kazakh comparative, the last a verb


@dataclass(frozen=True, slots=True)
class Said:
    """A statement without a number, before it is a record."""

    kind: ClaimKind
    direction: Direction
    confidence: float


Told = tuple[str, str, tuple[str, ...]]
TOLD: dict[str, Told] = {  # the lists of `told`: kind and value of the cue, and what the form is
    "up": ("direction", "up", ()),
    "down": ("direction", "down", ()),
    "stable": ("stable", "stable", ()),
    "compares": ("extreme", "extreme", ()),
    "rises": ("direction", "up", ("verb", "general")),
    "falls": ("direction", "down", ("verb", "general")),
    "raises": ("direction", "up", ("verb", "transitive")),
    "lowers": ("direction", "down", ("verb", "transitive")),
}


@cache
def _told(pack: Pack) -> PhraseIndex[Told]:
    """The phrases that only tell something where no figure stands with them."""
    entries = [(form, TOLD[name]) for name, forms in pack.table("claims")["told"].items() for form in forms]
    return PhraseIndex(pack, entries, where=pack.source("claims"))


def with_told(item: Found, pack: Pack) -> Found:
    """A sentence with the phrases of change and comparison that tell something only without a figure.

    "Ипотека ожила", "спрос сохраняется": beside a figure such words say nothing of it.
    """
    start = item.sentence.start
    told = [
        Cue(start=start + a, end=start + b, kind=kind, value=value, flags=flags, rule=f"told_{value}")
        for a, b, (kind, value, flags) in _told(pack).find(item.sentence.text)
    ]
    if not told:
        return item
    kept = [c for c in item.cues if not any(c.start < t.end and t.start < c.end for t in told)]
    return replace(item, cues=tuple(sorted((*kept, *told), key=lambda c: c.start)))


def predicate_of(clause: Clause, pack: Pack, before: str) -> Cue | None:
    """The word by which a clause says that something rose, fell, held still or compares."""
    verbs = [c for c in clause.of(*MOVES) if "noun" not in c.flags and is_finite(clause, c, pack, before)]
    if verbs:
        moving = [c for c in verbs if c.kind != "stable"] or verbs
        return moving[-1] if pack.lang == Lang.KK else moving[0]
    compared = [
        c for c in clause.of("extreme") if not wording(pack).first_time.fullmatch(clause.cut(c.start, c.end))
    ]
    compared += [c for c in clause.of("comparison") if compares(clause, c, pack)]
    if compared:
        return compared[0]
    reached = [c for c in clause.of("level") if c.value in ("reach", "exceed")]
    if reached and (
        reaches(clause) or (reached[-1].value == "exceed" and exceeds(clause, reached[-1], pack))
    ):
        return reached[-1]
    nouns = [c for c in clause.of("direction") if "noun" in c.flags and is_told(clause, c, pack)]
    return nouns[-1] if nouns and says(clause, pack) else None


def reading_of(clause: Clause, predicate: Cue, pack: Pack) -> Said | None:
    """What the predicate of a clause says."""
    lasting = any(p.kind is PeriodKind.DURATION for p in clause.periods)
    if lasting and predicate.kind == "comparison":  # "больше года"; "лучший за десять лет" compares
        return None
    if predicate.kind == "level":
        return Said(ClaimKind.COMPARISON, Direction.NONE, 0.7)
    direction = Direction.NONE
    if predicate.kind in MOVES:
        direction = PACE.get(predicate.value) or Direction(predicate.value)
        if predicate.kind == "direction" and is_negated(clause, predicate, pack):
            direction = Direction.NONE
    others = [c for c in clause.cues if c is not predicate]
    compared = any(c.kind == "comparison" and compares(clause, c, pack) for c in others)
    compared = compared or any(
        c.kind == "extreme" and not wording(pack).first_time.fullmatch(clause.cut(c.start, c.end))
        for c in others
    )
    if predicate.kind in COMPARES or compared:
        return Said(ClaimKind.COMPARISON, direction, 0.7)
    noun = predicate.kind == "direction" and "noun" in predicate.flags
    return Said(ClaimKind.TREND, direction, 0.7 if noun else 0.85)


def is_finite(clause: Clause, cue: Cue, pack: Pack, before: str) -> bool:
    """Whether a cue of change is a verb that says so, not an aim, an attribute or a noun.

    `before` is what the sentence says before the clause: an auxiliary there may serve a gapped verb
    ("кредит будет расти, дефицит – сокращаться").
    """
    word = clause.cut(cue.start, cue.end).lower()
    if cue.kind == "stable" or (cue.rule.startswith("told_") and "verb" not in cue.flags):
        return True
    if pack.lang == Lang.KK:
        after = WORD.findall(clause.cut(cue.end, clause.end).lower())
        if ends_as_verb(word, pack):
            return len(after) < AFTER or wording(pack).last.search(word) is None
        converb = wording(pack).converb.search(word) is not None
        auxiliary = wording(pack).auxiliary
        return converb and any(ends_as_verb(w, pack) or auxiliary.search(w) for w in after[:1])
    words = wording(pack)
    if not words.attribute.search(word):
        return True
    ahead = before + clause.cut(clause.start, cue.start)
    if words.infinitive.search(word) is None:
        return False
    told = words.auxiliary.search(ahead) or words.auxiliary_after.search(clause.cut(cue.end, clause.end))
    return told is not None and not words.aim.search(clause.text)


def is_unreal(item: Found, clause: Clause, pack: Pack) -> bool:
    """Whether a clause asks, wishes or aims, or sets a condition of what is still to come."""
    words, sentence = wording(pack), item.sentence
    asked = sentence.text.rstrip("»”\"') ")
    if words.unreal.search(clause.text) or (asked.endswith("?") and not words.tag.search(asked)):
        return True
    if words.condition.search(clause.text) is None:
        return False
    real = in_past(clause, pack) if pack.lang != Lang.KK else tells_fact(sentence.text, pack)
    return not real


def tells_fact(text: str, pack: Pack) -> bool:
    """Whether the last verb of a sentence tells what was or is going on."""
    words = wording(pack)
    said = WORD.findall(text.lower())[-1:]
    return words.factual.search(text) is not None or any(words.past.search(word) for word in said)


def is_told(clause: Clause, noun: Cue, pack: Pack) -> bool:
    """Whether a noun of rise or fall is what the clause tells, not a circumstance of something else."""
    words = wording(pack)
    if words.tendency.search(clause.cut(clause.start, noun.start).lower()):
        return True
    if words.unsaid.search(clause.text.lower()):
        return False
    said = clause.cut(noun.start, noun.end).lower()
    if not words.nominal.search(said) and not (clause.periods and words.nominal_dated.search(said)):
        return False
    before = WORD.findall(clause.cut(clause.start, noun.start).lower())[-2:]
    return not any(word in words.prepositions for word in before)


def is_negated(clause: Clause, cue: Cue, pack: Pack) -> bool:
    """Whether "not" stands before or in the verb."""
    words = wording(pack)
    if words.negated.search(clause.cut(clause.start, cue.start)):
        return True
    return words.negated_after.search(clause.cut(cue.start, clause.end)) is not None


def compares(clause: Clause, cue: Cue, pack: Pack) -> bool:
    """Whether a comparative says what it compares with: "выше прогноза", "көршілерінен жоғары"."""
    words = wording(pack)
    if pack.lang == Lang.KK:  # said of something, not beside a noun: "көршілерінен жоғары (болды)"
        after = WORD.findall(clause.cut(cue.end, clause.end).lower())
        if after and (len(after) > AFTER or not ends_as_verb(after[-1], pack)):
            return False
    return (
        words.than_after.search(clause.cut(cue.end, clause.end)) is not None
        or words.than_before.search(clause.cut(clause.start, cue.start)) is not None
        or words.than_anywhere.search(clause.text) is not None
    )


def reaches(clause: Clause) -> bool:
    """Whether the clause sets two years side by side: "the level of 1990 was reached only in 2003"."""
    years = {(p.first, p.last) for p in clause.periods if p.kind is PeriodKind.YEAR and p.first}
    return len(years) == 2 and not any(p.kind is PeriodKind.DURATION for p in clause.periods)


def exceeds(clause: Clause, cue: Cue, pack: Pack) -> bool:
    """Whether the clause names what is exceeded ("превысил план") or what was ("порог не превышен")."""
    words = wording(pack)
    if pack.lang == Lang.KK:
        return words.than_before.search(clause.cut(clause.start, cue.start)) is not None
    ahead = any(True for _ in things(clause, clause.start, cue.start, pack)) or bool(clause.mentions)
    return ahead and (
        words.attribute.search(clause.cut(cue.start, cue.end)) is None
        and clause.cut(clause.start, cue.start).strip() != ""
    )


def is_deictic(period: Period, parts: tuple[str, ...]) -> bool:
    """Whether a period is placed by the day of writing alone ("былтыр", "сегодня")."""
    return any(flag.startswith(parts) for flag in period.flags)


def tells_when(period: Period) -> bool:
    """Whether a period places a statement in time."""
    return period.kind not in (PeriodKind.DURATION, PeriodKind.TIME) and "base" not in period.flags


def says(clause: Clause, pack: Pack) -> bool:
    """Whether a clause holds a finite verb."""
    said = WORD.findall(clause.text.lower())
    if pack.lang == Lang.KK:
        last = said[-1:]
        return any(ends_as_verb(w, pack) for w in said[-2:]) or any(
            wording(pack).acts.fullmatch(w) for w in last
        )
    return (
        any(ends_as_verb(word, pack) for word in said) or wording(pack).acts.search(clause.text) is not None
    )


def follows_dash(item: Found) -> bool:
    """Whether a sentence only names an act and, behind a dash, its day: "Следующий выпуск – 14 октября"."""
    sentence = item.sentence
    for period in item.periods:
        before = sentence.text[: period.start - sentence.start]
        behind = WORD.findall(sentence.text[period.end - sentence.start :])
        if DASHED.search(before) and not behind and period.kind in (PeriodKind.DATE, PeriodKind.MONTH):
            return len(WORD.findall(before)) > 1
    return False


def in_past(clause: Clause, pack: Pack) -> bool:
    """Whether the verb of a clause tells of the past."""
    past = wording(pack).past
    verbs = [clause.cut(c.start, c.end).lower() for c in clause.of(*MOVES) if "noun" not in c.flags]
    if not verbs or pack.lang == Lang.KK:
        verbs = [w for w in WORD.findall(clause.text.lower()) if ends_as_verb(w, pack)][-1:]
    return any(past.search(verb) for verb in verbs)


def is_bare(clause: Clause, pack: Pack) -> bool:
    """Whether nothing but a noun of change is spoken of: "спад был преодолён"."""
    return not clause.mentions and wording(pack).bare.search(clause.text) is not None


def of_currency(clause: Clause, predicate: Cue, pack: Pack) -> bool:
    """Whether a clause without a mention says something of the country's own money: "тенге слабеет"."""
    before = clause.cut(clause.start, predicate.start)
    return not clause.mentions and wording(pack).currency.search(before) is not None


def is_attribute(clause: Clause, extreme: Cue, pack: Pack) -> bool:
    """Whether a superlative stands before the noun it belongs to ("крупнейшим покупателем остаётся")."""
    after = list(things(clause, extreme.end, clause.end, pack))
    return extreme.kind == "extreme" and bool(after) and not clause.cut(extreme.end, after[0]).strip()


def worth_telling(clause: Clause, predicate: Cue, subject: Subject, said: Said, pack: Pack) -> bool:
    """Whether a statement about a thing outside the catalogue is told plainly enough to be listed."""
    if not subject.named and not is_attribute(clause, predicate, pack):
        return predicate.kind == "extreme" and says(clause, pack)
    if said.kind is ClaimKind.COMPARISON:
        return not subject.back
    if "noun" in predicate.flags:
        return False
    if "transitive" in predicate.flags:
        return wording(pack).object.search(clause.cut(clause.start, predicate.start)) is not None
    words = wording(pack)
    if "general" not in predicate.flags and not words.general.match(
        clause.cut(predicate.start, predicate.end)
    ):
        return True
    spoken = clause.text if pack.lang != Lang.KK else clause.cut(clause.start, predicate.start)
    return words.measurable.search(spoken) is not None


def defines(item: Found, pack: Pack) -> bool:
    """Whether a sentence says what a thing is: "ВВП – это стоимость товаров", "инфляция дегеніміз – …"."""
    match = wording(pack).defines.search(item.sentence.text)
    return match is not None and any(m.start - item.sentence.start < 60 for m in item.indicators)
