"""Our own JSON Lines, both ways: events, and the documents and reports that tell them (docs/schema.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.lines import (
    Record,
    claim_from,
    document_record,
    event_record,
    quoted,
    relation_from,
    report_from,
    report_record,
    within,
)
from dragoman.model import Claim, Coding, Defect, Document, Relation, Report, Span
from dragoman.record.formats.rows import Line, day_from, grouped, opened, text_of
from dragoman.record.formats.values import Exported, Imported, Loss, Rejected, Telling

_OF_DOCUMENT = frozenset({"report", "relation", "claim", "defect"})


def to_json(record: Record) -> bytes:
    """One line of JSON in UTF-8; a lone surrogate of a broken text stays readable, as its escape."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


# -- out --------------------------------------------------------------------------------------------------------------


def write(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """A line for each event, after the lines of the reports that tell it and of documents not yet told."""
    loss = Loss("jsonl")
    documents: set[str] = set()
    for item in items:
        loss.events += 1
        loss.rows += 1 + len(item.told)
        for told in item.told:
            if told.document.id not in documents:
                documents.add(told.document.id)
                coder = {} if item.event.coder == "dragoman" else {"coder": item.event.coder}
                out.write(to_json(document_record(told.document) | coder))
                loss.lost("text", "no field: a line tells the length of the text alone", told.document.id)
            out.write(to_json(line_of(told)))
        if len(item.told) < len(item.event.reports):
            loss.lost("reports", "given by their ids alone", item.event.id)
        out.write(to_json(event_record(item.event)))
    return loss


def line_of(told: Telling) -> Record:
    """A report's line with the words of its spans: those of the evidence, for names may be struck from it alone."""
    if told.evidence or not told.document.text:
        return quoted(told.report, told.evidence)
    return report_record(told.report, told.document.text)


def words_of(told: Telling, span: Span) -> str:
    """The words of a span: those of the evidence, for names may be struck from it alone; "" where it is elsewhere."""
    if told.evidence or not told.document.text:
        return within(told.report.evidence, told.evidence, span)
    return span.of(told.document.text)


# -- in ---------------------------------------------------------------------------------------------------------------


def read(path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    """The documents of a file of ours with all their reports, wherever their lines stand; events are merged anew."""
    with opened(path) as data:
        for lines in grouped(data, _document_of):
            yield from _group(lines, path, loss)


def _document_of(line: bytes) -> bytes | None:
    try:
        record = json.loads(line)
        kind = record["kind"]
        key = record["id"] if kind == "document" else record["document"] if kind in _OF_DOCUMENT else None
        return str(key).encode("utf-8", "surrogatepass") if key is not None else None
    except (ValueError, LookupError, TypeError):
        return None


def _group(lines: list[Line], path: Path, loss: Loss) -> Iterator[Imported | Rejected]:
    found: dict[str, list[Any]] = {"document": [], "report": [], "relation": [], "claim": [], "defect": []}
    quotes: list[str] = []
    coder = "dragoman"
    for n, raw in lines:
        loss.events += 1
        try:
            record = json.loads(text_of(raw))
            kind = record["kind"]
            if kind not in found:
                loss.without(str(kind)[:20], "not read: events are merged anew from the reports", path.name)
                continue
            found[kind].append(_READ[kind](record))
            if kind == "report":
                quotes.append(record["evidence"].get("quote") or "")
            elif kind == "document":
                coder = record.get("coder") or coder
        except (ValueError, LookupError, TypeError, AttributeError) as problem:
            loss.left_out += 1
            yield Rejected(file=path.name, line=n, why=f"no line of dragoman ({_said(problem)})")
    reports: list[Report] = found["report"]
    relations: list[Relation] = found["relation"]
    claims: list[Claim] = found["claim"]
    documents: list[Document] = found["document"]
    owners = [*(r.document for r in reports), *(r.document for r in relations), *(c.document for c in claims)]
    if not documents and not owners:
        return
    if not documents:
        first = next(iter(owners))
        loss.lost("document", "the file has no line of it: only its id is known", first)
        documents = [Document(id=first, text="")]
    loss.rows += len(reports)
    document = _with_defects(documents[0], found["defect"])
    coding = Coding(document=document, reports=tuple(reports), relations=tuple(relations), claims=tuple(claims))
    yield Imported(coding=coding, coder=coder, quotes=tuple(quotes))


def _said(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"{problem} is missing"
    return str(problem)[:80]


def _document(record: Record) -> Document:
    published = record["published"]
    return Document(
        id=record["id"],
        text="",
        lang=record["lang"],
        title=record["title"],
        outlet=record["outlet"],
        url=record["url"],
        published=day_from(published) if published else None,
        published_precision=record["precision"],
        published_basis=record["basis"],
    )


def _defect(record: Record) -> Defect:
    return Defect(
        kind=record["defect"],
        span=Span(record["start"], record["end"]),
        repair=record["repair"],
        sure=record["sure"],
        into=record["into"],
    )


def _with_defects(document: Document, defects: list[Defect]) -> Document:
    from dataclasses import replace

    return replace(document, defects=tuple(defects)) if defects else document


_READ: dict[str, Any] = {
    "document": _document, "report": report_from, "relation": relation_from, "claim": claim_from, "defect": _defect,
}  # fmt: skip
