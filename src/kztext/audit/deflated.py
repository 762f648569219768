"""Real growth, nominal growth and prices of one time, of which two give the third."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import (
    Fact,
    wide_of,
)
from kztext.audit.shown import value_text
from kztext.intervals import (
    HUNDRED,
    show_interval,
)
from kztext.records import (
    Severity,
)

_SLACK = Decimal(3)  # points that the deflator may be away from the inflation that is told


def real_against_nominal(doc: Dossier) -> Iterator[Draft]:
    """Real growth above nominal growth while prices rose: one of the three cannot be."""
    prices: dict[int | str, list[Fact]] = defaultdict(list)
    for fact in doc.facts:
        if fact.is_rate and fact.indicator == "inflation" and wide_of(fact).low > 0:
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
    a, b = wide_of(real), wide_of(nominal)
    severity = Severity.ERROR
    price = prices[0]
    computation = f"{value_text(real)} > {value_text(nominal)}, {value_text(price)} > 0"
    if a.low <= b.high:
        left = [
            b.shifted(HUNDRED).over(wide_of(p).shifted(HUNDRED)).scaled(HUNDRED).shifted(-HUNDRED)
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
