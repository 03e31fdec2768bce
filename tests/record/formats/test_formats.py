"""Events out to other forms, other coders' files in."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.lines import event_from
from dragoman.model import Coding, Difference, Event, Party, Report, Span, When
from dragoman.record.formats import (
    EXPORTS,
    IMPORTS,
    Exported,
    Imported,
    Loss,
    Rejected,
    Telling,
    codes,
    export,
    gdelt,
    icews,
    polecat,
    read,
    table,
)
from dragoman.record.formats.rows import day_from, day_of, pairs
from tests.record.formats.happenings import SENTENCE, event, events, item, telling

SAMPLES = Path(__file__).parent / "samples"
ROWS = {"gdelt": gdelt.COLUMNS, "icews": icews.COLUMNS, "polecat": polecat.COLUMNS}


def written(form: str, *items: Exported, names: bool = True) -> tuple[bytes, Loss]:
    out = io.BytesIO()
    loss = export(form, items, out, names=names)
    return out.getvalue(), loss


def back(form: str, data: bytes, folder: Path, loss: Loss | None = None) -> list[Imported | Rejected]:
    path = folder / "file"
    path.write_bytes(data)
    return list(read(form, path, loss))


def reports(found: list[Imported | Rejected]) -> list[Report]:
    assert not [one for one in found if isinstance(one, Rejected)]
    return [r for one in found if isinstance(one, Imported) for r in one.coding.reports]


def sample(form: str, name: str) -> tuple[list[Imported], list[Rejected], Loss]:
    loss = Loss(form)
    found = list(read(form, SAMPLES / name, loss))
    return (
        [one for one in found if isinstance(one, Imported)],
        [one for one in found if isinstance(one, Rejected)],
        loss,
    )


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "columns"),
    [
        ("GDELT 2.0 events", gdelt.COLUMNS),
        ("GDELT 1.0 events", gdelt.COLUMNS_1),
        ("ICEWS events", icews.COLUMNS),
        ("POLECAT", polecat.COLUMNS),
    ],
)
def test_columns_are_those_of_the_published_files(shared: Path, system: str, columns: tuple[str, ...]) -> None:
    rows = csv.DictReader((shared / "reference" / "output_columns.csv").read_text("utf-8").splitlines())
    assert columns == tuple(row["column"] for row in rows if row["system"] == system)


@pytest.mark.parametrize("form", sorted(ROWS))
def test_each_row_has_all_its_columns(form: str) -> None:
    data, _ = written(form, item(), item(place=None, recipients=()))
    assert {line.count(b"\t") for line in data.splitlines()} == {len(ROWS[form]) - 1}


# -- what is not in the loss survives ---------------------------------------------------------------------------------


def sides(form: str, one: Event) -> list[tuple[object, ...]]:
    def party(p: Party | None) -> object:
        return None if p is None else (p.country, frozenset(p.sectors))

    return sorted(((party(a), party(b)) for a, b in pairs(one)), key=str)


@given(one=events())
@settings(max_examples=150)
@pytest.mark.parametrize("form", ["gdelt", "icews"])
def test_what_the_loss_does_not_name_survives_a_row(
    form: str, one: Event, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data, loss = written(form, Exported(event=one))
    lost = {entry.field for entry in loss.entries}
    if loss.left_out:
        return
    found = reports(back(form, data, tmp_path_factory.mktemp(form)))
    assert len(found) == len(pairs(one))
    for r in found:
        assert "type" in lost or r.type == one.type
        assert lost & {"type", "mode"} or r.mode == one.mode
        assert r.when is not None
        assert r.when.first == one.when.first  # type: ignore[union-attr]
        if one.place is not None and "country of the place" not in lost:
            assert r.place is not None
            assert (r.place.name, r.place.country, r.place.lat, r.place.lon) == (
                one.place.name, one.place.country, one.place.lat, one.place.lon,
            )  # fmt: skip
    if not lost & {"country of a party", "sectors of a party"}:
        got = sorted(
            (
                tuple((s[0].country, frozenset(s[0].sectors)) if s else None for s in (r.actors, r.recipients))
                for r in found
            ),
            key=str,
        )
        assert got == sides(form, one)


@given(one=events())
@settings(max_examples=150)
def test_polecat_keeps_type_mode_contexts_and_all_sides(one: Event, tmp_path_factory: pytest.TempPathFactory) -> None:
    data, loss = written("polecat", Exported(event=one))
    (found,) = reports(back("polecat", data, tmp_path_factory.mktemp("polecat")))
    assert loss.rows == 1
    assert (found.type, found.mode, found.contexts, found.plover_score) == (
        one.type, one.mode, one.contexts, one.plover_score,
    )  # fmt: skip
    for mine, theirs in ((one.actors, found.actors), (one.recipients, found.recipients)):
        assert [(p.text, p.country, p.sectors) for p in mine] == [(a.text, a.country, a.sectors) for a in theirs]
    if one.place is not None:
        assert found.place is not None
        assert (found.place.name, found.place.country, found.place.lat) == (
            one.place.name, one.place.country, one.place.lat,
        )  # fmt: skip


def test_our_own_lines_bring_back_every_report(tmp_path: Path) -> None:
    other = telling(id="b" * 16, sentence=7)
    data, _ = written("jsonl", item(), Exported(event=event(id="f" * 16), told=(other,)))
    (found,) = back("jsonl", data, tmp_path)
    assert isinstance(found, Imported)
    assert found.coding == Coding(document=telling().document, reports=(telling().report, other.report))
    assert found.quotes == (SENTENCE, SENTENCE)
    line = json.loads(data.splitlines()[1])
    assert line["trigger"]["quote"] == SENTENCE[24:28]
    assert event_from(json.loads(data.splitlines()[2])) == event()


def test_lines_of_one_document_come_together_wherever_they_stand(tmp_path: Path) -> None:
    here = [Exported(event=event(id=f"{n:016x}"), told=(telling(id=f"{n:016x}"),)) for n in range(3)]
    elsewhere = telling(id="e" * 16)
    elsewhere = Telling(report=elsewhere.report, document=telling().document)
    data, _ = written("jsonl", *here)
    found = back("jsonl", b"".join(sorted(data.splitlines(keepends=True))), tmp_path)
    assert [len(one.coding.reports) for one in found if isinstance(one, Imported)] == [3]


def test_the_lines_of_code_can_be_read(tmp_path: Path) -> None:
    from dragoman.lines import records
    from dragoman.model import Claim, Defect, Document, Relation

    text = SENTENCE + " " * 40
    side = telling().report.actors[0]
    document = Document(id="d1", text=text, defects=(Defect(kind="torn", span=Span(0, 3), repair="kept", sure=0.5),))
    coding = Coding(
        document=document,
        reports=(telling(document="d1", evidence=Span(0, 52), trigger=Span(24, 28), actors=(), said_by=None).report,),
        relations=(Relation(id="x", document="d1", sentence=0, type="ally", a=side, b=side, evidence=Span(0, 9)),),
        claims=(Claim(id="y", document="d1", sentence=0, kind="first", evidence=Span(0, 9)),),
    )
    data = b"".join(json.dumps(r).encode() + b"\n" for r in records(coding))
    (found,) = back("jsonl", data, tmp_path)
    assert isinstance(found, Imported)
    assert found.coding.reports == coding.reports
    assert found.coding.claims == coding.claims
    assert found.coding.relations == coding.relations
    assert found.coding.document.defects == document.defects


# -- what rows cannot say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", sorted(ROWS))
def test_what_did_not_happen_is_left_out_and_said(form: str) -> None:
    statuses = ("negation", "historical", "hypothetical", "habitual")
    data, loss = written(form, *(item(status=s) for s in statuses), item(status="future"))
    header = 0 if form == "gdelt" else 1
    assert len(data.splitlines()) == header
    assert loss.left_out == loss.events == 5
    assert {entry.field for entry in loss.entries} == {"status"}


@pytest.mark.parametrize("form", sorted(ROWS))
def test_a_promise_stands_on_the_day_it_was_reported(form: str, tmp_path: Path) -> None:
    planned = event(type="AGREE", mode=None, cameo="036", goldstein=4.0, status="future", planned="CONSULT")
    data, loss = written(form, Exported(event=planned))
    (found,) = reports(back(form, data, tmp_path))
    assert found.type == "AGREE"
    assert found.when is not None
    assert found.when.first == date(2024, 3, 6)
    assert {"status", "planned"} <= {entry.field for entry in loss.entries}


def test_a_meeting_of_three_takes_six_rows_and_says_so() -> None:
    three = tuple(Party(text=c, country=c) for c in ("KEN", "PER", "ROU"))
    meeting = event(mode=None, cameo="040", actors=three, recipients=(), reciprocal=True)
    data, loss = written("icews", Exported(event=meeting))
    assert len(data.splitlines()) == 7
    assert loss.rows == 6
    assert "sides" in {entry.field for entry in loss.entries}


def test_a_mode_without_a_cameo_code_is_named_in_the_loss() -> None:
    _, loss = written("gdelt", item(type="ASSAULT", mode="drone", cameo="195", goldstein=-10.0))
    assert "CAMEO 195 is ASSAULT/aerial, not drone" in {entry.why for entry in loss.entries}


def test_an_event_without_any_day_is_left_out() -> None:
    loss = Loss("gdelt")
    assert day_of(event(when=None, reported_first=None), loss) is None
    assert loss.left_out == 1


def test_a_week_becomes_its_first_day_and_says_so() -> None:
    loss = Loss("gdelt")
    week = When(first=date(2024, 3, 4), last=date(2024, 3, 10), precision="week", basis="stated")
    assert day_of(event(when=week), loss) == date(2024, 3, 4)
    assert [entry.field for entry in loss.entries] == ["when"]


def test_the_loss_counts_names_a_reason_and_gives_an_example() -> None:
    _, loss = written("gdelt", item(), item(id="f" * 16, hedged=True))
    assert loss.record()["events"] == 2
    hedged = next(entry for entry in loss.entries if entry.field == "hedged")
    assert (hedged.events, hedged.example) == (1, "f" * 16)
    assert any("hedged: 1 (" in line for line in loss.lines())


# -- GDELT ------------------------------------------------------------------------------------------------------------


def test_gdelt_row_has_cameo_codes_for_actors_and_fips_for_the_place() -> None:
    data, _ = written("gdelt", item())
    row = dict(zip(gdelt.COLUMNS, data.decode().rstrip("\n").split("\t"), strict=True))
    assert row["GLOBALEVENTID"].isdigit()
    assert (row["SQLDATE"], row["FractionDate"]) == ("20240305", "2024.1781")
    assert (row["Actor1Code"], row["Actor2Code"], row["Actor2CountryCode"]) == ("PERGOV", "KENGOV", "KEN")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == (
        "042",
        "04",
        "1",
        "1.9",
    )
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("4", "Nairobi, Kenya")
    assert row["ActionGeo_CountryCode"] == "KE"
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20240306101500", "https://www.example.org/visit")


@pytest.mark.parametrize(
    ("country", "sectors", "code"),
    [
        ("USA", ("GOV",), "USAGOV"),
        ("ROU", ("MIL",), "ROMMIL"),
        ("UNO", (), "IGOUNO"),
        ("EUR", (), "IGOEUREEC"),
        ("NGO", (), "NGO"),
        (None, ("REB",), "REB"),
        ("PER", ("JRN",), "PERMED"),  # media; the health of PLOVER's MED is HLH
        ("PER", ("MED",), "PERHLH"),
    ],
)
def test_cameo_actor_codes(country: str | None, sectors: tuple[str, ...], code: str) -> None:
    actor = codes.cameo_actor(country, sectors)
    assert actor.code == code
    assert codes.from_cameo(actor.country, actor.group, actor.types) == (country, sectors)


def test_gdelt_europe_is_a_region_and_not_the_union() -> None:
    assert codes.from_cameo("EUR", "", ()) == ("R-EUROPE", ())


def test_rows_of_one_address_are_one_document() -> None:
    found, _, _ = sample("gdelt", "gdelt2.export.CSV")
    assert [len(one.coding.reports) for one in found] == [3, 1]
    document = found[0].coding.document
    assert (document.outlet, document.published, document.text) == ("example.org", date(2024, 3, 6), "")
    assert {one.coder for one in found} == {"gdelt"}


def test_gdelt_row_becomes_a_report() -> None:
    found, _, _ = sample("gdelt", "gdelt2.export.CSV")
    visit, hosted, appeal = found[0].coding.reports
    assert (visit.type, visit.mode, visit.cameo, visit.concept) == ("CONSULT", "visit", "042", "cameo:042")
    assert (visit.actors[0].country, visit.actors[0].sectors) == ("PER", ("GOV",))
    assert visit.recipients[0].country == "KEN"
    assert visit.place is not None
    assert (visit.place.name, visit.place.country, visit.place.lat) == ("Nairobi", "KEN", -1.28333)
    assert visit.confidence == 0.3
    assert "import/gdelt/mentions=6,sources=2,articles=5,root=1" in {r.rule for r in visit.because}
    assert hosted.actors[0].country == "PER"  # "host a visit" stands with the host first
    assert hosted.cameo == "042"
    assert (appeal.type, appeal.mode) == ("REQUEST", "assist")


def test_bad_gdelt_lines_are_set_aside_with_their_place() -> None:
    _, aside, loss = sample("gdelt", "gdelt2.export.CSV")
    assert sorted((one.line, one.why) for one in aside) == [
        (6, "3 columns; GDELT has 61, or 58 or 57 in version 1"),
        (7, "SQLDATE '20241399' is no day"),
        (8, "EventCode '999' is no CAMEO code"),
    ]
    assert str(aside[0]).startswith("gdelt2.export.CSV, line ")
    assert (loss.events, loss.rows, loss.left_out) == (8, 4, 4)
    assert "type" in {entry.field for entry in loss.entries}  # a statement has no PLOVER type


def test_gdelt_1_is_read_too() -> None:
    found, aside, _ = sample("gdelt", "gdelt1.csv")
    assert not aside
    signed, old = (one.coding for one in found)
    assert signed.reports[0].recipients[0].country == "TLS"
    assert signed.document.published == date(2013, 4, 3)
    assert (old.reports[0].actors[0].country, old.document.published_basis) == ("RUS", "inferred")
    assert old.reports[0].place is not None
    assert old.reports[0].place.country == "PSE"


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_packed_files_are_read_as_published(packed: str, tmp_path: Path) -> None:
    plain = (SAMPLES / "gdelt2.export.CSV").read_bytes()
    path = tmp_path / f"20240306101500.export.CSV.{packed}"
    if packed == "gz":
        path.write_bytes(gzip.compress(plain))
    else:
        with zipfile.ZipFile(path, "w") as folder:
            folder.writestr("20240306101500.export.CSV", plain)
    assert sum(isinstance(one, Imported) for one in read("gdelt", path)) == 2


# -- ICEWS, POLECAT ---------------------------------------------------------------------------------------------------


def test_icews_rows_of_one_story_are_one_document() -> None:
    found, aside, _ = sample("icews", "icews.tab")
    assert [len(one.coding.reports) for one in found] == [2, 1, 1]
    visit, hosted = found[0].coding.reports
    assert (visit.actors[0].country, visit.actors[0].sectors, visit.actors[0].name) == ("PER", ("GOV",), None)
    assert (hosted.actors[0].country, hosted.recipients[0].name) == ("PER", "Kenya")
    assert (visit.sentence, visit.place and visit.place.name) == (1, "Nairobi")
    assert visit.when is not None
    assert visit.when.basis == "published"
    assert [one.line for one in aside] == [6, 7]


def test_icews_ids_that_occur_twice_are_two_reports() -> None:
    found, _, _ = sample("icews", "icews.tab")
    riot, talks = found[1].coding.reports[0], found[2].coding.reports[0]
    assert riot.id != talks.id
    assert (riot.actors[0].sectors, riot.recipients[0].sectors) == (("CVL",), ("COP",))
    assert (talks.actors[0].country, talks.recipients[0].country) == ("UNO", "RUS")


def test_polecat_rows_are_read_with_old_modes_and_other_spellings() -> None:
    found, aside, _ = sample("polecat", "polecat.txt")
    (one,) = found
    visit, killing = one.coding.reports
    assert one.version == "NGEC_test"
    assert one.coding.document.published == date(2024, 3, 6)
    assert (visit.actors[0].name, visit.actors[0].sectors) == ("José Pérez", ("GOV", "MIL"))
    assert visit.contexts == ("diplomatic", "natural_resource")
    assert (visit.cameo, visit.place and visit.place.geonames) == ("042", 184745)
    assert (killing.mode, killing.actors) == ("targeted", ())
    assert [(a.country, a.sectors) for a in killing.recipients] == [("KEN", ("GOV", "MIL")), ("PER", ("CVL",))]
    assert [a.why for a in aside] == ["Event Type 'DEMAND' is no PLOVER type", "1 columns; the header has 40"]


# -- our tables, PLOVER, annotations ----------------------------------------------------------------------------------


def test_csv_has_a_row_an_event_with_all_its_columns() -> None:
    data, loss = written("csv", item(), item(id="f" * 16, said_by=("Lima", "Nairobi")))
    first, second = csv.DictReader(io.StringIO(data.decode()))
    assert tuple(first) == tuple(table.COLUMNS)
    assert (first["actor_countries"], first["recipient_names"], first["url"]) == (
        "PER", "Kenya", "https://www.example.org/visit",
    )  # fmt: skip
    assert second["said_by"] == "Lima;Nairobi"
    assert loss.rows == 2


def test_parquet_has_the_columns_of_csv() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data, _ = written("parquet", item(), item(id="f" * 16, when=None))
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert tuple(rows[0]) == tuple(table.COLUMNS)
    assert (rows[0]["geonames"], rows[0]["first"], rows[1]["first"]) == (184745, "2024-03-05", None)


def test_plover_records_have_the_fields_of_the_manual_and_its_auxiliary_modes() -> None:
    data, loss = written("plover", item(status="negation"), item(status="habitual"))
    (record,) = (json.loads(line) for line in data.splitlines())
    assert (record["date"], record["event"], record["mode"]) == ("2024-03-05", ["CONSULT"], ["visit", "negation"])
    assert record["actor"][0]["code"] == "PER"
    assert record["event_loc"]["geonameid"] == 184745
    assert record["text_info"] == {"sequence": 1, "start": 100, "end": 100 + len(SENTENCE)}
    assert record["cite_info"]["url"] == "https://www.example.org/visit"
    assert loss.left_out == 1


def test_annotations_point_at_the_words_by_place_and_by_quote() -> None:
    data, _ = written("annotation", item())
    page = json.loads(data)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    whole, act = page["items"][:2]
    assert whole["target"]["source"] == "https://www.example.org/visit"
    assert whole["body"][0]["value"] == "CONSULT/visit: PER GOV > KEN GOV, 2024-03-05"
    position, quote = act["target"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": 124, "end": 128}
    assert quote["exact"] == SENTENCE[24:28]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] == SENTENCE[: 28 + len(quote["suffix"])]


def test_a_document_without_address_is_named_by_a_urn() -> None:
    told = telling()
    from dataclasses import replace

    told = replace(told, document=replace(told.document, url=None))
    data, _ = written("annotation", Exported(event=event(), told=(told,)))
    assert json.loads(data)["items"][0]["target"]["source"] == f"urn:dragoman:document:{'d' * 16}"


def test_an_empty_export_is_a_whole_file() -> None:
    for form in EXPORTS:
        data, loss = written(form)
        assert loss.events == 0
        if form == "annotation":
            assert json.loads(data)["items"] == []


# -- private persons, errors ------------------------------------------------------------------------------------------


def test_exports_hide_private_persons_unless_asked() -> None:
    voice = item(
        said_by=("Ann Weller",),
        recipients=(Party(text="Ann Weller", name="Ann Weller", country="KEN", sectors=("JRN",)),),
        differences=(Difference(field="recipients", values=(("Ann Weller", ("a",)), ("Kenya", ("b",)))),),
    )
    for form in EXPORTS:
        if form != "parquet":
            assert "Weller" not in written(form, voice, names=False)[0].decode()
    assert "Ann Weller" in written("jsonl", voice, names=True)[0].decode()
    assert "journalist (KEN)" in written("icews", voice, names=False)[0].decode()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_of_ours_cannot_be_read_back_and_say_what_can(form: str) -> None:
    with pytest.raises(InputError, match="jsonl"):
        read(form, Path("x.csv"))


def test_an_unknown_format_is_an_error_with_those_known() -> None:
    with pytest.raises(InputError, match="known: annotation, csv"):
        export("xlsx", (), io.BytesIO())
    with pytest.raises(InputError, match="known: gdelt, icews"):
        read("xlsx", Path("x"))


@pytest.mark.parametrize("form", ["icews", "polecat"])
def test_a_file_of_another_form_is_an_error(form: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: no column"):
        back(form, b"name\tage\nx\t3\n", tmp_path)


@given(junk=st.lists(st.binary(max_size=60), max_size=8))
@settings(max_examples=60)
@pytest.mark.parametrize("form", sorted(IMPORTS))
def test_no_line_however_bad_stops_a_file(
    form: str, junk: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    good, _ = written(form, item())
    data = good + b"\n".join(junk) + b"\n" + good.splitlines()[-1 if form != "jsonl" else 1] + b"\n"
    found = back(form, data, tmp_path_factory.mktemp(form))
    assert sum(len(one.coding.reports) for one in found if isinstance(one, Imported)) >= 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-06-01", date(2018, 6, 1)),
        ("20180601", date(2018, 6, 1)),
        ("20180601120000", date(2018, 6, 1)),
        ("6/1/2018", date(2018, 6, 1)),
        ("2018-06-31", None),
        ("", None),
        ("soon", None),
    ],
)
def test_days_are_read_in_all_published_ways(text: str, day: date | None) -> None:
    assert day_from(text) == day
