"""A record in a PostgreSQL database (15 or newer): many programs read and write it at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from dragoman.errors import InputError, RecordError
from dragoman.record import Row
from dragoman.record.columns import unnested

OLDEST = 15
LOCK = 0x6472_6167  # "drag": who adds to a record holds it till the transaction ends


class Postgres:
    """A `Database` on a server."""

    kind = "postgresql"

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.url, self.read_only = _without_password(url), read_only
        self._dsn = url
        self._connection: Any = None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self._told():
            return list(self._open().execute(sql, list(parameters)).fetchall())

    def stream(self, sql: str, parameters: Sequence[Any] = (), *, size: int = 10_000) -> Iterator[list[Row]]:
        import psycopg

        with (
            self._told(),
            self._open().transaction(),
            psycopg.RawServerCursor(self._open(), "dragoman") as cursor,
        ):
            cursor.execute(sql, list(parameters))
            while rows := cursor.fetchmany(size):
                yield rows

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        with self._told():
            self._open().execute(sql, list(parameters) if parameters else None)

    def insert(self, table: str, columns: dict[str, str], rows: Sequence[Row], *, replace: bool = False) -> None:
        for sql, values in unnested(table, columns, rows, replace=replace):
            self.run(sql, values)

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """A pyarrow.Table of a query's rows."""
        import pyarrow

        with self._told():
            cursor = self._open().execute(sql, list(parameters))
            names = [column.name for column in cursor.description]
            columns = list(zip(*cursor.fetchall(), strict=True)) or [() for _ in names]
        return pyarrow.table(dict(zip(names, map(list, columns), strict=True)))

    def has_word(self, column: str, parameter: int) -> str:
        """The condition that a column of stems holds the stem that is a parameter."""
        return f"string_to_array({column}, ' ') @> array[${parameter}]::text[]"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._told(), self._open().transaction():
            yield

    def exclusive(self) -> None:
        """Until the transaction ends, others who add wait; readers do not."""
        self.run("select pg_advisory_xact_lock($1)", [LOCK])

    def scrub(self) -> None:
        """Nothing to do: the server's vacuum clears what was deleted; `vacuum full` at once, but it stops everybody."""

    def release(self) -> None:
        """Nothing to do: a server has many connections."""

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Any:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> Any:
        try:
            import psycopg
        except ImportError as problem:
            raise InputError(f"{self.url}: PostgreSQL needs psycopg: pip install 'dragoman[postgres]'") from problem
        try:
            connection = psycopg.connect(self._dsn, autocommit=True, cursor_factory=psycopg.RawCursor)
        except psycopg.Error as problem:
            raise RecordError(f"{self.url}: cannot connect: {self._advice(_plain(problem))}") from problem
        if connection.info.server_version < OLDEST * 10_000:
            raise RecordError(f"{self.url}: PostgreSQL {OLDEST} or newer is needed; this server is older")
        if self.read_only:
            connection.execute("set default_transaction_read_only = on")
        return connection

    def _advice(self, words: str) -> str:
        """The server's message, with what to do about it where we know."""
        database = urlsplit(self.url).path.lstrip("/")
        known = (
            (f'database "{database}" does not exist', f"make it: createdb {database}"),
            ("password authentication failed", "give the password in the URL, in PGPASSWORD or in ~/.pgpass"),
            ("no password supplied", "give the password in the URL, in PGPASSWORD or in ~/.pgpass"),
            ("does not exist", "make the role: createuser NAME"),
            ("connection refused", "no server answers there; is it running, and are host and port right?"),
            ("could not translate host name", "is the host right?"),
        )
        return next((f"{words}; {advice}" for part, advice in known if part.lower() in words.lower()), words)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """PostgreSQL's errors, in our words."""
        import psycopg

        try:
            yield
        except psycopg.errors.ReadOnlySqlTransaction as problem:
            raise RecordError(f"{self.url}: the record is read-only; nothing was written") from problem
        except (psycopg.errors.DiskFull, psycopg.errors.OutOfMemory) as problem:
            raise RecordError(f"{self.url}: the server is out of space: {_plain(problem)}") from problem
        except psycopg.OperationalError as problem:
            gone = self._connection is None or self._connection.closed
            what = "the server went away; what was not yet acknowledged is not in the record: " if gone else ""
            raise RecordError(f"{self.url}: {what}{_plain(problem)}") from problem
        except psycopg.Error as problem:
            raise RecordError(f"{self.url}: {_plain(problem)}") from problem


def _without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", "@") if parts.password else url


def _plain(problem: Exception) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__
