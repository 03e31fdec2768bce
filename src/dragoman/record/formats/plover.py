"""PLOVER's JSON records, out: one object a line, the fields of the manual of February 2024."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dragoman import ontology
from dragoman.lines import Record
from dragoman.model import Event, Party, Place
from dragoman.record.formats.codes import from_name, names_country
from dragoman.record.formats.jsonl import to_json
from dragoman.record.formats.rows import first_telling
from dragoman.record.formats.values import Exported, Loss, Telling

STATUSES = frozenset({"historical", "future", "hypothetical", "negation"})  # PLOVER's auxiliary modes
_LOST = (
    ("hedged", "no field: a rumour stands as told for sure"),
    ("reciprocal", "no field: both sides stand as actors, or as they are"),
    ("planned", "no field: what is promised"),
    ("differences", "no field: what the reports do not agree on"),
    ("links", "no field: ties to other events"),
    ("because", "no field: the reasons"),
    ("said_by", "no field: who says so"),
    ("cameo", "no field"),
    ("goldstein", "no field"),
    ("confidence", "no field"),
)


def write(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as PLOVER records; what has no field there is left out of them, not put under a name of ours."""
    loss = Loss("plover")
    for item in items:
        record = _record(item, loss)
        if record is not None:
            loss.rows += 1
            out.write(to_json(record))
    return loss


def _record(item: Exported, loss: Loss) -> Record | None:
    event, told = item.event, first_telling(item)
    loss.events += 1
    day = event.when.first if event.when else event.reported_first
    if event.status is not None and event.status not in STATUSES:
        loss.without("status", f"PLOVER has no {event.status} events", event.id)
        return None
    if day is None:
        loss.without("when", "a record needs a day, and none is known", event.id)
        return None
    _tell_lost(event, loss)
    record: Record = {
        "id": event.id,
        "date": day.isoformat(),
        "enddate": event.when.last.isoformat() if event.when and event.when.last != event.when.first else None,
        "actor": [_entity(p) for p in event.actors],
        "recipient": [_entity(p) for p in event.recipients],
        "event": [event.type],
        "mode": [m for m in (event.mode, event.status) if m],
        "context": list(event.contexts),
        "quad_code": ontology.quad(event.type),
        "event_scale": event.plover_score,
        "event_loc": _location(event.place),
        "event_text": event.evidence,
        "coder": event.coder,
        "coded_date": event.coded.date().isoformat() if event.coded else None,
        "coded_time": event.coded.time().isoformat("seconds") if event.coded else None,
    }
    if told is not None:
        record |= _cited(told)
    return {name: value for name, value in record.items() if value is not None and value != []}


def _tell_lost(event: Event, loss: Loss) -> None:
    for field, why in _LOST:
        if getattr(event, field):
            loss.lost(field, why, event.id)
    if event.when is None:
        loss.lost("when", "not known: the day of the first report stands for it", event.id)
    elif event.when.precision != "day":
        loss.lost("when", "no field for its precision: first and last day alone", event.id)
    if len(event.reports) > 1:
        loss.lost("reports", "one record: which reports tell it, beyond the first", event.id)


def _entity(party: Party) -> Record:
    entity = {
        "code": party.country,
        "sector": "".join(party.sectors[:2]),  # the manual has three or six letters
        "entity_text": party.text,
        "identifier_text": party.name,
        "identifier_id": party.id,
        "office": party.office,
    }
    return {name: value for name, value in entity.items() if value}


def _location(place: Place | None) -> Record | None:
    if place is None:
        return None
    whole = names_country(place.name, place.country)
    location = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "city": None if whole else place.name,
        "country_code": place.country if place.country and from_name(place.country) else None,
        "resolution": 1 if whole else 4,
    }
    return {name: value for name, value in location.items() if value is not None}


def _cited(told: Telling) -> Record:
    """Where the words stand: `text_info` and `cite_info` of a record."""
    document, span = told.document, told.report.evidence
    cite = {"url": document.url, "title": document.title, "language": document.lang, "publication": document.outlet}
    return {
        "text_info": {"sequence": told.report.sentence, "start": span.start, "end": span.end},
        "cite_info": {name: value for name, value in cite.items() if value},
    }
