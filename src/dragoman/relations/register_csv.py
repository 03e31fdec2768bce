"""A register of visits as a table of one's own: docs/visits.md names its columns."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from dragoman.errors import InputError
from dragoman.model import Backing, Party, Reason, Visit
from dragoman.record.registered import Account, Aside, Register
from dragoman.relations.people import worlds
from dragoman.world import ask
from dragoman.world.names import fold
from dragoman.world.values import Office

COLUMNS = ("person", "office", "country", "host", "place", "first", "last", "purpose", "met", "url", "source")
NEEDED = ("country", "host", "first")  # and person or office
DELIMITERS = ";,\t"
BETWEEN = "|"  # the people met
SURE = 0.95  # of a line that somebody wrote down by hand; a choice


def read_csv(path: Path) -> Register:
    """The register of a CSV file; a line that is not understood is set aside with its reason.

    Raises InputError for a file that cannot be read and for a header with unknown or lacking columns.
    """
    table = _table(path)
    aside: list[Aside] = []
    visits: dict[str, Visit] = {}
    read = 0
    for line, row in table:
        read += 1
        try:
            visit = _visit(row, path.stem, line)
        except InputError as problem:
            aside.append(Aside(file=path.name, line=line, why=str(problem)))
            continue
        visits.setdefault(visit.id, visit)
    account = Account(read=read, kept=len(visits), doubled=read - len(visits) - len(aside), set_aside=tuple(aside))
    ordered = sorted(visits.values(), key=lambda v: (v.first or date.min, v.id))
    return Register(
        name=path.stem, scope=f"visits listed in {path.name}", origin=str(path), visits=tuple(ordered), account=account
    )


# --- the file -----------------------------------------------------------------------------------------------------


def _table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of each line that is not empty."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=header.count))
    names = _columns(next(lines, []), path)
    return _rows(lines, names, path)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise InputError(f"{path}, line {line}: not UTF-8; save the table as UTF-8 (CSV)") from problem
    except OSError as problem:
        raise InputError(f"{path}: cannot be read ({problem.strerror})") from problem


def _rows(lines: Iterator[list[str]], names: Sequence[str], path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    start = 2
    try:
        for values in lines:
            line, start = start, lines.line_num + 1  # type: ignore[attr-defined]
            if any(value.strip() for value in values):
                row = dict(zip(names, (" ".join(value.split()) for value in values), strict=False))
                row["too-many"] = str(len(values)) if len(values) > len(names) else ""
                yield line, row
    except csv.Error as problem:
        raise InputError(f"{path}, line {start}: no CSV ({problem})") from problem


def _columns(header: Sequence[str], path: Path) -> list[str]:
    """The columns' names, all known and all that are needed."""
    names = [name.strip().lower() for name in header]
    for name in names:
        if name not in COLUMNS:
            near = get_close_matches(name, COLUMNS, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(COLUMNS)}"
            raise InputError(f"{path}, line 1: unknown column {name!r}; {hint}")
    lacking = [name for name in NEEDED if name not in names]
    if not {"person", "office"} & set(names):
        lacking.insert(0, "person or office")
    twice = sorted({name for name in names if names.count(name) > 1})
    if lacking or twice:
        what = f"the columns {', '.join(lacking)} are lacking" if lacking else f"column {twice[0]} stands twice"
        raise InputError(f"{path}, line 1: {what}; the first line names the columns (docs/visits.md)")
    return names


# --- a line -------------------------------------------------------------------------------------------------------


def _visit(row: dict[str, str], name: str, line: int) -> Visit:
    """The visit that a line tells of. Raises InputError with what is wrong."""
    if row["too-many"]:
        raise InputError(f"{row['too-many']} values, more than columns; put values that hold the separator in quotes")
    lacking = [column for column in NEEDED if not row.get(column)]
    if not row.get("person") and not row.get("office"):
        lacking.insert(0, "person or office")
    if lacking:
        raise InputError(f"no {', '.join(lacking)}")
    country, host = _country(row["country"]), _country(row["host"])
    if country == host:
        raise InputError(f"visitor and host are of one country, {country}")
    first, last, precision, ended = _days(row["first"], row.get("last") or "")
    office = _office(row["office"], country) if row.get("office") else None
    who = row.get("person") or None
    key = "|".join((fold(who or ""), office.id if office else "", country, host, row["first"], row.get("last") or "",
                    fold(row.get("place") or "")))  # fmt: skip
    return Visit(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        visitor=Party(
            text=who or row["office"],
            name=who,
            country=country,
            sectors=office.sectors if office else (),
            office=office.id if office else None,
        ),
        host=host,
        place=row.get("place") or None,
        first=first,
        last=last,
        precision=precision,
        ended=ended,
        purpose=row.get("purpose") or None,
        met=tuple(Party(text=n, name=n, country=host) for n in _people(row.get("met") or "")),
        backing=(Backing(kind="register", name=name, document=f"line {line}", url=row.get("url") or None,
                         quote=row.get("source") or None),),
        confidence=SURE,
        because=(Reason(field="visitor", rule="register/name-as-told"),),
    )  # fmt: skip


def _people(words: str) -> list[str]:
    return sorted({part.strip() for part in words.split(BETWEEN) if part.strip()})


@cache
def _country(words: str) -> str:
    """A country's code; a former state's is that of the state that acts for it (countries.tsv), as in the press."""
    code = ask.country_of(worlds(), words)
    known = worlds()[0].country(code)
    return known.actor if known is not None and known.last is not None else code


@cache
def _office(words: str, country: str) -> Office:
    return ask.office_of(worlds(), words, country)


def _days(first: str, last: str) -> tuple[date, date, str, bool]:
    """First day, last day, precision of the first, and whether the end is told."""
    begins, may_begin = ask.days_of(first)
    precision = {1: "year", 2: "month"}.get(len(first.split("-")), "day")
    if not last:
        return begins, may_begin, precision, False
    _, ends = ask.days_of(last)
    if ends < begins:
        raise InputError(f"ends on {last}, before it begins on {first}")
    return begins, ends, precision, True
