"""Trees that are put together from words: what made news of every language is built with."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from typing import Any

from treebank import Gold


@dataclass
class Node:
    """A word with what hangs on it, before and after."""

    word: str
    lemma: str
    upos: str
    feats: str = ""
    rel: str = "root"
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    tight: bool = False  # no space after it

    def as_(self, rel: str, *front: Node) -> Node:
        """Itself under another relation, with case or mark words in front."""
        self.rel = rel
        self.left[:0] = front
        return self


class Maker:
    """Draws the words of one sentence, all in the same style: full, or a headline."""

    def __init__(self, pack: dict[str, Any], rng: random.Random, *, full: bool) -> None:
        self.words, self.pack, self.rng, self.full = pack["news"], pack, rng, full

    def pick(self, key: str) -> str:
        return str(self.rng.choice(self.words[key]))

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def aside(self, node: Node, rel: str, *, dashes: float = 0.08) -> Node:
        """The phrase between commas, now and then between dashes or brackets."""
        one, two = ("-", "-") if self.chance(dashes) else ("(", ")") if self.chance(0.05) else (",", ",")
        node.rel = rel
        node.left.insert(0, Node(one, one, "PUNCT", "", "punct"))
        node.right.append(Node(two, two, "PUNCT", "", "punct"))
        return node


def flattened(root: Node) -> Gold:
    """The tree as a training sentence."""
    order = _single_marks(_in_order(root))
    at = {id(n): i for i, n in enumerate(order)}
    heads = list(range(len(order)))
    for n in order:
        for child in [*n.left, *n.right]:
            if id(child) in at:
                heads[at[id(child)]] = at[id(n)]
    spaces = [not (a.tight or a.word == "(" or b.word in (",", ".", ")")) for a, b in itertools.pairwise(order)]
    return Gold([n.word for n in order], [*spaces, True], [n.upos for n in order], [n.feats for n in order],
                [n.lemma for n in order], heads, [n.rel for n in order])  # fmt: skip


def _in_order(node: Node) -> list[Node]:
    before = [n for child in node.left for n in _in_order(child)]
    return [*before, node, *(n for child in node.right for n in _in_order(child))]


def _single_marks(order: list[Node]) -> list[Node]:
    """Without the second comma or dash of an aside that ends the sentence or meets another mark."""
    marks, last = (",", ".", ":", ")"), len(order) - 1
    return [n for k, n in enumerate(order) if not (n.word in (",", "-") and (k == last or order[k + 1].word in marks))]
