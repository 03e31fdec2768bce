"""What the world's names mean: countries, places, organisations, groups, offices and who held them when.

Facts live in `data/`, names in `packs/<lang>/`; the formats are in docs/world.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dragoman.world.names import fold
from dragoman.world.tables import DATA, PACKS
from dragoman.world.values import (
    NON_STATES,
    Country,
    Entry,
    Holding,
    Office,
    first_day,
    last_day,
)
from dragoman.world.world import Match, World

__all__ = [
    "DATA",
    "NON_STATES",
    "PACKS",
    "Country",
    "Entry",
    "Holding",
    "Match",
    "Office",
    "World",
    "first_day",
    "fold",
    "last_day",
    "load_world",
]


def load_world(lang: str, *, extra: Sequence[Path] = ()) -> World:
    """The world as one language names it, with the user's own actors from `extra` files (TSV or TOML) on top."""
    return World(lang, extra=extra)
