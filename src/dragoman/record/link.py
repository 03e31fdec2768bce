"""Ties between events that are not one happening but tell of it: its plan, its denial, its supposition, its memory.

A planned visit is tied to the visit when it takes place; "did not meet" to the meeting that others report; an older
visit that a page recalls to that visit in the record. Each event that did not (yet) happen is tied to the one actual
event that fits it best, and that one back to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import Event, Link, Party
from dragoman.record.kinds import APART, MUTUAL, alike, kind_number
from dragoman.record.sides import Side, Sides, side_of, sides_alike

Window = tuple[str, date, date]

LEAST = 6  # points (record/alike.py) of kind and sides: two countries and the act, or a person and the act
SOON = 60  # days after it was told in which a plan without a day, or a supposition, may come true
LATE = 2  # days by which a planned day may be missed
NEAR = 3  # days between a happening and its denial
_KINDS = {"future": "planned", "negation": "denied", "hypothetical": "supposed", "historical": "recalled"}


@dataclass(frozen=True, slots=True)
class _Shape:
    """An event as linking compares it; the names are those of `Traits`."""

    event: Event
    link: str | None  # what it is to the happening; None: it is the happening
    type: str  # what happened, would happen, did not happen
    kind: int
    first: date
    last: date
    sides: Sides


def link_keys(event: Event) -> tuple[Window, ...]:
    """The keys and days under which the events stand that may be tied to this one: two that may be tied share a key
    and overlapping days. Empty: it can be tied to none (no two countries and no person are known, or no day)."""
    return tuple((key, shape.first, shape.last) for shape in _shapes(event) for key in _keys(shape))


def links(events: Sequence[Event], *, choosing: Collection[str] | None = None) -> dict[str, tuple[Link, ...]]:
    """The ties among these events, by event id; events without any are left out. Does not depend on their order.

    `choosing`: only these may choose the happening that they are tied to, for not all are there that others may choose.
    """
    happened: dict[str, list[_Shape]] = {}
    others: list[_Shape] = []
    for event in events:
        for shape in _shapes(event):
            if shape.link is None:
                for key in _keys(shape):
                    happened.setdefault(key, []).append(shape)
            elif choosing is None or event.id in choosing:
                others.append(shape)
    found: dict[str, set[Link]] = {}
    for shape in others:
        best = _best(shape, happened)
        if best is not None and shape.link is not None:
            rule = f"link/{shape.link}"
            found.setdefault(best.event.id, set()).add(Link(kind=shape.link, event=shape.event.id, rule=rule))
            found.setdefault(shape.event.id, set()).add(Link(kind="actual", event=best.event.id, rule=rule))
    return {id: tuple(sorted(ties, key=lambda t: (t.kind, t.event))) for id, ties in sorted(found.items())}


def _best(shape: _Shape, happened: dict[str, list[_Shape]]) -> _Shape | None:
    """The happening that fits best: by kind and sides, then by the day it is near, then by id."""
    fitting: dict[str, tuple[int, int, str, _Shape]] = {}
    for key in _keys(shape):
        for other in happened.get(key, ()):
            if other.last < shape.first or other.first > shape.last or other.event.id in fitting:
                continue
            points = _points(shape, other)
            if points >= LEAST:
                away = abs((other.first - _aim(shape)).days)
                fitting[other.event.id] = (-points, away, other.event.id, other)
    return min(fitting.values(), key=lambda f: f[:3])[3] if fitting else None


def _points(shape: _Shape, other: _Shape) -> int:
    if shape.event.coder != other.event.coder or shape.event.id == other.event.id:
        return APART
    kind = alike(shape.kind, other.kind)
    if kind == APART and shape.type == other.type and shape.event.planned:
        kind = 1  # a plan says what sort of act it promises, not always how
    if kind == APART:
        return APART
    return kind + sides_alike(shape.sides, other.sides)


def _aim(shape: _Shape) -> date:
    """The day on which it should have happened."""
    when = shape.event.when
    if when is not None and when.basis != "published":
        return when.first
    return shape.event.reported_first or shape.first


# --- shapes -------------------------------------------------------------------------------------------------------


def _shapes(event: Event) -> Iterator[_Shape]:
    """An event as what it is, and an agreement to do something as the plan of it too."""
    if event.status is None:
        yield from _shape(event, None, event.type)
        if event.planned:
            yield from _shape(event, "planned", event.planned)
    elif event.status in _KINDS:
        yield from _shape(event, _KINDS[event.status], event.planned or event.type)


def _shape(event: Event, link: str | None, type: str) -> Iterator[_Shape]:
    days = _days(event, link)
    if days is None:
        return
    mode = event.mode if type == event.type else None
    concept = event.concept
    yield _Shape(
        event=event,
        link=link,
        type=type,
        kind=kind_number(type, mode, concept, None if type == event.planned else event.planned),
        first=days[0],
        last=days[1],
        sides=Sides(_side(event.actors), _side(event.recipients), flips=event.reciprocal or type in MUTUAL, lang=""),
    )


def _days(event: Event, link: str | None) -> tuple[date, date] | None:
    """The days on which the happening itself may be."""
    when = event.when if event.when is not None and event.when.basis != "published" else None
    told = event.reported_first
    if link == "planned" or link == "supposed":
        if when is not None and when.precision != "interval":
            return _wider(when.first, when.last, LATE)
        return (told, told + timedelta(SOON)) if told is not None else None
    if when is None:
        if told is None or link == "recalled":
            return None
        when_first = event.when.first if event.when is not None else told
        return _wider(when_first, when_first, NEAR if link else 0)
    if link == "recalled" and when.precision in {"interval", "decade"}:
        return None
    return _wider(when.first, when.last, NEAR if link == "denied" else 1 if link else 0)


def _wider(first: date, last: date, days: int) -> tuple[date, date]:
    room = timedelta(days)
    return (
        first - room if first - date.min > room else date.min,
        last + room if date.max - last > room else date.max,
    )


def _side(parties: Iterable[Party]) -> Side:
    return side_of([(p.name, p.country, p.sectors, p.office, p.id) for p in parties])


def _keys(shape: _Shape) -> list[str]:
    """Pairs of countries, and people; a single country says too little."""
    sides = shape.sides
    one, other = sorted(sides.actors.countries), sorted(sides.recipients.countries)
    pairs = {(min(a, b), max(a, b)) for a in one for b in other if a != b}
    if sides.flips or not one or not other:
        both = sorted(sides.both)
        pairs |= {(a, b) for a in both for b in both if a < b}
    found = [f"{shape.type}:{a}-{b}" for a, b in sorted(pairs)[:6]]
    people = sorted(sides.actors.persons | sides.recipients.persons)
    return found + [f"{shape.type}:={name}" for name in people[:6]]
