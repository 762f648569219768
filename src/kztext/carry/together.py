"""What "they" are behind the parts of a whole: "10,3 млн городских и 7,6 млн сельских. Их стало больше"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.context import Context
from kztext.carry.focus import dimension
from kztext.catalogue import Catalogue, Indicator, wholes_of
from kztext.evidence import RATIO_UNITS
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.spans import is_money

BACK = 2  # sentences back to the parts that "they" are


def of_them_all(
    reading: Reading,
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
    done: Sequence[Reading],
) -> Reading:
    """A figure of "them" or "all together", of the whole whose parts were told last."""
    sentence, quantity = reading.sentence, reading.quantity
    begin = (done[-1].quantity.outer_end if done else sentence.start) - sentence.start
    form = pack.compile(pack.table("changes")["together"], where=pack.source("changes"))
    said = form.search(sentence.text, begin, max(quantity.start - sentence.start, begin))
    if said is None or reading.strong:
        return reading
    whole = whole_told(done, catalogue)
    if not whole and number - context.above_sentence <= BACK:
        whole = context.told_together or whole_told(context.above, catalogue)
    entry = catalogue.indicators.get(reading.indicator)
    part = entry is None or whole in (entry.id, *wholes_of(entry, catalogue))
    if whole not in catalogue.indicators or not part or not alike(reading, catalogue.indicators[whole]):
        return reading
    context.told_together = whole
    flags = tuple(dict.fromkeys((*reading.flags, "coreference")))
    subject = reading.subject if reading.has_subject else (0, 0)
    return replace(reading, indicator=whole, subject=subject, flags=flags, anaphoric=False)


def alike(reading: Reading, whole: Indicator) -> bool:
    """Whether a figure is told in a unit that the whole can have."""
    if reading.unit in ("", *RATIO_UNITS):
        return True
    return whole.unit_class == ("money" if is_money(reading.unit) else dimension(reading.unit))


def whole_told(told: Sequence[Reading], catalogue: Catalogue) -> str:
    """The indicator of which the figures of a sentence are parts, or which stands among its parts."""
    names = list(dict.fromkeys(r.indicator for r in told if r.indicator and r.unit not in RATIO_UNITS))
    entries = [catalogue.indicators[name] for name in names if name in catalogue.indicators]
    if len(entries) < 2 or len(entries) < len(names):
        return ""
    for entry in entries:  # "812 тыс. жителей: 502 тыс. в городах и 310 тыс. в сёлах"
        if all(entry is other or entry.id in wholes_of(other, catalogue) for other in entries):
            return entry.id
    shared = {entry.part_of for entry in entries}
    return next(iter(shared)) if len(shared) == 1 else ""
