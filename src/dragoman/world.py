"""What the world's names mean: countries, places, organisations, groups, offices and who held them when.

Facts live in `data/`, names in `packs/<lang>/`; the formats are in docs/world.md.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path

from dragoman.errors import PackError

HERE = Path(__file__).parent
DATA = HERE / "data"
PACKS = HERE / "packs"

_JOINERS = re.compile(r"[\s\-‐‑–—/'’ʼ`·]+")
_MARKS = '"«»“”()[]{},;:!?…*&@#%+='


def _plain_letters() -> dict[int, str | None]:
    """What folding makes of each character: no accents, no full stops, blanks for hyphens and apostrophes."""
    table: dict[int, str | None] = {ord(c): " " for c in "-‐‑–—/'’ʼ`·"} | {ord(c): None for c in "." + _MARKS}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
        if plain != chr(code):
            table[code] = plain
    ligatures = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    return table | {ord(c): plain for c, plain in {**ligatures, "ı": "i", "ß": "ss", "ð": "d", "þ": "th"}.items()}


_PLAIN = _plain_letters()

# How a name's capitals must look in the text; see `_fits`.
ANY, TITLE, ACRONYM, EXACT, PREFIX, TITLED, NEVER = "any", "title", "acronym", "exact", "prefix", "titled", "never"
# Kinds that may be a part of a hyphenated word ("US-Russian", "Iran-Contra"); others must fill their words.
_PARTIAL = frozenset({"adjective", "inhabitant", "country", "territory", "region", "organisation", "capital"})
# Below this weight a town is dropped beside a capitalised stranger: "Juan Lopez" is not the town of Lopez.
_FAMOUS = 1_500_000.0
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM", "KOS"})
_TABLES = ("organisations", "groups", "regions", "places", "seats")
_PLACES = frozenset({"city", "capital", "country", "territory", "region", "place"})
_WEIGHTS = {"organisation": 1e8, "seat": 1e8, "capital": 9e7, "group": 5e7, "region": 2e7, "place": 1e7}
_EXTRA = frozenset({"names", "kind", "country", "sectors", "wikidata", "geonames", "lat", "lon", "first", "last"})
# Days that two holders of one office may overlap before it is reported: handing over takes a while, and cabinet
# lists tell months or years.
_SLACK = {"day": 1, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a name can mean."""

    id: str
    kind: str  # country | territory | adjective | inhabitant | capital | city | seat | organisation | group | …
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    weight: float = 0.0
    first: date | None = None
    last: date | None = None

    def valid(self, day: date | None) -> bool:
        """Whether the entry exists on the day; True where nothing is known."""
        return _within(day, self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, dependency or former state; `actor` is the code under which it acts."""

    id: str
    iso2: str | None
    name: str
    actor: str
    capitals: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    population: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office of data/offices.tsv: its sector, and its rank (1 is the highest)."""

    id: str
    sectors: tuple[str, ...]
    rank: int
    title: str
    many: bool = False  # several hold it at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Somebody held an office from `first` to `last` (None: still, or unknown before), as precisely as told."""

    person: str
    name: str
    office: str
    country: str
    sectors: tuple[str, ...]
    first: date | None
    last: date | None
    precision: str = "day"  # day | month | year
    sure: bool = True
    wikidata: str | None = None

    def holds(self, day: date | None) -> bool:
        """Whether the office was held on the day."""
        return _within(day, self.first, self.last)


@dataclass(slots=True)
class _Name:
    """A written form of an entry; `fresh`: a common word too, not trusted as the first word of a sentence."""

    entry: int
    rule: str
    form: str
    fresh: bool = False
    surname: bool = False
    length: int = 1  # in pieces


@dataclass(slots=True)
class _Person:
    """All that the register holds on one person."""

    id: str
    name: str
    given: str
    holdings: list[Holding] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, bool] = field(default_factory=dict)  # surname -> may stand alone in a text
    wikidata: str | None = None


Match = tuple[int, int, tuple[Entry, ...]]
_Raw = tuple[int, int, list[_Name]]
Row = dict[str, str]


def load_world(lang: str, *, extra: Sequence[Path] = ()) -> World:
    """The world as one language names it, with the user's own actors from `extra` files (TSV or TOML) on top."""
    return World(lang, extra=extra)


def fold(text: str) -> str:
    """Text in lower case without accents, full stops or joining signs: the form under which names are looked up."""
    return " ".join(text.translate(_PLAIN).lower().split())


class World:
    """Names looked up in one language; see the functions' docstrings for what a caller gets."""

    def __init__(self, lang: str, *, extra: Sequence[Path] = ()) -> None:
        self.lang = lang
        self._entries: list[Entry] = []
        self._names: dict[str, list[_Name]] = {}
        self._spans: dict[str, int] = {}  # first piece -> bit mask of the lengths of names that begin with it
        self._ids: dict[str, int] = {}
        self._countries: dict[str, Country] = {}
        self._people: list[_Person] = []
        self._by_name: dict[str, list[int]] = {}
        self._person_of: dict[int, int] = {}
        self._held: dict[tuple[str, str], list[Holding]] = {}
        self._given: set[str] = set()
        self._lookup: dict[str, str] = {}  # folded name -> rows of the big tables
        self._cities: list[str] = []
        self._officials: list[str] = []
        self._city_index: dict[str, int] = {}
        self._capitals: dict[int, str] = {}
        self._contractions: dict[str, str] = {}
        self._unnamed: tuple[str, ...] = ()
        self._titles: set[str] = set()
        self._block_before: frozenset[str] = frozenset()
        self._block_after: frozenset[str] = frozenset()
        self._offices: dict[str, Office] = {}
        self._phrases: list[tuple[str, tuple[tuple[str, ...], ...], frozenset[str] | None]] = []
        self._load_naming()
        self._load_lookup()
        self._load_offices()
        self._load_countries()
        self._load_actors()
        self._load_people()
        for path in extra:
            self._load_extra(path)

    # -- looking up ---------------------------------------------------------------------------------------------

    def find(self, words: Sequence[str], day: date | None = None) -> list[Match]:
        """The names in a sentence's token texts: (first token, last token + 1, candidates best first).

        Longest first, without overlap; the two parts of a compound ("franco-allemand") share their token and come
        as two matches in order. With a day, candidates valid on it come first and persons have the sectors they
        had then (ELI after their last term).
        """
        folded: list[str] = []
        forms: list[str] = []
        where: list[int] = []
        glued: list[bool] = []  # to the next piece, by a hyphen
        for n, word in enumerate(words):
            pieces = _pieces(word) or _BARRIER
            if pieces is _BARRIER and word in _HYPHENS:
                glued[-1:] = [True] * bool(glued)
                continue
            for low, form in pieces:
                folded.append(low)
                forms.append(form)
                where.append(n)
                glued.append(True)
            glued[-1] = word[-1:] in _HYPHENS
        kept = self._sift(self._scan(folded, forms), folded, forms, glued)
        return [(where[i], where[j - 1] + 1, self._ranked(names, day)) for i, j, names in kept]

    def country(self, iso3: str) -> Country | None:
        """A country by its code (also SUN, YUG …)."""
        return self._countries.get(iso3)

    def countries(self) -> tuple[Country, ...]:
        """All countries, dependencies and former states."""
        return tuple(self._countries.values())

    def entry(self, id: str) -> Entry | None:
        """An entry by its id, or None."""
        index = self._ids.get(id)
        return None if index is None else self._entries[index]

    def lookup(self, name: str, day: date | None = None) -> tuple[Entry, ...]:
        """All that a name can mean, whatever its capitals, best first."""
        return self._ranked(self._at(fold(name)), day)

    def person(self, name: str, day: date | None = None) -> tuple[Holding, ...]:
        """The offices of those who bear a full name or surname: those held on the day first, then the nearest."""
        self._at(fold(name))
        found = [h for p in self._by_name.get(fold(name), []) for h in self._people[p].holdings]
        return tuple(sorted(found, key=lambda h: self._distance(h, day)))

    def holders(self, office: str, country: str, day: date | None = None) -> tuple[Holding, ...]:
        """Who held an office (on the day, if one is given), the latest first."""
        found = [h for h in self._held.get((office, country), []) if day is None or h.holds(day)]
        return tuple(sorted(found, key=lambda h: (h.sure, h.first or date.min), reverse=True))

    def offices(self) -> list[tuple[str, tuple[str, ...], frozenset[str] | None]]:
        """(office id, content words as `fold` gives them, countries or None) of all phrases, longest first."""
        return [(id, words, countries) for id, choices, countries in self._phrases for words in product(*choices)]

    def office(self, words: Sequence[str], country: str | None = None) -> Office | None:
        """The office that a phrase's lemmas (or words) name; phrases meant for one country need that country."""
        pieces = [low for word in words for low, _ in _pieces(word)]
        for id, pattern, countries in self._phrases:
            if (countries is None or country in countries) and _in_order(pattern, pieces):
                return self._offices[id]
        return None

    def office_by_id(self, id: str) -> Office | None:
        """An office of data/offices.tsv."""
        return self._offices.get(id)

    def place(self, name: str, near: str | None = None) -> Entry | None:
        """The place that a name most likely means, in the country `near` if it has one of that name."""
        places = [e for e in self.lookup(name) if e.kind in _PLACES]
        if near is not None:
            places.sort(key=lambda e: e.country != near)
        return places[0] if places else None

    # -- matching -----------------------------------------------------------------------------------------------

    def _at(self, key: str) -> list[_Name]:
        """The names written so; towns are turned into entries on first sight."""
        for row in self._lookup.pop(key, "").split():
            number = int(row[1:])
            if row[0] == "o":
                self._add_official(self._officials[number], key)
            else:
                rule = NEVER if row[0] == "x" else TITLE
                self._add(self._city(number), (_Name(0, rule, key, fresh=row[0] == "C"),))
        return self._names.get(key, _NONE)

    def _scan(self, low: list[str], forms: list[str]) -> list[_Raw]:
        shout = len(forms) > 3 and all(f == f.upper() for f in forms)
        found: list[_Raw] = []
        i, n = 0, len(low)
        while i < n:
            mask, length = self._spans.get(low[i], 0) | 1, 0
            while mask:
                length = mask.bit_length()
                if i + length <= n:
                    key = " ".join(low[i : i + length]) if length > 1 else low[i]
                    if key in self._names or key in self._lookup:
                        good = [x for x in self._at(key) if _fits(x, forms, i, shout)]
                        if good:
                            found.append((i, i + length, good))
                            break
                mask ^= 1 << (length - 1)
            i += length if mask else 1
        return found

    def _sift(self, raw: list[_Raw], low: list[str], forms: list[str], glued: list[bool]) -> list[_Raw]:
        """Drops what only looks like a name: parts of other words, towns and surnames inside strangers' names."""
        covered = [False] * len(low)
        for i, j, _ in raw:
            covered[i:j] = [True] * (j - i)
        upper = sum(f[0].isupper() for f in forms)
        titled = len(forms) > 4 and upper > 0.6 * len(forms)
        kept: list[_Raw] = []
        for i, j, names in raw:
            left, right = i > 0 and glued[i - 1], glued[j - 1]
            if (left and low[i - 1] in self._block_before) or (right and j < len(low) and low[j] in self._block_after):
                continue
            part = (left and self._foreign(i - 1, low, covered)) or (right and self._foreign(j, low, covered))
            before = self._stranger(i - 1, low, forms, covered, titled)
            after = j < len(low) and not covered[j] and forms[j][0].isupper() and not titled
            partner = right and j < len(low) and covered[j]
            title = i > 0 and not covered[i - 1] and low[i - 1] in self._titles
            good = [x for x in names if self._stands(x, part, before, after, partner, title)]
            if good:
                kept.append((i, j, good))
        return kept

    @staticmethod
    def _foreign(k: int, low: list[str], covered: list[bool]) -> bool:
        """Whether the piece belongs to no name, and is more than an article."""
        return k < len(low) and not covered[k] and len(low[k]) > 2

    def _stands(self, name: _Name, part: bool, before: str | None, after: bool, partner: bool, titled: bool) -> bool:
        entry = self._entries[name.entry]
        if name.rule == PREFIX:
            return partner
        if name.rule == TITLED:
            return titled and before is None
        if part and (entry.kind not in _PARTIAL or (entry.kind == "organisation" and name.rule != TITLE)):
            return False
        if entry.kind == "person":
            if name.surname and after and fold(name.form) in self._given:
                return False
            return not name.surname or before is None or fold(entry.name).startswith(before)
        if name.fresh or (entry.kind == "city" and entry.weight < _FAMOUS):
            return before is None and not (after and fold(entry.name) in self._given)
        return True

    def _stranger(self, k: int, low: list[str], forms: list[str], covered: list[bool], titled: bool) -> str | None:
        """The word before a name if it looks like the given name of somebody; None otherwise."""
        if k < 0 or covered[k] or not forms[k][0].isupper() or low[k] in self._titles:
            return None
        return None if (k == 0 or titled) and low[k] not in self._given else low[k]

    def _ranked(self, names: Iterable[_Name], day: date | None) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        for name in names:
            entry = self._entries[name.entry]
            found.setdefault(entry.id, self._person_at(name.entry, day) if entry.kind == "person" else entry)
        return tuple(sorted(found.values(), key=lambda e: (not e.valid(day), -e.weight)))

    def _person_at(self, index: int, day: date | None) -> Entry:
        """A person as on the day: the sectors of the office then held, ELI after the last, none before the first."""
        entry, person = self._entries[index], self._people[self._person_of[index]]
        if day is None:
            return entry
        held = [h for h in person.holdings if h.holds(day)]
        if held:
            best = min(held, key=lambda h: self._offices[h.office].rank)
            return replace(entry, country=best.country, sectors=best.sectors, weight=entry.weight + 5e7)
        latest = max(person.holdings, key=lambda h: h.first or date.min)
        former = any(h.last is not None and h.last < day and "GOV" in h.sectors for h in person.holdings)
        return replace(entry, country=latest.country, sectors=("ELI",) if former else entry.sectors)

    def _distance(self, holding: Holding, day: date | None) -> tuple[int, int]:
        rank = self._offices[holding.office].rank
        first, last = holding.first or date.min, holding.last or date.max
        if day is None:
            return (-last.toordinal(), rank)
        if first <= day <= last:
            return (0, rank)
        return ((day - last).days if last < day else (first - day).days * 2, rank)

    # -- loading ------------------------------------------------------------------------------------------------

    def _add(self, entry: Entry, names: Iterable[_Name]) -> int:
        """Puts an entry and its names in the index."""
        index = self._ids.get(entry.id)
        if index is None:
            index = self._ids[entry.id] = len(self._entries)
            self._entries.append(entry)
        for name in names:
            key = fold(name.form)
            if key:
                name.entry = index
                self._index(key, name)
                longer = self._uncontracted(key)
                if longer != key:
                    self._index(longer, name)
        return index

    def _index(self, key: str, name: _Name) -> None:
        self._names.setdefault(key, []).append(name)
        first, _, rest = key.partition(" ")
        if rest:
            name.length = rest.count(" ") + 2
            self._spans[first] = self._spans.get(first, 0) | (1 << name.length - 1)

    def _uncontracted(self, key: str) -> str:
        """The key as a tokenizer gives it that splits contracted forms (of French, "du": "de le")."""
        if not self._contractions:
            return key
        return " ".join(self._contractions.get(piece, piece) for piece in key.split())

    def _load_naming(self) -> None:
        path = PACKS / self.lang / "naming.toml"
        data = tomllib.loads(path.read_text("utf-8"))
        self._block_before = frozenset(fold(w) for w in data["block_before"])
        self._block_after = frozenset(fold(w) for w in data["block_after"])
        self._titles = {piece for w in data["titles"] for piece in fold(w).split()}
        self._contractions = dict(data["contractions"])

    def _load_lookup(self) -> None:
        """The big tables: their rows stay text until a name is seen; see tools/build_index.py."""
        names, _, lengths = (DATA / "lookup.tsv").read_text("utf-8").partition("\n\n")
        self._lookup = dict(line.split("\t") for line in names.split("\n"))
        self._spans = {first: int(mask) for first, mask in (line.split("\t") for line in lengths.split("\n"))}
        self._cities = (DATA / "cities.tsv").read_text("utf-8").split("\n")
        self._officials = (DATA / "officials.tsv").read_text("utf-8").split("\n")

    def _city(self, line: int) -> Entry:
        _, id, name, iso3, lat, lon, people = self._cities[line].split("\t")
        geonames = int(id)
        actor = self._countries[iso3].actor if iso3 in self._countries else iso3
        capital = geonames in self._capitals
        return Entry(
            id=f"city:{id}",
            kind="capital" if capital else "city",
            name=name,
            country=actor,
            sectors=("GOV",) if capital else (),
            geonames=geonames,
            lat=float(lat),
            lon=float(lon),
            weight=float(people) + (1e8 if capital else 0.0),
        )

    def _load_countries(self) -> None:
        names = {row["id"]: row for row in _rows(PACKS / self.lang / "countries.tsv")}
        for row in _rows(DATA / "countries.tsv"):
            words = names.get(row["id"], {})
            forms = _split(words.get("names", "")) or [row["name"]]
            country = Country(
                id=row["id"],
                iso2=row["iso2"] or None,
                name=row["name"],
                actor=row["actor"],
                capitals=tuple(int(c) for c in _split(row["capitals"])),
                regions=tuple(_split(row["regions"])),
                member_of=tuple(_split(row["member_of"])),
                neighbours=tuple(_split(row["neighbours"])),
                names=tuple(_bare(f) for f in forms),
                lat=_number(row["lat"]),
                lon=_number(row["lon"]),
                geonames=_whole(row["geonames"]),
                population=int(row["population"] or 0),
                first=first_day(row["first"]),
                last=last_day(row["last"]),
            )
            self._countries[country.id] = country
            self._capitals.update(dict.fromkeys(country.capitals, country.id))
            self._add_country(country, forms, words)

    def _add_country(self, country: Country, forms: list[str], words: Row) -> None:
        dependent = country.actor != country.id and country.last is None
        base = Entry(
            id=country.id,
            kind="territory" if dependent else "country",
            name=country.name,
            country=country.actor,
            sectors=("GOV",),
            geonames=country.geonames,
            lat=country.lat,
            lon=country.lon,
            weight=(5e8 if country.last else 1e9) + country.population / 10,
            first=country.first,
            last=country.last,
        )
        self._add(base, [_named(f) for f in forms])
        for kind, column, more in (("adjective", "adjectives", 1.0), ("inhabitant", "inhabitants", 0.5)):
            entry = replace(base, id=f"{kind}:{country.id}", kind=kind, sectors=(), weight=base.weight + more)
            found = [_named(f) for f in _split(words.get(column, ""))]
            if kind == "adjective":
                lower = any(n.form[:1].islower() for n in found)
                entry = replace(entry, weight=base.weight + (0.25 if lower else 1.0))
                found += [_Name(0, PREFIX, f) for f in _split(words.get("prefixes", ""))]
            if found:
                self._add(entry, found)

    def _load_actors(self) -> None:
        """Organisations, groups, regions, places, seats; exonyms of towns."""
        facts = {row["id"]: row for table in _TABLES for row in _rows(DATA / f"{table}.tsv")}
        for row in _rows(PACKS / self.lang / "names.tsv"):
            forms = _split(row["names"])
            if row["id"].startswith("city:"):
                self._add_exonyms(row["id"], forms)
            elif row["id"] in facts:
                self._add(_entry(facts.pop(row["id"]), _bare(forms[0])), [_named(f) for f in forms])
            else:
                raise PackError(f"packs/{self.lang}/names.tsv, {row['id']!r}: not in data/; add it there or drop it")
        self._unnamed = tuple(facts)

    def _add_exonyms(self, id: str, forms: list[str]) -> None:
        line = self._city_rows().get(id[5:])
        if line is None:
            raise PackError(f"packs/{self.lang}/names.tsv, {id!r}: no such town in data/cities.tsv")
        self._add(self._city(line), [_named(f) for f in forms])

    def _city_rows(self) -> dict[str, int]:
        if not self._city_index:
            rows = (line.split("\t", 2) for line in self._cities[:-1])
            self._city_index = {row[1]: n for n, row in enumerate(rows)}
        return self._city_index

    def _load_offices(self) -> None:
        for row in _rows(DATA / "offices.tsv"):
            office = Office(
                id=row["id"],
                sectors=tuple(_split(row["sectors"])),
                rank=int(row["rank"]),
                title=row["title"],
                many=row["many"] == "yes",
            )
            self._offices[office.id] = office
        for row in _rows(PACKS / self.lang / "offices.tsv"):
            if row["office"] not in self._offices:
                raise PackError(f"packs/{self.lang}/offices.tsv, {row['phrase']!r}: unknown office {row['office']!r}")
            words = tuple(tuple(fold(w) for w in word.split("/")) for word in row["phrase"].split())
            self._phrases.append((row["office"], words, frozenset(_split(row["countries"])) or None))
            self._titles.update(w for word in words for w in word if w not in self._titles)
        self._phrases.sort(key=lambda p: (len(p[1]), p[2] is not None), reverse=True)

    def _load_people(self) -> None:
        people: dict[str, _Person] = {}
        for row in _rows(DATA / "holders.tsv"):
            id = f"person:{row['person']}"
            person = people.get(id)
            if person is None:
                person = people[id] = _Person(id=id, name=row["name"], given=fold(row["name"]).split()[0])
            _fill(person, row, self._offices, self.lang)
        self._people = list(people.values())
        for n, person in enumerate(self._people):
            self._add_person(n, person)

    def _add_person(self, n: int, person: _Person) -> None:
        top = min(person.holdings, key=lambda h: (self._offices[h.office].rank, -(h.first or date.min).toordinal()))
        latest = max((h.first or date.min) for h in person.holdings)
        entry = Entry(
            id=person.id,
            kind="person",
            name=person.name,
            country=top.country,
            sectors=top.sectors,
            wikidata=person.wikidata,
            weight=4e7 / self._offices[top.office].rank + latest.year * 1e3,
        )
        names = [_Name(0, TITLE, f) for f in person.forms]
        names += [_Name(0, TITLE if bare else TITLED, f, surname=True) for f, bare in person.surnames.items()]
        self._person_of[self._add(entry, names)] = n
        for key in {fold(f) for f in (*person.forms, *person.surnames)}:
            self._by_name.setdefault(key, []).append(n)
        self._given.add(person.given)
        for holding in person.holdings:
            self._held.setdefault((holding.office, holding.country), []).append(holding)

    def _add_official(self, line: str, key: str) -> None:
        """Puts a row of data/officials.tsv (one term of one person) under the name that was seen."""
        _, name, country, sectors, first, last = line.split("\t")
        id = f"official:{fold(name).replace(' ', '-')}-{country.lower()}"
        term = Holding(
            person=id,
            name=name,
            office="official",
            country=self._countries[country].actor,
            sectors=(sectors,),
            first=first_day(first),
            last=last_day(last),
            precision="month",
            sure=False,
        )
        if id not in self._ids:
            self._people.append(_Person(id=id, name=name, given=key.split()[0], holdings=[term], forms={key: None}))
            self._add_person(len(self._people) - 1, self._people[-1])
            return
        index = self._person_of[self._add(self._entries[self._ids[id]], (_Name(0, TITLE, key),))]
        if term not in self._people[index].holdings:
            self._people[index].holdings.append(term)
        if index not in self._by_name.setdefault(key, []):
            self._by_name[key].append(index)

    def _load_extra(self, path: Path) -> None:
        """The user's own actors: TSV with a header line, or TOML with [[actor]] tables; see docs/world.md."""
        for where, row in _extra_rows(path):
            unknown = set(row) - _EXTRA
            if unknown or not row.get("names"):
                problem = f"unknown column {sorted(unknown)[0]!r}" if unknown else "no names"
                raise PackError(f"{path}, {where}: {problem}; the columns are {', '.join(sorted(_EXTRA))}")
            try:
                forms = _split(row["names"])
                id = f"user:{fold(forms[0]).replace(' ', '-')}"
                entry = _entry({"id": id, "kind": "organisation", **row}, forms[0])
            except ValueError as problem:
                raise PackError(f"{path}, {where}: {problem}") from problem
            if entry.country and not _is_country(entry.country, self._countries):
                raise PackError(f"{path}, {where}: unknown country {entry.country!r}; use ISO alpha-3 or a PLOVER code")
            self._add(replace(entry, weight=3e9), [_named(f) for f in forms])

    def check(self) -> list[str]:
        """What is wrong in the register: overlaps, impossible dates, doubled persons, entries without a name."""
        return [*self._wrong_dates(), *self._overlaps(), *self._doubles(), *self._nameless()]

    def _wrong_dates(self) -> Iterator[str]:
        for person in self._people:
            for h in person.holdings:
                if h.first and h.last and h.last < h.first:
                    yield f"holders.tsv, {person.name}, {h.office} {h.country}: ends {h.last}, begins {h.first}"
                if not _is_country(h.country, self._countries):
                    yield f"holders.tsv, {person.name}, {h.office}: unknown country {h.country!r}"

    def _overlaps(self) -> Iterator[str]:
        for (office, country), held in self._held.items():
            if self._offices[office].many:
                continue
            known = sorted((h for h in held if h.first), key=lambda h: (h.first or date.min, h.last or date.max))
            for a, b in pairwise(known):
                end, slack = a.last or date.max, _SLACK[max(a.precision, b.precision, key=list(_SLACK).index)]
                if b.first and a.person != b.person and (end - b.first).days > slack:
                    yield f"holders.tsv, {office} {country}: {a.name} (to {a.last}) overlaps {b.name} (from {b.first})"

    def _doubles(self) -> Iterator[str]:
        """Persons whose name is another's second spelling, in one country."""
        names = {(fold(p.name), h.country): p for p in self._people for h in p.holdings}
        for person in self._people:
            for form in person.forms:
                for country in {h.country for h in person.holdings}:
                    other = names.get((fold(form), country), person)
                    if other is not person and not person.id.startswith(other.id):
                        yield f"holders.tsv: {person.id} and {other.id} of {country} are both called {form}"

    def _nameless(self) -> Iterator[str]:
        yield from (f"packs/{self.lang}/names.tsv: no name for {id!r}" for id in self._unnamed)


_NONE: list[_Name] = []
_HYPHENS = frozenset("-‐‑")
_BARRIER = ((",", ","),)  # what stands between names and is no word


def first_day(text: str) -> date | None:
    """The first day of "2006", "2006-02" or "2006-02-11"; None for nothing."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def last_day(text: str) -> date | None:
    """The last day of "2006", "2006-02" or "2006-02-11"; None for nothing."""
    if not text:
        return None
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> tuple[tuple[str, str], ...]:
    """(folded, as written) of the parts that hyphens, apostrophes and blanks make of a word."""
    parts = (p.replace(".", "").strip(_MARKS) for p in _JOINERS.split(word))
    return tuple((p.translate(_PLAIN).lower(), p) for p in parts if p)


def _fits(name: _Name, forms: list[str], i: int, shout: bool) -> bool:
    """Whether the text's capitals allow the name."""
    rule, form = name.rule, forms[i]
    if rule in (ANY, PREFIX):
        return True
    if rule == NEVER or not form[0].isupper():
        return False
    if name.surname and not _like_surname(forms, i, name.length):
        return False
    if rule == TITLED:
        return i > 0
    if rule == TITLE:
        return not (name.fresh and (i == 0 or shout))
    if rule == EXACT:
        return form == name.form.replace(".", "") and not shout
    return (form.isupper() and not (shout and len(form) < 4)) or (len(form) > 3 and form.istitle())


def _like_surname(forms: list[str], i: int, length: int) -> bool:
    """Whether a surname's last piece has its capital ("Le Maire", not "Le maire") and is no acronym ("CHU")."""
    last = forms[i + length - 1]
    return last[0].isupper() and not (length == 1 and len(last) < 5 and last.isupper() and len(last) > 1)


def _in_order(pattern: tuple[tuple[str, ...], ...], pieces: list[str]) -> bool:
    rest = iter(pieces)
    return all(any(piece in choices for piece in rest) for choices in pattern)


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    return day is None or ((first is None or first <= day) and (last is None or day <= last))


def _split(text: str) -> list[str]:
    return text.split("|") if text else []


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _bare(form: str) -> str:
    return form.lstrip("^=~")


def _named(form: str) -> _Name:
    """A name as the tables write it: "=" exact letters, "^" not as a first word, "~" only for look-ups."""
    marks, form = form[: len(form) - len(_bare(form))], _bare(form)
    if "~" in marks:
        rule = NEVER
    elif "=" in marks:
        rule = EXACT
    elif form[0].islower():
        rule = ANY
    elif form.isupper() and " " not in form and len(form.replace(".", "")) < 8 and len(form) > 1:
        rule = ACRONYM
    else:
        rule = TITLE
    return _Name(0, rule, form, fresh="^" in marks)


def _rows(path: Path) -> Iterator[Row]:
    """The rows of a table with one header line."""
    lines = path.read_text("utf-8").split("\n")
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        if line:
            values = line.split("\t")
            if len(values) != len(header):
                raise PackError(f"{path.name}, line {number}: {len(values)} columns, the header has {len(header)}")
            yield dict(zip(header, values, strict=True))


def _entry(row: Row, name: str) -> Entry:
    """An entry from a row of facts; columns that the row lacks are unknown."""
    return Entry(
        id=row["id"],
        kind=row["kind"],
        name=name,
        country=row.get("country") or None,
        sectors=tuple(_split(row.get("sectors", ""))),
        wikidata=row.get("wikidata") or None,
        geonames=_whole(row.get("geonames", "")),
        lat=_number(row.get("lat", "")),
        lon=_number(row.get("lon", "")),
        weight=float(row.get("weight") or _WEIGHTS.get(row["kind"], 1e6)),
        first=first_day(row.get("first", "")),
        last=last_day(row.get("last", "")),
    )


def _fill(person: _Person, row: Row, offices: dict[str, Office], lang: str) -> None:
    """Adds one row of the register to its person."""
    office = offices.get(row["office"])
    if office is None:
        raise PackError(f"holders.tsv, {row['name']!r}: unknown office {row['office']!r}")
    person.wikidata = person.wikidata or row["wikidata"] or None
    person.holdings.append(
        Holding(
            person=person.id,
            name=person.name,
            office=office.id,
            country=row["country"],
            sectors=office.sectors,
            first=first_day(row["first"]),
            last=last_day(row["last"]),
            precision=row["precision"],
            sure=row["sure"] != "no",
            wikidata=person.wikidata,
        )
    )
    person.forms.update(dict.fromkeys([row["name"], *_split(row["spellings"])]))
    person.surnames.update((_bare(s), not s.startswith("~")) for s in _split(row["surnames"]))


def _extra_rows(path: Path) -> Iterator[tuple[str, Row]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackError(f"{path}: cannot be read as UTF-8 text ({problem})") from problem
    if path.suffix == ".toml":
        try:
            actors = tomllib.loads(text).get("actor", [])
        except tomllib.TOMLDecodeError as problem:
            raise PackError(f"{path}: {problem}") from problem
        for n, actor in enumerate(actors, 1):
            row = {k: "|".join(v) if isinstance(v, list) else str(v) for k, v in actor.items()}
            yield f"actor {n} ({row.get('names', '?')})", row
        return
    lines = text.splitlines()
    header = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            values = line.split("\t")
            if len(values) > len(header):
                raise PackError(f"{path}, line {number}: {len(values)} columns, the header has {len(header)}")
            yield f"line {number}", dict(zip(header, values, strict=False))


def _is_country(code: str, countries: dict[str, Country]) -> bool:
    return code in countries or code in NON_STATES or code.startswith("R-")
