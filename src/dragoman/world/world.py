"""The world as one language names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

from dragoman.world.check import Problem, check
from dragoman.world.find import find
from dragoman.world.index import Index
from dragoman.world.names import Name, fold, in_order, pieces
from dragoman.world.values import Country, Entry, Holding, Office

Match = tuple[int, int, tuple[Entry, ...]]
_PLACES = frozenset({"city", "capital", "country", "territory", "region", "place"})


class World:
    """Names looked up in one language; docs/world.md tells the tables behind it."""

    def __init__(self, lang: str, *, extra: Sequence[Path] = ()) -> None:
        self.lang = lang
        self._index = Index(lang, extra=extra)

    def find(self, words: Sequence[str], day: date | None = None) -> list[Match]:
        """The names in a sentence's token texts: (first token, last token + 1, candidates best first).

        Longest first, without overlap; the two parts of a compound ("franco-allemand") share their token and come
        as two matches in order. With a day, candidates valid on it come first and persons have the sectors they
        had then (ELI after their last term).
        """
        return [(start, end, self._ranked(names, day)) for start, end, names in find(self._index, words)]

    def country(self, iso3: str) -> Country | None:
        """A country by its code (also SUN, YUG …)."""
        return self._index.countries.get(iso3)

    def countries(self) -> tuple[Country, ...]:
        """All countries, dependencies and former states."""
        return tuple(self._index.countries.values())

    def entry(self, id: str) -> Entry | None:
        """An entry by its id, or None."""
        index = self._index.ids.get(id)
        return None if index is None else self._index.entries[index]

    def lookup(self, name: str, day: date | None = None) -> tuple[Entry, ...]:
        """All that a name can mean, whatever its capitals, best first."""
        return self._ranked(self._index.at(fold(name)), day)

    def person(self, name: str, day: date | None = None) -> tuple[Holding, ...]:
        """The offices of those who bear a full name or surname: those held on the day first, then the nearest."""
        self._index.at(fold(name))
        found = [h for p in self._index.by_name.get(fold(name), []) for h in self._index.people[p].holdings]
        return tuple(sorted(found, key=lambda h: self._distance(h, day)))

    def holders(self, office: str, country: str, day: date | None = None) -> tuple[Holding, ...]:
        """Who held an office (on the day, if one is given), the latest first."""
        found = [h for h in self._index.held.get((office, country), []) if day is None or h.holds(day)]
        return tuple(sorted(found, key=lambda h: (h.sure, h.first or date.min), reverse=True))

    def offices(self) -> list[tuple[str, tuple[str, ...], frozenset[str] | None]]:
        """(office id, content words as `fold` gives them, countries or None) of all phrases, longest first."""
        return [(id, words, countries) for id, choices, countries in self._index.phrases for words in product(*choices)]

    def office(self, words: Sequence[str], country: str | None = None) -> Office | None:
        """The office that a phrase's lemmas (or words) name; phrases meant for one country need that country."""
        lemmas = [low for word in words for low, _ in pieces(word)]
        for id, pattern, countries in self._index.phrases:
            if (countries is None or country in countries) and in_order(pattern, lemmas):
                return self._index.offices[id]
        return None

    def office_by_id(self, id: str) -> Office | None:
        """An office of data/offices.tsv."""
        return self._index.offices.get(id)

    def place(self, name: str, near: str | None = None) -> Entry | None:
        """The place that a name most likely means, in the country `near` if it has one of that name."""
        places = [e for e in self.lookup(name) if e.kind in _PLACES]
        if near is not None:
            places.sort(key=lambda e: e.country != near)
        return places[0] if places else None

    def people(self) -> tuple[str, ...]:
        """The folded names, full names and surnames, of all persons of the register."""
        return tuple(self._index.by_name)

    def problems(self) -> list[Problem]:
        """Errors of the register (impossible dates, unknown codes, doubled persons …) and notes (overlaps, gaps)."""
        return check(self._index)

    def check(self) -> list[str]:
        """What is wrong in the register, as text, less the gaps, which only tell what is not known."""
        return [p.text for p in self.problems() if p.kind != "gap"]

    def _ranked(self, names: Iterable[Name], day: date | None) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        for name in names:
            entry = self._index.entries[name.entry]
            found.setdefault(
                entry.id,
                self._person_at(name.entry, day) if entry.kind == "person" else entry,
            )
        return tuple(sorted(found.values(), key=lambda e: (not e.valid(day), -e.weight)))

    def _person_at(self, index: int, day: date | None) -> Entry:
        """A person as on the day: the sectors of the office then held, ELI after the last, none before the first."""
        entry, person = (
            self._index.entries[index],
            self._index.people[self._index.person_of[index]],
        )
        if day is None:
            return entry
        held = [h for h in person.holdings if h.holds(day)]
        if held:
            best = min(held, key=lambda h: self._index.offices[h.office].rank)
            return replace(
                entry,
                country=best.country,
                sectors=best.sectors,
                weight=entry.weight + 5e7,
            )
        latest = max(person.holdings, key=lambda h: h.first or date.min)
        former = any(h.last is not None and h.last < day and "GOV" in h.sectors for h in person.holdings)
        return replace(entry, country=latest.country, sectors=("ELI",) if former else entry.sectors)

    def _distance(self, holding: Holding, day: date | None) -> tuple[int, int]:
        rank = self._index.offices[holding.office].rank
        first, last = holding.first or date.min, holding.last or date.max
        if day is None:
            return (-last.toordinal(), rank)
        if first <= day <= last:
            return (0, rank)
        return ((day - last).days if last < day else (first - day).days * 2, rank)
