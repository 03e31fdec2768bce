"""`dragoman events`, `dyad`, `visits`, `claims`, `alerts`: what a record is asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import InputError
from dragoman.faces.record import Json, Where, opened
from dragoman.faces.running import Run, console

if TYPE_CHECKING:
    from dragoman.world import World

NOTHING = 1  # the exit code where nothing was found

Since = Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on: 2020, 2020-10 …")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="To this day, month or year.")]
Country = Annotated[str | None, typer.Option(metavar="COUNTRY", help="A code, or a name of any language.")]


def events(
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="Either acts on the other.")] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="COUNTRY", help="Who acts.")] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="COUNTRY", help="Who is acted upon.")] = None,
    country: Annotated[str | None, typer.Option(metavar="COUNTRY", help="Acts or is acted upon.")] = None,
    type: Annotated[
        list[str] | None, typer.Option(metavar="TYPE[/MODE]", help="CONSULT, CONSULT/visit …; repeatable.")
    ] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[
        str, typer.Option(metavar="STATUS", help="actual, future, historical, hypothetical, negation, habitual, all.")
    ] = "actual",
    said_by: Annotated[str | None, typer.Option(metavar="NAME", help="Part of the name of who says so.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Part of the name of a party.")] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="In the evidence, in any form.")] = None,
    at_least: Annotated[float | None, typer.Option(metavar="0…1", help="Of this confidence at least.")] = None,
    coder: Annotated[str, typer.Option(metavar="NAME", help="dragoman, gdelt, icews, polecat, all.")] = "dragoman",
    limit: Annotated[int, typer.Option(metavar="N", help="No more than so many; 0: all.")] = 50,
    record: Where = None,
    as_json: Json = False,
) -> None:
    """List events of the record, the latest first; the exit code is 1 where there is none.

    dragoman events --between USA DZA --type CONSULT --since 2016
    """
    from dragoman.ontology import STATUSES, known_type
    from dragoman.record.queries import Wanted

    if status not in ("actual", "all", *STATUSES):
        raise InputError(f"--status {status}: no such status; known: actual, {', '.join(STATUSES)}, all")
    first, last = span(since, until)
    wanted = Wanted(
        between=_pair(between),
        source=code(source), target=code(target), country=code(country),
        types=tuple(_kind(t, known_type) for t in type or ()),
        since=first, until=last, status=status, said_by=said_by, who=who, text=text, at_least=at_least,
        coder=None if coder == "all" else coder, limit=limit or None,
    )  # fmt: skip
    with opened(record, read_only=True) as kept:
        found = kept.events(wanted)
    if as_json:
        from dragoman.lines import event_record

        _lines(event_record(e) for e in found)
    else:
        from dragoman.faces.listing import show_events

        show_events(found, console(), limit=limit)
    raise typer.Exit(0 if found else NOTHING)


def _kind(kind: str, known: Any) -> str:
    """A type with its mode, checked."""
    name, slash, mode = kind.partition("/")
    return f"{known(name.upper())}{slash}{mode.lower()}"


def dyad(
    countries: Annotated[list[str], typer.Argument(metavar="A B [RIVAL]…", help="Two countries; then A's rivals.")],
    against: Annotated[
        list[str] | None, typer.Option(metavar="RIVAL…", help="Powers whose dealings with B to compare with A's.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="month|week|year", help="The length of a period.")] = "month",
    since: Since = None,
    until: Until = None,
    plot: Annotated[Path | None, typer.Option(metavar="OUT", help="Draw it: .svg or .png.")] = None,
    coder: Annotated[str, typer.Option(metavar="NAME", help="Whose events: dragoman, gdelt …")] = "dragoman",
    record: Where = None,
    as_json: Json = False,
) -> None:
    """What two countries do to each other, period by period; with rivals, several powers' dealings with B compared.

    dragoman dyad USA DZA --against FRA RUS CHN --by month --plot out.svg
    """
    if len(countries) < 2:
        raise InputError("dyad takes two countries: dragoman dyad USA DZA")
    if by not in ("month", "week", "year"):
        raise InputError(f"--by {by}: no such period; known: month, week, year")
    one, other, *more = [code(c) or "" for c in countries]
    rivals = [code(c) or "" for word in against or () for c in word.split(",")] + more
    first, last = span(since, until)
    with opened(record, read_only=True) as kept:
        if rivals:
            points, compared = kept.rivals([one, *rivals], other, by=by, since=first, until=last, coder=coder)
        else:
            points, compared = kept.dyad(one, other, by=by, since=first, until=last, coder=coder), None
    if plot is not None:
        from dragoman.relations.plots import plot as draw

        draw(points, plot, title=f"{one} – {other}" if not rivals else f"{other} and {', '.join([one, *rivals])}")
    if as_json:
        from dragoman.lines import plain

        _lines({"kind": "point", **plain(p)} for p in points)
        _lines({"kind": "rival", **plain(r)} for r in compared or ())
    else:
        from dragoman.faces.listing import show_points, show_rivals

        out = console()
        show_rivals(compared, out) if compared is not None else show_points(points, out)
    raise typer.Exit(0 if any(p.events for p in points) else NOTHING)


def visits(
    office: Annotated[str | None, typer.Option(metavar="OFFICE", help="Of the visitor: a phrase or an id.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="The visitor.")] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="COUNTRY", help="The visitor's country.")] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="COUNTRY", help="The country visited.")] = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[
        str | None, typer.Option(metavar="future|negation|…", help="Visits that did not take place (yet).")
    ] = None,
    record: Where = None,
    as_json: Json = False,
) -> None:
    """When did whom last visit where? Visits of press and registers, and what the record could not have seen.

    dragoman visits --office "defense secretary" --from USA --to DZA --since 1990
    """
    from dragoman.relations.visits import answer, describe

    first, last = span(since, until)
    with opened(record, read_only=True) as kept:
        found = kept.visits(
            person=person, office=office, from_country=code(source), to_country=code(target), since=first, until=last,
            status=status,
        )  # fmt: skip
        covered = kept.coverage()
    if as_json:
        from dragoman.lines import plain, visit_record

        _lines(visit_record(v) for v in found)
        _lines({"kind": "covered", **plain(c)} for c in covered)
    else:
        for visit in found:
            print(describe(visit))
        print("\n".join(answer(found, covered)))
    raise typer.Exit(0 if found else NOTHING)


def claims(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]…", help="Pages; without any, the record's own documents.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="fr|en|auto", help="The language of the texts.")] = "auto",
    date: Annotated[
        str | None, typer.Option("--date", metavar="2020-10-02", help="When the pages were published.")
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="Count what the page itself tells of the past, too.")] = False,
    record: Where = None,
    as_json: Json = False,
) -> None:
    """Check claims about history: supported, contradicted, or cannot tell, with the evidence and what was not seen.

    dragoman claims page.txt --record press.duckdb

    A page given as FILE is held against the record alone, unless --own; a document of the record is a part of it.
    """
    from dragoman.faces.listing import show_check
    from dragoman.faces.run import coder
    from dragoman.lines import check_record

    run = Run(lang=lang, date=date, actors=None, parser=None)
    checked: list[Any] = []
    with opened(record, read_only=True) as kept:
        kept.coverage()  # a record that cannot be read is told before anything is coded
        if files:
            code_one = coder()
            for document in run.documents(files):
                with run.guarded(document):
                    checked += kept.check_coding(code_one(document), own=own)
        else:
            checked = list(kept.check())
    if as_json:
        _lines(check_record(c) for c in checked)
    else:
        out = console()
        for one in checked:
            show_check(one, out)
        if not checked:
            print("no claim about history is made")
    run.finish()
    raise typer.Exit(0 if checked else NOTHING)


def alerts(
    since: Since = None,
    until: Until = None,
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="These two alone.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", help="No more than so many; 0: all.")] = 30,
    record: Where = None,
    as_json: Json = False,
) -> None:
    """What changed between countries and is worth a look, and why: the strongest first.

    dragoman alerts --since 2020-10
    """
    first, last = span(since, until)
    with opened(record, read_only=True) as kept:
        found = kept.alerts(since=first, until=last, between=_pair(between))
    shown = found[:limit] if limit else found
    if as_json:
        from dragoman.lines import plain

        _lines({"kind": "alert", **plain(a)} for a in shown)
    else:
        for alert in shown:
            print(f"{alert.day}  {alert.source} → {alert.target}  {alert.kind}: {alert.why}")
        if len(found) > len(shown):
            print(f"… and {len(found) - len(shown)} weaker ones; --limit 0 shows all", file=sys.stderr)
    raise typer.Exit(0 if found else NOTHING)


def span(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first day of one and the last of the other: "2020" is a year, "2020-10" a month."""
    from dragoman.world.ask import days_of

    return (days_of(since)[0] if since else None), (days_of(until)[1] if until else None)


def code(name: str | None) -> str | None:
    """The code of a country given by code or name; an InputError with what comes near."""
    if name is None:
        return None
    from dragoman.world.ask import country_of

    return country_of(_worlds(), name)


def _pair(names: tuple[str, str] | None) -> tuple[str, str] | None:
    return None if names is None else (code(names[0]) or "", code(names[1]) or "")


@lru_cache(maxsize=1)
def _worlds() -> list[World]:
    from dragoman.pack import languages
    from dragoman.world import load_world

    return [load_world(lang) for lang in languages()]


def _lines(records: Iterable[dict[str, Any]]) -> None:
    """Records as JSON Lines."""
    for record in records:
        print(json.dumps(record, ensure_ascii=False))
