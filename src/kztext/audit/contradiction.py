"""The same thing said twice with values that exclude one another, in one document or in several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import (
    RATIOS,
    Fact,
    Key,
    Pair,
    key_of,
    kinds,
    lead,
    plain,
    rate_interval,
    wide_of,
)
from kztext.audit.names import named_apart
from kztext.audit.shown import in_terms_of, interval_in_terms_of, period, value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, INFINITY
from kztext.records import Modality, Severity, Verdict

_WORD, _STEM = 4, 5  # letters of a word that names something, and of the beginning that two share
_NEARLY = Decimal("1.15")  # values no further apart may be one value told in several ways
_SUMMED = Decimal("1.25")  # a figure summed up with that is further from the one told is of another thing
_MOVED = {"from_value", "to_value", "comparison"}
_OPEN = {"at_least", "at_most"}
_POINTS, _TIMES = Decimal(10), Decimal(3)  # changes further apart than both are of two things
_FAR = Decimal("2.5")  # amounts further apart are of two things, whatever they are called
_PART = Decimal("1.5")  # amounts further apart, of differently named things, are parts of one another


def contradictions(doc: Dossier) -> Iterator[Draft]:
    """Two values of the same indicator, period, place and definition that no rounding brings together.

    Different roundings of one number are silent, so are two values in one sentence (a comparison).
    """
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in doc.told:
        if is_supposed(fact) or (fact.record.modality == Modality.FORECAST and _in_variants(fact)):
            continue
        if _carried_past(fact, doc.together(fact)):
            continue
        key = key_of(fact) or _key_of_words(fact)
        if key is not None:
            groups[(fact.is_told or _voice(fact), *key)].append(fact)
    _join_bare(groups)
    for group in groups.values():
        if len(group) > 1 and (found := conflict(_whole_only(group))):
            facts, severity = found
            rule = "direction" if _index_against_change(facts) else "contradiction"
            yield draft(rule, facts, severity)


def _whole_only(group: Sequence[Fact]) -> list[Fact]:
    """The facts of a group without those that one sentence sets against one another, as of parts."""
    rooms: dict[str, list[Fact]] = defaultdict(list)
    for fact in group:
        rooms[fact.record.sentence].append(fact)
    return [f for room in rooms.values() for f in room if not any(_apart(f, other) for other in room)]


def _apart(a: Fact, b: Fact) -> bool:
    return a is not b and a.record.measure == b.record.measure and not wide_of(a).meets(wide_of(b))


def _carried_past(fact: Fact, here: Sequence[Fact]) -> bool:
    """Whether what a fact is of was carried into its sentence over a figure of something else."""
    if not fact.carried:
        return False
    before = [f.indicator for f in here if f.order < fact.order]
    return any(before) and fact.indicator not in before


def _voice(fact: Fact) -> tuple[str, str]:
    """Whose plan it is; forecasts of a text are one where nobody else is named."""
    r = fact.record
    return (r.modality, "" if r.modality == Modality.FORECAST else r.speaker)


def _in_variants(fact: Fact) -> bool:
    """Whether a forecast is one of several, of a scenario or of a range of opinions."""
    return says("variant", fact.record.sentence, fact.record.lang)


def is_supposed(fact: Fact) -> bool:
    """Whether the words before a figure only suppose it: "if it fell to 50 dollars"."""
    return says("hypothetical", lead(fact.record), fact.record.lang)


def _key_of_words(fact: Fact) -> Key | None:
    """The key of a thing outside the catalogue within one text: its words, at least two of them."""
    r, span = fact.record, fact.span
    words = [word for word in plain(r.subject).split() if len(word) >= _WORD]
    moved = {"from_value", "to_value", "comparison", "coreference", "ellipsis", "total"}.intersection(r.flags)
    if r.indicator or span is None or len(words) < 2 or moved or not r.unit or not fact.is_exact:
        return None
    return (
        *words,
        r.geo,
        span.first,
        span.last,
        span.day,
        r.measure,
        r.unit,
        r.direction,
        r.share_of,
        *fact.marks,
    )


def _join_bare(groups: dict[Key, list[Fact]]) -> None:
    """In one document a bare rate of inflation is taken for the December one, where that is what it gives."""
    for key in [k for k in groups if "rate" in k and k[-1] == ""]:
        named = (*key[:-1], "end")
        if named in groups and (*key[:-1], "average") not in groups:
            groups[named].extend(groups.pop(key))


def draft(rule: str, facts: Sequence[Fact], severity: Severity) -> Draft:
    """The finding that these facts exclude one another."""
    ordered = sorted(facts, key=lambda f: (f.record.doc_id, f.order))
    parts = [f"{value_text(f)} = {interval_text(f)}" for f in ordered]
    low, high = min(ordered, key=lambda f: wide_of(f).high), max(ordered, key=lambda f: wide_of(f).low)
    time = period(ordered[0])
    return Draft(
        rule=rule,
        severity=severity,
        facts=tuple(ordered),
        expected=value_text(ordered[0]),
        found="; ".join(dict.fromkeys(value_text(f) for f in ordered[1:])),
        computation=f"{f'{time}: ' if time else ''}{'; '.join(dict.fromkeys(parts))}; "
        f"{in_terms_of(high, wide_of(high).low)} > {in_terms_of(low, wide_of(low).high)}",
    )


def interval_text(fact: Fact) -> str:
    """The signed interval that a fact stands for, in its own multiplier."""
    return interval_in_terms_of(fact, wide_of(fact))


def both(fact: Fact) -> Pair:
    """The signed intervals of a fact, wide and likely."""
    return rate_interval(fact, fact.said.wide), rate_interval(fact, fact.said.likely)


def conflict(group: Sequence[Fact]) -> tuple[list[Fact], Severity] | None:
    """The facts of a group that exclude one another, and how surely."""
    if len(group) < 2:
        return None
    bounds = [both(f)[1] for f in group]
    if max(b.low for b in bounds) <= min(b.high for b in bounds):
        return None
    clashing: dict[int, Fact] = {}
    worst: Severity | None = None
    limited = group if len(group) <= 60 else _extremes(group)
    for i, a in enumerate(limited):
        for b in limited[i + 1 :]:
            severity = clash(both(a), both(b))
            if severity and not _excused(a, b):
                clashing[a.order], clashing[b.order] = a, b
                worst = Severity.ERROR if Severity.ERROR in (severity, worst) else severity
    if worst is None or _a_list(list(clashing.values())):
        return None
    return list(clashing.values()), worst


def _a_list(facts: Sequence[Fact]) -> bool:
    """Whether so many values so far apart can only be of as many things."""
    values = sorted({abs(middle_of(f)) for f in facts})
    apart = [b for a, b in pairwise(values) if b > a * _NEARLY]
    return len(values) > 2 and len(apart) > 1


def _extremes(group: Sequence[Fact]) -> list[Fact]:
    by_low = sorted(group, key=lambda f: wide_of(f).low)
    return [*by_low[:30], *by_low[-30:]]


def _excused(a: Fact, b: Fact) -> bool:
    """Whether two differing values are likely to be of two things after all."""
    r, s = a.record, b.record
    alike = r.measure == s.measure or {r.measure, s.measure} == {"level", "share"}
    if r.doc_id == s.doc_id and r.sentence == s.sentence and alike:
        return True
    if r.modality == Modality.FORECAST and r.speaker != s.speaker and r.speaker and s.speaker:
        return True
    if "table" in r.flags and "table" in s.flags and r.doc_id == s.doc_id:
        return True  # two rows of a table, or of two tables, are two things
    if r.unit == "percent" and r.measure == "share" and max(r.value, s.value) > HUNDRED:
        return True
    if named_apart(a, b) and not _index_against_change((a, b)):
        return True
    if {x.approximation for x in (r, s)} & _OPEN and r.value != s.value and r.measure == "level":
        return plain(r.subject) != plain(s.subject)
    if r.measure in ("change", "index") and (_far(a, b) or _price_of_a_thing(a, b) or _opposed(a, b)):
        return plain(r.subject) != plain(s.subject)
    low, high = sorted((r.value, s.value))
    far = not low or high / low > _PART
    if far and (a.carried or b.carried) and not a.is_growth:
        return True
    if r.unit not in RATIOS and r.measure == s.measure == "level":
        return not low or high / low > _FAR or (far and plain(r.subject) != plain(s.subject))
    return False


def _far(a: Fact, b: Fact) -> bool:
    """Whether two changes are so far apart that they are of two things: exports and those of uranium."""
    x, y = (abs(f.growth(f.point).low) if f.is_growth else f.record.value for f in (a, b))
    low, high = sorted((x, y))
    points = a.record.unit != "percent" or high - low > _POINTS
    return points and high > low * _TIMES


def _opposed(a: Fact, b: Fact) -> bool:
    """Whether two changes go two ways, and not by the same: they are of two things."""
    if not (a.is_growth and b.is_growth):
        return False
    x, y = a.growth(a.point).low, b.growth(b.point).low
    low, high = sorted((abs(x), abs(y)))
    return (x > 0) != (y > 0) and high > low * _PART


def _price_of_a_thing(a: Fact, b: Fact) -> bool:
    """Whether two rates of prices have signs that differ: onions got cheaper, prices rose."""
    return (
        a.is_rate
        and a.is_growth
        and b.is_growth
        and (a.growth(a.point).low > 0) != (b.growth(b.point).low > 0)
    )


def _index_against_change(facts: Sequence[Fact]) -> bool:
    """Whether an index stands against a change of the same size and the other sign."""
    return len({f.record.measure for f in facts}) > 1 and any(
        a.record.measure == "index"
        and b.record.measure == "change"
        and (-a.growth(a.said.wide)).meets(b.growth(b.said.wide))
        for a in facts
        for b in facts
    )


def states(doc: Dossier) -> Iterator[Draft]:
    """What holds until it is changed, told as another than it was last set to: raised to 16,5 %, now 16 %."""
    for fact in doc.facts:
        r = fact.record
        now = fact.span is None or fact.has("context_period")
        if (
            fact.indicator not in kinds()["states"]
            or r.measure != "level"
            or not now
            or _MOVED & set(r.flags)
        ):
            continue
        others = [
            f
            for f in doc.told
            if f.indicator == fact.indicator
            and f is not fact
            and f.record.measure == "level"
            and f.record.unit == r.unit
        ]
        last = [f for f in others if ("to_value" in f.record.flags or f.record.direction) and f.is_told]
        formerly = says("formerly", r.sentence, r.lang)
        if (
            last
            and not formerly
            and not is_supposed(fact)
            and not any(f.said.wide.meets(fact.said.wide) for f in others)
        ):
            yield draft("contradiction", [last[-1], fact], Severity.WARNING)


def summaries(doc: Dossier) -> Iterator[Draft]:
    """A figure that a text sums up with, against the one that it gave: "Подытожим: урожай 26,2 млн тонн"."""
    for fact in doc.facts:
        r = fact.record
        if (
            r.measure != "level"
            or not r.unit
            or _MOVED & set(r.flags)
            or not says("summary", r.sentence, r.lang)
        ):
            continue
        names = _stems(r.subject, r.lang)
        alike = [
            f
            for f in doc.facts
            if f.order < fact.order
            and f.record.measure == r.measure
            and f.record.unit == r.unit
            and f.record.geo == r.geo
            and f.marks == fact.marks
            and (
                f.indicator == fact.indicator
                if f.indicator and fact.indicator
                else bool(names & _stems(f.record.subject, r.lang))
            )
            and (f.span == fact.span or f.span is None or fact.span is None)
            and "from_value" not in f.record.flags
        ]
        if (
            not alike
            or any(f.said.wide.meets(fact.said.wide) for f in alike)
            or len({f.record.value for f in alike}) > 3
        ):
            continue
        near = min(alike, key=lambda f: (f.span != fact.span, abs(f.record.value - r.value)))
        if near.record.value <= r.value * _SUMMED and r.value <= near.record.value * _SUMMED:
            yield draft("contradiction", [near, fact], Severity.WARNING)


def _stems(subject: str, lang: str) -> set[str]:
    return {w[:_STEM] for w in plain(subject).split() if len(w) >= _WORD - 1 and not says("general", w, lang)}


def middle_of(fact: Fact) -> Decimal:
    """The middle of what a fact could mean; the low end where that is open."""
    interval = wide_of(fact)
    return interval.low if interval.high == INFINITY else (interval.low + interval.high) / 2


def moved_values(doc: Dossier) -> Iterator[Draft]:
    """One figure told of two neighbouring years, of which the series confirm only one.

    "+0,5 %" for 1996, and in another sentence the same "+0,5 %" for 1995, a year of fall.
    """
    right = (Verdict.SUPPORTED, Verdict.CLOSE, Verdict.DEFINITION_DIFFERS)
    for wrong in doc.facts:
        if wrong.record.verdict != Verdict.REFUTED or wrong.year is None:
            continue
        for other in doc.by_topic.get(wrong.topic, ()):
            if (
                other.year is not None
                and abs(other.year - wrong.year) == 1
                and other.record.verdict in right
                and other.record.value == wrong.record.value
                and other.record.measure == wrong.record.measure
                and other.record.direction == wrong.record.direction
                and other.record.unit == wrong.record.unit
                and other.record.sentence != wrong.record.sentence
            ):
                yield Draft(
                    rule="contradiction",
                    message="moved_value",
                    severity=Severity.WARNING,
                    facts=tuple(sorted((wrong, other), key=lambda f: f.order)),
                    about=wrong,
                    expected=f"{wrong.year}: {wrong.record.reference_value}",
                    found=f"{value_text(wrong)} ({wrong.year}, {other.year})",
                    computation=wrong.record.reference_computation,
                )
