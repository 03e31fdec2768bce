"""PLOVER's types, modes, contexts and sectors, and the way from them to CAMEO and Goldstein: tables of `data/plover/`.

Each table is read when it is first asked for. Where the published tables contradict themselves the corrected value is
used and the published one stands beside it (`score_published`, `type_published` …; the notes say why).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.errors import PackError

FOLDER = Path(__file__).parent / "data" / "plover"
STATUSES = ("historical", "future", "hypothetical", "negation", "habitual")
BECOMES_AGREE = ("CONSULT", "SUPPORT", "COOPERATE", "AID")  # PLOVER manual, auxiliary modes: their future is AGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's sixteen event types."""

    name: str
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float
    recipient_required: bool
    quad_published: int
    score_published: float
    definition: str
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A mode of one type, with its score; `score_published` is None where the manual gives none."""

    type: str
    name: str
    score: float
    score_published: float | None
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cameo:
    """A CAMEO category, with its Goldstein values and what PLOVER makes of it (None: dropped)."""

    code: str
    name: str
    goldstein: float  # as GDELT ships it
    goldstein_icews: float
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    type_published: str | None  # as in CAMEO2PLOVER-2021
    mode_published: str | None
    contexts_published: tuple[str, ...]
    quad_gdelt: int
    quad_plover: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """The CAMEO code of an event, with its Goldstein value and the words that tell why this one."""

    code: str
    goldstein: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crossing:
    """A line of crosswalk.tsv: which CAMEO code a type, mode, contexts and plan have, and what it `needs` beside."""

    mode: str | None
    contexts: frozenset[str]
    planned: str | None
    cameo: str
    needs: str  # "" nothing | branch: a hint of the same CAMEO root | code: a hint that names the code


TYPES: Mapping[str, EventType]
MODES: Mapping[tuple[str, str], Mode]
CONTEXTS: Mapping[str, str]
SECTORS: Mapping[str, str]
CAMEO: Mapping[str, Cameo]


def quad(type: str) -> int:
    """The quad class of a type: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""
    return _types()[known_type(type)].quad


def plover_score(type: str, mode: str | None = None) -> float:
    """PLOVER's score of a type (−10 to +10), finer where the mode is known."""
    if mode is None:
        return _types()[known_type(type)].score
    return _modes()[type, known_mode(type, mode)].score


def goldstein(code: str) -> float:
    """The Goldstein value of a CAMEO code, as GDELT ships it (the parent's where the table has none)."""
    return _cameo()[known_cameo(code)].goldstein


def cameo(
    type: str,
    mode: str | None = None,
    contexts: Iterable[str] = (),
    *,
    planned: str | None = None,
    hint: str | None = None,
) -> CameoCode | None:
    """The most specific CAMEO code of an event; `hint` is the code that its concept names, where the event fits it.

    Contexts are asked in their order: of two lines that fit as well, the one on the earlier context wins.
    """
    hint = _fitting(hint, known_type(type))
    asked = tuple(contexts)
    best: tuple[tuple[bool, bool, bool, int, bool, int, int], _Crossing] | None = None
    for number, line in enumerate(_crosswalk().get(type, ())):
        if not _holds(line, mode, asked, planned, hint):
            continue
        rank = (
            hint is not None and line.cameo.startswith(_branch(hint)),
            line.planned is not None,
            line.mode is not None,
            len(line.contexts),
            line.needs == "code",
            -min((asked.index(c) for c in line.contexts), default=len(asked)),
            -number,
        )
        if best is None or rank > best[0]:
            best = rank, line
    return _chosen(best[1] if best else None, type, hint)


def _holds(line: _Crossing, mode: str | None, contexts: tuple[str, ...], planned: str | None, hint: str | None) -> bool:
    """Whether a line of the crosswalk may be used for an event."""
    if line.mode not in (None, mode) or line.planned not in (None, planned) or not line.contexts.issubset(contexts):
        return False
    if line.needs == "code":
        return line.cameo == hint
    return line.needs != "branch" or (hint is not None and line.cameo[:2] == hint[:2])


def _chosen(line: _Crossing | None, type: str, hint: str | None) -> CameoCode | None:
    """The code of the line, or the hint itself where the line does not make it more precise."""
    if hint is not None and (line is None or not line.cameo.startswith(_branch(hint))):
        return CameoCode(code=hint, goldstein=goldstein(hint), because=f"concept {hint}")
    if line is None:
        return None
    words = " ".join(filter(None, (type, line.mode, *sorted(line.contexts), line.planned)))
    return CameoCode(code=line.cameo, goldstein=goldstein(line.cameo), because=words)


def _branch(code: str) -> str:
    """The common beginning of a code's more precise codes: 190 and 19 → 19, 173 → 173."""
    return code[:2] if len(code) == 2 or code[2:] == "0" else code


def _fitting(hint: str | None, type: str) -> str | None:
    """The hint, unless the event has become a promise (AGREE) of what the hint names: a planned visit is not 042."""
    if hint is None or (type == "AGREE" and _cameo()[known_cameo(hint)].type != "AGREE"):
        return None
    return known_cameo(hint)


def known_type(name: str) -> str:
    """The name, if it is a PLOVER type; otherwise ValueError with the nearest one."""
    return _known("type", name, _types())


def known_mode(type: str, name: str) -> str:
    """The name, if the type has this mode; otherwise ValueError with the nearest one."""
    modes = _types()[known_type(type)].modes
    return _known(f"mode of {type}", name, modes)


def known_context(name: str) -> str:
    """The name, if it is a PLOVER context; otherwise ValueError with the nearest one."""
    return _known("context", name, _contexts())


def known_sector(name: str) -> str:
    """The code, if it is a PLOVER sector; otherwise ValueError with the nearest one."""
    return _known("sector", name, _sectors())


def known_cameo(code: str) -> str:
    """The code, if it is a CAMEO code; otherwise ValueError with the nearest one."""
    return _known("CAMEO code", code, _cameo())


def known_status(name: str) -> str:
    """The name, if it is a status other than actual (which is None); otherwise ValueError with the nearest one."""
    return _known("status", name, STATUSES)


def check_concept(type: str, mode: str | None, contexts: Iterable[str] = (), cameo: str | None = None) -> str | None:
    """What is wrong with a concept's type, mode, contexts or CAMEO code, with the nearest known name; None: nothing."""
    try:
        known_type(type)
        if mode is not None:
            known_mode(type, mode)
        for context in contexts:
            known_context(context)
        if cameo is not None:
            known_cameo(cameo)
    except ValueError as problem:
        return str(problem)
    return None


def _known(what: str, name: str, names: Collection[str]) -> str:
    if name in names:
        return name
    from difflib import get_close_matches

    listed = tuple(names)
    folded = {n.casefold(): n for n in listed}
    near = [folded[n] for n in get_close_matches(name.casefold(), folded, n=1)]
    advice = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(listed[:20]) or 'none'}"
    raise ValueError(f"unknown {what} {name!r} ({advice})")


@cache
def _types() -> Mapping[str, EventType]:
    modes: dict[str, list[str]] = {}
    for type, mode in _modes():
        modes.setdefault(type, []).append(mode)
    return MappingProxyType(
        {
            row["type"]: EventType(
                name=row["type"],
                quad=int(row["quad"]),
                score=float(row["score"]),
                recipient_required=row["recipient_required"] == "yes",
                quad_published=int(row["quad_published"]),
                score_published=float(row["score_published"]),
                definition=row["definition"],
                modes=tuple(modes.get(row["type"], ())),
            )
            for row in _rows("types.tsv")
        }
    )


@cache
def _modes() -> Mapping[tuple[str, str], Mode]:
    return MappingProxyType(
        {
            (row["type"], row["mode"]): Mode(
                type=row["type"],
                name=row["mode"],
                score=float(row["score"]),
                score_published=float(row["score_published"]) if row["score_published"] else None,
                definition=row["definition"],
            )
            for row in _rows("modes.tsv")
        }
    )


@cache
def _contexts() -> Mapping[str, str]:
    return MappingProxyType({row["context"]: row["definition"] for row in _rows("contexts.tsv")})


@cache
def _sectors() -> Mapping[str, str]:
    return MappingProxyType({row["sector"]: row["definition"] for row in _rows("sectors.tsv")})


@cache
def _cameo() -> Mapping[str, Cameo]:
    return MappingProxyType(
        {
            row["code"]: Cameo(
                code=row["code"],
                name=row["name"],
                goldstein=float(row["goldstein"]),
                goldstein_icews=float(row["goldstein_icews"]),
                type=row["type"] or None,
                mode=row["mode"] or None,
                contexts=_list(row["contexts"]),
                type_published=row["type_published"] or None,
                mode_published=row["mode_published"] or None,
                contexts_published=_list(row["contexts_published"]),
                quad_gdelt=int(row["quad_gdelt"]),
                quad_plover=int(row["quad_plover"]) if row["quad_plover"] else None,
            )
            for row in _rows("cameo.tsv")
        }
    )


@cache
def _crosswalk() -> Mapping[str, tuple[_Crossing, ...]]:
    lines: dict[str, list[_Crossing]] = {}
    for row in _rows("crosswalk.tsv"):
        lines.setdefault(row["type"], []).append(
            _Crossing(
                mode=row["mode"] or None,
                contexts=frozenset(_list(row["contexts"])),
                planned=row["planned"] or None,
                cameo=row["cameo"],
                needs=row["needs"],
            )
        )
    return {type: tuple(found) for type, found in lines.items()}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table, each as a dictionary; a line of another width stops the load."""
    path = FOLDER / name
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            if None in row or None in row.values():
                raise PackError(f"{path}, line {number}: not as many cells as the header has; one tab between cells")
            yield row


_TABLES = {"TYPES": _types, "MODES": _modes, "CONTEXTS": _contexts, "SECTORS": _sectors, "CAMEO": _cameo}


def __getattr__(name: str) -> Any:
    if name in _TABLES:
        return _TABLES[name]()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
