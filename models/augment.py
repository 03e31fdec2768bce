"""Small, lifelike damage to training sentences, so that newspapers look familiar."""

from __future__ import annotations

import random
from dataclasses import replace

from treebank import Gold

_BARE = str.maketrans("ÀÂÇÉÈÊËÎÏÔÖÙÛÜ", "AACEEEEIIOOUUU")


def augmented(gold: Gold, lang: str, rng: random.Random) -> Gold:
    """The sentence as it is, or (one time in three) wounded."""
    roll = rng.random()
    if roll > 0.33:
        return gold
    if roll < 0.06:
        return _without_stop(gold)
    if roll < 0.12:
        return replace(gold, words=[w.translate(_BARE) for w in gold.words])
    if roll < 0.15:
        return replace(gold, words=[w.upper() if len(w) > 1 else w for w in gold.words])
    if roll < 0.22:
        return _quoted(gold)
    return gold


def _without_stop(gold: Gold) -> Gold:
    """A headline: the last full stop is gone."""
    last = len(gold.words) - 1
    if last < 2 or gold.upos[last] != "PUNCT" or last in gold.heads[:last] or gold.heads[last] == last:
        return gold
    return Gold(*(getattr(gold, f)[:last] for f in ("words", "spaces", "upos", "feats", "lemmas", "heads", "rels")))


def _quoted(gold: Gold) -> Gold:
    """The whole sentence inside quotation marks."""
    if '"' in gold.words or len(gold.words) < 3:
        return gold
    root = next(i for i, h in enumerate(gold.heads) if h == i) + 1
    return Gold(
        ['"', *gold.words, '"'], [False, *gold.spaces[:-1], False, True], ["PUNCT", *gold.upos, "PUNCT"], ["", *gold.feats, ""],
        ['"', *gold.lemmas, '"'], [root, *(h + 1 for h in gold.heads), root], ["punct", *gold.rels, "punct"],
    )  # fmt: skip
