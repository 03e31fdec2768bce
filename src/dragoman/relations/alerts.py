"""What changed between two countries and is worth a look, each with its reason in words and numbers.

Every alert asks how often the past would have given as much by chance; its strength is that rarity. What counts as
past are the months of which the record holds documents. docs/relations.md, "Alerts", has the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from dragoman.model import Alert
from dragoman.record import Database
from dragoman.record.cells import Cell, DyadEvent, cells, dyad_events, period_of, volume
from dragoman.relations.breaks import RULES, breaks
from dragoman.relations.past import Past
from dragoman.relations.unusual import LISTED, levels, months

RECENT = 3  # months that are looked at where no day is told


def look(
    db: Database,
    *,
    since: date | None = None,
    until: date | None = None,
    between: tuple[str, str] | None = None,
    coder: str = "dragoman",
) -> tuple[Alert, ...]:
    """The alerts of a record, the strongest first; `between`: of two countries alone.

    `until` is the record's last day where it is not told, and `since` the first of the last RECENT months.
    """
    seen = volume(db, by="month", since=None, until=until, coder=coder)
    asked = partial(dyad_events, db, sources=between, targets=between, until=until, coder=coder)
    past = cells(db, sources=between, targets=between, since=None, until=until, by="month", coder=coder, modes=True)
    since = since or _recent(seen or (c.first for c in past if c.first))
    if since is None:
        return ()
    return alerts(
        past,
        asked(since=period_of(since, "month")),
        recalled=asked(recalled=True),
        volume=seen,
        since=since,
        until=until,
    )


def _recent(months: Iterable[date]) -> date | None:
    """The first day of the last RECENT months; None where there are none."""
    last = max(months, default=None)
    if last is None:
        return None
    before = last.year * 12 + last.month - RECENT
    return date(before // 12, before % 12 + 1, 1)


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

    A month is looked at where one of its days is. `cells` are by month and mode, of the record's whole past; `events`
    one by one from the first day of the month of `since`; `recalled` are what texts tell of as long past: they make a
    first no first. For a calm between two countries both directions must be there.
    """
    past = Past.of(cells, events, recalled, volume or {}, until)
    found = [*breaks(past, since), *months(past, since), *levels(past, since)]
    return tuple(sorted(_once(found), key=lambda a: (-a.strength, a.day, a.source, a.target, a.rule)))


def _once(found: Iterable[Alert]) -> Iterator[Alert]:
    """Each alert once, where what was done together raises it in both directions or several events do in one day."""
    alike: dict[tuple[object, ...], list[Alert]] = {}
    for alert in sorted(found, key=lambda a: (a.day, -a.strength, a.source, a.target, a.events)):
        of_one_event = alert.rule in RULES
        key = alert.rule, alert.day, frozenset((alert.source, alert.target)), () if of_one_event else alert.events
        if of_one_event or alert.events:
            alike.setdefault(key, []).append(alert)
        else:
            yield alert
    for group in alike.values():
        ids = tuple(dict.fromkeys(id for alert in group for id in alert.events))
        more = len(ids) - len(group[0].events)
        why = f"{group[0].why}; {more} more of that day" if more else group[0].why
        yield replace(group[0], events=ids[:LISTED], why=why)
