"""One run of a command over documents: what is read, set aside and told; output put in place when it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from dragoman.errors import DragomanError, InputError, PackError

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.model import Coding, Document

OK, SET_ASIDE, USAGE = 0, 1, 2


class Run:
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
        self._from: dict[str, tuple[str, int]] = {}  # where a document was met that waits to be coded

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

    def some(self, files: list[str], size: int) -> Iterator[list[Document]]:
        """The documents of the files, `size` at a time; an id that comes back in another file is no fault."""
        waiting: list[Document] = []
        for file in files:
            for document in self.documents([file]):
                self._from[document.id] = (self.file, self.place)
                waiting.append(document)
                if len(waiting) == size:
                    yield waiting
                    waiting, self._from = [], {}
        if waiting:
            yield waiting

    def page_name(self) -> str | None:
        """The name of the file that is being read, where it holds one page."""
        return Path(self.file).name if self.file.endswith(".txt") else None

    def _where(self, document: Document) -> str:
        """File and line of a document that cannot be coded."""
        file, place = self._from.get(document.id, (self.file, self.place))
        name = "standard input" if file == "-" else file
        if file.endswith((".txt", ".conllu")):
            return name
        line = _line_of(file, place)
        return f"{name}, line {line}" if line else f"{name}, document {document.id}"

    def codings(self, files: list[str], *, progress: bool = False) -> Iterator[Coding]:
        """Each document coded; one that cannot be coded is told and counted."""
        from dragoman.faces.run import coder, from_conllu

        ready = [f for f in files if f.endswith(".conllu")]
        texts = [f for f in files if f not in ready]
        coded = coder(actors=self.actors, parser=self.parser)
        with progress_bar("coding", shown=progress) as advance:
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
        say(message)

    def finish(self) -> None:
        """Exit with 1 where something was set aside."""
        if self.aside:
            say(f"{self.aside} set aside, {self.done} done")
            raise typer.Exit(SET_ASIDE)


def _line_of(file: str, place: int) -> int | None:
    """The line of the n-th document of a file with one document a line; None where that cannot be told."""
    import gzip

    if file == "-":
        return None
    opened = gzip.open if file.endswith(".gz") else open
    with opened(file, "rb") as lines:
        filled = (number for number, line in enumerate(lines, 1) if line.strip())
        return next((number for n, number in enumerate(filled, 1) if n == place), None)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
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


def console(stream: BinaryIO | None = None) -> Console:
    """A console; colours only on a terminal, and not where NO_COLOR is set (rich heeds it)."""
    import io

    from rich.console import Console

    if stream is not None:
        return Console(file=io.TextIOWrapper(stream, "utf-8", "backslashreplace", write_through=True), width=160)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120")))


@contextmanager
def progress_bar(what: str, *, total: int | None = None, shown: bool = True) -> Iterator[Callable[[], None]]:
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


def say(message: str) -> None:
    print(f"dragoman: {' '.join(message.split())}", file=sys.stderr)
