"""What stands between two numbers: the end of a clause, a bracket, a label, or nothing."""

from __future__ import annotations

import regex

from kztext.draft import Draft
from kztext.evidence import RATIO_UNITS, Evidence
from kztext.nouns import is_verb
from kztext.spans import Case
from kztext.subjects import stop_words

LABELS = 2  # words that name the next thing of a list
LABEL = regex.compile(r"\s*,[^,;.–—]{1,40}[–—]\s*")


def ends_clause(seen: Evidence, one: Draft, two: Draft) -> bool:
    """Whether a Kazakh verb of level parts two numbers: "20 млн-нан асты, 145 мыңға көбейді"."""
    between = seen.text(one.quantity.outer_end, two.quantity.start)
    levels = [c for c in one.zone.right_cues("level") if c.end <= two.quantity.start]
    return seen.kk and "," in between and bool(levels)


def in_bracket_of(seen: Evidence, before: Draft, draft: Draft) -> bool:
    """Whether a percentage says an amount over again: in a bracket behind it, or beside it in one."""
    between = seen.text(before.quantity.outer_end, draft.quantity.outer_start)
    for cue in seen.cues_of("and", "restate"):
        if before.quantity.outer_end <= cue.start < cue.end <= draft.quantity.outer_start:
            start = cue.start - before.quantity.outer_end
            between = between[:start] + between[start + cue.end - cue.start :]
    other = draft.quantity.unit == "percent" and before.quantity.unit not in RATIO_UNITS
    return other and (between.strip() == "(" or (bracketed(seen, draft) and len(between.split()) <= 1))


def nothing_between(seen: Evidence, draft: Draft, after: Draft) -> bool:
    """Whether only a comma or "and", and a period, stand between two numbers."""
    start, end = draft.quantity.outer_end, min(after.quantity.outer_start, after.quantity.start)
    rest = list(seen.text(start, end))
    for span in (*seen.periods, *[c for c in seen.cues if c.kind == "and"]):
        for at in range(max(span.start, start), min(span.end, end)):
            rest[at - start] = " "
    return "".join(rest).strip() in ("", ",")


def labelled(seen: Evidence, draft: Draft, after: Draft) -> bool:
    """Whether numbers of one scale stand behind labels and dashes: "Алматы – 2,3 млн, Астана – 1,6 млн"."""
    lead = seen.text(seen.sentence.start, min(draft.quantity.outer_start, draft.quantity.start)).rstrip()
    between = seen.text(draft.quantity.outer_end, min(after.quantity.outer_start, after.quantity.start))
    scales = draft.quantity.multiplier == after.quantity.multiplier > 1
    return scales and lead.endswith(("–", "—")) and LABEL.fullmatch(between) is not None


def gapped(seen: Evidence, draft: Draft, after: Draft) -> bool:
    """Whether a Kazakh list goes on with its next thing: "Грузияда 36,4, Арменияда 48,3 пайыз"."""
    start, end = draft.quantity.outer_end, min(after.quantity.outer_start, after.quantity.start)
    if not seen.kk or draft.quantity.case is not Case.NOM or after.zone.left_cues("restate"):
        return False
    rest = list(seen.text(start, end))
    for span in (*seen.periods, *seen.places, *seen.cues_of("and"), *after.zone.mentions):
        for at in range(max(span.start, start), min(span.end, end)):
            rest[at - start] = " "
    between = "".join(rest)
    if regex.search(r"[;:.()?!]", between) or "," not in between:
        return False
    words = regex.findall(r"\p{L}[\p{L}-]*", between)
    named = [word for word in words if word.lower() not in stop_words(seen.pack)]
    return len(named) <= LABELS and not any(is_verb(word, False, seen.pack) for word in named)


def heard(seen: Evidence, drafts: list[Draft], i: int) -> list[Draft]:
    """The quantities before one that may hand something on to it; those in brackets only to another there."""
    before = drafts[:i]
    if not seen.brackets or bracketed(seen, drafts[i]):
        return before
    return [draft for draft in before if not bracketed(seen, draft)]


def bracketed(seen: Evidence, draft: Draft) -> bool:
    """Whether a quantity stands in brackets: what is said there is not said of what follows them."""
    before = [opens for at, opens in seen.brackets if at < draft.quantity.start]
    return bool(before) and before[-1]
