"""A record in memory, and events and documents put into it by hand, a line each."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import count
from pathlib import Path

from dragoman import ontology
from dragoman.record import rows
from dragoman.record.duckdb import DuckFile
from dragoman.record.migrations import migrate
from dragoman.record.postgres import Postgres

DAY = date.fromisoformat
NUMBERS = count(1)
COLUMNS = {
    "event": rows.EVENT,
    "event_dyad": rows.EVENT_DYAD,
    "document": rows.DOCUMENT | {"withdrawn": "timestamp"},
}
EMPTY = {"contexts", "offices", "names", "said_by", "words", "title_words"}


class _Waiting:
    """What is put into the record is written, all at once, before the next query."""

    waiting: dict[str, list[dict[str, object]]]

    def put(self, table: str, row: dict[str, object]) -> None:
        self.waiting.setdefault(table, []).append(row)

    def query(self, sql, parameters=()):
        waiting, self.waiting = self.waiting, {}
        for table, listed in waiting.items():
            columns = COLUMNS[table]
            # what the test does not tell is empty
            whole = [tuple(row.get(c, "" if c in EMPTY else None) for c in columns) for row in listed]
            self.insert(table, columns, whole)
        return super().query(sql, parameters)


class Memory(_Waiting, DuckFile):
    """An empty record that no file holds."""

    def __init__(self) -> None:
        super().__init__(Path(":memory:"))
        self.waiting = {}
        migrate(self)


class Served(_Waiting, Postgres):
    """An empty record on a server."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.waiting = {}
        migrate(self)


Record = Memory | Served


def event(
    db: Record,
    pair: str,
    first: str | None,
    type: str = "CONSULT",
    mode: str | None = None,
    *,
    last: str | None = None,
    both: bool = False,
    status: str | None = None,
    coder: str = "dragoman",
    id: str | None = None,
    hedged: bool = False,
    lineages: int = 2,
    reports: int = 2,
    concept: str = "test",
    score: float | None = None,
) -> str:
    """One event of "USA DZA", several countries a side as "USA,FRA DZA"; `both`: done together. Gives its id."""
    id = id or f"e{next(NUMBERS):05}"
    sources, targets = (side.split(",") for side in pair.split())
    score = ontology.plover_score(type, mode) if score is None else score
    begins, ends = (DAY(day) if day else None for day in (first, last or first))
    row = {
        "id": id, "type": type, "mode": mode, "concept": concept, "status": status, "first": begins, "last": ends,
        "sources": ";".join(sources), "targets": ";".join(targets), "precision": "day", "goldstein": score,
        "plover_score": score, "confidence": 0.8, "reports": reports, "outlets": lineages, "lineages": lineages,
        "coder": coder, "knot": id,
        "body": json.dumps({"hedged": hedged}),
    }  # fmt: skip
    db.put("event", row)
    ways = {(a, b) for a in sources for b in targets} | ({(b, a) for a in sources for b in targets} if both else set())
    for a, b in sorted(ways):
        db.put("event_dyad", {"event": id, "source": a, "target": b, "first": begins})
    return id


def documents(db: Record, day: str, number: int = 1, *, precision: str | None = "day", withdrawn: bool = False) -> None:
    """So many documents published on a day."""
    for _ in range(number):
        id = f"d{next(NUMBERS):05}"
        row = {
            "id": id, "hash": id, "published": DAY(day), "precision": precision, "characters": 1, "lineage": id,
            "coder": "dragoman", "version": "1", "coded": datetime(2026, 1, 1), "batch": "b", "defects": "[]",
            "withdrawn": datetime(2026, 1, 2) if withdrawn else None,
        }  # fmt: skip
        db.put("document", row)
