"""Changes of level and tone: found where they are, not found in noise, and not in the number of newspapers."""

from __future__ import annotations

from datetime import date

import numpy
import pytest

from dragoman.model import Point
from dragoman.record.cells import next_period
from dragoman.relations.changes import level_changes, score_changes

START = date(2010, 1, 1)


def months(number: int) -> list[date]:
    found = [START]
    while len(found) < number:
        found.append(next_period(found[-1], "month"))
    return found


def counted(counts, documents=None) -> list[Point]:
    papers = [None] * len(counts) if documents is None else [int(n) for n in documents]
    return [
        Point(source="KEN", target="UGA", first=first, last=first, events=int(n), documents=d)
        for first, n, d in zip(months(len(counts)), counts, papers, strict=True)
    ]


def scored(chance, numbers, tone) -> list[Point]:
    points = []
    for at, (first, number) in enumerate(zip(months(len(numbers)), numbers, strict=True)):
        drawn = chance.choice(tone(at), number)
        points.append(
            Point(
                source="KEN",
                target="UGA",
                first=first,
                last=first,
                events=int(number),
                plover_scored=int(number),
                plover_score=float(drawn.mean()) if number else None,
                plover_spread=float(drawn.std(ddof=1)) if number > 1 else None,
            )
        )
    return points


@pytest.mark.parametrize(("rate", "periods"), [(0.5, 60), (3, 36), (10, 60), (50, 36)])
def test_at_most_one_steady_series_in_twenty_is_said_to_change(rate, periods):
    chance = numpy.random.default_rng(1)
    assert sum(bool(level_changes(counted(chance.poisson(rate, periods)))) for _ in range(200)) <= 10


def test_scattered_counts_are_no_change():
    chance = numpy.random.default_rng(2)
    drawn = (chance.negative_binomial(5, 1 / 3, 48) for _ in range(200))  # three times as scattered as Poisson
    assert sum(bool(level_changes(counted(n))) for n in drawn) <= 10


@pytest.mark.parametrize(("times", "after"), [(3, 3), (2, 6)])
def test_tripling_is_found_within_two_months_and_doubling_within_half_a_year(times, after):
    chance, hits = numpy.random.default_rng(3), 0
    for _ in range(100):
        counts = [*chance.poisson(10, 36), *chance.poisson(10 * times, after)]
        found = level_changes(counted(counts))
        hits += any(abs((c.first.year - 2013) * 12 + c.first.month - 1) <= 2 and c.after > c.before for c in found)
    assert hits >= 90


def test_change_tells_the_levels_on_both_sides():
    (change,) = level_changes(counted([4, 5, 6] * 8 + [14, 15, 16] * 4))
    assert (change.first, change.before, change.after) == (date(2012, 1, 1), 5.0, 15.0)
    assert (change.periods_before, change.periods_after, change.events_after) == (24, 12, 180)
    assert change.chance < 1e-6


@pytest.mark.parametrize("after", [0, 1, 6])
def test_one_odd_month_is_no_level(after):
    assert level_changes(counted([2] * 30 + [14] + [2] * after)) == ()
    assert level_changes(counted([12] * 30 + [0] + [12] * after)) == ()


def test_more_events_in_more_newspapers_are_no_change():
    events, papers = [5] * 24 + [10] * 12, [300] * 24 + [600] * 12
    assert level_changes(counted(events))
    assert level_changes(counted(events, papers)) == ()


def test_steady_events_in_fewer_newspapers_are_no_change():
    assert level_changes(counted([5] * 36, [600] * 24 + [300] * 12)) == ()


def test_months_without_documents_are_left_out():
    assert level_changes(counted([5] * 24 + [0] * 6 + [5] * 6, [300] * 24 + [0] * 6 + [300] * 6)) == ()


def test_short_or_empty_series_have_no_change():
    assert level_changes(counted([1, 9])) == ()
    assert level_changes(counted([0] * 40)) == ()
    assert score_changes(counted([3] * 40)) == ()


TALK, QUARREL = numpy.array([2.5, 4, 2.5, 1.5, 5, -2, -3]), numpy.array([-3, -2, -3.5, -9, -5.5, -6, -3, 2.5])


def test_turn_from_talk_to_quarrel_is_found():
    chance, hits = numpy.random.default_rng(4), 0
    for _ in range(50):
        points = scored(chance, chance.poisson(4, 42), lambda at: TALK if at < 36 else QUARREL)
        hits += any(c.first >= date(2012, 11, 1) and c.after < c.before for c in score_changes(points))
    assert hits >= 45


def test_a_rare_attack_among_talks_is_no_turn():
    chance = numpy.random.default_rng(5)
    mixed = numpy.array([4.0] * 9 + [-9.0])
    drawn = (scored(chance, chance.poisson(3, 60), lambda _: mixed) for _ in range(200))
    assert sum(bool(score_changes(points)) for points in drawn) <= 10
