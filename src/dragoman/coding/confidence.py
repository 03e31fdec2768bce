"""How likely a report is right: a logistic sum over what it rests on, calibrated on annotated sentences.

"Right" is what `evaluate` counts: the type, and the countries of both sides. The weights stand in
`data/confidence.tsv`, made by `tools/fit_confidence.py`; docs/evaluation.md has the reliability table.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dragoman.coding.actors import SURE
from dragoman.errors import PackError
from dragoman.model import Actor, Reason, Report, Span

WEIGHTS = Path(__file__).parents[1] / "data" / "confidence.tsv"
BASE = "base"
TOLD = 3  # reasons given for a confidence: those that move it most
WORTH_TELLING = 0.15  # log-odds that a reason must move; less is noise (about three points of probability)
TYPICAL_LENGTH = 150  # characters of a news sentence; only where the scale of `long` has its zero
UNSURE = 0.6  # certainty of a way of finding a country that has no line in SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one feature adds to the log-odds per unit, and its mean in the sentences it was learnt from."""

    value: float
    mean: float


def weighed(report: Report) -> Report:
    """The report with its confidence (0 to 1), and the reasons that move it most."""
    known = weights()
    found = features(report)
    moves = {name: (found.get(name, 0.0) - w.mean) * w.value for name, w in known.items() if name != BASE}
    told = sorted((n for n in found if abs(moves.get(n, 0.0)) >= WORTH_TELLING), key=lambda n: -abs(moves[n]))[:TOLD]
    reasons = (
        Reason(field="confidence", rule=f"confidence/{'more' if moves[name] > 0 else 'less'}/{name}", span=None)
        for name in told
    )
    odds = known[BASE].value + sum(moves.values())
    return replace(report, confidence=round(1 / (1 + math.exp(-odds)), 3), because=(*report.because, *reasons))


def features(report: Report) -> dict[str, float]:
    """What a report rests on, by name; a feature that is left out is 0. A function of the report alone."""
    rules = [reason.rule.split("/") for reason in report.because]
    ways = {parts[2] for parts in rules if len(parts) > 2 and parts[1] == "actor"}
    slots = {r.field: parts for r, parts in zip(report.because, rules, strict=True) if parts[1:2] == ["frame"]}
    whose = [parts[2][:1] for parts in slots.values()]
    told = {
        "doubtful-party": 1 - min((SURE.get(way, UNSURE) for way in ways), default=1.0),
        "actor-unknown": _share(report.actors, unknown=True),
        "actor-none": float(not report.actors),
        "recipient-unknown": _share(report.recipients, unknown=True),
        "recipient-none": float(not report.recipients and not report.reciprocal),
        "near-miss": float(any(parts[1:2] == ["near-miss"] for parts in rules)),
        "noun": float("n" in whose),
        "expression": float("x" in whose),
        "actor-by-voice": float(slots.get("actors", [""])[-1] == "voice"),
        "actor-no-subject": float("actors" in slots and slots["actors"][3:] not in (["subj"], ["by"])),
        "apart": _apart(report),
        "long": math.log2(max(1, report.evidence.end - report.evidence.start) / TYPICAL_LENGTH),
        "status": float(report.status is not None),
        "hedged": float(report.hedged),
        "said-by": float(report.said_by is not None),
        "reciprocal": float(report.reciprocal),
        "mode": float(report.mode is not None),
        "context": float(bool(report.contexts)),
    }
    return {name: value for name, value in told.items() if value}


def _share(side: Iterable[Actor], *, unknown: bool) -> float:
    """How many of a side's parties have no known country."""
    parties = list(side)
    return sum((p.country is None) == unknown for p in parties) / len(parties) if parties else 0.0


def _apart(report: Report) -> float:
    """How far the farther party stands from the words of the act: the logarithm of characters, 0 when they touch."""
    gaps = [_gap(party.span, report.trigger) for party in (*report.actors, *report.recipients)]
    return math.log2(1 + max(gaps, default=0) / 10)


def _gap(one: Span, two: Span) -> int:
    return max(0, two.start - one.end, one.start - two.end)


@cache
def weights() -> Mapping[str, Weight]:
    """The table of weights; PackError names a broken line."""
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = {}
    for number, row in enumerate(rows, 2):
        try:
            found[row["feature"]] = Weight(value=float(row["weight"]), mean=float(row["mean"]))
        except (KeyError, TypeError, ValueError) as problem:
            raise PackError(f"{WEIGHTS}, line {number}: {problem}; make it anew: tools/fit_confidence.py") from problem
    if BASE not in found:
        raise PackError(f"{WEIGHTS}: no line {BASE!r}; make it anew: tools/fit_confidence.py")
    return found
