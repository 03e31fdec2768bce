"""What the importers share: rows of the users' actors table, and the account of what was taken and left."""

from __future__ import annotations

import bz2
import gzip
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from dragoman.errors import InputError

COLUMNS = ("names", "kind", "country", "sectors", "office", "first", "last", "precision", "sure", "wikidata")
_LISTED = 20  # places of a reason that are remembered

Row = dict[str, str]


@dataclass(slots=True)
class Account:
    """How many rows were taken, and what was skipped why."""

    taken: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)  # reason -> where, the first few

    def skip(self, reason: str, where: str) -> None:
        """Counts one thing that was left out."""
        self.skipped[reason] += 1
        places = self.places.setdefault(reason, [])
        if len(places) < _LISTED:
            places.append(where)

    def lines(self) -> Iterator[str]:
        """The account as people read it."""
        yield f"{self.taken} rows taken, {self.skipped.total()} skipped"
        for reason, count in self.skipped.most_common():
            yield f"    {count} skipped: {reason} ({', '.join(self.places[reason][:3])}{' …' if count > 3 else ''})"


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file, plain or packed by gzip or bzip2."""
    opener: Callable[..., TextIO] = {".gz": gzip.open, ".bz2": bz2.open}.get(path.suffix, open)  # type: ignore[assignment]
    try:
        with opener(path, "rt", encoding="utf-8", errors="replace") as stream:
            yield stream
    except (OSError, EOFError) as problem:
        raise InputError(f"{path}: cannot be read ({problem}); plain text, .gz and .bz2 are read") from problem


def write(rows: Iterable[Row], out: TextIO, account: Account) -> None:
    """Writes rows as they come, each once where they follow each other."""
    out.write("\t".join(COLUMNS) + "\n")
    last = ""
    for row in rows:
        cells = (row.get(c, "").replace("\t", " ").replace("\n", " ") for c in COLUMNS)
        line = "\t".join(cells)
        if line != last:
            out.write(line + "\n")
            account.taken += 1
        last = line
