"""How many of a gold file's actors the Cast gets right: country and sector of the party at the actor's words.

.venv/bin/python tools/score_actors.py ../shared/gold/fr_dev.jsonl ../shared/gold/en_dev.jsonl [--wrong]
"""

from __future__ import annotations

import argparse
import json
import pickle
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.coding.actors import Cast, Party
from dragoman.coding.tree import Tree
from dragoman.model import Document, Sentence
from dragoman.pack import load_pack
from dragoman.syntax import parse

CACHE = Path(tempfile.gettempdir()) / "dragoman-trees"


def main() -> None:
    """Prints the accuracies, and with --wrong the actors missed."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("gold", nargs="+", type=Path)
    cli.add_argument("--wrong", action="store_true")
    cli.add_argument("--fresh", action="store_true", help="parse again instead of using kept trees")
    options = cli.parse_args()
    for path in options.gold:
        score(path, wrong=options.wrong, fresh=options.fresh)


def score(path: Path, *, wrong: bool, fresh: bool) -> None:
    """Scores one file: rows with events, or rows with a source and target span."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    right = sector = found = named = total = 0
    spent, sentences = 0.0, 0
    for lang in {r["lang"] for r in rows}:
        load_pack(lang).world.find(["a"])
        load_pack(lang).agents.readings("a", "a")
    for row, (document, parsed) in zip(rows, trees(path, rows, fresh=fresh), strict=True):
        pack = load_pack(document.lang or "fr")
        started = time.process_time()
        cast = Cast(document, [Tree(s) for s in parsed], pack)
        for sentence in parsed:
            cast.mentions(sentence.number)
        spent += time.process_time() - started
        sentences += len(parsed)
        for actor in asked(row):
            parties = at_words(cast, parsed, document.text, actor["text"], actor.get("start"))
            total += 1
            found += bool(parties)
            if "country" not in actor:
                named += any(p.actor.name or p.actor.sectors for p in parties)
                if wrong and not (parties and parties[0].actor.country):
                    print(f"{row['id']} {actor['text']!r}: {brief(parties)}\n    {row['text'][:300]}")
                right += bool(parties and parties[0].actor.country)
                continue
            best = choose(parties, actor)
            got = best.actor.country if best else None
            good = got == actor["country"]
            right += good
            own = best.actor.sectors[:1] if best else ()
            fits = own == ((actor["sector"],) if actor["sector"] else ()) or actor["sector"] is None
            sector += fits
            if wrong and not (good and fits):
                want = f"{actor['country']}.{actor['sector']}"
                print(f"{row['id']} {actor['text']!r} want {want} got {brief(parties)}\n    {row['text'][:400]}")
    print(f"{path.name}: {total} actors, {found} found, country {right / total:.3f}, sector {sector / total:.3f}")
    if named:
        print(f"    {named / total:.3f} with a name or sector, {found / total:.3f} with a party at all")
    print(f"    {sentences} sentences, {1000 * spent / max(1, sentences):.2f} ms a sentence")


def asked(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The different actors that a row asks for."""
    if "source_span" in row:
        return [
            {"text": row["text"][s:e], "start": s} for s, e in filter(None, (row["source_span"], row["target_span"]))
        ]
    seen: dict[tuple[str, str | None], dict[str, Any]] = {}
    for event in row["events"]:
        for actor in event["source"] + event["target"]:
            seen.setdefault((actor["text"], actor["country"]), actor)
    return list(seen.values())


def trees(path: Path, rows: list[dict[str, Any]], *, fresh: bool) -> list[tuple[Document, tuple[Sentence, ...]]]:
    """The rows parsed; kept on disk from call to call."""
    kept = CACHE / (path.stem + ".pickle")
    if kept.exists() and not fresh:
        loaded: list[tuple[Document, tuple[Sentence, ...]]] = pickle.loads(kept.read_bytes())
        return loaded
    parsed = []
    for row in rows:
        document = Document(id=row["id"], text=row["text"], lang=row["lang"], published=day(row.get("date")))
        parsed.append((document, parse(document)))
    CACHE.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(parsed))
    return parsed


def day(text: str | None) -> date | None:
    """The middle of the day, month or year that a row tells."""
    parts = [int(p) for p in (text or "").split("-") if p]
    return date(*(parts + [6, 15][len(parts) - 1 :])) if parts else None  # type: ignore[arg-type]


def at_words(cast: Cast, parsed: tuple[Sentence, ...], text: str, words: str, start: int | None) -> tuple[Party, ...]:
    """The parties at an actor's words: those of the phrase's head, else of any of its tokens."""
    place = text.find(words) if start is None else start
    end = place + len(words)
    for sentence in parsed:
        tree = cast.trees[sentence.number]
        inside = [i for i, t in enumerate(tree.tokens) if t.start < end and place < t.end and t.upos != "PUNCT"]
        if not inside:
            continue
        heads = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
        nouns = [i for i in heads if tree.tokens[i].upos not in ("ADP", "DET", "CCONJ")] or heads
        for i in nouns[:1] + inside:
            if parties := cast.parties(sentence.number, i) or cast.inside(sentence.number, tree.tokens[i].head):
                return parties
    return ()


def choose(parties: tuple[Party, ...], actor: dict[str, Any]) -> Party | None:
    """Of several parties the one meant: compound actors are asked for one by one."""
    return next((p for p in parties if p.actor.country == actor["country"]), parties[0] if parties else None)


def brief(parties: tuple[Party, ...]) -> str:
    return "; ".join(
        f"{p.actor.text!r}={p.actor.country}.{'/'.join(p.actor.sectors)} {p.kind} {p.actor.name} {p.reasons[0].rule}"
        for p in parties
    )


if __name__ == "__main__":
    main()
