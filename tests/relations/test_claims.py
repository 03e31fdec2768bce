"""Claims about history against a record: what supports, what contradicts, what is not known, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Place
from tests.relations.claimed import ARTICLE, PRESS, claim, event, judge, register, visit

OLDER = "2006-02 Joe Otieno, KEN foreign > PER"  # the older visit that the claims below lean on
SINCE = {"since": "2006-02", "actor": "Joe Otieno"}
IN_15 = {"years": 15, "approximate": "less"}
S, C, U = "supported", "contradicted", "cannot tell"


@pytest.mark.parametrize(
    ("claimed", "record", "verdict", "says"),
    [
        # --- first since -------------------------------------------------------------------------------------
        (claim("first-since", **SINCE), [OLDER], S, "14 years and 7 to 8 months"),
        (claim("first-since", **SINCE), [OLDER, "2012-09-03 Sam Kamau, KEN foreign > PER"], C, "3 September 2012"),
        (claim("first-since", **SINCE), ["2012-09-03 Sam Kamau, KEN foreign > PER"], C, "Sam Kamau"),
        (claim("first-since", **SINCE), [OLDER, "2012 Sam Kamau, KEN foreign > PER"], C, "2012"),
        (claim("first-since", **SINCE), [], U, "knows of none dated February 2006"),
        (claim("first-since", **SINCE), ["2001-05 Sam Kamau, KEN foreign > PER"], U, "none dated February 2006"),
        # of the same month as the older visit: "since February 2006" is true all the same
        (claim("first-since", since="2006-02"), [OLDER, "2006-02-20 Sam Kamau, KEN foreign > PER"], S, ""),
        (claim("first-since", since="2006-02"), [OLDER, "2006-03-01 Sam Kamau, KEN foreign > PER"], C, "1 March 2006"),
        # known to the year: it may be before February 2006, or between
        (claim("first-since", **SINCE), [OLDER, "2006 Sam Kamau, KEN foreign > PER"], U, "exact day"),
        # the older visit itself, told less exactly by another
        (claim("first-since", **SINCE), [OLDER, "2006 Joe Otieno, KEN foreign > PER"], S, ""),
        (claim("first-since", since="2006"), [OLDER], S, "from 2006 to"),
        (claim("first-since", actor="Joe Otieno"), [OLDER], S, "February 2006"),
        (claim("first-since", actor="Joe Otieno"), [OLDER, "2009-01-05 Joe Otieno, KEN foreign > PER"], S, "2009"),
        (claim("first-since", actor="Joe Otieno"), ["2004-01 Sam Kamau, KEN foreign > PER"], U, "no such act by Joe"),
        (claim("first-since"), [OLDER], U, "was not read"),
        # known to the month of the visit that the claim is about
        (claim("first-since", **SINCE), [OLDER, "2020-10 Sam Kamau, KEN foreign > PER"], U, "exact day"),
        (claim("first-since", **SINCE), [OLDER, "2020-10 Ada Mbeki, KEN foreign > PER"], S, ""),
        # --- first in N years --------------------------------------------------------------------------------
        (claim("first-in", **IN_15), [OLDER], S, "'nearly 15 years' holds"),
        (claim("first-in", **IN_15), [OLDER, "2012-09-03 Sam Kamau, KEN foreign > PER"], C, "8 years before"),
        (claim("first-in", **IN_15), ["2001-02 Joe Otieno, KEN foreign > PER"], U, "may be missing"),
        (claim("first-in", **IN_15), ["2007 Joe Otieno, KEN foreign > PER"], U, "exact day"),
        (claim("first-in", **IN_15), [], U, "neither nearly 15 years before nor nearer"),
        (claim("first-in", years=10), ["2010-10-01 Joe Otieno, KEN foreign > PER"], S, "10 years: '10 years' holds"),
        (claim("first-in", years=10), ["2011-10-01 Joe Otieno, KEN foreign > PER"], C, "9 years before"),
        (claim("first-in", years=20, approximate="more"), ["1999-05 Joe Otieno, KEN foreign > PER"], S, "more than 20"),
        (claim("first-in", years=20, approximate="more"), ["2003-05 Joe Otieno, KEN foreign > PER"], C, ""),
        (claim("first-in", approximate="more"), [OLDER], U, "no number of years"),
        # --- first ever --------------------------------------------------------------------------------------
        (claim("first"), ["1975-04-04 Joe Otieno, KEN foreign > PER"], C, "not the first: Joe Otieno"),
        (claim("first"), [], U, "does not see all of the past"),
        (claim("first"), ["2020-10 Sam Kamau, KEN foreign > PER"], U, "may not be the first"),
        (claim("first"), ["2020-11-05 Sam Kamau, KEN foreign > PER"], U, "nothing in the record contradicts"),
        # --- the last ----------------------------------------------------------------------------------------
        (claim("last", since="2006-02", rule="none-since"), [OLDER], S, ""),
        (claim("last", since="2006-02", rule="none-since"), [OLDER, "2012 Sam Kamau, KEN foreign > PER"], C, "2012"),
        (claim("last", years=15, rule="none-since"), ["2005-02 Joe Otieno, KEN foreign > PER"], S, ""),
        # --- the nth -----------------------------------------------------------------------------------------
        (claim("nth", ordinal=2, years=0.5), ["2020-06-01 Joe Otieno, KEN foreign > PER"], S, "2 with this one"),
        (claim("nth", ordinal=2, years=0.5), ["2020-01-01 Joe Otieno, KEN foreign > PER"], U, "1 with this one"),
        (claim("nth", ordinal=2, years=0.5), ["2020-06-01 A B, KEN foreign > PER", "2020-07-01 A B, KEN foreign > PER"],
         C, "3 with this one"),
        (claim("nth", ordinal=2, years=10), [], U, "may not have seen all"),
        (claim("nth", ordinal=2, years=10), ["2012-06-01 Joe Otieno, KEN foreign > PER"], U, "may not have seen all"),
        (claim("nth", ordinal=2, since="2018"), ["2019-06-01 Joe Otieno, KEN foreign > PER"], S, ""),
        (claim("nth"), [], U, "which number"),
        # --- scope -------------------------------------------------------------------------------------------
        (claim("first-since", "KEN defence > PER", **SINCE), ["2012-09-03 Sam Kamau, KEN foreign > PER"], U, ""),
        (claim("first", "KEN head-of-state > PER"), ["1999-09-03 Sam Kamau, KEN vice-president > PER"], U, ""),
        (claim("first", "KEN head-of-state > PER"), ["1999-09-03 Sam Kamau, KEN head-of-government > PER"], U, ""),
        (claim("first", "KEN head-of-state > PER"), ["1999-09-03 Sam Kamau, KEN junta > PER"], C, ""),
        (claim("first", "KEN head-of-government > PER"), ["1999-09-03 Sam Kamau, KEN head-of-state > PER"], U, ""),
        (claim("first", "KEN minister > PER"), ["1999-09-03 Sam Kamau, KEN trade > PER"], C, ""),
        (claim("first", "KEN minister > PER"), ["1999-09-03 Sam Kamau, KEN ambassador > PER"], U, ""),
        (claim("first"), ["1999-09-03 Sam Kamau, KEN foreign > BOL"], U, ""),
        (claim("first"), ["1999-09-03 Sam Kamau, UGA foreign > PER"], U, ""),
        (claim("first", "KEN ? > PER", who="official"), ["1999-09 Sam Kamau, KEN trade > PER"], U, "does not see all"),
        (claim("first", "KEN ? > PER", who="Kenya", rule="first-event"), ["1999 Sam Kamau, KEN trade > PER"], C, ""),
        # --- what cannot be read -----------------------------------------------------------------------------
        (claim("first", "KEN foreign > -", who="minister"), [OLDER], U, "towards which country"),
        (claim("first", "PER foreign > PER"), [OLDER], U, "affairs within Peru"),
        (claim("unprecedented", since="2006"), [OLDER], U, "scale or manner"),
    ],
)  # fmt: skip
def test_a_claim_gets_the_verdict_that_the_record_allows(claimed, record, verdict, says):
    found = judge(claimed, *(visit(line) for line in record))
    assert (found.verdict, says in found.why) == (verdict, True), found.why


def test_a_country_that_the_claim_leaves_out_is_that_of_the_visit_it_is_about():
    claimed = claim("first", "- foreign > PER")
    assert judge(claimed, visit(OLDER)).verdict == C
    assert "whose acts it counts" in judge(claimed, visit(OLDER), about=False).why


def test_what_supports_and_what_contradicts_is_given():
    between = visit("2012-09-03 Sam Kamau, KEN foreign > PER")
    found = judge(claim("first-since", **SINCE), visit(OLDER), between)
    assert found.against_it == (between,)
    assert found.for_it == (visit(OLDER),)


# --- the record is empty, or blind --------------------------------------------------------------------------------


def test_an_empty_record_cannot_tell():
    found = judge(claim("first-since", **SINCE), coverage=(), about=False)
    assert (found.verdict, found.why) == (U, "the record is empty")


def test_press_without_such_visits_cannot_tell():
    assert judge(claim("first-since", **SINCE), about=False).verdict == U


def test_a_support_says_how_far_the_record_sees():
    found = judge(claim("first-since", **SINCE), visit(OLDER))
    assert found.verdict == S
    assert "before 2016-01-03 the record has no press: it knows only what later texts recall" in found.unseen
    assert found.coverage == (PRESS,)


def test_thin_press_is_called_thin():
    thin = replace(PRESS, entries=2)
    assert any("thin: 2 documents" in line for line in judge(claim("first"), coverage=(thin,)).unseen)


def test_what_only_the_claiming_article_tells_of_the_past_supports_weakly():
    own = visit(OLDER, status="historical", document=ARTICLE)
    found = judge(claim("first-since", **SINCE), own)
    assert found.verdict == S
    assert "told by the same article" in found.why


def test_an_article_at_odds_with_itself_contradicts_nothing():
    own = visit("2012-09-03 Sam Kamau, KEN foreign > PER", status="historical", document=ARTICLE)
    found = judge(claim("first-since", **SINCE), visit(OLDER), own)
    assert found.verdict == U
    assert "at odds with itself" in found.why


def test_a_register_that_lists_such_visits_makes_silence_worth_something():
    whole = register("travels", "1950-01-01", "2021-01-01", ("KEN", "foreign", 300))
    found = judge(claim("first-since", since="2006-02"), coverage=(PRESS, whole))
    assert found.verdict == S
    assert "the register travels lists such visits from 1950-01-01 and has none between" in found.why


@pytest.mark.parametrize(
    "poor",
    [
        register("travels", "1950-01-01", "2021-01-01", ("KEN", "foreign", 3)),  # lists some
        register("travels", "2010-01-01", "2021-01-01", ("KEN", "foreign", 300)),  # begins too late
        register("travels", "1950-01-01", "2015-01-01", ("KEN", "foreign", 300)),  # ends too early
        register("travels", "1950-01-01", "2021-01-01", ("KEN", "head-of-state", 300)),  # of others
        register("travels", "1950-01-01", "2021-01-01", ("UGA", "foreign", 300)),
    ],
)
def test_the_silence_of_a_register_that_sees_less_proves_nothing(poor):
    assert judge(claim("first-since", since="2006-02"), coverage=(PRESS, poor)).verdict == U


def test_a_register_of_other_people_is_said_to_be_one():
    other = register("travels", "1950-01-01", "2021-01-01", ("KEN", "head-of-state", 300))
    found = judge(claim("first-since", since="2006-02"), coverage=(other,))
    assert (
        "the register travels lists visits of the head of state of Kenya, and none of the foreign minister of Kenya"
        in (found.unseen)
    )
    assert "the record has no press" in found.unseen


def test_a_visit_that_a_register_has_contradicts_as_one_of_the_press_does():
    found = judge(
        claim("first-since", **SINCE), visit("2012-09-03 Sam Kamau, KEN foreign > PER", by="register: travels")
    )
    assert found.verdict == C


# --- which visit the claim is about -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["2020-10-01", "2020-10-02", "2020-10-03", "2020-09-29"])
def test_another_telling_of_the_visit_itself_is_not_held_against_it(line):
    again = visit(f"{line} Ada Mbeki, KEN foreign > PER", by="Courier")
    assert judge(claim("first-since", **SINCE), visit(OLDER), again).verdict == S
    nameless = visit(f"{line} KEN foreign > PER", by="Courier")
    assert judge(claim("first-since", **SINCE), visit(OLDER), nameless).verdict == S


def test_a_visit_of_the_same_person_a_month_before_is_another():
    before = visit("2020-08-28 Ada Mbeki, KEN foreign > PER")
    assert judge(claim("first-since", **SINCE), visit(OLDER), before).verdict == C


def test_a_claim_told_later_speaks_of_the_time_of_its_visit():
    past = visit("2011-05-01 Ada Mbeki, KEN foreign > PER", status="historical")
    later = visit("2015-05-01 Sam Kamau, KEN foreign > PER")
    found = judge(claim("first-since", **SINCE), visit(OLDER), later, now=past)
    assert found.verdict == S
    assert "5 years and 2 to 3 months" in found.why


def test_a_planned_visit_is_judged_as_of_its_day():
    planned = visit("2020-11-05 Ada Mbeki, KEN foreign > PER", status="future")
    assert judge(claim("first-since", **SINCE), visit(OLDER), now=planned).verdict == S
    between = visit("2012 Sam Kamau, KEN foreign > PER")
    assert judge(claim("first-since", **SINCE), visit(OLDER), between, now=planned).verdict == C


def test_a_planned_visit_without_a_day_is_judged_as_of_the_article():
    planned = replace(visit("? Ada Mbeki, KEN foreign > PER", status="future"))
    took_place = visit("2020-12-20 Ada Mbeki, KEN foreign > PER")
    assert judge(claim("first-since", **SINCE), visit(OLDER), took_place, now=planned).verdict == S


def test_what_is_only_agreed_on_is_judged_as_what_was_agreed():
    agreed = replace(
        event("2020-11-05 KEN foreign > PER ?", "AGREE", status="future"), planned="CONSULT", concept="visit"
    )
    claimed = claim("first", done="AGREE")
    assert judge(claimed, visit("2012 Sam Kamau, KEN foreign > PER"), now=agreed).verdict == C
    lists = register("travels", "1950-01-01", "2021-01-01", ("KEN", "foreign", 300))
    assert judge(claimed, now=agreed, coverage=(lists,)).verdict == S


@pytest.mark.parametrize("status", ["future", "hypothetical", "negation"])
def test_what_did_not_take_place_counts_for_nothing(status):
    never = visit("2012-09-03 Sam Kamau, KEN foreign > PER", status=status)
    assert judge(claim("first-since", **SINCE), visit(OLDER), never).verdict == S
    assert judge(claim("first-since", **SINCE), visit(OLDER, status=status)).verdict == U


def test_a_claim_about_no_known_report_is_about_the_latest_such_visit():
    latest = visit("2020-09-28 Ada Mbeki, KEN foreign > PER")
    found = judge(claim("first-since", **SINCE), visit(OLDER), latest, about=False)
    assert found.verdict == S
    assert "28 September 2020" in found.why


def test_nothing_since_is_not_contradicted_by_the_visit_that_ends_the_wait():
    claimed = claim("last", since="2006-02", rule="none-since", who="minister")
    today = visit("2020-10-01 Ada Mbeki, KEN foreign > PER", document=ARTICLE)
    assert judge(claimed, visit(OLDER), today, about=False).verdict == S


def test_without_any_day_nothing_can_be_told():
    found = judge(claim("first-since", **SINCE), visit(OLDER), told=None, about=False)
    assert (found.verdict, found.why) == (U, "the day of the claim is not known: give the article's date")


def test_two_claims_of_one_article_are_judged_each_by_its_own_words():
    record = (visit(OLDER), visit("2006-04-02 Sam Kamau, KEN foreign > PER"))
    assert judge(claim("first-in", **IN_15), *record).verdict == S
    assert judge(claim("first-since", **SINCE), *record).verdict == C


def test_the_last_to_have_gone_is_contradicted_by_one_who_went_later():
    about = visit("2000-11-16 Joe Otieno, KEN head-of-state > PER", status="historical", document=ARTICLE)
    claimed = claim("last", "KEN head-of-state > PER", rule="last-to")
    assert judge(claimed, now=about).verdict == S
    assert judge(claimed, visit("2006-11-16 Sam Kamau, KEN head-of-state > PER"), now=about).verdict == C
    assert judge(claimed, visit("1996-11-16 Sam Kamau, KEN head-of-state > PER"), now=about).verdict == S


# --- who counts ---------------------------------------------------------------------------------------------------


def test_a_visitor_told_by_name_alone_has_the_office_that_the_register_knows():
    claimed = claim("first-since", "USA defence > DZA", since="2006-02", actor="Donald Rumsfeld")
    now = visit("2020-10-01 Mark Esper, USA defence > DZA")
    panetta = judge(claimed, visit("2012-09-03 Leon Panetta, USA ? > DZA"), now=now)
    assert panetta.verdict == C
    clinton = judge(claimed, visit("2012-10-29 Hillary Clinton, USA ? > DZA"), now=now)
    assert clinton.verdict == U
    assert not any("not counted" in line for line in clinton.unseen)


def test_the_claim_is_believed_on_the_office_of_the_one_since_whom_it_counts():
    claimed, older = claim("first-since", "KEN trade > PER", **SINCE), visit("2006-02 Joe Otieno, KEN ? > PER")
    assert judge(claimed, older).verdict == S
    assert judge(replace(claimed, since_actor=None), older).verdict == U
    implied = event("2006-02 KEN ? > PER ?", "CONSULT/visit", reports=("r1",))
    known = replace(older, events=(implied.id,))
    assert judge(replace(claimed, since_actor=None, implies="r1"), known, implied).verdict == S


def test_an_office_is_that_of_the_day():
    claimed = claim("first", "USA defence > DZA")
    now = visit("2020-10-01 Mark Esper, USA defence > DZA")
    assert judge(claimed, visit("2014-09-03 Leon Panetta, USA ? > DZA"), now=now).verdict == U  # no longer


def test_a_visitor_of_unknown_office_neither_supports_nor_contradicts():
    unknown = visit("2012-09-03 Sam Kamau, KEN ? > PER")
    claimed, older = claim("first-since", "KEN trade > PER", **SINCE), visit("2006-02 Joe Otieno, KEN trade > PER")
    found = judge(claimed, older, unknown)
    assert found.verdict == S
    assert any("office not known: Sam Kamau (Kenya) in Peru" in line for line in found.unseen)


def test_a_minister_of_who_knows_what_may_count():
    claimed, older = claim("first-since", "KEN trade > PER", **SINCE), visit("2006-02 Joe Otieno, KEN trade > PER")
    found = judge(claimed, older, visit("2012-09-03 Sam Kamau, KEN minister > PER"))
    assert found.verdict == S
    assert any("office not known" in line for line in found.unseen)


def test_a_visit_without_a_date_is_told_of_but_not_counted():
    found = judge(claim("first-since", **SINCE), visit(OLDER), visit("? Sam Kamau, KEN foreign > PER"))
    assert found.verdict == S
    assert any("day is not known" in line for line in found.unseen)


def test_the_first_visit_of_a_named_holder_may_be_only_his_own():
    claimed = claim("first", who="minister Ada Mbeki", rule="first-elliptical")
    found = judge(claimed, visit("1999-05-03 Sam Kamau, KEN foreign > PER"))
    assert found.verdict == U
    assert "or Ada Mbeki alone" in found.why
    assert judge(claimed, visit("2018-05-03 Ada Mbeki, KEN foreign > PER")).verdict == C


def test_her_first_visit_counts_her_own_alone():
    claimed = claim("first-since", since="2006-02", who="sa", rule="first-event")
    assert (
        judge(claimed, visit("2006-02 Ada Mbeki, KEN ? > PER"), visit("2012 Sam Kamau, KEN foreign > PER")).verdict == S
    )
    assert judge(claimed, visit("2012 Ada Mbeki, KEN ? > PER")).verdict == C


@pytest.mark.parametrize(
    ("between", "verdict"),
    [
        ("2012 Sam Kamau, KEN head-of-state > PER", C),  # higher
        ("2012 Sam Kamau, KEN defence > PER", U),  # equal in our table
        ("2012 Sam Kamau, KEN ambassador > PER", S),  # lower
    ],
)
def test_the_highest_since_is_contradicted_by_a_higher_one_only(between, verdict):
    found = judge(claim("highest", who="official", **SINCE), visit(OLDER), visit(between))
    assert found.verdict == verdict, found.why


def test_a_visitor_of_unknown_rank_is_left_out_of_the_highest():
    unknown = visit("2012-09-03 Sam Kamau, KEN ? > PER")
    found = judge(claim("highest", "KEN trade > PER", who="official", **SINCE), visit(OLDER), unknown)
    assert found.verdict == S
    assert any("rank not known: Sam Kamau" in line for line in found.unseen)


def test_the_highest_needs_a_rank():
    now = visit("2020-10-01 Ada Mbeki, KEN ? > PER")
    assert "rank" in judge(claim("highest", "KEN ? > PER", who="official", **SINCE), now=now).why


# --- other acts than visits ---------------------------------------------------------------------------------------

EXPELLED = event("2020-10-01 KEN ? > PER ?", "SANCTION/expel")


def test_other_acts_are_counted_by_type_mode_and_sides():
    claimed = claim(
        "first-since", "KEN ? > PER", done="SANCTION/expel", since="2006-02", rule="first-time", who="Kenya"
    )
    old = event("2006-02 KEN ? > PER ?", "SANCTION/expel")
    assert judge(claimed, old, now=EXPELLED).verdict == S
    assert judge(claimed, old, event("2012 KEN ? > PER ?", "SANCTION/expel"), now=EXPELLED).verdict == C
    for other in (
        event("2012 PER ? > KEN ?", "SANCTION/expel"),
        event("2012 KEN ? > BOL ?", "SANCTION/expel"),
        event("2012 KEN ? > PER ?", "SANCTION/withdraw"),
        event("2012 KEN ? > PER ?", "SANCTION/expel", status="hypothetical"),
    ):
        assert judge(claimed, old, other, now=EXPELLED).verdict == S


def test_a_rumoured_act_contradicts_nothing():
    claimed = claim(
        "first-since", "KEN ? > PER", done="SANCTION/expel", since="2006-02", rule="first-time", who="Kenya"
    )
    old = event("2006-02 KEN ? > PER ?", "SANCTION/expel")
    found = judge(claimed, old, event("2012 KEN ? > PER ?", "SANCTION/expel", hedged=True), now=EXPELLED)
    assert found.verdict == S
    assert any("rumour" in line for line in found.unseen)


def test_an_older_accord_is_no_proof_that_this_one_is_not_the_first_of_its_kind():
    claimed = claim("first", "KEN ? > PER", done="AGREE", rule="first-event", who="Kenya")
    signed = event("2020-10-01 KEN ? > PER ?", "AGREE", both=True)
    found = judge(claimed, event("2012 KEN ? > PER ?", "AGREE", both=True), now=signed)
    assert found.verdict == U
    assert any("another matter" in line for line in found.unseen)


def test_a_meeting_counts_whichever_side_is_named_first():
    claimed = claim("first-since", "KEN head-of-state > PER", done="CONSULT", since="2006-02", rule="first-event")
    now = event("2020-10-01 KEN head-of-state > PER head-of-state", "CONSULT", both=True)
    old = event("2006-02 PER head-of-state > KEN head-of-state", "CONSULT", both=True)
    assert judge(claimed, old, now=now).verdict == S
    assert (
        judge(claimed, event("2012 PER head-of-state > KEN head-of-state", "CONSULT", both=True), now=now).verdict == C
    )
    assert judge(claimed, event("2012 PER foreign > KEN foreign", "CONSULT", both=True), now=now).verdict == U


def test_an_older_act_that_only_the_article_implies_supports_weakly():
    claimed = claim(
        "first-since",
        "KEN ? > PER",
        done="SANCTION/expel",
        since="2006-02",
        rule="first-time",
        who="Kenya",
        implies="r1",
    )
    found = judge(claimed, event("2006-02 KEN ? > PER ?", "SANCTION/expel", reports=("r1",)), now=EXPELLED)
    assert found.verdict == S
    assert "told by the same article" in found.why


def test_a_claim_that_counts_nobody_in_particular_is_not_contradicted():
    claimed = claim("first", "KEN ? > PER", rule="first-time", who=None)
    found = judge(claimed, visit("2012 Sam Kamau, KEN foreign > PER"))
    assert found.verdict == U
    assert any("whom the claim counts was not read" in line for line in found.unseen)


def test_a_countrys_acts_are_counted_under_any_of_its_names():
    for who in ("Kenya", "kényan", "Nairobi"):
        claimed = claim("first", "KEN ? > PER", rule="first-event", who=who)
        assert judge(claimed, visit("2012 Sam Kamau, KEN foreign > PER")).verdict == C


def test_the_place_of_a_meeting_makes_no_party_of_the_country_it_was_in():
    claimed = claim("first", "KEN head-of-state > PER", done="CONSULT", rule="first-event")
    now = event("2020-10-01 KEN head-of-state > PER head-of-state", "CONSULT", both=True)
    elsewhere = event("2012 KEN head-of-state > UGA head-of-state", "CONSULT", both=True)
    lima = replace(elsewhere, place=Place(text="Lima", span=None, name="Lima", country="PER"))
    assert judge(claimed, lima, now=now).verdict == U


def test_what_is_told_at_once_cannot_yet_have_been_followed():
    today = visit("2020-10-01 Joe Otieno, KEN foreign > PER", document=ARTICLE)
    found = judge(claim("last", rule="last-to"), now=today)
    assert found.verdict == U
    assert "so soon" in found.why


# --- what must always hold ----------------------------------------------------------------------------------------

PEOPLE = ("Sam Kamau", "Joe Otieno", "Ada Mbeki", "Eve Njoroge")
OFFICES = ("foreign", "defence", "head-of-state", "?", "ambassador")
DAYS = ("2006-02", "2006", "2009-05-01", "2012", "2016-08", "2020-09-30", "2020-10", "2021-01-01")
LINES = st.builds(
    lambda day, who, office, side: f"{day} {who}, {side[0]} {office} > {side[1]}",
    st.sampled_from(DAYS),
    st.sampled_from(PEOPLE),
    st.sampled_from(OFFICES),
    st.sampled_from((("KEN", "PER"), ("KEN", "PER"), ("UGA", "PER"), ("KEN", "BOL"))),
)
CLAIMS = st.sampled_from(
    (
        claim("first"),
        claim("first-since", **SINCE),
        claim("first-in", **IN_15),
        claim("last", since="2006-02", rule="none-since"),
        claim("nth", ordinal=2, years=5),
        claim("highest", who="official", **SINCE),
    )
)


@given(CLAIMS, st.lists(LINES, max_size=6, unique=True), st.randoms())
def test_the_order_of_the_record_is_of_no_account(claimed, lines, random):
    visits = [visit(line) for line in lines]
    shuffled = random.sample(visits, len(visits))
    assert judge(claimed, *visits) == judge(claimed, *shuffled)


@given(CLAIMS, st.lists(LINES, max_size=5, unique=True), LINES)
def test_a_visit_outside_the_scope_never_changes_the_verdict(claimed, lines, other):
    who, _, _ = other.partition(" > ")
    outside = visit(f"{who.replace('KEN', 'UGA')} > PER")
    elsewhere = visit(f"{who} > BOL")
    visits = [visit(line) for line in lines]
    before, after = judge(claimed, *visits), judge(claimed, *visits, outside, elsewhere)
    assert (before.verdict, before.why) == (after.verdict, after.why)


@given(st.lists(LINES, max_size=5, unique=True))
def test_a_contradiction_stands_however_much_else_is_known(lines):
    between = visit("2012-09-03 Sam Kamau, KEN foreign > PER")
    for claimed in (claim("first"), claim("first-since", **SINCE), claim("first-in", **IN_15)):
        assert judge(claimed, between, *(visit(line) for line in lines)).verdict == C


def test_a_check_is_dated_by_the_article_where_the_record_knows_nothing_of_the_visit():
    found = judge(claim("first-since", **SINCE), visit(OLDER), about=False, told="2020-10-02")
    assert found.verdict == S
    assert "2 October 2020" in found.why
    assert date(2020, 10, 2).isoformat() not in found.why
