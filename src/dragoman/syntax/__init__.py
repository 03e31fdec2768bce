"""Documents → parsed sentences: `parse(document)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.errors import ParserError
from dragoman.model import Block, Document, Sentence, Span
from dragoman.syntax.conllu import read_conllu, to_conllu
from dragoman.syntax.language import detect
from dragoman.syntax.parser import Parsed, Parser, load_parser
from dragoman.syntax.split import cuts
from dragoman.syntax.tokens import TokenRules, Word, plain, token_rules, words
from dragoman.syntax.trees import tokens

__all__ = [
    "Parsed",
    "Parser",
    "Piece",
    "Word",
    "detect",
    "load_parser",
    "parse",
    "parse_all",
    "read_conllu",
    "split",
    "to_conllu",
]

_LONGEST = 200  # words given to the parser at once; longer "sentences" are lists or tables, and are cut there


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence before parsing: its plain text, and the place in the original of each of its characters."""

    text: str
    offsets: Sequence[int]
    block: str
    paragraph: int
    span: Span


def parse(
    document: Document, *, parser: Parser | None = None, keep: Callable[[str], bool] | None = None
) -> tuple[Sentence, ...]:
    """All sentences of the document's coded blocks; those `keep` says no to have no tokens."""
    return next(iter(parse_all([document], parser=parser, keep=keep)))


def parse_all(
    documents: Sequence[Document], *, parser: Parser | None = None, keep: Callable[[str], bool] | None = None
) -> list[tuple[Sentence, ...]]:
    """The same for several documents of one language, parsed in one go (quicker for short ones)."""
    rules = _rules(documents[0]) if documents else token_rules("en")
    whole = [list(_short(split(document), rules)) for document in documents]
    kept = [(d, i) for d, pieces in enumerate(whole) for i, p in enumerate(pieces) if keep is None or keep(p.text)]
    cut = {(d, i): found for d, i in kept if (found := words(whole[d][i].text, rules))}
    trees = (parser or load_parser(rules.lang)).parse(list(cut.values())) if cut else []
    parsed = dict(zip(cut, trees, strict=True))
    return [
        tuple(_sentence(i, piece, cut.get((d, i)), parsed.get((d, i)), rules) for i, piece in enumerate(pieces))
        for d, pieces in enumerate(whole)
    ]


def split(document: Document) -> Iterator[Piece]:
    """The document's sentences, unparsed; none crosses a block or a line."""
    rules = _rules(document)
    paragraph = 0
    for number, block in enumerate(document.blocks or (_whole(document),)):
        if not block.coded:
            continue
        reading, offsets = plain(block.reading), block.offsets or range(block.span.start, block.span.end)
        seen = 0
        for start, end in cuts(reading, rules):
            if not document.blocks and "\n" in reading[seen:start]:
                paragraph += 1
            seen = end
            where = offsets[start:end]
            yield Piece(
                text=reading[start:end], offsets=where, block=block.kind, span=_span(where, block),
                paragraph=number if document.blocks else paragraph,
            )  # fmt: skip


def _rules(document: Document) -> TokenRules:
    lang = document.lang or detect(document.text)
    if lang is None:
        raise ParserError(f"document {document.id!r}: its language is unclear; say which it is")
    return token_rules(lang)


def _whole(document: Document) -> Block:
    return Block(kind="body", span=Span(0, len(document.text)), reading=document.text)


def _span(offsets: Sequence[int], block: Block) -> Span:
    """The block's own characters under a sentence; words put back from elsewhere do not stretch it."""
    own = [o for o in offsets if block.span.start <= o < block.span.end] or list(offsets)
    return Span(min(own), max(own) + 1)


def _short(pieces: Iterator[Piece], rules: TokenRules) -> Iterator[Piece]:
    """Pieces of a length the parser can bear."""
    for piece in pieces:
        if len(piece.text) < 4 * _LONGEST or len(cut := words(piece.text, rules)) <= _LONGEST:
            yield piece
            continue
        for i in range(0, len(cut), _LONGEST):
            start, end = cut[i].start, cut[min(i + _LONGEST, len(cut)) - 1].end
            offsets = piece.offsets[start:end]
            inside = [o for o in offsets if piece.span.start <= o < piece.span.end] or list(offsets)
            yield Piece(text=piece.text[start:end], offsets=offsets, block=piece.block, paragraph=piece.paragraph,
                        span=Span(min(inside), max(inside) + 1))  # fmt: skip


def _sentence(number: int, piece: Piece, cut: list[Word] | None, parsed: Parsed | None, rules: TokenRules) -> Sentence:
    found, entities = tokens(cut, parsed, rules=rules, offsets=piece.offsets) if cut and parsed else ((), ())
    return Sentence(
        number=number, span=piece.span, block=piece.block, tokens=found, entities=entities, paragraph=piece.paragraph
    )
