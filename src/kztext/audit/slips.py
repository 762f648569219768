"""A figure told twice with its digits in another order: 27,5 and 25,7, 545 and 455."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, zip_longest

from kztext.audit.contradiction import draft, is_supposed
from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.names import narrowing, stems
from kztext.records import Severity

_ENDS = frozenset({"from_value", "table", "comparison"})
_SHARED = 2  # words that a headline shares with the sentence that gives its figure
_MOST = 12  # figures with the same digits that are still worth a look


def digits(value: Decimal) -> tuple[int, str]:
    """The size of a number and its digits, sorted: what a slip of the hand leaves as it is.

    >>> digits(Decimal("27.5")) == digits(Decimal("25.7")), digits(Decimal("27.5")) == digits(Decimal("275"))
    (True, False)
    """
    written = f"{value:f}"
    bare = written.rstrip("0").rstrip(".") if "." in written else written
    return value.adjusted(), "".join(sorted(bare.replace(".", "")))


def is_slip(a: Decimal, b: Decimal) -> bool:
    """Whether two numbers differ by two digits that changed places."""
    if a == b or digits(a) != digits(b):
        return False
    one, other = a.normalize().as_tuple().digits, b.normalize().as_tuple().digits
    moved = [(x, y) for x, y in zip_longest(one, other) if x != y]
    return len(moved) == 2


def slips(doc: Dossier) -> Iterator[Draft]:
    """One figure told twice, the second time with its digits in another order."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        r = fact.record
        if fact.is_exact and r.value > 0 and not _ENDS.intersection(r.flags) and not is_supposed(fact):
            groups[(*digits(r.value), r.measure, r.direction)].append(fact)
    head = doc.facts[0].record.sentence if doc.facts else ""
    for group in groups.values():
        for a, b in combinations(group[:_MOST], 2):
            if is_slip(a.record.value, b.record.value) and _one_thing(doc, a, b, head):
                yield draft("contradiction", [a, b], Severity.WARNING)


def _one_thing(doc: Dossier, a: Fact, b: Fact, head: str) -> bool:
    """Whether two facts are of one thing and time, as far as the text says."""
    r, s = a.record, b.record
    units = {r.unit, s.unit} - {""}
    if r.sentence == s.sentence or len(units) > 1 or r.geo != s.geo or a.marks != b.marks:
        return False
    if a.span and b.span and a.span.first != b.span.first:
        return False
    if a.indicator and b.indicator:
        return a.indicator == b.indicator and narrowing(a) == narrowing(b) and not _told_again(doc, a, b)
    if r.lang != s.lang or _told_again(doc, a, b):
        return False
    shared = stems(r.sentence, r.lang) & stems(s.sentence, s.lang)
    one, other = stems(r.subject, r.lang), stems(s.subject, s.lang)
    named = bool(one and other) and (one <= other or other <= one)
    return named or (r.sentence == head and len(shared) >= _SHARED)


def _told_again(doc: Dossier, a: Fact, b: Fact) -> bool:
    """Whether the text gives both figures more than once: they are two."""
    values: Sequence[Decimal] = [f.record.value for f in doc.facts]
    return all(values.count(f.record.value) > 1 for f in (a, b))
