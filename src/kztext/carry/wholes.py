"""What a share is a share of, where its sentence leaves the whole out."""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.context import Context
from kztext.carry.short_names import known_head
from kztext.catalogue import Catalogue
from kztext.lang.pack import Pack
from kztext.nouns import lexicon
from kztext.reading import Reading, words_at
from kztext.records import Measure
from kztext.spans import Lang


def carry_whole(reading: Reading, context: Context, pack: Pack, catalogue: Catalogue) -> Reading:
    """The whole of a share that its sentence leaves out: the catalogue's, or what was spoken of before."""
    if (told := same_share(reading, context.last)) is not None:
        return told
    if reading.measure is Measure.SHARE and reading.whole[1] > reading.whole[0]:
        words = words_at(reading, reading.whole)
        if words and all(lexicon(pack).plain.fullmatch(word) for word in words):  # "жалпы өнімдегі үлестері"
            known = known_head(words[-1] if pack.lang == Lang.KK else words[0], context)[0]
            if known in catalogue.wholes:
                return replace(reading, share_of=known, whole=(0, 0))
    if reading.measure is not Measure.SHARE or reading.share_of:
        return reading
    if reading.of_before and context.last is not None:
        last = context.last
        known = last.indicator if last.indicator in catalogue.wholes else ""
        return replace(reading, share_of=known, whole=(0, 0) if known else last.subject)
    entry = catalogue.indicators.get(reading.indicator)
    if "falls" in reading.flags and context.last is not None and context.last.indicator in catalogue.wholes:
        return replace(reading, share_of=context.last.indicator, flags=(*reading.flags, "coreference"))
    if entry is None:
        return reading
    rate = entry.measure == "share" or entry.is_rate
    return replace(reading, share_of=entry.share_of if rate else entry.part_of)


def same_share(reading: Reading, last: Reading | None) -> Reading | None:
    """A percentage that only goes on with the share told before: "Италияда бұл арақатынас 137%-ға жетеді"."""
    if last is None or last.measure is not Measure.SHARE or reading.unit != "percent":
        return None
    if not reading.carried or reading.share_of or reading.of_before:
        return None
    if reading.indicator != last.indicator or reading.measure not in (Measure.LEVEL, Measure.SHARE):
        return None
    return replace(reading, measure=Measure.SHARE, share_of=last.share_of, whole=last.whole)


def share_again(reading: Reading, last: Reading) -> Reading:
    """What is told of a share that was named before is one: "Доля … 12%. В 2014 году она превышала 33%"."""
    percent = reading.unit == last.unit == "percent"
    stands = reading.measure in (Measure.LEVEL, Measure.SHARE)
    follows = stands and (reading.anaphoric or "measure_unsaid" in reading.flags)
    if not percent or not follows or last.measure is not Measure.SHARE:
        return reading
    whole = reading.share_of or last.share_of
    return replace(
        reading,
        measure=Measure.SHARE,
        share_of=whole,
        whole=reading.whole if reading.share_of else last.whole,
    )


def goes_on_share(reading: Reading, last: Reading, distance: int) -> bool:
    """Whether a percentage right behind a share is one of the same thing, not of the whole named by it."""
    told = last.measure is Measure.SHARE and bool(last.share_of or last.whole[1])
    open_level = reading.measure is Measure.SHARE or "measure_unsaid" in reading.flags or reading.anaphoric
    return told and distance <= 1 and reading.unit == "percent" and open_level
