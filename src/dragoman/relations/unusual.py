"""Months and levels that are unusual: more or less than the past leads to expect, and another tone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman import ontology
from dragoman.model import Alert
from dragoman.record.cells import next_period, period_of
from dragoman.relations.changes import Change, level_changes, score_changes
from dragoman.relations.intervals import tails
from dragoman.relations.past import Past, long, run, strength, weighed
from dragoman.relations.series import Pair, series

PAST = 36  # months that a month is held against, and how many at the least
PAST_LEAST = 24
# A month as rare as this in its own past is an alert. In 20,000 months without a change after 24 to 36 such months,
# that was at most 4 false jumps in 10,000 of Poisson counts, 24 where they scatter twice as much, 41 where four times.
CHANCE = 0.0005
JUMP_EVENTS = 3
DROP_EXPECTED = 5.0
LEVEL_MONTHS = 60  # how far back changes of level and tone are looked for
LEVEL_EVENTS = 24  # of these months, below which neither would be found (docs/relations.md, "Change points")
TURN = 2.0  # points of the PLOVER score: the step from quarrel (-2) to talk (0 and more)
LISTED = 20  # ids that an alert names at most

SIDES = {
    "cooperation": ("verbal cooperation", "material cooperation"),
    "conflict": ("verbal conflict", "material conflict"),
}


def months(past: Past, since: date) -> Iterator[Alert]:
    """Jumps and drops: a month against its own past, cooperation and conflict apart."""
    window = list(run(period_of(since, "month"), past.until))
    for pair, own in past.cells.items():
        for side, quads in SIDES.items():
            counts: dict[date, int] = {}
            for cell in own:
                if cell.first is not None and cell.quad in quads:
                    counts[cell.first] = counts.get(cell.first, 0) + cell.events
            if sum(counts.values()) >= JUMP_EVENTS:
                for month in window:
                    found = _month(past, pair, side, counts, month)
                    if found is not None:
                        yield found


def _month(past: Past, pair: Pair, side: str, counts: Mapping[date, int], month: date) -> Alert | None:
    """The alert of one month, if it is far from its past both in numbers and in numbers per document."""
    here = bisect_left(past.months, month)
    earlier = past.months[max(0, here - PAST) : here]
    if len(earlier) < PAST_LEAST:
        return None
    number, before = counts.get(month, 0), [counts.get(m, 0) for m in earlier]
    plain = _Usual.of(before, [1.0] * len(earlier), 1.0)
    judged = [plain]
    if past.volume:
        papers = [float(past.volume[m]) for m in earlier]
        judged.append(_Usual.of(before, papers, float(past.volume.get(month, 0))))
    whole = next_period(month, "month") - timedelta(days=1) <= past.until
    high, low = (max(u.tails(number)[end] for u in judged) for end in (1, 0))
    if number >= JUMP_EVENTS and high < CHANCE:
        return _counted(past, pair, side, month, number, judged, high, "jump")
    if whole and min(u.mean for u in judged) >= DROP_EXPECTED and low < CHANCE:
        return _counted(past, pair, side, month, number, judged, low, "drop")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """What the past leads to expect of a month: mean and variance of its number of events."""

    mean: float
    variance: float
    least: int  # the fewest and most events of a month before
    most: int

    @classmethod
    def of(cls, counts: Sequence[int], exposure: Sequence[float], here: float) -> _Usual:
        """From counts with their exposure, overdispersed Poisson; the rate is known no better than its count tells."""
        total = sum(counts) + 0.5
        rate = total / sum(exposure)
        scatter = sum((n - rate * e) ** 2 / (rate * e) for n, e in zip(counts, exposure, strict=True))
        dispersion = max(1.0, scatter / (len(counts) - 1))
        mean = rate * here
        return cls(mean=mean, variance=dispersion * (mean + mean**2 / total), least=min(counts), most=max(counts))

    def tails(self, number: int) -> tuple[float, float]:
        """The chances of so few and of so many."""
        return tails(number, self.mean, self.variance)


def _counted(
    past: Past, pair: Pair, side: str, month: date, number: int, judged: Sequence[_Usual], chance: float, kind: str
) -> Alert:
    usual = judged[0]
    events = [e for e in past.events.get(pair, ()) if period_of(e.first, "month") == month and _side(e.type) == side]
    why = (
        f"{number} events of {side} in {month:%B %Y}, where {_about(usual.mean)} were to be expected from the months "
        f"before ({usual.least} to {usual.most} each)"
    )
    if len(judged) > 1:
        why += (
            f"; with the month's {past.volume.get(month, 0)} documents {_about(judged[1].mean)} were, "
            "so the coverage does not explain it"
        )
    found = Alert(
        kind=kind,
        source=pair[0],
        target=pair[1],
        day=month,
        why=f"{why} (chance {chance:.1g})",
        strength=strength(chance),
        events=tuple(e.id for e in events)[:LISTED],
        rule=f"{kind}.{side}",
    )
    return weighed(found, events)


def _about(mean: float) -> str:
    return f"{mean:.1f}" if mean >= 1 else f"{mean:.2f}"


def _side(type: str) -> str:
    return "cooperation" if ontology.quad(type) <= 2 else "conflict"


# ---- new levels


def levels(past: Past, since: date) -> Iterator[Alert]:
    """Changes of level and of tone that begin within the days looked at."""
    if not past.months:
        return
    begin = past.months[max(0, len(past.months) - LEVEL_MONTHS)]
    for pair, own in past.cells.items():
        recent = [c for c in own if c.first is not None and c.first >= begin]
        if sum(c.events for c in recent) < LEVEL_EVENTS:
            continue
        points = series(recent, [pair], since=begin, until=past.until, volume=past.volume or None)
        points = tuple(p for p in points if p.last <= past.until)  # a month that is not over is lower than it will be
        window = period_of(since, "month"), past.until
        yield from (_level(past, pair, c) for c in level_changes(points) if window[0] <= c.first <= window[1])
        turns = (c for c in score_changes(points) if abs(c.after - c.before) >= TURN)
        yield from (_turn(past, pair, c) for c in turns if window[0] <= c.first <= window[1])


def _level(past: Past, pair: Pair, change: Change) -> Alert:
    kind = "jump" if change.after > change.before else "drop"
    why = (
        f"a new level of {change.after:.1f} events a month from {change.first:%B %Y} on "
        f"({long(change.periods_after)}), after {change.before:.1f} a month in the {long(change.periods_before)} before"
    )
    return _changed(past, pair, change, kind, f"{kind}.level", why)


def _turn(past: Past, pair: Pair, change: Change) -> Alert:
    turn = "for the better" if change.after > change.before else "for the worse"
    why = (
        f"a turn {turn}: a mean PLOVER score of {change.after:+.1f} from {change.first:%B %Y} on "
        f"({change.events_after} events), after {change.before:+.1f} in the {long(change.periods_before)} before "
        f"({change.events_before} events)"
    )
    return _changed(past, pair, change, "turn", "turn", why)


def _changed(past: Past, pair: Pair, change: Change, kind: str, rule: str, why: str) -> Alert:
    events = [e for e in past.events.get(pair, ()) if e.first >= change.first]
    found = Alert(
        kind=kind,
        source=pair[0],
        target=pair[1],
        day=change.first,
        why=why,
        strength=strength(change.chance),
        events=tuple(e.id for e in events)[:LISTED],
        rule=rule,
    )
    return weighed(found, events)
