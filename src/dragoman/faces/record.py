"""`dragoman record`: what goes into a record and out of it, and what people decide about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.faces.running import Run, progress_bar, replacing, say

if TYPE_CHECKING:
    from dragoman.model import Coding, Document
    from dragoman.opened import Record
    from dragoman.record.store import Added

record_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep what was coded, merged into events.")

Where = Annotated[
    str | None,
    typer.Option(
        "--record", metavar="FILE|postgresql://…", help="Which record; else $DRAGOMAN_RECORD, else press.duckdb."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Why = Annotated[str | None, typer.Option(metavar="WORDS", help="The reason, kept with the decision.")]
REGISTERS = ("state-travels", "csv")
COUNTED = {
    "document": "documents", "report": "reports", "event": "events", "relation": "standing ties", "claim": "claims",
    "register_visit": "visits of registers", "decision": "decisions", "history": "entries of history",
}  # fmt: skip
BATCH = 100
LOSSES = 12  # kinds of loss that are told without --json


def opened(where: str | None, *, read_only: bool = False) -> Record:
    """The record that a command means."""
    from dragoman.opened import open_record

    return open_record(where, read_only=read_only)


@record_app.command()
def add(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=".txt, .jsonl, .jsonl.gz; - reads stdin.")],
    record: Where = None,
    lang: Annotated[str, typer.Option(metavar="fr|en|auto", help="The language of the texts.")] = "auto",
    date: Annotated[
        str | None, typer.Option("--date", metavar="2020-10-02", help="When the pages were published.")
    ] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Keep no article: only hash, URL, short quotes.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Keep private persons' names, not their roles alone.")] = False,
    actors: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Your own actors; repeatable.")] = None,
    parser: Annotated[str | None, typer.Option("--parser", metavar="SPEC", help="spacy:NAME.")] = None,
    as_json: Json = False,
) -> None:
    """Read pages, code them, merge the reports into events, keep all. Safe to repeat: what is known stays as it is.

    dragoman record add articles.jsonl.gz --record press.duckdb
    """
    from dragoman.faces.run import coder
    from dragoman.record.store import Added

    run = Run(lang=lang, date=date, actors=actors, parser=parser)
    code, total = coder(actors=run.actors, parser=parser), Added()
    with opened(record) as kept, progress_bar("adding") as advance:
        for some in run.some(files, BATCH):
            fresh = kept.unknown(some)
            codings = list(_coded(fresh, run, code, advance))
            added = kept.add_codings(codings, keep_text=not no_text, names=names)
            total += added + Added(known=len(some) - len(fresh))
            if as_json:
                print(json.dumps({"added": [d.id for d in fresh], **_counts(added)}), flush=True)
    if not as_json:
        _tell(total, kept.url)
    run.finish()


def _coded(
    documents: Sequence[Document], run: Run, code: Callable[[Document], Coding], advance: Callable[[], None]
) -> Iterator[Coding]:
    """The documents that can be coded, coded."""
    for document in documents:
        with run.guarded(document):
            yield code(document)
        advance()


@record_app.command()
def info(record: Where = None, as_json: Json = False) -> None:
    """Tell what a record holds and what it could see through: outlets and registers, with their days."""
    from dragoman.lines import plain

    with opened(record, read_only=True) as kept:
        counts, covered = kept.info(), kept.coverage()
    if as_json:
        print(json.dumps({"record": kept.url, **counts, "coverage": plain(list(covered))}))
        return
    print(kept.url)
    for name, number in counts.items():
        print(f"  {number:>9,} {COUNTED[name]}")
    for one in covered:
        days = f", {one.first} to {one.last}" if one.first and one.last else ""
        print(f"  {one.kind} {one.name}: {one.entries:,} entries{days}{f'; {one.scope}' if one.scope else ''}")


@record_app.command()
def export(
    form: Annotated[str, typer.Option("--format", metavar="jsonl|csv|…", help="Which; `docs/formats.md` has all.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="Where to write; else stdout.")] = None,
    record: Where = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="To this day, month or year.")] = None,
    status: Annotated[str, typer.Option(metavar="actual|future|…|all", help="Which events.")] = "all",
    coder: Annotated[str, typer.Option(metavar="NAME", help="Whose: dragoman, gdelt, icews …, all.")] = "dragoman",
    names: Annotated[bool, typer.Option("--names", help="Private persons by name, where the record has it.")] = False,
    as_json: Json = False,
) -> None:
    """Write the events in a format of the field, and tell what the format could not carry.

    dragoman record export --format gdelt -o events.tsv
    """
    from dragoman.faces.asked import span

    first, last = span(since, until)
    whose = None if coder == "all" else coder
    limits: dict[str, Any] = {"since": first, "until": last, "status": status, "coder": whose}
    with opened(record, read_only=True) as kept:
        if out is None:
            loss = kept.export(form, sys.stdout.buffer, names=names, **limits)
            sys.stdout.flush()
        else:
            with replacing(out) as stream:
                loss = kept.export(form, stream, names=names, **limits)
    _tell_loss(loss, as_json)


@record_app.command("import")
def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="gdelt, icews, polecat, jsonl; state-travels, csv.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file; for state-travels also the folder.")],
    record: Where = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What to call a register of visits.")] = None,
    names: Annotated[bool, typer.Option("--names", help="Keep private persons' names.")] = False,
    as_json: Json = False,
) -> None:
    """Take events of another coder as its reports, or a register of visits.

    dragoman record import gdelt 20201002.export.CSV.zip

    dragoman record import state-travels travels/
    """
    from dragoman.errors import InputError
    from dragoman.lines import plain

    if not file.exists():
        raise InputError(f"{file}: no such file; check the name and the folder")
    with opened(record) as kept:
        if form in REGISTERS:
            account = kept.import_register(form, file, name=name)
            print(json.dumps(plain(account)) if as_json else str(account))
            for one in account.set_aside:
                say(str(one))
            if account.set_aside:
                raise typer.Exit(1)
            return
        aside: list[str] = []
        added, loss = kept.import_file(form, file, names=names, told=aside.append)
    if as_json:
        print(json.dumps({**_counts(added), "aside": len(aside)}))
    else:
        _tell(added, kept.url)
    _tell_loss(loss, as_json)
    for why in aside:
        say(why)
    if aside:
        raise typer.Exit(1)


@record_app.command()
def withdraw(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a document, a report or an event.")],
    why: Why = None,
    record: Where = None,
) -> None:
    """A document, report or event no longer counts; it stays in the record, marked."""
    with opened(record) as kept:
        kept.withdraw(id, why=why)
    print(f"{id} no longer counts")


@record_app.command()
def merge(
    one: Annotated[str, typer.Argument(metavar="EVENT")],
    other: Annotated[str, typer.Argument(metavar="EVENT")],
    why: Why = None,
    record: Where = None,
) -> None:
    """Two events are one happening; this holds whatever is added later."""
    with opened(record) as kept:
        kept.merge(one, other, why=why)
        found = kept.event(one)
    print(f"{one} and {other} are one event now{f': {found.id}' if found else ''}")


@record_app.command()
def split(
    event: Annotated[str, typer.Argument(metavar="EVENT")],
    reports: Annotated[list[str] | None, typer.Argument(metavar="[REPORT]…", help="Those that leave it.")] = None,
    why: Why = None,
    record: Where = None,
) -> None:
    """An event is more than one happening: the reports named leave it; without any, each document's stand alone."""
    with opened(record) as kept:
        kept.split(event, reports or (), why=why)
    print(f"{event} is split")


@record_app.command()
def forget(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    record: Where = None,
) -> None:
    """Remove a document and all that came from it alone, from the history too. This cannot be undone."""
    if not yes and sys.stdin.isatty():
        typer.confirm(f"forget document {document} for good?", abort=True)
    with opened(record) as kept:
        kept.forget(document)
    print(f"{document} is forgotten")


def _counts(added: Added) -> dict[str, int]:
    return {"documents": added.documents, "known": added.known, "reports": added.reports, "events": added.events,
            "changed": added.changed}  # fmt: skip


def _tell(added: Added, url: str) -> None:
    """What an addition changed, in one line."""
    known = f" ({added.known:,} known already)" if added.known else ""
    changed = f", {added.changed:,} that stood have more reports now" if added.changed else ""
    print(f"{url}: {added.documents:,} documents added{known}: {added.reports:,} reports, "
          f"{added.events:,} new events{changed}")  # fmt: skip


def _tell_loss(loss: Any, as_json: bool) -> None:
    """What a format could not carry: on standard error, so that the output stays clean."""
    if as_json:
        print(json.dumps(loss.record(), ensure_ascii=False), file=sys.stderr)
        return
    lines = list(loss.lines())
    for line in lines[: LOSSES + 1]:
        say(line)
    if len(lines) > LOSSES + 1:
        say(f"and {len(lines) - LOSSES - 1} rarer losses; --json lists them all")
