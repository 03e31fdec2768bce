"""Word vectors of one language: `python models/vectors.py fr|en OUT`. Europarl, and French news; see README.md."""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.syntax.split import cuts
from dragoman.syntax.tokens import plain, token_rules, words

HERE = Path(__file__).parent


def raw(lang: str, corpora: Path, *, news_only: bool = False) -> Iterator[str]:
    """Raw text: each line of Europarl, each article of the (French) news."""
    if lang == "fr":
        yield from news(corpora)
    if news_only:
        return
    archive = corpora / "parallel-europarl-en-fr" / "europarl-en-fr.sample.tsv.zst"
    with subprocess.Popen(["zstd", "-dcq", str(archive)], stdout=subprocess.PIPE) as tsv:
        assert tsv.stdout
        for line in tsv.stdout:
            columns = line.decode("utf-8").rstrip("\n").split("\t")
            yield columns[1 if lang == "en" else 2]


def news(corpora: Path) -> Iterator[str]:
    """The texts of the French news corpus."""
    with gzip.open(corpora / "news-french-orange" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("out", type=Path)
    ask.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora")
    ask.add_argument("--dim", type=int, default=64)
    ask.add_argument("--buckets", type=int, default=50_000)
    args = ask.parse_args()
    import floret

    args.out.mkdir(parents=True, exist_ok=True)
    rules, corpus = token_rules(args.lang), args.out / "corpus.txt"
    if not corpus.exists():
        with corpus.open("w", encoding="utf-8") as out:
            for text in raw(args.lang, args.corpora):
                text = plain(text)
                for a, b in cuts(text, rules):
                    out.write(" ".join(w.form.replace(" ", "_") for w in words(text[a:b], rules)) + "\n")
    model = floret.train_unsupervised(
        str(corpus), model="cbow", mode="floret", hashCount=2, bucket=args.buckets, dim=args.dim, minn=4, maxn=5,
        minCount=5, epoch=3, thread=1, neg=10, lr=0.05,
    )  # fmt: skip
    model.save_floret_vectors(str(args.out / "vectors.floret"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "spacy",
            "init",
            "vectors",
            "xx",
            str(args.out / "vectors.floret"),
            str(args.out / "spacy"),
            "--mode",
            "floret",
        ],
        check=True,
    )


if __name__ == "__main__":
    main()
