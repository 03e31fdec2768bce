"""All names and facts of one language, indexed; big tables stay text until a name is seen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from dragoman.errors import PackError
from dragoman.world.names import (
    NEVER,
    PREFIX,
    TITLE,
    TITLED,
    Name,
    bare,
    fold,
    named,
    sound,
)
from dragoman.world.tables import (
    DATA,
    PACKS,
    Row,
    entry_of,
    extra_rows,
    number,
    rows,
    split,
    whole,
)
from dragoman.world.values import (
    NON_STATES,
    Country,
    Entry,
    Holding,
    Office,
    first_day,
    last_day,
)

_TABLES = ("organisations", "groups", "regions", "places", "seats")
_EXTRA = frozenset(
    {
        "names",
        "kind",
        "country",
        "sectors",
        "wikidata",
        "geonames",
        "lat",
        "lon",
        "first",
        "last",
        "office",
        "precision",
        "sure",
        "surnames",
    }
)
_NONE: list[Name] = []
# Read on 30,000 sentences of French news: below these, strangers were taken for persons of the register.
_SHORT, _ALIKE = 9, 0.82


@dataclass(slots=True)
class Person:
    """All that the register holds on one person."""

    id: str
    name: str
    given: str
    holdings: list[Holding] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, bool] = field(default_factory=dict)  # surname -> may stand alone in a text
    wikidata: str | None = None


def _alike(a: str, b: str) -> bool:
    """Whether two names that sound alike also look so: the same initials, and most letters."""
    initials = [[word[0] for word in name.split()] for name in (a, b)]
    return initials[0] == initials[1] and SequenceMatcher(None, a, b).ratio() > _ALIKE


class Index:
    """What `World` looks things up in."""

    def __init__(self, lang: str, *, extra: Sequence[Path] = ()) -> None:
        self.lang = lang
        self.entries: list[Entry] = []
        self.names: dict[str, list[Name]] = {}
        self.spans: dict[str, int] = {}  # first piece -> bit mask of the lengths of names that begin with it
        self.ids: dict[str, int] = {}
        self.countries: dict[str, Country] = {}
        self.people: list[Person] = []
        self.own: dict[str, Person] = {}  # the user's
        self.by_name: dict[str, list[int]] = {}
        self.person_of: dict[int, int] = {}
        self.held: dict[tuple[str, str], list[Holding]] = {}
        self.given: set[str] = set()
        self.lookup: dict[str, str] = {}  # folded name -> rows of the big tables
        self.cities: list[str] = []
        self.officials: list[str] = []
        self.city_index: dict[str, int] = {}
        self.capitals: dict[int, str] = {}
        self.contractions: dict[str, str] = {}
        self.unnamed: tuple[str, ...] = ()
        self.titles: set[str] = set()
        self.block_before: frozenset[str] = frozenset()
        self.block_after: frozenset[str] = frozenset()
        self.offices: dict[str, Office] = {}
        self.phrases: list[tuple[str, tuple[tuple[str, ...], ...], frozenset[str] | None]] = []
        self.sounds: dict[str, dict[str, int]] = {}  # made when first needed
        self._load_naming()
        self._load_lookup()
        self._load_offices()
        self._load_countries()
        self._load_actors()
        self._load_people()
        for path in extra:
            self._load_extra(path)

    def heard(self, key: str) -> list[Name]:
        """The person of the register whose full name is a spelling of this folded one; none where two are."""
        if not self.sounds:
            for n, person in enumerate(self.people):
                for form in map(fold, person.forms):
                    self.sounds.setdefault(sound(form), {})[form] = n
        forms = self.sounds.get(sound(key), {}) if len(key) > _SHORT else {}
        found = {n for form, n in forms.items() if _alike(key, form)}
        if len(found) != 1:
            return []
        person = self.people[found.pop()]
        return [Name(self.ids[person.id], TITLE, person.name)]

    def at(self, key: str) -> list[Name]:
        """The names written so; towns are turned into entries on first sight."""
        for row in self.lookup.pop(key, "").split():
            number = int(row[1:])
            if row[0] == "o":
                self._add_official(self.officials[number], key)
            else:
                rule = NEVER if row[0] == "x" else TITLE
                self.add(self._city(number), (Name(0, rule, key, fresh=row[0] == "C"),))
        return self.names.get(key, _NONE)

    def add(self, entry: Entry, names: Iterable[Name]) -> int:
        """Puts an entry and its names in the index."""
        index = self.ids.get(entry.id)
        if index is None:
            index = self.ids[entry.id] = len(self.entries)
            self.entries.append(entry)
        for name in names:
            key = fold(name.form)
            if key:
                name.entry = index
                self._index(key, name)
                longer = self._uncontracted(key)
                if longer != key:
                    self._index(longer, name)
        return index

    def _index(self, key: str, name: Name) -> None:
        self.names.setdefault(key, []).append(name)
        first, _, rest = key.partition(" ")
        if rest:
            name.length = rest.count(" ") + 2
            self.spans[first] = self.spans.get(first, 0) | (1 << name.length - 1)

    def _uncontracted(self, key: str) -> str:
        """The key as a tokenizer gives it that splits contracted forms (of French, "du": "de le")."""
        if not self.contractions:
            return key
        return " ".join(self.contractions.get(piece, piece) for piece in key.split())

    def _load_naming(self) -> None:
        path = PACKS / self.lang / "naming.toml"
        data = tomllib.loads(path.read_text("utf-8"))
        self.block_before = frozenset(fold(w) for w in data["block_before"])
        self.block_after = frozenset(fold(w) for w in data["block_after"])
        self.titles = {piece for w in data["titles"] for piece in fold(w).split()}
        self.contractions = dict(data["contractions"])

    def _load_lookup(self) -> None:
        """The big tables: their rows stay text until a name is seen; see tools/build_index.py."""
        names, _, lengths = (DATA / "lookup.tsv").read_text("utf-8").partition("\n\n")
        self.lookup = dict(line.split("\t") for line in names.split("\n"))
        self.spans = {first: int(mask) for first, mask in (line.split("\t") for line in lengths.split("\n"))}
        self.cities = (DATA / "cities.tsv").read_text("utf-8").split("\n")
        self.officials = (DATA / "officials.tsv").read_text("utf-8").split("\n")

    def _city(self, line: int) -> Entry:
        _, id, name, iso3, lat, lon, people = self.cities[line].split("\t")
        geonames = int(id)
        actor = self.countries[iso3].actor if iso3 in self.countries else iso3
        capital = geonames in self.capitals
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
        names = {row["id"]: row for row in rows(PACKS / self.lang / "countries.tsv")}
        for row in rows(DATA / "countries.tsv"):
            words = names.get(row["id"], {})
            forms = split(words.get("names", "")) or [row["name"]]
            country = Country(
                id=row["id"],
                iso2=row["iso2"] or None,
                name=row["name"],
                actor=row["actor"],
                capitals=tuple(int(c) for c in split(row["capitals"])),
                regions=tuple(split(row["regions"])),
                member_of=tuple(split(row["member_of"])),
                neighbours=tuple(split(row["neighbours"])),
                names=tuple(bare(f) for f in forms),
                lat=number(row["lat"]),
                lon=number(row["lon"]),
                geonames=whole(row["geonames"]),
                population=int(row["population"] or 0),
                first=first_day(row["first"]),
                last=last_day(row["last"]),
            )
            self.countries[country.id] = country
            self.capitals.update(dict.fromkeys(country.capitals, country.id))
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
        self.add(base, [named(f) for f in forms])
        for kind, column, more in (
            ("adjective", "adjectives", 1.0),
            ("inhabitant", "inhabitants", 0.5),
        ):
            entry = replace(
                base,
                id=f"{kind}:{country.id}",
                kind=kind,
                sectors=(),
                weight=base.weight + more,
            )
            found = [named(f) for f in split(words.get(column, ""))]
            if kind == "adjective":
                lower = any(n.form[:1].islower() for n in found)
                entry = replace(entry, weight=base.weight + (0.25 if lower else 1.0))
                found += [Name(0, PREFIX, f) for f in split(words.get("prefixes", ""))]
            if found:
                self.add(entry, found)

    def _load_actors(self) -> None:
        """Organisations, groups, regions, places, seats; exonyms of towns."""
        facts = {row["id"]: row for table in _TABLES for row in rows(DATA / f"{table}.tsv")}
        for row in rows(PACKS / self.lang / "names.tsv"):
            forms = split(row["names"])
            if row["id"].startswith("city:"):
                self._add_exonyms(row["id"], forms)
            elif row["id"] in facts:
                self.add(
                    entry_of(facts.pop(row["id"]), bare(forms[0])),
                    [named(f) for f in forms],
                )
            else:
                raise PackError(f"packs/{self.lang}/names.tsv, {row['id']!r}: not in data/; add it there or drop it")
        self.unnamed = tuple(facts)

    def _add_exonyms(self, id: str, forms: list[str]) -> None:
        line = self._city_rows().get(id[5:])
        if line is None:
            raise PackError(f"packs/{self.lang}/names.tsv, {id!r}: no such town in data/cities.tsv")
        self.add(self._city(line), [named(f) for f in forms])

    def _city_rows(self) -> dict[str, int]:
        if not self.city_index:
            rows = (line.split("\t", 2) for line in self.cities[:-1])
            self.city_index = {row[1]: n for n, row in enumerate(rows)}
        return self.city_index

    def _load_offices(self) -> None:
        for row in rows(DATA / "offices.tsv"):
            office = Office(
                id=row["id"],
                sectors=tuple(split(row["sectors"])),
                rank=int(row["rank"]),
                title=row["title"],
                many=row["many"] == "yes",
            )
            self.offices[office.id] = office
        for row in rows(PACKS / self.lang / "offices.tsv"):
            if row["office"] not in self.offices:
                raise PackError(f"packs/{self.lang}/offices.tsv, {row['phrase']!r}: unknown office {row['office']!r}")
            words = tuple(tuple(fold(w) for w in word.split("/")) for word in row["phrase"].split())
            self.phrases.append((row["office"], words, frozenset(split(row["countries"])) or None))
            self.titles.update(w for word in words for w in word if w not in self.titles)
        self.phrases.sort(key=lambda p: (len(p[1]), p[2] is not None), reverse=True)

    def _load_people(self) -> None:
        people: dict[str, Person] = {}
        for row in rows(DATA / "holders.tsv"):
            id = f"person:{row['person']}"
            person = people.get(id)
            if person is None:
                person = people[id] = Person(id=id, name=row["name"], given=fold(row["name"]).split()[0])
            _fill(person, row, self.offices, self.lang)
        self.people = list(people.values())
        for n, person in enumerate(self.people):
            self._add_person(n, person)

    def _add_person(self, n: int, person: Person, *, bonus: float = 0.0) -> None:
        top = min(
            person.holdings,
            key=lambda h: (
                self.offices[h.office].rank,
                -(h.first or date.min).toordinal(),
            ),
        )
        latest = max((h.first or date.min) for h in person.holdings)
        entry = Entry(
            id=person.id,
            kind="person",
            name=person.name,
            country=top.country,
            sectors=top.sectors,
            wikidata=person.wikidata,
            weight=4e7 / self.offices[top.office].rank + latest.year * 1e3 + bonus,
        )
        names = [Name(0, TITLE, f) for f in person.forms]
        names += [Name(0, TITLE if bare else TITLED, f, surname=True) for f, bare in person.surnames.items()]
        self.person_of[self.add(entry, names)] = n
        for key in {fold(f) for f in (*person.forms, *person.surnames)}:
            self.by_name.setdefault(key, []).append(n)
        self.given.add(person.given)
        for holding in person.holdings:
            self.held.setdefault((holding.office, holding.country), []).append(holding)

    def _add_official(self, line: str, key: str) -> None:
        """Puts a row of data/officials.tsv (one term of one person) under the name that was seen."""
        _, name, country, sectors, first, last = line.split("\t")
        id = f"official:{fold(name).replace(' ', '-')}-{country.lower()}"
        term = Holding(
            person=id,
            name=name,
            office="official",
            country=self.countries[country].actor,
            sectors=(sectors,),
            first=first_day(first),
            last=last_day(last),
            precision="month",
            sure=False,
        )
        if id not in self.ids:
            self.people.append(
                Person(
                    id=id,
                    name=name,
                    given=key.split()[0],
                    holdings=[term],
                    forms={key: None},
                )
            )
            self._add_person(len(self.people) - 1, self.people[-1])
            return
        index = self.person_of[self.add(self.entries[self.ids[id]], (Name(0, TITLE, key),))]
        if term not in self.people[index].holdings:
            self.people[index].holdings.append(term)
        if index not in self.by_name.setdefault(key, []):
            self.by_name[key].append(index)

    def _load_extra(self, path: Path) -> None:
        """The user's own actors: TSV with a header line, or TOML with [[actor]] tables; see docs/world.md."""
        known = len(self.people)
        for where, row in extra_rows(path):
            unknown = set(row) - _EXTRA
            if unknown or not row.get("names"):
                problem = f"unknown column {sorted(unknown)[0]!r}" if unknown else "no names"
                raise PackError(f"{path}, {where}: {problem}; the columns are {', '.join(sorted(_EXTRA))}")
            try:
                forms = split(row["names"])
                id = f"user:{fold(forms[0]).replace(' ', '-')}"
                entry = entry_of({"id": id, "kind": "organisation", **row}, forms[0])
            except ValueError as problem:
                raise PackError(f"{path}, {where}: {problem}") from problem
            if entry.country and not is_country(entry.country, self.countries):
                raise PackError(f"{path}, {where}: unknown country {entry.country!r}; use ISO alpha-3 or a PLOVER code")
            if row.get("office") or entry.kind == "person":
                self._extra_term(entry, row, forms, f"{path}, {where}")
                continue
            if entry.id in self.ids:  # the same actor at another time
                entry = replace(entry, id=f"{entry.id}-{len(self.entries)}")
            self.add(replace(entry, weight=3e9), [named(f) for f in forms])
        for n in range(known, len(self.people)):
            self._add_person(n, self.people[n], bonus=3e9)

    def _extra_term(self, entry: Entry, row: Row, forms: list[str], where: str) -> None:
        """Adds one term of a user's person; the same name in the same country, or Wikidata id, is one person."""
        office = self.offices.get(row.get("office") or "official")
        precision = row.get("precision") or "day"
        if office is None or precision not in ("day", "month", "year"):
            wrong = f"precision {precision!r}" if office else f"office {row['office']!r}; data/offices.tsv has them"
            raise PackError(f"{where}: unknown {wrong}")
        if not entry.country:
            raise PackError(f"{where}: a person's term needs a country")
        id = entry.wikidata or f"{fold(forms[0]).replace(' ', '-')}-{entry.country.lower()}"
        person = self.own.get(f"user:{id}")
        if person is None:
            given = (fold(forms[0]).split() or [""])[0]
            person = self.own[f"user:{id}"] = Person(id=f"user:{id}", name=forms[0], given=given)
            self.people.append(person)
        person.wikidata = person.wikidata or entry.wikidata
        person.forms.update(dict.fromkeys(forms))
        person.surnames.update((bare(s), not s.startswith("~")) for s in split(row.get("surnames", "")))
        person.holdings.append(
            Holding(
                person=person.id,
                name=person.name,
                office=office.id,
                country=entry.country,
                sectors=entry.sectors or office.sectors,
                first=entry.first,
                last=entry.last,
                precision=precision,
                sure=row.get("sure") != "no",
                wikidata=person.wikidata,
            )
        )


def _fill(person: Person, row: Row, offices: dict[str, Office], lang: str) -> None:
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
    person.forms.update(dict.fromkeys([row["name"], *split(row["spellings"])]))
    person.surnames.update((bare(s), not s.startswith("~")) for s in split(row["surnames"]))


def is_country(code: str, countries: dict[str, Country]) -> bool:
    """Whether a code is of a country, of PLOVER's non-states, or of a region."""
    return code in countries or code in NON_STATES or code.startswith("R-")
