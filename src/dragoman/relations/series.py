"""Cells → series: each direction of a dyad, period by period, with intervals; and powers side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import fsum, sqrt
from statistics import median
from typing import NamedTuple

from dragoman.model import Point, Rival
from dragoman.record.cells import QUADS, Cell, next_period, period_of
from dragoman.relations.intervals import (
    Interval,
    count_interval,
    difference_interval,
    mean_interval,
    ratio_interval,
    share_interval,
)

# A period is thinly covered below this share of the median period's documents: at a quarter of the papers, a count that
# did not change falls to a quarter, which nobody should read as news. A choice, not a measurement.
THIN = 0.25

Pair = tuple[str, str]


def series(
    cells: Iterable[Cell],
    pairs: Sequence[Pair],
    *,
    by: str = "month",
    since: date | None = None,
    until: date | None = None,
    volume: Mapping[date, int] | None = None,
) -> tuple[Point, ...]:
    """One point for each pair (who acts, towards whom) and each period, also where nothing happened.

    The span is from `since` to `until`, else from the first to the last period with an event or a document. Cells
    without a period are left out: `undated` counts them. `volume` is documents by the first day of their period.
    """
    held: dict[Pair, dict[date, list[Cell]]] = {pair: {} for pair in pairs}
    for cell in cells:
        if cell.first is not None and (cell.source, cell.target) in held:
            held[cell.source, cell.target].setdefault(cell.first, []).append(cell)
    span = tuple(_span(held, by, since, until, volume))
    usual = _usual(span, volume)
    periods = [(first, next_period(first, by) - timedelta(days=1)) for first in span]
    told = {first: None if volume is None else volume.get(first, 0) for first in span}
    cautions = {p: _caution(p, since, until, told[p[0]], usual) for p in periods}
    return tuple(
        _point(pair, first, last, held[pair].get(first, ()), told[first], cautions[first, last])
        for pair in held
        for first, last in periods
    )


def undated(cells: Iterable[Cell], pairs: Sequence[Pair]) -> dict[Pair, int]:
    """For each pair, the events that no period can have, their dates being less exact than the period."""
    counts = dict.fromkeys(pairs, 0)
    for cell in cells:
        if cell.first is None and (cell.source, cell.target) in counts:
            counts[cell.source, cell.target] += cell.events
    return counts


def _span(
    held: Mapping[Pair, Mapping[date, Sequence[Cell]]],
    by: str,
    since: date | None,
    until: date | None,
    volume: Mapping[date, int] | None,
) -> Iterator[date]:
    """The first days of all periods from the first to the last."""
    known = {first for periods in held.values() for first in periods} | set(volume or ())
    if since is None or until is None:
        if not known:
            return
        since, until = since or min(known), until or max(known)
    first = period_of(since, by)
    while first <= until:
        yield first
        first = next_period(first, by)


def _usual(span: Sequence[date], volume: Mapping[date, int] | None) -> float:
    """The documents of the median period that has any."""
    numbers = [volume[first] for first in span if volume.get(first)] if volume else []
    return float(median(numbers)) if numbers else 0.0


def _point(
    pair: Pair, first: date, last: date, cells: Sequence[Cell], documents: int | None, caution: str | None
) -> Point:
    events = sum(cell.events for cell in cells)
    rate = count_interval(events) if events or documents != 0 else (None, None)
    plover = _mean((c.plover_scored, c.plover_sum, c.plover_squares) for c in cells)
    goldstein = _mean((c.goldstein_scored, c.goldstein_sum, c.goldstein_squares) for c in cells)
    return Point(
        source=pair[0],
        target=pair[1],
        first=first,
        last=last,
        events=events,
        types=_tally((c.type, c.events) for c in cells),
        quads=tuple(sorted(_tally((c.quad, c.events) for c in cells), key=lambda q: QUADS.index(q[0]))),
        plover_score=plover.mean,
        plover_low=plover.low,
        plover_high=plover.high,
        plover_scored=plover.number,
        plover_spread=plover.spread,
        goldstein=goldstein.mean,
        goldstein_low=goldstein.low,
        goldstein_high=goldstein.high,
        goldstein_scored=goldstein.number,
        goldstein_spread=goldstein.spread,
        reports=sum(cell.reports for cell in cells),
        documents=documents,
        rate_low=rate[0],
        rate_high=rate[1],
        caution=caution,
    )


def _tally(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for name, number in counts:
        sums[name] = sums.get(name, 0) + number
    return tuple(sorted(sums.items()))


def _caution(
    period: tuple[date, date], since: date | None, until: date | None, documents: int | None, usual: float
) -> str | None:
    """Why the period says little, in words: it is cut by the days that were asked, or hardly covered."""
    words = []
    if since is not None and since > period[0]:
        words.append(f"counted from {since.isoformat()} on")
    if until is not None and until < period[1]:
        words.append(f"counted until {until.isoformat()}")
    if documents == 0:
        words.append("no document of this period: what happened is unknown")
    elif documents is not None and documents < THIN * usual:
        few = "1 document" if documents == 1 else f"{documents} documents"
        words.append(f"only {few}, where the median period has {usual:g}")
    return "; ".join(words) or None


class _Mean(NamedTuple):
    """A mean of scores with its interval; all None without scores."""

    mean: float | None
    ends: Interval | None
    number: int
    spread: float | None

    @property
    def low(self) -> float | None:
        return self.ends[0] if self.ends else None

    @property
    def high(self) -> float | None:
        return self.ends[1] if self.ends else None


def _mean(parts: Iterable[tuple[int, float, float]]) -> _Mean:
    """The mean of scores given in parts: how many, their sum, the sum of their squares."""
    listed = list(parts)
    number = sum(part[0] for part in listed)
    if not number:
        return _Mean(None, None, 0, None)
    mean = fsum(part[1] for part in listed) / number
    spread = None
    if number > 1:
        # the sum of squares about the mean may come out a hair below 0 where all scores are equal
        spread = sqrt(max(0.0, fsum(part[2] for part in listed) - number * mean**2) / (number - 1))
    return _Mean(mean, mean_interval(mean, spread, number), number, spread)


def compare(points: Iterable[Point], country: str) -> tuple[Rival, ...]:
    """Several powers' dealings with one country side by side, from their series with it.

    For each direction (towards the country, then from it) the totals of the whole span, then each period; in each the
    powers in the order of the points. The first power is the base that the others' ratio and difference refer to.
    """
    listed = list(points)
    towards = [p for p in listed if p.target == country and p.source != country]
    back = [p for p in listed if p.source == country and p.target != country]
    return tuple(rival for side in (towards, back) if side for rival in _side(side, country))


def _side(points: Sequence[Point], country: str) -> Iterator[Rival]:
    """One direction: the whole span, then period by period."""
    yield from _beside(points, country, whole=True)
    for first in sorted({point.first for point in points}):
        yield from _beside([point for point in points if point.first == first], country, whole=False)


def _beside(points: Sequence[Point], country: str, *, whole: bool) -> Iterator[Rival]:
    """A line for each power: its share of all the powers' events, and how it differs from the first power."""
    by_power: dict[str, list[Point]] = {}
    for point in points:
        by_power.setdefault(point.source if point.target == country else point.target, []).append(point)
    counts = {power: sum(p.events for p in own) for power, own in by_power.items()}
    means = {power: _mean(_parts(own)) for power, own in by_power.items()}
    base = next(iter(by_power))
    for power, own in by_power.items():
        share = share_interval(counts[power], sum(counts.values()))
        mean = means[power]
        rival = Rival(
            source=own[0].source,
            target=own[0].target,
            power=power,
            first=min(p.first for p in own),
            last=max(p.last for p in own),
            whole=whole,
            events=counts[power],
            share=counts[power] / sum(counts.values()) if share else None,
            share_low=share[0] if share else None,
            share_high=share[1] if share else None,
            plover_score=mean.mean,
            plover_low=mean.low,
            plover_high=mean.high,
            caution=_cautions(own),
        )
        yield rival if power == base else _against(rival, counts[power], counts[base], mean, means[base])


def _parts(points: Sequence[Point]) -> Iterator[tuple[int, float, float]]:
    """Number, sum and sum of squares of each point's scores, from its mean and spread."""
    for p in points:
        if p.plover_score is not None:
            squares = (p.plover_scored - 1) * (p.plover_spread or 0.0) ** 2 + p.plover_scored * p.plover_score**2
            yield p.plover_scored, p.plover_scored * p.plover_score, squares


def _cautions(points: Sequence[Point]) -> str | None:
    """The caution of one period; of several, how many have one."""
    wary = [p.caution for p in points if p.caution]
    if len(points) == 1 or not wary:
        return wary[0] if wary else None
    return f"{len(wary)} of {len(points)} periods are cut or hardly covered"


def _against(rival: Rival, events: int, base_events: int, mean: _Mean, base: _Mean) -> Rival:
    """The line with ratio and difference to the base."""
    ratio = ratio_interval(events, base_events)
    if ratio is not None:
        ratio_is = events / base_events if base_events else None
        rival = replace(rival, ratio=ratio_is, ratio_low=ratio[0], ratio_high=ratio[1])
    if mean.mean is None or base.mean is None or mean.ends is None or base.ends is None:
        return rival
    low, high = difference_interval((mean.mean, mean.ends), (base.mean, base.ends))
    return replace(rival, difference=mean.mean - base.mean, difference_low=low, difference_high=high)
