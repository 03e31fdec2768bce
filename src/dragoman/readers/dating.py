"""The date of a page that was given none: from its date line, else from captions, full dates and weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import Block, Defect, Document, Span
from dragoman.pack import Pack
from dragoman.pack.dates import DateWords, Expression, find_times, lower, resolve
from dragoman.pack.page import PageWords, load_page

AROUND = 48  # characters before a year that can belong to its date: "yesterday, Wednesday the 30th of September "
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def is_date_line(words: str, page: PageWords, dates: DateWords) -> bool:
    """Whether a line holds nothing but a date or a time of day."""
    low = lower(words)
    found = find_times(low, dates)
    if not any(e.rule in {"full", "day-month", "clock", "month-year"} for e in found):
        return False
    if not any(e.rule != "clock" for e in found) and len(words) > 12:
        return False
    rest = "".join(
        low[a:b] for a, b in zip([0, *(e.end for e in found)], [*(e.start for e in found), len(low)], strict=True)
    )
    return all(word in page.around or word.isdigit() for word in re.findall(r"[\w.]*\w[\w.]*", rest))


def dated(document: Document, pack: Pack) -> Document:
    """The document with a publication date, when the page tells one; the reason stands among its defects."""
    if document.published is not None:
        return document
    page, words = load_page(pack.folder), pack.dates
    return _from_line(document, page, words) or _inferred(document, words) or document


def _from_line(document: Document, page: PageWords, words: DateWords) -> Document | None:
    """By the page's own "published on …"; of several, the line that is no update comes first."""
    lines = [b for b in document.blocks if b.kind in {"date", "dateline"}]
    lines.sort(key=lambda b: (b.kind == "dateline", page.updated.match(b.reading) is not None))
    for block in lines:
        for expression in find_times(lower(block.reading), words):
            when = resolve(expression, None)
            if when is not None and when.precision == "day":
                return replace(document, published=when.first, published_precision="day", published_basis="page")
    return None


def _inferred(document: Document, words: DateWords) -> Document | None:
    """By a full date on the page and a bare weekday that is the same day: news names the days of its own week."""
    days = list(_days(document, words))
    captions = [entry for entry in days if entry[1].kind == "caption"] or [e for e in days if _recent(e[2])]
    if not captions:
        return None
    bare = [(e, low) for e, low in _weekdays(document, words) if set(e.fields) == {"weekday"}]
    day, block, expression = max(captions, key=lambda entry: entry[0])
    same = [(e, low) for e, low in bare if e.fields["weekday"] == day.weekday()]
    if not same and not _recent(expression):
        return None
    later = any(_in_the_evening(e, low) for e, low in same)
    offset = expression.fields.get("offset")
    published = day - timedelta(days=int(offset)) if offset is not None else day + timedelta(days=1) if later else day
    where = _span(block, expression)
    why = f"{day.isoformat()} is told in full, and its weekday alone elsewhere"
    why += ", with the time of day: told on a later day" if later else ""
    said = f"no date on the page; published {published.isoformat()} inferred: {why}"
    defect = Defect(kind="no-date", span=where, repair=said, sure=0.7 if same and block.kind == "caption" else 0.55)
    return replace(
        document,
        published=published,
        published_precision="day",
        published_basis="inferred",
        defects=(*document.defects, defect),
    )


def _days(document: Document, words: DateWords) -> Iterator[tuple[date, Block, Expression]]:
    """The full dates of the page, with their blocks: only what stands around a year is looked at."""
    for block in document.blocks:
        for match in _YEAR.finditer(block.reading) if block.coded else ():
            start = block.reading.find(" ", max(0, match.start() - AROUND), match.start()) + 1
            for expression in find_times(lower(block.reading[start : match.end() + 1]), words):
                when = resolve(expression, None) if "day" in expression.fields else None
                if when is not None and when.precision == "day":
                    moved = replace(expression, start=expression.start + start, end=expression.end + start)
                    yield when.first, block, moved


def _weekdays(document: Document, words: DateWords) -> Iterator[tuple[Expression, str]]:
    for block in document.blocks:
        if block.coded:
            low = lower(block.reading)
            yield from ((e, low) for e in find_times(low, words) if "weekday" in e.fields)


def _recent(expression: Expression) -> bool:
    """Whether a full date is told as of these days: "hier 14 mars 2000", "ce jeudi 1er octobre 2020"."""
    return "offset" in expression.fields and "year" in expression.fields


def _in_the_evening(expression: Expression, low: str) -> bool:
    """Whether the weekday comes with a time of day (it is longer than the bare word)."""
    return " " in low[expression.start : expression.end].strip()


def _span(block: Block, expression: Expression) -> Span:
    if block.offsets is None:
        return Span(block.span.start + expression.start, block.span.start + expression.end)
    return Span(block.offsets[expression.start], block.offsets[expression.end - 1] + 1)
