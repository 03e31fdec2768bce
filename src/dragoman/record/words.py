"""Words as the record compares and searches them: small letters, no accents, stems of Snowball's algorithms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

STEMMERS = {"fr": "french", "en": "english"}  # a language without one keeps its words whole
_WORD = re.compile(r"[^\W_]+")


def stems(text: str, lang: str | None) -> frozenset[str]:
    """The folded stems of a text's words; words of one letter are left out."""
    known = _known(lang if lang in STEMMERS else None)
    found = {known[word] for word in _WORD.findall(text.lower())}
    found.discard("")
    return frozenset(found)


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")


def as_column(words: frozenset[str]) -> str:
    """Stems as a column of a table: in order, a space around each."""
    return f" {' '.join(sorted(words))} " if words else " "


def from_column(column: str) -> frozenset[str]:
    """The stems of a column."""
    return frozenset(column.split())


def asked(text: str) -> tuple[tuple[str, ...], ...]:
    """For each word of a question its possible stems, one a language: all words must be found, in any of theirs."""
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 1]
    return tuple(tuple(sorted({_known(lang)[word] for lang in STEMMERS} - {""})) for word in words)


class _Stems(dict[str, str]):
    """Word → its folded stem, "" for one letter; worked out when first asked for, and forgotten when there are many."""

    MOST = 200_000

    def __init__(self, lang: str | None) -> None:
        super().__init__()
        self._stemmer = _stemmer(lang)

    def __missing__(self, word: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        found = "" if len(word) < 2 else folded(self._stemmer.stemWord(word) if self._stemmer else word)
        self[word] = found
        return found


@cache
def _known(lang: str | None) -> _Stems:
    return _Stems(lang)


def _stemmer(lang: str | None) -> Any:
    if lang not in STEMMERS:
        return None
    import snowballstemmer

    return snowballstemmer.stemmer(STEMMERS[lang])
