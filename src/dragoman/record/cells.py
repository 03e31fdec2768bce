"""What a series is made of, counted by the store: events of a dyad by period and kind, and documents by period.

An event counts once in each of its directions, in the period of its first day. One whose date is known less exactly
than the period (a month where weeks are asked) belongs to no period: its cell has no first day.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.record import Database, Row

PERIODS = {"week": 7, "month": 31, "year": 366}  # the most days that a period has
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
TOO_COARSE = {"week": ("month", "year"), "month": ("year",), "year": ()}  # precisions of a day of publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Actual events of one kind, from one country towards another, in one period."""

    source: str
    target: str
    first: date | None  # the period's first day; None: the events' dates are less exact than the period (a cell a year)
    type: str
    mode: str | None  # only where modes are asked
    quad: str
    events: int
    reports: int
    plover_scored: int  # events with a PLOVER score, their sum, the sum of their squares
    plover_sum: float
    plover_squares: float
    goldstein_scored: int
    goldstein_sum: float
    goldstein_squares: float
    earliest: date | None = None  # the first day on which one of them may have begun
    latest: date | None = None  # and the last
    ids: tuple[str, ...] = ()  # only where asked


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadEvent:
    """One event as one direction of a dyad sees it: what an alert must know of it."""

    id: str
    source: str
    target: str
    first: date
    last: date
    type: str
    mode: str | None
    concept: str
    reports: int
    lineages: int
    hedged: bool
    plover_score: float | None


def cells(
    db: Database,
    *,
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    since: date | None,
    until: date | None,
    by: str,
    coder: str = "dragoman",
    modes: bool = False,
    ids: bool = False,
) -> list[Cell]:
    """The cells from any of the sources to any of the targets (None: whichever); both days are in.

    Sorted by direction, period, type and, where `modes` are asked, mode. Events of another coder are counted only where
    it is named.
    """
    days = PERIODS[known_period(by)]
    mode = "e.mode" if modes else "cast(null as varchar)"
    listed = "string_agg(e.id, ';' order by e.id)" if ids else "''"
    rows = db.query(
        f"""
        select d.source, d.target,
               case when e.last - e.first < {days} then cast(date_trunc('{by}', e.first) as date) end as period,
               e.type, {mode}, count(*), sum(e.reports),
               count(e.plover_score), sum(e.plover_score), sum(e.plover_score * e.plover_score),
               count(e.goldstein), sum(e.goldstein), sum(e.goldstein * e.goldstein),
               min(e.first), max(e.last), {listed}
        from event_dyad d join event e on e.id = d.event
        where {_CHOSEN} and e.status is null
        group by 1, 2, 3, 4, 5, case when e.last - e.first >= {days} then date_trunc('year', e.first) end
        """,
        _chosen(sources, targets, since, until, coder),
    )
    found = [_cell(row) for row in rows]
    found.sort(key=lambda c: (c.source, c.target, c.first or date.min, c.type, c.mode or "", c.earliest or date.min))
    return found


# Days and coder are asked of the event, countries of its directions: one condition for both questions below.
_CHOSEN = """
    ($1::varchar[] is null or d.source = any($1::varchar[]))
    and ($2::varchar[] is null or d.target = any($2::varchar[]))
    and ($3::date is null or d.first is null or d.first >= $3::date)
    and ($4::date is null or d.first is null or d.first <= $4::date)
    and e.coder = $5
"""


def _chosen(
    sources: Collection[str] | None,
    targets: Collection[str] | None,
    since: date | None,
    until: date | None,
    coder: str,
) -> tuple[object, ...]:
    one = None if sources is None else sorted(set(sources))
    other = None if targets is None else sorted(set(targets))
    return one, other, since, until, coder


def _cell(row: Row) -> Cell:
    """A row as a value; PostgreSQL gives Decimal for the sum of whole numbers."""
    return Cell(
        source=row[0],
        target=row[1],
        first=row[2],
        type=row[3],
        mode=row[4],
        quad=QUADS[ontology.quad(row[3]) - 1],
        events=int(row[5]),
        reports=int(row[6]),
        plover_scored=int(row[7]),
        plover_sum=float(row[8] or 0),
        plover_squares=float(row[9] or 0),
        goldstein_scored=int(row[10]),
        goldstein_sum=float(row[11] or 0),
        goldstein_squares=float(row[12] or 0),
        earliest=row[13],
        latest=row[14],
        ids=tuple(row[15].split(";")) if row[15] else (),
    )


def dyad_events(
    db: Database,
    *,
    sources: Collection[str] | None = None,
    targets: Collection[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    recalled: bool = False,
    coder: str = "dragoman",
) -> list[DyadEvent]:
    """The dated events one by one, by day; `recalled` gives instead those that a text tells of as long past."""
    status = "e.status = 'historical'" if recalled else "e.status is null"
    rows = db.query(
        f"""
        select e.id, d.source, d.target, e.first, e.last, e.type, e.mode, e.concept, e.reports, e.lineages,
               coalesce(cast(e.body as json)->>'hedged', 'false'), e.plover_score
        from event_dyad d join event e on e.id = d.event
        where {_CHOSEN} and {status} and e.first is not null and e.last is not null
        """,
        _chosen(sources, targets, since, until, coder),
    )
    found = (
        DyadEvent(
            id=row[0],
            source=row[1],
            target=row[2],
            first=row[3],
            last=row[4],
            type=row[5],
            mode=row[6],
            concept=row[7],
            reports=row[8],
            lineages=row[9],
            hedged=row[10] == "true",
            plover_score=row[11],
        )
        for row in rows
    )
    return sorted(found, key=lambda e: (e.first, e.id, e.source, e.target))


def volume(
    db: Database, *, by: str, since: date | None, until: date | None, coder: str = "dragoman"
) -> dict[date, int]:
    """Documents of each period by the day they were published, whatever they tell; periods without any are left out.

    A document dated less exactly than the period (to the year, where months are asked) is in none of them.
    """
    coarse = TOO_COARSE[known_period(by)]
    rows = db.query(
        f"""
        select cast(date_trunc('{by}', published) as date), count(*)
        from document
        where published is not null and withdrawn is null and coder = $1
          and ($2::date is null or published >= $2::date) and ($3::date is null or published <= $3::date)
          and (precision is null or not (precision = any($4::varchar[])))
        group by 1 order by 1
        """,
        (coder, since, until, list(coarse)),
    )
    return {first: int(documents) for first, documents in rows}


def known_period(by: str) -> str:
    """`by`, where it is a period that can be counted in."""
    if by not in PERIODS:
        raise InputError(f"unknown period {by!r}: take one of {', '.join(PERIODS)}")
    return by


def period_of(day: date, by: str) -> date:
    """The first day of the period that a day is in; weeks begin on Monday."""
    if known_period(by) == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1)


def next_period(first: date, by: str) -> date:
    """The first day of the period after the one that begins on `first`."""
    return period_of(first + timedelta(days=PERIODS[known_period(by)]), by)
