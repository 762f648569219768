"""Which levels a change can lead between: of one thing, unit, place and kind of price."""

from __future__ import annotations

from collections.abc import Sequence

from kztext.audit.facts import (
    MONEY,
    RATIOS,
    Fact,
    is_total,
    kinds,
    label,
    plain,
)
from kztext.audit.words import says
from kztext.records import (
    Aggregation,
    Measure,
)

Step = tuple[Fact, Fact]
_WORD, _STEM = 4, 4  # letters of a word that names something, and of the beginning that two share


def is_change(fact: Fact) -> bool:
    """Whether a fact says how far a level moved: a change, or an index against the period before."""
    r = fact.record
    if r.aggregation == Aggregation.ANNUAL_AVERAGE or not r.unit:
        return False
    return r.measure == Measure.CHANGE or (
        r.measure == Measure.INDEX and r.unit == "percent" and isinstance(fact.base, str)
    )


def is_level(fact: Fact) -> bool:
    """Whether a fact says how much there was, not how much more."""
    return (
        fact.record.measure in (Measure.LEVEL, Measure.SHARE) and fact.record.aggregation != "annual_average"
    )


def name_of(fact: Fact) -> str:
    """What a fact is of: its indicator, or its own words where the catalogue has none."""
    return fact.record.indicator or plain(fact.record.subject)


def alike(a: Fact, b: Fact) -> bool:
    """Whether two facts can be the ends of one step: two levels, or two of one measure, in one unit."""
    levels = is_level(a) and is_level(b)
    return a is not b and a.record.unit == b.record.unit and (levels or a.record.measure == b.record.measure)


def fits(change: Fact, level: Fact) -> bool:
    """Whether a level can be one end of a change."""
    r, s = change.record, level.record
    if change.compares:
        alike = (
            s.unit == "percent" if r.unit == "percentage_point" else r.unit in ("percent", "times", s.unit)
        )
        named = r.indicator == s.indicator or not (r.indicator and s.indicator) or r.unit not in RATIOS
        return level is not change and is_level(level) and s.unit != "" and alike and named
    if level is change or (r.price_basis and s.price_basis and r.price_basis != s.price_basis):
        return False
    if r.indicator and s.indicator and r.indicator != s.indicator:
        return False
    if r.geo and s.geo and r.geo != s.geo:
        return False
    if not (r.indicator and s.indicator) and other_thing(change, level):
        return False
    if s.aggregation == Aggregation.ANNUAL_AVERAGE:
        return False
    if r.unit == "percentage_point":
        return s.unit == "percent" and not (s.measure == Measure.INDEX and r.measure == Measure.INDEX)
    return is_level(level) and s.unit != "" and (r.unit in ("percent", "times") or r.unit == s.unit)


def other_thing(change: Fact, level: Fact) -> bool:
    """Whether two facts outside the catalogue name things that share no word: carrots rose, onions did."""
    own = not change.carried
    one, other = (
        {word[:_STEM] for word in plain(f.record.subject).split() if len(word) >= _WORD}
        for f in (change, level)
    )
    return own and bool(one) and bool(other) and not one & other


def of_whole(level: Fact, change: Fact) -> bool:
    """Whether a level is the total of a table and the change, by its name, may be of one of the rows."""
    total = says("total", label(level), level.record.lang) or is_total(level)
    return total and len(plain(change.record.subject).split()) > 1


def two_things(a: Fact, b: Fact) -> bool:
    """Whether two levels of one time are named differently, or share one name for the two of them."""
    return (
        a.indicator != b.indicator
        or plain(a.record.subject) != plain(b.record.subject)
        or a.has("coreference")
    )


def in_real_terms(change: Fact, level: Fact) -> bool:
    """Whether growth is told in real terms, which no amounts of money give."""
    r = change.record
    real = change.sense == "real" or (r.indicator in kinds()["real_growth"] and r.price_basis != "nominal")
    return real and r.unit == "percent" and level.record.unit in MONEY


def same_prices(change: Fact, levels: Sequence[Fact]) -> bool:
    """Whether a change told elsewhere is surely of these levels: output and pay may be in real terms."""
    if not levels or levels[0].record.unit not in MONEY or change.record.price_basis == "nominal":
        return True
    if change.sense == "real":
        return False
    if change.record.unit in ("times", levels[0].record.unit):
        return True
    return change.indicator not in kinds()["real_growth"] and change.indicator not in kinds()["often_real"]


def either_price(change: Fact) -> bool:
    """Whether a sentence speaks of both real and nominal growth, so that a carried-over word may be wrong."""
    r = change.record
    return change.has("ellipsis") and says("real", r.sentence, r.lang) and says("nominal", r.sentence, r.lang)
