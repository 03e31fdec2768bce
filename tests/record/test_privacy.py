"""Who is a private person, and what stands in the name's place."""

from __future__ import annotations

import pytest

from dragoman.model import Actor, Party, Span, Voice
from dragoman.record.privacy import by_role, event_by_role, private, report_by_role, struck
from tests.record.formats.happenings import event, telling

NOWHERE = Span(0, 0)


def party(name: str | None, *sectors: str, country: str | None = "KEN", **rest: str) -> Party:
    return Party(text=name or "somebody", name=name, country=country, sectors=sectors, **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "one",
    [
        party("Ann Weller"),
        party("Ann Weller", "JRN"),
        party("Weller", "CVL"),
        party("Jean van der Weller", "BUS"),
        party("Jean WELLER", "EDU"),
        Party(text="the baker Ann Weller", country="KEN"),
        Voice(text="Ann Weller", span=NOWHERE, sectors=("CVL",)),
        Actor(text="she", span=NOWHERE, name="Ann Weller", country="PER"),
        party("Mark Esper", "CVL", country="NZL"),  # only a namesake of the American minister
    ],
)
def test_a_person_without_office_or_public_part_is_private(one: Party | Actor | Voice) -> None:
    assert private(one)


@pytest.mark.parametrize(
    "one",
    [
        party("Ann Weller", "GOV"),
        party("Ann Weller", "CVL", "PTY"),
        party("Ann Weller", office="defence"),
        party("Ann Weller", id="Q1"),
        party("Mark Esper", country="USA"),
        party("Kenya", "GOV"),
        party("Kenya"),
        party("UNICEF", "SOC", country="UNO"),
        party("SNCF", country=None),
        party("Airbus", "BUS", country="MNC"),
        party(None, "CVL"),
        Party(text="the demonstrators", sectors=("CVL",)),
        Voice(text="The Weller Times", span=NOWHERE, name="The Weller Times", channel="press"),
    ],
)
def test_offices_bodies_and_public_life_are_not_private(one: Party | Voice) -> None:
    assert not private(one)


def test_a_private_person_stands_by_role_and_country() -> None:
    assert by_role(party("Ann Weller", "JRN")) == Party(text="journalist (KEN)", country="KEN", sectors=("JRN",))
    assert by_role(party("Ann Weller", country=None)).text == "person"
    assert by_role(party("Kenya", "GOV")).name == "Kenya"


def test_voices_inside_voices_stand_by_role_too() -> None:
    inner = Voice(text="Ann Weller", span=NOWHERE, name="Ann Weller", sectors=("REF",))
    outer = Voice(text="AFP", span=NOWHERE, name="AFP", channel="agency", says=(inner,))
    assert by_role(outer).says[0].text == "refugee"
    assert by_role(outer).text == "AFP"


def test_a_report_tells_its_voice_by_role() -> None:
    voice = report_by_role(telling().report).said_by
    assert voice is not None
    assert (voice.text, voice.name) == ("journalist", None)


def test_an_event_tells_its_voices_by_the_role_that_its_reports_know() -> None:
    told = event(said_by=("Ann Weller", "Lima"))
    assert event_by_role(told, [telling().report]).said_by == ("journalist", "Lima")
    assert event_by_role(told).said_by == ("person", "Lima")


def test_names_are_struck_from_quotes_without_moving_a_character() -> None:
    words = "Ann Weller rief an; Weller lachte, die Wellerin nicht."
    assert struck(words, ["Ann Weller"]) == "██████████ rief an; ██████ lachte, die Wellerin nicht."
    assert struck(words, []) == words
