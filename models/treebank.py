"""Treebanks → training sentences cut by our own tokenizer (see README.md, "Conversion")."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.syntax.tokens import TokenRules, plain, words

RELABEL = {
    "obl:mod": "obl", "advcl:cleft": "advcl", "nmod:appos": "appos", "parataxis:insert": "parataxis",
    "parataxis:parenth": "parataxis", "dep:comp": "dep", "nsubj:outer": "nsubj", "obj:agent": "obj",
    "advcl:relcl": "advcl",
    "csubj:pass": "csubj", "csubj:outer": "csubj",
}  # fmt: skip


@dataclass
class Gold:
    """A sentence to train on: parallel lists, heads by index (the root's is its own)."""

    words: list[str]
    spaces: list[bool]
    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    rels: list[str]
    ents: list[tuple[int, int, str]] | None = None
    name: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def read_conllu(path: Path) -> Iterator[list[list[str]]]:
    """The sentences of a (gzipped) CoNLL-U file as rows of ten columns."""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield rows
                rows = []
            elif not line.startswith("#"):
                rows.append(line.split("\t"))
    if rows:
        yield rows


def write_silver(sentences: Iterable[Gold], path: Path) -> int:
    """Parsed sentences as JSON lines; how many."""
    n = 0
    with path.open("w", encoding="utf-8") as out:
        for n, g in enumerate(sentences, 1):  # noqa: B007
            out.write(
                json.dumps([g.words, g.spaces, g.upos, g.feats, g.lemmas, g.heads, g.rels], ensure_ascii=False) + "\n"
            )
    return n


def read_silver(path: Path) -> list[Gold]:
    """What `write_silver` wrote."""
    with path.open(encoding="utf-8") as lines:
        return [Gold(*json.loads(line)) for line in lines]


def convert(rows: list[list[str]], rules: TokenRules, *, relabel: dict[str, str] = RELABEL) -> Gold | None:
    """One UD sentence on our tokens; None when it is not a tree."""
    text, units = "", []  # units: (row, start, end)
    covered: dict[str, tuple[int, int]] = {}
    for row in rows:
        number, form, misc = row[0], plain(row[1]), row[9]
        gap = "" if "SpaceAfter=No" in misc else " "
        if "-" in number:
            first, last = number.split("-")
            parts = [r for r in rows if r[0].isdigit() and int(first) <= int(r[0]) <= int(last)]
            start = len(text)
            if "".join(plain(p[1]) for p in parts) == form:
                at = start
                for part in parts:
                    covered[part[0]] = (at, at + len(part[1]))
                    at += len(part[1])
            else:
                for part in parts:
                    covered[part[0]] = (start, start + len(form))
            text += form + gap
        elif number.isdigit():
            if number in covered:
                units.append((row, *covered[number]))
            else:
                units.append((row, len(text), len(text) + len(form)))
                text += form + gap
    tokens = words(text, rules)
    if not tokens or not units:
        return None
    return _project(text, tokens, units, relabel)


def _project(text: str, tokens: list, units: list, relabel: dict[str, str]) -> Gold | None:
    heads_of = {row[0]: row[6] for row, _, _ in units}
    over: list[list[int]] = [[] for _ in tokens]  # units under each token
    first_token: dict[str, int] = {}
    t = 0
    for u, (row, start, end) in enumerate(units):
        while t < len(tokens) and tokens[t].end <= start:
            t += 1
        k = t
        while k < len(tokens) and tokens[k].start < end:
            over[k].append(u)
            first_token.setdefault(row[0], k)
            k += 1
        if row[0] not in first_token:
            return None
        t = max(0, t - 1)
    n = len(tokens)
    gold = Gold(
        [w.form for w in tokens], [w.end < len(text) and text[w.end] == " " for w in tokens], [], [], [], [0] * n, []
    )
    carrier: dict[str, int] = {}
    for k, below in enumerate(over):
        ids = {units[u][0][0] for u in below}
        outside = [u for u in below if heads_of[units[u][0][0]] not in ids]
        u = outside[0] if outside else below[0]
        row = units[u][0]
        later_piece = first_token[row[0]] < k
        if later_piece:
            label = "flat" if row[3] in ("PROPN", "NUM", "X") else "fixed"
            gold.upos.append("PUNCT" if not any(c.isalnum() for c in tokens[k].text) else row[3])
            gold.feats.append("")
            gold.lemmas.append(tokens[k].form)
            gold.rels.append("punct" if gold.upos[-1] == "PUNCT" else label)
            gold.heads[k] = first_token[row[0]]
            continue
        whole = units[u][2] - units[u][1] <= tokens[k].end - tokens[k].start
        gold.upos.append(row[3] if row[3] != "_" else "X")
        gold.feats.append("" if row[5] == "_" else row[5])
        gold.lemmas.append(plain(row[2]) if whole and row[2] != "_" else tokens[k].form)
        gold.rels.append(relabel.get(row[7], row[7]))
        gold.heads[k] = -int(row[6]) - 1  # resolved below
        for v in below:
            if first_token[units[v][0][0]] == k:
                carrier[units[v][0][0]] = k
    for k in range(n):
        if gold.heads[k] < 0:
            head = str(-gold.heads[k] - 1)
            gold.heads[k] = k if head == "0" else carrier.get(head, first_token.get(head, k))
            if gold.heads[k] == k and head != "0":
                gold.heads[k] = carrier.get(head, k)
    return checked(gold)


def harmonised(gold: Gold, honorifics: frozenset[str]) -> Gold:
    """French treebanks disagree on names after nouns: here appos (le ministre Durand) or flat:name (M. Durand)."""
    cased = {gold.heads[k] for k, rel in enumerate(gold.rels) if rel == "case"}
    for k, (head, rel) in enumerate(zip(gold.heads, gold.rels, strict=True)):
        if (
            rel in ("nmod", "appos")
            and gold.upos[k] == "PROPN"
            and head < k
            and gold.upos[head] == "NOUN"
            and k not in cased
        ):
            gold.rels[k] = "flat:name" if gold.words[head] in honorifics else "appos"
    return gold


def checked(gold: Gold) -> Gold | None:
    """The sentence if it is one tree with one root."""
    roots = [k for k, h in enumerate(gold.heads) if h == k]
    if len(roots) != 1:
        return None
    gold.rels[roots[0]] = "root"
    for k in range(len(gold.heads)):
        seen, at = set(), k
        while gold.heads[at] != at:
            if at in seen:
                return None
            seen.add(at)
            at = gold.heads[at]
    for k, rel in enumerate(gold.rels):
        if rel == "root" and gold.heads[k] != k:
            gold.rels[k] = "parataxis"
    return gold
