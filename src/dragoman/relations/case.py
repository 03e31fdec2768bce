"""A claim beside the acts of the record that bear on it: `case_of`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import Claim, Covered, Event, Party, Visit
from dragoman.relations.ages import Days
from dragoman.relations.people import is_person, same_name
from dragoman.relations.scope import YES, Act, Match, Scope, acts_of, scope_of
from dragoman.relations.sight import watched

# How far apart, in days, two tellings of one act may date it: a visit is told of for a week (as in stays.py).
SAME = 7
SAME_COUNTED = 1  # where acts are counted ("the second time in a week"), a week would swallow one
# Where the record does not know what the claim is about, the latest act up to so many days before is taken for it.
OCCASION = 30
HALF = 0.5  # … but never further back than half of the years that the claim speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A claim, the acts that bear on it, and the day up to which it speaks."""

    claim: Claim
    scope: Scope
    now: Days
    own: tuple[Act, ...]  # what the claim is about
    counted: tuple[Act, ...]  # others that count, dated, by day
    unsure: tuple[tuple[Act, str], ...]  # others that may count, and why that is not known
    coverage: tuple[Covered, ...]
    told: date | None = None
    implied: frozenset[str] = frozenset()  # ids of the events in which the record keeps the claim's own older act

    def earlier(self) -> tuple[Act, ...]:
        """Those that count and surely came before."""
        return tuple(a for a in self.counted if a.days is not None and a.days.before(self.now))

    def overlapping(self) -> tuple[Act, ...]:
        """Those that count and may have come before or after, or at that very time."""
        return tuple(a for a in self.counted if a.days is not None and a.days.meets(self.now))

    def alone(self, act: Act) -> bool:
        """Whether nobody but the article that claims tells of the act."""
        thing = act.thing
        if isinstance(thing, Visit):
            documents = {b.document for b in thing.backing}
            return documents == {self.claim.document} and all(b.kind == "press" for b in thing.backing)
        return thing.id in self.implied and thing.documents <= 1

    def split(self, acts: Iterable[Act]) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
        """Acts told by others, and those that only the claiming article tells."""
        kept = tuple(acts)
        return tuple(a for a in kept if not self.alone(a)), tuple(a for a in kept if self.alone(a))

    def watched(self, since: date) -> str | None:
        """The register that would have listed any act that counts, from a day on."""
        return watched(self.claim, self.scope.offices, Days(since, max(since, self.now.first)), self.coverage)


def case_of(
    claim: Claim, told: date | None, about: Event | None, visits: tuple[Visit, ...], events: tuple[Event, ...],
    coverage: tuple[Covered, ...],
) -> Case:  # fmt: skip
    """The acts that count, those that may, and those that the claim is about."""
    acts = acts_of(claim, visits, events)
    known = {about.id} if about is not None else set()
    known |= {e.id for e in events if claim.about is not None and claim.about in e.reports}
    implied = frozenset(e.id for e in events if claim.implies is not None and claim.implies in e.reports)
    own = [a for a in acts if _is(a, known)]
    now = _now(told, about, own)
    subject = _subject(about, own, claim)
    scope = scope_of(claim, subject, now)
    own = _own(claim, scope, acts, own, subject, now, bool(known))
    if not known and own and own[-1].days is not None:
        now = own[-1].days
    rest = [(a, _matched(scope, a, set(implied))) for a in acts if a not in own]
    return Case(
        claim=claim,
        scope=scope,
        now=now,
        own=tuple(own),
        counted=tuple(a for a, m in rest if m.counts and a.days is not None),
        unsure=tuple(
            (a, m.why or "its day is not known") for a, m in rest if m.counts is None or (m.counts and a.days is None)
        ),
        coverage=coverage,
        told=told,
        implied=implied,
    )


def _matched(scope: Scope, act: Act, implied: set[str]) -> Match:
    """Whether an act counts; the claim's word is taken for the one since which it counts."""
    match = scope.match(act)
    if match.counts:
        return match
    forerunner = predecessor(scope.claim)
    since = since_days(scope.claim)
    theirs = forerunner is not None and any(same_name(name, forerunner) for name in act.named())
    dated = since is not None and act.days is not None and act.days.meets(since)
    return YES if _is(act, implied) or (theirs and dated) else match


def since_days(claim: Claim) -> Days | None:
    """The days that "since …" may mean; "since 1945" comes as all days from then on, of which the first counts."""
    if claim.since is None:
        return None
    first, last = claim.since.first, max(claim.since.first, claim.since.last)
    if claim.since.precision != "interval":
        return Days(first, last)
    if first.month == first.day == 1:
        return Days(first, first.replace(month=12, day=31))
    return Days(first, first)


def predecessor(claim: Claim) -> str | None:
    """The person since whom it is the first; bodies and countries are no predecessors."""
    actor = claim.since_actor
    if actor is None or actor.name is None:
        return None
    party = Party(text=actor.text, name=actor.name, country=actor.country, sectors=actor.sectors, office=actor.office)
    return actor.name if is_person(party) else None


def _is(act: Act, events: set[str]) -> bool:
    """Whether an act is, or rests on, one of the events."""
    thing = act.thing
    return thing.id in events or (isinstance(thing, Visit) and not events.isdisjoint(thing.events))


def _now(told: date | None, about: Event | None, own: Sequence[Act]) -> Days:
    """When what the claim is about happened (or will); else the day it was told."""
    if about is not None and about.when is not None:
        return Days(about.when.first, max(about.when.first, about.when.last))
    dated = [a.days for a in own if a.days is not None]
    if dated:
        return dated[0]
    day = told or date.min
    return Days(day, day)


def _subject(about: Event | None, own: Sequence[Act], claim: Claim) -> Party | None:
    """Who did what the claim is about."""
    parties = [p for a in own for p in a.who]
    if about is not None:
        parties += [p for p in (*about.actors, *about.recipients) if p.country == claim.from_country]
    return next((p for p in parties if is_person(p)), parties[0] if parties else None)


def _own(
    claim: Claim, scope: Scope, acts: Sequence[Act], own: list[Act], subject: Party | None, now: Days, known: bool
) -> list[Act]:
    """What the claim is about, as other tellings may have it too: the same people at that time."""
    if claim.kind == "last" and not bounded(claim):
        return [*own, *(a for a in acts if a not in own and known and _same_act(a, subject, now, SAME))]
    if known:
        near = SAME_COUNTED if claim.kind == "nth" else SAME
        return sorted({*own, *(a for a in acts if _same_act(a, subject, now, near))}, key=lambda a: a.key)
    reach = OCCASION if claim.years is None else min(OCCASION, int(claim.years * HALF * 365))
    window = Days(now.first - timedelta(days=reach), now.last + timedelta(days=1))
    recent = [a for a in acts if a.days is not None and a.day_known and a.days.meets(window)]
    latest = [a for a in recent if scope.match(a).counts is not False][-1:]
    return [a for a in recent if latest and a.days and latest[0].days and a.days.near(latest[0].days, SAME)]


def _same_act(act: Act, subject: Party | None, now: Days, days: int) -> bool:
    """Whether an act is another telling of the one at that time: the day is near, and no other name is told."""
    if act.days is None:
        return False
    names = act.named()
    named = subject is not None and is_person(subject) and bool(names)
    same = named and any(same_name(name, subject.name or "") for name in names if subject is not None)
    if not act.day_known:  # "in October", told later: the same only where the name says so
        return same and act.days.meets(now)
    return act.days.near(now, days) and (same or not named)


def bounded(claim: Claim) -> bool:
    """Whether the claim says from when on it counts."""
    return claim.since is not None or claim.since_actor is not None or claim.years is not None
