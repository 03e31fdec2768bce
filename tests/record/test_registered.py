"""Registers of visits in a record, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.errors import RecordError
from dragoman.model import Backing, Party, Visit
from dragoman.record import queries
from dragoman.record.registered import Account, Register, put, remove


def visit(id: str, host: str = "PER", first: date = date(2012, 10, 29), purpose: str | None = None) -> Visit:
    return Visit(
        id=id,
        visitor=Party(text="Amina Okoye", name="Amina Okoye", country="NGA", sectors=("GOV",), office="foreign"),
        host=host,
        first=first,
        last=first,
        precision="day",
        ended=True,
        purpose=purpose,
        met=(Party(text="Ana Ruiz", name="Ana Ruiz", country=host),),
        backing=(Backing(kind="register", name="okoye", document=id),),
    )


def register(*visits: Visit) -> Register:
    return Register(
        name="okoye", scope="visits of Nigeria's foreign ministers", origin="okoye.csv", visits=visits,
        account=Account(read=len(visits), kept=len(visits)),
    )  # fmt: skip


@pytest.fixture
def kept(store):
    return store.ready()


def history(database) -> list[tuple[str, str]]:
    return [(w, b or "") for w, b in database.query("select what, before from history where kind = 'register'")]


def test_a_register_comes_back_as_it_was_put(kept):
    told = (visit("a"), visit("b", "CHL", date(2013, 1, 5)))
    put(kept, register(*told))
    assert sorted(queries.register_visits(kept, None, None), key=lambda v: v.id) == list(told)
    assert queries.register_visits(kept, "NGA", "CHL") == [told[1]]
    assert queries.register_visits(kept, "PER", None) == []
    assert history(kept) == []


def test_coverage_tells_whose_visits_a_register_lists_and_its_days(kept):
    put(kept, register(visit("a"), visit("b", "CHL", date(2013, 1, 5))))
    (covered,) = queries.coverage(kept)
    assert (covered.kind, covered.name, covered.entries) == ("register", "okoye", 2)
    assert (covered.first, covered.last) == (date(2012, 10, 29), date(2013, 1, 5))
    assert covered.scope == "visits of Nigeria's foreign ministers"


def test_putting_a_register_again_changes_nothing(kept):
    for _ in range(3):
        put(kept, register(visit("a"), visit("b", "CHL")))
    assert len(queries.register_visits(kept, None, None)) == 2
    assert len(queries.coverage(kept)) == 1
    assert history(kept) == []


def test_a_later_edition_takes_the_place_and_what_it_overwrites_stays_in_the_history(kept):
    put(kept, register(visit("a"), visit("b", "CHL")))
    put(kept, register(visit("a", purpose="trade"), visit("c", "BOL")))
    found = queries.register_visits(kept, None, None)
    assert sorted((v.id, v.host, v.purpose) for v in found) == [("a", "PER", "trade"), ("c", "BOL", None)]
    assert sorted(what for what, _ in history(kept)) == ["changed", "removed", "replaced"]
    assert any('"CHL"' in before for what, before in history(kept) if what == "removed")


def test_two_registers_of_different_names_stand_side_by_side(kept):
    put(kept, register(visit("a")))
    put(kept, register(visit("a")), name="mine")
    found = queries.register_visits(kept, None, None)
    assert sorted(b.name for v in found for b in v.backing) == ["mine", "okoye"]
    assert [c.name for c in queries.coverage(kept)] == ["mine", "okoye"]


def test_a_removed_register_is_gone_and_the_other_stays(kept):
    put(kept, register(visit("a")))
    put(kept, register(visit("a")), name="mine")
    remove(kept, "okoye")
    assert [c.name for c in queries.coverage(kept)] == ["mine"]
    assert len(queries.register_visits(kept, None, None)) == 1
    assert sorted(what for what, _ in history(kept)) == ["removed", "removed"]


def test_a_register_that_is_not_there_cannot_be_removed(kept):
    put(kept, register(visit("a")))
    with pytest.raises(RecordError, match="holds no register nothing; it has okoye"):
        remove(kept, "nothing")


def test_a_register_without_visits_is_covered_too(kept):
    put(kept, register())
    (covered,) = queries.coverage(kept)
    assert (covered.entries, covered.first) == (0, None)


def test_a_failure_leaves_the_earlier_edition(kept):
    put(kept, register(visit("a")))
    broken = replace(visit("b"), host=None)
    with pytest.raises(Exception, match="host"):
        put(kept, register(broken))
    assert [v.id for v in queries.register_visits(kept, None, None)] == ["a"]
