"""What a share is a share of, where its zone says it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import regex

from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.sentence import STATES, Evidence
from kztext.indicators import find_indicators
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, lexicon
from kztext.spans import Case, Cue, IndicatorMention
from kztext.subjects import left_group, right_group, stop_words

GAP = 14  # characters between a share and its whole: "42% его мировой добычи"
SIZES = frozenset({"gdp", "grp", "gnp"})  # what other sums are told in percent of
PEOPLE = frozenset({"labour", "population"})  # topics whose names in the genitive are wholes themselves
LAST_WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}-]*(?=\s*$)")


@cache
def attribute_ending(pack: Pack) -> regex.Pattern[str]:
    """How a word ends that may stand between a share and its whole: a preposition or an adjective."""
    return pack.compile(rf"^(?:{pack.table('endings')['attribute']})$", where=pack.source("endings"))


def read_wholes(seen: Evidence, draft: Draft) -> None:
    """What a share is a share of, where the zone says it."""
    quantity, zone = draft.quantity, draft.zone
    if quantity.unit != "percent":
        return
    left = [m for m in zone.mentions if m.end <= quantity.start]
    if seen.kk:
        structure = [c for c in draft.heads if c.kind == "structure"]
        toward = draft.has_head("share")
        for mention in left:
            case = seen.mention_case(mention)
            if (
                (
                    case == "loc_adj"
                    and (toward or not (draft.directions or told_of_move(seen, draft, mention)))
                )
                or ((toward or is_ratio_to(seen, mention)) and case == "dat")
                or (structure and 0 <= structure[-1].start - mention.end <= 2)
            ):
                set_whole(seen, draft, mention)
                if draft.mention is mention:
                    others = [m for m in left if m is not mention and not seen.is_oblique(m)]
                    draft.mention = others[-1] if others else None
        words = words_before(seen, draft) if draft.possessed else (0, 0)
        if words[1] > words[0] and is_former(seen, draft, words):
            draft.heads = [*draft.heads, Cue(start=words[0], end=words[1], kind="head", value="index")]
            draft.possessed = False
            return
        adjacent = words[1] > words[0]
        if adjacent and noun_case(seen.text(*words), seen.pack) == "gen":
            beside = [m for m in left if m.end == words[1]]
            if beside and beside[-1].indicator in seen.catalogue.wholes:
                set_whole(seen, draft, beside[-1])
            else:
                set_words(seen, draft, words)
            others = [m for m in left if m not in beside and not seen.is_oblique(m)]
            if draft.mention is None or draft.mention in left:  # "59 пайызы [газға қосылған]": told behind
                draft.mention = others[-1] if others else part_behind(seen, draft)
        qualified_whole(seen, draft)
        if draft.possessed and not draft.share_of:
            pointing = [c for c in zone.left_cues("anaphor") if quantity.outer_start - c.end <= 2]
            if pointing:
                draft.flags.append("part_of_before")
        return
    if draft.has_head("made_of") and not seen.kk:
        if draft.mention is not None:
            set_whole(seen, draft, draft.mention)
        return
    structure = [c for c in draft.heads if c.kind == "structure"]
    share = draft.has_head("share")
    for mention in left:
        inside = bool(structure) and 0 <= mention.start - structure[-1].end <= 2
        aside = seen.in_aside(mention, quantity)
        told = share or is_set_against(seen, mention)
        if inside or (told and seen.is_oblique(mention) and mention is not draft.mention and not aside):
            set_whole(seen, draft, mention)
            if inside and draft.mention is mention:
                others = [m for m in left if m is not mention]
                draft.mention = others[-1] if others else None
    people = draft.mention
    entry = seen.catalogue.indicators.get(people.indicator) if people is not None else None
    if share and people is not None and draft.share_mention is not None and entry is not None:
        where = draft.share_mention.start > people.end and people.indicator in seen.catalogue.wholes
        if (
            where and entry.topic in PEOPLE and entry.unit_class == "count"
        ):  # "доля занятых в сельском хозяйстве": of the employed
            set_whole(seen, draft, people)
            draft.part = True
    told = draft.mention is not None and (share or is_set_against(seen, draft.mention))
    if told and draft.mention is not None and seen.is_oblique(draft.mention):
        set_whole(seen, draft, draft.mention)
        draft.mention = None
    if not draft.share_of:
        whole_after(seen, draft)
    qualified_whole(seen, draft)
    if not draft.share_of and (
        any(c.start - quantity.end <= 3 for c in zone.right_cues("part")) or zone.left_cues("part")
    ):
        draft.flags.append("part_of_before")


def told_of_move(seen: Evidence, draft: Draft, mention: IndicatorMention) -> bool:
    """Whether a Kazakh name in the locative is no whole, for a rise, a fall or an index is told.

    "[егіншіліктегі] құлдырау 6,7%", "[өнеркәсіптегі] нақты көлем индексі 98%" are told of the name itself.
    """
    told = [c for c in (draft.growth, *draft.heads) if c is not None and c.start > mention.end]
    told = [c for c in told if c.kind == "direction" or (c.kind == "head" and c.value in ("index", "rate"))]
    if not told or draft.mention is not mention:
        return bool(told)
    between = seen.text(mention.end, told[0].start)
    for cue in draft.heads:
        if mention.end < cue.start < told[0].start and cue.value == "volume":
            between = between.replace(seen.text(cue.start, cue.end), " ")
    return all(is_adjective(word, seen.pack) for word in between.split())


def is_ratio_to(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a Kazakh percentage is told of what it is counted on: "ЖІӨ-ге шаққанда 24,6%"."""
    form = seen.pack.compile(rf"\s(?:{seen.pack.table('endings')['counted_on']})(?!\p{{L}})")
    return mention.indicator in SIZES and form.match(seen.text(mention.end, seen.sentence.end)) is not None


def is_set_against(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a Russian name is the size that other sums are told in percent of: "к [ВВП] долг снизился"."""
    toward = [c for c in seen.cues_of("prep") if c.value == "toward" and 0 <= mention.start - c.end <= 1]
    return mention.indicator in SIZES and bool(toward)


def is_former(seen: Evidence, draft: Draft, words: tuple[int, int]) -> bool:
    """Whether the words before a Kazakh percentage name what its thing once was: an index is told of it."""
    former = seen.pack.table("endings")["former"]
    said = seen.text(draft.zone.start, words[1])
    dated = (
        rf"(?:\s|^){former}$"
        if draft.base is not None
        else rf"{seen.pack.table('endings')['until']}\s{former}$"
    )
    return seen.pack.compile(dated).search(said) is not None


def part_behind(seen: Evidence, draft: Draft) -> IndicatorMention | None:
    """Kazakh: the part that is named behind the share that it makes of its whole.

    "өнімнің 62%-ы [егіншілікке] тиесілі", "экспорттың 60%-ын [мұнай] құрайды".
    """
    quantity, zone = draft.quantity, draft.zone
    behind = [m for m in zone.mentions if m.start >= quantity.end]
    if not behind or seen.crosses(quantity.outer_end, behind[0].start):
        return None
    part, case = behind[0], seen.mention_case(behind[0])
    whole = seen.measures(draft.share_of)
    if whole and seen.measures(part.indicator) not in (whole, "percent"):
        return None  # "сүттің 85%-ы жеке [шаруашылықтарға] тиесілі"
    end = behind[1].start if len(behind) > 1 else zone.end
    falls = [c for c in zone.right_cues("fall_on") if part.end <= c.start <= end]
    near = bool(falls) and len(seen.text(part.end, falls[0].start).split()) <= 1
    if case in ("dat", "gen", "nom") and near:
        return part
    closes = seen.text(part.end, seen.sentence.end).lstrip(" ,.;!)»")[:1] == ""
    closes = closes or seen.text(part.end, part.end + 1) in (",", ";", ".", "(")
    makes = quantity.case is Case.ACC or (closes and "weak" not in part.flags)
    return part if case == "nom" and makes else None


def whole_after(seen: Evidence, draft: Draft) -> None:
    """Russian: the whole that stands after the number ("5% ВВП", "четверть импорта", "25% к ВВП")."""
    quantity, zone = draft.quantity, draft.zone
    right = [m for m in zone.mentions if m.start >= quantity.end]
    attributes = attribute_ending(seen.pack)
    lead = seen.text(quantity.outer_end, right[0].start).split() if right else []
    if not right or not all(attributes.search(word.lower()) for word in lead):
        words_after(seen, draft)
        return
    between = seen.text(quantity.outer_end, right[0].start)
    cues = [c for c in zone.cues if quantity.end <= c.start < right[0].start and c.kind != "prep"]
    nominative = seen.pack.compile(rf"^\p{{L}}*(?:{seen.pack.table('endings')['nominative']})(?!\p{{L}})")
    if nominative.search(seen.text(right[0].start, right[0].end)):
        return  # "при инфляции 8,6% реальные доходы выросли": what stands behind is another subject
    accusative = seen.pack.compile(seen.pack.table("endings")["accusative"])
    if not lead and accusative.search(seen.text(right[0].start, right[0].end)):
        return  # "при росте инфляции до 9% ставку поднимут"
    if not cues and len(between.split()) <= 2 and not seen.crosses(quantity.outer_end, right[0].start):
        set_whole(seen, draft, right[0])
        if draft.mention is right[0]:
            draft.mention = None


def words_before(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The noun group directly before a quantity, at least its last word; (0, 0) where there is none."""
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    lead = seen.text(draft.zone.start, begin)
    word = LAST_WORD.search(lead)
    while word is not None and word[0].lower() in lexicon(seen.pack).focus:
        lead = lead[: word.start()]  # "ЖІӨ-нің небәрі 12 пайызы"
        word = LAST_WORD.search(lead)
    if word is None or word[0].lower() in stop_words(seen.pack):
        return (0, 0)
    end = draft.zone.start + word.end()
    if any(c.kind == "anaphor" and c.start < end <= c.end for c in seen.cues):
        return (0, 0)
    group = left_group(seen.sentence, draft.zone, seen.pack)
    return group if group[1] == end else (draft.zone.start + word.start(), end)


def group_whole(seen: Evidence, draft: Draft) -> None:
    """ "среди выпускников 71% …", "4% от всех продаж": the whole named as a group."""
    if draft.share_of or draft.quantity.unit != "percent":
        return
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    table = seen.pack.table("endings")
    left = seen.pack.compile(table["among"]).search(seen.text(draft.zone.start, begin))
    right = seen.pack.compile(table["of_whole"]).search(seen.text(draft.quantity.outer_end, draft.zone.end))
    if seen.kk and any(c.kind == "direction" and c.start >= draft.quantity.end for c in seen.cues):
        return  # "тауарлар арасында картоп 15,5%-ға қымбаттады": not a part of them, the dearest
    if seen.kk and any(seen.cues_of("extreme")):
        return  # "өңірлер арасында инфляция ең жоғары болған жер": the highest of them
    found, offset = (left, draft.zone.start) if left else (right, draft.quantity.outer_end)
    if found is None or found["whole"].split()[-1].lower() in stop_words(seen.pack):
        return  # "треть из них"
    start = offset + found.start("whole")
    end = start + len(found["whole"])
    inside = [m for m in draft.zone.mentions if m.start <= start and end <= m.end]
    if inside and seen.is_rate(inside[0].indicator):
        return  # "безработица среди молодёжи": a rate by its name
    if inside and inside[0].indicator in seen.catalogue.wholes:
        set_whole(seen, draft, inside[0])
    else:
        set_words(seen, draft, (start, end))
    if draft.mention is not None and inside and draft.mention is inside[0]:
        draft.mention = None


def qualified_whole(seen: Evidence, draft: Draft) -> None:
    """ "доля пассажиров, довольных сервисом", "кешіккен рейстер үлесі": the qualified noun is it."""
    group_whole(seen, draft)
    heads = [h for h in draft.heads if h.kind == "head" and h.value == "share"]
    if not heads or draft.share_of or draft.quantity.unit != "percent":
        return
    table = seen.pack.table("endings")
    inner = seen.pack.compile(table["inner_whole"]).search(
        seen.text(draft.zone.start, min(draft.quantity.outer_start, draft.quantity.start))
    )
    if inner is not None and not any(
        m.end == draft.zone.start + inner.end("whole") for m in draft.zone.mentions
    ):
        begin = draft.zone.start + inner.start("whole")
        owner = [m for m in draft.zone.mentions if m.end == begin - 1 and seen.mention_case(m) == "gen"]
        if owner and lexicon(seen.pack).plain.fullmatch(inner["whole"].split()[-1].lower()):
            set_whole(seen, draft, owner[-1])  # "өнеркәсіп өндірісінің [жалпы көлеміндегі] үлесі"
            return
        name_whole(seen, draft, (begin, begin + len(inner["whole"])))
        return
    pattern = seen.pack.compile(table["qualified"])
    start, end = draft.zone.start, min(draft.quantity.outer_start, draft.quantity.start)
    for match in pattern.finditer(seen.sentence.text, start - seen.sentence.start, end - seen.sentence.start):
        at = match.start("whole") + seen.sentence.start
        words = (at, at + len(match["whole"]))
        timed = any(p.start <= match.start() + seen.sentence.start < p.end for p in seen.periods)
        verbs = [
            c for c in draft.zone.cues if c.kind in ("direction", "level", "pace") and "noun" not in c.flags
        ]
        moves = any(words[0] <= c.start < words[1] for c in verbs)  # "доля займов поднялась с 2,9%"
        if timed or moves or match["whole"].lower() in stop_words(seen.pack):
            continue
        inside = [m for m in draft.zone.mentions if m.start <= words[0] and words[1] <= m.end]
        if inside and inside[0].indicator in seen.catalogue.wholes and inside[0].end == words[1]:
            set_whole(seen, draft, inside[0])
        else:
            name_whole(seen, draft, words)
        return


def words_after(seen: Evidence, draft: Draft) -> None:
    """Russian: "72% респондентов": the noun directly behind a percentage is its whole."""
    quantity = draft.quantity
    if draft.marker == "to" or draft.growth is not None or draft.directions or draft.compared or draft.pace:
        return
    words = right_group(seen.sentence, draft.zone, seen.pack)
    if words[1] > words[0] and words[0] - quantity.outer_end <= GAP:
        verbal = seen.pack.compile(rf"(?:{seen.pack.table('endings')['plural_verb']})$")
        if not verbal.search(seen.text(*words).split()[0].lower()):
            set_words(seen, draft, words)


def set_whole(seen: Evidence, draft: Draft, mention: IndicatorMention) -> None:
    """Make a mention the whole of a share: by an id of the contract, else in the text's own words."""
    draft.share_mention = mention
    own = draft.mention  # "табысының 3%-ын салыққа төлейді": no rate of itself
    itself = own is not None and own.rule == STATES and own.indicator == mention.indicator
    if mention.indicator in seen.catalogue.wholes and not itself:
        draft.share_of = mention.indicator
    else:
        draft.share_of = " ".join(seen.text(mention.start, mention.end).split())
        draft.whole_span = (mention.start, mention.end)


def name_whole(seen: Evidence, draft: Draft, words: tuple[int, int]) -> None:
    """Make words the whole of a share: by the id that they name in full by themselves, else as they stand."""
    draft.share_of = seen.text(*words)
    draft.whole_span = words
    alone = replace(seen.sentence, start=0, end=len(draft.share_of), text=draft.share_of)
    named = [m for m in find_indicators(alone, seen.pack) if m.end == alone.end]
    if named and named[0].indicator in seen.catalogue.wholes:
        lead = draft.share_of[: named[0].start].split()
        if all(is_adjective(word, seen.pack) for word in lead) and "narrowed" not in named[0].flags:
            draft.share_of, draft.whole_span = named[0].indicator, (0, 0)


def set_words(seen: Evidence, draft: Draft, words: tuple[int, int]) -> None:
    """Make words that name no indicator the whole of a share."""
    draft.share_of = " ".join(seen.text(*words).split())
    draft.whole_words = draft.whole_span = words
