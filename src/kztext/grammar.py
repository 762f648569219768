"""The grammar of numerals: how a row of digits and number words becomes one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kztext.lexing import Item, read_digits
from kztext.numerals import NO_ENDING, Atom, Ending, Lexicon, Role
from kztext.spans import Case, NumberKind
from kztext.unitwords import UnitWords, match_unit

GROUP = 1000
MOST_ZEROS = 9
MOST_PARTS = 20
OPEN = 10_000  # a slot in which anything may be added
ZERO = Decimal(0)
OVER = "over"  # the flag of a number whose hedge stands within it: "80 с лишним миллионов"
NUMERIC = frozenset(
    {Role.UNIT, Role.TEN, Role.HUNDRED, Role.SCALE, Role.ORDINAL, Role.HALF, Role.WHOLE_NUMBER}
)
SINGLE = frozenset({Role.WHOLE_NUMBER, Role.PORTION, Role.MULTIPLE, Role.INDEFINITE, Role.VAGUE})
SUMMED = frozenset({*NUMERIC, Role.TENTHS} - {Role.WHOLE_NUMBER})


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
    high: Decimal | None = None
    flags: tuple[str, ...] = ()
    rule: str = "numeral"


@dataclass(frozen=True, slots=True)
class Row:
    """The items of one sentence, with the words of its language."""

    text: str
    items: Sequence[Item]
    words: Lexicon
    units: UnitWords

    def at(self, index: int) -> Item | None:
        """The item at an index, None outside the sentence."""
        return self.items[index] if 0 <= index < len(self.items) else None

    def atom(self, index: int) -> Atom | None:
        """The number word at an index, None where there is none."""
        return self.items[index].atom if 0 <= index < len(self.items) else None

    def role(self, index: int) -> Role | None:
        """The role of the number word at an index."""
        atom = self.atom(index)
        return None if atom is None else atom.role

    def glued(self, index: int) -> bool:
        """Whether the item at this index follows the one before it without a space."""
        return 0 < index < len(self.items) and self.items[index - 1].end == self.items[index].start

    def near(self, index: int) -> bool:
        """Whether an item may belong to the numeral before it: nothing but spaces between."""
        return self.items[index].start - self.items[index - 1].end <= 2


@dataclass(slots=True)
class Sum:
    """What a row of digits and number words has added up to, and what may still be added.

    `part` is the group below the next scale word; `slot` the order of its last word: "жүз" leaves 100, so
    that a ten or a unit may follow.
    """

    total: Decimal = ZERO
    part: Decimal | None = None
    slot: int = OPEN
    scale: Decimal | None = None
    decimals: int = 0
    kind: NumberKind = NumberKind.CARDINAL
    started: bool = False

    @property
    def value(self) -> Decimal:
        """The value so far."""
        return self.total + (self.part or ZERO)

    def take_digits(self, text: str, *, scaled: bool = False) -> bool:
        """Add a number in digits, where it may stand: first, or behind a scale word ("2 миллион 500 мың").

        `scaled`: a smaller scale word follows, so that decimals may stand ("1 трлн 272,3 млрд").
        """
        if self.part is not None:
            return False
        value, places = read_digits(text)
        digits = len(text.partition(",")[0].partition(".")[0]) if scaled and places else len(text)
        if self.scale is not None and ((places and not scaled) or value >= self.scale or digits > 3):
            return False
        self.part, self.slot, self.decimals = value, 0, places
        return True

    def take(self, atom: Atom) -> bool:
        """Add a number word, False where it cannot follow what stands before it."""
        value = atom.value
        if atom.role is Role.UNIT:
            taken = self.part is None or (value > 0 and self.slot > (10 if value >= 10 else 1))
            if taken:
                self.part, self.slot = (self.part or ZERO) + value, 1 if value else 0
        elif atom.role is Role.TEN:
            taken = self.part is None or self.slot > 10
            if taken:
                self.part, self.slot = (self.part or ZERO) + value, 10
        elif atom.role is Role.HUNDRED:
            taken = self.take_hundred(value)
        elif atom.role is Role.SCALE:
            taken = self.scale is None or value < self.scale
            if taken:
                self.total += (Decimal(1) if self.part is None else self.part) * value
                self.scale, self.part, self.slot = value, None, OPEN
        elif atom.role is Role.HALF:
            taken = self.take_half(value)
        elif atom.role is Role.TENTHS and self.part is not None:
            taken = False
        else:
            taken = atom.kind is NumberKind.ORDINAL and self.take_ordinal(value)
        self.started = self.started or taken
        return taken

    def take_hundred(self, value: Decimal) -> bool:
        """A word for hundreds: alone, or "жүз" behind a unit ("бес жүз")."""
        if self.part is None:
            self.part = value
        elif value == 100 and self.slot == 1 and 1 <= self.part < 10:
            self.part *= value
        else:
            return False
        self.slot = 100
        return True

    def take_half(self, value: Decimal) -> bool:
        """ "жарым": half of the unit before it ("екі жарым"), half of the scale in "мың жарым"."""
        if self.part is not None:
            if self.decimals:
                return False
            self.part, self.decimals = self.part + value, 1
        elif self.scale is not None:
            self.total += self.scale * value
        elif self.started:
            return False
        else:
            self.part = value
        self.slot = 0
        return True

    def take_ordinal(self, value: Decimal) -> bool:
        """An ordinal word, which ends the row: "две тысячи девятый", "пятитысячный"."""
        if self.part is not None and value >= GROUP and self.slot:
            self.total, self.part = self.total + self.part * value, None
        elif self.part is not None and value >= self.slot:
            return False
        else:
            self.part = (self.part or ZERO) + value
        self.kind = NumberKind.ORDINAL
        return True


def add_up(row: Row, index: int) -> Numeral | None:
    """Add up digits and words from an item on, as long as each may follow the one before."""
    items = row.items
    if index >= len(items):
        return None
    found = Numeral(ZERO, items[index].start, 0, 0, index)
    summed = Sum()
    for at in range(index, len(items)):
        item, atom = items[at], items[at].atom
        if at > index and not row.near(at):
            break
        if item.text == "." and at > index and goes_on(row, at):  # "36 млн. 400 мың"
            continue
        if item.kind == "digits":
            following = row.atom(at + 1)
            smaller = (
                following is not None
                and following.role is Role.SCALE
                and following.value < (summed.scale or 0)
            )
            if not summed.take_digits(item.text, scaled=smaller):
                break
            found.end, found.tail, found.after = item.end, item.end, at + 1
            found.value = summed.value
            take_digit_ending(row, found, at)
            if found.after != at + 1 or found.flags:
                break
            if (power := short_scale(row, at + 1)) and summed.part is not None:
                found.end = found.tail = items[at + 1].end
                summed.scale, found.after = Decimal(10) ** power, at + 2
                summed.part *= summed.scale
                break
            continue
        if atom is None or not summed.take(atom):
            break
        found.end, found.tail, found.after = item.end - atom.cut, item.end, at + 1
        found.ending = atom.ending
        if atom.short and take_short_ending(row, found, at):
            break
        closes = atom.role is Role.SCALE and summed.decimals
        if atom.ending is not NO_ENDING or closes or summed.kind is NumberKind.ORDINAL:
            summed.kind = atom.ending.kind or summed.kind
            break
    if not found.end:
        return None
    found.value, found.decimals, found.multiplier = summed.value, summed.decimals, summed.scale or Decimal(1)
    if found.kind is NumberKind.CARDINAL:
        found.kind = summed.kind
    if items[index].kind == "word":
        found.flags += ("number_words",)
    return found


def goes_on(row: Row, at: int) -> bool:
    """Whether a dot ends a scale word that a smaller part follows ("36 млн. 400 мың теңге")."""
    before, atom, smaller = row.atom(at - 1), row.items[at - 1], row.atom(at + 2)
    following = row.at(at + 1)
    if before is None or not before.short or atom.kind != "word" or not row.glued(at):
        return False
    digits = following is not None and following.kind == "digits" and row.near(at + 1)
    return digits and smaller is not None and smaller.role is Role.SCALE and smaller.value < before.value


def take_digit_ending(row: Row, found: Numeral, index: int) -> None:
    """Let a numeral in digits take the ending behind item `index` ("20-дан", "15й", "5-сынып")."""
    at = index + 1
    if not row.glued(at):
        return
    dashed = row.items[at].kind == "dash"
    if dashed:
        at += 1
        if not row.glued(at):
            return
    word, words = row.items[at], row.words
    if word.kind != "word":
        return
    ending = words.endings.get(word.text)
    if ending is None:
        if dashed:
            found.flags += ("joined",)
            if words.mobile_cases and word.atom is None:
                found.kind = NumberKind.ORDINAL
        return
    if not dashed and not words.mobile_cases and len(word.text) == 1 and word.text not in words.glued_endings:
        return
    if word.text in words.small_cardinals and found.value < 10:
        ending = NO_ENDING
    found.ending, found.kind = ending, ending.kind or found.kind
    found.tail, found.after = word.end, at + 1


def take_short_ending(row: Row, found: Numeral, index: int) -> bool:
    """Let an abbreviated scale word take the ending behind a dash: "10 млн-ға"."""
    if not (row.glued(index + 1) and row.glued(index + 2) and row.items[index + 1].kind == "dash"):
        return False
    word = row.items[index + 2]
    ending = row.words.endings.get(word.text)
    if ending is None or ending.kind is not None:
        return False
    found.ending, found.tail, found.after = ending, word.end, index + 3
    return True


def short_scale(row: Row, index: int) -> int:
    """The power of ten that a letter against the digits stands for ("3М", "445,1 м."), 0 for none."""
    item = row.at(index)
    if item is None or item.kind != "word" or len(item.text) > 2:
        return 0
    letters = row.text[item.start : item.end]
    if row.glued(index):
        return row.words.glued.get(letters, 0)
    dotted = row.words.dotted.get(letters, 0)
    narrow = row.text[item.start - 1] in "\u00a0\u202f"
    return dotted if narrow and row.text[item.end : item.end + 1] == "." else 0


def as_decimal(row: Row, found: Numeral) -> Numeral | None:
    """A decimal in words: "он екі бүтін оннан бес", "две целых пять десятых", "три с половиной"."""
    role = row.role(found.after)
    if role is Role.WHOLE:
        return named_decimals(row, found, found.after + 1)
    if role is Role.POINT:
        rest = add_up(row, found.after + 1)
        return None if rest is None else merged(row, found, rest, whole_digits(rest))
    if (
        role is Role.AND
        and row.words.mobile_cases
        and found.multiplier == 1
        and "number_words" in found.flags
    ):
        return decimal_with_and(row, found)
    word, portion = row.at(found.after), row.atom(found.after + 1)
    if (
        word is None
        or word.text not in row.words.with_half
        or portion is None
        or portion.role is not Role.PORTION
    ):
        return None
    found.value += portion.value * found.multiplier
    found.end = found.tail = row.items[found.after + 1].end
    found.after += 2
    found.decimals = found.decimals or 1
    return found if found.multiplier != 1 else scaled(row, found)


def decimal_with_and(row: Row, found: Numeral) -> Numeral | None:
    """Two number words with "да" between: "төрт те бір" (4,1) before a unit or a mark, "жүз де он" (110)."""
    if row.role(found.after + 1) not in (Role.UNIT, Role.TEN):
        return None
    rest = add_up(row, found.after + 1)
    if rest is None or rest.value / rest.multiplier >= 100 or rest.kind is not NumberKind.CARDINAL:
        return None
    if rest.value == found.value == 1:
        return None
    if found.value >= 100 and found.value % 100 == 0:
        value = found.value * rest.multiplier + rest.value
        return replace(rest, start=found.start, value=value)
    behind = row.at(rest.after)
    counts = rest.multiplier == 1 and behind is not None and behind.kind == "word"
    if behind is not None and behind.text in row.words.closing:
        counts = False
    if counts and match_unit(row.items, rest.after, row.units, row.words.endings) is None:
        return None
    return merged(row, found, rest, whole_digits(rest))


def named_decimals(row: Row, found: Numeral, at: int) -> Numeral | None:
    """The decimals behind a whole part: "оннан бес", "пять десятых", or bare digits ("бүтін елу үш")."""
    if row.role(at) is Role.AND:
        at += 1
    named, places = row.atom(at), 0
    if named is not None and named.ending.case is Case.ABL and named.value in (10, 100, 1000):
        places, at = len(str(named.value)) - 1, at + 1
    rest = add_up(row, at)
    if rest is None:
        return None
    tenths = row.atom(rest.after)
    if not places and tenths is not None and tenths.role is Role.TENTHS:
        places = tenths.value.adjusted()
        rest.end = rest.tail = row.items[rest.after].end
        rest.after += 1
    return merged(row, found, rest, places or whole_digits(rest))


def whole_digits(numeral: Numeral) -> int:
    """How many digits a numeral has, its scale word left out."""
    return max((numeral.value / numeral.multiplier).adjusted(), 0) + 1


def merged(row: Row, whole: Numeral, rest: Numeral, places: int) -> Numeral:
    """Whole part and decimals in words as one numeral, with the scale behind it applied."""
    scale = rest.multiplier
    whole.value = (whole.value + rest.value / scale / Decimal(10) ** places) * scale
    whole.end, whole.tail, whole.after = rest.end, rest.tail, rest.after
    whole.ending, whole.multiplier, whole.decimals = rest.ending, scale, places
    return whole if scale != 1 else scaled(row, whole)


def scaled(row: Row, found: Numeral) -> Numeral:
    """The numeral with the scale word behind it applied ("две целых пять десятых" + "миллиарда")."""
    atom = row.atom(found.after)
    if found.ending is NO_ENDING and atom is not None and atom.role is Role.SCALE:
        item = row.items[found.after]
        found.value *= atom.value
        found.multiplier, found.ending = atom.value, atom.ending
        found.end, found.tail = item.end - atom.cut, item.end
        found.after += 1
    return found


def as_zeros(row: Row, found: Numeral) -> Numeral | None:
    """A decimal said digit by digit: "нөл-нөл бір" is 0.01."""
    at, count = found.after, 1
    while (item := row.at(at)) is not None and count < MOST_ZEROS:
        atom = item.atom
        if item.kind == "dash" and row.glued(at):
            at += 1
        elif atom is not None and atom.role is Role.UNIT and not atom.value and not atom.cut:
            at, count = at + 1, count + 1
        else:
            break
    if row.role(at) not in (Role.UNIT, Role.TEN):
        return None
    rest = add_up(row, at)
    if rest is None or rest.multiplier != 1 or rest.kind is not NumberKind.CARDINAL:
        return None
    return merged(row, found, rest, count - 1 + whole_digits(rest))


def as_fraction(row: Row, found: Numeral) -> Numeral | None:
    """A fraction: "үштен бір", "3-тен 2-сі", "две трети", "одна пятая", "пять десятых"."""
    if found.value < 1 or found.decimals or row.at(found.after) is None:
        return None
    return parts_of(row, found) if row.words.mobile_cases else named_parts(row, found)


def named_parts(row: Row, found: Numeral) -> Numeral | None:
    """A count of named parts: "две трети", "три пятых"."""
    item, atom = row.items[found.after], row.atom(found.after)
    if atom is None or found.multiplier != 1:
        return None
    if atom.role is Role.PORTION:
        part = atom.value
    elif atom.kind is NumberKind.ORDINAL and atom.value > 2 and found.value < atom.value:
        if not item.text.endswith(row.words.part_endings[found.value == 1]):
            return None
        part = 1 / atom.value
    else:
        return None
    found.value *= part
    found.end = found.tail = item.end
    found.after += 1
    found.kind, found.flags, found.rule = NumberKind.FRACTION, ("number_words",), "fraction"
    return found


def as_part(row: Row, found: Numeral) -> Numeral | None:
    """Russian: one part of so many, "пятая часть"; not that of a text ("третья часть романа")."""
    item, behind = row.at(found.after), row.at(found.after + 1)
    if item is None or item.text not in row.words.parts or not 2 < found.value <= MOST_PARTS:
        return None
    if behind is None or behind.text.startswith(row.words.part_of_text):
        return None
    found.value, found.multiplier = 1 / found.value, Decimal(1)
    found.end = found.tail = item.end
    found.after += 1
    found.kind, found.flags, found.rule = NumberKind.FRACTION, ("number_words",), "fraction"
    return found


def parts_of(row: Row, whole: Numeral) -> Numeral | None:
    """Parts out of a whole in the ablative: "үштен бірі", "төрттен үш", "3-тен 2-сі"."""
    if whole.ending.case is not Case.ABL or whole.ending.possessive:
        return None
    item = row.items[whole.after]
    third = row.words.thirds.get(item.text, "")
    over = row.words.words[third].value if third else ZERO
    if 0 < over < whole.value and row.at(whole.after + 1) is not None:  # "төрттен үшін"
        return Numeral(
            over / whole.value,
            whole.start,
            item.start + len(third),
            item.end,
            whole.after + 1,
            NumberKind.FRACTION,
            Ending(case=Case.ACC, possessive=True),
            flags=whole.flags,
            rule="fraction",
        )
    if item.kind != "digits" and row.role(whole.after) not in NUMERIC:
        return None
    part = add_up(row, whole.after)
    if part is None or part.kind is not NumberKind.CARDINAL or part.value >= whole.value:
        return None
    if not part.ending.possessive:
        behind = row.at(part.after)
        alone = behind is None or behind.kind == "sign" or behind.text in row.words.parts
        by_one = part.value == 1 and part.ending.case is Case.DAT and whole.value > 2  # "төрттен бірге өсті"
        if not by_one and (part.ending is not NO_ENDING or not alone):
            return None
    value = part.value / whole.value
    kind = NumberKind.FRACTION
    return replace(part, start=whole.start, value=value, kind=kind, flags=whole.flags, rule="fraction")
