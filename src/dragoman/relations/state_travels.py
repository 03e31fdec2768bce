"""The US Office of the Historian's register of travels of presidents and secretaries of state, as XML, to visits."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from xml.parsers import expat

from dragoman.errors import InputError
from dragoman.model import Backing, Party, Reason, Visit
from dragoman.record.registered import Account, Aside, Register
from dragoman.record.traits import DATA
from dragoman.relations.people import worlds
from dragoman.relations.remarks import hosts_met, is_elect, is_stopover, without_mark, wording
from dragoman.world import ask
from dragoman.world.names import fold
from dragoman.world.tables import rows
from dragoman.world.values import Holding

SURE = 0.99  # of a line of the register; a choice: known mistakes are some days and towns
SECTOR = "GOV"
NEEDED = ("id", "role", "name", "start-date", "end-date", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trip:
    """An entry as it stands in the file."""

    file: str
    line: int
    fields: dict[str, str]  # the elements' text; "who" and "country-id" are attributes

    def get(self, name: str) -> str:
        return self.fields.get(name, "")

    def aside(self, why: str) -> Aside:
        return Aside(file=self.file, line=self.line, why=f"trip {self.get('id') or '?'}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """A trip that was understood."""

    trip: _Trip
    host: str
    first: date
    last: date

    @property
    def key(self) -> tuple[str, ...]:
        """The same for entries that tell one trip: who, where, and the first day."""
        towns = "|".join(sorted(fold(t) for t in self.trip.get("locale").split(",")))
        return (self.trip.get("role"), self.trip.get("who"), self.host, towns, self.first.isoformat())


def read_state(path: Path) -> Register:
    """The register of a folder or one file of its XML. Raises InputError where there is none, or it is no XML."""
    trips = [trip for file in _files(path) for trip in _trips(file)]
    if not trips:
        raise InputError(f"{path}: holds no <trip>; give the folder, or a file, of HistoryAtState's travels")
    aside: list[Aside] = []
    told: dict[tuple[str, ...], list[_Stay]] = defaultdict(list)
    for trip in trips:
        stay = _understood(trip)
        if isinstance(stay, Aside):
            aside.append(stay)
        else:
            told[stay.key].append(stay)
    names = _names(stay for some in told.values() for stay in some)
    visits = sorted((_visit(some, names) for some in told.values()), key=lambda v: (v.first or date.min, v.id))
    account = Account(
        read=len(trips), kept=len(visits), doubled=sum(len(some) - 1 for some in told.values()), set_aside=tuple(aside)
    )
    return Register(
        name=wording()["name"], scope=_scope(visits), origin=str(path), visits=tuple(visits), account=account
    )


def _scope(visits: Sequence[Visit]) -> str:
    """Whose visits these are; one person's where it is a file of one."""
    names = {visit.visitor.name for visit in visits}
    if len(names) == 1:
        return f"foreign travels of {names.pop()} in office"
    return str(wording()["scope"])


# --- the file -----------------------------------------------------------------------------------------------------


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(path.rglob("*.xml"))
        if not found:
            raise InputError(f"{path}: no XML in this folder; give the folder, or a file, of HistoryAtState's travels")
        return found
    return [path]


def _trips(file: Path) -> list[_Trip]:
    """The trips of a file, each with its line; none where the file is of another kind (the code tables)."""
    reader = _Reader(file.name)
    try:
        reader.parser.Parse(file.read_bytes(), True)
    except OSError as problem:
        raise InputError(f"{file}: cannot be read ({problem.strerror})") from problem
    except expat.ExpatError as problem:
        raise InputError(f"{file}, line {problem.lineno}: no XML ({expat.ErrorString(problem.code)})") from problem
    return reader.trips


class _Reader:
    """Collects trips while expat reads: it alone knows the line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.trips: list[_Trip] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._fields: dict[str, str] = {}
        self._words: list[str] = []
        self._line = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._words = []
        if tag == "trip":
            self._fields, self._line = {"who": attributes.get("who", "")}, self.parser.CurrentLineNumber
        elif tag == "country":
            self._fields["country-id"] = attributes.get("id", "")

    def _text(self, words: str) -> None:
        self._words.append(words)

    def _end(self, tag: str) -> None:
        if tag == "trip":
            self.trips.append(_Trip(file=self.file, line=self._line, fields=self._fields))
        else:
            self._fields[tag] = " ".join("".join(self._words).split())
        self._words = []


# --- what a trip means --------------------------------------------------------------------------------------------


def _understood(trip: _Trip) -> _Stay | Aside:
    """The trip with days and host, or why it has none."""
    lacking = [name for name in NEEDED if not trip.get(name)]
    if lacking:
        return trip.aside(f"no {', '.join(lacking)}")
    if trip.get("role") not in wording()["offices"]:
        return trip.aside(f"unknown role {trip.get('role')}; known: {', '.join(sorted(wording()['offices']))}")
    try:
        first, last = date.fromisoformat(trip.get("start-date")), date.fromisoformat(trip.get("end-date"))
    except ValueError:
        return trip.aside(f"no dates: {trip.get('start-date')} to {trip.get('end-date')}")
    if last < first:
        return trip.aside(f"ends on {last}, before it begins on {first}")
    host = _host(trip)
    return trip.aside(host[1]) if host[0] is None else _Stay(trip=trip, host=host[0], first=first, last=last)


def _host(trip: _Trip) -> tuple[str, None] | tuple[None, str]:
    """The host's code, by the register's id of the country, then by its name; or why there is none."""
    id, name = trip.get("country-id"), trip.get("country")
    if id in _countries():
        return _countries()[id], None
    try:
        return ask.country_of(worlds(), name), None
    except InputError as problem:
        return None, str(problem)


@cache
def _countries() -> dict[str, str]:
    """The register's id of a country → its code."""
    return {row["id"]: row["code"] for row in rows(DATA / "register_countries.tsv")}


def _names(stays: Iterable[_Stay]) -> dict[tuple[str, str], Holding]:
    """(who, role) → the holder of the office that the register means: same surname, in office on most of the days."""
    days: dict[tuple[str, str], list[_Stay]] = defaultdict(list)
    for stay in stays:
        days[stay.trip.get("who"), stay.trip.get("role")].append(stay)
    found: dict[tuple[str, str], Holding] = {}
    for key, own in days.items():
        surname = fold(own[0].trip.get("name")).split()[-1]
        holders = worlds()[0].holders(wording()["offices"][key[1]], wording()["country"])
        fitting = [h for h in holders if fold(h.name).split()[-1] == surname]
        best = max(fitting, key=lambda h: sum(h.holds(s.first) for s in own), default=None)
        if best is not None and any(best.holds(stay.first) for stay in own):
            found[key] = best
    return found


def _visit(stays: Sequence[_Stay], names: dict[tuple[str, str], Holding]) -> Visit:
    """The visit that one entry tells, or several that tell the same."""
    ordered = sorted(stays, key=lambda s: s.trip.get("id").zfill(9))
    one = ordered[0]
    remarks = list(dict.fromkeys(s.trip.get("remarks") for s in ordered if s.trip.get("remarks")))
    ids = [s.trip.get("id") for s in ordered]
    visitor, because = _visitor(one.trip, names.get((one.trip.get("who"), one.trip.get("role"))), remarks)
    return Visit(
        id=hashlib.sha256("|".join(one.key).encode()).hexdigest()[:16],
        visitor=visitor,
        host=one.host,
        place=one.trip.get("locale") or None,
        first=one.first,
        last=max(s.last for s in ordered),
        precision="day",
        ended=True,
        purpose=_purpose(remarks),
        met=hosts_met(remarks, one.host),
        backing=tuple(_backing(s.trip) for s in ordered),
        confidence=SURE,
        because=(*because, *_because(ordered, remarks, ids)),
    )


def _visitor(trip: _Trip, holder: Holding | None, remarks: Sequence[str]) -> tuple[Party, list[Reason]]:
    """Who travelled: under the name that our own tables know, if they do; without office before it began."""
    told = " ".join(trip.get("name").split("(")[0].split() + trip.get("name").partition(")")[2].split())
    elect = any(is_elect(text) for text in remarks)
    because = [Reason(field="visitor", rule="register/holder" if holder else "register/name-as-told")]
    because += [Reason(field="office", rule="register/not-yet-in-office")] if elect else []
    visitor = Party(
        text=trip.get("name"),
        name=holder.name if holder else told,
        country=wording()["country"],
        sectors=() if elect else (SECTOR,),
        office=None if elect else wording()["offices"][trip.get("role")],
        id=holder.wikidata if holder else None,
    )
    return visitor, because


def _because(stays: Sequence[_Stay], remarks: Sequence[str], ids: Sequence[str]) -> Iterator[Reason]:
    if remarks and all(is_stopover(text) for text in remarks):
        yield Reason(field="purpose", rule="register/stopover")
    if len(ids) > 1:
        yield Reason(field="backing", rule="register/stands-twice")
    if len({s.last for s in stays}) > 1:
        yield Reason(field="last", rule="register/two-last-days")


def _purpose(remarks: Sequence[str]) -> str | None:
    return " ".join(dict.fromkeys(filter(None, (without_mark(text) for text in remarks)))) or None


def _backing(trip: _Trip) -> Backing:
    who = trip.get("who")
    url = wording()["url"].format(role=trip.get("role"), who=who) if who else None
    return Backing(kind="register", name=wording()["name"], document=trip.get("id"), url=url)
