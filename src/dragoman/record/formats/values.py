"""What is written and read: events with those who tell them, other coders' rows, and what gets lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dragoman.model import Coding, Document, Event, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report of an event, its document (the text may be ""), and the words of its sentence."""

    report: Report
    document: Document
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An event with all or some of the reports that tell it."""

    event: Event
    told: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file tells of one document: its reports, who coded them, with what.

    `quotes` gives the words of each report's sentence, in their order, where the file has them. The document's text is
    "" since no such file has it.
    """

    coding: Coding
    coder: str  # dragoman | gdelt | icews | polecat
    version: str = ""  # of the coder, "" where the file does not say
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A line that could not be understood."""

    file: str
    line: int  # from 1
    why: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What a format could not carry: of how many events (or rows), why, one of them."""

    field: str
    why: str
    events: int
    example: str


@dataclass(slots=True)
class Loss:
    """The account of one export or import; filled while it runs."""

    form: str = ""
    events: int = 0  # events, or lines of a file, that were there
    rows: int = 0  # rows that were written, or reports that were read
    left_out: int = 0  # events or lines of which nothing was carried
    _lost: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def lost(self, field: str, why: str, example: str, events: int = 1) -> None:
        """Counts a field that one event (or `events` of them) could not bring along."""
        entry = self._lost.get((field, why))
        if entry is None:
            self._lost[field, why] = [events, example]
        else:
            entry[0] += events

    def without(self, field: str, why: str, example: str) -> None:
        """Counts an event that is left out whole."""
        self.left_out += 1
        self.lost(field, why, example)

    @property
    def entries(self) -> tuple[Lost, ...]:
        """All that was lost, the most frequent first."""
        found = [Lost(field=f, why=w, events=n, example=e) for (f, w), (n, e) in self._lost.items()]
        return tuple(sorted(found, key=lambda one: (-one.events, one.field, one.why)))

    def record(self) -> dict[str, Any]:
        """The account for JSON."""
        entries = [{"field": e.field, "why": e.why, "events": e.events, "example": e.example} for e in self.entries]
        return {"kind": "loss", "format": self.form, "events": self.events, "rows": self.rows,
                "left_out": self.left_out, "lost": entries}  # fmt: skip

    def lines(self) -> Iterable[str]:
        """The account for people, a line each."""
        yield f"{self.form}: {self.events} in, {self.rows} out, {self.left_out} left out"
        for e in self.entries:
            yield f"  {e.field}: {e.events} ({e.why}; e.g. {e.example})"
