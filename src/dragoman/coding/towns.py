"""Which of several towns of one name is meant: the one in a land that the sentence or the page names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from dragoman.coding.mentions import Found, Nucleus
from dragoman.world.values import Entry

TOWNS = frozenset({"city", "territory", "capital"})
AREAS = frozenset({"place", "country", "territory"})  # what may stand behind a town to say where it is
CAPITAL = 10**8  # what weights of capitals and territories have above their inhabitants (docs/world.md)
# A namesake with less than a twentieth of the inhabitants is not meant, whatever the page is about: Paris in Texas has
# an eightieth of Paris's. A choice, not a measurement.
LEAST = 0.05
SMALL = 400_000  # inhabitants below which a town with a foreign land behind it is taken for an unknown namesake there
BESIDE = 3  # tokens between a town and the land that says where it is: "Palm Beach, en Floride", "London, Ontario"


def ambiguous(found: Found) -> bool:
    """Whether a sentence names a town that can be several, or one with its land behind it."""
    return any(_choices(n) for n in nuclei(found)) or any(True for _ in _placed(found))


def settle(found: Found, page: Counter[str]) -> None:
    """Put the town that is meant first; `page` counts the countries that the document names."""
    for nucleus, area in _placed(found):
        nucleus.entries = _inside(nucleus.entries, area)
    sentence = countries(nuclei(found))
    for nucleus in nuclei(found):
        towns = _choices(nucleus)
        if towns:
            best = _meant(towns, sentence, page)
            nucleus.entries = (best, *(e for e in nucleus.entries if e is not best))


def countries(nuclei: Iterable[Nucleus]) -> Counter[str]:
    """The countries named, leaving aside towns that can be several."""
    named = (n.entries[0] for n in nuclei if n.entries and not _choices(n))
    return Counter(e.country for e in named if e.country is not None)


def nuclei(found: Found) -> list[Nucleus]:
    """The nuclei of a sentence, each once."""
    return list(dict.fromkeys(n for n in found.nuclei if n is not None))


def _choices(nucleus: Nucleus) -> list[Entry]:
    """The towns that a name can be, where they lie in different countries."""
    if nucleus.kind != "place" or not nucleus.entries or nucleus.entries[0].kind not in TOWNS:
        return []
    towns = [e for e in nucleus.entries if e.kind in TOWNS]
    return towns if len({e.country for e in towns}) > 1 else []


def _meant(towns: list[Entry], sentence: Counter[str], page: Counter[str]) -> Entry:
    """The town in the land that the sentence names, else in the one that the page names most; else the largest."""
    first = towns[0]
    if first.kind == "capital" and page[first.country or ""]:
        return first
    size = first.weight % CAPITAL
    for named in (sentence,) if first.kind == "capital" else (sentence, page):
        near = [e for e in towns if named[e.country or ""] and (e.weight % CAPITAL) >= LEAST * size]
        if near:
            return max(near, key=lambda e: (named[e.country or ""], e.weight))
    return first


def _placed(found: Found) -> Iterator[tuple[Nucleus, Entry]]:
    """Towns with the land of another country close behind them."""
    for town, area in pairwise(nuclei(found)):
        if (
            town.kind == area.kind == "place"
            and town.entries[0].kind in ("city", "capital")
            and area.entries[0].kind == "place"
            and 0 < area.start - town.end <= BESIDE
            and town.entries[0].country != area.entries[0].country
            and _explains(found, town, area)
        ):
            yield town, area.entries[0]


def _explains(found: Found, town: Nucleus, area: Nucleus) -> bool:
    """Whether a land behind a comma or bracket says where the town is, and is not the next of a list of places."""
    tokens = found.tree.tokens
    between = tokens[town.end : area.start]
    if between[0].upos != "PUNCT" or any(t.upos not in ("PUNCT", "ADP", "DET") for t in between):
        return False
    if any(e.country == area.entries[0].country for e in town.entries if e.kind in TOWNS):
        return True
    own = tokens[town.start - 1].lemma if town.start else ""
    adpositions = {t.lemma for t in between if t.upos == "ADP"}
    small = town.entries[0].kind == "city" and town.entries[0].weight < SMALL
    return small and bool(adpositions) and own not in adpositions


def _inside(entries: tuple[Entry, ...], area: Entry) -> tuple[Entry, ...]:
    """The town of that name in the land; where none is known, the name with the land's country and nothing more."""
    there = [e for e in entries if e.country == area.country and e.kind in TOWNS]
    if there:
        return (there[0], *(e for e in entries if e is not there[0]))
    return (replace(entries[0], kind="city", country=area.country, lat=area.lat, lon=area.lon, geonames=None),)
