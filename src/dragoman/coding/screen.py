"""Which sentences are worth parsing: those in which the words of a unit, a tie or a claim stand together."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from dragoman.pack import Pack
from dragoman.pack.lexicon import Unit
from dragoman.pack.ties import Tie

Groups = tuple[frozenset[str], ...]

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PARTS = re.compile(r"[-'’]")


@lru_cache(maxsize=8)
def screen(pack: Pack) -> Callable[[str], bool]:
    """A quick test of a sentence's text: False where nothing can be coded."""
    forms, claims = pack.lexicon.forms, pack.ties.claims
    asked: dict[str, list[Groups]] = {}
    for unit in pack.lexicon.all_units():
        if unit.concept.type is not None:
            asked.setdefault(unit.head, []).append(_unit_groups(unit))
    for tie in pack.ties.all:
        for lemma in tie.trigger:
            asked.setdefault(lemma, []).append(_tie_groups(tie))
    firsts = claims.first | claims.last | claims.never | claims.unprecedented | claims.highest_after
    bounds = claims.since | {word for unit in claims.units for word in (unit, unit + "s")}

    def keep(text: str) -> bool:
        words = set(WORD.findall(text.lower()))
        words |= {part for word in words for part in PARTS.split(word)}
        if not firsts.isdisjoint(words) and not bounds.isdisjoint(words):
            return True
        lemmas = words | {lemma for word in words for lemma in forms.get(word, ())}
        return any(
            all(not group.isdisjoint(lemmas) for group in groups)
            for head in lemmas & asked.keys()
            for groups in asked[head]
        )

    return keep


def _unit_groups(unit: Unit) -> Groups:
    """Groups of words of which one each must stand in the sentence for the unit to fire."""
    tests = (need.values for need in unit.needs if need.test in {"lemma", "any"} and not need.negative)
    return (*(frozenset({word}) for word in unit.words), *tests)


def _tie_groups(tie: Tie) -> Groups:
    """The same for a tie."""
    if tie.beside_or_governor:
        return (tie.beside | tie.governor,)
    return tuple(group for group in (tie.beside, tie.governor) if group)
