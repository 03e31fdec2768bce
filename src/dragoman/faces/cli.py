"""The command line: `code`, `explain`, `parse`; `record …`, `events`, `dyad`, `visits`, `claims`, `alerts`; `rules`,
`world`, `evaluate`.

Exit codes: 0 all was done, 1 something was set aside (a document, a rule's example), 2 the command could not be carried
out as given. Heavy imports stand inside the commands: `dragoman --help` must not load a parser.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from dragoman.errors import DragomanError, InputError
from dragoman.faces import asked
from dragoman.faces.record import record_app
from dragoman.faces.running import OK, SET_ASIDE, USAGE, Run, console, progress_bar, replacing, say
from dragoman.faces.world import world_app

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.faces.writers import Writer
    from dragoman.model import Coding
    from dragoman.rules import Check

FORMATS = ("table", "jsonl", "csv", "parquet")

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,  # rich help is pretty but slow: 0.4 s of a 0.3 s budget, against 0.15 s without
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The rules of a language pack.")
app.add_typer(record_app, name="record")
app.add_typer(world_app, name="world")
app.add_typer(rules_app, name="rules")

Files = Annotated[list[str], typer.Argument(metavar="FILE", help=".txt, .jsonl, .jsonl.gz, .conllu; - reads stdin.")]
Lang = Annotated[str, typer.Option(metavar="fr|en|auto", help="The language of the texts.")]
Day = Annotated[str | None, typer.Option("--date", metavar="2020-10-02", help="When the pages were published.")]
Actors = Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Your own actors, TOML or TSV; repeatable.")]
Parser = Annotated[
    str | None,
    typer.Option("--parser", metavar="SPEC", help="spacy:NAME, a pipeline with UD labels, by name or folder."),
]


@app.callback(invoke_without_command=True)
def dragoman(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Who did what to whom, where, when, and who says so: political events from French and English news.

    dragoman code page.txt            the events of a page, as a table

    dragoman explain page.txt         why each field has its value
    """
    if version:
        from importlib.metadata import version as installed

        print(f"dragoman {installed('dragoman')}")
        raise typer.Exit(OK)


@app.command()
def code(
    files: Files,
    lang: Lang = "auto",
    date: Day = None,
    format: Annotated[str | None, typer.Option(metavar="|".join(FORMATS), help="How to write; else by OUT.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="OUT", help="Where to write; else stdout.")] = None,
    actors: Actors = None,
    parser: Parser = None,
) -> None:
    """Code pages of news into events.

    dragoman code page.txt                           a table for people

    dragoman code pages.jsonl.gz -o events.jsonl     JSON Lines for programs
    """
    form = _format(format, out)
    run = Run(lang=lang, date=date, actors=actors, parser=parser)
    with _opened(form, out, run) as writer:
        for coding in run.codings(files, progress=out is not None or not sys.stdout.isatty()):
            writer.write(coding)
    run.finish()


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help=".txt, .jsonl, .conllu; - reads stdin.")],
    report: Annotated[str | None, typer.Option(metavar="ID", help="One report: its number or its id.")] = None,
    lang: Lang = "auto",
    date: Day = None,
    actors: Actors = None,
    parser: Parser = None,
) -> None:
    """Tell why each field of an event has its value.

    dragoman explain page.txt --report 2
    """
    from dragoman.faces.explain import explain as show

    run = Run(lang=lang, date=date, actors=actors, parser=parser)
    for coding in run.codings([file]):
        show(coding, console(), wanted=report, name=run.page_name())
    run.finish()


@app.command()
def parse(files: Files, lang: Lang = "auto", parser: Parser = None) -> None:
    """Show the sentences' dependency trees, in CoNLL-U.

    dragoman parse page.txt
    """
    from dragoman.faces.run import trees

    run = Run(lang=lang, date=None, actors=None, parser=parser)
    for document in run.documents(files):
        with run.guarded(document):
            sys.stdout.buffer.write(trees(document, parser=parser).encode("utf-8", "backslashreplace"))
    run.finish()


@rules_app.command("check")
def rules_check(
    lang: Annotated[str | None, typer.Argument(metavar="[fr|en]", help="One language; else all.")] = None,
    file: Annotated[str | None, typer.Option(metavar="accuse.tsv", help="Only the units of this file.")] = None,
    at_least: Annotated[float, typer.Option(metavar="PERCENT", help="How many examples must be right.")] = 100.0,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Run the rules' examples; list what never fires.

    dragoman rules check fr
    """
    from dataclasses import asdict

    from dragoman.faces.run import check_rules
    from dragoman.pack import languages

    known = languages()
    if lang is not None and lang not in known:
        raise InputError(f"{lang}: there is no such language; known: {', '.join(known)}")
    checks = []
    with progress_bar("running examples", total=len(known) if lang is None else 1) as advance:
        for result in check_rules(known if lang is None else (lang,), file=file):
            checks.append(result)
            advance()
    if as_json:
        print(json.dumps([asdict(c) | {"pass_rate": c.pass_rate} for c in checks], ensure_ascii=False))
    else:
        _show_checks(checks)
    raise typer.Exit(SET_ASIDE if any(100 * c.pass_rate < at_least for c in checks) else OK)


def _show_checks(checks: Sequence[Check]) -> None:
    """Print what the examples gave, and what one language has and another lacks."""
    for check in checks:
        for fault in check.faults:
            print(f"{check.lang}/{fault.where} {fault.unit}: {fault.problem}\n    {fault.sentence}")
        rate = f"{100 * check.pass_rate:.1f} % right"
        print(f"{check.lang}: {check.units} units, {check.examples} examples, {len(check.faults)} faults, {rate}")
        for what, names in (("types", check.missing_types), ("modes", check.missing_modes)):
            if names:
                print(f"    no unit for the {what}: {', '.join(names)}")
        for concept, reason in sorted(check.reasons.items()):
            print(f"    no unit for {concept}: {reason}")
    lacks = {check.lang: set(check.concepts_without_units) for check in checks}
    for lang, missing in lacks.items():
        for other in lacks:
            if only := sorted(missing - lacks[other]):
                print(f"concepts that {other} has and {lang} lacks: {', '.join(only)}")


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold sentences, pairs (.jsonl) or an article.")],
    as_json: Annotated[bool, typer.Option("--json", help="Numbers for programs.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and wrong, by cause.")] = False,
    parser: Parser = None,
) -> None:
    """Score the coder: precision, recall, F1 per type and field.

    dragoman evaluate gold.jsonl --errors
    """
    from dragoman.faces.evaluate import evaluate as scored
    from dragoman.faces.evaluate import show

    results = [scored(path, parser=parser, progress=progress_bar, causes=errors) for path in gold]
    if as_json:
        for result in results:
            print(json.dumps(result.as_record(errors=errors), ensure_ascii=False, sort_keys=True))
        return
    for result in results:
        show(result, console(), errors=errors)


for command in (asked.events, asked.dyad, asked.visits, asked.claims, asked.alerts):
    app.command()(command)


class _Table:
    """The writer for people."""

    def __init__(self, console: Console, run: Run) -> None:
        self._console, self._run = console, run

    def write(self, coding: Coding) -> None:
        from dragoman.faces.table import show

        show(coding, self._console, name=self._run.page_name())

    def close(self) -> None:
        pass


def _format(name: str | None, out: Path | None) -> str:
    """The format that is asked for, or that OUT's ending tells."""
    if name is None:
        ending = out.suffix.removeprefix(".") if out else ""
        return ending if ending in FORMATS else "table"
    if name not in FORMATS:
        raise InputError(f"--format {name}: there is no such format; known: {', '.join(FORMATS)}")
    return name


@contextmanager
def _opened(form: str, out: Path | None, run: Run) -> Iterator[Writer]:
    """The writer on OUT (put in place when it is complete) or on standard output."""
    from dragoman.faces.writers import WRITERS

    if form == "parquet" and out is None and sys.stdout.isatty():
        raise InputError("--format parquet is no text for a terminal; name a file: -o events.parquet")
    with ExitStack() as stack:
        stream: BinaryIO = sys.stdout.buffer
        if out is not None:
            stream = stack.enter_context(replacing(out))
        writer: Writer = _Table(console(stream if out else None), run) if form == "table" else WRITERS[form](stream)
        yield writer
        writer.close()


def main() -> int:
    """The entry point: runs a command, turns every foreseen error into one line and an exit code."""
    try:
        return app(standalone_mode=False) or OK
    except typer.TyperException as problem:  # a wrong option, a missing argument; or no command: the help
        message = problem.format_message()
        if "\n" in message:
            print(message)
        else:
            say(f"{message.rstrip('.')}; dragoman --help tells how")
        return USAGE
    except DragomanError as problem:
        say(str(problem))
        return USAGE
    except BrokenPipeError:  # the reader of our output has gone, as in `dragoman code … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        say(f"a fault of dragoman's own ({type(problem).__name__}: {problem}); DRAGOMAN_DEBUG=1 shows where")
        return USAGE
