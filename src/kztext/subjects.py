"""The noun group that a number is about, where no catalogued indicator names it, and the whole group around one.

Counted and measured things stand after the number ("2000 бірлескен кәсіпорын", "18 государств"), what a percentage
is said of stands before it. Kazakh groups are read leftwards from their last word, Russian ones rightwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.lang.pack import Pack
from kztext.nouns import (
    ABBREVIATION,
    OBLIQUE_CASES,
    Role,
    Word,
    is_adjective,
    is_verb,
    lexicon,
    participle,
    span_of,
    stop_words,
    verb_ending,
    words_between,
)
from kztext.spans import Case, Lang, Sentence
from kztext.zones import Zone

__all__ = [
    "aim_group",
    "counted_noun",
    "group_around",
    "is_told",
    "left_group",
    "nearer_group",
    "noun_group",
    "right_group",
    "stop_words",
    "verb_ending",
    "whole_group",
]

MOST_WORDS = 9
BEYOND = 60  # characters
RATIO_UNITS = frozenset({"percent", "percentage_point", "times"})
DASHED = regex.compile(r"\s*+[–—-]\s")
TOLD = regex.compile(r"[–—:-]\s*+$")
Group = list[Word]


def noun_group(
    sentence: Sentence, zone: Zone, pack: Pack, *, possessed: bool = False, preposed: bool = False
) -> tuple[int, int]:
    """The subject's span in the repaired text; (0, 0) where the zone names nothing.

    `possessed`: a Kazakh share with a possessive ending, said of the words behind it ("57%-ы – өз қаражаты").
    `preposed`: a number behind "до", "на", "с" that says how far a thing before it went.
    """
    quantity = zone.quantity
    told = is_told(sentence, zone)
    if quantity.unit in RATIO_UNITS or told:
        behind = says_behind(sentence, zone) >= 0
        lead = sentence.text[: quantity.start - sentence.start].rstrip()
        if (not told and (possessed or behind)) or (behind and lead.endswith(":")):
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
    if preposed:
        before = left_group(sentence, zone, pack, direct=True)
        if before[1] > before[0]:
            return before
    oblique = quantity.case in (Case.DAT, Case.ABL) and quantity.approximation == "exact"
    counted = counted_noun(sentence, zone, pack)
    if not (sentence.lang is Lang.KK and oblique) and counted == (0, 0):
        after = right_group(sentence, zone, pack)
        if after[1] > after[0]:
            return after
    before = left_group(sentence, zone, pack, direct=quantity.unit == "count")
    if before[1] > before[0]:
        return before
    return counted if counted[1] > counted[0] else left_group(sentence, zone, pack)


def with_quotes(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """A span with the quotation mark that opens or closes inside it ("«Зелёная» генерация")."""
    if span[1] <= span[0]:
        return span
    start, end = span
    text = sentence.text[start - sentence.start : end - sentence.start]
    if text.count("»") > text.count("«") and sentence.text[max(start - sentence.start - 1, 0)] == "«":
        return start - 1, end
    if (
        text.count("«") > text.count("»")
        and sentence.text[end - sentence.start : end - sentence.start + 1] == "»"
    ):
        return start, end + 1
    return span


def is_told(sentence: Sentence, zone: Zone) -> bool:
    """Whether a dash or colon before the quantity tells it of the words before."""
    begin = min(zone.quantity.outer_start, zone.quantity.start)
    lead = sentence.text[
        max(zone.start, begin - 4) - sentence.start : max(begin, zone.start) - sentence.start
    ]
    return TOLD.search(lead) is not None


def says_behind(sentence: Sentence, zone: Zone) -> int:
    """Where the words begin that a dash behind the quantity tells it of ("треть из них – деньги"); -1: none."""
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
    named = [w for w in words if w.role is Role.NOUN and len(w.text) > 2]
    return span_of(named[:1])


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
        end = sentence.end
    elif sentence.lang is Lang.KK and not zone.quantity.unit:  # a zone ends behind the first word counted
        end = min(end + BEYOND, sentence.end)
    words = words_between(sentence, begin, end, zone.cues, zone.periods, pack)
    while words and not words[0].apart and words[0].text.lower() in lexicon(pack).openers:
        words = words[1:]
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


def kazakh_right(words: Sequence[Word], pack: Pack, *, loose: bool, counting: bool) -> Group:
    """The group that begins behind a Kazakh number: up to its verb, and no complement of that verb."""
    known = lexicon(pack)
    kept: Group = []
    for i, word in enumerate(words[:MOST_WORDS]):
        after = words[i + 1] if i + 1 < len(words) else None
        joined = word.role is Role.JOINT and after is not None and after.role is Role.NOUN and not after.apart
        if (i and word.apart) or (word.role is not Role.NOUN and not (joined and kept)):
            break
        lowered = word.text.lower()
        if kept and lowered in known.hinges and not loose:
            break
        if kept and kept[-1].text.lower() in known.persons and not known.owned.search(lowered):
            break
        oblique = word.case in OBLIQUE_CASES and not is_adjective(word.text, pack)
        if oblique and kept and not loose:
            bound = is_adjective(kept[-1].text, pack) or known.owned.search(lowered) is not None
            if not bound or kept[-1].case in OBLIQUE_CASES:
                break
        kept.append(word)
        if (oblique or word.case == "acc") and not loose:
            if after is None or after.apart or after.role is not Role.NOUN:
                break
            following = after.text.lower()
            attributive = word.case == "acc" and is_adjective(word.text, pack) and len(kept) == 1
            if not (attributive or (known.governed.search(following) and not counting)):
                break
        if counting and word.case == "gen":  # "37 мың қызметкердің айлығы" counts the people
            break
    while kept and (kept[-1].role is Role.JOINT or is_participle(kept[-1], pack)):
        kept.pop()
    return kept


def is_participle(word: Word, pack: Pack) -> bool:
    """Whether a group's last word is a participle, so that it is no noun ("… өткізілген")."""
    lowered = word.text.lower()
    return participle(pack).search(lowered) is not None and lexicon(pack).nouns.search(lowered) is None


def left_group(sentence: Sentence, zone: Zone, pack: Pack, *, direct: bool = False) -> tuple[int, int]:
    """The last group before the quantity and its predicate; one in an oblique case only for want of another.

    `direct`: none that is oblique.
    """
    quantity = zone.quantity
    end = min(quantity.outer_start, quantity.start)
    words = words_between(sentence, zone.start, end, zone.cues, zone.periods, pack)
    groups = kazakh_groups(words, pack) if sentence.lang is Lang.KK else russian_groups(words, pack)
    if not groups:
        return (0, 0)
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


def nearer_group(sentence: Sentence, zone: Zone, pack: Pack, mention: tuple[int, int]) -> tuple[int, int]:
    """A group between a mention and the quantity, where the mention's clause has ended with a verb of its own.

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
    """What money before a verb of giving is for ("на [закуп вакцины] из бюджета", "[мектепке] бюджеттен 5 млн")."""
    end = min(zone.quantity.outer_start, zone.quantity.start)
    words = words_between(sentence, zone.start, end, zone.cues, zone.periods, pack)
    if sentence.lang is Lang.KK:
        aims = [g for g, _ in kazakh_groups(words, pack) if g[-1].case == "dat"]
        return with_quotes(sentence, span_of(aims[-1])) if aims else (0, 0)
    known = lexicon(pack)
    for i, word in enumerate(words[:-1]):
        if word.text.lower() in known.aims and words[i + 1].role is Role.NOUN:
            if not is_setting(words, i + 1, pack):
                return with_quotes(sentence, span_of(russian_run(words, i + 1, pack, counted=False)))
    return (0, 0)


def kazakh_groups(words: Sequence[Word], pack: Pack) -> list[tuple[Group, bool]]:
    """The noun groups of a stretch, in text order, and whether each is an oblique complement."""
    groups: list[tuple[Group, bool]] = []
    i = len(words) - 1
    while i >= 0:
        if words[i].role is not Role.NOUN or words[i].text.lower() in lexicon(pack).hinges:
            i -= 1
            continue
        group = kazakh_group(words, i, pack)
        i -= len(group)
        while group and group[0].text.lower() in lexicon(pack).hinges:
            group = group[1:]
        if group and not all(len(w.text) < 3 and not ABBREVIATION.fullmatch(w.text) for w in group):
            groups.append((group, group[-1].case in OBLIQUE_CASES))
    return groups[::-1]


def kazakh_group(words: Sequence[Word], last: int, pack: Pack) -> Group:
    """The Kazakh group that ends at a word: modifiers, owners and participles with their complements."""
    known = lexicon(pack)
    group = [words[last]]
    i = last
    while i > 0 and len(group) < MOST_WORDS and not words[i].apart:
        before, first = words[i - 1], words[i]
        if before.role is Role.JOINT:
            if i < 2 or words[i - 2].role is not Role.NOUN or before.apart:
                break
            if words[i - 2].case != first.case and not is_adjective(words[i - 2].text, pack):
                break
            group[:0] = [words[i - 2], before]
            i -= 2
            continue
        if before.role is not Role.NOUN:
            break
        if before.case in (*OBLIQUE_CASES, "acc") and not is_adjective(before.text, pack):
            lowered = first.text.lower()
            if not known.governed.search(lowered) or (first is words[last] and is_participle(first, pack)):
                break
            if before.case == "loc" and not known.relative.search(lowered):
                break
        group.insert(0, before)
        i -= 1
    return group


def russian_groups(words: Sequence[Word], pack: Pack) -> list[tuple[Group, bool]]:
    """The noun groups of a stretch, in text order, and whether each is oblique by its preposition or ending."""
    known = lexicon(pack)
    groups: list[tuple[Group, bool]] = []
    aims: list[tuple[Group, bool]] = []
    i, preposition = 0, ""
    while i < len(words):
        word = words[i]
        if word.role is not Role.NOUN:
            preposition = word.text.lower() if word.role is Role.PREPOSITION else ""
            i += 1
            continue
        group = russian_run(words, i, pack, counted=False)
        if not group:
            preposition = ""
            i += 1
            continue
        i += len(group)
        head = next((w for w in group if not is_adjective(w.text, pack)), group[0])
        if len(group) == 1 and len(word.text) < 3 and not ABBREVIATION.fullmatch(word.text):
            preposition = ""
            continue
        lowered = head.text.lower()
        if preposition and (known.settings.search(lowered) or known.compound.search(lowered)):
            preposition = ""
            continue
        ending = known.oblique.search(group[0].text.lower()) is not None
        if groups and completes(groups[-1][0], group, words, pack):
            groups[-1][0].extend(group)
            continue
        if groups and word.apart and participle(pack).search(word.text.lower()):
            preposition = ""
            continue  # "площадь, занятая под сады, …"
        entry = (group, bool(preposition) or ending)
        (aims if preposition in known.aims else groups).append(entry)
        preposition = ""
    direct = [entry for entry in groups if not entry[1]]
    if aims and not direct:
        return [*groups, *aims]
    return [*aims, *groups]


def completes(before: Group, group: Group, words: Sequence[Word], pack: Pack) -> bool:
    """Whether a group behind a comma qualifies the one before it ("пассажиров, довольных сервисом")."""
    known = lexicon(pack)
    if (
        len(group) < 2
        or not known.plural.search(group[0].text.lower())
        or not is_adjective(group[0].text, pack)
    ):
        return False
    at = words.index(group[0])
    return (
        at > 0 and words[at - 1] is before[-1] and known.instrument.search(group[1].text.lower()) is not None
    )


def russian_run(words: Sequence[Word], first: int, pack: Pack, *, counted: bool) -> Group:
    """The Russian group that begins at a word: adjectives, noun, genitives, and phrases that a preposition joins.

    `counted`: behind a number, where little is joined to the noun.
    """
    known = lexicon(pack)
    kept: Group = []
    named = False  # a noun stands in the group
    led = first > 0 and words[first - 1].role is Role.PREPOSITION and not words[first].apart
    i = first
    while i < len(words) and len(kept) < MOST_WORDS:
        word = words[i]
        if kept and word.apart:
            break
        lowered = word.text.lower()
        if word.role is Role.NOUN:
            adjective = is_adjective(word.text, pack)
            fits = not counted or not named or continues(kept[-1], word, pack)
            if not fits:
                break
            kept.append(word)
            i += 1
            closed = led and not named and not adjective and not known.compound.search(lowered)
            if closed and known.settings.search(lowered):
                break  # "в среднегодовом выражении | инфляция"
            if not led and len(kept) == 1 and not adjective and known.receiver.search(lowered):
                break  # "школьникам | скидка"
            named = named or not adjective
            continue
        follows = i + 1 < len(words) and words[i + 1].role is Role.NOUN and not words[i + 1].apart
        joins = word.role is Role.JOINT or lowered in (known.behind if counted else known.attached)
        if not kept or not follows or not joins or word.role is Role.BREAK:
            break
        if word.role is Role.PREPOSITION and not named:
            break
        if word.role is Role.PREPOSITION and lowered not in known.behind and is_setting(words, i + 1, pack):
            break
        kept += [word, words[i + 1]]
        named = named or not is_adjective(words[i + 1].text, pack)
        i += 2
    while kept and (kept[-1].role is not Role.NOUN or kept[-1].text.lower() in known.hinges):
        kept.pop()
    while named and len(kept) > 1 and dangling(kept, pack):
        kept.pop()
    return kept


def continues(before: Word, word: Word, pack: Pack) -> bool:
    """Whether a word can belong to the counted noun before it: a genitive, or a noun behind its adjective."""
    if is_adjective(before.text, pack) or ABBREVIATION.fullmatch(word.text):
        return True
    known = lexicon(pack)
    return known.governed.search(word.text.lower()) is not None and not known.oblique.search(
        word.text.lower()
    )


def is_setting(words: Sequence[Word], first: int, pack: Pack) -> bool:
    """Whether the phrase behind a preposition says a circumstance ("на уровне", "по данным")."""
    known = lexicon(pack)
    for word in words[first : first + 3]:
        if word.role is not Role.NOUN:
            return False
        if not is_adjective(word.text, pack):
            lowered = word.text.lower()
            return any(p.search(lowered) is not None for p in (known.settings, known.compound))
    return False


def dangling(kept: Sequence[Word], pack: Pack) -> bool:
    """Whether a group ends in an adjective without its noun, or in a joint or preposition."""
    if kept[-1].role is not Role.NOUN:
        return True
    return (
        is_adjective(kept[-1].text, pack)
        and not lexicon(pack).plural.search(kept[-1].text.lower())
        and not is_adjective(kept[-2].text, pack)
        and kept[-2].role is Role.NOUN
    )


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


def naming(word: Word, mention: tuple[int, int], pack: Pack) -> Word:
    """A word of a mention as a part of its name, whatever cue or small word it is elsewhere; verbs stay verbs."""
    inside = mention[0] <= word.start < mention[1]
    if not inside or word.role is not Role.BREAK or is_verb(word.text, False, pack):
        return word
    return replace(word, role=Role.NOUN)


def kazakh_whole(words: Sequence[Word], pack: Pack, mention: tuple[int, int]) -> tuple[int, int]:
    """The Kazakh group around a mention."""
    inside = [i for i, w in enumerate(words) if mention[0] <= w.start < mention[1]]
    verbal = False
    while inside and words[inside[-1]].role is Role.BREAK:
        inside.pop()
        verbal = True
    while verbal and inside and words[inside[-1]].case in OBLIQUE_CASES:
        inside.pop()
    if not inside:
        return (0, 0) if verbal else mention
    last = inside[-1]
    while words[last].case in ("gen", "nom"):
        further = owned_after(words, last, pack)
        if further < 0:
            break
        last = further
    first = inside[0]
    group = kazakh_group(words[: first + 1], first, pack)
    begin = group[0].start if words[first].role is Role.NOUN else words[first].start
    return min(begin, words[first].start), words[last].end


def owned_after(words: Sequence[Word], last: int, pack: Pack) -> int:
    """The place of the noun that a name belongs to ("[ЖІӨ-нің] нақты өсімі"), with an adjective between; -1: none."""
    for i in range(last + 1, min(last + 3, len(words))):
        word = words[i]
        if word.role is not Role.NOUN or word.apart:
            return -1
        if lexicon(pack).owned.search(word.text.lower()) and not is_adjective(word.text, pack):
            return i if word.case in ("nom", "gen", "acc") else -1
        if not is_adjective(word.text, pack):
            return -1
    return -1


def russian_whole(words: Sequence[Word], pack: Pack, mention: tuple[int, int]) -> tuple[int, int]:
    """The Russian group around a mention; (0, 0) for a verb with or without an adverbial ("на свет появилось")."""
    said = [w for w in words if mention[0] <= w.start < mention[1]]
    if said and said[-1].role is Role.BREAK and said[0].role is Role.PREPOSITION:
        return (0, 0)
    i = 0
    while i < len(words):
        if words[i].role is not Role.NOUN:
            i += 1
            continue
        group = russian_run(words, i, pack, counted=False)
        if not group:
            i += 1
            continue
        if group[0].start < mention[1] and mention[0] < group[-1].end:
            return span_of(group)
        i += len(group)
    return (0, 0) if said and all(w.role is Role.BREAK for w in said) else mention
