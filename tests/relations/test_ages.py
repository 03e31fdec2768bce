"""Distances between days of any precision, and what words of distance admit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.relations.ages import Days, back, day_words, distance_words, fits, named, whole, years_between
from tests.relations.claimed import days


def span(text: str) -> Days:
    first, last, _ = days(text)
    return Days(first, last)


@pytest.mark.parametrize(
    ("older", "newer", "words"),
    [
        ("2006-02", "2020-10-01", "14 years and 7 to 8 months"),
        ("2010-05-04", "2020-05-04", "10 years"),
        ("2010-05-05", "2020-05-04", "9 years and 11 months"),
        ("2010", "2020-10-01", "9 years and 9 months to 10 years and 9 months"),
        ("2019-10-01", "2020-10-01", "1 year"),
        ("2020-08-01", "2020-10-15", "2 months"),
        ("2020-07", "2020-10-15", "2 to 3 months"),
        ("2020-09-12", "2020-10-01", "19 days"),
        ("2020-09-30", "2020-10-01", "1 day"),
        ("2020-09", "2020-10-01", "1 to 30 days"),
        ("2008-02-29", "2018-02-28", "9 years and 11 months"),
    ],
)
def test_a_distance_is_told_as_exactly_as_its_ends_are_known(older, newer, words):
    assert distance_words(span(older), span(newer)) == words


# What the words of the text came to: (years, approximate), as the coder reads French and English alike.
NEARLY_15 = (15, "less")  # "presque quinze ans", "près de quinze ans", "nearly fifteen years"
OVER_20 = (20, "more")  # "plus de vingt ans", "more than two decades"
SOME_10 = (10, "about")  # "une dizaine d'années", "about ten years"
TEN = (10, None)
TWO = (2, None)
NEARLY_3 = (3, "less")
A_MONTH = (0.08, None)
THREE_WEEKS = (0.06, None)


@pytest.mark.parametrize(
    ("claimed", "older", "fit"),
    [
        (NEARLY_15, "2006-02", "holds"),
        (NEARLY_15, "2005-10-01", "holds"),  # fifteen to the day
        (NEARLY_15, "2005-07-01", "longer"),  # "nearly" is never said of more
        (NEARLY_15, "2007-02-01", "holds"),
        (NEARLY_15, "2008-02-01", "shorter"),
        (NEARLY_15, "2006", "holds"),
        (NEARLY_15, "2005", "may be longer"),
        (NEARLY_15, "2007", "may be shorter"),
        (OVER_20, "1999-06-01", "holds"),
        (OVER_20, "2000-10-01", "holds"),  # twenty to the day
        (OVER_20, "2001-03-01", "shorter"),
        (OVER_20, "2000", "may be shorter"),
        (OVER_20, "1985-01-01", "longer"),
        (SOME_10, "2012-01-01", "holds"),
        (SOME_10, "2009-01-01", "holds"),
        (SOME_10, "2014-01-01", "shorter"),
        (SOME_10, "2007-01-01", "longer"),
        (TEN, "2010-10-01", "holds"),  # the tenth anniversary
        (TEN, "2011-02-01", "holds"),  # rounded up
        (TEN, "2011-06-01", "shorter"),
        (TEN, "2009-11-01", "holds"),  # ten full years
        (TEN, "2009-08-01", "longer"),
        (TEN, "2010", "holds"),
        (TWO, "2018-11-15", "holds"),
        (TWO, "2019-06-01", "shorter"),
        (NEARLY_3, "2018-01-01", "holds"),
        (NEARLY_3, "2018-04-01", "shorter"),
        (A_MONTH, "2020-09-01", "holds"),
        (A_MONTH, "2020-09-12", "shorter"),
        (THREE_WEEKS, "2020-09-10", "holds"),
        (THREE_WEEKS, "2020-09-20", "shorter"),
    ],
)
def test_words_of_distance_admit_what_newspapers_mean_by_them(claimed, older, fit):
    assert fits(span(older), span("2020-10-01"), *claimed) == fit


@pytest.mark.parametrize(
    ("years", "approximate", "words"),
    [
        (15, "less", "nearly 15 years"),
        (1, None, "1 year"),
        (0.08, None, "1 month"),
        (0.06, "more", "more than 3 weeks"),
        (0.02, None, "1 week"),
        (0.01, None, "4 days"),
        (2.5, "about", "about 2.5 years"),
    ],
)
def test_a_claimed_distance_is_told_in_its_own_unit(years, approximate, words):
    assert named(years, approximate) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("2006-02", "February 2006"), ("2020-10-01", "1 October 2020"), ("2006", "2006")],
)
def test_days_are_told_to_their_precision(text, words):
    assert day_words(span(text)) == words


def test_days_that_are_no_calendar_unit_are_told_by_their_ends():
    assert day_words(Days(date(2020, 9, 28), date(2020, 9, 30))) == "28 to 30 September 2020"
    assert day_words(Days(date(2020, 9, 28), date(2020, 10, 1))) == "between 28 September 2020 and 1 October 2020"
    assert day_words(Days(date(2001, 1, 1), date(2002, 12, 31))) == "2001 to 2002"


def test_a_date_without_its_last_day_means_all_of_its_month_or_year():
    assert whole(date(2012, 2, 1), "month") == span("2012-02")
    assert whole(date(2012, 1, 1), "year") == span("2012")
    assert whole(date(2012, 2, 3), None) == span("2012-02-03")


def test_days_cannot_end_before_they_begin():
    with pytest.raises(ValueError, match="not a span of days"):
        Days(date(2020, 1, 2), date(2020, 1, 1))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 80))
def test_whole_years_back_are_whole_years_apart(day, years):
    assert back(day, years) <= day
    assert round(years_between(back(day, years), day)) == years


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_longer_wait_is_never_fewer_years(one, other):
    older, newer = sorted((one, other))
    assert 0 <= years_between(older, newer) <= years_between(date(1890, 1, 1), newer)
