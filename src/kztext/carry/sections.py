"""What heads the sentences of a document: lines of date and news, headings, the words before a colon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kztext.carry.anchors import follows_text, span_name
from kztext.carry.context import Context, new_item, of_plan, of_sending
from kztext.carry.facets import of_product
from kztext.carry.focus import as_listed
from kztext.carry.lists import as_above, as_last, under_heading
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.headings import Heading, parted, read_heading, within
from kztext.lang.pack import Pack
from kztext.nouns import Role, words_between
from kztext.periods import resolve
from kztext.reading import Reading, said_of
from kztext.records import Modality
from kztext.segment import DATE_HEAD
from kztext.spans import Layout, Period
from kztext.tables import read_columns

COLON = regex.compile(r":(?=\s)")
DATED = 4  # words of a line that holds the date of a document alone


def enter(context: Context, item: Found, number: int, pack: Pack, *, in_table: bool) -> None:
    """What a sentence opens for those below it: an item of news, a section, the columns of a table."""
    layout = item.sentence.layout
    if layout is Layout.DATELINE and context.sent:
        new_item(context, item, number)
    if layout is Layout.HEADING and not DATE_HEAD.fullmatch(item.sentence.text):
        context.heading = whole_heading(item, pack)
        period = section_period(context.heading, context) if number else None
        if period is not None and not of_sending(period, context):
            context.section = period
        context.columns, context.unit = [], ""
    if layout is Layout.ROW and not in_table:
        context.columns = read_columns(item, pack)
        context.columns_sentence = number if context.columns else -1


def head_of_list(readings: Sequence[Reading], item: Found, context: Context, pack: Pack) -> Heading | None:
    """What heads the figures of a sentence: the heading above its list, the words before its own colon."""
    sentence = item.sentence
    listed = sentence.layout in (Layout.ITEM, Layout.ROW)
    above = context.heading if listed else None
    colon = COLON.search(sentence.text)
    if colon is None or colon.start() + sentence.start >= item.quantities[-1].start:
        return above
    end = sentence.start + colon.start()
    told = any(c.kind in ("level", "pace", "stable") or "verb" in c.flags for c in item.cues if c.end <= end)
    if told or any(q.end <= end for q in item.quantities):
        return above
    own = whole_heading(item, pack, end)
    if above is not None and only_dates(own):
        return replace(above, period=own.period or above.period)  # "• 2019: 19,9"
    named = own.mention is not None or bool(own.unit) or not any(r.has_subject for r in readings)
    lead = words_between(sentence, sentence.start, end, (), item.periods, pack)
    named = named and (own.period is not None or any(w.role is Role.NOUN for w in lead))  # "Напомню: …"
    return within(own, above) if named else above


def headed_by(
    readings: Sequence[Reading],
    heading: Heading | None,
    context: Context,
    number: int,
    pack: Pack,
    catalogue: Catalogue,
) -> list[Reading]:
    """The readings of a sentence with what heads them."""
    done = list(readings)
    if heading is not None:
        above = heading.sentence.text
        done = [
            under_heading(as_above(r, context, number), heading, context, catalogue) for r in as_last(done)
        ]
        done = [as_listed(r, said_of(r), above, context.focus, pack, catalogue) for r in done]
    if done and (heading is not None or COLON.search(done[0].sentence.text) is not None):
        above = (heading or done[0]).sentence.text.partition(":")[0]
        done = [of_product(r, said_of(r), above, pack, catalogue) for r in done]
    return done


def whole_heading(item: Found, pack: Pack, end: int | None = None) -> Heading:
    """A heading line, or the words before a colon, as context."""
    sentence = item.sentence
    first_since = pack.compile(pack.table("changes")["first_since"])
    periods = [
        p for p in item.periods if not first_since.search(sentence.text[: p.start - sentence.start].lower())
    ]
    read = (item.cues, item.indicators, periods, item.places, pack)
    return parted(read_heading(sentence, end or sentence.end, *read), end or sentence.end, *read)


def only_dates(heading: Heading) -> bool:
    """Whether the words before a colon are a period and no more: "2019", "2021 жыл"."""
    if heading.mention is not None or heading.unit or heading.period is None:
        return False
    start, end = heading.subject
    return (heading.period.start <= start and end <= heading.period.end) or start == end


def section_period(heading: Heading, context: Context) -> Period | None:
    """The one period that a heading puts over the text below it ("Второе полугодие", "2024 жыл")."""
    if len(heading.periods) != 1 and not (heading.placed and not heading.periods):
        return None
    period = heading.periods[0] if heading.periods else heading.placed
    if period is not None and not (period.first or period.last):
        spoken = span_name(context.anchor) if context.anchor is not None else ""
        written = context.written if not follows_text(period) else ""  # "Биылғы жоспар"
        period = resolve(period, anchor=written or spoken)
    if period is None or not period.first or period.is_day or of_plan(period, context):
        return None
    if heading.modality is Modality.PLAN and period.first[:4] != period.last[:4]:
        return None  # "О ходе выполнения Плана развития на 2025–2027 годы": the figures are no aims
    if "" < context.doc_date[:4] < period.last[:4]:
        return None  # "О ходе выполнения плана на 2025–2027 годы", written in 2025
    return None if heading.sentence.text.rstrip().endswith(":") else period


def days_sent(found: Sequence[Found]) -> frozenset[str]:
    """The days on which the items of a text of several were sent, by their datelines."""
    lines = [item for item in found if item.sentence.layout is Layout.DATELINE]
    days = (p.first for item in lines for p in item.periods if p.is_day)
    return frozenset(days) if len(lines) > 1 else frozenset()


def lines_of_date(found: Sequence[Found]) -> int:
    """How many lines of a document stand above its title and hold its date alone."""
    if not found or found[0].quantities or len(found[0].sentence.text.split()) > DATED:
        return 0
    return int(any(p.is_day for p in found[0].periods))


def latest_year(found: Sequence[Found]) -> str:
    """The last year that a document names, plans and forecasts aside; "" if it names none."""
    told = [item for item in found if not any(c.kind == "modality" for c in item.cues)]
    years = [p.last[:4] for item in told for p in item.periods if p.last[:4].isdigit()]
    return max(years, default="")
