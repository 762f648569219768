"""Changes: what a text says is raised, lowered or improved; and the words that measure things.

Planning documents speak in noun groups: a noun or infinitive of change with the group it governs ("повышение
качества услуг"), a verb with its subject ("численность населения увеличится").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from kztext.cues import find_cues
from kztext.lang.pack import Pack
from kztext.lang.phrases import alternatives
from kztext.spans import Cue, Layout, Sentence, Span

ITEM = regex.compile(r"(?:[-–—•*]|\d+[.)])")
TOKEN = regex.compile(r"\p{L}++(?:[-‐‑–]\p{L}++)*+|\d++(?:[.,]\d++)*+|[^\s\p{L}\d]")
LETTER = regex.compile(r"\p{L}")
JOINING = frozenset("\"«»“”„'-")
CLAUSE_ENDS = frozenset(",;:().–—")
BEFORE = 60  # characters before a word of change in which its cause word stands
FAR = 9  # words behind a word of change in which its group may begin
MOST_WORDS = 6
NEAR = 60  # words before a verb among which its subject stands
AROUND = 400  # characters on either side of a word of change that tell when
SHORT = 2  # words of a group that a preposition may go on with
JOIN_WITHIN = 2  # words before a conjunction that it joins to one group


class Tense(StrEnum):
    PAST = "past"
    NOW = "now"
    FUTURE = "future"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Span):
    """The words that tell a change, the group it is told of, and when."""

    of: Span
    tense: Tense = Tense.PLAN


@dataclass(frozen=True, slots=True)
class Words:
    """The pack's `changes` table, compiled."""

    after: bool
    nouns: regex.Pattern[str]
    loose: regex.Pattern[str]
    transitive: regex.Pattern[str]
    intransitive: regex.Pattern[str]
    heads: regex.Pattern[str]
    skipped: regex.Pattern[str]
    stops: frozenset[str]
    joins: frozenset[str]
    within: frozenset[str]
    short: frozenset[str]
    period_ends: frozenset[str]
    prepositions: frozenset[str]
    names: regex.Pattern[str]
    adjective: regex.Pattern[str]
    future: regex.Pattern[str]
    past: regex.Pattern[str]
    present: regex.Pattern[str]
    aim: regex.Pattern[str]
    finite: regex.Pattern[str]
    verb_past: regex.Pattern[str]
    verb_present: regex.Pattern[str]
    verb_future: regex.Pattern[str]
    measure_before: regex.Pattern[str]
    cause: regex.Pattern[str]
    expected: regex.Pattern[str]
    goals: regex.Pattern[str]


def words_of(pack: Pack) -> Words:
    """The words of a language that changes are read by."""
    built: Words | None = pack.built.get("changes")
    if built is None:
        table, where = pack.table("changes"), pack.source("changes")

        def one(key: str) -> regex.Pattern[str]:
            return pack.compile(rf"(?<!\p{{L}})(?:{alternatives(table[key])})(?!\p{{L}})", where=where)

        sets = {key: frozenset(table[key]) for key in ("stops", "joins", "within", "short", "period_ends")}
        sets["prepositions"] = frozenset(pack.table("claims")["prepositions"])
        keys = [k for k in Words.__dataclass_fields__ if k not in ("after", *sets)]
        built = Words(table["governed"] == "after", **{k: one(k) for k in keys}, **sets)  # type: ignore[arg-type]
        pack.built["changes"] = built
    return built


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str  # lower case
    capital: bool = False

    @property
    def is_word(self) -> bool:
        return LETTER.match(self.text) is not None


def find_changes(sentence: Sentence, pack: Pack, *, heading: str = "") -> list[Change]:
    """The changes that a sentence tells, in text order; one for each thing that is told to change.

    `heading` is the line above a list that says what its items are ("Ожидаемые результаты:").
    """
    words = words_of(pack)
    text = sentence.text
    tokens = tokenize(text)
    heads = spans_of(words.heads, text)
    found: list[Change] = []
    changing = changing_words(sentence, words, pack)
    starts = {start for start, _, _ in changing}
    for start, end, kind in changing:
        low = max(0, start - AROUND)
        tense = tense_of(text[low : end + AROUND], start - low, end - low, kind, words, heading)
        groups: list[tuple[int, int]] = []
        if kind == "intransitive" or not words.after:
            groups = group_before(tokens, start, words, heads)
        if not groups and words.after:
            groups = groups_after(tokens, end, words, heads, starts)
        ahead = text[max(0, start - BEFORE) : start].rstrip()
        if words.names.match(text[start:end]) or words.measure_before.fullmatch(
            ahead[ahead.rfind(" ") + 1 :]
        ):
            continue
        groups = [
            (a, b)
            for a, b in groups
            if words.names.fullmatch(text[a:b]) is None
            and (
                " " in text[a:b].strip() or holds_head(heads, a, b) or is_last(text, b) or text[a:b].isupper()
            )
        ]
        if not groups and words.after and kind != "intransitive":
            groups = further(tokens, end, words, heads, starts)
        if kind == "loose":
            groups = [g for g in groups if holds_head(heads, *g)]
        for first, last in groups:
            of = Span(start=first + sentence.start, end=last + sentence.start)
            found.append(
                Change(start=start + sentence.start, end=end + sentence.start, of=of, tense=tense, rule=kind)
            )
    return found


def measured_groups(sentence: Sentence, pack: Pack) -> list[Span]:
    """The noun groups of a sentence that name something measured ("уровень жизни населения")."""
    words = words_of(pack)
    tokens = tokenize(sentence.text)
    found: list[Span] = []
    done = 0
    for start, end in spans_of(words.heads, sentence.text):
        if start < done:
            continue
        group = extent(tokens, start, words)
        last = max(end, group[1]) if group is not None else end
        found.append(Span(start=sentence.start + start, end=sentence.start + last))
        done = last
    return found


def tokenize(text: str) -> list[Token]:
    """The words, numbers and signs of a sentence."""
    return [Token(m.start(), m.end(), m[0].lower(), m[0].istitle()) for m in TOKEN.finditer(text)]


def behind(tokens: list[Token], start: int, count: int) -> list[Token]:
    """The first tokens that begin at a place or behind it."""
    low = bisect_left(tokens, start, key=lambda t: t.start)
    return tokens[low : low + count]


def spans_of(pattern: regex.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where a pattern is found."""
    return [m.span() for m in pattern.finditer(text)]


def changing_words(sentence: Sentence, words: Words, pack: Pack) -> list[tuple[int, int, str]]:
    """The words of change of a sentence, with their kind: noun, loose, transitive or intransitive."""
    text = sentence.text
    found = {
        (c.start - sentence.start, c.end - sentence.start): kind_of(c)
        for c in find_cues(sentence, pack)
        if c.kind in ("direction", "pace")
    }
    taken = bytearray(len(text))
    for a, b in found:
        taken[a:b] = b"\1" * (b - a)
    for kind in ("nouns", "loose", "transitive", "intransitive"):
        for span in spans_of(getattr(words, kind), text):
            if span in found or not any(taken[span[0] : span[1]]):
                found[span] = "noun" if kind == "nouns" else kind
    return [(a, b, kind) for (a, b), kind in sorted(found.items())]


def kind_of(cue: Cue) -> str:
    """What a cue of change governs."""
    if "noun" in cue.flags:
        return "noun"
    return "transitive" if "transitive" in cue.flags else "intransitive"


def groups_after(
    tokens: list[Token],
    end: int,
    words: Words,
    heads: list[tuple[int, int]],
    starts: set[int],
) -> list[tuple[int, int]]:
    """The group behind a word of change, and those joined to it by a conjunction or comma."""
    tokens = behind(tokens, end, NEAR)
    i = 0
    while i < len(tokens) and (
        words.skipped.fullmatch(tokens[i].text) or tokens[i].start in starts or tokens[i].text in words.joins
    ):
        i += 1
    if i >= len(tokens):
        return []
    groups: list[tuple[int, int]] = []
    while i < len(tokens):
        group = extent(tokens, tokens[i].start, words)
        if group is None:
            break
        groups.append(group)
        i = next((k for k, token in enumerate(tokens) if token.start >= group[1]), len(tokens))
        joined = i + 1 < len(tokens) and (tokens[i].text in words.joins or tokens[i].text == ",")
        if not joined or not holds_head(heads, tokens[i + 1].start, tokens[i + 1].end):
            break
        i += 1
    return groups


def holds_head(heads: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a head word begins between two places."""
    low = bisect_left(heads, (start, 0))
    return low < len(heads) and heads[low][0] < end


def is_last(text: str, end: int) -> bool:
    """Whether a sign or the end of the text stands behind a place."""
    return not text[end:].lstrip()[:1].isalnum()


def further(
    tokens: list[Token],
    end: int,
    words: Words,
    heads: list[tuple[int, int]],
    starts: set[int],
) -> list[tuple[int, int]]:
    """The next measured group of the clause, behind a circumstance ("рост на треть числа мест")."""
    for token in behind(tokens, end, FAR):
        if token.text in CLAUSE_ENDS or token.start in starts:
            break
        begins = holds_head(heads, token.start, token.end)
        if not begins and words.finite.fullmatch(token.text):
            break
        if begins:
            group = extent(tokens, token.start, words)
            return [group] if group is not None else []
    return []


def extent(tokens: list[Token], start: int, words: Words) -> tuple[int, int] | None:
    """How far a group goes that begins at a place; None where no group does."""
    first = last = -1
    count = 0
    noun = False  # a noun has been seen: before it "и" joins adjectives
    follow = behind(tokens, start, 2 * MOST_WORDS)
    for i, token in enumerate(follow):
        after = follow[i + 1] if i + 1 < len(follow) else None
        if token.text in JOINING and count:
            continue
        if (
            count
            and after is not None
            and after.is_word
            and token.text in words.joins
            and count < JOIN_WITHIN
        ):
            continue
        if count and not noun and token.text in (*words.joins, ","):
            continue
        short = noun and count <= SHORT and token.text in words.short
        if short and after is not None and after.is_word:
            continue
        if count and noun and token.text in words.within and after is not None and after.is_word:
            continue
        if not token.is_word or token.text in words.stops or token.text in words.joins:
            break
        if count and token.capital and noun:  # a name: whose it is, not what it is
            break
        if words.finite.fullmatch(token.text) and not words.heads.fullmatch(token.text):
            break
        noun = noun or words.adjective.fullmatch(token.text) is None
        first = token.start if first < 0 else first
        last = token.end
        count += 1
        if count >= MOST_WORDS:
            break
    return (first, last) if count else None


def group_before(
    tokens: list[Token], start: int, words: Words, heads: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The subject before a verb: the first group of its clause that no preposition governs."""
    low = bisect_left(tokens, start, key=lambda t: t.start)
    ahead = [t for t in tokens[max(0, low - NEAR) : low] if t.end <= start]
    cut = max((i for i, t in enumerate(ahead) if t.text in CLAUSE_ENDS), default=-1) + 1
    near = subject_in(ahead[cut:], heads, words)
    if near is not None and (cut == 0 or holds_head(heads, *near)):
        return [near]
    far = subject_in(ahead, heads, words) if cut else None
    if far is not None and (near is None or holds_head(heads, *far)):
        return [far]
    return [near] if near is not None else []


def subject_in(tokens: list[Token], heads: list[tuple[int, int]], words: Words) -> tuple[int, int] | None:
    """The first group of a run of words that no preposition governs."""
    governed = False
    for i, token in enumerate(tokens):
        if token.text in CLAUSE_ENDS or token.text in words.period_ends:
            governed = False
            continue
        if not token.is_word:
            continue
        if token.text in words.prepositions:
            governed = True
            continue
        if token.text in words.stops or words.skipped.fullmatch(token.text):
            continue
        before = tokens[i - 1].text if i else ""
        head = holds_head(heads, token.start, token.end)
        if head and before not in words.prepositions:
            governed = False
        if not governed and (head or not words.finite.fullmatch(token.text)):
            return extent(tokens, token.start, words)
    return None


def tense_of(text: str, start: int, end: int, kind: str, words: Words, heading: str) -> Tense:
    """When a change is told: a goal, what is expected, what is, or what was."""
    said = text[start:end].lower()
    rows = ((Tense.FUTURE, words.future), (Tense.PAST, words.past), (Tense.NOW, words.present))
    if kind in ("transitive", "intransitive"):
        for tense, pattern in (
            (Tense.PAST, words.verb_past),
            (Tense.NOW, words.verb_present),
            (Tense.FUTURE, words.verb_future),
        ):
            if pattern.fullmatch(said):
                return tense
    before = text[max(0, start - BEFORE) : start]
    caused = any(len(before) - m.end() <= 1 for m in words.cause.finditer(before))
    named = text.rfind("«", 0, start) > text.rfind("»", 0, start)  # the title of a programme
    if named or (words.aim.search(text[:start]) and not caused):
        return Tense.PLAN
    for tense, pattern in rows:
        if pattern.search(text):
            return tense
    if caused:
        return Tense.NOW
    return Tense.FUTURE if is_expected(heading, words) else Tense.PLAN


def is_expected(heading: str, words: Words) -> bool:
    """Whether a line above a list announces results or risks, and no goals."""
    return bool(words.expected.search(heading)) and not words.goals.search(heading)


def headed(sentences: Sequence[Sentence], pack: Pack) -> Iterator[tuple[Sentence, str]]:
    """Each sentence with the line that stands above it as the heading of its list, "" where none does."""
    words = words_of(pack)
    heading = ""
    for sentence in sentences:
        text = sentence.text.strip()
        yield sentence, heading
        announces = words.expected.search(text) or words.goals.search(text)
        if announces and (text.endswith(":") or ":" in text or sentence.layout is Layout.HEADING):
            heading = text
        elif text[:1].isupper() and text.endswith(".") and not ITEM.match(text):
            heading = ""
