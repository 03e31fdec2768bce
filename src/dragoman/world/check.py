"""What is wrong in the register of office-holders, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dragoman.world.index import Index, is_country
from dragoman.world.names import fold
from dragoman.world.tables import DATA, rows
from dragoman.world.values import Holding, first_day, last_day

# Days that two holders of one office may overlap before it is reported: handing over takes a while, and cabinet
# lists tell months or years.
_SLACK = {"day": 1, "month": 31, "year": 366}
_VACANT = 62  # days without a holder that need no word: elections and coalition talks
# Whoever holds one of these fills the vacancy of a head of state or government.
_HEADS = frozenset({"head-of-state", "head-of-government"})
_FILL = ("acting-leader", "junta", "supreme-leader", "king", "co-head-of-state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding; an error cannot be true, a note may be."""

    kind: str  # dates | code | double | name | overlap | gap
    text: str
    country: str | None = None

    @property
    def error(self) -> bool:
        """Whether it cannot be true."""
        return self.kind not in ("overlap", "gap")


def check(index: Index) -> list[Problem]:
    """Errors (impossible dates, unknown codes, doubled persons, entries without a name), notes (overlaps, gaps)."""
    return [
        *_wrong_dates(index),
        *_doubles(index),
        *_nameless(index),
        *_overlaps(index),
        *_gaps(index),
    ]


def _wrong_dates(index: Index) -> Iterator[Problem]:
    for person in index.people:
        for h in person.holdings:
            where = f"holders.tsv, {person.name}, {h.office} {h.country}"
            if h.first and h.last and h.last < h.first:
                yield Problem(kind="dates", text=f"{where}: ends {h.last}, begins {h.first}", country=h.country)
            if not is_country(h.country, index.countries):
                yield Problem(kind="code", text=f"{where}: unknown country {h.country!r}", country=h.country)


def _terms(index: Index) -> Iterator[tuple[str, str, list[Holding]]]:
    """(office, country, terms by time) of the offices that one person holds at a time."""
    for (office, country), held in index.held.items():
        if not index.offices[office].many:
            known = [h for h in held if h.first]
            yield office, country, sorted(known, key=lambda h: (h.first or date.min, h.last or date.max))


def _overlaps(index: Index) -> Iterator[Problem]:
    shared = _shared()
    for office, country, known in _terms(index):
        for a, b in pairwise(known):
            rough = max(a.precision, b.precision, key=list(_SLACK).index)
            if a.person == b.person or b.first is None or _days(b.first, a.last) <= _SLACK[rough]:
                continue
            if not any(s <= b.first <= e for s, e in shared.get((country, office), ())):
                told = f"{a.name} (to {a.last or 'now'}) overlaps {b.name} (from {b.first})"
                yield Problem(kind="overlap", text=f"holders.tsv, {office} {country}: {told}", country=country)


def _shared() -> dict[tuple[str, str], list[tuple[date, date]]]:
    """(country, office) -> the times in which several held it, rivals or by agreement."""
    found: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in rows(DATA / "shared_offices.tsv"):
        span = (first_day(row["first"]) or date.min, last_day(row["last"]) or date.max)
        found.setdefault((row["country"], row["office"]), []).append(span)
    return found


def _gaps(index: Index) -> Iterator[Problem]:
    """Offices with a holder before and after, and nobody between."""
    for office, country, known in _terms(index):
        fillers = _FILL if office in _HEADS else ()
        others = [h for o in fillers for h in index.held.get((o, country), [])]
        end, who = date.min, ""
        for term in known:
            if term.first is None:
                continue
            if who and _days(end, term.first) > _VACANT and not _filled(end, term.first, others):
                told = f"nobody between {who} (to {end}) and {term.name} (from {term.first})"
                yield Problem(kind="gap", text=f"holders.tsv, {office} {country}: {told}", country=country)
            end, who = max((end, who), (term.last or date.max, term.name))


def _filled(end: date, start: date, others: list[Holding]) -> bool:
    """Whether somebody stood in at the middle of a vacancy."""
    middle = end + timedelta((start - end).days // 2)
    return any(h.holds(middle) for h in others)


def _days(first: date, last: date | None) -> int:
    return ((last or date.max) - first).days


def _doubles(index: Index) -> Iterator[Problem]:
    """Persons whose name is another's second spelling, in one country."""
    names = {(fold(p.name), h.country): p for p in index.people for h in p.holdings}
    for person in index.people:
        for form in person.forms:
            for country in {h.country for h in person.holdings}:
                other = names.get((fold(form), country), person)
                if other is not person and not person.id.startswith(other.id):
                    told = f"{person.id} and {other.id} of {country} are both called {form}"
                    yield Problem(kind="double", text=f"holders.tsv: {told}", country=country)


def _nameless(index: Index) -> Iterator[Problem]:
    for id in index.unnamed:
        yield Problem(kind="name", text=f"packs/{index.lang}/names.tsv: no name for {id!r}")
