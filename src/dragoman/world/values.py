"""The values that the world is told in: frozen, keyword-only, unknown is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Codes of PLOVER for actors that are no state; regions (R-SAHEL …) come on top.
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM", "KOS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a name can mean."""

    id: str
    kind: str  # country | territory | adjective | inhabitant | capital | city | seat | organisation | group | …
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    weight: float = 0.0
    first: date | None = None
    last: date | None = None

    def valid(self, day: date | None) -> bool:
        """Whether the entry exists on the day; True where nothing is known."""
        return within(day, self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, dependency or former state; `actor` is the code under which it acts."""

    id: str
    iso2: str | None
    name: str
    actor: str
    capitals: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    population: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office of data/offices.tsv: its sector, and its rank (1 is the highest)."""

    id: str
    sectors: tuple[str, ...]
    rank: int
    title: str
    many: bool = False  # several hold it at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Somebody held an office from `first` to `last` (None: still, or unknown before), as precisely as told."""

    person: str
    name: str
    office: str
    country: str
    sectors: tuple[str, ...]
    first: date | None
    last: date | None
    precision: str = "day"  # day | month | year
    sure: bool = True
    wikidata: str | None = None

    def holds(self, day: date | None) -> bool:
        """Whether the office was held on the day."""
        return within(day, self.first, self.last)


def within(day: date | None, first: date | None, last: date | None) -> bool:
    """Whether a day lies between two; what is unknown sets no limit."""
    return day is None or ((first is None or first <= day) and (last is None or day <= last))


def first_day(text: str) -> date | None:
    """The first day of "2006", "2006-02" or "2006-02-11"; None for nothing."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def last_day(text: str) -> date | None:
    """The last day of "2006", "2006-02" or "2006-02-11"; None for nothing."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
