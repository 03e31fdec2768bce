"""Trees of raw news that several parsers vote on: `python models/silver.py fr OUT MODEL MODEL MODEL`; see README.md."""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from train import FEATS
from treebank import Gold, checked, write_silver
from vectors import raw

from dragoman.syntax.parser import Parsed, SpacyParser, read_model
from dragoman.syntax.split import cuts
from dragoman.syntax.tokens import Word, plain, token_rules, words

HERE = Path(__file__).parent
SURE = 0.92  # of a sentence's words must have a head and relation that two parsers agree on


def sentences(lang: str, corpora: Path, count: int, seed: int) -> list[list[Word]]:
    """Random raw sentences of 5 to 45 words; for French only news."""
    rules, found, rng = token_rules(lang), [], random.Random(seed)
    texts = list(raw(lang, corpora, news_only=lang == "fr"))
    rng.shuffle(texts)
    for text in texts:
        text = plain(text)
        for a, b in cuts(text, rules):
            cut = words(text[a:b], rules)
            if 5 <= len(cut) <= 45:
                found.append(cut)
        if len(found) >= count:
            break
    return found[:count]


def voted(cut: list[Word], trees: list[Parsed]) -> Gold | None:
    """The tree most parsers agree on, when they do on nearly all words; the first counts where all differ."""
    heads, rels, agreed = [], [], 0
    for i in range(len(cut)):
        votes = Counter((t.heads[i], t.rels[i]) for t in trees)
        (head, rel), count = votes.most_common(1)[0]
        agreed += count > 1
        heads.append(head)
        rels.append(rel)
    if agreed < SURE * len(cut):
        return None
    spaces = [a.end < b.start for a, b in itertools.pairwise(cut)] + [True]

    def most(values: list[str]) -> str:
        return Counter(values).most_common(1)[0][0]

    upos = [most([t.upos[i] for t in trees]) for i in range(len(cut))]
    feats = [most([t.feats[i] for t in trees]) for i in range(len(cut))]
    feats = ["|".join(p for p in f.split("|") if p.partition("=")[0] in FEATS) for f in feats]
    lemmas = [most([t.lemmas[i] for t in trees]) for i in range(len(cut))]
    return checked(Gold([w.form for w in cut], spaces, upos, feats, lemmas, heads, rels))


def all_voted(cuts: list[list[Word]], models: list[Path]) -> Iterator[Gold]:
    """The sentences whose trees are sure."""
    parsers = [SpacyParser(read_model(path)) for path in models]
    for i in range(0, len(cuts), 512):
        part = cuts[i : i + 512]
        for cut, *trees in zip(part, *(p.parse(part) for p in parsers), strict=True):
            if gold := voted(cut, trees):
                yield gold


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("out", type=Path)
    ask.add_argument("models", type=Path, nargs="+")
    ask.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora")
    ask.add_argument("--sentences", type=int, default=40_000)
    ask.add_argument("--seed", type=int, default=1)
    args = ask.parse_args()
    raw_sentences = sentences(args.lang, args.corpora, args.sentences, args.seed)
    print(write_silver(all_voted(raw_sentences, args.models), args.out), "of", len(raw_sentences), "sentences kept")


if __name__ == "__main__":
    main()
