"""The full name that a short one means: a head noun, a bare word or a pronoun with its noun.

"Мемлекеттік борыш … Борыш ЖІӨ-нің 20%-ы", "Экспорт вырос. … Оборот – 68 млрд", "этот уровень".
"""

from __future__ import annotations

from dataclasses import replace

from kztext.carry.before import Before
from kztext.carry.context import LONG_REACH, Context, stem
from kztext.carry.unsaid import REACH
from kztext.catalogue import Indicator, wholes_of
from kztext.evidence import RATIO_UNITS
from kztext.lang.pack import Pack
from kztext.nouns import lexicon
from kztext.reading import Reading, words_at
from kztext.records import Measure
from kztext.spans import Lang, is_money

POINTS = 2  # sentences back to the name that a pronoun with a noun means


def short_name(reading: Reading, before: Before) -> Reading | None:
    """A thing named by its head noun alone after its full name: "борыш" after "мемлекеттік борыш".

    A noun that means several things by itself ("табыс", "ставка") means the one named before.
    """
    if not reading.has_subject or reading.counted:
        return None
    words = [word for word in words_at(reading, reading.subject) if not is_pointing(word, before.pack)]
    if len(words) != 1 or any(flag.startswith("part_of") for flag in reading.flags):
        return None
    if reading.indicator and lexicon(before.pack).ambiguous.search(words[0]) is None:
        return None
    indicator, sentence = known_head(words[0], before.context)
    entry = before.catalogue.indicators.get(indicator)
    reach = 3 * LONG_REACH if reading.indicator else LONG_REACH
    if entry is None or before.since(sentence) > reach or not suits(reading, entry):
        return None
    sure = round(reading.confidence - 0.05, 2)
    return replace(reading, indicator=indicator, flags=(*reading.flags, "coreference"), confidence=sure)


def bare_word(reading: Reading, before: Before) -> Reading | None:
    """A bare word that the sentences before make plain: "Экспорт вырос. … Оборот – 68 млрд" is of trade."""
    item = before.item
    cues = [cue for cue in item.cues if cue.kind == "follows"]
    if not cues or reading.strong or any(f.startswith("part_of") for f in reading.flags):
        return None
    start, end = reading.subject if reading.has_subject else (item.sentence.start, reading.quantity.start)
    if not reading.has_subject:
        start = max([q.end for q in item.quantities if q.end <= reading.quantity.start], default=start)
    for cue in cues:
        opens = cue.start == start if reading.has_subject else start <= cue.start < cue.end <= end
        if not opens:
            continue
        far = LONG_REACH // 2 if reading.sentence.lang is Lang.RU else REACH  # a speech on the budget
        near = [i for i, at in before.context.touched.items() if before.since(at) <= far]
        if any(indicator.startswith(cue.flags) for indicator in near):
            subject = reading.subject if reading.has_subject else (cue.start, cue.end)
            sure = round(reading.confidence - 0.05, 2)
            flags = (*reading.flags, "coreference")
            return replace(reading, indicator=cue.value, subject=subject, flags=flags, confidence=sure)
    return None


def spoken_part(reading: Reading, before: Before) -> Reading | None:
    """A bare name whose part the paragraph speaks of: "өндіріс" after oil, "инвестиция" after foreign one.

    A name that says enough by itself means its part only where a sum is told under it.
    """
    if (reading.strong and reading.measure is not Measure.LEVEL) or "total" in reading.flags:
        return None
    pack, catalogue, start = before.pack, before.catalogue, reading.sentence.start
    if pack.compile(pack.table("endings")["entire"]).search(
        reading.sentence.text, reading.subject[0] - start, reading.subject[1] - start
    ):
        return None
    near = [
        catalogue.indicators[indicator]
        for indicator, (block, sentence) in before.context.spoken.items()
        if block == reading.sentence.block and before.since(sentence) <= REACH
    ]
    parts = [
        entry
        for entry in near
        if reading.indicator in wholes_of(entry, catalogue)
        and (entry.unit_class == "money" if reading.strong else suits(reading, entry))
    ]
    if len(parts) != 1 or not reading.indicator or any(entry.id == reading.indicator for entry in near):
        return None
    return replace(reading, indicator=parts[0].id, flags=(*reading.flags, "coreference"))


def pointed_at(reading: Reading, before: Before) -> Reading | None:
    """What a pronoun with its noun means: the last name with that head ("сол деңгей", "этот уровень")."""
    if not reading.anaphoric:
        return None
    cues = [c for c in before.item.cues if c.kind == "anaphor" and c.end <= reading.quantity.start]
    words = words_at(reading, (cues[-1].start, cues[-1].end)) if cues else []
    if len(words) < 2:
        return None
    indicator, sentence = known_head(words[-1], before.context)
    entry = before.catalogue.indicators.get(indicator)
    if entry is None or before.since(sentence) > POINTS or not suits(reading, entry):
        return None
    return replace(reading, indicator=indicator, flags=(*reading.flags, "coreference"))


def known_head(word: str, context: Context) -> tuple[str, int]:
    """The indicator last named by a phrase with a head noun, and its sentence."""
    begins = stem(word)
    for head in reversed(context.heads) if begins else ():
        if head.startswith(begins) or begins.startswith(head):
            return context.heads[head]
    return "", 0


def is_pointing(word: str, pack: Pack) -> bool:
    """Whether a word points at what was named before ("сол деңгей", "этот долг")."""
    return lexicon(pack).pointing.fullmatch(word) is not None


def suits(reading: Reading, entry: Indicator) -> bool:
    """Whether an indicator can be told in the unit of a reading: a ratio of anything, else its own class."""
    fits = reading.unit in RATIO_UNITS or is_money(reading.unit) == (entry.unit_class == "money")
    return fits and entry.unit_class != "count"  # "221 тыс. человек" are people, whoever was spoken of
