"""What a record answers: a sequence of values that is a table, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Generic, TypeVar, overload

from dragoman.errors import InputError
from dragoman.model import Party, Place, When

T = TypeVar("T")
LIST = ";"  # between the items of a cell


class Rows(Sequence[T], Generic[T]):
    """Values in order; `to_arrow`, `to_pandas` and `to_polars` give them as a table, one row a value."""

    def __init__(self, values: Iterable[T], kind: type[T]) -> None:
        self._values, self._kind = tuple(values), kind

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[T]: ...
    def __getitem__(self, index: int | slice) -> T | Rows[T]:
        return Rows(self._values[index], self._kind) if isinstance(index, slice) else self._values[index]

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._values == other._values

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        return f"Rows({list(self._values)!r})"

    def records(self) -> list[dict[str, Any]]:
        """One flat dictionary a value; lists are joined by ";"."""
        return [flat(value) for value in self._values]

    def to_arrow(self) -> Any:
        """A pyarrow.Table; its columns are those of `records`."""
        arrow = _library("pyarrow", "parquet")
        names = list(dict.fromkeys(name for record in self.records() for name in record)) or columns(self._kind)
        listed = [{name: record.get(name) for name in names} for record in self.records()]
        return arrow.Table.from_pylist(listed) if listed else arrow.table({name: [] for name in names})

    def to_pandas(self) -> Any:
        """A pandas.DataFrame."""
        return _library("pandas").DataFrame(self.records(), columns=None if self._values else columns(self._kind))

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        return _library("polars").from_arrow(self.to_arrow())


def columns(kind: type) -> list[str]:
    """The names of the fields of a value's kind."""
    return [f.name for f in fields(kind)] if is_dataclass(kind) else []


def flat(value: Any) -> dict[str, Any]:
    """A value as one flat dictionary: parties as countries and names, dates as dates, the rest as text."""
    row: dict[str, Any] = {}
    for field in fields(value):
        row |= _cells(field.name, getattr(value, field.name))
    return row


def _cells(name: str, value: Any) -> dict[str, Any]:
    match value:
        case When():
            return {"first": value.first, "last": value.last, "precision": value.precision, "basis": value.basis}
        case Place():
            at = {"lat": value.lat, "lon": value.lon}
            return {name: value.name or value.text, f"{name}_country": value.country, **at}
        case Party():
            return _sides(name, (value,))
        case tuple() if value and isinstance(value[0], Party):
            return _sides(name, value)
        case tuple():
            return {name: LIST.join(_short(item) for item in value)}
        case None | bool() | int() | float() | str() | date():
            return {name: value}
        case _:
            return {name: _short(value)}


def _sides(name: str, parties: Sequence[Party]) -> dict[str, Any]:
    return {
        name: LIST.join(p.name or p.text for p in parties),
        f"{name}_countries": LIST.join(p.country or "" for p in parties),
    }


def _short(value: Any) -> str:
    """An item of a list in a cell: its text, its id where it has one, else all of it."""
    if isinstance(value, tuple) and len(value) == 2:
        return f"{value[0]}:{value[1]}"
    if isinstance(value, str):
        return value
    for name in ("id", "event", "name", "rule", "field"):
        if hasattr(value, name) and getattr(value, name) is not None:
            return str(getattr(value, name))
    return str(value)


def _library(name: str, extra: str | None = None) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as problem:
        what = f"'dragoman[{extra}]'" if extra else name
        raise InputError(f"{name} is not installed: pip install {what}") from problem
