"""Keeps a store's events in step with its reports: what is new or gone is merged again with all that it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dragoman.model import Event
from dragoman.record import Database, Row, merge, rows
from dragoman.record.columns import joined
from dragoman.record.history import Log
from dragoman.record.merge import Knots
from dragoman.record.told import Decisions, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A report with where it stands: its knot and event, None while it is new; when its document was coded."""

    told: Told
    coded: datetime
    knot: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What merging gave: for each report its knot and event (None: withdrawn), and how many events are new, changed."""

    standing: dict[str, tuple[str, str | None]]
    new: int
    changed: int
    written: list[Event]
    before: list[Event]  # those that changed or went, as they stood


def keys(told: Told) -> list[Row]:
    """The rows by which a report is found again."""
    return [(*window, told.report.id) for window in merge.keys(told)]


def neighbours(database: Database, new: Iterable[Told]) -> set[str]:
    """The knots of the reports that may tell of the same happenings as the new ones.

    Where a text founds its lineage, its copies have moved there, and are merged again themselves (`rekey`).
    """
    spans = joined(w for t in new for w in merge.reach(t, own=t.lineage != t.report.document))
    if not spans:
        return set()
    found = database.query(
        "select distinct r.knot from report r join report_key k on k.report = r.id join (select "
        "unnest($1::bigint[]) as key, unnest($2::integer[]) as lo, unnest($3::integer[]) as hi) as w "
        "on k.key = w.key and k.first <= w.hi and k.last >= w.lo",
        [list(column) for column in zip(*spans, strict=True)],
    )
    return {knot for (knot,) in found}


def rekey(database: Database, documents: Collection[str]) -> tuple[set[str], set[str]]:
    """Keep the reports of documents whose lineage has changed under their new keys.

    Their knots, which must be merged anew, and the knots of what they may now be one with.
    """
    if not documents:
        return set(), set()
    found = database.query(
        f"select {rows.TOLD_COLUMNS}, r.knot from report r join document d on d.id = r.document "
        "where r.document in (select unnest($1::varchar[])) order by r.id",
        [list(documents)],
    )
    told = [rows.told_from(row[:-1]) for row in found]
    _delete(database, "report_key", "report", [t.report.id for t in told])
    database.insert("report_key", rows.REPORT_KEY, [row for t in told for row in keys(t)])
    return {row[-1] for row in found}, neighbours(database, told)


class Seen:
    """Reports that were read or written lately, so that they need not be read again; at most `MOST`."""

    MOST = 30_000

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def keep(self, told: Iterable[Told]) -> None:
        """Remember reports."""
        if len(self._told) > self.MOST:
            self._told.clear()
        self._told.update((t.report.id, t) for t in told)

    def get(self, id: str, lineage: str) -> Told | None:
        """A report, as long as its lineage is the one that it had."""
        found = self._told.get(id)
        return found if found is not None and found.lineage == lineage else None


def members(database: Database, knots: Collection[str], seen: Seen) -> list[Held]:
    """The reports of whole knots, withdrawn documents left out."""
    if not knots:
        return []
    found = database.query(
        "select r.id, d.lineage, d.coded, r.knot, r.event from report r join document d on d.id = r.document "
        "where r.knot in (select unnest($1::varchar[])) and d.withdrawn is null order by r.id",
        [sorted(set(knots))],
    )
    known = {id: seen.get(id, lineage) for id, lineage, *_ in found}
    read = _read(database, [id for id, told in known.items() if told is None])
    seen.keep(read.values())
    return [
        Held(told=known[id] or read[id], coded=coded, knot=knot, event=event) for id, _, coded, knot, event in found
    ]


def _read(database: Database, ids: Sequence[str]) -> dict[str, Told]:
    if not ids:
        return {}
    found = database.query(
        f"select {rows.TOLD_COLUMNS} from report r join document d on d.id = r.document "
        "where r.id in (select unnest($1::varchar[]))",
        [list(ids)],
    )
    return {told.report.id: told for told in map(rows.told_from, found)}


def remerge(
    database: Database, held: Sequence[Held], decided: Decisions, log: Log, *, left: Collection[str] = ()
) -> Outcome:
    """Merge reports that are new or that a change touches, and write the events that come of it.

    `held` are new reports and whole knots; `left` are knots of which reports have gone, so that they settle anew.
    Rows of reports that were there are brought up to date; those of new ones are the caller's to write.
    """
    by_id = {h.told.report.id: h for h in held}
    standing: dict[str, tuple[str, str | None]] = {}
    events: list[tuple[Event, str]] = []
    stale: set[str] = set(left)
    for found in _by_coder(held, decided):
        for knot, numbers in found.members.items():
            group = [by_id[found.ids[i]] for i in numbers]
            if _settled(group) and group[0].knot not in left:
                standing |= {h.told.report.id: (knot, h.event) for h in group}
                continue
            stale |= {h.knot for h in group if h.knot is not None}
            standing |= {h.told.report.id: (knot, None) for h in group}
            for event in found.events(knot):
                events.append((replace(event, coded=min(by_id[r].coded for r in event.reports)), knot))
                standing |= dict.fromkeys(event.reports, (knot, event.id))
    new, changed, written, before = _write(database, events, by_id, stale, log)
    moved = [(i, *at) for i, at in standing.items() if by_id[i].knot is not None and at != _at(by_id[i])]
    _move(database, moved)
    return Outcome(standing=standing, new=new, changed=changed, written=written, before=before)


def _by_coder(held: Sequence[Held], decided: Decisions) -> Iterator[Knots]:
    """The knots of each coder's reports: those of different coders are never one happening's, but compared."""
    of_coder: dict[str, list[Told]] = defaultdict(list)
    for one in held:
        of_coder[one.told.coder].append(one.told)
    for _, told in sorted(of_coder.items()):
        yield Knots(told, decided)


def _settled(group: list[Held]) -> bool:
    """Whether a knot is what it was. Knots come whole, so one that holds nothing new and no other's is unchanged."""
    return group[0].knot is not None and all(h.knot == group[0].knot for h in group)


def _at(held: Held) -> tuple[str | None, str | None]:
    return held.knot, held.event


def _write(
    database: Database, events: Sequence[tuple[Event, str]], by_id: dict[str, Held], stale: Collection[str], log: Log
) -> tuple[int, int, list[Event], list[Event]]:
    """Put events in the place of those of the stale knots; how many are new, and how many changed."""
    before = _standing(database, stale)
    after = {event.id: (event, knot) for event, knot in events}
    stood = {i: rows.event_from(body) for i, (body, _) in before.items()}
    was = {i: replace(event, links=()) for i, event in stood.items()}
    fresh = [i for i in after if i not in before]
    changed = [i for i in after if i in before and (after[i][0] != was[i] or after[i][1] != before[i][1])]
    gone = [i for i in before if i not in after]
    after |= {i: (replace(after[i][0], links=stood[i].links), after[i][1]) for i in changed}
    for i in changed:
        log.note("event", i, "changed", before[i][0])
    _delete(database, "event_alias", "id", fresh)
    heirs = _absorb(database, gone, was, after, log, before)
    _delete(database, "event", "id", gone)
    _delete(database, "event_dyad", "event", [*gone, *changed])
    written = [after[i] for i in sorted([*fresh, *changed])]
    lines = [rows.event_row(e, words=_words(e, by_id), knot=knot) for e, knot in written]
    database.insert("event", rows.EVENT, [row for row in lines if row[0] not in before])
    database.insert("event", rows.EVENT, [row for row in lines if row[0] in before], replace=True)
    database.insert("event_dyad", rows.EVENT_DYAD, [row for e, _ in written for row in rows.dyad_rows(e)])
    grown = heirs & set(fresh)
    counts = len(fresh) - len(grown), len(changed) + len(grown)
    return *counts, [e for e, _ in written], [stood[i] for i in (*gone, *changed)]


def _words(event: Event, by_id: dict[str, Held]) -> frozenset[str]:
    return frozenset().union(*(by_id[r].told.words for r in event.reports))


def _standing(database: Database, knots: Collection[str]) -> dict[str, tuple[str, str]]:
    """Event id → body and knot of the events that stand in knots."""
    if not knots:
        return {}
    found = database.query(
        "select id, body, knot from event where knot in (select unnest($1::varchar[]))", [sorted(knots)]
    )
    return {i: (body, knot) for i, body, knot in found}


def _absorb(
    database: Database, gone: Sequence[str], was: dict[str, Event], after: dict[str, tuple[Event, str]], log: Log,
    before: dict[str, tuple[str, str]],
) -> set[str]:  # fmt: skip
    """Ids that no event bears any more lead to the event that has most of their reports; these are returned."""
    home = {report: event.id for event, _ in after.values() for report in event.reports}
    aliases: list[Row] = []
    for i in gone:
        log.note("event", i, "absorbed", before[i][0])
        votes: dict[str, int] = defaultdict(int)
        for report in was[i].reports:
            if report in home:
                votes[home[report]] += 1
        if votes:
            aliases.append((i, min(votes, key=lambda e: (-votes[e], e))))
    if aliases:
        database.run(
            "update event_alias set event = n.event from (select unnest($1::varchar[]) as id, "
            "unnest($2::varchar[]) as event) as n where event_alias.event = n.id",
            [list(column) for column in zip(*aliases, strict=True)],
        )
        database.insert("event_alias", {"id": "varchar", "event": "varchar"}, aliases, replace=True)
    return {event for _, event in aliases}


def _move(database: Database, moved: Sequence[Row]) -> None:
    """Bring reports that were there to their new knots and events."""
    if moved:
        database.run(
            "update report set knot = n.knot, event = n.event from (select unnest($1::varchar[]) as id, "
            "unnest($2::varchar[]) as knot, unnest($3::varchar[]) as event) as n where report.id = n.id",
            [list(column) for column in zip(*moved, strict=True)],
        )


def _delete(database: Database, table: str, column: str, ids: Sequence[str]) -> None:
    if ids:
        database.run(f"delete from {table} where {column} in (select unnest($1::varchar[]))", [list(ids)])
