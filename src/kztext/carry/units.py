"""The unit of a bare number: that of the amounts told before it.

"38,6 млрд теңге жұмсалды. Соның 27 миллиарды – несие", "у мужчин – 69,4 года, у женщин – 78,1".
"""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.before import Before
from kztext.carry.focus import dimension
from kztext.carry.unsaid import REACH
from kztext.catalogue import Indicator
from kztext.evidence import RATIO_UNITS
from kztext.reading import Reading
from kztext.spans import Lang, is_money

MILLION = 1_000_000
BACK = 3  # amounts back that may lend their unit
ANSWER = 4  # words of a bare answer
ASKED = 2  # sentences back to the figure that its question goes on from
SIZE = 6  # times that they differ at most from the one that has it
CARRIED = frozenset({"money", "mass", "volume", "energy", "area"})


def carry_unit(reading: Reading, before: Before) -> Reading:
    """The money of the sentence before: "38,6 млрд теңге жұмсалды. Соның 27 миллиарды – несие"."""
    quantity, context, pack = reading.quantity, before.context, before.pack
    entry = before.catalogue.indicators.get(reading.indicator)
    bare = not quantity.unit and not reading.counted and quantity.multiplier >= MILLION
    told = not reading.unit or (reading.unit == "count" and entry is not None and entry.unit_class == "money")
    known = entry is not None and entry.unit_class != "count"
    sized = bare or (known and not quantity.unit and not reading.counted and quantity.multiplier > 1)
    if sized and told and (unit := like_above(reading, entry, before)):
        return in_unit(reading, unit)
    kind = "money" if is_money(context.unit) else ""
    kind = kind or str(before.catalogue.units.get(context.unit, {}).get("dimension", ""))
    if not bare or kind not in CARRIED or before.since(context.unit_sentence) != 1:
        return reading
    if entry is not None and entry.unit_class == "count":
        return reading  # "на душу – 14 тыс. долларов. И населения больше: 20,3 млн"
    lender = next((r for r in reversed(context.levels) if r.unit == context.unit), None)
    small = lender is not None and lender.quantity.multiplier == 1 and pack.lang == Lang.RU
    if small and quantity.multiplier > MILLION:
        return reading  # "цена нефти – 75 долларов. Трансферт – 2 трлн"
    last = before.done[-1] if before.done else None
    listed = last is not None and last.unit == context.unit and not last.quantity.unit
    fits = kind == "money" if entry is None else entry.unit_class == kind
    if not fits and not (listed and entry is None):
        return reading
    if reading.unit == "count":  # a possessive ending alone counted it
        after = reading.sentence.text[quantity.end - reading.sentence.start :]
        if not pack.compile(pack.table("endings").get("possessive", "") or r"(?!)").match(after):
            return reading
    elif reading.unit:
        return reading
    return in_unit(reading, context.unit)


def like_above(reading: Reading, entry: Indicator | None, before: Before) -> str:
    """The unit of the last amount, where a bare one is of its size: "дали 113 млрд кВт·ч. Ушло 115 млрд"."""
    context = before.context
    amounts = [r for r in context.levels[-BACK:] if r.unit not in ("", *RATIO_UNITS)]
    last = amounts[-1] if amounts else None
    asked = int(before.since(context.asked_sentence) == 1)  # "Экспорт – 81 млрд. – Импорт ше? – 59 млрд"
    if last is None or before.since(context.above_sentence) > 1 + asked or last.unit == "count":
        return ""
    kind = "money" if is_money(last.unit) else dimension(last.unit)
    same = last.quantity.multiplier == reading.quantity.multiplier
    low, high = sorted((abs(reading.quantity.value), abs(last.quantity.value)))
    fits = kind in CARRIED and (entry is None or entry.unit_class == kind)
    block = last.sentence.block == reading.sentence.block
    return last.unit if fits and same and block and low and high / low < SIZE else ""


def carry_decimal(reading: Reading, before: Before) -> Reading:
    """The unit of a figure beside one as fine and as large: "у мужчин – 69,4 года, у женщин – 78,1"."""
    quantity, context = reading.quantity, before.context
    last = before.done[-1] if before.done else None
    answer = len(reading.sentence.text.split()) <= ANSWER and before.since(context.above_sentence) == ASKED
    if last is None and answer and before.since(context.asked_sentence) == 1 and context.above:
        last = context.above[-1]  # "Инфляция? – 9,4%. – А продукты? – 6,9"
    bare = not reading.unit and not reading.counted and quantity.multiplier == 1 and quantity.decimals
    if last is None or not bare or is_money(last.unit) or last.unit in ("", "count", "times"):
        return reading
    low, high = sorted((abs(quantity.value), abs(last.quantity.value)))
    fine = quantity.decimals == last.quantity.decimals and last.quantity.multiplier == 1
    if not fine or not low or high / low > 2:
        return reading
    flags = tuple(f for f in reading.flags if f != "unit_missing")
    return in_unit(replace(reading, flags=flags), last.unit)


def in_unit(reading: Reading, unit: str) -> Reading:
    """A bare number in the unit of another."""
    flags = (*reading.flags, "ellipsis")
    return replace(reading, unit=unit, flags=flags, confidence=round(reading.confidence - 0.1, 2))


def last_in_unit(reading: Reading, before: Before) -> Reading | None:
    """The last figure told in the same unit or one of its kind: here, else in the sentences before."""
    kind = dimension(reading.unit)
    here = next((r for r in reversed(before.done) if dimension(r.unit) == kind), None)
    told = before.context.in_unit
    last, sentence = told.get(reading.unit) or told.get(kind) or (None, 0)
    return here or (last if before.since(sentence) <= REACH else None)


def same_kind(one: str, other: str) -> bool:
    """Whether two units measure the same kind of thing: the same unit, or both money."""
    money = is_money(one) and is_money(other)
    return one not in ("", *RATIO_UNITS) and (one == other or money)
