"""The lineages of a record's documents, kept up as documents come and go; record/copies.py says what a copy is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dragoman.record import Database, Row
from dragoman.record.copies import WITHIN, Lineages, Page, bands, lineages

BAND = {"band": "bigint", "published": "date", "document": "varchar"}
_PAGE = "d.id, d.published, d.signature, d.lineage, f.published"
_FOUNDER = "document d left join document f on f.id = d.lineage"


def place(database: Database, new: Sequence[Page]) -> Lineages:
    """The lineages of new documents; they are kept to be found, and those that they join are brought up to date."""
    rows: list[Row] = [(band, page.published, page.id) for page in new for band in bands(page.signature)]
    found = lineages(new, _candidates(database, new, [band for band, _, _ in rows]))
    database.insert("document_band", BAND, rows)
    if found.moved:
        olds, nows = list(found.moved), list(found.moved.values())
        database.run(
            "update document set lineage = n.now from (select unnest($1::varchar[]) as old, "
            "unnest($2::varchar[]) as now) as n where lineage = n.old",
            [olds, nows],
        )
    return found


def moved_documents(database: Database, found: Lineages) -> list[str]:
    """The documents, of those that were there, whose lineage has changed. To be asked before new ones are inserted."""
    if not found.moved:
        return []
    rows = database.query(
        "select id from document where lineage in (select unnest($1::varchar[])) order by id",
        [sorted(set(found.moved.values()))],
    )
    return [id for (id,) in rows]


def leave(database: Database, document: str, lineage: str) -> list[str]:
    """Settle the lineage that a document, removed already, was of; the documents whose lineage changes by that."""
    database.run("delete from document_band where document = $1", [document])
    found = database.query(f"select {_PAGE} from {_FOUNDER} where d.lineage = $1 order by d.id", [lineage])
    left = [replace(_page(row), lineage=None, since=None) for row in found]
    now = lineages(left).of
    changed = {id: of for id, of in now.items() if of != lineage}
    if changed:
        database.run(
            "update document set lineage = n.now from (select unnest($1::varchar[]) as id, "
            "unnest($2::varchar[]) as now) as n where document.id = n.id",
            [list(changed), list(changed.values())],
        )
    return list(changed)


def _candidates(database: Database, new: Sequence[Page], found: Sequence[int]) -> list[Page]:
    """The documents of the record that share a band with new ones, near in time."""
    if not found:
        return []
    days = [page.published for page in new if page.published]
    near, limits = "", []
    if len(days) == len(new):  # a document without a day may be a copy of any
        near = "and (b.published is null or b.published between $2 and $3) "
        limits = [min(days) - timedelta(WITHIN), max(days) + timedelta(WITHIN)]
    rows = database.query(
        f"select {_PAGE} from {_FOUNDER} where d.id in (select b.document from document_band b "
        f"where b.band in (select unnest($1::bigint[])) {near})",
        [list(set(found)), *limits],
    )
    return [_page(row) for row in rows]


def _page(row: Row) -> Page:
    id, published, signed, lineage, since = row
    return Page(id=id, published=published, signature=bytes(signed or b""), lineage=lineage, since=since)
