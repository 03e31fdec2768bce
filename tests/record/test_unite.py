"""The event that reports make: parties, day, place, confidence, what they do not agree on."""

from __future__ import annotations

from dragoman.model import Event
from dragoman.record.merge import merge
from dragoman.record.told import Told

from .telling import DAY, told

KOS, PER = "Ana Kos|GRC|GOV|foreign", "|PER|GOV"


def one(*reports: Told) -> Event:
    (event,) = merge(reports)
    return event


def test_the_most_specific_party_stands_for_the_vaguer_one() -> None:
    event = one(
        told("a", "CONSULT/visit", KOS, PER, day=0),
        told("b", "CONSULT/visit", "|GRC|GOV", PER, day=0),
        told("c", "CONSULT/visit", KOS, PER, day=0),
    )
    assert [(p.name, p.country, p.office, p.reports) for p in event.actors] == [("Ana Kos", "GRC", "foreign", 2)]
    assert [(p.country, p.reports) for p in event.recipients] == [("PER", 3)]


def test_confidence_grows_with_independent_tellings_only() -> None:
    def visit(id: str, **more: object) -> Told:
        return told(id, "CONSULT/visit", KOS, PER, day=0, confidence=0.6, words="port treaty fish quota", **more)  # type: ignore[arg-type]

    assert one(visit("a")).confidence == 0.6
    assert one(visit("a"), visit("b", document="da", sentence=2)).confidence == 0.6
    assert one(visit("a", lineage="l"), visit("b", lineage="l")).confidence == 0.6
    assert one(visit("a", outlet="o"), visit("b", outlet="o")).confidence == 0.72
    assert one(visit("a"), visit("b")).confidence == 0.84


def test_the_day_told_most_often_wins_and_the_other_is_kept() -> None:
    event = one(
        told("a", "CONSULT/visit", KOS, PER, day=0),
        told("b", "CONSULT/visit", KOS, PER, day=0),
        told("c", "CONSULT/visit", KOS, PER, day=1, published=1),
    )
    assert event.when is not None
    assert event.when.first == DAY
    assert [(d.field, d.values) for d in event.differences] == [
        ("when", (("2031-05-12", ("a", "b")), ("2031-05-13", ("c",))))
    ]


def test_the_id_stays_when_later_reports_come() -> None:
    first = told("m", "CONSULT/visit", KOS, PER, day=0)
    assert one(first).id == one(first, told("a", "CONSULT/visit", KOS, PER, day=0, published=1)).id


def test_a_rumour_that_somebody_tells_as_sure_is_none() -> None:
    a = told("a", "CONSULT/visit", KOS, PER, day=0, hedged=True)
    assert one(a).hedged
    assert not one(a, told("b", "CONSULT/visit", KOS, PER, day=0)).hedged


def test_without_a_day_the_day_of_the_first_news_is_said_to_be_that() -> None:
    when = one(
        told("a", "CONSULT/visit", KOS, PER, published=2), told("b", "CONSULT/visit", KOS, PER, published=1)
    ).when
    assert when is not None
    assert (when.basis, (when.first - DAY).days) == ("published", 1)
