"""Subjects and wholes that a sentence leaves unsaid: those of the sentences before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.context import LONG_REACH, Context, stem
from kztext.carry.focus import by_unit, completed, dimension
from kztext.carry.hollow import carry_hollow, of_index
from kztext.carry.names import Beside
from kztext.carry.unsaid import REACH
from kztext.catalogue import Catalogue, Indicator, by_its_unit, wholes_of
from kztext.evidence import RATIO_UNITS, UNNAMED
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.nouns import lexicon
from kztext.reading import Reading
from kztext.records import Measure, Modality
from kztext.spans import Case, Lang, is_money

MILLION = 1_000_000
BACK = 3  # amounts back that may lend their unit
ANSWER = 4  # words of a bare answer
SIZE = 6  # times that they differ at most from the one that has it
POINTS = 2  # sentences back to the name that a pronoun with a noun means
CARRIED = frozenset({"money", "mass", "volume", "energy", "area"})


def carry_subject(
    reading: Reading,
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
    beside: Beside | None,
    item: Found,
    done: Sequence[Reading],
) -> Reading:
    """Ellipsis and pronouns: the subject of the sentences before."""
    if UNNAMED in reading.flags:
        return whose_growth(reading, context, number, catalogue, done)
    if (same := of_index(reading, context, done)) is not None:
        return same
    if (part := spoken_part(reading, context, number, pack, catalogue)) is not None:
        return part
    if (told := followed_on(reading, context, number, item)) is not None:
        return told
    if (named := short_name(reading, context, number, pack, catalogue)) is not None:
        return named
    if (grown := more_of_them(reading, context, number, pack, catalogue)) is not None:
        return grown
    if (told := carry_hollow(reading, context, number, pack, catalogue, item, done)) is not None:
        return told
    if (met := plan_met(reading, pack, done)) is not None:
        return met
    if (aimed := goal_of(reading, context, pack, catalogue, item, done)) is not None:
        return aimed
    if beside and context.focus and not reading.indicator and not reading.anaphoric:
        whole = completed(reading, beside, context.focus, number, pack, catalogue)
        whole = whole or by_unit(reading, beside, item, in_unit(reading, context, number, done), pack)
        if whole is not None:
            return whole
    if reading.indicator or (reading.has_subject and not reading.anaphoric):
        return reading
    if reading.anaphoric and (meant := meant_here(reading, item, done)) is not None:
        return meant
    if reading.anaphoric and (pointed := pointed_at(reading, context, item, number, catalogue)) is not None:
        return pointed
    reach = LONG_REACH if reading.anaphoric or not reading.has_subject else REACH
    last = context.last if number - context.last_sentence <= reach else None
    if last is not None and reading.anaphoric:
        last = next((r for r in reversed(context.named) if same_kind(r.unit, reading.unit)), last)
        stands = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
        if stands and last.unit not in RATIO_UNITS:  # "4,7%, бұл – 452 мың адам. 2020 жылы ол 4,9%-ға жеткен"
            last = next((r for r in reversed(context.named[-REACH:]) if r.unit == "percent"), last)
    mentioned = context.mentioned if number - context.mentioned_sentence <= 1 else None
    asked = context.asked_sentence == number - 1 and context.asked_of is not None
    if asked and mentioned is None and not reading.anaphoric:
        mentioned = context.asked_of  # "– Зейнеткерлер? – 2,5 млн-ға тарта"
    flags = (*reading.flags, "coreference" if reading.anaphoric else "ellipsis")
    if last is not None and goes_on_share(reading, last, number - context.last_sentence):
        mentioned = None
    if last is not None and mentioned is not None and last.indicator == f"{mentioned[0]}_per_capita":
        mentioned = None  # "жан басына шаққанда … ЖІӨ келеді. Өзбекстанда – 2,8 мың"
    said_last = context.last_sentence >= context.mentioned_sentence
    if last is not None and last.indicator and reading.anaphoric and said_last:
        mentioned = None
    if mentioned is not None and (last is None or not is_whole(mentioned[0], last.indicator, catalogue)):
        entry = catalogue.indicators.get(mentioned[0])
        rate = entry is not None and entry.is_rate and not reading.share_of
        if rate and reading.measure is Measure.SHARE and "measure_unsaid" in flags:
            reading = replace(reading, measure=Measure.LEVEL)  # "Жұмыссыздық … Ресми деңгей 4,7%"
        return replace(
            reading,
            indicator=by_its_unit(mentioned[0], reading.unit, catalogue) or mentioned[0],
            subject=reading.local if reading.local[1] else mentioned[1],
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    if last is not None and (last.indicator or last.has_subject):
        if (
            "measure_unsaid" in flags
            and reading.unit == last.unit == "percent"
            and last.measure is Measure.CHANGE
        ):
            reading = replace(reading, measure=last.measure, direction=last.direction)
        reading = share_again(reading, last)
        entry = catalogue.indicators.get(last.indicator)
        unsaid = reading.measure is Measure.SHARE and "measure_unsaid" in flags and not reading.share_of
        if unsaid and entry is not None and entry.is_rate and last.measure is Measure.LEVEL:
            reading = replace(reading, measure=Measure.LEVEL)  # "Инфляция – 18%. Прогнозировал лишь 13"
        return replace(
            reading,
            indicator=rate_of(last.indicator, reading, catalogue)
            or by_its_unit(last.indicator, reading.unit, catalogue)
            or last.indicator,
            subject=reading.local if reading.local[1] else last.subject,
            growth=reading.growth or last.growth,
            measure=last.measure if reached(reading, last, catalogue) else reading.measure,
            flags=flags,
            confidence=round(reading.confidence - 0.15, 2),
        )
    return (
        replace(reading, subject=reading.local) if reading.local[1] and not reading.has_subject else reading
    )


def meant_here(reading: Reading, item: Found, done: Sequence[Reading]) -> Reading | None:
    """What a Russian pronoun means that stands behind a figure of its sentence: "9%; за год показатель …"."""
    last = done[-1] if done else None
    if last is None or not last.indicator or reading.sentence.lang is not Lang.RU:
        return None
    said = [c for c in item.cues if c.kind == "anaphor" and c.end <= reading.quantity.start]
    same = reading.unit in RATIO_UNITS or same_kind(reading.unit, last.unit)
    if not said or said[-1].start < last.quantity.end or not same:
        return None
    flags = (*reading.flags, "coreference")
    sure = round(reading.confidence - 0.1, 2)
    return replace(reading, indicator=last.indicator, subject=last.subject, flags=flags, confidence=sure)


def rate_of(indicator: str, reading: Reading, catalogue: Catalogue) -> str:
    """The rate whose people a percentage goes on from: "Жұмыссыздар – 449 мың адам. Деңгейі – 4,6%"."""
    stands = reading.unit == "percent" and reading.measure in (Measure.LEVEL, Measure.SHARE)
    rates = (entry.id for entry in catalogue.indicators.values() if entry.people == indicator)
    return next(rates, "") if stands and indicator and not reading.share_of else ""


def whose_growth(
    reading: Reading, context: Context, number: int, catalogue: Catalogue, done: Sequence[Reading]
) -> Reading:
    """A rate of growth without a name: of what was told right before, else of the economy."""
    flags = tuple(f for f in reading.flags if f != UNNAMED)
    last = done[-1] if done else context.last if number - context.last_sentence <= 1 else None
    moved = context.moved_sentence == context.mentioned_sentence == number - 1
    told = context.mentioned[0] if context.mentioned and moved else ""
    if last is not None and (done or not told):
        told = last.indicator
        if not told and last.unit in RATIO_UNITS and not reading.strong:
            return replace(reading, indicator="", flags=flags)  # of a thing that the catalogue has not
    entry = catalogue.indicators.get(told)
    if entry is None or entry.is_rate or entry.id == reading.indicator or entry.measure in ("share", "index"):
        return replace(reading, flags=flags)
    return replace(reading, indicator=entry.id, flags=(*flags, "coreference"))


def followed_on(reading: Reading, context: Context, number: int, item: Found) -> Reading | None:
    """A bare word that the sentences before make plain: "Экспорт вырос. … Оборот – 68 млрд" is of trade."""
    if reading.strong or any(f.startswith("part_of") for f in reading.flags):
        return None
    cues = [cue for cue in item.cues if cue.kind == "follows"]
    if not cues:
        return None
    start, end = reading.subject if reading.has_subject else (item.sentence.start, reading.quantity.start)
    if not reading.has_subject:
        start = max([q.end for q in item.quantities if q.end <= reading.quantity.start], default=start)
    for cue in cues:
        opens = cue.start == start if reading.has_subject else start <= cue.start < cue.end <= end
        if not opens:
            continue
        far = LONG_REACH // 2 if reading.sentence.lang is Lang.RU else REACH  # a speech on the budget
        near = [i for i, at in context.touched.items() if number - at <= far]
        if any(indicator.startswith(cue.flags) for indicator in near):
            subject = reading.subject if reading.has_subject else (cue.start, cue.end)
            sure = round(reading.confidence - 0.05, 2)
            flags = (*reading.flags, "coreference")
            return replace(reading, indicator=cue.value, subject=subject, flags=flags, confidence=sure)
    return None


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


def in_unit(reading: Reading, context: Context, number: int, done: Sequence[Reading]) -> Reading | None:
    """The last figure told in the same unit or one of its kind: here, else in the sentences before."""
    kind = dimension(reading.unit)
    here = next((r for r in reversed(done) if dimension(r.unit) == kind), None)
    last, sentence = context.in_unit.get(reading.unit) or context.in_unit.get(kind) or (None, 0)
    return here or (last if number - sentence <= REACH else None)


def short_name(
    reading: Reading, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> Reading | None:
    """A thing named by its head noun alone after its full name: "борыш" after "мемлекеттік борыш".

    A noun that means several things by itself ("табыс", "ставка") means the one named before.
    """
    if not reading.has_subject or reading.counted:
        return None
    start = reading.sentence.start
    words = reading.sentence.text[reading.subject[0] - start : reading.subject[1] - start].lower().split()
    words = [word for word in words if not is_pointing(word, pack)]
    if len(words) != 1 or any(flag.startswith("part_of") for flag in reading.flags):
        return None
    if reading.indicator and lexicon(pack).ambiguous.search(words[0]) is None:
        return None
    indicator, sentence = known_head(words[0], context)
    entry = catalogue.indicators.get(indicator)
    reach = 3 * LONG_REACH if reading.indicator else LONG_REACH
    if entry is None or number - sentence > reach or not told_in(reading, entry):
        return None
    sure = round(reading.confidence - 0.05, 2)
    return replace(reading, indicator=indicator, flags=(*reading.flags, "coreference"), confidence=sure)


def more_of_them(
    reading: Reading, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> Reading | None:
    """By how many people a number of them told right before changed: "Содан бері 1,3 млн адамға көбейді"."""
    last = context.last if number - context.last_sentence == 1 else None
    counts = reading.measure is Measure.CHANGE and reading.unit == "count" and not reading.indicator
    entry = catalogue.indicators.get(last.indicator) if last is not None else None
    if not counts or last is None or entry is None or entry.unit_class != "count" or last.unit != "count":
        return None
    start, end = (max(at - reading.sentence.start, 0) for at in reading.subject)
    words = reading.sentence.text[start:end].lower().split()
    if any(not word.startswith(tuple(lexicon(pack).people)) for word in words):
        return None
    return replace(reading, indicator=entry.id, flags=(*reading.flags, "coreference"))


def plan_met(reading: Reading, pack: Pack, done: Sequence[Reading]) -> Reading | None:
    """A percentage of a plan, of what was told before: "241 млрд теңге түсіп, жоспар 104,2%-ға орындалды"."""
    if reading.indicator or reading.unit != "percent" or not done or not done[-1].indicator:
        return None
    start = reading.sentence.start
    span = reading.whole if reading.whole[1] > reading.whole[0] else reading.subject
    words = reading.sentence.text[span[0] - start : span[1] - start].lower().split()
    planned = words and all(lexicon(pack).plans.fullmatch(word) for word in words)
    if not planned or (reading.measure is Measure.CHANGE and reading.direction):
        return None
    flags = tuple(dict.fromkeys((*(f for f in reading.flags if f != "measure_unsaid"), "coreference")))
    return replace(reading, indicator=done[-1].indicator, measure=Measure.SHARE, flags=flags)


def aims_at(reading: Reading, item: Found) -> bool:
    """Whether words for a goal stand right before a number in brackets: "Целевой коридор (4–6%)"."""
    begin = reading.quantity.outer_start
    lead = item.sentence.text[: begin - item.sentence.start]
    plans = [c for c in item.cues if c.kind == "modality" and c.value == "plan" and "attribute" in c.flags]
    return lead.endswith("(") and any(begin - c.end == len(" (") for c in plans)


def goal_of(
    reading: Reading,
    context: Context,
    pack: Pack,
    catalogue: Catalogue,
    item: Found,
    done: Sequence[Reading],
) -> Reading | None:
    """A figure that somebody aims at: of what was spoken of before ("Орта мерзімді мақсат – 5%")."""
    if reading.indicator or not reading.has_subject:
        return None
    start = reading.sentence.start
    words = reading.sentence.text[reading.subject[0] - start : reading.subject[1] - start].lower().split()
    if not (any(lexicon(pack).goals.fullmatch(word) for word in words) or aims_at(reading, item)):
        return None
    if reading.unit != "percent":
        behind = reading.sentence.text[reading.subject[1] - start :].lstrip()
        said = behind.startswith(("–", "—")) or any(is_pointing(word, pack) for word in words)
        return amount_aimed_at(reading, context, done) if said else None
    for before in reversed([*context.named, *done]):
        entry = catalogue.indicators.get(before.indicator)
        told = entry is not None and (entry.is_rate or before.measure is Measure.SHARE)
        if entry is not None and told and before.unit == "percent":
            way = Modality.PLAN if reading.modality is Modality.ACTUAL else reading.modality
            flags = (*(f for f in reading.flags if f != "measure_unsaid"), "coreference")
            return replace(
                reading,
                indicator=entry.id,
                measure=before.measure if not entry.is_rate else Measure.LEVEL,
                modality=way,
                flags=flags,
                share_of=before.share_of,
                whole=before.whole,
            )
    return None


def amount_aimed_at(reading: Reading, context: Context, done: Sequence[Reading]) -> Reading | None:
    """An amount aimed at, of what was told last: "Актив 60 млрд доллар. Мақсат – 100 миллиардқа жеткізу"."""
    last = done[-1] if done else context.last
    if last is None or not last.indicator or not is_money(last.unit) or reading.unit not in ("", last.unit):
        return None
    if reading.quantity.multiplier != last.quantity.multiplier:
        return None
    way = Modality.PLAN if reading.modality is Modality.ACTUAL else reading.modality
    flags = (*reading.flags, "coreference")
    return replace(reading, indicator=last.indicator, unit=last.unit, modality=way, flags=flags)


def known_head(word: str, context: Context) -> tuple[str, int]:
    """The indicator last named by a phrase with a head noun, and its sentence."""
    begins = stem(word)
    for head in reversed(context.heads) if begins else ():
        if head.startswith(begins) or begins.startswith(head):
            return context.heads[head]
    return "", 0


def pointed_at(
    reading: Reading, context: Context, item: Found, number: int, catalogue: Catalogue
) -> Reading | None:
    """What a pronoun with its noun means: the last name with that head ("сол деңгей", "этот уровень")."""
    cues = [c for c in item.cues if c.kind == "anaphor" and c.end <= reading.quantity.start]
    start = reading.sentence.start
    words = (
        reading.sentence.text[cues[-1].start - start : cues[-1].end - start].lower().split() if cues else []
    )
    if len(words) < 2:
        return None
    indicator, sentence = known_head(words[-1], context)
    entry = catalogue.indicators.get(indicator)
    if entry is None or number - sentence > POINTS or not told_in(reading, entry):
        return None
    return replace(reading, indicator=indicator, flags=(*reading.flags, "coreference"))


def is_pointing(word: str, pack: Pack) -> bool:
    """Whether a word points at what was named before ("сол деңгей", "этот долг")."""
    return lexicon(pack).pointing.fullmatch(word) is not None


def reached(reading: Reading, last: Reading, catalogue: Catalogue) -> bool:
    """Whether a Kazakh dative says the level that a rate reached: "ол 4,7%-ға төмендеді" of unemployment."""
    entry = catalogue.indicators.get(last.indicator)
    rate = last.measure is Measure.SHARE or (
        last.measure is Measure.LEVEL and entry is not None and entry.is_rate
    )
    percent = reading.unit == last.unit == "percent"
    return rate and percent and reading.measure is Measure.CHANGE and reading.quantity.case is Case.DAT


def spoken_part(
    reading: Reading, context: Context, number: int, pack: Pack, catalogue: Catalogue
) -> Reading | None:
    """A bare name whose part the paragraph speaks of: "өндіріс" after oil, "инвестиция" after foreign one.

    A name that says enough by itself means its part only where a sum is told under it.
    """
    if (reading.strong and reading.measure is not Measure.LEVEL) or "total" in reading.flags:
        return None
    start = reading.sentence.start
    if pack.compile(pack.table("endings")["entire"]).search(
        reading.sentence.text, reading.subject[0] - start, reading.subject[1] - start
    ):
        return None
    near = [
        catalogue.indicators[indicator]
        for indicator, (block, sentence) in context.spoken.items()
        if block == reading.sentence.block and number - sentence <= REACH
    ]
    parts = [
        entry
        for entry in near
        if reading.indicator in wholes_of(entry, catalogue)
        and (entry.unit_class == "money" if reading.strong else told_in(reading, entry))
    ]
    if len(parts) != 1 or not reading.indicator or any(entry.id == reading.indicator for entry in near):
        return None
    return replace(reading, indicator=parts[0].id, flags=(*reading.flags, "coreference"))


def told_in(reading: Reading, entry: Indicator) -> bool:
    """Whether an indicator can be told in the unit of a reading: a ratio of anything, else its own class."""
    fits = reading.unit in RATIO_UNITS or is_money(reading.unit) == (entry.unit_class == "money")
    return fits and entry.unit_class != "count"  # "221 тыс. человек" are people, whoever was spoken of


def carry_unit(
    reading: Reading,
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
    before: Sequence[Reading],
) -> Reading:
    """The money of the sentence before: "38,6 млрд теңге жұмсалды. Соның 27 миллиарды – несие"."""
    quantity, entry = reading.quantity, catalogue.indicators.get(reading.indicator)
    bare = not quantity.unit and not reading.counted and quantity.multiplier >= MILLION
    told = not reading.unit or (reading.unit == "count" and entry is not None and entry.unit_class == "money")
    known = entry is not None and entry.unit_class != "count"
    sized = bare or (known and not quantity.unit and not reading.counted and quantity.multiplier > 1)
    if sized and told and (unit := like_above(reading, context, number, entry)):
        flags = (*reading.flags, "ellipsis")
        return replace(reading, unit=unit, flags=flags, confidence=round(reading.confidence - 0.1, 2))
    dimension = str(catalogue.units.get(context.unit, {}).get("dimension", ""))
    dimension = "money" if is_money(context.unit) else dimension
    if not bare or dimension not in CARRIED or context.unit_sentence != number - 1:
        return reading
    if entry is not None and entry.unit_class == "count":
        return reading  # "на душу – 14 тыс. долларов. И населения больше: 20,3 млн"
    lender = next((r for r in reversed(context.levels) if r.unit == context.unit), None)
    small = lender is not None and lender.quantity.multiplier == 1 and pack.lang == Lang.RU
    if small and quantity.multiplier > MILLION:
        return reading  # "цена нефти – 75 долларов. Трансферт – 2 трлн"
    listed = bool(before) and before[-1].unit == context.unit and not before[-1].quantity.unit
    fits = dimension == "money" if entry is None else entry.unit_class == dimension
    if not fits and not (listed and entry is None):
        return reading
    if reading.unit == "count":  # a possessive ending alone counted it
        after = reading.sentence.text[quantity.end - reading.sentence.start :]
        if not pack.compile(pack.table("endings").get("possessive", "") or r"(?!)").match(after):
            return reading
    elif reading.unit:
        return reading
    flags = (*reading.flags, "ellipsis")
    return replace(reading, unit=context.unit, flags=flags, confidence=round(reading.confidence - 0.1, 2))


def like_above(reading: Reading, context: Context, number: int, entry: Indicator | None) -> str:
    """The unit of the last amount, where a bare one is of its size: "дали 113 млрд кВт·ч. Ушло 115 млрд"."""
    amounts = [r for r in context.levels[-BACK:] if r.unit not in ("", *RATIO_UNITS)]
    last = amounts[-1] if amounts else None
    asked = int(context.asked_sentence == number - 1)  # "Экспорт – 81 млрд доллар. – Импорт ше? – 59 млрд"
    if last is None or number - context.above_sentence > 1 + asked or last.unit == "count":
        return ""
    kind = "money" if is_money(last.unit) else dimension(last.unit)
    same = last.quantity.multiplier == reading.quantity.multiplier
    low, high = sorted((abs(reading.quantity.value), abs(last.quantity.value)))
    fits = kind in CARRIED and (entry is None or entry.unit_class == kind)
    block = last.sentence.block == reading.sentence.block
    return last.unit if fits and same and block and low and high / low < SIZE else ""


def carry_decimal(reading: Reading, context: Context, number: int, done: Sequence[Reading]) -> Reading:
    """The unit of a figure beside one as fine and as large: "у мужчин – 69,4 года, у женщин – 78,1"."""
    quantity, last = reading.quantity, done[-1] if done else None
    answer = len(reading.sentence.text.split()) <= ANSWER and number - context.above_sentence == BACK - 1
    if last is None and answer and number - context.asked_sentence == 1 and context.above:
        last = context.above[-1]  # "Инфляция? – 9,4%. – А продукты? – 6,9"
    bare = not reading.unit and not reading.counted and quantity.multiplier == 1 and quantity.decimals
    if last is None or not bare or is_money(last.unit) or last.unit in ("", "count", "times"):
        return reading
    low, high = sorted((abs(quantity.value), abs(last.quantity.value)))
    if (
        quantity.decimals != last.quantity.decimals
        or last.quantity.multiplier != 1
        or not low
        or high / low > 2
    ):
        return reading
    flags = (*(f for f in reading.flags if f != "unit_missing"), "ellipsis")
    return replace(reading, unit=last.unit, flags=flags, confidence=round(reading.confidence - 0.1, 2))


def carry_whole(reading: Reading, context: Context, pack: Pack, catalogue: Catalogue) -> Reading:
    """The whole of a share that its sentence leaves out: the catalogue's, or what was spoken of before."""
    if (told := same_share(reading, context.last)) is not None:
        return told
    if reading.measure is Measure.SHARE and reading.whole[1] > reading.whole[0]:
        start = reading.sentence.start
        words = reading.sentence.text[reading.whole[0] - start : reading.whole[1] - start].lower().split()
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


def goes_on_share(reading: Reading, last: Reading, distance: int) -> bool:
    """Whether a percentage right behind a share is one of the same thing, not of the whole named by it."""
    told = last.measure is Measure.SHARE and bool(last.share_of or last.whole[1])
    open_level = reading.measure is Measure.SHARE or "measure_unsaid" in reading.flags or reading.anaphoric
    return told and distance <= 1 and reading.unit == "percent" and open_level


def same_share(reading: Reading, last: Reading | None) -> Reading | None:
    """A percentage that only goes on with the share told before: "Италияда бұл арақатынас 137%-ға жетеді"."""
    if last is None or last.measure is not Measure.SHARE or reading.unit != "percent":
        return None
    if not reading.carried or reading.share_of or reading.of_before:
        return None
    if reading.indicator != last.indicator or reading.measure not in (Measure.LEVEL, Measure.SHARE):
        return None
    return replace(reading, measure=Measure.SHARE, share_of=last.share_of, whole=last.whole)


def same_kind(one: str, other: str) -> bool:
    """Whether two units measure the same kind of thing: the same unit, or both money."""
    money = is_money(one) and is_money(other)
    return one not in ("", *RATIO_UNITS) and (one == other or money)


def is_whole(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether one indicator is another or its whole: "инвестиция" after "негізгі капиталға инвестиция"."""
    entry = catalogue.indicators.get(other)
    return one == other or (entry is not None and entry.part_of == one)
