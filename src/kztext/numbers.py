"""Numbers: digits and number words with their values, typed as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from kztext.grammar import (
    NUMERIC,
    OVER,
    SINGLE,
    SUMMED,
    ZERO,
    Numeral,
    Row,
    add_up,
    as_decimal,
    as_fraction,
    as_part,
    as_zeros,
    scaled,
    take_digit_ending,
)
from kztext.lang.pack import Pack
from kztext.lexing import Item, lex, read_roman
from kztext.numerals import NO_ENDING, Role, lexicon
from kztext.spans import Number, NumberKind, Sentence
from kztext.unitwords import unit_words

WORDS = regex.compile(r"\p{L}++")
CANDIDATE = regex.compile(r"[\dIVXІХ]")
YEARS = (1800, 2100)
OLDEST = 150  # nobody is older
HOURS, MINUTES = 24, 59
MINUS = "-−"
SIGNS = "–+"  # that are signs only where a number cannot stand in a range or a list
SHARES = frozenset("%‰°")  # signs that make a number an amount
NAME_WORDS = 3  # that the name of a street may have
JOINED_LABELS = 8  # how many numbers one label word may have: "статьи 1, 2 и 7"
ROUND = (3, 4, 5, 10, 100)  # wholes that a part is told of in words
LONGEST_AMOUNT = 15  # digits; longer ungrouped numbers are codes


def find_numbers(sentence: Sentence, pack: Pack) -> list[Number]:
    """Find the numbers of a sentence, in text order: digits and number words, typed as what they are.

    Phones, codes, clock times, scores, labels and dates in digits are found too, so that no quantity is made
    of them; a date in digits is a `CODE` of rule `date`. A word for one that means "a" has the flag
    `article`.
    """
    text = sentence.text
    words = lexicon(pack)
    if not CANDIDATE.search(text) and words.words.keys().isdisjoint(WORDS.findall(text.lower())):
        return []
    row = Row(text, lex(text, words.words), words, unit_words(pack))
    shift = sentence.start
    return [
        Number(
            start=found.start + shift,
            end=found.end + shift,
            rule=found.rule,
            value=found.value,
            high=found.value if found.high is None else found.high,
            kind=found.kind,
            case=found.ending.case,
            tail=found.tail + shift,
            decimals=found.decimals,
            multiplier=found.multiplier,
            flags=found.flags,
        )
        for found in numerals(row)
    ]


def numerals(row: Row) -> Iterator[Numeral]:
    """The numerals of a row in text order, typed."""
    index = 0
    while index < len(row.items):
        skipped = idiom(row, index)
        if skipped:
            index += skipped
            continue
        found = numeral(row, index)
        if found is None:
            index += 1
            continue
        found = ranged(row, found)
        set_type(row, found, index)
        if "about" in found.ending.flags:
            found.flags += ("about",)
        yield found
        index = max(found.after, index + 1)


def numeral(row: Row, index: int) -> Numeral | None:
    """The numeral that begins at an item, None where none does."""
    item = row.items[index]
    if item.kind == "word" and item.text in row.words.every:
        return every(row, index)
    if item.kind == "word":
        return cardinal(row, index) if item.atom is not None else None
    if item.kind == "digits":
        return cardinal(row, index)
    if item.kind == "roman":
        return roman(row, index)
    if item.kind == "dash":
        return negative(row, index)
    if item.text == "+" and (found := negative(row, index)) is not None:
        return found
    return None if item.kind == "sign" else coded(row, item, index)


def idiom(row: Row, index: int) -> int:
    """How many items from an item on are an idiom in which a number word counts nothing, 0 for none."""
    idioms = row.words.article.idioms.get(row.items[index].text, ())
    for pieces in idioms:
        said = ["-" if i.kind == "dash" else i.text for i in row.items[index : index + len(pieces)]]
        if said[:-1] == list(pieces[:-1]) and said[-1].startswith(pieces[-1]):
            return len(pieces)
    return 0


def coded(row: Row, item: Item, index: int) -> Numeral:
    """Digits that are no amount: links, phones, dates, clock times, scores, notes, codes."""
    kind = NumberKind.CODE
    found = Numeral(ZERO, item.start, item.end, item.end, index + 1, kind, rule=item.kind)
    if item.kind == "phone":
        found.kind = NumberKind.PHONE
    elif item.kind in ("section", "note"):
        found.kind = NumberKind.LABEL
    elif item.kind == "clock":
        first, second = item.text.split(":")[:2]
        is_time = len(first) <= 2 and len(second) == 2 and int(first) <= HOURS and int(second) <= MINUTES
        found.kind = NumberKind.CLOCK if is_time else NumberKind.SCORE
        found.value = Decimal(first)
        take_digit_ending(row, found, index)
    elif item.kind == "slash":
        parts = item.text.split("/")
        over, under = Decimal(parts[0]), Decimal(parts[1])
        if len(parts) == 2 and 0 < over < under <= 100:
            found.value, found.kind, found.rule = over / under, NumberKind.FRACTION, "fraction_in_digits"
            take_digit_ending(row, found, index)
    return found


def roman(row: Row, index: int) -> Numeral | None:
    """A Roman numeral: an ordinal before a word ("XX ғасыр", "II квартал") or after one ("Елизавета II")."""
    item, following = row.items[index], row.at(index + 1)
    value = read_roman(item.text)
    if not value:
        return None
    if len(item.text) == 1:
        joined = following is not None and following.kind == "dash" and row.glued(index + 1)
        if not joined and (following is None or following.kind != "word"):
            return None
    found = Numeral(Decimal(value), item.start, item.end, item.end, index + 1, rule="roman")
    take_digit_ending(row, found, index)
    found.kind = NumberKind.ORDINAL
    return found


def cardinal(row: Row, index: int) -> Numeral | None:
    """A row of digits and number words that adds up, with its decimals, fraction or half."""
    atom = row.atom(index)
    if atom is not None and atom.role in (Role.MINUS, Role.PLUS):
        return signed(row, index, atom.role)
    if atom is not None:
        if atom.role in SINGLE:
            alone = single(row, index)
            return among(row, alone) or alone
        if atom.role not in SUMMED:
            return None
    found = add_up(row, index)
    if found is None or is_other_word(row, found, index):
        return None
    if found.kind is NumberKind.ORDINAL and not row.words.mobile_cases:
        return as_part(row, found) or found
    if found.kind is not NumberKind.CARDINAL:
        return found
    if "number_words" in found.flags:
        if not found.value and row.words.mobile_cases:
            found = as_zeros(row, found) or found
        take_particle(row, found)
    if found.ending is NO_ENDING:
        found = over(row, found) or among(row, found) or as_decimal(row, found) or found
    if found.ending is NO_ENDING or row.words.mobile_cases:
        found = as_fraction(row, found) or found
    return found


def over(row: Row, found: Numeral) -> Numeral | None:
    """A number whose hedge stands before its scale: "80 с лишним миллионов"."""
    words = [item.text for item in row.items[found.after : found.after + 2]]
    if len(words) < 2 or words[0] not in row.words.with_half or words[1] not in row.words.over:
        return None
    if found.multiplier != 1 or row.role(found.after + 2) is not Role.SCALE:
        return None
    found.after += 2
    found.flags += (OVER,)
    return scaled(row, found)


def among(row: Row, found: Numeral) -> Numeral | None:
    """So many of a round number, in words: "семь из десяти", "двое из пяти"."""
    joint = row.at(found.after)
    worded = found.kind in (NumberKind.CARDINAL, NumberKind.COLLECTIVE) and "number_words" in found.flags
    if not worded or joint is None or joint.text not in row.words.among or found.multiplier != 1:
        return None
    whole = add_up(row, found.after + 1) if row.role(found.after + 1) in NUMERIC else None
    if whole is None or "number_words" not in whole.flags or whole.value not in ROUND:
        return None
    if not 0 < found.value < whole.value:
        return None
    kind, value = NumberKind.FRACTION, found.value / whole.value
    return replace(
        found, value=value, end=whole.end, tail=whole.tail, after=whole.after, kind=kind, rule="among"
    )


def every(row: Row, index: int) -> Numeral | None:
    """One of so many: "каждый третий", "әрбір бесінші"."""
    item, nth, behind = row.items[index], row.at(index + 1), row.at(index + 2)
    atom = nth.atom if nth is not None else None
    if nth is None or atom is None or atom.kind is not NumberKind.ORDINAL or not 2 <= atom.value <= 100:
        return None
    if behind is not None and behind.text.startswith(row.words.every_unless):
        return None
    return Numeral(
        1 / atom.value,
        item.start,
        nth.end,
        nth.end,
        index + 2,
        NumberKind.FRACTION,
        flags=("number_words",),
        rule="every",
    )


def signed(row: Row, index: int, role: Role) -> Numeral | None:
    """A number behind the word for minus or plus: "минус 2,6"; the sign is part of it."""
    following = row.at(index + 1)
    if following is None or (following.kind != "digits" and following.atom is None):
        return None
    found = cardinal(row, index + 1) if row.role(index + 1) not in (Role.MINUS, Role.PLUS) else None
    if found is not None:
        found.start = row.items[index].start
        found.value = -found.value if role is Role.MINUS else found.value
        found.flags += ("signed",)
    return found


def negative(row: Row, index: int) -> Numeral | None:
    """A number behind a sign: "-6,2%" at the start (of a cell), behind a bracket or colon; "−5" anywhere.

    A dash is a sign in a cell or behind a bracket or comma alone: "(–3,4% к прошлому году)", "21 млн, +5%".
    """
    item, following, before = row.items[index], row.at(index + 1), row.at(index - 1)
    signs = MINUS + SIGNS
    if item.text not in signs or following is None or following.kind != "digits" or not row.glued(index + 1):
        return None
    cell = row.text[item.start - 1 : item.start] == "\t" or (before is not None and before.text in "(|")
    opens = cell or (item.text not in SIGNS and (before is None or before.text in ":=;"))
    listed = before is not None and before.text in ",;" and not row.glued(index)
    plus = item.text == "+" and not row.glued(index)  # "номинально +10,7%"
    if not opens and not listed and not plus and (item.text != "−" or row.glued(index)):
        return None
    found = cardinal(row, index + 1)
    if found is None or found.kind is not NumberKind.CARDINAL:
        return None
    found.start, found.value = item.start, found.value if item.text == "+" else -found.value
    found.flags += ("signed",)
    return found


def single(row: Row, index: int) -> Numeral:
    """A word that is a number by itself ("вдвое", "жартысы", "екеуі"), with the scale behind it."""
    item, atom = row.items[index], row.atom(index)
    assert atom is not None
    found = Numeral(atom.value, item.start, item.end - atom.cut, item.end, index + 1, atom.kind, atom.ending)
    found.flags, found.rule = ("number_words",), atom.role.value
    if atom.role is Role.PORTION and atom.ending is NO_ENDING and scaled(row, found).multiplier != 1:
        found.kind = NumberKind.CARDINAL
    while found.kind is NumberKind.INDEFINITE and (more := row.atom(found.after)) is not None:
        if more.role not in (Role.SCALE, Role.INDEFINITE, Role.HUNDRED):
            break
        found.value = (found.value or Decimal(1)) * (more.value or Decimal(1))
        found.rule = Role.INDEFINITE.value
        found.end, found.tail = row.items[found.after].end - more.cut, row.items[found.after].end
        found.after += 1
    return found


def take_particle(row: Row, found: Numeral) -> None:
    """Let a number word take the particle behind a dash: "он төрт-ақ" (only fourteen)."""
    dash, word = row.at(found.after), row.at(found.after + 1)
    if dash is None or word is None or dash.kind != "dash" or word.text not in row.words.particles:
        return
    if row.glued(found.after) and row.glued(found.after + 1):
        found.tail, found.after = word.end, found.after + 2


def ranged(row: Row, found: Numeral) -> Numeral:
    """The numeral and the one behind a dash as one range ("15-20 млн", "екі-үш", "400 – 500")."""
    dash, follower = row.at(found.after), row.at(found.after + 1)
    if dash is None or follower is None or dash.kind != "dash":
        return found
    tight = row.glued(found.after)
    if (
        found.tail != found.end
        or found.kind is not NumberKind.CARDINAL
        or tight != row.glued(found.after + 1)
    ):
        return found
    if follower.kind != "digits" and row.role(found.after + 1) not in NUMERIC:
        return found
    other = cardinal(row, found.after + 1)
    if other is None or other.kind not in (NumberKind.CARDINAL, NumberKind.ORDINAL) or found.value < 0:
        return found
    low, high = found.value, other.value
    if other.multiplier > 1 and found.multiplier == 1:
        low *= other.multiplier
    if low == high and tight and row.words.reciprocal and "number_words" in found.flags:
        found.kind, found.rule, found.after = NumberKind.CODE, "reciprocal", other.after
    if low >= high or (not tight and is_year(found.value) and not is_year(high)):
        return found
    flags = tuple(dict.fromkeys((*found.flags, *other.flags, "range")))
    decimals = max(found.decimals, other.decimals)
    return replace(
        other, start=found.start, value=low, high=high, decimals=decimals, flags=flags, rule="range"
    )


def set_type(row: Row, found: Numeral, index: int) -> None:
    """Give the numeral the type that the words around it say: an age, a label, a list number."""
    if found.kind not in (NumberKind.CARDINAL, NumberKind.ORDINAL):
        return
    before, after = row.at(index - 1), row.at(found.after)
    item = row.items[index]
    if item.kind == "digits" and item.text.isdecimal() and len(item.text) > LONGEST_AMOUNT:
        found.kind, found.rule = NumberKind.CODE, "long_number"
    elif is_article(row, found, index):
        found.flags += ("article",)
    elif after is not None and after.kind == "word" and is_age(row, found):
        found.kind = NumberKind.AGE
    elif is_label(row, found, index) or is_house(row, found, index):
        if found.kind is NumberKind.ORDINAL:
            found.flags += ("ordinal",)
        found.kind, found.rule = NumberKind.LABEL, "label"
    elif before is not None and before.text in row.words.label_signs:
        found.kind, found.rule, found.start = NumberKind.LABEL, "number_sign", before.start
    elif index == 0 and row.items[0].kind == "digits" and is_list_number(row, found):
        found.kind, found.rule = NumberKind.LABEL, "list"


def is_list_number(row: Row, found: Numeral) -> bool:
    """Whether a number at the start of a sentence counts a list: "1) …", "2. …", "3.2 Ввод жилья"."""
    after, item = row.at(found.after), row.items[0]
    if after is None or found.value >= 100:
        return False
    if after.text in (")", "."):
        return True
    titled = after.kind == "word" and row.text[after.start].isupper()
    return titled and len(item.text) <= 5 and "." in item.text


def is_other_word(row: Row, found: Numeral, index: int) -> bool:
    """Whether a word that looks like a number is another one here: "жүзі" (its face), "тыс." (heading)."""
    atom = row.atom(index)
    if atom is None or found.after > index + 1:
        return False
    if atom.dependent:
        following = row.at(found.after)
        return following is None or following.text not in row.words.confirming
    return atom.short or ("adjective" in atom.ending.flags and atom.value < 1000)


def is_article(row: Row, found: Numeral, index: int) -> bool:
    """Whether a word for one counts nothing here: "белгілі бір" (a certain), "бір кездері" (once)."""
    article = row.words.article
    if row.items[index].text not in article.words or found.after > index + 1:
        return False
    behind = tuple(item.text for item in row.items[max(0, index - 2) : index])
    if behind[-1:] in article.behind or behind in article.behind:
        return True
    following = row.at(found.after)
    if following is None or following.kind != "word":
        return False
    return following.text in article.ahead or following.text.endswith(article.ahead_endings)


def is_label(row: Row, found: Numeral, index: int) -> bool:
    """Whether the words around make a number a name: "ст. 290", "пунктам 1 и 7", "155 статье", "14 стр."."""
    words, items = row.words, row.items
    after = row.at(found.after)
    if after is not None and after.text in words.labels_behind:
        return True
    at = index - 1
    for _ in range(JOINED_LABELS):
        if at > 1 and items[at].text in words.labels_joined and items[at - 1].kind == "digits":
            at -= 2
    if at < 0 or found.decimals > 2:
        return False
    if items[at].text == "." and at and row.glued(at):
        at -= 1
        if items[at].text in words.labels_dotted:
            return True
    lead = [item.text for item in items[max(at - 2, 0) : at] if item.text != "."]
    if lead and lead[-1] in words.labels_unless:  # "в т. ч. 218 га": no part 218 of anything
        return False
    return items[at].text in words.labels


def is_house(row: Row, found: Numeral, index: int) -> bool:
    """Whether a number is the house behind a street's name: "ул. Кенесары, 40", "Абай даңғылы, 52"."""
    after = row.at(found.after)
    if (
        found.decimals
        or found.multiplier != 1
        or (after is not None and (after.kind == "word" or after.text in SHARES))
    ):
        return False
    items, at = row.items, index - 1
    if at >= 0 and items[at].text == ",":
        at -= 1
    for _ in range(NAME_WORDS):
        if at < 0 or items[at].text in row.words.streets or not row.text[items[at].start].isupper():
            break
        at -= 1
    if at > 0 and items[at].text == ".":
        at -= 1
    return at >= 0 and items[at].text in row.words.streets


def is_age(row: Row, found: Numeral) -> bool:
    """Whether the word behind a number makes it an age: "18 жаста", "5 жас," but not "екі жас сержант"."""
    word, behind = row.items[found.after], row.at(found.after + 1)
    if found.value > OLDEST or found.decimals:
        return False
    if word.text in row.words.ages:
        return True
    if word.text not in row.words.young:
        return False
    return behind is None or behind.kind != "word" or behind.text in row.words.upright


def is_year(value: Decimal) -> bool:
    """Whether a value could be a year."""
    return YEARS[0] <= value <= YEARS[1]
