"""Type accuracy of `between` on a pairs file (actor and recipient given); for development.

    python tools/dev_pairs.py ../shared/gold/en_pairs_train.jsonl [--step 4] [--offset 0] [--show]
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

from dragoman.pipeline import between

SAME = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # the pairs' YIELD is either


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("gold", type=Path)
    a.add_argument("--step", type=int, default=1)
    a.add_argument("--offset", type=int, default=0)
    a.add_argument("--show", action="store_true")
    args = a.parse_args()
    rows = [json.loads(line) for line in args.gold.open(encoding="utf-8")][args.offset :: args.step]
    right, none, confused = 0, 0, collections.Counter()
    by_root: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for row in rows:
        report = between(row["text"], row["source_span"], row["target_span"], lang=row["lang"])
        found = SAME.get(report.type, report.type) if report else None
        by_root[row["root"]][1] += 1
        if found == row["root"]:
            right += 1
            by_root[row["root"]][0] += 1
            continue
        none += found is None
        confused[row["root"], found] += 1
        if args.show:
            why = f"{report.type} [{report.concept}] {report.trigger.of(row['text'])!r}" if report else "NOTHING"
            print(f"{row['id']} {row['root']} ≠ {why}\n    {row['source_text']} > {row['target_text']} | {row['text']}")
    print(f"accuracy {right / len(rows):.3f} of {len(rows)}; nothing found {none}")
    print({k: f"{r}/{n}" for k, (r, n) in sorted(by_root.items())})
    print(confused.most_common(15))


if __name__ == "__main__":
    main()
