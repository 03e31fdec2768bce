"""Why an event was missed or a report is wrong: errors grouped by cause, the first thing to read in an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.model import Span

if TYPE_CHECKING:
    from dragoman.coding.trace import Candidate
    from dragoman.faces.evaluate import Act

Tracer = Callable[[], "Sequence[Candidate]"]

# In the order in which they are asked; docs/evaluation.md says what each means and where to look.
MISSED = (
    "actor not found",
    "actor wrong",
    "recipient not found",
    "recipient wrong",
    "both sides wrong",
    "another type",
    "dropped",
    "silenced",
    "unit did not fit",
    "no unit",
)
WRONG = ("its parties", "another type", "told twice", "no event asked for here", "alarm in an empty sentence")


def cause_of_miss(gold: Act, wrong: Sequence[Act], text: str, trace: Tracer | None) -> str:
    """Why a gold event has no report; without a trace, "no report" where only the trace could say more."""
    place = spot(gold, text)
    here = [f for f in wrong if place and any(s.overlaps(place) for s in f.spans)]
    same = [f for f in here if f.type in gold.types] or [f for f in wrong if f.type in gold.types]
    if same:
        return min((cause_in_parties(gold, f) for f in same), key=MISSED.index)
    if here:
        return "another type"
    if trace is None or place is None:
        return "no report"
    found = [c for c in trace() if c.span.overlaps(place)]
    fitting = [c for c in found if c.fits]
    if any(c.type in gold.types for c in fitting):
        return "dropped"
    if any(c.type is None for c in fitting):
        return "silenced"
    if fitting:
        return "another type"
    return "unit did not fit" if any(c.type in gold.types for c in found) else "no unit"


def cause_in_parties(gold: Act, found: Act) -> str:
    """Which side of a report of the right type is not the gold event's."""
    sides = (("actor", gold.actors, found.actors), ("recipient", gold.recipients, found.recipients))
    off = [(name, got) for name, asked, got in sides if asked != got and not asked & got]
    if len(off) != 1:
        return "both sides wrong"
    name, got = off[0]
    return f"{name} wrong" if got else f"{name} not found"


def cause_of_wrong(found: Act, gold: Sequence[Act], missed: Sequence[Act], text: str) -> str:
    """Why a report is no gold event."""
    if not gold:
        return "alarm in an empty sentence"
    if any(found.type in g.types for g in missed):
        return "its parties"
    here = [g for g in gold if (place := spot(g, text)) and any(s.overlaps(place) for s in found.spans)]
    if any(found.type in g.types for g in here):
        return "told twice"
    return "another type" if here else "no event asked for here"


def causes_of(
    gold: Sequence[Act], missed: Sequence[Act], wrong: Sequence[Act], text: str, trace: Tracer | None
) -> Iterable[dict[str, Any]]:
    """One line per error of a sentence: {"side": missed | wrong, "cause", "type"}."""
    for g in missed:
        yield {"side": "missed", "cause": cause_of_miss(g, wrong, text, trace), "type": g.type}
    for f in wrong:
        yield {"side": "wrong", "cause": cause_of_wrong(f, gold, missed, text), "type": f.type}


def spot(gold: Act, text: str) -> Span | None:
    """Where the gold event's trigger stands; None where it is no piece of the text."""
    at = text.find(gold.words) if gold.words else -1
    return Span(at, at + len(gold.words)) if at >= 0 else None
