"""`dragoman world`: questions to the register of office-holders, its check, and the importers that fill it."""

import bz2
import gzip
import json
import sys
from datetime import date

import pytest

from dragoman.errors import InputError, PackError
from dragoman.faces.cli import main
from dragoman.pack import languages
from dragoman.world import DATA, load_world
from dragoman.world.ask import as_record, country_of, dates_of, office_of, person, resolver, who
from dragoman.world.imports import Account, write
from dragoman.world.petrarch import actors as petrarch
from dragoman.world.petrarch import day, name_of, records, split_code
from dragoman.world.wikidata import actors as wikidata


def run(capsys, *words):
    """(exit code, stdout, stderr) of a command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["dragoman", *words])
        code = main()
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture(scope="module")
def worlds():
    return [load_world(lang) for lang in languages()]


# -- who ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("office", "country"),
    [
        ("ministre de la Défense", "USA"),
        ("defense minister", "États-Unis"),
        ("defence", "United States"),
        ("Secretary of Defense", "usa"),
    ],
)
def test_who_takes_phrases_of_any_language_and_names_of_countries(worlds, office, country):
    answer = who(worlds, office, country, "2020-10-01")
    assert [h.name for h in answer.holders] == ["Mark Esper"]


def test_who_says_what_is_not_known_and_who_came_before_and_after(worlds):
    answer = who(worlds, "defence", "TUV", "2020-10-01")
    assert (answer.holders, answer.before, answer.after) == ((), None, None)
    answer = who(worlds, "head-of-government", "FRA", "1800-01-01")
    assert answer.holders == ()
    assert answer.after is not None


def test_a_king_answers_for_the_head_of_state(worlds):
    assert who(worlds, "chef de l'État", "Norvège", "2020").holders[0].name == "Harald V"
    assert len(who(worlds, "head-of-state", "SMR", "2020-11-05").holders) == 2


def test_a_month_or_year_gives_all_who_held_the_office_in_it(worlds):
    names = [h.name for h in who(worlds, "head-of-government", "GBR", "2022").holders]
    assert names == ["Boris Johnson", "Liz Truss", "Rishi Sunak"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda w: office_of(w, "ministre de la Défanse"), "ministre defense"),
        (lambda w: country_of(w, "Kenia"), "did you mean"),
        (lambda w: country_of(w, "Qwxyz"), "no such country"),
        (lambda w: person(w, "Sergei Lavrof"), "did you mean sergei lavrov"),
        (lambda w: who(w, "foreign", "KEN", "last week"), "2020-10-01"),
        (lambda w: who(w, "foreign", "KEN", "2020-13"), "2020-10-01"),
    ],
)
def test_a_wrong_question_is_told_with_what_comes_near(worlds, call, told):
    with pytest.raises(InputError, match=told):
        call(worlds)


def test_dates_are_told_as_precisely_as_they_are_known(worlds):
    for office, country in (("defence", "USA"), ("foreign", "DZA")):
        for h in who(worlds, office, country).holders:
            first, _ = dates_of(h)
            assert first is None or len(first) == {"day": 10, "month": 7, "year": 4}[h.precision]
    assert as_record(who(worlds, "defence", "USA", "2020-10-01").holders[0])["last"] == "2020-11-09"


# -- the command -------------------------------------------------------------------------------------------------


def test_the_command_names_mark_esper(capsys):
    code, out, _ = run(capsys, "world", "who", "ministre de la Défense", "USA", "2020-10-01")
    assert code == 0
    assert out.startswith("Mark Esper: defence minister, USA, 2019-07-23 to 2020-11-09")
    code, out, _ = run(capsys, "world", "who", "defence", "TUV", "2020", "--json")
    assert code == 1
    assert json.loads(out)["known"] is False


def test_the_command_tells_a_persons_offices(capsys):
    code, out, _ = run(capsys, "world", "person", "Mark Esper", "2020-10-01")
    assert (code, out.count("\n")) == (0, 1)


def test_the_register_has_no_errors_and_no_unexplained_overlap(capsys):
    code, out, _ = run(capsys, "world", "check", "--json")
    found = json.loads(out)
    assert (code, found["errors"]) == (0, 0)
    assert [p["text"] for p in found["problems"] if p["kind"] == "overlap"] == []


def test_the_check_can_be_kept_to_one_country(capsys):
    code, out, _ = run(capsys, "world", "check", "--country", "Kenya", "--json")
    assert code == 0
    assert {p["country"] for p in json.loads(out)["problems"]} <= {"KEN"}


def test_the_check_finds_what_is_wrong_in_the_users_table(capsys, tmp_path):
    mine = tmp_path / "mine.tsv"
    mine.write_text(
        "names\tkind\tcountry\toffice\tfirst\tlast\n"
        "Ada Moss\tperson\tTUV\tdefence\t2004\t2002\n"
        "Bo Reed\tperson\tTUV\tcentral-bank\t2001-01-01\t2004-01-01\n"
        "Cy Hill\tperson\tTUV\tcentral-bank\t2002-01-01\t2003-01-01\n"
        "Di Lake\tperson\tTUV\tcentral-bank\t2008-01-01\t\n",
        "utf-8",
    )
    code, out, _ = run(capsys, "world", "check", "--actors", str(mine), "--country", "TUV")
    assert code == 1
    assert "dates: 1 errors" in out
    assert "overlap: 1 notes" in out
    assert "nobody between Bo Reed (to 2004-01-01) and Di Lake (from 2008-01-01)" in out


# -- PETRARCH ----------------------------------------------------------------------------------------------------

DICTIONARY = """# a comment
ADA_MOSS_  ; a minister
+ADA_B._MOSS_
\t[KENGOV 990304-20040531]
\t[KENELI >040601]
\t[KENOPP]
MOON_FRONT_ [PERREB]
+MF_
OLD_TOWN_ [KEN]
NOBODY_
STRANGE_ONE_ [XYZGOV 990101-000101]
BROKEN_ONE_ [KENGOV >19990
"""


def test_dated_codes_two_and_four_digit_years_and_synonyms_are_read(tmp_path, worlds):
    path = tmp_path / "actors.txt"
    path.write_text(DICTIONARY, "utf-8")
    account = Account()
    rows = list(petrarch(path, {"KEN", "PER"}, account))
    assert [(r["names"], r["country"], r["sectors"], r["first"], r["last"], r["kind"]) for r in rows] == [
        ("Ada Moss|Ada B. Moss", "KEN", "GOV", "1999-03", "2004-05", "person"),
        ("Ada Moss|Ada B. Moss", "KEN", "ELI", "2004-06", "", "person"),
        ("Moon Front|MF", "PER", "REB", "", "", "organisation"),
    ]
    assert dict(account.skipped) == {
        "a person's code without dates": 1,
        "a country, town or role without a sector of PLOVER": 1,
        "no code": 2,
        "a code without a country or group known here": 1,
        "a code that cannot be read": 1,
    }
    assert account.places["a code that cannot be read"] == ["line 12: [KENGOV >19990"]


def test_the_pivot_decides_the_century():
    assert [day("140131"), day("150131"), day("150131", pivot=50), day("20150131")] == [
        "2014-01",
        "1915-01",
        "2015-01",
        "2015-01",
    ]
    assert day("990000") == "1999"


def test_a_limit_on_one_side_only_is_kept():
    record = next(iter(records(["X_Y_ [KENGOV <010101]", "\t[KENELI >010102]"])))
    assert [(c.first, c.last) for c in record.codes] == [("", "2001-01"), ("2001-01", "")]


def test_names_and_codes_are_put_as_people_write_them():
    assert [name_of(n) for n in ("SERGEY_V._LAVROV_", "IRA_", "ANNA__DOS_SANTOS-MAR")] == [
        "Sergey V. Lavrov",
        "IRA",
        "Anna dos Santos-Mar",
    ]
    assert split_code("IMGMOSREB", set()) == ("IMG", ("REB",))
    assert split_code("QQQGOV", {"KEN"}) == (None, ("GOV",))


def test_an_imported_table_can_be_used_as_actors(tmp_path, worlds):
    source, out = tmp_path / "actors.txt", tmp_path / "actors.tsv"
    source.write_text(DICTIONARY, "utf-8")
    account = Account()
    with out.open("w", encoding="utf-8") as stream:
        write(petrarch(source, {"KEN", "PER"}, account), stream, account)
    assert account.taken == 3
    world = load_world("en", extra=[out])
    for when, sector in ((date(2000, 1, 1), "GOV"), (date(2006, 1, 1), "ELI")):
        assert world.find(["then", "Ada", "Moss", "spoke"], when)[0][2][0].sectors == (sector,)
    assert world.find(["the", "Moon", "Front"])[0][2][0].country == "PER"


# -- Wikidata ----------------------------------------------------------------------------------------------------


def snak(value):
    return {"datavalue": {"value": value}}


def item(id):
    return snak({"id": id})


def time(text, precision):
    return snak({"time": text, "precision": precision})


def entity(id, label, claims):
    return {"id": id, "type": "item", "labels": {"en": {"value": label}}, "claims": claims}


def held(position, first=None, last=None, **more):
    qualifiers = {"P580": [time(*first)] if first else [], "P582": [time(*last)] if last else []}
    return {"mainsnak": item(position), "qualifiers": qualifiers} | more


DUMP = [
    entity("Q1", "Ada Moss", {"P39": [
        held("Q90", ("+2001-03-05T00:00:00Z", 11), ("+2004-00-00T00:00:00Z", 9)),
        held("Q91", ("+2005-01-01T00:00:00Z", 11)),
        held("Q90"),
        held("Q90", ("+2007-01-01T00:00:00Z", 11), rank="deprecated"),
    ]}),
    entity("Q90", "Minister of Defence of Kenya", {"P1001": [{"mainsnak": item("Q80")}]}),
    entity("Q91", "Keeper of the Seal of Kenya", {"P1001": [{"mainsnak": item("Q80")}]}),
    entity("Q80", "Kenya", {"P298": [{"mainsnak": snak("KEN")}]}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "opener"), [("d.json", open), ("d.json.gz", gzip.open), ("d.json.bz2", bz2.open)])
def test_a_dump_is_read_plain_and_packed(tmp_path, worlds, name, opener):
    path = tmp_path / name
    with opener(path, "wt", encoding="utf-8") as stream:
        stream.write("[\n" + ",\n".join(json.dumps(e) for e in DUMP) + ",\n{broken\n]\n")
    account = Account()
    rows = list(wikidata(path, resolver(worlds), account))
    columns = ("names", "office", "country", "first", "last", "precision", "wikidata")
    assert [tuple(r[c] for c in columns) for r in rows] == [
        ("Ada Moss", "defence", "KEN", "2001-03-05", "2004", "year", "Q1")
    ]
    assert set(account.skipped.values()) == {1}
    assert account.places["a line that is no entity in JSON"] == ["line 6"]
    assert len(account.skipped) == 4


QUERY = {
    "head": {"vars": ["person", "personLabel"]},
    "results": {"bindings": [
        {"person": {"value": "http://www.wikidata.org/entity/Q1"}, "personLabel": {"value": "Ada Moss"},
         "positionLabel": {"value": "Foreign Minister"}, "countryCode": {"value": "PER"},
         "start": {"value": "2001-03-05T00:00:00Z"}, "startPrecision": {"value": "10"}},
        {"person": {"value": "http://www.wikidata.org/entity/Q2"}, "personLabel": {"value": "Bo Reed"},
         "positionLabel": {"value": "Keeper of the Seal"}, "countryCode": {"value": "PER"}},
    ]},
}  # fmt: skip


@pytest.mark.parametrize("flat", [False, True])
def test_a_querys_result_is_read_row_by_row(tmp_path, worlds, flat):
    path = tmp_path / "result.json"
    rows = QUERY["results"]["bindings"]
    path.write_text(json.dumps([{k: v["value"] for k, v in r.items()} for r in rows] if flat else QUERY), "utf-8")
    account = Account()
    found = list(wikidata(path, resolver(worlds), account))
    assert [(r["names"], r["office"], r["first"], r["precision"]) for r in found] == [
        ("Ada Moss", "foreign", "2001-03", "month")
    ]
    assert account.places["an office or country that is not known here"] == ["row 2: Bo Reed, Keeper of the Seal"]


def test_a_broken_result_is_told(tmp_path, worlds):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(QUERY)[:-60], "utf-8")
    with pytest.raises(InputError, match="breaks off"):
        list(wikidata(path, resolver(worlds), Account()))


def test_the_import_commands_write_a_table_and_an_account(capsys, tmp_path):
    source, out = tmp_path / "actors.txt", tmp_path / "actors.tsv"
    source.write_text(DICTIONARY, "utf-8")
    code, _, err = run(capsys, "world", "import", "petrarch", str(source), "-o", str(out))
    assert code == 0
    assert "3 rows taken, 6 skipped" in err
    assert len(out.read_text("utf-8").splitlines()) == 4
    code, _, err = run(capsys, "world", "import", "wikidata", str(source), "-o", str(tmp_path / "no.tsv"))
    assert code == 2
    assert not (tmp_path / "no.tsv").exists()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Ada Moss\tperson\tKEN\tking of the hill\t", "unknown office"),
        ("Ada Moss\tperson\t\tdefence\t", "needs a country"),
        ("Ada Moss\tperson\tKEN\tdefence\tcentury", "unknown precision"),
    ],
)
def test_a_wrong_term_of_the_users_is_told_with_its_line(tmp_path, row, problem):
    path = tmp_path / "mine.tsv"
    path.write_text(f"names\tkind\tcountry\toffice\tprecision\n{row}\n", "utf-8")
    with pytest.raises(PackError, match=f"line 2.*{problem}"):
        load_world("en", extra=[path])


def test_each_shared_office_says_why():
    lines = (DATA / "shared_offices.tsv").read_text("utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert all(len(line.split("\t")) == 5 and line.split("\t")[4] for line in lines[1:])
