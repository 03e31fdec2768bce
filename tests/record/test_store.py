"""What holds of a record on every kind of database."""

from __future__ import annotations

import random
from datetime import date

import pytest

from dragoman.errors import RecordError
from dragoman.record import Database, queries
from dragoman.record.copies import Page, lineages
from dragoman.record.duckdb import DuckFile
from dragoman.record.link import links
from dragoman.record.queries import Wanted
from dragoman.record.store import Added, Coded, Store
from dragoman.record.told import identity
from tests.record import happenings
from tests.record.conftest import Maker

DAY = date(2020, 10, 1)
# What depends on when something was added, not on what was added.
MOMENTS = {"coded", "batch"}


def table(database: Database, name: str, *, without: frozenset[str] = frozenset()) -> list[tuple]:
    """The rows of a table, in order, as text."""
    columns = [
        c
        for (c,) in database.query(
            "select column_name from information_schema.columns where table_schema = current_schema() "
            "and table_name = $1 order by 1",
            [name],
        )
        if c not in without | MOMENTS
    ]
    found = database.query(f"select {', '.join(columns)} from {name}")
    return sorted((tuple(map(str, row)) for row in found), key=repr)


def events(store: Store, **wanted) -> list:
    return queries.events(store.ready(), Wanted(**{"status": "all", **wanted}))


def only(store: Store, **wanted):
    (found,) = events(store, **wanted)
    return found


def test_document_is_kept_once_whatever_its_file_calls_it(store):
    first = store.add([happenings.visit(DAY, id="a")])
    again = store.add([happenings.visit(DAY, id="b"), happenings.visit(DAY, id="c")])
    assert (first.documents, first.known, first.reports, first.events) == (1, 0, 1, 1)
    assert (again.documents, again.known, again.reports, again.events) == (0, 2, 0, 0)
    assert queries.counts(store.database)["document"] == 1


def test_report_ids_do_not_depend_on_what_a_file_calls_its_document(empty):
    found = []
    for given in ("a", "b"):
        store = Store(empty())
        store.add([happenings.visit(DAY, id=given)])
        found.append(store.database.query("select id, event from report"))
    assert found[0] == found[1]


def test_known_tells_which_documents_the_record_holds(store):
    store.add([happenings.visit(DAY)])
    ((id,),) = store.database.query("select id from document")
    assert store.known([id, "elsewhere"]) == {id}
    assert store.known([]) == set()


def test_two_articles_of_one_happening_give_one_event(store):
    store.add([happenings.visit(DAY, outlet="Daily")])
    added = store.add([happenings.visit(DAY, outlet="Echo", title="Other news")])
    found = only(store)
    assert (added.events, added.changed) == (0, 1)
    assert (len(found.reports), found.documents, found.outlets) == (2, 2, 2)


def test_same_codings_give_the_same_record_in_any_order_and_batches(empty):
    made = happenings.news(40)
    records = []
    for seed in range(4):
        chance = random.Random(seed)
        shuffled = chance.sample(made, len(made))
        store = Store(empty())
        while shuffled:
            size = chance.choice([1, 3, 20]) if seed else len(shuffled)
            store.add(shuffled[:size])
            shuffled = shuffled[size:]
        records.append(
            [
                [event_without_moment(e) for e in sorted(events(store), key=lambda e: e.id)],
                table(store.database, "report"),
                table(store.database, "event", without=frozenset({"body"})),
                table(store.database, "event_dyad"),
                table(store.database, "report_key"),
                table(store.database, "document", without=frozenset({"given"})),
            ]
        )
    assert records[0][0]
    assert records[1:] == records[:1] * 3


@pytest.mark.parametrize("seed", [2, 5, 6, 7])
def test_ties_and_lineages_are_those_of_the_whole_set(store, seed):
    made = happenings.news(60, seed=seed)
    for start in range(0, len(made), 7):
        store.add(made[start : start + 7])
    found = events(store)
    assert {e.id: e.links for e in found if e.links} == links(found) != {}
    pages = [Page(id=i, published=p, signature=bytes(s)) for i, p, s in store.database.query(
        "select id, published, signature from document")]  # fmt: skip
    kept = dict(store.database.query("select id, lineage from document"))
    assert kept == lineages(pages).of
    assert len(set(kept.values())) < len(kept)


@pytest.mark.parametrize("way", ["forget", "withdraw"])
def test_ties_and_lineages_are_right_after_documents_go(store, empty, way):
    made = happenings.news(24, seed=3)
    store.add(made)
    ids = [i for (i,) in store.database.query("select id from document order by id")]
    for id in ids[::3]:
        getattr(store, way)(id)
    found = events(store)
    assert {e.id: e.links for e in found if e.links} == links(found) != {}
    if way == "forget":
        other = Store(empty())
        other.add([c for c in made if identity(c.coding.document) not in ids[::3]])
        assert [event_without_moment(e) for e in events(other)] == [event_without_moment(e) for e in found]
        assert table(other.database, "report") == table(store.database, "report")
        assert table(other.database, "report_key") == table(store.database, "report_key")


def test_plan_is_tied_to_the_visit_when_it_takes_place_and_freed_when_that_is_withdrawn(store):
    store.add([happenings.visit(DAY, status="future", published=date(2020, 9, 20))])
    assert only(store).links == ()
    store.add([happenings.visit(DAY, outlet="Echo")])
    plan, done = only(store, status="future"), only(store, status="actual")
    assert [(t.kind, t.event) for t in done.links] == [("planned", plan.id)]
    assert [(t.kind, t.event) for t in plan.links] == [("actual", done.id)]
    store.withdraw(done.id)
    assert only(store).links == ()


def test_event_that_is_looked_at_as_a_happening_does_not_choose_another_tie_for_its_plan(store):
    def agreed(status: str | None) -> Coded:
        coded = {"kind": "AGREE", "sides": ("USA", "DZA"), "day": DAY if status else None, "status": status,
                 "planned": None if status else "CONSULT", "person": "Ada Hill"}  # fmt: skip
        words = "Ada Hill of the United States agreed to come to Algeria."
        return happenings.article((words, coded), published=DAY, outlet=f"{status}")

    late = date(2020, 10, 25)
    store.add([agreed(None), happenings.visit(date(2020, 10, 3)), happenings.visit(late)])
    plan = happenings.visit(late, status="future", published=date(2020, 10, 20), outlet="Echo")
    store.add([agreed("negation"), plan])
    found = events(store)
    assert {e.id: e.links for e in found if e.links} == links(found)


def test_earlier_document_that_comes_later_gives_its_lineage_to_the_copies(store):
    aside = ", of which the villages along the river had long been short in the dry months of the year"
    copies = [happenings.visit(DAY, outlet=o, aside=aside, published=date(2020, 10, d)) for o, d in
              (("Echo", 4), ("Herald", 3), ("Daily", 2))]  # fmt: skip
    for number, copy in enumerate(copies, 1):
        store.add([copy])
        assert (only(store).lineages, only(store).documents) == (1, number)
    founder = identity(copies[-1].coding.document)
    assert {lineage for (lineage,) in store.database.query("select lineage from document")} == {founder}
    store.forget(founder)
    left = {lineage for (lineage,) in store.database.query("select lineage from document")}
    assert left == {identity(copies[1].coding.document)}


def event_without_moment(event):
    from dataclasses import replace

    return replace(event, coded=None)


def test_both_databases_hold_the_same_record(server, tmp_path):
    from dragoman.record.postgres import Postgres

    made = happenings.news(25, seed=5)
    duck, postgres = Store(DuckFile(tmp_path / "r.duckdb")), Store(Postgres(server.fresh()))
    try:
        for store in (duck, postgres):
            store.add(made[:10])
            store.add(made[10:])
        for name in ("report", "event_dyad", "report_key", "document"):
            assert table(duck.database, name) == table(postgres.database, name)
        assert [event_without_moment(e) for e in events(duck)] == [event_without_moment(e) for e in events(postgres)]
    finally:
        duck.database.close()
        postgres.database.close()


def test_batch_that_bridges_two_events_leaves_the_old_id_as_another_name(store):
    store.add([happenings.visit(DAY, outlet="Daily")])
    store.add([happenings.raid(DAY)])
    visit, raid = only(store, types=("CONSULT",)), only(store, types=("ASSAULT",))
    store.merge(visit.id, raid.id)
    one = only(store)
    (old,) = {visit.id, raid.id} - {one.id}
    assert queries.event(store.database, old) == queries.event(store.database, one.id) == one
    assert queries.event(store.database, "0" * 16) is None


def test_decision_that_two_are_one_survives_what_is_added_later(store):
    store.add([happenings.visit(DAY), happenings.raid(DAY)])
    one, other = events(store)
    store.merge(one.id, other.id, why="the raid was the visit")
    store.add([happenings.visit(DAY, outlet="Echo"), happenings.raid(DAY, outlet="Echo")])
    assert len(only(store).reports) == 4
    with pytest.raises(RecordError, match="one event already"):
        store.merge(one.id, other.id)


def test_decision_that_one_is_two_survives_what_is_added_later(store):
    store.add([happenings.visit(DAY), happenings.visit(DAY, outlet="Echo", title="Elsewhere")])
    store.split(only(store).id)
    assert len(events(store)) == 2
    store.add([happenings.visit(DAY, outlet="Herald", title="A third")])
    assert len(events(store)) == 2
    assert sum(len(e.reports) for e in events(store)) == 3


def test_merging_again_what_was_split_holds(store):
    store.add([happenings.visit(DAY), happenings.visit(DAY, outlet="Echo", title="Elsewhere")])
    store.split(only(store).id)
    a, b = events(store)
    store.merge(a.id, b.id)
    assert len(only(store).reports) == 2
    decided = store.database.query("select kind, undone is not null from decision order by kind")
    assert decided == [("merge", False), ("split", True)]


def test_named_reports_leave_an_event(store):
    outlets = ("Daily", "Echo", "Herald")
    store.add([happenings.visit(DAY, outlet=o, title=f"In the {o}") for o in outlets])
    whole = only(store)
    store.split(whole.id, [whole.reports[1]])
    assert sorted(len(e.reports) for e in events(store)) == [1, 2]
    with pytest.raises(RecordError, match="has no report elsewhere"):
        store.split(events(store)[0].id, ["elsewhere"])


def test_event_of_one_document_cannot_be_split_blindly(store):
    store.add([happenings.visit(DAY)])
    with pytest.raises(RecordError, match="rests on one document"):
        store.split(only(store).id)


@pytest.mark.parametrize("what", ["document", "report", "event"])
def test_what_is_withdrawn_no_longer_counts_but_is_kept(store, what):
    store.add([happenings.visit(DAY), happenings.raid(DAY)])
    ((document, report, event),) = store.database.query("select document, id, event from report where type = 'CONSULT'")
    store.withdraw({"document": document, "report": report, "event": event}[what], why="it is a hoax")
    assert [e.type for e in events(store)] == ["ASSAULT"]
    assert queries.counts(store.database)["report"] == 2
    assert store.database.query("select event from report where id = $1", [report]) == [(None,)]
    store.add([happenings.visit(DAY)])
    assert [e.type for e in events(store)] == ["ASSAULT"]
    assert ("event", event, "absorbed") in store.database.query("select kind, subject, what from history")


def test_withdrawn_document_leaves_the_others_of_its_event(store):
    store.add([happenings.visit(DAY), happenings.visit(DAY, outlet="Echo", title="Elsewhere")])
    ((document,),) = store.database.query("select id from document where outlet = 'Echo'")
    store.withdraw(document)
    found = only(store)
    assert (len(found.reports), found.outlets) == (1, 1)
    store.add([happenings.visit(DAY, outlet="Herald", title="A third")])
    assert (len(only(store).reports), only(store).outlets) == (2, 2)


def words_in(database: Database, word: str) -> list[str]:
    """The columns of text, of any table, that hold a word."""
    columns = database.query(
        "select table_name, column_name from information_schema.columns "
        "where table_schema = current_schema() and data_type in ('VARCHAR', 'character varying')"
    )
    return [
        f"{table}.{column}"
        for table, column in columns
        if database.query(f"select 1 from {table} where position($1 in {column}) > 0 limit 1", [word])
    ]


def test_nothing_of_a_forgotten_document_is_left(store):
    secret = "Zanzaquil"
    kept = happenings.visit(DAY, outlet="Daily")
    gone = happenings.visit(DAY, outlet=f"{secret} Post", title=f"Of {secret}", aside=f" in {secret}",
                            said_by=f"Bo {secret}", relations=True, id=f"file-{secret}")  # fmt: skip
    other = happenings.visit(DAY, outlet="Echo", title="Third")
    store.add([gone])
    store.add([kept])
    store.add([other, happenings.raid(DAY)])
    visit, raid = only(store, types=("CONSULT",)), only(store, types=("ASSAULT",))
    ((document,),) = store.database.query("select id from document where outlet like $1", [f"%{secret}%"])
    store.merge(visit.id, raid.id)
    store.split(only(store).id)
    assert words_in(store.database, secret)
    store.forget(document)
    assert words_in(store.database, secret) == words_in(store.database, secret.lower()) == []
    assert words_in(store.database, secret[:-2].lower()) == []
    if isinstance(store.database, DuckFile):
        store.database.close()
        assert secret[1:].encode() not in store.database.path.read_bytes()
        assert [p.name for p in store.database.path.parent.iterdir()] == [store.database.path.name]
    reports = {r for e in events(store) for r in e.reports}
    assert len(reports) == 3
    assert ("document", document, "forgotten") in store.database.query("select kind, subject, what from history")
    with pytest.raises(RecordError, match="holds no document"):
        store.forget(document)


def test_forgotten_document_may_come_back(store):
    store.add([happenings.visit(DAY)])
    before = only(store)
    store.forget(store.database.query("select id from document")[0][0])
    assert events(store) == []
    store.add([happenings.visit(DAY)])
    assert event_without_moment(only(store)) == event_without_moment(before)


def test_decision_outlives_the_document_by_which_it_was_named(store):
    store.add([happenings.visit(DAY), happenings.visit(DAY, outlet="Echo", title="Elsewhere"), happenings.raid(DAY)])
    visit, raid = only(store, types=("CONSULT",)), only(store, types=("ASSAULT",))
    store.merge(visit.id, raid.id)
    ((document,),) = store.database.query("select document from report where id = $1", [visit.reports[0]])
    store.forget(document)
    assert len(only(store).reports) == 2


def test_history_keeps_what_stood(store):
    store.add([happenings.visit(DAY)])
    before = only(store)
    store.add([happenings.visit(DAY, outlet="Echo", title="Elsewhere")])
    after = only(store)
    kept = store.database.query("select subject, what, before from history where kind = 'event' order by moment, id")
    from dragoman.record.rows import event_from

    if after.id == before.id:
        assert [(s, w, event_from(b)) for s, w, b in kept] == [(before.id, "changed", before)]
    else:
        assert [(s, w, event_from(b)) for s, w, b in kept] == [(before.id, "absorbed", before)]
    store.add([happenings.visit(DAY, outlet="Echo", title="Elsewhere")])
    assert queries.counts(store.database)["history"] == 1


def test_decisions_are_listed_with_what_they_say(store):
    store.add([happenings.visit(DAY), happenings.raid(DAY)])
    one, other = events(store)
    store.merge(one.id, other.id, why="one thing")
    store.withdraw(only(store).id, why="a hoax")
    decided = store.decisions()
    assert len(decided.same) == 1
    assert len(decided.withdrawn) == 2
    assert decided.apart == ()
    assert {why for (why,) in store.database.query("select why from decision")} == {"one thing", "a hoax"}


def test_unknown_id_is_named_in_the_error(store):
    for call in (store.withdraw, store.split, lambda id: store.merge(id, id)):
        with pytest.raises(RecordError, match=r"no event, report or document 123.*dragoman events shows the ids"):
            call("123")


WISHES = [
    ({"between": ("DZA", "USA")}, 1),
    ({"between": ("DZA", "FRA")}, 0),
    ({"source": "USA"}, 1),
    ({"source": "DZA"}, 0),
    ({"target": "DZA"}, 1),
    ({"source": "USA", "target": "DZA"}, 1),
    ({"country": "UGA"}, 2),
    ({"types": ("CONSULT",)}, 2),
    ({"types": ("CONSULT/visit", "ASSAULT")}, 3),
    ({"types": ("CONSULT/phone",)}, 0),
    ({"since": date(2020, 10, 5)}, 1),
    ({"until": date(2020, 10, 1)}, 1),
    ({"since": date(2020, 10, 1), "until": date(2020, 10, 3)}, 2),
    ({"status": "actual"}, 2),
    ({"status": "future"}, 1),
    ({"said_by": "béla"}, 1),
    ({"who": "ada h"}, 1),
    ({"who": "%"}, 3),
    ({"text": "visiting"}, 2),
    ({"text": "talk WATER"}, 2),
    ({"text": "talk shelling"}, 0),
    ({"text": "visit'; drop table event; --"}, 0),
    ({"place": "UGA"}, 2),
    ({"at_least": 0.99}, 0),
    ({"coder": None}, 3),
    ({"coder": "gdelt"}, 0),
    ({"limit": 2}, 2),
    ({"limit": 0}, 0),
    ({}, 3),
]


@pytest.fixture
def asked(store):
    store.add([
        happenings.visit(DAY, said_by="Béla Kun"),
        happenings.raid(date(2020, 10, 3)),
        happenings.visit(date(2020, 10, 5), "KEN", "UGA", who="Jomo Oduya", status="future"),
    ])  # fmt: skip
    return store


def test_events_are_found_by_every_wish(asked):
    for wish, expected in WISHES:
        wanted = Wanted(**{"status": "all", **wish})
        found = queries.events(asked.database, wanted)
        assert len(found) == expected, wish
        streamed = [e for some in queries.stream_events(asked.database, wanted) for e in some]
        assert sorted(e.id for e in streamed) == sorted(e.id for e in found), wish
        if wanted.limit is None:
            assert queries.count_events(asked.database, wanted) == expected, wish


def test_latest_event_comes_first_and_in_a_stream_last(asked):
    found = queries.events(asked.database, Wanted(status="all"))
    assert [e.when.first.day for e in found] == [5, 3, 1]
    (streamed,) = queries.stream_events(asked.database, Wanted(status="all"))
    assert streamed == found[::-1]


@pytest.mark.parametrize(
    ("lang", "sentence", "question"),
    [
        ("fr", "Le général a dénoncé les élections truquées.", "ELECTION denonce"),
        ("fr", "Le général a dénoncé les élections truquées.", "generaux truqué"),
        ("en", "The ministers signed agreements.", "minister agreement signing"),
        ("xx", "Ministar otputovao Beograd.", "beograd"),
    ],
)
def test_words_are_found_in_other_forms_and_without_accents(store, lang, sentence, question):
    store.add([happenings.article((sentence, {"kind": "ACCUSE", "sides": ("FRA", "DZA"), "day": DAY}), lang=lang)])
    assert len(events(store, text=question)) == 1
    assert events(store, text="unrelated") == []


def test_reports_and_backing_say_where_an_event_is_told(store):
    store.add([
        happenings.visit(DAY, outlet="Echo", title="Second", published=date(2020, 10, 3), url="https://echo.example/2"),
        happenings.visit(DAY, outlet="Daily", published=date(2020, 10, 2)),
    ])  # fmt: skip
    event = only(store)
    told = queries.reports(store.database, [event.id])[event.id]
    assert [(d.outlet, d.title) for _, d, _ in told] == [("Daily", "News"), ("Echo", "Second")]
    assert all(report.evidence.of(document.text) == quote for report, document, quote in told)
    backing = queries.backing(store.database, [event.id])[event.id]
    assert [(b.name, b.url) for b in backing] == [("Daily", None), ("Echo", "https://echo.example/2")]
    assert queries.reports(store.database, []) == {}


def test_coverage_lists_outlets_with_their_days(store):
    store.add([happenings.visit(DAY), happenings.raid(DAY), happenings.raid(date(2020, 10, 9), outlet=None)])
    found = queries.coverage(store.database)
    assert [(c.name, c.entries, c.first, c.last) for c in found] == [
        ("Daily", 2, date(2020, 10, 2), date(2020, 10, 2)),
        ("an unnamed outlet", 1, date(2020, 10, 10), date(2020, 10, 10)),
    ]


def test_claims_come_with_the_event_they_are_about(store):
    store.add([happenings.visit(DAY, relations=True), happenings.raid(DAY)])
    (told,) = queries.claims(store.database)
    assert told.about == only(store, types=("CONSULT",))
    assert told.quote.startswith("Ada Hill")
    assert queries.claims(store.database, [told.document]) == [told]
    assert queries.claims(store.database, ["elsewhere"]) == []


@pytest.mark.parametrize("odd", ["\0", "\ud83d", "\udc00 \ud800", "\U0001f600", '’´`"\\', "\x1b[31m"])
def test_odd_characters_of_a_text_are_kept_or_replaced_one_for_one(store, odd):
    sentence = f"Kenya{odd} shelled Uganda."
    coded = {"kind": "ASSAULT", "sides": ("KEN", "UGA"), "day": DAY, "person": f"Jomo{odd}", "said_by": f"Bo{odd}"}
    store.add([happenings.article((sentence, coded), title=f"Raid{odd}", outlet=f"Echo{odd}", url=f"https://x/{odd}")])
    ((text, characters),) = store.database.query("select text, characters from document")
    assert len(text) == characters == len(sentence)
    assert text.startswith("Kenya")
    (found,) = events(store)
    assert found.actors[0].name.startswith("Jomo")
    assert queries.reports(store.database, [found.id])[found.id][0][2].endswith("shelled Uganda.")
    assert store.add([happenings.article((sentence, coded), title=f"Raid{odd}", outlet=f"Echo{odd}",
                                         url=f"https://x/{odd}")]).known == 1  # fmt: skip


def test_text_is_not_kept_where_that_is_asked(store):
    long = "Kenya shelled Uganda " + "and again " * 60 + "at dawn."
    store.add([happenings.article((long, {"kind": "ASSAULT", "sides": ("KEN", "UGA"), "day": DAY}))],
              keep_text=False, quote=300)  # fmt: skip
    ((text, hash, characters),) = store.database.query("select text, hash, characters from document")
    assert (text, characters) == (None, len(long))
    assert len(hash) == 16
    assert words_in(store.database, "at dawn.") == []
    assert max(len(quote) for some in queries.reports(store.database, [only(store).id]).values()
               for *_, quote in some) == 300  # fmt: skip


def test_nothing_is_kept_of_an_addition_that_failed(store, monkeypatch):
    from dragoman.record.history import Log

    store.add([happenings.visit(DAY)])
    before = {name: table(store.database, name) for name in ("document", "report", "event", "event_dyad", "history")}

    def fail(*_):
        raise KeyError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr(Log, "write", fail)
        with pytest.raises(KeyError):
            store.add([happenings.visit(DAY, outlet="Echo", title="Elsewhere"), happenings.raid(DAY)])
        with pytest.raises(KeyError):
            store.withdraw(only(store).id)
    assert before == {name: table(store.database, name) for name in before}
    assert store.add([happenings.raid(DAY)]).events == 1


def test_statement_that_fails_leaves_the_record_usable(store):
    def fail():
        with store.ready().transaction():
            store.database.run("insert into setting values ('a', 'b')")
            store.database.run("select * from nowhere")

    with pytest.raises(RecordError, match="nowhere"):
        fail()
    assert store.database.query("select * from setting") == []
    store.add([happenings.visit(DAY)])
    assert len(events(store)) == 1


def test_reports_of_different_coders_are_never_one_event(store):
    store.add([happenings.visit(DAY), happenings.visit(DAY, coder="gdelt", outlet="GDELT")])
    assert len(events(store, coder=None)) == 2
    assert [e.coder for e in events(store)] == ["dragoman"]


def test_record_opened_anew_holds_what_was_added(database):
    store = Store(database)
    store.add([happenings.visit(DAY)])
    before = events(store)
    database.close()
    assert events(Store(database)) == before


def test_arrow_gives_the_rows_of_a_query(store):
    pytest.importorskip("pyarrow")
    store.add([happenings.visit(DAY)])
    found = store.database.arrow("select type, first, reports from event where type = $1", ["CONSULT"])
    assert found.to_pylist() == [{"type": "CONSULT", "first": DAY, "reports": 1}]
    assert store.database.arrow("select type from event where type = $1", ["NONE"]).num_rows == 0


def test_nothing_to_add_changes_nothing(store):
    assert store.add([]) == Added()
    assert set(queries.counts(store.ready()).values()) == {0}


def test_many_events_stream_in_lists_of_bounded_size(store, empty: Maker):
    days = [date.fromordinal(DAY.toordinal() + 7 * n) for n in range(60)]
    store.add([happenings.visit(day) for day in days])
    some = [len(rows) for rows in store.database.stream("select id from event order by id", size=25)]
    assert some == [25, 25, 10]
    first = next(store.database.stream("select id from event order by id", size=25))
    assert len(first) == 25
    assert store.add([happenings.raid(DAY)]).events == 1
