"""What changed between two countries and is worth a look, each with its reason in words and numbers.

Every alert asks how often the past would have given as much by chance; its strength is that rarity. What counts as
past are the months of which the record holds documents. docs/relations.md, "Alerts", has the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from dragoman.model import Alert
from dragoman.record import Database
from dragoman.record.cells import Cell, DyadEvent, cells, dyad_events, period_of, volume
from dragoman.relations.breaks import breaks
from dragoman.relations.past import Past
from dragoman.relations.unusual import levels, months


def look(
    db: Database,
    *,
    since: date,
    until: date | None = None,
    sources: Collection[str] | None = None,
    targets: Collection[str] | None = None,
    coder: str = "dragoman",
) -> tuple[Alert, ...]:
    """The alerts of a record from `since` to `until` (its last document, where not told), the strongest first."""
    seen = volume(db, by="month", since=None, until=until, coder=coder)
    asked = partial(dyad_events, db, sources=sources, targets=targets, until=until, coder=coder)
    return alerts(
        cells(db, sources=sources, targets=targets, since=None, until=until, by="month", coder=coder),
        asked(since=period_of(since, "month")),
        recalled=asked(recalled=True),
        volume=seen,
        since=since,
        until=until,
    )


def alerts(
    cells: Iterable[Cell],
    events: Iterable[DyadEvent],
    *,
    since: date,
    until: date | None = None,
    recalled: Iterable[DyadEvent] = (),
    volume: Mapping[date, int] | None = None,
) -> tuple[Alert, ...]:
    """The alerts of the days from `since` to `until`, the strongest first.

    `cells` are by month, of the record's whole past; `events` one by one from the first day of the month of `since`;
    `recalled` are what texts tell of as long past: they make a first no first. For a calm between two countries both
    directions must be there.
    """
    past = Past.of(cells, events, recalled, volume or {}, until)
    found = [*breaks(past, since), *months(past, since), *levels(past, since)]
    return tuple(sorted(_once(found), key=lambda a: (-a.strength, a.day, a.source, a.target, a.rule)))


def _once(found: Iterable[Alert]) -> Iterator[Alert]:
    """Each alert once, where what was done together raises it in both directions."""
    seen: set[tuple[str, tuple[str, ...], frozenset[str]]] = set()
    for alert in sorted(found, key=lambda a: (a.day, a.source, a.target)):
        key = alert.rule, alert.events, frozenset((alert.source, alert.target))
        if key not in seen or not alert.events:
            seen.add(key)
            yield alert
