"""The register of office-holders beside REIGN's register of leaders."""

from datetime import date

import pytest
from tools.score_leaders import Person, Term, compare, explanations, likeness, persons, register


def term(name, first, last, office="head-of-state", **more):
    days = {"first": (first, first), "last": (last, last)}
    return Term(name=name, country="PER", office=office, **days, **more)


def test_leaders_agree_in_98_percent_and_every_difference_is_explained(shared):
    ours, explained = persons(), explanations()
    verdicts = {
        key: compare(row, ours.get(row.country, []))[0]
        for key, row in register(shared / "registers/reign/leaderlist_3_21.csv", since=1990)
    }
    differ = {key for key, verdict in verdicts.items() if not verdict.startswith("agrees")}
    assert len(verdicts) == 1459
    assert len(differ) <= 29
    assert differ <= set(explained)


@pytest.mark.parametrize(
    ("name", "ours", "alike"),
    [
        ("Qaddafi", "Muammar Gaddafi", True),
        ("Komisic", "Komsic", True),
        ("Lyonpo Yeshey Zimba", "Yeshey Zimba", True),
        ("Papandreou", "George Papandreou", True),
        ("Adams", "George Papandreou", False),
    ],
)
def test_names_are_compared_across_spellings(name, ours, alike):
    assert likeness(name, (ours,)) is alike


def test_a_stand_in_cuts_a_term_and_another_office_does_not():
    leader = Person(names=("Ana Sol",), terms=(term("Ana Sol", date(2001, 1, 1), date(2005, 1, 1)),))
    asked = term("Sol", date(2001, 1, 1), date(2003, 1, 1))

    def beside(office):
        other = term("Luis Mar", date(2003, 1, 5), date(2003, 6, 1), office=office)
        return compare(asked, [leader, Person(names=("Luis Mar",), terms=(other,))])[0]

    assert beside("acting-leader") == "agrees with a stand-in"
    assert beside("head-of-government") == "dates"
