"""A language pack: a folder of data, loaded on demand and checked; `load_pack("fr")`."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import PackError

if TYPE_CHECKING:
    from dragoman.pack.agents import Agents
    from dragoman.pack.contexts import ContextWords
    from dragoman.pack.dates import DateWords
    from dragoman.pack.lexicon import Lexicon
    from dragoman.pack.speech import Speech
    from dragoman.pack.status import StatusWords
    from dragoman.pack.ties import Ties
    from dragoman.world import World

PACKS = Path(__file__).parent.parent / "packs"


class Pack:
    """One language: its folder, and its parts, each loaded and checked when first asked for."""

    def __init__(self, folder: Path, *, actors: tuple[Path, ...] = ()) -> None:
        self.folder = folder
        self.lang = folder.name
        self.actors = actors

    @cached_property
    def world(self) -> World:
        """Names of countries, organisations, persons and places in this language, and who held which office."""
        from dragoman.world import load_world

        return load_world(self.lang, extra=self.actors)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Lexical units over frames and concepts."""
        from dragoman.pack.lexicon import load_lexicon

        return load_lexicon(self.folder)

    @cached_property
    def contexts(self) -> ContextWords:
        """Words that set PLOVER contexts."""
        from dragoman.pack.contexts import load_contexts

        return load_contexts(self.folder)

    @cached_property
    def topics(self) -> ContextWords:
        """Words of sport, culture, business and private life."""
        from dragoman.pack.contexts import load_topics

        return load_topics(self.folder)

    @cached_property
    def agents(self) -> Agents:
        """Role nouns and titles (ministre, soldiers, M.) with their sectors."""
        from dragoman.pack.agents import load_agents

        return load_agents(self.folder)

    @cached_property
    def status(self) -> StatusWords:
        """Words that make an event negated, future, hypothetical, historical, habitual or a rumour."""
        from dragoman.pack.status import load_status

        return load_status(self.folder)

    @cached_property
    def speech(self) -> Speech:
        """Verbs and formulas of saying, and channels."""
        from dragoman.pack.speech import load_speech

        return load_speech(self.folder)

    @cached_property
    def dates(self) -> DateWords:
        """Months, weekdays, relative dates, periods."""
        from dragoman.pack.dates import load_dates

        return load_dates(self.folder)

    @cached_property
    def ties(self) -> Ties:
        """Patterns of standing ties and of claims about history."""
        from dragoman.pack.ties import load_ties

        return load_ties(self.folder)


def load_pack(lang: str, actors: tuple[Path, ...] = ()) -> Pack:
    """The pack of a language ("fr", "en"), loaded once; `actors` are users' own actor files."""
    return _load_pack(lang, actors)


@cache
def _load_pack(lang: str, actors: tuple[Path, ...]) -> Pack:
    folder = PACKS / lang
    if not (folder / "pack.toml").is_file():
        known = ", ".join(sorted(p.parent.name for p in PACKS.glob("*/pack.toml")))
        raise PackError(f"no language pack {lang!r} in {PACKS}; there is: {known}")
    return Pack(folder, actors=actors)


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a pack."""
    return tuple(sorted(p.parent.name for p in PACKS.glob("*/pack.toml")))
