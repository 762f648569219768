"""The comparative that makes a number a difference: "на 5 % больше", "7,9% артық"."""

from __future__ import annotations

from kztext.endings import noun_case
from kztext.evidence.sentence import Evidence
from kztext.nouns import stop_words
from kztext.spans import Case, Cue, Quantity
from kztext.zones import Zone

BEHIND = 3  # characters between a number and its comparative


def comparative(seen: Evidence, zone: Zone) -> Cue | None:
    """The comparative that makes the quantity a difference, None where it is no difference."""
    quantity = zone.quantity
    right = zone.right_cues("comparison")
    found = [c for c in right if c.start - quantity.outer_end <= BEHIND]
    found = [c for c in found if not {":", ")"} & set(seen.text(quantity.outer_end, c.start))]
    if seen.kk:
        if not found and not quantity.unit:  # "өткен қаңтардағыдан 3 пойызға көп"
            return next((c for c in right if counts_by(seen, quantity, c)), None)
        # Kazakh: "7,9%-ға артық"; but "7,9%-дан артық" is a hedge
        return found[0] if found and quantity.case in (Case.NOM, Case.DAT) else None
    return found[0] if found else comparative_before(seen, zone)


def comparative_before(seen: Evidence, zone: Zone) -> Cue | None:
    """Russian: the comparative before a number: "меньше почти на треть", "ниже в 1,4 раза"."""
    quantity = zone.quantity
    cues = zone.left_cues("comparison")
    if not cues:
        return None
    known = stop_words(seen.pack)
    words = without_periods(seen, cues[-1].end, quantity.start).split()
    between = [word for word in words if word.lower() not in known]
    by = any(c.kind == "prep" and c.value == "by" and c.start >= cues[-1].end for c in zone.cues)
    fold = quantity.unit == "times" and len(between) <= 1  # "богаче соседа впятеро"
    return cues[-1] if (by and not between) or fold else None


def without_periods(seen: Evidence, start: int, end: int) -> str:
    """The text between two places less the first period that it names: "больше [прошлогоднего] на 5%"."""
    for period in seen.periods:
        if start <= period.start < period.end <= end:
            return f"{seen.text(start, period.start)} {seen.text(period.end, end)}"
    return seen.text(start, end)


def counts_by(seen: Evidence, quantity: Quantity, cue: Cue) -> bool:
    """Whether one counted noun in the dative stands between a bare number and a comparative."""
    noun = seen.text(quantity.outer_end, cue.start).strip()
    return noun.isalpha() and noun_case(noun, seen.pack) == "dat"
