"""A document's coding on its way into a record: ids made of content, hidden names struck, quotes cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dragoman import lines
from dragoman.model import Coding
from dragoman.record import Row, rows
from dragoman.record.copies import Page, page_of
from dragoman.record.privacy import struck
from dragoman.record.told import Told
from dragoman.record.words import stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A document's coding as it is handed to a record."""

    coding: Coding
    given: str | None = None  # the document's id as the reader found it
    coder: str = "dragoman"
    version: str = ""
    quotes: tuple[str, ...] = ()  # the evidence of each report, for a document without text
    hidden: tuple[str, ...] = ()  # names of private persons: struck from all quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What of an article is kept."""

    text: bool = True
    quote: int | None = None  # characters of a quote; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A document's coding as the record keeps it."""

    coding: Coding
    quoted: str  # the text that quotes are cut from, hidden names struck
    quotes: tuple[str, ...]
    page: Page
    given: str
    coder: str
    version: str
    keeping: Keeping

    def told(self, lineage: str) -> Iterator[tuple[Told, str]]:
        """The reports as merging sees them, with their lines; a report told twice counts once."""
        document, quote, seen = self.coding.document, self.keeping.quote, set()
        title = stems(document.title or "", document.lang)
        for number, report in enumerate(self.coding.reports):
            if report.id in seen:
                continue
            seen.add(report.id)
            words = self.quotes[number] if self.quotes else ""
            record = lines.report_record(report, self.quoted) if self.quoted else lines.quoted(report, words)
            evidence = record["evidence"]["quote"]
            if quote is not None:
                record = rows.shortened(record, quote)
            told = rows.told_of(
                report, document, lineage=lineage, evidence=evidence, kept=record["evidence"]["quote"], title=title,
                coder=self.coder,
            )  # fmt: skip
            yield told, rows.to_json(record)

    def document(self, lineage: str, *, coded: datetime, batch: str) -> Row:
        """The document's row."""
        return rows.document_row(
            self.coding.document, given=self.given, lineage=lineage, signature=self.page.signature,
            keep_text=self.keeping.text, coder=self.coder, version=self.version, coded=coded, batch=batch,
        )  # fmt: skip

    def relations(self) -> list[Row]:
        return [rows.relation_row(r, self.quoted, self.keeping.quote) for r in self.coding.relations]

    def claims(self) -> list[Row]:
        return [rows.claim_row(c, self.quoted, self.keeping.quote) for c in self.coding.claims]


def incoming(one: Coded, key: str, keeping: Keeping) -> Incoming:
    """What a record keeps, under the id that it gives the document."""
    coding = rows.rekeyed(rows.storable(one.coding), key)
    document = coding.document
    return Incoming(
        coding=coding,
        quoted=struck(document.text, one.hidden),
        quotes=tuple(struck(words, one.hidden) for words in one.quotes),
        page=page_of(document),
        given=one.given or one.coding.document.id,
        coder=one.coder,
        version=one.version,
        keeping=keeping,
    )
