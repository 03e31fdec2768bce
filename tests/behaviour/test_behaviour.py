"""A changed sentence changes the report in just that way; the pass rate of each kind has a floor."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.behaviour.check import Case, Outcome, cases, changed, kinds, outcomes

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))


@pytest.mark.parametrize("kind", kinds())
def test_enough_cases_of_each_kind_pass(kind):
    told = outcomes(list(cases(kind)))
    failed = [f"{o.case.base} | {o.case.variant} [{o.case.expect}]" for o in told if not o.passed]
    rate = 1 - len(failed) / len(told)
    assert rate >= FLOORS[kind], f"{100 * rate:.1f} %:\n" + "\n".join(failed)


def test_a_case_fails_when_the_base_says_nothing():
    case = Case(kind="swap", langs=("en", "en"), base="x", variant="y", expect="swap")
    assert not Outcome(case=case, wanted=[], got=[]).passed


def test_a_change_that_is_no_field_is_named():
    with pytest.raises(ValueError, match="'stats' is no field"):
        changed({"type": "ACCUSE"}, "stats=negation")
