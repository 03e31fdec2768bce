"""`dragoman world`: ask and check the register of office-holders, and fill it from other files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.world import World
    from dragoman.world.imports import Account, Row

world_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who held which office when.")
import_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Fill a table of actors from your files.")
world_app.add_typer(import_app, name="import")

Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Actors = Annotated[list[Path] | None, typer.Option(metavar="FILE", help="Your own actors, TOML or TSV; repeatable.")]
_SHOWN = 10  # of each kind of note


@world_app.command()
def who(
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="A phrase of any language, or an office's id.")],
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="A code, or a name of any language.")],
    day: Annotated[str | None, typer.Argument(metavar="[DAY]", help="2020-10-01, 2020-10 or 2020; else ever.")] = None,
    actors: Actors = None,
    as_json: Json = False,
) -> None:
    """Tell who held an office; the exit code is 1 where that is not known.

    dragoman world who "ministre de la Défense" USA 2020-10-01
    """
    from dragoman.world.ask import as_record, told
    from dragoman.world.ask import who as asked

    answer = asked(_worlds(actors), office, country, day)
    if as_json:
        found = {"office": answer.office.id, "country": answer.country, "day": day, "known": bool(answer.holders)}
        print(json.dumps(found | {"holders": [as_record(h) for h in answer.holders]}, ensure_ascii=False))
    elif answer.holders:
        print("\n".join(told(h, answer.office.title) for h in answer.holders))
    else:
        print(f"not known: {answer.office.title}, {answer.country}{f', {day}' if day else ''}")
        for when, holding in (("before", answer.before), ("after", answer.after)):
            if holding is not None:
                print(f"    {when} that: {told(holding, answer.office.title)}")
    raise typer.Exit(0 if answer.holders else 1)


@world_app.command()
def person(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A full name or a surname.")],
    day: Annotated[str | None, typer.Argument(metavar="[DAY]", help="2020-10-01, 2020-10 or 2020; else ever.")] = None,
    actors: Actors = None,
    as_json: Json = False,
) -> None:
    """Tell which offices a person held; the exit code is 1 where none is known on the day.

    dragoman world person Lavrov 2014
    """
    from dragoman.world.ask import as_record, told
    from dragoman.world.ask import person as asked

    worlds = _worlds(actors)
    terms = asked(worlds, name, day)
    if as_json:
        print(json.dumps([as_record(h) for h in terms], ensure_ascii=False))
    else:
        titles = {h.office: o.title for h in terms if (o := worlds[0].office_by_id(h.office))}
        print("\n".join(told(h, titles.get(h.office, h.office)) for h in terms) or f"not known: {name} on {day}")
    raise typer.Exit(0 if terms else 1)


@world_app.command()
def check(
    country: Annotated[str | None, typer.Option(metavar="KEN", help="One country: a code or a name.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All notes, not the first ten of a kind.")] = False,
    actors: Actors = None,
    as_json: Json = False,
) -> None:
    """List errors and notes of the register by kind; the exit code is 1 where there are errors, notes are none.

    dragoman world check --country KEN
    """
    from dragoman.world.ask import by_kind, country_of

    worlds = _worlds(actors)
    code = country_of(worlds, country) if country else None
    found = {(p.kind, p.text): p for w in worlds for p in w.problems() if code in (None, p.country)}
    errors = sum(p.error for p in found.values())
    if as_json:
        rows = [{"kind": p.kind, "error": p.error, "country": p.country, "text": p.text} for p in found.values()]
        print(json.dumps({"errors": errors, "notes": len(rows) - errors, "problems": rows}, ensure_ascii=False))
        raise typer.Exit(1 if errors else 0)
    for kind, texts in by_kind(found).items():
        error = found[kind, texts[0]].error
        shown = texts if everything or error else texts[:_SHOWN]
        print(f"{kind}: {len(texts)} {'errors' if error else 'notes'}")
        print("\n".join(f"    {text}" for text in shown))
        if len(shown) < len(texts):
            print(f"    … {len(texts) - len(shown)} more; --all shows them")
    print(f"{errors} errors, {len(found) - errors} notes")
    raise typer.Exit(1 if errors else 0)


Out = Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The table to write, for --actors.")]


@import_app.command()
def petrarch(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An actor dictionary; plain, .gz or .bz2.")],
    out: Out,
    pivot: Annotated[int, typer.Option(metavar="YY", help="Two-digit years below it are of this century.")] = 15,
) -> None:
    """Take the actors of a PETRARCH or TABARI dictionary, with their dated codes.

    dragoman world import petrarch Phoenix.Countries.actors.txt -o actors.tsv
    """
    from dragoman.world import petrarch as dictionary

    worlds = _worlds(None)
    codes = {c.id for c in worlds[0].countries()}
    _import(file, out, lambda account: dictionary.actors(file, codes, account, pivot=pivot))


@import_app.command()
def wikidata(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dump, or a query's result, in JSON; .gz, .bz2.")],
    out: Out,
) -> None:
    """Take office-holders from a Wikidata dump (P39) or the JSON result of a query.

    dragoman world import wikidata latest-all.json.bz2 -o holders.tsv
    """
    from dragoman.world import wikidata as dump
    from dragoman.world.ask import resolver

    worlds = _worlds(None)
    resolve = resolver(worlds)
    _import(file, out, lambda account: dump.actors(file, resolve, account, langs=tuple(w.lang for w in worlds)))


def _import(file: Path, out: Path, rows: Callable[[Account], Iterator[Row]]) -> None:
    """Writes the rows, puts the file in place when it is complete, and accounts for what was left out."""
    from dragoman.errors import InputError
    from dragoman.world.imports import Account, write

    if not file.is_file():
        raise InputError(f"{file}: no such file; check the name and the folder")
    account, draft = Account(), out.with_name(out.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as stream:
            write(rows(account), stream, account)
        if not account.taken:
            raise InputError(f"{file}: nothing was taken; " + "; ".join(line.strip() for line in account.lines()))
        draft.replace(out)
    except OSError as problem:
        raise InputError(f"-o {out}: cannot be written: {problem.strerror or problem}") from problem
    finally:
        draft.unlink(missing_ok=True)
    print("\n".join(account.lines()), file=sys.stderr)


def _worlds(actors: list[Path] | None) -> list[World]:
    """The world in every language, with the user's actors."""
    from dragoman.errors import InputError
    from dragoman.pack import languages
    from dragoman.world import load_world

    for path in actors or ():
        if not path.is_file():
            raise InputError(f"--actors {path}: no such file")
    return [load_world(lang, extra=tuple(actors or ())) for lang in languages()]
