"""Formats and private persons, through a record: what comes in, what is kept, what goes out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import duckdb
import pytest

import dragoman
from dragoman.model import Actor, Claim, Coding, Document, Relation, Report, Span, Voice
from tests.record.formats.happenings import SENTENCE

SAMPLES = Path(__file__).parent / "formats" / "samples"
TEXT = f"{SENTENCE} Das sagte Ann Weller."


def coding(id: str = "page") -> Coding:
    """A page on a visit; a journalist tells of it, and is met."""
    minister = Actor(text="Minister", span=Span(16, 24), country="PER", sectors=("GOV",), office="defence")
    guest = Actor(text="Ann Weller", span=Span(30, 40), name="Ann Weller", country="KEN", sectors=("JRN",))
    voice = Voice(text="Ann Weller", span=Span(63, 73), name="Ann Weller", sectors=("JRN",))
    report = Report(
        id="0" * 16, document=id, sentence=0, type="CONSULT", mode="visit", concept="visit", cameo="042",
        evidence=Span(0, len(SENTENCE)), trigger=Span(25, 29), actors=(minister,), recipients=(guest,), said_by=voice,
    )  # fmt: skip
    claim = Claim(
        id="c", document=id, sentence=0, kind="first", evidence=Span(0, 52), since_actor=guest, who="Ann Weller"
    )
    tie = Relation(id="r", document=id, sentence=0, type="ally", a=minister, b=guest, evidence=Span(0, 52))
    document = Document(id=id, text=TEXT, lang="fr", title="Ann Weller empfängt", outlet="The Example Herald")
    return Coding(document=document, reports=(report,), relations=(tie,), claims=(claim,))


def exported(record: dragoman.Record, form: str, **rest: object) -> bytes:
    out = io.BytesIO()
    record.export(form, out, **rest)
    return out.getvalue()


def everything(path: Path) -> str:
    """All that a record's tables hold beside the texts, as one string."""
    with duckdb.connect(str(path), read_only=True) as opened:
        tables = [name for (name,) in opened.execute("select table_name from duckdb_tables()").fetchall()]
        rows = [row for t in tables for row in opened.execute(f'select * from "{t}"').fetchall()]
    return "\n".join(str(cell) for row in rows for cell in row if cell != TEXT)


def test_a_record_keeps_private_persons_by_role(tmp_path: Path) -> None:
    path = tmp_path / "press.duckdb"
    with dragoman.open_record(path) as record:
        record.add_codings([coding()])
        (event,) = record.events()
        assert event.recipients[0].text == "journalist (KEN)"
    held = everything(path)
    assert "journalist (KEN)" in held
    assert "Weller" not in held
    assert "weller" not in held.casefold()


def test_a_record_keeps_their_names_where_asked(tmp_path: Path) -> None:
    with dragoman.open_record(tmp_path / "press.duckdb") as record:
        record.add_codings([coding()], names=True)
        (event,) = record.events()
        assert event.recipients[0].name == "Ann Weller"
        assert b"Weller" not in exported(record, "icews")


@pytest.mark.parametrize(("form", "name", "reports"), [("gdelt", "gdelt2.export.CSV", 4), ("icews", "icews.tab", 4),
                                                       ("polecat", "polecat.txt", 2)])  # fmt: skip
def test_another_coders_file_is_kept_as_its_own_and_once(form: str, name: str, reports: int, tmp_path: Path) -> None:
    with dragoman.open_record(tmp_path / "press.duckdb") as record:
        added, loss = record.import_file(form, SAMPLES / name)
        assert (added.reports, loss.form) == (reports, form)
        assert {event.coder for event in record.events(coder=None)} == {form}
        again, _ = record.import_file(form, SAMPLES / name)
        assert (again.documents, again.reports, again.known) == (0, 0, added.documents)


def test_a_record_moved_by_its_own_lines_is_the_same(tmp_path: Path) -> None:
    with dragoman.open_record(tmp_path / "one.duckdb") as record:
        record.add_codings([coding()])
        record.import_file("gdelt", SAMPLES / "gdelt2.export.CSV")
        data, before = exported(record, "jsonl", coder=None), list(record.events(coder=None))
    moved = tmp_path / "lines.jsonl"
    moved.write_bytes(data)
    with dragoman.open_record(tmp_path / "two.duckdb") as record:
        record.import_file("jsonl", moved)
        after = list(record.events(coder=None))
        assert sorted((e.id, e.reports, e.type, e.evidence, e.coder) for e in after) == sorted(
            (e.id, e.reports, e.type, e.evidence, e.coder) for e in before
        )
        assert {json.loads(line)["kind"] for line in data.splitlines()} == {
            "document", "report", "event", "relation", "claim"
        }  # fmt: skip


def test_ties_and_claims_of_a_record_with_names_go_out_without_them(tmp_path: Path) -> None:
    with dragoman.open_record(tmp_path / "named.duckdb") as record:
        record.add_codings([coding()], names=True)
        told, hidden = exported(record, "jsonl", names=True), exported(record, "jsonl")
        nothing = exported(record, "jsonl", country="NOR")
    kinds = [json.loads(line)["kind"] for line in hidden.splitlines()]
    assert {"relation", "claim"} <= set(kinds)
    assert b"Weller" in told
    assert b"Weller" not in hidden
    assert nothing == b""
