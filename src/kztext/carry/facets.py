"""What is made, sold, used or held of the product that a text speaks of.

"Мұнай өндіру 87,7 млн тонна болды. Былтыр өндіріс 90 млн тонна еді, 68 млн тоннасы экспортқа кетті": the
words for making and selling are the language's (`facets` of its indicators.toml), which products have which
of them is what the ids of the catalogue say (`oil_output`, `oil_exports`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from kztext.carry.context import Context
from kztext.carry.unsaid import REACH
from kztext.catalogue import Catalogue, Indicator, load_catalogue
from kztext.evidence import RATIO_UNITS
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.nouns import lexicon
from kztext.reading import Reading
from kztext.records import Measure
from kztext.spans import Lang, Sentence, is_money

NOT_NAME = regex.compile(r"[,:(|\t\d]|\s[–—-]\s")
WORD = regex.compile(r"[\p{L}-]+")
AGAIN = 3  # words between a number and what says it another way
SHORT = 60  # letters of a sentence that only turns to a product
MADE = "output"
MONEY_CLASSES = frozenset({"money", "price"})
YIELD, AREA = "yield", "area"
CLAUSES = regex.compile(r"[;:]|\.\s")
MOST_A_HEAD = 1_000_000  # of any money that a country makes for each of its people


@cache
def facet_words(pack: Pack) -> Mapping[str, regex.Pattern[str]]:
    """How a language tells each thing that is done with a product, by the last part of an indicator's id."""
    table = pack.table("indicators")["facets"]
    return {
        name: pack.compile(rf"(?<!\p{{L}})(?:{form})(?!\p{{L}})", where=pack.source("indicators"))
        for name, form in table["words"].items()
    }


def product_of(indicator: str, pack: Pack) -> str:
    """The product in an indicator's id, where it is one of something done with a product."""
    product, _, facet = indicator.rpartition("_")
    if facet == AREA and not has_other_facets(product, tuple(facet_words(pack))):
        return ""
    return product if facet in facet_words(pack) else ""


@cache
def has_other_facets(name: str, facets: tuple[str, ...]) -> bool:
    """Whether the catalogue knows more than an area of a product: "sown" in "sown_area" is none."""
    return sum(f"{name}_{facet}" in load_catalogue().indicators for facet in facets) > 1


def note_product(context: Context, readings: list[Reading], item: Found, number: int, pack: Pack) -> None:
    """Remember the product that a sentence spoke of last."""
    named = [m.indicator for m in item.indicators if "weak" not in m.flags]
    named += [r.indicator for r in readings if r.indicator]
    weak = [m.indicator for m in item.indicators] if not named and not item.quantities else []
    spoken = [product for name in (*named, *weak) if (product := product_of(name, pack))]
    if not spoken and not named and not item.quantities and len(item.sentence.text) < SHORT:
        spoken = thing_told(item.sentence, pack)  # "Нефть кормит обоих. Казахстан добыл 87,7 млн тонн"
    if spoken:
        context.product, context.product_sentence = spoken[-1], number


def thing_told(sentence: Sentence, pack: Pack) -> list[str]:
    """The product that a short sentence without figures begins with."""
    if sentence.lang is not Lang.RU:
        return []
    first = WORD.search(sentence.text)
    return [name for name, form in products(pack).items() if first and form.fullmatch(first[0])]


def spoken_of(reading: Reading, context: Context, item: Found, number: int, pack: Pack) -> str:
    """The product named before a number in its sentence, else in the sentences before."""
    named = [m for m in item.indicators if "weak" not in m.flags and m.end <= reading.quantity.start]
    products = [product for m in named if (product := product_of(m.indicator, pack))]
    if products:
        return products[-1]
    return context.product if number - context.product_sentence <= REACH else ""


def facet_told(reading: Reading, item: Found, pack: Pack) -> tuple[str, tuple[int, int]] | None:
    """What is told to be done, in the words nearest to a number: behind it in Kazakh, else before it."""
    quantity, sentence = reading.quantity, item.sentence
    start = max([q.end for q in item.quantities if q.end <= quantity.start], default=sentence.start)
    after = [q for q in item.quantities if q.start >= quantity.end]
    end = min([q.start for q in after], default=sentence.end)
    again = any(c.kind in ("restate", "and") and quantity.end <= c.start < end for c in item.cues)
    if (
        pack.lang == Lang.KK
        and again
        and len(sentence.text[quantity.end - sentence.start : end - sentence.start].split()) <= AGAIN
    ):
        rest = [q.start for q in after[1:]]
        return facet_behind(after[0].end, min(rest, default=sentence.end), sentence, pack)
    behind = CLAUSES.split(sentence.text[quantity.end - sentence.start : end - sentence.start])[0]
    ahead = CLAUSES.split(sentence.text[start - sentence.start : quantity.start - sentence.start])[-1]
    first = quantity.end
    if pack.lang == Lang.KK and ", " in behind:
        behind = behind.split(", ", 1)[0]
    found: list[tuple[int, str, tuple[int, int]]] = []
    if (
        pack.lang == Lang.KK
        and (told := facet_behind(first, first + len(behind), sentence, pack)) is not None
    ):
        return told
    for name, form in facet_words(pack).items():
        for match in form.finditer(behind.lower()):
            found.append((match.start(), name, (first + match.start(), first + match.end())))
        for match in form.finditer(ahead.lower()):
            at = quantity.start - len(ahead)
            found.append((len(ahead) - match.end(), name, (at + match.start(), at + match.end())))
    return min(found)[1:] if found else None


def facet_behind(start: int, end: int, sentence: Sentence, pack: Pack) -> tuple[str, tuple[int, int]] | None:
    """What the first words of a clause behind a Kazakh number tell to be done."""
    text = CLAUSES.split(sentence.text[start - sentence.start : end - sentence.start])[0].split(", ", 1)[0]
    found = [
        (match.start(), name, (start + match.start(), start + match.end()))
        for name, form in facet_words(pack).items()
        for match in form.finditer(text.lower())
    ]
    return min(found)[1:] if found else None


def faceted(
    reading: Reading, context: Context, item: Found, number: int, pack: Pack, catalogue: Catalogue
) -> Reading:
    """A figure of what is done with the product spoken of, where its own words name no product."""
    generic = frozenset(pack.table("indicators")["facets"]["generic"])
    product = spoken_of(reading, context, item, number, pack)
    if not product or reading.counted:
        return reading
    gapped = is_gapped(reading, product, item, pack)
    if reading.indicator not in generic and not gapped:
        return reading
    if reading.indicator and reading.strong and any(r.indicator == reading.indicator for r in context.named):
        return reading  # exports were told of before, the product by the way
    told = facet_told(reading, item, pack)
    if str(catalogue.units.get(reading.unit, {}).get("dimension", "")) == YIELD:
        told = (YIELD, reading.subject)  # "взяли по 14 ц/га": the unit says it
    if told is None or not (gapped or plain(reading, item, pack)):
        return reading
    entry = catalogue.indicators.get(f"{product}_{told[0]}")
    part = is_part(reading, told[0])
    if entry is None or not (part or measured_in(reading, entry, catalogue)):
        return reading
    made = f"{product}_{MADE}"
    if part and made in catalogue.wholes:
        reading = replace(reading, share_of=made, whole=(0, 0))
    subject = reading.subject if reading.has_subject else told[1]
    return replace(
        reading,
        indicator=entry.id,
        subject=subject,
        strong=True,
        anaphoric=False,
        flags=(*reading.flags, "coreference"),
        confidence=round(min(reading.confidence, 0.75), 2),
    )


def is_gapped(reading: Reading, product: str, item: Found, pack: Pack) -> bool:
    """Whether what is made of a product is named by an earlier number: "…, 71 млн тоннасын сату"."""
    if reading.unit in RATIO_UNITS or product_of(reading.indicator, pack) != product:
        return False
    before = max([q.end for q in item.quantities if q.end <= reading.quantity.start], default=-1)
    named = [m for m in item.indicators if m.indicator == reading.indicator]
    if pack.lang == Lang.KK and before >= 0:  # "123 млрд кВт·сағ жарық өндірілді, тұтынылғаны – 124"
        lead = item.sentence.text[before - item.sentence.start : reading.quantity.start - item.sentence.start]
        before += max(lead.rfind(", "), lead.rfind("; "), 0)
    return before >= 0 and not any(m.end > before for m in named)


def is_part(reading: Reading, facet: str) -> bool:
    """Whether a share of what was made is told of what was done with it: "76,4%-ы экспортталды"."""
    return facet != MADE and reading.measure is Measure.SHARE and reading.quantity.unit == "percent"


@cache
def products(pack: Pack) -> Mapping[str, regex.Pattern[str]]:
    """How a language names the products of a table's rows, by the product in an indicator's id."""
    table = pack.table("indicators")["facets"]["products"]
    return {
        name: pack.compile(rf"(?i){form}", where=pack.source("indicators")) for name, form in table.items()
    }


def of_product(reading: Reading, label: str, above: str, pack: Pack, catalogue: Catalogue) -> Reading:
    """A row that names a product alone: made, unless the heading says what else is done with it."""
    if reading.indicator or is_money(reading.unit):
        return reading
    name = NOT_NAME.split(label.strip(" \t|•*–—-"), 1)[0].strip()
    product = next((key for key, form in products(pack).items() if form.fullmatch(name)), "")
    done = [facet for facet, form in facet_words(pack).items() if form.search(above.lower())]
    for facet in [*done, "output", "harvest"] if product else ():
        entry = catalogue.indicators.get(f"{product}_{facet}")
        if entry is not None and measured_in(reading, entry, catalogue):
            return replace(reading, indicator=entry.id, strong=True)
    return reading


def plain(reading: Reading, item: Found, pack: Pack) -> bool:
    """Whether the words that name the thing are those of what is done, where, and words that add nothing."""
    if not reading.has_subject:
        return True
    start, end = reading.subject
    sentence = item.sentence
    rest = sentence.text[start - sentence.start : end - sentence.start].lower()
    for place in item.places if sentence.lang is Lang.RU else ():  # "[Казахстан] добыл 87,7 млн тонн"
        said = sentence.text[place.start - sentence.start : place.end - sentence.start].lower()
        rest = rest.replace(said, " ") if start <= place.start < end else rest
    for form in facet_words(pack).values():
        rest = form.sub(" ", rest)
    plain_words = pack.compile(pack.table("indicators")["facets"]["plain"], where=pack.source("indicators"))
    return all(plain_words.fullmatch(word) for word in WORD.findall(rest))


def measured_in(reading: Reading, entry: Indicator, catalogue: Catalogue) -> bool:
    """Whether an indicator can be told in a reading's unit: its own class, or by how much it changed."""
    if reading.unit in RATIO_UNITS:
        return reading.measure in (Measure.CHANGE, Measure.INDEX)
    if is_money(reading.unit):
        return entry.unit_class in MONEY_CLASSES
    return str(catalogue.units.get(reading.unit, {}).get("dimension", "")) == entry.unit_class


def per_head(reading: Reading, pack: Pack, catalogue: Catalogue) -> Reading:
    """A sum per person of what one was told of before: "ЖІӨ 90 млрд, жан басына шаққанда 2 496 доллар"."""
    indicator = f"{reading.indicator}_per_capita"
    lead = reading.sentence.text[: reading.quantity.start - reading.sentence.start].lower()
    said = pack.compile(pack.table("endings")["per_head"]).search(lead) is not None
    small = said and reading.quantity.value < MOST_A_HEAD  # "жан басына шаққанда Ресейде 13,8 мың, …"
    told = ("per_person" in reading.flags or small) and is_money(reading.unit)
    return replace(reading, indicator=indicator) if told and indicator in catalogue.indicators else reading


def in_people(reading: Reading, done: Sequence[Reading], pack: Pack, catalogue: Catalogue) -> Reading:
    """How many people a rate makes, told right behind it: "жұмыссыздық 4,7%, бұл – 452 мың адам"."""
    before = done[-1] if done else None
    entry = catalogue.indicators.get(before.indicator) if before is not None else None
    if entry is None or not entry.people or reading.unit != "count" or reading.indicator:
        return reading
    start, end = (max(at - reading.sentence.start, 0) for at in reading.subject)
    said = reading.sentence.text[start:end].lower()
    if said and said not in lexicon(pack).people:
        return reading
    return replace(reading, indicator=entry.people, flags=(*reading.flags, "coreference"))


def of_harvest(readings: Sequence[Reading], catalogue: Catalogue) -> list[Reading]:
    """The land that a harvest came from: "712 мың гектардан 933 мың тонна астық жинады"."""
    done = list(readings)
    for i, (one, two) in enumerate(pairwise(readings)):
        product, _, facet = two.indicator.rpartition("_")
        area = f"{product}_area"
        land = one.unit == "hectare" and one.measure is Measure.LEVEL and not one.indicator
        if land and facet == "harvest" and area in catalogue.indicators and two.measure is Measure.LEVEL:
            done[i] = replace(one, indicator=area, subject=two.subject)
    return done


def faceted_whole(
    reading: Reading, context: Context, done: Sequence[Reading], pack: Pack, catalogue: Catalogue
) -> Reading:
    """A share of what was spoken of, named by what is done with it: "треть сбора", "60% всей добычи"."""
    if reading.measure is not Measure.SHARE or reading.whole[1] <= reading.whole[0]:
        return reading
    start, end = (at - reading.sentence.start for at in reading.whole)
    words = WORD.findall(reading.sentence.text[start:end].lower())
    plain_words = pack.compile(pack.table("indicators")["facets"]["plain"], where=pack.source("indicators"))
    told = [word for word in words if plain_words.fullmatch(word) is None]
    for name, form in facet_words(pack).items():
        if len(told) != 1 or form.fullmatch(told[0]) is None:
            continue
        for before in (*reversed(done), *reversed(context.named)):
            if before.indicator.rpartition("_")[2] == name and before.indicator in catalogue.wholes:
                flags = (*reading.flags, "coreference")
                return replace(reading, share_of=before.indicator, whole=(0, 0), flags=flags)
    return reading
