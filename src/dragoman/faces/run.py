"""What the commands do with documents: the one place where the faces call the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.model import Coding, Document, Report

if TYPE_CHECKING:
    from dragoman.coding.trace import Candidate
    from dragoman.rules import Check
    from dragoman.syntax import Parser

Place = tuple[int, int] | None
PairCoder = Callable[[str, Place, Place, str | None], Report | None]


def coder(*, actors: tuple[Path, ...] = (), parser: str | None = None) -> Callable[[Document], Coding]:
    """A function that codes documents, with the parser loaded once."""
    from dragoman.pipeline import code_document

    loaded = _parser(parser)

    def coded(document: Document) -> Coding:
        return code_document(document, actors=actors, parser=loaded)

    return coded


def pair_coder(*, parser: str | None = None) -> PairCoder:
    """A function that tells what the actor at one place of a text does to the recipient at another."""
    from dragoman.pipeline import between

    loaded = _parser(parser)

    def answer(text: str, actor: Place, recipient: Place, lang: str | None) -> Report | None:
        return between(text, actor, recipient, lang=lang, parser=loaded)

    return answer


def unit_finder(*, parser: str | None = None) -> Callable[[Document], Sequence[Candidate]]:
    """A function that tells which lexical units could have fired where in a document."""
    from dragoman.coding.trace import candidates
    from dragoman.pipeline import parse_document

    loaded = _parser(parser)

    def found(document: Document) -> Sequence[Candidate]:
        return candidates(*parse_document(document, parser=loaded, all_sentences=True))

    return found


def from_conllu(
    path: Path, *, lang: str | None, published: str | None, actors: tuple[Path, ...] = ()
) -> Iterator[Coding]:
    """The documents of a CoNLL-U file, coded on the trees that it holds."""
    from dragoman import coding
    from dragoman.pack import load_pack
    from dragoman.pipeline import language_of
    from dragoman.readers import parse_date
    from dragoman.syntax import read_conllu

    day, precision = parse_date(published) if published else (None, None)
    for document, sentences in read_conllu(path):
        spoken = language_of(replace(document, lang=lang or document.lang))
        if day and document.published is None:
            document = replace(document, published=day, published_precision=precision, published_basis="given")
        yield coding.code(replace(document, lang=spoken), sentences, load_pack(spoken, actors))


def trees(document: Document, *, parser: str | None = None) -> str:
    """The document's sentences as CoNLL-U, those in which nothing can be coded included."""
    from dragoman.pipeline import parse_document
    from dragoman.syntax import to_conllu

    _, sentences, _ = parse_document(document, parser=_parser(parser), all_sentences=True)
    return to_conllu(sentences)


def check_rules(langs: Sequence[str], *, file: str | None = None) -> Iterator[Check]:
    """What the examples of each language's units give."""
    from dragoman.rules import check

    for lang in langs:
        yield check(lang, file=file)


def _parser(name: str | None) -> Parser | None:
    from dragoman.syntax import load_parser

    try:
        return load_parser(name) if name else None
    except OSError as problem:  # what spaCy says of a package or folder that is not there
        raise InputError(f"--parser {name}: {problem}; give a package's name or a folder: spacy:NAME") from problem
