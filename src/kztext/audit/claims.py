"""What is claimed without a number, against the numbers of the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.draft import Draft
from kztext.audit.facts import PREVIOUS, SURE, Dossier, Fact, plain, rate_interval, value_text
from kztext.audit.words import says
from kztext.intervals import HUNDRED, Interval, show_interval
from kztext.records import Aggregation, ClaimKind, ClaimRecord, Direction, Measure, Modality, Severity
from kztext.timespan import Timespan, between

_EARLIER = {f"relative_period:{name}" for name in ("year_earlier", "last_year", "same_period_last_year")}
_MEASURED = (Measure.LEVEL, Measure.SHARE, Measure.CHANGE, Measure.INDEX)
_SWING = Decimal("1.25")  # a row whose highest value is this many times its lowest is not stable
_STEM = 5
_SLACK = Decimal(3)  # points that the deflator may be away from the inflation that is told
_NEAR = 160  # characters between a claim without a date and the two years it follows


def trends(doc: Dossier) -> Iterator[Draft]:
    """An indicator said to rise, fall or hold still, against its numbers in the text."""
    rows = _rows(doc) if doc.claims else {}
    for claim in doc.claims:
        if claim.kind != ClaimKind.TREND or claim.modality != Modality.ACTUAL or not claim.indicator:
            continue
        if claim.direction == Direction.UP and says("crisis", claim.quote, claim.lang):
            continue  # "the crisis of growth": which way it went is not plain
        if _of_own_currency(claim) or says("after", claim.quote, claim.lang):
            continue  # a weaker tenge is a dearer dollar; "after the record of 2022" is not of 2022
        for (indicator, geo, _), row in rows.items():
            if indicator == claim.indicator and (geo == claim.geo or not claim.geo or not geo):
                yield from _trend(claim, row)


def beside_figures(doc: Dossier) -> Iterator[Draft]:
    """A rise or fall told in words against the figures beside it: "бедность выросла: 5 % против 5,2 %"."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.TREND or claim.direction not in (Direction.UP, Direction.DOWN):
            continue
        if not claim.indicator or claim.modality != Modality.ACTUAL or _of_own_currency(claim):
            continue
        if any(says(kind, claim.quote, claim.lang) for kind in ("slows", "quickens", "after", "crisis")):
            continue
        own = [f for f in doc.sentences.get(claim.sentence, ()) if f.indicator == claim.indicator]
        if found := _against_figures(claim, own):
            yield found


def _is_earlier(fact: Fact) -> bool:
    """Whether words place a figure before the one it stands beside."""
    flags = fact.record.flags
    return "from_value" in flags or ("to_value" not in flags and bool(_EARLIER.intersection(flags)))


def _against_figures(claim: ClaimRecord, own: Sequence[Fact]) -> Draft | None:
    down = claim.direction == Direction.DOWN
    if len(own) == 1 and own[0].is_growth and own[0].base == PREVIOUS and not own[0].is_rate:
        index = own[0].record.measure == Measure.INDEX
        wrong = _sign(_value(own[0])) == (1 if down else -1)
        return _draft("claim_vs_numbers", claim, own, value_text(own[0])) if index and wrong else None
    levels = [f for f in own if f.record.measure in (Measure.LEVEL, Measure.SHARE)]
    if len(levels) != 2 or len(own) != 2 or levels[0].record.unit != levels[1].record.unit:
        return None
    a, b = sorted(levels, key=lambda f: (not _is_earlier(f), f.span or Timespan(0, 0)))
    told = _is_earlier(a) and not _is_earlier(b)
    dated = told or (a.span and b.span and a.span != b.span)
    if not dated or a.record.geo != b.record.geo or a.marks != b.marks or a.is_told != b.is_told:
        return None
    x, y = a.said.wide, b.said.wide
    wrong = y.low > x.high if down else y.high < x.low
    return _draft("claim_vs_numbers", claim, [a, b], f"{value_text(a)} → {value_text(b)}") if wrong else None


def places(doc: Dossier) -> Iterator[Draft]:
    """A place said to have the most or the least of something, against the other places of the same text."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.COMPARISON or not claim.indicator or not claim.geo:
            continue
        highest, lowest = (says(kind, claim.quote, claim.lang) for kind in ("highest", "lowest"))
        if highest == lowest:
            continue
        rows: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in doc.facts:
            r = fact.record
            if fact.indicator == claim.indicator and r.geo and r.measure in _MEASURED and not fact.marks:
                rows[(fact.span, r.measure, r.unit, r.share_of)].append(fact)
        for (span, *_), row in rows.items():
            own = [f for f in row if f.record.geo == claim.geo]
            when = between(claim.period_start, claim.period_end) if claim.period_start else span
            if len(own) != 1 or when != span or len({f.record.geo for f in row}) < 3:
                continue
            found = [f for f in row if _kind(f.record.geo) == _kind(claim.geo) and _beats(f, own[0], highest)]
            if found:
                yield _draft("claim_vs_numbers", claim, [own[0], *found], _more(own[0], found[0], highest))
                break


def _kind(geo: str) -> bool:
    """Whether a place is a region."""
    return "-" in geo


def _more(told: Fact, found: Fact, highest: bool) -> str:
    sign = ">" if highest else "<"
    return f"{found.record.geo}: {value_text(found)} {sign} {told.record.geo}: {value_text(told)}"


def _of_own_currency(claim: ClaimRecord) -> bool:
    """Whether a claim tells of the country's own money, whose fall is a rise of the rate."""
    own, other = (says(kind, claim.quote, claim.lang) for kind in ("own_currency", "other_currency"))
    return claim.indicator == "exchange_rate" and own and not other


def _rows(doc: Dossier) -> dict[tuple[str, str, str], list[Fact]]:
    """Yearly values of each indicator by kind (growth, or what else), in order of years."""
    rows: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        r = fact.record
        if (
            fact.year is None
            or not r.indicator
            or 0 < r.confidence < SURE
            or r.aggregation != Aggregation.PERIOD
            or fact.marks
        ):
            continue
        if fact.is_rate and r.unit == "percent":
            kind = f"rate:{fact.sense}"
        elif fact.is_growth and fact.base == PREVIOUS:
            kind = f"growth:{fact.sense}"
        elif r.measure in (Measure.LEVEL, Measure.SHARE) and r.unit:
            kind = f"{r.measure}:{r.unit}:{r.share_of}:{fact.sense}"
        else:
            continue
        rows[(r.indicator, r.geo, kind)].append(fact)
    return {key: sorted(row, key=lambda f: (f.year or 0, f.order)) for key, row in rows.items()}


def _value(fact: Fact) -> Interval:
    return rate_interval(fact, fact.said.wide)


def _trend(claim: ClaimRecord, row: Sequence[Fact]) -> Iterator[Draft]:
    span = between(claim.period_start, claim.period_end or claim.period_start) if claim.period_start else None
    if claim.direction == Direction.STABLE:
        yield from _stable(claim, [f for f in row if _inside(f, span)] if span else row)
        return
    if (
        span is None and len(row) == len({f.year for f in row}) == 2
    ):  # "20,3% в 2022, 9,8% в 2023 году. Она ускорилась"
        years = [f.year or 0 for f in row]
        after = all(0 <= claim.start - f.record.end < _NEAR for f in row)
        span = between(str(years[1]), str(years[1])) if after and years[1] - years[0] == 1 else None
    if span is None or claim.direction not in (Direction.UP, Direction.DOWN) or not span.whole_years:
        return
    growth = row[0].is_growth and not row[0].is_rate
    down = claim.direction == Direction.DOWN
    first, last = span.years
    if growth:
        against = [
            f for f in row if f.year and first <= f.year <= last and _sign(_value(f)) == (1 if down else -1)
        ]
        if first == last:
            against = [f for f in against if _quickened(f, row, down)]
        if against:
            yield _draft("trend", claim, against, "; ".join(f"{f.year}: {value_text(f)}" for f in against))
        return
    ends = [f for f in row if f.year == last]
    starts = [f for f in row if f.year == (first - 1 if first == last else first)]
    if len(ends) == 1 and len(starts) == 1:
        a, b = _value(starts[0]), _value(ends[0])
        if (down and b.low > a.high) or (not down and b.high < a.low):
            yield _draft(
                "trend", claim, [starts[0], ends[0]], f"{value_text(starts[0])} → {value_text(ends[0])}"
            )


def _inside(fact: Fact, span: Timespan) -> bool:
    return fact.span is not None and span.holds(fact.span)


def _sign(interval: Interval) -> int:
    return 1 if interval.low > 0 else -1 if interval.high < 0 else 0


def _quickened(fact: Fact, row: Sequence[Fact], down: bool) -> bool:
    """Whether growth of a year contradicts the word in its other reading too: it neither fell nor slowed."""
    before = [f for f in row if f.year == (fact.year or 0) - 1]
    if not before:
        return False
    a, b = _value(before[0]), _value(fact)
    return b.low > a.high if down else b.high < a.low


def _stable(claim: ClaimRecord, row: Sequence[Fact]) -> Iterator[Draft]:
    """A row that is called stable and is not."""
    if len({f.year for f in row}) < 2:
        return
    low, high = min(row, key=lambda f: _value(f).high), max(row, key=lambda f: _value(f).low)
    if low.year != high.year and _value(low).low > 0 and _value(high).low > _value(low).high * _SWING:
        yield _draft(
            "trend",
            claim,
            sorted((low, high), key=lambda f: f.order),
            f"{value_text(low)} … {value_text(high)}",
        )


def _draft(rule: str, claim: ClaimRecord, facts: Sequence[Fact], computation: str) -> Draft:
    return Draft(
        rule=rule,
        severity=Severity.WARNING,
        facts=tuple(facts),
        claims=(claim,),
        expected=" ".join(claim.quote.split()),
        found="; ".join(value_text(f) for f in facts),
        computation=computation,
    )


def extremes(doc: Dossier) -> Iterator[Draft]:
    """The highest, lowest, best since: said of a year, against the other years that the text gives."""
    rows = _rows(doc) if doc.claims else {}
    for claim in doc.claims:
        span = (
            between(claim.period_start, claim.period_end or claim.period_start)
            if claim.period_start
            else None
        )
        if claim.kind != ClaimKind.COMPARISON or not claim.indicator or span is None or span.year is None:
            continue
        highest, lowest = (says(k, claim.quote, claim.lang) for k in ("highest", "lowest"))
        if highest == lowest:
            continue
        for (indicator, geo, kind), row in rows.items():
            told = [f for f in row if f.year == span.year]
            if indicator != claim.indicator or not told or len(row) < 3 or kind.startswith("level:count"):
                continue
            if geo and claim.geo and geo != claim.geo:
                continue
            found = [f for f in row if f.year != span.year and all(_beats(f, t, highest) for t in told)]
            if found:
                yield _draft("claim_vs_numbers", claim, [*told, *found], _compare(told[0], found[0], highest))


def _beats(a: Fact, b: Fact, highest: bool) -> bool:
    x, y = _value(a), _value(b)
    return x.low > y.high if highest else x.high < y.low


def _compare(told: Fact, found: Fact, highest: bool) -> str:
    sign = ">" if highest else "<"
    return f"{found.year}: {value_text(found)} {sign} {told.year}: {value_text(told)}"


def comparisons(doc: Dossier) -> Iterator[Draft]:
    """One thing said to be above or below another, where both have a number of the same kind and time."""
    for claim in doc.claims:
        if claim.kind != ClaimKind.COMPARISON or claim.modality != Modality.ACTUAL:
            continue
        above, below = says("above", claim.quote, claim.lang), says("below", claim.quote, claim.lang)
        if (
            above == below
            or says("highest", claim.quote, claim.lang)
            or says("lowest", claim.quote, claim.lang)
        ):
            continue
        named = _named(claim, doc)
        if len(named) != 2:
            continue
        (_, a), (_, b) = named
        wrong = _value(a).high < _value(b).low if above else _value(a).low > _value(b).high
        if wrong:
            sign = "<" if above else ">"
            yield _draft("claim_vs_numbers", claim, [a, b], f"{value_text(a)} {sign} {value_text(b)}")


def _named(claim: ClaimRecord, doc: Dossier) -> list[tuple[int, Fact]]:
    """The shares or levels of one kind whose subjects the claim names, in the order it names them."""
    text = plain(claim.quote)
    groups: dict[tuple[object, ...], dict[str, Fact]] = defaultdict(dict)
    for fact in doc.facts:
        r = fact.record
        if r.measure in (Measure.LEVEL, Measure.SHARE) and r.subject and r.start <= claim.start:
            groups[(r.measure, r.unit, r.share_of, fact.span, r.geo)][plain(r.subject)] = fact
    pairs = []
    for group in groups.values():
        stems = {subject: _stems(subject) for subject in group}
        shared = Counter(stem for words in stems.values() for stem in words)
        found = [
            (min(places), group[subject])
            for subject, words in stems.items()
            if (places := [text.find(w) for w in words if shared[w] == 1 and text.find(w) >= 0])
        ]
        if len(found) == 2 and found[0][0] != found[1][0]:
            pairs.append(sorted(found, key=lambda x: x[0]))
    return pairs[0] if len(pairs) == 1 else []


def _stems(subject: str) -> set[str]:
    """The beginnings of the longer words of a subject."""
    return {word[: max(_STEM, len(word) - 4)] for word in subject.split() if len(word) >= _STEM}


def misquotes(doc: Dossier) -> Iterator[Draft]:
    """One quotation given twice with different words."""
    heads: dict[tuple[str, ...], list[tuple[ClaimRecord, list[str]]]] = defaultdict(list)
    for claim in doc.claims:
        words = plain(claim.quote).split()
        if claim.quoted and len(words) >= 8:
            heads[tuple(words[:4])].append((claim, words))
    for group in heads.values():
        first, words = group[0]
        for other, others in group[1:]:
            if words != others and len(set(words) & set(others)) >= 0.8 * max(
                len(set(words)), len(set(others))
            ):
                missing = [w for w in others if w not in words] + [w for w in words if w not in others]
                yield Draft(
                    rule="misquote",
                    severity=Severity.INFO,
                    claims=(first, other),
                    expected=" ".join(first.quote.split()),
                    found=" ".join(other.quote.split()),
                    computation=", ".join(missing),
                )


def plans(doc: Dossier) -> Iterator[Draft]:
    """A plan or forecast whose outcome the text gives, and which was missed; only told."""
    for plan in doc.everything:
        r = plan.record
        if r.modality not in (Modality.PLAN, Modality.FORECAST) or not r.indicator or plan.span is None:
            continue
        for fact in doc.by_topic.get(plan.topic, ()):
            s = fact.record
            alike = (
                s.measure == r.measure
                and s.unit == r.unit
                and s.aggregation == r.aggregation
                and s.direction == r.direction
            )
            if alike and fact.span == plan.span and not plan.said.wide.meets(fact.said.wide):
                yield Draft(
                    rule="plan_outcome",
                    severity=Severity.INFO,
                    facts=tuple(sorted((plan, fact), key=lambda f: f.order)),
                    about=fact,
                    expected=value_text(plan),
                    found=value_text(fact),
                    computation=f"{value_text(fact)} ∉ {plan.said.wide.low}…{plan.said.wide.high}",
                )


def real_against_nominal(doc: Dossier) -> Iterator[Draft]:
    """Real growth above nominal growth while prices rose: one of the three cannot be."""
    prices: dict[int | str, list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        if fact.is_rate and fact.indicator == "inflation" and _value(fact).low > 0:
            prices[_time(fact)].append(fact)
    for facts in doc.by_topic.values():
        real = {_time(f): f for f in facts if f.record.price_basis == "real" and f.is_growth}
        for nominal in facts:
            year = _time(nominal)
            told = nominal.record.price_basis == "nominal" and nominal.is_growth and year
            if (
                told
                and year in real
                and prices[year]
                and (found := _deflated(real[year], nominal, prices[year]))
            ):
                yield found


def _deflated(real: Fact, nominal: Fact, prices: Sequence[Fact]) -> Draft | None:
    """Real growth that no rate of inflation told for the year leaves of the nominal one."""
    a, b = _value(real), _value(nominal)
    severity = Severity.ERROR
    price = prices[0]
    computation = f"{value_text(real)} > {value_text(nominal)}, {value_text(price)} > 0"
    if a.low <= b.high:
        left = [
            b.shifted(HUNDRED).over(_value(p).shifted(HUNDRED)).scaled(HUNDRED).shifted(-HUNDRED)
            for p in prices
        ]
        if any(x.low - _SLACK <= a.high and a.low <= x.high + _SLACK for x in left):
            return None
        severity = Severity.WARNING
        computation = (
            f"(100 + {value_text(nominal)}) / (100 + {value_text(price)}) = {show_interval(left[0], 1)}%"
        )
    return Draft(
        rule="real_nominal",
        severity=severity,
        facts=tuple(sorted((real, nominal, price), key=lambda f: f.order)),
        about=real,
        expected=f"< {value_text(nominal)}",
        found=value_text(real),
        computation=f"{real.year or ''} {computation}".strip(),
    )


def _time(fact: Fact) -> int | str:
    """The year of a fact, or its sentence where the text does not date it; "" for other periods."""
    return fact.year or (fact.record.sentence if fact.span is None else "")
