"""Score the coder on a sentence gold file with the project's own scorer and list what went wrong; for development.

python tools/dev_score.py ../shared/gold/fr_dev.jsonl [--half 1|2] [--show]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from datetime import date
from pathlib import Path

from dragoman.model import Report
from dragoman.pipeline import code


def as_event(r: Report) -> dict[str, object]:
    from dragoman.coding.dates import iso

    return {
        "type": r.type,
        "mode": r.mode,
        "source": [{"country": a.country, "text": a.text} for a in r.actors],
        "target": [{"country": a.country, "text": a.text} for a in r.recipients],
        "status": {None: "actual", "negation": "negated"}.get(r.status, r.status),
        "attribution": r.said_by.text if r.said_by else None,
        "date": iso(r.when) if r.when else None,
        "place": r.place.text if r.place and r.place.stated else None,
        "concept": r.concept,
    }


def day(text: str | None) -> date | None:
    return (
        date.fromisoformat(text)
        if text and len(text) == 10
        else (date.fromisoformat(text + "-15") if text and len(text) == 7 else None)
    )


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("gold", type=Path)
    a.add_argument("--half", type=int)
    a.add_argument("--show", action="store_true")
    args = a.parse_args()
    spec = importlib.util.spec_from_file_location("score_gold", args.gold.parent / "score_gold.py")
    assert spec and spec.loader
    score_gold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score_gold)
    rows = [json.loads(line) for line in args.gold.open(encoding="utf-8")]
    if args.half:
        middle = len(rows) // 2
        rows = rows[:middle] if args.half == 1 else rows[middle:]
    system = []
    for row in rows:
        coding = code(row["text"], row["lang"], day(row["date"]))
        system.append({"id": row["id"], "events": [as_event(r) for r in coding.reports]})
        if args.show:
            show(row, system[-1]["events"], score_gold)
    Path("/tmp/dev_system.jsonl").write_text("\n".join(json.dumps(s, ensure_ascii=False) for s in system), "utf-8")
    Path("/tmp/dev_gold.jsonl").write_text("\n".join(json.dumps(s, ensure_ascii=False) for s in rows), "utf-8")
    score_gold.main(["/tmp/dev_gold.jsonl", "/tmp/dev_system.jsonl"])


def show(row: dict, events: list, score_gold) -> None:  # type: ignore[no-untyped-def]
    pairs = score_gold.pairs(row["events"], events)
    hit_gold = [id(g) for g, _ in pairs]
    hit_found = [id(f) for _, f in pairs]
    missed = [g for g in row["events"] if id(g) not in hit_gold and not g.get("optional")]
    extra = [f for f in events if id(f) not in hit_found]
    wrong = []
    for g, f in pairs:
        bad = [k for k, same in score_gold.FIELDS.items() if not same(g, f)]
        if bad and not g.get("optional"):
            wrong.append(f"{g['type']}: " + ", ".join(f"{k} {g[k]!r}≠{f.get(k)!r}" for k in bad))
    if missed or extra or wrong:
        print(f"\n{row['id']} [{row.get('date')}] {row['text']}")
        for g in missed:
            print(
                "   MISSED",
                g["type"],
                [x["country"] for x in g["source"]],
                "->",
                [x["country"] for x in g["target"]],
                g["status"],
                "|",
                g["trigger"],
            )
        for f in extra:
            print(
                "   EXTRA ",
                f["type"],
                f["concept"],
                [(x["country"], x["text"]) for x in f["source"]],
                "->",
                [(x["country"], x["text"]) for x in f["target"]],
                f["status"],
            )
        for w in wrong:
            print("   FIELD ", w)


if __name__ == "__main__":
    sys.exit(main())
