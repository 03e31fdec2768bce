"""A record in memory, and events and documents put into it by hand, a line each."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import count
from pathlib import Path

from dragoman import ontology
from dragoman.record.duckdb import DuckFile
from dragoman.record.migrations import migrate

DAY = date.fromisoformat
NUMBERS = count(1)


def memory() -> DuckFile:
    """An empty record that no file holds."""
    db = DuckFile(Path(":memory:"))
    migrate(db)
    return db


def put(db: DuckFile, table: str, row: dict[str, object]) -> None:
    """One row; a required text column that is not in it is filled with ''."""
    needed = db.query(
        "select column_name from information_schema.columns"
        " where table_name = $1 and is_nullable = 'NO' and data_type = 'VARCHAR'",
        [table],
    )
    whole = {name: "" for (name,) in needed} | row
    marks = ", ".join(f"${n}" for n in range(1, len(whole) + 1))
    db.run(f"insert into {table} ({', '.join(whole)}) values ({marks})", list(whole.values()))


def event(
    db: DuckFile,
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
        "id": id, "type": type, "mode": mode, "concept": concept, "status": status, "contexts": "",
        "sources": ";".join(sources), "targets": ";".join(targets), "first": begins, "last": ends, "precision": "day",
        "offices": "", "names": "", "said_by": "", "goldstein": score, "plover_score": score, "confidence": 0.8,
        "reports": reports, "outlets": lineages, "lineages": lineages, "coder": coder, "words": "", "knot": id,
        "body": json.dumps({"hedged": hedged}),
    }  # fmt: skip
    put(db, "event", row)
    ways = {(a, b) for a in sources for b in targets} | ({(b, a) for a in sources for b in targets} if both else set())
    for a, b in sorted(ways):
        put(db, "event_dyad", {"event": id, "source": a, "target": b, "first": begins})
    return id


def documents(
    db: DuckFile, day: str, number: int = 1, *, precision: str | None = "day", withdrawn: bool = False
) -> None:
    """So many documents published on a day."""
    for _ in range(number):
        id = f"d{next(NUMBERS):05}"
        row = {
            "id": id, "hash": id, "published": DAY(day), "precision": precision, "characters": 1, "lineage": id,
            "coder": "dragoman", "version": "1", "coded": datetime(2026, 1, 1), "batch": "b", "defects": "[]",
            "withdrawn": datetime(2026, 1, 2) if withdrawn else None,
        }  # fmt: skip
        put(db, "document", row)
