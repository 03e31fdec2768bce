"""What a record keeps and how it changes: documents in, documents out, decisions; every change is one transaction."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from dragoman.errors import RecordError
from dragoman.record import Database, Row, lineages, rows
from dragoman.record.history import Log, forget
from dragoman.record.incoming import Coded as Coded
from dragoman.record.incoming import Incoming, Keeping, incoming
from dragoman.record.migrations import migrate
from dragoman.record.remerge import Held, Seen, keys, members, neighbours, rekey, remerge
from dragoman.record.rows import now, to_json
from dragoman.record.ties import retie
from dragoman.record.told import Decisions, Told, identity

QUOTE = 300  # characters of a quote where the record keeps no texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What an addition changed."""

    documents: int = 0
    known: int = 0  # documents that the record had already
    reports: int = 0
    events: int = 0  # new
    changed: int = 0  # events that were there and have more, or other, reports now

    def __add__(self, other: Added) -> Added:
        return Added(
            documents=self.documents + other.documents,
            known=self.known + other.known,
            reports=self.reports + other.reports,
            events=self.events + other.events,
            changed=self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """A report on its way to its row."""

    told: Told
    body: str


class Store:
    """A record's tables. Raises RecordError with what, where and what to do."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._ready = False
        self._seen = Seen()

    def ready(self) -> Database:
        """The database, its tables up to date."""
        if not self._ready:
            migrate(self.database)
            self._ready = True
        return self.database

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of these documents the record holds."""
        found = self.ready().query("select id from document where id in (select unnest($1::varchar[]))", [list(ids)])
        return {i for (i,) in found}

    def add(self, coded: Sequence[Coded], *, keep_text: bool = True, quote: int | None = None) -> Added:
        """Add what was coded from documents; those that the record holds already are left as they are.

        Without `keep_text` no text is kept, and quotes are cut to `quote` characters (QUOTE where it is not given).
        """
        quote = quote if keep_text or quote is not None else QUOTE
        database, keeping = self.ready(), Keeping(text=keep_text, quote=quote)
        with uncollected(), database.transaction():
            database.exclusive()
            fresh = self._fresh(coded, keeping)
            if not fresh:
                return Added(known=len(coded))
            log, moment = Log(), now()
            placed = lineages.place(database, [one.page for one in fresh])
            moved = lineages.moved_documents(database, placed)
            reports = [_Report(told=t, body=b) for one in fresh for t, b in one.told(placed.of[one.coding.document.id])]
            self._insert_documents(fresh, placed.of, batch=log.batch, moment=moment)
            new, changed = self._merge_new(reports, moved, moment, log)
            log.write(database)
        known = len(coded) - len(fresh)
        return Added(documents=len(fresh), known=known, reports=len(reports), events=new, changed=changed)

    def _fresh(self, coded: Sequence[Coded], keeping: Keeping) -> list[Incoming]:
        """The documents that the record lacks, as it will keep them."""
        keyed = {identity(c.coding.document): c for c in coded}
        known = self.known(keyed)
        return [incoming(c, key, keeping) for key, c in keyed.items() if key not in known]

    def _insert_documents(
        self, fresh: Sequence[Incoming], lineage: dict[str, str], *, batch: str, moment: datetime
    ) -> None:
        documents = [one.document(lineage[one.coding.document.id], coded=moment, batch=batch) for one in fresh]
        self.database.insert("document", rows.DOCUMENT, documents)
        self.database.insert("relation", rows.RELATION, _distinct([row for one in fresh for row in one.relations()]))
        self.database.insert("claim", rows.CLAIM, _distinct([row for one in fresh for row in one.claims()]))

    def _merge_new(
        self, reports: Sequence[_Report], moved: Sequence[str], moment: datetime, log: Log
    ) -> tuple[int, int]:
        """Merge new reports, and those of documents whose lineage has changed, with those that are there."""
        told = [r.told for r in reports]
        left, near = rekey(self.database, moved)
        held = members(self.database, left | near | neighbours(self.database, told), self._seen)
        self._seen.keep(told)
        held += [Held(told=t, coded=moment) for t in told]
        outcome = remerge(self.database, held, self.decisions(), log, left=left)
        lines = [
            rows.report_row(r.told, r.body, knot=outcome.standing[r.told.report.id][0],
                            event=outcome.standing[r.told.report.id][1])
            for r in reports
        ]  # fmt: skip
        self.database.insert("report", rows.REPORT, lines)
        self.database.insert("report_key", rows.REPORT_KEY, [row for t in told for row in keys(t)])
        retie(self.database, outcome.written, outcome.before)
        return outcome.new, outcome.changed

    def decisions(self) -> Decisions:
        """What people decided and did not undo."""
        found = self.database.query("select kind, subject, object from decision where undone is null order by id")
        return Decisions(
            same=tuple((a, b) for kind, a, b in found if kind == "merge"),
            apart=tuple((a, b) for kind, a, b in found if kind == "split"),
            withdrawn=frozenset(a for kind, a, _ in found if kind == "withdraw"),
        )

    def merge(self, one: str, other: str, *, why: str | None = None) -> Added:
        """Two events are one happening: said by a person, it holds whatever is added later."""
        a, b = self._founder(one), self._founder(other)
        if a == b:
            raise RecordError(f"{one} and {other} are one event already")
        return self._decide([("merge", min(a, b), max(a, b))], why)

    def split(self, event: str, reports: Sequence[str] = (), *, why: str | None = None) -> Added:
        """An event is more than one happening: `reports` leave it; without any, each document's stand alone."""
        held = self._reports_of(self._event_id(event))
        unknown = set(reports) - {r for r, _ in held}
        if unknown:
            raise RecordError(f"event {event} has no report {', '.join(sorted(unknown))}")
        side = {r: (r in reports if reports else document) for r, document in held}
        pairs = [tuple(sorted(p)) for p in combinations(side, 2) if side[p[0]] != side[p[1]]]
        if not pairs:
            raise RecordError(f"event {event} rests on one document; name the reports that are to leave it")
        return self._decide([("split", a, b) for a, b in pairs], why)

    def withdraw(self, id: str, *, why: str | None = None) -> Added:
        """A document, a report, or all reports of an event no longer count; they stay in the record, marked."""
        database = self.ready()
        if database.query("select 1 from document where id = $1", [id]):
            return self._withdraw_document(id)
        if database.query("select 1 from report where id = $1", [id]):
            return self._decide([("withdraw", id, None)], why)
        return self._decide([("withdraw", r, None) for r, _ in self._reports_of(self._event_id(id))], why)

    def forget(self, document: str) -> Added:
        """Remove a document and all that came from it alone, from the history too."""
        database = self.ready()
        with database.transaction():
            database.exclusive()
            kept = database.query("select lineage from document where id = $1", [document])
            if not kept:
                raise RecordError(f"{database.url} holds no document {document}; dragoman record info counts them")
            found = database.query("select id, knot from report where document = $1", [document])
            log = Log()
            reports = [i for i, _ in found]
            self._pass_on(reports, log)
            for table, column, ids in (
                ("decision", "subject", reports),
                ("decision", "object", reports),
                ("report_key", "report", reports),
                ("report", "id", reports),
                ("relation", "document", [document]),
                ("claim", "document", [document]),
                ("document", "id", [document]),
            ):
                database.run(f"delete from {table} where {column} in (select unnest($1::varchar[]))", [ids])
            moved = lineages.leave(database, document, kept[0][0])
            done = self._again([k for _, k in found], log, moved)
            log.note("document", document, "forgotten")
            log.write(database)
            forget(database, [document, *reports])
        database.scrub()
        return done

    def _withdraw_document(self, document: str) -> Added:
        database, moment = self.ready(), now()
        with database.transaction():
            database.exclusive()
            log = Log()
            found = database.query("select id, knot from report where document = $1", [document])
            self._pass_on([i for i, _ in found], log)
            database.run("update document set withdrawn = $1 where id = $2", [moment, document])
            database.run("update report set event = null where document = $1", [document])
            log.note("document", document, "withdrawn")
            done = self._again([k for _, k in found], log)
            log.write(database)
        return done

    def _decide(self, decided: Sequence[tuple[str, str, str | None]], why: str | None) -> Added:
        """Note decisions on reports and merge again what they touch."""
        database = self.ready()
        with database.transaction():
            database.exclusive()
            log = Log()
            self._undo_contrary(decided, log.moment)
            self._pass_on([a for kind, a, _ in decided if kind == "withdraw"], log)
            self._insert_decisions(decided, log, why)
            reports = sorted({i for _, a, b in decided for i in (a, b) if i})
            for kind, subject, other in decided:
                log.note("decision", subject, kind, to_json({"with": other, "why": why}))
            found = database.query(
                "select distinct knot from report where id in (select unnest($1::varchar[]))", [reports]
            )
            done = self._again([k for (k,) in found], log)
            log.write(database)
        return done

    def _insert_decisions(self, decided: Sequence[tuple[str, str, str | None]], log: Log, why: str | None) -> None:
        lines = [(_hash(log.batch, *(p or "" for p in d)), *d, log.moment, why) for d in decided]
        self.database.insert("decision", rows.DECISION, _distinct(lines), replace=True)

    def _pass_on(self, reports: Sequence[str], log: Log) -> None:
        """What people joined stays joined when a report goes by which they did it: the others of its event are tied."""
        held = self.database.query(
            "with gone as (select unnest($1::varchar[]) as id) select r.id, r.event from report r where r.event in ("
            "select g.event from report g where g.id in (select id from gone) and exists (select 1 from decision d "
            "where d.kind = 'merge' and d.undone is null and (d.subject = g.id or d.object = g.id))) "
            "and r.id not in (select id from gone) order by r.id",
            [list(reports)],
        )
        by_event: dict[str, list[str]] = {}
        for report, event in held:
            by_event.setdefault(event, []).append(report)
        tied: list[tuple[str, str, str | None]] = [
            ("merge", first, other) for first, *others in by_event.values() for other in others
        ]
        self._insert_decisions(tied, log, "passed on")

    def _undo_contrary(self, decided: Sequence[tuple[str, str, str | None]], moment: datetime) -> None:
        """The later decision on a pair holds: the earlier, contrary one is kept as undone."""
        contrary = {"merge": "split", "split": "merge"}
        for kind, a, b in decided:
            if kind in contrary:
                self.database.run(
                    "update decision set undone = $1 where undone is null and kind = $2 and "
                    "((subject = $3 and object = $4) or (subject = $4 and object = $3))",
                    [moment, contrary[kind], a, b],
                )

    def _again(self, knots: Sequence[str], log: Log, moved: Sequence[str] = ()) -> Added:
        """Merge whole knots anew, and those of documents whose lineage has changed."""
        left, near = rekey(self.database, moved)
        left |= set(knots)
        held = members(self.database, left | near, self._seen)
        outcome = remerge(self.database, held, self.decisions(), log, left=left)
        retie(self.database, outcome.written, outcome.before)
        return Added(events=outcome.new, changed=outcome.changed)

    def _event_id(self, id: str) -> str:
        """The event that an id stands for now: its own, or that which took its reports."""
        database = self.ready()
        seen: set[str] = set()
        while id not in seen:
            seen.add(id)
            if database.query("select 1 from event where id = $1", [id]):
                return id
            found = database.query("select event from event_alias where id = $1", [id])
            id = found[0][0] if found else id
        raise RecordError(f"{database.url} holds no event, report or document {id}; dragoman events shows the ids")

    def _reports_of(self, event: str) -> list[tuple[str, str]]:
        """The reports of an event with their documents."""
        found = self.database.query("select id, document from report where event = $1 order by id", [event])
        return [(r, d) for r, d in found]

    def _founder(self, event: str) -> str:
        """The report by which a decision names an event: its first."""
        return self._reports_of(self._event_id(event))[0][0]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles of dead objects: a batch makes millions of values and no cycle (a quarter of the
    time went into it)."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _distinct(lines: Sequence[Row]) -> list[Row]:
    """The rows with each key once."""
    return list({row[0]: row for row in lines}.values())


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
