"""`packs/<lang>/speech.tsv` and `channels.tsv`: verbs and formulas of saying, and by what channel something is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import PackError

VERB_KINDS = frozenset(
    {
        "neutral",
        "announce",
        "reveal",
        "confirm",
        "deny",
        "assert",
        "claim",
        "opinion",
        "warn",
        "blame",
        "praise",
        "ask",
        "manner",
    }
)
KINDS = VERB_KINDS | {"according", "as", "unspoken"}
CHANNELS = frozenset(
    {
        "communiqué",
        "agency",
        "press",
        "tweet",
        "interview",
        "speech",
        "tv",
        "witness",
        "report",
        "source",
    }
)
WRITTEN = frozenset({"communiqué", "report", "press", "agency", "tweet"})  # speak for somebody else, or by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechVerb:
    """One verb of saying and what it takes."""

    lemma: str
    kind: str
    inverted: bool  # "…, a déclaré X"
    infinitive: bool  # "affirme avoir abattu"
    nominal: bool  # "a confirmé l'arrestation": the object is told as a fact
    needs: str | None  # a second lemma beside it: faire + savoir


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Verbs by lemma, formulas ("selon") by their first word, nouns no formula makes a speaker of, and channels."""

    verbs: dict[str, tuple[SpeechVerb, ...]]
    formulas: dict[str, tuple[tuple[tuple[str, ...], bool], ...]]  # words, and whether the last one is the speaker
    as_marks: frozenset[str]  # "comme l'a dit X", "as X said"
    unspoken: frozenset[str]
    channel_nouns: dict[str, str]
    channel_names: dict[str, str]  # in lower case


def load_speech(folder: Path) -> Speech:
    """The speech words of the pack in `folder`; PackError names the line that is wrong."""
    verbs: dict[str, list[SpeechVerb]] = {}
    formulas: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    unspoken: set[str] = set()
    as_marks: set[str] = set()
    for where, row in _rows(folder / "speech.tsv", ("lemma", "kind", "inverted", "infinitive", "nominal", "with")):
        lemma, kind, needs = row["lemma"], row["kind"], row["with"] or None
        if kind not in KINDS:
            raise PackError(f"{where}: unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
        if kind == "unspoken":
            unspoken.add(lemma)
        elif kind == "as":
            as_marks.add(lemma)
        elif kind == "according":
            words = tuple(lemma.split(" "))
            formulas.setdefault(words[0], []).append((words, needs == "self"))
        else:
            flags = {key: _flag(row[key], where, key) for key in ("inverted", "infinitive", "nominal")}
            verbs.setdefault(lemma, []).append(SpeechVerb(lemma=lemma, kind=kind, needs=needs, **flags))
    nouns, names = _channels(folder / "channels.tsv")
    return Speech(
        verbs={lemma: tuple(sorted(found, key=lambda v: v.needs is None)) for lemma, found in verbs.items()},
        formulas={first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in formulas.items()},
        as_marks=frozenset(as_marks),
        unspoken=frozenset(unspoken),
        channel_nouns=nouns,
        channel_names=names,
    )


def _channels(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    nouns: dict[str, str] = {}
    names: dict[str, str] = {}
    for where, row in _rows(path, ("word", "channel", "kind")):
        if row["channel"] not in CHANNELS:
            raise PackError(f"{where}: unknown channel {row['channel']!r}; known are {', '.join(sorted(CHANNELS))}")
        if row["kind"] not in {"noun", "name"}:
            raise PackError(f"{where}: kind must be noun or name, not {row['kind']!r}")
        (nouns if row["kind"] == "noun" else names)[row["word"].lower()] = row["channel"]
    return nouns, names


def _flag(value: str, where: str, key: str) -> bool:
    if value not in {"yes", "no"}:
        raise PackError(f"{where}, {key}: must be yes or no, not {value!r}")
    return value == "yes"


def _rows(path: Path, header: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """The lines of a TSV file with the place of each; PackError if the header or a line is not as it must be."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as problem:
        raise PackError(f"{path}: {problem}") from problem
    if not lines or tuple(lines[0].split("\t")) != header:
        raise PackError(f"{path}: the first line must be {'<tab>'.join(header)}")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise PackError(f"{path}, line {number}: {len(cells)} columns, {len(header)} expected")
        rows.append((f"{path}, line {number}", dict(zip(header, cells, strict=True))))
    return rows
