"""What a change of the record overwrites, kept: one line for each thing that stood before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from dragoman.record import Database, Row

COLUMNS = {
    "id": "varchar", "moment": "timestamp", "batch": "varchar", "kind": "varchar", "subject": "varchar",
    "what": "varchar", "before": "varchar",
}  # fmt: skip


class Log:
    """The history of one transaction, whose name is `batch`."""

    def __init__(self) -> None:
        self.batch, self.moment = uuid4().hex[:16], datetime.now(UTC).replace(tzinfo=None)
        self._lines: list[Row] = []

    def note(self, kind: str, subject: str, what: str, before: str | None = None) -> None:
        """One thing that changed, with how it stood."""
        id = f"{self.batch}-{len(self._lines):06}"
        self._lines.append((id, self.moment, self.batch, kind, subject, what, before))

    def write(self, database: Database) -> None:
        """Append the lines."""
        database.insert("history", COLUMNS, self._lines)
        self._lines = []


def forget(database: Database, ids: Sequence[str]) -> None:
    """Take what stood out of the lines that speak of these documents and reports; that something changed stays."""
    database.run(
        "update history set before = null where before is not null and exists (select 1 from "
        "(select unnest($1::varchar[]) as id) as gone where subject = gone.id or position(gone.id in before) > 0)",
        [list(ids)],
    )
