"""The lexicon of Kazakh that a trained pipeline carries: lemmas, forms, and what stands in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class Lexicon:
    """Lemmas by part of speech, how often words stand alone, with how many endings stems are seen.

    `words` has the forms with one lemma, whatever their part of speech, `tags` those with one part of speech.
    """

    forms: dict[tuple[str, str], str] = field(default_factory=dict)
    lemmas: dict[str, dict[str, int]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    verbs: dict[str, int] = field(default_factory=dict)
    nouns: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def index(self) -> None:
        """Bring `words` and `tags` in line with the forms."""
        self.words = certain((word, lemma) for (word, _), lemma in self.forms.items())
        self.tags = certain(self.forms)

    def lines(self) -> Iterator[str]:
        """The lexicon as lines of tab-separated columns, sorted."""
        yield from (f"form\t{form}\t{pos}\t{lemma}" for (form, pos), lemma in sorted(self.forms.items()))
        for lemma, counts in sorted(self.lemmas.items()):
            yield from (f"lemma\t{lemma}\t{pos}\t{count}" for pos, count in sorted(counts.items()))
        for name in ("seen", "verbs", "nouns"):
            yield from (f"{name}\t{word}\t\t{count}" for word, count in sorted(getattr(self, name).items()))


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from its lines."""
    lexicon = Lexicon()
    for line in lines:
        kind, word, pos, value = line.rstrip("\n").split("\t")
        if kind == "form":
            lexicon.forms[word, pos] = value
        elif kind == "lemma":
            lexicon.lemmas.setdefault(word, {})[pos] = int(value)
        else:
            getattr(lexicon, kind)[word] = int(value)
    lexicon.index()
    return lexicon


def certain(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words that have one partner in all pairs.

    >>> certain([("ала", "ала"), ("ала", "ал"), ("еді", "е"), ("еді", "е")])
    {'еді': 'е'}
    """
    partners: dict[str, set[str]] = {}
    for word, partner in pairs:
        partners.setdefault(word, set()).add(partner)
    return {word: min(found) for word, found in partners.items() if len(found) == 1}
