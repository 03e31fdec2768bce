"""Small reports for the tests of merging: `told(...)` makes one from a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.model import Actor, Place, Report, Span, When
from dragoman.record.told import Told

SPAN = Span(0, 1)
DAY = date(2031, 5, 12)  # a Monday


def actor(words: str) -> Actor:
    """`"NAME|COUNTRY|SECTOR|OFFICE"`, each part may be empty."""
    name, country, sector, office = [*words.split("|"), "", "", ""][:4]
    return Actor(
        text=name or country or sector or "they",
        span=SPAN,
        name=name or None,
        country=country or None,
        sectors=(sector,) if sector else (),
        office=office or None,
    )


def told(
    id: str,
    kind: str = "CONSULT/visit",
    actors: str = "",
    recipients: str = "",
    *,
    day: int | None = None,
    month: int | None = None,
    published: int | None = 0,
    town: str | None = None,
    land: str | None = None,
    document: str | None = None,
    lineage: str | None = None,
    words: str = "",
    title: str = "",
    lang: str = "en",
    outlet: str | None = None,
    coder: str = "dragoman",
    **more: Any,
) -> Told:
    """`kind` is TYPE/mode:concept; sides are actors joined by ' & '; days count from DAY; `month` is of 2031."""
    type, _, concept = kind.partition(":")
    type, _, mode = type.partition("/")
    document = document or "d" + id
    when = None
    if day is not None:
        when = When(first=DAY + timedelta(day), last=DAY + timedelta(day), precision="day", basis="relative")
    elif month is not None:
        last = date(2031, month + 1, 1) - timedelta(1)
        when = When(first=date(2031, month, 1), last=last, precision="month", basis="stated")
    place = Place(text=town or land, span=SPAN, name=town, country=land) if town or land else None
    report = Report(
        id=id,
        document=document,
        sentence=more.pop("sentence", 0),
        type=type,
        concept=concept or mode or type.lower(),
        mode=mode or None,
        evidence=SPAN,
        trigger=SPAN,
        actors=tuple(actor(a) for a in actors.split(" & ") if a),
        recipients=tuple(actor(a) for a in recipients.split(" & ") if a),
        when=when,
        place=place,
        **more,
    )
    return Told(
        report=report,
        lang=lang,
        outlet=outlet or document,
        published=DAY + timedelta(published) if published is not None else None,
        lineage=lineage or document,
        words=frozenset(words.split()),
        title_words=frozenset(title.split()),
        evidence=words,
        coder=coder,
    )
