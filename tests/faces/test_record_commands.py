"""`dragoman record …` and what a record is asked, as a user types it."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT

NEWS = (
    {"id": "1", "lang": "fr", "date": "2021-03-05", "outlet": "Le Matin",
     "text": "Le ministre péruvien de la Défense s'est rendu jeudi à Oslo."},
    {"id": "2", "lang": "en", "date": "2021-03-05", "outlet": "The Evening",
     "text": "Peru's defence minister visited Oslo on Thursday."},
    {"id": "3", "lang": "en", "date": "2021-05-11", "outlet": "The Evening",
     "text": "Norway expelled three Peruvian diplomats on Monday."},
)  # fmt: skip


@pytest.fixture
def press(tmp_path, typed, coder):
    """A record of three short pages."""
    pages = tmp_path / "pages.jsonl"
    pages.write_text("".join(json.dumps(line) + "\n" for line in NEWS), "utf-8")
    path = tmp_path / "press.duckdb"
    code, out, err = typed("record", "add", pages, "--record", path)
    assert (code, err) == (0, "")
    assert "3 documents added" in out
    return path


def lines(out):
    return [json.loads(line) for line in out.splitlines()]


def test_adding_the_same_file_again_changes_nothing(press, typed, tmp_path):
    before = typed("events", "--status", "all", "--record", press, "--json")
    code, out, _ = typed("record", "add", tmp_path / "pages.jsonl", "--record", press)
    assert code == 0
    assert "0 documents added (3 known already): 0 reports, 0 new events" in out
    assert typed("events", "--status", "all", "--record", press, "--json") == before


def test_a_visit_told_in_two_languages_is_one_event(press, typed):
    code, out, _ = typed("events", "--between", "Pérou", "NOR", "--type", "consult/visit", "--record", press, "--json")
    (event,) = lines(out)
    assert code == 0
    assert (event["outlets"], len(event["reports"])) == (2, 2)
    assert event["when"]["first"] == "2021-03-04"


def test_events_are_found_by_any_form_of_their_words(press, typed):
    code, out, _ = typed("events", "--text", "diplomat expels", "--record", press)
    assert code == 0
    assert "Norway expelled three Peruvian diplomats" in out
    assert "Oslo on Thursday" not in out
    assert typed("events", "--text", "volcano", "--record", press)[0] == 1


def test_a_decision_to_split_survives_adding_more(press, typed, tmp_path):
    (event,) = lines(typed("events", "--type", "CONSULT/visit", "--record", press, "--json")[1])
    assert typed("record", "split", event["id"], "--record", press)[0] == 0
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({**NEWS[1], "outlet": "The Noon", "id": "9"}) + "\n", "utf-8")
    typed("record", "add", more, "--record", press)
    found = lines(typed("events", "--type", "CONSULT/visit", "--record", press, "--json")[1])
    assert not any(set(event["reports"]) <= set(e["reports"]) for e in found)


def test_a_forgotten_document_is_gone(press, typed):
    pytest.importorskip("dragoman.record.formats")
    (event,) = lines(typed("events", "--type", "SANCTION/expel", "--record", press, "--json")[1])
    document = lines(typed("record", "export", "--format", "jsonl", "--record", press)[1])
    assert event["id"] in {line.get("id") for line in document}
    (told,) = {line["document"] for line in document if line.get("kind") == "report" and line["id"] in event["reports"]}
    assert typed("record", "forget", told, "--yes", "--record", press)[0] == 0
    assert typed("events", "--type", "SANCTION/expel", "--record", press)[0] == 1


def test_what_cannot_be_is_one_line_that_says_what_to_do(press, typed, tmp_path):
    pytest.importorskip("dragoman.record.formats")
    for words, said in (
        (("events", "--between", "PER", "Atlantis"), "Atlantis: no such country"),
        (("events", "--status", "planned"), "no such status"),
        (("events", "--type", "VISIT"), "VISIT"),
        (("dyad", "PER"), "two countries"),
        (("record", "merge", "nothing", "nowhere"), "nothing"),
        (("record", "export", "--format", "xls"), "xls"),
    ):
        code, _, err = typed(*words, "--record", press)
        assert code == 2
        assert said in err
        assert err.count("\n") == 1
    code, _, err = typed("events", "--record", tmp_path / "none.duckdb")
    assert (code, err.count("\n")) == (2, 1)
    assert "dragoman record add" in err


def test_info_tells_what_the_record_could_see_through(press, typed):
    _, out, _ = typed("record", "info", "--record", press, "--json")
    (told,) = lines(out)
    assert told["document"] == 3
    assert {c["name"]: c["entries"] for c in told["coverage"]} == {"Le Matin": 1, "The Evening": 2}


def test_another_coders_events_come_in_and_go_out_apart_from_ours(press, typed):
    rows = ROOT / "tests/record/formats/samples/gdelt2.export.CSV"
    code, out, err = typed("record", "import", "gdelt", rows, "--record", press)
    assert code == 1  # three lines of the sample are bad
    assert "2 documents added" in out
    assert "gdelt2.export.CSV, line 7: SQLDATE '20241399' is no day" in err
    ours = lines(typed("record", "export", "--format", "jsonl", "--record", press)[1])
    theirs = lines(typed("record", "export", "--format", "jsonl", "--coder", "gdelt", "--record", press)[1])
    assert {line["coder"] for line in ours if line["kind"] == "event"} == {"dragoman"}
    assert {line["coder"] for line in theirs if line["kind"] == "event"} == {"gdelt"}


def test_what_an_export_lost_is_told_beside_it(press, typed, tmp_path):
    code, out, err = typed(
        "record", "export", "--format", "gdelt", "-o", tmp_path / "out.tsv", "--record", press, "--json"
    )
    (loss,) = lines(err)
    assert (code, out, loss["format"]) == (0, "", "gdelt")
    assert {"field", "why", "events", "example"} == set(loss["lost"][0])
    assert len((tmp_path / "out.tsv").read_text("utf-8").splitlines()) == loss["rows"]


def test_names_of_private_persons_go_out_only_where_they_were_kept_and_are_asked_for(typed, tmp_path, coder):
    page, path = tmp_path / "page.txt", tmp_path / "named.duckdb"
    page.write_text("Kenya's police arrested the journalist Ann Weller in Nairobi on Monday.", "utf-8")
    code, _, err = typed("record", "add", page, "--lang", "en", "--names", "--record", path)
    assert (code, err) == (0, "")
    export = ("record", "export", "--format", "csv", "--record", path)
    assert "Weller" not in typed(*export)[1]
    assert "journalist" in typed(*export)[1]
    assert "Ann Weller" in typed(*export, "--names")[1]


def test_a_register_of_visits_is_asked_beside_the_press(press, typed, tmp_path):
    table = tmp_path / "travels.csv"
    table.write_text(
        "person;office;country;host;first;last\n"
        "Rosa Quispe;defence;Peru;Norway;2012-10-29;2012-10-30\n"
        "Rosa Quispe;defence;Peru;Atlantis;2013\n",
        "utf-8",
    )
    code, out, err = typed("record", "import", "csv", table, "--record", press, "--json")
    assert (code, err.count("\n")) == (1, 1)
    assert "travels.csv, line 3: Atlantis: no such country" in err
    account = json.loads(out)
    assert (account["read"], account["kept"], [a["line"] for a in account["set_aside"]]) == (2, 1, [3])
    code, out, _ = typed("record", "import", "csv", table, "--record", press)
    assert (code, out) == (1, "2 entries read, 1 visit kept, 1 set aside\n")
    code, out, _ = typed("visits", "--from", "PER", "--to", "NOR", "--record", press, "--json")
    assert code == 0
    found = [line for line in lines(out) if line.get("kind") == "visit"]
    assert [v["first"] for v in found if any(b["name"] == "travels" for b in v["backing"])] == ["2012-10-29"]
    assert any(b["kind"] == "press" for v in found for b in v["backing"])
    told = lines(typed("record", "info", "--record", press, "--json")[1])[0]["coverage"]
    assert [(c["name"], c["entries"]) for c in told if c["kind"] == "register"] == [("travels", 1)]


def test_the_state_departments_travels_are_imported_from_their_folder(tmp_path, typed, shared):
    record = tmp_path / "registers.duckdb"
    code, out, err = typed("record", "import", "state-travels", shared / "registers/state-travels", "--record", record)
    assert (code, err) == (0, "")
    assert "4,271 entries read, 4,266 visits kept, 5 stood twice" in out
    code, out, _ = typed("visits", "--office", "secretary of state", "--from", "USA", "--to", "DZA", "--since", "2014",
                         "--record", record)  # fmt: skip
    assert code == 0
    assert "John Kerry" in out


def test_a_record_can_be_moved_with_its_claims(press, typed, tmp_path):
    text = (
        "Le ministre péruvien de la Défense s'est rendu jeudi à Oslo. C'est la première visite d'un ministre péruvien "
        "de la Défense en Norvège depuis Rafael Quiroga en mars 2011."
    )
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({**NEWS[0], "id": "7", "text": text}) + "\n", "utf-8")
    typed("record", "add", more, "--record", press)
    assert typed("record", "export", "--format", "jsonl", "-o", tmp_path / "all.jsonl", "--record", press)[0] == 0
    other = tmp_path / "other.duckdb"
    assert typed("record", "import", "jsonl", tmp_path / "all.jsonl", "--record", other)[0] == 0
    here, there = (typed("record", "info", "--record", path, "--json")[1] for path in (press, other))
    for name in ("document", "report", "event", "claim", "relation"):
        assert json.loads(here)[name] == json.loads(there)[name]
