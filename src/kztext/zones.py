"""Zones: which part of a sentence belongs to which quantity.

The text between two quantities is parted where the list goes on: at a comma, a semicolon, a bracket, a
conjunction, or before the preposition of the next number. What stands before is the right side of the one,
what stands after is the left side of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kztext.spans import Case, Cue, IndicatorMention, Lang, Period, Place, Quantity, Sentence, Span

SEPARATOR = regex.compile(r"[,;:()|\t]|[!?…]+(?=\s|$)|\s[–—-]\s(?=\p{L}+\s\p{L})")
DASH = regex.compile(r"\s[–—-]\s")
TOLD_BEHIND = regex.compile(
    r"(?<=[\p{L}-][ыі])\s[–—-]\s(?=[^,;]*[,;])"
)  # "6,9 млн-ы – жалдамалы қызметкерлер, …"
WORD = regex.compile(r"\p{L}{3}")
COUNTED = regex.compile(r"\s?\p{L}++")
RATIO = frozenset({"percent", "percentage_point", "times"})
PREPOSED = frozenset({"to", "from", "by", "of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One quantity and what stands on its two sides, each in text order."""

    quantity: Quantity
    start: int
    end: int
    cues: tuple[Cue, ...]
    mentions: tuple[IndicatorMention, ...]
    periods: tuple[Period, ...]
    places: tuple[Place, ...]

    def left(self, spans: Sequence[Span]) -> list[Span]:
        """The spans before the quantity, the nearest last."""
        return [s for s in spans if s.end <= self.quantity.start]

    def right(self, spans: Sequence[Span]) -> list[Span]:
        """The spans after the quantity, the nearest first."""
        return [s for s in spans if s.start >= self.quantity.end]

    def left_cues(self, *kinds: str) -> list[Cue]:
        """Cues of these kinds before the quantity, the nearest last."""
        return [c for c in self.cues if c.kind in kinds and c.end <= self.quantity.start]

    def right_cues(self, *kinds: str) -> list[Cue]:
        """Cues of these kinds after the quantity, the nearest first."""
        return [c for c in self.cues if c.kind in kinds and c.start >= self.quantity.end]


SHORT = 2  # letters of "до", "на"


def gap_boundary(
    sentence: Sentence, start: int, following: Quantity, cues: Sequence[Cue], periods: Sequence[Period]
) -> int:
    """Where the text between a quantity's end (`start`) and the `following` quantity is parted."""
    end = max(following.outer_start, start)
    text = sentence.text
    offset = sentence.start

    def between(*kinds: str) -> list[Cue]:
        return [c for c in cues if c.kind in kinds and start <= c.start < end]

    if text[start - offset : start - offset + 1] == ")":  # "половины ВВП (51,3%) дали услуги, на …"
        start += 1
    if sentence.lang is Lang.RU:  # "в полтора раза больше | прошлогодних 31 млрд"
        start = max([start, *(c.end for c in between("comparison") if c.start - start <= 1)])
        than = [c.end for c in between("than") if not text[start - offset : c.start - offset].strip(" ,")]
        dated = [at for at in than if any(0 <= p.start - at <= SHORT + 2 and p.end < end for p in periods)]
        if not between("when"):  # "чем в 1940-м, когда было добыто 3,8 млн" dates what follows
            start = max([start, *dated])  # "на 38,6% меньше, чем в 1990-м, | экспорт – 48 млрд"
    if sentence.lang is Lang.KK and (told := TOLD_BEHIND.match(text, start - offset, end - offset)):
        start = told.end() + offset
    separator = SEPARATOR.search(text, start - offset, end - offset)
    cuts = [separator.start() + offset] if separator else []
    joints = between("and", "boundary", "versus", "restate")
    if separator:  # "112% к уровню 2023 года, из них 640": what is compared with ends before the comma
        joints = [c for c in joints if c.kind != "versus" or c.start > separator.start() + offset]
        if sentence.lang is Lang.RU:  # "50% занятых наукой и разработками, 45% исследователей"
            joints = [
                c for c in joints if c.kind != "and" or not joins_nouns(sentence, start, c, separator.start())
            ]
    cuts += [c.start for c in joints][:1]
    cuts = [cut for cut in cuts if not any(p.start < cut < p.end for p in periods)]
    if cuts:
        return min(cuts)
    dash = DASH.search(text, start - offset, end - offset)
    if dash and not any(start <= p.start < dash.start() + offset for p in periods):
        return dash.start() + offset
    if sentence.lang is Lang.RU:
        preposed = [c.start for c in between("prep") if c.value in PREPOSED]
        if preposed and not WORD.search(text, preposed[-1] - offset + 3, end - offset):
            return preposed[-1]
        settings = [c for c in between("prep") if c.value == "in"]
        settings = [c for c in settings if not dates_before(sentence, c, following, periods)]
        if len(settings) > 1 and not text[settings[-1].end - offset : end - offset].strip():
            settings = settings[:-1]  # "11,3% | при общей инфляции в 8,9%"
        if settings and WORD.search(text, start - offset, settings[-1].start - offset):
            return settings[-1].start  # "25,2 млн тонн зерна | при урожайности 15,1 центнера"
        hedged = any(c.kind == "prep" and end <= c.start < following.start for c in cues)
        return end if hedged or not text[start - offset : end - offset].strip() else start
    verbs = [c.end for c in between("direction", "level")]
    inside = [p.start for p in periods if start <= p.start < end]
    if verbs and inside and inside[-1] > verbs[0]:
        return inside[-1]
    return verbs[-1] if verbs else start


def dates_before(sentence: Sentence, cue: Cue, following: Quantity, periods: Sequence[Period]) -> bool:
    """Whether "in" opens a date with a preposition alone behind it: "с 16% ВВП в 2025 году | до 23%"."""
    behind = (p.end for p in periods if p.start <= cue.end + 1 and p.start >= cue.start)
    begin = next(behind, None)
    if begin is None:
        return False
    rest = sentence.text[begin - sentence.start : following.start - sentence.start].strip()
    return rest.isalpha() and len(rest) <= SHORT


def joins_nouns(sentence: Sentence, start: int, cue: Cue, comma: int) -> bool:
    """Whether "and" stands between nouns behind a number, the second before the comma that ends the item."""
    before = sentence.text[start - sentence.start : cue.start - sentence.start]
    between = sentence.text[cue.end - sentence.start : comma]
    return bool(before.strip()) and bool(between.strip()) and len(between.split()) <= 2


def counted_end(sentence: Sentence, start: int, end: int, mentions: Sequence[IndicatorMention]) -> int:
    """Kazakh: the end of the noun that a bare number counts ("40 мыңға жуық түрлері"), directly after it."""
    word = COUNTED.match(sentence.text, start - sentence.start, max(start, end) - sentence.start)
    if word is None:
        return start
    holding = [m.end for m in mentions if start <= m.start <= start + 1]
    return max([sentence.start + word.end(), *holding])


def owner_end(sentence: Sentence, start: int, end: int, mentions: Sequence[IndicatorMention]) -> int:
    """Russian: the end of the name that an amount stands with: "из 119 трлн тенге [ВВП] | пятую часть …"."""
    word = COUNTED.match(sentence.text, start - sentence.start, max(start, end) - sentence.start)
    behind = start if word is None else sentence.start + word.end() + 1  # "81 млн тонн добытой нефти"
    named = [m for m in mentions if m.start in (start, start + 1, behind) and start < m.end <= end]
    return max([m.end for m in named if {"weak", "told"}.isdisjoint(m.flags)], default=start)


def opens_clause(
    sentence: Sentence,
    start: int,
    quantity: Quantity,
    end: int,
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
) -> bool:
    """Russian: whether a clause begins right behind a number: "при инфляции в 9% | продукты подорожали"."""
    begin = min(quantity.outer_start, quantity.start)
    lead = sentence.text[start - sentence.start : begin - sentence.start]
    named = [m for m in mentions if start <= m.start and m.end <= begin]
    within = [c for c in cues if c.kind == "prep" and start <= c.start and c.end <= begin]
    if not named or not within or lead[: within[0].start - start].strip(" ,"):
        return False
    before = sentence.text[within[0].end - sentence.start : named[-1].start - sentence.start]
    behind = sentence.text[named[-1].end - sentence.start : begin - sentence.start].split()
    apposed = len(before.split()) <= SHORT and len(behind) <= 1 and all(len(w) == 1 for w in behind)
    verbs = [c for c in cues if c.kind in ("direction", "level", "pace", "stable") and "noun" not in c.flags]
    return apposed and any(quantity.outer_end < c.start < end for c in verbs)


def make_zones(
    sentence: Sentence,
    quantities: Sequence[Quantity],
    cues: Sequence[Cue],
    mentions: Sequence[IndicatorMention],
    periods: Sequence[Period],
    places: Sequence[Place],
) -> list[Zone]:
    """Part a sentence into the zones of its quantities."""
    zones: list[Zone] = []
    start = sentence.start
    for i, quantity in enumerate(quantities):
        if i + 1 < len(quantities):
            begin = quantity.outer_end
            bare = (
                quantity.unit not in RATIO and quantity.case is Case.NOM
            )  # "376 мың тонна бидайды | 60 млн …"
            if sentence.lang is Lang.KK and (not quantity.unit or bare):
                begin = counted_end(sentence, begin, quantities[i + 1].outer_start, mentions)
            elif sentence.lang is Lang.RU and bare and quantity.unit:
                begin = owner_end(sentence, begin, quantities[i + 1].outer_start, mentions)
            end = gap_boundary(sentence, begin, quantities[i + 1], cues, periods)
            if sentence.lang is Lang.RU and opens_clause(sentence, start, quantity, end, cues, mentions):
                end = quantity.outer_end
            falls = [c.end for c in cues if c.kind == "fall_on" and quantity.outer_end < c.start < c.end]
            falls = [at for at in falls if at <= quantities[i + 1].outer_start]
            if sentence.lang is Lang.RU and quantity.unit == "percent" and end == begin and falls:
                end = falls[0]  # "около 40% ввода обеспечили | два города"
        else:
            end = sentence.end
        inside = [s for s in periods if start <= s.start < end]
        zones.append(
            Zone(
                quantity=quantity,
                start=start,
                end=end,
                cues=tuple(c for c in cues if start <= c.start < end),
                mentions=tuple(m for m in mentions if start <= m.start < end),
                periods=tuple(inside),
                places=tuple(p for p in places if start <= p.start < end),
            )
        )
        start = end
    return zones
