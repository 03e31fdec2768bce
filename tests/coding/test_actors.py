"""Who a noun phrase stands for, on trees of our own sentences."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dragoman.coding.actors import Cast, Party
from dragoman.coding.tree import Tree
from dragoman.errors import PackError
from dragoman.model import Document, Sentence
from dragoman.pack import load_pack
from dragoman.pack.agents import load_agents
from dragoman.syntax.conllu import read_conllu

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "actors.toml").read_text("utf-8"))["case"]
ASKED = [
    (case, kind, word)
    for case in CASES
    for kind in ("who", "inside", "possessor", "place")
    for word in case.get(kind, ())
]


@cache
def trees(lang: str) -> dict[str, tuple[Document, tuple[Sentence, ...]]]:
    return {d.id: (d, s) for d, s in read_conllu(HERE / "trees" / f"actors.{lang}.conllu")}


def cast_of(case: dict[str, Any]) -> Cast:
    document, sentences = trees(case["lang"])[case["name"] + " " + case["lang"]]
    published = date.fromisoformat(case["published"]) if "published" in case else None
    document = replace(document, lang=case["lang"], published=published)
    return Cast(document, [Tree(s) for s in sentences], load_pack(case["lang"]))


def place_of(cast: Cast, word: str) -> tuple[int, int]:
    """The last sentence and token where a word stands."""
    found = [(n, i) for n, tree in cast.trees.items() for i, t in enumerate(tree.tokens) if t.text == word]
    return found[-1]


def shown(party: Party) -> str:
    actor = party.actor
    sector = "." + actor.sectors[0] if actor.sectors and actor.country else ""
    named = actor.name is not None and party.kind in ("person", "role", "organisation", "name")
    return f"{actor.country or '?'}{sector}{' ' + actor.name if named and actor.name else ''}"


@pytest.mark.parametrize(("case", "kind", "word"), ASKED, ids=[f"{c['lang']}: {c['name']}: {w}" for c, _, w in ASKED])
def test_words_stand_for_whom_they_mean(case: dict[str, Any], kind: str, word: str) -> None:
    cast = cast_of(case)
    number, token = place_of(cast, word)
    asked = {"inside": cast.inside, "possessor": cast.possessor}.get(kind, cast.parties)
    parties = asked(number, token)
    if kind == "place":
        assert [(p.kind, p.actor.country) for p in parties] == [("place", case["place"][word])]
    else:
        assert "; ".join(shown(p) for p in parties) == case[kind][word]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lang']}: {c['name']}" for c in CASES])
def test_every_party_quotes_the_text_and_gives_a_reason(case: dict[str, Any]) -> None:
    cast = cast_of(case)
    for number in cast.trees:
        for party in cast.mentions(number):
            assert party.actor.span.of(cast.document.text) == party.actor.text
            assert party.reasons
            assert party.reasons[0].rule.startswith(case["lang"] + "/actor/")
            assert 0 < party.certainty <= 1


def test_the_trees_are_those_of_the_cases() -> None:
    for case in CASES:
        document, _ = trees(case["lang"])[case["name"] + " " + case["lang"]]
        assert document.text.split() == case["text"].split()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_language_has_hundreds_of_role_nouns_of_every_kind(lang: str) -> None:
    agents = load_pack(lang).agents
    assert len([r for r in agents.roles if r.kind in ("person", "body", "head")]) >= 500
    assert {r.kind for r in agents.roles} >= {"envoy", "mission", "state", "thing", "kin", "counterpart", "container"}


def test_the_packs_have_the_same_small_words() -> None:
    packs = [tomllib.loads((load_pack(lang).folder / "pronouns.toml").read_text("utf-8")) for lang in ("fr", "en")]
    assert packs[0].keys() == packs[1].keys()
    assert packs[0]["joint"].keys() == packs[1]["joint"].keys()


def test_a_wrong_row_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    folder = load_pack("en").folder
    for name in ("pronouns.toml", "titles.tsv"):
        (tmp_path / name).write_text((folder / name).read_text("utf-8"), "utf-8")
    rows = "phrase\tkind\tsectors\tpolitical\tcountry\nsoldier\twarrior\tMIL\tyes\t\n"
    (tmp_path / "agents.tsv").write_text(rows, "utf-8")
    with pytest.raises(PackError, match=r"agents\.tsv, line 2 \('soldier'\)"):
        load_agents(tmp_path)


def test_a_pronoun_in_an_empty_cast_stays_unknown() -> None:
    case = {"lang": "fr", "name": "an unknown army stays unknown"}
    parties = cast_of(case).mentions(0)
    assert [p.actor.country for p in parties] == [None]


def test_an_envoy_is_posted_to_the_country_he_is_sent_to() -> None:
    for lang, name, word, country in (
        ("en", "an envoy to a country is not of that country", "envoy", "SDN"),
        ("fr", "an ambassador is of the country that sends him", "ambassadeur", "TUR"),
    ):
        cast = cast_of({"lang": lang, "name": name})
        assert [p.posted for p in cast.parties(*place_of(cast, word))] == [country]


@pytest.mark.parametrize(
    ("phrase", "office"),
    [
        ("ministre péruvien de la Défense", "defence"),
        ("ministre de la Défense péruvien", "defence"),
        ("ministre kényan des Armées", "defence"),
        ("ministre péruvien", "minister"),
    ],
)
def test_the_matter_of_an_office_with_a_capital_is_not_taken_for_its_owner(coder, phrase: str, office: str) -> None:
    (report,) = coder(f"Le {phrase} s'est rendu jeudi à Oslo.", lang="fr").reports
    assert [(a.text, a.office) for a in report.actors] == [(phrase, office)]
