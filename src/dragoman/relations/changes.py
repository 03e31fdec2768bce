"""Where a series changes its level: how many events, and of what tone. ruptures' PELT finds the periods.

A change is kept only where it is worth more than the penalty, and what is found in noise decides how large that is:
docs/relations.md, "Change points", has the rule and its false alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log
from statistics import median, median_high, median_low
from typing import Any

from dragoman.model import Point

# Twice the gain in log-likelihood that a change must bring, in series of n periods: PENALTY + log n, times the
# overdispersion. In 200 series without a change (24 to 240 periods, 0.3 to 50 events each, Poisson or three times
# as scattered) it raised at most 4.5 % false alarms; 2 log n (BIC's) raised up to 18 %.
PENALTY = 8.0
SHORTEST = 2  # periods of a segment: one odd month is a jump, not a level
FEWEST = 12  # periods below which no change is looked for: there is no past to speak of
EVENTS = 8  # on either side of a change of tone: two attacks among many talks are news, but no new tone
NEAR = 2  # periods by which the change may differ with and without the volume of coverage


Found = tuple[int, float]  # the period with which a new segment begins, and the chance of finding one there


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new level: from which period on, and the mean before and after it, back and on to the next change."""

    first: date
    before: float
    after: float
    periods_before: int
    periods_after: int
    events_before: int
    events_after: int
    chance: float  # of so great a change somewhere in so long a series without one, roughly


def level_changes(points: Sequence[Point]) -> tuple[Change, ...]:
    """Where the number of events a period changes for good; the points are one direction's, in order.

    Where the volume of coverage is known a change must show in the counts and in the counts per document: more
    newspapers are no change, and neither is a steady count in fewer newspapers. Periods without documents are left out.
    """
    seen = [p for p in points if p.documents != 0]
    counts = [p.events for p in seen]
    if len(seen) < FEWEST or not any(counts):
        return ()
    found = _counted(counts, [1.0] * len(seen))
    if found and all(p.documents for p in seen):
        usual = median(p.documents or 0 for p in seen)
        per_document = _counted(counts, [(p.documents or 0) / usual for p in seen])
        found = [one for one in found if any(abs(one[0] - other) <= NEAR for other, _ in per_document)]
    changes = _changes(seen, found, [float(n) for n in counts], [1.0] * len(seen), counts)
    edges = [0, *(at for at, _ in found), len(counts)]
    sides = zip(edges, edges[1:], edges[2:], strict=False)
    return tuple(c for c, (a, at, b) in zip(changes, sides, strict=True) if _holds(c, counts[a:at], counts[at:b]))


def _holds(change: Change, before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether the middle period of each side keeps to its side too: one odd month makes a mean, but no level."""
    if change.after > change.before:
        return median_low(after) > change.before and median_high(before) < change.after
    return median_high(after) < change.before and median_low(before) > change.after


def score_changes(points: Sequence[Point]) -> tuple[Change, ...]:
    """Where the mean PLOVER score changes for good; periods without a score are left out, not taken as 0."""
    scored = [p for p in points if p.plover_score is not None]
    if len(scored) < FEWEST:
        return ()
    numbers = [float(p.plover_scored) for p in scored]
    sums = [p.plover_scored * (p.plover_score or 0.0) for p in scored]
    found = _changes(scored, _scored(scored, numbers, sums), sums, numbers, [p.plover_scored for p in scored])
    return tuple(c for c in found if min(c.events_before, c.events_after) >= EVENTS)


def _changes(
    points: Sequence[Point],
    found: Sequence[Found],
    sums: Sequence[float],
    weights: Sequence[float],
    events: Sequence[int],
) -> tuple[Change, ...]:
    """The found places as values, each with the means of the segments on both sides."""
    edges = [0, *(at for at, _ in found), len(points)]
    means = [sum(sums[a:b]) / sum(weights[a:b]) for a, b in pairwise(edges)]
    return tuple(
        Change(
            first=points[at].first,
            before=means[number],
            after=means[number + 1],
            periods_before=at - edges[number],
            periods_after=edges[number + 2] - at,
            events_before=sum(events[edges[number] : at]),
            events_after=sum(events[at : edges[number + 2]]),
            chance=chance,
        )
        for number, (at, chance) in enumerate(found)
    )


def _counted(counts: Sequence[int], exposure: Sequence[float]) -> list[Found]:
    """Where Poisson counts with this exposure change their rate."""
    rate = sum(counts) / sum(exposure)
    # from each period to the next, so that a change of level does not pass for scatter
    steps = pairwise(zip(counts, exposure, strict=True))
    scatter = [((b / f - a / e) ** 2, rate * (1 / e + 1 / f)) for (a, e), (b, f) in steps]
    dispersion = max(1.0, sum(s for s, _ in scatter) / sum(expected for _, expected in scatter))
    return _pelt(_costs().Poisson([float(n) for n in counts], exposure), len(counts), dispersion)


def _scored(points: Sequence[Point], numbers: Sequence[float], sums: Sequence[float]) -> list[Found]:
    """Where the mean of scores changes, the periods weighing as much as they have events."""
    within = sum((p.plover_scored - 1) * (p.plover_spread or 0.0) ** 2 for p in points)
    freedom = sum(p.plover_scored - 1 for p in points)
    steps = pairwise(zip(sums, numbers, strict=True))
    between = sum((t / m - s / n) ** 2 / (1 / n + 1 / m) for (s, n), (t, m) in steps) / (len(points) - 1)
    variance = max(within / freedom if freedom else 0.0, between)
    if variance <= 0:  # every event has the same score
        return []
    return _pelt(_costs().Mean(sums, numbers), len(points), variance)


def _pelt(cost: Any, periods: int, scale: float) -> list[Found]:
    """Where new segments begin."""
    import numpy
    from ruptures import Pelt

    found = Pelt(custom_cost=cost, min_size=SHORTEST, jump=1).fit(numpy.zeros((periods, 1)))
    edges = [0, *(int(at) for at in found.predict((PENALTY + log(periods)) * scale))]
    sides = zip(edges, edges[1:], edges[2:], strict=False)
    gains = [(at, cost.error(a, b) - cost.error(a, at) - cost.error(at, b)) for a, at, b in sides]
    # the tail of chi squared with one degree of freedom lies below exp(-x/2); any of the periods might have shown it
    return [(at, min(1.0, periods * exp(-gain / scale / 2))) for at, gain in gains]


@cache
def _costs() -> Any:
    """Our costs, as classes of ruptures; made when first asked, since ruptures takes 0.7 s to import."""
    from types import SimpleNamespace

    from ruptures.base import BaseCost

    class Sums(BaseCost):  # type: ignore[misc]
        """A cost from a segment's sum and weight."""

        model = "sums"
        min_size = SHORTEST

        def __init__(self, values: Sequence[float], weights: Sequence[float]) -> None:
            self._values = list(accumulate(values, initial=0.0))
            self._weights = list(accumulate(weights, initial=0.0))

        def fit(self, signal: Any) -> Any:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            return float(self.cost(self._values[end] - self._values[start], self._weights[end] - self._weights[start]))

    class Poisson(Sums):
        """Twice the negative log-likelihood of counts with one rate, but for what all segmentations share."""

        def cost(self, total: float, weight: float) -> float:
            return -2 * total * log(total / weight) if total else 0.0

    class Mean(Sums):
        """The sum of squares about one mean, but for what all segmentations share."""

        def cost(self, total: float, weight: float) -> float:
            return -total * total / weight

    return SimpleNamespace(Poisson=Poisson, Mean=Mean)
