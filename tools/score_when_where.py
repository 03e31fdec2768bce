"""How often `when_of` and `place_of` give what the gold sets have, asked with the gold triggers.

python tools/score_when_where.py ../shared/gold/fr_dev.jsonl ../shared/gold/en_dev.jsonl [--wrong]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from dragoman.coding.dates import iso, when_of
from dragoman.coding.tree import Tree
from dragoman.pack import load_pack
from dragoman.readers import document_of, repair
from dragoman.syntax import parse


def trigger_of(tree: Tree, start: int, end: int) -> int:
    """The token that heads the trigger's words."""
    inside = [i for i, t in enumerate(tree.tokens) if t.start < end and t.end > start]
    outer = [i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i]
    solid = [i for i in outer if tree.tokens[i].upos in {"VERB", "NOUN", "ADJ", "AUX", "PROPN"}]
    return (solid or outer or [0])[0]


def verb_of(tree: Tree, trigger: int) -> int:
    """The verb that carries the trigger's tense: itself, or the verb whose object or subject it is."""
    if tree.tokens[trigger].upos in {"VERB", "AUX"}:
        return trigger
    head = tree.tokens[trigger].head
    return head if tree.is_rel(trigger, "obj", "nsubj") and tree.tokens[head].upos == "VERB" else trigger


def main(paths: list[str], *, wrong: bool) -> None:
    """Prints the shares per field and, with --wrong, each event that differs."""
    from dragoman.coding.actors import Cast
    from dragoman.coding.places import place_of

    right: Counter[str] = Counter()
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            row = json.loads(line)
            pack = load_pack(row["lang"])
            document = repair(document_of(row["text"], lang=row["lang"], published=row["date"]), pack)
            sentences = parse(document)
            trees = [Tree(s) for s in sentences if s.tokens]
            cast = Cast(document, [Tree(s) for s in sentences], pack)
            for event in row["events"]:
                at = row["text"].find(event["trigger"])
                tree = next((t for t in trees if t.sentence.span.start <= at < t.sentence.span.end), trees[0])
                trigger = trigger_of(tree, at, at + len(event["trigger"]))
                verb = verb_of(tree, trigger)
                found = when_of(
                    tree, trigger, verb, pack=pack, published=document.published, precision=document.published_precision
                )
                when = iso(found[0]) if found else None
                where = place_of(tree, trigger, verb, cast=cast, pack=pack, document=document)
                place = where[0] if where and where[0].stated else None
                report(
                    row,
                    event,
                    tree,
                    trigger,
                    ("date", event["date"], when, same_date(event["date"], when)),
                    right,
                    wrong,
                )
                same = same_place(row["text"], event["place"], place)
                report(row, event, tree, trigger, ("place", event["place"], place and place.text, same), right, wrong)
    for field in ("date", "place"):
        n, told = right[field], right[field + " told"]
        print(
            f"{field}: {right[field + ' right'] / n:.1%} of {n} as gold, None included; "
            f"told {right[field + ' told right']} of {told}; {right[field + ' false']} where gold has none"
        )


def report(row, event, tree, trigger, outcome, right, wrong) -> None:
    field, gold, ours, same = outcome
    right[field] += 1
    right[field + " right"] += same
    right[field + " told"] += gold is not None
    right[field + " told right"] += same and gold is not None
    right[field + " false"] += gold is None and ours is not None
    if wrong and not same:
        print(
            f"{row['id']} {field}: gold {gold!r}, ours {ours!r}; trigger {tree.tokens[trigger].text!r}; {row['text']}\n"
        )


def same_date(gold: str | None, ours: str | None) -> bool:
    return gold == ours


def same_place(text: str, gold: str | None, place) -> bool:
    """As `score_gold.py`: spans that overlap are right."""
    if gold is None or place is None:
        return gold is None and place is None
    starts = [i for i in range(len(text)) if text.startswith(gold, i)]
    return any(place.span.start < i + len(gold) and i < place.span.end for i in starts)


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if not a.startswith("--")], wrong="--wrong" in sys.argv)
