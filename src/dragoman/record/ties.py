"""The ties between a record's events, kept up as events come, change and go; record/link.py says what is tied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from dragoman.model import Event, Link
from dragoman.record import Database, Row, rows
from dragoman.record.columns import joined, number
from dragoman.record.link import link_keys, links

ACTUAL = "actual"  # the kind of the tie from what did not happen to what did
KEY = {
    "key": "bigint", "first": "date", "last": "date", "event": "varchar", "happened": "boolean", "other": "boolean",
}  # fmt: skip


def retie(database: Database, written: Sequence[Event], before: Sequence[Event]) -> None:
    """Bring the ties up to date after events were written; `before` are those that changed or went, as they stood.

    What did not happen (a plan, a denial, a memory) chooses the happening that it is tied to, so all that may now
    choose otherwise do so again: what is new, what was tied to a happening that changed or went, what is near a new
    one.
    """
    _keep_keys(database, written, before)
    touched = {tie.event for e in before for tie in e.links}
    choosing = {e.id for e in written if _other(e)} | touched
    choosing |= _near(database, [e for e in written if _happened(e)], "other")
    everybody = _events(database, choosing)
    choosers = {i: e for i, e in everybody.items() if _other(e)}
    near = _near(database, choosers.values(), "happened") | {t.event for e in choosers.values() for t in e.links}
    everybody |= _events(database, near - set(everybody))
    _rewrite(database, everybody, set(choosers), {e.id for e in before})


def _rewrite(database: Database, everybody: dict[str, Event], choosers: set[str], before: set[str]) -> None:
    """Write the events whose ties have changed. Ties by the choice of what did not choose again stay as they are."""
    found = links(list(everybody.values()), choosing=choosers)
    changed: list[Row] = []
    for id, event in everybody.items():
        kept = [
            tie
            for tie in event.links
            if tie.event not in choosers | before and not (id in choosers and tie.kind == ACTUAL)
        ]
        new = _sorted([*found.get(id, ()), *kept])
        if new != event.links:
            changed.append((id, rows.event_body(replace(event, links=new))))
    if changed:
        database.run(
            "update event set body = n.body from (select unnest($1::varchar[]) as id, "
            "unnest($2::varchar[]) as body) as n where event.id = n.id",
            [list(column) for column in zip(*changed, strict=True)],
        )


def _sorted(ties: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(set(ties), key=lambda tie: (tie.kind, tie.event)))


def _happened(event: Event) -> bool:
    return event.status is None


def _other(event: Event) -> bool:
    """Whether an event may be tied to a happening: it is none, or it promises one."""
    return event.status is not None or event.planned is not None


def _keep_keys(database: Database, written: Sequence[Event], before: Sequence[Event]) -> None:
    if before:
        database.run("delete from event_key where event in (select unnest($1::varchar[]))", [[e.id for e in before]])
    keys = [
        (number(key), first, last, e.id, _happened(e), _other(e)) for e in written for key, first, last in link_keys(e)
    ]
    database.insert("event_key", KEY, keys)


def _near(database: Database, events: Iterable[Event], side: str) -> set[str]:
    """The ids of the events, of what happened or of the others, that share a key and a day with some of these."""
    spans: list[tuple[int, date, date]] = joined(
        (number(key), first, last) for e in events for key, first, last in link_keys(e)
    )
    if not spans:
        return set()
    found = database.query(
        "select distinct k.event from event_key k join (select unnest($1::bigint[]) as key, "
        "unnest($2::date[]) as lo, unnest($3::date[]) as hi) as w on k.key = w.key and k.first <= w.hi "
        f"and k.last >= w.lo where k.{side}",
        [list(column) for column in zip(*spans, strict=True)],
    )
    return {id for (id,) in found}


def _events(database: Database, ids: Collection[str]) -> dict[str, Event]:
    if not ids:
        return {}
    found = database.query("select body from event where id in (select unnest($1::varchar[]))", [sorted(ids)])
    return {e.id: e for e in (rows.event_from(body) for (body,) in found)}
