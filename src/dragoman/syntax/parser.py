"""Words → trees: our own models, or any spaCy pipeline with UD labels."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from dragoman.errors import ParserError
from dragoman.syntax.tokens import Word

_BATCH = 64  # sentences
_MOST_WORDS = 300_000  # different words kept from document to document (about 100 MB); later ones are forgotten at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One sentence's tree: a value per word; the root's head is itself; entities are (first, last + 1, label)."""

    lemmas: Sequence[str]
    upos: Sequence[str]
    feats: Sequence[str]
    heads: Sequence[int]
    rels: Sequence[str]
    entities: tuple[tuple[int, int, str], ...] = ()


class Parser(Protocol):
    """What a parser offers: one tree for each sentence, on the words as given."""

    def parse(self, sentences: Sequence[Sequence[Word]]) -> list[Parsed]: ...


@dataclass(frozen=True, slots=True)
class SpacyParser:
    """A spaCy pipeline that gives UD trees on ready-made words."""

    nlp: Any
    lemmas: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (form, UPOS) → lemma, before the model's own

    def parse(self, sentences: Sequence[Sequence[Word]]) -> list[Parsed]:
        """The trees, in order; sentences are put through the components in batches."""
        with self.nlp.memory_zone() if len(self.nlp.vocab) > _MOST_WORDS else nullcontext():
            docs = [self._doc(words) for words in sentences]
            for _, pipe in self.nlp.pipeline:
                docs = list(pipe.pipe(docs, batch_size=_BATCH)) if hasattr(pipe, "pipe") else [pipe(d) for d in docs]
            return [_parsed(doc, self.lemmas) for doc in docs]

    def _doc(self, words: Sequence[Word]) -> Any:
        from spacy.tokens import Doc

        spaces = [a.end < b.start for a, b in pairwise(words)] + [False]
        starts = [i == 0 for i in range(len(words))]
        return Doc(self.nlp.vocab, words=[w.form for w in words], spaces=spaces, sent_starts=starts)


def load_parser(name: str) -> Parser:
    """A parser by name: "fr" or "en" (ours), or "spacy:NAME_OR_PATH" (an installed pipeline with UD labels)."""
    kind, _, rest = name.partition(":")
    if kind == "spacy" and rest:
        return SpacyParser(_widened(_checked(_spacy().load(rest), rest)))
    return _ours(name)


@cache
def _ours(lang: str) -> Parser:
    path = Path(str(files("dragoman") / "packs" / lang / "parser"))
    if not (path / "config.cfg").exists():
        raise ParserError(f"no parser for language {lang!r}: give one as spacy:NAME_OR_PATH, or train one ({path})")
    return SpacyParser(read_model(path), _lemmas(path / "lemmas.tsv"))


def _lemmas(path: Path) -> dict[tuple[str, str], str]:
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])
    return {(form, upos): lemma for form, upos, lemma in rows}


def read_model(path: Path) -> Any:
    """A shipped pipeline; the words come from outside, so that no language class with its tokenizer is built."""
    spacy = _spacy()
    from thinc.api import use_ops

    config = spacy.util.load_config(path / "config.cfg")
    spacy.registry.tokenizers("dragoman.none.v1", func=_no_tokenizer)
    config["nlp"]["tokenizer"] = {"@tokenizers": "dragoman.none.v1"}
    with use_ops("numpy", use_blis=False):  # numpy's own multiplication: 1.4 times as many words a second
        nlp = spacy.util.get_lang_class("xx").from_config(config, auto_fill=False, validate=False)
        return _widened(nlp.from_disk(path, exclude=["tokenizer", "meta"]))


def _no_tokenizer() -> Any:
    """What stands where spaCy wants a tokenizer: ours cuts the words before, and building spaCy's takes 0.1 s."""

    def build(nlp: Any) -> Any:
        from spacy.tokens import Doc

        return lambda text: Doc(nlp.vocab, words=text.split(" "))

    return build


def _widened(nlp: Any) -> Any:
    """The pipeline with its vectors as 32-bit numbers; ours are stored in half the size."""
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype("float32")
    return nlp


def _checked(nlp: Any, name: str) -> Any:
    if "parser" not in nlp.pipe_names:
        raise ParserError(f"spaCy pipeline {name!r} has no parser: it offers {', '.join(nlp.pipe_names) or 'nothing'}")
    labels = set(nlp.get_pipe("parser").labels)
    if not {"nsubj", "obl"} <= labels:
        raise ParserError(
            f"spaCy pipeline {name!r} does not give UD relations (no nsubj, obl among {sorted(labels)[:9]} …)"
        )
    return nlp


def _spacy() -> Any:
    # One thread for the matrix library: its products are small, and its threads only wait for one another
    # (9 ms a sentence against 200 on a loaded machine). A user's own setting stays.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with _without_command_line():
        import spacy
        import spacy.util
    return spacy


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Keeps `import spacy` from loading its command line (typer, weasel, requests): a third of the import's time."""
    if "spacy" in sys.modules:
        yield
        return
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    module.info = package.info = lambda *_, **__: {}  # type: ignore[attr-defined]
    package.__path__ = []
    sys.modules |= {"spacy.cli": package, "spacy.cli.info": module}
    try:
        yield
    finally:
        for name in ("spacy.cli", "spacy.cli.info"):
            sys.modules.pop(name, None)
        if (spacy := sys.modules.get("spacy")) is not None and hasattr(spacy, "cli"):
            del spacy.cli


def _parsed(doc: Any, lemmas: Mapping[tuple[str, str], str]) -> Parsed:
    heads = [token.head.i for token in doc]
    upos = [token.pos_ or "X" for token in doc]
    return Parsed(
        lemmas=[lemmas.get((t.lower_, pos)) or t.lemma_ or t.text for t, pos in zip(doc, upos, strict=True)],
        upos=upos,
        feats=[str(token.morph) for token in doc],
        heads=heads,
        rels=["root" if token.head.i == token.i else token.dep_ or "dep" for token in doc],
        entities=tuple((e.start, e.end, e.label_) for e in doc.ents),
    )
