"""Scoring agrees with the gold sets' own scorer, and says what it counts."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.faces import evaluate as scoring
from dragoman.model import Actor, Coding, Document, Report, Span
from tests.faces.samples import CODING

SCORER = Path(__file__).parents[3] / "shared" / "gold" / "score_gold.py"


def gold(type, source=(), target=(), **more):
    """A gold event; countries in, the rest as the gold sets have it."""
    event = {"type": type, "mode": None, "status": "actual", "attribution": None, "date": None, "place": None}
    event |= {"source": [{"country": c} for c in source], "target": [{"country": c} for c in target], "trigger": "x"}
    return event | more


def report(type, source=(), target=(), **more):
    """A report of the coder on countries."""
    spot = Span(0, 1)
    sides = [tuple(Actor(text="x", span=spot, country=c) for c in side) for side in (source, target)]
    return Report(
        id=type, document="d", sentence=0, type=type, concept="c", evidence=spot, trigger=spot,
        actors=sides[0], recipients=sides[1], **more,
    )  # fmt: skip


def coded(number, *reports):
    return Coding(document=Document(id=f"s{number}", text="x and more text"), reports=reports)


CASES = [
    ([gold("CONSULT", ["KEN"], ["UGA"], mode="visit")], [report("CONSULT", ["KEN"], ["UGA"], mode="visit")]),
    ([gold("CONSULT", ["KEN", "UGA"], reciprocal=True)], [report("CONSULT", ["UGA"], ["KEN"])]),
    ([gold("CONSULT", ["KEN", "UGA"], reciprocal=True)], [report("CONSULT", ["UGA"])]),
    ([gold("AGREE", ["PER"], alt=["SUPPORT"])], [report("SUPPORT", ["PER", "CHL"])]),
    ([gold("ACCUSE", ["PER"]), gold("ASSAULT", [], ["CHL"])], [report("ASSAULT", ["PER"], ["CHL"])]),
    ([gold("ACCUSE", ["PER"], optional=True)], [report("ACCUSE", ["PER"]), report("AID", ["PER"])]),
    ([gold("ACCUSE", ["PER"], optional=True), gold("ACCUSE", ["CHL"])], [report("ACCUSE", ["CHL", "PER"])]),
    ([], [report("PROTEST")]),
    ([], []),
    ([gold("THREATEN", ["R-WEST"], ["IRN"], status="negated")], [report("THREATEN", [], ["IRN"], status="negation")]),
    (
        [gold("ASSAULT", ["ISR"], ["PSE"], mode="aerial"), gold("ASSAULT", ["ISR"], ["PSE"], mode="drone")],
        [report("ASSAULT", ["ISR"], ["PSE"], mode="drone"), report("ASSAULT", ["ISR"], ["PSE"])],
    ),
    ([gold("AID", ["JPN"], ["NPL"])], [report("AID", ["JPN"], ["NPL"], status="habitual")]),
]


def rows_and_codings():
    for n, (events, reports) in enumerate(CASES):
        yield {"id": f"s{n}", "text": "x and more text", "events": events}, coded(n, *reports)
    visit = gold("CONSULT", ["KEN"], ["UGA"], mode="visit", date="2024-05-02", place="à Kampala")
    signed = gold("SUPPORT", ["KEN", "UGA"], reciprocal=True, attribution="la présidence ougandaise")
    yield {"id": "d1", "text": CODING.document.text, "events": [visit, signed]}, CODING


def test_counts_are_those_of_the_gold_sets_own_scorer():
    if not SCORER.is_file():
        pytest.skip(f"{SCORER} is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score_gold", SCORER)
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    rows = list(rows_and_codings())
    counts, by_type = theirs.score([row for row, _ in rows], [scoring.system_row(coding) for _, coding in rows])
    ours = scoring.score_sentences("own", rows)
    for name in ("type", "event", "exact"):
        tally = ours.over[name]
        assert (tally.asked, tally.hit, tally.found, tally.right) == tuple(
            counts[name, what] for what in ("gold", "hit", "found", "right")
        ), name
    assert {f: ours.agreed[f] for f in scoring.FIELDS} == {f: counts[f] for f in scoring.FIELDS}
    assert (ours.empty, ours.alarms) == (counts["empty"], counts["alarm"])
    assert {t for t, v in by_type.items() if v["gold"]} == {t for t, v in ours.types.items() if v.asked}


def test_retold_event_counts_once_in_a_document():
    text = "A met B. They spoke long."
    event = gold("CONSULT", ["KEN", "UGA"], reciprocal=True, evidence=["A met B", "They spoke long"])
    first = replace(report("CONSULT", ["KEN", "UGA"]), trigger=Span(2, 5), evidence=Span(0, 8))
    again = replace(report("CONSULT", ["KEN", "UGA"]), trigger=Span(14, 19), evidence=Span(9, 25))
    coding = Coding(document=Document(id="d", text=text), reports=(first, again))
    result = scoring.score_documents("own", [({"id": "d", "text": text, "events": [event]}, coding)])
    assert (result.over["event"].found, result.over["event"].hit) == (1, 1)


def test_document_scores_ties_claims_defects_and_forbidden_passages():
    text = CODING.document.text
    row = {
        "id": "d1",
        "text": text,
        "events": [],
        "relations": [{"type": "ally", "a": "KEN", "b": "TZA"}, {"type": "ally", "a": "UGA", "b": "TZA"}],
        "claims": [{"text": "une première depuis 2012"}],
        "defects": [{"text": "Lire la suite »"}],
        "not_events": [
            {"text": "s'est rendue jeudi", "why": "a test"},
            {"text": "ont signé", "why": "", "optional": "x"},
        ],
    }
    result = scoring.score_documents("own", [(row, CODING)])
    assert (result.over["relations"].asked, result.over["relations"].hit) == (2, 1)
    assert result.over["claims"].f1 == result.over["defects"].f1 == 1.0
    assert result.forbidden == 1


def test_yield_is_met_by_concession_and_by_retreat():
    rows = [({"id": str(n), "text": "", "root": root}, answer) for n, (root, answer) in enumerate(
        [("YIELD", "CONCEDE"), ("YIELD", "RETREAT"), ("YIELD", "AGREE"), ("REJECT", None)])]  # fmt: skip
    result = scoring.score_pairs("own", rows)
    assert result.over["type"].recall == 0.5
    assert result.types["YIELD"].precision == 1.0
    assert result.types["AGREE"].precision == 0.0


def test_kind_of_gold_file_is_known_by_its_rows(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "1", "text": "x", "events": []}) + "\n\n")
    assert scoring._kind(scoring.gold_rows(path), path) == "sentences"
    path.write_text(json.dumps({"id": "1", "source_span": [0, 1], "target_span": [2, 3], "root": "AID"}))
    assert scoring._kind(scoring.gold_rows(path), path) == "pairs"
    path.write_text(json.dumps({"id": "1", "events": [], "relations": []}))
    assert scoring._kind(scoring.gold_rows(path), path) == "documents"
    path.write_text(json.dumps({"id": "1", "text": "no gold"}))
    with pytest.raises(InputError, match="no gold set"):
        scoring._kind(scoring.gold_rows(path), path)


def test_broken_gold_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "1", "events": []}\n{"id": \n')
    with pytest.raises(InputError, match="line 2: broken JSON"):
        scoring.gold_rows(path)


def test_result_is_shown_and_recorded():
    from io import StringIO

    from rich.console import Console

    result = scoring.score_sentences("own", rows_and_codings())
    console = Console(file=StringIO(), width=100)
    scoring.show(result, console, errors=True)
    shown = console.file.getvalue()
    assert "F1" in shown
    assert "missed" in shown
    record = result.as_record(errors=True)
    assert json.loads(json.dumps(record))["event"]["asked"] == result.over["event"].asked
    assert record["errors"]
