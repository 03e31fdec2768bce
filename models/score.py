"""Scores of a model on sentences of gold trees, cut by our tokenizer; relations are compared without subtype."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc
from treebank import Gold

RELATIONS = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "conj", "xcomp", "ccomp", "acl", "advcl", "flat")


def scores(
    nlp: Language, gold: list[Gold], *, joined: int = 1, table: Mapping[tuple[str, str], str] | None = None
) -> dict[str, float]:
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
            _compare(g, doc, base, count, table or {})
            base += len(g.words)
        _sentences(group, doc, count)
    return _rates(count)


def _compare(g: Gold, doc: Doc, base: int, count: Counter[str], table: Mapping[tuple[str, str], str]) -> None:
    for i in range(len(g.words)):
        token = doc[base + i]
        count["words"] += 1
        count["upos"] += token.pos_ == g.upos[i]
        count["feats"] += str(token.morph) == g.feats[i]
        if g.upos[i] == "PUNCT":
            continue
        count["tokens"] += 1
        lemma = table.get((token.lower_, token.pos_), token.lemma_)
        count["lemma"] += lemma.lower() == g.lemmas[i].lower()
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


def main() -> None:
    """Prints the table of README.md: the shipped model on the treebanks' test parts."""
    import argparse
    from importlib.resources import files
    from pathlib import Path

    from train import TEST, load

    from dragoman.syntax.parser import load_parser, read_model

    ask = argparse.ArgumentParser(description=main.__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("--model", type=Path)
    ask.add_argument("--corpora", type=Path, default=Path(__file__).parent.parent.parent / "shared" / "corpora")
    args = ask.parse_args()
    path = args.model or Path(str(files("dragoman") / "packs" / args.lang / "parser"))
    nlp, table = read_model(path), load_parser(args.lang).lemmas
    head = ("upos", "feats", "lemma", "+table", "uas", "las", *RELATIONS, "sentences")
    print("| test part |", " | ".join(head), "|\n|", " --- |" * (len(head) + 1))
    for name, gold in load(TEST[args.lang], args.lang, args.corpora).items():
        found = scores(nlp, gold) | {"+table": scores(nlp, gold, table=table)["lemma"]}
        found["sentences"] = scores(nlp, gold, joined=5)["sentences"]
        print("|", name.rpartition("/")[2], "|", " | ".join(f"{found[k]:.1f}" for k in head), "|")


if __name__ == "__main__":
    main()
