"""The words of a sentence as bits of a number: how much two sentences share is counted without looking at words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from dragoman.world.names import fold
from dragoman.world.tables import rows

PACKS = Path(__file__).parent.parent / "packs"
BITS = 1024  # two sentences of fifteen words share a bit by chance once in five times
KEPT = 100_000  # words whose bit is remembered, a language
_BIT = tuple(1 << i for i in range(BITS))
_MARK = re.compile(r"(?<=[^\W_] )[A-ZÀ-Þ][\w’'-]+|\d[\d.,\xa0]*\d")
_OWNED = re.compile(r"['’]\w*$")


def words(stems: frozenset[str], lang: str) -> int:
    """The stems that say something about which happening is told."""
    bits = _word_bits(lang)
    found = 0
    for stem in stems:
        found |= bits[stem]
    return found


def marks(evidence: str, lang: str, people: frozenset[str]) -> int:
    """The names and numbers of a sentence, without its people, who count as such: what tells one happening from
    another in any language. Names of countries and peoples, days, titles and the sentence's first word are none."""
    bits = _mark_bits(lang)
    found = 0
    for mark in _MARK.findall(evidence):
        found |= bits[mark]
    for person in people:
        for name in person.split():
            found &= ~bits[name]
    return found


@cache
def common(lang: str) -> frozenset[str]:
    """Stems that say nothing about which happening is told."""
    path = PACKS / lang / "common.tsv"
    return frozenset(row["stem"] for row in rows(path)) if path.exists() else frozenset()


class _Words(dict[str, int]):
    """The bit of each stem of a language; none for common ones."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._common = common(lang)

    def __missing__(self, stem: str) -> int:
        if len(self) > KEPT:
            self.clear()
        telling = stem not in self._common and (len(stem) > 2 or stem.isdigit())
        bit = self[stem] = _bit(stem) if telling else 0
        return bit


class _Marks(dict[str, int]):
    """The bit of each name and number of a language."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        table = PACKS / lang / "countries.tsv"
        cells = [cell for row in rows(table) for cell in row.values()] if table.exists() else []
        forms = {_bare(word) for cell in cells for form in cell.split("|") for word in form.split()}
        self._plain = frozenset(forms) | common(lang)

    def __missing__(self, mark: str) -> int:
        if len(self) > KEPT:
            self.clear()
        bare = _bare(mark)
        bit = self[mark] = 0 if self._is_plain(bare) else _bit(bare)
        return bit

    def _is_plain(self, bare: str) -> bool:
        if bare.isdigit():
            return len(bare) == 4 and bare[:2] in {"19", "20"}  # a year
        return len(bare) < 3 or bare in self._plain or bare[:-1] in self._plain or bare[:-2] in self._plain


def _bit(word: str) -> int:
    return _BIT[crc32(word.encode("utf-8", "surrogatepass")) % BITS]


def _bare(mark: str) -> str:
    """A name or number without accents, separators of thousands, or the ending of a possessive."""
    return re.sub(r"\D", "", mark) if mark[:1].isdigit() else _OWNED.sub("", fold(mark))


@cache
def _word_bits(lang: str) -> _Words:
    return _Words(lang)


@cache
def _mark_bits(lang: str) -> _Marks:
    return _Marks(lang)
