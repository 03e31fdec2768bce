"""Who did it to whom, as merging compares it: the two sides of a happening, how well those of two reports agree, and
the keys under which they find each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, count
from pathlib import Path

from dragoman.record.kinds import APART
from dragoman.world.names import fold
from dragoman.world.tables import rows

DATA = Path(__file__).parent.parent / "data"
ABROAD, ONE, AT_HOME = 4, 2, 1  # two countries agree; one does; one does of which much is told every day
PERSON, OFFICE, BODY = 4, 1, 2
OTHER_BODY, OTHER_SECTOR, OTHER_PEOPLE = -2, -2, -2
UNMATCHED, VAGUER = -2, -1  # nothing in common is told of a side that both tell; one names who it is, the other not
PAIRS = 6  # of countries that a report is kept under: a summit of thirty would stand everywhere
NAMES = 3
KNOWN = 200_000  # pairs of sides whose points are remembered
_CLASSES = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM"})  # codes of many bodies, which their names tell apart
_SHARED_CODES = _CLASSES | {"UNO", "EUR"}
_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})  # sectors that act for their country
Who = tuple[str | None, str | None, tuple[str, ...], str | None, str | None]  # name, country, sectors, office, id


@dataclass(frozen=True, slots=True)
class Side:
    """One side of what happened. Empty sets: not told."""

    countries: frozenset[str]
    persons: frozenset[str]  # folded names of people
    bodies: frozenset[str]  # folded names of parties, organisations, groups
    offices: frozenset[str]
    sectors: frozenset[str]

    @property
    def exact(self) -> bool:
        """Whether it names who it is."""
        return bool(self.persons or self.bodies or self.offices)


NOBODY = Side(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


class Sides:
    """Both sides of a report, and what follows from them alone."""

    __slots__ = ("actors", "both", "flips", "kept", "lang", "number", "recipients", "sought")

    def __init__(self, actors: Side, recipients: Side, *, flips: bool, lang: str, number: int = -1) -> None:
        self.actors = actors
        self.recipients = recipients
        self.both = actors.countries | recipients.countries
        self.flips = flips  # whether it may be told the other way round
        self.lang = lang
        self.number = number
        self.kept, self.sought = _keys(self)

    @property
    def told(self) -> bool:
        """Whether both sides are told."""
        return len(self.both) > 1 or (self.actors is not NOBODY and self.recipients is not NOBODY)


_numbers = count()
_known: dict[tuple[tuple[Who, ...], tuple[Who, ...], bool, str], Sides] = {}


def sides(actors: tuple[Who, ...], recipients: tuple[Who, ...], flips: bool, lang: str) -> Sides:
    """The sides that these make; the same ones for the same people, so that they need be compared but once."""
    key = (actors, recipients, flips, lang)
    found = _known.get(key)
    if found is None:
        if len(_known) > KNOWN // 4:
            _known.clear()
        found = Sides(side_of(actors), side_of(recipients), flips=flips, lang=lang, number=next(_numbers))
        _known[key] = found
    return found


def side_of(people: Sequence[Who]) -> Side:
    """The side that one or several make together; NOBODY of none."""
    if not people:
        return NOBODY
    if len(people) == 1:
        return _single(*people[0])
    singles = [_single(*one) for one in people]
    return Side(
        frozenset().union(*(s.countries for s in singles)),
        frozenset().union(*(s.persons for s in singles)),
        frozenset().union(*(s.bodies for s in singles)),
        frozenset().union(*(s.offices for s in singles)),
        frozenset().union(*(s.sectors for s in singles)),
    )


@lru_cache(maxsize=16_384)
def _single(
    name: str | None, country: str | None, sectors: tuple[str, ...], office: str | None, id: str | None
) -> Side:
    """The side that one actor makes."""
    persons: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    folded = fold(name) if name else ""
    if folded and folded not in country_names():
        if id or office or (country not in _SHARED_CODES and _like_person(name or "")):
            persons = frozenset({folded})
        elif " " in folded or "GOV" not in sectors:  # one word and a government: a capital that stands for it
            bodies = frozenset({folded})
    # A region or a class of bodies stands for countries that nobody named: it neither agrees nor disagrees with one.
    placed = country is not None and not country.startswith("R-") and country not in _CLASSES
    countries = frozenset({country}) if country and placed else frozenset()
    offices = frozenset({office}) if office and office not in many_offices() else frozenset()
    return Side(countries, persons, bodies, offices, frozenset(sectors[:1]))


def _like_person(name: str) -> bool:
    """Two words or more, each with a capital or a short particle between."""
    words = name.split()
    return len(words) > 1 and all(w[:1].isupper() or len(w) <= 3 for w in words) and words[-1][:1].isupper()


@cache
def country_names() -> frozenset[str]:
    """Folded names of countries, as actors and places carry them."""
    return frozenset(fold(row["name"]) for row in rows(DATA / "countries.tsv"))


@cache
def many_offices() -> frozenset[str]:
    """Offices that many people of a country hold at a time: they do not tell persons apart."""
    return frozenset(row["id"] for row in rows(DATA / "offices.tsv") if row["many"] == "yes")


@cache
def homes(lang: str) -> frozenset[str]:
    """The countries of which news in a language tells much every day."""
    found = [row["countries"].split("|") for row in rows(DATA / "homes.tsv") if row["lang"] == lang]
    return frozenset(country for countries in found for country in countries)


# --- keys ---------------------------------------------------------------------------------------------------------


def _keys(one: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Under what sides stand, and under what they look: pairs of countries and each country of them; where one side
    is not known its countries with a mark; names without a country."""
    pairs = _pairs(one)
    countries = sorted(one.both)[:PAIRS]
    halves = [country + "?" for country in countries]
    names = _names(one)
    if pairs:
        return (*pairs, *countries, *names), (*pairs, *halves, *names)
    return (*halves, *names), (*countries, *halves, *names)


def _pairs(one: Sides) -> list[str]:
    actors, recipients = one.actors.countries, one.recipients.countries
    found = {(a, b) if a < b else (b, a) for a in actors for b in recipients}
    if one.flips:
        found |= set(combinations(sorted(one.both), 2))
    return [f"{a}-{b}" for a, b in sorted(found)[:PAIRS]]


def _names(one: Sides) -> list[str]:
    """People and bodies of a side without a country."""
    found: set[str] = set()
    for side in (one.actors, one.recipients):
        if not side.countries:
            found |= side.persons | side.bodies
    return ["=" + name for name in sorted(found)[:NAMES]]


# --- agreement ----------------------------------------------------------------------------------------------------

_points: dict[tuple[int, int], int] = {}


def sides_points(a: Sides, b: Sides) -> int:
    """`sides_alike`, remembered."""
    key = (a.number, b.number)
    found = _points.get(key)
    if found is None:
        if len(_points) > KNOWN:
            _points.clear()
        found = _points[key] = sides_alike(a, b)
    return found


def sides_alike(a: Sides, b: Sides) -> int:
    """Points for both doing it to the same: the better of both readings, where it may be told either way round."""
    flips = a.flips or b.flips
    if flips and len(a.both) > 1 and len(b.both) > 1 and (a.recipients is NOBODY or b.recipients is NOBODY):
        return _joined(a, b)
    direct = _read(a, b, a.actors, b.actors, a.recipients, b.recipients)
    if not flips:
        return direct
    crossed = _read(a, b, a.actors, b.recipients, a.recipients, b.actors)
    if NOBODY not in (a.actors, b.actors, a.recipients, b.recipients):
        return max(direct, crossed)
    return max(direct, crossed, _joined(a, b))


def _read(a: Sides, b: Sides, a1: Side, b1: Side, a2: Side, b2: Side) -> int:
    same_lang = a.lang == b.lang
    one, two = _match(a1, b1, same_lang), _match(a2, b2, same_lang)
    if one <= APART or two <= APART:
        return APART
    common = (a1.countries & b1.countries) | (a2.countries & b2.countries)
    return one + two + _shared(a, b, common)


def _match(x: Side, y: Side, same_lang: bool) -> int:
    """Points for two sides being the same people; countries are counted by the caller."""
    if x is NOBODY or y is NOBODY:
        return 0
    if x.countries and y.countries and x.countries.isdisjoint(y.countries):
        return APART
    if x.persons and y.persons:
        return PERSON if not x.persons.isdisjoint(y.persons) or _surname(x, y) else APART
    if x.offices and y.offices:
        return OFFICE if not x.offices.isdisjoint(y.offices) else APART
    points = 0
    if x.bodies and y.bodies:
        if not x.bodies.isdisjoint(y.bodies):
            return BODY
        points += OTHER_BODY if same_lang else 0
    return points + _roles(x, y)


def _roles(x: Side, y: Side) -> int:
    """What sectors say of two sides that no name tells apart or together."""
    placed = bool(x.countries and y.countries)
    if x.sectors and y.sectors and x.sectors.isdisjoint(y.sectors):
        if x.sectors <= _STATE and y.sectors <= _STATE:
            return 0
        return OTHER_SECTOR if placed else VAGUER
    if placed:
        return 0
    if not (x.sectors and y.sectors):
        return UNMATCHED
    return VAGUER if x.exact != y.exact else 0


def _surname(x: Side, y: Side) -> bool:
    """Whether a person is named in full on one side and by the last name alone on the other."""
    for one in x.persons:
        for other in y.persons:
            if one.rsplit(" ", 1)[-1] == other.rsplit(" ", 1)[-1] and (" " not in one or " " not in other):
                return True
    return False


def _joined(a: Sides, b: Sides) -> int:
    """Both sides of each taken together: what was done with one another, told with one side or with two."""
    common = a.both & b.both
    if a.both and b.both and len(common) < min(len(a.both), len(b.both), 2):
        return APART
    return _shared(a, b, common) + _people(a, b)


def _shared(a: Sides, b: Sides, common: frozenset[str]) -> int:
    """Points for countries in common."""
    if not common:
        return 0
    if len(common) > 1:
        return ABROAD
    return AT_HOME if common <= homes(a.lang) or common <= homes(b.lang) else ONE


def _people(a: Sides, b: Sides) -> int:
    ours, theirs = a.actors.persons | a.recipients.persons, b.actors.persons | b.recipients.persons
    if ours and theirs:
        return PERSON * min(len(ours & theirs), 2) or OTHER_PEOPLE
    return 0
