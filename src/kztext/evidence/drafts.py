"""What a number's own zone says of it: its thing, its predicate, its period, what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.catalogue import wholes_of
from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.behind import those_who, told_behind
from kztext.evidence.sentence import RATIO_UNITS, Evidence, free_or_dative, own_case
from kztext.evidence.wholes import read_wholes
from kztext.modality import past, tells_of_goal
from kztext.nouns import is_adjective, is_verb, lexicon, participle, words_between
from kztext.spans import Approximation, Case, Cue, IndicatorMention, NumberKind, Period, PeriodKind, Quantity
from kztext.subjects import left_group, right_group, stop_words, telling_mark
from kztext.zones import Zone

LIST_ENDS = regex.compile(r"[;()]|\.\s")
HARVEST = ("_harvest", "_output")
NEXT_WORD = regex.compile(r"\s*(?P<word>\p{L}+)")
OF_WHOLE = regex.compile(r"\s(?P<first>\p{L}+)(?:\s\p{L}+){0,3}\s[–—-]\s")  # "каждый третий [житель – ]"
TELLING = 10  # a bare number from here on can be a figure without a noun or a verb beside it
INDEX_FROM = 50  # a percentage of a former time from here on is an index
INDEX_BASE = 80  # a percentage of a former level below this is more likely a share
DEGREE = 4  # characters between "исполнен" and "на 98%"
THAN = 9  # characters between a comparative and what it compares with: "больше, чем в 2023 году"
HEAVY = 100  # tonnes that no hectare yields
GAP = 14  # characters between a number and its noun: "431 такое преступление"
HEADS = frozenset(
    {"head", "ratio", "degree", "structure", "aggregation", "average", "basis", "yearly", "part", "total"}
)
COUNTING = frozenset({NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.INDEFINITE})


def read_draft(seen: Evidence, index: int) -> Draft:
    """Read one zone by itself."""
    zone = seen.zones[index]
    quantity = zone.quantity
    draft = Draft(zone=zone, marker=seen.markers[index])
    near_left = [c for c in zone.cues if c.end <= quantity.start and not seen.breaks(c.end, quantity.start)]
    near_right = [c for c in zone.cues if c.start >= quantity.end and not seen.breaks(quantity.end, c.start)]
    draft.heads = [c for c in near_left if c.kind in HEADS]
    draft.heads += [c for c in seen.cues_of("degree") if 0 < quantity.outer_start - c.end <= DEGREE]
    draft.heads += [c for c in near_right if c.kind in ("fall_on", "average", "yearly", "basis")]
    nigh = quantity.outer_start - 2 if seen.kk else 0  # Kazakh "тиесілі" before a noun only describes it
    draft.heads += [c for c in near_left if c.kind == "fall_on" and c.end >= nigh]
    compared = comparatives(seen, zone)
    draft.compared = compared[0].value if compared else ""
    draft.against = bool(compared) and stands_against(seen, draft.quantity)
    draft.mention = subject_mention(seen, zone)
    draft.growth = growth_head(seen, draft, near_left)
    govern(seen, draft, [*near_left, *near_right])
    read_periods(seen, draft)
    by_hectare = [c for c in seen.cues if c.kind == "hectare" and c.end <= quantity.start]
    # "әр гектардан 58 центнер", "гектарына 22, көршісінде 20 центнер"
    small = quantity.unit == "tonne" and quantity.multiplier == 1 and abs(quantity.value) < HEAVY
    if (quantity.unit == "centner" or small) and (by_hectare if seen.kk else zone.left_cues("hectare")):
        draft.unit = f"{quantity.unit}_per_hectare"
    draft.possessed = seen.kk and quantity.unit == "percent" and seen.possessed(quantity)
    draft.possessed = draft.possessed or shares_ending(seen, index)
    read_wholes(seen, draft)
    read_count(seen, draft)
    # "40 мыңға жуық түрлері": the hedge's dative
    hedged = quantity.approximation is not Approximation.EXACT
    if seen.kk and draft.counted != (0, 0) and (not draft.marker or (hedged and draft.marker == "dat")):
        case = noun_case(seen.text(*draft.counted), seen.pack)
        until = any(c.kind == "prep" and 0 <= c.start - draft.counted[1] <= 2 for c in zone.cues)
        draft.marker = "to" if until else {"dat": "dat", "abl": "from"}.get(case, "")
    return draft


def shares_ending(seen: Evidence, index: int) -> bool:
    """Whether a later item of the list has the ending for all: "малдың 21%, жылқының 11%, түйенің 15%-ы"."""
    quantity = seen.zones[index].quantity
    if not seen.kk or quantity.unit != "percent" or quantity.case is not Case.NOM:
        return False
    lead = seen.text(seen.zones[index].start, quantity.outer_start).rstrip()
    later = [z.quantity for z in seen.zones[index + 1 :]]
    whose = noun_case(lead, seen.pack) == "gen"
    return whose and any(q.unit == "percent" and seen.possessed(q) for q in later)


def govern(seen: Evidence, draft: Draft, near: Sequence[Cue]) -> None:
    """Set the predicate that governs the quantity, of its clause or of what its bracket stands in."""
    quantity = draft.quantity
    verbal = [
        c for c in seen.cues if c.kind == "direction" and c.start < quantity.end and quantity.start < c.end
    ]
    if verbal:  # "удвоился", "екі еселенді": the number is the verb
        draft.directions = verbal
        return
    predicates = [c for c in governors(seen, draft.zone) if c is not draft.growth]
    within = [c for c in predicates if c in near]
    governing = within[0] if within else None
    lead = seen.text(seen.sentence.start, quantity.start)
    bracketed = lead.rstrip(" –—-").count("(") > lead.count(")")
    earlier = any("context" in p.flags for p in draft.zone.periods)  # "(годом ранее – 44,6 трлн)"
    moved = seen.kk or draft.marker or quantity.unit in RATIO_UNITS or "signed" in quantity.flags
    if governing is None and bracketed and not earlier and moved:
        governing = predicates[0] if predicates else None  # "цены выросли на яйца (на 14%)"
    if governing is None and not seen.kk:  # "урезали дважды: с 90 до 88, затем ещё на 2"
        before = [c for c in predicates if c.kind == "direction" and "verb" in c.flags]
        before = [c for c in before if c.end <= quantity.start and draft.marker in ("by", "from", "to")]
        opened = [c for c in before if not LIST_ENDS.search(seen.text(c.end, quantity.start))]
        behind = seen.text(opened[0].end, quantity.start).rpartition(":")[2].split() if opened else []
        known = stop_words(seen.pack)
        told = any(word not in known and is_verb(word.strip(","), False, seen.pack) for word in behind)
        governing = opened[0] if opened and not told else None
    if governing is None:
        return
    if governing.kind == "direction":
        draft.directions = [governing]
        by_verb = "verb" in governing.flags and draft.marker == "by" and quantity.unit == "percent"
        if by_verb and not seen.kk and governing.end <= quantity.start:
            draft.growth = None  # "после двух лет спада выпуск вырос на 3%"
        elif by_verb and not seen.kk and draft.growth is not None:
            draft.directions = []  # "при росте тиражей на 6% выручка упала"
    elif governing.kind == "pace":
        draft.pace = governing
    elif governing.kind == "fall" and draft.marker in ("dat", "to"):
        draft.directions = [governing]
    elif governing.kind in ("level", "stable"):
        draft.level = governing


def subject_mention(seen: Evidence, zone: Zone) -> IndicatorMention | None:
    """The mention that names the thing this quantity measures, if its zone has one."""
    quantity = zone.quantity
    mentions = [m for m in zone.mentions if seen.fits(m, quantity) and not seen.in_aside(m, quantity)]
    extents = lexicon(seen.pack).extents
    mentions = [m for m in mentions if seen.text(m.start, m.end).lower() not in extents]
    mentions = without_people(seen, mentions)
    if seen.kk and any(
        c.start >= quantity.end for c in seen.cues_of("goods")
    ):  # sold or carried, not harvested
        mentions = [m for m in mentions if "weak" not in m.flags or not m.indicator.endswith(HARVEST)]
    left = [m for m in mentions if m.end <= quantity.start and not names_speaker(seen, m)]
    right = [m for m in mentions if m.start >= quantity.end]
    adjacent = [
        m
        for m in right
        if len(seen.text(quantity.outer_end, m.start).split()) <= 2
        and not seen.crosses(quantity.outer_end, m.start)
        and (not seen.kk or quantity.unit or leads_to(seen, quantity.outer_end, m.start))
        and (seen.kk or heads_group(seen, quantity, m))
    ]
    percent = quantity.unit in RATIO_UNITS
    yearly = [c for c in zone.right_cues("ratio") if 0 <= c.start - quantity.outer_end <= 1]
    if not seen.kk and percent and yearly and (rates := [m for m in left if seen.rate_of(m.indicator)]):
        flags = tuple(flag for flag in rates[-1].flags if flag != "narrowed")  # "по вкладам в тенге платят"
        return replace(rates[-1], indicator=seen.rate_of(rates[-1].indicator), flags=flags)
    if seen.kk and (part := told_behind(seen, quantity, right)) is not None:
        return part
    if (people := those_who(seen, zone)) is not None:
        return people
    if seen.kk:
        left = without_whose(seen, left)
        if quantity.unit in RATIO_UNITS and (more := comparatives(seen, zone)):  # "1,5 есе көп қаржы бөлінді"
            named = [m for m in right if 0 <= m.start - more[0].end <= 1]
            if named:
                return named[0]
        if (
            adjacent
            and not percent
            and taken_up(seen, quantity, adjacent[0])
            and not seen.is_oblique(adjacent[0])
        ):
            sources = [m for m in left if seen.mention_case(m) == "abl" and "weak" not in m.flags]
            if sources and "weak" in adjacent[0].flags:  # "Ұлттық қордан 4 трлн теңге [трансферт]"
                return sources[-1]
            return adjacent[0]
        deducted = seen.pack.compile(seen.pack.table("endings")["deducted"])
        left = [m for m in left if not deducted.match(seen.text(m.end, quantity.start))]
        left = [m for m in left if not is_object(seen, zone, m)]
        direct = [m for m in left if not seen.is_oblique(m)]
        strong = [m for m in direct if "weak" not in m.flags]
        nominal = own_case(quantity, seen.sentence) is Case.NOM
        aside = bool(adjacent) and seen.possessed(quantity) and seen.is_oblique(adjacent[0])
        alone = percent and nominal and not strong and not aside  # not "63%-ы [жұмыс орнына] барды"
        if adjacent and alone and not names_verb(seen, zone, adjacent[0]):
            return adjacent[0]
        spanned = adjacent and percent and "bridged" in adjacent[0].flags
        if spanned and not seen.possessed(quantity):  # "[өнеркәсіп өнімі] 7%-ға [қымбаттады]"
            return adjacent[0]
        if direct:
            return (strong or direct)[-1]
        behind = [m for m in right if not seen.crosses(quantity.outer_end, m.start)]
        telling = behind and percent and quantity.case is Case.NOM and not seen.is_oblique(behind[0])
        if telling and not names_verb(seen, zone, behind[0]):
            return behind[0]
        if quantity.unit.isupper():  # money out of something: "бюджеттен 2 млрд теңге бөлінді"
            left = [m for m in left if seen.mention_case(m) != "abl" or flows_out(seen, zone, m)]
            aimed = [
                m for m in behind if seen.mention_case(m) == "dat" and seen.measures(m.indicator) == "money"
            ]
            if aimed and not left:  # "4,4 трлн теңгесі [әлеуметтік салаға] бағытталды"
                return aimed[0]
        return left[-1] if left else None
    direct = [m for m in left if "told" in m.flags or not seen.is_oblique(m)]
    if percent and not direct and (part := told_of_people(seen, right)) is not None:
        return part
    strong = [m for m in direct if {"weak", "told"}.isdisjoint(m.flags)]
    told = [m for m in direct if "told" in m.flags]
    moved_on = [c for c in zone.cues if c.kind == "fall_on" and c.start >= quantity.end]
    moved_on = [c for c in moved_on if not seen.crosses(quantity.outer_end, c.start)]
    begin = min(quantity.outer_start, quantity.start)
    beside = [m for m in left[-1:] if not strong and not seen.text(m.end, begin).strip()]
    if beside and {"weak", "told"}.isdisjoint(beside[0].flags) and not moved_on:
        return beside[0]  # "14% годовых при инфляции 9,8%"
    if strong and not moved_on:
        return strong[-1]
    fall_on = [c for c in zone.cues if c.kind == "fall_on"]
    if fall_on and fall_on[0].start >= quantity.end:
        behind = [m for m in right if m.start >= fall_on[0].end]
        direct_behind = [m for m in behind if not seen.is_oblique(m)]
        if direct_behind:
            return direct_behind[0]
        if behind and falls_on(seen, fall_on[0], behind[0]):
            return behind[0]
    if fall_on and left:
        return left[-1]
    if adjacent and not percent and not (told and {"weak", "told"} & set(adjacent[0].flags)):
        return adjacent[0]
    if told or direct:
        found = told[0] if told else direct[-1]
        return part_of_it(seen, found, left) or found
    if not adjacent and (told := [m for m in right if "told" in m.flags and not parted(seen, quantity, m)]):
        return told[0]
    verb = zone.right_cues("direction", "level", "pace", "fall_on")
    behind = [m for m in right if verb and m.start >= verb[0].end] if verb else []
    if behind and not seen.crosses(quantity.outer_end, behind[0].start):
        return behind[0]
    if left or not percent:
        return left[-1] if left else None
    return giver(seen, quantity, right) or predicated_of(seen, quantity)


def giver(seen: Evidence, quantity: Quantity, right: Sequence[IndicatorMention]) -> IndicatorMention | None:
    """What a verb behind a share says makes it: "70% доходов бюджета приносят [налоги]"."""
    for mention in right:
        words = seen.text(quantity.outer_end, mention.start).split()
        if seen.crosses(quantity.outer_end, mention.start):
            return None
        if any(is_verb(word, False, seen.pack, first=False) for word in words[1:]):
            return None if seen.is_oblique(mention) else mention
    return None


def predicated_of(seen: Evidence, quantity: Quantity) -> IndicatorMention | None:
    """What people a dash says a share of people is: "каждый третий житель – [пенсионер]"."""
    whole = OF_WHOLE.match(seen.text(quantity.outer_end, seen.sentence.end))
    if whole is None or whole["first"].lower() in lexicon(seen.pack).prepositions:
        return None
    at = quantity.outer_end + whole.end()
    named = [m for z in seen.zones for m in z.mentions if m.start == at and "narrowed" not in m.flags]
    return next((m for m in named if seen.measures(m.indicator) == "count"), None)


def part_of_it(
    seen: Evidence, mention: IndicatorMention, others: Sequence[IndicatorMention]
) -> IndicatorMention | None:
    """The name beside a weak one that says which part of it is meant: "[производство] в [металлургии]"."""
    if {"weak", "told"}.isdisjoint(mention.flags):
        return None
    named = [m for m in others if {"weak", "told"}.isdisjoint(m.flags)]
    named = [m for m in named if m.start >= mention.end or "told" in mention.flags]
    known = [(m, seen.catalogue.indicators.get(m.indicator)) for m in named]
    part = next((m for m, e in known if e and mention.indicator in wholes_of(e, seen.catalogue)), None)
    return replace(part, flags=(*part.flags, "told")) if part and "told" in mention.flags else part


def falls_on(seen: Evidence, cue: Cue, mention: IndicatorMention) -> bool:
    """Whether a share falls on what a name says: "67,4% приходится на [оптовое звено]"."""
    return len(seen.text(cue.end, mention.start).split()) <= 2 and not seen.crosses(cue.end, mention.start)


def parted(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether a clause ends between a number and what is told behind it."""
    return seen.crosses(quantity.outer_end, mention.start)


def without_whose(seen: Evidence, mentions: list[IndicatorMention]) -> list[IndicatorMention]:
    """Kazakh: the mentions less those for which the rate behind them is told ("[несиелердің] сыйақысы")."""
    kept = list(mentions)
    regarding = seen.pack.table("endings")["regarding"]
    form = seen.pack.compile(rf"(?:\s(?:{regarding}))?(?:\s\p{{L}}+)?\s")
    for one, two in pairwise(mentions):
        between = seen.text(one.end, two.start)
        told = seen.mention_case(one) == "gen" or between.split()[:1] == [regarding]
        if told and seen.is_rate(two.indicator) and form.fullmatch(between):
            kept.remove(one)
    return kept


def taken_up(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether the case of a number lets the name behind it be what it measures."""
    case = own_case(quantity, seen.sentence)
    land = seen.measures(mention.indicator) == "area"  # "748 мың гектарға [дақыл] егілді"
    whose = case is Case.GEN and bool(quantity.unit)  # "3 млрд теңгенің өнімі"; not "112-сінің құрылысы"
    counted = quantity.unit == "count" and mention.start - quantity.outer_end <= 1 and told_of(seen, mention)
    return case is Case.NOM or whose or counted or (case is Case.DAT and land)


def told_of(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a name goes on behind the noun that is counted: "1200 [адамға жұмыс тауып берілді]"."""
    return "weak" not in mention.flags and " " in seen.text(mention.start, mention.end)


def flows_out(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether money is told to leave something for no purpose that is named ("бюджеттен 1 трлн кетті")."""
    if mention.end + 1 < min(zone.quantity.outer_start, zone.quantity.start):
        return False
    told = NEXT_WORD.match(seen.text(zone.quantity.outer_end, seen.sentence.end))
    if told is None or not is_verb(told["word"], False, seen.pack):
        return False
    lead = seen.text(zone.start, mention.start).replace(",", " ").split()
    return not any(noun_case(word, seen.pack) == "dat" for word in lead)


def told_of_people(seen: Evidence, right: Sequence[IndicatorMention]) -> IndicatorMention | None:
    """What a share of people are told to be: "треть населения имела [доходы ниже прожиточного минимума]"."""
    for mention in right[1:]:
        entry = seen.catalogue.indicators.get(mention.indicator)
        whole = entry.share_of if entry is not None and entry.is_rate else ""
        if whole and whole == right[0].indicator and not seen.crosses(right[0].end, mention.start):
            return mention
    return None


def names_speaker(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a name is part of whose words they are: "[өнеркәсіп] басқармасының дерегінше, …"."""
    told = [c for c in seen.cues if c.kind == "speech" and c.value == "according" and c.start >= mention.end]
    return seen.kk and bool(told) and not seen.crosses(mention.end, told[0].start)


def leads_to(seen: Evidence, start: int, end: int) -> bool:
    """Whether nothing but attributes stands between a bare number and a name ("14 [ірі] [зауыт]")."""
    words = seen.text(start, end).split()
    return all(is_adjective(word, seen.pack) or participle(seen.pack).search(word.lower()) for word in words)


def is_object(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether a name is no subject though its case could be one.

    "[балаларды] оқытумен қамту деңгейі": the object of what is measured; "[тауарлардың] арасында қант".
    """
    if seen.mention_case(mention) == "gen":
        among = seen.pack.compile(rf" (?:{seen.pack.table('endings')['within']})(?!\p{{L}})")
        return among.match(seen.text(mention.end, zone.quantity.start)) is not None
    if seen.mention_case(mention) == "dat":
        group = left_group(seen.sentence, zone, seen.pack, direct=True)
        inside = group[0] <= mention.end + 1 and mention.end < group[1]
        after = NEXT_WORD.match(seen.text(mention.end, group[1])) if inside else None
        # "[импортқа] тәуелділік"; but "[туберкулезге] шалдығу көрсеткіші" is a measure of it
        return after is not None and lexicon(seen.pack).verbal.search(after["word"].lower()) is None
    if seen.mention_case(mention) != "acc":
        return False
    lead = seen.text(mention.end, zone.quantity.start)
    if seen.pack.compile(rf"(?:{seen.pack.table('endings')['purpose_of']})").match(lead) is not None:
        return True
    form = seen.pack.compile(seen.pack.table("endings")["object_of"], where=seen.pack.source("endings"))
    if form.match(seen.text(mention.end, zone.quantity.start)) is not None:
        return True
    group = left_group(seen.sentence, zone, seen.pack, direct=True)  # "ұйымдарды қаржыландырып, [кезек] …"
    if group[0] < mention.end or "(" in seen.text(mention.end, group[0]):
        return False
    said = seen.text(*group)
    return noun_case(said, seen.pack) == "nom" and not is_adjective(said, seen.pack)  # "орта есеппен 5%-ке"


def names_verb(seen: Evidence, zone: Zone, mention: IndicatorMention) -> bool:
    """Whether a verb of change names the indicator, though a dash tells the number of another thing."""
    verb = any(c.kind == "direction" and c.start < mention.end and mention.start < c.end for c in seen.cues)
    return verb and bool(telling_mark(seen.sentence, zone))


def heads_group(seen: Evidence, quantity: Quantity, mention: IndicatorMention) -> bool:
    """Whether a Russian mention behind a number is what is counted, no genitive ("12 членов партии")."""
    words = seen.text(quantity.outer_end, mention.start).strip(" .–—-").split()
    return all(is_adjective(word, seen.pack) or word.lower() in stop_words(seen.pack) for word in words)


def without_people(seen: Evidence, mentions: list[IndicatorMention]) -> list[IndicatorMention]:
    """The mentions less a bare "человек" beside another: it is what is counted, no name of its own."""
    people = lexicon(seen.pack).people
    named = [m for m in mentions if seen.text(m.start, m.end).lower() not in people]
    return mentions if seen.kk else named or mentions


def governors(seen: Evidence, zone: Zone) -> list[Cue]:
    """Direction, pace and level cues that may govern the quantity, the likeliest first."""
    kinds = ("direction", "pace", "level", "fall_on", "stable", "fall")
    right, left = zone.right_cues(*kinds), zone.left_cues(*kinds)[::-1]
    if seen.kk:
        right = [c for c in right if not is_other_noun(seen, zone.quantity, c)]
        near = [c for c in right if not seen.breaks(zone.quantity.outer_end, c.start)]
        rest = seen.text(zone.quantity.outer_end, zone.end)
        words, mark, _ = rest.partition(":")  # "9 мың гектарға егілді: алқап 1,2 есе ұлғайды"
        ended = mark and words.split() and past(seen.pack).search(words.split()[-1])
        far = [] if ended else [c for c in right if c not in near]
        return near + left + far
    clause = [c for c in left if not seen.breaks(c.end, zone.quantity.start)]
    near = [c for c in right if not seen.breaks(zone.quantity.outer_end, c.start)]
    if telling_mark(seen.sentence, zone) or level_told(seen, zone):  # "горожан – 62%, и эта доля растёт"
        near = [c for c in near if "," not in seen.text(zone.quantity.outer_end, c.start)]
    near = [c for c in near if not joined_clause(seen, zone.quantity.outer_end, c.start)]
    return clause + near + [c for c in left if c not in clause]


def joined_clause(seen: Evidence, start: int, end: int) -> bool:
    """Whether a comma and "and" part two places: "с 9% до 9,25%, и в октябре [оставил] её без изменений"."""
    return any(
        c.kind == "and" and start <= c.start < end and seen.text(start, c.start).rstrip(" .").endswith(",")
        for c in seen.cues
    )


def is_other_noun(seen: Evidence, quantity: Quantity, cue: Cue) -> bool:
    """Whether a noun of rise or fall stands apart behind a number: "16% мөлшерлеме [баға өсімін] тежейді"."""
    if "noun" not in cue.flags:
        return False
    case = noun_case(seen.text(cue.start, cue.end), seen.pack)
    return case in ("acc", "dat", "gen") and len(seen.text(quantity.outer_end, cue.start).split()) > 1


def level_told(seen: Evidence, zone: Zone) -> bool:
    """Whether a number stands on a level by its own words: "ставку держим на уровне 15%, снижать её рано"."""
    lead = seen.text(zone.start, min(zone.quantity.outer_start, zone.quantity.start))
    return seen.pack.compile(seen.pack.table("changes")["on_level"]).search(lead.lower()) is not None


def growth_head(seen: Evidence, draft: Draft, near_left: Sequence[Cue]) -> Cue | None:
    """The noun of rise or fall that the number measures ("рост ВВП", "ЖІӨ-нің өсімі"), if any."""
    if (
        draft.mention is not None
        and draft.mention.head == "growth"
        and draft.mention.end <= draft.quantity.start
    ):
        said = [
            c
            for c in seen.cues
            if draft.mention.start <= c.start < draft.mention.end and c.kind == "direction"
        ]
        value = said[-1].value if said else "up"
        return Cue(
            start=draft.mention.start,
            end=draft.mention.end,
            kind="direction",
            value=value,
            flags=("noun",),
        )
    nouns = [
        c
        for c in near_left
        if (c.kind == "direction" and "noun" in c.flags) or (c.kind == "head" and c.value == "rate")
    ]
    mention = draft.mention
    for cue in reversed(nouns):
        if mention is None:
            return cue
        if seen.kk:
            if cue.start >= mention.start and reaches(seen, cue.end, draft):
                return cue
        elif cue.start <= mention.start:
            between = seen.text(cue.end, mention.start)
            if len(between.split()) <= 3 and not any(mark in between for mark in ",;:."):
                return cue
    return None


def reaches(seen: Evidence, start: int, draft: Draft) -> bool:
    """Whether only periods, cues and small words stand between a place and the quantity."""
    end = min(draft.quantity.outer_start, draft.quantity.start)
    rest = list(seen.text(start, end))
    for span in (*draft.zone.periods, *seen.cues):
        for at in range(max(span.start, start), min(span.end, end)):
            rest[at - start] = " "
    between = "".join(rest)
    if any(mark in between for mark in ",;:."):
        return False
    return not [w for w in between.split() if len(w) > 2 and w.lower() not in stop_words(seen.pack)]


def comparatives(seen: Evidence, zone: Zone) -> list[Cue]:
    """The comparative that makes the quantity a difference ("на 5 % больше", "7,9% артық")."""
    quantity = zone.quantity
    found = [c for c in zone.right_cues("comparison") if c.start - quantity.outer_end <= 3]
    found = [c for c in found if not {":", ")"} & set(seen.text(quantity.outer_end, c.start))]
    if not seen.kk and not found:  # "меньше почти на треть"
        begin = quantity.start
        before = zone.left_cues("comparison")[-1:]
        small = [
            w
            for c in before
            for w in without_periods(seen, c.end, begin).split()
            if w.lower() not in stop_words(seen.pack)
        ]
        by = any(
            c.kind == "prep" and c.value == "by" and c.start >= before[0].end for c in zone.cues if before
        )
        fold = quantity.unit == "times" and len(small) <= 1  # "ниже в 1,4 раза", "богаче соседа впятеро"
        return before if before and ((by and not small) or fold) else []
    if seen.kk and not found and not quantity.unit:  # "өткен қаңтардағыдан 3 пойызға көп"
        return [c for c in zone.right_cues("comparison") if counts_by(seen, quantity, c)]
    return found if not seen.kk or free_or_dative(quantity) else []


def without_periods(seen: Evidence, start: int, end: int) -> str:
    """The text between two places less the periods that it names: "больше [прошлогоднего] на 5%"."""
    for period in seen.periods:
        if start <= period.start < period.end <= end:
            return f"{seen.text(start, period.start)} {seen.text(period.end, end)}"
    return seen.text(start, end)


def stands_against(seen: Evidence, quantity: Quantity) -> bool:
    """Whether a Kazakh noun in the ablative stands right before a number: "[импорттан] 20 млрд артық"."""
    words = seen.text(seen.sentence.start, quantity.outer_start).split()
    return seen.kk and bool(words) and words[-1].isalpha() and noun_case(words[-1], seen.pack) == "abl"


def counts_by(seen: Evidence, quantity: Quantity, cue: Cue) -> bool:
    """Whether one counted noun in the dative stands between a bare number and a comparative."""
    noun = seen.text(quantity.outer_end, cue.start).strip()
    return noun.isalpha() and noun_case(noun, seen.pack) == "dat"


def read_periods(seen: Evidence, draft: Draft) -> None:
    """The period the quantity is about, what it is compared with, and the stretch it is spread over."""
    quantity = draft.quantity
    now = draft.zone.left_cues("now")
    since = now[-1].start if now else draft.zone.start  # what a clause before "now" dates is of that clause
    periods = [p for p in draft.zone.periods if not seen.in_aside(p, quantity) and not of_document(seen, p)]
    left = [p for p in periods if since <= p.start and p.end <= quantity.start]
    right = [p for p in periods if p.start >= quantity.end]
    if not seen.kk:
        right = [p for p in right if not joined_clause(seen, quantity.outer_end, p.start)]
    else:  # "25 млн тонна жиналды, бұл соңғы он жылдағы рекорд"
        points = [c.start for c in seen.cues_of("anaphor", "restate") if c.start >= quantity.outer_end]
        right = [p for p in right if not points or p.start < points[0]]
    ordered = left[::-1] + right
    bases = [p for p in ordered if "base" in p.flags]
    if not seen.kk and (draft.marker == "to" or tells_of_goal(draft.zone, seen.sentence, seen.pack)):
        bases = [p for p in bases if p.rule != "percent_of"]  # "увеличить до 45% к 2022 году"
    compared = comparatives(seen, draft.zone)
    if compared and not bases:
        bases = [p for p in [*right, *seen.periods] if 0 <= p.start - compared[0].end <= THAN][:1]
        bases = bases or [p for p in right if p.start >= compared[0].end][:1]
    ratio = quantity.unit in RATIO_UNITS or bool(compared)
    if seen.kk and ratio and not bases:  # "2023 жылғыдан 7,9% артық", "былтырғыдан 2 тармаққа төмендеп"
        bases = [p for p in left if p.case is Case.ABL and "since" not in p.flags][-1:]
        if not bases and quantity.unit == "percent" and quantity.value > INDEX_BASE and not draft.directions:
            bases = [p for p in left if p.case is Case.DAT and not {"until", "since"} & set(p.flags)][-1:]
        if not bases and quantity.unit == "percent" and is_of_former(seen, left, draft):
            bases = left[-1:]
    elif not seen.kk and not bases and (passed := exceeds_by(seen, draft)) is not None:
        bases = [p for p in right if p.start >= passed.end][:1]  # "на 12% превышает прошлогодний результат"
    elif not seen.kk and not bases:
        bases = [p for p in left if is_index_base(seen, p, draft)][-1:]
    against = draft.zone.left_cues("versus")  # "18 млн тонн против прошлогодних 17,6 млн"
    if not ratio and not draft.directions and against:
        bases = [p for p in bases if p.rule != "compared"]
    if not ratio:  # "за тот же период прошлого года собрали 21,7 млн": a period like any other
        bases = [p for p in bases if p.rule != "same_period"]
    stretches = [p for p in ordered if p.kind is PeriodKind.DURATION or "yearly" in p.flags]
    timeless = [p for p in ordered if p.kind is PeriodKind.TIME or "age" in p.flags]
    usable = [p for p in ordered if p not in bases and p not in stretches and p not in timeless]
    first_since = seen.pack.compile(seen.pack.table("changes")["first_since"])
    usable = [p for p in usable if not first_since.search(seen.text(seen.sentence.start, p.start).lower())]
    if seen.kk and quantity.unit == "percent" and not bases:
        bases = [p for p in left if is_former(seen, p, quantity)][-1:]
        usable = [p for p in usable if p not in bases]
    draft.base = bases[0] if bases else None
    draft.spread = stretches[0] if stretches else None
    others = [z.quantity for z in seen.zones if z.quantity is not quantity]
    usable = [p for p in usable if not any(is_beside(seen, p, other) for other in others)]
    beside = [p for p in seen.periods if is_beside(seen, p, quantity)]
    if seen.kk and quantity.unit == "percent" and beside and beside[0].case is Case.DAT and not draft.base:
        draft.base, beside = beside[0], []  # "104,4% (2023 жылғы қаңтар–тамызға)"
        usable = [p for p in usable if p is not draft.base]
    if usable or beside:
        draft.period = (beside or usable)[0]
    else:
        resolved = [p for p in stretches if p.first or p.last]
        draft.period = resolved[0] if resolved else None


def is_former(seen: Evidence, period: Period, quantity: Quantity) -> bool:
    """Whether a Kazakh percentage is of what a thing was in a period: "1990 жылғы деңгейдің 48 пайызы"."""
    begin = min(quantity.outer_start, quantity.start)
    former = seen.pack.table("endings")["former"]
    return (
        seen.pack.compile(rf"\s(?:\p{{L}}+\s)?{former}\s*$").match(seen.text(period.end, begin)) is not None
    )


def is_of_former(seen: Evidence, left: Sequence[Period], draft: Draft) -> bool:
    """Whether a Kazakh percentage is of a time before: "былтырғының 97%-ы", "алдыңғы жылдың 102%-ы"."""
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    return (
        bool(left)
        and left[-1].case is Case.GEN
        and draft.quantity.value > INDEX_FROM
        and not draft.directions
        and not seen.text(left[-1].end, begin).strip()
    )


def is_beside(seen: Evidence, period: Period, quantity: Quantity) -> bool:
    """Whether brackets right behind a number hold its date alone: "с 71% (2020 год) до 54%"."""
    between = seen.text(quantity.outer_end, period.start) if period.start >= quantity.end else ""
    return between.strip() == "(" and seen.text(period.end, seen.sentence.end).lstrip()[:1] == ")"


def of_document(seen: Evidence, period: Period) -> bool:
    """Whether a day is the date of a law or decree that is cited ("законом от 13.03.2006 № 38-ФЗ")."""
    behind = seen.text(period.end, seen.sentence.end).lstrip(" г.")
    return period.is_day and behind.startswith(("№", "N "))


def exceeds_by(seen: Evidence, draft: Draft) -> Cue | None:
    """The verb right behind a number that says by how much something is exceeded."""
    told = [c for c in draft.zone.right_cues("level") if c.value == "exceed"]
    near = told and told[0].start - draft.quantity.outer_end <= 1
    return told[0] if near and draft.marker == "by" else None


def is_index_base(seen: Evidence, period: Period, draft: Draft) -> bool:
    """Whether "к" before a period names the base of an index ("к январю–августу составило 103,9%")."""
    quantity = draft.quantity
    if period.rule != "toward" or quantity.unit != "percent" or draft.directions:
        return False
    return quantity.value > INDEX_BASE and (draft.level is None or draft.level.value == "is")


def does(seen: Evidence, draft: Draft) -> bool:
    """Whether a bare number stands right before a verb that tells what so many did ("578 умерли")."""
    zone = draft.zone
    begin = max(zone.quantity.end, zone.quantity.outer_end)
    words = words_between(seen.sentence, begin, zone.end, (), zone.periods, seen.pack)[:1]
    if seen.kk or draft.marker == "of" or not words or words[0].apart:
        return False
    governed = any(c.start == words[0].start for c in seen.cues)
    several = seen.pack.compile(rf"(?:{seen.pack.table('endings')['several_do']})$")
    if governed or several.search(words[0].text.lower()) is None:
        return False
    return is_verb(words[0].text, False, seen.pack, first=False)


def of_them(draft: Draft) -> bool:
    """Whether a number counts some of what was spoken of: "пятнадцать из них получены в этом году"."""
    return any(c.start - draft.quantity.outer_end <= 1 for c in draft.zone.right_cues("part")[:1])


def all_told(seen: Evidence, quantity: Quantity) -> bool:
    """Whether a collective only says that all of them are meant: "осы үшеуінен үлкен", "үшеуі бірге"."""
    if quantity.kind is not NumberKind.COLLECTIVE:
        return False
    before = seen.text(seen.sentence.start, quantity.start).lower().split()[-1:]
    after = NEXT_WORD.match(seen.text(quantity.outer_end, seen.sentence.end))
    known = lexicon(seen.pack)
    together = after is not None and after["word"].lower() in known.together
    return together or (bool(before) and known.pointing.fullmatch(before[0]) is not None)


def read_count(seen: Evidence, draft: Draft) -> None:
    """Whether a bare number counts the noun behind it, or is told as a figure."""
    quantity, zone = draft.quantity, draft.zone
    if quantity.unit or quantity.kind not in COUNTING or all_told(seen, quantity):
        return
    behind = right_group(seen.sentence, zone, seen.pack)
    if any(behind[0] < z.quantity.end and z.quantity.start < behind[1] for z in seen.zones if z is not zone):
        behind = (0, 0)  # "9 миллионның алты миллион мыңы": another number in words
    counter = NEXT_WORD.match(seen.text(quantity.outer_end, seen.sentence.end))
    if seen.kk and counter is not None and counter["word"].lower() in lexicon(seen.pack).counters:
        draft.unit, draft.told = "count", True
    part = seen.kk and seen.possessed(quantity)  # "19 миллиарды [ішкі нарыққа] жұмсалды" counts no markets
    part = part and noun_case(seen.text(*behind), seen.pack) in ("dat", "loc", "abl")
    if behind[1] > behind[0] and behind[0] - quantity.outer_end <= GAP and not part:
        draft.counted = behind
        draft.unit = "count"
    elif (
        draft.has_head("number")
        or does(seen, draft)
        or (seen.kk and seen.possessed(quantity))
        or of_them(draft)
    ):
        draft.unit, draft.told = "count", True
    told = draft.told
    lead = seen.text(zone.start, min(quantity.outer_start, quantity.start)).rstrip()
    if any(c.kind == "label" and quantity.outer_start - c.end <= 3 for c in zone.left_cues("label")):
        draft.counted, draft.unit = (0, 0), ""
        return
    dashed = lead.endswith(("–", "—", "-", ":", "|"))
    preposed = draft.marker in ("by", "to", "from") and not seen.kk
    behind_it = seen.text(
        quantity.outer_end, zone.end if zone.end > quantity.outer_end else seen.sentence.end
    )
    worded = any(word.isalpha() for word in lead.replace("(", " ").split())
    stands_alone = worded and behind_it.lstrip()[:1] in ("", ",", ";", ".", ")", "–", "—", "(")
    draft.told = (
        told
        or dashed
        or preposed
        or draft.predicated
        or bool(draft.compared)
        or (stands_alone and quantity.value >= TELLING)
    )
