"""Confidence is a function of what a report rests on, and says what moved it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import confidence
from dragoman.coding.confidence import BASE, Weight, features, weighed, weights
from dragoman.errors import PackError
from dragoman.faces.explain import gloss_of
from dragoman.model import Actor, Reason, Report, Span

TURKEY = Actor(text="Ankara", span=Span(0, 6), country="TUR")
SOMEBODY = Actor(text="the villagers", span=Span(40, 53))
REPORT = Report(
    id="r", document="d", sentence=0, type="ACCUSE", concept="criticise", evidence=Span(0, 150), trigger=Span(7, 17),
    actors=(TURKEY,), recipients=(SOMEBODY,),
    because=(Reason(field="actor", rule="en/actor/named", span=None),),
)  # fmt: skip


@pytest.fixture
def table(monkeypatch):
    made = {
        BASE: Weight(value=1.0, mean=0.0),
        "recipient-unknown": Weight(value=-2.0, mean=0.25),
        "apart": Weight(value=-0.1, mean=1.0),
    }
    monkeypatch.setattr(confidence, "weights", lambda: made)
    return made


def test_an_unknown_recipient_lowers_confidence_and_is_told_as_the_reason(table):
    known = replace(REPORT, recipients=(replace(SOMEBODY, country="CYP"),))
    low, high = weighed(REPORT), weighed(known)
    assert low.confidence < high.confidence
    assert low.because[-1].rule == "confidence/less/recipient-unknown"
    assert not any(reason.field == "confidence" for reason in high.because)  # what is not there is no reason


def test_parties_far_from_the_act_count_as_such():
    near = features(replace(REPORT, recipients=(replace(SOMEBODY, span=Span(18, 30)),)))
    far = features(replace(REPORT, recipients=(replace(SOMEBODY, span=Span(130, 140)),)))
    assert near.get("apart", 0) < far["apart"]


def test_a_party_found_by_a_doubtful_way_counts_as_such():
    doubtful = replace(REPORT, because=(Reason(field="actor", rule="en/actor/document", span=None),))
    assert features(doubtful)["doubtful-party"] > features(REPORT).get("doubtful-party", 0)


@given(
    st.sampled_from(["ACCUSE", "ASSAULT", "CONSULT"]), st.integers(1, 2000), st.booleans(), st.booleans(),
    st.sampled_from([None, "future", "negation"]),
)  # fmt: skip
def test_confidence_is_a_probability(type, length, hedged, told, status):
    side = (SOMEBODY,) if told else ()
    found = weighed(replace(REPORT, type=type, evidence=Span(0, length), hedged=hedged, recipients=side, status=status))
    assert 0 < found.confidence < 1


def test_every_weight_that_ships_can_be_explained():
    for name in weights().keys() - {BASE}:
        assert gloss_of(f"confidence/less/{name}"), name


def test_a_broken_table_is_named_with_its_line(tmp_path, monkeypatch):
    table = tmp_path / "confidence.tsv"
    table.write_text("feature\tweight\tmean\nbase\tmuch\t0\n", "utf-8")
    monkeypatch.setattr(confidence, "WEIGHTS", table)
    weights.cache_clear()
    try:
        with pytest.raises(PackError, match="line 2"):
            weights()
    finally:
        weights.cache_clear()
