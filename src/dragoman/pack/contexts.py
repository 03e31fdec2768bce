"""Words that set an event's PLOVER contexts (`contexts.tsv`) or an unpolitical topic (`topics.tsv`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dragoman import ontology
from dragoman.errors import PackError
from dragoman.pack.lexicon import read_table


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Lemma or form (lower case) → contexts; expressions of several words by their first word."""

    words: dict[str, tuple[str, ...]]
    expressions: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


TOPICS = ("sport", "culture", "business", "private")


def load_contexts(folder: Path) -> ContextWords:
    """The context words of a language; an unknown context is a PackError naming file and line."""
    return _load(folder / "contexts.tsv", "context", ontology.known_context)


def load_topics(folder: Path) -> ContextWords:
    """Words of sport, culture, business and private life, in which political words mean something else."""
    return _load(folder / "topics.tsv", "topic", _known_topic)


def _known_topic(name: str) -> str:
    if name not in TOPICS:
        raise ValueError(f"unknown topic {name!r} (known: {', '.join(TOPICS)})")
    return name


def _load(path: Path, column: str, known: Callable[[str], str]) -> ContextWords:
    words: dict[str, list[str]] = {}
    expressions: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line, row in read_table(path, ("word", column)):
        try:
            context = known(row[column])
        except ValueError as problem:
            raise PackError(f"{path}, line {line}, word {row['word']!r}: {problem}") from problem
        first, *rest = row["word"].replace("'", "' ").split()
        if rest:
            expressions.setdefault(first, []).append((tuple(rest), context))
        else:
            words.setdefault(first, []).append(context)
    return ContextWords(
        {word: tuple(contexts) for word, contexts in words.items()},
        {first: tuple(rest) for first, rest in expressions.items()},
    )
