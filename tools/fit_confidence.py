"""Fit data/confidence.tsv: how likely a report is right, from what it rests on; print the reliability table.

    python tools/fit_confidence.py GOLD.jsonl … [TEXTS.jsonl …] [--write]

TEXTS are pools without annotation whose reports were judged by hand in `bench/judged.tsv` (full, sides: right; type,
other-type, none: wrong); reports that are still coded in the same way count.

Sentences are dealt to two halves by a hash of their id. Weights are learnt on one half and judged on the other (both
ways); with --write the weights of all sentences go into the table. A report is right when `evaluate` pairs it with a
gold event; reports of optional events are left out.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from dragoman.coding.confidence import BASE, WEIGHTS, features
from dragoman.faces.evaluate import found_act, gold_act, gold_rows, pairs
from dragoman.faces.run import coder
from dragoman.model import Report
from dragoman.readers import document_of

RARE = 6  # reports that must have a feature for it to be weighed: fewer say little
RIDGE = 3.0  # strength of the pull to 0, chosen among 1, 3, 6, 12 and 25 by log loss across the halves
JUDGED = Path(__file__).parents[1] / "bench" / "judged.tsv"
RIGHT = frozenset({"full", "sides"})
BANDS = (0.0, 0.5, 0.65, 0.75, 0.85, 1.01)

Example = tuple[int, dict[str, float], bool]


def examples(paths: Sequence[Path]) -> list[Example]:
    """(half, features, right) of every report that counts."""
    coded, found, verdicts = coder(), [], judged()
    for path in paths:
        for row in gold_rows(path):
            coding = coded(document_of(row["text"], id=row["id"], lang=row.get("lang"), published=row.get("date")))
            reports = [r for r in coding.reports if r.status != "habitual"]
            half = hashlib.sha256(row["id"].encode()).digest()[0] % 2
            if "events" not in row:
                known = ((r, verdicts.get(_key(row["id"], r))) for r in reports)
                found += [(half, features(r), verdict in RIGHT) for r, verdict in known if verdict]
                continue
            acts = [found_act(r, coding) for r in reports]
            gold = [gold_act(e) for e in row["events"]]
            matched = pairs(gold, acts)
            for report, act in zip(reports, acts, strict=True):
                event = next((g for g, f in matched if f is act), None)
                if event is None or not event.optional:
                    found.append((half, features(report), event is not None))
    return found


def judged() -> dict[tuple[str, ...], str]:
    """The verdicts of `bench/judged.tsv`, by document, type, start of the trigger, and countries of the sides."""
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        return {tuple(row[:-1]): row[-1] for row in list(csv.reader(lines, delimiter="\t"))[1:]}


def _key(document: str, report: Report) -> tuple[str, ...]:
    sides = ("+".join(sorted({a.country or "?" for a in side})) for side in (report.actors, report.recipients))
    return (document, report.type, str(report.trigger.start), *sides)


def fit(rows: Sequence[Example], ridge: float = RIDGE) -> dict[str, tuple[float, float]]:
    """Weight and mean of each feature, by ridge logistic regression (Newton's method) on centred features."""
    names = sorted({n for _, f, _ in rows for n in f if sum(n in g for _, g, _ in rows) >= RARE})
    raw = np.array([[f.get(n, 0.0) for n in names] for _, f, _ in rows])
    means = raw.mean(axis=0)
    x = np.hstack([np.ones((len(rows), 1)), raw - means])
    y = np.array([float(right) for *_, right in rows])
    penalty = np.diag([0.0, *[ridge] * len(names)])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, x.T @ (y - p) - penalty @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return {BASE: (float(w[0]), 0.0)} | {n: (float(v), float(m)) for n, v, m in zip(names, w[1:], means, strict=True)}


def told(weights: dict[str, tuple[float, float]], found: dict[str, float]) -> float:
    """The probability that a report with these features is right."""
    odds = sum(w * ((1.0 if n == BASE else found.get(n, 0.0)) - m) for n, (w, m) in weights.items())
    return float(1 / (1 + np.exp(-odds)))


def across(rows: Sequence[Example], ridge: float = RIDGE) -> list[tuple[float, bool]]:
    """Each report's probability by the weights of the other half, and whether it was right."""
    out = []
    for half in (0, 1):
        weights = fit([r for r in rows if r[0] == half], ridge)
        out += [(told(weights, f), right) for h, f, right in rows if h != half]
    return out


def loss(judged: Sequence[tuple[float, bool]]) -> float:
    """Mean log loss, in nats."""
    return float(np.mean([-np.log(p if right else 1 - p) for p, right in judged]))


def main(words: Sequence[str]) -> int:
    paths = [Path(w) for w in words if not w.startswith("--")]
    if not paths:
        print(__doc__)
        return 2
    rows = examples(paths)
    right = sum(r for *_, r in rows)
    print(f"{len(rows)} reports, {right} right ({100 * right / len(rows):.0f} %)")
    for ridge in (1.0, 3.0, 6.0, 12.0, 25.0):
        print(f"ridge {ridge:4.0f}: log loss across the halves {loss(across(rows, ridge)):.4f}")
    share = right / len(rows)
    print(f"the same number for all: {loss([(share, r) for *_, r in rows]):.4f}")
    judged = across(rows)
    print("| confidence | reports | mean confidence | right |\n|---|---|---|---|")
    for low, high in pairwise(BANDS):
        band = [(p, r) for p, r in judged if low <= p < high]
        if band:
            mean, good = np.mean([p for p, _ in band]), np.mean([r for _, r in band])
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(band)} | {mean:.2f} | {100 * good:.0f} % |")
    if "--write" in words:
        lines = ["feature\tweight\tmean"]
        lines += [f"{n}\t{w:.4f}\t{m:.4f}" for n, (w, m) in sorted(fit(rows).items())]
        WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
        print(f"written: {WEIGHTS}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
