"""Text → sentences, by rules: stops, what may precede and follow them, and the language's abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.syntax.tokens import TokenRules

# A line end, or a stop with all that closes after it. A straight quote needs more thought: see `_closing_quote`.
_STOP = re.compile(r"[ ]*\n\s*|(?:[.!?]+|…)[.!?…]*(?:[”’»)\]]|'(?![\w])| [»”](?!\w))*")
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_GLUED = re.compile(
    rf"[«“\"(►]? ?[{_UPPER}](?:[^\W\d_]{{2}}|[^\W\d_] |['\"]\w)"
)  # a capitalised word, or an elided one
_BEGINS = re.compile(rf"[{_UPPER}\d«“\"'(\[–—•\-¿¡]|[^\W\d_a-zß-öø-ÿ]")
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.-?)+")
_OPENERS = "«“\"'(["
_NAME = re.compile(r"[^\W\d_]+'?")


def cuts(text: str, rules: TokenRules) -> Iterator[tuple[int, int]]:
    """The sentences of a plain text (see `tokens.plain`), as `[start, end)` without outer white space."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop.start() < start:
            continue
        end = _end(text, start, stop, rules)
        if end is not None:
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        yield start + left, start + len(piece.rstrip())


def _end(text: str, start: int, stop: re.Match[str], rules: TokenRules) -> int | None:
    """Where the sentence ends if it ends at this stop."""
    if "\n" in stop.group():
        return stop.end()
    end = _closing_quote(text, start, stop.end())
    if end >= len(text):
        return end
    near = max(start, stop.start() - 60)  # looking back has an end, whatever the text
    before = text[max(near, text.rfind(" ", near, stop.start()) + 1) : stop.start()].lstrip(_OPENERS)
    before = before.rpartition("'")[2] or before  # an elided article is no part of the abbreviation
    if text[end].isspace():
        after = text[end:].lstrip() if end + 80 >= len(text) else text[end : end + 80].lstrip()
        return end if _may_end(before, stop.group(), after, rules) else None
    return end if _glued(text, end, before, stop.group(), rules) else None


def _closing_quote(text: str, start: int, end: int) -> int:
    """Past a straight quote after the stop, when it closes one that was opened in the sentence."""
    at = end + 1 if text[end : end + 2] == ' "' else end
    if text[at : at + 1] == '"' and text.count('"', max(start, at - 5000), at) % 2:
        return at + 1
    return end


def _may_end(before: str, stop: str, after: str, rules: TokenRules) -> bool:
    if not _BEGINS.match(after):
        return False  # "« Quoi ? » demande-t-il"
    if stop != ".":
        return True
    word = before + "."
    if word in rules.abbreviations or (len(before) == 1 and before.isupper()):
        return False
    if word in rules.before_number:
        return not after[0].isdigit()
    if word in rules.doubtful or _INITIALS.fullmatch(word):
        name = _NAME.match(after.lstrip(_OPENERS + " "))
        return name is not None and name.group() in rules.starters
    return not (before.isdigit() and len(before) < 3 and after[0].isdigit())


def _glued(text: str, end: int, before: str, stop: str, rules: TokenRules) -> bool:
    """Whether a space was lost here: a lower-case word, the stop, a capitalised word."""
    return (
        len(before) > 1
        and (before[-1].islower() or before[-1].isdigit() or before[-1] in ')»”"%' or stop != ".")
        and before + "." not in rules.abbreviations
        and not {"@", "/", "."} & set(before)
        and _GLUED.match(text, end) is not None
    )
