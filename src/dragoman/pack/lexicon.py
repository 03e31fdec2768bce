"""Concepts, frames and lexical units: what words mean which act, and where their parties stand.

Files: `data/concepts.tsv` (all languages), `packs/<lang>/frames.toml`, `packs/<lang>/content.tsv`,
`packs/<lang>/lexicon/*.tsv`. docs/rule-writing.md tells how to write them.
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import PackError

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data"
BY_CONTENT = "by-content"
POS = {"V": ("VERB", "AUX", "ADJ"), "N": ("NOUN", "PROPN"), "A": ("ADJ", "VERB", "ADV", "NOUN"), "X": ()}
PLACES_OF_PARTS = (
    "subj",
    "obj",
    "iobj",
    "obl",
    "gen",
    "poss",
    "adj",
    "by",
    "inf",
    "that",
    "comp.subj",
    "comp.obj",
    "head",
    "voice",
    "self",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What an act is, in any language: PLOVER type and mode, contexts it brings, the CAMEO code it comes closest to."""

    id: str
    type: str | None  # None: a unit that says no
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    gloss: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the sentence where a party or a content may stand, relative to a trigger."""

    part: str  # one of PLACES_OF_PARTS
    cases: frozenset[str] = frozenset()  # adpositions, for obl and inf
    inside: bool = False  # "*": also look inside a phrase that is itself no actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where actor, recipient, partner, place and content of a unit stand; the first slot with a party wins."""

    id: str
    actor: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    content: tuple[Slot, ...] = ()  # what is asked, promised, threatened, alleged: absorbs the triggers in it
    place: tuple[Slot, ...] = ()
    reciprocal: bool = False  # both sides do it
    spoken_to: bool = False  # a capital in its dative is a party, not a place: "tend la main à Pyongyang"
    needs: tuple[str, ...] = ()  # parties without which there is no report: actor, recipient, either


@dataclass(frozen=True, slots=True)
class Need:
    """One constraint on the company of a unit's head."""

    negative: bool
    slots: tuple[Slot, ...]  # any of them; (): the test is on the sentence ("any") or the head's own form
    test: str  # "" exists | "lemma" | "kind" | "any" | "reflexive" | "feat"
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A word or expression that means a concept, with its frame, its needs and its examples."""

    id: str
    head: str  # lemma of the head word
    words: tuple[str, ...]  # lemmas or forms that must also stand below the head
    reflexive: bool
    pos: str  # V | N | A | X
    concept: Concept
    frame: Frame
    needs: tuple[Need, ...]
    says: str
    silent: str
    origin: str  # file and line

    @property
    def specific(self) -> int:
        """How much a unit asks: the most demanding one that fits wins.

        A named word asks most, a test on a kind or on presence less, a ban least.
        """
        asked = sum(1 if n.negative else 5 if n.test == "lemma" else 2 for n in self.needs)
        return 5 * len(self.words) + asked + 2 * self.reflexive + (self.concept.type is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All units of a language, by the lemma of their head."""

    lang: str
    units: dict[str, tuple[Unit, ...]]
    frames: dict[str, Frame]
    concepts: dict[str, Concept]
    content: dict[str, tuple[str, ...]]  # lemma → classes of content (yield, assist, meet, violence …)
    light: dict[str, str]  # lemma of a supporting verb → actual | future | cause | end | begin
    genitive: frozenset[str]  # adpositions of the genitive
    agent: frozenset[str]  # adpositions of the agent of a passive
    aiming: frozenset[str]  # verbs whose participle names the aim of an act: "visant", "targeting"
    joining: frozenset[str]  # adpositions whose phrase names all parties: "entre", "between"
    charging: frozenset[str]  # adpositions of the reason for an arrest, a charge, a conviction
    measures: frozenset[str]  # nouns that measure an act: "une série de frappes", "a round of talks"
    passivizing: frozenset[str]  # reflexive verbs that make an infinitive passive: "s'est vu refuser"
    purpose: frozenset[str]  # marks of an aim: "pour", "afin de", "in order to"
    linking: frozenset[str]  # adpositions of a counterpart inside a phrase: "la frontière avec le Brésil"
    relational: frozenset[str]  # nouns of what two sides share: "relations", "liens", "ties"
    presupposing: frozenset[str]  # adpositions whose phrase is taken as a fact also inside what is asked or promised
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)  # inflected form → lemmas of heads

    @property
    def duty(self) -> Unit:
        """The unit of what somebody says that somebody else must do; it has no words of its own."""
        return Unit(
            id=f"{self.lang}/must/obligation",
            head="",
            words=(),
            reflexive=False,
            pos="V",
            concept=self.concepts["must"],
            frame=self.frames["none"],
            needs=(),
            says="",
            silent="",
            origin="",
        )

    def all_units(self) -> Iterator[Unit]:
        for units in self.units.values():
            yield from units


def read_table(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a TSV file with their line numbers; a wrong header or row is a PackError naming file and line."""
    wanted = list(columns)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows, [])
        if header != wanted:
            raise PackError(f"{path}, line 1: columns are {header}, they must be {wanted}")
        for row in rows:
            if not row or row[0].startswith("#"):
                continue
            if len(row) > len(wanted):
                raise PackError(f"{path}, line {rows.line_num}: {len(row)} columns, there are only {len(wanted)}")
            cells = [cell.strip() for cell in row] + [""] * (len(wanted) - len(row))
            yield rows.line_num, dict(zip(wanted, cells, strict=True))


def load_concepts(path: Path = DATA / "concepts.tsv") -> dict[str, Concept]:
    """The concepts, by id."""
    from dragoman.ontology import check_concept

    concepts: dict[str, Concept] = {}
    for line, row in read_table(path, ("concept", "type", "mode", "contexts", "cameo", "gloss")):
        contexts = tuple(c for c in row["contexts"].split(";") if c)
        concept = Concept(
            id=row["concept"],
            type=row["type"] or None,
            mode=row["mode"] or None,
            contexts=contexts,
            cameo=row["cameo"] or None,
            gloss=row["gloss"],
        )
        if concept.id in concepts:
            raise PackError(f"{path}, line {line}: concept {concept.id!r} stands twice")
        if concept.type:
            mode = None if concept.mode == BY_CONTENT else concept.mode
            problem = check_concept(concept.type, mode, contexts, concept.cameo)
            if problem:
                raise PackError(f"{path}, line {line}, concept {concept.id!r}: {problem}")
        concepts[concept.id] = concept
    return concepts


def load_lacks(lang: str, concepts: Collection[str]) -> dict[str, str]:
    """Why a language has no unit for a concept: concept → reason, from its `lacks.tsv`."""
    path = Path(__file__).parent.parent / "packs" / lang / "lacks.tsv"
    lacks: dict[str, str] = {}
    for line, row in read_table(path, ("concept", "reason")):
        if row["concept"] not in concepts or not row["reason"]:
            raise PackError(f"{path}, line {line}: {row['concept']!r} is no concept, or has no reason")
        lacks[row["concept"]] = row["reason"]
    return lacks


def slot(text: str) -> Slot:
    """Parse "obj*", "obl:à|en", "inf:de"."""
    inside = text.endswith("*")
    part, _, cases = text.removesuffix("*").partition(":")
    if part not in PLACES_OF_PARTS:
        raise ValueError(f"unknown slot {part!r} (known: {', '.join(PLACES_OF_PARTS)})")
    return Slot(part, frozenset(c.strip() for c in cases.split("|") if c.strip()), inside)


def load_frames(path: Path, raw: dict[str, Any]) -> dict[str, Frame]:
    """Frames by id; `raw` is the parsed file."""
    frames: dict[str, Frame] = {}
    for entry in raw["frame"]:
        try:
            slots = {k: tuple(slot(s) for s in entry.get(k, ())) for k in ("actor", "recipient", "content", "place")}
            frame = Frame(
                id=entry["id"],
                reciprocal=entry.get("reciprocal", False),
                spoken_to=entry.get("spoken_to", False),
                needs=tuple(entry.get("needs", ())),
                **slots,
            )
        except (KeyError, ValueError) as problem:
            raise PackError(f"{path}, frame {entry.get('id')!r}: {problem}") from problem
        if frame.id in frames:
            raise PackError(f"{path}: frame {frame.id!r} stands twice")
        frames[frame.id] = frame
    return frames


def need(text: str) -> Need:
    """Parse one constraint: obj, -obj, obj|that, obj=a|b, obl:à=a|b, obj@actor, inf:de, any=a|b, plural."""
    negative = text.startswith("-")
    body = text.removeprefix("-")
    if body in {"plural", "singular"}:
        return Need(negative, (), "feat", frozenset({"Number=" + {"plural": "Plur", "singular": "Sing"}[body]}))
    if body in {"participle", "passive", "bare", "active"}:
        return Need(negative, (), body)
    if body.startswith("any="):
        return Need(negative, (), "any", frozenset(body[4:].split("|")))
    if "=" in body:
        place, _, values = body.partition("=")
        return Need(negative, _slots(place), "lemma", frozenset(values.split("|")))
    if "@" in body:
        place, _, values = body.partition("@")
        return Need(negative, _slots(place), "kind", frozenset(values.split("|")))
    return Need(negative, _slots(body), "")


def _slots(text: str) -> tuple[Slot, ...]:
    """Parse "obj|that", "inf|obl:to|for": alternatives; adpositions belong to the last of them."""
    names, _, cases = text.partition(":")
    *others, last = names.split("|")
    return (*(slot(name) for name in others), slot(f"{last}:{cases}" if cases else last))


UNIT_COLUMNS = ("unit", "pos", "concept", "frame", "with", "says", "silent")


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of one language, checked entry by entry; raises PackError naming file, line and problem."""
    concepts = load_concepts()
    path = folder / "frames.toml"
    raw = tomllib.loads(path.read_text("utf-8"))
    frames = load_frames(path, raw)
    reflexives = tuple(raw.get("reflexive", ()))
    by_head: dict[str, list[Unit]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for path in sorted((folder / "lexicon").glob("*.tsv")):
        for line, row in read_table(path, UNIT_COLUMNS):
            where = f"{path}, line {line}, unit {row['unit']!r}"
            try:
                unit = _unit(row, folder.name, concepts, frames, reflexives, f"{path.name}:{line}")
            except ValueError as problem:
                raise PackError(f"{where}: {problem}") from problem
            key = (row["unit"], row["pos"], row["with"])
            if key in seen:
                raise PackError(f"{where}: the same unit stands already at {seen[key]}")
            seen[key] = unit.origin
            by_head.setdefault(unit.head, []).append(unit)
    units = {head: tuple(sorted(us, key=lambda u: (-u.specific, u.id))) for head, us in by_head.items()}
    return Lexicon(
        lang=folder.name,
        units=units,
        frames=frames,
        concepts=concepts,
        content=_load_content(folder / "content.tsv"),
        light={lemma: effect for effect, lemmas in raw.get("light", {}).items() for lemma in lemmas},
        genitive=frozenset(raw["genitive"]),
        agent=frozenset(raw["agent"]),
        presupposing=frozenset(raw["presupposing"]),
        relational=frozenset(raw["relational"]),
        linking=frozenset(raw["linking"]),
        purpose=frozenset(raw["purpose"]),
        passivizing=frozenset(raw["passivizing"]),
        measures=frozenset(raw["measures"]),
        aiming=frozenset(raw["aiming"]),
        joining=frozenset(raw["joining"]),
        charging=frozenset(raw["charging"]),
        forms=_load_forms(folder / "forms.tsv"),
    )


def _unit(
    row: dict[str, str],
    lang: str,
    concepts: dict[str, Concept],
    frames: dict[str, Frame],
    reflexives: tuple[str, ...],
    origin: str,
) -> Unit:
    text = row["unit"]
    reflexive = False
    for prefix in reflexives:
        if text.startswith(prefix):
            text, reflexive = text.removeprefix(prefix), True
            break
    words = text.split()
    if not words:
        raise ValueError("no words")
    if row["pos"] not in POS:
        raise ValueError(f"part of speech {row['pos']!r} is none of {', '.join(POS)}")
    concept = _known(row["concept"], concepts, "concept")
    frame = _known(row["frame"] or "none", frames, "frame")
    if not row["says"]:
        raise ValueError("no example in `says`")
    return Unit(
        id=f"{lang}/{concept.id}/{row['unit'].replace(' ', '-')}",
        head=words[0],
        words=tuple(words[1:]),
        reflexive=reflexive,
        pos=row["pos"],
        concept=concept,
        frame=frame,
        needs=tuple(need(part) for part in row["with"].split()),
        says=row["says"],
        silent=row["silent"],
        origin=origin,
    )


def _known(name: str, known: dict[str, T], what: str) -> T:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    raise ValueError(f"unknown {what} {name!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))


def _load_content(path: Path) -> dict[str, tuple[str, ...]]:
    content: dict[str, list[str]] = {}
    if path.is_file():
        for _, row in read_table(path, ("word", "class")):
            content.setdefault(row["word"], []).append(row["class"])
    return {word: tuple(classes) for word, classes in content.items()}


def _load_forms(path: Path) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    if path.is_file():
        with path.open(encoding="utf-8") as stream:
            next(stream, None)
            for line in stream:
                form, _, lemmas = line.rstrip("\n").partition("\t")
                forms[form] = tuple(lemmas.split("|"))
    return forms
