"""Codings to bytes: JSON Lines (all that was coded), CSV and Parquet (the reports, flat)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Protocol

from dragoman.errors import InputError
from dragoman.lines import Record, records
from dragoman.model import Actor, Coding, Report, Span

COLUMNS: dict[str, type] = {
    "document": str, "id": str, "sentence": int, "type": str, "mode": str, "contexts": str, "status": str,
    "hedged": bool, "reciprocal": bool, "quad": int,
    "actors": str, "actor_names": str, "actor_countries": str, "actor_sectors": str, "actor_ids": str,
    "recipients": str, "recipient_names": str, "recipient_countries": str, "recipient_sectors": str,
    "recipient_ids": str,
    "place": str, "place_name": str, "place_country": str, "lat": float, "lon": float, "geonames": int,
    "place_stated": bool, "first": str, "last": str, "precision": str, "basis": str, "published": str,
    "said_by": str, "said_by_country": str, "channel": str, "planned": str, "cameo": str, "goldstein": float,
    "plover_score": float, "confidence": float, "trigger": str, "evidence": str, "start": int, "end": int,
    "outlet": str, "url": str,
}  # fmt: skip
LIST = ";"  # between the items of a cell; a semicolon inside an item becomes a comma


class Writer(Protocol):
    """Takes codings one by one; nothing need be complete before `close`."""

    def write(self, coding: Coding) -> None: ...
    def close(self) -> None: ...


def to_json(record: Record) -> bytes:
    """One line of JSON in UTF-8; a lone surrogate of a broken text stays readable, as its escape."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


class JsonLines:
    """One object per line, told apart by "kind": document, defect, report, relation, claim."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, coding: Coding) -> None:
        self._out.writelines(to_json(record) + b"\n" for record in records(coding))

    def close(self) -> None:
        self._out.flush()


class Csv:
    """One line per report; the header is COLUMNS."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._row(COLUMNS)

    def write(self, coding: Coding) -> None:
        for report in coding.reports:
            self._row(_cell(value) for value in flat(report, coding).values())

    def _row(self, cells: Iterable[str]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(cells)
        self._out.write(line.getvalue().encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        self._out.flush()


class Parquet:
    """One row per report, the columns of Csv with their types; needs the extra `parquet`."""

    def __init__(self, out: BinaryIO) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as problem:
            raise InputError(
                "--format parquet needs pyarrow, which is not installed: pip install 'dragoman[parquet]'"
            ) from problem
        kinds: dict[type, Any] = {
            str: pyarrow.string(),
            int: pyarrow.int64(),
            float: pyarrow.float64(),
            bool: pyarrow.bool_(),
        }
        self._arrow = pyarrow
        self._schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
        self._file = pyarrow.parquet.ParquetWriter(out, self._schema)
        self._rows: list[Record] = []

    def write(self, coding: Coding) -> None:
        self._rows += [{name: _sound(v) for name, v in flat(r, coding).items()} for r in coding.reports]
        if len(self._rows) >= 10_000:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._file.close()


WRITERS: dict[str, Callable[[BinaryIO], Writer]] = {"jsonl": JsonLines, "csv": Csv, "parquet": Parquet}


def flat(report: Report, coding: Coding) -> Record:
    """A report as one row: the columns of CSV and Parquet, in their order."""
    from dragoman.ontology import quad

    document, place, when, voice = coding.document, report.place, report.when, report.said_by
    row: Record = dict.fromkeys(COLUMNS)
    row |= {
        "document": report.document,
        "id": report.id,
        "sentence": report.sentence,
        "type": report.type,
        "mode": report.mode,
        "contexts": _join(report.contexts),
        "status": report.status,
        "hedged": report.hedged,
        "reciprocal": report.reciprocal,
        "quad": quad(report.type),
        "planned": report.planned,
        "cameo": report.cameo,
        "goldstein": report.goldstein,
        "plover_score": report.plover_score,
        "confidence": report.confidence,
        "trigger": _words(report.trigger, coding),
        "evidence": _words(report.evidence, coding),
        "start": report.evidence.start,
        "end": report.evidence.end,
        "published": document.published.isoformat() if document.published else None,
        "outlet": document.outlet,
        "url": document.url,
    }
    row |= _side("actor", report.actors) | _side("recipient", report.recipients)
    if place:
        row |= {"place": place.text, "place_name": place.name, "place_country": place.country}
        row |= {"lat": place.lat, "lon": place.lon, "geonames": place.geonames, "place_stated": place.stated}
    if when:
        row |= {"first": when.first.isoformat(), "last": when.last.isoformat()}
        row |= {"precision": when.precision, "basis": when.basis}
    if voice:
        row |= {"said_by": voice.text, "said_by_country": voice.country, "channel": voice.channel}
    return row


def _side(name: str, actors: tuple[Actor, ...]) -> Record:
    """The columns of one side; the n-th item of each cell belongs to the n-th actor."""
    return {
        f"{name}s": _join(a.text for a in actors),
        f"{name}_names": _join(a.name for a in actors),
        f"{name}_countries": _join(a.country for a in actors),
        f"{name}_sectors": _join(" ".join(a.sectors) for a in actors),
        f"{name}_ids": _join(a.id for a in actors),
    }


def _join(items: Iterable[str | None]) -> str | None:
    listed = [(item or "").replace(LIST, ",") for item in items]
    return LIST.join(listed) if any(listed) else None


def _words(span: Span, coding: Coding) -> str:
    return " ".join(span.of(coding.document.text).split())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sound(value: Any) -> Any:
    """Text that Parquet can hold: lone surrogates as their escapes."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
