"""Train a shipped parser: `python models/train.py fr|en [--quick]`. What it reads and reaches: README.md."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

import news_en
import news_fr
import score
import spacy
from augment import augmented, words_for
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, NumpyOps, fix_random_seed, set_current_ops
from treebank import Gold, convert, harmonised, read_conllu, read_silver

from dragoman.syntax.tokens import token_rules

HERE = Path(__file__).parent
# file → how often its sentences are seen in one pass over the data
TRAIN = {
    "fr": {
        "ud-french-sequoia/fr_sequoia-ud-train": 1.0,
        "ud-french-gsd/fr_gsd-ud-dev": 1.0,
        "ud-french-rhapsodie/fr_rhapsodie-ud-train": 0.3,
        "ud-french-parisstories/fr_parisstories-ud-train": 0.15,
        "ud-french-fqb/fr_fqb-ud-test": 0.25,
    },
    "en": {"ud-english-ewt/en_ewt-ud-train": 0.7, "ud-english-gum-open/en_gum-open-train": 1.0},
}
DEV = {
    "fr": ["ud-french-sequoia/fr_sequoia-ud-dev"],
    "en": ["ud-english-ewt/en_ewt-ud-dev", "ud-english-gum-open/en_gum-open-dev"],
}
TEST = {
    "fr": ["ud-french-sequoia/fr_sequoia-ud-test", "ud-french-gsd/fr_gsd-ud-test"],
    "en": ["ud-english-ewt/en_ewt-ud-test", "ud-english-gum-open/en_gum-open-test"],
}
MADE = {"fr": news_fr.news, "en": news_en.news}  # from the words of augment.toml
NEWS = 0.4  # documents of made headlines and sentences for each one of the treebanks
FEATS = frozenset({
    "Mood", "Tense", "VerbForm", "Voice", "Number", "Gender", "Person", "Definite", "PronType", "Poss", "Polarity",
    "NumType", "Degree", "Reflex", "Case",
})  # fmt: skip


def load(names: list[str], lang: str, corpora: Path) -> dict[str, list[Gold]]:
    """Treebank files on our own tokens; sentences with broken-off words are left out."""
    rules, found = token_rules(lang), {}
    for name in names:
        sentences = [g for rows in read_conllu(corpora / f"{name}.conllu.gz") if (g := convert(rows, rules))]
        for gold in sentences:
            gold.feats = ["|".join(p for p in f.split("|") if p.partition("=")[0] in FEATS) for f in gold.feats]
        if lang == "fr":
            sentences = [harmonised(g, frozenset(words_for("fr")["honorifics"])) for g in sentences]
        found[name] = [g for g in sentences if not any(w.endswith("~") for w in g.words)]
    return found


def example(nlp: Language, sentences: list[Gold]) -> Example:
    """A document of whole sentences, ready to train on."""
    words, spaces, heads, starts = [], [], [], []
    for gold in sentences:
        base = len(words)
        words += gold.words
        spaces += [*gold.spaces[:-1], True]
        heads += [base + h for h in gold.heads]
        starts += [True] + [False] * (len(gold.words) - 1)
    reference = Doc(
        nlp.vocab, words=words, spaces=spaces, heads=heads,
        deps=["ROOT" if r == "root" else r for g in sentences for r in g.rels],
        pos=[p for g in sentences for p in g.upos],
        morphs=[f for g in sentences for f in g.feats],
        lemmas=[x for g in sentences for x in g.lemmas],
    )  # fmt: skip
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), reference)


def passes(data: list[tuple[list[Gold], float]], lang: str, rng: random.Random) -> Iterator[list[Gold]]:
    """Documents of one to six neighbouring sentences for ever, freshly augmented, with made news between them."""
    pack = words_for(lang)
    while True:
        documents = []
        for sentences, weight in data:
            i = rng.randrange(3)
            while i < len(sentences):
                size = 1 if rng.random() < 0.7 else rng.randint(2, 5)
                if rng.random() < weight:
                    documents.append(sentences[i : i + size])
                i += size
        rng.shuffle(documents)
        for document in documents:
            yield [augmented(gold, lang, rng) for gold in document]
            if rng.random() < NEWS:
                yield [MADE[lang](pack, rng) for _ in range(1 if rng.random() < 0.75 else 2)]


def batches(documents: Iterator[list[Gold]], size: int) -> Iterator[list[list[Gold]]]:
    batch, count = [], 0
    for document in documents:
        batch.append(document)
        count += sum(len(g.words) for g in document)
        if count >= size:
            yield batch
            batch, count = [], 0


def build(lang: str, data: list[Gold], settings: dict[str, object], vectors: Path | None) -> Language:
    """An untrained pipeline that knows the labels of the data."""
    overrides = {f"vars.{key}": value for key, value in settings.items()}
    config = Config().from_disk(HERE / "pipeline.cfg", overrides=overrides, interpolate=False)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    if vectors:
        nlp.config["initialize"]["vectors"] = str(vectors)
    nlp.initialize(lambda: [example(nlp, [g]) for g in data])
    nlp.meta.update(name=f"dragoman_{lang}", lang="xx")
    return nlp


def train(
    lang: str, data: list[tuple[list[Gold], float]], dev: list[Gold], *, settings: dict[str, object], minutes: float,
    vectors: Path | None, out: Path, seed: int, words: int = 1000, rate: float = 0.0015, every: float = 5.0,
    start: Path | None = None, wall: float = float("inf"), drop: float = 0.15,
) -> None:  # fmt: skip
    """Train for so many minutes, the rate rising then falling to nothing; keeps the last, averaged weights."""
    fix_random_seed(seed)
    rng = random.Random(seed)
    if start:
        nlp = spacy.load(start, exclude=["tokenizer", "ner"])
        nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype("float32")
    else:
        nlp = build(lang, [g for sents, _ in data for g in sents], settings, vectors)
    sgd = Adam(rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    begun, seen, shown, started = time.process_time(), 0, 0.0, time.monotonic()
    for step, batch in enumerate(batches(passes(data, lang, rng), words)):
        part = max((time.process_time() - begun) / 60 / minutes, (time.monotonic() - started) / 60 / wall)
        if part >= 1:
            break
        sgd.learn_rate = rate * min(1.0, (step + 1) / 100, 1.25 * (1.02 - part))
        losses: dict[str, float] = {}
        examples = [example(nlp, document) for document in batch]
        nlp.update(examples, sgd=sgd, drop=drop, losses=losses)
        seen += sum(len(e.reference) for e in examples)
        if part - shown > every / minutes:
            shown = part
            _keep(nlp, sgd, dev, out, f"{part:5.0%} step {step} words {seen} loss {losses.get('parser', 0):.0f}")
    _keep(nlp, sgd, dev, out, f"{seen} words")


def lemmatizer(
    lang: str,
    data: list[tuple[list[Gold], float]],
    dev: list[Gold],
    *,
    start: Path,
    out: Path,
    minutes: float,
    seed: int,
) -> None:
    """A new lemmatizer on a finished parser, nothing else changed (spaCy cannot go on training a loaded one)."""
    rng = random.Random(seed)
    nlp = spacy.load(start, exclude=["tokenizer", "ner"])
    name, others = "trainable_lemmatizer", ["tok2vec", "morphologizer", "parser"]
    config = nlp.config.interpolate()["components"][name]
    nlp.remove_pipe(name)
    pipe = nlp.add_pipe(name, config={k: config[k] for k in ("backoff", "min_tree_freq", "top_k", "model")})
    pipe.initialize(lambda: [example(nlp, [g]) for sents, _ in data for g in sents], nlp=nlp)
    sgd = Adam(0.003, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    begun = time.process_time()
    for batch in batches(passes(data, lang, rng), 1000):
        part = (time.process_time() - begun) / 60 / minutes
        if part >= 1:
            break
        sgd.learn_rate = 0.003 * min(1.0, 1.25 * (1.02 - part))
        examples = [example(nlp, document) for document in batch]
        nlp.update(examples, sgd=sgd, drop=0.1, exclude=others, annotates=["tok2vec"])
    _keep(nlp, sgd, dev, out, "lemmas")


def _keep(nlp: Language, sgd: Adam, dev: list[Gold], out: Path, note: str) -> None:
    with nlp.use_params(sgd.averages):
        print(note, score.line(score.scores(nlp, dev)), flush=True)
        nlp.to_disk(out)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("lang", choices=["fr", "en"])
    ask.add_argument("--quick", action="store_true", help="six CPU minutes, no vectors: to try the recipe")
    ask.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora")
    ask.add_argument("--out", type=Path)
    ask.add_argument("--minutes", type=float, default=30, help="CPU minutes")
    ask.add_argument("--wall", type=float, default=float("inf"), help="minutes of the clock, if they end first")
    ask.add_argument("--vectors", type=Path, help="of vectors.py")
    ask.add_argument("--silver", type=Path, help="of silver.py")
    ask.add_argument("--silver-weight", type=float, default=0.3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--from", dest="start", type=Path, help="a trained parser to go on from (with a lower --rate)")
    ask.add_argument("--lemmas", action="store_true", help="only a new lemmatizer on the parser --from")
    ask.add_argument("--rate", type=float, default=0.0015)
    ask.add_argument("--drop", type=float, default=0.15, help="dropout")
    ask.add_argument("--width", type=int, default=96)
    ask.add_argument("--depth", type=int, default=4)
    args = ask.parse_args()
    set_current_ops(NumpyOps(use_blis=False))  # 1.6 times as fast here as with blis
    out = args.out or HERE.parent / "src" / "dragoman" / "packs" / args.lang / "parser"
    banks = load([*TRAIN[args.lang], *DEV[args.lang]], args.lang, args.corpora)
    dev = [g for name in DEV[args.lang] for g in banks[name]][::2]
    data = [(banks[name], weight) for name, weight in TRAIN[args.lang].items()]
    if args.silver:
        data.append((read_silver(args.silver), args.silver_weight))
    settings = {"vectors": bool(args.vectors), "width": args.width, "depth": args.depth}
    minutes = 6 if args.quick else args.minutes
    if args.lemmas:
        start = args.start or out
        lemmatizer(args.lang, data, dev, start=start, out=out, minutes=minutes, seed=args.seed)
        return
    train(
        args.lang, data, dev, settings=settings, minutes=minutes, vectors=args.vectors, out=out, seed=args.seed,
        rate=args.rate, start=args.start, wall=args.wall, drop=args.drop,
    )  # fmt: skip


if __name__ == "__main__":
    main()
