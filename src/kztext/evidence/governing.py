"""The predicate that governs a number: a verb or noun of rise and fall, of pace, or of a level."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.sentence import RATIO_UNITS, Evidence
from kztext.modality import past
from kztext.nouns import is_verb, stop_words
from kztext.spans import Cue, Quantity
from kztext.subjects import telling_mark
from kztext.zones import Zone

LIST_ENDS = regex.compile(r"[;()]|\.\s")
KINDS = ("direction", "pace", "level", "fall_on", "stable", "fall")
ENDS = ",;:."  # what ends the words that go with a noun of growth


def read_predicate(seen: Evidence, draft: Draft, near: Sequence[Cue]) -> None:
    """Fill in the predicate that governs the quantity: of its clause, or of what its bracket stands in.

    `near` are the cues of its zone that no clause boundary parts from it.
    """
    quantity = draft.quantity
    draft.growth = growth_head(seen, draft, near)
    verbal = [
        c for c in seen.cues if c.kind == "direction" and c.start < quantity.end and quantity.start < c.end
    ]
    if verbal:  # "удвоился", "екі еселенді": the number is the verb
        draft.directions = verbal
        return
    governing = governor(seen, draft, near)
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


def governor(seen: Evidence, draft: Draft, near: Sequence[Cue]) -> Cue | None:
    """The likeliest predicate of a quantity: in its own clause, around its bracket, or before its list."""
    quantity = draft.quantity
    predicates = [c for c in governors(seen, draft.zone) if c is not draft.growth]
    within = next((c for c in predicates if c in near), None)
    if within is not None:
        return within
    lead = seen.text(seen.sentence.start, quantity.start)
    bracketed = lead.rstrip(" –—-").count("(") > lead.count(")")
    earlier = any("context" in p.flags for p in draft.zone.periods)  # "(годом ранее – 44,6 трлн)"
    moved = seen.kk or draft.marker or quantity.unit in RATIO_UNITS or "signed" in quantity.flags
    if bracketed and not earlier and moved and predicates:
        return predicates[0]  # "цены выросли на яйца (на 14%)"
    return None if seen.kk else verb_of_list(seen, draft, predicates)


def verb_of_list(seen: Evidence, draft: Draft, predicates: Sequence[Cue]) -> Cue | None:
    """Russian: the verb that a list hangs on: "урезали дважды: с 90 до 88, затем ещё на 2"."""
    start = draft.quantity.start
    verbs = [c for c in predicates if c.kind == "direction" and "verb" in c.flags and c.end <= start]
    verbs = [c for c in verbs if not LIST_ENDS.search(seen.text(c.end, start))]
    if not verbs or draft.marker not in ("by", "from", "to"):
        return None
    item = seen.text(verbs[0].end, start).rpartition(":")[2].split()
    known = stop_words(seen.pack)
    told = any(word not in known and is_verb(word.strip(","), False, seen.pack) for word in item)
    return None if told else verbs[0]


def governors(seen: Evidence, zone: Zone) -> list[Cue]:
    """The cues of a zone that may govern its quantity, the likeliest first."""
    begin, end = zone.quantity.start, zone.quantity.outer_end
    right, left = zone.right_cues(*KINDS), zone.left_cues(*KINDS)[::-1]
    if seen.kk:
        right = [c for c in right if not is_other_noun(seen, zone.quantity, c)]
        near = [c for c in right if not seen.breaks(end, c.start)]
        words, mark, _ = seen.text(end, zone.end).partition(":")
        ended = mark and words.split() and past(seen.pack).search(words.split()[-1])
        far = [c for c in right if c not in near]  # not "9 мың гектарға егілді: алқап 1,2 есе ұлғайды"
        return near + left + ([] if ended else far)
    clause = [c for c in left if not seen.breaks(c.end, begin)]
    near = [c for c in right if not seen.breaks(end, c.start)]
    if telling_mark(seen.sentence, zone) or level_told(seen, zone):  # "горожан – 62%, и эта доля растёт"
        near = [c for c in near if "," not in seen.text(end, c.start)]
    near = [c for c in near if not seen.joins_clause(end, c.start)]
    return clause + near + [c for c in left if c not in clause]


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


def growth_head(seen: Evidence, draft: Draft, near: Sequence[Cue]) -> Cue | None:
    """The noun of rise or fall that the number measures ("рост ВВП", "ЖІӨ-нің өсімі"), if any."""
    mention, begin = draft.mention, draft.quantity.start
    if mention is not None and mention.head == "growth" and mention.end <= begin:
        said = [c for c in seen.cues_of("direction") if mention.start <= c.start < mention.end]
        value = said[-1].value if said else "up"
        return Cue(start=mention.start, end=mention.end, kind="direction", value=value, flags=("noun",))
    nouns = [c for c in near if c.end <= begin and names_growth(c)]
    return next((c for c in reversed(nouns) if is_of(seen, c, draft)), None)


def names_growth(cue: Cue) -> bool:
    """Whether a cue is a noun of rise or fall or of their rate."""
    return (cue.kind == "direction" and "noun" in cue.flags) or (cue.kind == "head" and cue.value == "rate")


def is_of(seen: Evidence, cue: Cue, draft: Draft) -> bool:
    """Whether a noun of growth is said of the thing that the quantity measures."""
    mention = draft.mention
    if mention is None:
        return True
    if seen.kk:
        return cue.start >= mention.start and reaches(seen, cue.end, draft)
    between = seen.text(cue.end, mention.start)
    near = len(between.split()) <= 3 and not any(mark in between for mark in ENDS)
    return cue.start <= mention.start and near


def reaches(seen: Evidence, start: int, draft: Draft) -> bool:
    """Whether only periods, cues and small words stand between a place and the quantity."""
    end = min(draft.quantity.outer_start, draft.quantity.start)
    rest = list(seen.text(start, end))
    for span in (*draft.zone.periods, *seen.cues):
        for at in range(max(span.start, start), min(span.end, end)):
            rest[at - start] = " "
    between = "".join(rest)
    if any(mark in between for mark in ENDS):
        return False
    return not [w for w in between.split() if len(w) > 2 and w.lower() not in stop_words(seen.pack)]
