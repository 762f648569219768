"""Verbs and comparisons that numbers share, and pairs of them ("from X to Y, that is by N")."""

from __future__ import annotations

import regex

from kztext.chains.between import bracketed, ends_clause
from kztext.draft import Draft
from kztext.evidence import RATIO_UNITS, Evidence
from kztext.modality import past
from kztext.nouns import is_verb, participle
from kztext.spans import Case

BRACKET = regex.compile(r"\([^()]*\)")


def pair_up(seen: Evidence, drafts: list[Draft]) -> None:
    """Find "from X to Y"."""
    for i in range(len(drafts) - 1):
        one, two = drafts[i], drafts[i + 1]
        units = {one.quantity.unit, two.quantity.unit} - {""}
        if (
            one.marker == "from"
            and two.marker in ("to", "dat")
            and len(units) <= 1
            and not ends_clause(seen, one, two)
            and not (seen.kk and compares_amount(one, two))
        ):
            one.role, two.role = "from", "to"
            one.pair, two.pair = i + 1, i
            if two.mention is None or two.subject == (0, 0):
                two.mention, two.subject, two.chained = one.mention, one.subject, True
                two.part = two.part or one.part
            elif one.mention is None:
                one.mention, one.subject = two.mention, two.subject
            one.heads, two.heads = one.heads + two.heads, one.heads + two.heads
            one.growth = two.growth = one.growth or two.growth
            if not (one.directions or one.pace) and i > 0 and drafts[i - 1].quantity.unit in RATIO_UNITS:
                one.directions, one.pace = drafts[i - 1].directions, drafts[i - 1].pace
            if not (two.directions or two.pace):
                two.directions, two.pace = one.directions, one.pace
            if seen.kk and not (two.directions or two.pace):
                two.directions = two.zone.right_cues("climb")[:1]
        elif not seen.kk and one.marker == "from" and two.marker == "by" and raised_by(seen, one, two):
            one.role, one.pair = "from", i + 1
            two.directions = two.directions or one.directions
            if two.mention is None:
                two.mention, two.subject, two.chained = one.mention, one.subject, True
        elif not seen.kk and one.marker == "to" and two.marker == "from" and len(units) <= 1:
            between = seen.text(one.quantity.outer_end, two.quantity.start)
            if "," not in between and len(between.split()) <= 2:  # "довести до 50% с нынешних 16%"
                one.role, two.role = "to", "from"
                one.pair, two.pair = i + 1, i
                two.mention, two.subject, two.heads = one.mention, one.subject, one.heads
                two.growth, two.chained = one.growth, True


def compares_amount(one: Draft, two: Draft) -> bool:
    """Whether a ratio says how far the amount before it was left behind: "2,8 трлн-нан 10,7%-ға көп"."""
    ratio = two.quantity.unit in RATIO_UNITS and one.quantity.unit not in RATIO_UNITS
    return ratio and bool(two.compared) and one.quantity.multiplier > 1


def raised_by(seen: Evidence, one: Draft, two: Draft) -> bool:
    """Whether a number says what a change by the next one starts from: "подняли с 14% на 1 п.п."."""
    rate = one.quantity.unit == "percent" and two.quantity.unit == "percentage_point"
    between = seen.text(one.quantity.outer_end, two.quantity.start)
    return rate and not any(mark in between for mark in ",;") and bool(one.directions or two.directions)


def share_predicates(seen: Evidence, drafts: list[Draft]) -> None:
    """Kazakh: a list's last predicate serves the items before it. Russian: the first serves those after."""
    order = range(len(drafts) - 2, -1, -1) if seen.kk else range(1, len(drafts))
    step = 1 if seen.kk else -1
    apart: set[int] = set()  # what only says what another number was before; it hands on no predicate
    for i in order:
        j = i + step
        while j in apart and 0 <= j + step < len(drafts):
            j += step
        if seen.kk and not bracketed(seen, drafts[i]):  # "(2850 доллар) 4,6 есе, … (1970 доллар) 5,2 есе көп"
            outside = next((k for k in range(j, len(drafts)) if not bracketed(seen, drafts[k])), j)
            j = outside if drafts[outside].quantity.unit == drafts[i].quantity.unit else j
        draft, donor = drafts[i], drafts[j]
        if draft.role == "to" and not (draft.directions or draft.pace) and i + 1 < len(drafts):
            after = drafts[i + 1]
            alike = draft.quantity.unit in ("", after.quantity.unit)
            goes_on = after.marker in ("dat", "to") and alike
            told = after.zone.left_cues("restate") or (goes_on and not ends_clause(seen, draft, after))
            if after.quantity.unit in RATIO_UNITS or (seen.kk and told):
                draft.directions, draft.pace = after.directions, after.pace
            continue
        if draft.predicated or draft.role or draft.growth is not None or draft.has_head("made_of"):
            continue
        if not seen.kk and led_to(draft, donor):
            continue
        if seen.kk and (stands_alone(seen, draft, donor) or told_itself(seen, draft, donor)):
            continue
        if of_earlier(seen, draft, donor) or told_apart(seen, draft, donor):
            apart |= {i} if of_earlier(seen, draft, donor) else set()
            continue
        if seen.kk and donor.compared and not draft.compared and joined_only(seen, draft, donor):
            draft.compared = donor.compared  # "16,7%-ға немесе 300 млн долларға аз"
        counts = seen.kk and draft.quantity.multiplier > 1 and donor.quantity.unit in RATIO_UNITS
        named_unit = draft.quantity.unit or ("count" if counts else "")
        if named_unit != donor.quantity.unit and donor.quantity.unit and named_unit:
            ratio = draft.quantity.unit in RATIO_UNITS
            if seen.kk:
                restated = draft.marker in ("to", "dat") and donor.quantity.unit in RATIO_UNITS
                restated = restated or (ratio and draft.marker == donor.marker == "dat")
            else:
                restated = (
                    draft.marker == "to" or draft.quantity.unit == "times" or (ratio and draft.marker == "by")
                )
            told = donor.pace is not None or any("verb" in c.flags for c in donor.directions)
            if restated and (told or not seen.kk):
                draft.directions, draft.pace, draft.borrowed = list(donor.directions), donor.pace, True
            continue
        if (
            seen.kk
            and draft.mention is not None
            and donor.mention is None
            and not seen.crosses(draft.quantity.end, donor.quantity.start)
        ):
            continue
        draft.directions, draft.pace, draft.level = list(donor.directions), donor.pace, donor.level
        draft.heads = draft.heads + [h for h in donor.heads if h.kind == "fall_on" and seen.kk]
        draft.borrowed = True
        reaches = seen.kk and draft.marker == "dat" and donor.marker == "to"  # "43-ке, кейін 40-қа дейін"
        if not draft.marker or (reaches and draft.quantity.unit in ("", donor.quantity.unit)):
            draft.marker = donor.marker


def led_to(draft: Draft, donor: Draft) -> bool:
    """Whether a number behind a comparison is the level it led to: "на миллиард больше – 4,1 млрд"."""
    return bool(donor.compared) and not draft.marker and draft.quantity.unit not in RATIO_UNITS


def stands_alone(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether a dash, no verb behind the next, tells a Kazakh number: "инфляция – 8,4%, ет 5%-ға өсті"."""
    lead = seen.text(draft.zone.start, min(draft.quantity.outer_start, draft.quantity.start)).rstrip()
    plain = (
        draft.quantity.unit != ""
        and draft.marker == ""
        and donor.marker in ("dat", "to")
        and draft.quantity.case is Case.NOM
    )
    return (
        plain and lead.endswith(("–", "—", " -")) and draft.mention is not None and donor.mention is not None
    )


def told_itself(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether a Kazakh number is told to the end before the next verb, which says nothing of it.

    "НКИ-і 104%, яғни 4%-ға өсті", "ЖІӨ-нің 2%-ы; ол 1%-ға дейін төмендейді", "3 млн тонна өндірілген қант".
    """
    if draft.has_head("index") and donor.zone.left_cues("restate"):
        return True
    gap = seen.text(draft.quantity.outer_end, min(donor.quantity.outer_start, donor.quantity.start))
    if ";" in gap and (not draft.marker or draft.marker != donor.marker):
        return True
    words = gap.split()
    attribute = bool(words) and participle(seen.pack).search(words[0].lower()) is not None
    return attribute and draft.quantity.case is Case.NOM and draft.quantity.unit not in RATIO_UNITS


def of_earlier(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether an amount is what another was before: "до 12 тыс. против 15 тыс.", "(годом ранее – 44)"."""
    percent = draft.quantity.unit == donor.quantity.unit == "percent"
    if draft.marker or (percent and donor.marker != "to"):
        return False
    opened = bracketed(seen, draft) and any("context" in p.flags for p in draft.zone.periods)
    return not seen.kk and (opened or bool(draft.zone.left_cues("versus")))


def told_apart(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether a verb that is no cue tells a number, in its own clause: "…; в 2016 году хранилось 70%"."""
    if seen.kk:
        if draft.quantity.outer_end > donor.zone.start:
            return False
        clause = regex.split(r"[,;:]", seen.text(draft.quantity.outer_end, donor.zone.end), maxsplit=1)
        words = clause[0].split()
        ended = draft.quantity.outer_end + len(clause[0]) <= donor.quantity.outer_start
        ends = seen.pack.table("endings")
        other = seen.pack.compile(rf"\p{{L}}{{2,}}(?:{ends['contrast']}|{ends['converb']})$")
        closed = bool(words) and (past(seen.pack).search(words[-1]) or other.search(words[-1])) is not None
        return len(clause) > 1 and ended and closed
    begin = donor.quantity.outer_end
    lead = seen.text(begin, draft.quantity.start)
    mark = max(lead.rfind(";"), lead.rfind(", "))
    if mark < 0:
        return False
    cues = [c for c in seen.cues if c.start >= begin and c.kind in ("direction", "level", "pace", "fall_on")]
    verbs = [
        m.start()
        for m in regex.finditer(r"\p{L}+", lead, pos=mark)
        if is_verb(m[0], False, seen.pack, first=False)
        and not any(c.start <= begin + m.start() < c.end for c in cues)
    ]
    subject = bool(verbs) and regex.search(r"\p{L}{3}", lead[mark : verbs[0]]) is not None
    return bool(verbs) and (lead[mark] == ";" or subject)


def joined_only(seen: Evidence, draft: Draft, donor: Draft) -> bool:
    """Whether two quantities say one thing, or the same of two things ("2,5 есе, ал матаны 2 есе")."""
    between = seen.text(draft.quantity.outer_end, min(donor.quantity.outer_start, donor.quantity.start))
    joint = any(
        draft.quantity.outer_end <= c.start < donor.quantity.start for c in seen.cues_of("and", "restate")
    )
    between = BRACKET.sub("", between)
    if draft.quantity.case is Case.DAT and joint and len(between.split()) <= 2:
        return not draft.possessed  # "2 млн тоннаға, яғни 3 пайызға аз"
    if draft.possessed or draft.quantity.unit not in RATIO_UNITS:
        return False
    alike = draft.quantity.unit == donor.quantity.unit and len(between.split()) <= 4
    return (joint and len(between.split()) <= 2) or alike
