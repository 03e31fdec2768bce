"""Towns that share a name: the one in a land that the sentence or the page names."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("text", "lang", "town", "country"),
    [
        ("Emmanuel Macron s'est rendu mardi à Bayonne.", "fr", "Bayonne", "FRA"),
        ("Joe Biden s'est rendu mardi à Bayonne.", "fr", "Bayonne", "USA"),
        ("Emmanuel Macron s'est rendu à Saint-Martin.", "fr", "St. Martin", "FRA"),
        ("Le ministre péruvien s'est rendu à Vienne.", "fr", "Vienna", "AUT"),
        ("Peru's president arrived in London, Ontario, on Friday.", "en", "London", "CAN"),
        ("Peru's president arrived in London on Friday.", "en", "London", "GBR"),
        ("Canada's prime minister visited Paris on Friday.", "en", "Paris", "FRA"),
    ],
)
def test_a_town_lies_in_the_land_that_is_spoken_of(coder, text, lang, town, country):
    places = {(r.place.name, r.place.country) for r in coder(text, lang, date(2021, 7, 8)).reports if r.place}
    assert (town, country) in places


def test_a_list_of_places_moves_no_town(coder):
    text = "Le ministre péruvien s'est rendu à Naplouse, à Gaza et à Oslo."
    countries = {a.country for r in coder(text, "fr", date(2021, 7, 8)).reports for a in r.recipients}
    assert "NOR" in countries
