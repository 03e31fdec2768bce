"""The lines of the JSON output are what docs/schema.md and the JSON Schema say."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from jsonschema import Draft202012Validator

from dragoman import ontology
from dragoman.lines import records, report_record
from dragoman.model import Claim, Relation, Report
from tests.conftest import ROOT
from tests.faces.samples import CODING, EMPTY, SIGNED, TEXT


@pytest.mark.parametrize("coding", [CODING, EMPTY])
def test_every_line_is_as_the_schema_says(coding, schema):
    for record in records(coding):
        schema.validate(record)


def test_schema_is_itself_valid(schema):
    Draft202012Validator.check_schema(schema.schema)


def test_schema_knows_the_types_modes_and_contexts_of_the_ontology(schema):
    properties = schema.schema["$defs"]["report"]["properties"]
    assert properties["type"]["enum"] == list(ontology.TYPES)
    assert set(properties["mode"]["enum"]) == {None, *(mode for _, mode in ontology.MODES)}
    assert properties["contexts"]["items"]["enum"] == list(ontology.CONTEXTS)
    assert properties["status"]["enum"] == [None, *ontology.STATUSES]


def test_mode_of_another_type_is_no_valid_line(schema):
    record = report_record(CODING.reports[0], TEXT)
    assert schema.is_valid(record)
    assert not schema.is_valid(record | {"mode": "drone"})
    assert not schema.is_valid(record | {"surprise": 1})


def test_kinds_come_in_their_order():
    assert [r["kind"] for r in records(CODING)] == ["document", "defect", "report", "report", "relation", "claim"]


@pytest.mark.parametrize(("value", "kind"), [(Report, "report"), (Relation, "relation"), (Claim, "claim")])
def test_every_field_of_a_value_is_written(value, kind):
    record = next(r for r in records(CODING) if r["kind"] == kind)
    renamed = {"kind": "claim"} if kind == "claim" else {}
    assert {renamed.get(f.name, f.name) for f in fields(value)} <= set(record)


def test_quotes_are_the_characters_of_the_text():
    def check(value):
        if isinstance(value, dict):
            if value.get("start") is not None and "quote" in value:
                assert TEXT[value["start"] : value["end"]] == value["quote"]
            for inner in value.values():
                check(inner)
        elif isinstance(value, list):
            for inner in value:
                check(inner)

    for record in records(CODING):
        check(record)


def test_unknown_is_null_and_actual_is_null():
    record = report_record(SIGNED, TEXT)
    assert (record["status"], record["place"], record["mode"]) == (None, None, None)


def test_every_field_of_the_schema_is_documented(schema):
    page = (ROOT / "docs" / "schema.md").read_text("utf-8")
    missing = [
        f"{kind}.{name}"
        for kind in ("document", "defect", "report", "relation", "claim", "actor", "place", "when", "voice", "reason")
        for name in schema.schema["$defs"][kind]["properties"]
        if f"`{name}`" not in page
    ]
    assert missing == []
    assert json.dumps(schema.schema)
