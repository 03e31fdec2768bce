"""The command line: `dragoman code`, `explain`, `parse`, `rules check`, `world …`, `evaluate`.

Exit codes: 0 all was done, 1 something was set aside (a document, a rule's example), 2 the command could not be carried
out as given. Heavy imports stand inside the commands: `dragoman --help` must not load a parser.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from dragoman.errors import DragomanError, InputError, PackError
from dragoman.faces.world import world_app

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.faces.writers import Writer
    from dragoman.model import Coding, Document
    from dragoman.rules import Check

OK, SET_ASIDE, USAGE = 0, 1, 2
FORMATS = ("table", "jsonl", "csv", "parquet")

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,  # rich help is pretty but slow: 0.4 s of a 0.3 s budget, against 0.15 s without
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The rules of a language pack.")
app.add_typer(rules_app, name="rules")
app.add_typer(world_app, name="world")

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
    run = _Run(lang=lang, date=date, actors=actors, parser=parser)
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

    run = _Run(lang=lang, date=date, actors=actors, parser=parser)
    for coding in run.codings([file]):
        show(coding, _console(), wanted=report, name=run.page_name())
    run.finish()


@app.command()
def parse(files: Files, lang: Lang = "auto", parser: Parser = None) -> None:
    """Show the sentences' dependency trees, in CoNLL-U.

    dragoman parse page.txt
    """
    from dragoman.faces.run import trees

    run = _Run(lang=lang, date=None, actors=None, parser=parser)
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
    with _progress("running examples", total=len(known) if lang is None else 1) as advance:
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

    results = [scored(path, parser=parser, progress=_progress, causes=errors) for path in gold]
    if as_json:
        for result in results:
            print(json.dumps(result.as_record(errors=errors), ensure_ascii=False, sort_keys=True))
        return
    for result in results:
        show(result, _console(), errors=errors)


class _Run:
    """One call of a command: its options, and how much it coded and set aside."""

    def __init__(self, *, lang: str, date: str | None, actors: list[Path] | None, parser: str | None) -> None:
        from dragoman.pack import languages
        from dragoman.readers import parse_date

        if lang != "auto" and lang not in languages():
            raise InputError(f"--lang {lang}: there is no such language; known: auto, {', '.join(languages())}")
        if date:
            parse_date(date)
        for path in actors or ():
            if not path.is_file():
                raise InputError(f"--actors {path}: no such file")
        self.lang = None if lang == "auto" else lang
        self.date, self.parser, self.actors = date, parser, tuple(actors or ())
        self.done = self.aside = 0
        self.file, self.place = "-", 0  # what is being read, and how many documents of it were met

    def documents(self, files: list[str]) -> Iterator[Document]:
        """The documents of the files; what cannot be read is told and counted."""
        from dragoman.readers import Rejected, read

        here = [f for f in files if f == "-" or Path(f).is_file()]
        for missing in (f for f in files if f not in here):
            self.set_aside(f"{missing}: no such file; check the name and the folder")
        for found in read(self._one_by_one(here), lang=self.lang, published=self.date):
            self.place += 1
            if isinstance(found, Rejected):
                self.set_aside(str(found))
            else:
                yield found

    def _one_by_one(self, files: list[str]) -> Iterator[str]:
        """The files, remembering which one is being read."""
        for self.file in files:
            self.place = 0
            yield self.file

    def page_name(self) -> str | None:
        """The name of the file that is being read, where it holds one page."""
        return Path(self.file).name if self.file.endswith(".txt") else None

    def _where(self, document: Document) -> str:
        """File and line of a document that cannot be coded."""
        name = "standard input" if self.file == "-" else self.file
        if self.file.endswith((".txt", ".conllu")):
            return name
        line = _line_of(self.file, self.place)
        return f"{name}, line {line}" if line else f"{name}, document {document.id}"

    def codings(self, files: list[str], *, progress: bool = False) -> Iterator[Coding]:
        """Each document coded; one that cannot be coded is told and counted."""
        from dragoman.faces.run import coder, from_conllu

        ready = [f for f in files if f.endswith(".conllu")]
        texts = [f for f in files if f not in ready]
        coded = coder(actors=self.actors, parser=self.parser)
        with _progress("coding", shown=progress) as advance:
            for document in self.documents(texts) if texts else ():
                with self.guarded(document):
                    yield coded(document)
                advance()
            for path in ready:
                yield from from_conllu(Path(path), lang=self.lang, published=self.date, actors=self.actors)
                advance()

    @contextmanager
    def guarded(self, document: Document) -> Iterator[None]:
        """Keeps one bad document from stopping the rest."""
        try:
            yield
            self.done += 1
        except PackError:  # our own data or the user's actors are wrong: no document can be coded
            raise
        except DragomanError as problem:
            message = str(problem).removeprefix(f"document {document.id}: ")
            self.set_aside(f"{self._where(document)}: {message}")
        except BrokenPipeError:
            raise
        except Exception as problem:
            if os.environ.get("DRAGOMAN_DEBUG"):
                raise
            self.set_aside(
                f"{self._where(document)}: a fault of dragoman's own ({type(problem).__name__}: {problem}); "
                "please report it with the text; DRAGOMAN_DEBUG=1 shows where"
            )

    def set_aside(self, message: str) -> None:
        self.aside += 1
        _say(message)

    def finish(self) -> None:
        """Exit with 1 where something was set aside."""
        if self.aside:
            _say(f"{self.aside} set aside, {self.done} done")
            raise typer.Exit(SET_ASIDE)


class _Table:
    """The writer for people."""

    def __init__(self, console: Console, run: _Run) -> None:
        self._console, self._run = console, run

    def write(self, coding: Coding) -> None:
        from dragoman.faces.table import show

        show(coding, self._console, name=self._run.page_name())

    def close(self) -> None:
        pass


def _line_of(file: str, place: int) -> int | None:
    """The line of the n-th document of a file with one document a line; None where that cannot be told."""
    import gzip

    if file == "-":
        return None
    opened = gzip.open if file.endswith(".gz") else open
    with opened(file, "rb") as lines:
        filled = (number for number, line in enumerate(lines, 1) if line.strip())
        return next((number for n, number in enumerate(filled, 1) if n == place), None)


def _format(name: str | None, out: Path | None) -> str:
    """The format that is asked for, or that OUT's ending tells."""
    if name is None:
        ending = out.suffix.removeprefix(".") if out else ""
        return ending if ending in FORMATS else "table"
    if name not in FORMATS:
        raise InputError(f"--format {name}: there is no such format; known: {', '.join(FORMATS)}")
    return name


@contextmanager
def _opened(form: str, out: Path | None, run: _Run) -> Iterator[Writer]:
    """The writer on OUT (put in place when it is complete) or on standard output."""
    from dragoman.faces.writers import WRITERS

    if form == "parquet" and out is None and sys.stdout.isatty():
        raise InputError("--format parquet is no text for a terminal; name a file: -o events.parquet")
    with ExitStack() as stack:
        stream: BinaryIO = sys.stdout.buffer
        if out is not None:
            stream = stack.enter_context(_replacing(out))
        writer: Writer = _Table(_console(stream if out else None), run) if form == "table" else WRITERS[form](stream)
        yield writer
        writer.close()


@contextmanager
def _replacing(out: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes OUT's place once all is written; OUT stays as it was if anything fails."""
    draft = out.with_name(out.name + ".part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(out)
    except OSError as problem:
        raise InputError(f"-o {out}: cannot be written: {problem.strerror or problem}") from problem
    finally:
        draft.unlink(missing_ok=True)


def _console(stream: BinaryIO | None = None) -> Console:
    """A console; colours only on a terminal, and not where NO_COLOR is set (rich heeds it)."""
    import io

    from rich.console import Console

    if stream is not None:
        return Console(file=io.TextIOWrapper(stream, "utf-8", "backslashreplace", write_through=True), width=160)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120")))


@contextmanager
def _progress(what: str, *, total: int | None = None, shown: bool = True) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr, only on a terminal; call what it gives once per item."""
    if not (shown and sys.stderr.isatty()):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _say(message: str) -> None:
    print(f"dragoman: {' '.join(message.split())}", file=sys.stderr)


def main() -> int:
    """The entry point: runs a command, turns every foreseen error into one line and an exit code."""
    try:
        return app(standalone_mode=False) or OK
    except typer.TyperException as problem:  # a wrong option, a missing argument; or no command: the help
        message = problem.format_message()
        if "\n" in message:
            print(message)
        else:
            _say(f"{message.rstrip('.')}; dragoman --help tells how")
        return USAGE
    except DragomanError as problem:
        _say(str(problem))
        return USAGE
    except BrokenPipeError:  # the reader of our output has gone, as in `dragoman code … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        _say(f"a fault of dragoman's own ({type(problem).__name__}: {problem}); DRAGOMAN_DEBUG=1 shows where")
        return USAGE
