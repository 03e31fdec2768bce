"""What holds whatever is told: any order, any batches, the same events; each report in one; decisions hold."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.merge import Knots, keys, knots, merge, reach
from dragoman.record.told import Decisions, Told

from .telling import told

KINDS = ("CONSULT/visit", "CONSULT/meet:meet", "ACCUSE/disapprove:condemn", "ASSAULT:kill", "AGREE:reach-agreement",
         "SUPPORT:sign-agreement")  # fmt: skip
SIDES = ("", "|GRC|GOV", "Ana Kos|GRC|GOV|foreign", "Jon Vik|GRC|GOV|defence", "|PER|GOV", "|PER|CVL", "Ana Kos",
         "|GRC & |PER")  # fmt: skip
WORDS = ("envoy lima visit talk port", "talk port minister lima fish treaty", "raid village dead wounded night", "")


@st.composite
def tellings(draw: st.DrawFn) -> list[Told]:
    count = draw(st.integers(1, 14))
    return [
        told(
            f"r{number:02}",
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(SIDES)),
            draw(st.sampled_from(SIDES)),
            day=draw(st.sampled_from((None, None, 0, 1, 2, 7))),
            month=draw(st.sampled_from((None, 5))),
            published=draw(st.sampled_from((0, 1, 2, 4, 9, None))),
            town=draw(st.sampled_from((None, None, "Lima", "Patras"))),
            document=f"d{draw(st.integers(0, 5))}",
            lineage=draw(st.sampled_from((None, None, "copied"))),
            words=draw(st.sampled_from(WORDS)),
            lang=draw(st.sampled_from(("en", "fr"))),
            status=draw(st.sampled_from((None, None, None, "future", "historical"))),
            confidence=draw(st.sampled_from((0.3, 0.6, 0.9))),
        )
        for number in range(count)
    ]


@settings(max_examples=150, deadline=None)
@given(tellings(), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(reports: list[Told], chance: random.Random) -> None:
    shuffled = chance.sample(reports, len(reports))
    assert merge(shuffled) == merge(reports)
    assert merge(reports + shuffled) == merge(reports)


@settings(max_examples=150, deadline=None)
@given(tellings())
def test_every_report_is_in_exactly_one_event(reports: list[Told]) -> None:
    members = sorted(id for event in merge(reports) for id in event.reports)
    assert members == sorted(one.report.id for one in reports)


@settings(max_examples=200, deadline=None)
@given(tellings(), st.lists(st.integers(0, 3), min_size=14, max_size=14))
def test_batches_give_what_the_whole_gives(reports: list[Told], batch: list[int]) -> None:
    whole = knots(reports, Decisions())
    kept: list[Told] = []
    known: dict[str, str] = {}
    for number in range(4):
        new = [one for one, part in zip(reports, batch, strict=False) if part == number]
        found = [old for old in kept if any(_meets(one, old) for one in new)]
        known = _joined([known, knots([*new, *found], Decisions())])
        kept += new
    assert known == whole
    by_knot: dict[str, list[Told]] = {}
    for one in reports:
        by_knot.setdefault(known[one.report.id], []).append(one)
    parts = [Knots(some, Decisions()) for some in by_knot.values()]
    events = [event for part in parts for knot in part.members for event in part.events(knot)]
    assert tuple(sorted(events, key=lambda e: e.id)) == merge(reports)


@settings(max_examples=150, deadline=None)
@given(tellings(), st.data())
def test_what_people_decided_holds(reports: list[Told], data: st.DataObject) -> None:
    ids = [one.report.id for one in reports]
    a, b, gone = (data.draw(st.sampled_from(ids)) for _ in range(3))
    of = {id: event.id for event in merge(reports, Decisions(apart=((a, b),))) for id in event.reports}
    assert a == b or of[a] != of[b]
    of = {id: event.id for event in merge(reports, Decisions(same=((a, b),))) for id in event.reports}
    assert of[a] == of[b]
    left = merge(reports, Decisions(withdrawn=frozenset({gone})))
    assert left == merge([one for one in reports if one.report.id != gone])


def _meets(new: Told, old: Told) -> bool:
    """Whether a store that looks where `reach` says would find the old report."""
    standing = keys(old)
    return any(
        key == other and first <= until and begin <= last
        for key, first, last in reach(new)
        for other, begin, until in standing
    )


def _joined(parts: Sequence[dict[str, str]]) -> dict[str, str]:
    """The union of knots, each named by its smallest report."""
    group: dict[str, set[str]] = {}
    for part in parts:
        for id, knot in part.items():
            both = group.setdefault(id, {id}) | group.setdefault(knot, {knot})
            for member in both:
                group[member] = both
    return {id: min(members) for id, members in group.items()}
