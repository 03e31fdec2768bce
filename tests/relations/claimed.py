"""Claims, visits and events written by hand, a line each, and the check of one against the others."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from dragoman.model import (
    Actor,
    Backing,
    Claim,
    ClaimCheck,
    Covered,
    Event,
    Party,
    Reason,
    Span,
    Visit,
    When,
)
from dragoman.relations.claims import check

WORDS = Span(0, 5)
ARTICLE = "article"


def days(text: str) -> tuple[date, date, str]:
    """First day, last day and precision of "2012", "2012-09" or "2012-09-03"."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(parts[0], parts[1])[1]), "month"
    return date(*parts), date(*parts), "day"


def when(text: str) -> When:
    first, last, precision = days(text)
    return When(first=first, last=last, precision=precision, basis="stated")


def party(text: str) -> Party:
    """ "Ada Mbeki, KEN foreign" or, without a name, "KEN foreign": name, country, office; "?" is no office."""
    name, _, rest = text.rpartition(", ")
    country, office = rest.split()
    return Party(
        text=name or office,
        name=name or None,
        country=country,
        sectors=("GOV",),
        office=None if office == "?" else office,
    )


def visit(line: str, *, status: str | None = None, by: str = "Gazette", document: str | None = None) -> Visit:
    """ "2012-09 Ada Mbeki, KEN foreign > PER": when, who, where to; `by` an outlet, or "register: NAME"."""
    day, _, rest = line.partition(" ")
    who, _, host = rest.partition(" > ")
    first, last, precision = days(day) if day != "?" else (None, None, None)
    _, _, name = by.partition(": ")
    backing = Backing(kind="register" if name else "press", name=name or by, document=document or f"d{line}")
    return Visit(
        id=f"v {line} {by}",
        visitor=party(who),
        host=host,
        status=status,
        first=first,
        last=last if precision != "day" else None,
        precision=precision,
        events=(f"e {line}",),
        backing=(backing,),
    )


def event(
    line: str,
    kind: str,
    *,
    status: str | None = None,
    hedged: bool = False,
    both: bool = False,
    reports: tuple[str, ...] = (),
) -> Event:
    """ "2012-09 KEN ? > PER ?" of a kind "SANCTION/expel"."""
    day, _, rest = line.partition(" ")
    source, _, target = rest.partition(" > ")
    type, _, mode = kind.partition("/")
    return Event(
        id=f"e {line}",
        type=type,
        mode=mode or None,
        concept=mode or type.lower(),
        status=status,
        hedged=hedged,
        reciprocal=both,
        actors=(party(source),),
        recipients=(party(target),),
        when=when(day) if day != "?" else None,
        reports=reports,
    )


def claim(
    kind: str,
    scope: str = "KEN foreign > PER",
    *,
    done: str = "CONSULT/visit",
    rule: str = "first-to",
    since: str | None = None,
    actor: str | None = None,
    years: float | None = None,
    approximate: str | None = None,
    ordinal: int | None = None,
    who: str | None = "minister",
    about: str | None = None,
    implies: str | None = None,
) -> Claim:
    """A claim of a kind, on "KEN foreign > PER": the country and office counted ("?": none), and where to."""
    side, _, to = scope.partition(" > ")
    country, office = side.split()
    type, _, mode = done.partition("/")
    return Claim(
        id="claim",
        document=ARTICLE,
        sentence=0,
        kind=kind,
        evidence=WORDS,
        type=type,
        mode=mode or None,
        who=who,
        office=None if office == "?" else office,
        from_country=country if country != "-" else None,
        to_country=to if to != "-" else None,
        since=when(since) if since else None,
        since_actor=Actor(text=actor, span=WORDS, name=actor, country=country) if actor else None,
        years=years,
        approximate=approximate,
        ordinal=ordinal,
        about=about,
        implies=implies,
        because=(Reason(field="kind", rule=f"xx/claim/{rule}"),),
    )


def register(name: str, first: str, last: str, *lists: tuple[str, str, int], scope: str | None = None) -> Covered:
    """A register with what it lists: (country, office, visits)."""
    return Covered(
        kind="register",
        name=name,
        entries=sum(n for *_, n in lists),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        scope=scope,
        lists=lists,
    )


PRESS = Covered(kind="press", name="Gazette", entries=5000, first=date(2016, 1, 3), last=date(2021, 6, 30))
NOW = "2020-10-01 Ada Mbeki, KEN foreign > PER"


def judge(
    claimed: Claim,
    *others: Visit | Event,
    now: Visit | Event | None = None,
    told: str | None = "2020-10-02",
    coverage: tuple[Covered, ...] = (PRESS,),
    about: bool = True,
) -> ClaimCheck:
    """The check of a claim against visits and events; `now` is what it is about (Mbeki in Peru on 1 October 2020)."""
    present = now if now is not None else visit(NOW, document=ARTICLE)
    things = [*others, *([present] if about else [])]
    return check(
        claimed,
        told=date.fromisoformat(told) if told else None,
        quote="the first",
        about=_event(present) if about else None,
        visits=[t for t in things if isinstance(t, Visit)],
        events=[t for t in things if isinstance(t, Event)],
        coverage=coverage,
    )


def _event(thing: Visit | Event) -> Event:
    """The event behind a visit."""
    if isinstance(thing, Event):
        return thing
    whole = None
    if thing.first is not None and thing.precision is not None:
        whole = When(first=thing.first, last=thing.last or thing.first, precision=thing.precision, basis="stated")
    return Event(
        id=thing.events[0],
        type="CONSULT",
        mode="visit",
        concept="visit",
        status=thing.status,
        actors=(thing.visitor,),
        when=whole,
    )
