"""A reading: a quantity with all that its sentence says of it, before it is a record."""

from __future__ import annotations

from dataclasses import dataclass

from kztext.records import CARRIED, Aggregation, Direction, Measure, Modality
from kztext.spans import Period, Quantity, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a sentence says with one quantity.

    Empty fields are not said in the sentence; the carry stage may fill them from the sentences before.
    `subject` is a span of the repaired text, (0, 0) where the sentence names none.
    """

    quantity: Quantity
    sentence: Sentence
    subject: tuple[int, int] = (0, 0)
    local: tuple[int, int] = (0, 0)  # head nouns that stand for a thing named before ("ИФО", "прирост")
    indicator: str = ""
    strong: bool = False  # the indicator was named by more than a weak word
    measure: Measure = Measure.LEVEL
    direction: Direction = Direction.NONE
    aggregation: Aggregation = Aggregation.PERIOD
    period: Period | None = None
    base: Period | None = None
    spread: Period | None = None  # how long it took ("в течение трех лет")
    share_of: str = ""
    whole: tuple[int, int] = (0, 0)  # where the text names the whole of a share in its own words
    of_before: bool = False  # a share of what was spoken of before ("оның 63%-ы", "из них 40%")
    counted: bool = False  # a bare number with the noun it counts
    told: bool = False  # a bare number that a verb, a dash or a preposition makes a figure
    modality: Modality = Modality.ACTUAL
    geo: str = ""
    price_basis: str = ""
    speaker: str = ""
    unit: str = ""
    approximation: str = ""
    growth: bool = False  # the subject is a growth rate ("рост", "өсу қарқыны")
    aside: bool = False  # what another thing was meanwhile ("при инфляции 9%"): nothing goes on from it
    anaphoric: bool = False  # the subject is a pronoun ("оның", "этот показатель")
    rules: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float = 0.9

    @property
    def has_subject(self) -> bool:
        """Whether the sentence itself names the thing measured."""
        return self.subject[1] > self.subject[0]

    @property
    def carried(self) -> bool:
        """Whether what it is of, or its unit, was said elsewhere in the text."""
        return not CARRIED.isdisjoint(self.flags)


def words_at(reading: Reading, span: tuple[int, int]) -> list[str]:
    """The words of a reading's sentence in a span of the text, in lower case."""
    start, end = (max(at - reading.sentence.start, 0) for at in span)
    return reading.sentence.text[start:end].lower().split()


def said_of(reading: Reading) -> str:
    """The words of the sentence that name what a reading is of."""
    start, end = (at - reading.sentence.start for at in reading.subject)
    return reading.sentence.text[start:end] if 0 <= start < end else ""
