"""Visits and events written by hand, for the tests of visits and claims."""

from __future__ import annotations

import hashlib
from datetime import date

from dragoman.model import Backing, Event, Party, Place, Reason, Visit, When
from dragoman.relations.visits import SOFT


def party(name=None, country=None, *, office=None, sectors=("GOV",), text=None, id=None):
    return Party(
        text=text or name or office or country, name=name, country=country, sectors=sectors, office=office, id=id
    )


def when(text, last=None, *, basis="stated"):
    """ "2006", "2006-02", "2006-02-11"; with `last` a range of days."""
    parts = [int(p) for p in text.split("-")]
    precision = ("year", "month", "day")[len(parts) - 1]
    first = date(*[*parts, 1, 1][:3])
    end = date.fromisoformat(last) if last else first
    if not last and precision == "month":
        end = date(first.year, first.month, 28)
    if not last and precision == "year":
        end = date(first.year, 12, 31)
    return When(first=first, last=end, precision=precision, basis=basis)


def consult(actors, recipients=(), day="2021-03-04", *, concept="visit", mode="visit", status=None, place=None,
            basis="stated", last=None, type="CONSULT", planned=None, evidence=None, confidence=0.7):  # fmt: skip
    """An event; parties are Party values."""
    days = when(day, last, basis=basis) if day else None
    content = repr((actors, recipients, days, concept, status, place, evidence))
    town = Place(text=place[0], span=None, name=place[0], country=place[1]) if place else None
    return Event(
        id=hashlib.sha256(content.encode()).hexdigest()[:12], type=type, mode=mode, concept=concept, status=status,
        actors=tuple(actors), recipients=tuple(recipients), when=days, place=town, planned=planned,
        evidence=evidence, confidence=confidence, reports=("r",),
    )  # fmt: skip


def visit(name, country, host, first, last=None, *, office=None, outlet="Le Matin", kind="press", soft=False,
          status=None, document=None, precision=None, place=None, confidence=0.7):  # fmt: skip
    """A visit as one telling gives it; `first` as in `when`."""
    days = when(first, last) if first else None
    because = (Reason(field="first", rule=SOFT),) if soft else ()
    key = document or repr((name, country, host, first, last, office, outlet))
    return Visit(
        id="", visitor=party(name, country, office=office, text=name or office or country), host=host, status=status,
        first=days.first if days else None, last=days.last if days else None,
        precision=precision or (days.precision if days else None),
        place=place, events=() if kind == "register" else (key,),
        backing=(Backing(kind=kind, name=outlet, document=key),), confidence=confidence, because=because,
    )  # fmt: skip
