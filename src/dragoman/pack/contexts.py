"""Words that set an event's PLOVER contexts: `packs/<lang>/contexts.tsv`."""

from __future__ import annotations

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


def load_contexts(folder: Path) -> ContextWords:
    """The context words of a language; an unknown context is a PackError naming file and line."""
    path = folder / "contexts.tsv"
    words: dict[str, list[str]] = {}
    expressions: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line, row in read_table(path, ("word", "context")):
        try:
            context = ontology.known_context(row["context"])
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
