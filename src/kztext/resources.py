"""What a run loads once and every stage is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from kztext.catalogue import Catalogue, load_catalogue
from kztext.lang.pack import Pack, load_pack
from kztext.spans import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The catalogue and the language packs; a pack is loaded when a sentence of its language first comes."""

    catalogue: Catalogue = field(default_factory=load_catalogue)

    def pack(self, lang: Lang | str) -> Pack:
        """The pack of a language."""
        return load_pack(str(lang))
