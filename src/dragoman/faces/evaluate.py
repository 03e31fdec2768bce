"""Score the coder on gold files: sentences, whole documents, and pairs of parties (docs/evaluation.md).

On sentences the counts are those of the gold sets' own scorer, `score_gold.py`; a test holds the two together.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError
from dragoman.faces.causes import Tracer, causes_of
from dragoman.faces.labels import iso, shorten
from dragoman.model import Actor, Coding, Report, Span

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]
Progress = Callable[..., AbstractContextManager[Callable[[], None]]]
FIELDS = ("mode", "status", "date", "place", "attribution")
PAIR_ROOTS = {"YIELD": ("CONCEDE", "RETREAT")}  # older PLOVER's YIELD, since split in two


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event of the gold set or of the coder, as far as they are compared."""

    type: str
    types: frozenset[str]  # the type and those as good
    actors: frozenset[str]  # countries; regions are left out
    recipients: frozenset[str]
    fields: Mapping[str, str | None]
    words: str
    reciprocal: bool = False
    optional: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many were asked for, how many of them found; how many were found, how many of them right."""

    asked: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_record(self) -> dict[str, float]:
        """The counts and scores, by name."""
        scores = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"asked": self.asked, "hit": self.hit, "found": self.found, "right": self.right}
        return counts | {name: round(value, 4) for name, value in scores.items()}


def _tallies() -> defaultdict[str, Tally]:
    return defaultdict(Tally)


@dataclass(slots=True, kw_only=True)
class Result:
    """What a gold file gave: tallies over all, per type and per field, shares, and the errors in words."""

    gold: str
    kind: str  # sentences | documents | pairs
    rows: int = 0
    over: defaultdict[str, Tally] = field(default_factory=_tallies)
    types: defaultdict[str, Tally] = field(default_factory=_tallies)
    fields: defaultdict[str, Tally] = field(default_factory=_tallies)
    agreed: Counter[str] = field(default_factory=Counter)  # fields right among the events found
    empty: int = 0
    alarms: int = 0
    forbidden: int = 0  # reports in passages of which the gold set says that they are no event
    errors: list[dict[str, Any]] = field(default_factory=list)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)  # (missed | wrong | field, cause)

    def share(self, name: str) -> float:
        """How often a field is right in the events that were found."""
        hits = self.over["event"].hit
        return self.agreed[name] / hits if hits else 0.0

    def as_record(self, *, errors: bool = False) -> dict[str, Any]:
        """All numbers by name, for programs."""
        record: dict[str, Any] = {"gold": self.gold, "kind": self.kind, "rows": self.rows}
        record |= {name: tally.as_record() for name, tally in self.over.items()}
        record["types"] = {name: tally.as_record() for name, tally in sorted(self.types.items())}
        if self.kind != "pairs":
            record["fields"] = {name: self.fields[name].as_record() for name in FIELDS}
            record["agreed"] = {name: round(self.share(name), 4) for name in FIELDS}
        if self.kind == "sentences":
            record |= {"empty": self.empty, "alarms": self.alarms}
            record["alarm_share"] = round(self.alarms / self.empty, 4) if self.empty else 0.0
        if self.kind == "documents":
            record["forbidden"] = self.forbidden
        if self.causes:
            record["causes"] = [{"side": s, "cause": c, "count": n} for (s, c), n in self.causes.most_common()]
        return record | ({"errors": self.errors} if errors else {})


def evaluate(
    path: Path, *, parser: str | None = None, progress: Progress | None = None, causes: bool = False
) -> Result:
    """The score of the coder on a gold file; its rows tell whether they are sentences, documents or pairs.

    With `causes`, sentences with a missed event are parsed again to tell a missing unit from one that did not fit.
    """
    rows = gold_rows(path)
    kind = _kind(rows, path)
    shown = progress or (lambda *_, **__: nullcontext(lambda: None))
    with shown(f"scoring {path.name}", total=len(rows)) as advance:
        if kind == "pairs":
            return _score_pairs(path.name, rows, advance, parser=parser)
        told = zip(rows, _codings(rows, advance, parser=parser), strict=True)
        if kind == "documents":
            return score_documents(path.name, told)
        return score_sentences(path.name, told, tracer=_tracer(parser) if causes else None)


def gold_rows(path: Path) -> list[Row]:
    """The rows of a gold file: one object (.json) or one per line (.jsonl)."""
    try:
        text = path.read_text("utf-8")
    except OSError as problem:
        raise InputError(f"{path}: cannot be read: {problem.strerror}; name a gold file") from problem
    pieces = [(1, text)] if path.suffix == ".json" else list(enumerate(text.splitlines(), 1))
    rows: list[Row] = []
    for number, piece in pieces:
        if not piece.strip():
            continue
        try:
            row = json.loads(piece)
        except ValueError as problem:
            raise InputError(f"{path}, line {number}: broken JSON: {problem}") from problem
        rows += row if isinstance(row, list) else [row]
    return rows


def _kind(rows: Sequence[Row], path: Path) -> str:
    if rows and all("source_span" in row and "root" in row for row in rows):
        return "pairs"
    if rows and all("events" in row for row in rows):
        whole = any("relations" in row or any("evidence" in e for e in row["events"]) for row in rows)
        return "documents" if whole else "sentences"
    raise InputError(f'{path}: no gold set; its rows need "events", or "source_span", "target_span" and "root"')


def _codings(rows: Iterable[Row], advance: Callable[[], None], *, parser: str | None) -> Iterator[Coding]:
    """Each row's text, coded by itself."""
    from dragoman.faces.run import coder
    from dragoman.readers import document_of

    coded = coder(parser=parser)
    for row in rows:
        yield coded(document_of(row["text"], id=row["id"], lang=row.get("lang"), published=row.get("date")))
        advance()


def _tracer(parser: str | None) -> Callable[[Coding], Tracer]:
    """For a coding, a function that tells which units could have fired in its text; asked only where one is missed."""
    from functools import cache

    from dragoman.faces.run import unit_finder

    found = unit_finder(parser=parser)

    def of(coding: Coding) -> Tracer:
        return cache(lambda: found(coding.document))

    return of


# --- sentences ------------------------------------------------------------------------------------------------------


def score_sentences(
    name: str, rows: Iterable[tuple[Row, Coding]], *, tracer: Callable[[Coding], Tracer] | None = None
) -> Result:
    """Scores on gold sentences."""
    result = Result(gold=name, kind="sentences")
    for row, coding in rows:
        result.rows += 1
        gold = [gold_act(event) for event in row["events"]]
        found = [found_act(report, coding) for report in coding.reports if report.status != "habitual"]
        _score_types(result.over["type"], gold, found)
        _score_events(result, gold, found, row, trace=tracer(coding) if tracer else None)
        if not gold:
            result.empty += 1
            result.alarms += bool(found)
    return result


def _score_types(tally: Tally, gold: Sequence[Act], found: Sequence[Act]) -> None:
    """The set of types of a sentence against the gold set; types of optional events count neither way."""
    asked = [g for g in gold if not g.optional]
    names = {g.type for g in asked}
    types = {f.type for f in found}
    allowed = frozenset[str]().union(*(g.types for g in gold))
    free = frozenset[str]().union(*(g.types for g in gold if g.optional)) - names
    tally.asked += len(names)
    tally.hit += sum(any(types & g.types for g in asked if g.type == name) for name in names)
    tally.found += len(types - free)
    tally.right += len((types - free) & allowed)


def _score_events(
    result: Result, gold: Sequence[Act], found: Sequence[Act], row: Row, *, trace: Tracer | None = None
) -> None:
    asked = [g for g in gold if not g.optional]
    for name, exact in (("event", False), ("exact", True)):
        matched = pairs(gold, found, exact=exact)
        required = [(g, f) for g, f in matched if not g.optional]
        tally = result.over[name]
        tally.asked += len(asked)
        tally.hit += len(required)
        tally.right += len(required)
        tally.found += len(found) - (len(matched) - len(required))
        if name == "event":
            _score_matched(result, matched, asked, found)
            _note(result, row, gold, found, matched, trace=trace)


def _score_matched(
    result: Result, matched: Sequence[tuple[Act, Act]], asked: Sequence[Act], found: Sequence[Act]
) -> None:
    """Tallies per type and per field."""
    free = [f for g, f in matched if g.optional]
    for g in asked:
        result.types[g.type].asked += 1
    for f in found:
        if not any(f is other for other in free):
            result.types[f.type].found += 1
    for g, f in matched:
        if g.optional:
            continue
        result.types[g.type].hit += 1
        result.types[f.type].right += 1
        for name in FIELDS:
            same, tally = _same(name, g, f), result.fields[name]
            result.agreed[name] += same
            tally.asked += g.fields[name] is not None
            tally.found += f.fields[name] is not None
            both = same and g.fields[name] is not None
            tally.hit += both
            tally.right += both


def _note(
    result: Result,
    row: Row,
    gold: Sequence[Act],
    found: Sequence[Act],
    matched: Sequence[tuple[Act, Act]],
    *,
    trace: Tracer | None = None,
) -> None:
    """Keep what went wrong, in words and by cause."""
    missed = [g for g in gold if not g.optional and not any(g is m for m, _ in matched)]
    wrong = [f for f in found if not any(f is m for _, m in matched)]
    off = [(name, g, f) for g, f in matched if not g.optional for name in FIELDS if not _same(name, g, f)]
    fields = [f"{f.type} “{f.words}”: {name} is {g.fields[name]}, not {f.fields[name]}" for name, g, f in off]
    causes = list(causes_of(gold, missed, wrong, row["text"], trace))
    result.causes.update((c["side"], c["cause"]) for c in causes)
    result.causes.update(("field", name) for name, _, _ in off)
    if missed or wrong or fields:
        result.errors.append(
            {
                "id": row["id"],
                "text": row["text"],
                "missed": [_shown(a) for a in missed],
                "wrong": [_shown(a) for a in wrong],
                "fields": fields,
                "causes": causes,
            }
        )


def pairs(gold: Sequence[Act], found: Sequence[Act], *, exact: bool = False) -> list[tuple[Act, Act]]:
    """One-to-one pairs of events; asked-for events first, then those whose fields agree most, then the first."""
    options = sorted(
        (
            (not g.optional, _agreement(g, f), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if meets(g, f, exact=exact)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    out: list[tuple[Act, Act]] = []
    for _, _, i, j in options:
        if -i not in taken and -j not in used:
            taken.add(-i)
            used.add(-j)
            out.append((gold[-i], found[-j]))
    return out


def meets(gold: Act, found: Act, *, exact: bool = False) -> bool:
    """Whether a found event is the gold event: by type, countries, and (where given) the passages that tell it."""
    if found.type not in gold.types or (gold.spans and not _touch(gold.spans, found.spans)):
        return False
    if gold.reciprocal:
        asked, got = gold.actors | gold.recipients, found.actors | found.recipients
        return asked == got or (not exact and bool(asked & got) and len(asked & got) >= min(2, len(asked)))
    sides = ((gold.actors, found.actors), (gold.recipients, found.recipients))
    return all(asked == got or (not exact and bool(asked & got)) for asked, got in sides)


def _agreement(gold: Act, found: Act) -> int:
    return sum(_same(name, gold, found) for name in FIELDS) + 2 * meets(gold, found, exact=True)


def _same(name: str, gold: Act, found: Act) -> bool:
    asked, got = gold.fields[name], found.fields[name]
    if name not in ("place", "attribution"):
        return asked == got
    if not asked or not got:
        return not asked and not got
    asked, got = asked.casefold(), got.casefold()
    return asked in got or got in asked


def gold_act(event: Row, text: str = "") -> Act:
    """An event of a gold set."""
    status = {"actual": None, "negated": "negation"}.get(event["status"], event["status"])
    return Act(
        type=event["type"],
        types=frozenset({event["type"], *event.get("alt", ())}),
        actors=_countries(a["country"] for a in event["source"]),
        recipients=_countries(a["country"] for a in event["target"]),
        fields={
            "mode": event["mode"],
            "status": status,
            "date": event["date"],
            "place": event["place"],
            "attribution": event["attribution"],
        },
        words=event["trigger"],
        reciprocal=bool(event.get("reciprocal")),
        optional=bool(event.get("optional")),
        spans=tuple(_find(words, text) for words in event.get("evidence", ()) if words in text),
    )


def found_act(report: Report, coding: Coding) -> Act:
    """A report of the coder, in the terms of the gold sets: a place counts where the text states it."""
    place = report.place.text if report.place and report.place.stated else None
    return Act(
        type=report.type,
        types=frozenset({report.type}),
        actors=_countries(a.country for a in report.actors),
        recipients=_countries(a.country for a in report.recipients),
        fields={
            "mode": report.mode,
            "status": report.status,
            "date": iso(report.when) if report.when and report.when.basis != "published" else None,
            "place": place,
            "attribution": report.said_by.text if report.said_by else None,
        },
        words=report.trigger.of(coding.document.text),
        reciprocal=report.reciprocal,
        spans=(report.trigger,),
    )


def system_row(coding: Coding) -> dict[str, Any]:
    """A coding as the gold sets' own scorer reads it, for comparison with it."""
    events = []
    for report in coding.reports:
        if report.status == "habitual":
            continue
        act = found_act(report, coding)
        status = {None: "actual", "negation": "negated"}.get(report.status, report.status)
        sides = {"source": _coded(report.actors), "target": _coded(report.recipients)}
        events.append({"type": act.type, **act.fields, "status": status, **sides})
    return {"id": coding.document.id, "events": events}


def _coded(actors: Iterable[Actor]) -> list[dict[str, str | None]]:
    return [{"country": a.country, "text": a.text} for a in actors]


def _countries(codes: Iterable[str | None]) -> frozenset[str]:
    return frozenset(c for c in codes if c and not c.startswith("R-"))


def _shown(act: Act) -> str:
    sides = " → ".join("+".join(sorted(side)) or "?" for side in (act.actors, act.recipients))
    mode = f"/{act.fields['mode']}" if act.fields["mode"] else ""
    return f"{act.type}{mode} {sides} “{act.words}”"


# --- documents ------------------------------------------------------------------------------------------------------


def score_documents(name: str, rows: Iterable[tuple[Row, Coding]]) -> Result:
    """Scores on whole documents: an event told three times is one; ties, claims, defects; passages that are none."""
    result = Result(gold=name, kind="documents")
    for row, coding in rows:
        result.rows += 1
        text = row["text"]
        gold = [gold_act(event, text) for event in row["events"]]
        reports = [r for r in coding.reports if r.status != "habitual"]
        found = _once(gold, [found_act(report, coding) for report in reports])
        _score_types(result.over["type"], gold, found)
        _score_events(result, gold, found, row)
        _score_ties(result, row, coding)
        for what, asked, got in (
            ("claims", [c["text"] for c in row.get("claims", ())], [c.evidence for c in coding.claims]),
            ("defects", [d["text"] for d in row.get("defects", ())], [d.span for d in coding.document.defects]),
        ):
            _score_spans(result.over[what], [_find(words, text) for words in asked if words in text], got)
        _score_forbidden(result, row, reports)
    return result


def _once(gold: Sequence[Act], found: Sequence[Act]) -> list[Act]:
    """The found events without retellings: those that meet a gold event, in its passages, that another one won."""
    matched = pairs(gold, found)
    winners = [f for _, f in matched]
    kept = []
    for act in found:
        won = any(act is winner for winner in winners)
        retold = any(g.spans and meets(g, act) for g, _ in matched)
        if won or not retold:
            kept.append(act)
    return kept


def _score_ties(result: Result, row: Row, coding: Coding) -> None:
    asked = Counter((r["type"], r["a"], r["b"]) for r in row.get("relations", ()))
    got = Counter({(r.type, r.a.country, r.b.country): 1 for r in coding.relations if r.polarity > 0})
    both = sum((asked & got).values())
    tally = result.over["relations"]
    tally.asked += sum(asked.values())
    tally.found += sum(got.values())
    tally.hit += both
    tally.right += both
    missed, wrong = [" ".join(map(str, r)) for r in asked - got], [" ".join(map(str, r)) for r in got - asked]
    if missed or wrong:
        result.errors.append({"id": row["id"], "text": "relations", "missed": missed, "wrong": wrong, "fields": []})


def _score_spans(tally: Tally, asked: Sequence[Span], got: Sequence[Span]) -> None:
    """Passages found: a span that overlaps the asked one is right."""
    tally.asked += len(asked)
    tally.found += len(got)
    tally.hit += sum(any(a.overlaps(g) for g in got) for a in asked)
    tally.right += sum(any(a.overlaps(g) for a in asked) for g in got)


def _score_forbidden(result: Result, row: Row, reports: Sequence[Report]) -> None:
    for passage in row.get("not_events", ()):
        if passage.get("optional") or passage["text"] not in row["text"]:
            continue
        span = _find(passage["text"], row["text"])
        for report in reports:
            if report.trigger.overlaps(span):
                result.forbidden += 1
                wrong = [f"{report.type} “{report.trigger.of(row['text'])}” is {passage['why']}"]
                result.errors.append(
                    {"id": row["id"], "text": passage["text"], "missed": [], "wrong": wrong, "fields": []}
                )


def _touch(left: Iterable[Span], right: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in left for b in right)


def _find(words: str, text: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


# --- pairs ----------------------------------------------------------------------------------------------------------


def _score_pairs(name: str, rows: Sequence[Row], advance: Callable[[], None], *, parser: str | None) -> Result:
    """Scores on pairs: what does this actor do to this recipient?"""
    from dragoman.faces.run import pair_coder

    between = pair_coder(parser=parser)
    answers: list[str | None] = []
    for row in rows:
        try:
            report = between(row["text"], _pair(row["source_span"]), _pair(row["target_span"]), row.get("lang"))
        except DragomanError as problem:
            raise InputError(f"{name}, {row.get('id')}: {problem}") from problem
        answers.append(report.type if report else None)
        advance()
    return score_pairs(name, zip(rows, answers, strict=True))


def _pair(span: Sequence[int] | None) -> tuple[int, int] | None:
    """A gold span; None where the party is not told in the text."""
    return (span[0], span[1]) if span else None


def score_pairs(name: str, answers: Iterable[tuple[Row, str | None]]) -> Result:
    """Type accuracy on pairs; older PLOVER's YIELD is met by CONCEDE and by RETREAT."""
    result = Result(gold=name, kind="pairs")
    rows = list(answers)
    merged = {new: old for old, news in PAIR_ROOTS.items() for new in news if any(r["root"] == old for r, _ in rows)}
    for row, answer in rows:
        root, got = row["root"], merged.get(answer, answer) if answer else None
        result.rows += 1
        right = got == root
        for tally in (result.over["type"], result.types[root]):
            tally.asked += 1
            tally.hit += right
        if got:
            for tally in (result.over["type"], result.types[got]):
                tally.found += 1
                tally.right += right
        if not right:
            wrong = [f"{answer or 'nothing'}: {row.get('source_text')} → {row.get('target_text')}"]
            note = {"id": row["id"], "text": row["text"], "missed": [root], "wrong": wrong, "fields": []}
            result.errors.append(note)
    return result


# --- for people -----------------------------------------------------------------------------------------------------


def show(result: Result, console: Console, *, errors: bool = False) -> None:
    """Print a result as tables."""
    from rich.markup import escape

    console.print(f"[bold]{escape(result.gold)}[/bold]: {result.rows} {result.kind}")
    if result.kind == "pairs":
        accuracy = result.over["type"].recall
        console.print(f"type accuracy {100 * accuracy:.1f} % ({result.over['type'].hit} of {result.rows})")
    _show_tallies("", result.over, console)
    if result.over["event"].hit:
        shares = ", ".join(f"{name} {100 * result.share(name):.0f} %" for name in FIELDS)
        console.print(f"right in the events found: {shares}")
        _show_tallies("field", result.fields, console)
    if result.empty:
        share = 100 * result.alarms / result.empty
        console.print(f"alarms in sentences without any event: {result.alarms} of {result.empty} ({share:.0f} %)")
    if result.kind == "documents":
        console.print(f"reports in passages that are no event: {result.forbidden}")
    _show_tallies("type", dict(sorted(result.types.items())), console)
    if errors:
        _show_causes(result, console)
    for error in result.errors if errors else ():
        console.print(f"[bold]{escape(error['id'])}[/bold] {escape(shorten(error['text'], 300))}", highlight=False)
        whys = iter(error.get("causes", ()))  # in the order of the lines: the missed, then the wrong
        for what in ("missed", "wrong", "fields"):
            for line in error[what]:
                why = next(whys, None) if what != "fields" else None
                told = f" ({why['cause']})" if why else ""
                console.print(f"    {what}: {escape(line)}{told}", highlight=False)


def _show_causes(result: Result, console: Console) -> None:
    """How many errors have which cause, the commonest first."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("errors", "cause"):
        table.add_column(name)
    table.add_column("count", justify="right")
    sides = ("missed", "wrong", "field")
    for (side, cause), count in sorted(result.causes.items(), key=lambda kv: (sides.index(kv[0][0]), -kv[1])):
        table.add_row(side, cause, str(count))
    if result.causes:
        console.print(table)


def _show_tallies(title: str, tallies: Mapping[str, Tally], console: Console) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title)
    for name in ("precision", "recall", "F1", "asked", "found"):
        table.add_column(name, justify="right")
    for name, t in tallies.items():
        scores = (f"{100 * value:.1f}" for value in (t.precision, t.recall, t.f1))
        table.add_row(name, *scores, str(t.asked), str(t.found))
    if tallies:
        console.print(table)
