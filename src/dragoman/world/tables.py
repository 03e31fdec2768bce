"""Reading the tables of `data/`, `packs/` and the user."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import PackError
from dragoman.world.values import Entry, first_day, last_day

HERE = Path(__file__).parent.parent
DATA = HERE / "data"
PACKS = HERE / "packs"
# Rank among namesakes where a row tells none: a state's organs before groups before places.
_WEIGHTS = {
    "organisation": 1e8,
    "seat": 1e8,
    "capital": 9e7,
    "group": 5e7,
    "region": 2e7,
    "place": 1e7,
}

Row = dict[str, str]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a table with one header line."""
    lines = path.read_text("utf-8").split("\n")
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        if line:
            values = line.split("\t")
            if len(values) != len(header):
                raise PackError(f"{path.name}, line {number}: {len(values)} columns, the header has {len(header)}")
            yield dict(zip(header, values, strict=True))


def extra_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """(where it stands, row) of each actor of a user's TSV or TOML file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackError(f"{path}: cannot be read as UTF-8 text ({problem})") from problem
    if path.suffix == ".toml":
        try:
            actors = tomllib.loads(text).get("actor", [])
        except tomllib.TOMLDecodeError as problem:
            raise PackError(f"{path}: {problem}") from problem
        for n, actor in enumerate(actors, 1):
            row = {k: "|".join(v) if isinstance(v, list) else str(v) for k, v in actor.items()}
            yield f"actor {n} ({row.get('names', '?')})", row
        return
    lines = text.splitlines()
    header = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            values = line.split("\t")
            if len(values) > len(header):
                raise PackError(f"{path}, line {number}: {len(values)} columns, the header has {len(header)}")
            yield f"line {number}", dict(zip(header, values, strict=False))


def entry_of(row: Row, name: str) -> Entry:
    """An entry from a row of facts; columns that the row lacks are unknown."""
    return Entry(
        id=row["id"],
        kind=row["kind"],
        name=name,
        country=row.get("country") or None,
        sectors=tuple(split(row.get("sectors", ""))),
        wikidata=row.get("wikidata") or None,
        geonames=whole(row.get("geonames", "")),
        lat=number(row.get("lat", "")),
        lon=number(row.get("lon", "")),
        weight=float(row.get("weight") or _WEIGHTS.get(row["kind"], 1e6)),
        first=first_day(row.get("first", "")),
        last=last_day(row.get("last", "")),
    )


def split(text: str) -> list[str]:
    """The values of a cell."""
    return text.split("|") if text else []


def number(text: str) -> float | None:
    """A number, or None for an empty cell."""
    return float(text) if text else None


def whole(text: str) -> int | None:
    """A whole number, or None for an empty cell."""
    return int(text) if text else None
