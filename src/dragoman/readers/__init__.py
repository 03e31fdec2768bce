"""Bytes to documents: `read` gives documents and what was set aside, `repair` finds and mends a page's wounds."""

from dragoman.readers.plain import Rejected, Source, document_of, parse_date, read
from dragoman.readers.repair import repair

__all__ = ["Rejected", "Source", "document_of", "parse_date", "read", "repair"]
