"""What falls to one: a total, how many share it, and how much each has; a yield, a harvest and its area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft, clash
from kztext.audit.facts import NO_AMOUNT, Fact, Pair, kinds
from kztext.audit.shown import interval_in_terms_of, value_text
from kztext.records import Measure

# Units of what a hectare gives, and how many of them a tonne is.
_YIELDS = {"centner_per_hectare": Decimal(10), "tonne_per_hectare": Decimal(1)}
_MOVED = frozenset({"from_value", "to_value", "comparison"})


def yields(doc: Dossier) -> Iterator[Draft]:
    """A yield against the harvest and the area told beside it: "2,5 млн га, 4 млн т: по 16 ц с гектара"."""
    for facts in doc.sentences.values():
        for each in facts:
            times = _YIELDS.get(each.record.unit) or _of_a_hectare(each)
            if times is None or not _is_amount(each):
                continue
            near = facts if any(f.record.unit in ("tonne", "hectare") for f in facts) else doc.before(each)
            crop, area = (_only(near, unit, each) for unit in ("tonne", "hectare"))
            if crop and area and (found := _judge(each, crop, area, times)):
                yield found


def _of_a_hectare(fact: Fact) -> Decimal | None:
    """How many of its units a tonne is, for a weight that words give to one hectare on average."""
    r = fact.record
    each = fact.has("average") and r.indicator in kinds()["yields"]
    return _YIELDS.get(f"{r.unit}_per_hectare") if each else None


def _only(facts: Sequence[Fact], unit: str, like: Fact) -> Fact | None:
    """The only figure of a unit, if it is an amount and may be of the time of another fact."""
    found = [f for f in facts if f.record.unit == unit]
    if len(found) != 1 or not _is_amount(found[0]):
        return None
    one = found[0]
    alike = one.is_told == like.is_told and one.record.geo == like.record.geo
    return one if alike and (one.span == like.span or None in (one.span, like.span)) else None


def _is_amount(fact: Fact) -> bool:
    r = fact.record
    return r.measure == Measure.LEVEL and r.unit not in NO_AMOUNT and not _MOVED.intersection(r.flags)


def _judge(each: Fact, total: Fact, heads: Fact, times: Decimal) -> Draft | None:
    wide, likely = (a.over(b).scaled(times) for a, b in zip(total.pair, heads.pair, strict=True))
    found: Pair = (wide, likely)
    severity = clash(each.pair, found)
    if severity is None:
        return None
    expected = interval_in_terms_of(each, wide)
    return Draft(
        rule="average",
        severity=severity,
        facts=tuple(sorted((total, heads, each), key=lambda f: f.order)),
        about=each,
        expected=expected,
        found=value_text(each),
        computation=f"{value_text(total)} / {value_text(heads)} = {expected}",
    )
