"""The words of page.toml as what repair needs: compiled patterns and sets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.errors import PackError


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a determiner wants of the word after it: gender m | f | any, number s | p | any, start vowel | consonant."""

    gender: str
    number: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What stands on a page of one language besides its sentences."""

    nav_whole: frozenset[str]
    nav_starts: re.Pattern[str]
    nav_tails: re.Pattern[str]
    sections: frozenset[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    around: frozenset[str]
    byline: re.Pattern[str]
    byline_roles: frozenset[str]
    agencies: frozenset[str]
    agency_end: re.Pattern[str]
    caption: re.Pattern[str]
    credit: frozenset[str]
    dateline_filler: frozenset[str]
    saying: frozenset[str]
    openers: frozenset[str]
    strong_openers: frozenset[str]
    abbreviations: frozenset[str]
    domains: frozenset[str]
    keep_hyphen: frozenset[str]
    gap: re.Pattern[str]
    gap_end: re.Pattern[str]
    orphan: re.Pattern[str]
    determiners: frozenset[str]
    not_after: tuple[str, ...]
    bare: frozenset[str]
    agreement: dict[str, Agreement]
    feminine: frozenset[str]
    masculine: frozenset[str]
    feminine_endings: tuple[str, ...]
    masculine_endings: tuple[str, ...]
    singular_s: frozenset[str]
    vowels: frozenset[str]
    aspirated: frozenset[str]


def plain(text: str) -> str:
    """Lower case, with one kind of apostrophe and of space: the form in which phrases are kept."""
    return " ".join(text.lower().replace("’", "'").split())


@cache
def load_page(folder: Path) -> PageWords:
    """page.toml of a pack, checked."""
    path = folder / "page.toml"
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
        return _page(data)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as problem:
        raise PackError(
            f"{path}: {type(problem).__name__} {problem}; compare with page.toml of another pack"
        ) from problem


def _page(data: dict[str, dict[str, list[str]]]) -> PageWords:
    gaps, nouns, agencies = data["gaps"], data["nouns"], data["byline"]["agencies"]
    stop = r"(?=\s*[,;.!?:)»]|\s*\Z"
    verbs = rf"(?=\s+(?:{_any(gaps['verbs'])})(?![\w'’-]))"
    before = r"(?<![\w.'’-])"
    words = _any([*gaps["determiners"], *gaps["prepositions"]])
    return PageWords(
        nav_whole=frozenset(data["navigation"]["whole"]),
        nav_starts=re.compile(rf"(?:{_any(data['navigation']['starts'])})(?![\w'’])", re.I),
        nav_tails=re.compile(rf"(?<=[.!?»”\"…)])\s*(?:{_any(data['navigation']['tails'])})\s*[»>→:…\])]*\s*\Z", re.I),
        sections=frozenset(data["navigation"]["sections"]),
        published=re.compile(rf"(?:{_any(data['date']['published'])})(?!\w)\s*:?\s*", re.I),
        updated=re.compile(rf"(?:{_any(data['date']['updated'])})(?!\w)\s*:?\s*", re.I),
        around=frozenset(data["date"]["around"]),
        byline=re.compile(rf"(?:{_any(data['byline']['starts'])})(?!\w)\s*:?\s*", re.I),
        byline_roles=frozenset(word for role in data["byline"]["roles"] for word in role.split()),
        agencies=frozenset(agencies),
        agency_end=re.compile(rf"(?<![\w.])(?:{_any(agencies)})(?!\w)", re.I),
        caption=re.compile(rf"(?:{_any(data['caption']['starts'])})\s*(?:\([^)]*\)\s*)?(?::|[-–—|]\s)\s*", re.I),
        credit=frozenset(data["caption"]["credit"]),
        dateline_filler=frozenset(data["dateline"]["filler"]),
        saying=frozenset(data["quotation"]["saying"]),
        openers=frozenset(data["openers"]["any"]),
        strong_openers=frozenset(data["openers"]["strong"]),
        abbreviations=frozenset(data["openers"]["abbreviations"]),
        domains=frozenset(data["openers"]["domains"]),
        keep_hyphen=frozenset(data["openers"]["keep_hyphen"]),
        gap=re.compile(
            rf"{before}(?P<word>{words}){stop})|{before}(?P<late>{_any(gaps['after_verb_determiners'])}){verbs}"
        ),
        gap_end=re.compile(rf"{before}(?:{words})\s*\Z"),
        orphan=re.compile(rf"(?:{_any(gaps['orphan_verbs'])})(?!\w)"),
        determiners=frozenset(gaps["determiners"]),
        not_after=tuple(gaps["not_after"]),
        bare=frozenset(gaps["bare"]),
        agreement={
            word: Agreement(gender=gender, number=number, start=start)
            for word, (gender, number, start) in data["agreement"].items()
        },
        feminine=frozenset(nouns["feminine"]),
        masculine=frozenset(nouns["masculine"]),
        feminine_endings=tuple(sorted(nouns["feminine_endings"], key=len, reverse=True)),
        masculine_endings=tuple(sorted(nouns["masculine_endings"], key=len, reverse=True)),
        singular_s=frozenset(nouns["singular_s"]),
        vowels=frozenset(str(nouns["vowels"])),
        aspirated=frozenset(nouns["aspirated"]),
    )


def _any(phrases: Iterable[str]) -> str:
    """An alternation of phrases, longest first; any space, either apostrophe."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in longest) or r"(?!)"
