"""Behaviour by construction: a changed sentence changes the report in just that way.

Each line of a table is a base sentence, a variant, and what may differ: nothing (`same`), the sides (`swap`; both
sides' own act stays), a country (`KEN=PER`), or fields (`status=negation`, `hedged=yes`, `when=1998`, `said_by=PER` …).
All that is not named must be
the same in both codings. A base without any report fails. `pairs.tsv` has a French and an English sentence a line,
which must give the same reports.

    python -m tests.behaviour.check [KIND …] [--failed]     # the pass rate of each kind; with --failed what differs
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.faces.labels import iso
from dragoman.model import Coding, Report
from dragoman.pipeline import code_all

HERE = Path(__file__).parent
UNSET = {"-": None, "yes": True, "no": False}
Signature = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A base sentence, its variant, their languages, and what may differ."""

    kind: str
    langs: tuple[str, str]
    base: str
    variant: str
    expect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case gave: the base's reports as they should be in the variant, and the variant's."""

    case: Case
    wanted: list[Signature]
    got: list[Signature]

    @property
    def passed(self) -> bool:
        return bool(self.wanted) and self.wanted == self.got


def kinds() -> list[str]:
    """The kinds of behaviour that have a table."""
    return sorted(path.stem for path in HERE.glob("*.tsv"))


def cases(kind: str) -> Iterator[Case]:
    """The cases of one kind."""
    with (HERE / f"{kind}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if "lang" in row:
                langs = (row["lang"], row["lang"])
                yield Case(kind=kind, langs=langs, base=row["base"], variant=row["variant"], expect=row["expect"])
            else:
                yield Case(kind=kind, langs=("fr", "en"), base=row["fr"], variant=row["en"], expect="same")


def outcomes(chosen: Sequence[Case]) -> list[Outcome]:
    """All cases coded, each language's sentences in one go."""
    sentences = {(lang, text) for c in chosen for lang, text in zip(c.langs, (c.base, c.variant), strict=True)}
    coded: dict[tuple[str, str], Coding] = {}
    for lang in sorted({lang for lang, _ in sentences}):
        texts = sorted(text for spoken, text in sentences if spoken == lang)
        coded.update({(lang, text): coding for text, coding in zip(texts, code_all(texts, lang), strict=True)})
    return [
        Outcome(
            case=case,
            wanted=in_order(changed(s, case.expect) for s in signatures(coded[case.langs[0], case.base])),
            got=in_order(signatures(coded[case.langs[1], case.variant])),
        )
        for case in chosen
    ]


def signatures(coding: Coding) -> list[Signature]:
    """The reports of a coding as far as they are compared."""
    return [signature(report) for report in coding.reports]


def signature(report: Report) -> Signature:
    """What a report says, without the words in which it says so."""
    actors = sorted({a.country or "?" for a in report.actors})
    recipients = sorted({a.country or "?" for a in report.recipients})
    if report.reciprocal:
        actors, recipients = sorted({*actors, *recipients}), []
    place = report.place if report.place and report.place.stated else None
    return {
        "type": report.type,
        "mode": report.mode,
        "status": report.status,
        "planned": report.planned,
        "hedged": report.hedged,
        "actors": "+".join(actors),
        "recipients": "+".join(recipients),
        "both": report.reciprocal,
        "said_by": (report.said_by.country or "?") if report.said_by else None,
        "when": iso(report.when) if report.when and report.when.basis != "published" else None,
        "place": place and place.country,
    }


def changed(told: Signature, expect: str) -> Signature:
    """A signature with the changes that a case expects."""
    told = dict(told)
    for change in expect.split():
        name, _, value = change.partition("=")
        if name == "swap":
            if not told["both"]:
                told["actors"], told["recipients"] = told["recipients"], told["actors"]
        elif name.isupper() and value:
            told |= {k: _renamed(told[k], {name: value}) for k in ("actors", "recipients", "said_by", "place")}
        elif name in told:
            told[name] = UNSET.get(value, value)
        elif name != "same":
            raise ValueError(f"{expect!r}: {name!r} is no field; known: same, swap, OLD=NEW, {', '.join(told)}")
    return told


def _renamed(value: object, names: Mapping[str, str]) -> object:
    return "+".join(sorted(names.get(v, v) for v in value.split("+"))) if isinstance(value, str) else value


def in_order(found: Iterator[Signature] | Sequence[Signature]) -> list[Signature]:
    """Signatures in an order of their own: that of the words does not matter."""
    return sorted(found, key=lambda s: [str(v) for v in s.values()])


def main(words: Sequence[str]) -> int:
    chosen = [w for w in words if not w.startswith("--")] or kinds()
    for kind in chosen:
        told = outcomes(list(cases(kind)))
        passed = sum(o.passed for o in told)
        print(f"{kind:12} {passed} of {len(told)}: {100 * passed / len(told):.1f} %")
        for o in told if "--failed" in words else ():
            if not o.passed:
                print(f"  {o.case.base}\n  {o.case.variant}  [{o.case.expect}]")
                print(*(f"    wanted {_shown(s)}" for s in o.wanted), sep="\n")
                print(*(f"    got    {_shown(s)}" for s in o.got), sep="\n")
    return 0


def _shown(told: Signature) -> str:
    sides = f"{told['actors'] or '-'} > {told['recipients'] or '-'}"
    rest = " ".join(f"{k}={v}" for k, v in told.items() if v and k not in {"type", "actors", "recipients", "both"})
    return f"{told['type']} {sides} {rest}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
