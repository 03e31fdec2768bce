"""Evidence as W3C Web Annotations (JSON-LD): one for each report, and one for each of its fields with words.

Positions are characters of the text that dragoman read; the quotes find the place in the page as it is in the web.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from dragoman.lines import Record, report_record
from dragoman.model import Actor, Event, Report, Span
from dragoman.record.formats.jsonl import to_json, words_of
from dragoman.record.formats.values import Exported, Loss, Telling
from dragoman.record.privacy import STRUCK, private_names, struck

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dragoman": "urn:dragoman:"}]
AROUND = 32  # characters of prefix and suffix, as the W3C's own examples have them, about
_CODES = ("type", "mode", "contexts", "status", "concept", "planned", "cameo", "goldstein", "plover_score")
_LOST = ("differences", "links", "lineages", "confidence", "coded")


def write(items: Iterable[Exported], out: BinaryIO, *, names: bool = True) -> Loss:
    """One AnnotationPage; `names` False leaves quotes out that would tell a private person's name."""
    loss = Loss("annotation")
    head = {"@context": CONTEXT, "id": "urn:dragoman:evidence", "type": "AnnotationPage"}
    out.write(to_json(head).strip()[:-1] + b',"items":[')
    first = True
    for item in items:
        loss.events += 1
        if not item.told:
            loss.without("event", "no report of it is at hand: there is nothing to point at", item.event.id)
        for field in _LOST:
            if getattr(item.event, field):
                loss.lost(field, "no field: a note on words tells of one report", item.event.id)
        hidden = () if names else private_names(item.event, (t.report for t in item.told))
        for told in item.told:
            for note in _notes(item.event, told, hidden):
                out.write((b"\n" if first else b",\n") + to_json(note).strip())
                first = False
                loss.rows += 1
    out.write(b"\n]}\n")
    return loss


def _notes(event: Event, told: Telling, hidden: tuple[str, ...]) -> Iterator[Record]:
    """The annotation of a report, then of its fields."""
    report, id = told.report, f"urn:dragoman:report:{told.report.id}"
    whole = {
        "id": id,
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en",
             "value": summary(event)},
            _event_body(event, report),
        ],
        "target": _target(told, report.evidence, told.evidence, hidden),
    }  # fmt: skip
    if event.coded:
        whole["created"] = f"{event.coded:%Y-%m-%dT%H:%M:%SZ}"
    yield whole
    if report.evidence.end == 0:
        return
    for n, (field, value, span) in enumerate(_fields(report)):
        yield {
            "id": f"{id}/{field}/{n}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": {"type": "TextualBody", "purpose": "identifying", "format": "text/plain",
                     "value": f"{field}: {value}"},
            "target": _target(told, span, words_of(told, span), hidden),
        }  # fmt: skip


def summary(event: Event) -> str:
    """An event in one line of codes: "CONSULT/visit: PER GOV > KEN GOV, 2024-03-05"."""
    sides = [", ".join(" ".join(filter(None, (p.country, *p.sectors))) or p.text for p in side)
             for side in (event.actors, event.recipients)]  # fmt: skip
    act = "/".join(filter(None, (event.type, event.mode)))
    day = event.when.first.isoformat() if event.when else None
    return ", ".join(filter(None, (f"{act}: {' > '.join(s for s in sides if s)}", day, event.status)))


def _event_body(event: Event, report: Report) -> Record:
    """The event as a resource of its own, with the report's codes under our names."""
    line = report_record(report, "")
    codes = {f"dragoman:{name}": line[name] for name in _CODES}
    known = {name: value for name, value in codes.items() if value not in (None, [])}
    return {"id": f"urn:dragoman:event:{event.id}", "type": "dragoman:Event", "purpose": "classifying", **known}


def _fields(report: Report) -> Iterator[tuple[str, str, Span]]:
    """(field, value, words) of what a report points at."""
    yield "type", "/".join(filter(None, (report.type, report.mode))), report.trigger
    for field, actors in (("actor", report.actors), ("recipient", report.recipients)):
        for actor in actors:
            yield field, _who(actor), actor.span
    if report.place and report.place.span:
        yield "place", ", ".join(filter(None, (report.place.name, report.place.country))), report.place.span
    if report.when and report.when.span:
        days = dict.fromkeys((report.when.first.isoformat(), report.when.last.isoformat()))
        yield "when", "/".join(days), report.when.span
    if report.said_by:
        voice = report.said_by
        yield "said_by", " ".join(filter(None, (voice.name or voice.text, voice.country))), voice.span


def _who(actor: Actor) -> str:
    return " ".join(filter(None, (actor.name or actor.text, actor.country, *actor.sectors)))


def _target(told: Telling, span: Span, quote: str, hidden: tuple[str, ...]) -> Record:
    """A stretch of the page: by its place in the text, and by its words where they may be told."""
    document = told.document
    selectors: list[Record] = []
    if span.end > 0:
        selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
    if quote and STRUCK not in struck(quote, hidden):
        selectors.append({"type": "TextQuoteSelector", "exact": quote, **_around(told, span, hidden)})
    source = document.url or f"urn:dragoman:document:{document.id}"
    return {"type": "SpecificResource", "source": source, **({"selector": selectors} if selectors else {})}


def _around(told: Telling, span: Span, hidden: tuple[str, ...]) -> Record:
    """The words before and after, as far as the evidence tells them: beyond it nobody has looked for private names."""
    low, high = told.report.evidence.start, told.report.evidence.end
    before = words_of(told, Span(max(low, span.start - AROUND), span.start)) if span.start > low else ""
    after = words_of(told, Span(span.end, min(high, span.end + AROUND))) if high > span.end else ""
    parts = {"prefix": before, "suffix": after}
    return {name: words for name, words in parts.items() if words and STRUCK not in struck(words, hidden)}
