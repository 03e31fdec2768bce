"""Why each field of a report has its value: the value in plain words, the rule, and the words of the text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.errors import InputError
from dragoman.faces import labels
from dragoman.faces.table import COLOURS
from dragoman.model import Coding, Document, Reason, Report, Span

GLOSSES = Path(__file__).parent.parent / "data" / "rules.tsv"
ALIASES = {"recipient": "recipients", "date": "when", "voice": "said_by", "concept": "type"}
STATUS = {
    None: "it happened, or is happening, as told",
    "historical": "it is of the past, not of the news told here",
    "future": "it is announced, planned or promised",
    "hypothetical": "it is only a possibility",
    "negation": "it did not happen",
    "habitual": "it happens again and again; no single event is told",
}
BASIS = {
    "stated": "a date that the text states",
    "relative": "reckoned from the words and the day of the page",
    "published": "the day of the page, for want of a better",
}


def explain(coding: Coding, console: Console, *, wanted: str | None = None, name: str | None = None) -> None:
    """Print each report (or the one that is wanted, by its number or id) with a reason for every field."""
    console.print(Text(labels.document_label(coding.document, name), style="bold"))
    if not coding.reports:
        console.print("no event found: no words of the text are listed as an act, or no party to one was found")
    for number, report in _picked(coding, wanted):
        console.print()
        _heading(number, report, console)
        console.print(Padding(_sentence(report, coding.document), (0, 0, 0, 2)))
        console.print(_fields(report, coding.document))


def _picked(coding: Coding, wanted: str | None) -> list[tuple[int, Report]]:
    numbered = list(enumerate(coding.reports, 1))
    if wanted is None:
        return numbered
    found = [(n, r) for n, r in numbered if str(n) == wanted] or [
        (n, r) for n, r in numbered if r.id.startswith(wanted)
    ]
    if not found:
        has = f"it has {len(numbered)}, numbered from 1" if numbered else "it has none"
        raise InputError(f"{coding.document.id}: no report {wanted!r}; {has}; `dragoman code FILE` lists them")
    return found


def _heading(number: int, report: Report, console: Console) -> None:
    from dragoman.ontology import quad

    heading = Text(f"report {number}  ", style="bold")
    heading.append(labels.type_label(report), style=COLOURS[quad(report.type)])
    heading.append(f"  {labels.sides_label(report)}  ")
    heading.append(report.id, style="dim")
    console.print(heading)


def _sentence(report: Report, document: Document) -> Text:
    """The evidence, with the words that were decisive in bold."""
    evidence, trigger = report.evidence, report.trigger
    shown = Text(document.text[evidence.start : evidence.end], style="italic")
    if evidence.start <= trigger.start and trigger.end <= evidence.end:
        shown.stylize("bold not italic", trigger.start - evidence.start, trigger.end - evidence.start)
    return shown


def _fields(report: Report, document: Document) -> Padding:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="bold")
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=3, overflow="fold")
    for field, value in _values(report):
        reasons = [r for r in report.because if _field_of(r, report) == field]
        table.add_row(field.replace("_", " "), escape(value), _because(reasons, document))
    return Padding(table, (0, 0, 0, 2))


def _values(report: Report) -> Iterator[tuple[str, str]]:
    """Every field with its value in plain words."""
    from dragoman.ontology import CAMEO, CONTEXTS, MODES, TYPES

    yield "type", f"{report.type}: {_first_clause(TYPES[report.type].definition)}"
    if report.mode:
        yield "mode", f"{report.mode}: {MODES[report.type, report.mode].definition}"
    elif TYPES[report.type].modes:
        yield "mode", "none: the text does not tell"
    yield "contexts", "; ".join(f"{c}: {_first_clause(CONTEXTS[c])}" for c in report.contexts) or "none"
    yield "status", f"{report.status or 'actual'}: {STATUS[report.status]}"
    if report.hedged:
        yield "hedged", "yes: the text tells it as a rumour"
    yield "actors", labels.actors_label(report.actors) or "unknown: the text does not say who"
    yield "recipients", labels.actors_label(report.recipients) or _no_recipient(report)
    yield "when", f"{labels.when_label(report.when)}: {BASIS[report.when.basis]}" if report.when else "unknown"
    yield "place", labels.place_label(report.place) + _inferred(report) if report.place else "unknown"
    yield "said_by", labels.voice_label(report.said_by) or "the page itself"
    if report.planned:
        yield "planned", f"{report.planned}: {_first_clause(TYPES[report.planned].definition)}"
    if report.cameo:
        yield "cameo", f"{report.cameo} {CAMEO[report.cameo].name}; Goldstein {report.goldstein:+}"
    if report.plover_score is not None:
        yield "plover_score", f"{report.plover_score:+}"
    yield "confidence", f"{report.confidence:.2f}"


def _field_of(reason: Reason, report: Report) -> str:
    """The field that a reason is for; one on a party belongs to the side on which the party stands."""
    if reason.field == "actor":
        taken = any(reason.span and reason.span.overlaps(a.span) for a in report.recipients)
        mine = any(reason.span and reason.span.overlaps(a.span) for a in report.actors)
        return "recipients" if taken and not mine else "actors"
    return ALIASES.get(reason.field, reason.field)


def _no_recipient(report: Report) -> str:
    return "none: all the parties did it together" if report.reciprocal else "none told"


def _inferred(report: Report) -> str:
    return "" if report.place is None or report.place.stated else ": inferred, the text does not state it"


def _because(reasons: list[Reason], document: Document) -> Text:
    shown = Text()
    for i, reason in enumerate(reasons):
        shown.append("\n" if i else "")
        gloss = gloss_of(reason.rule)
        if reason.span:
            shown.append(f"“{_quote(reason.span, document)}”", style="bold")
            shown.append(": " if gloss else " ")
        shown.append(f"{gloss} " if gloss else "")
        shown.append(f"[{reason.rule}]", style="dim")
    return shown


def _quote(span: Span, document: Document) -> str:
    return labels.shorten(span.of(document.text), 100)


def gloss_of(rule: str) -> str | None:
    """What a rule looks at, in plain words: a line of data/rules.tsv, or what its concept means; None: neither."""
    for pattern, gloss in _glosses():
        if fnmatchcase(rule, pattern):
            return gloss
    meaning = _concepts().get(rule.partition("/")[2].partition("/")[0])
    return f"these words mean: {meaning}" if meaning else None


@cache
def _concepts() -> dict[str, str]:
    from dragoman.pack.lexicon import load_concepts

    return {concept.id: concept.gloss for concept in load_concepts().values()}


@cache
def _glosses() -> tuple[tuple[str, str], ...]:
    if not GLOSSES.is_file():
        return ()
    with GLOSSES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple((row["rule"], row["gloss"]) for row in rows)


def _first_clause(definition: str) -> str:
    """The definition up to its first stop or semicolon."""
    for mark in (". ", "; ", " ("):
        definition = definition.partition(mark)[0]
    return definition.rstrip(".")
