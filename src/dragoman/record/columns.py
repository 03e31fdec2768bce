"""Values on their way into columns: many rows by one statement, keys as numbers, spans of days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

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
        yield sql, [storable_column(column) for column in zip(*rows[start : start + BATCH], strict=True)]


def storable_column(values: Sequence[Any]) -> list[Any]:
    """A column's values, those that a database cannot hold replaced; a clean one is known at a glance."""
    try:
        clean = b"\0" not in "".join(filter(None, values)).encode()
    except UnicodeEncodeError:
        clean = False
    except TypeError:  # no text
        return list(values)
    return list(values) if clean else [storable(value) for value in values]


def storable(value: Any) -> Any:
    """Text without what a database cannot hold (NUL, lone surrogates); one character for one, so that offsets stay."""
    if isinstance(value, str) and (not value.isascii() or "\0" in value):
        return _UNSTORABLE.sub("\ufffd", value) if _UNSTORABLE.search(value) else value
    return value


@lru_cache(maxsize=100_000)
def number(key: str) -> int:
    """A key as a number of 63 bits: quicker to compare than words. Two keys of one number cost a look, no more."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


Day = TypeVar("Day", int, date)


def joined(spans: Iterable[tuple[int, Day, Day]]) -> list[tuple[int, Day, Day]]:
    """Spans of days under a key, those of one key that touch as one."""
    found: list[tuple[int, Day, Day]] = []
    for key, first, last in sorted(set(spans)):
        if found and found[-1][0] == key and first <= found[-1][2]:
            found[-1] = (key, found[-1][1], max(last, found[-1][2]))
        else:
            found.append((key, first, last))
    return found
