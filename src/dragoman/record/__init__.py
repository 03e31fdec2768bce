"""Reports → Events, kept. A store holds documents, reports, events and decisions; `merge` says which reports are one.

`Database` is the seam: DuckDB (a file, the default) and PostgreSQL fill it with the same SQL (`$1` parameters).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]


class Database(Protocol):
    """A connection that runs the record's SQL. Raises RecordError with what, where and what to do."""

    url: str
    kind: str  # duckdb | postgresql
    read_only: bool

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query; the parameters are $1, $2 …"""
        ...

    def stream(self, sql: str, parameters: Sequence[Any] = (), *, size: int = 10_000) -> Iterator[list[Row]]:
        """The rows of a query in lists of at most `size`."""
        ...

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """A statement without rows."""
        ...

    def insert(self, table: str, columns: dict[str, str], rows: Sequence[Row], *, replace: bool = False) -> None:
        """Many rows at once; `columns` is name → SQL type, the first column the key where `replace` is asked."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing: committed at the end, rolled back by an exception."""
        ...

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """A pyarrow.Table of a query's rows."""
        ...

    def has_word(self, column: str, parameter: int) -> str:
        """The condition, in SQL, that a column of stems (words.as_column) holds the stem that is parameter $n."""
        ...

    def exclusive(self) -> None:
        """Within a transaction: until it ends, nobody else adds to the record."""
        ...

    def scrub(self) -> None:
        """Leave nothing in the file of what was deleted, where that is ours to do."""
        ...

    def release(self) -> None:
        """Let other programs at the record until the next query."""
        ...

    def close(self) -> None: ...
