"""Shares of one whole: they make no more than it, the rest makes it full, each fits its part and whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    Fact,
    Pair,
    is_total,
    kinds,
    plain,
)
from kztext.audit.line import Line, lines
from kztext.audit.names import own_stems, stems
from kztext.audit.parts import RATES, told_together, total_of
from kztext.audit.shown import value_text
from kztext.audit.words import says
from kztext.intervals import (
    HUNDRED,
    ZERO,
    Interval,
    show,
    show_interval,
)
from kztext.records import (
    Measure,
    Severity,
)

_GAP = 120  # characters between two items of a list
_REACH = 800  # characters back to the whole of a share
_APPOSED = 60  # characters between an amount and the share that restates it


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
        sure = fact.is_exact and not rough and not r.direction
        if r.measure == Measure.SHARE and r.unit == "percent" and sure:
            groups[_whole(fact)].append(fact)
    for (whole, *_), group in groups.items():
        totals = [f for f in group if is_total(f)]
        parts = _distinct([f for f in group if f not in totals])
        if len(parts) < 2 or len(parts) != len([f for f in group if f not in totals]):
            continue
        if any(f.said.wide.low > HUNDRED for f in parts):
            continue  # 102 % is of a plan, not of a whole
        total = tuple(total_of([[p] for p in parts], i) for i in (0, 1))
        if totals:
            said: Pair = totals[0].pair
        else:
            said = (Interval(ZERO, HUNDRED), Interval(ZERO, HUNDRED))
        severity = clash(said, (total[0], total[1]))
        middle = sum((p.record.value for p in parts), ZERO)
        if severity is None or (not totals and (not _one_split(parts, whole) or _full(parts))):
            continue
        yield Draft(
            rule="share_sum",
            severity=severity,
            facts=tuple(sorted((*parts, *totals[:1]), key=lambda f: f.order)),
            expected=value_text(totals[0]) if totals else "≤ 100%",
            found=f"{show(middle)}%",
            computation=" + ".join(show(p.record.value) for p in parts) + f" = {show(middle)}",
        )


def _full(parts: Sequence[Fact]) -> bool:
    """Whether shares make 100 %, or one of them, without one, or several may hold of one."""
    r = parts[0].record
    total = sum((p.record.value for p in parts), ZERO)
    beside = any(total - p.record.value in (HUNDRED, p.record.value) for p in parts)
    return beside or says("several", r.sentence, r.lang)


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
        amounts = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in RATES]
        for share in shares if len(amounts) > 1 else ():
            if found := _share(share, amounts):
                yield found


def shares_restated(doc: Dossier) -> Iterator[Draft]:
    """A share that restates the amount beside it: "из 240 школ 120 – сельские, что составляет 60%"."""
    for facts in doc.sentences.values():
        amounts = [f for f in facts if f.record.measure == Measure.LEVEL and f.record.unit not in RATES]
        shares = [f for f in facts if _may_be_share(f)]
        if len(amounts) != 2 or len(shares) != 1 or not all(f.is_exact for f in amounts):
            continue
        share, (part, whole) = shares[0], sorted(amounts, key=lambda f: f.record.value)
        alike = part.record.unit == whole.record.unit and told_together(part, whole)
        if alike and _restates(share, part) and (found := share_draft(share, part, whole)):
            yield found


def _may_be_share(fact: Fact) -> bool:
    """Whether a percentage is a share, or said of nothing that rose or fell."""
    r = fact.record
    unsaid = r.measure == Measure.CHANGE and not r.direction and fact.has("measure_unsaid")
    return r.unit == "percent" and (r.measure == Measure.SHARE or unsaid)


def shares_of_told(doc: Dossier) -> Iterator[Draft]:
    """A share beside its part, of a whole that the text gives elsewhere: "13,2 млрд – это 44,6 % импорта"."""
    for line in lines(doc, 2):
        for i, share in enumerate(line.facts):
            r = share.record
            if r.measure != Measure.SHARE or r.unit != "percent" or not r.share_of or not share.is_told:
                continue
            for k in (i - 1, i + 1):
                told = 0 <= k < len(line.facts) and _beside(line, min(i, k)) and _is_lone(line, k)
                if told and (found := _of_told(doc, share, line.facts[k])):
                    yield found
                    break


def _beside(line: Line, i: int) -> bool:
    """Whether a figure and the next one say one thing in two ways."""
    gap = line.gap(i, i + 1)
    words = any(says(kind, gap, line.lang) for kind in ("restates", "that_is"))
    return len(gap) < _APPOSED and (words or not any(c.isalpha() for c in gap) or gap.rstrip().endswith("("))


def _is_lone(line: Line, k: int) -> bool:
    """Whether a figure is an amount, the only one of its unit in the sentence."""
    part = line.facts[k].record
    others = [f for f in line.facts if f.record.unit == part.unit]
    return part.measure == Measure.LEVEL and part.unit not in RATES and len(others) == 1


def _of_told(doc: Dossier, share: Fact, part: Fact) -> Draft | None:
    """The finding that a part is no such share of any figure that is told of the whole for its time."""
    if share.span != part.span:
        return None
    wholes = [
        f
        for f in doc.told
        if is_whole(f, share.record.share_of, part)
        and (f.indicator == share.record.share_of or 0 < part.record.start - f.record.start < _REACH)
    ]
    drafts = [share_draft(share, part, whole) for whole in wholes]
    found = drafts[-1] if drafts and all(drafts) else None
    return found and replace(found, severity=Severity.WARNING)


def is_whole(fact: Fact, of: str, part: Fact) -> bool:
    """Whether an amount may be the whole that a share of `of` is of, for a part."""
    r = fact.record
    alike = r.measure == Measure.LEVEL and r.unit == part.record.unit and r.geo == part.record.geo
    if not alike or fact is part or not fact.is_told or r.value <= part.record.value:
        return False
    if fact.span is None or part.span is None or fact.marks:
        return False
    one_time = fact.span == part.span or (fact.span.holds(part.span) and bool(fact.span.day))
    if fact.span.day or part.span.day:  # of one day, and of the month or the year that ends with it
        one_time = fact.span.last // 12 == part.span.last // 12 or one_time
    named = stems(of, r.lang) & (own_stems(r.indicator, r.lang) | stems(r.subject, r.lang))
    return one_time and (fact.indicator == of or bool(named))


def shares_of_indicators(doc: Dossier) -> Iterator[Draft]:
    """A share of what is a part by definition, where both are told: "Доля горожан – 62 %"."""
    pairs = {(part, rule["whole"]) for rule in kinds()["sum"] for part in rule["parts"]}
    for share in doc.facts:
        r = share.record
        if r.measure != Measure.SHARE or (share.indicator, r.share_of) not in pairs or share.marks:
            continue
        if share.span is None or share.carried or "fraction" in r.flags:
            continue
        parts, wholes = (
            [
                f
                for f in doc.facts
                if f.indicator == of
                and f.record.measure == Measure.LEVEL
                and f.record.unit not in RATES
                and f.record.geo == r.geo
                and f.span == share.span
                and not f.marks
            ]
            for of in (share.indicator, r.share_of)
        )
        drafts = [
            share_draft(share, part, whole)
            for part in parts
            for whole in wholes
            if part.record.unit == whole.record.unit and part.record.value < whole.record.value
        ]
        if drafts and all(drafts):
            yield from (d for d in drafts[:1] if d)


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
    severity = clash(share.pair, (wide, likely))
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


def is_part(fact: Fact) -> bool:
    """Whether a percentage may be a part of a whole."""
    r = fact.record
    return r.measure in (Measure.SHARE, Measure.LEVEL) and r.unit == "percent" and not fact.is_rate
