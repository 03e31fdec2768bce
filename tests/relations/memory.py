"""A record in memory for tests of the questions that relations ask: the migration's tables, rows put in by hand."""

from __future__ import annotations

import re
from contextlib import contextmanager

from tests.conftest import ROOT

TABLES = ROOT / "src/dragoman/record/migrations/001_record.sql"


class Memory:
    """As much of `Database` as questions need, on a DuckDB in memory."""

    url = ":memory:"
    kind = "duckdb"
    read_only = False

    def __init__(self, path: str = ":memory:"):
        import duckdb

        self.connection = duckdb.connect(path)
        self.connection.execute("set threads = 1")
        if path == ":memory:":
            # `at` is a word of DuckDB 2's own
            self.connection.execute(
                re.sub(r"^    at timestamp", '    "at" timestamp', TABLES.read_text("utf-8"), flags=re.M)
            )

    def query(self, sql, parameters=()):
        return self.connection.execute(sql, list(parameters)).fetchall()

    def stream(self, sql, parameters=(), *, size=10_000):
        yield self.query(sql, parameters)

    def run(self, sql, parameters=()):
        self.connection.execute(sql, list(parameters))

    def insert(self, table, columns, rows, *, replace=False):
        marks = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
        for row in rows:
            self.run(f"insert into {table} ({', '.join(columns)}) values ({marks})", row)

    @contextmanager
    def transaction(self):
        yield

    def close(self):
        self.connection.close()
