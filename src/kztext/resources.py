"""What a run loads once and every stage is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kztext.catalogue import Catalogue, load_catalogue
from kztext.lang.lexicon import check_phrases, extended
from kztext.lang.pack import Pack, load_pack
from kztext.nlp.engine import Engine
from kztext.spans import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The catalogue, the language packs and the engine, if any.

    A pack is loaded when a sentence of its language first comes, and so are the engine's pipelines.
    """

    catalogue: Catalogue = field(default_factory=load_catalogue)
    packs: dict[str, Pack] = field(default_factory=dict, repr=False, compare=False)
    engine: Engine | None = None  # None: the rules alone

    def pack(self, lang: Lang | str) -> Pack:
        """The pack of a language, with the phrases that a user's catalogue adds."""
        name = str(lang)
        if name not in self.packs:
            self.packs[name] = extended(load_pack(name), self.catalogue)
        return self.packs[name]


def load_resources(own: str | Path | None = None, *, engine: Engine | None = None) -> Resources:
    """The resources of a run, with what the user's file `own` adds to the catalogue.

    Raises PackError that names file and entry where it is not in order.
    """
    if own is None:
        return Resources(engine=engine)
    catalogue = load_catalogue(Path(own))
    check_phrases(catalogue, str(own))
    return Resources(catalogue=catalogue, engine=engine)
