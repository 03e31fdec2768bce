"""Errors are grouped by what caused them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dragoman.coding.trace import Candidate
from dragoman.faces.causes import MISSED, WRONG, cause_of_miss, cause_of_wrong
from dragoman.faces.cli import app
from dragoman.faces.evaluate import Act
from dragoman.model import Span

TEXT = "Oslo recalled its envoy to Lima."
WORDS = "recalled"
HERE = Span(5, 13)


def act(type="SANCTION", actors=("NOR",), recipients=("PER",), spans=()):
    return Act(
        type=type, types=frozenset({type}), actors=frozenset(actors), recipients=frozenset(recipients),
        fields={}, words=WORDS, spans=spans,
    )  # fmt: skip


def candidate(type, *, fits):
    return Candidate(span=HERE, unit="recall", type=type, fits=fits)


@pytest.mark.parametrize(
    ("wrong", "units", "cause"),
    [
        ([act(actors=(), spans=(HERE,))], [], "actor not found"),
        ([act(recipients=("CHL",), spans=(HERE,))], [], "recipient wrong"),
        ([act(actors=("CHL",), recipients=(), spans=(HERE,))], [], "both sides wrong"),
        ([act("COERCE", spans=(HERE,))], [], "another type"),
        ([], [candidate("SANCTION", fits=True)], "dropped"),
        ([], [candidate(None, fits=True), candidate("SANCTION", fits=False)], "silenced"),
        ([], [candidate("AID", fits=True)], "another type"),
        ([], [candidate("SANCTION", fits=False)], "unit did not fit"),
        ([], [], "no unit"),
    ],
)
def test_a_missed_event_has_one_cause(wrong, units, cause):
    assert cause_of_miss(act(), wrong, TEXT, lambda: units) == cause
    assert cause in MISSED


@pytest.mark.parametrize(
    ("found", "gold", "missed", "cause"),
    [
        (act(spans=(HERE,)), [], [], "alarm in an empty sentence"),
        (act(actors=(), spans=(HERE,)), [act()], [act()], "its parties"),
        (act(spans=(HERE,)), [act()], [], "told twice"),
        (act("AID", spans=(HERE,)), [act()], [], "another type"),
        (act("AID", spans=(Span(20, 24),)), [act()], [], "no event asked for here"),
    ],
)
def test_a_wrong_report_has_one_cause(found, gold, missed, cause):
    assert cause_of_wrong(found, gold, missed, TEXT) == cause
    assert cause in WRONG


def test_evaluate_tells_a_missing_unit_from_one_that_did_not_fit(tmp_path):
    event = {"mode": None, "status": "actual", "attribution": None, "date": None, "place": None}
    event |= {"source": [{"country": "NOR"}], "target": [{"country": "PER"}]}
    rows = [
        {"id": "a", "lang": "en", "text": "Norway snowboarded Peru on Monday.",
         "events": [event | {"type": "ACCUSE", "trigger": "snowboarded"}]},
        {"id": "b", "lang": "en", "text": "Norway slapped a fly in Peru.",
         "events": [event | {"type": "SANCTION", "trigger": "slapped"}]},
    ]  # fmt: skip
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    told = CliRunner().invoke(app, ["evaluate", str(gold), "--errors", "--json"])
    causes = {(c["side"], c["cause"]) for c in json.loads(told.stdout)["causes"]}
    assert causes == {("missed", "no unit"), ("missed", "unit did not fit")}
