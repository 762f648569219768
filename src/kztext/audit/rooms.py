"""The sentences of a document as rooms of figures: what each holds, which stand near, which came first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.facts import NO_AMOUNT, Fact, kinds
from kztext.audit.line import Line, every_line
from kztext.audit.words import LANGUAGES, cues, says
from kztext.intervals import ONE, TEN, Interval
from kztext.lang.pack import load_pack
from kztext.records import ClaimRecord, Measure, Modality

_NEXT = 60  # characters between two sentences that follow one another
_BESIDE = 6  # words between a figure and what sets it against another one
_REACH = 300  # characters between the figures of two sentences that speak of one thing
_MOVED = frozenset({"from_value", "to_value", "comparison", "superseded"})
_EARLIER = regex.compile(
    r"relative_period:(?:last_(?:year|month|week)$|year_earlier|.*_ago$|same_period_last)"
)
_NOW = regex.compile(r"relative_period:(?:current_|now|today|same_year)")
_CLAUSE = regex.compile(r"[,;:.(]\s|\s[–—]\s(?=\p{L})")
_FAR = Decimal("2.5")  # a figure that is off by more than this is of something else …
_SLIPS = tuple(Decimal(10) ** n for n in (-6, -3, -1, 1, 3, 6))  # … unless it is off by its order alone
_HAIR = Decimal("0.03")
_BARE = regex.compile(r"[\d\s.,]+\p{L}{0,4}\.?")  # a number with its multiplier, without a unit
_LOOSE = frozenset({"", "count"})  # units of a bare number
_ABBREVIATED = 100  # a bare number so many times smaller than one with a multiplier has that multiplier


@lru_cache(maxsize=4)
def _edges(lang: str) -> regex.Pattern[str]:
    """Where the words of one figure end and those of the next one begin."""
    pack = load_pack(lang)
    words = "|".join(pack.table("audit")["between_figures"])
    marks = r"[,;:]\s|[()]|\s[–—]\s|\.\s(?=(?-i:\p{Lu}))"
    return pack.compile(rf"{marks}|\s(?=(?:{words})\s)", where=f"lang/{lang}/audit.toml: between_figures")


@lru_cache(maxsize=1 << 10)
def pieces(text: str, lang: str) -> tuple[str, ...]:
    """The words of a text piece by piece, as marks and words such as "and", "against" part them.

    >>> pieces(" тыс. тонн руды при задании в ", "ru")
    ('тыс. тонн руды', 'при задании в')
    """
    found = _edges(lang if lang in LANGUAGES else "ru").split(text)
    return tuple(piece.strip(" .") for piece in found)


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact and the words around it: from the figure before, or the sentence's start, to the next one."""

    fact: Fact
    before: str
    after: str
    lang: str
    room: int
    first: bool = True

    @property
    def lead(self) -> tuple[str, ...]:
        """The pieces of text before it that are its own, the nearest first."""
        found = pieces(self.before, self.lang)
        own = found if self.first or (len(found) == 1 and self.lang != "kk") else found[1:]
        return tuple(words for words in own[::-1] if words)

    @property
    def trail(self) -> str:
        """The piece of text behind it."""
        return pieces(self.after, self.lang)[0]

    def role(self, *kinds: str) -> str:
        """Which of several kinds of words is said of it, the nearest first; empty where none is, or two are.

        In Kazakh the verb behind a figure is its own, in Russian the one before it.
        """
        first, *others = self.lead or ("",)
        for words in (self.trail, first, *others) if self.lang == "kk" else (first, self.trail, *others):
            found = [kind for kind in kinds if says(kind, words, self.lang)]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    def says(self, *kinds: str) -> bool:
        """Whether the words before it, behind the last figure, hold a word of a kind."""
        return any(says(kind, self.before, self.lang) for kind in kinds)

    def clause(self) -> str:
        """The last clause before it."""
        return _CLAUSE.split(self.before)[-1]

    def tail(self) -> str:
        """The words behind it up to the next mark."""
        return regex.split(r"[,;:.()]", self.after)[0]


def told(doc: Dossier) -> Sequence[Sequence[Figure]]:
    """The figures of a document, sentence by sentence."""
    return doc.once(_told)


def _told(doc: Dossier) -> list[list[Figure]]:
    return [_figures(line, n) for n, line in enumerate(every_line(doc))]


def _figures(line: Line, room: int) -> list[Figure]:
    return [
        Figure(f, line.before(i), line.after(i), line.lang, room, i == 0) for i, f in enumerate(line.facts)
    ]


def window(row: Sequence[Sequence[Figure]], n: int, back: int, ahead: int = 0) -> list[Figure]:
    """The figures of a sentence and of those before it, and behind it, that lie near."""
    found = list(row[n])
    for room in reversed(row[max(0, n - back) : n]):
        if not room or not found or found[0].fact.record.start - room[-1].fact.record.end > _REACH:
            break
        found[:0] = room
    for room in row[n + 1 : n + 1 + ahead]:
        if not room or not found or room[0].fact.record.start - found[-1].fact.record.end > _REACH:
            break
        found += room
    return found


def is_amount(fact: Fact) -> bool:
    """Whether a fact is an amount that stands for itself, not for a move or a comparison."""
    r = fact.record
    return (
        r.measure == Measure.LEVEL
        and r.unit not in NO_AMOUNT
        and r.value > 0
        and not _MOVED.intersection(r.flags)
    )


def can_be_amount(fact: Fact) -> bool:
    """Whether a figure may be a whole or a part: an amount, or a bare number."""
    r = fact.record
    level = r.measure == Measure.LEVEL and r.modality != Modality.DEFINITION
    return level and r.value > 0 and (is_amount(fact) or not r.unit)


def is_bare(fact: Fact) -> bool:
    """Whether an amount is written without a unit."""
    return fact.record.unit in _LOOSE and bool(_BARE.fullmatch(" ".join(fact.record.quote.split())))


def of_one_unit(facts: Iterable[Fact]) -> bool:
    """Whether amounts have one unit, or none of their own."""
    return len({f.record.unit for f in facts if not is_bare(f)}) < 2


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the unit and multiplier of those it stands with: "120 мың тонна, екіншісінде 135"."""

    fact: Fact
    wide: Interval
    value: Decimal


def scaled(facts: Sequence[Fact]) -> list[Amount]:
    """Amounts told together; a bare number beside one with a multiplier has that multiplier."""
    first = next((f for f in facts if not is_bare(f)), facts[0])
    unit = first.said.unit * TEN**first.said.decimals
    found: list[Amount] = []
    for fact in facts:
        bare = not fact.record.unit and not any(c.isalpha() for c in fact.record.quote)
        small = bare and fact.record.value * _ABBREVIATED < first.record.value
        times = unit if small else ONE
        found.append(Amount(fact, fact.said.wide.scaled(times), fact.record.value * times))
    return found


def is_percentage(fact: Fact) -> bool:
    """Whether a percentage is no change: a share, or one of which the text does not say what it is."""
    r = fact.record
    unsaid = r.measure == Measure.CHANGE and not r.direction
    moved = _MOVED.intersection(r.flags)
    return r.unit == "percent" and not moved and (unsaid or r.measure in (Measure.SHARE, Measure.LEVEL))


def of_one_time(*facts: Fact) -> bool:
    """Whether nothing says that facts are of different times or places."""
    spans = {f.span for f in facts if f.span is not None and not f.has("context_period")}
    places = {f.record.geo for f in facts if f.record.geo}
    return len(spans) < 2 and len(places) < 2


def is_near(said: Fact, expected: Interval) -> bool:
    """Whether a figure may have been meant to be what follows: not far off, or off by its order alone."""
    value, middle = said.record.value, (expected.low + expected.high) / 2
    if value <= 0 or middle <= 0 or not middle.is_finite():
        return False
    ratio = value / middle
    return 1 / _FAR <= ratio <= _FAR or any(abs(ratio / slip - 1) < _HAIR for slip in _SLIPS)


@dataclass(frozen=True, slots=True)
class Room:
    """A sentence: its words, the figures that can be found in it again, and its claims."""

    text: str
    lang: str
    start: int
    line: Line
    claims: tuple[ClaimRecord, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.line.facts

    @property
    def figures(self) -> list[Figure]:
        """Its figures with the words around each."""
        return _figures(self.line, self.start)


def rooms(doc: Dossier) -> Sequence[Room]:
    """The sentences that hold a figure or a claim, in the order of the text."""
    return doc.once(_rooms)


def _rooms(doc: Dossier) -> list[Room]:
    claims: dict[str, list[ClaimRecord]] = {}
    for claim in doc.claims:
        claims.setdefault(claim.sentence, []).append(claim)
    found: list[Room] = []
    for sentence, line in zip(doc.sentences, every_line(doc), strict=True):
        if line.facts:
            start = line.facts[0].record.start - line.spots[0][0]
            found.append(Room(line.text, line.lang, start, line, tuple(claims.get(sentence, ()))))
    for sentence, own in claims.items():
        if sentence and sentence not in doc.sentences:
            first = own[0]
            text = " ".join(sentence.split())
            at = text.find(" ".join(first.quote.split()))
            start = first.start - max(0, at)
            found.append(Room(text, first.lang, start, Line(text, first.lang, (), ()), tuple(own)))
    return sorted(found, key=lambda room: room.start)


def follows(a: Room, b: Room) -> bool:
    """Whether nothing stands between two sentences."""
    return b.start - (a.start + len(a.text)) < _NEXT and a.lang == b.lang


def neighbours(doc: Dossier) -> list[tuple[Room, Room]]:
    """Each sentence with the one behind it, where nothing stands between them."""
    return [(a, b) for a, b in pairwise(rooms(doc)) if follows(a, b)]


def _around(fact: Fact, line: Line) -> tuple[str, str]:
    """The words of a figure's clause before it and behind it."""
    i = next(i for i, f in enumerate(line.facts) if f.order == fact.order)
    return _CLAUSE.split(line.before(i))[-1], _CLAUSE.split(line.after(i))[0]


def _told_at(fact: Fact, line: Line) -> int:
    """Whether words or flags put a figure before now (-1) or at it (1); 0 where they say neither."""
    flags = fact.record.flags
    if "from_value" in flags:
        return -1
    if "to_value" in flags:
        return 1
    before, after = _around(fact, line)
    own = f"{before} {after if line.lang == 'kk' or fact.order == line.facts[-1].order else ''}"
    then, now = says("then", own, line.lang), says("now", own, line.lang)
    if then != now:
        return -1 if then else 1
    if any(_EARLIER.match(f) for f in flags):
        return -1
    return 1 if any(_NOW.match(f) for f in flags) else 0


def is_reference(fact: Fact, line: Line) -> bool:
    """Whether a figure is what another one is compared with: "против 96 млн", "96 млн-мен салыстырғанда"."""
    i = next(i for i, f in enumerate(line.facts) if f.order == fact.order)
    near = line.after(i).split()[:_BESIDE] if line.lang == "kk" else line.before(i).split()[-_BESIDE:]
    return any(kind == "versus" for _, _, kind, _ in cues(f"{' '.join(near)} 0", line.lang))


def _own_words(kind: str, fact: Fact, line: Line) -> bool:
    """Whether the clause of a figure says a word of a kind."""
    before, after = _around(fact, line)
    return says(kind, f"{before} {after}" if line.lang == "kk" else before, line.lang)


def _named(fact: Fact) -> str:
    return next((f.partition(":")[2] for f in fact.record.flags if f.startswith("relative_period:")), "")


def in_time(a: Fact, b: Fact, one: Line, other: Line) -> tuple[Fact, Fact] | None:
    """Two figures, the earlier one first; None where the text does not say which one that is."""
    for old, new in ((a, b), (b, a)):
        if "from_value" in old.record.flags and "to_value" in new.record.flags:
            return old, new
    if a.span and b.span and a.span != b.span and not (a.has("context_period") or b.has("context_period")):
        return (a, b) if a.span < b.span else (b, a)
    if one is other and (held := [f for f in (a, b) if is_reference(f, one)]) and len(held) == 1:
        return (a, b) if held[0] is a else (b, a)
    x, y = _told_at(a, one), _told_at(b, other)
    if -1 in (x, y) and x != y:
        return (a, b) if x < y else (b, a)
    for old, new, now in ((a, b, y), (b, a, x)):
        if old.span and not new.span and now == 1 and not old.has("context_period"):
            return old, new
    if _own_words("was", a, one) and _own_words("became", b, other):
        return a, b
    if one is other and y == 1 and x == 0:
        return a, b
    for row in kinds()["in_order"]:
        if _named(a) in row and _named(b) in row and _named(a) != _named(b):
            return (a, b) if row.index(_named(a)) < row.index(_named(b)) else (b, a)
    return None


def only_pair(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Two figures, if they are all there are, in one unit and of one place and kind."""
    if len(facts) != 2:
        return None
    a, b = facts
    r, s = a.record, b.record
    alike = r.unit == s.unit and r.geo == s.geo and a.is_told == b.is_told
    alike = alike and not any(not m.startswith("part_of") for m in {*a.marks} ^ {*b.marks})
    return (a, b) if alike and r.value > 0 and s.value > 0 else None
