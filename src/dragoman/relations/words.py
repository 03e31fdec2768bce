"""Acts in words for people: who went where and when, and who tells it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Party, Visit
from dragoman.relations.ages import day_words
from dragoman.relations.people import is_person, worlds
from dragoman.relations.scope import Act, office

SHOWN = 3  # acts that a sentence names; the rest are counted


def country_name(code: str | None) -> str:
    """A country's English name; a code that is no country's as it is."""
    known = worlds_english(code) if code else None
    return known or code or "an unknown country"


def worlds_english(code: str) -> str | None:
    """The name that the register has for a code."""
    country = worlds()[0].country(code)
    return country.name if country is not None else None


def office_title(id: str) -> str:
    """An office's English title."""
    known = office(id)
    return known.title if known is not None else id


def who_words(party: Party) -> str:
    """ "Léon Mba (head of state, Gabon)"."""
    name = (party.name if is_person(party) else None) or party.name or party.text
    parts = [office_title(party.office)] if party.office else []
    if party.country and name != country_name(party.country):
        parts.append(country_name(party.country))
    return f"{name} ({', '.join(parts)})" if parts else name


def act_words(act: Act) -> str:
    """An act in a few words: who, where, when."""
    who = " and ".join(who_words(p) for p in act.who[:2])
    when = day_words(act.days) if act.days else "on a day not told"
    thing = act.thing
    if isinstance(thing, Visit):
        return f"{who} in {country_name(thing.host)}, {when}"
    deed = f"{thing.type}/{thing.mode}" if thing.mode else thing.type
    whom = " and ".join(who_words(p) for p in thing.recipients[:2])
    return f"{deed} by {who}{f' towards {whom}' if whom else ''}, {when}"


def listed(acts: Sequence[Act]) -> str:
    """Acts in words, the latest first; many are counted."""
    ordered = sorted(acts, key=lambda a: a.key, reverse=True)
    words = "; ".join(act_words(a) for a in ordered[:SHOWN])
    return f"{words}; and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else words


def tellers(acts: Sequence[Act]) -> str:
    """Which outlets and registers tell of visits."""
    names = {
        f"the register {b.name}" if b.kind == "register" else b.name
        for a in acts
        if isinstance(a.thing, Visit)
        for b in a.thing.backing
    }
    return ", ".join(sorted(names))
