"""What only the whole document tells: talks take the day of their visit; a standing tie is no event."""

from __future__ import annotations

from datetime import date

import dragoman


def test_talks_during_a_visit_take_its_day_and_say_so() -> None:
    text = (
        "Le ministre norvégien de la Défense s'est rendu mardi à Nairobi.\n\n"
        "Le ministre norvégien de la Défense s'est entretenu avec le président du Kenya."
    )
    coding = dragoman.code(text, "fr", date(2024, 5, 16))
    talks = next(r for r in coding.reports if r.mode is None and r.type == "CONSULT")
    assert talks.when is not None
    assert talks.when.first == date(2024, 5, 14)
    assert any(reason.rule == "document/during-the-visit" for reason in talks.because)


def test_talks_of_other_countries_do_not_take_the_day_of_a_visit() -> None:
    text = (
        "Le ministre norvégien de la Défense s'est rendu mardi à Nairobi.\n\n"
        "Le président du Chili s'est entretenu avec le président du Pérou."
    )
    coding = dragoman.code(text, "fr", date(2024, 5, 16))
    talks = next(r for r in coding.reports if {a.country for a in r.actors} == {"CHL"})
    assert talks.when is None


def test_a_standing_tie_is_a_relation_and_no_event() -> None:
    coding = dragoman.code("La Grèce et Chypre entretiennent un partenariat militaire avec Israël.", "fr")
    assert not [r for r in coding.reports if r.type == "COOPERATE"]
