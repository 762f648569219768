"""Claims: the statements of a text, with numbers (quantity) and without (trend, comparison, event …)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.build import id_part
from kztext.catalogue import Catalogue
from kztext.clauses import (
    COMPARES,
    MOVES,
    Clause,
    Subject,
    clauses,
    spoken_words,
    stretch,
    subject_of,
    wording,
)
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.modality import future
from kztext.periods import resolve
from kztext.predicates import (
    defines,
    follows_dash,
    in_past,
    is_attribute,
    is_bare,
    is_deictic,
    is_unreal,
    of_currency,
    predicate_of,
    reading_of,
    says,
    tells_when,
    with_told,
    worth_telling,
)
from kztext.records import ClaimKind, ClaimRecord, Direction, Document, IndicatorRecord, Modality
from kztext.spans import Cue, Lang, Layout, PeriodKind
from kztext.text import Text
from kztext.voices import voices_of

QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}
WORD = regex.compile(r"\p{L}++")
DATED = (
    PeriodKind.DATE,
    PeriodKind.MONTH,
    PeriodKind.MONTHS,
    PeriodKind.YEAR,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
)
TODAY = ("shift", "window", "weekday")
DEICTIC = (*TODAY, "year_offset")
PART_OF, PART_OF_COMPARED = 0.45, 0.5  # how sure a claim is whose subject is a part of what it is filed under
SENTENCE_CLAIMS = 20  # claims that a sentence may make
REACH = 3  # sentences back that an unsaid period may come from
EVENT_WORDS = 3  # words that a clause has beyond which it may tell an event
GENERAL = ("revenue", "credit", "debt_burden")  # what a bare word is filed under whatever the text is about
CURRENCY = "exchange_rate"  # what rises and falls where a text speaks of its country's money
JOINED = 3  # fragments before a predicate that may hold its subject


def find_claims(
    document: Document,
    text: Text,
    found: Sequence[Found],
    records: Sequence[IndicatorRecord],
    packs: dict[Lang, Pack],
    catalogue: Catalogue,
    homes: Sequence[str],
) -> list[ClaimRecord]:
    """The claims of a document, in text order; `homes` hold for sentences that name no place."""
    maker = Maker(document, text, records, packs, catalogue)
    for number, (item, speaker) in enumerate(zip(found, voices_of(found, packs), strict=True)):
        maker.speaker, maker.number, maker.home = speaker, number, homes[number]
        maker.read(item)
    return maker.claims


class Maker:
    """Makes the claims of one document, remembering what was last spoken of and when."""

    def __init__(
        self,
        document: Document,
        text: Text,
        records: Sequence[IndicatorRecord],
        packs: dict[Lang, Pack],
        catalogue: Catalogue,
    ) -> None:
        self.document, self.text = document, text
        self.records = sorted(records, key=lambda r: r.start)
        self.packs, self.catalogue = packs, catalogue
        self.claims: list[ClaimRecord] = []
        self.last_indicator = ""
        self.speaker = ""
        self.home = ""  # what the sentence is about where it names no place
        self.number = 0
        self.period: tuple[str, str] = ("", "")  # the last period told as actual
        self.period_block, self.period_number = -1, -9

    def read(self, item: Found) -> None:
        """The claims of one sentence."""
        sentence = item.sentence
        start, end = self.text.to_original(sentence.start, sentence.end)
        inside = self.between(start, end)
        if inside or sentence.layout is not Layout.HEADING:
            definition = next(
                (c for c in item.cues if c.kind == "modality" and c.value == "definition"), None
            )
            defined = not inside and defines(item, self.packs[sentence.lang])
            if (definition is not None or defined) and item.indicators:
                self.define(item)
            else:
                if inside:
                    self.quantify(item, inside)
                if not self.tell(item) and not inside:
                    self.event(item)
        elif not self.tell(item) and self.number < (2 if self.document.doc_date else 1):
            self.news(item)
        strong = [m for m in item.indicators if "weak" not in m.flags] or list(item.indicators)
        named = [r.indicator for r in inside if r.indicator]
        if named or strong:
            self.last_indicator = named[-1] if named else strong[-1].indicator
        self.note_period(item, inside)

    def between(self, start: int, end: int) -> list[IndicatorRecord]:
        """The records between two offsets of the original, in text order."""
        low = bisect_left(self.records, start, key=lambda r: r.start)
        return self.records[low : bisect_left(self.records, end, lo=low, key=lambda r: r.start)]

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
            "geo": next((p.geo for p in item.places if start <= p.start < end and p.geo), self.home),
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
            record_ids=tuple(r.record_id for r in self.between(start, end)),
        )

    def tell(self, item: Found) -> int:
        """The trends and comparisons of a sentence told without a number; how many there are."""
        pack = self.packs[item.sentence.lang]
        item = with_told(item, pack)
        parts = [replace(part, counted=self.counted(part)) for part in clauses(item, pack)]
        made, told = 0, ""
        for i, clause in enumerate(parts):
            if clause.counted or is_unreal(item, clause, pack):
                told = ""
                continue
            predicate = predicate_of(clause, pack, item.sentence.text[: clause.start - item.sentence.start])
            if predicate is None:
                if says(clause, pack) and (
                    wording(pack).first_time.search(clause.text) or self.tells_itself(item, clause)
                ):
                    self.happened(item, clause)
                    made += 1
                continue
            said = reading_of(clause, predicate, pack)
            if item.sentence.layout is Layout.HEADING and "noun" in predicate.flags:
                continue
            if said is None:
                continue
            whole, subject = self.spoken_of(item, parts, i, predicate)
            indicator = subject.indicator
            if subject.back or not subject.named:
                spoken = told or self.spoken_before(item, clause)
                pointing = subject.back or (
                    said.kind is ClaimKind.COMPARISON and not is_attribute(clause, predicate, pack)
                )
                indicator = spoken if spoken is not None else self.last_indicator if pointing else ""
                if is_bare(whole, pack):
                    indicator = pack.table("claims")["bare_indicator"]
            indicator = self.general(item, whole, predicate, indicator) or indicator
            if not indicator and said.kind is ClaimKind.TREND and of_currency(whole, predicate, pack):
                indicator = CURRENCY
            if not indicator and not worth_telling(whole, predicate, subject, said, pack):
                continue
            first, last = self.period_of(item, whole)
            sure = said.confidence if indicator else round(said.confidence - 0.2, 2)
            if subject.part_of and not indicator:
                sure = PART_OF_COMPARED if said.kind is ClaimKind.COMPARISON else PART_OF
            self.add(
                item,
                said.kind,
                whole.start,
                whole.end,
                indicator=indicator or subject.part_of,
                direction=said.direction,
                period_start=first,
                period_end=last,
                modality=self.modality_of(item, whole),
                confidence=sure,
            )
            told = indicator
            made += 1
        return made

    def general(self, item: Found, clause: Clause, predicate: Cue, indicator: str) -> str:
        """What a general word means where the text has just spoken of another thing, or ""."""
        if indicator and indicator not in GENERAL:
            return ""
        pack = self.packs[item.sentence.lang]
        earlier = [m.indicator for m in item.indicators if m.end <= clause.start]
        context = [*reversed(earlier), self.last_indicator]
        said = clause.cut(clause.start, predicate.end)
        return next(
            (
                word.indicator
                for word in spoken_words(pack)
                if word.pattern.search(said)
                and (not word.after or any(c.startswith(word.after) for c in context))
            ),
            "",
        )

    def tells_itself(self, item: Found, clause: Clause) -> bool:
        """Whether a clause beside figures names a time of its own or a decision: "начато в 1927 году; …"."""
        start, end = self.text.to_original(item.sentence.start, item.sentence.end)
        decided = wording(self.packs[item.sentence.lang]).happens.search(clause.text) is not None
        dated = [p for p in clause.periods if p.kind in DATED and tells_when(p) and (p.first or p.last)]
        words = len(WORD.findall(clause.text))
        told = decided or (bool(dated) and words > EVENT_WORDS)
        return bool(self.between(start, end)) and told and not clause.counted

    def counted(self, clause: Clause) -> bool:
        """Whether a clause carries a record: its number says what there is to say."""
        start, end = self.text.to_original(clause.start, clause.end)
        return bool(self.between(start, end))

    def spoken_of(
        self, item: Found, parts: Sequence[Clause], i: int, predicate: Cue
    ) -> tuple[Clause, Subject]:
        """A clause with its subject, which may stand in a fragment before it ("она, увы, растёт")."""
        own, lang = parts[i], item.sentence.lang
        pack = self.packs[lang]
        subject = subject_of(own, predicate, lang, pack)
        if subject.named or (predicate.kind == "direction" and "noun" in predicate.flags):
            return own, subject
        for low in range(i - 1, max(-1, i - 1 - JOINED), -1):
            before = parts[low]
            telling = [c for c in before.of(*MOVES, *COMPARES, "level") if "noun" not in c.flags]
            if before.counted or telling or says(before, pack):
                break
            whole = stretch(item, before.start, own.end)
            found = subject_of(whole, predicate, lang, pack)
            if found.named or is_bare(whole, pack):
                return whole, found
        return own, subject

    def spoken_before(self, item: Found, clause: Clause) -> str | None:
        """What the sentence spoke of before a clause: its last record or mention; None if nothing."""
        start, end = self.text.to_original(item.sentence.start, clause.start)
        counted = self.between(start, end)
        if counted:
            return counted[-1].indicator
        earlier = [m for m in item.indicators if m.end <= clause.start and "oblique" not in m.flags]
        return earlier[-1].indicator if earlier else None

    def period_of(self, item: Found, clause: Clause) -> tuple[str, str]:
        """When: what the clause names, what its sentence named before, or what the text last spoke of."""
        own = [p for p in clause.periods if tells_when(p)]
        earlier = [p for p in item.periods if tells_when(p) and p.end <= clause.start]
        for period in [*reversed(own), *reversed(earlier)]:
            placed = period
            if not (period.first or period.last):
                anchor = next((p.first for p in reversed(earlier) if p.first), "")
                if not is_deictic(period, DEICTIC):
                    anchor = anchor or self.period[1]
                placed = (
                    resolve(period, anchor=anchor) if anchor and not is_deictic(period, TODAY) else period
                )
            if placed.first or placed.last:
                ahead = is_deictic(period, DEICTIC) and self.ahead(item, clause, placed.first)
                return ("", "") if ahead else (placed.first, placed.last)
        if own:
            return "", ""
        if wording(self.packs[item.sentence.lang]).now.search(clause.text):
            return "", ""
        near = self.period_block == item.sentence.block and self.number - self.period_number <= REACH
        if near and in_past(clause, self.packs[item.sentence.lang]):
            return ("", "") if self.ahead(item, clause, self.period[0]) else self.period
        return "", ""

    def ahead(self, item: Found, clause: Clause, first: str) -> bool:
        """Whether a period is still to come of which a clause tells as past: it cannot be that one."""
        written = self.document.doc_date
        return bool(written) and first > written and in_past(clause, self.packs[item.sentence.lang])

    def note_period(self, item: Found, inside: Sequence[IndicatorRecord]) -> None:
        """Remember when a sentence's numbers or its own words are placed."""
        start, end = self.text.to_original(item.sentence.start, item.sentence.end)
        told = [r for r in inside if r.modality is Modality.ACTUAL and r.period_start and r.period_end]
        if told:
            years = [r.period_end for r in told]
            latest = told[-1] if years == sorted(years) else told[0]
            self.period = (latest.period_start, latest.period_end)
        else:
            last = self.claims[-SENTENCE_CLAIMS:]
            told_of = [c for c in last if start <= c.start < end and c.modality is Modality.ACTUAL]
            named = [p for p in item.periods if tells_when(p) and p.first and p.last and p.kind in DATED]
            if not told_of or not named or named[-1].kind is PeriodKind.DATE:
                return
            whole = stretch(item, item.sentence.start, item.sentence.end)
            if told_of[-1].kind is ClaimKind.EVENT and not in_past(whole, self.packs[item.sentence.lang]):
                return
            self.period = (named[-1].first, named[-1].last)
        self.period_block, self.period_number = item.sentence.block, self.number

    def modality_of(self, item: Found, clause: Clause) -> Modality:
        """Planned or expected by a word of the clause, of the sentence, or by the form of the verb."""
        cue = clause.has("modality")
        if cue is None and not in_past(clause, self.packs[item.sentence.lang]):
            others = (c for c in item.cues if c.kind == "modality" and "attribute" not in c.flags)
            cue = next(others, None)
        if cue is not None:
            return Modality(cue.value)
        form = future(self.packs[item.sentence.lang])
        verbs = [clause.cut(c.start, c.end).lower() for c in clause.of("direction", "pace", "level")]
        if form is not None and any(form.search(verb) for verb in verbs):
            return Modality.FORECAST
        return Modality.ACTUAL

    def event(self, item: Found) -> None:
        """A dated sentence without number or trend: something happened or will."""
        if item.sentence.layout is not Layout.TEXT:
            return
        pack = self.packs[item.sentence.lang]
        whole = stretch(item, item.sentence.start, item.sentence.end)
        dated = any(
            (p.kind in DATED or "season" in p.flags)
            and tells_when(p)
            and (p.first or p.last or not is_deictic(p, TODAY))
            for p in item.periods
        )
        happens = wording(pack).happens.search(whole.text) is not None
        said = says(whole, pack) or happens or follows_dash(item)
        if not (dated or happens) or not said or is_unreal(item, whole, pack):
            return
        self.happened(item, whole)

    def happened(self, item: Found, whole: Clause) -> None:
        """Add the event that a clause or sentence tells."""
        first, last = self.period_of(item, whole)
        modality = self.modality_of(item, whole)
        ahead = bool(self.document.doc_date) and first > self.document.doc_date
        coming = not first and any(p.kind in DATED for p in whole.periods)
        if (
            modality is Modality.ACTUAL
            and (ahead or coming)
            and not in_past(whole, self.packs[item.sentence.lang])
        ):
            modality = Modality.PLAN
        self.add(
            item,
            ClaimKind.EVENT,
            whole.start,
            whole.end,
            period_start=first,
            period_end=last,
            modality=modality,
            confidence=0.7,
        )

    def news(self, item: Found) -> None:
        """The title of a dated text that says what happened: an event of its day."""
        pack = self.packs[item.sentence.lang]
        whole = stretch(item, item.sentence.start, item.sentence.end)
        last = (WORD.findall(whole.text.lower()) or [""])[-1]
        told = item.sentence.lang is not Lang.KK or wording(pack).past.search(last) is not None
        told = told and not is_unreal(item, whole, pack)
        if told and says(whole, pack) and in_past(whole, pack) and not whole.counted:
            day = self.document.doc_date
            self.add(
                item,
                ClaimKind.EVENT,
                whole.start,
                whole.end,
                period_start=day,
                period_end=day,
                confidence=0.6,
            )
