"""GDELT event tables: 2.0 both ways (61 columns), 1.0 in (58 columns, 57 before April 2013). No header, tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from dragoman import ontology
from dragoman.model import Actor, Coding, Document, Event, Party, Place, Reason, Report, When
from dragoman.record.formats import codes
from dragoman.record.formats.rows import (
    CONFIDENCE,
    NOWHERE,
    Line,
    cameo_code,
    cameo_of,
    carried,
    cell,
    crossing,
    day_from,
    day_of,
    degrees,
    digest,
    first_telling,
    grouped,
    number,
    opened,
    outlet_of,
    pairs,
    reason,
    score,
    shown,
    tell_lost,
    tell_pairs,
    text_of,
    write_rows,
)
from dragoman.record.formats.values import Exported, Imported, Loss, Rejected

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
COLUMNS_1 = tuple(name for name in COLUMNS if not name.endswith("ADM2Code"))
LEAD = 3  # sentences from the top that GDELT's "lead paragraph" is taken to be; set by hand
_NO_GEO = ("0", *[""] * 7)
_KEPT = frozenset({"contexts", "reports"})  # in a way of their own
_MIRRORED = "043"  # "host a visit": its actor is the host


# -- out --------------------------------------------------------------------------------------------------------------


def write(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as GDELT 2.0 rows, one a pair and direction."""
    loss = Loss("gdelt")
    for item in items:
        write_rows(out, _rows(item, loss))
    return loss


def _rows(item: Exported, loss: Loss) -> Iterator[tuple[object, ...]]:
    event = item.event
    if not carried(event, loss) or (code := cameo_of(event, loss)) is None or (day := day_of(event, loss)) is None:
        return
    told = first_telling(item)
    tell_lost(event, loss, kept=_KEPT)
    if told is None or not told.document.url:
        loss.lost("documents", "no address is known: SOURCEURL is empty", event.id)
    elif len({t.document.url for t in item.told}) > 1 or event.documents > 1:
        loss.lost("documents", "SOURCEURL holds one address, that of the first telling", event.id)
    sides = [(b, a) for a, b in pairs(event)] if code == _MIRRORED else pairs(event)
    tell_pairs(event, len(sides), loss)
    before, after = _before(day), _after(event, code, _root(item))
    geo = _geo(event, loss)
    added, url = _added(event), cell(told.document.url) if told else ""
    for n, (one, two) in enumerate(sides):
        row = (number(event.id, n), *before, *_side(one, event, loss), *_side(two, event, loss), *after)
        yield (*row, *_NO_GEO, *_NO_GEO, *geo, added, url)


@lru_cache(maxsize=20_000)
def _before(day: date) -> tuple[str, ...]:
    fraction = day.year + round((30 * (day.month - 1) + day.day) / 365, 4)  # as GDELT reckons it
    return f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{fraction:.4f}"


def _root(item: Exported) -> int:
    return int(any(t.report.sentence < LEAD for t in item.told))


def _after(event: Event, code: str, root: int) -> tuple[object, ...]:
    entry = ontology.CAMEO[code]
    base = code[:3] if len(code) > 2 else code
    scale = ontology.goldstein(code) if event.goldstein is None else event.goldstein
    return (root, code, base, code[:2], entry.quad_gdelt, float(scale), max(1, len(event.reports)), event.outlets,
            event.documents, "")  # fmt: skip


def _added(event: Event) -> str:
    moment = event.coded or event.reported_first or event.reported_last
    return f"{moment:%Y%m%d%H%M%S}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}000000" if moment else ""


def _side(party: Party | None, event: Event, loss: Loss) -> tuple[str, ...]:
    if party is None:
        return ("",) * len(_ACTOR)
    actor, lost = _cameo(party.country, party.sectors)
    for field, why in lost:
        loss.lost(field, why, event.id)
    types = (*actor.types, "", "", "")[:3]
    return (actor.code, shown(party).upper(), actor.country, actor.group, "", "", "", *types)


@lru_cache(maxsize=100_000)
def _cameo(country: str | None, sectors: tuple[str, ...]) -> tuple[codes.CameoActor, tuple[tuple[str, str], ...]]:
    """The CAMEO actor, and what reading it back does not give: (field, why)."""
    actor = codes.cameo_actor(country, sectors)
    code, back = codes.from_cameo(actor.country, actor.group, actor.types)
    lost = []
    if code != country:
        lost.append(("country of a party", f"CAMEO has no {country}: read back as {code or 'unknown'}"))
    if not codes.same_sectors(sectors, back):
        gone = " ".join(s for s in sectors if s not in back)
        lost.append(("sectors of a party", f"CAMEO has no {gone}" if gone else f"read back as {' '.join(back)}"))
    return actor, tuple(lost)


def _geo(event: Event, loss: Loss) -> tuple[object, ...]:
    """The columns of the place: 1 is a country, 3 a town in the USA, 4 a town elsewhere."""
    place = event.place
    if place is None or (place.country is None and place.name is None):
        return _NO_GEO
    code = codes.fips(place.country)
    if place.country and not code:
        loss.lost("country of the place", f"FIPS has no {place.country}", event.id)
    whole = codes.names_country(place.name, place.country)
    if place.geonames is not None and not whole:
        loss.lost("geonames", "no column: GDELT has ids of GNS", event.id)
    name, land = cell(place.name or ""), codes.english(place.country)
    full = (land or name) if whole else f"{name.replace(',', ' ')}, {land}" if land else name.replace(",", " ")
    kind = 1 if whole else 3 if place.country == "USA" else 4
    return (kind, full, code, "", "", place.lat, place.lon, code if whole else "")


# -- in ---------------------------------------------------------------------------------------------------------------


def read(path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    """The rows of a GDELT events file (also .gz, .zip), a document for each address."""
    with opened(path) as data:
        for lines in grouped(data, _address):
            yield from _group(lines, path, loss)
    if loss.rows:
        for field, why in (("AvgTone", "no field"), ("Actor1Geo, Actor2Geo", "no field: where the actors are")):
            loss.lost(field, why, path.name, loss.rows)


def _address(line: bytes) -> bytes | None:
    last = line.rstrip(b"\r\n").rpartition(b"\t")[2]
    return last if b"/" in last or (b"." in last and not last.isdigit()) else None


def _group(lines: list[Line], path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    reports: list[Report] = []
    document: Document | None = None
    for n, raw in lines:
        loss.events += 1
        fields = text_of(raw).split("\t")
        if len(fields) == 58:
            fields = _widened(fields)
        elif len(fields) == 57:
            fields = _widened([*fields, ""])
        problem = _problem(fields)
        if problem:
            yield Rejected(file=path.name, line=n, why=problem)
            loss.left_out += 1
            continue
        code = cameo_code(fields[26])
        crossed = crossing(code) if code else None
        if code is None or crossed is None:
            loss.without("type", f"PLOVER has no type for CAMEO {fields[26][:2]}", fields[0])
            continue
        if document is None:
            document = _document(fields)
        reports.append(_report(fields, code, crossed, document))
    if document is not None:
        loss.rows += len(reports)
        yield Imported(coding=Coding(document=document, reports=tuple(reports)), coder="gdelt")


def _widened(fields: list[str]) -> list[str]:
    """A row of 1.0 with the three ADM2 columns of 2.0, empty."""
    return [*fields[:39], "", *fields[39:46], "", *fields[46:53], "", *fields[53:]]


def _problem(fields: list[str]) -> str | None:
    if len(fields) != len(COLUMNS):
        return f"{len(fields)} columns; GDELT has 61, or 58 or 57 in version 1"
    if not fields[0].isdigit():
        return f"GLOBALEVENTID {fields[0][:20]!r} is no number"
    if day_from(fields[1]) is None:
        return f"SQLDATE {fields[1][:20]!r} is no day"
    if cameo_code(fields[26]) is None:
        return f"EventCode {fields[26][:20]!r} is no CAMEO code"
    return None


def _document(fields: list[str]) -> Document:
    url = fields[60]
    # The old files without addresses were all added in one load: that day says nothing of the page.
    added = day_from(fields[59]) if url else day_from(fields[1])
    return Document(
        id=digest("gdelt", url or fields[0]),
        text="",
        outlet=outlet_of(url) if url else None,
        url=url or None,
        published=added,
        published_precision="day" if added else None,
        published_basis=("given" if url else "inferred") if added else None,
    )


def _report(
    fields: list[str], code: str, crossed: tuple[str, str | None, tuple[str, ...]], document: Document
) -> Report:
    type, mode, contexts = crossed
    day = day_from(fields[1])
    assert day is not None
    one, two = _actors(*fields[5:15]), _actors(*fields[15:25])
    mirrored = code == _MIRRORED
    if mirrored:
        one, two, code = two, one, "042"
    return Report(
        id=digest("gdelt", document.id, fields[0], fields[1]),
        document=document.id,
        sentence=0,
        type=type,
        mode=mode,
        contexts=contexts,
        concept=f"cameo:{code}",
        evidence=NOWHERE,
        trigger=NOWHERE,
        actors=one,
        recipients=two,
        place=_place(*fields[51:59]),
        when=_when(day),
        cameo=code,
        goldstein=_scale(fields[30], code, mirrored),
        plover_score=score(type, mode),
        confidence=CONFIDENCE,
        because=(
            Reason(field="type", rule=f"import/gdelt/{fields[26]}"),
            reason("actors", f"import/gdelt/{fields[5] or '-'}>{fields[15] or '-'}"),
            reason("when", "import/gdelt/sqldate"),
            Reason(
                field="confidence",
                rule=f"import/gdelt/mentions={fields[31]},sources={fields[32]},articles={fields[33]},root={fields[25]}",
            ),
        ),
    )


@lru_cache(maxsize=20_000)
def _when(day: date) -> When:
    return When(first=day, last=day, precision="day", basis="stated")


def _scale(text: str, code: str, mirrored: bool) -> float:
    """The Goldstein value of the row; of a mirrored row that of the visit, and so where the cell is empty."""
    value = None if mirrored else degrees(text, 10)
    return ontology.goldstein(code) if value is None else value


@lru_cache(maxsize=100_000)
def _actors(code: str, name: str, country: str, group: str, *rest: str) -> tuple[Actor, ...]:
    """The side of a row; () where it is empty."""
    if not code and not name:
        return ()
    land, sectors = codes.from_cameo(country, group, tuple(t for t in rest[3:] if t))
    return (Actor(text=name or code, span=NOWHERE, country=land, sectors=sectors),)


@lru_cache(maxsize=100_000)
def _place(kind: str, full: str, code: str, _one: str, _two: str, lat: str, lon: str, _id: str) -> Place | None:
    country = codes.from_fips(code) if code else None
    if kind in ("", "0") or (country is None and not full):
        return None
    name = full if kind == "1" else full.split(",")[0].strip()
    return Place(text=full or None, span=None, name=name or None, country=country, lat=degrees(lat, 90),
                 lon=degrees(lon, 180))  # fmt: skip
