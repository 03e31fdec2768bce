"""What is wrong in the register of office-holders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dragoman.world.index import Index, is_country
from dragoman.world.names import fold

# Days that two holders of one office may overlap before it is reported: handing over takes a while, and cabinet
# lists tell months or years.
_SLACK = {"day": 1, "month": 31, "year": 366}


def check(index: Index) -> list[str]:
    """What is wrong in the register: overlaps, impossible dates, doubled persons, entries without a name."""
    return [
        *_wrong_dates(index),
        *_overlaps(index),
        *_doubles(index),
        *_nameless(index),
    ]


def _wrong_dates(index: Index) -> Iterator[str]:
    for person in index.people:
        for h in person.holdings:
            if h.first and h.last and h.last < h.first:
                yield f"holders.tsv, {person.name}, {h.office} {h.country}: ends {h.last}, begins {h.first}"
            if not is_country(h.country, index.countries):
                yield f"holders.tsv, {person.name}, {h.office}: unknown country {h.country!r}"


def _overlaps(index: Index) -> Iterator[str]:
    for (office, country), held in index.held.items():
        if index.offices[office].many:
            continue
        known = sorted(
            (h for h in held if h.first),
            key=lambda h: (h.first or date.min, h.last or date.max),
        )
        for a, b in pairwise(known):
            end, slack = (
                a.last or date.max,
                _SLACK[max(a.precision, b.precision, key=list(_SLACK).index)],
            )
            if b.first and a.person != b.person and (end - b.first).days > slack:
                yield f"holders.tsv, {office} {country}: {a.name} (to {a.last}) overlaps {b.name} (from {b.first})"


def _doubles(index: Index) -> Iterator[str]:
    """Persons whose name is another's second spelling, in one country."""
    names = {(fold(p.name), h.country): p for p in index.people for h in p.holdings}
    for person in index.people:
        for form in person.forms:
            for country in {h.country for h in person.holdings}:
                other = names.get((fold(form), country), person)
                if other is not person and not person.id.startswith(other.id):
                    yield f"holders.tsv: {person.id} and {other.id} of {country} are both called {form}"


def _nameless(index: Index) -> Iterator[str]:
    yield from (f"packs/{index.lang}/names.tsv: no name for {id!r}" for id in index.unnamed)
