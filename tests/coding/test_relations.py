"""Standing ties: every pattern's examples, and what a tie holds."""

from __future__ import annotations

import pytest

from dragoman.coding.relations import relations_of
from dragoman.errors import PackError
from dragoman.pack import load_pack
from dragoman.pack.ties import load_ties

from .told import told

SAYS = [(lang, tie, e) for lang in ("fr", "en") for tie in load_pack(lang).ties.all for e in tie.says]
SILENT = [(lang, tie, e) for lang in ("fr", "en") for tie in load_pack(lang).ties.all for e in tie.silent]


def ties_of(lang, text):
    found = told("ties", lang, text)
    return [
        relation
        for tree in found.trees
        for relation in relations_of(
            tree.sentence.number, tree, cast=found.cast, voices=found.voices, pack=found.pack, document=found.document
        )
    ]


def shown(relation, symmetric):
    a, b = relation.a.country, relation.b.country
    return f"{min(a, b)} {relation.type} {max(a, b)}" if symmetric else f"{a} {relation.type} {b}"


def turned(wanted, symmetric):
    a, kind, b = wanted.split(" ")
    return f"{min(a, b)} {kind} {max(a, b)}" if symmetric else wanted


@pytest.mark.parametrize(("lang", "tie", "example"), SAYS, ids=lambda v: getattr(v, "id", v))
def test_tie_says_what_its_example_states(lang, tie, example):
    text, _, wanted = example.partition(" => ")
    found = {shown(r, tie.symmetric) for r in ties_of(lang, text)}
    assert {turned(w, tie.symmetric) for w in wanted.split("; ")} <= found


@pytest.mark.parametrize(("lang", "tie", "example"), SILENT, ids=lambda v: getattr(v, "id", v))
def test_tie_is_silent_where_nothing_is_stated(lang, tie, example):
    assert [r for r in ties_of(lang, example) if r.type == tie.type] == []


def test_coordinated_allies_are_one_tie_each():
    found = ties_of("fr", "Le Bélarus, allié de la Russie et de la Chine, a protesté.")
    assert [(r.a.country, r.b.country) for r in found if r.type == "ally"] == [("BLR", "RUS"), ("BLR", "CHN")]


def test_denied_relations_have_negative_polarity():
    (tie,) = ties_of("fr", "L'Iran n'a pas de relations diplomatiques avec le Maroc.")
    assert tie.polarity == -1


def test_evidence_and_reasons_point_into_the_text():
    text = "La réticence du Mali à coopérer avec la France est connue."
    (tie,) = [r for r in ties_of("fr", text) if r.type == "reluctance"]
    assert tie.evidence.of(text).startswith("La réticence du Mali à coopérer avec la France")
    assert tie.because[0].rule == "fr/tie/reluctance"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_packs_have_at_least_30_patterns_with_examples_of_both_kinds(lang):
    ties = load_pack(lang).ties.all
    assert len(ties) >= 30
    assert all(tie.says and tie.silent for tie in ties)


def test_both_languages_know_the_same_types():
    french, english = ({tie.type for tie in load_pack(lang).ties.all} for lang in ("fr", "en"))
    assert french == english


def test_unknown_slot_stops_the_load(tmp_path):
    folder = load_pack("en").folder
    broken = (folder / "ties.toml").read_text("utf-8").replace('"holder", "subject"', '"holder", "Subject!"', 1)
    (tmp_path / "ties.toml").write_text(broken, "utf-8")
    (tmp_path / "claims.toml").write_text((folder / "claims.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(PackError, match=r"tie 'ally': 'Subject!' is no slot"):
        load_ties(tmp_path)
