"""The words that name what a number measures."""

from __future__ import annotations

import itertools

from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.asides import apposed
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.evidence.telling import told_by_verb
from kztext.groups import kazakh_right, russian_groups
from kztext.nouns import Role, is_adjective, is_verb, lexicon, span_of, words_between
from kztext.spans import Approximation, Case, IndicatorMention, is_money
from kztext.subjects import (
    aim_group,
    counted_noun,
    left_group,
    nearer_group,
    noun_group,
    right_group,
    stop_words,
    telling_mark,
    whole_group,
)

ADAM = 8  # letters of a noun for people in a case ("адамға")


def name_subjects(seen: Evidence, drafts: list[Draft]) -> None:
    """Where no catalogued indicator stands in a zone, take the noun group as the subject."""
    for draft in drafts:
        if moved_it(seen, draft):
            draft.mention, draft.subject = None, (0, 0)
            continue
        if draft.mention is not None:
            draft.subject = beside(seen, draft) or extended(seen, draft)
        if draft.mention is None or draft.subject == (0, 0):
            told = told_by_verb(seen, draft)
            found = told if told[1] > told[0] else group_of(seen, draft)
            group = found if found == told else named(seen, found)
            if draft.predicated and group[1] and chained_people(seen, drafts, draft, group):
                group = (0, 0)
            draft.local = found if group == (0, 0) and stands_for(seen, found) else (0, 0)
            whole = draft.share_mention
            taken = group == draft.whole_words or (
                whole is not None and group[0] < whole.end and whole.start < group[1]
            )
            if taken and group == draft.whole_words and names_whole(seen, draft):
                taken = False
            draft.subject = (0, 0) if taken else group
            if draft.mention is not None and draft.subject == (0, 0):
                draft.subject = (draft.mention.start, draft.mention.end)
    restated(seen, drafts)


def moved_it(seen: Evidence, draft: Draft) -> bool:
    """Whether something that is no subject moves what was told before: "дағдарыс оны 1,9% кемітті"."""
    moves = [c for c in draft.directions if "transitive" in c.flags]
    form = seen.pack.compile(seen.pack.table("endings")["object_pronoun"], where=seen.pack.source("endings"))
    lead = seen.text(draft.zone.start, min(draft.quantity.outer_start, draft.quantity.start))
    return bool(moves) and draft.quantity.unit in RATIO_UNITS and form.search(lead) is not None


def chained_people(seen: Evidence, drafts: list[Draft], draft: Draft, group: tuple[int, int]) -> bool:
    """Whether "человек" alone counts what was named before ("безработных стало меньше: 275 человек")."""
    said, people = seen.text(*group).lower(), lexicon(seen.pack).people
    bare = said in people or (seen.kk and said.startswith(tuple(people)) and len(said) <= ADAM)
    before = [d for d in drafts if d.quantity.end <= draft.quantity.start]
    return bare and any(d.mention is not None or d.subject[1] > 0 for d in before)


def restated(seen: Evidence, drafts: list[Draft]) -> None:
    """A number that a bracket says another way is of the same thing ("почти треть (32%) [заняты]")."""
    for draft, after in itertools.pairwise(drafts):
        between = seen.text(draft.quantity.outer_end, after.quantity.outer_start)
        if draft.subject == (0, 0) and between.strip().endswith("("):
            draft.subject = after.subject
            draft.mention = draft.mention or after.mention


def names_whole(seen: Evidence, draft: Draft) -> bool:
    """Whether nothing but the whole of a share is named ("қалдықтың үштен бірі өңделеді")."""
    lead = seen.text(draft.zone.start, draft.whole_words[0]).rstrip()
    return draft.possessed and draft.quantity.case is Case.NOM and not lead.endswith(("–", "—", "-"))


def beside(seen: Evidence, draft: Draft) -> tuple[int, int] | None:
    """The noun group that is the subject although an indicator is named.

    Where the indicator is a complement ("тасымалы жолмен 5 млн тонна жүк", "из бюджета на ремонт") or
    stands behind a figure that a dash tells of something else ("вместимость – 9460 мест").
    """
    mention, zone, quantity = draft.mention, draft.zone, draft.quantity
    if mention is None:
        return None
    if "told" in mention.flags:
        found = told_by_verb(seen, draft)
        group = found if found[1] > found[0] else named(seen, group_of(seen, draft))
        return group if group[1] > group[0] else None
    if not seen.kk and mention.end <= quantity.start and tells(seen, mention):
        return draft.counted if draft.counted[1] > draft.counted[0] else None
    told = told_by_verb(seen, draft) if not seen.kk and mention.end <= quantity.start else (0, 0)
    if told[1] > told[0]:
        within = (told[0] < mention.end and mention.start < told[1]) or tells(seen, mention)
        if seen.is_oblique(mention) or (not within and seen.measures(mention.indicator) == "count"):
            draft.mention = None
        return told
    if not seen.kk and apposed(seen, mention, quantity):
        return None
    if not seen.kk and mention.end <= quantity.start and seen.is_oblique(mention) and not draft.share_of:
        direct = named(seen, left_group(seen.sentence, zone, seen.pack, direct=True))
        if draft.level is not None and draft.level.value == "exceed" and quantity.unit in RATIO_UNITS:
            return None  # "по ВРП на душу Атырау опережает Туркестан в 8 раз"
        if direct[1] > direct[0] and not (direct[0] < mention.end and mention.start < direct[1]):
            if not only_wares(seen, draft, direct):
                draft.mention = None  # "объём продаж с начала акции перевалил за 30 млрд"
            return direct
    moved = object_of(seen, draft)
    if moved[1] > moved[0]:
        draft.mention = None
        return moved
    if mention.end <= quantity.start:
        group = named(seen, nearer_group(seen.sentence, zone, seen.pack, (mention.start, mention.end)))
        if group[1] > group[0]:
            return group
    if quantity.unit in RATIO_UNITS:
        return None
    group = (0, 0)
    said = draft.predicated or draft.told or draft.marker or draft.growth is not None or draft.heads
    if seen.kk and draft.counted != (0, 0) and counts_another(seen, draft):
        draft.mention = None
        return draft.counted
    if mention.end <= quantity.start and draft.counted != (0, 0) and not said:
        group = draft.counted  # "больницы приняли 45 пациентов"
        pieces = seen.text(*group).lower() in lexicon(seen.pack).counters  # "коров в стране 8 млн голов"
        another = seen.measures(mention.indicator) == "count" and not tells(seen, mention)
        if not seen.kk and another and not pieces:
            draft.mention = None
        group = (0, 0) if pieces and not seen.kk else group
    elif mention.end <= quantity.start and seen.is_oblique(mention) and not draft.marker:
        if not seen.kk and seen.measures(mention.indicator) == "count":
            draft.mention = None  # "на предприятии собрано 33 тысячи машин"
        group = right_group(seen.sentence, zone, seen.pack)
        if group == (0, 0):
            group = told_by_verb(seen, draft)
        if group == (0, 0):
            group = counted_noun(seen.sentence, zone, seen.pack)
        if group == (0, 0) and quantity.unit.isupper():
            group = aim_group(seen.sentence, zone, seen.pack)
        whose = quantity.case is Case.GEN  # "саудада 3 млрд теңгенің тауары": the thing is of the mention's
        whose = whose or (group[0] < mention.end and mention.start < group[1])  # "[пайыз төлеуге] 640 млрд"
        by = seen.mention_case(mention) == "ins" and seen.text(*group).lower() in lexicon(seen.pack).people
        # "балабақшаларда 1 млн бала": the mention is where; "ұшақпен 15 млн адам ұшты": by what they went
        if seen.kk and not whose and not by and named(seen, group) != (0, 0):
            draft.mention = None
    elif mention.start >= quantity.end and telling_mark(seen.sentence, zone):
        group = left_group(seen.sentence, zone, seen.pack, direct=True)
    group = named(seen, group)
    return group if group[1] > group[0] else None


def only_wares(seen: Evidence, draft: Draft, group: tuple[int, int]) -> bool:
    """Whether money is told of wares without a name: "в металлургии выпущено товаров на 9 трлн"."""
    if draft.mention is None or not is_money(draft.quantity.unit):
        return False
    wares = seen.pack.compile(seen.pack.table("subjects")["wares"])
    if seen.measures(draft.mention.indicator) != "money":
        return False
    return wares.fullmatch(seen.text(*group)) is not None


def tells(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a name tells by a verb what is counted behind it: "родилось 365 тысяч детей"."""
    words = seen.text(mention.start, mention.end).split()
    return "weak" not in mention.flags and any(is_verb(word, False, seen.pack) for word in words)


def counts_another(seen: Evidence, draft: Draft) -> bool:
    """Whether a Kazakh number counts a noun that is not the thing named before it.

    A noun in the locative says where ("инфляция 18 өңірде жеделдеді"), one in its plain case is itself what
    is told of, unless the name before it ends in "саны".
    """
    mention, quantity = draft.mention, draft.quantity
    if mention is None or mention.end > quantity.start or draft.counted[0] < quantity.end:
        return False
    case = noun_case(seen.text(*draft.counted), seen.pack)
    if case == "loc":
        return True
    headed = draft.has_head("number", "volume", "share") or draft.role or draft.compared
    if case != "nom" or headed or draft.marker or telling_mark(seen.sentence, draft.zone):
        return False
    held = draft.counted[0] < mention.end and mention.start < draft.counted[1]
    return not held


def behind_comparative(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The noun group in its plain case directly behind the comparative, (0, 0) where there is none."""
    more = [c for c in draft.zone.right_cues("comparison") if c.start - draft.quantity.outer_end <= 3]
    if not more:
        return (0, 0)
    words = words_between(
        seen.sentence, more[0].end, draft.zone.end, draft.zone.cues, draft.zone.periods, seen.pack
    )
    if not words or words[0].apart or words[0].role is not Role.NOUN:
        return (0, 0)
    group = kazakh_right(words, seen.pack, loose=False, counting=False)
    return span_of(group) if group and group[-1].case in ("nom", "acc") else (0, 0)


def object_of(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """Russian: what a verb behind the mention moves ("лекарство уменьшает [опухоли] на 67%")."""
    mention, quantity = draft.mention, draft.quantity
    moves = [c for c in draft.directions if "transitive" in c.flags and c.end <= quantity.start]
    if seen.kk or mention is None or not moves or mention.end > moves[0].start:
        return (0, 0)
    if draft.marker not in ("by", "to") and quantity.unit != "times":
        return (0, 0)
    end = min(quantity.outer_start, quantity.start)
    words = words_between(seen.sentence, moves[0].end, end, draft.zone.cues, draft.zone.periods, seen.pack)
    direct = [group for group, oblique in russian_groups(words, seen.pack) if not oblique]
    return named(seen, span_of(direct[0])) if direct and words[0] is direct[0][0] else (0, 0)


def group_of(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The noun group that the quantity of a draft is about."""
    if seen.kk and draft.compared and draft.quantity.unit in RATIO_UNITS:  # "1,5 есе көп қаржы бөлінді"
        after = behind_comparative(seen, draft)
        if after[1] > after[0]:
            return after
    preposed = not seen.kk and draft.marker in ("by", "to", "from")
    limit = draft.quantity.approximation is Approximation.AT_MOST and not draft.directions
    moved = draft.directions or draft.growth is not None or draft.pace or draft.compared or draft.role
    idle = draft.marker == "by" and not moved  # "выходят на 15 маршрутов"
    if draft.counted != (0, 0) and (draft.marker == "from" or limit or idle):
        preposed = False  # "сеть с более чем 5 млн пользователей", "концерт собрал до 500 тысяч зрителей"
    group = noun_group(seen.sentence, draft.zone, seen.pack, possessed=draft.possessed, preposed=preposed)
    return (0, 0) if seen.holds_other(group, draft.zone) else group  # another number in words


def named(seen: Evidence, group: tuple[int, int]) -> tuple[int, int]:
    """A noun group that names something; one of head nouns alone ("оның өсімі", "ИФО") does not."""
    rest = list(seen.text(*group))
    empty = (
        "head",
        "degree",
        "direction",
        "total",
        "average",
        "aggregation",
        "basis",
        "anaphor",
        "generic",
        "and",
        "part",
        "extreme",
    )
    for cue in seen.cues:
        if cue.kind in empty:
            for at in range(max(cue.start, group[0]), min(cue.end, group[1])):
                rest[at - group[0]] = " "
    for place in seen.places:
        if seen.is_setting(place):
            for at in range(max(place.start, group[0]), min(place.end, group[1])):
                rest[at - group[0]] = " "
    least = 2 if seen.kk else 3  # letters: "үй", "ет"
    words = [w for w in "".join(rest).split() if len(w) >= least and w.lower() not in stop_words(seen.pack)]
    known = lexicon(seen.pack)
    grows = any(c.kind == "direction" and group[0] <= c.start < group[1] for c in seen.cues)
    words = [w for w in words if not (grows and known.paced.search(w.lower()))]  # "годовой прирост"
    timely = all(known.ordering.search(w.lower()) for w in words)
    if not seen.kk and any(0 <= p.start - group[1] <= 1 for p in seen.periods):
        timely = timely or all(is_adjective(w, seen.pack) for w in words)  # "дождливый 2023 год дал"
    return (0, 0) if timely else group


def stands_for(seen: Evidence, group: tuple[int, int]) -> bool:
    """Whether head nouns alone stand for a thing named before ("ИФО", "накопленный прирост"), no pronoun."""
    inside = [c for c in seen.cues if group[0] <= c.start < group[1]]
    return any(c.kind in ("head", "direction") for c in inside)


def extended(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The mention with the head nouns that belong to it ("ЖIӨ-нiң жиынтық өсiмi", "Рост ВВП")."""
    mention = draft.mention
    if mention is None:
        return (0, 0)
    start, end = mention.start, mention.end
    for cue in [draft.growth, *draft.heads]:
        if cue is None or cue.kind not in ("head", "direction") or cue.value == "degree":
            continue
        if (
            seen.kk
            and 0 <= cue.start - end <= 25
            and not seen.crosses(end, cue.start)
            and cue.end <= draft.quantity.start
        ):
            end = max(end, cue.end)
        elif not seen.kk and 0 <= start - cue.end <= 25 and not seen.crosses(cue.end, start):
            start = min(start, cue.start)
    return whole_group(seen.sentence, draft.zone, seen.pack, (start, end))
