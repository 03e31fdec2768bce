"""Role nouns, titles and pronouns of a language: packs/<lang>/agents.tsv, titles.tsv, pronouns.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import PackError

KINDS = frozenset({
    "person",  # an individual's office or occupation: ministre, soldier
    "body",  # an institution or a collective: gouvernement, army
    "head",  # of the sector of whom it belongs to: président, spokesman
    "envoy",  # an individual sent to another country: ambassadeur
    "mission",  # sent by a country: délégation; with political "no" nobody, unless the country is told
    "state",  # a country itself: pays, allies
    "thing",  # equipment: warship
    "kin",  # tied to a person: épouse
    "counterpart",  # same office, other country: homologue
    "container",  # says how many or what part: dizaines, members
    "adjective",  # gives a role noun its sector: militaire
    "former",  # ancien, ousted
    "none",  # an idiom that holds a role noun and is nobody: droits de l'homme
    "landmark",  # its complement is a name, not an actor: aéroport, summit
})  # fmt: skip
# Accented letters that begin a word: newspapers leave the accent off their capitals.
_ACCENTED = re.compile(r"\b[À-ÖØ-Þà-öø-þ]")
_COLUMNS = ["phrase", "kind", "sectors", "political", "country"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role noun or phrase: who it is said of."""

    phrase: str
    kind: str
    sectors: tuple[str, ...] = ()
    political: bool = True
    country: str | None = None
    usual: str | None = None  # whose it is where nothing in the text says so ("USA?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A word written before a person's name."""

    gender: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """A word that stands for somebody: what it agrees with, and where to look."""

    number: str | None = None
    gender: str | None = None
    human: bool = False  # persons only
    thing: bool = False  # countries and bodies only
    speaker: bool = False  # first person
    near: bool = False  # the last one named
    relative: bool = False
    nobody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Words of "the two countries": counts, and the nouns that mean countries or persons."""

    counts: frozenset[str]
    alone: frozenset[str]
    countries: frozenset[str]
    persons: frozenset[str]


@dataclass(slots=True)
class _Node:
    """A step in the trie of phrases."""

    next: dict[str, _Node] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)  # family (noun, adjective, former, landmark) -> role


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """The small words of noun phrases; see pronouns.toml."""

    articles: frozenset[str]
    former_prefixes: tuple[str, ...]
    nouns_before: bool
    possessive_marks: frozenset[str]
    identity: frozenset[str]
    origin: frozenset[str]
    portfolio: frozenset[str]
    of: frozenset[str]
    particles: frozenset[str]
    coordinators: frozenset[str]
    commas: frozenset[str]
    dashes: frozenset[str]
    colons: frozenset[str]
    openers: frozenset[str]
    closers: frozenset[str]
    locative: frozenset[str]
    recipient: frozenset[str]
    addressing: frozenset[str]
    motion: frozenset[str]
    moving: frozenset[str]
    receiving: frozenset[str]
    recipient_acts: bool
    bodies_in: frozenset[str]
    posted: frozenset[str]
    parts: frozenset[str]
    lands: frozenset[str]
    foreign: frozenset[str]
    mutual: frozenset[str]


class Agents:
    """Role nouns, titles and pronouns of one language, ready to be looked up."""

    def __init__(self, roles: Sequence[Role], titles: dict[str, Title], words: dict[str, Any]) -> None:
        self.roles = tuple(roles)
        self.titles = titles
        self.small = _small(words)
        self.pronouns = {k: Pronoun(**v) for k, v in words["pronouns"].items()}
        self.possessives = {k: Pronoun(**v) for k, v in words["possessives"].items()}
        self.joint = Joint(**{k: frozenset(v) for k, v in words["joint"].items()})
        self.latter_determiners = frozenset(words["latter"]["determiners"])
        self.latter_words = frozenset(words["latter"]["words"])
        self.metonyms: dict[str, str] = words["metonyms"]
        self._plurals: tuple[str, ...] = tuple(words["plurals"])
        self._exact, self._any = _Node(), _Node()
        for role in roles:
            root = self._exact if role.phrase[0].isupper() else self._any
            for form in _forms(role.phrase):
                self._add(root, role, _pieces(form, words))

    def _add(self, root: _Node, role: Role, pieces: list[str]) -> None:
        node = root
        for piece in pieces:
            node = node.next.setdefault(piece if root is self._exact else piece.lower(), _Node())
        node.roles.setdefault(_family(role), role)

    def starts(self, text: str, lemma: str) -> bool:
        """Whether a phrase may begin with the word."""
        return text in self._exact.next or any(w in self._any.next for w in self.readings(text, lemma))

    def readings(self, text: str, lemma: str) -> list[str]:
        """The written forms under which a word may stand in a phrase, likeliest first."""
        low = text.lower()
        found = [low]
        if lemma and (base := lemma.lower()) != low:
            found.append(base)
        for ending in self._plurals:
            if low.endswith(ending) and len(low) > len(ending) + 2:
                found.append(low[: -len(ending)])
        return found

    def longest(self, texts: Sequence[str], lemmas: Sequence[str], at: int) -> Iterator[tuple[int, dict[str, Role]]]:
        """The longest phrases that begin at a word, exact capitals first: (end, family -> role)."""
        for root, exact in ((self._exact, True), (self._any, False)):
            best = self._walk(root, texts, lemmas, at, exact)
            if best is not None:
                yield best

    def _walk(
        self, root: _Node, texts: Sequence[str], lemmas: Sequence[str], at: int, exact: bool
    ) -> tuple[int, dict[str, Role]] | None:
        best: tuple[int, dict[str, Role]] | None = None
        stack = [(root, at, at)]  # a step, the next word, the end of what was read
        while stack:
            node, i, end = stack.pop()
            if node.roles and (best is None or end > best[0]):
                best = (end, node.roles)
            if i >= len(texts) or not node.next:
                continue
            if i > at and (texts[i] == "-" or texts[i].lower() in self.small.articles):
                stack.append((node, i + 1, end))
                continue
            words = [texts[i]] if exact else self.readings(texts[i], lemmas[i])
            for word in reversed(words):  # the written form is looked at first, and kept
                if (step := node.next.get(word)) is not None:
                    stack.append((step, i + 1, i + 1))
        return best


def load_agents(folder: Path) -> Agents:
    """The agents of the pack in `folder`."""
    path = folder / "pronouns.toml"
    try:
        words = tomllib.loads(path.read_text("utf-8"))
        return Agents(tuple(_roles(folder / "agents.tsv")), _titles(folder / "titles.tsv"), words)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise PackError(f"{path}: {problem}") from problem


def _family(role: Role) -> str:
    return role.kind if role.kind in ("adjective", "former", "landmark") else "noun"


def _forms(phrase: str) -> set[str]:
    """A phrase as it may be written: cut at its hyphens, its capitals without accents ("chef d'Etat")."""
    forms = {phrase, phrase.replace("-", " ")}
    return forms | {_ACCENTED.sub(lambda m: unicodedata.normalize("NFD", m[0])[0], form) for form in forms}


def _pieces(phrase: str, words: dict[str, Any]) -> list[str]:
    """A phrase as tokens, without its articles: forces de l'ordre -> forces de ordre."""
    for mark in words["elisions"]:
        phrase = phrase.replace(" " + mark, f" {mark} ")
    for mark in words["possessive_marks"]:
        phrase = phrase.replace(mark + " ", f" {mark} ")
    contractions = words["contractions"]
    pieces = [contractions.get(p, p) for p in phrase.split()]
    return [p for n, p in enumerate(pieces) if n == 0 or p not in words["articles"]]


def _small(words: dict[str, Any]) -> Small:
    plain = ("nouns_before", "recipient_acts", "former_prefixes")
    names = [f for f in Small.__slots__ if f not in plain]
    return Small(
        nouns_before=words["nouns_before"],
        recipient_acts=words["recipient_acts"],
        former_prefixes=tuple(words["former_prefixes"]),
        **{name: frozenset(words[name]) for name in names},
    )


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line:
            yield number, line.split("\t")


def _roles(path: Path) -> Iterator[Role]:
    for number, row in _lines(path):
        if number == 1:
            if row != _COLUMNS:
                raise PackError(f"{path.name}, line 1: columns must be {', '.join(_COLUMNS)}")
            continue
        if len(row) != len(_COLUMNS) or row[1] not in KINDS or row[3] not in ("yes", "no"):
            raise PackError(f"{path.name}, line {number} ({row[0]!r}): needs phrase, kind, sectors, yes/no, country")
        phrase, kind, sectors, political, country = row
        yield Role(
            phrase=phrase,
            kind=kind,
            sectors=tuple(s for s in sectors.split(";") if s),
            political=political == "yes",
            country=None if country.endswith("?") else country or None,
            usual=country.rstrip("?") if country.endswith("?") else None,
        )


def _titles(path: Path) -> dict[str, Title]:
    found: dict[str, Title] = {}
    for number, row in _lines(path):
        if number == 1:
            continue
        if len(row) != 3:
            raise PackError(f"{path.name}, line {number} ({row[0]!r}): needs title, gender, sectors")
        found[row[0]] = Title(gender=row[1] or None, sectors=tuple(s for s in row[2].split(";") if s))
    return found
