"""Which of the places of a sentence a number is told of."""

from __future__ import annotations

from kztext.chains.between import bracketed, heard
from kztext.draft import Draft
from kztext.evidence import HOME, RATIO_UNITS, SEVERAL, Evidence
from kztext.nouns import is_adjective
from kztext.records import Measure
from kztext.spans import OUR_COUNTRY, Place
from kztext.subjects import stop_words

AND = 5  # letters between two places that belong together ("и", "мен")
WORLD = "WLD"
MARK = 2  # words between a label and its number: a dash, a preposition ("Индия – на 6,5%")


def is_place_label(seen: Evidence, draft: Draft) -> bool:
    """Whether a number's name is only the place it is told of: "Павлодар (48,2%), Қостанай (31%)"."""
    start, end = draft.subject
    if seen.kk and is_unknown_place(seen, draft):
        return True
    if not any(p.geo and start <= p.start and p.end == end for p in draft.zone.places):
        return False
    between = seen.text(end, min(draft.quantity.outer_start, draft.quantity.start)).strip()
    marked = between.partition(" ")[0] in ("(", "–", "—", "-") and len(between.split()) <= MARK
    return marked or (not seen.kk and stands_in(seen, draft, end))


def stands_in(seen: Evidence, draft: Draft, end: int) -> bool:
    """Whether a country stands for its figure: "Китай с 5,2%", "у Кубы это 36%", "Россия прибавила 3%"."""
    if draft.quantity.unit not in RATIO_UNITS:
        return False
    begin = min(draft.quantity.outer_start, draft.quantity.start)
    rest = list(seen.text(end, begin))
    known = [c for c in seen.cues if c.kind == "prep" or (c.kind == "direction" and "verb" in c.flags)]
    for span in (*known, *draft.zone.periods):
        for at in range(max(span.start, end), min(span.end, begin)):
            rest[at - end] = " "
    left = "".join(rest).replace(",", " ").replace("–", " ").replace("—", " ").split()
    return all(word.lower() in stop_words(seen.pack) for word in left)


def is_unknown_place(seen: Evidence, draft: Draft) -> bool:
    """Whether a name no list of places has stands before a bracket ("ең көп өсім Марқакөл (23,8%)")."""
    start, end = draft.subject
    lead = seen.text(end, min(draft.quantity.outer_start, draft.quantity.start)).strip()
    words = seen.text(start, end).split()
    if lead != "(" or not words or start == seen.sentence.start:
        return False
    rest = [c for c in seen.cues_of("head", "direction", "extreme") if start <= c.start < end]
    return words[-1].istitle() and len(words) <= len(rest) + 1


def of_several(seen: Evidence, draft: Draft, place: Place) -> bool:
    """Whether a number is of several places together: "Китай, Россия и Иран дали 43%"."""
    start = min(draft.quantity.outer_start, draft.quantity.start)
    if place.end > start or place.geo in HOME:
        return False
    before = [p for p in seen.places if p.end <= place.start]
    joint = any(c.kind == "and" and place.start - c.end <= 1 for c in seen.cues)
    lists = bool(before) and len(seen.text(before[-1].end, place.start).split()) <= 1
    return joint and lists and before[-1].geo not in HOME


def qualifies(seen: Evidence, place: Place, draft: Draft) -> bool:
    """Whether an adjective says whose the thing measured is: "российский государственный долг"."""
    if seen.kk or draft.mention is None or not is_attribute(seen, place):
        return False
    if draft.mention.start <= place.start < draft.mention.end:
        return True
    between = seen.text(place.end, draft.mention.start).split()
    return place.end < draft.mention.start and all(is_adjective(word, seen.pack) for word in between)


def qualifies_another(seen: Evidence, place: Place, draft: Draft) -> bool:
    """Whether an adjective belongs to a clause before: "[мировые] цены росли, и ВВП увеличился на 9%"."""
    if draft.subject == (0, 0) or draft.chained or place.end > draft.subject[0]:
        return False
    return is_attribute(seen, place) and seen.crosses(place.end, draft.subject[0])


def is_attribute(seen: Evidence, place: Place) -> bool:
    """Whether a place is an adjective, which has a small letter within a sentence."""
    text = seen.text(place.start, place.end)
    small = text[:1].islower() or place.start == seen.sentence.start
    return small and place.rule != OUR_COUNTRY and is_adjective(text.split()[-1].lower(), seen.pack)


def place_of(seen: Evidence, drafts: list[Draft], i: int) -> str:
    """The geography the sentence gives the quantity; empty where it names none.

    The nearest place before the number in its clause, else one after it in the same clause, else that of the
    number before. A country that something goes to or comes from is no place of the figure.
    """
    draft = drafts[i]
    if draft.mention is not None and SEVERAL in draft.mention.flags:
        return "local"
    quantity = draft.quantity
    places = [p for p in draft.zone.places if qualifies(seen, p, draft) or not seen.is_partner(p)]
    places = [p for p in places if not qualifies_another(seen, p, draft)]
    left = [p for p in places if p.end <= quantity.start and not seen.breaks(p.end, quantity.start)]
    right = [p for p in places if p.start >= quantity.end and not seen.crosses(quantity.outer_end, p.start)]
    if bracketed(seen, draft):  # "Өзбекстанда 64 млрд доллар (ЖІӨ-нің 56 пайызы), Қазақстанда 165"
        right = [p for p in right if ")" not in seen.text(quantity.outer_end, p.start)]
    lead = seen.text(seen.sentence.start, min(quantity.outer_start, quantity.start)).rstrip()
    bracket = seen.sentence.start + len(lead[:-1].rstrip()) if lead.endswith("(") else -1
    beside = [p for p in seen.places if p.end == bracket and (seen.kk or not seen.is_partner(p))]
    begins = drafts[i - 1].quantity.outer_end if i and bracket >= 0 else draft.zone.start
    said = bracket if bracket >= 0 else min(quantity.outer_start, quantity.start)
    partners, lead = seen.pack.table("places")["partners"], seen.text(begins, max(said, begins)).lower()
    than = [m.span() for m in seen.pack.compile(partners["than_us"]).finditer(lead)] if left else []
    ours = [m.end() for m in seen.pack.compile(partners["us"]).finditer(lead)]
    ours = [at for at in ours if not any(a < at <= b for a, b in than)]  # "росла быстрее нашей в 1,8 раза"
    if ours and not beside and (not left or begins + ours[-1] > left[-1].end):
        return ""  # "в Корее – 83 года, у нас – 75"
    near = beside or left[-1:] or right[:1]
    if (
        len(left) > 1
        and near == left[-1:]
        and left[-2].geo in HOME
        and 0 < left[-1].start - left[-2].end <= AND
    ):
        near = left[-2:-1]  # "товарооборот Казахстана и России" is ours
    several = seen.pack.compile(seen.pack.table("places")["partners"]["several"])
    begin = near[0].end if near and near[0].end <= quantity.start else draft.zone.start
    together = several.search(seen.text(begin, quantity.start).lower()) is not None
    if together or (near and of_several(seen, draft, near[0])):
        return ""  # "…, Шымкент – 0,4 млн: три мегаполиса дали 44%"
    if near and near[0].geo == WORLD and draft.measure is Measure.SHARE:  # "запасы страны – 3% мировых"
        others = [p for p in seen.places if p.geo and p.geo != WORLD and p.end <= near[0].start]
        near = [p for p in others if not seen.is_partner(p)][-1:] or near
    if near:
        return "local" if near[0].local and not near[0].geo else near[0].geo
    before = heard(seen, drafts, i)
    return before[-1].geo if before else ""
