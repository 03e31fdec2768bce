"""Registers of visits: the State Department's XML and a table of one's own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.relations.registers import REGISTERS, Register, read_csv, read_state
from dragoman.relations.visits import find, unite

TRIP = """    <trip role="{role}" who="{who}">
        <id>{id}</id>
        <role>{role}</role>
        <name>{name}</name>
        <start-date>{first}</start-date>
        <end-date>{last}</end-date>
        <country id="{country}">{country_name}</country>
        <locale>{locale}</locale>
        <remarks>{remarks}</remarks>
        <last-modified-datetime>2014-06-10T10:38:12.81-04:00</last-modified-datetime>
    </trip>
"""
PLAIN = {
    "role": "secretary", "who": "kerry-john-forbes", "id": "1", "name": "John Forbes Kerry", "first": "2014-04-03",
    "last": "2014-04-04", "country": "norway", "country_name": "Norway", "locale": "Oslo", "remarks": "Official visit.",
}  # fmt: skip


def trips(folder: Path, *told: dict[str, str]) -> Path:
    """A file of trips that differ from a plain one as told."""
    path = folder / "kerry.xml"
    body = "".join(TRIP.format(**{**PLAIN, **one}) for one in told)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<trips>\n{body}</trips>\n', "utf-8")
    return path


def one(folder: Path, **told: str):
    """The visit of one trip."""
    (visit,) = read_state(trips(folder, told)).visits
    return visit


def rules(visit) -> set[str]:
    return {reason.rule for reason in visit.because}


def test_a_trip_becomes_a_visit_with_days_place_and_source(tmp_path):
    visit = one(tmp_path)
    assert (visit.visitor.name, visit.visitor.country, visit.visitor.office) == ("John Kerry", "USA", "foreign")
    assert visit.visitor.text == "John Forbes Kerry"
    assert (visit.host, visit.place) == ("NOR", "Oslo")
    assert (visit.first, visit.last, visit.precision, visit.ended) == (date(2014, 4, 3), date(2014, 4, 4), "day", True)
    (backing,) = visit.backing
    assert (backing.kind, backing.name, backing.document) == ("register", "state-travels", "1")
    assert backing.url == "https://history.state.gov/departmenthistory/travels/secretary/kerry-john-forbes"
    assert visit.status is None


def test_a_president_holds_the_highest_office_and_is_named_as_our_tables_name_him(tmp_path):
    visit = one(tmp_path, role="president", who="clinton-william-j", name="William J. Clinton", first="1999-11-01",
                last="1999-11-02")  # fmt: skip
    assert (visit.visitor.name, visit.visitor.office) == ("Bill Clinton", "head-of-state")


def test_who_is_not_in_our_tables_keeps_the_registers_name_without_what_stands_in_brackets(tmp_path):
    visit = one(tmp_path, who="kissinger-henry-a", name="Henry A. (Heinz Alfred) Kissinger", first="1974-03-24",
                last="1974-03-28")  # fmt: skip
    assert visit.visitor.name == "Henry A. Kissinger"
    assert "register/name-as-told" in rules(visit)


def test_two_presidents_of_one_surname_are_told_apart_by_their_days(tmp_path):
    visit = one(tmp_path, role="president", who="bush-george-h-w", name="George H.W. Bush", first="1990-11-17",
                last="1990-11-17")  # fmt: skip
    assert visit.visitor.name == "George H. W. Bush"


def test_a_trip_that_stands_twice_is_one_visit_that_names_both_entries(tmp_path):
    again = {"id": "7", "remarks": "Met with Prime Minister Solberg."}
    register = read_state(trips(tmp_path, {}, again))
    (visit,) = register.visits
    assert [b.document for b in visit.backing] == ["1", "7"]
    assert visit.purpose == "Official visit. Met with Prime Minister Solberg."
    assert "register/stands-twice" in rules(visit)
    assert (register.account.read, register.account.kept, register.account.doubled) == (2, 1, 1)


def test_where_two_entries_of_one_trip_differ_in_the_last_day_the_later_counts(tmp_path):
    (visit,) = read_state(trips(tmp_path, {}, {"id": "7", "last": "2014-04-05"})).visits
    assert visit.last == date(2014, 4, 5)
    assert "register/two-last-days" in rules(visit)


def test_two_towns_on_one_day_are_two_entries(tmp_path):
    register = read_state(trips(tmp_path, {}, {"id": "7", "locale": "Bergen"}))
    assert (len(register.visits), register.account.doubled) == (2, 0)


@pytest.mark.parametrize(
    ("id", "name", "host"),
    [
        ("antarctica", "Antarctica", "ATA"),
        ("czechoslovakia", "Czechoslovakia", "CZE"),
        ("russia", "U.S.S.R.", "RUS"),
        ("german-democratic-republic", "German Democratic Republic", "DEU"),
        ("germany", "Germany, Federal Republic of", "DEU"),
        ("yugoslavia", "Yugoslavia", "SRB"),
        ("kosovo", "Yugoslavia (Kosovo)", "KOS"),
        ("holy-see", "Vatican City", "VAT"),
        ("palestinian-authority", "Palestinian Authority", "PSE"),
        ("a-new-id", "Zambia", "ZMB"),
    ],
)
def test_former_states_are_coded_as_the_states_that_act_for_them(tmp_path, id, name, host):
    assert one(tmp_path, country=id, country_name=name).host == host


def test_every_code_of_the_table_agrees_with_the_countries_of_the_world():
    from dragoman.record.traits import DATA
    from dragoman.relations.people import worlds
    from dragoman.world.tables import rows

    table = list(rows(DATA / "register_countries.tsv"))
    assert [row["id"] for row in table] == sorted(row["id"] for row in table)
    known = {c.id: c for c in worlds()[0].countries()}
    assert [row for row in table if row["code"] and known[row["code"]].last is not None] == []
    for row in table:
        former = row["note"].partition("actor of ")[2][:3]
        if former:
            assert known[former].actor == row["code"]
            assert known[former].last is not None


def test_what_cannot_be_understood_is_set_aside_with_file_line_and_reason(tmp_path):
    path = trips(
        tmp_path,
        {},
        {"id": "2", "last": ""},
        {"id": "3", "country": "", "country_name": "Atlantis"},
        {"id": "4", "first": "2014-06-05", "last": "2014-06-01"},
        {"id": "5", "first": "June 2014"},
        {"id": "6", "role": "envoy"},
        {"id": "7", "name": ""},
    )
    register = read_state(path)
    told = [str(aside) for aside in register.account.set_aside]
    assert told[0] == "kerry.xml, line 14: trip 2: no end-date"
    assert "line 25: trip 3: Atlantis: no such country" in told[1]
    assert "before it begins" in told[2]
    assert "no dates" in told[3]
    assert "unknown role envoy; known: president, secretary" in told[4]
    assert told[5].endswith("trip 7: no name")
    assert str(register.account) == "7 entries read, 1 visit kept, 6 set aside"


def test_a_president_elect_is_not_in_office_yet(tmp_path):
    visit = one(tmp_path, role="president", who="obama-barack", name="Barack Obama", first="2008-12-01",
                last="2008-12-02", remarks="Met with King Harald. [Visit made as President-elect.]")  # fmt: skip
    assert visit.visitor.office is None
    assert "register/not-yet-in-office" in rules(visit)
    assert visit.purpose == "Met with King Harald."
    assert find([visit], office="head-of-state") == ()


def test_a_stop_on_the_way_is_marked(tmp_path):
    assert "register/stopover" in rules(one(tmp_path, remarks="Overnight stop while returning to the U.S."))
    assert "register/stopover" not in rules(one(tmp_path, remarks="Met with Queen Sonja. Stopped in Bergen."))


@pytest.mark.parametrize(
    ("remarks", "met"),
    [
        ("Met with Prime Minister Solberg and Foreign Minister Børge Brende.",
         [("Børge Brende", "NOR", "foreign"), ("Solberg", "NOR", "head-of-government")]),
        ("State visit; met with King Olav V.", [("Olav V", "NOR", "king")]),
        ("Discussed the fisheries with Foreign Minister de Lange May 4.", [("de Lange", "NOR", "foreign")]),
        ("Met with Sultan Hassan bin Talib al-Amin.", [("Hassan bin Talib al-Amin", "NOR", "king")]),
        ("Met with Kenyan President Odhiambo.", [("Odhiambo", "KEN", "head-of-state")]),
        ("Met with Kenyan President Odhiambo and Foreign Minister Otieno.", [("Odhiambo", "KEN", "head-of-state")]),
        ("Met with NATO Secretary General Olsen.", []),
        ("Met with former President Halvorsen.", []),
        ("Met with the Presidents of Kenya and Chile.", []),
        ("Attended a ministerial meeting. Accompanied President Obama.", []),
        ("Met with Prime Minister Dahl, and invited him to meet with President Moe.",
         [("Dahl", "NOR", "head-of-government")]),
        ("Met with Chairman Berg.", [("Berg", "NOR", None)]),
    ],
)  # fmt: skip
def test_hosts_are_those_whom_the_remarks_name_plainly_as_met(tmp_path, remarks, met):
    visit = one(tmp_path, remarks=remarks)
    assert [(p.name, p.country, p.office) for p in visit.met] == met


def test_files_that_are_no_register_say_so(tmp_path):
    with pytest.raises(InputError, match="no XML in this folder"):
        read_state(tmp_path)
    path = tmp_path / "other.xml"
    path.write_text("<code-table><name>roles</name></code-table>", "utf-8")
    with pytest.raises(InputError, match="holds no <trip>"):
        read_state(path)
    path.write_text("<trips>\n<trip>\n</trips>", "utf-8")
    with pytest.raises(InputError, match=r"other.xml, line 3: no XML \(mismatched tag\)"):
        read_state(path)


def test_the_press_and_the_register_make_one_visit(tmp_path):
    register = read_state(trips(tmp_path, {}))
    press = read_csv(table(tmp_path, "person;country;host;first\nJohn Kerry;USA;NOR;2014-04-03\n"))
    (visit,) = unite([*register.visits, *press.visits])
    assert {b.name for b in visit.backing} == {"state-travels", "mine"}


# --- a table of one's own -----------------------------------------------------------------------------------------


def table(folder: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "mine.csv"
    path.write_bytes(text.encode(encoding))
    return path


FULL = (
    "person,office,country,host,place,first,last,purpose,met,url,source\n"
    "Amina Okoye,foreign minister,Nigéria,Pérou,Lima,2012-10-29,2012-10-30,Trade talks,Ana Ruiz|Luis Paz,"
    "https://example.org/a,Gazette of the ministry\n"
)


def test_a_line_becomes_a_visit(tmp_path):
    register = read_csv(table(tmp_path, FULL))
    (visit,) = register.visits
    assert register.name == "mine"
    assert (visit.visitor.name, visit.visitor.country, visit.visitor.office) == ("Amina Okoye", "NGA", "foreign")
    assert (visit.host, visit.place, visit.purpose) == ("PER", "Lima", "Trade talks")
    assert (visit.first, visit.last, visit.precision, visit.ended) == (
        date(2012, 10, 29), date(2012, 10, 30), "day", True,
    )  # fmt: skip
    assert [(p.name, p.country) for p in visit.met] == [("Ana Ruiz", "PER"), ("Luis Paz", "PER")]
    (backing,) = visit.backing
    assert (backing.name, backing.document, backing.url) == ("mine", "line 2", "https://example.org/a")
    assert backing.quote == "Gazette of the ministry"


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends", "precision", "ended"),
    [
        ("2012", "", date(2012, 1, 1), date(2012, 12, 31), "year", False),
        ("2012-10", "", date(2012, 10, 1), date(2012, 10, 31), "month", False),
        ("2012-10-29", "", date(2012, 10, 29), date(2012, 10, 29), "day", False),
        ("2012-10-29", "2012-11", date(2012, 10, 29), date(2012, 11, 30), "day", True),
    ],
)
def test_days_are_as_exact_as_they_are_given(tmp_path, first, last, begins, ends, precision, ended):
    path = table(tmp_path, f"person;country;host;first;last\nAmina Okoye;NGA;PER;{first};{last}\n")
    (visit,) = read_csv(path).visits
    assert (visit.first, visit.last, visit.precision, visit.ended) == (begins, ends, precision, ended)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_comma_semicolon_or_tab_stands_between_the_columns(tmp_path, sign):
    text = "office,country,host,first\ndefence,NGA,PER,2012\n".replace(",", sign)
    (visit,) = read_csv(table(tmp_path, text, encoding="utf-8-sig")).visits
    assert (visit.visitor.office, visit.visitor.name) == ("defence", None)


def test_former_states_of_a_table_are_coded_as_in_the_press(tmp_path):
    path = table(tmp_path, "person;country;host;first\nAmina Okoye;Nigeria;Soviet Union;1985\n")
    (visit,) = read_csv(path).visits
    assert visit.host == "RUS"


def test_a_bad_line_is_set_aside_and_the_rest_is_kept(tmp_path):
    text = (
        "person;office;country;host;first;last\n"
        "Amina Okoye;;NGA;PER;2012;\n"
        "\n"
        "Amina Okoye;;NGA;Atlantis;2012;\n"
        "Amina Okoye;;NGA;PER;last spring;\n"
        "Amina Okoye;keeper of bees;NGA;PER;2012;\n"
        ";;NGA;PER;2012;\n"
        "Amina Okoye;;NGA;NGA;2012;\n"
        "Amina Okoye;;NGA;PER;2012-05-05;2012-05-01\n"
        "Amina Okoye;;NGA;PER;2012;;;extra\n"
        "Amina Okoye;;NGA;PER;2012;\n"
    )
    account = read_csv(table(tmp_path, text)).account
    assert (account.read, account.kept, account.doubled, len(account.set_aside)) == (9, 1, 1, 7)
    assert [aside.line for aside in account.set_aside] == [4, 5, 6, 7, 8, 9, 10]
    told = [aside.why for aside in account.set_aside]
    for said, why in zip(
        ("Atlantis: no such country", "no day; write", "keeper of bees: no such office", "no person or office",
         "of one country", "before it begins", "8 values"),
        told, strict=True,
    ):  # fmt: skip
        assert said in why


def test_a_value_over_two_lines_keeps_the_count_of_lines(tmp_path):
    text = 'person,country,host,first,purpose\nA Okoye,NGA,PER,2012,"talks\non trade"\nA Okoye,NGA,Atlantis,2013,x\n'
    register = read_csv(table(tmp_path, text))
    assert register.visits[0].purpose == "talks on trade"
    assert [aside.line for aside in register.account.set_aside] == [4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person;country;hots;first\n", r"mine.csv, line 1: unknown column 'hots'; did you mean host\?"),
        ("person;country;host;first;colour of hat\n", "unknown column 'colour of hat'; known: person"),
        ("person;country;first\n", "the columns host are lacking"),
        ("country;host;first\n", "the columns person or office are lacking"),
        ("person;country;host;first;first\n", "column first stands twice"),
        ("", "line 1"),
    ],
)
def test_a_header_that_cannot_be_used_says_what_to_do(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        read_csv(table(tmp_path, text))


def test_a_table_in_another_encoding_says_which_line(tmp_path):
    path = table(tmp_path, "person;country;host;first\nRenée Okoye;NGA;PER;2012\n", encoding="latin-1")
    with pytest.raises(InputError, match="line 2: not UTF-8"):
        read_csv(path)


# --- the real register --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def travels(shared) -> Register:
    folder = shared / "registers" / "state-travels"
    if not folder.is_dir():
        pytest.skip(f"no register at {folder}")
    return REGISTERS["state-travels"](folder)


def test_every_trip_of_the_real_register_is_accounted_for(travels):
    account = travels.account
    # 4118 and 4119 are one stay told twice; 4019 to 4021 repeat 3992 to 3994; 2121 and 2123 tell one day in Israel
    assert (account.read, account.kept, account.doubled, account.set_aside) == (4_271, 4_266, 5, ())
    twice = [[b.document for b in v.backing] for v in travels.visits if len(v.backing) > 1]
    assert sorted(twice) == [
        ["2121", "2123"], ["3992", "4019"], ["3993", "4020"], ["3994", "4021"], ["4118", "4119"],
    ]  # fmt: skip


def test_the_real_register_spans_1866_to_2025_and_names_its_travellers(travels):
    assert (travels.visits[0].first, travels.visits[-1].last) == (date(1866, 1, 9), date(2025, 2, 19))
    assert len({v.visitor.name for v in travels.visits}) == 55
    assert Counter(v.visitor.office for v in travels.visits) == {"foreign": 3_435, "head-of-state": 814, None: 17}
    assert len({v.id for v in travels.visits}) == len(travels.visits)


def test_no_president_or_secretary_is_a_host_in_the_real_register(travels):
    assert [p for v in travels.visits for p in v.met if p.country == "USA"] == []
