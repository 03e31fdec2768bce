"""What the remarks of the state-travels register tell: whom the traveller met, and whether he only passed through."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from dragoman.model import Party
from dragoman.record.traits import DATA
from dragoman.relations.people import worlds
from dragoman.world.names import fold
from dragoman.world.tables import rows

_COUNTRY_KINDS = ("country", "adjective", "territory")


@cache
def wording() -> dict[str, Any]:
    """How the register words things: data/state_travels.toml."""
    return tomllib.loads((DATA / "state_travels.toml").read_text("utf-8"))


def is_elect(remarks: str) -> bool:
    """Whether the remarks say that the traveller was not in office yet."""
    return str(wording()["remarks"]["elect"]) in remarks


def is_stopover(remarks: str) -> bool:
    """Whether the remarks tell of a stop on the way, and of nothing else."""
    return re.fullmatch(wording()["remarks"]["stopover"], without_mark(remarks)) is not None


def without_mark(remarks: str) -> str:
    """The remarks without the mark of a president-elect."""
    return " ".join(remarks.replace(wording()["remarks"]["elect"], "").split())


def hosts_met(remarks: Sequence[str], host: str) -> tuple[Party, ...]:
    """The people whom the remarks name plainly, with title and surname, as met; each once, by name.

    Who has no country before the title is of the host's; behind a guest from elsewhere that is no longer plain, and
    such a name is left out, as are those of bodies that are no country.
    """
    found: dict[str, Party] = {}
    for text in remarks:
        for sentence in re.split(wording()["remarks"]["sentence"], text):
            met = re.search(wording()["remarks"]["met"], sentence)
            words = re.split(wording()["remarks"]["until"], sentence[met.end() :])[0] if met else ""
            for party in _named(words, host):
                found.setdefault(fold(party.name or ""), party)
    return tuple(found[name] for name in sorted(found))


def _named(words: str, host: str) -> Iterator[Party]:
    plain = True
    for match in _people().finditer(words):
        before = match["before"].split()
        if before and before[-1] in wording()["remarks"]["not"]:
            continue
        country = _country(match["before"].strip()) if before else host if plain else None
        plain = plain and (not before or country == host)
        if country is not None:
            title = match["title"]
            name = match["name"].rstrip(".")
            office = _titles()[title] or None
            yield Party(text=f"{title} {name}", name=name, country=country, sectors=_sectors(office), office=office)


@cache
def _people() -> re.Pattern[str]:
    """(words before) title name."""
    titles = "|".join(re.escape(t) for t in sorted(_titles(), key=len, reverse=True))
    capital = r"(?:[^\W\d_a-z]|[‘’'ʻ])[\w’'ʻ‘\-]*\.?"
    particles = "|".join(wording()["remarks"]["particles"])
    ends = "|".join(wording()["remarks"]["no-names"])
    word = rf"(?!(?:{ends})\b){capital}"
    name = rf"(?:(?:{particles})[ -])*{word}(?: (?:(?:{particles})[ -])*{word})*"
    before = rf"(?:(?:{'|'.join(re.escape(w) for w in wording()['remarks']['not'])}|{capital}) )*?"
    return re.compile(rf"(?<![\w.\-])(?P<before>{before})(?P<title>{titles}) (?P<name>{name})")


@cache
def _titles() -> dict[str, str]:
    """Title → id of offices.tsv, or nothing where the title does not tell the office."""
    return {row["title"]: row["office"] for row in rows(DATA / "register_titles.tsv")}


@cache
def _sectors(office: str | None) -> tuple[str, ...]:
    known = worlds()[0].office_by_id(office) if office else None
    return known.sectors if known else ()


@cache
def _country(words: str) -> str | None:
    """The country that the words before a title name: as a name, an adjective."""
    for world in worlds():
        for entry in world.lookup(words):
            if entry.kind in _COUNTRY_KINDS and entry.country:
                return entry.country
    return None
