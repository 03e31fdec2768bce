"""A report with what merging must know of the document that tells it, small enough to hold a million of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.model import Document, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report as merging sees it. Equal input gives equal values: nothing here depends on when it was added."""

    report: Report
    lang: str
    outlet: str | None
    published: date | None
    lineage: str  # id of the first document of its near-copies
    words: frozenset[str]  # folded stems of the report's evidence
    title_words: frozenset[str]  # folded stems of the document's title
    evidence: str  # the words of the sentence
    coder: str = "dragoman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What people decided, as report ids: pairs that are one happening, pairs that are not, what does not count."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    withdrawn: frozenset[str] = frozenset()


def identity(document: Document) -> str:
    """The id that a record keeps a document under: a hash of outlet, URL, text, and the day if it was given.

    The same page added twice is one document, whatever its file calls it; the same text in two outlets is two. A
    document without text was imported: an id of ours, made of what its file knows it by, stays.
    """
    import hashlib
    import re

    if not document.text and re.fullmatch("[0-9a-f]{16}", document.id):
        return document.id
    day = document.published.isoformat() if document.published and document.published_basis == "given" else ""
    parts = (document.outlet or "", document.url or "", day, document.text or document.id)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
