"""Modality: whether a number is told as observed, planned, expected, or part of a definition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

import regex

from kztext.lang.pack import Pack
from kztext.nouns import is_verb, lexicon
from kztext.records import Modality
from kztext.spans import Approximation, Cue, Lang, Period, Sentence
from kztext.zones import Zone

WORDS = regex.compile(r"[^\p{L}-]+")
REACH = 25  # characters behind a number in which its own date stands
BEFORE = regex.compile(r"year_offset:-|relative_period:(?:last|year_earlier|previous)")
NOW_WORDS = 4  # between "сейчас" and its number
CLAUSE_MARK = regex.compile(r"[,;:](?!\d)|[–—](?=\s)")  # "12,6" is one number
REPEATED = ("yearly", "relative_period:recent", "relative_period:now", "window:-", "year_offset:-")
SENTENCE_PARTS = regex.compile(r"[;]|\.\s")


@cache
def future(pack: Pack) -> regex.Pattern[str] | None:
    """How a verb ends that tells of the future by its form alone; None in a language without such a form."""
    form = pack.table("endings")["future"]
    return pack.compile(form, where=pack.source("endings")) if form else None


def modality(
    zone: Zone, sentence: Sentence, cues: Sequence[Cue], pack: Pack, periods: Sequence[Period] = ()
) -> Modality:
    """The modality of one quantity.

    A definition cue serves its whole sentence. "жоспарланған 4-6%" (an attribute before the number) serves
    that number alone; other cues serve the numbers of their clause.
    """
    quantity = zone.quantity
    found = [c for c in cues if c.kind == "modality"]
    if is_now(zone, sentence):
        return Modality.ACTUAL
    if any(c.value == "definition" for c in found) or is_norm(zone, sentence, pack):
        return Modality.DEFINITION
    text = sentence.text
    if against_past(zone, periods) or tells_in_aside(zone, sentence, pack):
        return Modality.ACTUAL
    best: Modality | None = None
    for cue in found:
        if cue.end <= quantity.start:
            between = text[cue.end - sentence.start : quantity.start - sentence.start]
            own = attribute_of_other(cue, quantity.start, text, sentence, pack)
            if own and not heads_figure(cue, zone, sentence, pack, periods):
                continue
        else:
            if "attribute" in cue.flags:
                continue
            between = text[quantity.end - sentence.start : cue.start - sentence.start]
        parted = any(
            c.kind == "boundary"
            and min(cue.start, quantity.start) <= c.start < max(cue.start, quantity.start)
            for c in cues
        )
        gapped = cue.start >= quantity.end and ends_in_noun(between.split(",", 1)[0], pack)
        if SENTENCE_PARTS.search(between) or (parted and not gapped):
            continue
        if in_other_clause(cue, zone, sentence, pack, periods):
            continue
        if "coming" in cue.flags and is_habit(zone, cues, periods):
            continue
        if best is None or cue.value == "plan":
            best = Modality(cue.value)
    if best is None and tells_of_intent(zone, sentence, pack):
        return Modality.PLAN
    yearly = any(c.kind == "yearly" for c in cues)  # "жыл сайын 5%-ға қысқартылады" is no single aim
    if best is None and not yearly and tells_of_goal(zone, sentence, pack):
        return Modality.PLAN
    if best is None and tells_of_decision(sentence, quantity.start, pack):
        return Modality.PLAN
    if best is None and tells_of_future(zone, sentence, pack):
        return Modality.FORECAST
    return best or Modality.ACTUAL


def ends_in_noun(words: str, pack: Pack) -> bool:
    """Whether a Kazakh clause waits for the verb at the end: "азайтуды, ал … көздейді"."""
    form = pack.compile(rf"(?:{pack.table('endings')['verbal_noun']})$", where=pack.source("endings"))
    return form.search(words.rstrip().lower()) is not None


def is_norm(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether a limit is set by a norm: "норматив – не менее 15 м", "норма бойынша 6–8% болуға тиіс"."""
    quantity, begin = zone.quantity, sentence.start
    table, where = pack.table("endings"), pack.source("endings")
    opens = 0 if pack.lang == Lang.KK else max(zone.start - begin, 0)  # Kazakh names the norm once
    lead = sentence.text[opens : quantity.start - begin].lower()
    tail = sentence.text[quantity.end - begin :].lower().split(";", 1)[0]
    if pack.compile(rf"(?:{table['bound_by']})[^;]*$", where=where).search(lead) is None:
        return False
    bounded = quantity.approximation in (Approximation.AT_LEAST, Approximation.AT_MOST)
    return bounded or pack.compile(table["bounded"], where=where).search(f"{lead}‖{tail}") is not None


def against_past(zone: Zone, periods: Sequence[Period]) -> bool:
    """Whether a number is only what another was before: "обещает 18 млн против прошлогодних 17,6"."""
    versus = zone.left_cues("versus")
    if not versus or any(c.kind == "modality" and "attribute" in c.flags for c in zone.cues):
        return False
    behind = [p for p in periods if p.end > versus[-1].end and p.end <= zone.quantity.end + REACH]
    return any(BEFORE.search(" ".join(p.flags)) for p in behind)


def tells_in_aside(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether a relative clause tells a number as past: "от уровня 1990 года, который составлял 386"."""
    form = pack.table("endings")["past_aside"]
    lead = sentence.text[: zone.quantity.start - sentence.start].lower()
    return pack.compile(rf"(?:{form})[^,;]*$", where=pack.source("endings")).search(lead) is not None


def is_now(zone: Zone, sentence: Sentence) -> bool:
    """Whether a number in brackets is told of today: "достигнет 32 млн га (сейчас – 31 млн га)"."""
    now = zone.left_cues("now")
    if not now:
        return False
    between = sentence.text[now[-1].end - sentence.start : zone.quantity.start - sentence.start]
    opened = sentence.text[: now[-1].start - sentence.start].rstrip().endswith("(")
    return opened and len(between.split()) <= NOW_WORDS


def is_habit(zone: Zone, cues: Sequence[Cue], periods: Sequence[Period]) -> bool:
    """Whether the present-future tells what is done again and again, or of what a share is used for."""
    quantity = zone.quantity
    if quantity.unit == "percent" or quantity.per:
        return True
    flags = [flag for period in periods for flag in period.flags]
    return any(c.kind == "yearly" for c in cues) or any(flag.startswith(REPEATED) for flag in flags)


def in_other_clause(cue: Cue, zone: Zone, sentence: Sentence, pack: Pack, periods: Sequence[Period]) -> bool:
    """Whether a comma and a verb of its own part a number from a word of modality.

    "жұмсалды, келесі жылы 17 млрд жоспарланып отыр": what was spent is told by its own verb. A Kazakh verb
    ends its clause, so it says nothing of the numbers behind it.
    """
    quantity, text, begin = zone.quantity, sentence.text, sentence.start
    if "speech" in cue.flags and cue.end <= quantity.start:
        return False
    told = past(pack) if pack.lang == Lang.KK else finite(pack)
    if cue.end <= quantity.start:
        between = text[cue.end - begin : quantity.start - begin]
        if ", " not in between:
            return False
        if pack.lang == Lang.KK:
            clause = text[cue.start - begin :].split(",", 1)[0].rstrip()
            own = text[quantity.end - begin :].split(", ", 1)[0].rstrip(" .»”")
            return any(told.search(WORDS.split(said)[-1]) is not None for said in (clause, own))
        rest = text[quantity.end - begin :].split(",", 1)[0]
        return any(told.search(word) for word in WORDS.split(between.rsplit(",", 1)[1] + " " + rest))
    between = text[quantity.end - begin : cue.start - begin]
    if "," not in between:
        return False
    own, rest = between.split(",", 1)
    if pack.lang == Lang.KK:
        if ends_in_noun(own, pack):  # "үлесін 34 пайызға азайтуды, ал кейін … жоспарлайды"
            return False
        words = WORDS.split(own.rstrip())
        closed = pack.compile(rf"(?:{pack.table('endings')['finite']})$", where=pack.source("endings"))
        reported = pack.compile(rf"\s*(?:{pack.table('endings')['reported']}|[–—])")
        if closed.search(words[-1].lower()) and rest.strip() and not reported.match(rest):
            return True
        against = pack.compile(rf"(?:{pack.table('endings')['contrast']})$", where=pack.source("endings"))
        if told.search(words[-1]) or against.search(words[-1]):
            return True
        first = rest.split()[0].lower() if rest.split() else ""
        known = lexicon(pack)
        if not own.strip() and (first in known.people or known.sayers.fullmatch(first)):
            return True  # "инфляция 10%, халық алдағы жылға 13,7% күтеді"
    else:
        ahead = text[: quantity.start - begin].rsplit(",", 1)[-1]
        if any(told.search(word) for word in WORDS.split(f"{ahead} {own}")):
            return True
        lead = text[: min(quantity.outer_start, quantity.start) - begin].rstrip()
        joined = pack.compile(rf"^\s(?:{pack.table('endings')['goes_on']})\s")
        if lead.endswith(("–", "—")) and joined.match(rest):  # "износ – 54%, и обещают снизить его"
            return True
    dated = any(p.start > quantity.end and p.end <= cue.start for p in periods)
    return dated and not zone.periods and not own.strip()


@cache
def past(pack: Pack) -> regex.Pattern[str]:
    """How a verb ends that tells of the past."""
    return pack.compile(rf"(?:{pack.table('endings')['past']})$", where=pack.source("endings"))


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    return tuple(word.lower() for word in WORDS.split(text) if word)


@lru_cache(maxsize=8)
def clause_marks(text: str) -> tuple[int, ...]:
    """Where the marks stand that part clauses."""
    return tuple(match.start() for match in CLAUSE_MARK.finditer(text))


def clause_of(sentence: Sentence, at: int) -> str:
    """What stands between the marks around a place."""
    marks, place = clause_marks(sentence.text), at - sentence.start
    behind = bisect_left(marks, place)
    end = marks[behind] if behind < len(marks) else len(sentence.text)
    return sentence.text[marks[behind - 1] + 1 if behind else 0 : end]


def clause_words(sentence: Sentence, at: int) -> tuple[str, ...]:
    """The words between the marks around a place, in lower case."""
    return words_of(clause_of(sentence, at))


def tells_of_past(sentence: Sentence, at: int, pack: Pack) -> bool:
    """Whether what stands at a place is told as past: by the verb of its clause, else by the sentence's."""
    told = is_past(clause_of(sentence, at), pack)
    return bool(is_past(sentence.text, pack) if told is None else told)


@lru_cache(maxsize=64)
def is_past(text: str, pack: Pack) -> bool | None:
    """Whether the verbs of a text tell of the past, or of what is to come; None where none says."""
    words, told, coming = words_of(text), past(pack), future(pack)
    if pack.lang == Lang.KK:  # the verb stands last; "-ды" is past only behind some stems
        ending = pack.compile(pack.table("claims")["past"], where=pack.source("claims"))
        return True if words and ending.search(words[-1]) else None
    if coming is not None and any(coming.search(word) for word in words):
        return False
    return True if any(told.search(word) for word in words) else None


@cache
def present(pack: Pack) -> regex.Pattern[str]:
    """How a word ends that tells of what is so, of no time."""
    return pack.compile(rf"^(?:{pack.table('endings')['present']})$", where=pack.source("endings"))


def tells_of_present(sentence: Sentence, at: int, pack: Pack) -> bool:
    """Whether the clause at a place tells what is so in general: "жартысы саудада жұмыс істейді"."""
    words = clause_words(sentence, at)
    if not words:
        return False
    if pack.lang == Lang.KK:  # the verb stands last
        return present(pack).search(words[-1]) is not None and not tells_of_past(sentence, at, pack)
    told = past(pack)
    return any(present(pack).search(word) for word in words) and not any(told.search(word) for word in words)


@cache
def finite(pack: Pack) -> regex.Pattern[str]:
    """How a Russian verb ends that tells something by itself, in the past or the present."""
    ends = pack.table("endings")
    return pack.compile(rf"(?:{ends['past']}|{ends['present']})$", where=pack.source("endings"))


def tells_of_future(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether the verb of the zone stands in the future ("вырастет", "составит")."""
    form = future(pack)
    if form is None:
        return False
    verbs = [c for c in zone.cues if c.kind in ("direction", "level", "pace", "fall_on")]
    return any(
        form.search(sentence.text[c.start - sentence.start : c.end - sentence.start].lower()) for c in verbs
    )


def is_promised(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether the clause ends in what we shall do: "тағы 250 отбасын қамтимыз", "жеткізбекпіз"."""
    clause = sentence.text[zone.quantity.end - sentence.start :].split(";", 1)[0].split(", ", 1)[0].lower()
    form = pack.compile(rf"(?:{pack.table('endings')['promise']})[\s.!»”]*$", where=pack.source("endings"))
    return form.search(clause) is not None


def is_to_be_done(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether the clause ends in a verb of what somebody is to do: "келесі жылы 5 мектеп жөнделеді"."""
    text = sentence.text[zone.quantity.end - sentence.start :].split(";", 1)[0]
    form = pack.compile(rf"(?:{pack.table('endings')['done']})(?!\p{{L}})", where=pack.source("endings"))
    return form.search(text.lower()) is not None


def tells_of_intent(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether the zone's verb says what is meant to be done ("15%-ға жеткізбек", "снизим вдвое")."""
    form = pack.compile(rf"(?:{pack.table('endings')['intent']})$", where=pack.source("endings"))
    kinds = ("direction", "level", "pace")
    told = zone.right_cues(*kinds) if sentence.lang is Lang.KK else zone.left_cues(*kinds)
    verbs = [c for c in told if "noun" not in c.flags]
    return any(
        form.search(sentence.text[c.start - sentence.start : c.end - sentence.start].lower()) for c in verbs
    )


def tells_of_decision(sentence: Sentence, at: int, pack: Pack) -> bool:
    """Whether the clause at a place tells what somebody unnamed is going to do: "с января поднимут"."""
    form = pack.compile(rf"(?:{pack.table('endings')['decided']})", where=pack.source("endings"))
    return any(form.fullmatch(word) for word in clause_words(sentence, at))


def tells_of_goal(zone: Zone, sentence: Sentence, pack: Pack) -> bool:
    """Whether the zone's verb is an infinitive or verbal noun without a finite verb ("поднять до 5%")."""
    form = pack.compile(rf"(?:{pack.table('endings')['goal']})$", where=pack.source("endings"))
    text = sentence.text
    if names_goal(sentence, pack):
        return True
    verbs = [
        c
        for c in zone.cues
        if c.kind in ("direction", "level")
        and ("transitive" in c.flags or c.value == "reach")
        and (pack.lang != Lang.KK or c.start >= zone.quantity.end)  # before it, it says what for
    ]
    done = pack.compile(rf"(?:{pack.table('endings')['managed']})\s+$", where=pack.source("endings"))
    verbs = [c for c in verbs if done.search(text[: c.start - sentence.start].lower()) is None]
    return bool(verbs) and all(
        form.search(text[c.start - sentence.start : c.end - sentence.start].lower()) for c in verbs
    )


@cache
def goal_noun(pack: Pack) -> regex.Pattern[str]:
    """A verbal noun that opens an item of a list of goals ("увеличение доли …")."""
    return pack.compile(pack.table("endings")["goal_noun"], where=pack.source("endings"))


@lru_cache(maxsize=16)  # every figure of a sentence asks
def names_goal(sentence: Sentence, pack: Pack) -> bool:
    """Whether a sentence without a finite verb opens with what is to be done ("увеличение доли до 25%")."""
    if goal_noun(pack).match(sentence.text) is None:
        return False
    words = [word for word in WORDS.split(sentence.text) if word]
    return not any(is_verb(word, False, pack, first=False) for word in words)


def heads_figure(cue: Cue, zone: Zone, sentence: Sentence, pack: Pack, periods: Sequence[Period]) -> bool:
    """Whether a plan is what a dash tells a number of: "План на следующий год – 260 тыс."."""
    start, end = cue.end, zone.quantity.outer_start
    rest = list(sentence.text[start - sentence.start : end - sentence.start])
    for period in periods:
        for at in range(max(period.start, start), min(period.end, end)):
            rest[at - start] = " "
    words = "".join(rest).split()
    dashed = bool(words) and words[-1] in ("–", "—", "-") and zone.start <= cue.start
    return dashed and all(word.lower() in lexicon(pack).prepositions for word in words[:-1])


def attribute_of_other(cue: Cue, start: int, text: str, sentence: Sentence, pack: Pack) -> bool:
    """Whether an attributive cue ("жоспарланған", "запланированные") belongs to another number or noun."""
    if "attribute" not in cue.flags:
        return False
    between = text[cue.end - sentence.start : start - sentence.start]
    small = lexicon(pack).prepositions  # "план в 5 млн"
    return any(any(char.isalpha() for char in word) for word in between.split() if word not in small)
