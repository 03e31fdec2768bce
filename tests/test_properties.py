"""What must hold for any text: no crash, true offsets, the same bytes twice, lines as the schema says."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.faces.writers import WRITERS
from dragoman.lines import records
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))

WORDS = [
    "Le ministre kényan", "s'est rendu à", "Kampala", "jeudi", "la présidence", "n'a pas", "condamné", "l'attaque", ".",
    "« ", " »", "selon", "un communiqué", "\n\n", "M.", "Oslo", "aurait", "expulsé", "deux diplomates", "depuis 2006",
    "President", "visited", "the two sides", "agreed", "to", "condemned", "Peru", "in May 2019", "said", "\"", "(AFP)",
    "Publié le", "Lire la suite »", "–", "…", "d'", "qu'", "\u2019", "aux", "du", "les deux pays", "first", "since",
]  # fmt: skip
anything = st.text(max_size=300)
newslike = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
broken = st.text(alphabet=st.characters(codec=None), max_size=80)


def offsets_are_true(value, text):
    """Every quote of a record is the characters that it points at."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if start is not None:
            assert 0 <= start <= end <= len(text)
            quoted = value.get("quote", value.get("text"))
            if "quote" in value:
                assert text[start:end] == quoted
        for inner in value.values():
            offsets_are_true(inner, text)
    elif isinstance(value, list):
        for inner in value:
            offsets_are_true(inner, text)


def bytes_of(coding):
    out = io.BytesIO()
    WRITERS["jsonl"](out).write(coding)
    return out.getvalue()


def hold(coder, schema, text, lang):
    """Code a text twice, and check all that must hold."""
    coding = coder(text, lang=lang)
    assert coding.document.text == text
    for record in records(coding):
        schema.validate(record)
        offsets_are_true(record, text)
    ids = [r.id for r in (*coding.reports, *coding.relations, *coding.claims)]
    assert len(ids) == len(set(ids))
    assert bytes_of(coding) == bytes_of(coder(text, lang=lang))


@settings(max_examples=60)
@given(text=anything | newslike, lang=st.sampled_from(["fr", "en"]))
@example(text="", lang="fr")
@example(text="\x00\x01\x02", lang="en")
@example(text="﻿Le  Kenya.\r\n\r\nOslo", lang="fr")
@example(text="(" * 3000, lang="fr")
@example(text="a" * 5000, lang="en")
@example(text="Oslo a condamné " * 300, lang="fr")
def test_any_text_is_coded_truly_and_twice_the_same(coder, schema, text, lang):
    hold(coder, schema, text, lang)


@settings(max_examples=20)
@given(text=broken, lang=st.sampled_from(["fr", "en"]))
@example(text="Oslo a \ud83d condamné l'attaque.", lang="fr")
def test_half_characters_do_no_harm(coder, text, lang):
    coding = coder(text, lang=lang)
    assert len(coding.document.text) == len(text)
    bytes_of(coding).decode("utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_examples_are_coded_truly(coder, schema, path):
    hold(coder, schema, path.read_text("utf-8"), None)


@settings(max_examples=15)
@given(cut=st.integers(0, 1500), length=st.integers(0, 700), path=st.sampled_from(EXAMPLES))
def test_any_piece_of_a_page_is_coded_truly(coder, schema, cut, length, path):
    lang = "fr" if path.name == "visite.txt" else "en"
    hold(coder, schema, path.read_text("utf-8")[cut : cut + length], lang)


def test_text_in_another_language_is_refused_in_one_line(coder):
    with pytest.raises(InputError, match="there are packs for en, fr") as problem:
        coder("Der Minister reiste am Donnerstag nach Wien und traf dort den Kanzler der Republik.")
    assert "\n" not in str(problem.value)


def test_every_line_of_an_example_is_json(coder):
    lines = bytes_of(coder(EXAMPLES[0].read_text("utf-8"))).splitlines()
    assert len({json.loads(line).get("document") for line in lines} - {None}) == 1
