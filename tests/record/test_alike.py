"""Which reports are one happening: each sign by itself, and the traps."""

from __future__ import annotations

import pytest

from dragoman.record.alike import likeness
from dragoman.record.merge import merge
from dragoman.record.told import Decisions, Told
from dragoman.record.traits import traits

from .telling import told

KOS, VIK, PER = "Ana Kos|GRC|GOV|foreign", "Jon Vik|GRC|GOV|defence", "|PER|GOV"


def groups(*reports: Told, decisions: Decisions | None = None) -> list[str]:
    """The reports of each event, joined, in order."""
    return sorted("+".join(event.reports) for event in merge(reports, decisions))


def test_one_visit_in_two_outlets_and_languages_is_one_event() -> None:
    a = told("a", "CONSULT/visit", KOS, PER, day=0, lang="en")
    b = told("b", "CONSULT/visit", KOS, PER, published=1, lang="fr")
    assert groups(a, b) == ["a+b"]


def test_a_visit_and_the_meeting_it_was_made_for_may_be_one() -> None:
    visit = told("a", "CONSULT/visit", KOS, PER, day=0, town="Lima")
    meeting = told("b", "CONSULT:meet", PER, KOS, day=0, town="Lima", words="port")
    assert groups(visit, meeting) == ["a+b"]


def test_two_visits_a_week_apart_are_two_even_on_one_page() -> None:
    first = told("a", "CONSULT/visit", KOS, PER, day=0, published=7, document="d")
    second = told("b", "CONSULT/visit", KOS, PER, day=7, published=7, document="d", sentence=3)
    assert groups(first, second) == ["a", "b"]


def test_two_ministers_of_one_country_on_one_day_are_two_visits() -> None:
    assert groups(told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", VIK, PER, day=0)) == [
        "a",
        "b",
    ]


def test_a_minister_and_her_country_may_be_one() -> None:
    assert groups(told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", "|GRC|GOV", PER, day=0)) == [
        "a+b"
    ]


def test_a_bare_report_goes_to_one_of_two_ministers_only() -> None:
    bare = told("c", "CONSULT/visit", "|GRC|GOV", PER, day=0)
    found = groups(told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", VIK, PER, day=0), bare)
    assert found == ["a+c", "b"]


def test_the_same_act_on_the_same_day_by_others_is_another() -> None:
    assert groups(
        told("a", "SANCTION/expel:expel-diplomats", "|POL|GOV", "|RUS|GOV", day=0),
        told("b", "SANCTION/expel:expel-diplomats", "|EST|GOV", "|RUS|GOV", day=0),
    ) == ["a", "b"]


def test_who_accuses_whom_has_a_direction() -> None:
    assert groups(
        told("a", "ACCUSE/disapprove:condemn", "|GRC|GOV", PER, day=0, words="port treaty fish quota"),
        told("b", "ACCUSE/disapprove:condemn", PER, "|GRC|GOV", day=0, words="port treaty fish quota"),
    ) == ["a", "b"]


def test_speech_on_one_day_needs_words_in_common() -> None:
    a = told("a", "ACCUSE/disapprove:condemn", "|GRC|GOV", PER, words="trawler seized port quota captain")
    b = told("b", "ACCUSE/disapprove:condemn", "|GRC|GOV", PER, words="election prison opponent verdict judge")
    c = told("c", "ACCUSE/disapprove:criticise", "|GRC|GOV", PER, words="trawler seized port quota crew")
    assert groups(a, b, c) == ["a+c", "b"]


@pytest.mark.parametrize("status", ["future", "negation", "hypothetical", "historical"])
def test_what_did_not_happen_is_not_what_did(status: str) -> None:
    a, b = told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", KOS, PER, day=0, status=status)
    c = told("c", "CONSULT/visit", KOS, PER, day=0, status=status)
    assert groups(a, b, c) == ["a", "b+c"]


def test_told_as_done_for_a_day_to_come_is_a_plan() -> None:
    told_before = told("a", "RETREAT/withdraw:withdraw-troops", "|FRA|GOV", "|MLI|GOV", day=1, published=0)
    told_after = told("b", "RETREAT/withdraw:withdraw-troops", "|FRA|GOV", "|MLI|GOV", day=1, published=2)
    assert groups(told_before, told_after) == ["a", "b"]


def test_a_day_off_is_forgiven_where_the_rest_agrees() -> None:
    a, b = told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", KOS, PER, day=1, published=1)
    (event,) = merge([a, b])
    assert [d.field for d in event.differences] == ["when"]


def test_two_towns_are_two_happenings_unless_one_sentence_names_both() -> None:
    a = told("a", "ASSAULT/heavy-weapons:shell", "|GRC|MIL", "|PER|MIL", day=0, town="Patras", words="shell")
    b = told("b", "ASSAULT/heavy-weapons:shell", "|GRC|MIL", "|PER|MIL", day=0, town="Volos", words="shell")
    assert groups(a, b) == ["a", "b"]
    both = told("b", "ASSAULT/heavy-weapons:shell", "|GRC|MIL", "|PER|MIL", day=0, town="Volos", words="patras volos")
    assert groups(a, both) == ["a+b"]


def test_what_is_told_of_a_month_joins_the_one_that_fits_and_no_two_by_itself() -> None:
    first, second = (told(id, "CONSULT/visit", KOS, PER, day=day, published=day) for id, day in (("a", 0), ("b", 9)))
    vague = told("v", "CONSULT/visit", KOS, PER, month=5, published=40)
    assert groups(first, vague) == ["a+v"]
    assert groups(first, second, vague) == ["a", "b", "v"]
    events = {event.reports: event for event in merge([first, second, vague])}
    assert [reason.rule for reason in events["v",].because] == ["merge/fits-several"]


def test_what_a_page_recalls_without_its_day_is_the_dated_act_of_weeks_ago() -> None:
    raid = told(
        "a", "ASSAULT/aerial:air-strike", "|GRC|MIL", "|PER|MIL", day=0, words="prison night jets saada detainees"
    )
    words = "prison saada jets year talks"
    recalled = told("b", "ASSAULT/aerial:air-strike", "|GRC|MIL", "|PER|MIL", published=12, sentence=4, words=words)
    news = told("b", "ASSAULT/aerial:air-strike", "|GRC|MIL", "|PER|MIL", published=12, sentence=0, words=words)
    assert groups(raid, recalled) == ["a+b"]
    assert groups(raid, news) == ["a", "b"]


def test_what_a_page_recalls_may_as_well_be_news_that_others_tell() -> None:
    visit = told("a", "CONSULT/visit", KOS, PER, day=0)
    later = told("b", "CONSULT/visit", KOS, PER, published=9, sentence=4)
    news = told("c", "CONSULT/visit", KOS, PER, published=9)
    assert groups(visit, later, news) == ["a", "b+c"]


def test_the_same_sentence_in_a_copy_is_the_same_report() -> None:
    words = "envoy lima port treaty fish quota"
    a = told("a", "ACCUSE/allege:accuse", "", "", lineage="l", words=words)
    b = told("b", "ACCUSE/allege:accuse", "", "", lineage="l", words=words)
    (event,) = merge([a, b])
    assert event.lineages == 1
    assert [reason.rule for reason in event.because] == ["merge/copy"]


def test_another_coders_rows_stay_apart() -> None:
    a, b = told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", KOS, PER, day=0, coder="gdelt")
    assert groups(a, b) == ["a", "b"]


def test_what_people_decided_stands_above_all() -> None:
    a, b = told("a", "CONSULT/visit", KOS, PER, day=0), told("b", "CONSULT/visit", KOS, PER, day=0)
    assert groups(a, b, decisions=Decisions(apart=(("a", "b"),))) == ["a", "b"]
    c = told("c", "PROTEST/strike", "|PER|LAB", "", day=0)
    assert groups(a, c, decisions=Decisions(same=(("a", "c"),))) == ["a+c"]
    assert groups(a, b, decisions=Decisions(withdrawn=frozenset({"b"}))) == ["a"]


def test_likeness_does_not_depend_on_who_is_asked_first() -> None:
    pairs = [
        (
            told("a", "AGREE:reach-agreement", "|GRC|GOV & |PER|GOV", "", day=0),
            told("b", "CONCEDE:accept-ceasefire", PER, ""),
        ),
        (
            told("a", "CONSULT/visit", KOS, PER, town="Lima"),
            told("b", "CONSULT:meet", PER, KOS, lang="fr", town="Callao"),
        ),
        (told("a", "ASSAULT:kill", "", KOS, words="raid night"), told("b", "ASSAULT:attack", "", "|GRC|GOV", month=5)),
    ]
    assert all(likeness(traits(a), traits(b)) == likeness(traits(b), traits(a)) for a, b in pairs)
