"""Visits out of events and registers: each stay once, whatever the order in which it is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.model import Backing, Covered
from dragoman.relations.visits import answer, describe, find, tellings, unite, visits_of

from .stays import consult, party, visit

ESPER = party("Mark Esper", "USA", office="defence")
TEBBOUNE = party("Abdelmadjid Tebboune", "DZA", office="head-of-state")
ALGERIA = party(None, "DZA", text="Algiers")


def visits(*events):
    return visits_of(events, {})


# --- out of events ------------------------------------------------------------------------------------------------


def test_who_travelled_where_and_whom_they_met():
    (found,) = visits(consult([ESPER], [TEBBOUNE], "2020-10-01", place=("Algiers", "DZA")))
    assert (found.visitor.name, found.visitor.office, found.host, found.place) == (
        "Mark Esper", "defence", "DZA", "Algiers",
    )  # fmt: skip
    assert (found.first, found.precision, found.ended) == (date(2020, 10, 1), "day", False)
    assert [p.name for p in found.met] == ["Abdelmadjid Tebboune"]


def test_a_tour_is_a_visit_to_each_host():
    found = visits(consult([ESPER], [party(None, "TUN"), party(None, "MAR")], "2020-09-30", concept="tour"))
    assert sorted(v.host for v in found) == ["MAR", "TUN"]
    assert len({v.id for v in found}) == 2


def test_the_land_of_the_place_is_the_host_where_an_organisation_receives():
    (found,) = visits(consult([ESPER], [party("NATO", "IGO")], "2020-10-22", place=("Brussels", "BEL")))
    assert found.host == "BEL"


def test_several_travellers_each_have_their_visit():
    found = visits(consult([ESPER, party("Mike Pompeo", "USA", office="foreign")], [party(None, "IND")], "2020-10-26"))
    assert sorted(v.visitor.name for v in found) == ["Mark Esper", "Mike Pompeo"]


def test_an_official_delegation_without_names_is_a_weaker_visit():
    named = visits(consult([ESPER], [ALGERIA]))[0]
    (found,) = visits(consult([party(None, "USA", text="an American delegation")], [ALGERIA]))
    assert found.confidence < named.confidence
    assert visits(consult([party(None, "USA", sectors=("CVL",), text="tourists")], [ALGERIA])) == ()


def test_nobody_visits_their_own_country():
    assert visits(consult([ESPER], [], place=("Denver", "USA"))) == ()


@pytest.mark.parametrize("status", ["negation", "hypothetical", "future"])
def test_what_did_not_take_place_is_kept_apart_and_not_found_unless_asked_for(status):
    found = visits(consult([ESPER], [ALGERIA], status=status), consult([ESPER], [ALGERIA], "2021-06-01"))
    assert [v.status for v in find(found)] == [None]
    assert [v.status for v in find(found, status=status)] == [status]
    assert len(find(found, status="all")) == 2


def test_a_habit_is_no_visit():
    assert visits(consult([ESPER], [ALGERIA], status="habitual")) == ()


def test_an_agreed_visit_is_planned_and_an_agreed_phone_call_is_not():
    planned = {"type": "AGREE", "planned": "CONSULT", "status": "future", "mode": None}
    (found,) = visits(consult([ESPER], [ALGERIA], **planned))
    assert found.status == "future"
    assert visits(consult([ESPER], [ALGERIA], concept="phone", **planned)) == ()


def test_a_remembered_visit_took_place_and_keeps_its_source():
    event = consult([party("Donald Rumsfeld", "USA", office="defence")], [ALGERIA], "2006-02", status="historical")
    source = Backing(kind="press", name="Le Matin", document="d1", quote="depuis Donald Rumsfeld en février 2006")
    (found,) = find(visits_of([event], {event.id: (source,)}))
    assert (found.status, found.precision, found.backing) == ("historical", "month", (source,))


def test_a_meeting_in_a_town_of_one_side_tells_of_a_journey_of_the_other_but_less_surely():
    meeting = consult([ESPER, TEBBOUNE], concept="meet", mode=None, place=("Algiers", "DZA"))
    (found,) = visits(meeting)
    assert (found.visitor.name, found.host) == ("Mark Esper", "DZA")
    assert found.confidence < meeting.confidence
    assert [r.rule for r in found.because] == ["visit/from-meeting"]


def test_regions_are_no_hosts_and_kosovo_is_one():
    norwegian = party("Ine Eriksen", "NOR", office="foreign")
    assert visits(consult([norwegian], [party("Sahel", "R-SAHEL")], place=("Sahel", "R-SAHEL"))) == ()
    assert visits(consult([norwegian], [party("Brussels", "EUR")], place=("Brussels", "EUR"))) == ()
    assert [v.host for v in visits(consult([norwegian], [], place=("Pristina", "KOS")))] == ["KOS"]


def test_a_meeting_on_a_third_lands_ground_takes_both_there_and_one_nowhere_takes_nobody():
    found = visits(consult([ESPER, TEBBOUNE], concept="meet", mode=None, place=("Geneva", "CHE")))
    assert {(v.visitor.country, v.host) for v in found} == {("USA", "CHE"), ("DZA", "CHE")}
    assert visits(consult([ESPER], concept="meet", mode=None, place=("Geneva", "CHE"))) == ()
    assert visits(consult([ESPER, TEBBOUNE], concept="meet", mode=None)) == ()


def test_a_call_at_an_embassy_at_home_is_no_journey():
    embassy = party(None, "PER", text="Peru's embassy in Oslo")
    norwegian = party("Ine Eriksen", "NOR", office="foreign")
    assert visits(consult([norwegian], [embassy], place=("Oslo", "NOR"))) == ()


def test_who_is_received_in_the_others_town_is_the_one_who_travelled_whatever_the_words_order():
    turned = consult([TEBBOUNE], [party("Ine Eriksen", "NOR", office="foreign")], place=("Algiers", "DZA"))
    (found,) = visits(turned)
    assert (found.visitor.name, found.host) == ("Ine Eriksen", "DZA")


def test_newspapers_and_people_outside_politics_make_no_visits():
    for name, sector in (("Aftenbladet Daglig", "JRN"), ("Kari Nordmann", "CVL")):
        assert visits(consult([party(name, "NOR", sectors=(sector,))], [ALGERIA])) == ()
    assert len(visits(consult([party("Jens Stoltenberg", "NOR", sectors=())], [ALGERIA]))) == 1


def test_a_pronoun_without_an_office_is_nobody():
    assert visits(consult([party(None, "NOR", text="ses")], [ALGERIA])) == ()
    (found,) = visits(consult([party(None, "NOR", text="ses", office="foreign")], [ALGERIA]))
    assert "foreign minister (NOR, foreign) → DZA" in describe(found)


# --- one stay, one visit ------------------------------------------------------------------------------------------


def test_arrival_talks_and_meeting_on_the_second_day_are_one_stay_with_first_and_last_day():
    chief = party("Saïd Chengriha", "DZA", office="chief-of-staff")
    found = visits(
        consult([ESPER], [ALGERIA], "2020-10-01"),
        consult([ESPER, TEBBOUNE], concept="meet", mode=None, day="2020-10-01", place=("Algiers", "DZA")),
        consult([ESPER], [chief], "2020-10-02"),
    )
    (stay,) = found
    assert (stay.first, stay.last, stay.ended) == (date(2020, 10, 1), date(2020, 10, 2), True)
    assert [p.name for p in stay.met] == ["Abdelmadjid Tebboune", "Saïd Chengriha"]
    assert len(stay.events) == 3


def test_two_visits_of_one_person_a_month_apart_are_two():
    assert len(unite([visit("Mark Esper", "USA", "DZA", day) for day in ("2020-10-01", "2020-11-01")])) == 2


def test_two_persons_on_one_day_are_two():
    assert len(unite([visit(name, "USA", "DZA", "2020-10-01") for name in ("Mark Esper", "Kay Granger")])) == 2


def test_an_office_without_a_name_joins_the_one_who_held_it_that_day():
    press = visit(None, "USA", "DZA", "2020-10-01", office="defence")
    (found,) = unite([press, visit("Mark Esper", "USA", "DZA", "2020-10-01", outlet="The Evening")])
    assert (found.visitor.name, found.visitor.office, len(found.backing)) == ("Mark Esper", "defence", 2)
    assert len(unite([press, visit("Mike Pompeo", "USA", "DZA", "2020-10-01")])) == 2


def test_a_minister_without_a_name_may_be_any_of_them():
    nameless = visit(None, "NOR", "DZA", "2020-08-06", office="minister")
    named = visit("Ine Eriksen", "NOR", "DZA", "2020-08-07", office="minister")
    assert len(unite([nameless, named])) == 2


@pytest.mark.parametrize(
    ("country", "register", "press", "office", "day"),
    [
        ("USA", "Michael R. Pompeo", "Mike Pompeo", "foreign", "2019-02-11"),
        ("USA", "William J. Clinton", "Bill Clinton", "head-of-state", "1999-11-15"),
        ("USA", "Antony J. Blinken", "Antony Blinken", "foreign", "2022-03-30"),
        ("USA", "Condoleezza Rice", "Rice", "foreign", "2008-09-06"),
        ("DNK", "Søren Gade", "Soren Gade", "defence", "2006-05-02"),
        ("PRT", "João M. Gomes", "Joao Gomes", None, "2006-05-02"),
    ],
)
def test_spellings_of_one_person_in_press_and_register_are_one(country, register, press, office, day):
    found = unite(
        [
            visit(register, country, "DZA", day, day, office=office, kind="register", outlet="Some Register"),
            visit(press, country, "DZA", day, office=office if press == "Rice" else None),
        ]
    )
    assert len(found) == 1
    assert [b.kind for b in found[0].backing] == ["register", "press"]


def test_a_register_has_the_last_word_on_days_and_what_the_press_says_is_kept():
    (found,) = unite(
        [
            visit("Mark Esper", "USA", "DZA", "2020-10-01", "2020-10-02", kind="register", outlet="Some Register"),
            visit("Mark Esper", "USA", "DZA", "2020-09-30"),
        ]
    )
    assert (found.first, found.last) == (date(2020, 10, 1), date(2020, 10, 2))
    assert "visit/press-tells:2020-09-30" in [r.rule for r in found.because]
    assert found.confidence > 0.7


def test_a_trip_that_stands_twice_in_a_register_is_one_however_long():
    twice = [
        visit("Woodrow Wilson", "USA", "FRA", "1918-12-14", "1919-02-15", kind="register", document=id) for id in "ab"
    ]
    (found,) = unite([*twice, visit("Woodrow Wilson", "USA", "FRA", "1919-01-18")])
    assert (found.first, found.last, len(found.backing)) == (date(1918, 12, 14), date(1919, 2, 15), 3)


def test_a_visit_told_a_few_days_later_without_a_day_is_the_one_of_those_days():
    stay = visit("Mark Esper", "USA", "DZA", "2020-10-01")
    echo = visit("Mark Esper", "USA", "DZA", "2020-10-06", soft=True, outlet="The Evening")
    later = visit("Mark Esper", "USA", "DZA", "2020-11-06", soft=True, outlet="The Evening")
    assert len(unite([stay, echo])) == 1
    assert unite([stay, echo])[0].first == date(2020, 10, 1)
    assert len(unite([stay, later])) == 2


def test_a_visit_told_by_month_or_year_is_the_one_of_that_time():
    stays = [visit("Mark Esper", "USA", "DZA", day) for day in ("2020-05-01", "2020-10-01")]
    (one, two) = unite([*stays, visit("Mark Esper", "USA", "DZA", "2020-10", outlet="The Evening")])
    assert (len(one.backing), len(two.backing)) == (1, 2)
    assert len(unite([*stays, visit("Mark Esper", "USA", "DZA", "2020", outlet="The Evening")])) == 2


def test_a_planned_visit_is_not_united_with_one_that_took_place():
    tellings = [visit("Mark Esper", "USA", "DZA", "2020-10-01", status=s, outlet=str(s)) for s in (None, "future")]
    assert len(unite(tellings)) == 2


def test_one_outlet_that_tells_it_twice_is_not_surer():
    same = unite([visit("Mark Esper", "USA", "DZA", "2020-10-01", document=d) for d in "ab"])[0]
    other = unite([visit("Mark Esper", "USA", "DZA", "2020-10-01", document=d, outlet=d) for d in "ab"])[0]
    assert same.confidence == 0.7
    assert other.confidence > same.confidence


_PEOPLE = st.sampled_from(
    [
        ("Mark Esper", "USA", "defence"), ("Mark T. Esper", "USA", None), (None, "USA", "defence"), (None, "USA", None),
        ("Mike Pompeo", "USA", "foreign"), ("Michael R. Pompeo", "USA", "foreign"), ("Pedro Gálvez", "PER", None),
        ("Mark Esper", None, "defence"),
    ]
)  # fmt: skip


@st.composite
def told(draw):
    """One telling of a stay in October 2020 or thereabouts, of any precision."""
    name, country, office = draw(_PEOPLE)
    day = date(2020, 10, 1) + timedelta(days=draw(st.integers(0, 12)))
    last = day + timedelta(days=draw(st.integers(0, 20)))
    first = draw(st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], None]))
    ranged = draw(st.booleans()) and first == day.isoformat()
    kind = draw(st.sampled_from(["press", "register"])) if ranged else "press"
    return visit(
        name, country, "DZA", first, last.isoformat() if ranged else None, office=office, kind=kind,
        soft=first == day.isoformat() and not ranged and draw(st.booleans()), outlet=draw(st.sampled_from("AB")),
        confidence=draw(st.sampled_from([0.5, 0.7])), document=str(draw(st.integers(0, 99))),
        status=draw(st.sampled_from([None, None, "historical", "future"])),
    )  # fmt: skip


@given(st.lists(told(), max_size=8), st.randoms(use_true_random=False))
def test_visits_do_not_depend_on_the_order_of_their_tellings(items, random):
    united = unite(items)
    assert unite(random.sample(items, len(items))) == united
    assert len({v.id for v in united}) == len(united)
    assert sorted({b.document for v in united for b in v.backing}) == sorted({i.backing[0].document for i in items})
    assert [v for v in united if v.first and v.last and v.last < v.first] == []


@given(st.lists(told(), max_size=6))
def test_telling_the_same_again_changes_nothing(items):
    once = unite(items)
    again = unite([*items, *items])
    assert [(v.id, v.first, v.last, v.backing, v.confidence) for v in again] == [
        (v.id, v.first, v.last, v.backing, v.confidence) for v in once
    ]


# --- questions ----------------------------------------------------------------------------------------------------

KEPT = unite(
    [
        visit("Mark Esper", "USA", "DZA", "2020-10-01"),
        visit("Donald Rumsfeld", "USA", "DZA", "2006-02", status="historical"),
        visit("Hillary Clinton", "USA", "DZA", "2012-10-29"),
        visit("Jean-Yves Le Drian", "FRA", "DZA", "2020-10-15"),
        visit("Élodie Pérez", "PER", "NOR", "2021-03-04", office="minister"),
    ]
)


@pytest.mark.parametrize("words", ["defence", "defense secretary", "ministre de la Défense", "defence minister"])
def test_an_office_finds_who_held_it_that_day_though_the_text_has_only_the_name(words):
    found = find(KEPT, office=words, from_country="USA")
    assert [v.visitor.name for v in found] == ["Donald Rumsfeld", "Mark Esper"]


def test_an_office_told_in_general_is_known_more_exactly_from_the_register():
    (found,) = find(unite([visit("Mark Esper", "USA", "TUN", "2020-09-30", office="minister")]), office="defence")
    assert found.host == "TUN"


def test_visits_are_found_by_person_country_and_day():
    assert [v.host for v in find(KEPT, person="elodie perez")] == ["NOR"]
    assert [v.first.year for v in find(KEPT, from_country="USA", to_country="DZA")] == [2006, 2012, 2020]
    assert [v.first.year for v in find(KEPT, to_country="DZA", since=date(2012, 1, 1), until=date(2012, 12, 31))] == [
        2012
    ]


def test_an_office_that_nobody_knows_is_said():
    with pytest.raises(InputError, match="no such office"):
        find(KEPT, office="minister of silly walks")


def test_a_visit_in_one_line():
    (found,) = visits_of([consult([ESPER], [TEBBOUNE], "2020-10-01", place=("Algiers", "DZA"), last="2020-10-02")], {})
    assert describe(found) == (
        "2020-10-01 to 2020-10-02  Mark Esper (USA, defence) → DZA (Algiers) · met Abdelmadjid Tebboune"
    )
    (month,) = unite([visit("Donald Rumsfeld", "USA", "DZA", "2006-02", status="historical")])
    assert describe(month).startswith("2006-02  Donald Rumsfeld (USA) → DZA")
    (soft,) = unite([visit("Donald Rumsfeld", "USA", "DZA", "2006-02-13", soft=True, status="future")])
    assert describe(soft).startswith("≈ 2006-02-13  Donald Rumsfeld (USA) → DZA · future")


def test_the_answer_names_the_last_visit_and_what_could_not_be_seen():
    covered = [
        Covered(kind="press", name="Le Matin", entries=12, first=date(2016, 1, 3), last=date(2020, 12, 31)),
        Covered(kind="register", name="state", entries=9, first=date(1866, 1, 1), last=date(2025, 2, 1), scope="US"),
    ]
    said = "\n".join(answer(find(KEPT, office="defence", from_country="USA"), covered))
    assert "2020-10-01  Mark Esper" in said
    assert "2016-01-03" in said
    assert "state" in said
    assert "no such visit is known" in answer([], covered)[0]
    assert "no document" in "\n".join(answer([], []))


def test_tellings_of_press_and_register_are_united_at_once():
    event = consult([ESPER], [ALGERIA], "2020-10-01")
    listed = visit("Mark T. Esper", "USA", "DZA", "2020-10-01", "2020-10-02", kind="register", outlet="Some Register")
    assert len(unite((*tellings([event], {}), listed))) == 1


def test_two_who_meet_on_third_ground_have_both_travelled_there(coder):
    from dragoman.record.merge import merge
    from dragoman.record.rows import told_of

    text = "Vladimir Poutine et Joe Biden se sont entretenus mercredi à Genève."
    coding = coder(text, "fr", date(2021, 6, 17))
    told = [
        told_of(r, coding.document, lineage=coding.document.id, evidence=text, kept=text) for r in coding.reports
    ]
    found = visits_of(merge(told), {})
    assert {(v.visitor.country, v.host) for v in found} == {("RUS", "CHE"), ("USA", "CHE")}
    assert all(any(r.rule == "visit/on-third-ground" for r in v.because) for v in found)
