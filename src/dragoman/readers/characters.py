"""Character damage undone (mojibake, entities, tags, invisible characters), each character's old place kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from dragoman.model import Defect, Span

# Two-character sequences that UTF-8 read as cp1252 or latin-1 leaves behind; anything else is not worth ftfy's time.
_SUSPECT = re.compile(r"[ÃÂâÅÐÑÎ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|ï»¿")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,15});")
_TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|a|span|div|h[1-6]|ul|ol|li|img|figure|figcaption|blockquote|script|style)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.I,
)
_BREAKING = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|figure|figcaption|blockquote)\b", re.I)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Mended:
    """A text without character damage, and where its characters stand in the original (None: at their own places)."""

    original: str
    text: str
    offsets: tuple[int, ...] | None
    defects: tuple[Defect, ...]

    def place(self, at: int) -> int:
        """The place in the original of character `at`."""
        if self.offsets is None:
            return at
        return self.offsets[at] if at < len(self.offsets) else len(self.original)

    def span(self, start: int, end: int) -> Span:
        """The characters of the original that `[start, end)` was made from."""
        if self.offsets is None or start >= end:
            return Span(self.place(start), self.place(end))
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


_Edit = tuple[int, int, str]  # characters [start, end) of the original, and what is read there


def mend(text: str) -> Mended:
    """The text as it was before its characters were damaged."""
    edits: list[_Edit] = []
    defects: list[Defect] = []
    if "<" in text:
        _tags(text, edits, defects)
    if "&" in text:
        _entities(text, edits, defects)
    if not text.isascii():
        _mojibake(text, edits, defects)
        _surrogates(text, edits, defects)
    _invisible(text, edits, defects)
    if not edits:
        return Mended(text, text, None, tuple(defects))
    return _apply(text, sorted(edits), defects)


def _apply(text: str, edits: list[_Edit], defects: list[Defect]) -> Mended:
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, new in edits:
        if start < at:
            continue
        parts += [text[at:start], new]
        offsets += range(at, start)
        offsets += _places(text, start, end, new)
        at = end
    parts.append(text[at:])
    offsets += range(at, len(text))
    return Mended(text, "".join(parts), tuple(offsets), tuple(defects))


def _places(text: str, start: int, end: int, new: str) -> list[int]:
    """One for one where lengths agree; else inside a word its last character stands for it, at a start its first."""
    if len(new) == end - start:
        return list(range(start, end))
    if len(new) == 1:
        return [end - 1 if start and text[start - 1].isalpha() else start]
    return [min(start + i, end - 1) for i in range(len(new))]


def _entities(text: str, edits: list[_Edit], defects: list[Defect]) -> None:
    for match in _ENTITY.finditer(text):
        char = html.unescape(match.group())
        if char != match.group():
            edits.append((*match.span(), char))
            defects.append(Defect(kind="entity", span=Span(*match.span()), repair=f"read as {char!r}", sure=0.98))


def _tags(text: str, edits: list[_Edit], defects: list[Defect]) -> None:
    for match in _TAG.finditer(text):
        edits.append((*match.span(), "\n" if _BREAKING.match(match.group()) else ""))
        defects.append(Defect(kind="markup", span=Span(*match.span()), repair="left out", sure=0.95))


def _invisible(text: str, edits: list[_Edit], defects: list[Defect]) -> None:
    """Invisible characters go; those of one paragraph are one defect."""
    runs: list[list[tuple[int, int]]] = []
    for match in _INVISIBLE.finditer(text):
        edits.append((*match.span(), ""))
        if runs and "\n" not in text[runs[-1][-1][1] : match.start()]:
            runs[-1].append(match.span())
        else:
            runs.append([match.span()])
    for run in runs:
        repair = "left out" if len(run) == 1 else f"left out, {len(run)} times"
        defects.append(Defect(kind="invisible", span=Span(run[0][0], run[-1][1]), repair=repair, sure=0.99))


def _surrogates(text: str, edits: list[_Edit], defects: list[Defect]) -> None:
    for match in _SURROGATE.finditer(text):
        edits.append((*match.span(), "\ufffd"))
        repair = "read as U+FFFD: half a character, which no encoding can carry"
        defects.append(Defect(kind="surrogate", span=Span(*match.span()), repair=repair, sure=1.0))


def _mojibake(text: str, edits: list[_Edit], defects: list[Defect]) -> None:
    if _SUSPECT.search(text) is None:
        return
    from ftfy import fix_encoding

    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if _SUSPECT.search(line) is None or (fixed := fix_encoding(line)) == line:
            continue
        for start, end, new in _differences(line, fixed):
            start, end = start + match.start(), end + match.start()
            edits.append((start, end, new))
            if start < end:
                defects.append(Defect(kind="mojibake", span=Span(start, end), repair=f"read as {new!r}", sure=0.95))


def _differences(old: str, new: str) -> Iterator[_Edit]:
    """Where two lines differ. Mojibake touches only runs outside of ASCII, so these are paired when they can be."""
    olds, news = list(_NON_ASCII.finditer(old)), list(_NON_ASCII.finditer(new))
    if len(olds) == len(news) and _NON_ASCII.split(old) == _NON_ASCII.split(new):
        for a, b in zip(olds, news, strict=True):
            if a.group() != b.group():
                yield (*a.span(), b.group())
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, new[k:m]
