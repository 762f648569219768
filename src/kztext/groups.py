"""Noun groups: runs of words that together name a thing.

Kazakh groups are read leftwards from their last word (modifiers, owners, participles with their complements),
Russian ones rightwards from their first (adjectives, noun, genitives, and phrases that a preposition joins).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
)

MOST_WORDS = 9
Group = list[Word]


def kazakh_groups(words: Sequence[Word], pack: Pack) -> list[tuple[Group, bool]]:
    """The noun groups of a stretch, in text order, and whether each is an oblique complement."""
    groups: list[tuple[Group, bool]] = []
    i = len(words) - 1
    while i >= 0:
        if words[i].role is not Role.NOUN or words[i].text.lower() in lexicon(pack).hinges:
            i -= 1
            continue
        group, at = kazakh_group(words, i, pack), i + 1
        i -= len(group)
        while group and group[0].text.lower() in lexicon(pack).hinges:
            group = group[1:]
        if group and not all(len(w.text) < 2 and not ABBREVIATION.fullmatch(w.text) for w in group):
            aside = at < len(words) and not words[at].apart
            aside = aside and lexicon(pack).compound.search(words[at].text.lower()) is not None
            groups.append((group, aside or group[-1].case in OBLIQUE_CASES))
    return groups[::-1]


def kazakh_group(words: Sequence[Word], last: int, pack: Pack, head: Word | None = None) -> Group:
    """The Kazakh group that ends at a word: modifiers, owners and participles with their complements.

    `head`: the noun at the end of a name that the word begins.
    """
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
        if parts_from(before, first, head or group[-1], pack):
            break
        if is_many(before, pack) and not known.owned.search(group[-1].text.lower()):
            break  # "кәсіпорындар | фармацевтикалық өнімдер": several of them, no attribute
        if before.case in (*OBLIQUE_CASES, "acc") and not is_adjective(before.text, pack):
            lowered = first.text.lower()
            if not known.governed.search(lowered) or (first is words[last] and is_participle(first, pack)):
                break
            if before.case == "loc" and not known.relative.search(lowered):
                break
        group.insert(0, before)
        i -= 1
    return group


def parts_from(before: Word, first: Word, last: Word, pack: Pack) -> bool:
    """Whether a bare noun before an adjective stands apart: "көкөніс | жылдық динамикада".

    Before a possessed noun it may be the owner: "қала жылдық бюджеті".
    """
    lowered = before.text.lower()
    if before.case != "nom" or is_adjective(before.text, pack) or not is_adjective(first.text, pack):
        return False
    if first.case == "loc_adj":  # "энергия теңгеріміндегі үлес"
        return False
    known = lexicon(pack)
    plain = known.participle.search(lowered) is None and ABBREVIATION.fullmatch(before.text) is None
    plain = plain and lowered not in known.inside and last is not first
    owned = known.owned.search(last.text.lower()) is not None
    if last.case == "acc":  # "банк | базалық мөлшерлемені", but "банк өтімділік деңгейін"
        owned = owned and known.object.search(last.text.lower()) is not None
    return plain and not owned


def is_many(word: Word, pack: Pack) -> bool:
    """Whether a Kazakh word is a plural in its plain case, which stands before none but a possessed noun."""
    return word.case == "nom" and lexicon(pack).plural.search(word.text.lower()) is not None


def kazakh_right(words: Sequence[Word], pack: Pack, *, loose: bool, counting: bool) -> Group:
    """The group that begins behind a Kazakh number: up to its verb, and no complement of that verb."""
    known = lexicon(pack)
    kept: Group = []
    for i, word in enumerate(words[:MOST_WORDS]):
        after = words[i + 1] if i + 1 < len(words) else None
        joined = word.role is Role.JOINT and after is not None and after.role is Role.NOUN and not after.apart
        if joined and after is not None and after.text.istitle() and not words[0].text.istitle():
            break  # "2 станция және | Қарағанды облысында …"
        if (i and word.apart) or (word.role is not Role.NOUN and not (joined and kept)):
            break
        lowered = word.text.lower()
        if kept and lowered in known.hinges and not loose and kept[-1].case not in OBLIQUE_CASES:
            break
        owner = known.owned.search(lowered) is not None and not is_adjective(word.text, pack)
        if kept and kept[-1].text.lower() in known.persons and not owner:
            break
        if kept and word.role is Role.NOUN and closes(kept[-1], pack) and not known.owned.search(lowered):
            break  # "экипаж мүшесі | қайтыс болды"
        oblique = word.case in OBLIQUE_CASES and not is_adjective(word.text, pack) and word.role is Role.NOUN
        if oblique and kept and not loose:
            bound = is_adjective(kept[-1].text, pack) or known.owned.search(lowered) is not None
            if not bound or kept[-1].case in OBLIQUE_CASES:
                break
        kept.append(word)
        if (oblique or word.case == "acc") and not loose:
            if after is None or after.apart or after.role is not Role.NOUN:
                break
            if word.case == "acc" and after.case == "dat":  # "аумақты | пайдалануға беру"
                break
            following = after.text.lower()
            attributive = word.case == "acc" and (
                all(is_adjective(w.text, pack) for w in kept) or known.owned.search(following) is not None
            )
            if not (
                attributive
                or (known.governed.search(following) and (not counting or following in known.hinges))
            ):
                break
        if counting and word.case == "gen":  # "37 мың қызметкердің айлығы" counts the people
            break
    at = len(kept)
    cut = at < len(words) and not words[at].apart and words[at].role is Role.NOUN
    bare = all(w.case == "nom" and is_adjective(w.text, pack) for w in kept)
    if kept and cut and not loose and bare:
        return []  # "9,7 ц/га бастапқы | салмақта"
    aside = at < len(words) and not words[at].apart and not loose and not counting
    if kept and aside and known.compound.search(words[at].text.lower()):  # "бюджет есебінен"
        return []
    while kept and (
        kept[-1].role is Role.JOINT or is_participle(kept[-1], pack) or kept[-1].text.lower() in known.hinges
    ):
        kept.pop()
    return kept


def closes(word: Word, pack: Pack) -> bool:
    """Whether a word is a possessed noun in its plain case: a Kazakh group of its own ("су құбыры")."""
    lowered = word.text.lower()
    plain = word.case == "nom" and word.role is Role.NOUN and not is_adjective(word.text, pack)
    plain = plain and lexicon(pack).participle.search(lowered) is None
    return plain and len(lowered) > 4 and lexicon(pack).owned.search(lowered) is not None


def is_participle(word: Word, pack: Pack) -> bool:
    """Whether a group's last word is a participle, so that it is no noun ("… өткізілген")."""
    lowered = word.text.lower()
    return participle(pack).search(lowered) is not None and lexicon(pack).nouns.search(lowered) is None


def russian_groups(words: Sequence[Word], pack: Pack) -> list[tuple[Group, bool]]:
    """The noun groups of a stretch, in text order, and whether a preposition or ending makes each oblique."""
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
        if lowered in known.extents or known.marks.search(lowered):
            preposition = ""
            continue
        last = group[-1]
        if preposition and len(group) > 2 and known.compound.search(lowered) and last.text.isupper():
            groups.append(([last], False))  # "за счёт динамики капитала | ОДП вырос"
            preposition = ""
            continue
        if preposition and (known.settings.search(lowered) or known.compound.search(lowered)):
            preposition = ""
            continue
        ending = known.oblique.search(group[0].text.lower()) is not None
        if groups and completes(groups[-1][0], group, words[i - len(group) - 1], pack):
            groups[-1][0].extend(group)
            continue
        lead = words[i - len(group) - 1] if i > len(group) else word
        opened = word.apart or (lead.apart and lead.role is Role.BREAK and not lead.text.istitle())
        first = next((w for w in group if not known.adverbial.search(w.text.lower())), word)
        if (groups or word.apart) and opened and participle(pack).search(first.text.lower()):
            preposition = ""
            while i < len(words) and not words[i].apart and any(w.apart for w in words[i:]):
                i += 1  # "площадь, занятая под сады и огороды, …"
            continue
        entry = (group, bool(preposition) or ending)
        (aims if preposition in known.aims else groups).append(entry)
        preposition = ""
    direct = [entry for entry in groups if not entry[1]]
    if aims and not direct:
        return [*groups, *aims]
    return [*aims, *groups]


def completes(before: Group, group: Group, previous: Word, pack: Pack) -> bool:
    """Whether a group behind a comma qualifies the one before it ("пассажиров, довольных сервисом")."""
    known = lexicon(pack)
    if len(group) < 2 or previous is not before[-1] or not is_adjective(group[0].text, pack):
        return False
    agrees = known.plural.search(group[0].text.lower()) is not None
    return agrees and known.instrument.search(group[1].text.lower()) is not None


def russian_run(words: Sequence[Word], first: int, pack: Pack, *, counted: bool) -> Group:
    """The Russian group that begins at a word.

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
            after = words[i + 1] if i + 1 < len(words) and not words[i + 1].apart else None
            split = after is not None and is_adjective(after.text, pack)  # "средне месячной", "не налоговых"
            ends = named and not counted and not adjective and not split
            leads = adjective and named and not counted and known.nominative.search(lowered) is not None
            if leads and word.text.islower() and not is_adjective(kept[-1].text, pack):
                break  # "торговли | удельный вес"
            if not fits or (ends and starts_anew(kept, word, pack)):
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
    while named and len(kept) > 1 and (dangling(kept, pack) or kept[-1].text.lower() in known.extents):
        kept.pop()
    return kept


def starts_anew(kept: Sequence[Word], word: Word, pack: Pack) -> bool:
    """Whether a noun behind another can be no genitive of it, nor what a verbal noun governs.

    "обстановки | бюджетом", but "снабжение домов теплом".
    """
    known = lexicon(pack)
    lowered = word.text.lower()
    if not word.text.islower() or is_adjective(kept[-1].text, pack) or not known.alien.search(lowered):
        return False
    ruled = known.instrumental.search(lowered) is not None
    return not (ruled and any(known.governing.search(w.text.lower()) for w in kept))


def continues(before: Word, word: Word, pack: Pack) -> bool:
    """Whether a word can belong to the counted noun before it: a genitive, or a noun behind its adjective."""
    if is_adjective(before.text, pack) or ABBREVIATION.fullmatch(word.text):
        return True
    known = lexicon(pack)
    lowered = word.text.lower()
    return known.governed.search(lowered) is not None and not known.oblique.search(lowered)


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


def naming(word: Word, mention: tuple[int, int], pack: Pack) -> Word:
    """A word of a mention as a part of its name, whatever cue it is elsewhere; verbs stay verbs."""
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
    group = kazakh_group(words[: first + 1], first, pack, words[inside[-1]])
    while len(group) > 1 and group[0].text.lower() in lexicon(pack).hinges:
        group = group[1:]
    begin = group[0].start if words[first].role is Role.NOUN else words[first].start
    return min(begin, words[first].start), words[last].end


def owned_after(words: Sequence[Word], last: int, pack: Pack) -> int:
    """The place of the noun that a name belongs to ("[ЖІӨ-нің] нақты өсімі"); -1: none."""
    if words[last].case == "nom" and words[last].text.lower() in lexicon(pack).persons:
        return -1  # "10 жетім бала | жаңа үйіне кірді"
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
    """The Russian group around a mention; (0, 0) for a verb, with an adverbial or without."""
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
        i += len(group)
        if group[0].start < mention[1] and mention[0] < group[-1].end:
            more = russian_run(words, i, pack, counted=False) if i < len(words) else []
            if more and completes(group, more, words[i - 1], pack):
                group = [*group, *more]
            return span_of(group)
    return (0, 0) if said and all(w.role is Role.BREAK for w in said) else mention
