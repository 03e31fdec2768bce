"""What was done, as merging compares it: kinds of acts, and which of them one happening is told as (data/alike.tsv)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman import ontology
from dragoman.world.tables import rows

DATA = Path(__file__).parent.parent / "data"
APART = -99  # points of what cannot be one happening
SAME_CONCEPT, SAME_SPEECH, SAME_KIND, NEAR, OTHER = 3, 2, 1, 0, -1  # points where `alike.tsv` gives none
SPEECH = frozenset({"ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})  # said many times a day
# Types whose modes say how, not what: a strike and the explosion, a visit and the meeting it was made for.
MIXED = frozenset({"ASSAULT", "CONSULT", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "THREATEN"})
# Types in which it is often told the other way round who did it with whom.
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Kind:
    """PLOVER type, mode, concept, what it plans."""

    type: str
    mode: str | None
    concept: str
    planned: str | None


KINDS: list[Kind] = []
_numbers: dict[tuple[str, str | None, str, str | None], int] = {}
_alike: list[dict[int, int]] = []  # by kind: points with each other kind that was asked for


def kind_number(type: str, mode: str | None, concept: str, planned: str | None) -> int:
    """A small number that stands for a kind in this process."""
    key = (type, mode, concept, planned)
    number = _numbers.get(key)
    if number is None:
        KINDS.append(Kind(*key))
        _alike.append({})
        number = _numbers[key] = len(KINDS) - 1
    return number


def alike(a: int, b: int) -> int:
    """Points for two kinds being told of one happening; APART where they never are."""
    known = _alike[a]
    points = known.get(b)
    if points is None:
        points = known[b] = _both_ways(a, b)
    return points


def _both_ways(a: int, b: int) -> int:
    if stem(a) not in stems_alike(b) or stem(b) not in stems_alike(a):
        return APART
    return _points(a, b)


def _points(one: int, other: int) -> int:
    a, b = KINDS[one], KINDS[other]
    modes_fit = a.mode == b.mode or a.mode is None or b.mode is None or a.type in MIXED
    if a.concept == b.concept and a.type == b.type and a.planned == b.planned and modes_fit:
        return SAME_CONCEPT if a.type not in SPEECH or is_act(a.concept) else SAME_SPEECH
    (left, right), (left_too, right_too) = _lines(one), _lines(other)
    listed = [_table()[line][2] for line in (left & right_too) | (left_too & right)]
    if a.type != b.type or not modes_fit or (a.planned and b.planned and a.planned != b.planned):
        return max(listed, default=APART)
    if a.mode != b.mode:
        return max([NEAR, *listed])
    # Without a mode a type holds very different acts (an apology, a resignation), unless its modes say only how.
    return max([SAME_KIND if a.mode or a.type in MIXED else OTHER, *listed])


@cache
def _lines(kind: int) -> tuple[frozenset[int], frozenset[int]]:
    """The lines of alike.tsv that mean a kind on their left, and on their right."""
    one, table = KINDS[kind], _table()
    left = frozenset(n for n, line in enumerate(table) if _is(one, line[0]))
    return left, frozenset(n for n, line in enumerate(table) if _is(one, line[1]))


def _is(kind: Kind, selector: str) -> bool:
    """Whether a selector of alike.tsv means a kind: a concept, TYPE, TYPE/mode, TYPE/- (no mode), TYPE+PLANNED."""
    if not selector[:1].isupper():
        return selector == kind.concept and kind.type == _concepts()[selector]
    type, mode, planned = _parts(selector)
    if type != kind.type or (planned and planned != kind.planned):
        return False
    return not mode or mode == (kind.mode or "-")


def _parts(selector: str) -> tuple[str, str, str]:
    rest, _, planned = selector.partition("+")
    type, _, mode = rest.partition("/")
    return type, mode, planned


# --- stems: the part of a key that says what was done ---------------------------------------------------------------


@cache
def stem(kind: int) -> str:
    """Under which acts a kind is kept: its type, and its mode where modes are different acts."""
    one = KINDS[kind]
    return one.type if one.type in MIXED else f"{one.type}/{one.mode or ''}"


@cache
def stems_alike(kind: int) -> tuple[str, ...]:
    """The stems under which reports of the same happening may be kept, its own first."""
    one = KINDS[kind]
    found = dict.fromkeys([stem(kind)])
    if one.type not in MIXED:
        found.update(dict.fromkeys(_stems(one.type) if one.mode is None else [f"{one.type}/"]))
    for selector in _partners(one):
        found.update(dict.fromkeys(_stems_of(selector)))
    return tuple(found)


def _partners(kind: Kind) -> Iterator[str]:
    """The selectors that stand beside one that means this kind."""
    for left, right, _ in _table():
        if _is(kind, left):
            yield right
        if _is(kind, right):
            yield left


def _stems_of(selector: str) -> list[str]:
    if not selector[:1].isupper():
        return _stems(_concepts()[selector])
    type, mode, _ = _parts(selector)
    if type in MIXED or not mode:
        return _stems(type)
    return [f"{type}/"] if mode == "-" else [f"{type}/{mode}"]


def _stems(type: str) -> list[str]:
    if type in MIXED:
        return [type]
    return [f"{type}/", *(f"{type}/{mode}" for mode in ontology.TYPES[type].modes)]


def is_speech(kind: int) -> bool:
    """Whether it is plain speech, of which there is much every day between the same two."""
    one = KINDS[kind]
    return one.type in SPEECH and not is_act(one.concept)


@cache
def is_act(concept: str) -> bool:
    """Whether a concept of a type of speech is an act all the same: alike.tsv lists it as like itself."""
    return any(left == right == concept for left, right, _ in _table())


@cache
def _table() -> tuple[tuple[str, str, int], ...]:
    return tuple((row["a"], row["b"], int(row["points"])) for row in rows(DATA / "alike.tsv"))


@cache
def _concepts() -> dict[str, str]:
    """The type of each concept."""
    return {row["concept"]: row["type"] for row in rows(DATA / "concepts.tsv")}
