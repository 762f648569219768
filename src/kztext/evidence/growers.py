"""Countries that grow, and rates of growth that are nobody's: both mean the gross domestic product.

"Былтыр Қытай 5,2%-ға өсті", "пять стран прибавили 4%", "өсу қарқыны 1,2%-ға дейін баяулады".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.endings import noun_case
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, is_verb, lexicon, stop_words
from kztext.spans import OUR_COUNTRY, Cue, IndicatorMention, Lang, Period, Place, Quantity, Sentence, Span

GDP, GRP = "gdp", "grp"
REGION = "KZ-"  # how the codes of regions begin
UNNAMED = "unnamed"  # the flag of a rate of growth that its sentence says of nothing
SEVERAL = "several"  # that of several countries together
COUNTRIES = frozenset({"country", "group", OUR_COUNTRY})
NEAR = 30  # characters between a country and its growth: "Қазақстанның орташа жылдық өсімі"
ENDS = regex.compile(r"[;:()]|[.!?]\s")
APPOSED = regex.compile(r"^\s?,(?:\s\p{L}+){1,5},(?=\s)")
LAST = regex.compile(r"(?P<word>\p{L}[\p{L}-]*)\s*$")
NEXT = regex.compile(r"\s*(?P<word>\p{L}[\p{L}-]*)")


class Several(Span):
    """Countries named together."""


def grown(
    sentence: Sentence,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    places: Sequence[Place],
    pack: Pack,
) -> list[IndicatorMention]:
    """The mentions of a sentence with those of countries that grow and of rates of growth without a name."""
    done = list(mentions)
    for found in (*groups(sentence, pack), *economies(sentence, pack), *places):
        if isinstance(found, Place) and found.rule not in COUNTRIES:
            continue
        taken = [*done, *(c for c in cues if c.kind == "anaphor")]  # "біздікі": what was spoken of, ours
        if not any(m.overlaps(found) for m in taken) and grows(
            found, sentence, quantities, periods, cues, done, pack
        ):
            done.append(named(found, ("weak", SEVERAL) if isinstance(found, Several) else ("weak",)))
    for cue in cues:
        rate = cue.kind == "head" and cue.value == "rate"
        growth = pack.lang == Lang.KK and cue.kind == "direction" and "noun" in cue.flags
        if not (rate or growth) or any(m.overlaps(cue) for m in done):
            continue
        whose = owner(cue, sentence, [*periods, *cues], places, pack)
        placed = any(0 < cue.start - p.end <= NEAR for p in places)
        alone = growth and not done and is_growth_alone(cue, sentence, quantities)
        if alone:  # "кемінде 5 пайыз өсім қамтамасыз ету": nobody's
            done.append(named(cue, (UNNAMED, "weak")))
        if growth and not (whose == () and placed and told_of_growth(cue, quantities)):
            continue
        if whose is not None:
            done.append(named(cue, whose))
    return sorted(done, key=lambda m: m.start)


def of_region(
    mentions: Sequence[IndicatorMention], places: Sequence[Place], pack: Pack
) -> list[IndicatorMention]:
    """The mentions with the product of a region for what is named with it: "Маңғыстау [экономикасы]"."""
    done: list[IndicatorMention] = []
    for mention in mentions:
        beside = [
            p
            for p in places
            if p.geo.startswith(REGION)
            and 0 <= (mention.start - p.end if pack.lang == Lang.KK else p.start - mention.end) <= 1
        ]
        if mention.indicator == GDP and beside:
            flags = tuple(f for f in mention.flags if f not in ("weak", "narrowed"))
            mention = replace(mention, indicator=GRP, flags=flags)
        done.append(mention)
    return done


def is_growth_alone(cue: Cue, sentence: Sentence, quantities: Sequence[Quantity]) -> bool:
    """Whether a noun of growth stands right behind a percentage in a clause that names nothing before it."""
    before = [q for q in quantities if q.outer_end <= cue.start and q.unit == "percent"]
    if not before or cue.value != "up" or cue.start - before[-1].outer_end > 1:
        return False
    lead = sentence.text[: before[-1].outer_start - sentence.start]
    return len(quantities) == 1 and len(regex.split(r"[,:;]", lead)[-1].split()) <= 2


def told_of_growth(cue: Cue, quantities: Sequence[Quantity]) -> bool:
    """Whether the first number behind a noun of growth is a percentage: "Қырғызстанның өсімі – 6,2%"."""
    after = next((q for q in quantities if q.start >= cue.end), None)
    return after is not None and after.unit == "percent"


def named(found: Span, flags: tuple[str, ...]) -> IndicatorMention:
    return IndicatorMention(start=found.start, end=found.end, indicator=GDP, rule="growth", flags=flags)


def economies(sentence: Sentence, pack: Pack) -> list[Span]:
    """Nouns that stand for the economy of the country spoken of: "страна прибавила 5%"."""
    subject = pack.table("places")["economy"]["subject"]
    form = pack.compile(rf"(?<!\p{{L}})(?:{subject})(?!\p{{L}})", where=pack.source("places"))
    offset = sentence.start
    return [
        Span(start=m.start() + offset, end=m.end() + offset) for m in form.finditer(sentence.text.lower())
    ]


def groups(sentence: Sentence, pack: Pack) -> list[Span]:
    """Countries named together: "бес мемлекет", "страны региона"."""
    form = pack.compile(pack.table("places")["partners"]["many"], where=pack.source("places"))
    offset = sentence.start
    return [
        Several(start=m.start() + offset, end=m.end() + offset) for m in form.finditer(sentence.text.lower())
    ]


def grows(
    found: Span,
    sentence: Sentence,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    pack: Pack,
) -> bool:
    """Whether a verb of rise or fall tells a percentage of a country itself."""
    text, shift = sentence.text, sentence.start
    said, kk = text[found.start - shift : found.end - shift], pack.lang == Lang.KK
    if kk and noun_case(said, pack) != "nom":
        return False
    prepositions = [c for c in cues if c.kind == "prep" and 0 <= found.start - c.end <= 1]
    if prepositions:
        return False
    after = next((q for q in quantities if q.start >= found.end), None)
    if after is None or after.unit != "percent" or (kk and after.case.value != "dat"):
        return False
    earlier = [q.end for q in quantities if q.end <= found.start]
    if any(m.end <= found.start and m.start >= max(earlier, default=0) for m in mentions):
        return False  # "Туризм бойынша Түркия 5%-ға өсті"
    verbs = [c for c in cues if c.kind == "direction" and "verb" in c.flags and c.start >= found.end]
    verbs = [c for c in verbs if {"transitive", "price"}.isdisjoint(c.flags)]
    if not verbs:
        return False
    begin = min(after.outer_start, after.start)
    span = text[after.end - shift : verbs[0].start - shift] if kk else ""
    if ENDS.search(span) or any(m.start < verbs[0].start and m.start > found.start for m in mentions):
        return False
    if not kk and verbs[0].start > after.start:
        return False
    following = text[verbs[0].start - shift : verbs[0].end - shift].lower()
    gapped = pack.compile(pack.table("endings")["listed_on"], where=pack.source("endings"))
    if earlier and mentions and gapped.search(following):
        return False  # "быстрее рос экспорт Грузии (5%) и Турция, прибавившая 3%"
    idle = [*periods, *(c for c in cues if c.kind not in ("head", "ratio"))]
    lead = text[found.end - shift : begin - shift]
    if not kk:  # "Китай, главный покупатель сырья, вырос на 5%"
        lead = APPOSED.sub(lambda m: " " * len(m[0]), lead)
    return not words_left(lead, found.end, idle, pack)


def words_left(lead: str, start: int, idle: Sequence[Span], pack: Pack) -> bool:
    """Whether words stand in a stretch of text besides those of other spans and small ones."""
    rest = list(lead)
    for span in idle:
        for at in range(max(span.start - start, 0), min(span.end - start, len(rest))):
            rest[at] = " "
    if ENDS.search("".join(rest)):
        return True
    words = regex.findall(r"\p{L}+", "".join(rest).lower())
    known = stop_words(pack) | lexicon(pack).adverbs | lexicon(pack).focus
    return any(len(word) > 2 and word not in known for word in words)


def owner(
    cue: Cue, sentence: Sentence, idle: Sequence[Span], places: Sequence[Place], pack: Pack
) -> tuple[str, ...] | None:
    """The flags of the mention that a rate of growth makes; None where it is that of a thing.

    Without flags it is a country's, `UNNAMED` nobody's.
    """
    text, shift = sentence.text, sentence.start
    said = text[cue.start - shift : cue.end - shift].lower()
    ours = pack.compile(pack.table("places")["partners"]["ours"], where=pack.source("places"))
    if pack.lang == Lang.KK:
        if ours.search(said):
            return ()
        begin = cue.start
        while True:
            word = LAST.search(text[: begin - shift])
            if word is None:
                return (UNNAMED, "weak")
            at, last = word.start() + shift, word["word"]
            if any(p.end >= begin - 1 and p.start <= at for p in places):
                return () if noun_case(last, pack) == "gen" else (UNNAMED, "weak")
            if ours.search(last.lower()):
                return ()
            if any(s.start <= at < s.end and s is not cue for s in idle) or is_adjective(last, pack):
                begin = at
                continue
            oblique = noun_case(last, pack) not in ("nom", "gen") or last.lower() in stop_words(pack)
            return (UNNAMED, "weak") if oblique else None
    behind = NEXT.match(text, cue.end - shift)
    if behind is None:
        return (UNNAMED, "weak")
    at, following = behind.start("word") + shift, behind["word"]
    if any(p.start == at for p in places) or ours.search(following.lower()):
        return ()
    alone = any(s.start <= at < s.end for s in idle) or is_verb(following, False, pack, first=False)
    return (UNNAMED, "weak") if alone else None
