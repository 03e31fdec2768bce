"""PLOVER contexts of a report: those of its concept, and those that the words of its sentence set."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.coding.match import Matcher
from dragoman.coding.tree import Tree
from dragoman.model import Reason
from dragoman.pack import Pack
from dragoman.pack.contexts import ContextWords

# Beside these `crime` is not coded, unless `cyber` is (PLOVER manual, contexts).
SPECIFIC_CRIMES = {"trafficking", "corruption", "illegal_drugs"}


def contexts_of(
    tree: Tree, matcher: Matcher, given: tuple[str, ...], pack: Pack
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """The contexts, the concept's first, and the words that set the others."""
    found = dict.fromkeys(given)
    reasons = []
    for context, where in hits_of(tree, matcher, pack.contexts):
        if context not in found:
            found[context] = None
            reasons.append(Reason(field="contexts", rule=f"{pack.lang}/context/{context}", span=tree.span(where)))
    if SPECIFIC_CRIMES & found.keys() and "crime" in found and "cyber" not in found:
        del found["crime"]
    return tuple(found), tuple(r for r in reasons if r.rule.rpartition("/")[2] in found)


def topics_of(tree: Tree, matcher: Matcher, pack: Pack, named: frozenset[int] = frozenset()) -> dict[str, int]:
    """How many words of each unpolitical topic the sentence has, those in names of parties left out."""
    found: dict[str, int] = {}
    for topic, where in hits_of(tree, matcher, pack.topics):
        if named.isdisjoint(where):
            found[topic] = found.get(topic, 0) + 1
    return found


def hits_of(tree: Tree, matcher: Matcher, known: ContextWords) -> Iterator[tuple[str, list[int]]]:
    """The classes of the sentence's words and expressions, with their tokens."""
    for i in range(len(tree.tokens)):
        for lemma in matcher.lemmas(i):
            for context in known.words.get(lemma, ()):
                yield context, [i]
            for rest, context in known.expressions.get(lemma, ()):
                after = [*range(i + 1, i + 1 + len(rest))]
                if after[-1] < len(tree.tokens) and all(
                    word in matcher.lemmas(k) for word, k in zip(rest, after, strict=True)
                ):
                    yield context, [i, *after]
