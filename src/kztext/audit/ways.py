"""A word of movement and the only two figures that it is said of, in its sentence or the one behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kztext.audit.claims import claim_draft, of_own_currency
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.ends import is_level
from kztext.audit.facts import NO_AMOUNT, Fact
from kztext.audit.names import named_apart
from kztext.audit.rooms import Room, follows, in_time, only_pair, rooms
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.records import ClaimKind, ClaimRecord, Direction, Modality

_FIRST = 2  # words in which a sentence says that what was told moved
_WAYS = (Direction.UP, Direction.DOWN)


def words_against_levels(doc: Dossier) -> Iterator[Draft]:
    """A word of rise or fall, of slowing or quickening, and two figures that went the other way."""
    row = rooms(doc)
    for n, room in enumerate(row):
        for claim in room.claims:
            if claim.kind != ClaimKind.TREND or claim.direction not in _WAYS or of_own_currency(claim):
                continue
            if claim.modality != Modality.ACTUAL or any(
                says(kind, claim.quote, claim.lang) for kind in ("after", "crisis")
            ):
                continue
            beside = [room] if room.facts else []
            if not room.facts:
                beside = [row[k] for k in (n + 1, n - 1) if 0 <= k < len(row)]
                beside = [r for r in beside if follows(*sorted((r, room), key=lambda x: x.start))]
            for place in beside:
                if found := _against(claim, place, room):
                    yield found
                    break


def _against(claim: ClaimRecord, place: Room, room: Room) -> Draft | None:
    levels = [f for f in place.facts if is_level(f)]
    pair = only_pair(levels)
    if pair is None or len(place.facts) != 2 or {"comparison", "part_of"}.intersection(pair[0].record.flags):
        return None
    pace = any(says(kind, claim.quote, claim.lang) for kind in ("slows", "quickens"))
    amount = pair[0].record.unit not in NO_AMOUNT
    if pace == amount or (pace and pair[0].record.unit != "percent"):
        return None
    if not _of(claim, pair, place is room, _points_back(claim, place, room)):
        return None
    step = in_time(*pair, place.line, place.line)
    if step is None:
        return None
    a, b = (f.said.wide for f in step)
    wrong = b.low > a.high if claim.direction == Direction.DOWN else b.high < a.low
    text = f"{value_text(step[0])} → {value_text(step[1])}"
    return claim_draft("claim_vs_numbers", claim, step, text) if wrong else None


def _points_back(claim: ClaimRecord, place: Room, room: Room) -> bool:
    """Whether a sentence begins with the bare movement of what was told: "Рост объясняют …"."""
    words = " ".join(room.text.split()[:_FIRST])
    return place.start < room.start and says("moved_bare", words, claim.lang)


def _of(claim: ClaimRecord, pair: Sequence[Fact], here: bool, back: bool) -> bool:
    """Whether two figures are of what a claim tells of: by name, or as there is nothing else."""
    named = {f.indicator for f in pair if f.indicator}
    if back:
        return True
    if claim.indicator and named:
        return named == {claim.indicator} and not named_apart(*pair)
    return here
