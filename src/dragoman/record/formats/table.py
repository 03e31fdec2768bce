"""Our own flat tables, out: one row an event, as CSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.lines import Record
from dragoman.model import Event, Party
from dragoman.record.formats.rows import first_telling
from dragoman.record.formats.values import Exported, Loss

COLUMNS: dict[str, type] = {
    "id": str, "type": str, "mode": str, "contexts": str, "status": str, "concept": str, "quad": int,
    "reciprocal": bool, "hedged": bool, "planned": str,
    "actors": str, "actor_names": str, "actor_countries": str, "actor_sectors": str, "actor_offices": str,
    "actor_ids": str,
    "recipients": str, "recipient_names": str, "recipient_countries": str, "recipient_sectors": str,
    "recipient_offices": str, "recipient_ids": str,
    "place": str, "place_country": str, "lat": float, "lon": float, "geonames": int, "place_stated": bool,
    "first": str, "last": str, "precision": str, "basis": str,
    "reported_first": str, "reported_last": str, "coded": str,
    "cameo": str, "goldstein": float, "plover_score": float, "confidence": float,
    "reports": int, "documents": int, "outlets": int, "lineages": int, "report_ids": str,
    "said_by": str, "coder": str, "evidence": str, "outlet": str, "url": str,
}  # fmt: skip
LIST = ";"  # between the items of a cell; a semicolon inside an item becomes a comma
BATCH = 10_000  # rows that Parquet holds before it writes them


def write_csv(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as CSV: a header, a row an event, cells in quotes where they need them."""
    loss = Loss("csv")
    text = io.StringIO()
    line = csv.writer(text, lineterminator="\n")
    line.writerow(COLUMNS)
    for item in items:
        line.writerow(_cell(value) for value in row_of(item, loss).values())
        if text.tell() > 1_000_000:
            _empty(text, out)
    _empty(text, out)
    return loss


def _empty(text: io.StringIO, out: BinaryIO) -> None:
    out.write(text.getvalue().encode("utf-8", "backslashreplace"))
    text.seek(0)
    text.truncate()


def write_parquet(items: Iterable[Exported], out: BinaryIO) -> Loss:
    """Events as Parquet: the columns of CSV with their types; needs the extra `parquet`."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as problem:
        raise InputError("parquet needs pyarrow, which is not installed: pip install 'dragoman[parquet]'") from problem
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    loss, rows = Loss("parquet"), list[Record]()
    with pyarrow.parquet.ParquetWriter(out, schema) as file:
        for item in items:
            rows.append({name: _sound(value) for name, value in row_of(item, loss).items()})
            if len(rows) == BATCH:
                file.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
                rows.clear()
        if rows:
            file.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
    return loss


def row_of(item: Exported, loss: Loss) -> Record:
    """An event as one row, in the order of COLUMNS."""
    event, told = item.event, first_telling(item)
    loss.events += 1
    loss.rows += 1
    for field, has in (("differences", event.differences), ("links", event.links), ("because", event.because)):
        if has:
            loss.lost(field, "no column; jsonl has it", event.id)
    if item.told:
        loss.lost("reports", "their ids alone; jsonl has them", event.id)
    row: Record = dict.fromkeys(COLUMNS)
    for name in ("id", "type", "mode", "status", "concept", "reciprocal", "hedged", "planned", "cameo", "goldstein",
                 "plover_score", "confidence", "documents", "outlets", "lineages", "coder", "evidence"):  # fmt: skip
        row[name] = getattr(event, name)
    row |= _side("actor", event.actors) | _side("recipient", event.recipients)
    row |= _where_when(event)
    row |= {
        "contexts": _join(event.contexts),
        "quad": ontology.quad(event.type),
        "reports": len(event.reports),
        "report_ids": _join(event.reports),
        "said_by": _join(event.said_by),
        "outlet": told.document.outlet if told else None,
        "url": told.document.url if told else None,
    }
    return row


def _side(name: str, parties: tuple[Party, ...]) -> Record:
    """The columns of one side; the n-th item of each cell belongs to the n-th party."""
    return {
        f"{name}s": _join(p.text for p in parties),
        f"{name}_names": _join(p.name for p in parties),
        f"{name}_countries": _join(p.country for p in parties),
        f"{name}_sectors": _join(" ".join(p.sectors) for p in parties),
        f"{name}_offices": _join(p.office for p in parties),
        f"{name}_ids": _join(p.id for p in parties),
    }


def _where_when(event: Event) -> Record:
    place, when = event.place, event.when
    row: Record = {
        name: day.isoformat() if day else None
        for name, day in (("reported_first", event.reported_first), ("reported_last", event.reported_last),
                          ("coded", event.coded))
    }  # fmt: skip
    if place:
        row |= {"place": place.name or place.text, "place_country": place.country, "lat": place.lat, "lon": place.lon,
                "geonames": place.geonames, "place_stated": place.stated}  # fmt: skip
    if when:
        row |= {"first": when.first.isoformat(), "last": when.last.isoformat(), "precision": when.precision,
                "basis": when.basis}  # fmt: skip
    return row


def _join(items: Iterable[str | None]) -> str | None:
    listed = [(item or "").replace(LIST, ",") for item in items]
    return LIST.join(listed) if any(listed) else None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())


def _sound(value: Any) -> Any:
    """Text that Parquet can hold: lone surrogates as their escapes."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
