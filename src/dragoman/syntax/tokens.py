"""Text → words: one regular expression per language, built from packs/<lang>/tokens.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dragoman.errors import PackError

# One character for one, so that offsets stay: apostrophes, the many kinds of space, what no file can hold.
_PLAIN = (
    dict.fromkeys(map(ord, "’‘ʼ＇ʹ′‛`´"), "'")
    | dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u3000\t\r\u200b\ufeff"), " ")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
# What the parser sees of a word: one kind of quotation mark, dash, ellipsis. The token keeps the text's own.
_FORM = (
    dict.fromkeys("«»“”„‟‹›＂", '"')
    | dict.fromkeys("–—―‒−", "-")
    | {"…": "...", "''": '"', "<<": '"', ">>": '"', "--": "-"}
)


class Word(NamedTuple):
    """A word as it is written, at characters `[start, end)` of the text it was cut from."""

    text: str
    start: int
    end: int

    @property
    def form(self) -> str:
        """The word as the parsers were trained to read it."""
        return _FORM.get(self.text, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracted:
    """A form that stands for two words it does not spell: opened when tagged `when`; `head` has the form's place."""

    when: str
    head: int
    words: tuple[tuple[str, str, str, str], ...]  # text, lemma, UPOS, features


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRules:
    """What one language's tokens.toml says, compiled."""

    lang: str
    pattern: re.Pattern[str]
    abbreviations: frozenset[str]
    doubtful: frozenset[str]
    before_number: frozenset[str]
    starters: frozenset[str]
    be_past: frozenset[str]
    past_is_participle: bool
    contracted: dict[str, Contracted]


def plain(text: str) -> str:
    """The text with plain apostrophes and spaces, every character still in its place."""
    return text.translate(_PLAIN)


def words(text: str, rules: TokenRules) -> list[Word]:
    """The words of a plain text (see `plain`), in order, never overlapping."""
    return [Word(m.group(), m.start(), m.end()) for m in rules.pattern.finditer(text)]


@cache
def token_rules(lang: str) -> TokenRules:
    """The rules of packs/<lang>/tokens.toml."""
    path = files("dragoman") / "packs" / lang / "tokens.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return TokenRules(
            lang=lang,
            pattern=_pattern(data),
            abbreviations=frozenset(data["abbreviations"]),
            doubtful=frozenset(data["abbreviations_final"]),
            before_number=frozenset(data["abbreviations_number"]),
            starters=frozenset(data["starters"]),
            be_past=frozenset(data["be_past"]),
            past_is_participle=data["past_is_participle"],
            contracted={form: _contracted(entry) for form, entry in data["contracted"].items()},
        )
    except FileNotFoundError as problem:
        raise PackError(f"no tokens.toml for language {lang!r}: {path}") from problem
    except (KeyError, TypeError, re.error, tomllib.TOMLDecodeError) as problem:
        raise PackError(f"{path}: {problem!r}") from problem


@cache
def contracted_forms() -> dict[tuple[str, ...], str]:
    """The words of every language's contracted forms → the form."""
    packs = [folder.name for folder in (files("dragoman") / "packs").iterdir() if (folder / "tokens.toml").is_file()]
    rules = [token_rules(lang) for lang in sorted(packs)]
    return {tuple(w[0] for w in c.words): form for r in rules for form, c in r.contracted.items()}


def _contracted(entry: dict[str, Any]) -> Contracted:
    return Contracted(when=entry["when"], head=entry["head"], words=tuple(tuple(word) for word in entry["words"]))


_L = r"\w\u0300-\u036f\u00ad"  # letters, digits, combining marks, soft hyphens
_UP = "A-ZÀ-ÖØ-Þ"


def _pattern(data: dict[str, Any]) -> re.Pattern[str]:
    """One alternation, surest first; at each place the first that fits takes the word."""
    alternatives = [
        r"(?:https?://|www\.)[^\s<>\"«»“”]*[\w/]",
        rf"[{_L}.+-]{{1,64}}@[{_L}-]{{1,64}}(?:\.[{_L}-]{{1,64}}){{1,4}}",
        r"[@#]\w+",
        _any(data["keep"], rf"(?![{_L}'-])", fold=True),
        *[_cut(form, lengths) for form, lengths in data["splits"].items()],
        _any(data["elisions"], "'", fold=True),
        rf"(?:[{_UP}]\.-?){{2,}}(?![{_L}])",
        _any([*data["abbreviations"], *data["abbreviations_final"]], rf"(?![{_L}])"),
        _any(data["abbreviations_number"], r"(?= ?\d)"),
        rf"[{_UP}]\.(?= ?[{_UP}][{_L}'-])",
        rf"\d{{1,3}}(?:{data['thousands']}\d{{3}})+(?![{_L}])" if data["thousands"] else "",
        r"\d+(?:[.,:/]\d+)+(?:er|ers|e|ème|st|nd|rd|th|s)?",
        rf"[{_L}]{{1,64}}(?:\.[{_L}]{{1,64}}){{0,4}}\.(?:com|fr|org|net|info|eu|int|gov|edu|ch|be|uk|tv|io)\b",
        *_words(data),
        r"\.{2,}|…+|-{2,}|[!?]+|''|<<|>>",
        r"\S",
    ]
    return re.compile("|".join(a for a in alternatives if a))


def _any(forms: list[str], after: str, *, fold: bool = False) -> str:
    if not forms:
        return ""
    ordered = "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))
    return rf"(?{'i' if fold else ''}:{ordered}){after}"


def _cut(form: str, lengths: list[int]) -> str:
    first = form[: lengths[0]]
    return rf"(?i:{re.escape(first)})(?=(?i:{re.escape(form[lengths[0] :])})(?![{_L}]))"


def _words(data: dict[str, Any]) -> list[str]:
    """Plain words, after all that is special: what they may hold inside, and what is cut off their ends."""
    found = []
    stop = ""
    if data["negations"]:
        ends = "|".join(re.escape(n) for n in data["negations"])
        found += [rf"[{_L}]+?(?=(?i:{ends})(?![{_L}]))", rf"(?<=[{_L}])(?i:{ends})(?![{_L}])"]
    if data["contractions"]:
        ends = "|".join(data["contractions"])
        found.append(rf"(?<=[{_L}.)\"])'(?i:{ends})(?![{_L}])")
        stop = rf"(?!(?i:{ends})(?![{_L}]))"
    inner = rf"(?:'{stop}[{_L}]+)*"
    if data["clitics"]:
        ends = "|".join(c[1:] for c in sorted(data["clitics"], key=len, reverse=True))
        found.append(rf"(?<=[{_L}])-(?:{ends})(?![{_L}-])")
        found.append(rf"[{_L}]+{inner}(?:-(?!(?:{ends})(?![{_L}-]))[{_L}]+{inner})*")
    elif data["hyphens"] == "keep":
        found.append(rf"[{_L}]+{inner}(?:-[{_L}]+{inner})*")
    else:
        prefixes = "|".join(data["hyphen_prefixes"])
        found.append(rf"(?:(?i:{prefixes})-(?=[{_L}]))?[{_L}]+{inner}")
    return found
