"""POLECAT event tables, both ways: 40 columns with a header, tabs; the published files are often Latin-1.

Several actors of an event stand in one row: their names, countries, sectors are lists in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    carried,
    cell,
    crosswalk,
    day_from,
    day_of,
    degrees,
    digest,
    first_telling,
    grouped,
    opened,
    reason,
    score,
    tell_lost,
    text_of,
    write_rows,
)
from dragoman.record.formats.values import Exported, Imported, Loss, Rejected


def _party_columns(who: str) -> tuple[str, ...]:
    return (f"{who} Name", f"{who} Country", f"{who} COW", f"Primary {who} Sector", f"{who} Sectors", f"{who} Title",
            f"{who} Name Raw", f"Wikipedia {who} ID")  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_party_columns("Actor"), *_party_columns("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
_NEEDED = ("Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Actor Country", "Recipient Country")
_OTHER_NAMES = {"Event Intensity": "Intensity"}  # what some releases call a column
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE, LIST, INNER = "None", ";", "|"
_EMPTY = frozenset({"", NONE, "NA", "NULL", "nan"})


# -- out --------------------------------------------------------------------------------------------------------------


def write(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as POLECAT rows, one an event."""
    loss = Loss("polecat")
    write_rows(out, [COLUMNS])
    for item in items:
        row = _row(item, loss)
        if row is not None:
            loss.rows += 1
            write_rows(out, [[NONE if v in (None, "") else v for v in row]])
    return loss


def _row(item: Exported, loss: Loss) -> list[object] | None:
    event = item.event
    if not carried(event, loss) or (day := day_of(event, loss)) is None:
        return None
    tell_lost(event, loss, kept=frozenset({"contexts", "office of a party"}))
    for field, has in (("cameo, goldstein", event.cameo), ("reciprocal", event.reciprocal)):
        if has:
            loss.lost(field, "no column", event.id)
    if event.documents > 1:
        loss.lost("documents", "Source and Publication Date are those of the first telling", event.id)
    told = first_telling(item)
    document = told.document if told else None
    published = document.published if document else event.reported_first
    intensity = score(event.type, event.mode) if event.plover_score is None else event.plover_score
    return [
        event.id, day, event.type, event.mode, intensity, QUADS[ontology.quad(event.type)],
        LIST.join(event.contexts), *_side(event.actors), *_side(event.recipients),
        *_where(event), cell(document.outlet) if document else "", published, "", "", "",
        document.lang if document else "", _version(),
    ]  # fmt: skip


def _side(parties: Sequence[Party]) -> tuple[str, ...]:
    """The eight columns of a side; the n-th item of each list is of the n-th party."""
    return (
        _list(p.name or p.text for p in parties),
        _list(p.country for p in parties),
        _list(codes.cow(p.country) for p in parties),
        _list(p.sectors[0] if p.sectors else "" for p in parties),
        LIST.join(parties[0].sectors) if len(parties) == 1 else _list(INNER.join(p.sectors) for p in parties),
        _list(codes.titles().get(p.office or "") for p in parties),
        _list(p.text for p in parties),
        "",
    )


def _list(items: Iterable[str | None]) -> str:
    """A list as one cell; the empty cell where nothing of it is known."""
    listed = [cell(item).replace(LIST, ",") or NONE for item in items]
    return LIST.join(listed) if any(item != NONE for item in listed) else ""


def _where(event: Event) -> tuple[object, ...]:
    place = event.place
    if place is None:
        return ("",) * 10
    whole = codes.names_country(place.name, place.country)
    name = cell(place.name)
    return (name, "" if whole else name, "", "", place.country, place.lat, place.lon, place.geonames, cell(place.text),
            "")  # fmt: skip


@lru_cache(maxsize=1)
def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"dragoman {version('dragoman')}"
    except PackageNotFoundError:
        return "dragoman"


# -- in ---------------------------------------------------------------------------------------------------------------


def read(path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    """The rows of a POLECAT file (tabs or commas; also .gz, .zip), a document for each story."""
    with opened(path) as data:
        end = data.find(b"\n")
        first = text_of(data[: end if end >= 0 else len(data)])
        header, comma = _header(first, path)

        def key(line: bytes) -> bytes | None:
            if comma:
                return None
            fields = line.split(b"\t")
            at = header["Event ID"]
            story, mark, _ = fields[at].partition(b"_") if len(fields) > at else (b"", b"", b"")
            return story if mark else None

        for lines in grouped(data, key, skip=1):
            yield from _group(lines, header, comma, path, loss)
    if loss.rows:
        loss.lost("District, Province, Feature Type, Wikipedia ids, story lists", "no field", path.name, loss.rows)


def _header(line: str, path: Path) -> tuple[dict[str, int], bool]:
    """The columns, and whether commas part them."""
    line = line.lstrip("\ufeff").removeprefix("#!").rstrip("\r\n")
    comma = "\t" not in line
    names = [_OTHER_NAMES.get(n.strip(), n.strip()) for n in _cells(line, comma)]
    header = {name: n for n, name in enumerate(names) if name in COLUMNS}
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(f"{path}, line 1: no column {', '.join(missing)}; a POLECAT file begins with its header")
    return header, comma


def _cells(line: str, comma: bool) -> list[str]:
    if not comma:
        return line.split("\t")
    import csv

    return next(csv.reader([line]), [])


def _group(
    lines: list[Line], header: dict[str, int], comma: bool, path: Path, loss: Loss
) -> Iterator[Imported | Rejected]:
    reports: list[Report] = []
    document: Document | None = None
    version = ""
    for n, raw in lines:
        loss.events += 1
        fields = [f.strip() for f in _cells(text_of(raw), comma)]
        row = {name: "" if fields[i] in _EMPTY else fields[i] for name, i in header.items() if i < len(fields)}
        problem = _problem(row, header)
        if problem:
            yield Rejected(file=path.name, line=n, why=problem)
            loss.left_out += 1
            continue
        if document is None:
            document, version = _document(row), row.get("Version", "")
        reports.append(_report(row, document, loss))
    if document is not None:
        loss.rows += len(reports)
        yield Imported(coding=Coding(document=document, reports=tuple(reports)), coder="polecat", version=version)


def _problem(row: dict[str, str], header: dict[str, int]) -> str | None:
    if any(name not in row for name in _NEEDED):
        return f"{len(row)} columns; the header has {len(header)}"
    if not row["Event ID"]:
        return "no Event ID"
    if day_from(row["Event Date"]) is None:
        return f"Event Date {row['Event Date'][:20]!r} is no day"
    if row["Event Type"].upper() not in ontology.TYPES:
        return f"Event Type {row['Event Type'][:20]!r} is no PLOVER type"
    return None


def _document(row: dict[str, str]) -> Document:
    story, mark, _ = row["Event ID"].partition("_")
    day, lang = day_from(row.get("Publication Date", "")), row.get("Language", "").lower()
    return Document(
        id=digest("polecat", story if mark else row["Event ID"]),
        text="",
        lang=lang if len(lang) == 2 else None,
        outlet=row.get("Source") or None,
        published=day,
        published_precision="day" if day else None,
        published_basis="given" if day else None,
    )


def _report(row: dict[str, str], document: Document, loss: Loss) -> Report:
    type, id = row["Event Type"].upper(), row["Event ID"]
    mode, known = _mode(type, row["Event Mode"])
    if not known:
        loss.lost("mode", f"PLOVER has no {type}/{row['Event Mode'][:20]}", id)
    contexts, strange = _contexts(row.get("Contexts", ""))
    for word in strange:
        loss.lost("contexts", f"PLOVER has no {word[:20]}", id)
    intensity, code = degrees(row.get("Intensity", ""), 10), crosswalk(type, mode, contexts)
    return Report(
        id=digest("polecat", document.id, id, row["Event Date"]),
        document=document.id,
        sentence=0,
        type=type,
        concept=f"plover:{type.lower()}" + (f"/{mode}" if mode else ""),
        evidence=NOWHERE,
        trigger=NOWHERE,
        mode=mode,
        contexts=contexts,
        actors=_actors(*(row.get(name, "") for name in _party_columns("Actor"))),
        recipients=_actors(*(row.get(name, "") for name in _party_columns("Recipient"))),
        place=_place(*(row.get(n, "") for n in ("Placename", "City", "Country", "Latitude", "Longitude", "GeoNames ID",
                                                "Raw Placename"))),
        when=_when(day_from(row["Event Date"])),
        cameo=code,
        goldstein=ontology.goldstein(code) if code else None,
        plover_score=score(type, mode) if intensity is None else intensity,
        confidence=CONFIDENCE,
        because=(
            reason("type", f"import/polecat/{type.lower()}/{row['Event Mode'] or '-'}"),
            reason("cameo", "import/crosswalk"),
            reason("when", "import/polecat/event-date"),
        ),
    )  # fmt: skip


@lru_cache(maxsize=2000)
def _mode(type: str, written: str) -> tuple[str | None, bool]:
    """Today's mode, and whether it could be told."""
    word = written.lower().replace("_", "-").replace(" ", "-")
    if not word or word in ontology.TYPES[type].modes:
        return word or None, True
    return codes.old_modes().get((type, word)), (type, word) in codes.old_modes()


@lru_cache(maxsize=20_000)
def _contexts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Contexts that PLOVER has, and words that it has not."""
    words = [w.strip().lower() for w in text.replace(INNER, LIST).split(LIST)]
    read = [codes.other_contexts().get(w, w.replace("-", "_").replace(" ", "_")) for w in words if w and w != "none"]
    found = dict.fromkeys(w for w in read if w in ontology.CONTEXTS)
    return tuple(found), tuple(w for w in read if w not in ontology.CONTEXTS)


@lru_cache(maxsize=100_000)
def _actors(
    names: str, countries: str, _cow: str, primary: str, sectors: str, titles: str, raw: str, _wikipedia: str
) -> tuple[Actor, ...]:
    """The parties of a side, from lists that have their items in the same order."""
    listed = {key: _items(text) for key, text in (("name", names), ("country", countries), ("raw", raw))}
    count = max(len(items) for items in listed.values())

    def item(items: list[str], n: int) -> str | None:
        return (items[n] if len(items) == count else items[0] if len(items) == 1 else "") or None

    fine, first, offices = _sectors(sectors, count), _items(primary), _items(titles)
    found = []
    for n in range(count):
        name, text = item(listed["name"], n), item(listed["raw"], n)
        main = item(first, n)
        own = dict.fromkeys(s for s in ([main] if main else []) + fine[n] if s in ontology.SECTORS)
        country = codes.from_name(item(listed["country"], n) or "")
        found.append(
            Actor(text=text or name or country or "", span=NOWHERE, name=name, country=codes.acting().get(country or "",
                  country), sectors=tuple(own), office=codes.offices().get(item(offices, n) or ""))
        )  # fmt: skip
    return tuple(found)


def _items(text: str) -> list[str]:
    """The items of a list; an item that says "None" is empty."""
    return ["" if i.strip() in _EMPTY else i.strip() for i in text.split(LIST)] if text else []


def _sectors(text: str, count: int) -> list[list[str]]:
    """The sectors of each of `count` parties: one party has the whole list, several have one item each."""
    if count == 1:
        return [[s for s in text.replace(INNER, LIST).split(LIST) if s]]
    groups = [g.split(INNER) for g in text.split(LIST)]
    return groups if len(groups) == count else [[] for _ in range(count)]


@lru_cache(maxsize=100_000)
def _place(name: str, city: str, country: str, lat: str, lon: str, geonames: str, raw: str) -> Place | None:
    if not (name or city or country):
        return None
    code = codes.from_name(country) if country else None
    return Place(text=raw or name or None, span=None, name=name or city or codes.english(code) or None, country=code,
                 lat=degrees(lat, 90), lon=degrees(lon, 180),
                 geonames=int(geonames) if geonames.isdigit() else None)  # fmt: skip


@lru_cache(maxsize=20_000)
def _when(day: date | None) -> When | None:
    return When(first=day, last=day, precision="day", basis="stated") if day else None
