"""What a record answers, as tables for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.faces import labels
from dragoman.faces.table import COLOURS
from dragoman.model import ClaimCheck, Event, Party, Point, Rival, Visit

TIES = {  # what the other event is to this one
    "planned": "was planned as", "actual": "took place as", "denied": "is denied as", "supposed": "was supposed as",
    "recalled": "is recalled as",
}  # fmt: skip
_VERDICTS = {"supported": "bold green", "contradicted": "bold red", "cannot tell": "bold yellow"}


def show_events(events: Sequence[Event], out: Console, *, limit: int = 0) -> None:
    """The events, two lines each: what happened and how often it is told; the words that tell it best."""
    if not events:
        out.print("no event fits", style="dim")
        return
    for event in events:
        out.print(_event(event))
        if event.evidence:
            quote = labels.shorten(event.evidence, max(40, out.width - 6))
            out.print(Text(f"    “{quote}”", style="dim"), no_wrap=True)
        for link in event.links:
            out.print(Text(f"    {TIES.get(link.kind, link.kind)}: {link.event}", style="dim"))
        for difference in event.differences:
            values = " | ".join(f"{labels.shorten(value, 40)} ({len(ids)})" for value, ids in difference.values[:3])
            out.print(Text(f"    told differently, {difference.field}: {values}", style="dim"))
    if limit and len(events) == limit:
        print(f"the first {limit} are shown; --limit 0 shows all", file=sys.stderr)


def _event(event: Event) -> Text:
    from dragoman.ontology import quad

    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    status = " ".join(filter(None, (event.status, "rumoured" if event.hedged else None)))
    line = Text(f"{labels.when_label(event.when) or 'no date':12} ")
    line.append(f"{kind} +{event.planned}" if event.planned else kind, style=COLOURS[quad(event.type)])
    line.append(f"  {sides(event)}")
    for part in (status, labels.place_label(event.place), told(event)):
        if part:
            line.append(f" · {part}")
    return line.append(f" · {event.id}", style="dim")


def told(event: Event) -> str:
    """How often an event is told, by how many outlets, in how many independent tellings; and by which other coder."""
    counted = ((len(event.reports), "report"), (event.outlets, "outlet"), (event.lineages, "telling"))
    words = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counted)
    return words if event.coder == "dragoman" else f"{words}, by {event.coder}"


def sides(event: Event) -> str:
    """Who did it to whom."""
    actors, recipients = [_party(p) for p in event.actors], [_party(p) for p in event.recipients]
    if event.reciprocal:
        return " ↔ ".join(dict.fromkeys([*actors, *recipients])) or "?"
    return (", ".join(actors) or "?") + (f" → {', '.join(recipients)}" if recipients else "")


def _party(party: Party) -> str:
    codes = " ".join((party.country or "?", *party.sectors))
    return f"{party.name or labels.one_line(party.text)} ({codes})"


def show_points(points: Sequence[Point], out: Console) -> None:
    """A dyad, one line a period that has events, both directions; those without are counted."""
    table = _table(("period", True), ("direction", True), ("events", True), ("95 %", True), ("score", True),
                   ("95 %", True), ("what", False), ("documents", True))  # fmt: skip
    shown = [p for p in points if p.events]
    for p in sorted(shown, key=lambda p: (p.first, p.source)):
        table.add_row(
            p.first.isoformat(), f"{p.source} → {p.target}", str(p.events), _ends(p.rate_low, p.rate_high),
            _number(p.plover_score), _ends(p.plover_low, p.plover_high),
            ", ".join(f"{n} {name}" for name, n in p.types), "" if p.documents is None else f"{p.documents:,}",
        )  # fmt: skip
    if shown:
        out.print(table)
    quiet = len(points) - len(shown)
    if quiet or not shown:
        out.print(f"{quiet} periods without an event", style="dim")


def show_rivals(rivals: Sequence[Rival], out: Console) -> None:
    """Powers side by side over the whole span."""
    table = _table(("direction", True), ("events", True), ("share", True), ("95 %", True), ("score", True),
                   ("95 %", True), ("to the first", True), ("", False))  # fmt: skip
    for r in (r for r in rivals if r.whole):
        table.add_row(
            f"{r.source} → {r.target}", str(r.events), _percent(r.share),
            "" if r.share_low is None else f"{_percent(r.share_low)} – {_percent(r.share_high)}",
            _number(r.plover_score), _ends(r.plover_low, r.plover_high),
            "" if r.ratio is None else f"{r.ratio:.2f} : 1", r.caution or "",
        )  # fmt: skip
    out.print(table)


def show_check(check: ClaimCheck, out: Console) -> None:
    """A claim with its verdict, the arithmetic, what it rests on, and what the record could not see."""
    out.print(Text(check.verdict, style=_VERDICTS[check.verdict]) + Text(f" · {labels.claim_label(check.claim)}"))
    out.print(f"  {check.why}", highlight=False, markup=False)
    for name, found in (("for it", check.for_it), ("against it", check.against_it)):
        for one in found:
            out.print(f"  {name}: {_found(one)}", highlight=False, markup=False)
    for words in check.unseen:
        out.print(f"  not seen: {words}", style="dim", highlight=False, markup=False)


def _found(one: Visit | Event) -> str:
    from dragoman.relations.visits import describe

    if isinstance(one, Visit):
        return describe(one)
    return f"{labels.when_label(one.when)} {sides(one)} {one.type} “{labels.shorten(one.evidence or '', 100)}”"


def _table(*columns: tuple[str, bool]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for name, whole in columns:
        table.add_column(name, no_wrap=whole, overflow="fold", min_width=None if whole else 12)
    return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:+.1f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.1f} – {high:.1f}"
