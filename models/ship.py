"""Puts a trained parser and entity recogniser together as packs/<lang>/parser: `python models/ship.py fr PARSER [NER]`.

Vectors are kept as 16-bit numbers (half the size, the same scores); `dragoman.syntax.parser.read_model` widens them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy
import spacy

HERE = Path(__file__).parent


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("parser", type=Path)
    ask.add_argument("ner", type=Path, nargs="?")
    args = ask.parse_args()
    out = HERE.parent / "src" / "dragoman" / "packs" / args.lang / "parser"
    nlp = spacy.load(args.parser, exclude=["tokenizer"])
    if args.ner:
        nlp.add_pipe("ner", source=spacy.load(args.ner, vocab=nlp.vocab, exclude=["tokenizer", "vocab"]))
    nlp.config["initialize"]["vectors"] = None
    nlp.meta["name"] = f"dragoman_{args.lang}"
    lemmas = (out / "lemmas.tsv").read_text("utf-8")
    shutil.rmtree(out)
    nlp.to_disk(out)
    (out / "lemmas.tsv").write_text(lemmas, "utf-8")
    vectors = out / "vocab" / "vectors"
    data = numpy.load(vectors)
    with vectors.open("wb") as file:
        numpy.save(file, data.astype("float16"))
    meta = json.loads((out / "meta.json").read_text("utf-8"))
    (out / "meta.json").write_text(
        json.dumps({k: meta[k] for k in ("lang", "name", "version", "spacy_version", "vectors", "pipeline")}) + "\n"
    )
    print(sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / 1e6, "MB")


if __name__ == "__main__":
    main()
