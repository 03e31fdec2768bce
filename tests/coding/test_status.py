"""Whether an event happened, will, might, did not, used to, or is only rumoured."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.coding.dates import when_of
from dragoman.coding.status import is_obligation, status_of
from dragoman.errors import PackError
from dragoman.model import When
from dragoman.pack import load_pack
from dragoman.pack.status import load_status

from .told import rows, told


@pytest.mark.parametrize("case", rows("status"), ids=lambda c: f"{c['lang']}: {c['text']} [{c['trigger']}]")
def test_words_around_an_event_give_its_status(case):
    text = told("status", case["lang"], case["text"])
    tree, trigger = text.at(case["trigger"])
    dated = when_of(tree, trigger, trigger, pack=text.pack, published=None)
    found = status_of(tree, trigger, trigger, pack=text.pack, when=dated[0] if dated else None, published=None)
    assert found.value == (case["status"] or None), found.reasons
    assert found.hedged == (case["hedged"] == "yes"), found.reasons
    assert bool(found.reasons) == (found.value is not None or found.hedged) or found.reasons


def arrest(when: When | None, published: date | None):
    text = told("status", "fr", "La police a arrêté trois opposants.")
    tree, trigger = text.at("arrêté")
    return status_of(tree, trigger, trigger, pack=text.pack, when=when, published=published)


def day(first: date, last: date | None = None, precision: str = "day") -> When:
    return When(first=first, last=last or first, precision=precision, basis="stated")


def test_event_of_more_than_ninety_days_before_publication_is_historical():
    assert arrest(day(date(2020, 1, 5)), date(2020, 10, 2)).value == "historical"


def test_event_of_last_week_is_actual():
    assert arrest(day(date(2020, 9, 27)), date(2020, 10, 2)).value is None


def test_without_publication_date_a_full_date_closes_nothing():
    assert arrest(day(date(2006, 2, 3)), None).value is None


def test_without_publication_date_a_year_alone_is_a_closed_past():
    assert arrest(day(date(2006, 1, 1), date(2006, 12, 31), "year"), None).value == "historical"


def test_past_tense_is_not_made_future_by_a_date_ahead():
    assert arrest(day(date(2020, 12, 1)), date(2020, 10, 2)).value is None


@pytest.mark.parametrize(
    ("lang", "text", "word", "expected"),
    [
        ("fr", "Israël doit retirer ses soldats de la ville.", "retirer", True),
        ("fr", "Le pape doit se rendre en Hongrie en septembre.", "rendre", False),
        ("fr", "Le ministre se rendra à Rabat lundi.", "rendra", False),
        ("en", "Israel must withdraw its soldiers from the town.", "withdraw", True),
        ("en", "The pope is due to visit Hungary in September.", "visit", False),
    ],
)
def test_duty_is_told_from_schedule(lang, text, word, expected):
    found = told("status", lang, text)
    tree, verb = found.at(word)
    assert is_obligation(tree, verb, found.pack) is expected


def test_reason_names_rule_and_words():
    text = told("status", "fr", "Le ministre n'a pas rencontré son homologue grec.")
    tree, trigger = text.at("rencontré")
    (reason,) = status_of(tree, trigger, trigger, pack=text.pack, when=None, published=None).reasons
    assert reason.rule == "fr/status/negator"
    assert reason.span is not None
    assert reason.span.of(text.document.text) == "pas"


def test_both_languages_have_the_same_keys():
    assert load_pack("fr").status.__class__ is load_pack("en").status.__class__


def test_unknown_key_stops_the_load(tmp_path):
    source = (load_pack("en").folder / "status.toml").read_text("utf-8")
    (tmp_path / "status.toml").write_text('wordz = ["x"]\n' + source, "utf-8")
    with pytest.raises(PackError, match="unknown wordz"):
        load_status(tmp_path)


def test_lemma_in_two_groups_stops_the_load(tmp_path):
    source = (load_pack("en").folder / "status.toml").read_text("utf-8")
    (tmp_path / "status.toml").write_text(source.replace('verbs = ["refuse",', 'verbs = ["hope", "refuse",'), "utf-8")
    with pytest.raises(PackError, match="'hope' is in"):
        load_status(tmp_path)
