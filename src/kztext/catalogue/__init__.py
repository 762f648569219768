"""The catalogue: indicators, places, units and topics, with ids and codes; a user's own file adds to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kztext.errors import PackError

LANGS = ("kk", "ru")
SCHEMES = ("wb", "imf", "sdg")
MEASURES = ("level", "change", "index", "share")
NAMES = ("kk", "ru", "en")
CASES = 1000  # people or cases that may be those of one story
PHRASES = tuple(f"{kind}_{lang}" for kind in ("phrases", "weak") for lang in LANGS)
INDICATOR_KEYS = (
    *("id", *NAMES, "topic", "unit_class", "measure", "rate", "expects", *SCHEMES),
    *("part_of", "share_of", "people", "as_rate", "by_unit", "personal"),
    *PHRASES,
)
PLACE_KEYS = ("geo", *NAMES, "kind", "part_of", *PHRASES)
UNIT_KEYS = ("id", "name", "dimension", "factor", "phrases_kk", "phrases_ru")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of economy or society.

    `unit_class` is the kind of unit its level has (money, count, mass, percent …), `measure` what a bare
    number said of it usually is; a rate is itself a percentage; `expects`: of which one
    it is what people expect, so that "a year ahead" says how far they look, not when. `part_of`,
    `share_of`: its whole; `people`: those whom a rate counts; `as_rate`: what a bare percentage said of it
    is; `by_unit`: what its words mean in units of another kind: wheat in hectares is sown. What is `personal`
    is told of one person too, whose loan or children are none of a country's.
    """

    id: str
    name_kk: str
    name_ru: str
    name_en: str
    topic: str
    unit_class: str = ""
    measure: str = "level"
    is_rate: bool = False
    expects: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # "wb", "imf", "sdg": codes
    part_of: str = ""
    share_of: str = ""
    people: str = ""
    as_rate: str = ""
    by_unit: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False

    def may_be_a_case(self, value: Decimal) -> bool:
        """Whether so many people or cases may be those of one story, and none of a country's."""
        return self.is_personal and value < CASES


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A place records may be about: `geo` is ISO 3166-1 alpha-3, ISO 3166-2, or a group's own name."""

    geo: str
    name_kk: str
    name_ru: str
    name_en: str
    kind: str  # country, region, city, group, world
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicEntry:
    """A topic label with its names and its statistical domain in SDMX."""

    id: str
    name_kk: str
    name_ru: str
    name_en: str
    sdmx: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything records may point to, by id.

    `units` are the entries of units.toml as they stand there. `phrases` holds what a user's file adds to a
    language: `phrases["kk"]["indicators"][id] = {"phrases": [...], "weak": [...]}`.
    """

    indicators: dict[str, Indicator]
    places: dict[str, PlaceEntry]
    units: dict[str, dict[str, Any]]
    topics: dict[str, TopicEntry]
    phrases: dict[str, dict[str, dict[str, dict[str, list[str]]]]] = field(default_factory=dict)
    wholes: frozenset[str] = frozenset()  # ids that the record contract fixes: what a share is of


def wholes_of(entry: Indicator, catalogue: Catalogue) -> list[str]:
    """The ids of what an indicator is a part of, the nearest first."""
    found: list[str] = []
    while entry.part_of and entry.part_of not in found and entry.part_of in catalogue.indicators:
        found.append(entry.part_of)
        entry = catalogue.indicators[entry.part_of]
    return found


def by_its_unit(indicator: str, unit: str, catalogue: Catalogue) -> str:
    """What the words of an indicator mean in the unit of their number: of pensioners, money is pensions.

    Empty where they mean nothing else in it.
    """
    entry = catalogue.indicators.get(indicator)
    kind = "money" if unit.isupper() else str(catalogue.units.get(unit, {}).get("dimension", ""))
    return entry.by_unit.get(kind, "") if entry is not None else ""


def load_catalogue(extra: Path | None = None) -> Catalogue:
    """The catalogue of the package, with what the user's file `extra` adds or replaces.

    Raises PackError that names file and entry where `extra` is not in order.
    """
    return _own() if extra is None else _extended(_own(), extra)


def search_catalogue(query: str, catalogue: Catalogue | None = None) -> list[Indicator]:
    """Indicators whose id, names, topic or codes hold every word of `query`; the closest first.

    >>> search_catalogue("безработица молодёжная")[0].id
    'youth_unemployment'
    """
    words = [word[: max(4, len(word) - 2)] for word in _plain(query).split()]  # less the ending
    found: list[tuple[int, int, Indicator]] = []
    for order, entry in enumerate((catalogue or load_catalogue()).indicators.values()):
        names = [_plain(name) for name in (entry.id, entry.name_kk, entry.name_ru, entry.name_en)]
        codes = [_plain(code) for group in entry.codes.values() for code in group]
        text = " ".join([*names, *codes, entry.topic])
        if all(word in text for word in words):
            exact = query.strip() == entry.id or _plain(query).strip() in [*names, *codes]
            starts = any(name.startswith(tuple(words)) for name in names)
            found.append((0 if exact else 1 if starts else 2, order, entry))
    return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])]


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е").replace("_", " ")


@cache
def _own() -> Catalogue:
    folder = resources.files("kztext.catalogue")

    def table(name: str) -> dict[str, Any]:
        path = folder.joinpath(f"{name}.toml")
        return _parse(path.read_text(encoding="utf8"), f"catalogue/{name}.toml") if path.is_file() else {}

    topics = {
        entry["id"]: TopicEntry(
            id=entry["id"],
            name_kk=entry["kk"],
            name_ru=entry["ru"],
            name_en=entry["en"],
            sdmx=entry.get("sdmx", ""),
        )
        for entry in table("topics").get("topic", ())
    }
    bare = Catalogue(indicators={}, places={}, units={}, topics=topics)
    filled = _filled(bare, table("indicators"), "catalogue/indicators.toml")
    filled = _filled(filled, table("places"), "catalogue/places.toml")
    units = {name: dict(entry) for name, entry in table("units").items() if isinstance(entry, dict)}
    return replace(filled, units=units, wholes=frozenset(table("contract").get("ids", ())))


def _extended(catalogue: Catalogue, path: Path) -> Catalogue:
    try:
        text = path.read_text(encoding="utf8")
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    table = _parse(text, str(path))
    strange = sorted(set(table) - {"indicator", "place", "unit"})
    if strange:
        raise PackError(f"{path}: unknown table {strange[0]!r} (have: indicator, place, unit)")
    return _filled(catalogue, table, str(path))


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: {error}") from error


def _filled(catalogue: Catalogue, table: Mapping[str, Any], where: str) -> Catalogue:
    """The catalogue with the entries of one file; what an entry says changes an id that is there already."""
    indicators, places = dict(catalogue.indicators), dict(catalogue.places)
    units, phrases = dict(catalogue.units), _copied(catalogue.phrases)
    for entry in _entries(table, "indicator", "id", INDICATOR_KEYS, where):
        name = entry["id"]
        spot = f"{where}: indicator {name!r}"
        indicators[name] = _indicator(entry, indicators.get(name), spot, catalogue.topics)
        _add_phrases(phrases, "indicators", name, entry, spot)
    for entry in _entries(table, "place", "geo", PLACE_KEYS, where):
        name = entry["geo"]
        spot = f"{where}: place {name!r}"
        known = places.get(name)
        names = _names(entry, (known.name_kk, known.name_ru, known.name_en) if known else None, spot)
        places[name] = PlaceEntry(
            geo=name,
            name_kk=names[0],
            name_ru=names[1],
            name_en=names[2],
            kind=_text(entry, "kind", spot) or (known.kind if known else "region"),
            part_of=_text(entry, "part_of", spot) or (known.part_of if known else ""),
        )
        _add_phrases(phrases, "places", name, entry, spot)
    for entry in _entries(table, "unit", "id", UNIT_KEYS, where):
        name = entry["id"]
        spot = f"{where}: unit {name!r}"
        units[name] = {**units.get(name, {}), **_unit(entry, spot, known=name in units)}
        _add_phrases(phrases, "units", name, entry, spot)
    for entry_id, indicator in indicators.items():
        for key in ("part_of", "share_of", "people", "as_rate"):
            whole = getattr(indicator, key)
            if whole and whole not in indicators:
                raise PackError(f"{where}: indicator {entry_id!r}: `{key}` names no indicator: {whole!r}")
        for other in indicator.by_unit.values():
            if other not in indicators:
                raise PackError(f"{where}: indicator {entry_id!r}: `by_unit` names no indicator: {other!r}")
    return Catalogue(
        indicators=indicators, places=places, units=units, topics=catalogue.topics, phrases=phrases
    )


def _entries(
    table: Mapping[str, Any], kind: str, key: str, known: Iterable[str], where: str
) -> Iterable[dict[str, Any]]:
    entries = table.get(kind, [])
    if not isinstance(entries, list):
        raise PackError(f"{where}: write `[[{kind}]]`, one a table, not `[{kind}]`")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = entry.get(key)
        if not isinstance(name, str) or not name:
            raise PackError(f"{where}: {kind} {number}: needs `{key}`")
        if name in seen:
            raise PackError(f"{where}: {kind} {name!r} stands there twice")
        seen.add(name)
        strange = sorted(set(entry) - set(known))
        if strange:
            raise PackError(
                f"{where}: {kind} {name!r}: unknown key {strange[0]!r} (have: {', '.join(known)})"
            )
        yield entry


def _indicator(
    entry: Mapping[str, Any], known: Indicator | None, spot: str, topics: Mapping[str, TopicEntry]
) -> Indicator:
    names = _names(entry, (known.name_kk, known.name_ru, known.name_en) if known else None, spot)
    topic = _text(entry, "topic", spot) or (known.topic if known else "other")
    if topics and topic not in topics:
        raise PackError(f"{spot}: unknown topic {topic!r} (have: {', '.join(topics)})")
    measure = _text(entry, "measure", spot) or (known.measure if known else "level")
    if measure not in MEASURES:
        raise PackError(f"{spot}: unknown measure {measure!r} (have: {', '.join(MEASURES)})")
    rate = _flag(entry, "rate", spot, known=known is not None and known.is_rate)
    by_unit = entry.get("by_unit", known.by_unit if known else {})
    if not isinstance(by_unit, Mapping) or not all(isinstance(other, str) for other in by_unit.values()):
        raise PackError(f"{spot}: `by_unit` says an indicator for each kind of unit, not {by_unit!r}")
    codes = dict(known.codes) if known else {}
    for scheme in SCHEMES:
        if scheme in entry:
            codes[scheme] = tuple(_texts(entry, scheme, spot))
    return Indicator(
        id=entry["id"],
        name_kk=names[0],
        name_ru=names[1],
        name_en=names[2],
        topic=topic,
        unit_class=_text(entry, "unit_class", spot) or (known.unit_class if known else ""),
        measure=measure,
        is_rate=rate,
        expects=_text(entry, "expects", spot) or (known.expects if known else ""),
        codes=codes,
        part_of=_text(entry, "part_of", spot) or (known.part_of if known else ""),
        share_of=_text(entry, "share_of", spot) or (known.share_of if known else ""),
        people=_text(entry, "people", spot) or (known.people if known else ""),
        as_rate=_text(entry, "as_rate", spot) or (known.as_rate if known else ""),
        by_unit=dict(by_unit),
        is_personal=_flag(entry, "personal", spot, known=known is not None and known.is_personal),
    )


def _flag(entry: Mapping[str, Any], key: str, spot: str, *, known: bool) -> bool:
    said = entry.get(key, known)
    if not isinstance(said, bool):
        raise PackError(f"{spot}: `{key}` is true or false, not {said!r}")
    return said


def _unit(entry: Mapping[str, Any], spot: str, *, known: bool) -> dict[str, str]:
    """What a unit's entry says of it; one that the package does not have needs its dimension."""
    said = {key: _text(entry, key, spot) for key in ("name", "dimension") if key in entry}
    if not known and not said.get("dimension"):
        raise PackError(f"{spot}: needs `dimension`: what it measures (mass, volume, length, money, count …)")
    if "factor" in entry:
        factor = str(entry["factor"])
        if isinstance(entry["factor"], bool) or not _is_positive(factor):
            raise PackError(f"{spot}: `factor` is a number over 0, not {entry['factor']!r}")
        said["factor"] = factor
    return said


def _is_positive(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and number > 0


def _names(entry: Mapping[str, Any], known: tuple[str, str, str] | None, spot: str) -> tuple[str, str, str]:
    """The names in Kazakh, Russian and English; one of them stands in for those that are absent."""
    given = [_text(entry, key, spot) for key in NAMES]
    if known:
        given = [name or old for name, old in zip(given, known, strict=True)]
    spare = next((name for name in reversed(given) if name), "")
    if not spare:
        raise PackError(f"{spot}: needs a name: `kk`, `ru` or `en`")
    return given[0] or spare, given[1] or spare, given[2] or spare


def _text(entry: Mapping[str, Any], key: str, spot: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise PackError(f"{spot}: `{key}` is text, not {value!r}")
    return value


def _texts(entry: Mapping[str, Any], key: str, spot: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise PackError(f"{spot}: `{key}` is a list of texts, not {value!r}")
    return value


def _add_phrases(
    phrases: dict[str, dict[str, dict[str, dict[str, list[str]]]]],
    table: str,
    name: str,
    entry: Mapping[str, Any],
    spot: str,
) -> None:
    for lang in LANGS:
        for kind in ("phrases", "weak"):
            added = _texts(entry, f"{kind}_{lang}", spot)
            if added:
                lists = phrases.setdefault(lang, {}).setdefault(table, {}).setdefault(name, {})
                lists[kind] = [*lists.get(kind, []), *added]


def _copied(
    phrases: dict[str, dict[str, dict[str, dict[str, list[str]]]]],
) -> dict[str, dict[str, dict[str, dict[str, list[str]]]]]:
    return deepcopy(phrases)
