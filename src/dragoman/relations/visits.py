"""Who went to see whom, and when: visits out of events, each with its sources, and questions to them.

`visits_of` reads events, `unite` (stays.py) makes one visit of all that tells of one stay, `find` answers questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from dragoman.model import Backing, Covered, Event, Party, Reason, Visit, When
from dragoman.record.sides import DATA, country_names
from dragoman.relations.people import holds, is_person, is_pointed_at, is_political, office_of, title_of
from dragoman.relations.stays import SOFT, TOOK_PLACE, by_day, class_of, identified, is_soft, together, unite
from dragoman.world.names import fold
from dragoman.world.tables import rows
from dragoman.world.values import NON_STATES

__all__ = ["SOFT", "TOOK_PLACE", "answer", "days", "describe", "find", "tellings", "unite", "visits_of"]

# Choices, not measurements: a meeting says less than a visit told as one, a nameless delegation less than a name.
FROM_MEETING, THIRD_GROUND, DELEGATION = 0.7, 0.6, 0.8
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})  # a delegation without names must be of one of these
_MEETINGS = frozenset(
    {"meet", "consult", "negotiate", "peace-talks", "trade-talks", "nuclear-talks", "host-talks", "meet-third-party",
     "summit", "attend-summit"}
)  # fmt: skip
_LONGEST_STAY = timedelta(days=31)  # "since Monday" tells a first day, "since 2017" does not
_MONTH = timedelta(days=31)


def visits_of(events: Iterable[Event], backing: Mapping[str, tuple[Backing, ...]]) -> tuple[Visit, ...]:
    """The visits that events tell of, one a stay; `backing` is by event id."""
    return unite(tellings(events, backing))


def tellings(events: Iterable[Event], backing: Mapping[str, tuple[Backing, ...]]) -> tuple[Visit, ...]:
    """What each event tells of visits, not yet united: for `unite` together with what registers list."""
    return tuple(visit for event in events for visit in _told(event, backing.get(event.id, ())))


def _told(event: Event, backing: tuple[Backing, ...]) -> Iterator[Visit]:
    """One visit for each who travels and each country visited."""
    if event.status == "habitual":
        return
    if _is_visit(event):
        travelled = list(_travelled(event, backing))
        yield from travelled or _met(event, backing)
    elif event.type == "CONSULT" and event.concept in _MEETINGS:
        yield from _met(event, backing)


def _is_visit(event: Event) -> bool:
    """A visit, or one that is planned: PLOVER codes a promised visit as AGREE."""
    if event.type == "CONSULT":
        return event.mode == "visit"
    return event.type == "AGREE" and event.planned == "CONSULT" and _modes().get(event.concept) == "visit"


@cache
def _modes() -> Mapping[str, str]:
    """Concept → mode."""
    return {row["concept"]: row["mode"] for row in rows(DATA / "concepts.tsv")}


def _travelled(event: Event, backing: tuple[Backing, ...]) -> Iterator[Visit]:
    """The actors travel to the recipients' countries, or to the country of the place."""
    place = event.place.country if event.place and event.place.stated else None
    hosts = {p.country for p in event.recipients if _state(p.country)} - {p.country for p in event.actors}
    if not hosts and event.place and _state(event.place.country):
        hosts = {event.place.country}
    for host in sorted(h for h in hosts if h):
        # Who is told to be at home calls at an embassy.
        travellers = [
            p for p in event.actors if p.country not in (None, host) and (place in (None, host) or p.country != place)
        ]
        persons = [p for p in travellers if p.office or (is_person(p) and is_political(p))]
        for visitor in persons or [p for p in travellers if _is_delegation(p)]:
            share = 1.0 if persons else DELEGATION
            yield _visit(event, visitor, host, event.recipients, backing, share, "visit/told")


def _is_delegation(party: Party) -> bool:
    """Whether somebody without a name travels for a state."""
    return not (is_person(party) or is_pointed_at(party)) and not OFFICIAL.isdisjoint(party.sectors)


def _met(event: Event, backing: tuple[Backing, ...]) -> Iterator[Visit]:
    """Who meets somebody in a town of the other's country, or of a third one, has travelled there."""
    place = event.place
    if place is None or not place.stated or place.country is None or place.name is None or not _state(place.country):
        return
    parties = (*event.actors, *event.recipients)
    hosts = [p for p in parties if p.country == place.country]
    abroad = [p for p in parties if _state(p.country) and p.country != place.country]
    travelled = [p for p in abroad if is_person(p) and is_political(p)]
    if not hosts and len({p.country for p in travelled}) < 2:
        return  # a summit on third ground takes two who are far from home
    share, rule = (FROM_MEETING, "visit/from-meeting") if hosts else (THIRD_GROUND, "visit/on-third-ground")
    for visitor in travelled:
        yield _visit(event, visitor, place.country, hosts, backing, share, rule)


def _state(code: str | None) -> bool:
    """Whether a code is of a country that can be visited."""
    return code == "KOS" or (code is not None and code not in NON_STATES and not code.startswith("R-"))


def _visit(
    event: Event, visitor: Party, host: str, met: Iterable[Party], backing: tuple[Backing, ...], share: float, rule: str
) -> Visit:
    when = event.when
    because = [Reason(field="visitor", rule=rule)]
    if when is not None and when.basis == "published":
        because.append(Reason(field="first", rule=SOFT))
    first, last, precision = _when(when)
    return identified(
        Visit(
            id="",
            visitor=visitor,
            host=host,
            status=event.status,
            place=_town(event, host),
            first=first,
            last=last,
            precision=precision,
            ended=_has_end(when),
            met=together([p for p in met if p.country == host and is_person(p)]),
            events=(event.id,),
            backing=backing,
            confidence=round(event.confidence * share, 4),
            because=tuple(because),
        )
    )


def _when(when: When | None) -> tuple[date | None, date | None, str | None]:
    """First day, last day, and how precisely the first is told."""
    if when is None:
        return None, None, None
    if when.precision == "interval" and when.last - when.first <= _LONGEST_STAY:
        return when.first, when.first, "day"
    if when.precision == "day":
        return when.first, when.last, "day"
    width = when.last - when.first
    return when.first, when.last, "month" if width < _MONTH else "year"


def _has_end(when: When | None) -> bool:
    """Whether the last day of the visit is told: "from 3 to 5 May"."""
    return when is not None and when.precision == "day" and when.basis != "published" and when.last > when.first


def _town(event: Event, host: str) -> str | None:
    """The town, if the place is one of the host's."""
    place = event.place
    if place is None or place.country != host or place.name is None:
        return None
    return None if fold(place.name) in country_names() else place.name


# --- questions ----------------------------------------------------------------------------------------------------


def find(
    visits: Iterable[Visit], *, person: str | None = None, office: str | None = None, from_country: str | None = None,
    to_country: str | None = None, since: date | None = None, until: date | None = None, status: str | None = None,
) -> tuple[Visit, ...]:  # fmt: skip
    """The visits that fit, by day; those that took place unless `status` is another ("future", "all" …).

    `office` is an id of data/offices.tsv or a phrase of any language: it also finds who held it that day, though the
    text gives the name alone. Raises InputError for an office that is not known.
    """
    wanted = office_of(office, from_country) if office else None
    words = set(fold(person).split()) if person else set()
    found = [
        v
        for v in visits
        if (status == "all" or class_of(v) == (status or TOOK_PLACE))
        and (from_country is None or v.visitor.country == from_country)
        and (to_country is None or v.host == to_country)
        and _within(v, since, until)
        and words <= set(fold(v.visitor.name or v.visitor.text).split())
        and (wanted is None or holds(v.visitor, wanted, v.first))
    ]
    return tuple(sorted(found, key=by_day))


def _within(visit: Visit, since: date | None, until: date | None) -> bool:
    if visit.first is None:
        return since is None and until is None
    return (since is None or (visit.last or visit.first) >= since) and (until is None or visit.first <= until)


# --- words for people ---------------------------------------------------------------------------------------------


def describe(visit: Visit) -> str:
    """A visit in one line: when, who, where, whom they met, who tells it."""
    who = visit.visitor
    role = ", ".join(filter(None, (who.country, who.office)))
    name = who.name or (title_of(who.office) if who.office and is_pointed_at(who) else who.text)
    parts = [f"{days(visit)}  {name}{f' ({role})' if role else ''} → {visit.host}"]
    if visit.place:
        parts[0] += f" ({visit.place})"
    if visit.status not in (None, "historical"):
        parts.append(visit.status or "")
    if visit.met:
        parts.append(f"met {', '.join(p.name or p.text for p in visit.met)}")
    if visit.purpose:
        parts.append(visit.purpose if len(visit.purpose) < 90 else visit.purpose[:88].rsplit(" ", 1)[0] + " …")
    parts.append(_tellers(visit.backing))
    return " · ".join(filter(None, parts))


def days(visit: Visit) -> str:
    """When, as precisely as it is told; "≈" marks a day that is only that of the telling."""
    if visit.first is None:
        return "no date"
    length = {"month": 7, "year": 4}.get(visit.precision or "day", 10)
    label = visit.first.isoformat()[:length]
    end = visit.last.isoformat()[:length] if visit.last else label
    if end != label and not is_soft(visit) and (visit.ended or length < 10):
        label += f" to {end}"
    return f"≈ {label}" if is_soft(visit) else label


def _tellers(backing: Sequence[Backing]) -> str:
    counts: dict[str, int] = {}
    for one in backing:
        name = one.name if one.kind == "press" else f"register {one.name}"
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.items())


def answer(visits: Sequence[Visit], coverage: Sequence[Covered]) -> list[str]:
    """What the record can say to "when did … last visit …?", and what it could not have seen."""
    dated = [v for v in visits if v.first is not None]
    lines = [f"the last that is known: {describe(max(dated, key=by_day))}" if dated else "no such visit is known"]
    press = [c for c in coverage if c.kind == "press" and c.first and c.last]
    if press:
        first, last = min(c.first for c in press if c.first), max(c.last for c in press if c.last)
        number = sum(c.entries for c in press)
        lines.append(f"seen: {number:,} documents of the press, {first} to {last}")
        lines.append(f"not seen: what happened before {first} and is not told later, and what came after {last}")
    for one in (c for c in coverage if c.kind == "register"):
        scope = f": {one.scope}" if one.scope else ""
        lines.append(f"seen: register {one.name}, {one.entries:,} visits, {one.first} to {one.last}{scope}")
    if not coverage:
        lines.append("the record holds no document and no register")
    return lines
