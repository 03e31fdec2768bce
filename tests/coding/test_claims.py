"""Claims about history, and the older events that they imply."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.coding.claims import claims_of

from .told import rows, told


def claims(lang, text):
    found = told("claims", lang, text)
    made, implied = [], []
    for tree in found.trees:
        c, r = claims_of(
            tree.sentence.number, tree, cast=found.cast, voices=found.voices, reports=(), pack=found.pack,
            document=found.document,
        )  # fmt: skip
        made += c
        implied += r
    return made, implied


def shown(claim):
    parts = [claim.kind, claim.type, f"{claim.from_country}>{claim.to_country}"]
    parts += [f"since={claim.since.first}"] if claim.since else []
    parts += [f"actor={claim.since_actor.name}"] if claim.since_actor else []
    parts += [f"years={claim.years:g}"] if claim.years is not None else []
    parts += [claim.approximate] if claim.approximate else []
    parts += [f"nth={claim.ordinal}"] if claim.ordinal is not None else []
    return " ".join(parts)


@pytest.mark.parametrize("case", rows("claims"), ids=lambda c: f"{c['lang']}: {c['text']}")
def test_claim_is_read_with_its_scope_and_false_friends_are_silent(case):
    made, _ = claims(case["lang"], case["text"])
    assert [shown(c) for c in made] == ([case["claim"]] if case["claim"] else [])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Barack Obama est le premier président américain à visiter Cuba depuis Calvin Coolidge en 1928."),
        ("en", "Barack Obama is the first US president to visit Cuba since Calvin Coolidge in 1928."),
    ],
)
def test_predecessor_with_a_date_implies_an_older_visit(lang, text):
    (claim,), (older,) = claims(lang, text)
    assert claim.implies == older.id
    assert (older.type, older.mode, older.status) == ("CONSULT", "visit", "historical")
    assert [a.name for a in older.actors] == ["Calvin Coolidge"]
    assert [a.country for a in older.actors] == ["USA"]
    assert [r.country for r in older.recipients] == ["CUB"]
    assert older.when.first.year == 1928
    assert all(reason.rule == f"{lang}/claim/implied-by-since" for reason in older.because)


def test_date_behind_a_dash_aside_is_still_found():
    text = next(c["text"] for c in rows("claims") if "Powell" in c["text"])
    (claim,), (older,) = claims("fr", text)
    assert claim.since_actor.name == "Colin Powell"
    assert claim.since_actor.country == "USA"
    assert older.evidence.of(text).endswith("décembre 2003")


def test_claim_without_a_predecessor_implies_nothing():
    _, implied = claims("fr", "C'est la première visite d'un président français au Rwanda depuis 1994.")
    assert implied == []


def test_who_is_counted_in_the_texts_words():
    (claim,), _ = claims(
        "en", "Nancy Pelosi is the most senior US official to visit Taiwan since Newt Gingrich in 1997."
    )
    assert claim.who == "US official"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("C'est la première visite d'un ministre péruvien de la Défense en Norvège depuis Rafael Quiroga en mars 2011.",
         "fr"),
        ("It was the first visit to Norway by a Peruvian defence minister since Rafael Quiroga in March 2011.", "en"),
    ],
)  # fmt: skip
def test_the_visit_that_is_counted_is_not_dated_by_its_forerunners(coder, text, lang):
    coding = coder(text, lang, date(2025, 6, 6))
    (claim,) = coding.claims
    now = next(r for r in coding.reports if r.id == claim.about)
    then = next(r for r in coding.reports if r.id == claim.implies)
    assert (claim.from_country, claim.to_country, claim.since_actor.name) == ("PER", "NOR", "Rafael Quiroga")
    assert now.status is None
    assert now.when is None or now.when.first.year == 2025
    assert (then.status, then.when.first, then.actors[0].name) == ("historical", date(2011, 3, 1), "Rafael Quiroga")


def test_a_minister_of_defence_has_that_office_though_an_adjective_stands_between(coder):
    coding = coder("Le ministre péruvien de la Défense s'est rendu à Oslo.", "fr", date(2025, 6, 6))
    assert coding.reports[0].actors[0].office == "defence"


@pytest.mark.parametrize(
    ("text", "lang", "claims"),
    [
        ("Ce n'est pas la première fois que le ministre péruvien se rend à Oslo.", "fr", 0),
        ("C'est la première fois que le ministre péruvien se rend à Oslo.", "fr", 1),
        ("Le ministre péruvien n'est pas le premier à se rendre à Oslo depuis 2011.", "fr", 0),
        ("This was not the first visit by a Peruvian minister to Oslo since 2011.", "en", 0),
        ("For the first time since 2011, Peru's minister visited Oslo and did not meet the king.", "en", 1),
    ],
)
def test_what_a_text_denies_it_does_not_claim(coder, text, lang, claims):
    assert len(coder(text, lang, date(2021, 5, 25)).claims) == claims
