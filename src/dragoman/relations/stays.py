"""All that tells of one stay becomes one visit; registers and press together.

What `unite` gives depends on the set of tellings, not on their order. It wants each telling once, as it was told:
unite once, not the united again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter

from dragoman.model import Backing, Party, Reason, Visit
from dragoman.relations.people import is_person, registered_as, same_person, terms
from dragoman.world.names import fold

TOOK_PLACE = "took place"  # status None and historical: a visit that somebody remembers is a visit
SOFT = "visit/day-of-telling"  # the reason that marks a day as the page's own
ONE_OF_SEVERAL = "visit/one-of-several"  # told so vaguely that it may be of another stay, too
BACK = timedelta(days=3)  # what is told without a day happened on the day of telling or up to three days before
NEXT = timedelta(days=1)  # stays of one person in one country that follow each other within a day are one
ECHO = timedelta(days=7)  # a stay is told of for a week; nobody comes back so soon without the news saying so
LONGEST = timedelta(days=14)  # longer runs of days told one after the other are several stays
SUREST = 0.99
_CELL = 16  # days of a cell of the index
_VAGUE = timedelta(days=5 * 366)  # what is told more vaguely than that is as good as undated


def unite(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """One visit of all that tells of one stay; by day, then host and id."""
    grouped: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in visits:
        grouped[visit.host, class_of(visit)].append(visit)
    united = [joined(stay) for key in sorted(grouped) for stay in _stays(grouped[key])]
    return tuple(sorted(_told_apart(united), key=by_day))


def class_of(visit: Visit) -> str:
    """Visits that took place are told apart from planned, denied and supposed ones."""
    return TOOK_PLACE if visit.status in (None, "historical") else visit.status or ""


def by_day(visit: Visit) -> tuple[date, str, str]:
    """Visits in the order of their days; those without any first."""
    return visit.first or date.min, visit.host, visit.id


def is_soft(visit: Visit) -> bool:
    """Whether the day is only that of the telling."""
    return any(reason.rule == SOFT for reason in visit.because)


def is_exact(visit: Visit) -> bool:
    """Whether the text or register tells the day."""
    return visit.precision == "day" and visit.first is not None and not is_soft(visit)


def identified(visit: Visit) -> Visit:
    """With its id: a hash of who, where, when and whether it took place."""
    return replace(visit, id=hashlib.sha256("|".join(_content(visit)).encode()).hexdigest()[:16])


def _content(visit: Visit) -> tuple[str, ...]:
    who = registered_as(visit.visitor, visit.first) or visit.visitor.office or ""
    if who != visit.visitor.office and not is_person(visit.visitor):
        who = visit.visitor.office or who
    length = {"month": 7, "year": 4}.get(visit.precision or "day", 10)
    day = visit.first.isoformat()[:length] if visit.first else ""
    return who, visit.visitor.country or "", visit.host, day, class_of(visit)


def _told_apart(visits: Sequence[Visit]) -> Iterator[Visit]:
    """Visits whose ids would be the same get a number, in an order that hangs on content alone."""
    seen: Counter[str] = Counter()
    for visit in sorted(visits, key=_order):
        seen[visit.id] += 1
        if seen[visit.id] > 1:
            text = f"{visit.id}|{seen[visit.id]}"
            visit = replace(visit, id=hashlib.sha256(text.encode()).hexdigest()[:16])
        yield visit


def _order(visit: Visit) -> tuple[object, ...]:
    """An order that hangs on content alone."""
    return (visit.first or date.min, visit.last or date.max, visit.visitor.name or "", visit.visitor.country or "",
            visit.visitor.office or "", visit.visitor.text, visit.place or "", visit.events,
            tuple((b.kind, b.name, b.document or "") for b in visit.backing), visit.id)  # fmt: skip


# --- which tell of one stay ---------------------------------------------------------------------------------------


def _stays(visits: list[Visit]) -> Iterator[list[Visit]]:
    """The visits to one country, by stay: first those with a day, then what is told more vaguely, the closest first."""
    ordered = sorted(visits, key=_order)
    kept = _Calendar()
    for stay in _chained([_Stay(visit) for visit in ordered if is_exact(visit)]):
        kept.add(stay)
    for visit in sorted((v for v in ordered if not is_exact(v)), key=_width):
        if not _put(visit, kept):
            kept.add(_Stay(visit))
    for stay in kept.stays:
        yield sorted(stay.members, key=_order)


def _width(visit: Visit) -> timedelta:
    first, last = _days(visit)
    return last - first


def _put(visit: Visit, kept: _Calendar) -> bool:
    """Puts a visit that is told vaguely to a stay that it can be of: of several the one most told of, the latest."""
    fitting = [stay for stay in kept.near(visit) if stay.may_hold(visit)]
    if not fitting or (len(fitting) > 1 and visit.first is None):
        return False
    best = max(fitting, key=lambda stay: (len(stay.members), stay.first, _order(stay.members[0])))
    if len(fitting) > 1:
        visit = replace(visit, because=(*visit.because, Reason(field="first", rule=ONE_OF_SEVERAL)))
    best.members.append(visit)
    return True


class _Stay:
    """Visits that tell of one stay."""

    __slots__ = ("exact", "first", "last", "members")

    def __init__(self, visit: Visit) -> None:
        self.members = [visit]
        self.exact = is_exact(visit)
        self.first, self.last = _days(visit)

    def goes_on(self, other: _Stay) -> bool:
        """Whether this stay is one with another that began before: within it, or from a day later at the most."""
        within = self.last <= other.last
        short = max(self.last, other.last) - other.first <= LONGEST
        if self.first > other.last + NEXT or not (within or short or self.first == other.first):
            return False
        return all(same_person(a.visitor, b.visitor, a.first) for a in self.members[:4] for b in other.members[:4])

    def take(self, other: _Stay) -> None:
        """Makes the other a part of this."""
        self.members += other.members
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)

    def may_hold(self, visit: Visit) -> bool:
        """Whether a visit told more vaguely can be of this stay."""
        first, last = _days(visit)
        if is_soft(visit) and self.exact:
            first -= ECHO - BACK
        near = first <= self.last + NEXT and self.first <= last + NEXT
        day = self.first if self.exact else visit.first
        return near and all(same_person(visit.visitor, one.visitor, day) for one in self.members[:4])


def _chained(stays: list[_Stay]) -> Iterator[_Stay]:
    """Stays that follow each other as one."""
    open_: list[_Stay] = []
    for stay in sorted(stays, key=lambda s: (s.first, s.last, _order(s.members[0]))):
        yield from (other for other in open_ if other.last + NEXT < stay.first)
        open_ = [other for other in open_ if other.last + NEXT >= stay.first]
        fitting = [other for other in open_ if stay.goes_on(other)]
        if fitting:
            fitting[-1].take(stay)
        else:
            open_.append(stay)
    yield from open_


class _Calendar:
    """The stays in one country, found by day."""

    def __init__(self) -> None:
        self.stays: list[_Stay] = []
        self._cells: dict[int, list[int]] = defaultdict(list)

    def add(self, stay: _Stay) -> None:
        for cell in _cells(stay.first, stay.last):
            self._cells[cell].append(len(self.stays))
        self.stays.append(stay)

    def near(self, visit: Visit) -> list[_Stay]:
        """The stays that may have the visit's days, and some more."""
        first, last = _days(visit)
        if last - first > _VAGUE:
            return self.stays
        found = {number for cell in _cells(first - ECHO, last + ECHO) for number in self._cells.get(cell, ())}
        return [self.stays[number] for number in sorted(found | set(self._cells.get(_UNDATED, ())))]


_UNDATED = -1


def _cells(first: date, last: date) -> Iterable[int]:
    if last - first > _VAGUE:
        return (_UNDATED,)
    return range(first.toordinal() // _CELL, last.toordinal() // _CELL + 1)


def _days(visit: Visit) -> tuple[date, date]:
    """The first and last day on which the visit may have been."""
    if visit.first is None:
        return date.min + 2 * ECHO, date.max - 2 * ECHO
    last = max(visit.last or visit.first, visit.first)
    return (visit.first - BACK, last) if is_soft(visit) else (visit.first, last)


# --- what they tell together --------------------------------------------------------------------------------------


def joined(stay: Sequence[Visit]) -> Visit:
    """One visit of all that tells of a stay."""
    if len(stay) == 1:
        return identified(stay[0])
    registered = [v for v in stay if any(b.kind == "register" for b in v.backing)]
    # A register tells first and last day, the press a day of the stay.
    sure = registered or [v for v in stay if is_exact(v)] or _closest(stay)
    first = min((v.first for v in sure if v.first), default=None)
    last = max((v.last or v.first for v in sure if v.first), default=None)
    exact = is_exact(sure[0])
    because = dict.fromkeys(r for v in stay for r in v.because if not (exact and r.rule in (SOFT, ONE_OF_SEVERAL)))
    return identified(
        Visit(
            id="",
            visitor=most_told([v.visitor for v in stay]),
            host=stay[0].host,
            status=None if any(v.status is None for v in stay) else stay[0].status,
            place=", ".join(dict.fromkeys(t for v in stay if v.place for t in v.place.split(", "))) or None,
            first=first,
            last=last,
            precision=sure[0].precision,
            ended=any(v.ended for v in sure) or (exact and first != last),
            purpose=next((v.purpose for v in [*registered, *stay] if v.purpose), None),
            met=together([p for v in stay for p in v.met]),
            events=tuple(sorted({e for v in stay for e in v.events})),
            backing=_sources(b for v in stay for b in v.backing),
            confidence=_confidence(stay),
            because=(*because, *_differences(registered, stay)),
        )
    )


def _closest(stay: Sequence[Visit]) -> list[Visit]:
    """Those that tell the day most closely, none of them exactly."""
    least = min(_width(v) for v in stay)
    return [v for v in stay if _width(v) == least][:1]


def _differences(registered: Sequence[Visit], stay: Sequence[Visit]) -> Iterator[Reason]:
    """The days that the press tells where the register has others."""
    spans = [(v.first, v.last or v.first) for v in registered if v.first]
    for visit in stay:
        if spans and visit not in registered and is_exact(visit) and visit.first:
            day = visit.first
            if not any(first <= day <= last for first, last in spans):
                yield Reason(field="first", rule=f"visit/press-tells:{day.isoformat()}")


def _confidence(stay: Sequence[Visit]) -> float:
    """As if each outlet and register erred on its own."""
    best: dict[str, float] = {}
    for visit in stay:
        for name in {b.name for b in visit.backing} or {""}:
            best[name] = max(best.get(name, 0.0), visit.confidence)
    doubt = 1.0
    for _, sure in sorted(best.items(), key=itemgetter(0)):
        doubt *= 1 - sure
    return round(max(min(1 - doubt, SUREST), *best.values()), 4)


def _sources(backing: Iterable[Backing]) -> tuple[Backing, ...]:
    """Each document and register line once, registers first, then by day."""
    once = {(b.kind, b.name, b.document): b for b in sorted(backing, key=lambda b: b.quote or "")}
    return tuple(
        sorted(once.values(), key=lambda b: (b.kind != "register", b.published or date.max, b.name, b.document or ""))
    )


def together(parties: Sequence[Party]) -> tuple[Party, ...]:
    """People, each once, by name."""
    by_name: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        by_name[fold(party.name or party.text)].append(party)
    return tuple(most_told(by_name[name]) for name in sorted(by_name))


def most_told(parties: Sequence[Party]) -> Party:
    """The party of those that are one person that tells most: a name, an office, an id; what it lacks from others."""
    ordered = sorted(parties, key=_telling)
    best = ordered[-1]
    office = best.office or next((p.office for p in reversed(ordered) if p.office), None)
    country = best.country or next((p.country for p in reversed(ordered) if p.country), None)
    id = best.id or next((p.id for p in reversed(ordered) if p.id), None)
    return replace(best, office=office, country=country, id=id, reports=sum(p.reports for p in parties))


def _telling(party: Party) -> tuple[object, ...]:
    """How much a party tells; a name that the register of office-holders has is the usual one."""
    known = bool(party.name and terms(party.name, party.country))
    return (is_person(party), known, len((party.name or "").split()), party.office is not None, party.reports,
            party.name or "", party.text, party.office or "", party.country or "", party.id or "",
            party.sectors)  # fmt: skip
