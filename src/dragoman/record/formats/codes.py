"""Countries and sectors in the words of GDELT, ICEWS and POLECAT: the tables of `data/formats/`, both ways."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dragoman.record.register import worlds
from dragoman.world import DATA, NON_STATES, fold

FOLDER = DATA / "formats"
BODIES = ("IGO", "NGO", "MNC", "IMG")  # PLOVER's codes of actors beyond states that CAMEO has too
UN, EU = "UNO", "EUR"
_EU_GROUP = "EEC"  # GDELT's known group of the European Union; its EUR is the continent


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoActor:
    """An actor in GDELT's columns."""

    code: str
    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()  # at most three


@cache
def _countries() -> tuple[dict[str, str], ...]:
    return tuple(_rows(FOLDER / "countries.tsv"))


@cache
def _sectors() -> tuple[dict[str, str], ...]:
    return tuple(_rows(FOLDER / "sectors.tsv"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def _written(column: str) -> Mapping[str, str]:
    """Country → its code or name in a column: the first one of the cell."""
    return {row["country"]: row[column].split("|")[0] for row in _countries() if row[column]}


@cache
def _read(column: str) -> Mapping[str, str]:
    """Folded code or name → country."""
    return {fold(word): row["country"] for row in _countries() for word in row[column].split("|") if word}


@cache
def acting() -> Mapping[str, str]:
    """Country → the one it acts as: a dependency acts as its state."""
    return {row["id"]: row["actor"] for row in _rows(DATA / "countries.tsv")}


def fips(country: str | None) -> str:
    """The FIPS 10-4 code of a country, "" where there is none."""
    return _written("fips").get(country or "", "")


@lru_cache(maxsize=2000)
def from_fips(code: str) -> str | None:
    """The country of a FIPS 10-4 code."""
    return _read("fips").get(fold(code))


def cow(country: str | None) -> str:
    """The Correlates of War number of a country, "" where there is none."""
    return _written("cow").get(country or "", "")


def icews_name(country: str | None) -> str:
    """A country's name as ICEWS writes it, "" where there is none."""
    return _written("icews").get(country or "", "")


@cache
def _ids() -> frozenset[str]:
    """All codes that PLOVER or we have for who acts and for where."""
    return frozenset(acting()) | NON_STATES | {row["country"] for row in _countries()}


@lru_cache(maxsize=2000)
def from_name(name: str) -> str | None:
    """The country of an alpha-3 code, or of a name as ICEWS, POLECAT or our own tables write it."""
    if name in _ids():
        return name
    return _read("icews").get(fold(name)) or _our_names().get(fold(name))


def english(country: str | None) -> str:
    """A country's English name in our own table, "" where it is unknown."""
    return _our_english().get(country or "", "")


@cache
def _our_english() -> Mapping[str, str]:
    return {row["id"]: row["name"] for row in _rows(DATA / "countries.tsv")}


@cache
def _our_names() -> Mapping[str, str]:
    """Folded names of countries in all our languages."""
    found: dict[str, str] = {}
    for world in worlds():
        for country in world.countries():
            if country.last is None:
                found |= {fold(name): country.id for name in country.names}
    return found


@lru_cache(maxsize=100_000)
def names_country(name: str | None, country: str | None) -> bool:
    """Whether a place's name is that of its whole country."""
    return name is None or (country is not None and from_name(name) == country)


# -- CAMEO actors, as GDELT has them ----------------------------------------------------------------------------------


@cache
def _cameo_of_sector() -> Mapping[str, str]:
    return {row["sector"]: row["cameo"].split("|")[0] for row in _sectors() if row["cameo"]}


@cache
def _sector_of_cameo() -> Mapping[str, str]:
    return {code: row["sector"] for row in _sectors() for code in row["cameo"].split("|") if code}


@lru_cache(maxsize=100_000)
def cameo_actor(country: str | None, sectors: tuple[str, ...]) -> CameoActor:
    """An actor's CAMEO code and its parts; what CAMEO has no word for is left out."""
    types = [code for sector in sectors if (code := _cameo_of_sector().get(sector))]
    place, group = _written("cameo").get(country or "", ""), ""
    if country in (UN, EU):
        group = UN if country == UN else _EU_GROUP
        types.insert(0, "IGO")
    elif country in BODIES:
        types.insert(0, str(country))
    kept = tuple(dict.fromkeys(types))[:3]
    if country == EU:
        place = EU
    parts = (*kept[:1], place, group, *kept[1:]) if group or country in BODIES else (place, *kept)
    return CameoActor(code="".join(parts), country=place, group=group, types=kept)


@lru_cache(maxsize=100_000)
def from_cameo(country: str, group: str, types: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Country (as PLOVER has it) and sectors of an actor in GDELT's columns."""
    code = _read("cameo").get(fold(country)) if country else None
    code = acting().get(code or "", code)
    sectors = [sector for t in types if (sector := _sector_of_cameo().get(t))]
    body = next((t for t in types if t in BODIES), None)
    if group == UN:
        code = UN
    elif group == _EU_GROUP:
        code = EU
    elif body == "IGO" or (body is not None and code is None):
        code = body
    elif body is not None:
        sectors.append({"MNC": "BUS", "NGO": "SOC"}.get(body, "UAF"))
    return code, tuple(dict.fromkeys(sectors))


# -- ICEWS sectors ----------------------------------------------------------------------------------------------------

_ICEWS_BODIES = {
    "IGO": "International Government Organization",
    "NGO": "Nongovernmental Organization (International)",
    "MNC": "Multinational Corporation",
    "IMG": "International Dissident",
}


@lru_cache(maxsize=20_000)
def icews_sectors(country: str | None, sectors: tuple[str, ...]) -> str:
    """Sectors in ICEWS's words, the wider one before the finer, joined by commas."""
    by_sector = {row["sector"]: row["icews"] for row in _sectors()}
    body = {UN: "IGO", EU: "IGO"}.get(country or "", country or "")
    words = [_ICEWS_BODIES[body]] if body in _ICEWS_BODIES else []
    for sector in sectors:
        words += by_sector.get(sector, "").split(",")
    return ",".join(dict.fromkeys(w for w in words if w))


@lru_cache(maxsize=100_000)
def from_icews(country: str, name: str, words: str) -> tuple[str | None, tuple[str, ...]]:
    """Country and sectors of an actor in ICEWS's columns. The order of its sector words means nothing, but is kept."""
    listed = [w.strip() for w in words.split(",") if w.strip()]
    fine = [s for w in listed if (s := _icews_words().get(w))]
    wide = [s for w in listed if (s := _icews_words().get("^" + w))]
    sectors = tuple(dict.fromkeys(fine or wide))
    code = from_name(country) if country else None
    if code is None:
        own = _read_body(name)
        body = next((b for b, w in _ICEWS_BODIES.items() if w in listed), None)
        code = own if own is not None and body in (None, "IGO") else body
    return acting().get(code or "", code), sectors


def _read_body(name: str) -> str | None:
    return {"united nations": UN, "european union": EU}.get(fold(name))


def body_name(country: str | None) -> str | None:
    """The name under which ICEWS has the United Nations and the European Union."""
    return {UN: "United Nations", EU: "European Union"}.get(country or "")


@cache
def _icews_words() -> Mapping[str, str]:
    return {word: row["sector"] for row in _sectors() for word in row["icews_also"].split("|") if word}


# -- modes, contexts, roles, offices ----------------------------------------------------------------------------------


@cache
def old_modes() -> Mapping[tuple[str, str], str | None]:
    """(type, mode of older PLOVER) → today's mode, None where there is none."""
    return {(row["type"], row["written"]): row["mode"] or None for row in _rows(FOLDER / "modes.tsv")}


@cache
def other_contexts() -> Mapping[str, str]:
    """Other spellings of contexts → ours."""
    return {row["written"]: row["context"] for row in _rows(FOLDER / "contexts.tsv")}


@lru_cache(maxsize=10_000)
def role(sectors: tuple[str, ...]) -> str:
    """What somebody of these sectors is called without a name."""
    roles = {row["sector"]: row["role"] for row in _sectors()}
    return next((roles[s] for s in sectors if s in roles), roles["UNK"])


@cache
def titles() -> Mapping[str, str]:
    """Office id → its English title."""
    return {row["id"]: row["title"] for row in _rows(DATA / "offices.tsv")}


@cache
def offices() -> Mapping[str, str]:
    """English title → office id."""
    return {title: id for id, title in titles().items()}


def same_sectors(words: Iterable[str], read: Sequence[str]) -> bool:
    """Whether two lists of sectors are the same set."""
    return set(words) == set(read)
