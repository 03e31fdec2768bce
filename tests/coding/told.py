"""Stored trees of our own sentences, by text, with all that the tests of status, voice, ties and claims ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dragoman.coding.actors import Cast
from dragoman.coding.tree import Tree
from dragoman.coding.voice import Voices
from dragoman.model import Document, Sentence
from dragoman.pack import Pack, load_pack
from dragoman.syntax.conllu import read_conllu

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Told:
    """One text: its document, its trees, its cast and voices."""

    document: Document
    trees: tuple[Tree, ...]
    cast: Cast
    voices: Voices
    pack: Pack

    def at(self, word: str) -> tuple[Tree, int]:
        """The first place where a word stands."""
        return next((t, i) for t in self.trees for i, token in enumerate(t.tokens) if token.text == word)


@cache
def stored(name: str, lang: str) -> dict[str, tuple[Document, tuple[Sentence, ...]]]:
    return {d.id: (d, s) for d, s in read_conllu(HERE / "trees" / f"{name}.{lang}.conllu")}


def told(name: str, lang: str, text: str) -> Told:
    """A stored text; a missing one says how to draw it."""
    found = stored(name, lang)
    assert text in found, f"no tree of {text!r}: run tools/draw_trees.py {name}"
    document, sentences = found[text]
    document = replace(document, lang=lang)
    pack = load_pack(lang)
    trees = tuple(Tree(s) for s in sentences)
    cast = Cast(document, trees, pack)
    return Told(document, trees, cast, Voices(document, trees, cast, pack), pack)


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a table of cases."""
    header, *lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    keys = header.split("\t")
    return [dict(zip(keys, line.split("\t"), strict=True)) for line in lines]
