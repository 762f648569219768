"""Subjects that no noun names: what people do, and what is said of the part that a share makes.

"В очереди [остаются] 41 300 человек", "65% избирателей [проголосовали за запрет]". Kazakh puts the verb
behind the number and its noun, where right_group finds it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from kztext.draft import Draft
from kztext.evidence.sentence import Evidence
from kztext.groups import russian_run
from kztext.nouns import Role, Word, is_verb, lexicon, span_of, words_between
from kztext.subjects import counted_noun, left_group, telling_mark

ASIDE = regex.compile(r"\s*(?:\([^()]*\)|[–—-]\s[^–—]*\d[^–—]*\s[–—-](?=\s)|,\s[^,;]*\d[^;]*?,(?!\d))")
DASH = regex.compile(r"\s[–—-]\s")
BEFORE = 4  # words that may go with a verb before it
BEHIND = 8  # words of a predicate behind a share and its whole


def people_told(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """What is told of people where the number counts nothing but people; (0, 0) where a noun names them."""
    zone, pack = draft.zone, seen.pack
    if seen.kk or draft.directions or draft.pace or draft.growth or telling_mark(seen.sentence, zone):
        return (0, 0)
    if draft.level is not None and left_group(seen.sentence, zone, pack, direct=True)[1]:
        return (0, 0)
    counted = counted_noun(seen.sentence, zone, pack)
    known = lexicon(pack)
    if counted == (0, 0) and not zone.quantity.unit and draft.unit == "count" and draft.counted == (0, 0):
        behind = words_between(seen.sentence, zone.quantity.outer_end, zone.end, (), zone.periods, pack)[:1]
        acts = behind and not behind[0].apart and is_verb(behind[0].text, False, pack, first=False)
        return (behind[0].start, behind[0].end) if acts else (0, 0)  # "578 [умерли]"
    if counted == (0, 0) or seen.text(*counted).lower() not in known.people:
        return (0, 0)
    after = words_between(seen.sentence, counted[1], zone.end, (), zone.periods, pack)[:2]
    if after and not after[0].apart and is_verb(after[0].text, False, pack, first=False):
        passive = after[1:] and not after[1].apart and predicates(after[1], seen)
        return counted[0], after[1 if passive else 0].end  # "10 [человек погибли]", "[человек были ранены]"
    end = min(zone.quantity.outer_start, zone.quantity.start)
    words = words_between(seen.sentence, zone.start, end, seen.cues_of("speech"), zone.periods, pack)
    at = next((i for i in range(len(words) - 1, -1, -1) if tells(words, i, seen)), -1)
    if at < 0 or any(word.apart for word in words[at + 1 :]):
        return (0, 0)
    first = at
    while first > 0 and not words[first].apart and goes_with(words[first - 1], seen):
        first -= 1
    if words[first].role is Role.NOUN and first < at:
        return counted  # "полиция задержала 5 человек"
    while at - first > BEFORE or (first < at and words[first].role is not Role.PREPOSITION):
        first += 1
    last = at
    while last + 1 < len(words) and words[last + 1].role in (Role.NOUN, Role.PREPOSITION):
        last += 1
    while words[last].role is Role.PREPOSITION:
        last -= 1
    alone = first == last and draft.level is not None and draft.level.start == words[at].start
    return (0, 0) if alone else (words[first].start, words[last].end)


def tells(words: Sequence[Word], at: int, seen: Evidence) -> bool:
    """Whether a word is the verb of its clause."""
    following = at + 1 < len(words) and not words[at + 1].apart
    return is_verb(words[at].text, following, seen.pack, first=not at or words[at].apart)


def goes_with(word: Word, seen: Evidence) -> bool:
    """Whether a word before a verb belongs to what it tells; places and times are told of it."""
    if word.role not in (Role.NOUN, Role.PREPOSITION):
        return False
    return not any(p.start <= word.start < p.end for p in (*seen.places, *seen.periods))


def part_told(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """What is said of the part that a share makes of its whole: "72% жителей [довольны услугой]"."""
    quantity, pack = draft.quantity, seen.pack
    if seen.kk or quantity.unit != "percent" or draft.mention is not None or draft.directions:
        return (0, 0)
    begin = max(quantity.end, quantity.outer_end)
    whole = draft.whole_span
    if draft.share_mention is not None:
        whole = (draft.share_mention.start, draft.share_mention.end)
    if whole[0] >= begin:
        begin = whole[1]
        aside = ASIDE.match(seen.text(begin, seen.sentence.end))  # "половина (51%)", "треть, или 67 млрд,"
        begin += aside.end() if aside else 0
    elif seen.text(begin, begin + 1) != ")":
        return (0, 0)
    else:
        begin += 1
    end = min([q.quantity.outer_start for q in seen.zones if q.quantity.start > begin] + [seen.sentence.end])
    words = words_between(seen.sentence, begin, end, seen.cues_of("prep", "and"), seen.periods, pack)
    while words and not words[0].apart and words[0].text.lower() in lexicon(pack).adverbs:
        words = words[1:]
    dash = DASH.match(seen.text(begin, end))
    if dash is not None and words and words[0].role is Role.NOUN:  # "60% погибших – [люди в возрасте …]"
        return span_of(russian_run(words, 0, pack, counted=False))
    while words and not words[0].apart and words[0].role is Role.NOUN and not predicates(words[0], seen):
        words = words[1:]  # "40% выпускников [школ] поступили"
    if not words or words[0].apart:
        return (0, 0)
    said = words[1:] if words[0].text.lower() in seen.pack.table("subjects")["denials"] else words
    if not said or not predicates(said[0], seen):
        return (0, 0)
    fallen = [c for c in seen.cues if c.kind in ("fall_on", "level") and c.start == said[0].start]
    kept: list[Word] = []
    for word in (said[1:] if fallen else words)[:BEHIND]:
        if word.apart or any(p.start <= word.start < p.end for p in seen.periods):
            break
        kept.append(word)
    while kept and kept[-1].role in (Role.PREPOSITION, Role.JOINT):
        kept.pop()
    while fallen and kept and kept[0].role is Role.PREPOSITION:
        kept = kept[1:]
    return span_of(kept)


def predicates(word: Word, seen: Evidence) -> bool:
    """Whether a word can be what is said: a finite verb or a short adjective ("довольны", "заняты")."""
    short = seen.pack.compile(rf"(?:{seen.pack.table('endings')['short']})$")
    lowered = word.text.lower()
    if any(c.start == word.start for c in seen.cues_of("fall_on", "level", "direction")):
        return True
    return is_verb(word.text, False, seen.pack, first=False) or short.search(lowered) is not None


def told_by_verb(seen: Evidence, draft: Draft) -> tuple[int, int]:
    """The words of a clause that tell a number without a noun that names it."""
    found = part_told(seen, draft)
    return found if found[1] > found[0] else people_told(seen, draft)
