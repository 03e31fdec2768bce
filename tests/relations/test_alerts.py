"""Alerts: what breaks a silence, what is unusual, and that each says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.cells import DyadEvent, next_period
from dragoman.relations.alerts import alerts, look
from tests.relations.told import DAY, Memory, documents, event


@pytest.fixture
def db():
    record = Memory()
    yield record
    record.close()


def covered(db, since="2010-01-01", until="2019-12-01", number=10):
    """Documents in each month."""
    month = DAY(since)
    while month <= DAY(until):
        documents(db, (month + timedelta(days=3)).isoformat(), number)
        month = next_period(month, "month")


def every_month(db, pair, since, until, type="CONSULT", mode=None, *, number=1, **more):
    month = DAY(since)
    while month <= DAY(until):
        for day in range(number):
            event(db, pair, (month + timedelta(days=day)).isoformat(), type, mode, **more)
        month = next_period(month, "month")


def found(db, since="2019-01-01", until="2019-12-31"):
    return look(db, since=DAY(since), until=DAY(until))


def test_first_event_between_two_countries_says_how_long_there_was_none(db):
    covered(db)
    id = event(db, "KEN UGA", "2019-06-03", "SUPPORT")
    (alert,) = found(db)
    assert (alert.kind, alert.rule, alert.day, alert.events) == ("first", "first.contact", DAY("2019-06-03"), (id,))
    assert alert.why == (
        "SUPPORT on 2019-06-03: the first event of any kind between the two in all the record covers "
        "(9 years and 5 months, from January 2010 on)"
    )


def test_young_record_calls_nothing_new(db):
    covered(db, since="2017-01-01")
    event(db, "KEN UGA", "2019-06-03", "SUPPORT")
    event(db, "KEN UGA", "2019-07-03", "SANCTION", "expel")
    assert found(db) == ()


def test_months_without_documents_do_not_make_a_record_old(db):
    covered(db, until="2010-02-01")
    covered(db, since="2017-06-01")
    event(db, "KEN UGA", "2019-06-03", "SUPPORT")
    assert found(db) == ()


def test_first_of_its_type_needs_a_past_of_other_events(db):
    covered(db)
    every_month(db, "KEN UGA", "2018-01-01", "2018-12-01", "CONSULT")
    event(db, "KEN UGA", "2019-02-03", "THREATEN", "expel")
    event(db, "KEN TZA", "2018-02-03")
    event(db, "KEN TZA", "2019-02-03", "THREATEN", "expel")
    (alert,) = [a for a in found(db) if a.kind == "first"]
    assert (alert.rule, alert.target) == ("first.type", "UGA")
    assert "the first THREATEN from KEN to UGA" in alert.why
    assert "after 12 events of other types" in alert.why


def test_event_that_a_text_recalls_makes_a_later_one_no_first(db):
    covered(db)
    event(db, "KEN UGA", "2006-01-01", "CONSULT", "visit", last="2006-12-31", status="historical")
    event(db, "KEN UGA", "2019-06-03", "CONSULT", "visit")
    (alert,) = found(db)
    assert alert.kind == "visit"
    assert "no visit from KEN to UGA since 2006-12-31" in alert.why


def test_visit_after_years_is_told_and_one_after_months_is_not(db):
    covered(db)
    event(db, "KEN UGA", "2012-05-01", "CONSULT", "visit")
    event(db, "KEN UGA", "2019-06-03", "CONSULT", "visit")
    event(db, "KEN UGA", "2019-09-03", "CONSULT", "visit")
    (alert,) = found(db)
    assert (alert.kind, alert.day) == ("visit", DAY("2019-06-03"))
    assert "since 2012-05-01 (of which the record covers 7 years)" in alert.why


def test_expulsion_after_years_of_calm_looks_at_both_directions(db):
    covered(db)
    every_month(db, "KEN UGA", "2015-01-01", "2018-12-01", "CONSULT", number=2)
    event(db, "KEN UGA", "2019-06-03", "SANCTION", "expel")
    event(db, "UGA KEN", "2019-06-10", "SANCTION", "expel")
    expulsions = [a for a in found(db) if a.rule == "calm"]
    assert [(a.kind, a.source, a.day) for a in expulsions] == [("expulsion", "KEN", DAY("2019-06-03"))]


def test_conviction_is_no_rupture(db):
    covered(db)
    every_month(db, "KEN UGA", "2015-01-01", "2018-12-01", "SANCTION", "convict")
    event(db, "KEN UGA", "2019-06-03", "SANCTION", "convict")
    assert [a for a in found(db) if a.rule == "calm"] == []


def test_return_after_a_silence_that_was_unusual(db):
    covered(db)
    every_month(db, "KEN UGA", "2010-01-01", "2015-12-01", "ACCUSE")
    event(db, "KEN UGA", "2019-06-03", "ACCUSE")
    (alert,) = found(db)
    assert alert.kind == "return"
    assert (
        "since 2015-12-01 (of which the record covers 3 years and 5 months); before that silence there were 72"
        in alert.why
    )


def test_silence_that_is_ordinary_for_the_two_is_no_return(db):
    covered(db)
    event(db, "KEN UGA", "2013-06-03", "ACCUSE")
    event(db, "KEN UGA", "2016-06-03", "ACCUSE")
    event(db, "KEN UGA", "2019-06-03", "ACCUSE")
    assert found(db) == ()


def test_what_is_done_together_is_told_once(db):
    covered(db)
    event(db, "KEN UGA", "2019-06-03", both=True)
    assert len(found(db)) == 1


def test_several_events_of_one_day_are_one_alert(db):
    covered(db)
    ids = [event(db, pair, "2019-06-03", "SANCTION", "expel") for pair in ("KEN UGA", "UGA KEN", "KEN UGA")]
    (alert,) = found(db)
    assert sorted(alert.events) == ids
    assert alert.why.endswith("; 2 more of that day")


def test_event_known_to_the_year_alone_makes_a_later_one_no_first(db):
    covered(db)
    for year in (2013, 2019):
        event(db, "KEN UGA", f"{year}-01-01", "CONSULT", "visit", last=f"{year}-12-31")
    event(db, "KEN UGA", "2019-06-03", "CONSULT", "visit")
    (alert,) = found(db)
    assert "no visit from KEN to UGA since 2013-12-31" in alert.why


def test_jump_tells_what_was_to_be_expected_and_that_coverage_does_not_explain_it(db):
    covered(db)
    every_month(db, "KEN UGA", "2010-01-01", "2019-05-01", "ACCUSE", number=2)
    every_month(db, "KEN UGA", "2019-06-01", "2019-06-01", "ACCUSE", number=14)
    every_month(db, "KEN UGA", "2019-07-01", "2019-12-01", "ACCUSE", number=2)
    (alert,) = found(db)
    assert (alert.kind, alert.rule, alert.day, len(alert.events)) == ("jump", "jump.conflict", DAY("2019-06-01"), 14)
    assert alert.why.startswith("14 events of conflict in June 2019, where 2.0 were to be expected")
    assert "with the month's 10 documents 2.0 were" in alert.why
    assert alert.strength == 1.0


def test_more_newspapers_are_no_jump(db):
    covered(db, until="2019-05-01")
    covered(db, since="2019-06-01", number=70)
    every_month(db, "KEN UGA", "2010-01-01", "2019-05-01", "ACCUSE", number=2)
    every_month(db, "KEN UGA", "2019-06-01", "2019-12-01", "ACCUSE", number=14)
    assert found(db) == ()


def test_drop_waits_for_the_end_of_the_month(db):
    covered(db)
    every_month(db, "KEN UGA", "2010-01-01", "2019-11-01", "ACCUSE", number=12)
    assert found(db, until="2019-12-15") == ()
    (alert,) = found(db)
    assert (alert.kind, alert.day) == ("drop", DAY("2019-12-01"))
    assert alert.why.startswith("0 events of conflict in December 2019, where 12.0 were to be expected")


def test_new_level_is_told_from_its_first_month(db):
    covered(db)
    every_month(db, "KEN UGA", "2014-01-01", "2019-05-01", "CONSULT", number=4)
    every_month(db, "KEN UGA", "2019-06-01", "2019-12-01", "CONSULT", number=9)
    levels = [a for a in found(db) if a.rule == "jump.level"]
    assert [(a.kind, a.day) for a in levels] == [("jump", DAY("2019-06-01"))]
    assert "a new level of 9.0 events a month from June 2019 on (7 months), after 4.0 a month" in levels[0].why


def test_turn_tells_both_tones(db):
    covered(db)
    every_month(db, "KEN UGA", "2015-01-01", "2019-05-01", "CONSULT", number=3)
    every_month(db, "KEN UGA", "2019-06-01", "2019-12-01", "ACCUSE", number=3)
    turns = [a for a in found(db) if a.kind == "turn"]
    assert [a.day for a in turns] == [DAY("2019-06-01")]
    assert "a turn for the worse: a mean PLOVER score of -3.0 from June 2019 on (21 events), after +2.5" in turns[0].why


def test_rumour_of_one_source_says_so_and_is_weaker(db):
    covered(db)
    event(db, "KEN UGA", "2019-06-03", "SUPPORT", hedged=True, lineages=1)
    event(db, "TZA UGA", "2019-06-03", "SUPPORT", lineages=1)
    event(db, "RWA UGA", "2019-06-03", "SUPPORT", lineages=2)
    sure, alone, rumour = found(db)
    assert alone.why.endswith("; told by one source only")
    assert rumour.why.endswith("; told only as a rumour, and by one source")
    assert sure.strength > alone.strength > rumour.strength == pytest.approx(sure.strength / 2, abs=0.001)


def test_months_with_hardly_a_document_do_not_make_a_record_old(db):
    covered(db, until="2016-12-01", number=1)
    covered(db, since="2017-01-01", number=20)
    covered(db, since="2010-01-01", until="2010-01-01", number=19)
    event(db, "KEN UGA", "2018-06-03", "SUPPORT")
    assert found(db, since="2018-01-01") == ()


def test_regions_and_firms_of_the_world_are_not_watched(db):
    covered(db)
    event(db, "R-AFRICA UGA", "2019-06-03", "SUPPORT")
    event(db, "MNC UGA", "2019-06-03", "SUPPORT")
    event(db, "EUR UGA", "2019-06-03", "SUPPORT")
    assert [a.source for a in found(db)] == ["EUR"]


def test_alerts_come_strongest_first_and_only_of_the_days_asked(db):
    covered(db)
    event(db, "KEN UGA", "2018-06-03", "SUPPORT")
    event(db, "TZA UGA", "2019-06-03", "SUPPORT")
    every_month(db, "KEN UGA", "2019-06-01", "2019-06-01", "ACCUSE", number=14)
    strengths = [a.strength for a in found(db)]
    assert strengths == sorted(strengths, reverse=True)
    assert all(DAY("2019-01-01") <= a.day <= DAY("2019-12-31") for a in found(db))


def test_empty_record_has_no_alerts(db):
    assert found(db) == ()


def test_imported_events_without_documents_can_be_watched(db):
    every_month(db, "KEN UGA", "2010-01-01", "2019-05-01", "ACCUSE", number=2, coder="icews")
    every_month(db, "KEN UGA", "2019-06-01", "2019-06-01", "ACCUSE", number=14, coder="icews")
    jumps = look(db, since=DAY("2019-06-01"), until=DAY("2019-06-30"), coder="icews")
    assert [a.rule for a in jumps] == ["jump.conflict"]
    assert "documents" not in jumps[0].why


def test_without_days_the_last_three_months_are_looked_at(db):
    covered(db)
    event(db, "KEN UGA", "2019-09-30", "SUPPORT")
    event(db, "TZA UGA", "2019-10-01", "SUPPORT")
    assert [a.source for a in look(db)] == ["TZA"]


def test_two_countries_can_be_looked_at_alone(db):
    covered(db)
    event(db, "KEN UGA", "2019-11-30", "SUPPORT")
    event(db, "TZA UGA", "2019-11-30", "SUPPORT")
    assert [a.source for a in look(db, between=("UGA", "TZA"))] == ["TZA"]


@given(st.randoms())
@settings(max_examples=10)
def test_alerts_do_not_depend_on_the_order_of_what_is_known(random):
    kinds = [("SANCTION", "expel"), ("CONSULT", "visit"), ("ACCUSE", None)]
    told = [
        DyadEvent(
            id=f"e{number}",
            source=pair[0],
            target=pair[1],
            first=DAY(f"2019-06-{1 + number % 5:02}"),
            last=DAY(f"2019-06-{1 + number % 5:02}"),
            type=kinds[number % 3][0],
            mode=kinds[number % 3][1],
            concept="test",
            reports=1,
            lineages=1 + number % 2,
            hedged=number % 3 == 0,
            plover_score=None,
        )
        for number, pair in enumerate([("KEN", "UGA"), ("UGA", "KEN"), ("TZA", "UGA")] * 6)
    ]
    papers = {DAY(f"{year}-{month:02}-01"): 9 for year in range(2012, 2020) for month in range(1, 13)}
    chosen = {"since": DAY("2019-06-01"), "until": DAY("2019-12-31")}
    shuffled = dict(random.sample(list(papers.items()), len(papers)))
    once = alerts([], told, volume=papers, **chosen)
    assert once
    assert once == alerts([], random.sample(told, len(told)), volume=shuffled, **chosen)
