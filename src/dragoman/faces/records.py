"""What was coded from a document, as plain dictionaries: the lines of the JSON output (docs/schema.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.model import Actor, Claim, Coding, Defect, Document, Place, Reason, Relation, Report, Span, Voice, When

Record = dict[str, Any]


def records(coding: Coding) -> Iterator[Record]:
    """All lines of one document: the document, its defects, reports, relations, claims, in the order of the text."""
    text = coding.document.text
    yield _document(coding.document)
    yield from (_defect(d, coding.document) for d in coding.document.defects)
    yield from (report_record(r, text) for r in coding.reports)
    yield from (_relation(r, text) for r in coding.relations)
    yield from (_claim(c, text) for c in coding.claims)


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


def _document(document: Document) -> Record:
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


def _relation(relation: Relation, text: str) -> Record:
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


def _claim(claim: Claim, text: str) -> Record:
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
