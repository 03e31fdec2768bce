"""The stages joined: text → Document → Sentences → Coding."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.model import Coding, Document, Report, Sentence
from dragoman.pack import Pack, languages, load_pack

if TYPE_CHECKING:
    from dragoman.syntax import Parser


def code(
    text: str,
    lang: str | None = None,
    published: date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    actors: Sequence[Path] = (),
    parser: Parser | None = None,
) -> Coding:
    """Code one text. `lang` is "fr" or "en" (None: detected); `published` is the day the text came out.

    Offsets in the result are characters of `text`. `actors` are files of users' own actors (docs/world.md).
    Raises InputError when the language is not known or not supported.
    """
    document = Document(
        id=id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=text,
        lang=lang,
        title=title,
        outlet=outlet,
        url=url,
        published=published,
        published_precision="day" if published else None,
        published_basis="given" if published else None,
    )
    return code_document(document, actors=actors, parser=parser)


def code_document(document: Document, *, actors: Sequence[Path] = (), parser: Parser | None = None) -> Coding:
    """Code a document that a reader gave."""
    from dragoman import coding

    document, sentences, pack = parse_document(document, actors=actors, parser=parser)
    return coding.code(document, sentences, pack)


def code_all(texts: Sequence[str], lang: str) -> list[Coding]:
    """Code many short texts of one language, parsed in one go; the same as `code` of each."""
    from dragoman import coding
    from dragoman.coding.screen import screen
    from dragoman.readers.repair import repair
    from dragoman.syntax import parse_all

    pack = load_pack(lang)
    documents = [repair(Document(id=str(number), text=text, lang=lang), pack) for number, text in enumerate(texts)]
    parsed = parse_all(documents, keep=screen(pack))
    return [coding.code(document, found, pack) for document, found in zip(documents, parsed, strict=True)]


def parse_document(
    document: Document, *, actors: Sequence[Path] = (), parser: Parser | None = None, all_sentences: bool = False
) -> tuple[Document, tuple[Sentence, ...], Pack]:
    """The document with its language and repairs, its parsed sentences, and the pack of its language.

    Sentences in which nothing can be coded are not parsed (their `tokens` are empty) unless `all_sentences`.
    """
    from dataclasses import replace

    from dragoman.coding.screen import screen
    from dragoman.readers.repair import repair
    from dragoman.syntax import parse

    lang = language_of(document)
    document = replace(document, lang=lang)
    pack = load_pack(lang, tuple(actors))
    if not document.blocks:
        document = repair(document, pack)
    keep = None if all_sentences else screen(pack)
    return document, parse(document, parser=parser, keep=keep), pack


def language_of(document: Document) -> str:
    """The document's language, stated or detected; InputError when there is no pack for it."""
    if document.lang in languages():
        return document.lang
    if document.lang is None:
        from dragoman.syntax.language import detect

        found = detect(document.text)
        if found in languages():
            return found
        what = "its language is not clear" if found is None else f"it seems to be in {found!r}"
    else:
        what = f"it is in {document.lang!r}"
    raise InputError(
        f"document {document.id}: {what}; there are packs for {', '.join(languages())} (say which with lang / --lang)"
    )


def between(
    text: str,
    actor: tuple[int, int] | None,
    recipient: tuple[int, int] | None = None,
    *,
    lang: str | None = None,
    published: date | None = None,
    parser: Parser | None = None,
) -> Report | None:
    """What the actor at characters [s, e) does to the recipient at [s, e) in this text; None when nothing is told.

    A side may be None (not named in the text), not both.
    """
    from dragoman.coding.pairs import between_in

    document = Document(id="pair", text=text, lang=lang, published=published)
    document, sentences, pack = parse_document(document, parser=parser, all_sentences=True)
    return between_in(document, sentences, pack, actor, recipient)
