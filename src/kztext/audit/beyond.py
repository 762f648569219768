"""What cannot be: a day that its month does not have, 107 of each hundred, 104 % of houses."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from kztext.audit.dossier import Dossier
from kztext.audit.draft import Draft
from kztext.audit.facts import Fact
from kztext.audit.rooms import told
from kztext.audit.shown import value_text
from kztext.audit.words import LANGUAGES, says
from kztext.intervals import HUNDRED
from kztext.lang.pack import load_pack
from kztext.records import ClaimRecord, Measure, Severity

_QUOTED = regex.compile(r"«[^»\d]{0,20}\d\d [^»]{0,12}»")  # the title of a film
_LEAP = 2024  # a year whose February has all the days it can have
_MOST = 150  # percent of things that may be a slip


@lru_cache(maxsize=8)
def _days(lang: str) -> tuple[regex.Pattern[str], tuple[int, ...]]:
    """A day with the name of its month, and the month of each group of the pattern."""
    table: dict[str, Any] = load_pack(lang).table("periods")["stems"]["month_name"]
    words = "|".join(f"(?P<m{i}>{stem})" for i, stem in enumerate(table))
    pattern = regex.compile(rf"(?<![\d.,–-])(?P<day>\d\d) (?:{words})\p{{L}}*", regex.IGNORECASE)
    return pattern, tuple(table.values())


def impossible_day(text: str, lang: str) -> str:
    """The first date of a text that no calendar has; empty where there is none.

    >>> impossible_day("на 31 сентября 2024 года", "ru"), impossible_day("на 30 сентября 2024 года", "ru")
    ('31 сентября', '')
    """
    pattern, months = _days(lang if lang in LANGUAGES else "ru")
    for match in pattern.finditer(_QUOTED.sub(" ", " ".join(text.split()))):
        month = next(months[i] for i in range(len(months)) if match[f"m{i}"])
        if monthrange(_LEAP, month)[1] < int(match["day"]) <= 31:
            return str(match[0])
    return ""


def impossible_days(doc: Dossier) -> Iterator[Draft]:
    """A day that its month does not have: "31 сентября", "30 ақпан"."""
    found: set[str] = set()
    said: list[tuple[str, str, Fact | ClaimRecord]] = [(c.quote, c.lang, c) for c in doc.claims]
    said += [(f.record.sentence, f.record.lang, f) for f in doc.everything]
    for text, lang, whose in said:
        day = impossible_day(text, lang)
        if day and day not in found:
            found.add(day)
            yield Draft(
                rule="period",
                message="period_impossible",
                severity=Severity.ERROR,
                facts=(whose,) if isinstance(whose, Fact) else (),
                claims=() if isinstance(whose, Fact) else (whose,),
                found=day,
                computation=day,
            )


def more_than_all(doc: Dossier) -> Iterator[Draft]:
    """More than a hundred of each hundred, or over 100 % of things that are counted, whatever they do."""
    for room in told(doc):
        for i, figure in enumerate(room):
            fact = figure.fact
            if _over_percent(fact):
                yield _draft((fact,), fact)
            if i and fact.record.unit == "count" and figure.room == room[i - 1].room:
                whole = room[i - 1]
                of = whole.says("of_each") and whole.fact.record.value == HUNDRED
                if of and HUNDRED < fact.record.value < HUNDRED * 2:
                    yield _draft((whole.fact, fact), fact)


def _over_percent(fact: Fact) -> bool:
    """Whether a share of things that are counted is more than all of them."""
    r = fact.record
    share = r.measure == Measure.SHARE and r.unit == "percent" and fact.is_exact and not r.direction
    if not share or not HUNDRED < r.value < _MOST or "comparison" in r.flags:
        return False
    return says("countable", r.share_of, r.lang) and not says("against", r.sentence, r.lang)


def _draft(facts: tuple[Fact, ...], about: Fact) -> Draft:
    limit = "≤ 100" + ("%" if about.record.unit == "percent" else "")
    return Draft(
        rule="impossible_value",
        severity=Severity.ERROR,
        facts=facts,
        about=about,
        expected=limit,
        found=value_text(about),
        computation=f"{value_text(about)} > {limit[2:]}",
    )
