"""ICEWS event tables, both ways: 20 columns with a header, tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.model import Actor, Coding, Document, Event, Party, Place, Report, When
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

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_NEEDED = ("Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Target Name", "Target Country")
_EMPTY = frozenset({"", "NA", "NULL", "None", "---"})
_KEPT = frozenset({"contexts"})  # in a way of their own
_MIRRORED = "043"  # "host a visit": its source is the host


# -- out --------------------------------------------------------------------------------------------------------------


def write(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as ICEWS rows, one a pair and direction."""
    loss = Loss("icews")
    write_rows(out, [COLUMNS])
    for item in items:
        write_rows(out, _rows(item, loss))
    return loss


def _rows(item: Exported, loss: Loss) -> Iterator[tuple[object, ...]]:
    event = item.event
    if not carried(event, loss) or (code := cameo_of(event, loss)) is None or (day := day_of(event, loss)) is None:
        return
    told = first_telling(item)
    tell_lost(event, loss, kept=_KEPT)
    if event.documents > 1:
        loss.lost("documents", "Story ID and Publisher are those of the first telling", event.id)
    sides = [(b, a) for a, b in pairs(event)] if code == _MIRRORED else pairs(event)
    tell_pairs(event, len(sides), loss)
    story = (number(told.report.document), told.report.sentence + 1, cell(told.document.outlet)) if told else ("",) * 3
    scale = ontology.CAMEO[code].goldstein_icews
    if event.goldstein is not None and event.goldstein != scale:
        loss.lost("goldstein", f"ICEWS has {scale} for CAMEO {code}", event.id)
    where = _where(event, loss)
    for n, (one, two) in enumerate(sides):
        act = (ontology.CAMEO[code].name, code, scale)
        yield (number(event.id, n), day, *_side(one, event, loss), *act, *_side(two, event, loss), *story, *where)


def _side(party: Party | None, event: Event, loss: Loss) -> tuple[str, str, str]:
    if party is None:
        return "", "", ""
    name = codes.body_name(party.country) or shown(party)
    words, land, lost = _words(party.country, party.sectors, name)
    for field, why in lost:
        loss.lost(field, why, event.id)
    return name, words, land


@lru_cache(maxsize=100_000)
def _words(country: str | None, sectors: tuple[str, ...], name: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Sectors and country in ICEWS's words, and what reading them back does not give: (field, why)."""
    words, land = codes.icews_sectors(country, sectors), codes.icews_name(country)
    code, back = codes.from_icews(land, name, words)
    lost = []
    if code != country:
        lost.append(("country of a party", f"ICEWS has no {country}: read back as {code or 'unknown'}"))
    if not codes.same_sectors(sectors, back):
        gone = " ".join(s for s in sectors if s not in back)
        lost.append(("sectors of a party", f"ICEWS has no {gone}" if gone else f"read back as {' '.join(back)}"))
    return words, land, tuple(lost)


def _where(event: Event, loss: Loss) -> tuple[object, ...]:
    place = event.place
    if place is None:
        return ("",) * 6
    if place.geonames is not None:
        loss.lost("geonames", "no column", event.id)
    if place.country and not codes.icews_name(place.country):
        loss.lost("country of the place", f"ICEWS has no {place.country}", event.id)
    city = "" if codes.names_country(place.name, place.country) else cell(place.name)
    return city, "", "", codes.icews_name(place.country), place.lat, place.lon


# -- in ---------------------------------------------------------------------------------------------------------------


def read(path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    """The rows of an ICEWS file (also .gz, .zip), a document for each story."""
    with opened(path) as data:
        header = _header(data[: max(0, data.find(b"\n"))] or data[:], path)
        story = header.get("Story ID")

        def key(line: bytes) -> bytes | None:
            fields = line.split(b"\t") if story is not None else []
            return (fields[story].strip() or None) if story is not None and len(fields) > story else None

        for lines in grouped(data, key, skip=1):
            yield from _group(lines, header, path, loss)
    if loss.rows:
        loss.lost("District, Province", "no field", path.name, loss.rows)
        loss.lost("sectors of a party", "PLOVER's sectors are wider than ICEWS's", path.name, loss.rows)


def _header(line: bytes, path: Path) -> dict[str, int]:
    names = [_plain(name) for name in text_of(line).lstrip("\ufeff").rstrip("\r\n").split("\t")]
    header = {name: n for n, name in enumerate(names)}
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(f"{path}, line 1: no column {', '.join(missing)}; an ICEWS file begins with its header")
    return header


def _plain(text: str) -> str:
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _group(lines: list[Line], header: dict[str, int], path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    reports: list[Report] = []
    document: Document | None = None
    for n, raw in lines:
        loss.events += 1
        fields = [_plain(f) for f in text_of(raw).split("\t")]
        row = {name: "" if fields[i] in _EMPTY else fields[i] for name, i in header.items() if i < len(fields)}
        problem = _problem(row, header)
        if problem:
            yield Rejected(file=path.name, line=n, why=problem)
            loss.left_out += 1
            continue
        code = cameo_code(row["CAMEO Code"])
        crossed = crossing(code) if code else None
        if code is None or crossed is None:
            loss.without("type", f"PLOVER has no type for CAMEO {row['CAMEO Code'][:2]}", row["Event ID"])
            continue
        if document is None:
            document = _document(row)
        reports.append(_report(row, code, crossed, document))
    if document is not None:
        loss.rows += len(reports)
        yield Imported(coding=Coding(document=document, reports=tuple(reports)), coder="icews")


def _problem(row: dict[str, str], header: dict[str, int]) -> str | None:
    if len(row) < len(header):
        return f"{len(row)} columns; the header has {len(header)}"
    if not row["Event ID"]:
        return "no Event ID"
    if day_from(row["Event Date"]) is None:
        return f"Event Date {row['Event Date'][:20]!r} is no day"
    if cameo_code(row["CAMEO Code"]) is None:
        return f"CAMEO Code {row['CAMEO Code'][:20]!r} is no CAMEO code"
    return None


def _document(row: dict[str, str]) -> Document:
    story, day = row.get("Story ID"), day_from(row["Event Date"])
    return Document(
        id=digest("icews", "story", story) if story else digest("icews", row["Event ID"], str(day)),
        text="",
        outlet=row.get("Publisher") or None,
        published=day,
        published_precision="day",
        published_basis="given",
    )


def _report(
    row: dict[str, str], code: str, crossed: tuple[str, str | None, tuple[str, ...]], document: Document
) -> Report:
    type, mode, contexts = crossed
    day = day_from(row["Event Date"])
    assert day is not None
    sides = [
        _actors(row[f"{who} Name"], row.get(f"{who} Sectors", ""), row[f"{who} Country"])
        for who in ("Source", "Target")
    ]
    mirrored = code == _MIRRORED
    if mirrored:
        sides, code = sides[::-1], "042"
    scale = None if mirrored else degrees(row.get("Intensity", ""), 10)
    sentence = row.get("Sentence Number", "")
    return Report(
        id=digest("icews", document.id, row["Event ID"], day.isoformat()),  # an ICEWS id alone is not unique
        document=document.id,
        sentence=int(sentence) - 1 if sentence.isdigit() and int(sentence) else 0,
        type=type,
        mode=mode,
        contexts=contexts,
        concept=f"cameo:{code}",
        evidence=NOWHERE,
        trigger=NOWHERE,
        actors=sides[0],
        recipients=sides[1],
        place=_place(row),
        when=_when(day),
        cameo=code,
        goldstein=ontology.goldstein(code) if scale is None else scale,
        plover_score=score(type, mode),
        confidence=CONFIDENCE,
        because=(
            reason("type", f"import/icews/{row['CAMEO Code']}"),
            reason("actors", f"import/icews/{row.get('Source Sectors') or '-'}>{row.get('Target Sectors') or '-'}"),
            reason("when", "import/icews/event-date"),
        ),
    )


@lru_cache(maxsize=20_000)
def _when(day: date) -> When:
    """ICEWS dates an event by the day of its story."""
    return When(first=day, last=day, precision="day", basis="published")


@lru_cache(maxsize=100_000)
def _actors(name: str, words: str, country: str) -> tuple[Actor, ...]:
    if not name and not country:
        return ()
    code, sectors = codes.from_icews(country, name, words)
    generic = bool(country) and name.endswith(f"({country})")  # "Police (Peru)"
    return (Actor(text=name or country, span=NOWHERE, name=None if generic else name or None, country=code,
                  sectors=sectors),)  # fmt: skip


def _place(row: dict[str, str]) -> Place | None:
    city, land = row.get("City", ""), row.get("Country", "")
    return _placed(city or row.get("Province", ""), land, row.get("Latitude", ""), row.get("Longitude", ""))


@lru_cache(maxsize=100_000)
def _placed(name: str, land: str, lat: str, lon: str) -> Place | None:
    if not name and not land:
        return None
    return Place(
        text=", ".join(filter(None, (name, land))),
        span=None,
        name=name or land,
        country=codes.from_name(land),
        lat=degrees(lat, 90),
        lon=degrees(lon, 180),
    )
