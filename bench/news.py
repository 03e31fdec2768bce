"""Real news at large: code a fixed sample of articles, then draw reports and empty sentences for a person to judge.

    python bench/news.py code OUT.jsonl [--articles 1000] [--seed 7]     writes as it goes
    python bench/news.py sheet OUT.jsonl [--reports 100] [--empty 100]   prints what to read

Reads ../shared/corpora/news-french-orange. An empty sentence is one that was parsed, names a country, an office or an
organisation, and brought no report. The sheet gives the sentence before each, as a reader of the page would have it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman import coding
from dragoman.coding.actors import Cast
from dragoman.coding.tree import Tree
from dragoman.errors import InputError
from dragoman.lines import report_record
from dragoman.model import Document
from dragoman.pipeline import parse_document
from dragoman.readers.plain import document_of

NEWS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "news-french-orange" / "articles.jsonl.gz"
LOOKED_AT = 0.1  # the share of empty sentences whose parties are looked for
Row = dict[str, Any]


def main() -> int:
    """Code or print, as asked."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=["code", "sheet"])
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--articles", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--reports", type=int, default=100)
    arguments.add_argument("--empty", type=int, default=100)
    given = arguments.parse_args()
    if given.what == "code":
        return write(given.out, given.articles, given.seed)
    return sheet(given.out, given.reports, given.empty, given.seed)


def sample(articles: int, seed: int) -> list[Row]:
    """The articles, drawn at random; with one seed a smaller sample is the beginning of a larger one."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(rows)
    return rows[:articles]


def write(out: Path, articles: int, seed: int) -> int:
    """Code the sample; one line for each article with its reports and some of its empty sentences."""
    began, coins = time.process_time(), random.Random(seed)
    with out.open("w", encoding="utf-8") as lines:
        for row in sample(articles, seed):
            document = document_of(
                row["text"], id=row["id"], title=row.get("title"), lang="fr", published=row.get("date")
            )
            try:
                found = coded(document, coins)
            except InputError as bad:
                found = {"set_aside": str(bad)}
            lines.write(json.dumps({"id": row["id"], "date": row.get("date"), **found}, ensure_ascii=False) + "\n")
            lines.flush()
    print(f"{articles} articles in {time.process_time() - began:.0f} s of processor time")
    return 0


def coded(document: Document, coins: random.Random) -> Row:
    """What one article brings: counts, reports, empty sentences that name a party."""
    document, sentences, pack = parse_document(document)
    reports = coding.code(document, sentences, pack).reports
    full = {r.sentence for r in reports}
    texts = {s.number: s.span.of(document.text) for s in sentences}
    cast = Cast(document, [Tree(s) for s in sentences], pack)
    empty = [s.number for s in sentences if s.tokens and s.number not in full]
    return {
        "title": document.title,
        "sentences": len(sentences),
        "parsed": sum(bool(s.tokens) for s in sentences),
        "with_report": len(full),
        "reports": [
            {"before": texts.get(r.sentence - 1), "text": texts[r.sentence], **report_record(r, document.text)}
            for r in reports
        ],
        "empty": [
            {"before": texts.get(n - 1), "text": texts[n], "sentence": n}
            for n in empty
            if coins.random() < LOOKED_AT and names_party(cast, n)
        ],
    }


def names_party(cast: Cast, number: int) -> bool:
    """Whether a sentence names a country, an office or an organisation."""
    return any(p.actor.country or p.actor.office or p.kind == "organisation" for p in cast.mentions(number))


def sheet(out: Path, reports: int, empty: int, seed: int) -> int:
    """Print the counts of the run and the reports and empty sentences that were drawn."""
    rows = [json.loads(line) for line in out.open(encoding="utf-8")]
    found = [(row, r) for row in rows for r in row.get("reports", ())]
    bare = [(row, s) for row in rows for s in row.get("empty", ())]
    totals = {name: sum(row.get(name, 0) for row in rows) for name in ("sentences", "parsed", "with_report")}
    print(f"{len(rows)} articles, {totals}, {len(found)} reports, {dict(Counter(r['type'] for _, r in found))}")
    for n, (row, r) in enumerate(drawn(found, reports, seed), 1):
        print("\n".join(told(f"R{n}", row, r)), end="\n\n")
    for n, (row, s) in enumerate(drawn(bare, empty, seed), 1):
        print(f"E{n} {row['id']} [{row['date']}] {row['title']}\n  before: {s['before']}\n  {s['text']}\n")
    return 0


def drawn(rows: list[tuple[Row, Row]], number: int, seed: int) -> list[tuple[Row, Row]]:
    """Some of the rows, at random."""
    return random.Random(seed).sample(rows, min(number, len(rows)))


def told(label: str, row: Row, r: Row) -> Iterator[str]:
    """A report, as a reader judges it."""

    def side(name: str) -> str:
        return ", ".join(f"{a['text']} [{a['country']} {'.'.join(a['sectors'])}]" for a in r[name]) or "-"

    when, place = r["when"], r["place"]
    yield f"{label} {row['id']} [{row['date']}] {row['title']}"
    yield f"  before: {r['before']}"
    yield f"  {r['text']}"
    yield f"  {r['type']}/{r['mode']} ({r['concept']}: {r['trigger']['quote']}) {r['status'] or 'actual'}"
    yield f"  {side('actors')} {'+' if r['reciprocal'] else '>'} {side('recipients')}"
    yield (
        f"  when: {when and (when['first'], when['last'], when['basis'])}  "
        f"where: {place and (place['name'], place['country'], place['stated'])}  "
        f"said by: {r['said_by'] and r['said_by']['text']}"
    )


if __name__ == "__main__":
    sys.exit(main())
