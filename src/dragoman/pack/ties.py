"""`packs/<lang>/ties.toml` and `claims.toml`: patterns of standing ties, words of claims about history."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dragoman.errors import PackError

SPECIAL = frozenset({"holder", "whose", "where", "other", "inside", "pair", "joint", "subject", "self", "possessor"})
STEP = re.compile(r"(?P<rel>[a-z]+(?::[a-z]+)?)(?:\[(?P<cases>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a token to its children: a UD relation, and the adpositions it may carry (none named: any)."""

    rel: str
    cases: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a party of a tie stands: a special place, or steps down from the trigger."""

    special: str | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One pattern: the trigger, what must or must not be beside it, where its two parties stand, examples."""

    id: str
    type: str
    trigger: frozenset[str]  # lemmas
    upos: frozenset[str]
    a: tuple[Slot, ...]  # tried in this order
    b: tuple[Slot, ...]
    symmetric: bool = False
    polarity: int = 1
    beside: frozenset[str] = frozenset()  # one of these lemmas modifies the trigger, or is what is said of it
    governor: frozenset[str] = frozenset()  # the trigger depends on one of these
    beside_or_governor: bool = False  # one of the two is enough
    without: frozenset[str] = frozenset()  # none of these lemmas modifies it
    case: frozenset[str] = frozenset()  # the adposition the trigger must carry
    negated: bool = False  # the words must be denied ("n'ont pas de relations")
    present: bool = False  # only told of the present
    says: tuple[str, ...] = ()  # "sentence => A type B; …"
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWords:
    """The words of `claims.toml`, lemmas in lower case; phrases are UD words."""

    first: frozenset[str]
    last: frozenset[str]
    highest: frozenset[str]
    highest_after: frozenset[str]
    ordinals: dict[str, int]
    time_nouns: frozenset[str]
    never: frozenset[str]
    unprecedented: frozenset[str]
    unprecedented_phrases: tuple[str, ...]
    since: frozenset[str]
    within: frozenset[str]
    units: dict[str, float]  # years in one of each
    numbers: dict[str, float]
    less: tuple[str, ...]
    more: tuple[str, ...]
    about: tuple[str, ...]
    not_after: frozenset[str]
    events: dict[str, tuple[str, str | None]]
    verbs: dict[str, tuple[str, str | None]]
    to_cases: frozenset[str]
    owner_cases: frozenset[str]
    sport: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """All tie patterns, by trigger lemma, and the words of claims."""

    all: tuple[Tie, ...]
    by_lemma: dict[str, tuple[Tie, ...]]
    claims: ClaimWords
    rel_where: frozenset[str]  # relative adverbs of place: où, where
    rel_whose: frozenset[str]  # relative pronouns of possession: dont, whose
    pair_cases: frozenset[str]  # entre, between


def load_ties(folder: Path) -> Ties:
    """The ties of the pack in `folder`; PackError names the entry that is wrong."""
    path = folder / "ties.toml"
    raw = _toml(path)
    ties = tuple(_tie(entry, path) for entry in raw.get("tie", ()))
    if len({tie.id for tie in ties}) < len(ties):
        raise PackError(f"{path}: two ties have the same id")
    by_lemma: dict[str, list[Tie]] = {}
    for tie in ties:
        for lemma in tie.trigger:
            by_lemma.setdefault(lemma, []).append(tie)
    return Ties(
        all=ties,
        by_lemma={lemma: tuple(found) for lemma, found in by_lemma.items()},
        claims=_claim_words(folder / "claims.toml"),
        rel_where=frozenset(_list(raw, "rel_where", path)),
        rel_whose=frozenset(_list(raw, "rel_whose", path)),
        pair_cases=frozenset(_list(raw, "pair_cases", path)),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise PackError(f"{path}: {problem}") from problem


def _list(raw: dict[str, Any], key: str, path: Path) -> list[str]:
    value = raw.get(key)
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise PackError(f"{path}, {key}: must be a list of words")
    return value


def _tie(entry: dict[str, Any], path: Path) -> Tie:
    name = entry.get("id", "without id")
    known = {f.name: f for f in fields(Tie)}
    if unknown := sorted(set(entry) - set(known)):
        raise PackError(f"{path}, tie {name!r}: unknown {', '.join(unknown)}; known are {', '.join(known)}")
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key in {"a", "b"}:
            values[key] = tuple(_slot(text, path, name) for text in value)
        elif isinstance(value, list):
            kept = tuple(value)
            values[key] = kept if key in {"says", "silent"} else frozenset(kept)
        else:
            values[key] = value
    try:
        tie = Tie(**values)
    except TypeError as problem:
        raise PackError(f"{path}, tie {name!r}: {problem}") from problem
    if tie.polarity not in {1, -1} or not tie.says:
        raise PackError(f"{path}, tie {name!r}: polarity is 1 or -1, and at least one example in `says`")
    return tie


def _slot(text: str, path: Path, name: str) -> Slot:
    head, _, rest = text.partition(".")
    special = head if head in SPECIAL else None
    steps = []
    for part in (rest if special else text).split(".") if (rest or not special) else ():
        match = STEP.fullmatch(part)
        if match is None:
            raise PackError(
                f"{path}, tie {name!r}: {text!r} is no slot; write {', '.join(sorted(SPECIAL))} or rel[case|case]"
            )
        cases = match["cases"]
        steps.append(Step(match["rel"], frozenset(cases.split("|")) if cases is not None else None))
    return Slot(special, tuple(steps))


def _claim_words(path: Path) -> ClaimWords:
    raw = _toml(path)
    known = [f.name for f in fields(ClaimWords)]
    if set(raw) != set(known):
        wrong = sorted(set(raw) ^ set(known))
        raise PackError(f"{path}: missing or unknown {', '.join(wrong)}; the keys are {', '.join(known)}")
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key in {"events", "verbs"}:
            values[key] = {lemma: _typed(code, path, key) for lemma, code in value.items()}
        elif isinstance(value, dict):
            values[key] = value
        else:
            words = _list(raw, key, path)
            values[key] = (
                tuple(words) if key.endswith("_phrases") or key in {"less", "more", "about"} else frozenset(words)
            )
    return ClaimWords(**values)


def _typed(code: str, path: Path, key: str) -> tuple[str, str | None]:
    kind, _, mode = code.partition("/")
    if not kind.isupper():
        raise PackError(f"{path}, {key}: {code!r} must be TYPE or TYPE/mode")
    return kind, mode or None
