"""Where the press of a record and a register in it agree on visits, and where they differ.

python bench/visits_compare.py RECORD [--register state-travels] [--since 2016] [--until 2020] [--list]

Only people whom the register lists in those days are compared, and only days on which the press of the record was read.
`--list` prints every visit: + in both (with the days between), r in the register alone, p in the press alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import Event, Party, Visit
from dragoman.opened import Record, open_record
from dragoman.record import Database, queries
from dragoman.relations.people import is_person, same_person, worlds
from dragoman.relations.visits import describe, find, tellings, unite
from dragoman.world.ask import days_of
from dragoman.world.names import fold

NEAR = 7  # days: further apart, two stays in one country are two visits
BEFORE, AFTER = timedelta(days=1), timedelta(days=3)  # when the press tells of a stay


@dataclass(frozen=True)
class Both:
    """A visit that the register and the press tell of; `days` from the stay to the day that the press gives."""

    listed: Visit
    press: Visit
    days: int


@dataclass(frozen=True)
class Alone:
    """A visit of the register that the press of the record does not tell."""

    listed: Visit
    events: tuple[str, ...]  # events of those days that have visitor and host, but are no visit
    pages: tuple[str, ...]  # documents of those days that name both in one sentence


@dataclass(frozen=True)
class Page:
    """A document of the record."""

    id: str
    published: date
    sentences: tuple[str, ...]  # folded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record")
    parser.add_argument("--register", default="state-travels")
    parser.add_argument("--since", default="2016")
    parser.add_argument("--until", default="2020")
    parser.add_argument("--list", action="store_true")
    wish = parser.parse_args()
    with open_record(wish.record, read_only=True) as record:
        database, (since, until) = record._store.ready(), span(record, days_of(wish.since)[0], days_of(wish.until)[1])
        listed = list(find(unite(register(database, wish.register)), since=since, until=until))
        events = queries.travels(database, None, None)
        every = unite(tellings(events, queries.backing(database, [e.id for e in events])))
        pages = list(documents(database, since, until))
    people = list({v.visitor.name: v.visitor for v in listed}.values())
    press = [v for v in find(every, since=since, until=until) if one_of(v, people)]
    both, left, more = compare(listed, press)
    alone = [Alone(v, told(v, events), named(v, pages)) for v in left]
    if wish.list:
        show(both, alone, more)
    print(
        f"{since} to {until}: the register lists {len(listed)} stays, the press tells {len(press)} of the same people"
    )
    summarise(both, alone, more)


def span(record: Record, since: date, until: date) -> tuple[date, date]:
    """The days asked on which the press was read."""
    press = [(c.first, c.last) for c in record.coverage() if c.kind == "press" and c.first and c.last]
    if not press:
        raise SystemExit(f"{record.url}: holds no press")
    return max(since, min(first for first, _ in press)), min(until, max(last for _, last in press))


def register(database: Database, name: str) -> list[Visit]:
    """The register's visits."""
    found = [v for v in queries.register_visits(database, None, None) if v.backing[0].name == name]
    if not found:
        raise SystemExit(f"{database.url}: no register {name}; dragoman record import {name} … takes one")
    return found


def documents(database: Database, since: date, until: date) -> Iterator[Page]:
    rows = database.query(
        "select id, published, text from document where published between $1 and $2 and text is not null "
        "and withdrawn is null order by published, id",
        [since - BEFORE, until + AFTER],
    )
    for id, published, text in rows:
        yield Page(id, published, tuple(f" {fold(s)} " for s in re.split(r"(?<=[.!?»])\s+|\n+", text)))


# --- what is the same ---------------------------------------------------------------------------------------------


def one_of(visit: Visit, people: Sequence[Party]) -> bool:
    return is_person(visit.visitor) and any(same_person(visit.visitor, one, visit.first) for one in people)


def compare(listed: Sequence[Visit], press: Sequence[Visit]) -> tuple[list[Both], list[Visit], list[Visit]]:
    """Visits that both tell of, the nearest paired first; those of the register alone; those of the press alone."""
    near = sorted(
        (abs(distance(visit, other)), passes_through(visit), n, m)
        for n, visit in enumerate(listed)
        for m, other in enumerate(press)
        if alike(visit, other)
    )
    taken: dict[int, int] = {}
    for _, _, n, m in near:
        if n not in taken and m not in taken.values():
            taken[n] = m
    both = [Both(listed[n], press[m], distance(listed[n], press[m])) for n, m in sorted(taken.items())]
    used = set(taken.values())
    return both, [v for n, v in enumerate(listed) if n not in taken], [v for m, v in enumerate(press) if m not in used]


def passes_through(visit: Visit) -> bool:
    return any(reason.rule == "register/stopover" for reason in visit.because)


def alike(visit: Visit, other: Visit) -> bool:
    """Whether the press may mean the register's visit."""
    return (
        visit.host == other.host
        and abs(distance(visit, other)) <= NEAR
        and same_person(visit.visitor, other.visitor, visit.first)
    )


def distance(visit: Visit, other: Visit) -> int:
    """Days from the register's stay to the press's: 0 where they touch, less than 0 before it."""
    if visit.first is None or other.first is None:
        return NEAR + 1
    begins, ends = other.first, other.last or other.first
    return min(0, (ends - visit.first).days) or max(0, (begins - (visit.last or visit.first)).days)


# --- what the press has of a visit that it does not tell ----------------------------------------------------------


def told(visit: Visit, events: Sequence[Event]) -> tuple[str, ...]:
    """Events that name the visitor and have the host in the days of the visit."""
    found = []
    for event in events:
        if event.when is not None and during(visit, event.when.first, event.when.last):
            parties = (*event.actors, *event.recipients)
            countries = {p.country for p in parties} | {event.place.country if event.place else None}
            who = [p for p in parties if is_person(p) and same_person(visit.visitor, p, visit.first)]
            if visit.host in countries and who:
                found.append(event.id)
    return tuple(found)


def named(visit: Visit, pages: Sequence[Page]) -> tuple[str, ...]:
    """Documents that name the visitor, and a town of the visit or the host, in one sentence."""
    surname = f" {fold(visit.visitor.name or '').split()[-1]} "
    country = worlds_names(visit.host)
    places = {f" {name} " for name in (*country, *(fold(t) for t in (visit.place or "").split(", "))) if name}
    return tuple(
        page.id
        for page in pages
        if during(visit, page.published, page.published)
        and any(surname in s and any(p in s for p in places) for s in page.sentences)
    )


def worlds_names(host: str) -> set[str]:
    """A country's names in all languages."""
    found = {c for world in worlds() if (c := world.country(host)) is not None}
    return {fold(name) for country in found for name in (country.name, *country.names)}


def during(visit: Visit, first: date, last: date) -> bool:
    begins, ends = visit.first or date.max, visit.last or date.min
    return last >= begins - BEFORE and first <= ends + AFTER


# --- for people ---------------------------------------------------------------------------------------------------


def summarise(both: Sequence[Both], alone: Sequence[Alone], more: Sequence[Visit]) -> None:
    lines = [("in both", len(both))]
    for days, number in sorted(Counter(p.days for p in both).items()):
        lines.append((f"  {abs(days)} days {'before' if days < 0 else 'after'} it" if days else "  within it", number))
    unseen = [a for a in alone if not a.events and not a.pages]
    lines += [
        ("register alone", len(alone)),
        ("  an event has both, no visit", sum(bool(a.events) for a in alone)),
        ("  only a page names both", sum(not a.events and bool(a.pages) for a in alone)),
        ("  no page names both", len(unseen)),
        ("press alone", len(more)),
    ]
    for words, number in lines:
        print(f"  {words:<32}{number:>5}")


def show(both: Sequence[Both], alone: Sequence[Alone], more: Sequence[Visit]) -> None:
    rows = [(p.listed.first, f"+ {p.days:+}  {describe(p.listed)}\n      {describe(p.press)}") for p in both]
    rows += [(a.listed.first, f"r     {describe(a.listed)} [{', '.join((*a.events, *a.pages))}]") for a in alone]
    rows += [(v.first, f"p     {describe(v)} [{', '.join(v.events)}]") for v in more]
    for _, row in sorted(rows, key=lambda r: (r[0] or date.min, r[1])):
        print(row)


if __name__ == "__main__":
    main()
