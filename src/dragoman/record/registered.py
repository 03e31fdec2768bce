"""Registers of visits in a record: lists that others keep, each whole, each replaceable by a later edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from dragoman import lines
from dragoman.errors import RecordError
from dragoman.model import Visit
from dragoman.record import Database, Row
from dragoman.record.history import Log
from dragoman.record.rows import now, to_json

REGISTER = {
    "name": "varchar", "scope": "varchar", "first": "date", "last": "date", "entries": "integer", "origin": "varchar",
    "imported": "timestamp",
}  # fmt: skip
VISIT = {
    "id": "varchar", "register": "varchar", "person": "varchar", "office": "varchar", "country": "varchar",
    "host": "varchar", "first": "date", "last": "date", "precision": "varchar", "body": "varchar",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An entry that was not taken: where it stands, and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of a register's entries: read = kept + doubled + set aside."""

    read: int
    kept: int
    doubled: int = 0  # entries that told a visit that another entry told
    set_aside: tuple[Aside, ...] = ()

    def __str__(self) -> str:
        one, visits = self.read == 1, "visit" if self.kept == 1 else "visits"
        parts = [f"{self.read:,} {'entry' if one else 'entries'} read, {self.kept:,} {visits} kept"]
        if self.doubled:
            parts.append(f"{self.doubled:,} stood twice")
        if self.set_aside:
            parts.append(f"{len(self.set_aside):,} set aside")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A list of visits that somebody keeps. The visits' ids are the same whenever it is read."""

    name: str
    scope: str  # whose visits it lists
    origin: str  # where it was read from
    visits: tuple[Visit, ...]
    account: Account


def put(database: Database, register: Register, *, name: str | None = None) -> None:
    """Keep a register under its name, or another; it takes the place of the one that had the name.

    Visits that are there already are left as they are; what is overwritten or goes stays in the history.
    """
    called = name or register.name
    fresh = {row[0]: row for row in (_row(visit, called) for visit in register.visits)}
    with database.transaction():
        database.exclusive()
        log = Log()
        old = _held(database, called)
        if _note(log, old, fresh):
            log.note("register", called, "replaced", to_json({"visits": len(old)}))
        stale = [id for id, body in old.items() if id not in fresh or fresh[id][-1] != body]
        database.run("delete from register_visit where id in (select unnest($1::varchar[]))", [stale])
        database.insert("register_visit", VISIT, [row for id, row in fresh.items() if old.get(id) != row[-1]])
        days = [day for visit in register.visits for day in (visit.first, visit.last) if day]
        line = (called, register.scope, min(days, default=None), max(days, default=None), len(fresh), register.origin,
                now())  # fmt: skip
        database.insert("register", REGISTER, [line], replace=True)
        log.write(database)


def remove(database: Database, name: str) -> None:
    """Take a register out; its visits stay in the history alone. RecordError where the record has none of the name."""
    with database.transaction():
        database.exclusive()
        known = [n for (n,) in database.query("select name from register order by name")]
        if name not in known:
            raise RecordError(f"{database.url} holds no register {name}; it has {', '.join(known) or 'none'}")
        log = Log()
        old = _held(database, name)
        _note(log, old, {})
        database.run("delete from register_visit where register = $1", [name])
        database.run("delete from register where name = $1", [name])
        log.note("register", name, "removed", to_json({"visits": len(old)}))
        log.write(database)


def _held(database: Database, name: str) -> dict[str, str]:
    """The visits of a register that the record holds, as they stand."""
    found = database.query("select id, body from register_visit where register = $1", [name])
    return {str(id): str(body) for id, body in found}


def _note(log: Log, old: dict[str, str], fresh: dict[str, Row]) -> bool:
    """In the history: what of an earlier edition goes or changes. Whether anything does."""
    gone = [id for id in sorted(old) if id not in fresh]
    changed = [id for id in sorted(old) if id in fresh and fresh[id][-1] != old[id]]
    for what, ids in (("removed", gone), ("changed", changed)):
        for id in ids:
            log.note("register", id, what, old[id])
    return bool(gone or changed)


def _row(visit: Visit, name: str) -> Row:
    """A visit's row, its backing under the name that the register has in this record."""
    backing = tuple(replace(one, name=name) if one.kind == "register" else one for one in visit.backing)
    who = visit.visitor
    body = to_json(lines.visit_record(replace(visit, backing=backing)))
    return (_hash(name, visit.id), name, who.name, who.office, who.country, visit.host, visit.first, visit.last,
            visit.precision, body)  # fmt: skip


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
