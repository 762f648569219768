"""Parts and wholes: sums of amounts, sums of shares, and a share against the part and the whole it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    Dossier,
    Fact,
    in_terms_of,
    interval_in_terms_of,
    is_total,
    kinds,
    of_one_time,
    plain,
    value_text,
)
from kztext.audit.words import says
from kztext.intervals import HUNDRED, ZERO, Interval, hull, show, show_interval
from kztext.records import Aggregation, Measure, Severity

Pair = tuple[Interval, Interval]
_NEAR = Decimal("0.88")  # parts that make so much of a whole were meant to make all of it
_NEARER = Decimal("0.93")
_APPOSED = 60  # characters between an amount and the share that restates it
_BETWEEN = {"from_value", "to_value", "comparison", "surplus", "deficit", "net"}  # not parts, but distances
_GAP = 120  # characters between two items of a list
_RATES = ("percent", "percentage_point", "times", "per_1000", "per_10000", "per_100000", "point", "year", "")


def part_sums(doc: Dossier) -> Iterator[Draft]:
    """Amounts of parts against that of the whole: quarters of a half-year, items of a list."""
    amounts = [f for f in doc.told if f.record.measure == Measure.LEVEL and f.record.unit not in _RATES]
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
                for whole in wholes[:1]:
                    if _filled_up(whole, parts, amounts):
                        continue
                    if found := _sum_draft(whole, parts, exact=True):
                        yield found


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
        and f.record.unit not in _RATES
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
        over = total > whole.record.value
        if near or (named and over and total < whole.record.value * 2):
            found = _sum_draft(whole, [[p] for p in parts], exact=True)
            if found:
                yield found if named else replace(found, severity=Severity.WARNING)


def _part_of(part: Fact, whole: Fact) -> bool:
    """Whether the records themselves say that one amount is a part of another."""
    r, s = part.record, whole.record
    if r.unit != s.unit or not _together(part, whole) or is_total(part):
        return False
    if s.indicator and f"part_of:{s.indicator}" in r.flags:
        return True
    return is_total(whole) and not whole.has("part_of")


def _together(a: Fact, b: Fact) -> bool:
    """Whether two amounts are of one time, as far as the text says."""
    return a.is_told == b.is_told and (a.span == b.span or a.span is None or b.span is None)


def _sums(fact: Fact) -> bool:
    """Whether the sentence has a word for a total or for its parts."""
    r = fact.record
    return says("total", r.sentence, r.lang) or says("including", r.sentence, r.lang)


def _rest(whole: Fact, amounts: Sequence[Fact]) -> list[Fact]:
    """All other amounts of the sentence, where the whole stands first or last and all are of one kind."""
    alike = [f for f in amounts if f.record.unit == whole.record.unit and _together(f, whole)]
    if len(alike) < 3 or len(alike) != len(amounts) or whole not in (alike[0], alike[-1]):
        return []
    rest = [f for f in alike if f is not whole]
    behind = whole.record.sentence.partition(alike[-2].record.quote)[2]
    together = whole is alike[-1] and says("total", behind, whole.record.lang)
    if any(f.record.geo != whole.record.geo for f in rest) and "-" in whole.record.geo and not together:
        return []  # regions of one country
    return rest if all(f.record.value < whole.record.value for f in rest) else []


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
    alike = all(f.record.unit == r.unit and _together(f, whole) and not is_total(f) for f in parts)
    apart = len({f.record.value for f in parts}) == len(parts)
    smaller = all(f.record.value < r.value for f in parts)
    return parts if alike and apart and smaller else []


def _told_apart(parts: Sequence[Fact]) -> bool:
    """Whether the parts are of different things, so that none is counted twice."""
    names = [(f.indicator, plain(f.record.subject), f.record.geo, *f.marks) for f in parts]
    return len(set(names)) == len(names)


def sum_of(whole: Fact, parts: Sequence[Fact], *, sure: bool) -> Draft | None:
    """The finding that amounts nearly make a whole and do not make it; a warning if they may be but some."""
    total = sum((f.record.value for f in parts), ZERO)
    least = _NEAR if sure else _NEARER
    if not whole.record.value * least <= total <= whole.record.value / least:
        return None
    found = _sum_draft(whole, [[p] for p in parts], exact=True)
    return found if found is None or sure else replace(found, severity=Severity.WARNING)


def _sum_draft(whole: Fact, parts: Sequence[Sequence[Fact]], *, exact: bool) -> Draft | None:
    total = _total(parts, 0), _total(parts, 1)
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


def _total(parts: Sequence[Sequence[Fact]], which: int) -> Interval:
    total = Interval(ZERO, ZERO)
    for group in parts:
        total = total + hull((f.said.wide, f.said.likely)[which] for f in group)
    return total


def share_sums(doc: Dossier) -> Iterator[Draft]:
    """Shares of one whole, told in one sentence or list: not over 100 %, and as much as the list says."""
    for facts in doc.sentences.values():
        yield from _shares(facts)
    yield from _shares_of_lists(doc)


def _shares_of_lists(doc: Dossier) -> Iterator[Draft]:
    """Lists with one item a line: shares of one whole in lines that follow one another."""
    rows = [f for f in doc.told if f.record.measure == Measure.SHARE and f.has("table")]
    lists: list[list[Fact]] = []
    for fact in rows:
        last = lists[-1][-1] if lists else None
        if last and _whole(last) == _whole(fact) and 0 <= fact.record.start - last.record.end < _GAP:
            lists[-1].append(fact)
        else:
            lists.append([fact])
    for items in lists:
        if len({f.record.sentence for f in items}) > 1:
            yield from _shares(items)


def _whole(fact: Fact) -> tuple[object, ...]:
    return fact.record.share_of, fact.span, fact.record.geo, fact.record.unit, fact.is_told


def _shares(facts: Sequence[Fact]) -> Iterator[Draft]:
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        r = fact.record
        rough = {"fraction", "number_words", "from_value", "to_value"}.intersection(r.flags)
        if r.measure == Measure.SHARE and r.unit == "percent" and not rough and not r.direction:
            groups[_whole(fact)].append(fact)
    for (whole, *_), group in groups.items():
        totals = [f for f in group if is_total(f)]
        parts = _distinct([f for f in group if f not in totals])
        if len(parts) < 2 or len(parts) != len([f for f in group if f not in totals]):
            continue
        if any(f.said.wide.low > HUNDRED for f in parts):
            continue  # 102 % is of a plan, not of a whole
        total = tuple(_total([[p] for p in parts], i) for i in (0, 1))
        if totals:
            said: Pair = (totals[0].said.wide, totals[0].said.likely)
        else:
            said = (Interval(ZERO, HUNDRED), Interval(ZERO, HUNDRED))
        severity = clash(said, (total[0], total[1]))
        middle = sum((p.record.value for p in parts), ZERO)
        if severity is None or (not totals and not _one_split(parts, whole)):
            continue
        yield Draft(
            rule="share_sum",
            severity=severity,
            facts=tuple(sorted((*parts, *totals[:1]), key=lambda f: f.order)),
            expected=value_text(totals[0]) if totals else "≤ 100%",
            found=f"{show(middle)}%",
            computation=" + ".join(show(p.record.value) for p in parts) + f" = {show(middle)}",
        )


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    seen: dict[str, Fact] = {}
    for fact in facts:
        seen.setdefault(plain(fact.record.subject) or fact.indicator or str(fact.order), fact)
    return list(seen.values())


def _one_split(parts: Sequence[Fact], whole: object) -> bool:
    """Whether shares over 100 % are surely a split of one whole, and not shares of different things."""
    middle = sum((p.record.value for p in parts), ZERO)
    if sum(p.indicator in kinds()["overlapping"] for p in parts) > 1:  # women, the young, the retired
        return False
    return (bool(whole) and (len(parts) > 2 or middle < HUNDRED + HUNDRED / 4)) or (
        len(parts) > 2 and middle < HUNDRED + 10
    )


def shares_of_wholes(doc: Dossier) -> Iterator[Draft]:
    """A share against the part and the whole of the same sentence: "четверть – 12,4 млрд из 31,9 млрд"."""
    for facts in doc.sentences.values():
        shares = [
            f
            for f in facts
            if f.record.measure == Measure.SHARE and f.record.unit == "percent" and f.record.share_of
        ]
        amounts = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in _RATES]
        for share in shares if len(amounts) > 1 else ():
            if found := _share(share, amounts):
                yield found


def shares_restated(doc: Dossier) -> Iterator[Draft]:
    """A share that restates the amount beside it: "из 240 школ 120 – сельские, что составляет 60%"."""
    for facts in doc.sentences.values():
        amounts = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in _RATES]
        shares = [f for f in facts if f.record.measure == Measure.SHARE and f.record.unit == "percent"]
        if len(amounts) != 2 or len(shares) != 1 or not all(f.is_exact for f in amounts):
            continue
        share, (part, whole) = shares[0], sorted(amounts, key=lambda f: f.record.value)
        alike = part.record.unit == whole.record.unit and _together(part, whole)
        if alike and _restates(share, part) and (found := share_draft(share, part, whole)):
            yield found


def _restates(share: Fact, part: Fact) -> bool:
    """Whether nothing but a word for "that is" and a name parts a share from the amount before it."""
    r, s = share.record, part.record
    if not 0 <= r.start - s.end < _APPOSED:
        return False
    text = " ".join(r.sentence.split())
    begin, end = text.find(" ".join(s.quote.split())), text.rfind(" ".join(r.quote.split()))
    between = text[begin + len(" ".join(s.quote.split())) : end]
    return 0 <= begin < end and says("restates", between, r.lang) and not any(c.isdigit() for c in between)


def _share(share: Fact, amounts: Sequence[Fact]) -> Draft | None:
    of = share.record.share_of
    wholes = [
        f
        for f in amounts
        if (of == f.indicator or plain(of) == plain(f.record.subject)) and not f.has("part_of")
    ]
    parts = [
        f
        for f in amounts
        if (f.has("part_of") and f"part_of:{share.record.share_of}" in f.record.flags)
        or (f.indicator and f.indicator == share.indicator and f.indicator != of)
        or (not f.indicator and f.record.subject and plain(f.record.subject) == plain(share.record.subject))
    ]
    if len(parts) != 1 or len(wholes) != 1 or parts[0] is wholes[0]:
        return None
    part, whole = parts[0], wholes[0]
    if part.record.value > whole.record.value:
        return None
    if part.record.unit != whole.record.unit or (part.span and whole.span and part.span != whole.span):
        return None
    return share_draft(share, part, whole)


def share_draft(share: Fact, part: Fact, whole: Fact) -> Draft | None:
    """The finding that a share is not that of the part in the whole; None where it may be."""
    wide, likely = (
        a.over(b).scaled(HUNDRED)
        for a, b in ((part.said.wide, whole.said.wide), (part.said.likely, whole.said.likely))
    )
    severity = clash((share.said.wide, share.said.likely), (wide, likely))
    if severity is None:
        return None
    return Draft(
        rule="share",
        severity=severity,
        facts=tuple(sorted((whole, part, share), key=lambda f: f.order)),
        about=share,
        expected=f"{show_interval(wide, 1)}%",
        found=value_text(share),
        computation=f"{value_text(part)} / {value_text(whole)} = {show_interval(wide, 1)}%",
    )
