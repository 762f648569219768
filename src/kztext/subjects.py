"""Subjects: the noun group that a number is about, and the whole group around a catalogued indicator.

Counted and measured things stand after the number ("2000 бірлескен кәсіпорын", "18 государств"), what a
percentage is said of stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from kztext.groups import (
    is_setting,
    kazakh_groups,
    kazakh_right,
    kazakh_whole,
    naming,
    russian_groups,
    russian_run,
    russian_whole,
)
from kztext.lang.pack import Pack
from kztext.nouns import (
    Role,
    Word,
    is_verb,
    lexicon,
    span_of,
    stop_words,
    verb_ending,
    words_between,
)
from kztext.spans import COUNTRY, Case, Lang, Sentence
from kztext.zones import Zone

__all__ = [
    "aim_group",
    "counted_noun",
    "group_around",
    "left_group",
    "nearer_group",
    "noun_group",
    "right_group",
    "stop_words",
    "telling_mark",
    "verb_ending",
    "whole_group",
]

BEYOND = 60  # characters behind its zone that a counted group may reach
TITLE = 30  # letters of a title in quotation marks that a group may begin inside of
FAR = 160  # characters that a group behind a dash may take
RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})
DASHED = regex.compile(r"\s*+[–—-]\s")
JOINT = regex.compile(r"\s*(?P<word>\p{L}+)\s")
LAST = regex.compile(r"(?P<word>\p{L}++)\s*+$")
TOLD = regex.compile(r"[–—:-]\s*+$")


def noun_group(
    sentence: Sentence, zone: Zone, pack: Pack, *, possessed: bool = False, preposed: bool = False
) -> tuple[int, int]:
    """The subject's span in the repaired text; (0, 0) where the zone names nothing.

    `possessed`: a Kazakh share with a possessive ending, said of the words behind it ("57%-ы – өз қаражаты").
    `preposed`: a number behind "до", "на", "с" that says how far a thing before it went.
    """
    quantity = zone.quantity
    told = telling_mark(sentence, zone)
    if quantity.unit in RATIO_UNITS or told:
        behind = says_behind(sentence, zone) >= 0
        if (not told and (possessed or behind)) or (behind and told.endswith(":")):
            after = right_group(sentence, zone, pack, dashed=True)
            if after[1] > after[0]:
                return after
        before = left_group(sentence, zone, pack)
        if before[1] > before[0]:
            return before
        counted = counted_noun(sentence, zone, pack)
        if counted == (0, 0) and quantity.unit not in RATIO_UNITS:
            return right_group(sentence, zone, pack)
        return counted
    if zone.left_cues("part") and sentence.lang is Lang.RU and says_behind(sentence, zone) >= 0:
        after = right_group(sentence, zone, pack, dashed=True)  # "из них 360 – [водители трамвая]"
        if after[1] > after[0]:
            return after
    if preposed or ends_in_extent(sentence, zone, pack):
        before = left_group(sentence, zone, pack, direct=preposed)
        if before[1] > before[0]:
            return before
    oblique = quantity.case in (Case.DAT, Case.ABL) and quantity.approximation == "exact"
    counted = counted_noun(sentence, zone, pack)
    moved = zone.right_cues("direction", "pace", "level", "fall")
    paid = quantity.case is Case.DAT and not moved  # "640 млн теңгеге жиһаз шығарды"
    if (sentence.lang is not Lang.KK or not oblique or paid) and counted == (0, 0):
        after = right_group(sentence, zone, pack)
        placed = sentence.lang is Lang.KK and quantity.unit not in ("", "count")
        placed = placed and is_placed(sentence, after, pack)
        before = left_group(sentence, zone, pack, direct=True) if placed else (0, 0)
        if before[1] > before[0]:  # "картоп 185 мың гектар алқаптан жиналды"
            return before
        if after[1] > after[0]:
            return after
    if counted[1] > counted[0] and says_what(sentence, zone, counted, pack):
        return counted
    further = counted[1] > counted[0] and sentence.lang is Lang.RU
    named = right_group(sentence, zone, pack) if further else (0, 0)
    if named[1] > named[0]:
        return named  # "33 тысячи единиц [техники]"
    before = left_group(sentence, zone, pack, direct=quantity.unit == "count")
    if before[1] > before[0]:
        return before
    return counted if counted[1] > counted[0] else left_group(sentence, zone, pack)


def is_placed(sentence: Sentence, group: tuple[int, int], pack: Pack) -> bool:
    """Whether a Kazakh group behind a number only says where: in the locative or ablative."""
    words = words_between(sentence, *group, (), (), pack)
    return bool(words) and words[-1].case in ("loc", "abl")


def with_quotes(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """A span with the quotation mark that opens or closes inside it ("«Зелёная» генерация")."""
    if span[1] <= span[0]:
        return span
    start, end = span
    text = sentence.text[start - sentence.start : end - sentence.start]
    if text.count("»") > text.count("«"):
        opens = sentence.text.rfind("«", 0, start - sentence.start)
        if opens >= 0 and start - sentence.start - opens <= TITLE:
            return opens + sentence.start, end
    behind = sentence.text[end - sentence.start : end - sentence.start + 1]
    if text.count("«") > text.count("»") and behind == "»":
        return start, end + 1
    return span


def telling_mark(sentence: Sentence, zone: Zone) -> str:
    """The dash or colon before the quantity that tells it of the words before; empty where there is none."""
    begin = min(zone.quantity.outer_start, zone.quantity.start)
    lead = sentence.text[max(begin - 4 - sentence.start, 0) : begin - sentence.start]
    found = TOLD.search(lead)
    return found[0].rstrip() if found and begin - len(lead) + found.start() >= zone.start else ""


def says_behind(sentence: Sentence, zone: Zone) -> int:
    """Where the words begin that a dash behind the quantity tells it of ("треть – деньги"); -1: none."""
    end = max(zone.quantity.outer_end, zone.quantity.end)
    for cue in zone.cues:
        if cue.kind == "part" and 0 <= cue.start - end <= 2:
            end = cue.end
    dash = DASHED.match(sentence.text, end - sentence.start)
    return dash.end() + sentence.start if dash else -1


def counted_noun(sentence: Sentence, zone: Zone, pack: Pack) -> tuple[int, int]:
    """The noun that the quantity has taken as its unit ("840 адам", "27 человек")."""
    quantity = zone.quantity
    if quantity.unit != "count" or quantity.outer_end <= quantity.end:
        return (0, 0)
    words = words_between(sentence, quantity.end, quantity.outer_end, (), (), pack)
    text, shift = sentence.text, sentence.start
    ends = [w for w in words if text[w.start - shift - 1] in "-–" and text[w.start - shift - 2].isdigit()]
    named = [w for w in words if w.role is Role.NOUN and len(w.text) > 2 and w not in ends]  # "1200-дей адам"
    if sentence.lang is Lang.KK:
        named = [w for w in named if w.text.lower() not in lexicon(pack).counters]
    return span_of(named[:1])


def says_what(sentence: Sentence, zone: Zone, counted: tuple[int, int], pack: Pack) -> bool:
    """Whether a counted noun is the thing itself ("проданы 30 билетов"), no unit of it."""
    if sentence.lang is not Lang.RU or zone.left_cues("head", "level", "direction"):
        return False
    word = sentence.text[counted[0] - sentence.start : counted[1] - sentence.start].lower()
    return word not in lexicon(pack).people | lexicon(pack).counters


def right_group(sentence: Sentence, zone: Zone, pack: Pack, *, dashed: bool = False) -> tuple[int, int]:
    """The nouns directly after the quantity: "бірлескен кәсіпорын", "новых рабочих мест"."""
    begin = max(zone.quantity.outer_end, zone.quantity.end)
    behind = says_behind(sentence, zone) if dashed else -1
    if behind >= 0:
        begin = behind
    elif sentence.text[begin - sentence.start : begin - sentence.start + 2] == ". ":  # "1,2 тыс. гидов"
        begin += 1
    end = zone.end
    if behind >= 0:
        end = min(behind + FAR, sentence.end)
    elif sentence.lang is Lang.KK and (not zone.quantity.unit or joins_on(sentence, end, pack)):
        # a zone ends behind the first word counted, and before "and"
        end = min(max(end, begin) + BEYOND, sentence.end)
    words = words_between(sentence, begin, end, zone.cues, zone.periods, pack)
    while words and not words[0].apart and words[0].text.lower() in lexicon(pack).openers:
        words = words[1:]
    kazakh = sentence.lang is Lang.KK
    if kazakh and words and not words[0].apart and words[0].text.lower() in lexicon(pack).counters:
        words = words[1:]  # "150 бас ірі қара", "жылқы – 90 мың бас"
    if behind >= 0 and words and words[0].role is Role.PREPOSITION:
        words = words[1:]
    if not words or words[0].apart or words[0].role is not Role.NOUN:
        return (0, 0)
    if sentence.lang is Lang.KK:
        group = kazakh_right(words, pack, loose=dashed, counting=not zone.quantity.unit)
        if len(group) == 1 and zone.quantity.unit and lexicon(pack).verbal.search(group[0].text.lower()):
            return (0, 0)
        return with_quotes(sentence, span_of(group))
    return with_quotes(sentence, span_of(russian_run(words, 0, pack, counted=behind < 0)))


def joins_on(sentence: Sentence, at: int, pack: Pack) -> bool:
    """Whether a conjunction of nouns stands at a place ("5 мың га дәнді | және бұршақ дақылдар")."""
    word = JOINT.match(sentence.text, at - sentence.start)
    return word is not None and word["word"].lower() in lexicon(pack).joints


def left_group(sentence: Sentence, zone: Zone, pack: Pack, *, direct: bool = False) -> tuple[int, int]:
    """The last group before the quantity and its predicate; one in an oblique case only for want of another.

    `direct`: none that is oblique.
    """
    quantity = zone.quantity
    end = min(quantity.outer_start, quantity.start)
    words = words_between(sentence, zone.start, end, zone.cues, zone.periods, pack)
    groups = kazakh_groups(words, pack) if sentence.lang is Lang.KK else russian_groups(words, pack)
    if sentence.lang is Lang.KK and not telling_mark(sentence, zone):  # a country is where, not what
        countries = {(p.start, p.end) for p in zone.places if len(p.geo) == COUNTRY}
        groups = [entry for entry in groups if span_of(entry[0]) not in countries]
    if not groups:
        return (0, 0)
    extent = [w for w in words if w.text.lower() in lexicon(pack).extents][-1:]
    if sentence.lang is Lang.RU and extent and words[-1] is extent[0]:  # "в квартире стоимостью 7 млн"
        return with_quotes(sentence, span_of(groups[-1][0]))
    if sentence.lang is Lang.RU and sized(words, groups[-1][0], pack):
        return with_quotes(sentence, span_of(groups[-1][0]))
    if sentence.lang is Lang.RU:
        groups = headed(words, groups, zone, pack)
    for group, oblique in reversed(groups):
        if not oblique:
            between = sentence.text[group[-1].end - sentence.start : end - sentence.start]
            if direct and any(mark in between for mark in ":;"):
                return (0, 0)
            return with_quotes(sentence, span_of(group))
    if direct:
        return (0, 0)
    if sentence.lang is Lang.KK:
        first = zone.start == sentence.start
        usable = [
            g for g, _ in groups if g[-1].case == "dat" or (first and len(g) > 1 and g[-1].case == "loc")
        ]
        aims = [g for g in usable if g[-1].case == "dat"]
        return span_of((aims or usable)[-1]) if usable else (0, 0)
    return span_of(groups[-1][0])


def ends_in_extent(sentence: Sentence, zone: Zone, pack: Pack) -> bool:
    """Whether the word before the quantity says what of a thing is measured ("станция мощностью 660 МВт")."""
    end = min(zone.quantity.outer_start, zone.quantity.start) - sentence.start
    last = LAST.search(sentence.text, max(zone.start - sentence.start, 0), end)
    return last is not None and last["word"].lower() in lexicon(pack).extents


def headed(
    words: Sequence[Word], groups: list[tuple[list[Word], bool]], zone: Zone, pack: Pack
) -> list[tuple[list[Word], bool]]:
    """The groups up to one that says what is counted, where no verb parts it from those behind.

    "Число погибших в провинции Новая Шотландия": the province is no subject.
    """
    heads = [c.start for c in zone.cues if c.kind == "head" and c.value in ("number", "volume", "share")]
    for i, (group, oblique) in enumerate(groups):
        if oblique or not any(group[0].start <= at <= group[-1].start for at in heads):
            continue
        behind = [w for w in words if group[-1].start < w.start <= groups[-1][0][-1].start]
        if not any(is_verb(w.text, False, pack, first=False) for w in behind):
            return groups[: i + 1]
    return groups


def sized(words: Sequence[Word], group: Sequence[Word], pack: Pack) -> bool:
    """Whether a group is followed by nothing but how much of it there is ("в конкурсе на сумму …")."""
    behind = [w for w in words if w.start > group[-1].start]
    return (
        2 <= len(behind) <= 3
        and not any(w.apart for w in behind)
        and behind[0].role is Role.PREPOSITION
        and behind[-1].role is Role.NOUN
        and lexicon(pack).settings.search(behind[-1].text.lower()) is not None
    )


def nearer_group(sentence: Sentence, zone: Zone, pack: Pack, mention: tuple[int, int]) -> tuple[int, int]:
    """A group between a mention and the quantity, where the mention's clause has a verb of its own.

    "Врачей не хватает: [укомплектованность амбулаторий] – 86%": the doctors are another clause's.
    """
    end = min(zone.quantity.outer_start, zone.quantity.start)
    words = words_between(sentence, mention[1], end, zone.cues, zone.periods, pack)
    predicate = next((i for i, w in enumerate(words) if is_verb(w.text, False, pack)), len(words))
    start = next((i for i, w in enumerate(words) if i > predicate and w.apart), len(words))
    rest = words[start:]
    groups = kazakh_groups(rest, pack) if sentence.lang is Lang.KK else russian_groups(rest, pack)
    direct = [group for group, oblique in groups if not oblique]
    return with_quotes(sentence, span_of(direct[-1])) if direct else (0, 0)


def aim_group(sentence: Sentence, zone: Zone, pack: Pack) -> tuple[int, int]:
    """What money is given for ("на [закуп вакцины] из бюджета 5 млн", "[мектепке] бюджеттен 5 млн")."""
    end = min(zone.quantity.outer_start, zone.quantity.start)
    words = words_between(sentence, zone.start, end, zone.cues, zone.periods, pack)
    if sentence.lang is Lang.KK:
        aims = [g for g, _ in kazakh_groups(words, pack) if g[-1].case == "dat"]
        return with_quotes(sentence, span_of(aims[-1])) if aims else (0, 0)
    known = lexicon(pack)
    for i, word in enumerate(words[:-1]):
        aimed = word.text.lower() in known.aims and words[i + 1].role is Role.NOUN
        if aimed and not is_setting(words, i + 1, pack):
            return with_quotes(sentence, span_of(russian_run(words, i + 1, pack, counted=False)))
    return (0, 0)


def whole_group(sentence: Sentence, zone: Zone, pack: Pack, mention: tuple[int, int]) -> tuple[int, int]:
    """A mention with the rest of its noun group: "[Жұмыссыздық] деңгейі", "средняя [ставка] по ипотеке".

    (0, 0) where the mention is a verb alone ("родилось", "қымбаттады").
    """
    quantity = zone.quantity
    if mention[1] <= quantity.start:
        start, end = zone.start, min(quantity.outer_start, quantity.start)
    else:
        start, end = max(quantity.outer_end, quantity.end), zone.end
    if not start <= mention[0] or not mention[1] <= end:
        return mention
    words = words_between(sentence, start, end, zone.cues, zone.periods, pack)
    return group_around(sentence, words, pack, mention)


def group_around(
    sentence: Sentence, words: Sequence[Word], pack: Pack, mention: tuple[int, int]
) -> tuple[int, int]:
    """The noun group of a stretch that holds a mention."""
    words = [naming(word, mention, pack) for word in words]
    if sentence.lang is Lang.KK:
        return with_quotes(sentence, kazakh_whole(words, pack, mention))
    return with_quotes(sentence, russian_whole(words, pack, mention))
