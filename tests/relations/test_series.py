"""Series: every period is there, sums agree, intervals are wide where little is known; powers side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.cells import Cell, cells, period_of, volume
from dragoman.relations.intervals import (
    count_interval,
    difference_interval,
    mean_interval,
    ratio_interval,
    share_interval,
)
from dragoman.relations.series import compare, series, undated
from tests.relations.told import DAY, Memory, documents, event

PAIRS = [("KEN", "UGA"), ("UGA", "KEN")]


def cell(first, events=1, score=2.5, type="CONSULT", pair=("KEN", "UGA")) -> Cell:
    return Cell(
        source=pair[0],
        target=pair[1],
        first=DAY(first) if isinstance(first, str) else first,
        type=type,
        mode=None,
        quad="verbal cooperation" if type == "CONSULT" else "material conflict",
        events=events,
        reports=events,
        plover_scored=events,
        plover_sum=events * score,
        plover_squares=events * score**2,
        goldstein_scored=0,
        goldstein_sum=0.0,
        goldstein_squares=0.0,
    )


def test_period_in_which_nothing_happened_is_there_with_an_unknown_score():
    points = series([cell("2020-01-01"), cell("2020-04-01")], PAIRS[:1])
    assert [(p.first.month, p.events, p.plover_score) for p in points] == [
        (1, 1, 2.5),
        (2, 0, None),
        (3, 0, None),
        (4, 1, 2.5),
    ]
    assert (points[1].rate_low, points[1].plover_low) == (0.0, None)
    assert points[0].last == DAY("2020-01-31")


def test_span_that_was_asked_is_filled_to_both_ends():
    points = series([cell("2020-03-01")], PAIRS, since=DAY("2020-01-15"), until=DAY("2020-05-02"))
    assert [p.first.month for p in points] == [1, 2, 3, 4, 5] * 2
    assert [p.source for p in points] == ["KEN"] * 5 + ["UGA"] * 5


def test_nothing_known_is_no_series():
    assert series([], PAIRS) == ()


def test_point_tells_types_and_quads():
    (point,) = series([cell("2020-01-01", 2), cell("2020-01-01", 1, -9.0, "ASSAULT")], PAIRS[:1])
    assert point.types == (("ASSAULT", 1), ("CONSULT", 2))
    assert point.quads == (("verbal cooperation", 2), ("material conflict", 1))
    assert point.plover_score == pytest.approx(-4 / 3)
    assert point.plover_spread == pytest.approx(6.6395, abs=1e-3)
    assert (point.goldstein, point.goldstein_scored) == (None, 0)


def test_period_without_a_document_is_unknown_and_not_nought():
    points = series([cell("2020-01-01")], PAIRS[:1], until=DAY("2020-03-31"), volume={DAY("2020-01-01"): 90})
    assert [(p.documents, p.rate_high is None) for p in points] == [(90, False), (0, True), (0, True)]
    assert points[1].caution == "no document of this period: what happened is unknown"


def test_period_with_few_documents_carries_a_caution():
    seen = {DAY(f"2020-0{month}-01"): 100 for month in range(1, 6)} | {DAY("2020-06-01"): 20}
    cautions = [p.caution for p in series([], PAIRS[:1], volume=seen)]
    assert cautions == [None] * 5 + ["only 20 documents, where the median period has 100"]


def test_period_that_is_cut_by_the_days_asked_says_so():
    points = series([cell("2020-01-01")], PAIRS[:1], since=DAY("2020-01-10"), until=DAY("2020-03-15"))
    assert [p.caution for p in points] == ["counted from 2020-01-10 on", None, "counted until 2020-03-15"]


def test_volume_that_was_not_asked_is_unknown():
    (point,) = series([cell("2020-01-01")], PAIRS[:1])
    assert (point.documents, point.caution) == (None, None)


def test_cells_without_a_period_are_counted_apart():
    listed = [cell("2020-01-01"), cell(None, 3)]
    assert sum(p.events for p in series(listed, PAIRS)) == 1
    assert undated(listed, PAIRS) == {("KEN", "UGA"): 3, ("UGA", "KEN"): 0}


DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))
HAPPENINGS = st.lists(
    st.tuples(DAYS, st.sampled_from(["KEN UGA", "UGA KEN", "KEN,TZA UGA"]), st.booleans(), st.integers(-9, 9)),
    max_size=25,
)


SHARED = Memory()  # emptied for each example: making one takes longer than the rest


@settings(max_examples=40)
@given(HAPPENINGS, st.sampled_from(["week", "month", "year"]))
def test_sum_over_periods_is_the_total_in_each_direction(happenings, by):
    db = SHARED
    for table in ("event", "event_dyad"):
        db.run(f"delete from {table}")
    db.waiting.clear()
    told = [(event(db, pair, day.isoformat(), both=both, score=float(s)), day) for day, pair, both, s in happenings]
    days = dict(told)
    points = series(cells(db, sources=None, targets=None, since=None, until=None, by=by), PAIRS, by=by)
    for one, other in PAIRS:
        rows = db.query("select event from event_dyad where source = $1 and target = $2", (one, other))
        mine = [p for p in points if p.source == one]
        assert sum(p.events for p in mine) == len(rows) == sum(n for p in mine for _, n in p.types)
        assert sum(p.events for p in mine) == sum(n for p in mine for _, n in p.quads)
        for p in mine:
            inside = [e for (e,) in rows if p.first <= days[e] <= p.last]
            assert p.events == len(inside)
            assert p.last + timedelta(days=1) == period_of(p.last + timedelta(days=1), by)
            assert p.plover_score is None or p.plover_low <= p.plover_score <= p.plover_high


def test_store_and_series_agree_on_a_small_record():
    db = Memory()
    documents(db, "2020-01-10", 4)
    event(db, "KEN UGA", "2020-01-09", both=True)
    event(db, "KEN UGA", "2020-02-11", "SANCTION", "expel")
    chosen = {"since": DAY("2020-01-01"), "until": DAY("2020-02-29"), "by": "month"}
    found = cells(db, sources=["KEN", "UGA"], targets=["KEN", "UGA"], **chosen)
    points = series(found, PAIRS, **chosen, volume=volume(db, **chosen))
    assert [(p.source, p.events, p.documents) for p in points] == [
        ("KEN", 1, 4),
        ("KEN", 1, 0),
        ("UGA", 1, 4),
        ("UGA", 0, 0),
    ]
    db.close()


# ---- intervals


@pytest.mark.parametrize(("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39)])
def test_count_has_garwoods_interval(events, low, high):
    assert count_interval(events) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.01))


def test_share_has_clopper_and_pearsons_interval():
    assert share_interval(2, 10) == (pytest.approx(0.0252, abs=1e-3), pytest.approx(0.5561, abs=1e-3))
    assert share_interval(0, 5)[0] == 0.0
    assert share_interval(5, 5)[1] == 1.0
    assert share_interval(0, 0) is None


def test_ratio_without_events_of_the_base_has_no_upper_end():
    assert ratio_interval(4, 0)[1] is None
    assert ratio_interval(0, 0) is None
    low, high = ratio_interval(20, 10)
    assert low < 1 < 2 < high < 5


def test_one_event_tells_nothing_of_the_mean():
    assert mean_interval(4.0, None, 1) == (-10.0, 10.0)


def test_equal_scores_do_not_make_the_mean_certain():
    low, high = mean_interval(4.0, 0.0, 3)
    assert low < -3
    assert high > 6


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=40))
def test_interval_of_a_mean_holds_it_and_stays_on_the_scale(scores):
    mean = sum(scores) / len(scores)
    spread = (sum((s - mean) ** 2 for s in scores) / (len(scores) - 1)) ** 0.5
    low, high = mean_interval(mean, spread, len(scores))
    assert -10 <= low <= mean + 1e-6
    assert mean - 1e-6 <= high <= 10


def test_interval_of_a_mean_misses_at_most_one_time_in_twenty_where_rare_attacks_lower_it():
    import numpy

    chance = numpy.random.default_rng(7)
    scores = numpy.array([4.0] * 9 + [-9.0])
    for number in (2, 5, 10, 20):
        drawn = chance.choice(scores, (400, number))
        ends = [mean_interval(float(d.mean()), float(d.std(ddof=1)), number) for d in drawn]
        assert sum(low <= scores.mean() <= high for low, high in ends) >= 380


def test_difference_is_wider_than_either_mean():
    low, high = difference_interval((3.0, (1.0, 5.0)), (-2.0, (-4.0, 0.0)))
    assert (low, high) == (pytest.approx(5 - 8**0.5), pytest.approx(5 + 8**0.5))


# ---- rivals


def rivals():
    listed = [
        cell("2020-01-01", 6, 4.0, pair=("CHN", "KEN")),
        cell("2020-02-01", 2, 4.0, pair=("CHN", "KEN")),
        cell("2020-01-01", 2, -3.0, "ASSAULT", pair=("RUS", "KEN")),
        cell("2020-02-01", 1, 2.5, pair=("KEN", "RUS")),
    ]
    pairs = [("CHN", "KEN"), ("RUS", "KEN"), ("KEN", "CHN"), ("KEN", "RUS")]
    return compare(series(listed, pairs), "KEN")


def test_totals_come_first_then_each_period_and_each_direction_apart():
    assert [(r.whole, r.first.month, r.source, r.target, r.events) for r in rivals()] == [
        (True, 1, "CHN", "KEN", 8),
        (True, 1, "RUS", "KEN", 2),
        (False, 1, "CHN", "KEN", 6),
        (False, 1, "RUS", "KEN", 2),
        (False, 2, "CHN", "KEN", 2),
        (False, 2, "RUS", "KEN", 0),
        (True, 1, "KEN", "CHN", 0),
        (True, 1, "KEN", "RUS", 1),
        (False, 1, "KEN", "CHN", 0),
        (False, 1, "KEN", "RUS", 0),
        (False, 2, "KEN", "CHN", 0),
        (False, 2, "KEN", "RUS", 1),
    ]


def test_others_are_compared_with_the_first_power():
    base, other = rivals()[:2]
    assert (base.share, other.share) == (0.8, 0.2)
    assert base.ratio is base.difference is None
    assert other.ratio == 0.25
    assert other.ratio_low < 0.25 < other.ratio_high
    assert other.difference == pytest.approx(-7.0)
    assert other.difference_low < -7 < other.difference_high


def test_power_without_events_has_no_score_and_no_difference():
    silent = rivals()[5]
    assert (silent.events, silent.share, silent.plover_score, silent.difference) == (0, 0.0, None, None)


def test_total_of_a_power_has_the_mean_and_interval_of_all_its_events():
    total = rivals()[0]
    assert total.plover_score == pytest.approx(4.0)
    assert (total.plover_low, total.plover_high) == pytest.approx(mean_interval(4.0, 0.0, 8))
