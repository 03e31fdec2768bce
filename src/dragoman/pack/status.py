"""`packs/<lang>/status.toml`: the words that make an event negated, future, hypothetical, historical or habitual."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dragoman.errors import PackError

OUTCOMES = ("negation", "hypothetical", "future", "fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Governors:
    """Words above an event that give it one status: what they govern a clause or a noun with."""

    verbs: frozenset[str]  # lemmas that govern a clause: "planifier de", "hope that"
    objects: frozenset[str]  # lemmas whose nominal object has the status: "préparer une visite"
    nouns: frozenset[str]  # "projet de", "plan to"
    adjectives: frozenset[str]  # predicative, or attribute of the noun: "prêt à", "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """All of `status.toml`, checked. Words are lemmas in lower case; phrases are UD words with single spaces."""

    negators: frozenset[str]
    negators_with_particle: frozenset[str]
    particles: frozenset[str]
    exceptive: frozenset[str]
    not_only: frozenset[str]
    negative_determiners: frozenset[str]
    negative_adpositions: frozenset[str]
    negative_noun_phrases: tuple[str, ...]
    conditional_marks: frozenset[str]
    concessive_marks: frozenset[str]
    interrogative_marks: frozenset[str]
    conditional_phrases: tuple[str, ...]
    purpose_marks: frozenset[str]
    infinitive_marks: frozenset[str]
    future_auxiliaries: frozenset[str]
    hypothetical_auxiliaries: frozenset[str]
    conditional_auxiliaries: frozenset[str]
    obligation_auxiliaries: frozenset[str]
    obligation_verbs: frozenset[str]
    expectation_lemmas: frozenset[str]
    scheduled_verbs: frozenset[str]
    motion_futures: frozenset[str]
    motion_forms: frozenset[str]
    schedule_copula: frozenset[str]
    stem_suffix: str  # what the infinitive loses before these endings; "" where there are none
    conditional_endings: frozenset[str]
    future_endings: frozenset[str]
    future_adverbs: frozenset[str]
    future_phrases: tuple[str, ...]
    coming_phrases: tuple[str, ...]
    future_cases: frozenset[str]
    argument_cases: frozenset[str]
    foretelling: frozenset[str]
    announcing: frozenset[str]
    announced_nouns: frozenset[str]
    occurrence: frozenset[str]
    achieving: frozenset[str]
    raising: frozenset[str]
    speech_frame: frozenset[str]
    habitual_adverbs: frozenset[str]
    lasting_adverbs: frozenset[str]
    habitual_phrases: tuple[str, ...]
    habitual_verbs: frozenset[str]
    generic_nouns: frozenset[str]
    historical_adjectives: frozenset[str]
    historical_phrases: tuple[str, ...]
    hedging_adverbs: frozenset[str]
    hedging_adjectives: frozenset[str]
    hedging_phrases: tuple[str, ...]
    negation: Governors
    hypothetical: Governors
    future: Governors
    fact: Governors
    verb_outcome: dict[str, str]
    object_outcome: dict[str, str]
    noun_outcome: dict[str, str]
    adjective_outcome: dict[str, str]


def load_status(folder: Path) -> StatusWords:
    """The status words of the pack in `folder`; PackError names a missing, unknown or doubled entry."""
    path = folder / "status.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise PackError(f"{path}: {problem}") from problem
    groups = {name: _governors(raw.pop(name, None), path, name) for name in OUTCOMES}
    plain = [f.name for f in fields(StatusWords) if f.name not in OUTCOMES and not f.name.endswith("_outcome")]
    if missing := sorted(set(plain) - set(raw)):
        raise PackError(f"{path}: missing {', '.join(missing)}")
    if unknown := sorted(set(raw) - set(plain)):
        raise PackError(f"{path}: unknown {', '.join(unknown)}; known are {', '.join(plain)}")
    words: dict[str, Any] = {name: _words(raw[name], path, name) for name in plain}
    words |= groups
    return StatusWords(
        **words,
        verb_outcome=_outcomes(groups, "verbs", path),
        object_outcome=_outcomes(groups, "objects", path),
        noun_outcome=_outcomes(groups, "nouns", path),
        adjective_outcome=_outcomes(groups, "adjectives", path),
    )


def _words(value: Any, path: Path, name: str) -> Any:
    if name == "stem_suffix" and isinstance(value, str):
        return value
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise PackError(f"{path}, {name}: must be a list of words")
    if wrong := [word for word in value if word != word.lower() and name != "motion_forms"]:
        raise PackError(f"{path}, {name}: must be in lower case: {', '.join(wrong)}")
    if len(set(value)) < len(value):
        doubled = sorted({word for word in value if value.count(word) > 1})
        raise PackError(f"{path}, {name}: twice there: {', '.join(doubled)}")
    return tuple(value) if name.endswith("_phrases") else frozenset(value)


def _governors(table: Any, path: Path, name: str) -> Governors:
    keys = [f.name for f in fields(Governors)]
    if not isinstance(table, dict) or sorted(table) != sorted(keys):
        raise PackError(f"{path}, [{name}]: must have exactly the keys {', '.join(keys)}")
    return Governors(**{key: _words(table[key], path, f"{name}.{key}") for key in keys})


def _outcomes(groups: dict[str, Governors], key: str, path: Path) -> dict[str, str]:
    """Lemma to status; a lemma in two groups stops the load."""
    found: dict[str, str] = {}
    for name, group in groups.items():
        for word in getattr(group, key):
            if word in found:
                raise PackError(f"{path}: {word!r} is in [{found[word]}] and in [{name}] {key}; keep one")
            found[word] = name
    return found
