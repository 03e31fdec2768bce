"""The cases of when_where.toml with their trees, for the tests of dates and of places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dragoman.coding.tree import Tree
from dragoman.model import Document
from dragoman.readers import parse_date
from dragoman.syntax import read_conllu

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence, its tree, its trigger, and what is expected."""

    lang: str
    document: Document
    tree: Tree
    trigger: int
    published: date | None
    precision: str | None
    date: str | None
    place: str | None


def cases() -> list:
    """All cases as pytest parameters."""
    entries = tomllib.loads((HERE / "when_where.toml").read_text("utf-8"))["case"]
    return [pytest.param(_case(e), id=f"{e['text']} [{e['trigger']}]") for e in entries]


def _case(entry: dict) -> Case:
    document, sentence = _trees(entry["lang"])[entry["text"]]
    published, precision = parse_date(entry["published"]) if "published" in entry else (None, None)
    tree = Tree(sentence)
    return Case(
        lang=entry["lang"],
        document=replace(document, lang=entry["lang"], published=published, published_precision=precision),
        tree=tree,
        trigger=next(i for i, t in enumerate(tree.tokens) if t.text == entry["trigger"]),
        published=published,
        precision=entry.get("precision", "day"),
        date=entry.get("date"),
        place=entry.get("place"),
    )


@cache
def _trees(lang: str) -> dict:
    read = read_conllu(HERE / f"trees/when_where.{lang}.conllu")
    return {document.text.strip(): (document, sentences[0]) for document, sentences in read}
