"""What the store counts: each event once in each direction, in the period of its day; only what happened."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import InputError
from dragoman.record.cells import cells, dyad_events, next_period, period_of, volume
from tests.relations.told import DAY, Memory, Served, documents, event

ALL = {"sources": None, "targets": None, "since": None, "until": None, "by": "month"}


@pytest.fixture(params=["duckdb", "postgresql"])
def db(request):
    record = Memory() if request.param == "duckdb" else Served(request.getfixturevalue("server").fresh())
    yield record
    record.close()


def counted(db, **chosen):
    return {(c.source, c.target, c.first, c.type): c.events for c in cells(db, **{**ALL, **chosen})}


def test_directions_are_counted_apart(db):
    event(db, "KEN UGA", "2020-05-03", "ACCUSE")
    event(db, "UGA KEN", "2020-05-04", "SUPPORT")
    assert counted(db) == {
        ("KEN", "UGA", DAY("2020-05-01"), "ACCUSE"): 1,
        ("UGA", "KEN", DAY("2020-05-01"), "SUPPORT"): 1,
    }


def test_what_is_done_together_counts_once_in_each_direction(db):
    event(db, "KEN UGA", "2020-05-03", both=True)
    assert set(counted(db).values()) == {1}
    assert len(counted(db)) == 2


def test_event_with_two_actors_counts_once_for_each(db):
    event(db, "KEN,TZA UGA", "2020-05-03")
    assert [key[0] for key in counted(db, targets=["UGA"])] == ["KEN", "TZA"]


@pytest.mark.parametrize("status", ["historical", "future", "hypothetical", "negation", "habitual"])
def test_only_what_happened_is_counted(db, status):
    event(db, "KEN UGA", "2020-05-03", status=status)
    assert cells(db, **ALL) == []


def test_another_coder_is_counted_only_where_it_is_named(db):
    event(db, "KEN UGA", "2020-05-03", coder="gdelt")
    assert counted(db) == {}
    assert sum(counted(db, coder="gdelt").values()) == 1


def test_month_ends_where_the_next_begins(db):
    event(db, "KEN UGA", "2020-01-31")
    event(db, "KEN UGA", "2020-02-01")
    event(db, "KEN UGA", "2020-02-29")
    assert [(key[2].month, n) for key, n in counted(db).items()] == [(1, 1), (2, 2)]


def test_weeks_begin_on_monday_also_across_new_year(db):
    event(db, "KEN UGA", "2020-12-28")  # a Monday
    event(db, "KEN UGA", "2021-01-03")  # the Sunday of that week
    event(db, "KEN UGA", "2021-01-04")
    assert [(key[2], n) for key, n in counted(db, by="week").items()] == [
        (DAY("2020-12-28"), 2),
        (DAY("2021-01-04"), 1),
    ]


def test_event_known_to_the_month_is_in_its_month_and_in_no_week(db):
    event(db, "KEN UGA", "2020-05-01", last="2020-05-31")
    assert next(iter(counted(db)))[2] == DAY("2020-05-01")
    assert next(iter(counted(db, by="week")))[2] is None


def test_event_known_to_the_year_is_in_no_month(db):
    event(db, "KEN UGA", "2020-01-01", last="2020-12-31")
    assert next(iter(counted(db)))[2] is None
    assert next(iter(counted(db, by="year")))[2] == DAY("2020-01-01")


def test_event_without_a_date_is_counted_in_no_period(db):
    event(db, "KEN UGA", None)
    assert counted(db) == {("KEN", "UGA", None, "CONSULT"): 1}


def test_days_of_the_span_are_both_in(db):
    for day in ("2020-05-01", "2020-05-15", "2020-05-31", "2020-06-01"):
        event(db, "KEN UGA", day)
    assert sum(counted(db, since=DAY("2020-05-01"), until=DAY("2020-05-31")).values()) == 3


def test_cell_has_sums_of_scores_quad_and_ids_where_asked(db):
    first, second = event(db, "KEN UGA", "2020-05-01", score=4.0), event(db, "KEN UGA", "2020-05-09", score=-1.0)
    (cell,) = cells(db, **ALL, ids=True)
    assert (cell.plover_scored, cell.plover_sum, cell.plover_squares) == (2, 3.0, 17.0)
    assert cell.quad == "verbal cooperation"
    assert cell.ids == (first, second)
    assert (cell.earliest, cell.latest) == (DAY("2020-05-01"), DAY("2020-05-09"))


def test_events_one_by_one_say_whether_they_are_hedged(db):
    event(db, "KEN UGA", "2020-05-01", hedged=True, lineages=1)
    (one,) = dyad_events(db, sources=["KEN"])
    assert (one.hedged, one.lineages) == (True, 1)


def test_recalled_events_are_asked_apart(db):
    event(db, "KEN UGA", "2006-05-01", status="historical")
    assert dyad_events(db) == []
    assert len(dyad_events(db, recalled=True)) == 1


def test_volume_leaves_out_what_was_withdrawn_and_what_is_dated_too_roughly(db):
    documents(db, "2020-05-04", 3)
    documents(db, "2020-05-31", 2)
    documents(db, "2020-05-01", 1, precision="month")
    documents(db, "2020-05-04", 1, withdrawn=True)
    assert volume(db, by="month", since=None, until=None) == {DAY("2020-05-01"): 6}
    assert volume(db, by="week", since=None, until=None) == {DAY("2020-05-04"): 3, DAY("2020-05-25"): 2}


def test_unknown_period_is_named_with_those_that_are_known(db):
    with pytest.raises(InputError, match="unknown period 'day': take one of week, month, year"):
        cells(db, **{**ALL, "by": "day"})


@pytest.mark.parametrize("by", ["week", "month", "year"])
def test_periods_follow_each_other_without_gap(by):
    first = period_of(date(2019, 12, 30), by)
    for _ in range(60):
        after = next_period(first, by)
        assert period_of(after, by) == after > first
        assert period_of(date.fromordinal(after.toordinal() - 1), by) == first
        first = after


def test_modes_are_told_apart_where_they_are_asked(db):
    event(db, "KEN UGA", "2020-05-03", "CONSULT", "visit")
    event(db, "KEN UGA", "2020-05-04", "CONSULT", "phone")
    assert [(c.mode, c.events) for c in cells(db, **ALL)] == [(None, 2)]
    assert [(c.mode, c.events) for c in cells(db, **ALL, modes=True)] == [("phone", 1), ("visit", 1)]
