"""What merging looks at in a report, worked out once: its kind, its days, its sides, its place, its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

from dragoman.model import Actor, Report
from dragoman.record.kinds import MUTUAL, kind_number
from dragoman.record.told import Told
from dragoman.world.names import fold
from dragoman.world.tables import rows

DATA = Path(__file__).parent.parent / "data"
PACKS = Path(__file__).parent.parent / "packs"
BACK = 3  # days: what is told without a date on a day happened on it or up to three days before
ZONE = 1  # days by which two tellings of one day may differ: time zones, the night
NEVER = 1  # the day of reports without any: only their own document is asked
NARROW = 10  # days: a window that is no longer counts as a day told roughly (a week), not as vague
BITS = 1024  # of a sentence's words: two of fifteen words share a bit by chance once in five sentences
WORDS_KEPT = 100_000  # whose bit is remembered, a language
_BIT = tuple(1 << i for i in range(BITS))
_CLASSES = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM"})  # codes of many bodies, which their names tell apart
_SHARED_CODES = _CLASSES | {"UNO", "EUR"}


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


def traits(told: Told) -> Traits:
    """The traits of a report; those of the last reports that were asked for are remembered."""
    known = _known.get(told.report.id)
    if known is not None and known.told is told:
        return known
    if len(_known) >= KEPT:
        _known.clear()
    found = _known[told.report.id] = Traits(told)
    return found


_known: dict[str, Traits] = {}
KEPT = 20_000  # reports whose traits are remembered: a batch is asked for its keys, its knots and its events in turn


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
        "marks",
        "published",
        "recipients",
        "spot",
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
        if self.sure == 2 and self.state == "actual" and 0 < self.published < self.first:
            self.state = "future"  # told as done, but for a day yet to come: a plan
        self.windows: tuple[tuple[int, int], ...] = ((self.first, self.last),)
        if self.state == "future" and self.sure == 2 and self.published:  # also found by the day on which it was told
            self.windows += ((self.published - BACK, self.published),)
        self.actors = _side(report.actors)
        self.recipients = _side(report.recipients)
        self.both = self.actors.countries | self.recipients.countries
        self.flips = report.reciprocal or report.type in MUTUAL
        self.town, self.spot, self.land = _where(report)
        self.marks = _marks(told.evidence, told.lang, self.actors.persons | self.recipients.persons)
        self.words = mask(told.words, told.lang)
        self.title = mask(told.title_words, told.lang) if told.title_words else 0


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


def _where(report: Report) -> tuple[str | None, str | None, str | None]:
    """A key of the town, its folded name, and the country; None is unknown."""
    place = report.place
    if place is None:
        return None, None, None
    name = _town(place.name) if place.name else None
    return str(place.geonames) if name and place.geonames else name, name, place.country


@lru_cache(maxsize=16_384)
def _town(name: str) -> str | None:
    folded = fold(name)
    return folded if folded not in country_names() else None


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
    # A region or a class of bodies stands for countries that nobody named: it neither agrees nor disagrees with one.
    placed = country is not None and not country.startswith("R-") and country not in _CLASSES
    countries = frozenset({country}) if country and placed else frozenset()
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


class _Bits(dict[str, int]):
    """The bit of each stem of a language; none for stems that say nothing about which happening is told."""

    def __init__(self, lang: str) -> None:
        super().__init__(dict.fromkeys(common(lang), 0))
        self._lang = lang

    def __missing__(self, stem: str) -> int:
        if len(self) > WORDS_KEPT:
            self.clear()
            self.update(dict.fromkeys(common(self._lang), 0))
        telling = len(stem) > 2 or stem.isdigit()
        bit = self[stem] = _BIT[crc32(stem.encode("utf-8", "surrogatepass")) % BITS] if telling else 0
        return bit


@cache
def _bits(lang: str) -> _Bits:
    return _Bits(lang)


_MARK = re.compile(r"(?<=[^\W_] )[A-ZÀ-Þ][\w’'-]+|\d[\d.,\xa0]*\d")


class _Marks(dict[str, int]):
    """The bit of each name and number of a language; none for names of countries and peoples, days and titles."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        table = PACKS / lang / "countries.tsv"
        cells = [cell for row in rows(table) for cell in row.values()] if table.exists() else []
        words = {_bare(word) for cell in cells for form in cell.split("|") for word in form.split()}
        self._plain = frozenset(words) | common(lang)

    def __missing__(self, mark: str) -> int:
        if len(self) > WORDS_KEPT:
            self.clear()
        bit = self[mark] = 0 if self._is_plain(_bare(mark)) else _BIT[crc32(_bare(mark).encode()) % BITS]
        return bit

    def _is_plain(self, bare: str) -> bool:
        if bare.isdigit():
            return len(bare) == 4 and bare[:2] in {"19", "20"}  # a year
        return len(bare) < 3 or bare in self._plain or bare[:-1] in self._plain or bare[:-2] in self._plain


def _bare(mark: str) -> str:
    """A name or number without accents, separators of thousands, or the ending of a possessive."""
    if mark[:1].isdigit():
        return re.sub(r"\D", "", mark)
    return re.sub(r"['’]\w*$", "", fold(mark))


@cache
def _marks_of(lang: str) -> _Marks:
    return _Marks(lang)


def _marks(evidence: str, lang: str, persons: frozenset[str]) -> int:
    """The names and numbers of a sentence as bits, without its people, who count as such: what tells one happening
    from another in any language."""
    bits = _marks_of(lang)
    found = 0
    for mark in _MARK.findall(evidence):
        found |= bits[mark]
    for person in persons:
        for name in person.split():
            found &= ~bits[name]
    return found


def mask(stems: frozenset[str], lang: str) -> int:
    """The telling stems of a sentence as bits of a number: what two share is counted without looking at words."""
    bits = _bits(lang)
    found = 0
    for stem in stems:
        found |= bits[stem]
    return found


@cache
def homes(lang: str) -> frozenset[str]:
    """The countries of which news in a language tells much every day."""
    found = [row["countries"].split("|") for row in rows(DATA / "homes.tsv") if row["lang"] == lang]
    return frozenset(country for countries in found for country in countries)


@cache
def common(lang: str) -> frozenset[str]:
    """Stems that say nothing about which happening is told."""
    path = PACKS / lang / "common.tsv"
    return frozenset(row["stem"] for row in rows(path)) if path.exists() else frozenset()
