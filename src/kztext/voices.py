"""Whose voice a text speaks in: the turns of a dialogue and the one who holds a speech.

A turn is opened by a dash ("– Сколько собрали?") or by a label ("Ведущая: …", "Е. М.: …"); who answers is
named by the label or by the head of the text. A speech has one voice: its title names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from kztext.found import Found
from kztext.lang.pack import Pack
from kztext.spans import Lang, Layout, Sentence
from kztext.speakers import FULL_NAME, NAME, bodies_of, plain, speakers_of, whole_office, with_name

DIALOGUE = regex.compile(r"[–—-]\s*[\p{L}\d]")
LABEL = regex.compile(r"(?P<who>\p{Lu}(?:\.|[\p{L}’'-]*+)(?:\s?\p{L}(?:\.|[\p{L}’'-]++)){0,3})\s?:\s")
INITIALS = regex.compile(r"(?:\p{Lu}\.\s?){1,3}|\p{Lu}{2}")
INTRODUCTION = 8  # sentences in which an interview names whom it asks
OPENING = 6  # sentences in which a speech says who holds it
TITLE = 160  # characters of a line that names who speaks
QUESTIONS = 3  # lines of an interview without dashes
TURNS = 2  # labelled turns that make a dialogue


@dataclass(frozen=True, slots=True)
class Turn:
    """The sentences of one voice; `label` as the text has it, "" behind a dash."""

    sentences: range
    label: str = ""
    asks: bool = False


def voices_of(found: Sequence[Found], packs: dict[Lang, Pack]) -> list[str]:
    """The speaker of each sentence of a document; "" where the narrator speaks."""
    said = speakers_of(found, packs)
    spoken = turns(found, packs)
    if not spoken:
        start, voice = speech(found, packs)
        return [voice if i >= start and not name else name for i, name in enumerate(said)] if voice else said
    host = interviewed(found, packs)
    voice = host
    for turn in spoken:
        named = named_in_full(turn.label, found, packs, host) if turn.label else ""
        if turn.asks:
            voice = voice or host
        elif turn.label:
            voice = named
        who = named if turn.label else "" if turn.asks else voice
        for i in turn.sentences:
            said[i] = who or said[i]
    return said


def dialogue(found: Sequence[Found], packs: dict[Lang, Pack]) -> tuple[set[int], set[int]]:
    """The sentences that ask and those that answer in a dialogue; none where the text is none."""
    asking: set[int] = set()
    answers: set[int] = set()
    for turn in turns(found, packs):
        (asking if turn.asks else answers).update(turn.sentences)
    return asking, answers


# --- turns


def turns(found: Sequence[Found], packs: dict[Lang, Pack]) -> list[Turn]:
    """The turns of a dialogue, each up to the next one or a heading; none where the text is none.

    A turn behind an answer asks too where it is one sentence without a figure: "– Жалақы жайын айтсаңыз."
    """
    labels = labels_of(found, packs)
    starts = [i for i, item in enumerate(found) if i in labels or DIALOGUE.match(item.sentence.text.strip())]
    if len(starts) < TURNS:
        return unmarked(found, packs)
    ends = [i for i, item in enumerate(found) if item.sentence.layout is Layout.HEADING and i not in labels]
    marks = sorted({*starts, *ends, len(found)})
    made: list[Turn] = []
    questions, asked, replied = 0, False, False
    for start in starts:
        sentences = range(start, next(mark for mark in marks if mark > start))
        label = labels.get(start, "")
        ask = is_question(sentences, found)
        questions += ask or bool(label)
        if label:
            ask = is_asker(label, found[start].sentence, packs)
        else:
            ask = ask or (replied and len(sentences) == 1 and not found[start].quantities)
        if ask or label or asked or replied:
            made.append(Turn(sentences, label, ask))
        asked, replied = ask, not ask and (asked or replied or bool(label))
    return made if questions > 1 else []


def unmarked(found: Sequence[Found], packs: dict[Lang, Pack]) -> list[Turn]:
    """The turns of an interview whose questions stand in lines of their own; its head says that it is one."""
    head = [(item.sentence.text, packs[item.sentence.lang]) for item in found[:INTRODUCTION]]
    if not any(pack.compile(pack.table("speakers")["interview"]).search(text) for text, pack in head):
        return []
    sizes = Counter(item.sentence.block for item in found)
    texts = [item.sentence.text.rstrip() for item in found]
    asking = [i for i, item in enumerate(found) if texts[i].endswith("?") and sizes[item.sentence.block] == 1]
    if len(asking) < QUESTIONS:
        return []
    ends = [*asking[1:], len(found)]
    made = [Turn(range(i, i + 1), asks=True) for i in asking]
    made += [Turn(range(i + 1, end)) for i, end in zip(asking, ends, strict=True) if i + 1 < end]
    return sorted(made, key=lambda turn: turn.sentences.start)


def is_question(turn: range, found: Sequence[Found]) -> bool:
    """Whether a turn of an interview asks: by its last mark, in its first line ("…ше?")."""
    block = found[turn.start].sentence.block
    said = [found[i].sentence.text.rstrip() for i in turn if found[i].sentence.block == block]
    return said[-1].endswith("?")


def labels_of(found: Sequence[Found], packs: dict[Lang, Pack]) -> dict[int, str]:
    """The sentences that a label of who speaks opens; none where fewer than two do."""
    people = [match[0] for item in found[:INTRODUCTION] for match in FULL_NAME.finditer(item.sentence.text)]
    labels = {}
    for i, item in enumerate(found):
        match = LABEL.match(item.sentence.text)
        if match is not None and is_voice(match["who"], item.sentence, people, packs):
            labels[i] = match["who"]
    return labels if len(labels) >= TURNS else {}


def is_voice(label: str, sentence: Sentence, people: Sequence[str], packs: dict[Lang, Pack]) -> bool:
    """Whether the words before a colon are somebody who speaks: a role, initials, a name of the head."""
    pack = packs[sentence.lang]
    table, where = pack.table("speakers"), pack.source("speakers")
    if INITIALS.fullmatch(label.strip()) and "." in label:
        return True
    if any(pack.compile(rf"(?:{table[key]})", where=where).fullmatch(label) for key in ("asker", "answerer")):
        return True
    full = FULL_NAME.fullmatch(label) is not None
    return full or any(label in person.split() for person in people)


def is_asker(label: str, sentence: Sentence, packs: dict[Lang, Pack]) -> bool:
    """Whether the label is one of who asks ("Ведущая", "Вопрос", "Тілші")."""
    pack = packs[sentence.lang]
    form = pack.compile(rf"(?:{pack.table('speakers')['asker']})", where=pack.source("speakers"))
    return form.fullmatch(label) is not None


# --- names


def named_in_full(label: str, found: Sequence[Found], packs: dict[Lang, Pack], host: str) -> str:
    """Who a label means: the full name of the head with these initials or this surname, else the label.

    "Вопрос" and "Ответ" name nobody: who answers is the one who is asked.
    """
    pack = packs[found[0].sentence.lang]
    nobody = pack.compile(pack.table("speakers")["nobody"], where=pack.source("speakers"))
    if nobody.fullmatch(label):
        return "" if is_asker(label, found[0].sentence, packs) else host
    for item in found[:INTRODUCTION]:
        for match in FULL_NAME.finditer(item.sentence.text):
            parts = match[0].split()
            if label in parts or initials(parts) == initials(label.replace(".", " ").split()):
                return plain(match[0], item.sentence.lang, packs[item.sentence.lang], cases=("gen", "ins"))
    return label


def initials(parts: Sequence[str]) -> str:
    return "".join(part[0] for part in parts) if len(parts) > 1 else "".join(parts)


def interviewed(found: Sequence[Found], packs: dict[Lang, Pack]) -> str:
    """Whom an interview asks: the full name that stands in its head."""
    for item in found[:INTRODUCTION]:
        if DIALOGUE.match(item.sentence.text):
            break
        start = item.sentence.start
        for match in NAME.finditer(item.sentence.text):
            placed = any(p.start < start + match.end() and start + match.start() < p.end for p in item.places)
            if FULL_NAME.fullmatch(match[0]) and not placed:
                return plain(match[0], item.sentence.lang, packs[item.sentence.lang], cases=("gen", "ins"))
    return ""


# --- speeches


def speech(found: Sequence[Found], packs: dict[Lang, Pack]) -> tuple[int, str]:
    """Where a speech begins and who holds it, by its title and the words by which it turns to its hearers.

    "Докладывает министр труда Ерлан Сагынов (стенограмма) … Уважаемые депутаты!"
    """
    voice, named = "", 0
    for i, item in enumerate(found[:OPENING]):
        sentence, pack = item.sentence, packs[item.sentence.lang]
        table, where = pack.table("speakers"), pack.source("speakers")
        if voice and pack.compile(table["address"], where=where).match(sentence.text):
            return named + 1, voice
        held = pack.compile(table["held"], where=where).search(sentence.text)
        if held is not None and not item.quantities and len(sentence.text) <= TITLE and not voice:
            voice, named = holder(item, pack), i
            if voice and pack.compile(table["verbatim"], where=where).search(sentence.text):
                return i + 1, voice
    return 0, ""


def holder(item: Found, pack: Pack) -> str:
    """The office or the person whom the title of a speech names."""
    text = item.sentence.text
    names = [m.span() for m in FULL_NAME.finditer(text) if NAME.fullmatch(m[0])]
    bodies = [(start, end) for start, end, _ in bodies_of(pack).find(text)]
    if not bodies:
        return plain(text[slice(*names[0])], item.sentence.lang, pack) if names else ""
    pick = bodies[-1]
    if item.sentence.lang is Lang.KK:
        pick = whole_office(item.sentence, 0, pick, pack)
    return plain(with_name(text, pick, names), item.sentence.lang, pack)
