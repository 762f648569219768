"""Numbers: digits and number words with their values, typed as what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from kztext.lang.pack import Pack
from kztext.lexing import SPACES, Item, lex
from kztext.numerals import NO_ENDING, Ending, Lexicon, Role, lexicon
from kztext.spans import Case, Number, NumberKind, Sentence
from kztext.unitwords import UnitWords, match_unit, unit_words

WORDS = regex.compile(r"\p{L}++")
CANDIDATE = regex.compile(r"[\dIVXІХ]")
ROMAN = regex.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
ROMAN_LETTERS = str.maketrans("ІХ", "IX")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
HALF = Decimal("0.5")
YEARS = (1800, 2100)


@dataclass(slots=True)
class Numeral:
    """What a row of items adds up to; `after` is the index of the item behind it."""

    value: Decimal
    start: int
    end: int
    tail: int
    after: int
    kind: NumberKind = NumberKind.CARDINAL
    ending: Ending = NO_ENDING
    decimals: int = 0
    multiplier: Decimal = Decimal(1)
    scaled: bool = False
    high: Decimal | None = None
    flags: tuple[str, ...] = ()
    rule: str = "numeral"


def read_digits(text: str) -> tuple[Decimal, int]:
    """The value of a number in digits and how many decimals it has.

    >>> read_digits("46 401,7")
    (Decimal('46401.7'), 1)
    >>> read_digits("1.234.567")
    (Decimal('1234567'), 0)
    """
    plain = text
    for space in SPACES:
        if space in plain:
            plain = plain.replace(space, "")
    commas, dots = plain.count(","), plain.count(".")
    if commas + dots == 0:
        return Decimal(plain), 0
    if commas > 1 or dots > 1 or (commas and dots):
        point = "," if plain.rfind(",") > plain.rfind(".") else "."
        grouping = "." if point == "," else ","
        if (commas if point == "," else dots) > 1:
            plain = plain.replace(point, "")
        plain = plain.replace(grouping, "").replace(point, ".")
    elif plain[-4:-3] in ",." and (plain.endswith("000") or (dots and plain.endswith("00"))) and plain[0] != "0":
        plain = plain.replace(",", "").replace(".", "")
    else:
        plain = plain.replace(",", ".")
    _, _, decimals = plain.partition(".")
    return Decimal(plain), len(decimals)


def read_roman(text: str) -> int:
    """The value of a Roman numeral up to 39, 0 where the letters are none.

    >>> read_roman("XXIV"), read_roman("IIX")
    (24, 0)
    """
    latin = text.translate(ROMAN_LETTERS)
    if not latin or not ROMAN.fullmatch(latin):
        return 0
    values = [ROMAN_VALUES[letter] for letter in latin]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def find_numbers(sentence: Sentence, pack: Pack) -> list[Number]:
    """Find the numbers of a sentence, in text order: digits and number words, typed as what they are.

    Phones, codes, clock times, scores, labels and dates in digits are found too, so that no quantity is made of
    them; a date in digits is a `CODE` of rule `date`.
    """
    text = sentence.text
    words = lexicon(pack)
    if not CANDIDATE.search(text) and words.words.keys().isdisjoint(WORDS.findall(text.lower())):
        return []
    reader = Reader(text, lex(text, words.words), words, unit_words(pack))
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
        for found in reader.numerals()
    ]


@dataclass(slots=True)
class Reader:
    """Reads the numerals of one lexed sentence."""

    text: str
    items: Sequence[Item]
    words: Lexicon
    units: UnitWords

    def numerals(self) -> Iterator[Numeral]:
        """The numerals in text order."""
        index = 0
        while index < len(self.items):
            skipped = self.idiom(index)
            if skipped:
                index += skipped
                continue
            found = self.numeral(index)
            if found is None:
                index += 1
                continue
            found = self.ranged(found, index)
            found = self.typed(found, index)
            if found is not None:
                yield found
                index = max(found.after, index + 1)
            else:
                index += 1

    def idiom(self, index: int) -> int:
        """How many items from an item on are an idiom in which a number word counts nothing, 0 for none."""
        if self.items[index].kind != "word":
            return 0
        for idiom in self.words.article.idioms:
            if self.items[index].text == idiom[0]:
                pieces = tuple("-" if i.kind == "dash" else i.text for i in self.items[index : index + len(idiom)])
                if pieces[:-1] == idiom[:-1] and pieces[-1].startswith(idiom[-1]):
                    return len(idiom)
        return 0

    def at(self, index: int) -> Item | None:
        """The item at an index, None outside the sentence."""
        return self.items[index] if 0 <= index < len(self.items) else None

    def role(self, index: int) -> Role | None:
        """The role of the number word at an index."""
        item = self.at(index)
        return item.atom.role if item is not None and item.atom is not None else None

    def glued(self, index: int) -> bool:
        """Whether the item at this index follows the one before it without a space."""
        return 0 < index < len(self.items) and self.items[index - 1].end == self.items[index].start

    def numeral(self, index: int) -> Numeral | None:
        """The numeral that begins at an item, None where none does."""
        item = self.items[index]
        kind = item.kind
        if kind == "word":
            return self.cardinal(index) if item.atom is not None else None
        if kind == "digits":
            return self.cardinal(index)
        if kind == "roman":
            return self.roman(index)
        if kind == "dash":
            return self.negative(index)
        if kind == "sign":
            return None
        return self.coded(item, index)

    def coded(self, item: Item, index: int) -> Numeral | None:
        """Digits that are no amount: links, phones, dates, clock times, scores, notes, codes."""
        found = Numeral(Decimal(0), item.start, item.end, item.end, index + 1, NumberKind.CODE, rule=item.kind)
        if item.kind == "phone":
            found.kind = NumberKind.PHONE
        elif item.kind in ("section", "note"):
            found.kind = NumberKind.LABEL
        elif item.kind == "clock":
            parts = [int(part) for part in item.text.split(":")]
            first, second = item.text.split(":")[:2]
            is_time = len(second) == 2 and len(first) <= 2 and parts[0] < 25 and parts[1] < 60
            found.kind = NumberKind.CLOCK if is_time else NumberKind.SCORE
            found.value = Decimal(parts[0])
            self.take_ending(found, index)
        elif item.kind == "slash":
            parts = [int(part) for part in item.text.split("/")]
            if len(parts) == 2 and 0 < parts[0] < parts[1] <= 100:
                found.kind = NumberKind.FRACTION
                found.value = Decimal(parts[0]) / Decimal(parts[1])
                found.rule = "fraction_in_digits"
                self.take_ending(found, index)
        return found

    def roman(self, index: int) -> Numeral | None:
        """A Roman numeral: an ordinal before a word ("XX ғасыр", "II квартал") or after one ("Елизавета II")."""
        item = self.items[index]
        value = read_roman(item.text)
        following = self.at(index + 1)
        if not value:
            return None
        if len(item.text) == 1:
            if self.text[item.end : item.end + 1] == ".":
                return None
            joined = following is not None and following.kind == "dash" and self.glued(index + 1)
            if not joined and (following is None or following.kind != "word"):
                return None
        found = Numeral(
            Decimal(value), item.start, item.end, item.end, index + 1, NumberKind.ORDINAL, rule="roman"
        )
        self.take_ending(found, index)
        found.kind = NumberKind.ORDINAL
        return found

    def take_ending(self, found: Numeral, index: int) -> None:
        """Let a numeral in digits take the ending behind item `index` ("20-дан", "15й", "5-сынып")."""
        following = self.at(index + 1)
        if following is None or not self.glued(index + 1):
            return
        at = index + 1
        if following.kind == "dash":
            at += 1
            following = self.at(at)
            if following is None or not self.glued(at):
                return
        if following.kind != "word":
            return
        ending = self.words.endings.get(following.text)
        if ending is not None:
            if at == index + 1 and len(following.text) == 1 and not self.words.mobile_cases:
                ending = Ending(kind=NumberKind.ORDINAL) if following.text in "йяею" else None
            if ending is None:
                return
            if ending.kind is NumberKind.ORDINAL and "х" in following.text and found.value < 10:
                ending = NO_ENDING
            found.ending = ending
            found.kind = ending.kind or found.kind
            found.tail = following.end
            found.after = at + 1
        elif at == index + 2:
            found.flags += ("joined",)
            if self.words.mobile_cases and following.atom is None:
                found.kind = NumberKind.ORDINAL

    def cardinal(self, index: int) -> Numeral | None:
        """A row of digits and number words that adds up, with its decimals, fraction or half."""
        item = self.items[index]
        atom = item.atom
        negative = None
        if atom is not None and atom.role in (Role.MINUS, Role.PLUS):
            negative, index = atom.role is Role.MINUS, index + 1
            following = self.at(index)
            if following is None or (following.kind != "digits" and following.atom is None):
                return None
            item, atom = following, following.atom
        if atom is not None:
            if atom.role in (Role.WHOLE_NUMBER, Role.PORTION, Role.MULTIPLE, Role.INDEFINITE, Role.VAGUE):
                return self.single(index)
            if atom.role not in (Role.UNIT, Role.TEN, Role.HUNDRED, Role.SCALE, Role.ORDINAL, Role.TENTHS, Role.HALF):
                return None
        found = self.added(index)
        if found is None or self.is_other_word(found, index):
            return None
        if found.kind is NumberKind.CARDINAL:
            if found.value == 0 and self.words.mobile_cases and "number_words" in found.flags:
                found = self.zeros(found) or found
            self.take_particle(found)
            if found.ending is NO_ENDING:
                found = self.decimal(found) or found
            found = self.fraction(found, index) or found
        if negative is not None:
            found.start = self.items[index - 1].start
            found.value = -found.value if negative else found.value
            found.flags += ("signed",)
        return found

    def negative(self, index: int) -> Numeral | None:
        """A number behind a minus sign: "-6,2%" at the start, behind a bracket or a colon; "−5" anywhere."""
        item, following, before = self.items[index], self.at(index + 1), self.at(index - 1)
        if item.text not in "-−" or following is None or following.kind != "digits" or not self.glued(index + 1):
            return None
        opens = before is None or before.text in "(:=;|"
        if not opens and not (item.text == "−" and before is not None and before.end < item.start):
            return None
        found = self.cardinal(index + 1)
        if found is None or found.kind is not NumberKind.CARDINAL:
            return None
        found.start, found.value = item.start, -found.value
        return found

    def zeros(self, found: Numeral) -> Numeral | None:
        """A decimal said digit by digit: "нөл-нөл бір" is 0.01."""
        at, count = found.after, 1
        while (item := self.at(at)) is not None:
            if item.kind == "dash" and self.glued(at):
                at += 1
            elif item.atom is not None and item.atom.role is Role.UNIT and not item.atom.value and not item.atom.cut:
                at, count = at + 1, count + 1
            else:
                break
        if item is None or item.atom is None or item.atom.role not in (Role.UNIT, Role.TEN):
            return None
        rest = self.added(at)
        if rest is None or rest.scaled or rest.kind is not NumberKind.CARDINAL:
            return None
        return self.merged(found, rest, count - 1 + len(f"{int(rest.value)}"))

    def take_particle(self, found: Numeral) -> None:
        """Let a number word take the particle behind a dash: "он төрт-ақ" (only fourteen)."""
        dash, word = self.at(found.after), self.at(found.after + 1)
        if dash is None or word is None or dash.kind != "dash" or word.text not in self.words.particles:
            return
        if self.glued(found.after) and self.glued(found.after + 1):
            found.tail, found.after = word.end, found.after + 2

    def single(self, index: int) -> Numeral:
        """A word that is a number by itself: "вдвое", "жартысы", "екеуі"."""
        item = self.items[index]
        atom = item.atom
        assert atom is not None
        found = Numeral(
            atom.value,
            item.start,
            item.end - atom.cut,
            item.end,
            index + 1,
            atom.kind,
            atom.ending,
            flags=("number_words",),
            rule=atom.role.value,
        )
        if atom.role is Role.PORTION and atom.ending is NO_ENDING:
            found = self.scaled(found)
            if found.scaled:
                found.kind = NumberKind.CARDINAL
        if atom.role in (Role.INDEFINITE, Role.VAGUE):
            while (
                (following := self.at(found.after))
                and following.atom
                and following.atom.role in (Role.SCALE, Role.INDEFINITE, Role.HUNDRED)
            ):
                found.value = max(found.value, Decimal(1)) * max(following.atom.value, Decimal(1))
                found.rule = "indefinite"
                found.end, found.tail = following.end - following.atom.cut, following.end
                found.after += 1
        return found

    def added(self, index: int) -> Numeral | None:
        """Add up digits and words from an item on, as long as each may follow the one before."""
        items = self.items
        total = Decimal(0)
        part: Decimal | None = None
        slot = 10_000  # what is smaller than this may still be added
        last_scale: Decimal | None = None
        multiplier = Decimal(1)
        decimals = 0
        found: Numeral | None = None
        at = index
        kind = NumberKind.CARDINAL
        while at < len(items):
            item = items[at]
            atom = item.atom
            if at > index and not self.adjoins(at):
                break
            if item.kind == "digits":
                if part is not None:
                    break
                value, places = read_digits(item.text)
                if last_scale is not None and (places or value >= last_scale or len(item.text) > 3):
                    break
                part, slot, decimals = value, 0, places
                found = self.closed(found, index, item.end, item.end, at + 1)
                at += 1
                mark = (found.tail, found.after)
                self.take_ending(found, at - 1)
                if (found.tail, found.after) != mark or found.flags:
                    break
                power = self.short_scale(at)
                if power:
                    found.end = found.tail = items[at].end
                    part, slot, found.after = part * Decimal(10) ** power, 0, at + 1
                    multiplier = Decimal(10) ** power
                    break
                continue
            if atom is None:
                break
            value = atom.value
            if atom.role is Role.UNIT:
                if part is not None and (slot <= 1 or (value >= 10 and slot <= 10)):
                    break
                if value == 0 and part is not None:
                    break
                part, slot = (part or Decimal(0)) + value, 1 if value else 0
            elif atom.role is Role.TEN:
                if part is not None and slot <= 10:
                    break
                part, slot = (part or Decimal(0)) + value, 10
            elif atom.role is Role.HUNDRED:
                if part is None:
                    part = value
                elif value == 100 and slot == 1 and 1 <= part < 10:
                    part *= value
                else:
                    break
                slot = 100
            elif atom.role is Role.SCALE:
                if last_scale is not None and value >= last_scale:
                    break
                total += (Decimal(1) if part is None else part) * value
                last_scale, part, slot, multiplier = value, None, 10_000, value
                decimals_done = bool(decimals)
                found = self.closed(found, index, item.end - atom.cut, item.end, at + 1)
                at += 1
                if atom.ending is not NO_ENDING or decimals_done:
                    found.ending = atom.ending
                    kind = atom.ending.kind or kind
                    break
                continue
            elif atom.role is Role.HALF:
                if found is None:
                    part, slot = value, 0
                elif part is not None and slot > 0 or (part is not None and decimals == 0):
                    part += value
                    slot, decimals = 0, 1
                elif last_scale is not None:
                    total += last_scale / 2
                    part, slot, decimals = None, 0, 0
                    found = self.closed(found, index, item.end - atom.cut, item.end, at + 1)
                    found.ending = atom.ending
                    at += 1
                    break
                else:
                    break
            elif atom.role in (Role.ORDINAL, Role.TENTHS) and atom.kind is NumberKind.ORDINAL:
                if value >= 1000 and part is not None:
                    total += part * value
                    part = None
                elif part is not None and value >= slot:
                    break
                else:
                    part = (part or Decimal(0)) + value
                kind = NumberKind.ORDINAL
                found = self.closed(found, index, item.end - atom.cut, item.end, at + 1)
                found.ending = atom.ending
                at += 1
                break
            else:
                break
            found = self.closed(found, index, item.end - atom.cut, item.end, at + 1)
            at += 1
            if atom.ending is not NO_ENDING:
                found.ending = atom.ending
                kind = atom.ending.kind or kind
                break
        if found is None:
            return None
        found.value = total + (part or Decimal(0))
        if found.kind is NumberKind.CARDINAL:
            found.kind = kind
        found.decimals = decimals
        found.multiplier, found.scaled = multiplier, multiplier != 1
        if items[index].kind == "word":
            found.flags += ("number_words",)
        return found

    def closed(self, found: Numeral | None, index: int, end: int, tail: int, after: int) -> Numeral:
        """The numeral so far, grown to a new end."""
        if found is None:
            return Numeral(Decimal(0), self.items[index].start, end, tail, after)
        found.end, found.tail, found.after = end, tail, after
        return found

    def adjoins(self, index: int) -> bool:
        """Whether an item may belong to the numeral before it: nothing but spaces between."""
        return self.items[index].start - self.items[index - 1].end <= 2

    def short_scale(self, index: int) -> int:
        """The power of ten that a letter against the digits stands for ("3М", "445,1 м."), 0 for none."""
        item = self.at(index)
        if item is None or item.kind != "word" or len(item.text) > 2:
            return 0
        letters = self.text[item.start : item.end]
        if self.glued(index):
            return self.words.glued.get(letters, 0)
        dotted = self.words.dotted.get(letters, 0)
        if dotted and self.text[item.start - 1] in "\u00a0\u202f" and self.text[item.end : item.end + 1] == ".":
            return dotted
        return 0

    def decimal(self, found: Numeral) -> Numeral | None:
        """A decimal in words: "он екі бүтін оннан бес", "две целых пять десятых", "три с половиной"."""
        role = self.role(found.after)
        if role is Role.WHOLE:
            return self.decimal_parts(found, found.after + 1)
        if role is Role.POINT:
            rest = self.added(found.after + 1) if self.at(found.after + 1) else None
            if rest is None or rest.scaled and rest.value >= 1000 and rest.multiplier != 1:
                return None
            return self.merged(found, rest, len(f"{rest.value:f}"))
        if role is Role.AND and self.words.mobile_cases and not found.scaled and "number_words" in found.flags:
            return self.decimal_with_and(found)
        following, portion = self.at(found.after), self.at(found.after + 1)
        if following is not None and following.text in self.words.with_half and portion is not None:
            if portion.atom is not None and portion.atom.role is Role.PORTION:
                found.value += portion.atom.value * found.multiplier
                found.end = found.tail = portion.end
                found.after += 2
                found.decimals = found.decimals or 1
                return found if found.scaled else self.scaled(found)
        return None

    def decimal_with_and(self, found: Numeral) -> Numeral | None:
        """A decimal of two number words with "да" between: "төрт те бір" (4,1), before a unit or a mark."""
        following = self.at(found.after + 1)
        if following is None or following.atom is None or following.atom.role not in (Role.UNIT, Role.TEN):
            return None
        rest = self.added(found.after + 1)
        if rest is None or rest.value / rest.multiplier >= 100 or rest.kind is not NumberKind.CARDINAL:
            return None
        if rest.value == found.value == 1:
            return None
        if found.value >= 100 and found.value % 100 == 0:  # "алты жүз де қырық төрт": 644
            return replace(rest, start=found.start, value=found.value * rest.multiplier + rest.value)
        behind = self.at(rest.after)
        if not rest.scaled and behind is not None and behind.kind == "word":
            if match_unit(self.items, rest.after, self.units, self.words.endings) is None:
                return None
        return self.merged(found, rest, len(f"{int(rest.value / rest.multiplier)}"))

    def decimal_parts(self, found: Numeral, at: int) -> Numeral | None:
        if self.role(at) is Role.AND:
            at += 1
        named = self.at(at)
        places = 0
        if named is not None and named.atom is not None and named.atom.ending.case is Case.ABL:
            denominator = named.atom.value
            if self.role(at) in (Role.TEN, Role.HUNDRED, Role.SCALE) and denominator in (10, 100, 1000):
                places, at = len(str(denominator)) - 1, at + 1
        rest = self.added(at) if self.at(at) is not None else None
        if rest is None:
            return None
        if not places:
            tenths = self.at(rest.after)
            if tenths is not None and tenths.atom is not None and tenths.atom.role is Role.TENTHS:
                places = len(str(tenths.atom.value)) - 1
                rest.after += 1
                rest.end = rest.tail = tenths.end
            else:
                places = len(f"{int(rest.value / rest.multiplier)}")
        return self.merged(found, rest, places)

    def merged(self, whole: Numeral, rest: Numeral, places: int) -> Numeral:
        """Whole part and decimals in words as one numeral, with the scale behind it applied."""
        scale = rest.multiplier
        digits = rest.value / scale
        whole.value = (whole.value + digits / Decimal(10) ** places) * scale
        whole.end, whole.tail, whole.after = rest.end, rest.tail, rest.after
        whole.ending, whole.multiplier, whole.decimals = rest.ending, scale, places
        return whole if scale != 1 else self.scaled(whole)

    def scaled(self, found: Numeral) -> Numeral:
        """The numeral with the scale word behind it applied ("две целых пять десятых" + "миллиарда")."""
        item = self.at(found.after)
        if found.ending is NO_ENDING and item is not None and item.atom is not None:
            if item.atom.role is Role.SCALE:
                found.value *= item.atom.value
                found.multiplier, found.ending, found.scaled = item.atom.value, item.atom.ending, True
                found.end, found.tail = item.end - item.atom.cut, item.end
                found.after += 1
        return found

    def is_other_word(self, found: Numeral, index: int) -> bool:
        """Whether a single word that looks like a number is another one here: "жүзі" (its face), "тыс." (heading)."""
        atom = self.items[index].atom
        if atom is None or found.after > index + 1:
            return False
        if atom.dependent:
            following = self.at(found.after)
            return following is None or following.text not in self.words.confirming
        return atom.short or ("adjective" in atom.ending.flags and atom.value < 1000)

    def is_article(self, found: Numeral, index: int) -> bool:
        """Whether a word for one counts nothing here: "белгілі бір" (a certain), "бір кездері" (once)."""
        article = self.words.article
        if self.items[index].text not in article.words or found.after > index + 1:
            return False
        behind = tuple(item.text for item in self.items[max(0, index - 2) : index])
        if behind[-1:] in article.behind or behind in article.behind:
            return True
        following = self.at(found.after)
        return (
            following is not None
            and following.kind == "word"
            and (following.text in article.ahead or following.text.endswith(article.ahead_endings))
        )

    def fraction(self, found: Numeral, index: int) -> Numeral | None:
        """A fraction: "үштен бір", "3-тен 2-сі", "две трети", "одна пятая", "пять десятых"."""
        following = self.at(found.after)
        if following is None or found.value < 1:
            return None
        atom = following.atom
        if not self.words.mobile_cases:
            if atom is None or found.ending is not NO_ENDING or found.scaled or found.decimals:
                return None
            if atom.role is Role.PORTION:
                part = atom.value
            elif atom.kind is NumberKind.ORDINAL and atom.value > 2 and found.value < atom.value:
                if following.text[-2:] not in PART_ENDINGS[found.value == 1]:
                    return None
                part = 1 / atom.value
            else:
                return None
            flags = ("number_words",)
            return replace(
                found,
                value=found.value * part,
                end=following.end,
                tail=following.end,
                after=found.after + 1,
                kind=NumberKind.FRACTION,
                flags=flags,
                rule="fraction",
            )
        if found.ending.case is not Case.ABL or found.ending.possessive or found.decimals:
            return None
        if following.kind != "digits" and (atom is None or atom.role not in NUMERIC):
            return None
        part_found = self.added(found.after)
        if part_found is None or part_found.kind is not NumberKind.CARDINAL or part_found.value >= found.value:
            return None
        ending = part_found.ending
        behind = self.at(part_found.after)
        if not ending.possessive and (
            ending is not NO_ENDING or not (behind is None or behind.kind == "sign" or behind.text in self.words.parts)
        ):
            return None
        return replace(
            part_found,
            start=found.start,
            value=part_found.value / found.value,
            kind=NumberKind.FRACTION,
            flags=found.flags,
            rule="fraction",
        )

    def ranged(self, found: Numeral, index: int) -> Numeral:
        """The numeral and the one behind a dash as one range ("15-20 млн", "екі-үш", "400 – 500")."""
        dash = self.at(found.after)
        if dash is None or dash.kind != "dash" or found.tail != found.end or found.kind is not NumberKind.CARDINAL:
            return found
        if self.at(found.after + 1) is None:
            return found
        tight = self.glued(found.after)
        if tight != self.glued(found.after + 1):
            return found
        follower = self.items[found.after + 1]
        if follower.kind != "digits" and (follower.atom is None or follower.atom.role not in NUMERIC):
            return found
        other = self.cardinal(found.after + 1)
        if other is None or other.kind not in (NumberKind.CARDINAL, NumberKind.ORDINAL):
            return found
        low, high = found.value, other.value
        if other.multiplier > 1 and found.multiplier == 1 and low < high / other.multiplier:
            low *= other.multiplier
        if low >= high or found.value < 0:
            if low == high and tight and self.words.reciprocal and "number_words" in found.flags:
                found.kind, found.rule, found.after = NumberKind.CODE, "reciprocal", other.after
            return found
        if not tight and is_year(found.value) and not is_year(high):
            return found
        return replace(
            other,
            start=found.start,
            value=low,
            high=high,
            decimals=max(found.decimals, other.decimals),
            flags=tuple(dict.fromkeys((*found.flags, *other.flags, "range"))),
            rule="range",
        )

    def typed(self, found: Numeral, index: int) -> Numeral | None:
        """The numeral with the type that the words around it give, None where it is none after all."""
        before, after = self.at(index - 1), self.at(found.after)
        if found.kind in (NumberKind.CARDINAL, NumberKind.ORDINAL):
            if self.is_article(found, index):
                found.flags += ("article",)
            elif after is not None and after.kind == "word" and self.is_age(found):
                found.kind = NumberKind.AGE
            elif self.is_label(found, index):
                found.kind, found.rule = NumberKind.LABEL, "label"
                if found.ending.kind is NumberKind.ORDINAL:
                    found.flags += ("ordinal",)
            elif before is not None and before.text in self.words.label_signs:
                found.kind, found.rule, found.start = NumberKind.LABEL, "number_sign", before.start
            elif (
                index == 0
                and self.items[0].kind == "digits"
                and after is not None
                and (after.text == ")" or (after.text == "." and self.at(found.after + 1) is not None))
                and found.value < 100
            ):
                found.kind, found.rule = NumberKind.LABEL, "list"
        return found

    def is_label(self, found: Numeral, index: int) -> bool:
        """Whether the words around make a number a name: "ст. 290", "пунктам 1 и 7", "155 статье", "14 стр."."""
        words = self.words
        after = self.at(found.after)
        if after is not None and after.text in words.labels_behind:
            return True
        at = index - 1
        while at > 1 and self.items[at].text in words.labels_joined and self.items[at - 1].kind == "digits":
            at -= 2
        before = self.at(at)
        if before is None or found.value != found.value.to_integral_value() and found.decimals > 2:
            return False
        if before.text == "." and at > 0 and self.items[at - 1].end == before.start:
            before = self.items[at - 1]
        return before.text in words.labels

    def is_age(self, found: Numeral) -> bool:
        """Whether the word behind a number makes it an age: "18 жаста", "5 жас," but not "екі жас сержант"."""
        word, behind = self.items[found.after], self.at(found.after + 1)
        if found.value > 150:
            return False
        if word.text in self.words.ages:
            return True
        return word.text in self.words.young and (
            behind is None or behind.kind != "word" or behind.text in self.words.upright
        )


PART_ENDINGS = {True: ("ая", "ую", "ой"), False: ("ых", "их", "ым", "им")}
NUMERIC = frozenset({Role.UNIT, Role.TEN, Role.HUNDRED, Role.SCALE, Role.ORDINAL, Role.HALF, Role.WHOLE_NUMBER})


def is_year(value: Decimal) -> bool:
    """Whether a value could be a year."""
    return YEARS[0] <= value <= YEARS[1]
