"""What merging looks at in a report, worked out once: its kind, its days, its sides, its place, its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dragoman.model import Actor, Report
from dragoman.record.told import Told
from dragoman.world.names import fold
from dragoman.world.tables import rows

DATA = Path(__file__).parent.parent / "data"
PACKS = Path(__file__).parent.parent / "packs"
BACK = 3  # days: what is told without a date on a day happened on it or up to three days before
ZONE = 1  # days by which two tellings of one day may differ: time zones, the night
NEVER = 1  # the day of reports without any: only their own document is asked
NARROW = 10  # days: a window that is no longer counts as a day told roughly (a week), not as vague
SAME_CONCEPT, SAME_SPEECH, SAME_KIND, NEAR = 3, 2, 1, 0  # points; `data/alike.tsv` gives those of kinds that differ
SPEECH = frozenset({"ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})  # said many times a day
_SHARED_CODES = frozenset({"IGO", "NGO", "MNC", "IMG", "UNO", "EUR"})  # codes of many bodies: names tell them apart


@dataclass(frozen=True, slots=True)
class Kind:
    """What was done: PLOVER type, mode, concept, what it plans."""

    type: str
    mode: str | None
    concept: str
    planned: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of what happened. Empty sets: not told."""

    countries: frozenset[str]
    persons: frozenset[str]  # folded names of people
    bodies: frozenset[str]  # folded names of parties, organisations, groups
    offices: frozenset[str]
    sectors: frozenset[str]
    told: bool  # whether anybody is named or described at all

    @property
    def exact(self) -> bool:
        """Whether it names who it is."""
        return bool(self.persons or self.bodies or self.offices)


class Traits:
    """A report as merging compares it."""

    __slots__ = (
        "actors",
        "both",
        "coder",
        "doc",
        "first",
        "flips",
        "id",
        "kind",
        "land",
        "lang",
        "last",
        "lineage",
        "published",
        "recipients",
        "state",
        "sure",
        "title",
        "told",
        "town",
        "windows",
        "words",
    )

    def __init__(self, told: Told) -> None:
        report = told.report
        self.told = told
        self.id = report.id
        self.doc = report.document
        self.lineage = told.lineage
        self.coder = told.coder
        self.lang = told.lang
        self.state = report.status or "actual"
        self.kind = kind_number(report.type, report.mode, report.concept, report.planned)
        self.published = told.published.toordinal() if told.published else 0
        self.first, self.last, self.sure = _days(report, self.published)
        self.windows: tuple[tuple[int, int], ...] = ((self.first, self.last),)
        if self.state == "future" and self.sure == 2 and self.published:  # also found by the day on which it was told
            self.windows += ((self.published - BACK, self.published),)
        self.actors = _side(report.actors)
        self.recipients = _side(report.recipients)
        self.both = self.actors.countries | self.recipients.countries
        self.flips = report.reciprocal or report.type in _MUTUAL
        self.town, self.land = _where(report)
        self.words = told.words - common(told.lang)
        self.title = told.title_words - common(told.lang)


# Types in which it is often told the other way round who came to whom, or who struck whom.
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})


def _days(report: Report, published: int) -> tuple[int, int, int]:
    """First and last day on which it may have happened, and how sure: 2 a day told, 1 told as news, 0 vague."""
    when = report.when
    if when is not None and when.basis != "published":
        first, last = when.first.toordinal(), when.last.toordinal()
        if when.precision == "day":
            return first, last, 2
        return first, last, 1 if last - first <= NARROW else 0
    if not published:
        return NEVER, NEVER, 0
    return published - BACK, published, 1


def _where(report: Report) -> tuple[str | None, str | None]:
    """A key of the town, and the country; None is unknown."""
    place = report.place
    if place is None:
        return None, None
    town = None
    if place.name and fold(place.name) not in country_names():
        town = str(place.geonames) if place.geonames else fold(place.name)
    return town, place.country


Who = tuple[str | None, str | None, tuple[str, ...], str | None, str | None]  # name, country, sectors, office, id


def _side(actors: tuple[Actor, ...]) -> Side:
    if not actors:
        return NOBODY
    return side_of([(a.name, a.country, a.sectors, a.office, a.id) for a in actors])


def side_of(people: Sequence[Who]) -> Side:
    """The side that one or several make together."""
    if len(people) == 1:
        return _single(*people[0])
    sides = [_single(*one) for one in people]
    return Side(
        frozenset().union(*(s.countries for s in sides)),
        frozenset().union(*(s.persons for s in sides)),
        frozenset().union(*(s.bodies for s in sides)),
        frozenset().union(*(s.offices for s in sides)),
        frozenset().union(*(s.sectors for s in sides)),
        True,
    )


NOBODY = Side(frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), False)


@lru_cache(maxsize=65_536)
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
    # A region stands for countries that nobody named: it neither agrees nor disagrees with one.
    countries = frozenset({country}) if country and not country.startswith("R-") else frozenset()
    offices = frozenset({office}) if office and office not in many_offices() else frozenset()
    return Side(countries, persons, bodies, offices, frozenset(sectors[:1]), True)


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
def common(lang: str) -> frozenset[str]:
    """Stems that say nothing about which happening is told."""
    path = PACKS / lang / "common.tsv"
    return frozenset(row["stem"] for row in rows(path)) if path.exists() else frozenset()


# --- kinds --------------------------------------------------------------------------------------------------------

_kinds: dict[tuple[str, str | None, str, str | None], int] = {}
KINDS: list[Kind] = []


def kind_number(type: str, mode: str | None, concept: str, planned: str | None) -> int:
    """A small number that stands for a kind in this process."""
    key = (type, mode, concept, planned)
    number = _kinds.get(key)
    if number is None:
        KINDS.append(Kind(*key))
        number = _kinds[key] = len(KINDS) - 1
    return number


_alike: dict[tuple[int, int], int] = {}
APART = -99


def alike(a: int, b: int) -> int:
    """Points for two kinds being told of one happening; APART where they never are."""
    points = _alike.get((a, b))
    if points is None:
        points = _alike[a, b] = _points(KINDS[a], KINDS[b])
    return points


def _points(a: Kind, b: Kind) -> int:
    if a.concept == b.concept and a.type == b.type and a.planned == b.planned:
        return SAME_SPEECH if a.type in SPEECH else SAME_CONCEPT
    listed = [points for left, right, points in _table() if _fits(a, b, left, right) or _fits(b, a, left, right)]
    if a.type == b.type:
        if a.planned and b.planned and a.planned != b.planned:
            return APART
        if a.mode == b.mode:
            return max([NEAR if a.type in SPEECH and a.mode is None else SAME_KIND, *listed])
        if a.mode is None or b.mode is None:
            return max([NEAR, *listed])
        if a.type in _MODES_MIX:
            return max([NEAR, *listed])
    return max(listed, default=APART)


# Types whose modes say how, not what: a strike and the explosion, a visit and the meeting it was made for.
_MODES_MIX = frozenset({"ASSAULT", "CONSULT", "PROTEST", "MOBILIZE", "REQUEST", "THREATEN"})


def _fits(a: Kind, b: Kind, left: str, right: str) -> bool:
    return _is(a, left) and _is(b, right)


def _is(kind: Kind, selector: str) -> bool:
    """Whether a selector of alike.tsv means a kind: a concept, TYPE, TYPE/mode, TYPE/- (no mode), TYPE+PLANNED."""
    if not selector[:1].isupper():
        return selector == kind.concept and kind.type == _type_of(selector)
    type, _, planned = selector.partition("+")
    type, _, mode = type.partition("/")
    if type != kind.type or (planned and planned != kind.planned):
        return False
    return not mode or mode == (kind.mode or "-")


@cache
def _table() -> tuple[tuple[str, str, int], ...]:
    return tuple((row["a"], row["b"], int(row["points"])) for row in rows(DATA / "alike.tsv"))


@cache
def types_alike(kind: int) -> tuple[str, ...]:
    """The types among which reports of the same happening are to be looked for, its own first."""
    one = KINDS[kind]
    others = set(_partners(one)) - {one.type}
    return (one.type, *sorted(others))


def _partners(kind: Kind) -> Iterator[str]:
    for left, right, _ in _table():
        for mine, other in ((left, right), (right, left)):
            if _is(kind, mine):
                yield _type_of(other)


def _type_of(selector: str) -> str:
    if selector[:1].isupper():
        return selector.partition("+")[0].partition("/")[0]
    return _concept_types()[selector]


@cache
def _concept_types() -> dict[str, str]:
    return {row["concept"]: row["type"] for row in rows(DATA / "concepts.tsv")}
