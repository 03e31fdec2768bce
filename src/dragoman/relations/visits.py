"""Who went to see whom, and when: visits out of events and registers, each stay once, each with its sources.

`visits_of` reads events, `unite` makes one visit of all that tells of one stay, `find` answers questions. What `unite`
gives depends on the set of visits, not on their order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from dragoman.model import Backing, Covered, Event, Party, Reason, Visit
from dragoman.record.traits import DATA, country_names
from dragoman.relations.people import holds, is_person, office_of, same_person
from dragoman.world.names import fold
from dragoman.world.tables import rows
from dragoman.world.values import NON_STATES

TOOK_PLACE = "took place"  # status None and historical: a visit that somebody remembers is a visit
SOFT = "visit/day-of-telling"  # the reason that marks a day as the page's own
BACK = timedelta(days=3)  # what is told without a day happened on the day of telling or up to three days before
NEXT = timedelta(days=1)  # stays of one person in one country that follow each other within a day are one
LONGEST = timedelta(days=14)  # longer runs of days told one after the other are several stays
SUREST = 0.99
# Choices, not measurements: a meeting says less than a visit told as one, a nameless delegation less than a name.
FROM_MEETING, DELEGATION = 0.7, 0.8
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})  # a delegation without names must be of one of these
_MEETINGS = frozenset({"meet", "consult", "negotiate", "peace-talks", "trade-talks", "nuclear-talks", "host-talks"})


def visits_of(events: Iterable[Event], backing: Mapping[str, tuple[Backing, ...]]) -> tuple[Visit, ...]:
    """The visits that events tell of, united; `backing` is by event id."""
    return unite(visit for event in events for visit in _told(event, backing.get(event.id, ())))


def _told(event: Event, backing: tuple[Backing, ...]) -> Iterator[Visit]:
    """One visit for each who travels and each country visited."""
    if event.status == "habitual":
        return
    if _is_visit(event):
        yield from _travelled(event, backing)
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
    place = event.place.country if event.place else None
    hosts = {p.country for p in event.recipients if _state(p.country)} - {p.country for p in event.actors}
    if not hosts:
        hosts = {place} - {p.country for p in event.actors if p.country} if _state(place) else set()
    for host in sorted(h for h in hosts if h):
        travellers = [p for p in event.actors if p.country != host and (p.country or is_person(p))]
        persons = [p for p in travellers if is_person(p) or p.office]
        for visitor in persons or [p for p in travellers if not OFFICIAL.isdisjoint(p.sectors)]:
            share = 1.0 if persons else DELEGATION
            yield _visit(event, visitor, host, event.recipients, backing, share, "visit/told")


def _met(event: Event, backing: tuple[Backing, ...]) -> Iterator[Visit]:
    """Who meets somebody in a town of the other's country has travelled there."""
    place = event.place
    if place is None or not place.stated or not place.country or place.name is None:
        return
    parties = (*event.actors, *event.recipients)
    hosts = [p for p in parties if p.country == place.country]
    for visitor in parties:
        if hosts and _state(visitor.country) and visitor.country != place.country and is_person(visitor):
            yield _visit(event, visitor, place.country, hosts, backing, FROM_MEETING, "visit/from-meeting")


def _state(code: str | None) -> bool:
    """Whether a code is of a country that can be visited."""
    return code is not None and len(code) == 3 and code not in NON_STATES and not code.startswith("R-")


def _visit(
    event: Event, visitor: Party, host: str, met: Iterable[Party], backing: tuple[Backing, ...], share: float, rule: str
) -> Visit:
    when = event.when
    because = [Reason(field="visitor", rule=rule)]
    if when is not None and when.basis == "published":
        because.append(Reason(field="first", rule=SOFT))
    precision = None if when is None else when.precision if when.precision in ("day", "month", "year") else "month"
    if when is not None and precision == "day" and when.last != when.first and when.basis == "published":
        precision = "month"
    return _identified(
        Visit(
            id="",
            visitor=visitor,
            host=host,
            status=event.status,
            place=_town(event, host),
            first=when.first if when else None,
            last=when.last if when else None,
            precision=precision,
            ended=bool(when and when.precision == "interval"),
            met=_together([p for p in met if p.country == host and is_person(p)]),
            events=(event.id,),
            backing=backing,
            confidence=round(event.confidence * share, 4),
            because=tuple(because),
        )
    )


def _town(event: Event, host: str) -> str | None:
    """The town, if the place is one of the host's."""
    place = event.place
    if place is None or place.country != host or place.name is None:
        return None
    return None if fold(place.name) in country_names() else place.name


def _identified(visit: Visit) -> Visit:
    """With its id: a hash of who, where, when and whether it took place."""
    who = fold(visit.visitor.name) if visit.visitor.name and is_person(visit.visitor) else visit.visitor.office or ""
    day = visit.first.isoformat() if visit.first else ""
    text = "|".join((who, visit.visitor.country or "", visit.host, day, _class(visit)))
    return replace(visit, id=hashlib.sha256(text.encode()).hexdigest()[:16])


def _class(visit: Visit) -> str:
    """Visits that took place are told apart from planned, denied and supposed ones."""
    return TOOK_PLACE if visit.status in (None, "historical") else visit.status or ""


# --- one stay, one visit ------------------------------------------------------------------------------------------


def unite(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """One visit of all that tells of one stay; press and registers together; by day, then id."""
    grouped: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in visits:
        grouped[visit.host, _class(visit)].append(visit)
    united = [_joined(stay) for key in sorted(grouped) for stay in _stays(grouped[key])]
    return tuple(sorted(united, key=_by_day))


def _by_day(visit: Visit) -> tuple[date, str, str]:
    return visit.first or date.min, visit.host, visit.id


def _order(visit: Visit) -> tuple[object, ...]:
    """An order that hangs on content alone."""
    return (visit.first or date.min, visit.last or date.max, visit.visitor.name or "", visit.visitor.country or "",
            visit.visitor.office or "", visit.visitor.text, visit.place or "", visit.events,
            tuple((b.kind, b.name, b.document or "") for b in visit.backing), visit.id)  # fmt: skip


def _stays(visits: list[Visit]) -> Iterator[list[Visit]]:
    """The visits to one country, by stay: first those with a day, then what is told more vaguely joins the one stay
    that it can be of."""
    ordered = sorted(visits, key=_order)
    stays = [_Stay(visit) for visit in ordered if _exact(visit)]
    stays = list(_chained(stays))
    for soft in (True, False):
        for visit in ordered:
            if _exact(visit) or _soft(visit) != soft:
                continue
            fitting = [stay for stay in stays if stay.may_hold(visit)]
            if len(fitting) == 1:
                fitting[0].members.append(visit)
            else:
                stays.append(_Stay(visit))
    for stay in stays:
        yield sorted(stay.members, key=_order)


def _exact(visit: Visit) -> bool:
    """Whether the text or register tells the day."""
    return visit.precision == "day" and visit.first is not None and not _soft(visit)


def _soft(visit: Visit) -> bool:
    """Whether the day is only that of the telling."""
    return any(reason.rule == SOFT for reason in visit.because)


class _Stay:
    """Visits that tell of one stay."""

    def __init__(self, visit: Visit) -> None:
        self.members = [visit]
        self.exact = _exact(visit)
        self.first, self.last = _days(visit)

    def follows(self, other: _Stay) -> bool:
        """Whether this stay goes on from another, of the same person, a day later at the most."""
        return (
            self.first <= other.last + NEXT
            and max(self.last, other.last) - other.first <= LONGEST
            and all(same_person(a.visitor, b.visitor, a.first) for a in self.members[:4] for b in other.members[:4])
        )

    def take(self, other: _Stay) -> None:
        self.members += other.members
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)

    def may_hold(self, visit: Visit) -> bool:
        """Whether a visit told more vaguely can be of this stay."""
        first, last = _days(visit)
        near = first <= self.last + NEXT and self.first <= last + NEXT
        return near and all(same_person(visit.visitor, one.visitor, self.first) for one in self.members)


def _days(visit: Visit) -> tuple[date, date]:
    """The first and last day on which the visit may have been."""
    if visit.first is None:
        return date.min + NEXT, date.max - NEXT
    last = visit.last or visit.first
    return (visit.first - BACK, last) if _soft(visit) else (visit.first, last)


def _chained(stays: list[_Stay]) -> Iterator[_Stay]:
    """Stays that follow each other as one; `stays` are by day."""
    open_: list[_Stay] = []
    for stay in sorted(stays, key=lambda s: (s.first, s.last, _order(s.members[0]))):
        fitting = [other for other in open_ if stay.follows(other)]
        if fitting:
            fitting[-1].take(stay)
        else:
            open_.append(stay)
    yield from open_


def _joined(stay: list[Visit]) -> Visit:
    """One visit of all that tells of a stay."""
    if len(stay) == 1:
        return _identified(stay[0])
    sure = [v for v in stay if _exact(v)] or [v for v in stay if _soft(v)] or stay
    first = min((v.first for v in sure if v.first), default=None)
    last = max((v.last or v.first for v in sure if v.first), default=None)
    registered = [v for v in stay if any(b.kind == "register" for b in v.backing)]
    if registered:  # a register tells first and last day; the press tells a day of the stay
        first = min((v.first for v in registered if v.first), default=first)
        last = max((v.last or v.first for v in registered if v.first), default=last)
    because = dict.fromkeys(r for v in stay for r in v.because)
    if any(_exact(v) for v in stay):
        because = dict.fromkeys(r for r in because if r.rule != SOFT)
    return _identified(
        Visit(
            id="",
            visitor=_most_told([v.visitor for v in stay]),
            host=stay[0].host,
            status=None if any(v.status is None for v in stay) else stay[0].status,
            place=", ".join(dict.fromkeys(t for v in stay if v.place for t in v.place.split(", "))) or None,
            first=first,
            last=last,
            precision=sure[0].precision,
            ended=any(v.ended for v in stay) or (first != last and all(_exact(v) for v in sure)),
            purpose=next((v.purpose for v in [*registered, *stay] if v.purpose), None),
            met=_together([p for v in stay for p in v.met]),
            events=tuple(sorted({e for v in stay for e in v.events})),
            backing=_sources(b for v in stay for b in v.backing),
            confidence=_confidence(stay),
            because=(*because, *_differences(registered, stay)),
        )
    )


def _differences(registered: Sequence[Visit], stay: Sequence[Visit]) -> Iterator[Reason]:
    """Where press and register tell other days."""
    press = [v for v in stay if v not in registered and _exact(v)]
    days = {v.first for v in registered if v.first}
    if days and press and min(v.first for v in press if v.first) not in days:
        yield Reason(field="first", rule="visit/press-tells-another-day")


def _confidence(stay: Sequence[Visit]) -> float:
    """As if each outlet and register erred on its own."""
    best: dict[str, float] = {}
    for visit in stay:
        names = {b.name for b in visit.backing} or {""}
        for name in names:
            best[name] = max(best.get(name, 0.0), visit.confidence)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1 - sure
    return round(min(1 - doubt, SUREST), 4)


def _sources(backing: Iterable[Backing]) -> tuple[Backing, ...]:
    """Each document and register line once, registers first, then by day."""
    once = {(b.kind, b.name, b.document): b for b in sorted(backing, key=lambda b: b.quote or "")}
    return tuple(
        sorted(once.values(), key=lambda b: (b.kind != "register", b.published or date.max, b.name, b.document or ""))
    )


def _together(parties: Sequence[Party]) -> tuple[Party, ...]:
    """People, each once, by name."""
    by_name: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        by_name[fold(party.name or party.text)].append(party)
    return tuple(_most_told(by_name[name]) for name in sorted(by_name))


def _most_told(parties: Sequence[Party]) -> Party:
    """The party of those that are one person that tells most: a name, an office, an id; what it lacks from others."""
    best = max(parties, key=lambda p: (is_person(p), len((p.name or "").split()), p.office is not None, p.reports,
                                       p.name or "", p.text))  # fmt: skip
    office = best.office or next((p.office for p in sorted(parties, key=lambda p: p.text) if p.office), None)
    country = best.country or next((p.country for p in parties if p.country), None)
    id = best.id or next((p.id for p in parties if p.id), None)
    return replace(best, office=office, country=country, id=id, reports=sum(p.reports for p in parties))


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
        if (status == "all" or _class(v) == (status or TOOK_PLACE))
        and (from_country is None or v.visitor.country == from_country)
        and (to_country is None or v.host == to_country)
        and _within(v, since, until)
        and words <= set(fold(v.visitor.name or v.visitor.text).split())
        and (wanted is None or holds(v.visitor, wanted, v.first))
    ]
    return tuple(sorted(found, key=_by_day))


def _within(visit: Visit, since: date | None, until: date | None) -> bool:
    if visit.first is None:
        return since is None and until is None
    return (since is None or (visit.last or visit.first) >= since) and (until is None or visit.first <= until)


# --- words for people ---------------------------------------------------------------------------------------------


def describe(visit: Visit) -> str:
    """A visit in one line: when, who, where, whom they met, who tells it."""
    who = visit.visitor
    role = ", ".join(filter(None, (who.country, who.office)))
    parts = [f"{days(visit)}  {who.name or who.text}{f' ({role})' if role else ''} → {visit.host}"]
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
    if visit.ended and visit.last and visit.last != visit.first and length == 10:
        label += f" to {visit.last.isoformat()}"
    return f"≈ {label}" if _soft(visit) else label


def _tellers(backing: Sequence[Backing]) -> str:
    counts: dict[str, int] = {}
    for one in backing:
        name = one.name if one.kind == "press" else f"register {one.name}"
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{name} ({n})" if n > 1 else name for name, n in counts.items())


def answer(visits: Sequence[Visit], coverage: Sequence[Covered]) -> list[str]:
    """What the record can say to "when did … last visit …?", and what it could not have seen."""
    dated = [v for v in visits if v.first is not None]
    lines = [f"the last that is known: {describe(max(dated, key=_by_day))}" if dated else "no such visit is known"]
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

