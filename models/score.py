"""Scores of a model on sentences of gold trees, cut by our tokenizer; relations are compared without subtype."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc
from treebank import Gold

RELATIONS = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "xcomp", "ccomp", "acl", "advcl", "flat")


def scores(nlp: Language, gold: list[Gold], *, joined: int = 1) -> dict[str, float]:
    """UPOS, lemma, UAS, LAS (no punctuation), F1 per relation; `joined` sentences a document, cut by the parser."""
    count: Counter[str] = Counter()
    groups = [gold[i : i + joined] for i in range(0, len(gold), joined)]
    docs = []
    for group in groups:
        words = [w for g in group for w in g.words]
        spaces = [s for g in group for s in [*g.spaces[:-1], True]]
        starts = [i == 0 for g in group for i in range(len(g.words))] if joined == 1 else None
        docs.append(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts))
    for _, pipe in nlp.pipeline:
        docs = list(pipe.pipe(docs, batch_size=64)) if hasattr(pipe, "pipe") else [pipe(d) for d in docs]
    for group, doc in zip(groups, docs, strict=True):
        base = 0
        for g in group:
            _compare(g, doc, base, count)
            base += len(g.words)
        _sentences(group, doc, count)
    return _rates(count)


def _compare(g: Gold, doc: Doc, base: int, count: Counter[str]) -> None:
    for i in range(len(g.words)):
        token = doc[base + i]
        count["words"] += 1
        count["upos"] += token.pos_ == g.upos[i]
        count["feats"] += str(token.morph) == g.feats[i]
        if g.upos[i] == "PUNCT":
            continue
        count["tokens"] += 1
        count["lemma"] += token.lemma_.lower() == g.lemmas[i].lower()
        head, rel, gold_rel = token.head.i - base, token.dep_.lower().split(":")[0], g.rels[i].split(":")[0]
        same = head == g.heads[i]
        count["uas"] += same
        count["las"] += same and rel == gold_rel
        count[f"gold {gold_rel}"] += 1
        count[f"said {rel}"] += 1
        count[f"right {rel}"] += same and rel == gold_rel


def _sentences(group: list[Gold], doc: Doc, count: Counter[str]) -> None:
    base, ends = 0, set()
    for g in group:
        ends.add((base, base + len(g.words)))
        base += len(g.words)
    said = {(s.start, s.end) for s in doc.sents}
    count["sent gold"] += len(ends)
    count["sent said"] += len(said)
    count["sent right"] += len(ends & said)


def _rates(count: Counter[str]) -> dict[str, float]:
    found = {k: 100 * count[k] / max(1, count["words"]) for k in ("upos", "feats")}
    found |= {k: 100 * count[k] / max(1, count["tokens"]) for k in ("lemma", "uas", "las")}
    for rel in RELATIONS:
        both = count[f"gold {rel}"] + count[f"said {rel}"]
        found[rel] = 200 * count[f"right {rel}"] / both if both else 0.0
    found["sentences"] = 200 * count["sent right"] / max(1, count["sent gold"] + count["sent said"])
    return found


def line(found: dict[str, float]) -> str:
    """The scores on one line."""
    return " ".join(f"{k} {v:.1f}" for k, v in found.items())
