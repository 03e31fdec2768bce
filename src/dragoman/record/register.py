"""The world in all languages at once, loaded when first asked for: who and what is known by a name."""

from __future__ import annotations

from functools import cache, lru_cache

from dragoman.world import PACKS, World, load_world


@cache
def worlds() -> tuple[World, ...]:
    """The world as each language names it."""
    return tuple(load_world(naming.parent.name) for naming in sorted(PACKS.glob("*/naming.toml")))


@lru_cache(maxsize=100_000)
def registered(name: str, country: str | None = None) -> bool:
    """Whether the world knows the name: a body, a place, or a person (of that country, where one is told)."""
    found = (entry for world in worlds() for entry in world.lookup(name))
    return any(e.kind != "person" or country is None or e.country in (None, country) for e in found)
