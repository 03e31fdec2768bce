"""Runs the examples of every lexical unit: `check("fr")`, or `python -m dragoman.rules fr [--file accuse.tsv]`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.model import Actor, Coding
from dragoman.pack import load_pack
from dragoman.pack.lexicon import Unit, load_lacks
from dragoman.pipeline import code_all

ARROW, SIDES = " => ", " > "


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An example that did not come out as its unit says."""

    unit: str
    where: str  # file:line
    problem: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a run over one language's units found."""

    lang: str
    units: int
    examples: int
    faults: tuple[Fault, ...]
    missing_types: tuple[str, ...]  # PLOVER types without a unit
    missing_modes: tuple[str, ...]  # "TYPE/mode" without a unit
    concepts_without_units: tuple[str, ...]  # and without a reason in the pack's lacks.tsv
    reasons: dict[str, str] = field(default_factory=dict)  # concept without units → why the language has none

    @property
    def pass_rate(self) -> float:
        """Share of examples (fires, stays silent, parties) that came out right."""
        return 1 - len(self.faults) / self.examples if self.examples else 1.0


def check(lang: str, *, file: str | None = None) -> Check:
    """Run all examples of a language's units (or of one file)."""
    from dragoman import ontology

    lexicon = load_pack(lang).lexicon
    units = [u for u in lexicon.all_units() if file is None or u.origin.startswith(file)]
    says = code_all([unit.says.partition(ARROW)[0] for unit in units], lang)
    silent = code_all([unit.silent for unit in units], lang)
    faults = [fault for unit, one, two in zip(units, says, silent, strict=True) for fault in faults_of(unit, one, two)]
    used = {u.concept.id for u in lexicon.all_units()}
    reasons = {c: why for c, why in load_lacks(lang, lexicon.concepts).items() if c not in used}
    modes = {(u.concept.type, u.concept.mode) for u in lexicon.all_units()}
    by_content = {t for t, m in modes if m == "by-content"}
    wanted = [(t.name, m) for t in ontology.TYPES.values() for m in t.modes]
    return Check(
        lang=lang,
        units=len(units),
        examples=sum(1 + bool(u.silent) for u in units),
        faults=tuple(faults),
        missing_types=tuple(t for t in ontology.TYPES if not any(t == x for x, _ in modes)),
        missing_modes=tuple(f"{t}/{m}" for t, m in wanted if (t, m) not in modes and t not in by_content),
        concepts_without_units=tuple(sorted(set(lexicon.concepts) - used - {"must"} - set(reasons))),
        reasons=reasons,
    )


def faults_of(unit: Unit, coding: Coding, quiet: Coding) -> Iterator[Fault]:
    """What is wrong with the codings of a unit's examples: the one that fires, and the one that stays silent."""
    says, _, expected = unit.says.partition(ARROW)
    mine = [r for r in coding.reports if r.concept == unit.concept.id]
    if unit.concept.type is None:
        if any(unit.head in _words(says, r.trigger.start, r.trigger.end) for r in coding.reports):
            yield fault(unit, f"should say no, but gives {_summary(coding)}", says)
    elif not any(reason.rule == unit.id for r in mine for reason in r.because):
        yield fault(unit, f"does not fire (found: {_summary(coding) or 'nothing'})", says)
    elif expected and not any(_as_expected(expected, r.actors, r.recipients, r.reciprocal) for r in mine):
        yield fault(unit, f"parties should be {expected}, found: {_summary(coding)}", says)
    if unit.silent and any(reason.rule == unit.id for r in quiet.reports for reason in r.because):
        yield fault(unit, f"should stay silent, but gives {_summary(quiet)}", unit.silent)


def fault(unit: Unit, problem: str, sentence: str) -> Fault:
    return Fault(unit=unit.id, where=unit.origin, problem=problem, sentence=sentence)


def _words(text: str, start: int, end: int) -> str:
    return text[start:end].lower()


def _summary(coding: Coding) -> str:
    return "; ".join(
        f"{r.type}/{r.mode or '-'} [{r.concept}] {_codes(r.actors)} > {_codes(r.recipients)}" for r in coding.reports
    )


def _codes(actors: tuple[Actor, ...]) -> str:
    return "+".join(sorted({a.country or "?" for a in actors})) or "-"


def _as_expected(expected: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], reciprocal: bool) -> bool:
    left, _, right = (part.strip() for part in expected.partition(SIDES))
    wanted = [{c for c in side.split("+") if c not in {"-", ""}} for side in (left, right)]
    found = [{a.country for a in side if a.country} for side in (actors, recipients)]
    wanted = [{c for c in side if c != "?"} for side in wanted]
    if reciprocal:
        return wanted[0] | wanted[1] == found[0] | found[1]
    return wanted == found


def main(arguments: list[str]) -> int:
    """Print the faults of a language's units; 1 when there are any."""
    lang, *rest = arguments
    result = check(lang, file=rest[rest.index("--file") + 1] if "--file" in rest else None)
    for f in result.faults:
        sys.stdout.write(f"{f.where}  {f.unit}: {f.problem}\n    {f.sentence}\n")
    kinds = Counter(f.problem.split(" ")[0] for f in result.faults)
    sys.stdout.write(
        f"{lang}: {result.units} units, {result.examples} examples, {len(result.faults)} faults {dict(kinds)}, "
        f"pass rate {result.pass_rate:.3f}\nno unit for modes: {', '.join(result.missing_modes) or '-'}\n"
        f"concepts without units: {', '.join(result.concepts_without_units) or '-'}\n"
    )
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
