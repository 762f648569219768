"""Relate: which quantity of a sentence says what of what.

Each quantity is read from its own zone first (zones.py, evidence); what a zone does not say comes from its
neighbours in the same list (chains/), and what the sentence does not say is left to the carry stage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from kztext.catalogue import Catalogue, Indicator, by_its_unit, wholes_of
from kztext.chains import settled_drafts
from kztext.draft import Draft
from kztext.evidence import GDP, GRP, RATIO_UNITS, REGION, UNNAMED, Evidence, grown, of_region
from kztext.indicators import find_indicators
from kztext.lang.pack import Pack
from kztext.nouns import is_verb
from kztext.reading import Reading
from kztext.records import Aggregation, Direction, Measure
from kztext.spans import (
    Approximation,
    Case,
    Cue,
    IndicatorMention,
    NumberKind,
    Period,
    PeriodKind,
    Place,
    Quantity,
    Sentence,
    is_money,
)
from kztext.zones import make_zones

BALANCE = "budget_balance"
TAX_RATE = "tax_rate"
TITLE_WORDS = 5
# Classes of units of what no number of things or people says how much it is.
UNCOUNTED = frozenset({"money", "price", "mass", "volume", "energy", "percent", "index"})
BUDGET = "budget"
SUM = 1_000_000_000  # no more things than that are counted: "ущерб – 6 миллиардов франков"
DIGIT = regex.compile(r"\d")
BRIDGE = 60  # characters on each side of a number that a parted name may reach


def relate(
    sentence: Sentence,
    quantities: Sequence[Quantity],
    periods: Sequence[Period],
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    places: Sequence[Place],
    pack: Pack,
    catalogue: Catalogue,
) -> list[Reading]:
    """Read what each quantity of a sentence says; in text order."""
    if not quantities:
        return []
    mentions = [m for m in mentions if not in_title(sentence, m) and not in_basis(m, cues)]
    mentions = bridged(sentence, quantities, mentions, pack)
    mentions = [m for m in mentions if not told_of_it(m, sentence, cues, pack)]
    mentions = pointed_back(sentence, mentions, catalogue)
    mentions = followed(sentence, mentions, cues, pack)
    mentions = of_region(mentions, places, pack)
    mentions = grown(sentence, quantities, periods, cues, mentions, places, pack)
    zones = make_zones(sentence, quantities, cues, mentions, periods, places)
    seen = Evidence(sentence, zones, cues, periods, pack, catalogue)
    drafts = settled_drafts(seen)
    readings = [to_reading(draft, seen) for draft in drafts]
    for i, (one, two) in enumerate(pairwise(drafts)):
        if two.chained and two.mention is one.mention and two.measure is Measure.CHANGE:
            unit = in_unit(one, catalogue)  # "үй құрылысы 6,4 млн шаршы метр болды, бұл 5%-ға кем"
            if unit and readings[i].indicator == unit and two.mention is not None:
                same = readings[i + 1].indicator == two.mention.indicator
                readings[i + 1] = replace(readings[i + 1], indicator=unit) if same else readings[i + 1]
    return readings


def in_title(sentence: Sentence, mention: IndicatorMention) -> bool:
    """Whether a mention is part of a name in quotation marks ("«Жайлы мектеп» жобасына")."""
    text, start, end = sentence.text, mention.start - sentence.start, mention.end - sentence.start
    opens, closes = text.rfind("«", 0, start), text.find("»", end)
    if opens < 0 or closes < 0 or "»" in text[opens:start] or "«" in text[end:closes]:
        return False
    said = text[opens + 1 : closes]
    if not said[:1].isupper() or len(said.split()) > TITLE_WORDS or DIGIT.search(said):
        return False
    return regex.match(r"»\s\p{L}", text[closes:]) is not None and len(said.split()) > 1


def in_basis(mention: IndicatorMention, cues: Sequence[Cue]) -> bool:
    """Whether a mention only says in what prices something is told: "с поправкой на инфляцию"."""
    return any(c.kind == "basis" and c.start < mention.start and mention.end <= c.end for c in cues)


def told_of_it(mention: IndicatorMention, sentence: Sentence, cues: Sequence[Cue], pack: Pack) -> bool:
    """Whether a weak verb stands behind a pronoun, of whose thing it tells: "он [подорожал] на …"."""
    said = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
    weak = "weak" in mention.flags and mention.rule != "growth" and is_verb(said, False, pack, first=False)
    return weak and any(c.kind == "anaphor" and c.end + 1 == mention.start for c in cues)


def followed(
    sentence: Sentence, mentions: Sequence[IndicatorMention], cues: Sequence[Cue], pack: Pack
) -> list[IndicatorMention]:
    """Bare words that a mention before them makes plain: "доходы бюджета – 19,9 трлн, расходы – 23,5".

    A cue of the kind `follows` carries the indicator as its value and the start of those it follows as flags;
    one of the kind `balance` is the deficit or surplus of a budget.
    """
    done = list(mentions)
    for cue in cues:
        if cue.kind not in ("follows", "balance"):
            continue
        held = [m for m in mentions if m.start < cue.end and cue.start < m.end]
        said = sentence.text[cue.start - sentence.start : cue.end - sentence.start]
        others = [m for m in mentions if m.end <= cue.start and "weak" not in m.flags]
        others = [m for m in others if not m.indicator.startswith(cue.flags)]
        if others and is_verb(said, False, pack, first=False):
            continue  # "налоговых доходов в бюджет поступило 112 млн"
        if any("weak" not in m.flags for m in held):
            continue
        before = [m for m in mentions if m.end <= cue.start and m.indicator.startswith(cue.flags)]
        if before:
            of_budget = before[-1].indicator.startswith("budget")
            balance = BALANCE if of_budget else before[-1].indicator
            indicator = cue.value if cue.kind == "follows" else balance
            done = [m for m in done if m not in held]
            done.append(IndicatorMention(start=cue.start, end=cue.end, indicator=indicator, rule="follows"))
    return sorted(done, key=lambda m: m.start)


def bridged(
    sentence: Sentence, quantities: Sequence[Quantity], mentions: Sequence[IndicatorMention], pack: Pack
) -> list[IndicatorMention]:
    """Mentions that a number parts: "негізгі капиталға 6 млрд теңге инвестиция", "введено 2 млн кв. м жилья".

    The sentence is read again with the number left out; what then spans its place stands behind the number.
    """
    done = list(mentions)
    text, offset = sentence.text, sentence.start
    for quantity in quantities:
        cut, after = (
            min(quantity.outer_start, quantity.start) - offset,
            max(quantity.outer_end, quantity.end) - offset,
        )
        left, right = text[max(cut - BRIDGE, 0) : cut], text[after : after + BRIDGE].lstrip()
        if not left.strip() or not right[:1].isalpha():
            continue
        skipped = len(text[after : after + BRIDGE]) - len(right)
        joined = replace(sentence, start=0, end=len(left) + len(right), text=left + right)
        for mention in find_indicators(joined, pack):
            if not mention.start < len(left) < mention.end:
                continue
            start = offset + after + skipped
            new = replace(
                mention, start=start, end=start + mention.end - len(left), flags=(*mention.flags, "bridged")
            )
            done = [m for m in done if not m.overlaps(new)]
            done.append(new)
    return sorted(done, key=lambda m: m.start)


def pointed_back(
    sentence: Sentence, mentions: Sequence[IndicatorMention], catalogue: Catalogue
) -> list[IndicatorMention]:
    """Weak mentions that repeat a word of a strong one before them, or its topic, mean it ("оборота")."""
    done: list[IndicatorMention] = []
    for mention in mentions:
        if "weak" in mention.flags:
            words = sentence.text[mention.start - sentence.start : mention.end - sentence.start]
            entry = catalogue.indicators.get(mention.indicator)
            for other in reversed([m for m in done if {"weak", "told"}.isdisjoint(m.flags)]):
                said = sentence.text[other.start - sentence.start : other.end - sentence.start]
                known = catalogue.indicators.get(other.indicator)
                same = any(w[:5].lower() == words[:5].lower() for w in said.split())
                parent = entry is not None and known is not None and entry.id in wholes_of(known, catalogue)
                if same or parent or mention.indicator == other.indicator:
                    flags = tuple(f for f in mention.flags if f != "weak")
                    mention = replace(mention, indicator=other.indicator, flags=(*flags, "coreference"))
                    break
        done.append(mention)
    return done


def to_reading(draft: Draft, seen: Evidence) -> Reading:
    """A settled draft as a reading."""
    quantity = draft.quantity
    flags = list(dict.fromkeys([*draft.flags, *quantity.flags]))
    if draft.role:
        flags.append(f"{draft.role}_value")
    if draft.has_head("fall_on"):
        flags.append("falls")
    if draft.mention is not None and UNNAMED in draft.mention.flags:
        flags.append(UNNAMED)
    geo = draft.geo
    if geo == "local":
        geo = ""
        flags.append("local")
    direction = draft.direction
    if draft.compared and draft.measure is Measure.CHANGE:
        direction = direction or (Direction.UP if draft.compared == "more" else Direction.DOWN)
        flags.append("comparison")
    if draft.measure is Measure.CHANGE and is_further(draft, seen):
        flags.append("further")
    indicator = in_unit(draft, seen.catalogue)
    if draft.mention is not None and (draft.part or seen.is_part(draft.mention)):
        flags.append(f"part_of:{indicator}")
        indicator = ""
    if is_region_of_all(draft):
        indicator = GRP
    if told_of_price(draft, seen) and not is_price(seen.catalogue.indicators.get(indicator)):
        indicator = price_of(indicator, seen.catalogue) if not seen.kk else ""
    indicator = rate_of_tax(draft, indicator, seen)
    balance = draft.zone.left_cues("balance") or (
        draft.zone.right_cues("balance") if not draft.chained else []
    )
    if balance:
        flags.append(balance[-1].value)
    if draft.has_head("total"):
        flags.append("total")
    if draft.has_head("average") and draft.measure is Measure.LEVEL:
        flags.append("average")
    basis = [h.value for h in draft.heads if h.kind == "basis"]
    anaphors = draft.zone.left_cues("anaphor")
    if seen.kk:  # "олардың қажеттілігіне": what is theirs has a name of its own
        said = draft.subject != (0, 0) and (draft.chained or draft.subject[1] > draft.zone.start)
        anaphors = [c for c in anaphors if not said or (not draft.chained and draft.subject[1] <= c.start)]
    return Reading(
        quantity=quantity,
        sentence=seen.sentence,
        subject=draft.subject,
        local=draft.local,
        indicator=indicator,
        strong=draft.mention is not None and "weak" not in draft.mention.flags,
        measure=draft.measure or Measure.LEVEL,
        direction=direction,
        aggregation=aggregation(draft),
        period=draft.period,
        base=draft.base,
        spread=draft.spread,
        share_of=draft.share_of if draft.measure is Measure.SHARE else "",
        whole=draft.whole_span if draft.measure is Measure.SHARE else (0, 0),
        of_before="of_before" in flags,
        counted=draft.counted != (0, 0),
        told=draft.told or bool(draft.role),
        geo=geo,
        price_basis=basis[-1] if basis else "",
        unit=draft.unit or quantity.unit,
        approximation=approximation(draft, seen),
        growth=draft.growth is not None,
        aside=draft.aside,
        anaphoric=bool(anaphors) and draft.mention is None and draft.subject[0] < quantity.start,
        rules=tuple(draft.rules),
        flags=tuple(flag for flag in dict.fromkeys(flags) if flag != "of_before"),
        confidence=confidence(draft),
    )


def is_region_of_all(draft: Draft) -> bool:
    """Whether a share of the gross domestic product is a region's: "ЖІӨ-нің 11%-ы [Атырауға] тиесілі"."""
    if draft.measure is not Measure.SHARE or draft.share_of != GDP or draft.mention is not None:
        return False
    start, end = draft.subject
    regions = [p for p in draft.zone.places if p.geo.startswith(REGION)]
    return bool(regions) and (start == end or any(start <= p.start < end for p in regions))


def by_area(indicator: str, draft: Draft, catalogue: Catalogue) -> str:
    """The indicator that a figure per hectare tells of the product named: a yield, no harvest."""
    entry = catalogue.indicators.get(indicator)
    unit = draft.unit or draft.quantity.unit
    if entry is None or catalogue.units.get(unit, {}).get("dimension") != "yield":
        return indicator
    for whole in (indicator, *wholes_of(entry, catalogue)):
        product, _, facet = whole.rpartition("_")
        if facet == "harvest" and f"{product}_yield" in catalogue.indicators:
            return f"{product}_yield"
    return indicator


def rate_of_tax(draft: Draft, indicator: str, seen: Evidence) -> str:
    """The id of a tax told in percent is that of its rate: "ҚҚС 12%-дан 16%-ға көтерілді"."""
    entry = seen.catalogue.indicators.get(indicator)
    taxed = entry is not None and entry.part_of == "tax_revenue" and entry.unit_class == "money"
    unit = draft.quantity.unit or draft.unit
    level = unit == "percent" and draft.measure is Measure.LEVEL
    return TAX_RATE if taxed and (level or unit == "percentage_point") else indicator


def in_unit(draft: Draft, catalogue: Catalogue) -> str:
    """The indicator that a draft's mention names in the unit of its number: "пшеница – 12 млн га" is sown."""
    unit = draft.unit or draft.quantity.unit
    if draft.mention is None:  # tonne-kilometres measure one thing
        return str(catalogue.units.get(unit, {}).get("indicator", ""))
    found = by_its_unit(draft.mention.indicator, unit, catalogue)
    entry = catalogue.indicators.get(draft.mention.indicator)
    things = draft.counted != (0, 0) and draft.quantity.value < SUM
    if not found and things and entry is not None and entry.unit_class in UNCOUNTED:
        return ""  # "экспорт: 12 стран", "65 сүт фермасы"
    if entry is not None and (counts_others(draft, entry) or is_source(draft)):
        return ""
    return found or by_area(draft.mention.indicator, draft, catalogue)


def counts_others(draft: Draft, entry: Indicator) -> bool:
    """Whether few things of another kind than the name beside them are counted: "до убийства – 2 имама"."""
    quantity, mention, (start, end) = draft.quantity, draft.mention, draft.counted
    if mention is None or start == end or not entry.may_be_a_case(quantity.value) or "told" in mention.flags:
        return False
    apart = mention.end <= start or end <= mention.start
    return apart and not quantity.decimals and quantity.multiplier == 1


def is_source(draft: Draft) -> bool:
    """Whether a name behind a sum only says who gives it: "1,4 млн рублей – местный бюджет"."""
    mention, quantity = draft.mention, draft.quantity
    if mention is None or mention.indicator != BUDGET or "weak" not in mention.flags:
        return False
    return mention.start >= quantity.end and is_money(quantity.unit)


def is_further(draft: Draft, seen: Evidence) -> bool:
    """Whether a change comes on top of another: "с 90 до 88 млн тонн, затем ещё на 400 тыс."."""
    lead = seen.text(draft.zone.start, draft.quantity.start).lower()
    return seen.pack.compile(seen.pack.table("changes")["further"]).search(lead) is not None


def price_of(indicator: str, catalogue: Catalogue) -> str:
    """The price of what an indicator is of, by the ids of the catalogue: "услуги подорожали" of services."""
    product = indicator.rpartition("_")[0]
    names = (f"{product}_price", f"{indicator.removesuffix('s')}_prices", f"{indicator}_price")
    return next((name for name in names if name in catalogue.indicators), "")


def told_of_price(draft: Draft, seen: Evidence) -> bool:
    """Whether it is the price of the thing that is told of ("сүт өнімдерінің бағасы", "ет қымбаттады")."""
    if draft.mention is None:
        return False
    if draft.directions and "price" in draft.directions[0].flags:
        return True
    return any(
        c.kind == "head" and c.value == "price" and draft.mention.end <= c.start < draft.subject[1]
        for c in seen.cues
    )


def is_price(entry: Indicator | None) -> bool:
    """Whether an indicator is a price, a tariff or their rise."""
    return entry is not None and (
        entry.topic == "prices" or entry.unit_class == "price" or "tariff" in entry.id
    )


def aggregation(draft: Draft) -> Aggregation:
    """How the value is spread over its period."""
    kinds = {h.value for h in draft.heads if h.kind == "aggregation"}
    if draft.role and draft.measure in (Measure.LEVEL, Measure.SHARE) and not kinds:
        return Aggregation.PERIOD  # "за пять лет с 11 до 31 млрд": each is of its own time
    period = draft.period
    years = span_of_years(period)
    spread = [h for h in draft.heads if not draft.subject[0] <= h.start < draft.subject[1]]
    within = period is not None and (years == 1 or period.kind is PeriodKind.MONTHS)
    yearly = any(h.kind == "yearly" or (h.kind == "average" and not within) for h in spread) or (
        draft.spread is not None and "yearly" in draft.spread.flags
    )
    if "annual_average" in kinds or (yearly and draft.measure is Measure.CHANGE and not draft.compared):
        return Aggregation.ANNUAL_AVERAGE
    if years > 1 and any(h.kind == "average" for h in spread):
        return Aggregation.ANNUAL_AVERAGE
    if "cumulative" in kinds:
        return Aggregation.CUMULATIVE
    lasting = (
        draft.spread is not None and draft.spread.length_unit == "year" and (draft.spread.length or 0) > 1
    )
    rate_level = draft.measure is Measure.LEVEL and draft.quantity.unit == "percent"
    if lasting and draft.role == "" and not rate_level and over_it(draft):
        return Aggregation.CUMULATIVE
    if years > 1 and (
        draft.measure is Measure.CHANGE
        or (draft.measure is Measure.LEVEL and draft.quantity.unit not in RATIO_UNITS)
    ):
        return Aggregation.CUMULATIVE
    return Aggregation.PERIOD


def over_it(draft: Draft) -> bool:
    """Whether the stretch of time is what the number grew over ("үш жылда", "за 25 лет"), no attribute."""
    spread = draft.spread
    if spread is None:
        return False
    placed = spread.case is Case.LOC or any(flag.startswith("relative_period") for flag in spread.flags)
    return spread.end <= draft.quantity.start and (placed or bool(spread.first))


def span_of_years(period: Period | None) -> int:
    """How many years a period covers; 0 where it is open or unknown."""
    if period is None or not (period.first[:4].isdigit() and period.last[:4].isdigit()):
        return 0
    return int(period.last[:4]) - int(period.first[:4]) + 1


def approximation(draft: Draft, seen: Evidence) -> str:
    """The hedge of the number, with the verbs that are hedges ("превысил", "-дан асты", "-дан төмендесе")."""
    quantity = draft.quantity
    reached = draft.level is not None and draft.level.value == "reach"
    grown = draft.marker == "to" and draft.growth is not None
    aimed = draft.role == "to" or grown or draft.directions or draft.pace or reached
    lead = seen.text(min(quantity.outer_start, quantity.start), quantity.start).lower()
    if quantity.value != quantity.high and lead.startswith(tuple(seen.pack.table("hedges")["bounds"])):
        return Approximation.EXACT
    if quantity.approximation is Approximation.AT_MOST and aimed:
        said = seen.text(min(quantity.outer_start, quantity.start), quantity.end).lower()
        if not said.startswith(tuple(seen.pack.table("hedges")["limits"])):
            return Approximation.EXACT
    compared = quantity.approximation in (Approximation.LESS_THAN, Approximation.MORE_THAN)
    if seen.kk and compared and draft.compared and quantity.case in (Case.NOM, Case.DAT):
        return Approximation.EXACT  # "7,9% артық": the comparative makes a difference, no hedge
    moved = draft.marker == "by" and any("verb" in c.flags for c in draft.directions)
    if compared and not seen.kk and draft.compared and quantity.unit == "times":
        more = draft.zone.left_cues("comparison")
        if more and quantity.outer_start <= more[-1].start and not draft.zone.right_cues("comparison"):
            return Approximation.EXACT  # "ниже в 1,4 раза": the comparative is no hedge
    if compared and moved and not seen.kk and not seen.hedged_after(quantity):
        return Approximation.EXACT  # "стало меньше на 112": the comparative is the verb's
    if quantity.approximation is not Approximation.EXACT:
        return quantity.approximation
    if seen.kk and quantity.case is Case.ABL and not draft.role:
        after = draft.zone.right_cues("level", "direction")
        if after and after[0].start - quantity.outer_end <= 12:
            if after[0].value == "exceed":
                return Approximation.MORE_THAN
            former = any(  # "былтырғы 2,4 миллионнан азайды": what it was
                "attribute" in p.flags and 0 <= quantity.outer_start - p.end <= 1 for p in draft.zone.periods
            )
            if after[0].value == "down" and not former:
                return Approximation.LESS_THAN
    if not seen.kk and draft.level is not None and draft.level.value == "exceed":
        if draft.measure is Measure.CHANGE:
            return Approximation.EXACT  # "в 1,2 раза превышает"
        denied = seen.denied(draft.level)
        return Approximation.AT_MOST if denied else Approximation.MORE_THAN
    return Approximation.EXACT


def confidence(draft: Draft) -> float:
    """How sure the reading is, from what had to be assumed."""
    sure = 0.95
    if draft.mention is None:
        sure -= 0.15
    elif "weak" in draft.mention.flags:
        sure -= 0.1
    for flag in ("measure_unsaid", "ambiguous_dative"):
        if flag in draft.flags:
            sure -= 0.25
    if draft.chained:
        sure -= 0.05
    if draft.quantity.kind is not NumberKind.CARDINAL:
        sure -= 0.1
    return round(max(sure, 0.1), 2)
