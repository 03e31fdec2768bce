"""Questions to the register: who held an office, what a person held; in the words of any language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from dragoman.errors import InputError
from dragoman.world.names import fold, in_order, pieces
from dragoman.world.values import NON_STATES, Holding, Office, first_day, last_day
from dragoman.world.world import World

# Who is at the head of a state under another title answers for its head too.
_SAME = {
    "head-of-state": ("co-head-of-state", "king", "supreme-leader", "palestinian-leader", "acting-leader", "junta"),
    "head-of-government": ("acting-leader",),
}
_SMALL = 3  # letters: shorter words of a phrase may be left over, they are articles and prepositions
_NEAR = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who held an office, as far as the register knows; empty `holders`: not known."""

    office: Office
    country: str
    holders: tuple[Holding, ...]
    before: Holding | None = None  # the last known holder before the day
    after: Holding | None = None  # the first known after it


def who(worlds: Sequence[World], office: str, country: str, day: str | None = None) -> Answer:
    """Who held an office (its id, or a phrase of any language) of a country (code or name) on a day, or ever."""
    code = country_of(worlds, country)
    found = office_of(worlds, office, code)
    first, last = days_of(day)
    for id in (found.id, *_SAME.get(found.id, ())):
        terms = sorted(worlds[0].holders(id, code), key=lambda h: h.first or date.min)
        held = tuple(h for h in terms if day is None or _within(h, first, last))
        if held:
            return Answer(office=worlds[0].office_by_id(id) or found, country=code, holders=held)
    terms = sorted(worlds[0].holders(found.id, code), key=lambda h: h.first or date.min)
    before = [h for h in terms if h.last is not None and h.last < first]
    after = [h for h in terms if h.first is not None and h.first > last]
    return Answer(office=found, country=code, holders=(), before=before[-1] if before else None,
                  after=after[0] if after else None)  # fmt: skip


def days_of(text: str | None) -> tuple[date, date]:
    """The first and last day of "2020", "2020-10" or "2020-10-01"; all days for None."""
    if text is None:
        return date.min, date.max
    try:
        return first_day(text) or date.min, last_day(text) or date.max
    except (ValueError, TypeError) as problem:
        raise InputError(f"{text}: no day; write 2020-10-01, 2020-10 or 2020") from problem


def _within(holding: Holding, first: date, last: date) -> bool:
    return (holding.first or date.min) <= last and first <= (holding.last or date.max)


def country_of(worlds: Sequence[World], name: str) -> str:
    """The code of a country given by its code, or by its name in any language."""
    code = name.upper()
    if code in NON_STATES or any(world.country(code) for world in worlds):
        return code
    for world in worlds:
        for entry in world.lookup(name):
            if entry.kind in ("country", "territory"):
                return entry.id
    names = {fold(n): n for world in worlds for c in world.countries() for n in c.names}
    raise InputError(f"{name}: no such country; use a code (KEN) or a name{_like(fold(name), names)}")


def office_of(worlds: Sequence[World], words: str, country: str | None = None) -> Office:
    """The office given by its id, its English title, or a phrase of any language."""
    by_id = worlds[0].office_by_id(fold(words).replace(" ", "-"))
    if by_id is not None:
        return by_id
    lemmas = [low for word in words.split() for low, _ in pieces(word)]
    best: tuple[int, str] | None = None
    names: dict[str, str] = {}
    for world in worlds:
        for id, pattern, countries in world.offices():
            names[" ".join(pattern)] = " ".join(pattern)
            if (countries is None or country in countries) and _says(pattern, lemmas):
                best = max(best or (0, ""), (len(pattern) + (countries is not None), id))
    office = worlds[0].office_by_id(best[1]) if best else None
    if office is None:
        long = " ".join(w for w in lemmas if len(w) > _SMALL)
        raise InputError(f"{words}: no such office is known{_like(long, names)}")
    return office


def _says(pattern: Sequence[str], lemmas: Sequence[str]) -> bool:
    """Whether a phrase says a pattern and nothing more than small words."""
    long = [low for low in lemmas if len(low) > _SMALL and low not in pattern]
    return not long and in_order(tuple((word,) for word in pattern), list(lemmas))


def resolver(worlds: Sequence[World]) -> Callable[[str, str | None], tuple[str, str] | None]:
    """What tells the office (id, country) of a label as Wikidata writes it, "President of Kenya"; None: not known."""
    names = {
        fold(name): c.id for world in worlds for c in world.countries() if c.last is None for name in (*c.names, c.name)
    }
    ordered = sorted(names, key=len, reverse=True)

    def resolve(label: str, iso: str | None) -> tuple[str, str] | None:
        text = f" {fold(label)} "
        named = next((n for n in ordered if f" {n} " in text), None)
        country = iso or (names[named] if named else None)
        if country is None or (worlds[0].country(country) is None and country not in NON_STATES):
            return None
        try:
            return office_of(worlds, text.replace(f" {named} ", " ").strip() if named else label, country).id, country
        except InputError:
            return None

    return resolve


def person(worlds: Sequence[World], name: str, day: str | None = None) -> tuple[Holding, ...]:
    """All terms of those who bear a name, by time; an InputError with near names where nobody does."""
    first, last = days_of(day)
    terms = {h for world in worlds for h in world.person(name)}
    if not terms:
        forms = {form: form for form in worlds[0].people()}
        raise InputError(f"{name}: nobody of that name is known{_like(fold(name), forms)}")
    kept = [h for h in terms if day is None or _within(h, first, last)]
    return tuple(sorted(kept, key=lambda h: (h.name, h.first or date.min, h.office)))


def _like(wrong: str, names: dict[str, str]) -> str:
    near = [names[n] for n in get_close_matches(wrong, list(names), 3, _NEAR)]
    return f" (did you mean {', '.join(dict.fromkeys(near))}?)" if near else ""


def dates_of(holding: Holding) -> tuple[str | None, str | None]:
    """First and last of a term, as precisely as the register tells."""
    length = {"year": 4, "month": 7}.get(holding.precision, 10)
    first, last = (None if d is None else d.isoformat()[:length] for d in (holding.first, holding.last))
    return first, last


def as_record(holding: Holding) -> dict[str, object]:
    """A term for JSON."""
    first, last = dates_of(holding)
    return {
        "name": holding.name,
        "office": holding.office,
        "country": holding.country,
        "first": first,
        "last": last,
        "precision": holding.precision,
        "sure": holding.sure,
        "wikidata": holding.wikidata,
    }


def told(holding: Holding, title: str) -> str:
    """A term as a line for people."""
    first, last = dates_of(holding)
    span = f"{first or '?'} to {last or 'now, or not known'}"
    rough = "" if holding.precision == "day" else f", to the {holding.precision}"
    return f"{holding.name}: {title}, {holding.country}, {span}{rough}{'' if holding.sure else ', unsure'}"


def by_kind(problems: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Texts grouped by kind, in the order in which kinds come."""
    groups: dict[str, list[str]] = {}
    for kind, text in problems:
        groups.setdefault(kind, []).append(text)
    return groups
