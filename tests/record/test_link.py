"""Plans, denials, suppositions and memories are tied to what happened, and are events of their own."""

from __future__ import annotations

from dragoman.model import Event, Link
from dragoman.record.link import link_keys, links
from dragoman.record.merge import merge
from dragoman.record.told import Told

from .telling import told

KOS, PER = "Ana Kos|GRC|GOV|foreign", "|PER|GOV"


def tied(*reports: Told) -> dict[str, list[tuple[str, str]]]:
    """Report id of each event → (kind, report id of the other event); the events have one report each."""
    events = merge(reports)
    assert all(len(event.reports) == 1 for event in events)
    name = {event.id: event.reports[0] for event in events}
    found = links(events)
    assert found == links(events[::-1])
    assert all(shares(events, id, link) for id, ties in found.items() for link in ties)
    return {name[id]: [(link.kind, name[link.event]) for link in ties] for id, ties in found.items()}


def shares(events: tuple[Event, ...], id: str, link: Link) -> bool:
    """Whether a store that looks under the keys of one event finds the other."""
    by_id = {event.id: event for event in events}
    ours, theirs = link_keys(by_id[id]), link_keys(by_id[link.event])
    return any(a == b and f <= u and g <= t for a, f, t in ours for b, g, u in theirs)


def test_a_planned_visit_is_tied_to_the_visit_when_it_takes_place() -> None:
    plan = told("plan", "AGREE:visit", KOS, PER, day=6, status="future", planned="CONSULT")
    visit = told("visit", "CONSULT/visit", KOS, PER, day=7, published=7)
    later = told("later", "CONSULT/visit", KOS, PER, day=30, published=30)
    assert tied(plan, visit, later) == {"plan": [("actual", "visit")], "visit": [("planned", "plan")]}


def test_a_plan_without_a_day_is_tied_to_the_next_visit() -> None:
    plan = told("plan", "AGREE:visit", KOS, PER, status="future", planned="CONSULT")
    before = told("before", "CONSULT/visit", KOS, PER, day=-9, published=-9)
    after = told("after", "CONSULT/visit", KOS, PER, day=20, published=20)
    much_later = told("much-later", "CONSULT/visit", KOS, PER, day=50, published=50)
    assert tied(plan, before, after, much_later)["plan"] == [("actual", "after")]


def test_somebody_elses_visit_does_not_fulfil_the_plan() -> None:
    plan = told("plan", "AGREE:visit", KOS, PER, day=6, status="future", planned="CONSULT")
    assert tied(plan, told("other", "CONSULT/visit", "Jon Vik|GRC|GOV|defence", PER, day=6, published=6)) == {}


def test_a_denial_is_tied_to_what_it_denies() -> None:
    denial = told("no", "CONSULT/meet:meet", KOS, PER, status="negation", published=1)
    meeting = told("yes", "CONSULT/meet:meet", KOS, PER, day=0)
    assert tied(denial, meeting) == {"no": [("actual", "yes")], "yes": [("denied", "no")]}


def test_a_visit_recalled_a_year_later_is_tied_to_that_visit() -> None:
    visit = told("visit", "CONSULT/visit", KOS, PER, day=0)
    memory = told("memory", "CONSULT/visit", KOS, PER, month=5, published=400, status="historical")
    assert tied(visit, memory) == {"memory": [("actual", "visit")], "visit": [("recalled", "memory")]}


def test_one_country_alone_ties_nothing() -> None:
    assert tied(
        told("no", "ACCUSE/disapprove:condemn", "|PER|GOV", status="negation"),
        told("yes", "ACCUSE/disapprove:condemn", "|PER|GOV"),
    ) == {}  # fmt: skip
