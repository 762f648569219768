"""Parts and wholes: periods of a longer one, kinds that make a whole by definition, items of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product

from kztext.audit.dossier import Dossier, of_one_time
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    Fact,
    is_total,
    kinds,
    plain,
)
from kztext.audit.shown import in_terms_of, interval_in_terms_of, value_text
from kztext.audit.words import says
from kztext.intervals import ZERO, Interval, hull
from kztext.records import Aggregation, Measure, Severity

_NEAR = Decimal("0.88")  # parts that make so much of a whole were meant to make all of it
_NEARER = Decimal("0.93")
_BETWEEN = {"from_value", "to_value", "comparison", "surplus", "deficit", "net"}  # not parts, but distances
_TOLD = 4  # figures told of one part that are tried
_GAP = 120  # characters between two items of a list
RATES = (
    "percent",
    "percentage_point",
    "times",
    "per_1000",
    "per_10000",
    "per_100000",
    "point",
    "year",
    "degree",
    "millimetre",
    "centimetre",
    "",
)


def part_sums(doc: Dossier) -> Iterator[Draft]:
    """Amounts of parts against that of the whole: quarters of a half-year, items of a list."""
    amounts = [f for f in doc.told if f.record.measure == Measure.LEVEL and f.record.unit not in RATES]
    yield from _of_periods([f for f in amounts if f.span])
    yield from _of_kinds(amounts)
    for facts in _lists(doc):
        yield from _of_list(facts)


def _lists(doc: Dossier) -> Iterator[list[Fact]]:
    """Facts told together: in one sentence, or in lines of a list that follow one another."""
    yield from doc.sentences.values()
    rows: list[list[Fact]] = []
    for fact in doc.told:
        last = rows[-1][-1] if rows else None
        if (
            last
            and 0 <= fact.record.start - last.record.end < _GAP
            and (last.has("table") or fact.has("table") or is_total(fact))
        ):
            rows[-1].append(fact)
        else:
            rows.append([fact])
    yield from (r for r in rows if len({f.record.sentence for f in r}) > 1)
    for before, after in pairwise(doc.sentences.values()):
        near = 0 <= after[0].record.start - before[-1].record.end < _GAP * 2
        parts = [f for f in after if f.has("part_of")]
        if near and len(parts) > 1 and not any(f.has("part_of") for f in before):
            yield [*(f for f in before if not is_total(f)), *parts]


def _of_periods(amounts: Sequence[Fact]) -> Iterator[Draft]:
    """The periods that tile a longer one, for amounts that add up over time."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    stocks = kinds()["stocks"]
    for fact in amounts:
        if fact.indicator not in stocks and fact.topic[0] and not (fact.span and fact.span.day):
            groups[(*fact.topic, fact.record.unit, fact.sense, fact.is_told)].append(fact)
    for facts in groups.values():
        if len(facts) < 3:
            continue
        for whole in facts:
            parts = _tiling(whole, facts)
            if parts and (found := _sum_draft(whole, parts, exact=True)):
                yield found


def _tiling(whole: Fact, facts: Sequence[Fact]) -> list[list[Fact]]:
    """The longest shorter periods that fill the whole's, each with all said of it; empty where none do."""
    if whole.span is None:
        return []
    inside = [
        f
        for f in facts
        if f is not whole
        and f.span
        and f.span != whole.span
        and whole.span.holds(f.span)
        and f.record.aggregation in (Aggregation.PERIOD, Aggregation.CUMULATIVE)
    ]
    starts: dict[int, list[Fact]] = defaultdict(list)
    for fact in inside:
        starts[fact.span.first if fact.span else 0].append(fact)
    tiles: list[list[Fact]] = []
    at = whole.span.first
    while at <= whole.span.last:
        here = starts.get(at, [])
        if not here:
            return []
        longest = max(f.span.last for f in here if f.span)
        tiles.append([f for f in here if f.span and f.span.last == longest])
        at = longest + 1
    return tiles if len(tiles) > 1 and at == whole.span.last + 1 else []


def _of_kinds(amounts: Sequence[Fact]) -> Iterator[Draft]:
    """Wholes that are by definition the sum of their kinds: employment of employees and self-employed."""
    alike: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in amounts:
        alike[(fact.marks, fact.sense)].append(fact)
    for facts in (room for group in alike.values() for room in of_one_time(group)):
        if len(facts) < 3:
            continue
        for rule in kinds()["sum"]:
            wholes = [f for f in facts if f.indicator == rule["whole"]]
            parts = [[f for f in facts if f.indicator == p] for p in rule["parts"]]
            if wholes and all(parts):
                if _filled_up(wholes[0], parts, amounts):
                    continue
                if found := _none_makes(wholes[0], parts):
                    yield found


def _none_makes(whole: Fact, parts: Sequence[Sequence[Fact]]) -> Draft | None:
    """The finding that no choice of the figures told of each part makes the whole; the nearest one shown."""
    choices = list(product(*(group[:_TOLD] for group in parts)))
    found = [d for c in sorted(choices, key=lambda c: _far(whole, c)) if (d := parts_draft(whole, c))]
    return found[0] if len(found) == len(choices) else None


def _far(whole: Fact, parts: Sequence[Fact]) -> Decimal:
    return abs(sum((f.record.value for f in parts), ZERO) - whole.record.value)


def _filled_up(whole: Fact, parts: Sequence[Sequence[Fact]], facts: Sequence[Fact]) -> bool:
    """Whether one more amount told beside the parts makes the whole: services beside crops and cattle."""
    used = [f for group in parts for f in group]
    left = whole.record.value - sum((group[0].record.value for group in parts), ZERO)
    return any(
        f not in used and f is not whole and f.said.wide.low <= left <= f.said.wide.high
        for f in facts
        if f.record.sentence in {x.record.sentence for x in used}
    )


def _of_list(facts: Sequence[Fact]) -> Iterator[Draft]:
    """A total and its items, told together.

    Items may not exceed a total; items that nearly make it, but not quite, were meant to.
    """
    if len(facts) < 3:
        return
    amounts = [
        f
        for f in facts
        if f.record.measure == Measure.LEVEL
        and f.record.unit not in RATES
        and not _BETWEEN.intersection(f.record.flags)
    ]
    together = len({f.record.sentence for f in amounts}) == 1
    summed = together and len(amounts) > 2 and _sums(amounts[0])
    owned = {flag for f in amounts for flag in f.record.flags if flag.startswith("part_of:")}
    for whole in amounts:
        has_parts = is_total(whole) or (
            not whole.has("part_of") and f"part_of:{whole.record.indicator}" in owned
        )
        parts = [f for f in amounts if f is not whole and _part_of(f, whole)] if has_parts else []
        named = bool(parts) and (is_total(whole) or any(f.has("part_of") for f in parts))
        if not named:
            parts = _rest(whole, amounts) if summed else _behind_colon(whole, amounts)
            named = named or (bool(parts) and not summed)
        if len(parts) < 2 or not (
            _told_apart(parts) or (named and len({f.record.value for f in parts}) == len(parts))
        ):
            continue
        total = sum((f.record.value for f in parts), ZERO)
        near = whole.record.value * _NEAR <= total <= whole.record.value / _NEAR
        if total < whole.record.value and _some_of(whole, parts):
            continue
        if any(parts_draft(whole, parts[:k]) is None for k in range(2, len(parts))):
            continue  # what follows the parts is a part of a part
        over = total > whole.record.value
        if near or (named and over and total < whole.record.value * 2):
            found = _sum_draft(whole, [[p] for p in parts], exact=True)
            if found:
                yield found if named else replace(found, severity=Severity.WARNING)


def _some_of(whole: Fact, parts: Sequence[Fact]) -> bool:
    """Whether words between a whole and its parts say that these are some of them: "в том числе"."""
    r, s = whole.record, parts[0].record
    if r.sentence != s.sentence or whole.order > parts[0].order:
        return False
    return says("including", _gap(whole, parts[0]), r.lang)


def _part_of(part: Fact, whole: Fact) -> bool:
    """Whether the records themselves say that one amount is a part of another."""
    r, s = part.record, whole.record
    if r.unit != s.unit or not told_together(part, whole) or is_total(part):
        return False
    if s.indicator and f"part_of:{s.indicator}" in r.flags:
        return True
    if r.indicator != s.indicator and any({r.indicator, s.indicator} == {*two} for two in kinds()["apart"]):
        return False
    return is_total(whole) and not whole.has("part_of")


def told_together(a: Fact, b: Fact) -> bool:
    """Whether two amounts are of one time, as far as the text says."""
    return a.is_told == b.is_told and (a.span == b.span or a.span is None or b.span is None)


def _sums(fact: Fact) -> bool:
    """Whether the sentence has a word for a total or for its parts."""
    r = fact.record
    return says("total", r.sentence, r.lang) or says("including", r.sentence, r.lang)


def _rest(whole: Fact, amounts: Sequence[Fact]) -> list[Fact]:
    """All other amounts of the sentence, where the whole stands first or last and all are of one kind."""
    alike = [f for f in amounts if f.record.unit == whole.record.unit and told_together(f, whole)]
    if len(alike) < 3 or len(alike) != len(amounts) or whole not in (alike[0], alike[-1]):
        return []
    rest = [f for f in alike if f is not whole]
    if whole is alike[0] and not _opens(whole, rest[0]):
        return []
    behind = whole.record.sentence.partition(alike[-2].record.quote)[2]
    together = whole is alike[-1] and says("total", behind, whole.record.lang)
    if any(f.record.geo != whole.record.geo for f in rest) and "-" in whole.record.geo and not together:
        return []  # regions of one country
    return rest if all(f.record.value < whole.record.value for f in rest) else []


def _opens(whole: Fact, first: Fact) -> bool:
    """Whether a colon, a bracket or words between a whole and an amount make that one its part."""
    gap = _gap(whole, first)
    return says("including", gap, whole.record.lang) or any(c in gap for c in ":(") or is_total(whole)


def _gap(a: Fact, b: Fact) -> str:
    """The words of a sentence between two of its figures."""
    text, one, other = (" ".join(x.split()) for x in (a.record.sentence, a.record.quote, b.record.quote))
    return text.partition(one)[2].partition(other)[0]


def _behind_colon(whole: Fact, amounts: Sequence[Fact]) -> list[Fact]:
    """The items of a list that a colon opens: "19,1 млн кв. метров: в городах – 14,2 млн, в сёлах – 5,9 млн".

    Only items of another name than the whole, or of none, that do not say another time.
    """
    r = whole.record
    parts = [f for f in amounts if f.order > whole.order]
    if len(parts) < 2 or whole is not amounts[0] or len({f.record.sentence for f in amounts}) > 1:
        return []
    at = r.sentence.find(" ".join(r.quote.split()))
    place = r.sentence.find(":", at) if at >= 0 else -1
    first = r.sentence.find(" ".join(parts[0].record.quote.split()), at + 1)
    if not 0 <= place < first or r.sentence.find(":", place + 1) >= 0:
        return []
    alike = all(f.record.unit == r.unit and told_together(f, whole) and not is_total(f) for f in parts)
    apart = len({f.record.value for f in parts}) == len(parts)
    smaller = all(f.record.value < r.value for f in parts)
    return parts if alike and apart and smaller else []


def _told_apart(parts: Sequence[Fact]) -> bool:
    """Whether the parts are of different things, so that none is counted twice."""
    names = [(f.indicator, plain(f.record.subject), f.record.geo, *f.marks) for f in parts]
    return len(set(names)) == len(names)


def parts_draft(whole: Fact, parts: Sequence[Fact]) -> Draft | None:
    """The finding that amounts do not make a whole; None where within their rounding they do."""
    return _sum_draft(whole, [[p] for p in parts], exact=True)


def sum_of(whole: Fact, parts: Sequence[Fact], *, sure: bool) -> Draft | None:
    """The finding that amounts nearly make a whole and do not make it; a warning if they may be but some."""
    total = sum((f.record.value for f in parts), ZERO)
    least = _NEAR if sure else _NEARER
    if not whole.record.value * least <= total <= whole.record.value / least:
        return None
    found = parts_draft(whole, parts)
    return found if found is None or sure else replace(found, severity=Severity.WARNING)


def _sum_draft(whole: Fact, parts: Sequence[Sequence[Fact]], *, exact: bool) -> Draft | None:
    total = total_of(parts, 0), total_of(parts, 1)
    said = whole.said.wide, whole.said.likely
    if not exact:
        said = Interval(ZERO, said[0].high), Interval(ZERO, said[1].high)
    severity = clash(said, total)
    if severity is None:
        return None
    used = [f for group in parts for f in group]
    terms = " + ".join(value_text(group[0]) for group in parts)
    middle = in_terms_of(whole, sum((group[0].record.value for group in parts), ZERO))
    return Draft(
        rule="part_sum",
        severity=severity,
        facts=tuple(sorted((whole, *used), key=lambda f: f.order)),
        about=whole,
        expected=middle,
        found=value_text(whole),
        computation=f"{terms} = {middle} ({interval_in_terms_of(whole, total[0])}); {value_text(whole)}",
    )


def total_of(parts: Sequence[Sequence[Fact]], which: int) -> Interval:
    """The sum of parts, each given as all that is said of it: the wide one (0) or the likely one (1)."""
    total = Interval(ZERO, ZERO)
    for group in parts:
        total = total + hull(f.pair[which] for f in group)
    return total
