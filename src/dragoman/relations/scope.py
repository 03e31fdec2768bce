"""What a claim counts: whether an act of the record is one of those it speaks of: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from dragoman.model import Claim, Event, Party, Visit
from dragoman.pack import languages, load_pack
from dragoman.relations.ages import Days, whole
from dragoman.relations.people import HEADS, is_person, same_name, terms, worlds
from dragoman.relations.stays import BACK, is_soft
from dragoman.world.tables import DATA, rows
from dragoman.world.values import Holding, Office

TOOK_PLACE = (None, "historical")
# "The first minister since" is met by any of these; a head of government is one in law, but nobody would call him so.
MINISTERS = frozenset(
    {
        "agriculture", "defence", "deputy-prime-minister", "development", "education", "energy", "environment",
        "europe-minister", "finance", "foreign", "health", "information", "interior", "justice", "minister",
        "security-minister", "trade",
    }
)  # fmt: skip
GENERIC = frozenset({"minister"})  # an office that another text may tell more exactly
# What is done is told by type and mode. For the other types (accords, praise, demands …) it matters about what, and
# that the record does not compare: an older accord of the two is no proof that this one is not the first of its kind.
TOLD_BY_TYPE = frozenset({"ASSAULT", "COERCE", "CONSULT", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION"})
_COUNTRY_WORDS = frozenset({"adjective", "capital", "country", "inhabitant", "seat", "territory"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A visit or an event of the record, as a claim sees it."""

    thing: Visit | Event
    who: tuple[Party, ...]  # those of the side that the claim counts
    days: Days | None  # None: undated
    day_known: bool = True  # whether the day is told, not only month or year

    @property
    def key(self) -> tuple[date, str]:
        return (self.days.first if self.days else date.min, self.thing.id)

    def named(self) -> tuple[str, ...]:
        """The names of the persons that did it."""
        return tuple(p.name for p in self.who if p.name and is_person(p))


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Whether an act counts for a claim; None: not known, and `why` not."""

    counts: bool | None
    why: str | None = None


YES, NO = Match(counts=True), Match(counts=False)


def scoped(claim: Claim, about: Event | None) -> Claim:
    """The claim with what the record knows better: the act itself where it is only planned, and countries left out.

    A country that the claim's words leave out is that of what it is about, where that has just one on the side.
    """
    if about is None:
        return claim
    if about.planned is not None and claim.type == about.type:
        mode = mode_of(about.concept) or claim.mode
        claim = replace(claim, type=about.planned, mode=mode)
    if claim.from_country and claim.to_country:
        return claim
    source = claim.from_country or _only(p.country for p in about.actors)
    goals = [p.country for p in about.recipients if p.country != source]
    if about.place is not None and not any(goals):
        goals = [about.place.country]
    return replace(claim, from_country=source, to_country=claim.to_country or _only(goals))


@cache
def _modes() -> Mapping[str, str]:
    """Concept → mode."""
    return {row["concept"]: row["mode"] for row in rows(DATA / "concepts.tsv")}


def mode_of(concept: str) -> str | None:
    """The PLOVER mode of a concept, if it has one."""
    return _modes().get(concept) or None


def _only(countries: Iterable[str | None]) -> str | None:
    known = {country for country in countries if country}
    return known.pop() if len(known) == 1 else None


# --- acts -----------------------------------------------------------------------------------------------------


def acts_of(claim: Claim, visits: tuple[Visit, ...], events: tuple[Event, ...]) -> tuple[Act, ...]:
    """All acts of the claim's sort between its two countries, by day, whoever did them."""
    if claim.type == "CONSULT" and claim.mode == "visit":
        found = [_of_visit(v) for v in visits if _visits(claim, v)]
    else:
        found = [act for e in events if (act := _of_event(claim, e)) is not None]
    return tuple(sorted(found, key=lambda act: act.key))


def _visits(claim: Claim, visit: Visit) -> bool:
    return (
        visit.status in TOOK_PLACE
        and within(visit.host, claim.to_country)
        and within(visit.visitor.country, claim.from_country)
    )


def _of_visit(visit: Visit) -> Act:
    days = None if visit.first is None else whole(visit.first, visit.precision, visit.last)
    if days is not None and is_soft(visit):
        days = Days(days.first - BACK, days.last)  # the day of the telling: it was then, or a little before
    return Act(thing=visit, who=(visit.visitor,), days=days, day_known=visit.precision == "day")


def _of_event(claim: Claim, event: Event) -> Act | None:
    """The event, where it is of the claim's type and goes from the one country to the other."""
    if event.status not in TOOK_PLACE or event.type != claim.type:
        return None
    if claim.mode is not None and event.mode != claim.mode:
        return None
    for doers, others in ((event.actors, event.recipients), *_turned(event)):
        who = tuple(p for p in doers if within(p.country, claim.from_country))
        place = event.place.country if event.place else None
        named = any(p.country for p in others)
        goal = [p.country for p in others] if named else [place]
        if who and any(within(c, claim.to_country) for c in goal):
            days = Days(event.when.first, max(event.when.first, event.when.last)) if event.when else None
            return Act(thing=event, who=who, days=days, day_known=bool(days and days.first == days.last))
    return None


def _turned(event: Event) -> tuple[tuple[tuple[Party, ...], tuple[Party, ...]], ...]:
    """Where both act, either side may be the one that the claim speaks of."""
    if not event.reciprocal:
        return ()
    everyone = (*event.actors, *event.recipients)
    return ((everyone, everyone),)


def within(country: str | None, wanted: str | None) -> bool:
    """Whether a country is the wanted one, or lies in the wanted region."""
    if country is None or wanted is None:
        return False
    if country == wanted:
        return True
    known = worlds()[0].country(country)
    return known is not None and (wanted in known.regions or wanted in known.member_of)


# --- who counts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom a claim counts."""

    claim: Claim
    person: str | None = None  # only this person's own acts
    offices: frozenset[str] = frozenset()  # holders of one of these
    role: bool = False  # a role that is no office of ours ("official", "leader"): nobody surely counts
    rank: int | None = None  # only those of this rank or higher: what "the highest since" compares

    def match(self, act: Act) -> Match:
        """Whether the act is one that the claim counts."""
        done = self._done(act)
        if done.counts is not True:
            return done
        found = [self._who(party, act.days) for party in act.who]
        if any(m.counts for m in found):
            return YES
        return next((m for m in found if m.counts is None), NO)

    def _done(self, act: Act) -> Match:
        thing = act.thing
        if isinstance(thing, Visit):
            return YES
        if thing.hedged:
            return Match(counts=None, why="told as a rumour only")
        if thing.type not in TOLD_BY_TYPE:
            return Match(counts=None, why="may have been about another matter")
        if thing.mode != self.claim.mode:
            return Match(counts=None, why=f"of another form ({thing.mode})")
        return YES

    def _who(self, party: Party, days: Days | None) -> Match:
        if self.rank is not None:
            theirs = rank(party, days)
            return Match(counts=None, why="rank not known") if theirs is None else YES if theirs <= self.rank else NO
        if self.person is not None:
            return self._same(party)
        if self.offices:
            return holds(party, self.offices, days)
        if self.role:
            return Match(counts=None, why="whom the claim counts was not read well enough")
        return YES

    def _same(self, party: Party) -> Match:
        if not is_person(party) or not party.name:
            return Match(counts=None, why="who it was is not told")
        return YES if same_name(party.name, self.person or "") else NO


def scope_of(claim: Claim, subject: Party | None, days: Days) -> Scope:
    """Whom the claim counts; `subject` is who did what it is about, on the days."""
    if claim.kind == "highest":
        known = office(claim.office) if claim.office else None
        ranks = [rank(subject, days) if subject else None, known.rank if known else None]
        return Scope(claim=claim, rank=min((r for r in ranks if r is not None), default=None))
    name = subject.name if subject is not None and is_person(subject) else None
    if counts_own(claim):
        return Scope(claim=claim, person=name, role=name is None)
    if claim.office is not None:
        return Scope(claim=claim, offices=answering(claim.office))
    if name is not None and claim.who and _about(claim.who, name):
        return Scope(claim=claim, person=name)
    return Scope(claim=claim, role=rule_of(claim).endswith("-to") or not _names_country(claim))


def counts_own(claim: Claim) -> bool:
    """Whether the claim counts one person's own acts: "his first visit"."""
    return bool(claim.who) and (claim.who or "").lower() in _owners() and rule_of(claim).endswith("-event")


def names_holder(claim: Claim, subject: Party | None) -> bool:
    """Whether the words may count either the office or the person: "minister X's first visit"."""
    name = subject.name if subject is not None else None
    return not rule_of(claim).endswith("-to") and bool(name and claim.who and _about(claim.who, name))


def rule_of(claim: Claim) -> str:
    """The coder's rule that found the claim."""
    return next((r.rule for r in claim.because if r.field == "kind"), "")


def _names_country(claim: Claim) -> bool:
    """Whether the claim counts a country's acts, whoever does them: "the first Peruvian visit", "Lima's first"."""
    entries = [entry for world in worlds() for entry in world.lookup(claim.who or "")]
    return any(entry.country == claim.from_country and entry.kind in _COUNTRY_WORDS for entry in entries)


def _about(words: str, name: str) -> bool:
    """Whether the words that are counted hold a person's last name."""
    return name.split()[-1].casefold() in words.casefold()


@cache
def _owners() -> frozenset[str]:
    """The possessives of all languages."""
    return frozenset(word for lang in languages() for word in load_pack(lang).agents.possessives)


# --- offices --------------------------------------------------------------------------------------------------


def answering(office: str) -> frozenset[str]:
    """The offices whose holders a claim on an office counts."""
    if office == "head-of-state":
        return HEADS
    return MINISTERS if office in GENERIC else frozenset({office})


def office(id: str) -> Office | None:
    """An office of data/offices.tsv."""
    return worlds()[0].office_by_id(id)


def holds(party: Party, wanted: frozenset[str], days: Days | None) -> Match:
    """Whether somebody bore one of the offices: by the text, or by the register of office-holders on those days."""
    if party.office in wanted:
        return YES
    held = _held(party, days)
    mine = [h for h in held if h.office in wanted]
    if any(_throughout(h, days) for h in mine):
        return YES
    if mine:
        return Match(counts=None, why="took or left the office about then")
    if party.office is not None and party.office not in GENERIC:
        return NO
    if held or _another_held(party, wanted, days):
        return NO
    return Match(counts=None, why="office not known")


def best_rank(act: Act) -> int | None:
    """The highest rank of those who did it; None: not known."""
    return min((r for p in act.who if (r := rank(p, act.days)) is not None), default=None)


def rank(party: Party, days: Days | None) -> int | None:
    """The rank of somebody's highest office on the days (1 is the highest); None: not known."""
    ids = {h.office for h in _held(party, days)} | ({party.office} if party.office else set())
    ranks = [o.rank for id in ids if (o := office(id)) is not None]
    return min(ranks, default=None)


def _held(party: Party, days: Days | None) -> tuple[Holding, ...]:
    """The terms of the party that touch the days."""
    if days is None or not party.name or not is_person(party):
        return ()
    return tuple(
        h
        for h in terms(party.name, party.country)
        if (h.first is None or h.first <= days.last) and (h.last is None or days.first <= h.last)
    )


def _throughout(holding: Holding, days: Days | None) -> bool:
    return days is not None and holding.holds(days.first) and holding.holds(days.last)


def _another_held(party: Party, wanted: frozenset[str], days: Days | None) -> bool:
    """Whether the register has somebody else in the office for all of those days, so that the party was not."""
    if days is None or not party.name or not is_person(party) or party.country is None or len(wanted) > len(HEADS):
        return False
    holders = [
        h
        for id in wanted
        if (known := office(id)) is not None and not known.many
        for h in worlds()[0].holders(id, party.country)
        if h.sure and h.first is not None and h.last is not None and _throughout(h, days)
    ]
    return bool(holders) and not any(same_name(party.name, h.name) for h in holders)
