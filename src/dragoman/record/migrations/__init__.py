"""The tables of a record, in numbered steps; a step that was published is never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

from dragoman.errors import RecordError
from dragoman.record import Database

LEDGER = "create table if not exists migration (number integer primary key, name varchar, applied timestamp)"


def steps(kind: str) -> dict[int, tuple[str, str]]:
    """Number → name and SQL of each step; `NNN_name.duckdb.sql`, for one kind of database alone, comes after."""
    found: dict[int, tuple[str, str]] = {}
    entries = files("dragoman.record.migrations").iterdir()
    for entry in sorted(entries, key=lambda e: (e.name[:3], e.name.count("."), e.name)):
        stem, *middle, ending = entry.name.split(".")
        if ending == "sql" and (not middle or middle == [kind]):
            number = int(stem[:3])
            before = found.get(number, (stem, ""))[1]
            found[number] = (stem, before + entry.read_text("utf-8"))
    return found


def applied(database: Database) -> int:
    """The number of the last step that a record has had; 0 for an empty database."""
    if "migration" not in _tables(database):
        return 0
    return int(database.query("select coalesce(max(number), 0) from migration")[0][0])


def _tables(database: Database) -> set[str]:
    found = database.query("select table_name from information_schema.tables where table_schema = current_schema()")
    return {name for (name,) in found}


def migrate(database: Database) -> None:
    """Bring a record's tables up to date. RecordError where a newer dragoman wrote them, or none did and none may."""
    known = steps(database.kind)
    have = applied(database)
    if have > max(known):
        raise RecordError(
            f"{database.url}: a newer dragoman wrote this record (tables {have}; this one knows {max(known)}); "
            "pip install -U dragoman"
        )
    if have == max(known):
        return
    _refuse_a_strangers(database, have, known)
    if database.read_only:
        what = "holds no record" if have == 0 else f"has older tables ({have}, not {max(known)})"
        raise RecordError(f"{database.url}: {what}; dragoman record add FILE… sets it up")
    with database.transaction():
        database.exclusive()
        database.run(LEDGER)
        for number in range(applied(database) + 1, max(known) + 1):
            name, sql = known[number]
            for statement in filter(None, (s.strip() for s in _statements(sql))):
                database.run(statement)
            moment = datetime.now(UTC).replace(tzinfo=None)
            database.run("insert into migration values ($1, $2, $3)", [number, name, moment])


def _refuse_a_strangers(database: Database, have: int, known: dict[int, tuple[str, str]]) -> None:
    """RecordError where tables that are not a record's bear the names of a record's."""
    ours = {words[2] for _, sql in known.values() for s in _statements(sql) if (words := s.split())[:1] == ["create"]}
    theirs = sorted(_tables(database) & ours)
    if have == 0 and theirs:
        raise RecordError(
            f"{database.url} is no record of dragoman's, but has tables of the same names ({', '.join(theirs)}); "
            "give another file or database; nothing was changed in this one"
        )


def _statements(sql: str) -> list[str]:
    """The statements of a file, comments left out."""
    lines = (line.split("--", 1)[0] for line in sql.splitlines())
    return "\n".join(lines).split(";")
