"""Trains the entity recogniser and puts it into a parser's pipeline: `python models/ner.py fr|en PARSER OUT`."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import spacy
from entities import Named, europarl_silver, from_columns, news_silver, re3d
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, NumpyOps, fix_random_seed, set_current_ops

HERE = Path(__file__).parent
CONFIG = """
[vars]
vectors = true
[nlp]
lang = "xx"
pipeline = ["ner"]
[components]
[components.ner]
factory = "ner"
[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
[components.ner.model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"
[components.ner.model.tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 64
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [3000,1000,1500,1000]
include_static_vectors = ${vars.vectors}
[components.ner.model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 64
depth = 4
window_size = 1
maxout_pieces = 3
"""


def data(lang: str, corpora: Path) -> tuple[list[tuple[str, list[Named], float]], dict[str, list[Named]]]:
    """(name, sentences, weight) to train on, and the test sets."""
    if lang == "fr":
        newseye = corpora / "ner-french-newseye"
        gold = [
            n
            for part in ("dev", "dev2")
            for n in from_columns(newseye / f"HIPE-2022-v2.1-newseye-{part}-fr.tsv.gz", lang, 0, 1)
        ]
        test = from_columns(newseye / "HIPE-2022-v2.1-newseye-test-fr.tsv.gz", lang, 0, 1)
        old = from_columns(corpora / "ner-french-europeana" / "enp_FR.bnf.bio.gz", lang, 0, 1)
        silver = news_silver(corpora)
        train = [("newseye", gold + test[len(test) // 3 :], 1.0), ("europeana", old, 0.5),
                 ("europarl", europarl_silver(corpora), 0.25),
                 ("news", silver[1000:], 0.8)]  # fmt: skip
        return train, {"newseye": test[: len(test) // 3], "news silver": silver[:1000]}
    ewt = corpora / "uner-english-ewt"
    train = [("ewt", from_columns(ewt / "en_ewt-ud-train.iob2.gz", lang, 1, 2), 0.7),
             ("wikigold", from_columns(corpora / "ner-english-wikigold" / "wikigold.conll.txt.gz", lang, 0, 1), 1.5),
             ("re3d", re3d(corpora), 2.0)]  # fmt: skip
    return train, {"ewt": from_columns(ewt / "en_ewt-ud-test.iob2.gz", lang, 1, 2)}


def example(nlp: Language, named: Named, rng: random.Random) -> Example:
    """One sentence to train on; now and then in capitals."""
    words = [w.upper() for w in named.words] if rng.random() < 0.03 else named.words
    reference = Doc(nlp.vocab, words=words, spaces=named.spaces)
    reference.ents = [spacy.tokens.Span(reference, a, b, label=label) for a, b, label in named.ents]
    return Example(Doc(nlp.vocab, words=words, spaces=named.spaces), reference)


def scores(nlp: Language, gold: list[Named]) -> dict[str, float]:
    """F1 of exact spans and labels, all and per label (a test set without MISC does not punish MISC)."""
    right, said, wanted = Counter(), Counter(), Counter()
    known = {label for named in gold for *_, label in named.ents}
    docs = nlp.get_pipe("ner").pipe((Doc(nlp.vocab, words=n.words, spaces=n.spaces) for n in gold), batch_size=64)
    for named, doc in zip(gold, docs, strict=True):
        found, true = {(e.start, e.end, e.label_) for e in doc.ents if e.label_ in known}, set(named.ents)
        for counter, spans in ((right, found & true), (said, found), (wanted, true)):
            counter.update(label for *_, label in spans)
            counter["all"] += len(spans)
    return {k: 200 * right[k] / (said[k] + wanted[k]) for k in sorted(wanted)}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("parser", type=Path, help="the pipeline that is given the recogniser")
    ask.add_argument("out", type=Path)
    ask.add_argument("--vectors", type=Path)
    ask.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora")
    ask.add_argument("--minutes", type=float, default=8)
    args = ask.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(1)
    rng = random.Random(1)
    train, tests = data(args.lang, args.corpora)
    for name, sentences, weight in train:
        print(
            name,
            len(sentences),
            "sentences",
            dict(Counter(e[2] for n in sentences for e in n.ents)),
            "weight",
            weight,
            flush=True,
        )
    config = Config().from_str(CONFIG, interpolate=False, overrides={"vars.vectors": bool(args.vectors)})
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    if args.vectors:
        nlp.config["initialize"]["vectors"] = str(args.vectors)
    nlp.initialize(lambda: [example(nlp, n, rng) for _, sentences, _ in train for n in sentences[:2000]])
    sgd = Adam(0.0015, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    begun, step, part = time.process_time(), 0, 0.0
    while part < 1:
        chosen = [n for _, sentences, weight in train for n in sentences for _ in range(int(weight + rng.random()))]
        rng.shuffle(chosen)
        for i in range(0, len(chosen), 48):
            part = (time.process_time() - begun) / 60 / args.minutes
            if part >= 1:
                break
            sgd.learn_rate = 0.0015 * min(1.0, (step + 1) / 100, 1.25 * (1.02 - part))
            nlp.update([example(nlp, n, rng) for n in chosen[i : i + 48]], sgd=sgd, drop=0.2)
            step += 1
    with nlp.use_params(sgd.averages):
        for name, gold in tests.items():
            print(step, "steps", name, {k: round(v, 1) for k, v in scores(nlp, gold).items()}, flush=True)
        nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
