"""A record opened: what `dragoman.open_record` gives, and what the commands use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

from dragoman.errors import InputError
from dragoman.model import Alert, Backing, Claim, ClaimCheck, Coding, Covered, Document, Event, Point, Rival, Visit
from dragoman.tables import Rows

if TYPE_CHECKING:
    from dragoman.record import Database
    from dragoman.record.formats import Loss
    from dragoman.record.queries import ToldClaim, Wanted
    from dragoman.record.registered import Account
    from dragoman.record.store import Added, Coded, Store
    from dragoman.syntax import Parser

Item = TypeVar("Item", Coding, Document, Coding | Document)

DEFAULT = "press.duckdb"
VARIABLE = "DRAGOMAN_RECORD"  # the environment's word for which record is meant
BATCH = 100  # documents coded between two transactions: some ten seconds of work, and all that a crash can cost
QUOTE = 300  # characters of a sentence that are kept where no text is


def open_record(url: str | Path | None = None, *, read_only: bool = False, wait: float = 30.0) -> Record:
    """The record at a file (DuckDB) or a `postgresql://` URL; None: what DRAGOMAN_RECORD says, else press.duckdb.

    It is made at the first addition. `wait`: seconds to try again where another program has the file open. Raises
    RecordError where the record cannot be opened or read, BusyError where another program holds it.
    """
    from dragoman.record.store import Store

    where = str(url or os.environ.get(VARIABLE) or DEFAULT)
    return Record(Store(_database(where, read_only=read_only, wait=wait)))


def _database(where: str, *, read_only: bool, wait: float) -> Database:
    if where.startswith(("postgresql://", "postgres://")):
        from dragoman.record.postgres import Postgres

        return Postgres(where, read_only=read_only)
    if "://" in where and not where.startswith("duckdb://"):
        raise InputError(f"{where}: no such kind of record; give a file, or postgresql://user@host/database")
    from dragoman.record.duckdb import DuckFile

    return DuckFile(Path(where.removeprefix("duckdb://")), read_only=read_only, wait=wait)


class Record:
    """Documents, reports and events kept, and what they tell of countries. Close it, or use it in a `with`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def url(self) -> str:
        """Where it is kept; a password is left out."""
        return self._store.database.url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._store.database.close()

    @contextmanager
    def _asked(self) -> Iterator[Database]:
        """The database for one question; other programs may have it afterwards."""
        try:
            yield self._store.ready()
        finally:
            self._store.database.release()

    # --- what goes in ----------------------------------------------------------------------------------------------

    def add(
        self,
        items: Iterable[Coding | Document | str | Path],
        *,
        keep_text: bool = True,
        names: bool = False,
        actors: Sequence[Path] = (),
        parser: Parser | None = None,
        rejected: Callable[[Document | None, Exception], None] | None = None,
        batch: int = BATCH,
    ) -> Added:
        """Read, code, merge and keep; what the record holds already is left as it is, so that a run can be repeated.

        `items` are files, documents or codings. Each batch of documents is one transaction: once it is done it is
        safe. `keep_text=False` keeps no article, only its hash, URL and quotes of at most 300 characters; private
        persons are kept by role unless `names`. A document that cannot be coded goes to `rejected` with the reason,
        and is raised where that is None.
        """
        from dragoman.record.store import Added

        total, left = Added(), iter(_documents(items, rejected))
        while some := list(islice(left, batch)):
            fresh = self.unknown(some)
            codings = list(_coded(fresh, actors, parser, rejected))
            total += self.add_codings(codings, keep_text=keep_text, names=names)
            total += Added(known=len(some) - len(fresh))
        return total

    def unknown(self, items: Sequence[Item]) -> list[Item]:
        """Those that the record lacks."""
        from dragoman.record.told import identity

        keyed = [(identity(i.document if isinstance(i, Coding) else i), i) for i in items]
        with self._asked():
            known = self._store.known([key for key, _ in keyed])
        return [item for key, item in keyed if key not in known]

    def add_codings(
        self, codings: Iterable[Coding], *, keep_text: bool = True, names: bool = False, coder: str = "dragoman",
        coder_version: str | None = None,
    ) -> Added:  # fmt: skip
        """Keep what was coded, in one transaction."""
        from dragoman.record.store import Coded

        said = coder_version or version("dragoman")
        coded = [_kept(Coded(coding=c, coder=coder, version=said), names) for c in codings]
        with self._asked():
            return self._store.add(coded, keep_text=keep_text, quote=None if keep_text else QUOTE)

    def import_file(
        self, form: str, path: Path, *, names: bool = False, told: Callable[[str], None] | None = None
    ) -> tuple[Added, Loss]:
        """Take another coder's events as its reports: gdelt, icews, polecat; or our own JSON Lines."""
        from dragoman.record.formats import Loss, Rejected, read
        from dragoman.record.store import Added, Coded

        total, loss = Added(), Loss()
        found = read(form, path, loss)
        while some := list(islice(found, 5_000)):
            coded: list[Coded] = []
            for one in some:
                if isinstance(one, Rejected):
                    if told is not None:
                        told(str(one))
                else:
                    kept = Coded(coding=one.coding, coder=one.coder, version=one.version, quotes=one.quotes)
                    coded.append(_kept(kept, names))
            with self._asked():
                total += self._store.add(coded)
        return total, loss

    def import_register(self, form: str, path: Path, *, name: str | None = None) -> Account:
        """Take a register of visits: state-travels, csv. Gives the account of what was read and set aside."""
        from dragoman.record.registered import put
        from dragoman.relations.registers import REGISTERS

        if form not in REGISTERS:
            raise InputError(f"{form}: no such register; known: {', '.join(sorted(REGISTERS))}")
        register = REGISTERS[form](path)
        with self._asked() as database:
            put(database, register, name=name)
        return register.account

    def withdraw(self, id: str, *, why: str | None = None) -> Added:
        """A document, report or event no longer counts; it stays, marked."""
        with self._asked():
            return self._store.withdraw(id, why=why)

    def merge(self, one: str, other: str, *, why: str | None = None) -> Added:
        """Two events are one happening; this holds whatever is added later."""
        with self._asked():
            return self._store.merge(one, other, why=why)

    def split(self, event: str, reports: Sequence[str] = (), *, why: str | None = None) -> Added:
        """The reports are of another happening than the event's others; without any, each document's stand alone."""
        with self._asked():
            return self._store.split(event, reports, why=why)

    def forget(self, document: str) -> Added:
        """Remove a document and all that came from it alone."""
        with self._asked():
            return self._store.forget(document)

    # --- what comes out --------------------------------------------------------------------------------------------

    def events(self, wanted: Wanted | None = None, **limits: Any) -> Rows[Event]:
        """The events that fit, the latest first; `limits` are the fields of `queries.Wanted`."""
        from dragoman.record import queries

        with self._asked() as database:
            return Rows(queries.events(database, _wish(wanted, limits)), Event)

    def event(self, id: str) -> Event | None:
        """One event, by its id or by one that it once had."""
        from dragoman.record import queries

        with self._asked() as database:
            return queries.event(database, id)

    def backing(self, events: Iterable[Event]) -> dict[str, tuple[Backing, ...]]:
        """Event id → the documents that tell it."""
        from dragoman.record import queries

        with self._asked() as database:
            return queries.backing(database, [e.id for e in events])

    def dyad(
        self, source: str, target: str, *, by: str = "month", since: date | None = None, until: date | None = None,
        coder: str = "dragoman",
    ) -> Rows[Point]:  # fmt: skip
        """What two countries did to each other, period by period: source → target, then target → source."""
        return Rows(self._series([(source, target), (target, source)], by, since, until, coder), Point)

    def rivals(
        self, powers: Sequence[str], target: str, *, by: str = "month", since: date | None = None,
        until: date | None = None, coder: str = "dragoman",
    ) -> tuple[Rows[Point], Rows[Rival]]:  # fmt: skip
        """Several powers' dealings with one country: their series, and the comparison."""
        from dragoman.relations.series import compare

        pairs = [pair for power in powers for pair in ((power, target), (target, power))]
        points = self._series(pairs, by, since, until, coder)
        return Rows(points, Point), Rows(compare(points, target), Rival)

    def _series(
        self, pairs: Sequence[tuple[str, str]], by: str, since: date | None, until: date | None, coder: str
    ) -> tuple[Point, ...]:
        from dragoman.record.cells import cells, volume
        from dragoman.relations.series import series

        countries = sorted({c for pair in pairs for c in pair})
        with self._asked() as database:
            found = cells(database, sources=countries, targets=countries, since=since, until=until, by=by, coder=coder)
            told = volume(database, by=by, since=since, until=until, coder=coder)
        return series(found, pairs, by=by, since=since, until=until, volume=told)

    def visits(
        self, *, person: str | None = None, office: str | None = None, from_country: str | None = None,
        to_country: str | None = None, since: date | None = None, until: date | None = None,
        status: str | None = None,
    ) -> Rows[Visit]:  # fmt: skip
        """The visits that press and registers tell of, by day; only those that took place unless `status` says else."""
        from dragoman.relations.visits import find

        with self._asked() as database:
            every = _visits(database, from_country, to_country)
        found = find(every, person=person, office=office, from_country=from_country, to_country=to_country,
                     since=since, until=until, status=status)  # fmt: skip
        return Rows(found, Visit)

    def check(self, claims: Sequence[str] | None = None) -> Rows[ClaimCheck]:
        """The claims about history that documents make (given by the documents' ids; else all), held against it."""
        from dragoman.record import queries

        with self._asked() as database:
            told = queries.claims(database, claims)
            checked = list(_checked(database, told))
        return Rows(checked, ClaimCheck)

    def check_coding(self, coding: Coding, *, own: bool = False) -> Rows[ClaimCheck]:
        """The claims of a document that need not be in the record, held against the record.

        `own`: what the document itself tells of the past counts, too.
        """
        from dragoman.record import queries
        from dragoman.record.merge import merge
        from dragoman.record.rows import told_of

        document = coding.document
        reports = [
            told_of(r, document, lineage=document.id, evidence=words, kept=words)
            for r in coding.reports
            for words in (r.evidence.of(document.text),)
        ]
        events = merge(reports)
        home = {report: event for event in events for report in event.reports}
        told = [
            queries.ToldClaim(
                claim=c, document=document.id, outlet=document.outlet, published=document.published,
                quote=c.evidence.of(document.text), about=home.get(c.about or ""),
            )
            for c in coding.claims
        ]  # fmt: skip
        with self._asked() as database:
            return Rows(list(_checked(database, told, own=_own(events, coding) if own else None)), ClaimCheck)

    def alerts(
        self, *, since: date | None = None, until: date | None = None, between: tuple[str, str] | None = None,
        coder: str = "dragoman",
    ) -> Rows[Alert]:  # fmt: skip
        """What changed between countries and is worth a look, the strongest first; else of the last three months."""
        from dragoman.relations.alerts import look

        with self._asked() as database:
            return Rows(look(database, since=since, until=until, between=between, coder=coder), Alert)

    def coverage(self) -> Rows[Covered]:
        """What the record could see through: outlets and registers, with their days."""
        from dragoman.record import queries

        with self._asked() as database:
            return Rows(queries.coverage(database), Covered)

    def info(self) -> Mapping[str, int]:
        """How many documents, reports, events and so on it holds."""
        from dragoman.record import queries

        with self._asked() as database:
            return queries.counts(database)

    def export(
        self, form: str, out: BinaryIO, wanted: Wanted | None = None, *, names: bool = False, **limits: Any
    ) -> Loss:
        """Write events in a format; what the format could not carry is in the answer.

        Our own lines hold the standing ties and claims of the same documents, too.
        Private persons whose names the record holds stand by their role unless `names` asks for them.
        """
        from dragoman.record import queries
        from dragoman.record.formats import Exported, Telling, export
        from dragoman.record.privacy import line_by_role

        documents: set[str] = set()

        def items(database: Database) -> Iterator[Exported]:
            for some in queries.stream_events(database, _wish(wanted, limits)):
                told = queries.reports(database, [e.id for e in some])
                for event in some:
                    tellings = [Telling(report=r, document=d, evidence=q) for r, d, q in told.get(event.id, ())]
                    documents.update(one.document.id for one in tellings)
                    yield Exported(event=event, told=tuple(tellings))

        with self._asked() as database:
            loss = export(form, items(database), out, names=names)
            if form == "jsonl":
                for some in queries.stream_ties_and_claims(database):
                    kept = [body if names else line_by_role(body) for document, body in some if document in documents]
                    out.writelines(body.encode("utf-8") + b"\n" for body in kept)
                    loss.rows += len(kept)
            return loss


def _kept(coded: Coded, names: bool) -> Coded:
    """What is kept of a coding: private persons by role, unless their `names` are asked for."""
    from dragoman.record.privacy import coding_by_role

    if names:
        return coded
    coding, hidden = coding_by_role(coded.coding)
    return replace(coded, coding=coding, hidden=hidden) if hidden else coded


def _wish(wanted: Wanted | None, limits: Mapping[str, Any]) -> Wanted:
    """The limits as one value; an unknown one is an error that names it."""
    from dragoman.record.queries import Wanted

    try:
        return replace(wanted, **limits) if wanted else Wanted(**limits)
    except TypeError as problem:
        raise InputError(f"{problem}; events can be limited by {', '.join(Wanted.__slots__)}") from problem


def _documents(
    items: Iterable[Coding | Document | str | Path], rejected: Callable[[Document | None, Exception], None] | None
) -> Iterator[Coding | Document]:
    """Codings and documents as they are, files read."""
    from dragoman.readers import Rejected, read

    for item in items:
        if isinstance(item, Coding | Document):
            yield item
            continue
        for found in read(str(item)):
            if not isinstance(found, Rejected):
                yield found
            elif rejected is None:
                raise InputError(str(found))
            else:
                rejected(None, InputError(str(found)))


def _coded(
    items: Iterable[Coding | Document], actors: Sequence[Path], parser: Parser | None,
    rejected: Callable[[Document | None, Exception], None] | None,
) -> Iterator[Coding]:  # fmt: skip
    """Documents coded; codings as they are."""
    from dragoman.pipeline import code_document

    for item in items:
        if isinstance(item, Coding):
            yield item
            continue
        try:
            yield code_document(item, actors=actors, parser=parser)
        except Exception as problem:
            if rejected is None:
                raise
            rejected(item, problem)


def _visits(
    database: Database, from_country: str | None, to_country: str | None, more: Sequence[Visit] = ()
) -> tuple[Visit, ...]:
    """All visits between countries, press and registers united, with `more` tellings."""
    from dragoman.record import queries
    from dragoman.relations.visits import tellings, unite

    events = queries.travels(database, from_country, to_country)
    told = queries.backing(database, [e.id for e in events])
    return unite((*tellings(events, told), *queries.register_visits(database, from_country, to_country), *more))


def _own(events: Sequence[Event], coding: Coding) -> tuple[Sequence[Event], tuple[Visit, ...], Covered]:
    """What a document tells, as a part of what its claims are held against."""
    from dragoman.relations.visits import tellings

    document = coding.document
    texts = {r.id: r.evidence.of(document.text) for r in coding.reports}
    outlet = document.outlet or "the page itself"
    backing = {
        e.id: (Backing(kind="press", name=outlet, document=document.id, url=document.url,
                       published=document.published, quote=texts[e.reports[0]]),)
        for e in events
    }  # fmt: skip
    covered = Covered(kind="press", name=outlet, entries=1, first=document.published, last=document.published)
    return events, tuple(tellings(events, backing)), covered


def _checked(
    database: Database,
    told: Sequence[ToldClaim],
    *,
    own: tuple[Sequence[Event], tuple[Visit, ...], Covered] | None = None,
) -> Iterator[ClaimCheck]:
    """Claims held against the record, and against what their document tells where that is given."""
    from dragoman.record import queries
    from dragoman.relations.claims import check
    from dragoman.relations.scope import scoped

    told_events, told_visits, seen = own if own is not None else ((), (), None)
    covered = [*queries.coverage(database), *([seen] if seen is not None else [])]
    for one in told:
        claim = scoped(one.claim, one.about)
        visits: tuple[Visit, ...] = ()
        events: Sequence[Event] = told_events
        if claim.from_country and claim.to_country:  # others have no verdict, whatever the record holds
            visits = _visits(database, claim.from_country, claim.to_country, told_visits)
            events = (*_alike(database, claim, (claim.from_country, claim.to_country)), *told_events)
        yield check(one.claim, told=one.published, quote=one.quote, about=one.about, visits=visits, events=events,
                    coverage=covered)  # fmt: skip


def _alike(database: Database, claim: Claim, between: tuple[str, str]) -> Sequence[Event]:
    """The events of the kind that a claim counts, between its countries."""
    from dragoman.record import queries

    if claim.type is None:
        return ()
    kind = f"{claim.type}/{claim.mode}" if claim.mode else claim.type
    return queries.events(database, queries.Wanted(types=(kind,), status=queries.ALL, between=between))
