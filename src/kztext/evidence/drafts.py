"""What a number's own zone says of it, one question after the other."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence.asides import is_aside
from kztext.evidence.comparing import comparative
from kztext.evidence.counting import counted_marker, read_count
from kztext.evidence.dating import read_periods
from kztext.evidence.governing import read_predicate
from kztext.evidence.measured import measured
from kztext.evidence.sentence import Evidence
from kztext.evidence.wholes import read_wholes
from kztext.spans import Case, Cue

DEGREE = 4  # characters between "исполнен" and "на 98%"
MADE_OF, PRONOUN = "made_of", 1  # a verb behind a share; words between them
HEAVY = 100  # tonnes that no hectare yields
HEADS = frozenset(
    {"head", "ratio", "degree", "structure", "aggregation", "average", "basis", "yearly", "part", "total"}
)


def read_draft(seen: Evidence, index: int, last: Draft | None = None) -> Draft:
    """Read one zone by itself; each question may use the answers to those before it."""
    zone = seen.zones[index]
    quantity = zone.quantity
    before = [c for c in zone.cues if c.end <= quantity.start and not seen.breaks(c.end, quantity.start)]
    behind = [c for c in zone.cues if c.start >= quantity.end and not seen.breaks(quantity.end, c.start)]
    more = comparative(seen, zone)
    draft = Draft(zone=zone, marker=seen.markers[index], compared=more.value if more is not None else "")
    draft.heads = heads(seen, draft, before, behind)
    draft.mention = measured(seen, zone, more)
    draft.aside = is_aside(seen, draft, last)
    if not draft.aside:
        read_predicate(seen, draft, [*before, *behind])
    read_periods(seen, draft, more)
    draft.unit = by_hectare(seen, draft)
    draft.possessed = is_possessed(seen, index)
    read_wholes(seen, draft)
    read_count(seen, draft)
    draft.marker = counted_marker(seen, draft)
    return draft


def heads(seen: Evidence, draft: Draft, before: Sequence[Cue], behind: Sequence[Cue]) -> list[Cue]:
    """The head nouns and their like that stand with a quantity in its clause: share, index, average."""
    begin = draft.quantity.outer_start
    nigh = begin - 2 if seen.kk else 0  # Kazakh "тиесілі" before a noun only describes it
    found = [c for c in before if c.kind in HEADS]
    found += [c for c in seen.cues_of("degree") if 0 < begin - c.end <= DEGREE]
    found += [c for c in behind if c.kind == "degree" and tells_parts(seen, draft, c)]
    found += [c for c in behind if c.kind in ("fall_on", "average", "yearly", "basis")]
    return found + [c for c in before if c.kind == "fall_on" and c.end >= nigh]


def tells_parts(seen: Evidence, draft: Draft, cue: Cue) -> bool:
    """Whether the verb behind a share says what makes it: "экспорт на 60% состоит из нефти"."""
    most = PRONOUN if cue.value == MADE_OF else 0
    near = len(seen.text(draft.quantity.outer_end, cue.start).split()) <= most
    part = draft.marker == "by" and draft.quantity.unit == "percent"
    return near and part and not draft.zone.left_cues("direction", "pace")


def by_hectare(seen: Evidence, draft: Draft) -> str:
    """The unit of what a hectare yields, where one is told of before: "әр гектардан 58 центнер"."""
    quantity = draft.quantity
    small = quantity.unit == "tonne" and quantity.multiplier == 1 and abs(quantity.value) < HEAVY
    if quantity.unit != "centner" and not small:
        return ""
    if seen.kk:  # of any item of the list: "гектарына 22, көршісінде 20 центнер"
        told = any(c.end <= quantity.start for c in seen.cues_of("hectare"))
    else:
        told = bool(draft.zone.left_cues("hectare"))
    return f"{quantity.unit}_per_hectare" if told else ""


def is_possessed(seen: Evidence, index: int) -> bool:
    """Whether a Kazakh percentage has the ending of a part of something, or a later item of its list has it.

    "малдың 21%, жылқының 11%, түйенің 15%-ы".
    """
    zone = seen.zones[index]
    quantity = zone.quantity
    if not seen.kk or quantity.unit != "percent":
        return False
    if seen.possessed(quantity):
        return True
    lead = seen.text(zone.start, quantity.outer_start).rstrip()
    if quantity.case is not Case.NOM or noun_case(lead, seen.pack) != "gen":
        return False
    later = (z.quantity for z in seen.zones[index + 1 :])
    return any(q.unit == "percent" and seen.possessed(q) for q in later)
