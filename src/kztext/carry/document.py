"""A whole document, sentence by sentence, each with what was said before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kztext.carry.branches import read_branches
from kztext.carry.comparisons import set_beside
from kztext.carry.context import Context, note, plan_from
from kztext.carry.doubted import believed
from kztext.carry.facets import note_product
from kztext.carry.fellows import with_fellows
from kztext.carry.figures import figures
from kztext.carry.focus import read_focus
from kztext.carry.lists import note_scale
from kztext.carry.places import at_home, note_place
from kztext.carry.reported import year_over
from kztext.carry.sections import days_sent, enter, latest_year, lines_of_date
from kztext.carry.sentence import read_sentence
from kztext.carry.stretches import looks_back, note_stretch
from kztext.catalogue import Catalogue
from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.reading import Reading
from kztext.spans import KAZAKHSTAN, Lang, Layout
from kztext.voices import dialogue, voices_of


def read_document(
    found: Sequence[Found],
    packs: dict[Lang, Pack],
    catalogue: Catalogue,
    *,
    country: str,
    homes: Sequence[str],
    doc_date: str = "",
) -> list[Reading]:
    """The readings of a whole document, in text order.

    `country` (or region) is what it is about, `homes` says the same of each sentence.
    """
    context = Context(
        doc_date=doc_date,
        planned=plan_from(found, doc_date),
        latest=latest_year(found),
        begun=lines_of_date(found),
        sent=days_sent(found),
        focus=read_focus(found, packs),
        branches=read_branches(found),
        country=KAZAKHSTAN if country.startswith("KZ-") else country,
    )
    if (over := year_over(found, doc_date, packs)) is not None:
        context.opening, context.entitled = over, True
    speakers = voices_of(found, packs)
    talk = set[int]().union(*dialogue(found, packs))
    readings: list[Reading] = []
    previous: Found | None = None
    counted, at = None, 0  # the last sentence with figures
    for number, item in enumerate(figures(item) for item in found):
        pack = packs[item.sentence.lang]
        near = counted if number - at <= 1 + (number in talk) else None
        item = with_fellows(item, near, pack, spoken=number in talk)
        if item.quantities:
            counted, at = item, number
        if number in talk and item.sentence.layout is Layout.ITEM:  # no item of a list under a heading
            item = replace(item, sentence=replace(item.sentence, layout=Layout.TEXT))
        in_table = previous is not None and previous.sentence.layout is Layout.ROW
        enter(context, item, number, pack, in_table=in_table)
        previous = item
        made = [
            replace(
                at_home(reading, item, homes[number], country), speaker=reading.speaker or speakers[number]
            )
            for reading in read_sentence(item, context, number, pack, catalogue)
        ]
        readings += made
        remember(context, item, made, number, pack)
    return believed(readings, len(found), catalogue)


def remember(context: Context, item: Found, made: list[Reading], number: int, pack: Pack) -> None:
    """Note what a sentence said for those after it."""
    back = [reading for reading in made if looks_back(reading, context, pack)]
    then = {reading.period.first for reading in back if reading.period is not None}
    back = [r for r in made if r in back or (r.period is not None and r.period.first in then)]
    beside = [reading for reading in set_beside(made, item) if reading not in back]
    note(context, item, made, number, pack, back=[*back, *beside])
    note_stretch(context, item, made, back)
    note_scale(context, made, item, number)
    note_place(context, item, made, pack)
    note_product(context, made, item, number, pack)
