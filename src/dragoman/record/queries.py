"""What a record is asked: events by who, what, when and words; where they are told; what the record covers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dragoman import lines
from dragoman.model import Backing, Claim, Covered, Document, Event, Report, Visit
from dragoman.record import Database
from dragoman.record.rows import event_from
from dragoman.record.words import asked, folded

ACTUAL, ALL = "actual", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events; None does not limit. Countries are ISO 3166-1 alpha-3, days are both in."""

    between: tuple[str, str] | None = None  # either acts on the other
    source: str | None = None  # a country that acts
    target: str | None = None
    country: str | None = None  # acts or receives
    types: tuple[str, ...] = ()  # "CONSULT" or "CONSULT/visit"
    since: date | None = None
    until: date | None = None
    status: str = ACTUAL  # actual | historical | future | hypothetical | negation | habitual | all
    said_by: str | None = None  # part of a name
    who: str | None = None  # part of a party's name
    text: str | None = None  # words of the evidence, all of them, in any of their forms
    place: str | None = None  # a country
    at_least: float | None = None  # confidence
    coder: str | None = "dragoman"  # None: every coder's
    limit: int | None = None


@dataclass(slots=True)
class _Where:
    """Conditions with their parameters."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """A condition in which {0}, {1} … stand for the values."""
        numbers = [f"${len(self.parameters) + n}" for n in range(1, len(values) + 1)]
        self.conditions.append(condition.format(*numbers))
        self.parameters += values

    def sql(self) -> str:
        return " and ".join(self.conditions) or "true"


def events(database: Database, wanted: Wanted) -> list[Event]:
    """The events that fit, the latest first."""
    sql, parameters = _latest(database, wanted)
    return [event_from(body) for (body, *_) in database.query(sql, parameters)]


def stream_events(database: Database, wanted: Wanted) -> Iterator[list[Event]]:
    """The events that fit, in the order of their days, some thousand at a time."""
    sql, parameters = _latest(database, wanted)
    sql = f"select body from ({sql}) as latest order by day nulls first, id desc"
    for some in database.stream(sql, parameters, size=2_000):
        yield [event_from(body) for (body,) in some]


def _latest(database: Database, wanted: Wanted) -> tuple[str, list[Any]]:
    """The query for the events that fit, with its parameters."""
    where = conditions(database, wanted)
    limit = f" limit {int(wanted.limit)}" if wanted.limit is not None else ""
    sql = (
        f"select e.body, coalesce(e.first, e.reported_first) as day, e.id from event e where {where.sql()} "
        f"order by day desc nulls last, e.id{limit}"
    )
    return sql, where.parameters


def stream_ties_and_claims(database: Database) -> Iterator[list[tuple[str, str]]]:
    """(document, line) of all standing ties and claims of documents that count, some thousand at a time."""
    for table in ("relation", "claim"):
        for some in database.stream(
            f"select t.document, t.body from {table} t join document d on d.id = t.document "
            "where d.withdrawn is null order by t.document, t.id",
            size=2_000,
        ):
            yield [(document, body) for document, body in some]


def count_events(database: Database, wanted: Wanted) -> int:
    """How many events fit, whatever the limit."""
    where = conditions(database, wanted)
    return int(database.query(f"select count(*) from event e where {where.sql()}", where.parameters)[0][0])


def conditions(database: Database, wanted: Wanted) -> _Where:
    """The conditions of a wish, on `event e`."""
    where = _Where()
    if wanted.status == ACTUAL:
        where.add("e.status is null")
    elif wanted.status != ALL:
        where.add("e.status = {0}", wanted.status)
    if wanted.coder is not None:
        where.add("e.coder = {0}", wanted.coder)
    _sides(where, wanted)
    _kinds(where, wanted.types)
    if wanted.since is not None:
        where.add("coalesce(e.last, e.first) >= {0}", wanted.since)
    if wanted.until is not None:
        where.add("e.first <= {0}", wanted.until)
    if wanted.place is not None:
        where.add("e.place_country = {0}", wanted.place)
    if wanted.at_least is not None:
        where.add("e.confidence >= {0}", wanted.at_least)
    for column, part in (("said_by", wanted.said_by), ("names", wanted.who)):
        if part:
            where.add(f"e.{column} like {{0}}", f"%{_literal(folded(part))}%")
    for stems in asked(wanted.text or ""):
        numbers = [len(where.parameters) + n for n in range(1, len(stems) + 1)]
        where.conditions.append("(" + " or ".join(database.has_word("e.words", n) for n in numbers) + ")")
        where.parameters += stems
    return where


def _sides(where: _Where, wanted: Wanted) -> None:
    pair = "e.id in (select event from event_dyad where {0})"
    if wanted.between is not None:
        where.add(pair.format("(source = {0} and target = {1}) or (source = {1} and target = {0})"), *wanted.between)
    if wanted.source is not None and wanted.target is not None:
        where.add(pair.format("source = {0} and target = {1}"), wanted.source, wanted.target)
        return
    for column, country in (("sources", wanted.source), ("targets", wanted.target)):
        if country is not None:
            where.add(f"(';' || e.{column} || ';') like {{0}}", f"%;{country};%")
    if wanted.country is not None:
        where.add("(';' || e.sources || ';' || e.targets || ';') like {0}", f"%;{wanted.country};%")


def _kinds(where: _Where, types: Sequence[str]) -> None:
    """Types, or types with their modes."""
    if not types:
        return
    parts: list[str] = []
    for kind in types:
        name, _, mode = kind.partition("/")
        number = len(where.parameters) + 1
        where.parameters.append(name)
        parts.append(f"e.type = ${number}")
        if mode:
            where.parameters.append(mode)
            parts[-1] += f" and e.mode = ${number + 1}"
    where.conditions.append("(" + " or ".join(f"({part})" for part in parts) + ")")


def _literal(part: str) -> str:
    """A part of a name, with no wildcards."""
    return part.replace("%", "").replace("_", " ")


def event(database: Database, id: str) -> Event | None:
    """One event by its id, or by an id that it once had."""
    found = database.query(
        "select body from event where id = $1 or id in (select event from event_alias where id = $1)", [id]
    )
    return event_from(found[0][0]) if found else None


def reports(database: Database, events: Iterable[str]) -> dict[str, list[tuple[Report, Document, str]]]:
    """Event id → its reports, each with its document (without blocks) and the words of its sentence."""
    found = database.query(
        "select r.event, r.body, d.id, d.lang, d.title, d.outlet, d.url, d.published, d.precision, d.basis, d.text "
        "from report r join document d on d.id = r.document where r.event in (select unnest($1::varchar[])) "
        "order by r.event, d.published, r.id",
        [list(events)],
    )
    told: dict[str, list[tuple[Report, Document, str]]] = defaultdict(list)
    for event, body, id, lang, title, outlet, url, published, precision, basis, text in found:
        record = json.loads(body)
        document = Document(id=id, text=text or "", lang=lang, title=title, outlet=outlet, url=url,
                            published=published, published_precision=precision, published_basis=basis)  # fmt: skip
        told[event].append((lines.report_from(record), document, record["evidence"]["quote"]))
    return told


def backing(database: Database, events: Iterable[str]) -> dict[str, tuple[Backing, ...]]:
    """Event id → where it is told: one entry a document, the earliest first."""
    told: dict[str, tuple[Backing, ...]] = {}
    for id, found in reports(database, events).items():
        by_document: dict[str, Backing] = {}
        for _, document, quote in found:
            by_document.setdefault(
                document.id,
                Backing(kind="press", name=document.outlet or "an unnamed outlet", document=document.id,
                        url=document.url, published=document.published, quote=quote),
            )  # fmt: skip
        told[id] = tuple(by_document.values())
    return told


def coverage(database: Database) -> list[Covered]:
    """What the record could see through: outlets with their days, registers with theirs."""
    press = database.query(
        "select outlet, count(*), min(published), max(published) from document where withdrawn is null "
        "group by outlet order by 2 desc, 1"
    )
    kept = [
        Covered(kind="press", name=outlet or "an unnamed outlet", entries=n, first=first, last=last)
        for outlet, n, first, last in press
    ]
    listed: dict[str, list[tuple[str | None, str | None, int]]] = {}
    for name, country, office, n in database.query(
        "select register, country, office, count(*) from register_visit group by register, country, office "
        "order by 4 desc, 2, 3"
    ):
        listed.setdefault(name, []).append((country, office, n))
    registers = database.query("select name, entries, first, last, scope from register order by name")
    return kept + [
        Covered(kind="register", name=name, entries=n, first=first, last=last, scope=scope,
                lists=tuple(listed.get(name, ())))
        for name, n, first, last, scope in registers
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim:
    """A claim with the day it was told, its words, and the event it is about, if the record has it."""

    claim: Claim
    document: str
    outlet: str | None
    published: date | None
    quote: str
    about: Event | None


def claims(database: Database, documents: Sequence[str] | None = None) -> list[ToldClaim]:
    """The claims about history that documents make; all documents' where None is given."""
    where, parameters = ("", []) if documents is None else ("and d.id in (select unnest($1::varchar[]))", [documents])
    found = database.query(
        "select c.body, d.id, d.outlet, d.published from claim c join document d on d.id = c.document "
        f"where d.withdrawn is null {where} order by d.published, d.id, c.id",
        [list(p) for p in parameters],
    )
    told = [(json.loads(body), document, outlet, published) for body, document, outlet, published in found]
    about = _events_of(database, [record["about"] for record, *_ in told if record["about"]])
    return [
        ToldClaim(claim=lines.claim_from(record), document=document, outlet=outlet, published=published,
                  quote=record["evidence"]["quote"], about=about.get(record["about"]))
        for record, document, outlet, published in told
    ]  # fmt: skip


def _events_of(database: Database, reports: Sequence[str]) -> dict[str, Event]:
    """Report id → the event it tells of."""
    found = database.query(
        "select r.id, e.body from report r join event e on e.id = r.event where r.id in (select unnest($1::varchar[]))",
        [list(reports)],
    )
    return {report: event_from(body) for report, body in found}


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    tables = ("document", "report", "event", "relation", "claim", "register_visit", "decision", "history")
    return {table: int(database.query(f"select count(*) from {table}")[0][0]) for table in tables}


def travels(database: Database, source: str | None, target: str | None) -> list[Event]:
    """The events of which visits are made: visits, meetings and what was planned of them, whatever their status."""
    where = _Where()
    where.add("e.coder = 'dragoman'")
    where.add("(e.type = 'CONSULT' or (e.type = 'AGREE' and e.status = 'future'))")
    if source is not None and target is not None:
        where.add(
            "e.id in (select event from event_dyad where (source = {0} and target = {1}) or (source = {1} and "
            "target = {0}) union select id from event where place_country = {1} and (';' || sources || ';') like {2})",
            source, target, f"%;{source};%",
        )  # fmt: skip
    elif source or target:
        where.add(
            "((';' || e.sources || ';' || e.targets || ';') like {0} or e.place_country = {1})",
            f"%;{source or target};%", source or target,
        )  # fmt: skip
    found = database.query(f"select e.body from event e where {where.sql()} order by e.id", where.parameters)
    return [event_from(body) for (body,) in found]


def register_visits(database: Database, source: str | None, target: str | None) -> list[Visit]:
    """The visits of registers."""
    where = _Where()
    if source is not None:
        where.add("country = {0}", source)
    if target is not None:
        where.add("host = {0}", target)
    found = database.query(f"select body from register_visit where {where.sql()} order by id", where.parameters)
    return [lines.visit_from(json.loads(body)) for (body,) in found]
