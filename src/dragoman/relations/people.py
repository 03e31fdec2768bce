"""Whether two parties are one person, and whether somebody held an office on a day: names, and the world's register."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dragoman.model import Party
from dragoman.pack import languages, load_pack
from dragoman.record.sides import many_offices, side_of
from dragoman.world import World, ask
from dragoman.world.names import fold
from dragoman.world.values import Holding

# Who bears one of these answers for the first of them, too.
HEADS = frozenset({"head-of-state", "co-head-of-state", "king", "supreme-leader", "acting-leader", "junta"})
SAME = {"head-of-state": HEADS, "head-of-government": frozenset({"head-of-government", "acting-leader"})}


@lru_cache(maxsize=1)
def worlds() -> tuple[World, ...]:
    """The world in every language, the very ones that coding looks at."""
    return tuple(load_pack(lang).world for lang in languages())


def is_person(party: Party) -> bool:
    """Whether a party is somebody by name, not a body, a country or a town."""
    if not party.name:
        return False
    if party.office is None and party.id is None and _is_place(party.name):
        return False
    return bool(side_of([(party.name, party.country, party.sectors, party.office, party.id)]).persons)


@lru_cache(maxsize=20_000)
def _is_place(name: str) -> bool:
    """Whether a name is a town's or a land's, and nobody's who held an office."""
    entries = [entry for world in worlds() for entry in world.lookup(name)]
    return bool(entries) and all(entry.kind not in ("person", "group", "organisation") for entry in entries)


# Whose journeys are politics: those who govern, fight, judge, make laws or want to. Others only where they held office.
POLITICAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "PTY", "OPP", "ELI", "REB", "PRM", "PRE", "REL"})


def is_political(party: Party) -> bool:
    """Whether a person acts in politics, as the text says or the register of office-holders knows."""
    return bool(
        party.office or not POLITICAL.isdisjoint(party.sectors) or (party.name and terms(party.name, party.country))
    )


def is_pointed_at(party: Party) -> bool:
    """Whether the text only points at a party, with a pronoun or a possessive."""
    return party.text.lower() in _pointers()


@lru_cache(maxsize=1)
def _pointers() -> frozenset[str]:
    agents = [load_pack(lang).agents for lang in languages()]
    return frozenset(word for one in agents for word in (*one.pronouns, *one.possessives))


def title_of(office: str) -> str:
    """An office in words."""
    found = worlds()[0].office_by_id(office)
    return found.title if found else office


def office_of(words: str, country: str | None) -> str:
    """The id of an office given by its id or by a phrase of any language; InputError where it is not known."""
    return ask.office_of(worlds(), words, country).id


def same_name(one: str, other: str) -> bool:
    """Whether two names may be of one person: equal but for middle names and initials, or a surname alone."""
    a, b = fold(one).split(), fold(other).split()
    if not a or not b:
        return False
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        short, long = (a, b) if len(a) == 1 else (b, a)
        return short[0] in long[1:] or short[0] == long[-1]
    first = a[0] == b[0] or (a[0][0] == b[0][0] and 1 in (len(a[0]), len(b[0])))
    return first and (a[-1] == b[-1] or set(a[1:]) <= set(b[1:]) or set(b[1:]) <= set(a[1:]))


def same_person(one: Party, other: Party, day: date | None) -> bool:
    """Whether two parties are one traveller: by name; by office where a name lacks; as delegations of one country."""
    if one.country and other.country and one.country != other.country:
        return False
    named = is_person(one), is_person(other)
    if all(named):
        return same_name(one.name or "", other.name or "") or _same_holding(one, other, day)
    if any(named):
        person, office = (one, other) if named[0] else (other, one)
        # "A minister" may be any of them; only an office that one holds at a time tells who it is.
        return office.office is not None and office.office not in many_offices() and holds(person, office.office, day)
    return one.office == other.office and one.country == other.country


def holds(party: Party, office: str, day: date | None) -> bool:
    """Whether a party bears an office: as its text says, or as the register of office-holders knows of that day."""
    wanted = SAME.get(office, frozenset({office}))
    if party.office in wanted:
        return True
    if day is None or not party.name:
        return False
    return any(h.office in wanted and h.holds(day) for h in _held(party, day))


@lru_cache(maxsize=20_000)
def terms(name: str, country: str | None) -> tuple[Holding, ...]:
    """The terms of office of whoever bears a name, in a country where that is known."""
    found = {h for world in worlds() for h in world.person(name)}
    return tuple(h for h in found if country is None or h.country == country)


def _held(party: Party, day: date) -> tuple[Holding, ...]:
    """The terms that a party had on a day: by its name; else, where it has an office too, by office and surname."""
    name = party.name or ""
    held = tuple(h for h in terms(name, party.country) if h.holds(day))
    if held or not name or party.office is None or party.country is None:
        return held
    surname = fold(name).split()[-1]
    found = worlds()[0].holders(party.office, party.country, day)
    return tuple(h for h in found if fold(h.name).split()[-1] == surname)


def registered_as(party: Party, day: date | None) -> str:
    """The folded name that the register of office-holders has for a person; the party's own where it has none."""
    if not party.name:
        return ""
    held = {h.name for h in _held(party, day)} if day is not None else set()
    held = held or {h.name for h in terms(party.name, party.country)}
    return fold(held.pop() if len(held) == 1 else party.name)


def _same_holding(one: Party, other: Party, day: date | None) -> bool:
    """Two spellings of one holder of an office."""
    if day is None or not one.country or not other.country:
        return False
    return not {h.person for h in _held(one, day)}.isdisjoint(h.person for h in _held(other, day))
