"""A record in one DuckDB file: nothing to set up, one program at a time writes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.errors import BusyError, RecordError
from dragoman.record import Row
from dragoman.record.columns import storable_column, unnested

# No extension is fetched from the network, and none is needed.
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    # What is written comes into the file's order when so much has come together, and at the end; each such time costs
    # up to a second in a large record. A program that was killed has it read again when the file is next opened.
    "checkpoint_threshold": "128MB",
}
PAUSE = 0.2  # seconds between two tries to open a file that another program holds


class DuckFile:
    """A `Database` on a file. It is opened at the first query, and again after `release`."""

    kind = "duckdb"

    def __init__(self, path: Path, *, read_only: bool = False, wait: float = 30.0) -> None:
        """`wait` is for how many seconds to try again where another program holds the file."""
        self.path, self.url, self.read_only, self._wait = path, str(path), read_only, wait
        self._connection: Any = None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self._told():
            return list(self._open().execute(sql, list(parameters)).fetchall())

    def stream(self, sql: str, parameters: Sequence[Any] = (), *, size: int = 10_000) -> Iterator[list[Row]]:
        with self._told():
            cursor = self._open().cursor()
            cursor.execute(sql, list(parameters))
            while rows := cursor.fetchmany(size):
                yield rows
            cursor.close()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        with self._told():
            self._open().execute(sql, list(parameters))

    def insert(self, table: str, columns: dict[str, str], rows: Sequence[Row], *, replace: bool = False) -> None:
        if not rows:
            return
        if replace:
            for sql, values in unnested(table, columns, rows, replace=True):
                self.run(sql, values)
            return
        clean = zip(*(storable_column(column) for column in zip(*rows, strict=True)), strict=True)
        with self._told(), self._open().appender(table, columns=list(columns)) as appender:
            appender.append_rows(list(clean))

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """A pyarrow.Table of a query's rows."""
        with self._told():
            return self._open().sql(sql, params=list(parameters)).to_arrow_table()

    def has_word(self, column: str, parameter: int) -> str:
        """The condition that a column of stems holds the stem that is a parameter."""
        return f"contains({column}, ' ' || ${parameter} || ' ')"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._told():
            self._open().begin()
        try:
            yield
            with self._told():
                self._open().commit()
        except BaseException:
            self._undo()
            raise

    def exclusive(self) -> None:
        """Nothing to do: the file has one writer."""

    def scrub(self) -> None:
        """Write the file anew, for DuckDB leaves the bytes of what was deleted in it."""
        path = self.path.resolve()
        new = path.with_name(path.name + ".new")
        try:
            with self._told():
                (name,) = self.query("select current_database()")[0]
                self.run("attach '" + str(new).replace("'", "''") + "' as scrubbed")
                self.run('copy from database "' + name.replace('"', '""') + '" to scrubbed')
                self.run("detach scrubbed")
            self.release()
            shutil.copymode(path, new)
            new.replace(path)
        except (RecordError, OSError) as problem:
            self.release()
            new.unlink(missing_ok=True)
            raise RecordError(
                f"{self.path}: all is deleted, but bytes of it are left in the file, which could not be written anew: "
                f"{problem}"
            ) from problem

    def release(self) -> None:
        """Let other programs at the file until the next query."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    close = release

    def _undo(self) -> None:
        import duckdb

        try:
            self._open().rollback()
        except (duckdb.Error, RecordError):  # a failed commit has already rolled back, or the file cannot be reached
            self.release()

    def _open(self) -> Any:
        if self._connection is None:
            self._connection = self._patiently()
        return self._connection

    def _patiently(self) -> Any:
        """The connection, tried until `wait` is over where another program holds the file."""
        end = time.monotonic() + self._wait
        while True:
            try:
                return self._connect()
            except BusyError:
                if time.monotonic() >= end:
                    raise
                time.sleep(PAUSE)

    def _connect(self) -> Any:
        import duckdb

        if self.read_only and not self.path.is_file():
            raise RecordError(f"{self.path}: there is no such record; dragoman record add FILE… makes one")
        if not self.path.parent.is_dir():
            raise RecordError(f"{self.path}: the folder {self.path.parent} does not exist")
        if self.path.is_dir():
            raise RecordError(f"{self.path}: is a folder; give a file in it, as {self.path / 'press.duckdb'}")
        try:
            return duckdb.connect(str(self.path), read_only=self.read_only, config=dict(CONFIG))
        except duckdb.Error as problem:
            words = str(problem)
            if "lock" in words.lower() and isinstance(problem, duckdb.IOException):
                raise BusyError(
                    f"{self.path}: another program has this record open ({_holder(words)}); DuckDB lets one program "
                    "write, or several read; try again when it is done, or keep the record in PostgreSQL"
                ) from problem
            raise RecordError(f"{self.path}: {_advice(words)}") from problem

    @contextmanager
    def _told(self) -> Iterator[None]:
        """DuckDB's errors, in our words."""
        import duckdb

        try:
            yield
        except duckdb.Error as problem:
            raise RecordError(f"{self.path}: {_advice(str(problem))}") from problem


# What DuckDB says, and what that means for who reads it.
_FULL = (
    "the disk is full; what was not yet acknowledged is not in the record, all else is safe; free some space and run "
    "the same command again"
)
_ONLY_READ = "the record is read-only; nothing was written"
_ADVICE = (
    ("no space left", _FULL),
    ("disk is full", _FULL),
    ("file too large", _FULL.replace("the disk is full", "the file may not grow further (a quota or ulimit)")),
    ("read-only mode", _ONLY_READ),
    ("attached read-only", _ONLY_READ),
    ("permission denied", "you may not read, or not write, this file or its folder; nothing was changed"),
    ("not a valid duckdb database", "is not a DuckDB file, so it holds no record; nothing was changed; give another"),
    ("sqlite_scanner", "is an SQLite file, not a DuckDB file; nothing was changed; give another"),
    ("we can only read versions", "was written by a newer DuckDB; pip install -U duckdb"),
    ("corrupt database file", "the file is damaged; nothing was changed; put a copy of it in its place"),
    ("could not read enough bytes", "the file is cut short; nothing was changed; put a copy of it in its place"),
)


def _advice(words: str) -> str:
    """DuckDB's message, in our words where we have any, with its own first line behind them."""
    plain = words.strip().splitlines()[0]
    known = next((advice for part, advice in _ADVICE if part in words.lower()), None)
    return f"{known} ({plain})" if known else plain


def _holder(words: str) -> str:
    """The program that DuckDB says holds the file."""
    import re

    found = re.search(r"held in (.+?\(PID \d+\))", words)
    return found.group(1) if found else "which, DuckDB does not say"
