"""Fragments of the register of office-holders come together without doubles, in one order."""

import sys

from tools import merge_holders
from tools.merge_holders import COLUMNS, TABLE, merge, ordered, read, written

from dragoman.world import DATA


def row(person, office="foreign", first="2001", last="2004", country="PER", **more):
    name = person.strip("-").replace("-", " ").title()
    cells = {"person": person, "name": name, "country": country, "office": office, "first": first, "last": last}
    return dict.fromkeys(COLUMNS, "") | cells | {"precision": "year", "sure": "yes"} | more


def test_the_register_is_in_its_order_with_spellings_in_first_rows():
    table, faults = read(TABLE)
    assert faults == []
    assert written(ordered([dict(r) for r in table])) == (DATA / "holders.tsv").read_text("utf-8"), (
        "run tools/merge_holders.py without a fragment"
    )


def test_merging_twice_changes_nothing():
    table = [row("ana-sol"), row("luis-mar", first="2004", last="2006")]
    fragment = [row("eva-rio", first="1999", last="2001", surnames="Rio"), row("ana-sol", first="2010", last="2011")]
    once, counts, refused = merge(table, fragment)
    twice, again, _ = merge(once, fragment)
    assert once == twice
    assert (counts["added"], again["added"], again["there already"], refused) == (2, 0, 2, [])
    assert [r["person"] for r in once] == ["eva-rio", "ana-sol", "luis-mar", "ana-sol"]


def test_spellings_go_to_a_persons_first_row_and_marks_stay():
    table = [row("ana-sol", surnames="~Sol", spellings="Anna Sol")]
    new, _, _ = merge(table, [row("ana-sol", "defence", spellings="Ana Soll|Anna Sol", surnames="Sol|Soll")])
    assert [(r["office"], r["spellings"], r["surnames"]) for r in new] == [
        ("defence", "Ana Soll|Anna Sol", "~Sol|Soll"),
        ("foreign", "", ""),
    ]
    kept, _, _ = merge(table, [row("ana-sol", "trade", surnames="Sol|Soll")])
    assert kept[0]["surnames"] == "~Sol|Soll"


def test_a_term_that_is_there_with_other_dates_is_refused_or_replaced():
    table, other = [row("ana-sol", surnames="Sol")], row("ana-sol", first="2002-03", last="2003-05")
    same, counts, refused = merge(table, [other])
    assert (same, counts["refused"]) == (table, 1)
    assert "from 2001 to 2004" in refused[0]
    new, counts, refused = merge(table, [other], replace=True)
    assert ([r["first"] for r in new], new[0]["surnames"], refused) == (["2002-03"], "Sol", [])
    assert merge(new, [other], replace=True)[0] == new


def test_terms_that_only_touch_are_two():
    new, _, refused = merge([row("ana-sol")], [row("ana-sol", first="2004-06", last="2005")])
    assert (len(new), refused) == (2, [])


def test_a_person_under_a_second_slug_is_refused():
    _, _, refused = merge([row("ana-sol", spellings="Anita Sol")], [row("anita-sol", "defence")])
    assert "whose slug is ana-sol" in refused[0]
    _, _, refused = merge([row("ana-sol")], [row("ana-sol", "defence", name="Bob Luna")])
    assert "the slug ana-sol is Ana Sol's" in refused[0]


def test_a_minus_takes_a_row_away_and_keeps_the_spellings():
    table = [row("ana-sol", spellings="Anna Sol"), row("ana-sol", first="2010", last="2011")]
    new, counts, _ = merge(table, [row("-ana-sol")])
    assert ([(r["first"], r["spellings"]) for r in new], counts["taken away"]) == ([("2010", "Anna Sol")], 1)
    again, _, _ = merge(table[:1], [row("-ana-sol"), row("ana-sol", last="2003")])
    assert [(r["last"], r["spellings"]) for r in again] == [("2003", "Anna Sol")]


def test_rows_that_cannot_be_right_are_left_out_with_their_line(tmp_path):
    path = tmp_path / "fragment.tsv"
    rows = [row("ana-sol", last="1999"), row("ana-sol", country="QQQ"), row("Ana Sol"), row("ana-sol", first="May")]
    path.write_text(written(rows), "utf-8")
    found, faults = read(path)
    assert found == []
    assert [f[:7] for f in faults] == ["line 2,", "line 3,", "line 4,", "line 5,"]


def test_without_a_fragment_a_table_is_brought_into_its_order(tmp_path, monkeypatch):
    table = tmp_path / "holders.tsv"
    table.write_text(written([row("luis-mar", first="2004"), row("ana-sol", first="1999")]), "utf-8")
    monkeypatch.setattr(merge_holders, "TABLE", table)
    monkeypatch.setattr(sys, "argv", ["merge_holders.py"])
    assert merge_holders.main() == 0
    assert [r["person"] for r in read(table)[0]] == ["ana-sol", "luis-mar"]
