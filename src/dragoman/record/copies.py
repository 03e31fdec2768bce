"""Near-copies: texts that are one telling (a wire story in many outlets) share a lineage, and count once.

A text's signature is a MinHash of its runs of three words (rensa). Two texts are near-copies when their signatures
agree to `COPY`, and they came out within `WITHIN` days. A lineage is a connected group of near-copies; its id is the id
of its earliest text (then the smallest id), so it depends on the set of texts alone.

How a store keeps it, one text or a thousand at a time:

    create table document_band (band bigint not null, document varchar not null);      -- BANDS rows a document
    create index document_band_band on document_band (band);
    alter table document add column signature blob;                                    -- 4 * SIZE bytes; bytea

    1. signature(text) and bands(signature) of each new document;
    2. candidates: select distinct document from document_band where band = any($1), read as `Page`s with the
       lineage they have, and the day of publication of the document that gave the lineage its id;
    3. `lineages(new, candidates)` gives the lineage of each new document, and the lineages that have met: for each
       old → new, `update document set lineage = new where lineage = old`. The reports of those documents have to be
       merged again (their `Told.lineage` has changed), with their keys (`merge.keys`) written anew;
    4. insert the new bands.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.model import Document
from dragoman.world.names import fold

SIZE = 96  # numbers in a signature: the estimate is right to 0.05
BANDS = 24  # of four numbers: texts alike to 0.6 share one in 96 of 100 cases, to 0.7 always
COPY = 0.5  # least share of common runs of words
RUN = 3  # words
SHORT = 12  # words: a shorter text is nobody's copy
WITHIN = 10  # days: a text that comes out again later is a new telling (a yearly column, a list of dates)
_ROWS = SIZE // BANDS
_SEED = 20
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is known of a document when copies are looked for. `lineage` and `since` are None for a new one."""

    id: str
    published: date | None
    signature: bytes
    lineage: str | None = None
    since: date | None = None  # publication day of the document whose id the lineage bears


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineages:
    """The lineage of each new document, and which lineages have become part of another."""

    of: dict[str, str]
    moved: dict[str, str]


def signature(text: str) -> bytes:
    """A short stand-in for a text, by which near-copies are known; empty where the text is too short to have any."""
    from rensa import RMinHash

    words = " ".join(map(_folded, text.split())).split()
    if len(words) < SHORT:
        return b""
    hashed = RMinHash(num_perm=SIZE, seed=_SEED)
    hashed.update(list(map(" ".join, zip(*(words[i:] for i in range(RUN)), strict=False))))
    return array("I", hashed.digest()).tobytes()


def page_of(document: Document) -> Page:
    """A new document as copies are looked for."""
    return Page(id=document.id, published=document.published, signature=signature(document.text))


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word)


def bands(signature: bytes) -> tuple[int, ...]:
    """The numbers (63 bits) under which a text stands: near-copies share at least one of them."""
    step = 4 * _ROWS
    pieces = (signature[i : i + step] for i in range(0, len(signature), step))
    return tuple((int.from_bytes(piece, "big") * BANDS + number) % _PRIME for number, piece in enumerate(pieces))


def jaccard(a: bytes, b: bytes) -> float:
    """The share of runs of words that two texts have in common, as their signatures tell it."""
    if not a or len(a) != len(b):
        return 0.0
    ours, theirs = array("I", a), array("I", b)
    return sum(x == y for x, y in zip(ours, theirs, strict=True)) / len(ours)


def copied(a: Page, b: Page) -> bool:
    """Whether two documents are near-copies."""
    if a.published and b.published and abs((a.published - b.published).days) > WITHIN:
        return False
    return jaccard(a.signature, b.signature) >= COPY


def lineages(new: Sequence[Page], known: Iterable[Page] = ()) -> Lineages:
    """The lineages of new documents among those that share a band with them, and the lineages that have met."""
    pages = {page.id: page for page in known}
    pages.update((page.id, page) for page in new)
    groups = _Groups()
    for page in pages.values():
        groups.add(page)
    for one, other in _candidates(pages):
        if groups.root(one.id) != groups.root(other.id) and copied(one, other):
            groups.join(one.id, other.id)
    moved = {old: now for old in groups.old if (now := groups.lineage(old)) != old}
    return Lineages(of={page.id: groups.lineage(page.id) for page in new}, moved=moved)


def _candidates(pages: dict[str, Page]) -> Iterable[tuple[Page, Page]]:
    index: dict[int, list[str]] = {}
    for id, page in pages.items():
        met: dict[str, None] = {}
        for band in bands(page.signature):
            others = index.setdefault(band, [])
            met.update(dict.fromkeys(others))
            others.append(id)
        for other in met:
            yield page, pages[other]


class _Groups:
    """Documents, and lineages that stand, joined; each group knows its earliest document."""

    def __init__(self) -> None:
        self.old: set[str] = set()
        self._roots: dict[str, str] = {}
        self._first: dict[str, tuple[date, str]] = {}

    def add(self, page: Page) -> None:
        self._stand(page.id, page.published)
        if page.lineage is not None:
            self.old.add(page.lineage)
            self._stand(page.lineage, page.since if page.lineage != page.id else page.published)
            self.join(page.id, page.lineage)

    def _stand(self, id: str, published: date | None) -> None:
        self._roots.setdefault(id, id)
        self._first.setdefault(id, (published or date.max, id))

    def root(self, id: str) -> str:
        while self._roots[id] != id:
            self._roots[id] = self._roots[self._roots[id]]
            id = self._roots[id]
        return id

    def join(self, one: str, other: str) -> None:
        a, b = self.root(one), self.root(other)
        if a != b:
            self._roots[b] = a
            self._first[a] = min(self._first[a], self._first[b])

    def lineage(self, id: str) -> str:
        return self._first[self.root(id)][1]
