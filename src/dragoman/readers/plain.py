"""Text and JSON Lines to documents; what cannot be read is set aside with its file, line and reason."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from dragoman.errors import InputError
from dragoman.model import Defect, Document, Span

Source = str | Path | BinaryIO | TextIO

MAX_LINE = 16 * 1024 * 1024  # bytes of one JSON line, or of one text file, that are held in memory at once
MAX_TEXT = 1_000_000  # characters of one document: some 150 times a long article; more is a dump, not a page
SURE_CP1252 = 0.7  # chosen, not measured: legacy bytes that read as letters of cp1252 are nearly always that

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_FIELDS = ("title", "date", "lang", "outlet", "url")
# What cp1252 gives for the high bytes of French and English text: letters, quotes, dashes, stops, currency.
_LIKELY = frozenset("àâäçéèêëîïôöùûüÿæœñáíóúÀÂÄÇÉÈÊËÎÏÔÖÙÛÜÆŒÑ«»°§€£–—’‘“”…•\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A document that was set aside: where it stands, why, and what its owner can do."""

    file: str
    line: int | None
    reason: str
    advice: str

    @property
    def where(self) -> str:
        """File and line, as a person would look it up."""
        return self.file if self.line is None else f"{self.file}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}; {self.advice}"


class _BadInputError(Exception):
    """A reason to set a document aside, and what to do about it."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


def read(
    source: Source | Iterable[Source], *, lang: str | None = None, published: date | str | None = None
) -> Iterator[Document | Rejected]:
    """The documents of files, streams or standard input ("-"), in order; what is bad comes as `Rejected`.

    `lang` and `published` hold for documents that do not name their own.
    """
    given = parse_date(published) if isinstance(published, str) else (published, "day") if published else (None, None)
    seen: dict[str, str] = {}
    for one in _sources(source):
        for found in _read_one(one, lang, given):
            if isinstance(found, Rejected):
                yield found
                continue
            document, line, name = found
            here = name if line is None else f"{name}, line {line}"
            if document.id in seen:
                reason = f"the id {document.id!r} was already read at {seen[document.id]}"
                yield Rejected(file=name, line=line, reason=reason, advice="give each document its own id")
                continue
            seen[document.id] = here
            yield document


def document_of(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: date | str | None = None,
    defects: tuple[Defect, ...] = (),
) -> Document:
    """A document of a text that is already at hand; raises InputError for a date or language that is none."""
    try:
        day, precision = _date(published)
        checked = _lang(lang)
    except _BadInputError as bad:
        raise InputError(f"{bad.reason}; {bad.advice}") from None
    clean, lone = _without_surrogates(text)
    if id is None:
        id = _hash(clean, title, day)
    return Document(
        id=id,
        text=clean,
        lang=checked,
        title=title or None,
        outlet=outlet,
        url=url,
        published=day,
        published_precision=precision,
        published_basis="given" if day else None,
        defects=(*defects, *lone),
    )


def parse_date(value: str) -> tuple[date, str]:
    """The day and the precision of an ISO date ("2020", "2020-10", "2020-10-02", "2020-10-02T14:30:00Z")."""
    value = value.strip()
    try:
        if match := _DAY.match(value):
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            return date(year, month or 1, day or 1), "day" if day else "month" if month else "year"
        return datetime.fromisoformat(value.replace(" UTC", "Z")).date(), "day"
    except ValueError:
        message = f"{value!r} is not a date; write it as 2020-10-02, 2020-10, 2020 or 2020-10-02T14:30:00"
        raise InputError(message) from None


def _sources(source: Source | Iterable[Source]) -> Iterator[Source]:
    if isinstance(source, str | Path) or hasattr(source, "read"):
        yield cast(Source, source)
    else:
        yield from source


_Found = tuple[Document, int | None, str] | Rejected


def _read_one(source: Source, lang: str | None, given: tuple[date | None, str | None]) -> Iterator[_Found]:
    name = str(source if isinstance(source, str | Path) else getattr(source, "name", "stream"))
    opened = None
    try:
        name, stream, opened = _open(source)
        head = stream.peek(8192)[:8192]
        if name.lower().endswith((".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")) or _looks_like_json(name, head):
            yield from _json_lines(stream, name, lang, given)
        else:
            yield from _plain(stream, name, lang, given)
    except (OSError, EOFError, zlib.error) as problem:
        reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        yield Rejected(file=name, line=None, reason=f"cannot be read: {reason}", advice="check the file and its path")
    finally:
        if opened is not None:
            opened.close()


def _open(source: Source) -> tuple[str, io.BufferedReader, Any]:
    """A name for messages, a buffered byte stream, and what is ours to close."""
    if source == "-":
        return "standard input", _buffered(getattr(sys.stdin, "buffer", sys.stdin)), None
    if isinstance(source, str | Path):
        path = Path(source)
        raw = open(path, "rb")  # noqa: SIM115  (closed by the caller, once all documents are read)
        if raw.peek(2)[:2] == b"\x1f\x8b":
            return str(path), io.BufferedReader(gzip.GzipFile(fileobj=raw)), raw
        return str(path), raw, raw
    return str(getattr(source, "name", "stream")), _buffered(source), None


def _buffered(stream: Any) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    if isinstance(stream, io.TextIOBase) or isinstance(stream.read(0), str):
        data = stream.read()
        return io.BufferedReader(io.BytesIO(data.encode("utf-8", "surrogatepass")))
    return io.BufferedReader(stream if isinstance(stream, io.RawIOBase | io.BytesIO) else io.BytesIO(stream.read()))


def _looks_like_json(name: str, head: bytes) -> bool:
    if name.lower().endswith((".txt", ".txt.gz", ".text", ".md")):
        return False
    marked = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = head.decode("utf-16" if marked else _utf16_without_mark(head) or "utf-8", "ignore")
    return re.match(r'\s*\{\s*("|$)', text.lstrip("\ufeff")) is not None


# --- text files ---------------------------------------------------------------------------------------------------


def _plain(
    stream: io.BufferedReader, name: str, lang: str | None, given: tuple[date | None, str | None]
) -> Iterator[_Found]:
    data = stream.read(MAX_LINE + 1)
    try:
        if len(data) > MAX_LINE:
            raise _BadInputError(f"over {MAX_LINE:,} bytes", "put many documents into JSON Lines, one a line")
        text, defects = _decode(data)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        row = {"text": text, "id": None, "title": None}
        yield _document(row, lang, given, defects), None, name
    except _BadInputError as bad:
        yield Rejected(file=name, line=None, reason=bad.reason, advice=bad.advice)


# --- JSON Lines ---------------------------------------------------------------------------------------------------


def _json_lines(
    stream: io.BufferedReader, name: str, lang: str | None, given: tuple[date | None, str | None]
) -> Iterator[_Found]:
    for number, raw in _lines(stream):
        try:
            if raw is None:
                raise _BadInputError(f"a line of over {MAX_LINE:,} bytes", "split it: one document a line")
            text, defects = _decode(raw)
            if text.strip():
                yield _document(_row(text), lang, given, defects), number, name
        except _BadInputError as bad:
            yield Rejected(file=name, line=number, reason=bad.reason, advice=bad.advice)
        except RecursionError:
            yield Rejected(file=name, line=number, reason="JSON nested too deeply", advice="give plain text fields")


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines as bytes of UTF-8 or a legacy encoding; None for a line that is too long to hold."""
    head = stream.peek(2048)[:2048]
    marked = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if encoding := "utf-16" if marked else _utf16_without_mark(head):
        decoded = io.TextIOWrapper(stream, encoding=encoding, errors="replace")
        for number, text in enumerate(decoded, 1):
            yield number, text.encode("utf-8", "surrogatepass")
        return
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):  # to the line's end, holding none of it
            line = stream.readline(MAX_LINE)
        yield number, None


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as problem:
        what = getattr(problem, "msg", str(problem))
        column = getattr(problem, "colno", None)
        at = f" at column {column}" if column else ""
        raise _BadInputError(f"broken JSON{at}: {what}", "write one JSON object a line") from None
    if not isinstance(row, dict):
        raise _BadInputError(f"a JSON {type(row).__name__}, not an object", 'write {"id": …, "text": …}')
    if "text" not in row:
        near = ", ".join(sorted(str(key) for key in row)[:8]) or "none"
        raise _BadInputError(f'no "text" (keys here: {near})', 'put the article under "text"')
    if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
        row["id"] = str(row["id"])
    for key in ("text", "id", *_FIELDS):
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise _BadInputError(f'"{key}" is a {type(value).__name__}, not a string', f'put "{key}" in quotes')
    return row


# --- both ---------------------------------------------------------------------------------------------------------


def _document(
    row: dict[str, Any], lang: str | None, given: tuple[date | None, str | None], defects: tuple[Defect, ...]
) -> Document:
    text: str = row["text"] or ""
    title: str | None = (row.get("title") or "").strip() or None
    if not text.strip():
        if not title:
            raise _BadInputError("empty: no text and no title", "leave it out, or fetch the page again")
        text = title
    if len(text) > MAX_TEXT:
        raise _BadInputError(
            f"a text of {len(text):,} characters, over the limit of {MAX_TEXT:,}", "split it into articles"
        )
    if _mostly_control(text):
        raise _BadInputError("binary content, not text", "give the text of the page")
    day, precision = _date(row.get("date") or None)
    if day is None:
        day, precision = given
    clean, lone = _without_surrogates(text)
    title = _without_surrogates(title)[0] if title else None
    return Document(
        id=_without_surrogates(row.get("id") or "")[0].strip() or _hash(clean, title, day),
        text=clean,
        lang=_lang(row.get("lang")) or _lang(lang),
        title=title,
        outlet=row.get("outlet") or None,
        url=row.get("url") or None,
        published=day,
        published_precision=precision,
        published_basis="given" if day else None,
        defects=(*(_clip(defect, len(clean)) for defect in defects), *lone),
    )


def _clip(defect: Defect, length: int) -> Defect:
    if defect.span.end <= length:
        return defect
    return Defect(kind=defect.kind, span=Span(0, length), repair=defect.repair, sure=defect.sure)


def _date(value: date | str | None) -> tuple[date | None, str | None]:
    if value is None:
        return None, None
    if isinstance(value, datetime):
        return value.date(), "day"
    if isinstance(value, date):
        return value, "day"
    try:
        return parse_date(value)
    except InputError as problem:
        reason, _, advice = str(problem).partition("; ")
        raise _BadInputError(f"date: {reason}", advice) from None


def _lang(value: str | None) -> str | None:
    """The language's own part of a tag ("fr-FR" is "fr"); None for none, "auto" or "und"."""
    if not value or value in {"auto", "und"}:
        return None
    if not _TAG.match(value):
        raise _BadInputError(f"{value!r} is not a language tag", 'write "fr", "en", or leave "lang" out')
    return re.split("[-_]", value)[0].lower()


def _hash(text: str, title: str | None, day: date | None) -> str:
    """An id from the content: the same page read twice has the same id."""
    body = "\x1f".join([title or "", day.isoformat() if day else "", text])
    return hashlib.blake2b(body.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _without_surrogates(text: str) -> tuple[str, tuple[Defect, ...]]:
    """The text with U+FFFD for each lone surrogate: no encoding can carry one, and the offsets stay."""
    if (match := _SURROGATE.search(text)) is None:
        return text, ()
    repair = "replaced by U+FFFD: half a character, which no encoding can carry"
    return _SURROGATE.sub("\ufffd", text), (
        Defect(kind="surrogate", span=Span(*match.span()), repair=repair, sure=1.0),
    )


def _mostly_control(text: str) -> bool:
    head = text[:4096]
    return sum(c < " " and c not in "\t\n\r\f\x1b" for c in head) > len(head) // 20


def _decode(data: bytes) -> tuple[str, tuple[Defect, ...]]:
    """The text of some bytes, and a defect where they were not what they should be (UTF-8)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data[len(codecs.BOM_UTF8) :] if encoding == "utf-8" else data, encoding), ()
    if unmarked := _utf16_without_mark(data):
        text = _strict(data, unmarked)
        return text, (_encoding_defect(text, f"read as {unmarked}, without byte order mark", 0.9),)
    if len(_CONTROL.findall(data[:8192])) > len(data[:8192]) // 50:
        raise _BadInputError("binary content, not text", "give the text of the page, in UTF-8")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as problem:
        return _legacy(data, problem)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise _BadInputError(f"not {encoding} at byte {problem.start + 1}", "convert the file to UTF-8") from None


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2048]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if len(head) < 8 or max(odd, even) < len(head) * 0.35 or min(odd, even) > len(head) * 0.02:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy(data: bytes, problem: UnicodeDecodeError) -> tuple[str, tuple[Defect, ...]]:
    """Text in cp1252, or UTF-8 with some such bytes between; set aside when the letters make no sense."""
    sample = data[problem.start : problem.start + 65_536]
    letters = [sample[at : at + 1].decode("cp1252", "replace") for at in _broken(sample)]
    likely = sum(letter in _LIKELY for letter in letters)
    if likely < SURE_CP1252 * len(letters) or len(letters) > max(1, len(sample) // 4):
        where = f"byte 0x{data[problem.start]:02x} at position {problem.start + 1}"
        raise _BadInputError(f"neither UTF-8 nor a known legacy encoding ({where})", "convert it to UTF-8")
    text = data.decode("utf-8", "dragoman.cp1252")
    mixed = "" if data.decode("utf-8", "ignore").isascii() else "UTF-8 with bytes of "
    return text, (_encoding_defect(text, f"read as {mixed}cp1252", round(likely / len(letters) * 0.95, 2)),)


def _broken(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        try:
            data[at:].decode("utf-8")
            return
        except UnicodeDecodeError as problem:
            at += problem.start
            yield at
            at += 1


def _as_cp1252(problem: UnicodeError) -> tuple[str, int]:
    """Error handler: one broken byte as cp1252 reads it."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.start + 1].decode("cp1252", "replace"), problem.start + 1


codecs.register_error("dragoman.cp1252", _as_cp1252)


def _encoding_defect(text: str, repair: str, sure: float) -> Defect:
    return Defect(kind="encoding", span=Span(0, len(text)), repair=repair, sure=sure)
