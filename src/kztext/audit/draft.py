"""A finding in the making: which facts and claims clash, how surely, and the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kztext.audit.facts import Fact, Pair
from kztext.records import ClaimRecord, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finding before it has an id and a message."""

    rule: str
    severity: Severity
    facts: tuple[Fact, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    expected: str = ""
    found: str = ""
    computation: str = ""
    about: Fact | None = None  # the fact whose indicator and period the message names; the first one if None
    stated: bool = False  # the text itself says which figures it is made of
    message: str = ""  # the message's key, where it is not the rule's name


def clash(a: Pair, b: Pair) -> Severity | None:
    """How surely two statements exclude one another, each given as its wide and likely interval.

    An error if they do in every reading, a warning if only in an unlikely one they would not.
    """
    if not a[0].meets(b[0]):
        return Severity.ERROR
    if not a[1].meets(b[1]):
        return Severity.WARNING
    return None


def worst(found: Iterable[Severity | None]) -> Severity | None:
    """None if any reading is free of a clash, else the mildest of the severities."""
    severities: Sequence[Severity | None] = list(found)
    if not severities or None in severities:
        return None
    return Severity.ERROR if all(s == Severity.ERROR for s in severities) else Severity.WARNING
