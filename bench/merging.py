"""How well reports become events: tests/clusters, happenings told by several articles, merged and counted.

    python bench/merging.py                          the tune half
    python bench/merging.py --half watch             the half that whoever writes merging does not read (or all)
    python bench/merging.py --errors                 and each happening that is split, each two that are thrown together
    python bench/merging.py --oracle                 merge what the annotators marked, not what the coder found
    python bench/merging.py --naive                  a yardstick: same type, same countries, same day

All articles of a half are merged as one pool, so that two stories thrown together count. A report belongs to a
happening if it stands on the words that tell it, is of an accepted type and status, and no side names only other
countries; a report that belongs to none is merged with the rest and not counted. What is counted:

rows      events that hold a report of a happening, averaged over the happenings found (1.00: each is one event)
pairs     of two reports that belong: what share of the merged are one happening (precision), and the reverse (recall)
b-cubed   the same, averaged over reports, so that a large happening does not drown the small ones

A talk in the course of a visit may be kept as an event of its own or not (`part_of`): such pairs are not counted.
--oracle knows countries and days but no names: two ministers of one country in one place it cannot tell apart.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.model import Actor, Document, Event, Report, Span, When
from dragoman.record.told import Told

CLUSTERS = Path(__file__).parent.parent / "tests" / "clusters"
Row = dict[str, Any]
Merging = Callable[[Sequence[Told]], Iterable[Iterable[str]]]  # reports → the report ids of each event


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an article tells a happening."""

    article: str
    key: str
    part_of: str | None
    types: tuple[str, ...]
    status: str | None
    who: tuple[str, ...]  # countries; empty: not asked for
    whom: tuple[str, ...]
    span: Span
    words: str
    day: str | None = None  # as this article tells it


@dataclass(slots=True)
class Score:
    """What is counted over one half."""

    articles: int = 0
    reports: int = 0
    mentions: int = 0
    happenings: int = 0
    found: int = 0  # happenings of which a report came out
    told_again: int = 0  # … and of which two or more did: only these can be merged
    assigned: int = 0
    rows: float = 0.0
    rows_again: float = 0.0  # over the happenings told again
    pair_precision: float = 1.0
    pair_recall: float = 1.0
    b_precision: float = 1.0
    b_recall: float = 1.0
    pairs_right: int = 0
    pairs_merged: int = 0
    pairs_asked: int = 0
    split: list[list[Any]] = field(default_factory=list)  # [key, [[report, words] … of each event]]
    thrown: list[list[Any]] = field(default_factory=list)  # [key, key, times, words, words]


def main(arguments: list[str]) -> int:
    """Merge and print."""
    options = _options(arguments)
    rows = read(options.half)
    mentions = [mention for row in rows for mention in mentions_of(row)]
    if options.oracle:
        told, belongs = oracle(rows, mentions)
    else:
        told = coded(rows)
        belongs = assign([one.report for one in told], mentions)
    events = list((naive if options.naive else merged)(told))
    result = score(events, belongs, mentions, {one.report.id: described(one) for one in told})
    result.articles, result.reports = len(rows), len(told)
    show(result, as_json=options.json, errors=options.errors)
    return 0


def reached(half: str) -> dict[str, float]:
    """Rows per happening, pairwise precision and recall on one half: what bench/floors.toml holds."""
    rows = read(half)
    mentions = [mention for row in rows for mention in mentions_of(row)]
    told = coded(rows)
    result = score(list(merged(told)), assign([one.report for one in told], mentions), mentions,
                   {one.report.id: one.report.id for one in told})  # fmt: skip
    return {"rows": result.rows, "precision": result.pair_precision, "recall": result.pair_recall}


def read(half: str) -> list[Row]:
    """The articles of "tune", "watch" or "all", in the order of files and lines."""
    halves = ("tune", "watch") if half == "all" else (half,)
    files = [path for one in halves for path in sorted((CLUSTERS / one).glob("*.jsonl"))]
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def mentions_of(row: Row) -> list[Mention]:
    """What an article tells; ValueError where the quoted words do not stand exactly once in its text."""
    mentions = []
    for told in row["happenings"]:
        if row["text"].count(told["words"]) != 1:
            raise ValueError(f"{row['id']}, {told['key']}: {told['words']!r} must stand once in the text")
        start = row["text"].index(told["words"])
        kinds = told["type"] if isinstance(told["type"], list) else [told["type"]]
        mentions.append(
            Mention(
                article=row["id"], key=told["key"], part_of=told.get("part_of"), types=tuple(kinds),
                status=told["status"], who=tuple(told["who"]), whom=tuple(told["whom"]),
                span=Span(start, start + len(told["words"])), words=told["words"], day=told["date"],
            )
        )  # fmt: skip
    return mentions


# --- Reports and their happenings ---


def assign(reports: Iterable[Report], mentions: Iterable[Mention]) -> dict[str, str]:
    """Report id → key. What acts on the very words comes first; a report of the rest of the sentence takes a mention
    that is still free."""
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_article[mention.article].append(mention)
    belongs: dict[str, str] = {}
    taken: set[tuple[str, str, int]] = set()
    kept = list(reports)
    for part in ("trigger", "evidence"):
        for report in kept:
            for mention in by_article[report.document]:
                place = (mention.article, mention.key, mention.span.start)
                free = part == "trigger" or place not in taken
                if report.id not in belongs and free and fits(report, mention, getattr(report, part)):
                    belongs[report.id] = mention.key
                    taken.add(place)
    return belongs


def fits(report: Report, mention: Mention, where: Span) -> bool:
    """Whether a report may be of what is told here: words, type, status, and no side that names only others."""
    if not where.overlaps(mention.span) or report.type not in mention.types or report.status != mention.status:
        return False
    actors, recipients = _countries(report.actors), _countries(report.recipients)
    who, whom = set(mention.who), set(mention.whom)
    if report.reciprocal:  # both sides do it: however they are dealt
        return _agree(actors | recipients, who | whom)
    return (_agree(actors, who) and _agree(recipients, whom)) or (
        mention.types[0] == "CONSULT" and _agree(actors | recipients, who | whom)
    )


def _countries(actors: Iterable[Actor]) -> set[str]:
    return {actor.country for actor in actors if actor.country}


def _agree(found: set[str], wanted: set[str]) -> bool:
    return not found or not wanted or bool(found & wanted)


def coded(rows: Iterable[Row]) -> list[Told]:
    """The reports that the coder makes of the articles."""
    from dragoman.coding import code
    from dragoman.pipeline import parse_document

    documents = [_document(row) for row in rows]
    lineage = _lineages(documents)
    told = []
    for document in documents:
        for report in code(*parse_document(document)).reports:
            told.append(_told(report, document, lineage))
    return told


def oracle(rows: Iterable[Row], mentions: Sequence[Mention]) -> tuple[list[Told], dict[str, str]]:
    """Reports as a coder that knows countries and days, but no names, would make them of what is annotated."""
    documents = {row["id"]: _document(row) for row in rows}
    lineage = _lineages(documents.values())
    told, belongs = [], {}
    for number, mention in enumerate(mentions):
        report = Report(
            id=f"{mention.article}-{number}", document=mention.article, sentence=number, type=mention.types[0],
            concept=mention.types[0].lower(), evidence=mention.span, trigger=mention.span, status=mention.status,
            actors=_parties(mention.who, mention.span), recipients=_parties(mention.whom, mention.span),
            reciprocal=len(mention.who) > 1 and not mention.whom, when=_when(mention.day), confidence=1.0,
        )  # fmt: skip
        told.append(_told(report, documents[mention.article], lineage))
        belongs[report.id] = mention.key
    return told, belongs


def _document(row: Row) -> Document:
    from dragoman.readers.plain import document_of

    return document_of(row["text"], id=row["id"], title=row["title"], lang=row["lang"], outlet=row["outlet"],
                       url=row["url"], published=row["date"])  # fmt: skip


def _lineages(documents: Iterable[Document]) -> dict[str, str]:
    from dragoman.record.copies import lineages, page_of

    return lineages([page_of(d) for d in documents]).of


def _told(report: Report, document: Document, lineage: dict[str, str]) -> Told:
    from dragoman.record.rows import told_of

    evidence = report.evidence.of(document.text)
    return told_of(report, document, lineage=lineage[document.id], evidence=evidence, kept=evidence)


def _when(day: str | None) -> When | None:
    """A day or month as annotated."""
    if day is None or len(day) < len("2018-03"):
        return None
    first = date.fromisoformat(day if len(day) > len("2018-03") else f"{day}-01")
    if len(day) > len("2018-03"):
        return When(first=first, last=first, precision="day", basis="stated")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return When(first=first, last=last, precision="month", basis="stated")


def _parties(countries: Iterable[str], span: Span) -> tuple[Actor, ...]:
    return tuple(Actor(text=country, span=span, country=country, sectors=("GOV",)) for country in countries)


# --- Merging ---


def merged(told: Sequence[Told]) -> Iterable[Iterable[str]]:
    """The events of dragoman's own merging, as report ids."""
    from dragoman.record.merge import merge

    events: tuple[Event, ...] = merge(told)
    return [event.reports for event in events]


def naive(told: Sequence[Told]) -> Iterable[Iterable[str]]:
    """The field's usual rule: reports of the same type, countries, day and status are one event."""
    groups: dict[Any, list[str]] = defaultdict(list)
    for one in told:
        report = one.report
        day = report.when.first if report.when else one.published
        sides = (frozenset(_countries(report.actors)), frozenset(_countries(report.recipients)))
        groups[report.type, report.status, day, sides].append(report.id)
    return groups.values()


# --- Counting ---


def score(
    events: Iterable[Iterable[str]],
    belongs: dict[str, str],
    mentions: Sequence[Mention],
    words: dict[str, str],
) -> Score:
    """Count; `words` describe the reports in the lists of errors."""
    event_of = {report: number for number, event in enumerate(events) for report in event}
    whole = {mention.key: mention.part_of for mention in mentions}
    result = Score(mentions=len(mentions), happenings=len(whole), assigned=len(belongs))
    by_key: dict[str, list[str]] = defaultdict(list)
    for report, key in sorted(belongs.items()):
        by_key[key].append(report)
    result.found, result.told_again = len(by_key), sum(len(reports) > 1 for reports in by_key.values())
    counts = [len({event_of[report] for report in reports}) for reports in by_key.values()]
    result.rows = sum(counts) / len(counts) if counts else 0.0
    again = [n for n, reports in zip(counts, by_key.values(), strict=True) if len(reports) > 1]
    result.rows_again = sum(again) / len(again) if again else 0.0
    _pairs(result, belongs, event_of, whole)
    _b_cubed(result, belongs, event_of, whole)
    result.split = [
        [key, [[report, event_of[report], words[report]] for report in sorted(reports, key=event_of.__getitem__)]]
        for key, reports in sorted(by_key.items())
        if len({event_of[report] for report in reports}) > 1
    ]
    result.thrown = _thrown(belongs, event_of, whole, words)
    return result


def _pairs(result: Score, belongs: dict[str, str], event_of: dict[str, int], whole: dict[str, str | None]) -> None:
    for a, b in itertools.combinations(belongs, 2):
        same, together = belongs[a] == belongs[b], event_of[a] == event_of[b]
        if (same or together) and (same or not akin(belongs[a], belongs[b], whole)):
            result.pairs_asked += same
            result.pairs_merged += together
            result.pairs_right += same and together
    if result.pairs_merged:
        result.pair_precision = result.pairs_right / result.pairs_merged
    if result.pairs_asked:
        result.pair_recall = result.pairs_right / result.pairs_asked


def akin(a: str, b: str, whole: dict[str, str | None]) -> bool:
    """Whether one happening is part of the other, or both of a third: then merging them is neither right nor wrong."""
    return whole.get(a) == b or whole.get(b) == a or (whole.get(a) is not None and whole.get(a) == whole.get(b))


def _b_cubed(result: Score, belongs: dict[str, str], event_of: dict[str, int], whole: dict[str, str | None]) -> None:
    if not belongs:
        return
    in_event: dict[int, Counter[str]] = defaultdict(Counter)
    of_key = Counter(belongs.values())
    for report, key in belongs.items():
        in_event[event_of[report]][key] += 1
    precision = recall = 0.0
    for report, key in belongs.items():
        here = in_event[event_of[report]]
        precision += here[key] / sum(n for other, n in here.items() if other == key or not akin(other, key, whole))
        recall += here[key] / of_key[key]
    result.b_precision, result.b_recall = precision / len(belongs), recall / len(belongs)


def _thrown(
    belongs: dict[str, str], event_of: dict[str, int], whole: dict[str, str | None], words: dict[str, str]
) -> list[list[Any]]:
    """Pairs of happenings with reports in one event: keys, number of report pairs, a sentence of each."""
    seen: dict[tuple[str, str], list[Any]] = {}
    for a, b in itertools.combinations(sorted(belongs, key=lambda report: (belongs[report], report)), 2):
        keys = (belongs[a], belongs[b])
        if keys[0] != keys[1] and event_of[a] == event_of[b] and not akin(*keys, whole):
            entry = seen.setdefault(keys, [*keys, 0, f"{a}  {words[a]}", f"{b}  {words[b]}"])
            entry[2] += 1
    return list(seen.values())


# --- Printing ---


def described(told: Told) -> str:
    """A report in one line: where it stands, what it says, and its sentence."""
    report = told.report
    sides = ">".join(",".join(a.country or "?" for a in side) for side in (report.actors, report.recipients))
    day = (
        f"{report.when.first} {report.when.precision} {report.when.basis}" if report.when else f"told {told.published}"
    )
    kind = "/".join(part for part in (report.type, report.mode, report.status) if part)
    return f"{report.document}  {kind}  {sides}  {day}: {' '.join(told.evidence.split())}"


def show(result: Score, *, as_json: bool, errors: bool) -> None:
    """Print the counts, and with `errors` what went wrong, as words."""
    if as_json:
        record = asdict(result)
        if not errors:
            del record["split"], record["thrown"]
        print(json.dumps(record, ensure_ascii=False, indent=1))
        return
    found = f"{result.found} found by the coder, {result.told_again} of them at least twice"
    print(f"{result.articles} articles, {result.mentions} mentions of {result.happenings} happenings: {found}")
    print(f"{result.reports} reports, {result.assigned} of them tell a happening")
    print(f"rows per happening {result.rows:.3f}   (of those found at least twice {result.rows_again:.3f})")
    pairs = f"{result.pairs_right} right of {result.pairs_merged} merged and {result.pairs_asked} asked for"
    print(f"pairs     precision {result.pair_precision:.3f}  recall {result.pair_recall:.3f}   ({pairs})")
    print(f"b-cubed   precision {result.b_precision:.3f}  recall {result.b_recall:.3f}")
    if errors:
        _show_errors(result)


def _show_errors(result: Score) -> None:
    for key, reports in result.split:
        print(f"\nsplit: {key}, in {len({event for _, event, _ in reports})} events")
        for report, event, words in reports:
            print(f"    event {event:4d}  {report}  {words}")
    for one, other, times, *words in result.thrown:
        print(f"\nthrown together: {one} and {other} ({times} pairs)")
        for told in words:
            print(f"    {told}")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["tune", "watch", "all"], default="tune")
    parser.add_argument("--errors", action="store_true", help="list what is split and what is thrown together")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--oracle", action="store_true", help="merge the annotations, not the coder's reports")
    parser.add_argument("--naive", action="store_true", help="merge by type, countries and day, as a yardstick")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
