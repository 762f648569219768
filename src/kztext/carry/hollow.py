"""Subjects that name no thing: an adjective, a place, a measure. What they are of was said before.

"Зарплаты растут? Средняя – 431 тысяча, медианная – 307", "Безработица стабильна. В городах – 4,5%".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.before import Before
from kztext.carry.context import Context, Spoken
from kztext.carry.focus import BULK, dimension
from kztext.carry.names import WORDS
from kztext.catalogue import Catalogue, Indicator
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.indicators import renamed
from kztext.lang.pack import Pack
from kztext.nouns import is_adjective, lexicon
from kztext.reading import Reading
from kztext.records import Direction, Measure, Modality
from kztext.spans import Case, Lang, is_money

MANY = 1000  # people that a statistic tells of at least
LISTED = 6  # figures back to a rate
ANSWER = 3  # sentences of an answer that are of the thing that was asked about


def carry_hollow(reading: Reading, before: Before) -> Reading | None:
    """A reading whose own words only say which, where or how much, with the thing spoken of just before."""
    item, done, context = before.item, before.done, before.context
    pack, catalogue = before.pack, before.catalogue
    if reading.indicator or reading.anaphoric or any(flag.startswith("part_of") for flag in reading.flags):
        return None
    start, end = (at - reading.sentence.start for at in reading.subject)
    said = reading.sentence.text[start:end] if 0 <= start < end else ""
    words = WORDS.findall(said)
    kinds = [
        kind_of(match.start() + reading.subject[0], match[0], item, pack) for match in WORDS.finditer(said)
    ]
    if (
        reading.share_of
        or reading.whole[1]
        or not all(kinds)
        or any(c.kind == "part" and c.end <= reading.quantity.start for c in item.cues)
    ):
        return None
    if not words and (dimension(reading.unit) in BULK or reading.unit == "count"):
        return None  # "Экспорт нефти составил 63 млн тонн. Переработано 17 млн тонн"
    foretold = reading.modality in (Modality.FORECAST, Modality.PLAN) and reading.unit == "percent"
    if "says" in kinds and not foretold:
        return None
    spoken = spoken_of(context, before.number, done, bare=not words)
    if spoken is None and "says" in kinds and done and done[-1].indicator and done[-1].unit == reading.unit:
        spoken = Spoken(done[-1].indicator, done[-1].subject, "")  # "былтыр 4,8%; банк 4,5% деп болжайды"
    again = set(kinds) == {"measure"} and reading.unit in RATIO_UNITS and reading.sentence.lang is Lang.RU
    if spoken is None and again and done and done[-1].indicator:  # "…; показатель вырос на 2 п.п."
        spoken = Spoken(done[-1].indicator, done[-1].subject, "")
    stands = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
    if (
        spoken is not None and stands and "measure" in kinds
    ):  # "Зарплата – 310 тыс. По стране показатель – 4,7%"
        spoken = rate_told(spoken, context, catalogue)
    adjectives = " ".join(word for word, kind in zip(words, kinds, strict=True) if kind == "which")
    own = renamed(adjectives, spoken.words, pack) if adjectives and spoken is not None else ""
    own = own or (said_back(adjectives, context, pack) if set(kinds) == {"which"} else "")
    if spoken is None and own:
        spoken = Spoken(own, reading.subject, "")
    if spoken is None:
        return None
    entry = catalogue.indicators.get(own or spoken.indicator)
    reading = in_its_unit(reading, spoken, done or (context.last,) if context.last else done)
    if entry is None or not told_so(reading, entry, "people" in kinds):
        return None
    measure, direction = reading.measure, reading.direction
    if reading.unit == "percent" and "measure_unsaid" in reading.flags:
        last = before.last
        same = last is not None and last.indicator == spoken.indicator and last.unit == "percent"
        if same and last is not None and last.measure in (Measure.CHANGE, Measure.LEVEL, Measure.INDEX):
            measure, direction = last.measure, last.direction if last.measure is Measure.CHANGE else direction
        elif entry.is_rate:
            measure, direction = Measure.LEVEL, Direction.NONE
    else:
        measure, direction = of_rate(reading, entry, done)
    return replace(
        reading,
        indicator=entry.id,
        subject=reading.subject if words else reading.local if reading.local[1] else spoken.span,
        measure=measure,
        direction=direction,
        flags=(*reading.flags, "ellipsis"),
        confidence=round(reading.confidence - 0.15, 2),
    )


def rate_told(spoken: Spoken, context: Context, catalogue: Catalogue) -> Spoken:
    """What a percentage is of where the thing told last is told in money: the rate told before it."""
    entry = catalogue.indicators.get(spoken.indicator)
    if entry is None or entry.unit_class != "money" or entry.is_rate:
        return spoken
    told = [r for r in context.named[-LISTED:] if r.unit == "percent" and r.measure is Measure.LEVEL]
    return Spoken(told[-1].indicator, told[-1].subject, "") if told and told[-1].indicator else spoken


def of_rate(reading: Reading, entry: Indicator, done: Sequence[Reading]) -> tuple[Measure, Direction]:
    """Kazakh: the levels of a rate that a verb and its list tell ("4,3% едік, былтыр 5,3%-ға секірді")."""
    told = reading.sentence.lang is Lang.KK and entry.is_rate and reading.unit == "percent"
    before = done[-1] if done and "ellipsis" in reading.flags else None
    listed = before is not None and before.indicator == entry.id and before.measure is Measure.LEVEL
    if told and listed and reading.measure is Measure.SHARE and not reading.share_of:
        return Measure.LEVEL, Direction.NONE  # "Шымкентте 5,2%, Қостанайда 4,1%"
    moved = reading.measure is Measure.CHANGE and not reading.growth and "comparison" not in reading.flags
    if not told or not moved:
        return reading.measure, reading.direction
    if reading.quantity.case is Case.DAT:
        return Measure.LEVEL, reading.direction
    listed = "ellipsis" in reading.flags and bool(done) and done[-1].measure is Measure.LEVEL
    return (Measure.LEVEL, Direction.NONE) if listed else (reading.measure, reading.direction)


def in_its_unit(reading: Reading, spoken: Spoken, told: Sequence[Reading]) -> Reading:
    """A bare amount of what was told last is in its unit: "2 млн тонна. Бұл ел көлемінің (10 млн) бөлігі"."""
    last = told[-1] if told else None
    bare = not reading.unit and reading.quantity.multiplier > 1 and reading.has_subject
    if not bare or last is None or last.indicator != spoken.indicator or last.unit in RATIO_UNITS:
        return reading
    return replace(reading, unit=last.unit, flags=(*reading.flags, "shared_unit"))


def said_back(adjectives: str, context: Context, pack: Pack) -> str:
    """What adjectives alone make with a name said before: "О зарплате. Средняя – … Минимальная – …"."""
    names = [context.mentioned.words] if context.mentioned is not None else []
    for told in reversed(context.named):
        start, end = (at - told.sentence.start for at in told.subject)
        names.append(told.sentence.text[start:end] if 0 <= start < end else "")
    return next((found for name in names if (found := renamed(adjectives, name, pack))), "")


def of_index(reading: Reading, before: Before) -> Reading | None:
    """A change that says in other words what an index before it said: "ИФО – 108%: отрасль прибавила 8%"."""
    last = before.last
    if (
        reading.strong
        or last is None
        or reading.measure is not Measure.CHANGE
        or last.measure is not Measure.INDEX
    ):
        return None
    if (
        reading.unit != "percent"
        or not last.indicator
        or any(f.startswith("part_of:") for f in reading.flags)
    ):
        return None
    if abs(last.quantity.value - 100) != reading.quantity.value or reading.indicator == last.indicator:
        return None
    return replace(reading, indicator=last.indicator, flags=(*reading.flags, "coreference"))


def kind_of(at: int, word: str, item: Found, pack: Pack) -> str:
    """What a word says that names no thing: which, of people, how much, or where; "" for a thing."""
    known = lexicon(pack)
    lowered = word.lower()
    if (place := next((p for p in item.places if p.start <= at < p.end), None)) is not None:
        lead = item.sentence.text[: place.start - item.sentence.start].split()[-1:]
        return "where" if place.rule != "country" or (lead and lead[0].lower() in known.prepositions) else ""
    if lowered in known.people:
        return "people"
    if known.hollow.search(lowered):
        return "measure"
    if known.sayers.search(lowered):
        return "says"
    return "which" if is_adjective(word, pack) else ""


def spoken_of(context: Context, number: int, done: Sequence[Reading], *, bare: bool = False) -> Spoken | None:
    """What was spoken of last: in this sentence, in a question, in the sentence before.

    `bare`: the number stands without a word of its own, and goes on from what was told in figures elsewhere.
    """
    if done:
        last, before = done[-1], spoken_of(context, number, ())
        follows = before is not None and last.indicator and last.carried
        return before._replace(indicator=last.indicator) if follows and before is not None else None
    if number - context.hinted_sentence == 1:
        return context.hinted
    asked = number - context.asked_sentence <= ANSWER and context.last_sentence <= context.asked_sentence
    if asked and context.asked_of is not None:
        return context.asked_of
    if number - context.mentioned_sentence == 1 and context.last_sentence < context.mentioned_sentence:
        return context.mentioned
    told = context.last
    if bare or told is None or not told.indicator or number - context.last_sentence != 1:
        return None
    start, end = (at - told.sentence.start for at in told.subject)
    words = told.sentence.text[start:end] if 0 <= start < end else ""
    if not words and context.mentioned is not None and context.mentioned.indicator == told.indicator:
        words = context.mentioned.words  # the name stood before: "О зарплате. Средняя – …"
    return Spoken(told.indicator, told.subject, words)


def told_so(reading: Reading, entry: Indicator, people: bool) -> bool:
    """Whether a thing can be told in the unit of a reading; counts only of what is counted in people."""
    if reading.unit in RATIO_UNITS:
        return True
    if not reading.unit and entry.is_rate:  # "көрсеткіш 9,3 пайызға түсті, қаңтарда 9,5 еді"
        return reading.quantity.decimals > 0 and reading.quantity.multiplier == 1
    if is_money(reading.unit):
        return entry.unit_class in ("money", "price")
    if reading.unit == "count":
        return entry.unit_class == "count" and people and reading.quantity.value >= MANY
    return bool(reading.unit) and dimension(reading.unit) == entry.unit_class
