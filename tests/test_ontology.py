"""The tables are whole and agree with each other; the way to CAMEO takes the most specific line."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from dragoman import ontology


def test_there_are_sixteen_types_sixty_seven_modes_and_thirty_seven_contexts():
    assert (len(ontology.TYPES), len(ontology.MODES), len(ontology.CONTEXTS)) == (16, 67, 37)
    assert len(ontology.SECTORS) == 25


def test_every_mode_belongs_to_a_type_and_every_type_lists_its_modes():
    assert {t for t, _ in ontology.MODES} <= set(ontology.TYPES)
    assert sum(len(t.modes) for t in ontology.TYPES.values()) == len(ontology.MODES)


def test_cooperation_scores_are_positive_and_conflict_scores_are_not():
    for kind in ontology.TYPES.values():
        assert (kind.score > 0) == (kind.quad <= 2), kind
    # a request to be helped is the one cooperative mode among the conflicts
    wrong = {(m.type, m.name) for m in ontology.MODES.values() if (m.score > 0) != (ontology.quad(m.type) <= 2)}
    assert wrong == {("REQUEST", "assist")}


def test_published_values_stay_beside_the_corrected_ones():
    accuse = ontology.TYPES["ACCUSE"]
    assert (accuse.score, accuse.score_published) == (-3.0, 3.0)
    assert ontology.MODES["PROTEST", "vandalize"].score_published is None
    assert ontology.plover_score("PROTEST", "vandalize") == -5.0
    sanctions = ontology.CAMEO["163"]
    assert (sanctions.type, sanctions.type_published) == ("SANCTION", "COERCE")


def test_quad_counts_sanction_as_material_conflict():
    assert [ontology.quad(t) for t in ("CONSULT", "AID", "REJECT", "SANCTION")] == [1, 2, 3, 4]


def test_score_is_finer_with_a_mode():
    assert ontology.plover_score("CONSULT") == 2.5
    assert ontology.plover_score("CONSULT", "visit") == 4.0


def test_goldstein_is_that_of_gdelt_and_of_the_parent_where_there_is_none():
    assert ontology.goldstein("042") == 1.9
    assert ontology.goldstein("176") == ontology.goldstein("17")
    assert ontology.CAMEO["016"].goldstein_icews == -5.0


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (("CONSULT", "visit"), "042"),
        (("CONSULT", None), "040"),
        (("AGREE", None), "030"),
        (("AGREE", None, ["military"]), "0312"),
        (("ASSAULT", "aerial", ["military"]), "195"),
        (("REQUEST", "yield", ["military"]), "0256"),
        (("RETREAT", "resign"), "0831"),
        (("ACCUSE", "allege", ["legal"]), "112"),
    ],
)
def test_code_is_that_of_the_most_specific_line(event, code):
    found = ontology.cameo(*event)
    assert found is not None
    assert found.code == code
    assert found.goldstein == ontology.goldstein(code)


def test_earlier_context_wins_over_a_later_one():
    assert ontology.cameo("COOPERATE", None, ["economic", "military"]).code == "061"
    assert ontology.cameo("COOPERATE", None, ["military", "economic"]).code == "062"


def test_plan_decides_what_an_agreement_is():
    assert ontology.cameo("AGREE", planned="CONSULT").code == "036"
    assert ontology.cameo("AGREE", None, ["military"], planned="AID").code == "0332"
    assert ontology.cameo("AGREE", None, ["military"], planned="CONSULT").code == "036"


def test_hint_names_a_code_that_needs_its_cue():
    assert ontology.cameo("SUPPORT").code == "050"
    assert ontology.cameo("SUPPORT", hint="057").code == "057"
    assert ontology.cameo("SANCTION", "discontinue", ["economic"], hint="163").code == "163"


def test_hint_of_a_root_opens_its_branch():
    demand = ontology.cameo("REQUEST", "yield", ["military"], hint="100")
    assert demand.code == "1056"
    assert ontology.cameo("REQUEST", "meet", hint="106").code == "106"


def test_hint_of_what_is_only_promised_is_not_heard():
    assert ontology.cameo("AGREE", planned="CONSULT", hint="042").code == "036"


def test_hint_may_be_a_code_that_plover_gives_to_another_type():
    assert ontology.cameo("CONCEDE", None, ["economic"], hint="085").code == "085"


def test_hint_that_names_no_more_than_a_root_leaves_the_choice_to_mode_and_contexts():
    assert ontology.cameo("REJECT", "yield", ["military"], hint="120").code == "1246"


def test_hint_without_a_line_of_its_own_is_taken_as_it_is():
    assert ontology.cameo("ASSAULT", "abduct", hint="184").code == "184"


def test_every_type_and_mode_has_a_code():
    assert all(ontology.cameo(t) for t in ontology.TYPES)
    assert all(ontology.cameo(t, m) for t, m in ontology.MODES)


def test_every_line_of_the_crosswalk_leads_to_a_code_of_its_own_type():
    odd = []
    for type, lines in ontology._crosswalk().items():
        for line in lines:
            if line.mode is not None:
                ontology.known_mode(type, line.mode)
            for context in line.contexts:
                ontology.known_context(context)
            owner = ontology.CAMEO[line.cameo].type
            if owner != type and not (owner is None and type == "REQUEST"):
                odd.append((type, line.mode, line.cameo, owner))
    # a resignation and a raid with blades have no CAMEO code of their own: the nearest is another type's
    assert {(t, m) for t, m, _, _ in odd} <= {("RETREAT", "resign"), ("SANCTION", "convict")}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ontology.known_mode("CONSULT", "vist"), "unknown mode of CONSULT 'vist' (did you mean 'visit'?)"),
        (lambda: ontology.known_type("consult"), "unknown type 'consult' (did you mean 'CONSULT'?)"),
        (lambda: ontology.known_context("humanitarian"), "unknown context 'humanitarian'"),
        (lambda: ontology.known_mode("AGREE", "visit"), "unknown mode of AGREE 'visit' (known: none)"),
        (lambda: ontology.cameo("CONSULT", hint="42"), "unknown CAMEO code '42'"),
    ],
)
def test_wrong_name_is_answered_with_the_nearest(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_concept_is_checked_as_a_whole():
    assert ontology.check_concept("CONSULT", "visit", ("military",), "042") is None
    assert "did you mean 'military'" in str(ontology.check_concept("CONSULT", None, ("millitary",)))
    assert "CAMEO code '9999'" in str(ontology.check_concept("CONSULT", None, (), "9999"))


def test_tables_are_read_only_when_asked_for():
    probe = "import dragoman.ontology as o; print(o._types.cache_info().currsize + o._cameo.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
