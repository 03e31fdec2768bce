"""Which lexical units could have fired where: what `evaluate --errors` needs to tell a missing unit from a misfit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model import Document, Sentence, Span
from dragoman.pack import Pack

if TYPE_CHECKING:
    from dragoman.coding.drafts import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A unit whose head stands at a word: `fits` when all that it asks for holds there, and no other asks more."""

    span: Span
    unit: str
    type: str | None  # None: a unit that says no
    fits: bool


def candidates(document: Document, sentences: Sequence[Sentence], pack: Pack) -> tuple[Candidate, ...]:
    """Every unit whose head stands in the parsed sentences; parse with `all_sentences` to see screened ones too."""
    from dragoman.coding.actors import Cast
    from dragoman.coding.drafts import Scene
    from dragoman.coding.tree import Tree

    trees = [Tree(sentence) for sentence in sentences]
    cast = Cast(document, trees, pack)
    scenes = (Scene(n, tree, cast, None, pack, document) for n, tree in enumerate(trees) if tree.tokens)
    return tuple(found for scene in scenes for found in _of(scene))


def _of(scene: Scene) -> Iterator[Candidate]:
    for trigger in scene.matcher.triggers():
        concept = trigger.unit.concept
        yield Candidate(span=scene.tree.span([trigger.token]), unit=trigger.unit.id, type=concept.type, fits=True)
    for i in range(len(scene.tree.tokens)):
        for lemma in scene.matcher.lemmas(i):
            for unit in scene.pack.lexicon.units.get(lemma, ()):
                yield Candidate(span=scene.tree.span([i]), unit=unit.id, type=unit.concept.type, fits=False)
