"""`dragoman rules check`: faults are listed, the exit code follows the share of right examples."""

from __future__ import annotations

import json

import pytest

from dragoman.errors import PackError
from dragoman.faces import run
from dragoman.pack.lexicon import load_concepts, load_lacks
from dragoman.rules import Check, Fault

FAULT = Fault(
    unit="en/visit/go", where="consult.tsv:7", problem="does not fire (found: nothing)", sentence="They went."
)


@pytest.fixture
def checked(monkeypatch):
    """Two languages: English with one fault in ten examples, French without."""

    def check_rules(langs, *, file=None):
        for lang in langs:
            yield Check(
                lang=lang,
                units=5,
                examples=10,
                faults=(FAULT,) if lang == "en" else (),
                missing_types=(),
                missing_modes=("PROTEST/hunger",) if lang == "fr" else (),
                concepts_without_units=("veto",) if lang == "fr" else (),
                reasons={"host-talks": "the talks carry the act"} if lang == "fr" else {},
            )

    monkeypatch.setattr(run, "check_rules", check_rules)


def test_faults_are_listed_and_are_exit_1(typed, checked):
    code, out, _ = typed("rules", "check")
    assert code == 1
    assert "en/consult.tsv:7 en/visit/go: does not fire" in out
    assert "en: 5 units, 10 examples, 1 faults, 90.0 % right" in out
    assert "no unit for the modes: PROTEST/hunger" in out
    assert "concepts that en has and fr lacks: veto" in out
    assert "no unit for host-talks: the talks carry the act" in out


def test_reason_for_a_lack_names_a_concept():
    concepts = load_concepts()
    for lang in ("en", "fr"):
        assert load_lacks(lang, concepts).keys() <= concepts.keys()
    with pytest.raises(PackError, match="host-talks"):
        load_lacks("fr", {"veto"})


def test_share_that_is_asked_for_decides(typed, checked):
    assert typed("rules", "check", "--at-least", "90")[0] == 0
    assert typed("rules", "check", "--at-least", "91")[0] == 1
    assert typed("rules", "check", "fr")[0] == 0


def test_numbers_for_programs(typed, checked):
    _, out, _ = typed("rules", "check", "en", "--json")
    assert json.loads(out)[0]["pass_rate"] == 0.9
