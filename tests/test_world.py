"""What the world's names mean: countries, places, actors, offices and who held them."""

import gc
import time
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import PackError
from dragoman.world import DATA, PACKS, World, fold, load_world


@pytest.fixture(scope="module")
def fr() -> World:
    return load_world("fr")


@pytest.fixture(scope="module")
def en() -> World:
    return load_world("en")


def found(world: World, sentence: str, day: date | None = None) -> list[tuple[str, str, str | None]]:
    """(words, kind, country) of the best candidate of each name found."""
    words = sentence.split()
    return [(" ".join(words[i:j]), es[0].kind, es[0].country) for i, j, es in world.find(words, day)]


def table(path: Path) -> list[dict[str, str]]:
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    return [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]


# -- the tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["countries", "organisations", "groups", "regions", "places", "seats", "offices"])
def test_no_id_stands_twice(name: str) -> None:
    ids = [row["id"] for row in table(DATA / f"{name}.tsv")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sovereign_country_has_a_name_and_an_adjective(lang: str) -> None:
    words = {row["id"]: row for row in table(PACKS / lang / "countries.tsv")}
    for row in table(DATA / "countries.tsv"):
        assert words[row["id"]]["names"], row["id"]
        if row["id"] == row["actor"] and row["id"] != "ATA":
            assert words[row["id"]]["adjectives"], row["id"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_register_has_no_impossible_dates_and_no_doubled_persons(lang: str) -> None:
    problems = load_world(lang).check()
    assert not [p for p in problems if "overlaps" not in p]


def test_terms_of_one_office_overlap_only_where_it_was_disputed_or_shared(fr: World) -> None:
    overlaps = [p for p in fr.check() if "overlaps" in p]
    assert len(overlaps) <= 13, overlaps


def test_every_actor_has_a_sector_known_to_plover_and_a_known_country(fr: World) -> None:
    sectors = {row["sector"] for row in table(DATA / "plover" / "sectors.tsv")}
    for name in ("organisations", "groups", "regions", "places", "seats"):
        for row in table(DATA / f"{name}.tsv"):
            assert set(filter(None, row["sectors"].split("|"))) <= sectors, row["id"]
            assert not row["country"] or row["country"].startswith("R-") or fr.country(row["country"]) or (
                row["country"] in {"IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM"}
            ), row["id"]  # fmt: skip


def test_the_tables_are_as_rich_as_promised() -> None:
    assert len(table(DATA / "holders.tsv")) >= 4500
    assert len(table(DATA / "organisations.tsv")) >= 400
    assert len(table(DATA / "groups.tsv")) >= 600
    assert len(table(DATA / "regions.tsv")) + len(table(DATA / "places.tsv")) >= 700
    assert len(table(DATA / "seats.tsv")) >= 140


def test_the_lookup_is_made_from_the_tables_that_lie_beside_it() -> None:
    names = (DATA / "lookup.tsv").read_text("utf-8").split("\n\n")[0].split("\n")
    rows = {name: (DATA / f"{name}.tsv").read_text("utf-8").split("\n") for name in ("cities", "officials")}
    for line in names[:: len(names) // 500]:
        key, places = line.split("\t")
        for place in places.split():
            row = rows["officials" if place[0] == "o" else "cities"][int(place[1:])]
            assert key in [k.lstrip("^~") for k in row.split("\t")[0].split("|")], line


def test_an_unknown_language_has_no_world() -> None:
    with pytest.raises((PackError, FileNotFoundError)):
        load_world("xx")


# -- names in sentences --------------------------------------------------------------------------------------


def test_country_capital_and_person_are_found(fr: World) -> None:
    assert found(fr, "Mark Esper a quitté Alger pour les Etats-Unis") == [
        ("Mark Esper", "person", "USA"),
        ("Alger", "capital", "DZA"),
        ("Etats-Unis", "country", "USA"),
    ]


@pytest.mark.parametrize("written", ["Etats-Unis", "ETATS-UNIS", "États-Unis", "Etats - Unis"])
def test_hyphens_accents_and_capitals_do_not_matter_to_a_country(fr: World, written: str) -> None:
    assert [c for *_, c in found(fr, f"il quitte les {written} demain")] == ["USA"]


def test_names_of_several_words_are_taken_whole(fr: World) -> None:
    assert found(fr, "la Côte d' Ivoire et la Corée du Nord") == [
        ("Côte d' Ivoire", "country", "CIV"),
        ("Corée du Nord", "country", "PRK"),
    ]


def test_contracted_forms_that_were_split_are_found_too(fr: World) -> None:
    assert found(fr, "la Corée de le Nord tire") == [("Corée de le Nord", "country", "PRK")]


def test_compounds_give_both_countries_in_order(fr: World, en: World) -> None:
    assert [c for *_, c in found(fr, "un sommet franco-allemand")] == ["FRA", "DEU"]
    assert [c for *_, c in found(fr, "le pacte germano-russe")] == ["DEU", "RUS"]
    assert [c for *_, c in found(fr, "la rivalité sino-américaine")] == ["CHN", "USA"]
    assert [c for *_, c in found(en, "the US-Russian talks")] == ["USA", "RUS"]
    assert [c for *_, c in found(en, "a Franco-German summit")] == ["FRA", "DEU"]


def test_a_combining_form_alone_is_no_country(fr: World) -> None:
    assert found(fr, "un accent franco et rien") == []


def test_who_is_for_or_against_a_country_is_not_of_it(fr: World, en: World) -> None:
    assert found(fr, "les milices pro-iraniennes") == []
    assert found(en, "the Iran-backed militia") == []


@pytest.mark.parametrize("form", ["algérien", "algérienne", "algériens", "algériennes"])
def test_adjectives_are_found_in_all_their_forms(fr: World, form: str) -> None:
    assert found(fr, f"un {form} parle") == [(form, "adjective", "DZA")]


def test_an_inhabitant_has_a_capital_in_french(fr: World) -> None:
    assert found(fr, "les Algériens votent") == [("Algériens", "inhabitant", "DZA")]


def test_capitals_tell_a_country_from_a_thing(en: World) -> None:
    assert found(en, "we polish the china and eat turkey") == []
    assert found(en, "a Polish envoy left Turkey") == [("Polish", "adjective", "POL"), ("Turkey", "country", "TUR")]


def test_former_states_act_as_their_successors(fr: World, en: World) -> None:
    assert {c for *_, c in found(en, "the USSR and the Soviet Union")} == {"RUS"}
    assert [c for *_, c in found(fr, "le Zaïre de Mobutu")] == ["COD", "COD"]


def test_a_dependency_acts_as_the_state_that_rules_it(en: World) -> None:
    assert [c for *_, c in found(en, "talks in Bermuda")] == ["GBR"]


def test_seats_of_power_carry_their_sector(fr: World, en: World) -> None:
    for words, country, sector in [
        ("le Kremlin", "RUS", "GOV"),
        ("la Knesset", "ISR", "LEG"),
        ("El Mouradia", "DZA", "GOV"),
    ]:
        entry = fr.find(words.split())[0][2][0]
        assert (entry.country, entry.sectors[0]) == (country, sector)
    assert en.find(["the", "Pentagon"])[0][2][0].sectors[0] == "MIL"


def test_the_talibans_sector_depends_on_the_day(en: World) -> None:
    for day, sector in [(date(2020, 1, 1), "REB"), (date(2022, 1, 1), "GOV")]:
        assert en.find(["the", "Taliban", "said"], day)[0][2][0].sectors == (sector,)


def test_a_small_town_inside_a_strangers_name_is_not_found(fr: World, en: World) -> None:
    assert found(fr, "il a vu hier soir Juan Lopez") == []
    assert found(en, "a friend of Michael Jordan came") == []


def test_a_surname_after_a_strangers_given_name_is_not_found(en: World) -> None:
    assert found(en, "the singer Norman Putin sang") == []
    assert found(en, "then Mr Putin sang") == [("Putin", "person", "RUS")]


def test_a_surname_that_is_a_word_needs_a_title(en: World) -> None:
    assert found(en, "perhaps May was warm") == []
    assert found(en, "then Mrs May spoke") == [("May", "person", "GBR")]


def test_who_has_left_office_is_of_the_elite(en: World) -> None:
    day = date(2024, 6, 1)
    assert en.find(["Angela", "Merkel"], day)[0][2][0].sectors == ("ELI",)
    assert en.find(["Angela", "Merkel"], date(2015, 6, 1))[0][2][0].sectors == ("GOV",)


def test_of_two_bearers_of_a_surname_the_one_in_office_comes_first(fr: World) -> None:
    assert fr.find(["Bush", "arrive"], date(1990, 8, 2))[0][2][0].name == "George H. W. Bush"
    assert fr.find(["Bush", "arrive"], date(2003, 3, 20))[0][2][0].name == "George W. Bush"


def test_nothing_is_found_in_nothing(fr: World) -> None:
    assert fr.find([]) == []
    assert fr.find(["", "-", "…", "  "]) == []


# -- offices and holders -------------------------------------------------------------------------------------


def test_mark_esper_was_defence_secretary_on_the_first_of_october_2020(fr: World) -> None:
    day = date(2020, 10, 1)
    assert [h.name for h in fr.holders("defence", "USA", day)] == ["Mark Esper"]
    assert fr.person("Esper", day)[0].office == "defence"


def test_what_is_not_known_is_not_guessed(fr: World) -> None:
    assert fr.holders("defence", "TUV", date(2020, 10, 1)) == ()
    assert fr.person("Nobody Atall") == ()


@pytest.mark.parametrize(
    ("office", "country", "day", "name"),
    [
        ("head-of-state", "FRA", date(1995, 5, 20), "Jacques Chirac"),
        ("head-of-state", "DZA", date(2020, 10, 1), "Abdelmadjid Tebboune"),
        ("foreign", "RUS", date(2014, 3, 1), "Sergei Lavrov"),
        ("head-of-government", "GBR", date(2022, 10, 1), "Liz Truss"),
        ("un-sg", "UNO", date(2003, 3, 1), "Kofi Annan"),
    ],
)
def test_holders_by_day(en: World, office: str, country: str, day: date, name: str) -> None:
    assert [h.name for h in en.holders(office, country, day)] == [name]


@pytest.mark.parametrize(
    ("words", "country", "office"),
    [
        (["ministre", "affaire", "étranger"], "DZA", "foreign"),
        (["ministre", "américain", "défense"], "USA", "defence"),
        (["secrétaire", "défense"], "USA", "defence"),
        (["chef", "diplomatie"], "FRA", "foreign"),
        (["porte-parole", "maison", "blanche"], "USA", "spokesperson"),
    ],
)
def test_french_phrases_name_offices(fr: World, words: list[str], country: str, office: str) -> None:
    named = fr.office(words, country)
    assert named is not None
    assert named.id == office


def test_a_phrase_of_one_country_says_nothing_of_another(en: World) -> None:
    usa, india = en.office(["secretary", "state"], "USA"), en.office(["secretary", "state"], "IND")
    assert usa is not None
    assert usa.id == "foreign"
    assert india is None or india.id != "foreign"


# -- places --------------------------------------------------------------------------------------------------


def test_a_place_is_the_largest_of_its_name_unless_the_country_is_told(en: World) -> None:
    large, near = en.place("Tripoli"), en.place("Tripoli", "LBN")
    assert large is not None
    assert near is not None
    assert (large.country, near.country) == ("LBY", "LBN")


def test_french_names_of_foreign_towns_are_known(fr: World) -> None:
    town = fr.place("Marioupol")
    assert town is not None
    assert (town.country, town.geonames is not None, round(town.lat or 0)) == ("UKR", True, 47)


# -- the user's own actors -----------------------------------------------------------------------------------


def test_users_add_their_own_actors(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("names\tcountry\tsectors\nFront de la Lune|FDL\tMLI\tREB\n", "utf-8")
    (tmp_path / "more.toml").write_text('[[actor]]\nnames = ["Ligue des Marées"]\ncountry = "IGO"\n', "utf-8")
    world = load_world("fr", extra=[tmp_path / "mine.tsv", tmp_path / "more.toml"])
    assert found(world, "le FDL rejoint la Ligue des Marées") == [
        ("FDL", "organisation", "MLI"),
        ("Ligue des Marées", "organisation", "IGO"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("names\tland\nX\tMLI\n", "unknown column 'land'"),
        ("names\tcountry\nX\tQQQ\n", "unknown country 'QQQ'"),
        ("names\tfirst\nX\tyesterday\n", "yesterday"),
        ("names\tcountry\nX\tMLI\tREB\n", "3 columns, the header has 2"),
    ],
)
def test_a_wrong_actor_is_told_with_file_and_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError, match="line 2") as raised:
        load_world("fr", extra=[path])
    assert problem in str(raised.value)
    assert str(path) in str(raised.value)


# -- speed ---------------------------------------------------------------------------------------------------


def test_finding_names_costs_little_beside_plain_work(fr: World) -> None:
    """A ratio, since machines differ: finding costs less than sixty times a plain walk over the words."""
    sentence = "Le ministre américain de la Défense est arrivé jeudi à Alger , selon Moscou et le Kremlin ."
    words = sentence.split()
    gc.collect()

    def cost(work: object, times: int) -> float:
        start = time.process_time()
        for _ in range(times):
            work()  # type: ignore[operator]
        return (time.process_time() - start) / times

    plain = min(cost(lambda: [w.lower() for w in words], 2000) for _ in range(5))
    find = min(cost(lambda: fr.find(words), 400) for _ in range(5))
    assert find < 60 * plain


def test_folding_drops_accents_full_stops_and_joiners() -> None:
    assert fold("Côte d’Ivoire") == "cote d ivoire"
    assert fold("U.S.") == "us"
    assert fold("Œuvre Łódź-Đà") == "oeuvre lodz da"


def test_another_spelling_of_a_full_name_is_understood(en: World) -> None:
    day = date(2024, 10, 1)
    for words, name in [("Muhammed Yunus", "Muhammad Yunus"), ("Recep Tayip Erdogan", "Recep Tayyip Erdogan")]:
        matches = en.find(f"then {words} spoke".split(), day)
        assert [(i, j, es[0].name) for i, j, es in matches] == [(1, 1 + len(words.split()), name)]
    assert found(en, "then Muhammad Hamed spoke") == []
