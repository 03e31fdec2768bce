"""What the row formats share: an event's pairs, its one day, its number; lines of a file by the document they tell."""

from __future__ import annotations

import gzip
import hashlib
import mmap
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.model import Event, Party, Reason, Span
from dragoman.record.formats.values import Exported, Loss, Telling

Line = tuple[int, bytes]  # its number, from 1; its bytes without the end
Pair = tuple[Party | None, Party | None]

CONFIDENCE = 0.3  # of another coder's row: below what a report of ours has without more (0.5); set by hand
NOWHERE = Span(0, 0)  # of all that comes from a row: there is no text to point at

# What no row format of other coders has a column for, and the question whether an event has it.
_OURS: tuple[tuple[str, Callable[[Event], object], str], ...] = (
    ("contexts", lambda e: e.contexts, "no column"),
    ("hedged", lambda e: e.hedged, "no column: a rumour stands as told for sure"),
    ("said_by", lambda e: e.said_by, "no column: who says so"),
    ("planned", lambda e: e.planned, "no column: what is promised"),
    ("confidence", lambda e: True, "no column"),
    ("lineages", lambda e: True, "no column: independent tellings"),
    ("differences", lambda e: e.differences, "no column: what the reports do not agree on"),
    ("links", lambda e: e.links, "no column: ties to other events"),
    ("because", lambda e: e.because, "no column: the reasons"),
    ("evidence", lambda e: e.evidence, "no column: the words"),
    ("reports", lambda e: len(e.reports) > 1, "one row for all: which reports tell it"),
    ("id of a party", lambda e: any(p.id for p in (*e.actors, *e.recipients)), "no column for Wikidata ids"),
    ("office of a party", lambda e: any(p.office for p in (*e.actors, *e.recipients)), "no column"),
)


def carried(event: Event, loss: Loss) -> bool:
    """Whether rows that know no status can hold the event: it happened, or is a promise made; else it is left out.

    PLOVER makes a planned visit, aid … an AGREE: the promise is what happened on the day it was reported.
    """
    loss.events += 1
    if event.status is None:
        return True
    if event.status == "future" and event.type == "AGREE":
        loss.lost("status", "a promise stands as made on the day it was reported; its own day is lost", event.id)
        return True
    loss.without("status", f"no column: {event.status} events are left out", event.id)
    return False


def day_of(event: Event, loss: Loss) -> date | None:
    """The one day that a row has; None, with the event left out, where nothing tells one."""
    when = None if event.status == "future" else event.when
    if when is None:
        if event.reported_first is None:
            loss.without("when", "a row needs a day, and none is known", event.id)
        elif event.status != "future":
            loss.lost("when", "not known: the day of the first report stands for it", event.id)
        return event.reported_first
    if when.first != when.last or when.precision != "day":
        loss.lost("when", "a row has one day: the first of them stands", event.id)
    return when.first


def tell_lost(event: Event, loss: Loss, *, kept: frozenset[str] = frozenset()) -> None:
    """Counts what the event has and a row format has no column for, less what it `kept`."""
    for field, has, why in _OURS:
        if field not in kept and has(event):
            loss.lost(field, why, event.id)


def pairs(event: Event) -> list[Pair]:
    """Who acted towards whom, each pair once; both ways where both did it. A missing side is None."""
    actors, recipients = list(event.actors), list(event.recipients)
    if event.reciprocal and not recipients and len(actors) > 1:
        return list(permutations(actors, 2))
    left: list[Party | None] = [*actors] or [None]
    right: list[Party | None] = [*recipients] or [None]
    forth: list[Pair] = [(a, r) for a in left for r in right]
    if event.reciprocal and actors and recipients:
        forth += [(r, a) for a, r in forth]
    return forth


def tell_pairs(event: Event, rows: int, loss: Loss) -> None:
    """Counts an event that takes several rows."""
    loss.rows += rows
    if rows > 1:
        loss.lost("sides", "one row a pair and direction: the rows look like several events", event.id)


def cameo_of(event: Event, loss: Loss) -> str | None:
    """The event's CAMEO code, its loss of type and mode counted; None, left out, where CAMEO has no such act."""
    code = event.cameo or crosswalk(event.type, event.mode, event.contexts, event.planned)
    if code is None:
        loss.without("type", f"CAMEO has no {event.type}", event.id)
        return None
    back = crossing(code)
    if back is None or back[0] != event.type:
        loss.lost("type", f"CAMEO {code} means {back[0] if back else 'nothing in PLOVER'}, not {event.type}", event.id)
    elif back[1] != event.mode:
        loss.lost("mode", f"CAMEO {code} is {back[0]}/{back[1] or '-'}, not {event.mode or '-'}", event.id)
    if not set(event.contexts).issubset(back[2] if back else ()):
        loss.lost("contexts", "no column: only those that the CAMEO code implies", event.id)
    return code


@lru_cache(maxsize=10_000)
def crosswalk(type: str, mode: str | None, contexts: tuple[str, ...], planned: str | None = None) -> str | None:
    """The CAMEO code of a PLOVER act, None where CAMEO has none."""
    found = ontology.cameo(type, mode, contexts, planned=planned)
    return found.code if found else None


@lru_cache(maxsize=1000)
def crossing(code: str) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Type, mode and contexts of a CAMEO code; None where PLOVER dropped it or no such code is.

    Appeals (02) are read as the demands (10) of the same number: PLOVER's REQUEST is both.
    """
    entry = ontology.CAMEO.get(code)
    if entry is not None and entry.type is None and code.startswith("02"):
        entry = ontology.CAMEO.get("10" + code[2:])
    return None if entry is None or entry.type is None else (entry.type, entry.mode, entry.contexts)


@lru_cache(maxsize=1000)
def cameo_code(cell: str) -> str | None:
    """The CAMEO code of a cell; its first zero may have fallen off in a spreadsheet."""
    return next((code for code in (cell, "0" + cell) if code in ontology.CAMEO), None)


@lru_cache(maxsize=100_000)
def reason(field: str, rule: str) -> Reason:
    """A reason without words to point at; the same one is shared by many rows."""
    return Reason(field=field, rule=rule)


@lru_cache(maxsize=1000)
def score(type: str, mode: str | None) -> float:
    """PLOVER's score of a type and mode."""
    return ontology.plover_score(type, mode)


def number(id: str, row: int = 0) -> int:
    """A whole number for tables that want one: the same for the same id, another for another row of it."""
    try:
        return int(id[:15], 16) + row
    except ValueError:
        return int(digest("number", id)[:15], 16) + row


def digest(*parts: str) -> str:
    """An id made of parts: sixteen hex digits, as all our ids."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def first_telling(item: Exported) -> Telling | None:
    """The telling that came out first, the one that names its place in the web before others."""
    return min(
        item.told,
        key=lambda t: (t.document.published or date.max, t.document.url is None, t.report.id),
        default=None,
    )


def shown(party: Party | None) -> str:
    """The name of a side, or its words."""
    return "" if party is None else " ".join((party.name or party.text).split())


def cell(text: object) -> str:
    """A value that breaks no row of tabs."""
    return "" if text is None else " ".join(str(text).split())


def write_rows(out: BinaryIO, rows: Iterable[Iterable[object]]) -> None:
    """Rows of tabs, in UTF-8; numbers and None are written as they are read back."""
    for row in rows:
        cells = ["" if v is None else v if type(v) is str else str(v) for v in row]
        out.write("\t".join(cells).encode("utf-8", "backslashreplace") + b"\n")


# -- reading ----------------------------------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[mmap.mmap | bytes]:
    """The bytes of a file, unpacked where it is .gz or .zip (all its members, one after the other)."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            with tempfile.TemporaryFile() as plain:
                if start[:2] == b"\x1f\x8b":
                    with gzip.open(path) as packed:
                        copyfileobj(packed, plain)
                elif start == b"PK\x03\x04":
                    with zipfile.ZipFile(path) as folder:
                        for name in folder.namelist():
                            copyfileobj(folder.open(name), plain)
                plain.flush()
                whole = plain if plain.tell() else file
                yield mmap.mmap(whole.fileno(), 0, access=mmap.ACCESS_READ) if start else b""
    except (OSError, zipfile.BadZipFile, EOFError) as problem:
        raise InputError(f"{path}: cannot be read ({problem})") from problem


def grouped(data: mmap.mmap | bytes, key: Callable[[bytes], bytes | None], *, skip: int = 0) -> Iterator[list[Line]]:
    """The lines of a file without its first `skip`, all lines of one key together; a line without key alone.

    Holds only where each line begins, so a file may be larger than memory.
    """
    starts = array("Q", [0])
    groups: dict[bytes, array[int]] = {}
    alone = 0
    for n, start, end in _lines(data):
        starts.append(end)
        line = data[start:end]
        if n < skip or not line.strip():
            continue
        found = key(line)
        if found is None:
            found, alone = b"\n%d" % alone, alone + 1
        group = groups.get(found)
        if group is None:
            groups[found] = array("L", [n])
        else:
            group.append(n)
    for lines in groups.values():
        yield [(n + 1, data[starts[n] : starts[n + 1]].rstrip(b"\r\n")) for n in lines]


def _lines(data: mmap.mmap | bytes) -> Iterator[tuple[int, int, int]]:
    """(number from 0, start, end with its line break) of each line."""
    start, n, size = 0, 0, len(data)
    while start < size:
        end = data.find(b"\n", start) + 1 or size
        yield n, start, end
        start, n = end, n + 1


def text_of(line: bytes) -> str:
    """A line as text: UTF-8, or else Latin-1, as old files of other coders are."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


@lru_cache(maxsize=100_000)
def day_from(text: str) -> date | None:
    """A day as 2018-06-01, 20180601 (with or without a time behind), or 6/1/2018 (month first); None: no day."""
    text = text.strip()
    try:
        if len(text) >= 10 and text[4] == "-":
            return date.fromisoformat(text[:10])
        if "/" in text:
            month, day, year = (int(part) for part in text.split(" ")[0].split("/"))
            return date(year + 2000 if year < 100 else year, month, day)
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) >= 8 else None
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def outlet_of(url: str) -> str | None:
    """The host of an address, without www."""
    from urllib.parse import urlsplit

    try:
        host = urlsplit(url if "//" in url else "//" + url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


@lru_cache(maxsize=100_000)
def degrees(text: str, limit: int) -> float | None:
    """A latitude or longitude within its limit, else None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -limit <= value <= limit else None
