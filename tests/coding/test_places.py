"""Where events happen: stated, inferred, unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.coding.actors import Cast
from dragoman.coding.places import place_of
from dragoman.coding.tree import Tree
from dragoman.errors import PackError
from dragoman.model import Block, Span
from dragoman.pack import load_pack
from dragoman.pack.places import load_places
from tests.coding.when_where_cases import cases


def place(case, document=None, tree=None):
    document, tree, pack = document or case.document, tree or case.tree, load_pack(case.lang)
    return place_of(tree, case.trigger, case.trigger, cast=Cast(document, [tree], pack), pack=pack, document=document)


@pytest.mark.parametrize("case", cases())
def test_event_has_the_place_that_belongs_to_it(case):
    found = place(case)
    stated = found[0] if found and found[0].stated else None
    assert (stated.text if stated else None) == case.place
    if stated:
        assert stated.text == stated.span.of(case.document.text)
        assert found[1][0].rule.startswith(f"{case.lang}/place/")


def case_of(text: str, trigger: str):
    return next(p.values[0] for p in cases() if text in p.id and p.id.endswith(f"[{trigger}]"))


@pytest.mark.parametrize(
    ("text", "trigger", "name", "country"),
    [
        ("à Rabat", "entretenu", "Rabat", "MAR"),
        ("in Lima", "marched", "Lima", "PER"),
        ("en Turquie", "arrêté", "Turkey", "TUR"),
    ],
)
def test_place_is_found_on_the_map(text, trigger, name, country):
    found, _ = place(case_of(text, trigger))
    assert (found.name, found.country) == (name, country)
    assert found.geonames is not None
    assert -90 <= found.lat <= 90
    assert -180 <= found.lon <= 180


def test_dateline_is_the_place_of_last_resort():
    case = case_of("reçu mercredi l'ambassadeur de Suède", "reçu")
    dateline = "STOCKHOLM (AFP) –"
    text = f"{dateline} {case.document.text}"
    moved = [replace(t, start=t.start + 18, end=t.end + 18) for t in case.tree.tokens]
    span = Span(18, len(text.rstrip()))
    sentence = replace(case.tree.sentence, span=span, tokens=tuple(moved), paragraph=1)
    blocks = (
        Block(kind="dateline", span=Span(0, 17), reading=dateline),
        Block(kind="body", span=span, reading=span.of(text)),
    )
    found, (reason,) = place(case, replace(case.document, text=text, blocks=blocks), Tree(sentence))
    assert (found.name, found.country, found.stated, reason.rule) == ("Stockholm", "SWE", False, "fr/place/dateline")
    assert found.text == "STOCKHOLM"


def test_broken_pack_names_its_file(tmp_path):
    (tmp_path / "places.toml").write_text("[adpositions]\nlocative = []\n", "utf-8")
    with pytest.raises(PackError, match=r"places\.toml"):
        load_places(tmp_path)
