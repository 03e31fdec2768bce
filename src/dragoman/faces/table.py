"""Codings as tables for people: who, what, when, where, said by whom, in which words."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dragoman.faces import labels
from dragoman.model import Coding, Defect, Document, Report, Span

COLOURS = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}  # by quad class
COLUMNS = (  # and whether they are kept whole, in one line
    ("", True),
    ("who → whom", False),
    ("what", True),
    ("status", True),
    ("when", True),
    ("where", False),
    ("said by", False),
    ("words", False),
)


def show(coding: Coding, console: Console, *, name: str | None = None) -> None:
    """Print one coded document: reports, then relations, claims and defects, each only where there are some."""
    document = coding.document
    console.print(Text(labels.document_label(document, name), style="bold"))
    if coding.reports:
        console.print(_reports(coding))
    else:
        console.print("no event found", style="dim")
    _list(console, "relations", [_tie(labels.relation_label(r), r.evidence, document) for r in coding.relations])
    _list(console, "claims", [_tie(labels.claim_label(c), c.evidence, document) for c in coding.claims])
    _list(console, "defects of the page", [_defect(d, document) for d in document.defects])
    console.print()


def _reports(coding: Coding) -> Table:
    """The reports as a table; a column in which no report has anything is left out."""
    rows = [_row(n, report, coding.document) for n, report in enumerate(coding.reports, 1)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    kept = [i for i, _ in enumerate(COLUMNS) if any(row[i].plain for row in rows)]
    for i in kept:
        name, kept_whole = COLUMNS[i]
        table.add_column(name, no_wrap=kept_whole, overflow="fold", min_width=None if kept_whole else 12)
    for row in rows:
        table.add_row(*(row[i] for i in kept))
    return table


def _row(number: int, report: Report, document: Document) -> list[Text]:
    from dragoman.ontology import quad

    return [
        Text(str(number), style="dim"),
        Text(labels.sides_label(report)),
        Text(labels.type_label(report), style=COLOURS[quad(report.type)]),
        Text(labels.status_label(report), style="" if report.status else "dim"),
        Text(labels.when_label(report.when)),
        Text(labels.place_label(report.place)),
        Text(labels.shorten(labels.voice_label(report.said_by), 40)),
        around(report.evidence, report.trigger, document.text, room=16),
    ]


def around(evidence: Span, trigger: Span, text: str, *, room: int = 60) -> Text:
    """The trigger in bold with the words about it, cut at `room` characters on either side."""
    start, end = max(evidence.start, trigger.start - room), min(evidence.end, trigger.end + room)
    if not evidence.start <= trigger.start <= trigger.end <= evidence.end:
        return Text(labels.shorten(evidence.of(text)))
    before, after = text[start : trigger.start], text[trigger.end : end]
    if start > evidence.start:
        before = "…" + before.partition(" ")[2]
    if end < evidence.end:
        after = after.rpartition(" ")[0] + " …"
    shown = Text(" ".join(before.split()) + (" " if before[-1:].isspace() else ""))
    shown.append(labels.one_line(trigger.of(text)), style="bold")
    shown.append((" " if after[:1].isspace() else "") + " ".join(after.split()))
    return shown


def _list(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(Text(title, style="bold dim"))
        for line in dict.fromkeys(lines):
            console.print(f"  {escape(line)}", highlight=False)


def _tie(label: str, evidence: Span, document: Document) -> str:
    return f"{label}: “{labels.shorten(evidence.of(document.text))}”"


def _defect(defect: Defect, document: Document) -> str:
    quote = labels.shorten(defect.span.of(document.text), 80)
    return f"{defect.kind}: “{quote}” {defect.repair} (sure {defect.sure:.2g})"
