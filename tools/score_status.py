"""How often `status_of` gives what the gold sets have, asked with the gold triggers.

python tools/score_status.py ../shared/gold/fr_dev.jsonl ../shared/gold/en_dev.jsonl [--wrong]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.coding.dates import when_of
from dragoman.coding.status import is_obligation, status_of
from dragoman.coding.tree import Tree
from dragoman.model import Document
from dragoman.pack import Pack, load_pack
from dragoman.readers import document_of
from dragoman.syntax import parse

NAMES = {None: "actual", "negation": "negated"}
RAISING = {"aller", "devoir", "pouvoir", "go"}
LIGHT = {"VERB", "AUX", "ADJ"}


def trigger_of(tree: Tree, start: int, end: int) -> int:
    """The token that heads the trigger's words."""
    inside = [i for i, t in enumerate(tree.tokens) if t.start < end and t.end > start]
    solid = [i for i in inside if tree.tokens[i].upos in {"VERB", "NOUN", "ADJ", "PROPN"}] or inside
    outer = [i for i in solid if tree.tokens[i].head not in solid or tree.tokens[i].head == i]
    head = (outer or solid or [0])[0]
    below = [k for k in tree.kids(head, "xcomp") if k in inside]
    return below[0] if below and tree.tokens[head].lemma in RAISING else head


def verb_of(tree: Tree, trigger: int, start: int, end: int) -> int:
    """The verb that carries the trigger's tense: itself, or a light verb that is part of the trigger's words."""
    if tree.tokens[trigger].upos in LIGHT:
        return trigger
    head = tree.tokens[trigger].head
    return head if start <= tree.tokens[head].start < end and tree.tokens[head].upos in LIGHT else trigger


def gold(
    paths: list[str],
) -> Iterator[tuple[dict[str, Any], dict[str, Any], Document, list[Tree], Tree, int, int, Pack]]:
    """Each gold event with its parsed sentence, trigger and verb."""
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            row = json.loads(line)
            pack = load_pack(row["lang"])
            document = document_of(row["text"], lang=row["lang"], published=row["date"])
            trees = [Tree(s) for s in parse(document)]
            full = [t for t in trees if t.tokens]
            for event in row["events"]:
                start = row["text"].find(event["trigger"])
                end = start + len(event["trigger"])
                tree = next((t for t in full if t.tokens[0].start <= start < t.tokens[-1].end), full[0])
                trigger = trigger_of(tree, start, end)
                yield row, event, document, trees, tree, trigger, verb_of(tree, trigger, start, end), pack


def main(paths: list[str], *, wrong: bool) -> None:
    """Prints the share of right statuses, and with --wrong each one that differs."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row, event, document, _, tree, trigger, verb, pack in gold(paths):
        dated = when_of(tree, trigger, verb, pack=pack, published=document.published)
        found = status_of(
            tree, trigger, verb, pack=pack, when=dated[0] if dated else None, published=document.published
        )
        value = NAMES.get(found.value, found.value)
        if event["type"] == "REQUEST" and is_obligation(tree, verb, pack):
            value = "actual"  # a demand made now: the caller's doing
        total[event["status"]] += 1
        right[event["status"]] += value == event["status"]
        if wrong and value != event["status"]:
            rules = ", ".join(f"{r.rule}{r.span and row['text'][r.span.start : r.span.end]!r}" for r in found.reasons)
            print(
                f"{row['id']} {event['type']} {event['trigger']!r} at "
                f"{tree.tokens[trigger].text!r}/{tree.tokens[verb].text!r}: "
                f"gold {event['status']}, found {value} ({rules}) {'optional' if event.get('optional') else ''}"
                f"\n    {row['text'][:300]}"
            )
    print(
        f"status right: {sum(right.values())} of {sum(total.values())} "
        f"= {sum(right.values()) / sum(total.values()):.1%}; "
        + ", ".join(f"{name} {right[name]} of {n}" for name, n in total.items())
    )


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if not a.startswith("--")], wrong="--wrong" in sys.argv)
