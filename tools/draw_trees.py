"""Draws the trees of our own test sentences (tests/coding/*.tsv, the examples of ties.toml) into tests/coding/trees.

python tools/draw_trees.py [status voice claims ties]

Run it after adding a sentence, or to see how a new parser does; the tests read the stored trees, not the parser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.pack import load_pack
from dragoman.readers import document_of
from dragoman.syntax import parse, to_conllu

HERE = Path(__file__).parent.parent / "tests" / "coding"
LANGS = ("fr", "en")


def texts(name: str, lang: str) -> Iterator[str]:
    """The sentences of one set of cases in one language."""
    if name == "ties":
        for tie in load_pack(lang).ties.all:
            yield from (example.partition(" => ")[0] for example in (*tie.says, *tie.silent))
        return
    for line in (HERE / f"{name}.tsv").read_text("utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if cells[0] == lang:
            yield cells[1]


def main(names: list[str]) -> None:
    """Writes one CoNLL-U file for each set and language; a document is named by its text."""
    for name in names or ["status", "voice", "claims", "ties"]:
        for lang in LANGS:
            out = []
            for text in dict.fromkeys(texts(name, lang)):
                out.append(f"# newdoc id = {text}\n{to_conllu(parse(document_of(text, lang=lang)))}")
            path = HERE / "trees" / f"{name}.{lang}.conllu"
            path.write_text("".join(out), "utf-8")
            print(f"{path}: {len(out)} texts")


if __name__ == "__main__":
    main(sys.argv[1:])
