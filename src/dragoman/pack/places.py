"""The words of places.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import PackError


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Adpositions, verbs and nouns that tell where something happens, in one language."""

    locative: frozenset[str]
    naming: frozenset[str]
    dative: frozenset[str]
    against: frozenset[str]
    never_with_article: str
    of: frozenset[str]
    source: frozenset[str]
    destination: frozenset[str]
    giving: frozenset[str]
    leaving: frozenset[str]
    going: frozenset[str]
    into: frozenset[str]
    visiting: frozenset[str]
    hosting: frozenset[str]
    residing: frozenset[str]
    verbal: frozenset[str]
    held: frozenset[str]
    place: frozenset[str]
    target: frozenset[str]
    missions: frozenset[str]
    idle: frozenset[str]


@cache
def load_places(folder: Path) -> PlaceWords:
    """places.toml of a pack, checked."""
    path = folder / "places.toml"
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
        words = {key: value for table in data.values() for key, value in table.items()}
        never = str(words.pop("never_with_article"))
        return PlaceWords(never_with_article=never, **{key: frozenset(value) for key, value in words.items()})
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as problem:
        raise PackError(f"{path}: {type(problem).__name__} {problem}; compare with another pack's") from problem
