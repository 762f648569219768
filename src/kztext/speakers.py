"""Speakers: who says a sentence, as the text names them.

A sentence may name its speaker ("заявил Токаев", "министрдің айтуынша"), point back to one ("по его
словам"), or stand inside a quotation that is attributed where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from kztext.found import Found
from kztext.groups import kazakh_group
from kztext.lang.index import PhraseIndex
from kztext.lang.pack import Pack
from kztext.nouns import Role, lexicon, words_between
from kztext.spans import Cue, Lang, Sentence

PART = r"\p{Lu}[\p{Ll}\p{M}'’]++(?:-\p{Lu}?[\p{Ll}\p{M}'’]++)*+(?:\.kz)?"
NAME = regex.compile(rf"(?:\p{{Lu}}\.\s*)*{PART}(?:\s+(?:\p{{Lu}}\.\s*)*{PART})*+")
SHORT = regex.compile(r"(?<![\p{L}-])\p{Lu}{2,6}(?!\p{L})")  # "по данным МВФ", "БҰҰ-ның дерегінше"
BREAK = regex.compile(r"[;.!?]\s")
NEAR_AFTER, NEAR_BEFORE = 40, 60
FAR_AFTER = 90  # behind a closed quotation: "», – дейді қауымдастық төрағасы Нұрлан Оспанов"
BESIDE = 2
OFFICE_WORDS = 5  # between an office and the full name of who holds it
MARK = regex.compile(r"[,;.:«»–—]")
ENDING = 6  # a case ending and a space
CLOSED = r"(?:[»”\"]?\s?,|[!?…][»”\"]?)\s*[–—-]\s+"  # what parts speech from who says it: "», – ", "?» – "
LEADS = regex.compile(r":\s*[«“„\"]")
RECENT = 8  # sentences for which a person named stays the one that "he" means, whatever body speaks after
OPENS = regex.compile(r"\s*[–—-]\s")
TITLE = regex.compile(r"«[^»]*»")
FULL_NAME = regex.compile(
    r"(?:\p{Lu}\p{Ll}+|\p{Lu}\.)\s+\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:\s+\p{Lu}\p{Ll}+)?"
)
BETWEEN = regex.compile(r"\s(?:\p{Ll}[\p{L}-]++\s){1,4}")
LONGEST_SPEECH = 20  # sentences; a mark that nothing closes ends there
QUOTE = regex.compile(r'[«»„”"]')
SPEECH_WORDS = 4  # from here on quoted words are speech, not a title
QUOTED = regex.compile(r"[»”\"][,!?.…]?\s*[–—-]?\s*$")
INTERJECTED = regex.compile(r"«[^»]*[,!?….]\s*[–—-]\s*$")
AUTHOR_ENDS = regex.compile(r"[.,]\s*[–—-]\s")
KAZAKH_BEFORE = 180  # the verb of speech ends a Kazakh sentence, whatever stands between


@cache
def bodies_of(pack: Pack) -> PhraseIndex[str]:
    forms = [(form, "body") for form in pack.table("speakers")["bodies"]]
    return PhraseIndex(pack, forms, where=pack.source("speakers"))


def speakers_of(found: Sequence[Found], packs: dict[Lang, Pack]) -> list[str]:
    """The speaker of each sentence of a document as its own words and those around it name one."""
    names: dict[str, str] = {}  # "глава государства" -> the full name it was introduced with
    person, named = "", 0
    said: list[str] = []
    opened: int | None = None
    depth = 0
    for i, item in enumerate(found):
        pack = packs[item.sentence.lang]
        names |= introduced(item.sentence, pack)
        speaker = find_speaker(item.sentence, item.cues, pack)
        speaker = names.get(speaker.lower(), speaker)
        if refers_back(item.sentence, pack) and (person or names):
            last = list(names.values())[-1] if names else ""
            speaker = person if FULL_NAME.search(person) and i - named <= RECENT else last or person
        if refers_back(item.sentence, pack) and (not speaker or i - named > 1) and i:
            speaker = told_of(found[i - 1], item) or speaker
        if refers_back(item.sentence, pack):
            speaker = told_of(item, item, back_at(item.sentence, pack)) or speaker
        said.append(speaker)
        full = bool(speaker) and (FULL_NAME.search(speaker) or NAME.fullmatch(speaker)) is not None
        if speaker and (full or FULL_NAME.search(person) is None or i - named > RECENT):
            person, named = speaker, i
        elif not person and names:
            person = list(names.values())[-1]
        depth = quotation(item.sentence.text, depth)
        if depth and opened is None:
            opened = i
        if opened is not None and (not depth or i - opened > LONGEST_SPEECH):
            voice = speaker or next((name for name in said[opened:i] if name), "")
            if voice:
                said[opened : i + 1] = [name or voice for name in said[opened : i + 1]]
                said[opened:i] = [speaker] * (i - opened) if speaker else said[opened:i]
            opened, depth = None, 0
        if speaker and not depth and opened is None:
            for j in range(dashed_from(found, i, pack), i):
                said[j] = said[j] or speaker
    return said


def back_at(sentence: Sentence, pack: Pack) -> int:
    """Where a sentence points back to a speaker."""
    found = pack.compile(pack.table("speakers")["back"], where=pack.source("speakers")).search(sentence.text)
    return found.start() if found else len(sentence.text)


def told_of(before: Found, item: Found, end: int | None = None) -> str:
    """The one person whom a sentence names: "Урбанист Дана Сейітова бұған келіспейді. «…», – дейді ол"."""
    text = before.sentence.text[:end]
    names = [m for m in FULL_NAME.finditer(text) if not in_speech(text, m.start())]
    names = [m for m in names if NAME.fullmatch(m[0]) and not text[: m.start()].rstrip().endswith("«")]
    start = before.sentence.start
    near = before.sentence.block == item.sentence.block
    if len(names) != 1 or not near:
        return ""
    begin, end = start + names[0].start(), start + names[0].end()
    return "" if any(p.start < end and begin < p.end for p in before.places) else names[0][0]


def dashed_from(found: Sequence[Found], number: int, pack: Pack) -> int:
    """Where speech begins that a dash opens and this sentence attributes: "– Бәрі дайын. …, – деді әкім"."""
    text = found[number].sentence.text
    closed = pack.compile(rf"{CLOSED}(?:{pack.table('speakers')['behind']}|{pack.table('speakers')['said']})")
    block, start = found[number].sentence.block, number
    if closed.search(text) is None:
        return number
    while start and found[start - 1].sentence.block == block and not OPENS.match(found[start].sentence.text):
        start -= 1
    return start if OPENS.match(found[start].sentence.text) else number


def quotation(text: str, depth: int) -> int:
    """How many quotation marks are open behind a sentence; names inside speech have marks of their own."""
    for mark in QUOTE.findall(text):
        opens = mark in "«„" or (mark == '"' and not depth)
        depth = depth + 1 if opens else max(0, depth - 1)
    return depth


def introduced(sentence: Sentence, pack: Pack) -> dict[str, str]:
    """Offices that stand directly before a full name: {"глава государства": "Касым-Жомарт Токаев"}."""
    text = sentence.text
    found: dict[str, str] = {}
    for start, end, _ in bodies_of(pack).find(text):
        match = NAME.match(text, end + 1) if text[end : end + 1] == " " else None
        if match and " " in match[0]:
            found[text[start:end].lower()] = match[0]
    return found


def find_speaker(sentence: Sentence, cues: Sequence[Cue], pack: Pack) -> str:
    """The person, office or body that a sentence attributes its words to; "" if it names none."""
    speech = [c for c in cues if c.kind == "speech" or "speech" in c.flags]
    speech += told_by_form(sentence, speech, pack)
    text = sentence.text
    lead = LEADS.search(text)
    if not speech and lead is None:
        return ""
    bodies = [(a, b) for a, b, _ in bodies_of(pack).find(text)]
    opens = len(text) - len(text.lstrip("–—-•« "))  # a capital letter there tells no name
    names = [(m.start(), m.end()) for m in NAME.finditer(text) if m.start() > opens or " " in m[0]]
    names = [n for name in names if (n := beyond(text, name, bodies)) is not None]
    short = [(m.start(), m.end()) for m in SHORT.finditer(text)]
    titles = [m.span() for m in TITLE.finditer(text) if len(m[0].split()) < SPEECH_WORDS]
    free = [b for b in bodies if not any(a < b[0] < z for a, z in titles)]
    bodies = free if free else bodies
    inside = pack.compile(rf"\s(?:{pack.table('speakers')['inside']})\s$", where=pack.source("speakers"))
    helping = pack.compile(rf"\b(?:{pack.table('speakers')['beside']})\s$", where=pack.source("speakers"))
    outside = [s for s in bodies + names if not in_speech(text, s[0]) and not helping.search(text[: s[0]])]
    for cue in speech:
        begin, end = cue.start - sentence.start, cue.end - sentence.start
        who = outside
        if INTERJECTED.search(text[:begin]):  # "«…, – сообщил вице-министр. – …»": the author's words
            stop = AUTHOR_ENDS.search(text, end)
            who = [s for s in bodies + names if end <= s[0] < (stop.start() if stop else len(text))]
        far = FAR_AFTER if QUOTED.search(text[:begin]) else NEAR_AFTER
        ahead = [s for s in who if 0 <= s[0] - end <= far and not regex.search(r"[,;.:]", text[end : s[0]])]
        ahead = [s for s in ahead if not inside.search(text[end : s[0]])]  # "сообщил в правительстве министр"
        reach = KAZAKH_BEFORE if sentence.lang is Lang.KK and cue.value != "according" else NEAR_BEFORE
        behind = [s for s in who if 0 <= begin - s[1] <= reach and not BREAK.search(text[s[1] : begin])]
        told = cue.value == "according" or cue.kind == "modality"
        if told and not ahead and not behind:  # a body told by its letters alone
            ahead = [s for s in short if 0 <= s[0] - end <= BESIDE]
            behind = [s for s in short if 0 <= begin - s[1] <= ENDING]
        if cue.value == "according" and not ahead and not behind:
            ahead, behind = source_of(sentence, cue, pack)
        first = min(ahead, key=lambda s: s[0], default=None)
        last = max(behind, key=lambda s: s[1], default=None)
        beside = first is not None and (first[0] - end <= BESIDE or far == FAR_AFTER)
        if sentence.lang is Lang.KK:
            pick = first if beside and cue.value != "according" else last or first
        else:
            pick = first if cue.value == "according" else first or last
        if pick is not None:
            if pick[0] >= end and sentence.lang is Lang.KK:  # "деді [вице-министр Дана Сейітова]"
                begins = whole_office(sentence, end, pick, pack)[0] if pick in bodies else pick[0]
                ends = said_out(text, pick, ahead, bodies, pack)
                return plain(text[begins : aged_name(text, ends, pack)], sentence.lang, pack)
            if pick in bodies and sentence.lang is Lang.KK:
                pick = whole_office(sentence, end if end <= pick[0] else 0, pick, pack)
            if end < pick[0] and BETWEEN.fullmatch(text, end, pick[0]) and cue.value != "according":
                pick = end + 1, pick[1]  # "сообщила [зампред] Нацбанка"
            return plain(with_name(text, pick, names), sentence.lang, pack)
    if lead is not None and len(text[lead.end() :].split()) >= SPEECH_WORDS:
        before = [s for s in bodies + names if s[1] <= lead.start() and not in_speech(text, s[0])]
        full = [s for s in before if FULL_NAME.fullmatch(text[s[0] : s[1]])]
        if full or (before and before[-1] in bodies):
            return plain(with_name(text, (full or before)[-1], names), sentence.lang, pack)
    return ""


def beyond(text: str, name: tuple[int, int], bodies: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """A name without the body before it ("директор [Нацбанка] Анна Ким"); None where it is the body."""
    ends = [b for a, b in bodies if a <= name[0] < b]
    if not ends:
        return name
    rest = FULL_NAME.match(text, max(ends) + 1) if max(ends) < name[1] else None
    return rest.span() if rest is not None else None


def source_of(
    sentence: Sentence, cue: Cue, pack: Pack
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Whose words they are, behind "по словам" or before "айтуынша", where no body or name is known."""
    text, begin, end = sentence.text, cue.start - sentence.start, cue.end - sentence.start
    forms = pack.table("speakers")
    found = pack.compile(forms["source"], where=pack.source("speakers")).search(
        text[:begin] if sentence.lang is Lang.KK else text, 0 if sentence.lang is Lang.KK else end
    )
    if found is None or pack.compile(forms["no_source"]).search(found["who"]):
        return [], []
    span = [(found.start("who"), found.end("who"))]
    return ([], span) if sentence.lang is Lang.KK else (span, [])


def told_by_form(sentence: Sentence, speech: Sequence[Cue], pack: Pack) -> list[Cue]:
    """Verbs that are of speech by where they stand, behind it and a dash: "…», – жалуется продавец"."""
    form = pack.compile(rf"{CLOSED}(?P<verb>{pack.table('speakers')['behind']})(?!\p{{L}})")
    found = [(m.start("verb"), m.end("verb")) for m in form.finditer(sentence.text)]
    taken = [(c.start - sentence.start, c.end - sentence.start) for c in speech]
    return [
        Cue(start=sentence.start + a, end=sentence.start + b, kind="speech", value="said")
        for a, b in found
        if not any(a < end and start < b for start, end in taken)
    ]


def said_out(
    text: str,
    pick: tuple[int, int],
    ahead: Sequence[tuple[int, int]],
    bodies: Sequence[tuple[int, int]],
    pack: Pack,
) -> int:
    """Where an office behind the verb of speech ends ("деді [әкімнің орынбасары Дана Сейітова]")."""
    genitive = pack.compile(rf"{pack.table('endings')['cases']['gen']}$", where=pack.source("endings"))
    end, unfinished = pick[1], pick not in bodies and " " not in text[pick[0] : pick[1]]
    for start, stop in sorted(ahead):
        if start <= pick[0] or MARK.search(text[end:start]):
            continue
        body = (start, stop) in bodies
        owned = unfinished or genitive.search(text[pick[0] : end]) is not None
        if not (start - end <= 1 or (body and owned)):  # "Ұлттық банк төрағасының орынбасары Әлия …"
            break
        end, unfinished = stop, False
    return end


def aged_name(text: str, end: int, pack: Pack) -> int:
    """Where a speaker ends whose age stands before the name ("директоры, 47 жастағы [Ержан Оспанов]")."""
    aged = pack.compile(rf",?\s(?:{pack.table('speakers')['aged']}),?\s", where=pack.source("speakers"))
    found = aged.match(text, end)
    name = FULL_NAME.match(text, found.end()) if found is not None else None
    return name.end() if name is not None else end


def whole_office(sentence: Sentence, begin: int, pick: tuple[int, int], pack: Pack) -> tuple[int, int]:
    """A body or office with the words before it that say whose it is ("[облыс] әкімінің [орынбасары]")."""
    shift = sentence.start
    words = words_between(sentence, begin + shift, pick[1] + shift, (), (), pack)
    last = len(words) - 1
    if last < 0 or words[last].role is not Role.NOUN:
        return pick
    group = kazakh_group(words, last, pack)
    while group and group[0].text.lower() in lexicon(pack).hinges:
        group = group[1:]
    return (min(group[0].start - shift, pick[0]), pick[1]) if group else pick


def plain(name: str, lang: Lang, pack: Pack, cases: Sequence[str] = ("gen",)) -> str:
    """A speaker as named, in Kazakh without the genitive of his words ("төрағаның айтуынша": төраға)."""
    if lang is not Lang.KK:
        return name
    forms = "|".join(pack.table("endings")["cases"][case] for case in cases)
    return pack.compile(rf"(?<=\p{{L}}{{3}})(?:{forms})$", where=pack.source("endings")).sub("", name)


def in_speech(text: str, at: int) -> bool:
    """Whether a place stands in quoted speech of several words; the quoted do not name themselves there."""
    begin, before = text.rfind("«", 0, at), text.rfind("»", 0, at)
    end, after = text.find("»", at), text.find("«", at)
    inside = begin > before or (end >= 0 and (after < 0 or end < after))
    said = text[max(begin, 0) : end if end >= 0 else len(text)]
    return inside and len(said.split()) >= SPEECH_WORDS


def with_name(text: str, pick: tuple[int, int], names: Sequence[tuple[int, int]]) -> str:
    """The speaker with the name that stands after the office ("министр транспорта Ерлан Сулейменов")."""
    for start, end in names:
        between = TITLE.sub("", text[pick[1] : start])
        of_office = len(between.split()) <= OFFICE_WORDS and not MARK.search(between)
        of_office = of_office and " " in text[start:end]
        if 0 < start - pick[1] <= 1 or (start > pick[1] and of_office):
            return text[pick[0] : end]
    return text[pick[0] : pick[1]]


def refers_back(sentence: Sentence, pack: Pack) -> bool:
    """Whether the sentence speaks for somebody named before ("по его словам", "оның айтуынша")."""
    pattern = pack.compile(pack.table("speakers")["back"], where=pack.source("speakers"))
    return pattern.search(sentence.text) is not None
