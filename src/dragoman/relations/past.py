"""What an alert holds the present against: all that was before, by direction, and for how long it was calm."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import log10

from dragoman.model import Alert
from dragoman.record.cells import Cell, DyadEvent, next_period, period_of
from dragoman.relations.series import Pair

# Of the usual number of documents: with a tenth of them a pair of countries told of each month is told of once a year.
COVERED = 0.1
FULL = 4.0  # powers of ten of rarity that make a strength of 1
VAGUE = {"IGO", "IMG", "MNC", "NGO"}  # PLOVER's codes for any of a kind
ALONE = 0.75  # what is left of the strength of an alert that one source tells, and of one that is a rumour besides
RUMOUR = 0.5

Kind = Callable[[Cell | DyadEvent], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All that is known of before, by direction."""

    cells: Mapping[Pair, Sequence[Cell]]
    events: Mapping[Pair, Sequence[DyadEvent]]  # of the days that are looked at, in the order of days
    recalled: Mapping[Pair, Sequence[DyadEvent]]
    volume: Mapping[date, int]
    months: Sequence[date]  # those that the record covers, in order: not without documents, nor with few
    until: date
    memo: dict[tuple[Pair, date], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        cells: Iterable[Cell],
        events: Iterable[DyadEvent],
        recalled: Iterable[DyadEvent],
        volume: Mapping[date, int],
        until: date | None,
    ) -> Past:
        by_pair: dict[Pair, list[Cell]] = {}
        for cell in cells:
            if not _watched(cell.source, cell.target):
                continue
            by_pair.setdefault((cell.source, cell.target), []).append(cell)
        months = _covered(volume)
        if not months:  # another coder's data set has no documents: all its months count as seen
            known = [c.first for own in by_pair.values() for c in own if c.first]
            months = set(run(min(known), max(known))) if known else set()
        listed = sorted((e for e in events if _watched(e.source, e.target)), key=lambda e: (e.first, e.id))
        last = until or max([*(next_period(m, "month") - timedelta(days=1) for m in months), date.min])
        return cls(
            cells=by_pair,
            events=_by_pair(listed),
            recalled=_by_pair(recalled),
            volume=volume,
            months=sorted(months),
            until=last,
        )

    def before(self, pair: Pair, day: date, kind: Kind) -> date | None:
        """The last day before `day` of an event of a kind in this direction, as far as the record or its texts know."""
        month = period_of(day, "month")
        days = [e.first for e in self.events.get(pair, ()) if kind(e)]
        days += [e.last for e in self.recalled.get(pair, ()) if kind(e)]
        own = self.cells.get(pair, ())
        days += [c.latest for c in own if (c.first is None or c.first < month) and c.latest and kind(c)]
        return max((d for d in days if d < day), default=None)

    def count(self, pair: Pair, day: date) -> int:
        """The dated events of a direction before a day."""
        month = period_of(day, "month")
        if (pair, month) not in self.memo:
            own = self.cells.get(pair, ())
            self.memo[pair, month] = sum(c.events for c in own if c.first is not None and c.first < month)
        here = self.events.get(pair, ())
        return self.memo[pair, month] + sum(1 for e in here if month <= e.first < day)

    def silent(self, last: date | None, day: date) -> int:
        """The covered months between two days, both their months left out; from the record's begin where None."""
        start = 0 if last is None else bisect_left(self.months, next_period(period_of(last, "month"), "month"))
        return max(0, bisect_left(self.months, period_of(day, "month")) - start)


def _covered(volume: Mapping[date, int]) -> set[date]:
    """The months with enough documents: COVERED of those of the month in which the middle document came out."""
    half, seen = sum(volume.values()) / 2, 0
    for usual in sorted(volume.values()):
        seen += usual
        if seen >= half:
            return {first for first, number in volume.items() if number and number >= COVERED * usual}
    return set()


def _watched(source: str, target: str) -> bool:
    """Whether the sides are two, and each somebody: a first between a region and the world's firms is none."""
    return source != target and not any(side in VAGUE or side.startswith("R-") for side in (source, target))


def _by_pair(events: Iterable[DyadEvent]) -> dict[Pair, list[DyadEvent]]:
    found: dict[Pair, list[DyadEvent]] = {}
    for event in events:
        found.setdefault((event.source, event.target), []).append(event)
    return found


def run(first: date, last: date) -> Iterator[date]:
    """The months from one to another, both in."""
    while first <= last:
        yield first
        first = next_period(first, "month")


def long(months: int) -> str:
    """A number of months in words."""
    years, rest = divmod(months, 12)
    parts = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((years, "year"), (rest, "month")) if n]
    return " and ".join(parts) or "0 months"


def strength(chance: float) -> float:
    """0 for what is to be expected, 1 for what the past gives once in ten thousand times or less."""
    return round(min(1.0, max(0.0, -log10(max(chance, 1e-12)) / FULL)), 3)


def weighed(alert: Alert, events: Sequence[DyadEvent]) -> Alert:
    """The alert with a word on what little it rests on; weaker where that is a single rumour."""
    if not events or max(e.lineages for e in events) > 1:
        return alert
    if all(e.hedged for e in events):
        words = "told only as a rumour, and by one source"
        return replace(alert, why=f"{alert.why}; {words}", strength=round(alert.strength * RUMOUR, 3))
    return replace(alert, why=f"{alert.why}; told by one source only", strength=round(alert.strength * ALONE, 3))
