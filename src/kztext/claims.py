"""Claims: the statements of a text, with numbers (quantity) and without (trend, comparison, definition, event)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kztext.build import id_part
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.geography import home
from kztext.lang.pack import Pack
from kztext.records import ClaimKind, ClaimRecord, Direction, Document, IndicatorRecord, Modality
from kztext.spans import Cue, IndicatorMention, Lang, Layout, Period, PeriodKind
from kztext.speakers import speakers_of
from kztext.subjects import verb_ending
from kztext.text import Text

CLAUSE = regex.compile(r"[,;:()]|\s[–—]\s(?=\p{L})|[.!?…]+(?=\s|$)")
PACE = {"slower": Direction.DOWN, "faster": Direction.UP}
QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
WORD = regex.compile(r"\p{L}++")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence between two boundaries, in offsets of the repaired text."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    mentions: tuple[IndicatorMention, ...]
    periods: tuple[Period, ...]
    counted: bool  # holds a quantity

    def has(self, *kinds: str) -> Cue | None:
        """The first cue of one of these kinds."""
        return next((c for c in self.cues if c.kind in kinds), None)


def clauses(item: Found) -> list[Clause]:
    """Part a sentence at its punctuation and conjunctions; stretches without a word of meaning join the next."""
    sentence = item.sentence
    cuts = [(m.start() + sentence.start, m.end() + sentence.start) for m in CLAUSE.finditer(sentence.text)]
    cuts = [c for c in cuts if not any(q.start <= c[0] < q.outer_end for q in item.quantities)]
    cuts = [c for c in cuts if not any(p.start < c[0] < p.end for p in item.periods)]
    cuts += [(c.start, c.end) for c in item.cues if c.kind == "boundary"]
    parts: list[Clause] = []
    start = sentence.start
    for cut_start, cut_end in [*sorted(cuts), (sentence.end, sentence.end)]:
        if cut_start < start:
            continue
        inner = item.sentence.text[start - sentence.start : cut_start - sentence.start]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            a, b = start + lead, start + len(inner.rstrip())
            parts.append(
                Clause(
                    start=a,
                    end=b,
                    cues=tuple(c for c in item.cues if a <= c.start < b),
                    mentions=tuple(m for m in item.indicators if a <= m.start < b),
                    periods=tuple(p for p in item.periods if a <= p.start < b),
                    counted=any(a <= q.start < b for q in item.quantities),
                )
            )
        start = max(cut_end, start)
    return parts


def find_claims(
    document: Document,
    text: Text,
    found: Sequence[Found],
    records: Sequence[IndicatorRecord],
    packs: dict[Lang, Pack],
    catalogue: Catalogue,
) -> list[ClaimRecord]:
    """The claims of a document, in text order."""
    maker = Maker(document, text, records, packs, catalogue, home(found))
    for item, speaker in zip(found, speakers_of(found, packs), strict=True):
        maker.speaker = speaker
        maker.read(item)
    return maker.claims


class Maker:
    """Makes the claims of one document, remembering the indicator last spoken of."""

    def __init__(
        self,
        document: Document,
        text: Text,
        records: Sequence[IndicatorRecord],
        packs: dict[Lang, Pack],
        catalogue: Catalogue,
        country: str,
    ) -> None:
        self.document, self.text, self.records = document, text, records
        self.packs, self.catalogue, self.country = packs, catalogue, country
        self.claims: list[ClaimRecord] = []
        self.last_indicator = ""
        self.speaker = ""

    def read(self, item: Found) -> None:
        """The claims of one sentence."""
        sentence = item.sentence
        if sentence.layout is Layout.HEADING:
            return
        start, end = self.text.to_original(sentence.start, sentence.end)
        inside = [r for r in self.records if start <= r.start < end]
        definition = next((c for c in item.cues if c.kind == "modality" and c.value == "definition"), None)
        if definition is not None and item.indicators:
            self.define(item)
        elif inside:
            self.quantify(item, inside)
        made = 0
        if definition is None:
            for clause in clauses(item):
                made += self.clause_claim(item, clause)
        if not made and not inside and definition is None:
            self.event(item)
        strong = [m for m in item.indicators if "weak" not in m.flags] or list(item.indicators)
        named = [r.indicator for r in inside if r.indicator]
        if named or strong:
            self.last_indicator = named[-1] if named else strong[-1].indicator

    def add(self, item: Found, kind: ClaimKind, start: int, end: int, **fields: object) -> None:
        """Add one claim over a span of the repaired text."""
        first, last = self.text.to_original(start, end)
        indicator = self.catalogue.indicators.get(str(fields.get("indicator", "")))
        base: dict[str, object] = {
            "claim_id": f"{id_part(self.document.doc_id)}:c{first}.{kind}",
            "doc_id": self.document.doc_id,
            "doc_date": self.document.doc_date,
            "lang": str(item.sentence.lang),
            "start": first,
            "end": last,
            "quote": self.document.text[first:last],
            "sentence": " ".join(item.sentence.text.split()),
            "kind": kind,
            "topic": indicator.topic if indicator else "",
            "geo": next((p.geo for p in item.places if start <= p.start < end and p.geo), self.country),
            "speaker": self.speaker,
            "quoted": self.quoted(first),
            "confidence": 0.8,
        }
        self.claims.append(ClaimRecord(**(base | fields)))  # type: ignore[arg-type]

    def quoted(self, start: int) -> bool:
        """Whether a place of the original stands inside quotation marks."""
        before = self.document.text[max(0, start - 600) : start]
        opened = max((before.rfind(mark) for mark in QUOTES if mark != '"'), default=-1)
        closed = max(before.rfind(mark) for mark in "»”")
        return opened > closed or before[before.rfind("\n") + 1 :].count('"') % 2 == 1

    def quantify(self, item: Found, inside: Sequence[IndicatorRecord]) -> None:
        """One claim for the sentence that carries indicator records."""
        first = inside[0]
        indicators = {r.indicator for r in inside}
        directions = {r.direction for r in inside if r.direction}
        self.add(
            item,
            ClaimKind.QUANTITY,
            item.sentence.start,
            item.sentence.end,
            indicator=first.indicator
            if len(indicators) == 1
            else next((r.indicator for r in inside if r.indicator), ""),
            direction=directions.pop() if len(directions) == 1 else Direction.NONE,
            period_start=first.period_start if len({r.period_start for r in inside}) == 1 else "",
            period_end=first.period_end if len({r.period_end for r in inside}) == 1 else "",
            modality=first.modality,
            record_ids=tuple(r.record_id for r in inside),
            confidence=min(r.confidence for r in inside),
        )

    def define(self, item: Found) -> None:
        """A definition or threshold: it serves the whole sentence."""
        direction = next((c for c in item.cues if c.kind == "direction"), None)
        start, end = self.text.to_original(item.sentence.start, item.sentence.end)
        self.add(
            item,
            ClaimKind.DEFINITION,
            item.sentence.start,
            item.sentence.end,
            indicator=item.indicators[0].indicator,
            direction=Direction(direction.value) if direction else Direction.NONE,
            modality=Modality.DEFINITION,
            geo="",
            record_ids=tuple(r.record_id for r in self.records if start <= r.start < end),
        )

    def clause_claim(self, item: Found, clause: Clause) -> int:
        """A trend or comparison told without a number; 1 where there is one."""
        if clause.counted:
            return 0
        compared = clause.has("comparison", "extreme")
        moving = clause.has("direction", "pace", "stable")
        indicator = self.indicator_of(item, clause)
        if not indicator or (compared is None and moving is None):
            return 0
        if not self.has_verb(item, clause, compared or moving):
            return 0
        kind = ClaimKind.COMPARISON if compared is not None else ClaimKind.TREND
        direction = Direction.NONE
        if moving is not None:
            direction = PACE.get(moving.value) or Direction(moving.value)
        if (
            kind is ClaimKind.TREND
            and moving is not None
            and moving.kind == "direction"
            and "noun" in moving.flags
        ):
            slower = clause.has("pace")
            if slower is not None:
                direction = PACE[slower.value]
        first, last = self.period_of(item, clause)
        self.add(
            item,
            kind,
            clause.start,
            clause.end,
            indicator=indicator,
            direction=direction,
            period_start=first,
            period_end=last,
            modality=self.modality_of(item, clause),
        )
        return 1

    def has_verb(self, item: Found, clause: Clause, cue: Cue | None) -> bool:
        """Whether the clause says something rather than names it: a verb, or a noun cue with one after it."""
        if cue is not None and "noun" not in cue.flags:
            return True
        ending = verb_ending(self.packs[item.sentence.lang])
        inner = item.sentence.text[clause.start - item.sentence.start : clause.end - item.sentence.start]
        return (
            any(ending.search(word[0].lower()) for word in WORD.finditer(inner))
            or clause.has("modality", "level") is not None
        )

    def indicator_of(self, item: Found, clause: Clause) -> str:
        """What the clause speaks of: its own mention, or the last one where it points back or leaves it out."""
        strong = [m for m in clause.mentions if "weak" not in m.flags]
        if strong or clause.mentions:
            return (strong or list(clause.mentions))[0].indicator
        earlier = [m for m in item.indicators if m.end <= clause.start]
        if earlier:
            return earlier[-1].indicator
        return self.last_indicator if clause.has("anaphor", "extreme") else ""

    def period_of(self, item: Found, clause: Clause) -> tuple[str, str]:
        usable = [p for p in clause.periods if p.kind is not PeriodKind.DURATION and "base" not in p.flags]
        resolved = [p for p in usable if p.first or p.last]
        return (resolved[-1].first, resolved[-1].last) if resolved else ("", "")

    def modality_of(self, item: Found, clause: Clause) -> Modality:
        cue = clause.has("modality") or next((c for c in item.cues if c.kind == "modality"), None)
        return Modality(cue.value) if cue is not None else Modality.ACTUAL

    def event(self, item: Found) -> None:
        """A dated sentence without number or trend: something happened or will."""
        dated = [
            p
            for p in item.periods
            if p.kind in (PeriodKind.DATE, PeriodKind.MONTH, PeriodKind.YEAR, PeriodKind.QUARTER)
        ]
        if not dated or item.sentence.layout is not Layout.TEXT:
            return
        ending = verb_ending(self.packs[item.sentence.lang])
        if not any(ending.search(word[0].lower()) for word in WORD.finditer(item.sentence.text)):
            return
        period = dated[-1]
        self.add(
            item,
            ClaimKind.EVENT,
            item.sentence.start,
            item.sentence.end,
            period_start=period.first,
            period_end=period.last,
            modality=next((Modality(c.value) for c in item.cues if c.kind == "modality"), Modality.ACTUAL),
        )
