"""Constructions, one sentence each: tests/cases/<lang>/events.tsv tells what must come out, and nothing else.

A case with a `gap` is known to fail, for the reason that stands there; when it passes, the test says so.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dragoman.model import Report
from dragoman.pipeline import code

CASES = Path(__file__).parent.parent / "cases"


def cases() -> list[object]:
    found = []
    for lang in ("fr", "en"):
        with (CASES / lang / "events.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                marks = [pytest.mark.xfail(reason=row["gap"], strict=True)] if row["gap"] else []
                name = f"{lang}-{row['construction']}"
                found.append(pytest.param(lang, row["sentence"], row["reports"], id=name, marks=marks))
    return found


def told(report: Report) -> tuple[str, str | None, str, frozenset[str], frozenset[str]]:
    left = {a.country for a in report.actors if a.country}
    right = {a.country for a in report.recipients if a.country}
    if report.reciprocal:
        left, right = left | right, set()
    return report.type, report.mode, report.status or "actual", frozenset(left), frozenset(right)


def matches(expected: str, report: Report) -> bool:
    """Whether a report is as "TYPE/mode status ACTORS > RECIPIENTS" says; an empty side is open, "-" is nobody."""
    head, status, *sides = expected.split(" ")
    kind, _, mode = head.partition("/")
    left, _, right = " ".join(sides).partition(">")
    found = told(report)
    if found[0] != kind or (mode and found[1] != mode) or found[2] != status:
        return False
    for wanted, side in ((left.strip(), found[3]), (right.strip(), found[4])):
        if wanted and (frozenset() if wanted == "-" else frozenset(wanted.split("+"))) != side:
            return False
    return True


@pytest.mark.parametrize(("lang", "sentence", "expected"), cases())
def test_each_construction_gives_its_reports_and_no_others(lang: str, sentence: str, expected: str) -> None:
    reports = code(sentence, lang).reports
    wanted = [] if expected == "-" else expected.split(" | ")
    assert len(reports) == len(wanted), [told(r) for r in reports]
    for one in wanted:
        assert any(matches(one, r) for r in reports), (one, [told(r) for r in reports])


@pytest.mark.parametrize(
    ("lang", "sentence", "country"),
    [
        ("fr", "Le Danemark a présenté ses excuses à l'Islande.", None),
        ("fr", "Le Portugal a rappelé son ambassadeur en Hongrie.", None),
        ("fr", "Le roi de Jordanie s'est rendu à Rabat.", "MAR"),
        ("fr", "Des manifestants libanais ont pris d'assaut l'ambassade de Norvège.", None),
        ("en", "Denmark apologised to Iceland.", None),
        ("en", "Jihadists fired rockets at Chad.", None),
        ("en", "The king of Jordan travelled to Rabat.", "MAR"),
    ],
)
def test_a_recipients_ground_is_no_place_but_the_goal_of_a_journey_is(lang, sentence, country):
    place = code(sentence, lang).reports[0].place
    assert (place.country if place and place.stated else None) == country


def test_the_agent_of_a_passive_is_found_behind_what_was_asked_for():
    report = code("La Bolivie a été exhortée à dialoguer par l'Équateur.", "fr").reports[0]
    assert told(report)[3:] == (frozenset({"ECU"}), frozenset({"BOL"}))


def test_what_is_planned_is_told_by_a_unit_that_fits():
    report = code("La Norvège a promis de reconnaître la Palestine.", "fr").reports[0]
    assert (report.type, report.planned) == ("AGREE", "SUPPORT")


@pytest.mark.parametrize(
    ("lang", "sentence", "country"),
    [
        ("fr", "Le Botswana a arrêté des militants zambiens.", "ZMB"),
        ("en", "A Japanese court sentenced a Chilean to death.", "CHL"),
    ],
)
def test_whom_it_happened_to_is_found_where_the_parser_errs(lang, sentence, country):
    assert [a.country for a in code(sentence, lang).reports[0].recipients] == [country]
