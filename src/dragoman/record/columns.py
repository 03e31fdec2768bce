"""Many rows into a table by one statement, the same for DuckDB and PostgreSQL: `insert … select unnest($1)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.record import Row

BATCH = 20_000  # rows a statement
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def unnested(
    table: str, columns: dict[str, str], rows: Sequence[Row], *, replace: bool
) -> Iterator[tuple[str, list[list[Any]]]]:
    """Statements with their parameters, one a batch of rows; `replace` overwrites rows of the same first column."""
    names = ", ".join(columns)
    values = ", ".join(f"unnest(${n}::{kind}[]) as {name}" for n, (name, kind) in enumerate(columns.items(), 1))
    key, *others = columns
    update = ", ".join(f"{name} = excluded.{name}" for name in others)
    conflict = f" on conflict ({key}) do update set {update}" if replace else ""
    sql = f"insert into {table} ({names}) select {names} from (select {values}) as new{conflict}"
    for start in range(0, len(rows), BATCH):
        columnar = zip(*rows[start : start + BATCH], strict=True)
        yield sql, [[_storable(value) for value in column] for column in columnar]


def _storable(value: Any) -> Any:
    """Text without what a database cannot hold (NUL, lone surrogates); one character for one, so that offsets stay."""
    if isinstance(value, str) and (not value.isascii() or "\0" in value):
        return _UNSTORABLE.sub("\ufffd", value)
    return value
