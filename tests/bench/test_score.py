"""The floors hold: a score below one fails, one above lifts it, and lowering one takes a reason."""

from __future__ import annotations

import importlib.util
import tomllib

import pytest
from tests.conftest import ROOT

from dragoman.faces.evaluate import Result


@pytest.fixture
def score(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("bench_score", ROOT / "bench" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    floors = tmp_path / "floors.toml"
    floors.write_text(
        '# kept\n[gold.fr]\nfile = "fr.jsonl"\n[gold.fr.floor]\nevent.f1 = 0.5\nalarm_share = 0.2\n'
        '[gold.gone]\nfile = "gone.jsonl"\n[gold.gone.floor]\nevent.f1 = 1\n'
    )
    (tmp_path / "fr.jsonl").touch()
    monkeypatch.setattr(module, "FLOORS", floors)
    monkeypatch.setattr(module, "GOLD", tmp_path)
    return module


def reached(score, monkeypatch, *, hit, alarms):
    result = Result(gold="fr", kind="sentences", empty=10, alarms=alarms)
    tally = result.over["event"]
    tally.asked = tally.found = 10
    tally.hit = tally.right = hit
    monkeypatch.setattr(score, "evaluate", lambda path: result)


def floors(score):
    return tomllib.loads(score.FLOORS.read_text("utf-8"))


def test_score_above_its_floor_holds(score, monkeypatch, capsys):
    reached(score, monkeypatch, hit=6, alarms=2)
    assert score.main([]) == 0
    assert "gone: left out, no gold set at" in capsys.readouterr().out


@pytest.mark.parametrize(("hit", "alarms"), [(4, 0), (9, 3)])
def test_score_below_its_floor_or_above_its_ceiling_fails(score, monkeypatch, hit, alarms):
    reached(score, monkeypatch, hit=hit, alarms=alarms)
    assert score.main([]) == 1


def test_floors_are_lifted_and_never_lowered_by_raise(score, monkeypatch):
    reached(score, monkeypatch, hit=7, alarms=1)
    score.main(["--raise"])
    assert floors(score)["gold"]["fr"]["floor"] == {"event": {"f1": 0.7}, "alarm_share": 0.1}
    reached(score, monkeypatch, hit=6, alarms=2)
    assert score.main(["--raise"]) == 1
    assert floors(score)["gold"]["fr"]["floor"] == {"event": {"f1": 0.7}, "alarm_share": 0.1}
    assert score.FLOORS.read_text("utf-8").startswith("# kept")


def test_lowering_a_floor_takes_a_reason_and_keeps_it(score, monkeypatch):
    assert score.main(["--lower", "fr.event.f1=0.4"]) == 2
    assert floors(score)["gold"]["fr"]["floor"]["event"]["f1"] == 0.5
    assert score.main(["--lower", "fr.event.f1=0.4", "--because", "the gold set grew"]) == 0
    entry = floors(score)["lowered"][0]
    assert (entry["floor"], entry["from"], entry["to"], entry["because"]) == (
        "fr.event.f1",
        0.5,
        0.4,
        "the gold set grew",
    )


def test_floors_in_the_repository_name_scores_that_evaluate_gives(score):
    wanted = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))["gold"]
    kinds = {"fr_dev": "sentences", "en_dev": "sentences", "en_pairs": "pairs", "seed": "documents"}
    for file, entry in wanted.items():
        if entry["file"] in score.CLUSTERS:
            assert entry["floor"].keys() == {"rows", "precision", "recall"}
            continue
        result = Result(gold=file, kind=kinds[file])
        for name in ("type", "event", "exact", "relations", "claims", "defects"):
            assert result.over[name].asked == 0
        record = result.as_record()
        for name, _ in score._leaves(entry["floor"]):
            assert score._at(record, name) == 0
