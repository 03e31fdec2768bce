"""The claims of the seed article: supported by what it tells, contradicted by a visit of 2012, not known otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import dragoman
from dragoman.model import Coding
from dragoman.opened import Record


@pytest.fixture(scope="module")
def seed(coder, shared) -> Coding:
    return coder((shared / "seed/article.txt").read_text("utf-8"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with dragoman.open_record(tmp_path / "press.duckdb") as opened:
        yield opened


def kinds(coding: Coding) -> list[str]:
    return sorted(claim.kind for claim in coding.claims)


def test_the_seed_alone_supports_its_claims_and_says_how_far_it_sees(record, seed):
    record.add([seed])
    found = list(record.check())
    assert sorted(one.claim.kind for one in found) == kinds(seed) == ["first-in", "first-since"]
    assert [one.verdict for one in found] == ["supported", "supported"], [one.why for one in found]
    for one in found:
        assert "14 years and 7 to 8 months" in one.why
        assert "told by the same article" in one.why
        assert {visit.visitor.name for visit in one.for_it} == {"Donald Rumsfeld", "Mark Esper"}
        assert any(line.startswith("before 2020-10-02 the record has no press") for line in one.unseen)


def test_a_visit_of_2012_that_the_press_tells_contradicts_the_seed(record, seed, coder):
    text = "Leon Panetta, secrétaire américain à la Défense, est arrivé mardi à Alger pour une visite officielle."
    record.add([seed, coder(text, "fr", date(2012, 9, 5), outlet="Gazette")])
    found = list(record.check())
    assert [one.verdict for one in found] == ["contradicted", "contradicted"], [one.why for one in found]
    assert all("Leon Panetta" in one.why for one in found)


def test_a_visit_of_2012_in_a_table_of_ones_own_contradicts_the_seed(record, seed, tmp_path):
    table = tmp_path / "visits.csv"
    table.write_text("person,office,country,host,first\nLeon Panetta,defence,USA,DZA,2012-09-03\n", "utf-8")
    record.add([seed])
    record.import_register("csv", table, name="ours")
    assert [one.verdict for one in record.check()] == ["contradicted", "contradicted"]


def test_a_visit_of_another_office_leaves_the_seed_as_it_is(record, seed, coder):
    text = "Hillary Clinton, secrétaire d'État américaine, est arrivée lundi à Alger pour une visite officielle."
    record.add([seed, coder(text, "fr", date(2012, 10, 30), outlet="Gazette")])
    assert [one.verdict for one in record.check()] == ["supported", "supported"]


def test_an_empty_record_cannot_tell_of_the_seed(record, seed):
    found = list(record.check_coding(seed))
    assert [(one.verdict, one.why) for one in found] == [("cannot tell", "the record is empty")] * 2


def test_a_record_of_other_things_cannot_tell_of_the_seed(record, seed, coder):
    record.add([coder("Oslo a rappelé jeudi son ambassadeur à Lima.", "fr", date(2020, 9, 1), outlet="Gazette")])
    assert [one.verdict for one in record.check_coding(seed)] == ["cannot tell", "cannot tell"]
    assert [one.verdict for one in record.check_coding(seed, own=True)] == ["supported", "supported"]
