"""Values as plain dictionaries, the lines of the JSON output (docs/schema.md), and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from dragoman.model import (
    Actor,
    Backing,
    Claim,
    ClaimCheck,
    Coding,
    Defect,
    Difference,
    Document,
    Event,
    Link,
    Party,
    Place,
    Reason,
    Relation,
    Report,
    Span,
    Visit,
    Voice,
    When,
)

Record = dict[str, Any]


def records(coding: Coding) -> Iterator[Record]:
    """All lines of one document: the document, its defects, reports, relations, claims, in the order of the text."""
    text = coding.document.text
    yield document_record(coding.document)
    yield from (_defect(d, coding.document) for d in coding.document.defects)
    yield from (report_record(r, text) for r in coding.reports)
    yield from (relation_record(r, text) for r in coding.relations)
    yield from (claim_record(c, text) for c in coding.claims)


def report_record(report: Report, text: str) -> Record:
    """One report as the JSON output gives it."""
    return {
        "kind": "report",
        "id": report.id,
        "document": report.document,
        "sentence": report.sentence,
        "type": report.type,
        "mode": report.mode,
        "contexts": list(report.contexts),
        "status": report.status,
        "concept": report.concept,
        "actors": [_actor(a) for a in report.actors],
        "recipients": [_actor(a) for a in report.recipients],
        "reciprocal": report.reciprocal,
        "hedged": report.hedged,
        "place": _place(report.place),
        "when": _when(report.when),
        "said_by": _voice(report.said_by),
        "evidence": _quote(report.evidence, text),
        "trigger": _quote(report.trigger, text),
        "planned": report.planned,
        "cameo": report.cameo,
        "goldstein": report.goldstein,
        "plover_score": report.plover_score,
        "confidence": report.confidence,
        "because": [_reason(r, text) for r in report.because],
    }


def quoted(report: Report, evidence: str) -> Record:
    """A report's line where not the text but the words of its evidence are at hand; other words as far as they go."""
    record = report_record(report, "")
    record["evidence"]["quote"] = evidence
    for part in (record["trigger"], *record["because"]):
        if part["start"] is not None:
            part["quote"] = within(report.evidence, evidence, Span(part["start"], part["end"]))
    return record


def within(evidence: Span, words: str, span: Span) -> str:
    """The words of a span that lies in the evidence, of which the words are known; "" where it does not."""
    inside = evidence.start <= span.start and span.end <= evidence.end and len(words) == evidence.end - evidence.start
    return words[span.start - evidence.start : span.end - evidence.start] if inside else ""


def document_record(document: Document) -> Record:
    return {
        "kind": "document",
        "id": document.id,
        "lang": document.lang,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "precision": document.published_precision,
        "basis": document.published_basis,
        "characters": len(document.text),
    }


def _defect(defect: Defect, document: Document) -> Record:
    return {
        "kind": "defect",
        "document": document.id,
        "defect": defect.kind,
        **_quote(defect.span, document.text),
        "repair": defect.repair,
        "sure": defect.sure,
        "into": defect.into,
    }


def relation_record(relation: Relation, text: str) -> Record:
    """One relation as the JSON output gives it."""
    return {
        "kind": "relation",
        "id": relation.id,
        "document": relation.document,
        "sentence": relation.sentence,
        "type": relation.type,
        "a": _actor(relation.a),
        "b": _actor(relation.b),
        "polarity": relation.polarity,
        "since": _when(relation.since),
        "said_by": _voice(relation.said_by),
        "evidence": _quote(relation.evidence, text),
        "because": [_reason(r, text) for r in relation.because],
    }


def claim_record(claim: Claim, text: str) -> Record:
    """One claim as the JSON output gives it."""
    return {
        "kind": "claim",
        "id": claim.id,
        "document": claim.document,
        "sentence": claim.sentence,
        "claim": claim.kind,
        "about": claim.about,
        "type": claim.type,
        "mode": claim.mode,
        "who": claim.who,
        "office": claim.office,
        "from_country": claim.from_country,
        "to_country": claim.to_country,
        "since": _when(claim.since),
        "since_actor": _actor(claim.since_actor) if claim.since_actor else None,
        "years": claim.years,
        "approximate": claim.approximate,
        "ordinal": claim.ordinal,
        "implies": claim.implies,
        "said_by": _voice(claim.said_by),
        "evidence": _quote(claim.evidence, text),
        "because": [_reason(r, text) for r in claim.because],
    }


def _quote(span: Span, text: str) -> Record:
    return {"start": span.start, "end": span.end, "quote": span.of(text)}


def _ends(span: Span | None) -> Record:
    return {"start": span.start if span else None, "end": span.end if span else None}


def _actor(actor: Actor) -> Record:
    return {
        "text": actor.text,
        **_ends(actor.span),
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "office": actor.office,
        "id": actor.id,
    }


def _place(place: Place | None) -> Record | None:
    if place is None:
        return None
    return {
        "text": place.text,
        **_ends(place.span),
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
        "stated": place.stated,
    }


def _when(when: When | None) -> Record | None:
    if when is None:
        return None
    return {
        "first": when.first.isoformat(),
        "last": when.last.isoformat(),
        "precision": when.precision,
        "basis": when.basis,
        **_ends(when.span),
    }


def _voice(voice: Voice | None) -> Record | None:
    if voice is None:
        return None
    return {
        "text": voice.text,
        **_ends(voice.span),
        "name": voice.name,
        "country": voice.country,
        "sectors": list(voice.sectors),
        "channel": voice.channel,
        "says": [_voice(v) for v in voice.says],
    }


def _reason(reason: Reason, text: str) -> Record:
    quote = reason.span.of(text) if reason.span else None
    return {"field": reason.field, "rule": reason.rule, **_ends(reason.span), "quote": quote}


def report_from(record: Record) -> Report:
    """The report that a line tells of; the inverse of `report_record`."""
    return Report(
        id=record["id"],
        document=record["document"],
        sentence=record["sentence"],
        type=record["type"],
        concept=record["concept"],
        evidence=Span(record["evidence"]["start"], record["evidence"]["end"]),
        trigger=Span(record["trigger"]["start"], record["trigger"]["end"]),
        mode=record["mode"],
        contexts=tuple(record["contexts"]),
        status=record["status"],
        actors=tuple(_actor_from(a) for a in record["actors"]),
        recipients=tuple(_actor_from(a) for a in record["recipients"]),
        reciprocal=record["reciprocal"],
        hedged=record["hedged"],
        place=_place_from(record["place"]),
        when=_when_from(record["when"]),
        said_by=_voice_from(record["said_by"]),
        planned=record["planned"],
        cameo=record["cameo"],
        goldstein=record["goldstein"],
        plover_score=record["plover_score"],
        confidence=record["confidence"],
        because=tuple(_reason_from(r) for r in record["because"]),
    )


def relation_from(record: Record) -> Relation:
    """The relation that a line tells of."""
    return Relation(
        id=record["id"],
        document=record["document"],
        sentence=record["sentence"],
        type=record["type"],
        a=_actor_from(record["a"]),
        b=_actor_from(record["b"]),
        evidence=Span(record["evidence"]["start"], record["evidence"]["end"]),
        polarity=record["polarity"],
        since=_when_from(record["since"]),
        said_by=_voice_from(record["said_by"]),
        because=tuple(_reason_from(r) for r in record["because"]),
    )


def claim_from(record: Record) -> Claim:
    """The claim that a line tells of."""
    return Claim(
        id=record["id"],
        document=record["document"],
        sentence=record["sentence"],
        kind=record["claim"],
        evidence=Span(record["evidence"]["start"], record["evidence"]["end"]),
        about=record["about"],
        type=record["type"],
        mode=record["mode"],
        who=record["who"],
        office=record["office"],
        from_country=record["from_country"],
        to_country=record["to_country"],
        since=_when_from(record["since"]),
        since_actor=_actor_from(record["since_actor"]) if record["since_actor"] else None,
        years=record["years"],
        approximate=record["approximate"],
        ordinal=record["ordinal"],
        implies=record["implies"],
        said_by=_voice_from(record["said_by"]),
        because=tuple(_reason_from(r) for r in record["because"]),
    )


def event_record(event: Event) -> Record:
    """One event as the JSON output gives it."""
    return {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "concept": event.concept,
        "actors": [party_record(p) for p in event.actors],
        "recipients": [party_record(p) for p in event.recipients],
        "reciprocal": event.reciprocal,
        "hedged": event.hedged,
        "place": _place(event.place),
        "when": _when(event.when),
        "planned": event.planned,
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "plover_score": event.plover_score,
        "confidence": event.confidence,
        "reports": list(event.reports),
        "documents": event.documents,
        "outlets": event.outlets,
        "lineages": event.lineages,
        "reported_first": _iso(event.reported_first),
        "reported_last": _iso(event.reported_last),
        "coded": _iso(event.coded),
        "said_by": list(event.said_by),
        "coder": event.coder,
        "evidence": event.evidence,
        "differences": [
            {"field": d.field, "values": [{"value": v, "reports": list(ids)} for v, ids in d.values]}
            for d in event.differences
        ],
        "links": [{"kind": k.kind, "event": k.event, "rule": k.rule, "detail": k.detail} for k in event.links],
        "because": [{"field": r.field, "rule": r.rule} for r in event.because],
    }


def event_from(record: Record) -> Event:
    """The event that a line tells of; the inverse of `event_record`."""
    return Event(
        id=record["id"],
        type=record["type"],
        concept=record["concept"],
        mode=record["mode"],
        contexts=tuple(record["contexts"]),
        status=record["status"],
        actors=tuple(party_from(p) for p in record["actors"]),
        recipients=tuple(party_from(p) for p in record["recipients"]),
        reciprocal=record["reciprocal"],
        hedged=record["hedged"],
        place=_place_from(record["place"]),
        when=_when_from(record["when"]),
        planned=record["planned"],
        cameo=record["cameo"],
        goldstein=record["goldstein"],
        plover_score=record["plover_score"],
        confidence=record["confidence"],
        reports=tuple(record["reports"]),
        documents=record["documents"],
        outlets=record["outlets"],
        lineages=record["lineages"],
        reported_first=_day(record["reported_first"]),
        reported_last=_day(record["reported_last"]),
        coded=datetime.fromisoformat(record["coded"]) if record["coded"] else None,
        said_by=tuple(record["said_by"]),
        coder=record["coder"],
        evidence=record["evidence"],
        differences=tuple(
            Difference(field=d["field"], values=tuple((v["value"], tuple(v["reports"])) for v in d["values"]))
            for d in record["differences"]
        ),
        links=tuple(Link(**k) for k in record["links"]),
        because=tuple(Reason(**r) for r in record["because"]),
    )


def party_record(party: Party) -> Record:
    """One side of an event or visit."""
    return {
        "text": party.text,
        "name": party.name,
        "country": party.country,
        "sectors": list(party.sectors),
        "office": party.office,
        "id": party.id,
        "reports": party.reports,
    }


def party_from(record: Record) -> Party:
    """The side that a part of a line tells of."""
    return Party(**{**record, "sectors": tuple(record["sectors"])})


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _span_from(record: Record) -> Span | None:
    return None if record["start"] is None else Span(record["start"], record["end"])


def _actor_from(record: Record) -> Actor:
    return Actor(
        text=record["text"],
        span=Span(record["start"], record["end"]),
        name=record["name"],
        country=record["country"],
        sectors=tuple(record["sectors"]),
        office=record["office"],
        id=record["id"],
    )


def _place_from(record: Record | None) -> Place | None:
    if record is None:
        return None
    return Place(
        text=record["text"],
        span=_span_from(record),
        name=record["name"],
        country=record["country"],
        lat=record["lat"],
        lon=record["lon"],
        geonames=record["geonames"],
        stated=record["stated"],
    )


def _when_from(record: Record | None) -> When | None:
    if record is None:
        return None
    return When(
        first=date.fromisoformat(record["first"]),
        last=date.fromisoformat(record["last"]),
        precision=record["precision"],
        basis=record["basis"],
        span=_span_from(record),
    )


def _voice_from(record: Record | None) -> Voice | None:
    if record is None:
        return None
    return Voice(
        text=record["text"],
        span=Span(record["start"], record["end"]),
        name=record["name"],
        country=record["country"],
        sectors=tuple(record["sectors"]),
        channel=record["channel"],
        says=tuple(v for v in (_voice_from(r) for r in record["says"]) if v is not None),
    )


def _reason_from(record: Record) -> Reason:
    return Reason(field=record["field"], rule=record["rule"], span=_span_from(record))


def plain(value: Any) -> Any:
    """Any value of the model as what JSON can hold: dictionaries, lists, ISO days."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def visit_record(visit: Visit) -> Record:
    """One visit as the JSON output gives it."""
    return {"kind": "visit", **plain(visit)}


def check_record(check: ClaimCheck) -> Record:
    """A claim held against a record as the JSON output gives it."""
    return {"kind": "check", **plain(check)}


def visit_from(record: Record) -> Visit:
    """The visit that a line tells of; the inverse of `visit_record`."""
    return Visit(
        id=record["id"],
        visitor=party_from(record["visitor"]),
        host=record["host"],
        status=record["status"],
        place=record["place"],
        first=_day(record["first"]),
        last=_day(record["last"]),
        precision=record["precision"],
        ended=record["ended"],
        purpose=record["purpose"],
        met=tuple(party_from(p) for p in record["met"]),
        events=tuple(record["events"]),
        backing=tuple(Backing(**{**b, "published": _day(b["published"])}) for b in record["backing"]),
        confidence=record["confidence"],
        because=tuple(Reason(field=r["field"], rule=r["rule"]) for r in record["because"]),
    )
