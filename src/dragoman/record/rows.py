"""Values as rows of the record's tables, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dragoman import lines, ontology
from dragoman.model import Claim, Coding, Document, Event, Party, Relation, Report
from dragoman.record import Row, columns
from dragoman.record.told import Told
from dragoman.record.words import as_column, folded, from_column, stems

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
LIST = ";"  # between the codes of a column

DOCUMENT = {
    "id": "varchar", "given": "varchar", "hash": "varchar", "lang": "varchar", "outlet": "varchar", "url": "varchar",
    "title": "varchar", "published": "date", "precision": "varchar", "basis": "varchar", "text": "varchar",
    "characters": "integer", "lineage": "varchar", "signature": "bytea", "coder": "varchar", "version": "varchar",
    "coded": "timestamp", "batch": "varchar", "title_words": "varchar", "defects": "varchar",
}  # fmt: skip
REPORT = {
    "id": "varchar", "document": "varchar", "sentence": "integer", "type": "varchar", "mode": "varchar",
    "concept": "varchar", "status": "varchar", "contexts": "varchar", "sources": "varchar", "targets": "varchar",
    "reciprocal": "boolean", "first": "date", "last": "date", "precision": "varchar", "basis": "varchar",
    "place_country": "varchar", "place": "varchar", "confidence": "double precision", "coder": "varchar",
    "words": "varchar", "body": "varchar", "knot": "varchar", "event": "varchar",
}  # fmt: skip
REPORT_KEY = {"key": "bigint", "first": "integer", "last": "integer", "report": "varchar"}
RELATION = {
    "id": "varchar", "document": "varchar", "type": "varchar", "a": "varchar", "b": "varchar", "polarity": "integer",
    "body": "varchar",
}  # fmt: skip
CLAIM = {
    "id": "varchar", "document": "varchar", "kind": "varchar", "type": "varchar", "mode": "varchar",
    "from_country": "varchar", "to_country": "varchar", "body": "varchar",
}  # fmt: skip
EVENT = {
    "id": "varchar", "type": "varchar", "mode": "varchar", "concept": "varchar", "status": "varchar",
    "contexts": "varchar", "quad": "integer", "sources": "varchar", "targets": "varchar", "first": "date",
    "last": "date", "precision": "varchar", "place_country": "varchar", "place": "varchar", "offices": "varchar",
    "names": "varchar", "said_by": "varchar", "goldstein": "double precision", "plover_score": "double precision",
    "confidence": "double precision", "reports": "integer", "outlets": "integer", "lineages": "integer",
    "reported_first": "date", "reported_last": "date", "coder": "varchar", "words": "varchar", "knot": "varchar",
    "body": "varchar",
}  # fmt: skip
DECISION = {
    "id": "varchar", "kind": "varchar", "subject": "varchar", "object": "varchar", "made": "timestamp",
    "why": "varchar",
}  # fmt: skip
EVENT_DYAD = {"event": "varchar", "source": "varchar", "target": "varchar", "first": "date"}


def now() -> datetime:
    """This moment, UTC, as the tables hold it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def to_json(value: Any) -> str:
    """A value as the tables hold it."""
    return _ENCODE(value)


def told_of(
    report: Report, document: Document, *, lineage: str, evidence: str, kept: str | None = None,
    title: frozenset[str] | None = None, coder: str = "dragoman",
) -> Told:  # fmt: skip
    """A report with what merging must know of its document.

    `kept` is as much of the evidence as the record keeps, `title` the stems of the document's title where they are
    known already.
    """
    return Told(
        report=report,
        lang=document.lang or "",
        outlet=document.outlet,
        published=document.published,
        lineage=lineage,
        words=stems(evidence, document.lang),
        title_words=stems(document.title or "", document.lang) if title is None else title,
        evidence=evidence if kept is None else kept,
        coder=coder,
    )


def shortened(value: Any, length: int) -> Any:
    """A line with its quotes cut to so many characters."""
    if isinstance(value, list):
        return [shortened(part, length) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _cut(part, length) if key in ("quote", "text") and isinstance(part, str) else shortened(part, length)
        for key, part in value.items()
    }


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def told_from(row: Row) -> Told:
    """What `TOLD_COLUMNS` of a report and its document hold."""
    body, words, coder, lang, outlet, published, lineage, title_words = row
    record = json.loads(body)
    evidence = record["evidence"]["quote"]
    record["because"] = []  # merging does not look at the reasons
    return Told(
        report=lines.report_from(record),
        lang=lang or "",
        outlet=outlet,
        published=published,
        lineage=lineage,
        words=from_column(words),
        title_words=from_column(title_words),
        evidence=evidence,
        coder=coder,
    )


TOLD_COLUMNS = "r.body, r.words, r.coder, d.lang, d.outlet, d.published, d.lineage, d.title_words"


def report_row(told: Told, body: str, *, knot: str, event: str | None) -> Row:
    report = told.report
    when, place = report.when, report.place
    return (
        report.id, report.document, report.sentence, report.type, report.mode, report.concept, report.status,
        LIST.join(report.contexts), countries(report.actors), countries(report.recipients), report.reciprocal,
        when.first if when else None, when.last if when else None, when.precision if when else None,
        when.basis if when else None, place.country if place else None, place.name if place else None,
        float(report.confidence), told.coder, as_column(told.words), body, knot, event,
    )  # fmt: skip


def relation_row(relation: Relation, text: str, quote: int | None = None) -> Row:
    body = _body(lines.relation_record(relation, text), quote)
    return (relation.id, relation.document, relation.type, relation.a.country, relation.b.country,
            relation.polarity, body)  # fmt: skip


def claim_row(claim: Claim, text: str, quote: int | None = None) -> Row:
    body = _body(lines.claim_record(claim, text), quote)
    return (claim.id, claim.document, claim.kind, claim.type, claim.mode, claim.from_country, claim.to_country, body)


def _body(record: dict[str, Any], quote: int | None) -> str:
    return to_json(record if quote is None else shortened(record, quote))


def event_row(event: Event, *, words: frozenset[str], knot: str) -> Row:
    when, place, sides = event.when, event.place, (*event.actors, *event.recipients)
    names = " | ".join(folded(p.name or p.text) for p in sides)
    return (
        event.id, event.type, event.mode, event.concept, event.status, LIST.join(event.contexts),
        ontology.quad(event.type), countries(event.actors), countries(event.recipients), when.first if when else None,
        when.last if when else None, when.precision if when else None, place.country if place else None,
        place.name if place else None, LIST.join(sorted({p.office for p in event.actors if p.office})), names,
        folded(" | ".join(event.said_by)), _float(event.goldstein), _float(event.plover_score),
        float(event.confidence), len(event.reports), event.outlets, event.lineages, event.reported_first,
        event.reported_last, event.coder, as_column(words), knot, event_body(event),
    )  # fmt: skip


def dyad_rows(event: Event) -> list[Row]:
    """Who acted towards whom: one row a direction, both for what was done together, none for a country and itself."""
    ones, others = codes(event.actors), codes(event.recipients)
    pairs = {(a, b) for a in ones for b in others}
    if event.reciprocal:
        everybody = ones | others
        pairs = {(a, b) for a in everybody for b in everybody}
    day = event.when.first if event.when else None
    return [(event.id, a, b, day) for a, b in sorted(pairs) if a != b]


def codes(parties: Iterable[Party]) -> set[str]:
    """The countries of a side."""
    return {p.country for p in parties if p.country}


def countries(parties: Iterable[Any]) -> str:
    """The countries of a side as a column."""
    return LIST.join(sorted({p.country for p in parties if p.country}))


def event_body(event: Event) -> str:
    return to_json(lines.event_record(event))


def event_from(body: str) -> Event:
    return lines.event_from(json.loads(body))


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def document_row(
    document: Document, *, given: str, lineage: str, signature: bytes, keep_text: bool, coder: str,
    version: str, coded: datetime, batch: str,
) -> Row:  # fmt: skip
    """A document's row; without its text where the record keeps none."""
    title = as_column(stems(document.title or "", document.lang))
    hashed = _hash(document.text) if document.text else document.id
    return (
        document.id, given, hashed, document.lang, document.outlet, document.url, document.title, document.published,
        document.published_precision, document.published_basis, document.text if keep_text else None,
        len(document.text), lineage, signature, coder, version, coded, batch, title,
        to_json([defect_record(d) for d in document.defects]),
    )  # fmt: skip


def defect_record(defect: Any) -> dict[str, Any]:
    return {"defect": defect.kind, "start": defect.span.start, "end": defect.span.end, "repair": defect.repair,
            "sure": defect.sure, "into": defect.into}  # fmt: skip


def storable(coding: Coding) -> Coding:
    """A coding without the characters that a database cannot hold: what merging sees is what the tables will hold."""
    document = coding.document
    fields = {name: columns.storable(getattr(document, name)) for name in ("text", "title", "outlet", "url")}
    if all(value is getattr(document, name) for name, value in fields.items()):
        return coding

    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(part) for part in value]
        if isinstance(value, dict):
            return {key: clean(part) for key, part in value.items()}
        return columns.storable(value)

    text = fields["text"]
    return Coding(
        document=replace(document, **fields),
        reports=tuple(lines.report_from(clean(lines.report_record(r, text))) for r in coding.reports),
        relations=tuple(lines.relation_from(clean(lines.relation_record(r, text))) for r in coding.relations),
        claims=tuple(lines.claim_from(clean(lines.claim_record(c, text))) for c in coding.claims),
    )


def rekeyed(coding: Coding, key: str) -> Coding:
    """A coding under the id that the record gives its document.

    The ids in it are made anew from what was coded, for the old ones may depend on what a file calls its document.
    """
    if coding.document.id == key:
        return coding
    named = _numbered((f"{key}|report|{_told(r)}", r.id) for r in coding.reports)
    return Coding(
        document=replace(coding.document, id=key),
        reports=tuple(replace(r, id=named[r.id], document=key) for r in coding.reports),
        relations=tuple(
            replace(r, id=_hash(f"{key}|relation|{n}"), document=key) for n, r in enumerate(coding.relations)
        ),
        claims=tuple(
            replace(c, id=_hash(f"{key}|claim|{n}"), document=key, about=named.get(c.about or ""),
                    implies=named.get(c.implies or ""))
            for n, c in enumerate(coding.claims)
        ),
    )  # fmt: skip


def _told(report: Report) -> str:
    return f"{report.sentence}|{report.trigger.start}|{report.trigger.end}|{report.type}|{report.concept}"


def _numbered(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Old id → new id; what is alike in all that is hashed is told apart by its number."""
    named: dict[str, str] = {}
    seen: dict[str, int] = {}
    for content, old in found:
        if old not in named:
            seen[content] = number = seen.get(content, 0) + 1
            named[old] = _hash(content if number == 1 else f"{content}|{number}")
    return named


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
