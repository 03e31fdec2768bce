"""PLOVER contexts of a report: those of its concept, and those that the words of its sentence set."""

from __future__ import annotations

from dragoman.coding.match import Matcher
from dragoman.coding.tree import Tree
from dragoman.model import Reason
from dragoman.pack import Pack

SPECIFIC_CRIMES = {"trafficking", "corruption", "illegal_drugs"}  # beside these, `crime` is not coded (unless `cyber` is)


def contexts_of(
    tree: Tree, matcher: Matcher, given: tuple[str, ...], pack: Pack
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """The contexts, the concept's first, and the words that set the others."""
    known = pack.contexts
    found = dict.fromkeys(given)
    reasons = []
    for i in range(len(tree.tokens)):
        for lemma in matcher.lemmas(i):
            hits = [(context, [i]) for context in known.words.get(lemma, ())]
            for rest, context in known.expressions.get(lemma, ()):
                after = [*range(i + 1, i + 1 + len(rest))]
                if after and after[-1] < len(tree.tokens) and all(
                    word in matcher.lemmas(k) for word, k in zip(rest, after, strict=True)
                ):
                    hits.append((context, [i, *after]))
            for context, where in hits:
                if context not in found:
                    found[context] = None
                    reasons.append(Reason(field="contexts", rule=f"{pack.lang}/context/{context}", span=tree.span(where)))
    if SPECIFIC_CRIMES & found.keys() and "crime" in found and "cyber" not in found:
        del found["crime"]
    return tuple(found), tuple(r for r in reasons if r.rule.rpartition("/")[2] in found)
