"""How often `Voices` names the speaker that the gold sets have, asked with the gold triggers.

python tools/score_voice.py ../shared/gold/fr_dev.jsonl ../shared/gold/en_dev.jsonl [--wrong]

A voice that is the event's own actor counts as none where gold has none: the caller drops it.
"""

from __future__ import annotations

import sys
from collections import Counter

from score_status import gold

from dragoman.coding.actors import Cast
from dragoman.coding.voice import Voices


def close(a: str | None, b: str | None) -> bool:
    """As score_gold.py has it: one holds the other."""
    if not a or not b:
        return not a and not b
    a, b = a.casefold(), b.casefold()
    return a in b or b in a


def main(paths: list[str], *, wrong: bool) -> None:
    """Prints the share of right attributions, and with --wrong each one that differs."""
    count: Counter[str] = Counter()
    memory: dict[str, Voices] = {}
    for row, event, document, trees, tree, trigger, _, pack in gold(paths):
        if row["id"] not in memory:
            memory[row["id"]] = Voices(document, trees, Cast(document, trees, pack), pack)
        found = memory[row["id"]].of(tree.sentence.number, trigger)
        voice = found[0].text if found else None
        own = voice and any(close(voice, a["text"]) for a in event["source"])
        if own and not event["attribution"]:
            voice = None
        same = close(voice, event["attribution"])
        count["all"] += 1
        count["right"] += same
        count["told"] += bool(event["attribution"])
        count["told right"] += bool(event["attribution"]) and same
        count["false"] += bool(voice) and not event["attribution"]
        if wrong and not same:
            rules = ", ".join(r.rule for r in found[1]) if found else ""
            print(
                f"{row['id']} {event['type']} {event['trigger']!r}: gold {event['attribution']!r}, "
                f"found {voice!r} ({rules}) "
                f"{found and found[0].country} {found and found[0].channel}\n    {row['text'][:320]}"
            )
    print(
        f"attribution right: {count['right']} of {count['all']} = {count['right'] / count['all']:.1%}; "
        f"told {count['told right']} of {count['told']}; {count['false']} where gold has none"
    )


if __name__ == "__main__":
    main([a for a in sys.argv[1:] if not a.startswith("--")], wrong="--wrong" in sys.argv)
