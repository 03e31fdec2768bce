"""What people see: tables, labels and explanations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from dragoman.errors import InputError
from dragoman.faces import explain as explaining
from dragoman.faces import labels
from dragoman.faces.explain import explain
from dragoman.faces.table import around, show
from dragoman.model import Place, Span, When
from tests.faces.samples import CODING, EMPTY, SIGNED, TEXT, VISIT


def shown(call, *args, width=120, **more):
    console = Console(file=StringIO(), width=width)
    call(*args, console, **more)
    return console.file.getvalue()


def test_table_tells_who_did_what_when_and_where():
    table = shown(show, CODING, width=300)
    for words in ("(KEN GOV) → Kampala (UGA GOV)", "CONSULT/visit", "2024-05-02", "Kampala (UGA)", "communiqué"):
        assert words in table
    assert "KEN ally TZA" in table
    assert "first-since · CONSULT/visit · KEN → UGA · since 2012" in table
    assert "navigation" in table


def test_narrow_table_wraps_and_loses_nothing():
    lines = shown(show, CODING, width=72).splitlines()
    assert max(map(len, lines[2:12])) <= 72
    assert "Kampala" in " ".join(lines)


def test_no_event_is_said():
    assert "no event found" in shown(show, EMPTY)


def test_markup_in_a_text_is_not_obeyed():
    odd = replace(CODING, document=replace(CODING.document, title="[red]x[/red]"))
    assert "[red]x[/red]" in shown(show, odd)


def test_words_are_cut_about_the_trigger():
    cut = around(VISIT.evidence, VISIT.trigger, TEXT, room=12).plain
    assert cut.startswith("…")
    assert "rendue" in cut
    assert len(cut) < 45


@pytest.mark.parametrize(
    ("when", "label"),
    [
        (When(first=date(2006, 2, 1), last=date(2006, 2, 28), precision="month", basis="stated"), "2006-02"),
        (When(first=date(1997, 1, 1), last=date(1997, 12, 31), precision="year", basis="stated"), "1997"),
        (When(first=date(1997, 1, 1), last=date(1999, 1, 1), precision="interval", basis="stated"),
         "1997-01-01 – 1999-01-01"),
        (When(first=date(1997, 1, 1), last=date(1997, 1, 1), precision="day", basis="published"), "≈ 1997-01-01"),
        (None, ""),
    ],
)  # fmt: skip
def test_date_is_shown_as_precisely_as_it_is_known(when, label):
    assert labels.when_label(when) == label


def test_inferred_place_stands_in_brackets():
    assert (
        labels.place_label(Place(text=None, span=None, name="Kampala", country="UGA", stated=False))
        == "[Kampala (UGA)]"
    )


def test_explanation_names_rule_and_words_for_each_field():
    text = shown(explain, CODING, width=200, wanted="1")
    assert "“rendue”: these words mean: " in text
    assert "[fr/visit/se-rendre]" in text
    assert "reckoned from the words" in text
    assert "report 2" not in text


def test_explanation_can_be_asked_for_by_id():
    assert "SUPPORT" in shown(explain, CODING, wanted=SIGNED.id)


def test_report_that_is_not_there_is_said():
    with pytest.raises(InputError, match="it has 2, numbered from 1"):
        shown(explain, CODING, wanted="7")


def test_report_without_words_of_its_own_is_shown():
    assert "x" in around(Span(0, 5), Span(7, 9), "x23456789").plain


def test_rules_of_every_part_are_told_in_plain_words(coder):
    from tests.conftest import ROOT

    coding = coder((ROOT / "examples" / "visite.txt").read_text("utf-8"))
    rules = {reason.rule for report in coding.reports for reason in report.because}
    assert rules
    assert [rule for rule in rules if explaining.gloss_of(rule) is None] == []


def test_reason_on_a_party_stands_with_its_side(coder):
    coding = coder("La Norvège a condamné le Pérou.", lang="fr")
    told = shown(explain, coding, width=160)
    recipients = told.partition("recipients")[2].partition("when")[0]
    assert "“Pérou”" in recipients
    assert "“Norvège”" not in recipients
