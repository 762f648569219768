"""A draft: the evidence one zone gives for the reading of its quantity, filled step by step in relate.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from kztext.records import Direction, Measure
from kztext.spans import Cue, IndicatorMention, Period, Quantity
from kztext.zones import Zone


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one zone says by itself; filled from its neighbours before it becomes a reading."""

    zone: Zone
    marker: str
    mention: IndicatorMention | None = None
    heads: list[Cue] = field(default_factory=list)
    directions: list[Cue] = field(default_factory=list)
    growth: Cue | None = None
    pace: Cue | None = None
    level: Cue | None = None
    period: Period | None = None
    base: Period | None = None
    spread: Period | None = None
    compared: str = ""  # "more" or "less" where the quantity is a difference ("на 5 % больше")
    role: str = ""  # "from" or "to" of a pair
    pair: int = -1  # the other member of the pair
    measure: Measure | None = None
    direction: Direction = Direction.NONE
    subject: tuple[int, int] = (0, 0)
    headed: tuple[int, int] = (0, 0)  # the name whose head serves this one too ("ставка по …, по …")
    local: tuple[int, int] = (0, 0)  # head nouns alone that stand for a thing named before ("ИФО", "прирост")
    share_of: str = ""
    whole_words: tuple[int, int] = (0, 0)  # the words of a whole that is no indicator
    share_mention: IndicatorMention | None = None  # the mention that names the whole
    whole_span: tuple[int, int] = (0, 0)  # where the text names the whole in its own words
    own_heads: bool = False
    possessed: bool = False  # "57%-ы", "жартысы": a part of what the word before names
    counted: tuple[int, int] = (0, 0)  # the noun that a bare number counts
    part: bool = False  # "оның ішінде ауылда – 0,9 млн": a part of what the subject names
    told: bool = False  # a bare number that a verb, a dash or a preposition makes a figure
    unit: str = ""  # of the item before, where the quantity has none
    chained: bool = False  # the subject comes from the draft before
    borrowed: bool = False  # the predicate comes from a neighbour
    aside: bool = False  # it only says what another thing was meanwhile ("при инфляции 9%")
    geo: str = ""
    rules: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def quantity(self) -> Quantity:
        """The quantity of the zone."""
        return self.zone.quantity

    @property
    def predicated(self) -> bool:
        """Whether the zone itself has a verb or noun that governs the quantity."""
        return bool(self.directions or self.pace or self.level)

    def heads_of_own(self) -> bool:
        """Whether the zone itself says share, index or growth."""
        return self.growth is not None or any(
            h.kind == "head" and h.value in ("share", "index") for h in self.heads
        )

    def has_head(self, *values: str) -> bool:
        """Whether a head cue of one of these kinds or values stands with the quantity."""
        if "share" in values and self.mention is not None and self.mention.head == "share":
            return True
        return any(h.value in values or h.kind in values for h in self.heads)
