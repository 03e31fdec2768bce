"""Reports of the same happening become one event. Depends on the set of reports, not on their order or batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.model import Event
from dragoman.record.told import Decisions, Told

Window = tuple[str, date, date]  # a key, and the days (both in) in which it may find reports of the same happening


def keys(told: Told) -> tuple[Window, ...]:
    """Under which keys, and on which days, a report is kept for others to find it. Two reports of one happening share
    a key and overlapping (widened: `reach`) days."""
    raise NotImplementedError


def reach(told: Told) -> tuple[Window, ...]:
    """The keys and days in which reports of the same happening must be looked for."""
    raise NotImplementedError


def knots(told: Sequence[Told], decisions: Decisions) -> dict[str, str]:
    """Report id → knot id: reports that pairwise look like one happening, however far the chain goes.

    A knot's id is the smallest id of its reports. The knots of a set are the union of the knots of its parts and of
    the pairs between them, so a store may look at what is new and at what `reach` finds.
    """
    raise NotImplementedError


def settle(told: Iterable[Told], decisions: Decisions) -> tuple[Event, ...]:
    """The events of whole knots: each report in exactly one, sorted by id."""
    raise NotImplementedError


def merge(told: Iterable[Told], decisions: Decisions | None = None) -> tuple[Event, ...]:
    """The events of a whole set of reports, in the order of their ids."""
    everything, decided = list(told), decisions or Decisions()
    by_knot: dict[str, list[Told]] = {}
    found = knots(everything, decided)
    for one in everything:
        by_knot.setdefault(found[one.report.id], []).append(one)
    events = (event for knot in by_knot.values() for event in settle(knot, decided))
    return tuple(sorted(events, key=lambda event: event.id))
