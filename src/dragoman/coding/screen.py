"""Which sentences are worth parsing: those with a word that a unit, a tie or a claim can start from."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.pack import Pack

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def screen(pack: Pack) -> Callable[[str], bool]:
    """A quick test of a sentence's text: False where nothing can be coded."""
    lexicon = pack.lexicon
    heads = {head for head, units in lexicon.units.items() if any(unit.concept.type is not None for unit in units)}
    starts = {form for form, lemmas in lexicon.forms.items() if any(lemma in heads for lemma in lemmas)} | heads
    starts |= getattr(pack.ties, "starts", frozenset())

    def keep(text: str) -> bool:
        words = WORD.findall(text.lower())
        parts = (part for word in words if "-" in word for part in word.split("-"))
        return not starts.isdisjoint(words) or not starts.isdisjoint(parts)

    return keep
