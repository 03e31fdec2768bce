"""Words as the record compares and searches them: small letters, no accents, stems of Snowball's algorithms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

STEMMERS = {"fr": "french", "en": "english"}  # a language without one keeps its words whole
_WORD = re.compile(r"[^\W_]+")


def stems(text: str, lang: str | None) -> frozenset[str]:
    """The folded stems of a text's words; words of one letter are left out."""
    found = {_stem(word, lang) for word in _WORD.findall(text.lower()) if len(word) > 1}
    return frozenset(found - {""})


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
    return tuple(tuple(sorted({_stem(word, lang) for lang in STEMMERS} - {""})) for word in words)


@lru_cache(maxsize=200_000)
def _stem(word: str, lang: str | None) -> str:
    """A word's folded stem."""
    stemmer = _stemmer(lang)
    return folded(stemmer.stemWord(word) if stemmer else word)


@lru_cache(maxsize=8)
def _stemmer(lang: str | None) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(STEMMERS[lang]) if lang in STEMMERS else None
