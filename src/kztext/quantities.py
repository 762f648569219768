"""Quantities: a number with its multiplier, unit, hedge and ending; ranges and lists that share a unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from kztext.catalogue.units import catalogue_units
from kztext.grammar import OVER
from kztext.hedges import Hedges, hedges
from kztext.lang.pack import Pack
from kztext.lexing import Item, lex
from kztext.numerals import Lexicon, lexicon
from kztext.spans import Approximation, Case, Number, NumberKind, Period, PeriodKind, Quantity, Sentence
from kztext.unitwords import UnitMatch, UnitWords, match_unit, unit_words

NO_AMOUNT = frozenset(
    {
        NumberKind.LABEL,
        NumberKind.PHONE,
        NumberKind.CLOCK,
        NumberKind.SCORE,
        NumberKind.CODE,
        NumberKind.ORDINAL,
        NumberKind.INDEFINITE,
    }
)
CENT = Decimal("0.01")
RESTATED = 10  # items behind two levels in which the change that they make is told
LONG_LIFE = 20  # from here on years with decimals are a life expectancy, not a stretch of time


def find_quantities(
    sentence: Sentence, numbers: Sequence[Number], periods: Sequence[Period], pack: Pack
) -> list[Quantity]:
    """Find the quantities of a sentence, in text order: every number that is an amount, with what it counts.

    Numbers inside a period, labels, phones, codes, ordinals and the like are left out; ages keep the kind
    `AGE`.
    """
    said = unit_words(pack)
    life = said.life.search(sentence.text.lower()) is not None
    life = life or any(is_long_life(n, p) for p in periods for n in numbers if n.overlaps(p))
    if life:
        grown = {m.end() + sentence.start for m in said.life_grown.finditer(sentence.text.lower())}
        periods = [p for p in periods if not any(tells_life(n, p) for n in numbers)]
        periods = [p for p in periods if not any(p.start < at < p.end for at in grown)]
        numbers = [of_life(n, grown) for n in numbers]
    amounts = [n for n in numbers if n.kind not in NO_AMOUNT and not any(is_within(n, p) for p in periods)]
    if not amounts:
        return []
    words = lexicon(pack)
    items = lex(sentence.text, words.words)
    reader = QuantityReader(
        sentence.text,
        sentence.start,
        items,
        [i.start for i in items],
        words,
        unit_words(pack),
        hedges(pack),
        life,
    )
    found: list[Part] = []
    for number in amounts:
        done = found[-1].quantity.end if found else sentence.start
        part = reader.read(number, periods, done) if number.start >= done else None
        if part is not None:
            found.append(part)
    found = reader.shared(reader.changes(reader.ranges(found)))
    return [part.quantity for part in found]


def is_within(number: Number, period: Period) -> bool:
    """Whether a number belongs to a period; "75,1 года" is a length of life, an amount all the same."""
    return number.overlaps(period) and not is_long_life(number, period)


def is_long_life(number: Number, period: Period) -> bool:
    """Whether years are told so finely, and so many, that people live them: "70,1 жастан 74,4-ке"."""
    return bool(number.decimals) and number.value >= LONG_LIFE and period.length == number.value


def tells_life(number: Number, period: Period) -> bool:
    """Whether years are the length of a life or what it grew by, where one is told: "68 жастан 72 жасқа"."""
    years = period.length_unit == "year" and period.case is not Case.LOC and period.start <= number.start
    lone = period.kind is PeriodKind.DURATION and period.start == number.start
    grown = number.decimals or (period.case is Case.DAT and lone)
    long = number.value >= LONG_LIFE and (lone or "age" in period.flags)
    return number.overlaps(period) and years and bool(long or (lone and grown))


def of_life(number: Number, grown: Set[int]) -> Number:
    """A number where a length of life is told: ages from a grown one's on are that, and what it grew by."""
    told = number.value >= LONG_LIFE or number.decimals or any(0 <= at - number.end <= 1 for at in grown)
    return replace(number, kind=NumberKind.CARDINAL) if number.kind is NumberKind.AGE and told else number


@dataclass(slots=True)
class Part:
    """A quantity in the making: where it stands among the items."""

    quantity: Quantity
    first: int  # the index of its first item
    after: int  # the index of the item behind its quote and ending
    number: Number


@dataclass(slots=True)
class QuantityReader:
    """Reads the quantities of one lexed sentence."""

    text: str
    shift: int
    items: list[Item]
    starts: list[int]
    words: Lexicon
    units: UnitWords
    hedges: Hedges
    life: bool = False  # the sentence tells how long people live

    def index(self, offset: int) -> int:
        """The index of the first item at or behind an offset of the document."""
        return bisect_left(self.starts, offset - self.shift)

    def read(self, number: Number, periods: Sequence[Period], done: int) -> Part | None:
        """The quantity that a number begins, None where it is none; what lies before `done` is taken."""
        first, after = self.index(number.start), self.index(number.tail)
        start, end, tail = number.start - self.shift, number.end - self.shift, number.tail - self.shift
        case, flags = number.case, tuple(f for f in number.flags if f in ("number_words", "range", "signed"))
        value, high = number.value, number.high
        negative = value < 0
        if negative:
            value, high = -value, -high
        said_from = start
        if negative or "signed" in number.flags:
            start = self.items[first + 1].start
        unit = ""
        match = self.unit_behind(after)
        before = self.unit_before(first) if match is None or match.unit.counted else None
        if number.kind is NumberKind.AGE:
            match = before = None
            unit = "year"
        if match is not None and self.refused(match, number, first):
            match = None
        if match is not None and any(number.end <= p.start < match.end + self.shift for p in periods):
            match = None  # "9,2 млн годом ранее": the word begins a period
        within: tuple[Approximation, int] | None = None
        if match is None and before is None and number.kind is NumberKind.CARDINAL:
            within = self.hedge_inside(after, case)
            if within is not None:
                match = match_unit(self.items, within[1] + 1, self.units, self.words.endings)
                assert match is not None
        if number.kind is NumberKind.FRACTION and match is None:
            value = high = percent_of(value)
            unit, flags = "percent", ("number_words", "fraction")
            if first and (atom := self.items[first - 1].atom) and atom.kind is NumberKind.ORDINAL:
                return None
        if before is not None and before.start >= done - self.shift:
            unit, start = before.unit.id, before.start
            first -= before.after
        elif match is not None:
            unit, case = match.unit.id, match.ending.case
            after, tail = match.after, match.tail
            if not match.unit.counted:
                end = match.end
        elif number.kind is NumberKind.MULTIPLE:
            unit = "times"
        if not unit and number.kind is not NumberKind.MULTIPLE and self.idle(number, after, periods):
            return None
        if "\n" in self.text[start:end]:
            flags += ("line_break",)
        outer_start = min(said_from, start)
        against = self.is_against(first)
        approximation, outer_start, outer_end = self.hedged(
            first, after, case, outer_start, tail, noun=not unit, against=against
        )
        if within is not None and approximation is Approximation.EXACT:
            approximation = within[0]
        if OVER in number.flags and approximation is Approximation.EXACT:
            approximation = Approximation.MORE_THAN
        about = "about" in number.flags or (match is not None and "about" in match.ending.flags)
        if about and approximation is Approximation.EXACT:
            approximation = Approximation.ABOUT
        per = match.per if match is not None and match.per else ""
        if not per:
            per, outer_start, outer_end = self.rate(first, after, outer_start, outer_end)
        if per:
            flags += (f"per_{per}",)
        quantity = Quantity(
            start=start + self.shift,
            end=end + self.shift,
            rule=number.rule,
            value=plain(value),
            high=plain(high),
            unit=unit,
            approximation=approximation,
            kind=NumberKind.CARDINAL if number.kind is NumberKind.FRACTION and match else number.kind,
            case=case,
            outer_start=outer_start + self.shift,
            outer_end=outer_end + self.shift,
            decimals=number.decimals,
            multiplier=number.multiplier,
            negative=negative,
            per=per,
            against=against,
            flags=flags,
        )
        return Part(quantity, first, after, number)

    def hedge_inside(self, after: int, case: Case) -> tuple[Approximation, int] | None:
        """The hedge between a number and its unit ("5 миллионнан астам шаршы метр"), and its last item."""
        found = self.hedges.behind(self.items, after, case)
        if found is None or found[1] is None:
            return None
        match = match_unit(self.items, found[1] + 1, self.units, self.words.endings)
        if match is None or match.unit.counted or match.unit.long:
            return None
        return found[0], found[1]

    def unit_behind(self, after: int) -> UnitMatch | None:
        """The unit behind a number; the dot of "млн." may stand between."""
        items = self.items
        if after >= len(items):
            return None
        if items[after].text == "." and after and items[after - 1].end == items[after].start:
            before = items[after - 1]
            if before.atom is None or not before.atom.short or after + 1 >= len(items):
                return None
            after += 1
        if items[after].kind == "dash" and items[after].start == items[after - 1].end:
            after += 1
            if after >= len(items) or items[after].start != items[after - 1].end:
                return None
        elif items[after].start - items[after - 1].end > 3:
            return None
        return match_unit(items, after, self.units, self.words.endings)

    def unit_before(self, first: int) -> UnitMatch | None:
        """A currency sign or code before a number ("$38", "USD 20"); `after` counts its items."""
        if not first:
            return None
        item = self.items[first - 1]
        if self.items[first].start - item.end > 1:
            return None
        unit = self.units.before.get(item.text.lower())
        if unit is None:
            return None
        start, count = item.start, 1
        if first > 1 and self.items[first - 2].end == item.start:
            longer = self.units.before.get((self.items[first - 2].text + item.text).lower())
            if longer is not None:
                unit, start, count = longer, self.items[first - 2].start, 2
        return UnitMatch(unit, start, item.end, item.end, count)

    def refused(self, match: UnitMatch, number: Number, first: int) -> bool:
        """Whether the unit is another word here: "три раза" (three times), not "в три раза" (threefold)."""
        unit = match.unit
        if unit.id == "times" and not self.words.mobile_cases:
            before = self.items[first - 1].text if first else ""
            return before not in self.hedges.threefold
        if unit.long and not self.life:
            return not number.decimals or number.value < LONG_LIFE
        return False

    def idle(self, number: Number, after: int, periods: Sequence[Period]) -> bool:
        """Whether a bare number says no amount: "бір" (a), a lone year, "от 2" before "до 7 лет"."""
        if number.value == 1 and "number_words" in number.flags:
            return True
        following = self.items[after] if after < len(self.items) else None
        if following is not None and following.text in self.hedges.range_to and after + 1 < len(self.items):
            beyond = self.items[after + 1].start + self.shift
            if any(p.start <= beyond < p.end for p in periods):
                return True
        plain_year = 1800 <= number.value <= 2100 and not number.decimals and number.multiplier == 1
        digits = number.end - number.start == 4
        return plain_year and digits and (following is None or following.kind != "word")

    def hedged(
        self, first: int, after: int, case: Case, start: int, tail: int, *, noun: bool, against: bool
    ) -> tuple[Approximation, int, int]:
        """The approximation that the words around say, and the extent with them."""
        approximation = Approximation.EXACT
        outer_start, outer_end = start, tail
        before = self.hedges.before(self.items, first)
        if before is not None:
            approximation, begin = before
            outer_start = self.items[begin].start
        behind: tuple[Approximation, int | None] | None = self.hedges.behind(self.items, after, case)
        if against and behind is not None and self.is_difference(behind[1], case):
            behind = None
        elif behind is None and case is Case.NOM and noun:
            behind = self.hedges.behind_noun(self.items, after, self.words.case_suffixes)
        if behind is not None:
            after_meaning, last = behind
            if last is not None:
                outer_end = self.items[last].end
            if approximation is Approximation.EXACT or approximation is Approximation.ABOUT:
                approximation = after_meaning
        return approximation, outer_start, outer_end

    def is_against(self, first: int) -> bool:
        """Whether a Kazakh noun in the ablative stands before a number and its hedge: "импорттан 20 млрд"."""
        front = self.hedges.before(self.items, first)
        begin = first if front is None else front[1]
        before = self.items[begin - 1] if begin else None
        suffixes = self.words.case_suffixes.get(Case.ABL, ())
        return before is not None and before.kind == "word" and before.text.endswith(suffixes)

    def is_difference(self, last: int | None, case: Case) -> bool:
        """Whether "more" behind a number says what it differs by: "импорттан 20 млрд доллар артық"."""
        return case is Case.NOM and last is not None and self.items[last].text in self.hedges.compares

    def rate(self, first: int, after: int, outer_start: int, outer_end: int) -> tuple[str, int, int]:
        """The unit that a rate is counted by ("сағатына 30 шақырым", "5 млн в год"), with its extent."""
        for phrase, per in self.units.per_before:
            begin = first - len(phrase)
            if begin >= 0 and all(i.text == w for i, w in zip(self.items[begin:first], phrase, strict=True)):
                return per, min(outer_start, self.items[begin].start), outer_end
        if after < len(self.items) and self.items[after].text == ".":
            after += 1
        for phrase, per in self.units.per_after:
            behind = self.items[after : after + len(phrase)]
            if len(behind) == len(phrase) and all(i.text == w for i, w in zip(behind, phrase, strict=True)):
                return per, outer_start, max(outer_end, behind[-1].end)
        return "", outer_start, outer_end

    def ranges(self, parts: list[Part]) -> list[Part]:
        """Join the two ends of a range that is said with words ("от 3 до 5 %", "3-тен 5-ке дейін")."""
        joined: list[Part] = []
        for part in parts:
            if joined and (merged := self.one_range(joined[-1], part)) is not None:
                joined[-1:] = merged
            else:
                joined.append(part)
        return joined

    def one_range(self, low: Part, high: Part) -> list[Part] | None:
        """Two quantities as one range, or as the two ends of a change; None where they are neither."""
        words, items = self.hedges, self.items
        first, second = low.quantity, high.quantity
        between = [item.text for item in items[low.after : high.first]]
        if first.unit and second.unit and not between and (sum_of := added_up(first, second)) is not None:
            return [Part(sum_of, low.first, high.after, low.number)]
        if first.unit and second.unit and first.unit != second.unit:
            return None
        behind = items[high.after].text if high.after < len(items) else ""
        before = items[low.first - 1].text if low.first else ""
        if len(between) == 1 and between[0] in words.range_to:
            is_range = before in words.range_from
            outer = items[low.first - 1].start + self.shift if is_range else first.outer_start
        elif len(between) == 1 and between[0] in words.range_and and not first.unit:
            is_range = before in words.range_between or behind in words.range_within
            outer = first.outer_start
            if not is_range:
                return None
        elif not between and first.case is Case.INS and behind in words.range_within:
            is_range, outer = True, first.outer_start
        elif not between and first.case is Case.ABL and second.case is Case.DAT:
            changes = words.changes(items, high.after + 1) or self.restated(high.after + 1)
            is_range = behind in words.range_to and not first.unit and not changes
            outer = first.outer_start
        else:
            return None
        if not is_range or first.value >= second.value or first.multiplier > second.multiplier:
            start = second.start if len(between) else second.outer_start
            meaning = second.approximation
            if meaning is Approximation.AT_MOST:
                meaning = Approximation.EXACT
            return [low, replace(high, quantity=replace(second, outer_start=start, approximation=meaning))]
        value = first.value
        if first.multiplier == 1 and second.multiplier > 1:
            value = plain(value * second.multiplier)
        quantity = replace(
            second,
            start=first.start,
            value=value,
            outer_start=outer,
            approximation=first.approximation,
            against=first.against,
            flags=tuple(dict.fromkeys((*first.flags, *second.flags, "range"))),
        )
        return [Part(quantity, low.first, high.after, high.number)]

    def restated(self, at: int) -> bool:
        """Whether a change is told over again behind two levels: "…-нан …-ға дейін, яғни 14,3%-ға өсті"."""
        counted = False
        for place in range(at, min(at + RESTATED, len(self.items))):
            item = self.items[place]
            counted = counted or item.kind == "digits" or item.atom is not None
            if item.text in ";.:(" or (item.kind == "word" and item.text.startswith(self.hedges.targets)):
                return counted and item.kind == "word"
        return False

    def changes(self, parts: list[Part]) -> list[Part]:
        """Take the hedge off the second end of a change: "с 20,3% в декабре до 9,8%"."""
        for place in range(1, len(parts)):
            one, two = parts[place - 1], parts[place].quantity
            hedged = one.quantity.approximation is not Approximation.EXACT
            if two.approximation is not Approximation.AT_MOST or hedged or one.quantity.unit != two.unit:
                continue
            before = self.items[one.first - 1].text if one.first else ""
            if one.quantity.case is Case.ABL or before in self.hedges.change_from:
                parts[place] = replace(parts[place], quantity=replace(two, approximation=Approximation.EXACT))
        return parts

    def shared(self, parts: list[Part]) -> list[Part]:
        """Give the members of a list the unit and multiplier that only its last one carries."""
        for place in range(len(parts) - 2, -1, -1):
            this, following = parts[place], parts[place + 1]
            if not this.quantity.unit and following.quantity.unit and self.in_one_list(this, following):
                parts[place] = share(this, following)
        return parts

    def in_one_list(self, this: Part, following: Part) -> bool:
        """Whether only list separators stand between two quantities."""
        if this.quantity.multiplier > 1 and following.quantity.multiplier == 1:
            return False
        if "signed" in following.quantity.flags and "signed" not in this.quantity.flags:
            return False  # "4,7 млрд штук после 5,1, минус 8%"
        before = self.items[this.first - 1].text if this.first else ""
        if before in self.hedges.alone_after and following.quantity.unit == "percent":
            return False
        behind = self.items[following.after].text if following.after < len(self.items) else ""
        if this.quantity.case is Case.ABL and behind in self.hedges.compares:
            return False  # "мамырдағы 64-тен 12 пайыз қымбат"
        between = self.items[this.after : following.first]
        return len(between) <= 2 and all(i.text in self.hedges.separators for i in between)


def added_up(first: Quantity, second: Quantity) -> Quantity | None:
    """A measure in two units as one: "6 тонна 600 килограмм" is 6.6 tonnes, "3 рубля 50 копеек" 3.5."""
    known = catalogue_units()
    one, two = known.get(first.unit), known.get(second.unit)
    if one is None or two is None or first.case is not Case.NOM or first.value != first.high:
        return None
    if one.dimension == "money" and two.dimension == "minor_money":
        part = second.value / 100
    elif one.dimension == two.dimension and one.factor and two.factor and one.factor > two.factor:
        part = second.value * two.factor / one.factor
    else:
        return None
    if part >= 1:
        return None
    value = (first.value + part).normalize()
    return replace(
        first, end=second.end, outer_end=second.outer_end, value=value, high=value, case=second.case
    )


def share(this: Part, following: Part) -> Part:
    """`this` with the unit of `following`, and with its multiplier where it has none of its own."""
    quantity, model = this.quantity, following.quantity
    multiplier = quantity.multiplier
    value, high = quantity.value, quantity.high
    if multiplier == 1 and model.multiplier > 1 and value < 1000:
        multiplier = model.multiplier
        value, high = plain(value * multiplier), plain(high * multiplier)
    flags = (*quantity.flags, "shared_unit")
    return replace(
        this,
        quantity=replace(
            quantity, unit=model.unit, multiplier=multiplier, value=value, high=high, flags=flags
        ),
    )


def percent_of(fraction: Decimal) -> Decimal:
    """A fraction in percent, with two decimals at most.

    >>> percent_of(Decimal(1) / 3), percent_of(Decimal("0.5"))
    (Decimal('33.33'), Decimal('50'))
    """
    text = f"{(fraction * 100).quantize(CENT, ROUND_HALF_UP):f}"
    return Decimal(text.rstrip("0").rstrip("."))


def plain(value: Decimal) -> Decimal:
    """A value without an exponent, and without decimals where it is whole because of its multiplier.

    >>> plain(Decimal("2500000000.0")), plain(Decimal("5.80"))
    (Decimal('2500000000'), Decimal('5.80'))
    """
    if value >= 1000 and value == value.to_integral_value():
        return Decimal(int(value))
    return value
