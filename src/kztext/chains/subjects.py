"""What the numbers of a list measure, and the wholes that they are parts of."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from kztext.chains.between import labelled, nothing_between
from kztext.chains.measures import named_rate
from kztext.draft import Draft
from kztext.endings import noun_case
from kztext.evidence import RATIO_UNITS, Evidence, extended, set_whole, set_words
from kztext.indicators import find_indicators, renamed
from kztext.nouns import is_adjective, lexicon
from kztext.records import Measure
from kztext.spans import IndicatorMention, Span, is_money

# What stands between two numbers of a list whose second thing is told by its adjectives alone.
ITEM = regex.compile(
    r"\.?[\s,;:]+(?:\p{L}{1,3}\s)?(?P<words>\p{L}{4,}(?:\s\p{L}{4,})?)(?:\s[–—-]|:)?\s(?:[+−-]|\p{L}{1,5}\s)?"
)


def chain_subject(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """A zone without a subject speaks of the one before; the first may speak of the one after."""
    draft = drafts[i]
    if "part_of_before" in draft.flags:
        draft.flags.remove("part_of_before")
        before = drafts[i - 1] if i > 0 else None
        if before is None or not whole_of_before(seen, draft, before):
            draft.flags.append("of_before")
        return
    if i > 0 and draft.has_head("made_of") and draft.mention is None and drafts[i - 1].mention is not None:
        draft.mention, draft.subject, draft.chained = drafts[i - 1].mention, drafts[i - 1].subject, True
        whole_of_before(seen, draft, drafts[i - 1])  # "резервы выросли; на две трети они состоят из золота"
        return
    wholes = [d for d in drafts[:i] if d.share_mention is not None] if draft.marker == "of" else []
    if wholes:
        draft.mention, draft.subject = wholes[-1].share_mention, (0, 0)
        draft.subject = extended(seen, draft)
        return
    if i > 0 and drafts[i - 1].mention is not None and is_measured_against(seen, draft):
        draft.mention, draft.subject = None, (0, 0)
    if i > 0 and owns_same(seen, draft, drafts[i - 1]):
        draft.mention, draft.chained = drafts[i - 1].mention, True
        draft.local = draft.subject
        return
    if i > 0 and only_where(seen, draft, drafts[i - 1]):
        draft.mention, draft.chained = drafts[i - 1].mention, True
        draft.local = draft.subject
        return
    if i > 0 and (mention := contrasted(seen, draft, drafts[:i])) is not None:
        draft.mention, draft.subject, draft.chained = mention, (mention.start, mention.end), True
        draft.growth = draft.growth or drafts[i - 1].growth
        return
    if i > 0 and (whole := bracketed_whole(seen, draft, drafts[i - 1])) is not None:
        draft.mention, draft.subject = whole, (whole.start, whole.end)
        return
    if i > 0 and (named := bracketed_name(seen, draft, drafts[i - 1])) is not None:
        draft.mention, draft.subject = named, (named.start, named.end)
        return
    another = of_another(seen, draft, drafts[i - 1]) if i > 0 else None
    if another is not None:
        draft.mention, draft.chained = another, True
        draft.part = draft.part or drafts[i - 1].part
        return
    if i > 0 and same_thing(seen, draft, drafts[i - 1]):
        draft.mention, draft.chained = drafts[i - 1].mention, True
        return
    if draft.mention is not None or draft.subject != (0, 0):
        chain_whole(seen, drafts, i)
        return
    if i > 0:
        before = drafts[i - 1]
        draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
        draft.local = draft.local if draft.local[1] else before.local
        dated = (
            not seen.kk and draft.period is not None
        )  # "в том числе: в 2015 г. – …" is of the thing itself
        of_it = before.marker == "of" and not seen.kk  # "из 90 млн тонн нефти переработано 17 млн"
        parted = draft.zone.left_cues("part") or (of_it and before.quantity.unit == draft.quantity.unit)
        if parted and draft.quantity.unit not in RATIO_UNITS and not dated:
            draft.part = True
        again = draft.quantity.unit == "percent" and bool(draft.zone.left_cues("restate"))
        if before.part and again and before.mention is not None and not seen.kk:
            draft.part = True
            set_whole(seen, draft, before.mention)  # "переработано 17 млн тонн, или 19%"
        moves = bool(draft.directions) and draft.predicated and not draft.borrowed  # "104%, прибавив 4%"
        if draft.growth is None and before.quantity.unit == draft.quantity.unit:
            draft.growth = before.growth if not draft.directions or draft.borrowed else None
            draft.heads = draft.heads + [
                h
                for h in before.heads
                if (
                    h.kind in ("head", "structure", "fall_on", "yearly")
                    and not (moves and h.value == "index")
                )
                or (h.kind == "basis" and not draft.has_head("basis"))
            ]
        if not draft.share_of:
            draft.share_of, draft.whole_span = before.share_of, before.whole_span
    elif (
        len(drafts) > 1
        and seen.kk
        and drafts[1].quantity.unit == draft.quantity.unit
        and drafts[1].mention is not None
        and not (draft.predicated and seen.breaks(draft.quantity.outer_end, drafts[1].quantity.start))
    ):
        after = drafts[1]
        draft.mention, draft.subject, draft.chained = after.mention, after.subject, True


def is_measured_against(seen: Evidence, draft: Draft) -> bool:
    """Whether a Kazakh name is what the thing is compared with: "[күнкөріс деңгейінен] екі есе жоғары"."""
    mention = draft.mention
    if not seen.kk or mention is None or not draft.compared or mention.end > draft.quantity.start:
        return False
    last = seen.text(mention.start, mention.end).split()[-1]
    return (
        noun_case(last, seen.pack) == "abl" and not seen.text(mention.end, draft.quantity.outer_start).strip()
    )


def owns_same(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Whether a Kazakh subject only says whose: "әйелдердің жалақысы 312 мың, ерлердікі – 420 мың"."""
    if not seen.kk or draft.mention is not None or before.mention is None or draft.subject == (0, 0):
        return False
    words = seen.text(*draft.subject).lower().split()
    owners = seen.text(seen.sentence.start, before.mention.start).split()[-1:]
    owners += seen.text(before.mention.start, before.mention.end).split()[:1]
    owned = any(noun_case(word, seen.pack) == "gen" for word in owners)
    form = seen.pack.compile(rf"(?:{seen.pack.table('endings')['whose']})$")
    return owned and len(words) == 1 and form.search(words[0]) is not None


def only_where(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Whether a Russian subject only says where a rate is so: "в Алматы – 5,3%; [страна] в целом – 4,6%"."""
    if seen.kk or draft.mention is not None or before.mention is None or draft.subject == (0, 0):
        return False
    rate = draft.quantity.unit == before.quantity.unit == "percent" and seen.is_rate(before.mention.indicator)
    words = seen.text(*draft.subject).lower().split()
    return rate and not draft.predicated and all(lexicon(seen.pack).hollow.search(word) for word in words)


def contrasted(seen: Evidence, draft: Draft, earlier: list[Draft]) -> IndicatorMention | None:
    """What an adjective alone is of: the noun before it ("годовая инфляция – 8%, месячная – 0,9%").

    With that noun it may name an indicator of its own ("городское население – 12 млн, сельское – 7").
    """
    before = earlier[-1]
    mention = before.mention
    if draft.mention is not None or mention is None:
        return None
    if draft.counted != (0, 0):
        return counted_part(seen, draft, earlier)
    shares = before.share_of or before.has_head("fall_on", "share", "structure")
    if draft.quantity.unit not in ("", before.quantity.unit) or shares:
        return None
    begin = max(before.quantity.outer_end, before.counted[1])
    parts = [c for c in seen.cues_of("part") if begin <= c.start < draft.quantity.start]
    begin = parts[-1].end - 1 if parts else begin  # "1,2 млн человек, из них [городское] – 0,7"
    between = seen.text(begin, draft.quantity.start)
    gap = ITEM.fullmatch(f" {between[1:]}" if parts else between)
    if gap is None or not all(is_adjective(word, seen.pack) for word in gap["words"].split()):
        return None
    start, end = (begin + at for at in gap.span("words"))
    if draft.subject not in ((0, 0), (start, end)):
        return None
    noun = named_in_full(earlier) or mention
    indicator = renamed(seen.text(start, end), seen.text(noun.start, noun.end), seen.pack)
    if parts and not indicator:
        return None
    flags = tuple(flag for flag in mention.flags if flag != "narrowed")
    told = indicator or mention.indicator
    return replace(mention, start=start, end=end, indicator=told, rule="contrast", flags=flags)


def named_in_full(earlier: list[Draft]) -> IndicatorMention | None:
    """The last name told with its noun, not by an adjective alone."""
    nouns = [d.mention for d in earlier if d.mention is not None and d.mention.rule != "contrast"]
    return nouns[-1] if nouns else None


def counted_part(seen: Evidence, draft: Draft, earlier: list[Draft]) -> IndicatorMention | None:
    """What an adjective behind a number is of: "17,9 млн жителей: 10,3 млн [городских]"."""
    words = seen.text(*draft.counted)
    noun, (start, end) = named_in_full(earlier), draft.counted
    same = draft.quantity.unit in ("", "count", earlier[-1].quantity.unit)
    if (
        seen.kk
        or not same
        or noun is None
        or not all(is_adjective(word, seen.pack) for word in words.split())
    ):
        return None
    indicator = renamed(words, seen.text(noun.start, noun.end), seen.pack)
    told = replace(noun, start=start, end=end, indicator=indicator, rule="contrast", flags=())
    return told if indicator else None


def bracketed_whole(seen: Evidence, draft: Draft, before: Draft) -> IndicatorMention | None:
    """The whole of a share whose amount stands in brackets: "четверть всех занятых (8,7 млн человек)"."""
    whole = before.share_mention
    if whole is None or draft.quantity.unit in RATIO_UNITS or whole.start < before.quantity.end:
        return None
    between = seen.text(whole.end, min(draft.quantity.outer_start, draft.quantity.start))
    whose = between.rstrip().endswith("(") and len(between.split()) <= 2  # "оборота страны (9 млрд)"
    return whole if whose and seen.fits(whole, draft.quantity) else None


def bracketed_name(seen: Evidence, draft: Draft, before: Draft) -> IndicatorMention | None:
    """What a bracket stands right behind: "втрое больше [прожиточного минимума] (46 тыс. тенге)"."""
    rate = draft.quantity.unit == "percent" and bool(before.compared)
    if (
        draft.mention is not None
        or not draft.quantity.unit
        or (draft.quantity.unit in RATIO_UNITS and not rate)
    ):
        return None
    behind = [m for m in before.zone.mentions if m.start >= before.quantity.end]
    if not behind or before.share_mention is behind[-1] or behind[-1] is before.mention:
        return None
    lead = seen.text(behind[-1].end, min(draft.quantity.outer_start, draft.quantity.start))
    money = is_money(draft.quantity.unit) and seen.measures(behind[-1].indicator) in ("money", "price")
    told = money or seen.is_amount(draft.quantity.unit)
    told = told or (rate and seen.is_rate(behind[-1].indicator))  # "ниже базовой ставки (18%)"
    return behind[-1] if lead.strip() == "(" and told and seen.fits(behind[-1], draft.quantity) else None


def of_another(seen: Evidence, draft: Draft, before: Draft) -> IndicatorMention | None:
    """What is told of another thing behind a preposition: "ставка по кредитам – 17%, по вкладам – 14%"."""
    name = draft.mention or Span(start=draft.subject[0], end=draft.subject[1])
    if seen.kk or name.end <= name.start or before.mention is None or draft.own_heads:
        return None
    if draft.predicated and not draft.borrowed:
        return None
    lead = [c for c in draft.zone.left_cues("prep") if c.start < name.start]
    if len(lead) != 1 or seen.text(draft.zone.start, lead[0].start).strip(" ,;"):
        return None
    start, end = before.headed
    if not end:
        start = min(before.subject[0], before.mention.start)
        end = max(before.subject[1], before.mention.end)
    same = [c for c in seen.cues_of("prep") if start < c.start < end and c.value == lead[0].value]
    if not same or before.quantity.unit not in (*RATIO_UNITS, draft.quantity.unit, ""):
        return None
    draft.headed = (start, end)
    head = seen.text(start, same[-1].start)
    text = head + seen.text(lead[0].start, name.end)
    alone = replace(seen.sentence, start=0, end=len(text), text=text)
    spoken = before.mention
    named = [m for m in find_indicators(alone, seen.pack) if m.start < len(head) < m.end]
    if named:
        return replace(spoken, indicator=named[-1].indicator, head=named[-1].head, flags=named[-1].flags)
    entry = seen.catalogue.indicators.get(spoken.indicator)
    rate = draft.mention is None or not seen.is_rate(draft.mention.indicator)
    if entry is None or not (rate or seen.is_rate(spoken.indicator)):
        return None
    return replace(spoken, indicator=entry.part_of) if entry.part_of else spoken


def same_thing(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Whether the words that name a figure only say how the price before it moved, or for whom a rate is.

    "Мұнай 70 доллардан 100-ге өсті – қымбаттау 42%"; "сыйақы бизнеске 20%, ипотека бойынша – 11%".
    """
    if draft.mention is None or before.mention is None or draft.mention is before.mention:
        return False
    one, other = (seen.catalogue.indicators.get(d.mention.indicator) for d in (draft, before) if d.mention)
    if one is None or other is None or one.id == other.id:
        return False
    moved = any(
        c.kind == "direction" and draft.mention.start <= c.start < draft.mention.end for c in seen.cues
    )
    priced = other.unit_class == "price" and one.topic == "prices"
    if "weak" in draft.mention.flags and moved and priced:
        return True
    alike = before.quantity.unit == draft.quantity.unit == "percent" and not draft.predicated
    return alike and other.is_rate and not one.is_rate and is_qualifier(seen, draft.mention)


def is_qualifier(seen: Evidence, mention: IndicatorMention) -> bool:
    """Whether a postposition makes a Kazakh name a circumstance: "ипотека бойынша – 11,4%"."""
    form = seen.pack.compile(rf"\s(?:{seen.pack.table('endings')['regarding']})(?!\p{{L}})")
    return form.match(seen.text(mention.end, seen.sentence.end)) is not None


def whole_of_before(seen: Evidence, draft: Draft, before: Draft) -> bool:
    """Make what the quantity before counts or measures the whole of a share; False where it names nothing."""
    if before.counted != (0, 0):
        set_words(seen, draft, before.counted)
    elif before.mention is not None:
        set_whole(seen, draft, before.mention)
    elif before.subject != (0, 0):
        set_words(seen, draft, before.subject)
    else:
        return False
    return True


def share_of_total(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """A share without a whole, told beside an amount, is a share of that ("63 млн т, четверть идёт на …")."""
    draft = drafts[i]
    if draft.measure is not Measure.SHARE or draft.share_of or draft.quantity.unit != "percent":
        return
    for before in reversed(drafts[:i]):
        if before.quantity.unit == "percent":
            if before.share_of:
                draft.share_of, draft.whole_span = before.share_of, before.whole_span
                return
            continue
        if before.quantity.unit not in RATIO_UNITS:
            whole_of_before(seen, draft, before)
        return


def chain_whole(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """Items of a list with subjects of their own keep the first one's head ("доля A составила 36%, B – 57%").

    In "вклад X в A составил 1%, в B – 0,3%" the second mention is another whole of the same subject.
    """
    draft = drafts[i]
    own = (draft.directions or draft.pace) and not draft.borrowed
    if i == 0 or own or draft.role or draft.heads_of_own():
        return
    before = drafts[i - 1]
    if before.quantity.unit != draft.quantity.unit or draft.quantity.unit != "percent":
        return
    if ";" in seen.text(before.quantity.outer_end, draft.quantity.start) and named_rate(seen, draft):
        return  # "үлесі 74%; жаңару қарқыны – 4,3%"
    kept = [h for h in before.heads if h.kind in ("head", "structure", "fall_on")]
    another = draft.mention is not None and seen.is_oblique(draft.mention)
    falls = before.has_head("fall_on") or draft.has_head("fall_on")
    if before.share_of and another and not falls and draft.mention is not None:
        set_whole(seen, draft, draft.mention)
        draft.mention, draft.subject, draft.chained = before.mention, before.subject, True
    elif not draft.share_of:
        draft.share_of, draft.whole_span = before.share_of, before.whole_span
    draft.heads = draft.heads + kept
    draft.growth = draft.growth or before.growth


def respectively(seen: Evidence, drafts: list[Draft]) -> None:
    """Two names and then two numbers go together in turn: "резервы и активы фонда равны 31 и 58 млрд"."""
    for one, two in pairwise(drafts):
        between = seen.text(one.quantity.outer_end, min(two.quantity.outer_start, two.quantity.start))
        joint = any(one.quantity.end <= c.start < two.quantity.start for c in seen.cues_of("and"))
        if not joint or len(between.split()) > 1 or two.mention not in (None, one.mention):
            continue
        names = [m for m in one.zone.mentions if m.end <= one.quantity.start and not seen.is_oblique(m)][-2:]
        if len(names) < 2 or names[0].indicator == names[1].indicator:
            continue
        gap = seen.text(names[0].end, names[1].start).strip().lower()
        inner = any(names[0].end <= c.start < names[1].start for c in seen.cues_of("and")) and "," not in gap
        if inner or gap in lexicon(seen.pack).joints:
            one.mention, two.mention = names
            one.subject, two.subject = ((m.start, m.end) for m in names)
            one.chained = two.chained = False


def listed(seen: Evidence, drafts: list[Draft], i: int) -> None:
    """ "60 и 45 коек": a bare number joined to a counted one counts the same."""
    if i + 1 >= len(drafts) or drafts[i].unit or drafts[i].quantity.unit:
        return
    draft, after = drafts[i], drafts[i + 1]
    if after.counted != (0, 0) and (nothing_between(seen, draft, after) or labelled(seen, draft, after)):
        draft.unit, draft.told, draft.counted = "count", True, after.counted
        draft.mention, draft.subject = after.mention, after.subject
        draft.flags.append("shared_unit")
