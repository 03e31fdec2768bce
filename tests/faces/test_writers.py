"""JSON Lines, CSV and Parquet say the same; the same codings give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace

import pytest

from dragoman.errors import InputError
from dragoman.faces.writers import COLUMNS, WRITERS, flat, to_json
from dragoman.model import Coding, Document
from tests.faces.samples import CODING, EMPTY, SIGNED, VISIT


def written(form, *codings):
    out = io.BytesIO()
    writer = WRITERS[form](out)
    for coding in codings:
        writer.write(coding)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_same_codings_give_the_same_bytes(form):
    assert written(form, CODING, EMPTY) == written(form, CODING, EMPTY)


def test_json_lines_hold_one_object_a_line():
    lines = written("jsonl", CODING, EMPTY).decode().splitlines()
    assert [json.loads(line)["kind"] for line in lines][:2] == ["document", "defect"]
    assert "kényane" in lines[2]


def test_half_a_character_is_written_as_its_escape():
    line = to_json({"text": "a\ud83d«é"})
    assert line == '{"text":"a\\ud83d«é"}'.encode()
    assert json.loads(line) == {"text": "a\ud83d«é"}


def test_csv_has_a_header_and_a_line_per_report():
    rows = list(csv.DictReader(io.StringIO(written("csv", CODING).decode())))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["type"] for row in rows] == ["CONSULT", "SUPPORT"]
    assert rows[1]["actor_countries"] == "KEN;UGA"
    assert rows[1]["actor_sectors"] == "GOV;GOV MIL"
    assert rows[0]["place_stated"] == "true"
    assert rows[1]["place"] == ""


def test_semicolon_inside_an_item_does_not_make_two_items():
    odd = replace(SIGNED.actors[0], text="Nairobi; Kampala", span=SIGNED.actors[0].span)
    row = flat(replace(SIGNED, actors=(odd,)), CODING)
    assert row["actors"] == "Nairobi, Kampala"


def test_evidence_stands_in_one_line():
    assert "\n" not in flat(SIGNED, CODING)["evidence"]


def test_csv_survives_half_a_character():
    text = "\ud83d" + CODING.document.text[1:]
    broken = Coding(document=Document(id="d1", text=text), reports=(VISIT,))
    assert b"\\ud83d" in written("csv", broken)


def test_parquet_has_the_same_rows_as_csv():
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written("parquet", CODING, EMPTY)))
    assert table.column_names == list(COLUMNS)
    assert table.to_pylist() == [flat(report, CODING) for report in CODING.reports]


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'dragoman\[parquet\]'"):
        written("parquet", CODING)
